// What a role's policies are read from: files as the engine takes them, and templates out of which its policies come.
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { diagnoseRole } from 'postern';
import { elsewhere } from '../access/attached.js';
import { isOpen } from '../access/worst.js';
import { textOf } from '../build/output.js';
import { Failure } from '../failure.js';
import { findFiles, nothingIn } from '../files/find.js';
import { Lines } from '../lines.js';
import { alike, didYouMean } from '../near.js';
import { AS_TEXT, isAsText } from '../source/as-text.js';
import { policiesOfText } from '../source/pasted.js';
import { type Attached, type Extent, type Found, type Holder, type Meant, type Met, type Seen, SourceError, expressionAt, isAttached, isExclusive, isFound, isHolder, isMade, isOverride, isReferred, isSeen, isUnread, isUser, mayHoldPolicies, metIn, metInModule, ofLambda, perhaps, shown, untold } from '../source/index.js';
import { listed, say } from '../terminal.js';
import type { Partition, Recognised } from '../../types.js';
import type { RoleText } from './deployed.js';
import { type Asked, noSuchRole, some } from './asked.js';
import { answersIn } from './answers.js';
import { calledBy } from './called.js';
import { goesOn, unfinished } from './details.js';
import { asDeployed } from './kept.js';
import { choosable, namesOf, policyNamed } from './choosable.js';
import { Modules } from './modules.js';
import { apart } from './namesakes.js';
import { withoutTaken } from './exclusive.js';
import { printed } from './printed.js';
import { withReferred } from './referred.js';
import { plain, scoped } from './scopes.js';
import { areNames, mayBeSaved, savedIn, whyUnread } from './saved.js';
import { unmentioned } from './unmentioned.js';
import { Owners } from './whose.js';

export interface Documents {
  texts: RoleText[];
  /** What stands for policies of which nothing can be read. They may allow or deny what is asked. */
  unread: string[];
  /** The trust policies of templates, also those with parts that only the deployment knows. */
  trusts: string[];
  /** The permissions boundary as far as the files tell; null where they have none. */
  boundary: RoleText | null;
  /** What only the deployment knows and decides which policies there are; or which of several roles is meant. */
  terms: string[];
  /** Who is asked about, where the files have several and one was named, or only one. */
  roleName: string | null;
  /** Whether that is the name in the account. */
  isNamed: boolean;
  /** The name in the account, as files tell it. */
  ownName: string | null;
  roles: string[];
  /** Whether one policy of the files is asked of alone, and not who has it. */
  isOfPolicy?: boolean;
  /** Whether the files attach policies to a role that is made elsewhere. */
  isElsewhere?: boolean;
  /** Whether a template leaves to the deployment what hangs on the partition, and nobody says which is meant. */
  isOfAnyPartition: boolean;
  /** What the policies of files are called that do not say it themselves. */
  called: ReadonlyMap<string, string>;
  /** What is to be known of the files. */
  notes: string[];
}

interface FileOfRole {
  name: string;
  source: string;
  /** As the engine reads it itself; null for a template. */
  text: RoleText | null;
  met: Met[];
  /** Whether what AWS printed goes on in another answer; null where it is no list. */
  goesOn: boolean | null;
}

