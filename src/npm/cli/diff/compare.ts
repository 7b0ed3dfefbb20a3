// Compares two versions of one policy, and puts what is gained and lost at its places in the files.
import { compareAccess } from 'postern';
import type { AccessCheck, AccessComparison, AccessReason } from '../../types.js';
import { accessFinding, statementPointer, statementsOf } from '../access/finding.js';
import { isOpen, isPerhaps } from '../access/worst.js';
import { ACCESS_TYPES, EVERYTHING } from '../../access-types.js';
import type { FileFinding } from '../check/one.js';
import type { ChosenType } from '../check/type.js';
import type { Lines } from '../lines.js';
import { type Found, extentOf, hasFurther, shown } from '../source/index.js';
import { listed } from '../terminal.js';
import { changedActions, withCount } from './count.js';
import { type Chosen, type Differs, Names, isSettled } from './named.js';
import { type Standing, type Standings, isForOthers } from './standing.js';

export interface Side {
  path: string;
  found: Found;
  lines: Lines;
  /** Where the policy stands in its module or template, and the expressions of its file. */
  standing: Standing;
  standings: Standings;
  /** The path of its file, which both sides share. */
  file: string;
}

export type Reason = Omit<AccessReason, 'isKnown'> & {
  isKnown: boolean | null;
  /** Which entries of the statement's Action allow more, or less; null where that is not asked. */
  actions: string[] | null;
};
type Told = Omit<AccessCheck, 'reasons'> & { reasons: Reason[] };

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
  type: ChosenType;
  older: Side | null;
  newer: Side | null;
  /** What the comparison rests on, besides the policies. */
  notes: string[];
  /** Whether what is denied no more may be allowed by other policies, which a note says. */
  deniesLess: boolean;
  changes: Change[];
}

export type Requests = 'any' | 'known';

export function compare(name: string, type: ChosenType, older: Side | null, newer: Side | null, requests: Requests): Compared {
  const names = new Names();
  const policyType = ACCESS_TYPES[type.type];
  const isThereAlike = older === null || newer === null || older.standing.there === newer.standing.there;
  const text = (side: Side | null, differs?: Differs) => (side === null ? null : { ...opened(side, isThereAlike), text: names.in(side.found, side.lines.text, differs) });
  const [before, after] = [text(older), text(newer)];
  const isGuard = [before, after].every((one) => one === null || deniesOnly(one.text));
  const policies = (one: { text: string } | null) => [...one === null ? [] : [one.text], ...isGuard ? [EVERYTHING[policyType]] : []];
  const answered = (from: typeof before, to: typeof after): AccessComparison => asked(() => compareAccess(policies(from), policies(to), { policyType, requests }));
  const isAlike = before?.text === after?.text && isWrittenAlike(older, newer) && isThereAlike && choicesOf(before) === choicesOf(after);
  const answer = isAlike ? SAME : answered(before, after);
  const isOpenHere = [before, after].some((one) => one !== null && isOpen(one));
  const settle = (check: AccessCheck, isSure: boolean): AccessCheck =>
    (!isOpenHere || (isSure && names.isClear) || check.result !== 'PASS' || isAlike ? check : { ...check, result: 'UNKNOWN', message: DEPLOYED });
  // Once more with values that are others now, where the same expression leads to another text.
  const others = new Set<string>();
  const apart = ({ standings, file }: Side): Differs => (expression, start) => {
    if (!standings.differs(expression, file, start)) return '';
    others.add(shown(expression));
    return standings.mark;
  };
  const [olderApart, newerApart] = older === null || newer === null ? [before, after] : [text(older, apart(older)), text(newer, apart(newer))];
  const apartly = others.size === 0 ? answer : answered(olderApart, newerApart);
  // What only keeps others from something is for fewer where it lets more be done.
  const isLimit = isGuard || type.type === 'scp' || type.type === 'rcp';
  const isOpenLimit = isLimit && !isGuard && !isThereAlike;
  const [from, to] = isLimit ? [newer, older] : [older, newer];
  const telling = (check: AccessCheck, checkApart: AccessCheck, [isSure, isSureApart]: [boolean, boolean], ...sides: [Side | null, Side | null]): AccessCheck => {
    const own = isOpenLimit && check.result === 'PASS' ? { ...check, result: 'UNKNOWN' as const, message: DEPLOYED } : settle(check, isSure);
    const isOther = others.size > 0 && own.result === 'PASS' && (checkApart.result !== 'PASS' || !isSureApart || !names.isClear);
    return ofOthers(isOther ? { ...own, result: 'UNKNOWN', message: `Cannot tell, because what ${listed([...others].slice(0, MOST_TOLD))} refers to is not the same on both sides.` } : own, ...sides);
  };
  const gained = telling(answer.gained, apartly.gained, [isSettled(after, before, requests), isSettled(newerApart, olderApart, requests)], from, to);
  const lost = telling(answer.lost, apartly.lost, [isSettled(before, after, requests), isSettled(olderApart, newerApart, requests)], to, from);
  const actionsOf = (own: { text: string } | null, other: { text: string } | null) => (isGuard || own === null ? () => null
    : (index: number) => changedActions(own.text, index, (text) => (
      asked(() => compareAccess(policies(other), text, { policyType, requests })).gained.result === 'FAIL')));
  // Of a policy that IAM would not take nobody knows what it denies.
  const isBroken = [before, after].some((one) => one !== null && statementsOf(one.text).length === 0);
  const less = isGuard || isBroken || isAlike ? [] : denied(before?.text, after?.text, (texts) => asked(() => compareAccess(
    [...texts[0], EVERYTHING[policyType]], [...texts[1], EVERYTHING[policyType]], { policyType, requests })));
  const compared: Compared = {
    deniesLess: less.length > 0,
    name, type, older, newer, gained, lost, relation: relationOf(gained, lost), changes: [],
    notes: names.told([
      ...beside(older === null ? 'new' : newer === null ? 'gone' : null, isGuard),
      ...isThereAlike ? [] : ['Whether it is there hangs on something else than before.'],
      ...isOpenHere ? ['The same expression is taken to have the same value before and after the change.'] : [],
      ...less,
      ...new Set([...gained.assumptions, ...lost.assumptions]),
    ]),
  };
  const both = [['gained', gained, actionsOf(after, before)], ['lost', lost, actionsOf(before, after)]] as const;
  compared.changes = both.flatMap(([direction, check, actions]) => changesOf(compared, direction, told(check, names, actions), isGuard));
  return compared;
}

