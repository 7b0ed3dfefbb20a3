// Locals of Terraform whose values stand in the file are known where they are named; variables and all else are not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extentOf, policiesIn } from './bundle.mjs';

const LOCALS = `locals {
  bucket = "example-files"
  arn    = "arn:aws:s3:::\${local.bucket}"
  open   = "arn:aws:s3:::\${var.team}-\${local.bucket}/*"
  reads  = ["s3:GetObject", "s3:ListBucket"]
  circle = local.other
  other  = local.circle
  object = { a = "x" }
  same   = "aaaaaaaaaa"
}
`;
const of = async (actions, resources) => {
  const text = `${LOCALS}data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ${actions}\n    resources = ${resources}\n  }\n}\n`;
  const [found] = await policiesIn(text, 'main.tf');
  const { Statement: [{ Action, Resource }] } = JSON.parse(found.text);
  return { text, found, Action, Resource };
};

test('a local is known where it is named, also inside of strings, and has the place of its name', async () => {
  const { text, found, Action, Resource } = await of('local.reads', '[local.arn, "${local.arn}/*", "${ local.bucket }"]');
  assert.deepEqual([Action, Resource, found.unknown], [['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::example-files', 'arn:aws:s3:::example-files/*', 'example-files'], []]);
  const slice = (value) => {
    const start = found.text.indexOf(`"${value}"`);
    const { start: from, end } = extentOf(found, start, start + value.length + 2);
    return text.slice(from, end);
  };
  assert.deepEqual([slice('s3:GetObject'), slice('arn:aws:s3:::example-files'), slice('arn:aws:s3:::example-files/*')], ['local.reads', 'local.arn', '"${local.arn}/*"']);
  // A value as long as its name is no text that stands there.
  const same = await of('["s3:GetObject"]', '"${local.same}"');
  const at = same.found.text.indexOf('aaaaa');
  assert.deepEqual(same.text.slice(same.found.place(at).start, same.found.place(at + 9).end), 'local.same');
});

test('what only the deployment knows stays unknown', async () => {
  const problems = [];
  for (const reference of ['local.open', '"${local.open}"', 'local.circle', 'local.object', 'local.absent', 'local.reads[0]', 'var.bucket', '"${upper(local.bucket)}"']) {
    const { found } = await of('["s3:GetObject"]', `[${reference}]`);
    if (found.unknown.join() !== '/Statement/0/Resource/0') problems.push(`${reference}: ${found.text} ${found.unknown}`);
  }
  assert.deepEqual(problems, []);
});

test('lists that are joined are one list, whether they stand there or are named', async () => {
  const problems = [];
  for (const [reference, wanted, unknown] of [
    ['concat(local.reads, ["s3:PutObject"])', ['s3:GetObject', 's3:ListBucket', 's3:PutObject']], ['concat(local.reads, local.reads)', ['s3:GetObject', 's3:ListBucket', 's3:GetObject', 's3:ListBucket']], ['distinct(concat(["s3:PutObject"], local.reads))', ['s3:PutObject', 's3:GetObject', 's3:ListBucket']],
    ['flatten([local.reads, "s3:PutObject"])', ['s3:GetObject', 's3:ListBucket', 's3:PutObject']], ['flatten([["s3:PutObject"], [local.reads]])', ['s3:PutObject', 's3:GetObject', 's3:ListBucket']], ['flatten([local.bucket])', ['example-files']],
    ['concat(local.absent, ["s3:PutObject"])', ['unknown1', 's3:PutObject'], '/Statement/0/Action/-,/Statement/0/Action/0'], ['concat(var.reads, local.reads)', ['unknown1', 's3:GetObject', 's3:ListBucket'], '/Statement/0/Action/-,/Statement/0/Action/0'],
    // Terraform has a list within a list there, which IAM refuses.
    ['[local.reads, "s3:PutObject"]', [['s3:GetObject', 's3:ListBucket'], 's3:PutObject']],
  ]) {
    const text = `${LOCALS}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ${reference}, Resource = "*" }] })\n}\n`;
    const [found] = await policiesIn(text, 'main.tf');
    const { Statement: [{ Action }] } = JSON.parse(found.text);
    if (JSON.stringify(Action) !== JSON.stringify(wanted) || found.unknown.join() !== (unknown ?? '')) problems.push(`${reference}: ${found.text} ${found.unknown}`);
  }
  assert.deepEqual(problems, []);
});

test('statements are known where they are named, with the place of their name', async () => {
  const own = `${LOCALS}locals {\n  read = { Effect = "Allow", Action = local.reads, Resource = "*" }\n  all  = [local.read, { Effect = "Deny", Action = "s3:DeleteBucket", Resource = local.open }]\n  tags = { Action = "a", team = "b" }\n}\n`;
  const read = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' };
  const deny = { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::unknown1-example-files/*' };
  const problems = [];
  for (const [reference, wanted, unknown, name] of [
    ['local.read', read, '', 'local.read'], ['[local.read]', [read], '', 'local.read'], ['local.all', [read, deny], '/Statement/1/Resource', 'local.all'],
    ['concat([local.read], local.all)', [read, read, deny], '/Statement/2/Resource', 'local.read'],
  ]) {
    const text = `${own}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = ${reference} })\n}\n`;
    const [found] = await policiesIn(text, 'main.tf');
    const { start, end } = found === undefined ? {} : extentOf(found, found.text.indexOf('"s3:GetObject"'), found.text.indexOf('"s3:GetObject"') + 5);
    if (found === undefined || JSON.stringify(JSON.parse(found.text).Statement) !== JSON.stringify(wanted) || found.unknown.join() !== unknown || text.slice(start, end) !== name) problems.push(`${reference}: ${found?.text} ${found?.unknown} ${text.slice(start, end)}`);
  }
  assert.deepEqual(problems, []);
  const [other] = await policiesIn(`${own}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = local.tags }] })\n}\n`, 'main.tf');
  assert.deepEqual(other.unknown, ['/Statement/0/Resource'], 'what is no statement stays unknown');
});

test('locals that grow without end end', async () => {
  const levels = Array.from({ length: 60 }, (_, i) => `  l${i + 1} = "\${local.l${i}}\${local.l${i}}"`).join('\n');
  const many = Array.from({ length: 2000 }, (_, i) => `  statement {\n    actions = local.list\n    resources = ["\${local.l60}-${i}"]\n  }`).join('\n');
  const text = `locals {\n  l0 = "x"\n${levels}\n  list = [${Array.from({ length: 2000 }, (_, i) => `"s3:A${i}"`)}]\n}\ndata "aws_iam_policy_document" "d" {\n${many}\n}\n`;
  const outcome = await policiesIn(text, 'main.tf').catch((reason) => reason.message);
  assert.ok(typeof outcome === 'string' ? /more than 1048576 characters/.test(outcome) : outcome.length === 1, String(outcome).slice(0, 200));
  const lists = Array.from({ length: 60 }, (_, i) => `  l${i + 1} = concat(local.l${i}, local.l${i}, ["a"])`).join('\n');
  const [found] = await policiesIn(`locals {\n  l0 = ["a"]\n${lists}\n}\nresource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = local.l60, Resource = "*" }] })\n}\n`, 'main.tf');
  assert.ok(found.unknown.includes('/Statement/0/Action'), found.unknown.join());
});
