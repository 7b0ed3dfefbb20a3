// Files that IAM would refuse as they stand, texts that are no policy, and broken files: what is said of each, and the exit code.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLEAN, TRUST, TYPO, folder, policy, postern, statement } from './run.mjs';

const TEXT = JSON.stringify(TYPO);
const ESCAPED = TEXT.replaceAll('"', '\\"');
const CURLY = TEXT.replaceAll('"', '\u201d');

/** What is found in the policies of the files, with its place and length. */
async function found(words, options) {
  const { code, stdout, stderr } = await postern(['check', ...words, '--format', 'json', '--no-config'], options);
  const findings = JSON.parse(stdout).files.flatMap(({ file, policies }) => policies.flatMap((one) => one.findings.map((finding) => ({ file, ...finding }))));
  return { code, stderr, findings, told: findings.map(({ issueCode, locations: [{ span: { start, end } }] }) => `${issueCode} ${start.column}-${end.column}`) };
}

test('a named file that cannot be read or holds no policy is an error, and the others are checked', async () => {
  const cwd = folder({
    'flow.yaml': 'a: [1\n b: {', 'nested.yaml': 'key: v\n  bad: x\nPolicyDocument:\n', 'open.tf': 'resource "x" {\n', 'none.yml': 'a: 1\n', 'chart.yaml': '{{ if .x }}\na: [\n{{ end }}\n', 'typo.json': TYPO,
    'module/main.tf': `resource "aws_iam_policy" "a" {\n  policy = jsonencode(${JSON.stringify(CLEAN)})\n}\n`, 'module/variables.tf': 'variable "a" {}\n', 'module/broken.tf': 'locals {\n',
  });
  const names = ['flow.yaml', 'nested.yaml', 'open.tf', 'none.yml', 'chart.yaml'];
  const { code, stderr, told } = await found([...names, 'typo.json'], { cwd });
  assert.equal(code, 2);
  assert.deepEqual(told.map((one) => one.split(' ')[0]), ['INVALID_ACTION']);
  assert.deepEqual(stderr.trimEnd().split('\n').map((line) => line.slice('postern: '.length).split(/(?<=not YAML|not HCL|IAM policy)/)[0]).sort(), [
    'chart.yaml: it holds no IAM policy', 'flow.yaml:2:6: This is not YAML', 'nested.yaml:1:6: This is not YAML', 'none.yml: it holds no IAM policy', 'open.tf:2:1: This is not HCL',
  ]);
  const walked = await found(['.'], { cwd });
  assert.deepEqual([walked.code, /not (?:YAML|HCL)/.test(walked.stderr)], [1, false], 'in a folder nobody asked for them');
});

test('of several named files of code one that holds a policy is enough, as of what a shell makes of *.tf', async () => {
  const cwd = folder({ 'main.tf': `resource "aws_iam_policy" "a" {\n  policy = jsonencode(${JSON.stringify(CLEAN)})\n}\n`, 'variables.tf': 'variable "a" {}\n', 'broken.tf': 'locals {\n' });
  const both = await found(['main.tf', 'variables.tf'], { cwd });
  assert.deepEqual([both.code, both.stderr], [0, 'postern: 1 file holds no policy: variables.tf.\n']);
  assert.equal((await found(['variables.tf'], { cwd })).code, 2);
  assert.equal((await found(['main.tf', 'broken.tf'], { cwd })).code, 2);
});

test('a file that IAM would refuse does not pass, however clear it is what it means', async () => {
  const files = {
    'curly.json': [CURLY, 'JSON_SYNTAX_ERROR', /typographic/], 'curly.txt': [`\n${CURLY}\n`, 'JSON_SYNTAX_ERROR', /typographic/], 'escaped.json': [ESCAPED, 'JSON_SYNTAX_ERROR', /without the backslashes/],
    'encoded.json': [encodeURIComponent(TEXT), 'JSON_SYNTAX_ERROR', /percent-encoded/], 'encoded.txt': [encodeURIComponent(TEXT), 'JSON_SYNTAX_ERROR', /percent-encoded/],
    'string.json': [JSON.stringify(TEXT), 'DATA_TYPE_MISMATCH', /without the quotes/], 'bare.json': [JSON.stringify(TYPO.Statement[0]), 'MISSING_STATEMENT', /stand in a policy/], 'list.json': [JSON.stringify(TYPO.Statement), 'DATA_TYPE_MISMATCH', /stand in a policy/],
  };
  const cwd = folder(Object.fromEntries(Object.entries(files).map(([name, [text]]) => [name, text])));
  const { code, findings } = await found(Object.keys(files), { cwd });
  assert.equal(code, 1);
  for (const [name, [, refused, help]] of Object.entries(files)) {
    const own = findings.filter(({ file }) => file === name);
    assert.deepEqual(own.map(({ issueCode }) => issueCode), [refused, 'INVALID_ACTION'], name);
    assert.match(own[0].help, help, name);
  }
});

