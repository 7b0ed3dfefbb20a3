// Arguments of buildNodePolicy as no type checker lets them through, for the tests of the boundary and of the
// package. Each is made when it is asked for: some are large, and some can be touched once only.

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const AT_KEY = 'options.sessionEncryption.kmsKeyArn';
const PLAIN = 'must be plain data';
const UNREADABLE = 'could not be read';

/** `{name, make, code, path, says}`: what the call must answer to `make()`. */
export function refused() {
  return [...wholeArguments(), ...fields(), ...keys(), ...traps(), ...shapes(), ...large(), ...texts()]
    .map((one) => ({ code: 'INVALID_ARGUMENT', path: 'options', ...one }));
}

/** `{name, make, like}`: strange, but to be read as the JSON text `like`. */
export function accepted() {
  const like = JSON.stringify({ region: 'eu-west-1', heartbeat: true });
  const plain = () => JSON.parse(like);
  const all = [
    ['fields that are undefined', () => ({ ...plain(), partition: undefined, sessionEncryption: undefined })],
    ['an object without a prototype', () => Object.assign(Object.create(null), plain())],
    ['a frozen object', () => Object.freeze(plain())],
    ['a field named by a symbol', () => ({ ...plain(), [Symbol('partition')]: 7 })],
    ['a getter', () => ({ heartbeat: true, get region() { return 'eu-west-1'; } })],
    ['a proxy that hides nothing', () => new Proxy(plain(), {})],
  ];
  return all.map(([name, make]) => ({ name, make, like }));
}

/** `{name, make, says}`: what is no policy text. */
export function notTexts() {
  return [
    ['nothing', () => undefined, 'is missing'],
    ['null', () => null, 'must be a string, not null.'],
    ['a number', () => 7, 'must be a string, not 7.'],
    ['a boolean', () => true, 'must be a string, not true.'],
    ['the policy as an object', () => ({ Version: '2012-10-17' }), 'must be a string, not an object: give JSON.stringify(policyDocument).'],
    ['a list', () => ['{}'], 'must be a string, not a list.'],
    ['a string object', () => new String('{}'), PLAIN],
    ['a symbol', () => Symbol('{}'), PLAIN],
    ['a BigInt', () => 7n, PLAIN],
    ['a function', () => () => '{}', PLAIN],
    ['a buffer', () => new TextEncoder().encode('{}'), PLAIN],
    ['a revoked proxy', () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; }, UNREADABLE],
  ].map(([name, make, says]) => ({ name, make, says }));
}

/** `{name, make, finds, offset}`: texts, all codes that are found in each, and where the first begins. */
export function brokenTexts() {
  return [
    ['nothing', () => '', 'JSON_SYNTAX_ERROR', 0],
    ['no JSON', () => 'hello', 'JSON_SYNTAX_ERROR', 0],
    ['a byte order mark', () => '\ufeff{}', 'JSON_SYNTAX_ERROR', 0],
    ['a megabyte of brackets', () => '['.repeat(2 ** 20), 'JSON_SYNTAX_ERROR', 128],
    ['half a pair', () => '{"Id": "\ud834"}', 'JSON_SYNTAX_ERROR', 8],
    ['half a pair behind a replacement character and a pair', () => '{"Id": "\ufffd\ud834\udd1e\udd1e"}', 'JSON_SYNTAX_ERROR', 11],
    ['an escaped half', () => '{"Id": "\\ud834"}', 'JSON_SYNTAX_ERROR', 8],
    ['a list', () => '[]', 'DATA_TYPE_MISMATCH', 0],
    ['a string of ten megabytes', () => `"${'x'.repeat(10_000_000)}"`, 'DATA_TYPE_MISMATCH POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA', 0],
  ].map(([name, make, finds, offset]) => ({ name, make, finds, offset }));
}

