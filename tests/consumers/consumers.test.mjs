// The installed package in the hands of bundlers, test runners and Workers, and what the linters of packages say of it.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, test } from 'node:test';
import { golden, home, packed, run, user, write } from '../package/install.mjs';

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
/** A tool of this folder, which users' projects do not find by themselves. */
const load = (name) => import(pathToFileURL(require.resolve(name)));
const program = (name, path) => join(here, 'node_modules', name, path);

const plain = golden('add-to-existing-role-nokms');
const USE = `
import { PosternError, buildNodePolicy, init, validatePolicy } from 'postern';
await init();
let refused;
try { buildNodePolicy({ region: 7 }); } catch (error) { refused = error instanceof PosternError && error.code; }
export const result = { json: buildNodePolicy().json, refused, findings: validatePolicy('{}').length };
`;
const EXPECTED = { json: plain, refused: 'INVALID_ARGUMENT', findings: 2 };
const PRINT = `${USE.replace('export const', 'const')}\nconsole.log(JSON.stringify(result));\n`;

async function isRight(file) {
  const { stdout, stderr } = await run(process.execPath, [file]);
  assert.equal(stderr, '');
  assert.deepEqual(JSON.parse(stdout), EXPECTED);
}

describe('linters of packages', () => {
  test('publint has nothing to say', async () => {
    const { publint } = await load('publint');
    // It suggests to leave out `browser`, which is for tools that read no `exports`, as Parcel by default.
    const { messages } = await publint({ pkgDir: home, strict: true, level: 'warning' });
    assert.deepEqual(messages, []);
  });

  test('Are The Types Wrong finds the types right in each way of resolving them', async () => {
    const { stdout } = await run(process.execPath, [program('@arethetypeswrong/cli', 'dist/index.js'), join(user, packed.filename),
      '--format', 'json', '--exclude-entrypoints', './wasm', './options.schema.json', './config.schema.json']).catch((error) => error);
    const { analysis, problems } = JSON.parse(stdout);
    assert.equal(analysis.types.kind, 'included');
    assert.deepEqual(problems ?? {}, {});
  });
});

describe('bundlers', () => {
  for (const [format, ending] of [['es', 'mjs'], ['cjs', 'cjs']]) {
    test(`Rollup bundles it for Node as ${format}`, async () => {
      const { rollup } = await load('rollup');
      const { default: resolve } = await load('@rollup/plugin-node-resolve');
      const { default: commonjs } = await load('@rollup/plugin-commonjs');
      const warnings = [];
      const bundle = await rollup({
        input: write('rollup.mjs', format === 'es' ? PRINT : PRINT.replace('await init();', '')),
        plugins: [resolve({ exportConditions: ['node'], preferBuiltins: true }), commonjs({ ignoreDynamicRequires: true })],
        onwarn: ({ message }) => warnings.push(message),
      });
      const file = join(user, `rollup-out.${ending}`);
      await bundle.write({ file, format });
      await bundle.close();
      assert.deepEqual(warnings, []);
      await isRight(file);
    });
  }

  test('Rollup bundles it for browsers, in one file that Node runs as well', async () => {
    const { rollup } = await load('rollup');
    const { default: resolve } = await load('@rollup/plugin-node-resolve');
    const bundle = await rollup({ input: write('rollup-web.mjs', PRINT), plugins: [resolve({ browser: true })], onwarn: ({ message }) => assert.fail(message) });
    const { output } = await bundle.write({ file: join(user, 'rollup-web-out.mjs'), format: 'es' });
    await bundle.close();
    assert.equal(output.length, 1);
    await isRight(join(user, 'rollup-web-out.mjs'));
  });

  for (const target of ['node', 'web']) {
    test(`webpack bundles it for ${target}`, async () => {
      const { default: webpack } = await load('webpack');
      const compiler = webpack({
        mode: 'production', target: [target, 'es2022'], context: user, entry: write('webpack.mjs', PRINT),
        output: { path: user, filename: `webpack-${target}.mjs`, module: true, chunkFormat: 'module' }, experiments: { outputModule: true },
        performance: false,
      });
      const stats = (await promisify(compiler.run.bind(compiler))()).toJson({ all: false, errors: true, warnings: true });
      assert.deepEqual([...stats.errors, ...stats.warnings].map(({ message }) => message), []);
      await isRight(join(user, `webpack-${target}.mjs`));
    });
  }
});

