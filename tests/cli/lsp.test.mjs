// The language server as an editor drives it: over its protocol, in a process of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '../../scripts/env.mjs';
import { started } from './lsp-client.mjs';

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "allow",
      "Action": "ssm:StartSesion",
      "Resource": "*"
    },
    {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"]}
  ]
}
`;
const template = readFileSync(join(ROOT, 'tests/cli/source/files/cloudformation/role.yaml'), 'utf8');
const module = readFileSync(join(ROOT, 'tests/cli/source/files/terraform/heredoc.tf'), 'utf8');

describe('postern lsp', () => {
  let client;
  let connection;
  const open = (...given) => client.open(...given);
  const diagnostics = (...given) => client.diagnostics(...given);

  before(async () => {
    client = await started();
    ({ connection } = client);
  });
  after(() => client.kill());

  const short = ({ code, severity, range: { start, end } }) => `${code} ${severity} ${start.line}:${start.character}-${end.line}:${end.character}`;
  const positionOf = (text, words) => {
    const before = text.slice(0, text.indexOf(words));
    return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') };
  };

  test('says what it can do', () => {
    const { capabilities } = client;
    assert.equal(capabilities.hoverProvider, true);
    assert.deepEqual(capabilities.codeActionProvider.codeActionKinds, ['quickfix', 'source.fixAll']);
    assert.deepEqual(Object.keys(capabilities).sort(), ['codeActionProvider', 'completionProvider', 'hoverProvider', 'textDocumentSync']);
  });

  test('tells findings, mends them and tells what is left', async () => {
    const uri = 'file:///work/policy.json';
    await open(uri, policy);
    const found = await diagnostics(uri, 1);
    assert.deepEqual(found.map(short), ['INVALID_EFFECT 1 4:16-4:23', 'INVALID_ACTION 1 5:16-5:33']);
    assert.match(found[0].codeDescription.href, /^https:/);
    assert.equal(found[0].source, 'postern');
    const actions = await connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: found[1].range, context: { diagnostics: [] } });
    assert.ok(actions.length > 0 && actions.every(({ kind, diagnostics: [{ code }] }) => kind === 'quickfix' && code === 'INVALID_ACTION'));
    const edits = actions.flatMap(({ edit }) => edit.changes[uri]);
    assert.ok(edits.some(({ newText, range }) => newText.includes('ssm:StartSession') && range.start.line === 5), JSON.stringify(edits));
    const [all] = await connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, context: { diagnostics: [], only: ['source.fixAll'] },
    });
    const [{ newText, range }] = all.edit.changes[uri];
    assert.deepEqual(range, { start: { line: 0, character: 0 }, end: { line: 11, character: 0 } });
    assert.match(newText, /"Allow"/);
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ range: found[0].range, text: '"Allow"' }] });
    assert.deepEqual((await diagnostics(uri, 2)).map(({ code }) => code), ['INVALID_ACTION']);
  });

  test('tells of policies in what is no policy itself, and of comments, as a check does', async () => {
    const statements = '[{"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}]';
    const told = {};
    for (const [name, text] of Object.entries({
      'list.json': `[{"Version": "2012-10-17", "Statement": ${statements}}]`, 'map.json': `{"deploy":\n{"Version": "2012-10-17", "Statement": ${statements}}}`, 'statements.json': statements,
      'people.jsonc': `// people\n{"Version": "2012-10-17", "Statement": ${statements}}`, 'package.json': '{"name": "x"}', 'settings.jsonc': '// x\n{"a": 1,}',
    })) {
      await open(`file:///work/${name}`, text);
      told[name] = (await diagnostics(`file:///work/${name}`, 1)).map(({ code, range: { start } }) => `${code} ${start.line}:${start.character}`);
    }
    assert.deepEqual(told, {
      'list.json': ['INVALID_ACTION 0:71'], 'map.json': ['INVALID_ACTION 1:70'], 'statements.json': ['DATA_TYPE_MISMATCH 0:0', 'INVALID_ACTION 0:31'],
      'people.jsonc': ['JSON_SYNTAX_ERROR 0:0'], 'package.json': [], 'settings.jsonc': [],
    });
  });

  test('tells what it knows of the place under the pointer', async () => {
    const uri = 'file:///work/hover.json';
    await open(uri, policy);
    const hover = async (words) => (await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: positionOf(policy, words) }))?.contents.value ?? null;
    assert.match(await hover('"ssm:StartSesion"'), /^\*\*Invalid action\*\* \(INVALID_ACTION\)\n\n.+\[More\]\(https:/s);
    const action = await hover('"ssm:StartSession"');
    assert.match(action, /^\*\*ssm:StartSession\*\*: Starting sessions\. AWS Systems Manager, Write\.\n\nResources:\n\n(- [\w-]+( \(always named\))?: `arn:[^\n]+\n)+\n?/);
    assert.match(action, /\n\nCondition keys: [^\n]*`ssm:SessionDocumentAccessCheck` \(Bool\)/);
    assert.match(action, /\n\nSession Manager needs ssm:StartSession for:\n\n(- .+\n){5}- and \d+ more$/);
    assert.match(await hover('"Resource": ["arn'), /^- Allows starting sessions/);
    assert.equal(await hover('"*"'), null);
  });

  test('tells of patterns how many actions they are, and of condition keys their type and operators', async () => {
    const uri = 'file:///work/keys.json';
    const text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["ssm:Start*", "s3:GetObjekt*"], "Resource": "*", "Condition": {"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true", "aws:TagKeys": "a", "aws:PrincipalTag/Team": "web", "x:y": "z"}}}}';
    await open(uri, text);
    const hover = async (words) => (await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: positionOf(text, words) }))?.contents.value ?? null;
    assert.match(await hover('"ssm:Start*"'), /^ssm:Start\* is \d+ actions: ssm:Start\w+, [^\n]+\.$/);
    assert.doesNotMatch(await hover('"s3:GetObjekt*"') ?? '', / actions:/);
    assert.match(await hover('"ssm:SessionDocumentAccessCheck"'), /\*\*ssm:SessionDocumentAccessCheck\*\*: a condition key of type Bool\. Operators: `Bool`\.$/);
    assert.match(await hover('"aws:TagKeys"'), /\*\*aws:TagKeys\*\*: a condition key of type String, of which a request may have several values: /);
    assert.match(await hover('"aws:PrincipalTag/Team"'), /\*\*aws:PrincipalTag\/\$\{TagKey\}\*\*: a condition key of type String\. /);
    assert.doesNotMatch(await hover('"x:y"') ?? '', /condition key of type/);
  });

  test('completes elements, effects and actions, and whole policies', async () => {
    const uri = 'file:///work/new.json';
    await open(uri, '');
    const complete = (position) => connection.sendRequest('textDocument/completion', { textDocument: { uri }, position });
    const whole = await complete({ line: 0, character: 0 });
    assert.deepEqual(whole.map(({ label }) => label), ['Session Manager: the role of a node', 'Session Manager: a person who starts sessions']);
    assert.equal(JSON.parse(whole[0].textEdit.newText).Version, '2012-10-17');
    const broken = '{"Version": "2012-10-17", "Statement": [{"Effect": "", "Action": ["ssm:"], ""}, {"Action": ["s"]}, {"Action": "ssm:StartSession", "Resource": [""], "Condition": {"", "Bool": {""}}}]}';
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: broken }] });
    const labels = async (words) => (await complete({ line: 0, character: broken.indexOf(words) + words.length })).map(({ label }) => label);
    assert.deepEqual(await labels('"Effect": "'), ['Allow', 'Deny']);
    assert.ok((await labels('["ssm:')).includes('ssm:StartSession'));
    assert.ok((await labels('], "')).includes('Condition'));
    const actions = await labels('["ssm:');
    assert.ok(actions.length > 100 && actions.every((label) => label.startsWith('ssm:')), 'those of the service that is written');
    const services = await labels('{"Action": ["s');
    assert.ok(['s3:', 'sts:', 'ec2:'].every((label) => services.includes(label)));
    const resources = await labels('"Resource": ["');
    assert.ok(['*', 'arn:aws:ec2:*:*:instance/*'].every((label) => resources.includes(label)), resources.join());
    const operators = await labels('"Condition": {"');
    assert.ok(['Bool', 'StringLike', 'Null', 'NotIpAddress'].every((label) => operators.includes(label)), operators.join());
    const keys = await labels('"Bool": {"');
    assert.ok(['ssm:SessionDocumentAccessCheck', 'aws:SourceIp', 'aws:PrincipalTag/${TagKey}'].every((label) => keys.includes(label)), keys.join());
  });

  test('finds policies in templates and modules, and says nothing of what is known at deploy time only', async () => {
    const uri = 'file:///work/stack%20one/role.yaml';
    await open(uri, template, 'yaml');
    assert.deepEqual((await diagnostics(uri, 1)).map(({ code, range: { start } }) => `${code} ${start.line}:${start.character}`),
      ['INVALID_ACTION 16:21', 'INVALID_ACTION 28:20', 'INVALID_ACTION 38:42']);
    const range = { start: { line: 16, character: 22 }, end: { line: 16, character: 22 } };
    const [change] = await connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
    const [{ newText, range: { start } }] = change.edit.changes[uri];
    assert.deepEqual([newText.replaceAll(/["']/g, ''), start.line], ['sts:AssumeRole', 16]);
    const about = await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: positionOf(template, 'Resource:') });
    assert.match(about.contents.value, /\$\{BucketName\}/);
    assert.doesNotMatch(about.contents.value, /unknown\d/);
    const tf = 'file:///work/main.tf';
    await open(tf, module, 'terraform');
    const told = await diagnostics(tf, 1);
    assert.equal(told.length, 4);
    assert.match(told.find(({ code }) => code === undefined).message, /^Not checked: the file alone does not tell what aws_kms_key\.directive\.policy is: <</);
    const [fix] = await connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: tf }, range: { start: { line: 6, character: 40 }, end: { line: 6, character: 40 } }, context: { diagnostics: [] } });
    assert.deepEqual(fix.edit.changes[tf].map(({ range: { start } }) => start.line), [6]);
  });

  test('says of a broken text where it is broken, and clears what was told when it is closed', async () => {
    const uri = 'file:///work/broken.yaml';
    await open(uri, 'Resources:\n  R: {Type: AWS::IAM::Role\n', 'yaml');
    const [problem] = await diagnostics(uri, 1);
    assert.match(problem.message, /^This is not YAML: .+\.$/);
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual(await diagnostics(uri, undefined), []);
  });

  test('stops when it is told to', async () => {
    assert.deepEqual(await client.stop(), [0, null]);
    assert.deepEqual(client.complaints, []);
  });
});

test('who does not speak the protocol is told so in a line; what is no message later is passed over', async () => {
  const cli = join(ROOT, 'dist/cli.cjs');
  const told = /^postern: Standard input does not speak the Language Server Protocol: [^\n]+\. Editors start "postern lsp"; docs\/editors\.md tells how\.\n$/;
  const framed = (text) => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  const said = async (input, isLeftOpen = false) => {
    const child = spawn(process.execPath, [cli, 'lsp'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
      if (isLeftOpen && stdout.includes('"id":2,')) child.stdin.end(framed(JSON.stringify({ jsonrpc: '2.0', method: 'exit' })));
    });
    child.stderr.on('data', (text) => { stderr += text; });
    child.stdin.on('error', () => {})[isLeftOpen ? 'write' : 'end'](input);
    const code = await new Promise((resolve) => { child.on('close', resolve); });
    return { code, stdout, stderr };
  };
  const wrong = [];
  for (const input of ['', 'hello\n', 'hello\r\n\r\n', 'Content-Length: x\r\n\r\n{}', framed('hello'), framed('{}'), framed('null'), framed('[]'), '{"jsonrpc": "2.0", "id": 1, "method": "initialize"}\n']) {
    const { code, stdout, stderr } = await said(input);
    if (code !== 2 || stdout !== '' || !told.test(stderr)) wrong.push([input, code, stdout, stderr]);
  }
  assert.deepEqual(wrong, []);
  const request = (id, method, params) => framed(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  const { stdout, stderr } = await said(`${request(1, 'initialize', { processId: null, rootUri: null, capabilities: {} })}${framed('{}')}${framed('hello')}${request(2, 'shutdown', null)}`, true);
  assert.match(stdout, /"id":1,/);
  assert.match(stdout, /"id":2,/);
  assert.match(stderr, /^(postern: A message was passed over: [^\n]+\.\n){2}$/);
});
