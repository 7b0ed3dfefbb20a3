// Odd ways in which a change lets somebody do more, which `postern diff` tells or cannot tell, and changes that let nobody do
// more, which it passes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const json = (document) => `jsonencode(${hcl(document)})`;
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const file = (text) => ({ 'main.tf': text });
const of = (Resources, more = {}) => ({ 'a.json': { ...more, Resources } });
const aws = (name) => `arn:aws:iam::aws:policy/${name}`;
const READS = policy(statement());
const WRITES = policy(statement({ Action: 's3:*' }));
const DENIES = policy(statement({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }));
const trust = (Principal, more = {}) => policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
const EC2 = trust({ Service: 'ec2.amazonaws.com' });
const managed = (document, name = 'p', more = {}) => block('aws_iam_policy', name, { policy: typeof document === 'string' ? document : json(document), ...more });
const role = (name = 'r', more = {}) => block('aws_iam_role', name, { name: `"${name}"`, assume_role_policy: json(EC2), ...more });
const attach = (more = {}, name = 'a') => block('aws_iam_role_policy_attachment', name, { role: 'aws_iam_role.r.name', policy_arn: 'aws_iam_policy.p.arn', ...more });
const kept = (document) => block('aws_iam_role_policy', 'k', { role: 'aws_iam_role.r.id', policy: json(document) }).replace(/}\n$/, '  lifecycle {\n    ignore_changes = [policy]\n  }\n}\n');
const one = (more) => json(policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '@@' })).replace('"@@"', more);
const made = (PolicyDocument, more = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', ...more, Properties: { PolicyDocument } });
const ofRole = (Properties) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: EC2, ...Properties } });
const sam = (Policies, more = {}, others = {}) => of({ F: { Type: 'AWS::Serverless::Function', ...more, Properties: { Policies } }, T: { Type: 'AWS::Serverless::SimpleTable' }, ...others });
const yaml = (statements, head = '') => ({ 'a.yaml': `${head}Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n${statements}` });
const queues = (...Queues) => of({ Q: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues, PolicyDocument: policy({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }) } } });
const onBucket = (bucket, more = '') => file(block('aws_s3_bucket_policy', 'b', { bucket, policy: json(policy(statement({ Principal: { AWS: '111122223333' } }))) }) + more);
const module_ = (more, child = managed(READS)) => ({ 'main.tf': `module "m" {\n  source = "./m"\n${more}}\n`, 'm/main.tf': child });
const elsewhere = (version, more = '') => `module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n  version = "${version}"\n${more}}\n`;
const condition = (operator) => managed(policy(statement({ Condition: { [operator]: { 'aws:PrincipalTag/a': 'b' } } })));
const toSet = (more) => file(managed(READS) + more);
const ofSet = (set, name) => block('aws_ssoadmin_managed_policy_attachment', 'a', { permission_set_arn: `aws_ssoadmin_permission_set.${set}.arn`, managed_policy_arn: `"${aws(name)}"` });
const customer = (name) => `resource "aws_ssoadmin_customer_managed_policy_attachment" "a" {\n  permission_set_arn = "p"\n  customer_managed_policy_reference {\n    name = "${name}"\n  }\n}\n`;
const scp = (targets, document = DENIES) => file(block('aws_organizations_policy', 's', { content: json(document) }) + targets.map((target, i) => block('aws_organizations_policy_attachment', `t${i}`, { policy_id: 'aws_organizations_policy.s.id', target_id: target })).join(''));

