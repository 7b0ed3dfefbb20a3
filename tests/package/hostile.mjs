import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, brokenTexts, notTexts, refused } from '../web/arguments.js';
import { golden, userRequire } from './install.mjs';

const { PosternError, applyFixes, buildNodePolicy, validatePolicy } = userRequire('postern');
const plain = golden('add-to-existing-role-nokms');

function thrownBy(call, name) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail(`${name} was accepted`);
}

test('every wrong argument throws a PosternError with its place, and the next call works', () => {
  const cases = refused();
  assert.ok(cases.length > 100, `${cases.length} cases`);
  for (const { name, make, code, path, says } of cases) {
    const error = thrownBy(() => buildNodePolicy(make()), name);
    assert.ok(error instanceof PosternError, `${name}: ${error}`);
    assert.equal(error.code, code, name);
    // Not equal: some are 10 MB long.
    assert.ok(error.path === path, `${name}: ${error.path.slice(0, 300)}`);
    assert.ok(error.message.includes(says), `${name}: ${error.message.slice(0, 300)}`);
    assert.equal(buildNodePolicy().json, plain, `the call after ${name}`);
  }
});

test('what is no policy text throws, and what is no policy is found', () => {
  for (const { name, make, says } of notTexts()) {
    for (const call of [() => validatePolicy(make()), () => applyFixes(make(), [])]) {
      const { code, path, message } = thrownBy(call, name);
      assert.deepEqual([code, path], ['INVALID_ARGUMENT', 'policyDocument'], name);
      assert.ok(message.includes(says), `${name}: ${message}`);
    }
  }
  for (const { name, make, finds, offset } of brokenTexts()) {
    const found = validatePolicy(make());
    assert.equal(found.map(({ issueCode }) => issueCode).join(' '), finds, name);
    assert.equal(found[0].locations[0].span.start.offset, offset, name);
  }
});

test('strange objects are read as what they hold', () => {
  for (const { name, make, like } of accepted()) {
    assert.deepEqual(buildNodePolicy(make()), buildNodePolicy(JSON.parse(like)), name);
  }
});

test('what getters and proxies throw leaves nothing behind in the module', () => {
  // An exception that passed through the module would cost it some of its stack each time, until that is used up.
  const names = /revoke|throws/;
  const cases = refused().filter(({ name }) => names.test(name));
  assert.ok(cases.length > 10, `${cases.length} cases`);
  for (let i = 0; i < 1000; i += 1) {
    for (const { name, make } of cases) thrownBy(() => buildNodePolicy(make()), name);
  }
  assert.equal(buildNodePolicy().json, plain);
});

test('a call where the stack ends throws, and a later one works', () => {
  const deeper = () => { buildNodePolicy(); deeper(); };
  for (let i = 0; i < 2; i += 1) {
    // The engine's RangeError where it ends outside the package; traps.mjs looks at what happens inside.
    assert.throws(deeper, ({ name, code }) => name === 'RangeError' || code === 'INTERNAL');
    assert.equal(buildNodePolicy().json, plain);
  }
});

test('a getter may call the package itself', () => {
  const built = buildNodePolicy({ get heartbeat() { return buildNodePolicy({ heartbeat: false }).quota === 10_240; } });
  assert.equal(built.json, golden('custom-role-minimal-nokms'));
});

test('what stands outside the edits stays as it is, halves of surrogate pairs too', () => {
  const cases = [
    ['\ud83da\udc00b', [{ start: 1, end: 2, text: 'A' }], '\ud83dA\udc00b'],
    ['\ud83d\ude80\ud83d', [{ start: 2, end: 2, text: '-' }], '\ud83d\ude80-\ud83d'],
    ['\udc00\r\nb', [{ start: 0, end: 0, text: '\u00e9' }, { start: 3, end: 4, text: '' }], '\u00e9\udc00\r\n'],
    ['\ufffd\ud800', [{ start: 0, end: 1, text: '\ufffd' }], '\ufffd\ud800'],
    ['\ud800', [], '\ud800'],
  ];
  for (const [text, edits, expected] of cases) {
    assert.equal(JSON.stringify(applyFixes(text, [{ edits }])), JSON.stringify(expected));
  }
});
