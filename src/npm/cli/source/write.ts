// Prints a policy of a file as the JSON text that the engine reads, and remembers where each character came from.
import { SourceError } from './error.js';
import { type Deciders, type Entry, type Piece, type Placed, type TextValue, type Value, branchOf, isOther, known, offsetIn } from './value.js';

/** A policy as JSON, and the way back into the file. */
export interface Written {
  text: string;
  place(offset: number): Placed | null;
  unknown: string[];
  perhaps: string[];
  /** What decides, for each of them. */
  terms?: Readonly<Record<string, Deciders>>;
  /** Groups of statements, by their places in the list, of which at most one will be there. */
  alternatives?: number[][];
  /** Whether further statements are those that are there, with other values. */
  isRepeated?: boolean;
}

/** Where a part of the text came from: unit by unit from a piece, or as a whole from an extent. */
type Origin = { at: number } & ({ piece: Piece; unit: number } | Placed);

/** The most that one policy may print to: aliases of YAML can make a short file endless. */
const LONGEST_POLICY = 1 << 20;

/** The statements that only the deployment knows of: the place behind the last one, as JSON Pointer has it. */
export const FURTHER_STATEMENTS = '/Statement/-';

export const hasFurther = ({ unknown }: Pick<Written, 'unknown'>): boolean => unknown.includes(FURTHER_STATEMENTS);

/** Collects text and its origins. What stands for an unknown value is a word that no two of them share. */
export class Sink {
  private readonly parts: string[] = [];
  private readonly origins: Origin[] = [];
  private length = 0;
  private standIns = 0;

  get isFull(): boolean {
    return this.length > LONGEST_POLICY;
  }

  get size(): number {
    return this.length;
  }

  /** Text that is JSON already. */
  verbatim(piece: Piece): void {
    const text = piece.text ?? '';
    if (isOther(piece)) this.mark(text, piece);
    else this.copy(piece, 0, text.length);
  }

  /** A text that is not in the file, and what it stands for there. */
  mark(text: string, { start, end, meant }: Placed): void {
    this.origins.push({ at: this.length, start, end, meant });
    this.push(text);
  }

  /** Units of a piece that stand in the text as they are. */
  copy(piece: Piece, from: number, to: number): void {
    if (from === to || piece.text === null) return;
    this.origins.push({ at: this.length, piece, unit: from });
    this.push(piece.text.slice(from, to));
  }

  standIn(place: Placed): void {
    this.standIns += 1;
    this.mark(`unknown${this.standIns}`, place);
  }

  finish(unknown: string[] = [], perhaps: string[] = []): Written {
    const { origins } = this;
    const text = this.parts.join('');
    return {
      text,
      unknown,
      perhaps,
      place: (offset) => {
        if (offset < 0 || offset >= text.length) return null;
        let low = 0;
        for (let high = origins.length - 1; low < high;) {
          const middle = (low + high + 1) >> 1;
          if ((origins[middle]?.at ?? 0) <= offset) low = middle;
          else high = middle - 1;
        }
        const origin = origins[low];
        if (origin === undefined) return null;
        if (!('piece' in origin)) return { start: origin.start, end: origin.end, meant: origin.meant };
        const unit = origin.unit + offset - origin.at;
        return { start: offsetIn(origin.piece, unit), end: offsetIn(origin.piece, unit + 1) };
      },
    };
  }

  private push(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }
}

/**
 * The text of a policy.
 *
 * A list leaves out what is unknown in it only where the list is of statements: an unknown action or resource keeps its
 * place, as a word that no action and no ARN has.
 *
 * @throws {SourceError} when it is too long to be one, as aliases within aliases make it: it would else be passed over.
 */
