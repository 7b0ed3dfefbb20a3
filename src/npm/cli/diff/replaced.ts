// Expressions that stand where something else stood: as long as nobody knows their values, these may be what stood there.
import { hasFurther, pointer } from '../source/index.js';
import { type Chosen, type Names, ARN_OF_ANY, inOrder, isStandIn } from './named.js';

/** The texts of two policies. It is asked of the first of them what it allows that the other one does not. */
type Texts = [gaining: string, other: string];

/** Both sides in each reading in which expressions are what stands on the other side. */
export function readings(gaining: Chosen, other: Chosen, names: Names): Texts[] {
  return [withReplaced(gaining.text, other.text), withLists(gaining, other, names)].filter((one) => one !== null);
}

/** Each expression that only one of them has is what stands in its place in the other one; null where none has. */
function withReplaced(gaining: string, other: string): Texts | null {
  const [mine, theirs] = [valuesIn({ text: gaining, unknown: [] }), valuesIn({ text: other, unknown: [] })];
  const values = new Map<string, string>();
  for (const [element, all] of mine) {
    const others = theirs.get(element);
    if (others === undefined) continue;
    const [own, left] = [onlyIn(all, others), onlyIn(others, all)];
    if (own.length * left.length > MOST_MATCHED) continue;
    for (const one of own) {
      const at = left.findIndex((text) => matched(one, text, isOpenIn(other), () => true, values) || matched(text, one, isOpenIn(gaining), isNarrow, values));
      if (at >= 0) left.splice(at, 1);
    }
  }
  return values.size === 0 ? null : [filled(gaining, values), filled(other, values)];
}

/** So many pairs of texts are held against one another. */
const MOST_MATCHED = 10_000;

/**
 * An expression may be a list, and that of a block with instances is a value for each of them: of all that only the other side
 * has in that element, and one that both have of what is named by what it leads to. Further statements that only one side has
 * may be those that only the other one has. Null where nothing is more than it is written.
 */
function withLists(gaining: Chosen, other: Chosen, names: Names): Texts | null {
  const [mine, theirs] = [valuesIn(gaining), valuesIn(other)];
  const [inMine, inTheirs]: [Lists, Lists] = [new Map(), new Map()];
  for (const [element, all] of mine) {
    const others = theirs.get(element);
    if (others === undefined || all.size * others.size > MOST_MATCHED) continue;
    const [added, left] = [onlyIn(all, others), onlyIn(others, all)];
    const put = (lists: Lists, of: Values, one: string, from: Values, texts: string[]): void => {
      if (texts.length > 0) lists.set(`${element}\0${one}`, [...of === from ? [] : [of.get(one)!.written], ...texts.map((text) => from.get(text)!.written)]);
    };
    const mayBe = (side: Chosen, { isList }: Value, one: string, text: string, isAllowed: (value: string, character: string) => boolean): boolean => (
      (isList || side.isRepeated === true || names.isOfEach(one)) && matched(one, text, isOpenIn(side === other ? gaining.text : other.text), isAllowed, new Map())
    );
    for (const one of left) {
      const value = others.get(one)!;
      put(inTheirs, all, one, all, added.filter((text) => mayBe(other, value, one, text, (is, character) => (isNarrow(is) && names.mayBe(character, is)) || names.isNamedBehind(character, is))));
    }
    const staying = left.filter((one) => !inTheirs.has(`${element}\0${one}`));
    for (const one of added) put(inMine, all, one, others, staying.filter((text) => mayBe(gaining, all.get(one)!, one, text, () => true)));
    for (const [one, { isList }] of others) if (isList && all.has(one)) put(inTheirs, others, one, all, added.filter((text) => names.isNamedBehind(one, text)));
  }
  const [own, its] = [listed(gaining.text, inMine), listed(other.text, inTheirs)];
  const [more, others] = [further(gaining, own, other, its, () => true), further(other, its, gaining, own, isNarrowStatement)];
  return inMine.size + inTheirs.size + more.length + others.length === 0 ? null : [withStatements(gaining.text, [...own, ...more]), withStatements(other.text, [...its, ...others])];
}

/** What values are, by their elements. */
type Lists = Map<string, string[]>;
type Values = ReadonlyMap<string, Value>;

interface Value {
  /** With what makes an ARN of it. */
  written: string;
  /** Whether it is an expression that may be a list. */
  isList: boolean;
}

const onlyIn = (all: Values, others: Values): string[] => Array.from(all.keys()).filter((one) => !others.has(one));

