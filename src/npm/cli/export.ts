// postern export: a policy for the tool that will attach it.
import { exportPolicy } from 'postern';
import type { ExportTarget } from '../types.js';
import { onlyWord } from './args.js';
import { flagsOf, groupsOf, parseFlags, refusal } from './build/flags.js';
import { helpOf } from './build/help.js';
import { put, textOf } from './build/output.js';
import { Failure, ofFile } from './failure.js';
import { HELP } from './help.js';

export async function run(args: string[]): Promise<number> {
  const { given, own, positionals } = parseFlags('export', args, flagsOf('ExportTarget'), { output: { type: 'string' }, force: { type: 'boolean' } });
  const file = onlyWord('export', positionals, 'one file, or - for standard input');
  if (given['format'] === undefined) throw new Failure('--format is missing, such as --format terraform. "postern export --help" lists them.');
  const text = await textOf(file);
  try {
    await put(ofFile(file, () => exportPolicy(text, given as unknown as ExportTarget)), own.output, own.force);
  } catch (reason) {
    throw refusal(reason, flagsOf('ExportTarget'));
  }
  return 0;
}

export const help = (): string => `${HELP['export']!}\n${helpOf(groupsOf('ExportTarget'))}\n`;
