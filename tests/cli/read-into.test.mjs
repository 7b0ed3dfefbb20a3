// What `postern diff` makes of templates that Terraform reads into policies with values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const ON = 'arn:aws:s3:::example-files/*';
const made = (Resource, more = {}) => policy(statement({ Resource, ...more }));
const main = (expression, files = {}) => ({ 'main.tf': `variable "b" {}\nvariable "c" {}\nresource "aws_iam_policy" "p" {\n  policy = ${expression}\n}\n`, ...files });
const template = (document, values = '{ bucket = var.b }') => main(`templatefile("\${path.module}/x.json.tpl", ${values})`, { 'x.json.tpl': JSON.stringify(document) });
const written = (document) => main(`jsonencode(${hcl(document)})`);
const OF_BUCKET = made('arn:aws:s3:::${bucket}/*');

test('a file that a local reads is that of whoever names it', async () => {
  const local = (document, more = '') => main('local.p', { 'l.tf': 'locals {\n  q = 1\n}\n', 'x.json': document, 'main.tf': `${main('local.p')['main.tf']}locals {\n  p = file("\${path.module}/x.json")\n}\n${more}` });
  assert.deepEqual(await codes([
    ['the same', written(made(ON)), local(made(ON)), 0], ['the other way', local(made(ON)), written(made(ON)), 0], ['more', written(made(ON)), local(made('*')), 1, /aws_iam_policy\.p\.policy\): .*: allows more/], ['more in the file', local(made(ON)), local(made('*')), 1, /allows more/],
    ['another thing of that name', written(made(ON)), local(made(ON), 'resource "aws_x" "y" {\n  p = file("y")\n}\n'), 1, /not compared/],
  ]), []);
});

test('a template is compared with the values that it is given', async () => {
  assert.deepEqual(await codes([
    ['the same value', template(OF_BUCKET), written(made('arn:aws:s3:::${var.b}/*')), 0], ['the other way', written(made('arn:aws:s3:::${var.b}/*')), template(OF_BUCKET, '{\n    bucket = var.b\n  }'), 0], ['a text', template(OF_BUCKET, '{ bucket = "example-files" }'), written(made(ON)), 0],
    ['another value', template(OF_BUCKET), written(made('arn:aws:s3:::${var.c}/*')), 1], ['another text', template(OF_BUCKET, '{ bucket = "example-files" }'), template(OF_BUCKET, '{ bucket = "other-files" }'), 1, /allows more/], ['more', template(OF_BUCKET), template(made('arn:aws:s3:::${bucket}/*', { Action: 's3:*' })), 1, /allows more/],
    ['of two values', template(made('arn:aws:s3:::${bucket}/${key}'), '{ bucket = var.b, key = "k" }'), written(made('arn:aws:s3:::${var.b}/k')), 0], ['a variable of IAM', template(made('arn:aws:s3:::b/$${aws:username}')), written(made('arn:aws:s3:::b/$${aws:username}')), 0],
    ['a wider variable', template(made('arn:aws:s3:::b/$${aws:username}')), written(made('arn:aws:s3:::b/*')), 1, /allows more/], ['a name that it is not given', template(made('arn:aws:s3:::${other}/*')), written(made(ON)), 1, /not compared/],
    ['a function', template(made('arn:aws:s3:::${lower(bucket)}/*')), written(made(ON)), 1, /not compared/], ['a gain beside it', template(made('arn:aws:s3:::${lower(bucket)}/*')), written(policy(statement({ Action: '*', Resource: '*' }))), 1, /cannot be read/],
  ]), []);
});

test('what is written in a file counts where it is read', async () => {
  const [read, write] = [statement({ Sid: 'A' }), statement({ Sid: 'B', Action: 's3:PutObject' })];
  const of = (name, role, expression, more = '') => `resource "aws_iam_role_policy" "${name}" {\n  ${more}\n  role   = aws_iam_role.${role}.id\n  policy = ${expression}\n}\n`;
  const roles = ['r', 'q'].map((name) => `resource "aws_iam_role" "${name}" {\n  name               = "${name}"\n  assume_role_policy = "{}"\n}\n`).join('');
  const FILE = 'file("${path.module}/x.json")';
  const module = (file, own, { role = 'r', more = '', rest = '' } = {}) => ({ 'main.tf': `${roles}${of('x', 'r', FILE, more)}${of('own', role, `jsonencode(${hcl(policy(...own))})`)}${rest}`, 'x.json': policy(...file) });
  const rest = statement({ Sid: 'C', Action: 'ec2:DescribeInstances', Resource: '*' });
  assert.deepEqual(await codes([
    ['a statement that leaves the file', module([read, write], [rest]), module([read], [rest, write]), 0, /0 policies allow more, 0 allow less/],
    ['one that comes into it', module([read], [rest, write]), module([read, write], [rest]), 0, /0 policies allow more, 0 allow less/],
    ['one that goes to another role', module([read, write], [rest], { role: 'q' }), module([read], [rest, write], { role: 'q' }), 1, /aws_iam_role_policy\.own\.policy\): .*: allows more/],
    ['more in the file, told there and once', module([read], [rest]), module([read, write], [rest]), 1, /new\/x\.json \(aws_iam_role_policy\.x\.policy\): .*: allows more\n.*new\/x\.json:\d+:\d+ gained[^]*Of \d+ policies: 1 policy allows more/],
    ['more in a file that two read', module([read], [rest], { rest: of('y', 'q', FILE) }), module([read, write], [rest], { rest: of('y', 'q', FILE) }), 1, /Of \d+ policies: 2 policies allow more/],
    ['more in one that nobody reads', module([read], [rest], { more: 'count = 0' }), module([read, write], [rest], { more: 'count = 0' }), 1, /x\.json: .*: allows more/],
    ['more in one that is read no more', module([read], [rest]), module([read, write], [rest], { more: 'count = 0' }), 1, /x\.json: .*: allows more/],
  ]), []);
});
