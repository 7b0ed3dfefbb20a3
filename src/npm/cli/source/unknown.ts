// Which findings hold whatever the values are that only the deployment knows.
import type { Found } from './found.js';

/** As much of the package's Finding as is needed. */
interface Located {
  findingType: string;
  issueCode: string;
  locations: readonly { pointer: string }[];
}

/**
 * Leaves out what may be said of a word that stands for an unknown value:
 * - findings on it,
 * - findings that compare several elements of which one is partly unknown,
 * - warnings of a statement whose condition or principal is unknown, since these decide whether they are right,
 * - where more may be allowed than is known, the findings of Session Manager, which miss what a policy does not allow,
 * - what compares statements of which one is there in place of the other.
 */
export function settled<F extends Located>(all: readonly F[], { unknown, alternatives, text }: Judged): F[] {
  const findings = alternatives === undefined ? all : all.filter((one) => !comparesAlternatives(one, alternatives, text));
  if (unknown.length === 0) return [...findings];
  const isUnder = (one: string, other: string) => one === other || one.startsWith(`${other}/`);
  const elements = new Set(unknown.map(elementOf));
  const open = unknown.flatMap((one) => /^(\/Statement(?:\/\d+)?)\/(?:Condition|(?:Not)?Principal)$/.exec(one)?.[1] ?? []);
  const mayAllowMore = unknown.some((one) => /^\/Statement(\/(\d+|-))?(\/(Not)?(Action|Resource)\b.*)?$/.test(one));
  return findings.filter(({ findingType, issueCode, locations }) => {
    if (mayAllowMore && issueCode.startsWith('SESSION_')) return false;
    const isAt = (one: string) => locations.some(({ pointer }) => isUnder(pointer, one));
    if (unknown.some(isAt) || (findingType !== 'ERROR' && open.some(isAt))) return false;
    const touched = new Set(locations.map(({ pointer }) => elementOf(pointer)));
    return touched.size < 2 || ![...touched].some((one) => elements.has(one));
  });
}

export type Judged = Pick<Found, 'unknown' | 'alternatives' | 'text'>;

function comparesAlternatives({ issueCode, locations }: Located, alternatives: readonly number[][], text: string): boolean {
  const at = locations.flatMap(({ pointer }) => /^\/Statement\/(\d+)/.exec(pointer)?.[1] ?? []).map(Number);
  const groups = alternatives.filter((group) => group.some((index) => at.includes(index)));
  // Of a Sid only the second place is told.
  const [own] = at;
  const sids = issueCode === 'UNIQUE_SIDS_REQUIRED' && own !== undefined && groups.length > 0 ? (JSON.parse(text) as { Statement: { Sid?: unknown }[] }).Statement.map(({ Sid }) => Sid) : [];
  const before = sids.flatMap((sid, index) => (index < own! && sid === sids[own!] ? [index] : []));
  return groups.some((group) => at.filter((index) => group.includes(index)).length > 1 || (before.length > 0 && before.every((index) => group.includes(index))));
}

/** `/Statement/0/Resource/1` as `/Statement/0/Resource`. */
function elementOf(pointer: string): string {
  return /^\/Statement(?:\/\d+)?\/[^/]+/.exec(pointer)?.[0] ?? pointer;
}
