// Values that only a deployment knows, on both sides of a comparison: the same expression has the same value there.
import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { statementsOf, stepsTo } from '../access/finding.js';
import { type Open, isPerhaps } from '../access/worst.js';
import { type Found, shown, withoutStandIns } from '../source/index.js';
import { ofTerraform } from '../source/meaning.js';

/** The first of the characters that stand for expressions: private to whoever uses them, so that no policy has them. */
const FIRST = 0xe000;
const MOST = 0x1900;
const ANY = /[\ue000-\uf8ff]/g;
/** What stands for an ARN of which nothing is known; see `withArns`. */
export const ARN_OF_ANY = /arn:([\ue000-\uf8ff])(?::\1){4}/g;
/** Whether a character stands for an expression. */
export const isStandIn = (character: string): boolean => character >= '\ue000' && character <= '\uf8ff';

/** The characters for the expressions of two sides. */
export class Names {
  readonly #characters = new Map<string, string>();
  /** The expressions as people read them, in the order of their characters. */
  readonly #shown: string[] = [];
  /** What each leads to. */
  readonly #behind: (() => string)[] = [];
  /** Those that are another value for each of several, and whether all of these stand there. */
  readonly #ofEach = new Set<string>();
  readonly #writtenOut = new Map<string, boolean>();
  /** Whether each character stands for one expression and nothing else. */
  isClear = true;

  /**
   * The text of a policy in which each unknown value is a character for the expression in the file. The finder counts its
   * own words for them in each policy anew, so that one word may mean two things on two sides. `named` says of an expression
   * what is the same for all that have its value, how people read it, the text of all that it leads to, and whether it is another
   * value for each of several.
   */
  in(found: Found, source: string, named: (expression: string, start: number) => Named = asWritten): string {
    this.isClear &&= found.text.search(ANY) < 0;
    return withArns(found.unknown, withoutStandIns(found, source, (written, _, start, __, meant = written) => {
      const { expression, shown, behind, isOfEach } = named(meant, start);
      const character = this.of(expression, shown, behind);
      if (isOfEach) this.#ofEach.add(character);
      return character;
    }));
  }

  /** Whether a text is named by what the expression of a character leads to. */
  isNamedBehind(character: string, text: string): boolean {
    const number = character.charCodeAt(0) - FIRST;
    const behind = this.#behind[number]!().slice(0, MOST_BEHIND);
    this.#behind[number] = () => behind;
    const own = this.told(text);
    for (let at = own === '' ? -1 : behind.indexOf(own); at >= 0; at = behind.indexOf(own, at + own.length)) {
      if (!PART_OF_NAME.test(behind[at - 1] ?? '') && !PART_OF_NAME.test(behind[at + own.length] ?? '')) return true;
    }
    return false;
  }