export async function documentsOf(words: readonly string[], asked?: Asked, partition?: Partition): Promise<Documents> {
  const role = asked?.name;
  const { files: read, modules, unread: unreadFiles } = await filesOf(words, partition);
  const same = apart(read, asked);
  const { files, holders, owned, others } = printed(withoutTaken(asDeployed(withReferred(scoped(same.files), role))), role);
  const templates = files.filter(({ text }) => text === null);
  const called = calledBy(files);
  const isOfAnyPartition = partition === undefined && templates.some(({ source }) => /\bAWS::(?:Partition|URLSuffix)\b/.test(source));
  // One file of a module may attach what another one makes.
  const ofNobody = unmentioned(files);
  const ofOthers = new Set(files.flatMap(({ name, met }) => (asked === undefined || asked.isIn(name) ? [] : met.filter(isHolder))));
  const owners = new Owners([...files.flatMap(({ met }) => met), ...holders], { role, ofNobody, elsewhere: ofOthers });
  const notes: string[] = [];
  if (asked !== undefined && templates.length > 0 && templates.length === files.length && owners.chosen.length === 0) {
    const policies = choosable(files, owners, asked);
    const alone = policyNamed(policies, asked);
    const near = namesOf(policies);
    if (alone !== null) return ofPolicy(alone, { called, isOfAnyPartition });
    if (owners.isSayingWhose || !IS_NAME.test(asked.name)) throw noSuchRole(asked.word, listed([...words]), [...new Set([...inFiles(files, owners.all, wordOf), ...owners.named, ...others])], { near, all: policies.filter(({ isManaged }) => isManaged).map(({ address }) => address) });
    const meant = alike(asked.name, near);
    if (meant.length > 0) notes.push(`${JSON.stringify(asked.word)} is taken to be who has the policies, of whom the files do not tell.${didYouMean(meant)}`);
  }
  if (owners.chosen.length > 1 && role !== undefined) throw new Failure(`${JSON.stringify(asked!.word)} may be ${some(inFiles(files, owners.chosen, ({ holder }) => plain(holder)), 'or')}. Name the one that is meant, or give its files alone.`);
  const [one, more] = owners.chosen;
  const sources = new Map(files.flatMap(({ source, met }) => met.filter(isAttached).map((attached) => [attached, source])));
  const termsOf = (found: Found): string[] => owners.termsOf(found).map((attached) => shown(expressionAt(sources.get(attached)!, attached.terms!)));
  const all = files.map((file) => (more !== undefined && owned.has(file) ? { texts: [], unread: [file.name], terms: [], trusts: [] } : partOf(file, owners, { modules, termsOf })));
  const several = more === undefined ? [] : [`There are ${some(inFiles(files, owners.chosen, wordOf))}, and the policies of one alone are not known to be those of all; --role NAME asks of one.`];
  const boundary = boundaryIn(files, owners, called);
  const isBoundaryOnly = (text: RoleText): boolean => text === boundary && !files.some(({ met }) => met.some((one) => isAttached(one) && isCalled(one, called.get(text.name) ?? text.name) && owners.ofAttached(one) !== 'no'));
  return {
    texts: all.flatMap(({ texts }) => texts).filter((one) => !isBoundaryOnly(one)),
    unread: [
      ...same.unread, ...all.flatMap(({ unread }) => unread), ...absentIn(files, owners), ...unreadFiles,
      ...more === undefined ? [] : owners.chosen.filter((one) => one.isElsewhere === true).map(({ holder }) => plain(holder)),
    ],
    terms: all.flatMap(({ terms }) => terms),
    trusts: all.flatMap(({ trusts }) => trusts),
    boundary,
    isElsewhere: owners.chosen.some((one) => one.isElsewhere === true),
    called,
    isOfAnyPartition,
    roleName: one === undefined || more !== undefined ? null : role ?? one.called.at(-1) ?? null,
    isNamed: one !== undefined && one.called.length > 1,
    ownName: one !== undefined && more === undefined && one.called.length > 1 ? one.called.at(-1)! : null,
    roles: more === undefined ? same.roles : inFiles(files, owners.chosen, wordOf),
    // Of several pages the last one ends the list.
    notes: [...notes, ...several, ...unattached(files, owners), ...files.some((one) => one.goesOn === false) ? [] : files.filter((one) => one.goesOn === true).map(({ name }) => unfinished(name))],
  };
}

/** What IAM takes for a name. */
const IS_NAME = /^[\w+=,.@-]+$/;

