// The locals of a file of Terraform where their values stand in it: strings, statements and lists of them, and to functions and
// loops whatever is no policy. What stands in their place is that of the reference, since a local may have many uses; what of it
// only the deployment knows keeps its own expression beside that. Variables are others at each deployment, whatever their
// defaults; those of a module that is called once are what the call gives.
import { withNames } from './hcl-functions.js';
import { isStatement } from './language.js';
import type { Block } from './terraform-presence.js';
import { type Extent, type Piece, type TextValue, type Value, entriesOf, get, known } from './value.js';

/** So many characters are put in the place of locals, which may name one another without end; the others stay unknown. */
const MOST_PLACED = 1 << 22;
/** The same of locals alone. */
const MOST_IN_LOCALS = 1 << 19;
/** As many of them each value counts. */
const OF_VALUE = 8;
/** So many locals are followed that name one another. */
const DEEPEST = 100;

/**
 * What the names of a module stand for where its file does not say it, such as `var.a`: what the one call of the module gives,
 * as far as that stands there, and the locals of its other files. Null of a local that several of them define.
 */
export type Given = ReadonlyMap<string, Value | null>;
export const NONE_GIVEN: Given = new Map();

/** The blocks with the locals that they name, as far as the file tells what these are, and with what is given for variables. */
export function withLocals(blocks: Block[], source: string, given: Given = NONE_GIVEN): Block[] {
  const locals = new Map(localsIn(blocks, source));
  if (locals.size + given.size === 0) return blocks;
  const reader = new Reader(locals, given, MOST_PLACED);
  return blocks.map((block) => ({ ...block, body: reader.in(block.body, source) }));
}

/** The locals of all files of a module, as far as these tell what they are, for its files. */
export function givenLocals(files: readonly { blocks: readonly Block[]; text: string }[]): Given {
  const locals = new Map<string, Local>();
  const given = new Map<string, Value | null>();
  for (const [name, local] of files.flatMap(({ blocks, text }) => localsIn(blocks, text))) {
    if (locals.has(name)) given.set(`local.${name}`, null);
    locals.set(name, local);
  }
  const reader = new Reader(locals, new Map(given), MOST_IN_LOCALS);
  for (const name of locals.keys()) {
    const value = given.has(`local.${name}`) ? null : reader.local(name);
    if (value !== null) given.set(`local.${name}`, value);
  }
  return given;
}

/** A local with the text in which it stands. */
interface Local {
  value: Value;
  source: string;
}

const localsIn = (blocks: readonly Block[], source: string): [string, Local][] => (
  blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key) ?? '', { value, source }])
);

class Reader {
  private depth = 0;
  /** Each as far as it is known; null while it is being read, and where nothing of it is. */
  private readonly values = new Map<string, Value | null>();

  constructor(private readonly locals: ReadonlyMap<string, Local>, private readonly given: Given, private left: number) {}

  /** A value of a text in which the locals stand that are known; the same object where there are none. */
  in(value: Value, source: string): Value {
    return withNames(value, (place, isGiven) => {
      const own = this.named(place, source, isGiven);
      return own === null ? undefined : this.at(own, place) ?? undefined;
    });
  }

  /** What a reference names, and nothing beside it. */
  private named({ start, end }: Extent, source: string, isGiven: boolean): Value | null {
    const [, kind, name] = REFERENCE.exec(source.slice(start, end)) ?? [];
    if (name === undefined) return null;
    const given = this.given.get(`${kind}.${name}`);
    if (kind === 'var') return given ?? null;
    const local = given === null ? null : this.local(name) ?? given ?? null;
    return local !== null && (isGiven || isPlaced(local)) ? local : null;
  }

  local(name: string): Value | null {
    const before = this.values.get(name);
    if (before !== undefined || this.depth > DEEPEST) return before ?? null;
    // A local that comes back to itself is refused by Terraform.
    this.values.set(name, null);
    this.depth += 1;
    const own = this.locals.get(name);
    const result = own === undefined ? null : this.in(own.value, own.source);
    const local = result !== null && isGivable(result) ? meaning(result, own!.source) : null;
    this.depth -= 1;
    this.values.set(name, local);
    return local;
  }

  /** A value of a local as one that stands where it is named; null where there are too many of them. */
  private at(value: Value, place: Extent): Value | null {
    this.left -= OF_VALUE;
    if (value.kind === 'text') for (const { text } of value.pieces) this.left -= 1 + (text?.length ?? 0);
    if (this.left < 0) return null;
    const { start, end } = place;
    const inside = (one: Value): Value => this.at(one, place) ?? { kind: 'unknown', start, end };
    if (value.kind === 'list') return { ...value, start, end, items: value.items.map(inside), made: undefined };
    if (value.kind === 'map') return { ...value, start, end, entries: value.entries.map(({ key, value: own }) => ({ key: inside(key) as TextValue, value: inside(own) })), made: undefined };
    if (value.kind === 'either') return { ...value, start, end, values: value.values.map(inside), made: undefined };
    if (value.kind === 'encoded') return { ...value, start, end, value: inside(value.value) };
    return value.kind === 'text' ? { kind: 'text', start, end, pieces: value.pieces.map((piece) => pieceAt(piece, place)) } : { ...value, start, end, made: undefined };
  }
}

/**
 * With the expression for each value of a local that only the deployment knows. Those of a loop say nothing without it: their
 * expression is the reference.
 */
function meaning<V extends Value>(value: V, source: string): V {
  if (/\bfor\b/.test(source.slice(value.start, value.end))) return value;
  const own = { ...value };
  if (own.kind === 'list') own.items = own.items.map((item) => meaning(item, source));
  if (own.kind === 'unknown') own.meant ??= source.slice(own.start, own.end);
  if (own.kind === 'text') own.pieces = own.pieces.map((piece) => (piece.text === null && piece.meant === undefined ? { ...piece, meant: source.slice(piece.start, piece.end) } : piece));
  return own;
}

const REFERENCE = /^"?(?:\$\{)?\s*(local|var)\.([\w-]+)\s*\}?"?$/;

/** Whether a value may stand for its name: policies in locals are read where they stand, and statements nowhere else. */
function isPlaced(value: Value): boolean {
  if (value.kind === 'text') return isGivable(value);
  if (value.kind === 'map') return isStatement(value) && isGivable(value);
  return value.kind === 'list' && value.items.some(({ kind }) => kind === 'text' || kind === 'map') && value.items.every((item) => item.kind === 'unknown' || ((item.kind === 'text' || item.kind === 'map') && isPlaced(item)));
}

/** Whether a value may stand for its name where a function or a loop is given it: no policy. */
function isGivable(value: Value): boolean {
  if (value.kind === 'text') return !/^\s*\{|"Statement"/.test(value.pieces.map(({ text }) => text ?? '').join(''));
  if (value.kind === 'list') return value.items.every(isGivable);
  if (value.kind === 'either') return value.values.every(isGivable);
  if (value.kind === 'map') return get(value, 'Statement') === undefined && value.entries.every((entry) => isGivable(entry.value));
  return value.kind !== 'encoded';
}

function pieceAt({ text, meant }: Piece, { start, end }: Extent): Piece {
  // One as long as its reference would be taken for what stands there.
  return { text, start, end, meant, offsets: text?.length === end - start ? [...Array<number>(text.length).fill(start), end] : null };
}
