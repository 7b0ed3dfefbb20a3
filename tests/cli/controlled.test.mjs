// What `postern diff` makes of the resources of Terraform's provider awscc, which are those of CloudFormation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OF_TEMPLATE, TEMPLATE, controlled } from './source/bundle.mjs';
import { codes } from './run.mjs';

const managed = (name) => `"arn:aws:iam::aws:policy/${name}"`;
const [READ, ADMIN] = ['ReadOnlyAccess', 'AdministratorAccess'].map(managed);
const document = (action, effect = 'Allow') => `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "${effect}", Action = "${action}", Resource = "*" }] })`;
const TRUST = 'assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })';
const block = (type, lines, label = 'x') => `resource "awscc_${type}" "${label}" {\n${lines.map((one) => `  ${one}\n`).join('')}}\n`;
const role = (...lines) => block('iam_role', [TRUST, ...lines], 'r');
const files = (text) => ({ 'main.tf': text });
const both = (name, make, [before, after], code = 1, said = undefined) => [name, files(make(before)), files(make(after)), code, said];

test('access around policies is told', async () => {
  const of = (type, attribute, values, ...lines) => both(`${type}.${attribute}`, (value) => block(type, [...lines, ...value === null ? [] : [`${attribute} = ${value}`]]), values, 1, /cannot be told for sure|not compared/);
  const [ONE, TWO] = ['["a"]', '["a", "b"]'];
  assert.deepEqual(await codes([
    both('a managed policy', (policy) => role(`managed_policy_arns = [${policy}]`), [READ, ADMIN], 1, /AdministratorAccess|not compared/), both('one of a variable', (policy) => `variable "p" {\n  default = ${policy}\n}\n${role('managed_policy_arns = [var.p]')}`, [READ, ADMIN]),
    both('a new role', (more) => `${block('iam_group', ['group_name = "g"'])}${more}`, ['', role(`managed_policy_arns = [${ADMIN}]`)], 1, /allows more/), both('no boundary', (bound) => role(`policies = [{ policy_name = "x", policy_document = ${document('s3:*')} }]`, ...bound), [[`permissions_boundary = ${READ}`], []], 1, /no permissions boundary/),
    both('one that is attached now', (attached) => `${block('iam_managed_policy', [`policy_document = ${document('s3:*')}`], 'm')}${role(...attached)}`, [[], ['managed_policy_arns = [awscc_iam_managed_policy.m.policy_arn]']], 1, /cannot be told/),
    of('iam_user', 'groups', [ONE, TWO], 'user_name = "u"'), of('iam_user', 'login_profile', [null, '{ password = "x" }']), of('iam_user_to_group_addition', 'users', [ONE, TWO], 'group_name = "g"'), of('iam_instance_profile', 'roles', ['["a"]', '["b"]']),
    of('sso_assignment', 'principal_id', ['"a"', '"b"'], 'permission_set_arn = "p"', 'target_id = "t"'), of('sso_permission_set', 'managed_policies', [`[${READ}]`, `[${ADMIN}]`]), of('sso_permission_set', 'customer_managed_policy_references', ['[{ name = "a" }]', '[{ name = "b" }]']), of('sso_permission_set', 'permissions_boundary', [`{ managed_policy_arn = ${READ} }`, null]),
    of('lambda_permission', 'principal', ['"111122223333"', '"*"']), of('lambda_url', 'auth_type', ['"AWS_IAM"', '"NONE"']), of('s3_bucket', 'public_access_block_configuration', ['{ block_public_acls = true }', null]), of('apigateway_authorizer', 'provider_ar_ns', [ONE, TWO], 'type = "COGNITO_USER_POOLS"'), of('eks_access_entry', 'principal_arn', ['"a"', '"b"']),
    of('s3_bucket_policy', 'bucket', ['"a"', '"b"'], `policy_document = ${document('s3:*')}`), of('organizations_policy', 'target_ids', [TWO, ONE], 'type = "SERVICE_CONTROL_POLICY"', `content = ${document('s3:*', 'Deny')}`),
  ]), []);
});

test('a plan tells the same', async () => {
  const plan = (type, values) => ({ 'plan.json': { format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources: [{ address: `awscc_${type}.x`, mode: 'managed', type: `awscc_${type}`, name: 'x', values }] } } } });
  const of = (type, attribute, [before, after], more = {}, said = undefined) => [`${type}.${attribute}`, ...[before, after].map((value) => plan(type, { ...more, [attribute]: value })), 1, said];
  const [READS, ALL] = ['s3:GetObject', 's3:*'].map((Action) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }));
  const ARNS = [READ, ADMIN].map((arn) => [JSON.parse(arn)]);
  assert.deepEqual(await codes([
    of('iam_role_policy', 'policy_document', [READS, ALL], { role_name: 'r' }, /allows more/), of('iam_role', 'policies', [READS, ALL].map((policy_document) => [{ policy_name: 'x', policy_document }]), { role_name: 'r' }, /allows more/), of('iam_managed_policy', 'roles', [['a'], ['a', 'b']], { policy_document: ALL }, /cannot be told/),
    of('iam_role', 'managed_policy_arns', ARNS, { role_name: 'r' }), of('sso_permission_set', 'managed_policies', ARNS), of('iam_role', 'permissions_boundary', [ARNS[0][0], null], { managed_policy_arns: ARNS[1] }, /no permissions boundary/), of('iam_user', 'groups', [['a'], ['a', 'b']], { user_name: 'u' }), of('lambda_permission', 'principal', ['111122223333', '*']),
  ]), []);
});

test('what gives nobody more says nothing', async () => {
  assert.deepEqual(await codes([
    both('another label', (label) => block('iam_role', ['role_name = "r"', TRUST, `managed_policy_arns = [${ADMIN}]`], label), ['a', 'b'], 0), both('tags', (value) => role(`managed_policy_arns = [${ADMIN}]`, `tags = [{ key = "a", value = "${value}" }]`), ['1', '2'], 0),
    both('another order', (all) => role(`managed_policy_arns = [${all}]`), [`${READ}, ${ADMIN}`, `${ADMIN}, ${READ}`], 0), both('groups in another order', (all) => block('iam_user', [`groups = [${all}]`]), ['"a", "b"', '"b", "a"'], 0),
    both('a local', (all) => all, [role(`managed_policy_arns = [${ADMIN}]`), `locals {\n  all = [${ADMIN}]\n}\n${role('managed_policy_arns = local.all')}`], 0), both('a path', (path) => block('iam_user', ['groups = ["a"]', `path = "${path}"`]), ['/', '/x/'], 0),
  ]), []);
});

test('each type of the tables has a name of its own in the provider', () => {
  const types = [...new Set([...Object.keys(TEMPLATE), ...Object.keys(OF_TEMPLATE)])];
  assert.equal(new Set(types.map(controlled)).size, types.length);
  assert.deepEqual(['AWS::IAM::OIDCProvider', 'AWS::EC2::VPCEndpoint', 'AWS::S3::BucketPolicy', 'AWS::ApiGatewayV2::Route'].map(controlled), ['awscc_iam_oidc_provider', 'awscc_ec2_vpc_endpoint', 'awscc_s3_bucket_policy', 'awscc_apigatewayv2_route']);
});
