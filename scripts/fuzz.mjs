// Fuzzing: builds fuzz/ so that libFuzzer sees which code an input reaches, and runs its targets, two at a time.
//
// This is what cargo-fuzz does without a sanitizer, and needs no nightly compiler: the crate is safe Rust, in which
// a sanitizer finds nothing, and what libFuzzer needs is a pass of LLVM that every rustc has.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, ask, env, need, run } from './env.mjs';

const AT_A_TIME = 2;
const SECONDS = 30;
/** What an input may have and take. On 64 KB a call takes well below a second; the clock runs on while others use the
 *  machine, hence the seconds. */
const LIMITS = ['-max_len=65536', '-timeout=20', '-rss_limit_mb=2048'];
const PASSES = ['--cfg=fuzzing', '-Cpasses=sancov-module', ...['level=4', 'inline-8bit-counters', 'pc-table']
  .map((flag) => `-Cllvm-args=-sanitizer-coverage-${flag}`)];

/** Runs the named target, or every one, for so many seconds each. */
export async function fuzz([name, seconds = SECONDS] = []) {
  const known = targets();
  if (name !== undefined && !known.includes(name)) throw new Error(`There is no target ${name}; there are ${known.join(', ')}.`);
  if (!(Number(seconds) > 0)) throw new Error(`${seconds} is no number of seconds; 30 is.`);
  const program = build();
  const waiting = name === undefined ? known : [name];
  const failed = [];
  const work = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const { summary, problem } = await runTarget(program, target, seconds);
      console.log(`  ${target.padEnd(9)} ${summary}`);
      if (problem !== undefined) failed.push(`${target}: ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  if (failed.length > 0) throw new Error(`fuzzing found something.\n${failed.join('\n')}`);
}

/** The names in the table of targets. */
function targets() {
  const table = readFileSync(join(ROOT, 'fuzz/targets/targets.rs'), 'utf8');
  return Array.from(table.matchAll(/Target \{ name: "(\w+)"/g), ([, name]) => name);
}

/** Builds the program and gives its path. */
function build() {
  need('rust', 'cxx');
  const [, host] = /^host: (\S+)/m.exec(ask('rustc', ['-vV']));
  const out = join(ROOT, 'target', 'fuzz');
  // A named target keeps the flags from build scripts and macros, which are no part of what is fuzzed.
  run('cargo', ['build', '--quiet', '--release', '--locked', '--manifest-path', 'fuzz/Cargo.toml', '--target', host,
    '--target-dir', out], { CARGO_ENCODED_RUSTFLAGS: PASSES.join('\x1f') });
  return join(out, host, 'release', 'postern-fuzz');
}

/** What a target did in its time, in words, and what it found. */
function runTarget(program, target, seconds) {
  const folder = (kind) => {
    const path = join(ROOT, 'target', 'fuzz', kind, target);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const [found, seeds, crashes] = ['corpus', 'seeds', 'crashes'].map(folder);
  const args = [...LIMITS, `-max_total_time=${seconds}`, '-print_final_stats=1', '-report_slow_units=1',
    `-artifact_prefix=${crashes}/`, found, seeds];
  return new Promise((resolve, reject) => {
    rmSync(seeds, { recursive: true });
    const child = spawn(program, args, { cwd: ROOT, env: { ...env, FUZZ_TARGET: target, FUZZ_SEEDS: seeds } });
    let said = '';
    child.stderr.on('data', (part) => { said += part; });
    child.stdout.resume();
    child.on('error', reject);
    child.on('close', (code) => {
      const runs = /number_of_executed_units: +(\d+)/.exec(said)?.[1] ?? 'unknown';
      const reached = Array.from(said.matchAll(/ cov: (\d+) /g), ([, edges]) => Number(edges));
      const summary = `${runs} executions in ${seconds} s, ${reached[0] ?? 0} to ${reached.at(-1) ?? 0} edges of code, `
        + `${readdirSync(found).length} inputs kept`;
      if (code !== 0) resolve({ summary, problem: `${said.slice(-6000)}\nThe input is in ${crashes}.` });
      // Without coverage it would try inputs blindly, and nobody would know.
      else if (!(reached.at(-1) > 100)) resolve({ summary, problem: 'libFuzzer sees nothing of the code that it runs.' });
      else resolve({ summary });
    });
  });
}
