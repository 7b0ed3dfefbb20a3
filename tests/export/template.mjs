// What a template of CloudFormation must say of a case, whichever tool wrote it.
import assert from 'node:assert/strict';
import { same } from './cases.mjs';

/** For each attachment: the type, the property with the document, and other properties with the fields of the target. */
const RESOURCES = {
  role: ['AWS::IAM::RolePolicy', 'PolicyDocument', { RoleName: 'roleName', PolicyName: 'policyName' }],
  user: ['AWS::IAM::UserPolicy', 'PolicyDocument', { UserName: 'userName', PolicyName: 'policyName' }],
  group: ['AWS::IAM::GroupPolicy', 'PolicyDocument', { GroupName: 'groupName', PolicyName: 'policyName' }],
  'managed-policy': ['AWS::IAM::ManagedPolicy', 'PolicyDocument', { ManagedPolicyName: 'policyName' }],
  key: ['AWS::KMS::Key', 'KeyPolicy', {}],
  bucket: ['AWS::S3::BucketPolicy', 'PolicyDocument', { Bucket: 'bucketName' }],
  trust: ['AWS::IAM::Role', 'AssumeRolePolicyDocument', { RoleName: 'roleName' }],
  endpoint: ['AWS::EC2::VPCEndpoint', 'PolicyDocument', { VpcId: null }],
  preferences: ['AWS::SSM::Document', 'Content', { Name: 'documentName' }],
  'session-document': ['AWS::SSM::Document', 'Content', { Name: 'documentName' }],
  'service-control-policy': ['AWS::Organizations::Policy', 'Content', { Name: 'policyName' }],
};
const DEFAULTS = { policyName: 'SessionManagerPermissions' };
const ASKED = { bucketName: 'BucketName', roleName: 'RoleName', userName: 'UserName', groupName: 'GroupName', documentName: 'DocumentName' };

/** Whether a template holds what was exported. */
export function holds(template, { target, policy }) {
  const [type, property, names] = RESOURCES[target.attachTo ?? 'role'];
  const resources = Object.values(template.Resources);
  const { Properties } = resources.find((resource) => resource.Type === type);
  same(Properties[property], policy);
  for (const [name, field] of Object.entries(names)) {
    let wanted = field === null ? { Ref: name } : target[field] ?? DEFAULTS[field] ?? { Ref: ASKED[field] };
    if (target.attachTo === 'preferences') wanted = target[field] ?? 'SSM-SessionManagerRunShell';
    assert.deepEqual(Properties[name], wanted, name);
  }
  refersToWhatIsThere(template);
}

/** Whether each reference leads to a parameter or a resource, and each parameter is used. */
export function refersToWhatIsThere(template) {
  const parameters = Object.keys(template.Parameters ?? {});
  const text = JSON.stringify(template.Resources);
  const used = new Set([...text.matchAll(/\{"Ref":"(\w+)"\}|\{"Fn::GetAtt":\["(\w+)",/g)].map(([, ref, attribute]) => ref ?? attribute));
  for (const name of used) assert.ok(parameters.includes(name) || name in template.Resources, name);
  for (const name of parameters) assert.ok(used.has(name), `the parameter ${name} is not used`);
}

/** Whether the policies of a set-up are those of the builders. */
export function holdsBuilders(template, builders) {
  for (const [label, policy] of Object.entries(builders)) {
    const { Properties } = template.Resources[label];
    const [, found] = Object.entries(Properties).find(([name]) => /^(Policy|AssumeRolePolicy)Document$|^KeyPolicy$/.test(name));
    same(JSON.parse(JSON.stringify(found).replaceAll('{"Fn::GetAtt":["SessionKey","Arn"]}', '"key-name"')), policy);
  }
  refersToWhatIsThere(template);
}
