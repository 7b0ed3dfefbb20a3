// Compares two versions of one policy.
import { compareAccess } from 'postern';
import type { AccessCheck, AccessComparison, AccessReason } from '../../types.js';
import { statementsOf } from '../access/finding.js';
import { isOpen, isPerhaps } from '../access/worst.js';
import { ACCESS_TYPES, EVERYTHING } from '../../access-types.js';
import type { ChosenType } from '../check/type.js';
import { type Found, extentOf, hasFurther, shown } from '../source/index.js';
import { listed } from '../terminal.js';
import { type Absence, absenceBeside, absenceOf, isAlone, open } from './absent.js';
import { type Change, type Compared, SAME, type Side, type Told, changesOf, denies, deniesOnly, pass, told } from './compared.js';
import { changedActions } from './count.js';
import { type Chosen, type Differs, Names, inOrder, isSettled, withoutChosen } from './named.js';
import { readings } from './replaced.js';
import { type Standing, besides, isForOthersThan, isLeftWithout, isOfNobody, thingOf } from './standing.js';

export type Requests = 'any' | 'known';

/** `open` says of a direction why it cannot be told for sure. */
export function compare(name: string, type: ChosenType, older: Side | null, newer: Side | null, requests: Requests, open: Partial<Record<Direction, string>> = {}): Compared {
  return new Comparison(type, [older, newer], requests, open).told(name);
}

/** Several policies of each side as the one policy that they come to. Each is there on its own terms. */
export function together(type: ChosenType, sides: Two<readonly Side[]>, requests: Requests): Pick<Comparison, 'isGuard' | 'notes' | 'outcome'> {
  const [older, newer] = sides.map((all): Side | null => (all.length === 0 ? null : { ...all[0]!, parts: all, standing: ANYWHERE })) as [Side | null, Side | null];
  return new Comparison(type, [older, newer], requests);
}

/** What is compared together is there for the same. */
const ANYWHERE: Standing = { there: '', isNever: false, whose: new Map(), holder: null, resources: [] };

/** A side of a policy as it is compared: a character stands for each unknown value, and what decides for each statement. */
type Text = Found & Chosen;
type Two<T> = readonly [older: T, newer: T];
type Direction = Change['direction'];
type Policies = (string | object)[];

class Comparison {
  private readonly names = new Names();
  private readonly texts: Two<Text | null>;
  /** The same once more with values that are others now, where the same expression leads to another text. */
  private readonly textsApart: Two<Text | null>;
  /** The expressions that do. */
  private readonly others = new Set<string>();
  /** Whether it hangs on the same on both sides whether the policy is there. */
  private readonly isThereAlike: boolean;
  private readonly isAlike: boolean;
  private readonly isOpen: boolean;
  /** Whether it only denies. */
  readonly isGuard: boolean;
  /** Whether it only keeps others from something, and lets more be done where it is for fewer. */
  private readonly isLimit: boolean;
  /** What holds on the side that has no such policy, other than that it allows nothing. */
  private readonly absence: Absence | null;
  /** Whether more is allowed where there is none. */
  private readonly isBound: boolean;
  private readonly answer: AccessComparison;
  private readonly answerApart: AccessComparison;
  /** What is said where requests are denied no more. */
  private readonly deniedLess: { note: string; message: string } | null;

  constructor(private readonly type: ChosenType, private readonly sides: Two<Side | null>, private readonly requests: Requests, private readonly open: Partial<Record<Direction, string>> = {}) {
    const [older, newer] = sides;
    this.isThereAlike = older === null || newer === null || older.standing.there === newer.standing.there;
    this.texts = [this.textOf(older), this.textOf(newer)];
    this.isOpen = this.texts.some((one) => one !== null && isOpen(one));
    this.isGuard = this.texts.every((one) => one === null || deniesOnly(one.text));
    this.isLimit = this.isGuard || type.type === 'scp' || type.type === 'rcp';
    const [before, after] = this.texts;
    this.absence = older !== null && newer !== null || this.isGuard ? null : absenceBeside((older ?? newer)!);
    this.isBound = older !== null && newer !== null && absenceOf(newer) !== null;
    this.isAlike = before?.text === after?.text && isWrittenAlike(older, newer) && this.isThereAlike && choicesOf(before) === choicesOf(after);
    this.answer = this.isAlike ? SAME : this.compared(this.texts);
    this.textsApart = older === null || newer === null ? this.texts : [this.textOf(older, (one) => this.apart(one)), this.textOf(newer, (one) => this.apart(one))];
    this.answerApart = this.others.size === 0 ? this.answer : this.compared(this.textsApart);
    this.deniedLess = this.lessDenied();
  }

