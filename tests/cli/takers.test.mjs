// What `postern diff` makes of policies that stay as they are, and are somebody else's now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, folder, policy, postern, statement } from './run.mjs';

const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} ${value.startsWith('{') ? '' : '= '}${value}\n`).join('')}}\n`;
const main = (...parts) => ({ 'main.tf': parts.join('') });
const trust = `jsonencode(${hcl(TRUST)})`;
const role = (name, more = {}) => block('aws_iam_role', name, { name: `"${name}"`, assume_role_policy: trust, ...more });
const document = (name, effect = 'Allow') => `data "aws_iam_policy_document" "${name}" {\n  statement {\n    effect = "${effect}"\n    actions = ["s3:*"]\n    resources = ["*"]\n    principals {\n      type = "AWS"\n      identifiers = ["444455556666"]\n    }\n  }\n}\n`;
const JSON_OF = (name) => `data.aws_iam_policy_document.${name}.json`;
const inline = (value) => ({ inline_policy: `{\n    name = "p"\n    policy = ${value}\n  }` });
const OTHERS = /gained\? unknown\n {2}Cannot tell, because it is not for the same roles/;

test('a document or a local that one more resource takes as its own attribute is for somebody else', async () => {
  const all = [['aws_iam_role', 'assume_role_policy'], ['aws_s3_bucket', 'policy'], ['aws_kms_key', 'policy'], ['aws_sqs_queue', 'policy'], ['aws_sns_topic', 'policy'], ['aws_secretsmanager_secret', 'policy'], ['aws_vpc_endpoint', 'policy'], ['aws_glacier_vault', 'access_policy'], ['aws_api_gateway_rest_api', 'policy']];
  const taking = (type, attribute, ...names) => main(document('d'), ...['a', 'b'].map((name) => block(type, name, { tag: '"t"', ...names.includes(name) ? { [attribute]: JSON_OF('d') } : {} })));
  const local = (...names) => main(`locals {\n  p = ${hcl(policy(statement()))}\n}\n`, ...['a', 'b'].map((name) => role(name, names.includes(name) ? inline('jsonencode(local.p)') : {})));
  const denied = (...names) => main(document('d', 'Deny'), ...['a', 'b'].map((name) => role(name, names.includes(name) ? inline(JSON_OF('d')) : {})));
  assert.deepEqual(await codes([
    ...all.map(([type, attribute]) => [`one more ${type}`, taking(type, attribute, 'a'), taking(type, attribute, 'a', 'b'), 1, OTHERS]),
    ['the same', taking('aws_s3_bucket', 'policy', 'a', 'b'), { 'main.tf': `# The same.\n${taking('aws_s3_bucket', 'policy', 'a', 'b')['main.tf']}` }, 0], ['one less', taking('aws_s3_bucket', 'policy', 'a', 'b'), taking('aws_s3_bucket', 'policy', 'a'), 0],
    ['a local', local('a'), local('a', 'b'), 1, OTHERS], ['a local of another role', local('a'), local('b'), 1, OTHERS], ['a Deny of one less', denied('a', 'b'), denied('b'), 1, OTHERS],
    ['another label', main(document('d'), role('a', inline(JSON_OF('d')))), main(document('d'), role('a', inline(JSON_OF('d'))).replace('" "a"', '" "z"')), 0], ['another name', main(document('d'), role('a', inline(JSON_OF('d')))), main(document('d'), role('a', { ...inline(JSON_OF('d')), name: '"z"' })), 0],
    ['written apart', main(document('d'), role('a', inline(JSON_OF('d')))), main(document('d'), role('a'), block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.a.id', policy: JSON_OF('d') })), 0],
    ['in a module of its own', main(document('d'), role('a', inline(JSON_OF('d')))), { ...main(document('d'), 'module "m" {\n  source = "./m"\n  policy = data.aws_iam_policy_document.d.json\n}\nmoved {\n  from = aws_iam_role.a\n  to = module.m.aws_iam_role.a\n}\n'), 'm/main.tf': `variable "policy" {}\n${role('a', inline('var.policy'))}` }, 1, /not compared/],
  ]), []);
});

test('a block that is there for some instances hangs on what there are instances of', async () => {
  const each = (b, head = 'each.value.admin ? [1] : []') => main(document('d'), `locals {\n  roles = { a = { admin = true }, b = { admin = ${b} } }\n}\n`, role('r', { for_each: 'local.roles', name: 'each.key', 'dynamic "inline_policy"': `{\n    for_each = ${head}\n    content {\n      name = "p"\n      policy = jsonencode(${hcl(policy(statement()))})\n    }\n  }` }));
  assert.deepEqual(await codes([
    ['one more', each(false), each(true), 1, /gained\? unknown/], ['the same', each(true), { 'main.tf': `# The same.\n${each(true)['main.tf']}` }, 0], ['what it does not hang on', each(false, 'var.c ? [1] : []'), each(true, 'var.c ? [1] : []'), 0],
  ]), []);
});

test('a role that is called now as another one was before is that one to whoever knows it by its name', async () => {
  const two = (a, b) => main(role('a', { name: `"${a}"` }), role('b', { name: `"${b}"` }), block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.a.id', policy: `jsonencode(${hcl(policy(statement()))})` }));
  const template = (a, b) => ({ 't.json': { Resources: Object.fromEntries([['A', a], ['B', b]].map(([key, RoleName]) => [key, { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: TRUST, ...key === 'A' ? { Policies: [{ PolicyName: 'p', PolicyDocument: policy(statement()) }] } : {} } }])) } });
  assert.deepEqual(await codes([two, template].flatMap((of) => [
    ['exchanged', of('prod', 'dev'), of('dev', 'prod'), 1, OTHERS], ['a name that another one had', of('prod', 'dev'), of('dev', 'test'), 1, OTHERS], ['another name', of('prod', 'dev'), of('test', 'dev'), 0], ['two other names', of('prod', 'dev'), of('prod-2', 'dev-2'), 0],
  ])), []);
  assert.deepEqual(await codes([['what is attached', two('prod', 'dev'), two('dev', 'prod'), 1, /aws_iam_role_policy\.p\.policy\)[^]*?gained\? unknown/]]), []);
});

test('without what takes all other policies from somebody others stay', async () => {
  const taking = (kind, list, isThere, more = '') => main(role('a'), isThere ? block(kind, 'e', { role_name: 'aws_iam_role.a.name', [list]: `[${more}]` }) : '');
  const kinds = [['aws_iam_role_policies_exclusive', 'policy_names'], ['aws_iam_role_policy_attachments_exclusive', 'policy_arns']];
  assert.deepEqual(await codes(kinds.flatMap(([kind, list]) => [
    [`${kind} is gone`, taking(kind, list, true), taking(kind, list, false), 1, /what keeps others from access is there no more/], [`${kind} is new`, taking(kind, list, false), taking(kind, list, true), 0],
    [`${kind} goes with its role`, { ...taking(kind, list, true), 'z.tf': role('z') }, { ...main(''), 'z.tf': role('z') }, 0], [`${kind} under another label`, taking(kind, list, true), { 'main.tf': taking(kind, list, true)['main.tf'].replace('"e"', '"f"') }, 0],
  ])), []);
  assert.deepEqual(await codes([['another list', taking(...kinds[0], true, '"p"'), taking(...kinds[0], true, '"q"'), 0]]), []);
});

test('JSON that is too deep is a problem of its file, and the others are compared', async () => {
  const deep = (n) => [`${'['.repeat(n)}${']'.repeat(n)}`, `{"Version":"2012-10-17","Statement":${'['.repeat(n)}${']'.repeat(n)}}`, `{"Statement":/*"*/${'['.repeat(n)}`, `${'{"Statement":'.repeat(n)}1${'}'.repeat(n)}`];
  for (const text of [...deep(4000), ...deep(20_000)]) {
    const cwd = folder({ 'old/a.json': policy(statement()), 'new/a.json': text, 'old/b.json': policy(statement()), 'new/b.json': policy(statement({ Action: 's3:*' })) });
    const { code, stdout, stderr } = await postern(['diff', 'old', 'new'], { cwd });
    assert.match(`${code} ${stdout}`, /^[12] [^]*new\/b\.json[^]*allows more/);
    assert.match(`${stdout}${stderr}`, /new\/a\.json.*(?:nested more than 200 deep|cannot be told for sure)/);
    for (const command of ['check', 'role', 'fmt']) assert.doesNotMatch((await postern([command, 'new/a.json'], { cwd })).stderr, /mistake in Postern/, `${command} ${text.slice(0, 60)}`);
  }
});
