// What cannot be read costs one clear line and exit code 2, and the others are still checked.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, closeSync, ftruncateSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, TYPO, folder, policy, postern, statement } from './run.mjs';

const isRoot = process.getuid?.() === 0;

/** Runs on a folder that holds one bad thing beside a policy, in a walk and by name. */
async function both(cwd, bad, line) {
  const problems = [];
  for (const words of [['.'], [bad, 'policy.json']]) {
    const { code, stdout, stderr } = await postern(['check', ...words], { cwd });
    if (code !== 2) problems.push(`${words}: exit code ${code}`);
    if (!line.test(stderr) || stderr.split('\n').length !== 2) problems.push(`${words}: ${stderr}`);
    if (!/policy\.json:6:23 error INVALID_ACTION/.test(stdout)) problems.push(`${words}: the other file was not checked: ${stdout}`);
  }
  return problems;
}

test('a link in a circle, to nowhere, and into its own folder', async () => {
  const cases = {
    'self.json': ['self.json', /^postern: self\.json: it is a link that leads back to itself\.$/m],
    'nowhere.json': ['gone.json', /^postern: nowhere\.json: there is no such file or folder\.$/m],
  };
  const problems = [];
  for (const [name, [target, line]] of Object.entries(cases)) {
    const cwd = folder({ 'policy.json': TYPO });
    symlinkSync(target, join(cwd, name));
    problems.push(...await both(cwd, name, line));
  }
  const cwd = folder({ 'policy.json': TYPO, 'sub/clean.json': CLEAN });
  symlinkSync('..', join(cwd, 'sub/up'));
  const { code, stdout, stderr } = await postern(['check', '.'], { cwd });
  assert.deepEqual([code, stderr], [2, 'postern: sub/up: it is a link to a folder in which it stands itself, and was not followed.\n']);
  assert.match(stdout, /in 2 policies of 2 files/);
  assert.deepEqual(problems, []);
});

test('a file that is no text, or text in UTF-16', async () => {
  const problems = [
    ...await both(folder({ 'policy.json': TYPO, 'binary.json': Buffer.from([0x7b, 0xff, 0x00, 0xfe]) }), 'binary.json', /^postern: binary\.json: it is not text in UTF-8\.$/m),
    ...await both(folder({ 'policy.json': TYPO, 'wide.json': Buffer.from(`\ufeff${JSON.stringify(TYPO)}`, 'utf16le') }), 'wide.json', /^postern: wide\.json: it is text in UTF-16\. Save it as UTF-8/m),
  ];
  assert.deepEqual(problems, []);
});

test('a file that may not be read', async (t) => {
  const cwd = folder({ 'policy.json': TYPO, 'secret.json': CLEAN, 'closed/x.json': CLEAN });
  chmodSync(join(cwd, 'secret.json'), 0);
  chmodSync(join(cwd, 'closed'), 0);
  // Root may read everything, so the run is somebody else's.
  const other = isRoot ? { uid: 65534, gid: 65534 } : {};
  if (isRoot) chmodSync(cwd, 0o755);
  const result = await postern(['check', '.'], { cwd, ...other }).catch((reason) => reason);
  chmodSync(join(cwd, 'closed'), 0o755);
  if (isRoot && (result instanceof Error || /Cannot find module|EACCES/.test(result.stderr))) {
    t.skip('This is root, and the user nobody may not run Node from here.');
    return;
  }
  assert.deepEqual([result.code, result.stderr], [2, 'postern: closed: it may not be read or written: permission denied.\npostern: secret.json: it may not be read or written: permission denied.\n']);
  assert.match(result.stdout, /in 1 policy of 2 files/);
});

test('a file of 100 MB is refused before it is read', async () => {
  const cwd = folder({ 'policy.json': TYPO });
  const file = openSync(join(cwd, 'huge.json'), 'w');
  ftruncateSync(file, 100 * 2 ** 20);
  closeSync(file);
  assert.deepEqual(await both(cwd, 'huge.json', /^postern: huge\.json: it has 100 MiB\. Files of up to 64 MiB are read/m), []);
});

