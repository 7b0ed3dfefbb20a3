// What `postern diff` makes of a name that stands in the files as before and is that of somebody else, or of a module elsewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const of = (kind) => (type, name, body) => `${kind} "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const [block, data] = [of('resource'), of('data')];
const DOCUMENT = `jsonencode(${JSON.stringify(policy(statement())).replaceAll('":', '"=')})`;
const managed = block('aws_iam_policy', 'p', { name: '"p"', policy: DOCUMENT });
const attach = (role = 'aws_iam_role.r.name') => block('aws_iam_role_policy_attachment', 'a', { role, policy_arn: 'aws_iam_policy.p.arn' });
const inline = (role = 'aws_iam_role.r.name') => block('aws_iam_role_policy', 'i', { role, policy: DOCUMENT });
const role = (name, more = {}) => block('aws_iam_role', 'r', { name: `"${name}"`, ...more });

test('somebody whom a data source looks up is somebody else where it looks up another one', async () => {
  const by = (text, name, type = 'aws_iam_role', attribute = 'name') => ({ 'main.tf': text, 'data.tf': data(type, 'r', { [attribute]: `"${name}"` }) });
  const same = (text, type, attribute) => [by(text, 'a', type, attribute), by(text, 'b', type, attribute), 1, /gained\?|allows more/];
  const user = block('aws_iam_user_policy_attachment', 'a', { user: 'data.aws_iam_user.r.user_name', policy_arn: 'aws_iam_policy.p.arn' });
  assert.deepEqual(await codes([
    ['a role', ...same(managed + attach('data.aws_iam_role.r.name'))], ['by its ID', ...same(managed + attach('data.aws_iam_role.r.id'))], ['a policy of its own', ...same(inline('data.aws_iam_role.r.name'))],
    ['in a list', ...same(managed + block('aws_iam_policy_attachment', 'a', { name: '"x"', roles: '[data.aws_iam_role.r.name]', policy_arn: 'aws_iam_policy.p.arn' }))],
    ['a user', ...same(managed + user, 'aws_iam_user', 'user_name')], ['a bucket', ...same(block('aws_s3_bucket_policy', 'p', { bucket: 'data.aws_s3_bucket.r.id', policy: `jsonencode(${JSON.stringify(policy(statement({ Principal: '*' }))).replaceAll('":', '"=')})` }), 'aws_s3_bucket', 'bucket')],
    ['the same role', by(managed + attach('data.aws_iam_role.r.name'), 'a'), by(managed + attach('data.aws_iam_role.r.name'), 'a'), 0],
    ['a role that is called otherwise', { 'main.tf': role('a') + managed + attach() }, { 'main.tf': role('b') + managed + attach() }, 0],
    ['no role of that name that is made here', { 'main.tf': role('x') + managed + attach('data.aws_iam_role.r.name'), 'data.tf': data('aws_iam_role', 'r', { name: '"a"' }) }, { 'main.tf': managed + attach('data.aws_iam_role.r.name'), 'data.tf': data('aws_iam_role', 'r', { name: '"a"' }) }, 0],
  ]), []);
});

test('a file that went to another module is followed where all that it refers to is the same there', async () => {
  const roles = { 'dev/role.tf': role('dev'), 'prod/role.tf': role('prod') };
  const moved = (text, others = {}) => [{ ...others, 'dev/p.tf': text }, { ...others, 'prod/p.tf': text }];
  const gains = /prod\/p\.tf .*: allows more/;
  const lost = async (cases) => codes(cases, ['--fail-on', 'lost']);
  assert.deepEqual(await codes([
    ['a policy of another role', ...moved(managed + attach(), roles), 1, gains], ['one of its own', ...moved(inline(), roles), 1, gains], ['of roles of the same name', ...moved(inline(), { 'dev/role.tf': role('r'), 'prod/role.tf': role('r') }), 1, gains],
    ['with the role', ...moved(role('r') + inline() + managed + attach()), 0], ['with the role, in its own file', { 'dev/role.tf': role('r'), 'dev/x.tf': '', 'dev/p.tf': inline() }, { 'prod/role.tf': role('r'), 'dev/x.tf': '', 'prod/p.tf': inline() }, 0],
    ['of a role by its name', ...moved(inline('"web"'), roles), 0], ['of a role that is looked up', ...moved(inline('data.aws_iam_role.r.name'), { 'dev/d.tf': data('aws_iam_role', 'r', { name: '"a"' }), 'prod/d.tf': data('aws_iam_role', 'r', { name: '"b"' }) }), 1],
    ['a role without its boundary', { 'dev/x.tf': '', 'dev/p.tf': role('r', { permissions_boundary: '"arn:aws:iam::111122223333:policy/B"' }) + inline() }, { 'dev/x.tf': '', 'prod/p.tf': role('r') + inline() }, 1],
    ['the whole module', { 'dev/role.tf': role('r'), 'dev/p.tf': inline() }, { 'prod/role.tf': role('r'), 'prod/p.tf': inline() }, 0],
  ]), []);
  assert.deepEqual(await lost([['a policy of another role', ...moved(inline(), roles), 1, /dev\/p\.tf .*: allows less/], ['with the role', ...moved(role('r') + inline()), 0]]), []);
});
