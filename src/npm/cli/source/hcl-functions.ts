// What the functions and loops of HCL give, as far as a file alone tells it. What they were given may be told later, as locals are:
// a value keeps of what it was made, and is made again then.
import { type EitherValue, type Entry, type Extent, type Piece, type TextValue, type Value, chosenOf, entriesOf, get, isCounted, isLiteral, isNothing, isNull, known, slice } from './value.js';

/** What `of` makes of values, `by` characters further on than where its file has them; it is made again where more of them is known. */
export function workedOut(given: readonly Value[], of: (given: readonly Value[], by: number) => Value, by = 0): Value {
  const value = of(given, by);
  return given.every(isLiteral) ? value : { ...value, made: { given, of, by } };
}

/** A value in which other ones stand for names; the same object where there are none. `named` is asked of each place of which nothing is known, `isGiven` says that it is given to a function or a loop. */
export function withNames(value: Value, named: (place: Extent, isGiven: boolean) => Value | undefined, isGiven = false): Value {
  const inner = (one: Value): Value => withNames(one, named, isGiven);
  if (value.made !== undefined) {
    const { given, of, by } = value.made;
    const own = each(given, (one) => withNames(one, named, true));
    return own === given ? value : workedOut(own, of, by);
  }
  switch (value.kind) {
    case 'unknown': return named(value, isGiven) ?? value;
    case 'text': return inText(value, named, isGiven);
    case 'list': return changed(value, 'items', each(value.items, inner));
    case 'either': return changed(value, 'values', each(value.values, inner));
    case 'encoded': return changed(value, 'value', inner(value.value));
    case 'map': return changed(value, 'entries', each(value.entries, (entry) => {
      const [key, content] = [inText(entry.key, named, isGiven), inner(entry.value)];
      return key === entry.key && content === entry.value ? entry : { key, value: content };
    }));
    default: return value;
  }
}

function each<T>(all: readonly T[], of: (one: T) => T): T[] {
  const result = all.map(of);
  return result.every((one, i) => one === all[i]) ? all as T[] : result;
}

const changed = <V extends Value, K extends keyof V>(value: V, key: K, content: V[K]): V => (value[key] === content ? value : { ...value, [key]: content });

function inText(text: TextValue, named: (place: Extent, isGiven: boolean) => Value | undefined, isGiven: boolean): TextValue {
  if (text.pieces.every((piece) => piece.text !== null)) return text;
  return { ...text, pieces: text.pieces.flatMap((piece) => {
    const own = piece.text === null ? named(piece, isGiven) : undefined;
    return own?.kind === 'text' || (own?.kind === 'plain' && !isNull(own)) ? piecesOf(own) : [piece];
  }) };
}

/** What the names of a loop stand for. */
export type Bound = ReadonlyMap<string, Value>;

/** A value in which names stand for what a loop gives them, also with what is in them: `statement.value.actions`. */
function withBound(value: Value, bound: Bound, { source, isBlock, ...whole }: Loop, by: number): Value | null {
  const own = withNames(value, ({ start, end }) => {
    const [, name, path] = BOUND.exec(source.slice(start - by, end - by)) ?? [];
    const own = name === undefined ? undefined : bound.get(name);
    return Array.from((path ?? '').matchAll(/[\w-]+/g)).reduce<Value | undefined>((inside, [key]) => get(inside, key), own);
  });
  const names = new RegExp(`(?<![\\w.-])(?:${[...bound.keys()].join('|')})(?![\\w-])`, 'u');
  const looked = new Map<string, boolean>();
  const isOpen = ({ start, end }: Extent): boolean => {
    const place = `${start} ${end}`;
    const result = looked.get(place) ?? names.test(source.slice(start - by, end - by));
    looked.set(place, result);
    return result;
  };
  const told = asWhole(own, isOpen, { start: whole.start + by, end: whole.end + by });
  return told === own || !isBlock ? told : null;
}

