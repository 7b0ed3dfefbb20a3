// Decisions beside those of @cloud-copilot/iam-simulate, on random policies that are the same in every run.
//
// It is asked, never copied from: somebody else's reading of the same pages. Where the two differ it is for a reason
// that stands in FAULTS, or the test fails. SEED=N shows one case.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { FAULTS } from './oracle/faults.mjs';
import { theirs } from './oracle/peer.mjs';
import { random } from './oracle/random.mjs';

const { evaluate } = createRequire(import.meta.url)('../dist/node.cjs');
const CASES = 10_000;

/** Keys that we take from the request, or know it to have, where its context does not name them; the other does not. */
const [, keys] = /KEYS: \[&str; \d+\] = \[([^\]]+)\]/.exec(readFileSync(new URL('../src/evaluate/key_table.rs', import.meta.url), 'utf8'));
const FROM_REQUEST = [...keys.matchAll(/"(.+)"/g)].map(([, key]) => key);

/** The same input, in which these keys are absent unless it names them. */
function asGiven(input) {
  const { context = {}, unknown = [] } = input.request;
  const named = [...Object.keys(context), ...unknown].map((key) => key.toLowerCase());
  const absent = FROM_REQUEST.filter((key) => !named.includes(key.toLowerCase())).map((key) => [key, null]);
  return { ...input, request: { ...input.request, context: { ...context, ...Object.fromEntries(absent) } } };
}

test('ten thousand random decisions are those of another simulator, but for its known faults', async (t) => {
  const [seeds, all] = process.env.SEED ? [[Number(process.env.SEED)], false] : [Array(CASES).keys(), true];
  const count = { agreed: 0, open: 0 };
  const outcomes = {};
  const excused = Object.fromEntries(Object.keys(FAULTS).map((name) => [name, 0]));
  const differ = [];
  for (const seed of seeds) {
    const input = random(seed);
    const { decision, possible } = evaluate(asGiven(input));
    const other = await theirs(input);
    const named = Object.entries(FAULTS).find(([, is]) => is(input, decision, other));
    outcomes[decision] = (outcomes[decision] ?? 0) + 1;
    if (!all) t.diagnostic(`${decision}, and the other says ${other}: ${JSON.stringify(input)}`);
    if (decision === other) count.agreed += 1;
    // What AWS's pages leave open stays open here; the other must at least be among what is possible.
    else if (possible.length > 1 && possible.includes(other)) count.open += 1;
    else if (named) excused[named[0]] += 1;
    else differ.push(`SEED=${seed}: ${decision}, not ${other}`);
  }
  t.diagnostic(`${JSON.stringify({ ...count, outcomes })}`);
  t.diagnostic(`differ for a reason: ${JSON.stringify(excused)}`);
  assert.deepEqual(differ.slice(0, 20), [], `${differ.length} decisions differ`);
  if (!all) return;
  assert.ok(count.agreed > CASES * 0.9 && count.open < CASES * 0.02, 'too few can be compared');
  for (const [name, times] of Object.entries(excused)) assert.ok(times > 0, `${name} does not come up: take it out`);
  for (const outcome of ['allowed', 'explicit_deny', 'implicit_deny']) {
    assert.ok(outcomes[outcome] > CASES * 0.1, `too few come to ${outcome}`);
  }
});
