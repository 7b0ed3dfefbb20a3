// What reads policies out of files, as a module that tests can import.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import * as esbuild from 'esbuild';
import { ROOT } from '../../../scripts/env.mjs';
import { forCli, parts } from '../../../scripts/parts.mjs';

const folder = mkdtempSync(join(ROOT, 'target', 'source-'));
after(() => rmSync(folder, { recursive: true }));

await parts(esbuild, folder, '0');
await esbuild.build({
  ...forCli, outfile: join(folder, 'source.cjs'),
  stdin: { contents: "export * from './index.ts'; export { TEMPLATE } from './cloudformation.ts'; export { OF_TEMPLATE } from './grants.ts'; export { controlled } from './cloud-control.ts';", resolveDir: join(ROOT, 'src/npm/cli/source') },
  absWorkingDir: ROOT, bundle: true, target: 'es2022', format: 'cjs', logLevel: 'warning',
});
export const { extentOf, isFound, policiesIn, seenIn, settled, SourceError, OF_TEMPLATE, TEMPLATE, controlled } = await import(join(folder, 'source.cjs'));
