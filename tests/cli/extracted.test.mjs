// What `postern diff` makes of what went into a local, or out of one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const VARIABLES = 'variable "bucket" {}\nvariable "other" {}\nresource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\nresource "aws_iam_role" "r" {\n  name = "r"\n}\n';
/** The forms in which a policy is written, each with an expression in the place of its Resource. */
const FORMS = {
  jsonencode: (one) => `resource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.r.id\n  policy = jsonencode(${hcl(policy(statement({ Resource: 'R' }))).replace('"R"', () => one)})\n}\n`,
  document: (one) => `data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = [${one}]\n  }\n}\nresource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.r.id\n  policy = data.aws_iam_policy_document.d.json\n}\n`,
  'here-document': (one) => `resource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.r.id\n  policy = <<EOF\n${JSON.stringify(policy(statement({ Resource: 'R' }))).replace('R"', () => `${/^"(.*)"$/.exec(one)?.[1] ?? `\${${one}}`}"`)}\nEOF\n}\n`,
};
const files = (form, one, locals = {}, own = {}) => {
  const written = (all) => (Object.keys(all).length === 0 ? '' : `locals {\n${Object.entries(all).map(([name, text]) => `  ${name} = ${text}\n`).join('')}}\n`);
  return { 'main.tf': VARIABLES + written(own) + FORMS[form](one), ...Object.keys(locals).length > 0 ? { 'locals.tf': written(locals) } : {} };
};

