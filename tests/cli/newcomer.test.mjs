// Words in another order, words that are empty, files that hold nothing, narrow terminals: what somebody meets who is new here.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import { CLEAN, ROOT, folder, policy, postern, statement } from './run.mjs';

const bundle = mkdtempSync(join(ROOT, 'target', 'newcomer-'));
after(() => rmSync(bundle, { recursive: true }));
await esbuild.build({
  outfile: join(bundle, 'terminal.cjs'), absWorkingDir: ROOT, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning', tsconfigRaw: {},
  entryPoints: [join(ROOT, 'src/npm/cli/terminal.ts')],
});
const { forWidth } = await import(join(bundle, 'terminal.cjs'));

test('words that are wrong are answered with what would be right', async () => {
  const cwd = folder({ 'p.json': CLEAN, 'bucket.json': policy(statement({ Principal: '*' })), 'x.txt': 'hello', 'empty.json': '', 'none.json': { RoleDetailList: [], Policies: [] }, 'other.json': { a: 1 }, 'broken.json': '{"Statement":[' });
  const missing = 'postern: x.txt: There is no permissions boundary in this text, so what it says is not known.';
  const wrong = [];
  for (const [words, code, wanted] of [
    [['help', 'foo'], 2, /^postern: There is no command foo\. The commands are/], [['help', 'chek'], 2, /Did you mean check\?/],
    [['help', 'build', 'node'], 0, /^postern build node: /], [['help', 'check'], 0, /^postern check FILES/],
    [['--format', 'json', 'check', 'p.json'], 2, /^postern: The command comes before its options: postern check --format json p\.json\n$/],
    [['check', ''], 2, /^postern: A word is empty, as "\$NAME" is where a shell has no such variable\.\n$/], [['explain', ''], 2, /^postern: A word is empty/], [['build', 'node', ''], 2, /^postern: A word is empty/],
    [['check', 'absent.json'], 2, /^postern: absent\.json: there is no such file or folder\.\nNothing was checked\.\n$/],
    [['check', 'empty.json'], 2, /^postern: empty\.json: it holds no IAM policy\. There is nothing here\.\nNo policy was checked in 1 file\.\n$/],
    [['minimize', 'other.json'], 2, /^postern: other\.json: a is no element of an IAM policy\.\n$/], [['minimize', 'broken.json'], 2, /^postern: broken\.json:1:15: The policy is not valid JSON\.\n$/],
    [['fmt', 'broken.json'], 2, /^postern: broken\.json:1:15: /], [['export', 'p.json', '--format', 'terraform', '--attach-to', 'bucket'], 2, /^postern: p\.json: Statement\[0\] has no Principal/],
    [['export', 'bucket.json', '--format', 'terraform'], 2, /^postern: bucket\.json: Statement\[0\] has a principal, .*: take an --attach-to of key, bucket, trust or endpoint\.\n$/],
    [['build', 'related', 'session-guard'], 2, /^postern: The policy would refuse nothing\. Ask for at least one of --without-mfa, --only-documents, --no-sharing and --allow-list\.\n$/],
    [['build', 'node', '--no-channel', '--no-bucket-encryption-check'], 2, /^postern: --channel: With these options the policy would have no statement\. Ask for at least one thing\.\n$/],
    [['build', 'setup'], 2, /^postern: --format is missing\. It is terraform, cloudformation or cdk-typescript\.\n$/], [['build', 'trust-policy'], 2, /Did you mean related trust-policy\?\n$/],
    [['build', 'node', '--out', 'x'], 2, /Did you mean --output\?/], [['build', 'node', '--format', 'x'], 2, /^postern: There is no option --format\. "postern build/], [['export'], 2, /; none was given\./],
    [['role', 'none.json'], 2, /^postern: There is no role in none\.json\.\n$/],
    [['role', 'p.json', '--wants', 'shell', 's3'], 2, /^postern: s3: there is no such file or folder\. To want several: --wants shell,s3\.\n$/], [['role', 'p.json', '--wants', 'shell s3', '--side', 'node'], 1, /^fails +node\.s3-logs/m],
    [['role', 'p.json', '--wants', 'ec2'], 1, /^The trust policy was not given: --trust-policy takes it from a file\.$/m], [['build', 'related', 'trust'], 2, /Did you mean trust-policy\?\n$/],
    [['fmt', '--check', '--write', 'p.json'], 2, /^postern: --write changes files and --check does not: give one of them\.\n$/], [['fmt', '--diff', '--write', 'p.json'], 2, /^postern: --write changes files and --diff does not/],
    [['explain', 'no entry for this here'], 2, /^postern: There is no code and no capability "no entry for this here"\. A message is explained with --error\.\n$/],
    [['role', 'p.json', '--wants', 'node.chanel'], 2, /Did you mean node\.channel\? It takes/], [['role', 'p.json', '--wants', 'operator.channel'], 2, /Did you mean node\.channel\?/],
    [['role', 'p.json', '--wants', 's3', '--side', 'operator'], 2, /^postern: --wants s3 is nothing that people need a policy for; --side node asks of a node\.\n$/],
    [['role', 'p.json', '--wants', 'shel', '--side', 'operator'], 2, /Did you mean shell\? It takes shell, port and kms, and: start-shell/],
    [['role', 'p.json', '--wants', 'chanel'], 2, /Did you mean channel\? It takes/],
    [['role', 'p.json', '--endpoint-policy', 'foo=p.json'], 2, /^postern: --endpoint-policy: foo is no service with such an endpoint/],
    [['role', 'p.json', '--boundary', 'x.txt'], 0, new RegExp(`^${missing}$`, 'm')], [['role', 'p.json', '--scp', 'p.json', '--scp', 'x.txt'], 0, /^postern: x\.txt: There is no service control policy/m],
    [['role', 'p.json', '--wants', 'shell', '--kms-key-arn', 'x'], 1, /^postern: --kms-key-arn is not looked at: session-kms and s3-logs-sse-kms take it/m],
  ]) {
    const result = await postern(words, { cwd });
    if (result.code !== code || !wanted.test(result.stderr + result.stdout)) wrong.push(`${words.join(' ')}: ${result.code} ${result.stderr}${result.stdout}`);
  }
  assert.deepEqual(wrong, []);
});

test('a help is as wide as the terminal, and says the same', async () => {
  const wrong = [];
  for (const words of [[], ['check'], ['role'], ['build', 'node'], ['export']]) {
    const { stdout } = await postern([...words, '--help']);
    for (const columns of [60, 80, 100]) {
      const shown = forWidth(stdout, { isTTY: true, columns });
      const wide = shown.split('\n').filter((line) => line.length >= columns && /\S /.test(line.trim().replace(/^\S{50,}$/, '')));
      if (wide.length > 0) wrong.push(`${words.join(' ')} in ${columns}: ${wide[0]}`);
      if (shown.replace(/\s+/g, ' ') !== stdout.replace(/\s+/g, ' ')) wrong.push(`${words.join(' ')} in ${columns} says something else.`);
    }
    for (const stream of [{ isTTY: false, columns: 60 }, { isTTY: true, columns: 200 }, { isTTY: true }]) if (forWidth(stdout, stream) !== stdout) wrong.push(`${words.join(' ')}: ${JSON.stringify(stream)}`);
  }
  assert.deepEqual(wrong, []);
  assert.equal(forWidth('Commands\n  check FILES   finds mistakes in policies and mends them\n  fmt           lays out\n\nOne line\nand its rest.\n', { isTTY: true, columns: 40 }),
    'Commands\n  check FILES   finds mistakes in\n                policies and mends them\n  fmt           lays out\n\nOne line and its rest.\n');
});
