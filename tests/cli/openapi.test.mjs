// The policy of an API in its definition: found wherever a resource has such a definition, at its place; nothing else there is one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { folder, postern } from './run.mjs';

const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invok', Resource: 'execute-api:/*' }] };
const INTEGRATION = { '/x': { get: { 'x-amazon-apigateway-integration': { type: 'aws', credentials: 'arn:aws:iam::111122223333:role/x', requestTemplates: { 'application/json': '{"Statement": ["$input"]}' } } } } };
const api = (more = { 'x-amazon-apigateway-policy': POLICY }) => ({ openapi: '3.0.1', info: { title: 'a', version: '1' }, ...more, paths: INTEGRATION });
const template = (Type, Properties) => ({ Resources: { Api: { Type, Properties } } });
const hcl = (value) => JSON.stringify(value, null, 2).replaceAll('": ', '" = ');
const tf = (body) => `resource "aws_api_gateway_rest_api" "a" {\n  name = "a"\n  body = ${body}\n}\n`;
const heredoc = (text) => `<<EOT\n${text}\nEOT`;
const [REST, SAM] = ['AWS::ApiGateway::RestApi', 'AWS::Serverless::Api'];
const planned = (body) => ({ format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources: [{ address: 'aws_api_gateway_rest_api.a', mode: 'managed', type: 'aws_api_gateway_rest_api', name: 'a', values: { name: 'a', body } }] } } });

test('the policy of a definition is found with the place of its findings', async () => {
  const written = {
    'rest.json': template(REST, { Body: api() }), 'rest.yaml': stringify(template(REST, { Body: api() })), 'sam.yaml': stringify(template(SAM, { StageName: 'a', DefinitionBody: { ...api(), swagger: '2.0' } })),
    'either.json': template(REST, { Body: { 'Fn::If': ['C', api(), api({})] } }), 'encoded.tf': tf(`jsonencode(${hcl(api())})`), 'heredoc.tf': tf(heredoc(JSON.stringify(api(), null, 2))),
    'open.tf': tf(heredoc(JSON.stringify(api(), null, 2).replace('"a"', '"${var.title}"').replace('111122223333', '${var.account}'))), 'plan.json': planned(JSON.stringify(api())),
    'api.json': api(), 'api.yaml': stringify(api()), 'swagger.yml': stringify({ ...api(), openapi: undefined, swagger: '2.0' }),
  };
  const cwd = folder(written);
  const problems = [];
  for (const [name, content] of Object.entries(written)) {
    const { code, stdout } = await postern(['check', name, '--format', 'json'], { cwd });
    const { files } = JSON.parse(stdout);
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 4);
    const found = files.flatMap(({ policies }) => policies).flatMap(({ findings }) => findings);
    const lines = text.split('\n');
    const isThere = found.some(({ issueCode: is, locations: [{ span }] }) => is === 'INVALID_ACTION' && (name === 'plan.json' || lines[span.start.line - 1].slice(span.start.column - 1).replace(/^"/, '').startsWith('execute-api:Invok')));
    if (code !== 1 || found.filter(({ issueCode: is }) => is === 'INVALID_ACTION').length !== 1 || !isThere || found.some(({ issueCode: is }) => /MISSING|ELEMENT/.test(is)) || files.flatMap(({ policies }) => policies).some(({ validatePolicyResourceType: type }) => type !== REST)) problems.push(`${name}: ${code} ${stdout}`);
  }
  assert.deepEqual(problems, []);
});

test('a definition without a policy has none, whatever looks like one in it; one in YAML inside of a string is told', async () => {
  const cwd = folder({
    'rest.json': template(REST, { Body: api({}) }), 'sam.json': template(SAM, { StageName: 'a', DefinitionBody: api({}) }), 'a.tf': tf(`jsonencode(${hcl(api({}))})`), 'b.tf': tf(heredoc(JSON.stringify(api({}), null, 2))),
    'c.tf': tf('file("api.yaml")'), 'http.json': template('AWS::ApiGatewayV2::Api', { Body: api() }), 'api.json': api({}), 'api.yaml': stringify(api({})),
  });
  const { stdout, stderr } = await postern(['check', '.'], { cwd });
  assert.match(stdout, /^No policy was checked in /m, stdout);
  assert.doesNotMatch(stderr, /not looked at/);
  const yaml = await postern(['check', 'y.tf'], { cwd: folder({ 'y.tf': tf(heredoc(stringify(api()))) }) });
  assert.match(yaml.stdout + yaml.stderr, /x-amazon-apigateway-policy is YAML inside of a string/);
});
