// Follows files and folders: tells of each change of what a check reads, and of nothing else.
import { fstatSync, statSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { type FSWatcher, watch as watchPaths } from 'chokidar';
import picomatch from 'picomatch';
import { Failure, inWords } from '../failure.js';
import { SKIPPED, shown } from '../files/find.js';
import { IGNORED_BY, Ignores } from '../files/ignores.js';
import { mayHoldPolicies } from '../source/index.js';
import { say } from '../terminal.js';

/** Calls `told` from now on for each change of what the words mean, or of a configuration. Whoever calls the answer ends it. */
export async function follow(words: readonly string[], configs: readonly string[], told: (path: string) => void): Promise<() => Promise<void>> {
  const files = new Set([...words.map((word) => resolve(word)).filter(isFile), ...configs]);
  const watched = new Watched(words.filter((word) => !files.has(resolve(word))).map(folderOf), files);
  const watchers = watched.all();
  const ready = watchers.map((watcher) => new Promise<void>((done) => { watcher.once('ready', done); }));
  for (const watcher of watchers) {
    watcher.on('all', (event, path) => {
      if (!event.endsWith('Dir') && watched.isOfInterest(path) && !isOutput(path)) told(path);
    });
    watcher.on('error', (reason) => say(`Not all is watched any more: ${inWords(reason)}.`));
  }
  await Promise.all(ready);
  return async () => { await Promise.all(watchers.map((watcher) => watcher.close())); };
}

/** What is watched: folders that are searched, and files by the folders in which they stand or may come to stand. */
class Watched {
  private readonly ignores = new Map<string, Ignores>();

  constructor(private readonly searched: readonly string[], private readonly files: ReadonlySet<string>) {}

  /**
   * One for each folder: of a folder within another one chokidar tells, when both are given to the same, that it is gone with all
   * its files. A file that a program replaces is another one, which fs.watch alone would not follow, so its folder is watched.
   */
  all(): FSWatcher[] {
    const ofFiles = [...new Set(Array.from(this.files, dirname))].map((folder) => (
      watchPaths(folder, { ignoreInitial: true, depth: 0, ignored: (path) => path !== folder && !this.files.has(path) })
    ));
    return [...ofFiles, ...[...new Set(this.searched)].map((folder) => (
      watchPaths(folder, { ignoreInitial: true, ignored: (path, about) => this.isLeftOut(path, about?.isDirectory() ?? false) })
    ))];
  }

  private isLeftOut(path: string, isFolder: boolean): boolean {
    if (this.files.has(path) || this.searched.includes(path)) return false;
    return SKIPPED.has(basename(path)) || this.ignoresIn(dirname(path)).has(path, isFolder);
  }

  isOfInterest(path: string): boolean {
    if (basename(path) === IGNORED_BY) this.ignores.clear();
    return this.files.has(path) || (this.isSearched(path) && (mayHoldPolicies(path) || basename(path) === IGNORED_BY));
  }

  private isSearched(path: string): boolean {
    return this.searched.some((folder) => path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`));
  }

  private ignoresIn(folder: string): Ignores {
    const above = (): Ignores => (this.searched.includes(folder) ? Ignores.above(folder) : this.ignoresIn(dirname(folder)));
    const known = this.ignores.get(folder) ?? above().in(folder);
    this.ignores.set(folder, known);
    return known;
  }
}

/** Whether a file is that into which the report is written. */
function isOutput(path: string): boolean {
  try {
    const [own, about] = [fstatSync(1), statSync(path)];
    return own.ino === about.ino && own.dev === about.dev;
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The folder in which everything lies that a word means. */
function folderOf(word: string): string {
  const path = resolve(word);
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : resolve(picomatch.scan(word).base);
  try {
    return statSync(folder).isDirectory() ? folder : dirname(folder);
  } catch (reason) {
    throw new Failure(`${shown(folder)}: ${inWords(reason)}.`);
  }
}
