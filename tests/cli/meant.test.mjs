// What is told of words that are not known as they stand: options in files, values that are missing, short names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

test('an option of a file that is not known is told with the one that is meant, broken JSON with its place', async () => {
  const cwd = folder({
    'flag.json': { 's3-logs': { bucket: 'b' } }, 'within.json': { s3Logs: { buket: 'b' } }, 'none.json': { zzzzzzzzzzzzzzz: 1 }, 'broken.json': '\ufeff{\n "s3Logs": {"bucket": "b",}\n}\n', 'policy.json': policy(statement()),
  });
  const problems = [];
  for (const [words, wanted, input = ''] of [
    [['build', 'node', '--options', 'flag.json'], /^postern: flag\.json: s3-logs is not known\. .* Did you mean s3Logs\?\n$/],
    [['build', 'node', '--options', 'within.json'], /^postern: within\.json: s3Logs\.buket is not known\. .* Did you mean bucket\?\n$/],
    [['build', 'node', '--options', 'none.json'], /^postern: none\.json: z+ is not known\. Known are [\w, ]+\.\n$/],
    [['build', 'node', '--options', 'broken.json'], /^postern: broken\.json:2:\d+: .*\n$/],
    [['build', 'node', '--options', '-'], /^postern: Standard input:1:\d+: .*\n$/, '{"a" 1}'],
    [['export', 'policy.json'], /^postern: --format is missing\. It is .*\bterraform\b.* or .*\.\n$/],
  ]) {
    const { code, stderr } = await postern(words, { cwd, input });
    if (code !== 2 || !wanted.test(stderr)) problems.push(`${words.join(' ')}: ${code} ${stderr}`);
  }
  assert.match((await postern(['explain', 's3-logs'])).stdout, /^node\.s3-logs: /);
  assert.match((await postern(['explain', 'session-kms'])).stdout, /^node\.session-kms: [^]*\n\noperator\.session-kms: /);
  assert.deepEqual(JSON.parse((await postern(['explain', 'session-kms', '--format', 'json'])).stdout).map(({ id }) => id), ['node.session-kms', 'operator.session-kms']);
  assert.deepEqual(problems, []);
});

test('help for an error message speaks of commands and not of a page', async () => {
  const { stdout } = await postern(['explain', '--error', 'An error occurred (TargetNotConnected) when calling the StartSession operation: i-0123456789abcdef0 is not connected.']);
  assert.match(stdout, /; "postern role FILES" looks at its policies\./);
  assert.doesNotMatch(stdout, /paste/);
});
