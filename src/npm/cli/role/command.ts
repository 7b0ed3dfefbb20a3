// postern role: what the policies of a role let Session Manager do, and what is missing.
import { existsSync } from 'node:fs';
import type { CapabilityResult, Diagnosis, RoleDocument, RoleInput } from '../../types.js';
import { OF_KEYS } from '../../uses.js';
import { colorOf, oneOf } from '../args.js';
import { flagsOf, parseFlags, refusal, type Flag } from '../build/flags.js';
import { calledByFlags, flagName } from '../build/names.js';
import { textOf } from '../build/output.js';
import { notesOfRegions } from '../build/region.js';
import { isCalledServiceControl } from '../check/type.js';
import { Failure } from '../failure.js';
import { count, json, painter, print, printAsIs, say, visible, type Paint } from '../terminal.js';
import { accountIn } from './account.js';
import { jsonOfYaml } from './answers.js';
import { diagnosed, type RoleText } from './deployed.js';
import { askedRole, noSuchRole, some } from './asked.js';
import { unfinished } from './details.js';
import { type Documents, documentsOf } from './documents.js';
import { severalOf } from './namesakes.js';
import { guessed, sideOf } from './side.js';
import { tableOf } from './table.js';
import { idsOf, isBySide, isWant, partitionOf, usual, wantsOf } from './wants.js';

const OWN = {
  wants: { type: 'string', multiple: true }, side: { type: 'string' }, missing: { type: 'boolean' }, format: { type: 'string' },
  role: { type: 'string' }, boundary: { type: 'string' }, scp: { type: 'string', multiple: true }, 'key-policy': { type: 'string' },
  'bucket-policy': { type: 'string' }, 'trust-policy': { type: 'string' }, 'endpoint-policy': { type: 'string', multiple: true },
  'allow-unknown': { type: 'boolean' },
} as const;

export async function run(args: string[]): Promise<number> {
  const flags = flagsOf('Want').filter(({ path }) => path[0] !== 'capability');
  const { given: values, own, positionals: words } = parseFlags('role', args, flags, OWN);
  if (words.length === 0) throw new Failure('Name the files that hold the policies of the role, or - for standard input. "postern role --help" shows how.');
  const format = oneOf('--format', own.format, ['human', 'json'] as const) ?? 'human';
  const side = oneOf('--side', own.side, ['node', 'operator'] as const);
  const asked = own.wants?.flatMap((list) => list.split(/[,\s]+/)).filter((word) => word !== '');
  const stray = asked === undefined ? undefined : words.find((word) => isWant(word) && !existsSync(word));
  if (stray !== undefined) throw new Failure(`${stray}: there is no such file or folder. To want several: --wants ${[...asked!, stray].join(',')}.`);
  const paint = painter(colorOf(own.color));
  const around = await aroundOf(own);
  const role = own.role === undefined ? undefined : askedRole(own.role);
  // What cannot be told may fail.
  const isWrong = ({ result }: CapabilityResult): boolean => result === 'fails' || (result === 'unknown' && own['allow-unknown'] !== true);
  try {
    const partition = partitionOf(values);
    const account = await accountIn(words, role);
    const where = some(words.map((word) => (word === '-' ? 'standard input' : word)));
    const ofRegions = notesOfRegions([values['region'], regionIn(values['kmsKeyArn'])]).map(({ message }) => message);
    const notes = [...ofRegions, ...(account?.goesOn ?? []).map(unfinished)];
    if (account !== null && own.role === undefined && account.roles !== 1) {
      notes.forEach(say);
      if (account.roles === 0) throw new Failure(`There is no role in ${where}.`);
      if (own.missing === true) throw new Failure('--missing is for one role; name it with --role.');
      const ids = asked === undefined ? usual(side ?? 'node') : idsOf(asked, side ?? 'node');
      if (side === undefined && isBySide(asked)) {
        notes.push(AS_NODES);
        say(AS_NODES);
      }
      const wrong = await tableOf(account, { wants: wantsOf(ids, values), around, paint, format, isWrong, notes });
      if (asked === undefined || wrong === 0) return 0;
      say(`${count(wrong, 'role does', 'roles do')} not have all that is wanted, so the exit code is 1; --role NAME asks of one role alone.`);
      return 1;
    }
    if (account !== null && role !== undefined && new Set(account.arns).size > 1) throw severalOf(role, [...new Set(account.arns)]);
    const documents: Documents = account === null ? withNotes(await documentsOf(words, role, partition), ofRegions)
      : { texts: Array.from(account.documents(), ({ text }): RoleText => ({ name: words.length === 1 ? words[0]! : where, text, within: null, attached: null })), unread: [], trusts: [], boundary: null, terms: [], roleName: null, isNamed: false, ownName: null, roles: [], isOfAnyPartition: false, called: new Map(), notes };
    if (account !== null && documents.texts.length === 0) throw noSuchRole(own.role!, where, account.names);
    // By which word a template calls a role is not its name in the account.
    const isOfTemplates = documents.roleName !== null && documents.texts.every(({ within, attached }) => within !== null || attached !== null);
    const roleName = documents.isOfPolicy === true ? null : isOfTemplates ? documents.ownName : role?.name ?? null;
    const input = { ...around, ...roleName === null ? {} : { roleName } };
    const named = documents.texts.map((one) => ({ ...one, name: documents.called.get(one.name) ?? one.name }));
    const taken = side === undefined ? sideOf(input, named, documents.trusts) : { side, isGuessed: false };
    const of = taken.side;
    if (taken.isGuessed && isBySide(asked)) documents.notes.push(guessed(taken));
    documents.notes.forEach(say);
    if (of === 'operator' && own['endpoint-policy'] !== undefined) say('--endpoint-policy is not looked at: people do not call from the VPC of the node.');
    if (documents.boundary !== null && around.boundary !== undefined) say(`${documents.boundary.name} is not looked at: --boundary is given.`);
    const diagnosis = diagnosed({ ...input, wants: wantsOf(asked === undefined ? usual(of) : idsOf(asked, of), values) }, documents);
    const others = diagnosis.policies > 0 ? undefined : diagnosis.recognised.map(({ message }) => OF_OTHERS.exec(message)?.[1]).find((one) => one !== undefined);
    if (others !== undefined) throw noSuchRole(own.role!, where, others.split(', '));
    documents.texts.forEach(({ name }, i) => {
      const flag = diagnosis.recognised.some(({ path, used, kind }) => path === `documents[${i}]` && used && kind === 'policy') ? flagMeant(name) : null;
      if (flag !== null) say(`${name} counts as a policy of the role, which its name does not sound like. If it is none, give it by ${flag}.`);
    });
    await tell(format === 'json' ? { ...diagnosis, assumptions: [...diagnosis.assumptions, ...documents.notes] } : diagnosis, { names: namesOf(documents, around), format, isMissing: own.missing === true, paint });
    if (documents.isOfAnyPartition && diagnosis.capabilities.some(({ result }) => result === 'unknown')) say('AWS::Partition and AWS::URLSuffix are known where --partition or --region says it.');
    return asked !== undefined && diagnosis.capabilities.some(isWrong) ? 1 : 0;
  } catch (reason) {
    throw inFlags(reason);
  }
}

