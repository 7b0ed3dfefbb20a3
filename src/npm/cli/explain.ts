// postern explain: what a check is for, when a note of the builders is given, or what an error message means.
import { explainError } from 'postern';
import { allChecks } from './access/checks.js';
import { colorOf, oneOf, onlyWord, parse } from './args.js';
import { textOf } from './build/output.js';
import { Failure } from './failure.js';
import { NOTES } from './notes.js';
import type { NoteCode } from '../types.js';
import { json, listed, painter, print, visible } from './terminal.js';

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse('explain', args, { error: { type: 'string' }, format: { type: 'string' } });
  const format = oneOf('--format', values.format, ['human', 'json'] as const) ?? 'human';
  const color = colorOf(values.color as string | undefined);
  if (values.error !== undefined) {
    if (positionals.length > 0) throw new Failure('Give a code or --error, not both.');
    return explainMessage(values.error === '-' ? await textOf('-') : values.error, format);
  }
  const word = onlyWord('explain', positionals, 'one code, such as INVALID_ACTION, or --error with a message');
  const code = word.toUpperCase().replaceAll('-', '_');
  const checks = allChecks();
  const check = checks.find(({ issueCode }) => issueCode === code);
  const note = check === undefined && Object.hasOwn(NOTES, code) ? NOTES[code as NoteCode] : undefined;
  if (note !== undefined) {
    await print(format === 'json' ? `${json({ code, when: note }, 2)}\n`
      : `${painter(color)('bold', code)}: a note of "postern build" and of the package's builders\n\n${note}\n`);
    return 0;
  }
  if (check === undefined) {
    const codes = [...checks.map(({ issueCode }) => issueCode), ...Object.keys(NOTES)];
    throw new Failure(`There is no check and no note ${JSON.stringify(word)}.${alike(code, codes)}`);
  }
  if (format === 'json') {
    await print(`${json(check, 2)}\n`);
    return 0;
  }
  const paint = painter(color);
  const { issueCode, findingType, title, why, policyTypes, example, learnMoreLink } = check;
  await print([
    `${paint('bold', issueCode)} (${findingType}): ${title}`, '', why, '',
    `Looks at: ${listed(policyTypes.map((type) => type.toLowerCase().replaceAll('_', ' ')))}.`,
    ...example === '' ? [] : ['', 'An example of what it finds:', ...example.split('\n').map((line) => `  ${line}`.trimEnd())],
    ...learnMoreLink === '' ? [] : ['', learnMoreLink], '',
  ].join('\n'));
  return 0;
}

/** Codes that have a word in common with what was asked for. */
function alike(code: string, all: string[]): string {
  const words = code.split(/[^A-Z0-9]+/).filter((word) => word.length > 2);
  const scored = all.map((one) => [words.filter((word) => one.includes(word)).length, one] as const).filter(([score]) => score > 0);
  const best = scored.sort(([a], [b]) => b - a).slice(0, 3).map(([, one]) => one);
  return best.length === 0 ? ' Codes stand in what "postern check" prints.' : ` Did you mean ${listed(best, 'or')}?`;
}

/** A help that counts steps, each on a line of its own. */
const stepped = (help: string) => help.startsWith('1. ') ? help.replace(/(?:^| )(?=\d\. )/g, '\n    ') : help;

async function explainMessage(text: string, format: 'human' | 'json'): Promise<number> {
  const explanations = explainError(text);
  if (format === 'json') await print(`${json(explanations, 2)}\n`);
  else if (explanations.length === 0) throw new Failure('The text holds no error message that Postern knows. Give the whole message, as it was printed.');
  else {
    await print(explanations.map(({ code, times, meaning, help, permissions, capabilities }) => [
      `${code}${times > 1 ? `, ${times} times` : ''}`, `  ${visible(meaning)}`, `  help: ${stepped(visible(help))}`,
      ...permissions.map(({ action, resource }) => `  needed: ${visible(action)}${resource === null ? '' : ` on ${visible(resource)}`}`),
      ...capabilities.length === 0 ? [] : [`  stops: ${capabilities.join(', ')}`], '',
    ].join('\n')).join('\n'));
  }
  return 0;
}
