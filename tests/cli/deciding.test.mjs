// Of what only the deployment knows `postern role` names what decides of each thing, and none of the rest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, folder, policy, postern, statement } from './run.mjs';

const allow = (Action, Resource = '*', more = {}) => statement({ Action, Resource, ...more });
const CHANNEL = allow('ssmmessages:*');
const LOGS = allow('s3:PutObject', { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' });
const KEY = allow('kms:Decrypt', { Ref: 'Key' });
const given = { Type: 'String' };

/** A template with a role that has these policies. */
const template = (policies, more = {}) => ({
  Parameters: { Bucket: given, Key: given, Other: given }, Conditions: { HasKey: { 'Fn::Equals': [{ Ref: 'Key' }, 'x'] } },
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: policies.map((one, i) => named(one, i)), ...more } } },
});
const named = (one, i) => (one['Fn::If'] === undefined ? { PolicyName: `p${i}`, PolicyDocument: one } : { 'Fn::If': [one['Fn::If'], { PolicyName: `p${i}`, PolicyDocument: one.policy }, NONE] });
const NONE = { Ref: 'AWS::NoValue' };
const inCase = (one) => ({ 'Fn::If': ['HasKey', one, NONE] });

async function dependsOn(file, text, ...wants) {
  const { stdout, stderr } = await postern(['role', file, '--side', 'node', '--format', 'json', '--wants', wants.join(',')], { cwd: folder({ [file]: text }) });
  assert.doesNotMatch(stdout, /unknown\d|\p{Co}/u);
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout).capabilities.map(({ result, reasons }) => (result === 'unknown' ? reasons[0].message.replace(/^It depends on |, which only the deployment knows\.$/g, '') : result));
}

const answers = async (cases, file, textOf) => Object.fromEntries(await Promise.all(cases.map(async ([name, given]) => [name, await dependsOn(file, textOf(given), ...WANTS)])));
const expected = (cases) => Object.fromEntries(cases.map(([name, , wanted]) => [name, wanted]));
const WANTS = ['channel', 's3-logs', 'session-kms'];

test('of a template only the values count that stand in a statement which has a say', async () => {
  const cases = [
    ['each its own', [policy(CHANNEL, LOGS, KEY)], ['works', '${Bucket}', '{ "Ref": "Key" }']],
    ['in several policies', [policy(CHANNEL, LOGS), policy(KEY)], ['works', '${Bucket}', '{ "Ref": "Key" }']],
    ['two of one', [policy(CHANNEL, LOGS, allow('s3:*', { 'Fn::Sub': 'arn:aws:s3:::${Other}/*' }))], ['works', '${Bucket} and ${Other}', 'fails']],
    ['a condition', [policy(LOGS, inCase(CHANNEL))], ['"HasKey"', '${Bucket}', 'fails']],
    ['a condition of a policy', [policy(LOGS), { 'Fn::If': 'HasKey', policy: policy(CHANNEL) }], ['"HasKey"', '${Bucket}', 'fails']],
    ['a Deny', [policy(allow('*'), LOGS, statement({ Effect: 'Deny', Action: 'kms:*', Resource: { Ref: 'Key' } }))], ['works', 'works', '{ "Ref": "Key" }']],
    ['a Deny of anything', [policy(allow('*'), statement({ Effect: 'Deny', Action: { Ref: 'Other' }, Resource: '*' }), KEY)], Array(3).fill('{ "Ref": "Other" }').with(2, '{ "Ref": "Other" } and { "Ref": "Key" }')],
    ['an effect', [policy(allow(['ssmmessages:*', 'kms:Decrypt']), statement({ Effect: { Ref: 'Other' }, Action: 's3:*', Resource: '*' }))], Array(3).fill('{ "Ref": "Other" }')],
    ['a name of a statement', [policy(CHANNEL, { ...LOGS, Sid: { Ref: 'Other' } })], ['works', '${Bucket}', 'fails']],
    ['a name of a policy', [{ ...policy(CHANNEL, LOGS), Id: { Ref: 'Other' } }], ['works', '${Bucket}', 'fails']],
    ['no list', [{ Version: '2012-10-17', Statement: LOGS }, policy(CHANNEL, KEY)], ['works', '${Bucket}', '{ "Ref": "Key" }']],
  ];
  assert.deepEqual(await answers(cases, 't.json', template), expected(cases));
  const bounded = template([policy(allow('*'), KEY)], { PermissionsBoundary: { Ref: 'Boundary' } });
  bounded.Resources.Boundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(CHANNEL, allow('kms:*'), LOGS) } };
  assert.deepEqual(await dependsOn('t.json', bounded, ...WANTS), ['works', '${Bucket}', '{ "Ref": "Key" }'].with(2, 'works'));
});

