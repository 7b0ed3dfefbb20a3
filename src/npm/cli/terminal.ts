// What is written where: results on standard output, all else on standard error; colours where somebody sees them.
import { styleText } from 'node:util';

export type ColorChoice = 'auto' | 'always' | 'never';
export type Style = 'red' | 'magenta' | 'yellow' | 'cyan' | 'green' | 'bold' | 'dim';
export type Paint = (style: Style, text: string) => string;

/** Writes a result, and waits where its reader is slow, so that what is not read yet does not fill the memory. */
export function print(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  // Whoever reads may have stopped, as `head` does; what is not read is not needed, and the run goes on to its exit code.
  if (text === '' || stream.destroyed || stream.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close']) stream.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close']) stream.on(event, done);
  });
}

/** The same of a text that goes into files as it is. */
export const printAsIs = (text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> => print(asShown(text, stream), stream);

/**
 * A text of more than one line as a terminal may show it: what nobody sees is an escape, as JSON and HCL have it. Files and
 * other programs get it as it is.
 */
export function asShown(text: string, stream: NodeJS.WriteStream = process.stdout): string {
  if (stream.isTTY !== true) return text;
  const isOfLines = (character: string, at: number): boolean => '\n\t'.includes(character) || (character === '\r' && /^(?:\n|$)/.test(text.slice(at + 1, at + 2)));
  return unseenAs(text, (character, at) => (isOfLines(character, at) ? character : escaped(character)));
}

/**
 * A help in lines that a terminal of fewer columns shows whole: what goes on in the next line is one text, and goes on below
 * where it began. Elsewhere it stays as it is written.
 */
export function forWidth(text: string, { isTTY, columns }: { isTTY?: boolean; columns?: number } = process.stdout): string {
  const lines = text.split('\n');
  if (isTTY !== true || columns === undefined || columns < LEAST_COLUMNS || lines.every(({ length }) => length < columns)) return text;
  const blocks: Block[] = [];
  for (const line of lines) {
    const before = blocks.at(-1);
    const indent = line.search(/\S/);
    const isMore = before !== undefined && before.text.trim() !== '' && indent === before.hang && (indent === 0 || indent >= LEAST_HANG);
    if (isMore) before.text += ` ${line.trim()}`;
    // What a word takes stands behind a gap.
    else {
      const [, gap] = /^( *\S.*?\S {2,})\S/.exec(line) ?? [];
      blocks.push({ text: line, hang: gap?.length ?? indent, margin: gap?.length ?? (indent > 0 && indent < LEAST_HANG ? indent + 4 : indent) });
    }
  }
  return blocks.map((block) => broken(block, columns)).join('\n');
}

interface Block {
  text: string;
  /** Where the lines begin that go on with it, and those that it is broken into. */
  hang: number;
  margin: number;
}

const LEAST_COLUMNS = 40;
const LEAST_HANG = 6;

function broken({ text, margin: wanted }: Block, columns: number): string {
  // Where little room is left beside it, the text goes below.
  const margin = ' '.repeat(Math.max(0, Math.min(wanted, columns >> 1)));
  let rest = text;
  const lines = [];
  while (rest.length >= columns) {
    const before = rest.lastIndexOf(' ', columns - 1);
    // A word that is wider than the terminal stands by itself.
    const at = rest.slice(0, before + 1).trim() === '' ? rest.indexOf(' ', rest.search(/\S/)) : before;
    if (at < 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = `${margin}${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest].join('\n');
}

/** A line for people, beside the results. */
export function say(text: string): void {
  process.stderr.write(`postern: ${visible(text)}\n`);
}

/** Colours for a stream. NO_COLOR and FORCE_COLOR are read as Node reads them; the word on the command line wins. */
export function painter(choice: ColorChoice, stream: NodeJS.WriteStream = process.stdout): Paint {
  const isOn = choice === 'auto' ? wantsColor(stream) : choice === 'always';
  // Node has styleText since 20.12. The colours were decided above, so it does not look at the stream itself.
  if (!isOn || typeof styleText !== 'function') return (_, text) => text;
  const style = styleText as (style: Style, text: string, options: object) => string;
  return (name, text) => style(name, text, { validateStream: false });
}

function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = process.env;
  if (force !== undefined) return !['0', 'false'].includes(force);
  if (no !== undefined && no !== '') return false;
  return stream.isTTY === true && terminal !== 'dumb';
}

/**
 * A text of somebody else's on one line: what a terminal would take for a command, or would not show, is written as an
 * escape.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => ESCAPES[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/**
 * A value as JSON in which what nobody sees is an escape: whoever reads the JSON gets the same value, and a terminal or a log
 * that shows it obeys nothing.
 */
export function json(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(UNSEEN, (character) => (character === '\n' ? character : escaped(character)));
}

const escaped = (character: string): string => character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** What is allowed in a text and nobody sees, as `by` writes it. */
export const unseenAs = (text: string, by: (character: string, at: number) => string): string => text.replace(UNSEEN, by);

// Half surrogate pairs, and the characters of src/text/unseen.rs, which are escapes already in sentences.
const UNSEEN = /[\p{Cc}\p{Cs}\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]/gu;
const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Tells on a terminal, after a second, how far a long work is. */
export class Progress {
  readonly #start = Date.now();
  #told = 0;

  constructor(readonly total: number) {}

  done(count: number): void {
    const now = Date.now();
    if (!process.stderr.isTTY || now - this.#start < 1000 || now - this.#told < 100) return;
    this.#told = now;
    process.stderr.write(`\r${count} of ${this.total} files`);
  }

  /** Takes the line away, for what is to stand there. */
  hide(): void {
    if (this.#told > 0) process.stderr.write('\r\x1b[K');
    this.#told = 0;
  }
}

/** "1 file", "2 files". */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** Words in a sentence: "a, b and c". */
export const listed = (words: string[], last = 'and'): string =>
  (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`);
