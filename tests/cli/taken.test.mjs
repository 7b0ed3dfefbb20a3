// What of the policies in files `postern role` does not count for sure: versions that are not in force, policies that
// another resource takes away, and statements of a role that is not made.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, results, statement } from './run.mjs';

const CHANNEL = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*' }));
const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');

test('a version of a managed policy that is not in force is said to be none', async () => {
  const version = (IsDefaultVersion) => ({ PolicyVersion: { Document: CHANNEL, VersionId: 'v1', IsDefaultVersion } });
  const cwd = folder({ 'old.json': version(false), 'new.json': version(true) });
  const run = async (name) => (await postern(['role', name, '--wants', 'node.channel'], { cwd })).stderr;
  assert.match(await run('old.json'), /^postern: old\.json: Version v1 .* It is not the default version, so it is not in force; it counts here as if it were\.$/m);
  assert.equal(await run('new.json'), '');
});

const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const role = (more = '') => `resource "aws_iam_role" "web" {\n  name = "web"\n${more}}\n`;
const own = block('aws_iam_role_policy', 'p', { name: '"p"', role: 'aws_iam_role.web.id', policy: `jsonencode(${hcl(CHANNEL)})` });
const managed = block('aws_iam_policy', 'm', { policy: `jsonencode(${hcl(CHANNEL)})` });
const attach = (arn) => block('aws_iam_role_policy_attachment', 'a', { role: 'aws_iam_role.web.name', policy_arn: arn });
const names = (list) => block('aws_iam_role_policies_exclusive', 'x', { role_name: 'aws_iam_role.web.name', policy_names: list });
const arns = (list) => block('aws_iam_role_policy_attachments_exclusive', 'x', { role_name: 'aws_iam_role.web.name', policy_arns: list });

test('what another resource of Terraform takes away from a role is not certain', async () => {
  const files = (text) => ({ 'main.tf': text });
  assert.deepEqual(await results([
    ['names none', files(role() + own + names('[]')), 'unknown'],
    ['in another file', { 'main.tf': role() + own, 'x.tf': names('[]') }, 'unknown'],
    ['names others', files(role() + own + names('["q"]')), 'unknown'],
    ['by reference', files(role() + own + names('[aws_iam_role_policy.p.name]')), 'works'],
    ['by name', files(role() + own + names('["p"]')), 'works'],
    ['ARNs of none', files(role() + attach(`"${CORE}"`) + arns('[]')), 'unknown'],
    ['ARNs, the same', files(role() + attach(`"${CORE}"`) + arns(`["${CORE}"]`)), 'works'],
    ['ARNs alone', files(role() + arns(`["${CORE}"]`)), 'works'],
    ['ARNs by reference', files(role() + managed + attach('aws_iam_policy.m.arn') + arns('[aws_iam_policy.m.arn]')), 'works'],
    ['ARNs, made, none', files(role() + managed + attach('aws_iam_policy.m.arn') + arns('[]')), 'unknown'],
    ['names do not concern ARNs', files(role() + attach(`"${CORE}"`) + names('[]')), 'works'],
    ['in the role', files(role('  inline_policy {}\n') + own), 'unknown'],
    ['in the role, ARNs', files(role('  managed_policy_arns = []\n') + attach(`"${CORE}"`)), 'unknown'],
    ['in the role, of another kind', files(role('  managed_policy_arns = []\n') + own), 'works'],
    ['in the role, its own', files(role(`  inline_policy {\n    name = "p"\n    policy = jsonencode(${hcl(CHANNEL)})\n  }\n  managed_policy_arns = ["${CORE}"]\n`)), 'works'],
    ['in the role and taken', files(role(`  inline_policy {\n    name = "p"\n    policy = jsonencode(${hcl(CHANNEL)})\n  }\n`) + names('[]')), 'unknown'],
  ]), []);
});

