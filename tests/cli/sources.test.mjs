// What `postern diff` makes of calls that name another module, template or source than before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const TOLD = /not for the same roles, or not as often/;
const module = (Action) => `variable "name" {}\nresource "aws_iam_role" "r" {\n  name               = var.name\n  assume_role_policy = "{}"\n}\nresource "aws_iam_role_policy" "p" {\n  role   = aws_iam_role.r.name\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${Action}", Resource = "*" }] })\n}\n`;
const MODULES = { 'ro/main.tf': module('s3:GetObject'), 'rw/main.tf': module('s3:*') };
const root = (calls, more = '') => ({ 'main.tf': Object.entries(calls).map(([label, source]) => `module "${label}" {\n  source = "./${source}"\n  name   = "${label}"\n  ${more}\n}\n`).join(''), ...MODULES });

test('a call that has the source of another one is another call', async () => {
  assert.deepEqual(await codes([
    ['two that exchange theirs', root({ web: 'ro', ci: 'rw' }), root({ web: 'rw', ci: 'ro' }), 1, TOLD],
    ['three of two', root({ a: 'ro', b: 'rw', c: 'ro' }), root({ a: 'ro', b: 'ro', c: 'rw' }), 1, TOLD],
    ['one instead of one that is gone', root({ a: 'ro', b: 'ro', c: 'rw' }), root({ a: 'rw', b: 'ro' }), 1, /gained\? unknown\n.*not for the same roles/],
    ['with instances', root({ web: 'ro', ci: 'rw' }, 'count = 2'), root({ web: 'rw', ci: 'ro' }, 'count = 2'), 1, TOLD],
  ]), []);
  const unit = (source, name) => `terraform {\n  source = "../${source}"\n}\ninputs = {\n  name = "${name}"\n}\n`;
  const units = (web, ci) => ({ 'web/terragrunt.hcl': unit(web, 'web'), 'ci/terragrunt.hcl': unit(ci, 'ci'), ...MODULES });
  const template = (Action) => ({ Parameters: { Name: { Type: 'String' } }, Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'Name' }, AssumeRolePolicyDocument: {}, Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } }] } } } });
  const stack = (url, Name) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `./${url}.json`, Parameters: { Name } } });
  const stacks = (web, ci) => ({ 'main.json': { Resources: { Web: stack(web, 'web'), Ci: stack(ci, 'ci') } }, 'ro.json': template('s3:GetObject'), 'rw.json': template('s3:*') });
  assert.deepEqual(await codes([
    ['units of Terragrunt', units('ro', 'rw'), units('rw', 'ro'), 1, TOLD], ['the same units', units('ro', 'rw'), { ...units('ro', 'rw'), 'web/terragrunt.hcl': `# The web.\n${unit('ro', 'web')}` }, 0],
    ['stacks', stacks('ro', 'rw'), stacks('rw', 'ro'), 1, TOLD],
  ]), []);
});

test('a call with another label is the same call', async () => {
  const named = (calls) => ({ 'main.tf': Object.entries(calls).map(([label, [source, name]]) => `module "${label}" {\n  source = "./${source}"\n  name   = "${name}"\n}\n`).join(''), ...MODULES });
  assert.deepEqual(await codes([
    ['one', root({ web: 'ro', ci: 'rw' }), root({ site: 'ro', ci: 'rw' }), 0], ['both', named({ web: ['ro', 'web'], ci: ['rw', 'ci'] }), named({ site: ['ro', 'web'], build: ['rw', 'ci'] }), 0],
    ['both in another order', named({ web: ['ro', 'web'], ci: ['rw', 'ci'] }), named({ build: ['rw', 'ci'], site: ['ro', 'web'] }), 0],
    ['in another order', root({ web: 'ro', ci: 'rw' }), root({ ci: 'rw', web: 'ro' }), 0],
  ]), []);
});

test('a call with another label that is given something else is told', async () => {
  const body = 'variable "name" {}\nvariable "action" {\n  default = "s3:*"\n}\nresource "aws_iam_role" "r" {\n  name               = var.name\n  assume_role_policy = "{}"\n}\nresource "aws_iam_role_policy" "p" {\n  role   = aws_iam_role.r.name\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = var.action, Resource = "*" }] })\n}\n';
  const calls = (all) => ({ 'main.tf': Object.entries(all).map(([label, [name, action]]) => `module "${label}" {\n  source = "./m"\n  name   = "${name}"\n${action === undefined ? '' : `  action = "${action}"\n`}}\n`).join(''), 'm/main.tf': body });
  const [read, all] = ['s3:GetObject', 's3:*'];
  assert.deepEqual(await codes([
    ['what another one was given', calls({ a: ['a', read], b: ['b', all] }), calls({ c: ['a', all], b: ['b', all] }), 1], ['a default', calls({ a: ['a', read], b: ['b', all] }), calls({ c: ['a'], b: ['b', all] }), 1],
    ['names that are exchanged', calls({ a: ['a', read], b: ['b', all] }), calls({ c: ['b', read], d: ['a', all] }), 1], ['the same', calls({ a: ['a', read], b: ['b', all] }), calls({ d: ['b', all], c: ['a', read] }), 0],
    ['another name', calls({ a: ['a', read], b: ['b', all] }), calls({ c: ['c', read], b: ['b', all] }), 0],
  ]), []);
});
