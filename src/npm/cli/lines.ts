/** As people count: line and column from 1; the offset from 0. Columns and offsets are UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
  offset: number;
}

/** The lines of a text, which end as JSON's do for the engine: by CR, LF or both. */
export class Lines {
  readonly #starts = [0];

  constructor(readonly text: string) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(index + end.length);
  }

  at(offset: number): Position {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1, offset };
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
