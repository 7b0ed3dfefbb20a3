// Files that have another path now, as git finds them: by the same content, and by so much of it that is the same.
import { posix } from 'node:path';
import { put } from '../multimap.js';
import { type Moves, isOfModule } from '../source/index.js';

/** A file that is on one side only. */
export interface Lone {
  path: string;
  /** The same for files of the same content; null for one that cannot be read, or is empty, as many are. */
  id(): string | null;
  /** Null where it cannot be read. */
  text(): string | null;
}

/**
 * Which file that is gone is which one that is new, by their paths. As with `git diff --find-renames` a file of the same
 * content comes first, then one alike that alone has that name, then one of that name in another syntax in the same folder, then
 * any that is alike; what is left goes with its folder.
 */
export function renamesOf(gone: readonly Lone[], added: readonly Lone[]): Map<string, string> {
  const renames = new Map<string, string>();
  if (gone.length === 0 || added.length === 0) return renames;
  const [from, to] = [gone, added].map((all) => new Map(all.map((one): [string, Content] => [one.path, contentOf(one)]))) as [Map<string, Content>, Map<string, Content>];
  const rename = (before: string, after: string): void => {
    renames.set(before, after);
    from.delete(before);
    to.delete(after);
  };
  const byContent = grouped(from, (_, { id }) => id);
  for (const [path, { id }] of [...to]) {
    const all = byContent.get(id ?? '') ?? [];
    const found = all.slice(0, MOST_ALIKE).reduce<string | undefined>((best, one) => (best === undefined || shared(one, path) > shared(best, path) ? one : best), undefined);
    if (found === undefined) continue;
    all.splice(all.indexOf(found), 1);
    rename(found, path);
  }
  const [oldNames, newNames] = [from, to].map((all) => grouped(all, (path) => posix.basename(path))) as [Map<string, string[]>, Map<string, string[]>];
  for (const [name, [path, other]] of newNames) {
    const [found, another] = oldNames.get(name) ?? [];
    if (found !== undefined && another === undefined && other === undefined && likeness(from.get(found)!, to.get(path!)!) >= LEAST) rename(found, path!);
  }
  const [oldStems, newStems] = [from, to].map((all) => grouped(all, stemOf)) as [Map<string, string[]>, Map<string, string[]>];
  for (const [stem, [path, other]] of newStems) {
    const [found, another] = oldStems.get(stem) ?? [];
    if (found !== undefined && another === undefined && other === undefined) rename(found, path!);
  }
  if (from.size * to.size <= MOST_COMPARED) {
    const alike = [...to].flatMap(([after, text]) => Array.from(from, ([before, old]) => ({ before, after, like: likeness(old, text) }))).filter(({ like }) => like >= LEAST);
    for (const { before, after } of alike.sort((a, b) => b.like - a.like || shared(b.before, b.after) - shared(a.before, a.after))) if (from.has(before) && to.has(after)) rename(before, after);
  }
  const folders = new Map(Array.from(renames, ([before, after]) => [posix.dirname(before), posix.dirname(after)]));
  for (const before of [...from.keys()]) {
    const folder = folders.get(posix.dirname(before));
    const after = folder === undefined ? '' : posix.join(folder, posix.basename(before));
    if (to.has(after)) rename(before, after);
  }
  return renames;
}

/** The path of a file without what says in which syntax it is: `s.yaml` is written as `s.json` too, and `x.tf` as `x.tf.json`. */
const stemOf = (path: string): string | null => /^(.*?\.(?:tf|tofu|tfvars))(?:\.json)?$/i.exec(path)?.[1] ?? /^(.*)\.(?:json|ya?ml|template|policy)$/i.exec(path)?.[1] ?? null;

/** As much of a file has to be the same as git asks for. */
const LEAST = 0.5;
/** So many pairs are compared; git gives up on about as many. */
const MOST_COMPARED = 10_000;

/** Of so many files of one content it is asked which of them one is. */
const MOST_ALIKE = 50;

/** How many steps at the end of two paths are the same. */
function shared(one: string, other: string): number {
  const [mine, theirs] = [one, other].map((path) => path.split('/').reverse()) as [string[], string[]];
  const at = mine.findIndex((step, i) => step !== theirs[i]);
  return at < 0 ? mine.length : at;
}

interface Content {
  id: string | null;
  /** Its lines, which are asked for only where two are held against one another. */
  lines(): Lines;
}

interface Lines {
  length: number;
  /** How often each line is there. */
  times: ReadonlyMap<string, number>;
}

function contentOf(file: Lone): Content {
  let lines: Lines | undefined;
  return { id: file.id(), lines: () => lines ??= linesOf(file.text() ?? '') };
}

function linesOf(text: string): Lines {
  const times = new Map<string, number>();
  for (const line of text.split('\n')) times.set(line.trim(), (times.get(line.trim()) ?? 0) + 1);
  times.delete('');
  return { times, length: Array.from(times).reduce((sum, [line, often]) => sum + line.length * often, 0) };
}

/** How much of the longer one stands in the other, by whole lines. */
function likeness(one: Content, other: Content): number {
  const [before, after] = [one.lines(), other.lines()];
  const longest = Math.max(before.length, after.length);
  if (longest === 0 || Math.min(before.length, after.length) < longest * LEAST) return 0;
  let same = 0;
  for (const [line, times] of before.times) same += line.length * Math.min(times, after.times.get(line) ?? 0);
  return same / longest;
}

function grouped(all: ReadonlyMap<string, Content>, key: (path: string, content: Content) => string | null): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [path, content] of all) {
    const own = key(path, content);
    if (own !== null) put(groups, own, path);
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
