// What `postern diff` makes of policies with statements of which only the deployment knows whether they are there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, policy, statement } from './run.mjs';

const all = (action, more = {}) => statement({ Action: action, Resource: '*', ...more });
const denied = (action) => all(action, { Effect: 'Deny' });
const ALL = all('s3:*');
const NARROW = statement({ Action: 's3:PutObject' });
const WIDE = all('s3:PutObject');
const NOT_THERE = { Ref: 'AWS::NoValue' };
const choice = (one, other = NOT_THERE, by = 'IsDev') => ({ 'Fn::If': [by, one, other] });
const template = (...Statement) => ({ 't.json': {
  Parameters: { Env: { Type: 'String' } }, Conditions: { IsDev: { 'Fn::Equals': [{ Ref: 'Env' }, 'dev'] }, IsTest: { 'Fn::Equals': [{ Ref: 'Env' }, 'test'] } },
  Resources: { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: 'p', PolicyDocument: policy(...Statement) }] } } },
} });
const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const module = (body) => ({ 'main.tf': `variable "dev" {}\nresource "aws_iam_role" "r" {\n  name = "r"\n  assume_role_policy = jsonencode(${hcl(TRUST)})\n}\n${body}` });
const inline = (name, document, count = '') => `resource "aws_iam_role_policy" "${name}" {\n${count}  role = aws_iam_role.r.id\n  policy = ${document}\n}\n`;
const encoded = (...Statement) => `jsonencode(${hcl(policy(...Statement))})`;
const concat = (chosen, ...others) => module(inline('p', `jsonencode({ Version = "2012-10-17", Statement = concat(var.dev ? [${hcl(chosen)}] : [], ${hcl(others)}) })`));
const two = (name, ...Statement) => module(inline(name, encoded(ALL), '  count = var.dev ? 1 : 0\n') + inline(name === 'dev' ? 'p' : 'q', encoded(...Statement)));

test('a statement that is there in some cases hides nothing that is gained in the others', async () => {
  const isOpen = /without them, s3:\w+ on .* is allowed now/;
  assert.deepEqual(await codes([
    ['wider', template(choice(ALL), NARROW), template(choice(ALL), WIDE), 1, isOpen], ['new', template(choice(ALL), NARROW), template(choice(ALL), NARROW, all('s3:DeleteBucket')), 1, isOpen],
    ['the first branch', template(choice(ALL, statement()), NARROW), template(choice(ALL, statement()), WIDE), 1, isOpen], ['the second one', template(choice(statement(), ALL), NARROW), template(choice(statement(), ALL), WIDE), 1, isOpen],
    ['one of two choices', template(choice(ALL), choice(statement(), NOT_THERE, 'IsTest'), NARROW), template(choice(ALL), choice(statement(), NOT_THERE, 'IsTest'), WIDE), 1, isOpen],
    ['concat', concat(ALL, NARROW), concat(ALL, WIDE), 1, isOpen], ['together', two('dev', NARROW), two('other', WIDE), 1],
    ['below a Deny', template(choice(denied('s3:Put*')), NARROW), template(choice(denied('s3:Put*')), WIDE), 1, isOpen],
    ['a Deny that is gone below a Deny', template(choice(denied('iam:*')), denied('iam:CreateUser'), WIDE), template(choice(denied('iam:*')), WIDE), 1, /denies less/],
    ['only denials', template(choice(denied('iam:*')), denied('iam:CreateUser')), template(choice(denied('iam:*'))), 1, /without them, iam:CreateUser/],
    ['below a Deny, beside what is allowed in the same cases', template(choice(ALL), choice(denied('s3:Put*'), NOT_THERE, 'IsTest'), NARROW), template(choice(ALL), choice(denied('s3:Put*'), NOT_THERE, 'IsTest'), WIDE), 1, isOpen],
    ['a Deny that only the other side has, beside what is allowed in some cases', template(choice(ALL), NARROW, denied('s3:DeleteBucket')), template(choice(ALL), NARROW), 1],
  ]), []);
});

test('what neither side has more of without such statements is the same', async () => {
  const silent = /: 0 policies allow more, /;
  assert.deepEqual(await codes([
    ['narrower', template(choice(ALL), WIDE), template(choice(ALL), NARROW), 0, silent], ['in another order', template(choice(ALL), NARROW, statement()), template(statement(), NARROW, choice(ALL)), 0, silent],
    ['two in one', template(choice(ALL), NARROW, statement()), template(choice(ALL), statement({ Action: ['s3:PutObject', 's3:GetObject'] })), 0, silent],
    ['below a Deny', template(choice(denied('s3:Put*')), WIDE), template(choice(denied('s3:Put*')), NARROW), 0, silent], ['concat', concat(ALL, WIDE), concat(ALL, NARROW), 0, silent],
    ['together', two('dev', NARROW), two('other', NARROW), 0, silent], ['two choices', template(choice(ALL), choice(statement(), NOT_THERE, 'IsTest'), WIDE), template(choice(statement(), NOT_THERE, 'IsTest'), choice(ALL), NARROW), 0, silent],
    ['a gain in any case', template(choice(statement()), NARROW), template(choice(statement()), WIDE), 1, /allows more/],
  ]), []);
});

test('a statement that is there in the other case now is not the same', async () => {
  const conditional = (one, other) => module(inline('p', `jsonencode({ Version = "2012-10-17", Statement = concat(var.dev ? ${one} : ${other}, [${hcl(NARROW)}]) })`));
  assert.deepEqual(await codes([
    ['to the other case', template(choice(ALL), NARROW), template(choice(NOT_THERE, ALL), NARROW), 1],
    ['exchanged', template(choice(ALL, statement()), NARROW), template(choice(statement(), ALL), NARROW), 1],
    ['Terraform', conditional(`[${hcl(ALL)}]`, '[]'), conditional('[]', `[${hcl(ALL)}]`), 1],
    ['a Deny', template(choice(denied('s3:*')), WIDE), template(choice(NOT_THERE, denied('s3:*')), WIDE), 1],
    ['as it was', template(choice(ALL, statement()), NARROW), template(NARROW, choice(ALL, statement())), 0, /: 0 policies allow more, /],
  ]), []);
});
