// The words of the command line: help that says what happens, in flags; what is proposed for words that there are not; what
// "postern explain" knows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, KEY, ROOT, folder, postern } from './run.mjs';

const require = createRequire(import.meta.url);
const { buildOperatorPolicy, diagnoseRole, exportSetup, listCapabilities } = require(join(ROOT, 'dist/node.cjs'));
const schema = require(join(ROOT, 'dist/options.schema.json'));
const RELATED = ['session-key-policy', 'log-bucket-key-policy', 'log-group-key-policy', 'bucket-policy', 'endpoint-policy', 'endpoints', 'trust-policy',
  'preferences-document', 'session-document', 'host-management-guard', 'session-guard'];
const BUILDS = ['node', 'operator', 'setup', ...RELATED.map((kind) => `related ${kind}`)];
const helps = new Map(await Promise.all([...BUILDS.map((kind) => `build ${kind}`), 'export'].map(async (command) => [command, (await postern([...command.split(' '), '--help'])).stdout])));
/** What the help says of a flag. */
const said = (command, flag) => new RegExp(`^ {2}--${flag.replaceAll('.', '\\.')}[ ,\\n][^]*?(?=\\n {2}--|\\n\\n)`, 'm').exec(helps.get(command))?.[0].replace(/\s+/g, ' ') ?? '';

