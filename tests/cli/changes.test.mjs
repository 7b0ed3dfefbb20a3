// What `postern diff` makes of values and presences that stand elsewhere than in the policy: the policy's own text is the
// same on both sides, and what it refers to is not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, TRUST, codes, folder, policy, postern, statement } from './run.mjs';

const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const ON = (resource) => `{ Effect = "Allow", Action = "s3:GetObject", Resource = ${resource} }`;
const tf = (...statements) => `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [${statements.join(', ')}] })\n}\n`;
const ofBucket = tf(ON('"arn:aws:s3:::${var.bucket}/*"'));
const variable = (value, more = '') => `variable "bucket" {\n  default = ${value}\n${more}}\n`;
const locals = (text) => `locals {\n  ${text}\n}\n`;
const call = (text, name = 'm') => `module "${name}" {\n  source = "./m"\n  ${text}\n}\n`;
const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const managed = (document, more = {}, others = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', ...others, Properties: { PolicyDocument: document, ...more } });
const onBucket = (Resource) => policy(statement({ Resource }));
const template = (value, more = {}) => ({ ...more, Resources: { P: managed(onBucket(value)), ...more.Resources } });
const ref = (Ref) => ({ Ref });
const sub = (...given) => ({ 'Fn::Sub': given.length === 1 ? given[0] : given });

test('the same expression is another value where what it refers to was changed', async () => {
  const main = (more) => ({ 'main.tf': ofBucket + more });
  const inModule = (text) => ({ 'main.tf': call(text), 'm/main.tf': `variable "bucket" {}\n${ofBucket}` });
  const byLocal = (text, more = '') => ({ 'main.tf': tf(ON('"arn:aws:s3:::${local.bucket}/*"')), 'locals.tf': locals(text) + more });
  const data = (value) => ({ 'main.tf': `data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::\${var.bucket}/*"]\n  }\n}\n${variable(value)}` });
  const file = (text, name = 'list.txt') => ({ 'main.tf': tf(ON(`split("\\n", file("\${path.module}/${name}"))`)), [name]: text });
  const template_ = (text, more = 'a') => ({ 'main.tf': `resource "aws_iam_policy" "p" {\n  policy = templatefile("p.tpl", { a = "${more}" })\n}\n`, 'p.tpl': text });
  const statements = (action) => ({ 'main.tf': `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = local.all })\n}\n${locals(`all = [{ Effect = "Allow", Action = "${action}", Resource = "*" }]`)}` });
  const loop = (list) => ({ 'main.tf': `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [for b in local.all : ${ON('"arn:aws:s3:::${b}/*"')}] })\n}\n`, 'locals.tf': locals(`all = ${list}`) });
  const bucket = (name, more = '') => ({ 'main.tf': tf(ON('"${aws_s3_bucket.b.arn}/*"')), 'bucket.tf': `resource "aws_s3_bucket" "b" {\n  bucket = ${name}\n${more}}\n` });
  const output = (value) => ({ 'main.tf': `${call('')}${tf(ON('"arn:aws:s3:::${module.m.bucket}/*"'))}`, 'm/main.tf': `output "bucket" {\n  value = ${value}\n}\n` });
  const each = (list) => ({ 'main.tf': `resource "aws_iam_policy" "p" {\n  for_each = toset(${list})\n  policy = jsonencode({ Version = "2012-10-17", Statement = [${ON('"arn:aws:s3:::${each.key}/*"')}] })\n}\n` });
  assert.deepEqual(await codes([
    ['the same', main(variable('"a"')), main(variable('"a"')), 0],
    ['a default', main(variable('"a"')), main(variable('"b"')), 1, /what \$\{var\.bucket\} refers to is not the same/],
    ['a default in another file', { 'main.tf': ofBucket, 'variables.tf': variable('"a"') }, { 'main.tf': ofBucket, 'variables.tf': variable('"b"') }, 1],
    ['no default', main(variable('"a"')), main('variable "bucket" {}\n'), 1],
    ['a description', main(variable('"a"')), main(variable('"a"', '  description = "x"\n')), 0],
    ['a comment', main(variable('"a"')), main(`# more\n${variable('"a"')}`), 0],
    ['another variable', main(variable('"a"')), main(variable('"a"') + variable('"c"').replace('bucket', 'other')), 0],
    ['terraform.tfvars', { ...main(variable('"a"')), 'terraform.tfvars': 'bucket = "a"\n' }, { ...main(variable('"a"')), 'terraform.tfvars': 'bucket = "b"\n' }, 1],
    ['tfvars that are new', main(variable('"a"')), { ...main(variable('"a"')), 'prod.auto.tfvars': 'bucket = "b"\n' }, 1],
    ['tfvars of an environment', { ...main(variable('"a"')), 'envs/prod.tfvars': 'bucket = "a"\n' }, { ...main(variable('"a"')), 'envs/prod.tfvars': 'bucket = "*"\n' }, 1],
    ['tfvars in JSON', { ...main(variable('"a"')), 'terraform.tfvars.json': { bucket: 'a' } }, { ...main(variable('"a"')), 'terraform.tfvars.json': { bucket: 'b' } }, 1],
    ['tfvars of another', { ...main(variable('"a"')), 'terraform.tfvars': 'other = "a"\n' }, { ...main(variable('"a"')), 'terraform.tfvars': 'other = "b"\n' }, 0],
    ['an argument', inModule('bucket = "a"'), inModule('bucket = "b"'), 1],
    ['the same argument', inModule('bucket = "a"\n  other = 1'), inModule('bucket = "a"\n  other = 2'), 0],
    ['an argument by a local', { ...inModule('bucket = local.b'), 'l.tf': locals('b = "a"') }, { ...inModule('bucket = local.b'), 'l.tf': locals('b = "*"') }, 1],
    ['the instances of an argument', inModule('for_each = toset(["a"])\n  bucket = each.key'), inModule('for_each = toset(["a", "b"])\n  bucket = each.key'), 1],
    ['another call', inModule('bucket = "a"'), { ...inModule('bucket = "a"'), 'more.tf': call('bucket = "*"', 'n') }, 1],
    ['a local in another file', byLocal('bucket = "a"'), byLocal('bucket = "*"'), 1],
    ['a local by a local', byLocal('bucket = local.a', locals('a = var.a')), byLocal('bucket = local.a', locals('a = var.b')), 1],
    ['a local and itself', byLocal('bucket = local.bucket'), byLocal('bucket = local.bucket'), 0],
    ['another local', byLocal('bucket = "a"', locals('x = 1')), byLocal('bucket = "a"', locals('x = 2')), 0],
    ['a document', data('"a"'), data('"*"'), 1],
    ['a file', file('a'), file('*'), 1],
    ['the same file', file('a'), file('a'), 0],
    ['a text with values', template_('{"Statement": []}'), template_('{"Statement": 1}'), 1],
    ['its values', template_('x', 'a'), template_('x', 'b'), 1],
    ['the same text with values', template_('x'), template_('x'), 0],
    ['statements in a local', statements('s3:GetObject'), statements('s3:*'), 1],
    ['a loop over a local', loop('["a"]'), loop('["a", "b"]'), 1],
    ['the same loop', loop('["a"]'), loop('["a"]'), 0],
    ['instances', each('["a"]'), each('["a", "b"]'), 1],
    ['a bucket', bucket('"a"'), bucket('"b"'), 1],
    ['its tags', bucket('"a"'), bucket('"a"', '  tags = { a = "b" }\n'), 0],
    ['an output', output('"a"'), output('"*"'), 1],
    ['a data source', { 'main.tf': `${ofBucket}data "aws_ssm_parameter" "x" {\n  name = "/a"\n}\n`.replace('var.bucket', 'data.aws_ssm_parameter.x.value') }, { 'main.tf': `${ofBucket}data "aws_ssm_parameter" "x" {\n  name = "/b"\n}\n`.replace('var.bucket', 'data.aws_ssm_parameter.x.value') }, 1],
    ['what cannot be read', { 'main.tf': ofBucket, 'variables.tf': variable('"a"') }, { 'main.tf': ofBucket, 'variables.tf': 'variable "bucket" {\n' }, 1],
    ['fewer actions of the same', { 'main.tf': ofBucket.replace('"s3:GetObject"', '["s3:GetObject", "s3:PutObject"]') + variable('"a"') }, main(variable('"a"')), 0],
  ]), []);
});

test('the same expression of a template is another value where its parameters, mappings, conditions or resources are others', async () => {
  const of = (value, more) => ({ 'a.json': template(value, more) });
  const byBucket = sub('arn:aws:s3:::${Bucket}/*');
  const parameter = (Default) => ({ Parameters: { Bucket: { Type: 'String', Default } } });
  const mapped = { 'Fn::FindInMap': ['M', ref('AWS::Region'), 'arn'] };
  const mapping = (arn) => ({ Mappings: { M: { 'eu-west-1': { arn } } } });
  const chosen = { 'Fn::If': ['C', 'arn:aws:s3:::a/*', 'arn:aws:s3:::*'] };
  const condition = (value) => ({ Conditions: { C: { 'Fn::Equals': [ref('AWS::Region'), value] } } });
  const yaml = (value, more) => ({ 'a.yaml': `${more}Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - {Effect: Allow, Action: "s3:GetObject", Resource: ${value}}\n` });
  const bucket = (BucketName, more = {}) => ({ Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName, ...more } } } });
  const serverless = (name) => ({ 'serverless.yml': `service: s\ncustom:\n  bucket: ${name}\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: "s3:GetObject"\n          Resource: "arn:aws:s3:::\${self:custom.bucket}/*"\n` });
  const included = (text) => ({ ...serverless('${file(./b.yml):bucket}'), 'b.yml': `bucket: ${text}\n` });
  assert.deepEqual(await codes([
    ['the same', of(byBucket, parameter('a')), of(byBucket, parameter('a')), 0],
    ['a default', of(byBucket, parameter('a')), of(byBucket, parameter('*')), 1],
    ['a default in YAML', yaml('!Sub "arn:aws:s3:::${Bucket}/*"', 'Parameters:\n  Bucket: {Type: String, Default: a}\n'), yaml('!Sub "arn:aws:s3:::${Bucket}/*"', 'Parameters:\n  Bucket: {Type: String, Default: b}\n'), 1],
    ['a description', of(byBucket, parameter('a')), of(byBucket, { Parameters: { Bucket: { Type: 'String', Default: 'a', Description: 'x' } } }), 0],
    ['a value of Sub', of(sub('arn:aws:s3:::${x}/*', { x: 'a' })), of(sub('arn:aws:s3:::${x}/*', { x: '*' })), 1],
    ['a reference of Sub', of(sub('arn:aws:s3:::${x}/*', { x: ref('A') })), of(sub('arn:aws:s3:::${x}/*', { x: ref('B') })), 1],
    ['the same value of Sub', of(sub('arn:aws:s3:::${x}/*', { x: 'a' })), of('arn:aws:s3:::a/*'), 0],
    ['a mapping', of(mapped, mapping('arn:aws:s3:::a/*')), of(mapped, mapping('arn:aws:s3:::*')), 1],
    ['the same mapping', of(mapped, mapping('arn:aws:s3:::a/*')), of(mapped, mapping('arn:aws:s3:::a/*')), 0],
    ['a condition', of(chosen, condition('eu-west-1')), of(chosen, condition('us-east-1')), 1],
    ['the same condition', of(chosen, condition('eu-west-1')), of(chosen, condition('eu-west-1')), 0],
    ['a bucket', of(sub('${B.Arn}/*'), bucket('a')), of(sub('${B.Arn}/*'), bucket('b')), 1],
    ['its tags', of(sub('${B.Arn}/*'), bucket('a')), of(sub('${B.Arn}/*'), bucket('a', { Tags: [] })), 0],
    ['serverless', serverless('a'), serverless('"*"'), 1],
    ['the same in serverless', serverless('a'), serverless('a'), 0],
    ['a file of serverless', included('a'), included('b'), 1],
  ]), []);
});

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const DENY = policy(statement({ Effect: 'Deny', Action: 's3:*', Resource: '*' }));
const MIXED = policy(statement(), DENY.Statement[0]);
const json = (document) => `jsonencode(${hcl(document)})`;

