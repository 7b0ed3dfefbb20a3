// postern.json: found upwards from where one is, read strictly.
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { validatePolicy } from 'postern';
import { allChecks } from '../access/checks.js';
import { Failure, inFile } from '../failure.js';
import { jsonOf } from '../files/json.js';
import { readFound, readText } from '../files/read.js';
import { shown } from '../files/find.js';
import { alike, didYouMean } from '../near.js';
import { count, listed, say } from '../terminal.js';
import { VALIDATED, resourceTypes } from './resource-type.js';
import { FAIL_ON, IDENTITY_POLICIES, TYPE_NAMES, type Config, type FailOn } from './settings.js';
import type { TypeName } from '../../policy-type.js';

export const NAME = 'postern.json';

/** The file that was named, or the nearest one; null when there is none. */
export async function loadConfig(named: string | undefined): Promise<Config | null> {
  const path = placesOf(named).find((place) => named !== undefined || existsSync(place));
  if (path === undefined) return null;
  const { config, mistakes } = await readConfig(path, named !== undefined);
  const told = mistakes.map((mistake) => inFile(shown(path), mistake));
  if (told.length > MOST_MISTAKES) told.splice(MOST_MISTAKES, Infinity, `${shown(path)}: ${count(told.length - MOST_MISTAKES, 'more mistake')}.`);
  const last = told.pop();
  told.forEach(say);
  if (last !== undefined) throw new Failure(last);
  return config;
}

/** So many mistakes are told. */
const MOST_MISTAKES = 20;

/** Where the file is looked for, in this order: where it was named, or in this folder and in those above. */
export const placesOf = (named: string | undefined): string[] => (named === undefined ? placesAbove(process.cwd()) : [resolve(named)]);

/** In a folder and in those above it, up to the folder `last`. */
export function placesAbove(folder: string, last: string | null = null): string[] {
  const places: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    places.push(join(at, NAME));
    if (at === last || dirname(at) === at) return places;
  }
}

export interface ReadConfig {
  /** null where something is wrong. */
  config: Config | null;
  /** What is wrong, each with its place in front: a line and column, or such as `policies[0].files`. */
  mistakes: string[];
}

export async function readConfig(path: string, isNamed = false): Promise<ReadConfig> {
  try {
    return configIn(path, await (isNamed ? readText : readFound)(path));
  } catch (reason) {
    if (!(reason instanceof Failure)) throw reason;
    return { config: null, mistakes: [reason.message] };
  }
}

/** Of the text of a file. */
export function configIn(path: string, text: string): ReadConfig {
  const mistakes: string[] = [];
  try {
    const config = configOf(jsonOf(text), shown(path), dirname(path), (mistake) => { mistakes.push(mistake); });
    return { config: mistakes.length === 0 ? config : null, mistakes };
  } catch (reason) {
    if (!(reason instanceof Failure)) throw reason;
    return { config: null, mistakes: [reason.message] };
  }
}

