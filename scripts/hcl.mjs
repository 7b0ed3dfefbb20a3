// The parser of HCL as a file of its own, so that only a command that meets a file of Terraform loads it.
import { join } from 'node:path';
import { ROOT } from './env.mjs';

/** What esbuild must be told of `src/npm/cli/source`: the parser of HCL stays outside, beside the file that is built. */
export const forSource = {
  platform: 'node',
  // The other form of jsonc-parser asks for its files by names that esbuild does not see.
  mainFields: ['module', 'main'],
  plugins: [{
    name: 'postern-hcl',
    setup({ onResolve }) {
      onResolve({ filter: /^postern-hcl$/ }, () => ({ path: './hcl.mjs', external: true }));
    },
  }],
};

export function hclParser({ build }, outfile) {
  return build({
    entryPoints: [join(ROOT, 'src/npm/cli/source/hcl-parser.ts')], outfile,
    absWorkingDir: ROOT, bundle: true, metafile: true, minify: true, target: 'es2022', platform: 'node', format: 'esm',
    loader: { '.wasm': 'binary' }, logLevel: 'warning', legalComments: 'none',
  });
}