/** A policy that is asked of as if it was all that somebody has. */
function ofPolicy({ address, found }: { address: string; found: readonly { one: Found; file: FileOfRole }[] }, about: Pick<Documents, 'called' | 'isOfAnyPartition'>): Documents {
  return {
    ...about, texts: found.map(({ one, file }) => textOfFound(one, file)), isOfPolicy: true, roleName: null, isNamed: false, ownName: null,
    unread: [], trusts: [], boundary: null, terms: [], roles: [], notes: [`${address} is a policy and no role: it is asked of alone.`],
  };
}

const wordOf = ({ called, holder }: Holder): string => called.at(-1) ?? plain(holder);

/** What they are called, with their files before it where several are called the same, as --role takes it. */
function inFiles(files: readonly FileOfRole[], holders: readonly Holder[], nameOf: (one: Holder) => string): string[] {
  const names = holders.map(nameOf);
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const fileOf = new Map(files.flatMap(({ name, met }) => met.filter(isHolder).map((one): [Holder, string] => [one, name])));
  return holders.map((one, i) => (times.get(names[i]!)! > 1 && fileOf.has(one) ? `${fileOf.get(one)!}:${names[i]!}` : names[i]!));
}

interface Beside {
  modules: Modules;
  /** On what it hangs whether whoever is asked about has a policy of the files. */
  termsOf(found: Found): string[];
}

/** What a file has for those who are asked about. */
function partOf(file: FileOfRole, owners: Owners, { modules, termsOf }: Beside): Pick<Documents, 'texts' | 'unread' | 'terms' | 'trusts'> {
  const { name, source, met, text } = file;
  if (text !== null) return { texts: [text], unread: [], terms: [], trusts: [] };
  const expression = (at: Extent): string => shown(expressionAt(source, at));
  const seen = met.filter(isSeen).filter(({ kind }) => kind === null || kind === 'identity').filter((one) => !owners.isBoundaryOnly(one) && owners.ofSeen(one) !== 'no');
  const unread = seen.filter(isUnread);
  const own = seen.filter(isFound).map((one) => (owners.ofSeen(one) === 'yes' ? one : perhaps(one)));
  const terms = met.filter(isAttached).filter((one) => one.isPerhaps === true && !owners.isOfNobody(one.name) && (one.to?.length === 0 || owners.ofAttached(one) !== 'no')).map((one) => expression(one.terms ?? one));
  // A policy is attached once, to however many roles.
  const given = new Map<string, Attached[]>();
  for (const one of met.filter(isAttached)) {
    if (isIn(owners, one)) continue;
    const policy = one.policy ?? (one.isGiven === true ? one.name : expression(one));
    const before = given.get(policy);
    if (before === undefined) given.set(policy, [one]);
    else before.push(one);
  }
  const attached = [...given.values()].map((all) => ({ one: all[0]!, isPerhaps: all.some((one) => one.isPerhaps === true), whose: owners.ofAll(all) })).filter(({ whose }) => whose !== 'no');
  const missing = unread.map((one) => untold({ ...one, name: plain(one.name) }, source));
  if (own.length + attached.length === 0 && missing[0] !== undefined && !unread.some(({ why }) => why !== undefined)) throw new Failure(`${name}: ${missing[0]}`);
  for (const one of missing) say(`${name}: not looked at: ${one}`);
  const count = own.length + attached.length;
  // Which of them are one role's is not told by the file alone.
  if (count > 1 && owners.chosen.length === 0) say(`${name}: its ${count} policies are taken together, as those of one role${byRole(own.flatMap((found) => owners.makersOf(found).map(([by]) => plain(by!))))}.`);
  const trusting = met.filter(isSeen).filter(({ kind }) => kind === 'trust').filter((one) => owners.ofSeen(one) !== 'no');
  // Of several nobody knows which is meant.
  const trust = trusting.length === 1 ? trusting.filter(isFound).filter((one) => !isOpen(one) && owners.ofSeen(one) === 'yes') : [];
  for (const line of unusedIn(file, owners, trusting.filter((one) => !trust.includes(one as Found)))) say(`${name}: not looked at: ${line}`);
  // Of one that is not known the names of what it may be are.
  const denying = attached.filter(({ one }) => one.policy === null && one.isGiven !== true).flatMap(({ one }) => (
    modules.denyingIn(expressionAt(source, one), file, one.start).map((policy) => elsewhere(one, policy).seen).filter(isFound)
  ));
  const texts = [
    ...[...own, ...trust, ...denying.map((one) => perhaps(one))].map((one) => textOfFound(one, file, termsOf(one))),
    ...attached.map(({ one, whose, isPerhaps }) => textOfAttached(one, file, whose === 'yes' ? null : isPerhaps ? 'perhaps' : 'some')),
  ];
  return { texts, unread: unread.map((one) => (one.why === undefined ? expression(one) : plain(one.name))), terms, trusts: trusting.filter(isFound).map((one) => one.text) };
}

