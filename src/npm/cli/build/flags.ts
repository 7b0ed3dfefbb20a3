// The flags of a command from the JSON Schema of its options: `--session-encryption.kms-key-arn` is
// `sessionEncryption.kmsKeyArn`, and both ways of writing are taken.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneOf, parse, withoutValue, type Options } from '../args.js';
import { Failure } from '../failure.js';
import { alike, didYouMean } from '../near.js';
import { listed } from '../terminal.js';
import { several, takes } from './help.js';
import { calledByFlags, flagName, inFlags, type Scope } from './names.js';

export { flagName };

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  description?: string;
}

export interface Flag {
  path: string[];
  kind: 'switch' | 'text' | 'list' | 'number' | 'scalar' | 'pairs' | 'json';
  words: string[] | null;
  /** `within`: once another part of its group is given. */
  need: 'always' | 'within' | null;
  about: string;
  /** A value as it may look, where it is JSON. */
  example: string;
}

/** Flags that are parts of one option, or that of a command. */
export interface Group {
  path: string[];
  about: string;
  flags: Flag[];
}

let definitions: Record<string, Schema> | undefined;

/** The flags for the options of that name in `options.schema.json`. */
export const flagsOf = (name: string): Flag[] => groupsOf(name).flatMap(({ flags }) => flags);

/** The same by the options of which they are parts, those of none first. */
export function groupsOf(name: string): Group[] {
  definitions ??= (JSON.parse(readFileSync(join(__dirname, 'options.schema.json'), 'utf8')) as { $defs: Record<string, Schema> }).$defs;
  const root = definitions[name]!;
  return within({ path: [], about: root.description ?? '', need: 'always', schema: root, above: [] });
}

/** An option that is made of others; `above` are those in which it stands, the innermost first. */
interface Place {
  path: string[];
  about: string;
  need: Flag['need'];
  schema: Schema;
  above: Scope[];
}

function within({ path, about, need, schema: { properties = {}, required = [] }, above }: Place): Group[] {
  const scopes: Scope[] = [{ path, has: (names) => isIn(properties, names) }, ...above];
  const own: Group = { path, about: inFlags(about, null, above), flags: [] };
  const groups = [own];
  for (const [name, value] of Object.entries(properties)) {
    const schema = resolved(value);
    const at = [...path, name];
    const description = value.description ?? schema.description ?? '';
    const needed = !required.includes(name) ? null : need === 'always' ? 'always' : 'within';
    if (schema.properties !== undefined) groups.push(...within({ path: at, about: description, need: needed, schema, above: scopes }));
    else {
      const type = typeOf(schema);
      own.flags.push({ path: at, ...type, need: needed, about: inFlags(description, { path: at, ...type }, scopes), example: exampleOf(schema) });
    }
  }
  return groups;
}

function isIn(properties: Record<string, Schema>, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined || !Object.hasOwn(properties, name)) return false;
  return rest.length === 0 || isIn(resolved(properties[name]!).properties ?? {}, rest);
}

/** Of a map with an object for each name. */
function exampleOf({ additionalProperties: inner }: Schema): string {
  const [name, field] = typeof inner === 'object' ? Object.entries(resolved(inner).properties ?? {})[0] ?? [] : [];
  return name === undefined || field === undefined ? '' : JSON.stringify({ NAME: { [name]: resolved(field).enum?.[0] ?? 'VALUE' } });
}

const resolved = (schema: Schema): Schema => (schema.$ref === undefined ? schema : definitions![schema.$ref.split('/').at(-1)!]!);

function typeOf(schema: Schema): Pick<Flag, 'kind' | 'words'> {
  const list = schema.anyOf?.find(({ type }) => type === 'array') ?? (schema.type === 'array' ? schema : undefined);
  if (list !== undefined) return { kind: 'list', words: resolved(list.items!).enum ?? null };
  if (schema.enum !== undefined) return { kind: 'text', words: schema.enum };
  if (typeof schema.additionalProperties === 'object') {
    return { kind: resolved(schema.additionalProperties).properties === undefined ? 'pairs' : 'json', words: null };
  }
  if (Array.isArray(schema.type)) return { kind: 'scalar', words: null };
  const kinds: Record<string, Flag['kind']> = { boolean: 'switch', integer: 'number', number: 'number', string: 'text' };
  return { kind: kinds[schema.type ?? ''] ?? 'json', words: null };
}

const names = ({ path }: Flag): string[] => [...new Set([flagName(path), path.join('.')])];