test('account details that are too long to be checked are refused with what can be done, and role reads them', async () => {
  const cwd = folder({ 'account.json': '{\n    "UserDetailList": [],\n    "RoleDetailList": [' });
  const SENTENCE = /^postern: [\w. ]+: it has (?:more than 64|65) MiB\. Files of up to 64 MiB are read\. Check account details in parts: .* --filter Role > roles\.json, .* jq '\{RoleDetailList: \.RoleDetailList\[:5000\]\}'.* postern role reads them whole\.\n$/;
  const path = join(cwd, 'account.json');
  appendFileSync(path, Buffer.alloc(65 * 2 ** 20, 0x20));
  const named = await postern(['check', 'account.json', '--no-config'], { cwd });
  assert.equal(named.code, 2);
  assert.match(named.stderr, SENTENCE);
  const given = await postern(['check', '-', '--no-config'], { cwd, input: readFileSync(path) });
  assert.match(given.stderr, SENTENCE);
  appendFileSync(path, '], "GroupDetailList": [], "Policies": []}');
  assert.doesNotMatch((await postern(['role', 'account.json'], { cwd })).stderr, /MiB/);
});

test('a pipe under the name of a configuration is refused, and one under that of what git ignores says nothing', { skip: process.platform === 'win32' }, async () => {
  const cwd = folder({ 'policy.json': TYPO });
  execFileSync('mkfifo', [join(cwd, 'postern.json')]);
  // Nobody writes to it: who reads it is stopped from outside.
  const refused = await postern(['check', 'policy.json'], { cwd, timeout: 60_000 });
  assert.deepEqual([refused.code, refused.stderr], [2, 'postern: postern.json: it is a pipe, a socket or a device, and was not read.\n']);
  execFileSync('mkfifo', [join(cwd, '.gitignore')]);
  const { code, stdout } = await postern(['check', '--no-config', '.'], { cwd, timeout: 60_000 });
  assert.equal(code, 1);
  assert.match(stdout, /INVALID_ACTION/);
});

test('standard input without end is given up', async () => {
  const { code, stderr } = await postern(['check', '-'], { input: Buffer.alloc(65 * 2 ** 20, 0x20) });
  assert.deepEqual([code, stderr], [2, 'postern: Standard input: it has more than 64 MiB. Files of up to 64 MiB are read; policies and templates are far shorter.\n']);
});

test('JSON that is deep, and a policy with very many findings', async () => {
  const cwd = folder({ 'deep.json': `{"Statement": ${'['.repeat(100_000)}`, 'many.json': JSON.stringify(policy(...Array.from({ length: 20_000 }, (_, i) => statement({ Action: `s3:None${i}` })))) });
  const { code, stdout } = await postern(['check', '--format', 'jsonl', '.'], { cwd });
  assert.equal(code, 1);
  assert.ok(stdout.split('\n').length < 10_000);
});

