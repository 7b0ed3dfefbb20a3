// The action, the hooks, the workflows and what docs/ shows of them: read as what they are, and the action's script run.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../scripts/env.mjs';

const read = (name) => readFileSync(join(ROOT, name), 'utf8');
const { scripts, version } = JSON.parse(read('package.json'));
const action = parse(read('action.yml'));
const workflows = readdirSync(join(ROOT, '.github/workflows')).map((name) => [name, parse(read(`.github/workflows/${name}`))]);
/** The examples of a page that are of one language. */
const examples = (name, language) => Array.from(read(name).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')), ([, text]) => text);

const folder = mkdtempSync(join(tmpdir(), 'postern-ci-'));
after(() => rmSync(folder, { recursive: true }));

const INSTALL = `npm install --no-save ./postern-${version}.tgz`;

test('workflows call the commands of package.json, give no more rights than they need, and pin what they use', () => {
  const wrong = [];
  const shown = examples('docs/ci.md', 'yaml').map((text, index) => [`docs/ci.md ${index}`, parse(text)]).filter(([, content]) => content.jobs);
  assert.equal(shown.length, 5);
  for (const [name, { on, permissions, jobs }] of [...workflows, ...shown]) {
    if (on === undefined) wrong.push(`${name} never runs.`);
    if (permissions?.contents !== 'read') wrong.push(`${name} may do more than read.`);
    for (const { uses, run } of Object.values(jobs).flatMap(({ steps }) => steps)) {
      if (uses !== undefined && !/^[\w-]+\/[\w/-]+@([0-9a-f]{40}|COMMIT)$/.test(uses)) wrong.push(`${name} uses ${uses}, which is not pinned.`);
      const script = /^npm (?:run )?([\w:]+)/.exec(run ?? '')?.[1];
      const isOfPackage = name.startsWith('docs/') && (run === INSTALL || /^npx --no postern (check|diff) /.test(run ?? ''));
      if (run !== undefined && !isOfPackage && (script === undefined || (!['publish', 'pkg'].includes(script) && !(script in scripts)))) wrong.push(`${name} runs ${run}.`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(workflows.map(([name]) => name).sort(), ['ci.yml', 'publish.yml']);
});

test('the page shows every input of the action and no other', () => {
  const rows = Array.from(read('docs/ci.md').matchAll(/^\| `([\w-]+)` \|/gm), ([, name]) => name);
  assert.deepEqual(rows, Object.keys(action.inputs));
  const given = examples('docs/ci.md', 'yaml').map((text) => parse(text)).filter(({ jobs }) => jobs)
    .flatMap(({ jobs }) => Object.values(jobs)).flatMap(({ steps }) => steps).filter(({ uses }) => uses?.startsWith('OWNER/postern@'));
  assert.deepEqual(given.flatMap((step) => Object.keys(step.with)).filter((name) => !(name in action.inputs)), []);
});

test('hooks and examples name the version of this package', () => {
  const named = ['.pre-commit-hooks.yaml', 'docs/ci.md'].flatMap((name) => Array.from(read(name).matchAll(/postern[@-](\d[\w.-]*?)(?=\.tgz|[\s`])/g), ([, one]) => one));
  assert.ok(named.length >= 1);
  assert.deepEqual(named.filter((one) => one !== version), []);
  const hooks = parse(read('.pre-commit-hooks.yaml'));
  assert.deepEqual(hooks.map(({ id }) => id), ['postern', 'postern-installed']);
  for (const { entry, files, language } of hooks) {
    assert.match(entry, /^npx (--yes postern@[\d.]+|--no postern) check \.$/);
    assert.equal(language, 'system');
    const matches = ['a.json', 'a.jsonc', 'a.json5', 'b/template.yaml', 'c.yml', 'd.tf', 'x.template', 'terragrunt.hcl', 'prod.tfvars'].filter((name) => new RegExp(files).test(name));
    assert.deepEqual(matches.length, 9);
    assert.ok(!new RegExp(files).test('a.ts'));
  }
});

test('what docs/ci.md shows before the package is published does what it says, with the package as npm packs it', async (t) => {
  const [text] = read('docs/ci.md').split('## Once the package is published');
  const shown = Array.from(text.matchAll(/^```yaml\n(.*?)^```/gms), ([, yaml]) => parse(yaml));
  assert.doesNotMatch(text, /OWNER|postern@/);
  const workflows = shown.filter(({ jobs }) => jobs).map(({ jobs }) => jobs.postern.steps.flatMap(({ run }) => run ?? []));
  const [{ postern: { script } }] = shown.filter(({ postern }) => postern);
  const [{ repos: [{ repo, hooks: [hook] }] }] = shown.filter(({ repos }) => repos);
  const project = mkdtempSync(join(tmpdir(), 'postern-ci-project-'));
  t.after(() => rmSync(project, { recursive: true }));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', project], { cwd: ROOT, stdio: 'ignore' });
  mkdirSync(join(project, 'infra'));
  writeFileSync(join(project, 'infra', 'people.json'), '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "arn:aws:s3:::a/*"}}');
  const env = { ...process.env, npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false', GITHUB_WORKSPACE: project, CI_PROJECT_DIR: project };
  const run = (command, cwd = project) => spawnSync('bash', ['-e', '-c', command], { cwd, env, encoding: 'utf8' });
  const [annotations, codeScanning, [, compare]] = workflows;
  assert.match(compare, /^npx --no postern diff --format github --git "origin\/\$GITHUB_BASE_REF" -- \.$/);
  for (const [install, ...others] of [annotations, codeScanning, script]) assert.deepEqual([install, others.length], [INSTALL, 1]);
  assert.equal(run(INSTALL).status, 0);

  for (const cwd of [project, join(project, 'infra')]) {
    const { status, stdout } = run(annotations[1], cwd);
    assert.equal(status, 1);
    assert.match(stdout, /^::error file=infra\/people\.json,line=1,.*title=INVALID_ACTION::/m);
  }
  assert.equal(run(codeScanning[1]).status, 1);
  const { runs: [{ results: [{ ruleId, locations: [{ physicalLocation }] }] }] } = JSON.parse(readFileSync(join(project, 'postern.sarif'), 'utf8'));
  assert.deepEqual([ruleId, physicalLocation.artifactLocation.uri], ['INVALID_ACTION', 'infra/people.json']);
  assert.equal(run(script[1]).status, 1);
  assert.equal(JSON.parse(readFileSync(join(project, 'gl-code-quality-report.json'), 'utf8'))[0].location.path, 'infra/people.json');

  assert.equal(repo, 'local');
  const { entry, language, pass_filenames, files } = parse(read('.pre-commit-hooks.yaml')).find(({ id }) => id === 'postern-installed');
  assert.deepEqual({ entry: hook.entry, language: hook.language, pass_filenames: hook.pass_filenames, files: hook.files }, { entry, language, pass_filenames, files });
  // What pre-commit 2.9 demands of a hook in a configuration of one's own.
  for (const field of ['id', 'name', 'entry', 'language']) assert.equal(typeof hook[field], 'string', field);
  const hooked = run(hook.entry);
  assert.equal(hooked.status, 1);
  assert.match(hooked.stdout, /^infra\/people\.json:1:\d+ error INVALID_ACTION$/m);
});

test('the script of the action gives the command line what its inputs say, and tells what was found', () => {
  const { steps: [{ run, env }] } = action.runs;
  // No input may become part of the script's text.
  assert.doesNotMatch(run, /\$\{\{/);
  const log = join(folder, 'log');
  const output = join(folder, 'output');
  writeFileSync(join(folder, 'npx'), `#!/usr/bin/env bash
printf '%s\\n' "$(printf '[%s]' "$@")" >> '${log}'
case "$*" in
  *'--format json'*) echo '{"summary": {"findings": {"ERROR": 2, "SECURITY_WARNING": 0, "WARNING": 1, "SUGGESTION": 0}}}' ;;
  *'--format sarif'*) echo '{"runs": []}' ;;
  *) exit 1 ;;
esac
`, { mode: 0o755 });
  const inputs = { 'fail-on': 'warning', format: 'github', paths: 'policies\n\ntemplates/$(touch x) y\n', 'policy-type': 'scp', 'sarif-file': join(folder, 'a b.sarif') };
  const given = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, inputs[/^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)[1]]]));
  let status = 0;
  try {
    execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: folder, stdio: 'pipe',
      env: { ...process.env, ...given, PATH: `${folder}${delimiter}${process.env.PATH}`, GITHUB_ACTION_PATH: ROOT, GITHUB_OUTPUT: output },
    });
  } catch (error) {
    status = error.status;
  }
  assert.equal(status, 1);
  const words = (more) => `[--yes][postern@${version}][check][--fail-on][warning][--policy-type][scp]${more}[--][policies][templates/$(touch x) y]\n`;
  assert.equal(readFileSync(log, 'utf8'), words('[--exit-zero][--format][json]') + words('[--exit-zero][--format][sarif]') + words('[--format][github]'));
  assert.equal(readFileSync(output, 'utf8'), `findings=3\nsarif-file=${join(folder, 'a b.sarif')}\n`);
  assert.equal(readFileSync(join(folder, 'a b.sarif'), 'utf8'), '{"runs": []}\n');
  assert.deepEqual(readdirSync(folder).sort(), ['a b.sarif', 'log', 'npx', 'output']);
});

test('of files of which one cannot be read the action annotates the others, writes its outputs and SARIF, and fails at its end', () => {
  const { steps: [{ run, env }] } = action.runs;
  const place = mkdtempSync(join(tmpdir(), 'postern-action-'));
  const [bin, cwd, output] = [join(place, 'bin'), join(place, 'repo'), join(place, 'output')];
  for (const one of [bin, join(cwd, 'policies')]) mkdirSync(one, { recursive: true });
  writeFileSync(join(bin, 'npx'), `#!/usr/bin/env bash\nshift 2\nexec '${process.execPath}' '${join(ROOT, 'dist/cli.cjs')}' "$@"\n`, { mode: 0o755 });
  const text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "arn:aws:s3:::a/*"}}';
  writeFileSync(join(cwd, 'policies', 'people.json'), text);
  writeFileSync(join(cwd, 'policies', 'wide.json'), Buffer.from(text, 'utf16le'));
  const step = (more) => {
    const inputs = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: text }]) => [name, text])), 'sarif-file': 'postern.sarif', ...more };
    const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, inputs[/inputs\.([\w-]+)/.exec(value)[1]]]));
    rmSync(output, { force: true });
    return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd, encoding: 'utf8', env: { ...process.env, ...given, PATH: `${bin}${delimiter}${process.env.PATH}`, GITHUB_ACTION_PATH: ROOT, GITHUB_OUTPUT: output, GITHUB_WORKSPACE: cwd },
    });
  };
  try {
    const { status, stdout } = step({});
    assert.equal(status, 2);
    assert.match(stdout, /^::error file=policies\/wide\.json,title=Not checked::it is text in UTF-16/m);
    assert.match(stdout, /^::error file=policies\/people\.json,.*title=INVALID_ACTION::/m);
    assert.equal(readFileSync(output, 'utf8'), 'findings=1\nsarif-file=postern.sarif\n');
    assert.equal(JSON.parse(readFileSync(join(cwd, 'postern.sarif'), 'utf8')).runs[0].results.length, 1);
    // Words that mean nothing end the step before anything is written.
    rmSync(join(cwd, 'postern.sarif'));
    const refused = step({ 'fail-on': 'everything' });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /--fail-on/);
    assert.deepEqual(readdirSync(cwd), ['policies']);
  } finally {
    rmSync(place, { recursive: true });
  }
});

