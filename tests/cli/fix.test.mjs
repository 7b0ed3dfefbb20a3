import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, lstatSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { CLEAN, PASS_ROLE, ROOT, TWICE, TYPO, folder, policy, postern, statement } from './run.mjs';

const { replaceFile } = await built('files/write.ts');

/** A module of the command line by itself. */
async function built(name) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ entryPoints: [join(ROOT, 'src/npm/cli', name)], bundle: true, write: false, format: 'esm', platform: 'node' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

test('--fix writes what changes nothing of what is allowed; --unsafe the rest', async () => {
  const cwd = folder({ 'twice.json': TWICE, 'typo.json': TYPO, 'pass.json': PASS_ROLE, 'clean.json': CLEAN });
  const safe = await postern(['check', '--fix', '.'], { cwd });
  assert.equal(safe.code, 1);
  assert.match(safe.stdout, /1 error and 1 security warning in 4 policies of 4 files\. 1 mended\. 1 can be mended by --fix --unsafe\.\n$/);
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, 'twice.json'))).Statement[0].Action, ['s3:GetObject']);
  assert.equal(readFileSync(join(cwd, 'typo.json'), 'utf8'), JSON.stringify(TYPO, null, 4));
  const unsafe = await postern(['check', '--fix', '--unsafe', 'typo.json'], { cwd });
  assert.deepEqual([unsafe.code, unsafe.stdout], [0, '1 without findings was taken for an identity policy. Where a type is guessed, --policy-type or postern.json says another.\nNo findings in 1 policy of 1 file. 1 mended.\n']);
  assert.equal(JSON.parse(readFileSync(join(cwd, 'typo.json'))).Statement[0].Action, 's3:GetObject');
  assert.deepEqual(readdirSync(cwd).sort(), ['clean.json', 'pass.json', 'twice.json', 'typo.json'], 'nothing is left behind');
});

test('mode, line ends and links stay', async () => {
  const text = JSON.stringify(TWICE, null, 2).replaceAll('\n', '\r\n');
  const cwd = folder({ 'real/policy.json': text });
  const path = join(cwd, 'real/policy.json');
  chmodSync(path, 0o640);
  symlinkSync('real/policy.json', join(cwd, 'link.json'));
  await postern(['check', '--fix', 'link.json'], { cwd });
  const after = readFileSync(path, 'utf8');
  assert.notEqual(after, text);
  assert.equal(after.replaceAll('\r\n', '').includes('\n'), false);
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.ok(lstatSync(join(cwd, 'link.json')).isSymbolicLink());
});

test('a byte order mark, which IAM refuses, is found and removed with what stands behind it', async () => {
  const cwd = folder({ 'policy.json': `\ufeff${JSON.stringify(TWICE)}` });
  assert.equal((await postern(['check', 'policy.json'], { cwd })).code, 1);
  assert.equal((await postern(['check', '--fix', 'policy.json'], { cwd })).code, 0);
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, 'policy.json'), 'utf8')).Statement[0].Action, ['s3:GetObject']);
});

