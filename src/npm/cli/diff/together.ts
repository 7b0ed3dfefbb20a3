// What somebody has by several policies. A policy that is new or gone by itself cannot be told from one that went elsewhere, or
// that was split or joined, as long as others of the same somebody went or came: all of these count together, before and now.
import { statementPointer, statementsOf } from '../access/finding.js';
import type { AccessCheck } from '../../types.js';
import type { ChosenType } from '../check/type.js';
import { listed } from '../terminal.js';
import { isAlone } from './absent.js';
import { type Requests, relationOf, together } from './compare.js';
import { type Change, type Compared, type Side, type Told, changesOf, isReadable, pass } from './compared.js';
import { looseIn } from './loose.js';
import { MayBe } from './may-be.js';
import { havingIt, instancesOf } from './standing.js';

/** The two sides of a policy, of which one may be null. */
export type Two = readonly [older: Side | null, newer: Side | null];

/** A policy of which nothing can be read, that is on one side only. */
export interface Opaque {
  side: Side;
  why: string;
}

/** By what somebody has something: a policy, on what it hangs whether he has it, and to which two sides it belongs. */
interface Having {
  side: Side;
  terms: string;
  two: Two;
}

/** What somebody has on both sides of what has changed. */
interface Held {
  type: ChosenType;
  own: [older: Having[], newer: Having[]];
  /** Of each side why a policy that he has there, and not on the other one, cannot be read. */
  opaque: [older: string | null, newer: string | null];
}

/** Of a policy in which directions it cannot be told what it comes to, and why. */
export type Open = Partial<Record<Change['direction'], string>>;

/** What there is to say of policies, by their two sides. */
export interface Beside {
  /** Of those that are not compared as two sides of one what they came to; nothing of what another one tells. */
  told: Map<Two, Compared | null>;
  /** Of others where they may not be what they are taken for. */
  open: Map<Two, Open>;
}

export function togetherIn(all: readonly Two[], opaque: readonly [older: readonly Opaque[], newer: readonly Opaque[]], typeOf: (side: Side) => ChosenType, requests: Requests): Beside {
  const held = heldBy(all, opaque, typeOf);
  // With a policy its other side counts, which may be somebody else's too.
  const members = new Set(Array.from(held.values()).filter(isMoved).flatMap(({ own }) => own.flat()).flatMap(({ two }) => two).filter((side) => side !== null));
  const groups = new Map<string, Held>();
  const numbers = new Map(Array.from(members, (side, i) => [side, i]));
  for (const one of held.values()) {
    const own = one.own.map((side) => side.filter((having) => members.has(having.side))) as Held['own'];
    if (own.flat().length === 0) continue;
    const key = [own.map((side) => side.map(({ side: at, terms }) => `${numbers.get(at)} ${terms}`).join('\n')), one.opaque, one.type.type].flat().join('\0');
    groups.set(key, { ...one, own });
  }
  const outcome = new Outcome([...groups.values()], requests);
  // What is on one side only, and is none of these.
  const lone = ([0, 1] as const).map((i) => all.filter((two) => two[1 - i] === null && two[i] !== null && !members.has(two[i]!) && !isAlone(two[i]!)));
  const told = outcome.told();
  const open = looseIn(all.filter((two) => !told.has(two)), typeOf, requests);
  for (const [i, direction] of [[0, 'lost'], [1, 'gained']] as const) {
    const left = all.filter((two) => two[i] === null && two[1 - i] !== null && members.has(two[1 - i]!) && outcome.isLeft(two[1 - i]!, direction === 'gained' ? 'lost' : 'gained'));
    const others = new MayBe([...lone[1 - i]!, ...left].map((two) => two[1 - i]!), typeOf, requests);
    for (const two of lone[i]!) open.set(two, { ...open.get(two), ...others.whyNot(two[i]!) });
  }
  return { told, open };
}

