// What `postern diff` makes of policies and values that are read from elsewhere: another text there is compared or told, and
// never passed over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const json = (document) => `jsonencode(${JSON.stringify(document).replaceAll('":', '"=')})`;
const READS = policy(statement());
const WRITES = policy(statement(), statement({ Action: 's3:PutObject' }));
const both = (make, before, after, code = 1, said = undefined) => [make(before), make(after), code, said];

test('a policy that Terraform reads or makes elsewhere is another one where that is', async () => {
  const of = (text, more = '', others = {}) => ({ 'main.tf': `${more}resource "aws_iam_role_policy" "p" {\n  role = "r"\n  policy = ${text}\n}\n`, ...others });
  const list = (value) => (value === undefined ? 'variable "x" {}\n' : `variable "x" {\n  default = ["${value}"]\n}\n`);
  const each = (all, value, more = '') => ({ 'main.tf': `${more}resource "aws_iam_policy" "p" {\n  for_each = ${all}\n  policy = ${value}\n}\n` });
  const text = 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = each.value, Resource = "*" }] })';
  const template = (given, body = '{"a": "${b}"}', more = '') => of(`templatefile("\${path.module}/p.tftpl", { b = ${given} })`, more, { 'p.tftpl': body });
  assert.deepEqual(await codes([
    ['each', ...both((one) => each(`{ a = ${json(one)} }`, 'each.value'), READS, WRITES)],
    ['one more of them', each(`{ a = ${json(READS)} }`, 'each.value'), each(`{ a = ${json(READS)}, b = ${json(WRITES)} }`, 'each.value'), 1],
    ['in an object', ...both((one) => each(`{ a = { doc = ${json(one)} } }`, 'each.value.doc'), READS, WRITES)],
    ['by a local', ...both((one) => each('local.all', 'each.value', `locals {\n  all = { a = ${json(one)} }\n}\n`), READS, WRITES)],
    ['by a variable', ...both((one) => each('var.all', text, `variable "all" {\n  default = { a = "${one}" }\n}\n`), 's3:GetObject', 's3:*')],
    ['the same', each(`{ a = ${json(READS)} }`, 'each.value'), { 'main.tf': `# Reads.\n${each(`{ a = ${json(READS)} }`, 'each.value')['main.tf']}` }, 0],
    ['an item of a variable', ...both((one) => of('var.x[0]', list(one)), 'a', 'b')],
    ['a value for it', ...both((one) => of('var.x[0]', list(), { 'terraform.tfvars': `x = ["${one}"]\n` }), 'a', 'b')],
    ['a template', ...both((one) => template('"x"', one), '{"a": "${b}"}', '{"c": "${b}"}')],
    ['its value', ...both((one) => template(one), '"x"', '"y"')],
    ['its value by a variable', ...both((one) => template('var.b', undefined, `variable "b" {\n  default = "${one}"\n}\n`), 'x', 'y')],
    ['the same template', template('"x"'), { ...template('"x"'), 'main.tf': `${template('"x"')['main.tf']}# Nothing.\n` }, 0],
    ...['p.json', 'p.txt'].map((name) => [name, ...both((one) => of(`jsonencode(jsondecode(file("${name}")))`, '', { [name]: one }), READS, WRITES)]),
    ['a file by a local', ...both((one) => of('local.d', 'locals {\n  d = file("p.txt")\n}\n', { 'p.txt': one }), READS, WRITES)],
  ]), []);
});

test('what AWS::Include puts into a template is told where it stands elsewhere now', async () => {
  const include = (Location) => ({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } } });
  const template = (Resources, more = {}) => ({ 'a.json': { Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Resources }, ...more } });
  const managed = (PolicyDocument) => template({ P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } } });
  const [A, B] = ['s3://b/a', 's3://b/b'];
  assert.deepEqual(await codes([
    ['a document', ...both((at) => managed(include(at)), A, B)],
    ['a statement', ...both((at) => managed(policy(include(at))), A, B)],
    ['beside statements', ...both((at) => managed({ ...READS, ...include(at) }), A, B)],
    ['properties', ...both((at) => template({ P: { Type: 'AWS::IAM::ManagedPolicy', Properties: include(at) } }), A, B)],
    ['a resource', ...both((at) => template({ P: { Type: 'AWS::IAM::Role', ...include(at) } }), A, B)],
    ['a resource of another kind', ...both((at) => template({ P: { Type: 'AWS::SNS::Topic', ...include(at) } }), A, B, 0)],
    ['resources', ...both((at) => template(include(at)), A, B)],
    ['all of it', ...both((at) => template({}, { Transform: { Name: 'AWS::Include', Parameters: { Location: at } } }), A, B)],
    ['by a parameter', ...both((Default) => { const { 'a.json': own } = managed(include({ Ref: 'L' })); return { 'a.json': { ...own, Parameters: { L: { Type: 'String', Default } } } }; }, A, B)],
    ['in YAML', ...both((at) => ({ 'a.yaml': `Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: !Transform {Name: "AWS::Include", Parameters: {Location: "${at}"}}\n` }), A, B)],
    ['the same', managed(include(A)), { 'a.json': { ...managed(include(A))['a.json'], Description: 'x' } }, 0],
  ]), []);
});

