// Expressions that stand where something else stood: as long as nobody knows their values, these may be what stood there.
import { ARN_OF_ANY, isStandIn } from './named.js';

/**
 * The texts of two policies in which each expression that only one of them has is what stands in its place in the other one;
 * null where none has. It is asked of the first of them what it allows that the other one does not.
 */
export function withReplaced(gaining: string, other: string): [gaining: string, other: string] | null {
  const [mine, theirs] = [stringsIn(gaining), stringsIn(other)];
  const values = new Map<string, string>();
  for (const [element, all] of mine) {
    const others = theirs.get(element);
    if (others === undefined) continue;
    const [own, left] = [[...all].filter((one) => !others.has(one)), [...others].filter((one) => !all.has(one))];
    if (own.length * left.length > MOST_MATCHED) continue;
    for (const one of own) {
      const at = left.findIndex((text) => matched(one, text, isOpenIn(other), () => true, values) || matched(text, one, isOpenIn(gaining), isNarrow, values));
      if (at >= 0) left.splice(at, 1);
    }
  }
  return values.size === 0 ? null : [filled(gaining, values), filled(other, values)];
}

/** So many pairs of texts are held against one another. */
const MOST_MATCHED = 10_000;

/** The values of each element of the statements, those of a condition by its operator and its key. */
function stringsIn(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const put = (value: unknown, element: string): void => {
    if (typeof value === 'string') found.set(element, (found.get(element) ?? new Set()).add(value.replace(ARN_OF_ANY, '$1')));
    else if (Array.isArray(value)) for (const one of value) put(one, element);
    else if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) put(one, `${element}\0${key}`);
  };
  for (const statement of [(JSON.parse(text) as { Statement?: unknown }).Statement].flat()) put(statement, '');
  return found;
}

/** Whether a character stands for an expression that the other text has not. */
const isOpenIn = (other: string) => (character: string): boolean => isStandIn(character) && !other.includes(character);

/** What a policy that allows more now may have said before: anything but what leaves open nearly all. */
const isNarrow = (value: string): boolean => !/[*?]/.test(value) || /^arn:[^:*?]*:[^:*?]+:[^:]*:[^:]*:[^*?]{3}/.test(value);

/** Whether a text with expressions may be the other one; keeps what these stand for then. */
function matched(pattern: string, text: string, isOpen: (character: string) => boolean, isAllowed: (value: string) => boolean, values: Map<string, string>): boolean {
  const characters: string[] = [];
  const parts = [''];
  for (const character of pattern) {
    const value = values.get(character);
    if (value === undefined && isOpen(character)) {
      characters.push(character);
      parts.push('');
    } else parts[parts.length - 1] += value ?? character;
  }
  if (characters.length === 0) return false;
  const [first, last] = [parts[0]!, parts.at(-1)!];
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
  const own = new Map<string, string>();
  let from = first.length;
  for (const [i, character] of characters.entries()) {
    const isLast = i === characters.length - 1;
    const to = isLast ? end : text.indexOf(parts[i + 1]!, from);
    const value = text.slice(from, to);
    if (to < 0 || to > end || (own.get(character) ?? value) !== value || !isAllowed(value)) return false;
    own.set(character, value);
    from = isLast ? end : to + parts[i + 1]!.length;
  }
  for (const [character, value] of own) values.set(character, value);
  return true;
}

/** A text of JSON with values in place of their characters. */
function filled(text: string, values: ReadonlyMap<string, string>): string {
  const arns = text.replace(ARN_OF_ANY, (all, character: string) => (values.has(character) ? character : all));
  return Array.from(arns, (character) => (values.has(character) ? JSON.stringify(values.get(character)).slice(1, -1) : character)).join('');
}