test('a policy that is there in more cases may allow more, and one that is there in fewer less', async () => {
  const main = (body = {}, more = '') => ({ 'main.tf': block('aws_iam_policy', 'p', { policy: json(CLEAN), ...body }) + more });
  const denying = (body = {}) => main({ policy: json(DENY), ...body });
  const COUNT = { count: 'var.c ? 1 : 0' };
  const of = (resource, more = {}) => ({ 'a.json': { Resources: { P: resource }, ...more } });
  const [always, inCase] = [managed(CLEAN), managed(CLEAN, {}, { Condition: 'Prod' })];
  const conditions = (value) => ({ Conditions: { Prod: { 'Fn::Equals': [ref('Stage'), value] } } });
  const chosen = (condition, document = policy({ 'Fn::If': [condition, statement(), ref('AWS::NoValue')] })) => of(managed(document));
  const either = (condition) => ({ 'main.tf': tf(`var.${condition} ? ${hcl(statement())} : ${hcl(DENY.Statement[0])}`).replace('[var', 'concat(var').replace('"*"}]', '"*"}, [])') });
  const attached = (condition) => of({ Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [condition === null ? CORE : { 'Fn::If': [condition, CORE, ref('AWS::NoValue')] }] } });
  const attachment = (body = {}) => ({ 'main.tf': block('aws_iam_role_policy_attachment', 'a', { role: '"web"', policy_arn: `"${CORE}"`, ...body }) });
  const made = (body, document = CLEAN) => ({ 'main.tf': block('aws_iam_policy', 'p', { policy: json(document) }), 'attach.tf': body === null ? '' : block('aws_iam_role_policy_attachment', 'a', { role: 'aws_iam_role.web.name', policy_arn: 'aws_iam_policy.p.arn', ...body }) });
  const withRole = (files) => ({ ...files, 'role.tf': block('aws_iam_role', 'web', { name: '"web"' }) });
  const ofRole = (...documents) => of({ Type: 'AWS::IAM::Role', Properties: { Policies: documents.map((PolicyDocument) => ({ PolicyName: 'p', PolicyDocument })) } });
  const user = (body = {}) => ({ 'main.tf': `data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n`, 'role.tf': block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.name', policy: 'data.aws_iam_policy_document.d.json', ...body }) });
  const call = (more = '') => ({ 'main.tf': `module "m" {\n  source = "./m"\n  ${more}\n}\n`, 'm/main.tf': tf(ON('"*"')) });
  const dynamic = (list) => ({ 'main.tf': `resource "aws_iam_role" "web" {\n  dynamic "inline_policy" {\n    for_each = ${list}\n    content {\n      name = "p"\n      policy = ${json(CLEAN)}\n    }\n  }\n}\n` });
  const unread = (body = {}) => main({ policy: 'var.policy', ...body });
  assert.deepEqual(await codes([
    ['a count goes', main(COUNT), main(), 1], ['a count comes', main(), main(COUNT), 0], ['the same count', main(COUNT), main(COUNT), 0],
    ['another count', main(COUNT), main({ count: 'var.d ? 1 : 0' }), 1], ['a count of nothing goes', main({ count: '0' }), main(), 1], ['a count of nothing comes', main(), main({ count: '0' }), 0],
    ['a count of nothing stays', main({ count: '0' }), main({ count: '0', policy: json(policy(statement({ Action: 's3:*' }))) }), 0],
    ['a count of one', main({ count: '1' }), main(), 0], ['for each goes', main({ for_each: 'var.all' }), main(), 1], ['enabled goes', { 'main.tf': main()['main.tf'].replace(/}\n$/, '  lifecycle {\n    enabled = var.c\n  }\n}\n') }, main(), 1],
    ['the variable of a count', main(COUNT, 'variable "c" {\n  default = false\n}\n'), main(COUNT, 'variable "c" {\n  default = true\n}\n'), 1],
    ['a denial in fewer cases', denying(), denying(COUNT), 1], ['a denial in all cases', denying(COUNT), denying(), 0], ['a denial with something that is allowed', main({ policy: json(MIXED), ...COUNT }), main({ policy: json(MIXED) }), 1],
    ['a condition goes', of(inCase), of(always), 1], ['a condition comes', of(always), of(inCase), 0], ['the same condition', of(inCase, conditions('a')), of(inCase, conditions('a')), 0],
    ['what a condition says', of(inCase, conditions('a')), of(inCase, conditions('b')), 1], ['another condition', of(inCase), of(managed(CLEAN, {}, { Condition: 'Dev' })), 1],
    ['less of what is there in a case', of(managed(MIXED, {}, { Condition: 'Prod' })), of(managed(policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' }), statement()), {}, { Condition: 'Prod' })), 0],
    ['a statement by another condition', chosen('Prod'), chosen('Dev'), 1], ['a statement by the same condition', chosen('Prod'), chosen('Prod'), 0],
    ['a policy by another condition', chosen('', { 'Fn::If': ['Prod', CLEAN, DENY] }), chosen('', { 'Fn::If': ['Dev', CLEAN, DENY] }), 1], ['a policy by the same condition', chosen('', { 'Fn::If': ['Prod', CLEAN, DENY] }), chosen('', { 'Fn::If': ['Prod', CLEAN, DENY] }), 0],
    ['a denying statement in a case', of(managed(MIXED)), of(managed(policy(statement(), { 'Fn::If': ['C', DENY.Statement[0], ref('AWS::NoValue')] }))), 1],
    ['attached in all cases', attached('Prod'), attached(null), 1], ['attached in another case', attached('Prod'), attached('Dev'), 1], ['attached in fewer cases', attached(null), attached('Prod'), 0], ['attached in the same case', attached('Prod'), attached('Prod'), 0],
    ['an attachment in all cases', attachment(COUNT), attachment(), 1], ['an attachment in fewer cases', attachment(), attachment(COUNT), 0], ['an attachment to another role', attachment(), attachment({ role: '"other"' }), 1],
    ['an attachment of what the module makes', made(null), made({}), 1], ['an attachment less', made({}), made(null), 0], ['an attachment in all cases of it', made(COUNT), made({}), 1], ['an attachment in fewer cases of it', made({}), made(COUNT), 0], ['the same attachment by another name', made({}), { ...made({}), 'attach.tf': made({})['attach.tf'].replace('"a"', '"b"') }, 0],
    ['an attachment by another attribute', made({}), made({ role: 'aws_iam_role.web.id' }), 0], ['an attachment of another', made({}), made({ role: 'aws_iam_role.other.name' }), 1],
    ['who takes a document in all cases', user(COUNT), user(), 1], ['who takes a document in fewer cases', user(), user(COUNT), 0], ['who takes a document', user(COUNT), user(COUNT), 0],
    ['an attachment less of what denies too', made({}, MIXED), made(null, MIXED), 1, /it also denies, and some who had it have it no more/], ['and the role less', withRole(made({}, MIXED)), made(null, MIXED), 0], ['one role of two less', { ...made({}, MIXED), 'b.tf': made({})['attach.tf'].replace('web', 'other').replace('"a"', '"b"') }, made({}, MIXED), 1],
    ['a call in all cases', call('count = var.c ? 1 : 0'), call(), 1], ['the same call', call('count = var.c ? 1 : 0'), call('count = var.c ? 1 : 0'), 0], ['another source', call(), { ...call(), 'more.tf': 'module "n" {\n  source = "./m"\n}\n' }, 1], ['a call less', { ...call(), 'more.tf': 'module "n" {\n  source = "./m"\n}\n' }, call(), 0],
    ['a policy less of a role', ofRole(CLEAN), ofRole(), 0], ['a policy less of a role that denies too', ofRole(MIXED), ofRole(), 1], ['a role less', { 'a.json': { Resources: { ...ofRole(MIXED)['a.json'].Resources, Q: managed(CLEAN) } } }, { 'a.json': { Resources: { Q: managed(CLEAN) } } }, 0],
    ['a dynamic block', dynamic('var.a'), dynamic('var.b'), 1], ['the same dynamic block', dynamic('var.a'), dynamic('var.a'), 0],
    ['what is not read in all cases', unread(COUNT), unread(), 1], ['what is not read in the same cases', unread(COUNT), unread(COUNT), 0],
  ]), []);
});

test('a permissions boundary that goes may allow more, one that comes less', async () => {
  const role = (body = {}, more = '') => ({ 'main.tf': block('aws_iam_role', 'web', { name: '"web"', ...body }) + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: json(CLEAN) }) + more });
  const of = (more = {}, others = {}) => ({ 'a.json': { Resources: { R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: CLEAN }], ...more } } }, ...others } });
  const [A, B] = [{ permissions_boundary: '"arn:aws:iam::111122223333:policy/A"' }, { permissions_boundary: 'var.b' }];
  const set = (isBound) => ({ 'main.tf': block('aws_iam_policy', 'p', { policy: json(CLEAN) }) + (isBound ? 'resource "aws_ssoadmin_permissions_boundary_attachment" "b" {\n  permission_set_arn = "x"\n  permissions_boundary {\n    managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n  }\n}\n' : '') });
  const sam = (isBound) => ({ 'a.json': { ...isBound ? { Globals: { Function: { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/A' } } } : {}, Resources: { F: { Type: 'AWS::Serverless::Function', Properties: { Policies: [{ Statement: CLEAN.Statement }] } } } } });
  const serverless = (isBound) => ({ 'serverless.json': { service: 's', provider: { name: 'aws', iam: { role: { ...isBound ? { permissionsBoundary: 'arn:aws:iam::111122223333:policy/A' } : {}, statements: CLEAN.Statement } } } } });
  const module_ = (text) => ({ 'main.tf': `module "m" {\n  source = "x/y/aws"\n  ${text}\n  policy = ${json(CLEAN)}\n}\n` });
  assert.deepEqual(await codes([
    ['goes', role(A), role(), 1, /main\.tf:1:\d+ gained\? unknown\n {2}Cannot tell, because no permissions boundary bounds it any more/], ['comes', role(), role(A), 0], ['stays', role(A), role(A), 0], ['null', role(A), role({ permissions_boundary: 'null' }), 1], ['none', role({ permissions_boundary: 'null' }), role(), 0],
    ['another', role(A), role(B), 1, /another permissions boundary bounds it/], ['another value', role(B, 'variable "b" {\n  default = "x"\n}\n'), role(B, 'variable "b" {\n  default = "y"\n}\n'), 1],
    ['with the role', role(A), { 'main.tf': '' }, 0], ['of a module', module_('permissions_boundary = var.b'), module_(''), 1],
    ['of a template', of({ PermissionsBoundary: 'arn:aws:iam::111122223333:policy/A' }), of(), 1, /Resources\.R, its permissions boundary/], ['no value', of({ PermissionsBoundary: ref('B') }), of({ PermissionsBoundary: ref('AWS::NoValue') }), 1], ['comes in a template', of(), of({ PermissionsBoundary: ref('B') }), 0],
    ['of a permission set', set(true), set(false), 1, /old\/main\.tf:\d+:\d+ gained\? unknown/], ['of a permission set stays', set(true), set(true), 0], ['comes to a permission set', set(false), set(true), 0],
    ['of SAM', sam(true), sam(false), 1], ['stays in SAM', sam(true), sam(true), 0], ['of serverless', serverless(true), serverless(false), 1], ['comes in serverless', serverless(false), serverless(true), 0],
    ['of a parameter', of({ PermissionsBoundary: ref('B') }, { Parameters: { B: { Type: 'String', Default: 'a' } } }), of({ PermissionsBoundary: ref('B') }, { Parameters: { B: { Type: 'String', Default: 'b' } } }), 1],
  ]), []);
});

test('boundaries and groups in answers of the AWS CLI and in plans are told as elsewhere', async () => {
  const [A, B] = ['A', 'B'].map((name) => `arn:aws:iam::111122223333:policy/${name}`);
  const arn = (PermissionsBoundaryArn) => (PermissionsBoundaryArn === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn } });
  const answer = (value) => ({ 'a.json': value });
  const role = (bound, more = {}) => ({ RoleName: 'R', AssumeRolePolicyDocument: TRUST, ...arn(bound), ...more });
  const user = (bound, more = {}) => ({ UserName: 'U', GroupList: [], UserPolicyList: [{ PolicyName: 'p', PolicyDocument: CLEAN }], ...arn(bound), ...more });
  const users = (groups, document = CLEAN) => answer({ UserDetailList: [user(A, { GroupList: groups }), user(A, { UserName: 'V' })], GroupDetailList: [{ GroupName: 'G', GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: document }] }] });
  const yaml = (bound) => ({ 'a.yaml': `Role:\n  AssumeRolePolicyDocument: ${JSON.stringify(TRUST)}\n${bound === undefined ? '' : `  PermissionsBoundary:\n    PermissionsBoundaryArn: ${bound}\n`}  RoleName: R\n` });
  const shapes = {
    'get-role': (bound) => answer({ Role: role(bound) }), 'its role': (bound) => answer(role(bound)), 'as YAML': yaml,
    roles: (bound) => answer({ Roles: [role(A, { RoleName: 'Q' }), role(bound)] }), 'the list of roles': (bound) => answer([role(A, { RoleName: 'Q' }), role(bound)]),
    'account details': (bound) => answer({ UserDetailList: [], RoleDetailList: [role(bound)] }), 'users of account details': (bound) => answer({ UserDetailList: [user(bound)] }),
    'a user of account details': (bound) => answer(user(bound)), 'a name with dots': (bound) => answer({ RoleDetailList: [role(bound, { RoleName: 'a.b' })] }),
  };
  const planned = (type, values, unknown = {}) => ({ 'plan.json': { format_version: '1.2', terraform_version: '1.9.0',
    planned_values: { root_module: { resources: [{ address: 'aws_iam_policy.p', mode: 'managed', type: 'aws_iam_policy', name: 'p', values: { policy: JSON.stringify(CLEAN) } }, ...values === null ? [] : [{ address: `${type}.x`, mode: 'managed', type, name: 'x', values }]] } },
    resource_changes: values === null ? [] : [{ address: `${type}.x`, mode: 'managed', type, name: 'x', change: { actions: ['create'], after: values, after_unknown: unknown } }] } });
  for (const type of ['aws_iam_role', 'aws_iam_user']) shapes[`a plan with ${type}`] = (bound) => planned(type, { name: 'x', permissions_boundary: bound ?? null });
  shapes['a state'] = (bound) => ({ 'a.tfstate': { version: 4, terraform_version: '1.9.0', format_version: '1.0', resources: [{ mode: 'managed', type: 'aws_iam_role', name: 'x', instances: [{ attributes: { assume_role_policy: JSON.stringify(TRUST), permissions_boundary: bound ?? '' } }] }] } });
  const set = (name) => planned('aws_ssoadmin_permissions_boundary_attachment', name === null ? null : { permissions_boundary: [{ managed_policy_arn: `arn:aws:iam::aws:policy/${name}`, customer_managed_policy_reference: [] }] });
  const unknown = (more = {}) => { const all = planned('aws_iam_role', { name: 'x' }, { permissions_boundary: true }); Object.assign(all['plan.json'], more); return all; };
  const many = (value) => ({ 'a.json': value === null ? {} : value, 'b.json': value === null ? { RoleDetailList: [role(A, { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: CLEAN }] })] } : {} });
  const moved = (bound) => many({ RoleDetailList: [role(bound, { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: CLEAN }] })] });
  const pretty = (value) => ({ 'a.json': JSON.stringify(value['a.json'], null, 1) });
  const both = policy(statement(), { Effect: 'Deny', Action: 's3:*', Resource: '*' });
  const inline = (...documents) => answer({ RoleDetailList: [role(A, { RoleName: 'Q' }), role(A, { RolePolicyList: documents.map((PolicyDocument, i) => ({ PolicyName: `p${i}`, PolicyDocument })) })] });
  const M = 'arn:aws:iam::111122223333:policy/M';
  const owned = (arns, profiles = [], Document = CLEAN) => answer({ RoleDetailList: [role(A, { AttachedManagedPolicies: arns.map((PolicyArn) => ({ PolicyName: 'M', PolicyArn })), InstanceProfileList: profiles.map((InstanceProfileName) => ({ InstanceProfileName })) })], Policies: [{ PolicyName: 'M', Arn: M, PolicyVersionList: [{ Document, VersionId: 'v1', IsDefaultVersion: true }] }] });
  const [GONE, OTHER] = [/gained\? unknown\n {2}Cannot tell, because no permissions boundary bounds it any more/, /another permissions boundary bounds it/];
  assert.deepEqual(await codes([
    ...Object.entries(shapes).flatMap(([name, of]) => [
      [`${name}: goes`, of(A), of(), 1, GONE], [`${name}: another`, of(A), of(B), 1, OTHER], [`${name}: comes`, of(), of(A), 0], [`${name}: stays`, of(A), of(A), 0], [`${name}: none`, of(), of(), 0],
    ]),
    ['written otherwise', shapes['get-role'](A), pretty(shapes['get-role'](A)), 0], ['null', shapes['get-role'](A), answer({ Role: { ...role(), PermissionsBoundary: null } }), 1, GONE], ['only its ARN', shapes['get-role'](A), answer({ Role: { ...role(), PermissionsBoundary: A } }), 0],
    ['with the role', shapes.roles(A), answer({ Roles: [role(A, { RoleName: 'Q' })] }), 0], ['in another file', moved(A), many(null), 0], ['in another file without it', many(null), moved(), 1],
    ['of a set in a plan', set('ReadOnlyAccess'), set(null), 1, GONE], ['another of a set in a plan', set('ReadOnlyAccess'), set('ViewOnlyAccess'), 1, OTHER], ['the same of a set', set('ReadOnlyAccess'), set('ReadOnlyAccess'), 0],
    ['known at deployment', shapes['a plan with aws_iam_role'](A), unknown(), 1, OTHER], ['known at deployment on both sides', unknown(), unknown(), 0], ['known at deployment, in another plan', unknown(), unknown({ variables: { a: { value: 1 } } }), 1, OTHER],
    ['joins', users([]), users(['G']), 1, /UserDetailList\.U, whom it is for[^]*by it somebody has what GroupDetailList\.G has/], ['leaves', users(['G']), users([]), 0], ['leaves what denies', users(['G'], both), users([], both), 1, /which also denies/], ['is in it', users(['G']), users(['G']), 0], ['joins another', users(['G']), users(['G', 'H']), 1], ['in another order', users(['G', 'H']), users(['H', 'G']), 0],
    ['a managed policy comes', owned([]), owned([M]), 1, /by it somebody has what Policies\.M has/], ['it stays', owned([M]), owned([M]), 0], ['it goes', owned([M]), owned([]), 0], ['one that denies too goes', owned([M], [], both), owned([], [], both), 1, /which also denies/],
    ['an instance profile', owned([]), owned([], ['I']), 1, /has what RoleDetailList\.R has/], ['the same', owned([], ['I']), owned([], ['I']), 0], ['one less', owned([], ['I']), owned([]), 0],
    ['a user alone joins', answer(user()), answer(user(undefined, { GroupList: ['G'] })), 1], ['a policy less that denies too', inline(CLEAN, both), inline(CLEAN), 1, /it also denies, and some who had it have it no more/], ['and the role less', inline(CLEAN, both), answer({ RoleDetailList: [role(A, { RoleName: 'Q' })] }), 0],
  ]), []);
});

