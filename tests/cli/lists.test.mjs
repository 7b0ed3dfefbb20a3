// What `postern diff` makes of one expression that stands for several values, where these are written out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const UNKNOWN = /gained\? unknown\n[^]*: 0 policies allow more/;
const GAINED = / gained\n/;
const TWO = ['s3:GetObject', 's3:PutObject'];
const ON = ['arn:aws:s3:::example-files/*', 'arn:aws:s3:::example-logs/*'];
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=').replace(/"<(.*?)>"/g, (_, expression) => expression.replaceAll('\\"', '"'));
const inMain = (statements, more = '') => ({ 'main.tf': `${more}resource "aws_iam_policy" "p" {\n  policy = jsonencode(${hcl(policy(...statements))})\n}\n` });
const main = (own, more = '') => inMain([statement(own)], more);
const VARIABLE = 'variable "all" {\n  default = ["s3:GetObject", "s3:PutObject"]\n}\n';
const LOCALS = `locals {\n  m = { k = ${hcl(TWO)}, on = ${hcl(ON)}, ips = ["10.0.0.0/8", "192.168.0.0/16"] }\n  buckets = merge(var.more, { files = "example-files", logs = "example-logs" })\n  s = ${hcl(statement())}\n  t = merge(var.more, ${hcl(statement())})\n}\n`;
const template = (statements, more = {}) => ({ 'a.json': {
  Parameters: { On: { Type: 'CommaDelimitedList' }, A: { Type: 'String' }, B: { Type: 'String' } }, Mappings: { M: { a: { b: TWO, accounts: ['111122223333', '444455556666'] } } }, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'A' }, 'prod'] } },
  Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...statements) } }, ...more },
} });
const trust = (Principal) => template([statement()], { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }) } } });
const choice = (...values) => ({ 'Fn::If': ['Prod', ...values] });
const document = (body) => ({ 'main.tf': `${LOCALS}data "aws_iam_policy_document" "d" {\n${body}\n}\nresource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n` });
const dynamic = document('  dynamic "statement" {\n    for_each = local.buckets\n    content {\n      actions   = ["s3:GetObject"]\n      resources = ["arn:aws:s3:::${statement.value}/*"]\n    }\n  }');
const denying = (Action) => main({ Effect: 'Deny', Action, Resource: '*' }, VARIABLE);
const tagged = (value) => ({ Condition: { StringEquals: { 'aws:PrincipalTag/a': value } } });
const BUCKETS = 'resource "aws_s3_bucket" "b" {\n  count = 2\n}\n';
const NO_MORE = /: 0 policies allow more, 0 allow less/;

test('an expression that was several values is not gained where they are written out', async () => {
  const both = [
    ['a variable', main({ Action: '<var.all>' }, VARIABLE), main({ Action: TWO })],
    ['patterns that its default names', main({ Action: '<var.all>' }, VARIABLE.replace('s3:Put', 's3:List').replaceAll('Object', '*')), main({ Action: ['s3:Get*', 's3:List*'] })],
    ['of a map', main({ Action: '<local.m["k"]>' }, LOCALS), main({ Action: TWO })], ['of resources', main({ Resource: '<local.m.on>' }, LOCALS), main({ Resource: ON })],
    ['a loop', main({ Resource: '<[for _, b in local.buckets : "arn:aws:s3:::${b}/*"]>' }, LOCALS), main({ Resource: ON })], ['statements of a loop', dynamic, main({ Resource: ON })],
    ['all instances', main({ Resource: '<aws_s3_bucket.b[*].arn>' }, BUCKETS), main({ Resource: ['<aws_s3_bucket.b[0].arn>', '<aws_s3_bucket.b[1].arn>'] }, BUCKETS)], ['an output', main({ Resource: '<module.b.arns>' }), main({ Resource: ['<module.b.a>', '<module.b.b>'] })],
    ['beside others', main({ Action: '<concat(var.all, ["s3:ListBucket"])>' }, VARIABLE), main({ Action: [...TWO, 's3:ListBucket'] })],
    ['a condition', main({ Condition: { IpAddress: { 'aws:SourceIp': '<local.m.ips>' } } }, LOCALS), main({ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] } } })],
    ['a Deny', denying('<var.all>'), denying(TWO)], ['both at once', inMain([statement({ Action: '<var.all>' }), statement({ Effect: 'Deny', Action: '<var.all>' })], VARIABLE), inMain([statement({ Action: TWO }), statement({ Effect: 'Deny', Action: TWO })])],
    ['a statement', inMain(['<local.t>', statement({ Action: 'sqs:*', Resource: '*' })], LOCALS), inMain([statement(), statement({ Action: 'sqs:*', Resource: '*' })])],
    ['a statement that denies', inMain(['<var.s>', statement()]), inMain([statement({ Effect: 'Deny', Action: 's3:*' }), statement()])],
    ['a mapping', template([statement({ Action: { 'Fn::FindInMap': ['M', { Ref: 'A' }, 'b'] } })]), template([statement({ Action: TWO })])], ['a text that is split', template([statement({ Action: { 'Fn::Split': [',', TWO.join()] } })]), template([statement({ Action: TWO })])],
    ['a parameter', template([statement({ Resource: { Ref: 'On' } })]), template([statement({ Resource: [{ Ref: 'A' }, { Ref: 'B' }] })])], ['whom a role trusts', trust({ AWS: { 'Fn::FindInMap': ['M', { Ref: 'A' }, 'accounts'] } }), trust({ AWS: ['111122223333', '444455556666'] })],
    ['a choice of actions', template([statement({ Action: choice(['s3:GetObject'], TWO) })]), template([statement(), choice({ Ref: 'AWS::NoValue' }, statement({ Action: 's3:PutObject' }))])],
    ['a choice of resources', template([statement({ Resource: choice(ON, [ON[0], 'arn:aws:s3:::example-other/*']) })]), template([statement({ Resource: ON[0] }), statement({ Resource: choice(ON[1], 'arn:aws:s3:::example-other/*') })])],
    ['a choice of principals', trust({ Service: choice(['ec2.amazonaws.com'], ['ec2.amazonaws.com', 'ssm.amazonaws.com']) }), trust({ Service: ['ec2.amazonaws.com', choice({ Ref: 'AWS::NoValue' }, 'ssm.amazonaws.com')] })],
    ['a choice of the same', main({ Action: '<var.x ? ["s3:GetObject", "s3:PutObject"] : ["s3:PutObject", "s3:GetObject"]>' }, 'variable "x" {}\n'), main({ Action: TWO })],
  ];
  const certain = /^(?![^]* (?:gained|lost)\n)/;
  assert.deepEqual(await codes(both.flatMap(([name, before, after]) => [[name, before, after, 1, certain], [`${name}, the other way`, after, before, 1, certain]]), ['--fail-on', 'any']), []);
  const added = statement({ Action: 'sqs:*', Resource: '*' });
  assert.deepEqual(await codes([
    ['a statement that has a name of its own', inMain(['<local.s>', added], LOCALS), inMain([statement(), added]), 0, NO_MORE],
    ['what a mapping has by names', template([statement({ Action: { 'Fn::FindInMap': ['M', 'a', 'b'] } })]), template([statement({ Action: TWO })]), 0, NO_MORE],
    ['whom a mapping has by names', trust({ AWS: { 'Fn::FindInMap': ['M', 'a', 'accounts'] } }), trust({ AWS: ['111122223333', '444455556666'] }), 0, NO_MORE],
    ['one more than a mapping has', template([statement({ Action: { 'Fn::FindInMap': ['M', 'a', 'b'] } })]), template([statement({ Action: [...TWO, 's3:ListBucket'] })]), 1, GAINED],
  ], ['--fail-on', 'any']), []);
});

