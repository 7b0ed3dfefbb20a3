import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, userRequire } from './install.mjs';

const { PosternError, catalogInfo, checkAccessNotGranted, checkNoPublicAccess, compareAccess, evaluate, minimizePolicy } = userRequire('postern');

const cases = readFileSync(join(ROOT, 'tests/conformance/access.jsonl'), 'utf8').trimEnd().split('\n').map(JSON.parse);
const s3 = (Action, Resource = '*') => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

test('every conformance case of the comparisons is answered as it says', () => {
  const answered = (check, expect, truth, name) => {
    assert.ok(expect === 'UNKNOWN-OK' ? ['UNKNOWN', truth].includes(check.result) : check.result === expect,
      `${name}: ${check.result}, not ${expect} ${truth ?? ''}`);
    for (const { message } of [check, ...check.reasons.map(({ description }) => ({ message: description }))]) {
      assert.match(message, /^[A-Z].*[.]$/s, name);
    }
  };
  for (const one of cases) {
    const options = { policyType: one.policyType, ...(one.requests && { requests: one.requests }) };
    if (one.check === 'no-new-access') {
      const { gained, lost } = compareAccess(one.existing, one.proposed, options);
      answered(gained, one.expect, one.truth, one.name);
      if (one.lost) answered(lost, one.lost, one.lostTruth, one.name);
    } else if (one.check === 'access-not-granted') {
      answered(checkAccessNotGranted(one.policy, one.access, options), one.expect, one.truth, one.name);
    } else {
      answered(checkNoPublicAccess(one.policy, one.resourceType), one.expect, one.truth, one.name);
    }
  }
});

test('what is gained comes with a request that evaluate confirms, and a sentence', () => {
  const [existing, proposed] = [s3('s3:GetObject', 'arn:aws:s3:::reports/*'), s3(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::reports/*')];
  const { relation, gained } = compareAccess(existing, proposed);
  assert.equal(relation, 'wider');
  const [{ witness, description, isKnown, pointer }] = gained.reasons;
  const asked = [proposed, existing].map((document) => evaluate({ policies: { identity: [{ name: 'p', document }] }, request: witness }));
  assert.deepEqual(asked.map(({ decision }) => decision), ['allowed', 'implicit_deny']);
  assert.equal(description, 'Statement 1 allows, for example, s3:PutObject on arn:aws:s3:::reports/example; before, no statement allowed it.');
  assert.deepEqual([isKnown, pointer], [true, '/Statement/0']);
});

test('an action that nobody knows is told beside the answer, and spelled as the policy has it', () => {
  const asked = (...actions) => checkAccessNotGranted(s3('s3:GetObject'), [{ actions }]);
  const { result, assumptions } = asked('s3:GetObjekt', 's3:PutObject', 'ssm:Sta*', '*');
  assert.equal(result, 'FAIL');
  assert.equal(assumptions.length, 1);
  assert.match(assumptions[0], /^s3:GetObjekt is no action that AWS lists, as of \d{4}-\d\d-\d\d\. If it is misspelt, what was meant is not looked at\.$/);
  assert.deepEqual(asked('s3:PutObject').assumptions, []);
  const { gained: { reasons: [{ witness, description }] } } = compareAccess(s3('s3:GetObject'), s3(['s3:GetObject', 'MyService:Do*']));
  assert.match(witness.action, /^MyService:Do/);
  assert.ok(description.includes(`allows, for example, ${witness.action} on`), description);
});

test('arguments may come together in one object', () => {
  const [existing, proposed] = [s3('s3:Get*'), s3('s3:*')];
  assert.deepEqual(compareAccess({ existing, proposed, requests: 'known' }), compareAccess(existing, proposed, { requests: 'known' }));
  const access = [{ actions: ['s3:PutObject'] }];
  assert.deepEqual(checkAccessNotGranted({ policy: proposed, access }), checkAccessNotGranted(proposed, access));
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] };
  const resourceType = 'AWS::S3::Bucket';
  assert.deepEqual(checkNoPublicAccess({ policy, resourceType }), checkNoPublicAccess(policy, resourceType));
});

test('a policy is made smaller and allows the same', () => {
  const policy = s3(['s3:GetObject', 's3:Get*', 's3:PutObject'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::*']);
  const small = minimizePolicy(policy);
  assert.deepEqual(small.policy, s3(['s3:Get*', 's3:PutObject'], 'arn:aws:s3:::*'));
  assert.ok(small.characters < small.charactersBefore);
  assert.equal(compareAccess(policy, small.policy).relation, 'equal');
  assert.deepEqual(small.assumptions, []);
  const gets = s3(['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectAttributes', 's3:GetObjectVersionAttributes', 's3:GetObjectVersionAcl',
    's3:GetObjectVersionTagging', 's3:GetObjectLegalHold', 's3:GetObjectRetention', 's3:GetObjectTorrent', 's3:GetObjectVersionTorrent', 's3:GetObjectVersionForReplication']);
  const { assumptions: [today] } = minimizePolicy(gets, { wildcards: true });
  assert.match(today, new RegExp(`of all actions that AWS lists as of ${catalogInfo().date}; of those that AWS adds later they may match more\\.$`));
});

test('a wrong argument is named by its place', () => {
  const good = s3('s3:*');
  for (const [call, path] of [
    [() => compareAccess(good, s3(1)), 'proposed.Statement[0].Action'],
    [() => compareAccess([good, '{'], good), 'existing[1]'],
    [() => compareAccess(good, good, { policyType: 'TRUST_POLICY' }), 'options.policyType'],
    [() => compareAccess(good, good, { requests: 'some' }), 'options.requests'],
    [() => compareAccess(good, good, { request: 'any' }), 'options.request'],
    [() => checkAccessNotGranted(good, []), 'access'],
    [() => checkAccessNotGranted(good, [{}]), 'access[0]'],
    [() => checkAccessNotGranted(good, [{ actions: ['s3:*', 's3'] }]), 'access[0].actions[1]'],
    [() => checkAccessNotGranted(good, [{ resources: ['bucket'] }]), 'access[0].resources[0]'],
    [() => checkNoPublicAccess(good, 'AWS::S3::Buckets'), 'resourceType'],
    [() => minimizePolicy('[]'), 'policy'],
  ]) {
    assert.throws(call, (error) => error instanceof PosternError && error.path === path, path);
  }
});
