// What --watch follows: of each change of what it reads it tells, and of nothing before there is one.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { ROOT, TYPO, folder } from './run.mjs';

const outfile = join(folder(), 'follow.cjs');
await build({ entryPoints: [join(ROOT, 'src/npm/cli/check/follow.ts')], bundle: true, outfile, format: 'cjs', platform: 'node', external: ['postern', '*.wasm'], define: { POSTERN_VERSION: '"0"' } });
const { follow } = createRequire(import.meta.url)(outfile);

const above = (path) => (dirname(path) === path ? [path] : [path, ...above(dirname(path))]);

test('nothing is told before something changes, whatever is named: a run would come twice', async () => {
  const problems = [];
  for (const [name, words] of [['a file', ['sub/x.json']], ['a glob', ['sub/*.json']], ['a folder', ['.']], ['a folder in another one', ['.', 'sub']], ['a file in a folder', ['sub', 'sub/x.json']]]) {
    const cwd = folder({ 'sub/x.json': TYPO, 'other/y.txt': '', '.gitignore': 'build\n' });
    mkdirSync(join(cwd, 'build'));
    const file = join(cwd, 'sub/x.json');
    const told = [];
    let end;
    const change = new Promise((done) => { end = done; });
    const close = await follow(words.map((word) => join(cwd, word)), above(cwd).map((place) => join(place, 'postern.json')), (path) => {
      told.push(path);
      if (told.length === 1) end();
    });
    try {
      if (told.length > 0) problems.push(`${name}: ${told}`);
      appendFileSync(file, '\n');
      await change;
      if (told.some((path) => path !== file)) problems.push(`${name}: ${told}`);
    } finally {
      await close();
    }
  }
  assert.deepEqual(problems, []);
});