/** What a file has beside, and why it has no say. */
function unusedIn({ met }: FileOfRole, owners: Owners, trust: readonly Seen[]): string[] {
  const lines: string[] = [];
  const tell = (all: readonly { name: string }[], why: (isOne: boolean) => string): void => {
    if (all.length > 0) lines.push(`${some(all.map(({ name }) => plain(name)), 'and', NAMED_UNUSED)}, ${why(all.length === 1)}`);
  };
  const seen = met.filter(isSeen);
  const isOfOthers = (one: Met): boolean => !('name' in one && owners.isOfNobody(one.name)) && (isAttached(one) ? !isIn(owners, one) && owners.ofAttached(one) === 'no' : isSeen(one) && [null, 'identity', 'trust'].includes(one.kind) && owners.ofSeen(one) === 'no');
  tell(met.filter(isOfOthers) as { name: string }[], (isOne) => `which ${isOne ? 'is' : 'are'} of others.`);
  tell(trust, (isOne) => (isOne && owners.ofSeen(trust[0]!) === 'yes' ? 'of which only the deployment knows who may take the role.' : 'of which nobody knows whose is meant; --role NAME asks of one.'));
  tell(seen.filter(({ kind }) => kind === 'resource'), (isOne) => `${isOne ? 'the policy of a resource' : 'policies of resources'}: --key-policy, --bucket-policy and --endpoint-policy take one from a file of its own.`);
  tell(seen.filter(({ kind }) => kind === 'scp' || kind === 'rcp'), (isOne) => `${isOne ? 'a policy' : 'policies'} of an organization: --scp takes a service control policy from a file of its own.`);
  return lines;
}

const NAMED_UNUSED = 4;

const isCalled = ({ policy }: Meant, name: string): boolean => policy !== null && policy.slice(policy.lastIndexOf('/') + 1) === name;

const isIn = (owners: Owners, { by }: Meant): boolean => by.length > 0 && by.every((one) => owners.isMade(one));

/** The documents of a module that its resources take from files that were not given. */
function absentIn(files: readonly FileOfRole[], owners: Owners): string[] {
  return files.flatMap(({ name, met }) => [...new Set(met.filter(isUser).filter(({ user, uses }) => !owners.isMade(uses) && owners.ofSeen({ name: user }) !== 'no').map(({ uses }) => uses))].map((uses) => {
    say(`${name}: not looked at: ${plain(uses)}, which is in none of the files.`);
    return plain(uses).replace('locals.', 'local.');
  }));
}

