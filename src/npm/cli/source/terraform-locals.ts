// The locals of a file of Terraform where their values stand in it: strings, statements and lists of them, and to functions and
// loops whatever is no policy. What stands in their place is that of the reference, since a local may have many uses. Variables are others at each deployment, whatever their defaults;
// those of a module that is called once are what the call gives.
import { withNames } from './hcl-functions.js';
import { isStatement } from './language.js';
import type { Block } from './terraform-presence.js';
import { type Extent, type Piece, type TextValue, type Value, entriesOf, get, known } from './value.js';

/** So many characters are put in the place of locals, which may name one another without end; the others stay unknown. */
const MOST_PLACED = 1 << 22;
/** As many of them each value counts. */
const OF_VALUE = 8;

/** What a module is given for its variables by the one call that it has, as far as that stands there. */
export type Given = ReadonlyMap<string, Value>;
export const NONE_GIVEN: Given = new Map();

/** The blocks with the locals that they name, as far as the file tells what these are, and with what is given for variables. */
export function withLocals(blocks: Block[], source: string, given: Given = NONE_GIVEN): Block[] {
  const locals = new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key), value]));
  if (locals.size + given.size === 0) return blocks;
  const reader = new Reader(source, locals, given);
  return blocks.map((block) => ({ ...block, body: reader.in(block.body) }));
}

class Reader {
  private placed = 0;
  /** Each as far as it is known; null while it is being read, and where nothing of it is. */
  private readonly values = new Map<string, Value | null>();

  constructor(private readonly source: string, private readonly locals: ReadonlyMap<string | null, Value>, private readonly given: Given) {}

  /** A value in which the locals stand that are known; the same object where there are none. */
  in(value: Value): Value {
    return withNames(value, (place, isGiven) => {
      const own = this.named(place, isGiven);
      return own === null ? undefined : this.at(own, place) ?? undefined;
    });
  }

  /** What a reference names, and nothing beside it. */
  private named({ start, end }: Extent, isGiven: boolean): Value | null {
    const [, kind, name] = REFERENCE.exec(this.source.slice(start, end)) ?? [];
    if (name === undefined) return null;
    if (kind === 'var') return this.given.get(name) ?? null;
    const local = this.local(name);
    return local !== null && (isGiven || isPlaced(local)) ? local : null;
  }

  private local(name: string): Value | null {
    const value = this.locals.get(name);
    const before = this.values.get(name);
    if (value === undefined || before !== undefined) return before ?? null;
    // A local that comes back to itself is refused by Terraform.
    this.values.set(name, null);
    const result = this.in(value);
    const local = isGivable(result) ? result : null;
    this.values.set(name, local);
    return local;
  }

  /** A value of a local as one that stands where it is named; null where there are too many of them. */
  private at(value: Value, place: Extent): Value | null {
    this.placed += OF_VALUE;
    if (value.kind === 'text') for (const { text } of value.pieces) this.placed += 1 + (text?.length ?? 0);
    if (this.placed > MOST_PLACED) return null;
    const { start, end } = place;
    const inside = (one: Value): Value => this.at(one, place) ?? { kind: 'unknown', start, end };
    if (value.kind === 'list') return { ...value, start, end, items: value.items.map(inside), made: undefined };
    if (value.kind === 'map') return { ...value, start, end, entries: value.entries.map(({ key, value: own }) => ({ key: inside(key) as TextValue, value: inside(own) })), made: undefined };
    if (value.kind === 'either') return { ...value, start, end, values: value.values.map(inside), made: undefined };
    if (value.kind === 'encoded') return { ...value, start, end, value: inside(value.value) };
    return value.kind === 'text' ? { kind: 'text', start, end, pieces: value.pieces.map((piece) => pieceAt(piece, place)) } : { ...value, start, end, made: undefined };
  }
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

function pieceAt({ text }: Piece, { start, end }: Extent): Piece {
  // One as long as its reference would be taken for what stands there.
  return { text, start, end, offsets: text?.length === end - start ? [...Array<number>(text.length).fill(start), end] : null };
}
