// Words that commands take and that are no codes: short names of what somebody wants, words of options, and commands. Each is told
// by what stands where it is taken.
import { listCapabilities } from 'postern';
import { CAPABILITIES, type Side, type UseName } from '../uses.js';
import { BUILDERS } from './build/command.js';
import { flagName, flagsOf } from './build/flags.js';
import { HELP } from './help.js';
import { idsOf } from './role/wants.js';
import { listed } from './terminal.js';

export interface Taken {
  code: string;
  where: string;
  when: string;
}

/** What takes a word, and what it means there; null where nothing does. */
export function takenAs(word: string): Taken | null {
  const code = word.toLowerCase();
  const uses = ofUse(code);
  const all = uses.length > 0 ? uses : [...ofCommand(code), ...ofOptions(code)];
  return all.length === 0 ? null : { code, where: listed([...new Set(all.map(({ where }) => where))]), when: [...new Set(all.map(({ when }) => when))].join('\n\n') };
}

/** Those that are worth being proposed. */
export const shortNames = (): string[] => Object.keys(CAPABILITIES);

type Place = Omit<Taken, 'code'>;

const ASKING: readonly (readonly [Side, string])[] = [['node', 'Of a node'], ['operator', 'Of people']];

function ofUse(word: string): Place[] {
  if (!Object.hasOwn(CAPABILITIES, word)) return [];
  const titles = new Map(listCapabilities().map(({ id, title }) => [id, title]));
  const sides = ASKING.filter(([side]) => CAPABILITIES[word as UseName][side] !== undefined);
  const when = sides.map(([side, of]) => `${of} it asks:\n${idsOf([word], side).map((id) => `  ${id}: ${titles.get(id)!}`).join('\n')}`).join('\n\n');
  return [{ where: 'a short name in "postern role --wants"', when }];
}

/** What the command is for, by the first sentence of its help. */
function ofCommand(word: string): Place[] {
  if (word === '' || !Object.hasOwn(HELP, word)) return [];
  return [{ where: 'a command', when: `${HELP[word]!.split('\n\n')[0]!.trim()}\n\n"postern ${word} --help" tells more.` }];
}

function ofOptions(word: string): Place[] {
  const ofHelp = Object.entries(HELP).flatMap(([command, text]) => optionsIn(text).filter(({ words }) => words.includes(word)).map(({ name, about }) => placeOf(`postern ${command} ${name}`, about)));
  const ofFlags = Object.entries({ ...BUILDERS, export: 'ExportTarget' }).flatMap(([command, options]) => flagsOf(options).filter(({ words }) => words?.includes(word) === true).map(({ path, about }) => placeOf(`postern ${command} --${flagName(path)}`, about)));
  const all = [...ofHelp, ...ofFlags];
  return all.length <= MOST ? all : [{ where: 'a word of several options', when: `${listed(all.slice(0, MOST).map(({ option }) => option))} take it, and ${all.length - MOST} more.` }];
}

/** Of more options only what they are called is told. */
const MOST = 4;

const placeOf = (option: string, about: string): Place & { option: string } => ({ option, where: `a word of "${option}"`, when: `${option}: ${about}` });

/** The options in a text of help, with the words that they list. */
function optionsIn(help: string): { name: string; about: string; words: string[] }[] {
  return Array.from(help.matchAll(/^ {2}(--[\w-]+)(?: (\S+))?\s{2,}(\S[^\n]*(?:\n {10,}\S[^\n]*)*)/gm), ([, name, value = '', text]) => {
    const about = text!.replace(/\s+/g, ' ');
    const lists = [value.split('|'), ...about.split(/[;:]/).map((part) => part.replace(/ \(default\)/, '').trim().split(/, /))];
    return { name: name!, about, words: lists.filter((words) => words.length > 1 && words.every((one) => /^[a-z][\w-]*$/.test(one))).flat() };
  });
}
