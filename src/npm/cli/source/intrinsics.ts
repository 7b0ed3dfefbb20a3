// CloudFormation's functions, as far as a template alone tells what they give. Tags of YAML (`!Sub`) come as their long
// forms (`Fn::Sub`) from the reader. Source: Template Reference, "Intrinsic functions", read 2026-11.
import type { Partition } from '../../types.js';
import { type Entry, type Extent, type Piece, type TextValue, type Value, chosenOf, entriesOf, get, itemsOf, known, slice, textFor } from './value.js';

/** A value with its functions worked out; the same object where there are none. */
export function resolved(value: Value, seen = new Map<Value, Value>()): Value {
  const before = seen.get(value);
  if (before !== undefined) return before;
  const result = work(value, (inner) => resolved(inner, seen));
  seen.set(value, result);
  return result;
}

function work(value: Value, inner: (value: Value) => Value): Value {
  if (value.kind === 'list') return within(value, inner);
  if (value.kind === 'text') return withReferences(value, value);
  if (value.kind !== 'map') return value;
  const [first, second] = value.entries;
  const name = first === undefined ? null : known(first.key);
  if (first !== undefined && second === undefined && name !== null && isFunction(name)) {
    return called(name, inner(first.value), value);
  }
  // Fn::Transform and Fn::ForEach add keys that nobody knows here.
  if (value.entries.some(({ key }) => isFunction(known(key) ?? ''))) return unknown(value);
  return within(value, inner);
}

export const isFunction = (key: string) => key === 'Ref' || key.startsWith('Fn::');
/** The functions in a map, which may put anything in it or in its place; one that gives nothing is none. */
export const callsIn = (value: Value | undefined): Entry[] => entriesOf(value).filter(({ key, value: given }) => isFunction(known(key) ?? '') && known(given) !== 'AWS::NoValue');

/**
 * What the mappings of a template give in place of `Fn::FindInMap` wherever that names all its keys; the same object where it is
 * nowhere. Each text has the place of the function that gives it.
 */
export function mappedBy(mappings: Value | undefined): (value: Value) => Value {
  const seen = new Map<Value, Value>();
  let given = 0;
  const mapped = (value: Value): Value => {
    const before = seen.get(value);
    if (before !== undefined) return before;
    const result = mappings === undefined ? value : found(value) ?? within(value, mapped);
    seen.set(value, result);
    return result;
  };
  return mapped;

  function found(value: Value): Value | null {
    const [first, second] = entriesOf(value);
    if (first === undefined || second !== undefined || known(first.key) !== 'Fn::FindInMap') return null;
    const [name, ...keys] = itemsOf(first.value).slice(0, KEYS).map(known);
    const own = [name, ...keys].includes(null) || keys.length < KEYS - 1 ? undefined : [name, ...keys].reduce<Value | undefined>((at, key) => get(at, key!), mappings);
    const texts = (own?.kind === 'list' ? own.items : [own]).map(known);
    given += texts.length;
    if (own === undefined || texts.includes(null) || given > MOST_GIVEN) return null;
    const at = { start: value.start, end: value.end };
    return own.kind === 'list' ? { kind: 'list', ...at, items: texts.map((text) => textFor(text!, at)) } : textFor(texts[0]!, at);
  }
}

/** A mapping, and a key of each of its two levels. */
const KEYS = 3;
/** So many texts are put in place of functions. */
const MOST_GIVEN = 10_000;

/** A value with others in it; the same object where each is. */
function within(value: Value, of: (inner: Value) => Value): Value {
  if (value.kind === 'list') {
    const items = value.items.map(of);
    return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
  }
  if (value.kind !== 'map') return value;
  const entries = value.entries.map((entry) => ({ entry, value: of(entry.value) }));
  return entries.every((one) => one.value === one.entry.value) ? value : { ...value, entries: entries.map((one) => ({ ...one.entry, value: one.value })) };
}

const unknown = ({ start, end }: Value): Value => ({ kind: 'unknown', start, end });

function called(name: string, given: Value, whole: Value): Value {
  const { start, end } = whole;
  if (name === 'Ref') return { kind: known(given) === 'AWS::NoValue' ? 'absent' : 'unknown', start, end };
  if (name === 'Fn::If') {
    return oneOf(itemsOf(given).slice(1), whole, itemsOf(given)[0]);
  }
  if (name === 'Fn::Select') {
    const choice = selected(given);
    const [only, more] = choice;
    if (only !== undefined) return more === undefined ? only : oneOf(choice, whole, itemsOf(given)[0]);
  }
  if (name === 'Fn::ToJsonString') return { kind: 'encoded', value: given, start, end };
  if (name === 'Fn::Join') return withReferences(joined(given), whole) ?? unknown(whole);
  if (name === 'Fn::Sub') {
    const [template, values] = given.kind === 'list' ? given.items : [given];
    if (template?.kind === 'text') return withReferences(substituted(template, values), whole);
  }
  return unknown(whole);
}

