// What export says of a policy that IAM would not save for its length.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

test('a policy over the quota of what it is exported for is said to be, by its length without white space', async () => {
  const of = (length) => {
    const bare = JSON.stringify(policy(statement({ Resource: 'arn:aws:s3:::' }))).length;
    const names = `${'x'.repeat(length - bare)}`;
    return JSON.stringify(policy(statement({ Resource: `arn:aws:s3:::${names}` })), null, 8);
  };
  const problems = [];
  for (const [attachTo, quota] of [['user', 2048], ['group', 5120], ['role', 10240], ['managed-policy', 6144]]) {
    const cwd = folder({ 'fits.json': of(quota), 'over.json': `\ufeff${of(quota + 1)}` });
    for (const [file, isOver] of [['fits.json', false], ['over.json', true]]) {
      const { code, stdout, stderr } = await postern(['export', file, '--format', 'terraform', '--attach-to', attachTo], { cwd });
      const isSaid = new RegExp(`^note OVER_QUOTA: .*${quota + 1}.*${quota}`, 'm').test(stderr);
      if (code !== 0 || !stdout.includes('resource ') || isSaid !== isOver || (!isOver && stderr !== '')) problems.push(`${attachTo} ${file}: ${code} ${stderr}`);
    }
  }
  const two = folder({ 'twice.json': policy(...Array.from({ length: 40 }, () => statement())) });
  assert.match((await postern(['export', 'twice.json', '--format', 'terraform', '--attach-to', 'user'], { cwd: two })).stderr, /^postern: postern minimize makes \d+ characters of it\.$/m);
  assert.deepEqual(problems, []);
});
