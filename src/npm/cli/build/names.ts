// The documentation of options, which speaks of them as JavaScript has them, in the words of a command line.
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

/** A sentence of the engine's in which options are called as their flags: `denyOnly` as `--deny-only`, and `updateAgent false` as `--no-update-agent`. */
export function calledByFlags(sentence: string, flags: readonly Pick<Flag, 'path' | 'kind'>[]): string {
  return sentence.replace(/(?<![\w.:/-])([a-z]+(?:[A-Z]\w*|\.[a-z]\w*)[\w.]*(?<!\.))( false\b)?/g, (whole, word: string, off = '') => {
    const [flag, ...others] = flags.filter(({ path }) => path.join('.') === word || path.join('.').endsWith(`.${word}`));
    if (flag === undefined || others.length > 0) return whole;
    return off !== '' && flag.kind === 'switch' ? `--no-${flagName(flag.path)}` : `--${flagName(flag.path)}${off}`;
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
