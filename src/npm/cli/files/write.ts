// Writes a file whole or not at all.
import { accessSync, chmodSync, chownSync, closeSync, constants, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { Failure, inWords } from '../failure.js';
import type { Target } from './find.js';

/**
 * Puts `text` in the place of `before`, which is what was read. A file that holds something else by now is left alone. The
 * text is written beside it and then takes its name, with its mode and its owner; a symbolic link stays one, and what has a
 * hard link or is not to be written to is left alone. What was found in a folder, and not named, is not written to where a link leads out
 * of that folder.
 */
export function replaceFile({ absolute, within }: Target, before: string, text: string): void {
  let beside: string | undefined;
  try {
    const real = realpathSync(absolute);
    if (within !== null && !real.startsWith(within.endsWith(sep) ? within : `${within}${sep}`)) {
      throw new Failure('a link leads to it out of the folder that was named, and it was left as it is. Name the file to change it.');
    }
    beside = join(dirname(real), `.${basename(real)}.${process.pid}.postern`);
    const { mode, nlink, uid, gid } = statSync(real);
    if ((mode & 0o222) === 0) throw new Failure('nobody may write to it, and it was left as it is. Make it writable first, such as with chmod u+w.');
    accessSync(real, constants.W_OK);
    if (nlink > 1) throw new Failure('it has another name too, a hard link, under which the old text would stay, and was left as it is. Make it a file of its own first.');
    const file = openSync(beside, 'wx', mode);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    const made = statSync(beside);
    if (made.uid !== uid || made.gid !== gid) chownSync(beside, uid, gid);
    chmodSync(beside, mode);
    if (!readFileSync(real).equals(Buffer.from(before))) throw new Failure('it was changed by somebody else meanwhile, and was left as it is.');
    renameSync(beside, real);
  } catch (reason) {
    if (beside !== undefined && (reason as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(beside, { force: true });
    throw reason instanceof Failure ? reason : new Failure(`${inWords(reason)}.`);
  }
}
