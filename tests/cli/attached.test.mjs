// What `postern role` makes of managed policies that a file attaches without holding them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const MINE = 'arn:aws:iam::111122223333:policy/Mine';
const OTHER = policy(statement());
const CHANNEL = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*' }));
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');

const template = (Resources) => ({ Resources });
const role = (ManagedPolicyArns, Policies = []) => ({ Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns, Policies } });
const inline = [{ PolicyName: 'p', PolicyDocument: OTHER }];
const managed = (document, more = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document, ...more } });
const sam = (Policies) => template({ F: { Type: 'AWS::Serverless::Function', Properties: { Policies } } });
const yaml = (item) => `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns:\n        - ${item}\n`;
const attachment = (arn, more = '') => `resource "aws_iam_role_policy_attachment" "a" {\n  role = "web"\n  ${more}\n  policy_arn = ${arn}\n}\n`;
const made = (document, more = '') => `resource "aws_iam_policy" "mine" {\n  ${more}\n  policy = jsonencode(${hcl(document)})\n}\n`;
const serverless = (managedPolicies) => ({ service: 's', provider: { name: 'aws', iam: { role: { managedPolicies } } } });

const resource = (type, values, name = 'a') => ({ address: `${type}.${name}`, mode: 'managed', type, name, values });
const plan = (resources, configured = []) => ({
  format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources } },
  configuration: { root_module: { resources: configured } },
});
const configured = (references) => [{ address: 'aws_iam_role_policy_attachment.a', type: 'aws_iam_role_policy_attachment', name: 'a', expressions: { policy_arn: { references } } }];
const state = (attributes, type = 'aws_iam_role_policy_attachment') => ({ version: 4, terraform_version: '1.9.0', resources: [{ mode: 'managed', type, name: 'a', instances: [{ attributes }] }] });

