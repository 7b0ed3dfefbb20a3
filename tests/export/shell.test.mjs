// The commands for bash are run by bash with a stand-in for the AWS CLI; those for PowerShell, which is on few machines,
// are read by the part of its grammar that they keep to, and must make the same calls.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { each, exportsAs, folder, same } from './cases.mjs';

/** For each attachment: the call that stores the document, and its options, where a field of the target stands for its value. */
const CALLS = {
  role: ['iam put-role-policy', { 'role-name': 'roleName', 'policy-name': 'policyName', 'policy-document': null }],
  user: ['iam put-user-policy', { 'user-name': 'userName', 'policy-name': 'policyName', 'policy-document': null }],
  group: ['iam put-group-policy', { 'group-name': 'groupName', 'policy-name': 'policyName', 'policy-document': null }],
  'managed-policy': ['iam create-policy', { 'policy-name': 'policyName', 'policy-document': null }],
  key: ['kms put-key-policy', { 'key-id': 'kmsKeyArn', policy: null, region: 'region' }],
  bucket: ['s3api put-bucket-policy', { bucket: 'bucketName', policy: null, region: 'region' }],
  trust: ['iam create-role', { 'role-name': 'roleName', 'assume-role-policy-document': null }],
  endpoint: ['ec2 modify-vpc-endpoint', { 'vpc-endpoint-id': 'vpcEndpointId', 'policy-document': null, region: 'region' }],
  preferences: ['ssm create-document', { name: 'documentName', content: null, region: 'region' }],
  'session-document': ['ssm create-document', { name: 'documentName', content: null, region: 'region' }],
  'service-control-policy': ['organizations create-policy', { name: 'policyName', content: null }],
};
/** What stands for a name that is not given. */
const BARE = {
  roleName: 'ROLE_NAME', userName: 'USER_NAME', groupName: 'GROUP_NAME', policyName: 'SessionManagerPermissions', kmsKeyArn: 'KEY_ID',
  bucketName: 'BUCKET_NAME', vpcEndpointId: 'VPC_ENDPOINT_ID', documentName: 'DOCUMENT_NAME', region: undefined,
};

const cases = exportsAs('aws-cli');
const home = folder('bash');
cases.forEach(({ text }, i) => {
  mkdirSync(join(home, String(i)));
  writeFileSync(join(home, String(i), 'script'), text);
});
execFileSync('bash', ['-c', `
  aws() { printf '%s\\0' aws "$@" >> calls; echo made; }
  for folder in */; do (cd "$folder"; set -u; source ./script > printed); done
`], { cwd: home, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } });
const ran = cases.map((_, i) => ({
  calls: readFileSync(join(home, String(i), 'calls'), 'utf8').split('\0').slice(0, -1).join('\0').split(/(?:^|\0)aws\0/).slice(1)
    .map((call) => call.split('\0')),
  files: readdirSync(join(home, String(i))).filter((name) => !['calls', 'script', 'printed'].includes(name) && !name.endsWith('-before.json')),
}));

test('bash makes the file and the calls', () => {
  each(cases.map((one, i) => ({ ...one, ...ran[i], at: join(home, String(i)) })), ({ policy, target, calls, files, at }) => {
    assert.equal(files.length, 1, `files: ${files}`);
    const text = readFileSync(join(at, files[0]), 'utf8');
    assert.match(text, /^[\x20-\x7e\n]*$/);
    same(JSON.parse(text), policy);
    const [words, wanted] = CALLS[target.attachTo ?? 'role'];
    const call = calls.find((call) => call.slice(0, 2).join(' ') === words);
    assert.ok(call, `no call of ${words} in ${JSON.stringify(calls)}`);
    const given = optionsOf(call);
    for (const [option, field] of Object.entries(wanted)) {
      let value = field === null ? `file://${pathOf(files[0])}` : target[field] ?? BARE[field];
      if (field === 'documentName' && target.attachTo === 'preferences') value = target[field] ?? 'SSM-SessionManagerRunShell';
      assert.equal(given[option], value, option);
    }
  });
});