export function write(policy: Value): Written {
  const sink = new Sink();
  const unknown = new Set<string>();
  const perhaps: string[] = [];
  const terms: Record<string, Deciders> = {};
  const alternatives: number[][] = [];
  let isRepeated = false;
  writeValue(policy, []);
  if (sink.isFull) throw new SourceError(`The policy has more than ${LONGEST_POLICY} characters once it is written out, which no service takes.`, policy.start);
  return { ...sink.finish([...unknown], perhaps), ...perhaps.length > 0 ? { terms } : {}, ...isRepeated ? { isRepeated } : {}, ...alternatives.length > 0 ? { alternatives } : {} };

  function writeValue(value: Value, path: (string | number)[]): void {
    if (sink.isFull) return;
    const first = { start: value.start, end: value.start + 1 };
    const last = { start: value.end - 1, end: value.end };
    if (value.kind === 'map') {
      sink.mark('{', first);
      present(value.entries).forEach((entry, index) => {
        if (index > 0) sink.mark(',', { start: entry.key.start, end: entry.key.start });
        writeEntry(entry, path);
      });
      sink.mark('}', last);
    } else if (value.kind === 'list') {
      sink.mark('[', first);
      const items = isStatements(path) ? knownStatements(value.items) : value.items.flatMap(partlyKnown).filter(({ kind }) => kind !== 'absent');
      items.forEach((item, index) => {
        if (index > 0) sink.mark(',', { start: item.start, end: item.start });
        // It may be several: more than there are places.
        if (item.kind === 'unknown' && item.stands !== undefined) isUnknown([...path, '-']);
        writeValue(item, [...path, index]);
      });
      sink.mark(']', last);
    } else if (value.kind === 'text') {
      writeText(value, path);
    } else if (value.kind === 'plain') {
      sink.mark(value.json, value);
    } else {
      isUnknown(path);
      sink.mark('"', first);
      sink.standIn(value);
      sink.mark('"', last);
    }
  }

  function knownStatements(items: Value[]): Value[] {
    const all = items.flatMap((item) => choicesOf(item).map(([value, by]) => ({ value, by, item, isChoice: item.kind === 'either' })));
    const further = all.flatMap(({ value }) => (value.kind === 'unknown' ? [value] : []));
    if (further.length > 0) unknown.add(FURTHER_STATEMENTS);
    isRepeated = further.length > 0 && further.every(({ stands }) => stands === 'again');
    const present = all.filter(({ value: { kind } }) => kind !== 'unknown' && kind !== 'absent');
    present.forEach(({ isChoice, by, item }, index) => {
      if (isChoice) {
        perhaps.push(`/Statement/${index}`);
        terms[`/Statement/${index}`] = by;
      }
      if (isChoice && present[index - 1]?.item === item) alternatives.at(-1)!.push(index);
      else if (isChoice && present[index + 1]?.item === item) alternatives.push([index]);
    });
    return present.map(({ value }) => value);
  }

  function writeEntry({ key, value }: Entry, path: (string | number)[]): void {
    const inner = [...path, writeText(key, [...path, ''])];
    sink.mark(':', { start: key.end, end: key.end });
    writeValue(value, inner);
  }

  /** Writes a string and gives it back. */
  function writeText({ pieces, start, end }: TextValue, path: (string | number)[]): string {
    const isQuoted = pieces[0] === undefined || start < pieces[0].start;
    sink.mark('"', { start, end: isQuoted ? start + 1 : start });
    let whole = '';
    for (const piece of pieces) {
      if (piece.text === null) {
        isUnknown(path);
        sink.standIn(piece);
        whole += '\0';
      } else {
        writeEscaped(sink, piece);
        whole += piece.text;
      }
    }
    sink.mark('"', { start: isQuoted ? end - 1 : end, end });
    return whole;
  }

  /** Where the statement cannot be judged without the value, all of it is unknown. */
  function isUnknown(path: (string | number)[]): void {
    unknown.add(pointer(path.slice(0, unknownDepth(path))));
  }
}

const choicesOf = (value: Value, by: Deciders = []): [Value, Deciders][] => (
  value.kind === 'either' ? value.values.flatMap((one, i) => choicesOf(one, [...by, branchOf(value, i)])) : [[value, by]]
);

/**
 * What a list has for one of several values that the deployment chooses: themselves, where nothing is concluded from any of
 * them because a part of it is unknown, else one that is unknown.
 */
function partlyKnown(item: Value): Value[] {
  return item.kind === 'either' && item.values.every((one) => one.kind === 'text' && known(one) === null) ? item.values : [item];
}

/** The entries that will be there, and of two with one key both: the engine tells of it. */
const present = (entries: Entry[]) => entries.filter(({ value }) => value.kind !== 'absent');

const isStatements = (path: (string | number)[]) => path.length === 1 && path[0] === 'Statement';

/**
 * How much of the path to an unknown value nothing can be said about: of a condition all, when a key or an operator of it
 * is unknown, and of a statement all, when its effect or one of its elements' names is.
 */
export function unknownDepth(path: (string | number)[]): number {
  if (path[0] !== 'Statement') return path.length;
  const statement = typeof path[1] === 'number' ? 2 : 1;
  const [element, ...rest] = path.slice(statement);
  if (element === 'Effect' || element === '') return statement;
  const isWhole = element === 'Condition' ? rest.length < 2 || rest.at(-1) === '' : rest[0] === '';
  return isWhole ? statement + 1 : path.length;
}

/** As JSON Pointer (RFC 6901). */
export function pointer(path: (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function writeEscaped(sink: Sink, piece: Piece): void {
  const text = piece.text ?? '';
  if (isOther(piece)) {
    sink.mark(JSON.stringify(text).slice(1, -1), piece);
    return;
  }
  let from = 0;
  // What JSON may not have as it is, and lone surrogates, which JSON.stringify escapes.
  for (const { index, 0: found } of text.matchAll(/["\\\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g)) {
    sink.copy(piece, from, index);
    sink.mark(JSON.stringify(found).slice(1, -1), { start: offsetIn(piece, index), end: offsetIn(piece, index + 1) });
    from = index + found.length;
  }
  sink.copy(piece, from, text.length);
}