test('what an expression cannot have been is gained for sure', async () => {
  assert.deepEqual(await codes([
    ['one more beside a variable', main({ Action: '<var.all>' }, VARIABLE), main({ Action: '<concat(var.all, ["s3:DeleteObject"])>' }, VARIABLE), 1, GAINED],
    ['all', main({ Action: '<var.all>' }, VARIABLE), main({ Action: '*' }), 1, GAINED], ['patterns that its default does not name', main({ Action: '<var.all>' }, VARIABLE), main({ Action: ['s3:Get*', 's3:List*'] }), 1, GAINED],
    ['on another thing', main({ Action: '<var.all>' }, VARIABLE), main({ Action: TWO, Resource: '*' }), 1, GAINED], ['a statement of all', inMain(['<local.s>', statement()], LOCALS), inMain([statement(), statement({ Action: 's3:*', Resource: '*' })]), 1, GAINED],
    ['an item of a list, which is no list', main({ Resource: ['<aws_sqs_queue.a.arn>'] }), main({ Resource: ['<aws_sqs_queue.b.arn>', '<aws_sqs_queue.c.arn>'] }), 1, GAINED],
    ['what no choice has', template([statement({ Action: choice(['s3:GetObject'], TWO) })]), template([statement({ Action: choice(['s3:GetObject'], TWO) }), statement({ Action: 's3:GetObjectAcl' })]), 1, GAINED],
    ['what both choices have, on another thing', template([statement({ Action: choice(['s3:GetObject'], TWO) })]), template([statement({ Action: choice(['s3:GetObject'], TWO) }), statement({ Resource: '*' })]), 1, GAINED],
    ['an empty text', main(tagged('<var.all>'), VARIABLE), inMain([statement(tagged('<var.all>')), statement(tagged(''))], VARIABLE), 1, GAINED],
    ['of a loop', dynamic, main({ Action: 's3:*', Resource: ON }), 1, GAINED], ['on what no loop has', dynamic, main({ Resource: [...ON, 'arn:aws:s3:::*'] }), 1, GAINED],
  ]), []);
  assert.deepEqual(await codes([
    ['what both choices have', template([statement({ Action: choice(['s3:GetObject'], TWO) })]), template([statement({ Action: choice(['s3:GetObject'], TWO) }), statement({ Resource: 'arn:aws:s3:::example-files/a' })]), 1, UNKNOWN],
    ['what a default names', main({ Action: '<var.all>' }, VARIABLE), inMain([statement({ Action: '<var.all>' }), statement({ Resource: 'arn:aws:s3:::example-files/a' })], VARIABLE), 1, UNKNOWN],
  ]), []);
});

test('what functions and loops make of values that stand in the file is those values, and of others it is another value each time', async () => {
  const local = 'locals {\n  one = ["s3:GetObject"]\n  buckets = ["example-files", "example-logs"]\n}\n';
  const pairs = [
    ['joined', main({ Action: '<concat(local.one, ["s3:PutObject"])>' }, local), main({ Action: TWO })],
    ['a loop', main({ Resource: '<[for b in local.buckets : "arn:aws:s3:::${b}/*"]>' }, local), main({ Resource: ON })],
  ];
  assert.deepEqual(await codes(pairs.flatMap(([name, before, after]) => [[name, before, after, 0], [`${name}, the other way`, after, before, 0]]), ['--fail-on', 'any']), []);
  const keyed = (key) => main({ Resource: `<[for k in ["${key}"] : aws_s3_bucket.b[k].arn]>` });
  assert.deepEqual(await codes([['another key in a loop', keyed('a'), keyed('b'), 1]], ['--fail-on', 'any']), []);
});