test('an expression that went into a local is the same, wherever in the module that stands', async () => {
  const cases = [
    ['a literal', '"arn:aws:s3:::a/*"', 'local.x', { x: '"arn:aws:s3:::a/*"' }],
    ['a template', '"arn:aws:s3:::${var.bucket}/prod/*"', 'local.x', { x: '"arn:aws:s3:::${var.bucket}/prod/*"' }],
    ['two in one', '"arn:aws:s3:::${var.bucket}/${var.other}"', 'local.x', { x: '"arn:aws:s3:::${var.bucket}/${var.other}"' }],
    ['a part', '"arn:aws:s3:::${var.bucket}/prod/*"', '"arn:aws:s3:::${local.x}/prod/*"', { x: 'var.bucket' }],
    ['a part of a part', '"arn:aws:s3:::${var.bucket}/prod/*"', '"arn:aws:s3:::${local.x}/*"', { x: '"${local.y}/prod"', y: 'var.bucket' }],
    ['a resource', '"${aws_s3_bucket.b.arn}/*"', '"${local.x}/*"', { x: 'aws_s3_bucket.b.arn' }], ['all of a resource', 'aws_s3_bucket.b.arn', 'local.x', { x: '"${aws_s3_bucket.b.arn}"' }],
    ['a function', '"arn:aws:s3:::${lower(var.bucket)}/*"', '"arn:aws:s3:::${lower(local.x)}/*"', { x: 'var.bucket' }], ['a choice', '"arn:aws:s3:::${var.bucket == "a" ? var.bucket : var.other}/*"', '"arn:aws:s3:::${local.x}/*"', { x: 'var.bucket == "a" ? var.bucket : var.other' }],
  ];
  const problems = [];
  for (const form of Object.keys(FORMS)) problems.push(...await codes(cases.flatMap(([name, before, after, locals]) => (
    form !== 'jsonencode' ? [[`${name}, ${form}`, files(form, before), files(form, after, locals), 0]] : [['here', {}, locals], ['elsewhere', locals, {}]].flatMap(([where, others, own]) => {
      const [older, newer] = [files(form, before), files(form, after, others, own)];
      return [[`${name} ${where}`, older, newer, 0], [`${name} ${where}, the other way`, newer, older, 0]];
    })
  )), ['--fail-on', 'any']));
  const moved = ['jsonencode', 'local.x', { x: '"arn:aws:s3:::${var.bucket}/*"' }];
  assert.deepEqual([...problems, ...await codes([
    ['to another file', files(moved[0], moved[1], {}, moved[2]), files(...moved), 0], ['by way of one more', files(...moved), files(moved[0], moved[1], { x: '"${local.y}/*"', y: '"arn:aws:s3:::${var.bucket}"' }), 0],
    ['a list', files('jsonencode', '["arn:aws:s3:::${var.bucket}", "arn:aws:s3:::${var.bucket}/*"]'), files('jsonencode', 'local.x', { x: '["arn:aws:s3:::${var.bucket}", "arn:aws:s3:::${var.bucket}/*"]' }), 0],
    ['what a module is given', given('"arn:aws:s3:::${var.bucket}/*"'), given('local.x', { x: '"arn:aws:s3:::${var.bucket}/*"' }), 0], ['a literal that it is given', given('"arn:aws:s3:::a/*"'), given('local.x', { x: '"arn:aws:s3:::a/*"' }), 0],
    ['joined lists', files('jsonencode', '["arn:aws:s3:::a", "arn:aws:s3:::b"]'), files('jsonencode', 'concat(local.x, local.y)', { x: '["arn:aws:s3:::a"]', y: '["arn:aws:s3:::b"]' }), 0], ['a number', counted('var.bucket == "" ? 0 : 1'), counted('local.x', { x: 'var.bucket == "" ? 0 : 1' }), 0],
    ['what is attached', attached('aws_iam_role.r.name', '"arn:aws:iam::aws:policy/ReadOnlyAccess"'), attached('local.x', 'local.y', { x: 'aws_iam_role.r.name', y: '"arn:aws:iam::aws:policy/ReadOnlyAccess"' }), 0],
    ['whose it is', files('jsonencode', 'var.other'), whose('aws_iam_role.r.name'), 0], ['by name', whose('"r"'), whose('"r"', 'r2'), 0], ['on what it hangs', counted('var.bucket == "" ? 0 : 1'), counted('local.x ? 0 : 1', { x: 'var.bucket == ""' }), 0], ['an output', output('aws_s3_bucket.b.arn'), output('local.x', { x: 'aws_s3_bucket.b.arn' }), 0],
    ['JSON', { 'main.tf.json': { resource: { aws_iam_policy: { p: { policy: JSON.stringify(policy(statement({ Resource: 'arn:aws:s3:::${var.bucket}/*' }))) } } } } }, { 'main.tf.json': { resource: { aws_iam_policy: { p: { policy: JSON.stringify(policy(statement({ Resource: '${local.x}' }))) } } } }, 'locals.tf': 'locals {\n  x = "arn:aws:s3:::${var.bucket}/*"\n}\n' }, 0],
  ], ['--fail-on', 'any'])], []);
});

const given = (one, more = {}) => ({ ...files('jsonencode', 'var.other', more), 'a.tf': `module "m" {\n  source = "./mod"\n  arn = ${one}\n}\n`, 'mod/main.tf': `variable "arn" {}\nresource "aws_iam_role" "r" {\n  name = "m"\n}\n${FORMS.jsonencode('var.arn')}` });
const whose = (one, label = 'p') => ({ 'main.tf': files('jsonencode', 'var.other')['main.tf'].replace('role = aws_iam_role.r.id', 'role = local.whose').replace('"p" {', `"${label}" {`), 'locals.tf': `locals {\n  whose = ${one}\n}\n` });
const attached = (role, arn, more = {}) => { const all = files('jsonencode', '"arn:aws:s3:::a/*"', more); return { ...all, 'main.tf': `${all['main.tf']}resource "aws_iam_role_policy_attachment" "a" {\n  role = ${role}\n  policy_arn = ${arn}\n}\n` }; };
const SECOND = 'resource "aws_iam_role" "s" {\n  name = "s"\n}\n';
const counted = (one, more = {}) => { const all = files('jsonencode', '"arn:aws:s3:::a/*"', more); return { ...all, 'main.tf': all['main.tf'].replace('"p" {', `"p" {\n  count = ${one}`) }; };
const output = (one, more = {}) => ({ ...files('jsonencode', 'module.m.arn', more), 'main.tf': `module "m" {\n  source = "./mod"\n}\n${files('jsonencode', '"${module.m.arn}/*"')['main.tf']}`, 'mod/main.tf': `resource "aws_s3_bucket" "b" {}\noutput "arn" {\n  value = ${one}\n}\n`, 'mod/locals.tf': files('document', 'R', more)['locals.tf'] ?? '' });

