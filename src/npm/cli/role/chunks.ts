// Files and standard input that hold account details, read piece by piece. Whoever looks at standard input and finds something else gives it back.
import { type ReadStream, closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { Failure, inWords } from '../failure.js';
import { textOf } from '../build/output.js';
import { findFiles } from '../files/find.js';
import { giveBack } from '../files/read.js';
import { SourceError, mayHoldPolicies } from '../source/index.js';
import { answersIn, mayBeYamlOfAws } from './answers.js';
import { HEAD, type Shape, Wrapping, shapeOf } from './details.js';
import { mayBeSaved, savedIn } from './saved.js';

type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

export interface Saved {
  /** As people are told of it. */
  name: string;
  chunks(): Chunks;
}

/** What `read` makes of files that all begin as account details do; null where one does not, or where `read` says that they are others. */
export async function withSaved<T>(words: readonly string[], read: (files: Saved[]) => Promise<T | null>): Promise<T | null> {
  const named = words.map((word) => (isFolder(word) ? inFolder(word) : [word]));
  if (named.includes(null)) return null;
  const paths = [...new Set((named as string[][]).flat())];
  const opened = new Map<string, Opened>();
  // Standard input comes last, so that nothing is taken from it where a file is another one.
  for (const path of [...paths].sort((a, b) => Number(a === '-') - Number(b === '-'))) {
    const one = await told(path, () => (path === '-' ? ofStdin(paths.length === 1) : ofFile(path, paths.length === 1)));
    if (one === null) return null;
    opened.set(path, one);
  }
  const files = paths.map((path) => opened.get(path)!);
  const value = await read(files.map((one) => ({ ...one, chunks: () => toldOf(one) })));
  if (value === null) for (const { undo } of files) undo();
  return value;
}

const nameOf = (word: string): string => (word === '-' ? 'standard input' : word);
const isFolder = (word: string): boolean => word !== '-' && statSync(word, { throwIfNoEntry: false })?.isDirectory() === true;

/** What may hold policies in a folder; null where something cannot be read, or nothing is there. */
function inFolder(word: string): string[] | null {
  const { targets, problems, empty } = findFiles([word], () => false, (path) => mayHoldPolicies(path) || (mayBeSaved(path) && savedIn(path) !== null));
  return problems.length + empty.length > 0 ? null : targets.map(({ path }) => path);
}

async function told<T>(word: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (reason) {
    throw inFileNamed(nameOf(word), reason);
  }
}

function inFileNamed(name: string, reason: unknown): Failure {
  if (reason instanceof Failure) return reason;
  return new Failure(`${name}: ${reason instanceof SourceError ? reason.message : `${inWords(reason)}.`}`);
}

async function* toldOf({ name, chunks }: Saved): AsyncGenerator<Buffer> {
  try {
    yield* chunks();
  } catch (reason) {
    throw inFileNamed(name, reason);
  }
}

interface Opened extends Saved {
  /** Leaves all that was read to who reads next. */
  undo(): void;
}

const NOTHING = (): void => {};

async function ofFile(path: string, isAlone: boolean): Promise<Opened | null> {
  const text = head(path);
  if (mayBeYamlOfAws(text)) return ofYaml(path, await textOf(path), { isAlone, undo: NOTHING });
  const shape = shapeOfRoles(text, isAlone);
  return shape === null ? null : { name: path, chunks: () => wrapped(createReadStream(path), shape), undo: NOTHING };
}

async function ofStdin(isAlone: boolean): Promise<Opened | null> {
  const rest = await headOfStdin();
  const text = rest.bytes.toString('utf8', 0, HEAD);
  if (mayBeYamlOfAws(text)) {
    keep(rest);
    const whole = await textOf('-');
    const undo = (): void => giveBack(Buffer.from(whole));
    const yaml = await ofYaml('-', whole, { isAlone, undo });
    if (yaml === null) undo();
    return yaml;
  }
  const shape = shapeOfRoles(text, isAlone);
  if (shape === null) {
    keep(rest);
    return null;
  }
  const copy = new Copy();
  return {
    name: nameOf('-'),
    chunks: () => wrapped(copy.of(joined(rest.bytes, rest.stdin)), shape),
    undo: () => (copy.isBegun ? giveBack(copy.whole(nameOf('-'))) : keep(rest)),
  };
}

/** Null for YAML in which something else stands beside answers. */
async function ofYaml(word: string, text: string, { isAlone, undo }: { isAlone: boolean; undo: () => void }): Promise<Opened | null> {
  const { json, rest } = await answersIn(text);
  const shape = rest === '' ? shapeOfRoles(json, isAlone) : null;
  return shape === null ? null : { name: nameOf(word), chunks: () => wrapped([Buffer.from(json)], shape), undo };
}

/** Of those of people alone no role has anything. Managed policies are those of the roles beside them. */
function shapeOfRoles(text: string, isAlone: boolean): Shape | null {
  const shape = shapeOf(text);
  return shape === 'UserDetailList' || shape === 'GroupDetailList' || (shape === 'Policies' && isAlone) ? null : shape;
}

async function* wrapped(chunks: Chunks, shape: Shape): AsyncGenerator<Buffer> {
  const wrapping = new Wrapping(shape);
  let isFirst = true;
  for await (const chunk of chunks) {
    // Within a text a byte order mark is none.
    yield* wrapping.pieces(isFirst && chunk[0] === 0xef ? chunk.subarray(3) : chunk);
    isFirst = false;
  }
}

function head(path: string): string {
  if (!statSync(path).isFile()) return '';
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

interface Read {
  bytes: Buffer;
  stdin: ReadStream;
  isWhole: boolean;
}

async function headOfStdin(): Promise<Read> {
  const stdin = process.stdin as unknown as ReadStream;
  const chunks: Buffer[] = [];
  let [length, isWhole] = [0, true];
  for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    isWhole = length < HEAD;
    if (!isWhole) break;
  }
  return { bytes: Buffer.concat(chunks), stdin, isWhole };
}

/** For who reads standard input next. */
function keep({ bytes, stdin, isWhole }: Read): void {
  if (isWhole) giveBack(bytes);
  else stdin.unshift(bytes);
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** What was read of standard input, for who reads it again. */
class Copy {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  isBegun = false;

  async* of(all: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    this.isBegun = true;
    for await (const chunk of all) {
      this.#length += chunk.length;
      if (this.#length <= MOST_KEPT) this.#chunks.push(chunk);
      else this.#chunks.length = 0;
      yield chunk;
    }
  }

  whole(name: string): Buffer {
    if (this.#length > MOST_KEPT) throw new Failure(`${name} has account details and other answers of AWS after one another, and is too long for that. Give them as files of their own.`);
    return Buffer.concat(this.#chunks);
  }
}

const MOST_KEPT = 16 * 2 ** 20;
