// Every call of the package, around the module that wasm-bindgen makes.
import * as core from 'postern-core';
import { PosternError } from './error.mjs';

export { PosternError };

let isReady = false;

/** Starts the module from the bytes of postern.wasm, or from a compiled WebAssembly.Module. */
export function start(module) {
  if (isReady) return;
  core.initSync({ module });
  isReady = true;
}

export const applyFixes = (...given) => call(core.applyFixes, given);
export const buildNodePolicy = (...given) => call(core.buildNodePolicy, given);
export const buildOperatorPolicy = (...given) => call(core.buildOperatorPolicy, given);
export const buildRelated = (...given) => call(core.buildRelated, given);
export const catalogInfo = (...given) => call(core.catalogInfo, given);
export const describePolicy = (...given) => call(core.describePolicy, given);
export const diagnoseRole = (...given) => call(core.diagnoseRole, given);
export const evaluate = (...given) => call(core.evaluate, given);
export const evaluateAll = (...given) => call(core.evaluateAll, given);
export const explainError = (...given) => call(core.explainError, given);
export const listCapabilities = (...given) => call(core.listCapabilities, given);
export const listChecks = (...given) => call(core.listChecks, given);
export const listManagedPolicies = (...given) => call(core.listManagedPolicies, given);
export const validatePolicy = (...given) => call(core.validatePolicy, given);

function call(inside, given) {
  if (!isReady) {
    throw new PosternError({ code: 'NOT_READY', message: 'Postern is not ready. Call await init() first, once.' });
  }
  try {
    return inside(...given);
  } catch (thrown) {
    // The module throws plain objects, so that it needs to know no class.
    throw typeof thrown?.code === 'string' && !(thrown instanceof Error) ? new PosternError(thrown) : thrown;
  }
}
