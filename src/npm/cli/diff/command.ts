// postern diff: what a change of policies lets somebody do, and what it takes away.
import { colorOf, oneOf, parse } from '../args.js';
import { policyTypeNamed } from '../check/command.js';
import { excluded, loadConfig } from '../check/config.js';
import { attachedIn } from '../access/attached.js';
import { seenOf } from '../check/one.js';
import type { Settings } from '../check/settings.js';
import { chooseType } from '../check/type.js';
import { Failure } from '../failure.js';
import { Lines } from '../lines.js';
import { isFound, isUnread, untold } from '../source/index.js';
import { count, painter, print, say } from '../terminal.js';
import { compare, type Compared, type Requests, type Side } from './compare.js';
import { pairsOfGit, pairsOfTwo, type FilePair, type Version } from './pairs.js';
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
  const { pairs, problems, excludedChanges } = values.git === undefined ? pairsOfTwo(words, excluded(config)) : pairsOfGit(values.git, words, excluded(config), (config?.exclude.length ?? 0) > 0);
  const report = DIFF_REPORTS[format]({ paint: painter(colorOf(values.color as string | undefined)), revision: values.git ?? null });
  let [hasFailed, compared, notCompared] = [false, 0, 0];
  await print(report.begin());
  for (const pair of pairs) {
    try {
      const { pairs: both, notRead } = await comparedOf(pair, settings, requests);
      for (const why of notRead) say(`${(pair.newer ?? pair.older)!.target.path}: not compared: ${why}`);
      notCompared += notRead.length;
      for (const one of both) {
        compared += 1;
        hasFailed ||= fails(one, failOn, values['allow-unknown'] === true);
        await print(report.policy(one));
      }
    } catch (reason) {
      if (!(reason instanceof Failure) && (reason as Error).name !== 'PosternError') throw reason;
      const path = reason instanceof OfSide ? reason.path : (pair.newer ?? pair.older)!.target.path;
      problems.push({ path, message: (reason as Error).message });
    }
  }
  for (const { path, message } of problems) say(`${path}: ${message}`);
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

/** What is wrong with one side, by its own path: of two files the other one may be right. */
class OfSide extends Failure {
  constructor(readonly path: string, message: string) {
    super(message);
  }
}

async function comparedOf(pair: FilePair, settings: Settings, requests: Requests): Promise<{ pairs: Compared[]; notRead: string[] }> {
  const text = await textOf(pair.newer);
  if (text !== null && pair.isSame?.(text) === true) return { pairs: [], notRead: [] };
  const newer = await sidesOf(pair.newer, text, pair);
  const older = await sidesOf(pair.older, await textOf(pair.older), pair);
  // What is the same expression before and after is no change of this file.
  const [before, now] = [new Set(older.notRead), new Set(newer.notRead)];
  const notRead = [...[...before].filter((why) => !now.has(why)), ...[...now].filter((why) => !before.has(why))];
  const pairs = policyPairs(older.sides, newer.sides, pair.isNamed).map(([from, to]) => {
    const { found } = (to ?? from)!;
    const { absolute } = (to === null ? pair.older : pair.newer)!.target;
    return compare(found.name, chooseType(found, absolute, settings), from, to, requests);
  });
  return { pairs, notRead };
}

const textOf = (version: Version | null): Promise<string | null> => (version === null ? Promise.resolve(null) : ofSide(version, () => version.read()));

interface Sides {
  sides: Side[];
  /** Why some policies are not compared. */
  notRead: string[];
}

async function sidesOf(version: Version | null, text: string | null, { isNamed }: FilePair): Promise<Sides> {
  if (version === null || text === null) return { sides: [], notRead: [] };
  const { path } = version.target;
  const own = await ofSide(version, () => seenOf(text, version.target));
  // What is attached is told by what it is: where it stands in its list is no change.
  const attached = (await attachedIn(text, version.target.absolute)).map(({ seen, policy }) => ({ ...seen, name: `${seen.name.replace(/\[\d+\]$/, '')}${policy === null ? '' : `, ${policy.slice(policy.lastIndexOf('/') + 1)}`}` }));
  const seen = [...own, ...attached];
  if (seen.length === 0 && isNamed) throw new OfSide(path, 'it holds no IAM policy. A policy is a JSON object with a Statement.');
  const lines = new Lines(text);
  return {
    sides: seen.filter(isFound).map((one) => ({ path, found: one, lines })),
    notRead: seen.filter(isUnread).map((one) => untold(one, text)),
  };
}

async function ofSide<T>({ target }: Version, work: () => Promise<T>): Promise<T> {
  return work().catch((reason: unknown) => { throw reason instanceof Failure ? new OfSide(target.path, reason.message) : reason; });
}

/**
 * Policies by name; of one name, which a template may give to the choices of a condition, in their order. Two files that
 * hold one policy each are these, whatever they are called inside.
 */
function policyPairs(older: Side[], newer: Side[], isNamed: boolean): [Side | null, Side | null][] {
  if (isNamed && older.length === 1 && newer.length === 1) return [[older[0]!, newer[0]!]];
  const left = [...older];
  const pairs = newer.map((after): [Side | null, Side | null] => {
    const at = left.findIndex(({ found }) => found.name === after.found.name);
    return [at < 0 ? null : left.splice(at, 1)[0]!, after];
  });
  return [...pairs, ...left.map((before): [Side, null] => [before, null])];
}
