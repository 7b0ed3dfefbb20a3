// Functions, APIs and others that become open, or run with another role, where no policy says so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const of = (Resources, more = {}) => ({ 't.json': { ...more, Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Resources } } });
const one = (Type, Properties) => of({ X: { Type, Properties } });
const tf = (type, body) => ({ 'main.tf': `resource "${type}" "x" {\n${Object.entries(body).map(([key, value]) => `  ${key} = ${JSON.stringify(value)}\n`).join('')}}\n` });
const OPEN = /gained\? unknown\n {2}Cannot tell, because what keeps others from access /;

test('boundaries of permission sets, policies of IoT and pools that let guests in are told', async () => {
  const set = (more) => one('AWS::SSO::PermissionSet', { Name: 's', InstanceArn: 'i', ...more });
  const bound = (name) => set({ PermissionsBoundary: { ManagedPolicyArn: `arn:aws:iam::aws:policy/${name}` } });
  const [iot, attached] = ['"a"', '"b"'].map((Resource) => `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:*", "Resource": ${Resource}}]}`);
  const attachment = { 'main.tf': 'resource "aws_ssoadmin_permissions_boundary_attachment" "x" {\n  permission_set_arn = aws_ssoadmin_permission_set.s.arn\n  permissions_boundary {\n    managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n  }\n}\nresource "aws_ssoadmin_permission_set" "s" {\n  name = "s"\n}\n' };
  const alone = { 'main.tf': 'resource "aws_ssoadmin_permission_set" "s" {\n  name = "s"\n}\n' };
  const pool = (is) => one('AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities: is });
  assert.deepEqual(await codes([
    ['a boundary that is gone', bound('ReadOnlyAccess'), set({}), 1, /no permissions boundary bounds it any more/], ['another one', bound('ReadOnlyAccess'), bound('PowerUserAccess'), 1, /another permissions boundary/], ['a new one', set({}), bound('ReadOnlyAccess'), 0, /bounds it now/], ['a set that is gone', bound('ReadOnlyAccess'), of({}), 0],
    ['of Terraform', attachment, alone, 1, /no permissions boundary bounds it any more/],
    ['a policy of IoT', one('AWS::IoT::Policy', { PolicyDocument: JSON.parse(iot) }), one('AWS::IoT::Policy', { PolicyDocument: JSON.parse(attached) }), 1, /what gives access is not what it was/], ['one of Terraform', tf('aws_iot_policy', { policy: iot }), tf('aws_iot_policy', { policy: attached }), 1], ['one less', one('AWS::IoT::Policy', { PolicyDocument: JSON.parse(iot) }), of({}), 0],
    ['guests', pool(false), pool(true), 1, /what gives access was not there before/], ['no guests any more', pool(true), pool(false), 0], ['guests of Terraform', tf('aws_cognito_identity_pool', { allow_unauthenticated_identities: false }), tf('aws_cognito_identity_pool', { allow_unauthenticated_identities: true }), 1],
  ]), []);
});

test('who may call a function or an API is told where that is nobody\'s to say any more', async () => {
  const method = (AuthorizationType) => one('AWS::ApiGateway::Method', { HttpMethod: 'GET', AuthorizationType });
  const route = (AuthorizationType) => one('AWS::ApiGatewayV2::Route', { RouteKey: 'GET /', AuthorizationType });
  const sam = (Auth, more) => of({ A: { Type: 'AWS::Serverless::Api', Properties: { StageName: 's', ...Auth === null ? {} : { Auth } } } }, more);
  const event = (Auth, isThere = true) => one('AWS::Serverless::Function', { Runtime: 'r', Events: isThere ? { E: { Type: 'Api', Properties: { Path: '/', ...Auth === null ? {} : { Auth } } } } : {} });
  const authorizers = { Mine: { UserPoolArn: 'p' } };
  const graph = (more) => tf('aws_appsync_graphql_api', { name: 'g', ...more });
  assert.deepEqual(await codes([
    ['a method', method('AWS_IAM'), method('NONE'), 1, OPEN], ['one that is guarded', method('NONE'), method('AWS_IAM'), 0], ['another guard', method('AWS_IAM'), method('CUSTOM'), 1, OPEN], ['a new open one', of({}), method('NONE'), 0], ['a method that is gone', method('AWS_IAM'), of({}), 0],
    ['a route', route('JWT'), route('NONE'), 1, OPEN], ['of Terraform', tf('aws_api_gateway_method', { authorization: 'AWS_IAM' }), tf('aws_api_gateway_method', { authorization: 'NONE' }), 1, OPEN], ['a route of Terraform', tf('aws_apigatewayv2_route', { authorization_type: 'AWS_IAM' }), tf('aws_apigatewayv2_route', {}), 1, OPEN],
    ['AppSync', one('AWS::AppSync::GraphQLApi', { AuthenticationType: 'AWS_IAM' }), one('AWS::AppSync::GraphQLApi', { AuthenticationType: 'API_KEY' }), 1, OPEN], ['of Terraform', graph({ authentication_type: 'AWS_IAM' }), graph({ authentication_type: 'API_KEY' }), 1, OPEN], ['its name', graph({ authentication_type: 'AWS_IAM' }), graph({ authentication_type: 'AWS_IAM', tags: {} }), 0],
    ['an authorizer of SAM', sam({ DefaultAuthorizer: 'Mine', Authorizers: authorizers }), sam({ Authorizers: authorizers }), 1, OPEN], ['no Auth at all', sam({ DefaultAuthorizer: 'AWS_IAM' }), sam(null), 1, OPEN], ['the same', sam({ DefaultAuthorizer: 'AWS_IAM' }), sam({ DefaultAuthorizer: 'AWS_IAM' }), 0],
    ['a list of addresses', sam({ ResourcePolicy: { IpRangeWhitelist: ['10.0.0.0/8'] } }), sam({ ResourcePolicy: { IpRangeWhitelist: ['0.0.0.0/0'] } }), 1, OPEN],
    ['of all APIs', sam(null, { Globals: { Api: { Auth: { DefaultAuthorizer: 'AWS_IAM' } } } }), sam(null, { Globals: { Api: { Name: 'n' } } }), 1, OPEN], ['with Globals', sam(null, { Globals: { Api: { Auth: { DefaultAuthorizer: 'AWS_IAM' } } } }), sam(null), 1, OPEN],
    ['an event', event({ Authorizer: 'AWS_IAM' }), event({ Authorizer: 'NONE' }), 1, OPEN], ['one that was guarded by its API', event(null), event({ Authorizer: 'NONE' }), 1, /t\.json:\d+:\d+ gained\? unknown/], ['one that is gone', event({ Authorizer: 'AWS_IAM' }), event(null, false), 0], ['a new one', event(null, false), event({ Authorizer: 'AWS_IAM' }), 0],
  ]), []);
});

test('the role and the guards of functions of the Serverless Framework are told', async () => {
  const yaml = (functions, provider = '') => ({ 'serverless.yml': `service: s\nprovider:\n  name: aws\n${provider}functions:\n${functions}` });
  const role = (arn) => yaml('  f:\n    handler: h\n', arn === null ? '' : `  iam:\n    role: ${arn}\n`);
  const fn = (more, name = 'f') => yaml(`  ${name}:\n    handler: h\n${more.map((line) => `    ${line}\n`).join('')}`);
  const http = (...more) => fn(['events:', '  - http:', '      path: a', '      method: get', ...more.map((line) => `      ${line}`)]);
  const another = /it has another role now/;
  assert.deepEqual(await codes([
    ['the role', role('arn:aws:iam::111122223333:role/a'), role('arn:aws:iam::111122223333:role/b'), 1, another], ['a role that was made', role(null), role('arn:aws:iam::111122223333:role/b'), 1, another], ['the same', role('a'), role('a'), 0], ['a role with a name', role(null), role('{name: n}'), 0],
    ['that of a function', fn(['role: a']), fn(['role: b']), 1, another], ['a new function', fn([], 'g'), fn(['role: a']), 0],
    ['a URL', fn(['url:', '  authorizer: aws_iam']), fn(['url: true']), 1, /serverless\.yml:\d+:\d+ gained\? unknown\n {2}Cannot tell, because what gives access/], ['one that is new', fn([]), fn(['url: true']), 1], ['a guarded one', fn([]), fn(['url:', '  authorizer: aws_iam']), 0], ['one that is guarded', fn(['url: true']), fn(['url:', '  authorizer: aws_iam']), 0],
    ['an event', http('authorizer: aws_iam'), http(), 1, OPEN], ['with a key', http('private: true'), http('private: false'), 1, OPEN], ['one that is guarded', http(), http('authorizer: aws_iam'), 0], ['an event that is gone', http('authorizer: aws_iam'), fn([]), 0], ['a new one', fn([]), http('authorizer: aws_iam'), 0],
  ]), []);
});
