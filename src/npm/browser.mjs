// In a browser the bytes stand in this file too, so that the page needs no request of its own for them.
import packed from 'postern-packed';
import { PosternError, start } from './calls.mjs';

export { PosternError, buildNodePolicy } from './calls.mjs';

let starting;

/** Unpacks and starts the module; further calls give the same promise. */
export function init() {
  starting ??= unpack().then(start).catch((reason) => {
    starting = undefined; // The next call may try again.
    throw reason;
  });
  return starting;
}

/** Starts the module at once from the bytes of `postern/wasm`. */
export function initSync(bytes) {
  const isBytes = bytes instanceof WebAssembly.Module || bytes instanceof ArrayBuffer || ArrayBuffer.isView(bytes);
  if (!isBytes) {
    throw new PosternError({
      code: 'INVALID_ARGUMENT',
      message: 'bytes must be the content of postern/wasm: an ArrayBuffer, a typed array or a WebAssembly.Module.',
      path: 'bytes',
    });
  }
  start(bytes instanceof WebAssembly.Module ? bytes : new WebAssembly.Module(bytes));
}

async function unpack() {
  const zipped = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const bytes = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compile(await new Response(bytes).arrayBuffer());
}
