// Several answers of AWS in one text: none of them is lost, however they were put together.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { TRUST, TWICE, folder, policy, postern, statement } from './run.mjs';

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

test('what AWS printed into a folder and is not read is named and leaves the answer open', async () => {
  const files = {
    'names.json': { PolicyNames: ['allow', 'other'] }, 'names.yaml': 'PolicyNames:\n- allow\n- other\n', 'versions.json': { Versions: [{ VersionId: 'v1' }] }, 'kinds.json': { PolicyVersions: [{ VersionId: 'v1' }] },
    'empty.json': '', 'inline.txt': 'deny\tWeb\nPOLICYDOCUMENT\t2012-10-17\nSTATEMENT\t*\tDeny\n', 'text.json': 'deny\tWeb\nPOLICYDOCUMENT\t2012-10-17\n', 'cut.json': '{"AttachedPolicies": [', 'list.json': [{ PolicyName: 'x', RoleName: 'Web' }],
    'table': '---\n|      GetRolePolicy      |\n+---+\n||  PolicyName | deny ||\n',
  };
  const problems = [];
  for (const [name, content] of Object.entries(files)) {
    const { code, stdout, stderr } = await postern(['role', '.', '--wants', 'node.channel'], { cwd: folder({ 'allow.json': ALLOW, [name]: content }) });
    const isNamed = name.startsWith('names') ? /other may allow|other may deny|other/.test(stdout) : stderr.includes(`${name}: not looked at: `) && stdout.includes(name);
    if (code !== 1 || !/^unknown/m.test(stdout) || !isNamed) problems.push(`${name}: ${code}\n${stdout}${stderr}`);
  }
  const read = { 'deny': DENY, 'deny.txt': JSON.stringify(DENY), 'lines.jsonl': json(ALLOW, DENY), 'deny.out': stringify(DENY), 'attached.txt': 'ATTACHEDPOLICIES\tarn:aws:iam::aws:policy/AWSDenyAll\tAWSDenyAll\n' };
  for (const [name, content] of Object.entries(read)) {
    const { code, stdout, stderr } = await postern(['role', '.', '--wants', 'node.channel'], { cwd: folder({ 'allow.json': ALLOW, [name]: content }) });
    if (code !== 1 || !/^fails/m.test(stdout)) problems.push(`${name}: ${code}\n${stdout}${stderr}`);
  }
  const cwd = folder({
    'allow.json': ALLOW, 'names.json': { PolicyNames: ['allow'] }, 'README': 'AWSDenyAll is for all.\nPolicy: none\n', 'notes.txt': 'Role: see AWSDenyAll\n', 'package.json': { name: 'x', version: '1' }, 'tsconfig.json': '{\n  // comment\n  "a": 1,\n}\n',
    'picture': Buffer.from([0x89, 0x50, 0xff, 0xfe, 0]), 'values.yaml': '', 'broken.json': '{"a": ', 'Dockerfile': 'FROM x\n', 'data.json': [1, 2], 'k8s.yaml': 'kind: Role\nmetadata:\n  name: x\n',
  });
  const quiet = await postern(['role', '.', '--wants', 'node.channel'], { cwd });
  assert.deepEqual([quiet.code, /^works/m.test(quiet.stdout), quiet.stderr.replace(/^postern: (?:allow|names)\.json: .*\n/gm, '')], [0, true, ''], quiet.stdout);
  const named = await postern(['role', 'names.yaml'], { cwd: folder({ 'names.yaml': files['names.yaml'] }) });
  assert.deepEqual([named.code, named.stderr], [2, 'postern: names.yaml: These are the names of inline policies, without what is in them. Give what aws iam get-role-policy prints for each.\n']);
  assert.deepEqual(problems, []);
});

