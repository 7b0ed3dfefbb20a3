// Each format of reports against what its readers take.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { validateXML } from 'xmllint-wasm';
import { CLEAN, PASS_ROLE, ROOT, TRUST, TWICE, TYPO, folder, policy, postern, statement } from './run.mjs';

const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv');
const { default: Ajv4 } = require('ajv-draft-04');
const { default: addFormats } = require('ajv-formats');
const { validatePolicy } = require(join(ROOT, 'dist/node.cjs'));

const SPECIAL = 'a & <b> "c" %,:\u{1f600}.json';
const cwd = folder({
  'clean.json': CLEAN, 'typo.json': TYPO, 'pass.json': PASS_ROLE, 'twice.json': TWICE, 'trust.json': TRUST, [SPECIAL]: policy(statement({ Action: 's3:<&">]]>\u0001\ud800' })),
  'package.json': {},
});
const run = (format, args = ['.']) => postern(['check', '--format', format, ...args], { cwd });

test('every format is whole, exits alike, and is the same each time', async () => {
  const problems = [];
  for (const format of ['human', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'access-analyzer']) {
    const [first, second] = [await run(format), await run(format)];
    if (first.code !== 1) problems.push(`${format}: exit code ${first.code}`);
    if (first.stdout !== second.stdout) problems.push(`${format}: two answers`);
    if (!first.stdout.endsWith('\n')) problems.push(`${format}: the last line has no end`);
    const { stdout, code } = await run(format, ['clean.json']);
    if (code !== 0) problems.push(`${format}: exit code ${code} for a clean policy`);
    if (['json', 'sarif', 'gitlab', 'access-analyzer'].includes(format)) JSON.parse(stdout);
  }
  assert.deepEqual(problems, []);
});

test('SARIF is valid, with places, fixes, rules and fingerprints', async () => {
  const schema = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
  const ajv = addFormats(new Ajv4({ strict: false, allErrors: true, unicodeRegExp: false }));
  const validate = ajv.compile(schema);
  const log = JSON.parse((await run('sarif', ['.', 'none.json'])).stdout);
  validate(log);
  assert.deepEqual(validate.errors ?? [], []);
  const [one] = log.runs;
  const by = Object.fromEntries(one.results.map((result) => [result.locations[0].physicalLocation.artifactLocation.uri, result]));
  const { ruleId, ruleIndex, level, locations: [{ physicalLocation: { region } }], fixes } = by['typo.json'];
  assert.deepEqual([ruleId, level, region], ['INVALID_ACTION', 'error', { startLine: 6, startColumn: 23, endLine: 6, endColumn: 37 }]);
  assert.equal(one.tool.driver.rules[ruleIndex].id, 'INVALID_ACTION');
  assert.equal(fixes[0].artifactChanges[0].replacements[0].insertedContent.text, '"s3:GetObject"');
  assert.equal(by['twice.json'].level, 'note');
  assert.ok(encodeURIComponent(SPECIAL) in by, Object.keys(by).join());
  assert.equal(one.columnKind, 'utf16CodeUnits');
  assert.equal(new Set(one.results.map(({ partialFingerprints }) => partialFingerprints['posternFinding/v1'])).size, one.results.length);
  assert.equal(one.invocations[0].executionSuccessful, false);
  assert.match(one.invocations[0].toolExecutionNotifications[0].message.text, /^none\.json: there is no such file/);
  for (const { id, shortDescription, help } of one.tool.driver.rules) assert.ok(shortDescription.text.length > 0 && help.text.length > 0, id);
});

test('fingerprints stay when lines move', async () => {
  const moved = folder({ 'typo.json': JSON.stringify(TYPO).replace('{', '{\n\n') });
  const prints = async (where) => JSON.parse((await postern(['check', '--format', 'gitlab', 'typo.json'], { cwd: where })).stdout).map(({ fingerprint }) => fingerprint);
  assert.deepEqual(await prints(moved), await prints(cwd));
});

test('fingerprints stay when a statement comes before another one, and tell alike findings apart', async () => {
  const wrong = (...actions) => folder({ 'a.json': policy(...actions.map((Action) => statement({ Action }))) });
  const prints = async (where) => JSON.parse((await postern(['check', '--format', 'gitlab', 'a.json'], { cwd: where })).stdout).map(({ fingerprint }) => fingerprint);
  const [before, after, twice] = [await prints(wrong('s3:One', 's3:Two')), await prints(wrong('s3:Zero', 's3:One', 's3:Two')), await prints(wrong('s3:One', 's3:One'))];
  assert.deepEqual(after.slice(1), before);
  assert.equal(new Set(twice).size, twice.length);
});