test('set-up lines for editors are what their formats ask for', () => {
  const [server, tasks, zed] = examples('docs/editors.md', 'json').map((text) => JSON.parse(text));
  assert.deepEqual([server['glspc.server.command'], ...server['glspc.server.commandArguments']], ['postern', 'lsp']);
  const [first, second] = tasks.tasks[0].problemMatcher.pattern.map(({ regexp }) => new RegExp(regexp));
  assert.deepEqual(first.exec('policies/a b.json:5:17 error INVALID_ACTION').slice(1), ['policies/a b.json', '5', '17', 'error', 'INVALID_ACTION']);
  assert.equal(second.exec('  s3:GetObjekt is not an action of s3.')[1], 's3:GetObjekt is not an action of s3.');
  assert.deepEqual(zed.lsp['json-language-server'].binary, { path: 'postern', arguments: ['lsp'] });
  assert.deepEqual(examples('docs/editors.md', 'lua').length, 1);
  assert.deepEqual(examples('docs/editors.md', 'toml').length, 1);
});

test('a fresh clone can begin: the steps are known before any package is installed', () => {
  const clone = mkdtempSync(join(tmpdir(), 'postern-clone-'));
  try {
    cpSync(join(ROOT, 'scripts'), join(clone, 'scripts'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(clone, 'package.json'));
    const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs'], { cwd: clone, encoding: 'utf8' });
    assert.match(stderr, /^Give one of: start, build, test,/);
    assert.equal(status, 2);
  } finally {
    rmSync(clone, { recursive: true });
  }
});
