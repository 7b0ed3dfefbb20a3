// What `postern diff` makes of policies that have instances in Terraform, of which an expression says which one is meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const CANNOT = /annot be told/;
const role = (name, more = '') => `resource "aws_iam_role" "${name}" {\n  name               = "${name}"\n  assume_role_policy = "{}"\n${more}}\n`;
const ROLES = `${role('a')}${role('b')}`;
const document = (label = 'd', effect = 'Allow', each = '{ ro = "s3:GetObject", rw = "s3:*" }') => `data "aws_iam_policy_document" "${label}" {\n  for_each = ${each}\n  statement {\n    effect    = "${effect}"\n    actions   = [each.value]\n    resources = ["*"]\n  }\n}\n`;
const managed = (label = 'm', more = '') => `resource "aws_iam_policy" "${label}" {\n  for_each = { ro = "s3:GetObject", rw = "s3:*" }\n  name     = each.key\n  ${more}\n  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = each.value, Resource = "*" }] })\n}\n`;
const block = (type, label, body) => `resource "${type}" "${label}" {\n  ${body.split('; ').join('\n  ')}\n}\n`;
const inline = (policy, of = 'a', label = of) => block('aws_iam_role_policy', label, `role = aws_iam_role.${of}.name; policy = ${policy}`);
const attachment = (arn, of = 'a', label = of, more = '') => block('aws_iam_role_policy_attachment', label, `role = aws_iam_role.${of}.name; policy_arn = ${arn}${more}`);
/** Each case by what stands beside the roles before and now, with further files that both have. */
const cases = (beside, all, wanted = 1, said = CANNOT) => all.map(([name, before, after, files = {}]) => [name, { 'main.tf': `${beside}${before}`, ...files }, { 'main.tf': `${beside}${after}`, ...files }, wanted, said]);
/** A text with one instance, and with the other one. */
const both = (make) => [make('ro'), make('rw')];

test('another instance of a document is another policy', async () => {
  const d = (key) => `data.aws_iam_policy_document.d["${key}"].json`;
  const local = (key) => `locals {\n  k = "${key}"\n}\n`;
  assert.deepEqual(await codes(cases(`${ROLES}${document()}`, [
    ['a key', ...both((key) => inline(d(key)))],
    ['two that are exchanged', `${inline(d('ro'))}${inline(d('rw'), 'b')}`, `${inline(d('rw'))}${inline(d('ro'), 'b')}`],
    ['a key in a local', ...both((key) => `${local(key)}${inline('data.aws_iam_policy_document.d[local.k].json')}`)],
    ['a choice', ...both((key) => inline(`data.aws_iam_policy_document.d[var.x ? "${key}" : "ro"].json`))],
    ['a number', ...['0', '1'].map((number) => inline(`values(data.aws_iam_policy_document.d)[${number}].json`))],
    ['by a local', ...both((key) => `locals {\n  p = ${d(key)}\n}\n${inline('local.p')}`)],
    ['by a map', ...both((key) => `locals {\n  p = { x = ${d(key)} }\n}\n${inline('local.p["x"]')}`)],
    ['by another document', ...both((key) => `data "aws_iam_policy_document" "e" {\n  source_policy_documents = [${d(key)}]\n}\n${inline('data.aws_iam_policy_document.e.json')}`)],
    ['by a module', ...both((key) => `module "w" {\n  source = "./w"\n  p      = ${d(key)}\n}\n`), { 'w/main.tf': `variable "p" {}\n${role('w')}${block('aws_iam_role_policy', 'w', 'role = aws_iam_role.w.name; policy = var.p')}` }],
    ['in a loop', ...both((key) => role('c', `  dynamic "inline_policy" {\n    for_each = ["${key}"]\n    content {\n      name   = "x"\n      policy = data.aws_iam_policy_document.d[inline_policy.value].json\n    }\n  }\n`))],
    ['of a bucket', ...both((key) => block('aws_s3_bucket_policy', 'x', `bucket = "x"; policy = ${d(key)}`))],
    ['of a key', ...both((key) => block('aws_kms_key', 'x', `policy = ${d(key)}`))],
    ['in another file', ...both((key) => inline(d(key).replace('.d[', '.o['))), { 'o.tf': document('o') }],
    ['one that denies', ...both((key) => inline(`data.aws_iam_policy_document.n["${key}"].json`)), { 'n.tf': document('n', 'Deny') }],
  ])), []);
});