test('what lets somebody do more in an odd way is told, or cannot be told', async () => {
  assert.deepEqual(await codes([
    ['in another file', { 'a.tf': managed(READS), 'b.tf': '' }, { 'a.tf': '', 'b.tf': managed(WRITES) }], ['by another name', of({ P: made(READS) }), of({ Q: made(WRITES) })],
    ['managed instead of inline', of({ R: ofRole({ Policies: [{ PolicyName: 'p', PolicyDocument: READS }] }) }), of({ R: ofRole({ ManagedPolicyArns: [{ Ref: 'M' }] }), M: made(WRITES) })],
    ['all other actions', file(managed(READS)), file(managed(policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })))], ['fewer exceptions', file(managed(policy({ Effect: 'Allow', NotAction: ['iam:*', 's3:*'], Resource: '*' }))), file(managed(policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })))],
    ['IfExists', file(condition('StringEquals')), file(condition('StringEqualsIfExists'))], ['who may take a role', of({ R: ofRole({}) }), of({ R: ofRole({ AssumeRolePolicyDocument: trust({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }) }) })],
    ['without a condition', file(role('r', { assume_role_policy: json(trust({ AWS: '111122223333' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })) })), file(role('r', { assume_role_policy: json(trust({ AWS: '111122223333' })) }))],
    ['a boundary by an argument', module_('  b = "x"\n', `variable "b" {}\n${role('r', { permissions_boundary: 'var.b' })}`), module_('  b = null\n', `variable "b" {}\n${role('r', { permissions_boundary: 'var.b' })}`)],
    ['the policy of a boundary', file(role('r', { permissions_boundary: 'aws_iam_policy.p.arn' }) + managed(READS)), file(role('r', { permissions_boundary: 'aws_iam_policy.p.arn' }) + managed(WRITES))],
    ['a target less', scp(['"a"', '"b"']), scp(['"a"'])], ['a target by a variable', { ...scp(['var.t']), 'v.tf': 'variable "t" {\n  default = "root"\n}\n' }, { ...scp(['var.t']), 'v.tf': 'variable "t" {\n  default = "ou"\n}\n' }],
    ['on another bucket', onBucket('"x"'), onBucket('"y"')], ['on more queues', queues('a'), queues('a', 'b')], ['on a bucket that is another', onBucket('aws_s3_bucket.x.id', block('aws_s3_bucket', 'x', { bucket: '"x"' })), onBucket('aws_s3_bucket.x.id', block('aws_s3_bucket', 'x', { bucket: '"y"' }))],
    ['more instances of a role', file(role('r', { for_each: '{ a = 1 }' })), file(role('r', { for_each: '{ a = 1, b = 2 }' }))], ['of a list in a local', file(`locals {\n  all = ["a"]\n}\n${role('r', { for_each: 'toset(local.all)' })}`), file(`locals {\n  all = ["a", "b"]\n}\n${role('r', { for_each: 'toset(local.all)' })}`)],
    ['of a module', module_('  count = 1\n'), module_('  count = 2\n')], ['another value for each', file(attach({ for_each: `{ a = "${aws('ReadOnlyAccess')}" }`, policy_arn: 'each.value' })), file(attach({ for_each: `{ a = "${aws('AdministratorAccess')}" }`, policy_arn: 'each.value' }))],
    ['to more of a local', file(`locals {\n  all = ["a"]\n}\n${managed(READS)}${attach({ for_each: 'toset(local.all)', role: 'each.value' })}`), file(`locals {\n  all = ["a", "b"]\n}\n${managed(READS)}${attach({ for_each: 'toset(local.all)', role: 'each.value' })}`)],
    ['an anchor', yaml('          - {Effect: Allow, Action: *x, Resource: "*"}\n', 'X: &x "s3:GetObject"\n'), yaml('          - {Effect: Allow, Action: *x, Resource: "*"}\n', 'X: &x "s3:*"\n')], ['a text that is put in', yaml('          - {Effect: Allow, Action: "s3:GetObject", Resource: "*"}\n'), yaml('          - {Effect: Allow, Action: "s3:GetObject", Resource: "*"}\n          - Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://b/x"}}\n')],
    ['a policy of SAM', sam([{ S3ReadPolicy: { BucketName: 'a' } }]), sam([{ S3CrudPolicy: { BucketName: 'a' } }])], ['a connector', sam([]), sam([], {}, { C: { Type: 'AWS::Serverless::Connector', Properties: { Source: { Id: 'F' }, Destination: { Id: 'T' }, Permissions: ['Write'] } } })],
    ['a connector within', sam([]), sam([], { Connectors: { C: { Properties: { Destination: { Id: 'T' }, Permissions: ['Read'] } } } })], ['more of a connector', sam([], { Connectors: { C: { Properties: { Destination: { Id: 'T' }, Permissions: ['Read'] } } } }), sam([], { Connectors: { C: { Properties: { Destination: { Id: 'T' }, Permissions: ['Write'] } } } })],
    ['what was left as it is deployed', file(role() + kept(READS)), file(role() + kept(READS).replace(/ {2}lifecycle[^]*$/, '}\n'))], ['to a permission set', toSet(''), toSet(customer('Admin'))], ['another one to it', toSet(customer('Mine')), toSet(customer('Admin'))], ['by the provider of another account', file(managed(READS)), file(managed(READS, 'p', { provider: 'aws.other' }))], ['by the usual provider', file(managed(READS, 'p', { provider: 'aws.other' })), file(managed(READS))], ['a module by another provider', module_(''), module_('  providers = {\n    aws = aws.other\n  }\n')],
    ['a module from elsewhere', file(managed(READS)), file(managed(READS) + elsewhere('1'))], ['another version of it', file(elsewhere('1')), file(elsewhere('2'))],
    ['to another permission set', file(ofSet('a', 'ReadOnlyAccess')), file(ofSet('b', 'ReadOnlyAccess'))],
  ].map((given) => [...given, 1])), []);
});

