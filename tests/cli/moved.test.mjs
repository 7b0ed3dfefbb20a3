// What `postern diff` makes of files and policies that have another place now: as with `git diff --find-renames` they are what
// they were, and what else has changed of them is told.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TRUST, codes, folder, policy, postern, statement } from './run.mjs';

const json = (document) => `jsonencode(${JSON.stringify(document).replaceAll('":', '"=')})`;
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const READS = policy(statement());
const WRITES = policy(statement(), statement({ Action: 's3:PutObject' }));
const GUARD = policy(statement({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }));
const long = (Action) => policy(...Array.from({ length: 6 }, (_, i) => statement({ Sid: `S${i}`, Resource: `arn:aws:s3:::b${i}/*` })), statement({ Sid: 'X', Action }));
/** A policy with eight statements, of which so many are of other buckets; each in a line. */
const few = (count) => `{"Version": "2012-10-17", "Statement": [\n${Array.from({ length: 8 }, (_, i) => JSON.stringify(statement({ Sid: `S${i}`, Resource: `arn:aws:s3:::${i < count ? 'other' : 'old'}-${i}/*` }))).join(',\n')}\n]}`;
const managed = (document, more = {}) => block('aws_iam_policy', 'p', { policy: json(document), ...more });
const ofBucket = managed(READS).replace('example-files', '${var.b}');
const variable = (value) => `variable "b" {\n  default = "${value}"\n}\n`;
const call = (source, more = '', name = 'm') => `module "${name}" {\n  source = "${source}"\n${more}}\n`;
const role = (more = {}) => block('aws_iam_role', 'r', { name: '"r"', assume_role_policy: json(TRUST), ...more });
const attach = block('aws_iam_role_policy_attachment', 'a', { role: 'aws_iam_role.r.name', policy_arn: 'aws_iam_policy.p.arn' });
const withTopic = (Resources = {}) => ({ Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Resources } });
const P = (PolicyDocument, more = {}, others = {}) => ({ P: { Type: 'AWS::IAM::ManagedPolicy', ...others, Properties: { PolicyDocument, ...more } } });
const R = (more = {}) => ({ R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } } });
const INLINE = { Policies: [{ PolicyName: 'p', PolicyDocument: WRITES }] };
const BOUND = { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/B' };
const ANY = ['--fail-on', 'any'];

test('a file or a folder with another name is what it was, and what has changed in it is told', async () => {
  assert.deepEqual(await codes([
    ['a file', { 'a.json': READS, 'b.json': WRITES }, { 'c.json': READS, 'b.json': WRITES }, 0], ['an edit', { 'a.json': long('s3:PutObject') }, { 'x/b.json': long('s3:*') }, 1, /^new\/x\/b\.json: .*: allows more\n.*\n.*by way of s3:\*.*\n {2}note: It was in old\/a\.json before\.\n\nOf 1 policy/],
    ['more than half of it', { 'a.json': few(0) }, { 'b.json': few(3) }, 1, /It was in old\/a\.json before/], ['less than half of it', { 'a.json': few(0) }, { 'b.json': few(6) }, 1, /It is new/],
    ['a copy', { 'a.json': READS }, { 'a.json': READS, 'b.json': READS }, 1], ['two for one', { 'a.json': READS }, { 'b.json': READS, 'c.json': READS }, 1], ['what is not alike', { 'a.json': long('s3:PutObject') }, { 'b.json': policy(statement({ Action: 'iam:PassRole', Resource: '*' })) }, 1],
    ['in another layout', { 'a.json': long('s3:PutObject') }, { 'b.json': JSON.stringify(long('s3:PutObject')) }, 0], ['contents that change places', { 'a.json': READS, 'b.json': WRITES }, { 'a.json': WRITES, 'b.json': READS }, 1],
    ['a folder', { 'x/main.tf': ofBucket, 'x/v.tf': variable('a') }, { 'y/main.tf': ofBucket, 'y/v.tf': variable('a') }, 0], ['a value in it', { 'x/main.tf': ofBucket, 'x/v.tf': variable('a') }, { 'y/main.tf': ofBucket, 'y/v.tf': variable('*') }, 1, /what \$\{var\.b\} refers to is not the same/],
    ['a module', { 'main.tf': call('./x'), 'x/main.tf': managed(WRITES) }, { 'main.tf': call('./y'), 'y/main.tf': managed(WRITES) }, 0], ['a module that is called twice', { 'main.tf': call('./x'), 'x/main.tf': managed(WRITES) }, { 'main.tf': call('./y') + call('./y', '', 'n'), 'y/main.tf': managed(WRITES) }, 1],
    ['a call', { 'main.tf': call('./x'), 'x/main.tf': managed(WRITES) }, { 'main.tf': call('./x', '', 'n'), 'x/main.tf': managed(WRITES) }, 0], ['the first call', { 'main.tf': '', 'x/main.tf': managed(WRITES) }, { 'main.tf': call('./x'), 'x/main.tf': managed(WRITES) }, 1],
    ['the root module', { 'main.tf': managed(READS) + call('./m', '  b = "a"\n'), 'm/x.tf': `variable "b" {}\n${ofBucket}` }, { 'tf/main.tf': managed(READS) + call('../m', '  b = "a"\n'), 'm/x.tf': `variable "b" {}\n${ofBucket}` }, 0],
    ['what it gives', { 'main.tf': managed(READS) + call('./m', '  b = "a"\n'), 'm/x.tf': `variable "b" {}\n${ofBucket}` }, { 'tf/main.tf': managed(READS) + call('../m', '  b = "*"\n'), 'm/x.tf': `variable "b" {}\n${ofBucket}` }, 1],
    ['a file of another module', { 'x/a.tf': ofBucket, 'x/v.tf': variable('a'), 'y/v.tf': variable('*') }, { 'y/a.tf': ofBucket, 'x/v.tf': variable('a'), 'y/v.tf': variable('*') }, 1], ['its count', { 'x/a.tf': managed(READS, { count: 'var.c ? 1 : 0' }), 'x/v.tf': 'variable "c" {}\n' }, { 'y/a.tf': managed(READS), 'x/v.tf': 'variable "c" {}\n' }, 1],
    ['a module of other outputs', { 'main.tf': call('./x') + managed(READS).replace('example-files', '${module.m.b}'), 'x/o.tf': 'output "b" {\n  value = "a"\n}\n', 'z/o.tf': 'output "b" {\n  value = "*"\n}\n' }, { 'main.tf': call('./z') + managed(READS).replace('example-files', '${module.m.b}'), 'x/o.tf': 'output "b" {\n  value = "a"\n}\n', 'z/o.tf': 'output "b" {\n  value = "*"\n}\n' }, 1],
    ['a policy of another type', { 'scps/a.json': GUARD }, { 'policies/a.json': GUARD }, 1], ['of the same type', { 'scps/a.json': GUARD }, { 'org/scps/a.json': GUARD }, 0], ['a role that others may take', { 'a.tf': role() }, { 'b.tf': role().replace('ec2.amazonaws', 'lambda.amazonaws') }, 1],
    ['a unit of Terragrunt', { 'mod/main.tf': ofBucket + 'variable "b" {}\n', 'live/a/terragrunt.hcl': 'terraform {\n  source = "../../mod"\n}\ninputs = {\n  b = "a"\n}\n' }, { 'mod/main.tf': ofBucket + 'variable "b" {}\n', 'live/b/terragrunt.hcl': 'terraform {\n  source = "../../mod"\n}\ninputs = {\n  b = "a"\n}\n' }, 0],
  ]), []);
  assert.deepEqual(await codes([
    ['a file', { 'a.json': READS }, { 'b.json': READS }, 0], ['an edit', { 'a.json': long('s3:Put*') }, { 'b.json': long('s3:PutObject') }, 1], ['what denies', { 'a.json': policy(statement(), GUARD.Statement[0]) }, { 'b/a.json': policy(statement(), GUARD.Statement[0]) }, 0],
  ], ANY), []);
});

test('a policy that stands in another template or module now is what it was, where all that it names went there too', async () => {
  const two = (a, b) => ({ 'a.json': withTopic(a), 'b.json': withTopic(b) });
  const parameter = { Parameters: { N: { Type: 'String' } } };
  const ofParameter = (isFirst) => ({ 'a.json': { ...parameter, ...withTopic(isFirst ? P(WRITES, { Roles: [{ Ref: 'N' }] }) : {}) }, 'b.json': { ...parameter, ...withTopic(isFirst ? {} : P(WRITES, { Roles: [{ Ref: 'N' }] })) } });
  const boundBy = (module) => ({ 'x/v.tf': variable('arn:aws:iam::111122223333:policy/a'), 'y/v.tf': variable('arn:aws:iam::111122223333:policy/b'), 'x/main.tf': '', 'y/main.tf': '', [`${module}/main.tf`]: role({ permissions_boundary: 'var.b' }) + managed(WRITES) + attach });
  const sent = json(policy(statement({ Principal: '*', Resource: '*', Action: 'sqs:*' })));
  const queues = (x, y) => ({ 'x/main.tf': block('aws_sqs_queue', 'q', { name: '"a"', ...x }), 'y/main.tf': block('aws_sqs_queue', 'q', { name: '"b"', ...y }) });
  assert.deepEqual(await codes([
    ['a policy', two(P(WRITES), {}), two({}, P(WRITES)), 0], ['to a new template', { 'a.json': withTopic(P(WRITES)) }, { 'a.json': withTopic(), 'b.json': { Resources: P(WRITES) } }, 0], ['with more', two(P(READS), {}), two({}, P(WRITES)), 1],
    ['in more cases', two(P(WRITES, {}, { Condition: 'C' }), {}), two({}, P(WRITES)), 1], ['of a role by its name', two(P(WRITES, { Roles: ['web'] }), {}), two({}, P(WRITES, { Roles: ['web'] })), 0], ['of another role', two(P(WRITES, { Roles: ['web'] }), {}), two({}, P(WRITES, { Roles: ['other'] })), 1], ['of a role that a parameter names', ofParameter(true), ofParameter(false), 1],
    ['a role', two(R(INLINE), {}), two({}, R(INLINE)), 0], ['a role with its boundary', two(R({ ...INLINE, ...BOUND }), {}), two({}, R({ ...INLINE, ...BOUND })), 0], ['a role without it', two(R({ ...INLINE, ...BOUND }), {}), two({}, R(INLINE)), 1], ['another role of that name', two(R(INLINE), R()), two(R(), R(INLINE)), 1],
    ['a role with a boundary that a module says', boundBy('x'), boundBy('y'), 1],
    ['into a module', { 'main.tf': role() + managed(WRITES) + attach }, { 'main.tf': call('./iam'), 'iam/main.tf': role() + managed(WRITES) + attach }, 0], ['into several', { 'main.tf': role() + managed(WRITES) + attach }, { 'main.tf': call('./iam', '  count = 2\n'), 'iam/main.tf': role() + managed(WRITES) + attach }, 1],
    ['of another queue of that name', queues({ policy: sent }, {}), queues({}, { policy: sent }), 1], ['what is not read', { 'a.tf': managed(READS, { policy: 'var.x' }), 'b.tf': '' }, { 'a.tf': '', 'b.tf': managed(READS, { policy: 'var.x' }) }, 0],
  ]), []);
});

test('a resource that a moved block gives another name is what it was', async () => {
  const named = (text, from, to) => text.replaceAll(`"${from}"`, `"${to}"`).replaceAll(`.${from}.`, `.${to}.`);
  const block_ = (type, from, to) => `moved {\n  from = ${type}.${from}\n  to = ${type}.${to}\n}\n`;
  const file = (text) => ({ 'main.tf': text });
  const inline = (document) => block('aws_iam_role_policy', 'i', { role: 'aws_iam_role.r.id', policy: json(document) });
  const toRole = (text) => file(text.replaceAll('aws_iam_role.r.', 'aws_iam_role.s.').replace('"aws_iam_role" "r"', '"aws_iam_role" "s"') + block_('aws_iam_role', 'r', 's'));
  const bound = { permissions_boundary: '"arn:aws:iam::111122223333:policy/B"' };
  const profile = block('aws_iam_instance_profile', 'x', { role: 'aws_iam_role.r.name' });
  const permission = (principal) => block('aws_lambda_permission', 'p', { principal });
  assert.deepEqual(await codes([
    ['a policy', file(managed(WRITES)), file(named(managed(WRITES), 'p', 'q') + block_('aws_iam_policy', 'p', 'q')), 0], ['with more', file(managed(READS)), file(named(managed(WRITES), 'p', 'q') + block_('aws_iam_policy', 'p', 'q')), 1], ['without a block', file(managed(READS)), file(named(managed(WRITES), 'p', 'q')), 1], ['in more cases', file(managed(WRITES, { count: 'var.c ? 1 : 0' })), file(named(managed(WRITES), 'p', 'q') + block_('aws_iam_policy', 'p', 'q')), 1],
    ['twice', file(managed(WRITES)), file(named(managed(WRITES), 'p', 's') + block_('aws_iam_policy', 'q', 's') + block_('aws_iam_policy', 'p', 'q')), 0], ['a role', file(role() + managed(WRITES) + attach + inline(READS) + profile), toRole(role() + managed(WRITES) + attach + inline(READS) + profile), 0], ['a role with more', file(role() + inline(READS)), toRole(role() + inline(WRITES)), 1], ['a role without its boundary', file(role(bound) + inline(READS)), toRole(role() + inline(READS)), 1],
    ['another role', file(role() + managed(WRITES) + attach), file(toRole(role())['main.tf'] + managed(WRITES) + attach.replace('aws_iam_role.r.name', '"other"')), 1], ['a permission', file(permission('"a"')), file(named(permission('"a"'), 'p', 'q') + block_('aws_lambda_permission', 'p', 'q')), 0], ['another permission', file(permission('"a"')), file(named(permission('"*"'), 'p', 'q') + block_('aws_lambda_permission', 'p', 'q')), 1],
  ]), []);
});

test('with --git a file that was renamed and edited is followed, and one that is no more committed', async () => {
  const cwd = folder({ 'p/a.json': long('s3:Put*'), 'x/main.tf': ofBucket, 'x/v.tf': variable('a') });
  const git = (...words) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...words], { cwd });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'one');
  const told = async (...words) => (await postern(['diff', '--git', 'HEAD', '--no-config', ...words], { cwd }));
  renameSync(join(cwd, 'p/a.json'), join(cwd, 'p/b.json'));
  renameSync(join(cwd, 'x'), join(cwd, 'y'));
  const codes = [(await told(...ANY)).code];
  writeFileSync(join(cwd, 'p/b.json'), JSON.stringify(long('s3:*'), null, 4));
  const { code, stdout } = await told();
  assert.match(stdout, /^p\/b\.json: .*: allows more\np\/b\.json:\d+:\d+ gained\n.*\n {2}note: It was in p\/a\.json before\.\n/);
  writeFileSync(join(cwd, 'p/b.json'), JSON.stringify(long('s3:PutObject'), null, 4));
  codes.push(code, (await told()).code);
  writeFileSync(join(cwd, 'y/v.tf'), variable('*'));
  codes.push((await told()).code);
  assert.deepEqual(codes, [0, 1, 0, 1]);
});
