// postern check --watch: checks again whenever a file changes, until it is ended.
import { Failure } from '../failure.js';
import { print, say } from '../terminal.js';
import { once, type Request } from './command.js';
import { follow } from './follow.js';

/** Editors write a file in several steps, and git many files. */
const QUIET_MS = 100;

/** `request` reads the configuration anew, from one of these places. */
export async function watch(words: readonly string[], configs: readonly string[], request: () => Promise<Request>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  let changed = (): void => undefined;
  await follow(words, configs, () => {
    clearTimeout(timer);
    timer = setTimeout(() => changed(), QUIET_MS);
  });
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