test('another instance of a managed policy is another one', async () => {
  const m = (key) => `aws_iam_policy.m["${key}"].arn`;
  assert.deepEqual(await codes(cases(`${ROLES}${managed()}`, [
    ['a key', ...both((key) => attachment(m(key)))],
    ['two that are exchanged', `${attachment(m('ro'))}${attachment(m('rw'), 'b')}`, `${attachment(m('rw'))}${attachment(m('ro'), 'b')}`],
    ['a list of a role', ...both((key) => role('c', `  managed_policy_arns = [${m(key)}]\n`))],
    ['a choice', ...both((key) => attachment(`aws_iam_policy.m[var.x ? "${key}" : "ro"].arn`))],
    ['a choice that is inverted', attachment(`var.x ? ${m('ro')} : ${m('rw')}`), attachment(`var.x ? ${m('rw')} : ${m('ro')}`)],
    ['all of them by number', ...['0', '1'].map((number) => attachment(`values(aws_iam_policy.m)[${number}].arn`))],
    ['one of a splat', ...['0', '1'].map((number) => attachment(`element(values(aws_iam_policy.m).*.arn, ${number})`))],
    ['one of a set', ...both((key) => attachment('aws_iam_policy.m[each.key].arn', 'a', 'a', `; for_each = toset(["${key}"])`))],
    ['one of a local', ...both((key) => `locals {\n  all = { x = "${key}" }\n}\n${attachment('aws_iam_policy.m[each.value].arn', 'a', 'a', '; for_each = local.all')}`)],
    ['of a user', ...both((key) => `${block('aws_iam_user', 'u', 'name = "u"')}${block('aws_iam_user_policy_attachment', 'u', `user = aws_iam_user.u.name; policy_arn = ${m(key)}`)}`)],
    ['by an output', ...both((key) => `module "w" {\n  source = "./w"\n}\n${attachment('module.w.arn')}`.replace('./w', `./${key}`)), Object.fromEntries(['ro', 'rw'].map((key) => [`${key}/main.tf`, `${managed('n')}output "arn" {\n  value = aws_iam_policy.n["${key}"].arn\n}\n`]))],
  ])), []);
  const limit = `resource "aws_organizations_policy" "p" {\n  for_each = { ro = "s3:*", rw = "s3:GetObject" }\n  content  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = each.value, Resource = "*" }] })\n}\n`;
  assert.deepEqual(await codes(cases(limit, [['of an organization', ...both((key) => block('aws_organizations_policy_attachment', 'x', `policy_id = aws_organizations_policy.p["${key}"].id; target_id = "ou-1"`))]])), []);
});

