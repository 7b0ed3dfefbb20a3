// The policies of files by what they are called: one of them can be asked of alone, where --role names it and no role is called so.
import { Failure } from '../failure.js';
import { type Found, type Met, type Seen, type Unread, isFound, isMade, isSeen, isUnread, untold } from '../source/index.js';
import { type Asked, some } from './asked.js';
import { plain } from './scopes.js';
import type { Owners } from './whose.js';

interface FileWithText {
  name: string;
  source: string;
  met: Met[];
}

/** A resource that makes a policy, or a document. */
export interface Choosable<F> {
  /** As people write it. */
  address: string;
  /** What else it is called: its label in the file, and the name that the policy has in the account. */
  label: string;
  ownNames: string[];
  /** Whether nobody has it before it is attached. */
  isManaged: boolean;
  seen: { one: Seen; file: F }[];
}

export function choosable<F extends FileWithText>(files: readonly F[], owners: Owners, asked: Asked): Choosable<F>[] {
  const managed = new Set(files.flatMap(({ met }) => met.filter(isMade).flatMap(({ makes: [name], managed: at }) => (at === undefined || name === undefined ? [] : [name]))));
  const all = new Map<string, Choosable<F>>();
  for (const file of files.filter(({ name }) => asked.isIn(name))) {
    for (const one of file.met.filter(isSeen).filter(({ kind }) => kind === null || kind === 'identity')) {
      for (const [name, ...others] of owners.makersOf(one)) {
        const address = plain(name!).replace(/^locals\./, 'local.');
        const before = all.get(name!) ?? { address, label: lastOf(address, '.'), ownNames: others.map((other) => lastOf(other, '/')), isManaged: managed.has(name!), seen: [] };
        before.seen.push({ one, file });
        all.set(name!, before);
      }
    }
  }
  return [...all.values()];
}

const lastOf = (name: string, before: string): string => name.slice(name.lastIndexOf(before) + 1);

/** The one that is meant, which can be read; null where none is called so. */
export function policyNamed<F extends FileWithText>(all: readonly Choosable<F>[], { word, name }: Asked): { address: string; found: { one: Found; file: F }[] } | null {
  const [, path] = /^arn:[^:]*:iam::\d*:policy\/(.+)$/.exec(name) ?? [];
  // An instance is one of its resource, and a module is read by itself.
  const resource = name.replace(/\[(?:"[^"]*"|\d+)\]/g, '').replace(/^(?:module\.[\w-]+\.)+/, '');
  const exact = all.filter(({ address, ownNames }) => (path === undefined ? [name, resource].includes(address) || ownNames.includes(name) : ownNames.includes(lastOf(path, '/'))));
  const called = exact.length > 0 ? exact : all.filter(({ label }) => label === name);
  // A label may be that of a document too, and of the resource that takes it.
  const resources = called.filter(({ address }) => !/^(?:data|local)\./.test(address));
  const [policy, more] = resources.length > 0 ? resources : called;
  if (policy === undefined) return null;
  if (more !== undefined) {
    const isTwice = called.some((one) => called.some((other) => one !== other && one.address === other.address));
    throw new Failure(`${JSON.stringify(word)} may be ${some(called.map(({ address, seen }) => (isTwice ? `${seen[0]!.file.name}:${address}` : address)), 'or')}. Name the one that is meant.`);
  }
  const unread = policy.seen.find((each): each is { one: Unread; file: F } => isUnread(each.one));
  if (unread !== undefined) throw new Failure(`${unread.file.name}: ${untold({ ...unread.one, name: plain(unread.one.name) }, unread.file.source)}`);
  return { address: policy.address, found: policy.seen.filter((each): each is { one: Found; file: F } => isFound(each.one)) };
}

/** What a word may mean that is nearly the name of one. */
export const namesOf = (all: readonly Choosable<unknown>[]): string[] => [...new Set(all.flatMap(({ address, label, ownNames }) => [address, ...ownNames, label]))];
