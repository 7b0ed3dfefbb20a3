// A few characters again and again, in every kind of file: whatever reads them goes over them once. What takes the square of
// their number takes minutes here, and the run never ends in its time.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, postern } from './run.mjs';

const SIZE = 200_000;
const SMALL = 4_000;
const REPEATED = ['\n', ' ', '${', 'file(', 'file(\\"${', '"\\"', ':policy/', '[', 'Policy', 'for ', '# x\n', '{', 'local.a-', '- ', '"a" '];

/** The text of a file of each kind, with something in the middle. */
const KINDS = {
  'plain.tf': (middle) => middle,
  'value.tf': (middle) => `resource "aws_iam_policy" "a" {\n  policy = "${middle.replace(/["\\]/g, '\\$&')}"\n}\n`,
  'expression.tf': (middle) => `resource "aws_iam_role_policy" "a" {\n  role = aws_iam_role.r.name\n  policy = jsonencode(${middle})\n}\n`,
  'plain.hcl': (middle) => middle,
  'plain.yaml': (middle) => `${middle}\na: 1\n`,
  'value.yaml': (middle) => `Resources:\n  A:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement: {Effect: Allow, Action: "*", Resource: !Sub ${JSON.stringify(middle)}}\n`,
  'plain.json': (middle) => `${middle}{}`,
  'value.json': (middle) => JSON.stringify({ Statement: { Effect: 'Allow', Action: middle, Resource: middle } }),
  'plain.template': (middle) => middle,
};

/** The parser of HCL takes the square for these, up to its ten seconds. */
const isSlow = (name, text) => name === 'expression.tf' || (text === '"a" ' && name.startsWith('plain.'));
const all = REPEATED.flatMap((text, i) => Object.entries(KINDS).map(([name, whole]) => [`${i}-${name}`, whole(text.repeat((isSlow(name, text) ? SMALL : SIZE) / text.length))]));

test('a few characters again and again are read once, by check, role and diff', { timeout: 300_000 }, async () => {
  const cwd = folder({});
  for (const side of ['old', 'new']) {
    mkdirSync(join(cwd, side));
    for (const [name, text] of all) writeFileSync(join(cwd, side, name), side === 'old' ? text : `${text}\n`);
  }
  const check = await postern(['check', 'old'], { cwd });
  assert.match(`${check.stdout}${check.stderr}`, / in \d+ polic(?:y|ies) of \d+ files/);
  const diff = await postern(['diff', 'old', 'new'], { cwd });
  assert.match(`${diff.stdout}${diff.stderr}`, /polic(?:y|ies)/);
  const ends = await Promise.all(all.map(async ([name]) => (await postern(['role', `old/${name}`], { cwd })).code));
  assert.deepEqual(ends.filter((code) => ![0, 1, 2].includes(code)), []);
});
