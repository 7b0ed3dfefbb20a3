// The help of commands whose flags are options of the package.
import type { Flag, Group } from './flags.js';
import { flagName } from './names.js';

/** Lines of help: by the options of which they are parts a flag, what it takes, its documentation. */
export const helpOf = (groups: readonly Group[]): string => groups.filter(({ flags }) => flags.length > 0)
  .map(({ path, about, flags }) => [...path.length === 0 ? [] : [headOf(path, about)], ...flags.map(linesOf)].join('\n')).join('\n\n');

const headOf = (path: readonly string[], about: string): string => wrapped(`--${flagName(path)}, by its parts: ${about}`.replace(/: $/, ''), '');

function linesOf(flag: Flag): string {
  const { path, kind, words, need, about, example } = flag;
  const name = flagName(path);
  const group = `--${flagName(path.slice(0, -1))}`;
  const more = [
    ...words !== null && !isShort(words) ? [`One of ${words.join(', ')}.`] : [],
    ...need === 'always' ? ['Needed.'] : need === 'within' ? [`Needed once another part of ${group} is given.`] : [],
    ...example !== '' && !about.includes('{') ? [`Such as '${example}'.`] : [],
    ...kind === 'list' || kind === 'pairs' ? [`Several: ${several(flag, name)}`] : [],
  ];
  const head = kind === 'switch' ? `--${name}, --no-${name}` : `--${name} ${takes(flag)}`;
  return `  ${head}\n${wrapped([about, ...more].join(' '), '      ')}`;
}

/** How more than one value is given. */
export function several({ kind, words }: Pick<Flag, 'kind' | 'words'>, name: string): string {
  if (words !== null) return `--${name} ${words.slice(0, 2).join(',')}.`;
  return kind === 'pairs' ? `--${name} once for each, also for each value of one key.` : `--${name} once for each.`;
}

const isShort = (words: readonly string[]): boolean => words.join('|').length < 70;

export function takes({ kind, words }: Pick<Flag, 'kind' | 'words'>): string {
  if (words !== null && isShort(words)) return words.join('|');
  return { switch: '', list: words === null ? 'TEXT' : 'WORDS', text: words === null ? 'TEXT' : 'WORD', scalar: 'VALUE', number: 'NUMBER', pairs: 'KEY=VALUE', json: 'JSON' }[kind];
}

/** In lines of 98 characters, each begun with a margin. */
export function wrapped(text: string, margin: string): string {
  const lines = [''];
  for (const word of text.split(' ').filter((one) => one !== '')) {
    if (lines.at(-1)!.length + word.length > 97 && lines.at(-1) !== '') lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) === '' ? margin : ' '}${word}`;
  }
  return lines.join('\n');
}
