// What `postern diff` makes of resources whose labels or logical IDs are others now, though they say what they said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, policy, statement } from './run.mjs';

const json = (document) => `jsonencode(${JSON.stringify(document).replaceAll('":', '"=')})`;
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const READS = policy(statement());
const WRITES = policy(statement(), statement({ Action: 's3:PutObject' }));
const GUARDED = policy(statement(), statement({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }));
const ANY = ['--fail-on', 'any'];
const file = (...texts) => ({ 'main.tf': texts.join('') });

const managed = (name, document, more = {}) => block('aws_iam_policy', name, { policy: json(document), ...more });
const role = (name, more = {}) => block('aws_iam_role', name, { assume_role_policy: json(TRUST), ...more });
const inline = (name, of, document) => block('aws_iam_role_policy', name, { role: `aws_iam_role.${of}.id`, policy: json(document) });
const attach = (name, of, what) => block('aws_iam_role_policy_attachment', name, { role: `aws_iam_role.${of}.name`, policy_arn: `aws_iam_policy.${what}.arn` });
const bucket = (name, more = {}) => block('aws_s3_bucket', name, { bucket: '"files"', ...more });
const ofBucket = (name, of) => managed(name, READS).replace('arn:aws:s3:::example-files', `\${aws_s3_bucket.${of}.arn}`);
const data = (name, action = 's3:GetObject') => `data "aws_iam_policy_document" "${name}" {\n  statement {\n    actions = ["${action}"]\n    resources = ["*"]\n  }\n}\n`;
const taking = (name, document) => managed(name, READS, { policy: `data.aws_iam_policy_document.${document}.json` });
const BOUND = { permissions_boundary: '"arn:aws:iam::111122223333:policy/B"' };

test('a resource of Terraform with another label, which says what it said, is what it was', async () => {
  const alike = [
    ['a policy', file(managed('a', WRITES)), file(managed('b', WRITES))],
    ['in another layout', file(managed('a', WRITES, { name: '"n"' })), file(`# The policy.\nresource "aws_iam_policy" "b" {\n    # What it allows.\n    policy   = ${json(WRITES)}\n\n    name = "n"\n}\n`)],
    ['a policy with its attachment', file(role('r'), managed('a', WRITES), attach('a', 'r', 'a')), file(role('r'), managed('b', WRITES), attach('b', 'r', 'b'))],
    ['an attachment', file(role('r'), managed('a', WRITES), attach('a', 'r', 'a')), file(role('r'), managed('a', WRITES), attach('b', 'r', 'a'))],
    ['a role with all that it has', file(role('r', BOUND), inline('i', 'r', READS), managed('a', WRITES), attach('a', 'r', 'a')), file(role('s', BOUND), inline('j', 's', READS), managed('b', WRITES), attach('b', 's', 'b'))],
    ['a role whose policies keep their labels', file(role('r', BOUND), inline('i', 'r', GUARDED), attach('a', 'r', 'a'), managed('a', WRITES)), file(role('s', BOUND), inline('i', 's', GUARDED), attach('a', 's', 'a'), managed('a', WRITES))],
    ['several that are alike', file(role('r'), role('q'), managed('a', READS), managed('b', READS), attach('a', 'r', 'a'), attach('b', 'q', 'b')), file(role('r'), role('q'), managed('d', READS), managed('c', READS), attach('a', 'r', 'c'), attach('b', 'q', 'd'))],
    ['a document', file(data('a'), taking('p', 'a')), file(data('b'), taking('p', 'b'))],
    ['a document and its policy', file(data('a'), taking('p', 'a')), file(data('b'), taking('q', 'b'))],
    ['a bucket of a policy', file(bucket('a'), ofBucket('p', 'a')), file(bucket('b'), ofBucket('p', 'b'))],
    ['a bucket and its policy', file(bucket('a'), ofBucket('p', 'a')), file(bucket('b'), ofBucket('q', 'b'))],
    ['in another file', { 'a.tf': managed('a', WRITES) + role('r'), 'b.tf': '' }, { 'a.tf': role('r'), 'b.tf': managed('b', WRITES) }],
    ['instances', file(managed('a', WRITES, { count: 2 }), 'output "o" {\n  value = aws_iam_policy.a[0].arn\n}\n'), file(managed('b', WRITES, { count: 2 }), 'output "o" {\n  value = aws_iam_policy.b[0].arn\n}\n')],
    ['a profile', file(role('r'), role('q'), block('aws_iam_instance_profile', 'a', { role: 'aws_iam_role.r.name' })), file(role('s'), role('q'), block('aws_iam_instance_profile', 'b', { role: 'aws_iam_role.s.name' }))],
    ['a permission', file(block('aws_lambda_permission', 'a', { principal: '"a"', function_name: 'aws_lambda_function.f.arn' }), block('aws_lambda_function', 'f', { function_name: '"f"' })), file(block('aws_lambda_permission', 'b', { principal: '"a"', function_name: 'aws_lambda_function.g.arn' }), block('aws_lambda_function', 'g', { function_name: '"f"' }))],
    ['what is not read', file(managed('a', READS, { policy: 'var.x' })), file(managed('b', READS, { policy: 'var.x' }))],
    ['a role that is looked up', file('data "aws_iam_role" "a" {\n  name = "r"\n}\n', inline('i', 'r', READS).replaceAll('aws_iam_role.r', 'data.aws_iam_role.a')), file('data "aws_iam_role" "b" {\n  name = "r"\n}\n', inline('i', 'r', READS).replaceAll('aws_iam_role.r', 'data.aws_iam_role.b'))],
    ['a local', file('locals {\n  a = aws_s3_bucket.x.arn\n}\n', bucket('x'), managed('p', READS).replace('arn:aws:s3:::example-files', '${local.a}')), file('locals {\n  b = aws_s3_bucket.x.arn\n}\n', bucket('x'), managed('p', READS).replace('arn:aws:s3:::example-files', '${local.b}'))],
    ['a call', { ...file('module "a" {\n  source = "./m"\n}\n', block('aws_iam_role_policy', 'i', { role: 'module.a.r', policy: json(READS) })), 'm/main.tf': role('r') + 'output "r" {\n  value = aws_iam_role.r.name\n}\n' }, { ...file('module "b" {\n  source = "./m"\n}\n', block('aws_iam_role_policy', 'i', { role: 'module.b.r', policy: json(READS) })), 'm/main.tf': role('r') + 'output "r" {\n  value = aws_iam_role.r.name\n}\n' }],
    ['in JSON', { 'a.tf.json': { resource: { aws_iam_policy: { a: { policy: JSON.stringify(WRITES) } }, aws_iam_role_policy_attachment: { x: { role: 'r', policy_arn: '${aws_iam_policy.a.arn}' } } } } }, { 'a.tf.json': { resource: { aws_iam_policy: { b: { policy: JSON.stringify(WRITES) } }, aws_iam_role_policy_attachment: { y: { role: 'r', policy_arn: '${aws_iam_policy.b.arn}' } } } } }],
  ].map(([name, older, newer]) => [name, older, newer, 0]);
  assert.deepEqual(await codes(alike, ANY), []);
});

