// Roles and policies that reach each other through variables of local modules, loops and the keys of instances.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const [CORE, OTHER] = ['AmazonSSMManagedInstanceCore', 'AmazonS3ReadOnlyAccess'].map((name) => `arn:aws:iam::aws:policy/${name}`);
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const role = (name, more = {}) => block('aws_iam_role', name, { name: `"${name}"`, ...more });
const call = (name, more) => `module "${name}" {\n  source = "./m"\n${Object.entries(more).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const variable = (name, more = '') => `variable "${name}" {${more}}\n`;
const attach = (more) => block('aws_iam_role_policy_attachment', 'a', { policy_arn: `"${CORE}"`, ...more });
const inline = (more) => block('aws_iam_role_policy', 'p', { policy: `jsonencode(${hcl(policy(statement({ Action: ['ssm:UpdateInstanceInformation', 'ssmmessages:*'], Resource: '*' })))})`, ...more });
const [r, q, z] = ['r', 'q', 'z'].map((name) => role(name));

/** What node.channel is for each role that is asked for. */
async function resultsOf(cases) {
  const problems = [];
  for (const [name, files, wanted, said] of cases) {
    const cwd = folder(files);
    for (const [asked, result] of Object.entries(wanted)) {
      const { stdout, stderr } = await postern(['role', '.', '--role', asked, '--wants', 'node.channel', '--side', 'node'], { cwd });
      const is = /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1] ?? 'none';
      if (is !== result || (said !== undefined && !said.test(stdout + stderr))) problems.push(`${name}, ${asked}: ${is} for ${result}\n${stdout}${stderr}`);
    }
  }
  return problems;
}

test('a module that is given roles by its variables attaches to these, however often it is called, and to no other', async () => {
  const by = variable('role') + attach({ role: 'var.role' });
  const given = (name, role, more) => call(name, { role, ...more });
  assert.deepEqual(await resultsOf([
    ['once', { 'main.tf': r + z + given('x', 'aws_iam_role.r.name'), 'm/main.tf': by }, { r: 'works', z: 'fails' }],
    ['an inline policy', { 'main.tf': r + z + given('x', 'aws_iam_role.r.id'), 'm/main.tf': variable('role') + inline({ role: 'var.role' }) }, { r: 'works', z: 'fails' }],
    ['by two calls', { 'main.tf': r + q + z + given('x', 'aws_iam_role.r.name') + given('y', 'aws_iam_role.q.name'), 'm/main.tf': by }, { r: 'works', q: 'works', z: 'fails' }],
    ['by two calls from two modules', { 'main.tf': r + z + given('x', 'aws_iam_role.r.name') + 'module "n" {\n  source = "./n"\n}\n', 'n/main.tf': q + given('y', 'aws_iam_role.q.name').replace('./m', '../m'), 'm/main.tf': by }, { r: 'works', q: 'works', z: 'fails' }],
    ['through two modules', { 'main.tf': r + z + call('x', { name: 'aws_iam_role.r.name' }).replace('./m', './n'), 'n/main.tf': variable('name') + given('y', 'var.name').replace('./m', '../m'), 'm/main.tf': by }, { r: 'works', z: 'fails' }],
    ['a list of roles', { 'main.tf': r + q + z + call('x', { roles: '[aws_iam_role.r.name, aws_iam_role.q.name]' }), 'm/main.tf': variable('roles') + block('aws_iam_policy_attachment', 'a', { name: '"a"', roles: 'var.roles', policy_arn: `"${CORE}"` }) }, { r: 'works', q: 'works', z: 'fails' }],
    ['a call that gives a name that is not known', { 'main.tf': r + z + given('x', 'aws_iam_role.r.name') + given('y', 'var.other'), 'm/main.tf': by }, { r: 'unknown', z: 'unknown' }],
    ['a call that is there in one case', { 'main.tf': r + z + given('x', 'aws_iam_role.r.name', { count: 'var.is ? 1 : 0' }), 'm/main.tf': by }, { r: 'unknown' }],
    ['a call for each of some', { 'main.tf': r + z + given('x', 'each.value', { for_each: 'toset([aws_iam_role.r.name])' }), 'm/main.tf': by }, { r: 'unknown', z: 'unknown' }],
    ['a default that no call leaves', { 'main.tf': r + z + given('x', 'aws_iam_role.r.name') + given('y', 'aws_iam_role.r.name'), 'm/main.tf': by.replace('{}', '{\n  default = "z"\n}') }, { r: 'works', z: 'fails' }],
    ['a default', { 'main.tf': r + q + z + given('x', 'aws_iam_role.r.name') + call('y', {}), 'm/main.tf': by.replace('{}', '{\n  default = "z"\n}') }, { r: 'works', z: 'works', q: 'fails' }],
    ['a default beside a call that is there twice', { 'main.tf': r + q + z + given('x', 'aws_iam_role.r.name', { count: 2 }), 'm/main.tf': by.replace('{}', '{\n  default = "z"\n}') }, { z: 'fails' }],
    ['another policy by each call', { 'main.tf': r + q + call('x', { role: 'aws_iam_role.r.name', arn: `"${CORE}"` }) + call('y', { role: 'aws_iam_role.q.name', arn: `"${OTHER}"` }), 'm/main.tf': variable('arn') + variable('role') + attach({ role: 'var.role', policy_arn: 'var.arn' }) }, { r: 'unknown', q: 'unknown' }],
  ]), []);
});

test('roles are found by the keys of their instances, and none has what another key has', async () => {
  const keyed = (for_each, more = {}) => block('aws_iam_role', 'node', { for_each, name: '"app-${each.key}"', ...more }) + z;
  const own = { managed_policy_arns: `["${CORE}"]` };
  assert.deepEqual(await resultsOf([
    ['a set', { 'main.tf': keyed('toset(["web", "db"])', own) }, { 'app-web': 'works', 'app-db': 'works', z: 'fails', 'app-zz': 'none' }],
    ['a value of a set', { 'main.tf': keyed('toset(["web", "db"])', { ...own, name: 'each.value' }) }, { web: 'works' }],
    ['a map', { 'main.tf': `locals {\n  roles = {\n    web = { arns = ["${CORE}"] } # "no" = 1\n    "db" = { arns = [], inner = { no = 1 } }\n  }\n}\n${keyed('local.roles', own)}` }, { 'app-web': 'works', 'app-db': 'works', 'app-no': 'none', 'app-arns': 'none' }],
    ['the keys of a map', { 'main.tf': keyed('toset(keys({ web = 1, db = 2 }))', own) }, { 'app-web': 'works', 'app-db': 'works' }],
    ['a loop', { 'main.tf': keyed('{ for k, v in { web = 1, db = 2 } : k => v if v > 1 }', own) }, { 'app-web': 'works' }],
    ['policies of each', { 'main.tf': `locals {\n  roles = { web = { arns = ["${CORE}"] }, db = { arns = [] } }\n}\n${keyed('local.roles', { managed_policy_arns: 'each.value.arns' })}` }, { 'app-web': 'unknown', 'app-db': 'unknown', z: 'fails' }],
    ['attached by key', { 'main.tf': `locals {\n  roles = { web = "${CORE}", db = "${OTHER}" }\n}\n${keyed('local.roles')}${attach({ for_each: 'local.roles', role: 'aws_iam_role.node[each.key].name', policy_arn: 'each.value' })}` }, { 'app-web': 'unknown', 'app-db': 'unknown', z: 'fails' }],
    ['attached by key, the same', { 'main.tf': `locals {\n  roles = { web = "${CORE}", db = "${CORE}" }\n}\n${keyed('local.roles')}${attach({ for_each: 'local.roles', role: 'aws_iam_role.node[each.key].name', policy_arn: 'each.value' })}` }, { 'app-web': 'works', 'app-db': 'works', z: 'fails' }],
    ['attached by number', { 'main.tf': `locals {\n  arns = ["${CORE}", "${OTHER}"]\n}\n${block('aws_iam_role', 'node', { count: 'length(local.arns)', managed_policy_arns: '[local.arns[count.index]]' })}${z}` }, { node: 'unknown', z: 'fails' }],
    ['documents by key', { 'main.tf': `locals {\n  docs = { web = jsonencode(${hcl(policy(statement({ Action: 'ssmmessages:*', Resource: '*' })))}), db = jsonencode(${hcl(policy(statement()))}) }\n}\n${keyed('local.docs')}${inline({ for_each: 'local.docs', role: 'aws_iam_role.node[each.key].id', policy: 'each.value' })}` }, { 'app-web': 'unknown', 'app-db': 'unknown' }],
    ['attached to one key', { 'main.tf': keyed('toset(["web", "db"])') + attach({ role: 'aws_iam_role.node["web"].name' }) }, { 'app-web': 'unknown', 'app-db': 'unknown', z: 'fails' }],
    ['attached to each', { 'main.tf': keyed('toset(["web", "db"])') + attach({ for_each: 'aws_iam_role.node', role: 'each.value.name' }) }, { 'app-web': 'works', 'app-db': 'works', z: 'fails' }],
    ['given to a module for each', { 'main.tf': keyed('toset(["web", "db"])') + call('x', { for_each: 'aws_iam_role.node', role: 'each.value.name' }), 'm/main.tf': variable('role') + attach({ role: 'var.role' }) }, { 'app-web': 'unknown' }],
  ]), []);
});