  told(name: string): Compared {
    const [older, newer] = this.sides;
    const { gained, lost } = this.checks;
    const compared: Compared = {
      name, type: this.type, older, newer, gained, lost, relation: relationOf(gained, lost), changes: [],
      notes: [
        ...Object.keys(this.open).length > 0 ? [] : beside(older === null ? 'new' : newer === null ? 'gone' : null, this.isGuard, this.absence),
        ...older !== null && newer !== null && older.own !== newer.own ? [`It was in ${older.path} before.`] : [],
        ...this.isThereAlike ? [] : ['Whether it is there hangs on something else than before.'],
        ...this.notes,
      ],
    };
    compared.changes = (['gained', 'lost'] as const).flatMap((direction) => changesOf(compared, direction, this.outcome(direction), this));
    return compared;
  }

  /** What the comparison rests on, besides where the policies stand. */
  get notes(): string[] {
    const { gained, lost } = this.checks;
    const less = gained.message === this.deniedLess?.message ? [] : [this.deniedLess?.note ?? []].flat();
    return this.names.told([
      ...this.isOpen ? ['The same expression is taken to have the same value before and after the change.'] : [],
      ...less,
      ...new Set([...gained.assumptions, ...lost.assumptions]),
    ]);
  }

  /** With the expressions of the files, and what else each statement changes. */
  outcome(direction: Direction): Told {
    return told(this.checks[direction], this.names, this.actionsOf(direction));
  }

  private known: Record<Direction, AccessCheck> | undefined;

  private get checks(): Record<Direction, AccessCheck> {
    return this.known ??= { gained: this.check('gained'), lost: this.check('lost') };
  }

  private textOf(side: Side | null, differs?: (part: Side) => Differs): Text | null {
    if (side === null) return null;
    return merged((side.parts ?? [side]).map((one) => ({
      ...opened(one, this.isThereAlike, side.parts !== undefined), text: this.names.in(one.found, one.lines.text, (expression, start) => ({
        expression: `${one.standings.meaningOf(expression, one.file, start)}${differs?.(one)(expression, start) ?? ''}`, shown: one.standings.renamed(expression.trim(), one.file),
        behind: () => one.standings.textBehind(expression, one.file, start), isOfEach: one.standings.isOfEach(expression, one.file, start),
      })),
    })));
  }

  /** Sets the expressions of a side apart that lead to another text on the other one. */
  private apart({ standings, file }: Side): Differs {
    return (expression, start) => {
      if (!standings.differs(expression, file, start)) return '';
      this.others.add(shown(expression));
      return standings.mark;
    };
  }

  private compared([before, after]: Two<Text | null>): AccessComparison {
    return this.asked(this.policies(before), this.policies(after));
  }

  private asked(before: Policies, after: Policies): AccessComparison {
    return asked(() => compareAccess(before, after, { policyType: ACCESS_TYPES[this.type.type], requests: this.requests }));
  }

  /** A policy that only denies stands beside one that allows everything; so does none where that allows everything. */
  private policies(one: Text | null): Policies {
    return [...one === null ? [] : [one.text], ...this.isGuard || (one === null && this.isFree) ? [this.everything] : []];
  }

  /** What decides on each side whether a statement is there. */
  private get choices(): string[] {
    return this.texts.map((one) => [...new Set(choicesOf(one).split('\n'))].filter((choice) => choice !== '').sort().join('\n'));
  }

  /** Whether everything is allowed on the side that has no such policy. */
  get isFree(): boolean {
    return this.absence?.isEverything === true;
  }

  private get everything(): object {
    return EVERYTHING[ACCESS_TYPES[this.type.type]];
  }

