// What a role's policies are read from: files as the engine takes them, and templates out of which its policies come.
import { diagnoseRole } from 'postern';
import { isOpen } from '../access/worst.js';
import { textOf } from '../build/output.js';
import { Failure } from '../failure.js';
import { type Attached, type Met, SourceError, type Unread, expressionAt, isAttached, isFound, isMade, isSeen, isUnread, metIn, shown, untold } from '../source/index.js';
import { say } from '../terminal.js';
import type { RoleText } from './deployed.js';

export interface Documents {
  texts: RoleText[];
  /** What stands for policies of which nothing can be read. They may allow or deny what is asked. */
  unread: string[];
}

interface FileOfRole {
  name: string;
  source: string;
  texts: RoleText[];
  unread: Unread[];
  attached: Attached[];
  makes: string[];
}

export async function documentsOf(words: readonly string[]): Promise<Documents> {
  const files = await Promise.all(words.map(fileOf));
  // One file of a module may attach what another one makes.
  const made = new Set(files.flatMap(({ makes }) => makes));
  const all = files.map((file): Documents => {
    const { name, source, unread } = file;
    // A policy is attached once, to however many roles.
    const attached = [...new Map(file.attached.filter((one) => !isIn(made, one)).map((one) => [one.policy ?? shown(expressionAt(source, one)), one])).values()];
    const missing = unread.map((one) => untold(one, source));
    if (file.texts.length + attached.length === 0 && missing[0] !== undefined) throw new Failure(`${name}: ${missing[0]}`);
    for (const one of missing) say(`${name}: not looked at: ${one}`);
    const count = file.texts.filter(({ within }) => within?.found.kind !== 'trust').length + attached.length;
    // Which of them are one role's is not told by the file alone.
    if (count > 1) say(`${name}: its ${count} policies are taken together, as those of one role.`);
    return { texts: [...file.texts, ...attached.map((one) => textOfAttached(one, file))], unread: unread.map((one) => shown(expressionAt(source, one))) };
  });
  return { texts: all.flatMap(({ texts }) => texts), unread: all.flatMap(({ unread }) => unread) };
}

const isIn = (made: ReadonlySet<string>, { by }: Attached): boolean => by.length > 0 && by.every((one) => made.has(one));

async function fileOf(word: string): Promise<FileOfRole> {
  const source = await textOf(word);
  const name = word === '-' ? 'standard input' : word;
  if (source.trim() === '') throw new Failure(`${word === '-' ? 'Standard input' : word} is empty. Give a policy, or what aws iam get-role-policy or get-account-authorization-details prints.`);
  const { recognised } = diagnoseRole({ documents: [source], wants: [] });
  const met = await metOf(source, word);
  const file: FileOfRole = { name, source, texts: [], unread: [], attached: met.filter(isAttached), makes: met.filter(isMade).flatMap(({ makes }) => makes) };
  if (recognised.some(({ used }) => used) && isOfEngine(met, file)) return { ...file, texts: [{ name, text: source, within: null, attached: null }], attached: [] };
  const policies = met.filter(isSeen).filter(({ kind }) => kind === null || kind === 'identity');
  const trust = met.filter(isSeen).filter(({ kind }) => kind === 'trust');
  file.unread = policies.filter(isUnread);
  const own = policies.filter(isFound);
  if (own.length + file.unread.length + file.attached.length === 0) throw new Failure(`${name}: ${recognised[0]?.message ?? 'it holds no policy.'}`);
  // Of several nobody knows which is meant.
  file.texts = [...own, ...trust.length === 1 ? trust.filter(isFound).filter((one) => !isOpen(one)) : []].map((one) => (
    { name: one.name === '' ? name : `${name}, ${one.name}`, text: one.text, within: { found: one, source }, attached: null }
  ));
  return file;
}

async function metOf(source: string, word: string): Promise<Met[]> {
  try {
    return await metIn(source, word);
  } catch (reason) {
    if (!(reason instanceof SourceError)) throw reason;
    return [];
  }
}

/**
 * Whether the engine reads all there is in a text. It tells the roles of a template apart, and who may take them; of what the
 * deployment decides, and of other resources than those of IAM, it knows nothing.
 */
function isOfEngine(met: readonly Met[], { source, attached, makes }: FileOfRole): boolean {
  const policies = met.filter(isSeen).filter(({ kind }) => kind === null || kind === 'identity');
  const isTemplate = [...policies, ...attached].some(({ name }) => name.startsWith('Resources.'));
  if (!isTemplate) return true;
  const made = new Set(makes);
  return policies.every((one) => isFound(one) && !isOpen(one) && /\.(?:PolicyDocument|Policies\[\d+\]\.PolicyDocument)$/.test(one.name))
    && attached.every((one) => isIn(made, one) || (/\.ManagedPolicyArns\[\d+\]$/.test(one.name) && source.slice(one.start, one.end) === JSON.stringify(one.policy)));
}

/** A managed policy as the engine takes it: of one that it knows the ARN or the name is enough. */
function textOfAttached(one: Attached, { name, source }: FileOfRole): RoleText {
  const attached = { at: { start: one.start, end: one.end }, source, expression: one.policy === null ? shown(expressionAt(source, one)) : null };
  return { name: `${name}, ${one.name}`, text: one.policy === null ? NOT_KNOWN : named(one.policy), within: null, attached };
}

/** The ARN of a managed policy that the engine does not know. */
const NOT_KNOWN = 'arn:aws:iam:::policy/unknown';

function named(policy: string): string {
  const isKnown = policy.startsWith('arn:') || diagnoseRole({ documents: [policy], wants: [] }).recognised.some(({ used }) => used);
  return isKnown ? policy : `arn:aws:iam::aws:policy/${policy}`;
}
