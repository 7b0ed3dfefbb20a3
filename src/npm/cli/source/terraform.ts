// Policies in the configuration of Terraform and OpenTofu, from `.tf` and from `.tf.json`.
import { type About, type Seen, isFound, looksLikePolicy, perhaps, policiesOf } from './found.js';
import { isOfOtherCloud } from './language.js';
import { type Block } from './terraform-presence.js';
import { isOfIam, placesOf } from './terraform-table.js';
import { inlineIn } from './terraform-registry.js';
import { bodiesOf, policiesInApi } from './openapi.js';
import { policyOfBlock, sourcesOf } from './terraform-document.js';
import { type Deciders, type Extent, type Opened, type Piece, type TextValue, type Value, branchOf, entriesOf, get, itemsOf, known, slice, valuesAt } from './value.js';

export function policiesInBlocks(blocks: Block[], source: string): Seen[] {
  const locals = new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key), value]));
  return inBlocks(blocks, source).filter((one) => isFound(one) || !isReadElsewhere(one, locals, source));
}

/** What a block of this module defines is read where it stands: no file of a module knows all the others. */
function isReadElsewhere({ start, end }: Extent, locals: ReadonlyMap<string | null, Value>, source: string): boolean {
  // Statements without a policy around them are read nowhere.
  if (OF_STATEMENTS.test(source.slice(Math.max(0, start - LONGEST_HEAD), start))) return false;
  const text = source.slice(start, end).replace(/\[[^[\]]*\]/g, '');
  const local = locals.get(/^\W*local\.([\w-]+)\W*$/.exec(text)?.[1] ?? null);
  if (local !== undefined && local.kind !== 'unknown') return elsewhere(local, '', new Set()).length > 0;
  const defined = local?.kind === 'unknown' ? source.slice(local.start, local.end) : text;
  return OF_THE_MODULE.test(defined) && !FROM_OUTSIDE.test(defined);
}

