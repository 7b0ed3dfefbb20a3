// What `postern diff` makes of what calls give a module: each gives its own, and what stands there in the one call of a module is
// read in its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const json = (document) => `jsonencode(${hcl(document)})`;
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const variable = (name, more = '') => `variable "${name}" {\n${more}}\n`;
const call = (given, name = 'm') => `module "${name}" {\n  source = "./m"\n${given === null ? '' : `  x = ${given}\n`}}\n`;
const READS = policy(statement());
const WRITES = policy(statement(), statement({ Action: 's3:PutObject' }));
const aws = (...names) => `[${names.map((name) => `"arn:aws:iam::aws:policy/${name}"`).join(', ')}]`;

test('a call that gives a module something else is told, whatever other calls give', async () => {
  const child = (more) => variable('x', more) + block('aws_iam_policy', 'p', { policy: json(READS).replace('example-files', '${var.x}') });
  const of = (dev, prod, more = '') => ({ 'main.tf': (dev === undefined ? '' : call(dev, 'dev')) + call(prod, 'prod'), 'm/main.tf': child(more) });
  const unit = (value) => `terraform {\n  source = "../../m"\n}\ninputs = {\n  x = ${value}\n}\n`;
  const units = (dev, prod, name = 'dev') => ({ 'm/main.tf': child(), [`live/${name}/terragrunt.hcl`]: unit(dev), 'live/prod/terragrunt.hcl': unit(prod) });
  assert.deepEqual(await codes([
    ['what another one has', of('"a"', '"*"'), of('"*"', '"*"'), 1, /what \$\{var\.x\} refers to is not the same/], ['in exchange', of('"a"', '"b"'), of('"b"', '"a"'), 1], ['instead of the default', of(null, '"*"', '  default = "a"\n'), of('"*"', '"*"', '  default = "a"\n'), 1], ['the default', of('"a"', '"b"', '  default = "*"\n'), of(null, '"b"', '  default = "*"\n'), 1],
    ['the same', of('"a"', '"b"'), of('"a"', '"b"'), 0], ['one less', of('"a"', '"b"'), of(undefined, '"b"'), 0], ['a call by another name', of('"a"', '"b"'), { ...of('"a"', '"b"'), 'main.tf': call('"a"', 'stage') + call('"b"', 'prod') }, 0],
    ['a unit', units('"a"', '"*"'), units('"*"', '"*"'), 1], ['the same units', units('"a"', '"*"'), units('"a"', '"*"'), 0], ['a unit that is called otherwise', units('"a"', '"*"'), units('"a"', '"*"', 'stage'), 0],
  ]), []);
});

test('what stands in the one call of a module is read where the module says its name', async () => {
  const module_ = (body) => (given, more = '') => ({ 'main.tf': call(given) + more, 'm/main.tf': variable('x') + body });
  const attached = module_(block('aws_iam_role_policy_attachment', 'a', { for_each: 'toset(var.x)', role: '"r"', policy_arn: 'each.value' }));
  const actions = module_(block('aws_iam_policy', 'p', { policy: 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = var.x, Resource = "*" }] })' }));
  const statements = module_(block('aws_iam_policy', 'p', { policy: 'jsonencode({ Version = "2012-10-17", Statement = var.x })' }));
  const whole = module_(block('aws_iam_policy', 'p', { policy: 'var.x' }));
  const roles = module_(block('aws_iam_policy', 'p', { policy: json(WRITES) }) + block('aws_iam_role_policy_attachment', 'a', { for_each: 'toset(var.x)', role: 'each.value', policy_arn: 'aws_iam_policy.p.arn' }));
  const members = module_(block('aws_iam_group_membership', 'g', { name: '"g"', group: '"g"', users: 'var.x' }));
  const count = module_(block('aws_iam_policy', 'p', { count: 'var.x ? 1 : 0', policy: json(READS) }));
  const [two, one] = [`[${hcl(statement())}, ${hcl(statement({ Action: 's3:PutObject' }))}]`, `[${hcl(statement())}]`];
  const terragrunt = (files) => ({ ...files, 'live/terragrunt.hcl': 'terraform {\n  source = "../m"\n}\ninputs = {\n  x = ["s3:GetObject"]\n}\n' });
  assert.deepEqual(await codes([
    ['more policies', attached(aws('ReadOnlyAccess')), attached(aws('ReadOnlyAccess', 'AdministratorAccess')), 1, /m\/main\.tf \(aws_iam_role_policy_attachment\.a\.policy_arn, AdministratorAccess\): .*: allows more/], ['fewer policies', attached(aws('AdministratorAccess', 'ReadOnlyAccess')), attached(aws('ReadOnlyAccess')), 0], ['in another order', attached(aws('AdministratorAccess', 'ReadOnlyAccess')), attached(aws('ReadOnlyAccess', 'AdministratorAccess')), 0], ['by a local', attached('local.p', `locals {\n  p = ${aws('ReadOnlyAccess')}\n}\n`), attached('local.p', `locals {\n  p = ${aws('AdministratorAccess')}\n}\n`), 1], ['none before', attached('[]'), attached(aws('AdministratorAccess')), 1],
    ['fewer actions', actions('["s3:GetObject", "s3:*"]'), actions('["s3:GetObject"]'), 0], ['more actions', actions('["s3:GetObject"]'), actions('["s3:*"]'), 1, /allows more/], ['by an output', actions('module.other.x'), actions('module.another.x'), 1, /cannot be told/], ['to a second call', actions('["s3:GetObject"]'), actions('["s3:GetObject"]', call('["s3:*"]', 'n')), 1], ['a second call less', actions('["s3:GetObject"]', call('["s3:*"]', 'n')), actions('["s3:GetObject"]'), 0], ['where Terragrunt calls too', terragrunt(actions('["s3:*"]')), terragrunt(actions('["s3:GetObject"]')), 1],
    ['fewer statements', statements(two), statements(one), 0], ['more statements', statements(one), statements(two), 1], ['less of a policy', whole(json(WRITES)), whole(json(READS)), 0], ['more of a policy', whole(json(READS)), whole(json(WRITES)), 1], ['a policy by a variable', whole('var.a'), whole('var.b'), 1],
    ['fewer roles', roles('["a", "b"]'), roles('["a"]'), 0], ['more roles', roles('["a"]'), roles('["a", "b"]'), 1], ['fewer members', members('["a", "b"]'), members('["a"]'), 1, /who has it no more: what policies it has stands elsewhere, and they may deny something/], ['more members', members('["a"]'), members('["a", "b"]'), 1], ['a count', count('false'), count('true'), 1],
  ]), []);
});
