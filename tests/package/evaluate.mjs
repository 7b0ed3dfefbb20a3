import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, userRequire } from './install.mjs';

const { PosternError, evaluate } = userRequire('postern');

const cases = (name) => readFileSync(join(ROOT, 'tests/conformance', name), 'utf8').trimEnd().split('\n').map(JSON.parse);

test('every conformance case of the decisions is decided as it says', () => {
  const known = cases('evaluation.jsonl');
  assert.ok(known.length > 400, `${known.length} cases`);
  const inOrder = (matched) => matched?.map(({ policy, statement }) => `${policy} ${statement}`).sort() ?? null;
  for (const { name, policies, request, expect, matched } of known) {
    const found = evaluate({ policies, request });
    assert.deepEqual([found.decision, found.possible, found.dependsOn], [expect, [expect], []], name);
    assert.deepEqual(inOrder(found.matched), inOrder(matched), name);
    assert.ok(found.reasons.every(({ message }) => /^[A-Z].*[.]$/s.test(message)), name);
  }
  for (const { name, policies, request, expect, possible, keys } of cases('evaluation-unknown.jsonl')) {
    const found = evaluate({ policies, request });
    assert.deepEqual([found.decision, found.possible, found.dependsOn], [expect, possible, keys], name);
  }
});

test('a broken policy is named by its place', () => {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'allow', Action: '*', Resource: '*' }] };
  const [{ request }] = cases('evaluation.jsonl');
  const broken = () => evaluate({ policies: { identity: [{ name: 'p', document }] }, request });
  assert.throws(broken, (error) => error instanceof PosternError && error.code === 'INVALID_POLICY'
    && error.path === 'input.policies.identity[0].document.Statement[0].Effect');
});
