import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, userRequire } from './install.mjs';

const { PosternError, evaluate, evaluateAll } = userRequire('postern');

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

test('many requests are answered in their order, each as alone', () => {
  const [{ policies }, ...rest] = cases('evaluation.jsonl');
  const requests = rest.map(({ request }) => request);
  const answers = evaluateAll({ policies, requests });
  assert.deepEqual(answers, requests.map((request) => evaluate({ policies, request })));
  assert.ok(new Set(answers.map(({ decision }) => decision)).size > 1);
  assert.deepEqual(evaluateAll({ policies, requests: [] }), []);
});

test('a wrong request among many is named by its place', () => {
  const [{ policies, request }] = cases('evaluation.jsonl');
  for (const [wrong, path] of [
    [{ ...request, action: 'ssm:*' }, 'input.requests[2].action'],
    [{ ...request, context: { a: 'b', A: 'c' } }, 'input.requests[2].context.A'],
    [{ ...request, context: { 'a:b': [{}] } }, 'input.requests[2].context.a:b'],
    [{ ...request, contexts: {} }, 'input.requests[2].contexts'],
    [7, 'input.requests[2]'],
  ]) {
    assert.throws(() => evaluateAll({ policies, requests: [request, request, wrong] }),
      (error) => error instanceof PosternError && error.code === 'INVALID_ARGUMENT' && error.path === path, path);
  }
  assert.throws(() => evaluateAll({ policies, request }), (error) => error.path === 'input.requests');
});

test('what requests leave out is taken from the shared one', () => {
  const requests = cases('evaluation.jsonl').map(({ request }) => request);
  for (const { policies, request } of cases('evaluation.jsonl').slice(0, 40)) {
    const fields = Object.keys(request);
    const alone = evaluate({ policies, request });
    for (const field of fields) {
      const { [field]: own, ...shared } = request;
      assert.deepEqual(evaluateAll({ policies, request: shared, requests: [{ [field]: own }] }), [alone], field);
    }
    assert.deepEqual(evaluateAll({ policies, request, requests: [{}, ...requests.slice(0, 5)] }),
      [alone, ...requests.slice(0, 5).map((own) => evaluate({ policies, request: { ...request, ...own } }))]);
  }
});

test('a wrong field is named where it stands, in the shared request or its own', () => {
  const [{ policies, request }] = cases('evaluation.jsonl');
  const { action, ...rest } = request;
  for (const [shared, own, path] of [
    [{ ...request, action: 'ssm:*' }, {}, 'input.request.action'],
    [request, { action: 'ssm:*' }, 'input.requests[0].action'],
    [rest, {}, 'input.requests[0].action'],
    [{ ...request, context: { a: 'b', A: 'c' } }, {}, 'input.request.context.A'],
    [{ ...request, contexts: {} }, {}, 'input.request.contexts'],
    [7, request, 'input.request'],
  ]) {
    assert.throws(() => evaluateAll({ policies, request: shared, requests: [own] }),
      (error) => error instanceof PosternError && error.code === 'INVALID_ARGUMENT' && error.path === path, path);
  }
  assert.equal(evaluateAll({ policies, request: rest, requests: [{ action }] }).length, 1);
});

test('texts of every kind reach the module whole', () => {
  const tag = (name) => `aws:PrincipalTag/${name}`;
  const wants = { 'é\u{1f600}': 'ü', a: '\ufffd', b: '\ufffd', 'line\nbreak': '\n', empty: '' };
  // Halves of a pair, which are one character only where they stand side by side.
  const has = { ...wants, a: '\ud83d', b: '\ude00' };
  const tags = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [tag(name), value]));
  const Statement = { Effect: 'Allow', Action: 'ssm:*', Resource: '*', Condition: { StringEquals: tags(wants) } };
  const policies = { identity: [{ name: '\u{1f600}', document: { Version: '2012-10-17', Statement } }] };
  const request = { principal: 'arn:aws:iam::111122223333:user/\u{1f600}', action: 'ssm:StartSession', resource: '*' };
  const decision = evaluate({ policies, request: { ...request, context: tags(has) } });
  assert.equal(decision.decision, 'allowed');
  assert.equal(decision.matched[0].policy, '\u{1f600}');
  assert.equal(evaluate({ policies, request: { ...request, context: tags({ ...has, a: 'x' }) } }).decision, 'implicit_deny');
});
