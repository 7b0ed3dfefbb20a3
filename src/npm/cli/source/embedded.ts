// A policy that stands in a string: as JSON, or percent-encoded as the IAM API has it.
import { visit } from 'jsonc-parser';
import { type Piece, type TextValue, type Value, offsetIn } from './value.js';
import { Sink, type Written, pointer, unknownDepth } from './write.js';

/** The text in a string, as the engine reads it; null where it is no JSON object. */
export function embedded(value: TextValue): Written | null {
  const sink = new Sink();
  const unknown: { from: number; to: number }[] = [];
  let isInString = false;
  for (const piece of value.pieces) {
    if (piece.text !== null) {
      const readable = decodedPiece(piece);
      isInString = endsInString(readable.text ?? '', isInString);
      sink.verbatim(readable);
      continue;
    }
    const from = sink.size;
    // Where a whole value is missing, a string takes its place.
    if (!isInString) sink.mark('"', piece);
    sink.standIn(piece);
    if (!isInString) sink.mark('"', piece);
    unknown.push({ from, to: sink.size });
  }
  const written = sink.finish();
  if (!/^\s*\{/.test(written.text) || (unknown.length > 0 && !isJson(written.text))) return null;
  return { ...written, unknown: pointersOf(written.text, unknown) };
}

/** A piece of JSON as what it means where it is percent-encoded, or the inside of a string. */
export function decodedPiece(piece: Piece): Piece {
  const { text } = piece;
  return text === null ? piece : isPercentEncoded(text) ? percentDecoded(piece) : isEscaped(text) ? unescaped(piece) : piece;
}

/** The one piece that the file has as it is, JSON and nothing else; null for any other string. */
export function verbatim(value: Value): Piece | null {
  const [piece, ...others] = value.kind === 'text' ? value.pieces : [];
  if (piece === undefined || others.length > 0 || piece.text === null || piece.offsets !== null) return null;
  return piece.text.length === piece.end - piece.start && !isPercentEncoded(piece.text) && !isEscaped(piece.text) ? piece : null;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const isPercentEncoded = (text: string) => /^%7b/i.test(text);

function percentDecoded(piece: Piece): Piece {
  const encoded = piece.text ?? '';
  const offsets: number[] = [];
  let text = '';
  let from = 0;
  const copy = (to: number) => {
    text += encoded.slice(from, to);
    for (let unit = from; unit < to; unit += 1) offsets.push(offsetIn(piece, unit));
  };
  for (const { 0: run, index } of encoded.matchAll(/(?:%[0-9a-f]{2})+/gi)) {
    copy(index);
    from = index + run.length;
    let at = index;
    for (const character of decodeURIComponent(wellFormed(run))) {
      text += character;
      for (let unit = 0; unit < character.length; unit += 1) offsets.push(offsetIn(piece, at));
      at += 3 * new TextEncoder().encode(character).length;
    }
  }
  copy(encoded.length);
  offsets.push(piece.end);
  return { text, offsets, start: piece.start, end: piece.end };
}

/** As the API of API Gateway has policies: a string of JSON without its quotes. */
export const isEscaped = (text: string) => /^\s*\{\s*\\"/.test(text);

function unescaped(piece: Piece): Piece {
  const escaped = piece.text ?? '';
  const offsets: number[] = [];
  let text = '';
  for (const { 0: unit, index } of escaped.matchAll(/\\u[0-9a-f]{4}|\\[^]|[^]/gi)) {
    text += unit.length === 1 ? unit : isJson(`"${unit}"`) ? JSON.parse(`"${unit}"`) as string : unit.slice(1);
    while (offsets.length < text.length) offsets.push(offsetIn(piece, index));
  }
  offsets.push(piece.end);
  return { text, offsets, start: piece.start, end: piece.end };
}

/** A run of percent signs that is UTF-8, else one that says nothing. */
function wellFormed(run: string): string {
  try {
    decodeURIComponent(run);
    return run;
  } catch {
    return '%3F'.repeat(run.length / 3);
  }
}

function endsInString(text: string, before: boolean): boolean {
  let isInString = before;
  for (const { 0: found } of text.matchAll(/\\.|"/gs)) if (found === '"') isInString = !isInString;
  return isInString;
}

function pointersOf(text: string, unknown: { from: number; to: number }[]): string[] {
  if (unknown.length === 0) return [];
  const found = new Set<string>();
  let next = 0;
  const look = (start: number, length: number, path: () => (string | number)[]) => {
    let isIn = false;
    for (let range = unknown[next]; range !== undefined && range.from < start + length; range = unknown[next]) {
      isIn = true;
      next += 1;
    }
    if (!isIn) return;
    const steps = path();
    found.add(pointer(steps.slice(0, unknownDepth(steps))));
  };
  visit(text, {
    onObjectProperty: (_value, start, length, _line, _column, path) => look(start, length, () => [...path(), '']),
    onLiteralValue: (_value, start, length, _line, _column, path) => look(start, length, path),
  });
  return [...found];
}