/** That policies of the files are attached to nobody there. They count only where the files tell of no role at all. */
function unattached(files: readonly FileOfRole[], owners: Owners): string[] {
  const all = files.flatMap(({ met }) => met.filter(isMade).flatMap(({ makes: [name] }) => (name !== undefined && owners.isUnattached(name) && owners.ofSeen({ name }) !== 'perhaps' && !owners.isBoundaryOnly({ name }) ? [plain(name)] : [])));
  const [is, what] = all.length === 1 ? ['is', 'policy'] : ['are', 'policies'];
  return all.length === 0 ? [] : [`${some(all)} ${is} attached to nobody in these files, and ${is} taken to be ${owners.isSayingWhose ? `no ${what} of a role` : `the ${what} of the role, of which they do not tell`}${owners.isSayingWhose ? byRole(all) : ''}.`];
}

/** How one policy is asked of alone. */
const byRole = ([first, more]: readonly string[]): string => (first === undefined ? '' : `; --role ${first} asks of ${more === undefined ? 'it' : 'one of them'} alone`);

/** The policy that bounds all who are asked about; one that nobody knows where these differ. */
function boundaryIn(files: readonly FileOfRole[], owners: Owners, names: ReadonlyMap<string, string>): RoleText | null {
  const { boundaries } = owners;
  if (boundaries === null) return null;
  const [bound = null] = boundaries;
  const file = files.find(({ met }) => met.some((one) => isHolder(one) && one.boundary !== null && boundaries.includes(one.boundary)))!;
  if (boundaries.length > 1 || bound === null) {
    const attached = { at: boundaries.find((one) => one !== null)!, source: file.source, expression: 'the role', sentence: 'Roles have different permissions boundaries, or none; --role NAME asks of one.' };
    return { name: file.name, text: NOT_KNOWN, within: null, attached };
  }
  // A text may be called as the policy is.
  const called = files.find(({ text, name }) => text !== null && isCalled(bound, names.get(name) ?? name));
  if (called !== undefined) return called.text;
  if (!isIn(owners, bound)) return textOfAttached(bound, file, null);
  for (const one of files) {
    const found = one.met.filter(isSeen).filter(isFound).find((policy) => owners.isMeant(bound, policy));
    if (found !== undefined) return textOfFound(found, one);
  }
  return textOfAttached({ ...bound, policy: null }, file, null);
}

/** The files that words name, and those of folders that say something of roles; and what of these may do so and cannot be read. */
async function filesOf(words: readonly string[], partition: Partition | undefined): Promise<{ files: FileOfRole[]; modules: Modules; unread: string[] }> {
  const isFolder = (word: string): boolean => word !== '-' && statSync(word, { throwIfNoEntry: false })?.isDirectory() === true;
  const { targets, problems, empty } = findFiles(words.filter(isFolder), () => false, (path) => mayHoldPolicies(path) || (mayBeSaved(path) && savedIn(path) !== null));
  const [wrong] = [...problems, ...empty.map(nothingIn)];
  if (wrong !== undefined) throw new Failure(`${wrong.path}: ${wrong.message}`);
  const all = [...words.filter((word) => !isFolder(word)).map((path) => ({ path, isNamed: true })), ...targets.map(({ path }) => ({ path, isNamed: false }))];
  const sources = (await Promise.all(all.map(async (one): Promise<SourceOfRole[]> => {
    if (one.isNamed || mayHoldPolicies(one.path)) return [{ ...one, source: await textOf(one.path) }];
    const source = savedIn(one.path);
    return source === null ? [] : [{ ...one, source }];
  }))).flat();
  const modules = await overridden(sources);
  const parts = (await Promise.all(sources.map(partsOf))).flat();
  const files = await Promise.all(parts.map((one) => fileOf(one, { given: modules.get(one.path), partition, isBeside: parts.length > 1 })));
  const read = files.filter((one) => one !== null && !('why' in one)) as FileOfRole[];
  const unread = files.flatMap((one) => (one !== null && 'why' in one ? [one] : []));
  for (const { name, why } of unread) say(`${name}: not looked at: ${why}`);
  if (read.length === 0) throw new Failure(`${listed(words.map((word) => (word === '-' ? 'standard input' : word)))}: no policy of a role was found. "postern role --help" tells what is read.`);
  const told = await Modules.of(sources.map(({ path, source }) => ({ name: path, source })));
  return { files: read.map((one) => ({ ...one, met: told.told(one, one.met) })), modules: told, unread: unread.map(({ name }) => name) };
}