/** An object of another window has another Object.prototype. */
export function fromAnotherWindow() {
  const frame = document.body.appendChild(document.createElement('iframe'));
  return frame.contentWindow.eval("({ region: 'eu-west-1', sessionEncryption: { kmsKeyArn: ['key-name'] } })");
}

function wholeArguments() {
  class Options {
    region = 'eu-west-1';
  }
  return [
    ...[[null, 'null'], [7, '7'], [-7, '-7'], [1.5, 'a fraction'], [NaN, 'NaN or infinite'], [Infinity, 'NaN or infinite'],
      [true, 'true'], ['', 'the string ""'], ['{}', 'the string "{}"'], ['x'.repeat(41), 'a string'],
      [[], 'a list'], [[{}], 'a list']]
      .map(([value, found]) => ({
        name: `${found} for the options`, make: () => value, says: `options must be an object, not ${found}.`,
      })),
    ...Object.entries({
      'a symbol': () => Symbol('options'),
      'a BigInt': () => 7n,
      'a function': () => () => ({}),
      'a class': () => Options,
      'an instance of a class': () => new Options(),
      'a Map': () => new Map([['region', 'eu-west-1']]),
      'a Set': () => new Set(),
      'a Date of no time': () => new Date(NaN),
      'what inherits from Date': () => Object.create(Date.prototype),
      'a regular expression': () => /x/,
      'an Error': () => new Error('x'),
      'a promise': () => Promise.resolve({}),
      'a typed array': () => new Uint8Array(4),
      'a buffer': () => new ArrayBuffer(4),
      'a string object': () => new String('{}'),
      'an object that inherits': () => Object.create({ region: 'eu-west-1' }),
    }).map(([name, make]) => ({ name, make, says: PLAIN })),
  ];
}

function fields() {
  const wrong = (names, expected, values) => names.flatMap((field) => values.map((value) => ({
    name: `${JSON.stringify(value) ?? String(value)} for ${field}`,
    make: () => ({ [field]: value }),
    path: `options.${field}`,
    says: `options.${field} must be ${expected}, not `,
  })));
  return [
    ...wrong(['partition', 'region', 'accountId', 'policyName'], 'a string', [7, 0.5, NaN, null, true, [], {}]),
    ...wrong(['heartbeat', 'bucketEncryptionCheck'], 'true or false', [0, 1, -Infinity, '', 'true', null, [], {}]),
    ...wrong(['sessionEncryption'], 'an object', [7, KEY, null, true, [], [KEY]]),
    ...[Symbol.iterator, 7n, () => 'eu-west-1', new Date(NaN)].map((value) => ({
      name: `${String(value)} for a field`, make: () => ({ region: value }), path: 'options.region', says: PLAIN,
    })),
    { name: 'a Date for a field', make: () => ({ heartbeat: new Date(0) }), path: 'options.heartbeat', says: 'must be true or false, not the string "1970-01-01T00:00:00.000Z".' },
    {
      name: 'a field that is not known',
      make: () => ({ regoin: 'eu-west-1' }),
      path: 'options.regoin',
      says: 'options.regoin is not known. Known are ',
    },
    {
      name: 'a field called __proto__',
      make: () => JSON.parse('{"__proto__": {"heartbeat": true}}'),
      path: 'options.__proto__',
      says: 'is not known',
    },
    {
      name: 'a method',
      make: () => ({ region: { toString() { throw new Error('was called'); } } }),
      path: 'options.region.toString',
      says: PLAIN,
    },
  ];
}

