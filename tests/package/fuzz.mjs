// Random and changed arguments for every call: whatever is given, a call answers or throws a PosternError that is not
// INTERNAL, and the next right call works. The numbers follow from a fixed seed, so that a failure comes again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KEY, ROOT, golden, userRequire } from './install.mjs';

const postern = userRequire('postern');
const { PosternError } = postern;
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const EXECUTIONS = Number(process.env.FUZZ_EXECUTIONS ?? 12_000);
const guide = golden('add-to-existing-role-nokms');
const page = golden('custom-role-minimal-nokms');

/** Numbers from 0 to 1, of which each follows from those before: mulberry32. */
function numbersFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Right arguments of each call. */
function rightOnes() {
  const lines = readFileSync(join(ROOT, 'tests/conformance/evaluation.jsonl'), 'utf8').trim().split('\n');
  const cases = lines.filter((_, i) => i % 20 === 0).map((line) => JSON.parse(line));
  const checks = readFileSync(join(ROOT, 'tests/conformance/checks.jsonl'), 'utf8').trim().split('\n')
    .filter((_, i) => i % 20 === 0).map((line) => JSON.parse(line));
  const fixable = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "ssm:*", "Resource": "*"}]}';
  return {
    applyFixes: [[fixable, postern.validatePolicy(fixable).flatMap(({ fixes }) => fixes)], [guide, []]],
    buildNodePolicy: [[], [{}], [{ region: 'us-east-1', scope: 'least-privilege', s3Logs: { bucket: 'example', prefix: 'a' },
      sessionEncryption: { kmsKeyArn: [KEY] }, instanceIds: ['i-0123456789abcdef0'] }]],
    buildOperatorPolicy: [[{}], [{ targets: { tags: { Team: ['web'] }, principalTags: 'Project' }, sessions: ['shell', 'ssh'],
      ecsExec: { cluster: 'example', tags: { Team: 'web' } }, deny: { outsideIpRanges: ['203.0.113.0/24'] } }]],
    buildRelated: [['trust-policy', { trusted: ['ec2'], region: 'eu-west-1' }], ['endpoints', { region: 'eu-west-1' }],
      ['session-document', { name: 'Example', sessionType: 'Port', portNumber: 22, parameters: { host: { type: 'String' } } }],
      ['bucket-policy', { bucket: 'example', nodeRoleArns: ['arn:aws:iam::111122223333:role/A'] }]],
    catalogInfo: [[]],
    checkAccessNotGranted: [[guide, [{ actions: ['ssm:*'] }]], [JSON.parse(guide), [{ resources: ['*'] }], { requests: 'known' }]],
    checkNoPublicAccess: [[guide, 'AWS::S3::Bucket'], [{ policy: guide, resourceType: 'AWS::KMS::Key' }]],
    compareAccess: [[guide, fixable.replace('allow', 'Allow')], [{ existing: [guide], proposed: JSON.parse(guide) }]],
    describeAction: [['ssm:StartSession'], ['s3:GetObjekt']],
    describePolicy: [[guide], [JSON.parse(guide)]],
    diagnoseRole: [[{ documents: [guide, JSON.parse(page), { name: 'a', text: page }, 'AdministratorAccess'],
      wants: [{ capability: 'node.channel' }, { capability: 'node.session-kms', kmsKeyArn: KEY }], scps: [JSON.parse(guide)] }]],
    evaluate: cases.map(({ policies, request }) => [{ policies, request }]),
    evaluateAll: cases.slice(0, 5).map(({ policies, request }) => [{ policies, request, requests: [{}, { action: 'a:B' }] }]),
    findPolicies: [['```\n{"Effect": "Allow", "Action": "ssm:*", "Resource": "*"}\n```'], [JSON.stringify(JSON.stringify({ Statement: [] }))]],
    explainError: [['User: a is not authorized to perform: ssm:StartSession on resource: * because no identity-based policy allows it']],
    exportPolicy: [[guide, { format: 'terraform', roleName: 'Example', policyName: 'A' }],
      [JSON.parse(guide), { format: 'cdk-python', attachTo: 'managed-policy' }],
      [page, { format: 'aws-cli', attachTo: 'user', userName: 'Jane' }], [guide, { format: 'cloudformation', attachTo: 'group' }]],
    exportSetup: [[{ format: 'cloudformation', node: { region: 'eu-west-1', accountId: '111122223333' } }],
      [{ format: 'terraform', node: { region: 'eu-west-1', accountId: '111122223333', s3Logs: { bucket: 'example' } },
        operator: {}, roleName: 'Example' }]],
    listActions: [['ssm'], ['s3:Get*']],
    listCapabilities: [[]],
    listChecks: [[]],
    listConditionKeys: [['ssm:StartSession'], ['ssm:*']],
    listManagedPolicies: [[]],
    listServices: [[]],
    minimizePolicy: [[guide], [JSON.parse(guide), { policyType: 'IDENTITY_POLICY' }]],
    validatePolicy: checks.map((one) => [one.document, { policyType: one.policy_type }]),
  };
}

