// build, export, explain, fmt and the help.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, KEY, ROOT, folder, policy, postern, statement } from './run.mjs';

const require = createRequire(import.meta.url);
const { buildNodePolicy, buildOperatorPolicy, buildRelated, catalogInfo, exportPolicy, exportSetup, listChecks } = require(join(ROOT, 'dist/node.cjs'));
const { version } = require(join(ROOT, 'package.json'));
const place = ['--region', 'eu-west-1', '--account-id', '111122223333'];
const PLACE = { region: 'eu-west-1', accountId: '111122223333' };

test('the help of everything is short and has examples', async () => {
  const whole = (await postern(['--help'])).stdout;
  assert.ok(whole.split('\n').length < 60);
  assert.equal([...whole.matchAll(/^ {2}.*\bpostern (check|role|build)\b.*$/gm)].filter(([line]) => !/ {3}/.test(line.trim())).length, 3);
  const problems = [];
  for (const command of ['build', 'check', 'diff', 'explain', 'export', 'fmt', 'minimize', 'role']) {
    const { code, stdout, stderr } = await postern([command, '--help']);
    if (code !== 0 || stderr !== '') problems.push(`${command}: ${code} ${stderr}`);
    if (!stdout.startsWith(`postern ${command}`)) problems.push(`${command}: ${stdout.slice(0, 40)}`);
    if (!/^ {2}.*postern /m.test(stdout)) problems.push(`${command}: no example`);
    const wide = stdout.split('\n').find((line) => line.length > 125);
    if (wide !== undefined) problems.push(`${command}: ${wide}`);
    if (!whole.includes(`  ${command} `)) problems.push(`${command} is not in the help of the whole`);
  }
  assert.deepEqual(problems, []);
});

test('--version says as of when the service data are', async () => {
  assert.equal((await postern(['--version'])).stdout, `postern ${version} (AWS service data of ${catalogInfo().date})\n`);
});