function keys() {
  const key = (name, value, more) => ({
    name, make: () => ({ sessionEncryption: { kmsKeyArn: value } }), path: AT_KEY, ...more,
  });
  return [
    { name: 'no key', make: () => ({ sessionEncryption: {} }), path: AT_KEY, says: `${AT_KEY} is missing.` },
    {
      name: 'a key that is undefined',
      make: () => ({ sessionEncryption: { kmsKeyArn: undefined } }),
      path: AT_KEY,
      says: `${AT_KEY} is missing.`,
    },
    ...[7, 0.5, null, false, {}].map((value) => key(`${JSON.stringify(value)} for the key`, value,
      { says: `${AT_KEY} must be a string or a list of strings, not ` })),
    ...[7, null, false, {}, []].map((value) => key(`${JSON.stringify(value)} in the list of keys`, [KEY, value],
      { path: `${AT_KEY}[1]`, says: `${AT_KEY}[1] must be a string, not ` })),
    key('undefined in the list of keys', [KEY, undefined], { path: `${AT_KEY}[1]`, says: PLAIN }),
    key('a list of nothing but holes', new Array(2 ** 32 - 1), { path: `${AT_KEY}[0]`, says: PLAIN }),
    key('an empty list of keys', [], { code: 'KMS_KEY_MISSING', says: 'The list of KMS keys is empty.' }),
    key('a list of keys whose length is no number', new Proxy([], { get: () => 'many' }),
      { code: 'KMS_KEY_MISSING', says: 'The list of KMS keys is empty.' }),
  ];
}

/** Proxies and getters that throw. None of it may come out, nor pass through the module. */
function traps() {
  const fail = () => { throw new Error('from a trap'); };
  const all = new Proxy({}, { get: () => fail });
  const revoked = (target) => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const revokesItself = () => {
    const { proxy, revoke } = Proxy.revocable({}, { getPrototypeOf() { revoke(); return Object.prototype; } });
    return proxy;
  };
  const thrown = (what) => ({ get region() { throw what; } });
  return [
    { name: 'a proxy whose every trap throws', make: () => new Proxy({}, all) },
    { name: 'a proxy of a list whose every trap throws', make: () => new Proxy([], all) },
    { name: 'a proxy of a function whose every trap throws', make: () => new Proxy(() => {}, all), says: PLAIN },
    ...['getPrototypeOf', 'ownKeys'].map((trap) => ({
      name: `a proxy whose ${trap} throws`, make: () => new Proxy({ region: 'eu-west-1' }, { [trap]: fail }),
    })),
    {
      name: 'a proxy whose get throws',
      make: () => new Proxy({ region: 'eu-west-1' }, { get: fail }),
      path: 'options.region',
    },
    { name: 'an object whose prototype is a proxy that throws', make: () => Object.create(new Proxy({}, all)) },
    { name: 'a revoked proxy', make: () => revoked({}) },
    { name: 'a revoked proxy of a list', make: () => revoked([]) },
    { name: 'a revoked proxy in a field', make: () => ({ region: revoked({}) }), path: 'options.region' },
    { name: 'a proxy that revokes itself when it is looked at', make: revokesItself },
    {
      name: 'a list whose elements throw',
      make: () => ({
        sessionEncryption: { kmsKeyArn: new Proxy([], { get: (_, name) => (name === 'length' ? 1 : fail()) }) },
      }),
      path: `${AT_KEY}[0]`,
    },
    ...[new Error('x'), undefined, null, 7, { code: 'NOT_READY', message: 'forged', path: null }]
      .map((what) => ({
        name: `a getter that throws ${JSON.stringify(what) ?? what}`,
        make: () => thrown(what),
        path: 'options.region',
      })),
  ].map((one) => ({ says: UNREADABLE, ...one }));
}

function shapes() {
  const nested = (wrap, levels) => {
    let value = 'eu-west-1';
    for (let i = 0; i < levels; i += 1) value = wrap(value);
    return value;
  };
  const inItself = () => {
    const options = {};
    options.a = options;
    return options;
  };
  const listInItself = () => {
    const list = [];
    list.push(list);
    return { region: list };
  };
  const says = 'is nested too deeply, or contains itself';
  return [
    { name: 'an object in itself', make: inItself, path: `options${'.a'.repeat(128)}`, says },
    { name: 'a list in itself', make: listInItself, path: `options.region${'[0]'.repeat(127)}`, says },
    {
      name: 'objects nested 100,000 deep',
      make: () => nested((a) => ({ a }), 100_000),
      path: `options${'.a'.repeat(128)}`,
      says,
    },
    {
      name: 'lists nested 100,000 deep',
      make: () => nested((a) => [a], 100_000),
      path: `options${'[0]'.repeat(128)}`,
      says,
    },
    {
      name: 'an object without end',
      make: () => {
        const endless = () => ({ get a() { return endless(); } });
        return endless();
      },
      path: `options${'.a'.repeat(128)}`,
      says,
    },
  ];
}