/** Reads a command line with these flags and some options of the command's own. */
export function parseFlags<const T extends Options>(command: string, args: string[], flags: readonly Flag[], own: T) {
  const options: Options = { ...own };
  for (const flag of flags) {
    for (const name of names(flag)) {
      options[name] = flag.kind === 'switch' ? { type: 'boolean' } : { type: 'string', multiple: true };
      if (flag.kind === 'switch') options[`no-${name}`] = { type: 'boolean' };
    }
  }
  const { values, positionals } = parse(command, args, options, (name) => {
    const flag = flags.find((one) => names(one).includes(name));
    return flag === undefined ? '' : [takes(flag), flag.about].filter((text) => text !== '').join('. ');
  });
  const given: Record<string, unknown> = {};
  for (const flag of flags) {
    const value = valueOf(flag, values as Record<string, unknown>);
    if (value !== undefined) put(given, flag.path, value);
  }
  type Own = { [K in keyof T]?: T[K] extends { type: 'boolean' } ? boolean : T[K] extends { multiple: true } ? string[] : string };
  return { given, own: values as Own & { color?: string }, positionals };
}

function valueOf(flag: Flag, values: Record<string, unknown>): unknown {
  const option = `--${flagName(flag.path)}`;
  if (flag.kind === 'switch') {
    const [on, off] = [names(flag).some((name) => values[name] === true), names(flag).some((name) => values[`no-${name}`] === true)];
    if (on && off) throw new Failure(`${option} and --no-${flagName(flag.path)} cannot both be so.`);
    return on || off ? on : undefined;
  }
  const texts = names(flag).flatMap((name) => (values[name] as string[] | undefined) ?? []);
  if (texts.length === 0) return undefined;
  if (flag.kind === 'list') {
    // A word that is known has no comma in it; any other value may.
    const all = flag.words === null ? texts : texts.flatMap((text) => text.split(',')).map((text) => text.trim());
    for (const text of flag.words === null ? [] : all) oneOf(option, text, flag.words!);
    return all.length === 1 ? all[0] : all;
  }
  for (const text of flag.words === null ? [] : texts) oneOf(option, text, flag.words!);
  if (flag.kind === 'pairs') return pairs(option, texts);
  if (texts.length > 1) throw new Failure(`${option} is given ${texts.length} times and takes one value.`);
  const [text] = texts as [string];
  if (flag.kind === 'json') return jsonOf(option, text, flag.example);
  if (flag.kind === 'number') return numberOf(flag, text);
  if (flag.kind === 'scalar' && /^(true|false|\d+)$/.test(text)) return JSON.parse(text.replace(/^0+(?=\d)/, '')) as unknown;
  return text;
}

function pairs(option: string, texts: readonly string[]): Record<string, string | string[]> {
  const all = new Map<string, string[]>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) throw new Failure(`${option} takes KEY=VALUE, such as Team=web, not ${JSON.stringify(text)}.`);
    all.set(text.slice(0, at), [...all.get(text.slice(0, at)) ?? [], text.slice(at + 1)]);
  }
  return Object.fromEntries([...all].map(([key, values]) => [key, values.length === 1 ? values[0]! : values]));
}

function numberOf({ path, about }: Flag, text: string): number {
  if (!/^-?\d+$/.test(text)) throw new Failure(`--${flagName(path)} takes a whole number, not ${JSON.stringify(text)}. ${about}`.trimEnd());
  return Number(text);
}

function jsonOf(what: string, text: string, example = ''): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (reason) {
    if (example === '') throw new Failure(`${what} takes JSON: ${(reason as Error).message}.`);
    const shown = text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
    throw new Failure(`${what} takes JSON, such as '${example}', and not ${shown}. Names and texts stand in double quotes, which a shell keeps where all of it stands in single quotes.`);
  }
}

/** Of a value that is wrong so much is told. */
const MOST_SHOWN = 60;

function put(object: Record<string, unknown>, [name, ...rest]: string[], value: unknown): void {
  // A name such as __proto__ would else be no field of its own.
  const set = (one: unknown): unknown => Object.defineProperty(object, name!, { value: one, enumerable: true, configurable: true, writable: true });
  if (rest.length === 0) set(value);
  else {
    const inner = Object.hasOwn(object, name!) ? object[name!] : undefined;
    const next = typeof inner === 'object' && inner !== null ? inner as Record<string, unknown> : {};
    set(next);
    put(next, rest, value);
  }
}

/** Options of a file with those of the command line in their place. */
export function merged(file: unknown, given: Record<string, unknown>): unknown {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return file;
  const all: Record<string, unknown> = { ...file };
  for (const [name, value] of Object.entries(given)) {
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    all[name] = isGroup && Object.hasOwn(all, name) ? merged(all[name], value as Record<string, unknown>) : value;
  }
  return all;
}