/** Makes hostile values and changes right ones. */
function hostile(next) {
  const below = (n) => Math.floor(next() * n);
  const oneOf = (all) => all[below(all.length)];
  const fail = () => { throw new Error('from the caller'); };
  const names = ['Statement', 'Effect', 'text', 'name', 'region', 'policies', 'request', 'context', 'length', 'toJSON', 'then',
    '__proto__', 'constructor', 'toString', '', '0', '\ud800', 'é', '\0', 'a'.repeat(300)];
  const texts = ['', '*', '\ud800', 'a\udc00b', '\ud83d\ude80', '\ufeff', '\0', '{', '[[[[', '"', '${', '${aws:username', '__proto__',
    'arn:aws:s3:::\ud800*', 'i-0123456789abcdef0', guide, 'NaN', '1e999', '-', '\r\n', '../..', "';", '$(id)', '\u202e'];
  const text = () => {
    const some = oneOf(texts);
    const at = below(some.length + 1);
    return below(3) > 0 ? some : some.slice(0, at) + oneOf(texts) + some.slice(at + below(3));
  };
  const deep = (depth) => {
    let value = oneOf([1, '', {}, []]);
    for (let i = 0; i < depth; i += 1) value = i % 2 ? [value] : { [oneOf(names)]: value };
    return value;
  };
  const plain = (depth = 3) => {
    switch (below(depth > 0 ? 9 : 6)) {
      case 0: return text();
      case 1: return oneOf([0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324]);
      case 2: return oneOf([true, false, null, undefined]);
      case 3: case 4: case 5: return text();
      case 6: return Array.from({ length: below(4) }, () => plain(depth - 1));
      default: return Object.fromEntries(Array.from({ length: below(4) }, () => [oneOf(names), plain(depth - 1)]));
    }
  };
  const traps = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'isExtensible'];
  const strange = [
    () => Symbol('a'), () => 7n, () => fail, () => class A {}, () => new Map([[1, 2]]), () => new Set([1]), () => new Date(NaN),
    () => /a/, () => new Error('a'), () => Promise.resolve(), () => new Uint8Array(8), () => new ArrayBuffer(8),
    () => new String('a'), () => new Number(1), () => Object.create(null), () => Object.create({ region: 'eu-west-1' }),
    () => globalThis, () => Object.freeze([Object.freeze({})]), () => new Array(3), () => Object.assign([1], { a: 2 }),
    () => { const value = plain(); return { a: value, b: value }; },
    () => { const cycle = { a: [] }; cycle.a.push(cycle); return cycle; },
    () => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; },
    () => new Proxy(oneOf([[], {}, fail]), { [oneOf(traps)]: fail }),
    () => new Proxy({}, { ownKeys: () => ['a', 'b', 'a'].slice(below(2)) }),
    () => new Proxy({}, { ownKeys: () => [oneOf(names)], getOwnPropertyDescriptor: () => ({ value: text(), configurable: true, enumerable: true }) }),
    () => new Proxy([], { get: (target, name) => (name === 'length' ? oneOf([-1, NaN, 2 ** 32, '3', 1e6]) : target[name]) }),
    () => new Proxy({}, {}), () => ({ get region() { return fail(); } }), () => ({ get [oneOf(names)]() { return plain(); } }),
    () => ({ get heartbeat() { return postern.buildNodePolicy({ region: text() }); } }),
    () => ({ get text() { return postern.catalogInfo().date; } }),
    () => ({ toJSON: fail }), () => ({ toString: fail, valueOf: fail }), () => ({ [Symbol.toPrimitive]: fail }),
    () => Object.defineProperty({}, 'hidden', { value: 1 }), () => { const endless = () => endless(); return { get a() { return endless(); } }; },
    () => deep(below(300)),
  ];
  const large = [
    () => deep(20_000), () => new Array(100_000).fill(0), () => new Array(20_000).fill('ssm:StartSession'), () => 'x'.repeat(300_000),
    () => '\ud800'.repeat(50_000), () => '[{"a":'.repeat(20_000), () => Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])),
    () => JSON.stringify({ Statement: new Array(3_000).fill({}) }), () => new Array(2 ** 32 - 1),
  ];
  const value = () => {
    const kind = below(200);
    if (kind === 0) return oneOf(large)();
    return kind < 110 ? plain() : oneOf(strange)();
  };
  /** A right value with something else in one of its places. */
  const changed = (right) => {
    if (below(4) === 0) return value();
    if (typeof right === 'string') {
      const [at, length] = [below(right.length + 1), below(5)];
      return right.slice(0, at) + oneOf([text(), '', '"', '\ud800', ',', '*']) + right.slice(at + length);
    }
    if (Array.isArray(right)) {
      const copy = [...right];
      const at = below(copy.length + 1);
      copy[at] = changed(copy[at]);
      return copy;
    }
    if (right === null || typeof right !== 'object' || Object.keys(right).length === 0) return value();
    const name = below(6) === 0 ? oneOf(names) : oneOf(Object.keys(right));
    const copy = Object.defineProperty({ ...right }, name,
      { value: changed(right[name]), enumerable: true, configurable: true, writable: true });
    return below(20) === 0 ? new Proxy(copy, {}) : copy;
  };
  return {
    /** Right arguments with one changed, or one too many. */
    changed: (given) => {
      const all = [...given];
      const at = below(all.length + (below(5) === 0 ? 1 : 0));
      all[at] = changed(all[at]);
      return all;
    },
    any: () => Array.from({ length: below(4) }, value),
    below,
    oneOf,
  };
}

