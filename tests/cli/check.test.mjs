import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, CLI, PASS_ROLE, TRUST, TWICE, TYPO, folder, policy, postern, statement } from './run.mjs';

const json = async (args, more) => {
  const { code, stdout, stderr } = await postern(['check', '--format', 'json', ...args], more);
  return { code, stderr, ...JSON.parse(stdout) };
};
const names = ({ files }) => files.map(({ file }) => file);

test('a finding is told with its place, the line, a mark, what to do and the fix', async () => {
  const cwd = folder({ 'policy.json': TYPO });
  const { code, stdout, stderr } = await postern(['check', 'policy.json'], { cwd });
  assert.equal(stdout, `policy.json: checked as an identity policy (guessed)
policy.json:6:23 error INVALID_ACTION
  s3:GetObjekt is not an action of s3.
 6 |             "Action": "s3:GetObjekt",
   |                       ^^^^^^^^^^^^^^
  help: Did you mean s3:GetObject?
  fix: Change to s3:GetObject (--fix --unsafe)

Where a type is guessed, --policy-type or postern.json says another.
1 error in 1 policy of 1 file. 1 can be mended by --fix --unsafe.
`);
  assert.equal(stderr, '');
  assert.equal(code, 1);
});

/** Of one clean policy, as what it was checked. */
const TAKEN = '1 without findings was taken for an identity policy. Where a type is guessed, --policy-type or postern.json says another.\n';

test('as what clean policies were taken is told where it is a guess', async () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const cwd = folder({ 'a.json': CLEAN, 'trust.json': trust, 'other.json': trust });
  assert.equal((await postern(['check', 'a.json'], { cwd })).stdout, `${TAKEN}No findings in 1 policy of 1 file.\n`);
  assert.equal((await postern(['check', '.'], { cwd })).stdout,
    '2 without findings were taken for a trust policy each. 1 without findings was taken for an identity policy. Where a type is guessed, --policy-type or postern.json says another.\nNo findings in 3 policies of 3 files.\n');
  assert.equal((await postern(['check', 'trust.json', '--policy-type', 'trust'], { cwd })).stdout, 'No findings in 1 policy of 1 file.\n');
});

test('a clean policy exits with 0 and says so', async () => {
  const cwd = folder({ 'policy.json': CLEAN });
  assert.deepEqual(await postern(['check', 'policy.json'], { cwd }), { code: 0, stdout: `${TAKEN}No findings in 1 policy of 1 file.\n`, stderr: '' });
});

test('--fail-on decides what exit code 1 is for, --exit-zero that there is none', async () => {
  const cwd = folder({ 'error.json': TYPO, 'security.json': PASS_ROLE, 'suggestion.json': TWICE });
  const codes = {};
  for (const file of ['error', 'security', 'suggestion']) {
    for (const level of ['error', 'security', 'warning', 'suggestion']) codes[`${file} ${level}`] = (await postern(['check', `${file}.json`, '--fail-on', level], { cwd })).code;
  }
  assert.deepEqual(codes, {
    'error error': 1, 'error security': 1, 'error warning': 1, 'error suggestion': 1,
    'security error': 0, 'security security': 1, 'security warning': 1, 'security suggestion': 1,
    'suggestion error': 0, 'suggestion security': 0, 'suggestion warning': 0, 'suggestion suggestion': 1,
  });
  assert.equal((await postern(['check', '.'], { cwd })).code, 1);
  assert.equal((await postern(['check', '.', '--exit-zero'], { cwd })).code, 0);
});

