import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as esbuild from 'esbuild';
import { noticesOfScripts, shippedCrates, shippedPackages } from '../../scripts/licenses.mjs';
import { ROOT, installed } from './install.mjs';

const notices = installed('dist/licenses.txt').toString();
const heading = (name, version) => new RegExp(`^(.*, )?${name} ${version.replaceAll('.', '\\.')}(,.*)?$`, 'm');

test('every crate of Cargo.lock that the module is made of has its notice', () => {
  const crates = shippedCrates();
  const lock = readFileSync(join(ROOT, 'Cargo.lock'), 'utf8');
  const cargo = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8');
  const [, declared] = /^\[dependencies\]\n(.*?)(?=^\[[^\]]*dev-dependencies\])/ms.exec(cargo);
  const own = [...declared.matchAll(/^([\w-]+) =/gm)].map(([, name]) => name);
  const problems = [];
  for (const name of own) if (!crates.some((crate) => crate.name === name)) problems.push(`${name}: not found by cargo metadata`);
  for (const { name, version } of crates) {
    if (!lock.includes(`name = "${name}"\nversion = "${version}"`)) problems.push(`${name} ${version}: not in Cargo.lock`);
    if (!heading(name, version).test(notices)) problems.push(`${name} ${version}: no notice`);
  }
  assert.deepEqual(problems, []);
  assert.ok(own.length >= 3, own.join());
});

test("Rust's standard library, its parts and the service data have their notices", () => {
  for (const holder of ['The Rust Project Contributors', 'Rich Felker', 'Alex Crichton', "Amanieu d'Antras", 'Act Security']) {
    assert.ok(notices.includes(holder), holder);
  }
});

test('an npm package that a bundle holds is found, and one that it only mentions is not', async () => {
  const { metafile } = await esbuild.build({
    stdin: { contents: "import 'vite'; import { h } from 'preact'; import { build } from 'esbuild'; export default h('p');",
      resolveDir: ROOT },
    bundle: true, write: false, metafile: true, format: 'esm', external: ['vite', 'esbuild'], absWorkingDir: ROOT,
    logLevel: 'silent',
  });
  assert.deepEqual(shippedPackages([metafile]).map(({ name }) => name), ['preact']);
  assert.match(noticesOfScripts([metafile]), /preact \d+\.\d+\.\d+\n\nThe MIT License \(MIT\)\n\nCopyright \(c\) 2015-present Jason Miller/);
});
