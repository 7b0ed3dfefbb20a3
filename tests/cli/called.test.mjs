// What `postern diff` makes of roles, users and groups that are called otherwise now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const TOLD = /not for the same roles/;
const SAME = /0 policies allow more, 0 allow less|No policy was changed/;
const GIVING = 'policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })';
const role = (label, name, more = '') => `resource "aws_iam_role" "${label}" {\n  ${more}\n  name               = ${name}\n  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })\n}\n`;
const inline = (owner) => `resource "aws_iam_role_policy" "p" {\n  role   = ${owner}\n  ${GIVING}\n}\n`;
/** Two roles, of which the first one has a policy; what tells their names is one text with the other values. */
const two = (a, b, tell) => (x, y) => ({ 'main.tf': `${role('a', a)}${role('b', b)}${inline('aws_iam_role.a.name')}`, ...tell(x, y) });
const locals = (body) => ({ 'l.tf': `locals {\n  ${body}\n}\n` });
const WAYS = [
  ['literals', (x, y) => two(`"${x}"`, `"${y}"`, () => ({}))(x, y)],
  ['locals', two('local.a', 'local.b', (x, y) => locals(`a = "${x}"\n  b = "${y}"`))],
  ['a map', two('local.n["a"]', '"${local.n.b}"', (x, y) => locals(`n = { a = "${x}", b = "${y}" }`))],
  ['a list', two('element(local.n, 0)', 'local.n[1]', (x, y) => locals(`n = ["${x}", "${y}"]`))],
  ['a list that begins anew', two('element(local.n, 2)', 'element(local.n, 1)', (x, y) => locals(`n = ["${x}", "${y}"]`))],
  ['parts of names', two('"team-${local.a}"', '"team-${local.b}"', (x, y) => locals(`a = "${x}"\n  b = "${y}"`))],
  ['what a function makes', two('format("%s-role", local.a)', 'format("%s-role", local.b)', (x, y) => locals(`a = "${x}"\n  b = "${y}"`))],
  ['defaults', two('var.a', 'var.b', (x, y) => ({ 'v.tf': `variable "a" {\n  default = "${x}"\n}\nvariable "b" {\n  default = "${y}"\n}\n` }))],
  ['values', two('var.a', 'var.b', (x, y) => ({ 'v.tf': 'variable "a" {}\nvariable "b" {}\n', 'terraform.tfvars': `a = "${x}"\nb = "${y}"\n` }))],
  ['values in JSON', two('var.a', 'var.b', (x, y) => ({ 'v.tf': 'variable "a" {}\nvariable "b" {}\n', 'terraform.tfvars.json': { a: x, b: y } }))],
  ['instances', (x, y) => ({ 'main.tf': `${role('r', 'each.value', `for_each = { a = "${x}", b = "${y}" }`)}${inline('aws_iam_role.r["a"].name')}` })],
  ['attributes of instances', (x, y) => ({ 'main.tf': `${role('r', 'each.value.name', 'for_each = local.all')}${inline('aws_iam_role.r["a"].name')}`, ...locals(`all = { a = { name = "${x}" }, b = { name = "${y}" } }`) })],
  ['numbers', (x, y) => ({ 'main.tf': `${role('r', 'local.n[count.index]', 'count = length(local.n)')}${inline('aws_iam_role.r[0].name')}`, ...locals(`n = ["${x}", "${y}"]`) })],
  ['groups', (x, y) => ({ 'main.tf': `resource "aws_iam_group" "a" {\n  name = local.a\n}\nresource "aws_iam_group" "b" {\n  name = local.b\n}\nresource "aws_iam_group_policy" "p" {\n  group = aws_iam_group.a.name\n  ${GIVING}\n}\n`, ...locals(`a = "${x}"\n  b = "${y}"`) })],
  ['calls of a module', (x, y) => ({ 'main.tf': [['a', x, true], ['b', y, false]].map(([label, name, more]) => `module "${label}" {\n  source = "./m"\n  name   = "${name}"\n  more   = ${more}\n}\n`).join(''), 'm/main.tf': `variable "name" {}\nvariable "more" {}\n${role('r', 'var.name')}${inline('aws_iam_role.r.name').replace('{', '{\n  count = var.more ? 1 : 0')}` })],
  ['instances of a call', (x, y) => ({ 'main.tf': `module "m" {\n  for_each = { a = "${x}", b = "${y}" }\n  source   = "./m"\n  name     = each.value\n  more     = each.key\n}\n`, 'm/main.tf': `variable "name" {}\nvariable "more" {}\n${role('r', 'var.name')}${inline('aws_iam_role.r.name')}` })],
  ['two modules', (x, y) => ({ 'a/main.tf': `${role('r', `"${x}"`)}${inline('aws_iam_role.r.name')}`, 'b/main.tf': role('r', `"${y}"`) })],
  ['units', (x, y) => ({ ...Object.fromEntries([['a', x], ['b', y]].map(([unit, name]) => [`${unit}/terragrunt.hcl`, `terraform {\n  source = "../m"\n}\ninputs = {\n  name = "${name}"\n}\n`])), 'm/main.tf': `variable "name" {}\n${role('r', 'var.name')}${inline('aws_iam_role.r.name')}` })],
];
const made = (RoleName, more = {}) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }), ...more } });
const MORE = { Policies: [{ PolicyName: 'p', PolicyDocument: policy(statement()) }] };
const OF_TEMPLATES = [
  ['two templates', (x, y) => ({ 'a.json': { Resources: { R: made(x, MORE) } }, 'b.json': { Resources: { R: made(y) } } })],
  ['parameters', (x, y) => ({ 'a.json': { Parameters: { X: { Type: 'String', Default: x }, Y: { Type: 'String', Default: y } }, Resources: { A: made({ Ref: 'X' }, MORE), B: made({ 'Fn::Sub': '${Y}' }) } } })],
  ['mappings', (x, y) => ({ 'a.json': { Mappings: { M: { n: { a: x, b: y } } }, Resources: { A: made({ 'Fn::FindInMap': ['M', 'n', 'a'] }, MORE), B: made({ 'Fn::FindInMap': ['M', 'n', 'b'] }) } } })],
  ['stacks', (x, y) => ({ 'main.json': { Resources: Object.fromEntries([['A', x], ['B', y]].map(([id, Name]) => [id, { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './a.json', Parameters: { Name } } }])) }, 'a.json': { Parameters: { Name: { Type: 'String' } }, Resources: { R: made({ Ref: 'Name' }, MORE) } } })],
];

