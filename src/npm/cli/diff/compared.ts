// What a comparison of two versions of a policy came to, with what is gained and lost at its places in the files.
import type { AccessCheck, AccessComparison, AccessReason } from '../../types.js';
import { accessFinding, statementPointer, statementsOf } from '../access/finding.js';
import type { FileFinding } from '../check/one.js';
import type { ChosenType } from '../check/type.js';
import type { Lines } from '../lines.js';
import { isJson } from '../source/embedded.js';
import type { Found } from '../source/index.js';
import { withCount } from './count.js';
import type { Names } from './named.js';
import type { Standing } from './standing.js';
import type { Standings } from './standings.js';

export interface Side {
  path: string;
  found: Found;
  lines: Lines;
  /** Where the policy stands in its module or template, and the expressions of its file. */
  standing: Standing;
  standings: Standings;
  /** The path of its file, which both sides share. */
  file: string;
  /** The path that the file has on this side, and where that is. */
  own: string;
  absolute: string;
  /** Several policies that are compared as one. */
  parts?: readonly Side[];
}

export type Reason = Omit<AccessReason, 'isKnown'> & {
  isKnown: boolean | null;
  /** Which entries of the statement's Action allow more, or less; null where that is not asked. */
  actions: string[] | null;
};
export type Told = Omit<AccessCheck, 'reasons'> & { reasons: Reason[] };

export interface Change {
  /** Which way, and whether it is so or cannot be told. */
  direction: 'gained' | 'lost';
  isKnown: boolean;
  /** On which side the finding stands. */
  side: 'older' | 'newer';
  finding: FileFinding;
  reason: Reason | null;
}

export interface Compared extends AccessComparison {
  name: string;
  /** As what it is compared; null of what is no policy, and only told. */
  type: ChosenType | null;
  older: Side | null;
  newer: Side | null;
  /** What the comparison rests on, besides the policies. */
  notes: string[];
  changes: Change[];
}

/** A policy that is another one now, or there on one side only, of which nothing can be read. */
export interface NotCompared {
  /** Its name in the file. */
  policy: string;
  side: Change['side'];
  /** The file in which it stands. */
  path: string;
  why: string;
  finding: FileFinding;
}

/** Whether a policy denies anything; an effect that is not known may be a denial. */
export const denies = ({ found }: Side): boolean => statementsOf(found.text).some(({ Effect }) => Effect !== 'Allow');

/** Whether it denies something, and allows nothing. */
export function deniesOnly(text: string): boolean {
  const all = statementsOf(text);
  return all.length > 0 && all.every(({ Effect }) => Effect === 'Deny');
}

/** Whether it is JSON with statements. */
export const isReadable = ({ found: { text } }: Side): boolean => isJson(text) && statementsOf(text).length > 0;

/**
 * The changes of one direction, each at its place; of a policy that only denies by what it denies no more, or now, and of
 * one without which everything is allowed by what that is.
 */
export function changesOf({ older, newer, type }: Compared, direction: Change['direction'], check: Told, { isGuard, isFree }: { isGuard: boolean; isFree: boolean }): Change[] {
  const sides = { older, newer };
  const own = direction === 'gained' ? 'newer' : 'older';
  const present = (side: Change['side']) => (sides[side] === null ? (side === 'older' ? 'newer' : 'older') : side);
  const change = (side: Change['side'], pointer: string, details: string, reason: Reason | null): Change => {
    const { found, lines } = sides[side]!;
    const code = reason === null ? 'POSTERN_ACCESS_UNKNOWN' : direction === 'gained' ? 'POSTERN_ACCESS_GAINED' : 'POSTERN_ACCESS_LOST';
    return { direction, isKnown: reason !== null, side, reason, finding: accessFinding(code, details, pointer, found, lines) };
  };
  if (check.result === 'UNKNOWN') return [change(present(own), '', check.message, null)];
  return check.reasons.map((reason) => {
    if (isFree && sides[own] === null) {
      const { action, resource, principal } = reason.witness;
      const who = type?.type === 'identity' ? '' : ` for ${principal}`;
      return change(present(own), '', direction === 'gained' ? `Without the policy, ${action} on ${resource}${who} is allowed, for example; it did not allow that.` : `${action} on ${resource}${who}, for example, was allowed without the policy, which does not allow it.`, reason);
    }
    if (!isGuard) return change(own, reason.pointer, withCount(reason, direction), reason);
    // The statement that allows it is none of the files'; that which denies it on the other side is.
    const other = present(own === 'newer' ? 'older' : 'newer');
    const { witness: { action, resource, principal }, deniedBy } = reason;
    const index = deniedBy.find(({ policyIndex }) => policyIndex === 0)?.statementIndex ?? 0;
    // People count from 1.
    const number = index + 1;
    const who = type?.type === 'identity' || type?.type === 'scp' ? '' : ` for ${principal}`;
    const details = direction === 'gained' ? `${action} on ${resource}${who} is denied no more; before, statement ${number} denied it.`
      : `${action} on ${resource}${who} is denied now, by statement ${number}.`;
    return change(other, statementPointer(sides[other]!.found.text, index), details, reason);
  });
}

/** Whether a request is known cannot be said of one with a value that is not. */
function describedBy({ description, isKnown }: AccessReason, names: Names): Pick<Reason, 'description' | 'isKnown'> {
  const text = names.told(description);
  return text === description ? { description, isKnown } : { description: text.replace(UNKNOWN_TODAY, ''), isKnown: null };
}

const UNKNOWN_TODAY = / No request that is known today is concerned\.$/;

/** With the expressions of the files in place of what stands for them. */
export const told = (check: AccessCheck, names: Names, actionsOf: (statement: number) => string[] | null): Told => ({
  ...check, message: names.told(check.message),
  reasons: check.reasons.map((reason) => ({
    ...reason, ...describedBy(reason, names), actions: names.told(actionsOf(reason.statementIndex)),
    witness: {
      ...reason.witness, principal: names.told(reason.witness.principal), action: names.told(reason.witness.action), resource: names.told(reason.witness.resource),
      context: Object.fromEntries(Object.entries(reason.witness.context).map(([key, value]) => [key, names.told(value)])),
    },
  })),
});

export const pass = (message: string): AccessCheck => ({ result: 'PASS', message, reasons: [], unknown: [], assumptions: [] });
export const SAME: AccessComparison = { relation: 'equal', gained: pass('The policy is the same.'), lost: pass('The policy is the same.') };
