// The policies of all files on both sides, and which of them belong together.
import { attachedOf, metOf } from '../access/attached.js';
import { accessFinding } from '../access/finding.js';
import { seenOf } from '../check/one.js';
import type { Settings } from '../check/settings.js';
import { type ChosenType, chooseType } from '../check/type.js';
import { Failure } from '../failure.js';
import type { Problem } from '../files/find.js';
import { Lines } from '../lines.js';
import { type Files, STAYING, type Seen, type Unread, isDefining, isFound, isNesting, isSeen, isUnread, mayDefine, scopeOf, untold } from '../source/index.js';
import { asItStands } from '../source/found.js';
import { boundariesOf } from './boundaries.js';
import { seenBeside } from './broken.js';
import { Changed } from './changed.js';
import { type Requests, compare } from './compare.js';
import { type Compared, type NotCompared, type Side, denies } from './compared.js';
import { grantsOf } from './grants.js';
import { type Included, withIncluded } from './included.js';
import { membersOf } from './members.js';
import { movedIn } from './moved.js';
import type { FilePair, Pairs, Texts, Version } from './pairs.js';
import { isFollowed, isOf } from './standing.js';
import { Standings } from './standings.js';
import { type Opaque, type Two, togetherIn } from './together.js';

/** What became of the policies of a file. */
export interface Result {
  path: string;
  pairs: Compared[];
  /** Why some policies are not compared. */
  notRead: NotCompared[];
  problems: Problem[];
}

/** What is wrong with one side, by its own path: of two files the other one may be right. */
class OfSide extends Failure {
  constructor(readonly path: string, message: string) {
    super(message);
  }
}

/** A file whose policies are known. */
interface Read {
  pair: FilePair;
  result: Result;
  texts: Texts;
  /** Whether the file itself is the same. */
  isSame: boolean;
  sides: [older: Sides, newer: Sides];
}

interface Sides {
  sides: Side[];
  /** Policies that are not compared, each with why, and with all that would make it another one in its module or template. */
  notRead: Map<string, NotCompared & { at: Side }>;
  /** The files that are read into policies which may be there, by their own paths. */
  reads: ReadonlySet<string>;
}

export async function comparedIn(pairs: readonly FilePair[], files: Pairs['files'], settings: Settings, requests: Requests): Promise<Result[]> {
  const results = pairs.map(({ newer, older }): Result => ({ path: (newer ?? older)!.target.path, pairs: [], notRead: [], problems: [] }));
  const texts = await Promise.all(pairs.map(async (pair, i): Promise<Texts> => await guarded(results[i]!, async () => textsOf(pair)) ?? [null, null]));
  // In another folder the same text may be something else.
  const isSame = pairs.map(({ isSame: is, path, was }, i) => path === was && texts[i]![1] !== null && is?.(texts[i]![1]) === true);
  // What has not changed itself may be another policy by what it refers to.
  const isOpen = pairs.some(({ path }, i) => !isSame[i] || mayDefine(path) || readsFiles(texts[i]![1]));
  if (!isOpen) return results;
  const sides = files(texts);
  const isQuiet = areAlike(...sides);
  // Templates that others nest are given their values by these.
  const isNested = texts.some((both) => both.some((text) => text !== null && isNesting(text)));
  const isBeside = (path: string, text: string | null): boolean => (mayDefine(path) ? !isQuiet : isNested && text !== null && isDefining(text));
  const looked = pairs.map(({ path }, i) => results[i]!.problems.length === 0 && (!isSame[i] || isBeside(path, texts[i]![1]) || readsFiles(texts[i]![1])));
  if (!looked.some(Boolean)) return results;
  const changed = await Changed.between(...sides);
  const standings = (['older', 'newer'] as const).map((side) => new Standings(changed, side)) as [Standings, Standings];
  const met = await Promise.all(pairs.map(async (pair, i) => {
    if (!looked[i]) return null;
    return guarded(results[i]!, async () => {
      const all = [];
      for (const [side, version] of [pair.older, pair.newer].entries()) all.push(await seenIn(version, texts[i]![side]!, pair, standings[side]!));
      return besideOther(pair, texts[i]!, all as [Seen[], Seen[]]);
    });
  }));
  const paths = (['older', 'newer'] as const).map((side) => new Map(pairs.map((pair) => [side === 'older' ? pair.was : pair.path, pair[side]?.target.path])));
  const read = pairs.flatMap((pair, i): Read[] => {
    const seen = met[i];
    if (seen == null) return [];
    const read = [pair.older, pair.newer].map((version, side) => sidesOf(version, texts[i]![side]!, sides[side]!, pair, seen[side]!, standings[side]!, paths[side]!)) as Read['sides'];
    return [{ pair, result: results[i]!, texts: texts[i]!, isSame: isSame[i]!, sides: read }];
  });
  dropRead(read);
  const taken = movedIn(read.map(({ sides: [older, newer] }) => [older.sides, newer.sides]));
  const unread = ([0, 1] as const).map((side) => new Set(read.flatMap(({ sides }) => [...sides[side].notRead.keys()]))) as [Set<string>, Set<string>];
  const denying = read.flatMap(({ sides: [older] }) => older.sides.filter(denies));
  const isDenying = (group: string): boolean => denying.some((side) => isOf(side, group));
  const policies = read.map(({ sides: [older, newer], pair }) => policyPairs(older.sides, newer.sides, pair.isNamed, taken).map(withoutNever));
  const opaque = ([0, 1] as const).map((side) => read.flatMap(({ sides }) => [...sides[side].notRead].filter(([key]) => !unread[1 - side]!.has(key)).map(([, { at, why }]) => ({ side: at, why })))) as [Opaque[], Opaque[]];
  const together = togetherIn(policies.flat(), opaque, (side) => chooseType(side.found, side.absolute, settings), requests);
  for (const [i, one] of read.entries()) {
    const { result } = one;
    await guarded(result, async () => {
      const [older, newer] = one.sides;
      const [gone, added] = ([[older, unread[1]], [newer, unread[0]]] as const).map(([own, other]) => [...own.notRead].filter(([key]) => !other.has(key)).map(([, one]) => one));
      result.notRead = [...new Map([...gone!, ...added!].map((one) => [one.why, one])).values()];
      const all = policies[i]!.flatMap((two) => {
        const told = together.told.get(two);
        if (told !== undefined) return told ?? [];
        return ofOneType(...two, settings).map(([type, before, after]) => compare((after ?? before)!.found.name, type, before, after, requests, together.open.get(two)));
      });
      const bounds = boundariesOf(one.pair, one.texts, changed, standings);
      const grants = grantsOf(one.pair, one.texts, changed, standings);
      const members = membersOf(one.pair, one.texts, standings, isDenying);
      result.pairs = [...all, ...bounds, ...grants, ...members].filter(({ changes }) => !one.isSame || changes.length > 0);
    });
  }
  return results;
}

