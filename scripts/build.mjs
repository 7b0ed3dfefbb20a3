// Makes dist/, the npm package, from the crate: cargo, wasm-bindgen, wasm-opt, then one file a way of loading.
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { ROOT, ask, begin, need } from './env.mjs';
import { noticesOfModule, noticesOfScripts } from './licenses.mjs';
import { parts } from './parts.mjs';

const TARGET = 'wasm32-unknown-unknown';
const FLAT = ['--flatten', '--rereloop', '-Os'];
const at = (...parts) => join(ROOT, ...parts);

/** The modules of the package and of the page in target/npm, each with its glue, made again only when the crate changed.
 *  They differ in cargo's profile, and in the calls that they have. Side by side, since what takes long in each, the
 *  whole crate in one unit, has one thread. */
export async function wasm() {
  need('packages', 'rust', 'bindgen');
  const config = withoutPlaces();
  // All ends before an error is told, so that no program is left behind.
  const made = await Promise.allSettled([['release', ['core']], ['page', ['page', 'more']]].map(async ([profile, names]) => {
    await begin('cargo', ['build', '--quiet', '--profile', profile, '--lib', '--target', TARGET, '--locked', '--config', config]);
    for (const name of names) await glued(at('target', TARGET, profile, 'postern.wasm'), name);
  }));
  const failed = made.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** Makes `name.wasm` and its glue, `name.js`, of a module that cargo has built. */
async function glued(built, name) {
  const out = at('target', 'npm');
  const stamp = join(out, `${name}.made-from`);
  const hash = createHash('sha256').update(readFileSync(built));
  for (const file of ['Cargo.lock', 'package-lock.json', 'package.json', 'scripts/build.mjs', 'www/engine.ts']) hash.update(readFileSync(at(file)));
  const madeFrom = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeFrom) return;
  await begin('wasm-bindgen', ['--target', 'web', '--omit-default-module-path', '--no-typescript', '--out-dir', out, '--out-name', name, built]);
  const [made, finished] = [join(out, `${name}_bg.wasm`), join(out, `${name}.wasm`)];
  if (name !== 'core') leaveCallsOf(name, made);
  // Not --all-features: that writes types which browsers refuse. The module says itself what it uses.
  // -Os: a little larger than -Oz, and smaller when it is packed; in flat code, and twice, it finds 7 KB more in the page's
  // module, in plain code thrice another 3 KB, and functions in the order of their use are 1 KB more. The module is as
  // fast. The first kilobyte is the far end of the stack, which nothing but an overflow reaches, so that an offset may be
  // folded into a load or a store.
  await begin('wasm-opt', [...FLAT, ...FLAT, '-Os', '-Os', '-Os', '--reorder-functions', '--low-memory-unused', made, '-o', finished]);
  // The package compares it with its own version, since a page may load the two from different places.
  appendFileSync(finished, customSection('postern', version()));
  writeFileSync(stamp, madeFrom);
}

/** Leaves in a module of the page what the calls need that it is for. */
function leaveCallsOf(name, made) {
  const graph = at('target', 'npm', `${name}.json`);
  writeFileSync(graph, JSON.stringify(callsOfPage(readFileSync(made))[name]));
  // It lists what it takes out, function by function.
  if (!ask('wasm-metadce', [made, '-f', graph, '-o', made]).includes('unused')) throw new Error('wasm-metadce found nothing to take out.');
  leaveTextsOf(made);
}

/** Texts that these calls alone read. */
const TEXTS = { 'src/data/messages.txt': ['explainError'], 'src/data/managed.txt': ['diagnoseRole', 'listManagedPolicies'] };

/** Fills the texts of calls that the module does not have with zeros, which wasm-opt leaves out: wasm-metadce knows only
 *  which functions are used. */
function leaveTextsOf(made) {
  const bytes = readFileSync(made);
  const calls = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  for (const [file, readers] of Object.entries(TEXTS)) {
    const text = readFileSync(at(file));
    const start = bytes.indexOf(text);
    if (start < 0) throw new Error(`${file} does not stand in ${made} as one piece.`);
    if (!readers.some((call) => calls.includes(call))) bytes.fill(0, start, start + text.length);
  }
  writeFileSync(made, bytes);
}

/** What wasm-metadce shall keep in the page's two modules: the calls that the page makes at once, and those that it makes
 *  on demand, which its types say; and what wasm-bindgen's glue needs. */
