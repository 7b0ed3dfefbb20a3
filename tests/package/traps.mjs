// A call that fails in the middle: it throws INTERNAL, says nothing of what was given, and costs the next call nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, golden, installed, runFile } from './install.mjs';

const TRAP = readFileSync(join(ROOT, 'tests/web/trap.js'), 'utf8');
const { version } = JSON.parse(installed('package.json'));

/** What a script prints in a Node of its own, as JSON: the other tests keep the module that they have. */
const found = async (name, script) => JSON.parse(await runFile(name, `
  const thrownBy = (call) => {
    try { return { answer: call() }; } catch (error) {
      const { name, code, path, message, cause } = error;
      return { name, code, path, message, cause: cause?.name, isPosternError: error instanceof postern.PosternError };
    }
  };
  ${script}
`));

test('a trap throws INTERNAL with what to report, and the next call works on a new instance', async () => {
  const { first, next, instances } = await found('trap.cjs', `
    ${TRAP}
    const postern = require('postern');
    const secret = '{"Version": "SECRETMARKER123"}';
    const calls = {
      validatePolicy: () => postern.validatePolicy(secret),
      buildNodePolicy: () => postern.buildNodePolicy({ region: 'SECRETMARKER123' }),
      diagnoseRole: () => postern.diagnoseRole({ documents: [secret], wants: [] }),
      listChecks: () => postern.listChecks(),
    };
    const first = {};
    const next = [];
    for (const [name, call] of Object.entries(calls)) {
      trapping.trap = name;
      first[name] = thrownBy(call);
      next.push(postern.buildNodePolicy().json);
    }
    console.log(JSON.stringify({ first, next, instances: trapping.instances }));
  `);
  const given = {
    validatePolicy: '30 characters',
    buildNodePolicy: '28 characters of JSON',
    diagnoseRole: '63 characters of JSON',
    listChecks: 'nothing',
  };
  for (const [name, size] of Object.entries(given)) {
    const { message, ...rest } = first[name];
    assert.deepEqual(rest, { name: 'PosternError', code: 'INTERNAL', path: null, cause: 'RuntimeError', isPosternError: true });
    assert.ok(message.startsWith(`Postern ${version} could not finish ${name}, given ${size}: RuntimeError: unreachable. `), message);
    assert.match(message, /please report this message .* The next call works again\.$/);
    assert.doesNotMatch(message, /SECRETMARKER123/);
  }
  assert.deepEqual(next, new Array(4).fill(golden('add-to-existing-role-nokms')));
  assert.equal(instances, 5, 'one at the start and one after each trap');
});

test('a trap inside a getter of an argument fails the outer call too, since both used one instance', async () => {
  const { inner, outer, next, instances } = await found('nested.cjs', `
    ${TRAP}
    const postern = require('postern');
    let inner;
    const outer = thrownBy(() => postern.buildNodePolicy({
      get heartbeat() {
        trapping.trap = 'catalogInfo';
        inner = thrownBy(() => postern.catalogInfo());
        return postern.catalogInfo().services > 0;
      },
    }));
    console.log(JSON.stringify({ inner, outer, next: postern.buildNodePolicy().json, instances: trapping.instances }));
  `);
  assert.deepEqual([inner.code, inner.cause], ['INTERNAL', 'RuntimeError']);
  assert.equal(outer.code, 'INTERNAL');
  assert.match(outer.message, /could not finish buildNodePolicy, given a value of type object: a call inside it failed\./);
  assert.equal(next, golden('add-to-existing-role-nokms'));
  assert.equal(instances, 2);
});

test('a getter that throws is the problem of the argument and costs no instance', async () => {
  const { thrown, overflown, instances } = await found('getter.cjs', `
    ${TRAP}
    const postern = require('postern');
    const thrown = thrownBy(() => postern.buildNodePolicy({ get region() { throw new Error('SECRETMARKER123'); } }));
    const endless = () => endless();
    const overflown = thrownBy(() => postern.buildNodePolicy({ get region() { return endless(); } }));
    postern.buildNodePolicy();
    console.log(JSON.stringify({ thrown, overflown, instances: trapping.instances }));
  `);
  for (const { code, path } of [thrown, overflown]) assert.deepEqual([code, path], ['INVALID_ARGUMENT', 'options.region']);
  assert.doesNotMatch(thrown.message, /SECRETMARKER123/);
  assert.equal(instances, 1);
});

test('memory that runs out throws INTERNAL, and the next call has memory again', async () => {
  const { thrown, next, instances } = await found('memory.cjs', `
    ${TRAP}
    const postern = require('postern');
    const pages = (size) => { try { trapping.memory.grow(size); return true; } catch { return false; } };
    for (let size = 32768; size >= 1; size = size / 2) while (pages(size));
    const thrown = thrownBy(() => postern.validatePolicy(' '.repeat(20_000_000)));
    console.log(JSON.stringify({ thrown, next: postern.buildNodePolicy().json, instances: trapping.instances }));
  `);
  assert.equal(thrown.code, 'INTERNAL', JSON.stringify(thrown).slice(0, 300));
  assert.match(thrown.message, /could not finish validatePolicy, given 20000000 characters: \w+/);
  assert.equal(next, golden('add-to-existing-role-nokms'));
  assert.equal(instances, 2);
});

test('where memory does not suffice for a new instance, the call throws INTERNAL and a later one works', async () => {
  const { thrown, next } = await found('instance.cjs', `
    ${TRAP}
    const postern = require('postern');
    trapping.trap = 'listChecks';
    thrownBy(() => postern.listChecks());
    const kept = WebAssembly.Instance;
    WebAssembly.Instance = function () { throw new RangeError('WebAssembly.Instance(): Out of memory'); };
    const thrown = thrownBy(() => postern.buildNodePolicy());
    WebAssembly.Instance = kept;
    console.log(JSON.stringify({ thrown, next: postern.buildNodePolicy().json }));
  `);
  assert.equal(thrown.code, 'INTERNAL');
  assert.match(thrown.message, /buildNodePolicy, given nothing: RangeError: WebAssembly\.Instance\(\): Out of memory\./);
  assert.equal(next, golden('add-to-existing-role-nokms'));
});

test('a stack that ends inside a call, two thousand times, leaves the package right', async () => {
  const { codes, wrong, failures, next } = await found('stack.cjs', `
    const postern = require('postern');
    const right = postern.buildNodePolicy().json;
    const codes = {};
    let [wrong, failures, depth] = [0, 0, 0];
    const below = (frames) => (frames > 0 ? below(frames - 1) : postern.buildNodePolicy());
    // Nobody knows how large a frame is, and it changes while the engine optimises: go down until it fails, then back.
    for (let tries = 0; failures < 2000 && tries < 200_000; tries += 1) {
      try {
        if (below(depth).json !== right) wrong += 1;
        depth += failures === 0 ? 500 : 40;
      } catch (error) {
        failures += 1;
        const kind = error.code ?? error.name;
        codes[kind] = (codes[kind] ?? 0) + 1;
        depth = Math.max(0, depth - 80);
      }
    }
    console.log(JSON.stringify({ codes, wrong, failures, next: postern.buildNodePolicy().json }));
  `);
  assert.equal(failures, 2000);
  assert.equal(wrong, 0);
  // A RangeError is the engine's, from before the package was entered.
  assert.deepEqual(Object.keys(codes).filter((code) => code !== 'INTERNAL' && code !== 'RangeError'), []);
  assert.ok(codes.INTERNAL > 0, JSON.stringify(codes));
  assert.equal(next, golden('add-to-existing-role-nokms'));
});
