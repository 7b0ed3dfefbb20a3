// postern check: the words of the command line, one run over the files, the exit code.
import { extname, relative, resolve } from 'node:path';
import { colorOf, oneOf, parse } from '../args.js';
import { Failure, inFile } from '../failure.js';
import { findFiles, nothingIn, type Problem, type Search } from '../files/find.js';
import { readStdin } from '../files/read.js';
import { REPORTS, type ReportName } from '../reports/index.js';
import type { Report } from '../reports/report.js';
import type { TypeName } from '../../policy-type.js';
import { Progress, asShown, count, listed, painter, print, say, type ColorChoice, type Paint } from '../terminal.js';
import { accessWanted } from './access.js';
import { excluded, loadConfig, placesOf, refuseResourceType } from './config.js';
import { noneChecked, nothingFound } from './nothing.js';
import { checkFile, type FileResult } from './one.js';
import { patch } from './patch.js';
import { checkFiles } from './pool.js';
import { API_TYPES, FAIL_ON, IDENTITY_POLICIES, TYPE_NAMES, type Settings } from './settings.js';
import { Uses, rulesOfNothing } from './suppress.js';
import { add, exitCode, newTotal } from './total.js';

export interface Request {
  words: string[];
  format: ReportName;
  color: ColorChoice;
  stdinFilename: string;
  isExitZero: boolean;
  settings: Settings;
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals: words } = parse('check', args, {
    config: { type: 'string' }, diff: { type: 'boolean' }, 'exit-zero': { type: 'boolean' }, 'fail-on': { type: 'string' },
    fix: { type: 'boolean' }, format: { type: 'string' }, 'identity-policy': { type: 'string' }, 'no-config': { type: 'boolean' },
    'no-public-access': { type: 'string' }, 'not-granted': { type: 'string', multiple: true }, 'not-granted-on': { type: 'string', multiple: true },
    'policy-type': { type: 'string' }, 'resource-type': { type: 'string' }, 'stdin-filename': { type: 'string' },
    unsafe: { type: 'boolean' }, watch: { type: 'boolean' },
  });
  if (words.length === 0) throw new Failure('Name files, folders or globs to check, or - for standard input. "postern check --help" shows how.');
  const format = oneOf('--format', values.format, Object.keys(REPORTS) as ReportName[]) ?? 'human';
  const isFixing = values.fix === true || values.diff === true;
  const request: Omit<Request, 'settings'> = {
    words, format, color: colorOf(values.color as string | undefined), stdinFilename: values['stdin-filename'] ?? 'standard-input',
    isExitZero: values['exit-zero'] === true,
  };
  const given: Omit<Settings, 'config' | 'failOn'> = {
    type: policyTypeNamed(values['policy-type']), resourceType: values['resource-type'] ?? null,
    identityPolicy: IDENTITY_POLICIES[oneOf('--identity-policy', values['identity-policy'], Object.keys(IDENTITY_POLICIES)) ?? ''] ?? null,
    access: accessWanted(values['not-granted'], values['not-granted-on'], values['no-public-access']),
    fix: !isFixing ? 'no' : values.unsafe === true ? 'unsafe' : 'safe', isDiff: values.diff === true,
  };
  const failOn = oneOf('--fail-on', values['fail-on'], FAIL_ON);
  const configured = async (): Promise<Request> => {
    const config = values['no-config'] === true ? null : await loadConfig(values.config);
    return { ...request, settings: { ...given, config, failOn: failOn ?? config?.failOn ?? 'security' } };
  };
  const isStdin = words.includes('-');
  if (values.unsafe === true && !isFixing) throw new Failure('--unsafe belongs to --fix or --diff.');
  if (given.resourceType !== null) refuseResourceType('--resource-type', given.resourceType);
  if (isStdin && words.length > 1) throw new Failure('- stands alone: standard input is checked, or files.');
  if ((isStdin || given.isDiff) && isFixing && format !== 'human') {
    throw new Failure(`--format ${format} and what was fixed would both go to standard output. Leave one of them out.`);
  }
  if (values.watch !== true) return once(await configured());
  if (isStdin) throw new Failure('Standard input cannot be watched.');
  return (await import('./watch.js')).watch(words, values['no-config'] === true ? [] : placesOf(values.config), configured);
}

export function policyTypeNamed(word: string | undefined): TypeName | null {
  if (word !== undefined && Object.hasOwn(API_TYPES, word)) return API_TYPES[word as keyof typeof API_TYPES];
  return oneOf('--policy-type', word, TYPE_NAMES) ?? null;
}

