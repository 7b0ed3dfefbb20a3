// What serverless.yml has beside the statements of the provider: roles of functions, extensions of what the framework makes, and
// who may call an API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { codes, folder, policy, postern, statement } from './run.mjs';

const CHANNEL = [statement({ Action: ['ssm:UpdateInstanceInformation', 'ssmmessages:*'], Resource: '*' })];
const FILES = [statement()];
const BOUND = 'arn:aws:iam::111122223333:policy/Bound';
const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const service = (statements, more = {}, role = {}) => ({ service: 's', provider: { name: 'aws', iam: { role: { name: 'all', statements, ...role } } }, ...more });
const f = (iamRoleStatements, more = {}) => ({ f: { handler: 'a.b', iamRoleStatements, ...more }, g: { handler: 'a.b' } });
const extended = (Properties, id = 'IamRoleLambdaExecution') => ({ resources: { extensions: { [id]: { Properties } } } });
const inline = (Statement) => [{ PolicyName: 'p', PolicyDocument: policy(...Statement) }];

test('a function has its own statements, those of all only where it inherits them, and its own boundary', async () => {
  const problems = [];
  for (const [name, config, wanted, said] of [
    ['its own', service(FILES, { functions: f(CHANNEL) }), { f: 'works', all: 'fails' }],
    ['not those of all', service(CHANNEL, { functions: f(FILES) }), { f: 'fails', all: 'works' }],
    ['those of all too', service(CHANNEL, { functions: f(FILES, { iamRoleStatementsInherit: true }) }), { f: 'works', all: 'works' }],
    ['those of all by default', service(CHANNEL, { functions: f(FILES), custom: { 'serverless-iam-roles-per-function': { defaultInherit: true } } }), { f: 'works' }],
    ['not by default', service(CHANNEL, { functions: f(FILES, { iamRoleStatementsInherit: false }), custom: { 'serverless-iam-roles-per-function': { defaultInherit: true } } }), { f: 'fails' }],
    ['where a value says so', service(CHANNEL, { functions: f(FILES, { iamRoleStatementsInherit: '${self:custom.is}' }) }), { f: 'unknown', all: 'works' }],
    ['by its name', service(FILES, { functions: f(CHANNEL, { iamRoleStatementsName: 'own-role' }) }), { 'own-role': 'works' }],
    ['in a list', service(FILES, { functions: [f(CHANNEL)] }), { f: 'works', all: 'fails' }],
    ['its boundary', service(FILES, { functions: f(CHANNEL, { iamPermissionsBoundary: BOUND }) }), { f: 'unknown', all: 'fails' }, /permissions boundary/],
    ['the boundary of all', service(CHANNEL, { functions: f(CHANNEL) }, { permissionsBoundary: BOUND }), { f: 'unknown', all: 'unknown' }, /permissions boundary/],
    ['the boundary of the plugin', service(CHANNEL, { functions: f(CHANNEL), custom: { 'serverless-iam-roles-per-function': { iamGlobalPermissionsBoundary: BOUND } } }), { f: 'unknown', all: 'unknown' }, /permissions boundary/],
    ['extended', service([], extended({ Policies: inline(CHANNEL) })), { all: 'works' }],
    ['replaced', service(CHANNEL, extended({ Policies: inline(FILES) })), { all: 'fails' }],
    ['replaced and inherited', service(CHANNEL, { functions: f(FILES, { iamRoleStatementsInherit: true }), ...extended({ Policies: inline(FILES) }) }), { f: 'works', all: 'fails' }],
    ['managed', service([], extended({ ManagedPolicyArns: [CORE] })), { all: 'works' }],
    ['other managed ones', service([], extended({ ManagedPolicyArns: [] }), { managedPolicies: [CORE] }), { all: 'fails' }],
    ['a bounded extension', service(CHANNEL, extended({ PermissionsBoundary: BOUND })), { all: 'unknown' }, /permissions boundary/],
    ['the role of a function', service(FILES, { functions: { 'a-b_c': { handler: 'a.b', iamRoleStatements: [] } }, ...extended({ Policies: inline(CHANNEL) }, 'ADashbUnderscorecIamRoleLambdaExecution') }), { 'a-b_c': 'works', all: 'fails' }],
  ]) {
    const cwd = folder({ 'serverless.yml': stringify(config, { aliasDuplicateObjects: false }) });
    for (const [role, result] of Object.entries(wanted)) {
      const { stdout, stderr } = await postern(['role', 'serverless.yml', '--role', role, '--wants', 'node.channel', '--side', 'node'], { cwd });
      const is = /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1] ?? 'none';
      if (is !== result || (said !== undefined && result === 'unknown' && !said.test(stdout + stderr))) problems.push(`${name}, ${role}: ${is} for ${result}\n${stdout}${stderr}`);
    }
  }
  assert.deepEqual(problems, []);
});