interface SourceOfRole {
  path: string;
  isNamed: boolean;
  source: string;
  /** Whether AWS printed it, whatever the file is called. */
  isPrinted?: boolean;
}

/** What was met in the files of each module of Terraform in which some override others. */
async function overridden(sources: readonly SourceOfRole[]): Promise<Map<string, Met[]>> {
  const modules = new Map<string, SourceOfRole[]>();
  for (const one of sources) if (/\.(?:tf|tofu)(?:\.json)?$/.test(one.path)) modules.set(dirname(one.path), [...modules.get(dirname(one.path)) ?? [], one]);
  const found = new Map<string, Met[]>();
  for (const files of modules.values()) {
    if (files.length < 2 || !files.some(({ path }) => isOverride(path))) continue;
    const met = await placed(files[0]!, () => metInModule(files.map(({ path, source }) => ({ name: path, text: source }))));
    files.forEach(({ path }, i) => found.set(path, met[i]!));
  }
  return found;
}

/** A file with what AWS printed in it as JSON, and what else stands there as a file of its own. */
async function partsOf(one: SourceOfRole): Promise<SourceOfRole[]> {
  const { json, rest } = await placed(one, () => answersIn(one.source));
  if (json === '') return [one];
  return [{ ...one, source: json, isPrinted: json !== one.source }, ...rest === '' ? [] : [{ ...one, source: rest }]];
}

/** Null for a file that says nothing of roles, and need not; of one in a folder that may say something, why it cannot be read. */
async function fileOf({ path, isNamed, source, isPrinted }: SourceOfRole, { given, partition, isBeside }: { given: Met[] | undefined; partition: Partition | undefined; isBeside: boolean }): Promise<FileOfRole | { name: string; why: string } | null> {
  const name = path === '-' ? 'standard input' : path;
  const isCode = isPrinted !== true && /\.(?:ya?ml|template|tf|tofu|hcl|tfvars)(?:\.json)?$/i.test(path);
  if (source.trim() === '' && !isNamed && path.endsWith('.json') && !isCode) return { name, why: 'it is empty.' };
  if (source.trim() === '' && (!isNamed || isCode)) return null;
  if (source.trim() === '') throw new Failure(`${path === '-' ? 'Standard input' : path} is empty. Give a policy, or what aws iam get-role-policy or get-account-authorization-details prints.`);
  const { recognised } = diagnoseRole({ documents: [source], wants: [] });
  // Of several roles none counts before one is named.
  const isUsed = recognised.some(({ used, kind }) => (used && kind !== 'mended') || kind === 'identity') || (isBeside && areNames(source));
  const read = (look: () => Met[] | Promise<Met[]>): Promise<Met[]> => placed({ path, source }, look).catch((reason: unknown) => {
    // Of JSON the engine says more, and what was pasted is none of these.
    if (reason instanceof Failure && (isUsed || !isCode)) return [];
    throw reason;
  });
  const own = given ?? await read(() => metIn(source, path, { partition }));
  // Of what somebody names also what no format has is read, as check does.
  const met = own.length > 0 || given !== undefined || !isNamed || isUsed || isJsonText(source) ? own : await read(() => policiesOfText(source, path, { partition }, true));
  if (isUsed && !isTemplate(met)) return { name, source, text: { name, text: source, within: null, attached: null }, met: [], goesOn: goesOn(source) };
  const isOfRole = (one: Met): boolean => isAttached(one) || isExclusive(one) || isHolder(one) || isReferred(one) || isUser(one) || (isSeen(one) && (one.kind === null || one.kind === 'identity' || (one.kind === 'trust' && isFound(one))));
  const file = { name, source, text: null, met, goesOn: null };
  if (met.some(isOfRole)) return file;
  const why = isNamed ? null : whyUnread(source, recognised);
  if (why !== null) return { name, why };
  if (!isNamed || (isCode && !met.some(isSeen))) return null;
  const [beside] = met.some(isSeen) ? unusedIn(file, new Owners([]), []) : [];
  throw new Failure(`${name}: ${beside === undefined ? whatElse(source, recognised[0]) : `it holds no policy that a role has: ${beside}`}`);
}