test('what lets nobody do more passes', async () => {
  const bucket = (more = {}) => block('aws_s3_bucket', 'x', { bucket: '"x"', ...more });
  assert.deepEqual(await codes([
    ['comments and spaces', file(managed(READS)), file(`# a\n${managed(READS).replace('policy =', 'policy   =')}`)], ['all of it in another file', { 'a.tf': managed(READS) + role() + attach(), 'b.tf': '' }, { 'a.tf': '', 'b.tf': managed(READS) + role() + attach() }],
    ['an order', file(managed(policy(statement({ Action: ['s3:GetObject', 's3:PutObject'] })))), file(managed(policy(statement({ Action: ['s3:PutObject', 's3:GetObject'] }))))], ['two statements for one', file(managed(policy(statement({ Action: ['s3:GetObject', 's3:PutObject'] })))), file(managed(policy(statement(), statement({ Action: 's3:PutObject' }))))],
    ['an attachment by another name', file(managed(READS) + role() + attach()), file(managed(READS) + role() + attach({}, 'b'))], ['a role by its resource', file(managed(READS) + role() + attach({ role: '"r"' })), file(managed(READS) + role() + attach())], ['a role of an inline policy by its resource', file(role() + block('aws_iam_role_policy', 'p', { role: '"r"', policy: json(READS) })), file(role() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.r.id', policy: json(READS) }))],
    ['tags', file(role()), file(role('r', { tags: '{ a = "b" }' }))], ['a local', file(managed(one('"arn:aws:s3:::a/*"'))), file(`locals {\n  b = "a"\n}\n${managed(one('"arn:aws:s3:::${local.b}/*"'))}`)],
    ['format of a text', file(managed(one('"arn:aws:s3:::a/*"'))), file(managed(one('format("arn:aws:s3:::%s/*", "a")')))], ['format of a variable', file(managed(one('"arn:aws:s3:::${var.b}/*"'))), file(managed(one('format("arn:aws:s3:::%s/*", var.b)')))],
    ['a denial more', file(managed(READS)), file(managed(policy(statement(), DENIES.Statement[0])))], ['a tag of YAML', yaml('          - {Effect: Allow, Action: "s3:GetObject", Resource: {"Fn::Sub": "${B}/*"}}\n'), yaml('          - {Effect: Allow, Action: "s3:GetObject", Resource: !Sub "${B}/*"}\n')],
    ['the order of what is attached', of({ R: ofRole({ ManagedPolicyArns: [aws('ReadOnlyAccess'), aws('AdministratorAccess')] }) }), of({ R: ofRole({ ManagedPolicyArns: [aws('AdministratorAccess'), aws('ReadOnlyAccess')] }) })], ['a target more', scp(['"a"']), scp(['"a"', '"b"'])],
    ['a boundary', file(role()), file(role('r', { permissions_boundary: '"arn:aws:iam::111122223333:policy/B"' }))], ['a role with its policies', file(role() + managed(policy(statement(), DENIES.Statement[0])) + attach() + managed(READS, 'q')), file(managed(READS, 'q'))],
    ['a queue less', queues('a', 'b'), queues('a')], ['tags of a bucket', onBucket('aws_s3_bucket.x.id', bucket()), onBucket('aws_s3_bucket.x.id', bucket({ tags: '{}' }))], ['the same bucket by another attribute', onBucket('aws_s3_bucket.x.id', bucket()), onBucket('aws_s3_bucket.x.bucket', bucket())],
    ['fewer instances', file(role('r', { for_each: 'toset(["a", "b"])' })), file(role('r', { for_each: 'toset(["a"])' }))], ['fewer roles', file(managed(READS) + block('aws_iam_policy_attachment', 'a', { name: '"a"', roles: '["a", "b"]', policy_arn: 'aws_iam_policy.p.arn' })), file(managed(READS) + block('aws_iam_policy_attachment', 'a', { name: '"a"', roles: '["b"]', policy_arn: 'aws_iam_policy.p.arn' }))],
    ['what is left as it is deployed now', file(role() + kept(READS).replace(/ {2}lifecycle[^]*$/, '}\n')), file(role() + kept(READS))], ['the same connector', sam([], { Connectors: { C: { Properties: { Destination: { Id: 'T' }, Permissions: ['Read'] } } } }), sam([], { Connectors: { C: { Properties: { Destination: { Id: 'T' }, Permissions: ['Read'] } } } })], ['the provider by its name', file(managed(READS)), file(managed(READS, 'p', { provider: 'aws' }))], ['the same provider', file(managed(READS, 'p', { provider: 'aws.other' })), file(managed(READS, 'p', { provider: 'aws.other', tags: '{}' }))], ['another argument of a module from elsewhere', file(elsewhere('1')), file(elsewhere('1', '  cidr = "10.0.0.0/16"\n'))], ['one less', file(managed(READS) + elsewhere('1')), file(managed(READS))],
    ['the same policy of a set', toSet(customer('Mine')), toSet(customer('Mine'))],
  ].map((given) => [...given, 0])), []);
});
