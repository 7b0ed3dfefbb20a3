// What `postern diff` makes of policies that came and went of which it does not say whose they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, policy, statement } from './run.mjs';

const READS = policy(statement());
const WRITES = policy(statement({ Action: 's3:PutObject' }));
const MORE = policy(statement({ Action: ['s3:GetObject', 'iam:PassRole'] }));
const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const roles = ['r', 's'].map((name) => block('aws_iam_role', name, { name: `"${name}"`, assume_role_policy: `jsonencode(${hcl(TRUST)})` })).join('');
const own = (document, more = {}, name = 'p') => block('aws_iam_role_policy', name, { role: 'aws_iam_role.r.id', policy: `jsonencode(${hcl(document)})`, ...more });
const managed = (document, more = {}) => block('aws_iam_policy', 'm', { policy: `jsonencode(${hcl(document)})`, ...more });
const attached = (role, more = {}) => block('aws_iam_role_policy_attachment', 'a', { role, policy_arn: 'aws_iam_policy.m.arn', ...more });
const main = (...parts) => ({ 'main.tf': ['variable "role" {}\nvariable "c" {}\n', ...parts].join('') });
const inModule = (document) => ({ ...main(roles, 'module "m" {\n  source = "./m"\n  role = aws_iam_role.r.name\n}\n'), 'm/main.tf': `variable "role" {}\n${own(document, { role: 'var.role' })}` });
const sam = (Policies, others = {}) => ({ 'a.json': { Transform: 'AWS::Serverless-2016-10-31', Resources: { F: { Type: 'AWS::Serverless::Function', Properties: { ...Policies === null ? {} : { Policies } } }, ...others } } });
const ofFunction = (PolicyDocument) => ({ P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'FRole' }], PolicyDocument } } });
const each = (...documents) => main(roles, `locals {\n  ps = {\n${documents.map((one, i) => `    p${i} = jsonencode(${hcl(one)})\n`).join('')}  }\n}\n`, block('aws_iam_role_policy', 'p', { for_each: 'local.ps', role: 'aws_iam_role.r.id', policy: 'each.value' }));

const perhaps = (inline, more) => ({ 'a.json': { Conditions: { C: { 'Fn::Equals': ['a', 'b'] } }, Resources: { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...inline === null ? {} : { Policies: [inline] } } }, ...inline === null ? { P: { Type: 'AWS::IAM::RolePolicy', ...more, Properties: { PolicyName: 'p', RoleName: { Ref: 'R' }, PolicyDocument: READS } } } : {} } } });
const ofEach = (list, isInline, whom) => main(`resource "aws_iam_role" "x" {\n  for_each = ${list}\n  assume_role_policy = jsonencode(${hcl(TRUST)})\n${isInline ? `  inline_policy {\n    name = "p"\n    policy = jsonencode(${hcl(READS)})\n  }\n` : ''}}\n`, isInline ? '' : own(READS, whom === undefined ? { for_each: list, role: 'aws_iam_role.x[each.key].id' } : { role: whom }));
const ofAccount = (...lists) => ({ 'main.tf': lists.map((actions) => actions.map((one) => one.replace(/\W/g, '')).join('')).map((name, i) => block('aws_organizations_policy', name, { content: `jsonencode(${hcl(policy(...lists[i].map((Action) => statement({ Effect: 'Deny', Action, Resource: '*' }))))})` }) + block('aws_organizations_policy_attachment', name, { policy_id: `aws_organizations_policy.${name}.id`, target_id: '"r-1"' })).join('') });

