import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ROOT, installed, packed, run, user } from './install.mjs';

/** What the module may have in bytes; 160,000 of it are the service data. The page, for which bytes count more, has a
 *  smaller one of its own. */
const GZIP_LIMIT = 1180 * 1024;

test('the tarball holds what a user needs and nothing else', () => {
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
    'LICENSE',
    'README.md',
    'dist/browser.mjs',
    'dist/cli.cjs',
    'dist/config.schema.json',
    'dist/hcl.mjs',
    'dist/licenses.txt',
    'dist/lsp.cjs',
    'dist/node.cjs',
    'dist/node.mjs',
    'dist/options.schema.json',
    'dist/packed.cjs',
    'dist/postern.d.cts',
    'dist/postern.d.ts',
    'dist/postern.wasm',
    'dist/wasm.d.ts',
    'dist/yaml.cjs',
    'package.json',
  ]);
  for (const name of ['dist/browser.mjs', 'dist/cli.cjs', 'dist/hcl.mjs', 'dist/lsp.cjs', 'dist/node.cjs', 'dist/node.mjs', 'dist/yaml.cjs']) {
    assert.doesNotMatch(installed(name).toString(), /sourceMappingURL|postern-(glue|packed)|POSTERN_VERSION/, name);
    assert.doesNotMatch(installed(name).toString(), /(?<!git |to )\bfetch\b(?!-depth)|XMLHttpRequest|WebSocket/, `${name} opens no connection`);
  }
});

test('the package brings nothing with it and runs nothing when it is installed', () => {
  const about = JSON.parse(installed('package.json'));
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
    assert.equal(about[field], undefined, field);
  }
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    assert.equal(about.scripts[script], undefined, script);
  }
  const cargo = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8');
  assert.equal(about.version, /^version = "(.+)"$/m.exec(cargo)[1]);
});

test('the command line runs as it is installed, and uses nothing but Node and the package', async () => {
  const { version } = JSON.parse(installed('package.json'));
  const { stdout } = await run(join(user, 'node_modules/.bin/postern'), ['--version']);
  assert.ok(stdout.startsWith(`postern ${version} `), stdout);
  const asked = [...installed('dist/cli.cjs').toString().matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(asked)].filter((name) => !/^\.\/(node|yaml|lsp)\.cjs$/.test(name) && !isBuiltin(name)), []);
  // Another program is run for one thing, the files of another commit: git.
  for (const name of ['http', 'https', 'net', 'tls', 'dgram', 'dns', 'http2']) {
    assert.ok(!asked.some((one) => one.replace('node:', '') === name), name);
  }
});

test('both types files are the one of the source', () => {
  const source = readFileSync(join(ROOT, 'src/npm/types.d.ts'), 'utf8');
  assert.equal(installed('dist/postern.d.ts').toString(), source);
  assert.equal(installed('dist/postern.d.cts').toString(), source);
});

test('the bytes in the scripts are those of postern.wasm', () => {
  const wasm = installed('dist/postern.wasm');
  assert.deepEqual([...wasm.subarray(0, 4)], [0, 0x61, 0x73, 0x6d]);
  for (const name of ['dist/browser.mjs', 'dist/packed.cjs']) {
    const [, base64] = /`\n(H4sI[\w+/=\n]{1000,})`/.exec(installed(name).toString());
    assert.ok(gunzipSync(Buffer.from(base64, 'base64')).equals(wasm), name);
  }
});

test('the module is small', (t) => {
  const wasm = installed('dist/postern.wasm');
  const gzip = gzipSync(wasm, { level: 9 }).length;
  t.diagnostic(`postern.wasm: ${wasm.length} bytes, ${gzip} gzip`);
  assert.ok(gzip <= GZIP_LIMIT, `${gzip} bytes in gzip, at most ${GZIP_LIMIT}`);
  assert.ok(gzip > 10_000, `${gzip} bytes in gzip: is it the module?`);
});
