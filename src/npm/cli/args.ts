// The words of a command line, by Node's parseArgs, with its errors in one line.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './failure.js';
import { alike, didYouMean, withPartsOf } from './near.js';
import { listed, type ColorChoice } from './terminal.js';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and other words. `--` ends the options. `about` tells of an option what it takes. */
export function parse<const T extends Options>(command: string, args: string[], options: T, about: (name: string) => string = () => '') {
  try {
    const parsed = parseArgs({ args: withColor(args), options: { ...options, color: { type: 'string' } }, allowPositionals: true });
    if (parsed.positionals.includes('')) throw new Failure('A word is empty, as "$NAME" is where a shell has no such variable.');
    return parsed;
  } catch (reason) {
    if (reason instanceof Failure) throw reason;
    throw new Failure(`${inWords((reason as Error).message, Object.keys(options), about)} "postern ${command} --help" lists the options.`);
  }
}

/** What Node says of a word, with what would be right. */
function inWords(message: string, known: readonly string[], about: (name: string) => string): string {
  const [, unknown] = /^Unknown option '--?([^']+)'/.exec(message) ?? [];
  if (unknown !== undefined) return `There is no option ${unknown.length > 1 ? '-' : ''}-${unknown}.${instead(unknown, known)}`;
  const [, name, problem] = /^Option '(?:-\w, )?--([^\s']+)[^']*' (?:argument )?(missing|is ambiguous|does not take an argument)/.exec(message) ?? [];
  if (name === undefined) return `${message.split(/(?<=')\. |\n/)[0]!.replace(/\.$/, '')}.`;
  if (problem === 'does not take an argument') return withoutValue(name, known);
  const what = [`--${name} takes a value`, about(name)].filter((text) => text !== '').join(': ').replace(/\.?$/, '.');
  return problem === 'missing' ? what : `${what} An option follows in its place; a value that begins with a dash is written as --${name}=VALUE.`;
}

/** What a switch is that was given a value. */
export function withoutValue(name: string, known: readonly string[]): string {
  const of = name.replace(/^no-/, '');
  return known.includes(of) && known.includes(`no-${of}`) ? `--${name} takes no value: it is --${of} or --no-${of}.` : `--${name} takes no value.`;
}

/** The options that may be meant: the parts of a group, those that have its words, or that are of nearly the same name. */
function instead(name: string, known: readonly string[]): string {
  // Each has two ways of writing, of which one is told.
  const parts = known.filter((one) => one.startsWith(`${name}.`) && !/[A-Z]/.test(one));
  if (parts.length > 0) return ` It is given by its parts: ${listed(parts.map((one) => `--${one}`))}; or whole, in the JSON of --options.`;
  const told = [...known, 'help'].filter((one) => /[A-Z]/.test(name) || !/[A-Z]/.test(one));
  const names = told.filter((one) => name.startsWith('no-') || !(one.startsWith('no-') && known.includes(one.slice('no-'.length))));
  // A name alone may also be the last part of one in a group.
  const last = (one: string): string => one.slice(one.lastIndexOf('.') + 1);
  const near = [names.filter((one) => last(one) === name), names.filter((one) => name.length >= BEGINNING && one.startsWith(name)), withPartsOf(name, names), alike(name, names), name.includes('.') ? [] : alike(name, names.map(last)).flatMap((end) => names.filter((one) => last(one) === end))]
    .find((some) => some.length > 0);
  if (near !== undefined) return didYouMean(near.slice(0, 3).map((one) => `--${one}`));
  const group = name.slice(0, name.lastIndexOf('.') + 1);
  const others = group === '' ? [] : told.filter((one) => one.startsWith(group));
  return others.length === 0 ? '' : ` There is ${listed(others.map((one) => `--${one}`))}.`;
}

/** So many letters tell which option is meant that begins with them. */
const BEGINNING = 3;

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
  throw new Failure(`"postern ${command}" takes ${what}; ${words.length === 0 ? 'none was' : `${words.length} were`} given. "postern ${command} --help" shows how.`);
}
