// Managed policies that a file attaches and does not hold: what they grant counts as what stands in the file does.
import { listManagedPolicies } from 'postern';
import type { ManagedPolicy } from '../../types.js';
import { type Given, type Met, type Seen, SourceError, isAttached, isListed, isMade, metIn, ofLambda, perhaps } from '../source/index.js';

/** A policy as if it stood where it is attached; unread where nobody here knows what it says. */
export interface Elsewhere {
  seen: Seen;
  /** Its ARN or name, as far as it is known. */
  policy: string | null;
}

/** Each by its place; none for those that the file, or another one of its module, makes: they are read there. */
export const attachedIn = async (text: string, path: string): Promise<Elsewhere[]> => attachedOf(await metOf(text, path));

/** The same of what was met in a file. */
export function attachedOf(met: readonly Met[]): Elsewhere[] {
  const made = new Set(met.filter(isMade).flatMap(({ makes }) => makes));
  const isReadElsewhere = (one: string): boolean => made.has(one) || OF_MODULE.test(one);
  return met.flatMap((one): Elsewhere[] => {
    if (isListed(one)) return [elsewhere(one, one.listed)];
    if (!isAttached(one) || one.isGiven === true || (one.by.length > 0 && one.by.every(isReadElsewhere))) return [];
    const { seen, policy } = elsewhere(one, one.policy, one.document);
    return [{ seen: one.isPerhaps === true ? perhaps(seen, one.cases ?? [one.terms ?? one]) : seen, policy }];
  });
}

/** What a module makes some file of it has. */
const OF_MODULE = /(?:^|\.)(?:aws_iam_policy|awscc_iam_managed_policy)\./;

export async function metOf(text: string, path: string, given?: Given): Promise<Met[]> {
  try {
    return await metIn(text, path, { given });
  } catch (reason) {
    // What is wrong with the file is said where its own policies are looked for.
    if (reason instanceof SourceError) return [];
    throw reason;
  }
}

/** A policy of AWS, or one that is given, as if it stood where it is attached; unread where nobody here knows what it says. */
export function elsewhere({ name, start, end }: { name: string; start: number; end: number }, policy: string | null, given?: string): Elsewhere {
  const about = { name, kind: 'identity', start, end } as const;
  const document = given ?? (policy === null ? null : knownOf(policy));
  if (document === null) return { seen: about, policy };
  const place = (offset: number) => (offset < 0 || offset >= document.length ? null : { start, end });
  return { policy, seen: { ...about, resourceType: null, text: document, place, fixable: false, base: 0, syntax: null, unknown: [], perhaps: [] } };
}

let policies: Map<string, ManagedPolicy> | undefined;

/** The document of a policy of AWS, by its ARN or name; null where it is not known, or not all of it. */
function knownOf(policy: string): string | null {
  policies ??= new Map(listManagedPolicies().flatMap((one): [string, ManagedPolicy][] => [[one.arn, one], [one.name, one]]));
  return policies.get(policy)?.document ?? ofLambda(policy);
}