test('what a module is not given is what it has by default, where it has one call', async () => {
  const of = (one, { value = 'default = "arn:aws:s3:::a/*"', args = '', more = {} } = {}) => ({ 'main.tf': `module "m" {\n  source = "./mod"\n${args}}\n`, 'mod/main.tf': `variable "x" {\n  ${value}\n}\nresource "aws_iam_role" "r" {\n  name = "m"\n}\n${FORMS.jsonencode(one)}`, ...more });
  const [literal, twice] = ['"arn:aws:s3:::a/*"', { 'more.tf': 'module "n" {\n  source = "./mod"\n  x = "arn:aws:s3:::*"\n}\n' }];
  assert.deepEqual(await codes([
    ['a default', of(literal), of('var.x'), 0], ['in a text', of(literal), of('"${var.x}"'), 0], ['by a local', of(literal), of('var.x', { args: '  x = local.x\n', more: { 'locals.tf': 'locals {\n  x = "arn:aws:s3:::a/*"\n}\n' } }), 0],
    ['another default', of(literal), of('var.x', { value: 'default = "arn:aws:s3:::*"' }), 1, / gained\n/], ['a default that is wider now', of('var.x'), of('var.x', { value: 'default = "arn:aws:s3:::*"' }), 1, / gained\n/], ['what is given', of(literal), of('var.x', { args: '  x = aws_s3_bucket.b.arn\n' }), 1, /gained\? unknown/], ['null', of(literal), of('var.x', { args: '  x = null\n' }), 1, /gained\? unknown/],
    ['two calls', of(literal, { more: twice }), of('var.x', { more: twice }), 1, /gained\? unknown/], ['another default in an override file', of(literal), of('var.x', { more: { 'mod/override.tf': 'variable "x" {\n  default = "arn:aws:s3:::*"\n}\n' } }), 1], ['in the root', { 'main.tf': of(literal)['mod/main.tf'] }, { 'main.tf': of('var.x')['mod/main.tf'] }, 1, /gained\? unknown/],
  ]), []);
});

