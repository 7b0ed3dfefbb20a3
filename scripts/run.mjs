// node scripts/run.mjs NAME... [-- WORDS]: does what the npm scripts name, with a line and a time for each step. What
// stands behind the dashes is for the step: `npm run fuzz -- validate 600`.
import { availableParallelism } from 'node:os';
import { npmPackage, wasm } from './build.mjs';
import { need, run, timed } from './env.mjs';
import { fuzz } from './fuzz.mjs';
import { managed } from './managed.mjs';
import { page, serve } from './page.mjs';
import { reproduce } from './reproduce.mjs';

const STEPS = {
  wasm: () => wasm(),
  package: () => npmPackage(),
  // On a fresh machine the packages that it imports are not there before.
  docs: async () => { need('packages'); await (await import('./docs.mjs')).docs(); },
  page: () => { need('packages'); return page(); },
  serve: () => serve(),
  'test:rust': () => { need('rust'); run('cargo', ['test', '--quiet', '--locked']); },
  'test:wasm': () => {
    need('packages', 'wasmPack', 'browser');
    run('wasm-pack', ['test', '--headless', '--chrome', '.', '--locked', '--test', 'web']);
  },
  'test:package': () => {
    need('packages', 'browser', 'rust');
    // Writes what the TypeScript compiler is given.
    run('cargo', ['test', '--quiet', '--locked', '--test', 'all', 'contract::']);
    run('node', ['--test', 'tests/package/package.test.mjs']);
  },
  'test:consumers': () => {
    need('packages');
    const tools = ['--prefix', 'tests/consumers'];
    run('npm', ['ci', ...tools, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    run('node', ['--test', 'tests/consumers/consumers.test.mjs']);
  },
  // Node's runner leaves one core to itself, which on two is half of them; most of a test waits for the command line.
  'test:cli': () => { need('packages'); run('node', ['--test', `--test-concurrency=${availableParallelism()}`, 'tests/cli/', 'tests/ci/']); },
  'test:docs': () => { need('packages'); run('node', ['--test', 'tests/docs/']); },
  'test:catalog': () => { need('packages'); run('node', ['--test', 'tests/catalog.test.mjs']); },
  'test:oracle': () => { need('packages'); run('node', ['--test', 'tests/oracle.test.mjs']); },
  'test:export': () => {
    need('packages', 'rust', 'cfnLint');
    // Writes what the parsers are given.
    run('cargo', ['test', '--quiet', '--locked', '--test', 'all', 'export::']);
    run('node', ['--test', 'tests/export/']);
  },
  'test:growth': () => { need('packages'); run('node', ['--test', 'tests/growth.test.mjs']); },
  'test:managed': () => { need('packages'); managed(given.includes('all')); },
  'test:page': () => { need('browser'); run('playwright', ['test']); },
  'test:firefox': () => { need('firefox'); run('node', ['--test', 'tests/firefox/']); },
  fuzz: () => fuzz(given),
  reproduce: () => { need('packages', 'rust'); reproduce(); },
  'bench:run': () => { need('packages'); for (const bench of ['validate', 'evaluate', 'access', 'cli']) run('node', [`benches/${bench}.mjs`]); },
  'lint:clippy': () => {
    need('rust');
    run('cargo', ['clippy', '--quiet', '--all-targets', '--locked', '--', '-D', 'warnings']);
    run('cargo', ['clippy', '--quiet', '--tests', '--lib', '--locked', '--target', 'wasm32-unknown-unknown', '--', '-D', 'warnings']);
  },
  'lint:format': () => { need('rust'); for (const crate of ['.', 'fuzz']) run('cargo', ['fmt', '--check', '--manifest-path', `${crate}/Cargo.toml`]); },
  'lint:crates': () => {
    need('cargoDeny');
    for (const crate of ['.', 'fuzz']) {
      run('cargo-deny', ['--locked', '--manifest-path', `${crate}/Cargo.toml`, 'check', 'licenses', 'bans', 'sources']);
    }
  },
  'lint:types': () => { need('packages'); run('tsc', ['--project', 'tsconfig.json']); },
};
const NAMES = {
  // The page's zip has the documentation in it.
  start: ['wasm', 'package', 'docs', 'page', 'serve'],
  build: ['wasm', 'package', 'docs', 'page'],
  test: ['test:rust', 'test:catalog', 'wasm', 'test:wasm', 'package', 'test:package', 'test:cli', 'test:oracle', 'test:managed', 'test:growth', 'test:export', 'docs', 'page', 'test:docs', 'test:page', 'test:firefox'],
  // The page's types come from the built package.
  bench: ['wasm', 'package', 'bench:run'],
  lint: ['lint:format', 'lint:crates', 'lint:clippy', 'lint:types'],
};

const words = process.argv.slice(2);
const dashes = words.includes('--') ? words.indexOf('--') : words.length;
const given = words.slice(dashes + 1);
const steps = words.slice(0, dashes).flatMap((name) => NAMES[name] ?? [name]);
const unknown = steps.find((step) => !(step in STEPS));
if (unknown !== undefined || steps.length === 0) {
  console.error(`Give one of: ${[...Object.keys(NAMES), ...Object.keys(STEPS)].join(', ')}.`);
  process.exit(2);
}
const start = performance.now();
try {
  for (const step of steps) await timed(step, STEPS[step]);
} catch (error) {
  // The program that failed has said why; a stack of ours would hide it.
  console.error(`Stopped: ${error.message}`);
  process.exit(1);
}
console.log(`Done in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
