// The running instance of the module, and how a call that failed in the middle is kept from harming the next one.
//
// A trap, or a stack that ends inside the module, leaves the instance's memory and stack as they were at that moment.
// Nothing can be trusted then, so the next call runs on a new instance. It is made from the module that was compiled
// at the start, which takes about a millisecond, and from a new copy of wasm-bindgen's glue: the glue keeps its
// instance in its own variables, and a call that is still running on the old one must not meet the new one there.
import newGlue from 'postern-glue';
import { PosternError } from './error.mjs';

/** The version of this package; the build writes the same into the module. */
export const VERSION = POSTERN_VERSION;

/** The module as it was compiled, from which any number of instances can be made. */
let compiled;
/** `{glue, isWhole, spare}`: it is whole until a call ends in its middle; the spare is what is thrown then, where the
 *  stack has no room left to make an error. */
let instance;

/** Starts the module; once it runs, another one is not looked at. */
export function start(module) {
  if (compiled !== undefined) return;
  instance = instantiate(module);
  compiled = module;
}

/** The version that the build wrote into a module; undefined for a module that is not Postern's. */
export function versionOf(module) {
  const [section] = WebAssembly.Module.customSections(module, 'postern');
  return section && new TextDecoder().decode(section);
}

/** Calls an export of the module. Whatever it throws becomes a PosternError. */
export function call(name, given) {
  if (compiled === undefined) {
    throw new PosternError({ code: 'NOT_READY', message: 'Postern is not ready. Call await init() first, once.' });
  }
  let mine = instance;
  let reason;
  try {
    if (!mine.isWhole) mine = instance = instantiate(compiled);
    const answer = mine.glue[name](...given);
    // A getter of the argument may have called Postern too, and that call may have failed.
    if (mine.isWhole) return answer;
  } catch (thrown) {
    // These two assignments come first because they cannot fail: where the stack is used up, any call would.
    const wasWhole = mine.isWhole;
    mine.isWhole = false;
    // The module refuses an argument by throwing a plain object, so that it needs to know no class.
    if (wasWhole && typeof thrown?.code === 'string' && !(thrown instanceof Error)) {
      mine.isWhole = true;
      throw new PosternError(thrown);
    }
    reason = thrown;
  }
  let error = mine.spare;
  try {
    error = failure(name, given, reason);
  } catch {
    // The spare does.
  }
  throw error;
}

function instantiate(module) {
  const glue = newGlue();
  glue.initSync({ module });
  const spare = internal('a call', 'the call stack ran out');
  spare.stack = `${spare.name}: ${spare.message}`; // Where it was made says nothing of where it is thrown.
  return { glue, isWhole: true, spare };
}

/** What to report of a call that failed. It never holds what was given, which may be confidential. */
function failure(name, given, reason) {
  const isTrap = reason instanceof WebAssembly.RuntimeError;
  // The texts of these two are the engine's own; any other error may quote what was given.
  const isOfEngine = isTrap || reason instanceof RangeError;
  const kind = reason?.name ?? 'a call inside it failed';
  const sizes = given.map((argument) => size(argument, isTrap)).join(' and ') || 'nothing';
  const why = isOfEngine ? `${kind}: ${reason.message}` : kind;
  return internal(`${name}, given ${sizes}`, why, isOfEngine ? { cause: reason } : undefined);
}

function internal(call, why, options) {
  return new PosternError({
    code: 'INTERNAL',
    message: `Postern ${VERSION} could not finish ${call}: ${why}. Unless memory or the call stack ran out, this is a `
      + 'mistake in Postern: please report this message in its repository. The next call works again.',
  }, options);
}

/**
 * How large an argument is, in words. To measure an object runs code of the caller's, its getters; that is done after
 * a trap only, since such code may be the very reason why the stack is used up.
 */
function size(argument, mayRead) {
  if (typeof argument === 'string') return `${argument.length} characters`;
  if (argument === undefined) return 'nothing';
  if (!mayRead) return `a value of type ${typeof argument}`;
  try {
    return `${JSON.stringify(argument).length} characters of JSON`;
  } catch {
    return 'a value that is no JSON';
  }
}
