// What Terraform takes away again: a resource that says which policies a role may have removes those that other resources
// give it, and these give them anew, so that nobody knows which of them the role has.
import { type Attached, type Exclusive, type Met, isAttached, isExclusive, isFound, isSeen, perhaps } from '../source/index.js';
import { plain } from './scopes.js';

interface FileWithText {
  source: string;
  met: Met[];
}

/** The same files, in which policies that may be taken away may not be there. */
export function withoutTaken<F extends FileWithText>(files: readonly F[]): F[] {
  const taking = new Map<string, Exclusive[]>();
  for (const one of files.flatMap(({ met }) => met.filter(isExclusive))) for (const role of one.takesFrom) taking.set(role, [...taking.get(role) ?? [], one]);
  if (taking.size === 0) return [...files];
  return files.map((file) => ({ ...file, met: file.met.map((one) => left(one, taking, file.source)) }));
}

function left(one: Met, taking: ReadonlyMap<string, readonly Exclusive[]>, source: string): Met {
  if (isAttached(one)) {
    const isInline = INLINE.test(plain(one.name));
    const isTaken = (one.to ?? []).flatMap((role) => taking.get(role) ?? []).some((by) => by.isInline === isInline && !isOwn(one.name, by) && !isLeft(one, by, source));
    return isTaken ? { ...one, isPerhaps: true } : one;
  }
  // What stands in the role itself.
  const [, role] = /^(.*?aws_iam_\w+\.[\w-]+)(?:\[[^\]]*\])?\.inline_policy\b/s.exec(isSeen(one) ? one.name : '') ?? [];
  const isTaken = (taking.get(role ?? '') ?? []).some((by) => by.isInline && !isOwn(role!, by) && IS_EMPTY.test(by.leaves));
  return isTaken && isSeen(one) && isFound(one) ? perhaps(one) : one;
}

const INLINE = /^aws_iam_(?:role|user|group)_policy\./;
const IS_EMPTY = /^\s*(?:toset\(\s*)?\[\s*\][\s)]*$/;

const isOwn = (name: string, by: Exclusive): boolean => plain(name) === by.name || plain(name).startsWith(`${by.name}.`);

/** By the resource that makes the policy, by its name, or as it is written where it is attached. */
function isLeft({ name, policy, by, start, end }: Attached, { leaves }: Exclusive, source: string): boolean {
  const written = source.slice(start, end);
  const own = INLINE.test(plain(name)) ? [plain(name), /\bname"?\s*[=:]\s*("[^"$]*")/.exec(written)?.[1]] : [...by.map(plain), written, policy?.slice(policy.lastIndexOf('/') + 1)];
  return own.some((word) => word !== undefined && word !== '' && !/^policy\//.test(word) && isIn(word, leaves));
}

/** Whether a word stands in a text, and not within another one. */
function isIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? '') && !/[\w-]/.test(text[at + word.length] ?? '')) return true;
  }
  return false;
}
