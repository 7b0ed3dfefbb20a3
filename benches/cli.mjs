// Times the command line of the built package: node benches/cli.mjs, after npm run build.
//
// What is printed is the CPU time of whole processes, their start among it, beyond that of a bare `node -e 0` in the same
// run; each is the least of several, since what else the machine does only adds to it. Memory is the most that a process had.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, env, need } from '../scripts/env.mjs';
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

/** The same policies by parliament, of PyPI, where there is a Python: one, and the first hundred, since all take minutes. */
function parliament(print) {
  need('parliament');
  const measured = "import resource, subprocess, sys; code = subprocess.run(['parliament', *sys.argv[2:]], stdin=open(sys.argv[1]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode; "
    + 'used = resource.getrusage(resource.RUSAGE_CHILDREN); print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)';
  const some = join(folder, 'some');
  mkdirSync(some);
  for (const [name, text] of newest().slice(0, 100)) writeFileSync(join(some, `${name}.json`), text);
  for (const [what, args] of [['one policy', [join(some, readdirSync(some)[0])]], ['100 managed policies', [devNull, '--directory', some]]]) {
    const { stdout, status } = spawnSync('python3', ['-c', measured, ...args], { env, encoding: 'utf8' });
    const [code, cpu, memory] = stdout.trim().split(' ').map(Number);
    if (status !== 0 || code > 1) return console.log('parliament does not run here.');
    print(`parliament, ${what}`, { cpu: cpu * 1000, memory: memory / 1024 }, 0);
  }
  print('postern check, the same 100', least(['check', some], undefined, 3));
}

const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'));
try {
  const policies = newest();
  mkdirSync(join(folder, 'managed'));
  for (const [name, text] of policies) writeFileSync(join(folder, 'managed', `${name}.json`), text);
  const bare = least([], '0').cpu;
  const print = (what, { cpu, memory }, start = bare) => console.log(`${what.padEnd(44)} ${(cpu - start).toFixed(0).padStart(7)} ms ${memory.toFixed(0).padStart(5)} MB`);
  console.log(`${'node -e 0'.padEnd(44)} ${bare.toFixed(0).padStart(7)} ms`);
  print('postern --help', least(['--help']));
  print('postern check, one policy', least(['check', join(folder, 'managed', `${policies[0][0]}.json`)]));
  print(`postern check, ${policies.length} managed policies`, least(['check', join(folder, 'managed')], undefined, 3));
  print('postern build node', least(['build', 'node']));
  parliament(print);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
