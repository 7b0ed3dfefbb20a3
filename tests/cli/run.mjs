// Runs the command line of dist/ as a shell does, in folders of the test's own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const CLI = join(ROOT, 'dist/cli.cjs');
export const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const folders = [];
after(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

/** A folder with these files, each a text or a value that is written as JSON. */
export function folder(files = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'postern-cli-')));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 4));
  }
  return root;
}

/** What a run printed, and its exit code. Colours are off, whatever runs the tests. */
export function postern(args, { cwd, input = '', env = {}, ...more } = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...others } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd, env: { ...others, ...env }, ...more });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => {}).end(input); // A command that refuses its words does not read.
  });
}

export const statement = (more = {}) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-files/*', ...more });
export const policy = (...Statement) => ({ Version: '2012-10-17', Statement });

/** Policies by what is found in them: nothing, INVALID_ACTION, a security warning, a suggestion with a safe fix. */
export const CLEAN = policy(statement());
export const TYPO = policy(statement({ Action: 's3:GetObjekt' }));
export const PASS_ROLE = policy(statement({ Action: 'iam:PassRole', Resource: '*' }));
export const TWICE = policy(statement({ Action: ['s3:GetObject', 's3:GetObject'] }));
export const TRUST = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });

/** What is wrong with the exit codes of `diff` for two folders, with what it says, and with words that stand for values in it. */
export async function codes(cases, options = []) {
  const problems = [];
  for (const [name, older, newer, wanted, said] of cases) {
    const cwd = folder(Object.fromEntries([['old', older], ['new', newer]].flatMap(([side, files]) => Object.entries(files).map(([path, text]) => [`${side}/${path}`, text]))));
    const { code, stdout, stderr } = await postern(['diff', 'old', 'new', '--no-config', ...options], { cwd });
    if (code !== wanted || (said !== undefined && !said.test(stdout + stderr))) problems.push(`${name}: ${code} for ${wanted}\n${stdout}${stderr}`);
    if (/unknown\d|\p{Co}|\0/u.test(stdout + stderr)) problems.push(`${name} has a stand-in: ${stdout}${stderr}`);
  }
  return problems;
}

/** What is wrong with what `role` says of node.channel for files, all of them or those that the words name. */
export async function results(cases) {
  const problems = [];
  for (const [name, files, wanted, words = Object.keys(files)] of cases) {
    const { code, stdout, stderr } = await postern(['role', ...words, '--wants', 'node.channel', '--side', 'node'], { cwd: folder(files) });
    const result = /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1] ?? `exit ${code}`;
    if (result !== wanted) problems.push(`${name}: ${result} for ${wanted}\n${stdout}${stderr}`);
    if (/unknown\d|\p{Co}|policy\/unknown/u.test(stdout + stderr)) problems.push(`${name} has a stand-in: ${stdout}${stderr}`);
  }
  return problems;
}
