// In a browser the bytes stand in this file too, so that the page needs no request of its own for them.
import packed from 'postern-packed';
import { PosternError } from './error.mjs';
import { VERSION, start, versionOf } from './instance.mjs';

export * from './calls.mjs';

let starting;

/** Unpacks and starts the module; further calls give the same promise. */
export function init() {
  starting ??= unpack().then(start).catch((reason) => {
    starting = undefined; // The next call may try again.
    throw told(reason);
  });
  return starting;
}

/** Starts the module at once from the bytes of `postern/wasm`. */
export function initSync(bytes) {
  const module = compiled(bytes);
  const version = module && versionOf(module);
  // Another module would take this one's place, and the right bytes would come too late.
  if (version === undefined) {
    refuse('bytes must be the content of postern/wasm: an ArrayBuffer, a typed array or a WebAssembly.Module.');
  }
  if (version !== VERSION) {
    refuse(`bytes are postern/wasm of version ${version}, and this package is of version ${VERSION}. `
      + 'Take both from one version.');
  }
  start(module);
}

function refuse(message) {
  throw new PosternError({ code: 'INVALID_ARGUMENT', message, path: 'bytes' });
}

function compiled(bytes) {
  if (bytes instanceof WebAssembly.Module) return bytes;
  const isBuffer = bytes instanceof ArrayBuffer;
  if (!isBuffer && !ArrayBuffer.isView(bytes)) return undefined;
  // Chrome compiles no DataView.
  const plain = isBuffer ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return new WebAssembly.Module(plain);
  } catch (reason) {
    throw WebAssembly.validate(plain) ? told(reason) : reason;
  }
}

/** The reason why a whole module was not compiled: browsers name a Content Security Policy by one of two errors. */
function told(reason) {
  if (!(reason instanceof WebAssembly.CompileError || reason instanceof EvalError)) return reason;
  return new PosternError({
    code: 'INTERNAL',
    message: "The browser did not compile Postern's WebAssembly. Where the page has a Content Security Policy, its "
      + `script-src, or else its default-src, needs 'wasm-unsafe-eval'. The browser says: ${reason.message}`,
  }, { cause: reason });
}

async function unpack() {
  const zipped = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const bytes = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compile(await new Response(bytes).arrayBuffer());
}
