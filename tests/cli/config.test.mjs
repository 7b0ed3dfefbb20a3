import assert from 'node:assert/strict';
import { readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, PASS_ROLE, ROOT, TYPO, folder, policy, postern } from './run.mjs';

const deny = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });

test('the nearest configuration upwards says types, what is left out and when a check fails', async () => {
  const cwd = folder({
    'postern.json': {
      failOn: 'error', exclude: ['vendor/**', '*.tmp.json'],
      policies: [
        { files: 'policies/**', type: 'scp' },
        { files: 'policies/roles/*', type: 'identity', identityPolicy: 'inline-role' },
        { files: 'buckets/*.json', resourceType: 'AWS::S3::Bucket' },
      ],
    },
    'policies/a.json': deny, 'policies/roles/b.json': PASS_ROLE, 'vendor/c.json': TYPO, 'policies/d.tmp.json': TYPO, 'buckets/e.json': TYPO,
  });
  const run = async (args, where = cwd) => {
    const { code, stdout } = await postern(['check', '--format', 'json', ...args], { cwd: where });
    return { code, files: Object.fromEntries(JSON.parse(stdout).files.map(({ file, policies: [{ type, typeFrom, validatePolicyResourceType }] }) => [file, `${type} ${typeFrom} ${validatePolicyResourceType}`])) };
  };
  assert.deepEqual((await run(['.'])).files, {
    'buckets/e.json': 'resource config AWS::S3::Bucket', 'policies/a.json': 'scp config null', 'policies/roles/b.json': 'identity config null',
  });
  assert.deepEqual(await run(['.'], join(cwd, 'policies')), { code: 0, files: { 'a.json': 'scp config null', 'roles/b.json': 'identity config null' } });
  assert.equal((await run(['policies/roles', '--fail-on', 'security'])).code, 1, 'the command line wins');
  assert.deepEqual((await run(['vendor/c.json'])).files, { 'vendor/c.json': 'identity guess null' }, 'a named file is read');
  assert.deepEqual(await run(['policies/a.json', '--no-config']), { code: 0, files: { 'policies/a.json': 'identity guess null' } });
});

