// What `postern diff` makes of what is given to somebody or something elsewhere: who is in a group, the values of nested
// stacks, and those that Terragrunt gives a module. The policies themselves are the same on both sides.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, codes, folder, policy, postern, statement } from './run.mjs';

const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const MIXED = policy(statement(), statement({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }));
const ref = (Ref) => ({ Ref });

test('who is new in a group may do what it may, and who leaves one that denies may do that', async () => {
  const made = (document = CLEAN) => ['u', 'v'].map((one) => block('aws_iam_user', one, { name: `"${one}"` })).join('') + block('aws_iam_group', 'g', { name: '"admins"' })
    + block('aws_iam_group_policy', 'p', { group: 'aws_iam_group.g.name', policy: `jsonencode(${hcl(document)})` });
  const main = (more = '', document = CLEAN) => ({ 'main.tf': made(document) + more });
  const groups = (list = '[aws_iam_group.g.name]', more = {}) => block('aws_iam_user_group_membership', 'm', { user: 'aws_iam_user.u.name', groups: list, ...more });
  const users = (list, more = {}) => block('aws_iam_group_membership', 'm', { name: '"m"', group: 'aws_iam_group.g.name', users: list, ...more });
  const variable = (list) => `variable "users" {\n  default = ${list}\n}\n`;
  const assigned = (one) => ({ 'main.tf': block('aws_ssoadmin_account_assignment', 'a', { permission_set_arn: 'aws_ssoadmin_permission_set.s.arn', target_id: '"111122223333"', principal_id: `"${one}"` }) });
  const of = (more = {}, document = CLEAN) => ({ 'a.json': { Resources: { G: { Type: 'AWS::IAM::Group', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: document }] } }, U: { Type: 'AWS::IAM::User', Properties: {} }, ...more } } });
  const added = (...Users) => ({ A: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: ref('G'), Users } } });
  const inGroups = (...Groups) => ({ U: { Type: 'AWS::IAM::User', Properties: { Groups } } });
  const plan = (list) => ({ 'plan.json': { format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources: [{ address: 'aws_iam_group_membership.m', mode: 'managed', type: 'aws_iam_group_membership', name: 'm', values: { group: 'g', users: list } }] } } } });
  assert.deepEqual(await codes([
    ['groups of a user', main(), main(groups()), 1, /main\.tf:\d+:\d+ gained\? unknown\n {2}Cannot tell, because by it somebody has what aws_iam_group\.g has, who did not before/],
    ['in another file', main(), { ...main(), 'more.tf': groups() }, 1], ['moves to another file', main(groups()), { ...main(), 'more.tf': groups() }, 0],
    ['the same', main(groups()), main(groups()), 0], ['no more', main(groups()), main(), 0], ['by its name', main(groups()), main(groups('["admins"]')), 0],
    ['a group of nobody here', main(groups('["a"]')), main(groups('["a", "Administrators"]')), 1, /what Administrators has/], ['in all cases', main(groups(undefined, { count: 'var.c ? 1 : 0' })), main(groups()), 1],
    ['never', main(), main(groups(undefined, { count: '0' })), 0], ['another user', main(groups()), main(groups(undefined, { user: 'aws_iam_user.v.name' })), 1],
    ['users of a group', main(users('[aws_iam_user.u.name]')), main(users('[aws_iam_user.u.name, aws_iam_user.v.name]')), 1], ['in another order', main(users('["u", "v"]')), main(users('["v", "u"]')), 0],
    ['fewer', main(users('["u", "v"]')), main(users('["v"]')), 0], ['by the other resource', main(users('[aws_iam_user.u.name]')), main(groups()), 0], ['called otherwise', main(users('["u"]')), main(users('["u"]').replace('"m"', '"n"')), 0],
    ['by a variable', main(users('var.users') + variable('["u"]')), main(users('var.users') + variable('["u", "v"]')), 1], ['by the same variable', main(users('var.users') + variable('["u"]')), main(users('var.users') + variable('["u"]')), 0],
    ['for each', main(groups('each.value', { for_each: '{ a = ["x"] }', user: 'each.key' })), main(groups('each.value', { for_each: '{ a = ["admins"] }', user: 'each.key' })), 1], ['instances', main(users('[aws_iam_user.many[each.key].name]', { for_each: 'toset(["a"])' })), main(users('[aws_iam_user.many[each.key].name]', { for_each: 'toset(["a", "b"])' })), 1],
    ['who leaves a group that denies', main(groups(), MIXED), main('', MIXED), 1, /has it no more: other policies may allow what it denied/],
    ['an assignment', assigned('a'), assigned('b'), 1], ['the same assignment', assigned('a'), assigned('a'), 0],
    ['an addition', of(), of(added(ref('U'))), 1], ['one more', of(added(ref('U'))), of(added(ref('U'), 'v')), 1], ['one less', of(added(ref('U'), 'v')), of(added(ref('U'))), 0],
    ['groups in a template', of(), of(inGroups(ref('G'))), 1, /Resources\.G/], ['groups instead of an addition', of(added(ref('U'))), of(inGroups(ref('G'))), 0], ['no groups', of(), of(inGroups()), 0], ['who leaves one in a template', of(inGroups(ref('G')), MIXED), of({}, MIXED), 1],
    ['a plan', plan(['a']), plan(['a', 'b']), 1], ['the same plan', plan(['a']), plan(['a']), 0],
  ]), []);
});

