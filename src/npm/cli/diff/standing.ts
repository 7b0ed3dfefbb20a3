// For whom policies are on the two sides of a comparison, and whether these are the same.
import { PROVIDER, type Seen } from '../source/index.js';
import { beginnings } from '../role/whose.js';
import type { Standings } from './standings.js';

export interface Standing {
  /** On what it hangs whether the policy is there; nothing where it is in any case. */
  there: string;
  isNever: boolean;
  /** For whom, each as it is said, and for each of them on what that hangs. */
  whose: ReadonlyMap<string, ReadonlySet<string>>;
  /** The role or other holder that says itself what its policy is; null where the policy is a resource of its own. */
  holder: string | null;
  /** The resources that have it in them, or take it. */
  resources: readonly string[];
}

/** Whether a policy is for somebody for whom the other one is not, or in more cases. */
export const isForOthers = ({ whose }: Pick<Standing, 'whose'>, other: Pick<Standing, 'whose'>): boolean => [...whose].some(([holder, terms]) => {
  const before = other.whose.get(holder);
  return before === undefined || (!before.has('') && [...terms].some((one) => !before.has(one)));
});

/** Whether it says who somebody is, and not only how often or by what a policy is there. */
export const isSaying = (one: string): boolean => one !== AS_WRITTEN && ![CALLED, INSTANCE, CHOSEN, PROVIDER].some((start) => one.startsWith(start));

/** Where a policy stands on one side. */
export interface Placed {
  standing: Standing;
  standings: Standings;
  file: string;
}

/** Whether somebody who had a policy has it no more, and is there still. */
export function isLeftWithout({ standing: { whose, holder }, standings, file }: Placed, newer: Placed | null): boolean {
  const isFree = (one: string, terms: ReadonlySet<string>): boolean => (
    (newer === null || isForOthers({ whose: new Map([[one, terms]]) }, newer.standing)) && isSaying(one) && !standings.isGone(one, file)
  );
  return (holder !== null && newer === null && !standings.isGone(holder, file)) || [...whose].some(([one, terms]) => isFree(one, terms));
}

/** Whether all whose something is, of whom there are some, are gone on the other side. */
export function isOfGone({ standing: { whose }, standings, file }: Placed): boolean {
  const named = [...whose.keys()].filter(isSaying);
  return named.length > 0 && named.every((one) => standings.isGone(one, file));
}

/** The same of two that may stand in different modules: one that is called once is as good as the other one. */
export function isForOthersThan(one: Placed, other: Placed): boolean {
  const [own, its] = [one, other].map(({ standings, file }) => standings.scopeAt(file));
  const [mine, theirs] = own === its ? [one.standing, other.standing] : [withoutCall(one), withoutCall(other)];
  // Whoever is meant by two names is asked for by the one that is none but his.
  return isForOthers(mine, theirs) && isForOthers({ whose: inOneWord({ ...one, standing: { ...one.standing, ...mine } }) }, { whose: inOneWord({ ...other, standing: { ...other.standing, ...theirs } }) });
}

