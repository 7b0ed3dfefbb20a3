// Changes of a policy as changes of the file in which it stands: as they are where its text stands there, else in the syntax
// of the file, where a value stands by itself. Quotes, comments and layout stay.
import { type Node } from 'jsonc-parser';
import { type Found, extentOf } from './found.js';
import { treeOf } from './json.js';
import type { Extent } from './value.js';

export interface TextEdit extends Extent {
  text: string;
}

/** The same edits in the file; null where they have to be made by hand. */
export function editsIn(found: Found, source: string, edits: readonly TextEdit[]): TextEdit[] | null {
  if (found.fixable) return edits.map(({ start, end, text }) => ({ start: found.base + start, end: found.base + end, text }));
  const root = treeOf(found.text);
  if (root === undefined || found.syntax === null) return null;
  const nodes = new Map<Node, TextEdit[]>();
  for (const edit of edits) {
    const node = nodeAround(root, edit);
    nodes.set(node, [...nodes.get(node) ?? [], edit]);
  }
  const written = [...nodes].map(([node, own]) => (node.type === 'array' ? inList(found, source, node, own) : inLiteral(found, source, node, own)));
  return written.every((one) => one !== null) ? written.flat() : null;
}

/** The innermost key or value, quotes included, within which an edit stays. */
function nodeAround(root: Node, { start, end }: Extent): Node {
  let node = root;
  for (;;) {
    const inner = node.children?.find(({ offset, length }) => offset <= start && end <= offset + length);
    if (inner === undefined) return node;
    node = inner;
  }
}

function changed({ text }: Found, { offset, length }: Node, edits: readonly TextEdit[]): string {
  return [...edits].sort((a, b) => b.start - a.start)
    .reduce((whole, edit) => whole.slice(0, edit.start - offset) + edit.text + whole.slice(edit.end - offset), text.slice(offset, offset + length));
}

/** Where a literal stands in the file; null for one that the file says in other words, over several lines, or in parts. */
function literalIn(found: Found, source: string, { type, value, offset, length }: Node): Extent | null {
  const extent = extentOf(found, offset, offset + length);
  const raw = source.slice(extent.start, extent.end);
  const isAsSuch = type === 'string' ? raw === value || inSyntax(found.syntax, raw, value as string) === raw : raw === found.text.slice(offset, offset + length);
  return isAsSuch ? extent : null;
}

function inLiteral(found: Found, source: string, node: Node, edits: readonly TextEdit[]): TextEdit[] | null {
  const extent = node.children === undefined ? literalIn(found, source, node) : null;
  const next = extent === null ? null : stringOf(changed(found, node, edits));
  if (extent === null || next === null) return null;
  // A word such as true would be no string without quotes.
  return [{ ...extent, text: inSyntax(found.syntax, node.type === 'string' ? source.slice(extent.start, extent.end) : '"', next) }];
}

/** Takes entries out of a list: in brackets with a comma, in a list of YAML's lines with their lines. */
function inList(found: Found, source: string, node: Node, edits: readonly TextEdit[]): TextEdit[] | null {
  const items = (node.children ?? []).map((item) => ({ json: found.text.slice(item.offset, item.offset + item.length), extent: literalIn(found, source, item) }));
  const next = changed(found, node, edits);
  const left = treeOf(next)?.children?.map(({ offset, length }) => next.slice(offset, offset + length)) ?? [];
  const stays = items.map(({ json }) => json === left[0] && left.shift() !== undefined);
  if (left.length > 0 || !stays.includes(true)) return null;
  const written = items.map(({ extent }, i): TextEdit | null => {
    const [before, after] = [items[i - 1]?.extent, items[i + 1]?.extent];
    if (extent === null) return null;
    const line = lineOf(source, extent);
    if (/^[ \t]*-[ \t]+$/.test(source.slice(line.start, extent.start)) && /^[ \t]*\r?\n?$/.test(source.slice(extent.end, line.end))) return { ...line, text: '' };
    if (stays.indexOf(true) < i) return before && isComma(source.slice(before.end, extent.start)) ? { start: before.end, end: extent.end, text: '' } : null;
    return after && isComma(source.slice(extent.end, after.start)) ? { start: extent.start, end: after.start, text: '' } : null;
  });
  const gone = written.filter((_, i) => !stays[i]);
  return gone.every((one) => one !== null) ? gone : null;
}

const isComma = (text: string): boolean => /^\s*,\s*$/.test(text);

/** The lines of an extent, with the end of the last. */
function lineOf(source: string, { start, end }: Extent): Extent {
  const next = source.indexOf('\n', end);
  return { start: source.lastIndexOf('\n', start - 1) + 1, end: next < 0 ? source.length : next + 1 };
}

function stringOf(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** A string as the file writes it, in the quotes that `raw` has, or in none where it may be without. */
function inSyntax(syntax: Found['syntax'], raw: string, value: string): string {
  const quoted = JSON.stringify(value);
  // Of HCL, also of its JSON, ${ begins an expression.
  const inQuotes = syntax === 'hcl' || syntax === 'hcl-json' ? quoted.replace(/([$%])\{/g, '$1$1{') : quoted;
  if (raw.startsWith("'")) return /[\u0000-\u001f]/.test(value) ? inQuotes : `'${value.replaceAll("'", "''")}'`;
  if (raw.startsWith('"')) return inQuotes;
  const isPlain = syntax === 'yaml' ? PLAIN.test(value) && !WORDS.test(value) : syntax === 'hcl' && NAME.test(value);
  return isPlain ? value : inQuotes;
}

/** What YAML takes for a string, in every place, without quotes; and what it takes for something else. */
const PLAIN = /^(?:[A-Za-z](?:[\w.:/@*?+=$-]*[\w/*])?|\d{4}-\d\d-\d\d)$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;