test('a nested stack gives its template values, its template gives some back, and without it there is none', async () => {
  const onBucket = (Resource) => ({ P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(statement({ Resource })) } } });
  const child = { Parameters: { B: { Type: 'String' } }, Resources: onBucket({ 'Fn::Sub': 'arn:aws:s3:::${B}/*' }) };
  const stack = (B, more = {}) => ({ Type: 'AWS::CloudFormation::Stack', ...more, Properties: { TemplateURL: './child.json', ...B === null ? {} : { Parameters: { B } }, ...more.Properties } });
  const of = (one, more = {}) => ({ 'main.json': { Resources: { S: one, ...more } }, 'child.json': child });
  const sam = (B) => ({ 'main.yaml': `Transform: AWS::Serverless-2016-10-31\nResources:\n  S:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location: ./child.json\n      Parameters:\n        B: ${B}\n`, 'child.json': child });
  const cdk = (B) => ({ 'cdk.out/main.template.json': { Resources: { S: stack(B, { Metadata: { 'aws:asset:path': 'S.nested.template.json' }, Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3/', ref('A')]] } } }) } }, 'cdk.out/S.nested.template.json': child });
  const terraform = (B) => ({ 'main.tf': block('aws_cloudformation_stack', 's', { name: '"s"', template_body: 'file("${path.module}/child.json")', parameters: `{ B = ${B} }` }), 'child.json': child });
  const output = (Value) => ({ 'main.json': { Resources: { S: stack(null), ...onBucket({ 'Fn::GetAtt': ['S', 'Outputs.B'] }) } }, 'child.json': { Resources: { T: { Type: 'AWS::SNS::Topic' } }, Outputs: { B: { Value } } } });
  const parameter = (Default) => ({ 'main.json': { Parameters: { P: { Type: 'String', Default } }, Resources: { S: stack(ref('P')) } }, 'child.json': child });
  assert.deepEqual(await codes([
    ['the same', of(stack('a')), of(stack('a')), 0], ['another value', of(stack('a')), of(stack('*')), 1, /child\.json:11:35 gained\? unknown\n {2}Cannot tell, because what \$\{B\} refers to is not the same/], ['a value that was none', of(stack(null)), of(stack('*')), 1],
    ['another value of nothing that a policy has', of(stack('a', { Properties: { Parameters: { B: 'a', C: 'a' } } })), of(stack('a', { Properties: { Parameters: { B: 'a', C: 'b' } } })), 0],
    ['by a parameter', parameter('a'), parameter('b'), 1], ['by the same parameter', parameter('a'), parameter('a'), 0],
    ['in all cases', of(stack('a', { Condition: 'C' })), of(stack('a')), 1], ['in fewer cases', of(stack('a')), of(stack('a', { Condition: 'C' })), 0], ['another one', of(stack('a')), of(stack('a'), { T: stack('a') }), 1], ['one less', of(stack('a'), { T: stack('a') }), of(stack('a')), 0],
    ['an output', output('a'), output('*'), 1], ['the same output', output('a'), output('a'), 0],
    ['SAM', sam('a'), sam('b'), 1], ['the CDK', cdk('a'), cdk('b'), 1], ['the same of the CDK', cdk('a'), cdk('a'), 0], ['of Terraform', terraform('"a"'), terraform('"b"'), 1], ['the same of Terraform', terraform('"a"'), terraform('"a"'), 0],
  ]), []);
  const cwd = folder(of(stack('a')));
  const git = (...words) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...words], { cwd });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'one');
  writeFileSync(join(cwd, 'main.json'), JSON.stringify(of(stack('b'))['main.json']));
  assert.equal((await postern(['diff', '--git', 'HEAD', '--no-config'], { cwd })).code, 1, 'the template is the same, and its values are others');
});

test('Terragrunt gives a module its inputs, those of what it includes and of other units too', async () => {
  const module_ = { 'mod/main.tf': `variable "bucket" {}\n${block('aws_iam_policy', 'p', { policy: `jsonencode(${hcl(policy(statement({ Resource: 'arn:aws:s3:::${var.bucket}/*' })))})` })}` };
  const source = (path = '../../mod') => `terraform {\n  source = "${path}"\n}\n`;
  const inputs = (value) => `inputs = {\n  bucket = ${value}\n}\n`;
  const unit = (text, more = {}) => ({ ...module_, 'live/app/terragrunt.hcl': text, ...more });
  const root = (text, own = '') => unit(`${source()}include "root" {\n  path = find_in_parent_folders("root.hcl")\n  expose = true\n}\n${own}`, { 'live/root.hcl': text });
  const on = (more, path = '../db') => `dependency "d" {\n  config_path = "${path}"\n${more}}\n${inputs('dependency.d.outputs.bucket')}`;
  const db = (value, given) => unit(source() + on(''), { 'live/db/terragrunt.hcl': source('../../db') + given, 'db/main.tf': `variable "bucket" {}\noutput "bucket" {\n  value = ${value}\n}\noutput "other" {\n  value = ${value.length}\n}\n` });
  const remote = (ref_, given) => unit(source() + on(''), { 'live/db/terragrunt.hcl': source(`git::https://example.com/modules.git//db?ref=${ref_}`) + given });
  const environment = (value, more = '') => unit(`${source()}locals {\n  env = read_terragrunt_config(find_in_parent_folders("env.hcl"))\n}\n${inputs('local.env.locals.bucket')}`, { 'live/env.hcl': `${more}locals {\n  bucket = ${value}\n}\n` });
  const common = (value) => unit('include "app" {\n  path = "${dirname(find_in_parent_folders("root.hcl"))}/_env/app.hcl"\n}\n', { 'live/root.hcl': '', 'live/_env/app.hcl': source('${dirname(find_in_parent_folders("root.hcl"))}/../mod') + inputs(value) });
  const file = (value) => unit(`${source()}locals {\n  all = yamldecode(file(find_in_parent_folders("all.yaml")))\n}\n${inputs('local.all.bucket')}`, { 'live/all.yaml': `bucket: ${value}\n` });
  const extra = (text) => unit(`terraform {\n  source = "../../mod"\n  extra_arguments "x" {\n    commands = ["plan"]\n    ${text}\n  }\n}\n${inputs('"a"')}`);
  assert.deepEqual(await codes([
    ['an input', unit(source() + inputs('"a"')), unit(source() + inputs('"b"')), 1], ['another input', unit(source() + inputs('"a"\n  x = 1')), unit(source() + inputs('"a"\n  x = 2')), 0],
    ['inputs by a function', root('locals {\n  all = { bucket = "a" }\n}\ninputs = merge(local.all, {})\n'), root('locals {\n  all = { bucket = "*" }\n}\ninputs = merge(local.all, {})\n'), 1],
    ['an included input', root(inputs('"a"')), root(inputs('"*"')), 1], ['an exposed local', root('locals {\n  b = "a"\n}\n', inputs('include.root.locals.b')), root('locals {\n  b = "*"\n}\n', inputs('include.root.locals.b')), 1],
    ['a comment in it', root(`# a\n${inputs('"a"')}`), root(`# b\n${inputs('"a"')}`), 0], ['its state', root(`remote_state {\n  backend = "s3"\n}\n${inputs('"a"')}`), root(`remote_state {\n  backend = "local"\n}\n${inputs('"a"')}`), 0],
    ['an included source', common('"a"'), common('"*"'), 1], ['a configuration that is read', environment('"a"'), environment('"*"'), 1], ['a comment in that', environment('"a"'), environment('"a"', '# x\n'), 0], ['a file that is read', file('a'), file('b'), 1],
    ['a dependency', unit(source() + on('')), unit(source() + on('')), 0], ['on another unit', unit(source() + on('')), unit(source() + on('', '../other')), 1], ['with other values for a plan', unit(source() + on('  mock_outputs = { bucket = "a" }\n')), unit(source() + on('  mock_outputs = { bucket = "b" }\n')), 0],
    ['its output', db('"a"', ''), db('"*"', ''), 1], ['its input', db('var.bucket', inputs('"a"')), db('var.bucket', inputs('"*"')), 1], ['no output of it', db('"a"', 'inputs = { x = 1 }\n'), db('"a"', 'inputs = { x = 2 }\n'), 0],
    ['its input from elsewhere', remote('v1', inputs('"a"')), remote('v1', inputs('"*"')), 1], ['another version from elsewhere', remote('v1', inputs('"a"')), remote('v2', inputs('"a"')), 1],
    ['a variable of the environment', unit(source() + inputs('"a"')), extra('env_vars = { TF_VAR_bucket = "*" }'), 1], ['a file of values', extra('arguments = ["-var-file=a.tfvars"]'), extra('arguments = ["-var-file=b.tfvars"]'), 1], ['other arguments', extra('arguments = ["-lock-timeout=1m"]'), extra('arguments = ["-lock-timeout=2m"]'), 0],
    ['another unit', unit(source() + inputs('"a"')), unit(source() + inputs('"a"'), { 'live/more/terragrunt.hcl': source() + inputs('"a"') }), 1], ['a unit less', unit(source() + inputs('"a"'), { 'live/more/terragrunt.hcl': source() + inputs('"a"') }), unit(source() + inputs('"a"')), 0],
  ]), []);
});