/** What cannot be told of something that is no policy. */
export function unknownOf(name: string, type: ChosenType, side: Side, { gained, lost }: Record<Change['direction'], string | null>): Compared {
  const check = (message: string | null): AccessCheck => (message === null ? SAME.gained : { ...SAME.gained, result: 'UNKNOWN', message });
  const compared: Compared = { name, type, older: side, newer: side, gained: check(gained), lost: check(lost), relation: 'unknown', changes: [], notes: [], deniesLess: false };
  compared.changes = (['gained', 'lost'] as const).flatMap((direction) => changesOf(compared, direction, { ...compared[direction], reasons: [] }, false));
  return compared;
}

/** A policy with what decides of a statement whether it is there; of one whose being there hangs on something else now, of all. */
function opened({ found, standing, standings, file }: Side, isThereAlike: boolean): Found & Chosen {
  const isChosen = !isThereAlike && standing.there !== '';
  const terms = (pointer: string): string => (found.terms?.[pointer] ?? []).map(({ start, end }) => standings.expression(file, start, end)).join(' and ');
  return {
    ...found, perhaps: isChosen ? ['/Statement'] : found.perhaps,
    choice: (statement) => [isChosen ? standings.mark : '', terms('/Statement'), terms(`/Statement/${statement}`)].join(' '),
  };
}

const choicesOf = (one: (Found & Chosen) | null): string => (one === null ? '' : statementsOf(one.text).map((_, i) => (isPerhaps(one, i) ? one.choice(i) : '')).join('\n'));

/** Of a policy that others have too now nobody knows what these gain. */
function ofOthers(check: AccessCheck, from: Side | null, to: Side | null): AccessCheck {
  if (check.result !== 'PASS' || from === null || to === null) return check;
  return isForOthers(to.standing, from.standing) ? { ...check, result: 'UNKNOWN', message: 'Cannot tell, because it is not for the same roles, or not as often, as on the other side.' } : check;
}

/** So many expressions are named. */
const MOST_TOLD = 4;

/** With what a policy is compared that is on one side only, or that only denies. */
function beside(there: 'new' | 'gone' | null, isGuard: boolean): string[] {
  if (isGuard) return [`It ${there === null ? '' : `is ${there} and `}only denies${there === null ? ', and' : ': it'} is compared beside a policy that allows everything.`];
  return there === null ? [] : [`It is ${there}, and is compared with a policy that allows nothing.`];
}