test('of Terraform too, with how many there are of a resource, and with what is not read', async () => {
  const role = 'resource "aws_iam_role" "web" {\n  name = "web"\n}\n';
  const inline = (name, statements, more = '') => `resource "aws_iam_role_policy" "${name}" {\n  role = aws_iam_role.web.id\n${more}  policy = jsonencode({ Version = "2012-10-17", Statement = ${statements} })\n}\n`;
  const one = (action, resource = '"*"') => `{ Effect = "Allow", Action = "${action}", Resource = ${resource} }`;
  const logs = one('s3:PutObject', '"arn:aws:s3:::${var.bucket}/*"');
  const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
  const cases = [
    ['a count', inline('a', `[${logs}]`) + inline('b', `[${one('ssmmessages:*')}]`, '  count = var.b ? 1 : 0\n'), ['var.b ? 1 : 0', '${var.bucket}', 'fails']],
    ['what is attached', `${inline('a', `[${logs}]`)}resource "aws_iam_role_policy_attachment" "c" {\n  count      = var.c ? 1 : 0\n  role       = aws_iam_role.web.name\n  policy_arn = "${CORE}"\n}\n`, ['var.c ? 1 : 0', '${var.bucket}', 'fails']],
    ['a choice of statements', inline('a', `concat([${logs}], var.key == "" ? [] : [${one('kms:Decrypt')}], [${one('ssmmessages:*')}])`), ['works', '${var.bucket}', 'var.key == ""']],
    ['further statements', inline('a', `concat([${one('ssmmessages:*')}], var.more)`) + inline('b', `[${logs}]`), ['aws_iam_role_policy.a.policy', 'aws_iam_role_policy.a.policy and ${var.bucket}', 'aws_iam_role_policy.a.policy']],
    ['what is not read', inline('a', `[${logs}]`) + 'resource "aws_iam_role_policy" "b" {\n  role   = aws_iam_role.web.id\n  policy = var.document\n}\n', ['var.document', 'var.document and ${var.bucket}', 'var.document']],
    ['what others may have', `${inline('a', `[${logs}]`)}resource "aws_iam_role_policy" "b" {\n  role = var.role\n  policy = jsonencode({ Version = "2012-10-17", Statement = [${one('ssmmessages:*')}] })\n}\n`, ['aws_iam_role_policy.b.policy', '${var.bucket}', 'fails']],
  ];
  assert.deepEqual(await answers(cases, 'a.tf', (text) => role + text), expected(cases));
});

test('of several roles a module says what holds for all of them, and names them where one is asked that there is not', async () => {
  const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
  const role = (name) => `resource "aws_iam_role" "${name}" {\n  name = "${name}-role"\n}\n`;
  const inline = (name, owner, action) => `resource "aws_iam_role_policy" "${name}" {\n  role = aws_iam_role.${owner}.id\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })\n}\n`;
  const cwd = folder({ 'a.tf': `${role('web')}${role('db')}resource "aws_iam_role_policy_attachment" "a" {\n  role       = aws_iam_role.web.name\n  policy_arn = "${CORE}"\n}\n${inline('b', 'web', 's3:PutObject')}${inline('c', 'db', 's3:PutObject')}` });
  const ask = async (...words) => {
    const { code, stdout } = await postern(['role', 'a.tf', '--side', 'node', '--format', 'json', ...words], { cwd });
    const { roleName, capabilities, assumptions } = JSON.parse(stdout);
    return [code, roleName, capabilities[0].result, capabilities[0].reasons[0].dependsOn.join(), assumptions.some((one) => /^There are web-role and db-role, /.test(one))];
  };
  assert.deepEqual(await Promise.all([
    ask('--wants', 'node.channel'), ask('--wants', 'node.channel', '--allow-unknown'), ask('--wants', 'node.session-kms'), ask(), ask('--wants', 'node.channel', '--role', 'web'), ask('--wants', 'node.channel', '--role', 'web-role'), ask('--wants', 'node.channel', '--role', 'db'),
  ]), [
    [1, null, 'unknown', '?role', true], [0, null, 'unknown', '?role', true], [1, null, 'fails', '', true], [0, null, 'unknown', '?role', true], [0, 'web', 'works', '', false], [0, 'web-role', 'works', '', false], [1, 'db', 'fails', '', false],
  ]);
  const { code, stderr } = await postern(['role', 'a.tf', '--role', 'nope'], { cwd });
  assert.deepEqual([code, stderr], [2, 'postern: There is no role "nope" in a.tf. There are web-role and db-role.\n']);
});
