// The language server reads postern.json as a check does, and reads it anew when it changes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { started } from './lsp-client.mjs';
import { PASS_ROLE, TYPO, folder, policy, postern } from './run.mjs';

const reason = 'The pipeline makes roles of any name.';
const suppression = { code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE', files: 'deploy.json', reason };
const codes = (all) => all.map(({ code }) => code);

/** An editor that has a folder open; `uri` of a path in it. */
async function editor(t, root, options = {}) {
  const uri = (path) => pathToFileURL(join(root, path)).href;
  const client = await started({ folders: [pathToFileURL(root).href], ...options });
  t.after(() => client.kill());
  return {
    client, uri,
    open: (path, text) => client.open(uri(path), typeof text === 'string' ? text : JSON.stringify(text)),
    told: (path, is) => client.toldOf(uri(path), is),
    write: (path, content) => writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content)),
    changed: (path, type = 2) => client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(path), type }] }),
  };
}

test('an editor is told what a check tells: by the types, suppressions and excluded files of the nearest configuration', async (t) => {
  const scp = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
  const files = { 'deploy.json': PASS_ROLE, 'other.json': PASS_ROLE, 'scps/a.json': scp, 'vendor/b.json': TYPO, 'sub/typo.json': TYPO, 'sub/deploy.json': PASS_ROLE };
  const root = folder({
    ...files,
    'postern.json': { exclude: ['vendor'], policies: [{ files: 'scps/**', type: 'scp' }], suppressions: [suppression] },
    'sub/postern.json': { suppressions: [{ code: 'INVALID_ACTION', files: 'typo.json', reason }] },
  });
  const checked = async (cwd) => Object.fromEntries(JSON.parse((await postern(['check', '--format', 'json', '.'], { cwd })).stdout).files
    .map(({ file, policies }) => [file, policies.flatMap(({ findings }) => findings.map(({ issueCode }) => issueCode)).sort()]));
  const [outer, inner] = [await checked(root), await checked(join(root, 'sub'))];
  const { client, open, told } = await editor(t, root);
  const seen = {};
  for (const [path, text] of Object.entries(files)) {
    await open(path, text);
    seen[path] = codes(await told(path, () => true)).sort();
  }
  assert.deepEqual(seen, {
    'deploy.json': outer['deploy.json'], 'other.json': outer['other.json'], 'scps/a.json': outer['scps/a.json'], 'vendor/b.json': [],
    'sub/typo.json': inner['typo.json'], 'sub/deploy.json': inner['deploy.json'],
  });
  assert.ok(seen['scps/a.json'].length > 0 && seen['other.json'].includes(suppression.code) && !seen['deploy.json'].includes(suppression.code) && seen['sub/typo.json'].length === 0, JSON.stringify(seen));
});

test('a configuration that changes is read anew, and one outside the workspace counts for nothing', async (t) => {
  const root = folder({ 'postern.json': { exclude: ['**'] }, 'repo/deploy.json': PASS_ROLE });
  const { client, open, told, write, changed } = await editor(t, join(root, 'repo'), { capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } });
  await open('deploy.json', PASS_ROLE);
  await told('deploy.json', (all) => codes(all).includes(suppression.code));
  assert.deepEqual(client.registered.map(({ method, registerOptions }) => [method, registerOptions.watchers]), [['workspace/didChangeWatchedFiles', [{ globPattern: '**/postern.json' }]]]);
  write('postern.json', { suppressions: [suppression] });
  await changed('postern.json', 1);
  await told('deploy.json', (all) => !codes(all).includes(suppression.code));
  write('postern.json', { suppressions: [{ ...suppression, files: 'another.json' }] });
  await changed('postern.json');
  await told('deploy.json', (all) => codes(all).includes(suppression.code));
  // Without a word of the editor it is seen when the text is checked again.
  write('postern.json', { suppressions: [suppression] });
  const uri = pathToFileURL(join(root, 'repo/deploy.json')).href;
  await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: `${JSON.stringify(PASS_ROLE)}\n` }] });
  await told('deploy.json', (all) => !codes(all).includes(suppression.code));
  rmSync(join(root, 'repo/postern.json'));
  await changed('postern.json', 3);
  await told('deploy.json', (all) => codes(all).includes(suppression.code));
});

