// Times the comparisons of the built package: node benches/access.mjs, after npm run build.
//
// Each number is the median of several rounds, beside a decision of `evaluate` on the same policies in the same run.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../scripts/env.mjs';
import { versions } from '../scripts/managed.mjs';

const DIST = process.argv[2] ?? join(ROOT, 'dist');
const { compareAccess, evaluate, minimizePolicy } = createRequire(import.meta.url)(join(DIST, 'node.cjs'));
const ROUNDS = 5;

const print = (what, ms, note = '') => console.log(`${what.padEnd(52)} ${ms.toFixed(2).padStart(10)} ms ${note}`);
const policy = (...Statement) => ({ Version: '2012-10-17', Statement });
const many = (count, entry) => Array.from({ length: count }, (_, i) => entry(i));
const team = (i, more = '') => ({
  Effect: i % 5 === 4 ? 'Deny' : 'Allow', Action: [`s3:Get*`, `s3:Put${i % 7}*`, 's3:ListBucket'],
  Resource: [`arn:aws:s3:::team-${i}${more}`, `arn:aws:s3:::team-${i}${more}/*`],
  Condition: { StringEquals: { 'aws:PrincipalTag/team': `t${i}` } },
});

/** How long it takes, in milliseconds, and what it answers; the first round is warming up. */
function time(work) {
  let answer;
  const took = many(ROUNDS + 1, () => {
    const start = performance.now();
    answer = work();
    return performance.now() - start;
  }).slice(1).sort((a, b) => a - b);
  return [took[took.length >> 1], answer];
}

for (const count of [10, 50, 200]) {
  const existing = policy(...many(count, (i) => team(i)));
  const one = policy(...many(count, (i) => team(i, i === count >> 1 ? '-new' : '')));
  const all = policy(...many(count, (i) => team(i, '-new')));
  for (const [what, proposed] of [['the same', existing], ['one changed', one], ['all changed', all]]) {
    const [ms, { relation, gained }] = time(() => compareAccess(existing, proposed));
    print(`compareAccess, ${count} statements, ${what}`, ms, `${relation}, ${gained.reasons.length} reasons`);
  }
  const request = {
    principal: 'arn:aws:iam::111122223333:role/app', action: 's3:GetObject', resource: 'arn:aws:s3:::team-1/x', context: { 'aws:PrincipalTag/team': 't1' },
  };
  const [ms] = time(() => evaluate({ policies: { identity: [{ name: 'p', document: existing }] }, request }));
  print(`evaluate, ${count} statements`, ms);
  const [took, small] = time(() => minimizePolicy(existing));
  print(`minimizePolicy, ${count} statements`, took, `${small.charactersBefore} to ${small.characters} characters`);
}

/** Every eighth change that AWS made to a policy of its own. */
const changes = versions().filter((_, i) => i % 8 === 0).map(({ before, after }) => {
  const start = performance.now();
  compareAccess(before, after);
  return performance.now() - start;
}).sort((a, b) => a - b);
for (const [what, share, aim] of [['half', 0.5, 5], ['95 of 100', 0.95, 50]]) {
  const took = changes[Math.floor(changes.length * share)];
  print(`compareAccess, ${changes.length} changes by AWS, ${what}`, took, `the aim is ${aim} ms, of which this is ${(took / aim).toFixed(2)}`);
}

/** Policies that are made to be slow; each is to be answered in two seconds. */
const allow = (more) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...more });
const letters = [...'abcdefghijklmnopqrst'];
for (const [what, existing, proposed] of [
  ['contains-patterns in statements of their own', letters.map((c) => allow({ Resource: `arn:aws:s3:::*${c}*${c}*` })), [allow()]],
  ['a list of contains-patterns', letters.map((c) => allow({ Resource: `arn:aws:s3:::*${c}*` })), [allow({ Resource: 'arn:aws:s3:::*tsr*' })]],
  ['sets', many(14, (i) => allow({ Condition: { 'ForAllValues:StringNotLike': { 'aws:TagKeys': `*${i}*` } } })), [allow()]],
  ['keys', many(300, (i) => allow({ Condition: { StringLike: { [`aws:PrincipalTag/k${i >> 1}`]: `*${i}*` } } })), [allow()]],
  ['long patterns', [allow({ Resource: `arn:aws:s3:::${'*a'.repeat(900)}` })], [allow({ Resource: `arn:aws:s3:::${'?*a'.repeat(900)}` })]],
  ['variables', many(50, (i) => allow({ Resource: `arn:aws:s3:::*\${aws:PrincipalTag/t${i}}*` })), many(51, (i) => allow({ Resource: `arn:aws:s3:::*\${aws:PrincipalTag/t${i}}*` }))],
  ['variables and patterns', many(50, (i) => allow({ Resource: `arn:aws:s3:::b/\${aws:PrincipalTag/t${i}}/*x*${i}*` })), many(50, (i) => allow({ Resource: `arn:aws:s3:::b/\${aws:PrincipalTag/t${i}}/*x*${i}*z` }))],
  ['principals', [allow({ Principal: { AWS: many(3_000, (i) => `arn:aws:iam::${111122220000 + i}:role/r*` ) } })], [allow({ Principal: '*' })]],
]) {
  for (const requests of ['any', 'known']) {
    const [ms, { gained, lost }] = time(() => compareAccess(policy(...existing), policy(...proposed), { requests }));
    print(`hostile: ${what}, ${requests} requests`, ms, `${gained.result}, ${lost.result}`);
  }
}
