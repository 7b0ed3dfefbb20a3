// A file's values with their places, the same for JSON, YAML and HCL. Offsets are into the file, in UTF-16 code units;
// ends are exclusive. A reader makes them, the finders look for policies in them, and write.ts prints them for the engine.

export interface Extent {
  start: number;
  end: number;
}

/** Of what a function or a loop of the file made a value, where not all of that is known: it can be made again once it is. */
export interface Made {
  given: readonly Value[];
  /** With what is made so many characters further on than in its file. */
  of(given: readonly Value[], by: number): Value;
  by: number;
}

interface Worked extends Extent {
  made?: Made | undefined;
}

export interface MapValue extends Worked {
  kind: 'map';
  /** In the order of the file; a key may stand there twice. */
  entries: Entry[];
}

export interface Entry {
  key: TextValue;
  value: Value;
}

export interface ListValue extends Worked {
  kind: 'list';
  items: Value[];
}

/** A string, quotes included in its extent. */
export interface TextValue extends Worked {
  kind: 'text';
  pieces: Piece[];
}

/** A number, a boolean or null, as JSON has it. */
export interface PlainValue extends Worked {
  kind: 'plain';
  json: string;
}

/** A value that the file turns into JSON text itself, as Terraform's `jsonencode` does. */
export interface EncodedValue extends Worked {
  kind: 'encoded';
  value: Value;
}

/** One of several, or as an item of a list perhaps none, decided at deploy time. */
export interface EitherValue extends Worked {
  kind: 'either';
  values: Value[];
  /** What decides, such as a condition; all of it where that does not stand by itself. */
  by?: Extent;
  /** Which of the cases each value is, where some of them give none. */
  branches?: readonly number[];
}

/** Something at a place, and where that is a name, the expression for which the name stands. */
export interface Placed extends Extent {
  meant?: string | undefined;
}

/** Known only at deploy time. */
export interface UnknownValue extends Worked, Placed {
  kind: 'unknown';
  /** As an item of a list: several values or none, or more of the item before it with other values. */
  stands?: 'several' | 'again';
}

/** As if nothing stood there: CloudFormation's `AWS::NoValue`. */
export interface AbsentValue extends Worked {
  kind: 'absent';
}

export type Value =
  | MapValue | ListValue | TextValue | PlainValue | EncodedValue | EitherValue | UnknownValue | AbsentValue;

/** A part of a string. */
export interface Piece extends Placed {
  /** null where it is known only at deploy time. */
  text: string | null;
  /** Where each code unit of the text begins, and at last where it ends; null where unit i stands at start + i. */
  offsets: readonly number[] | null;
}

/** Where the unit of a known piece begins; its length gives where the last one ends. */
export function offsetIn(piece: Piece, unit: number): number {
  return piece.offsets?.[unit] ?? piece.start + unit;
}

/** Whether the file says this in other words, such as `actions` for `Action`: then it has one place as a whole. */
export function isOther({ text, offsets, start, end }: Piece): boolean {
  return offsets === null && text?.length !== end - start;
}

/** The part of a known piece between two of its units. */
export function slice(piece: Piece, from: number, to: number): Piece {
  return {
    text: piece.text?.slice(from, to) ?? null,
    offsets: piece.offsets?.slice(from, to + 1) ?? null,
    start: offsetIn(piece, from),
    end: offsetIn(piece, to),
  };
}

/** A string that stands in the file as it is, quotes or not. */
export function textAt(text: string, start: number, end: number, first = start): TextValue {
  return { kind: 'text', start, end, pieces: [{ text, start: first, end: first + text.length, offsets: null }] };
}

/** A string that the file says in other words at this place. */
export function textFor(text: string, { start, end }: Extent): TextValue {
  return { kind: 'text', start, end, pieces: [{ text, start, end, offsets: null }] };
}

/** The text of a string that is wholly known; null for anything else. */
export function known(value: Value | undefined): string | null {
  if (value?.kind !== 'text' || value.pieces.some(({ text }) => text === null)) return null;
  return value.pieces.map(({ text }) => text).join('');
}

/** A key for people, with a question mark for what of it is not known. */
export const spelt = (key: TextValue): string => key.pieces.map(({ text }) => text ?? '?').join('');

/** Whether all of a value stands there. */
export function isLiteral(value: Value): boolean {
  if (value.kind === 'map') return value.entries.every(({ key, value: own }) => isLiteral(key) && isLiteral(own));
  if (value.kind === 'list') return value.items.every(isLiteral);
  if (value.kind === 'encoded') return isLiteral(value.value);
  return value.kind === 'plain' || known(value) !== null;
}

