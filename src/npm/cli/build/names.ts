// The documentation of options, which speaks of them as JavaScript has them, in the words of a command line.
import { valueIn, withCode, withNames } from '../../option-names.js';
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
  return withNames(asFlags(sentence, flags, about), flags, ({ article, word, meant, value, rest }) => {
    if (Object.hasOwn(CALLS, word)) return `${article}"postern ${CALLS[word]!}"`;
    // What is said of another policy than that which is built.
    if (meant.length === 0) return /^ of the (?:node|operator) policy\b/.test(rest) ? `${article}--${flagName(word.split('.'))}` : null;
    const isSwitch = value !== null && meant.every(({ kind }) => kind === 'switch');
    const told = listed(meant.map(({ path }) => `--${isSwitch && value === 'false' ? 'no-' : ''}${flagName(path)}`), 'or');
    return value === null ? article + told : isSwitch ? told : `${told} ${value}`;
  });
}

/** The calls that are commands here. */
const CALLS: Readonly<Record<string, string>> = {
  buildNodePolicy: 'build node', buildOperatorPolicy: 'build operator', buildRelated: 'build related', exportSetup: 'build setup', exportPolicy: 'export',
  minimizePolicy: 'minimize', validatePolicy: 'check', diagnoseRole: 'role', explainError: 'explain --error', compareAccess: 'diff',
};

/** Code of JavaScript, such as `linux: { commands: "ls" }`, as flags; what stands for the value of a pair is one of `about`. */
function asFlags(sentence: string, flags: readonly Named[], about: Named | undefined): string {
  return withCode(sentence, (word, value) => {
    if (about?.kind === 'pairs' && Array.isArray(value)) return valueOf(JSON.stringify({ [word]: value as unknown }), about);
    const [flag, ...others] = flags.filter(({ path }) => path.at(-1) === word);
    if (flag !== undefined && others.length === 0) return `--${flagName(flag.path)} '${JSON.stringify(value)}'`;
    const parts = Object.entries(value).map(([name, one]): [Named | undefined, unknown] => [flags.find(({ path }) => path.join('.').endsWith(`${word}.${name}`)), one]);
    return parts.length > 0 && parts.every(([part]) => part !== undefined) ? parts.map(([part, one]) => `--${flagName(part!.path)} ${JSON.stringify(one)}`).join(' ') : null;
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
