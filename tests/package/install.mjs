// The package as a user gets it: packed by npm and installed into an empty folder.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Runs a program in the user's folder and gives `{stdout, stderr}`; throws when it fails. */
export function run(program, args, more = {}) {
  // On Windows npm is a script of the shell's.
  return promisify(execFile)(program, args, { cwd: user, shell: process.platform === 'win32', ...more });
}

/** Writes a file into the user's folder and runs it in a Node of its own; gives what it prints. */
export async function runFile(name, text) {
  write(name, text);
  const { stdout, stderr } = await run(process.execPath, [name]);
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}

/** Writes a file into the user's folder and gives its path. */
export function write(name, text) {
  const path = join(user, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** AWS's published policy of that name, to the byte. */
export function golden(name) {
  return readFileSync(join(ROOT, 'tests/golden', `published-node-${name}.json`), 'utf8');
}

/** The user's folder. */
export const user = realpathSync(mkdtempSync(join(tmpdir(), 'postern-user-')));
after(() => rmSync(user, { recursive: true, force: true }));

const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', user], { cwd: ROOT });

/** What npm says of the tarball. */
export const [packed] = JSON.parse(stdout);

write('package.json', JSON.stringify({ name: 'user', version: '1.0.0', private: true }));
await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', `./${packed.filename}`]);

/** The installed package. */
export const home = join(user, 'node_modules/postern');
export const installed = (name) => readFileSync(join(home, name));

/** Resolves and loads as a file in the user's folder does. */
export const userRequire = createRequire(join(user, 'user.cjs'));
