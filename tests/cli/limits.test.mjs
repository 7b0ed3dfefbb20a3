// What keeps others from access and is not here: where it is gone, nobody can tell what is allowed now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy } from './run.mjs';

const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const TOPIC = block('aws_sns_topic', 't', { name: '"t"' });
const module = (...blocks) => ({ 'main.tf': TOPIC + blocks.join('') });
const template = (Resources = {}) => ({ 't.json': { Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Resources } } });
const DENY = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
const hcl = (value) => `jsonencode(${JSON.stringify(value).replaceAll('":', '"=')})`;

test('policies of an organization that stand elsewhere', async () => {
  const attached = (policy_id, target_id = '"ou-1"') => module(block('aws_organizations_policy_attachment', 'a', { policy_id, target_id }));
  const made = (type, more = '') => module(block('aws_organizations_policy', 'p', { name: '"p"', ...type === null ? {} : { type }, content: hcl(DENY) }), more);
  const ofTemplate = (more) => template({ P: { Type: 'AWS::Organizations::Policy', Properties: { Name: 'p', Type: 'SERVICE_CONTROL_POLICY', Content: DENY, TargetIds: ['ou-1'], ...more } } });
  const [SCP, TAG] = ['"SERVICE_CONTROL_POLICY"', '"TAG_POLICY"'];
  const here = block('aws_organizations_policy_attachment', 'a', { policy_id: 'aws_organizations_policy.p.id', target_id: '"ou-1"' });
  assert.deepEqual(await codes([
    ['detached', attached('"p-1"'), module(), 1, /what keeps others from access is there no more/], ['another one', attached('"p-1"'), attached('"p-2"'), 1], ['elsewhere', attached('"p-1"'), attached('"p-1"', '"ou-2"'), 1], ['of a variable', attached('var.p'), module(), 1], ['attached', module(), attached('"p-1"'), 0, /lost\? unknown/],
    ['the one that allows everything', attached('"p-FullAWSAccess"'), module(), 0], ['that one instead', attached('"p-1"'), attached('"p-FullAWSAccess"'), 1], ['another one for that', attached('"p-FullAWSAccess"'), attached('"p-1"'), 0],
    ['of another kind', made(SCP), made(TAG), 1, /what keeps others from access is not what it was/], ['of a kind that a variable says', made(SCP), made('var.kind'), 1], ['of the kind that it is by default', made(null), made(SCP), 0], ['of another kind that limits nothing', made(TAG), made('"BACKUP_POLICY"'), 1], ['a new one', module(), made(SCP), 0],
    ['of the module', made(SCP, here), made(SCP), 1, /Of 1 policy: .* 1 cannot be told/], ['of a template', ofTemplate({}), ofTemplate({ TargetIds: [] }), 1, /Of 1 policy: .* 1 cannot be told/], ['of another kind there', ofTemplate({}), ofTemplate({ Type: 'TAG_POLICY' }), 1], ['of a kind that a parameter says', ofTemplate({}), ofTemplate({ Type: { Ref: 'Kind' } }), 1, /what keeps others from access is not what it was/],
  ]), []);
});

test('groups whose policies stand elsewhere', async () => {
  const member = (groups, user = '"u"', ...more) => module(block('aws_iam_user_group_membership', 'm', { user, groups }), ...more);
  const group = block('aws_iam_group', 'g', { name: '"g"' });
  const user = block('aws_iam_user', 'u', { name: '"u"' });
  const addition = (...Users) => template({ G: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'g', Users } } });
  const ofUser = (...Groups) => template({ U: { Type: 'AWS::IAM::User', Properties: { Groups } } });
  assert.deepEqual(await codes([
    ['in none', member('["g"]'), module(), 1, /what policies it has stands elsewhere, and they may deny something/], ['in one less', member('["g", "h"]'), member('["h"]'), 1], ['in one that is here', member('[aws_iam_group.g.name]', '"u"', group), module(group), 0], ['in one that is here, by its name', member('["g"]', '"u"', group), module(group), 0],
    ['somebody who is gone', member('["g"]', 'aws_iam_user.u.name', user), module(), 0], ['of a template', addition('u', 'v'), addition('u'), 1], ['a user of a template', ofUser('g'), ofUser(), 1], ['one who is gone', ofUser('g'), template(), 0],
    ['no group', module(block('aws_ssoadmin_account_assignment', 'a', { permission_set_arn: '"p"', target_id: '"1"', principal_id: '"x"' })), module(), 0],
  ]), []);
});

test('what allows everything without a policy', async () => {
  const open = policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' });
  const endpoint = (more = {}) => block('aws_vpc_endpoint', 'e', { vpc_id: '"v"', service_name: '"com.amazonaws.eu-west-1.s3"', ...more });
  const apart = (id) => block('aws_vpc_endpoint_policy', 'p', { vpc_endpoint_id: id, policy: hcl(open) });
  const ofTemplate = (more) => template({ E: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: 'v', ...more } } });
  const opened = /gained\n {2}Without the policy, .* is allowed, for example/;
  assert.deepEqual(await codes([
    ['an endpoint', module(endpoint({ policy: hcl(open) })), module(endpoint()), 1, opened], ['by an ID', module(apart('"vpce-1"')), module(), 1, opened], ['of a template', ofTemplate({ PolicyDocument: open }), ofTemplate({}), 1, opened],
    ['one that has one now', ofTemplate({}), ofTemplate({ PolicyDocument: open }), 0, /lost\n/], ['one that is gone', module(endpoint(), apart('aws_vpc_endpoint.e.id')), module(), 0, /It is gone/], ['a new one', module(), module(endpoint(), apart('aws_vpc_endpoint.e.id')), 1, /allows more/], ['a bucket', template({ P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument: open } } }), template(), 0],
  ]), []);
});