  /** What is said of a direction: a PASS stands where neither unknown values, nor other values of the same expression, nor others who have it can undo it. */
  private check(direction: Direction): AccessCheck {
    if (this.absence?.isEverything === false) return { ...pass(`Cannot tell, because ${this.absence.why}.`), result: 'UNKNOWN' };
    const check = this.settled(direction);
    if (check.result === 'FAIL') return this.certain(direction, check);
    if (check.result !== 'PASS') return check;
    if (this.isOtherApart(direction)) return { ...check, result: 'UNKNOWN', message: `Cannot tell, because what ${listed([...this.others].slice(0, MOST_TOLD))} refers to is not the same on both sides.` };
    const why = this.whyForOthers(direction) ?? (direction === 'gained' && this.isFreeing() ? this.deniedLess!.message : null);
    return why === null ? check : { ...check, result: 'UNKNOWN', message: why };
  }

  private settled(direction: Direction): AccessCheck {
    const check = this.answer[direction];
    const isOpenLimit = (this.isLimit && !this.isGuard && !this.isThereAlike) || (this.isBound && this.choices[0] !== this.choices[1]);
    const isSure = !this.isOpen || this.isAlike || (this.isSettled(this.texts, direction) && this.names.isClear);
    if (check.result !== 'PASS') return check;
    if (isOpenLimit || !isSure) return { ...check, result: 'UNKNOWN', message: DEPLOYED };
    const why = this.isAlike ? null : this.whyChosen(this.withoutChosen, direction);
    return why === null ? check : { ...check, result: 'UNKNOWN', message: why };
  }

  private knownChosen: Two<Text>[] | undefined;

  /** The two sides in the readings in which statements that only a choice brings are not there. */
  private get withoutChosen(): Two<Text>[] {
    return this.knownChosen ??= this.isOpen ? withoutChosen(this.texts) : [];
  }

  /** Why what holds with all statements that only a choice brings does not hold without them; null where it does. */
  private whyChosen(readings: readonly Two<Text>[], direction: Direction): string | null {
    for (const texts of readings) {
      const { result, reasons: [reason] } = this.compared(texts)[direction];
      if (result === 'FAIL' && reason !== undefined) return `Cannot tell, because only the deployment knows whether some statements are there: without them, ${reason.witness.action} on ${reason.witness.resource} is allowed ${direction === 'gained' ? 'now' : 'no more'}, for example.`;
      if (result !== 'PASS' || !this.isSettled(texts, direction)) return DEPLOYED;
    }
    return null;
  }

  /** What is so as well where an expression that only one side has is what stands in its place on the other one. */
  private certain(direction: Direction, check: AccessCheck): AccessCheck {
    const [before, after] = this.texts;
    const [own, other] = direction === 'gained' ? [after, before] : [before, after];
    const why = this.open[direction];
    if (why !== undefined) return { ...check, result: 'UNKNOWN', reasons: [], message: why };
    if (!this.isOpen || own === null || other === null || !this.names.isClear) return check;
    let left = check.reasons;
    for (const [gaining, text] of readings(own, other, this.names)) {
      const { gained: { result, reasons } } = this.asked(this.policies({ ...other, text }), this.policies({ ...own, text: gaining }));
      const isIn = (one: AccessReason): boolean => reasons.some(({ statementIndex }) => statementIndex === one.statementIndex);
      const still = left.filter(isIn);
      if (result === 'PASS' || (still.length === 0 && check.reasons.some(isIn))) return { ...check, result: 'UNKNOWN', reasons: [], message: REPLACED };
      if (still.length > 0) left = still;
    }
    return { ...check, reasons: left };
  }

  /** Whether other values than the same ones would make a difference. */
  private isOtherApart(direction: Direction): boolean {
    if (this.others.size === 0) return false;
    return this.answerApart[direction].result !== 'PASS' || !this.isSettled(this.textsApart, direction) || !this.names.isClear || this.whyChosen(withoutChosen(this.textsApart), direction) !== null;
  }

  private isSettled([before, after]: Two<Text | null>, direction: Direction): boolean {
    const [own, other] = direction === 'gained' ? [after, before] : [before, after];
    if (!this.isFree) return isSettled(own, other, this.requests);
    // Nothing is more than everything.
    return other === null || isSettled(own ?? open(this.everything), other, this.requests);
  }

