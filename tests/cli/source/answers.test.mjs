// Answers of the AWS CLI, whole and parts of them: each policy is found at its place in the file, as what it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as yaml from 'yaml';
import { extentOf, policiesIn } from './bundle.mjs';

const TYPO = 's3:GetObjekt';
const policy = (more) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more, Action: TYPO, Resource: '*' }] });
const OWN = policy({});
const RESOURCE = JSON.stringify(policy({ Principal: '*' }));
const TRUST = policy({ Principal: { Service: 'ec2.amazonaws.com' } });
const role = { Path: '/', RoleName: 'R', Arn: 'arn:aws:iam::111122223333:role/R', AssumeRolePolicyDocument: TRUST };
const detail = {
  ...role, InstanceProfileList: [{ InstanceProfileName: 'R', Roles: [role] }], RolePolicyList: [{ PolicyName: 'p', PolicyDocument: OWN }],
  AttachedManagedPolicies: [{ PolicyName: 'X', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
};
const version = (isDefault) => ({ Document: OWN, VersionId: 'v1', IsDefaultVersion: isDefault });
const managed = { PolicyName: 'M', Arn: 'arn:aws:iam::111122223333:policy/M', PolicyVersionList: [version(true), version(false)] };
const described = (Type, Content) => ({ PolicySummary: { Id: 'p-1', Name: 'S', Type }, Content });
const TRUSTED = 'AssumeRolePolicyDocument trust';

const CASES = [
  ['get-role', { Role: role }, ['Role.AssumeRolePolicyDocument trust']],
  ['the role of get-role', role, [TRUSTED]],
  ['list-roles', { Roles: [role, { ...role, RoleName: 'Q' }] }, ['Roles.R.AssumeRolePolicyDocument trust', 'Roles.Q.AssumeRolePolicyDocument trust']],
  ['the list of list-roles', [role], ['R.AssumeRolePolicyDocument trust']],
  ['a role of account details', detail, [TRUSTED, 'p identity']],
  ['a role percent-encoded', { ...role, AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(TRUST)) }, [TRUSTED], encodeURIComponent(TYPO)],
  ['the list of account details', [detail], ['R.AssumeRolePolicyDocument trust', 'R.p identity']],
  ['account details', { RoleDetailList: [detail], Policies: [managed] }, ['RoleDetailList.R.AssumeRolePolicyDocument trust', 'RoleDetailList.R.p identity', 'Policies.M identity']],
  ['a user of account details', { UserName: 'U', UserPolicyList: [{ PolicyName: 'p', PolicyDocument: OWN }] }, ['p identity']],
  ['the groups of account details', [{ GroupName: 'G', GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: OWN }] }], ['G.p identity']],
  ['the policies of a role', { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: OWN }] }, ['p identity']],
  ['the list of the policies of a role', [{ PolicyName: 'p', PolicyDocument: OWN }], ['p identity']],
  ['a managed policy of account details', managed, ['PolicyVersionList identity']],
  ['get-role-policy', { RoleName: 'R', PolicyName: 'p', PolicyDocument: OWN }, ['PolicyDocument identity']],
  ['an inline policy, percent-encoded', { InlinePolicy: encodeURIComponent(JSON.stringify(OWN)) }, ['InlinePolicy identity'], encodeURIComponent(TYPO)],
  ['get-role-policy, percent-encoded', { RoleName: 'R', PolicyName: 'p', PolicyDocument: encodeURIComponent(JSON.stringify(OWN)) }, ['PolicyDocument identity'], encodeURIComponent(TYPO)],
  ['get-user-policy', { UserName: 'U', PolicyName: 'p', PolicyDocument: OWN }, ['PolicyDocument identity']],
  ['get-group-policy', { GroupName: 'G', PolicyName: 'p', PolicyDocument: OWN }, ['PolicyDocument identity']],
  ['several of get-role-policy', [{ RoleName: 'R', PolicyName: 'p', PolicyDocument: OWN }, { RoleName: 'R', PolicyName: 'q', PolicyDocument: OWN }], ['p identity', 'q identity']],
  ['get-policy-version', { PolicyVersion: version(true) }, ['PolicyVersion.Document identity']],
  ['the version of get-policy-version', version(true), ['Document identity']],
  ['list-role-policies', { PolicyNames: ['p'] }, []],
  ['get-policy', { Policy: { PolicyName: 'M', DefaultVersionId: 'v1' } }, []],
  ['get-bucket-policy', { Policy: RESOURCE }, ['Policy resource']],
  ['get-bucket-policy, as an object', { Policy: JSON.parse(RESOURCE) }, ['Policy resource']],
  ['get-key-policy', { Policy: RESOURCE, PolicyName: 'default' }, ['Policy resource AWS::KMS::Key']],
  ['get-queue-attributes', { Attributes: { QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:q', Policy: RESOURCE } }, ['Attributes.Policy resource']],
  ['get-topic-attributes', { Attributes: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t', Policy: RESOURCE } }, ['Attributes.Policy resource']],
  ['get-repository-policy', { registryId: '111122223333', repositoryName: 'r', policyText: RESOURCE }, ['policyText resource']],
  ['secretsmanager get-resource-policy', { ARN: 'a', ResourcePolicy: RESOURCE }, ['ResourcePolicy resource AWS::SecretsManager::Secret']],
  ['glue get-resource-policies', { GetResourcePoliciesResponseList: [{ PolicyInJson: RESOURCE }] }, ['GetResourcePoliciesResponseList[0].PolicyInJson resource']],
  ['glue get-resource-policy', { PolicyInJson: RESOURCE }, ['PolicyInJson resource']],
  ['codeartifact', { policy: { revision: '1', document: RESOURCE } }, ['policy.document resource']],
  ['describe-resource-policies', { resourcePolicies: [{ policyName: 'p', policyDocument: RESOURCE }] }, ['resourcePolicies[0].policyDocument resource AWS::Logs::ResourcePolicy']],
  ['describe-vpc-endpoints', { VpcEndpoints: [{ VpcEndpointId: 'vpce-1', PolicyDocument: RESOURCE }] }, ['VpcEndpoints[0].PolicyDocument resource AWS::EC2::VPCEndpoint']],
  ['describe-domain', { DomainStatus: { AccessPolicies: RESOURCE } }, ['DomainStatus.AccessPolicies resource AWS::OpenSearchService::Domain']],
  ['get-rest-api', { id: 'x', policy: JSON.stringify(RESOURCE).slice(1, -1) }, ['policy resource']],
  ['get-rest-apis', { items: [{ id: 'x', policy: JSON.stringify(RESOURCE).slice(1, -1) }] }, ['items[0].policy resource']],
  ['ssm get-resource-policies', { Policies: [{ PolicyId: '1', Policy: RESOURCE }] }, ['Policies[0].Policy resource']],
  ['ram get-resource-policies', { policies: [RESOURCE] }, ['policies[0] resource']],
  ['get-inline-policy-for-permission-set', { InlinePolicy: JSON.stringify(OWN) }, ['InlinePolicy identity']],
  ['describe-policy', { Policy: described('SERVICE_CONTROL_POLICY', JSON.stringify(OWN)) }, ['Policy.Content scp']],
  ['the policy of describe-policy', described('RESOURCE_CONTROL_POLICY', RESOURCE), ['Content rcp']],
  ['describe-policy of another language', { Policy: described('TAG_POLICY', '{"tags": {"Statement": {}}}') }, []],
  ['describe-resource-policy', { ResourcePolicy: { ResourcePolicySummary: {}, Content: RESOURCE } }, ['ResourcePolicy.Content resource AWS::Organizations::ResourcePolicy']],
  ['objects of others, of which the text tells what they are', { policy: OWN, json: '{}' }, ['policy']],
  ['the same with a great letter', { Name: 'n', Policy: OWN }, ['Policy']],
  ['a string beside what AWS does not print', { name: 'x', policy: JSON.stringify(OWN) }, ['policy']],
  ['a string alone, which more than one answer has', { policy: JSON.stringify(OWN) }, ['policy']],
  ['the ID of something else', { id: 'x', policy: JSON.stringify(OWN) }, ['policy']],
  ['get-rest-api by its date', { id: 'x', createdDate: 1, policy: RESOURCE }, ['policy resource']],
  ['the name of another policy', { PolicyName: 'deploy', Policy: JSON.stringify(OWN) }, ['Policy']],
  ['lambda get-policy', { Policy: RESOURCE, RevisionId: '1' }, ['Policy resource']],
  ['efs describe-file-system-policy', { FileSystemId: 'fs-1', Policy: RESOURCE }, ['Policy resource']],
  ['a text of somebody', { owner: 'x', policyText: JSON.stringify(OWN) }, ['policyText']],
  ['get-registry-policy', { registryId: '111122223333', policyText: RESOURCE }, ['policyText resource']],
  ['attributes of something else', { name: 'x', Attributes: { Policy: JSON.stringify(OWN) } }, ['Attributes.Policy']],
  ['other attributes', { Attributes: { Color: 'red', Policy: JSON.stringify(OWN) } }, ['Attributes.Policy']],
  ['one attribute', { Attributes: { Policy: RESOURCE } }, ['Attributes.Policy resource']],
  ['a resource policy of something else', { Table: 'x', ResourcePolicy: JSON.stringify(OWN) }, ['ResourcePolicy']],
  ['a list of strings beside something else', { name: 'x', policies: [JSON.stringify(OWN)] }, ['policies[0]']],
  ['a list of them', { items: [{ policy: OWN }], policies: [OWN] }, ['items[0].policy', 'policies[0]']],
  ['something else with such keys, of which one has what clearly is a policy', { Content: 'x', Policy: { a: 1 }, Document: OWN, policies: [1, { Statement: 'x' }], items: {} }, ['Document']],
];

test('each policy in an answer is found, with what it is of and its places in the file', async () => {
  const wrong = [];
  for (const [name, answer, wanted, written = TYPO] of CASES) {
    for (const [format, text] of [['json', JSON.stringify(answer, null, 4)], ['yaml', yaml.stringify(JSON.parse(JSON.stringify(answer)), { lineWidth: 0 })]]) {
      const found = await policiesIn(text, `answer.${format}`);
      const told = found.map(({ name: own, kind, resourceType }) => [own, kind, resourceType].filter((one) => one !== null).join(' '));
      if (told.join() !== wanted.join()) wrong.push(`${name} as ${format}: ${told}`);
      for (const one of found) {
        const at = one.text.indexOf(TYPO);
        const { start, end } = extentOf(one, at, at + TYPO.length);
        if (text.slice(start, end) !== written) wrong.push(`${name} as ${format}: ${text.slice(start, end)}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});
