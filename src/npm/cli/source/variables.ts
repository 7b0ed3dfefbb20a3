// Strings with variables of a tool in them, `${...}`, which it fills in before AWS reads the file.
import { type Piece, type Value, known, slice } from './value.js';

/** A value in which the variables that `isUnknown` says so of, braces included, are unknown. Arguments of Fn::Sub stay. */
export function withUnknown(value: Value, isUnknown: (variable: string) => boolean, seen = new Map<Value, Value>()): Value {
  const before = seen.get(value);
  if (before !== undefined) return before;
  let result = value;
  if (value.kind === 'list') result = { ...value, items: value.items.map((item) => withUnknown(item, isUnknown, seen)) };
  if (value.kind === 'map') {
    const isSubstituted = value.entries.length === 1 && known(value.entries[0]?.key) === 'Fn::Sub';
    if (!isSubstituted) {
      result = { ...value, entries: value.entries.map((entry) => ({ ...entry, value: withUnknown(entry.value, isUnknown, seen) })) };
    }
  }
  if (value.kind === 'text') {
    const pieces = value.pieces.flatMap((piece) => split(piece, isUnknown));
    const isWhole = pieces.length === 1 && pieces[0]?.text === null;
    result = isWhole ? { kind: 'unknown', start: value.start, end: value.end } : { ...value, pieces };
  }
  seen.set(value, result);
  return result;
}

function split(piece: Piece, isUnknown: (variable: string) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: all, index } of (piece.text ?? '').matchAll(/[$&]\{(?:[^{}]|\$\{[^{}]*\})*\}/g)) {
    if (!isUnknown(all)) continue;
    pieces.push(slice(piece, from, index), { ...slice(piece, index, index + all.length), text: null, offsets: null });
    from = index + all.length;
  }
  return from === 0 ? [piece] : [...pieces, slice(piece, from, (piece.text ?? '').length)].filter(({ text }) => text !== '');
}
