import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import { golden, home, installed, run, user, write } from './install.mjs';

const ENTRY = `
  import { PosternError, buildNodePolicy } from 'postern';
  let refused;
  try { buildNodePolicy({ region: 7 }); } catch (error) { refused = error instanceof PosternError && error.code; }
  console.log(JSON.stringify({ json: buildNodePolicy().json, refused }));
`;

// Away from the package, so that a bundle that still needs it fails.
const elsewhere = mkdtempSync(join(tmpdir(), 'postern-bundle-'));
after(() => rmSync(elsewhere, { recursive: true, force: true }));

for (const [format, ending] of [['esm', 'mjs'], ['cjs', 'cjs']]) {
  test(`esbuild's bundle for Node in ${format} needs no other file`, async () => {
    const outfile = join(elsewhere, `bundle.${ending}`);
    const entry = write('bundle.mjs', ENTRY);
    const { warnings, metafile } = await esbuild.build({
      entryPoints: [entry], outfile, format, bundle: true, platform: 'node', absWorkingDir: user,
      metafile: true, logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
    assert.deepEqual(Object.keys(metafile.outputs).length, 1);
    const { stdout } = await run(process.execPath, [outfile], { cwd: elsewhere });
    assert.deepEqual(JSON.parse(stdout), { json: golden('add-to-existing-role-nokms'), refused: 'INVALID_ARGUMENT' });
  });
}

const isRight = (printed) => {
  assert.deepEqual(JSON.parse(printed), { json: golden('add-to-existing-role-nokms'), refused: 'INVALID_ARGUMENT' });
};

test("Vite's bundle for a server needs no other file", async () => {
  write('server/main.mjs', ENTRY);
  await vite.build({
    root: join(user, 'server'), configFile: false, logLevel: 'warn', ssr: { noExternal: true },
    build: { ssr: 'main.mjs', outDir: join(elsewhere, 'server'), rolldownOptions: { output: { entryFileNames: 'main.mjs' } } },
  });
  const { stdout } = await run(process.execPath, [join(elsewhere, 'server/main.mjs')], { cwd: elsewhere });
  isRight(stdout);
});

test('without postern.wasm beside it, or with that of another version, the packed bytes are used', async () => {
  const copy = join(elsewhere, 'copy');
  mkdirSync(copy);
  for (const name of ['node.cjs', 'packed.cjs']) copyFileSync(join(home, 'dist', name), join(copy, name));
  const script = ENTRY.replace("import { PosternError, buildNodePolicy } from 'postern';",
    "const { PosternError, buildNodePolicy } = require('./node.cjs');")
    + "console.error(Object.keys(require.cache).some((name) => name.endsWith('packed.cjs')));";
  writeFileSync(join(copy, 'user.cjs'), script);
  const other = Buffer.from(installed('dist/postern.wasm'));
  other.write('9', other.length - JSON.parse(installed('package.json')).version.length);
  const files = { absent: null, broken: Buffer.from('no module'), other, right: installed('dist/postern.wasm') };
  for (const [name, bytes] of Object.entries(files)) {
    if (bytes !== null) writeFileSync(join(copy, 'postern.wasm'), bytes);
    const { stdout, stderr } = await run(process.execPath, ['user.cjs'], { cwd: copy });
    isRight(stdout);
    assert.equal(stderr, `${name !== 'right'}\n`, `${name}: whether the packed bytes were read`);
  }
});

test('an error that nobody catches prints no line of the packed bytes', async () => {
  const entry = write('uncaught.mjs', "import { buildNodePolicy } from 'postern'; buildNodePolicy({ region: 7 });");
  const minified = join(elsewhere, 'minified.cjs');
  await esbuild.build({
    entryPoints: [entry], outfile: minified, format: 'cjs', bundle: true, minify: true, platform: 'node',
    absWorkingDir: user, logLevel: 'silent',
  });
  const problems = [];
  for (const [file, limit] of [[entry, 500], [minified, 40_000]]) {
    const { stderr } = await run(process.execPath, [file]).catch((error) => error);
    assert.match(stderr, /PosternError: "options\.region" must be|PosternError: .*options\.region|INVALID_ARGUMENT/);
    const longest = Math.max(...stderr.split('\n').map((line) => line.length));
    if (longest > limit || /[\w+/]{110}/.test(stderr)) problems.push(`${file}: a line of ${longest} characters`);
  }
  const lines = readFileSync(minified, 'utf8').split('\n');
  assert.ok(lines.length > 500, `${lines.length} lines: does the minifier keep those of the packed bytes?`);
  assert.deepEqual(problems, []);
});