test('a policy of somebody whom an expression names is that of the same expression', async () => {
  assert.deepEqual(await codes([
    ['a variable', main(own(READS, { role: 'var.role' })), main(managed(READS), attached('var.role')), 0], ['a name', main(own(READS, { role: '"web"' })), main(managed(READS), attached('"web"')), 0], ['another name', main(own(READS, { role: '"web"' })), main(managed(READS), attached('"api"')), 1, /allows more/],
    ['more', main(own(READS, { role: 'var.role' })), main(managed(MORE), attached('var.role')), 1, /allows more/], ['in the same cases', main(roles, own(READS, { count: 'var.c' })), main(roles, managed(READS, { count: 'var.c' }), attached('aws_iam_role.r.name', { count: 'var.c', policy_arn: 'aws_iam_policy.m[0].arn' })), 0],
    ['in other cases', main(roles, own(READS, { count: 'var.c' })), main(roles, managed(READS, { count: 'var.d' }), attached('aws_iam_role.r.name', { count: 'var.d', policy_arn: 'aws_iam_policy.m[0].arn' })), 1], ['a queue', { 'main.tf': block('aws_sqs_queue', 'q', { policy: `jsonencode(${hcl(policy(statement({ Principal: '*' })))})` }) }, { 'main.tf': block('aws_sqs_queue', 'q', {}) + block('aws_sqs_queue_policy', 'p', { queue_url: 'aws_sqs_queue.q.id', policy: `jsonencode(${hcl(policy(statement({ Principal: '*' })))})` }) }, 0],
    ['one of several', main(roles.replace('"r"\n', '"r"\n  count = var.c\n'), own(READS, { role: 'aws_iam_role.r[0].id' })), main(roles.replace('"r"\n', '"r"\n  count = var.c\n'), managed(READS), attached('aws_iam_role.r[0].name')), 0],
    ['another one of several', main(roles.replace('"r"\n', '"r"\n  count = var.c\n'), own(READS, { role: 'aws_iam_role.r[0].id' })), main(roles.replace('"r"\n', '"r"\n  count = var.c\n'), managed(READS), attached('aws_iam_role.r[1].name')), 1, /allows more/],
    ['each of them', main(own(READS, { role: 'aws_iam_role.x[each.key].id', for_each: 'var.c' })), main(managed(READS), attached('aws_iam_role.x[each.key].name', { for_each: 'var.c' })), 0], ['all for the one', main(own(READS, { role: 'aws_iam_role.x[each.key].id' })), main(managed(READS), attached('aws_iam_role.x[each.key].name', { for_each: 'var.c' })), 1],
    ...['var.c', 'toset(["a", "b"])'].flatMap((list) => [
      [`what each has in him, ${list}`, ofEach(list, true), ofEach(list, false), 0], [`what each has beside him, ${list}`, ofEach(list, false), ofEach(list, true), 0], [`what the first had, ${list}`, ofEach(list, false, 'aws_iam_role.x["a"].id'), ofEach(list, true), 1],
    ]),
    ['in the same Condition', perhaps({ 'Fn::If': ['C', { PolicyName: 'p', PolicyDocument: READS }, { Ref: 'AWS::NoValue' }] }, {}), perhaps(null, { Condition: 'C' }), 0], ['in any case', perhaps({ 'Fn::If': ['C', { PolicyName: 'p', PolicyDocument: READS }, { Ref: 'AWS::NoValue' }] }, {}), perhaps(null, {}), 1],
    ['of a value', main(roles, own(policy(statement({ Resource: 'arn:aws:s3:::${var.c}/*' })))), main(roles, own(null, { policy: 'data.aws_iam_policy_document.d.json' }), 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::${var.c}/*"]\n  }\n}\n'), 0],
    ['of a value in a loop', main(roles, own(policy(statement({ Resource: 'arn:aws:s3:::${x}/*' })))), main(roles, own(null, { policy: 'data.aws_iam_policy_document.d.json' }), 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = [for x in var.c : "arn:aws:s3:::${x}/*"]\n  }\n}\n'), 1],
    ['two denials of an organization for one', ofAccount(['iam:*', 's3:*']), ofAccount(['iam:*'], ['s3:*']), 0], ['one for two', ofAccount(['iam:*'], ['s3:*']), ofAccount(['iam:*', 's3:*']), 0], ['one denial less', ofAccount(['iam:*', 's3:*']), ofAccount(['iam:*'], ['s3:Get*']), 1, /denied no more/],
    ['of two by one that one had', main(roles, managed(READS), attached('aws_iam_role.s.name'), own(READS)), main(roles, managed(policy(statement({ Action: ['s3:GetObject'] }))), attached('aws_iam_role.s.name'), attached('aws_iam_role.r.name').replace('"a"', '"b"')), 0],
    ['more of two by one that one had', main(roles, managed(READS), attached('aws_iam_role.s.name'), own(MORE)), main(roles, managed(MORE), attached('aws_iam_role.s.name'), attached('aws_iam_role.r.name').replace('"a"', '"b"')), 1, /allows more/],
    ['the role of another one', main(roles, own(READS)), main(roles, own(READS, { role: 'aws_iam_role.s.id' }, 'q')), 1, /allows more/],
  ]), []);
});

test('a policy of nobody knows whom is no certain gain, as long as one like it went', async () => {
  const cases = [
    ['a module', main(roles, own(READS)), inModule(READS)], ['out of a module', inModule(READS), main(roles, own(READS))], ['a function', sam([READS]), sam(null, ofFunction(READS))], ['a loop', main(roles, own(READS), own(WRITES, {}, 'q')), each(READS, WRITES)], ['out of a loop', each(READS, WRITES), main(roles, own(READS), own(WRITES, {}, 'q'))],
    ['what was attached to nobody', main(roles, managed(READS)), main(roles, own(READS))],
  ];
  assert.deepEqual(await codes(cases.map(([name, before, after]) => [name, before, after, 1, /gained\? unknown|not compared/])), []);
  assert.deepEqual(await codes(cases.map(([name, before, after]) => [name, before, after, 0]), ['--allow-unknown']), []);
  // It is for another role now, and nobody can tell whether that one had it.
  const ofDefault = (name, document, ...more) => ({ 'main.tf': `variable "who" {\n  default = "${name}"\n}\n${roles}${managed(document)}${attached('var.who')}${attached('aws_iam_role.r.name').replace('"a"', '"b"')}${more.join('')}` });
  assert.deepEqual(await codes([['another default', ofDefault('a', READS, own(WRITES)), ofDefault('b', policy(statement({ Action: 's3:Get*' }))), 1, /gained/]]), []);
  assert.deepEqual(await codes([
    ['more in a module', main(roles, own(READS)), inModule(MORE), 1, /allows more/], ['more of a function', sam([READS]), sam(null, ofFunction(MORE)), 1, /allows more/], ['more in a loop', main(roles, own(READS), own(WRITES, {}, 'q')), each(READS, MORE), 1, /allows more/], ['nothing went', main(roles), inModule(READS), 1, /allows more/],
    ['what went was for somebody else', main(roles, own(READS)), main(roles, own(READS, { role: '"api"' }, 'q')), 1, /allows more/],
  ], ['--allow-unknown']), []);
});