/** Files by what the role can do then, and what is said to be unknown. */
const CASES = {
  works: {
    'cloudformation.json': template({ R: role([CORE]) }),
    'beside-inline.json': template({ R: role([CORE], inline) }),
    'partition.yaml': yaml('!Sub "arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"'),
    'cdk.template.json': template({ R: role([{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSSMManagedInstanceCore']] }]) }),
    'both-partitions.json': template({ R: role([{ 'Fn::If': ['China', CORE.replace('aws', 'aws-cn'), CORE] }]) }),
    'reference.json': template({ R: role([{ Ref: 'P' }], inline), P: managed(CHANNEL) }),
    'attribute.yaml': `${yaml('!GetAtt P.PolicyArn')}  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: ${JSON.stringify(CHANNEL)}\n`,
    'by-name.json': template({ R: role([{ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/team/Mine' }]), P: managed(CHANNEL, { ManagedPolicyName: 'Mine', Path: '/team/' }) }),
    'sam.json': sam(['AmazonSSMManagedInstanceCore', { Statement: OTHER.Statement }]),
    'sam-one.json': sam(CORE),
    'lambda.json': template({ R: role([CORE, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }]) }),
    'permission-set.json': template({ S: { Type: 'AWS::SSO::PermissionSet', Properties: { ManagedPolicies: [CORE] } } }),
    'serverless.json': serverless([CORE]),
    'serverless-partition.json': serverless(['arn:${aws:partition}:iam::aws:policy/AmazonSSMManagedInstanceCore']),
    'attachment.tf': attachment(`"${CORE}"`),
    'beside.tf': attachment(`"${CORE}"`) + made(OTHER),
    'partition.tf': attachment('"arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"'),
    'each.tf': attachment('each.value', `for_each = toset(["${CORE}"])`),
    'each-name.tf': attachment('"arn:aws:iam::aws:policy/${each.key}"', 'for_each = toset(["AmazonSSMManagedInstanceCore"])'),
    'local.tf': `locals {\n  arns = { core = "${CORE}" }\n}\n${attachment('each.value', 'for_each = local.arns')}`,
    'data.tf': `data "aws_iam_policy" "core" {\n  name = "AmazonSSMManagedInstanceCore"\n}\n${attachment('data.aws_iam_policy.core.arn')}`,
    'attribute.tf': `resource "aws_iam_role" "r" {\n  managed_policy_arns = ["${CORE}"]\n}\n`,
    'everybody.tf': attachment(`"${CORE}"`).replace('aws_iam_role_policy_attachment', 'aws_iam_policy_attachment'),
    'reference.tf': attachment('aws_iam_policy.mine.arn') + made(CHANNEL),
    'by-name.tf': attachment('"arn:aws:iam::${var.account}:policy/Mine"') + made(CHANNEL, 'name = "Mine"'),
    'module.tf': `module "node" {\n  source = "terraform-aws-modules/iam/aws//modules/iam-role"\n  policies = { core = "${CORE}" }\n}\n`,
    'main.tf.json': { resource: { aws_iam_role_policy_attachment: { a: { policy_arn: '${each.value}', for_each: { x: CORE } } } } },
    'plan.json': plan([resource('aws_iam_role_policy_attachment', { policy_arn: CORE })]),
    'plan-reference.json': plan([resource('aws_iam_role_policy_attachment', {}), resource('aws_iam_policy', { policy: JSON.stringify(CHANNEL) }, 'mine')], configured(['aws_iam_policy.mine.arn', 'aws_iam_policy.mine'])),
    'state.json': state({ policy_arn: CORE }),
    'state-role.json': state({ managed_policy_arns: [CORE] }, 'aws_iam_role'),
  },
  unknown: {
    'parameter.json': [template({ R: role([{ Ref: 'Arn' }], inline), Parameters: {} }), /"Ref": "Arn"/],
    'parameter.yaml': [yaml('!Ref Arn'), /!Ref Arn is attached, and only the deployment knows what it says\./],
    'list.json': [template({ R: role({ Ref: 'Arns' }) }), /"Ref": "Arns"/],
    'imported.yaml': [yaml('!ImportValue Mine'), /!ImportValue Mine/],
    'perhaps.yaml': [yaml(`!If [Managed, "${CORE}", !Ref AWS::NoValue]`), /AmazonSSMManagedInstanceCore/],
    'account.json': [template({ R: role([MINE], inline) }), /Mine is attached, but what it says is not known here/],
    'account.yaml': [yaml('!Sub "arn:aws:iam::${AWS::AccountId}:policy/team/Mine"'), /Mine is attached/],
    'not-known.json': [template({ R: role(['arn:aws:iam::aws:policy/SecurityAudit']) }), /SecurityAudit is attached/],
    'sam-name.json': [sam('SecurityAudit'), /SecurityAudit is attached/],
    'sam-template.yaml': ['Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - S3ReadPolicy: {BucketName: b}\n', /S3ReadPolicy/],
    'serverless.yml': ['service: s\nprovider:\n  name: aws\n  iam:\n    role:\n      managedPolicies:\n        - ${self:custom.arn}\n', /\$\{self:custom\.arn\}/],
    'variable.tf': [attachment('var.arn') + made(OTHER), /var\.arn is attached/],
    'elsewhere.tf': [attachment('aws_iam_policy.mine.arn'), /aws_iam_policy\.mine\.arn is attached/],
    'each.tf': [attachment('each.value', 'for_each = var.arns'), /each\.value is attached/],
    'account.tf': [attachment(`"${MINE}"`) + made(OTHER), /Mine is attached/],
    'attribute.tf': [`resource "aws_iam_role" "r" {\n  managed_policy_arns = concat(["${MINE}"], var.arns)\n}\n`, /var\.arns/],
    'module.tf': [`module "node" {\n  source = "./node"\n  role_policies = { core = "${CORE}" }\n}\n`, /The files do not tell what module\.node\.role_policies\.core is for\./],
    'plan.json': [plan([resource('aws_iam_role_policy_attachment', {})], configured(['module.p.arn', 'module.p'])), /aws_iam_role_policy_attachment\.a/],
    'state.json': [state({ policy_arn: MINE }), /Mine is attached/],
  },
  fails: {
    'plan-made.json': plan([resource('aws_iam_role_policy_attachment', { policy_arn: MINE }), resource('aws_iam_policy', { arn: MINE, name: 'Mine', path: '/', policy: JSON.stringify(OTHER) }, 'mine')]),
    'destroyed.json': { format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources: [resource('aws_iam_policy', { policy: JSON.stringify(OTHER) }, 'mine')] } },
      resource_changes: [{ address: 'aws_iam_role_policy_attachment.a', mode: 'managed', type: 'aws_iam_role_policy_attachment', name: 'a', change: { after: null } }] },
    'reference.tf': attachment('aws_iam_policy.mine.arn') + made(OTHER),
  },
};

test('managed policies that a template, a module or a plan attaches count: those of AWS as they are, others as unknown', async () => {
  const problems = [];
  for (const [wanted, files] of Object.entries(CASES)) {
    const cwd = folder(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Array.isArray(content) ? content[0] : content])));
    for (const [name, content] of Object.entries(files)) {
      const { code, stdout, stderr } = await postern(['role', name, '--wants', 'shell', '--side', 'node'], { cwd });
      const results = new Set([...stdout.matchAll(/^(works|fails|unknown) /gm)].map(([, result]) => result));
      if ([...results].join() !== wanted || code !== (wanted === 'works' ? 0 : 1)) problems.push(`${name}: ${code}, ${[...results]} for ${wanted} ${stderr}`);
      if (Array.isArray(content) && !content[1].test(stderr.replaceAll('\\"', '"'))) problems.push(`${name}: ${stderr}`);
      if (/unknown\d|\p{Co}/u.test(stdout + stderr)) problems.push(`${name}: ${stdout}${stderr}`);
    }
  }
  assert.deepEqual(problems, []);
});

test('what is attached endlessly often, or by itself, ends', async () => {
  const levels = Array.from({ length: 40 }, (_, i) => `  l${i + 1}: &l${i + 1} !If [C, *l${i}, *l${i}]`).join('\n');
  const cwd = folder({
    'aliases.yaml': `Metadata:\n  l0: &l0 !Ref A\n${levels}\nResources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns: [${Array(20_000).fill('*l40').join()}]\n`,
    'circle.tf': `locals {\n  a = local.b\n  b = [local.a, local.a]\n}\n${attachment('each.value', 'for_each = local.a')}${attachment('local.b')}`,
    'product.tf': `locals {\n  a = [${Array.from({ length: 2000 }, (_, i) => `"n${i}"`)}]\n}\n${Array.from({ length: 1000 }, (_, i) => attachment(`"arn:aws:iam::aws:policy/\${each.key}-${i}"`, 'for_each = local.a')).join('')}`,
    'braces.json': template({ R: role(['${'.repeat(200_000)]) }),
  });
  const results = [];
  for (const file of ['aliases.yaml', 'circle.tf', 'product.tf', 'braces.json']) {
    const { code, stdout } = await postern(['role', file, '--wants', 'node.channel'], { cwd });
    results.push([file, code, /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1]]);
  }
  assert.deepEqual(results, [['aliases.yaml', 1, 'unknown'], ['circle.tf', 1, 'unknown'], ['product.tf', 1, 'unknown'], ['braces.json', 1, 'unknown']]);
});

test('what one file of a module attaches and another makes is read in that one', async () => {
  const cwd = folder({ 'attach.tf': attachment('aws_iam_policy.mine.arn'), 'make.tf': made(CHANNEL) });
  const { code, stdout } = await postern(['role', 'attach.tf', 'make.tf', '--wants', 'shell'], { cwd });
  assert.equal(code, 0, stdout);
});

test('a policy of the account that is attached is read in the file that has its name', async () => {
  const cwd = folder({ 'role.json': template({ R: role([MINE]) }), Mine: { PolicyVersion: { Document: CHANNEL, VersionId: 'v1', IsDefaultVersion: true } } });
  const { code, stdout } = await postern(['role', 'role.json', 'Mine', '--wants', 'shell'], { cwd });
  assert.equal(code, 0, stdout);
});

test('a boundary is read in the file that has its name, which is no policy of the role unless it is attached', async () => {
  const bounded = (ManagedPolicyArns) => ({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: MINE, ManagedPolicyArns } } } });
  const version = (Document) => ({ PolicyVersion: { Document, VersionId: 'v1', IsDefaultVersion: true } });
  const results = [];
  for (const [arns, document] of [[[], CHANNEL], [[CORE], CHANNEL], [[CORE], OTHER], [[MINE], CHANNEL], [[MINE], OTHER]]) {
    const { stdout } = await postern(['role', 'role.json', 'Mine', '--wants', 'node.channel', '--side', 'node'], { cwd: folder({ 'role.json': bounded(arns), Mine: version(document) }) });
    results.push(/^(\w+) +node\.channel/m.exec(stdout)?.[1]);
  }
  assert.deepEqual(results, ['fails', 'works', 'fails', 'works', 'fails']);
});

