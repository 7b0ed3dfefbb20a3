// What a change frees though the policy itself allows no more: what it denied, and what was bounded by it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, folder, policy, postern, statement } from './run.mjs';

const deny = (Action, more = {}) => ({ Effect: 'Deny', Action, Resource: '*', ...more });
const file = (...statements) => ({ 'a.json': policy(...statements) });
const of = (Resources) => ({ 't.json': { Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Resources } } });
const role = (...policies) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: policies.map((PolicyDocument, i) => ({ PolicyName: `p${i}`, PolicyDocument })) } });
const anybody = (one) => ({ ...one, Principal: '*' });
const bucket = (...statements) => of({ B: { Type: 'AWS::S3::Bucket' }, ...statements.length === 0 ? {} : { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'B' }, PolicyDocument: policy(...statements.map(anybody)) } } } });
const resource = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${typeof value === 'string' ? value : JSON.stringify(JSON.stringify(value))}\n`).join('')}}\n`;
const FREED = /gained\? unknown\n {2}Cannot tell, because it denies less: other policies of the same identity or resource may now allow, for example, iam:\w+ on /;

test('what a policy denies no more other policies may allow, so that it cannot be told', async () => {
  const role_ = (...mixed) => of({ R: role(policy(...mixed), policy(statement({ Action: 'iam:*', Resource: '*' }))) });
  const managed = (...statements) => of({ M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...statements) } } });
  assert.deepEqual(await codes([
    ['a Deny that is gone', file(statement(), deny('iam:*')), file(statement()), 1, FREED], ['one that is narrower', file(statement(), deny('iam:*')), file(statement(), deny('iam:*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })), 1, FREED],
    ['one that is new', file(statement()), file(statement(), deny('iam:*')), 0], ['one that is wider', file(statement(), deny('iam:Get*')), file(statement(), deny('iam:*')), 0],
    ['one that another covers', file(statement(), deny('iam:Get*'), deny('iam:*')), file(statement(), deny('iam:*')), 0], ['two that are one', file(statement(), deny('iam:*'), deny('s3:Put*')), file(statement(), deny(['iam:*', 's3:Put*'])), 0],
    ['of a role with another policy', role_(statement(), deny('iam:*')), role_(statement()), 1, FREED], ['of a bucket', bucket(statement(), deny('s3:Put*')), bucket(statement()), 1, /because it denies less: .* s3:Put/],
    ['of a role that is gone', of({ R: role(policy(statement(), deny('iam:*'))) }), of({}), 0], ['of a bucket that is gone', bucket(statement(), deny('s3:Put*')), of({}), 0],
    ['a file that is gone', { ...file(statement(), deny('iam:*')), 'b.json': TRUST }, { 'b.json': TRUST }, 1, FREED], ['a policy that is attached elsewhere', managed(statement(), deny('iam:*')), of({}), 1, FREED],
    ['of a trust policy', file({ ...TRUST.Statement[0] }, { Effect: 'Deny', Principal: '*', Action: 'sts:TagSession' }), file(TRUST.Statement[0]), 0],
    ['by less that it allows itself', file(statement({ Action: 'iam:Get*', Resource: '*' }), deny('iam:GetUser')), file(statement({ Action: 'iam:GetRole', Resource: '*' })), 1, FREED],
  ]), []);
  assert.deepEqual(await codes([['a Deny that is gone', file(statement(), deny('iam:*')), file(statement()), 0]], ['--allow-unknown']), []);
});

test('each format says what is denied no more', async () => {
  const cwd = folder({ 'old.json': policy(statement(), deny('iam:*')), 'new.json': policy(statement()) });
  const told = async (format) => (await postern(['diff', 'old.json', 'new.json', '--format', format], { cwd })).stdout;
  assert.match(await told('github'), /^::error file=new\.json,.*title=POSTERN_ACCESS_UNKNOWN::Cannot tell, because it denies less/);
  const { runs: [{ results: [{ ruleId, message }] }] } = JSON.parse(await told('sarif'));
  assert.match(`${ruleId} ${message.text}`, /^POSTERN_ACCESS_UNKNOWN Cannot tell, because it denies less/);
  const { policies: [{ relation, gained, notes }] } = JSON.parse(await told('json'));
  assert.deepEqual([relation, gained.result, notes], ['unknown', 'UNKNOWN', []]);
});
