// Managed policies that stand in a file by their names alone count wherever access is asked about.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const aws = (name) => `arn:aws:iam::aws:policy/${name}`;
const MINE = 'arn:aws:iam::111122223333:policy/Mine';
const HARMLESS = policy(statement());
const GRANTS = policy(statement({ Action: 'iam:PassRole', Resource: '*' }));
const TRUST = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');

const template = (ManagedPolicyArns, more = {}) => ({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ManagedPolicyArns } }, ...more } });
const managed = (PolicyDocument) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } });
const attachment = (arn) => `resource "aws_iam_role_policy_attachment" "a" {\n  role = "web"\n  policy_arn = ${arn}\n}\n`;
const made = (document) => `resource "aws_iam_policy" "mine" {\n  policy = jsonencode(${hcl(document)})\n}\n`;
const sam = (Policies) => ({ Resources: { F: { Type: 'AWS::Serverless::Function', Properties: { Policies } } } });
const details = (arn, Policies = []) => ({
  UserDetailList: [], GroupDetailList: [], Policies,
  RoleDetailList: [{ RoleName: 'web', AssumeRolePolicyDocument: TRUST, RolePolicyList: [], AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: arn }] }],
});
const version = (Document) => [{ PolicyName: 'Mine', Arn: MINE, PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }] }];

/** By what is said: that it grants, that nobody can tell, or nothing. */
const CASES = {
  POSTERN_ACCESS_GRANTED: {
    'aws.json': template([aws('AdministratorAccess')]),
    'perhaps.json': template([{ 'Fn::If': ['C', aws('AdministratorAccess'), { Ref: 'AWS::NoValue' }] }]),
    'sam-name.json': sam(['AdministratorAccess']),
    'aws.tf': attachment(`"${aws('AdministratorAccess')}"`),
    'each.tf': attachment('each.value').replace('role =', `for_each = toset(["${aws('PowerUserAccess')}", "${aws('AdministratorAccess')}"])\n  role =`),
    'data.tf': `data "aws_iam_policy" "d" {\n  name = "AdministratorAccess"\n}\n${attachment('data.aws_iam_policy.d.arn')}`,
    'module.tf': `module "m" {\n  source = "./m"\n  policy_arns = ["${aws('AdministratorAccess')}"]\n}\n`,
    'made.tf': attachment('aws_iam_policy.mine.arn') + made(GRANTS),
    'details.json': details(aws('AdministratorAccess')),
    'attached.json': { AttachedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: aws('AdministratorAccess') }] },
  },
  POSTERN_ACCESS_UNKNOWN: {
    'other.json': template([aws('SecurityAudit')]),
    'part.json': template([aws('ReadOnlyAccess')]),
    'parameter.json': template([{ Ref: 'Arn' }]),
    'sam-template.json': sam([{ S3ReadPolicy: { BucketName: 'b' } }]),
    'variable.tf': attachment('var.arn'),
    'account.tf': attachment(`"${MINE}"`),
    'unknown-details.json': details(MINE),
    'unknown-attached.json': { AttachedPolicies: [{ PolicyName: 'Mine', PolicyArn: MINE }] },
  },
  nothing: {
    'core.json': template([aws('AmazonSSMManagedInstanceCore')]),
    'lambda.json': template([{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }]),
    'sam-lambda.json': sam(['AWSLambdaVPCAccessExecutionRole']),
    'deny.json': template([aws('AWSDenyAll')]),
    'here.json': template([{ Ref: 'P' }], { P: managed(HARMLESS) }),
    'elsewhere.tf': `${attachment('aws_iam_policy.mine.arn')}${made(HARMLESS).replace('"mine"', '"other"')}`,
    'core.tf': attachment(`"${aws('AmazonSSMManagedInstanceCore')}"`),
    'known-details.json': details(MINE, version(HARMLESS)),
    'boundary.json': { Resources: { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, PermissionsBoundary: aws('AdministratorAccess') } } } },
  },
};

test('what must not be granted is looked for in what is attached; what nobody here knows is no pass', async () => {
  const problems = [];
  for (const [wanted, files] of Object.entries(CASES)) {
    const cwd = folder(files);
    for (const name of Object.keys(files)) {
      const { code, stdout, stderr } = await postern(['check', name, '--no-config', '--not-granted', 'iam:PassRole', '--format', 'json'], { cwd });
      const codes = [...new Set([...stdout.matchAll(/POSTERN_ACCESS_\w+/g)].map(([one]) => one))].join() || 'nothing';
      if (codes !== wanted || code !== (wanted === 'nothing' ? 0 : 1)) problems.push(`${name}: ${code}, ${codes} for ${wanted}\n${stdout}${stderr}`);
    }
  }
  assert.deepEqual(problems, []);
});

test('it is told at its place, can be suppressed there, and is no matter where access is not asked about', async () => {
  const source = attachment(`"${aws('AdministratorAccess')}"`);
  const cwd = folder({
    'a/main.tf': source,
    'a/postern.json': { suppressions: [{ files: '*.tf', code: 'POSTERN_ACCESS_GRANTED', reason: 'It is the role of the administrators.' }] },
    'b/main.tf': source,
  });
  const { code, stdout } = await postern(['check', 'b/main.tf', '--not-granted', 'iam:PassRole'], { cwd });
  assert.equal(code, 1);
  assert.match(stdout, /^b\/main\.tf:3:16 error POSTERN_ACCESS_GRANTED\n {2}arn:aws:iam::aws:policy\/AdministratorAccess is attached\. Statement 1 allows/m);
  assert.equal((await postern(['check', 'main.tf', '--not-granted', 'iam:PassRole'], { cwd: `${cwd}/a` })).code, 0);
  const plain = await postern(['check', 'b'], { cwd });
  assert.deepEqual([plain.code, plain.stderr], [2, 'postern: b: no policy was found.\npostern: 1 file holds no policy: b/main.tf.\n']);
});

test('diff tells what is attached now and was not', async () => {
  const inline = (arns) => template(arns, { P: managed(HARMLESS) });
  const cwd = folder({
    'before.json': inline([aws('AmazonSSMManagedInstanceCore')]), 'moved.json': inline([aws('CloudWatchAgentServerPolicy'), aws('AmazonSSMManagedInstanceCore')]),
    'more.json': inline([aws('AdministratorAccess'), aws('AmazonSSMManagedInstanceCore')]), 'unknown.json': inline([aws('AmazonSSMManagedInstanceCore'), aws('SecurityAudit')]),
  });
  const run = (...words) => postern(['diff', ...words], { cwd });
  const more = await run('before.json', 'more.json');
  assert.equal(more.code, 1);
  assert.match(more.stdout, /Resources\.R\.ManagedPolicyArns, AdministratorAccess\): .*allows more/);
  assert.doesNotMatch(more.stdout, /AmazonSSMManagedInstanceCore|lost/);
  const moved = await run('before.json', 'moved.json');
  assert.doesNotMatch(moved.stdout, /AmazonSSMManagedInstanceCore/);
  const unknown = await run('before.json', 'unknown.json');
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /not compared: the file alone does not tell what Resources\.R\.ManagedPolicyArns, SecurityAudit is/);
  assert.equal((await run('unknown.json', 'unknown.json')).code, 0);
});
