// What `postern diff` makes of expressions that were written otherwise, and of those that stand where another one stood.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, folder, policy, postern, statement } from './run.mjs';

const HEAD = { Parameters: { B: { Type: 'String' }, C: { Type: 'String' } } };
const QUEUE = { Q: { Type: 'AWS::SQS::Queue' } };
const template = (Resource, more = {}) => ({ 'a.json': { ...HEAD, Resources: { ...QUEUE, P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(statement({ Resource, ...more })) } } } } });
const yaml = (resource, action = 's3:GetObject') => ({ 'a.yaml': `Parameters:\n  B:\n    Type: String\n  C:\n    Type: String\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n          - Effect: Allow\n            Action: ${action}\n            Resource: ${resource}\n` });
const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const VARIABLES = 'variable "a" {}\nvariable "b" {\n  default = "example-files"\n}\ndata "aws_partition" "p" {}\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n';
const main = (resource, Action = 's3:GetObject') => ({ 'main.tf': `${VARIABLES}resource "aws_iam_policy" "p" {\n  policy = jsonencode(${hcl(policy(statement({ Action, Resource: 'R' }))).replace('"R"', () => resource)})\n}\n` });
const sub = (text) => ({ 'Fn::Sub': text });
const ref = (name) => ({ Ref: name });
const join = (...parts) => ({ 'Fn::Join': ['', parts] });

test('an expression of a template that is written in another way is the same', async () => {
  const both = [
    ['Sub', template(sub('arn:aws:s3:::${B}/*')), template(join('arn:aws:s3:::', ref('B'), '/*'))], ['of AWS', template(sub('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:q')), template(join('arn:aws:sqs:', ref('AWS::Region'), ':', ref('AWS::AccountId'), ':q'))],
    ['an attribute', template(sub('${Q.Arn}')), template({ 'Fn::GetAtt': ['Q', 'Arn'] })], ['an attribute with a dot', template({ 'Fn::GetAtt': 'Q.Arn' }), template({ 'Fn::GetAtt': ['Q', 'Arn'] })], ['a name beside', template(sub(['arn:aws:s3:::${X}/*', { X: ref('B') }])), template(sub('arn:aws:s3:::${B}/*'))],
    ['an ARN', template(sub('arn:${AWS::Partition}:s3:::b')), template(join('arn:', ref('AWS::Partition'), ':s3:::b'))], ['what stands around it', template(ref('B')), template(sub('${B}'))],
    ['YAML', yaml('!Sub "arn:aws:s3:::${B}/*"'), yaml("!Join ['', ['arn:aws:s3:::', !Ref B, '/*']]")], ['YAML in long words', yaml('!Sub "arn:aws:s3:::${B}/*"'), yaml('\n              Fn::Join:\n                - ""\n                - - "arn:aws:s3:::"\n                  - Ref: B\n                  - /*')], ['an attribute of YAML', yaml('!GetAtt Q.Arn'), yaml('!Sub "${Q.Arn}"')],
    ['a list of YAML', yaml('!GetAtt Q.Arn'), yaml('!GetAtt [Q, Arn]')], ['in long words', yaml('!GetAtt Q.Arn'), yaml('\n              Fn::GetAtt: [Q, Arn]')], ['an import', yaml('!ImportValue x'), yaml('\n              Fn::ImportValue: x')], ['in other quotes', yaml('!ImportValue x'), yaml('!ImportValue "x"')],
    ['format', main('"arn:aws:s3:::${var.a}/x"'), main('format("arn:aws:s3:::%s/x", var.a)')], ['join', main('"arn:aws:s3:::${var.a}/x"'), main('join("/", ["arn:aws:s3:::${var.a}", "x"])')], ['join of all', main('"${aws_sqs_queue.q.arn}/x"'), main('join("/", [aws_sqs_queue.q.arn, "x"])')], ['format alone', main('var.a'), main('format("%s", var.a)')], ['quotes', main('var.a'), main('"${var.a}"')], ['spaces', main('"${var.a}/x"'), main('"${ var.a }/x"')],
    ['an index', main('"${aws_sqs_queue.q["a"].arn}/x"'), main('format("%s/x", aws_sqs_queue.q["a"].arn)')], ['a function', main('"${lower(var.a)}/x"'), main('format("%s/x", lower( var.a ))')],
  ];
  assert.deepEqual(await codes(both.flatMap(([name, before, after]) => [[name, before, after, 0], [`${name}, the other way`, after, before, 0]]), ['--fail-on', 'any']), []);
});

