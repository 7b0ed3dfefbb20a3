import type { CompiledModule } from "postern";

/**
 * The module as Workers of Cloudflare and other edge runtimes import it: compiled, ready for `initSync`. Other bundlers
 * give what they are told to give for `.wasm` files.
 *
 * @example
 * import { initSync } from "postern";
 * import module from "postern/wasm";
 * initSync(module);
 */
declare const module: CompiledModule;
export default module;
