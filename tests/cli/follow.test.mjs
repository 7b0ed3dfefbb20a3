// What --watch follows: of each change of what it reads it tells, and of nothing before there is one.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { fork } from 'node:child_process';
import { appendFileSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { ROOT, TYPO, folder } from './run.mjs';

const outfile = join(folder(), 'follow.cjs');
await build({ entryPoints: [join(ROOT, 'src/npm/cli/check/follow.ts')], bundle: true, outfile, format: 'cjs', platform: 'node', external: ['postern', '*.wasm'], define: { POSTERN_VERSION: '"0"' } });
const { follow } = createRequire(import.meta.url)(outfile);

const above = (path) => (dirname(path) === path ? [path] : [path, ...above(dirname(path))]);

/** What is told, in order, and the next time that it is a path. */
function listening() {
  const told = [];
  const wishes = [];
  return {
    told,
    next: (path) => new Promise((done) => { wishes.push({ path, done }); }),
    tell(path) {
      told.push(path);
      for (const wish of wishes.splice(0)) if (wish.path === path) wish.done(); else wishes.push(wish);
    },
  };
}

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

test('what .gitignore leaves out is not told, and a changed one is read anew', async () => {
  const cwd = folder({ '.gitignore': 'build\n*.tmp.json\n', 'build/x.json': TYPO, 'x.tmp.json': TYPO, 'sub/x.json': TYPO, 'sub/y.json': TYPO, 'sub/z.json': TYPO, 'x.json': TYPO, 'y.json': TYPO });
  const [ignored, built, temporary, left, ...others] = ['.gitignore', 'build/x.json', 'x.tmp.json', 'sub/z.json', 'sub/x.json', 'sub/y.json', 'x.json', 'y.json'].map((path) => join(cwd, path));
  const { told, tell, next } = listening();
  const close = await follow([cwd], [], tell);
  const changed = async (path) => {
    const change = next(path);
    appendFileSync(path, '\n');
    await change;
  };
  try {
    appendFileSync(built, '\n');
    appendFileSync(temporary, '\n');
    // What would be told of a change comes before what is told of the second one after it. Of one file two changes may be told as one.
    for (const path of others.slice(0, 2)) await changed(path);
    assert.deepEqual([...new Set(told)], others.slice(0, 2));
    const change = next(ignored);
    writeFileSync(ignored, 'sub\n');
    await change;
    told.length = 0;
    appendFileSync(left, '\n');
    for (const path of others.slice(2)) await changed(path);
    assert.ok(!told.includes(left), told.join('\n'));
    await Promise.all([changed(built), changed(temporary)]);
  } finally {
    await close();
  }
});

test('a report that goes to a file in the folder is not told, however often it is written', async () => {
  const child = join(folder({
    'child.cjs': `const { follow } = require(${JSON.stringify(outfile)});
      process.on('message', () => process.stdout.write('a report\\n', () => process.send('written')));
      follow(['.'], [], (path) => process.send(path)).then(() => process.send('ready'));`,
  }), 'child.cjs');
  const cwd = folder({ 'x.json': TYPO, 'y.json': TYPO });
  const { told, tell, next } = listening();
  const ready = next('ready');
  const running = fork(child, { cwd, stdio: ['ignore', openSync(join(cwd, 'report.json'), 'w'), 'inherit', 'ipc'] });
  running.on('message', tell);
  try {
    await ready;
    const files = ['x.json', 'y.json'].map((name) => join(cwd, name));
    for (const path of files) {
      const [written, change] = [next('written'), next(path)];
      running.send('write');
      await written;
      appendFileSync(path, '\n');
      await change;
    }
    assert.deepEqual([...new Set(told)].sort(), ['ready', 'written', ...files].sort());
  } finally {
    running.kill();
  }
});
