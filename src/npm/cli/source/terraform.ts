// Policies in the configuration of Terraform and OpenTofu, from `.tf` and from `.tf.json`.
import { type About, type Seen, isFound, looksLikePolicy, policiesOf } from './found.js';
import { isOfIam, placesOf } from './terraform-table.js';
import { policyOfBlock, sourcesOf } from './terraform-document.js';
import { type Opened, type Piece, type TextValue, type Value, entriesOf, get, itemsOf, known, slice, valuesAt } from './value.js';

/** Such as `resource "aws_iam_policy" "read" { ... }`. */
export interface Block {
  type: string;
  labels: string[];
  body: Value;
}

export function policiesInBlocks(blocks: Block[], source: string): Seen[] {
  const locals = new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key), value]));
  return inBlocks(blocks, source).filter((one) => isFound(one) || !isReadElsewhere(source.slice(one.start, one.end), locals, source));
}

/** What a block of this module defines is read where it stands: no file of a module knows all the others. */
function isReadElsewhere(expression: string, locals: ReadonlyMap<string | null, Value>, source: string): boolean {
  const text = expression.replace(/\[[^[\]]*\]/g, '');
  const local = locals.get(/^\W*local\.([\w-]+)\W*$/.exec(text)?.[1] ?? null);
  const defined = local?.kind === 'unknown' ? source.slice(local.start, local.end) : text;
  return OF_THE_MODULE.test(defined) && !FROM_OUTSIDE.test(defined);
}

const OF_THE_MODULE = /\b(?:data\.aws_iam_policy_document|local|aws_\w+)\./;
const FROM_OUTSIDE = /\b(?:var|module|each|self)\.|\b(?:file|filebase64|templatefile|templatestring)\(|\bdata\.(?!aws_iam_policy_document\.)/;

function inBlocks(blocks: Block[], source: string): Seen[] {
  const uses = usesOfDocuments(blocks, source);
  return blocks.flatMap(({ type, labels, body }) => {
    const [resource = '', label = ''] = labels;
    const name = [...(type === 'resource' || type === '' ? [] : [type]), ...labels].join('.');
    if (type === 'data' && resource === 'aws_iam_policy_document') {
      const about = { ...uses.get(label) ?? { kind: null, resourceType: null }, name };
      const policy = policyOfBlock(body);
      const sources = sourcesOf(body).flatMap(([attribute, value]) => policiesOf(value, { ...about, name: `${name}.${attribute}` }, null));
      return [...policy === null ? [] : policiesOf(policy, about, null), ...sources];
    }
    if (!isOfIam(resource)) return [];
    const found = new Set<Value>();
    const placed = type !== 'resource' ? [] : placesOf(resource, body).flatMap(({ path, ...about }) => (
      valuesAt(body, path, name, BLOCKS).flatMap(([value, at]) => {
        found.add(value);
        return policiesOf(value, { ...about, name: at }, null);
      })
    ));
    return [...placed, ...elsewhere(body, name, found)];
  });
}

/** What a policy document is used for, by its label, as far as this file tells. */
function usesOfDocuments(blocks: Block[], source: string): Map<string, About> {
  const uses = new Map<string, About>();
  for (const { type, labels: [resource = ''], body } of blocks) {
    for (const { path, ...about } of type === 'resource' ? placesOf(resource, body) : []) {
      for (const [{ start, end }] of valuesAt(body, path, '', BLOCKS)) {
        const label = /^\W*data\.aws_iam_policy_document\.([\w-]+)(?:\[[^\]]*\])?\.(?:minified_)?json\W*$/.exec(source.slice(start, end))?.[1];
        if (label !== undefined && !uses.has(label)) uses.set(label, { ...about, name: '' });
      }
    }
  }
  return uses;
}

/** Policies in locals, arguments of modules and wherever else values stand. */
function elsewhere(value: Value, name: string, found: Set<Value>): Seen[] {
  if (found.has(value)) return [];
  const about = { name, kind: null, resourceType: null };
  if (value.kind === 'encoded' || value.kind === 'text') return looksLikePolicy(value) ? policiesOf(value, about, null) : [];
  if (value.kind === 'list') return value.items.flatMap((item, index) => elsewhere(item, `${name}[${index}]`, found));
  if (value.kind === 'either') return value.values.flatMap((one) => elsewhere(one, name, found));
  if (value.kind !== 'map') return [];
  if (looksLikePolicy(value) && known(get(value, 'Version')) !== null) return policiesOf(value, about, null);
  return value.entries.flatMap(({ key, value: inner }) => elsewhere(inner, name === '' ? `${known(key)}` : `${name}.${known(key)}`, found));
}

/** A block that stands alone may be an object in JSON. */
export const BLOCKS: Opened = {
  ofValue: (value) => [value],
  ofList: (list) => (list.kind === 'map' ? [list] : itemsOf(list).flatMap((item) => (item.kind === 'either' ? item.values : [item]))),
};

/** The blocks of a `.tf.json` file. */
export function blocksOfJson(root: Value): Block[] {
  return entriesOf(root).flatMap(({ key, value }) => {
    const type = known(key) ?? '';
    const depth = type === 'resource' || type === 'data' ? 2 : type === 'module' ? 1 : 0;
    return labelled(value, [], depth).map(([labels, body]) => ({ type, labels, body: interpolated(body) }));
  });
}

function labelled(value: Value, labels: string[], depth: number): [string[], Value][] {
  if (value.kind === 'list') return value.items.flatMap((item) => labelled(item, labels, depth));
  if (depth === 0) return [[labels, value]];
  return entriesOf(value).flatMap(({ key, value: inner }) => labelled(inner, [...labels, known(key) ?? ''], depth - 1));
}

/** The strings of a `.tf.json` file as the templates that they are. */
function interpolated(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(interpolated) };
  if (value.kind === 'map') return { ...value, entries: value.entries.map((entry) => ({ key: template(entry.key), value: interpolated(entry.value) })) };
  if (value.kind !== 'text') return value;
  const text = template(value);
  const [piece] = text.pieces;
  return text.pieces.length === 1 && piece?.text === null ? { kind: 'unknown', start: value.start, end: value.end } : text;
}

function template(value: TextValue): TextValue {
  const [piece] = value.pieces;
  const text = piece?.text ?? '';
  if (piece === undefined || !/[$%]\{/.test(text)) return value;
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: start, index } of text.matchAll(/\$\$\{|%%\{|[$%]\{/g)) {
    if (index < from) continue;
    pieces.push(slice(piece, from, index));
    const isEscape = start.length === 3;
    from = isEscape ? index + 1 : closingBrace(text, index + 2);
    if (!isEscape) pieces.push({ ...slice(piece, index, from), text: null, offsets: null });
  }
  pieces.push(slice(piece, from, text.length));
  return { ...value, pieces: pieces.filter((one) => one.text !== '') };
}

/** Behind the brace that closes an interpolation; quotes and braces within it are counted. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (const { 0: found, index } of text.slice(from).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (found === '{') depth += 1;
    else if (found === '}') depth -= 1;
    if (depth === 0) return from + index + 1;
  }
  return text.length;
}