async function guarded<T>(result: Result, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (reason) {
    if (!(reason instanceof Failure) && (reason as Error).name !== 'PosternError') throw reason;
    result.problems.push({ path: reason instanceof OfSide ? reason.path : result.path, message: (reason as Error).message });
    return undefined;
  }
}

async function textsOf({ older, newer, isSame }: FilePair): Promise<Texts> {
  const read = (version: Version | null): Promise<string | null> => (version === null ? Promise.resolve(null) : ofSide(version, () => version.read()));
  const text = await read(newer);
  return [text !== null && isSame?.(text) === true ? text : await read(older), text];
}

/** Whether a text may have another text in it than before, though it is the same itself. */
const readsFiles = (text: string | null): boolean => text !== null && /\b(?:file\w*|templatefile)\(/.test(text) && /\b(?:resource|data|service)\b/.test(text);

/** Whether no module has changed, and no file went to another one. */
function areAlike({ sources, moves }: Files, { sources: newer }: Files): boolean {
  const { now } = moves ?? STAYING;
  const older = new Map(Array.from(sources, ([path, text]) => [now(path), text]));
  return Array.from(sources.keys()).every((path) => now(scopeOf(path)) === scopeOf(now(path))) && [...new Set([...older.keys(), ...newer.keys()])].filter(mayDefine).every((path) => older.get(path) === newer.get(path));
}

/** The policies of a file, and those that it attaches. */
async function seenIn(version: Version | null, text: string | null, pair: FilePair, standings: Standings): Promise<Seen[]> {
  if (version === null || text === null) return [];
  const { path, absolute } = version.target;
  const given = standings.givenTo(pair.path);
  const met = await metOf(text, absolute, given);
  const found = met.filter(isSeen);
  // Where nothing is found, it is asked whether it is pasted, or what is wrong with it.
  const own = found.length > 0 ? found : await ofSide(version, () => seenOf(text, version.target, given));
  standings.add(pair.path, text, met);
  // What is attached is told by what it is: where it stands in its list is no change.
  const attached = attachedOf(met).map(({ seen, policy }) => ({ ...seen, ...policy === null ? {} : { is: policy }, name: `${seen.name.replace(/\[\d+\]$/, '')}${policy === null ? '' : `, ${policy.slice(policy.lastIndexOf('/') + 1)}`}` }));
  const all = [...own, ...attached];
  if (all.length === 0 && pair.isNamed) throw new OfSide(path, 'it holds no IAM policy. A policy is a JSON object with a Statement.');
  return all;
}

/** With what stands for policies in a side that cannot be read, where the other one can. */
async function besideOther({ older, newer, path, was: from }: FilePair, [was, is]: Texts, [before, after]: [Seen[], Seen[]]): Promise<[Seen[], Seen[]]> {
  if (older === null || newer === null || was === null || is === null) return [before, after];
  const [first, second] = [{ path: from, text: was, seen: before }, { path, text: is, seen: after }];
  return [[...await ofSide(older, () => seenBeside(first, second))], [...await ofSide(newer, () => seenBeside(second, first))]];
}

/** `paths` has the paths of all files as they are shown, by those that they have on this side. */
function sidesOf(version: Version | null, text: string | null, files: Files, { path: file }: FilePair, seen: readonly Seen[], standings: Standings, paths: ReadonlyMap<string, string | undefined>): Sides {
  if (version === null || text === null) return { sides: [], notRead: new Map(), reads: new Set() };
  const lines = new Lines(text);
  const own = files.moves?.was(file) ?? file;
  const all = withIncluded(seen, { text, path: own, files, isCalled: standings.isCalled(file) });
  const sideOf = (found: Included): Side => ({ path: version.target.path, absolute: version.target.absolute, found, lines, file, own, standings, standing: standings.of(found, file) });
  // A change in a file that is one of those compared is told where it was made.
  const inPlace = (side: Side, { from, whole }: Included): Side => {
    const path = from === undefined ? undefined : paths.get(from);
    return path === undefined || whole === undefined ? side : { ...side, path, lines: new Lines(whole.text), found: { ...side.found, place: whole.place } };
  };
  const policies = all.filter(isFound).map((found: Included) => ({ found, side: inPlace(sideOf(found), found) }));
  const notCompared = (one: Unread, why: string): NotCompared & { at: Side } => {
    const found = asItStands(text.slice(one.start, one.end), one.start, { ...one, resourceType: null });
    const finding = accessFinding('POSTERN_ACCESS_UNKNOWN', `Cannot tell what it allows: ${why}.`, '', found, lines);
    return { policy: one.name, side: standings.isOlder ? 'older' : 'newer', path: version.target.path, why, finding, at: sideOf({ ...found, ...one.of === undefined ? {} : { of: one.of } }) };
  };
  return {
    reads: new Set(policies.flatMap(({ found: { from }, side }) => (from === undefined || side.standing.isNever ? [] : [from]))),
    sides: policies.map(({ side }) => ({ ...side, found: { ...side.found, name: standings.renamed(side.found.name, file) } })),
    notRead: new Map(all.filter(isUnread).map((one) => {
      const why = untold(one, text);
      const { there, whose } = standings.of(one, file);
      return [[standings.scopeAt(file), standings.renamed((one.is === undefined ? one.why : undefined) ?? inAnyOrder(one.name), file), one.is ?? standings.decider(file, one.start, one.end), standings.casesOf(file, one.by ?? []), there, ...Array.from(whose, ([holder, terms]) => [holder, ...[...terms].sort()].join(' if ')).sort()].join('\n'), notCompared(one, why)];
    })),
  };
}

/** In a template where a policy stands in its list is no change; elsewhere a number is that of an instance. */
const inAnyOrder = (name: string): string => (/(?:^|\.)Resources\./.test(name) ? name.replace(/\[\d+\]/g, '') : name);

async function ofSide<T>({ target }: Version, work: () => Promise<T>): Promise<T> {
  return work().catch((reason: unknown) => { throw reason instanceof Failure ? new OfSide(target.path, reason.message) : reason; });
}

/** A file that is read into a policy on each side on which it is there is told where that stands. */
function dropRead(read: readonly Read[]): void {
  const reads = ([0, 1] as const).map((side) => new Set(read.flatMap(({ sides }) => [...sides[side].reads])));
  for (const { pair, sides } of read) {
    const own = [[pair.older, pair.was], [pair.newer, pair.path]] as const;
    if (mayDefine(pair.path) || !own.every(([version, path], side) => version === null || reads[side]!.has(path))) continue;
    for (const side of sides) side.sides = side.sides.filter(({ found }) => found.name !== '');
  }
}

/** Without what will not be there. */
const withoutNever = (two: Two): Two => two.map((side) => (side?.standing.isNever === true ? null : side)) as [Side | null, Side | null];

/** As what a policy is compared. In another folder the same text may be a policy of another type: then the one is gone, and the other one is new. */
function ofOneType(was: Side | null, is: Side | null, settings: Settings): [ChosenType, Side | null, Side | null][] {
  const [before, after] = [was, is].map((side) => (side === null ? null : chooseType(side.found, side.absolute, settings)));
  if (was !== null && is !== null && was.own !== is.own && before!.type !== after!.type) return [[before!, was, null], [after!, null, is]];
  const type = after ?? before;
  return type == null ? [] : [[type, was, is]];
}

/**
 * Policies by name; of one name, which a template may give to the choices of a condition, in their order. Two files that
 * hold one policy each are these, whatever they are called inside.
 */
function policyPairs(older: readonly Side[], newer: readonly Side[], isNamed: boolean, moved: ReadonlyMap<Side, Side>): [Side | null, Side | null][] {
  if (isNamed && older.length === 1 && newer.length === 1) return [[older[0]!, newer[0]!]];
  const elsewhere = new Set(moved.values());
  const left = new Map<string, Side[]>();
  for (const one of older) if (!elsewhere.has(one)) left.set(one.found.name, [...left.get(one.found.name) ?? [], one]);
  const followed = (after: Side): Side | undefined => {
    const [first] = left.get(after.found.name) ?? [];
    return first === undefined || !isFollowed(first, after) ? undefined : left.get(after.found.name)!.shift();
  };
  const pairs = newer.map((after): [Side | null, Side | null] => [moved.get(after) ?? followed(after) ?? null, after]);
  return [...pairs, ...Array.from(left.values()).flat().map((before): [Side, null] => [before, null])];
}
