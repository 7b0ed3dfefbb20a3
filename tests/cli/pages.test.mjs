// The answers of one account to `get-account-authorization-details` in several files: its pages, or a file for each filter.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { CLI, TRUST, folder, policy, postern, statement } from './run.mjs';

const ARN = (account, name) => `arn:aws:iam::${account}:policy/${name}`;
const [ONE, OTHER] = ['111122223333', '444455556666'];
const attached = (PolicyArn) => ({ PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1), PolicyArn });
const role = (RoleName, arns, { account = ONE, ...more } = {}) => ({
  Path: '/', RoleName, RoleId: 'AROAEXAMPLE', Arn: `arn:aws:iam::${account}:role/${RoleName}`, CreateDate: '2026-01-01T00:00:00+00:00',
  AssumeRolePolicyDocument: TRUST, InstanceProfileList: [], RolePolicyList: [], AttachedManagedPolicies: arns.map(attached), Tags: [], RoleLastUsed: {}, ...more,
});
const NODE = ['ssm:UpdateInstanceInformation', 'ssmmessages:*'];
const managed = (Arn, Action, more = {}) => ({
  PolicyName: Arn.slice(Arn.lastIndexOf('/') + 1), PolicyId: 'ANPAEXAMPLE', Arn, Path: '/', DefaultVersionId: 'v1', AttachmentCount: 1,
  PolicyVersionList: [{ Document: policy(statement({ Action, Resource: '*' })), VersionId: 'v1', IsDefaultVersion: true }], ...more,
});
const answer = (roles, policies, more = {}) => ({ UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: policies, ...more });
const [OWN, AWS] = [ARN(ONE, 'Node'), 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'];
const rowsOf = (stdout) => Object.fromEntries(stdout.split('\n\n')[0].split('\n').slice(1).map((line) => line.split(/ +/)).map(([name, ...cells]) => [name, cells.join(' ')]));
const WANTS = ['--wants', 'shell', '--side', 'node'];

test('roles of one file have the managed policies of another: by pages, by filters, in any order, in a folder and on standard input', async () => {
  const [web, db, third] = [role('web', [OWN]), role('db', [AWS]), role('third', [])];
  const [own, aws] = [managed(OWN, NODE), managed(AWS, NODE)];
  const shapes = {
    pages: [answer([web, db], [], { IsTruncated: true, Marker: 'a' }), answer([third], [own, aws], { IsTruncated: false })],
    tokens: [answer([web], [], { NextToken: 'a' }), answer([db, third], [own], { NextToken: 'b' }), answer([], [aws])],
    filters: [answer([web, db, third], []), answer([], [own]), answer([], [aws])],
    again: [answer([web, db, third], [own]), answer([third, web], [own, aws])],
    parts: [[web, db], third, [own], [aws]],
  };
  const wanted = { web: 'yes yes', db: 'yes yes', third: 'no no' };
  const problems = [];
  for (const [shape, answers] of Object.entries(shapes)) {
    const cwd = folder(Object.fromEntries(answers.flatMap((one, i) => [[`all/${i}.json`, one], [`yaml/${i}.yaml`, stringify(one)]])));
    const names = answers.map((_, i) => `all/${i}.json`);
    const all = names.map((name) => readFileSync(join(cwd, name), 'utf8'));
    for (const [words, input] of [
      [names], [names.toReversed()], [['all']], [['-'], all.join('\n')],
      // Policies alone are not told from other YAML; of pages on standard input that have only a token the last one is the end.
      ...shape === 'parts' ? [] : [[['yaml']]], ...shape === 'tokens' ? [] : [[['-'], all.toReversed().join('')]], [['-', ...names.slice(1)], all[0]], [[...names.slice(1), '-'], all[0]],
    ]) {
      const { code, stdout, stderr } = await postern(['role', ...words, ...WANTS], { cwd, input });
      try {
        assert.deepEqual([code, rowsOf(stdout)], [1, wanted]);
        assert.doesNotMatch(stdout + stderr, /goes on|may deny/);
      } catch {
        problems.push(`${shape}, ${words.join(' ')}: ${stdout}${stderr}`);
      }
      const one = await postern(['role', ...words, '--role', 'web', ...WANTS, '--format', 'json'], { cwd, input });
      if (one.code !== 0 || JSON.parse(one.stdout).capabilities.some(({ result }) => result !== 'works')) problems.push(`${shape}, ${words.join(' ')}, web: ${one.stdout}${one.stderr}`);
    }
  }
  const cwd = folder({ 'one.json': answer([role('web', [OWN])], []), 'two.json': answer([], [managed(OWN, NODE)]) });
  const alone = await postern(['role', 'one.json', 'two.json', ...WANTS], { cwd });
  assert.match(alone.stdout, /^web: 1 policy, 1 statement\.\nworks .*\n.*\nworks /);
  const wrong = await postern(['role', 'one.json', 'two.json', '--role', 'wep', ...WANTS], { cwd });
  assert.deepEqual([wrong.code, wrong.stderr], [2, 'postern: There is no role "wep" in one.json and two.json. Did you mean web? There is web.\n']);
  const ann = { Path: '/', UserName: 'Ann', Arn: `arn:aws:iam::${ONE}:user/Ann`, UserPolicyList: [], GroupList: [], AttachedManagedPolicies: [attached(OWN)] };
  const people = folder({ 'all.json': { ...answer([role('web', [])], [managed(OWN, NODE)]), UserDetailList: [ann] }, 'users.json': { ...answer([], []), UserDetailList: [ann] }, 'roles.json': answer([role('web', [])], []), 'policies.json': answer([], [managed(OWN, NODE)]) });
  for (const words of [['all.json'], ['users.json', 'roles.json', 'policies.json']]) {
    const { stdout, stderr } = await postern(['role', ...words, '--role', 'Ann', ...WANTS], { cwd: people });
    if (!/^Ann: 1 policy, 1 statement\.\nworks /.test(stdout)) problems.push(`${words.join(' ')}: ${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('accounts stay apart: no role has the policy that is called the same in another account, and each ends its own list', async () => {
  const cwd = folder({
    'one.json': answer([role('web', [OWN]), role('db', [])], [managed(OWN, NODE)], { NextToken: 'a' }),
    'other.json': answer([role('web', [ARN(OTHER, 'Node')], { account: OTHER }), role('app', [ARN(OTHER, 'Lost')], { account: OTHER })], [managed(ARN(OTHER, 'Node'), 's3:GetObject')], { IsTruncated: false }),
    'lost.json': answer([], [managed(ARN(ONE, 'Lost'), NODE)]),
  });
  const { code, stdout, stderr } = await postern(['role', 'one.json', 'other.json', 'lost.json', ...WANTS], { cwd });
  assert.deepEqual([code, rowsOf(stdout)], [1, { [`arn:aws:iam::${ONE}:role/web`]: 'yes yes', db: 'no no', [`arn:aws:iam::${OTHER}:role/web`]: 'no no', app: '? ?' }], stderr);
  assert.doesNotMatch(stderr, /goes on/, 'lost.json ends the list of the first');
  const open = await postern(['role', 'one.json', 'other.json', ...WANTS], { cwd });
  assert.match(open.stderr, /^postern: one\.json is one page of a list that goes on /m);
  assert.doesNotMatch(open.stderr, /other\.json is one page/);
  const several = await postern(['role', 'one.json', 'other.json', '--role', 'web', ...WANTS], { cwd });
  assert.deepEqual([several.code, /^postern: "web" may be arn:.*1111.* or arn:.*4444.*by its ARN/.test(several.stderr)], [2, true], several.stderr);
  const meant = await postern(['role', 'one.json', 'other.json', '--role', `arn:aws:iam::${OTHER}:role/web`, ...WANTS], { cwd });
  assert.match(meant.stdout, /^web: 1 policy, 1 statement\.\nfails /);
});

test('answers of different times are refused, where they tell of a role or policy differently, and of a policy of AWS the newest counts', async () => {
  const cwd = folder({
    'now.json': answer([role('web', [OWN], { RoleLastUsed: { Region: 'eu-west-1' } }), role('db', [AWS])], [managed(OWN, NODE, { AttachmentCount: 2 })]),
    'role.json': answer([role('web', [])], []), 'policy.json': answer([], [managed(OWN, 's3:*')]), 'same.json': answer([role('web', [OWN])], [managed(OWN, NODE)]),
    'empty.json': answer([], [managed(OWN, NODE, { PolicyVersionList: [] })]),
    'old.json': answer([], [managed(AWS, 's3:*', { DefaultVersionId: 'v9' })]), 'new.json': answer([], [managed(AWS, NODE, { DefaultVersionId: 'v10' })]),
  });
  const problems = [];
  for (const [files, wanted] of [
    ['now.json role.json', /^postern: arn:aws:iam::111122223333:role\/web is not the same in now\.json and in role\.json\. /],
    ['role.json now.json', /^postern: arn:aws:iam::111122223333:role\/web is not the same in role\.json and in now\.json\. /],
    ['now.json policy.json', /^postern: arn:aws:iam::111122223333:policy\/Node is not the same in now\.json and in policy\.json\. /],
    ['now.json same.json empty.json old.json new.json', null], ['new.json old.json empty.json now.json same.json', null],
  ]) {
    const { code, stdout, stderr } = await postern(['role', ...files.split(' '), ...WANTS], { cwd });
    if (wanted !== null ? code !== 2 || !wanted.test(stderr) : code !== 0 || JSON.stringify(rowsOf(stdout)) !== '{"web":"yes yes","db":"yes yes"}') problems.push(`${files}: ${code} ${stdout}${stderr}`);
  }
  const lists = (...arns) => answer([role('web', arns)], [managed(OWN, NODE)]);
  const again = folder({ 'one.json': lists(OWN, AWS), 'turned.json': lists(AWS, OWN) });
  for (const name of ['web', 'one.json:web', 'turned.json:web']) {
    const { code, stdout, stderr } = await postern(['role', 'one.json', 'turned.json', '--role', name, ...WANTS], { cwd: again });
    if (code !== 0 || !stdout.startsWith('web: 2 policies')) problems.push(`${name}: ${code} ${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
  const broken = folder({ 'one.json': answer([role('web', [OWN])], []), 'cut.json': JSON.stringify(answer([role('db', [])], [])).slice(0, -9) });
  const cut = await postern(['role', 'cut.json', 'one.json', ...WANTS], { cwd: broken });
  assert.deepEqual([cut.code, /^postern: cut\.json: the account details end too soon\./.test(cut.stderr)], [2, true], cut.stderr);
});

test('files with 10,000 roles in all are read in less than 200 MB', () => {
  const many = (from, to) => Array.from({ length: to - from }, (_, i) => role(`role-${from + i}`, [ARN(ONE, `p-${(from + i) % 500}`)], { Description: 'x'.repeat(1500), RolePolicyList: [{ PolicyName: 'own', PolicyDocument: policy(statement()) }] }));
  const files = Object.fromEntries([0, 1, 2, 3].map((i) => [`${i}.json`, answer(many(i * 2500, (i + 1) * 2500), [])]));
  const cwd = folder({ ...files, 'policies.json': answer([], Array.from({ length: 500 }, (_, i) => managed(ARN(ONE, `p-${i}`), i % 2 === 0 ? NODE : 's3:GetObject'))) });
  const script = `process.on('exit', () => process.stderr.write('\\nkilobytes ' + process.resourceUsage().maxRSS)); require(${JSON.stringify(CLI)});`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, '--', CLI, 'role', '0.json', '1.json', '2.json', '3.json', 'policies.json', ...WANTS], { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  assert.match(stderr, /10000 roles; node\.heartbeat: 5000, node\.channel: 5000\./);
  const megabytes = Number(/kilobytes (\d+)/.exec(stderr)?.[1]) / 1024;
  assert.ok(megabytes < 200, `${megabytes} MB`);
  assert.match(stdout, /^role-9999 +no +no$/m);
});