/** Each once: aliases of YAML can make endlessly many of a few. */
function oneOf(all: Value[], { start, end }: Value, by: Value | undefined): Value {
  const values = new Map<Value, number>();
  for (const [i, one] of all.entries()) for (const value of one.kind === 'either' ? one.values : [one]) if (!values.has(value)) values.set(value, i);
  const there = [...values].filter(([{ kind }]) => kind !== 'absent');
  // Of choices within choices all of it decides.
  const isOne = by !== undefined && all.every(({ kind }) => kind !== 'either');
  return { kind: 'either', values: there.map(([value]) => value), branches: there.map(([, i]) => i), start, end, ...isOne ? { by: { start: by.start, end: by.end } } : {} };
}

/** What `Fn::Select` may give; none where its list is not known. */
export function selected(given: Value): Value[] {
  const [index, list] = itemsOf(given);
  // Of several what follows a list is unknown.
  return index === undefined || list?.kind !== 'list' ? [] : chosenOf(list, index);
}

/**
 * A text in which dynamic references, such as `{{resolve:ssm:/name:1}}`, are unknown: AWS puts in their place what it finds
 * there. One that functions made of several parts is told by all of what made it. Source: User Guide, "Using dynamic
 * references", read 2026-11.
 */
function withReferences<T extends TextValue | null>(value: T, whole: Extent): T {
  if (value === null || !value.pieces.some(({ text }) => text?.includes('{{resolve') === true)) return value;
  const pieces: Piece[] = [];
  let begun: Piece[] = [];
  for (const piece of value.pieces) {
    const text = piece.text ?? '';
    const end = /^[^{}]*\}\}/.exec(text)?.[0].length;
    if (begun.length > 0 && end === undefined && !/[{}]/.test(text)) {
      begun.push(piece);
      continue;
    }
    let at = begun.length > 0 ? end ?? 0 : 0;
    pieces.push(...at > 0 ? [{ text: null, start: whole.start, end: whole.end, offsets: null }] : begun);
    begun = [];
    // One that has braces is none yet, or never.
    for (const { 0: reference, index } of text.matchAll(/\{\{resolve[^{}]*(?:\}\}|$)/g)) {
      const part = slice(piece, index, index + reference.length);
      pieces.push(slice(piece, at, index));
      if (reference.endsWith('}}')) pieces.push({ ...part, text: null, offsets: null });
      else begun.push(part);
      at = index + reference.length;
    }
    pieces.push(piece.text === null ? piece : slice(piece, at, text.length));
  }
  return { ...value, pieces: [...pieces, ...begun].filter(({ text }) => text !== '') };
}

/** `${Name}` is unknown, unless the values beside the text say what it is; `${!Name}` is `${Name}`. */
function substituted(template: TextValue, values?: Value): TextValue {
  const pieces = template.pieces.flatMap((piece): Piece[] => {
    const found: Piece[] = [];
    let from = 0;
    for (const { 0: all, 1: name, index } of (piece.text ?? '').matchAll(/\$\{([^${}]*)\}/g)) {
      if (name?.startsWith('!')) {
        found.push(slice(piece, from, index + 2));
        from = index + 3;
      } else {
        found.push(slice(piece, from, index), ...given(name ?? '') ?? [{ ...slice(piece, index, index + all.length), text: null, offsets: null }]);
        from = index + all.length;
      }
    }
    return piece.text === null || from === 0 ? [piece] : [...found, slice(piece, from, piece.text.length)];
  });
  return { ...template, pieces: pieces.filter(({ text }) => text !== '') };

  function given(name: string): Piece[] | undefined {
    const value = get(values, name.trim());
    if (value === undefined || value.kind === 'text') return value?.pieces;
    return [{ text: value.kind === 'plain' ? value.json : null, start: value.start, end: value.end, offsets: null }];
  }
}

