// A file that can be read on one side only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLEAN, TRUST, codes } from './run.mjs';

const TEMPLATE = JSON.stringify({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: 'p', PolicyDocument: CLEAN }] } } } }, null, 2);
const MODULE = `resource "aws_iam_policy" "p" {\n  policy = jsonencode(${JSON.stringify(CLEAN).replaceAll('":', '"=')})\n}\n`;
const CUT = ['{', '{"Version":', '<<<<<<< HEAD\n'];

test('a policy that is broken or empty now is none that is gone', async () => {
  const unread = ['p.json', 'p.policy'].flatMap((name) => ['', ' \n', 'null', ...CUT].map((text) => [`${name}: ${JSON.stringify(text)}`, { [name]: CLEAN }, { [name]: text }, 1, /The new policy cannot be read: it (?:is not valid JSON|must be an object)/]));
  assert.deepEqual(await codes([
    ...unread, ['one that was broken', { 'p.json': '{' }, { 'p.json': CLEAN }, 1, /The old policy cannot be read/],
    ['an empty object', { 'p.json': CLEAN }, { 'p.json': '{}' }, 0, /It is gone/], ['a file without policies', { 'p.json': '{"name": "a"}' }, { 'p.json': '{' }, 0, /No policy was changed/],
  ]), []);
});

test('nor is what stood in a template or module that cannot be read', async () => {
  const templates = ['t.json', 't.yaml', 't.template'].flatMap((name) => ['', 'null', TEMPLATE.slice(0, TEMPLATE.length * 0.7), ...CUT].map((text) => [`${name}: ${JSON.stringify(text)}`, { [name]: TEMPLATE }, { [name]: text }, 2, /^postern: new\/t\.\w+:\d+:\d+: (?:This is not|The file )/]));
  const modules = CUT.map((text) => [`a module: ${text}`, { 'm.tf': MODULE }, { 'm.tf': text }, 2, /^postern: new\/m\.tf:1:1: This/]);
  assert.deepEqual(await codes([
    ...templates, ...modules,
    ['a template of permissions', { 't.json': { Resources: { P: { Type: 'AWS::Lambda::Permission', Properties: {} } } } }, { 't.json': '{' }, 2], ['one that was broken', { 't.json': '{' }, { 't.json': TEMPLATE }, 2, /^postern: old\/t\.json/],
    ['what a tool fills in', { 't.template': TEMPLATE }, { 't.template': '{# of a tool #}\nResources: {}\n' }, 2, /^postern: new\/t\.template:1:2: This is not YAML/],
    ['an empty module', { 'm.tf': MODULE }, { 'm.tf': '' }, 0, /It is gone/], ['a broken file of something else', { 't.yaml': 'a: b\n' }, { 't.yaml': 'a: [\n' }, 0, /No policy was changed/],
  ]), []);
});
