// Values that only a deployment knows, on both sides of a comparison: the same expression has the same value.
import { statementsOf } from '../access/finding.js';
import type { Found } from '../source/index.js';

/**
 * The text of a policy in which the word for an unknown value tells the expression in the file. The finder counts these
 * words in each policy anew, so that one word may mean two things on two sides. `words` is shared by the sides.
 */
export function named({ text, unknown, place }: Found, source: string, words: Map<string, string>): string {
  if (unknown.length === 0) return text;
  return text.replace(/unknown\d+/g, (word, offset: number) => {
    const [first, last] = [place(offset), place(offset + word.length - 1)];
    // What stands in the file as it is has a place for each of its characters.
    if (first === null || last === null || first.start !== last.start || first.end !== last.end) return word;
    const expression = source.slice(first.start, first.end).trim();
    const known = words.get(expression) ?? `unknown${words.size + 1}`;
    words.set(expression, known);
    return known;
  });
}

interface Side {
  text: string;
  unknown: readonly string[];
}

/**
 * Whether nothing that is unknown could make `gaining` allow what `other` does not, when the words alone do not. In a
 * comparison an unknown value matches only itself, which is less than it may match:
 * - the Denies have to be the same on both sides, or be known, and
 * - what `gaining` allows has to be known, or be allowed by the same statement on the other side.
 */
export function isSettled(gaining: Side | null, other: Side | null): boolean {
  if (gaining === null) return true;
  const [mine, theirs] = [statements(gaining), statements(other)];
  if (mine === null || theirs === null) return false;
  const denies = (all: Statement[]) => all.filter(({ isAllow }) => !isAllow).map(({ json }) => json).sort().join('\n');
  if (denies(mine) !== denies(theirs)) return mine.every(({ isOpen }) => !isOpen) && theirs.every(({ isOpen, isAllow }) => !isOpen || isAllow);
  const allowed = new Set(theirs.map(({ json }) => json));
  return mine.every(({ isOpen, isAllow, json }) => !isOpen || !isAllow || allowed.has(json));
}

interface Statement {
  json: string;
  isAllow: boolean;
  /** Whether a part of it is unknown. */
  isOpen: boolean;
}

/** Null where something is unknown beside the statements that are there. */
function statements(side: Side | null): Statement[] | null {
  if (side === null) return [];
  const all = statementsOf(side.text).map((one): Statement => ({ json: JSON.stringify(one), isAllow: one['Effect'] === 'Allow', isOpen: false }));
  for (const pointer of side.unknown) {
    const [, index] = /^\/Statement(?:\/(\d+|-)(?![^/])|(?=\/|$))/.exec(pointer) ?? [];
    const statement = pointer.startsWith('/Statement') ? all[Number(index ?? 0)] : undefined;
    if (statement === undefined) return null;
    statement.isOpen = true;
  }
  return all;
}
