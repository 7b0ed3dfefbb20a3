// What `postern diff` makes of a name that stands in the files as before and is that of somebody else, or of a module elsewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const of = (kind) => (type, name, body) => `${kind} "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const [block, data] = [of('resource'), of('data')];
const DOCUMENT = `jsonencode(${JSON.stringify(policy(statement())).replaceAll('":', '"=')})`;
const managed = block('aws_iam_policy', 'p', { name: '"p"', policy: DOCUMENT });
const attach = (role = 'aws_iam_role.r.name') => block('aws_iam_role_policy_attachment', 'a', { role, policy_arn: 'aws_iam_policy.p.arn' });
const inline = (role = 'aws_iam_role.r.name') => block('aws_iam_role_policy', 'i', { role, policy: DOCUMENT });
const role = (name, more = {}) => block('aws_iam_role', 'r', { name: `"${name}"`, ...more });

test('somebody whom a data source looks up is somebody else where it looks up another one', async () => {
  const by = (text, name, type = 'aws_iam_role', attribute = 'name') => ({ 'main.tf': text, 'data.tf': data(type, 'r', { [attribute]: `"${name}"` }) });
  const same = (text, type, attribute) => [by(text, 'a', type, attribute), by(text, 'b', type, attribute), 1, /gained\?|allows more/];
  const user = block('aws_iam_user_policy_attachment', 'a', { user: 'data.aws_iam_user.r.user_name', policy_arn: 'aws_iam_policy.p.arn' });
  assert.deepEqual(await codes([
    ['a role', ...same(managed + attach('data.aws_iam_role.r.name'))], ['by its ID', ...same(managed + attach('data.aws_iam_role.r.id'))], ['a policy of its own', ...same(inline('data.aws_iam_role.r.name'))],
    ['in a list', ...same(managed + block('aws_iam_policy_attachment', 'a', { name: '"x"', roles: '[data.aws_iam_role.r.name]', policy_arn: 'aws_iam_policy.p.arn' }))],
    ['a user', ...same(managed + user, 'aws_iam_user', 'user_name')], ['a bucket', ...same(block('aws_s3_bucket_policy', 'p', { bucket: 'data.aws_s3_bucket.r.id', policy: `jsonencode(${JSON.stringify(policy(statement({ Principal: '*' }))).replaceAll('":', '"=')})` }), 'aws_s3_bucket', 'bucket')],
    ['the same role', by(managed + attach('data.aws_iam_role.r.name'), 'a'), by(managed + attach('data.aws_iam_role.r.name'), 'a'), 0],
    ['a role that is called otherwise', { 'main.tf': role('a') + managed + attach() }, { 'main.tf': role('b') + managed + attach() }, 0],
    ['no role of that name that is made here', { 'main.tf': role('x') + managed + attach('data.aws_iam_role.r.name'), 'data.tf': data('aws_iam_role', 'r', { name: '"a"' }) }, { 'main.tf': managed + attach('data.aws_iam_role.r.name'), 'data.tf': data('aws_iam_role', 'r', { name: '"a"' }) }, 0],
  ]), []);
});

test('a file that went to another module is followed where all that it refers to is the same there', async () => {
  const roles = { 'dev/role.tf': role('dev'), 'prod/role.tf': role('prod') };
  const moved = (text, others = {}) => [{ ...others, 'dev/p.tf': text }, { ...others, 'prod/p.tf': text }];
  const gains = /prod\/p\.tf .*: allows more/;
  const lost = async (cases) => codes(cases, ['--fail-on', 'lost']);
  assert.deepEqual(await codes([
    ['a policy of another role', ...moved(managed + attach(), roles), 1, gains], ['one of its own', ...moved(inline(), roles), 1, gains], ['of roles of the same name', ...moved(inline(), { 'dev/role.tf': role('r'), 'prod/role.tf': role('r') }), 1, gains],
    ['with the role', ...moved(role('r') + inline() + managed + attach()), 0], ['with the role, in its own file', { 'dev/role.tf': role('r'), 'dev/x.tf': '', 'dev/p.tf': inline() }, { 'prod/role.tf': role('r'), 'dev/x.tf': '', 'prod/p.tf': inline() }, 0],
    ['of a role by its name', ...moved(inline('"web"'), roles), 0], ['of a role that is looked up', ...moved(inline('data.aws_iam_role.r.name'), { 'dev/d.tf': data('aws_iam_role', 'r', { name: '"a"' }), 'prod/d.tf': data('aws_iam_role', 'r', { name: '"b"' }) }), 1],
    ['a role without its boundary', { 'dev/x.tf': '', 'dev/p.tf': role('r', { permissions_boundary: '"arn:aws:iam::111122223333:policy/B"' }) + inline() }, { 'dev/x.tf': '', 'prod/p.tf': role('r') + inline() }, 1],
    ['the whole module', { 'dev/role.tf': role('r'), 'dev/p.tf': inline() }, { 'prod/role.tf': role('r'), 'prod/p.tf': inline() }, 0],
  ]), []);
  assert.deepEqual(await lost([['a policy of another role', ...moved(inline(), roles), 1, /dev\/p\.tf .*: allows less/], ['with the role', ...moved(role('r') + inline()), 0]]), []);
});

