// Whatever a deployment decides, nothing is said of it: each value of policies without findings is made unknown in turn.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { validatePolicy } from '../../../dist/node.mjs';
import { ROOT } from '../../../scripts/env.mjs';
import { policiesIn, settled } from './bundle.mjs';

const golden = join(ROOT, 'tests/golden');
const TRUST = { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' };
const WRITTEN = [
  ['AWS::IAM::Role', 'AssumeRolePolicyDocument', TRUST, { Version: '2012-10-17', Statement: [
    { Sid: 'Oidc', Effect: 'Allow', Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' }, Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': 'repo:a/b:ref:refs/heads/main' } } },
    { Effect: 'Allow', Principal: { Service: ['ec2.amazonaws.com', 'ssm.amazonaws.com'] }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } },
  ] }],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument', { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::SQS::Queue' }, { Version: '2012-10-17', Id: 'q', Statement: {
    Sid: 'Send', Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:123456789012:q',
    Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:123456789012:t' } } } }],
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument', {}, { Version: '2012-10-17', Statement: [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket', 's3:DeleteObject'], Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::123456789012:role/x', Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } },
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' },
    { Effect: 'Deny', Action: '*', NotResource: ['arn:aws:s3:::b/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' }, DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' }, IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } } },
  ] }],
];
const resource = (type) => ({ policyType: 'RESOURCE_POLICY', validatePolicyResourceType: type });
/** What the documents of tests/golden are attached to, by their names. */
const OF_GOLDEN = [
  [/trust/, 'AWS::IAM::Role', 'AssumeRolePolicyDocument', TRUST],
  [/bucket-policy/, 'AWS::S3::BucketPolicy', 'PolicyDocument', resource('AWS::S3::Bucket')],
  [/key-policy/, 'AWS::KMS::Key', 'KeyPolicy', resource('AWS::KMS::Key')],
  [/vpce/, 'AWS::EC2::VPCEndpoint', 'PolicyDocument', resource('AWS::EC2::VPCEndpoint')],
  [/./, 'AWS::IAM::ManagedPolicy', 'PolicyDocument', {}],
];
const policies = [...WRITTEN, ...readdirSync(golden).filter((name) => name.endsWith('.json'))
  .map((name) => [name, JSON.parse(readFileSync(join(golden, name), 'utf8'))])
  .filter(([, document]) => Array.isArray(document.Statement) && JSON.stringify(document).length < 1500)
  .map(([name, document]) => [...OF_GOLDEN.find(([names]) => names.test(name)).slice(1), document])];

/** What a policy is when one of its values, or a part of one, is known at deploy time only. */
function* variants(value) {
  yield { Ref: 'X' };
  if (typeof value === 'string') {
    const half = value.length >> 1;
    yield { 'Fn::Sub': `\${X}${value.slice(half)}` };
    yield { 'Fn::Sub': `${value.slice(0, half)}\${X}` };
    yield { 'Fn::If': ['C', value, 'other'] };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const one of variants(item)) yield value.with(index, one);
    yield [...value, { Ref: 'X' }];
  } else {
    for (const [key, inner] of Object.entries(value)) for (const one of variants(inner)) yield { ...value, [key]: one };
  }
}

test('a value that is known at deploy time only never makes a finding', async () => {
  const wrong = new Map();
  let tried = 0;
  for (const [type, property, options, document] of policies) {
    const codes = new Set(validatePolicy(JSON.stringify(document), options).map(({ issueCode }) => issueCode));
    for (const variant of variants(document)) {
      const template = JSON.stringify({ Resources: { R: { Type: type, Properties: { [property]: variant } } } });
      for (const { text, unknown } of await policiesIn(template, 'a.json')) {
        tried += 1;
        for (const { issueCode, locations } of settled(validatePolicy(text, options), { text, unknown })) {
          if (!codes.has(issueCode)) wrong.set(`${issueCode} at ${locations.map(({ pointer }) => pointer)}, unknown ${unknown}`, text);
        }
      }
    }
  }
  assert.deepEqual([...wrong], []);
  assert.ok(tried > 1000, `${tried} policies`);
});

test('a statement whose resource is not known silences only what it may allow more of', async () => {
  const granting = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });
  const bucket = { 'Fn::Sub': 'arn:aws:s3:::${X}/*' };
  const mistakes = [
    ['SESSION_DESCRIBE_LOG_GROUPS_SCOPED', granting('logs:DescribeLogGroups', 'arn:aws:logs:eu-west-1:123456789012:log-group:/x')],
    ['SESSION_DOCUMENT_NOT_NAMED', granting('ssm:StartSession', 'arn:aws:ec2:eu-west-1:123456789012:instance/*')],
  ];
  for (const [code, mistake] of mistakes) {
    for (const [other, stays] of [
      [granting('s3:PutObject', bucket), true],
      [granting('kms:Decrypt', { Ref: 'X' }), true],
      [granting(['s3:PutObject', 'logs:*', 'ssmmessages:*'], bucket), false],
      [granting(['s3:PutObject', '*'], bucket), false],
      [granting({ Ref: 'X' }, '*'), false],
      [granting(['s3:PutObject', { Ref: 'X' }], '*'), false],
      [{ Effect: 'Allow', NotAction: 's3:PutObject', Resource: bucket }, false],
      [{ Ref: 'X' }, false],
    ]) {
      const document = { Version: '2012-10-17', Statement: [mistake, other] };
      const template = JSON.stringify({ Resources: { R: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } } } });
      const [found] = await policiesIn(template, 'a.json');
      const codes = settled(validatePolicy(found.text), found).map(({ issueCode }) => issueCode);
      assert.equal(codes.includes(code), stays, `${code} beside ${JSON.stringify(other)}`);
    }
  }
});
