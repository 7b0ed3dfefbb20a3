// What `postern role` reads of modules and folders: choices out of lists, override files, what is given a role, and files
// that say nothing of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const OTHER = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const CHANNEL = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*' }));
const DENY = policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' }));
const TRUST = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');

const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const json = (document) => `jsonencode(${hcl(document)})`;
const tfRole = (more = {}) => block('aws_iam_role', 'web', { name: '"web"', ...more });
const tfInline = (document, more = {}) => block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: json(document), ...more });
const attach = (policy_arn, more = {}) => block('aws_iam_role_policy_attachment', 'a', { role: 'aws_iam_role.web.name', policy_arn, ...more });
const module_ = (more) => `module "m" {\n  source = "./m"\n${Object.entries(more).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const list = `["${CORE}", "${OTHER}"]`;
const local = (value = list) => `locals {\n  arns = ${value}\n}\n`;

const role = (Properties) => ({ Type: 'AWS::IAM::Role', Properties });
const arns = (...ManagedPolicyArns) => role({ ManagedPolicyArns });
const select = (...given) => ({ 'Fn::Select': given });
const inline = (PolicyDocument) => role({ Policies: [{ PolicyName: 'p', PolicyDocument }] });
const template = (Resources, more = {}) => ({ Resources, ...more });
const stack = (RoleName) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/t', Parameters: { RoleName } } });

/** The result of node.channel for the words, and what must be said. */
async function results(cases) {
  const problems = [];
  for (const [name, files, wanted, said, words = Object.keys(files)] of cases) {
    const { stdout, stderr } = await postern(['role', ...words, '--wants', 'node.channel', '--side', 'node'], { cwd: folder(files) });
    const result = /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1] ?? 'none';
    if (result !== wanted || (said !== undefined && !said.test((stdout + stderr).replaceAll('\\"', '"')))) problems.push(`${name}: ${result} for ${wanted}\n${stdout}${stderr}`);
    if (/unknown\d|\p{Co}|policy\/unknown/u.test(stdout + stderr)) problems.push(`${name} has a stand-in: ${stdout}${stderr}`);
  }
  return problems;
}

test('one of a list that stands there is that one, where its number does too; else it may be each of them', async () => {
  const hangs = /Only the deployment knows whether .*AmazonSSMManagedInstanceCore" is attached/;
  assert.deepEqual(await results([
    ['select', { 'a.json': template({ R: arns(select(0, [CORE, OTHER])) }) }, 'works'],
    ['select as text', { 'a.json': template({ R: arns(select('1', [OTHER, CORE])) }) }, 'works'],
    ['select another', { 'a.json': template({ R: arns(select(1, [CORE, OTHER])) }) }, 'fails'],
    ['select by parameter', { 'a.json': template({ R: arns(select({ Ref: 'I' }, [CORE, OTHER])) }) }, 'unknown', hangs],
    ['select of a parameter', { 'a.json': template({ R: arns(select(0, { Ref: 'Arns' })) }) }, 'unknown'],
    ['select in a document', { 'a.json': template({ R: inline(policy(statement({ Action: select(0, ['ssmmessages:*', 's3:*']), Resource: '*' }))) }) }, 'works'],
    ['select an owner', { 'a.json': template({ R: role({}), P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: CHANNEL, Roles: [select(0, [{ Ref: 'R' }])] } } }) }, 'works'],
    ['index', { 'a.tf': tfRole() + attach(`${list}[0]`) }, 'works'],
    ['index of another', { 'a.tf': tfRole() + attach(`${list}[1]`) }, 'fails'],
    ['index by count', { 'a.tf': tfRole() + attach(`${list}[count.index]`, { count: 'var.n' }) }, 'unknown', hangs],
    ['element', { 'a.tf': tfRole() + attach(`element(${list}, 2)`) }, 'works'],
    ['element of joined', { 'a.tf': tfRole() + attach(`element(concat(var.more, ${list}), 0)`) }, 'unknown'],
    ['element in a document', { 'a.tf': tfRole() + tfInline(policy(statement({ Action: 'NAMES', Resource: '*' }))).replace('"NAMES"', 'element(["ssmmessages:*"], 0)') }, 'works'],
    ['local', { 'a.tf': local() + tfRole() + attach('local.arns[0]') }, 'works'],
    ['local of another', { 'a.tf': local() + tfRole() + attach('local.arns[1]') }, 'fails'],
    ['local for each', { 'a.tf': local() + tfRole() + attach('local.arns[count.index]', { count: 'length(local.arns)' }) }, 'works'],
    ['local element for each', { 'a.tf': local() + tfRole() + attach('element(local.arns, count.index)', { count: 'length(local.arns)' }) }, 'works'],
    ['local for some', { 'a.tf': local() + tfRole() + attach('local.arns[count.index]', { count: 'var.n' }) }, 'unknown'],
    ['local joined', { 'a.tf': local(`concat(var.more, ${list})`) + tfRole() + attach('local.arns[0]') }, 'unknown'],
    ['loop', { 'a.json': template({ 'Fn::ForEach::A': ['N', ['a', 'b'], { 'R${N}': inline(CHANNEL) }] }, { Transform: 'AWS::LanguageExtensions' }) }, 'works'],
    ['loop of attached', { 'a.json': template({ 'Fn::ForEach::A': ['N', ['AdministratorAccess'], { 'R${N}': arns({ 'Fn::Sub': 'arn:aws:iam::aws:policy/${N}' }) }] }) }, 'unknown'],
  ]), []);
});

test('what is given a role by its name may attach policies to it that are not read', async () => {
  const given = /(module\.m|Resources\.S) is given the role, and may attach policies to it that are not read here/;
  const given_ = (more, beside = tfInline(policy(statement()))) => ({ 'a.tf': tfRole() + beside + module_(more) });
  assert.deepEqual(await results([
    ['by name', given_({ role_name: 'aws_iam_role.web.name' }), 'unknown', given],
    ['by ID', given_({ role: 'aws_iam_role.web.id' }), 'unknown', given],
    ['whole', given_({ role: 'aws_iam_role.web' }), 'unknown', given],
    ['in a list', given_({ roles: '[aws_iam_role.web.name]' }), 'unknown', given],
    ['in a string', given_({ config: '"x-${aws_iam_role.web.name}"' }), 'unknown', given],
    ['by what it is called', given_({ role: '"web"' }), 'unknown', given],
    ['by a local', { 'a.tf': `locals {\n  r = aws_iam_role.web.name\n}\n${tfRole()}${tfInline(policy(statement()))}${module_({ role: 'local.r' })}` }, 'unknown', given],
    ['with policies', given_({ role: 'aws_iam_role.web.name', policy_arns: list }), 'unknown', given],
    ['beside what allows', given_({ role: 'aws_iam_role.web.name' }, tfInline(CHANNEL)), 'works', /What module\.m may deny is not known here/],
    ['never', given_({ count: '0', role: 'aws_iam_role.web.name' }), 'fails'],
    ['its ARN', given_({ role_arn: 'aws_iam_role.web.arn' }), 'fails'],
    ['another thing', given_({ depends_on: '[aws_iam_role.web]' }), 'fails'],
    ['a nested stack', { 'a.json': template({ R: role({ Policies: [] }), P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: policy(statement()), Roles: [{ Ref: 'R' }] } }, S: stack({ Ref: 'R' }) }) }, 'unknown', given],
    ['a nested stack by Sub', { 'a.json': template({ R: inline(policy(statement())), S: stack({ 'Fn::Sub': '${R}' }) }) }, 'unknown', given],
    ['a nested stack with its ARN', { 'a.json': template({ R: inline(policy(statement())), S: stack({ 'Fn::GetAtt': ['R', 'Arn'] }) }) }, 'fails'],
  ]), []);
  const { code } = await postern(['check', 'a.tf', '--no-config', '--not-granted', 'iam:PassRole'], { cwd: folder(given_({ role: 'aws_iam_role.web.name' })) });
  assert.equal(code, 0, 'of a module check reads what stands in the file, whatever it is given');
});

test('a macro of the account may change all of a template; those of AWS leave policies as they are', async () => {
  const with_ = (Transform) => ({ 'a.json': template({ R: inline(CHANNEL) }, { Transform }) });
  const said = /not looked at: the file alone does not tell what Transform is/;
  assert.deepEqual(await results([
    ['of AWS', with_('AWS::LanguageExtensions'), 'works'],
    ['of SAM', with_(['AWS::Serverless-2016-10-31']), 'works'],
    ['of the account', with_('Mine'), 'unknown', said],
    ['in a list', with_(['AWS::Serverless-2016-10-31', { Name: 'Mine', Parameters: {} }]), 'unknown', said],
    ['another text', with_({ Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } }), 'unknown', said],
    ['YAML', { 'a.yaml': `Transform: Mine\nResources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns: ["${CORE}"]\n` }, 'unknown', said],
  ]), []);
  const { code, stdout } = await postern(['check', 'a.json', '--no-config', '--not-granted', 'iam:PassRole'], { cwd: folder(with_('Mine')) });
  assert.equal(code, 1);
  assert.match(stdout, /POSTERN_ACCESS_UNKNOWN\n.*what Transform is: "Mine"/);
});

test('an override file stands for what it says of a block, and for nothing else of it', async () => {
  const base = tfRole() + tfInline(CHANNEL);
  const over = (more, name = 'override.tf') => ({ 'main.tf': base, [name]: more });
  const data = (action) => `data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["${action}"]\n    resources = ["*"]\n  }\n}\n`;
  assert.deepEqual(await results([
    ['an argument', over(block('aws_iam_role_policy', 'p', { policy: json(DENY) })), 'fails', /override\.tf, aws_iam_role_policy\.p\.policy, statement 1 denies/],
    ['a boundary', over(block('aws_iam_role', 'web', { permissions_boundary: `"${OTHER}"` })), 'fails', /permissions boundary/],
    ['a tag', over(block('aws_iam_role', 'web', { tags: '{}' })), 'works'],
    ['by another name', over(block('aws_iam_role_policy', 'p', { policy: json(DENY) }), 'local_override.tf'), 'fails'],
    ['in JSON', over({ resource: { aws_iam_role_policy: { p: { policy: JSON.stringify(DENY) } } } }, 'override.tf.json'), 'fails'],
    ['a count', over(block('aws_iam_role_policy', 'p', { count: 'var.n' })), 'unknown'],
    ['the last', { 'main.tf': base, 'a_override.tf': block('aws_iam_role_policy', 'p', { policy: json(DENY) }), 'b_override.tf': block('aws_iam_role_policy', 'p', { policy: json(CHANNEL) }) }, 'works'],
    ['blocks', { 'main.tf': tfRole() + block('aws_iam_role_policy', 'p', { role: 'aws_iam_role.web.id', policy: 'data.aws_iam_policy_document.d.json' }) + data('s3:*'), 'override.tf': data('ssmmessages:*') }, 'works'],
    ['a local', { 'main.tf': local() + tfRole() + attach('local.arns[0]'), 'override.tf': local(`["${OTHER}"]`) }, 'fails'],
    ['a folder', { 'm/main.tf': base, 'm/override.tf': block('aws_iam_role_policy', 'p', { policy: json(DENY) }) }, 'fails', undefined, ['m']],
    ['of another folder', { 'a/main.tf': base, 'b/override.tf': block('aws_iam_role', 'other', { name: '"other"' }) + block('aws_iam_role_policy', 'q', { role: 'aws_iam_role.other.id', policy: json(DENY) }) }, 'works', undefined, ['a', 'b', '--role', 'web']],
  ]), []);
  const cwd = folder(over(`\n\n${block('aws_iam_role_policy', 'p', { policy: json(DENY) })}`));
  const { capabilities: [{ reasons: [{ path, span }] }] } = JSON.parse((await postern(['role', 'main.tf', 'override.tf', '--wants', 'node.channel', '--format', 'json'], { cwd })).stdout);
  assert.deepEqual([path, span.start.line], ['documents[0]', 4], 'its place is that in the override file');
});

test('a resource is another one in another module or template that calls it the same', async () => {
  const [has, lacks] = [tfRole() + attach(`"${CORE}"`), tfRole()];
  const of = (...Roles) => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: CHANNEL, Roles } });
  const named = (more) => role({ RoleName: 'other', ...more });
  const unlike = /cannot be told|It depends on which role is meant|do not tell that all/;
  assert.deepEqual(await results([
    ['modules', { 'a/main.tf': has, 'b/main.tf': lacks }, 'unknown', unlike, ['.']],
    ['modules that are alike', { 'a/main.tf': has, 'b/main.tf': has }, 'unknown', unlike, ['.']],
    ['a module that is given a role of another file', { 'm/a.tf': lacks + tfInline(policy(statement())), 'm/b.tf': module_({ role: 'aws_iam_role.web.name' }) }, 'unknown', /module\.m is given the role/, ['m']],
    ['files of a module', { 'a/main.tf': lacks, 'a/more.tf': attach(`"${CORE}"`) }, 'works', undefined, ['a']],
    ['a role by its name', { 'a/main.tf': has, 'b/main.tf': tfRole({ name: '"other"' }).replace('"web"', '"this"') }, 'works', undefined, ['.', '--role', 'web']],
    ['a template beside', { 'a.json': template({ R: named({}), P: of({ Ref: 'R' }) }), 'b.json': template({ R: arns(OTHER) }) }, 'unknown', unlike],
    ['its own alone', { 'a.json': template({ R: arns(CORE) }), 'b.json': template({ R: named({ ManagedPolicyArns: [OTHER] }) }) }, 'fails', undefined, ['a.json', 'b.json', '--role', 'other']],
  ]), []);
});

test('a folder is read as its files are; what says nothing of roles may be among them', async () => {
  const files = {
    'm/main.tf': tfRole({ assume_role_policy: 'data.aws_iam_policy_document.trust.json' }), 'm/policies.tf': tfInline(CHANNEL), 'm/variables.tf': 'variable "n" {}\n', 'm/README.md': '# m\n',
    'm/.terraform.lock.hcl': '', 'm/empty.tf': '', 'm/package.json': { name: 'x' },
  };
  assert.deepEqual(await results([
    ['a folder', files, 'works', undefined, ['m']],
    ['files that a shell lists', files, 'works', undefined, ['m/main.tf', 'm/policies.tf', 'm/variables.tf', 'm/empty.tf']],
    ['policies', { 'p/a.json': CHANNEL, 'p/b.json': policy(statement()), 'p/tsconfig.json': { compilerOptions: {} } }, 'works', undefined, ['p']],
    ['a template', { 'cdk.out/S.template.json': template({ R: inline(CHANNEL) }), 'cdk.out/manifest.json': { version: '1' }, 'cdk.out/tree.json': {} }, 'works', undefined, ['cdk.out']],
  ]), []);
  const said = async (more, ...words) => (await postern(['role', ...words], { cwd: folder(more) }));
  for (const [more, words, line] of [
    [{ 'm/a.txt': 'x' }, ['m'], /^postern: m: no file in it may hold a policy\.\n$/],
    [{ 'm/variables.tf': 'variable "n" {}\n' }, ['m'], /^postern: m: no policy of a role was found\./],
    [{ 'variables.tf': 'variable "n" {}\n' }, ['variables.tf'], /^postern: variables\.tf: no policy of a role was found\./],
    [{ 'm/main.tf': 'locals {\n  a = 1\n}\nresource "aws_iam_policy" "p" {\n  policy = [\n}\n' }, ['m'], /^postern: m\/main\.tf:5:12: This \[ is not closed\.\n$/],
    [{ 'main.tf': 'locals {\n  a = 1\n}\nresource "aws_iam_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n  \n  name = \n}\n' }, ['main.tf'], /^postern: main\.tf:6:17: This \[ is not closed\.\n$/],
  ]) {
    const { code, stderr } = await said(more, ...words);
    assert.equal(code, 2, stderr);
    assert.match(stderr, line);
  }
});
