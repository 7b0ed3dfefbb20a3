import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { CLEAN, CLI, KEY, ROOT, TRUST, folder, policy, postern, statement } from './run.mjs';

const { diagnoseRole, listCapabilities } = createRequire(import.meta.url)(join(ROOT, 'dist/node.cjs'));
const CHANNEL = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*' }));

test('what works, what fails and why; exit code 1 when something that is wanted fails', async () => {
  const cwd = folder({ 'role.json': CHANNEL });
  const wanted = await postern(['role', 'role.json', '--wants', 'shell,kms', '--kms-key-arn', KEY], { cwd });
  assert.equal(wanted.code, 1);
  assert.match(wanted.stdout, /^These policies: 1 policy, 1 statement\.\nworks {3}node\.heartbeat: .*\n {8}.*allows.*\nworks {3}node\.channel: .*\n {8}.*allows.*\nfails {3}node\.session-kms: .*\n {8}No statement allows kms:Decrypt/);
  assert.equal((await postern(['role', 'role.json', '--wants', 'shell'], { cwd })).code, 0);
  assert.equal((await postern(['role', 'role.json'], { cwd })).code, 0, 'nothing was wanted');
  const json = JSON.parse((await postern(['role', 'role.json', '--wants', 'node.channel', '--format', 'json'], { cwd })).stdout);
  assert.deepEqual(json, diagnoseRole({ documents: [{ name: 'role.json', text: JSON.stringify(CHANNEL, null, 4) }], wants: [{ capability: 'node.channel' }] }));
});

test('without --wants it asks what the package asks without wants', async () => {
  const cwd = folder({ 'role.json': CHANNEL });
  for (const side of ['node', 'operator']) {
    const { capabilities } = JSON.parse((await postern(['role', 'role.json', '--side', side, '--format', 'json'], { cwd })).stdout);
    assert.deepEqual(capabilities.map(({ id }) => id).sort(), listCapabilities().filter((one) => one.isUsual && one.side === side).map(({ id }) => id).sort());
  }
});

test('a use of a node needs the heartbeat too; an empty list is refused; what cannot be read around the role is not taken for absent', async () => {
  const cwd = folder({ 'silent.json': policy(statement({ Action: 'ssmmessages:*', Resource: '*' })), 'role.json': CHANNEL, 'bad.json': 'not json' });
  const silent = await postern(['role', 'silent.json', '--wants', 'shell'], { cwd });
  assert.equal(silent.code, 1);
  assert.match(silent.stdout, /^fails {3}node\.heartbeat/m);
  assert.equal((await postern(['role', 'silent.json', '--wants', 'node.channel'], { cwd })).code, 0);
  const none = await postern(['role', 'role.json', '--wants', ' ,'], { cwd });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /^postern: --wants is empty\. It takes shell, [^\n]+\n$/);
  for (const flag of [['--scp', 'bad.json'], ['--boundary', 'bad.json'], ['--endpoint-policy', 'ssmmessages=bad.json']]) {
    const { code, stdout } = await postern(['role', 'role.json', '--wants', 'shell', ...flag], { cwd });
    assert.equal(code, 1, flag.join(' '));
    assert.match(stdout, /^unknown node\.channel/m);
  }
  const people = await postern(['role', 'role.json', '--side', 'operator', '--wants', 'shell', '--endpoint-policy', 'ssm=bad.json'], { cwd });
  assert.match(people.stderr, /--endpoint-policy is not looked at: people do not call/);
});

test('the Region and the account decide what asks for them, also where no resource has them', async () => {
  const asks = (key, value) => policy(statement({ Action: ['ssmmessages:*', 'ssm:*'], Resource: '*', Condition: { StringEquals: { [key]: value } } }));
  const cwd = folder({ 'region.json': asks('aws:RequestedRegion', 'eu-west-1'), 'account.json': asks('aws:PrincipalAccount', '111122223333') });
  for (const [file, given, code] of [
    ['region.json', ['--region', 'eu-west-1'], 0], ['region.json', ['--region', 'us-east-1'], 1],
    ['account.json', ['--account-id', '111122223333'], 0], ['account.json', ['--account-id', '444455556666'], 1],
  ]) {
    const { stdout, stderr, code: found } = await postern(['role', file, '--wants', 'node.channel', ...given], { cwd });
    assert.match(stdout, code === 0 ? /^works {3}node\.channel/m : /^fails {3}node\.channel/m, given.join(' '));
    assert.doesNotMatch(stderr, /is not known without/);
    assert.equal(found, code);
  }
  for (const [file, hint] of [['region.json', 'aws:RequestedRegion is not known without --region.'], ['account.json', 'aws:PrincipalAccount is not known without --account-id.']]) {
    const { stderr } = await postern(['role', file, '--wants', 'node.channel'], { cwd });
    assert.ok(stderr.includes(hint), stderr);
  }
});