describe('bundlers that read no exports', () => {
  test('Parcel bundles it for browsers, in one file that Node runs as well', async () => {
    write('parcel/package.json', '{"name": "parcel-user"}');
    write('parcel/main.js', PRINT);
    write('parcel/index.html', '<!doctype html><script type="module" src="main.js"></script>');
    const out = join(user, 'parcel/out');
    await run(process.execPath, [program('parcel', 'lib/bin.js'), 'build', 'index.html', '--no-cache', '--no-source-maps', '--dist-dir', out],
      { cwd: join(user, 'parcel') });
    const [script, ...others] = readdirSync(out).filter((name) => name.endsWith('.js'));
    assert.deepEqual(others, []);
    renameSync(join(out, script), join(out, 'out.mjs'));
    await isRight(join(out, 'out.mjs'));
  });
});

describe('other runtimes', () => {
  // Their own packages only choose one of these, by a script that is not run here.
  const platform = (scope) => {
    const folder = join(here, 'node_modules', scope);
    return readdirSync(folder).flatMap((name) => ['bin/bun', 'bin/bun.exe', 'deno', 'deno.exe'].map((path) => join(folder, name, path))).filter(existsSync);
  };
  for (const [name, scope, args] of [['Bun', '@oven', ['run']], ['Deno', '@deno', ['run', '--no-remote', '--allow-read', '--allow-env']]]) {
    test(`${name} runs it`, async () => {
      write('runtime.mjs', PRINT);
      const programs = platform(scope);
      assert.ok(programs.length > 0, 'none is installed');
      for (const one of programs) {
        chmodSync(one, 0o755);
        const { stdout } = await run(one, [...args, 'runtime.mjs'], { shell: false });
        assert.deepEqual(JSON.parse(stdout), EXPECTED);
      }
    });
  }
});

describe('test runners', () => {
  for (const environment of ['node', 'jsdom']) {
    test(`Jest runs it in ${environment}`, async () => {
      const root = join(user, `jest-${environment}`);
      write(`jest-${environment}/package.json`, '{"name": "jest-user"}');
      write(`jest-${environment}/postern.test.cjs`, `
const { PosternError, buildNodePolicy, validatePolicy } = require('postern');
test('it works', () => {
  expect(buildNodePolicy().json).toBe(${JSON.stringify(plain)});
  expect(validatePolicy('{}')).toHaveLength(2);
  expect(() => buildNodePolicy({ region: 7 })).toThrow(PosternError);
});
`);
      const config = {
        rootDir: root, testMatch: ['**/*.test.cjs'], transform: {}, moduleDirectories: ['node_modules', join(user, 'node_modules')],
        testEnvironment: require.resolve(environment === 'node' ? 'jest-environment-node' : 'jest-environment-jsdom'),
        // jsdom asks for what is made for browsers; in a process of Node the package for Node is right.
        testEnvironmentOptions: environment === 'jsdom' ? { customExportConditions: ['node', 'require', 'default'] } : {},
      };
      const { stderr } = await run(process.execPath, [program('jest', 'bin/jest.js'), '--ci', '--config', JSON.stringify(config)], { cwd: root });
      assert.match(stderr, /Tests: +1 passed, 1 total/);
    });
  }

  test('Vitest runs it', async () => {
    write('vitest/package.json', '{"name": "vitest-user", "type": "module"}');
    write('vitest/postern.test.mjs', `${USE}
import { expect, test } from 'vitest';
test('it works', () => { expect(result).toEqual(${JSON.stringify(EXPECTED)}); });
`);
    write('vitest/vitest.config.mjs', `export default { resolve: { alias: { vitest: ${JSON.stringify(program('vitest', 'dist/index.js'))} } } };`);
    const { stdout } = await run(process.execPath, [program('vitest', 'vitest.mjs'), 'run', '--root', join(user, 'vitest')], { cwd: join(user, 'vitest'), env: { ...process.env, NO_COLOR: '1' } });
    assert.match(stdout, /Tests +1 passed/);
  });
});

describe('Workers', () => {
  test('a Worker of Cloudflare starts it from the compiled module', async () => {
    const { Miniflare } = await load('miniflare');
    const worker = `
import { buildNodePolicy, initSync, validatePolicy } from 'postern';
import module from 'postern/wasm';
initSync(module);
export default { fetch: () => Response.json({ json: buildNodePolicy().json, findings: validatePolicy('{}').length }) };
`;
    const contents = (name) => readFileSync(join(home, 'dist', name));
    const miniflare = new Miniflare({
      host: '127.0.0.1', compatibilityDate: '2026-01-01',
      modules: [
        { type: 'ESModule', path: 'worker.mjs', contents: worker },
        { type: 'ESModule', path: 'postern', contents: contents('browser.mjs').toString() },
        { type: 'CompiledWasm', path: 'postern/wasm', contents: contents('postern.wasm') },
      ],
    });
    try {
      const response = await miniflare.dispatchFetch('http://127.0.0.1/');
      assert.deepEqual(await response.json(), { json: plain, findings: 2 });
    } finally {
      await miniflare.dispose();
    }
  });
});