const git = (cwd, ...words) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...words], { cwd, encoding: 'utf8' });

test('of a revision the files beside count too, and a file that only has another path is no change', async () => {
  const cwd = folder({ 'main.tf': ofBucket, 'variables.tf': variable('"a"'), 'p/a.json': CLEAN, 'm/main.tf': ofBucket, 'call.tf': call('bucket = "a"') });
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'one');
  const code = async (...words) => (await postern(['diff', '--git', 'HEAD', '--no-config', ...words], { cwd })).code;
  const put = (path, text) => { mkdirSync(dirname(join(cwd, path)), { recursive: true }); writeFileSync(join(cwd, path), text); };
  const codes = [await code()];
  put('variables.tf', variable('"b"'));
  codes.push(await code(), await code('--', 'main.tf'), await code('--', 'p'), await code('--', 'm'));
  put('variables.tf', variable('"a"'));
  put('call.tf', call('bucket = "*"'));
  codes.push(await code(), await code('--', 'm/main.tf'), await code('--', 'main.tf'));
  put('call.tf', call('bucket = "a"'));
  put('terraform.tfvars', 'bucket = "x"\n');
  put('.gitignore', '*.tfvars\n');
  codes.push(await code());
  rmSync(join(cwd, 'terraform.tfvars'));
  renameSync(join(cwd, 'p/a.json'), join(cwd, 'p/b.json'));
  renameSync(join(cwd, 'main.tf'), join(cwd, 'policies.tf'));
  codes.push(await code(), await code('--fail-on', 'any'));
  put('p/b.json', JSON.stringify(policy(statement({ Action: 's3:*' }))));
  codes.push(await code());
  assert.deepEqual(codes, [0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1]);
});