test('no argument of any call brings anything but an answer or a PosternError', (t) => {
  const { changed, any, below, oneOf } = hostile(numbersFrom(SEED));
  const right = rightOnes();
  const calls = Object.keys(postern).filter((name) => !['PosternError', 'init', 'initSync'].includes(name));
  assert.deepEqual(Object.keys(right).sort(), calls.sort(), 'every call has right arguments');
  const problems = [];
  for (const name of calls) {
    for (const given of right[name]) assert.doesNotThrow(() => postern[name](...given), `${name}(${JSON.stringify(given)})`);
  }
  const codes = {};
  for (let i = 0; i < EXECUTIONS && problems.length < 20; i += 1) {
    const name = oneOf(calls);
    const given = below(5) === 0 ? any() : changed(oneOf(right[name]));
    const says = (what) => problems.push(`execution ${i}, ${name}: ${what}`);
    let code = 'answer';
    try {
      JSON.stringify(postern[name](...given));
    } catch (error) {
      code = error?.code;
      if (!(error instanceof PosternError)) says(`threw ${String(error?.stack ?? error).slice(0, 600)}`);
      else if (error.code === 'INTERNAL') says(error.message.slice(0, 600));
      else if (!/[.?]$/.test(error.message)) says(`no sentence: ${error.message.slice(0, 300)}`);
      else if (error.path !== null && typeof error.path !== 'string') says(`path ${error.path}`);
    }
    codes[code] = (codes[code] ?? 0) + 1;
    if (postern.buildNodePolicy().json !== guide) says('the next call is wrong');
  }
  t.diagnostic(`${EXECUTIONS} executions: ${JSON.stringify(codes)}`);
  assert.deepEqual(problems, [], problems.join('\n'));
  assert.ok(codes.answer > EXECUTIONS / 20 && codes.INVALID_ARGUMENT > EXECUTIONS / 20, JSON.stringify(codes));
});
