// The partition that "postern role" is asked about is that of templates, with what follows of it; without it both are unknown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const SUFFIX = { Ref: 'AWS::URLSuffix' };
const template = (Service, Resource = '*') => ({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: {
  AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }),
  Policies: [{ PolicyName: 'p', PolicyDocument: policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource })) }],
} } } });
const YAML = `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: !Sub "ec2.\${AWS::URLSuffix}"}, Action: "sts:AssumeRole"}]
`;

test('AWS::Partition and AWS::URLSuffix are known by the partition or the Region that is asked about', async () => {
  const anywhere = { 'Fn::Sub': 'arn:${AWS::Partition}:ec2:*:*:instance/*' };
  const files = {
    'join.json': template({ 'Fn::Join': ['', ['ec2.', SUFFIX]] }), 'sub.json': template({ 'Fn::Sub': 'ec2.${AWS::URLSuffix}' }),
    'values.json': template({ 'Fn::Sub': ['${Name}.${AWS::URLSuffix}', { Name: 'ec2' }] }), 'tag.yaml': YAML,
    'lambda.json': template({ 'Fn::Sub': 'lambda.${AWS::URLSuffix}' }), 'partition.json': template('ec2.amazonaws.com', anywhere),
  };
  const cwd = folder(files);
  const wrong = [];
  for (const [file, want, words, wanted] of [
    ...['join.json', 'sub.json', 'values.json', 'tag.yaml'].flatMap((file) => [
      [file, 'trust.ec2', [], 'unknown'], [file, 'trust.ec2', ['--partition', 'aws'], 'works'], [file, 'trust.ec2', ['--region', 'us-gov-west-1'], 'works'],
      [file, 'trust.ec2', ['--partition', 'aws-cn'], 'works'], [file, 'trust.ec2', ['--partition', 'aws-iso'], 'unknown'],
    ]),
    ['lambda.json', 'trust.ec2', ['--partition', 'aws'], 'fails'],
    ['partition.json', 'node.heartbeat', [], 'unknown'], ['partition.json', 'node.heartbeat', ['--partition', 'aws-cn'], 'works'], ['partition.json', 'node.heartbeat', ['--region', 'eu-west-1'], 'works'],
  ]) {
    const { code, stdout, stderr } = await postern(['role', file, '--wants', want, ...words], { cwd });
    const result = new RegExp(`^(works|fails|unknown) +${want}`, 'm').exec(stdout)?.[1];
    if (result !== wanted) wrong.push(`${file} ${words.join(' ')}: ${code} ${result}\n${stderr}`);
    if (/known where --partition or --region says it/.test(stderr) !== (words.length === 0)) wrong.push(`${file} ${words.join(' ')}: ${stderr}`);
  }
  assert.deepEqual(wrong, []);
});

test('the partition is asked of every capability', async () => {
  const { stdout, stderr } = await postern(['role', '-', '--partition', 'aws-cn', '--side', 'node', '--wants', 'shell'], { input: JSON.stringify(policy(statement({ Action: 'ssm:UpdateInstanceInformation', Resource: '*' }))) });
  assert.match(stdout, /on arn:aws-cn:ec2:/);
  assert.equal(stderr, '');
});
