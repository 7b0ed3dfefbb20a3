/** As people count: line and column from 1; the offset from 0. Columns and offsets are UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
  offset: number;
}

/** The lines of a text, which end as JSON's do for the engine: by CR, LF or both. */
export class Lines {
  /** Where each line begins; made when it is first asked for, since most files have no finding. */
  #known: number[] | undefined;

  constructor(readonly text: string) {}

  get #starts(): number[] {
    if (this.#known === undefined) {
      this.#known = [0];
      for (const { index, 0: end } of this.text.matchAll(/\r\n|\n|\r/g)) this.#known.push(index + end.length);
    }
    return this.#known;
  }

  at(offset: number): Position {
    const starts = this.#starts;
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1, offset };
  }

  /** Line and column of an offset, and the line itself, of a long one a part around it with the column in there. */
  excerpt(offset: number): { text: string; column: number } {
    const { line, column } = this.at(offset);
    const start = this.#starts[line - 1]!;
    const text = this.text.slice(start, this.#starts[line] ?? this.text.length).replace(/[\r\n]+$/, '');
    if (text.length <= MOST) return { text, column };
    const from = Math.max(0, Math.min(column - 1 - BEFORE, text.length - MOST));
    const part = text.slice(from, from + MOST);
    return { text: `${from > 0 ? '…' : ''}${part}${from + MOST < text.length ? '…' : ''}`, column: column - from + (from > 0 ? 1 : 0) };
  }
}

/** Characters of a line that are shown, and how many of them before the place. */
const MOST = 110;
const BEFORE = 40;
