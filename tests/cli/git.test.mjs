// What git and patch expect, and what they lack.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, TWICE, folder, policy, postern, statement } from './run.mjs';

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

test('links and submodules are what they lead to: unchanged ones are no change', async () => {
  const more = policy(statement({ Action: 's3:*' }));
  const outside = folder({ 'out.json': CLEAN });
  const part = folder({ 'part.json': CLEAN });
  const repository = (cwd) => { git(cwd, 'init', '-q'); git(cwd, 'add', '-A'); git(cwd, 'commit', '-qm', 'one'); };
  repository(part);
  const cwd = folder({ 'm/a.json': CLEAN, 'm/b.json': more });
  for (const [target, name] of [['m/a.json', 'one.json'], ['m', 'all'], [join(outside, 'out.json'), 'out.json']]) symlinkSync(target, join(cwd, name));
  git(cwd, 'init', '-q');
  git(cwd, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', part, 'sub');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'one');
  const told = () => postern(['diff', '--git', 'HEAD', '--no-config', '--', '.'], { cwd });
  const codes = [(await told()).code];
  // What a link out of the repository leads to was never in it.
  writeFileSync(join(outside, 'out.json'), JSON.stringify(more));
  codes.push((await told()).code);
  unlinkSync(join(cwd, 'one.json'));
  symlinkSync('m/b.json', join(cwd, 'one.json'));
  const link = await told();
  assert.match(link.stdout, /^one\.json: .*: allows more/);
  unlinkSync(join(cwd, 'one.json'));
  symlinkSync('m/a.json', join(cwd, 'one.json'));
  writeFileSync(join(cwd, 'sub/part.json'), JSON.stringify(more));
  git(join(cwd, 'sub'), 'commit', '-qam', 'two');
  const changed = await told();
  assert.match(changed.stdout, /^sub\/part\.json: .*: allows more/);
  git(cwd, 'add', 'sub');
  rmSync(join(cwd, 'sub'), { recursive: true });
  const gone = await told();
  assert.match(gone.stderr, /^postern: sub: it is a submodule that has another commit than at the revision, and is not here/m);
  assert.deepEqual([...codes, link.code, changed.code, gone.code], [0, 0, 1, 1, 2]);
});