test('policies in extensions are checked, each as what it is', async () => {
  const typo = statement({ Action: 's3:GetObjekt' });
  const ofAll = { ...statement({ Action: 'execute-api:Invok', Resource: 'execute-api:/*' }), Principal: '*' };
  const cwd = folder({ 'serverless.yml': stringify(service([], { resources: { extensions: {
    IamRoleLambdaExecution: { Properties: { Policies: inline([typo]) } }, ApiGatewayRestApi: { Properties: { Policy: policy(ofAll) } },
    ServerlessDeploymentBucketPolicy: { Properties: { PolicyDocument: policy({ ...typo, Principal: '*' }) } }, FLambdaFunction: { Properties: { Description: 'Statement' } },
  } } })) });
  const { stdout } = await postern(['check', 'serverless.yml', '--format', 'json'], { cwd });
  const all = JSON.parse(stdout).files[0].policies.map(({ policy: name, type, findings }) => [name, type, findings.some(({ issueCode }) => issueCode === 'INVALID_ACTION')]).filter(([name]) => name.includes('extensions'));
  assert.deepEqual(all, [
    ['resources.extensions.IamRoleLambdaExecution.Policies[0].PolicyDocument', 'identity', true], ['resources.extensions.ApiGatewayRestApi.Policy', 'resource', true],
    ['resources.extensions.ServerlessDeploymentBucketPolicy.PolicyDocument', 'resource', true],
  ]);
});

test('an authorizer that goes, or lets others in, is told as other guards are', async () => {
  const jwt = (more = {}) => ({ type: 'jwt', identitySource: '$request.header.Authorization', issuerUrl: 'https://example.com', audience: ['a'], ...more });
  const api = (authorizers, authorizer = { name: 'jwt' }) => ({ 'serverless.yml': stringify({ service: 's', provider: { name: 'aws', httpApi: { authorizers } }, functions: { f: { handler: 'a.b', events: [{ httpApi: { path: '/x', method: 'get', ...authorizer === null ? {} : { authorizer } } }] } } }) });
  const gone = /keeps? (?:others|out)|keeps out/;
  assert.deepEqual(await codes([
    ['the same', api({ jwt: jwt() }), api({ jwt: jwt() }), 0], ['one more', api({ jwt: jwt() }), api({ jwt: jwt(), other: jwt() }), 0],
    ['gone from the route', api({ jwt: jwt() }), api({ jwt: jwt() }, null), 1, gone],
    ['gone with its use', api({ jwt: jwt() }), api({}, null), 1, gone], ['gone, and of no use before', api({ jwt: jwt(), other: jwt() }), api({ jwt: jwt() }), 0],
    ['another issuer', api({ jwt: jwt() }), api({ jwt: jwt({ issuerUrl: 'https://example.org' }) }), 1],
    ['another audience', api({ jwt: jwt() }), api({ jwt: jwt({ audience: ['a', 'b'] }) }), 1],
    ['another header', api({ jwt: jwt() }), api({ jwt: jwt({ identitySource: '$request.header.Other' }) }), 0],
    ['no boundary any more', { 'serverless.yml': stringify(service(CHANNEL, {}, { permissionsBoundary: BOUND })) }, { 'serverless.yml': stringify(service(CHANNEL)) }, 1],
  ]), []);
});

test('who takes over what all have, and who has another role than before, cannot be told', async () => {
  const files = (config) => ({ 'serverless.yml': stringify(config) });
  const of = (more, { statements = CHANNEL, own = FILES, ...rest } = {}) => files(service(statements, { functions: f(own, more), ...rest }));
  const bare = (more) => files(service(CHANNEL, { functions: { f: { handler: 'a.b', ...more }, g: { handler: 'a.b' } } }));
  const inherits = { iamRoleStatementsInherit: true };
  const byDefault = (defaultInherit) => ({ custom: { 'serverless-iam-roles-per-function': { defaultInherit } } });
  const [told, another] = [/not for the same roles/, /it has another role now/];
  assert.deepEqual(await codes([
    ['what all have', of({}), of(inherits), 1, told], ['by default', of({}), of({}, byDefault(true)), 1, told], ['no more', of(inherits), of({}), 0], ['as before', of(inherits), of({ ...inherits, timeout: 3 }), 0], ['said otherwise', of(inherits), of({}, byDefault(true)), 0], ['as a value says', of({}), of({ iamRoleStatementsInherit: '${self:custom.is}' }), 1],
    ['by another one', of({}, { functions: { ...f(FILES, inherits), g: { handler: 'a.b', iamRoleStatements: FILES } } }), of({}, { functions: { ...f(FILES), g: { handler: 'a.b', iamRoleStatements: FILES, ...inherits } } }), 1, told],
    ['more of what all have', of(inherits), of(inherits, { statements: [statement({ Action: '*', Resource: '*' })] }), 1, /allows more/],
    ['the role of all', of({}), bare({}), 1, another], ['the role of all in place of one', bare({ role: 'arn:aws:iam::111122223333:role/r' }), bare({}), 1, another], ['the role of all as before', bare({}), bare({ timeout: 3 }), 0], ['a function that is gone', bare({}), files(service(CHANNEL, { functions: { g: { handler: 'a.b' } } })), 0, /No policy|0 policies/],
    ['a new function', files(service(CHANNEL, { functions: { g: { handler: 'a.b' } } })), bare({}), 0], ['less of its own', of({}, { own: [...FILES, ...CHANNEL] }), of({}), 0],
  ]), []);
});
