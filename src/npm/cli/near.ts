// What somebody may have meant by a word that there is not. Nothing is proposed where nothing is near.
import { listed } from './terminal.js';

/** So many proposals are read. */
const MOST = 3;

/** The words of nearly the same letters: those to which it is nearest. */
export function alike(word: string, known: readonly string[]): string[] {
  const far = known.map((one) => distance(one, word));
  const least = Math.min(...far);
  return least > Math.min(3, Math.ceil(word.length / 3)) ? [] : [...new Set(known.filter((_, i) => far[i] === least))].slice(0, MOST);
}

/** Those that have every part of the word, such as `deny.without-mfa` for `mfa`: first those with the fewest other parts. */
export function withPartsOf(word: string, known: readonly string[]): string[] {
  const parts = partsOf(word);
  return known.filter((one) => parts.length > 0 && parts.every((part) => partsOf(one).includes(part)))
    .sort((a, b) => partsOf(a).length - partsOf(b).length).slice(0, MOST);
}

const partsOf = (word: string): string[] => word.toLowerCase().split(/[^a-z0-9]+/).filter((part) => part !== '');

/** A sentence that proposes them, or nothing. */
export const didYouMean = (words: readonly string[]): string => (words.length === 0 ? '' : ` Did you mean ${listed([...words], 'or')}?`);

/** How many letters have to be put in, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other[j] ? 0 : 1)));
    row = next;
  }
  return row[other.length]!;
}
