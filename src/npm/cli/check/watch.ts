// postern check --watch: checks again whenever a file changes, until it is ended.
import { statSync, watch as watchPath } from 'node:fs';
import { dirname, resolve } from 'node:path';
import picomatch from 'picomatch';
import { Failure, inWords } from '../failure.js';
import { shown } from '../files/find.js';
import { print, say } from '../terminal.js';
import { once, type Request } from './command.js';

/** Editors write a file in several steps. */
const QUIET_MS = 100;

export async function watch(request: Request): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  let changed = (): void => undefined;
  for (const folder of new Set(request.words.map(folderOf))) {
    try {
      watchPath(folder, { recursive: true }, () => {
        clearTimeout(timer);
        timer = setTimeout(() => changed(), QUIET_MS);
      }).on('error', (reason) => say(`${shown(folder)}: it is not watched any more: ${inWords(reason)}.`));
    } catch (reason) {
      throw new Failure(`${shown(folder)}: ${inWords(reason)}.`);
    }
  }
  for (;;) {
    const change = new Promise<void>((done) => { changed = done; });
    if (process.stdout.isTTY) await print('\x1b[2J\x1b[H');
    await once(request);
    if (process.stdout.destroyed) process.exit(); // Nobody reads any more.
    say('Waiting for changes; Ctrl+C ends it.');
    await change;
  }
}

/** The folder in which everything lies that a word means. */
function folderOf(word: string): string {
  const path = resolve(word);
  try {
    return statSync(path).isDirectory() ? path : dirname(path);
  } catch {
    return resolve(picomatch.scan(word).base);
  }
}
