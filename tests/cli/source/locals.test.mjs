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

test('locals that grow without end end', async () => {
  const levels = Array.from({ length: 60 }, (_, i) => `  l${i + 1} = "\${local.l${i}}\${local.l${i}}"`).join('\n');
  const many = Array.from({ length: 2000 }, (_, i) => `  statement {\n    actions = local.list\n    resources = ["\${local.l60}-${i}"]\n  }`).join('\n');
  const text = `locals {\n  l0 = "x"\n${levels}\n  list = [${Array.from({ length: 2000 }, (_, i) => `"s3:A${i}"`)}]\n}\ndata "aws_iam_policy_document" "d" {\n${many}\n}\n`;
  const outcome = await policiesIn(text, 'main.tf').catch((reason) => reason.message);
  assert.ok(typeof outcome === 'string' ? /more than 1048576 characters/.test(outcome) : outcome.length === 1, String(outcome).slice(0, 200));
});
