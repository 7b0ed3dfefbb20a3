// Which old file belongs to which new one.
import { readFileSync, statSync } from 'node:fs';
import { basename, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { readStdin, readText } from '../files/read.js';
import { findFiles, shown, type Problem, type Target } from '../files/find.js';
import { Failure } from '../failure.js';
import { type Files, mayDefine, mayHoldPolicies } from '../source/index.js';
import { FilesOfFolder, FilesOfRevision, filesOfTwo, textOf } from './files.js';
import { contentOf, filesAt, isContent, nameOf } from './git.js';

/** One version of a file. */
export interface Version {
  target: Target;
  read(): Promise<string>;
}

/** The texts of one pair. */
export type Texts = readonly [older: string | null, newer: string | null];

export interface FilePair {
  /** The path of both, as their sides have it. */
  path: string;
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
  if (first === undefined || second === undefined || words.length > 2) {
    throw new Failure('Name the old and the new file or folder, or --git REV -- PATHS. "postern diff --help" shows how.');
  }
  if (first === '-' && second === '-') throw new Failure('Standard input is one side; name a file for the other.');
  const [isOldFolder, isNewFolder] = [isFolder(first), isFolder(second)];
  if (isOldFolder !== isNewFolder) throw new Failure(`${isOldFolder ? first : second} is a folder, and the other side is none. Compare two files or two folders.`);
  if (!isOldFolder) {
    const [older, newer] = [fileOf(first), fileOf(second)];
    const path = basename(newer.target.absolute);
    return {
      pairs: [{ path, older, newer, isNamed: true }], problems: [], excludedChanges: 0,
      files: ([texts]) => filesOfTwo(path, [older.target.absolute, newer.target.absolute], texts ?? [null, null]),
    };
  }
  const [before, after] = [findFiles([first], isExcluded), findFiles([second], isExcluded)];
  const byPath = (folder: string, targets: Target[]) => new Map(targets.map((target) => [posixOf(relative(resolve(folder), target.absolute)), versionOf(target)]));
  const pairs = matched(byPath(first, before.targets), byPath(second, after.targets));
  return {
    pairs, problems: [...before.problems, ...after.problems], excludedChanges: 0,
    files: (texts) => [new FilesOfFolder(resolve(first), ownOf(pairs, texts, 0)), new FilesOfFolder(resolve(second), ownOf(pairs, texts, 1))],
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
  const ids = new Map(older.map(({ absolute, id }) => [absolute, id]));
  const before = new Map(older.map(({ absolute, id }): [string, Version] => {
    const path = shown(absolute);
    return [absolute, { target: { path, absolute, isNamed: false, within: null }, read: () => decoded(contentOf(id), path) }];
  }));
  const now = new Map(targets.map((target) => [target.absolute, versionOf({ ...target, isNamed: false })]));
  // What .gitignore names is not searched; what was committed all the same is there nevertheless.
  for (const [absolute, { target }] of before) {
    if (!now.has(absolute) && statSync(absolute, { throwIfNoEntry: false })?.isFile() === true) now.set(absolute, versionOf(target));
  }
  const moved = movedFiles(ids, now);
  for (const [from, to] of moved) {
    before.set(to, before.get(from)!);
    before.delete(from);
  }
  const pairs = matched(before, now).map((pair) => ({ ...pair, path: posixOf(relative(tree.root, pair.path)) }));
  for (const pair of pairs) {
    const id = pair.older === null ? undefined : ids.get(pair.older.target.absolute);
    if (id !== undefined) pair.isSame = (text) => isContent(text, id);
  }
  // What is gone is no mistake where it was there before.
  const excludedBefore = new Map(all.filter(({ absolute }) => isExcluded(absolute) && mayHoldPolicies(absolute) && !isConfig(absolute)).map(({ absolute, id }) => [absolute, id]));
  const files = (texts: readonly Texts[]): [Files, Files] => {
    const places = new Map(moved);
    const old = new Map(tree.files.map(({ absolute, id }) => [posixOf(relative(tree.root, places.get(absolute) ?? absolute)), id]));
    const newer = new FilesOfFolder(tree.root, ownOf(pairs, texts, 1), Array.from(old.keys()).filter(mayDefine));
    return [new FilesOfRevision(old, newer, ownOf(pairs, texts, 0)), newer];
  };
  return { pairs, files, excludedChanges: hasExclusions ? changesIn(excludedBefore, paths, isExcluded) : 0, problems: problems.filter(({ path }) => !older.some(({ absolute }) => wantedBy(path)(absolute))) };
}

/** The files that have another path now, and the same content. */
function movedFiles(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, Version>): [from: string, to: string][] {
  const gone = new Map<string, string>();
  for (const [absolute, id] of before) if (!now.has(absolute)) gone.set(id, absolute);
  const [first] = gone.keys();
  if (first === undefined) return [];
  return Array.from(now.keys()).filter((absolute) => !before.has(absolute)).flatMap((absolute): [string, string][] => {
    const text = textOf(absolute);
    const id = text === null ? '' : nameOf(text, first.length);
    const from = gone.get(id);
    gone.delete(id);
    return from === undefined ? [] : [[from, absolute]];
  });
}

/** The texts of one side by their paths. */
const ownOf = (pairs: readonly FilePair[], texts: readonly Texts[], side: 0 | 1): [string, string | null][] => pairs.map(({ path }, i) => [path, texts[i]![side]]);

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

function matched(older: Map<string, Version>, newer: Map<string, Version>): FilePair[] {
  return [...new Set([...older.keys(), ...newer.keys()])].sort()
    .map((path) => ({ path, older: older.get(path) ?? null, newer: newer.get(path) ?? null, isNamed: false }));
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