test('wrong words are answered in one line that says where to look', async () => {
  const cwd = folder({ 'x.json': CLEAN });
  const cases = {
    '': /^postern: builds and checks/,
    'chekc x.json': /^postern: There is no command chekc\. Did you mean check\? The commands are build, check, /,
    '--bogus': /^postern: There is no option --bogus\./,
    check: /^postern: Name files, folders or globs to check, or - for standard input\./,
    'check --bogus x.json': /^postern: There is no option --bogus\. "postern check --help" lists the options\.\n$/,
    'check x.json --format xml': /^postern: --format is human, json, jsonl, sarif, github, gitlab, junit or access-analyzer, not "xml"\.\n$/,
    'check x.json --fail-on all': /^postern: --fail-on is error, security, warning or suggestion, not "all"\.\n$/,
    'check x.json --policy-type SCP': /^postern: --policy-type is identity, trust, resource, scp or rcp, not "SCP"\.\n$/,
    'check x.json --resource-type nothing': /^postern: --resource-type must be a resource type of CloudFormation, such as AWS::S3::Bucket\.\n$/,
    'check x.json --unsafe': /^postern: --unsafe belongs to --fix or --diff\.\n$/,
    'check nothing.json': /^postern: nothing\.json: there is no such file or folder\.\n$/,
    'check --watch no/such': /^postern: no\/such: there is no such file or folder\.\n$/,
    'check no/*.json': /^postern: no\/\*\.json: no file matches\.\n$/,
    'check --format': /^postern: --format takes a value\. /,
    'build nothing': /^postern: "postern build" makes node, operator, related or setup, not "nothing"\.\n$/,
    'build related nothing': /^postern: "postern build related" makes session-key-policy, .*, not "nothing"\.\n$/,
    'build node --regon x': /^postern: There is no option --regon\. Did you mean --region\? "postern build node --help" lists the options\.\n$/,
    'build node --region': /^postern: --region takes a value: TEXT\. The Region of the nodes, such as "eu-west-1"\./,
    'build node --region --sids': /^postern: --region takes a value: .* An option follows in its place; .* --region=VALUE\./,
    'build node --regoin x': /^postern: There is no option --regoin\. Did you mean --region\? /,
    'build operator --instance-connect': /^postern: There is no option --instance-connect\. It is given by its parts: --instance-connect\.endpoint-ids, .* and --instance-connect\.os-users; or whole, in the JSON of --options\. /,
    'build operator --targets.foo x': /^postern: There is no option --targets\.foo\. There is --targets\.instance-ids, --targets\.tags, [^A-Z]*\. "postern/,
    'build operator --targets.tags': /^postern: --targets\.tags takes a value: KEY=VALUE\. /,
    'build operator --targets.tags Team=we*b': /^postern: --targets\.tags Team(?:: |\b.*)is not a tag value\. /,
    'build operator --targets.tags Team': /^postern: --targets\.tags takes KEY=VALUE, such as Team=web, not "Team"\.\n$/,
    'build operator --instance-connect.max-seconds 60m': /^postern: --instance-connect\.max-seconds takes a whole number, not "60m"\. The seconds /,
    'build operator --instance-connect.max-seconds': /^postern: --instance-connect\.max-seconds takes a value: NUMBER\. The seconds /,
    'build node --region eu-west-1 --region eu-west-2': /^postern: --region is given 2 times and takes one value\.\n$/,
    'build operator --scope': /^postern: --scope takes a value: guide\|least-privilege\. /,
    'build related session-document --parameters x': /^postern: --parameters takes JSON, such as '\{"NAME":\{"type":"String"\}\}', and not x\. /,
    'build node stray': /^postern: "postern build node" takes options only, not "stray"\./,
    'build setup --format terraform': /^postern: .*node/,
    'export x.json': /^postern: --format is missing\. It is aws-cli, .* or pulumi-typescript\./,
    explain: /^postern: "postern explain" takes one code, such as INVALID_ACTION/,
    'explain XYLOPHONE': /^postern: There is no code and no capability "XYLOPHONE"\. Codes stand in /,
    'role x.json --wants nothing': /^postern: --wants does not know "nothing" for a node\. It takes shell, port, kms, s3 and logs, and: heartbeat/,
    'role x.json --wants s3 --bucket B': /^postern: --bucket: "B" is not the name of a bucket\./,
    'fmt nothing.json': /^postern: nothing\.json: there is no such file/,
  };
  const problems = [];
  for (const [words, expected] of Object.entries(cases)) {
    const { code, stdout, stderr } = await postern(words.split(' ').filter((word) => word !== ''), { cwd });
    if (code !== 2) problems.push(`${words}: exit code ${code}`);
    if (!expected.test(stderr)) problems.push(`${words}: ${stderr}`);
    if (words !== '' && stderr.split('\n').length !== 2) problems.push(`${words}: not one line: ${stderr}`);
    if (!words.startsWith('check') && stdout !== '') problems.push(`${words}: printed ${stdout}`);
  }
  assert.deepEqual(problems, []);
});
