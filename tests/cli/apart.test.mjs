// Of whom `postern role` answers: whether a role is a node's or people's, and which of several that have the same name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const SSM = policy(statement({ Action: 'ssm:*', Resource: '*' }));
const trust = (Principal) => policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
const NODES = [{ Service: 'ec2.amazonaws.com' }, { Service: ['lambda.amazonaws.com', 'ssm.amazonaws.com'] }, { Service: 'ecs-tasks.amazonaws.com' }, { Service: 'ec2.amazonaws.com.cn' }];
const PEOPLE = [{ AWS: 'arn:aws:iam::111122223333:root' }, { AWS: ['111122223333'] }, { Federated: 'arn:aws:iam::111122223333:saml-provider/Corp' }, { Federated: 'cognito-identity.amazonaws.com' }];
const OPEN = [{ Service: 'lambda.amazonaws.com' }, { Service: 'ec2.amazonaws.com', AWS: '111122223333' }];

const arnOf = (account, name, path = '') => `arn:aws:iam::${account}:role/${path}${name}`;
const detail = (document, { name = 'a', account = '111122223333', principal = NODES[0], path = '' } = {}) => ({
  Path: `/${path}`, RoleName: name, RoleId: 'AROA1', Arn: arnOf(account, name, path), AssumeRolePolicyDocument: trust(principal), InstanceProfileList: [],
  RolePolicyList: document === null ? [] : [{ PolicyName: 'p', PolicyDocument: document }], AttachedManagedPolicies: [],
});
const details = (...roles) => ({ UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [], IsTruncated: false });
const inline = (document, more = {}) => ({ RoleName: 'a', PolicyName: 'p', PolicyDocument: document, ...more });
const getRole = (principal, account = '111122223333') => ({ Role: { Path: '/', RoleName: 'a', RoleId: 'AROA1', Arn: arnOf(account, 'a'), AssumeRolePolicyDocument: trust(principal) } });
const template = (principal) => ({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust(principal), Policies: [{ PolicyName: 'p', PolicyDocument: SSM }] } } } });
const terraform = (principal) => `resource "aws_iam_role" "r" {\n  name = "r"\n  assume_role_policy = jsonencode(${JSON.stringify(trust(principal)).replaceAll('":', '"=')})\n}\n`
  + `resource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.r.id\n  policy = jsonencode(${JSON.stringify(SSM).replaceAll('":', '"=')})\n}\n`;

const GUESSED = /No trust policy tells whether the role is a node's or people's: it is asked as people's, as --side operator does; --side node asks of a node\./;