/** The values of each element of the statements, those of a condition by its operator and its key. */
function valuesIn({ text, unknown }: Pick<Chosen, 'text' | 'unknown'>): Map<string, Map<string, Value>> {
  const found = new Map<string, Map<string, Value>>();
  const further = new Set(unknown.filter((one) => one.endsWith('/-')));
  const put = (value: unknown, element: string, path: (string | number)[], isAlone = true): void => {
    if (typeof value === 'string') {
      const [own, all] = [value.replace(ARN_OF_ANY, '$1'), found.get(element) ?? new Map<string, Value>()];
      all.set(own, { written: value, isList: all.get(own)?.isList === true || (isAlone && own.length === 1 && isStandIn(own)) });
      found.set(element, all);
    } else if (Array.isArray(value)) {
      const isOpen = further.has(pointer([...path, '-']));
      for (const one of value) put(one, element, path, isOpen);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) put(one, `${element}\0${key}`, [...path, key]);
    }
  };
  const { Statement } = JSON.parse(text) as { Statement?: Statement | Statement[] };
  for (const [i, statement] of [Statement ?? []].flat().entries()) put(statement, elementOf(statement), ['Statement', ...Array.isArray(Statement) ? [i] : []]);
  return found;
}

type Statement = Record<string, unknown>;
const statementsIn = (text: string): Statement[] => [(JSON.parse(text) as { Statement?: Statement | Statement[] }).Statement ?? []].flat();
/** What is denied says nothing of what is allowed. */
const elementOf = ({ Effect }: Statement): string => (Effect === 'Deny' ? 'Deny' : '');
const withStatements = (text: string, Statement: Statement[]): string => JSON.stringify({ ...JSON.parse(text) as object, Statement });

/** The statements of a text with lists in place of values, by their elements. */
function listed(text: string, lists: ReadonlyMap<string, string[]>): Statement[] {
  const put = (value: unknown, element: string): unknown => {
    if (typeof value === 'string') return lists.get(`${element}\0${value.replace(ARN_OF_ANY, '$1')}`) ?? value;
    if (Array.isArray(value)) return value.flatMap((one) => put(one, element));
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, put(one, `${element}\0${key}`)])) : value;
  };
  return statementsIn(text).map((statement) => put(statement, elementOf(statement)) as Statement);
}

/** The statements of the other side that may be further ones of this side, where that alone has such. */
function further(side: Chosen, own: readonly Statement[], other: Chosen, others: readonly Statement[], isMeant: (statement: Statement) => boolean): Statement[] {
  if (!hasFurther(side) || side.isRepeated === true || hasFurther(other)) return [];
  const there = new Set(own.map(inOrder));
  return others.filter((one) => !there.has(inOrder(one)) && isMeant(one));
}

/** Whether neither what may be done nor on what is left open. */
const isNarrowStatement = (statement: Statement): boolean => ['Action', 'Resource'].some((name) => {
  const all = [statement[name] ?? []].flat();
  return all.length > 0 && all.every((one) => typeof one === 'string' && isNarrow(one));
});

/** Whether a character stands for an expression that the other text has not. */
const isOpenIn = (other: string) => (character: string): boolean => isStandIn(character) && !other.includes(character);

/** What a policy that allows more now may have said before: anything but what leaves open nearly all. */
const isNarrow = (value: string): boolean => !/[*?]/.test(value) || /^arn:[^:*?]*:[^:*?]+:[^:]*:[^:]*:[^*?]{3}/.test(value);

/** Whether a text with expressions may be the other one; keeps what these stand for then. */
function matched(pattern: string, text: string, isOpen: (character: string) => boolean, isAllowed: (value: string, character: string) => boolean, values: Map<string, string>): boolean {
  const characters: string[] = [];
  const parts = [''];
  for (const character of pattern) {
    const value = values.get(character);
    if (value === undefined && isOpen(character)) {
      characters.push(character);
      parts.push('');
    } else parts[parts.length - 1] += value ?? character;
  }
  if (characters.length === 0) return false;
  const [first, last] = [parts[0]!, parts.at(-1)!];
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
  const own = new Map<string, string>();
  let from = first.length;
  for (const [i, character] of characters.entries()) {
    const isLast = i === characters.length - 1;
    const to = isLast ? end : text.indexOf(parts[i + 1]!, from);
    const value = text.slice(from, to);
    if (to < 0 || to > end || (own.get(character) ?? value) !== value || !isAllowed(value, character)) return false;
    own.set(character, value);
    from = isLast ? end : to + parts[i + 1]!.length;
  }
  for (const [character, value] of own) values.set(character, value);
  return true;
}

/** A text of JSON with values in place of their characters. */
function filled(text: string, values: ReadonlyMap<string, string>): string {
  const arns = text.replace(ARN_OF_ANY, (all, character: string) => (values.has(character) ? character : all));
  return Array.from(arns, (character) => (values.has(character) ? JSON.stringify(values.get(character)).slice(1, -1) : character)).join('');
}
