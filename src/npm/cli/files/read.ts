// A file as text. What is no text, or too long for a policy or a template, is refused in one line.
import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Failure, inWords } from '../failure.js';
import { say } from '../terminal.js';

/** Templates have at most 1 MB; plans of Terraform may have tens. */
const MOST_BYTES = 64 * 2 ** 20;

/** The text of a file, with the byte order mark that it may begin with. */
export async function readText(path: string): Promise<string> {
  try {
    const about = statSync(path);
    if (!about.isFile()) return decoded(await drained(createReadStream(path), `${path}, which is a pipe or a device,`));
    if (about.size > MOST_BYTES) throw tooLong(`${(about.size / 2 ** 20).toFixed(0)} MiB`, headOf(path));
    // Node reads text at once; only where it had to put a replacement for something do the bytes have to be looked at.
    const text = readFileSync(path, 'utf8');
    return text.includes('\ufffd') || isWide(text) ? decoded(readFileSync(path)) : text;
  } catch (reason) {
    throw reason instanceof Failure ? reason : new Failure(`${inWords(reason)}.`);
  }
}

/** The same of a file that nobody named, but was found by its name. A pipe, a socket or a device may never end, and is refused. */
export async function readFound(path: string): Promise<string> {
  const about = statSync(path, { throwIfNoEntry: false });
  if (about !== undefined && !about.isFile() && !about.isDirectory()) throw new Failure('it is a pipe, a socket or a device, and was not read.');
  return readText(path);
}

export async function readStdin(): Promise<string> {
  return decoded(givenBack ?? await drained(process.stdin, 'standard input'));
}

let givenBack: Buffer | undefined;

/** Keeps for the next reader what was read of standard input, all of it: what has ended takes nothing back. */
export function giveBack(bytes: Buffer): void {
  givenBack = bytes;
}

/** All that comes. A person who waits is told for what. */
async function drained(stream: NodeJS.ReadableStream, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const patience = setTimeout(() => {
    if (process.stderr.isTTY) say(`Waiting for ${name} to be written. Ctrl+C gives up.`);
  }, 1000);
  patience.unref();
  try {
    for await (const chunk of stream) {
      clearTimeout(patience);
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > MOST_BYTES) throw tooLong(`more than ${MOST_BYTES / 2 ** 20} MiB`, chunks[0]!);
    }
  } finally {
    clearTimeout(patience);
  }
  return Buffer.concat(chunks);
}

function headOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** So much of a file tells what it is. */
const HEAD = 2 ** 12;

/** What alone is longer in earnest. */
const ACCOUNT = /"(?:User|Group|Role)DetailList"\s*:/;

function tooLong(size: string, head: Buffer): Failure {
  const what = ACCOUNT.test(head.toString('utf8', 0, HEAD))
    ? '. Check account details in parts: aws iam get-account-authorization-details --filter Role > roles.json, the same for User, Group and LocalManagedPolicy, '
      + "and of one that is still too long jq '{RoleDetailList: .RoleDetailList[:5000]}' and what follows. postern role reads them whole."
    : '; policies and templates are far shorter.';
  return new Failure(`it has ${size}. Files of up to ${MOST_BYTES / 2 ** 20} MiB are read${what}`);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether each second of the first characters is none, as in UTF-16 without a mark in front. */
const isWide = (text: string): boolean => /^(?:[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/.test(text);

function decoded(bytes: Buffer): string {
  // As Windows PowerShell's > writes it.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || isWide(bytes.toString('latin1', 0, 4))) {
    throw new Failure('it is text in UTF-16. Save it as UTF-8; in PowerShell: ... | Out-File -Encoding utf8 FILE.');
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Failure('it is not text in UTF-8.');
  }
}
