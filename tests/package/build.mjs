import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, installed, userRequire } from './install.mjs';

const { PosternError, buildNodePolicy, buildOperatorPolicy, buildRelated, validatePolicy } = userRequire('postern');
const golden = (name) => JSON.parse(readFileSync(join(ROOT, 'tests/golden', name), 'utf8'));

test('every golden document can be built from options', () => {
  const rebuilt = JSON.parse(readFileSync(join(ROOT, 'tests/session/rebuilt.json'), 'utf8'));
  assert.ok(rebuilt.length > 80, `${rebuilt.length} documents`);
  const builders = { node: buildNodePolicy, operator: buildOperatorPolicy };
  for (const { file, call, equal, options } of rebuilt) {
    const built = Object.hasOwn(builders, call) ? builders[call](options) : buildRelated(call, options);
    const made = JSON.parse(built.json);
    assert.deepEqual(built.policy ?? built.document, made, file);
    // The rest differs in Sids and order, or has words to fill in; tests/session_golden.rs knows which.
    if (equal === 'bytes' && file.includes('add-to-existing-role')) assert.deepEqual(made, golden(`${file}.json`), file);
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
  assert.equal(schema.$defs.NodeOptions.additionalProperties, false);
  assert.deepEqual(schema.$defs.S3LogsOptions.required, ['bucket']);
  const { type, minimum, maximum } = schema.$defs.PreferencesDocumentOptions.properties.idleSessionTimeout;
  assert.deepEqual({ type, minimum, maximum }, { type: 'integer', minimum: 1, maximum: 60 });
  assert.equal(schema.anyOf.length, 13);
  assert.equal(userRequire.resolve('postern/options.schema.json').endsWith('options.schema.json'), true);
  assert.throws(() => buildRelated('bucket', {}), (error) => error instanceof PosternError && error.path === 'kind');
});