function joined(given: Value): TextValue | null {
  const [delimiter, list] = itemsOf(given);
  if (delimiter?.kind !== 'text' || list?.kind !== 'list') return null;
  const pieces: Piece[] = [];
  for (const [index, item] of list.items.entries()) {
    if (index > 0) pieces.push(...delimiter.pieces.filter(({ text }) => text !== ''));
    if (item.kind === 'text') pieces.push(...item.pieces);
    else if (item.kind === 'plain') pieces.push({ text: item.json, start: item.start, end: item.end, offsets: null });
    else pieces.push({ text: null, start: item.start, end: item.end, offsets: null });
  }
  return { kind: 'text', pieces, start: given.start, end: given.end };
}


/**
 * What ends the names of services. In the other partitions it is left open, as it is not known there which names roles have to trust.
 * Source: partitions.json of botocore 1.44.5, read 2026-11.
 */
const SUFFIXES: Partial<Record<Partition, string>> = { aws: 'amazonaws.com', 'aws-cn': 'amazonaws.com.cn', 'aws-us-gov': 'amazonaws.com' };

/** A template of which the partition is known: the references to it, and to what follows of it, are texts. */
export function inPartition(value: Value, partition: Partition, seen = new Map<Value, Value>()): Value {
  const before = seen.get(value);
  if (before !== undefined) return before;
  const inner = (one: Value): Value => inPartition(one, partition, seen);
  const parameter = (name: string | null): string | undefined => ({ 'AWS::Partition': partition, 'AWS::URLSuffix': SUFFIXES[partition] })[name ?? ''];
  const filled = (one: Value): Value => (one.kind !== 'text' ? inner(one) : { ...one, pieces: one.pieces.flatMap((piece) => partsOf(piece, parameter)) });
  let result = value;
  if (value.kind === 'list') result = { ...value, items: value.items.map(inner) };
  if (value.kind === 'map') {
    const [first, second] = value.entries;
    const name = second === undefined ? known(first?.key) : null;
    const text = name === 'Ref' ? parameter(known(first!.value)) : undefined;
    if (text !== undefined) result = textFor(text, value);
    else if (name === 'Fn::Sub') {
      const { value: given } = first!;
      result = { ...value, entries: [{ ...first!, value: given.kind === 'list' ? { ...given, items: given.items.map((one, i) => (i === 0 ? filled(one) : inner(one))) } : filled(given) }] };
    } else result = { ...value, entries: value.entries.map((entry) => ({ ...entry, value: inner(entry.value) })) };
  }
  seen.set(value, result);
  return result;
}

/** A piece of what `Fn::Sub` takes, with the parameters that are known. */
function partsOf(piece: Piece, parameter: (name: string) => string | undefined): Piece[] {
  const parts: Piece[] = [];
  let from = 0;
  for (const { 0: all, 1: name, index } of (piece.text ?? '').matchAll(/\$\{(AWS::\w+)\}/g)) {
    const text = parameter(name!);
    if (text === undefined) continue;
    parts.push(slice(piece, from, index), { ...slice(piece, index, index + all.length), text, offsets: null });
    from = index + all.length;
  }
  return from === 0 ? [piece] : [...parts, slice(piece, from, piece.text!.length)].filter(({ text }) => text !== '');
}

/** What YAML 1.1 takes for true and false beside these two. */
const OLD_BOOLEANS: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };

/**
 * A template of YAML whose conditions have what CloudFormation reads in them: it takes YAML 1.1, to which `yes` without quotation marks
 * is true. Elsewhere a policy has no booleans, and what CloudFormation makes of one there is not known. Sources: User Guide,
 * "CloudFormation template formats", and the type repository of YAML 1.1, "bool", read 2026-11.
 */
export function withOldBooleans(root: Value): Value {
  const [done, doneInside] = [new Map<Value, Value>(), new Map<Value, Value>()];
  const read = (value: Value, isInside: boolean): Value => {
    const all = isInside ? doneInside : done;
    const before = all.get(value);
    if (before !== undefined) return before;
    let result = value;
    if (value.kind === 'list') result = { ...value, items: value.items.map((item) => read(item, isInside)) };
    if (value.kind === 'map') result = { ...value, entries: value.entries.map(({ key, value: own }) => ({ key, value: read(own, isInside || known(key) === 'Condition') })) };
    const json = value.kind === 'text' && isInside ? oldBoolean(value) : undefined;
    if (json !== undefined) result = { kind: 'plain', json, start: value.start, end: value.end };
    all.set(value, result);
    return result;
  };
  return read(root, false);
}

function oldBoolean(value: TextValue): string | undefined {
  const isQuoted = value.pieces[0]?.start !== value.start;
  const word = known(value) ?? '';
  return !isQuoted && /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/.test(word) ? OLD_BOOLEANS[word.toLowerCase()] : undefined;
}
