import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, installed, userRequire } from './install.mjs';

const { PosternError, buildNodePolicy, buildOperatorPolicy, buildRelated, validatePolicy } = userRequire('postern');
const golden = (name) => JSON.parse(readFileSync(join(ROOT, 'tests/golden', name), 'utf8'));

test('every golden document can be built from options', () => {
  const rebuilt = JSON.parse(readFileSync(join(ROOT, 'tests/session/rebuilt.json'), 'utf8'));
  const rows = Object.entries(rebuilt);
  assert.ok(rows.length > 80, `${rows.length} documents`);
  for (const [file, [call, options]] of rows) {
    const built = { node: () => buildNodePolicy(options), operator: () => buildOperatorPolicy(options) }[call]?.()
      ?? buildRelated(call, options);
    const made = JSON.parse(built.json);
    if (file.startsWith('published')) assert.deepEqual(made, golden(file), file);
    assert.deepEqual(built.policy ?? built.document, made, file);
  }
});

test('a policy for people says what it allows, and the checks find no fault in it', () => {
  const { json, notes } = buildOperatorPolicy({
    region: 'eu-west-1', accountId: '111122223333', targets: { tags: { Env: 'dev' } }, scope: 'least-privilege',
  });
  assert.equal(notes[0].code, 'SUMMARY');
  assert.match(json, /"aws:ResourceTag\/Env": "dev"/);
  assert.deepEqual(validatePolicy(json).filter(({ findingType }) => findingType === 'ERROR'), []);
});

test('the schema of the options is in the package', () => {
  const schema = JSON.parse(installed('dist/options.schema.json'));
  assert.ok(schema.$defs.NodeOptions.properties.heartbeat.description.length > 0);
  assert.equal(userRequire.resolve('postern/options.schema.json').endsWith('options.schema.json'), true);
  assert.throws(() => buildRelated('bucket', {}), (error) => error instanceof PosternError && error.path === 'kind');
});
