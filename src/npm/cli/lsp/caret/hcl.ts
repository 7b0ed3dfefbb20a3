// HCL by its brackets and lines: blocks with their labels as maps of maps, as the JSON of Terraform has them; what functions are
// given stands for what they give. JSON in here-documents is read by brackets.ts.
import { DEEPEST } from '../../source/error.js';
import { type Outline, type Token, emptyToken } from './outline.js';
import { AS_JSON, isInTemplate, isUnfinished, scanBrackets, stringEnd, until } from './brackets.js';

export function scanHcl(outline: Outline): void {
  new Hcl(outline).run();
}

interface Open {
  /** `other`: the arguments of a function, an index, what parentheses hold together. `template`: all of a string, as in `"${...}"`. */
  kind: 'body' | 'object' | 'list' | 'other' | 'template';
  /** How deep the outline is around it. */
  around: number;
  next: 'name' | 'value' | 'end';
  /** Whether what stands in it becomes another thing, as the arguments of most functions do. */
  isOpaque?: boolean;
}

/** Functions that give what they are given, or one of it, or all of it as one; '' is mere parentheses. */
const AS_GIVEN = new Set(['', 'chomp', 'coalesce', 'coalescelist', 'compact', 'concat', 'distinct', 'flatten', 'jsonencode', 'merge', 'nonsensitive', 'reverse',
  'sensitive', 'setunion', 'sort', 'tolist', 'tomap', 'toset', 'trimspace', 'try']);

const CLOSED: Record<string, readonly Open['kind'][]> = { '}': ['body', 'object', 'template'], ']': ['list', 'other'], ')': ['other'] };

/** Longer is no head of a block or here-document, and no gap between a name and its sign. */
const LONGEST_HEAD = 1000;

/** Blocks that stand in a file alone. */
const OF_FILES = /^(?:data|locals|module|output|provider|resource|terraform|variable)$/;

/** How the policy was written before Terraform 0.12. */
const ENCODING = /^"\$\{\s*(?=jsonencode\()/;

class Hcl {
  readonly #source: string;
  readonly #caret: number;
  readonly #open: Open[] = [{ kind: 'body', around: 0, next: 'name' }];
  #at = 0;
  #isInComment = false;
  /** The function that is called next. */
  #called = '';

  constructor(readonly outline: Outline) {
    [this.#source, this.#caret] = [outline.source, outline.caret];
    outline.open('map', 0);
  }

  get #top(): Open {
    return this.#open.at(-1)!;
  }