test('a link out of the folder that was searched is not written through, unless it is named', async () => {
  const text = JSON.stringify(TWICE);
  const cwd = folder({ 'outside.json': text, 'in/inside.json': text });
  symlinkSync('../outside.json', join(cwd, 'in/link.json'));
  symlinkSync('inside.json', join(cwd, 'in/beside.json'));
  const { code, stderr } = await postern(['check', '--fix', 'in'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /in\/link\.json: a link leads to it out of the folder that was named/);
  assert.equal(readFileSync(join(cwd, 'outside.json'), 'utf8'), text);
  assert.notEqual(readFileSync(join(cwd, 'in/inside.json'), 'utf8'), text);
  await postern(['check', '--fix', 'in/link.json'], { cwd });
  assert.notEqual(readFileSync(join(cwd, 'outside.json'), 'utf8'), text);
});

test('a file that nobody may write to, or that has another name, is left alone, and the others are mended', async () => {
  const text = JSON.stringify(TWICE, null, 4);
  const cwd = folder({ 'closed.json': text, 'one.json': text, 'plain.json': text });
  linkSync(join(cwd, 'one.json'), join(cwd, 'two.json'));
  chmodSync(join(cwd, 'closed.json'), 0o444);
  const { stderr, code } = await postern(['check', '--fix', 'closed.json', 'one.json', 'plain.json'], { cwd });
  assert.match(stderr, /closed\.json: nobody may write to it, and it was left as it is\. Make it writable first/);
  assert.match(stderr, /one\.json: it has another name too, a hard link/);
  assert.equal(code, 2);
  const texts = ['closed.json', 'one.json', 'two.json', 'plain.json'].map((name) => readFileSync(join(cwd, name), 'utf8') === text);
  assert.deepEqual(texts, [true, true, true, false]);
});

test('a file that is not for whoever runs it to write to is left alone, though others may', async (t) => {
  const text = JSON.stringify(TWICE, null, 4);
  const cwd = folder({ 'policy.json': text });
  const path = join(cwd, 'policy.json');
  chmodSync(path, 0o464);
  // Root may write to everything, so the run is somebody else's, to whom all of it belongs.
  const isRoot = process.getuid() === 0;
  const other = isRoot ? { uid: 65534, gid: 65534 } : {};
  if (isRoot) for (const one of [cwd, path]) chownSync(one, 65534, 65534);
  const result = await postern(['check', '--fix', 'policy.json'], { cwd, ...other }).catch((reason) => reason);
  if (isRoot && (result instanceof Error || /Cannot find module|EACCES/.test(result.stderr))) {
    t.skip('This is root, and the user nobody may not run Node from here.');
    return;
  }
  assert.deepEqual([result.code, result.stderr], [2, 'postern: policy.json: it may not be read or written: permission denied.\n']);
  assert.deepEqual([readFileSync(path, 'utf8') === text, readdirSync(cwd)], [true, ['policy.json']]);
});

test('a file that somebody changed meanwhile is left alone', () => {
  const cwd = folder({ 'policy.json': 'theirs' });
  const path = join(cwd, 'policy.json');
  assert.throws(() => replaceFile({ absolute: path, within: null }, 'what was read', 'ours'), /was changed by somebody else meanwhile/);
  assert.equal(readFileSync(path, 'utf8'), 'theirs');
  assert.deepEqual(readdirSync(cwd), ['policy.json']);
  replaceFile({ absolute: path, within: null }, 'theirs', 'ours');
  assert.equal(readFileSync(path, 'utf8'), 'ours');
  writeFileSync(join(cwd, `.policy.json.${process.pid}.postern`), 'of another run');
  assert.throws(() => replaceFile({ absolute: path, within: null }, 'ours', 'more'), /exists already/);
  assert.equal(readFileSync(path, 'utf8'), 'ours');
});

test('--diff prints a patch that makes what --fix writes, and writes nothing', async () => {
  const cwd = folder({ 'a/twice.json': TWICE, 'clean.json': CLEAN });
  const { code, stdout, stderr } = await postern(['check', '--diff', '--fail-on', 'suggestion', '.'], { cwd });
  assert.equal(code, 1, 'the files are as they were');
  assert.match(stderr, /^a\/twice\.json:7:17 suggestion REDUNDANT_ACTION/m);
  assert.match(stderr, /in 2 policies of 2 files\. 1 can be mended by --fix\.\n$/);
  assert.equal(readFileSync(join(cwd, 'a/twice.json'), 'utf8'), JSON.stringify(TWICE, null, 4));
  execFileSync('git', ['apply', '-'], { cwd, input: stdout });
  const patched = readFileSync(join(cwd, 'a/twice.json'), 'utf8');
  writeFileSync(join(cwd, 'a/twice.json'), JSON.stringify(TWICE, null, 4));
  await postern(['check', '--fix', '.'], { cwd });
  assert.equal(readFileSync(join(cwd, 'a/twice.json'), 'utf8'), patched);
});

test('with - the fixed text goes to standard output, and what is left to standard error', async () => {
  const input = JSON.stringify(policy(statement({ Action: ['s3:GetObject', 's3:GetObject'] }), statement({ Sid: 'Pass', Action: 'iam:PassRole', Resource: '*' })));
  const { code, stdout, stderr } = await postern(['check', '--fix', '-'], { input });
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout).Statement[0].Action, ['s3:GetObject']);
  assert.match(stderr, /PASS_ROLE_WITH_STAR_IN_RESOURCE/);
  const { stdout: same } = await postern(['check', '--fix', '-'], { input: JSON.stringify(CLEAN) });
  assert.equal(same, JSON.stringify(CLEAN));
  const refused = await postern(['check', '--fix', '--format', 'json', '-'], { input });
  assert.deepEqual([refused.code, refused.stdout], [2, '']);
});

