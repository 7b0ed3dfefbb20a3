// The words of a command line, by Node's parseArgs, with its errors in one line.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './failure.js';
import { listed, type ColorChoice } from './terminal.js';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and other words. `--` ends the options. */
export function parse<const T extends Options>(command: string, args: string[], options: T) {
  try {
    return parseArgs({ args: withColor(args), options: { ...options, color: { type: 'string' } }, allowPositionals: true });
  } catch (reason) {
    const [first] = (reason as Error).message.split(/(?<=')\. |\n/);
    throw new Failure(`${first!.replace(/\.$/, '')}. "postern ${command} --help" lists the options.`);
  }
}

/** `--color` alone is `always`, `--no-color` is `never`. */
function withColor(args: string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((word, i) => {
    if (i >= end) return word;
    if (word === '--no-color') return '--color=never';
    return word === '--color' && !COLORS.includes(args[i + 1] as ColorChoice) ? '--color=always' : word;
  });
}

const COLORS: ColorChoice[] = ['auto', 'always', 'never'];

export const colorOf = (word: string | undefined): ColorChoice => oneOf('--color', word, COLORS) ?? 'auto';

/** The word that was given for an option, if it is one that the option knows. */
export function oneOf<T extends string>(option: string, word: string | undefined, words: readonly T[]): T | undefined {
  if (word === undefined || words.includes(word as T)) return word as T | undefined;
  throw new Failure(`${option} is ${listed([...words], 'or')}, not ${JSON.stringify(word)}.`);
}

/** The only word besides the options. */
export function onlyWord(command: string, words: string[], what: string): string {
  if (words.length === 1) return words[0]!;
  throw new Failure(`"postern ${command}" takes ${what}; ${words.length} were given. "postern ${command} --help" shows how.`);
}