test('a broken configuration is told in its file, and what it said before holds', async (t) => {
  const root = folder({ 'postern.json': { suppressions: [suppression] }, 'deploy.json': PASS_ROLE });
  const { client, open, told, write, changed, uri } = await editor(t, root);
  await open('deploy.json', PASS_ROLE);
  await told('deploy.json', (all) => !codes(all).includes(suppression.code));
  const broken = '{\n  "suppressions": [\n    {"code": "PASS_ROLE", "files": "a.json", "reason": "x"},\n    {"code": "INVALID_ACTION", "files": "a.json"}\n  ],\n  "exlude": []\n}\n';
  write('postern.json', broken);
  await changed('postern.json');
  const places = (all) => all.map(({ range: { start, end }, severity, message }) => `${severity} ${start.line}:${start.character}-${end.line}:${end.character} ${message}`);
  const mistakes = places(await told('postern.json', (all) => all.length > 0));
  const begins = [
    /^1 0:0-0:0 the file has no field "exlude"\. Its fields are /, /^1 2:13-2:24 suppressions\[0\]\.code: there is no check "PASS_ROLE"\./,
    /^1 3:4-3:49 suppressions\[1\]\.reason is missing: /,
  ];
  assert.ok(mistakes.length === begins.length && begins.every((begin, i) => begin.test(mistakes[i])), mistakes.join('\n'));
  await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri: uri('deploy.json'), version: 2 }, contentChanges: [{ text: `${JSON.stringify(PASS_ROLE)}\n` }] });
  assert.ok(!codes(await client.diagnostics(uri('deploy.json'), 2)).includes(suppression.code));
  // In an editor it is told of the text there; closed, of the file.
  await open('postern.json', '{"failOn": "x"}');
  assert.match((await told('postern.json', (all) => all.length === 1))[0].message, /^failOn is /);
  await client.close(uri('postern.json'));
  await told('postern.json', (all) => all.length === 3);
  write('postern.json', '{\n  "exclude": [,]\n}');
  await changed('postern.json');
  const [syntax] = await told('postern.json', (all) => all.length === 1);
  assert.equal(syntax.range.start.line, 1);
  write('postern.json', {});
  await changed('postern.json');
  await told('postern.json', (all) => all.length === 0);
  await told('deploy.json', (all) => codes(all).includes(suppression.code));
  assert.deepEqual(client.complaints, []);
});

test('a pipe under the name of a configuration is told, and files are checked without it', { skip: process.platform === 'win32' }, async (t) => {
  const root = folder({ 'deploy.json': PASS_ROLE });
  execFileSync('mkfifo', [join(root, 'postern.json')]);
  const { client, open, told } = await editor(t, root);
  await open('deploy.json', PASS_ROLE);
  await told('deploy.json', (all) => codes(all).includes(suppression.code));
  assert.deepEqual((await told('postern.json', (all) => all.length > 0)).map(({ message }) => message), ['it is a pipe, a socket or a device, and was not read.']);
  assert.deepEqual(client.complaints, []);
});

test('texts that are no files have no configuration', async (t) => {
  const { client } = await editor(t, folder({ 'postern.json': { exclude: ['**'] } }));
  for (const uri of ['untitled:Untitled-1', 'file:///work/%zz.json', 'file://elsewhere/share/a.json']) {
    await client.open(uri, JSON.stringify(TYPO));
    assert.deepEqual(codes(await client.toldOf(uri, () => true)), ['INVALID_ACTION'], uri);
  }
});

test('a file that IAM would refuse is told in an editor as well, beside what is found in it', async (t) => {
  const { open, told } = await editor(t, folder({}));
  await open('curly.json', JSON.stringify(TYPO).replaceAll('"', '\u201d'));
  const diagnostics = await told('curly.json', () => true);
  assert.deepEqual(codes(diagnostics), ['JSON_SYNTAX_ERROR', 'INVALID_ACTION']);
  assert.match(diagnostics.map(({ message }) => message).join('\n'), /There are typographic quotation marks/);
});

test('what is told of a whole file is suppressed as a finding is', async (t) => {
  const { open, told } = await editor(t, folder({ 'postern.json': { suppressions: [{ code: 'JSON_SYNTAX_ERROR', files: 'curly.json', reason }] } }));
  await open('curly.json', JSON.stringify(TYPO).replaceAll('"', '\u201d'));
  assert.deepEqual(codes(await told('curly.json', () => true)), ['INVALID_ACTION']);
});

test('of folders of the workspace within each other the innermost one counts, whichever was opened first', async (t) => {
  const root = folder({ 'postern.json': { exclude: ['**'] }, 'repo/deploy.json': PASS_ROLE });
  const [outer, inner] = [root, join(root, 'repo')].map((path) => pathToFileURL(path).href);
  for (const folders of [[outer, inner], [inner, outer]]) {
    const { open, told } = await editor(t, root, { folders });
    await open('repo/deploy.json', PASS_ROLE);
    assert.deepEqual(codes(await told('repo/deploy.json', () => true)), [suppression.code], folders.join(' '));
  }
});
