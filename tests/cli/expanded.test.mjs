// What `postern diff` makes of templates that CloudFormation expands: choices of SAM's templates of policies, dynamic
// references, and loops.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, policy, statement } from './run.mjs';

const PROD = { Env: { Type: 'String' } };
const of = (Resources, more = {}) => ({ 'a.json': { Transform: ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'], Parameters: PROD, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] }, Big: { 'Fn::Equals': [{ Ref: 'Env' }, 'big'] } }, Resources, ...more } });
const when = (...values) => ({ 'Fn::If': values });
const NONE = { Ref: 'AWS::NoValue' };

test('a template of policies of SAM is that of its case', async () => {
  const sam = (Policies, more = {}) => of({ F: { Type: 'AWS::Serverless::Function', ...more, Properties: { Policies } } });
  const [read, crud] = ['S3ReadPolicy', 'S3CrudPolicy'].map((name) => ({ [name]: { BucketName: 'b' } }));
  const role = (ManagedPolicyArns, more = {}) => of({ R: { Type: 'AWS::IAM::Role', ...more, Properties: { AssumeRolePolicyDocument: TRUST, ManagedPolicyArns } }, ...Object.fromEntries(['A', 'B'].map((name) => [name, { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(statement(name === 'A' ? {} : { Action: 's3:*' })) } }])) });
  const [a, b] = ['A', 'B'].map((Ref) => ({ Ref }));
  const told = /Cannot tell|not compared/;
  assert.deepEqual(await codes([
    ['exchanged', sam([when('Prod', read, crud)]), sam([when('Prod', crud, read)]), 1, told], ['exchanged as lists', sam(when('Prod', [read], [crud])), sam(when('Prod', [crud], [read])), 1, told],
    ['in the other case', sam([read, when('Prod', crud, NONE)]), sam([read, when('Prod', NONE, crud)]), 1, told], ['the outer case', sam([when('Prod', when('Big', crud, read), NONE)]), sam([when('Prod', NONE, when('Big', crud, read))]), 1, told],
    ['in any case', sam([when('Prod', crud, NONE)]), sam([crud]), 1, told], ['another condition', sam([when('Prod', crud, NONE)]), sam([when('Big', crud, NONE)]), 1, told],
    ['the same', sam([when('Prod', read, crud)]), sam([when('Prod', read, crud)], { Metadata: { a: 'b' } }), 0], ['the same in another place', sam([when('Prod', crud, NONE), read]), sam([read, when('Prod', crud, NONE)]), 0],
    ['made here, exchanged', role([when('Prod', a, b)]), role([when('Prod', b, a)]), 1, told], ['made here, exchanged, of a role that is there in a case', role([when('Prod', a, b)], { Condition: 'Big' }), role([when('Prod', b, a)], { Condition: 'Big' }), 1, told], ['made here, the same', role([when('Prod', a, b)]), role([when('Prod', a, b)], { Metadata: { a: 'b' } }), 0],
    ['named, exchanged', sam([when('Prod', 'AmazonS3ReadOnlyAccess', 'AmazonS3FullAccess')]), sam([when('Prod', 'AmazonS3FullAccess', 'AmazonS3ReadOnlyAccess')]), 1, told],
  ]), []);
});

test('a dynamic reference is known to the deployment alone', async () => {
  const bucket = (more, add = {}) => of({ P: { Type: 'AWS::S3::BucketPolicy', ...add, Properties: { Bucket: 'b', PolicyDocument: policy(statement({ Principal: { AWS: '111122223333' }, Resource: 'arn:aws:s3:::b/*', ...more })) } } });
  const by = (AWS, add) => bucket({ Principal: { AWS } }, add);
  const condition = (value) => bucket({ Condition: { StringEquals: { 'aws:PrincipalOrgID': value } } });
  const attached = (...ManagedPolicyArns) => of({ R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ManagedPolicyArns } } });
  const ref = (name) => `{{resolve:ssm:/acc/${name}}}`;
  const sub = (text, values) => ({ 'Fn::Sub': values === undefined ? text : [text, values] });
  const joined = (name) => ({ 'Fn::Join': ['', ['{{resolve:ssm:/acc/', name, '}}']] });
  const api = (AWS, { Action = 'execute-api:Invoke', ...more } = {}) => of({ A: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'p', ...more, DefinitionBody: { openapi: '3.0.1', 'x-amazon-apigateway-policy': policy(statement({ Principal: { AWS }, Action, Resource: sub('execute-api:/${Env}/*') })) } } } });
  const [told, unknown] = [/allows more|Cannot tell/, /Cannot tell/];
  const files = (value) => ({ ...by(sub('{{resolve:ssm:/acc/${Env}}}')), 'a.json': { ...by(sub('{{resolve:ssm:/acc/${Env}}}'))['a.json'], Parameters: { Env: { Type: 'String', Default: value } } } });
  assert.deepEqual(await codes([
    ['another parameter', by(ref('dev')), by(ref('all')), 1, unknown], ['another version', by(ref('dev:1')), by(ref('dev:2')), 1, unknown], ['of a literal', by('111122223333'), by(ref('all')), 1, unknown], ['into a literal', by(ref('dev')), by('*'), 1, told],
    ['an action', bucket({ Action: ref('a') }), bucket({ Action: ref('b') }), 1, unknown], ['a condition', condition(ref('a')), condition(ref('b')), 1, unknown], ['a part of a resource', bucket({ Resource: `arn:aws:s3:::${ref('a')}/*` }), bucket({ Resource: `arn:aws:s3:::${ref('b')}/*` }), 1, told],
    ['by a parameter', files('a'), files('b'), 1, unknown], ['by a value of Fn::Sub', by(sub('{{resolve:ssm:/acc/${P}}}', { P: 'a' })), by(sub('{{resolve:ssm:/acc/${P}}}', { P: 'b' })), 1, unknown], ['joined', by(joined('a')), by(joined('b')), 1, unknown], ['joined of an expression', by(joined({ Ref: 'Env' })), by(joined({ Ref: 'AWS::Region' })), 1, unknown],
    ['a managed policy', attached(ref('a')), attached(ref('b')), 1, /not compared/],
    ['the same', by(ref('dev')), by(ref('dev'), { Metadata: { a: 'b' } }), 0], ['the same by Fn::Sub', by(ref('dev')), by(sub(ref('dev'))), 0], ['the same twice', by([ref('a'), ref('b')]), by([ref('b'), ref('a')]), 0], ['the same joined', by(joined({ Ref: 'Env' })), by(joined({ Ref: 'Env' }), { Metadata: { a: 'b' } }), 0],
    ['more beside it', by(ref('dev')), bucket({ Principal: { AWS: ref('dev') }, Action: 's3:*' }), 1, told],
    ['beside a variable of IAM', bucket({ Resource: `arn:aws:s3:::b/${ref('a')}/\${aws:username}` }), bucket({ Resource: `arn:aws:s3:::b/${ref('b')}/\${aws:username}` }), 1, told], ['within JSON', bucket({}), { 'a.json': { Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument: JSON.stringify(policy(statement({ Principal: { AWS: ref('a') }, Resource: 'arn:aws:s3:::b/*' }))) } } } } }, 1, unknown],
    ['of an API', api(ref('a')), api(ref('b')), 1, unknown], ['the same of an API', api(ref('a')), api(ref('a'), { Description: 'b' }), 0], ['more of an API', api('111122223333', { Action: 'execute-api:Invoke' }), api('111122223333', { Action: 'execute-api:*' }), 1, told],
    ['in YAML', { 'a.yaml': YAML('dev') }, { 'a.yaml': YAML('all') }, 1, unknown], ['the same in YAML', { 'a.yaml': YAML('dev') }, { 'a.yaml': YAML('dev').replaceAll('"', "'") }, 0],
  ]), []);
});