test('what is no text for IAM alone is read as it was: statements in YAML, a policy in Markdown, an answer of the AWS CLI, a list of policies', async () => {
  const cwd = folder({
    'list.yaml': '- Effect: Allow\n  Action: s3:GetObjekt\n  Resource: "*"\n', 'page.txt': `Curly:\n\n${CURLY}\n`, 'answer.json': { RoleName: 'r', PolicyName: 'p', PolicyDocument: encodeURIComponent(TEXT) }, 'policies.json': [TYPO],
    'encoded.yaml': `p: "${encodeURIComponent(TEXT)}"\n`, 'page.md': `\`\`\`json\n${TEXT}\n\`\`\`\n`,
  });
  const { findings } = await found(['list.yaml', 'page.txt', 'answer.json', 'policies.json', 'encoded.yaml', 'page.md'], { cwd });
  assert.deepEqual(findings.map(({ file, issueCode }) => `${file} ${issueCode}`), ['answer.json', 'encoded.yaml', 'list.yaml', 'page.md', 'page.txt', 'policies.json'].map((name) => `${name} INVALID_ACTION`));
});

test('in what is pasted a place is that of the character, with other quotation marks, escaped and percent-encoded', async () => {
  const at = TEXT.indexOf('"s3:GetObjekt"');
  const place = (text) => [text.slice(0, at), text.slice(at, at + '"s3:GetObjekt"'.length)];
  const [before, value] = place(TEXT);
  for (const as of [(text) => text.replaceAll('"', '\u201d'), (text) => text.replaceAll('"', "'"), (text) => text.replaceAll('"', '\\"'), encodeURIComponent]) {
    const { told } = await found(['-'], { input: as(TEXT) });
    const start = as(before).length + 1;
    assert.deepEqual(told, [`INVALID_ACTION ${start}-${start + as(value).length}`], as(TEXT));
  }
});

test('what is no policy is named as what it is, with what to do', async () => {
  const arn = 'arn:aws:iam::123456789012:policy/X';
  const cases = [
    [`ATTACHEDPOLICIES\t${arn}\tX`, /The managed policy X\. .*get-policy-version.*postern role -/], [{ AttachedPolicies: [{ PolicyName: 'X', PolicyArn: arn }] }, /Attached managed policies: X\. .*get-policy-version/],
    [{ Policy: { PolicyName: 'X', Arn: arn, DefaultVersionId: 'v1' } }, /The managed policy X\. .*get-policy-version/], ['AmazonSSMManagedInstanceCore', /The AWS managed policy AmazonSSMManagedInstanceCore, .*get-policy-version/], [arn, /The managed policy X\. /],
    [{ eventSource: 'ssm.amazonaws.com', eventName: 'StartSession', errorCode: 'AccessDenied', errorMessage: 'User: x is not authorized to perform: ssm:StartSession' }, /An event of CloudTrail: .*postern explain --error -/],
    ['---\n|  ListAttachedRolePolicies  |\n+---+\n||  AttachedPolicies  ||\n|+---+---+|\n||  PolicyArn  |  PolicyName  ||\n', /It is what the AWS CLI prints with --output text or table\. Save it with --output json\./],
    [{ PolicyNames: ['a'] }, /names of inline policies.*get-role-policy/],
  ].map(([input, said]) => [typeof input === 'string' ? input : JSON.stringify(input), said]);
  const cwd = folder(Object.fromEntries(cases.map(([text], index) => [`${index}.txt`, text])));
  for (const [index, [input, said]] of cases.entries()) {
    for (const [words, options] of [[['-'], { input }], [[`${index}.txt`], { cwd }]]) {
      const { code, stderr } = await found(words, options);
      assert.equal(code, 2, input);
      assert.match(stderr, said, input);
      assert.match(stderr, /it holds no IAM policy\. /, input);
    }
  }
});

