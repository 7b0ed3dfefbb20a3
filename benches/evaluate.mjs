// Times the decisions of the built package: node benches/evaluate.mjs, after npm run build.
//
// All numbers of a run come from one process, so that ratios hold on a loaded machine; each is the median of several
// rounds. Beside ours stand those of another simulator for the same policy and requests.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../scripts/env.mjs';
import { theirs } from '../tests/oracle/peer.mjs';

const DIST = process.argv[2] ?? join(ROOT, 'dist');
const { evaluate, evaluateAll } = createRequire(import.meta.url)(join(DIST, 'node.cjs'));
const ROUNDS = 9;
const ACCOUNT = '111122223333';
const INSTANCE = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0abc1234def567890`;

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const print = (what, value, unit) => console.log(`${what.padEnd(52)} ${value.padStart(10)} ${unit}`);
const identity = (...Statement) => ({ identity: [{ name: 'p', document: { Version: '2012-10-17', Statement } }] });
const user = `arn:aws:iam::${ACCOUNT}:user/alice`;

/** How long it takes, in milliseconds; the median. */
function time(work, rounds = ROUNDS) {
  const took = Array.from({ length: rounds + 1 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(took.slice(1)); // The first is warming up.
}

/** Many decisions on one policy. */
async function rates() {
  const policies = identity(
    { Effect: 'Allow', Action: ['ssm:StartSession'], Resource: [`arn:aws:ec2:*:${ACCOUNT}:instance/*`] },
    { Effect: 'Allow', Action: ['ssm:TerminateSession', 'ssm:ResumeSession'], Resource: ['arn:aws:ssm:*:*:session/${aws:username}-*'] },
    { Effect: 'Deny', Action: 'ssm:*', Resource: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } },
  );
  const request = (i) => ({
    principal: user, action: 'ssm:StartSession', resource: `${INSTANCE.slice(0, -5)}${10_000 + i}`, resource_account: ACCOUNT,
    context: { 'aws:username': 'alice', 'aws:MultiFactorAuthPresent': 'true' },
  });
  const requests = Array.from({ length: 10_000 }, (_, i) => request(i));
  const rate = (count, ms) => (count / ms * 1000).toFixed(0);
  print('evaluateAll, 10,000 requests', rate(10_000, time(() => evaluateAll({ policies, requests }))), 'decisions/s');
  const { resource, ...shared } = requests[0];
  const resources = requests.map(({ resource }) => ({ resource }));
  print('evaluateAll, what they share given once', rate(10_000, time(() => evaluateAll(
    { policies, request: shared, requests: resources }))), 'decisions/s');
  print('evaluate, which reads the policies each time', rate(1_000, time(() => {
    for (let i = 0; i < 1_000; i += 1) evaluate({ policies, request: requests[i] });
  })), 'decisions/s');
  const took = [];
  for (let round = 0; round < 4; round += 1) {
    const start = performance.now();
    for (let i = 0; i < 200; i += 1) await theirs({ policies, request: requests[i] });
    took.push(performance.now() - start);
  }
  print('iam-simulate', rate(200, median(took.slice(1))), 'decisions/s');
}

/** Policies and requests that are made to be slow. */
function hostile() {
  const allow = (more) => ({ Effect: 'Allow', Action: 'ssm:StartSession', Resource: '*', ...more });
  const ask = (more) => ({ principal: user, action: 'ssm:StartSession', resource: INSTANCE, context: {}, ...more });
  const long = 'a'.repeat(10_000);
  // AWS takes no longer ARN.
  const inArn = 'a'.repeat(2_000);
  const many = (count, entry) => Array.from({ length: count }, (_, i) => entry(i));
  const on = (operator, key, wants) => allow({ Condition: { [operator]: { [key]: wants } } });
  const age = 'aws:MultiFactorAuthAge';
  const cases = {
    '*a*a*a*a*b against 2,000 a, as a resource': [identity(allow({ Resource: 'arn:aws:s3:::*a*a*a*a*b' })), ask({ resource: `arn:aws:s3:::${inArn}` })],
    '*a*a*a*a*b against 10,000 a, as a value': [identity(on('StringLike', 'aws:UserAgent', '*a*a*a*a*b')), ask({ context: { 'aws:UserAgent': long } })],
    'the same with a colon to run over': [identity(allow({ Resource: 'arn:aws:s3:*:*a*a*a*a*b' })), ask({ resource: `arn:aws:s3:::${inArn}:c` })],
    '5,000 stars against 10,000 a': [identity(on('StringLike', 'aws:UserAgent', `${'*a'.repeat(5_000)}b`)), ask({ context: { 'aws:UserAgent': long } })],
    '1,000 statements': [identity(...many(1_000, (i) => allow({ Resource: `${INSTANCE}${i}` }))), ask()],
    '1,000 statements with a condition each': [identity(...many(1_000, (i) => on('StringLike', 'aws:UserAgent', `*${i}?x`))), ask({ context: { 'aws:UserAgent': 'agent' } })],
    '10,000 values': [identity(on('StringEquals', 'aws:UserAgent', many(10_000, (i) => `v${i}`))), ask({ context: { 'aws:UserAgent': 'v' } })],
    '10,000 patterns': [identity(on('StringLike', 'aws:UserAgent', many(10_000, (i) => `*v${i}*`))), ask({ context: { 'aws:UserAgent': 'v' } })],
    '10,000 numbers': [identity(on('NumericEquals', age, many(10_000, String))), ask({ context: { [age]: '-1' } })],
    '10,000 ranges': [identity(on('IpAddress', 'aws:SourceIp', many(10_000, (i) => `10.${i >> 8}.${i & 255}.0/24`))), ask({ context: { 'aws:SourceIp': '11.0.0.1' } })],
    '10,000 ARNs': [identity(on('ArnLike', 'aws:SourceArn', many(10_000, (i) => `arn:aws:s3:::*b${i}*`))), ask({ context: { 'aws:SourceArn': 'arn:aws:s3:::b' } })],
    '10,000 values of an unknown key': [identity(on('StringEquals', 'aws:UserAgent', many(10_000, (i) => `v${i}`))), ask({ unknown: ['aws:UserAgent'] })],
    '10,000 values of a request': [identity(on('ForAllValues:StringLike', 'aws:TagKeys', ['a*', 'b*'])), ask({ context: { 'aws:TagKeys': many(10_000, (i) => `a${i}`) } })],
  };
  for (const [what, [policies, request]] of Object.entries(cases)) {
    print(what, time(() => evaluate({ policies, request }), 5).toFixed(2), 'ms');
  }
}

await rates();
hostile();
