// Roles of several templates or modules that have the same name there: they are listed apart, and --role takes one of them by
// its file, folder or module before its name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, folder, policy, postern, statement } from './run.mjs';

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const CHANNEL = policy(statement({ Action: ['ssm:UpdateInstanceInformation', 'ssmmessages:*'], Resource: '*' }));
const FILES = policy(statement());
const role = (more) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } });
const own = (Roles, PolicyDocument) => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'own', Roles, PolicyDocument } });
const tf = (...arns) => `resource "aws_iam_role" "node" {\n  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })\n}\n`
  + arns.map((arn, i) => `resource "aws_iam_role_policy_attachment" "a${i}" {\n  role       = aws_iam_role.node.name\n  policy_arn = "${arn}"\n}\n`).join('');
const WANTS = ['--wants', 'shell'];
const resultsOf = (stdout) => Array.from(stdout.matchAll(/^(works|fails|unknown) +node\./gm), ([, one]) => one).join(' ');

test('roles of the same name are listed with their files, and asked for as they are listed', async () => {
  const [yes, no] = [role({ ManagedPolicyArns: [CORE] }), role({ Policies: [{ PolicyName: 'files', PolicyDocument: FILES }] })];
  const cwd = folder({
    'stack-a.json': { Resources: { NodeRole: yes } }, 'stack-b.json': { Resources: { NodeRole: no } }, 'deep/stack-c.json': { Resources: { NodeRole: yes, Other: no } },
    'called-a.json': { Resources: { R: role({ RoleName: 'node' }), P: own(['node'], CHANNEL) } }, 'called-b.json': { Resources: { S: role({ RoleName: 'node' }), P: own(['node'], FILES) } },
    'a/main.tf': tf(CORE), 'b/main.tf': tf(), 'b/more.tf': 'resource "aws_iam_role" "node2" {\n  assume_role_policy = "{}"\n}\n',
  });
  const problems = [];
  for (const [words, role, wanted] of [
    ['stack-a.json stack-b.json', null, /^postern: There are stack-a\.json:NodeRole and stack-b\.json:NodeRole, and the policies of one alone .*; --role NAME asks of one\.$/m],
    ['stack-a.json stack-b.json', 'NodeRole', /^postern: "NodeRole" may be stack-a\.json:Resources\.NodeRole or stack-b\.json:Resources\.NodeRole\. Name the one that is meant, or give its files alone\.$/m],
    ['stack-a.json stack-b.json', 'Resources.NodeRole', /^postern: "Resources\.NodeRole" may be stack-a\.json:Resources\.NodeRole or stack-b\.json:Resources\.NodeRole\./m],
    ['stack-a.json stack-b.json', 'stack-a.json:NodeRole', 'works works'], ['stack-a.json stack-b.json', 'stack-b.json:NodeRole', 'fails fails'],
    ['stack-a.json stack-b.json', './stack-b.json:Resources.NodeRole', 'fails fails'],
    ['stack-a.json deep', 'deep/stack-c.json:NodeRole', 'works works'], ['stack-a.json deep', 'deep:NodeRole', 'works works'], ['stack-a.json deep', 'deep:Other', 'fails fails'],
    ['stack-a.json stack-b.json', 'stack-b.json:NodeRol', /^postern: There is no role "stack-b\.json:NodeRol" in stack-a\.json and stack-b\.json\. Did you mean stack-b\.json:NodeRole\?/],
    ['stack-a.json stack-b.json', 'stack-d.json:NodeRole', /^postern: There is no role "stack-d\.json:NodeRole" in /],
    ['called-a.json called-b.json', 'node', /^postern: "node" may be Resources\.R or Resources\.S\. /m],
    ['called-a.json called-b.json', 'called-a.json:node', 'works works'], ['called-a.json called-b.json', 'called-b.json:node', 'fails fails'], ['called-a.json called-b.json', 'called-b.json:S', 'fails fails'],
    ['a b', null, /^postern: There are a\/main\.tf:node, b\/main\.tf:node and node2, /m], ['a b', 'aws_iam_role.node', /^postern: "aws_iam_role\.node" may be a\/main\.tf:aws_iam_role\.node or b\/main\.tf:aws_iam_role\.node\./m],
    ['a b', 'a/main.tf:node', 'works works'], ['a b', 'a:aws_iam_role.node', 'works works'], ['a b', 'b:aws_iam_role.node', 'fails fails'], ['a b', 'aws_iam_role.node2', 'fails fails'],
  ]) {
    const { code, stdout, stderr } = await postern(['role', ...words.split(' '), ...role === null ? [] : ['--role', role], ...WANTS], { cwd });
    if (typeof wanted === 'string' ? resultsOf(stdout) !== wanted || code !== (wanted.startsWith('w') ? 0 : 1) : !wanted.test(stderr)) problems.push(`${words}, ${role}: ${code} ${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
  const { stdout } = await postern(['role', 'stack-a.json', 'stack-b.json', '--role', 'stack-a.json:NodeRole', ...WANTS, '--format', 'json'], { cwd });
  const { roleName, policies, capabilities } = JSON.parse(stdout);
  assert.deepEqual([roleName, policies, capabilities.map(({ result }) => result)], ['NodeRole', 1, ['works', 'works']]);
});

test('answers of AWS in several files take the file before the name of a role as well', async () => {
  const detail = (account, PolicyDocument) => ({ RoleDetailList: [{ RoleName: 'node', Arn: `arn:aws:iam::${account}:role/node`, RolePolicyList: [{ PolicyName: 'own', PolicyDocument }], AttachedManagedPolicies: [] }], Policies: [] });
  const cwd = folder({ 'one.json': detail('111122223333', CHANNEL), 'other.json': detail('444455556666', FILES) });
  const of = async (name) => resultsOf((await postern(['role', 'one.json', 'other.json', '--role', name, '--side', 'node', ...WANTS], { cwd })).stdout);
  assert.deepEqual([await of('one.json:node'), await of('other.json:node')], ['works works', 'fails fails']);
});