test('what stands beside the policies of a role is read as YAML too', async () => {
  const version = { PolicyVersion: { VersionId: 'v1', IsDefaultVersion: true, Document: DENIES } };
  const organization = { Policy: { PolicySummary: { Name: 'x', Type: 'SERVICE_CONTROL_POLICY' }, Content: JSON.stringify(DENIES) } };
  const cwd = folder({ 'allow.json': ALLOW, 'bare.yaml': stringify(DENIES), 'point.yaml': stringify(policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' })), 'version.yaml': stringify(version), 'scp.yaml': stringify(organization), 'trust.yaml': stringify(BOUND), 'other.yaml': stringify({ ...TRUST, Statement: [{ ...TRUST.Statement[0], Principal: { Service: 'lambda.amazonaws.com' } }] }) });
  const problems = [];
  for (const words of [['--boundary', 'version.yaml'], ['--boundary', 'bare.yaml'], ['--scp', 'scp.yaml'], ['--scp', 'bare.yaml'], ['--endpoint-policy', 'ssmmessages=point.yaml']]) {
    const { code, stdout, stderr } = await postern(['role', 'allow.json', '--wants', 'node.channel', ...words], { cwd });
    if (code !== 1 || !/^fails {3}node\.channel/m.test(stdout)) problems.push(`${words.join(' ')}: ${code} ${stdout}${stderr}`);
  }
  for (const [file, wanted] of [['trust.yaml', 'works'], ['other.yaml', 'fails']]) {
    const { stdout, stderr } = await postern(['role', 'allow.json', '--wants', 'trust.ec2', '--trust-policy', file], { cwd });
    if (!stdout.includes(`\n${wanted} `)) problems.push(`${file}: ${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('a policy is called by its file or by what get-policy printed, in files as in a pipe', async () => {
  const attached = { AttachedPolicies: [{ PolicyName: 'app', PolicyArn: 'arn:aws:iam::111122223333:policy/team/app' }], IsTruncated: false };
  const version = (Document, VersionId = 'v3') => ({ PolicyVersion: { VersionId, IsDefaultVersion: true, Document } });
  const of = (PolicyName, DefaultVersionId = 'v3') => ({ Policy: { PolicyName, Arn: `arn:aws:iam::111122223333:policy/team/${PolicyName}`, DefaultVersionId } });
  const problems = [];
  for (const [files, words, wanted] of [
    [{ 'app.json': version(ALLOWS) }, ['app.json'], 'works'], [{ 'd/app.json': ALLOWS }, ['d/app.json'], 'works'], [{ 'app.yaml': stringify(version(ALLOWS)) }, ['app.yaml'], 'works'], [{ 'app.json': version(DENIES) }, ['app.json'], 'fails'], [{ app: version(ALLOWS) }, ['app'], 'works'],
    [{ 'gp.json': of('app'), 'pv.json': version(ALLOWS) }, ['gp.json', 'pv.json'], 'works'], [{ 'gp.json': of('app'), 'pv.json': version(ALLOWS) }, ['pv.json', 'gp.json'], 'works'], [{ 'gp.json': of('app'), 'pv.json': version(ALLOWS, 'v2') }, ['gp.json', 'pv.json'], 'unknown'],
    [{ 'gp.yaml': stringify(of('app')), 'pv.yaml': stringify(version(ALLOWS)) }, ['gp.yaml', 'pv.yaml'], 'works'], [{ 'gp.json': of('other'), 'pv.json': version(ALLOWS) }, ['gp.json', 'pv.json'], 'unknown'],
  ]) {
    const cwd = folder({ 'attached.json': attached, ...files });
    for (const all of [['attached.json', ...words], ...words.length === 2 && words[0] < words[1] ? [['.']] : []]) {
      const { stdout, stderr } = await postern(['role', ...all, '--wants', 'node.channel', '--side', 'node', '--format', 'json'], { cwd });
      const result = stdout === '' ? null : JSON.parse(stdout).capabilities[0].result;
      const isOpen = /app may (?:allow|deny)|What app may deny/.test(stdout);
      if (wanted === 'unknown' ? !isOpen : result !== wanted || isOpen) problems.push(`${all.join(' ')}: ${result}, ${stderr}`);
    }
  }
  const cwd = folder({ 'role.json': BOUND, 'allow.json': ALLOW, 'AmazonS3ReadOnlyAccess.json': version(ALLOWS), 'own.json': { Role: { ...BOUND.Role, PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/limit' } } }, 'limit.json': version(DENIES) });
  assert.match((await postern(['role', 'own.json', 'allow.json', 'limit.json', '--wants', 'node.channel'], { cwd })).stdout, /^fails/m);
  assert.deepEqual(problems, []);
});

test('export and minimize find the only policy of a file as check does', async () => {
  const cwd = folder({ 'inline.json': ALLOW, 'version.json': { PolicyVersion: { VersionId: 'v1', Document: ALLOWS } }, 'bare.json': ALLOWS, 'inline.yaml': stringify(ALLOW), 'two.json': { RoleDetailList: [detail()] }, 'none.json': { a: 1 } });
  const problems = [];
  for (const words of [['export', '--format', 'aws-cli'], ['minimize']]) {
    const bare = await postern([words[0], 'bare.json', ...words.slice(1)], { cwd });
    assert.equal(bare.code, 0, bare.stderr);
    for (const file of ['inline.json', 'version.json', 'inline.yaml']) {
      const { code, stdout, stderr } = await postern([words[0], file, ...words.slice(1)], { cwd });
      if (code !== 0 || stdout.replace(/\s/g, '') !== bare.stdout.replace(/\s/g, '')) problems.push(`${words[0]} ${file}: ${stdout}${stderr}`);
    }
    const piped = await postern([words[0], '-', ...words.slice(1)], { cwd, input: JSON.stringify(ALLOW) });
    const two = await postern([words[0], 'two.json', ...words.slice(1)], { cwd });
    const none = await postern([words[0], 'none.json', ...words.slice(1)], { cwd });
    assert.deepEqual([piped.stdout.replace(/\s/g, ''), two.code, two.stderr.includes('two.json: it holds 2 policies: '), none.code], [bare.stdout.replace(/\s/g, ''), 2, true, 2], two.stderr + none.stderr);
  }
  assert.deepEqual(problems, []);
});

test('a key that stands twice in a template is told with its place, and what could not be mended is still found', async () => {
  const role = 'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies: []\n      Policies: []\n';
  for (const [name, text, place] of [['t.yaml', role, '6:7'], ['t.json', '{"Resources": {"R": {"Type": "AWS::IAM::Role"},\n "R": {"Type": "AWS::IAM::Role"}}}', '2:2'], ['merge.yaml', `B: &b {Type: x}\n${role.replace(/ {6}Policies: \[\]\n$/, '')}    <<: *b\n`, null]]) {
    const { code, stderr } = await postern(['check', name], { cwd: folder({ [name]: text }) });
    assert.deepEqual([code, stderr.includes(place === null ? `${name}: it holds no IAM policy.` : `${name}:${place}: The key "`)], [2, true], stderr);
  }
  const outside = folder({ 'twice.json': TWICE });
  const cwd = folder({ 'x/a.txt': '' });
  symlinkSync(join(outside, 'twice.json'), join(cwd, 'x/twice.json'));
  const found = await postern(['check', 'x', '--fix', '--format', 'json'], { cwd });
  const { files, summary } = JSON.parse(found.stdout);
  assert.deepEqual([found.code, summary.fixed, files[0].policies[0].findings.length], [2, 0, 1], found.stderr);
  const human = await postern(['check', 'x', '--fix'], { cwd });
  assert.deepEqual([human.code, /mended\./.test(human.stdout), /REDUNDANT/.test(human.stdout)], [2, false, true], human.stdout);
});
