/** Why a command cannot do what it was asked: wrong words, or a file that cannot be read. One line, exit code 2. */
export class Failure extends Error {}

/** What the engine says of a policy in a file, with the name of the file. */
export function ofFile<T>(file: string, ask: () => T): T {
  try {
    return ask();
  } catch (reason) {
    const { message, path } = reason as { message: string; path?: string | null };
    throw /^policy\b/.test(path ?? '') ? new Failure(`${file === '-' ? 'standard input' : file}: ${message}`) : reason;
  }
}

/** What the operating system refused, in words. */
export function inWords(reason: unknown): string {
  const { code, message } = reason as NodeJS.ErrnoException;
  return REFUSALS[code ?? ''] ?? message;
}

const REFUSALS: Record<string, string> = {
  EACCES: 'it may not be read or written: permission denied',
  EEXIST: 'it exists already',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads back to itself',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file and no folder',
  EPERM: 'it may not be read or written: permission denied',
  EROFS: 'the disk may not be written',
};