test('statements of a role that Serverless does not make are nobody\'s', async () => {
  const provider = (more, functions) => ({ 'serverless.json': { service: 's', provider: { name: 'aws', ...more }, ...functions === undefined ? {} : { functions } } });
  const statements = CHANNEL.Statement;
  const ARN = 'arn:aws:iam::111122223333:role/mine';
  assert.deepEqual(await results([
    ['no other role', provider({ iam: { role: { statements } } }), 'works'],
    ['provider.role', provider({ role: ARN, iam: { role: { statements } } }), 'unknown'],
    ['provider.role, older', provider({ role: ARN, iamRoleStatements: statements }), 'unknown'],
    ['provider.iam.role', provider({ iam: { role: ARN }, iamRoleStatements: statements }), 'unknown'],
    ['provider.iam.role by a function', provider({ iam: { role: { 'Fn::GetAtt': ['R', 'Arn'] } }, iamRoleStatements: statements }), 'unknown'],
    ['managed policies', provider({ role: ARN, iamManagedPolicies: [CORE] }), 'unknown'],
    ['each function has one', provider({ iam: { role: { statements } } }, { f: { role: ARN } }), 'unknown'],
    ['some functions have one', provider({ iam: { role: { statements } } }, { f: { role: ARN }, g: {} }), 'works'],
  ]), []);
  const { stderr } = await postern(['role', 'serverless.json', '--wants', 'node.channel'], { cwd: folder(provider({ role: ARN, iam: { role: { statements } } })) });
  assert.match(stderr, /provider\.iam\.role\.statements, which is of others\.\n.*arn:aws:iam::111122223333:role\/mine"? is made elsewhere, and what its policies say is not known here\.$/m);
});

test('what is said of templates is so: of values that are not known, of policies that name their roles, of roles that are called the same', async () => {
  const ssm = statement({ Action: 'ssmmessages:*', Resource: '*' });
  const template = (Resources) => ({ Resources });
  const made = (...statements) => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: policy(...statements) }] } });
  const denying = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' })), Roles: [{ Ref: 'A' }] } };
  const dynamic = `${role()}data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["ssmmessages:*"]\n    resources = ["*"]\n    dynamic "condition" {\n      for_each = var.c\n      content {\n        test = condition.value\n      }\n    }\n  }\n}\n`
    + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' });
  const files = {
    'if.json': template({ A: made(ssm, { ...ssm, Effect: { 'Fn::If': ['C', 'Allow', 'Deny'] } }) }), 'ref.json': template({ A: made({ ...ssm, Effect: { Ref: 'E' } }) }),
    'wrong.json': template({ A: made({ ...ssm, Effect: 'Alow' }, { ...ssm, Resource: { Ref: 'E' } }) }),
    'role.json': template({ A: made(ssm), M: denying }), 'alone.json': template({ A: made(ssm), M: { ...denying, Properties: { PolicyDocument: denying.Properties.PolicyDocument } } }),
    'x/t.json': template({ A: made(ssm) }), 'y/t.json': template({ A: made({ ...ssm, Effect: 'Deny' }) }),
    'tf/effect.tf': role() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: `jsonencode(${hcl(policy(ssm)).replace('"Allow"', 'var.e')})` }),
    'dynamic/main.tf': dynamic,
  };
  const cwd = folder(files);
  const run = async (...words) => (await postern(['role', ...words, '--wants', 'node.channel'], { cwd }));
  for (const name of ['if.json', 'ref.json', 'tf/effect.tf', 'dynamic/main.tf']) {
    const { stdout, stderr } = await run(name);
    assert.match(stdout, /^unknown +node\.channel/m, name);
    assert.match(stderr, /^postern: .*: Only the deployment knows what it says, so it is not read as it stands\.$/m, name);
    assert.doesNotMatch(stderr, /IAM would not take/, name);
  }
  assert.match((await run('wrong.json')).stderr, /IAM would not take this policy/);
  assert.doesNotMatch((await run('role.json')).stderr, /attached to nobody/);
  assert.match((await run('alone.json')).stderr, /M is attached to nobody/);
  assert.match((await run('x/t.json', 'y/t.json')).stdout, /which role is meant: x\/t\.json:A or y\/t\.json:A\./);
  assert.match((await run('x/t.json', 'y/t.json', '--role', 'A')).stderr, /"A" may be x\/t\.json:Resources\.A or y\/t\.json:Resources\.A\./);
});

test('a plan of Terraform takes policies away as its configuration does', async () => {
  const resource = (type, name, values) => ({ address: `${type}.${name}`, mode: 'managed', type, name, values });
  const plan = (...resources) => ({ 'plan.json': { format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources: [resource('aws_iam_role', 'web', { name: 'web' }), ...resources] } }, configuration: { root_module: { resources: [] } } } });
  const inline = resource('aws_iam_role_policy', 'p', { name: 'p', role: 'web', policy: JSON.stringify(CHANNEL) });
  const attached = resource('aws_iam_role_policy_attachment', 'a', { role: 'web', policy_arn: CORE });
  const exclusive = (kind, values) => resource(`aws_iam_role_${kind}_exclusive`, 'x', { role_name: 'web', ...values });
  assert.deepEqual(await results([
    ['inline', plan(inline, exclusive('policies', { policy_names: [] })), 'unknown'],
    ['inline, named', plan(inline, exclusive('policies', { policy_names: ['p'] })), 'works'],
    ['attached', plan(attached, exclusive('policy_attachments', { policy_arns: [] })), 'unknown'],
    ['attached, named', plan(attached, exclusive('policy_attachments', { policy_arns: [CORE] })), 'works'],
  ]), []);
});