  /**
   * Of a policy that others have too now nobody knows what these gain. Those who have one no more that denies something may
   * gain what it denied, where they are still there.
   */
  private whyForOthers(direction: Direction): string | null {
    const [older, newer] = this.sides;
    const [from, to] = (direction === 'gained') === this.isLimit ? [newer, older] : [older, newer];
    if (from !== null && to !== null && isForMore(from, to, this.isBound)) return 'Cannot tell, because it is not for the same roles, or not as often, as on the other side.';
    const isFreed = direction === 'gained' && !this.isLimit && from !== null && denies(from) && isLeftWithout(from, to);
    return isFreed ? 'Cannot tell, because it also denies, and some who had it have it no more: other policies may allow these what it denied.' : null;
  }

  /** By which entries of a statement's Action more is allowed, or less. */
  private actionsOf(direction: Direction): (statement: number) => string[] | null {
    const [before, after] = this.texts;
    const [own, other] = direction === 'gained' ? [after, before] : [before, after];
    if (this.isGuard || own === null) return () => null;
    return (statement) => changedActions(own.text, statement, (text) => this.asked(this.policies(other), [text]).gained.result === 'FAIL');
  }

  /** Whether others may allow now what it denies no more. Of one that is gone it matters who had it, where the files say that. */
  private isFreeing(): boolean {
    const [older, newer] = this.sides;
    return this.deniedLess !== null && older !== null && (newer !== null || isOfNobody(older));
  }

  /** What a Deny keeps from being allowed by other policies as well is none of what the policy itself allows. */
  private lessDenied(): { note: string; message: string } | null {
    // Of a policy that IAM would not take nobody knows what it denies.
    const isBroken = this.texts.some((one) => one !== null && statementsOf(one.text).length === 0);
    if (this.isGuard || this.isAlike || isBroken || this.type.type === 'trust' || this.sides.some((one) => one !== null && isAlone(one))) return null;
    // A Deny that only a choice brings stands for no other one.
    for (const [before, after] of [this.texts, ...this.withoutChosen].map((both) => both.map((one) => denials(one?.text ?? '')))) {
      if (before!.join('\n') === after!.join('\n')) continue;
      const only = (all: string[]): string[] => (all.length === 0 ? [] : [`{"Version": "2012-10-17", "Statement": [${all.join(', ')}]}`]);
      const { gained: { result, reasons: [reason] } } = this.asked([...only(before!), this.everything], [...only(after!), this.everything]);
      if (result === 'PASS') continue;
      const may = `other policies of the same identity or resource may now allow${reason === undefined ? ' what it denied' : `, for example, ${reason.witness.action} on ${reason.witness.resource}`}.`;
      return { note: `It denies less: ${may}`, message: `Cannot tell, because it denies less: ${may}` };
    }
    return null;
  }
}

/** So many expressions are named. */
const MOST_TOLD = 4;

const DEPLOYED = 'Cannot tell, because it depends on values that only the deployment knows.';

const REPLACED = 'Cannot tell, because an expression of which only the deployment knows the value stands in place of something else, which may be the same.';

/** A policy with what decides of a statement whether it is there; of one whose being there hangs on something else now, of all. A part of several is there on its own terms. */
function opened({ found, standing, standings, file }: Side, isThereAlike: boolean, isPart: boolean): Text {
  const isChosen = (isPart || !isThereAlike) && standing.there !== '';
  const terms = (pointer: string): string => standings.casesOf(file, found.terms?.[pointer] ?? []);
  return {
    ...found, perhaps: isChosen ? ['/Statement'] : found.perhaps,
    // On what it hangs is the same in whatever order it is asked for.
    choice: (statement) => [...new Set([isChosen ? (isPart ? standing.there : standings.mark) : '', terms('/Statement'), terms(`/Statement/${statement}`)].flatMap((one) => one.split(' and ')))].filter((one) => one !== '').sort().join(' and '),
  };
}

