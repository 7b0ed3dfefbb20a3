// What stands in brackets: JSON, the flow style of YAML, JSON within a here-document of HCL or a text of YAML.
import { DEEPEST } from '../../source/error.js';
import { type Outline, type Token, emptyToken } from './outline.js';

interface Dialect {
  /** Words without quotes, strings in single quotes and comments after #. */
  isYaml: boolean;
  /** Whether `${...}` within a string may have quotes. */
  hasTemplates: boolean;
  /** In YAML: how far what is around the brackets is moved in. A line that is not moved in further ends them. */
  indent: number;
}

export const AS_JSON: Dialect = { isYaml: false, hasTemplates: false, indent: -1 };

/** Reads from `from` until what was opened is closed again; where that ends. */
export function scanBrackets(outline: Outline, from: number, to: number, dialect: Dialect): number {
  return new Brackets(outline, from, to, dialect).run();
}

interface Open {
  kind: 'map' | 'list';
  /** What comes next in it. */
  next: 'key' | 'colon' | 'value' | 'comma';
}

class Brackets {
  readonly #source: string;
  readonly #caret: number;
  /** How deep what is around the brackets is. */
  readonly #base: number;
  readonly #open: Open[] = [];
  #at: number;
  #isAtEnd = false;

  constructor(readonly outline: Outline, from: number, readonly to: number, readonly dialect: Dialect) {
    [this.#source, this.#caret, this.#base, this.#at] = [outline.source, outline.caret, outline.depth, from];
  }

  get #top(): Open | undefined {
    return this.#open.at(-1);
  }

