// What gives access and is no policy: `postern diff` does not compare it, and says where it is new or another one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes } from './run.mjs';

const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const file = (type, body) => ({ 'main.tf': body === null ? '' : block(type, 'x', body) });
const of = (Resources) => ({ 'a.json': { Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Resources } } });
const one = (Type, Properties) => of({ X: { Type, Properties } });
const plan = (type, values) => ({ 'plan.json': { format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources: [{ address: `${type}.x`, mode: 'managed', type, name: 'x', values }] } } } });
const [PERMISSION, INVOKE] = ['AWS::Lambda::Permission', { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }];
const invoke = (more = {}) => file('aws_lambda_permission', { function_name: '"f"', action: '"lambda:InvokeFunction"', principal: '"s3.amazonaws.com"', ...more });
const principal = (value) => `variable "p" {\n  default = "${value}"\n}\n`;

test('permissions, grants and shares that are new or others cannot be told', async () => {
  const called = (more = '') => ({ 'main.tf': `module "m" {\n  source = "./m"\n}\n${more}`, 'm/main.tf': invoke()['main.tf'] });
  const document = (more) => ({ 'main.tf': `resource "aws_ssm_document" "d" {\n  name = "d"\n${more}}\n` });
  const acl = (value) => file('aws_s3_bucket_acl', { bucket: '"b"', acl: `"${value}"` });
  const block_ = (more = {}) => file('aws_s3_bucket_public_access_block', { bucket: '"b"', block_public_acls: true, block_public_policy: true, ...more });
  const none = file('', null);
  const kept = { PublicAccessBlockConfiguration: { BlockPublicAcls: true } };
  assert.deepEqual(await codes([
    ['a permission', none, invoke(), 1, /main\.tf:1:1 gained\? unknown\n {2}Cannot tell, because what gives access was not there before, and is no policy that could be compared\.\n/], ['another one', invoke(), invoke({ principal: '"*"' }), 1, /what gives access is not what it was/], ['one less', invoke(), none, 0],
    ['in all cases', invoke({ count: 'var.c ? 1 : 0' }), invoke(), 1], ['in fewer cases', invoke(), invoke({ count: 'var.c ? 1 : 0' }), 0], ['never', none, invoke({ count: 0 }), 0], ['for more', invoke({ for_each: 'toset(["a"])', principal: 'each.key' }), invoke({ for_each: 'toset(["a", "b"])', principal: 'each.key' }), 1],
    ['by another variable', { ...invoke({ principal: 'var.p' }), 'v.tf': principal('a') }, { ...invoke({ principal: 'var.p' }), 'v.tf': principal('*') }, 1], ['in another file', invoke(), { 'other.tf': invoke()['main.tf'] }, 0], ['of a module that is called again', called(), called('module "n" {\n  source = "./m"\n}\n'), 1],
    ['of a template', of({}), one(PERMISSION, INVOKE), 1], ['another one there', one(PERMISSION, INVOKE), one(PERMISSION, { ...INVOKE, Principal: '*' }), 1], ['in another order', one(PERMISSION, INVOKE), one(PERMISSION, Object.fromEntries(Object.entries(INVOKE).reverse())), 0],
    ['of a plan', plan('aws_lambda_permission', { principal: 'a' }), plan('aws_lambda_permission', { principal: '*' }), 1], ['the same of a plan', plan('aws_lambda_permission', { principal: 'a' }), { 'plan.json': { ...plan('aws_lambda_permission', { principal: 'a' })['plan.json'], timestamp: 'now' } }, 0],
    ['a grant of KMS', none, file('aws_kms_grant', { key_id: '"k"', grantee_principal: '"r"', operations: '["Decrypt"]' }), 1], ['a share', none, file('aws_ram_principal_association', { principal: '"111122223333"' }), 1], ['a shared document', document(''), document('  permissions = {\n    type = "Share"\n    account_ids = "all"\n  }\n'), 1], ['another document', document(''), document('  content = "{}"\n'), 0],
    ['a private list', none, acl('private'), 0], ['a public one', acl('private'), acl('public-read'), 1], ['a private one again', acl('public-read'), acl('private'), 0], ['a public bucket', one('AWS::S3::Bucket', {}), one('AWS::S3::Bucket', { AccessControl: 'PublicRead' }), 1],
    ['what blocks others', none, block_(), 0], ['what blocks them no more', block_(), none, 1, /what keeps others from access is there no more/], ['what blocks less', block_(), block_({ block_public_policy: false }), 1], ['a bucket that blocked them', one('AWS::S3::Bucket', kept), of({}), 0], ['a bucket that blocks them no more', one('AWS::S3::Bucket', kept), one('AWS::S3::Bucket', {}), 1],
  ]), []);
  assert.deepEqual(await codes([['one less', invoke(), none, 1]], ['--fail-on', 'any']), []);
  assert.deepEqual(await codes([['a permission', none, invoke(), 0]], ['--allow-unknown']), []);
});

test('who has another role may do what that one may', async () => {
  const roles = ['a', 'b'].map((name) => block('aws_iam_role', name, { name: `"${name}"` })).join('');
  const profile = (role, more = '') => ({ 'main.tf': roles + (role === null ? '' : block('aws_iam_instance_profile', 'p', { role, name: '"p"' })) + more });
  const inTemplate = (...Roles) => of({ A: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } }, B: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } }, P: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles } } });
  const instance = (body) => file('aws_instance', { ami: '"x"', ...body });
  assert.deepEqual(await codes([
    ['a profile', profile('aws_iam_role.a.name'), profile('aws_iam_role.b.name'), 1, /by it somebody has what aws_iam_role\.b has/], ['a new one', profile(null), profile('"a"'), 1], ['one less', profile('"a"'), profile(null), 0], ['the same by its name', profile('aws_iam_role.a.name'), profile('"a"'), 0],
    ['by a variable', profile('var.p', principal('a')), profile('var.p', principal('b')), 1], ['of a template', inTemplate({ Ref: 'A' }), inTemplate({ Ref: 'B' }), 1], ['the same of a template', inTemplate({ Ref: 'A' }), inTemplate({ Ref: 'A' }), 0],
    ['of a plan', plan('aws_iam_instance_profile', { role: 'a' }), plan('aws_iam_instance_profile', { role: 'b' }), 1],
    ['an instance', instance({ iam_instance_profile: '"a"' }), instance({ iam_instance_profile: '"b"' }), 1, /it has another role now/], ['an instance that had none', instance({}), instance({ iam_instance_profile: '"b"' }), 1], ['one that has none', instance({ iam_instance_profile: '"a"' }), instance({}), 0], ['a new instance', file('', null), instance({ iam_instance_profile: '"a"' }), 0],
    ['a function', one('AWS::Lambda::Function', { Role: 'a' }), one('AWS::Lambda::Function', { Role: 'b' }), 1], ['the same function', one('AWS::Lambda::Function', { Role: 'a' }), one('AWS::Lambda::Function', { Role: 'a', Timeout: 3 }), 0],
  ]), []);
});
