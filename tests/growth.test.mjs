// Work grows no faster than n log n, for each call and each kind of thing of which there can be many: twice as many
// take less than 2.3 times the instructions, and answers stay below a bound.
//
// callgrind counts, so that neither the machine nor what else runs on it matters. The smallest size is one at which what
// each call costs anyway no longer hides growth, and far beyond the 256 bytes that are counted anew for each position. `node --test tests/growth.test.mjs`; KIND=CIDRs looks at some kinds.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kinds, ofSize } from './growth/kinds.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STEPS = [1, 2, 4];
const MOST_GROWTH = 2.3;
// Bytes of JSON that an answer may have, whatever it was asked.
const MOST_ANSWER = 4_000_000;

/** The driver, built with the profile of the tests. */
function driver() {
  const args = ['build', '--bench', 'growth', '--locked', '--message-format=json', '--quiet'];
  const lines = execFileSync('cargo', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1e8 }).toString();
  const built = lines.trim().split('\n').map((line) => JSON.parse(line));
  return built.findLast(({ target, executable }) => target?.name === 'growth' && executable).executable;
}

/** For each call the instructions and the length of the answer. */
async function count(program, calls) {
  const dir = mkdtempSync(join(tmpdir(), 'growth-'));
  try {
    const file = join(dir, 'calls.jsonl');
    writeFileSync(file, calls.map((call) => JSON.stringify(call)).join('\n'));
    const { stdout } = await promisify(execFile)('valgrind', ['--tool=callgrind', '--quiet', '--dump-line=no',
      '--zero-before=growth::counted', '--dump-after=growth::counted', `--callgrind-out-file=${join(dir, 'out')}`, program, file],
    { maxBuffer: 1e8 });
    const lengths = stdout.trim().split('\n').map((line) => Number(line.split(' ')[0]));
    const dumps = readdirSync(dir).filter((name) => /^out\.\d+$/.test(name))
      .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)));
    const counts = dumps.map((name) => /^(?:summary|totals): (\d+)/m.exec(readFileSync(join(dir, name), 'utf8')))
      .map((found) => Number(found[1]));
    assert.equal(counts.length, calls.length, 'callgrind did not count every call');
    return lengths.map((length, i) => ({ length, count: counts[i] }));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test('work and answers do not outgrow what is asked', async () => {
  const table = readFileSync(join(ROOT, 'src/data/capabilities.txt'), 'utf8');
  const capabilities = [...table.matchAll(/^capability\t([^\t]+)/gm)].map(([, capability]) => ({ capability }));
  // Each want is asked by the same code; some of every side are enough to see how it grows.
  const wants = capabilities.filter((_, i) => i % 9 === 0);
  const all = kinds(wants, ['identity', 'trust']).filter(({ name }) => new RegExp(process.env.KIND ?? '').test(name));
  assert.ok(all.length > 0, 'no kind has such a name');
  const size = Number(process.env.SIZE ?? 16_000);
  const program = driver();
  const calls = (some) => some.flatMap((kind) => STEPS.map((step) => {
    return { call: kind.call, arguments: ofSize(kind, step * size) };
  }));
  const halves = [0, 1].map((half) => all.filter((_, i) => i % 2 === half));
  const counted = await Promise.all(halves.map((half) => (half.length ? count(program, calls(half)) : [])));
  const problems = [];
  halves.forEach((half, which) => half.forEach(({ name }, i) => {
    const steps = counted[which].slice(i * STEPS.length, (i + 1) * STEPS.length);
    const growth = steps.slice(1).map((step, at) => step.count / steps[at].count);
    if (process.env.PRINT) console.log(growth.map((g) => g.toFixed(2)).join(' '), steps.map((s) => s.count).join(' '), steps.map((s) => s.length).join(' '), name);
    // The last step counts most: there the constant part is smallest.
    if (Math.max(...growth) >= MOST_GROWTH) problems.push(`${name}: ${growth.map((g) => g.toFixed(2)).join(', ')} times the work`);
    if (steps.some(({ length }) => length > MOST_ANSWER)) problems.push(`${name}: answers of ${steps.map(({ length }) => length).join(', ')} bytes`);
  }));
  assert.deepEqual(problems, [], problems.join('\n'));
});
