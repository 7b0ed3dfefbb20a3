// The names of resources count in a template, or in a module of Terraform: elsewhere the same name is another thing.
import { dirname, posix } from 'node:path';
import { type Holder, type Met, isAttached, isExclusive, isHolder, isKept, isMade, isReferred, isSeen, isUser } from '../source/index.js';

interface FileWithNames {
  name: string;
  met: Met[];
}

/** The same files, in which the names of resources are those of their template or module, where there are several. */
export function scoped<F extends FileWithNames>(files: readonly F[]): F[] {
  const scopes = files.map(({ name, met }) => (met.length === 0 ? null : /\.(?:tf|tofu)(?:\.json)?$/.test(name) ? dirname(name) : name));
  const all = [...new Set(scopes.filter((one) => one !== null))];
  if (all.length < 2) return files.map((file) => ({ ...file, met: file.met.map((one) => within(one, '', () => '')) }));
  const marks = new Map(all.map((scope, i) => [scope, `\0${i}\0`]));
  const folders = new Map(all.map((scope, i) => [posix.normalize(scope.replaceAll('\\', '/')), `\0${i}\0`]));
  const markOf = (folder: string): string => folders.get(folder) ?? '\0\0';
  const marked = files.map((file, i) => {
    const mark = marks.get(scopes[i] ?? '');
    return mark === undefined ? file : { ...file, met: file.met.map((one) => within(one, mark, markOf)) };
  });
  const called = new Map(all.map((scope) => [scope, calledIn(marked.flatMap(({ met }, i) => (scopes[i] === scope ? met.filter(isHolder) : [])))]));
  return marked.map((file, i) => {
    const own = called.get(scopes[i] ?? '') ?? new Map<string, string>();
    return { ...file, met: file.met.map((one) => (isAttached(one) && one.to !== null ? { ...one, to: one.to.map((name) => own.get(name) ?? name) } : one)) };
  });
}

/** The roles of a template or module by the names that it gives them: who says such a name there means that role. */
function calledIn(holders: readonly Holder[]): Map<string, string> {
  const all = new Map<string, string[]>();
  for (const { called, holder } of holders) if (called.length > 1) all.set(called.at(-1)!, [...all.get(called.at(-1)!) ?? [], holder]);
  return new Map([...all].flatMap(([name, [one, more]]) => (one === undefined || more !== undefined ? [] : [[name, one] as const])));
}

/** The name of a resource in the module of another folder. */
export const inFolder = (folder: string, name: string): string => `\0in ${folder}\0${name}`;
const OF_FOLDER = /^\0in ([^\0]*)\0(.*)$/s;

/** As people call it. */
export const plain = (name: string): string => name.replace(/^\0\d*\0/, '');

/** What resources are called; roles and policies of the account have the same names everywhere. */
const OF_SCOPE = /^(?:module\.|locals\.|data\.|(?:resources\.)?Resources\.|functions\.|(?:provider|inputs)(?:\.|$)|aws_\w+\.)/;

function within(one: Met, scope: string, markOf: (folder: string) => string): Met {
  const own = (name: string): string => {
    const [, folder, inner] = OF_FOLDER.exec(name) ?? [];
    if (folder !== undefined) return `${markOf(folder)}${inner!}`;
    return OF_SCOPE.test(name) ? `${scope}${name}` : name;
  };
  if (isSeen(one)) return { ...one, name: own(one.name), ...one.of === undefined ? {} : { of: one.of.map(own) } };
  if (isAttached(one)) return { ...one, by: one.by.map(own), to: one.to?.map(own) ?? null };
  if (isHolder(one)) return { ...one, holder: own(one.holder), boundary: one.boundary === null ? null : { ...one.boundary, by: one.boundary.by.map(own) } };
  if (isReferred(one)) return { ...one, refers: own(one.refers), is: one.is === null ? null : own(one.is) };
  if (isExclusive(one)) return { ...one, takesFrom: one.takesFrom.map(own) };
  if (isKept(one)) return { ...one, keeps: own(one.keeps) };
  if (isMade(one)) return { ...one, makes: one.makes.map(own) };
  return isUser(one) ? { user: own(one.user), uses: own(one.uses) } : one;
}
