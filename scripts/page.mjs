// Makes www/dist/, the page, from www/ and the built package; and serves it while one works on it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { docFiles } from './docs/files.mjs';
import { ROOT } from './env.mjs';
import { noticesOfScripts } from './licenses.mjs';

const WWW = join(ROOT, 'www');
const OUT = join(WWW, 'dist');
const FILES = ['index.html', 'style.css', 'noscript.css', 'app.js', 'core.js', 'editor.js', 'more.js', 'licenses.txt', 'sw.js', 'postern.zip', '_headers'];
/** What the service worker keeps: all that a page without a network needs. */
const KEPT = FILES.filter((name) => !['sw.js', 'postern.zip', '_headers'].includes(name));
const FIRST_PORT = 5173;

/** www/dist/: plain files that work from any folder of any host, and from a disk. */
export async function page() {
  if (!existsSync(join(OUT, 'docs'))) throw new Error('the page leads to its documentation: run "node scripts/run.mjs docs page".');
  const { build } = await import('esbuild');
  const common = {
    absWorkingDir: ROOT, bundle: true, minify: true, target: 'es2022', platform: 'browser', legalComments: 'none', logLevel: 'warning',
    jsx: 'automatic', jsxImportSource: 'preact', tsconfigRaw: {},
    define: { BUILT_TEXTS: JSON.stringify(builtTexts()) },
  };
  // Files are written over and strays removed, so that a page that is being looked at never finds the folder empty.
  mkdirSync(OUT, { recursive: true });
  for (const name of readdirSync(OUT)) if (name !== 'docs' && !FILES.includes(name)) rmSync(join(OUT, name), { recursive: true });
  // Classic scripts: browsers refuse modules from a disk.
  const { metafile } = await build({ ...common, format: 'iife', entryPoints: [join(WWW, 'main.tsx')],
    outfile: join(OUT, 'app.js'), metafile: true });
  // What is read before anything else is made smaller than esbuild makes it, by 2 %.
  const { minify } = await import('terser');
  // Function expressions become arrows but those that name `this`, so nothing here may construct with others.
  const { code } = await minify(readFileSync(join(OUT, 'app.js'), 'utf8'), { ecma: 2020, toplevel: true, compress: { passes: 3, unsafe_arrows: true } });
  writeFileSync(join(OUT, 'app.js'), code);
  // Loaded when the first view with an editor is opened.
  const editor = await build({ ...common, format: 'iife', globalName: 'posternEditor',
    entryPoints: [join(WWW, 'editor', 'main.ts')], outfile: join(OUT, 'editor.js'), metafile: true });
  // All of an engine is a function, of whose text the page can make a worker: loading it once more would be a request.
  const engine = (name, called, beside = []) => ({
    ...common, format: 'iife', globalName: 'postern',
    stdin: { contents: [join(ROOT, 'target', 'npm', `${name}.mjs`), ...beside].map((file) => `export * from ${JSON.stringify(file)};`).join('\n'), resolveDir: WWW },
    banner: { js: `function ${called}(){` }, footer: { js: 'return postern}' },
  });
  const core = engine('page', 'posternCore', ['answer.ts', 'named.ts', 'role-words.ts'].map((name) => join(WWW, name)));
  await build({ ...core, footer: { js: `${core.footer.js}var postern=posternCore();` }, outfile: join(OUT, 'core.js') });
  // Loaded when somebody asks for what it does.
  const { outputFiles: [onDemand] } = await build({ ...engine('more', 'posternMoreCore'), write: false });
  const more = await build({ ...common, format: 'iife', entryPoints: [join(WWW, 'more', 'main.tsx')],
    banner: { js: onDemand.text }, outfile: join(OUT, 'more.js'), metafile: true });
  for (const [name, ...parts] of [['style.css', 'style.css', 'style-checks.css'], ['noscript.css', 'noscript.css']]) {
    const contents = parts.map((part) => `@import "./${part}";`).join('\n');
    await build({ ...common, stdin: { contents, resolveDir: WWW, loader: 'css' }, outfile: join(OUT, name) });
  }
  writeFileSync(join(OUT, 'licenses.txt'), licenses([metafile, editor.metafile, more.metafile]));
  const index = await html(build, common);
  writeFileSync(join(OUT, 'index.html'), index);
  writeFileSync(join(OUT, '_headers'), headers(index));
  await worker(build, common);
  writeFileSync(join(OUT, 'postern.zip'), await zip());
  const size = (...names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(join(OUT, name)), { level: 9 }).length, 0);
  console.log(`  page: ${size('index.html', 'style.css', 'app.js')} bytes gzip, core.js: ${size('core.js')}, editor.js: ${size('editor.js')}, more.js: ${size('more.js')}`);
}

/** The service worker, with the list of the files that it keeps. */
async function worker(build, common) {
  const hash = (text) => createHash('sha256').update(text).digest('base64');
  const files = Object.fromEntries(KEPT.map((name) => [name, hash(readFileSync(join(OUT, name)))]));
  files['./'] = files['index.html'];
  await build({
    ...common, format: 'iife', entryPoints: [join(WWW, 'sw.ts')], outfile: join(OUT, 'sw.js'),
    define: { PRECACHE: JSON.stringify(files), BUILD: JSON.stringify(hash(JSON.stringify(files)).slice(0, 12)) },
  });
}

