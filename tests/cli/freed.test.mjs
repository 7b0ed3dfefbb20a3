// What a change frees though the policy itself allows no more: what it denied, and what was bounded by it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, folder, policy, postern, statement } from './run.mjs';

const deny = (Action, more = {}) => ({ Effect: 'Deny', Action, Resource: '*', ...more });
const file = (...statements) => ({ 'a.json': policy(...statements) });
const of = (Resources) => ({ 't.json': { Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Resources } } });
const role = (...policies) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: policies.map((PolicyDocument, i) => ({ PolicyName: `p${i}`, PolicyDocument })) } });
const anybody = (one) => ({ ...one, Principal: '*' });
const bucket = (...statements) => of({ B: { Type: 'AWS::S3::Bucket' }, ...statements.length === 0 ? {} : { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'B' }, PolicyDocument: policy(...statements.map(anybody)) } } } });
const resource = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${typeof value === 'string' ? value : JSON.stringify(JSON.stringify(value))}\n`).join('')}}\n`;
const FREED = /gained\? unknown\n {2}Cannot tell, because it denies less: other policies of the same identity or resource may now allow, for example, iam:\w+ on /;

test('what a policy denies no more other policies may allow, so that it cannot be told', async () => {
  const role_ = (...mixed) => of({ R: role(policy(...mixed), policy(statement({ Action: 'iam:*', Resource: '*' }))) });
  const managed = (...statements) => of({ M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...statements) } } });
  assert.deepEqual(await codes([
    ['a Deny that is gone', file(statement(), deny('iam:*')), file(statement()), 1, FREED], ['one that is narrower', file(statement(), deny('iam:*')), file(statement(), deny('iam:*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })), 1, FREED],
    ['one that is new', file(statement()), file(statement(), deny('iam:*')), 0], ['one that is wider', file(statement(), deny('iam:Get*')), file(statement(), deny('iam:*')), 0],
    ['one that another covers', file(statement(), deny('iam:Get*'), deny('iam:*')), file(statement(), deny('iam:*')), 0], ['two that are one', file(statement(), deny('iam:*'), deny('s3:Put*')), file(statement(), deny(['iam:*', 's3:Put*'])), 0],
    ['of a role with another policy', role_(statement(), deny('iam:*')), role_(statement()), 1, FREED], ['of a bucket', bucket(statement(), deny('s3:Put*')), bucket(statement()), 1, /because it denies less: .* s3:Put/],
    ['of a role that is gone', of({ R: role(policy(statement(), deny('iam:*'))) }), of({}), 0], ['of a bucket that is gone', bucket(statement(), deny('s3:Put*')), of({}), 0],
    ['a file that is gone', { ...file(statement(), deny('iam:*')), 'b.json': TRUST }, { 'b.json': TRUST }, 1, FREED], ['a policy that is attached elsewhere', managed(statement(), deny('iam:*')), of({}), 1, FREED],
    ['of a trust policy', file({ ...TRUST.Statement[0] }, { Effect: 'Deny', Principal: '*', Action: 'sts:TagSession' }), file(TRUST.Statement[0]), 0],
    ['by less that it allows itself', file(statement({ Action: 'iam:Get*', Resource: '*' }), deny('iam:GetUser')), file(statement({ Action: 'iam:GetRole', Resource: '*' })), 1, FREED],
  ]), []);
  assert.deepEqual(await codes([['a Deny that is gone', file(statement(), deny('iam:*')), file(statement()), 0]], ['--allow-unknown']), []);
});

test('each format says what is denied no more', async () => {
  const cwd = folder({ 'old.json': policy(statement(), deny('iam:*')), 'new.json': policy(statement()) });
  const told = async (format) => (await postern(['diff', 'old.json', 'new.json', '--format', format], { cwd })).stdout;
  assert.match(await told('github'), /^::error file=new\.json,.*title=POSTERN_ACCESS_UNKNOWN::Cannot tell, because it denies less/);
  const { runs: [{ results: [{ ruleId, message }] }] } = JSON.parse(await told('sarif'));
  assert.match(`${ruleId} ${message.text}`, /^POSTERN_ACCESS_UNKNOWN Cannot tell, because it denies less/);
  const { policies: [{ relation, gained, notes }] } = JSON.parse(await told('json'));
  assert.deepEqual([relation, gained.result, notes], ['unknown', 'UNKNOWN', []]);
});

test('what is open without a policy is no less so where that is gone', async () => {
  const open = /gained\n {2}Without the policy, \S+ on \S+ for \S+ is allowed, for example; it did not allow that\.\n {2}note: It is gone, and is compared with a policy that allows everything, because without one /;
  const [some, all] = [policy(anybody(statement())), policy({ Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' })];
  const one = (Type, property, Document, more = {}) => of({ X: { Type, Properties: { ServiceName: 's', ...Document === null ? {} : { [property]: Document }, ...more } } });
  const endpoint = (Document) => one('AWS::EC2::VPCEndpoint', 'PolicyDocument', Document);
  const apart = (type, target, Document, more = '') => ({ 'main.tf': `${more}${Document === null ? '' : resource(type, 'p', { ...target, policy: Document })}` });
  const [vpce, efs, api, key] = [['aws_vpc_endpoint', 'vpc_endpoint_id'], ['aws_efs_file_system', 'file_system_id'], ['aws_api_gateway_rest_api', 'rest_api_id'], ['aws_kms_key', 'key_id']]
    .map(([type, target]) => (Document, isThere = true) => apart(`${type}_policy`, { [target]: `${type}.x.id` }, Document, isThere ? resource(type, 'x', {}) : ''));
  const inline = (Document) => ({ 'main.tf': resource('aws_vpc_endpoint', 'x', { service_name: '"s"', ...Document === null ? {} : { policy: Document } }) });
  const session = policy(statement());
  assert.deepEqual(await codes([
    ['an endpoint', endpoint(some), endpoint(null), 1, open], ['one that gets a policy', endpoint(null), endpoint(some), 0, /lost\n.* was allowed without the policy, which does not allow it\./], ['that allows all', endpoint(all), endpoint(null), 0], ['that is gone as well', endpoint(some), of({}), 0],
    ['a new endpoint', of({}), endpoint(some), 1, /compared with a policy that allows nothing/], ['of Terraform', inline(some), inline(null), 1, open], ['by a policy of its own', vpce(some), vpce(null), 1, open], ['both gone', vpce(some), vpce(null, false), 0], ['both new', vpce(null, false), vpce(some), 1, /allows nothing/],
    ['a policy of its own that is new', vpce(null), vpce(some), 0], ['of an endpoint that stands elsewhere', apart('aws_vpc_endpoint_policy', { vpc_endpoint_id: 'var.e' }, some), { 'main.tf': '' }, 1, open],
    ['one that is written apart', inline(some), vpce(some), 0, /^(?!.*(?:gained|lost))/s], ['and allows less', inline(all), vpce(some), 0, /lost\n {2}Statement 1 allowed/], ['and in it again', vpce(some), inline(all), 1, /gained\n {2}Statement 1 allows/],
    ['an endpoint that denies no more what it does not allow', endpoint(policy(anybody(statement()), anybody(deny('iam:*')))), endpoint(some), 0],
    ['a policy that is there in some cases', inline(some), { 'main.tf': inline(some)['main.tf'].replace(/policy = (.*)/, 'policy = var.p ? $1 : null') }, 1],
    ['a file system', one('AWS::EFS::FileSystem', 'FileSystemPolicy', some), one('AWS::EFS::FileSystem', 'FileSystemPolicy', null), 1, open], ['one of Terraform', efs(some), efs(null), 1, open],
    ['an API', one('AWS::ApiGateway::RestApi', 'Policy', some), one('AWS::ApiGateway::RestApi', 'Policy', null), 1, /gained\? unknown\n.*the methods of the API alone say who may call them/], ['one of Terraform', api(some), api(null), 1, /gained\? unknown/],
    ['a key', one('AWS::KMS::Key', 'KeyPolicy', some), one('AWS::KMS::Key', 'KeyPolicy', null), 1, /gained\? unknown/], ['one of Terraform', key(some), key(null), 1, /gained\? unknown/], ['a key that is gone', key(some), key(null, false), 0],
    ['a profile', one('AWS::RolesAnywhere::Profile', 'SessionPolicy', session), one('AWS::RolesAnywhere::Profile', 'SessionPolicy', null), 1, /a session may do all that its role may/],
    ['a user of Transfer', one('AWS::Transfer::User', 'Policy', JSON.stringify(session)), one('AWS::Transfer::User', 'Policy', null), 1, /a session may do all/], ['another policy of such', one('AWS::Transfer::User', 'Policy', JSON.stringify(session)), one('AWS::Transfer::User', 'Policy', JSON.stringify(policy(statement({ Action: 's3:*' })))), 1, /allows more/],
    ['of Terraform', apart('aws_transfer_user', {}, session), { 'main.tf': resource('aws_transfer_user', 'p', {}) }, 1, /a session may do all/], ['a user who gets one', { 'main.tf': resource('aws_transfer_user', 'p', {}) }, apart('aws_transfer_user', {}, session), 0],
    ['a bucket', bucket(statement()), bucket(), 0],
  ]), []);
});