/** Of statements that are not known, such as those of a loop, only the file shows whether they are others now. */
function isWrittenAlike(older: Side | null, newer: Side | null): boolean {
  if (older === null || newer === null || ![older, newer].some(({ found }) => hasFurther(found))) return true;
  const [before, after] = [older, newer].map(({ found, standings, file }) => {
    const { start, end } = extentOf(found, 0, found.text.length);
    return standings.expression(file, start, end);
  });
  return before === after;
}

/** What a Deny takes from other policies counts for neither side, but whoever drops it should know. */
function denied(before = '', after = '', beside: (texts: [string[], string[]]) => AccessComparison): string[] {
  const denies = (text: string) => statementsOf(text).filter(({ Effect }) => Effect === 'Deny').map((one) => JSON.stringify(one)).sort();
  if (denies(before).join('\n') === denies(after).join('\n')) return [];
  const only = (text: string): string[] => (denies(text).length === 0 ? [] : [`{"Version": "2012-10-17", "Statement": [${denies(text).join(', ')}]}`]);
  const { gained: { reasons: [reason] } } = beside([only(before), only(after)]);
  if (reason === undefined) return [];
  const { action, resource } = reason.witness;
  return [`It denies less: other policies of the same identity or resource may now allow, for example, ${action} on ${resource}.`];
}

function changesOf({ older, newer, type }: Compared, direction: Change['direction'], check: Told, isGuard: boolean): Change[] {
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
    if (!isGuard) return change(own, reason.pointer, withCount(reason, direction), reason);
    // The statement that allows it is none of the files'; that which denies it on the other side is.
    const other = present(own === 'newer' ? 'older' : 'newer');
    const { witness: { action, resource, principal }, deniedBy } = reason;
    const index = deniedBy.find(({ policyIndex }) => policyIndex === 0)?.statementIndex ?? 0;
    // People count from 1.
    const number = index + 1;
    const who = type.type === 'identity' || type.type === 'scp' ? '' : ` for ${principal}`;
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
const told = (check: AccessCheck, names: Names, actionsOf: (statement: number) => string[] | null): Told => ({
  ...check, message: names.told(check.message),
  reasons: check.reasons.map((reason) => ({
    ...reason, ...describedBy(reason, names), actions: names.told(actionsOf(reason.statementIndex)),
    witness: {
      ...reason.witness, principal: names.told(reason.witness.principal), action: names.told(reason.witness.action), resource: names.told(reason.witness.resource),
      context: Object.fromEntries(Object.entries(reason.witness.context).map(([key, value]) => [key, names.told(value)])),
    },
  })),
});

const DEPLOYED = 'Cannot tell, because it depends on values that only the deployment knows.';

const pass = (message: string): AccessCheck => ({ result: 'PASS', message, reasons: [], unknown: [], assumptions: [] });
const SAME: AccessComparison = { relation: 'equal', gained: pass('The policy is the same.'), lost: pass('The policy is the same.') };

/** What the engine cannot read it cannot compare: not to know is an answer. */
function asked(compared: () => AccessComparison): AccessComparison {
  try {
    return compared();
  } catch (reason) {
    const { name, message, code } = reason as Error & { code?: string };
    if (name !== 'PosternError' || code !== 'INVALID_POLICY') throw reason;
    const side = /^existing/.test(message) ? 'The old policy' : 'The new policy';
    const check: AccessCheck = { ...pass(`${side} cannot be read: ${message.replace(/^(existing|proposed)(\[0\])?/, 'it').replace(/^it\./, '')}`), result: 'UNKNOWN' };
    return { relation: 'unknown', gained: check, lost: check };
  }
}

function relationOf({ result: gained }: AccessCheck, { result: lost }: AccessCheck): AccessComparison['relation'] {
  if (gained === 'FAIL') return lost === 'FAIL' ? 'different' : lost === 'PASS' ? 'wider' : 'unknown';
  if (gained === 'UNKNOWN') return 'unknown';
  return lost === 'FAIL' ? 'narrower' : lost === 'PASS' ? 'equal' : 'unknown';
}

function deniesOnly(text: string): boolean {
  const all = statementsOf(text);
  return all.length > 0 && all.every(({ Effect }) => Effect === 'Deny');
}
