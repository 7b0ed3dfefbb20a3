// What `postern diff` makes of policies that are for the same in another way: one for each of several roles, a module that is
// called for each, loose files that deny together, a group instead of its members.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const SILENT = /0 policies allow more, 0 allow less\./;
const UNKNOWN = /gained\? unknown\n[^]*: 0 policies allow more/;
const GAINED = / gained\n/;
const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const P = `jsonencode(${hcl(policy(statement()))})`;
const ROLES = ['a', 'b', 'c'].map((name) => `resource "aws_iam_role" "${name}" {\n  name               = "${name}"\n  assume_role_policy = "{}"\n}\n`).join('');
const block = (type, label, attributes) => `resource "${type}" "${label}" {\n${Object.entries(attributes).map(([name, value]) => `  ${name} = ${value}\n`).join('')}}\n`;
const inline = (label, role, more = {}) => block('aws_iam_role_policy', label, { role, policy: P, ...more });
const attachment = (label, role, more = {}) => block('aws_iam_role_policy_attachment', label, { role, policy_arn: 'aws_iam_policy.m.arn', ...more });
const MANAGED = block('aws_iam_policy', 'm', { name: '"m"', policy: P });
const main = (...parts) => ({ 'main.tf': ROLES + parts.join('') });
const [A, B, C] = ['a', 'b', 'c'].map((name) => `aws_iam_role.${name}.name`);
const two = main(inline('y', 'aws_iam_role.a.id'), inline('z', 'aws_iam_role.b.id'));
const each = (all, more = {}) => inline('p', 'each.value', { for_each: all, ...more });
const MAP = `{ a = ${A}, b = ${B} }`;

test('one policy for each of several roles is that of each of them', async () => {
  const arns = ['ReadOnlyAccess', 'AdministratorAccess'].map((name) => `arn:aws:iam::aws:policy/${name}`);
  const instances = (...parts) => main(block('aws_iam_role', 'r', { for_each: 'toset(["a", "b"])', name: '"r-${each.key}"', assume_role_policy: '"{}"' }), ...parts);
  const both = [
    ['a map', two, main(each(MAP))], ['a set', two, main(each(`toset([${A}, ${B}])`))], ['by its key', two, main(inline('p', 'each.key', { for_each: `toset([${A}, ${B}])` }))], ['with a name', two, main(each(MAP, { name: '"p-${each.key}"' }))],
    ['attached by a map', main(MANAGED, attachment('x', 'each.value', { for_each: MAP })), two], ['attached by a set', main(MANAGED, attachment('x', 'each.value', { for_each: `toset([${A}, ${B}])` })), two],
    ['two attachments', main(MANAGED, attachment('x', A), attachment('y', B)), main(MANAGED, attachment('x', 'each.value', { for_each: MAP }))],
    ['instances', instances(inline('y', 'aws_iam_role.r["a"].id'), inline('z', 'aws_iam_role.r["b"].id')), instances(each('{ x = aws_iam_role.r["a"].name, y = aws_iam_role.r["b"].name }'))],
    ['one of them has a copy', main(MANAGED, attachment('x', 'each.value', { for_each: MAP })), main(MANAGED, attachment('x', A), inline('z', B))],
  ];
  const all = (action) => `jsonencode(${hcl(policy(statement({ Action: 'X' }))).replace('"X"', action)})`;
  const byKey = (map, more = {}) => main(`locals {\n  acts = { a = "s3:GetObject", b = "s3:*" }\n}\n`, each(map, { policy: all('local.acts[each.key]'), ...more }));
  assert.deepEqual(await codes([
    ...both.flatMap(([name, before, after]) => [[name, before, after, 0, SILENT], [`${name}, the other way`, after, before, 0, SILENT]]),
    ['one more', main(each(MAP)), main(each(`{ a = ${A}, b = ${B}, c = ${C} }`)), 1], ['another one', two, main(each(`{ a = ${A}, c = ${C} }`)), 1], ['another one, attached', main(MANAGED, attachment('x', 'each.value', { for_each: MAP })), main(MANAGED, attachment('x', 'each.value', { for_each: `{ a = ${A}, c = ${C} }` })), 1],
    ['another instance', instances(each('{ x = aws_iam_role.r["a"].name }')), instances(each('{ x = aws_iam_role.r["b"].name }')), 1],
    ['more than they had', two, main(each(MAP, { policy: all('"s3:*"') })), 1, GAINED], ['one who had less', main(inline('y', A), inline('z', B, { policy: all('"s3:ListBucket"') })), main(each(MAP)), 1, GAINED],
    ['exchanged, by the key', byKey(MAP), byKey(`{ a = ${B}, b = ${A} }`), 1], ['exchanged, attached by the key', main(attachment('x', 'each.value', { for_each: `{ "${arns[0]}" = ${A}, "${arns[1]}" = ${B} }`, policy_arn: 'each.key' })), main(attachment('x', 'each.value', { for_each: `{ "${arns[0]}" = ${B}, "${arns[1]}" = ${A} }`, policy_arn: 'each.key' })), 1],
    ['exchanged, by an index', main(attachment('x', 'each.value', { for_each: MAP, policy_arn: 'local.arns[each.key]' }), `locals {\n  arns = { a = "${arns[0]}", b = "${arns[1]}" }\n}\n`), main(attachment('x', 'each.value', { for_each: `{ a = ${B}, b = ${A} }`, policy_arn: 'local.arns[each.key]' }), `locals {\n  arns = { a = "${arns[0]}", b = "${arns[1]}" }\n}\n`), 1],
    ['one of them only in some cases before', main(each(`concat([${A}], var.x ? [${B}] : [])`), 'variable "x" {}\n'), main(each(`toset([${A}, ${B}])`)), 1], ['only in some cases before', main(each('var.x ? { a = aws_iam_role.a.name } : {}'), 'variable "x" {}\n'), main(each(`{ a = ${A} }`)), 1],
  ]), []);
});