test('a policy that is a parameter leaves open all but what is denied, and who may take the role', async () => {
  const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const denied = { PolicyName: 'd', PolicyDocument: policy(statement({ Effect: 'Deny', Action: 'kms:*', Resource: '*' })) };
  const all = { ...role([CORE], [{ PolicyName: 'p', PolicyDocument: { Ref: 'Document' } }, denied]) };
  Object.assign(all.Properties, { AssumeRolePolicyDocument });
  const { stdout, stderr } = await postern(['role', 'role.json', '--wants', 'shell,kms,trust.ec2'], { cwd: folder({ 'role.json': template({ R: all }) }) });
  const results = Object.fromEntries([...stdout.matchAll(/^(works|fails|unknown) +([\w.-]+)/gm)].map(([, result, id]) => [id, result]));
  assert.deepEqual(results, { 'node.channel': 'unknown', 'node.session-kms': 'fails', 'trust.ec2': 'works', 'node.heartbeat': 'unknown' }, stdout);
  assert.match(stdout, /It depends on \{ "Ref": "Document" \}, which only the deployment knows\./);
  assert.doesNotMatch(stderr, /are taken together/, 'they are those of one role');
});

test('the one trust policy of a file says who may take the role; of several none does', async () => {
  const trust = '      AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}\n';
  const one = `${yaml(CORE)}${trust}`;
  const other = `  Q:\n    Type: AWS::IAM::Role\n    Properties:\n${trust.replace('ec2.amazonaws.com', '!Ref Service')}`;
  const cwd = folder({ 'one.yaml': one, 'two.yaml': one + other });
  const results = [];
  for (const file of ['one.yaml', 'two.yaml']) results.push(/^(\w+) +trust\.ec2/m.exec((await postern(['role', file, '--wants', 'trust.ec2'], { cwd })).stdout)?.[1]);
  assert.deepEqual(results, ['works', 'unknown']);
});

test('a template of a role with managed policies alone has places in the file, and its checks are as before', async () => {
  const source = yaml(`"${CORE}"`);
  const cwd = folder({ 'role.yaml': source });
  const { capabilities: [{ reasons: [{ span }] }] } = JSON.parse((await postern(['role', 'role.yaml', '--wants', 'node.channel', '--format', 'json'], { cwd })).stdout);
  assert.equal(source.slice(span.start.offset, span.end.offset), `"${CORE}"`);
  assert.match((await postern(['check', '.'], { cwd })).stderr, /1 file holds no policy: role\.yaml\./);
});
