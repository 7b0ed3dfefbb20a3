// Makes dist/, the npm package, from the crate: cargo, wasm-bindgen, wasm-opt, then one file a way of loading.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { ROOT, need, run } from './env.mjs';

const TARGET = 'wasm32-unknown-unknown';
const at = (...parts) => join(ROOT, ...parts);

/** The wasm file and its glue in target/npm, made again only when the crate changed. */
export function wasm() {
  need('packages', 'rust', 'bindgen');
  run('cargo', ['build', '--quiet', '--release', '--lib', '--target', TARGET, '--locked']);
  const built = readFileSync(at('target', TARGET, 'release', 'postern.wasm'));
  const out = at('target', 'npm');
  const stamp = join(out, 'made-from');
  const hash = createHash('sha256').update(built).update(readFileSync(at('Cargo.lock')))
    .update(readFileSync(at('package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  run('wasm-bindgen', ['--target', 'web', '--omit-default-module-path', '--no-typescript', '--out-dir', out,
    '--out-name', 'core', at('target', TARGET, 'release', 'postern.wasm')]);
  // Not --all-features: that writes types which browsers refuse. The module says itself what it uses.
  run('wasm-opt', ['-Oz', join(out, 'core_bg.wasm'), '-o', join(out, 'core.wasm')]);
  writeFileSync(stamp, hash);
}

/** The JSON Schema of what the builders take, from the package's types and their documentation. */
async function optionsSchema() {
  const { createGenerator } = await import('ts-json-schema-generator');
  const path = at('src/npm/types.d.ts');
  const generator = createGenerator({ path, tsconfig: at('tsconfig.json'), skipTypeCheck: true, topRef: true });
  const calls = readFileSync(path, 'utf8').matchAll(/^export function build\w+\([^)]*\boptions\??: (\w+)\)/gm);
  const names = Array.from(calls, ([, name]) => name);
  const definitions = Object.assign({}, ...names.map((name) => generator.createSchema(name).definitions));
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: "Options of Postern's builders",
    description: "One definition for the options of each call; the package's types say the same.",
    anyOf: names.map((name) => ({ $ref: `#/definitions/${name}` })),
    $defs: definitions,
  };
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', '"#/$defs/'));
}

/** dist/, from target/npm and src/npm. */
export async function npmPackage() {
  const { build } = await import('esbuild');
  const dist = at('dist');
  const bytes = readFileSync(at('target', 'npm', 'core.wasm'));
  const packed = gzipSync(bytes, { level: 9 }).toString('base64');
  const modules = {
    name: 'postern',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^postern-core$/ }, () => ({ path: at('target', 'npm', 'core.js') }));
      onResolve({ filter: /^postern-packed$/ }, () => ({ path: 'packed', namespace: 'postern' }));
      onLoad({ filter: /.*/, namespace: 'postern' }, () => ({ contents: `export default "${packed}"` }));
    },
  };
  const common = { bundle: true, target: 'es2022', plugins: [modules], logLevel: 'warning', legalComments: 'none' };
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  await build({ ...common, entryPoints: [at('src/npm/node.mjs')], platform: 'node', format: 'cjs',
    outfile: join(dist, 'node.cjs') });
  await build({ ...common, entryPoints: [at('src/npm/browser.mjs')], platform: 'browser', format: 'esm',
    outfile: join(dist, 'browser.mjs') });
  // A wrapper, so that import and require give the same PosternError.
  const names = Object.keys((await import('node:module')).createRequire(import.meta.url)(join(dist, 'node.cjs')));
  writeFileSync(join(dist, 'node.mjs'),
    `import postern from './node.cjs';\nexport const { ${names.sort().join(', ')} } = postern;\n`);
  cpSync(at('target', 'npm', 'core.wasm'), join(dist, 'postern.wasm'));
  writeFileSync(join(dist, 'options.schema.json'), `${JSON.stringify(await optionsSchema(), null, 2)}\n`);
  cpSync(at('src/data/LICENSE.iam-data'), join(dist, 'LICENSE.iam-data'));
  for (const name of ['postern.d.ts', 'postern.d.cts']) cpSync(at('src/npm/types.d.ts'), join(dist, name));
  console.log(`  postern.wasm: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzip, `
    + `${brotliCompressSync(bytes).length} brotli`);
}