test('what was there is kept once, and a key is left alone where its policy cannot be kept', () => {
  const scripts = cases.flatMap(({ target, text }, i) => (['key', 'bucket'].includes(target.attachTo) ? [{ of: target.attachTo, text, at: join(home, String(i)) }] : []));
  assert.ok(scripts.length >= 2, `${scripts.length} scripts`);
  each(scripts.map((one) => ({ name: one.of, ...one })), ({ of, text, at }) => {
    const run = (printed, code) => {
      writeFileSync(join(at, 'again'), text);
      writeFileSync(join(at, 'calls'), '');
      execFileSync('bash', ['-c', `aws() { echo "$2" >> calls; case "$2" in get-*) printf '%s' '${printed}'; return ${code};; esac; }; source ./again > printed || true`], { cwd: at, env: { PATH: process.env.PATH } });
      const before = readdirSync(at).filter((name) => name.endsWith('-before.json'));
      assert.equal(before.length, 1, `${before}`);
      return [readFileSync(join(at, before[0]), 'utf8'), readFileSync(join(at, 'calls'), 'utf8').trim().split('\n')];
    };
    const [get, put] = [`get-${of}-policy`, `put-${of}-policy`];
    assert.deepEqual(run('second', 0), ['made\n', [put]]);
    readdirSync(at).filter((name) => name.endsWith('-before.json')).forEach((name) => rmSync(join(at, name)));
    assert.deepEqual(run('', 1), ['', of === 'key' ? [get] : [get, put]]);
    assert.deepEqual(run('third', 0), of === 'key' ? ['third', [get, put]] : ['', [put]]);
  });
});

test('what refers to what was just made names it', () => {
  const attached = cases.flatMap((_, i) => ran[i].calls).filter(([, verb]) => verb.startsWith('attach-'));
  assert.ok(attached.length >= 4, `${attached.length} calls`);
  for (const call of attached) assert.ok(['policy-arn', 'policy-id'].some((name) => optionsOf(call)[name] === 'made'), call.join(' '));
});

test('PowerShell makes the same file and the same calls', () => {
  const bash = Object.fromEntries(cases.map(({ name }, i) => [name, ran[i]]));
  each(exportsAs('aws-cli-powershell'), ({ name, text, policy }) => {
    assert.match(text, /^[\x20-\x7e\n]*$/);
    const [, json, path, rest] = /^@'\n([^]*?)\n'@ \| Set-Content -Encoding ascii -Path (\S+)\n([^]*)$/.exec(text);
    same(JSON.parse(json), policy);
    assert.deepEqual([word(path)], bash[name].files.map(pathOf));
    const commands = rest.replaceAll(' `\n', ' ').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const calls = commands.map((line) => {
      const [, guarded = line] = /^if \((?:-not \(Test-Path \S+\)|Test-Path \S+)\) \{ ([^]*) \}$/.exec(line) ?? [];
      const [, words] = /^(?:\$(?:made|before) = )?aws ((?:'(?:[^']|'')*'|"\$made"|[^ '";|]+| )+?)(?:; (?:if \(\$before\) \{ )?Set-Content -Encoding ascii -Path \S+-before\.json -Value "\$before"(?: \})?)?$/.exec(guarded);
      return words.match(/(?:'(?:[^']|'')*'|"\$made"|[^ '])+/g).map(word);
    });
    assert.deepEqual(calls, bash[name].calls);
  });
});

/** How a file of this name is written, so that it is no option. */
function pathOf(file) {
  return file.startsWith('-') ? `./${file}` : file;
}

function optionsOf(call) {
  const options = {};
  call.forEach((word, i) => {
    const [, name, value] = /^--([a-z-]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (name !== undefined && !(name in options)) options[name] = value ?? call[i + 1];
  });
  return options;
}

/** What PowerShell makes of a word: bare, or with text in single quotes. */
function word(word) {
  if (word === '"$made"') return 'made';
  const [, before, quoted] = /^((?:--[a-z-]+=)?)'((?:[^']|'')*)'$/.exec(word) ?? [];
  if (quoted !== undefined) return before + quoted.replaceAll("''", "'");
  // Nothing that PowerShell reads as more than a letter in the arguments of a program.
  assert.match(word, /^[A-Za-z0-9_./:=-]+$/);
  return word;
}
