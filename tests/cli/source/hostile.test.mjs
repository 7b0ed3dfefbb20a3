// Files that are broken, endless or made to exhaust: a SourceError with a place, or nothing found; never anything else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError, policiesIn } from './bundle.mjs';

const role = (document) => `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: ${document}\n`;
const bomb = Array.from({ length: 40 }, (_, level) => (level === 0 ? 'a0: &a0 [x, x, x]\n' : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}, *a${level - 1}]\n`)).join('');
const merges = `a0: &a0 {${Array.from({ length: 2000 }, (_, i) => `k${i}: 1`)}}\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: {<<: *a0}\n`).join('')}`;

const ifs = Array.from({ length: 60 }, (_, level) => (level === 0 ? 'i0: &i0 !If [C, x, y]\n' : `i${level}: &i${level} !If [C, *i${level - 1}, *i${level - 1}]\n`)).join('');

const REFUSED = [
  ['a.json', '{"Resources": {"R": }', 20],
  ['a.json', '{"a": "b', 6],
  ['a.json', `{"Resources": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 213],
  ['a.json', `{"Resources": ${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, null],
  ['a.json', `["${'x'.repeat(65 << 20)}"]`, 0],
  ['a.yaml', 'Resources:\n  R: {Type: AWS::IAM::Role\n', null],
  ['a.yaml', 'Resources:\n  R: "open\n', null],
  ['a.yaml', `Resources:\n  R: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, null],
  ['a.yaml', `${merges}${role('{Statement: *a39}')}`, null],
  // A policy that allows everything must not be passed over for what stands beside it.
  ['a.yaml', `${bomb}${role('{Version: "2012-10-17", Statement: *a39}')}`, null],
  ['a.yaml', `${bomb}${role('{Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}, *a39]}')}`, null],
  ['a.yaml', `Resources:\n${'  # long\n'.repeat(500_000)}`, 0],
  ['a.tf', 'resource "aws_iam_policy" "x" {\n  policy = jsonencode({ Statement = [ )\n}\n', null],
  ['a.tf', 'resource "aws_iam_policy" "x" {\n  policy = <<EOF\n{"Statement": []}\n', null],
];

test('what is broken, too long or too deep is refused with its place', async () => {
  const wrong = [];
  for (const [name, text, offset] of REFUSED) {
    const what = `${name} ${text.slice(0, 60)}`;
    try {
      const found = await policiesIn(text, name);
      wrong.push(`${what}: ${found.length} policies`);
    } catch (error) {
      if (!(error instanceof SourceError)) wrong.push(`${what}: ${error.stack}`);
      else if (!/^[A-Z].*\.$/s.test(error.message) || error.message.includes('\n')) wrong.push(`${what}: says ${error.message}`);
      else if (offset !== null && error.offset !== offset) wrong.push(`${what}: at ${error.offset}`);
      else if (!(error.offset >= 0 && error.offset <= text.length)) wrong.push(`${what}: at ${error.offset}, outside`);
    }
  }
  assert.deepEqual(wrong, []);
});

const ENDURED = [
  ['a.yaml', role('&a {Version: "2012-10-17", Statement: [*a]}'), 0],
  ['a.yaml', role('{Version: "2012-10-17", Statement: [{Effect: Allow, Action: *nothing}]}'), 1],
  ['a.yaml', 'Resources: *nothing\n', 0],
  // Choices of choices, of which each is there once.
  ['a.yaml', `${ifs}${role('*i59')}`, 0],
  ['a.yaml', `${ifs}${role('{Version: "2012-10-17", Statement: *i59}')}`, 2],
  ['a.yaml', `${ifs}${role('{Version: "2012-10-17", Statement: [*i59, {Effect: Allow}]}')}`, 1],
  ['a.yaml', `${ifs}Resources: {R: {Type: "AWS::IAM::Role", Properties: {Policies: *i59}}}\n`, 0],
  ['a.tf', `locals {\n  policy = jsonencode({ Statement = ${'flatten([for a in b : '.repeat(150)}{ Effect = "Allow" }${'])'.repeat(150)} })\n}\n`, null],
  ['a.tf', `locals {\n  policy = jsonencode({ Statement = ${'merge({ a = '.repeat(150)}1${' }, c)'.repeat(150)} })\n}\n`, 0],
  ['a.tf', `locals {\n  policy = jsonencode({ Statement = [merge(${'c ? { Effect = "Allow" } : {},'.repeat(20_000)})] })\n}\n`, 1],
  ['a.tf', `locals {\n  policy = jsonencode({ Statement = concat(${'c ? [{ Effect = "Allow" }] : [],'.repeat(5_000)}) })\n}\n`, 1],
  ['a.tf', Array.from({ length: 20_000 }, (_, i) => `resource "aws_iam_policy" "p${i}" {\n  policy = local.p${i}\n}\n`).join(''), 0],
  ['a.yaml', '{{- if .Values.a }}\nkind: x\n', 0],
  ...['{{', '{%', '{{ if x }}\n', '# {{ if x }}\n', '{{/* ', 'a: "{{ x }}"\n', `${'{'.repeat(1000)}}}\n`].map((text) => ['a.yaml', `${text.repeat(40_000 / text.length)}\nStatement: x\nEffect: Allow\nAction: y\n`, null]),
  ['a.yaml', `\ufeff{{ x }}: "{{ y }}"\nb: &b {Statement: [*b, "{{ z }}"], Effect: Allow, Action: "{{ a }}"}\n`, 0],
  ['a.yaml', '', 0],
  ['a.json', '', null],
  ['a.json', 'null', 0],
  ['a.json', '{"Statement": 7}', 0],
  ['a.json', '{"Statement": null}', 1],
  ['a.json', `{"Version": "2012-10-17", "Statement": 7}`, 1],
  ['a.json', '{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [null, 7, {"PolicyDocument": "x"}, {"PolicyDocument": null}]}}}}', 0],
  ['a.json', '{"planned_values": 7, "format_version": "1"}', 0],
  ['a.json', '{"RoleDetailList": [7, {"RoleName": 8, "RolePolicyList": [9], "AssumeRolePolicyDocument": "%7B%zz%ff"}]}', 1],
  ['a.json', '{"__proto__": 1, "constructor": 2, "Policy": "Statement"}', 0],
  ['a.tf.json', '{"resource": {"constructor": {"x": {"policy": "{}"}}, "aws_iam_policy": {"x": 7}}, "data": 8}', 0],
  ['a.tf', '', 0],
  ['a.tf', `x = ${'['.repeat(20_000)}${']'.repeat(20_000)} # policy\n`, 0],
  ['a.tf', `locals {\n  policy = ${'jsonencode('.repeat(300)}{}${')'.repeat(300)}\n}\n`, 0],
  ['a.tf', 'data "aws_iam_policy_document" "x" {\n  statement {\n    condition {}\n    principals {}\n    actions = "x"\n  }\n}\n', 1],
  ['a.tf', 'data "aws_iam_policy_document" {\n}\nresource {\n policy = "{}"\n}\n', 0],
  ['a.json', '\ufeff{"Resources": {"R": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Statement": []}}}}}', 1],
  ['a.json', '\ufeff{"Statement": []}', 1],
  ['a.yaml', `\ufeff${role('{Statement: []}')}`, 1],
  ['a.tf', '\ufeffresource "aws_iam_policy" "x" {\n  policy = "{\\"Statement\\": []}"\n}\n', 1],
  ['stdin', '\u0000\u0001\ufffd', 0],
  ['stdin', 'resource "aws_iam_policy" "x" {\n  policy = "{\\"Statement\\": []}"\n}\n', 1],
  ['stdin', role('{Version: "2012-10-17", Statement: []}'), 1],
];

test('what is odd is read without harm', async () => {
  const wrong = [];
  for (const [name, text, count] of ENDURED) {
    const what = `${name} ${text.slice(0, 90)}`;
    try {
      const found = await policiesIn(text, name);
      if (count !== null && found.length !== count) wrong.push(`${what}: ${found.map((one) => `${one.name} ${one.text.slice(0, 80)}`)}`);
      for (const { text: policy, place } of found) for (const at of [0, policy.length - 1]) {
        const { start, end } = place(at);
        if (!(start >= 0 && end <= text.length && start <= end)) wrong.push(`${what}: place ${start} to ${end}`);
      }
    } catch (error) {
      if (count !== null || !(error instanceof SourceError)) wrong.push(`${what}: ${error.stack}`);
    }
  }
  assert.deepEqual(wrong, []);
});
