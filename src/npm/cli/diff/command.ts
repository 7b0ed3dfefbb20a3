// postern diff: what a change of policies lets somebody do, and what it takes away.
import { colorOf, oneOf, parse } from '../args.js';
import { policyTypeNamed } from '../check/command.js';
import { excluded, loadConfig } from '../check/config.js';
import type { Settings } from '../check/settings.js';
import { inFile } from '../failure.js';
import { count, painter, print, say } from '../terminal.js';
import type { Compared } from './compared.js';
import { pairsOfGit, pairsOfTwo } from './pairs.js';
import { comparedIn } from './read.js';
import { DIFF_REPORTS, type DiffReportName } from './report.js';

const FAIL_ON = ['gained', 'lost', 'any'] as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals: words } = parse('diff', args, {
    'allow-unknown': { type: 'boolean' }, config: { type: 'string' }, 'exit-zero': { type: 'boolean' }, 'fail-on': { type: 'string' },
    format: { type: 'string' }, git: { type: 'string' }, 'no-config': { type: 'boolean' }, 'policy-type': { type: 'string' }, requests: { type: 'string' },
  });
  const format = oneOf('--format', values.format, Object.keys(DIFF_REPORTS) as DiffReportName[]) ?? 'human';
  const failOn = oneOf('--fail-on', values['fail-on'], FAIL_ON) ?? 'gained';
  const requests = oneOf('--requests', values.requests, ['any', 'known'] as const) ?? 'any';
  const config = values['no-config'] === true ? null : await loadConfig(values.config);
  const settings: Settings = {
    type: policyTypeNamed(values['policy-type']), resourceType: null, identityPolicy: null, access: null, config, failOn: 'security', fix: 'no', isDiff: false,
  };
  const { pairs, problems, excludedChanges, files } = values.git === undefined ? pairsOfTwo(words, excluded(config)) : pairsOfGit(values.git, words, excluded(config), (config?.exclude.length ?? 0) > 0);
  const report = DIFF_REPORTS[format]({ paint: painter(colorOf(values.color as string | undefined)), revision: values.git ?? null });
  let [hasFailed, compared, notCompared] = [false, 0, 0];
  await print(report.begin());
  for (const result of await comparedIn(pairs, files, settings, requests)) {
    problems.push(...result.problems);
    for (const { why } of result.notRead) say(`${result.path}: not compared: ${why}`);
    notCompared += result.notRead.length;
    if (result.notRead.length > 0) await print(report.notCompared(result.path, result.notRead));
    for (const one of result.pairs) {
      compared += 1;
      hasFailed ||= fails(one, failOn, values['allow-unknown'] === true);
      await print(report.policy(one));
    }
  }
  for (const { path, message } of problems) say(inFile(path, message));
  await print(report.end(problems));
  if (compared + notCompared + problems.length === 0) say('No policy was changed.');
  if (excludedChanges > 0) say(`${config!.path} excludes ${count(excludedChanges, 'file')} that changed.`);
  if (problems.length > 0) return 2;
  hasFailed ||= notCompared > 0 && values['allow-unknown'] !== true;
  return hasFailed && values['exit-zero'] !== true ? 1 : 0;
}

/** What cannot be told may be so. */
function fails({ gained, lost }: Compared, failOn: (typeof FAIL_ON)[number], isUnknownAllowed: boolean): boolean {
  const asked = failOn === 'gained' ? [gained] : failOn === 'lost' ? [lost] : [gained, lost];
  return asked.some(({ result }) => result === 'FAIL' || (result === 'UNKNOWN' && !isUnknownAllowed));
}
