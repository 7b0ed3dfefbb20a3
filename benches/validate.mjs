// Times validatePolicy of the built package: node benches/validate.mjs, after npm run build.
//
// All numbers of a run come from one process, so that ratios hold on a loaded machine; each is the median of several
// rounds. The yardstick is JSON.parse of the same texts.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../scripts/env.mjs';
import { newest } from '../scripts/managed.mjs';

const DIST = process.argv[2] ?? join(ROOT, 'dist');
const { validatePolicy } = createRequire(import.meta.url)(join(DIST, 'node.cjs'));
const ROUNDS = 9;

/** How long it takes, in milliseconds. */
function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1];
}

const rounds = (work, count = ROUNDS) => median(Array.from({ length: count }, () => time(work)));
const print = (what, value, unit) => console.log(`${what.padEnd(44)} ${value.padStart(10)} ${unit}`);
const ms = (what, value) => print(what, value.toFixed(value < 10 ? 3 : 1), 'ms');

/** The policies of AWS, against JSON.parse. */
function managed() {
  const policies = newest();
  const each = (check) => () => { for (const [, text] of policies) check(text); };
  // Both take turns, so that what else the machine does slows both.
  const [parsing, checking] = [[], []];
  each(validatePolicy)();
  for (let round = 0; round < ROUNDS; round += 1) {
    parsing.push(time(each(JSON.parse)));
    checking.push(time(each(validatePolicy)));
  }
  const ratio = median(checking.map((took, round) => took / parsing[round]));
  const rate = (took) => (policies.length / median(took) * 1000).toFixed(0);
  console.log(`${policies.length} managed policies, ${policies.reduce((sum, [, text]) => sum + text.length, 0)} characters`);
  print('JSON.parse', rate(parsing), 'policies/s');
  print('validatePolicy', rate(checking), 'policies/s');
  print('validatePolicy / JSON.parse', ratio.toFixed(1), 'times as long');
  const [took, name] = policies.map(([name, text]) => [rounds(() => validatePolicy(text), 5), name])
    .reduce((slowest, one) => (one[0] > slowest[0] ? one : slowest));
  ms(`the slowest, ${name}`, took);
}

/** One policy with many statements. */
function statements() {
  for (const count of [100, 1_000, 10_000]) {
    const Statement = Array.from({ length: count }, (_, i) => ({
      Sid: `S${i}`,
      Effect: 'Allow',
      Action: ['ssm:StartSession', 's3:Get*', 'kms:Decrypt'],
      Resource: [`arn:aws:ssm:us-east-1:111122223333:document/d${i}`, `arn:aws:s3:::bucket-${i}/*`],
      Condition: { StringEquals: { 'aws:ResourceTag/Env': `e${i}` } },
    }));
    const text = JSON.stringify({ Version: '2012-10-17', Statement });
    const took = rounds(() => validatePolicy(text), 3);
    ms(`${count} statements, each`, took / count);
    if (count === 10_000) ms(`${count} statements`, took);
  }
}

/** Texts that are made to be slow, or to stop the check. */
function hostile() {
  const one = (Action, Resource = '*', more = {}) => JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource, ...more }] });
  const many = (entry) => Array.from({ length: 5_000 }, (_, i) => entry(i));
  const keys = (key) => Object.fromEntries(many((i) => [key(i), 'v']));
  const on = (condition) => ({ Condition: { StringEquals: condition } });
  const policy = one(['ssm:StartSession', 'ssm:*'], ['arn:aws:s3:::b/${aws:username}', 'arn:aws:ssm:*:*:document/\u00e9'],
    on({ 'aws:ResourceTag/Env': ['d\u{1f600}', 'x'] }));
  const texts = {
    'no text': '',
    '1 MB of [': '['.repeat(1 << 20),
    'a string of 10 MB': `"${'a'.repeat(10 << 20)}"`,
    'an action of 10 MB': one(`s3:${'a'.repeat(10 << 20)}`),
    'a resource of 10 MB': one('s3:GetObject', `arn:aws:s3:::${'a'.repeat(10 << 20)}`),
    'an action with 5,000 wildcards': one(`s3:${'*a'.repeat(5_000)}`),
    '5,000 actions s3:*Get{i}*': one(many((i) => `s3:*Get${i}*`)),
    '5,000 actions ec2:*e*{i}*e*': one(many((i) => `ec2:*e*${i}*e*`)),
    '5,000 actions that are none': one(many((i) => `ec2:DescribeInstance${i}`)),
    '5,000 services that are none': one(many((i) => `a${i}:b`)),
    '5,000 ARNs of no form': one('sagemaker:*', many((i) => `arn:aws:sagemaker:us-east-1:111122223333:none${i}/x`)),
    '5,000 ARNs with stars, no Region': one('sagemaker:*', many((i) => `arn:aws:sagemaker:::*${i}*/*x`)),
    '5,000 ARNs of no service': one('s3:*', many((i) => `arn:aws:sqqs${i}:eu-west-1:111122223333:x`)),
    '5,000 variables': one('s3:*', `arn:aws:s3:::b/${'${aws:username}'.repeat(5_000)}`),
    '50,000 open variables': one('s3:*', `arn:aws:s3:::b/${'${'.repeat(50_000)}`),
    '50,000 stars in an ARN': one('s3:*', `arn:aws:sagemaker::${':*'.repeat(50_000)}`),
    '5,000 tags and 5,000 actions': one(many((i) => `ec2:${'*'.repeat(i % 3)}Describe*`), '*', on(keys((i) => `aws:ResourceTag/k${i}`))),
    '5,000 keys that are none': one('s3:*', '*', on(keys((i) => `ec2:Tenancz${i}`))),
    '5,000 keys of no service': one('s3:*', '*', on(keys((i) => `ec${i}:Tenancy`))),
    'NUL': one('s3:\0', '\0'),
    'half a surrogate pair': one('s3:GetObject', 'x').replace('x', '\ud800'),
  };
  for (const [what, text] of Object.entries(texts)) ms(what, rounds(() => validatePolicy(text), 3));
  let slowest = 0;
  for (let end = 0; end < policy.length; end += 1) {
    slowest = Math.max(slowest, rounds(() => validatePolicy(policy.slice(0, end)), 3));
  }
  ms('every beginning of a policy, the slowest', slowest);
}

managed();
statements();
hostile();
