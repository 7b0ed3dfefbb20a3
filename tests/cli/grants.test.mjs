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
  const told = /it has another role now/;
  const inside = (type, block_, attribute) => ['a', 'b'].map((role) => ({ 'main.tf': `resource "${type}" "x" {\n  ${block_} {\n    ${attribute} = "${role}"\n  }\n}\n` }));
  const attribute = (type, name) => ['a', 'b'].map((role) => file(type, { [name]: `"${role}"` }));
  const ofTemplate = (type, properties) => ['a', 'b'].map((role) => one(type, properties(role)));
  const option = (namespace, name, value, extra = '') => ({ 'main.tf': `resource "aws_elastic_beanstalk_environment" "x" {\n  setting {\n    namespace = "${namespace}"\n    name = "${name}"\n    value = "${value}"\n${extra}  }\n}\n` });
  const options = (...all) => one('AWS::ElasticBeanstalk::Environment', { ApplicationName: 'a', OptionSettings: all.map(([OptionName, Value]) => ({ Namespace: 'n', OptionName, Value })) });
  const setting = (value) => ({ 'main.tf': `resource "aws_db_option_group" "x" {\n  option {\n    option_settings {\n      name = "IAM_ROLE_ARN"\n      value = "${value}"\n    }\n  }\n}\n` });
  assert.deepEqual(await codes([
    ['a computing environment', ...inside('aws_batch_compute_environment', 'compute_resources', 'instance_role'), 1, told], ['one that bids', ...inside('aws_batch_compute_environment', 'compute_resources', 'spot_iam_fleet_role'), 1, told], ['a cluster', ...attribute('aws_emr_cluster', 'autoscaling_role'), 1, told], ['a fleet', ...attribute('aws_spot_fleet_request', 'iam_fleet_role'), 1, told],
    ['a stack of instances', ...attribute('aws_opsworks_stack', 'default_instance_profile_arn'), 1, told], ['a set of stacks', ...attribute('aws_cloudformation_stack_set', 'execution_role_name'), 1, told],
    ['a computing environment of a template', ...ofTemplate('AWS::Batch::ComputeEnvironment', (InstanceRole) => ({ ComputeResources: { InstanceRole } })), 1, told], ['a cluster of a template', ...ofTemplate('AWS::EMR::Cluster', (JobFlowRole) => ({ JobFlowRole })), 1, told], ['one that scales', ...ofTemplate('AWS::EMR::Cluster', (AutoScalingRole) => ({ AutoScalingRole })), 1, told],
    ['an option', option('l', 'IamInstanceProfile', 'a'), option('l', 'IamInstanceProfile', 'b'), 1, told], ['another option', option('l', 'InstanceType', 'a'), option('l', 'InstanceType', 'b'), 0], ['an option with a comment', option('l', 'IamInstanceProfile', 'a'), option('l', 'IamInstanceProfile', 'a', '    # why\n'), 0],
    ['an option of a template', options(['IamInstanceProfile', 'a']), options(['IamInstanceProfile', 'b']), 1, told], ['two that are exchanged', options(['IamInstanceProfile', 'a'], ['ServiceRole', 'b']), options(['IamInstanceProfile', 'b'], ['ServiceRole', 'a']), 1, told], ['two in another order', options(['IamInstanceProfile', 'a'], ['ServiceRole', 'b']), options(['ServiceRole', 'b'], ['IamInstanceProfile', 'a']), 0],
    ['what a metric calls a role', ...ofTemplate('AWS::CloudWatch::Alarm', (Value) => ({ Dimensions: [{ Name: 'Role', Value }] })), 0], ['a setting of a database', setting('a'), setting('b'), 1, told], ['a variable of a program', ...ofTemplate('AWS::CodeBuild::Project', (Value) => ({ Environment: { EnvironmentVariables: [{ Name: 'ROLE_ARN', Value }] } })), 0], ['the name of a session', ...attribute('aws_x', 'role_session_name'), 0], ['what is like a word', ...attribute('aws_x', 'parole_officer'), 0],
    ['the trust of a function', ...['a', 'b'].map((Description) => one('AWS::Serverless::Function', { Description, AssumeRolePolicyDocument: TRUST })), 0],
  ]), []);
});

test('who is made what a set of stacks says, and who leaves what limits him, cannot be told', async () => {
  const TemplateBody = 'Resources:\n  R:\n    Type: AWS::IAM::Role\n';
  const set = (DeploymentTargets, more = {}) => one('AWS::CloudFormation::StackSet', { StackSetName: 's', TemplateBody, StackInstancesGroup: [{ Regions: ['eu-west-1'], DeploymentTargets }], ...more });
  const instance = (...accounts) => ({ 'main.tf': block('aws_cloudformation_stack_set', 's', { name: '"s"', template_body: JSON.stringify(TemplateBody) }) + accounts.map((account, i) => block('aws_cloudformation_stack_set_instance', `i${i}`, { stack_set_name: 'aws_cloudformation_stack_set.s.name', account_id: `"${account}"` })).join('') });
  const account = (parent, more = {}) => file('aws_organizations_account', { name: '"a"', email: '"a@b.example"', parent_id: parent, ...more });
  const within = (parent, name = 'o') => ({ 'main.tf': account(parent)['main.tf'] + block('aws_organizations_organizational_unit', name, { name: '"o"', parent_id: '"r-1"' }) });
  const nothing = 'Resources:\n  Q:\n    Type: AWS::SQS::Queue\n';
  const none = file('', null);
  assert.deepEqual(await codes([
    ['one more unit', set({ OrganizationalUnitIds: ['a'] }), set({ OrganizationalUnitIds: ['a', 'b'] }), 1, /what gives access is not what it was/], ['whoever comes', set({ OrganizationalUnitIds: ['a'] }), set({ OrganizationalUnitIds: ['a'] }, { AutoDeployment: { Enabled: true } }), 1], ['a template that gives nobody anything', set({ Accounts: ['a'] }, { TemplateBody: nothing }), set({ Accounts: ['b'] }, { TemplateBody: nothing }), 0], ['the same', set({ Accounts: ['a'] }), set({ Accounts: ['a'] }, { Description: 'b' }), 0],
    ['a new instance', instance('1'), instance('1', '2'), 1, /what gives access was not there before/], ['one less', instance('1', '2'), instance('1'), 0], ['how it is made', file('aws_cloudformation_stack_instances', { accounts: '["1"]', call_as: '"SELF"' }), file('aws_cloudformation_stack_instances', { accounts: '["1"]', call_as: '"DELEGATED_ADMIN"' }), 0],
    ['an account that leaves its unit', within('aws_organizations_organizational_unit.o.id'), within('"r-1"'), 1, /what keeps others from access is not what it was/], ['a unit that is called otherwise', within('aws_organizations_organizational_unit.o.id'), within('aws_organizations_organizational_unit.u.id', 'u'), 0], ['a new account', none, account('"r-1"'), 0], ['its tags', account('"r-1"'), account('"r-1"', { tags: '{ a = "b" }' }), 0], ['one that is gone', account('"r-1"'), none, 0],
    ['an organization of which policies limit nobody any more', file('aws_organizations_organization', { enabled_policy_types: '["SERVICE_CONTROL_POLICY"]' }), file('aws_organizations_organization', { enabled_policy_types: '[]' }), 1, /what keeps others from access is there no more/],
    ['an account of a template', one('AWS::Organizations::Account', { AccountName: 'a', ParentIds: ['ou-1'] }), one('AWS::Organizations::Account', { AccountName: 'a', ParentIds: ['r-1'] }), 1],
  ]), []);
});
