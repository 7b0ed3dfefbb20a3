// What the documentation is made of and stands in TypeScript or in the built package: loaded once for all of its pages.
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../env.mjs';

const require = createRequire(import.meta.url);

/**
 * The texts of the command line (`HELP`, `allChecks`, `flagName`, `NOTES`, what builds a capability), the package, the schema of its options, and the pictures of
 * the web page.
 */
export async function sources() {
  const { build } = await import('esbuild');
  const outfile = join(ROOT, 'target', 'docs', 'sources.cjs');
  await build({
    absWorkingDir: ROOT, bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile, logLevel: 'warning',
    jsx: 'automatic', jsxImportSource: 'preact', tsconfigRaw: {},
    plugins: [{
      name: 'postern',
      setup: ({ onResolve }) => onResolve({ filter: /^postern$/ }, () => ({ path: join(ROOT, 'dist', 'node.cjs'), external: true })),
    }],
    stdin: {
      resolveDir: join(ROOT, 'src', 'npm', 'cli'),
      loader: 'tsx',
      contents: `
        import { renderToString } from 'preact-render-to-string';
        import { GateIcon } from '../../../www/parts/icons.js';
        import { FINDING_TYPES } from '../../../www/parts/finding-types.js';
        export { HELP } from './help.js';
        export { allChecks } from './access/checks.js';
        export { flagName } from './build/names.js';
        export { NOTES } from './notes.js';
        export { BUILT_BY } from './capabilities.js';
        export { SIDES } from './explain.js';
        export * as postern from 'postern';
        export const gate = renderToString(<GateIcon />);
        export const types = FINDING_TYPES.map(({ type, word, tab, icon: Icon }) => ({ type, word, tab, icon: renderToString(<Icon />) }));`,
    },
  });
  const loaded = require(outfile);
  rmSync(join(ROOT, 'target', 'docs'), { recursive: true });
  return {
    ...loaded,
    schema: JSON.parse(readFileSync(join(ROOT, 'dist', 'options.schema.json'), 'utf8')),
    version: JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
    date: loaded.postern.catalogInfo().date,
  };
}
