// The files that the words of a command line mean: files, folders, globs.
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { inWords } from '../failure.js';
import { mayHoldPolicies } from '../source/index.js';
import { Ignores } from './ignores.js';

export interface Target {
  /** As people are shown it, with `/`; relative to where they are, if it is below. */
  path: string;
  absolute: string;
  /** Whether it was named itself, and not found in a folder or by a glob. */
  isNamed: boolean;
  /** The real path of the folder in which it was found; null for one that was named. */
  within: string | null;
}

export interface Search {
  /** Sorted by path, each file once. */
  targets: Target[];
  /** What could not be read. */
  problems: Problem[];
  /** Folders that were named and have no file that may hold a policy. */
  empty: string[];
}

export interface Problem {
  path: string;
  /** A sentence that begins in the middle, after the path and a colon. */
  message: string;
}

/** Not the user's own work. */
export const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** `isWanted` says of a file of a folder by its name whether it is looked at. */
export function findFiles(words: readonly string[], isExcluded: (absolute: string) => boolean, isWanted = mayHoldPolicies): Search {
  const walk = new Walk(isExcluded);
  const empty: string[] = [];
  for (const word of words) {
    const absolute = resolve(word);
    const about = attempt(() => statSync(absolute));
    const before = walk.added;
    if (about.value?.isDirectory()) {
      walk.folder(absolute, isWanted);
      if (walk.added === before) empty.push(word);
    }
    else if (about.value !== undefined) walk.add(absolute, null);
    else if ((about.reason as NodeJS.ErrnoException).code === 'ENOENT' && picomatch.scan(word).isGlob) walk.glob(word);
    else walk.problems.push({ path: word, message: `${inWords(about.reason)}.` });
  }
  const targets = [...walk.found.values()];
  targets.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { targets, problems: walk.problems, empty };
}

/** Nothing was looked at there, which whoever named it has to know: as linters have it, that is no success. */
export const nothingIn = (folder: string): Problem => ({ path: folder, message: 'no file in it may hold a policy.' });

/** A path as people are shown it. */
export function shown(absolute: string): string {
  const inside = relative(process.cwd(), absolute);
  const path = inside === '' || inside.startsWith('..') ? absolute : inside;
  return sep === '/' ? path : path.split(sep).join('/');
}

/** A folder that is read. */
interface Place {
  folder: string;
  /** What people are shown before the names of what is in it. */
  prefix: string;
  /** The real paths of the folders above it, and its own. */
  parents: readonly string[];
}

class Walk {
  readonly found = new Map<string, Target>();
  readonly problems: Problem[] = [];
  /** How often a file was met. */
  added = 0;
  /** The folders that were read, by their real paths. */
  #seen = new Set<string>();

  constructor(readonly isExcluded: (absolute: string) => boolean) {}

  add(absolute: string, within: string | null, path = shown(absolute)): void {
    const isNamed = within === null;
    this.added += 1;
    if (isNamed || !this.found.has(absolute)) this.found.set(absolute, { path, absolute, isNamed, within });
  }

  glob(word: string): void {
    const { base, glob } = picomatch.scan(word);
    const folder = resolve(base);
    const matches = picomatch(glob);
    const before = this.found.size;
    if (attempt(() => statSync(folder)).value?.isDirectory()) {
      this.folder(folder, (path) => matches(relative(folder, path).split(sep).join('/')));
    }
    if (this.found.size === before) this.problems.push({ path: word, message: 'no file matches.' });
  }

  /** Every wanted file in a folder that somebody named. */
  folder(absolute: string, isWanted: (path: string) => boolean): void {
    this.#seen.clear(); // Another word may want other files of it.
    this.#read({ folder: absolute, prefix: absolute === process.cwd() ? '' : `${shown(absolute).replace(/\/$/, '')}/`, parents: [] }, Ignores.above(absolute), isWanted);
  }

  #read({ folder, prefix, parents }: Place, above: Ignores, isWanted: (path: string) => boolean): void {
    const entries = attempt(() => ({ real: realpathSync(folder), entries: readdirSync(folder, { withFileTypes: true }) }));
    // Of two links to one folder the same one is followed each time.
    entries.value?.entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    if (entries.value === undefined) {
      this.problems.push({ path: shown(folder), message: `${inWords(entries.reason)}.` });
      return;
    }
    const { real } = entries.value;
    if (parents.includes(real)) {
      this.problems.push({ path: shown(folder), message: 'it is a link to a folder in which it stands itself, and was not followed.' });
      return;
    }
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    const ignores = above.in(folder);
    const place = { folder, prefix, parents: [...parents, real] };
    for (const entry of entries.value.entries) this.#entry(place, entry, ignores, isWanted);
  }

  #entry({ folder, prefix, parents }: Place, entry: Dirent, ignores: Ignores, isWanted: (path: string) => boolean): void {
    const path = join(folder, entry.name);
    let [isFolder, isFile] = [entry.isDirectory(), entry.isFile()];
    if (entry.isSymbolicLink()) {
      if (SKIPPED.has(entry.name) || ignores.has(path, false) || this.isExcluded(path)) return;
      const about = attempt(() => statSync(path));
      // A link that leads nowhere matters where a file was wanted.
      if (about.value === undefined && isWanted(path)) this.problems.push({ path: shown(path), message: `${inWords(about.reason)}.` });
      isFolder = about.value?.isDirectory() ?? false;
      isFile = about.value?.isFile() ?? false;
    }
    if (isFolder && SKIPPED.has(entry.name)) return;
    if (!isFolder && !(isFile && isWanted(path))) return;
    if (ignores.has(path, isFolder) || this.isExcluded(path)) return;
    if (isFolder) this.#read({ folder: path, prefix: `${prefix}${entry.name}/`, parents }, ignores, isWanted);
    else this.add(path, parents[0]!, `${prefix}${entry.name}`);
  }
}

function attempt<T>(work: () => T): { value?: T; reason?: unknown } {
  try {
    return { value: work() };
  } catch (reason) {
    return { reason };
  }
}
