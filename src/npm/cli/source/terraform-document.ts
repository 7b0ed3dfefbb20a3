// `data "aws_iam_policy_document"` as the policy that the provider makes of it.
// Source: documentation of the data source, provider version 6, read 2026-11.
import { type Entry, type Piece, type TextValue, type Value, entriesOf, get, isNothing, itemsOf, known, textFor } from './value.js';

/** The attributes of a statement that are one element each. */
export const ELEMENTS: Readonly<Record<string, string>> = {
  sid: 'Sid', effect: 'Effect', actions: 'Action', not_actions: 'NotAction', resources: 'Resource', not_resources: 'NotResource',
};

/** null where no statement of it stands in the file. */
export function policyOfBlock(body: Value): Value | null {
  const own = blocksOf(get(body, 'statement'));
  if (!own.some(({ kind }) => kind === 'map' || kind === 'either')) return null;
  const statements = [...own, ...sourcesOf(body).map(([, { start, end }]): Value => ({ kind: 'unknown', start, end }))];
  const { start, end } = body;
  const top = { start, end: start };
  const version = get(body, 'version');
  const id = get(body, 'policy_id');
  return {
    kind: 'map', start, end,
    entries: [
      { key: textFor('Version', top), value: version === undefined ? textFor('2012-10-17', top) : withVariables(version) },
      ...(id === undefined ? [] : [{ key: textFor('Id', top), value: withVariables(id) }]),
      {
        key: textFor('Statement', top),
        value: { kind: 'list', start, end, items: statements.map(statementOf) },
      },
    ],
  };
}

/** The documents whose statements it takes over, each with the attribute that names it. */
export function sourcesOf(body: Value): [attribute: string, document: Value][] {
  return ['source_policy_documents', 'override_policy_documents', 'source_json', 'override_json'].flatMap((attribute) => {
    const value = get(body, attribute);
    return (value?.kind === 'list' ? value.items : value === undefined ? [] : [value]).map((one): [string, Value] => [attribute, one]);
  });
}

function statementOf(body: Value): Value {
  if (body.kind === 'either') return { ...body, values: body.values.map(statementOf) };
  const { start, end } = body;
  if (body.kind === 'unknown') return body;
  if (body.kind !== 'map') return { kind: 'unknown', start, end };
  const top = { start, end: start };
  const entries: Entry[] = [];
  if (get(body, 'effect') === undefined) entries.push({ key: textFor('Effect', top), value: textFor('Allow', top) });
  for (const { key, value } of entriesOf(body)) {
    const name = known(key) ?? '';
    const element = Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
    // A dynamic block for nothing is none.
    if (isNothing(value) || (value.kind === 'list' && value.items.length === 0)) continue;
    if (element !== undefined) entries.push({ key: textFor(element, key), value: withVariables(value) });
    if (name === 'principals') entries.push({ key: textFor('Principal', key), value: principalsOf(value) });
    if (name === 'not_principals') entries.push({ key: textFor('NotPrincipal', key), value: principalsOf(value) });
    if (name === 'condition') entries.push({ key: textFor('Condition', key), value: conditionsOf(value) });
  }
  return { kind: 'map', entries, start, end };
}

function principalsOf(given: Value): Value {
  const blocks = blocksOf(given);
  const { start, end } = given;
  if (blocks.some(({ kind }) => kind !== 'map')) return { kind: 'unknown', start, end };
  const [first] = blocks;
  const identifiers = get(first, 'identifiers');
  const [only, more] = itemsOf(identifiers);
  if (blocks.length === 1 && known(get(first, 'type')) === '*' && only !== undefined && more === undefined && known(only) === '*') return only;
  return grouped(blocks.map((block) => [get(block, 'type'), get(block, 'identifiers')]), given);
}

function conditionsOf(given: Value): Value {
  const blocks = blocksOf(given);
  if (blocks.some(({ kind }) => kind !== 'map')) return { kind: 'unknown', start: given.start, end: given.end };
  const tests = new Map<string, { key: Value | undefined; blocks: Value[] }>();
  for (const block of blocks) {
    const key = get(block, 'test');
    const name = known(key ?? block) ?? `${block.start}`;
    const test = tests.get(name) ?? { key, blocks: [] };
    test.blocks.push(block);
    tests.set(name, test);
  }
  const pairs = [...tests.values()].map(({ key, blocks: [first, ...rest] }): [Value | undefined, Value | undefined] => [
    key, first && grouped([first, ...rest].map((block) => [get(block, 'variable'), get(block, 'values')]), first),
  ]);
  return grouped(pairs, given);
}

/** A map of pairs; lists under one key become one list, as the provider has them. */
function grouped(pairs: [Value | undefined, Value | undefined][], { start, end }: Value): Value {
  const entries: Entry[] = [];
  for (const [key, value] of pairs) {
    if (key === undefined || value === undefined) continue;
    const name = known(key);
    const before = name === null ? undefined : entries.find((entry) => known(entry.key) === name);
    const content = withVariables(value);
    if (before?.value.kind === 'list' && content.kind === 'list') before.value = { ...before.value, items: [...before.value.items, ...content.items] };
    else entries.push({ key: withVariables(key.kind === 'text' ? key : unknownText(key)) as TextValue, value: content });
  }
  return { kind: 'map', entries, start, end };
}

function unknownText({ start, end }: Value): TextValue {
  return { kind: 'text', start, end, pieces: [{ text: null, start, end, offsets: null }] };
}

/** A repeated block; in JSON a single one may be an object. */
function blocksOf(value: Value | undefined): Value[] {
  return value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
}

/** `&{aws:username}` is how the data source writes IAM's `${aws:username}`. */
function withVariables(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(withVariables) };
  if (value.kind !== 'text') return value;
  const pieces = value.pieces.map((piece): Piece => ({ ...piece, text: piece.text?.replaceAll('&{', '${') ?? null }));
  return { ...value, pieces };
}
