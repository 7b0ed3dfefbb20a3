// Which old file belongs to which new one.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { readStdin, readText } from '../files/read.js';
import { findFiles, shown, type Problem, type Target } from '../files/find.js';
import { Failure } from '../failure.js';
import { type Files, mayDefine, mayHoldPolicies } from '../source/index.js';
import { FilesOfFolder, FilesOfRevision, filesOfTwo, textOf } from './files.js';
import { contentOf, filesAt, isContent, isRevision, linkAt, nameOf } from './git.js';
import { type Lone, movesOf, renamesOf } from './renames.js';

/** One version of a file. */
export interface Version {
  target: Target;
  read(): Promise<string>;
}

/** The texts of one pair. */
export type Texts = readonly [older: string | null, newer: string | null];

export interface FilePair {
  /** The path of both; where the old one had another, that of the new one. */
  path: string;
  /** The path that the old one has on its side. */
  was: string;
  /** Null for a file that is only on the other side. */
  older: Version | null;
  newer: Version | null;
  /** Whether both were named themselves, so that each has to hold a policy. */
  isNamed: boolean;
  /** Whether the new text is the old one, as far as this is known without reading both. */
  isSame?(text: string): boolean;
}

export interface Pairs {
  pairs: FilePair[];
  problems: Problem[];
  /** How many files have changed of which the configuration says that they are not looked at. */
  excludedChanges: number;
  /** What may define what the policies refer to, on both sides. */
  files(texts: readonly Texts[]): [older: Files, newer: Files];
}

type Excluded = (absolute: string) => boolean;

/** Two files, or two folders by the paths inside; `-` is standard input. */
export function pairsOfTwo(words: readonly string[], isExcluded: Excluded): Pairs {
  const [first, second] = words;
  if (first !== undefined && first !== '-' && !existsSync(first) && isRevision(first)) {
    const paths = words.slice(1).filter((one) => existsSync(one));
    throw new Failure(`There is no file ${first}, but a revision of that name. To compare with it: postern diff --git ${[first, ...paths.length === 0 ? [] : ['--', ...paths]].join(' ')}`);
  }
  if (first === undefined || second === undefined || words.length > 2) {
    throw new Failure('Name the old and the new file or folder, or --git REV -- PATHS. "postern diff --help" shows how.');
  }
  if (first === '-' && second === '-') throw new Failure('Standard input is one side; name a file for the other.');
  const absent = [first, second].find((one) => one !== '-' && !existsSync(one));
  if (absent !== undefined) throw new Failure(`${absent}: there is no such file or folder.`);
  const [isOldFolder, isNewFolder] = [isFolder(first), isFolder(second)];
  if (isOldFolder !== isNewFolder) throw new Failure(`${isOldFolder ? first : second} is a folder, and the other side is none. Compare two files or two folders.`);
  if (!isOldFolder) {
    const [older, newer] = [fileOf(first), fileOf(second)];
    const path = basename(newer.target.absolute);
    return {
      pairs: [{ path, was: path, older, newer, isNamed: true }], problems: [], excludedChanges: 0,
      files: ([texts]) => filesOfTwo(path, [older.target.absolute, newer.target.absolute], texts ?? [null, null]),
    };
  }
  const [before, after] = [findFiles([first], isExcluded), findFiles([second], isExcluded)];
  const byPath = (folder: string, targets: Target[]) => new Map(targets.map((target) => [posixOf(relative(resolve(folder), target.absolute)), versionOf(target)]));
  const [older, newer] = [byPath(first, before.targets), byPath(second, after.targets)];
  const renames = renamesOf(...lone(older, newer, here(SHA1)));
  const pairs = matched(older, newer, renames);
  const moves = movesOf(renames, older.keys(), new Set(newer.keys()));
  return {
    pairs, problems: [...before.problems, ...after.problems], excludedChanges: 0,
    files: (texts) => [new FilesOfFolder(resolve(first), ownOf(pairs, texts, 0), [], moves), new FilesOfFolder(resolve(second), ownOf(pairs, texts, 1))],
  };
}

