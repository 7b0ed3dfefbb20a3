// What `postern diff` makes of policies that are written otherwise and say the same, and of what such a change hides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, policy, statement } from './run.mjs';

const READS = policy(statement());
const GUARDED = policy(statement(), statement({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }));
const BOUND = policy(statement({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }));
const MORE = policy(statement({ Action: ['s3:GetObject', 's3:PutObject'] }));
const WIDER = policy(statement({ Resource: 'arn:aws:s3:::*' }));
const WRITES = policy(statement({ Action: 's3:PutObject' }));
const BOTH = policy(statement(), statement({ Action: 's3:PutObject' }));
const OTHER = policy(statement({ Resource: 'arn:aws:s3:::other-files/*' }));

const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const role = (name = 'r', more = '') => `resource "aws_iam_role" "${name}" {\n  name = "${name}"\n  assume_role_policy = jsonencode(${hcl(TRUST)})\n${more}}\n`;
const data = ({ Statement }, name = 'x') => `data "aws_iam_policy_document" "${name}" {\n${Statement.map(({ Effect, Action, Resource, Condition }) => `  statement {\n    effect = "${Effect}"\n    actions = ${JSON.stringify([Action].flat())}\n    resources = ${JSON.stringify([Resource].flat())}\n${Object.entries(Condition ?? {}).map(([test, keys]) => Object.entries(keys).map(([key, value]) => `    condition {\n      test = "${test}"\n      variable = "${key}"\n      values = ["${value}"]\n    }\n`).join('')).join('')}  }\n`).join('')}}\n`;