test('a nested stack whose template is not among the files may be another one by where that is and what it is given', async () => {
  const told = /Resources\.N, which comes from elsewhere.*\n.*\n {2}Cannot tell, because what it makes stands elsewhere, and it (?:has another source or version, or is given something else|was not there before)\./;
  const stack = (TemplateURL, Parameters, more = {}) => ({ 'a.json': { ...more, Resources: { T: { Type: 'AWS::SNS::Topic' }, N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, ...Parameters === undefined ? {} : { Parameters } } } } } });
  const beside = { 'b.json': { Parameters: { B: { Type: 'String' } }, Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(statement({ Resource: { Ref: 'B' } })) } } } } };
  const application = (SemanticVersion) => ({ 'a.json': { Resources: { N: { Type: 'AWS::Serverless::Application', Properties: { Location: { ApplicationId: 'x', SemanticVersion } } } } } });
  const terraform = (body) => ({ 'main.tf': `resource "aws_cloudformation_stack" "s" {\n  name = "s"\n${body}}\n` });
  assert.deepEqual(await codes([
    ['its place', ...both((url) => stack(url), 'https://s3/a', 'https://s3/b', 1, told)],
    ['a parameter', ...both((Role) => stack('https://s3/a', { Role }), 'x', 'y', 1, told)],
    ['a parameter more', stack('https://s3/a'), stack('https://s3/a', { BucketArn: '*' }), 1, told],
    ['a value of the template around it', ...both((Default) => stack('https://s3/a', { BucketArn: { Ref: 'X' } }, { Parameters: { X: { Type: 'String', Default } } }), 'a', '*', 1, told)],
    ['a new one', { 'a.json': { Resources: { T: { Type: 'AWS::SNS::Topic' } } } }, stack('https://s3/a'), 1, told],
    ['a file that is not there', ...both((Role) => stack('./gone.json', { Role }), 'x', 'y', 1, told)],
    ['a parameter that gives nobody access', ...both((Size) => stack('https://s3/a', { Size }), '1', '2', 0)],
    ['the same', stack('https://s3/a', { Role: 'x' }), stack('https://s3/a', { Role: 'x' }, { Description: 'd' }), 0],
    ['a file that is there', { ...stack('./b.json', { B: 'a' }), ...beside }, { ...stack('./b.json', { B: 'b' }), ...beside }, 1, /Resources\.P\.PolicyDocument/],
    ['one less of these', { ...stack('./b.json', { B: 'a' }), ...beside }, { ...stack('./b.json', { B: 'a', Role: 'x' }), ...beside }, 0],
    ['an application', ...both(application, '1.0.0', '2.0.0', 1, told)],
    ['of Terraform', ...both((role) => terraform(`  template_url = "https://s3/a"\n  parameters = {\n    Role = "${role}"\n  }\n`), 'x', 'y', 1)],
    ['of Terraform with a template in it', ...both((role) => terraform(`  template_body = jsonencode({ Resources = { P = { Type = "AWS::IAM::Policy" } } })\n  parameters = {\n    Role = "${role}"\n  }\n`), 'x', 'y', 1)],
    ['of Terraform without access', ...both((size) => terraform(`  template_url = "https://s3/a"\n  parameters = {\n    Size = "${size}"\n  }\n`), '1', '2', 0)],
  ]), []);
});

test('a unit of Terragrunt whose module is not among the files may be another one by where that is and what it is given', async () => {
  const told = /terraform, which comes from elsewhere.*\n.*\n {2}Cannot tell, because what it makes stands elsewhere, and it (?:has another source or version, or is given something else|was not there before)\./;
  const remote = 'git::https://example.com/m.git?ref=1';
  const unit = (inputs, source = remote, more = '') => ({ 'live/terragrunt.hcl': `${more}terraform {\n  source = "${source}"\n}\n${inputs === null ? '' : `inputs = {\n  ${inputs}\n}\n`}` });
  const included = (inputs) => ({ 'root.hcl': `inputs = {\n  ${inputs}\n}\n`, ...unit(null, remote, 'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n') });
  const other = { 'x.json': READS };
  assert.deepEqual(await codes([
    ['an input', ...both((name) => unit(`bucket = "${name}"`), 'a', '*', 1, told)],
    ['a source', ...both((source) => unit(null, source), remote, remote.replace('=1', '=2'), 1, told)],
    ['a local source that is not there', ...both((name) => unit(`bucket = "${name}"`, '../m'), 'a', 'b', 1, told)],
    ['a new one', other, { ...other, ...unit('bucket = "a"') }, 1, told],
    ['an input of a file that it includes', ...both((name) => included(`bucket = "${name}"`), 'a', 'b', 1, told)],
    ['an input by a local', ...both((name) => unit('bucket = local.b', remote, `locals {\n  b = "${name}"\n}\n`), 'a', 'b', 1, told)],
    ['inputs that are not there one by one', ...both((name) => ({ 'live/terragrunt.hcl': `terraform {\n  source = "${remote}"\n}\ninputs = merge({ size = "${name}" }, local.x)\n` }), 'a', 'b', 1, told)],
    ['an input that gives nobody access', ...both((size) => unit(`size = "${size}"`), '1', '2', 0)],
    ['the same', unit('bucket = "a"'), { 'live/terragrunt.hcl': `# The bucket.\n${unit('bucket = "a"')['live/terragrunt.hcl']}` }, 0],
    ['a unit that stands elsewhere', unit('bucket = "a"'), { 'prod/terragrunt.hcl': unit('bucket = "a"')['live/terragrunt.hcl'] }, 0],
  ]), []);
});