/** What each has of that which has changed, who may be somebody or something. */
function heldBy(all: readonly Two[], opaque: readonly [older: readonly Opaque[], newer: readonly Opaque[]], typeOf: (side: Side) => ChosenType): Map<string, Held> {
  const held = new Map<string, Held>();
  const at = (side: Side): [held: Held, terms: string][] => {
    const type = typeOf(side);
    const { standings, file } = side;
    return havingIt(side).map(({ name, terms, beside }) => {
      const key = [isAlone(side) ? 'alone' : type.type, standings.scopeAt(file), beside, name].join('\0');
      const before = held.get(key);
      const one: Held = before ?? { type, own: [[], []], opaque: [null, null] };
      if (one.type.from === 'guess') one.type = type;
      held.set(key, one);
      return [one, [...new Set([side.standing.there, terms])].filter((term) => term !== '').join(' and ')];
    });
  };
  for (const two of all) {
    const [older, newer] = two;
    if (older !== null && newer !== null && older.found.text === newer.found.text && isLeftAlone(older, newer)) continue;
    // Of whom an expression names that may be another one now nobody can tell whether he had it.
    if (older !== null && newer !== null && [older, newer].some((side) => havingIt(side).some(({ name }) => name.includes('\0')))) continue;
    // What IAM would not take is told as it is.
    if (two.some((side) => side !== null && !isReadable(side))) continue;
    for (const [i, side] of two.entries()) if (side !== null) for (const [one, terms] of at(side)) one.own[i as 0 | 1].push({ side, terms, two });
  }
  for (const [i, some] of opaque.entries()) for (const { side, why } of some) for (const [one] of at(side)) one.opaque[i as 0 | 1] ??= why;
  return held;
}

/** Whether a policy that says the same is had by the same, or nobody can tell by whom. */
function isLeftAlone(older: Side, newer: Side): boolean {
  const [before, after] = [older, newer].map((side) => havingIt(side));
  const besides = new Set([...before!, ...after!].map(({ beside }) => beside));
  const names = (all: typeof before): string => all!.map(({ name, terms }) => `${name} ${terms}`).sort().join('\n');
  return besides.size > 1 || names(before) === names(after);
}

/** Whether something came and something went that may be the same. Only what is had by identity policies is had by all of them. */
function isMoved({ type, own: [older, newer], opaque: [wasOpaque, isOpaque] }: Held): boolean {
  if ((wasOpaque !== null && newer.length > 0) || (isOpaque !== null && older.length > 0)) return true;
  const [before, after] = [older[0], newer[0]];
  if (before === undefined || after === undefined || older.length + newer.length > MOST_HAD) return false;
  const all = [...older, ...newer];
  if (all.length === 2) return before.two !== after.two;
  if (isAlone(before.side) || !haveOneVersion(all)) return false;
  // Of those of an organization each has to allow what is done, so that only their denials count together.
  return type.type === 'identity' || ((type.type === 'scp' || type.type === 'rcp') && all.every(({ side }) => statementsOf(side.found.text).every(({ Effect }) => Effect === 'Deny')));
}

/** So many policies have changed at once of nobody. */
const MOST_HAD = 200;

/** Whether a variable means the same in each policy. */
function haveOneVersion(all: readonly Having[]): boolean {
  if (!all.some(({ side }) => side.found.text.includes('${'))) return true;
  return new Set(all.map(({ side }) => /"Version"\s*:\s*"([^"]*)"/.exec(side.found.text)?.[1])).size === 1;
}

/** What a group came to, of which each policy has its own part. */
class Outcome {
  private readonly checks = new Map<Side, Record<Change['direction'], Told>>();
  private readonly notes = new Map<Side, Set<string>>();
  /** With which policies of the other side one is compared. */
  private readonly beside = new Map<Side, Set<Side>>();
  private readonly twos = new Map<Side, { two: Two; type: ChosenType }>();
  private readonly isGuard = new Set<Side>();

  constructor(groups: readonly Held[], requests: Requests) {
    for (const group of groups) this.put(group, requests);
  }

