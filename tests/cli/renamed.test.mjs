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

test('what moved blocks lead into a module, out of one or to another one is what it was', async () => {
  const moved = (from, to) => `moved {\n  from = ${from}\n  to = ${to}\n}\n`;
  const call = (name, source = './m', more = '') => `module "${name}" {\n  source = "${source}"\n${more}}\n`;
  const files = (root, m = 'variable "x" {}\n') => ({ 'main.tf': root, 'm/main.tf': m });
  const pair = (name, document = READS, more = {}) => role(name, more) + inline(name, name, document);
  const [into, out] = [(name) => moved('aws_iam_role.a', `module.b.aws_iam_role.${name}`) + moved('aws_iam_role_policy.a', `module.b.aws_iam_role_policy.${name}`), moved('module.b.aws_iam_role.a', 'aws_iam_role.a') + moved('module.b.aws_iam_role_policy.a', 'aws_iam_role_policy.a')];
  const through = inline('i', 'a', READS).replace('aws_iam_role.a.id', 'module.x.id');
  const withOutput = `variable "t" {\n  default = ""\n}\n${role('a')}output "id" {\n  value = aws_iam_role.a.id\n}\n`;
  assert.deepEqual(await codes([
    ['into a module', files(call('b') + pair('a')), files(call('b') + into('a'), pair('a')), 0],
    ['into a new one', { 'main.tf': pair('a') }, files(call('b') + into('a'), pair('a')), 0],
    ['with another label', files(call('b') + pair('a')), files(call('b') + into('this'), pair('this')), 0],
    ['into one within another one', { 'main.tf': pair('a') }, { 'main.tf': call('c', './c') + moved('aws_iam_role.a', 'module.c.module.d.aws_iam_role.b') + moved('aws_iam_role_policy.a', 'module.c.module.d.aws_iam_role_policy.b'), 'c/main.tf': call('d', './d'), 'c/d/main.tf': pair('b') }, 0],
    ['out of a module', files(call('b'), pair('a')), { 'main.tf': pair('a') + out }, 0],
    ['out of one that stays', files(call('b'), pair('a') + role('z')), files(call('b') + pair('a') + out, role('z')), 0],
    ['to another module', { 'main.tf': call('x', './x'), 'x/main.tf': pair('a') }, { 'main.tf': call('y', './y') + moved('module.x.aws_iam_role.a', 'module.y.aws_iam_role.b') + moved('module.x.aws_iam_role_policy.a', 'module.y.aws_iam_role_policy.b'), 'y/main.tf': pair('b') }, 0],
    ['within a module, as its caller says', files(call('b'), pair('a')), files(call('b') + moved('module.b.aws_iam_role.a', 'module.b.aws_iam_role.c') + moved('module.b.aws_iam_role_policy.a', 'module.b.aws_iam_role_policy.c'), pair('c')), 0],
    ['a module', files(call('x', './m', '  t = "a"\n') + through, withOutput), files(call('y', './m', '  t = "b"\n') + through.replace('module.x', 'module.y') + moved('module.x', 'module.y'), withOutput), 0],
    ['to an instance', file(managed('a', READS)), file(managed('b', READS, { count: 1 }), moved('aws_iam_policy.a', 'aws_iam_policy.b[0]')), 0],
    ['from an instance', file(managed('a', READS, { count: 1 })), file(managed('b', READS), moved('aws_iam_policy.a[0]', 'aws_iam_policy.b')), 0],
  ], ANY), []);
  assert.deepEqual(await codes([
    ['with more', files(call('b') + pair('a')), files(call('b') + into('a'), pair('a', WRITES)), 1],
    ['with more and another label', files(call('b') + pair('a')), files(call('b') + into('this'), pair('this', WRITES)), 1],
    ['without its boundary', files(call('b') + pair('a', READS, BOUND)), files(call('b') + into('this'), pair('this')), 1],
    ['out of it with more', files(call('b'), pair('a')), { 'main.tf': pair('a', WRITES) + out }, 1],
    ['into one that is there more often', files(call('b') + pair('a')), files(call('b', './m', '  count = 2\n') + into('a'), pair('a')), 1],
    ['into one that is called by others too', files(call('b') + call('c') + pair('a')), files(call('b') + call('c') + into('a'), pair('a')), 1],
    ['to another role', files(call('b') + pair('a'), role('z')), files(call('b') + into('this'), role('z') + role('this') + inline('this', 'z', READS)), 1],
    ['a label that another one has', files(call('b') + pair('a') + pair('this', WRITES)), files(call('b') + into('this') + pair('this', WRITES), pair('this', WRITES)), 1],
  ]), []);
});

test('a value that reaches a policy through two modules is told where it is another one', async () => {
  const variable = (name, value) => `variable "${name}" {${value === undefined ? '' : `\n  default = ${value}\n`}}\n`;
  const call = (name, more) => `module "${name}" {\n  source = "./${name}"\n  ${more}\n}\n`;
  const inner = { path: managed('p', READS).replace('example-files', '${var.z}'), whole: managed('p', READS, { policy: 'var.z' }), actions: managed('p', READS).replace('"s3:GetObject"', 'var.z'), role: managed('p', READS).replace('aws_iam_policy"', 'aws_iam_role_policy"').replace('{\n', '{\n  role = var.z\n'), count: managed('p', READS, { count: 'var.z ? 1 : 0' }) };
  const of = (what, x, more = '', passed = 'var.x') => ({ 'main.tf': more + call('a', `x = ${x}`), 'a/main.tf': variable('x') + call('b', `z = ${passed}`), 'a/b/main.tf': variable('z') + inner[what] });
  const tfvars = (value) => ({ ...of('path', 'var.y', variable('y')), 'prod.tfvars': `y = "${value}"\n` });
  assert.deepEqual(await codes([
    ['a default', of('path', 'var.y', variable('y', '"a"')), of('path', 'var.y', variable('y', '"*"')), 1],
    ['a value', of('path', '"a"'), of('path', '"*"'), 1],
    ['a file of values', tfvars('a'), tfvars('*'), 1],
    ['a value in an object', of('path', '{ n = "a" }', '', 'var.x.n'), of('path', '{ n = "*" }', '', 'var.x.n'), 1],
    ['a policy', of('whole', json(READS)), of('whole', json(WRITES)), 1],
    ['a policy by a default', of('whole', 'var.y', variable('y', '"a"')), of('whole', 'var.y', variable('y', '"b"')), 1],
    ['actions', of('actions', '["s3:GetObject"]'), of('actions', '["s3:*"]'), 1],
    ['a role', of('role', 'aws_iam_role.r.name', role('r') + role('s')), of('role', 'aws_iam_role.s.name', role('r') + role('s')), 1],
    ['a number', of('count', 'false'), of('count', 'true'), 1],
    ['the same', of('path', '"a"'), of('path', '"a"', '# Nothing else.\n'), 0],
    ['a role of another label', of('role', 'aws_iam_role.r.name', role('r')), of('role', 'aws_iam_role.s.name', role('s')), 0],
  ]), []);
});