function callsOfPage(bytes) {
  const engine = readFileSync(at('www', 'engine.ts'), 'utf8');
  const named = (type) => Array.from(new RegExp(`^type ${type} =([^;]+);$`, 'm').exec(engine)[1].matchAll(/'(\w+)'/g), ([, name]) => name);
  const [elsewhere, onDemand] = [named('Elsewhere'), named('OnDemand')];
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  const missing = [...elsewhere, ...onDemand].filter((name) => !exported.includes(name));
  if (missing.length > 0) throw new Error(`www/engine.ts names calls that there are not: ${missing.join(', ')}.`);
  const isOfGlue = (name) => name === 'memory' || name.startsWith('__');
  const graph = (isKept) => {
    const kept = exported.filter((name) => isOfGlue(name) || isKept(name));
    return [{ name: 'page', reaches: kept, root: true }, ...kept.map((name) => ({ name, export: name }))];
  };
  return { page: graph((name) => !elsewhere.includes(name) && !onDemand.includes(name)), more: graph((name) => onDemand.includes(name)) };
}

/** A file of cargo's configuration that keeps the place of the crates on this machine out of the module: it would stand
 *  in the texts of panics. A profile's trim-paths will do this once it is stable. */
function withoutPlaces() {
  const home = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const flags = [`--remap-path-prefix=${join(home, 'registry', 'src')}=crates`];
  const file = at('target', 'without-places.toml');
  mkdirSync(at('target'), { recursive: true });
  writeFileSync(file, `[target.${TARGET}]\nrustflags = ${JSON.stringify(flags)}\n`);
  return file;
}

/** A section of a module that says something to its users and nothing to the engine. */
function customSection(name, text) {
  const content = Buffer.concat([Buffer.from([name.length]), Buffer.from(name + text)]);
  if (content.length > 127) throw new Error('A length of more than seven bits takes more than one byte.');
  return Buffer.concat([Buffer.from([0, content.length]), content]);
}

const version = () => JSON.parse(readFileSync(at('package.json'), 'utf8')).version;

/** The JSON Schema of what the builders take, from the package's types and their documentation. */
async function optionsSchema() {
  const path = at('src/npm/types.d.ts');
  const calls = readFileSync(path, 'utf8').matchAll(/^export function build\w+\([^)]*\boptions\??: (\w+)\)/gm);
  const names = Array.from(calls, ([, name]) => name);
  // Not those of one builder; the command line has flags for them too.
  const others = ['SetupOptions', 'ExportTarget', 'Want'];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: "Options of Postern's builders",
    description: "One definition for the options of each call; the package's types say the same.",
    anyOf: names.map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: await schemasOf(path, [...names, ...others]),
  };
}

/** The JSON Schema of postern.json, from the type that the command line has of it. Editors know draft 7 best. */
async function configSchema() {
  const { ConfigFile, ...definitions } = await schemasOf(at('src/npm/cli/check/config-file.ts'), ['ConfigFile']);
  // What the type cannot say: an entry says something of its files, and no two things that exclude each other.
  const only = (type, other) => ({ type: 'object', properties: { type: { const: type }, [other]: false } });
  Object.assign(definitions.PolicyEntry, {
    anyOf: ['type', 'resourceType', 'identityPolicy'].map((name) => ({ type: 'object', properties: { [name]: true }, required: [name] })),
    dependencies: { resourceType: only('resource', 'identityPolicy'), identityPolicy: only('identity', 'resourceType') },
  });
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'postern.json', ...ConfigFile, $defs: definitions };
}

/** The JSON Schemas of types, with those of which they are made. */
async function schemasOf(path, names) {
  const { createGenerator } = await import('ts-json-schema-generator');
  const generator = createGenerator({ path, tsconfig: at('tsconfig.json'), skipTypeCheck: true, topRef: true });
  const definitions = Object.assign({}, ...names.map((name) => generator.createSchema(name).definitions));
  return JSON.parse(JSON.stringify(definitions).replaceAll('"#/definitions/', '"#/$defs/'));
}