test('an expression of which nobody knows the value, in place of what stood there, is no certain gain', async () => {
  const told = async (cases, known, unknown) => {
    const problems = [];
    for (const [name, before, after, isKnown] of cases) {
      const cwd = folder(Object.fromEntries([['old', before], ['new', after]].flatMap(([side, files]) => Object.entries(files).map(([path, text]) => [`${side}/${path}`, text]))));
      const { stdout, code } = await postern(['diff', 'old', 'new', '--no-config'], { cwd });
      const allowed = await postern(['diff', 'old', 'new', '--no-config', '--allow-unknown'], { cwd });
      if (code !== 1 || (allowed.code === 1) !== isKnown || !(isKnown ? / gained\n/ : / gained\? unknown\n/).test(stdout)) problems.push(`${name}: ${code} ${allowed.code}\n${stdout}`);
      if (/unknown\d|\p{Co}|\0/u.test(stdout)) problems.push(`${name} has a stand-in: ${stdout}`);
    }
    return problems;
  };
  const ofBucket = 'arn:aws:s3:::example-files/*';
  const bucket = (name) => `"arn:aws:s3:::${name}/*"`;
  assert.deepEqual(await told([
    ['the partition', template(ofBucket), template(sub('arn:${AWS::Partition}:s3:::example-files/*')), false], ['back', template(sub('arn:${AWS::Partition}:s3:::example-files/*')), template(ofBucket), false], ['of Terraform', main(bucket('example-files')), main('"arn:${data.aws_partition.p.partition}:s3:::example-files/*"'), false],
    ['a variable', main(bucket('example-files')), main(bucket('${var.b}')), false], ['the literal', main(bucket('${var.b}')), main(bucket('example-files')), false], ['another variable', main(bucket('${var.a}')), main(bucket('${var.b}')), false], ['a parameter', template(ofBucket), template(sub('arn:aws:s3:::${B}/*')), false], ['all of it', template(ofBucket), template(ref('B')), false],
    ['a list', template([ofBucket, 'arn:aws:s3:::c/*']), template([sub('arn:aws:s3:::${B}/*'), 'arn:aws:s3:::c/*']), false], ['two of them', template([ofBucket, 'arn:aws:s3:::c/*']), template([sub('arn:aws:s3:::${B}/*'), sub('arn:aws:s3:::${C}/*')]), false], ['a condition', template(ofBucket, { Condition: { StringEquals: { 'aws:PrincipalTag/a': 'x' } } }), template(ofBucket, { Condition: { StringEquals: { 'aws:PrincipalTag/a': ref('B') } } }), false],
    ['an action more', template(ofBucket), template(sub('arn:${AWS::Partition}:s3:::example-files/*'), { Action: ['s3:GetObject', 's3:PutObject'] }), true], ['a wider resource', template(ofBucket), template(sub('arn:${AWS::Partition}:s3:::*')), true], ['a wider one of Terraform', main(bucket('a')), main('"arn:${data.aws_partition.p.partition}:s3:::*"'), true],
    ['a Condition left out', template(ofBucket, { Condition: { StringEquals: { 'aws:PrincipalTag/a': 'x' } } }), template(sub('arn:aws:s3:::${B}/*')), true], ['one more beside it', template(ofBucket), template([ofBucket, sub('arn:aws:s3:::${B}/*')]), true], ['another action in one more', main(bucket('example-files')), main(bucket('${var.b}'), 's3:*'), true],
    ['what could not have stood there', template('arn:aws:s3:::a/*'), template(sub('arn:aws:s3:::${B}/x/*')), true], ['two for one', template(ofBucket), template([sub('arn:aws:s3:::${B}/*'), sub('arn:aws:s3:::${C}/*')]), true], ['a service', template(ofBucket), template(sub('arn:aws:sqs:${AWS::Region}:*:*'), { Action: 'sqs:*' }), true],
  ]), []);
});
