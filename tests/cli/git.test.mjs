// What git and patch expect, and what they lack.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, TWICE, folder, postern } from './run.mjs';

const git = (cwd, ...words) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main', ...words], { cwd, stdio: 'pipe' });

test('a revision that a shallow clone lacks is said to be fetched; of a whole one it is not there', async () => {
  const whole = folder({ 'policy.json': CLEAN });
  git(whole, 'init', '-q');
  git(whole, 'add', '.');
  git(whole, 'commit', '-qm', 'one');
  git(whole, 'commit', '-qm', 'two', '--allow-empty');
  const place = folder();
  git(place, 'clone', '-q', '--depth', '1', `file://${whole}`, 'shallow');
  const asked = (cwd) => postern(['diff', '--git', 'HEAD~1', '--', '.'], { cwd });
  const { code, stderr } = await asked(join(place, 'shallow'));
  assert.equal(code, 2);
  assert.match(stderr, /^postern: git rev-parse: there is no revision "HEAD~1"\. This clone is shallow, so it may only lack it: run git fetch .*fetch-depth: 0.*\.\n$/);
  assert.equal((await asked(whole)).code, 0);
  assert.match((await postern(['diff', '--git', 'gone', '--', '.'], { cwd: whole })).stderr, /^postern: git rev-parse: there is no revision "gone"\.\n$/);
});

test('a patch of a file with a space in its name is one that git and patch apply', async () => {
  const cwd = folder({ 'a policy.json': TWICE });
  git(cwd, 'init', '-q');
  const { stdout } = await postern(['check', '--diff', 'a policy.json'], { cwd });
  assert.match(stdout, /^--- a\/a policy\.json\t\n\+\+\+ b\/a policy\.json\t\n/m);
  writeFileSync(join(cwd, 'p.patch'), stdout);
  git(cwd, 'apply', 'p.patch');
  assert.equal(readFileSync(join(cwd, 'a policy.json'), 'utf8').match(/s3:GetObject/g).length, 1);
  rmSync(join(cwd, 'p.patch'));
});
