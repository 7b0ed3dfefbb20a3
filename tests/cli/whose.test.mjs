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

test('a policy of somebody whom an expression names is that of the same expression', async () => {
  assert.deepEqual(await codes([
    ['a variable', main(own(READS, { role: 'var.role' })), main(managed(READS), attached('var.role')), 0], ['a name', main(own(READS, { role: '"web"' })), main(managed(READS), attached('"web"')), 0], ['another name', main(own(READS, { role: '"web"' })), main(managed(READS), attached('"api"')), 1, /allows more/],
    ['more', main(own(READS, { role: 'var.role' })), main(managed(MORE), attached('var.role')), 1, /allows more/], ['in the same cases', main(roles, own(READS, { count: 'var.c' })), main(roles, managed(READS, { count: 'var.c' }), attached('aws_iam_role.r.name', { count: 'var.c', policy_arn: 'aws_iam_policy.m[0].arn' })), 0],
    ['in other cases', main(roles, own(READS, { count: 'var.c' })), main(roles, managed(READS, { count: 'var.d' }), attached('aws_iam_role.r.name', { count: 'var.d', policy_arn: 'aws_iam_policy.m[0].arn' })), 1], ['a queue', { 'main.tf': block('aws_sqs_queue', 'q', { policy: `jsonencode(${hcl(policy(statement({ Principal: '*' })))})` }) }, { 'main.tf': block('aws_sqs_queue', 'q', {}) + block('aws_sqs_queue_policy', 'p', { queue_url: 'aws_sqs_queue.q.id', policy: `jsonencode(${hcl(policy(statement({ Principal: '*' })))})` }) }, 0],
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
  assert.deepEqual(await codes([
    ['more in a module', main(roles, own(READS)), inModule(MORE), 1, /allows more/], ['more of a function', sam([READS]), sam(null, ofFunction(MORE)), 1, /allows more/], ['more in a loop', main(roles, own(READS), own(WRITES, {}, 'q')), each(READS, MORE), 1, /allows more/], ['nothing went', main(roles), inModule(READS), 1, /allows more/],
    ['what went was for somebody else', main(roles, own(READS)), main(roles, own(READS, { role: '"api"' }, 'q')), 1, /allows more/],
  ], ['--allow-unknown']), []);
});
