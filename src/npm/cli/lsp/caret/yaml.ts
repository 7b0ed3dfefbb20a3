// YAML by its lines: how far each is moved in says what it belongs to. What stands in brackets is read by brackets.ts.
import { DEEPEST } from '../../source/error.js';
import { type Outline, type Token, emptyToken } from './outline.js';
import { AS_JSON, scanBrackets, stringEnd, until } from './brackets.js';

export function scanYaml(outline: Outline): void {
  new Lines(outline).run();
}

/** A map, a list or the function of a tag that is open. */
interface Level {
  kind: 'map' | 'list' | 'tag';
  indent: number;
}

/** A key at the beginning of a line, and the colon behind it. */
const KEY = /^(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s"'#,[\]{}&*!|>%@`-][^\n]*?|-[^\s][^\n]*?)(?:(?<=["'])[ \t]*)?:(?=\s|$)/;

/** The tag and the anchor of a value. */
const PROPERTIES = /^(?:[!&][^\s,[\]{}]*\s*){0,2}/;
const LONGEST_PROPERTIES = 400;

class Lines {
  readonly #source: string;
  readonly #caret: number;
  readonly #levels: Level[] = [];
  #at: number;

  constructor(readonly outline: Outline) {
    [this.#source, this.#caret] = [outline.source, outline.caret];
    this.#at = outline.source.startsWith('\ufeff') ? 1 : 0;
  }

  get #top(): Level | undefined {
    return this.#levels.at(-1);
  }

  run(): void {
    while (this.#at <= this.#source.length && this.#levels.length <= DEEPEST) {
      const start = this.#at;
      const end = until(this.#source, '\n', start, 0);
      if (/^(?:---|\.\.\.)(?:\s|$)/.test(this.#source.slice(start, start + 4))) {
        if (this.outline.carets.length > 0) return;
        this.#levels.length = 0;
        this.#at = end + 1;
      } else this.#line(start, end);
    }
  }

  #line(start: number, end: number): void {
    let at = start;
    while (this.#source[at] === ' ') at += 1;
    this.#at = end + 1;
    const isOnLine = start <= this.#caret && this.#caret <= end;
    if (/^[ \t]*\r?$/.test(this.#source.slice(at, end))) {
      if (isOnLine) this.#word(emptyToken(this.#caret), this.#caret - start);
      return;
    }
    if (this.#source[at] === '#') return;
    // Items may follow each other in one line: `- - x`.
    while (/^-(?:\s|$)/.test(this.#source.slice(at, Math.min(at + 2, end)))) {
      this.#item(at - start, at);
      at += 1;
      while (at < end && /[ \t]/.test(this.#source[at]!)) at += 1;
      if (at >= end || this.#source[at] === '\r') {
        // Right behind the mark it is not an item yet.
        if (isOnLine && this.#source[this.#caret - 1] !== '-') this.#word(emptyToken(this.#caret), this.#caret - start);
        return;
      }
    }
    if (isOnLine && this.#caret < at) return;
    this.#content(start, at, end);
  }

  /** What begins a line, behind the marks of items. */
  #content(start: number, at: number, end: number): void {
    const line = this.#source.slice(at, end);
    const column = at - start;
    const key = KEY.exec(line)?.[0];
    // Nothing behind the colon, and the caret: the word is being typed.
    const isTyped = key !== undefined && this.#caret === at + key.length && /^\s*$/.test(line.slice(key.length));
    if (key === undefined || isTyped) {
      this.#scalar(at, end, column, true, column - 1);
      return;
    }
    this.#into(column, false);
    if (this.#top?.kind !== 'map' || this.#top.indent !== column) this.#open('map', column, at);
    const name = /^(["']?)(.*)\1[ \t]*:$/.exec(key)![2]!;
    if (at <= this.#caret && this.#caret < at + key.length) this.#placeKey(this.#tokenAt(at, at + key.replace(/[ \t]*:$/, '').length));
    this.outline.key(name, at, at + key.length);
    const value = at + key.length + /^[ \t]*/.exec(line.slice(key.length))![0].length;
    if (value >= end || /^\s*(?:#|$)/.test(this.#source.slice(value, end))) {
      if (at + key.length < this.#caret && this.#caret <= value) this.outline.place(emptyToken(this.#caret), false, 'yaml');
      return;
    }
    this.#scalar(value, end, column, false, column);
  }

  /**
   * A value that begins in this line; `isFirst`: nothing but the marks of items stands before it. Further lines of it are moved in
   * more than `indent`.
   */
  #scalar(at: number, end: number, column: number, isFirst: boolean, indent: number): void {
    const source = this.#source;
    const [properties] = PROPERTIES.exec(source.slice(at, Math.min(end, at + LONGEST_PROPERTIES)))!;
    const value = at + properties.length;
    if (properties !== '') {
      if (isFirst) this.#into(column, false);
      // As deep as what it belongs to, so that what is moved in further belongs to it.
      const tag = /!([A-Za-z][\w:]*)/.exec(properties)?.[1];
      if (tag !== undefined) this.#function(tag, isFirst ? column - 0.5 : column + 0.5, at);
    }
    if (value < end && source[value] !== '#') this.#untagged(value, end, column, isFirst && properties === '', indent);
    else if (/\s/.test(source[this.#caret - 1] ?? '') && at < this.#caret && this.#caret <= value) this.outline.place(emptyToken(this.#caret), false, 'yaml');
  }

  /** The same behind its tag and its anchor. */
  #untagged(at: number, end: number, column: number, isFirst: boolean, indent: number): void {
    const source = this.#source;
    const first = source[at]!;
    if (first === '{' || first === '[') {
      if (isFirst) this.#into(column, false);
      const after = scanBrackets(this.outline, at, source.length, { isYaml: true, hasTemplates: false, indent });
      this.#at = until(source, '\n', after, 0) + 1;
    } else if (/^[|>][-+\d]*\s*(?:#.*)?$/.test(source.slice(at, end))) {
      if (isFirst) this.#into(column, false);
      this.#block(end + 1, indent);
    } else {
      const token = this.#tokenAt(at, end);
      const isHere = token.start <= this.#caret && this.#caret <= token.end && !(token.isClosed && this.#caret === token.end) && !(token.quote !== '' && this.#caret === token.start);
      if (isFirst && isHere) this.#word(token, column);
      else {
        if (isFirst) this.#into(column, false);
        if (isHere) this.outline.place(token, false, 'yaml');
        // The next lines of a text, or what stands where no value can be.
        if (this.outline.isAtValue) this.outline.text(token.text, token.start, token.end);
      }
    }
  }

  /** A word at the beginning of a line is the value of what is around it, or a key. */
  #word(token: Token, column: number): void {
    if (this.outline.carets.length > 0) return;
    this.#into(column, false);
    const isInMap = this.#top?.kind === 'map' && this.#top.indent === column;
    if (!isInMap && !this.outline.isAtValue) return;
    if (!isInMap) {
      if (this.#levels.length > 0) this.outline.place(token, false, 'yaml');
      this.#open('map', column, token.start);
    }
    this.#placeKey(token);
  }

  #placeKey(token: Token): void {
    this.outline.noValue();
    this.outline.place(token, true, 'yaml');
  }

  /** The word of a line from `at` on. */
  #tokenAt(at: number, end: number): Token {
    const [source, first] = [this.#source, this.#source[at]!];
    if (first === '"' || first === "'") {
      const string = stringEnd(source, at, end, first, false);
      return { text: source.slice(at + 1, string.isClosed ? string.end - 1 : string.end), start: at, end: string.end, quote: first, isClosed: string.isClosed };
    }
    const text = source.slice(at, end).replace(/\s#.*$/s, '').trimEnd();
    return { text, start: at, end: at + text.length, quote: '', isClosed: false };
  }

  /** The lines of a text, which may be a policy in JSON. */
  #block(from: number, indent: number): void {
    const source = this.#source;
    let end = Math.min(from, source.length);
    while (end < source.length) {
      const next = until(source, '\n', end, 0) + 1;
      const line = source.slice(end, next);
      if (line.trim() !== '' && /^ */.exec(line)![0].length <= indent) break;
      end = next;
    }
    this.#at = end;
    end = Math.min(end, source.length);
    const first = from + /^\s*/.exec(source.slice(from, end))![0].length;
    if (source[first] === '{') scanBrackets(this.outline, first, end, AS_JSON);
    else this.outline.text('', from, end);
  }

  #item(column: number, at: number): void {
    this.#into(column, true);
    if (this.#top?.kind === 'list' && this.#top.indent === column) return;
    // Where no list can be, as in what is broken.
    if (!this.outline.isAtValue) this.outline.key('', at, at);
    this.#open('list', column, at);
  }

  /** Leaves what a line that is moved in so far does not belong to. */
  #into(column: number, isItem: boolean): void {
    let depth = this.#levels.length;
    for (; depth > 0; depth -= 1) {
      const { kind, indent } = this.#levels[depth - 1]!;
      // The items of a list may stand as far in as the key that has the list.
      if (indent < column || (indent === column && (kind === 'map' || isItem))) break;
    }
    this.#levels.length = depth;
    this.outline.closeTo(depth, this.#at);
  }

  #open(kind: 'map' | 'list', indent: number, at: number): void {
    if (this.#levels.length > 0 && !this.outline.isAtValue) this.outline.key('', at, at);
    this.outline.open(kind, at);
    this.#levels.push({ kind, indent });
  }

  /** `!Sub x` stands for `{"Fn::Sub": x}`. */
  #function(name: string, indent: number, at: number): void {
    if (!this.outline.isAtValue) return;
    this.outline.open('map', at);
    this.outline.key(name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`, at, at);
    this.#levels.push({ kind: 'tag', indent });
  }
}
