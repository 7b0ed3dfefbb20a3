// The documentation of options, which speaks of them as JavaScript has them, in the words of a command line.
import { listed } from '../terminal.js';
import type { Flag } from './flags.js';

/** Options that stand beside each other, and where. */
export interface Scope {
  path: readonly string[];
  /** Whether there is an option of this name, or with this part. */
  has(names: readonly string[]): boolean;
}

/** `sessionEncryption.kmsKeyArn` as a flag, without its dashes. */
export const flagName = (path: readonly string[]): string =>
  path.map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()).join('.');

type Named = Pick<Flag, 'path' | 'kind' | 'words'>;

/** A description on one line: names of options in backticks become flags, values what is written for them. */
export function inFlags(text: string, flag: Named | null, scopes: readonly Scope[]): string {
  const parts = text.replace(/\s+/g, ' ').split('`');
  return parts.map((part, i) => (i % 2 === 0 ? part : codeIn(part, parts[i - 1]!, flag, scopes))).join('');
}

/**
 * A sentence of the engine's, which speaks of options as JavaScript has them, in the words of a command line: `denyOnly` is
 * `--deny-only`, `updateAgent false` is `--no-update-agent`, `minimizePolicy` is `postern minimize`. Every sentence of the
 * engine's that may name an option goes through here. `about` is the option that it is about, where one is.
 */
export function calledByFlags(sentence: string, flags: readonly Named[], about?: Named): string {
  return withCode(sentence, flags, about).replace(NAME, (whole, article: string, word: string, setting: string | undefined, at: number, all: string) => {
    const [before, rest] = [all.slice(Math.max(0, at - NEAR), at + article.length), all.slice(at + article.length + word.length)];
    if (Object.hasOwn(CALLS, word)) return `${article}"postern ${CALLS[word]!}"${setting ?? ''}`;
    const meant = meantBy(word, flags);
    // What is said of another policy than that which is built.
    if (meant.length === 0 && /^ of the (?:node|operator) policy\b/.test(rest)) return `${article}--${flagName(word.split('.'))}`;
    const [, value = ''] = /^ ([\w-]+)/.exec(rest) ?? [];
    const isValue = meant.length > 0 && meant.every(({ kind, words }) => (kind === 'switch' ? setting !== undefined : words?.includes(value) === true));
    if (meant.length === 0 || !(isValue || /[A-Z.]/.test(word) || isNamed(before, rest))) return whole;
    const off = isValue && setting === ' false' ? 'no-' : '';
    return `${isValue ? '' : article}${listed(meant.map(({ path }) => `--${off}${flagName(path)}`), 'or')}${isValue ? '' : setting ?? ''}`;
  });
}

/** What may be a name, with `true` or `false` behind it: in no path, key, address or example, and in no quotes. */
const NAME = /(?<![\w.:/"'-]|\{\{ ?)((?:the )?)([a-z]\w*(?:\.[a-z]\w*)*)(?![\w:/"-]|\.\w)( (?:true|false)\b)?/g;

/** So many characters before a name tell whether it is one. */
const NEAR = 60;

/** The calls that are commands here. */
const CALLS: Readonly<Record<string, string>> = {
  buildNodePolicy: 'build node', buildOperatorPolicy: 'build operator', buildRelated: 'build related', exportSetup: 'build setup', exportPolicy: 'export',
  minimizePolicy: 'minimize', validatePolicy: 'check', diagnoseRole: 'role', explainError: 'explain --error', compareAccess: 'diff',
};

/** The option of that name, or those in groups. */
function meantBy(word: string, flags: readonly Named[]): Named[] {
  const exact = flags.find(({ path }) => path.join('.') === word);
  return exact === undefined ? flags.filter(({ path }) => path.join('.').endsWith(`.${word}`)) : [exact];
}

/** Whether a word that may be one of English names an option, by what the engine writes around names. */
const isNamed = (before: string, behind: string): boolean => NAMING.some(([start, end]) => start.test(before) && end.test(behind));
const NAMING: readonly [RegExp, RegExp][] = [
  [/\bGive (?:\w+ (?:and|or) )*$/, /^(?:[.,;]| (?:such as|and|or|to)\b|$)/],
  [/\bdepends on (?:\w+, )*$/, /^[.,]/],
  [/\b(?:[Ll]eave|or) $/, /^ out\b/],
  [/\b[Dd]emand $/, /^[.,;]/],
  [/\bname that in $/, /^(?:\.| instead)/],
  [/\($/, /^\)/],
];

/** Code of JavaScript, such as `linux: { commands: "ls" }`, as flags; what stands for the value of a pair is one of `about`. */
function withCode(sentence: string, flags: readonly Named[], about: Named | undefined): string {
  return sentence.replace(/(?<![\w.])(\w+): ([{[](?:[^{}[\]]|\{[^{}]*\})*[\]}])/g, (whole, word: string, code: string) => {
    const value = valueIn(code);
    if (value === null) return whole;
    if (about?.kind === 'pairs' && Array.isArray(value)) return valueOf(JSON.stringify({ [word]: value as unknown }), about) ?? whole;
    const [flag, ...others] = flags.filter(({ path }) => path.at(-1) === word);
    if (flag !== undefined && others.length === 0) return `--${flagName(flag.path)} '${JSON.stringify(value)}'`;
    const parts = Object.entries(value).map(([name, one]): [Named | undefined, unknown] => [flags.find(({ path }) => path.join('.').endsWith(`${word}.${name}`)), one]);
    return parts.length > 0 && parts.every(([part]) => part !== undefined) ? parts.map(([part, one]) => `--${flagName(part!.path)} ${JSON.stringify(one)}`).join(' ') : whole;
  });
}

function codeIn(code: string, before: string, flag: Named | null, scopes: readonly Scope[]): string {
  // Where a clause begins with it, it tells what somebody gets who asks for it.
  if (flag?.kind === 'switch' && code === 'false' && before === '; ') return `--no-${flagName(flag.path)}`;
  if (/^[{[]/.test(code) && flag !== null) return valueOf(code, flag) ?? code;
  const names = code.split('.');
  const scope = /^\w+(\.\w+)*$/.test(code) ? scopes.find(({ has }) => has(names)) : undefined;
  return scope === undefined ? code : `--${flagName([...scope.path, ...names])}`;
}

/** An object or a list of JavaScript as the flag takes it; null for what is none. */
function valueOf(code: string, { path, kind, words }: Named): string | null {
  const option = `--${flagName(path)}`;
  const value = valueIn(code);
  if (Array.isArray(value)) return words === null ? value.map((one) => `${option} ${one}`).join(' ') : value.join(',');
  if (value === null || kind !== 'pairs') return value === null ? null : `'${JSON.stringify(value)}'`;
  return Object.entries(value).flatMap(([key, one]) => [one].flat().map((text) => `${option} ${key}=${String(text)}`)).join(' ');
}

function valueIn(code: string): object | null {
  try {
    return JSON.parse(code.replace(/([{,]\s*)(\w+)(?=\s*:)/g, '$1"$2"')) as object;
  } catch {
    return null;
  }
}