/** What a text is that holds no policy. */
const whatElse = (source: string, seen: Recognised | undefined): string => (seen?.kind === 'not-recognised' && isAsText(source) ? AS_TEXT : seen?.message ?? 'it holds no policy.');

const isJsonText = (text: string): boolean => /^\ufeff?\s*[{["]/.test(text);

/** What is wrong with a file is told with its place. */
async function placed<T>({ path, source }: Pick<SourceOfRole, 'path' | 'source'>, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (reason) {
    if (!(reason instanceof SourceError)) throw reason;
    const { line, column } = new Lines(source).at(reason.offset);
    throw new Failure(`${path}:${line}:${column}: ${reason.message}`);
  }
}

/** Whether a file says more of roles than the engine reads in it, which knows no deployment. */
const isTemplate = (met: readonly Met[]): boolean => met.some((one) => isHolder(one) || isMade(one) || isAttached(one) || isUser(one) || ('name' in one && one.name.startsWith('Resources.')));

const textOfFound = (found: Found, { name, source }: Pick<FileOfRole, 'name' | 'source'>, terms: readonly string[] = []): RoleText => ({ name: found.name === '' ? name : `${name}, ${plain(found.name)}`, text: found.text, within: { found, source, terms }, attached: null });

/** A managed policy as the engine takes it: of one that it knows the ARN or the name is enough. */
function textOfAttached(one: Meant & Pick<Attached, 'document' | 'isGiven' | 'isLoose' | 'isRole' | 'terms'>, { name, source }: FileOfRole, open: 'perhaps' | 'some' | null): RoleText {
  const { seen } = elsewhere(one, one.policy, one.document);
  const isOpen = open !== null || one.policy === null;
  const expression = one.isGiven === true ? one.name : shown(expressionAt(source, one));
  const whether = open === 'perhaps' ? `Only the deployment knows whether ${expression} is attached.` : `The files do not tell that all who are asked about have ${expression}.`;
  // What a known one says counts as what stands in the files and may not be there does.
  if (open !== null && isFound(seen)) {
    say(`${name}, ${one.name}: ${one.isLoose === true ? `The files do not tell what ${one.name} is for.` : whether}`);
    return textOfFound(perhaps(seen), { name, source }, open === 'perhaps' && one.terms !== undefined ? [shown(expressionAt(source, one.terms))] : []);
  }
  const sentence = one.isGiven === true ? { sentence: `${one.name} is given the role, and may attach policies to it that are not read here.` } : one.isRole === true ? { sentence: `${expression} is made elsewhere, and what its policies say is not known here.` } : one.policy === null || open === null ? {} : {
    sentence: whether,
  };
  const attached = { at: { start: one.start, end: one.end }, source, expression: isOpen ? expression : null, ...sentence };
  return { name: `${name}, ${one.name}`, text: isOpen ? NOT_KNOWN : one.document ?? ofLambda(one.policy!) ?? named(one.policy!), within: null, attached };
}

/** The ARN of a managed policy that the engine does not know. */
const NOT_KNOWN = 'arn:aws:iam:::policy/unknown';

function named(policy: string): string {
  const isKnown = policy.startsWith('arn:') || diagnoseRole({ documents: [policy], wants: [] }).recognised.some(({ used }) => used);
  return isKnown ? policy : `arn:aws:iam::aws:policy/${policy}`;
}
