// Sentences of the engine's on the command line: they name options as flags, whatever builder they are of, and calls as commands.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import { forCli } from '../../scripts/parts.mjs';
import { sentences } from '../engine-sentences.mjs';
import { ROOT, folder, policy, postern, statement } from './run.mjs';

const bundle = mkdtempSync(join(ROOT, 'target', 'named-'));
after(() => rmSync(bundle, { recursive: true }));
await esbuild.build({
  ...forCli, outfile: join(bundle, 'named.cjs'), absWorkingDir: ROOT, bundle: true, target: 'es2022', format: 'cjs', logLevel: 'warning',
  stdin: { contents: "export * from './flags.ts'; export * from './names.ts';", resolveDir: join(ROOT, 'src/npm/cli/build') },
});
copyFileSync(join(ROOT, 'dist/options.schema.json'), join(bundle, 'options.schema.json'));
const { calledByFlags, flagsOf } = await import(join(bundle, 'named.cjs'));

test('no sentence of the engine names an option as JavaScript does', () => {
  const wrong = [];
  let changed = 0;
  for (const { sentence, own, file } of sentences()) {
    for (const options of own) {
      const flags = flagsOf(options);
      const paths = flags.map(({ path }) => `.${path.join('.')}`);
      const told = calledByFlags(sentence, flags);
      if (told !== sentence) changed += 1;
      // What stands in the JSON of a flag, and parameters of documents, are keys there.
      const words = told.replace(/'\{[^']*\}'|\{\{[^}]*\}\}|\w+: \{ .* \}/g, '').match(/(?<![\w.:/-])[a-z]\w*(?:\.[a-z]\w*|[A-Z]\w*)+/g) ?? [];
      for (const word of words) if (paths.some((path) => path.endsWith(`.${word}`))) wrong.push(`${file}, ${options}: ${word} in ${told}`);
      const [, code] = /(\w+): \{ ?\w+: /.exec(told) ?? [];
      if (/--[\w.-]+ (?:true|false)\b/.test(told) || (code !== undefined && paths.some((path) => `${path}.`.includes(`.${code}.`)))) wrong.push(`${file}, ${options}: ${told}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(changed > 50, `${changed} sentences`);
});

test('a name is told from a word of English by what stands around it, and its value goes with it', () => {
  const wrong = [];
  for (const [options, sentence, wanted] of [
    ['PreferencesDocumentOptions', 'Build it with exists true then.', 'Build it with --exists then.'],
    ['OperatorOptions', 'updateAgent false leaves it out.', '--no-update-agent leaves it out.'],
    ['SetupOptions', 'updateAgent false leaves it out.', '--no-operator.update-agent leaves it out.'],
    ['OperatorOptions', 'ownerId says whose sessions are meant. Leave whose out beside it.', '--end-sessions.owner-id says whose sessions are meant. Leave --end-sessions.whose out beside it.'],
    ['OperatorOptions', 'Leave port forwarding out, or name that in documents.', 'Leave port forwarding out, or name that in --documents.'],
    ['OperatorOptions', 'The form which endSessions.whose session-tag and scope least-privilege write.', 'The form which --end-sessions.whose session-tag and --scope least-privilege write.'],
    ['NodeOptions', 'Give region, such as us-east-2. The region of the bucket.', 'Give --region, such as us-east-2. The region of the bucket.'],
    ['SetupOptions', 'Give region, such as us-east-2.', 'Give --node.region, --operator.region or --preferences.region, such as us-east-2.'],
    ['Want', 'Give region and accountId and bucket to get the statement.', 'Give --region and --account-id and --bucket to get the statement.'],
    ['Want', 'It depends on region, kmsKeyArn.', 'It depends on --region, --kms-key-arn.'],
    ['Want', 'Give the bucket (bucket) and the prefix (prefix).', 'Give the bucket (--bucket) and the prefix (--prefix).'],
    ['ExportTarget', 'take the format terraform-jsonencode', 'take --format terraform-jsonencode'],
    ['SessionDocumentOptions', 'such as linux: { commands: "tail -f x" }.', 'such as --linux.commands "tail -f x".'],
    ['SessionDocumentOptions', 'such as parameters: { logGroup: {} } for {{ logGroup }}.', "such as --parameters '{\"logGroup\":{}}' for {{ logGroup }}."],
    ['SessionDocumentOptions', 'documentParameters of the node policy', '--document-parameters of the node policy'],
    ['SessionDocumentOptions', 'on this document: documents of the operator policy.', 'on this document: --documents of the operator policy.'],
    ['NodeOptions', 'The Region eu-west-1 is in the partition aws, not in aws-cn.', 'The Region eu-west-1 is in the partition aws, not in aws-cn.'],
    ['NodeOptions', 'minimizePolicy does so.', '"postern minimize" does so.'],
    // What is quoted of somebody's is left as it is.
    ['OperatorOptions', 'arn:aws:s3:::denyOnly/denyOnly.json, "denyOnly" and /denyOnly', 'arn:aws:s3:::denyOnly/denyOnly.json, "denyOnly" and /denyOnly'],
  ]) {
    const told = calledByFlags(sentence, flagsOf(options));
    if (told !== wanted) wrong.push(`${options}: ${told}`);
  }
  assert.deepEqual(wrong, []);
});

test('notes, refusals and what is missing name flags', async () => {
  const cwd = folder({ 'none.json': policy(statement()) });
  const wrong = [];
  for (const [words, wanted] of [
    [['build', 'related', 'preferences-document'], 'note PREFERENCES_MAY_EXIST: If the document is there already, as after the first visit to the console\'s preferences, the command fails. Build it with --exists then.'],
    [['build', 'operator', '--sessions', 'remote-host-port-forwarding'], 'name that in --documents instead.'],
    [['build', 'operator', '--end-sessions.owner-id', 'AIDACKCEVSQ6C2EXAMPLE', '--end-sessions.whose', 'anyone'], 'Leave --end-sessions.whose out beside it.'],
    [['build', 'operator', '--targets.tags', 'Team=web', '--targets.tags', 'team=shop'], 'such as --targets.tags Team=web --targets.tags Team=shop.'],
    [['build', 'related', 'session-document', '--name', 'Example', '--session-type', 'InteractiveCommands'], 'such as --linux.commands "tail -f /var/log/messages".'],
    [['role', 'none.json', '--wants', 'node.session-kms', '--missing'], /Give --\w[^ ]* (?:and --\w|to get)/],
  ]) {
    const { stdout, stderr } = await postern(words, { cwd });
    const all = stdout + stderr;
    if (!(typeof wanted === 'string' ? all.includes(wanted) : wanted.test(all))) wrong.push(`${words.join(' ')}: ${all}`);
  }
  assert.deepEqual(wrong, []);
});