/** The page in a folder with its documentation, to open from a disk. The same files make the same bytes. */
async function zip() {
  const { zipSync } = await import('fflate');
  const files = [...KEPT, 'sw.js', ...docFiles().map((name) => `docs/${name}`)].map((name) => [`postern/${name}`, [readFileSync(join(OUT, name)), { level: 9, mtime: new Date(1980, 0, 1) }]]);
  return zipSync(Object.fromEntries(files));
}

/** Postern's own licence, and the notices of what the page is made of. */
function licenses(metafiles) {
  return [
    readFileSync(join(ROOT, 'LICENSE'), 'utf8'),
    'What follows stands in this page too, under licences of its own.\n',
    noticesOfScripts(metafiles),
    readFileSync(join(ROOT, 'dist', 'licenses.txt'), 'utf8'),
  ].join('\n');
}

/** Headers for a host, in the form that Netlify and Cloudflare Pages read. README tells what each is for. */
function headers(index) {
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(index);
  // The page's own policy, with the one part that browsers heed in a header only.
  const ofPage = [`Content-Security-Policy: ${policy}; frame-ancestors 'none'`];
  const rules = {
    '/*': [
      'X-Content-Type-Options: nosniff',
      'Referrer-Policy: no-referrer',
      'Cross-Origin-Opener-Policy: same-origin',
      'Cross-Origin-Resource-Policy: same-origin',
    ],
    '/': ofPage,
    '/index.html': ofPage,
    '/docs/*': ofPage,
    // A worker has the policy of its own file. That of the page would forbid it to fetch the files that it keeps.
    '/sw.js': ["Content-Security-Policy: default-src 'none'; connect-src 'self'"],
  };
  return Object.entries(rules).map(([path, lines]) => `${path}\n${lines.map((line) => `  ${line}\n`).join('')}`).join('');
}

/** What the page says before the engine is there, in the engine's own words. */
function builtTexts() {
  const about = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const require = createRequire(import.meta.url);
  const file = join(ROOT, 'dist', 'node.cjs');
  delete require.cache[file]; // The server makes the page again when the package was made again.
  const { buildNodePolicy, buildRelated, catalogInfo, describePolicy, validatePolicy } = require(file);
  const keyExample = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const roleExample = 'arn:aws:iam::111122223333:role/ExampleNodeRole';
  // These throw for an example that is none.
  buildNodePolicy({ sessionEncryption: { kmsKeyArn: keyExample } });
  buildRelated('session-key-policy', { accountId: '111122223333', nodeRoleArns: roleExample });
  const plain = buildNodePolicy();
  return {
    version: about.version,
    catalogDate: catalogInfo().date,
    homepage: about.homepage ?? null,
    plain,
    words: describePolicy(plain.policy),
    checked: { findings: validatePolicy(plain.json, { identityPolicy: 'INLINE_ROLE' }), kinds: 0 },
    withKey: buildNodePolicy({ sessionEncryption: { kmsKeyArn: 'key-name' } }),
    keyExample,
    roleExample,
    actions: buildNodePolicy({ heartbeat: true }).policy.Statement.flatMap((statement) => statement.Action),
  };
}

/** index.html with the first view drawn into it, so that it can be read before, and without, any script. */
async function html(build, common) {
  const work = join(ROOT, 'target', 'page');
  const file = join(work, 'draw.cjs');
  await build({
    ...common, platform: 'node', format: 'cjs', outfile: file, minify: false,
    stdin: {
      resolveDir: WWW,
      loader: 'tsx',
      contents: `
        import { renderToString } from 'preact-render-to-string';
        import { App } from './app.js';
        import { SLICES, START } from './state.js';
        export const app = renderToString(<App start={START} />);
        export const title = SLICES.build.title + ' - Postern';`,
    },
  });
  const require = createRequire(import.meta.url);
  delete require.cache[file];
  const drawn = require(file);
  rmSync(work, { recursive: true });
  const parts = { title: drawn.title, app: drawn.app };
  return readFileSync(join(WWW, 'index.html'), 'utf8').replace(/<!-- (title|app) -->/g, (_, name) => parts[name]);
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript' };

/** Serves www/dist/ on this machine only, and makes it again when a file of www/ changes. */
export async function serve() {
  const server = createServer((request, response) => {
    const name = request.url.split('?')[0].slice(1) || 'index.html';
    // A list of names needs no care about paths that lead elsewhere. A service worker would keep what is changed here.
    const isOurs = (FILES.includes(name) && name !== 'sw.js') || (name.startsWith('docs/') && docFiles().includes(name.slice('docs/'.length)));
    response.writeHead(isOurs ? 200 : 404, { 'content-type': TYPES[extname(name)] ?? 'text/plain',
      'cache-control': 'no-store' });
    response.end(isOurs ? readFileSync(join(OUT, name)) : 'Not found');
  });
  const port = await listen(server, FIRST_PORT);
  console.log(`  http://127.0.0.1:${port}/  (Ctrl+C stops it)`);

  let timer;
  watch(WWW, { recursive: true }, (_, name) => {
    if (name === null || name.startsWith('dist')) return;
    clearTimeout(timer); // An editor writes a file in several steps.
    timer = setTimeout(() => page().catch((error) => console.error(`  ${error.message}`)), 50);
  });
  await new Promise((resolve) => server.on('close', resolve));
}

/** The port, or the next that is free. */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' && port < FIRST_PORT + 20) resolve(listen(server, port + 1));
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => resolve(port));
  });
}
