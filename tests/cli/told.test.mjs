// What `postern role` makes of texts that functions put together, of roles that other modules name, of what Terraform leaves as
// it is deployed, and of what modules of the Terraform Registry make of their arguments.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, results, statement } from './run.mjs';

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const CHANNEL = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*' }));
const DENY = policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' }));
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const json = (document) => `jsonencode(${hcl(document)})`;
const block = (type, name, body, lifecycle) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}${lifecycle === undefined ? '' : `  lifecycle {\n    ignore_changes = ${lifecycle}\n  }\n`}}\n`;
const role = (more = {}, name = 'web', lifecycle) => block('aws_iam_role', name, { name: `"${name}"`, ...more }, lifecycle);
const inline = (document, more = {}, name = 'p', lifecycle) => block('aws_iam_role_policy', name, { role: 'aws_iam_role.web.id', policy: document, ...more }, lifecycle);
const attach = (more = {}, name = 'a', lifecycle) => block('aws_iam_role_policy_attachment', name, { role: 'aws_iam_role.web.name', policy_arn: `"${CORE}"`, ...more }, lifecycle);
const call = (more = '', name = 'm', source = './m') => `module "${name}" {\n  source = "${source}"\n${more}}\n`;

test('a text that format and join put together of known ones is known', async () => {
  const one = (Action, Effect = 'Allow') => inline(`jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "${Effect}", Action = ${Action}, Resource = "*" }] })`, {}, Effect);
  const file = (...texts) => ({ 'a.tf': role() + texts.join('') });
  assert.deepEqual(await results([
    ['an action', file(one('format("%s:*", "ssmmessages")')), 'works'], ['another one', file(one('format("%s:*", "s3")')), 'fails'], ['two', file(one('format("%s:%s", "ssmmessages", "*")')), 'works'],
    ['a part that is not known', file(one('format("%s:*", var.service)')), 'unknown'], ['an ARN', file(attach({ policy_arn: 'format("arn:aws:iam::aws:policy/%s", "AmazonSSMManagedInstanceCore")' })), 'works'],
    ['a percent sign', file(one('format("*%%")')), 'fails'], ['another verb', file(one('format("%-20s", "ssmmessages:*")')), 'unknown'], ['too few', file(one('format("%s:%s", "ssmmessages")')), 'unknown'], ['too many', file(one('format("ssmmessages:*", "x")')), 'unknown'],
    ['joined', file(one('join(":", ["ssmmessages", "*"])')), 'works'], ['joined within', file(one('format("%s:*", join("", ["ssm", "messages"]))')), 'works'], ['joined of a list', file(one('join(":", var.parts)')), 'unknown'], ['joined of some', file(one('join(":", concat(["ssmmessages"], var.parts))')), 'unknown'],
    ['in a string', file(one('"${format("ssm%s", "messages")}:*"')), 'works'], ['in a local', { 'a.tf': `locals {\n  a = format("%s:*", "ssmmessages")\n}\n${role()}${one('local.a')}` }, 'works'], ['of a local', { 'a.tf': `locals {\n  a = "ssmmessages"\n}\n${role()}${one('format("%s:*", local.a)')}` }, 'works'],
    ['in a loop', file(one('[for s in ["ssmmessages", "s3"] : format("%s:*", s)]')), 'works'], ['of each', file(one('formatlist("%s:*", ["ssmmessages", "s3"])')), 'works'], ['of each that is not known', file(one('formatlist("%s:*", var.all)')), 'unknown'],
    ['what it denies', file(attach(), one('format("%s:*", "s3")', 'Deny')), 'works'], ['what it denies of this', file(attach(), one('format("%s:*", "ssmmessages")', 'Deny')), 'fails'],
  ]), []);
  const { stdout } = await postern(['check', 'a.tf', '--no-config'], { cwd: folder(file(one('format("%s:%s",\n "s3", "GetObjekt")'))) });
  assert.match(stdout, /a\.tf:\d+:\d+ error INVALID_ACTION\n {2}s3:GetObjekt is not an action of s3\./);
});

test('a role that another module names is that one, where there is one of it', async () => {
  const output = (value) => `output "name" {\n  value = ${value}\n}\n`;
  const up = (value, more = {}, calls = call()) => ({ 'main.tf': calls + attach({ role: 'module.m.name', ...more }), 'm/main.tf': role() + role({}, 'other') + output(value) });
  const down = (given, child = attach({ role: 'var.name' }), more = '') => ({ 'main.tf': role() + role({}, 'other') + call(`  name = ${given}\n${more}`), 'm/main.tf': `variable "name" {}\n${child}` });
  const WEB = ['.', '--role', 'web'];
  assert.deepEqual(await results([
    ['an output', up('aws_iam_role.web.name'), 'works', WEB], ['another one', up('aws_iam_role.other.name'), 'fails', WEB], ['by one()', up('one(aws_iam_role.web[*].name)'), 'works', WEB], ['what is not known', up('var.name'), 'unknown', WEB],
    ['a role as a whole', up('aws_iam_role.web', { role: 'module.m.name.name' }), 'works', WEB], ['in a string', up('aws_iam_role.web.name', { role: '"${module.m.name}"' }), 'works', WEB], ['what is denied', { ...up('aws_iam_role.web.name'), 'more.tf': inline(json(DENY), { role: 'module.m.name' }) }, 'fails', WEB],
    ['by another module', { ...up('module.n.name', {}, call()), 'm/main.tf': call('', 'n', '../n') + output('module.n.name'), 'n/main.tf': role() + output('aws_iam_role.web.name') }, 'works', WEB],
    ['of a module that is called twice', up('aws_iam_role.web.name', {}, call() + call('', 'n')), 'unknown', WEB], ['of several', { 'main.tf': call() + attach({ role: 'module.m.name' }), 'm/main.tf': role({ for_each: 'toset(["a", "b"])' }) + output('aws_iam_role.web["a"].name') }, 'unknown', ['.']],
    ['an argument', down('aws_iam_role.web.name'), 'works', WEB], ['of another one', down('aws_iam_role.other.name'), 'fails', WEB], ['what it denies', { ...down('aws_iam_role.web.name', inline(json(DENY), { role: 'var.name' })), 'more.tf': attach() }, 'fails', WEB],
    ['in a case', down('aws_iam_role.web.name', undefined, '  count = var.c ? 1 : 0\n'), 'unknown', WEB], ['never', down('aws_iam_role.web.name', undefined, '  count = 0\n'), 'unknown', WEB], ['for each', down('each.key', undefined, '  for_each = toset(["web", "other"])\n'), 'unknown', WEB],
  ]), []);
});

test('what Terraform leaves as it is deployed may be another thing there', async () => {
  const DOCUMENT = 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["ssmmessages:*"]\n    resources = ["*"]\n  }\n}\n';
  const inRole = (lifecycle) => role({}, 'web', lifecycle).replace('  lifecycle', `  inline_policy {\n    name = "p"\n    policy = ${json(CHANNEL)}\n  }\n  lifecycle`);
  const file = (text) => ({ 'a.tf': text });
  assert.deepEqual(await results([
    ['a policy', file(role() + inline(json(CHANNEL), {}, 'p', '[policy]')), 'unknown'], ['all', file(role() + inline(json(CHANNEL), {}, 'p', 'all')), 'unknown'], ['its name', file(role() + inline(json(CHANNEL), {}, 'p', '[name]')), 'works'], ['in quotes', file(role() + inline(json(CHANNEL), {}, 'p', '["policy"]')), 'unknown'],
    ['in JSON', { 'a.tf.json': { resource: { aws_iam_role: { web: { name: 'web' } }, aws_iam_role_policy: { p: { role: '${aws_iam_role.web.id}', policy: JSON.stringify(CHANNEL), lifecycle: { ignore_changes: ['policy'] } } } } } }, 'unknown'],
    ['beside what allows', file(role() + attach() + inline(json(CHANNEL), {}, 'p', '[policy]')), 'unknown'], ['of another role', file(role() + attach() + role({}, 'other') + inline(json(CHANNEL), { role: 'aws_iam_role.other.id' }, 'p', '[policy]')), 'works', ['a.tf', '--role', 'web']],
    ['inline in the role', file(inRole('[inline_policy]')), 'unknown'], ['of the role', file(inRole('[tags]')), 'works'], ['managed policies of the role', file(role({ managed_policy_arns: `["${CORE}"]` }, 'web', '[managed_policy_arns]')), 'unknown'],
    ['its boundary', file(role({ permissions_boundary: `"${CORE}"` }, 'web', '[permissions_boundary]') + inline(json(CHANNEL))), 'unknown'], ['a boundary that others give', file(role({}, 'web', '[permissions_boundary]') + inline(json(CHANNEL))), 'unknown'],
    ['what is attached', file(role() + attach({}, 'a', '[policy_arn]')), 'unknown'], ['to whom', file(role() + attach({}, 'a', '[role]')), 'unknown'], ['a managed policy', file(role() + block('aws_iam_policy', 'q', { policy: json(CHANNEL) }, '[policy]') + attach({ policy_arn: 'aws_iam_policy.q.arn' })), 'unknown'],
    ['a document', file(role() + inline('data.aws_iam_policy_document.d.json', {}, 'p', '[policy]') + DOCUMENT), 'unknown'], ['a document of another file', { 'a.tf': role() + inline('data.aws_iam_policy_document.d.json', {}, 'p', '[policy]'), 'b.tf': DOCUMENT }, 'unknown'], ['a document without', { 'a.tf': role() + inline('data.aws_iam_policy_document.d.json'), 'b.tf': DOCUMENT }, 'works'],
  ]), []);
  const { stdout, stderr } = await postern(['role', 'a.tf', '--wants', 'node.channel'], { cwd: folder(file(role() + attach() + inline(json(CHANNEL), {}, 'p', '[policy]'))) });
  assert.match(stderr, /a\.tf: not looked at: aws_iam_role_policy\.p\.policy stays as it is deployed, by ignore_changes, and may be another policy there/);
  assert.match(stdout, /It depends on aws_iam_role_policy\.p\.policy, which only the deployment knows/);
});

test('a module of the registry may make a policy of its arguments that denies, and attach fewer than it is given', async () => {
  const IAM = 'terraform-aws-modules/iam/aws//modules';
  const of = (source, more) => ({ 'a.tf': call(Object.entries(more).map(([key, value]) => `  ${key} = ${value}\n`).join(''), 'm', source) });
  const made = (more) => of(`${IAM}/iam-role`, { policies: `{ core = "${CORE}" }`, ...more });
  const old = (more) => of(`${IAM}/iam-assumable-role`, { custom_role_policy_arns: `["${CORE}"]`, create_role: 'true', ...more });
  const denying = '{ d = { effect = "Deny", actions = ["*"], resources = ["*"] } }';
  assert.deepEqual(await results([
    ['policies', made({}), 'works'], ['a policy of its own', made({ create_inline_policy: 'true', inline_policy_permissions: denying }), 'unknown'], ['one that it does not make', made({ create_inline_policy: 'false', inline_policy_permissions: denying }), 'works'], ['by itself', made({ inline_policy_permissions: denying }), 'works'],
    ['in a case', made({ create_inline_policy: 'var.c', inline_policy_permissions: denying }), 'unknown'], ['of documents', made({ create_inline_policy: 'true', source_inline_policy_documents: '[var.document]' }), 'unknown'], ['of none', made({ create_inline_policy: 'true', source_inline_policy_documents: '[]' }), 'works'],
    ['before', old({}), 'works'], ['so many', old({ number_of_custom_role_policy_arns: '1' }), 'unknown'], ['statements', old({ inline_policy_statements: '[{ effect = "Deny", actions = ["*"], resources = ["*"] }]' }), 'unknown'], ['no role', old({ create_role: 'false' }), 'unknown'],
  ]), []);
});
