// What `postern diff` makes of a template or a module that is written in another syntax.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TRUST, codes, folder, policy, postern, statement } from './run.mjs';

const YAML = `# Of one bucket.
Parameters:
  Bucket: { Type: String, Default: files }
Conditions:
  IsProd: !Equals [!Ref Bucket, files]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "\${AWS::StackName}-r"
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" }
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource:
                  - !Sub "arn:aws:s3:::\${Bucket}/*"
                  - !GetAtt Queue.Arn
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsProd
    Properties: { QueueName: !Ref Bucket }
  Permission:
    Type: AWS::Lambda::Permission
    Properties: { Action: "lambda:InvokeFunction", FunctionName: !Ref Bucket, Principal: "*" }
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn, Condition: { StringEquals: { "aws:SourceAccount": !Ref "AWS::AccountId" } } }
`;
const JSON_ = {
  Parameters: { Bucket: { Type: 'String', Default: 'files' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Bucket' }, 'files'] } },
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::Sub': '${AWS::StackName}-r' }, AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: 'p', PolicyDocument: policy(statement({ Resource: [{ 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' }, { 'Fn::GetAtt': ['Queue', 'Arn'] }] })) }] } },
    Queue: { Type: 'AWS::SQS::Queue', Condition: 'IsProd', Properties: { QueueName: { Ref: 'Bucket' } } },
    Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Bucket' }, Principal: '*' } },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: policy(statement({ Principal: '*', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } })) } },
  },
};
const edited = (edit) => { const copy = structuredClone(JSON_); edit(copy); return copy; };
const HCL = `variable "bucket" {
  type = string
  default = "files"
}
resource "aws_iam_role" "r" {
  name = "r"
  count = var.bucket == "files" ? 1 : 0
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r[0].id
  policy = data.aws_iam_policy_document.d.json
}
resource "aws_iam_policy" "q" {
  name = "q"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::\${var.bucket}/*" }] })
}
resource "aws_iam_role_policy_attachment" "a" {
  role = aws_iam_role.r[0].name
  policy_arn = aws_iam_policy.q.arn
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:GetObject"]
    resources = ["arn:aws:s3:::\${var.bucket}/*"]
  }
}
`;
const HCL_AS_JSON = {
  variable: { bucket: { type: 'string', default: 'files' } },
  resource: {
    aws_iam_role: { r: { name: 'r', count: '${var.bucket == "files" ? 1 : 0}', assume_role_policy: JSON.stringify(TRUST) } }, aws_iam_role_policy: { p: { role: '${aws_iam_role.r[0].id}', policy: '${data.aws_iam_policy_document.d.json}' } },
    aws_iam_policy: { q: { name: 'q', policy: JSON.stringify(policy(statement({ Resource: 'arn:aws:s3:::${var.bucket}/*' }))) } }, aws_iam_role_policy_attachment: { a: { role: '${aws_iam_role.r[0].name}', policy_arn: '${aws_iam_policy.q.arn}' } },
  },
  data: { aws_iam_policy_document: { d: { statement: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::${var.bucket}/*'] }] } } },
};
const module = (edit) => { const copy = structuredClone(HCL_AS_JSON); edit(copy); return copy; };

test('a template or a module that is written in another syntax is the same', async () => {
  const both = [
    ['a template', { 's.yaml': YAML }, { 's.json': JSON_ }], ['below a folder', { 'x/s.yml': YAML, 'y/s.yml': 'a: 1\n' }, { 'x/s.json': JSON_, 'y/s.json': {} }], ['of another kind of name', { 's.yaml': YAML }, { 's.template': JSON.stringify(JSON_) }],
    ['a module', { 'm/x.tf': HCL }, { 'm/x.tf.json': HCL_AS_JSON }], ['a policy', { 'p.yaml': 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action: s3:GetObject\n    Resource: arn:aws:s3:::example-files/*\n' }, { 'p.json': policy(statement()) }],
    ['the same path', { 's.template': YAML }, { 's.template': JSON.stringify(JSON_) }],
  ];
  assert.deepEqual(await codes(both.flatMap(([name, before, after]) => [[name, before, after, 0], [`${name}, the other way`, after, before, 0]]), ['--fail-on', 'any']), []);
});

test('what is gained in another syntax is told', async () => {
  const first = (copy) => copy.Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0];
  assert.deepEqual(await codes([
    ['an action', { 's.yaml': YAML }, { 's.json': edited((copy) => { first(copy).Action = ['s3:GetObject', 's3:PutObject']; }) }, 1, /allows more/], ['a resource', { 's.yaml': YAML }, { 's.json': edited((copy) => { first(copy).Resource = '*'; }) }, 1, /allows more/],
    ['a Condition', { 's.yaml': YAML }, { 's.json': edited((copy) => { delete copy.Resources.Policy.Properties.PolicyDocument.Statement[0].Condition; }) }, 1, /allows more/], ['the default of a parameter', { 's.yaml': YAML }, { 's.json': edited((copy) => { copy.Parameters.Bucket.Default = '*'; }) }, 1, /refers to is not the same/],
    ['a boundary', { 's.yaml': YAML.replace('RoleName:', 'PermissionsBoundary: arn:aws:iam::111122223333:policy/B\n      RoleName:') }, { 's.json': JSON_ }, 1, /boundary/], ['a permission', { 's.yaml': YAML.replace('Principal: "*" }', 'Principal: s3.amazonaws.com }') }, { 's.json': JSON_ }, 1, /what gives access is not what it was/], ['another queue', { 's.yaml': YAML }, { 's.json': edited((copy) => { copy.Resources.Policy.Properties.Queues = ['https://q']; }) }, 1],
    ['who may take the role', { 's.yaml': YAML }, { 's.json': edited((copy) => { copy.Resources.Role.Properties.AssumeRolePolicyDocument.Statement[0].Principal = '*'; }) }, 1, /allows more/],
    ['an action of a module', { 'm/x.tf': HCL }, { 'm/x.tf.json': module((copy) => { copy.data.aws_iam_policy_document.d.statement[0].actions = ['s3:*']; }) }, 1, /allows more/], ['a variable', { 'm/x.tf': HCL }, { 'm/x.tf.json': module((copy) => { copy.variable.bucket.default = '*'; }) }, 1, /refers to is not the same/],
    ['in more cases', { 'm/x.tf': HCL }, { 'm/x.tf.json': module((copy) => { delete copy.resource.aws_iam_role.r.count; }) }, 1], ['for another role', { 'm/x.tf': HCL }, { 'm/x.tf.json': module((copy) => { copy.resource.aws_iam_role_policy.p.role = 'other'; }) }, 1],
  ]), []);
});

test('a template in another syntax is the same in git too', async () => {
  const cwd = folder({ 'a/s.yaml': YAML, 'm/x.tf': HCL });
  const git = (...words) => execFileSync('git', words, { cwd, stdio: 'ignore', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' } });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'x');
  for (const [gone, added, text] of [['a/s.yaml', 'a/s.json', JSON_], ['m/x.tf', 'm/x.tf.json', HCL_AS_JSON]]) {
    rmSync(join(cwd, gone));
    writeFileSync(join(cwd, added), JSON.stringify(text));
  }
  const { code, stdout } = await postern(['diff', '--git', 'HEAD', '--no-config', '--fail-on', 'any'], { cwd });
  assert.equal(code, 0, stdout);
});
