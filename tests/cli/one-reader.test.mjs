// Every command that takes a policy reads it in each form in which `postern check` does, and says the same of what it is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const JSON_ = policy(statement({ Action: ['ssm:StartSession'], Resource: '*' }));
const YAML = 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action:\n      - ssm:StartSession\n    Resource: "*"\n';
const within = (text) => `PolicyDocument:\n${text.replace(/^/gm, '  ')}`.trimEnd();
const indented = (text) => text.trimEnd().replace(/^/gm, '    ');
const FORMS = {
  'policy.json': JSON_, 'policy.yaml': YAML, 'marked.yaml': `\ufeff${YAML}`, 'policy.txt': YAML, 'indented.yaml': indented(YAML), 'within.yaml': within(YAML), 'within-indented.yaml': indented(within(YAML)),
  'statements.yaml': YAML.replace(/^Version.*\nStatement:\n/, ''), 'module.tf': `resource "aws_iam_policy" "p" {\n  policy = jsonencode(${JSON.stringify(JSON_).replaceAll('":', '"=')})\n}\n`,
};
const cwd = folder({
  ...FORMS, 'two.yaml': `${YAML}---\n${YAML}`, 'open.yaml': YAML.replace('StartSession', '{{ .action }}'), 'other.yaml': 'a: 1\n', 'broken.yaml': 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n   Action: "*"\n',
});
const words = (command, file) => [command, file, ...command === 'export' ? ['--format', 'terraform', '--role-name', 'web'] : []];

test('export, minimize, diff, role and check take a policy in each form', async () => {
  const wrong = [];
  const first = Object.fromEntries(await Promise.all(['export', 'minimize'].map(async (command) => [command, (await postern(words(command, 'policy.json'), { cwd })).stdout])));
  for (const file of Object.keys(FORMS)) {
    for (const command of ['export', 'minimize']) {
      const own = await postern(words(command, file), { cwd });
      const piped = await postern(words(command, '-'), { cwd, input: typeof FORMS[file] === 'string' ? FORMS[file] : JSON.stringify(FORMS[file]) });
      for (const [how, { code, stdout, stderr }] of [['file', own], ['pipe', piped]]) if (code !== 0 || stdout !== first[command]) wrong.push(`${command} ${file}, ${how}: ${code} ${stderr}`);
    }
    const [diff, role, check] = await Promise.all([['diff', 'policy.json', file], ['role', file, '--wants', 'start-shell', '--side', 'operator'], ['check', file, '--no-config']].map((args) => postern(args, { cwd })));
    if (!diff.stdout.includes('0 policies allow more, 0 allow less')) wrong.push(`diff ${file}: ${diff.stdout}${diff.stderr}`);
    if (!/^works +operator\.start-shell/m.test(role.stdout)) wrong.push(`role ${file}: ${role.stdout}${role.stderr}`);
    if (!/in 1 policy of 1 file/.test(check.stdout)) wrong.push(`check ${file}: ${check.stdout}${check.stderr}`);
  }
  assert.match(first.minimize, /"ssm:StartSession"/);
  assert.deepEqual(wrong, []);
});

test('what is not one policy is said in one sentence', async () => {
  const wrong = [];
  for (const [file, wanted] of [
    ['two.yaml', 'two.yaml: it holds 2 policies. Give one of them in a file of its own.'], ['open.yaml', 'open.yaml: parts of it are known only at deploy time.'],
    ['broken.yaml', 'broken.yaml:4:1: This is not YAML: '], ['other.yaml', 'other.yaml: it holds no IAM policy. This is not a policy.'],
  ]) {
    for (const command of ['export', 'minimize']) {
      const { code, stdout, stderr } = await postern(words(command, file), { cwd });
      if (code !== 2 || stdout !== '' || !stderr.startsWith(`postern: ${wanted}`)) wrong.push(`${command} ${file}: ${code} ${stderr}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('fmt says that a policy in YAML stays as it is, also of standard input', async () => {
  const said = 'it is not JSON, and fmt lays out policies that are files of JSON. Policies in YAML, and inside templates, plans and modules, stay as they are.\n';
  assert.equal((await postern(['fmt', 'policy.yaml'], { cwd })).stderr, `postern: policy.yaml: ${said}`);
  assert.equal((await postern(['fmt', '-'], { cwd, input: YAML })).stderr, `postern: standard input: ${said}`);
});