/** Policies as the one that they come to. */
function merged(all: readonly Text[]): Text {
  const [only, more] = all;
  if (only !== undefined && more === undefined) return only;
  const lists = all.map(({ text }) => statementsOf(text));
  const firsts = lists.map((_, i) => lists.slice(0, i).reduce((sum, { length }) => sum + length, 0));
  const at = (statement: number): number => firsts.findLastIndex((first, i) => first <= statement && lists[i]!.length > 0);
  const moved = (pointers: readonly string[], i: number): string[] => pointers.flatMap((pointer) => movedBy(pointer, firsts[i]!, lists[i]!.length, isListed(all[i]!.text)));
  const { Version } = JSON.parse(all.find(({ text }) => /"Version"\s*:\s*"2012/.test(text))?.text ?? only!.text) as { Version?: unknown };
  return {
    ...only!, text: JSON.stringify({ Version, Statement: lists.flat() }), isRepeated: all.every(({ unknown, isRepeated }) => isRepeated === true || !hasFurther({ unknown })),
    unknown: all.flatMap(({ unknown }, i) => moved(unknown, i)), perhaps: all.flatMap(({ perhaps }, i) => moved(perhaps, i)),
    choice: (statement) => all[at(statement)]!.choice(statement - firsts[at(statement)]!),
  };
}

const isListed = (text: string): boolean => Array.isArray((JSON.parse(text) as { Statement?: unknown }).Statement);

/** A pointer into a policy as one into several of which it is a part; to all of its statements as one to each. */
function movedBy(pointer: string, first: number, count: number, isList: boolean): string[] {
  if (pointer === '/Statement') return Array.from({ length: count }, (_, i) => `/Statement/${first + i}`);
  if (!pointer.startsWith('/Statement/') || pointer.startsWith('/Statement/-')) return [pointer];
  return [isList ? pointer.replace(/\d+/, (index) => String(Number(index) + first)) : `/Statement/${first}${pointer.slice('/Statement'.length)}`];
}

const choicesOf = (one: Text | null): string => (one === null ? '' : statementsOf(one.text).map((_, i) => (isPerhaps(one, i) ? one.choice(i) : '')).join('\n'));

/** With what a policy is compared that is on one side only, or that only denies. */
function beside(there: 'new' | 'gone' | null, isGuard: boolean, absence: Absence | null): string[] {
  if (isGuard) return [`It ${there === null ? '' : `is ${there} and `}only denies${there === null ? ', and' : ': it'} is compared beside a policy that allows everything.`];
  if (absence !== null) return absence.isEverything ? [`It is ${there}, and is compared with a policy that allows everything, because ${absence.why}.`] : [];
  return there === null ? [] : [`It is ${there}, and is compared with a policy that allows nothing.`];
}

/** Whether a policy is for somebody else than before, or of one without which more is allowed for somebody less; what it is on may say that elsewhere. */
function isForMore(from: Side, to: Side, isBound: boolean): boolean {
  const thing = from.found.name === to.found.name || thingOf(from) !== thingOf(to) ? null : thingOf(to);
  const [before, after] = [from, to].map((side) => (thing === null ? side : { ...side, standing: { ...side.standing, ...besides(thing, side.standing) } })) as [Side, Side];
  return isForOthersThan(after, before) || (isBound && isForOthersThan(before, after));
}

/** Of statements that are not known, such as those of a loop, only the file shows whether they are others now. */
function isWrittenAlike(older: Side | null, newer: Side | null): boolean {
  if (older === null || newer === null || ![older, newer].flatMap(({ parts, found }) => parts?.map((one) => one.found) ?? [found]).some(hasFurther)) return true;
  const [before, after] = [older, newer].map((side) => (side.parts ?? [side]).map(({ found, standings, file }) => {
    const { start, end } = extentOf(found, 0, found.text.length);
    return standings.expression(file, start, end);
  }).join('\n'));
  return before === after;
}

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

export function relationOf({ result: gained }: Pick<AccessCheck, 'result'>, { result: lost }: Pick<AccessCheck, 'result'>): AccessComparison['relation'] {
  if (gained === 'UNKNOWN' || lost === 'UNKNOWN') return 'unknown';
  if (gained === 'FAIL') return lost === 'FAIL' ? 'different' : 'wider';
  return lost === 'FAIL' ? 'narrower' : 'equal';
}

const denials = (text: string): string[] => statementsOf(text).filter(({ Effect }) => Effect === 'Deny').map(inOrder).sort();
