// The command line, and its parts that are files of their own, so that a command loads only those that it needs: the parsers
// of HCL and YAML, and the language server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './env.mjs';

/** Where an import leads in the package: beside the file that asks. */
const BESIDE = { postern: './node.cjs', 'postern-hcl': './hcl.mjs', 'postern-lsp': './lsp.cjs', yaml: './yaml.cjs' };

/** What esbuild must be told of `src/npm/cli`. */
export const forCli = {
  platform: 'node',
  // The other form of jsonc-parser asks for its files by names that esbuild does not see.
  mainFields: ['module', 'main'],
  // Else the types that the package has would be read as its code.
  tsconfigRaw: {},
  plugins: [{
    name: 'postern-parts',
    setup({ onResolve }) {
      onResolve({ filter: /^(postern|postern-hcl|postern-lsp|yaml)$/ }, ({ path }) => ({ path: BESIDE[path], external: true }));
    },
  }],
};

/** Writes them into a folder and gives esbuild's metafiles. */
export async function parts({ build }, folder, version) {
  const options = { absWorkingDir: ROOT, bundle: true, metafile: true, target: 'es2022', logLevel: 'warning', legalComments: 'none',
    define: { POSTERN_VERSION: JSON.stringify(version), POSTERN_MESSAGES: JSON.stringify(messages()) } };
  const built = await Promise.all([
    build({
      ...options, platform: 'node', format: 'esm', minify: true, loader: { '.wasm': 'binary' },
      // The bytes stand in the file. What would load them from elsewhere, in browsers, is taken out of it.
      define: { fetch: 'undefined', XMLHttpRequest: 'undefined' },
      entryPoints: [join(ROOT, 'src/npm/cli/source/hcl-parser.ts')], outfile: join(folder, 'hcl.mjs'),
    }),
    build({ ...options, platform: 'node', format: 'cjs', entryPoints: ['yaml'], outfile: join(folder, 'yaml.cjs') }),
    // CommonJS: Node starts it sooner than a module.
    build({
      ...options, ...forCli, format: 'cjs', target: 'node20', banner: { js: '#!/usr/bin/env node' },
      entryPoints: [join(ROOT, 'src/npm/cli/main.ts')], outfile: join(folder, 'cli.cjs'),
    }),
    build({ ...options, ...forCli, format: 'cjs', entryPoints: [join(ROOT, 'src/npm/cli/lsp.ts')], outfile: join(folder, 'lsp.cjs') }),
  ]);
  return built.map(({ metafile }) => metafile);
}

/** Of each code in the table of error messages the first of its texts. */
function messages() {
  const lines = readFileSync(join(ROOT, 'src/data/messages.txt'), 'utf8').split('\n').map((line) => line.split('\t'));
  return Object.fromEntries(lines.filter(([kind]) => ['step', 'why', 'alone', 'usual'].includes(kind)).map(([, , code, , , texts]) => [code, texts.split(' | ')[0]]));
}
