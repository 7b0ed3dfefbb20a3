// postern check --watch: checks again whenever a file changes, until it is ended.
import { fstatSync, statSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { watch as watchPaths } from 'chokidar';
import picomatch from 'picomatch';
import { Failure, inWords } from '../failure.js';
import { SKIPPED, shown } from '../files/find.js';
import { IGNORED_BY, Ignores } from '../files/ignores.js';
import { mayHoldPolicies } from '../source/index.js';
import { print, say } from '../terminal.js';
import { once, type Request } from './command.js';

/** Editors write a file in several steps, and git many files. */
const QUIET_MS = 100;

/** `request` reads the configuration anew, from one of these places. */
export async function watch(words: readonly string[], configs: readonly string[], request: () => Promise<Request>): Promise<number> {
  const files = new Set([...words.map((word) => resolve(word)).filter(isFile), ...configs]);
  const watched = new Watched(words.filter((word) => !files.has(resolve(word))).map(folderOf), files);
  let timer: NodeJS.Timeout | undefined;
  let changed = (): void => undefined;
  // A file that a program replaces is another one, which fs.watch alone would not follow.
  const watcher = watchPaths(watched.folders(), { ignoreInitial: true, ignored: (path, about) => watched.isLeftOut(path, about?.isDirectory() ?? false) });
  watcher.on('all', (event, path) => {
    if (event.endsWith('Dir') || !watched.isOfInterest(path) || isOutput(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => changed(), QUIET_MS);
  });
  watcher.on('error', (reason) => say(`Not all is watched any more: ${inWords(reason)}.`));
  await new Promise<void>((done) => { watcher.once('ready', done); });
  for (;;) {
    const change = new Promise<void>((done) => { changed = done; });
    if (process.stdout.isTTY) await print('\x1b[2J\x1b[H');
    try {
      await once(await request());
    } catch (reason) {
      // A configuration that is half written is no reason to end.
      if (!(reason instanceof Failure)) throw reason;
      say(reason.message);
    }
    if (process.stdout.destroyed) process.exit(); // Nobody reads any more.
    say('Waiting for changes; Ctrl+C ends it.');
    await change;
  }
}

/** What is watched: folders that are searched, and files by the folders in which they stand or may come to stand. */
class Watched {
  private readonly ignores = new Map<string, Ignores>();

  constructor(private readonly searched: readonly string[], private readonly files: ReadonlySet<string>) {}

  folders(): string[] {
    return [...new Set([...this.searched, ...Array.from(this.files, dirname)])];
  }

  isLeftOut(path: string, isFolder: boolean): boolean {
    if (this.files.has(path) || this.folders().includes(path)) return false;
    if (!this.isSearched(path)) return true;
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
