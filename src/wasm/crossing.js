// Arguments on their way into the module: each is copied, and the copy is plain, inert and bounded.
//
// Here is the one place where getters and proxies run, and all that they throw ends here.

/** Deeper than any argument has a reason to be; an object that contains itself ends here. */
const DEPTH = 128;
/** More values than any argument has a reason to hold. */
const VALUES = 1_000_000;
/** The UTF-16 units of all its strings and names together. A module has 4 GB, and a script can give the same long
 *  string a hundred times for nothing. */
const UNITS = 64_000_000;

/** What the comma and the brackets of a value take in JSON, roughly. */
const BYTES_OF_VALUE = 4;

const PLAIN = 'must be plain data: an object, a list, a string, a number or true or false';
const TOO_LARGE = 'is too large';

/** Half a surrogate pair is no character; in the module it is U+FFFD. */
const HALF_PAIR = /\p{Surrogate}/gu;

const encoder = new TextEncoder();

/** What `size` says. */
let copiedSize = 0;

class Refusal extends Error {}

/** A copy of an argument. Throws `{code, message, path}`. */
export function copy(argument, name) {
  return walk(argument, name, (value) => value);
}

/** About how many bytes the argument has that was copied last. */
export function size() {
  return copiedSize;
}

/** The UTF-16 units of a text that may go into the module; undefined for anything else. */
export function units(value) {
  return typeof value === 'string' && value.length <= UNITS ? value.length : undefined;
}

/** Writes a text into the module as UTF-8, with U+FFFD for each half of a surrogate pair, and says how many bytes these are.
 *  The glue of wasm-bindgen would copy it letter by letter. */
export function write(text, room) {
  return encoder.encodeInto(text, room).written;
}

/** The JSON text of an argument, which may not hold a number that JSON has not. Throws `{code, message, path}`. */
export function json(argument, name) {
  const copied = walk(argument, name, (value) => {
    if (typeof value === 'string') return value.replace(HALF_PAIR, '\ufffd');
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    throw new Refusal('must not be NaN or infinite');
  });
  return JSON.stringify(copied);
}

/** Copies `argument`; each name and each value that is no object and no list becomes what `leaf` makes of it. */
function walk(argument, name, leaf) {
  // The steps from what is wrong outwards; written once something is.
  const inward = [];
  let depth = 0;
  let valuesLeft = VALUES;
  let unitsLeft = UNITS;

  function text(value) {
    unitsLeft -= value.length;
    if (unitsLeft < 0) throw new Refusal(TOO_LARGE);
    return leaf(value);
  }

  function any(value) {
    valuesLeft -= 1;
    if (valuesLeft < 0) throw new Refusal(TOO_LARGE);
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return leaf(value);
    if (typeof value !== 'object') throw new Refusal(PLAIN);
    if (depth === DEPTH) throw new Refusal('is nested too deeply, or contains itself');
    depth += 1;
    let copied;
    if (Array.isArray(value)) copied = list(value);
    else if (isPlain(value)) copied = object(value);
    else copied = text(date(value));
    depth -= 1;
    return copied;
  }

  function list(value) {
    const copied = [];
    // Its length is read each time: a getter may change it.
    for (let i = 0; i < value.length; i += 1) {
      try {
        copied.push(any(value[i]));
      } catch (thrown) {
        inward.push(`[${i}]`);
        throw thrown;
      }
    }
    return copied;
  }

  function object(value) {
    const copied = {};
    for (const key of Object.keys(value)) {
      try {
        const field = value[key];
        // In JavaScript a field that is undefined is a field left out.
        if (field === undefined) continue;
        const name = text(key);
        const inner = any(field);
        if (name !== '__proto__') copied[name] = inner;
        else Object.defineProperty(copied, name, { value: inner, enumerable: true });
      } catch (thrown) {
        inward.push(`.${key}`);
        throw thrown;
      }
    }
    return copied;
  }

  try {
    const copied = argument === undefined ? undefined : any(argument);
    copiedSize = UNITS - unitsLeft + BYTES_OF_VALUE * (VALUES - valuesLeft);
    return copied;
  } catch (thrown) {
    const what = thrown instanceof Refusal ? thrown.message : 'could not be read';
    const path = name + inward.reverse().join('');
    throw { code: 'INVALID_ARGUMENT', message: `${path} ${what}.`, path };
  }
}

/** A point in time as JSON has it: answers of the AWS SDK hold Dates. Throws for anything else, also of another window. */
function date(value) {
  try {
    return Date.prototype.toISOString.call(value);
  } catch {
    throw new Refusal(PLAIN);
  }
}

/** Written as `{}`, in whichever window: its prototype, if any, is the end of the chain. A Map is not. */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
