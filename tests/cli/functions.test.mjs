// What `postern diff` makes of functions of a template where policies, or what gives access, may stand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, codes, policy, statement } from './run.mjs';

const include = (at) => ({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: `s3://a/${at}.yaml` } } });
const find = (at) => ({ 'Fn::FindInMap': ['M', 'a', at] });
const template = (Resources, more = {}) => ({ 't.json': { Resources, Mappings: { M: { a: { b: 'arn:aws:iam::aws:policy/ReadOnlyAccess', c: 'arn:aws:iam::aws:policy/AdministratorAccess' } } }, ...more } });
const resource = (Type, Properties, more = {}) => template({ R: { Type, Properties, ...more } });
const role = (more, about) => template({ R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } } }, about);
const READS = policy(statement());
const SAM = { Transform: 'AWS::Serverless-2016-10-31' };

/** What a function says, as it was and as it is. */
const both = (name, make, [before, after] = [include('b'), include('c')], said = undefined) => [name, make(before), make(after), 1, said];
const NOT_COMPARED = /not compared/;

test('a function in the place of policies is not compared where it is another one now', async () => {
  const macro = (Actions) => ({ 'Fn::Transform': { Name: 'Mine', Parameters: { Actions } } });
  assert.deepEqual(await codes([
    ...[['an include', [include('b'), include('c')]], ['a macro', [macro('s3:GetObject'), macro('s3:*')]], ['a mapping', [find('b'), find('c')]], ['a parameter', [{ Ref: 'P' }, { Ref: 'Q' }]], ['an import', [{ 'Fn::ImportValue': 'p' }, { 'Fn::ImportValue': 'q' }]]]
      .flatMap(([name, values]) => [both(`${name} as policies`, (Policies) => role({ Policies }), values, NOT_COMPARED), both(`${name} as one of them`, (one) => role({ Policies: [one] }), values, NOT_COMPARED)]),
    both('in one case', (one) => role({ Policies: { 'Fn::If': ['C', one, { Ref: 'AWS::NoValue' }] } }), undefined, NOT_COMPARED),
    ['what could be read', role({ Policies: [{ PolicyName: 'x', PolicyDocument: READS }] }), role({ Policies: include('b') }), 1, NOT_COMPARED], ['a new one', role({}), role({ Policies: include('b') }), 1, NOT_COMPARED], ['one that is gone', role({ Policies: include('b') }), role({}), 1, NOT_COMPARED],
    both('a resource', (R) => template({ R }), undefined, NOT_COMPARED), both('all resources', (Resources) => template(Resources), undefined, NOT_COMPARED), both('a loop', (all) => template({ S: { Type: 'AWS::S3::Bucket' }, 'Fn::ForEach::X': all }), undefined, NOT_COMPARED),
    both('properties', (Properties) => resource('AWS::IAM::Role', Properties), undefined, NOT_COMPARED), both('beside the template', (all) => template({ S: { Type: 'AWS::S3::Bucket' } }, all), undefined, NOT_COMPARED),
    both('defaults', (Globals) => template({ R: { Type: 'AWS::Serverless::Function' } }, { ...SAM, Globals }), undefined, NOT_COMPARED), both('defaults of functions', (Function) => template({ R: { Type: 'AWS::Serverless::Function' } }, { ...SAM, Globals: { Function } }), undefined, NOT_COMPARED),
    both('what a policy stands in', (ResourcePolicy) => resource('AWS::DynamoDB::Table', { ResourcePolicy }), undefined, NOT_COMPARED), both('a list of such', (Replicas) => resource('AWS::DynamoDB::GlobalTable', { Replicas }), undefined, NOT_COMPARED),
    both('the body of an API', (Body) => resource('AWS::ApiGateway::RestApi', { Body }), undefined, NOT_COMPARED), both('a policy of an organization', (Properties) => resource('AWS::Organizations::Policy', Properties), undefined, NOT_COMPARED),
  ]), []);
});