test('folders are walked in a stable order, without what .gitignore leaves out; named files are always read', async () => {
  const cwd = folder({
    'b.json': CLEAN, 'a.json': CLEAN, 'sub/c.json': CLEAN, 'sub/d.txt': CLEAN, 'node_modules/x/policy.json': CLEAN, '.git/config.json': CLEAN,
    'build/e.json': CLEAN, 'sub/private.json': CLEAN, 'sub/kept.json': CLEAN, 'other/package.json': { name: 'x' },
    '.gitignore': 'build/\n*private*\nkept.json\n', 'sub/.gitignore': '!kept.json\n',
  });
  const walked = await json(['.'], { cwd });
  assert.deepEqual(names(walked), ['a.json', 'b.json', 'sub/c.json', 'sub/kept.json']);
  assert.equal(walked.stderr, 'postern: 1 file holds no policy: other/package.json.\n');
  assert.deepEqual(names(await json(['sub/private.json', 'sub/d.txt'], { cwd })), ['sub/d.txt', 'sub/private.json']);
  assert.deepEqual(names(await json(['build'], { cwd })), ['build/e.json'], 'an ignored folder that is named');
  assert.deepEqual(names(await json(['.'], { cwd: join(cwd, 'sub') })), ['c.json', 'kept.json'], 'the .gitignore above counts');
  assert.deepEqual(names(await json(['**/*.json', './a.json', 'sub'], { cwd })), ['a.json', 'b.json', 'sub/c.json', 'sub/kept.json'], 'each file once');
  assert.deepEqual(names(await json(['s*b/{c,d}.*'], { cwd })), ['sub/c.json', 'sub/d.txt'], 'a glob decides itself which files it means');
  assert.deepEqual(names(await json(['--', 'a.json'], { cwd })), ['a.json']);
});

test('links are followed, each file is read once', async () => {
  const cwd = folder({ 'real/a.json': CLEAN });
  symlinkSync('real', join(cwd, 'alias'));
  symlinkSync(join('real', 'a.json'), join(cwd, 'b.json'));
  assert.deepEqual(names(await json(['.'], { cwd })), ['alias/a.json', 'b.json']);
});

test('a file that is no policy is an error when it is named, and a note when it was found', async () => {
  const cwd = folder({ 'package.json': { name: 'x' }, 'policy.json': CLEAN, 'broken.json': '{"a":', 'list.json': [1] });
  const walked = await postern(['check', '.'], { cwd });
  assert.equal(walked.code, 0);
  assert.equal(walked.stderr, 'postern: 3 files hold no policy: broken.json, list.json and package.json.\n');
  const named = await postern(['check', 'package.json', 'policy.json', 'broken.json'], { cwd });
  assert.equal(named.code, 2);
  assert.equal(named.stderr, 'postern: broken.json:1:6: This is not JSON: value expected.\npostern: package.json: it holds no IAM policy. This is JSON, but neither an IAM policy nor known output of the AWS CLI. Give a policy, or what aws iam get-role-policy prints.\n');
  assert.match(named.stdout, /in 1 policy of 3 files/);
});

test('a policy that is broken JSON has a finding', async () => {
  const cwd = folder({ 'policy.json': '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",}]}' });
  const { code, files } = await json(['.'], { cwd });
  assert.equal(code, 1);
  assert.deepEqual(files[0].policies[0].findings.map(({ issueCode }) => issueCode), ['JSON_SYNTAX_ERROR']);
});

test('standard input has a name, and stands alone', async () => {
  const cwd = folder();
  const { code, files } = await json(['-', '--stdin-filename', 'policies/x.json'], { cwd, input: JSON.stringify(TYPO) });
  assert.deepEqual([code, names({ files })], [1, ['policies/x.json']]);
  const { code: refused, stderr } = await postern(['check', '-', 'a.json'], { cwd });
  assert.deepEqual([refused, stderr], [2, 'postern: - stands alone: standard input is checked, or files.\n']);
});

