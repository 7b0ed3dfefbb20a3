// Chromium with the package in three ways: built by Vite, bundled by esbuild, and as the file that it is.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from '@playwright/test';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import { KEY, ROOT, golden, installed, user, write } from './install.mjs';

const plain = golden('add-to-existing-role-nokms');
const withKey = golden('custom-role-minimal-kms').replace('key-name', KEY);

const MAIN = `
  import { PosternError, buildNodePolicy, init } from 'postern';
  const refused = (options) => {
    try { buildNodePolicy(options); } catch (error) { return error instanceof PosternError && error.code; }
  };
  const early = refused({});
  init().then(() => {
    const options = { heartbeat: true, sessionEncryption: { kmsKeyArn: '${KEY}' } };
    globalThis.done = { early, json: buildNodePolicy(options).json, late: refused({ region: 7 }) };
  });
`;
const page = (script) => `<!doctype html><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,">
<script type="module" src="${script}"></script>`;

describe('in a browser', () => {
  const files = new Map();
  let browser;
  let server;
  let address;

  before(async () => {
    server = createServer((request, response) => {
      const body = files.get(request.url);
      const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
      response.writeHead(body === undefined ? 404 : 200, {
        'content-type': types[extname(request.url)] ?? 'text/plain',
        // Nothing may be loaded but this server's scripts, and what a test fetches.
        'content-security-policy': `default-src 'none'; script-src 'self'${request.url === '/strict.html' ? '' : " 'wasm-unsafe-eval'"}; worker-src 'self'; connect-src 'self'; img-src data:`,
      }).end(body);
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    address = `http://127.0.0.1:${server.address().port}`;
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
  });
  after(async () => {
    await browser?.close();
    server.close();
  });

  /** Opens a page; what it complains of fails the test. */
  async function open(path) {
    const tab = await browser.newPage();
    const complaints = [];
    const requests = [];
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('request', (request) => requests.push(request.url()));
    await tab.goto(address + path);
    return { tab, complaints, requests };
  }

  /** What MAIN found, and that it loaded its own page and script only. */
  async function checkMain(path, loaded) {
    const { tab, complaints, requests } = await open(path);
    const done = await (await tab.waitForFunction(() => globalThis.done)).jsonValue();
    assert.deepEqual(done, { early: 'NOT_READY', json: withKey, late: 'INVALID_ARGUMENT' });
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests.filter((url) => !url.startsWith('data:')), loaded.map((file) => address + file));
    await tab.close();
  }

  test("Vite's build works", async () => {
    write('vite/main.js', MAIN);
    write('vite/index.html', page('./main.js'));
    const root = join(user, 'vite');
    await vite.build({ root, base: '/vite/', configFile: false, logLevel: 'warn', build: { outDir: 'out' } });
    const assets = readdirSync(join(root, 'out/assets')).map((name) => `assets/${name}`);
    assert.equal(assets.length, 1, assets.join());
    for (const name of ['index.html', ...assets]) files.set(`/vite/${name}`, readFileSync(join(root, 'out', name)));
    await checkMain('/vite/index.html', ['/vite/index.html', `/vite/${assets[0]}`]);
  });

  test("esbuild's bundle works", async () => {
    const entry = write('web.js', MAIN);
    const { outputFiles, warnings } = await esbuild.build({
      entryPoints: [entry], bundle: true, minify: true, platform: 'browser', format: 'esm', write: false,
      absWorkingDir: user, logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
    files.set('/esbuild.html', page('./bundle.js'));
    files.set('/bundle.js', outputFiles[0].contents);
    await checkMain('/esbuild.html', ['/esbuild.html', '/bundle.js']);
  });

  describe('the file itself as a module script', () => {
    before(() => {
      files.set('/raw.html', page('./raw.js'));
      files.set('/raw.js', "import * as postern from './browser.mjs'; globalThis.postern = postern;");
      files.set('/browser.mjs', installed('dist/browser.mjs'));
      files.set('/postern.wasm', installed('dist/postern.wasm'));
      files.set('/arguments.js', readFileSync(join(ROOT, 'tests/web/arguments.js')));
    });

    test('is not ready before init, fails where it cannot unpack, and then starts', async () => {
      const { tab, complaints } = await open('/raw.html');
      const found = await tab.evaluate(async () => {
        const { PosternError, buildNodePolicy, init } = globalThis.postern;
        const thrown = () => {
          try {
            return buildNodePolicy().json;
          } catch (error) {
            return [error instanceof PosternError, error.name, error.code, error.path];
          }
        };
        const steps = [thrown()];
        const kept = globalThis.DecompressionStream;
        globalThis.DecompressionStream = class { constructor() { throw new Error('not here'); } };
        steps.push(await init().catch((error) => error.message), thrown());
        globalThis.DecompressionStream = kept;
        const [first, second] = [init(), init()];
        steps.push(first === second, await first ?? null, thrown());
        await init();
        steps.push(thrown());
        return steps;
      });
      const notReady = [true, 'PosternError', 'NOT_READY', null];
      assert.deepEqual(found, [notReady, 'not here', notReady, true, null, plain, plain]);
      assert.deepEqual(complaints, []);
      await tab.close();
    });

    test("says what a Content Security Policy without 'wasm-unsafe-eval' lacks", async () => {
      files.set('/strict.html', page('./raw.js'));
      // The browser complains of the refusal by itself.
      const { tab } = await open('/strict.html');
      const found = await tab.evaluate(async () => {
        const { PosternError, init, initSync } = globalThis.postern;
        const told = (error) => [error instanceof PosternError, error.code, error.message.includes("needs 'wasm-unsafe-eval'")];
        const bytes = await (await fetch('./postern.wasm')).arrayBuffer();
        const steps = [await init().catch(told)];
        try {
          initSync(bytes);
        } catch (error) {
          steps.push(told(error));
        }
        return steps;
      });
      assert.deepEqual(found, [[true, 'INTERNAL', true], [true, 'INTERNAL', true]]);
      await tab.close();
    });

    test('starts at once from a compiled postern/wasm', async () => {
      const { tab, complaints } = await open('/raw.html');
      const json = await tab.evaluate(async () => {
        const { buildNodePolicy, initSync } = globalThis.postern;
        initSync(await WebAssembly.compileStreaming(fetch('./postern.wasm')));
        return buildNodePolicy().json;
      });
      assert.equal(json, plain);
      assert.deepEqual(complaints, []);
      await tab.close();
    });

    test('goes on after a trap, on the main thread and in a worker', async () => {
      // A worker has a WebAssembly of its own, so both load the script that makes the module trap.
      files.set('/trap.js', readFileSync(join(ROOT, 'tests/web/trap.js')));
      files.set('/trapped.js', `
        import './trap.js';
        import { PosternError, buildNodePolicy, init } from './browser.mjs';
        await init();
        globalThis.trapping.trap = 'buildNodePolicy';
        let thrown;
        try { buildNodePolicy(); } catch (error) { thrown = [error instanceof PosternError, error.code, error.cause.name]; }
        const done = { thrown, json: buildNodePolicy().json, instances: globalThis.trapping.instances };
        if (globalThis.document === undefined) postMessage(done); else globalThis.done = done;
      `);
      files.set('/trapped.html', page('./trapped.js'));
      const { tab, complaints } = await open('/trapped.html');
      const onMain = await (await tab.waitForFunction(() => globalThis.done)).jsonValue();
      const inWorker = await tab.evaluate(() => new Promise((resolve, reject) => {
        const worker = new Worker('./trapped.js', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      }));
      const expected = { thrown: [true, 'INTERNAL', 'RuntimeError'], json: plain, instances: 2 };
      assert.deepEqual([onMain, inWorker], [expected, expected]);
      assert.deepEqual(complaints, []);
      await tab.close();
    });

    test('refuses every wrong argument and goes on working', async () => {
      const { tab } = await open('/raw.html');
      const { count, wrong } = await tab.evaluate(async () => {
        const { PosternError, buildNodePolicy, init } = globalThis.postern;
        const { refused } = await import('/arguments.js');
        await init();
        const expected = buildNodePolicy().json;
        const wrong = refused().filter(({ make, code, path, says }) => {
          try {
            buildNodePolicy(make());
            return true;
          } catch (error) {
            const right = error instanceof PosternError && error.code === code && error.path === path
              && error.message.includes(says);
            return !right || buildNodePolicy().json !== expected;
          }
        }).map(({ name }) => name);
        return { count: refused().length, wrong };
      });
      assert.deepEqual(wrong, []);
      assert.ok(count > 100, `${count} cases`);
      await tab.close();
    });
  });
});

/** Playwright's own Chromium where it is installed, else the system's. */
function chromiumPath() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : '/usr/bin/chromium';
}