/** A value in which what hangs on the names of a loop has the place of the loop: the same words are another value each time. */
function asWhole(value: Value, isOpen: (place: Extent) => boolean, { start, end }: Extent): Value {
  const inner = (one: Value): Value => asWhole(one, isOpen, { start, end });
  const inText = (text: TextValue): TextValue => changed(text, 'pieces', each(text.pieces, (piece) => (piece.text === null && isOpen(piece) ? { ...piece, start, end } : piece)));
  switch (value.kind) {
    case 'unknown': return isOpen(value) ? { ...value, start, end } : value;
    case 'text': return inText(value);
    case 'list': return changed(value, 'items', each(value.items, inner));
    case 'either': return changed(value, 'values', each(value.values, inner));
    case 'encoded': return changed(value, 'value', inner(value.value));
    case 'map': return changed(value, 'entries', each(value.entries, (entry) => {
      const [key, content] = [inText(entry.key), inner(entry.value)];
      return key === entry.key && content === entry.value ? entry : { key, value: content };
    }));
    default: return value;
  }
}

const BOUND = /^(?:\$\{)?\s*([\p{ID_Start}_][\p{ID_Continue}-]*)((?:\.[\p{ID_Start}_][\w-]*|\["[\w-]+"\])*)\s*\}?$/u;

/** A loop: what it says of each item of what it goes over. */
export interface Loop extends Extent {
  source: string;
  /** What its names are for an item; of which there is no number where it is not known how many come before it. */
  bind(key: Value | null, item: Value): Bound;
  /** Whether it makes blocks, of which each has a place of its own: they are told apart only where all of what they hold is. */
  isBlock: boolean;
  /** Whether something else decides whether there is a value for an item. */
  isPerhaps: boolean;
  /** Whether so many values may be made more. */
  mayMake(count: number): boolean;
}

/** The values that a loop makes of its body; where not all of what it goes over is known, also one that stands for further ones. */
export function repeated(over: Value, body: Value, loop: Loop, by: number): Value[] {
  const { bind, isPerhaps, mayMake, start, end } = loop;
  const further: Value[] = [perhaps(body), { kind: 'unknown', stands: body.kind === 'unknown' ? 'several' : 'again', start: start + by, end: end + by }];
  // Before anything is made: loops within loops are made again with each around them.
  if ((over.kind !== 'map' && over.kind !== 'list') || !mayMake(1)) return further;
  const isNumbered = isCounted(over);
  const all = over.kind === 'map' ? over.entries.map(({ key, value }): [Value, Value] => [key, value])
    : over.items.map((item, i): [Value | null, Value] => [isNumbered ? { kind: 'plain', json: String(i), ...extentOf(item) } : null, item]);
  const once = (key: Value | null, item: Value): Value | null => withBound(body, bind(key, item), loop, by);
  const values: Value[] = [];
  for (const [key, item] of all) {
    const isChoice = item.kind === 'either' && over.kind === 'list';
    const bodies = item.kind === 'unknown' && item.stands !== undefined ? further : (isChoice ? item.values : [item]).map((one) => once(key, one));
    const made = bodies.flatMap((one, i): Value[] => (one === null ? [] : [isChoice ? perhaps(one, item, i) : isPerhaps ? perhaps(one) : one]));
    if (made.length < bodies.length || !mayMake(made.reduce((sum, one) => sum + sizeOf(one), 0))) return further;
    values.push(...made);
  }
  return values;
}

/** Loops within loops could make endlessly many values of a few. */
export const MOST_MADE = 100_000;

/** How many values a value is, as far as they may be made. */
function sizeOf(value: Value): number {
  let size = 0;
  for (const open = [value]; open.length > 0 && size < MOST_MADE;) {
    const one = open.pop()!;
    size += 1;
    if (one.kind === 'list') for (const item of one.items) open.push(item);
    if (one.kind === 'either') for (const item of one.values) open.push(item);
    if (one.kind === 'map') for (const { value: inside } of one.entries) open.push(inside);
    if (one.kind === 'encoded') open.push(one.value);
  }
  return size;
}

const extentOf = ({ start, end }: Extent): Extent => ({ start, end });

