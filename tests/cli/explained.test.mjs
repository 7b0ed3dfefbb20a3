// Every word for programs that the command line prints, and every code of the package's errors, is explained by
// "postern explain": the words are taken from where they are made.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import { ROOT, postern } from './run.mjs';

const bundle = mkdtempSync(join(ROOT, 'target', 'explained-'));
after(() => rmSync(bundle, { recursive: true }));
const { explainError, listCapabilities, listChecks } = createRequire(import.meta.url)(join(ROOT, 'dist/node.cjs'));
const TABLE = readFileSync(join(ROOT, 'src/data/messages.txt'), 'utf8').split('\n').map((line) => line.split('\t')).filter(([kind]) => /^(?:step|why|alone|usual)$/.test(kind));
await esbuild.build({
  outfile: join(bundle, 'words.cjs'), absWorkingDir: ROOT, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning', tsconfigRaw: {},
  define: { POSTERN_MESSAGES: JSON.stringify(Object.fromEntries(TABLE.map(([, , code, , , texts]) => [code, texts.split(' | ')[0]]))) },
  stdin: { contents: "export * from './codes.ts'; export * from './messages.ts'; export { NOTES } from './notes.ts';", resolveDir: join(ROOT, 'src/npm/cli') },
});
const { ERRORS, NOTES, messageOf, wordFor } = await import(join(bundle, 'words.cjs'));

const read = (...path) => readFileSync(join(ROOT, 'src', ...path), 'utf8');
const all = (text, pattern) => [...new Set(Array.from(text.matchAll(pattern), ([, word]) => word))];
const union = (name) => all(new RegExp(`type ${name} =([^;]+);`).exec(read('npm', 'types.d.ts'))[1], /"([A-Z_]+)"/g);
const files = (...folder) => readdirSync(join(ROOT, 'src', ...folder), { recursive: true }).filter((name) => /\.\w+$/.test(name)).map((name) => read(...folder, name.replaceAll('\\', '/')));
const diagnose = ['error_text', 'reason', 'paste'].map((name) => [name, [read('diagnose', `${name}.rs`), ...(name === 'paste' ? [] : files('diagnose', name))].join('\n')]);
const texts = Object.fromEntries(diagnose);

