// The locals of a file of Terraform where their values stand in it: strings, and lists of them. What stands in their place is
// that of the reference, since a local may have many uses. Variables are others at each deployment, whatever their defaults;
// those of a module that is called once are what the call gives.
import { isStatement } from './language.js';
import type { Block } from './terraform-presence.js';
import { type Extent, type Piece, type TextValue, type Value, entriesOf, known } from './value.js';

/** So many characters are put in the place of locals, which may name one another without end; the others stay unknown. */
const MOST_PLACED = 1 << 22;

/** What a module is given for its variables by the one call that it has, as far as that stands there. */
export type Given = ReadonlyMap<string, Value>;
export const NONE_GIVEN: Given = new Map();

/** The blocks with the locals that they name, as far as the file tells what these are, and with what is given for variables. */
export function withLocals(blocks: Block[], source: string, given: Given = NONE_GIVEN): Block[] {
  const locals = new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key), value]));
  if (locals.size + given.size === 0) return blocks;
  const reader = new Reader(source, locals, given);
  return blocks.map((block) => (block.type === 'locals' ? block : { ...block, body: reader.in(block.body) }));
}

class Reader {
  private placed = 0;
  /** Each as far as it is known; null while it is being read, and where nothing of it is. */
  private readonly values = new Map<string, Value | null>();

  constructor(private readonly source: string, private readonly locals: ReadonlyMap<string | null, Value>, private readonly given: Given) {}

  /** A value in which the locals stand that are known; the same object where there are none. */
  in(value: Value): Value {
    if (value.kind === 'map') return { ...value, entries: value.entries.map(({ key, value: inner }) => ({ key: this.inText(key), value: this.in(inner) })) };
    if (value.kind === 'list') return { ...value, items: value.items.flatMap((item) => this.inItem(item)) };
    if (value.kind === 'either') return { ...value, values: value.values.map((one) => this.in(one)) };
    if (value.kind === 'encoded') return { ...value, value: this.in(value.value) };
    if (value.kind === 'text') return this.inText(value);
    const local = value.kind === 'unknown' ? this.named(value) : null;
    return local === null ? value : this.at(local, value) ?? value;
  }

  /** What stands for several items, as an argument of concat, are those of the list that it names. */
  private inItem(item: Value): Value[] {
    const own = this.in(item);
    return own.kind === 'list' && item.kind === 'unknown' && item.stands === 'several' ? own.items : [own];
  }

  private inText(text: TextValue): TextValue {
    if (text.pieces.every((piece) => piece.text !== null)) return text;
    return { ...text, pieces: text.pieces.flatMap((piece) => {
      const local = piece.text === null ? this.named(piece) : null;
      const own = local?.kind === 'text' ? this.at(local, piece) : null;
      return own?.kind === 'text' ? own.pieces : [piece];
    }) };
  }

  /** What a reference names, and nothing beside it. */
  private named({ start, end }: Extent): Value | null {
    const [, kind, name] = REFERENCE.exec(this.source.slice(start, end)) ?? [];
    if (kind === 'var') return this.given.get(name!) ?? null;
    const value = name === undefined ? undefined : this.locals.get(name);
    if (name === undefined || value === undefined) return null;
    const before = this.values.get(name);
    if (before !== undefined) return before;
    // A local that comes back to itself is refused by Terraform.
    this.values.set(name, null);
    const result = isPlaced(value) || value.kind === 'unknown' ? this.in(value) : null;
    const local = result !== null && isPlaced(result) ? result : null;
    this.values.set(name, local);
    return local;
  }

  /** A value of a local as one that stands where it is named; null where there are too many of them. */
  private at(value: Value, place: Extent): Value | null {
    this.placed += 1;
    if (value.kind === 'text') for (const { text } of value.pieces) this.placed += 1 + (text?.length ?? 0);
    if (this.placed > MOST_PLACED) return null;
    const { start, end } = place;
    const inside = (one: Value): Value => this.at(one, place) ?? { kind: 'unknown', start, end };
    if (value.kind === 'list') return { ...value, start, end, items: value.items.map(inside) };
    if (value.kind === 'map') return { ...value, start, end, entries: value.entries.map(({ key, value: own }) => ({ key: inside(key) as TextValue, value: inside(own) })) };
    if (value.kind === 'encoded') return { ...value, start, end, value: inside(value.value) };
    return value.kind === 'text' ? { kind: 'text', start, end, pieces: value.pieces.map((piece) => pieceAt(piece, place)) } : { ...value, start, end };
  }
}

const REFERENCE = /^"?(?:\$\{)?\s*(local|var)\.([\w-]+)\s*\}?"?$/;

/** Whether all of a value stands there. */
export function isLiteral(value: Value): boolean {
  if (value.kind === 'map') return value.entries.every(({ key, value: own }) => isLiteral(key) && isLiteral(own));
  if (value.kind === 'list') return value.items.every(isLiteral);
  if (value.kind === 'encoded') return isLiteral(value.value);
  return value.kind === 'plain' || known(value) !== null;
}

/** Whether a value may stand for its name: statements of policies may, and policies in locals are read where they stand. */
function isPlaced(value: Value): boolean {
  if (value.kind === 'map') return isStatement(value);
  if (value.kind === 'list' && value.items.some(isStatement)) return value.items.every((item) => item.kind === 'unknown' || isStatement(item));
  if (value.kind === 'list') return value.items.some(({ kind }) => kind === 'text') && value.items.every((item) => item.kind === 'unknown' || (item.kind === 'text' && isPlaced(item)));
  return value.kind === 'text' && !/^\s*\{|"Statement"/.test(value.pieces.map(({ text }) => text ?? '').join(''));
}

function pieceAt({ text }: Piece, { start, end }: Extent): Piece {
  // One as long as its reference would be taken for what stands there.
  return { text, start, end, offsets: text?.length === end - start ? [...Array<number>(text.length).fill(start), end] : null };
}