  run(): number {
    while (!this.#isAtEnd) {
      this.#skip();
      if (this.#isAtEnd || this.#at >= this.to) break;
      const character = this.#source[this.#at]!;
      if (character === '{' || character === '[') this.#enter(character === '{' ? 'map' : 'list');
      else if (character === '}' || character === ']') this.#leave(character === '}' ? 'map' : 'list');
      else if (character === ',') this.#comma();
      else if (character === ':' && this.#isColon(this.#at)) this.#colon();
      else if (character === '"' || (character === "'" && this.dialect.isYaml)) this.#string(character);
      else this.#word();
    }
    this.outline.closeTo(this.#base, this.#at);
    return this.#at;
  }

  /** Over white space and comments, to the next word; the caret may stand on the way. */
  #skip(): void {
    const [source, from] = [this.#source, this.#at];
    // A caret in a comment says nothing of what is around it.
    let isInComment = false;
    for (;;) {
      const start = this.#at;
      if (start >= this.to) break;
      if (source[start] === '\n' && this.#isOver(start + 1)) {
        this.#isAtEnd = true;
        break;
      }
      const end = /\s/.test(source[start]!) ? start + 1 : this.#commentEnd(start);
      if (end === start) break;
      this.#at = end;
      isInComment ||= end > start + 1 && start < this.#caret && this.#caret <= end;
    }
    const isBehindMark = this.dialect.isYaml && this.#caret === from && source[from - 1] === ':';
    const isAtWord = this.#caret === this.#at && /["'\w*]/.test(source[this.#at] ?? '');
    if (from <= this.#caret && this.#caret <= this.#at && !isInComment && !isBehindMark && !isAtWord) this.#place(emptyToken(this.#caret), false);
  }

  /** Whether a line is one of what is around the brackets. */
  #isOver(lineStart: number): boolean {
    if (!this.dialect.isYaml || this.dialect.indent < 0) return false;
    let first = lineStart;
    while (this.#source[first] === ' ') first += 1;
    return first - lineStart <= this.dialect.indent && /[^\s\]},#]/.test(this.#source[first] ?? '\n');
  }

  #commentEnd(at: number): number {
    const source = this.#source;
    const isLine = this.dialect.isYaml ? source[at] === '#' && /\s/.test(source[at - 1] ?? ' ') : source.startsWith('//', at);
    if (isLine) return until(source, '\n', at, 0);
    return !this.dialect.isYaml && source.startsWith('/*', at) ? until(source, '*/', at + 2, 2) : at;
  }

  #place(token: Token, isWord: boolean): void {
    const { outline } = this;
    if (outline.carets.length > 0 || this.#top === undefined) return;
    const { kind, next } = this.#top;
    const syntax = this.dialect.isYaml ? 'flow' : 'json';
    if (next === 'key' || (isWord && kind === 'map' && next !== 'value')) {
      outline.noValue();
      outline.place(token, true, syntax);
    } else if (next === 'value' || isWord) outline.place(token, false, syntax);
  }

  #enter(kind: Open['kind']): void {
    // A value in a map that has no key before it.
    if (this.#open.length > 0 && !this.outline.isAtValue) this.outline.key('', this.#at, this.#at);
    if (this.#top !== undefined) this.#top.next = 'comma';
    this.#isAtEnd ||= this.#open.length > DEEPEST;
    this.outline.open(kind, this.#at);
    this.#open.push({ kind, next: kind === 'map' ? 'key' : 'value' });
    this.#at += 1;
  }

  /** Ends the last one of a kind, and with it what is open within. */
  #leave(kind: Open['kind']): void {
    this.#at += 1;
    const index = this.#open.findLastIndex((one) => one.kind === kind);
    if (index === -1) return;
    this.#open.length = index;
    this.outline.closeTo(this.#base + index, this.#at);
    this.#isAtEnd = index === 0;
  }

  #comma(): void {
    this.outline.noValue();
    if (this.#top !== undefined) this.#top.next = this.#top.kind === 'map' ? 'key' : 'value';
    this.#at += 1;
  }

  #colon(): void {
    if (this.#top?.next === 'colon') this.#top.next = 'value';
    this.#at += 1;
  }

  /** In YAML a colon within a word is a part of it. */
  #isColon(at: number): boolean {
    return !this.dialect.isYaml || this.#top?.next === 'colon' || /[\s,[\]{}]/.test(this.#source[at + 1] ?? ' ');
  }

  #string(quote: '"' | "'"): void {
    const [source, start, caret] = [this.#source, this.#at, this.#caret];
    let { end, isClosed } = stringEnd(source, start, this.to, quote, this.dialect.hasTemplates);
    const isHere = start < caret && (isClosed ? caret < end : caret <= end);
    if (isHere && (!isClosed || isUnfinished(source, start, caret, end))) [end, isClosed] = [caret, false];
    this.#take({ text: source.slice(start + 1, isClosed ? end - 1 : end), start, end, quote, isClosed }, isHere && !isInTemplate(source, start, caret));
  }

  #word(): void {
    const [source, start, caret] = [this.#source, this.#at, this.#caret];
    if (this.dialect.isYaml && /[!&]/.test(source[start]!)) {
      this.#at = start + /^.[^\s,[\]{}]*/s.exec(source.slice(start, start + LONGEST_TAG))![0].length;
      return;
    }
    let end = start + 1;
    while (end < this.to && this.#isInWord(end)) end += 1;
    while (/\s/.test(source[end - 1]!)) end -= 1;
    this.#take({ text: source.slice(start, end), start, end, quote: '', isClosed: false }, start <= caret && caret <= end);
  }

  #isInWord(at: number): boolean {
    const source = this.#source;
    if (!this.dialect.isYaml) return !/[\s,:[\]{}"]/.test(source[at]!);
    if (/[,[\]{}\r\n]/.test(source[at]!)) return false;
    // With the caret behind it the colon is the last character that was typed.
    if (source[at] === ':') return at + 1 === this.#caret || !/[\s,[\]{}]/.test(source[at + 1] ?? ' ');
    return source[at] !== '#' || !/\s/.test(source[at - 1]!);
  }

  /** A word is a key or a value, as what comes before and behind it says. */
  #take(token: Token, isHere: boolean): void {
    const { outline } = this;
    const isBeforeColon = (!isHere || token.isClosed) && /^[ \t]*:/.test(this.#source.slice(token.end, token.end + LONGEST_TAG));
    // A list that was not closed ends where the next key of the map around it comes.
    if (isBeforeColon && this.#top?.kind === 'list' && this.#open.at(-2)?.kind === 'map') {
      this.#open.pop();
      outline.closeTo(this.#base + this.#open.length, token.start);
    }
    if (this.#top?.kind === 'map' && this.#top.next === 'value' && isBeforeColon) this.#top.next = 'key';
    if (isHere) this.#place(token, true);
    this.#at = token.end;
    if (this.#top?.kind === 'map' && this.#top.next !== 'value') {
      outline.key(token.text, token.start, token.end);
      this.#top.next = 'colon';
      return;
    }
    outline.text(token.text, token.start, token.end);
    if (this.#top === undefined) this.#isAtEnd = true;
    else this.#top.next = 'comma';
  }
}

/** More characters are no tag, and no blanks between a key and its colon. */
const LONGEST_TAG = 100;

/** Where a mark stands, and so many characters more; the end of the text without one. */
export function until(source: string, mark: string, from: number, more: number): number {
  const at = source.indexOf(mark, from);
  return at === -1 ? source.length : at + more;
}

/** Behind the closing quote; without one, where the line ends. */
export function stringEnd(source: string, start: number, to: number, quote: string, hasTemplates: boolean): { end: number; isClosed: boolean } {
  let at = start + 1;
  let mayHaveMore = hasTemplates;
  while (at < to && source[at] !== '\n' && source[at] !== '\r') {
    if (source[at] === quote && quote === "'" && source[at + 1] === "'") at += 2;
    else if (source[at] === quote) return { end: at + 1, isClosed: true };
    else if (source[at] === '\\' && quote === '"') at += 2;
    else if (mayHaveMore && source.startsWith('${', at)) {
      const end = templateEnd(source, at, to);
      mayHaveMore = end !== null;
      at = end ?? at + 2;
    }
    else at += 1;
  }
  return { end: Math.min(at, to), isClosed: false };
}

/** Behind the brace that closes `${`; null where none does in its line. */
function templateEnd(source: string, start: number, to: number): number | null {
  let depth = 0;
  for (let at = start + 1; at < to && source[at] !== '\n'; at += 1) {
    if (source[at] === '{') depth += 1;
    else if (source[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

/** Whether the caret stands within the `${` of a string, of which a policy says nothing. */
export function isInTemplate(source: string, start: number, caret: number): boolean {
  const before = source.slice(start, caret);
  return before.lastIndexOf('${') > before.lastIndexOf('}');
}

/** Whether between the caret and the next quote marks stand that begin no rest of a string: that quote begins the next one. */
export const isUnfinished = (source: string, start: number, caret: number, end: number): boolean => (
  /^\s*[,\]}]/.test(source.slice(caret, end - 1)) && !isInTemplate(source, start, caret)
);
