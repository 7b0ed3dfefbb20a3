// Applies the fixes of findings to the policies of a file.
import { applyFixes, validatePolicy } from 'postern';
import type { Finding, Fix } from '../../types.js';
import { settled, type Found } from '../source/index.js';
import type { Match } from './suppress.js';
import type { ChosenType } from './type.js';

/** A fix may make room for another one; more rounds than this were never seen. */
const MOST_ROUNDS = 10;

export interface Fixed {
  text: string;
  /** How many findings are gone. */
  fixes: number;
}

/** A policy of a file, and which of its findings may stay. */
export interface Job {
  found: Found;
  type: ChosenType;
  suppression: (finding: Finding) => Match | null;
}

/** The text of a file with each policy fixed that stands in it as it is. What is suppressed stays, and so does what is known
 *  only at deploy time. */
export function fixed(text: string, jobs: readonly Job[], which: 'safe' | 'unsafe'): Fixed {
  let fixes = 0;
  const changes = jobs.flatMap((job) => {
    if (!job.found.fixable) return [];
    const done = fixedPolicy(job, which);
    fixes += done.fixes;
    return done.fixes === 0 ? [] : [{ base: job.found.base, end: job.found.base + job.found.text.length, text: done.text }];
  });
  // From the end, so that the places before stay as they are.
  const ordered = changes.sort((a, b) => b.base - a.base);
  return { text: ordered.reduce((whole, { base, end, text: one }) => whole.slice(0, base) + one + whole.slice(end), text), fixes };
}

function fixedPolicy({ found, type: { options }, suppression }: Job, which: 'safe' | 'unsafe'): Fixed {
  let { text } = found;
  let [first, last] = [0, 0];
  for (let round = 0; round <= MOST_ROUNDS; round += 1) {
    const findings = validatePolicy(text, options);
    last = findings.length;
    if (round === 0) first = last;
    const chosen = settled(findings, found.unknown).filter((one) => suppression(one) === null).flatMap(({ fixes }) => pick(fixes, which) ?? []);
    const next = round === MOST_ROUNDS ? text : applyFixes(text, chosen);
    if (next === text) break;
    text = next;
  }
  return { text, fixes: text === found.text ? 0 : Math.max(1, first - last) };
}

/** The first of the fixes that may be applied, a safe one before others. */
function pick(fixes: readonly Fix[], which: 'safe' | 'unsafe'): Fix | undefined {
  return fixes.find(({ applicability }) => applicability === 'safe') ?? (which === 'unsafe' ? fixes[0] : undefined);
}
