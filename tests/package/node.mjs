import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { KEY, golden, home, installed, runFile, userRequire } from './install.mjs';

// The same in both module systems, after `postern` is there.
const USE = `
  const { json } = postern.buildNodePolicy();
  const withKey = postern.buildNodePolicy({ heartbeat: true, sessionEncryption: { kmsKeyArn: '${KEY}' } });
  let thrown;
  try { postern.buildNodePolicy({ region: 'eu-west-1a' }); } catch (error) { thrown = error; }
  const { name, code, path, message } = thrown;
  const is = [thrown instanceof postern.PosternError, thrown instanceof Error, /at .*user/.test(thrown.stack)];
  console.log(JSON.stringify({ json, withKey, thrown: { name, code, path, message }, is }));
`;

function checkUse(printed) {
  const { json, withKey, thrown, is } = JSON.parse(printed);
  assert.equal(json, golden('add-to-existing-role-nokms'));
  assert.equal(withKey.json, golden('custom-role-minimal-kms').replace('key-name', KEY));
  assert.deepEqual(withKey.policy, JSON.parse(withKey.json));
  assert.deepEqual(Object.keys(withKey), ['policy', 'json', 'characters', 'quota', 'notes']);
  assert.equal(withKey.characters, 388 - 'key-name'.length + KEY.length);
  assert.equal(withKey.quota, 10_240);
  assert.deepEqual(withKey.notes.map((note) => note.code), ['SUMMARY']);
  assert.deepEqual(thrown, {
    name: 'PosternError',
    code: 'REGION_MALFORMED',
    path: 'options.region',
    message: '"eu-west-1a" is not a Region. A Region looks like us-east-1.',
  });
  assert.deepEqual(is, [true, true, true]);
}

test('a module imports the package', async () => {
  checkUse(await runFile('user.mjs', `import * as postern from 'postern';\n${USE}`));
});

test('a CommonJS file requires the package', async () => {
  checkUse(await runFile('user.cjs', `const postern = require('postern');\n${USE}`));
});

test('import and require give one PosternError', async () => {
  const printed = await runFile('both.mjs', `
    import { createRequire } from 'node:module';
    import { PosternError, buildNodePolicy } from 'postern';
    const required = createRequire(import.meta.url)('postern');
    const thrownBy = (call) => { try { call({ region: 7 }); } catch (error) { return error; } };
    console.log(JSON.stringify([
      required.PosternError === PosternError,
      thrownBy(required.buildNodePolicy) instanceof PosternError,
      thrownBy(buildNodePolicy) instanceof required.PosternError,
    ]));
  `);
  assert.deepEqual(JSON.parse(printed), [true, true, true]);
});

test('in Node init has nothing to do and may be called', async () => {
  const printed = await runFile('init.mjs', `
    import { init, initSync, buildNodePolicy } from 'postern';
    const before = buildNodePolicy().characters;
    console.log(JSON.stringify([before, await init() ?? null, initSync() ?? null, buildNodePolicy().characters]));
  `);
  assert.deepEqual(JSON.parse(printed), [290, null, null, 290]);
});

test('every build has what the types declare', async () => {
  const types = installed('dist/postern.d.ts').toString();
  // A call with several forms is declared once for each.
  const declared = [...new Set([...types.matchAll(/^export (?:declare )?(?:function|class|const) (\w+)/gm)].map(([, name]) => name))];
  assert.ok(declared.includes('buildNodePolicy') && declared.includes('PosternError'), declared.join());
  const load = (name) => import(pathToFileURL(join(home, 'dist', name)));
  const builds = { require: userRequire('postern'), node: await load('node.mjs'), browser: await load('browser.mjs') };
  for (const [name, build] of Object.entries(builds)) {
    assert.deepEqual(Object.keys(build).sort(), declared.sort(), name);
  }
});

test('nothing but what exports names can be reached', async () => {
  const printed = await runFile('inside.mjs', `
    const codes = [];
    for (const name of ['postern/dist/node.cjs', 'postern/dist/browser.mjs', 'postern/src/lib.rs']) {
      await import(name).catch((error) => codes.push(error.code));
    }
    console.log(codes.join());
  `);
  assert.equal(printed, `${new Array(3).fill('ERR_PACKAGE_PATH_NOT_EXPORTED').join()}\n`);
  assert.equal(userRequire('postern/package.json').name, 'postern');
});
