// Of answers of AWS about a role, some of which lack, it is said by which command the missing ones come.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, folder, policy, postern, statement } from './run.mjs';

const ARN = 'arn:aws:iam::111122223333:policy/team/Node';
const Role = { Path: '/', RoleName: 'web', Arn: 'arn:aws:iam::111122223333:role/web', AssumeRolePolicyDocument: TRUST };
const boundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/Bound' };
const inline = (PolicyName) => ({ RoleName: 'web', PolicyName, PolicyDocument: policy(statement({ Action: 'ssm:*', Resource: '*' })) });
const FILES = {
  'role.json': { Role }, 'bound.json': { Role: { ...Role, PermissionsBoundary: boundary } }, 'user.json': { User: { UserName: 'ann', Arn: 'arn:aws:iam::111122223333:user/ann' } },
  'attached.json': { AttachedPolicies: [{ PolicyName: 'Node', PolicyArn: ARN }] }, 'none.json': { AttachedPolicies: [] },
  'two.json': { AttachedPolicies: [{ PolicyName: 'Node', PolicyArn: ARN }, { PolicyName: 'Node', PolicyArn: ARN.replace('team', 'other') }] },
  'policy.json': { Policy: { PolicyName: 'Node', Arn: ARN, Path: '/team/', DefaultVersionId: 'v3' } },
  'names.json': { PolicyNames: ['own', 'other'] }, 'own.json': inline('own'), 'other.json': inline('other'),
  'a.tf': `data "aws_iam_role" "r" {\n  name = "web"\n}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = data.aws_iam_role.r.name\n  policy_arn = "${ARN}"\n}\n`,
  'unnamed.tf': `data "aws_iam_role" "r" {\n  name = var.name\n}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = data.aws_iam_role.r.name\n  policy_arn = "${ARN}"\n}\n`,
};
const BOUND = 'Give what aws iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/Bound --version-id VERSION prints, VERSION being the DefaultVersionId of aws iam get-policy --policy-arn arn:aws:iam::111122223333:policy/Bound,';
const bounded = (by) => `resource "aws_iam_role" "r" {\n  name = "web"\n  permissions_boundary = ${by}\n}\nresource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.r.id\n  policy = jsonencode(${JSON.stringify(policy(statement({ Action: 'ssm:*', Resource: '*' }))).replaceAll('":', '"=')})\n}\n`;
Object.assign(FILES, {
  'details.json': { RoleDetailList: [{ ...Role, PermissionsBoundary: boundary, RolePolicyList: [inline('own')], AttachedManagedPolicies: [] }], UserDetailList: [], GroupDetailList: [], Policies: [] },
  'arn.txt': `${boundary.PermissionsBoundaryArn}\n`, 'bound.tf': bounded(`"${boundary.PermissionsBoundaryArn}"`), 'variable.tf': bounded('var.b'),
});
const LISTS = 'aws iam list-attached-role-policies --role-name web';
const all = (name) => `Give what aws iam list-attached-role-policies --role-name ${name} prints, and what aws iam get-role-policy --role-name ${name} --policy-name NAME prints for each NAME of aws iam list-role-policies --role-name ${name}.`;
const NODE = `Node is attached, but what it says is not known here. Give what aws iam get-policy-version --policy-arn ${ARN} --version-id`;

