import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLI, PASS_ROLE, ROOT, folder, postern } from './run.mjs';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const sectionOf = (heading) => new RegExp(`^## ${heading}\\n(.*?)^## `, 'ms').exec(readme)[1];
const section = sectionOf('Command line');

test('what README.md calls the package is what npm can pack', () => {
  for (const [, folder] of readme.matchAll(/`([\w/]+)\/`, the npm package/g)) assert.ok(existsSync(join(ROOT, folder, 'package.json')), folder);
  assert.match(readme, /The package is the root of the repository: `npm\s+pack`/);
});

test('the first lines lead from nothing to a check that fails, and print what README.md says', async () => {
  const [, lines, output] = /```sh\n(.*?)```\n\n```text\n(.*?)```/s.exec(sectionOf('Install'));
  const commands = lines.trimEnd().split('\n');
  assert.equal(commands.length, 5);
  const cwd = folder();
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', cwd], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const project = join(cwd, 'project');
  execFileSync('mkdir', [project]);
  // Only where the package comes from is another place.
  const env = { ...process.env, npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };
  const results = [];
  for (const command of commands) {
    results.push(await new Promise((resolve) => {
      execFile('bash', ['-c', command.replace(/^(npm install .*)\bpostern$/, `$1${join(cwd, filename)}`)], { cwd: project, env }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
    }));
  }
  assert.deepEqual(results.map(({ code }) => code), [0, 0, 0, 0, 1], JSON.stringify(results, null, 2));
  assert.ok(existsSync(join(project, 'node.json')));
  assert.ok(results.at(-1).stdout.endsWith(output), results.at(-1).stdout);
});

test('every command of the help stands in README.md, and the other way round', async () => {
  const { stdout } = await postern(['--help']);
  const inHelp = [...stdout.matchAll(/^ {2}([a-z]+) .*\n?/gm)].map(([, name]) => name).filter((name) => name !== 'postern' && name !== 'aws');
  const inReadme = [...section.matchAll(/^\| `([a-z]+)[ `]/gm)].map(([, name]) => name);
  assert.deepEqual(inReadme.sort(), [...new Set(inHelp)].sort());
});

test('the configuration of README.md is taken', async () => {
  const [, config] = /```json\n(.*?)```/s.exec(section);
  const cwd = folder({ 'postern.json': config, 'deploy.json': PASS_ROLE, 'buckets/a.json': PASS_ROLE });
  const { stdout } = await postern(['check', '--format', 'json', '.'], { cwd });
  const { files } = JSON.parse(stdout);
  assert.deepEqual(files.map(({ file, policies: [{ type, suppressed }] }) => [file, type, suppressed.length]), [['buckets/a.json', 'resource', 0], ['deploy.json', 'identity', 1]]);
});

test('every example of README.md runs as it says', async () => {
  const [, lines] = /exit code, where that is not 0:\n\n```sh\n(.*?)```/s.exec(section);
  const cwd = folder({ 'people.json': PASS_ROLE });
  const problems = [];
  const named = new Set();
  for (const line of lines.trimEnd().split('\n')) {
    const [, command, wanted = '0'] = /^npx --no postern (.*?)(?: # (\d))?$/.exec(line);
    named.add(command.split(' ')[0]);
    const { code, stdout, stderr } = await new Promise((resolve) => {
      execFile('bash', ['-c', `"$NODE" "$CLI" ${command}`], { cwd, env: { ...process.env, NODE: process.execPath, CLI } }, (error, out, err) => resolve({ code: error?.code ?? 0, stdout: out, stderr: err }));
    });
    if (code !== Number(wanted)) problems.push(`${line}: ${code} ${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
  const { stdout } = await postern(['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*\n?/gm)].map(([, name]) => name).filter((name) => name !== 'postern' && name !== 'aws');
  assert.deepEqual([...named].sort(), [...new Set(commands)].sort(), 'one for each command');
});

test('README.md goes into the package, and says of files that are not in it that they are in the repository', () => {
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const packed = new Set(files.map(({ path }) => path));
  assert.ok(packed.has('README.md'));
  const wrong = [];
  for (const paragraph of readme.split(/\n\n|\n(?=- )/)) {
    const text = paragraph.replace(/\s+/g, ' ');
    // A picture that is not there shows what it would show in words.
    for (const [, href] of text.matchAll(/(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)/g)) {
      if (!existsSync(join(ROOT, href))) wrong.push(`${href} is nowhere.`);
      if (!packed.has(href) && !/\bin the repository\b/i.test(text)) wrong.push(`${href} is not in the package: ${text}`);
    }
    for (const [, path] of text.matchAll(/`(?:postern|dist)\/([\w.-]+\.\w+)`/g)) if (!packed.has(`dist/${path}`)) wrong.push(`dist/${path} is not in the package.`);
  }
  assert.deepEqual(wrong, []);
});

test('whoever wants to use it meets that before the compiler, and the command line before the calls of JavaScript', () => {
  const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  assert.deepEqual(headings.slice(0, 4), ['Install', 'From source', 'Command line', 'Use it from JavaScript']);
});