/** The codes of error messages: those of the table, and those in the code beside it. */
const MESSAGES = [...new Set([...TABLE.map(([, , code]) => code), ...all(texts.error_text.replace(/\/\/.*|#\[cfg\(test\)\][^]*?\n}\n/g, ''), /"([A-Z]+(?:_[A-Z0-9]+)+)"/g)])];

test('each code of an error message has a message that is explained by it alone', () => {
  const wrong = [];
  for (const code of MESSAGES) {
    const message = messageOf(code);
    const codes = message === null ? [] : explainError(message).map((one) => one.code);
    if (codes.join() !== code && wordFor(code) === null) wrong.push(`${code}: ${message} is ${codes}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(MESSAGES.length > 230, `${MESSAGES.length} codes`);
});

test('each other word of the output is explained, and only one code means two things', async () => {
  const reports = all(['gitlab', 'sarif', 'junit', 'json', 'github'].map((name) => read('npm', 'cli', 'reports', `${name}.ts`)).join('\n'), /= '([A-Z]+(?:_[A-Z]+)+)';/g);
  const kinds = [...all(texts.reason, /ReasonKind::\w+ => "(\w+)"/g), ...all(texts.paste, /^\s+Kind::[\w| :]+ => "([\w-]+)"/gm)];
  assert.ok(kinds.length > 20 && reports.length > 1, `${kinds} ${reports}`);
  const errors = union('PosternErrorCode').filter((code) => !reports.includes(code));
  assert.deepEqual(Object.keys(ERRORS).sort(), errors.sort());
  assert.deepEqual(Object.keys(NOTES).sort(), union('NoteCode').sort());
  assert.deepEqual([...errors, ...reports, ...kinds].filter((word) => wordFor(word) === null), []);
  const codes = [...listChecks().map(({ issueCode }) => issueCode), ...errors, ...Object.keys(NOTES), ...MESSAGES.filter((code) => messageOf(code) !== null)];
  // What is missing in a call is told by the package and by AWS.
  assert.deepEqual(codes.filter((code, i) => codes.indexOf(code) !== i), ['REGION_MISSING']);
  const { stdout } = await postern(['explain', 'REGION_MISSING']);
  assert.match(stdout, /^REGION_MISSING: an error of the package[^]*\nThe same, of an error message:\n\nREGION_MISSING\n {2}\S/);
  assert.equal(JSON.parse((await postern(['explain', 'REGION_MISSING', '--format', 'json'])).stdout).messages[0].code, 'REGION_MISSING');
  const ends = listCapabilities().map(({ id }) => id.split('.').at(-1));
  assert.deepEqual(kinds.filter((word) => ends.includes(word)), []);
});

test('each word for a result or a value of a field is explained, and each open question', async () => {
  const types = read('npm', 'types.d.ts');
  const fields = Array.from(types.matchAll(/^ {2}(relation|result|cause|layer|level|before|applicability|side): ((?:"\w+"(?: \| (?:null)?)?)+);/gm), ([, , words]) => all(words, /"(\w+)"/g));
  const unions = ['DecisionName', 'Layer', 'FindingType', 'PolicyType', 'AccessPolicyType'].map((name) => all(new RegExp(`type ${name} =([^;]+);`).exec(types)[1], /"(\w+)"/g));
  const questions = all([read('evaluate.rs'), read('access.rs'), ...files('evaluate'), ...files('diagnose')].join('\n'), /"(\?[a-z]+(?:-[a-z]+)*)"/g);
  assert.ok(fields.length > 8 && unions.every(({ length }) => length > 2) && questions.length > 20, `${fields} ${unions} ${questions}`);
  const words = [...new Set([...fields, ...unions, questions].flat())];
  assert.deepEqual(words.filter((word) => wordFor(word)?.code !== word), []);
  const taken = [...listCapabilities().map(({ id }) => id.split('.').at(-1)), ...listChecks().map(({ issueCode }) => issueCode), ...Object.keys(NOTES), ...MESSAGES];
  assert.deepEqual(words.filter((word) => taken.includes(word)), []);
  const told = await Promise.all([['PASS'], ['pass'], ['UNKNOWN'], ['unknown'], ['limit'], ['?limit'], ['denied'], ['?50-more'], ['980-more-policies'], ['identity', '--format', 'json']].map(async (given) => (await postern(['explain', ...given])).stdout));
  assert.deepEqual(told.slice(0, 9).map((text) => [/^(\S+): /.exec(text)?.[1], text.trim().split('\n\n').length]), [['PASS', 2], ['PASS', 2], ['UNKNOWN', 2], ['unknown', 2], ['?limit', 2], ['?limit', 2], ['denied', 2], ['?N-more', 2], ['?N-more-policies', 2]]);
  assert.equal(JSON.parse(told.at(-1)).when, 'What aws iam get-role, list-roles or get-user print.\n\nThe policies that a role, a user or a group has.');
});

test('explain names the types of policies in the words of a check', async () => {
  const told = {};
  const checks = { POSTERN_ROLE_FOR_EVERYBODY: '', RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL: '', MISSING_PRINCIPAL: '', POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA: '', INVALID_ACTION: '', POSTERN_ACCESS_GAINED: '' };
  for (const code of Object.keys(checks)) [, told[code]] = /^Looks at: (.*)\.$/m.exec((await postern(['explain', code])).stdout);
  const all = 'identity policy, trust policy, resource policy, service control policy and resource control policy';
  assert.deepEqual(told, {
    POSTERN_ROLE_FOR_EVERYBODY: 'trust policy', RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL: 'resource policy', MISSING_PRINCIPAL: 'trust policy, resource policy and resource control policy',
    POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA: 'trust policy', INVALID_ACTION: all, POSTERN_ACCESS_GAINED: all,
  });
  // A check says so too.
  const { stdout } = await postern(['check', '-'], { input: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' } }) });
  assert.match(stdout, /checked as a trust policy .*\n.* POSTERN_ROLE_FOR_EVERYBODY/);
});

test('explain tells what each kind of code is', async () => {
  const wrong = [];
  for (const [word, wanted] of [
    ['SESSION_OWNER_TWICE', 'SESSION_OWNER_TWICE: an error of the package, and of "postern build"\n\nIt is said in two ways whose sessions are meant.\n'],
    ['tag-key-twice', 'TAG_KEY_TWICE: an error of'],
    ['valueNeeded', 'valueNeeded: the kind of a reason in "postern role --format json"\n\nA value must be given'],
    ['not-recognised', 'not-recognised: what a text was taken for'],
    ['NOT_CHECKED', 'NOT_CHECKED: of the reports of'],
    ['AGENT_HIBERNATES', 'AGENT_HIBERNATES\n  The agent did not get its report'],
    ['CHECK_SSM', 'CHECK_SSM\n  The node does not reach Systems Manager.'],
    ['BUCKET_MISSING', 'BUCKET_MISSING: an error of the package'],
  ]) {
    const { code, stdout } = await postern(['explain', word]);
    if (code !== 0 || !stdout.startsWith(wanted)) wrong.push(`${word}: ${stdout}`);
  }
  assert.deepEqual(wrong, []);
  const [told] = JSON.parse((await postern(['explain', 'AGENT_HIBERNATES', '--format', 'json'])).stdout);
  assert.equal(told.code, 'AGENT_HIBERNATES');
  assert.deepEqual(JSON.parse((await postern(['explain', 'RUN_AS_OFF', '--format', 'json'])).stdout), { code: 'RUN_AS_OFF', when: 'A user is given to run as, and Run As is off.' });
});

test('a word that only sounds like trouble is no name, and what is near is proposed', async () => {
  const wrong = [];
  for (const [word, near] of [['INVALID_ACTIONN', 'INVALID_ACTION'], ['MISSING_PRINCIPALS', 'MISSING_PRINCIPAL'], ['UNKNOWN_THING', null], ['needing', null], ['requiring', null], ['shel', 'shell']]) {
    const { code, stdout, stderr } = await postern(['explain', word]);
    if (code !== 2 || stdout !== '' || (near !== null && !stderr.includes(`Did you mean ${near}?`))) wrong.push(`${word}: ${code} ${stdout}${stderr}`);
  }
  assert.deepEqual(wrong, []);
});

test('each word that people read in a report or type for an option is explained by what stands there', async () => {
  const help = await Promise.all(['check', 'diff', 'role', 'explain'].map(async (command) => (await postern([command, '--help'])).stdout));
  const taken = help.flatMap((text) => all(text, /^ {2}--\S+ [A-Z]+ +((?:[a-z][\w-]*(?: \(default\))?, )+[a-z][\w-]*)(?=[;:\n]| \(default\))/gm)).flatMap((list) => list.replace(' (default)', '').split(', '));
  const uses = all(/CAPABILITIES: [^=]*= {\n([^]*?)\n};/.exec(read('npm', 'uses.ts'))[1], /^ {2}(\w+): {/gm);
  const { $defs } = JSON.parse(readFileSync(join(ROOT, 'dist/options.schema.json'), 'utf8'));
  const options = ['Scope', 'AttachTo', 'ExportFormat'].flatMap((name) => $defs[name].enum);
  const fields = all(/interface Diagnosis {([^]*?)\n}/.exec(read('npm', 'types.d.ts'))[1], /^ {2}(\w+): /gm);
  assert.ok(taken.length > 20 && uses.length > 4 && options.length > 10 && fields.length > 7, `${taken} ${uses} ${options} ${fields}`);
  const wrong = [];
  for (const word of new Set([...taken, ...uses, ...options, ...fields, 'gained', 'lost', 'gained?', 'guessed', 'security', 'notChecked', 'notCompared', 'fmt', 'known', 'operator'])) {
    const { code, stdout, stderr } = await postern(['explain', word]);
    if (code !== 0 || !/\n\n\S/.test(stdout)) wrong.push(`${word}: ${stdout}${stderr}`);
  }
  assert.deepEqual(wrong, []);
  const { stdout } = await postern(['explain', 'port']);
  assert.match(stdout, /^port: a short name in "postern role --wants"\n\nOf a node it asks:\n {2}node\.heartbeat: .*\n {2}node\.channel: .*\n\nOf people it asks:\n {2}operator\.port-forward: /);
  assert.equal(JSON.parse((await postern(['explain', 'lost', '--format', 'json'])).stdout).code, 'lost');
});