test('each part that lacks has its command, with the names and the ARN', async () => {
  const cwd = folder(FILES);
  const problems = [];
  for (const [words, ...said] of [
    ['role.json', 'It depends on its policies, which were not given.\n', `\n${all('web')}\n`],
    ['user.json', 'Give what aws iam list-attached-user-policies --user-name ann prints, and what aws iam get-user-policy --user-name ann --policy-name NAME prints for each NAME of aws iam list-user-policies --user-name ann. The groups that aws iam list-groups-for-user --user-name ann prints have policies that count, too.'],
    ['role.json attached.json', `attached.json: ${NODE} VERSION prints, VERSION being the DefaultVersionId of aws iam get-policy --policy-arn ${ARN}, in a file Node.json.`, 'there is taken to be none. aws iam list-role-policies --role-name web prints which there are.'],
    ['role.json attached.json policy.json', `attached.json: ${NODE} v3 prints, in a file Node.json.`],
    ['attached.json', `${NODE} VERSION`, 'aws iam list-role-policies --role-name ROLE prints which there are.'],
    ['two.json', 'Give what aws iam get-policy-version prints for its default version, and call it Node.'],
    ['role.json own.json', `there are taken to be none. aws iam list-role-policies --role-name web and ${LISTS} print which there are.`],
    ['bound.json own.json', 'It depends on the permissions boundary, which was not given.\n', `\nThe permissions boundary Bound was not given. ${BOUND} in a file Bound.json or by --boundary.\n`],
    ['details.json --role web', `\nThe permissions boundary Bound was not given. ${BOUND}`], ['bound.tf', `\nThe permissions boundary Bound was not given. ${BOUND}`, 'bound.tf, aws_iam_role.r.permissions_boundary: arn:aws:iam::111122223333:policy/Bound is the permissions boundary, but what it says is not known here.\n'],
    ['own.json --boundary arn.txt', `\nThe permissions boundary Bound was not given. ${BOUND}`, 'arn.txt: arn:aws:iam::111122223333:policy/Bound is the permissions boundary, but what it says is not known here.\n'],
    ['variable.tf', '\nThe permissions boundary was not given: --boundary takes it from a file.\n', 'var.b is the permissions boundary, and only the deployment knows what it says.'],
    ['role.json none.json own.json names.json', 'names.json: These are the names of inline policies, without what is in them. Give what aws iam get-role-policy --role-name web --policy-name other prints.'],
    ['a.tf', `${NODE} VERSION`, 'The role is made elsewhere: it depends on its other policies, which were not given.\n', `\n${all('web')}\n`], ['unnamed.tf', all('ROLE')],
  ]) {
    const { stdout, stderr } = await postern(['role', ...words.split(' '), '--wants', 'heartbeat', '--side', 'node'], { cwd });
    for (const one of said) if (!(stdout + stderr).includes(one)) problems.push(`${words}: not said: ${one}\n${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('a boundary that is not known hides no nearer cause, and how to give it is said once', async () => {
  const when = { ...inline('own'), PolicyDocument: policy(statement({ Action: 'ssm:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } } })) };
  const cwd = folder({ ...FILES, 'when.json': when, 'all.json': policy(statement({ Action: '*', Resource: '*' })) });
  const asked = async (wants, ...words) => {
    const { stdout, stderr } = await postern(['role', ...words, '--side', 'node', '--wants', wants], { cwd });
    return { stdout, stderr, reasons: stdout.split('\n').filter((line) => line.startsWith('        ')).map((line) => line.trim()) };
  };
  const BOUNDARY = 'It depends on the permissions boundary, which was not given.';
  const free = await asked('heartbeat', 'role.json', 'attached.json', 'when.json');
  const held = await asked('heartbeat', 'bound.json', 'attached.json', 'when.json');
  assert.deepEqual(held.reasons, [...free.reasons, BOUNDARY]);
  assert.match(free.stdout, /Node/);
  const several = await asked('shell,s3,kms,logs', 'bound.json', 'attached.json', 'own.json');
  assert.equal(several.stdout.split('aws iam get-policy --policy-arn').length, 2, several.stdout);
  assert.ok(several.reasons.filter((line) => line === BOUNDARY).length > 2, several.stdout);
  assert.equal((await asked('shell,s3', 'role.json')).stdout.split('aws iam list-role-policies').length, 2);
  // What fails whatever the boundary says fails, and what works with it needs no other word.
  assert.match((await asked('s3', 'bound.json', 'none.json', 'own.json')).stdout, /^fails +node\.s3-logs/m);
  assert.doesNotMatch((await asked('heartbeat', 'bound.json', 'none.json', 'own.json', '--boundary', 'all.json')).stdout, /boundary/);
});

test('nothing is asked for of which all was given, and a list of names beside policies is no mistake', async () => {
  const cwd = folder(FILES);
  const whole = await postern(['role', 'role.json', 'none.json', 'own.json', 'other.json', 'names.json', '--wants', 'heartbeat'], { cwd });
  assert.deepEqual([whole.code, whole.stderr], [0, '']);
  assert.doesNotMatch(whole.stdout, /aws iam/);
  const part = await postern(['role', 'role.json', 'none.json', 'own.json', 'names.json', '--wants', 'heartbeat'], { cwd });
  assert.equal(part.code, 1, 'the other one may deny it');
  const alone = await postern(['role', 'names.json', '--wants', 'heartbeat'], { cwd });
  assert.deepEqual([alone.code, /^postern: names\.json: These are the names of inline policies/.test(alone.stderr)], [2, true]);
});