test('a value that is asked for is called as its flag', async () => {
  const cwd = folder({ 'role.json': policy(statement({ Action: 'kms:Decrypt', Resource: KEY })) });
  const { stdout } = await postern(['role', 'role.json', '--wants', 'node.session-kms'], { cwd });
  assert.match(stdout, /It depends on values that were not given\. Give the Region \(--region\) and the key \(--kms-key-arn\)\./);
  assert.doesNotMatch(stdout, /\(kmsKeyArn\)|\(region\)/);
});

test('what is wanted and cannot be told is not taken to work, unless that is allowed', async () => {
  const open = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } } }));
  const cwd = folder({ 'role.json': open });
  const run = (...words) => postern(['role', 'role.json', ...words], { cwd });
  const wanted = await run('--wants', 'shell');
  assert.equal(wanted.code, 1);
  assert.match(wanted.stdout, /^unknown node\.channel/m);
  assert.equal((await run('--wants', 'shell', '--allow-unknown')).code, 0);
  assert.equal((await run('--wants', 'shell,kms', '--allow-unknown')).code, 1, 'the other fails');
  assert.equal((await run()).code, 0, 'nothing was wanted');
});

test('what hangs on the deployment of a template is unknown, and told by its own expressions', async () => {
  const template = (resource, more = '') => `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: ["ssmmessages:*", "ssm:UpdateInstanceInformation"], Resource: "*"}
              - {Effect: Allow, Action: "kms:Decrypt", Resource: ${resource}}
${more}`;
  const cwd = folder();
  const cases = [
    ['a key', template('!GetAtt Key.Arn'), { heartbeat: 'works', channel: 'works', 'session-kms': 'unknown' }, /on !GetAtt Key\.Arn, which only the deployment knows/],
    ['every key', template('"*"'), { heartbeat: 'works', channel: 'works', 'session-kms': 'works' }, /node\.channel/],
    ['no key', template('"*"').replace('kms:Decrypt', 's3:GetObject'), { heartbeat: 'works', channel: 'works', 'session-kms': 'fails' }, /No statement allows kms:Decrypt/],
    ['a denial that may be of the channels', template('"*"', '              - {Effect: Deny, Action: !Ref Action, Resource: "*"}\n'), { heartbeat: 'unknown', channel: 'unknown', 'session-kms': 'unknown' }, /!Ref Action/],
    ['an effect', template('"*"', '              - {Effect: !Ref Effect, Action: "*", Resource: "*"}\n'), { heartbeat: 'unknown', channel: 'unknown', 'session-kms': 'unknown' }, /!Ref Effect/],
  ];
  const problems = [];
  for (const [what, text, wanted, words] of cases) {
    writeFileSync(join(cwd, 'role.yaml'), text);
    const { stdout } = await postern(['role', 'role.yaml', '--wants', 'shell,kms', '--kms-key-arn', KEY], { cwd });
    const results = Object.fromEntries([...stdout.matchAll(/^(works|fails|unknown) +node\.([\w-]+)/gm)].map(([, result, id]) => [id, result]));
    if (JSON.stringify(results) !== JSON.stringify(wanted)) problems.push(`${what}: ${JSON.stringify(results)}`);
    if (!words.test(stdout) || /unknown\d|\p{Co}/u.test(stdout)) problems.push(`${what}: ${stdout}`);
  }
  writeFileSync(join(cwd, 'role.yaml'), template('!Ref Key'));
  const missing = await postern(['role', 'role.yaml', '--wants', 'shell,kms', '--kms-key-arn', KEY, '--missing'], { cwd });
  assert.deepEqual([missing.code, missing.stdout], [1, ''], 'nobody knows that it is missing');
  assert.match(missing.stderr, /Nothing is known to be missing; see above\.\n$/);
  assert.deepEqual(problems, []);
});

