// Roles that files refer to and do not make, by a data source of Terraform or by their names: they are made elsewhere, and may
// have policies that the files do not tell of.
import { type Attached, type Holder, type Met, isAttached, isHolder, isReferred } from '../source/index.js';
import { plain } from './scopes.js';

/**
 * The same files, in which each of these roles is one with policies where the files attach some to it or where it is asked
 * about, and is the role of the files itself where the data source leads to that.
 */
export function withReferred<F extends { text: object | null; met: Met[] }>(files: readonly F[], role: string | undefined): F[] {
  const met = files.flatMap((file) => file.met);
  const [referred, holders] = [met.filter(isReferred), met.filter(isHolder)];
  const [first, ...others] = files;
  if (referred.length === 0) return first !== undefined && role !== undefined && isNamed(files, role) ? [{ ...first, met: [...first.met, { holder: role, called: [role, role], boundary: null, isElsewhere: true }] }, ...others] : [...files];
  const made = new Map(holders.flatMap((one) => [...one.called, one.holder].map((name): [string, string] => [name, one.holder])));
  const own = new Map(referred.flatMap(({ refers, is }) => {
    const holder = made.get(is ?? '');
    return holder === undefined ? [] : [[refers, holder] as const];
  }));
  const attachedTo = new Set(met.filter(isAttached).flatMap(({ to }) => to ?? []));
  return files.map((file) => ({ ...file, met: file.met.flatMap((one): Met[] => {
    if (isAttached(one)) return [toOwn(one, own)];
    if (!isReferred(one) || own.has(one.refers)) return [one];
    const called = [plain(one.refers).split('.').at(-1)!, ...one.is === null ? [] : [one.is]];
    const holder: Holder = { holder: one.refers, called, boundary: null, isGroup: one.isGroup, isElsewhere: true };
    return [one.refers, ...called].some((name) => attachedTo.has(name) || name === role) ? [one, holder] : [one];
  }) }));
}

/** Whether templates alone attach policies to a role by its name, and make none that is called so or may be. */
function isNamed(files: readonly { text: object | null; met: Met[] }[], role: string): boolean {
  const met = files.flatMap((file) => file.met);
  return files.every(({ text }) => text === null) && met.some((one) => isAttached(one) && one.to?.includes(role) === true)
    && met.filter(isHolder).every(({ called, holder, mayBe }) => called.length > 1 && ![holder, ...called, ...mayBe ?? []].includes(role));
}

const toOwn = (one: Attached, own: ReadonlyMap<string, string>): Attached => (
  one.to === null ? one : { ...one, to: one.to.map((name) => own.get(name) ?? name) }
);