  private put({ type, own, opaque }: Held, requests: Requests): void {
    const [older, newer] = own.map((side) => side.map(({ side: one, terms }): Side => ({ ...one, standing: { ...one.standing, there: terms } }))) as [Side[], Side[]];
    const compared = together(type, [older, newer], requests);
    const taken = [older, newer].map((side) => new Set(side.flatMap(instancesOf)));
    const isOtherInstance = taken.map((all, i) => [...all].some((one) => !taken[1 - i]!.has(one)));
    for (const [i, side] of own.entries()) for (const { side: one, two } of side) {
      this.twos.set(one, { two, type });
      const others = this.beside.get(one) ?? new Set();
      this.beside.set(one, others);
      for (const { side: other } of own[1 - i]!) others.add(other);
      if (compared.isGuard) this.isGuard.add(one);
      const notes = this.notes.get(one) ?? new Set();
      this.notes.set(one, notes);
      for (const note of compared.notes) notes.add(note);
    }
    for (const direction of ['gained', 'lost'] as const) {
      const side = direction === 'gained' ? 1 : 0;
      const why = opaque[1 - side];
      const check = compared.outcome(direction);
      const ofOpaque: Told = { ...check, result: 'UNKNOWN', reasons: [], message: `Cannot tell, because ${direction === 'gained' ? 'what was there' : 'what is there now'} cannot be read: ${why}.` };
      const told = why != null && check.result === 'FAIL' ? ofOpaque : check;
      if (told.result === 'PASS' && isOtherInstance[side]) for (const { side: one } of own[side]!) this.take(one, direction, { ...told, result: 'UNKNOWN', message: 'Cannot tell, because it is another instance of a policy than on the other side.' });
      if (told.result === 'UNKNOWN') for (const { side: one } of own[side]!.length > 0 ? own[side]! : own[1 - side]!) this.take(one, direction, told);
      if (told.result === 'FAIL') this.split(own, side, direction, told, compared.isGuard);
    }
  }

  /** Gives each policy the reasons that stand in it. */
  private split(own: Held['own'], side: 0 | 1, direction: Change['direction'], told: Told, isGuard: boolean): void {
    // What is denied no more stands where it was denied.
    const parts = own[isGuard ? 1 - side : side]!;
    let first = 0;
    for (const { side: one } of parts) {
      const { length } = statementsOf(one.found.text);
      const isIn = (index: number): boolean => index >= first && index < first + length;
      const reasons = told.reasons.flatMap((reason) => {
        const denying = reason.deniedBy.filter(({ policyIndex, statementIndex }) => policyIndex === 0 && isIn(statementIndex)).map((by) => ({ ...by, statementIndex: by.statementIndex - first }));
        if (isGuard) return denying.length === 0 ? [] : [{ ...reason, deniedBy: denying }];
        const statementIndex = reason.statementIndex - first;
        const description = reason.description.replace(/^Statement \d+/, `Statement ${statementIndex + 1}`).replace(/(?<=, statement )\d+/, (number) => placeIn(own[1 - side]!, Number(number)));
        return isIn(reason.statementIndex) ? [{ ...reason, statementIndex, pointer: statementPointer(one.found.text, statementIndex), description }] : [];
      });
      if (reasons.length > 0) this.take(one, direction, { ...told, reasons });
      first += length;
    }
  }

  /** Whether what a policy allows is not all found in those with which it is compared. */
  isLeft(side: Side, direction: Change['direction']): boolean {
    return (this.checks.get(side)?.[direction].result ?? 'PASS') !== 'PASS';
  }

  /** Keeps the worst of all that is said of a policy. */
  private take(side: Side, direction: Change['direction'], told: Told): void {
    const before = this.checks.get(side) ?? { gained: NOTHING, lost: NOTHING };
    this.checks.set(side, { ...before, [direction]: worseOf(before[direction], told) });
  }