test('nothing on standard input is said to be nothing', async () => {
  const { code, stderr } = await postern(['role', '-'], { input: ' \n' });
  assert.deepEqual([code, stderr], [2, 'postern: Standard input is empty. Give a policy, or what aws iam get-role-policy or get-account-authorization-details prints.\n']);
});

test('a policy on standard input is read, a short one and a long one', async () => {
  for (const more of [[], Array.from({ length: 40 }, (_, i) => statement({ Sid: `S${i}` }))]) {
    const input = JSON.stringify(policy(...CHANNEL.Statement, ...more));
    const { code, stdout, stderr } = await postern(['role', '-', '--wants', 'shell'], { input });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^These policies: 1 policy, .*\nworks {3}node\.heartbeat/);
    assert.match(stdout, /No service control policy was given/);
    assert.equal(/paste/i.test(stdout), false);
  }
});

test('a policy in which nothing works is of those to whom it comes near', async () => {
  const cwd = folder({ 'misspelt.json': JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ssm:StartSesion', Resource: '*' }] }) });
  const { code, stdout } = await postern(['role', 'misspelt.json', '--wants', 'shell'], { cwd });
  assert.match(stdout, /^fails +operator\.start-shell/m);
  assert.match(stdout, /statement 1 has ssm:StartSesion, which is no action of AWS\. Is ssm:StartSession meant\?/);
  assert.equal(code, 1);
});

test('--missing prints the addition alone', async () => {
  const cwd = folder({ 'role.json': CHANNEL });
  const { code, stdout, stderr } = await postern(['role', 'role.json', '--wants', 'kms', '--kms-key-arn', KEY, '--missing'], { cwd });
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout).Statement.map(({ Action, Resource }) => [Action, Resource].flat()), [['kms:Decrypt', KEY]]);
  assert.match(stderr, /fails {3}node\.session-kms/);
  const none = await postern(['role', 'role.json', '--wants', 'shell', '--missing'], { cwd });
  assert.deepEqual([none.code, none.stdout], [0, '']);
  assert.match(none.stderr, /Nothing is missing\.\n$/);
  const people = folder({ 'people.json': policy(statement({ Action: 'ssm:StartSession', Resource: '*' })) });
  const advised = await postern(['role', 'people.json', '--wants', 'shell', '--missing'], { cwd: people });
  assert.match(advised.stderr, /ssmmessages:OpenDataChannel[\s\S]*Nothing that is required is missing; what is recommended and not allowed stands above\.\n$/);
});

test('wants are uses, capabilities, or capabilities without their side; values that nothing depends on are said', async () => {
  const cwd = folder({ 'role.json': CHANNEL });
  const ids = async (...words) => JSON.parse((await postern(['role', 'role.json', '--format', 'json', ...words], { cwd })).stdout).capabilities.map(({ id }) => id);
  assert.deepEqual(await ids('--wants', 'shell,port,s3-logs', '--wants', 'trust.ec2'), ['node.heartbeat', 'node.channel', 'node.s3-logs', 'trust.ec2']);
  assert.deepEqual(await ids('--wants', 'shell,kms', '--side', 'operator'), ['operator.start-shell', 'operator.session-kms']);
  assert.deepEqual(await ids(), ['node.heartbeat', 'node.channel', 'node.session-kms', 'node.s3-logs', 'node.cw-logs']);
  assert.match((await postern(['role', 'role.json', '--wants', 'shell', '--bucket', 'example-logs'], { cwd })).stderr, /^postern: --bucket is not looked at/m);
});

