// In Node the package is ready on import.
import { VERSION, start, versionOf } from './instance.mjs';

export * from './calls.mjs';

start(fromFile() ?? fromPackedBytes());

/** The module in postern.wasm beside this file; undefined where a bundler left it behind, or put another one there. */
function fromFile() {
  if (typeof __dirname !== 'string') return undefined; // A bundle of ES modules has none.
  try {
    // Not an import: this becomes CommonJS, and a user's bundle of ES modules has no require. Node before 20.16 knows
    // only require.
    const { readFileSync } = process.getBuiltinModule?.('node:fs') ?? require('node:fs');
    const module = new WebAssembly.Module(readFileSync(`${__dirname}/postern.wasm`));
    return versionOf(module) === VERSION ? module : undefined;
  } catch {
    return undefined;
  }
}

/** The same module out of a script, which every bundler takes along. Node does not read it without need. */
function fromPackedBytes() {
  const { gunzipSync } = process.getBuiltinModule?.('node:zlib') ?? require('node:zlib');
  return new WebAssembly.Module(gunzipSync(Buffer.from(require('postern-packed'), 'base64')));
}

/** Nothing is left to do; here so that the same code runs in browsers. */
export async function init() {}

/** As init. */
export function initSync() {}