/** An item that a list may have or not. */
export function perhaps(item: Value, within?: EitherValue, index = 0): Value {
  if (item.kind === 'unknown') return item;
  // What decides within a choice does not decide alone.
  if (item.kind === 'either') return within === undefined ? item : { ...item, by: extentOf(within) };
  return { ...extentOf(item), kind: 'either', values: [item], ...within === undefined ? {} : { by: within.by ?? extentOf(within), branches: [within.branches?.[index] ?? index] } };
}

/** A call of a function by its name; null where it is not known what it gives. */
export function call(name: string, given: readonly Value[], isSpread: boolean, extent: Extent): Value | null {
  const [first, second, third] = given;
  if (first === undefined) return null;
  // Of concat(lists...) the last argument is a list of arguments.
  const lists = isSpread ? joined([...given.slice(0, -1).map((one): Value => ({ ...extentOf(one), kind: 'list', items: [one] })), given.at(-1)!]) : given;
  if (name === 'concat') return { kind: 'list', items: joined(lists), ...extent };
  if (name === 'setunion') return { kind: 'list', items: distinct(joined(lists)), ...extent };
  if (name === 'merge') {
    const entries = merged(lists);
    return entries === null ? null : { kind: 'map', entries, ...extent };
  }
  if (isSpread) return null;
  if (name === 'flatten') return { kind: 'list', items: flattened(joined([first])), ...extent };
  if (name === 'element' && second !== undefined) return first.kind === 'list' ? choice(first, second, extent, true) : null;
  if (name === 'lookup' && second !== undefined) return entryOf(first, known(second)) ?? (first.kind === 'map' && first.entries.every(({ key }) => known(key) !== null) && known(second) !== null ? third ?? null : null);
  if (name === 'format') return formatted(first, given.slice(1), extent);
  if (name === 'formatlist') return formattedEach(first, given.slice(1), extent);
  if (name === 'join' && second !== undefined) return joinedText(first, second, extent);
  if (name === 'distinct' || name === 'toset') return first.kind === 'list' ? { ...first, items: distinct(first.items) } : first;
  if (name === 'compact') return first.kind === 'list' ? { ...first, items: first.items.filter((one) => !isNothing(one)) } : first;
  return AS_GIVEN.has(name) ? first : null;
}

const entryOf = (map: Value, key: string | null): Value | null => (key === null ? null : get(map, key) ?? null);

/** Functions that give back what they are given, as far as a policy goes. */
const AS_GIVEN = new Set(['chomp', 'nonsensitive', 'sensitive', 'sort', 'tolist', 'trimspace']);

/** The items of several lists. */
function joined(lists: readonly Value[]): Value[] {
  return lists.flatMap((one): Value[] => {
    if (one.kind === 'list') return one.items;
    return one.kind === 'either' ? one.values.flatMap((value, i) => joined([value]).map((item) => perhaps(item, one, i))) : [several(one)];
  });
}

/** The items of a list without the lists around them, however deep these are. What is not known may be a list itself. */
function flattened(items: readonly Value[]): Value[] {
  return items.flatMap((one): Value[] => {
    if (one.kind === 'list') return flattened(one.items);
    if (one.kind === 'unknown') return [one.stands === undefined ? several(one) : one];
    return one.kind === 'either' ? one.values.flatMap((value, i) => flattened([value]).map((item) => perhaps(item, one, i))) : [one];
  });
}

const several = (one: Value): Value => ({ ...extentOf(one), kind: 'unknown', stands: 'several' });