test('a local that says something else than what stood there is another one', async () => {
  const of = (one, ...more) => files('jsonencode', one, ...more);
  const template = (name) => `"arn:aws:s3:::\${var.${name}}/*"`;
  const both = (name, before, after, locals) => [[`${name} here`, of(before), of(after, {}, locals), 1], [`${name} elsewhere`, of(before), of(after, locals), 1]];
  assert.deepEqual(await codes([
    ...both('another variable', template('bucket'), 'local.x', { x: template('other') }), ...both('a wider literal', '"arn:aws:s3:::a/*"', 'local.x', { x: '"arn:aws:s3:::*"' }),
    ...both('another part', template('bucket'), '"arn:aws:s3:::${local.x}/*"', { x: 'var.other' }), ...both('in another order', '"arn:aws:s3:::${var.bucket}/${var.other}"', 'local.x', { x: '"arn:aws:s3:::${var.other}/${var.bucket}"' }),
    ['a literal that is another one', of('local.x', { x: '"arn:aws:s3:::a/*"' }), of('local.x', { x: '"arn:aws:s3:::*"' }), 1, / gained\n/], ['a name that is another one', of('local.x', { x: 'aws_s3_bucket.b.arn' }), of('local.x', { x: 'var.other' }), 1, /what local\.x refers to is not the same/],
    ['a variable behind it', { ...of(template('other')), 'a.tf': 'variable "x" {\n  default = "a"\n}\n' }, { ...of('local.x', { x: template('other') }), 'terraform.tfvars': 'other = "*"\n' }, 1],
    ['that of another module', of(template('bucket')), { ...of('local.x'), 'mod/locals.tf': `locals {\n  x = ${template('bucket')}\n}\n` }, 1],
    ['one that is defined twice', of(template('bucket')), { ...of('local.x', { x: template('bucket') }), 'override.tf': `locals {\n  x = "arn:aws:s3:::*"\n}\n` }, 1], ['one that is overridden', of('local.x', {}, { x: template('bucket') }), { ...of('local.x', {}, { x: template('bucket') }), 'override.tf': `locals {\n  x = "arn:aws:s3:::*"\n}\n` }, 1],
    ['what a module is given', given(template('bucket')), given('local.x', { x: template('other') }), 1], ['another output', output('aws_s3_bucket.b.arn'), output('local.x', { x: '"*"' }), 1], ['in other cases', counted('var.bucket == "" ? 0 : 1'), counted('local.x ? 0 : 1', { x: 'var.other == ""' }), 1],
    ['whose it is', { ...whose('aws_iam_role.r.name'), 'a.tf': SECOND }, { ...whose('aws_iam_role.s.name'), 'a.tf': SECOND }, 1], ['one of a list', files('jsonencode', 'var.other'), { 'main.tf': whose('')['main.tf'].replace('local.whose', 'local.all[count.index]').replace('"p" {', '"q" {\n  count = 2'), 'locals.tf': 'locals {\n  all = [aws_iam_role.r.name, aws_iam_role.s.name]\n}\n', 'a.tf': SECOND }, 1, /gained\? unknown/],
    ['another one is attached', attached('aws_iam_role.r.name', '"arn:aws:iam::aws:policy/ReadOnlyAccess"'), attached('aws_iam_role.r.name', 'local.y', { y: '"arn:aws:iam::aws:policy/PowerUserAccess"' }), 1], ['a wider list', files('jsonencode', '["arn:aws:s3:::a", "arn:aws:s3:::b"]'), files('jsonencode', 'concat(local.x, local.y)', { x: '["arn:aws:s3:::a"]', y: '["arn:aws:s3:::b*"]' }), 1],
    ['what a name held together', of('"arn:aws:s3:::${var.bucket + var.other * 2}/*"'), of('"arn:aws:s3:::${local.x * 2}/*"', { x: 'var.bucket + var.other' }), 1],
    ['another loop', of('local.x', { x: '[for one in var.bucket : "arn:aws:s3:::${one}/*"]' }), of('local.x', { x: '[for one in var.other : "arn:aws:s3:::${one}/*"]' }), 1], ['a loop for a name', of('["arn:aws:s3:::${var.one}/*"]'), of('local.x', { x: '[for one in var.other : "arn:aws:s3:::${one}/*"]' }), 1],
    ['one that comes back to itself', of(template('bucket')), of('local.x', { x: '"${local.y}"', y: '"${local.x}"' }), 1], ['by its name alone', of(template('bucket')), of('local.x', { x: 'local.y', y: 'local.x' }), 1],
  ]), []);
});

test('locals that name others twice, or one another in a long row, take no long time', async () => {
  const row = (text, last) => ({ x: text(0), ...Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, i === 4999 ? last : text(i + 1)])) });
  const twice = (i) => (i < 5000 ? `"\${local.x${i}}\${local.x${i}}"` : '""');
  assert.deepEqual(await codes([
    ['twice', files('jsonencode', '"arn:aws:s3:::${var.bucket}/*"'), files('jsonencode', 'local.x', row(twice, 'var.bucket')), 1], ['twice in a function', files('jsonencode', '"arn:aws:s3:::${var.bucket}/*"'), files('jsonencode', 'local.x', row((i) => `format("%s%s", local.x${i}, local.x${i})`, 'var.bucket')), 1],
    ['in a row', files('jsonencode', 'var.bucket'), files('jsonencode', 'local.x', row((i) => `local.x${i}`, 'var.bucket')), 1],
  ]), []);
});
