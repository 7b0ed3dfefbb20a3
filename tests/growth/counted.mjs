// The built package with a module that counts its steps: loops that go round, functions that begin, and eight bytes that
// are copied or filled. Code between two of these has no length that depends on an input.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const STEP = '(global.set $steps (i64.add (global.get $steps) (i64.const 1)))';
const BYTES = '(global.set $steps (i64.add (global.get $steps) (i64.extend_i32_u (i32.shr_u (local.get $2) (i32.const 3)))))';
const OPERANDS = '(param $0 i32) (param $1 i32) (param $2 i32)';
const GIVEN = '(local.get $0) (local.get $1) (local.get $2)';

// What Rust's modules use. A text does not say it, and --all-features writes types that Node refuses.
const FEATURES = ['bulk-memory', 'bulk-memory-opt', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext']
  .map((feature) => `--enable-${feature}`);

/** The text of a module with its steps counted in an exported global, `steps`. */
function counting(text) {
  let atBeginning = false;
  const lines = text.split('\n').flatMap((line) => {
    // A function's variables stand before its first instruction.
    const begins = atBeginning && !line.startsWith('  (local ');
    atBeginning = line.startsWith(' (func $') || (atBeginning && !begins);
    const counted = line.replace(/\((memory)\.(copy|fill)$/, '(call $counted_$2');
    const step = /^ *\(loop\b/.test(line) ? [counted, STEP] : [counted];
    return begins ? [STEP, ...step] : step;
  });
  const wrapper = (name) => ` (func $counted_${name} ${OPERANDS} ${BYTES} (memory.${name} ${GIVEN}))`;
  const end = lines.lastIndexOf(')');
  lines.splice(end, 0, ' (global $steps (mut i64) (i64.const 0))', ' (export "steps" (global $steps))', wrapper('copy'), wrapper('fill'));
  return lines.join('\n');
}

/** The package of dist/ whose module counts: `{postern, steps, bytes}`; the last two say how many steps it has made and how
 *  large its memory is. */
export function countedPackage() {
  const tool = (name, ...args) => execFileSync(process.execPath, [join(ROOT, 'node_modules', 'binaryen', 'bin', name), ...args]);
  const dir = mkdtempSync(join(tmpdir(), 'postern-counted-'));
  const { Instance } = WebAssembly;
  let instance;
  try {
    cpSync(join(ROOT, 'dist'), dir, { recursive: true });
    const [module, text] = [join(dir, 'postern.wasm'), join(dir, 'postern.wat')];
    const [version] = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(module)), 'postern');
    tool('wasm-dis', module, '-o', text);
    writeFileSync(text, counting(readFileSync(text, 'utf8')));
    tool('wasm-as', ...FEATURES, text, '-o', module);
    writeFileSync(module, Buffer.concat([readFileSync(module), section('postern', Buffer.from(version))]));
    // The package keeps its instance to itself.
    WebAssembly.Instance = class extends Instance {
      constructor(...given) {
        super(...given);
        instance = this;
      }
    };
    const postern = createRequire(import.meta.url)(join(dir, 'node.cjs'));
    if (instance?.exports.steps === undefined) throw new Error('The package did not take the module that counts.');
    return { postern, steps: () => Number(instance.exports.steps.value), bytes: () => instance.exports.memory.buffer.byteLength };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A short section of a module that only its users read. */
function section(name, content) {
  const all = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), content]);
  return Buffer.concat([Buffer.from([0, all.length]), all]);
}
