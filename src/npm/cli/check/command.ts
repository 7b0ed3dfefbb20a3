// postern check: the words of the command line, one run over the files, the exit code.
import { relative, resolve } from 'node:path';
import { colorOf, oneOf, parse } from '../args.js';
import { Failure } from '../failure.js';
import { findFiles, type Search, type Target } from '../files/find.js';
import { readStdin } from '../files/read.js';
import { REPORTS, type ReportName } from '../reports/index.js';
import type { Report, Total } from '../reports/report.js';
import type { TypeName } from '../../policy-type.js';
import { Progress, count, listed, painter, print, say, visible, type ColorChoice } from '../terminal.js';
import { excluded, loadConfig, refuseResourceType } from './config.js';
import { checkFile, type FileResult } from './one.js';
import { patch } from './patch.js';
import { checkFiles } from './pool.js';
import { API_TYPES, FAIL_ON, IDENTITY_POLICIES, TYPE_NAMES, fails, type Settings } from './settings.js';
import { Uses } from './suppress.js';

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
    'policy-type': { type: 'string' }, 'resource-type': { type: 'string' }, 'stdin-filename': { type: 'string' },
    unsafe: { type: 'boolean' }, watch: { type: 'boolean' },
  });
  if (words.length === 0) throw new Failure('Name files, folders or globs to check, or - for standard input. "postern check --help" shows how.');
  const format = oneOf('--format', values.format, Object.keys(REPORTS) as ReportName[]) ?? 'human';
  const config = values['no-config'] === true ? null : await loadConfig(values.config);
  const isFixing = values.fix === true || values.diff === true;
  const request: Request = {
    words, format, color: colorOf(values.color as string | undefined), stdinFilename: values['stdin-filename'] ?? 'standard-input',
    isExitZero: values['exit-zero'] === true,
    settings: {
      type: typeNamed(values['policy-type']), resourceType: values['resource-type'] ?? null,
      identityPolicy: IDENTITY_POLICIES[oneOf('--identity-policy', values['identity-policy'], Object.keys(IDENTITY_POLICIES)) ?? ''] ?? null,
      config, failOn: oneOf('--fail-on', values['fail-on'], FAIL_ON) ?? config?.failOn ?? 'security',
      fix: !isFixing ? 'no' : values.unsafe === true ? 'unsafe' : 'safe', isDiff: values.diff === true,
    },
  };
  const isStdin = words.includes('-');
  if (values.unsafe === true && !isFixing) throw new Failure('--unsafe belongs to --fix or --diff.');
  if (request.settings.resourceType !== null) refuseResourceType('--resource-type', request.settings.resourceType);
  if (isStdin && words.length > 1) throw new Failure('- stands alone: standard input is checked, or files.');
  if ((isStdin || request.settings.isDiff) && isFixing && format !== 'human') {
    throw new Failure(`--format ${format} and what was fixed would both go to standard output. Leave one of them out.`);
  }
  if (values.watch !== true) return once(request);
  if (isStdin) throw new Failure('Standard input cannot be watched.');
  return (await import('./watch.js')).watch(request);
}

function typeNamed(word: string | undefined): TypeName | null {
  if (word !== undefined && Object.hasOwn(API_TYPES, word)) return API_TYPES[word as keyof typeof API_TYPES];
  return oneOf('--policy-type', word, TYPE_NAMES) ?? null;
}

/** One run; the exit code. */
export async function once(request: Request): Promise<number> {
  const { settings, words } = request;
  const isStdin = words.includes('-');
  const search: Search = isStdin ? { targets: [], problems: [] } : findFiles(words, excluded(settings.config));
  const target: Target = { path: request.stdinFilename, absolute: resolve(request.stdinFilename), isNamed: true };
  const results = isStdin ? fromStdin(target, settings) : checkFiles(search.targets, settings);
  const named = new Set(isStdin ? [target.absolute] : search.targets.filter(({ isNamed }) => isNamed).map(({ absolute }) => absolute));
  // With - the fixed text is the result, and with --diff the difference.
  const isBeside = settings.isDiff || (isStdin && settings.fix !== 'no');
  const stream = isBeside ? process.stderr : process.stdout;
  const report: Report = REPORTS[request.format]({ failOn: settings.failOn, paint: painter(request.color, stream), isFixing: settings.fix !== 'no' && !settings.isDiff });
  const total = newTotal();
  const uses = new Uses(settings.config);
  const others: string[] = [];
  const progress = new Progress(search.targets.length);
  const fail = (path: string, message: string): void => {
    progress.end();
    process.stderr.write(`postern: ${visible(path)}: ${visible(message)}\n`);
    total.problems.push({ path, message });
  };

  await print(report.begin?.() ?? '', stream);
  for (const problem of search.problems) {
    const [path, message] = [problem.slice(0, problem.indexOf(': ')), problem.slice(problem.indexOf(': ') + 2)];
    fail(path, message);
  }
  for await (const result of results) {
    if (result.isOther && named.has(result.absolute)) result.problem = NO_POLICY;
    else if (result.isOther) others.push(result.path);
    if (result.problem !== null) fail(result.path, result.problem);
    count1(total, result);
    uses.file(result.absolute, result.policies.flatMap(({ suppressed }) => suppressed.map(({ index }) => index)));
    if (result.after !== null) await print(settings.isDiff ? patch({ path: result.path, before: result.before!, after: result.after }, painter(request.color)) : result.after);
    if (!(isBeside && request.format !== 'human')) await print(report.file(result), stream);
    progress.done(total.files);
  }
  progress.end();
  await print(report.end?.(total) ?? '', stream);
  if (others.length > 0) say(`${count(others.length, 'file holds', 'files hold')} no policy: ${listed(others.length > 4 ? [...others.slice(0, 3), `${others.length - 3} more`] : others)}.`);
  if (total.policies === 0 && total.problems.length === 0) say('No policy was found.');
  for (const line of uses.unused(words.some((word) => settings.config !== null && !relative(resolve(word), settings.config.folder).startsWith('..')))) say(line);
  if (total.problems.length > 0) return 2;
  return !request.isExitZero && Object.entries(total.findings).some(([type, many]) => many > 0 && fails(type as keyof Total['findings'], settings.failOn)) ? 1 : 0;
}

const NO_POLICY = 'it holds no IAM policy. A policy is a JSON object with a Statement.';

async function* fromStdin(target: Target, settings: Settings): AsyncGenerator<FileResult> {
  const text = await readStdin().catch((reason: Error) => { throw new Failure(`Standard input: ${reason.message}`); });
  yield await checkFile(target, settings, text);
}

const newTotal = (): Total => ({
  files: 0, policies: 0, findings: { ERROR: 0, SECURITY_WARNING: 0, WARNING: 0, SUGGESTION: 0 }, suppressed: 0, fixed: 0, fixable: 0, problems: [],
});

function count1(total: Total, { policies, fixes }: FileResult): void {
  total.files += 1;
  total.fixed += fixes;
  for (const { findings, suppressed } of policies) {
    total.policies += 1;
    total.suppressed += suppressed.length;
    for (const { finding, fixes: offered } of findings) {
      total.findings[finding.findingType] += 1;
      if (offered.some(({ applicability }) => applicability === 'safe')) total.fixable += 1;
    }
  }
}
