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
 * - the findings of Session Manager, which miss what a policy does not allow, where a statement may allow more of it than
 *   is known,
 * - what compares statements of which one is there in place of the other.
 */
export function settled<F extends Located>(all: readonly F[], { unknown, alternatives, text }: Judged): F[] {
  const findings = alternatives === undefined ? all : all.filter((one) => !comparesAlternatives(one, alternatives, text));
  if (unknown.length === 0) return [...findings];
  const isUnder = (one: string, other: string) => one === other || one.startsWith(`${other}/`);
  const elements = new Set(unknown.map(elementOf));
  const open = unknown.flatMap((one) => /^(\/Statement(?:\/\d+)?)\/(?:Condition|(?:Not)?Principal)$/.exec(one)?.[1] ?? []);
  const written = [(JSON.parse(text) as { Statement?: Written | Written[] }).Statement ?? []].flat();
  const statementOf = (pointer: string) => written[Number(/^\/Statement\/(\d+)/.exec(pointer)?.[1] ?? 0)];
  const mayAllow = unknown.flatMap((one) => {
    const [, inside] = MORE_ALLOWED.exec(one) ?? [];
    return inside === undefined ? [] : [/^\/(Not)?Resource/.test(inside) ? servicesOf(statementOf(one)) : null];
  });
  return findings.filter(({ findingType, issueCode, locations }) => {
    if (mayAllow.length > 0 && issueCode.startsWith('SESSION_')) {
      const spoken = locations.map(({ pointer }) => servicesOf(statementOf(pointer)));
      if (spoken.some((own) => mayAllow.some((more) => meet(own, more)))) return false;
    }
    const isAt = (one: string) => locations.some(({ pointer }) => isUnder(pointer, one));
    if (unknown.some(isAt) || (findingType !== 'ERROR' && open.some(isAt))) return false;
    const touched = new Set(locations.map(({ pointer }) => elementOf(pointer)));
    return touched.size < 2 || ![...touched].some((one) => elements.has(one));
  });
}

/** What, while it is unknown, may allow more: a statement, all of them, one that may come, its actions or its resources. */
const MORE_ALLOWED = /^\/Statement(?:\/(?:\d+|-))?((?:\/(?:Not)?(?:Action|Resource)\b.*)?)$/;

interface Written {
  Action?: unknown;
}

/** The services of a statement's actions; null for all, where a service is not written out. */
function servicesOf(statement: Written | undefined): Set<string> | null {
  const services = [statement?.Action ?? '*'].flat().map((action) => /^([\w-]+):/.exec(String(action))?.[1]?.toLowerCase() ?? '*');
  return services.includes('*') ? null : new Set(services.map((one) => (OF_SESSIONS.has(one) ? 'ssm' : one)));
}

/** One thing, of which Session Manager asks all. */
const OF_SESSIONS = new Set(['ssm', 'ssmmessages', 'ec2messages']);

const meet = (one: Set<string> | null, other: Set<string> | null): boolean => (
  one === null || other === null || [...one].some((service) => other.has(service)));

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
