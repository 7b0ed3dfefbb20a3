// Times the command line of the built package: node benches/cli.mjs, after npm run build.
//
// What is printed is the CPU time of whole processes, their start among it, beyond that of a bare `node -e 0` in the same
// run; each is the least of several, since what else the machine does only adds to it. Memory is the most that a process had.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../scripts/env.mjs';
import { newest } from '../scripts/managed.mjs';

const CLI = join(process.argv[2] ?? join(ROOT, 'dist'), 'cli.cjs');
const ROUNDS = 7;
// Of the process itself: on its end it says what it took.
const SAY = "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); "
  + "require('node:fs').writeSync(3, [userCPUTime + systemCPUTime, maxRSS].join()); });";

function once(args, script = `require(${JSON.stringify(CLI)})`) {
  const { output } = spawnSync(process.execPath, ['-e', `${SAY} ${script};`, '--', CLI, ...args], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 20 });
  const [cpu, memory] = output[3].toString().split(',').map(Number);
  return { cpu: cpu / 1000, memory: memory / 1024 };
}

function least(args, script, rounds = ROUNDS) {
  const all = Array.from({ length: rounds }, () => once(args, script));
  return { cpu: Math.min(...all.map(({ cpu }) => cpu)), memory: Math.max(...all.map(({ memory }) => memory)) };
}

const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'));
try {
  const policies = newest();
  mkdirSync(join(folder, 'managed'));
  for (const [name, text] of policies) writeFileSync(join(folder, 'managed', `${name}.json`), text);
  const bare = least([], '0').cpu;
  const print = (what, { cpu, memory }) => console.log(`${what.padEnd(44)} ${(cpu - bare).toFixed(0).padStart(7)} ms ${memory.toFixed(0).padStart(5)} MB`);
  console.log(`${'node -e 0'.padEnd(44)} ${bare.toFixed(0).padStart(7)} ms`);
  print('postern --help', least(['--help']));
  print('postern check, one policy', least(['check', join(folder, 'managed', `${policies[0][0]}.json`)]));
  print(`postern check, ${policies.length} managed policies`, least(['check', join(folder, 'managed')], undefined, 3));
  print('postern build node', least(['build', 'node']));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