/** The value of a key; of the last one where it stands twice, as JSON and CloudFormation have it. */
export function get(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind !== 'map') return undefined;
  return value.entries.findLast((entry) => known(entry.key) === key)?.value;
}

/** In its place a default may stand. */
export const isNull = (value: Value): boolean => value.kind === 'plain' && value.json === 'null';

/** As if the attribute were not there, in Terraform. */
export const isNothing = (value: Value): boolean => isNull(value) || known(value) === '';

export function entriesOf(value: Value | undefined): Entry[] {
  return value?.kind === 'map' ? value.entries : [];
}

export function itemsOf(value: Value | undefined): Value[] {
  return value?.kind === 'list' ? value.items : [];
}

/** What a number chooses out of a list; of one that is not known each item, once. `isAround`: whether it counts on from the start behind the end. */
export function chosenOf(list: Value, index: Value, isAround = false): Value[] {
  const items = itemsOf(list);
  const number = index.kind === 'plain' ? Number(index.json) : Number(known(index) ?? Number.NaN);
  if (!Number.isInteger(number) || number < 0) return [...new Set(items)];
  const item = items[isAround && items.length > 0 ? number % items.length : number];
  return item === undefined ? [] : [item];
}

/** Whether each item stands for one, and not for several or perhaps none, as those of joined lists do. */
export const isCounted = (list: Value): boolean => itemsOf(list).every(({ kind }) => kind !== 'unknown' && kind !== 'either');

/** A string as it is written between quotes: where `escape` knows a sequence, its meaning stands for it. */
export function decoded(
  source: string, start: number, end: number,
  escape: (at: number) => { length: number; meaning: string } | null,
): Piece {
  let text = '';
  let offsets: number[] | null = null;
  let from = start;
  for (let at = start; at < end;) {
    const sequence = escape(at);
    if (sequence === null) {
      at += 1;
      continue;
    }
    offsets ??= [];
    for (let unit = from; unit < at; unit += 1) offsets.push(unit);
    for (let unit = 0; unit < sequence.meaning.length; unit += 1) offsets.push(at);
    text += source.slice(from, at) + sequence.meaning;
    at += sequence.length;
    from = at;
  }
  text += source.slice(from, end);
  if (offsets !== null) for (let unit = from; unit <= end; unit += 1) offsets.push(unit);
  return { text, start, end, offsets };
}

/** What a choice hangs on, and which of its cases is meant; nothing where there is none. */
export type Deciders = readonly (Extent & { branch?: number })[];

/** What decides that a choice is this one of its values. */
export const branchOf = ({ by, branches, start, end }: Extent & Pick<EitherValue, 'by' | 'branches'>, index: number): Deciders[number] => (
  { start: (by ?? { start }).start, end: (by ?? { end }).end, branch: branches?.[index] ?? index }
);

/** What a syntax has of its own: the values that a value may be, and the items of a list, each with what decides whether it is. */
export interface Opened {
  ofValue(value: Value): (readonly [value: Value, by: Deciders])[];
  ofList(list: Value): (readonly [item: Value, by: Deciders])[];
  /** Whether a value on the way may be anything, with what is looked for in it. */
  isAnything?(value: Value): boolean;
}

type Reached = [value: Value, name: string, by: Deciders];

/**
 * The values that a path such as `"Policies[].PolicyDocument"` leads to, each with its name, and what decides whether it is there;
 * what may be anything stands for what it may hold.
 */
export function valuesAt(root: Value, path: string, name: string, { ofValue, ofList, isAnything = () => false }: Opened): Reached[] {
  let values: Reached[] = [[root, name, []]];
  const opaque: Reached[] = [];
  for (const step of path.split('.')) {
    const [key = '', isList] = step.split('[');
    opaque.push(...values.filter(([value]) => value !== root && isAnything(value)));
    values = values.flatMap(([value, at, by]) => {
      const next = get(value, key);
      if (next === undefined) return [];
      const there = `${at}.${key}`;
      if (isList === undefined) return ofValue(next).map(([one, own]): Reached => [one, there, [...by, ...own]]);
      const lists = ofValue(next);
      for (const [list, own] of lists) if (isAnything(list)) opaque.push([list, there, [...by, ...own]]);
      return lists.flatMap(([list, ofLists]) => ofList(list).map(([item, ofItem]) => ({ item, all: [...by, ...ofLists, ...ofItem] }))).flatMap(({ item, all }, index) => (
        ofValue(item).map(([one, own]): Reached => [one, `${there}[${index}]`, [...all, ...own]])
      ));
    });
  }
  return [...opaque, ...values];
}

/** The items of a list that are there in any case. */
export const certain = (list: Value): [Value, Deciders][] => itemsOf(list).map((item) => [item, []]);