test('what a module from elsewhere is given may make another one of it', async () => {
  const call = (source, more = '', name = 'm') => ({ 'main.tf': `module "${name}" {\n  source = "${source}"\n${more}}\n` });
  const [far, near] = ['terraform-aws-modules/iam/aws//modules/iam-assumable-role', '../mod'];
  const told = /Cannot tell, because what it makes stands elsewhere, and it has another source or version, or is given something else\./;
  const given = (source, before, after, wanted = 1) => [call(source, `  ${before}\n`), call(source, `  ${after}\n`), wanted, ...wanted === 1 ? [told] : []];
  const arn = (name) => `"arn:aws:iam::aws:policy/${name}"`;
  assert.deepEqual(await codes([
    ['an argument', ...given(far, 'trusted_role_arns = ["a"]', 'trusted_role_arns = ["a", "b"]')], ['a switch', ...given(far, 'create_admin = false', 'create_admin = true')], ['a switch that is false now', ...given(far, 'name = "a"', 'name = "a"\n  is_public = false')], ['what has nothing to do with access', ...given(far, 'cidr = "10.0.0.0/16"', 'cidr = "10.1.0.0/16"\n  enable_nat_gateway = true', 0)], ['an access list', ...given(far, 'acl = "private"', 'acl = "public-read"')], ['who is asked who he is', ...given(far, 'authorization_type = "AWS_IAM"', 'authorization_type = "NONE"')], ['what may be done', ...given(far, 'actions = ["a"]', 'actions = ["b"]')], ['whether it reads only', ...given(far, 'read_only = true', 'read_only = false')],
    ['what has nothing to do with access either', ...given(far, 'memory_size = 128\n  oracle_version = "19"\n  write_capacity = 5', 'memory_size = 256\n  oracle_version = "21"\n  write_capacity = 10', 0)], ['deeper', ...given(far, 'teams = { a = { size = 1 } }', 'teams = { a = { size = 1, policy = "x" } }')],
    ['of a module that is not given', ...given(near, 'roles = ["a"]', 'roles = ["b"]')], ['by a variable', { 'main.tf': call(near, '  roles = var.x\n')['main.tf'], 'v.tf': 'variable "x" {\n  default = "a"\n}\n' }, { 'main.tf': call(near, '  roles = var.x\n')['main.tf'], 'v.tf': 'variable "x" {\n  default = "b"\n}\n' }, 1, told],
    ['a new call', { 'main.tf': '' }, call(near), 1, /was not there before/], ['one less', call(near), { 'main.tf': '' }, 0], ['the same', ...given(near, 'a = "b"', '  a   = "b" # why', 0)],
    ['tags', ...given(far, 'tags = { a = "b" }', 'tags = { a = "c" }', 0)], ['fewer policies, which are compared', ...given(far, `create_role = true\n  custom_role_policy_arns = [${arn('AmazonSSMManagedInstanceCore')}, ${arn('CloudWatchAgentServerPolicy')}]`, `create_role = true\n  custom_role_policy_arns = [${arn('AmazonSSMManagedInstanceCore')}]`, 0)],
    ['of a module that is given', { ...call('./mod', '  a = "b"\n'), 'mod/main.tf': 'variable "a" {}\n' }, { ...call('./mod', '  a = "c"\n'), 'mod/main.tf': 'variable "a" {}\n' }, 0],
  ]), []);
});

test('another account or Region of a provider is for others', async () => {
  const provider = (more) => `provider "aws" {\n${more}}\n`;
  const by = (more, text = inline('"web"')) => ({ 'main.tf': text, 'provider.tf': provider(more) });
  const child = (more) => ({ 'main.tf': `module "m" {\n  source = "./m"\n}\n${provider(more)}`, 'm/main.tf': inline('"web"') });
  const named = (more) => ({ 'main.tf': `module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.b\n  }\n}\n${provider(`  alias = "b"\n${more}`)}`, 'm/main.tf': inline('"web"') });
  const [a, b] = ['a', 'b'].map((one) => `  profile = "${one}"\n`);
  const assumed = (one) => `  assume_role {\n    role_arn = "arn:aws:iam::11112222333${one}:role/r"\n  }\n`;
  assert.deepEqual(await codes([
    ['a profile', by(a), by(b), 1, /gained\?/], ['a role that is assumed', by(assumed(1)), by(assumed(2)), 1], ['a Region', by('  region = "eu-west-1"\n'), by('  region = "us-east-1"\n'), 1], ['that of a module', child(a), child(b), 1], ['one that a module is given', named(a), named(b), 1],
    ['the same', by(a), by(`${a}  max_retries = 3\n`), 0], ['that of a module, the same', child(a), child(`${a}  max_retries = 3\n`), 0], ['another provider', by(`${a}}\nprovider "aws" {\n  alias = "b"\n${a}`), by(`${a}}\nprovider "aws" {\n  alias = "b"\n${b}`), 0],
  ]), []);
});