/** Whether a glob of the file means a path. A glob without `/` means files of that name in every folder. */
export function matcher(folder: string, glob: string): (absolute: string) => boolean {
  const pattern = glob.includes('/') ? glob.replace(/^\.?\//, '').replace(/\/$/, '/**') : `**/${glob}`;
  const matches = picomatch(pattern, { dot: true });
  return (absolute) => matches(relative(folder, absolute).split(sep).join('/'));
}

/** What the configuration keeps from being looked at in folders. */
export function excluded(config: Config | null): (absolute: string) => boolean {
  const matchers = (config?.exclude ?? []).map((glob) => matcher(config!.folder, glob));
  return (absolute) => basename(absolute) === NAME || matchers.some((matches) => matches(absolute));
}

/** Whether a file is not looked at, because of its own name or that of a folder around it. */
export function isExcluded(config: Config | null, absolute: string): boolean {
  const isKeptOut = excluded(config);
  for (let at = absolute; ; at = dirname(at)) {
    if (isKeptOut(at)) return true;
    if (config === null || at === config.folder || dirname(at) === at) return false;
  }
}

/** Refuses a type of resource of which no check knows anything: a misspelt one would leave out what it was given for. */
export function refuseResourceType(what: string, resourceType: string): void {
  const mistake = wrongResourceType(what, resourceType, true);
  if (mistake !== null) throw new Failure(mistake);
}

function wrongResourceType(what: string, resourceType: string, isOption = false): string | null {
  try {
    validatePolicy('', { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: resourceType });
  } catch (reason) {
    return (reason as Error).message.replace('options.validatePolicyResourceType', what);
  }
  const known = resourceTypes();
  if (known.includes(resourceType)) return null;
  const service = resourceType.toLowerCase().split('::').slice(0, 2).join('::');
  const near = known.filter((one) => one.toLowerCase().startsWith(`${service}::`));
  const instead = `Of another resource say ${isOption ? '--policy-type resource' : '"type": "resource"'} and no resource type.`;
  return `${what}: no check knows ${JSON.stringify(resourceType)}. Known are ${listed(near.length > 0 ? near : VALIDATED)}. ${instead}`;
}

/** What a configuration says; it may be used only where nothing was refused. */
function configOf(given: unknown, path: string, folder: string, refuse: (mistake: string) => void): Config {
  const fields = (value: unknown, at: string, known: readonly string[]): Record<string, unknown> | null => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      refuse(`${at} is an object such as {${known.slice(0, 2).map((name) => `"${name}": ...`).join(', ')}}.`);
      return null;
    }
    for (const name of Object.keys(value)) if (!known.includes(name)) refuse(`${at} has no field ${JSON.stringify(name)}. Its fields are ${listed([...known])}.`);
    return value as Record<string, unknown>;
  };
  const list = (value: unknown, at: string): unknown[] => {
    if (value !== undefined && !Array.isArray(value)) refuse(`${at} is a list.`);
    return Array.isArray(value) ? value : [];
  };
  const word = (value: unknown, at: string): string | null => {
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (value !== undefined) refuse(`${at} is a text that is not empty.`);
    return null;
  };
  const needed = (value: unknown, at: string, why: string): string => {
    if (value === undefined) refuse(`${at} is missing: ${why}`);
    return word(value, at) ?? '';
  };
  const glob = (value: unknown, at: string, why: string): string => {
    const text = needed(value, at, why);
    // It takes away the meaning of brackets and such, which names of files have.
    if (/\\(?![[\](){}!+@|])/.test(text)) refuse(`${at}: a glob has / between folders, on Windows too, and ${JSON.stringify(text)} has a backslash.`);
    return text;
  };
  const pointer = (value: unknown, at: string): string | null => {
    const text = word(value, at);
    if (text !== null && !text.startsWith('/')) refuse(`${at} is a place in the policy such as "/Statement/0", which begins with /, and not ${JSON.stringify(text)}.`);
    return text;
  };
  const choice = <T extends string>(value: unknown, at: string, words: readonly T[]): T | null => {
    if (words.includes(value as T)) return value as T;
    if (value !== undefined) refuse(`${at} is ${listed([...words], 'or')}.`);
    return null;
  };

  const { policies, exclude, failOn, suppressions } = fields(given, 'the file', ['$schema', 'policies', 'exclude', 'failOn', 'suppressions']) ?? {};
  const codes = new Set(suppressions === undefined ? [] : allChecks().map(({ issueCode }) => issueCode));
  return {
    path, folder,
    failOn: choice<FailOn>(failOn, 'failOn', FAIL_ON),
    exclude: list(exclude, 'exclude').map((one, i) => glob(one, `exclude[${i}]`, 'a glob, such as "vendor/**".')),
    policies: list(policies, 'policies').flatMap((value, i) => {
      const at = `policies[${i}]`;
      const rule = fields(value, at, ['files', 'type', 'resourceType', 'identityPolicy']);
      if (rule === null) return [];
      const resourceType = word(rule['resourceType'], `${at}.resourceType`);
      const mistake = resourceType === null ? null : wrongResourceType(`${at}.resourceType`, resourceType);
      if (mistake !== null) refuse(mistake);
      const kind = choice(rule['identityPolicy'], `${at}.identityPolicy`, Object.keys(IDENTITY_POLICIES));
      const entry = {
        files: glob(rule['files'], `${at}.files`, 'a glob, such as "scps/**".'),
        type: choice<TypeName>(rule['type'], `${at}.type`, TYPE_NAMES),
        resourceType,
        identityPolicy: kind === null ? null : IDENTITY_POLICIES[kind]!,
      };
      if (['type', 'resourceType', 'identityPolicy'].every((name) => rule[name] === undefined)) refuse(`${at} says nothing of its files: a type, a resourceType or an identityPolicy is missing.`);
      for (const [name, type] of [['resourceType', 'resource'], ['identityPolicy', 'identity']] as const) {
        if (rule[name] !== undefined && entry.type !== null && entry.type !== type) refuse(`${at}.${name} is for the type ${type}, and the entry says the type ${entry.type}.`);
      }
      if (resourceType !== null && kind !== null) refuse(`${at} has a resourceType, which makes policies those of resources, and an identityPolicy, which is for those of identities.`);
      return [entry];
    }),
    suppressions: list(suppressions, 'suppressions').flatMap((value, i) => {
      const at = `suppressions[${i}]`;
      const one = fields(value, at, ['code', 'files', 'policy', 'pointer', 'reason']);
      if (one === null) return [];
      const code = needed(one['code'], `${at}.code`, 'the code of a check, such as "PASS_ROLE_WITH_STAR_IN_RESOURCE".');
      if (code !== '' && !codes.has(code)) refuse(`${at}.code: there is no check ${JSON.stringify(code)}.${didYouMean(alike(code.toUpperCase().replaceAll('-', '_'), [...codes]))}`);
      return [{
        code,
        files: glob(one['files'], `${at}.files`, 'a glob, such as "legacy/**".'),
        policy: word(one['policy'], `${at}.policy`),
        pointer: pointer(one['pointer'], `${at}.pointer`),
        reason: needed(one['reason'], `${at}.reason`, 'say in a sentence why the finding may stay.'),
      }];
    }),
  };
}