/** The files below paths, as they were at a revision and as they are. */
export function pairsOfGit(revision: string, words: readonly string[], isExcluded: Excluded, hasExclusions: boolean): Pairs {
  const paths = words.length === 0 ? ['.'] : words;
  if (paths.includes('-')) throw new Failure('With --git both sides are files; - stands for one side of OLD NEW.');
  const wanted = paths.map(wantedBy);
  const tree = filesAt(revision);
  const all = tree.files.filter(({ absolute }) => wanted.some((isWanted) => isWanted(absolute)));
  const older = all.filter(({ absolute }) => !isExcluded(absolute));
  const { targets, problems } = findFiles(paths, isExcluded);
  const olderOf = new Map(older.map((file) => [file.absolute, file]));
  const before = new Map(older.map((file): [string, Version] => {
    const path = shown(file.absolute);
    return [file.absolute, { target: { path, absolute: file.absolute, isNamed: false, within: null }, read: () => decoded(contentOf(file), path) }];
  }));
  // A link out of the tree that leads to the same place as before tells nothing of what stood there.
  const links = tree.links.filter(({ absolute, target }) => linkAt(absolute) === target).map(({ absolute }) => absolute);
  const isLinked = (absolute: string): boolean => links.some((one) => absolute === one || absolute.startsWith(`${one}${sep}`));
  const now = new Map(targets.filter(({ absolute }) => !isLinked(absolute)).map((target) => [target.absolute, versionOf({ ...target, isNamed: false })]));
  // What .gitignore names is not searched; what was committed all the same is there nevertheless.
  for (const [absolute, { target }] of before) {
    if (!now.has(absolute) && statSync(absolute, { throwIfNoEntry: false })?.isFile() === true) now.set(absolute, versionOf(target));
  }
  const inTree = (absolute: string): string => posixOf(relative(tree.root, absolute));
  const [oldFiles, newFiles] = [before, now].map((all) => new Map(Array.from(all, ([absolute, version]) => [inTree(absolute), version]))) as [Map<string, Version>, Map<string, Version>];
  const there = ({ target: { absolute } }: Version): Omit<Lone, 'path'> => {
    const file = olderOf.get(absolute)!;
    return { id: () => (file.id === nameOf('', file.id.length) ? null : file.id), text: () => contentOf(file).toString('utf8') };
  };
  const renames = renamesOf(...lone(oldFiles, newFiles, here(tree.files[0]?.id.length ?? SHA1), there));
  const pairs = matched(oldFiles, newFiles, renames);
  for (const pair of pairs) {
    const file = pair.older === null ? undefined : olderOf.get(pair.older.target.absolute);
    if (file !== undefined) pair.isSame = (text) => isContent(text, file.id);
  }
  // What is gone is no mistake where it was there before.
  const excludedBefore = new Map(all.filter(({ absolute }) => isExcluded(absolute) && mayHoldPolicies(absolute) && !isConfig(absolute)).map(({ absolute, id }) => [absolute, id]));
  const files = (texts: readonly Texts[]): [Files, Files] => {
    const old = new Map(tree.files.map((file) => [inTree(file.absolute), file]));
    const newer = new FilesOfFolder(tree.root, ownOf(pairs, texts, 1), Array.from(old.keys()).filter(mayDefine));
    const moves = movesOf(renames, old.keys(), new Set([...newFiles.keys(), ...newer.sources.keys()]));
    return [new FilesOfRevision(old, newer, ownOf(pairs, texts, 0), moves), newer];
  };
  return { pairs, files, excludedChanges: hasExclusions ? changesIn(excludedBefore, paths, isExcluded) : 0, problems: [
    ...problems.filter(({ path }) => !older.some(({ absolute }) => wantedBy(path)(absolute))),
    ...tree.unread.filter(({ absolute }) => !isExcluded(absolute) && wanted.some((isWanted) => isWanted(join(absolute, 'any.json')))).map(({ absolute, message }) => ({ path: shown(absolute), message })),
  ] };
}

