// The words of a command line, by Node's parseArgs, with its errors in one line.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './failure.js';
import { listed, type ColorChoice } from './terminal.js';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and other words. `--` ends the options. `about` tells of an option what it takes. */
export function parse<const T extends Options>(command: string, args: string[], options: T, about: (name: string) => string = () => '') {
  try {
    return parseArgs({ args: withColor(args), options: { ...options, color: { type: 'string' } }, allowPositionals: true });
  } catch (reason) {
    throw new Failure(`${inWords((reason as Error).message, Object.keys(options), about)} "postern ${command} --help" lists the options.`);
  }
}

/** What Node says of a word, with what would be right. */
function inWords(message: string, known: readonly string[], about: (name: string) => string): string {
  const [, unknown] = /^Unknown option '--?([^']+)'/.exec(message) ?? [];
  if (unknown !== undefined) return `There is no option ${unknown.length > 1 ? '-' : ''}-${unknown}.${instead(unknown, known)}`;
  const [, on] = /^Option '(?:-\w, )?--([^\s']+)' does not take an argument/.exec(message) ?? [];
  if (on !== undefined) return `--${on} takes no value: it is on where it stands, and ${known.includes(`no-${on}`) ? `off with --no-${on}` : 'off where it does not'}.`;
  const [, name, problem] = /^Option '(?:-\w, )?--([^\s']+)[^']*' argument (missing|is ambiguous)/.exec(message) ?? [];
  if (name === undefined) return `${message.split(/(?<=')\. |\n/)[0]!.replace(/\.$/, '')}.`;
  const what = [`--${name} takes a value`, about(name)].filter((text) => text !== '').join(': ').replace(/\.?$/, '.');
  return problem === 'missing' ? what : `${what} An option follows in its place; a value that begins with a dash is written as --${name}=VALUE.`;
}

/** The options that may be meant: the parts of a group, else one of nearly the same name. */
function instead(name: string, known: readonly string[]): string {
  // Each has two ways of writing, of which one is told.
  const parts = known.filter((one) => one.startsWith(`${name}.`) && !/[A-Z]/.test(one));
  if (parts.length > 0) return ` It is given by its parts: ${listed(parts.map((one) => `--${one}`))}; or whole, in the JSON of --options.`;
  const most = Math.min(3, name.length >> 1);
  const [near] = known.map((one) => ({ one, far: distance(one, name) })).filter(({ far }) => far <= most).sort((a, b) => a.far - b.far);
  if (near !== undefined) return ` Did you mean --${near.one}?`;
  const group = name.slice(0, name.lastIndexOf('.') + 1);
  // Each has two ways of writing.
  const others = group === '' ? [] : known.filter((one) => one.startsWith(group) && (/[A-Z]/.test(name) || !/[A-Z]/.test(one)));
  return others.length === 0 ? '' : ` There is ${listed(others.map((one) => `--${one}`))}.`;
}

/** How many letters have to be put in, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other[j] ? 0 : 1)));
    row = next;
  }
  return row[other.length]!;
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