test('the type is guessed from the text, then from the name, and is said', async () => {
  const resource = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::example-files/*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const deny = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
  const cwd = folder({
    'identity.json': CLEAN, 'role.json': TRUST, 'b/bucket-policy.json': resource, 'queue.json': resource, 'scps/deny.json': deny, 'scp.json': deny,
    'rcps/tls.json': resource, 'describe.json': deny,
  });
  const { files } = await json(['.'], { cwd });
  assert.deepEqual(Object.fromEntries(files.map(({ file, policies: [{ type, typeFrom, validatePolicyResourceType }] }) => [file, `${type} ${typeFrom} ${validatePolicyResourceType}`])), {
    'b/bucket-policy.json': 'resource guess AWS::S3::Bucket',
    'describe.json': 'identity guess null',
    'identity.json': 'identity guess null',
    'queue.json': 'resource guess AWS::S3::Bucket',
    'rcps/tls.json': 'rcp guess null',
    'role.json': 'trust guess AWS::IAM::AssumeRolePolicyDocument',
    'scp.json': 'scp guess null',
    'scps/deny.json': 'scp guess null',
  });
});

test('the type on the command line wins, in our words and in those of the API', async () => {
  const cwd = folder({ 'x.json': CLEAN });
  const told = {};
  for (const args of [['--policy-type', 'scp'], ['--policy-type', 'SERVICE_CONTROL_POLICY'], ['--resource-type', 'AWS::S3::Bucket']]) {
    const { files: [{ policies: [{ policyType, validatePolicyResourceType, typeFrom }] }] } = await json(['x.json', ...args], { cwd });
    told[args.join(' ')] = `${policyType} ${validatePolicyResourceType} ${typeFrom}`;
  }
  assert.deepEqual(told, {
    '--policy-type scp': 'SERVICE_CONTROL_POLICY null option',
    '--policy-type SERVICE_CONTROL_POLICY': 'SERVICE_CONTROL_POLICY null option',
    '--resource-type AWS::S3::Bucket': 'RESOURCE_POLICY AWS::S3::Bucket option',
  });
  const long = folder({ 'x.json': policy(...Array.from({ length: 60 }, (_, i) => statement({ Sid: `S${i}`, Resource: `arn:aws:s3:::example-${i}/*` }))) });
  const { files: [{ policies: [{ findings }] }] } = await json(['x.json', '--identity-policy', 'inline-user'], { cwd: long });
  assert.ok(findings.some(({ issueCode }) => /QUOTA/.test(issueCode)), findings.map(({ issueCode }) => issueCode).join());
});

test('places are those of the text, whatever its line ends and characters', async () => {
  const text = JSON.stringify(TYPO, null, 2).replaceAll('\n', '\r\n').replace('"Action"', '"Sid": "\u{1f600}", "Action"');
  const cwd = folder({ 'crlf.json': text, 'cr.json': JSON.stringify(TYPO, null, 2).replaceAll('\n', '\r') });
  const { files } = await json(['.'], { cwd });
  const places = files.map(({ file, policies: [{ findings }] }) => {
    const { start, end } = findings.find(({ issueCode }) => issueCode === 'INVALID_ACTION').locations[0].span;
    return `${file} ${start.line}:${start.column} ${end.column - start.column} ${end.offset - start.offset}`;
  });
  assert.deepEqual(places, ['cr.json 6:17 14 14', 'crlf.json 6:30 14 14']);
});

test('a long line is shown in part, and the mark stands under the place', async () => {
  const cwd = folder({ 'x.json': JSON.stringify(policy(...Array.from({ length: 20 }, (_, i) => statement({ Sid: `S${i}`, Action: i === 10 ? 's3:GetObjekt' : 's3:GetObject', Resource: `arn:aws:s3:::example-${i}/*` })))) });
  const { stdout } = await postern(['check', 'x.json'], { cwd });
  const [line, mark] = stdout.split('\n').slice(3, 5);
  assert.ok(line.length < 130, line);
  assert.equal(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1), '"s3:GetObjekt"');
});

test('what a terminal or a log would take for a command is shown as an escape', async () => {
  const evil = policy(statement({ Sid: 'a\u001b[31m\n::error::x\u202e', Action: 's3:\u001b]0;x\u0007' }));
  const cwd = folder({ 'x.json': evil, 'a\u001b[2Jb.json': TYPO });
  for (const format of ['human', 'github']) {
    const { stdout, stderr } = await postern(['check', '--format', format, '.', 'no\u001bfile'], { cwd });
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/, format);
    assert.doesNotMatch(stdout, /^::error::x/m);
  }
});

test('colours follow the command line, then FORCE_COLOR and NO_COLOR', async () => {
  const cwd = folder({ 'x.json': TYPO });
  const colored = async (args, env) => /\u001b\[/.test((await postern(['check', 'x.json', ...args], { cwd, env })).stdout);
  assert.deepEqual({
    pipe: await colored([], {}), 'FORCE_COLOR=1': await colored([], { FORCE_COLOR: '1' }), 'FORCE_COLOR=0': await colored([], { FORCE_COLOR: '0' }),
    both: await colored(['--no-color'], { FORCE_COLOR: '1' }), '--color': await colored(['--color'], { NO_COLOR: '1' }),
    '--color never': await colored(['--color', 'never'], { FORCE_COLOR: '1' }), NO_COLOR: await colored([], { NO_COLOR: '1' }),
  }, { pipe: false, 'FORCE_COLOR=1': true, 'FORCE_COLOR=0': false, both: false, '--color': true, '--color never': false, NO_COLOR: false });
});

test('many files are checked by several threads, with the same answer', async () => {
  const files = Object.fromEntries(Array.from({ length: 4100 }, (_, i) => [`${String(i % 10)}/${i}.json`, i % 500 === 7 ? TYPO : CLEAN]));
  const cwd = folder(files);
  const { code, stdout } = await postern(['check', '--format', 'jsonl', '.'], { cwd });
  assert.equal(code, 1);
  const found = stdout.trimEnd().split('\n').map((line) => JSON.parse(line).file);
  assert.deepEqual(found, Object.keys(files).filter((name) => files[name] === TYPO).sort());
  const { stdout: summary } = await postern(['check', '.'], { cwd });
  assert.match(summary, /9 errors in 4100 policies of 4100 files\. 9 can be mended by --fix --unsafe\.\n$/);
});

test('a reader that stops early does no harm, and changes no exit code', async () => {
  const cwd = folder(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.json`, TYPO])));
  const { spawn } = await import('node:child_process');
  const { CLI } = await import('./run.mjs');
  const child = spawn(process.execPath, [CLI, 'check', '.'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => { errors += text; });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual({ errors, code }, { errors: '', code: 1 });
});

test('--watch checks again when a file changes, is replaced or gets another configuration', async () => {
  const cwd = folder({ 'sub/x.json': TYPO, '.gitignore': 'build\n' });
  const child = spawn(process.execPath, [CLI, 'check', '--watch', '.'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, errors, ended] = ['', '', () => undefined];
  child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
    if (/Waiting for changes/.test(errors)) ended();
  });
  const round = async (change) => {
    const next = new Promise((resolve) => { ended = resolve; });
    [out, errors] = ['', ''];
    change();
    await next;
    return out + errors;
  };
  const put = (path, text) => () => writeFileSync(join(cwd, path), typeof text === 'string' ? text : JSON.stringify(text));
  const replace = (document) => () => {
    writeFileSync(join(cwd, 'sub/new'), typeof document === 'string' ? document : JSON.stringify(document));
    renameSync(join(cwd, 'sub/new'), join(cwd, 'sub/x.json'));
  };
  try {
    await new Promise((resolve) => { ended = resolve; });
    assert.match(out, /1 error in 1 policy/);
    // What git ignores is no reason; the report would come twice.
    mkdirSync(join(cwd, 'build'));
    put('build/y.json', TYPO)();
    assert.match(await round(put('sub/x.json', CLEAN)), /No findings in 1 policy/);
    assert.match(await round(replace(TYPO)), /1 error in 1 policy/);
    assert.match(await round(replace(CLEAN)), /No findings in 1 policy/);
    assert.match(await round(replace(TYPO)), /1 error in 1 policy/);
    assert.match(await round(put('postern.json', '{"exclude')), /postern\.json:1:\d+: The text ends/);
    assert.match(await round(put('postern.json', { exclude: ['sub/**'] })), /no file in it may hold a policy/);
    assert.match(await round(() => rmSync(join(cwd, 'postern.json'))), /1 error in 1 policy/);
  } finally {
    child.kill();
  }
});

test('progress is for terminals', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'p'));
  for (let i = 0; i < 200; i += 1) writeFileSync(join(cwd, 'p', `${i}.json`), JSON.stringify(CLEAN));
  const { stderr } = await postern(['check', 'p'], { cwd });
  assert.equal(stderr, '');
});

test('a folder in which there is nothing to look at is no success', async () => {
  const cwd = folder({ 'policies/a.json': CLEAN, 'docs/readme.md': 'none', 'excluded/a.json': CLEAN, 'postern.json': { exclude: ['excluded/**'] } });
  mkdirSync(join(cwd, 'empty'));
  const problems = [];
  for (const [words, code, stderr] of [
    [['empty'], 2, 'postern: empty: no file in it may hold a policy.\n'], [['docs', 'policies'], 2, 'postern: docs: no file in it may hold a policy.\n'],
    [['excluded', '--exit-zero'], 2, 'postern: excluded: no file in it may hold a policy.\n'], [['policies', 'policies/a.json', 'policies'], 0, ''],
  ]) {
    const is = await postern(['check', ...words], { cwd });
    if (is.code !== code || is.stderr !== stderr) problems.push(`${words}: ${is.code} ${is.stderr}`);
  }
  assert.deepEqual(problems, []);
  assert.equal((await postern(['fmt', '--check', 'empty'], { cwd })).code, 2);
});

test('a type of resource that nobody knows is refused, with those that are meant', async () => {
  const cwd = folder({ 'policy.json': CLEAN, 'bad.json': { policies: [{ files: '*', resourceType: 'AWS::S3::Bukket' }] } });
  const asked = (...words) => postern(['check', 'policy.json', ...words], { cwd });
  const { code, stderr } = await asked('--resource-type', 'AWS::s3::Bukket');
  assert.equal(code, 2);
  assert.match(stderr, /^postern: --resource-type: no check knows "AWS::s3::Bukket"\. Known are AWS::S3::AccessGrantsInstance, AWS::S3::AccessPoint, AWS::S3::Bucket, [^\n]+ say --policy-type resource and no resource type\.\n$/);
  assert.match((await asked('--resource-type', 'AWS::Nothing::Here')).stderr, / Known are AWS::DynamoDB::Table, /);
  assert.match((await asked('--config', 'bad.json')).stderr, /^postern: bad\.json: policies\[0\]\.resourceType: no check knows "AWS::S3::Bukket"\. .* say "type": "resource" /);
  for (const type of ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::Glue::Catalog', 'AWS::Lambda::Function', 'AWS::IAM::AssumeRolePolicyDocument']) {
    assert.equal((await asked('--resource-type', type)).code, 1, type);
  }
});

test('standard input may have words and commands around the policies', async () => {
  const text = JSON.stringify(TYPO, null, 2);
  const told = async (input) => (await json(['-'], { input })).files.flatMap(({ policies }) => policies.flatMap(({ findings }) => findings.map(({ issueCode, locations: [{ span }] }) => `${issueCode} ${span.start.line}:${span.start.column}`)));
  assert.deepEqual(await told(`Why does {this} fail?\n\n${text}\n\nThank you.\n`), ['INVALID_ACTION 8:17']);
  assert.deepEqual(await told(`$ cat a.json\n${text}\n$ aws iam get-role-policy --role-name r --policy-name p\n{"RoleName": "r", "PolicyName": "p", "PolicyDocument": ${text}}\n$ `), ['INVALID_ACTION 7:17', 'INVALID_ACTION 18:17']);
  for (const input of ['Use {name} or {"a": 1}.', 'function f() {\n  return {};\n}\n']) {
    const { code, stderr } = await postern(['check', '-'], { input });
    assert.equal(code, 2, input);
    assert.match(stderr, /it holds no IAM policy/, input);
  }
});

test('what stands in for unknown values is told by the expressions of the file', async () => {
  const cwd = folder({ 'role.yaml': `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:PutObject", Resource: !Sub "arn:aws:s3:::\${Bucket}/*"}
          - {Effect: Allow, Action: "iam:*", Resource: "*", Condition: {StringEquals: {"aws:SourceVpc": !Ref Vpc}}}
` });
  const granted = async (action) => (await json(['role.yaml', '--not-granted', action], { cwd })).files[0].policies[0].findings.flatMap(({ issueCode, findingDetails }) => (/ACCESS/.test(issueCode) ? [findingDetails] : []));
  assert.match((await granted('s3:PutObject'))[0], /^Statement 1 allows, for example, s3:PutObject on arn:aws:s3:::\$\{Bucket\}\/.*\.$/);
  assert.match((await granted('iam:PassRole'))[0], /aws:SourceVpc = !Ref Vpc/);
  const { files: [{ policies: [{ findings }] }] } = await json(['role.yaml', '--not-granted', 's3:PutObject', '--not-granted-on', 'arn:aws:s3:::vault/*'], { cwd });
  assert.deepEqual(findings.filter(({ issueCode }) => issueCode === 'POSTERN_ACCESS_UNKNOWN').map(({ findingDetails }) => findingDetails), ['Cannot tell what it grants: it depends on ${Bucket} and !Ref Vpc, which only the deployment knows.']);
});

test('a pipe may be named as a file', { skip: process.platform === 'win32' }, async () => {
  const cwd = folder();
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  const waiting = postern(['check', 'pipe'], { cwd });
  await writeFile(join(cwd, 'pipe'), JSON.stringify(TYPO));
  assert.equal((await waiting).code, 1);
});

test('a policy of which nothing can be read is told with its place, and what is known of the others is checked', async () => {
  const tf = (policy) => `resource "aws_iam_policy" "p" {\n  policy = ${policy}\n}\n`;
  const cwd = folder({
    'template.tf': tf('templatefile("p.json", {})'), 'variable.tf': tf('jsonencode(var.policy)'),
    'loop.tf': tf('jsonencode({ Version = "2012-10-17", Statement = [for b in var.b : { Effect = "Allow", Action = "s3:GetObjekt", Resource = b }] })'),
    'ref.yaml': 'Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: !Ref Document\n',
    'reference.tf': tf('data.aws_iam_policy_document.elsewhere.json'),
    'many.tf': Array.from({ length: 30 }, (_, i) => `resource "aws_iam_policy" "p${i}" {\n  policy = var.p${i}\n}\n`).join(''),
  });
  const { code, stdout, stderr } = await postern(['check', 'template.tf', 'variable.tf', 'loop.tf', 'ref.yaml'], { cwd });
  assert.equal(stderr, [
    'postern: ref.yaml:5:28: not checked: the file alone does not tell what Resources.P.PolicyDocument is: !Ref Document',
    'postern: template.tf:2:12: not checked: the file alone does not tell what aws_iam_policy.p.policy is: templatefile("p.json", {})',
    'postern: variable.tf:2:23: not checked: the file alone does not tell what aws_iam_policy.p.policy is: var.policy', ''].join('\n'));
  assert.match(stdout, /^loop\.tf:2:108 error INVALID_ACTION$/m);
  assert.match(stdout, /1 error in 1 policy of 4 files\..* 3 not checked\.\n$/);
  assert.equal(code, 1);
  const { files, summary } = await json(['template.tf'], { cwd });
  assert.deepEqual(files[0].notChecked.map(({ policy, start, end }) => [policy, start.line, start.column, end.column]), [['aws_iam_policy.p.policy', 2, 12, 38]]);
  assert.equal(summary.notChecked, 1);
  const asked = await json(['template.tf', '--not-granted', 'iam:*'], { cwd });
  assert.deepEqual([asked.code, asked.files[0].policies.map(({ findings: [{ issueCode, findingDetails, locations: [{ span }] }] }) => [issueCode, findingDetails, span.start.line, span.start.column])], [1, [[
    'POSTERN_ACCESS_UNKNOWN', 'Cannot tell what it grants: the file alone does not tell what aws_iam_policy.p.policy is: templatefile("p.json", {}).', 2, 12]]]);
  assert.equal((await postern(['check', 'template.tf', '--no-public-access', 'AWS::S3::Bucket'], { cwd })).code, 0, 'an identity policy lets nobody in');
  assert.doesNotMatch((await postern(['check', 'reference.tf'], { cwd })).stderr, /not checked/, 'a document is read where it stands');
  const many = await postern(['check', 'many.tf'], { cwd });
  assert.equal(many.stderr.trim().split('\n').length, 22);
  assert.match(many.stderr, /postern: 10 more policies were not checked; --format json lists them all\.\npostern: No policy was checked: nothing can be read of the 30 that were found\. [^\n]+\n$/);
});

test('what a statement grants that may not be there is told; what it denies is not relied on', async () => {
  const template = (...statements) => ({ Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...statements) } } } });
  const perhaps = (one) => ({ 'Fn::If': ['C', one, { Ref: 'AWS::NoValue' }] });
  const [allow, deny] = ['Allow', 'Deny'].map((Effect) => statement({ Effect, Action: 'iam:CreateUser', Resource: '*' }));
  const cwd = folder({ 'granted.json': template(statement(), perhaps(allow)), 'denied.json': template(allow, perhaps(deny)), 'other.json': template(statement(), perhaps(deny)) });
  const codes = async (file) => (await json([file, '--not-granted', 'iam:CreateUser'], { cwd })).files[0].policies[0].findings.map(({ issueCode }) => issueCode);
  assert.deepEqual(await codes('granted.json'), ['POSTERN_ACCESS_GRANTED']);
  assert.deepEqual(await codes('denied.json'), ['POSTERN_ACCESS_UNKNOWN']);
  assert.deepEqual(await codes('other.json'), []);
});

test('statements of which one stands in place of another are not compared', async () => {
  const own = (Action, Sid = 'A') => ({ Sid, Effect: 'Allow', Action, Resource: 'arn:aws:s3:::example-files/*' });
  const template = (...Statement) => ({ Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement } } } } });
  const choice = { 'Fn::If': ['C', own('s3:GetObject'), own('s3:GetObject')] };
  const cwd = folder({ 'choice.json': template(choice), 'both.json': template(own('s3:PutObject'), choice), 'alike.json': template(own('s3:GetObject', 'B'), own('s3:GetObject', 'B'), choice) });
  const codes = {};
  for (const file of ['choice.json', 'both.json', 'alike.json']) {
    const { files: [{ policies: [{ findings }] }] } = JSON.parse((await postern(['check', '--format', 'json', file], { cwd })).stdout);
    codes[file] = findings.map(({ issueCode, locations }) => `${issueCode} ${locations[0].pointer}`).filter((one) => /SIDS|REDUNDANT/.test(one)).sort();
  }
  assert.deepEqual(codes['choice.json'], []);
  assert.deepEqual(codes['both.json'], ['UNIQUE_SIDS_REQUIRED /Statement/1/Sid', 'UNIQUE_SIDS_REQUIRED /Statement/2/Sid']);
  assert.ok(codes['alike.json'].includes('UNIQUE_SIDS_REQUIRED /Statement/1/Sid'), codes['alike.json'].join());
});

test('what a pass rests on is told once for each assumption, and in JSON for each policy', async () => {
  const federated = policy({ Effect: 'Allow', Principal: { Federated: 'arn:aws:iam::444455556666:oidc-provider/id.example.org' }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { 'id.example.org:sub': 'a', 'id.example.org:aud': 'b' } } });
  const cwd = folder({ 'a.json': federated, 'b.json': federated, 'public.json': policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }) });
  const run = (...words) => postern(['check', ...words, '--no-config', '--policy-type', 'trust', '--no-public-access', 'AWS::IAM::AssumeRolePolicyDocument'], { cwd });
  const { code, stdout } = await run('a.json', 'b.json');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^a\.json: Who may sign in at the identity providers of the account is not looked at: /m);
  assert.equal(stdout.match(/Who may sign in/g).length, 1);
  const { files } = JSON.parse((await run('a.json', 'b.json', '--format', 'json')).stdout);
  assert.deepEqual(files.map(({ policies: [{ assumptions }] }) => assumptions.length), [1, 1]);
  assert.doesNotMatch((await run('public.json')).stdout, /Who may sign in/, 'what fails rests on nothing');
});

test('a policy below such a key of an object that AWS does not print is what its text says', async () => {
  const built = await postern(['build', 'node', '--json']);
  const typeOf = async (input) => JSON.parse((await postern(['check', '-', '--format', 'json'], { input })).stdout).files[0].policies[0].type;
  const texts = [{ Name: 'n', Policy: CLEAN }, { policy: TRUST }, { policy: policy(statement({ Principal: '*' })) }, { Policy: policy(statement()) }, { Policy: JSON.stringify(CLEAN) }].map((one) => JSON.stringify(one));
  assert.deepEqual(await Promise.all([built.stdout, ...texts].map(typeOf)), ['identity', 'identity', 'trust', 'resource', 'resource', 'resource']);
});
