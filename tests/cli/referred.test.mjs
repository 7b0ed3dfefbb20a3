// What `postern role` says of roles that the files refer to and do not make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, results, statement } from './run.mjs';

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const block = (kind, type, name, body) => `${kind} "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const data = (name = '"x"', type = 'role', attribute = 'name') => block('data', `aws_iam_${type}`, 'r', { [attribute]: name });
const role = (name = 'web', more = {}) => block('resource', 'aws_iam_role', name, { name: `"${name}"`, ...more });
const attach = (to, name = 'a', more = {}) => block('resource', 'aws_iam_role_policy_attachment', name, { role: to, policy_arn: `"${CORE}"`, ...more });
const inline = (to, document, name = 'p') => block('resource', 'aws_iam_role_policy', name, { role: to, policy: `jsonencode(${hcl(document)})` });
const DENY = policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' }));
const R = 'data.aws_iam_role.r.name';
const file = (...texts) => ({ 'a.tf': texts.join('') });
const asked = (name) => ['a.tf', '--role', name];

test('a role of a data source may have other policies, so that what some of them allow is open', async () => {
  assert.deepEqual(await results([
    ['alone', file(data(), attach(R)), 'unknown'], ['by its name', file(data(), attach(R)), 'unknown', asked('x')], ['by its label', file(data(), attach(R)), 'unknown', asked('r')],
    ['inline', file(data(), inline(R, DENY)), 'fails'], ['by its ID', file(data(), attach('data.aws_iam_role.r.id')), 'unknown'], ['in a string', file(data(), attach(`"\${${R}}"`)), 'unknown'], ['of several', file(data(), attach('data.aws_iam_role.r[0].name')), 'unknown'],
    ['in a local', file(data(), `locals {\n  role = ${R}\n}\n`, attach('local.role')), 'unknown'], ['of a name that is not known', file(data('var.role'), attach(R)), 'unknown'], ['nothing attached', file(data(), role(), attach('aws_iam_role.web.name')), 'works'],
    ['nothing attached and asked', file(data(), role(), attach('aws_iam_role.web.name')), 'unknown', asked('x')],
    ['beside a role', file(data(), role(), attach(R)), 'unknown'], ['beside a role that is asked', file(data(), role(), attach('aws_iam_role.web.name'), inline(R, DENY)), 'works', asked('web')], ['of a role', file(data(), role(), attach(R)), 'fails', asked('web')],
    ['the role of the module by its name', file(data('"web"'), role(), attach(R)), 'works'], ['by its reference', file(data('aws_iam_role.web.name'), role(), role('other'), attach(R)), 'works', asked('web')], ['not of another', file(data('aws_iam_role.web.name'), role(), role('other'), attach(R)), 'fails', asked('other')],
    ['a role of the same label', file(data().replace('"r"', '"web"'), role(), attach('data.aws_iam_role.web.name')), 'fails', ['a.tf', '--role', 'aws_iam_role.web']],
    ['given to a module', { 'main.tf': `${data()}module "m" {\n  source = "./m"\n  name = ${R}\n}\n`, 'm/main.tf': `variable "name" {}\n${attach('var.name')}` }, 'unknown', ['.']],
    ['looked for in a module', { 'main.tf': `${role()}${role('other')}module "m" {\n  source = "./m"\n  name = aws_iam_role.web.name\n}\n`, 'm/main.tf': `variable "name" {}\n${data('var.name')}${attach(R)}` }, 'works', ['.', '--role', 'web']],
    ['in JSON', { 'a.tf.json': { data: { aws_iam_role: { r: { name: 'x' } } }, resource: { aws_iam_role_policy_attachment: { a: { role: `\${${R}}`, policy_arn: CORE } } } } }, 'unknown'],
    ['a user', file(data('"x"', 'user', 'user_name'), block('resource', 'aws_iam_user_policy_attachment', 'a', { user: 'data.aws_iam_user.r.user_name', policy_arn: `"${CORE}"` })), 'unknown'],
    ['a name', file(attach('"x"')), 'unknown', asked('x')], ['a name beside a role', file(role(), attach('"x"')), 'unknown', asked('x')], ['the name of a role', file(role(), attach('"web"')), 'works', asked('web')],
  ]), []);
});

test('it is said as of what get-role prints alone, and the other policies close it', async () => {
  const cwd = folder({
    ...file(data(), attach(R)),
    'x.json': { RoleDetailList: [{ RoleName: 'x', Arn: 'arn:aws:iam::111122223333:role/x', RolePolicyList: [], AttachedManagedPolicies: [] }] },
    'inline.json': { RoleName: 'x', PolicyName: 'p', PolicyDocument: policy(statement()) },
    'role.json': { Role: { RoleName: 'x', Arn: 'arn:aws:iam::111122223333:role/x' } },
  });
  const ask = async (...words) => JSON.parse((await postern(['role', 'a.tf', ...words, '--wants', 'node.channel', '--format', 'json'], { cwd })).stdout);
  for (const words of [[], ['role.json']]) {
    const { capabilities: [{ reasons }], assumptions } = await ask(...words);
    assert.equal(reasons[0].message, 'The role is made elsewhere: it depends on its other policies, which were not given.');
    assert.ok(assumptions.includes('Give what aws iam list-attached-role-policies --role-name x prints, and what aws iam get-role-policy --role-name x --policy-name NAME prints for each NAME of aws iam list-role-policies --role-name x.'), assumptions.join('\n'));
  }
  assert.equal((await ask('x.json', '--role', 'x')).capabilities[0].result, 'works');
  const { capabilities, assumptions } = await ask('inline.json');
  assert.equal(capabilities[0].result, 'works');
  assert.ok(assumptions.includes('No other inline policy and no attached policy was given: there are taken to be none. aws iam list-role-policies --role-name x and aws iam list-attached-role-policies --role-name x print which there are.'), assumptions.join('\n'));
  assert.match((await postern(['role', 'a.tf', '--role', 'another'], { cwd })).stderr, /There is no role "another" in a\.tf\. There is x\./);
});