  told(): Map<Two, Compared | null> {
    const all = new Map<Two, Compared | null>();
    for (const { two, type } of this.twos.values()) if (!all.has(two)) all.set(two, this.comparedOf(two, type));
    for (const [older, newer] of this.joined()) all.set(this.twos.get(older)!.two, null).set(this.twos.get(newer)!.two, this.comparedOf([older, newer], this.twos.get(newer)!.type));
    return all;
  }

  /** The policies that are two sides of one: each is the only one with which the other is compared. */
  private joined(): [older: Side, newer: Side][] {
    return Array.from(this.twos).flatMap(([newer, { two }]): [Side, Side][] => {
      const [older, more] = this.beside.get(newer) ?? [];
      if (two[0] !== null || older === undefined || more !== undefined || this.twos.get(older)!.two[1] !== null || this.beside.get(older)!.size !== 1) return [];
      return [[older, newer]];
    });
  }

  private comparedOf(two: Two, type: ChosenType): Compared {
    const [older, newer] = two;
    const own = two.filter((one) => one !== null);
    const checkOf = (direction: Change['direction']): Told => own.map((one) => (this.checks.get(one) ?? { gained: NOTHING, lost: NOTHING })[direction]).reduce(worseOf, NOTHING);
    const [gained, lost] = [checkOf('gained'), checkOf('lost')];
    const isGuard = own.every((one) => this.isGuard.has(one));
    const compared: Compared = {
      name: (newer ?? older)!.found.name, type, older, newer, gained: { ...gained, reasons: [] }, lost: { ...lost, reasons: [] }, changes: [],
      relation: relationOf(gained, lost),
      notes: [...this.withWhat(two), ...isGuard ? ['It only denies, and is compared beside a policy that allows everything.'] : [], ...new Set(own.flatMap((one) => [...this.notes.get(one) ?? []]))],
    };
    compared.changes = (['gained', 'lost'] as const).flatMap((direction) => changesOf(compared, direction, direction === 'gained' ? gained : lost, { isGuard, isFree: false }));
    return compared;
  }

  /** With what a policy is compared. */
  private withWhat([older, newer]: Two): string[] {
    if (older !== null && newer !== null && this.twos.get(newer)!.two[0] !== older) return [`It was ${older.found.name}${older.own === newer.own ? '' : ` in ${older.path}`} before.`];
    const others = [...this.beside.get((newer ?? older)!) ?? []].map(({ found }) => found.name);
    if (others.length === 0 && this.checks.get((newer ?? older)!)?.[newer === null ? 'lost' : 'gained'].result === 'UNKNOWN') return [];
    if (others.length === 0) return [`It is ${older === null ? 'new' : 'gone'}, and is compared with a policy that allows nothing.`];
    return [`It counts together with all else that has changed of whoever has it, and is compared with ${listed(others.slice(0, MOST_TOLD))}.`];
  }
}

/** Which statement of which policy one of all is, as people count. */
function placeIn(all: readonly Having[], number: number): string {
  let left = number;
  for (const { side: { found } } of all.length > 1 ? all : []) {
    const { length } = statementsOf(found.text);
    if (left <= length) return `${left} of ${found.name}`;
    left -= length;
  }
  return String(number);
}

/** So many policies are named. */
const MOST_TOLD = 4;
const SEVERITY: Record<AccessCheck['result'], number> = { PASS: 0, UNKNOWN: 1, FAIL: 2 };

/** Of two that are told of one policy the worse one, or all reasons of both. */
function worseOf(one: Told, other: Told): Told {
  if (SEVERITY[other.result] !== SEVERITY[one.result]) return SEVERITY[other.result] > SEVERITY[one.result] ? other : one;
  const known = new Set(one.reasons.map(({ pointer, deniedBy }) => `${pointer} ${JSON.stringify(deniedBy)}`));
  return { ...one, reasons: [...one.reasons, ...other.reasons.filter(({ pointer, deniedBy }) => !known.has(`${pointer} ${JSON.stringify(deniedBy)}`))] };
}

const NOTHING: Told = { ...pass('The policy allows nothing that was not allowed on the other side.'), reasons: [] };