test('loops that name their variables and maps of objects are read or open, and nobody has what is of another', async () => {
  const document = (statements) => inline({ role: 'aws_iam_role.r.id', policy: `jsonencode({ Version = "2012-10-17", Statement = ${statements} })` });
  const each = (body) => `locals {\n  all = {\n    channel = { role = aws_iam_role.r.name, arn = "${CORE}", actions = ["ssmmessages:*"] }\n    files   = { role = aws_iam_role.q.name, arn = "${OTHER}", actions = ["s3:GetObject"] }\n  }\n}\n${body}`;
  assert.deepEqual(await resultsOf([
    ['nested loops over texts', { 'main.tf': r + z + document('flatten([for service in ["ssm", "ssmmessages"] : [for verb in ["*"] : { Effect = "Allow", Action = "${service}:${verb}", Resource = "*" }]])') }, { r: 'works', z: 'fails' }],
    ['a loop over a map of objects', { 'main.tf': r + z + document('[for sid, g in { a = { actions = ["ssmmessages:*"] } } : { Sid = sid, Effect = "Allow", Action = [for action in g.actions : action], Resource = "*" }]') }, { r: 'works', z: 'fails' }],
    ['attached for each of a map of objects', { 'main.tf': r + q + each(attach({ for_each: 'local.all', role: 'each.value.role', policy_arn: 'each.value.arn' })) }, { r: 'unknown', q: 'unknown' }],
    ['inline for each of a map of objects', { 'main.tf': r + q + each(inline({ for_each: 'local.all', role: 'each.value.role', policy: 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = each.value.actions, Resource = "*" }] })' })) }, { r: 'unknown', q: 'unknown' }],
    ['pairs of a nested loop', { 'main.tf': r + q + each(`locals {\n  pairs = flatten([for name, one in local.all : [for action in one.actions : { role = one.role, arn = one.arn }]])\n}\n${attach({ for_each: '{ for p in local.pairs : p.arn => p }', role: 'each.value.role', policy_arn: 'each.value.arn' })}`) }, { r: 'unknown', q: 'unknown' }],
    ['roles of a loop', { 'main.tf': r + q + z + block('aws_iam_policy_attachment', 'a', { name: '"a"', roles: '[for one in [aws_iam_role.r, aws_iam_role.q] : one.name]', policy_arn: `"${CORE}"` }) }, { r: 'unknown', q: 'unknown', z: 'unknown' }],
  ]), []);
});
