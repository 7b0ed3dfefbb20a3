// What to say of a run that found no policy, which is no success: somebody named what holds none, or what holds them is broken.
import { Failure } from '../failure.js';
import type { Problem } from '../files/find.js';
import { readText } from '../files/read.js';
import { isJsonOfTools } from '../source/json.js';
import { type FileResult, seenOf } from './one.js';

/** Of files that hold no policy: which cannot be read at all, as if they had been named, and that nothing was found where the words say. */
export async function nothingFound(words: readonly string[], others: readonly FileResult[]): Promise<Problem[]> {
  const broken: Problem[] = [];
  for (const { path, absolute } of others.slice(0, MOST_READ)) {
    if (broken.length === MOST_TOLD) break;
    try {
      const text = await readText(absolute);
      if (!isJsonOfTools(text)) await seenOf(text, { path, absolute, isNamed: true, within: null });
    } catch (reason) {
      if (!(reason instanceof Failure)) throw reason;
      broken.push({ path, message: reason.message });
    }
  }
  return [...broken, ...words.map((word) => ({ path: word, message: 'no policy was found.' }))];
}

/** So many files are read for it, and so many are named: one is enough to see why. */
const MOST_READ = 100;
const MOST_TOLD = 3;

/** What to say where policies were found and none could be checked. Nobody can mend that in the files, so it keeps no check from passing. */
export const noneChecked = (many: number): string => (
  `No policy was checked: nothing can be read of ${many === 1 ? 'the one that was' : `the ${many} that were`} found. Check what is deployed, such as terraform show -json of a plan, or what helm template prints.`
);
