// What `postern diff` makes of what `for_each` gives each instance in Terraform: only what is asked for counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const role = (bound, more = '') => `resource "aws_iam_role" "r" {\n  for_each             = local.all\n  name                 = each.key\n  assume_role_policy   = "{}"\n  permissions_boundary = ${bound}\n  managed_policy_arns  = ["${ADMIN}"]\n${more}}\n`;
const OWN = 'resource "aws_iam_policy" "bd" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })\n}\n';
/** With the map in place, in a local, there or in another file, and as a value of a variable. */
const ways = (make) => [
  ['in place', (all) => ({ 'main.tf': make('each.value').replaceAll('local.all', hcl(all)) })],
  ['in a local', (all) => ({ 'main.tf': `${make('each.value')}locals {\n  all = ${hcl(all)}\n}\n` })],
  ['in a local of another file', (all) => ({ 'main.tf': make('each.value'), 'locals.tf': `locals {\n  all = ${hcl(all)}\n}\n` })],
  ['in a variable', (all) => ({ 'main.tf': make('each.value').replaceAll('local.all', 'var.all'), 'variables.tf': `variable "all" {\n  default = ${hcl(all)}\n}\n` })],
  ['in the values of a variable', (all) => ({ 'main.tf': `${make('each.value').replaceAll('local.all', 'var.all')}variable "all" {}\n`, 'terraform.tfvars': `all = ${hcl(all)}\n` })],
];
const cases = (make, before, after, wanted, said, often = 5) => ways(make).slice(0, often).map(([name, files]) => [name, files(before), files(after), wanted, said]);

test('another boundary of an instance is told', async () => {
  const BOUNDARY = /another permissions boundary|no permissions boundary|its permissions boundary|not compared|annot tell/;
  const whole = (each) => role(each);
  const part = (each) => role(`${each}.bound`);
  const flag = (each) => `${OWN}${role(`${each}.bound ? aws_iam_policy.bd.arn : null`)}`;
  const module = (each) => `module "w" {\n  for_each             = local.all\n  source               = "example/iam/aws"\n  permissions_boundary = ${each}.bound\n}\n`;
  assert.deepEqual(await codes([
    ...cases(whole, { web: READ }, { web: ADMIN }, 1, BOUNDARY), ...cases(part, { web: { bound: READ } }, { web: { bound: ADMIN } }, 1, BOUNDARY), ...cases(part, { web: { bound: READ } }, { web: { bound: null } }, 1, BOUNDARY),
    ...cases(flag, { web: { bound: true } }, { web: { bound: false } }, 1, BOUNDARY), ...cases(module, { web: { bound: READ } }, { web: { bound: ADMIN } }, 1, BOUNDARY),
  ]), []);
});

test('what nobody asks an instance for makes no other one', async () => {
  const SAME = /0 policies allow more, 0 allow less|No policy was changed/;
  const part = (each) => role(`${each}.bound`);
  const owner = (each) => `${role('null')}resource "aws_iam_role_policy" "p" {\n  for_each = local.all\n  role     = ${each}.role\n  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })\n}\n`;
  const described = (text) => ({ web: { bound: READ, role: 'x', note: text } });
  assert.deepEqual(await codes([
    ...cases(part, described('a'), described('b'), 0, SAME, 2),
    ...cases(owner, described('a'), { web: { role: 'y' } }, 1),
    ...cases(part, { web: { bound: READ }, api: { bound: READ } }, { api: { bound: READ }, web: { bound: READ } }, 0, SAME, 2),
  ]), []);
});
