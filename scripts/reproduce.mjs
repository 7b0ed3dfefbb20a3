// npm run reproduce: builds twice, as two people would, and compares every byte of dist/ and www/dist/.
//
// The two builds differ in what a build must not depend on: the folder, and the place where cargo keeps the crates. They
// share what it may depend on: the commit, the lock files and the Rust toolchain.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ROOT, ask, env } from './env.mjs';

const BUILT = ['dist', 'www/dist'];

export function reproduce() {
  const work = mkdtempSync(join(tmpdir(), 'postern-reproduce-'));
  try {
    const folders = [join(work, 'one'), join(work, 'another', 'folder of another length')];
    for (const folder of folders) copyTo(folder);
    const [one, another] = folders.map(buildIn);
    const problems = [...new Set([...one.keys(), ...another.keys()])].sort().flatMap((name) => difference(name, one, another));
    if (problems.length > 0) throw new Error(`the two builds differ:\n${problems.join('\n')}`);
    console.log(`  ${one.size} files are equal in both builds.`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Copies the files that git knows. */
function copyTo(folder) {
  for (const name of ask('git', ['ls-files', '-z']).split('\0').filter((text) => text !== '')) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(ROOT, name), join(folder, name));
  }
}

/** Builds in a folder, with crates in a place of its own; gives what was built by name. */
function buildIn(folder) {
  const cargoHome = join(folder, '.cargo-home');
  mkdirSync(cargoHome);
  for (const name of ['registry', 'config.toml']) {
    const real = join(env.CARGO_HOME ?? join(homedir(), '.cargo'), name);
    if (existsSync(real)) symlinkSync(real, join(cargoHome, name));
  }
  execFileSync('node', ['scripts/run.mjs', 'build'], { cwd: folder, stdio: 'inherit', env: { ...env, CARGO_HOME: cargoHome } });
  const names = BUILT.flatMap((dir) => readdirSync(join(folder, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name))));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

function difference(name, one, another) {
  const [a, b] = [one.get(name), another.get(name)];
  if (a === undefined || b === undefined) return [`${name}: only in one of the two`];
  if (a.equals(b)) return [];
  const at = a.findIndex((byte, i) => byte !== b[i]);
  const text = (bytes) => JSON.stringify(bytes.subarray(Math.max(0, at - 20), at + 60).toString('latin1'));
  return [`${name}: from byte ${at} on, ${text(a)} and ${text(b)}`];
}
