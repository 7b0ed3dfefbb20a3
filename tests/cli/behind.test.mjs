// What `postern role` makes of expressions that lead to a policy, of what modules are given, of policies that nothing takes any
// more, and of statements that there are several of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, results, statement } from './run.mjs';

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const DENYALL = 'arn:aws:iam::aws:policy/AWSDenyAll';
const OTHERP = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const CHANNEL = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*' }));
const OTHER = policy(statement());
const DENY = policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' }));
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const json = (document) => `jsonencode(${hcl(document)})`;
const tfRole = (more = {}, name = 'web') => block('aws_iam_role', name, { name: `"${name}"`, ...more });
const tfInline = (document, more = {}, name = 'p') => block('aws_iam_role_policy', name, { role: 'aws_iam_role.web.id', policy: json(document), ...more });
const attach = (policy_arn, more = {}, name = 'a') => block('aws_iam_role_policy_attachment', name, { role: 'aws_iam_role.web.name', policy_arn, ...more });
const tfPolicy = (document, more = {}, name = 'mine') => block('aws_iam_policy', name, { policy: typeof document === 'string' ? document : json(document), ...more });
const module_ = (more, name = 'm', source = './m') => `module "${name}" {\n  source = "${source}"\n${Object.entries(more).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const data = (document, name = 'd') => `data "aws_iam_policy_document" "${name}" {\n${document.Statement.map(({ Effect, Action, Resource }) => `  statement {\n    effect = "${Effect}"\n    actions = ${JSON.stringify([Action].flat())}\n    resources = ["${Resource}"]\n  }\n`).join('')}}\n`;

test('an expression that may lead to a policy of AWS that denies makes nothing certain', async () => {
  const base = tfRole() + tfInline(CHANNEL);
  const t = (more) => ({ 'a.tf': base + more });
  const cf = (arns, more = {}) => ({ 'a.json': { ...more, Resources: { R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: CHANNEL }], ManagedPolicyArns: arns } } } } });
  assert.deepEqual(await results([
    ['chosen', t(attach(`var.c ? "${DENYALL}" : "${OTHERP}"`)), 'unknown'],
    ['chosen or var', t(attach(`var.c ? "${DENYALL}" : var.other`)), 'unknown'],
    ['in string', t(attach('"arn:aws:iam::aws:policy/${var.c ? "AWSDenyAll" : "AmazonS3ReadOnlyAccess"}"')), 'unknown'],
    ['format', t(attach('format("arn:aws:iam::aws:policy/%s", "AWSDenyAll")')), 'fails'], ['format of a variable', t(attach('format("arn:aws:iam::aws:policy/%s", var.name)') + 'variable "name" {\n  default = "AWSDenyAll"\n}\n'), 'unknown'],
    ['format partition', t(attach('format("arn:%s:iam::aws:policy/AWSDenyAll", data.aws_partition.current.partition)')), 'fails'],
    ['join', t(attach('join("", ["arn:aws:iam::aws:policy/", "AWSDenyAll"])')), 'fails'],
    ['each of choice', t(attach('each.value', { for_each: `var.c ? toset(["${DENYALL}"]) : toset([])` })), 'unknown'],
    ['each of var', t(attach('each.value', { for_each: 'var.arns' })), 'works'],
    ['each.value.arn', t(attach('each.value.arn', { for_each: `{ a = { arn = "${DENYALL}" } }` })), 'fails'],
    ['each for', t(attach('each.value', { for_each: `{ for x in ["AWSDenyAll"] : x => "arn:aws:iam::aws:policy/\${x}" }` })), 'unknown'],
    ['each.key format', t(attach('format("arn:aws:iam::aws:policy/%s", each.key)', { for_each: 'toset(["AWSDenyAll"])' })), 'fails'],
    ['local map', t(`locals {\n  p = { a = "${DENYALL}" }\n}\n` + attach('local.p[var.x]')), 'unknown'],
    ['local map attr', t(`locals {\n  p = { a = "${DENYALL}" }\n}\n` + attach('local.p.a')), 'fails'],
    ['lookup', t(`locals {\n  p = { a = "${DENYALL}" }\n}\n` + attach('lookup(local.p, var.x)')), 'unknown'],
    ['local in other file', { 'a.tf': base + attach('local.deny'), 'b.tf': `locals {\n  deny = "${DENYALL}"\n}\n` }, 'unknown'],
    ['local cross sure', { 'a.tf': base + attach('local.deny', { count: 'var.c ? 1 : 0' }), 'b.tf': `locals {\n  deny = "${DENYALL}"\n}\n` }, 'unknown'],
    ['var default', t(`variable "p" {\n  default = "${DENYALL}"\n}\n` + attach('var.p')), 'unknown'],
    ['var default other file', { 'a.tf': base + attach('var.p'), 'v.tf': `variable "p" {\n  default = "${DENYALL}"\n}\n` }, 'unknown'],
    ['tfvars', { 'a.tf': base + 'variable "p" {}\n' + attach('var.p'), 'terraform.tfvars': `p = "${DENYALL}"\n` }, 'unknown', ['.']],
    ['data name', t(`data "aws_iam_policy" "d" {\n  name = var.c ? "AWSDenyAll" : "X"\n}\n` + attach('data.aws_iam_policy.d.arn')), 'unknown'],
    ['data other file', { 'a.tf': base + attach('data.aws_iam_policy.d.arn'), 'b.tf': `data "aws_iam_policy" "d" {\n  name = "AWSDenyAll"\n}\n` }, 'unknown'],
    ['made deny chosen', t(tfPolicy(DENY) + attach(`var.c ? aws_iam_policy.mine.arn : "${OTHERP}"`)), 'unknown'],
    ['made deny try', t(tfPolicy(DENY) + attach('try(aws_iam_policy.mine.arn, "")')), 'unknown'],
    ['made deny one()', t(tfPolicy(DENY, {count: 'var.c ? 1 : 0'}) + attach('one(aws_iam_policy.mine[*].arn)')), 'unknown'],
    ['made deny each', t(tfPolicy(DENY) + attach('each.value', { for_each: '{ a = aws_iam_policy.mine.arn }' })), 'fails'],
    ['made deny join', t(tfPolicy(DENY, {count: 'var.c ? 1 : 0'}) + attach('join("", aws_iam_policy.mine.*.arn)')), 'unknown'],
    ['module given role + deny', t(module_({ role: 'aws_iam_role.web.name', policy_arn: `"${DENYALL}"` })), 'unknown'],
    ['module given role + choice', t(module_({ role: 'aws_iam_role.web.name', policy_arn: `var.c ? "${DENYALL}" : "${OTHERP}"` })), 'unknown'],
    ['module role in module', { 'main.tf': module_({ deny: `"${DENYALL}"`, c: 'true' }), 'm/main.tf': 'variable "deny" {}\nvariable "c" {}\n' + base + attach('var.deny', { count: 'var.c ? 1 : 0' }) }, 'unknown', ['.', '--role', 'web']],
    ['module role in module2', { 'main.tf': module_({ deny: `"${DENYALL}"`, c: 'true' }), 'm/main.tf': 'variable "deny" {}\nvariable "c" {}\n' + base + attach('var.deny', { count: 'var.c ? 1 : 0' }) }, 'unknown', ['.']],
    ['list for_each', t(attach('element(each.value, 0)', { for_each: `{ a = ["${DENYALL}"] }` })), 'unknown'],
    ['managed_policy_arns choice', { 'a.tf': tfRole({ managed_policy_arns: `var.c ? ["${DENYALL}"] : []` }) + tfInline(CHANNEL) }, 'unknown'],
    ['managed_policy_arns for', { 'a.tf': tfRole({ managed_policy_arns: '[for x in ["AWSDenyAll"] : "arn:aws:iam::aws:policy/${x}"]' }) + tfInline(CHANNEL) }, 'fails'],
    ['managed_policy_arns formatlist', { 'a.tf': tfRole({ managed_policy_arns: 'formatlist("arn:aws:iam::aws:policy/%s", ["AWSDenyAll"])' }) + tfInline(CHANNEL) }, 'fails'],
    ['cf findinmap', cf([{ 'Fn::FindInMap': ['M', { Ref: 'S' }, 'a'] }], { Mappings: { M: { x: { a: DENYALL } } } }), 'unknown'],
    ['cf sub', cf([{ 'Fn::Sub': 'arn:aws:iam::aws:policy/${Name}' }], { Parameters: { Name: { Type: 'String', Default: 'AWSDenyAll' } } }), 'unknown'],
    ['cf ref default', cf([{ Ref: 'Name' }], { Parameters: { Name: { Type: 'String', Default: DENYALL } } }), 'unknown'],
    ['cf ref allowed', cf([{ Ref: 'Name' }], { Parameters: { Name: { Type: 'String', AllowedValues: [OTHERP, DENYALL] } } }), 'unknown'],
    ['cf if list', cf({ 'Fn::If': ['C', [DENYALL], []] }), 'unknown'],
    ['cf if in sub', cf([{ 'Fn::Join': ['', ['arn:aws:iam::aws:policy/', { 'Fn::If': ['C', 'AWSDenyAll', 'ReadOnlyAccess'] }]] }]), 'unknown'],
    ['cf split', cf({ 'Fn::Split': [',', `${DENYALL},${OTHERP}`] }), 'unknown'],
    ['cf foreach', { 'a.json': { Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::A': ['N', ['AWSDenyAll'], { 'R${N}': { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: CHANNEL }], ManagedPolicyArns: [{ 'Fn::Sub': 'arn:aws:iam::aws:policy/${N}' }] } } }] } } }, 'unknown'],
  ]), []);
});

test('what a module is given is for nobody knows what, unless its documentation or its files tell', async () => {
  assert.deepEqual(await results([
    ['arg', { 'a.tf': module_({ excluded_policy: `"${CORE}"` }) }, 'unknown'],
    ['arg registry', { 'a.tf': module_({ iam_role_policies: `{ c = "${CORE}" }`, create_iam_instance_profile: 'true' }, 'm', 'terraform-aws-modules/ec2-instance/aws') }, 'works'],
    ['arg registry gate', { 'a.tf': module_({ iam_role_policies: `{ c = "${CORE}" }` }, 'm', 'terraform-aws-modules/ec2-instance/aws') }, 'unknown'],
    ['read', { 'main.tf': module_({ arn: `"${CORE}"` }), 'm/main.tf': 'variable "arn" {}\n' + tfRole() }, 'fails', ['.']],
    ['read attach', { 'main.tf': module_({ arn: `"${CORE}"` }), 'm/main.tf': 'variable "arn" {}\n' + tfRole() + attach('var.arn') }, 'unknown', ['.']],
    ['inputs', { 'terragrunt.hcl': `terraform {\n  source = "../m"\n}\ninputs = {\n  exclude = "${CORE}"\n}\n` }, 'unknown'],
    ['deny arg', { 'a.tf': module_({ policies: `["${CORE}"]`, deny: `"${DENYALL}"` }) }, 'unknown'],
  ]), []);
});

test('a policy that nothing takes any more, or that will not be there, is nobody\'s', async () => {
  assert.deepEqual(await results([
    ['unattached', { 'a.tf': tfRole() + tfPolicy(CHANNEL) }, 'fails'],
    ['unattached in folder', { 'm/a.tf': tfRole() + tfInline(OTHER) + tfPolicy(CHANNEL) }, 'fails', ['m']],
    ['unattached alone no role', { 'a.tf': tfPolicy(CHANNEL) }, 'works'],
    ['override replaced data', { 'm/main.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL), 'm/override.tf': block('aws_iam_role_policy', 'p', { policy: json(OTHER) }) }, 'fails', ['m']],
    ['override replaced local', { 'm/main.tf': `locals {\n  p = ${json(CHANNEL)}\n}\n` + tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'local.p' }), 'm/override.tf': block('aws_iam_role_policy', 'p', { policy: json(OTHER) }) }, 'fails', ['m']],
    ['override norole data', { 'm/main.tf': block('aws_iam_role_policy', 'p', { role: '"x"', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL), 'm/override.tf': block('aws_iam_role_policy', 'p', { policy: json(OTHER) }) }, 'fails', ['m']],
    ['norole unattached beside attached', { 'a.tf': tfPolicy(CHANNEL) + tfPolicy(OTHER, {}, 'other') + attach('aws_iam_policy.other.arn', { role: '"web"' }) }, 'fails'],
    ['override replaced attachment', { 'm/main.tf': tfRole() + tfPolicy(CHANNEL) + attach('aws_iam_policy.mine.arn'), 'm/override.tf': block('aws_iam_role_policy_attachment', 'a', { policy_arn: `"${OTHERP}"` }) }, 'unknown', ['m']],
    ['managed cfn unattached', { 'a.json': { Resources: { R: { Type: 'AWS::IAM::Role', Properties: {} }, P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: CHANNEL } } } } }, 'fails'],
    ['count 0', { 'a.tf': tfRole() + tfInline(CHANNEL, { count: '0' }) }, 'fails'],
    ['enabled not', { 'a.tf': tfRole() + tfInline(CHANNEL).replace(/}\n$/, '  lifecycle {\n    enabled = false\n  }\n}\n') }, 'fails'],
    ['a role that is not there', { 'a.tf': tfRole({ count: '0', managed_policy_arns: `["${CORE}"]` }) + tfRole({}, 'other') }, 'fails'],
  ]), []);
});

test('a statement that is there as often as a loop says leaves the others as they are', async () => {
  assert.deepEqual(await results([
    ['dynamic', { 'a.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL).replace(/}\n$/, '  dynamic "statement" {\n    for_each = var.all\n    content {\n      actions = ["s3:GetObject"]\n      resources = [statement.value]\n    }\n  }\n}\n') }, 'works'],
    ['dynamic effect var', { 'a.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL).replace(/}\n$/, '  dynamic "statement" {\n    for_each = var.all\n    content {\n      effect = statement.value.effect\n actions = ["s3:GetObject"]\n      resources = [statement.value]\n    }\n  }\n}\n') }, 'unknown'],
    ['dynamic deny', { 'a.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL).replace(/}\n$/, '  dynamic "statement" {\n    for_each = var.all\n    content {\n      effect = "Deny"\n actions = ["*"]\n      resources = [statement.value]\n    }\n  }\n}\n') }, 'unknown'],
    ['dynamic deny s3', { 'a.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL).replace(/}\n$/, '  dynamic "statement" {\n    for_each = var.all\n    content {\n      effect = "Deny"\n actions = ["s3:*"]\n      resources = [statement.value]\n    }\n  }\n}\n') }, 'works'],
    ['for', { 'a.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: `jsonencode({ Version = "2012-10-17", Statement = concat([${hcl(CHANNEL.Statement[0])}], [for b in var.all : { Effect = "Allow", Action = "s3:GetObject", Resource = b }]) })` }) }, 'works'],
    ['for item var', { 'a.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: `jsonencode({ Version = "2012-10-17", Statement = concat([${hcl(CHANNEL.Statement[0])}], [for b in var.all : b]) })` }) }, 'unknown'],
    ['source docs', { 'a.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL).replace('{\n', '{\n  source_policy_documents = [var.x]\n') }, 'unknown'],
  ]), []);
});

test('a role of a local module is found by its name, and one that a stack of Terraform is given may have more', async () => {
  assert.deepEqual(await results([
    ['two roles', { 'a.tf': tfRole() + tfRole({}, 'bare') + tfInline(CHANNEL) + attach(`"${CORE}"`, { role: 'aws_iam_role.bare.name' }) }, 'works', ['a.tf', '--role', 'web']],
    ['two roles known', { 'a.tf': tfRole() + tfRole({}, 'bare') + attach(`"${CORE}"`) + attach(`"${CORE}"`, { role: 'aws_iam_role.bare.name' }, 'b') }, 'works'],
    ['two roles each', { 'a.tf': tfRole() + tfRole({}, 'bare') + attach(`"${CORE}"`, { for_each: 'toset([aws_iam_role.web.name, aws_iam_role.bare.name])', role: 'each.value' }) }, 'works', ['a.tf', '--role', 'web']],
    ['two roles some', { 'a.tf': tfRole() + tfRole({}, 'bare') + attach(`"${CORE}"`) }, 'unknown'],
    ['role in local module', { 'main.tf': module_({ name: '"node"' }), 'm/main.tf': 'variable "name" {}\n' + block('aws_iam_role', 'this', { name: 'var.name' }) + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.this.id', policy: json(CHANNEL) }) }, 'works', ['.', '--role', 'node']],
    ['role in local module suffix', { 'main.tf': module_({ name: '"node"' }), 'm/main.tf': 'variable "name" {}\n' + block('aws_iam_role', 'this', { name: '"${var.name}-role"' }) + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.this.id', policy: json(CHANNEL) }) }, 'works', ['.', '--role', 'node-role']],
    ['role in local module addr', { 'main.tf': module_({ name: '"node"' }), 'm/main.tf': 'variable "name" {}\n' + block('aws_iam_role', 'this', { name: 'var.name' }) + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.this.id', policy: json(CHANNEL) }) }, 'works', ['.', '--role', 'module.m.aws_iam_role.this']],
    ['role module name', { 'main.tf': module_({ name: '"node"' }), 'm/main.tf': 'variable "name" {}\n' + block('aws_iam_role', 'this', { name: 'var.name' }) + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.this.id', policy: json(CHANNEL) }) }, 'works', ['.', '--role', 'm']],
    ['local module attach by output', { 'main.tf': module_({}) + attach(`"${CORE}"`, { role: 'module.m.role' }), 'm/main.tf': tfRole() + 'output "role" {\n  value = aws_iam_role.web.name\n}\n' }, 'works', ['.', '--role', 'web']],
    ['tf stack', { 'a.tf': tfRole() + tfInline(OTHER) + block('aws_cloudformation_stack', 's', { name: '"s"', parameters: '{ Role = aws_iam_role.web.name }', template_url: '"x"' }) }, 'unknown'],
    ['tf stack fixed', { 'a.tf': tfRole() + tfInline(OTHER) + block('aws_cloudformation_stack', 's', { name: '"s"', parameters: '{ Role = aws_iam_role.web.arn }', template_url: '"x"' }) }, 'fails'],
  ]), []);
  const { stdout, stderr } = await postern(['role', 'a.tf', '--wants', 'node.channel'], { cwd: folder({ 'a.tf': tfRole() + tfRole({}, 'bare') + attach(`"${CORE}"`) }) });
  assert.doesNotMatch(stdout + stderr, /what it says is not known here/, 'it is known what a policy of AWS says, and not who has it');
});

test('a loop over a list that stands there is its items, with their places', async () => {
  const tf = (statements) => `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = ${statements} })\n}\n`;
  const each = (list, action = 'a', more = '') => tf(`[for a in ${list} : { Effect = "Allow", Action = ${action}, Resource = "*" }${more}]`);
  const cases = [
    ['an action', each('["s3:GetObjekt", "s3:PutObject"]'), [], 1, /a\.tf:2:72 error INVALID_ACTION\n {2}s3:GetObjekt is not an action of s3\./],
    ['a part of one', tf('[{ Effect = "Allow", Action = [for a in ["GetObjekt"] : "s3:${a}"], Resource = "*" }]'), [], 1, /s3:GetObjekt is not an action/],
    ['of an object', each('[{ name = "s3:GetObjekt" }]', 'a.name'), [], 1, /s3:GetObjekt is not an action/],
    ['with its number', tf('[for i, a in ["s3:GetObjekt"] : { Effect = "Allow", Action = a, Resource = "*" }]'), [], 1, /s3:GetObjekt is not an action/],
    ['what must not be granted', each('["iam:PassRole"]'), ['--not-granted', 'iam:PassRole'], 1, /POSTERN_ACCESS_GRANTED/],
    ['what is not granted', each('["s3:GetObject"]'), ['--not-granted', 'iam:PassRole'], 0, /No findings/],
    ['what may be left out', each('["iam:PassRole"]', 'a', ' if var.c'), ['--not-granted', 'iam:PassRole'], 1, /POSTERN_ACCESS/],
    ['a list that is not known', each('var.all'), ['--not-granted', 'iam:PassRole'], 1, /POSTERN_ACCESS_UNKNOWN/],
    ['loops in loops', tf(`[for a in [${Array.from({ length: 40 }, (_, i) => `"${i}"`)}] : [for b in [${Array.from({ length: 40 }, (_, i) => `"${i}"`)}] : [for c in [${Array.from({ length: 400 }, (_, i) => `"${i}"`)}] : { Effect = "Allow", Action = c, Resource = "*" }]]]`), [], 1, /./],
  ];
  const problems = [];
  for (const [name, text, words, wanted, said] of cases) {
    const { code, stdout, stderr } = await postern(['check', 'a.tf', '--no-config', ...words], { cwd: folder({ 'a.tf': text }) });
    if (code !== wanted || !said.test(stdout + stderr)) problems.push(`${name}: ${code}\n${stdout.slice(0, 1000)}${stderr.slice(0, 1000)}`);
  }
  assert.deepEqual(problems, []);
});
