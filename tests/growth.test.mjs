// Work grows no faster than n log n, for each call and each kind of thing of which there can be many: twice as many
// take less than 2.3 times the steps, and answers stay below a bound.
//
// The two steps from the smallest size to the largest are judged together. A list that grows is copied when it is full,
// which may be in one of them, and a search that has a limit takes its time in the first and gives up in the second.
//
// What is counted is the module of dist/, so that neither the machine nor what else runs on it matters: growth/counted.mjs.
// `KIND=CIDRs node --test tests/growth.test.mjs` looks at some kinds, PRINT=1 prints what was counted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { countedPackage } from './growth/counted.mjs';
import { kinds, ofSize } from './growth/kinds.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
// Bytes of the smallest input, at which what a call costs anyway no longer hides growth.
const SIZE = Number(process.env.SIZE ?? 16_000);
const STEPS = [1, 2, 4];
const MOST_GROWTH = 2.3;
// Two lists that are held against each other; a call refuses more than 20 million comparisons (tests/bounds.rs).
const MOST_GROWTH_OF_PRODUCTS = MOST_GROWTH ** 2;
// Bytes of JSON that an answer may have, whatever it was asked; findings have about two million.
const MOST_ANSWER = 5_000_000;

test('work and answers do not outgrow what is asked', () => {
  const table = readFileSync(join(ROOT, 'src/data/capabilities.txt'), 'utf8');
  const capabilities = [...table.matchAll(/^(?:capability|usual)\t([^\t]+)/gm)].map(([, capability]) => ({ capability }));
  // Each want is asked by the same code; some of every side are enough to see how it grows.
  const wants = capabilities.filter((_, i) => i % 9 === 0);
  const all = kinds(wants, ['identity', 'trust']).filter(({ name }) => new RegExp(process.env.KIND ?? '').test(name));
  assert.ok(all.length > 0, 'no kind has such a name');
  const { postern, steps } = countedPackage();
  const problems = [];
  for (const kind of all) {
    const counted = STEPS.map((step) => {
      const given = ofSize(kind, step * SIZE);
      const before = steps();
      const answer = answerOf(() => postern[kind.call](...given));
      return { count: steps() - before, answer };
    });
    const growth = counted.slice(1).map(({ count }, i) => count / counted[i].count);
    const lengths = counted.map(({ answer }) => answer.length);
    if (process.env.PRINT) {
      console.log(growth.map((times) => times.toFixed(2)).join(' '), counted.map(({ count }) => count).join(' '), lengths.join(' '), kind.name);
    }
    const most = kind.isProduct ? MOST_GROWTH_OF_PRODUCTS : MOST_GROWTH;
    const mean = (counted.at(-1).count / counted[0].count) ** (1 / growth.length);
    if (mean >= most) problems.push(`${kind.name}: ${growth.map((times) => times.toFixed(2)).join(', ')} times the work`);
    if (Math.max(...lengths) > MOST_ANSWER) problems.push(`${kind.name}: answers of ${lengths.join(', ')} bytes`);
    for (const { answer } of counted) if (answer.startsWith('INTERNAL')) problems.push(`${kind.name}: ${answer}`);
  }
  assert.deepEqual(problems, [], problems.join('\n'));
});

/** The JSON of what a call returns, or what it says when it refuses its arguments. Answers of which many are one object
 *  are written once. */
function answerOf(call) {
  try {
    const answer = call();
    return JSON.stringify(Array.isArray(answer) ? [...new Set(answer)] : answer);
  } catch (error) {
    return `${error.code}: ${error.message}`;
  }
}