const YAML = (name) => `Resources:\n  P:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: b\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - Effect: Allow\n            Principal: {AWS: "{{resolve:ssm:/acc/${name}}}"}\n            Action: "s3:GetObject"\n            Resource: "arn:aws:s3:::b/*"\n`;

test('what a loop makes is there for each of its values', async () => {
  const loop = (values, name, resource, id = 'N') => ({ [`Fn::ForEach::${id}s`]: [id, values, typeof resource === 'string' ? resource : { [name]: resource }] });
  const POLICIES = [{ PolicyName: 'p', PolicyDocument: policy(statement({ Action: 's3:*', Resource: '*' })) }];
  const role = (more = { Policies: POLICIES }) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } });
  const roles = (values, resource = role(), more = {}) => of(loop(values, 'Role${N}', resource), more);
  const nested = (outer, inner) => of({ 'Fn::ForEach::As': ['A', outer, loop(inner, 'Role${A}${N}', role())] });
  const over = (Default) => roles({ Ref: 'L' }, role(), { Parameters: { ...PROD, L: { Type: 'CommaDelimitedList', Default } } });
  const denying = (values) => roles(values, { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { 'Fn::Sub': '${N}' }, PolicyDocument: policy(statement({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' })) } });
  const permission = { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' } };
  const told = /not as often/;
  assert.deepEqual(await codes([
    ['one more', roles(['a']), roles(['a', 'b']), 1, told], ['another one', roles(['a']), roles(['b']), 1, told], ['one less', roles(['a', 'b']), roles(['a']), 0], ['in another order', roles(['a', 'b']), roles(['b', 'a']), 0], ['the same', roles(['a']), roles(['a'], role(), { Metadata: { a: 'b' } }), 0],
    ['one more of a parameter', over('a'), over('a,b'), 1, told], ['the same of a parameter', over('a'), { 'a.json': { ...over('a')['a.json'], Metadata: { a: 'b' } } }, 0], ['one more of an outer loop', nested(['a'], ['a', 'b']), nested(['a', 'b'], ['a', 'b']), 1, told], ['one more of an inner loop', nested(['a', 'b'], ['a']), nested(['a', 'b'], ['a', 'b']), 1, told],
    ['a policy of AWS', roles(['a'], role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })), roles(['a', 'b'], role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })), 1, told], ['a grant', roles(['a'], permission), roles(['a', 'b'], permission), 1, told], ['a denial that is there less often', denying(['a', 'b']), denying(['a']), 1, told],
    ['a policy that is split at the same time', roles(['a']), roles(['a', 'b'], role({ Policies: [...POLICIES, { PolicyName: 'q', PolicyDocument: policy(statement()) }] })), 1, told],
    ['a loop in place of a role', of({ Rolea: role() }), roles(['a']), 1], ['a property of the roles', roles(['a'], role({ Policies: POLICIES, Path: '/x/' })), roles(['a'], role({ Policies: POLICIES, Path: '/y/' })), 0],
  ]), []);
});
