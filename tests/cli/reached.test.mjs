// A policy is read the same whether its file was named, stands in a folder or is meant by a glob: what the text holds decides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLEAN, TYPO, folder, policy, postern, statement } from './run.mjs';

const TEXT = JSON.stringify(TYPO);
const [WRONG] = TYPO.Statement;

/** Of a file, which policies are checked, with the codes of what is found, and the exit code. */
async function checked(words, cwd) {
  const { code, stdout, stderr } = await postern(['check', ...words, '--format', 'json', '--no-config'], { cwd });
  const { files, summary } = JSON.parse(stdout);
  const told = files.flatMap(({ policies }) => policies.map((one) => `${one.policy}: ${one.findings.map(({ issueCode }) => issueCode)}`));
  return { code, told, problems: summary.problems.map(({ message }) => message), isOther: /holds? no policy/.test(stderr) };
}

/** The same of each of the three ways; where they differ, all three. */
async function reached(name, content) {
  const cwd = folder({ [name]: content });
  const [named, ...others] = await Promise.all([[name], ['.'], [`*.${name.split('.').at(-1)}`]].map((words) => checked(words, cwd)));
  return others.every((one) => JSON.stringify(one) === JSON.stringify(named)) ? named : [named, ...others];
}

async function mistakes(cases) {
  const wrong = [];
  for (const [what, name, content, told] of cases) {
    const seen = await reached(name, content);
    try { assert.deepEqual(seen, { code: told.length === 0 ? 2 : 1, told, problems: seen.problems, isOther: false }); } catch { wrong.push(`${what}: ${JSON.stringify(seen)}`); }
  }
  return wrong;
}

test('a policy inside something else is read wherever its file stands', async () => {
  assert.deepEqual(await mistakes([
    ['a list', 'a.json', [TYPO], ['[0]: INVALID_ACTION']],
    ['an object of policies', 'a.json', { deploy: TYPO, read: CLEAN }, ['deploy: INVALID_ACTION', 'read: ']],
    ['deep', 'a.json', { a: { b: [{ c: TYPO }] } }, ['a.b[0].c: INVALID_ACTION']],
    ['as a string', 'a.json', { tests: [{ input: TEXT }] }, ['tests[0].input: INVALID_ACTION']],
    ['a string of JSON', 'a.json', JSON.stringify(TEXT), [': DATA_TYPE_MISMATCH,INVALID_ACTION']],
    ['percent-encoded', 'a.json', { x: encodeURIComponent(TEXT) }, ['x: INVALID_ACTION']],
    ['a list of names and documents', 'a.json', { Policies: [{ PolicyName: 'p', Document: TYPO }] }, ['Policies[0].Document: INVALID_ACTION']],
    ['a statement', 'a.json', WRONG, [': MISSING_STATEMENT,INVALID_ACTION']],
    ['statements', 'a.json', [WRONG, statement()], [': DATA_TYPE_MISMATCH,INVALID_ACTION']],
    ['statements below a key', 'a.json', { statements: [WRONG], name: 'x' }, ['statements: INVALID_ACTION']],
    ['a misspelt key', 'a.json', { deploy: { Version: '2012-10-17', Statements: [statement()] } }, ['deploy: MISSING_STATEMENT,INVALID_POLICY_ELEMENT']],
    ['no statement', 'a.json', { deploy: policy() }, ['deploy: MISSING_STATEMENT']],
    ['no action', 'a.json', { deploy: policy(statement({ Action: undefined })) }, ['deploy: MISSING_ACTION']],
    ['resources that are no template', 'a.json', { Resources: ['x'], policy: TYPO }, ['policy: INVALID_ACTION']],
    ['small letters', 'a.json', { version: '2012-10-17', statement: [{ effect: 'Allow', action: '*', resource: '*' }] }, [': MISSING_STATEMENT,MISSING_VERSION,INVALID_POLICY_ELEMENT,INVALID_POLICY_ELEMENT']],
    ['a broken list', 'a.json', `[${TEXT},]`, [': JSON_SYNTAX_ERROR']],
    ['YAML of Pulumi', 'Pulumi.yaml', `name: x\nruntime: yaml\nresources:\n  p:\n    type: aws:iam:Policy\n    properties:\n      policy:\n        fn::toJSON:\n          Version: "2012-10-17"\n          Statement:\n            - Effect: Allow\n              Action: s3:GetObjekt\n              Resource: "\${bucket.arn}/*"\n`, ['resources.p.properties.policy.fn::toJSON: INVALID_ACTION']],
    ['a manifest', 'm.yml', `kind: Policy\nspec:\n  document: |\n    ${TEXT}\n`, ['spec.document: INVALID_ACTION']],
    ['UTF-16 without a mark', 'a.json', Buffer.from(TEXT, 'utf16le'), []],
    ['UTF-16 the other way round', 'a.json', Buffer.from(TEXT, 'utf16le').swap16(), []],
    ['a fence', 'a.policy', `People:\n\`\`\`json\n${TEXT}\n\`\`\`\n`, [': INVALID_ACTION']],
  ]), []);
});