/** What is known of a file of the disk, where the names of contents are so long. */
const here = (length: number) => ({ target: { absolute } }: Version): Omit<Lone, 'path'> => ({
  text: () => textOf(absolute),
  id: () => {
    const text = textOf(absolute);
    return text === null || text === '' ? null : nameOf(text, length);
  },
});

/** The files that are on one side only. */
function lone(older: ReadonlyMap<string, Version>, newer: ReadonlyMap<string, Version>, of: (version: Version) => Omit<Lone, 'path'>, ofOlder = of): [gone: Lone[], added: Lone[]] {
  const only = (own: ReadonlyMap<string, Version>, other: ReadonlyMap<string, Version>, about: typeof of): Lone[] => Array.from(own).filter(([path]) => !other.has(path)).map(([path, version]) => ({ path, ...about(version) }));
  return [only(older, newer, ofOlder), only(newer, older, of)];
}

const SHA1 = 40;

/** The texts of one side by their paths. */
const ownOf = (pairs: readonly FilePair[], texts: readonly Texts[], side: 0 | 1): [string, string | null][] => (
  pairs.map(({ path, was }, i) => [side === 0 ? was : path, texts[i]![side]])
);

const posixOf = (path: string): string => path.split(sep).join('/');

const isConfig = (absolute: string): boolean => basename(absolute) === 'postern.json';

/** How many of the files that are left out are new, gone, or have another text. */
function changesIn(before: ReadonlyMap<string, string>, paths: readonly string[], isExcluded: Excluded): number {
  const now = new Set(findFiles(paths, isConfig).targets.map(({ absolute }) => absolute).filter(isExcluded));
  const isChanged = (absolute: string): boolean => {
    const id = before.get(absolute);
    if (id === undefined) return true;
    try {
      return !isContent(readFileSync(absolute), id);
    } catch {
      return true; // It is gone, or no file any more.
    }
  };
  return [...new Set([...before.keys(), ...now])].filter(isChanged).length;
}

function matched(older: ReadonlyMap<string, Version>, newer: ReadonlyMap<string, Version>, renames: ReadonlyMap<string, string>): FilePair[] {
  const origins = new Map(Array.from(renames, ([was, path]) => [path, was]));
  return [...new Set([...older.keys(), ...newer.keys()])].filter((path) => !renames.has(path)).sort().map((path): FilePair => {
    const was = origins.get(path) ?? path;
    return { path, was, older: older.get(was) ?? null, newer: newer.get(path) ?? null, isNamed: false };
  });
}

/** Whether a word means a path that need not be there any more: itself, what is below it, or what its glob means. */
function wantedBy(word: string): (absolute: string) => boolean {
  const absolute = resolve(word);
  const below = absolute.endsWith(sep) ? absolute : `${absolute}${sep}`;
  const { base, glob, isGlob } = picomatch.scan(word);
  const matches = isGlob ? picomatch(glob) : () => false;
  return (path) => path === absolute || (path.startsWith(below) && mayHoldPolicies(path))
    || matches(relative(resolve(base), path).split(sep).join('/'));
}

function fileOf(word: string): Version {
  if (word === '-') return { target: { path: 'standard-input', absolute: resolve('standard-input'), isNamed: true, within: null }, read: readStdin };
  const absolute = resolve(word);
  return versionOf({ path: shown(absolute), absolute, isNamed: true, within: null });
}

const versionOf = (target: Target): Version => ({ target, read: () => readText(target.absolute) });

const isFolder = (word: string): boolean => word !== '-' && statSync(word, { throwIfNoEntry: false })?.isDirectory() === true;

async function decoded(bytes: Buffer, path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Failure(`${path} was not text in UTF-8 at that revision.`);
  }
}