test('--fix keeps the owner of a file', { skip: process.getuid?.() !== 0 && 'only root may make a file of somebody else' }, async () => {
  const cwd = folder({ 'a.json': TWICE });
  chownSync(join(cwd, 'a.json'), 1234, 1235);
  const { code } = await postern(['check', '--fix', 'a.json'], { cwd });
  const { uid, gid } = statSync(join(cwd, 'a.json'));
  assert.deepEqual({ code, uid, gid }, { code: 0, uid: 1234, gid: 1235 });
});

test('what can be mended, what was, and what is left add up', async () => {
  const statements = [
    { Sid: 'a b', effect: 'allow', Action: ['s3:GetObjekt', 's3:GetObject', 's3:GetObject', 'S3:PutObjec'], Resource: ['*', 'arn:aws:s3:::x/*'] },
    { Sid: 'a', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*', Condition: { StringEqual: { 'aws:SourceIP': '192.0.2.1' } } },
    { Sid: 'a', Effect: 'Allow', Action: ['ssm:StartSesion', 'ssm:*'], Resource: '*' },
  ];
  const template = { Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...statements) } } } };
  const files = { 'policy.json': { version: '2012-10-17', Statement: statements }, 'template.yaml': `# YAML\n${stringify(template)}` };
  const run = async (cwd, ...words) => {
    const { findings, ...counts } = JSON.parse((await postern(['check', '.', '--no-config', '--format', 'json', ...words], { cwd })).stdout).summary;
    const told = (await postern(['check', '.', '--no-config', '--color', 'never'], { cwd })).stdout.trimEnd().split('\n').at(-1);
    return { ...counts, all: Object.values(findings).reduce((sum, one) => sum + one, 0), told };
  };
  const problems = [];
  for (const [name, options] of [['safe', []], ['unsafe', ['--unsafe']]]) {
    for (const [file, text] of Object.entries(files)) {
      const cwd = folder({ [file]: text });
      const before = await run(cwd);
      const { stdout } = await postern(['check', '.', '--no-config', '--fix', ...options], { cwd: folder({ [file]: text }) });
      const after = await run(cwd, '--fix', ...options);
      const offered = name === 'safe' ? before.fixable : before.fixableWithUnsafe;
      const [, mended, along = '0'] = /(\d+) mended(?:, (\d+) of them by the fix of another)?\./.exec(stdout) ?? [];
      const isWhole = Number(mended) === after.fixed && after.fixed - Number(along) === offered && before.fixable > 0 && before.fixableWithUnsafe > before.fixable;
      // What a mended word means may be wrong in another way, so that more can be left than went.
      const isSum = before.all - after.fixed <= after.all && after.all < before.all;
      if (!isWhole || !isSum || !before.told.endsWith(` ${before.fixable} can be mended by --fix, ${before.fixableWithUnsafe} in all with --unsafe.`)) problems.push(`${file} ${name}: ${JSON.stringify({ before, after, mended, along })}`);
    }
  }
  assert.deepEqual(problems, []);
});
