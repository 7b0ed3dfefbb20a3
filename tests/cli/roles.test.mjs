// Whose the policies are that `postern role` finds in templates, modules and plans, what bounds their roles, and which of
// them may not be there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const MINE = 'arn:aws:iam::111122223333:policy/Mine';
const CHANNEL = policy(statement({ Action: ['ssmmessages:*', 'ssm:UpdateInstanceInformation'], Resource: '*' }));
const OTHER = policy(statement());
const DENY = policy(statement({ Effect: 'Deny', Action: '*', Resource: '*' }));
const TRUST = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const hcl = (value) => JSON.stringify(value).replaceAll('":', '"=');
const NO_VALUE = { Ref: 'AWS::NoValue' };

const template = (Resources, more = {}) => ({ ...more, Resources });
const inline = (document, PolicyName = 'p') => ({ PolicyName, PolicyDocument: document });
const role = (Properties) => ({ Type: 'AWS::IAM::Role', Properties });
const bounded = (PermissionsBoundary, more = {}) => role({ Policies: [inline(CHANNEL)], PermissionsBoundary, ...more });
const managed = (document, more = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document, ...more } });
const apart = (document, Roles, more = {}) => ({ Type: 'AWS::IAM::Policy', ...more, Properties: { PolicyName: 'apart', PolicyDocument: document, Roles } });
const sam = (Properties, more) => template({ F: { Type: 'AWS::Serverless::Function', Properties: { Policies: [{ Statement: CHANNEL.Statement }], ...Properties } } }, more);
const serverless = (more) => ({ service: 's', provider: { name: 'aws', iam: { role: { statements: CHANNEL.Statement, ...more } } } });

