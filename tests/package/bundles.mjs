import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import { golden, run, user, write } from './install.mjs';

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