function large() {
  const MB = 1_000_000;
  const listOf = (length, last) => {
    const list = new Array(length).fill(KEY);
    list[length - 1] = last;
    return { sessionEncryption: { kmsKeyArn: list } };
  };
  const name = 'n'.repeat(10 * MB);
  return [
    ...[1, 10].flatMap((size) => [
      {
        name: `a Region of ${size} MB`,
        make: () => ({ region: 'x'.repeat(size * MB) }),
        code: 'REGION_MALFORMED',
        path: 'options.region',
        says: '..." is not a Region.',
      },
      {
        name: `a key of ${size} MB`,
        make: () => ({ sessionEncryption: { kmsKeyArn: '\u00e9'.repeat(size * MB) } }),
        code: 'KMS_KEY_NOT_AN_ARN',
        path: AT_KEY,
        says: '..." is not an ARN.',
      },
    ]),
    {
      name: 'a policy name of 10 MB',
      make: () => ({ policyName: name }),
      code: 'POLICY_NAME_LENGTH',
      path: 'options.policyName',
      says: 'has 10000000 characters',
    },
    // A name so long is shortened where it is shown.
    { name: 'a field name of 10 MB', make: () => ({ [name]: 1 }), path: `options.${name.slice(0, 80)}`, says: 'is not known' },
    { name: 'a text of 10 MB for the options', make: () => name, says: 'must be an object, not a string' },
    {
      name: 'a list of 100,000 keys, the last of which is none',
      make: () => listOf(100_000, 'x'),
      code: 'KMS_KEY_NOT_AN_ARN',
      path: `${AT_KEY}[99999]`,
      says: '"x" is not an ARN.',
    },
    {
      name: 'a list that claims to be longer than any memory',
      make: () => ({
        sessionEncryption: {
          kmsKeyArn: new Proxy([], { get: (_, field) => (field === 'length' ? 2 ** 32 - 1 : 'key') }),
        },
      }),
      path: `${AT_KEY}[999997]`,
      says: 'is too large',
    },
    {
      name: 'one text of 10 MB seven times',
      make: () => ({ sessionEncryption: { kmsKeyArn: new Array(7).fill(name) } }),
      path: `${AT_KEY}[6]`,
      says: 'is too large',
    },
  ];
}

/** Half a surrogate pair is no character; in the module it becomes U+FFFD. */
function texts() {
  return [
    ...['\ud800', '\udc00', 'a\udfffb'].map((half) => ({
      name: `the half pair ${JSON.stringify(half)} in a policy name`,
      make: () => ({ policyName: half }),
      code: 'POLICY_NAME_CHARACTER',
      path: 'options.policyName',
      says: 'contains the character \ufffd.',
    })),
    {
      name: 'a half pair in a field name',
      make: () => ({ '\ud800': 1 }),
      path: 'options.\ufffd',
      says: 'is not known',
    },
    {
      name: 'a NUL',
      make: () => ({ policyName: '\0' }),
      code: 'POLICY_NAME_CHARACTER',
      path: 'options.policyName',
      says: 'contains the character U+0000.',
    },
    {
      name: 'a Region in full-width letters',
      make: () => ({ region: '\uff55\uff53-east-1' }),
      code: 'REGION_MALFORMED',
      path: 'options.region',
      says: 'is not a Region.',
    },
  ];
}
