// Where what was built goes: to standard output, or into files that were not there before.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readStdin, readText } from '../files/read.js';
import { Failure, inWords } from '../failure.js';
import type { Note } from '../../types.js';
import { printAsIs, visible } from '../terminal.js';
import type { Flag } from './flags.js';
import { calledByFlags } from './names.js';

/** A file, or `-` for standard input. */
export async function textOf(word: string): Promise<string> {
  const reading = word === '-' ? readStdin() : readText(word);
  return reading.catch((reason: Error) => { throw new Failure(`${word === '-' ? 'Standard input' : word}: ${reason.message}`); });
}

export async function put(text: string, file: string | undefined, isForced: boolean | undefined): Promise<void> {
  if (file === undefined) await printAsIs(text);
  else save(file, text, isForced);
}

/** Writes files, all or, where one is there with another text, none. */
export function putAll(files: readonly { name: string; text: string }[], isForced: boolean | undefined): void {
  const others = isForced === true ? [] : files.filter(({ name, text }) => ![null, text].includes(textThere(name)));
  if (others.length > 0) throw new Failure(`${others[0]!.name} is there with another text. Nothing was written; --force replaces it.`);
  for (const { name, text } of files) save(name, text, true);
}

function save(file: string, text: string, isForced: boolean | undefined): void {
  try {
    if (isForced !== true && ![null, text].includes(textThere(file))) throw new Failure(`${file} is there with another text; --force replaces it.`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (reason) {
    throw reason instanceof Failure ? reason : new Failure(`${file}: ${inWords(reason)}.`);
  }
}

function textThere(file: string): string | null {
  try {
    // A device has no text that could be lost.
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : null;
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Failure(`${file}: ${inWords(reason)}.`);
  }
}

/** What the text alone does not say, beside it. */
export function tell(notes: readonly Note[], isQuiet: boolean | undefined, flags: readonly Flag[]): void {
  if (isQuiet === true) return;
  for (const { code, message } of notes) process.stderr.write(`${code === 'SUMMARY' ? '' : `note ${code}: `}${visible(calledByFlags(message, flags))}\n`);
}
