// The shapes in which people save what the AWS CLI prints of roles: whole, one role, a list, a page, YAML; and how --role
// names one of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { TRUST, folder, policy, postern, statement } from './run.mjs';

const CORE = { PolicyName: 'AmazonSSMManagedInstanceCore', PolicyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' };
const OWN = { PolicyName: 'Own', PolicyArn: 'arn:aws:iam::111122223333:policy/Own' };
const HEARTBEAT = { PolicyName: 'heartbeat', PolicyDocument: policy(statement({ Action: 'ssm:UpdateInstanceInformation', Resource: '*' })) };
const detail = (RoleName, more = {}) => ({
  Path: '/team/', RoleName, RoleId: 'AROAEXAMPLE', Arn: `arn:aws:iam::111122223333:role/team/${RoleName}`, CreateDate: '2026-01-01T00:00:00+00:00',
  AssumeRolePolicyDocument: TRUST, InstanceProfileList: [{ InstanceProfileName: RoleName, Roles: [{ RoleName }] }], RolePolicyList: [HEARTBEAT],
  AttachedManagedPolicies: [CORE, OWN], Tags: [], RoleLastUsed: {}, ...more,
});
const details = (...roles) => ({ UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [] });

test('one role or a list of roles out of account details has the policies that it has in the whole, as JSON and as YAML', async () => {
  const one = detail('App');
  const sorted = Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  const shapes = { whole: details(one), one, list: [one], sorted };
  const files = Object.fromEntries(Object.entries(shapes).flatMap(([name, shape]) => [
    [`${name}.json`, name === 'sorted' ? `\ufeff${JSON.stringify(shape)}` : shape], [name === 'list' ? 'list.txt' : `${name}.yaml`, stringify(shape)],
  ]));
  const cwd = folder({ ...files, 'trust.json': TRUST });
  const problems = [];
  for (const name of Object.keys(files)) {
    for (const words of [[name], [name, '--role', 'App'], [name, 'trust.json']]) {
      const { stdout, stderr } = await postern(['role', ...words, '--wants', 'shell,s3'], { cwd });
      if (!/^App: 2 policies, 4 statements\.\nworks {3}node\.heartbeat:.*\n.*heartbeat, statement 1 allows.*\nworks {3}node\.channel: .*\n.*AmazonSSMManagedInstanceCore, /.test(stdout)
        || !/^unknown node\.s3-logs: .*\n +Own may allow/m.test(stdout)) problems.push(`${words.join(' ')}: ${stdout}${stderr}`);
    }
    const { stdout, stderr } = await postern(['role', '-', '--wants', 'shell'], { cwd, input: typeof files[name] === 'string' ? files[name] : JSON.stringify(files[name]) });
    if (!stdout.startsWith('App: 2 policies, 4 statements.')) problems.push(`${name} on standard input: ${stdout}${stderr}`);
  }
  const table = await postern(['role', '-', '--wants', 'shell'], { input: JSON.stringify([one, detail('Bare', { RolePolicyList: [], AttachedManagedPolicies: [] })]) });
  assert.match(table.stdout, /^App +yes +yes\nBare +no +no$/m);
  const user = { Path: '/', UserName: 'Ann', Arn: 'arn:aws:iam::111122223333:user/Ann', UserPolicyList: [HEARTBEAT], GroupList: [], AttachedManagedPolicies: [CORE] };
  assert.match((await postern(['role', '-', '--wants', 'shell', '--side', 'node'], { input: JSON.stringify(user) })).stdout, /^Ann: 2 policies/);
  const inline = await postern(['role', '-', '--wants', 'heartbeat', '--side', 'node'], { input: stringify({ RoleName: 'App', ...HEARTBEAT }) });
  assert.match(inline.stdout, /^works {3}node\.heartbeat/m, `${inline.stderr}`);
  const broken = await postern(['role', '-'], { input: 'RoleDetailList:\n- RoleName: [\n' });
  assert.deepEqual([broken.code, /^postern: .*not YAML/.test(broken.stderr)], [2, true], broken.stderr);
  assert.deepEqual(problems, []);
});

test('a page of a list that goes on is said to be one, unless the last page is there too', async () => {
  const one = detail('App');
  const open = { ...details(one), IsTruncated: true, Marker: 'abc' };
  const attached = { AttachedPolicies: [CORE], IsTruncated: true, Marker: 'abc' };
  const cwd = folder({
    'open.json': open, 'last.json': { ...details(detail('B')), IsTruncated: false }, 'token.json': { ...details(one), NextToken: 'abc' }, 'whole.json': details(one),
    'attached.json': attached, 'more.json': { ...attached, IsTruncated: false, Marker: undefined }, 'trust.json': TRUST, 'open.yaml': stringify(open), 'first.json': { IsTruncated: true, Marker: 'abc', ...details(one) },
  });
  const problems = [];
  for (const [words, isSaid] of [
    [['open.json'], true], [['token.json'], true], [['open.yaml'], true], [['first.json'], true], [['open.json', 'trust.json'], true], [['attached.json'], true], [['attached.json', 'trust.json'], true],
    [['whole.json'], false], [['last.json'], false], [['open.json', 'last.json', '--role', 'App'], false], [['attached.json', 'more.json'], false],
  ]) {
    const { stdout, stderr } = await postern(['role', ...words, '--wants', 'shell', '--format', 'json'], { cwd });
    const { assumptions } = JSON.parse(stdout);
    const said = [/^postern: \S+ is one page of a list that goes on /m.test(stderr), assumptions.some((line) => /is one page of a list that goes on/.test(line))];
    if (said.some((is) => is !== isSaid)) problems.push(`${words.join(' ')}: ${stderr}${assumptions.join('\n')}`);
  }
  const pages = async (...all) => (await postern(['role', '-', '--wants', 'shell', '--format', 'json'], { input: all.map((page) => JSON.stringify(page)).join('') }));
  assert.doesNotMatch((await pages(open, { ...details(detail('B')), IsTruncated: false })).stdout, /goes on/);
  assert.doesNotMatch((await pages({ ...details(one), NextToken: 'abc' }, details(detail('B')))).stdout, /goes on/);
  const table = await pages(open, { ...details(detail('B')), IsTruncated: true });
  assert.equal(table.stdout.match(/goes on/g)?.length, 2, 'each line of the table has it');
  assert.equal(table.stderr.match(/goes on/g)?.length, 1);
  assert.deepEqual(problems, []);
});

test('--role takes a name, a path and an ARN; one that is not there is told with the nearest and ten of the others', async () => {
  const names = ['App', ...Array.from({ length: 12 }, (_, i) => `Role${i}`)];
  const cwd = folder({
    'account.json': details(...names.map((name) => detail(name))),
    'main.tf': 'resource "aws_iam_role" "web" {\n  name = "Web"\n  managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]\n}\n',
  });
  const problems = [];
  for (const [file, word, wanted] of [
    ['account.json', 'App', /^App: 2 policies/], ['account.json', 'team/App', /^App: 2 policies/], ['account.json', '/team/App', /^App: 2 policies/],
    ['account.json', 'arn:aws:iam::111122223333:role/team/App', /^App: 2 policies/], ['account.json', 'arn:aws:sts::111122223333:assumed-role/App/i-1', /^App: 2 policies/],
    ['account.json', 'app', /^postern: There is no role "app" in account\.json\. Did you mean App\? There are App, Role0, .*, Role8 and 3 more\.\n$/],
    ['account.json', 'Apq', /no role "Apq" in account\.json\. Did you mean App\?/], ['account.json', 'other/App', /no role "other\/App" .* Did you mean App\?/],
    ['account.json', 'arn:aws:iam::444455556666:role/team/App', /no role "arn:aws:iam::444455556666:role\/team\/App"/],
    ['main.tf', 'arn:aws:iam::111122223333:role/team/Web', /^Web: /], ['main.tf', 'team/Web', /^Web: /], ['main.tf', 'aws_iam_role.web', /^aws_iam_role\.web: /],
    ['main.tf', 'WEB', /^postern: There is no role "WEB" in main\.tf\. Did you mean Web\? There is Web\.\n$/],
  ]) {
    const { stdout, stderr } = await postern(['role', file, '--role', word], { cwd });
    if (!wanted.test(stdout === '' ? stderr : stdout)) problems.push(`${word}: ${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('roles that follow one another, a line for each or in several answers, are read; what is no JSON is told with its file and line', async () => {
  const one = (RoleName, Action) => ({ Path: '/', RoleName, Arn: `arn:aws:iam::111122223333:role/${RoleName}`, RolePolicyList: [{ PolicyName: 'a"}{\\', PolicyDocument: policy(statement({ Action, Resource: '*' })) }], AttachedManagedPolicies: [] });
  const [app, web] = [one('App', ['ssm:*', 'ssmmessages:*']), one('Web', 's3:GetObject')];
  const lines = (...all) => all.map((value) => `${JSON.stringify(value)}\n`).join('');
  const cwd = folder({
    'lines.jsonl': lines(app, web), 'bom.jsonl': `\ufeff${lines(app, web)}`, 'pretty.json': `${JSON.stringify(app, null, 2)}\n${JSON.stringify(web, null, 2)}`, 'lists.json': lines([app], [web]),
    'mixed.json': lines(app, { RoleDetailList: [web], Policies: [] }), 'none.json': { AttachedPolicies: [] }, 'broken.jsonl': `${lines(app, web)}{"RoleName" 1}\n`, 'cut.jsonl': lines(app, web).slice(0, -9),
  });
  const problems = [];
  for (const name of ['lines.jsonl', 'bom.jsonl', 'pretty.json', 'lists.json', 'mixed.json']) {
    for (const [words, input] of [[[name]], [['-'], readFileSync(join(cwd, name))], [[name, 'none.json']]]) {
      if (words.length < 2) {
        const { stdout, stderr } = await postern(['role', ...words, '--wants', 'node.channel', '--side', 'node'], { cwd, input });
        if (!/^App +(?:yes +)+yes$/m.test(stdout) && !/^App +yes$/m.test(stdout) || !/^Web +no/m.test(stdout)) problems.push(`${words} of ${name}: ${stdout}${stderr}`);
      } else if (name === 'mixed.json') continue;
      for (const [role, wanted] of [['App', 'works'], ['Web', 'fails']]) {
        const { stdout, stderr } = await postern(['role', ...words, '--role', role, '--wants', 'node.channel', '--side', 'node'], { cwd, input });
        if (!new RegExp(`^${role}: 1 policy, 1 statement\\.[^]*^${wanted} +node\\.channel`, 'm').test(stdout)) problems.push(`${words} of ${name}, ${role}: ${stdout}${stderr}`);
      }
    }
  }
  assert.deepEqual(problems, []);
  const broken = await postern(['role', 'broken.jsonl'], { cwd });
  assert.deepEqual([broken.code, /^postern: broken\.jsonl:3: the account details are no JSON from here on\. Save /.test(broken.stderr)], [2, true], broken.stderr);
  const cut = await postern(['role', 'cut.jsonl'], { cwd });
  assert.deepEqual([cut.code, /^postern: cut\.jsonl: the account details end too soon\./.test(cut.stderr)], [2, true], cut.stderr);
});