test('who asks is taken by name where it decides', async () => {
  const to = (name) => ({ Principal: { AWS: `arn:aws:iam::111122223333:${name}` }, Action: 'kms:*', Resource: '*' });
  const cwd = folder({
    'own.json': policy(statement({ Action: ['ssm:TerminateSession', 'ssm:ResumeSession'], Resource: 'arn:aws:ssm:*:*:session/AlexDoe-*' })),
    'node.json': policy(statement({ Action: ['ssmmessages:*', 'kms:*'], Resource: '*' })),
    'key.json': policy(statement(to('role/WebServers'))),
    'deny.json': policy(statement(to('root')), statement({ Effect: 'Deny', ...to('role/WebServers') })),
  });
  const own = ['own.json', '--wants', 'own-sessions-username'];
  const kms = (key) => ['node.json', '--key-policy', key, '--wants', 'node.session-kms', '--account-id', '111122223333', '--kms-key-arn', KEY.replace(/(?<=:)\d{12}(?=:)/, '111122223333')];
  for (const [words, expected, give] of [
    [own, 'unknown', 'the user \\(--user-name\\)'], [[...own, '--user-name', 'AlexDoe'], 'works'], [[...own, '--user-name', 'JohnDoe'], 'fails'],
    [kms('key.json'), 'unknown', 'the role \\(--role-name\\)'], [[...kms('key.json'), '--role-name', 'WebServers'], 'works'], [[...kms('key.json'), '--role-name', 'Other'], 'fails'],
    [kms('deny.json'), 'unknown', 'the role \\(--role-name\\)'], [[...kms('deny.json'), '--role-name', 'WebServers'], 'fails'], [[...kms('deny.json'), '--role', 'Other'], 'works'],
    [[...kms('key.json'), '--role', 'WebServers'], 'works'],
  ]) {
    const { stdout, stderr } = await postern(['role', ...words], { cwd });
    assert.match(stdout, new RegExp(`^${expected} +(?:operator\\.own|node\\.session)[^]*${give ?? ''}`, 'm'), words.join(' '));
    assert.doesNotMatch(stderr, /is not looked at/, words.join(' '));
  }
});

test('the layers around the role count', async () => {
  const cwd = folder({ 'role.json': CHANNEL, 'boundary.json': policy(statement()), 'scp.json': policy(statement({ Effect: 'Deny', Action: 'ssmmessages:*', Resource: '*' }), statement({ Action: '*', Resource: '*' })), 'trust.json': TRUST });
  const result = async (...words) => JSON.parse((await postern(['role', 'role.json', '--wants', 'shell', '--format', 'json', ...words], { cwd })).stdout).capabilities.find(({ id }) => id === 'node.channel').result;
  assert.deepEqual([await result(), await result('--boundary', 'boundary.json'), await result('--scp', 'scp.json')], ['works', 'fails', 'fails']);
  assert.equal((await postern(['role', 'role.json', '--wants', 'trust.ec2', '--trust-policy', 'trust.json'], { cwd })).code, 0);
  const { code, stderr } = await postern(['role', 'role.json', 'package.json'], { cwd: folder({ 'role.json': CHANNEL, 'package.json': { name: 'x' } }) });
  assert.equal(code, 2);
  assert.match(stderr, /^postern: package\.json: This is JSON, but neither an IAM policy/);
});

const detail = (RoleName, more = {}) => ({
  Path: '/', RoleName, RoleId: 'AROAEXAMPLE', Arn: `arn:aws:iam::111122223333:role/${RoleName}`, CreateDate: '2026-01-01T00:00:00+00:00',
  AssumeRolePolicyDocument: TRUST, InstanceProfileList: [{ Roles: [{ RoleName }] }], RolePolicyList: [], AttachedManagedPolicies: [], Tags: [], ...more,
});
const MINE = 'arn:aws:iam::111122223333:policy/Mine';
const attached = [{ PolicyName: 'Mine', PolicyArn: MINE }];
const version = (VersionId, Document, IsDefaultVersion) => ({ VersionId, Document, IsDefaultVersion });
const account = (RoleDetailList) => ({
  UserDetailList: [{ UserName: 'a', UserPolicyList: [] }], GroupDetailList: [], RoleDetailList,
  Policies: [{ PolicyName: 'Mine', Arn: MINE, DefaultVersionId: 'v2', PolicyVersionList: [version('v2', CHANNEL, true), version('v1', policy(statement()), false)] }],
});