  /** Whether a text has an expression in it that is another value for each instance of its block, or each time of a loop. */
  isOfEach(text: string): boolean {
    return Array.from(text).some((one) => this.#ofEach.has(one));
  }

  /** Whether a character may be a value: one of an instance is among those that are written out, where all of them are. */
  mayBe(character: string, value: string): boolean {
    return !this.isWrittenOut(character) || this.isNamedBehind(character, value);
  }

  private isWrittenOut(character: string): boolean {
    const known = this.#writtenOut.get(character);
    if (known !== undefined) return known;
    const behind = this.#ofEach.has(character) ? this.#behind[character.charCodeAt(0) - FIRST]!() : '';
    const isWrittenOut = behind.includes('"') && behind.length < MOST_BEHIND && !NOT_WRITTEN_OUT.test(behind.replace(TEXT, ''));
    this.#writtenOut.set(character, isWrittenOut);
    return isWrittenOut;
  }

  /** The character for an expression, and for what sets it apart from the same one on the other side. */
  of(expression: string, asWritten = expression, behind = (): string => asWritten): string {
    this.isClear &&= this.#characters.size < MOST;
    const known = this.#characters.get(expression);
    if (known !== undefined) return known;
    const character = String.fromCharCode(FIRST + Math.min(this.#characters.size, MOST - 1));
    this.#characters.set(expression, character);
    this.#shown.push(asWritten);
    this.#behind.push(behind);
    return character;
  }

  /** A text of the engine's with the expressions in it. */
  told<T extends string | string[] | null>(text: T): T {
    if (Array.isArray(text)) return text.map((one) => this.told(one)) as T;
    if (text === null || this.#characters.size === 0) return text;
    return text.replace(ARN_OF_ANY, '$1').replace(ANY, (character) => shownOf(this.#shown[character.charCodeAt(0) - FIRST]) ?? character) as T;
  }
}

interface Named {
  expression: string;
  shown: string;
  behind(): string;
  isOfEach: boolean;
}

/** A text that is all there, and no function of a template. */
const TEXT = /"(?!Ref"|Fn::)[^"$\\]*"/g;
/** What may be other values than such texts: a number, a text that is made of others, a call, a choice, or something that is defined elsewhere. */
const NOT_WRITTEN_OUT = /"|(?<!\[)\bcount\.|\bfor\b|\?|\b(?!to(?:set|map|list)\()\w+\(|\b(?!(?:each|count|local)\.)[a-z]\w*\.[a-z]/i;

/** So many characters are read behind an expression. */
const MOST_BEHIND = 1 << 16;

/** What makes another name of one beside which it stands. */
const PART_OF_NAME = /[\w:*?/.@+-]/;

/** Where nothing more is known of an expression than what is written. */
const asWritten = (written: string): Named => ({ expression: ofTerraform(written.trim()), shown: written.trim(), behind: () => written, isOfEach: false });

const shownOf = (expression: string | undefined): string | undefined => (expression === undefined ? undefined : shown(expression.split('\0')[0]!));

/** What sets an expression apart from the same one on the other side, where it may have another value there; nothing else. */
export type Differs = (expression: string, start: number) => string;

/** A resource that begins with an unknown value is an ARN of which each field is unknown: `${bucket.arn}/*`. */
function withArns(unknown: readonly string[], text: string): string {
  if (unknown.length === 0) return text;
  const root = parseTree(text);
  const starts = unknown.filter((pointer) => /\/Resource(\/\d+)?$/.test(pointer)).flatMap((pointer) => {
    const node = findNodeAtLocation(root!, stepsTo(pointer, root) ?? []);
    return node?.type === 'string' && /^[\ue000-\uf8ff][^:]*$/.test(node.value as string) ? [node.offset + 1] : [];
  });
  return starts.sort((a, b) => b - a).reduce((whole, at) => `${whole.slice(0, at)}arn:${`${whole[at]!}:`.repeat(4)}${whole.slice(at)}`, text);
}

/**
 * Whether nothing that is unknown could make `gaining` allow what `other` does not, when the characters alone do not. A
 * character matches itself and what wildcards match, whatever its value is, so the comparison holds for every value where
 * - `other` has no Deny that `gaining` lacks, and what `gaining` allows on a resource that is partly unknown is an ARN all the
 *   same, or is allowed by the same statement of `other`, or where
 * - all of `gaining` is known, and each Deny of `other`.
 *
 * What may be there or not must be so on both sides: an Allow of `other`, and a Deny of `gaining`. That holds with all of it there;
 * for the rest see `withoutChosen`.
 */
export function isSettled(gaining: Chosen | null, other: Chosen | null, requests: 'any' | 'known'): boolean {
  if (gaining === null) return true;
  const [mine, theirs] = [statements(gaining), statements(other)];
  if (mine === null || theirs === null) return false;
  const [own, others] = [new Set(mine.map(({ json }) => json)), new Set(theirs.map(({ json }) => json))];
  if (theirs.some((one) => one.choice !== null && one.isAllow && !isIn(one, mine))) return false;
  if (mine.some((one) => one.choice !== null && !one.isAllow && !isIn(one, theirs))) return false;
  if (theirs.every(({ isAllow, json }) => isAllow || own.has(json))) {
    // ? matches a character, and would not match a longer value. No resource that is known has a value that is not.
    const isLiteral = requests === 'any' && !`${gaining.text}${other?.text ?? ''}`.includes('?');
    return mine.every(({ open, isAllow, isArn, json }) => open.length === 0 || !isAllow || others.has(json)
      || (isLiteral && isArn && open.every((element) => element === 'Resource')));
  }
  return mine.every(({ open }) => open.length === 0) && theirs.every(({ open, isAllow }) => isAllow || open.length === 0);
}

/** Whether a statement is there on a side by the same choice. */
const isIn = (one: Statement, side: readonly Statement[]): boolean => side.some(({ json, choice }) => choice === one.choice && json === one.json);

/**
 * The same two policies without what only a choice brings, as far as it is the same one on both sides; at each statement's
 * place there is one that does nothing. What is gained with any of these statements there is gained with none of them, or
 * with all of them but those that deny: less is denied then, and of what the others allow only a Deny of the other side
 * takes something back. So these are all the readings that there are to ask for; none where nothing is left to choices.
 */
export function withoutChosen<T extends Chosen>([older, newer]: readonly [T | null, T | null]): [T, T][] {
  if (older === null || newer === null) return [];
  const [before, after] = [statements(older), statements(newer)];
  if (before === null || after === null) return [];
  const isChosen = (one: Statement, others: readonly Statement[]): boolean => one.choice !== null && isIn(one, others);
  const chosen = before.filter((one) => isChosen(one, after));
  const without = (side: T, all: readonly Statement[], others: readonly Statement[], isLeftOut: (one: Statement) => boolean): T => {
    const left = statementsOf(side.text).map((one, i) => (isChosen(all[i]!, others) && isLeftOut(all[i]!) ? doingNothing(one) : one));
    return { ...side, text: applyEdits(side.text, modify(side.text, ['Statement'], left, {})) };
  };
  const both = (isLeftOut: (one: Statement) => boolean): [T, T] => [without(older, before, after, isLeftOut), without(newer, after, before, isLeftOut)];
  const isAny = (isAllow: boolean): boolean => chosen.some((one) => one.isAllow === isAllow);
  return [...isAny(true) ? [both(() => true)] : [], ...isAny(false) ? [both(({ isAllow }) => !isAllow)] : []];
}

/** It denies what nobody can ask for, so that it counts on any side and in any policy. */
const doingNothing = ({ NotAction: _, Condition: __, ...statement }: Record<string, unknown>): Record<string, unknown> => ({ ...statement, Effect: 'Deny', Action: 'none:None' });

/** A policy, and what decides of a statement whether it is there. */
export type Chosen = Open & { choice(statement: number): string };

interface Statement {
  json: string;
  isAllow: boolean;
  /** What decides whether it is there; null where it is in any case. */
  choice: string | null;
  /** The elements of which a part is unknown; an empty name for the whole. */
  open: string[];
  /** Whether each resource is an ARN whatever its values are. */
  isArn: boolean;
}

/** Null where something is unknown beside the statements that are there. */
function statements(side: Chosen | null): Statement[] | null {
  if (side === null) return [];
  const all = statementsOf(side.text).map((one, index): Statement => ({
    json: inOrder(one), isAllow: one['Effect'] === 'Allow', choice: isPerhaps(side, index) ? side.choice(index) : null, open: [], isArn: [one['Resource']].flat().every(isArn),
  }));
  for (const pointer of side.unknown) {
    const [, list = '0', element = ''] = /^\/Statement(?:\/(\d+))?(?:\/([A-Za-z]\w*))?(?=\/|$)/.exec(pointer) ?? [];
    const statement = /^\/Statement(?!\/-)/.test(pointer) ? all[Number(list)] : undefined;
    if (statement === undefined) return null;
    statement.open.push(element);
  }
  return all;
}

/** A statement as JSON that is the same for all that say the same in another order, or under another Sid. */
export function inOrder(statement: Record<string, unknown>): string {
  const ordered = (value: unknown, isTop: boolean): unknown => {
    if (Array.isArray(value)) {
      const all = [...new Set(value.map((one) => JSON.stringify(ordered(one, false))))].sort().map((one) => JSON.parse(one) as unknown);
      return all.length === 1 ? all[0] : all;
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => !isTop || key !== 'Sid').sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries.map(([key, one]) => [key, ordered(one, false)]));
  };
  return JSON.stringify(ordered(statement, true));
}

/** With five colons of its own, and not only those that a value may have. */
const isArn = (value: unknown): boolean => typeof value === 'string' && (value === '*' || /^arn:(?:[^:]*:){4}./s.test(value));