test('a policy among comments is a mistake for IAM, in files of every name', async () => {
  const cases = ['json', 'jsonc', 'json5'].flatMap((kind) => [
    [`.${kind} with a comment first`, `people.${kind}`, `// people\n${TEXT}\n`, [': JSON_SYNTAX_ERROR']],
    [`.${kind} with a comment inside`, `people.${kind}`, `{ /* people */ ${TEXT.slice(1)}`, [': JSON_SYNTAX_ERROR']],
    [`.${kind} without quotes`, `people.${kind}`, `{Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}`, [': JSON_SYNTAX_ERROR']],
    [`.${kind} without comments`, `people.${kind}`, TEXT, [': INVALID_ACTION']],
  ]);
  assert.deepEqual(await mistakes(cases), []);
});

test('what is not clearly a policy of IAM has no findings in a folder', async () => {
  const files = {
    'package.json': { name: 'x', scripts: { Action: 'Effect' } }, 'tsconfig.jsonc': '{\n  // strict\n  "strict": true,\n}\n',
    'schema.json': { properties: { Statement: { type: 'array', items: { properties: { Effect: { enum: ['Allow', 'Deny'] }, Action: { type: 'string' } } } } } },
    'azure.json': { properties: { policyRule: { if: { field: 'type', Action: 'x' }, then: { effect: 'deny' } } } },
    'other-cloud.json': { rules: [{ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }] }], version: '2.0', statement: [{ effect: 'allow', action: ['cos:*'], resource: ['*'] }] },
    'stack.json': { policy: { Statement: [{ Effect: 'Deny', Action: 'Update:*', Principal: '*', Resource: '*' }] } },
    'masking.json': { policy: { Version: '2021-06-01', Statement: [{ Sid: 'a', DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/Address'], Operation: { Audit: {} }, Effect: 'Allow', Action: 'x' }] } },
    'tree.json': { version: 'tree-0.1', tree: { attributes: { 'aws:cdk:cloudformation:props': { policyDocument: TYPO } } } },
    'half.json': [WRONG, { name: 'x' }], 'texts.json': { help: 'Say "Effect": "Allow" and an Action in a Statement.' },
    'broken.yml': 'a: [\n  Statement: Effect Action\n', 'policy.json': policy(statement()),
  };
  const { code, told, problems } = await checked(['.'], folder(files));
  assert.deepEqual({ code, told, problems }, { code: 0, told: [': '], problems: [] }, 'of the one policy there is nothing to tell');
});

test('a policy of another tool is told by the expressions that fill it in, and fixed where it stands', async () => {
  const twice = policy(statement({ Action: ['s3:GetObject', 's3:GetObject'], Resource: { 'Fn::Sub': '${Bucket}/*' } }));
  const cwd = folder({ 'a.json': { list: [twice, policy(statement({ Action: ['s3:GetObject', 's3:GetObject'] }))] } });
  const { stdout } = await postern(['check', '.', '--no-config', '--fix'], { cwd });
  assert.match(stdout, /^No findings in 2 policies of 1 file\. 2 mended\./m);
  const { code } = await postern(['check', '.', '--no-config', '--fail-on', 'suggestion'], { cwd });
  assert.equal(code, 0);
});
