// What a terminal shows: a text of somebody else's must not be obeyed there, and files and pipes get it as it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

// A command to the terminal, an order of writing, and a letter that takes two units.
const ODD = 'a\u009b31mb\u202ec\u{e0041}';
const UNSEEN = /[\u0080-\u009f\u202e\u{e0041}]/u;
const WITH = policy(statement({ Sid: 'a', Resource: `arn:aws:s3:::example/${ODD}` }));

/** Standard output and standard error say that they are a terminal. */
const terminal = (cwd) => ({ NODE_OPTIONS: `--require ${join(cwd, 'terminal.cjs')}`, TERM: 'dumb' });
const files = (more) => folder({ 'terminal.cjs': 'process.stdout.isTTY = true;\nprocess.stderr.isTTY = true;\n', 'odd.json': JSON.stringify(WITH), ...more });

test('no command shows on a terminal what nobody sees; a pipe gets it as it is', async () => {
  const cwd = files({ 'fix.json': JSON.stringify(policy(statement({ Resource: [`arn:aws:s3:::example/${ODD}`, `arn:aws:s3:::example/${ODD}`] }))), 'node.json': policy(statement({ Action: 'ssmmessages:*', Resource: '*' })) });
  const problems = [];
  for (const [words, isJson] of [
    [['fmt', 'odd.json', '--no-config'], true], [['fmt', '--diff', 'odd.json', '--no-config'], false], [['minimize', 'odd.json'], true], [['check', 'odd.json', '--no-config'], false],
    [['check', '--fix', '--unsafe', '-', '--no-config'], true], [['check', '--diff', '--unsafe', 'fix.json', '--no-config'], false],
    [['export', 'odd.json', '--format', 'terraform'], false], [['role', 'odd.json', '--wants', 's3-logs', '--side', 'node', '--bucket', 'example'], false],
    [['diff', 'odd.json', 'node.json', '--no-config'], false],
  ]) {
    const input = words.includes('-') ? readFileSync(join(cwd, 'fix.json'), 'utf8') : '';
    const shown = await postern(words, { cwd, env: terminal(cwd), input });
    const piped = await postern(words, { cwd, input });
    if (UNSEEN.test(shown.stdout + shown.stderr)) problems.push(`${words}: ${JSON.stringify(shown)}`);
    if (isJson && JSON.stringify(JSON.parse(shown.stdout)) !== JSON.stringify(JSON.parse(piped.stdout))) problems.push(`${words}: another value\n${shown.stdout}`);
    if (isJson && !piped.stdout.includes(ODD)) problems.push(`${words}: what a pipe gets is changed\n${piped.stdout}`);
  }
  assert.deepEqual(problems, []);
});

test('lines end on a terminal as they do in the file, and files get the text as it is', async () => {
  const cwd = files({ 'crlf.json': JSON.stringify(WITH, null, 2).replaceAll('\n', '\r\n') });
  const { stdout } = await postern(['fmt', 'crlf.json', '--no-config'], { cwd, env: terminal(cwd) });
  assert.match(stdout, /^\{\r\n {4}"Version": "2012-10-17",\r\n/);
  assert.doesNotMatch(stdout, /\\u000d/);
  await postern(['minimize', 'odd.json', '--output', 'out.json'], { cwd, env: terminal(cwd) });
  assert.ok(readFileSync(join(cwd, 'out.json'), 'utf8').includes(ODD));
  await postern(['fmt', '--write', 'odd.json', '--no-config'], { cwd, env: terminal(cwd) });
  assert.ok(readFileSync(join(cwd, 'odd.json'), 'utf8').includes(ODD));
});

test('what is wrong with an option of a part is told with its flag', async () => {
  const line = async (...words) => (await postern(['build', ...words], { cwd: folder() })).stderr;
  assert.equal(await line('setup', '--output', 'o'), 'postern: --format is missing. It is terraform, cloudformation or cdk-typescript.\n');
  assert.match(await line('setup', '--format', 'terraform', '--node.region', 'xx', '--output', 'o'), /^postern: --node\.region: "xx" is not a Region/);
  assert.match(await line('setup', '--format', 'terraform', '--node', '{}'), /^postern: There is no option --node\. It is given by its parts: --node\.partition, --node\.region, --node\.account-id, --node\.scope/);
  assert.match(await line('setup', '--format', 'terraform'), /^postern: --node\.region: This needs the Region/);
  assert.doesNotMatch(await line('setup', '--format', 'terraform', '--node', '{}'), /accountId/, 'one way of writing is enough');
});
