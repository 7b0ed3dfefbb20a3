// The flags of a command from the JSON Schema of its options: `--session-encryption.kms-key-arn` is
// `sessionEncryption.kmsKeyArn`, and both ways of writing are taken.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneOf, parse, type Options } from '../args.js';
import { Failure } from '../failure.js';
import { listed } from '../terminal.js';

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
  isRequired: boolean;
  about: string;
  /** A value as it may look, where it is JSON. */
  example: string;
}

let definitions: Record<string, Schema> | undefined;

/** The flags for the options of that name in `options.schema.json`. */
export function flagsOf(name: string): Flag[] {
  definitions ??= (JSON.parse(readFileSync(join(__dirname, 'options.schema.json'), 'utf8')) as { $defs: Record<string, Schema> }).$defs;
  return within(definitions[name]!, []);
}

function within({ properties = {}, required = [] }: Schema, path: string[]): Flag[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const schema = resolved(value);
    const at = [...path, name];
    if (schema.properties !== undefined) return within(schema, at);
    const about = (value.description ?? schema.description ?? '').replaceAll('`', '').replace(/\s+/g, ' ');
    return [{ path: at, ...typeOf(schema), isRequired: required.includes(name), about, example: exampleOf(schema) }];
  });
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

/** `sessionEncryption.kmsKeyArn` as a flag, without its dashes. */
export const flagName = (path: readonly string[]): string =>
  path.map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()).join('.');

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
  for (const text of flag.words === null ? [] : texts) oneOf(option, text, flag.words!);
  if (flag.kind === 'list') return texts.length === 1 ? texts[0] : texts;
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

export function jsonOf(what: string, text: string, example = ''): unknown {
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

/** Lines of help: a flag, what it takes, its documentation. */
export function helpOf(flags: readonly Flag[]): string {
  return flags.map((flag) => {
    const { path, kind, words, isRequired, about } = flag;
    const more = [...words !== null && !isShort(words) ? [`One of ${words.join(', ')}.`] : [], ...isRequired ? ['Needed.'] : [], ...kind === 'list' || kind === 'pairs' ? ['May be repeated.'] : []];
    return `  --${flagName(path)} ${takes(flag)}`.trimEnd() + `\n${wrapped([about, ...more].join(' '))}`;
  }).join('\n');
}

const isShort = (words: readonly string[]): boolean => words.join('|').length < 70;

function takes({ kind, words }: Flag): string {
  if (words !== null && isShort(words)) return words.join('|');
  return { switch: '', list: 'TEXT', text: words === null ? 'TEXT' : 'WORD', scalar: 'VALUE', number: 'NUMBER', pairs: 'KEY=VALUE', json: 'JSON' }[kind];
}

function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ').filter((one) => one !== '')) {
    if (lines.at(-1)!.length + word.length > 92) lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) === '' ? '      ' : ' '}${word}`;
  }
  return lines.join('\n');
}

/** The engine's message with the flag that it is about, by its path such as `options.s3Logs.bucket`. */
export function refusal(reason: unknown, flags: readonly Flag[]): unknown {
  const { name, message, path } = reason as { name: string; message: string; path: string | null };
  if (name !== 'PosternError') return reason;
  const told = inFlags(message.replace(new RegExp(PATH, 'g'), (_, steps: string) => named(steps, flags)), flags);
  if (PATH.test(message)) return new Failure(told);
  const [, steps] = new RegExp(`^${PATH.source}`).exec(path ?? '') ?? [];
  return new Failure(steps === undefined ? told : `${named(steps, flags)}: ${told}`);
}

/** A sentence of the engine's in which options are called as their flags: `denyOnly` as `--deny-only`. */
export function inFlags(sentence: string, flags: readonly Flag[]): string {
  return sentence.replace(/(?<![\w.:/-])[a-z]+(?:[A-Z]\w*|\.[a-z]\w*)[\w.]*(?<!\.)/g, (word) => {
    const all = flags.filter(({ path }) => path.join('.') === word || path.join('.').endsWith(`.${word}`));
    return all.length === 1 ? `--${flagName(all[0]!.path)}` : word;
  });
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