test('what is made once for each call of a module may be what stood in another one', async () => {
  const TRUST = `jsonencode(${hcl(policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }))})`;
  const role = (label, name = `"${label}"`, trust = TRUST) => block('aws_iam_role', label, { name, assume_role_policy: trust });
  const root = { 'main.tf': role('a') + role('b') + inline('y', 'aws_iam_role.a.id') + inline('z', 'aws_iam_role.b.id') };
  const calls = ['a', 'b'].map((name) => `module "${name}" {\n  source = "./m"\n  name   = "${name}"\n}\n`).join('');
  const moved = [['role.a', 'a', 'role.r'], ['role.b', 'b', 'role.r'], ['role_policy.y', 'a', 'role_policy.p'], ['role_policy.z', 'b', 'role_policy.p']].map(([from, call, to]) => `moved {\n  from = aws_iam_${from}\n  to   = module.${call}.aws_iam_${to}\n}\n`).join('');
  const module = ({ more = '', own = {}, trust = TRUST, files = {} } = {}) => ({ 'main.tf': calls + more, 'm/main.tf': `variable "name" {}\n${role('r', 'var.name', trust)}${inline('p', 'aws_iam_role.r.id', own)}`, ...files });
  const one = { 'main.tf': role('a') + inline('y', 'aws_iam_role.a.id') };
  const wider = { policy: `jsonencode(${hcl(policy(statement({ Action: 's3:*' })))})` };
  assert.deepEqual(await codes([
    ['into it', root, module(), 1, UNKNOWN], ['out of it', module(), root, 1, UNKNOWN], ['with moved blocks', root, module({ more: moved }), 1, UNKNOWN], ['one of them', one, module(), 1, UNKNOWN],
    ['with more', root, module({ own: wider }), 1, GAINED], ['with more and moved blocks', root, module({ more: moved, own: wider }), 1, GAINED], ['whom others may assume', root, module({ trust: TRUST.replace('ec2', 'lambda') }), 1, GAINED],
    ['where they are there still', root, { ...module(), 'main.tf': root['main.tf'] + calls }, 1, GAINED], ['where nothing is gone', { 'main.tf': '' }, module(), 1, GAINED],
  ]), []);
});