test('a whole account is a table, a line for each role, from a file or standard input', async () => {
  const details = account([
    detail('Web', { AttachedManagedPolicies: attached }), detail('Bare'),
    detail('Core', { AttachedManagedPolicies: [{ PolicyName: 'AmazonSSMManagedInstanceCore', PolicyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' }] }),
    detail('Bounded', { AttachedManagedPolicies: attached, PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/Gone' } }),
    detail('Inline', { RolePolicyList: [{ PolicyName: 'logs', PolicyDocument: policy(statement({ Action: 's3:PutObject', Resource: '*' })) }] }),
  ]);
  const cwd = folder({ 'account.json': details });
  const expected = `role     node.heartbeat  node.channel
Web      yes             yes
Bare     no              no
Core     yes             yes
Bounded  ?               ?
Inline   no              no

No service control policy was given: none is taken to be in the way.
No policy of a VPC endpoint was given: none is taken to be in the way.
Who may assume the role was not asked, so its trust policy was not looked at.
Not looked at: session policies, the agent, the network.
Web and 3 other roles: No permissions boundary was given: there is taken to be none.
`;
  for (const [words, input] of [[['account.json'], ''], [['-'], JSON.stringify(details)], [['-'], `  \n${JSON.stringify(details, null, 4)}\n`]]) {
    const { code, stdout, stderr } = await postern(['role', ...words, '--wants', 'heartbeat,shell'], { cwd, input });
    assert.deepEqual([code, stdout], [1, expected], stderr);
    assert.match(stderr, /^postern: Every role is asked as a node's, [^\n]*\npostern: 5 roles; node\.heartbeat: 2, node\.channel: 2\. .*\npostern: 3 roles do not have all that is wanted, so the exit code is 1; --role NAME asks of one role alone\.\n$/);
  }
  const lines = (await postern(['role', 'account.json', '--format', 'json', '--wants', 'shell'], { cwd })).stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  const { assumptions, ...first } = lines[0];
  assert.deepEqual(first, { role: 'Web', arn: 'arn:aws:iam::111122223333:role/Web', capabilities: { 'node.heartbeat': 'works', 'node.channel': 'works' } });
  assert.ok(assumptions.includes('No permissions boundary was given: there is taken to be none.'), `${assumptions}`);
  assert.equal(lines.length, 5);
  const codes = [];
  for (const words of [[], ['--wants', 'node.channel'], ['--side', 'operator'], ['--wants', 'trust.ec2', '--allow-unknown']]) codes.push((await postern(['role', 'account.json', ...words], { cwd })).code);
  assert.deepEqual(codes, [0, 1, 0, 0], 'only what is wanted may fail; who may take a role is not known of these');
  const one = await postern(['role', 'account.json', '--role', 'Web', '--wants', 'shell'], { cwd });
  assert.equal(one.code, 0);
  assert.match(one.stdout, /^Web: 1 policy, 1 statement\.\nworks {3}node\.heartbeat/);
  assert.equal((await postern(['role', 'account.json', '--role', 'None'], { cwd })).stderr, 'postern: There is no role "None" in account.json. Did you mean Core? There are Web, Bare, Core, Bounded and Inline.\n');
  const pages = await postern(['role', '-', '--wants', 'shell', '--format', 'json'], { input: JSON.stringify(account([detail('A')])) + JSON.stringify(account([detail('B')])) });
  assert.deepEqual(pages.stdout.trimEnd().split('\n').map((line) => JSON.parse(line).role), ['A', 'B'], 'pages of the answer one after the other');
});

test('account details that are cut off or broken are refused', async () => {
  const text = JSON.stringify(account([detail('A'), detail('B')]));
  for (const [input, line] of [[text.slice(0, -20), /end too soon/], [text.replace('"Path":"/"', '"Path":/'), /standard input:1: .*no JSON from here on/]]) {
    const { code, stdout, stderr } = await postern(['role', '-'], { input });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, line);
    assert.equal(stderr.split('\n').length, 2, stderr);
  }
});

test('an account of 10,000 roles does not fill the memory', { skip: process.platform === 'win32' }, async (t) => {
  const cwd = folder();
  const file = openSync(join(cwd, 'account.json'), 'w');
  const filler = (i) => policy(...Array.from({ length: 12 }, (_, k) => statement({ Sid: `S${k}`, Resource: `arn:aws:s3:::example-${i}-${k}/*` })));
  writeSync(file, '{"RoleDetailList": [');
  for (let i = 0; i < 10_000; i += 1) {
    writeSync(file, `${i > 0 ? ',' : ''}\n${JSON.stringify(detail(`Role${i}`, { RolePolicyList: [{ PolicyName: 'files', PolicyDocument: filler(i) }] }), null, 4)}`);
  }
  writeSync(file, '], "Policies": []}');
  closeSync(file);
  // What the process itself says of its greatest size, in kilobytes.
  const script = `process.on('exit', () => process.stderr.write('\\nkilobytes ' + process.resourceUsage().maxRSS)); require(${JSON.stringify(CLI)});`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', script, '--', CLI, 'role', join(cwd, 'account.json'), '--wants', 'trust.ec2', '--format', 'json'], { maxBuffer: 2 ** 26 })
    .catch((reason) => reason); // Its exit code says that not every role may be taken by EC2.
  assert.equal(stdout.trimEnd().split('\n').length, 10_000);
  const megabytes = Number(/kilobytes (\d+)/.exec(stderr)[1]) / 1024;
  t.diagnostic(`${megabytes.toFixed(0)} MB`);
  assert.ok(megabytes < 200, `${megabytes} MB`);
});

test('a statement or a policy of which only the deployment knows whether it is there makes nothing certain', async () => {
  const body = { Version: '2012-10-17', Statement: [statement(), { 'Fn::If': ['C', CHANNEL.Statement[0], { Ref: 'AWS::NoValue' }] }] };
  const template = (document) => ({ Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } } } });
  const cwd = folder({
    'statement.json': template(body), 'policy.json': template({ 'Fn::If': ['C', CHANNEL, { Ref: 'AWS::NoValue' }] }), 'both.json': template({ ...body, Statement: [...CHANNEL.Statement, body.Statement[1]] }),
    'loop.tf': `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [for a in var.a : { Effect = "Allow", Action = ["ssmmessages:*", "ssm:UpdateInstanceInformation"], Resource = "*" }] })\n}\n`,
    'some.tf': `resource "aws_iam_policy" "p" {\n  policy = var.policy\n}\nresource "aws_iam_policy" "q" {\n  policy = jsonencode(${JSON.stringify(CHANNEL).replaceAll(':[', '=[').replaceAll('":', '"=')})\n}\n`,
    'none.tf': 'resource "aws_iam_policy" "p" {\n  policy = var.policy\n}\n',
  });
  const results = [];
  for (const file of ['statement.json', 'policy.json', 'both.json', 'loop.tf', 'some.tf']) {
    const { code, stdout } = await postern(['role', file, '--wants', 'node.channel'], { cwd });
    results.push([file, /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1], code]);
  }
  assert.deepEqual(results, [['statement.json', 'unknown', 1], ['policy.json', 'unknown', 1], ['both.json', 'works', 0], ['loop.tf', 'unknown', 1], ['some.tf', 'unknown', 1]]);
  const { code, stderr } = await postern(['role', 'none.tf'], { cwd });
  assert.equal(stderr, 'postern: none.tf: the file alone does not tell what aws_iam_policy.p.policy is: var.policy\n');
  assert.equal(code, 2);
});

test('places of policies inside of a template are places in its file', async () => {
  const yaml = ['Resources:', '  P:', '    Type: AWS::IAM::ManagedPolicy', '    Properties:', '      PolicyDocument:', "        Version: '2012-10-17'", '        Statement:',
    '          - {Effect: Allow, Action: "s3:GetObject", Resource: "*"}', '          - {Effect: Allow, Action: ["ssmmessages:*"], Resource: RESOURCE}', ''].join('\n');
  const cwd = folder({ 'known.yaml': yaml.replace('RESOURCE', '"*"'), 'open.yaml': yaml.replace('RESOURCE', '["*", !Ref Long]') });
  for (const [file, statement] of [['known.yaml', '{Effect: Allow, Action: ["ssmmessages:*"], Resource: "*"}'], ['open.yaml', '{Effect: Allow, Action: ["ssmmessages:*"], Resource: ["*", !Ref Long]}']]) {
    const source = readFileSync(join(cwd, file), 'utf8');
    const { recognised: [policy], capabilities: [{ reasons }] } = JSON.parse((await postern(['role', file, '--wants', 'node.channel', '--format', 'json'], { cwd })).stdout);
    const slice = ({ start, end }) => source.slice(start.offset, end.offset);
    const { span } = reasons.find(({ kind }) => kind === 'allows');
    assert.equal(slice(span), statement);
    assert.deepEqual([span.start.line, span.start.column], [9, 12]);
    assert.match(slice(policy.span), /^Version: /);
  }
});

test('who asks for a thing that is not known is told all that can be asked, and the help what a trust policy is for', async () => {
  const cwd = folder({ 'role.json': CHANNEL });
  const ids = listCapabilities().map(({ id }) => id);
  const problems = [];
  for (const side of ['node', 'operator']) {
    const { code, stderr } = await postern(['role', 'role.json', '--side', side, '--wants', 'shell,foo'], { cwd });
    if (code !== 2 || stderr.trimEnd().includes('\n')) problems.push(`${code} ${stderr}`);
    const words = /and: (.*)\.\n$/.exec(stderr)?.[1].split(', ') ?? [];
    // Each of the words is taken.
    const taken = JSON.parse((await postern(['role', 'role.json', '--side', side, '--wants', words.join(), '--format', 'json'], { cwd })).stdout).capabilities.map(({ id }) => id);
    for (const id of ids) if (!taken.includes(id) && !/^(node|operator)\./.test(id)) problems.push(`${side}: ${id} is left out`);
    for (const id of ids) if (id.startsWith(`${side}.`) !== taken.includes(id) && /^(node|operator)\./.test(id)) problems.push(`${side}: ${id}`);
  }
  const { stdout: help } = await postern(['role', '--help']);
  for (const id of ids) if (id.startsWith('trust.') && !help.includes(id)) problems.push(`the help leaves out ${id}`);
  if (/the answer is for any/.test(help)) problems.push('the help speaks in riddles');
  assert.deepEqual(problems, []);
});

test('of a role alone nothing fails for its policies, and of one answer of AWS the others are said not to be there', async () => {
  const Role = { RoleName: 'App', Arn: 'arn:aws:iam::111122223333:role/App', AssumeRolePolicyDocument: policy(statement({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole', Resource: undefined })) };
  const User = { UserName: 'App', Arn: 'arn:aws:iam::111122223333:user/App' };
  const own = { RoleName: 'App', PolicyName: 'own', PolicyDocument: policy(statement()) };
  const cwd = folder({
    'role.json': { Role }, 'roles.json': { Roles: [Role, { ...Role, RoleName: 'Other' }] }, 'user.json': { User }, 'own.json': own, 'none.json': { AttachedPolicies: [] },
    'deny.json': policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' })), 'plain.json': own.PolicyDocument,
    'details.json': { RoleDetailList: [{ ...Role, RolePolicyList: [], AttachedManagedPolicies: [] }], Policies: [] },
  });
  const [OPEN, INLINE, ATTACHED] = [/It depends on its policies, which were not given\.[^]*\nGive what aws iam list-attached-(?:role|user)-policies --(?:role|user)-name App prints, and what aws iam get-/, /No other inline policy and no attached policy was given: there are taken to be none\./, /No inline policy was given: there is taken to be none\./];
  const problems = [];
  for (const [words, wanted, said] of [
    [['role.json'], 'unknown', OPEN], [['roles.json', '--role', 'App'], 'unknown', OPEN], [['user.json'], 'unknown', OPEN],
    [['role.json', '--scp', 'deny.json'], 'fails'],
    [['own.json'], 'fails', INLINE], [['role.json', 'own.json'], 'fails', INLINE],
    [['role.json', 'none.json'], 'fails', ATTACHED], [['own.json', 'none.json'], 'fails'],
    [['plain.json'], 'fails'], [['role.json', 'plain.json'], 'fails'], [['details.json'], 'fails'],
  ]) {
    const { stdout, stderr } = await postern(['role', ...words, '--wants', 'node.channel', '--side', 'node'], { cwd });
    const result = /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1];
    const wrong = [OPEN, INLINE, ATTACHED].filter((one) => one.test(stdout) !== (one === said));
    if (result !== wanted || wrong.length > 0) problems.push(`${words.join(' ')}: ${result} for ${wanted}\n${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
  const { stdout, stderr } = await postern(['role', 'role.json', '--missing'], { cwd });
  assert.deepEqual([stdout, /Nothing is known to be missing/.test(stderr)], ['', true], stderr);
});

test('a Region that nobody knows is told of, wherever it is given', async () => {
  const ROLES = JSON.stringify({ RoleDetailList: ['a', 'b'].map((RoleName) => ({ RoleName, Arn: `arn:aws:iam::111122223333:role/${RoleName}`, RolePolicyList: [{ PolicyName: 'p', PolicyDocument: CLEAN }] })) });
  const cwd = folder({ 'p.json': CLEAN, 'roles.json': ROLES });
  const told = async (...words) => {
    const { stdout, stderr } = await postern(words, { cwd });
    const found = (text) => Array.from(text.matchAll(/The Region ([\w-]+) is not among the Regions known here/g), ([, region]) => region);
    return [found(stderr), words.includes('json') ? found(stdout.split('\n').slice(0, words.includes('roles.json') ? 1 : undefined).join('\n')) : null];
  };
  const KEY_ELSEWHERE = KEY.replace('eu-west-1', 'mx-central-8');
  assert.deepEqual(await Promise.all([
    ['role', 'p.json', '--region', 'mx-central-9'], ['role', 'p.json', '--region', 'mx-central-1'], ['role', 'p.json', '--kms-key-arn', KEY_ELSEWHERE], ['role', 'p.json', '--kms-key-arn', KEY],
    ['role', 'p.json', '--region', 'mx-central-9', '--kms-key-arn', KEY_ELSEWHERE, '--format', 'json'], ['role', 'roles.json', '--region', 'mx-central-9', '--format', 'json'],
    ['role', 'roles.json', '--region', 'mx-central-9'], ['role', 'roles.json', '--region', 'mx-central-9', '--role', 'a'],
    ['export', 'p.json', '--format', 'aws-cli', '--region', 'mx-central-9'], ['export', 'p.json', '--format', 'aws-cli', '--region', 'mx-central-1'],
  ].map((words) => told(...words))), [
    [['mx-central-9'], null], [[], null], [['mx-central-8'], null], [[], null],
    [['mx-central-9', 'mx-central-8'], ['mx-central-9', 'mx-central-8']], [['mx-central-9'], ['mx-central-9']],
    [['mx-central-9'], null], [['mx-central-9'], null],
    [['mx-central-9'], null], [[], null],
  ]);
  const { code, stderr } = await postern(['role', 'p.json', '--region', 'nowhere-1'], { cwd });
  assert.deepEqual([code, stderr], [2, 'postern: --region: "nowhere-1" is not a Region. A Region looks like us-east-1.\n']);
});

test('a role that answers of AWS do not have is refused, and a file that sounds like no policy of a role is named', async () => {
  const cwd = folder({
    'own.json': { RoleName: 'WebServer', PolicyName: 'p', PolicyDocument: CHANNEL }, 'scp.json': policy(statement({ Action: '*', Resource: '*' })),
    'team-boundary.json': CHANNEL, 'describe.json': policy(statement({ Action: 's3:GetObject', Resource: '*' })),
  });
  const slip = await postern(['role', 'own.json', '--role', 'Webserver'], { cwd });
  assert.deepEqual([slip.code, slip.stdout], [2, '']);
  assert.match(slip.stderr, /There is no role "Webserver" in own\.json\. Did you mean WebServer\? There is WebServer\.\n$/);
  const { stderr } = await postern(['role', 'own.json', 'scp.json', 'team-boundary.json', 'describe.json'], { cwd });
  assert.match(stderr, /^postern: scp\.json counts as a policy of the role, .* by --scp\.$/m);
  assert.match(stderr, /^postern: team-boundary\.json counts as a policy of the role, .* by --boundary\.$/m);
  assert.doesNotMatch(stderr, /describe\.json/);
});