test('role reads the YAML that check reads, pasted and in files', async () => {
  const bare = '- Effect: Allow\n  Action: ssmmessages:*\n  Resource: "*"\n';
  const inside = (text, by) => text.replace(/^/gm, ' '.repeat(by)).trimEnd();
  const texts = { 'policy.yaml': `Statement:\n${inside(bare, 1)}\n`, 'snippet.yaml': `      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n${inside(bare, 10)}\n`, 'bare.yaml': bare };
  const cwd = folder({ ...texts, 'other.yaml': 'a: 1\n' });
  for (const [name, input] of Object.entries(texts)) {
    for (const words of ['-', name]) {
      const { code, stdout, stderr } = await postern(['role', words, '--wants', 'node.channel'], { cwd, input });
      assert.deepEqual([code, /^works +node\.channel/m.test(stdout)], [0, true], `${words} ${name}: ${stdout}${stderr}`);
      assert.doesNotMatch(stderr, /not read here/);
    }
    assert.equal((await postern(['check', '-'], { input })).code, 0, name);
  }
  assert.equal((await postern(['role', 'other.yaml'], { cwd })).code, 2);
});

test('a type is guessed by clear signs alone', async () => {
  const principal = { Principal: '*' };
  const deny = (more) => policy({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...more });
  const except = { Condition: { ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/admin' } } };
  const root = { Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
  const cases = [
    [deny({ Action: 'organizations:LeaveOrganization' }), 'scp null'], [deny(except), 'scp null'], [deny({ Action: undefined, NotAction: ['iam:*'], ...except }), 'scp null'],
    [deny(), 'identity null'], [deny({ Action: 'organizations:*' }), 'identity null'], [policy(deny(except).Statement[0], statement()), 'identity null'], [deny({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } }), 'identity null'],
    [policy(statement(principal)), 'resource AWS::S3::Bucket'], [policy(statement({ ...principal, Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'] })), 'resource AWS::S3::Bucket'],
    [policy(statement({ ...principal, Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b/*'] })), 'resource null'], [policy(statement({ ...principal, Resource: '*' })), 'resource null'], [policy(statement({ ...principal, Resource: 'arn:aws:s3:::a-*/*' })), 'resource null'],
    [policy(statement({ ...principal, Action: ['s3:GetObject', 'kms:Decrypt'] })), 'resource null'], [policy(statement({ ...principal, Action: undefined, NotAction: 's3:GetObject' })), 'resource null'],
    [policy(statement({ ...root, Action: 'kms:*', Resource: '*' })), 'resource AWS::KMS::Key'], [policy(statement({ ...principal, Action: 'kms:*', Resource: '*' })), 'resource null'],
    [policy(statement({ ...principal, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' })), 'resource AWS::SQS::Queue'], [policy(statement({ ...principal, Action: 'sns:Publish', Resource: 'arn:aws:sns:eu-west-1:111122223333:t' })), 'resource AWS::SNS::Topic'],
    [TRUST, 'trust AWS::IAM::AssumeRolePolicyDocument'],
  ];
  const cwd = folder(Object.fromEntries(cases.map(([document], index) => [`${index}.json`, document])));
  const { stdout } = await postern(['check', '.', '--format', 'json', '--no-config'], { cwd });
  const types = Object.fromEntries(JSON.parse(stdout).files.map(({ file, policies: [{ type, validatePolicyResourceType }] }) => [file, `${type} ${validatePolicyResourceType}`]));
  assert.deepEqual(types, Object.fromEntries(cases.map(([, type], index) => [`${index}.json`, type])));
});

test('reports for machines say that a type is guessed beside the finding, and not in its words', async () => {
  const cwd = folder({ 'a.json': TYPO });
  const report = async (format, ...more) => (await postern(['check', 'a.json', '--format', format, '--no-config', ...more], { cwd })).stdout;
  const [result] = JSON.parse(await report('sarif')).runs[0].results;
  assert.deepEqual([result.properties.type, result.properties.typeFrom, /guess/.test(result.message.text)], ['identity', 'guess', false]);
  const [entry] = JSON.parse(await report('gitlab'));
  assert.deepEqual([/^Checked as an identity policy \(guessed\)/.test(entry.content.body), /guess/.test(entry.description)], [true, false]);
  assert.match(await report('junit'), /<testsuite [^>]*>\n {4}<properties><property name="checkedAs" value="an identity policy \(guessed\)"\/><\/properties>\n/);
  assert.match(await report('github'), /^1 policy was checked as an identity policy \(guessed\); --policy-type or postern\.json says another\.$/m);
  for (const format of ['gitlab', 'junit', 'github']) assert.doesNotMatch(await report(format, '--policy-type', 'identity'), /guessed/, format);
});