/** One run; the exit code. */
export async function once({ words, format, color, stdinFilename, isExitZero, settings }: Request): Promise<number> {
  const { config, failOn, isDiff } = settings;
  const isStdin = words.includes('-');
  const { targets, problems, empty }: Search = isStdin ? { targets: [], problems: [], empty: [] } : findFiles(words, excluded(config));
  const results = isStdin ? fromStdin(stdinFilename, settings) : checkFiles(targets, settings);
  // With - the fixed text is the result, and with --diff the difference.
  const stream = isDiff || (isStdin && settings.fix !== 'no') ? process.stderr : process.stdout;
  const report: Report = REPORTS[format]({ failOn, paint: painter(color, stream), isFixing: settings.fix !== 'no' && !isDiff });
  const [total, uses, progress, paint] = [newTotal(), new Uses(settings), new Progress(targets.length), painter(color)];
  const others: FileResult[] = [];
  // The kinds of files of which one held a policy.
  const holding = new Set<string>();
  const fail = (problem: Problem): void => {
    progress.hide();
    say(inFile(problem.path, problem.message));
    total.problems.push(problem);
  };

  await print(report.begin?.() ?? '', stream);
  [...problems, ...empty.map(nothingIn)].forEach(fail);
  for await (const result of results) {
    if (result.isOther) others.push(result);
    if (result.policies.length + result.notChecked.length > 0) holding.add(kindOf(result.path));
    for (const { start, message } of result.notChecked.slice(0, Math.max(0, MOST_NOT_CHECKED - total.notChecked))) {
      progress.hide();
      say(`${result.path}:${start.line}:${start.column}: not checked: ${message}`);
    }
    if (result.problem !== null) fail({ path: result.path, message: result.problem });
    add(total, result);
    uses.file(result);
    const text = report.file(result);
    const change = changeOf(result, isDiff, paint);
    if (text !== '' || change !== '') progress.hide();
    await print(change);
    await print(text, stream);
    progress.done(total.files);
  }
  progress.hide();
  // A shell makes names of a glob, of which one file may hold the policies.
  const left: string[] = [];
  for (const { path, isNamed } of others) {
    if (!isNamed || holding.has(kindOf(path))) left.push(path);
    else fail({ path, message: 'it holds no IAM policy.' });
  }
  if (total.policies + total.notChecked + total.problems.length === 0) (await nothingFound(words, others)).forEach(fail);
  const told = new Set(total.problems.map(({ path }) => path));
  const untold = left.filter((path) => !told.has(path));
  const isWhole = words.some((word) => config !== null && !relative(resolve(word), config.folder).startsWith('..'));
  total.stale = uses.unused(isWhole);
  await print(report.end?.(total) ?? '', stream);
  if (untold.length > 0) say(`${count(untold.length, 'file holds', 'files hold')} no policy: ${some(untold)}.`);
  if (total.notChecked > MOST_NOT_CHECKED) say(`${count(total.notChecked - MOST_NOT_CHECKED, 'more policy was', 'more policies were')} not checked; --format json lists them all.`);
  if (total.policies === 0 && total.notChecked > 0) say(noneChecked(total.notChecked));
  for (const { file, message } of total.stale) say(`${file}: ${message}`);
  for (const message of isWhole && config !== null ? rulesOfNothing(config, targets) : []) say(`${config!.path}: ${message}`);
  return exitCode(total, failOn, isExitZero);
}

/** So many policies of which nothing can be read are named one by one. */
const MOST_NOT_CHECKED = 20;

const kindOf = (path: string): string => extname(path).toLowerCase();

/** What goes to standard output of the texts before and after the fixes. */
function changeOf({ path, before, after }: FileResult, isDiff: boolean, paint: Paint): string {
  if (before === null || after === null) return '';
  return isDiff ? patch({ path, before, after }, paint) : asShown(after);
}

const some = (paths: readonly string[]): string => listed(paths.length > 4 ? [...paths.slice(0, 3), `${paths.length - 3} more`] : [...paths]);

async function* fromStdin(name: string, settings: Settings): AsyncGenerator<FileResult> {
  const text = await readStdin().catch((reason: Error) => { throw new Failure(`Standard input: ${reason.message}`); });
  yield await checkFile({ path: name, absolute: resolve(name), isNamed: true, within: null }, settings, text);
}