test('one that says something else is told, and so is what another one has now', async () => {
  assert.deepEqual(await codes([
    ['with more', file(managed('a', READS)), file(managed('b', WRITES)), 1, /It is new/],
    ['another type', file(managed('a', READS)), file(block('aws_iam_user_policy', 'a', { user: '"u"', policy: json(READS) })), 1],
    ['attached elsewhere', file(role('r'), role('q'), managed('a', WRITES), attach('a', 'r', 'a')), file(role('r'), role('q'), managed('b', WRITES), attach('b', 'q', 'b')), 1],
    ['attached once more', file(role('r'), role('q'), managed('a', WRITES), attach('a', 'r', 'a')), file(role('r'), role('q'), managed('b', WRITES), attach('b', 'r', 'b'), attach('c', 'q', 'b')), 1],
    ['a role with more', file(role('r'), inline('i', 'r', READS)), file(role('s'), inline('i', 's', WRITES)), 1, /allows more/],
    ['a role without its boundary', file(role('r', BOUND), inline('i', 'r', READS)), file(role('s'), inline('i', 's', READS)), 1],
    ['a role that another trust', file(role('r')), file(role('s').replace('ec2.amazonaws', 'lambda.amazonaws')), 1],
    ['two for one', file(managed('a', WRITES)), file(managed('b', WRITES), managed('c', WRITES)), 1],
    ['one more that is there still', file(managed('a', WRITES)), file(managed('a', WRITES), managed('b', WRITES)), 1],
    ['a bucket of another name', file(bucket('a'), ofBucket('p', 'a')), file(bucket('b', { bucket: '"others"' }), ofBucket('p', 'b')), 1],
    ['a bucket that was there before', file(bucket('a'), bucket('b', { bucket: '"others"' }), ofBucket('p', 'a')), file(bucket('b', { bucket: '"others"' }), ofBucket('p', 'b')), 1],
    ['a document with more', file(data('a'), taking('p', 'a')), file(data('b', 's3:*'), taking('p', 'b')), 1],
    ['in another module', { 'x/main.tf': managed('a', WRITES), 'y/main.tf': role('r') }, { 'x/main.tf': '', 'y/main.tf': role('r') + managed('b', WRITES) }, 1],
    ['by another value', file('locals {\n  x = var.a\n}\n', managed('a', READS).replace('example-files', '${local.x}')), file('locals {\n  x = var.b\n}\n', managed('b', READS).replace('example-files', '${local.x}')), 1],
    ['a profile of another role', file(role('r'), role('q', BOUND), block('aws_iam_instance_profile', 'a', { role: 'aws_iam_role.r.name' })), file(role('s'), role('q', BOUND), block('aws_iam_instance_profile', 'b', { role: 'aws_iam_role.q.name' })), 1],
    ['names that change places', file(managed('a', READS, { name: '"a"' }), managed('b', WRITES, { name: '"b"' }), attach('x', 'r', 'a')), file(managed('b', READS, { name: '"a"' }), managed('a', WRITES, { name: '"b"' }), attach('x', 'r', 'a')), 1],
    ['an attachment more in its place', file(role('r'), managed('a', WRITES), managed('b', READS), attach('a', 'r', 'b')), file(role('r'), managed('a', WRITES), managed('b', READS), attach('c', 'r', 'a')), 1],
  ]), []);
});

