import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, userRequire } from './install.mjs';

const { applyFixes, catalogInfo, describeAction, listActions, listChecks, listConditionKeys, listServices, validatePolicy } = userRequire('postern');

test('every conformance case of the checks is answered as it says', () => {
  const lines = readFileSync(join(ROOT, 'tests/conformance/checks.jsonl'), 'utf8').trimEnd().split('\n');
  assert.ok(lines.length > 600, `${lines.length} cases`);
  for (const line of lines) {
    const { name, policy_type: policyType, resource_type: resourceType, document, expect, forbid } = JSON.parse(line);
    const options = { policyType, ...(resourceType === null ? {} : { validatePolicyResourceType: resourceType }) };
    const found = validatePolicy(document, options);
    for (const { code, type, path } of expect) {
      const is = ({ issueCode, findingType, locations }) => issueCode === code && findingType === type
        && (path === null || locations.some(({ pointer }) => pointer === path));
      assert.ok(found.some(is), `${name}: ${code} at ${path}`);
    }
    for (const code of forbid) assert.ok(!found.some(({ issueCode }) => issueCode === code), `${name}: ${code}`);
    for (const { span: { start, end } } of found.flatMap(({ locations }) => locations)) {
      assert.ok(start.offset <= end.offset && end.offset <= document.length, name);
      const before = document.slice(0, start.offset).split('\n');
      assert.deepEqual([start.line, start.column], [before.length, before.at(-1).length], name);
    }
  }
});

test('a finding shows its place in the text, and its fix mends it there', () => {
  const text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssmmessages:OpenDataChanel", "Resource": "*"}}';
  const [finding, ...more] = validatePolicy(text);
  assert.deepEqual(more, []);
  const { path, span, pointer } = finding.locations[0];
  assert.equal(finding.issueCode, 'INVALID_ACTION');
  assert.deepEqual(path, [{ value: 'Statement' }, { value: 'Action' }]);
  assert.equal(pointer, '/Statement/Action');
  assert.equal(text.slice(span.start.offset, span.end.offset), '"ssmmessages:OpenDataChanel"');
  assert.match(finding.findingDetails, /ssmmessages:OpenDataChanel/);
  const fixed = applyFixes(text, finding.fixes);
  assert.equal(fixed, text.replace('Chanel', 'Channel'));
  assert.deepEqual(validatePolicy(fixed), []);
});

test('the kind of identity policy decides its quota', () => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject',
    Resource: Array.from({ length: 60 }, (_, i) => `arn:aws:s3:::bucket-${i}/a/long/prefix/*`) }] });
  const codes = (identityPolicy) => validatePolicy(text, { identityPolicy }).map(({ issueCode }) => issueCode);
  assert.deepEqual(codes('INLINE_USER'), ['POSTERN_POLICY_SIZE_EXCEEDS_QUOTA']);
  assert.deepEqual(codes('MANAGED'), []);
  assert.deepEqual(codes(undefined), []);
});

test('the checks and the date of their data are told', () => {
  const checks = listChecks();
  const codes = checks.map(({ issueCode }) => issueCode);
  assert.deepEqual(codes, [...new Set(codes)].sort());
  assert.ok(checks.length > 150 && codes.includes('INVALID_ACTION'), `${checks.length}`);
  for (const { issueCode, policyTypes, learnMoreLink, why } of checks) {
    assert.ok(policyTypes.length > 0 && learnMoreLink.startsWith('https://') && why.endsWith('.'), issueCode);
  }
  const { date, services, actions } = catalogInfo();
  assert.match(date, /^20\d\d-\d\d-\d\d$/);
  assert.ok(services > 400 && actions > 20_000, `${services} ${actions}`);
});

test('the catalog tells what it knows of services, actions and keys', () => {
  assert.equal(listServices().length, catalogInfo().services);
  assert.equal(listActions('*').length, catalogInfo().actions);
  const { action, accessLevel, serviceName, resourceTypes, conditionKeys } = describeAction('SSM:startsession');
  assert.deepEqual([action, accessLevel, serviceName], ['ssm:StartSession', 'Write', 'AWS Systems Manager']);
  assert.ok(resourceTypes.some(({ name, arnFormats: [format] }) => name === 'instance' && format.endsWith(':instance/${InstanceId}')));
  const keys = listConditionKeys('ssm:StartSession').map(({ key }) => key);
  assert.ok(conditionKeys.every(({ key }) => keys.includes(key)) && keys.includes('aws:SourceIp'));
  assert.equal(describeAction('s3:GetObjekt'), null);
  assert.throws(() => listActions('no service'), { name: 'PosternError', code: 'INVALID_ARGUMENT', path: 'pattern' });
  assert.throws(() => describeAction(), { path: 'action' });
});
