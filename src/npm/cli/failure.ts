/** Why a command cannot do what it was asked: wrong words, or a file that cannot be read. One line, exit code 2. */
export class Failure extends Error {}

/** What is wrong with a file, as compilers have it where it is told with its line and column. */
export const inFile = (path: string, message: string): string => (/^\d+:\d+: /.test(message) ? `${path}:${message}` : `${path}: ${message}`);

/** What the engine says of a policy in a file, with the name of the file; of the policy it speaks as an argument. `inWords`: of a command line. */
export function ofFile<T>(file: string, ask: () => T, inWords = (sentence: string): string => sentence): T {
  try {
    return ask();
  } catch (reason) {
    const { message: given, path } = reason as { message: string; path?: string | null };
    const message = inWords(given);
    if (!/^policy\b/.test(path ?? '')) throw reason;
    const [, line, column] = /^policy is not valid JSON at line (\d+), column (\d+)/.exec(message) ?? [];
    const told = line === undefined ? message.replace(/^policy\.?(?=[\w[])/, '').replace(/^policy (?=\w)/, 'it ') : `${line}:${column}: The policy is not valid JSON.`;
    throw new Failure(inFile(file === '-' ? 'standard input' : file, told));
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