const AS_NODES = "Every role is asked as a node's, as --side node does; --side operator asks of people.";

/** Of a role that is none of those in answers of AWS: these. */
const OF_OTHERS = / is not in what was given, which has (.+)\.$/;

/** By which option a file is given, as its name sounds; null where it sounds like a policy of the role. */
const flagMeant = (name: string): string | null => (isCalledServiceControl(name) ? '--scp' : /boundary/i.test(name) ? '--boundary' : null);

const withNotes = (documents: Documents, notes: readonly string[]): Documents => ({ ...documents, notes: [...notes, ...documents.notes] });

/** The Region of an ARN. */
const regionIn = (arn: unknown): string | undefined => (typeof arn === 'string' ? /^arn:[^:]*:[^:]*:([^:]+):/.exec(arn)?.[1] : undefined);

/** A value of a want is named as its flag. */
function inFlags(reason: unknown): unknown {
  const { path, message } = reason as { path?: string | null; message: string };
  const [, around, service] = /^input\.(boundary|scps|\w+Polic(?:y|ies))\b(?:\[\d+\])?(?:\.(\w+))?/.exec(path ?? '') ?? [];
  if (around !== undefined) return new Failure(`--${flagName([around.replace(/ies$/, 'y').replace(/s$/, '')])}: ${message.replace(/^input\.[\w.[\]]+/, service ?? 'it')}`);
  const [, name] = /^input\.wants\[\d+\]\.(\w+)$/.exec(path ?? '') ?? [];
  return name === undefined ? refusal(reason, flagsOf('Want')) : refusal(Object.assign(new Error(message), { name: 'PosternError', path: `options.${name}` }), flagsOf('Want'));
}

export type Around = Omit<RoleInput, 'documents' | 'wants' | 'roleName'>;