test('loose policies that only deny may deny together what each of them denied', async () => {
  const deny = (...actions) => policy(...actions.map((Action) => ({ Effect: 'Deny', Action, Resource: '*' })));
  const [EC2, S3, SQS] = ['ec2:*', 's3:*', 'sqs:*'];
  const certain = /^(?![^]* (?:gained|lost)\n)/;
  const split = [{ 'scp.json': deny(EC2, S3) }, { 'scp-a.json': deny(EC2), 'scp-b.json': deny(S3) }];
  const moved = [{ 'scp-a.json': deny(EC2, SQS), 'scp-b.json': deny(S3) }, { 'scp-a.json': deny(EC2), 'scp-b.json': deny(S3, SQS) }];
  const asScp = ['--policy-type', 'scp'];
  for (const options of [[], asScp]) {
    assert.deepEqual(await codes([
      ['split', ...split, 1, certain], ['joined', split[1], split[0], 1, certain], ['from one to the other', ...moved, 1, certain], ['back', moved[1], moved[0], 1, certain],
      ['told of both', ...moved, 1, /scp-a\.json.*cannot be told for sure[^]*together with new\/scp-b\.json it denies no less than before/],
      ['gone, beside a new one that denies less', { 'x/p.json': deny(EC2, S3) }, { 'z/q.json': deny(EC2) }, 1, GAINED], ['one that is gone', split[0], { 'scp-a.json': deny(EC2) }, 1, GAINED], ['less in one of them', moved[0], { 'scp-a.json': deny(EC2), 'scp-b.json': deny(S3, 'sqs:SendMessage') }, 1, GAINED],
      ['more in one of them', split[0], { 'scp-a.json': deny(EC2), 'scp-b.json': deny(S3, SQS) }, 1, /gained\? unknown\n[^]* lost\n/],
    ], ['--fail-on', 'any', ...options]), []);
  }
  const ofTarget = (label, target, content) => block('aws_organizations_policy', label, { name: `"${label}"`, content: `jsonencode(${hcl(content)})` }) + block('aws_organizations_policy_attachment', label, { policy_id: `aws_organizations_policy.${label}.id`, target_id: `"${target}"` });
  assert.deepEqual(await codes([['of others', { 'main.tf': ofTarget('a', 'ou-a', deny(EC2, SQS)) + ofTarget('b', 'ou-b', deny(S3)) }, { 'main.tf': ofTarget('a', 'ou-a', deny(EC2)) + ofTarget('b', 'ou-b', deny(S3, SQS)) }, 1, GAINED]]), []);
});

test('a policy of a new group may be the one that its members had', async () => {
  const user = (name) => block('aws_iam_user', name, { name: `"${name}"` });
  const own = (label, name) => block('aws_iam_user_policy', label, { user: `aws_iam_user.${name}.name`, policy: P });
  const member = (...names) => block('aws_iam_group_membership', 'm', { name: '"m"', users: `[${names.map((name) => `aws_iam_user.${name}.name`).join(', ')}]`, group: 'aws_iam_group.g.name' });
  const GROUP = block('aws_iam_group', 'g', { name: '"g"' });
  const ofGroup = (more = {}) => block('aws_iam_group_policy', 'p', { group: 'aws_iam_group.g.name', policy: P, ...more });
  const files = (...parts) => ({ 'main.tf': user('u') + user('v') + parts.join('') });
  const template = (resources) => ({ 'a.json': { Resources: { U: { Type: 'AWS::IAM::User' }, ...resources } } });
  const Policies = [{ PolicyName: 'p', PolicyDocument: policy(statement()) }];
  assert.deepEqual(await codes([
    ['the only one', files(own('p', 'u')), files(GROUP, ofGroup(), member('u')), 1, UNKNOWN], ['back', files(GROUP, ofGroup(), member('u')), files(own('p', 'u')), 1, UNKNOWN], ['both of two', files(own('p', 'u'), own('q', 'v')), files(GROUP, ofGroup(), member('u', 'v')), 1, UNKNOWN],
    ['by a user', files(own('p', 'u')), files(GROUP, ofGroup(), block('aws_iam_user_group_membership', 'm', { user: 'aws_iam_user.u.name', groups: '[aws_iam_group.g.name]' })), 1, UNKNOWN],
    ['of a template', template({ U: { Type: 'AWS::IAM::User', Properties: { Policies } } }), template({ G: { Type: 'AWS::IAM::Group', Properties: { Policies } }, M: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'G' }, Users: [{ Ref: 'U' }] } } }), 1, UNKNOWN],
    ['somebody who had none', files(own('p', 'u')), files(GROUP, ofGroup(), member('u', 'v')), 1, GAINED], ['somebody else', files(own('p', 'u')), files(GROUP, ofGroup(), member('v')), 1, GAINED], ['nobody', files(own('p', 'u')), files(GROUP, ofGroup()), 1, GAINED],
    ['more', files(own('p', 'u')), files(GROUP, ofGroup({ policy: `jsonencode(${hcl(policy(statement({ Action: 's3:*' })))})` }), member('u')), 1, GAINED], ['a group that was there', files(own('p', 'u'), GROUP), files(GROUP, ofGroup(), member('u')), 1, GAINED],
  ]), []);
});