const OF_STATEMENTS = /\bStatement["']?\s*[=:][^=:{}]*$/;
const LONGEST_HEAD = 60;
const OF_THE_MODULE = /\b(?:data\.aws_iam_policy_document|local|aws_\w+)\./;
const FROM_OUTSIDE = /\b(?:var|module|each|self)\.|\b(?:file|filebase64|templatefile|templatestring)\(|\bdata\.(?!aws_iam_policy_document\.)/;

function inBlocks(blocks: Block[], source: string): Seen[] {
  const uses = usesOfDocuments(blocks, source);
  return blocks.flatMap(({ type, labels, body }) => {
    const [resource = ''] = labels;
    const name = [...(type === 'resource' || type === '' ? [] : [type]), ...labels].join('.');
    if (type === 'data' && resource === 'aws_iam_policy_document') {
      const { kind, resourceType, of, isPerhaps, by } = uses.get(name) ?? NO_USE;
      const about = { kind, resourceType, name };
      const policy = policyOfBlock(body);
      const sources = sourcesOf(body).flatMap(([attribute, value]) => policiesOf(value, { ...about, name: `${name}.${attribute}` }, null));
      return [...policy === null ? [] : policiesOf(policy, about, null), ...sources].map((one) => ({ ...isPerhaps ? perhaps(one, by) : one, of: [...of] }));
    }
    if (!isOfIam(resource)) return [];
    const found = new Set<Value>();
    const placed = type !== 'resource' ? [] : placesOf(resource, body).flatMap(({ path, ...about }) => (
      valuesAt(body, path, name, BLOCKS).flatMap(([value, at, by]) => {
        found.add(value);
        const policies = policiesOf(value, { ...about, name: at }, null);
        return by.length > 0 ? policies.map((one) => perhaps(one, by)) : policies;
      })
    ));
    for (const [api, at] of type === 'resource' ? bodiesOf(resource, body, name, BLOCKS) : []) {
      found.add(api);
      placed.push(...policiesInApi(api, at, null));
    }
    const others = elsewhere(body, name, found);
    if (type === 'module') return [...others, ...inlineIn(known(get(body, 'source')) ?? '', body).map(({ key, value: { start, end } }): Seen => ({ name: `${name}.${known(key)}`, kind: 'identity', start, end }))];
    if (type !== 'locals') return [...placed, ...others];
    return others.map((one) => {
      const { of, isPerhaps, by } = uses.get(referenceOf(one.name)) ?? NO_USE;
      return { ...isPerhaps ? perhaps(one, by) : one, of: [...of] };
    });
  });
}

interface Use extends Omit<About, 'name'> {
  /** The resources and modules that name the document. */
  of: Set<string>;
  /** Whether each of them takes it in one case only. */
  isPerhaps: boolean;
  /** What decides. */
  by: Extent[];
}

const NO_USE: Use = { kind: null, resourceType: null, of: new Set(), isPerhaps: false, by: [] };

/** What a policy document or a local is used for, by its reference, as far as this file tells. */
function usesOfDocuments(blocks: Block[], source: string): Map<string, Use> {
  const uses = new Map<string, Use>();
  const use = (reference: string, by: string, terms: Deciders, about: Omit<About, 'name'>): void => {
    const before = uses.get(reference) ?? { ...about, of: new Set(), isPerhaps: true, by: [] };
    before.of.add(by);
    for (const one of terms) if (before.by.length < MOST_TAKING) before.by.push(one);
    uses.set(reference, { ...before, ...before.kind === null ? about : {}, isPerhaps: before.isPerhaps && terms.length > 0 });
  };
  for (const { type, labels, body } of blocks) {
    const [resource = ''] = labels;
    const name = type === 'resource' ? labels.join('.') : `${type}.${resource}`;
    if (type !== 'resource' && type !== 'module') continue;
    for (const { path, kind, resourceType } of type === 'resource' ? placesOf(resource, body) : []) {
      for (const [{ start, end }, , by] of valuesAt(body, path, '', BLOCKS)) {
        const text = source.slice(start, end);
        const isWhole = WHOLE.test(text);
        for (const [reference] of text.matchAll(REFERENCE)) use(reference, name, isWhole ? by : [...by, { start, end }], { kind, resourceType });
      }
    }
    if (type === 'module') for (const [reference] of source.slice(body.start, body.end).matchAll(REFERENCE)) use(reference, name, [], { kind: null, resourceType: null });
  }
  // What others take over is used where they are.
  for (const [reference, taking] of takenOver(blocks, source)) {
    const uses_ = taking.flatMap((one) => uses.get(one) ?? []);
    for (const { of, isPerhaps, by: terms, ...about } of uses_) for (const by of of) use(reference, by, isPerhaps ? terms : [], about);
  }
  return uses;
}

/** The documents and locals that were used by something before, and by nothing now. */
export function unusedNow(before: Block[], now: Block[], source: string): ReadonlySet<string> {
  const uses = usesOfDocuments(now, source);
  return new Set(Array.from(usesOfDocuments(before, source).keys()).filter((reference) => !uses.has(reference)));
}

/** By what a document is referred to, or the local in which a policy stands. */
export const referenceOf = (name: string): string => /^data\.aws_iam_policy_document\.[\w-]+/.exec(name)?.[0] ?? name.replace(/^locals\.([\w-]+).*$/s, 'local.$1');

const REFERENCE = /\b(?:data\.aws_iam_policy_document|local)\.[\w-]+/g;
export const WHOLE = /^\W*(?:(data\.aws_iam_policy_document\.[\w-]+)(?:\[[^\]]*\])?\.(?:minified_)?json|(?:jsonencode\()?(local\.[\w-]+))[^\w-]*$/;

/** The documents and locals that take a document or a local over, themselves or by way of others, by its reference. */
function takenOver(blocks: Block[], source: string): Map<string, string[]> {
  const direct = new Map<string, Set<string>>();
  const take = ({ start, end }: Value, taking: string): void => {
    for (const [inner] of source.slice(start, end).matchAll(REFERENCE)) direct.set(inner, (direct.get(inner) ?? new Set()).add(taking));
  };
  for (const { type, labels: [resource, label = ''], body } of blocks) {
    if (type === 'data' && resource === 'aws_iam_policy_document') for (const [, one] of sourcesOf(body)) take(one, `data.${resource}.${label}`);
    if (type === 'locals') for (const { key, value } of entriesOf(body)) take(value, `local.${known(key)}`);
  }
  return new Map(Array.from(direct.keys(), (reference) => {
    const all = new Set<string>();
    const open = [reference];
    for (let one = open.pop(); one !== undefined && all.size < MOST_TAKING; one = open.pop()) {
      for (const taking of direct.get(one) ?? []) {
        if (!all.has(taking)) open.push(taking);
        all.add(taking);
      }
    }
    return [reference, [...all]];
  }));
}

/** More of those that take one over are not looked for. */
const MOST_TAKING = 100;

/** Policies in locals, arguments of modules and wherever else values stand. */
function elsewhere(value: Value, name: string, found: Set<Value>): Seen[] {
  if (found.has(value)) return [];
  const about = { name, kind: null, resourceType: null };
  if (value.kind === 'encoded' || value.kind === 'text') return looksLikePolicy(value) && !isOfOtherCloud(value) ? policiesOf(value, about, null) : [];
  if (value.kind === 'list') return value.items.flatMap((item, index) => elsewhere(item, `${name}[${index}]`, found));
  if (value.kind === 'either') return value.values.flatMap((one) => elsewhere(one, name, found));
  if (value.kind !== 'map') return [];
  if (looksLikePolicy(value) && known(get(value, 'Version')) !== null && !isOfOtherCloud(value)) return policiesOf(value, about, null);
  return value.entries.flatMap(({ key, value: inner }) => elsewhere(inner, name === '' ? `${known(key)}` : `${name}.${known(key)}`, found));
}

/** A block that stands alone may be an object in JSON. */
export const BLOCKS: Opened = {
  ofValue: (value) => [[value, []]],
  ofList: (list) => (list.kind === 'map' ? [[list, []]] : itemsOf(list).flatMap((item): [Value, Deciders][] => (
    item.kind === 'either' ? item.values.map((one, i) => [one, [branchOf(item, i)]]) : [[item, []]]
  ))),
};

/** The blocks of a `.tf.json` file. */
export function blocksOfJson(root: Value): Block[] {
  return entriesOf(root).flatMap(({ key, value }) => {
    const type = known(key) ?? '';
    const depth = type === 'resource' || type === 'data' ? 2 : ONE_LABEL.has(type) ? 1 : 0;
    return labelled(value, [], depth).map(([labels, body]) => ({ type, labels, body: interpolated(body) }));
  });
}

/** Blocks with one label. */
const ONE_LABEL = new Set(['module', 'variable', 'output', 'provider']);

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
  for (const { 0: found, index } of text.slice(from).matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|[{}]/g)) {
    if (found === '{') depth += 1;
    else if (found === '}') depth -= 1;
    if (depth === 0) return from + index + 1;
  }
  return text.length;
}