async function aroundOf(own: { boundary?: string; scp?: string[]; 'key-policy'?: string; 'bucket-policy'?: string; 'trust-policy'?: string; 'endpoint-policy'?: string[] }): Promise<Around> {
  const read = async (word: string): Promise<RoleDocument> => ({ name: word, text: await jsonOfYaml(await textOf(word)) });
  return {
    ...own.boundary === undefined ? {} : { boundary: await read(own.boundary) },
    ...own.scp === undefined ? {} : { scps: await Promise.all(own.scp.map(read)) },
    ...own['key-policy'] === undefined ? {} : { keyPolicy: await read(own['key-policy']) },
    ...own['bucket-policy'] === undefined ? {} : { bucketPolicy: await read(own['bucket-policy']) },
    ...own['trust-policy'] === undefined ? {} : { trustPolicy: await read(own['trust-policy']) },
    ...own['endpoint-policy'] === undefined ? {} : { endpointPolicies: Object.fromEntries(await Promise.all(own['endpoint-policy'].map(ofEndpoint))) },
  };

  async function ofEndpoint(word: string): Promise<[string, RoleDocument]> {
    const [, service, file] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    if (service === undefined || file === undefined) throw new Failure(`--endpoint-policy wants SERVICE=FILE, such as ssm=endpoint.json, and not ${JSON.stringify(word)}.`);
    return [service, await read(file)];
  }
}

function namesOf({ texts, boundary }: Documents, around: Around): Map<string, string> {
  const names = new Map(texts.map(({ name }, i) => [`documents[${i}]`, name]));
  if (boundary !== null) names.set('boundary', boundary.name);
  const add = (path: string, one: unknown): void => {
    if (Array.isArray(one)) one.forEach((inner, i) => add(`${path}[${i}]`, inner));
    else if (typeof one === 'object' && one !== null && 'text' in one) names.set(path, String((one as { name?: unknown }).name));
    else if (typeof one === 'object' && one !== null) for (const [key, inner] of Object.entries(one)) add(`${path}.${key}`, inner);
  };
  for (const [path, one] of Object.entries(around)) add(path, one);
  return names;
}

interface Telling {
  /** What the texts are called, by where the engine has them. */
  names: ReadonlyMap<string, string>;
  format: 'human' | 'json';
  isMissing: boolean;
  paint: Paint;
}

async function tell(diagnosis: Diagnosis, { names, format, isMissing, paint }: Telling): Promise<void> {
  const { recognised, roleName, policies, statements, capabilities, missing, blocked, assumptions } = diagnosis;
  for (const line of new Set(recognised.flatMap(({ used, path, message }) => (used && !IN_WHICH_CASE.test(message) ? [] : [`${names.get(path) ?? path}: ${inWords(message)}`])))) say(line);
  if (format === 'json') {
    await print(`${json(isMissing ? missing : diagnosis, 2)}\n`);
    return;
  }
  const has = (wanted: CapabilityResult['result']): boolean => capabilities.some(({ result }) => result === wanted);
  const stream = isMissing ? process.stderr : process.stdout;
  const title = `${roleName === null ? 'These policies' : roleName}: ${count(policies, 'policy', 'policies')}, ${count(statements, 'statement')}.`;
  await print([visible(title), ...capabilities.map((one) => lineOf(one, paint)), ...blocked.length === 0 ? [] : ['No policy that is added can help here:', ...blocked.map(({ message }) => `    ${inWords(message)}`)],
    ...isMissing || missing === null ? [] : [blocked.length === 0 ? '--missing prints what has to be added.' : 'That has to be changed; --missing prints what has to be added besides.'], ...assumptions.map((one) => paint('dim', inWords(one))), ''].join('\n'), stream);
  const isAdvised = capabilities.some(({ reasons }) => reasons.some(({ level, kind }) => level === 'recommended' && kind === 'closed'));
  const keys = new Set(capabilities.flatMap(({ reasons }) => reasons.flatMap(({ dependsOn }) => dependsOn)));
  for (const [key, value] of OF_KEYS) if (keys.has(key)) say(`${key} is not known without --${flagName([value])}.`);
  if (isMissing && missing !== null) {
    for (const { message } of missing.notes) say(inWords(message));
    await printAsIs(missing.json);
  }
  else if (isMissing && has('fails')) say('No addition can be told; see above.');
  else if (isMissing && has('unknown')) say('Nothing is known to be missing; see above.');
  else if (isMissing) say(isAdvised ? 'Nothing that is required is missing; what is recommended and not allowed stands above.' : 'Nothing is missing.');
}

/** What counts, though it may not be so, or only in part. */
const IN_WHICH_CASE = /\bcounts (?:here as if|alone)\b/;

const STYLES = { works: 'green', fails: 'red', unknown: 'yellow' } as const;

function lineOf({ id, title, result, reasons }: CapabilityResult, paint: Paint): string {
  return [`${paint(STYLES[result], result.padEnd(7))} ${paint('bold', id)}: ${title}`, ...reasons.map(({ message }) => `        ${inWords(message)}`)].join('\n');
}

/** A sentence of the engine's, which may name values of what is asked about, or options of what is built. */
function inWords(sentence: string): string {
  flags ??= ['Want', 'NodeOptions', 'OperatorOptions'].flatMap(flagsOf);
  return visible(calledByFlags(sentence, flags));
}

let flags: Flag[] | undefined;
