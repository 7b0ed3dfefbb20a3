// Files that have another path now, as git finds them: by the same content, and by so much of it that is the same.
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { type Moves, isOfModule } from '../source/index.js';

/** A file that is on one side only. */
export interface Lone {
  path: string;
  /** Null where it cannot be read. */
  text(): string | null;
}

/**
 * Which file that is gone is which one that is new, by their paths. As with `git diff --find-renames` a file of the same
 * content comes first, then one of the same name that is alike, then any that is; what is left goes with its folder.
 */
export function renamesOf(gone: readonly Lone[], added: readonly Lone[]): Map<string, string> {
  const renames = new Map<string, string>();
  if (gone.length === 0 || added.length === 0) return renames;
  const [from, to] = [gone, added].map((all) => new Map(all.map((one): [string, Content] => [one.path, contentOf(one.text())]))) as [Map<string, Content>, Map<string, Content>];
  const rename = (before: string, after: string): void => {
    renames.set(before, after);
    from.delete(before);
    to.delete(after);
  };
  const bySame = (key: (path: string, content: Content) => string | null, isAlike: (before: Content, after: Content) => boolean): void => {
    const before = grouped(from, key);
    for (const [path, content] of [...to]) {
      const all = before.get(key(path, content) ?? '') ?? [];
      // Of several of the same content that with the same name.
      const left = all.filter((one) => from.has(one));
      const found = left.find((one) => posix.basename(one) === posix.basename(path)) ?? left[0];
      if (found !== undefined && isAlike(from.get(found)!, content)) rename(found, path);
    }
  };
  bySame((_, { id }) => id, () => true);
  bySame((path) => posix.basename(path), (before, after) => likeness(before, after) >= LEAST);
  if (from.size * to.size <= MOST_COMPARED) {
    const alike = [...to].flatMap(([after, text]) => Array.from(from, ([before, old]) => ({ before, after, like: likeness(old, text) }))).filter(({ like }) => like >= LEAST);
    for (const { before, after } of alike.sort((a, b) => b.like - a.like)) if (from.has(before) && to.has(after)) rename(before, after);
  }
  const folders = new Map(Array.from(renames, ([before, after]) => [posix.dirname(before), posix.dirname(after)]));
  for (const before of [...from.keys()]) {
    const folder = folders.get(posix.dirname(before));
    const after = folder === undefined ? '' : posix.join(folder, posix.basename(before));
    if (to.has(after)) rename(before, after);
  }
  return renames;
}

/** As much of a file has to be the same as git asks for. */
const LEAST = 0.5;
/** So many pairs are compared; git gives up on about as many. */
const MOST_COMPARED = 10_000;

interface Content {
  /** Null for one that cannot be read, or is empty, as many are. */
  id: string | null;
  length: number;
  /** How often each line is there. */
  lines: ReadonlyMap<string, number>;
}

function contentOf(text: string | null): Content {
  const lines = new Map<string, number>();
  for (const line of text?.split('\n') ?? []) lines.set(line.trim(), (lines.get(line.trim()) ?? 0) + 1);
  lines.delete('');
  const id = text === null || lines.size === 0 ? null : createHash('sha256').update(text).digest('hex');
  return { id, lines, length: Array.from(lines).reduce((sum, [line, times]) => sum + line.length * times, 0) };
}

/** How much of the longer one stands in the other, by whole lines. */
function likeness(before: Content, after: Content): number {
  const longest = Math.max(before.length, after.length);
  if (longest === 0 || Math.min(before.length, after.length) < longest * LEAST) return 0;
  let same = 0;
  for (const [line, times] of before.lines) same += line.length * Math.min(times, after.lines.get(line) ?? 0);
  return same / longest;
}

function grouped(all: ReadonlyMap<string, Content>, key: (path: string, content: Content) => string | null): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [path, content] of all) {
    const own = key(path, content);
    if (own === null) continue;
    const others = groups.get(own);
    if (others === undefined) groups.set(own, [path]);
    else others.push(path);
  }
  return groups;
}

/** Where the files and folders of the older side stand now. The folder of a module is another one where all files of it went there, and nothing was there. */
export function movesOf(renames: ReadonlyMap<string, string>, older: Iterable<string>, newer: ReadonlySet<string>): Moves {
  const targets = new Map<string, Set<string>>();
  const files = new Map(renames);
  for (const path of older) {
    if (!renames.has(path) && newer.has(path)) files.set(path, path);
    if (!isOfModule(path)) continue;
    const to = targets.get(posix.dirname(path)) ?? new Set();
    targets.set(posix.dirname(path), to);
    const after = files.get(path);
    if (after !== undefined) to.add(posix.dirname(after));
  }
  const comers = new Map<string, number>();
  for (const to of targets.values()) for (const one of to) comers.set(one, (comers.get(one) ?? 0) + 1);
  const folders = new Map(Array.from(targets).flatMap(([from, [to, more]]): [string, string][] => (
    to === undefined || more !== undefined || (to !== from && targets.has(to)) || comers.get(to) !== 1 ? [] : [[from, to]]
  )));
  return { now: along(files, folders), was: along(inverse(files), inverse(folders)) };
}

const inverse = (map: ReadonlyMap<string, string>): Map<string, string> => new Map(Array.from(map, ([from, to]) => [to, from]));

/** A path by that of itself, or of the nearest folder around it. */
function along(files: ReadonlyMap<string, string>, folders: ReadonlyMap<string, string>): (path: string) => string {
  return (path) => {
    const file = files.get(path);
    if (file !== undefined) return file;
    for (let at = path; ; at = posix.dirname(at)) {
      const folder = folders.get(at);
      if (folder !== undefined) return posix.join(folder, at === '.' ? path : path.slice(at.length));
      if (at === posix.dirname(at)) return path;
    }
  };
}
