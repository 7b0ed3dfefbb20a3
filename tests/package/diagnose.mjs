import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEY, golden, userRequire } from './install.mjs';

const { describePolicy, diagnoseRole, explainError, listCapabilities, listManagedPolicies } = userRequire('postern');
const guide = golden('custom-role-minimal-nokms');
const wants = [{ capability: 'node.channel' }, { capability: 'node.session-kms', kmsKeyArn: KEY }];
const results = (documents) => diagnoseRole({ documents, wants }).capabilities.map(({ result }) => result);
const policy = (statement) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

test('a role is told what is missing, and works with it', () => {
  const { capabilities, missing, blocked } = diagnoseRole({ documents: [guide], wants });
  assert.deepEqual(capabilities.map(({ result }) => result), ['works', 'fails']);
  assert.ok(capabilities[1].reasons.some(({ message }) => message.includes('kms:Decrypt')));
  assert.deepEqual(missing.policy.Statement.map(({ Effect, Action, Resource }) => [Effect, [Action].flat(), Resource]),
    [['Allow', ['kms:Decrypt'], KEY]]);
  assert.deepEqual(blocked, []);
  const repaired = diagnoseRole({ documents: [guide, missing.json], wants });
  assert.deepEqual(repaired.capabilities.map(({ result }) => result), ['works', 'works']);
  assert.equal(repaired.missing, null);
});

test('a denial cannot be repaired, and a condition on what is not known cannot be told', () => {
  const denied = diagnoseRole({ documents: [guide, policy({ Effect: 'Deny', Action: 'kms:*', Resource: '*' })], wants });
  assert.equal(denied.capabilities[1].result, 'fails');
  assert.equal(denied.blocked[0].path, 'documents[1]');
  const condition = { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };
  const [, depends] = diagnoseRole({
    documents: [guide, policy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: condition })], wants,
  }).capabilities;
  assert.equal(depends.result, 'unknown');
  assert.ok(depends.reasons.some(({ dependsOn }) => dependsOn.includes('aws:SourceVpce')));
});

test('what people paste is recognised, and what is not is said', () => {
  const output = { RoleName: 'Web', PolicyName: 'Sessions', PolicyDocument: JSON.parse(guide) };
  for (const pasted of [guide, output, JSON.stringify(output), encodeURIComponent(guide), JSON.parse(guide)]) {
    assert.deepEqual(results([pasted]), ['works', 'fails'], JSON.stringify(pasted).slice(0, 60));
  }
  assert.deepEqual(results(['AmazonSSMManagedInstanceCore']), ['works', 'fails']);
  const { recognised, capabilities } = diagnoseRole({ documents: ['hello'], wants });
  assert.deepEqual([recognised[0].kind, recognised[0].used], ['not-recognised', false]);
  assert.notEqual(capabilities[0].result, 'works');
  assert.throws(() => diagnoseRole({ documents: [], wants: [{ capability: 'node.chanel' }] }),
    { name: 'PosternError', path: 'input.wants[0].capability' });
});

test('answers of the SDK are taken as they come, and what is usual is asked for when nothing is wanted', () => {
  const trust = (Principal) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] });
  const answer = (Principal) => ({
    RoleDetailList: [{
      RoleName: 'Web', Arn: 'arn:aws:iam::111122223333:role/Web', CreateDate: new Date(0), RoleLastUsed: { LastUsedDate: new Date(1) }, AttachedManagedPolicies: [],
      AssumeRolePolicyDocument: encodeURIComponent(trust(Principal)), RolePolicyList: [{ PolicyName: 'Sessions', PolicyDocument: encodeURIComponent(guide) }],
    }],
  });
  for (const [side, principal] of [['node', { Service: 'ec2.amazonaws.com' }], ['operator', { AWS: 'arn:aws:iam::111122223333:root' }]]) {
    const { roleName, side: told, capabilities } = diagnoseRole({ documents: [answer(principal)] });
    assert.deepEqual([roleName, told], ['Web', side]);
    const usual = listCapabilities().filter((one) => one.isUsual && one.side === side).map(({ id }) => id);
    assert.deepEqual(capabilities.map(({ id }) => id), side === 'node' ? [...usual, 'trust.ec2'] : usual);
    assert.equal(capabilities[0].result, side === 'node' ? 'works' : 'fails');
  }
});

test('policies and errors are put in words', () => {
  assert.ok(describePolicy(guide).some((sentence) => /[.]$/.test(sentence)));
  const [explanation, ...more] = explainError('An error occurred (AccessDeniedException) when calling the StartSession '
    + 'operation: User: arn:aws:iam::111122223333:user/JohnDoe is not authorized to perform: ssm:StartSession on resource: '
    + 'arn:aws:ssm:us-east-2::document/AWS-StartSSHSession because no identity-based policy allows the ssm:StartSession action');
  assert.deepEqual(more, []);
  assert.deepEqual(explanation.permissions,
    [{ action: 'ssm:StartSession', resource: 'arn:aws:ssm:us-east-2::document/AWS-StartSSHSession' }]);
  assert.deepEqual(explainError('hello'), []);
  const ids = listCapabilities().map(({ id }) => id);
  assert.ok(ids.length > 60 && ids.includes('node.session-kms'), `${ids.length}`);
  assert.ok(listManagedPolicies().some(({ name }) => name === 'AmazonSSMManagedInstanceCore'));
});
