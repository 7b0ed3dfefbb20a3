// Changes of a policy as changes of the file in which it stands: as they are where its text stands there, else in the syntax
// of the file, where a value stands by itself. Quotes, comments and layout stay.
import { type Node, parseTree } from 'jsonc-parser';
import { type Found, extentOf } from './found.js';
import type { Extent } from './value.js';

export interface TextEdit extends Extent {
  text: string;
}

/** The same edits in the file; null where they have to be made by hand. */
export function editsIn(found: Found, source: string, edits: readonly TextEdit[]): TextEdit[] | null {
  if (found.fixable) return edits.map(({ start, end, text }) => ({ start: found.base + start, end: found.base + end, text }));
  const root = parseTree(found.text);
  if (root === undefined || found.syntax === null) return null;
  const literals = new Map<Node, TextEdit[]>();
  for (const edit of edits) {
    const literal = literalAround(root, edit);
    if (literal === null) return null;
    literals.set(literal, [...literals.get(literal) ?? [], edit]);
  }
  const written = [...literals].map(([literal, own]) => inFile(found, source, literal, own));
  return written.every((one) => one !== null) ? written : null;
}

/** The key or the value, quotes included, within which an edit stays. */
function literalAround(root: Node, { start, end }: Extent): Node | null {
  let node = root;
  for (;;) {
    if (node.children === undefined) return node;
    const inner = node.children.find(({ offset, length }) => offset <= start && end <= offset + length);
    if (inner === undefined) return null;
    node = inner;
  }
}

function inFile(found: Found, source: string, { type, value, offset, length }: Node, edits: readonly TextEdit[]): TextEdit | null {
  const { start, end } = extentOf(found, offset, offset + length);
  const raw = source.slice(start, end);
  const own = found.text.slice(offset, offset + length);
  // What the file says in other words, or over several lines, or in parts, is not written here.
  const isAsSuch = type === 'string' ? raw === value || inSyntax(found.syntax, raw, value as string) === raw : raw === own;
  if (!isAsSuch) return null;
  const changed = [...edits].sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start - offset) + edit.text + text.slice(edit.end - offset), own);
  const next = stringOf(changed);
  if (next === null) return null;
  // A word such as true would be no string without quotes.
  return { start, end, text: inSyntax(found.syntax, type === 'string' ? raw : '"', next) };
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
