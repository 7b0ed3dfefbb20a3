// The browser build, in Node: it needs nothing that Node has not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { golden, home, installed, userRequire } from './install.mjs';

const plain = golden('add-to-existing-role-nokms');
const wasm = readFileSync(userRequire.resolve('postern/wasm'));

let copies = 0;
/** The build, not started: each query makes a module of its own. */
const fresh = () => import(`${pathToFileURL(join(home, 'dist/browser.mjs'))}?${copies += 1}`);

const isNotReady = { name: 'PosternError', code: 'NOT_READY', path: null, message: /^Postern is not ready\. Call await/ };

test('postern/wasm is the module itself', () => {
  assert.ok(wasm.equals(installed('dist/postern.wasm')));
  assert.ok(WebAssembly.validate(wasm));
});

test('a call before init throws NOT_READY, whatever its arguments', async () => {
  const { buildNodePolicy, PosternError } = await fresh();
  assert.throws(() => buildNodePolicy(), isNotReady);
  assert.throws(() => buildNodePolicy({ region: 7 }), isNotReady);
  assert.throws(() => buildNodePolicy(), PosternError);
});

test('init starts the module, and further calls do nothing', async () => {
  const { buildNodePolicy, init } = await fresh();
  const both = [init(), init()];
  assert.throws(() => buildNodePolicy(), isNotReady);
  assert.deepEqual(await Promise.all(both), [undefined, undefined]);
  assert.equal(buildNodePolicy().json, plain);
  await init();
  assert.equal(buildNodePolicy().json, plain);
});

test('init that failed can be called again', async (t) => {
  const { buildNodePolicy, init } = await fresh();
  const reason = new Error('no memory');
  const compile = t.mock.method(WebAssembly, 'compile', async () => { throw reason; });
  await assert.rejects(init(), reason);
  assert.throws(() => buildNodePolicy(), isNotReady);
  compile.mock.restore();
  await init();
  assert.equal(buildNodePolicy().json, plain);
});

test('what a Content Security Policy refuses is told with the word that it lacks', async (t) => {
  const refusal = { name: 'PosternError', code: 'INTERNAL', path: null, message: /'wasm-unsafe-eval'/ };
  for (const reason of [new WebAssembly.CompileError('blocked'), new EvalError('blocked')]) {
    const { buildNodePolicy, init, initSync } = await fresh();
    const compile = t.mock.method(WebAssembly, 'compile', async () => { throw reason; });
    await assert.rejects(init(), { ...refusal, cause: reason });
    compile.mock.restore();
    const module = t.mock.method(WebAssembly, 'Module', function Module() { throw reason; });
    assert.throws(() => initSync(wasm), { ...refusal, cause: reason });
    module.mock.restore();
    assert.throws(() => buildNodePolicy(), isNotReady);
    await init();
    assert.equal(buildNodePolicy().json, plain);
  }
});

test('initSync takes the bytes of postern/wasm in every form', async () => {
  const buffer = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length);
  const forms = { wasm, buffer, view: new DataView(buffer), module: new WebAssembly.Module(wasm) };
  for (const [name, bytes] of Object.entries(forms)) {
    const { buildNodePolicy, init, initSync } = await fresh();
    assert.equal(initSync(bytes), undefined);
    assert.equal(buildNodePolicy().json, plain, name);
    initSync(bytes);
    await init();
    assert.equal(buildNodePolicy().json, plain, name);
  }
});

test('initSync refuses the module of another version, and names both', async () => {
  const { buildNodePolicy, initSync } = await fresh();
  const { version } = JSON.parse(installed('package.json'));
  // The version stands at the end, in a section of its own.
  assert.equal(wasm.subarray(-version.length).toString(), version);
  const other = Buffer.from(wasm);
  other.write('9', other.length - version.length);
  for (const bytes of [other, new WebAssembly.Module(other)]) {
    assert.throws(() => initSync(bytes), {
      name: 'PosternError',
      code: 'INVALID_ARGUMENT',
      path: 'bytes',
      message: `bytes are postern/wasm of version 9${version.slice(1)}, and this package is of version ${version}. `
        + 'Take both from one version.',
    });
  }
  assert.throws(() => buildNodePolicy(), isNotReady);
  initSync(wasm);
  assert.equal(buildNodePolicy().json, plain);
  // Also when it is started already: the mistake would else be seen only on another day.
  assert.throws(() => initSync(other), { code: 'INVALID_ARGUMENT' });
});

test('initSync refuses what is not postern/wasm, and the right bytes work afterwards', async () => {
  const { buildNodePolicy, initSync } = await fresh();
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0); // A whole module that has nothing in it.
  const wrong = [undefined, null, 7, 'postern.wasm', {}, [], () => {}, Symbol('wasm'), Promise.resolve(wasm), empty,
    new WebAssembly.Module(empty)];
  for (const bytes of wrong) {
    assert.throws(() => initSync(bytes), {
      name: 'PosternError',
      code: 'INVALID_ARGUMENT',
      path: 'bytes',
      message: /^bytes must be the content of postern\/wasm/,
    }, String(bytes));
  }
  assert.throws(() => initSync(new Uint8Array(8)), WebAssembly.CompileError);
  assert.throws(() => initSync(wasm.subarray(0, 1000)), WebAssembly.CompileError);
  assert.throws(() => buildNodePolicy(), isNotReady);
  initSync(wasm);
  assert.equal(buildNodePolicy().json, plain);
});