  run(): void {
    const source = this.#source;
    while (this.#at < source.length && this.#open.length <= DEEPEST) {
      const character = source[this.#at]!;
      if (this.#isComment()) this.#comment();
      else if (/\s/.test(character)) this.#blank(character);
      else if (character === '"') this.#string();
      else if (/[\p{L}_]/u.test(character)) this.#name();
      else if (/^<<-?[\p{L}_]/u.test(source.slice(this.#at, this.#at + 4))) this.#hereDocument();
      else this.#mark(character);
    }
    this.#gap();
  }

  #isComment(): boolean {
    return this.#source[this.#at] === '#' || /^\/[/*]/.test(this.#source.slice(this.#at, this.#at + 2));
  }

  #comment(): void {
    const start = this.#at;
    this.#at = this.#source.startsWith('/*', start) ? until(this.#source, '*/', start + 2, 2) : until(this.#source, '\n', start, 0);
    this.#isInComment ||= start < this.#caret && this.#caret <= this.#at;
  }

  /** The caret may stand before what comes next. */
  #gap(): void {
    if (this.#at === this.#caret) this.#place(emptyToken(this.#caret));
  }

  #place(token: Token): void {
    const { kind, next } = this.#top;
    if (this.outline.carets.length > 0 || this.#isInComment || kind === 'other' || kind === 'template' || next === 'end') return;
    if (this.#open.findLast((one) => one.kind === 'other')?.isOpaque === true) return;
    // A reference is being typed.
    if (token.quote === '' && token.text.includes('.')) return;
    this.outline.place(token, next === 'name', 'hcl');
  }

  #blank(character: string): void {
    this.#gap();
    this.#at += 1;
    const top = this.#top;
    if (character !== '\n' || (top.kind !== 'body' && top.kind !== 'object')) return;
    this.outline.noValue();
    top.next = 'name';
  }

  #string(): void {
    const [source, start, caret] = [this.#source, this.#at, this.#caret];
    const encoding = ENCODING.exec(source.slice(start, start + LONGEST_HEAD))?.[0];
    if (encoding !== undefined && this.#top.next === 'value') {
      this.#open.push({ kind: 'template', around: this.outline.depth, next: 'value' });
      this.#at += encoding.length;
      return;
    }
    let { end, isClosed } = stringEnd(source, start, source.length, '"', true);
    const isHere = start < caret && (isClosed ? caret < end : caret <= end);
    if (isHere && (!isClosed || isUnfinished(source, start, caret, end))) [end, isClosed] = [caret, false];
    this.#word({ text: source.slice(start + 1, isClosed ? end - 1 : end), start, end, quote: '"', isClosed }, isHere && !isInTemplate(source, start, caret));
  }

  #name(): void {
    const [source, start] = [this.#source, this.#at];
    let end = start + 1;
    while (/[\p{L}\p{N}_.*-]/u.test(source[end] ?? '')) end += 1;
    this.#word({ text: source.slice(start, end), start, end, quote: '', isClosed: false }, start <= this.#caret && this.#caret <= end);
  }

  /** A name or a string: what is defined, or a value. */
  #word(token: Token, isHere: boolean): void {
    const { outline } = this;
    const behind = this.#source.slice(token.end, token.end + LONGEST_HEAD);
    const sign = /^[ \t]*([=:])(?![=>])/.exec(behind);
    // A list or a call that was not closed ends where the next attribute comes.
    if (sign?.[1] === '=' && token.quote === '' && /^(?:list|other)$/.test(this.#top.kind)) this.#unclosed();
    const top = this.#top;
    if (isHere) this.#place(token);
    this.#called = behind.startsWith('(') ? token.text : '';
    this.#at = token.end;
    if (top.next === 'name') {
      if (sign !== null && (!isHere || token.isClosed || token.quote === '')) {
        outline.key(token.text, token.start, token.end);
        this.#at += sign[0].length;
        top.next = 'value';
      } else if (top.kind !== 'body' || token.quote !== '' || !this.#block(token)) top.next = 'end';
    } else if (top.kind !== 'other' && top.kind !== 'template' && top.next === 'value' && !(token.quote === '' && behind.startsWith('('))) {
      if (token.quote === '') outline.value({ kind: 'unknown', start: token.start, end: token.end });
      else outline.text(token.text, token.start, token.end);
      top.next = 'end';
    }
  }

  /** The labels and the brace of a block, where they follow. */
  #block({ text, start, end }: Token): boolean {
    const head = /^(?:[ \t]+(?:"[^"\n]*"|[\w-]+)|"[^"\n]*")*[ \t]*\{/.exec(this.#source.slice(end, end + LONGEST_HEAD))?.[0];
    if (head === undefined) return false;
    // What was not closed before does not have the blocks that follow.
    if (OF_FILES.test(text) && /^\n?$/.test(this.#source.slice(Math.max(0, start - 1), start))) {
      this.#open.length = 1;
      this.outline.closeTo(1, start);
    }
    this.#open.push({ kind: 'body', around: this.outline.depth, next: 'name' });
    const labels = Array.from(head.matchAll(/"([^"\n]*)"|([\w-]+)/g), ([, quoted, plain]) => quoted ?? plain!);
    for (const name of [text, ...labels]) {
      this.outline.key(name, start, end);
      this.outline.open('map', end);
    }
    this.#at = end + head.length;
    return true;
  }

  #hereDocument(): void {
    const { outline } = this;
    const source = this.#source;
    const [head, word] = /^<<-?([\p{L}_][\p{L}\p{N}_-]*)[^\n]*\n?/u.exec(source.slice(this.#at, this.#at + LONGEST_HEAD))!;
    const from = this.#at + head.length;
    let end = from;
    while (end < source.length && source.slice(end, until(source, '\n', end, 0)).trim() !== word) end = until(source, '\n', end, 1);
    let first = from;
    while (first < end && /\s/.test(source[first]!)) first += 1;
    if (source[first] === '{' && outline.isAtValue) scanBrackets(outline, first, end, { ...AS_JSON, hasTemplates: true });
    if (from <= this.#caret && this.#caret <= end) this.#isInComment = true;
    this.#top.next = 'end';
    this.#at = until(source, '\n', end, 0);
  }

  #mark(character: string): void {
    const { outline } = this;
    const source = this.#source;
    const top = this.#top;
    const before = source[this.#at - 1] ?? '';
    if (/[,\]})]/.test(character)) this.#gap();
    this.#at += 1;
    const isIndex = character === '[' && /[\p{L}\p{N}_)\]"]/u.test(before);
    if (character === '(' || isIndex) {
      this.#open.push({ kind: 'other', around: outline.depth, next: 'value', isOpaque: isIndex || !AS_GIVEN.has(this.#called) });
      this.#called = '';
    } else if (character === '{' || character === '[') this.#enter(character === '{');
    else if (CLOSED[character] !== undefined) this.#leave(CLOSED[character]);
    else if (character === ',') {
      if (top.kind === 'object') outline.noValue();
      top.next = top.kind === 'object' ? 'name' : 'value';
    } else if (/[?:=]/.test(character) && !/[=!<>]/.test(before) && source[this.#at] !== '=') {
      // What is chosen, or what a loop or a key in parentheses gives.
      outline.again();
      top.next = 'value';
      if (source[this.#at] === '>') this.#at += 1;
    } else if (top.next === 'name') top.next = 'end';
  }

  #enter(isObject: boolean): void {
    const { outline } = this;
    // The next argument of a function, as `merge` has several.
    if (!outline.isAtValue) outline.again();
    if (!outline.isAtValue) outline.key('', this.#at, this.#at);
    this.#open.push(isObject ? { kind: 'object', around: outline.depth, next: 'name' } : { kind: 'list', around: outline.depth, next: 'value' });
    outline.open(isObject ? 'map' : 'list', this.#at - 1);
  }

  /** Ends the last one of some kinds, and with it what is open within. */
  #leave(kinds: readonly Open['kind'][]): void {
    const index = this.#open.findLastIndex(({ kind }) => kinds.includes(kind));
    if (index <= 0) return;
    const { kind, around } = this.#open[index]!;
    this.outline.closeTo(around, this.#at);
    if (kind === 'template' && this.#source[this.#at] === '"') this.#at += 1;
    this.#open.length = index;
    this.#top.next = 'end';
  }

  #unclosed(): void {
    const index = this.#open.findLastIndex(({ kind }) => kind === 'body' || kind === 'object');
    this.outline.closeTo(this.#open[index + 1]!.around, this.#at);
    this.#open.length = index + 1;
    this.outline.noValue();
    this.#top.next = 'name';
  }
}