test('who is called as somebody else was is not known to be the same', async () => {
  assert.deepEqual(await codes([...WAYS, ...OF_TEMPLATES].map(([name, files]) => [name, files('web', 'ci'), files('ci', 'web'), 1, TOLD])), []);
});

test('who has another name is the same one', async () => {
  // What there are instances of is another text with each name.
  const apart = new Set(['instances', 'attributes of instances', 'numbers', 'instances of a call']);
  assert.deepEqual(await codes([...WAYS, ...OF_TEMPLATES].filter(([name]) => !apart.has(name)).flatMap(([name, files]) => [
    [`${name}, one`, files('web', 'ci'), files('site', 'ci'), 0, SAME], [`${name}, both`, files('web', 'ci'), files('site', 'build'), 0, SAME],
  ])), []);
  const set = (all) => ({ 'main.tf': `${role('r', 'each.key', `for_each = toset(${all})`)}${inline('aws_iam_role.r["web"].name')}` });
  const open = (name) => ({ 'main.tf': `variable "all" {}\n${role('r', name, 'for_each = var.all')}${inline('aws_iam_role.r["web"].name')}` });
  const prefixed = (prefix) => ({ 'main.tf': `${role('a', '"${local.p}-a"')}${role('b', '"${local.p}-b"')}${inline('aws_iam_role.a.name')}`, ...locals(`p = "${prefix}"`) });
  const environments = (dev, prod) => ({ 'dev/main.tf': `${role('r', `"${dev}"`)}${inline('aws_iam_role.r.name')}`, 'prod/main.tf': `${role('r', `"${prod}"`)}${inline('aws_iam_role.r.name')}` });
  assert.deepEqual(await codes([
    ['another prefix', prefixed('x'), prefixed('y'), 0, SAME], ['a name that another one keeps', environments('web-dev', 'web'), environments('web', 'web'), 0, SAME],
    ['a local that is written out', two('local.a', 'local.b', () => locals('a = "web"\n  b = "ci"'))(), WAYS[0][1]('web', 'ci'), 0, SAME],
    ['another prefix of instances of which nobody knows', open('"x-${each.key}"'), open('"y-${each.key}"'), 0, SAME], ['another part of them', open('each.value.a'), open('each.value.b'), 1, TOLD],
    ['the order of a set', set('["web", "ci"]'), set('["ci", "web"]'), 0, SAME],
  ]), []);
});
