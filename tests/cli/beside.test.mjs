// Several answers of AWS in one text: none of them is lost, however they were put together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { TRUST, folder, policy, postern, statement } from './run.mjs';

const aws = (name) => ({ PolicyName: name, PolicyArn: `arn:aws:iam::aws:policy/${name}` });
const inline = (PolicyName, PolicyDocument, RoleName = 'Web') => ({ RoleName, PolicyName, PolicyDocument });
const ALLOWS = policy(statement({ Action: ['ssm:*', 'ssmmessages:*'], Resource: '*' }));
const DENIES = policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' }));
const ALLOW = inline('allow', ALLOWS);
const DENY = inline('deny', DENIES);
const BOUND = { Role: { Path: '/', RoleName: 'Web', RoleId: 'AROA1', Arn: 'arn:aws:iam::111122223333:role/Web', AssumeRolePolicyDocument: TRUST, PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' } } };
const DENY_ALL = { AttachedPolicies: [aws('AWSDenyAll')], IsTruncated: false };
const detail = (more = {}) => ({ Path: '/', RoleName: 'Web', RoleId: 'AROA1', Arn: 'arn:aws:iam::111122223333:role/Web', AssumeRolePolicyDocument: TRUST, InstanceProfileList: [], RolePolicyList: [{ PolicyName: 'allow', PolicyDocument: ALLOWS }], AttachedManagedPolicies: [], Tags: [], RoleLastUsed: {}, ...more });
const details = (...RoleDetailList) => ({ UserDetailList: [], GroupDetailList: [], RoleDetailList, Policies: [], IsTruncated: false });
const yaml = (...all) => all.map((one) => stringify(one)).join('');
const sorted = (...all) => all.map((one) => stringify(one, { sortMapEntries: true })).join('');
const json = (...all) => all.map((one) => JSON.stringify(one)).join('\n');

/** What of these texts does not come to the result, as a file and on standard input. */
async function wrong(texts, wanted, words = []) {
  const cwd = folder(Object.fromEntries(texts.map(([name, text]) => [name, text])));
  const problems = [];
  for (const [name, text] of texts) {
    for (const file of [name, '-']) {
      const { code, stdout, stderr } = await postern(['role', file, '--wants', 'node.channel', '--side', 'node', '--format', 'json', ...words], { cwd, input: file === '-' ? text : '' });
      const result = code === 2 ? stderr : JSON.parse(stdout).capabilities?.[0]?.result;
      if (result !== wanted) problems.push(`${name} as ${file}: ${result}\n${stdout.slice(0, 300)}${stderr}`);
    }
  }
  return problems;
}

test('answers in YAML after one another are all read, whatever stands first', async () => {
  assert.deepEqual(await wrong([
    ['deny-first.yaml', sorted(DENY, ALLOW)], ['deny-last.yaml', sorted(ALLOW, DENY)], ['as-printed.yaml', yaml(DENY, ALLOW)],
    ['boundary.yaml', sorted(BOUND, ALLOW)], ['boundary-last.yaml', sorted(ALLOW, BOUND)], ['attached.yaml', sorted(ALLOW, DENY_ALL)], ['attached-first.yaml', sorted(DENY_ALL, ALLOW, BOUND)],
    ['policy.yaml', sorted(ALLOW, DENIES)], ['crlf.yaml', sorted(DENY, ALLOW).replaceAll('\n', '\r\n')], ['mark.yaml', `\ufeff${sorted(DENY, ALLOW)}`],
    ['pages.yaml', sorted(details(detail({ RoleName: 'Other', Arn: 'arn:aws:iam::111122223333:role/Other' })), details(detail({ AttachedManagedPolicies: [aws('AWSDenyAll')] })))],
    ['details.yaml', sorted(details(detail()), DENY)], ['one-detail.yaml', sorted(DENY, detail())],
    ['list.yaml', stringify([DENY, ALLOW])], ['three.yaml', sorted(ALLOW, inline('more', policy(statement())), DENY)],
  ], 'fails', ['--role', 'Web']), []);
  assert.deepEqual(await wrong([['both.yaml', sorted(inline('more', policy(statement())), ALLOW)], ['other.yaml', sorted(inline('deny', DENIES, 'Other'), detail())]], 'works', ['--role', 'Web']), []);
  const checked = await postern(['check', '-', '--stdin-filename', 'a.yaml', '--format', 'json'], { input: sorted(inline('bad', policy(statement({ Action: 's3:GetObjekt' }))), ALLOW) });
  assert.match(checked.stdout, /INVALID_ACTION/);
});

test('one object that holds several answers is read as each of them', async () => {
  const add = (...all) => JSON.stringify(Object.assign({}, ...all));
  const inOrder = (...all) => JSON.stringify(Object.fromEntries(Object.entries(Object.assign({}, ...all)).sort()));
  assert.deepEqual(await wrong([
    ['attached.json', add(ALLOW, DENY_ALL)], ['boundary.json', add(BOUND, ALLOW)], ['all.json', add(BOUND, ALLOW, DENY_ALL)], ['sorted.json', inOrder(BOUND, ALLOW, DENY_ALL)],
    ['version.json', add(ALLOW, { PolicyVersion: { VersionId: 'v1', IsDefaultVersion: true, Document: DENIES } })], ['document.json', add(ALLOW, DENIES)],
    ['list.json', JSON.stringify([{ ...ALLOW, ...DENY_ALL }])], ['lines.json', json({ ...BOUND, ...ALLOW }, ALLOW)], ['details.json', add(details(detail()), DENY)], ['after-details.json', json(details(detail()), DENY)],
    ['before-details.json', json(DENY, details(detail()))], ['after-one.json', json(detail(), DENY)], ['before-one.json', json(DENY, detail())],
    ['added.yaml', stringify({ ...BOUND, ...ALLOW })],
  ], 'fails', ['--role', 'Web']), []);
  assert.deepEqual(await wrong([['names.json', add(ALLOW, { PolicyNames: ['allow', 'other'] })]], 'unknown'), []);
});

test('each document of YAML is read as if it were a file of its own', async () => {
  const template = stringify({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Web', AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: 'p', PolicyDocument: DENIES }] } } } });
  assert.deepEqual(await wrong([
    ['answers.yaml', [BOUND, ALLOW].map((one) => stringify(one)).join('---\n')], ['policy.yaml', `---\n${stringify(BOUND)}---\n${stringify(ALLOWS)}`], ['deny.yaml', `${stringify(ALLOW)}---\n${stringify(DENIES)}`],
    ['template.yaml', `${stringify(ALLOW)}---\n${template}`], ['template-first.yaml', `${template}---\n${stringify(ALLOW)}...\n`],
  ], 'fails'), []);
  assert.deepEqual(await wrong([['policies.yaml', `# of the node\n---\n${stringify(BOUND).replace('AmazonS3ReadOnlyAccess', 'PowerUserAccess')}---\n# and\n---\n${stringify(ALLOWS)}---\n`]], 'works'), []);
});