/** Items without those that are there before, as far as both are known. */
function distinct(items: readonly Value[]): Value[] {
  const seen = new Set<string>();
  return items.filter((one) => {
    const text = one.kind === 'plain' ? one.json : known(one);
    if (text === null) return true;
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

/** Maps as one, of which the last has its way; null where the keys of one of them are not known. */
function merged(maps: readonly Value[]): Entry[] | null {
  const all = new Map<string, { last: Entry; choices: Value[] }>();
  for (const one of maps) {
    for (const map of one.kind === 'either' ? one.values : [one]) {
      if (map.kind !== 'map') return null;
      for (const entry of entriesOf(map)) {
        const name = known(entry.key);
        if (name === null) return null;
        const before = all.get(name);
        if (one.kind !== 'either') all.set(name, { last: entry, choices: [] });
        else if (before === undefined) all.set(name, { last: entry, choices: [entry.value] });
        else {
          if (before.choices.length === 0) before.choices.push(before.last.value);
          before.choices.push(entry.value);
          before.last = entry;
        }
      }
    }
  }
  return [...all.values()].map(({ last, choices }) => (
    choices.length === 0 ? last : { ...last, value: { ...extentOf(last.value), kind: 'either', values: choices } }
  ));
}

/** One of several items where the number is not known. */
export function choice(list: Value, index: Value, { start, end }: Extent, isAround = false): Value | null {
  const all = chosenOf(list, isCounted(list) ? index : { kind: 'unknown', start, end }, isAround);
  const [only, more] = all;
  if (only === undefined) return null;
  return more === undefined ? only : { kind: 'either', values: all, start, end };
}

/** What a value is within a text. */
const piecesOf = (value: Value): Piece[] => (value.kind === 'text' ? value.pieces : [{ ...extentOf(value), text: value.kind === 'plain' ? value.json : null, offsets: null }]);

/** `format("%s:*", "s3")`, with no other verbs than those that leave a text as it is; null for others. */
function formatted(spec: Value, given: readonly Value[], extent: Extent): TextValue | null {
  if (spec.kind !== 'text' || spec.pieces.some(({ text }) => text === null)) return null;
  let next = 0;
  const pieces: Piece[] = [];
  for (const piece of spec.pieces) {
    let from = 0;
    for (const { 0: verb, index } of piece.text!.matchAll(/%./gs)) {
      const value = verb === '%%' ? undefined : given[next];
      if (verb !== '%%' && (value === undefined || !isShownBy(verb, value))) return null;
      if (verb !== '%%') next += 1;
      pieces.push(slice(piece, from, verb === '%%' ? index + 1 : index));
      // A text of many pieces is too long for the arguments of one call.
      if (value !== undefined) for (const own of piecesOf(value)) pieces.push(own);
      from = index + verb.length;
    }
    pieces.push(slice(piece, from, piece.text!.length));
  }
  return next === given.length ? { kind: 'text', pieces: pieces.filter(({ text }) => text !== ''), ...extent } : null;
}

/** Whether a verb shows a value as it is; what is not known is not known then either. */
const isShownBy = (verb: string, value: Value): boolean => {
  if (isNull(value)) return false;
  const isText = value.kind === 'text' || value.kind === 'plain' || (value.kind === 'unknown' && value.stands === undefined) || value.kind === 'either';
  return isText && (verb === '%s' || verb === '%v' || (verb === '%d' && value.kind === 'plain' && /^-?\d+$/.test(value.json)));
};

/** `formatlist("%s:*", ["s3", "sqs"])`: a text for each item of the one list. */
function formattedEach(spec: Value, given: readonly Value[], extent: Extent): Value | null {
  const [list, other] = given;
  if (list?.kind !== 'list' || other !== undefined || !isCounted(list)) return null;
  const items = list.items.map((item) => formatted(spec, [item], extent));
  return items.includes(null) ? null : { kind: 'list', items: items as Value[], ...extent };
}

/** `join("/", ["a", "b"])` of items of which each is one. */
function joinedText(separator: Value, list: Value, extent: Extent): TextValue | null {
  if (separator.kind !== 'text' || list.kind !== 'list' || list.items.some(({ kind }) => !['text', 'plain', 'unknown'].includes(kind))) return null;
  if (list.items.some((item) => item.kind === 'unknown' && item.stands !== undefined)) return null;
  const pieces = list.items.flatMap((item, i) => [...i === 0 ? [] : separator.pieces, ...piecesOf(item)]);
  return { kind: 'text', pieces: pieces.filter(({ text }) => text !== ''), ...extent };
}
