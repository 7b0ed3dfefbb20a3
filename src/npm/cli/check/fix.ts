// Applies the fixes of findings to the policies of a file.
import { applyFixes, validatePolicy } from 'postern';
import type { Finding, Fix } from '../../types.js';
import { editsIn, settled, type Found, type TextEdit } from '../source/index.js';
import type { Match } from './suppress.js';
import type { ChosenType } from './type.js';

/** A fix may make room for another one; more rounds than this were never seen. */
const MOST_ROUNDS = 10;

/** A policy of a file, and which of its findings may stay. */
export interface Job {
  found: Found;
  type: ChosenType;
  suppression: (finding: Finding) => Match | null;
}

/** The text of a file with each policy fixed that stands in it as it is, and each value of the others that does. What is
 *  suppressed stays, and so does what is known only at deploy time. */
export async function fixed(text: string, jobs: readonly Job[], which: Which, read: (text: string) => Promise<Found[]>): Promise<string> {
  const own = changed(text, jobs.flatMap((job) => {
    const { found: { text: before, base, fixable } } = job;
    const after = fixable ? fixedPolicy(job, which) : before;
    return after === before ? [] : [{ start: base, end: base + before.length, text: after }];
  }));
  return jobs.every(({ found }) => found.fixable) ? own : fixedValues(own, jobs, which, read);
}

export type Which = 'safe' | 'unsafe';

/** From the end, so that the places before stay as they are; an edit that two policies share is made once. */
function changed(text: string, edits: readonly TextEdit[]): string {
  const unique = [...new Map(edits.map((one) => [`${one.start} ${one.end} ${one.text}`, one])).values()];
  return unique.sort((a, b) => b.start - a.start).reduce((whole, { start, end, text: one }) => whole.slice(0, start) + one + whole.slice(end), text);
}

/** Fixes values in the syntax of the file. Whatever was written, reading the file again gives the policies that the fixes make. */
async function fixedValues(before: string, jobs: readonly Job[], which: Which, read: (text: string) => Promise<Found[]>): Promise<string> {
  let text = before;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const policies = await read(text);
    if (policies.length !== jobs.length) break;
    const plans = policies.flatMap((found, i) => planned({ ...jobs[i]!, found }, text, i, which));
    const written = async (chosen: readonly Plan[]): Promise<string | null> => {
      const next = changed(text, chosen.flatMap(({ edits }) => edits));
      const wanted = policies.map((found, i) => applyFixes(found.text, chosen.filter(({ index }) => index === i).map(({ fix }) => fix)));
      const got = await read(next).catch(() => []);
      return got.length === wanted.length && got.every((found, i) => isSame(found.text, wanted[i]!)) ? next : null;
    };
    let next = plans.length === 0 ? null : await written(plans);
    let chosen = next === null ? [] : plans;
    // One that cannot be written keeps none of the others from it.
    for (const plan of next === null ? plans.slice(0, MOST_ALONE) : []) {
      const more = await written([...chosen, plan]);
      if (more !== null) [chosen, next] = [[...chosen, plan], more];
    }
    if (next === null || next === text) break;
    text = next;
  }
  return text;
}

/** So many fixes are tried one by one where all together are not what was meant: each time the file is read. */
const MOST_ALONE = 50;

/** A fix that can be written into the file. */
interface Plan {
  /** Of which policy. */
  index: number;
  fix: Fix;
  edits: TextEdit[];
}

function planned({ found, type: { options }, suppression }: Job, source: string, index: number, which: Which): Plan[] {
  if (found.fixable) return [];
  const open = settled(validatePolicy(found.text, options), found).filter((one) => suppression(one) === null);
  const taken: TextEdit[] = [];
  return open.flatMap(({ fixes }) => {
    const fix = pick(fixes, which);
    const edits = fix === undefined ? null : editsIn(found, source, fix.edits);
    // Of two fixes that change one value the first is made now.
    const isFree = edits?.every(({ start, end }) => taken.every((other) => end <= other.start || other.end <= start)) === true;
    if (fix === undefined || edits === null || !isFree) return [];
    taken.push(...edits);
    return [{ index, fix, edits }];
  });
}

function isSame(one: string, other: string): boolean {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return one === other;
  }
}

function fixedPolicy({ found, type: { options }, suppression }: Job, which: Which): string {
  let { text } = found;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const open = settled(validatePolicy(text, options), found).filter((one) => suppression(one) === null);
    const next = applyFixes(text, open.flatMap(({ fixes }) => pick(fixes, which) ?? []));
    if (next === text) break;
    text = next;
  }
  return text;
}

/** The first of the fixes that may be applied, a safe one before others. */
export function pick<F extends Pick<Fix, 'applicability'>>(fixes: readonly F[], which: Which): F | undefined {
  return fixes.find(({ applicability }) => applicability === 'safe') ?? (which === 'unsafe' ? fixes[0] : undefined);
}
