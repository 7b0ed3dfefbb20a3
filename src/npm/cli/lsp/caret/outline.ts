// What a text that somebody is typing holds as far as it goes, and where the caret stands in it: the keys and places in lists
// that lead there, and the word that is typed. Each syntax has a scanner that tells an outline what it meets; none of them
// refuses a text, and none of them goes down a stack.
import { type Extent, type ListValue, type MapValue, type Value, known, textAt } from '../../source/value.js';

/** The word under the caret, of which what is chosen takes the place. */
export interface Token extends Extent {
  /** As it is written, without quotes and without what stands behind the caret where nothing closes it. */
  text: string;
  /** The quote before it; '' where there is none. */
  quote: '"' | "'" | '';
  isClosed: boolean;
}

/** A step down: the key of a map, or the place in a list. */
export interface Step {
  within: MapValue | ListValue;
  key: string | number;
}

export interface Caret {
  /** From the root on; of a key that is typed the last one has no name. */
  steps: Step[];
  isKey: boolean;
  token: Token;
  syntax: Syntax;
}

/** `flow` is YAML between brackets, where a word ends at a comma or a bracket. JSON may stand within the others. */
export type Syntax = 'json' | 'yaml' | 'flow' | 'hcl';

interface Frame {
  value: MapValue | ListValue;
  /** Of a map the key whose value comes next. */
  key: string | null;
}

export class Outline {
  root: Value | null = null;
  /** Where the caret may be meant to stand; of a word of YAML that may be a key or a value there are two. */
  readonly carets: Caret[] = [];
  readonly #frames: Frame[] = [];

  constructor(readonly source: string, readonly caret: number) {}

  get depth(): number {
    return this.#frames.length;
  }

  /** Whether a value may come: in a list, at the root, or after a key. */
  get isAtValue(): boolean {
    const frame = this.#frames.at(-1);
    return frame === undefined || frame.value.kind === 'list' || frame.key !== null;
  }

  open(kind: 'map' | 'list', start: number): void {
    const value: MapValue | ListValue = kind === 'map' ? { kind, entries: [], start, end: start } : { kind, items: [], start, end: start };
    this.value(value);
    this.#frames.push({ value, key: null });
  }

  /** Leaves what is open down to a depth. */
  closeTo(depth: number, end: number): void {
    while (this.#frames.length > depth) this.#frames.pop()!.value.end = end;
  }

  /** Nothing where no map is open. */
  key(name: string, start: number, end: number): void {
    const frame = this.#frames.at(-1);
    if (frame?.value.kind !== 'map') return;
    frame.value.entries.push({ key: textAt(name, start, end), value: { kind: 'plain', json: 'null', start: end, end } });
    frame.key = name;
  }

  value(value: Value): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) this.root = value;
    else if (frame.value.kind === 'list') frame.value.items.push(value);
    else if (frame.key !== null) {
      frame.value.entries.at(-1)!.value = value;
      frame.key = null;
    }
  }

  text(text: string, start: number, end: number): void {
    this.value(textAt(text, start, end));
  }

  /** Another value of the last key, as conditions and functions of HCL have. */
  again(): void {
    const frame = this.#frames.at(-1);
    if (frame?.value.kind === 'map') frame.key ??= known(frame.value.entries.at(-1)?.key);
  }

  /** A key without a value has none. */
  noValue(): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined) frame.key = null;
  }

  /** The caret stands on this word, where a key or a value is expected. */
  place(token: Token, isKey: boolean, syntax: Syntax): void {
    const last = this.#frames.length - 1;
    const steps = this.#frames.map(({ value, key }, index): Step => {
      if (value.kind === 'list') return { within: value, key: index < last ? value.items.length - 1 : value.items.length };
      return { within: value, key: index < last ? known(value.entries.at(-1)!.key)! : key ?? '' };
    });
    this.carets.push({ steps, isKey, token, syntax });
  }
}

export const emptyToken = (at: number): Token => ({ text: '', start: at, end: at, quote: '', isClosed: false });