test('what is built is what the package builds of the same options', async () => {
  const cases = [
    ['node', [], buildNodePolicy()],
    ['node', ['--heartbeat', '--no-bucket-encryption-check', '--session-encryption.kms-key-arn', KEY], buildNodePolicy({ heartbeat: true, bucketEncryptionCheck: false, sessionEncryption: { kmsKeyArn: KEY } })],
    ['node', [...place, '--s3Logs.bucket', 'example-logs', '--s3-logs.prefix=prod', '--kinds', 'ec2', '--kinds', 'hybrid'], buildNodePolicy({ ...PLACE, s3Logs: { bucket: 'example-logs', prefix: 'prod' }, kinds: ['ec2', 'hybrid'] })],
    ['operator', [...place, '--targets.tags', 'Team=web', '--targets.tags', 'Team=shop', '--targets.tags', 'Stage=a=b', '--scope', 'least-privilege'], buildOperatorPolicy({ ...PLACE, targets: { tags: { Team: ['web', 'shop'], Stage: 'a=b' } }, scope: 'least-privilege' })],
    ['related trust-policy', [], buildRelated('trust-policy', {})],
    ['related session-document', ['--name', 'Database', '--session-type', 'Port', '--port-number', '5432', '--host', 'db.example.internal'], buildRelated('session-document', { name: 'Database', sessionType: 'Port', portNumber: 5432, host: 'db.example.internal' })],
    ['related preferences-document', ['--idle-session-timeout', '30', '--s3-bucket-name', 'example-logs', '--s3-encryption-enabled', 'false', '--parameters', '{"p": {"type": "String"}}', '--name', 'Mine'], buildRelated('preferences-document', { idleSessionTimeout: 30, s3BucketName: 'example-logs', s3EncryptionEnabled: false, parameters: { p: { type: 'String' } }, name: 'Mine' })],
  ];
  const problems = [];
  for (const [what, args, built] of cases) {
    const words = ['build', ...what.split(' '), ...args];
    const { code, stdout, stderr } = await postern(words);
    if (code !== 0 || stdout !== built.json) problems.push(`${words.join(' ')}: ${code} ${stderr}`);
    if (!built.notes.every(({ message }) => stderr.includes(message.replace('documents of the operator policy', '--documents of the operator policy')))) problems.push(`${words.join(' ')}: a note is missing: ${stderr}`);
    const all = await postern([...words, '--json', '--quiet']);
    if (all.stderr !== '' || JSON.stringify(JSON.parse(all.stdout)) !== JSON.stringify(built)) problems.push(`${words.join(' ')} --json: ${all.stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('every option of every builder is a flag with its documentation', async () => {
  const schema = require(join(ROOT, 'dist/options.schema.json'));
  const kinds = { node: 'NodeOptions', operator: 'OperatorOptions', setup: 'SetupOptions' };
  for (const { $ref } of schema.anyOf) {
    const name = $ref.split('/').at(-1);
    const kind = name.replace(/Options$/, '').replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
    if (!Object.hasOwn(kinds, kind)) kinds[`related ${kind}`] = name;
  }
  assert.equal(Object.keys(kinds).length, 14);
  const problems = [];
  for (const [kind, name] of Object.entries(kinds)) {
    const { code, stdout } = await postern(['build', ...kind.split(' '), '--help']);
    for (const option of Object.keys(schema.$defs[name].properties)) {
      const flag = option.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
      if (code !== 0 || !new RegExp(`^(  )?--${flag}[ ,\\n]`, 'm').test(stdout)) problems.push(`${kind}: ${flag}`);
    }
  }
  assert.deepEqual(problems, []);
});

test('options may come from a file or standard input, and flags win', async () => {
  const cwd = folder({ 'options.json': { ...PLACE, s3Logs: { bucket: 'example-logs', prefix: 'prod' } } });
  const built = buildNodePolicy({ region: 'us-east-1', accountId: PLACE.accountId, s3Logs: { bucket: 'example-logs', prefix: 'test' } }).json;
  assert.equal((await postern(['build', 'node', '--options', 'options.json', '--region', 'us-east-1', '--s3-logs.prefix', 'test'], { cwd })).stdout, built);
  assert.equal((await postern(['build', 'node', '--options', '-'], { input: '{"heartbeat": true}' })).stdout, buildNodePolicy({ heartbeat: true }).json);
  const refused = {};
  for (const input of ['{', '[]', '{"regon": "x"}', '{"s3Logs": {}}']) refused[input] = (await postern(['build', 'node', '--options', '-'], { input })).stderr;
  assert.match(refused['{'], /^postern: Standard input:1:\d+: .*\n$/);
  for (const input of ['[]', '{"regon": "x"}', '{"s3Logs": {}}']) assert.match(refused[input], /^postern: .+\n$/, input);
});

test('a value that cannot work is refused with the flag that it came from', async () => {
  const { code, stdout, stderr } = await postern(['build', 'node', '--session-encryption.kms-key-arn', 'alias/x']);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^postern: --session-encryption\.kms-key-arn: .*alias.*\n$/);
});

test('a set-up that is written says which files there are and what makes it', async () => {
  const cwd = folder({ 'there/x': '' });
  const words = ['build', 'setup', '--node.region', PLACE.region, '--node.account-id', PLACE.accountId];
  const deploy = (file) => `To make it: aws cloudformation deploy --stack-name session-manager --template-file ${file} --region eu-west-1 --capabilities CAPABILITY_NAMED_IAM`;
  const asked = Array.from(exportSetup({ format: 'cloudformation', node: PLACE, endpoints: true }).files[0].text.matchAll(/^ {2}(\w+):\n {4}Type: .*\n {4}Description: /gm), ([, name]) => name);
  assert.ok(asked.length > 1);
  const wrong = [];
  for (const [more, wanted] of [
    [['terraform', '--output', 'new/infra'], /\nWritten: new\/infra\/node\.tf and new\/infra\/preferences\.tf\.\nThe Region of the provider has to be eu-west-1. To see what it makes: terraform -chdir=new\/infra init && terraform -chdir=new\/infra plan\n$/],
    [['terraform', '--output', '.'], /\nWritten: node\.tf and preferences\.tf\.\nThe Region of the provider has to be eu-west-1. To see what it makes: terraform init && terraform plan\n$/],
    [['terraform', '--output', 'infra.tf'], /^postern: --output is the folder of the 2 files of a set-up for Terraform, not "infra\.tf"\.\n$/],
    [['cloudformation', '--output', 'stack dir'], `Written: stack dir/session-manager.yaml.\n${deploy("'stack dir/session-manager.yaml'")}\n`],
    [['cloudformation', '--output', 'there/stack.yaml'], `Written: there/stack.yaml.\n${deploy('there/stack.yaml')}\n`],
    [['cloudformation', '--output', 'there/b.yml'], `Written: there/b.yml.\n${deploy('there/b.yml')}\n`],
    [['cloudformation', '--output', 'there/b.json'], 'postern: --output is a folder, or a file that ends with .yaml: what is made here is no file that ends with .json.\n'],
    [['terraform', '--output', 'stack.yaml'], 'postern: --output is a folder: what is made here is no file that ends with .yaml.\n'],
    [['cloudformation', '--endpoints', '--output', 'more'], `${deploy('more/session-manager.yaml')} --parameter-overrides ${asked.map((name) => `${name}=VALUE`).join(' ')}\n`],
    [['cdk-typescript', '--output', 'app'], /\nWritten: app\/session-manager-stack\.ts\.\nTo make it, import SessionManagerStack from "\.\/session-manager-stack" .* run: cdk deploy SessionManagerStack\n$/],
    [['cdk-typescript', '--output', 'app', '--quiet'], /^$/],
  ]) {
    const { stderr } = await postern([...words, '--format', ...more], { cwd });
    if (!(typeof wanted === 'string' ? stderr.endsWith(wanted) : wanted.test(stderr))) wrong.push(`${more.join(' ')}: ${stderr}`);
  }
  assert.deepEqual(wrong, []);
  assert.equal(readFileSync(join(cwd, 'there/stack.yaml'), 'utf8'), exportSetup({ format: 'cloudformation', node: PLACE }).files[0].text);
});

test('a document that is written has the command with its own name', async () => {
  const cwd = folder();
  const wrong = [];
  for (const [words, saved, content] of [
    ['preferences-document --output prefs.json', 'It is saved as prefs.json, for the command.', '--content file://prefs.json '],
    ['preferences-document', 'Save the text as SessionManagerRunShell.json and run the command there.', '--content file://SessionManagerRunShell.json '],
    ['session-document --name Database --session-type Port --port-number 5432 --output my&docs/d.json', "It is saved as my&docs/d.json, for the command, once for each Region.", "--content 'file://my&docs/d.json' "],
  ]) {
    const { code, stderr } = await postern(['build', 'related', ...words.split(' ')], { cwd });
    if (code !== 0 || !stderr.includes(saved) || !stderr.includes(content)) wrong.push(`${words}: ${stderr}`);
  }
  assert.deepEqual(wrong, []);
});

test('what a device takes is written without reading it', { skip: !existsSync('/dev/full') }, async () => {
  assert.equal((await postern(['build', 'node', '--output', '/dev/null'])).code, 0);
  const { code, stderr } = await postern(['build', 'node', '--output', '/dev/full']);
  assert.equal(code, 2);
  assert.match(stderr, /^postern: \/dev\/full: [^\n]+\n$/);
});

test('--output writes files that were not there, and a set-up whole or not at all', async () => {
  const cwd = folder({ 'node.json': 'mine' });
  const refused = await postern(['build', 'node', '--output', 'node.json'], { cwd });
  assert.deepEqual([refused.code, refused.stderr], [2, 'postern: node.json is there with another text; --force replaces it.\n']);
  assert.equal((await postern(['build', 'node', '--output', 'node.json', '--force'], { cwd })).code, 0);
  assert.equal(readFileSync(join(cwd, 'node.json'), 'utf8'), buildNodePolicy().json);

  const options = { format: 'terraform', node: PLACE };
  const { files } = exportSetup(options);
  const words = ['build', 'setup', '--format', 'terraform', '--node.region', PLACE.region, '--node.account-id', PLACE.accountId];
  assert.equal((await postern([...words, '--output', 'infra/session'], { cwd })).code, 0);
  assert.deepEqual(files.map(({ name, text }) => [name, readFileSync(join(cwd, 'infra/session', name), 'utf8') === text]), files.map(({ name }) => [name, true]));
  assert.equal((await postern([...words, '--output', 'infra/session'], { cwd })).code, 0, 'the same again');
  const other = folder({ [files.at(-1).name]: 'mine' });
  const half = await postern([...words, '--output', '.'], { cwd: other });
  assert.match(half.stderr, /is there with another text\. Nothing was written; --force replaces it\./);
  assert.deepEqual(readdirSync(other), [files.at(-1).name]);
  assert.match((await postern(words, { cwd })).stderr, /^postern: A set-up is \d+ files: say with --output DIR/);
  assert.deepEqual(JSON.parse((await postern([...words, '--json'], { cwd })).stdout).files, files);
});

test('export writes what the package writes', async () => {
  const { policy: built, json } = buildNodePolicy({ heartbeat: true });
  for (const format of ['terraform', 'aws-cli', 'cloudformation']) {
    const { code, stdout } = await postern(['export', '-', '--format', format, '--role-name', 'Web'], { input: json });
    assert.deepEqual([code, stdout], [0, exportPolicy(built, { format, roleName: 'Web' })], format);
  }
  const refused = await postern(['export', '-', '--format', 'terraform', '--role-name', 'a b'], { input: json });
  assert.match(refused.stderr, /^postern: --role-name: .+\n$/);
});

test('every check is explained, and an error message too', async () => {
  const check = listChecks().find(({ issueCode }) => issueCode === 'PASS_ROLE_WITH_STAR_IN_RESOURCE');
  const { code, stdout } = await postern(['explain', 'pass-role-with-star-in-resource']);
  assert.equal(code, 0);
  for (const text of [check.issueCode, check.title, check.why, check.learnMoreLink]) assert.ok(stdout.includes(text), text);
  assert.match((await postern(['explain', 'INVALID_ACTION'])).stdout, /\n\nssm:StartSesion is not an action of ssm\.\nhelp: Did you mean ssm:StartSession\?\nfix: Change to ssm:StartSession \(--fix --unsafe\)\n/);
  assert.deepEqual(JSON.parse((await postern(['explain', 'INVALID_ACTION', '--format', 'json'])).stdout), listChecks().find(({ issueCode }) => issueCode === 'INVALID_ACTION'));
  const message = 'An error occurred (AccessDeniedException) when calling the StartSession operation: User: arn:aws:iam::111122223333:user/a is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';
  for (const words of [['--error', message], ['--error', '-']]) {
    const explained = await postern(['explain', ...words], { input: message });
    assert.equal(explained.code, 0);
    assert.match(explained.stdout, /^ACCESS_DENIED\n {2}.*\n {2}help: .*\n {2}needed: ssm:StartSession on arn:aws:ec2/);
  }
  const { stdout: stepped } = await postern(['explain', '--error', 'TargetNotConnected: i-0123456789abcdef0 is not connected.']);
  assert.deepEqual(Array.from(stepped.matchAll(/^ {4}(\d)\. \w+/gm), ([, step]) => step), ['1', '2', '3', '4', '5', '6'], stepped);
  assert.equal((await postern(['explain', '--error', 'nothing of ours'])).code, 2);
});

test('fmt has the layout in which the package prints, keeps every value as written, and is done after once', async () => {
  const built = [buildNodePolicy({ sessionEncryption: { kmsKeyArn: KEY } }).json, buildOperatorPolicy({ ...PLACE, scope: 'least-privilege', targets: { tags: { Env: 'dev' } } }).json, buildRelated('trust-policy', {}).json];
  for (const json of built) assert.equal((await postern(['fmt', '-'], { input: JSON.stringify(JSON.parse(json)) })).stdout, json);
  const odd = '{"Statement":{"Resource":"*","Action":["a:\\u0062"],"Effect":"Allow","Condition":{"NumericLessThan":{"k":1.50}},"Other":[],"Sid":"x"},"Version":"2012-10-17","Extra":{}}';
  const { stdout } = await postern(['fmt', '-'], { input: odd });
  assert.equal(stdout, `{
    "Version": "2012-10-17",
    "Statement": {
        "Sid": "x",
        "Effect": "Allow",
        "Action": [
            "a:\\u0062"
        ],
        "Resource": "*",
        "Condition": {
            "NumericLessThan": {
                "k": 1.50
            }
        },
        "Other": []
    },
    "Extra": {}
}
`);
  assert.equal((await postern(['fmt', '-'], { input: stdout })).stdout, stdout);
  const twice = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Effect":"Deny","Action":"s3:*","Resource":"*"}]}';
  assert.match((await postern(['fmt', '-'], { input: twice })).stderr, /^postern: standard input:1:56: .*Effect.*\n$/, 'a text that IAM would not read');
});

test('fmt --check, --diff and --write look at what check looks at', async () => {
  const tidy = `${JSON.stringify(CLEAN, null, 4)}\n`;
  const cwd = folder({ 'a.json': JSON.stringify(CLEAN), 'b.json': tidy, 'crlf.json': JSON.stringify(policy(statement()), null, 2).replaceAll('\n', '\r\n'), 'package.json': '{"name":"x"}',
    'template.json': JSON.stringify({ Resources: { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: CLEAN } } } }), 'main.tf': `policy = <<EOT\n${JSON.stringify(CLEAN)}\nEOT\n`, 'other.json': '{"a": "Statement",' });
  assert.deepEqual(await postern(['fmt', '--check', '.'], { cwd }), { code: 1, stdout: 'a.json\ncrlf.json\n', stderr: '' });
  assert.match((await postern(['fmt', '--diff', '.'], { cwd })).stdout, /^--- a\/a\.json\n\+\+\+ b\/a\.json\n/);
  assert.equal(readFileSync(join(cwd, 'a.json'), 'utf8'), JSON.stringify(CLEAN));
  assert.deepEqual(await postern(['fmt', '--write', '.'], { cwd }), { code: 0, stdout: 'a.json\ncrlf.json\n', stderr: '' });
  assert.equal(readFileSync(join(cwd, 'a.json'), 'utf8'), tidy);
  assert.equal(readFileSync(join(cwd, 'crlf.json'), 'utf8'), tidy.replaceAll('\n', '\r\n'));
  assert.equal(readFileSync(join(cwd, 'package.json'), 'utf8'), '{"name":"x"}');
  assert.deepEqual(await postern(['fmt', '--check', '.'], { cwd }), { code: 0, stdout: '', stderr: '' });
  const broken = await postern(['fmt', '-'], { input: '{"Statement": [}' });
  assert.deepEqual([broken.code, broken.stdout], [2, '']);
  assert.match(broken.stderr, /^postern: standard input:1:16: .+\n$/);
});

test('a file of another kind, and a word of another list, are told as what they are', async () => {
  const cwd = folder({ 'role.yaml': 'Resources:\n  R: {Type: AWS::IAM::Role}\n', 'package.json': { name: 'x' } });
  const problems = [];
  for (const [words, wanted] of [
    [['fmt', '--check', 'role.yaml'], /^postern: role\.yaml: it is not JSON, and fmt lays out policies that are files of JSON\./],
    [['fmt', '--check', 'package.json'], /^postern: package\.json: it is no IAM policy, which is a JSON object with a Statement\./],
    [['build', 'setup', '--format', 'wrong'], /^postern: --format is terraform, cloudformation or cdk-typescript, not "wrong"\./],
    [['build', 'node', '--scope', 'least'], /^postern: --scope is guide or least-privilege, not "least"\./],
    [['build', 'operator', '--sessions', 'shell', '--sessions', 'telnet'], /^postern: --sessions is shell, .*, not "telnet"\./],
    [['lsp', '--foo'], /^postern: There is no option --foo\. /], [['lsp', 'policies'], /^postern: "postern lsp" takes no words/],
    [['explain', 'HEARTBEAT_MISSNG'], /^postern: There is no code and no capability "HEARTBEAT_MISSNG"\. Did you mean HEARTBEAT_MISSING\?\n$/],
  ]) {
    const { code, stderr } = await postern(words, { cwd });
    if (code !== 2 || !wanted.test(stderr) || /\n./.test(stderr)) problems.push(`${words.join(' ')}: ${code} ${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('every note of the builders is explained', async () => {
  const types = readFileSync(join(ROOT, 'src/npm/types.d.ts'), 'utf8');
  const [, union] = /type NoteCode =([^;]+);/.exec(types);
  const codes = Array.from(union.matchAll(/"([A-Z_]+)"/g), ([, code]) => code);
  assert.ok(codes.length > 60);
  const source = readFileSync(join(ROOT, 'src/npm/cli/notes.ts'), 'utf8');
  assert.deepEqual(codes.filter((code) => !source.includes(`\n  ${code}: `)), []);
  for (const code of ['heartbeat-missing', 'MORE_NOTES']) {
    const { stdout, code: exit } = await postern(['explain', code]);
    assert.equal(exit, 0);
    assert.match(stdout, /^[A-Z_]+: a note of "postern build" and of the package's builders\n\n[A-Z].+\.\n$/);
  }
});

test('a switch takes no value, an option is called as its flag, and what is no JSON is told with an example', async () => {
  const cwd = folder({ 'role.json': policy(statement()) });
  const document = ['build', 'related', 'session-document', '--region', 'eu-west-1', '--name', 'TailLog', '--session-type', 'NonInteractiveCommands'];
  const cases = [
    [['build', 'node', '--heartbeat=false'], 2, /^postern: --heartbeat takes no value: it is --heartbeat or --no-heartbeat\. /],
    [['diff', 'role.json', 'role.json', '--allow-unknown=false'], 2, /^postern: --allow-unknown takes no value\. /],
    [['role', 'role.json', '--wants', 'kms'], 1, /\n +Give --kms-key-arn to get the statement that is missing for kms:Decrypt\.\n/],
    [['role', 'role.json', '--wants', 'logs'], 1, /\n +Give --log-group to get /],
    [['build', 'operator', '--sessions', 'shell'], 0, /\nnote SEND_COMMAND_OF_GUIDE: .+ --no-update-agent leaves it out\.\n/],
    [[...document, '--parameters', '{file:x}'], 2, /^postern: --parameters takes JSON, such as '\{"NAME":\{"type":"String"\}\}', and not \{file:x\}\. Names and texts stand in double quotes/],
  ];
  const problems = [];
  for (const [words, wanted, said] of cases) {
    const { code, stdout, stderr } = await postern(words, { cwd });
    if (code !== wanted || !said.test(stdout + stderr)) problems.push(`${words.join(' ')}: ${code} ${stdout}${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('files of an older set-up that a newer one has no more are told, and those of others are not', async () => {
  const words = ['build', 'setup', '--format', 'terraform', '--node.region', PLACE.region, '--node.account-id', PLACE.accountId, '--force'];
  const all = ['--node.s3-logs.bucket', 'example-session-logs', '--node.session-encryption.kms-key-arn', 'key-name', '--operator.scope', 'least-privilege', '--endpoints'];
  const cwd = folder({ 'set/main.tf': 'provider "aws" {}\n', 'set/mine.tf': 'resource "aws_s3_bucket" "log_bucket" {}\n', 'own/logs.tf': 'resource "aws_s3_bucket" "mine" {}\n', 'own/variables.tf': 'variable "vpc_id" {}\n', 'own/operator.tf/a.txt': '' });
  const told = async (...more) => {
    const { code, stderr } = await postern([...words, ...more], { cwd });
    return [code, /^postern: (.*) of an older set-up and (?:is|are) not of this one: terraform apply deploys (?:it|them) all the same\. Delete (?:it|them) where that is not meant; terraform plan shows what is destroyed then\.$/m.exec(stderr)?.[1] ?? null];
  };
  assert.deepEqual(await told('--output', 'set', ...all), [0, null]);
  assert.deepEqual(await told('--output', 'set', ...all), [0, null]);
  assert.deepEqual(await told('--output', 'set'), [0, 'set/endpoints.tf, set/key.tf, set/logs.tf, set/operator.tf and set/variables.tf look like files']);
  assert.deepEqual(await told('--output', 'set', ...all.slice(0, 6)), [0, 'set/endpoints.tf and set/variables.tf look like files']);
  assert.deepEqual(await told('--output', 'set', '--quiet'), [0, null]);
  assert.deepEqual(await told('--output', 'own'), [0, null]);
});