/** Ways to write the policy of a resource in Terraform: what stands there, and what stands beside it. */
const WAYS = {
  jsonencode: (one) => [`jsonencode(${hcl(one)})`], heredoc: (one) => [`<<EOF\n${JSON.stringify(one, null, 2)}\nEOF`],
  data: (one) => ['data.aws_iam_policy_document.x.json', data(one)], local: (one) => ['jsonencode(local.p)', `locals {\n  p = ${hcl(one)}\n}\n`], text: (one) => ['local.p', `locals {\n  p = jsonencode(${hcl(one)})\n}\n`],
  file: (one) => ['file("${path.module}/x.json")', '', { 'x.json': one }], templatefile: (one) => ['templatefile("${path.module}/x.json.tpl", {})', '', { 'x.json.tpl': one }],
  template: (one) => ['templatefile("${path.module}/x.json", { name = "x" })', '', { 'x.json': one }],
};
const pairs = (ways) => Object.entries(ways).flatMap(([from, before]) => Object.entries(ways).filter(([to]) => to !== from).map(([to, after]) => [`${from} -> ${to}`, before, after]));
/** Each way from and to the most common ones. */
const COMMON = pairs(WAYS).filter(([name]) => /jsonencode|data/.test(name));
const ofRole = ([expression, beside = '', files = {}]) => ({ 'main.tf': role() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.r.id', policy: expression }) + beside, ...files });
const managed = ([expression, beside = '', files = {}]) => ({ 'main.tf': block('aws_iam_policy', 'p', { policy: expression }) + beside, ...files });
const ofBucket = ([expression, beside = '', files = {}]) => ({ 'main.tf': block('aws_s3_bucket', 'b', { bucket: '"b"' }) + block('aws_s3_bucket_policy', 'p', { bucket: 'aws_s3_bucket.b.id', policy: expression }) + beside, ...files });

test('a policy of Terraform that is written in another way is the same', async () => {
  const sent = policy(statement({ Principal: '*' }));
  assert.deepEqual(await codes([
    ...COMMON.map(([name, before, after]) => [name, ofRole(before(READS)), ofRole(after(READS)), 0, /: 0 policies allow more, 0 allow less\.\n/]),
    ...COMMON.filter(([name]) => /^jsonencode/.test(name)).map(([name, before, after]) => [`managed ${name}`, managed(before(READS)), managed(after(READS)), 0]),
    ...pairs({ jsonencode: WAYS.jsonencode, heredoc: WAYS.heredoc, local: WAYS.local, file: WAYS.file }).map(([name, before, after]) => [`bucket ${name}`, ofBucket(before(sent)), ofBucket(after(sent)), 0]),
    ['guarded', ofRole(WAYS.jsonencode(GUARDED)), ofRole(WAYS.data(GUARDED)), 0], ['bound', ofRole(WAYS.data(BOUND)), ofRole(WAYS.jsonencode(BOUND)), 0],
  ]), []);
});

test('what is gained in a policy of Terraform that is written in another way is told', async () => {
  const isGain = /allows more/;
  const gains = (of) => COMMON.flatMap(([name, before, after], i) => [
    ...i % 3 === 0 ? [[`an action, ${name}`, of(before(READS)), of(after(MORE)), 1, isGain]] : [], ...i % 3 === 1 ? [[`a resource, ${name}`, of(before(READS)), of(after(WIDER)), 1, isGain]] : [],
    ...i % 3 === 2 ? [[`a Condition, ${name}`, of(before(BOUND)), of(after(READS)), 1, isGain]] : [], ...i % 4 === 0 ? [[`a Deny, ${name}`, of(before(GUARDED)), of(after(READS)), 1, /denies less/]] : [],
  ]);
  const two = ([expression, beside = '', files = {}]) => ({ 'main.tf': role() + role('s') + ['r', 's'].map((one) => block('aws_iam_role_policy', one, { role: `aws_iam_role.${one}.id`, policy: expression })).join('') + beside, ...files });
  const one = ([expression, beside = '', files = {}]) => ({ 'main.tf': role() + role('s') + block('aws_iam_role_policy', 'r', { role: 'aws_iam_role.r.id', policy: expression }) + beside, ...files });
  assert.deepEqual(await codes([
    ...gains(ofRole), ['one more role', one(WAYS.jsonencode(READS)), two(WAYS.data(READS)), 1, isGain], ['one more role, by a local', one(WAYS.jsonencode(READS)), two(WAYS.local(READS)), 1, isGain],
    ['two roles', two(WAYS.jsonencode(READS)), two(WAYS.data(READS)), 0], ['a document that nothing takes', { 'main.tf': role() }, { 'main.tf': role() + data(READS) }, 1], ['a file that nothing reads', { 'main.tf': role() }, { 'main.tf': role(), 'x.json': READS }, 1],
  ]), []);
});

const R = (more = {}) => ({ R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } } });
const S = { S: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } } };
const own = (type, properties, name = 'P') => ({ [name]: { Type: `AWS::IAM::${type}`, Properties: properties } });
const template = (...parts) => ({ 'a.json': { Resources: Object.assign({}, ...parts) } });
/** Ways to give a role a policy in a template. */
const IN_TEMPLATE = {
  inline: (PolicyDocument) => template(R({ Policies: [{ PolicyName: 'p', PolicyDocument }] }), S), RolePolicy: (PolicyDocument) => template(R(), S, own('RolePolicy', { PolicyName: 'p', RoleName: { Ref: 'R' }, PolicyDocument })),
  Policy: (PolicyDocument) => template(R(), S, own('Policy', { PolicyName: 'p', Roles: [{ Ref: 'R' }], PolicyDocument })), ManagedPolicy: (PolicyDocument) => template(R(), S, own('ManagedPolicy', { Roles: [{ Ref: 'R' }], PolicyDocument })),
  attached: (PolicyDocument) => template(R({ ManagedPolicyArns: [{ Ref: 'P' }] }), S, own('ManagedPolicy', { PolicyDocument })),
};
const attach = (who = 'r', name = 'a') => block('aws_iam_role_policy_attachment', name, { role: `aws_iam_role.${who}.name`, policy_arn: 'aws_iam_policy.p.arn' });
const inline = (document) => `  inline_policy {\n    name = "p"\n    policy = jsonencode(${hcl(document)})\n  }\n`;
const IN_MODULE = {
  inline: (document) => ({ 'main.tf': role('r', inline(document)) + role('s') }), policy: (document) => ({ 'main.tf': role() + role('s') + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.r.id', policy: `jsonencode(${hcl(document)})` }) }),
  attached: (document) => ({ 'main.tf': role() + role('s') + block('aws_iam_policy', 'p', { policy: `jsonencode(${hcl(document)})` }) + attach() }),
  elsewhere: (document) => ({ 'main.tf': role() + role('s') + attach(), 'p.tf': block('aws_iam_policy', 'p', { policy: `jsonencode(${hcl(document)})` }) }),
  data: (document) => ({ 'main.tf': role() + role('s') + block('aws_iam_policy', 'p', { policy: 'data.aws_iam_policy_document.x.json' }) + attach(), 'data.tf': data(document) }),
};

test('a policy that a role has in another way is the same, and what is gained by it is told', async () => {
  const both = [...pairs(IN_TEMPLATE), ...pairs(IN_MODULE)];
  assert.deepEqual(await codes([
    ...both.map(([name, before, after]) => [name, before(READS), after(READS), 0]),
    ...both.map(([name, before, after], i) => [[`an action, ${name}`, before(READS), after(MORE), 1, /allows more/], [`a resource, ${name}`, before(READS), after(WIDER), 1, /allows more/], [`a Condition, ${name}`, before(BOUND), after(READS), 1, /allows more/], [`a Deny, ${name}`, before(GUARDED), after(READS), 1, /denies less/]][i % 4]),
    ['another role', IN_MODULE.policy(READS), { 'main.tf': IN_MODULE.attached(READS)['main.tf'].replace('role = aws_iam_role.r.name', 'role = aws_iam_role.s.name') }, 1, /allows more|aws_iam_role\.s/], ['one more role', IN_MODULE.policy(READS), { 'main.tf': IN_MODULE.attached(READS)['main.tf'] + attach('s', 'b') }, 1, /allows more/],
    ['another role of a template', IN_TEMPLATE.inline(READS), template(R(), S, own('RolePolicy', { PolicyName: 'p', RoleName: { Ref: 'S' }, PolicyDocument: READS })), 1, /allows more/], ['one more of a template', IN_TEMPLATE.inline(READS), template(R(), S, own('ManagedPolicy', { Roles: [{ Ref: 'R' }, { Ref: 'S' }], PolicyDocument: READS })), 1, /allows more/],
    ['in more cases', { 'main.tf': role() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.r.id', policy: `jsonencode(${hcl(READS)})`, count: 'var.c ? 1 : 0' }) }, IN_MODULE.attached(READS), 1],
  ]), []);
});

test('of one policy that is two now, or of two that are one, it counts what its role has by all of them', async () => {
  const three = (...documents) => template(R({ Policies: documents.map((PolicyDocument, i) => ({ PolicyName: `p${i}`, PolicyDocument })) }), S);
  const apart = (...documents) => template(R(), S, ...documents.map((PolicyDocument, i) => own(i % 2 === 0 ? 'RolePolicy' : 'ManagedPolicy', i % 2 === 0 ? { PolicyName: `p${i}`, RoleName: { Ref: 'R' }, PolicyDocument } : { Roles: [{ Ref: 'R' }], PolicyDocument }, `P${i}`)));
  const blocks = (...documents) => ({ 'main.tf': role() + role('s') + documents.map((one, i) => block('aws_iam_role_policy', `p${i}`, { role: 'aws_iam_role.r.id', policy: `jsonencode(${hcl(one)})` })).join('') });
  const GUARD = policy(statement({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }));
  const ways = [['a list', three, three], ['apart', three, apart], ['together', apart, three], ['resources', apart, apart], ['blocks', blocks, blocks]];
  assert.deepEqual(await codes(ways.flatMap(([name, before, after]) => [
    [`one is two, ${name}`, before(BOTH), after(READS, WRITES), 0], [`two are one, ${name}`, before(READS, WRITES), after(BOTH), 0], [`three are two, ${name}`, before(READS, WRITES, OTHER), after(policy(...BOTH.Statement, ...OTHER.Statement), OTHER), 0],
    [`with a Deny, ${name}`, before(GUARDED), after(READS, GUARD), 0], [`with more, ${name}`, before(BOTH), after(READS, WRITES, OTHER), 1, /allows more/], [`with a wider one, ${name}`, before(BOTH), after(READS, policy(statement({ Action: 's3:PutObject', Resource: '*' }))), 1, /allows more/],
    [`two are one with more, ${name}`, before(READS, WRITES), after(policy(...BOTH.Statement, ...OTHER.Statement)), 1, /allows more/], [`without a Deny, ${name}`, before(GUARDED), after(READS, policy()), 1], [`two are one without a Deny, ${name}`, before(READS, GUARD), after(READS), 1],
  ])), []);
});

test('what one role has of its own now, and another one still shares, is what it had', async () => {
  const attached = (name, role, of) => block('aws_iam_role_policy_attachment', name, { role: `aws_iam_role.${role}.name`, policy_arn: `aws_iam_policy.${of}.arn` });
  const made = (name, one) => block('aws_iam_policy', name, { name: `"${name}"`, policy: `jsonencode(${hcl(one)})` });
  const shared = (one, ...more) => ({ 'main.tf': role() + role('s') + role('t') + made('p', one) + attached('r', 'r', 'p') + attached('s', 's', 'p') + more.join('') });
  const apart = (one, copy, ...more) => ({ 'main.tf': role() + role('s') + role('t') + made('p', one) + made('q', copy) + attached('r', 'r', 'p') + attached('s', 's', 'q') + more.join('') });
  const inline = (one, copy) => ({ 'main.tf': role() + role('s') + role('t') + made('p', one) + attached('r', 'r', 'p') + block('aws_iam_role_policy', 'q', { role: 'aws_iam_role.s.id', policy: `jsonencode(${hcl(copy)})` }) });
  const template = (roles, more = {}) => ({ 't.json': { Resources: { ...R(), ...S, ...own('ManagedPolicy', { PolicyDocument: READS, Roles: roles.map((Ref) => ({ Ref })) }), ...more } } });
  assert.deepEqual(await codes([
    ['a copy', shared(READS), apart(READS, READS), 0], ['an inline one', shared(READS), inline(READS, READS), 0], ['of a Deny', shared(GUARDED), apart(GUARDED, GUARDED), 0],
    ['a template', template(['R', 'S']), template(['R'], own('ManagedPolicy', { PolicyDocument: READS, Roles: [{ Ref: 'S' }] }, 'Q')), 0], ['joined again', apart(READS, READS), shared(READS), 0],
    ['a wider copy', shared(READS), apart(READS, MORE), 1, /allows more/], ['a copy without its Deny', shared(GUARDED), apart(GUARDED, READS), 1, /denies less/],
    ['a third role', shared(READS), apart(READS, READS, attached('t', 't', 'p')), 1], ['the first one wider too', shared(READS), apart(MORE, READS), 1, /allows more/],
    ['only a third role', shared(READS), shared(READS, attached('t', 't', 'p')), 1], ['a role that has it no more', shared(GUARDED), { 'main.tf': role() + role('s') + role('t') + made('p', GUARDED) + attached('r', 'r', 'p') }, 1],
  ]), []);
});