test('a run has one configuration: files outside of its folder have its level, and its globs where they go there', async () => {
  const suppressed = (files, more = {}) => ({ suppressions: [{ code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE', files, reason: 'It makes roles of any name.' }], ...more });
  const cwd = folder({
    'a/postern.json': suppressed('*.json', { failOn: 'error' }), 'a/p.json': PASS_ROLE, 'b/postern.json': suppressed('*.json'), 'b/p.json': PASS_ROLE,
    'above.json': suppressed('../b/**'),
  });
  const run = async (from, ...words) => {
    const { code, stdout } = await postern(['check', '--format', 'json', ...words], { cwd: join(cwd, from) });
    const { findings, suppressed: many } = JSON.parse(stdout).summary;
    return [code, findings.SECURITY_WARNING, many];
  };
  assert.deepEqual(await run('a', 'p.json', '../b/p.json'), [0, 1, 1], 'its own folder and its level');
  assert.deepEqual(await run('b', '.'), [0, 0, 1]);
  assert.deepEqual(await run('.', 'b'), [1, 1, 0], 'what is below where one is, is not read');
  assert.deepEqual(await run('a', '../b'), [0, 1, 0]);
  renameSync(join(cwd, 'above.json'), join(cwd, 'a/postern.json'));
  assert.deepEqual(await run('a', '../b'), [0, 0, 1], 'a glob that goes there');
});

test('a suppression has a reason, is counted, and is reported when nothing needs it any more', async () => {
  const reason = 'The pipeline needs it until its role is split.';
  const suppression = { code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE', files: 'pass.json', reason };
  const cwd = folder({ 'postern.json': { suppressions: [suppression] }, 'pass.json': PASS_ROLE, 'other.json': PASS_ROLE, 'clean.json': CLEAN });
  const { code, stdout, stderr } = await postern(['check', '--format', 'json', 'pass.json'], { cwd });
  assert.deepEqual([code, stderr], [0, '']);
  const { files: [{ policies: [{ findings, suppressed }] }], summary } = JSON.parse(stdout);
  assert.deepEqual([findings, summary.suppressed, suppressed[0].reason, suppressed[0].issueCode], [[], 1, reason, suppression.code]);
  assert.match((await postern(['check', 'pass.json'], { cwd })).stdout, /1 suppressed\.\n$/);
  const all = await postern(['check', '.'], { cwd });
  assert.deepEqual([all.code, /other\.json:/.test(all.stdout), /pass\.json:/.test(all.stdout)], [1, true, false]);
  assert.doesNotMatch((await postern(['check', 'other.json'], { cwd })).stderr, /suppression/, 'its file was not checked');

  const unused = folder({ 'postern.json': { suppressions: [{ ...suppression, files: 'clean.json' }, { ...suppression, files: 'gone.json' }] }, 'clean.json': CLEAN });
  assert.equal((await postern(['check', 'clean.json'], { cwd: unused })).stderr,
    'postern: postern.json: the suppression of PASS_ROLE_WITH_STAR_IN_RESOURCE in clean.json has nothing to suppress any more. Remove it.\n');
  assert.match((await postern(['check', '.'], { cwd: unused })).stderr, /: no file matches gone\.json, for which PASS_ROLE_WITH_STAR_IN_RESOURCE is suppressed\./, 'every file was checked');

  const kept = folder({ 'postern.json': { suppressions: [{ code: 'INVALID_ACTION', files: 'typo.json', reason }] }, 'typo.json': TYPO });
  assert.deepEqual(await postern(['check', '--diff', '--unsafe', '.'], { cwd: kept }), { code: 0, stdout: '', stderr: '1 without findings was taken for an identity policy. Where a type is guessed, --policy-type or postern.json says another.\nNo findings in 1 policy of 1 file. 1 suppressed.\n' }, 'what may stay is not mended');

  const placed = folder({ 'postern.json': { suppressions: [{ ...suppression, pointer: '/Statement/1' }] }, 'pass.json': policy(PASS_ROLE.Statement[0], { ...PASS_ROLE.Statement[0], Sid: 'B' }) });
  const { files: [{ policies: [one] }] } = JSON.parse((await postern(['check', '--format', 'json', '.'], { cwd: placed })).stdout);
  assert.deepEqual(one.suppressed.map(({ locations }) => locations[0].pointer), ['/Statement/1/Action']);
  assert.ok(one.findings.some(({ locations }) => locations[0].pointer === '/Statement/0/Action'));
});

test('a suppression is said to be of no use only where every file that it is for was looked at for what it is for', async () => {
  const reason = 'The pipeline needs it until its role is split.';
  const one = { code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE', files: 'infra/**', reason };
  const files = { 'infra/iam/deploy.json': CLEAN, 'infra/iam/build.json': CLEAN, 'infra/ignored.json': PASS_ROLE, 'infra/.gitignore': 'ignored.json\n', 'other.json': CLEAN };
  const used = folder({ ...files, 'postern.json': { suppressions: [one] }, 'infra/iam/build.json': PASS_ROLE });
  const unused = folder({ ...files, 'postern.json': { suppressions: [one] } });
  const broken = folder({ ...files, 'postern.json': { suppressions: [one] }, 'infra/broken.json': Buffer.from([0x7b, 0xff, 0x7d]) });
  const access = folder({ ...files, 'postern.json': { suppressions: [{ ...one, code: 'POSTERN_ACCESS_GRANTED' }, { ...one, code: 'POSTERN_ACCESS_GAINED' }] } });
  const cases = [
    [used, ['infra/iam/deploy.json'], false], [used, ['.'], false], [used, ['infra/iam'], false],
    [unused, ['infra/iam/deploy.json'], false], [unused, ['infra/iam/deploy.json', 'infra/iam/build.json'], true], [unused, ['infra'], true], [unused, ['.'], true],
    [unused, ['other.json'], false], [unused, ['--policy-type', 'scp', '.'], false],
    [broken, ['.'], false], [access, ['.'], false], [access, ['--not-granted', 's3:PutObject', '.'], false],
  ];
  const problems = [];
  for (const [cwd, words, expected] of cases) {
    const { stderr } = await postern(['check', ...words], { cwd });
    if (/nothing to suppress any more/.test(stderr) !== expected) problems.push(`${words}: ${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('a configuration that is wrong is refused in one line that says where and what a right one looks like', async () => {
  const cases = [
    ['{"a": 1,}', /^postern: postern\.json:1:8: Nothing follows this comma/],
    ['[]', /the file is an object such as/],
    [{ polices: [] }, /the file has no field "polices"\. Its fields are \$schema, policies, exclude, failOn and suppressions\./],
    [{ failOn: 'warnings' }, /failOn is error, security, warning or suggestion\./],
    [{ policies: {} }, /policies is a list\./],
    [{ policies: [{ type: 'scp' }] }, /policies\[0\]\.files is missing: a glob, such as "scps\/\*\*"\./],
    [{ policies: [{ files: 'x', type: 'SCP' }] }, /policies\[0\]\.type is identity, trust, resource, scp or rcp\./],
    [{ suppressions: [{ code: 'INVALID_ACTION', files: '**' }] }, /suppressions\[0\]\.reason is missing: say in a sentence/],
    [{ suppressions: [{ code: 'INVALID_ACTION', files: '**', reason: ' ' }] }, /suppressions\[0\]\.reason is a text that is not empty\./],
    [{ suppressions: [{ code: 'NO_SUCH', files: '**', reason: 'x' }] }, /suppressions\[0\]\.code: there is no check "NO_SUCH"\./],
  ];
  const problems = [];
  for (const [content, expected] of cases) {
    const cwd = folder({ 'postern.json': content, 'x.json': CLEAN });
    const { code, stdout, stderr } = await postern(['check', 'x.json'], { cwd });
    if (code !== 2 || stdout !== '' || !expected.test(stderr) || stderr.split('\n').length !== 2) problems.push(`${JSON.stringify(content)}: ${code} ${stderr}`);
  }
  const { code, stderr } = await postern(['check', 'x.json', '--config', 'none.json'], { cwd: folder({ 'x.json': CLEAN }) });
  if (code !== 2 || stderr !== 'postern: none.json: there is no such file or folder.\n') problems.push(stderr);
  assert.deepEqual(problems, []);
});

test('all that is wrong with a configuration is told in one run, and not without an end', async () => {
  const wrong = {
    polices: [], failOn: 'warnings', exclude: ['', 3],
    policies: [{ type: 'SCP', resourceType: 'AWS::S3::Bukket' }, 'x'],
    suppressions: [{ code: 'NO_SUCH', file: '**' }],
  };
  const { code, stdout, stderr } = await postern(['check', 'x.json'], { cwd: folder({ 'postern.json': wrong, 'x.json': CLEAN }) });
  const places = stderr.trimEnd().split('\n').map((line) => /^postern: postern\.json: (\S+?):? /.exec(line)?.[1] ?? line);
  assert.deepEqual([code, stdout, places], [2, '', ['the', 'failOn', 'exclude[0]', 'exclude[1]', 'policies[0].resourceType', 'policies[0].files', 'policies[0].type', 'policies[1]',
    'suppressions[0]', 'suppressions[0].code', 'suppressions[0].files', 'suppressions[0].reason']]);
  const many = await postern(['check', 'x.json'], { cwd: folder({ 'postern.json': { exclude: Array(1000).fill('') }, 'x.json': CLEAN }) });
  assert.equal(many.stderr.split('\n').length, 22);
  assert.match(many.stderr, /\npostern: postern\.json: 980 more mistakes\.\n$/);
});

test('the JSON Schema of the package and the command line take the same configurations', async () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'dist/config.schema.json'), 'utf8'));
  const { default: Ajv } = createRequire(import.meta.url)('ajv');
  const validate = new Ajv({ strict: true }).compile(schema);
  const [, example] = /```json postern\.json\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/config.md'), 'utf8'));
  const [, inReadme] = /```json\n(.*?)```/s.exec(/^## Command line\n(.*?)^## /ms.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))[1]);
  const { $schema, ...told } = JSON.parse(example);
  assert.deepEqual(JSON.parse(inReadme), told, 'README.md and docs/config.md have one example');
  assert.equal($schema, './node_modules/postern/dist/config.schema.json');
  const suppression = { code: 'INVALID_ACTION', files: '**', reason: 'It is so.' };
  const { PolicyEntry: { properties: entry } } = schema.$defs;
  const cases = [
    [JSON.parse(example), true], [{}, true], [{ $schema: 'x' }, true], [[], false], [{ polices: [] }, false], [{ exclude: ['a', ''] }, false], [{ exclude: 'a' }, false],
    ...['error', 'none'].map((failOn) => [{ failOn }, failOn === 'error']), ...schema.properties.failOn.enum.map((failOn) => [{ failOn }, true]),
    ...entry.type.enum.map((type) => [{ policies: [{ files: 'x', type }] }, true]), [{ policies: [{ type: 'scp' }] }, false], [{ policies: [{ files: 'x', typ: 'scp' }] }, false],
    ...entry.identityPolicy.enum.map((identityPolicy) => [{ policies: [{ files: 'x', identityPolicy }] }, true]), [{ policies: [{ files: 'x', identityPolicy: 'role' }] }, false],
    [{ policies: [{ files: 'x' }] }, false], ...entry.type.enum.flatMap((type) => [
      [{ policies: [{ files: 'x', type, resourceType: 'AWS::S3::Bucket' }] }, type === 'resource'],
      [{ policies: [{ files: 'x', type, identityPolicy: 'managed' }] }, type === 'identity'],
    ]),
    [{ policies: [{ files: 'x', resourceType: 'AWS::S3::Bucket' }] }, true], [{ policies: [{ files: 'x', resourceType: 'AWS::S3::Bucket', identityPolicy: 'managed' }] }, false],
    [{ suppressions: [{ ...suppression, policy: 'a', pointer: '/Statement' }] }, true], [{ suppressions: [{ ...suppression, pointer: '' }] }, false],
    ...Object.keys(suppression).map((name) => [{ suppressions: [{ ...suppression, [name]: undefined }] }, false]),
  ];
  const problems = [];
  for (const [content, expected] of cases) {
    const config = JSON.parse(JSON.stringify(content));
    const { code, stderr } = await postern(['check', 'x.json'], { cwd: folder({ 'postern.json': config, 'x.json': CLEAN }) });
    if (validate(config) !== expected) problems.push(`The schema: ${JSON.stringify(config)}`);
    if ((code === 0) !== expected) problems.push(`The command line: ${JSON.stringify(config)} ${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('docs/config.md has every sentence about the configuration, each with what it is said of', async () => {
  const [, section] = readFileSync(join(ROOT, 'docs/config.md'), 'utf8').split('## What is said of it');
  const rows = Array.from(section.matchAll(/^\| `(\{.*?\})` \| `(.*)` \|$/gm), ([, config, said]) => ({ config, said }));
  const source = ['config', 'suppress'].map((name) => readFileSync(join(ROOT, `src/npm/cli/check/${name}.ts`), 'utf8')).join('\n');
  // What is filled in may be anything.
  const patterns = Array.from(source.matchAll(/(?:refuse\(|message: |\? \[\] : \[|return )`((?:\$\{(?:[^`{}]|`[^`]*`|\{[^}]*\})*\}|[^`])*)`/g), ([, text]) => (
    text.replace(/^\$\{path\}: /, '').split(/\$\{(?:[^`{}]|`[^`]*`|\{[^}]*\})*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+?')));
  assert.ok(patterns.length > 12, patterns.join('\n'));
  const wrong = patterns.filter((pattern) => !rows.some(({ said }) => new RegExp(`^${pattern}$`).test(said))).map((pattern) => `docs/config.md does not have: ${pattern}`);
  for (const { config, said } of rows) {
    const { code, stderr } = await postern(['check', '.'], { cwd: folder({ 'postern.json': config, 'clean.json': CLEAN }) });
    const isRefused = section.indexOf(config) < section.indexOf('An entry that means nothing');
    if (!stderr.endsWith(`postern: postern.json: ${said}\n`) || code !== (isRefused ? 2 : 0)) wrong.push(`${config}: ${code} ${stderr}`);
  }
  assert.deepEqual(wrong, []);
});

test('a glob or a pointer that can mean nothing is told as that, a misspelt code with the one that is meant', async () => {
  const one = { code: 'INVALID_ACTION', files: 'typo.json', reason: 'It is being split.' };
  const problems = [];
  for (const [config, wanted, code] of [
    [{ suppressions: [{ ...one, files: 'infra\\typo.json' }] }, /suppressions\[0\]\.files: a glob has \/ between folders, on Windows too, and "infra\\\\typo\.json" has a backslash\./, 2],
    [{ policies: [{ files: 'scps\\**', type: 'scp' }] }, /policies\[0\]\.files: a glob has \/ between folders/, 2],
    [{ exclude: ['a\\b'] }, /exclude\[0\]: a glob has/, 2],
    [{ suppressions: [{ ...one, files: '\\[typo\\].json' }] }, /no file matches/, 1],
    [{ suppressions: [{ ...one, pointer: 'Statement/0' }] }, /suppressions\[0\]\.pointer is a place in the policy such as "\/Statement\/0", which begins with \/, and not "Statement\/0"\./, 2],
    [{ suppressions: [{ ...one, code: 'INVALID_ACTOIN' }] }, /there is no check "INVALID_ACTOIN"\. Did you mean INVALID_ACTION\?/, 2],
    [{ suppressions: [{ ...one, code: 'invalid-action' }] }, /Did you mean INVALID_ACTION\?/, 2],
    [{ policies: [{ files: 'scps/**', type: 'scp' }] }, /^postern: postern\.json: policies\[0\]\.files: no file matches scps\/\*\*\. /m, 1],
    [{ policies: [{ files: 'typo.json', type: 'identity' }] }, /^(?!.*no file matches)/s, 1],
    ['\ufeff{"exclude": [}', /^postern: postern\.json:1:14: (?!.*byte order)/, 2],
  ]) {
    const cwd = folder({ 'typo.json': TYPO, 'postern.json': config });
    const result = await postern(['check', '.'], { cwd });
    if (result.code !== code || !wanted.test(result.stderr)) problems.push(`${JSON.stringify(config)}: ${result.code} ${result.stderr}`);
  }
  assert.doesNotMatch((await postern(['check', 'typo.json'], { cwd: folder({ 'typo.json': TYPO, 'postern.json': { policies: [{ files: 'scps/**', type: 'scp' }] } }) })).stderr, /no file matches/, 'other files were not looked for');
  assert.deepEqual(problems, []);
});