test('another role of whatever runs, and what stands in a stack, cannot be told', async () => {
  const file = (type, body) => ({ 'main.tf': body === null ? '' : block(type, 'x', body) });
  const role_ = /it has another role now/;
  const roles = (type, attribute, wrap = (one) => one) => [file(type, { name: '"n"', [attribute]: wrap('"arn:aws:iam::111122223333:role/a"') }), file(type, { name: '"n"', [attribute]: wrap('"arn:aws:iam::111122223333:role/b"') }), 1, role_];
  const nested = (name, role) => ({ 'main.tf': `resource "aws_scheduler_schedule" "s" {\n  ${name} {\n    role_arn = "${role}"\n  }\n}\n` });
  const template = (type, Properties) => ({ 'a.json': { Resources: { X: { Type: type, Properties } } } });
  const stack = (Type, more = '') => ({ 'main.tf': block('aws_cloudformation_stack', 's', { name: '"s"', template_body: `jsonencode({ Resources = { X = { Type = "${Type}"${more} } } })` }) });
  const set = (Type) => template('AWS::CloudFormation::StackSet', { StackSetName: 's', TemplateBody: JSON.stringify({ Resources: { X: { Type } } }) });
  assert.deepEqual(await codes([
    ...['aws_transfer_user role', 'awscc_ec2_instance iam_instance_profile', 'aws_iot_role_alias role_arn', 'aws_ssm_maintenance_window_task service_role_arn', 'aws_imagebuilder_infrastructure_configuration instance_profile_name', 'aws_pipes_pipe role_arn', 'aws_lambda_function role', 'aws_codebuild_project service_role', 'aws_redshift_cluster iam_roles'].map((one) => [one, ...roles(...one.split(' '))]),
    ['of a block', nested('target', 'a'), nested('target', 'b'), 1, role_], ['a tag', nested('tags', 'a'), nested('tags', 'b'), 0], ['a new one', file('', null), file('aws_pipes_pipe', { role_arn: '"a"' }), 0],
    ['a role that is called otherwise', { 'main.tf': role('a') + block('aws_pipes_pipe', 'x', { role_arn: 'aws_iam_role.r.arn' }) }, { 'main.tf': role('b') + block('aws_pipes_pipe', 'x', { role_arn: 'aws_iam_role.r.arn' }) }, 0],
    ['of a template', template('AWS::Pipes::Pipe', { RoleArn: 'a' }), template('AWS::Pipes::Pipe', { RoleArn: 'b' }), 1, role_], ['a variable of that name', template('AWS::Lambda::Function', { Role: 'a', Environment: { Variables: { RoleArn: 'a' } } }), template('AWS::Lambda::Function', { Role: 'a', Environment: { Variables: { RoleArn: 'b' } } }), 0],
    ['a credential', file('', null), file('aws_iam_service_specific_credential', { user_name: '"u"', service_name: '"codecommit.amazonaws.com"' }), 1], ['a key', file('', null), file('aws_iam_user_ssh_key', { username: '"u"', public_key: '"k"', encoding: '"SSH"' }), 1], ['a provider of SAML', file('', null), file('aws_iam_saml_provider', { name: '"a"', saml_metadata_document: 'file("a.xml")' }), 1],
    ['a provider of SAML that stands there', file('', null), file('aws_iam_saml_provider', { name: '"a"', saml_metadata_document: '"<a/>"' }), 1], ['data', file('', null), file('aws_redshift_data_share_authorization', { consumer_identifier: '"111122223333"' }), 1], ['an endpoint', file('', null), file('aws_opensearch_authorize_vpc_endpoint_access', { account: '"111122223333"' }), 1],
    ['a stack', stack('AWS::SNS::Topic'), stack('AWS::IAM::Role'), 1], ['a topic in a stack', stack('AWS::SNS::Topic'), stack('AWS::SNS::Topic', ', Condition = "C"'), 0], ['a set of stacks', set('AWS::SNS::Topic'), set('AWS::IAM::Role'), 1], ['the same set', set('AWS::IAM::Role'), set('AWS::IAM::Role'), 0],
  ]), []);
});