test('the side is that of whoever may assume the role; where no trust policy tells it, the side that was taken is said', async () => {
  const problems = [];
  const expect = async (name, files, words, wanted, isGuessed) => {
    const { code, stdout, stderr } = await postern(['role', ...words, '--wants', 'shell'], { cwd: folder(files) });
    const side = /^(?:works|fails|unknown) +(node|operator)\.(?:channel|start-shell):/m.exec(stdout)?.[1] ?? `exit ${code}`;
    if (side !== wanted || GUESSED.test(stderr) !== isGuessed) problems.push(`${name}: ${side} for ${wanted}\n${stdout}${stderr}`);
  };
  for (const [principals, wanted, isGuessed] of [[NODES, 'node', false], [PEOPLE, 'operator', false], [OPEN, 'operator', true]]) {
    const [principal] = principals;
    for (const one of principals) await expect(JSON.stringify(one), { 't.json': template(one) }, ['t.json'], wanted, isGuessed);
    const name = JSON.stringify(principal);
    await expect(`details, ${name}`, { 'd.json': details(detail(SSM, { principal })) }, ['d.json'], wanted, isGuessed);
    await expect(`get-role, ${name}`, { 'r.json': getRole(principal), 'p.json': inline(SSM) }, ['r.json', 'p.json'], wanted, isGuessed);
    await expect(`get-role in one file, ${name}`, { 'r.json': JSON.stringify(getRole(principal)) + JSON.stringify(inline(SSM)) }, ['r.json'], wanted, isGuessed);
    await expect(`--trust-policy, ${name}`, { 'p.json': SSM, 't.json': trust(principal) }, ['p.json', '--trust-policy', 't.json'], wanted, isGuessed);
    await expect(`Terraform, ${name}`, { 'main.tf': terraform(principal) }, ['main.tf'], wanted, isGuessed);
    const others = PEOPLE.includes(principal) ? NODES[0] : PEOPLE[0];
    await expect(`one of several, ${name}`, { 'd.json': details(detail(SSM, { principal }), detail(SSM, { name: 'b', principal: others })) }, ['d.json', '--role', 'a'], wanted, isGuessed);
  }
  await expect('no trust policy', { 'p.json': SSM }, ['p.json'], 'operator', true);
  await expect('the side is given', { 'p.json': SSM }, ['p.json', '--side', 'node'], 'node', false);
  const sub = template({ Service: { 'Fn::Sub': 'ec2.${AWS::URLSuffix}' } });
  await expect('only the deployment knows the rest', { 't.json': sub }, ['t.json'], 'node', false);
  assert.deepEqual(problems, []);

  const { code } = await postern(['role', 't.json', '--wants', 'shell'], { cwd: folder({ 't.json': template(NODES[0]) }) });
  assert.equal(code, 1);
  const json = JSON.parse((await postern(['role', 'p.json', '--wants', 'shell', '--format', 'json'], { cwd: folder({ 'p.json': SSM }) })).stdout);
  assert.match(json.assumptions.join('\n'), GUESSED);
  const ids = await postern(['role', 'p.json', '--wants', 'operator.start-shell'], { cwd: folder({ 'p.json': SSM }) });
  assert.equal(ids.stderr, '');
  assert.match(ids.stdout, /^works +operator\.start-shell/m);
  const table = await postern(['role', 'd.json', '--wants', 'shell'], { cwd: folder({ 'd.json': details(detail(SSM), detail(SSM, { name: 'b' })) }) });
  assert.match(table.stderr, /Every role is asked as a node's, as --side node does; --side operator asks of people\./);
});

test('policies are those of the role that has the ARN, whatever other roles are called the same', async () => {
  const [ONE, TWO] = ['111122223333', '444455556666'];
  const files = {
    'one.json': details(detail(SSM)), 'two.json': details(detail(null, { account: TWO })), 'path.json': details(detail(null, { path: 'x/' })),
    'deny.json': details(detail(policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' })), { account: TWO })),
    'r1.json': JSON.stringify(getRole(PEOPLE[0])) + JSON.stringify(inline(SSM)), 'r2.json': getRole(PEOPLE[0], TWO), 'inline.json': inline(SSM),
    'both.json': details(detail(SSM), detail(null, { account: TWO })), 'list.json': [detail(SSM), detail(null, { account: TWO })],
  };
  const cwd = folder(files);
  const NONE = 'exit 2';
  const problems = [];
  for (const [words, role, wanted, said] of [
    [['one.json', 'two.json'], arnOf(TWO, 'a'), 'fails'],
    [['one.json', 'two.json'], arnOf(ONE, 'a'), 'works'],
    [['one.json', 'path.json'], arnOf(ONE, 'a', 'x/'), 'fails'],
    [['one.json', 'path.json'], 'x/a', 'fails'],
    [['one.json', 'deny.json'], arnOf(ONE, 'a'), 'works'],
    [['r1.json', 'r2.json'], arnOf(ONE, 'a'), 'works'],
    [['r1.json', 'r2.json'], arnOf(TWO, 'a'), 'unknown'],
    [['one.json', 'two.json', 'inline.json'], arnOf(TWO, 'a'), 'unknown', /inline\.json: the name "a" alone does not tell/],
    [['one.json', 'two.json'], 'a', NONE, /"a" may be arn:aws:iam::111122223333:role\/a or arn:aws:iam::444455556666:role\/a\. Name the one that is meant by its ARN\./],
    [['r1.json', 'two.json'], undefined, 'unknown', /--role ARN asks of one/],
    [['both.json'], arnOf(TWO, 'a'), 'fails'],
    [['both.json'], 'a', NONE, /Name the one that is meant by its ARN/],
    [['list.json', 'inline.json'], arnOf(ONE, 'a'), 'unknown'],
    [['one.json', 'r1.json'], arnOf(TWO, 'a'), NONE, /There is no role "arn:aws:iam::444455556666:role\/a"/],
    [['one.json'], arnOf(TWO, 'a'), NONE, /There is no role/],
  ]) {
    const { code, stdout, stderr } = await postern(['role', ...words, '--wants', 'operator.start-shell', ...role === undefined ? [] : ['--role', role]], { cwd });
    const result = /^(works|fails|unknown) +operator/m.exec(stdout)?.[1] ?? `exit ${code}`;
    if (result !== wanted || (said !== undefined && !said.test(stderr))) problems.push(`${words.join(' ')} ${role}: ${result} for ${wanted}\n${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);

  const table = await postern(['role', 'both.json', '--wants', 'operator.start-shell'], { cwd });
  assert.match(table.stdout, /^arn:aws:iam::111122223333:role\/a +yes\narn:aws:iam::444455556666:role\/a +no\n/m);
});