test('a policy that moves into another file of its module is the same policy', async () => {
  const other = 'variable "x" {}\n';
  assert.deepEqual(await codes([
    ['the same', { 'main.tf': ofBucket + other }, { 'main.tf': other, 'iam.tf': ofBucket }, 0],
    ['more', { 'main.tf': ofBucket + other }, { 'main.tf': other, 'iam.tf': ofBucket.replace('s3:GetObject', 's3:*') }, 1],
    ['another module', { 'main.tf': ofBucket + other }, { 'main.tf': other, 'm/iam.tf': ofBucket }, 1],
  ]), []);
});

test('two files that are named count with what stands beside both', async () => {
  const cwd = folder({ 'a/main.tf': ofBucket, 'a/variables.tf': variable('"a"'), 'b/main.tf': ofBucket, 'b/variables.tf': variable('"b"'), 'copy.tf': ofBucket });
  const code = async (...words) => (await postern(['diff', ...words, '--no-config'], { cwd })).code;
  assert.deepEqual([await code('a/main.tf', 'b/main.tf'), await code('copy.tf', 'b/main.tf'), await code('a/main.tf', 'a/main.tf')], [1, 0, 0]);
});

test('a policy of an organization that is for fewer targets lets more be done, and a plan says nothing of what it does not know', async () => {
  const scp = (targets, document = policy(statement({ Action: '*', Resource: '*' }), DENY.Statement[0])) => ({ 'main.tf': block('aws_organizations_policy', 'p', { content: json(document) }) + targets.map((one, i) => block('aws_organizations_policy_attachment', `a${i}`, { policy_id: 'aws_organizations_policy.p.id', target_id: `"${one}"` })).join('') });
  const of = (...TargetIds) => ({ 'a.json': { Resources: { P: { Type: 'AWS::Organizations::Policy', Properties: { Name: 'p', Type: 'SERVICE_CONTROL_POLICY', Content: DENY, TargetIds } } } } });
  const plan = (more) => ({ 'plan.json': { format_version: '1.2', terraform_version: '1.9.0', ...more, planned_values: { root_module: { resources: [{ address: 'aws_iam_policy.p', mode: 'managed', type: 'aws_iam_policy', name: 'p', values: {} }] } },
    resource_changes: [{ address: 'aws_iam_policy.p', mode: 'managed', type: 'aws_iam_policy', name: 'p', change: { actions: ['create'], before: null, after: {}, after_unknown: { policy: true } } }] } });
  assert.deepEqual(await codes([
    ['fewer', scp(['a', 'b']), scp(['a']), 1, /not for the same roles/], ['more', scp(['a']), scp(['a', 'b']), 0], ['the same', scp(['a']), scp(['a']), 0], ['fewer that only deny', scp(['a', 'b'], DENY), scp(['a'], DENY), 1],
    ['fewer in a template', of('a', 'b'), of('a'), 1], ['the same in a template', of('a', 'b'), of('a', 'b'), 0],
    ['another plan', plan({ variables: { a: { value: 1 } } }), plan({ variables: { a: { value: 2 } } }), 1], ['the same plan', plan({}), plan({}), 0],
  ]), []);
});