/** Whom a policy names, without the expressions that name others of them once more. */
function inOneWord({ standing: { whose }, standings, file }: Placed): Standing['whose'] {
  return new Map([...whose].filter(([one]) => !isSaying(one) || !(standings.namesOnly(one, file, whose) || whose.has(/^"([^"]+)"$/.exec(one)?.[1] ?? ''))));
}

/** Whether it is said whose a policy is: somebody's who is made there, or who has a name. */
export const isSomebodys = ({ standing: { whose, holder }, standings, file }: Placed): boolean => (
  holder !== null || [...whose.keys()].some((one) => isSaying(one) && (standings.isMadeHere(one, file) || standings.isPlain(one, file)))
);

function withoutCall({ standing: { whose }, standings, file }: Placed): Pick<Standing, 'whose'> {
  // Of a module that is on one side only the first call does not count anyway.
  if (!standings.isOnBoth(file)) return { whose };
  const [call, more] = [...whose].filter(([one]) => one.startsWith(CALLED));
  return { whose: call === undefined || more !== undefined || !call[1].has('') ? whose : new Map([...whose].filter((one) => one[0] !== call[0])) };
}

/** Whether nobody is named whose a policy is. */
export const isUnnamed = ({ whose, holder }: Standing): boolean => holder === null && !Array.from(whose.keys()).some(isSaying);

/** Whether no file says of a policy to whom it belongs, or on what it is: of a document of its own, and of a policy that is attached elsewhere. */
export const isOfNobody = ({ found: { kind, name }, standing }: Placed & { found: Pick<Seen, 'kind' | 'name'> }): boolean => (
  isUnnamed(standing) && (standing.resources.length === 0 || (kind === 'identity' && /\baws_iam_policy\.[^.]+\.policy$|\.PolicyDocument$/.test(name)))
);

/** What a policy of a resource is on: what a policy says that is a resource of its own, and otherwise the resource that has it. */
const thingsOf = ({ name }: Pick<Seen, 'name'>, { whose, resources }: Pick<Standing, 'whose' | 'resources'>): readonly string[] => (
  /\baws_\w+_policy\./.test(name) ? Array.from(whose.keys()).filter(isSaying) : resources
);

/** The one thing that a policy is on; null where there are several, or none that is named. */
export function thingOf({ found, standing }: { found: Pick<Seen, 'name'>; standing: Standing }): string | null {
  const [only, ...others] = thingsOf(found, standing);
  return only === undefined || others.length > 0 ? null : unmarked(only);
}

/** For whom a policy is, but for the thing that it is on. */
export const besides = (thing: string, { whose }: Standing): Pick<Standing, 'whose'> => ({ whose: new Map([...whose].filter(([one]) => unmarked(one) !== thing)) });

/**
 * Who has a policy, or what it is on, each by one name, with the terms on which it is so and what else makes it his; where
 * nobody is named, the resources that take it.
 */
export function havingIt(placed: Placed): { name: string; terms: string; beside: string }[] {
  const { whose, holder, resources } = placed.standing;
  const inOrder = (terms: ReadonlySet<string>): string => (terms.has('') ? '' : [...terms].sort().join(' or '));
  const beside = [...whose].filter(([one]) => !isSaying(one) && !one.startsWith(INSTANCE) && !one.startsWith(CHOSEN)).map(([one, terms]) => `${one} ${inOrder(terms)}`).sort().join('\n');
  const { standings, file } = placed;
  const all = new Map<string, Set<string>>(holder === null ? [] : [[standings.allOf(holder, file), new Set([''])]]);
  for (const [one, terms] of inOneWord(placed)) {
    const name = ofInstances(standings.allOf(one, file));
    if (isSaying(one)) all.set(name, new Set([...all.get(name) ?? [], ...terms]));
  }
  if (all.size > 0) return [...all].map(([name, terms]) => ({ name, terms: inOrder(terms), beside }));
  const taking = resources.filter((one) => !/^(?:data|locals)\./.test(one));
  return (taking.length > 0 ? taking : resources).map((name) => ({ name, terms: '', beside }));
}

/** Who has a policy by name; of a group that is on one side only those who are in it. */
export function haversOf(placed: Placed): { all: ReadonlySet<string>; isByGroup: boolean } {
  const { standings, file } = placed;
  const all = havingIt(placed).map(({ name }) => ({ name, members: standings.isGone(name, file) ? standings.membersIn(name, file) : [] }));
  return { all: new Set(all.flatMap(({ name, members }) => (members.length > 0 ? members : [name]))), isByGroup: all.some(({ members }) => members.length > 0) };
}

/** Which instances of a policy are taken, but for the first one and for each instance its own. */
export const instancesOf = ({ standing: { whose } }: Pick<Placed, 'standing'>): string[] => [...whose.keys()].filter((one) => one.startsWith(CHOSEN) && one.replace(/\[(?:0|each\.key|count\.index)\]/g, '').includes('['));

/** Those whom a text names, where it names the first instance, or for each instance its own, as the whole. */
function ofInstances(text: string): string {
  const words = [...new Set(text.trim().replace(/\[(?:0|each\.key|count\.index)\]/g, '').split(' '))];
  return words.filter((word) => !words.some((other) => other.startsWith(`${word}[`))).join(' ');
}

/** Something that is named, as the same whatever it is itself. */
const unmarked = (named: string): string => named.split('\0')[0]!;

/** Whether what a policy is on is there on the other side as well; null where the files do not say on what it is. */
export function isOnWhatIsThere({ found: { name }, standing: { whose, resources }, standings, file }: Placed & { found: Pick<Seen, 'name'> }): boolean | null {
  const named = thingsOf({ name }, { whose, resources });
  return named.length === 0 ? null : !named.every((one) => standings.isGone(one, file));
}

/** Whether two policies are for the same, by their names. */
export const isNamedAlike = (before: Placed, after: Placed): boolean => (
  !isForOthersThan(before, after) && !isForOthersThan(after, before) && before.standing.resources.join('\0') === after.standing.resources.join('\0')
);

/** Whether nothing that a policy names is there on the other side, by which it would be somebody else's. */
export function isElsewhere({ standing: { whose, resources }, standings, file }: Placed): boolean {
  return resources.every((one) => standings.isGone(one, file)) && Array.from(whose.keys()).filter(isSaying).every((one) => standings.isGone(one, file) || standings.isPlain(one, file));
}

/**
 * Whether the policy of a file that went to another module is the same there: nothing that it names was left behind or stood
 * there before, and what bounds them is the same.
 */
export function isFollowed(before: Placed, after: Placed): boolean {
  const [from, to] = [before, after].map(({ standings, file }) => standings.scopeAt(file)) as [string, string];
  return from === to || (!before.standings.isNamingWhatIs(from, before) && !after.standings.isNamingWhatIs(to, after)
    && areBoundAlike(before, after));
}

/** Whether the same is known to bound all whom two policies name. */
export function areBoundAlike(before: Placed, after: Placed): boolean {
  const bounds = before.standings.boundsOf(before);
  return bounds !== null && bounds === after.standings.boundsOf(after);
}

/** Whether a policy is that of a group, as far as its files tell. */
export const isOf = ({ found, standing: { whose } }: { found: Pick<Seen, 'name'>; standing: Standing }, group: string): boolean => (
  beginnings(found.name).includes(group) || [...whose.keys()].some((holder) => holder.split(/[ ,]/).includes(group))
);

/** Before the name of a module that is called, or of a stack that another one makes. */
export const CALLED = 'called by ';
export const INSTANCE = 'instance ';
/** Before the expression that says which instance of a policy somebody takes. */
export const CHOSEN = 'chosen as ';
/** Of a policy that is deployed as its file says, and not left as it is: it is for all whom it is for as it stands there. */
export const AS_WRITTEN = 'as written';