test('SARIF keeps to the limits of code scanning', async () => {
  const wrong = JSON.stringify(policy(...Array.from({ length: 900 }, (_, i) => statement({ Action: `s3:Nothing${i}` }))));
  const many = folder(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.json`, wrong])));
  const { stdout } = await postern(['check', '--format', 'sarif', '.'], { cwd: many });
  const { runs } = JSON.parse(stdout);
  assert.ok(runs.length > 1);
  assert.ok(runs.every(({ results }) => results.length <= 25_000), runs.map(({ results }) => results.length).join());
  assert.equal(new Set(runs.map(({ automationDetails }) => automationDetails.id)).size, runs.length);
  const results = runs.reduce((sum, run) => sum + run.results.length, 0);
  const most = gzipSync(stdout).length / results * 100_000;
  assert.ok(most < 10 * 2 ** 20, `${most} bytes of a packed file with as many results as there can be`);
});

test('the report for GitLab is what its documentation asks for', async () => {
  const text = { type: 'string', minLength: 1 };
  const validate = new Ajv({ allErrors: true }).compile({
    type: 'array',
    items: {
      type: 'object', required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: text, check_name: text, fingerprint: text, severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object', required: ['path', 'lines'],
          properties: { path: { type: 'string', pattern: '^[^/.]' }, lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } } },
        },
      },
    },
  });
  const report = JSON.parse((await run('gitlab')).stdout);
  validate(report);
  assert.deepEqual(validate.errors ?? [], []);
  assert.equal(new Set(report.map(({ fingerprint }) => fingerprint)).size, report.length);
});

test('JUnit is valid, and what is below --fail-on passes', async () => {
  const schema = readFileSync(join(import.meta.dirname, 'schemas/junit.xsd'), 'utf8');
  const { stdout } = await run('junit', ['.', 'none.json', 'package.json']);
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents: stdout }], schema: [schema] });
  assert.ok(valid, JSON.stringify(errors));
  assert.match(stdout, /<testsuite name="twice\.json" tests="1" failures="0" errors="0">/);
  assert.match(stdout, /<testsuite name="typo\.json" tests="1" failures="1" errors="0">/);
  for (const name of ['package', 'none']) assert.match(stdout, new RegExp(`<testsuite name="${name}\\.json" tests="1" failures="0" errors="1">`));
});

test('GitHub gets commands, ten of each level, and the rest as lines', async () => {
  const many = folder({ 'many.json': policy(...Array.from({ length: 12 }, (_, i) => statement({ Action: `s3:Nothing${i}` }))), 'twice.json': TWICE });
  const { stdout } = await postern(['check', '--format', 'github', '.'], { cwd: many });
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines.filter((line) => line.startsWith('::error ')).length, 10);
  const first = lines.find((line) => line.startsWith('::error '));
  assert.match(first, /^::error file=many\.json,line=6,endLine=6,col=23,endColumn=36,title=INVALID_ACTION::s3:Nothing0 is not an action of s3\./);
  assert.equal(lines.filter((line) => /^many\.json:\d+:\d+ INVALID_ACTION/.test(line)).length, 2);
  assert.equal(lines.filter((line) => line.startsWith('::notice ')).length, 1);
  assert.equal(lines.at(-1), '2 findings have no annotation: GitHub shows ten of each level a step.');
  // Why the exit code is 2 is told before findings take all places.
  const both = (await postern(['check', '--format', 'github', '.', 'z.json'], { cwd: many })).stdout.trimEnd().split('\n').filter((line) => /^(?:::error|\d+ finding)/.test(line));
  assert.equal(both[0], '::error file=z.json,title=Not checked::there is no such file or folder.');
  assert.deepEqual([both.length, both[1], both.at(-1)], [11, first, '3 findings have no annotation: GitHub shows ten of each level a step.']);
  assert.match((await run('github', ['none.json'])).stdout, /^::error file=none\.json,title=Not checked::there is no such file or folder\.$/m);
  const special = (await run('github', [SPECIAL])).stdout;
  assert.match(special, /^::error file=a & <b> "c" %25%2C%3A\u{1f600}\.json,/u);
});

test("access-analyzer is the API's answer", async () => {
  const text = JSON.stringify(TYPO, null, 4);
  const expected = validatePolicy(text).map(({ findingDetails, findingType, issueCode, learnMoreLink, locations }) => ({
    findingDetails, findingType, issueCode, learnMoreLink, locations: locations.map(({ path, span }) => ({ path, span })),
  }));
  assert.deepEqual(JSON.parse((await run('access-analyzer', ['typo.json'])).stdout), { findings: expected });
  const lines = (await run('access-analyzer', ['typo.json', 'clean.json'])).stdout.trimEnd().split('\n');
  assert.deepEqual(lines.map((line) => JSON.parse(line).findings.length), [0, 1]);
});

test('the JSON says what it is, what was found where, and what went wrong', async () => {
  const report = JSON.parse((await run('json', ['typo.json', 'none.json'])).stdout);
  assert.equal(report.schema, '1');
  assert.match(report.catalogDate, /^\d{4}-\d\d-\d\d$/);
  const [{ file, policies: [{ policyType, typeFrom, findings: [finding] }] }] = report.files;
  assert.deepEqual([file, policyType, typeFrom, finding.issueCode], ['typo.json', 'IDENTITY_POLICY', 'guess', 'INVALID_ACTION']);
  assert.deepEqual(finding.locations[0].span, { start: { line: 6, column: 23, offset: 113 }, end: { line: 6, column: 37, offset: 127 } });
  assert.equal(JSON.stringify(TYPO, null, 4).slice(113, 127), '"s3:GetObjekt"');
  assert.deepEqual(report.summary.problems, [{ file: 'none.json', message: 'there is no such file or folder.' }]);
  assert.equal(report.summary.findings.ERROR, 1);
});

test('what was not checked is told in each format that has a place for it', async () => {
  const open = folder({ 'open.tf': 'resource "aws_iam_policy" "a" {\n  policy = var.policy\n}\n' });
  const report = async (format) => (await postern(['check', '--format', format, '.'], { cwd: open })).stdout;
  const message = 'the file alone does not tell what aws_iam_policy.a.policy is: var.policy';
  const [{ invocations: [{ executionSuccessful, toolExecutionNotifications: [one] }] }] = JSON.parse(await report('sarif')).runs;
  assert.deepEqual([executionSuccessful, one], [true, {
    level: 'note', message: { text: `Not checked: ${message}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'open.tf' }, region: { startLine: 2, startColumn: 12, endLine: 2, endColumn: 22 } } }],
  }]);
  assert.equal(await report('github'), `::notice file=open.tf,line=2,title=Not checked::${message}\n`);
  const [{ fingerprint, ...entry }] = JSON.parse(await report('gitlab'));
  assert.deepEqual(entry, { description: `Not checked: ${message}`, check_name: 'NOT_CHECKED', severity: 'info', location: { path: 'open.tf', lines: { begin: 2 } } });
  assert.match(fingerprint, /^[0-9a-f]{32}$/);
  const xml = await report('junit');
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents: xml }], schema: [readFileSync(join(import.meta.dirname, 'schemas/junit.xsd'), 'utf8')] });
  assert.ok(valid, JSON.stringify(errors));
  assert.match(xml, /<testsuite name="open\.tf \(aws_iam_policy\.a\.policy\)" tests="1" failures="0" errors="0" skipped="1">\n {4}<testcase name="read" [^>]*><skipped message="the file alone/);
});