test('a function in the place of what gives access is told where it is another one now', async () => {
  const UNTOLD = /cannot be told for sure/;
  const told = (name, make, values) => both(name, make, values, UNTOLD);
  const named = (Resource, more) => template({ R: { Type: 'AWS::IAM::Policy', ...more, Properties: { PolicyName: 'x', Roles: ['r'], PolicyDocument: policy(statement({ Resource })) } } });
  const sections = (text, about) => ({ 't.json': { ...text['t.json'], ...about } });
  assert.deepEqual(await codes([
    ...['AWS::IAM::UserToGroupAddition', 'AWS::IAM::InstanceProfile', 'AWS::SSO::Assignment', 'AWS::Lambda::Permission', 'AWS::Lambda::Url', 'AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::CloudFormation::Stack'].map((type) => told(type, (Properties) => resource(type, Properties))),
    told('beside properties', (one) => resource('AWS::Lambda::Permission', {}, one)), told('parameters of a stack', (Parameters) => resource('AWS::CloudFormation::Stack', { TemplateURL: 'https://s3/x', Parameters })),
    told('events', (Events) => template({ R: { Type: 'AWS::Serverless::Function', Properties: { Events } } }, SAM)), told('an event', (E) => template({ R: { Type: 'AWS::Serverless::Function', Properties: { Events: { E } } } }, SAM)),
    told('a part of what says who may call', (FunctionUrlConfig) => template({ R: { Type: 'AWS::Serverless::Function', Properties: { FunctionUrlConfig } } }, SAM)),
    told('mappings', (Mappings) => sections(named(find('b')), { Mappings })), told('conditions', (Conditions) => sections(named('*', { Condition: 'C' }), { Conditions })),
    told('conditions of a choice', (Conditions) => sections(named({ 'Fn::If': ['C', '*', 'arn:aws:s3:::b/*'] }), { Conditions })),
  ]), []);
});

test('a function that is the same, or gives no access, says nothing', async () => {
  const alike = (name, make, [before, after] = [include('b'), include('c')]) => [name, make(before), make(after), 0];
  const named = (about) => template({ R: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'x', Roles: ['r'], PolicyDocument: policy(statement({ Resource: { Ref: 'P' } })) } } }, { Parameters: { P: { Type: 'String' } }, ...about });
  assert.deepEqual(await codes([
    alike('another description', (Description) => role({ Policies: include('b') }, { Description }), ['x', 'y']), alike('nothing', (more) => role(more), [{}, { Policies: { Ref: 'AWS::NoValue' } }]),
    alike('another place', (all) => role({ Policies: all }), [[include('b'), { Ref: 'P' }], [{ Ref: 'P' }, include('b')]]), alike('another mapping', (x) => template({ R: { Type: 'AWS::IAM::Role', Properties: { Policies: find('b') } } }, { Mappings: { M: { a: { b: 'x' } }, N: { a: { b: x } } } }), ['1', '2']),
    ['as YAML', { 't.yaml': 'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: x}}}\n' }, { 't.yaml': 'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        Fn::Transform:\n          Name: AWS::Include\n          Parameters: {Location: x}\n' }, 0],
    alike('tags', (Tags) => role({ Tags })), alike('metadata', (Metadata) => role({}, { Metadata })), alike('outputs', (Outputs) => role({}, { Outputs })), alike('mappings that nobody names', (Mappings) => named({ Mappings })), alike('conditions that nobody names', (Conditions) => named({ Conditions })),
    alike('a resource that gives nothing', (Properties) => resource('AWS::SNS::Topic', Properties)),
  ]), []);
});

test('what a mapping gives is compared where its keys are named', async () => {
  const named = (Resource, b, more = {}) => template({ R: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'x', Roles: ['r'], PolicyDocument: policy(statement({ Resource, ...more })) } } }, { Mappings: { M: { a: { b } } } });
  const holding = (property, b) => template({ R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, [property]: find('b') } } }, { Mappings: { M: { a: { b } } } });
  const [B, C] = ['arn:aws:s3:::b/*', 'arn:aws:s3:::c/*'];
  const MORE = /allows more/;
  const inText = { 'Fn::Sub': ['arn:aws:s3:::${Name}/*', { Name: find('b') }] };
  const open = { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'b'] };
  const managed = (name) => [`arn:aws:iam::aws:policy/${name}`];
  assert.deepEqual(await codes([
    ['a text', named(find('b'), B), named(find('b'), '*'), 1, MORE], ['a list', named(find('b'), [B]), named(find('b'), [B, C]), 1, MORE], ['in a text', named(inText, 'b'), named(inText, 'c'), 1, MORE], ['an action', named(B, ['s3:GetObject'], { Action: find('b') }), named(B, ['s3:*'], { Action: find('b') }), 1, MORE],
    ['less', named(find('b'), [B, C]), named(find('b'), [B]), 0, /allows less/], ['put in its place', named(B, B), named(find('b'), B), 0, /0 policies allow more, 0 allow less/], ['written out', named(find('b'), B), named(B, B), 0, /0 policies allow more, 0 allow less/],
    ['by a Region', named(open, B), named(open, '*'), 1, /cannot be told/], ['no such key', named(find('x'), B), named(find('y'), B), 1, /cannot be told/],
    ['managed policies', holding('ManagedPolicyArns', managed('AmazonSSMManagedInstanceCore')), holding('ManagedPolicyArns', managed('AdministratorAccess')), 1, MORE], ['the same', holding('ManagedPolicyArns', managed('AdministratorAccess')), holding('ManagedPolicyArns', managed('AdministratorAccess')), 0],
    ['policies', holding('Policies', 'x'), holding('Policies', 'y'), 1, NOT_COMPARED],
  ]), []);
});