/** dist/, from target/npm and src/npm. */
export async function npmPackage() {
  need('packages', 'rust');
  const esbuild = await import('esbuild');
  const dist = at('dist');
  const bytes = readFileSync(at('target', 'npm', 'core.wasm'));
  const packed = await packedText('core.wasm');
  const ofPackage = await glueAsFunction(esbuild, 'core');
  const build = ({ glue = ofPackage, packed = '', ...options }) => esbuild.build({
    absWorkingDir: ROOT, bundle: true, metafile: true, target: 'es2022', logLevel: 'warning', legalComments: 'none',
    define: { POSTERN_VERSION: JSON.stringify(version()) },
    ...options,
    plugins: [{
      name: 'postern',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^postern-glue$/ }, () => ({ path: 'glue', namespace: 'postern' }));
        onLoad({ filter: /^glue$/, namespace: 'postern' }, () => ({ contents: glue }));
        onResolve({ filter: /^postern-packed$/ }, () => (options.platform === 'node'
          ? { path: './packed.cjs', external: true } : { path: 'packed', namespace: 'postern' }));
        onLoad({ filter: /^packed$/, namespace: 'postern' }, () => ({ contents: `export default ${packed};` }));
      },
    }],
  });
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  writeFileSync(join(dist, 'packed.cjs'), `module.exports = ${packed};\n`);
  cpSync(at('target', 'npm', 'core.wasm'), join(dist, 'postern.wasm'));
  const forNode = await build({ entryPoints: [at('src/npm/node.mjs')], platform: 'node', format: 'cjs',
    inject: [at('src/npm/text.mjs')], outfile: join(dist, 'node.cjs') });
  const browsers = { entryPoints: [at('src/npm/browser.mjs')], platform: 'browser', format: 'esm' };
  const forBrowsers = await build({ ...browsers, packed, outfile: join(dist, 'browser.mjs') });
  // The page's own, each with the calls that it is for.
  for (const name of ['page', 'more']) {
    const parts = { glue: await glueAsFunction(esbuild, name), packed: await packedText(`${name}.wasm`, false) };
    await build({ ...browsers, ...parts, outfile: at('target', 'npm', `${name}.mjs`) });
  }
  const ofParts = await parts(esbuild, dist, version());
  chmodSync(join(dist, 'cli.cjs'), 0o755);
  // A wrapper, so that import and require give the same PosternError.
  const names = Object.keys((await import('node:module')).createRequire(import.meta.url)(join(dist, 'node.cjs')));
  writeFileSync(join(dist, 'node.mjs'),
    `import postern from './node.cjs';\nexport const { ${names.sort().join(', ')} } = postern;\n`);
  writeFileSync(join(dist, 'options.schema.json'), `${JSON.stringify(await optionsSchema(), null, 2)}\n`);
  writeFileSync(join(dist, 'config.schema.json'), `${JSON.stringify(await configSchema(), null, 2)}\n`);
  writeFileSync(join(dist, 'licenses.txt'), noticesOfModule() + noticesOfScripts([forNode.metafile, forBrowsers.metafile, ...ofParts]));
  for (const name of ['postern.d.ts', 'postern.d.cts']) cpSync(at('src/npm/types.d.ts'), join(dist, name));
  cpSync(at('src/npm/wasm.d.ts'), join(dist, 'wasm.d.ts'));
  console.log(`  postern.wasm: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzip, `
    + `${brotliCompressSync(bytes).length} brotli`);
}

/** The module as a string of JavaScript: zipped, in Base64, and where `isInLines` in short lines. Node prints the line in
 *  which an error was thrown, which in a minified bundle would else be all of it; a browser names it by its number.
 *
 *  Zopfli takes seconds to find 5 % that gzip leaves; kept until the module changes. */
async function packedText(name, isInLines = true) {
  const bytes = readFileSync(at('target', 'npm', name));
  const made = at('target', 'npm', `${name}.gz`);
  const kept = existsSync(made) ? readFileSync(made) : Buffer.of();
  const isThis = kept.length > 0 && gunzipSync(kept).equals(bytes);
  if (isThis) return asText(kept, isInLines);
  const { gzipAsync } = (await import('@gfx/zopfli')).default;
  const zipped = Buffer.from(await gzipAsync(bytes, { numiterations: 5, blocksplittingmax: 0 }));
  // In two steps, so that a build that is stopped leaves no half of it.
  writeFileSync(`${made}.new`, zipped);
  renameSync(`${made}.new`, made);
  return asText(zipped, isInLines);
}

const asText = (bytes, isInLines) => {
  const text = bytes.toString('base64');
  return isInLines ? `\`\n${text.replace(/.{1000}/g, '$&\n')}\`` : `'${text}'`;
};

/** wasm-bindgen's glue of a module as one that exports a function. The glue keeps its instance in variables of its own, of
 *  which each call of the function makes new ones; src/npm/instance.mjs tells why. */
async function glueAsFunction({ build }, name) {
  const { outputFiles } = await build({
    // All but its default export, which would fetch the module.
    stdin: { contents: `export * from './${name}.js';`, resolveDir: at('target', 'npm') },
    absWorkingDir: ROOT, bundle: true, write: false, target: 'es2022', format: 'iife', globalName: 'glue', legalComments: 'none',
  });
  return `export default function newGlue() {\n${outputFiles[0].text}return glue;\n}`;
}
