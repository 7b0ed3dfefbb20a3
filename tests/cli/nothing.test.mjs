// What a run says that checked no policy, and its exit code: that it found none is no success, and neither is a file that may hold one and
// cannot be read; that only the deployment knows what they say is nobody's mistake.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, folder, postern } from './run.mjs';

const module = (policy) => `resource "aws_iam_policy" "p" {\n  policy = ${policy}\n}\n`;
const chart = `p: |\n  {"Version": "2012-10-17", "Statement": [\n  {{- if .Values.a }}\n  {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}\n  {{- end }}\n  ]}\n`;
const none = (many, names) => `postern: ${many} no policy: ${names}.\n`;
const OF_DEPLOYMENT = /^postern: No policy was checked: nothing can be read of (?:the one that was|the \d that were) found\. Check what is deployed/m;

test('a run that finds no policy is no success, and says why', async () => {
  const problems = [];
  for (const [name, files, words, stderr] of [
    ['JSON', { 'd/a.json': '{ broken' }, ['d'], 'postern: d/a.json:1:3: This is not JSON: invalid symbol.\npostern: d: no policy was found.\n'],
    ['YAML', { 'd/a.yaml': 'a: [1\n b: {' }, ['d'], /^postern: d\/a\.yaml:2:\d: This is not YAML: .*\npostern: d: no policy was found\.\n$/],
    ['a module', { 'd/a.tf': 'locals {\n' }, ['d'], /^postern: d\/a\.tf:2:1: This is not HCL .*\npostern: d: no policy was found\.\n$/],
    ['one beside others', { 'a.json': '{ broken', 'package.json': {} }, ['.'], `postern: a.json:1:3: This is not JSON: invalid symbol.\npostern: .: no policy was found.\n${none('1 file holds', 'package.json')}`],
    ['what is too deep', { 'd/a.json': '['.repeat(100_000) }, ['d'], 'postern: d/a.json:1:201: The JSON is nested more than 200 deep.\npostern: d: no policy was found.\n'],
    ['many', Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`d/${i}.json`, '{ broken'])), ['d'], `${[1, 2, 3].map((i) => `postern: d/${i}.json:1:3: This is not JSON: invalid symbol.\n`).join('')}postern: d: no policy was found.\n${none('2 files hold', 'd/4.json and d/5.json')}`],
    ['files of others', { 'd/package.json': {}, 'e/b.json': [1] }, ['d', 'e'], `postern: d: no policy was found.\npostern: e: no policy was found.\n${none('2 files hold', 'd/package.json and e/b.json')}`],
    ['a glob', { 'd/variables.tf': 'variable "a" {}\n' }, ['d/*.tf'], `postern: d/*.tf: no policy was found.\n${none('1 file holds', 'd/variables.tf')}`],
    ['JSON with comments, as its tool has it', { 'd/tsconfig.json': '{\n  // strict\n  "strict": true,\n}\n' }, ['d'], `postern: d: no policy was found.\n${none('1 file holds', 'd/tsconfig.json')}`],
    ['a chart without any', { 'd/a.yaml': '{{ if .x }}\na: [\n{{ end }}\n' }, ['d', '--exit-zero'], `postern: d: no policy was found.\n${none('1 file holds', 'd/a.yaml')}`],
  ]) {
    const is = await postern(['check', ...words, '--no-config'], { cwd: folder(files) });
    if (is.code !== 2 || (typeof stderr === 'string' ? is.stderr !== stderr : !stderr.test(is.stderr))) problems.push(`${name}: ${is.code} ${is.stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('beside a policy a broken file that does not speak of any is told with the others, and one that does is a mistake', async () => {
  const quiet = await postern(['check', '.', '--no-config'], { cwd: folder({ 'a.json': '{ broken', 'b.yaml': 'a: [', 'p.json': CLEAN }) });
  assert.deepEqual([quiet.code, quiet.stderr], [0, none('2 files hold', 'a.json and b.yaml')]);
  const told = await postern(['check', '.', '--no-config'], { cwd: folder({ 'b.yaml': 'Resources:\n  A: {Type: AWS::IAM::Policy\n', 'p.json': CLEAN }) });
  assert.equal(told.code, 2);
  assert.match(told.stderr, /^postern: b\.yaml:3:1: This is not YAML: /);
});

test('reports have it as a problem', async () => {
  const cwd = folder({ 'd/a.json': '{ broken' });
  const run = async (format) => (await postern(['check', 'd', '--no-config', '--format', format], { cwd })).stdout;
  assert.deepEqual(JSON.parse(await run('json')).summary.problems, [{ file: 'd/a.json', message: '1:3: This is not JSON: invalid symbol.' }, { file: 'd', message: 'no policy was found.' }]);
  assert.match(await run('github'), /^::error file=d\/a\.json,title=Not checked::1:3: This is not JSON: invalid symbol\.$/m);
  assert.equal(JSON.parse(await run('sarif')).runs[0].invocations[0].executionSuccessful, false);
});

test('that only the deployment knows what policies say is said, and keeps no check from passing', async () => {
  const problems = [];
  for (const [name, files, code, wanted] of [
    ['a variable', { 'main.tf': module('var.p') }, 0, OF_DEPLOYMENT], ['a chart', { 'a.yaml': chart }, 0, OF_DEPLOYMENT], ['both, beside another file', { 'main.tf': module('var.p'), 'a.yaml': chart, 'b.json': {} }, 0, OF_DEPLOYMENT],
    ['beside a policy', { 'main.tf': module('var.p'), 'a.json': CLEAN }, 0, null], ['beside what cannot be read', { 'main.tf': module('var.p'), 'a.tf': 'resource "aws_iam_policy" "a" {\n' }, 2, OF_DEPLOYMENT],
  ]) {
    const is = await postern(['check', '.', '--no-config'], { cwd: folder(files) });
    if (is.code !== code || !/not checked: the file alone does not tell/.test(is.stderr) || (wanted ?? OF_DEPLOYMENT).test(is.stderr) !== (wanted !== null)) problems.push(`${name}: ${is.code} ${is.stderr}`);
  }
  assert.deepEqual(problems, []);
  const { code, stderr } = await postern(['check', 'main.tf', '--no-config', '--not-granted', 'iam:*'], { cwd: folder({ 'main.tf': module('var.p') }) });
  assert.equal(code, 1, 'where access is asked about, that nobody can tell is a finding');
  assert.doesNotMatch(stderr, OF_DEPLOYMENT);
});

test('what is read again to say why is no more than was looked at', { skip: process.platform === 'win32' }, async () => {
  const cwd = folder({ 'd/a.json': {}, 'e/b.json': '{ broken' });
  symlinkSync('../e', join(cwd, 'd/e'));
  const { code, stderr } = await postern(['check', 'd', '--no-config'], { cwd });
  assert.deepEqual([code, stderr], [2, `postern: d/e/b.json:1:3: This is not JSON: invalid symbol.\npostern: d: no policy was found.\n${none('1 file holds', 'd/a.json')}`]);
});