test('the help of a set-up says what a set-up does', async () => {
  const node = { region: 'eu-west-1', accountId: '111122223333' };
  assert.throws(() => exportSetup({ format: 'terraform', node: { accountId: node.accountId } }), /Region/);
  assert.throws(() => exportSetup({ format: 'terraform', node: { region: node.region } }), /account/i);
  const files = (more) => exportSetup({ format: 'terraform', node, ...more }).files.map(({ text }) => text).join('\n');
  assert.match(files({ node: { ...node, heartbeat: false } }), /ssm:UpdateInstanceInformation/);
  assert.match(files({ node: { ...node, sessionEncryption: { kmsKeyArn: 'key-name' } } }), /resource "aws_kms_key"/);
  assert.match(files({ node: { ...node, cloudWatchLogs: { logGroup: '/example/logs' } } }), /cloudWatchStreamingEnabled\W+false/);
  assert.match(files({ operator: { scope: 'least-privilege' } }), /eu-west-1:111122223333:instance/);
  const told = (flag) => said('build setup', flag);
  for (const flag of ['node.region', 'node.account-id', 'format']) assert.match(told(flag), /Needed\.$/, flag);
  assert.match(told('node.heartbeat'), /it is on/);
  assert.match(told('node.session-encryption.kms-key-arn'), /"key-name", the guide's placeholder, makes a key/);
  for (const flag of ['operator.region', 'operator.account-id', 'preferences.region']) assert.match(told(flag), /Default: the (Region|account) of the nodes/, flag);
  assert.match(told('preferences.cloud-watch-streaming-enabled'), /as --node\.cloud-watch-logs\.streaming says, which is false/);
  const all = helps.get('build setup').replace(/\s+/g, ' ');
  for (const wrong of [/ARNs have \* there/, /kept as it is, with a note\. Needed once another part of --node/]) assert.doesNotMatch(all, wrong);
});

test('what is needed of a group is needed once another part of it is given, and the group says what it is', async () => {
  const problems = [];
  for (const [command, flag] of [['build node', 's3-logs.bucket'], ['build operator', 'ecs-exec.cluster'], ['build node', 'session-encryption.kms-key-arn'], ['build setup', 'node.s3-logs.bucket']]) {
    const group = flag.slice(0, flag.lastIndexOf('.'));
    if (!said(command, flag).includes(`Needed once another part of --${group} is given.`)) problems.push(said(command, flag));
    if (!new RegExp(`\n\n--${group.replaceAll('.', '\\.')}, by its parts: [A-Z]`).test(helps.get(command))) problems.push(`${command} has no ${group}`);
  }
  assert.deepEqual(problems, []);
  assert.equal((await postern(['build', 'node'])).code, 0);
  assert.match((await postern(['build', 'node', '--s3-logs.prefix', 'prod'])).stderr, /--s3-logs\.bucket is missing/);
});

test('what is on or off has two flags, and says so where it is given a value', async () => {
  assert.match(helps.get('build node'), /^ {2}--channel, --no-channel$/m);
  assert.match(said('build node', 'channel'), /Default true; --no-channel builds/);
  const both = '--channel takes no value: it is --channel or --no-channel.';
  for (const words of [['--channel=false'], ['--channel', 'false'], ['--heartbeat', '--channel', 'true']]) {
    const { code, stderr } = await postern(['build', 'node', ...words]);
    assert.equal(code, 2);
    assert.ok(stderr.includes(both), stderr);
  }
  assert.match((await postern(['build', 'node', '--json=true'])).stderr, /^postern: --json takes no value\. "/);
});

test('the help names options as flags and writes values as they are typed', () => {
  const names = new Set(Object.values(schema.$defs).flatMap(({ properties = {} }) => Object.keys(properties)).filter((name) => /[a-z][A-Z]/.test(name)));
  assert.ok(names.size > 50);
  const problems = [];
  for (const [command, text] of helps) {
    // A value in JSON has keys, not flags.
    for (const [word] of text.replace(/'\{[^']*\}'/g, '').matchAll(/\b[a-z]+[A-Z]\w*/g)) if (names.has(word)) problems.push(`${command}: ${word}`);
    for (const [code] of text.replace(/'\{[^']*\}'/g, '').matchAll(/\{ ?\w+: .*|\["/g)) problems.push(`${command}: ${code}`);
    const wide = text.split('\n').find((line) => line.length > 125);
    if (wide !== undefined) problems.push(`${command}: ${wide}`);
  }
  assert.deepEqual(problems, []);
  assert.match(said('build operator', 'targets.tags'), /--targets\.tags Team=web --targets\.tags Team=shop --targets\.tags Stage=test\. At most 50, as many as a node can have\. Several: --targets\.tags once for each, also for each value of one key\./);
  assert.match(said('build related session-document', 'parameters'), /'\{"logpath":\{"allowedPattern":"\^\[a-z\]\+\$"\}\}'/);
});

test('each thing that is built has its own words and an example that works', async () => {
  const problems = [];
  for (const [command, text] of helps) {
    if (command === 'export') continue;
    const example = /^ {2}postern (build .*)\n$/m.exec(text.slice(text.indexOf('For all')))?.[1] ?? '';
    if (!example.startsWith(`${command} `)) problems.push(`${command}: ${example}`);
    const { code, stderr } = await postern([...example.split(' '), ...command === 'build setup' ? ['--json'] : []], { cwd: folder() });
    if (code !== 0) problems.push(`${example}: ${stderr}`);
    if (!new RegExp(`^postern ${command}: [A-Z].+`).test(text)) problems.push(text.slice(0, 80));
  }
  const { stdout } = await postern(['build', 'related', '--help']);
  for (const kind of RELATED) if (!new RegExp(`^ {2}${kind} +[a-z].{15,}$`, 'm').test(stdout)) problems.push(kind);
  assert.deepEqual(problems, []);
});

test('lists of words take commas, and others say how several are given', async () => {
  const several = await postern(['build', 'operator', '--sessions', 'shell,port-forwarding', '--sessions', 'ssh', '--targets.kinds', 'ec2, hybrid', '--quiet']);
  assert.deepEqual(several, { code: 0, stderr: '', stdout: buildOperatorPolicy({ sessions: ['shell', 'port-forwarding', 'ssh'], targets: { kinds: ['ec2', 'hybrid'] } }).json });
  const problems = [];
  for (const [words, wanted] of [
    ['operator --sessions shell port-forwarding', /To give several: --sessions shell,ssh\./],
    ['operator --sessions=shell port-forwarding', /To give several: --sessions shell,ssh\./],
    ['operator --sessions shell,telnet', /--sessions is shell, .*, not "telnet"\./],
    ['operator --documents One Two', /To give several: --documents once for each\./],
    ['operator --documents One,Two', /^postern: --documents.* To give several: --documents once for each\./],
    ['operator --targets.tags Team=web Team=shop', /To give several: --targets\.tags once for each, also for each value of one key\./],
  ]) {
    const { code, stderr } = await postern(['build', ...words.split(' ')]);
    if (code !== 2 || !wanted.test(stderr)) problems.push(`${words}: ${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('what is wrong in a file of options is told by its key, and in flags by the flag', async () => {
  const problems = [];
  for (const [options, words, wanted] of [
    [{ heartbeats: true }, [], 'postern: o.json: heartbeats is not known. '],
    [{ s3Logs: {} }, [], 'postern: o.json: s3Logs.bucket is missing.\n'],
    [{ s3Logs: { bucket: 'Example' } }, [], 'postern: o.json: s3Logs.bucket: "Example" is not'],
    [{ s3Logs: { bucket: 'example-logs' } }, ['--s3-logs.bucket', 'Example'], 'postern: --s3-logs.bucket: "Example" is not'],
    [[], [], 'postern: o.json: it must be an object, not a list.\n'],
  ]) {
    const { code, stderr } = await postern(['build', 'node', '--options', 'o.json', ...words], { cwd: folder({ 'o.json': options }) });
    if (code !== 2 || !stderr.startsWith(wanted)) problems.push(`${JSON.stringify(options)}: ${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('for a word that there is not the one is proposed that is near, and none where none is', async () => {
  const cwd = folder({ 'x.json': CLEAN });
  const problems = [];
  for (const [words, wanted] of [
    ['build operator --tags Team=web', 'Did you mean --targets.tags or --ecs-exec.tags?'],
    ['build operator --tag Team=web', 'Did you mean --targets.tags or --ecs-exec.tags?'],
    ['build operator --mfa', 'Did you mean --deny.without-mfa?'],
    ['build node --s3-bucket x', 'Did you mean --s3-logs.bucket?'],
    ['build setup --region eu-west-1', 'Did you mean --node.region, --operator.region or --preferences.region?'],
    ['build nodes', 'Did you mean node?'], ['build related trust-polcy', 'Did you mean trust-policy?'],
    ['check --hlep', 'Did you mean --help?'], ['chek x.json', 'Did you mean check?'], ['check --formt json x.json', 'Did you mean --format?'],
    ['explain HEARTBEAT_MISSNG', 'Did you mean HEARTBEAT_MISSING?'], ['explain node.heartbeats', 'Did you mean node.heartbeat?'],
    ['explain PASS_ROLE', 'Did you mean PASS_ROLE_WITH_'],
    ['xylophone', null], ['check --xylophone', null], ['explain TARGETS_NOWHERE_CONNECTED', null], ['explain AGENT_HIBERNATED', 'Did you mean AGENT_HIBERNATES?'], ['explain x', null],
  ]) {
    const { code, stderr } = await postern(words.split(' '), { cwd });
    if (code !== 2 || (wanted === null ? /Did you mean/.test(stderr) : !stderr.includes(wanted))) problems.push(`${words}: ${stderr}`);
  }
  assert.deepEqual(problems, []);
});

/** What stands for the words in capitals, and what is asked with it. */
const VALUES = { KEY_ARN: KEY, BUCKET: 'example-logs', LOG_GROUP: '/example/logs', PARAMETER: '/example/user', REGION: 'eu-west-1', ACCOUNT: '111122223333',
  'KEY=VALUE': 'Team=web', DOCUMENT: 'Example-Document', CLUSTER: 'Example', ROLE: 'Example' };
const ASKED = { region: 'eu-west-1', accountId: '111122223333', kmsKeyArn: KEY, bucket: 'example-logs', logGroup: '/example/logs', parameterName: '/example/user',
  tagKey: 'Team', tagValue: 'web', documentName: 'Example-Document', cluster: 'Example', roleName: 'Example' };

test('a capability is explained, and what is said to build it does', async () => {
  const capabilities = listCapabilities();
  const problems = [];
  const unbuilt = [];
  for (const { id, side, title, actions, needs } of capabilities) {
    const { code, stdout } = await postern(['explain', id, '--format', 'json']);
    const { builtBy, ...told } = code === 0 ? JSON.parse(stdout) : {};
    if (told.title !== title || JSON.stringify(told.actions) !== JSON.stringify(actions)) problems.push(`${id}: ${stdout}`);
    if (!builtBy) { unbuilt.push(id); continue; }
    const built = await postern(['build', ...builtBy.split(' ').map((word) => VALUES[word] ?? word), '--quiet']);
    const values = capabilities.filter((one) => one.id === id || needs.includes(one.id)).flatMap((one) => one.values);
    const wants = [{ capability: id, ...Object.fromEntries(Object.entries(ASKED).filter(([name]) => values.includes(name))) }];
    const input = side === 'trust' ? { documents: [CLEAN], trustPolicy: built.stdout, wants } : { documents: [built.stdout], wants };
    const { result } = built.code === 0 ? diagnoseRole(input).capabilities.find((one) => one.id === id) : { result: built.stderr };
    // Who takes such a role has conditions that nobody gave.
    if (result !== 'works' && !(['trust.hybrid', 'trust.ecs-tasks'].includes(id) && result === 'unknown')) problems.push(`${builtBy}: ${result}`);
  }
  assert.deepEqual(problems, []);
  assert.deepEqual(unbuilt, ['node.inventory', 'node.patch', 'node.distributor', 'operator.just-in-time-token', 'operator.mfa-required']);
  const { stdout } = await postern(['explain', 'NODE.session-kms']);
  assert.equal(stdout, `node.session-kms: Decrypt the session data key

A capability: what the policies of a node allow.
Actions: kms:Decrypt
Needs also: node.channel
May hang on: --region, --account-id, --kms-key-arn, --role-name

  postern build node --session-encryption.kms-key-arn KEY_ARN
  postern role FILES --wants node.session-kms
`);
});

test('the name of an error is explained as its message, with steps and what does not work in words', async () => {
  const message = await postern(['explain', '--error', 'TargetNotConnected']);
  assert.match(message.stdout, /^TARGET_NOT_CONNECTED\n {2}The node .*\n {2}help, step by step:\n {4}1\. Role/);
  assert.match(message.stdout, /\n {2}does not work: Heartbeat [^\n]* \(node\.heartbeat\)\n {2}does not work: Session channels/);
  assert.doesNotMatch(message.stdout, /stops:|[ \t]\n|\n\n/);
  for (const word of ['TargetNotConnected', 'TARGET_NOT_CONNECTED']) {
    const { code, stdout, stderr } = await postern(['explain', word]);
    assert.deepEqual([code, stdout], [0, message.stdout]);
    assert.match(stderr, /^postern: .*--error\.\n$/);
  }
});

test('one file is one file', async () => {
  const { code, stderr } = await postern(['build', 'setup', '--format', 'cloudformation', '--node.region', 'eu-west-1', '--node.account-id', '111122223333']);
  assert.deepEqual([code, stderr], [2, 'postern: A set-up is 1 file: say with --output DIR where it goes, or print it with --json.\n']);
});

test('the help leads to the guides by what both the package and the documentation call them', async () => {
  for (const [command, guide] of [['lsp', 'editors'], ['check', 'config']]) {
    const { stdout } = await postern([command, '--help']);
    const [title] = readFileSync(join(ROOT, `docs/${guide}.md`), 'utf8').slice(2).split('\n');
    const text = stdout.replace(/\s+/g, ' ');
    for (const part of [`"${title}"`, `${guide}.html`, `docs/${guide}.md in the repository`]) assert.ok(text.includes(part), `${command}: ${part}`);
  }
});