test('what is the same instance is the same policy', async () => {
  const [d, m] = ['data.aws_iam_policy_document.d["ro"].json', 'aws_iam_policy.m["ro"].arn'];
  const json = (arn) => ({ resource: { aws_iam_role_policy_attachment: { a: { role: '${aws_iam_role.a.name}', policy_arn: `\${${arn}}` } } } });
  const SAME = /0 policies allow more, 0 allow less/;
  assert.deepEqual(await codes(cases(`${ROLES}${document()}${managed()}`, [
    ['white space', `${inline(d)}${attachment(m)}`, `${inline(d.replace('["ro"]', '[ "ro" ]'))}${attachment(m.replace('["ro"]', '[ "ro" ]'))}`],
    ['a comment', `${inline(d)}${attachment(m)}`, `${inline(`${d} # was read`)}${attachment(`${m} # was read`)}`],
    ['another label of what takes it', `${inline(d)}${attachment(m)}`, `${inline(d, 'a', 'x')}${attachment(m, 'a', 'y')}`],
    ['two labels that are exchanged', `${attachment(m, 'a', 'x')}${attachment(m.replace('ro', 'rw'), 'b', 'y')}`, `${attachment(m, 'a', 'y')}${attachment(m.replace('ro', 'rw'), 'b', 'x')}`],
    ['the order of what takes it', `${attachment(m, 'a')}${attachment(m.replace('ro', 'rw'), 'b')}`, `${attachment(m.replace('ro', 'rw'), 'b')}${attachment(m, 'a')}`],
    ['what speaks of it', attachment(m), `${attachment(m)}${block('aws_s3_bucket', 'x', 'bucket = "aws_iam_policy.m"')}`],
    ['what it waits for', attachment(m), attachment(m, 'a', 'a', '; depends_on = [aws_iam_policy.m]')],
  ], 0, SAME)), []);
  assert.deepEqual(await codes([
    ['another label of it', { 'main.tf': `${ROLES}${document()}${managed()}${inline(d)}${attachment(m)}` }, { 'main.tf': `${ROLES}${document('e')}${managed('n')}${inline(d.replace('.d[', '.e['))}${attachment(m.replace('.m[', '.n['))}` }, 0, SAME],
    ['another name and description of it', { 'main.tf': `${ROLES}${managed()}${attachment(m)}` }, { 'main.tf': `${ROLES}${managed('m', 'description = "x"').replace('name     = each.key', 'name     = "team-${each.key}"')}${attachment(m)}` }, 0, SAME],
    ['instances that say the same', { 'main.tf': `${ROLES}${managed().replace('each.value', '"s3:*"')}${attachment(m)}` }, { 'main.tf': `${ROLES}${managed().replace('each.value', '"s3:*"')}${attachment(m.replace('ro', 'rw'))}` }, 0, SAME],
    ['in JSON', { 'main.tf': `${ROLES}${managed()}`, 'x.tf.json': json(m) }, { 'main.tf': `${ROLES}${managed()}`, 'x.tf.json': json('aws_iam_policy.m[ "ro" ].arn') }, 0, SAME],
    ['a JSON that is HCL now', { 'main.tf': `${ROLES}${managed()}`, 'x.tf.json': json(m) }, { 'main.tf': `${ROLES}${managed()}`, 'x.tf': attachment(m) }, 0, SAME],
  ]), []);
});

test('an instance that is attached is no certain gain beside a policy that went', async () => {
  const own = (Action) => `resource "aws_iam_role_policy" "p" {\n  for_each = { ro = "s3:GetObject", rw = "s3:*" }\n  role     = aws_iam_role.a.name\n  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ${Action}, Resource = "*" }] })\n}\n`;
  const all = (arn) => attachment(arn, 'a', 'a', '; for_each = { ro = "s3:GetObject", rw = "s3:*" }');
  assert.deepEqual(await codes([
    ['each its own', { 'main.tf': `${ROLES}${own('each.value')}` }, { 'main.tf': `${ROLES}${managed()}${all('aws_iam_policy.m[each.key].arn')}` }, 1, CANNOT],
    ['one of them', { 'main.tf': `${ROLES}${own('each.value')}` }, { 'main.tf': `${ROLES}${managed()}${all('aws_iam_policy.m["rw"].arn')}` }, 1, CANNOT],
  ]), []);
});

test('a plan says which instance is attached', async () => {
  const resource = (type, name, values, index) => ({ address: `${type}.${name}${index === undefined ? '' : `["${index}"]`}`, mode: 'managed', type, name, ...index === undefined ? {} : { index }, values });
  const made = (key, Action) => resource('aws_iam_policy', 'm', { name: key, policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }) }, key);
  const references = (...all) => ({ references: all });
  const plan = (keys, inModule = (root) => root) => {
    const attachment = { ...resource('aws_iam_role_policy_attachment', 'x', { role: 'a' }) };
    const resources = [resource('aws_iam_role', 'a', { name: 'a', assume_role_policy: '{}' }), made('ro', 's3:GetObject'), made('rw', 's3:*'), attachment];
    const configured = { address: attachment.address, mode: 'managed', type: attachment.type, name: 'x', expressions: { policy_arn: references(...keys.flatMap((key) => [`aws_iam_policy.m["${key}"].arn`, `aws_iam_policy.m["${key}"]`]), 'aws_iam_policy.m') } };
    return { 'plan.json': { format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: inModule({ resources }, 'planned') }, configuration: { root_module: inModule({ resources: [configured] }, 'configured') } } };
  };
  const called = (root, part) => (part === 'planned' ? { child_modules: [{ address: 'module.w["x"]', resources: root.resources.map((one) => ({ ...one, address: `module.w["x"].${one.address}` })) }] } : { module_calls: { w: { module: root } } });
  assert.deepEqual(await codes([
    ['another one', plan(['ro']), plan(['rw']), 1], ['the same one', plan(['ro']), plan(['ro']), 0], ['one more', plan(['ro']), plan(['ro', 'rw']), 1], ['one less', plan(['ro', 'rw']), plan(['ro']), 0],
    ['in a module', plan(['ro'], called), plan(['rw'], called), 1], ['the same one there', plan(['ro'], called), plan(['ro'], called), 0],
  ]), []);
});