const block = (type, name, body) => `resource "${type}" "${name}" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
const json = (document) => `jsonencode(${hcl(document)})`;
const tfRole = (more = {}, name = 'web') => block('aws_iam_role', name, { name: `"${name}"`, ...more });
const tfInline = (document, more = {}, name = 'p') => block('aws_iam_role_policy', name, { role: 'aws_iam_role.web.id', policy: json(document), ...more });
const tfPolicy = (document, more = {}, name = 'mine') => block('aws_iam_policy', name, { policy: typeof document === 'string' ? document : json(document), ...more });
const attach = (arn, more = {}) => block('aws_iam_role_policy_attachment', 'a', { role: 'aws_iam_role.web.name', policy_arn: arn, ...more });
const data = (document, name = 'd') => `data "aws_iam_policy_document" "${name}" {\n${document.Statement.map(({ Effect, Action, Resource }) => `  statement {\n    effect = "${Effect}"\n    actions = ${JSON.stringify([Action].flat())}\n    resources = ["${Resource}"]\n  }\n`).join('')}}\n`;

const resource = (type, name, values, index) => ({ address: `${type}.${name}${index === undefined ? '' : `[${index}]`}`, mode: 'managed', type, name, values });
const plan = (resources, configured = []) => ({
  format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources } },
  configuration: { root_module: { resources: configured.map(([address, expressions]) => ({ address, expressions })) } },
});
const planned = (permissions_boundary) => resource('aws_iam_role', 'web', { name: 'web', inline_policy: [{ name: 'p', policy: JSON.stringify(CHANNEL) }], permissions_boundary });

/** The result of node.channel, and what must be said; `words` are more words of the command line. */
async function results(cases) {
  const problems = [];
  for (const [name, content, wanted, said, words = []] of cases) {
    // Files of Terraform in one folder would be one module.
    const cwd = folder(Object.fromEntries([...cases.filter(([other]) => !/\.tf(?:\.json)?$/.test(other)), [name, content]]));
    const { code, stdout, stderr } = await postern(['role', name, '--wants', 'node.channel', '--side', 'node', ...words], { cwd });
    const result = /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1] ?? `exit ${code}`;
    if (result !== wanted) problems.push(`${name}: ${result} for ${wanted}\n${stdout}${stderr}`);
    if (said !== undefined && !said.test((stdout + stderr).replaceAll('\\"', '"'))) problems.push(`${name} says\n${stdout}${stderr}`);
    if (/unknown\d|\p{Co}|policy\/unknown/u.test(stdout + stderr)) problems.push(`${name} has a stand-in: ${stdout}${stderr}`);
  }
  return problems;
}

test('the permissions boundary of a role has its say, wherever it is written; one that is not known leaves nothing certain', async () => {
  const unknown = /is the permissions boundary, and only the deployment knows what it says/;
  assert.deepEqual(await results([
    // CloudFormation
    ['none.json', template({ R: bounded(NO_VALUE) }), 'works'],
    ['sam-globals-if.json', sam({}, { Globals: { 'Fn::If': ['C', { Function: { PermissionsBoundary: MINE } }, {}] } }), 'unknown', unknown],
    ['sam-globals-transform.json', sam({}, { Globals: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } } }), 'unknown', unknown],
    ['sam-globals-plain.json', sam({}, { Globals: { Function: { Timeout: 3 } } }), 'works'],
    ['aws-allows.json', template({ R: bounded(CORE) }), 'works'],
    ['aws-partition.json', template({ R: bounded({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore' }) }), 'works'],
    ['aws-refuses.json', template({ R: bounded('arn:aws:iam::aws:policy/AmazonSSMPatchAssociation') }), 'fails', /permissions boundary/],
    ['aws-unknown.json', template({ R: bounded('arn:aws:iam::aws:policy/SecurityAudit') }), 'unknown', /permissions boundary/],
    ['account.json', template({ R: bounded(MINE) }), 'unknown', /permissions boundary/],
    ['parameter.json', template({ R: bounded({ Ref: 'Boundary' }) }), 'unknown', unknown],
    ['parameter.yaml', `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      PermissionsBoundary: !Ref Boundary\n      ManagedPolicyArns: ["${CORE}"]\n`, 'unknown', /!Ref Boundary is the permissions boundary/],
    ['imported.json', template({ R: bounded({ 'Fn::ImportValue': 'Boundary' }) }), 'unknown', unknown],
    ['perhaps.json', template({ R: bounded({ 'Fn::If': ['C', 'arn:aws:iam::aws:policy/SecurityAudit', NO_VALUE] }) }), 'unknown', unknown],
    ['made-allows.json', template({ R: bounded({ Ref: 'B' }), B: managed(CHANNEL) }), 'works'],
    ['made-refuses.json', template({ R: bounded({ Ref: 'B' }), B: managed(OTHER) }), 'fails', /permissions boundary/],
    ['made-alone.json', template({ R: role({ Policies: [inline(OTHER)], PermissionsBoundary: { Ref: 'B' } }), B: managed(CHANNEL) }), 'fails'],
    ['made-both.json', template({ R: role({ ManagedPolicyArns: [{ Ref: 'B' }], PermissionsBoundary: { Ref: 'B' } }), B: managed(CHANNEL) }), 'works'],
    ['made-by-name.json', template({ R: bounded({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/Bound' }), B: managed(OTHER, { ManagedPolicyName: 'Bound' }) }), 'fails'],
    ['made-open.json', template({ R: bounded({ Ref: 'B' }), B: managed(policy(statement({ Action: 'ssmmessages:*', Resource: { Ref: 'Arn' } }))) }), 'unknown', /"Ref": "Arn"/],
    ['made-unread.json', template({ R: bounded({ Ref: 'B' }), B: managed({ Ref: 'Document' }) }), 'unknown', unknown],
    ['user.json', template({ U: { Type: 'AWS::IAM::User', Properties: { Policies: [inline(CHANNEL)], PermissionsBoundary: { Ref: 'B' } } } }), 'unknown', unknown],
    ['set.json', template({ S: { Type: 'AWS::SSO::PermissionSet', Properties: { InlinePolicy: CHANNEL, PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'Mine' } } } } }), 'unknown', /permissions boundary/],
    ['set-aws.json', template({ S: { Type: 'AWS::SSO::PermissionSet', Properties: { InlinePolicy: CHANNEL, PermissionsBoundary: { ManagedPolicyArn: CORE } } } }), 'works'],
    ['given.json', template({ R: bounded({ Ref: 'B' }) }), 'works', undefined, ['--boundary', 'aws-boundary.txt']],
    ['aws-boundary.txt', CORE, 'works'],
    // SAM and Serverless
    ['sam.json', sam({ PermissionsBoundary: { Ref: 'B' } }), 'unknown', unknown],
    ['sam-globals.json', sam({}, { Globals: { Function: { PermissionsBoundary: MINE } } }), 'unknown', /permissions boundary/],
    ['sam-own.json', sam({ PermissionsBoundary: CORE }, { Globals: { Function: { PermissionsBoundary: MINE } } }), 'works'],
    ['serverless.json', serverless({ permissionsBoundary: MINE }), 'unknown', /permissions boundary/],
    ['serverless.yml', `service: s\nprovider:\n  name: aws\n  iam:\n    role:\n      permissionsBoundary: \${self:custom.boundary}\n      statements: ${JSON.stringify(CHANNEL.Statement)}\n`, 'unknown', /\$\{self:custom\.boundary\} is the permissions boundary/],
    ['serverless-old.json', { service: 's', provider: { name: 'aws', rolePermissionsBoundary: MINE, iamRoleStatements: CHANNEL.Statement } }, 'unknown', /permissions boundary/],
    ['serverless-aws.json', serverless({ permissionsBoundary: CORE }), 'works'],
    // Terraform
    ['none.tf', tfRole({ permissions_boundary: 'null' }) + tfInline(CHANNEL), 'works'],
    ['aws.tf', tfRole({ permissions_boundary: `"${CORE}"` }) + tfInline(CHANNEL), 'works'],
    ['variable.tf', tfRole({ permissions_boundary: 'var.boundary' }) + tfInline(CHANNEL), 'unknown', /var\.boundary is the permissions boundary/],
    ['choice.tf', tfRole({ permissions_boundary: `var.b ? "${MINE}" : null` }) + tfInline(CHANNEL), 'unknown', unknown],
    ['local.tf', `locals {\n  b = "${MINE}"\n}\n${tfRole({ permissions_boundary: 'local.b' })}${tfRole({ permissions_boundary: 'local.b' }, 'other')}${tfInline(CHANNEL)}`, 'unknown', /permissions boundary/, ['--role', 'web']],
    ['made.tf', tfRole({ permissions_boundary: 'aws_iam_policy.mine.arn' }) + tfInline(CHANNEL) + tfPolicy(OTHER), 'fails', /permissions boundary/],
    ['made-alone.tf', tfRole({ permissions_boundary: 'aws_iam_policy.mine.arn' }) + tfInline(OTHER) + tfPolicy(CHANNEL), 'fails'],
    ['made-data.tf', tfRole({ permissions_boundary: 'aws_iam_policy.mine.arn' }) + tfInline(CHANNEL) + tfPolicy('data.aws_iam_policy_document.d.json') + data(OTHER), 'fails', /permissions boundary/],
    ['module.tf', `module "node" {\n  source = "./node"\n  role_policies = { core = "${CORE}" }\n  permissions_boundary = var.boundary\n}\n`, 'unknown', /var\.boundary is the permissions boundary/],
    ['module-arn.tf', `module "node" {\n  source = "./node"\n  role_permissions_boundary_arn = "${CORE}"\n  policy = ${json(OTHER)}\n}\n`, 'fails'],
    ['main.tf.json', { resource: { aws_iam_role: { web: { permissions_boundary: '${var.b}', inline_policy: [{ policy: JSON.stringify(CHANNEL) }] } } } }, 'unknown', /var\.b/],
    ['plan.json', plan([planned(MINE)]), 'unknown', /permissions boundary/],
    ['plan-aws.json', plan([planned(CORE)]), 'works'],
    ['plan-none.json', plan([planned(null)]), 'works'],
    ['plan-unknown.json', plan([planned()], [['aws_iam_role.web', { permissions_boundary: { references: ['module.b.arn'] } }]]), 'unknown', /permissions boundary/],
    ['plan-later.json', { ...plan([planned()]), resource_changes: [{ address: 'aws_iam_role.web', mode: 'managed', type: 'aws_iam_role', name: 'web', change: { actions: ['create'], before: null, after: {}, after_unknown: { permissions_boundary: true } } }] }, 'unknown', /permissions boundary/],
    ['plan-made.json', plan([planned(), resource('aws_iam_policy', 'mine', { policy: JSON.stringify(OTHER) })], [['aws_iam_role.web', { permissions_boundary: { references: ['aws_iam_policy.mine.arn', 'aws_iam_policy.mine'] } }]]), 'fails'],
    ['state.json', { version: 4, terraform_version: '1.9.0', resources: [{ mode: 'managed', type: 'aws_iam_role', name: 'web', instances: [{ attributes: { name: 'web', permissions_boundary: MINE, inline_policy: [{ policy: JSON.stringify(CHANNEL) }] } }] }] }, 'unknown', /permissions boundary/],
    ['state-none.json', { version: 4, terraform_version: '1.9.0', resources: [{ mode: 'managed', type: 'aws_iam_role', name: 'web', instances: [{ attributes: { name: 'web', permissions_boundary: '', inline_policy: [{ policy: JSON.stringify(CHANNEL) }] } }] }] }, 'works'],
  ]), []);
});

test('a policy that may not be there makes nothing certain, neither by what it allows nor by what it denies', async () => {
  const named = (expression) => new RegExp(`depends on .*${expression}`);
  const conditional = (document, more = {}) => ({ Condition: 'Prod', ...managed(document, more) });
  // What a plan knows only after it is applied stands apart from the values.
  const later = (resources, [address, unknown]) => ({ ...plan(resources), resource_changes: [{ address, mode: 'managed', type: address.split('.')[0], name: address.split('.')[1], change: { actions: ['create'], before: null, after: {}, after_unknown: unknown } }] });
  const ofWeb = (more) => resource('aws_iam_role_policy', 'd', { role: 'web', ...more });
  const severalWeb = (count) => tfRole({ count });
  const inlineOf = (reference, more = {}) => block('aws_iam_role_policy', 'p', { role: reference, policy: json(CHANNEL), ...more });
  assert.deepEqual(await results([
    ['later.json', later([planned(null), ofWeb({})], ['aws_iam_role_policy.d', { policy: true }]), 'unknown', /aws_iam_role_policy\.d\.policy/],
    ['later-inline.json', later([planned(null), ofWeb({ policy: JSON.stringify(CHANNEL) })], ['aws_iam_role.web', { inline_policy: true }]), 'unknown'],
    ['later-known.json', later([planned(null), ofWeb({ policy: JSON.stringify(CHANNEL) })], ['aws_iam_role_policy.d', { id: true, policy: false }]), 'works'],
    ['instance.tf', severalWeb('2') + inlineOf('aws_iam_role.web[0].name'), 'unknown'],
    ['instance-same.tf', severalWeb('var.n') + inlineOf('aws_iam_role.web[0].name', { count: 'var.n' }), 'unknown'],
    ['instance-own.tf', severalWeb('var.n') + inlineOf('aws_iam_role.web[count.index].name', { count: 'var.n' }), 'works'],
    ['instance-switch.tf', severalWeb('var.c ? 1 : 0') + inlineOf('aws_iam_role.web[0].name', { count: 'var.c ? 1 : 0' }), 'works'],
    ['instance-key.tf', tfRole({ for_each: 'var.all' }) + inlineOf('aws_iam_role.web[each.key].name', { for_each: 'var.all' }), 'works'],
    ['instance-other-key.tf', tfRole({ for_each: 'var.all' }) + inlineOf('aws_iam_role.web["a"].name', { for_each: 'var.all' }), 'unknown'],
    ['enabled.tf', tfRole() + inlineOf('aws_iam_role.web.name').replace(/}\n$/, '  lifecycle {\n    enabled = var.c\n  }\n}\n'), 'unknown'],
    ['enabled-not.tf', tfRole() + inlineOf('aws_iam_role.web.name').replace(/}\n$/, '  lifecycle {\n    enabled = false\n  }\n}\n'), 'fails'],
    ['condition.json', template({ R: role({}), P: apart(CHANNEL, [{ Ref: 'R' }], { Condition: 'Prod' }) }), 'unknown', named('"Prod"')],
    ['condition-deny.json', template({ R: role({ Policies: [inline(CHANNEL)] }), P: apart(DENY, [{ Ref: 'R' }], { Condition: 'Prod' }) }), 'unknown', named('"Prod"')],
    ['condition-same.json', template({ R: { Condition: 'Prod', ...role({}) }, P: apart(CHANNEL, [{ Ref: 'R' }], { Condition: 'Prod' }) }), 'works'],
    ['condition-managed.json', template({ R: role({ ManagedPolicyArns: [{ 'Fn::If': ['Prod', { Ref: 'P' }, NO_VALUE] }] }), P: conditional(CHANNEL) }), 'unknown'],
    ['condition-alone.json', template({ P: conditional(CHANNEL) }), 'unknown', named('"Prod"')],
    ['attached-perhaps.json', template({ R: role({ ManagedPolicyArns: [{ 'Fn::If': ['Prod', { Ref: 'P' }, NO_VALUE] }] }), P: managed(CHANNEL) }), 'unknown', named('Fn::If')],
    ['attached-perhaps-aws.yaml', `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns: [!If [Prod, "${CORE}", !Ref AWS::NoValue]]\n`, 'unknown', /Only the deployment knows whether "?.*AmazonSSMManagedInstanceCore/],
    ['statement.json', template({ R: role({ Policies: [inline(policy({ 'Fn::If': ['C', CHANNEL.Statement[0], NO_VALUE] }))] }) }), 'unknown'],
    ['statement-deny.json', template({ R: role({ Policies: [inline(policy(...CHANNEL.Statement, { 'Fn::If': ['C', DENY.Statement[0], NO_VALUE] }))] }) }), 'unknown'],
    ['count.tf', tfRole() + tfInline(CHANNEL, { count: 'var.c ? 1 : 0' }), 'unknown', named('var\\.c \\? 1 : 0')],
    ['count-deny.tf', tfRole() + tfInline(CHANNEL) + tfInline(DENY, { count: 'var.c ? 1 : 0' }, 'q'), 'unknown', named('var\\.c \\? 1 : 0')],
    ['count-one.tf', tfRole() + tfInline(CHANNEL, { count: '1' }), 'works'],
    ['count-same.tf', tfRole({ count: 'var.c ? 1 : 0' }) + tfInline(CHANNEL, { count: 'var.c ? 1 : 0', role: 'aws_iam_role.web[0].id' }), 'works'],
    ['each.tf', tfRole() + tfInline(CHANNEL, { for_each: 'var.names' }), 'unknown', named('var\\.names')],
    ['each-known.tf', tfRole() + tfInline(CHANNEL, { for_each: 'toset(["a"])' }), 'works'],
    ['each-role.tf', tfRole({ for_each: 'var.roles' }) + tfInline(CHANNEL, { for_each: 'aws_iam_role.web', role: 'each.value.id' }), 'works'],
    ['attachment.tf', tfRole() + tfPolicy(CHANNEL) + attach('aws_iam_policy.mine.arn', { count: 'var.c ? 1 : 0' }), 'unknown', named('var\\.c')],
    ['attachment-aws.tf', tfRole() + attach(`"${CORE}"`, { count: 'var.c ? 1 : 0' }), 'unknown', /Only the deployment knows whether/],
    ['attachment-deny.tf', tfRole() + tfInline(CHANNEL) + attach('"arn:aws:iam::aws:policy/AWSDenyAll"', { count: 'var.c ? 1 : 0' }), 'unknown', named('var\\.c')],
    ['attached-perhaps-deny.json', template({ R: role({ Policies: [inline(CHANNEL)], ManagedPolicyArns: [{ 'Fn::If': ['Prod', 'arn:aws:iam::aws:policy/AWSDenyAll', NO_VALUE] }] }) }), 'unknown', named('Fn::If')],
    ['managed.tf', tfRole() + tfPolicy(CHANNEL, { count: 'var.c ? 1 : 0' }) + 'output "o" {\n  value = aws_iam_policy.mine\n}\n', 'unknown', named('var\\.c')],
    ['data.tf', tfRole() + tfInline(CHANNEL, { count: 'var.c ? 1 : 0', policy: 'data.aws_iam_policy_document.d.json' }) + data(CHANNEL), 'unknown', named('var\\.c')],
    ['data-choice.tf', tfRole() + tfInline(CHANNEL, { policy: 'var.c ? data.aws_iam_policy_document.d.json : data.aws_iam_policy_document.e.json' }) + data(CHANNEL) + data(OTHER, 'e'), 'unknown'],
    ['dynamic.tf', `resource "aws_iam_role" "web" {\n  dynamic "inline_policy" {\n    for_each = var.c ? [1] : []\n    content {\n      name = "p"\n      policy = ${json(CHANNEL)}\n    }\n  }\n}\n`, 'unknown'],
    ['module.tf', `module "node" {\n  count = var.c ? 1 : 0\n  source = "./node"\n  role_policies = { core = "${CORE}" }\n}\n`, 'unknown'],
  ]), []);
});

test('of several roles nothing is certain but what is so of all, and --role asks of one, in every form', async () => {
  const two = { Web: role({ Policies: [inline(CHANNEL)], RoleName: 'web-role' }), Bare: role({ Policies: [inline(OTHER)] }) };
  const yaml = (document) => `Resources:\n  Web:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: web-role\n      Policies: [{PolicyName: p, PolicyDocument: ${JSON.stringify(document)}}]\n  Bare:\n    Type: AWS::IAM::Role\n    Properties: {}\n`;
  const cdk = template({ Web: role({}), Bare: role({}), WebDefault: apart(CHANNEL, [{ Ref: 'Web' }]), BareDefault: apart(OTHER, [{ Ref: 'Bare' }]) });
  const tf = tfRole() + tfRole({}, 'bare') + tfPolicy('data.aws_iam_policy_document.d.json') + data(CHANNEL) + attach('aws_iam_policy.mine.arn') + tfInline(OTHER, { role: 'aws_iam_role.bare.id' });
  const inPlan = plan([resource('aws_iam_role', 'web', { name: 'web' }), resource('aws_iam_role', 'bare', { name: 'bare' }), resource('aws_iam_role_policy', 'p', { role: 'web', policy: JSON.stringify(CHANNEL) }), resource('aws_iam_role_policy', 'q', { role: 'bare', policy: JSON.stringify(OTHER) })]);
  const functions = template({ Web: { Type: 'AWS::Serverless::Function', Properties: { Policies: [{ Statement: CHANNEL.Statement }] } }, Bare: { Type: 'AWS::Serverless::Function', Properties: { Policies: [{ Statement: OTHER.Statement }] } } });
  const sls = { ...serverless({}), functions: { bare: { iamRoleStatements: OTHER.Statement } } };
  const cases = [];
  for (const [name, content, web, bare] of [
    ['two.json', template(two), 'Web', 'Bare'], ['named.json', template(two), 'web-role', 'Bare'], ['two.yaml', yaml(CHANNEL), 'web-role', 'Bare'], ['cdk.json', cdk, 'Web', 'Bare'],
    ['two.tf', tf, 'web', 'bare'], ['address.tf', tf, 'aws_iam_role.web', 'aws_iam_role.bare'], ['plan.json', inPlan, 'web', 'bare'], ['sam.json', functions, 'Web', 'Bare'], ['sls.json', sls, 'provider', 'bare'],
  ]) {
    cases.push([`web-${name}`, content, 'works', undefined, ['--role', web]], [`bare-${name}`, content, 'fails', undefined, ['--role', bare]]);
    cases.push([`all-${name}`, content, 'unknown', /depends on which role is meant/], [`none-${name}`, content, 'exit 2', /There is no role "Nobody" in .*\. There are /, ['--role', 'Nobody']]);
  }
  assert.deepEqual(await results([
    ...cases,
    ['all-have.json', template({ A: role({}), B: role({}), P: apart(CHANNEL, [{ Ref: 'A' }, { Ref: 'B' }]) }), 'works'],
    ['all-by-one.json', template({ A: role({ ManagedPolicyArns: [CORE] }), B: role({ ManagedPolicyArns: [CORE] }) }), 'works'],
    ['some-by-one.json', template({ A: role({ ManagedPolicyArns: [CORE] }), B: role({}) }), 'unknown', /The files do not tell that all who are asked about have "arn:aws:iam::aws:policy\/AmazonSSMManagedInstanceCore"\./],
    ['parameter.json', template({ A: role({}), B: role({}), P: apart(CHANNEL, [{ Ref: 'Role' }]) }), 'unknown', undefined, ['--role', 'A']],
    ['nobody.json', template({ A: role({ Policies: [inline(OTHER)] }), B: role({}), P: managed(CHANNEL) }), 'fails', /Resources\.P is attached to nobody in these files, and is taken to be no policy of a role; --role Resources\.P asks of it alone\./, ['--role', 'A']],
    ['bounds.json', template({ A: bounded(CORE), B: bounded(MINE) }), 'unknown', /bounds\.json: Roles have different permissions boundaries, or none; --role NAME asks of one\./],
    ['bounds-one.json', template({ A: bounded(CORE), B: bounded(MINE) }), 'works', undefined, ['--role', 'A']],
    ['module.tf', `module "a" {\n  source = "./m"\n  role_policies = ["${CORE}"]\n}\nmodule "b" {\n  source = "./m"\n  role_policies = ["arn:aws:iam::aws:policy/AmazonSSMPatchAssociation"]\n}\n`, 'fails', undefined, ['--role', 'b']],
    ['trust.json', template({ A: role({ AssumeRolePolicyDocument: TRUST, Policies: [inline(CHANNEL)] }) }), 'works', /^A: 1 policy/m],
  ]), []);
});

test('what a file holds and has no say is told, with what takes it', async () => {
  const bucket = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument: policy(statement({ Principal: '*' })) } };
  const scp = { Type: 'AWS::Organizations::Policy', Properties: { Type: 'SERVICE_CONTROL_POLICY', Name: 's', Content: OTHER } };
  const trusted = role({ AssumeRolePolicyDocument: TRUST, Policies: [inline(CHANNEL)] });
  assert.deepEqual(await results([
    ['resource.json', template({ R: role({ Policies: [inline(CHANNEL)] }), B: bucket, C: bucket }), 'works', /resource\.json: not looked at: Resources\.B\.PolicyDocument and Resources\.C\.PolicyDocument, policies of resources: --key-policy/],
    ['scp.json', template({ R: role({ Policies: [inline(CHANNEL)] }), S: scp }), 'works', /not looked at: Resources\.S\.Content, a policy of an organization: --scp takes/],
    ['others.json', template({ A: trusted, B: trusted }), 'works', /not looked at: Resources\.B\.AssumeRolePolicyDocument and Resources\.B\.Policies\[0\]\.PolicyDocument, which are of others\./, ['--role', 'A']],
    ['others-attached.json', template({ A: trusted, B: role({ ManagedPolicyArns: [CORE] }) }), 'works', /Resources\.B\.ManagedPolicyArns\[0\], which is of others\./, ['--role', 'A']],
    ['trusts.json', template({ A: trusted, B: trusted }), 'unknown', /of which nobody knows whose is meant; --role NAME asks of one\./],
    ['trust-of-one.json', template({ A: trusted, B: role({}) }), 'unknown', /^unknown +trust\.ec2/m, ['--wants', 'trust.ec2']],
    ['trust-open.json', template({ A: role({ AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { Service: { Ref: 'S' } }, Action: 'sts:AssumeRole' }), Policies: [inline(CHANNEL)] }) }), 'works', /of which only the deployment knows who may take the role\./],
    ['given.json', template({ R: bounded(MINE) }), 'works', /Resources\.R\.PermissionsBoundary is not looked at: --boundary is given\./, ['--boundary', 'core.txt']],
    ['core.txt', CORE, 'works'],
    ['resource-only.json', template({ B: bucket }), 'exit 2', /^postern: resource-only\.json: it holds no policy that a role has: Resources\.B\.PolicyDocument, the policy of a resource: /],
    ['trust-only.json', template({ R: role({ AssumeRolePolicyDocument: TRUST }) }), 'fails', /^works +trust\.ec2/m, ['--wants', 'trust.ec2']],
    ['bucket.tf', tfRole() + tfInline(CHANNEL) + block('aws_s3_bucket_policy', 'b', { bucket: '"b"', policy: json(policy(statement({ Principal: '*' }))) }), 'works', /not looked at: aws_s3_bucket_policy\.b\.policy, the policy of a resource/],
  ]), []);
});

test('what SAM attaches to the roles that it makes counts', async () => {
  const logs = (Properties, more = {}) => template({ F: { Type: 'AWS::Serverless::Function', Properties } }, more);
  const cwd = folder({
    'function.json': logs({}),
    'vpc.json': logs({ Policies: [{ Statement: OTHER.Statement }] }, { Globals: { Function: { VpcConfig: { SubnetIds: ['subnet-1'] }, Tracing: 'Active' } } }),
  });
  const run = async (file) => JSON.parse((await postern(['role', file, '--wants', 'node.cw-logs-streaming', '--side', 'node', '--format', 'json'], { cwd })).stdout || '{}');
  const { capabilities: [{ reasons }], policies } = await run('function.json');
  const words = reasons.map(({ message }) => message).join(' ');
  assert.deepEqual([policies, /DescribeLogGroups/.test(words), /PutLogEvents/.test(words)], [1, true, false], words);
  assert.equal((await run('vpc.json')).policies, 4);
  assert.deepEqual(await results([['given.json', sam({ Role: MINE }), 'unknown', /depends on .*policy\/Mine/]]), []);
});

test('odd shapes of templates let nothing work that may not', async () => {
  const doc = JSON.stringify(CHANNEL);
  const one = (properties, id = 'R') => `  ${id}:\n    Type: AWS::IAM::Role\n    Properties:\n${properties}      Policies: [{PolicyName: p, PolicyDocument: ${doc}}]\n`;
  const whole = (...resources) => `Resources:\n${resources.join('')}`;
  const bound = (arn) => `      PermissionsBoundary: ${arn}\n`;
  assert.deepEqual(await results([
    ['documents.yaml', `${whole(one(bound(MINE)))}---\n${whole(one(''))}`, 'unknown'],
    ['merge-after.yaml', `B: &b {PermissionsBoundary: "${CORE}"}\n${whole(one(`${bound(MINE)}      <<: *b\n`))}`, 'unknown'],
    ['merge-before.yaml', `B: &b {PermissionsBoundary: "${MINE}"}\n${whole(one(`      <<: *b\n${bound(CORE)}`))}`, 'works'],
    ['merge-first.yaml', `A: &a {PermissionsBoundary: "${MINE}"}\nB: &b {PermissionsBoundary: "${CORE}"}\n${whole(one('      <<: [*a, *b]\n'))}`, 'unknown'],
    ['macro.yaml', whole(one('      Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/x}}\n')), 'unknown', /Resources\.R\.Fn::Transform is/],
    ['macro-resources.yaml', whole('  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/x}}\n', one('')), 'unknown', /Resources\.Fn::Transform is/],
    ['short-if.yaml', whole(one('      PermissionsBoundary: !If [C]\n')), 'unknown'],
    ['tagged.yaml', whole(one(bound(`!!str ${MINE}`))), 'unknown'],
    ['twice.yaml', whole(one(bound(CORE) + bound(MINE))), 'unknown'],
    ['lines.yaml', `\ufeff${whole(one(bound('!Ref B')))}`.replaceAll('\n', '\r\n'), 'unknown'],
    ['loop.yaml', `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Roles:\n    - Name\n    - [A, B]\n    - Role\${Name}: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref B, Policies: [{PolicyName: p, PolicyDocument: ${doc}}]}}\n`, 'unknown'],
    ['group.yaml', whole(`  G: {Type: AWS::IAM::Group, Properties: {Policies: [{PolicyName: p, PolicyDocument: ${doc}}]}}\n  U: {Type: AWS::IAM::User, Properties: {Groups: [!Ref G]}}\n`), 'unknown'],
    ['prototype.yaml', whole(one(bound('!Ref toString'), '__proto__'), '  hasOwnProperty: {Type: constructor}\n'), 'unknown'],
    ['given-role.yml', `service: s\nprovider: {name: aws, iam: {role: "arn:aws:iam::111122223333:role/x"}}\nresources:\n  Resources:\n${one('').replace(/^/gm, '  ')}`, 'works'],
    ['instances.tf', tfRole({ for_each: 'toset(["x", "y"])', name: 'each.key' }) + tfInline(CHANNEL, { for_each: 'toset(["x"])', role: 'aws_iam_role.web[each.key].name' }), 'unknown'],
    ['instance.tf', tfRole({ for_each: 'toset(["x", "y"])', name: 'each.key' }) + tfInline(CHANNEL, { role: 'aws_iam_role.web["x"].name' }), 'unknown'],
    ['inputs.hcl', `inputs = {\n  role_policies = ["${CORE}"]\n  role_permissions_boundary_arn = get_env("B")\n}\n`, 'unknown', /get_env\("B"\) is the permissions boundary/],
    ['broken-plan.json', { format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources: [null, 5, { type: 'aws_iam_role' }, resource('aws_iam_role', 'a', { permissions_boundary: {} }), resource('aws_iam_role_policy', 'p', { role: 5, policy: JSON.stringify(CHANNEL) })] } } }, 'unknown'],
  ]), []);
  const cwd = folder({ 'a/t.yaml': whole(one(bound(MINE))), 'b/t.yaml': whole(one('')) });
  const { stdout } = await postern(['role', 'a/t.yaml', 'b/t.yaml', '--wants', 'node.channel'], { cwd });
  assert.match(stdout, /^unknown node\.channel/m, 'two files call their roles the same');
});

test('a policy that nobody is said to have, or somebody unknown, is not known to be of the role in the file', async () => {
  const web = tfRole();
  assert.deepEqual(await results([
    ['output.json', template({ R: role({}), P: managed(CHANNEL) }, { Outputs: { Arn: { Value: { Ref: 'P' } } } }), 'unknown'],
    ['by-name.json', template({ R: role({}), P: managed(CHANNEL, { ManagedPolicyName: 'Mine' }), O: { Type: 'AWS::SSM::Parameter', Properties: { Value: MINE } } }), 'unknown'],
    ['output.tf', `${web}${tfPolicy(CHANNEL)}output "arn" {\n  value = aws_iam_policy.mine.arn\n}\n`, 'unknown'],
    ['module-argument.tf', `${web}${tfPolicy(CHANNEL)}module "m" {\n  source = "./m"\n  arn = aws_iam_policy.mine.arn\n}\n`, 'unknown'],
    ['variable.tf', web + tfPolicy(CHANNEL) + attach('var.arn'), 'unknown'],
    ['by-data.tf', `${web}${tfPolicy(CHANNEL, { name: '"Mine"' })}data "aws_iam_policy" "d" {\n  name = "Mine"\n}\n${attach('module.m.arns[0]', { role: 'var.role' })}`, 'unknown'],
    ['elsewhere.tf', web + attach(`"${CORE}"`, { role: 'module.other.role_name' }), 'unknown'],
    ['parameter.json', template({ R: role({}), P: apart(CHANNEL, [{ Ref: 'Other' }]) }), 'unknown'],
    ['one.tf', web + attach(`"${CORE}"`, { role: 'one(aws_iam_role.web[*].name)' }), 'works'],
    ['either.tf', web + tfRole({}, 'b') + attach(`"${CORE}"`, { role: 'var.c ? aws_iam_role.web.name : aws_iam_role.b.name' }), 'unknown', undefined, ['--role', 'web']],
    ['local.tf', `locals {\n  p = ${json(CHANNEL)}\n}\n${web}${tfInline(CHANNEL, { policy: 'local.p' })}`, 'works'],
    ['local-object.tf', `locals {\n  p = ${hcl(CHANNEL)}\n}\n${web}${tfInline(CHANNEL, { policy: 'jsonencode(local.p)' })}`, 'works'],
    ['local-data.tf', `locals {\n  p = data.aws_iam_policy_document.d.json\n}\n${web}${tfInline(CHANNEL, { policy: 'local.p' })}${data(CHANNEL)}`, 'works'],
    ['local-of-other.tf', `locals {\n  p = ${json(CHANNEL)}\n}\n${web}${tfRole({}, 'b')}${tfInline(CHANNEL, { policy: 'local.p', role: 'aws_iam_role.b.id' })}`, 'fails', undefined, ['--role', 'web']],
    ['source.tf', `${web}${tfInline(CHANNEL, { policy: 'data.aws_iam_policy_document.e.json' })}${data(CHANNEL)}data "aws_iam_policy_document" "e" {\n  source_policy_documents = [data.aws_iam_policy_document.d.json]\n}\n`, 'works'],
  ]), []);
});

test('a managed policy of which nothing speaks is attached to nobody: it is no policy of the role, which is said once', async () => {
  const said = /^postern: (?:Resources\.P|aws_iam_policy\.mine) is attached to nobody in these files, and is taken to be no policy of a role; --role (?:Resources\.P|aws_iam_policy\.mine) asks of it alone\.$/m;
  const alone = /is attached to nobody in these files, and is taken to be the policy of the role, of which they do not tell\.$/m;
  assert.deepEqual(await results([
    ['unattached.json', template({ R: role({}), P: managed(CHANNEL) }), 'fails', said],
    ['unattached.yaml', `Resources:\n  R: {Type: AWS::IAM::Role, Properties: {}}\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {PolicyDocument: ${JSON.stringify(CHANNEL)}}\n`, 'fails', said],
    ['denying.json', template({ R: role({ Policies: [inline(CHANNEL)] }), P: managed(DENY) }), 'works', said],
    ['conditional.json', template({ R: role({ Policies: [inline(CHANNEL)] }), P: { Condition: 'C', ...managed(DENY) } }), 'works', said],
    ['unattached.tf', tfRole() + tfPolicy(CHANNEL), 'fails', said],
    ['same-name.tf', tfRole({}, 'mine') + tfPolicy(CHANNEL, { name: '"mine"' }), 'fails', said],
    ['counted.tf', tfRole() + tfPolicy(CHANNEL, { count: 'var.n' }), 'fails', said],
    ['other-attached.tf', tfRole() + tfPolicy(CHANNEL) + attach(`"${CORE}"`), 'works', said],
    ['alone.json', template({ P: managed(CHANNEL) }), 'works', alone],
    ['alone.tf', tfPolicy(CHANNEL), 'works', alone],
  ]), []);
  // What another file of the module says counts, though it was not given.
  const module_ = folder({ 'main.tf': tfRole() + tfPolicy(CHANNEL), 'iam.tf': attach('aws_iam_policy.mine.arn') });
  assert.doesNotMatch((await postern(['role', 'main.tf', '--wants', 'node.channel', '--side', 'node'], { cwd: module_ })).stderr, /attached to nobody/);
  const cwd = folder({ 'a.json': template({ R: role({}), P: managed(CHANNEL), Q: managed(OTHER) }) });
  const { stdout, stderr } = await postern(['role', 'a.json', '--side', 'node', '--format', 'json'], { cwd });
  const line = 'Resources.P and Resources.Q are attached to nobody in these files, and are taken to be no policies of a role; --role Resources.P asks of one of them alone.';
  assert.ok(JSON.parse(stdout).assumptions.includes(line), stdout);
  assert.equal(stderr, `postern: ${line}\n`);
});

test('a document that stands in another file of a module is that of the resource that takes it; one that is not given is unknown', async () => {
  const cwd = folder({
    'role.tf': tfRole() + tfRole({}, 'b') + tfInline(CHANNEL, { policy: 'data.aws_iam_policy_document.d.json' }) + tfInline(OTHER, { role: 'aws_iam_role.b.id', policy: 'local.p' }, 'q'),
    'data.tf': `${data(CHANNEL)}locals {\n  p = ${json(OTHER)}\n}\n`,
  });
  const run = async (...words) => {
    const { stdout, stderr } = await postern(['role', ...words, '--wants', 'node.channel', '--side', 'node'], { cwd });
    return [/^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1], /not looked at: (\S+), which is in none of the files/.exec(stderr)?.[1]];
  };
  assert.deepEqual(await run('role.tf', 'data.tf', '--role', 'web'), ['works', undefined]);
  assert.deepEqual(await run('role.tf', 'data.tf', '--role', 'b'), ['fails', undefined]);
  assert.deepEqual(await run('role.tf', '--role', 'web'), ['unknown', 'data.aws_iam_policy_document.d']);
  assert.deepEqual(await run('role.tf', '--role', 'b'), ['unknown', 'locals.p']);
});

test('what AWS printed of one role and a template of another are not one role; one whose name is not known may be the same', async () => {
  const printed = (RoleName, PolicyDocument = OTHER) => JSON.stringify({ RoleName, PolicyName: 'own', PolicyDocument });
  const item = { version: '1.3', resourceType: 'AWS::IAM::Role', resourceName: 'Web', configuration: { roleName: 'Web', rolePolicyList: [{ policyName: 'own', policyDocument: encodeURIComponent(JSON.stringify(OTHER)) }], attachedManagedPolicies: [] } };
  const details = { RoleDetailList: ['Web', 'Other'].map((RoleName) => ({ RoleName, Arn: `arn:aws:iam::111122223333:role/${RoleName}`, RolePolicyList: [inline(OTHER)], AttachedManagedPolicies: [] })), Policies: [] };
  const backend = template({ R: role({ RoleName: 'Backend', Policies: [inline(CHANNEL)] }) });
  const nameless = template({ R: role({ RoleName: { 'Fn::Sub': '${AWS::StackName}-role' }, Policies: [inline(CHANNEL)] }) });
  const tf = tfRole({ name: '"Backend"' }) + tfInline(CHANNEL);
  const byName = tfInline(CHANNEL, { role: '"Backend"' });
  const [ASKED, DENIED] = [['--role', 'Web'], /depends on which role is meant/];
  const problems = [];
  for (const [name, files, wanted, said, words = []] of [
    ['template', { 'w.json': printed('Web'), 'b.json': backend }, 'unknown', DENIED],
    ['module', { 'w.json': printed('Web'), 'b.tf': tf }, 'unknown', DENIED],
    ['role by its name', { 'w.json': printed('Web'), 'b.tf': byName }, 'fails', /which is of others/],
    ['item of AWS Config', { 'w.json': item, 'b.json': backend }, 'unknown', DENIED],
    ['details', { 'w.json': details, 'b.json': backend }, 'unknown', /There are Backend and the roles of w\.json/],
    ['nameless', { 'w.json': printed('Web'), 'b.json': nameless }, 'unknown', DENIED],
    ['the same', { 'w.json': printed('Backend'), 'b.json': backend }, 'works', /^Backend: 2 policies/m],
    ['the same of two', { 'w.json': printed('Backend'), 'b.json': template({ ...backend.Resources, S: role({ RoleName: 'Other' }) }) }, 'unknown', DENIED],
    ['no role', { 'w.json': printed('Web'), 'b.json': template({ P: managed(CHANNEL) }) }, 'works', /^Web: 2 policies/m],
    ['nobody named', { 'w.json': CHANNEL, 'b.json': backend }, 'works', /^Backend: 2 policies/m],
    ['asked of a template', { 'w.json': printed('Web'), 'b.json': backend }, 'fails', /^Web: 1 policy/m, ASKED],
    ['asked of a module', { 'w.json': printed('Web'), 'b.tf': tf }, 'fails', /^Web: 1 policy/m, ASKED],
    ['asked of details', { 'w.json': details, 'b.json': backend }, 'fails', /^Web: 1 policy/m, ASKED],
    ['asked of an item', { 'w.json': item, 'b.json': backend }, 'fails', /^Web: 1 policy/m, ASKED],
    ['asked beside nameless', { 'w.json': printed('Web'), 'b.json': nameless }, 'unknown', /Resources\.R may be "Web", since only the deployment knows what it is called/, ASKED],
    ['asked of the other', { 'w.json': printed('Web', DENY), 'b.json': backend }, 'works', /w\.json: not looked at: nothing in it is of "Backend"\.[^]*^Backend: 1 policy/m, ['--role', 'Backend']],
    ['asked of nobody', { 'w.json': printed('Web'), 'b.json': backend }, 'exit 2', /There is no role "Nobody" in .*\. There are Backend and Web/, ['--role', 'Nobody']],
  ]) {
    for (const given of [Object.keys(files), ['.']]) {
      const { code, stdout, stderr } = await postern(['role', ...given, '--wants', 'node.channel', '--side', 'node', ...words], { cwd: folder(files) });
      const result = /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1] ?? `exit ${code}`;
      if (result !== wanted || !said.test(stderr + stdout)) problems.push(`${name} by ${given.join(' ')}: ${result} for ${wanted}\n${stdout}${stderr}`);
    }
  }
  assert.deepEqual(problems, []);
});