test('in no format does a name of a file reach whoever reads it but as something that is seen', { skip: process.platform === 'win32' }, async () => {
  const name = 'a\u001b[2J\u202e\u200b\u009b31m\n\u{e0041}.json';
  const odd = folder({ [name]: TWICE, 'role.json': CLEAN });
  const problems = [];
  const reports = [
    ...['human', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'access-analyzer'].map((format) => ['check', '--format', format, '.']),
    ['check', '--diff', '.'], ['fmt', '--check', '.'], ['diff', '--format', 'json', 'role.json', name], ['diff', '--format', 'sarif', 'role.json', name], ['role', name, '--format', 'json'],
  ];
  for (const words of reports) {
    const { stdout, stderr } = await postern(words, { cwd: odd });
    if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u{e0041}]/u.test(stdout + stderr)) problems.push(`${words.join(' ')}: ${JSON.stringify(stdout + stderr)}`);
    if (stdout.startsWith('{') && words.includes('json') && words[0] !== 'role' && !JSON.stringify(JSON.parse(stdout)).includes(JSON.stringify(name).slice(1, -1))) problems.push(`${words.join(' ')} has another name`);
  }
  assert.deepEqual(problems, []);
  const [{ location: { path } }] = JSON.parse((await postern(['check', '--format', 'gitlab', '.'], { cwd: odd })).stdout);
  assert.equal(path, name);
  assert.match((await postern(['check', '--diff', '.'], { cwd: odd })).stdout, /^--- "a\/a\\033\[2J\\342\\200\\256/m);
});

