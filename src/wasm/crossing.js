// What crosses between JavaScript and the module, as words: arguments are copied out of JavaScript, answers are built.
//
// The module could walk and make objects itself, but each step between the two costs ten times one within JavaScript.
// Here is the one place where getters and proxies run, and all that they throw ends here.

// A word is one of these, plus eight times what belongs to it.
const NULL = 0;
const FALSE = 1;
const TRUE = 2;
/** In an argument the next of the numbers, in an answer the number itself. */
const NUMBER = 3;
/** The index of its text. */
const STRING = 4;
/** How many values follow. */
const LIST = 5;
/** How many fields follow, each a string and a value. */
const OBJECT = 6;
/** The index of a text that is the JSON of the value; in answers only. */
const JSON_TEXT = 7;

/** Deeper than any argument has a reason to be; an object that contains itself ends here. */
const DEPTH = 128;
/** More values than any argument has a reason to hold. */
const VALUES = 1_000_000;
/** The UTF-16 units of all its strings and names together. A module has 4 GB, and a script can give the same long
 *  string a hundred times for nothing. */
const UNITS = 64_000_000;

const PLAIN = 'must be plain data: an object, a list, a string, a number or true or false';
const TOO_LARGE = 'is too large';

const encoder = new TextEncoder();

class Refusal extends Error {}

/** The bytes of a string; undefined for what is none, or is too long. */
export function bytes(value) {
  return typeof value === 'string' && value.length <= UNITS ? encoder.encode(value) : undefined;
}

/**
 * `{words, numbers, lengths, text}` in the order of a walk: `text` holds each string once, line breaks between them, and
 * `lengths` their UTF-16 units. Or `{path, refused}`.
 */
export function flatten(argument, name) {
  const words = [];
  const numbers = [];
  const lengths = [];
  const texts = [];
  const indices = new Map();
  // The steps from what is wrong outwards; written once something is.
  const inward = [];
  let depth = 0;
  let valuesLeft = VALUES;
  let unitsLeft = UNITS;

  function index(text) {
    unitsLeft -= text.length;
    if (unitsLeft < 0) throw new Refusal(TOO_LARGE);
    let at = indices.get(text);
    if (at === undefined) {
      at = texts.push(text) - 1;
      lengths.push(text.length);
      indices.set(text, at);
    }
    return at;
  }

  function walk(value) {
    valuesLeft -= 1;
    if (valuesLeft < 0) throw new Refusal(TOO_LARGE);
    if (typeof value === 'string') words.push(STRING + 8 * index(value));
    else if (typeof value === 'number') {
      words.push(NUMBER);
      numbers.push(value);
    } else if (typeof value === 'boolean') words.push(value ? TRUE : FALSE);
    else if (value === null) words.push(NULL);
    else if (typeof value !== 'object') throw new Refusal(PLAIN);
    else if (depth === DEPTH) throw new Refusal('is nested too deeply, or contains itself');
    else if (Array.isArray(value)) list(value);
    else if (isPlain(value)) object(value);
    else throw new Refusal(PLAIN);
  }

  function list(value) {
    const head = words.push(LIST) - 1;
    let i = 0;
    depth += 1;
    // Its length is read each time: a getter may change it.
    for (; i < value.length; i += 1) {
      try {
        walk(value[i]);
      } catch (thrown) {
        inward.push(`[${i}]`);
        throw thrown;
      }
    }
    depth -= 1;
    words[head] += 8 * i;
  }

  function object(value) {
    const head = words.push(OBJECT) - 1;
    let fields = 0;
    depth += 1;
    for (const key of Object.keys(value)) {
      try {
        const field = value[key];
        // In JavaScript a field that is undefined is a field left out.
        if (field === undefined) continue;
        words.push(STRING + 8 * index(key));
        walk(field);
        fields += 1;
      } catch (thrown) {
        inward.push(`.${key}`);
        throw thrown;
      }
    }
    depth -= 1;
    words[head] += 8 * fields;
  }

  try {
    walk(argument);
    const text = encoder.encode(texts.join('\n'));
    return { words: new Uint32Array(words), numbers: new Float64Array(numbers), lengths: new Uint32Array(lengths), text };
  } catch (thrown) {
    return { path: name + inward.reverse().join(''), refused: thrown instanceof Refusal ? thrown.message : 'could not be read' };
  }
}

/** Written as `{}`, in whichever window: its prototype, if any, is the end of the chain. A Map or a Date is not. */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** An answer from its words; `lengths` are those of the texts that stand in `text`, in UTF-16 units. */
export function build(words, text, lengths) {
  const texts = [];
  let end = 0;
  for (const length of lengths) texts.push(text.slice(end, end += length));
  let at = 0;

  function value() {
    const word = words[at];
    at += 1;
    const rest = word >>> 3;
    switch (word & 7) {
      case NULL: return null;
      case FALSE: return false;
      case TRUE: return true;
      case NUMBER: return rest;
      case STRING: return texts[rest];
      case LIST: return list(rest);
      case OBJECT: return object(rest);
      case JSON_TEXT: return JSON.parse(texts[rest]);
      default: return undefined;
    }
  }

  function list(length) {
    const built = [];
    for (let i = 0; i < length; i += 1) built.push(value());
    return built;
  }

  function object(fields) {
    const built = {};
    for (let i = 0; i < fields; i += 1) {
      const name = value();
      built[name] = value();
    }
    return built;
  }

  return value();
}