test('a resource of a template with another logical ID is what it was', async () => {
  const template = (Resources) => ({ 'a.json': { Resources } });
  const P = (PolicyDocument, more = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument, ...more } });
  const R = (more = {}) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } });
  const ofRole = (name) => P(WRITES, { Roles: [{ Ref: name }] });
  const B = (BucketName = 'files') => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });
  const arn = (how) => policy(statement({ Resource: how }));
  const sub = (name) => ({ 'Fn::Sub': `\${${name}.Arn}/*` });
  const join = (name) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [name, 'Arn'] }, '/*']] });
  const yaml = (p, r, b) => ({ 'a.yaml': `Resources:\n  ${r}:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: ${JSON.stringify(TRUST)}\n  ${b}:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: x\n  ${p}:\n    Type: AWS::IAM::Policy\n    DependsOn: ${b}\n    Properties:\n      PolicyName: p\n      Roles:\n        - !Ref ${r}\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - Effect: Allow\n            Action: s3:GetObject\n            Resource: [!Sub "\${${b}.Arn}/*", !GetAtt ${b}.Arn]\n` });
  assert.deepEqual(await codes([
    ['a policy', template({ A: P(WRITES) }), template({ B: P(WRITES) }), 0],
    ['a role with its policy', template({ A: ofRole('R'), R: R() }), template({ B: ofRole('S'), S: R() }), 0],
    ['a role whose policy keeps its ID', template({ A: ofRole('R'), R: R() }), template({ A: ofRole('S'), S: R() }), 0],
    ['a role with policies in it', template({ R: R({ Policies: [{ PolicyName: 'p', PolicyDocument: WRITES }] }) }), template({ S: R({ Policies: [{ PolicyName: 'p', PolicyDocument: WRITES }] }) }), 0],
    ['a bucket', template({ A: P(arn(sub('X'))), X: B() }), template({ A: P(arn(sub('Y'))), Y: B() }), 0],
    ['a bucket and its policy', template({ A: P(arn(join('X'))), X: B() }), template({ C: P(arn(join('Y'))), Y: B() }), 0],
    ['YAML', yaml('P', 'R', 'B'), yaml('Policy', 'Role', 'Bucket'), 0],
    ['a permission', template({ A: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'a', FunctionName: { Ref: 'F' } } }, F: { Type: 'AWS::Lambda::Function' } }), template({ B: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'a', FunctionName: { Ref: 'G' } } }, G: { Type: 'AWS::Lambda::Function' } }), 0],
  ], ANY), []);
  assert.deepEqual(await codes([
    ['with more', template({ A: P(READS) }), template({ B: P(WRITES) }), 1],
    ['of another role', template({ A: ofRole('R'), R: R(), S: R({ RoleName: 's' }) }), template({ B: ofRole('S'), R: R(), S: R({ RoleName: 's' }) }), 1],
    ['in more cases', template({ A: { ...P(WRITES), Condition: 'C' } }), template({ B: P(WRITES) }), 1],
    ['a bucket of another name', template({ A: P(arn(sub('X'))), X: B() }), template({ A: P(arn(sub('Y'))), Y: B('others') }), 1],
    ['a role without its boundary', template({ A: ofRole('R'), R: R({ PermissionsBoundary: 'arn:aws:iam::111122223333:policy/B' }) }), template({ B: ofRole('S'), S: R() }), 1],
    ['another permission', template({ A: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'a' } } }), template({ B: { Type: 'AWS::Lambda::Permission', Properties: { Principal: '*' } } }), 1],
    ['two for one', template({ A: P(WRITES) }), template({ B: P(WRITES), C: P(WRITES) }), 1],
  ]), []);
});