test('a step that works in a folder of the repository names files from its root, each service by its own variable', async () => {
  const root = folder({ 'infra/deep/typo.json': TYPO, 'infra/postern.json': { suppressions: [{ code: 'INVALID_ACTION', files: 'clean.json', reason: 'It was so.' }] },
    'infra/clean.json': CLEAN, 'infra/open.tf': 'resource "aws_iam_policy" "a" {\n  policy = var.policy\n}\n', 'typo.json': TYPO });
  const placesOf = async (format, env, where = 'infra') => {
    const { stdout } = await postern(['check', '--format', format, '.', 'none.json'], { cwd: join(root, where), env: { GITHUB_WORKSPACE: '', CI_PROJECT_DIR: '', ...env } });
    if (format === 'github') return Array.from(stdout.matchAll(/^::\w+ file=([^,]+),/gm), ([, file]) => file).sort();
    if (format === 'gitlab') return JSON.parse(stdout).map(({ location: { path } }) => path).sort();
    const [{ results, invocations: [{ toolExecutionNotifications }] }] = JSON.parse(stdout).runs;
    return [...results, ...toolExecutionNotifications].flatMap(({ locations = [] }) => locations).map(({ physicalLocation: { artifactLocation: { uri } } }) => uri).sort();
  };
  const found = ['deep/typo.json', 'open.tf', 'postern.json'];
  const inRoot = (names) => names.map((name) => `infra/${name}`);
  // A file that is not there has a place for GitHub only.
  const named = { github: [...found, 'none.json'].sort(), gitlab: found, sarif: found };
  for (const [format, variables] of [['github', ['GITHUB_WORKSPACE']], ['gitlab', ['CI_PROJECT_DIR']], ['sarif', ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR']]]) {
    for (const variable of variables) assert.deepEqual(await placesOf(format, { [variable]: root }), inRoot(named[format]), `${format} ${variable}`);
    assert.deepEqual(await placesOf(format, {}), named[format], `${format} elsewhere`);
    for (const other of [join(root, 'infra'), join(root, 'nothing'), '/']) {
      const expected = other === '/' ? named[format].map((name) => [root.slice(1), 'infra', name].join('/')) : named[format];
      assert.deepEqual(await placesOf(format, { GITHUB_WORKSPACE: other, CI_PROJECT_DIR: other }), expected, `${format} below ${other}`);
    }
  }
  assert.deepEqual(await placesOf('github', { CI_PROJECT_DIR: root }), named.github, "GitLab's variable says nothing to GitHub");
  const prints = async (where) => JSON.parse((await postern(['check', '--format', 'gitlab', 'typo.json'], { cwd: join(root, where), env: { CI_PROJECT_DIR: root } })).stdout).map(({ fingerprint }) => fingerprint);
  assert.notDeepEqual(await prints('.'), await prints('infra/deep'), 'two files of one name are two');
});

test('a suppression with nothing to suppress is told in each format that has a place for it', async () => {
  const stale = folder({ 'clean.json': CLEAN, 'postern.json': { suppressions: [{ code: 'INVALID_ACTION', files: 'clean.json', reason: 'It was so.' }] } });
  const used = folder({ 'typo.json': TYPO, 'postern.json': { suppressions: [{ code: 'INVALID_ACTION', files: 'typo.json', reason: 'It is so.' }] } });
  const report = (format, where) => postern(['check', '--format', format, '.'], { cwd: where });
  const message = 'the suppression of INVALID_ACTION in clean.json has nothing to suppress any more. Remove it.';
  const { code, stdout, stderr } = await report('json', stale);
  assert.deepEqual([code, stderr], [0, `postern: postern.json: ${message}\n`]);
  assert.deepEqual(JSON.parse(stdout).summary.unusedSuppressions, [{ file: 'postern.json', code: 'INVALID_ACTION', files: 'clean.json', message }]);
  assert.equal((await report('github', stale)).stdout, `::warning file=postern.json,title=Suppression without use::${message}\n`);
  const [{ fingerprint, ...entry }] = JSON.parse((await report('gitlab', stale)).stdout);
  assert.deepEqual(entry, { description: message, check_name: 'SUPPRESSION_WITHOUT_USE', severity: 'info', location: { path: 'postern.json', lines: { begin: 1 } } });
  assert.match(fingerprint, /^[0-9a-f]{32}$/);
  const [{ invocations: [{ executionSuccessful, toolExecutionNotifications }] }] = JSON.parse((await report('sarif', stale)).stdout).runs;
  assert.deepEqual([executionSuccessful, toolExecutionNotifications], [true, [{ level: 'warning', message: { text: message }, locations: [{ physicalLocation: { artifactLocation: { uri: 'postern.json' } } }] }]]);
  for (const format of ['json', 'github', 'gitlab', 'sarif']) assert.doesNotMatch((await report(format, used)).stdout, /nothing to suppress/, format);
});