/** What a command that takes options only says of another word: what it may have been meant for. */
export function strayWord(command: string, word: string, args: readonly string[], flags: readonly Flag[]): Failure {
  const before = args.slice(0, args.indexOf(word)).findLast((one) => one.startsWith('--')) ?? '';
  const name = before.slice(2).split('=')[0]!;
  const flag = flags.find((one) => names(one).some((known) => known === name || `no-${known}` === name));
  const about = flag === undefined ? '' : flag.kind === 'switch' ? ` ${withoutValue(name, names(flag).flatMap((one) => [one, `no-${one}`]))}`
    : flag.kind === 'list' || flag.kind === 'pairs' ? ` To give several: ${several(flag, name)}` : '';
  return new Failure(`"postern ${command}" takes options only, not ${JSON.stringify(word)}.${about} "postern ${command} --help" lists them.`);
}

/** Where options come from. */
export interface Source {
  /** What flags say. */
  given: Record<string, unknown>;
  /** A file that says the others. */
  file: string | undefined;
}

/** The engine's message with the flag that it is about, or the key of the file, by its path such as `options.s3Logs.bucket`. */
export function refusal(reason: unknown, flags: readonly Flag[], { given, file }: Source = { given: {}, file: undefined }): unknown {
  const { name, message, path } = reason as { name: string; message: string; path: string | null };
  if (name !== 'PosternError') return reason;
  const [, steps = ''] = new RegExp(`^${PATH.source}`).exec(path ?? '') ?? [];
  const isOfFile = file !== undefined && !(steps !== '' && isGiven(given, partsOf(steps)));
  const nameOf = (one: string): string => (isOfFile ? one.slice(1) : named(one, flags));
  const text = message.replace(PATH, (_, one: string) => nameOf(one));
  // A message that names several flags is about all of them.
  const isNamed = calledByFlags(message, flags).includes(`--${flagName(partsOf(steps))}`);
  const told = text === message && steps !== '' && !isNamed ? `${nameOf(steps)}: ${message}` : text;
  const words = / is missing\.$/.test(told) ? flags.find(({ path: own }) => own.join('.') === partsOf(steps).join('.'))?.words ?? null : null;
  if (isOfFile) return new Failure(`${file === '-' ? 'Standard input' : file}: ${told.replace(/^options must be/, 'it must be')}${meant(told)}`);
  return new Failure(`${calledByFlags(told, flags, flags.find(({ path: [...own] }) => own.join('.') === partsOf(steps).slice(0, own.length).join('.')))}${words === null ? '' : ` It is ${choice(words)}.`}${withCommas(given, partsOf(steps), flags)}`);
}

/** The option that may be meant by one that is not known: flags are in small letters with dashes, and options are not. */
function meant(told: string): string {
  const [, word, known] = /^(?:[\w.-]+\.)?([\w-]+) is not known\. Known are ([\w, ]+)\.$/.exec(told) ?? [];
  return word === undefined ? '' : didYouMean(alike(word.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), known!.split(', ')));
}

/** How several values are given, of a flag that was given them with commas. */
function withCommas(given: Record<string, unknown>, parts: readonly string[], flags: readonly Flag[]): string {
  const flag = flags.find(({ kind, words, path }) => kind === 'list' && words === null && path.join('.') === parts.join('.'));
  const value = parts.reduce<unknown>((object, part) => (object as Record<string, unknown> | undefined)?.[part], given);
  if (flag === undefined || ![value].flat().some((text) => String(text).includes(','))) return '';
  return ` To give several: ${several(flag, flagName(flag.path))}`;
}

/** Whether flags give an option, or what it is a part of. */
function isGiven(given: unknown, parts: readonly string[]): boolean {
  const [first, ...rest] = parts;
  if (first === undefined || typeof given !== 'object' || given === null) return true;
  return Object.hasOwn(given, first) && isGiven((given as Record<string, unknown>)[first], rest);
}

/** The flag of a path; what stands behind it is a key of its value, such as the name of a tag. */
function named(steps: string, flags: readonly Flag[]): string {
  const parts = partsOf(steps);
  const isStart = ({ path }: Flag): boolean => path.length < parts.length && path.every((part, i) => part === parts[i]);
  const length = flags.find(isStart)?.path.length ?? parts.length;
  return [`--${flagName(parts.slice(0, length))}`, ...parts.slice(length)].join(' ');
}

/** A path in what is built, such as `options.node.s3Logs.bucket`. */
const PATH = /\b(?:options|target)((?:\.\w+|\[\d+\])+)/;
const partsOf = (path: string): string[] => path.replace(/\[\d+\]/g, '').split('.').slice(1);

export const choice = (words: readonly string[]): string => listed([...words], 'or');
