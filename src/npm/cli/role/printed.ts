// Whose the policies are that AWS printed, where templates stand beside them that say of policies whose they are.
import { diagnoseRole } from 'postern';
import { type Holder, type Met, isAttached, isHolder } from '../source/index.js';
import { say } from '../terminal.js';
import { plain } from './scopes.js';

/** A text that the engine reads itself, or a template. */
interface File {
  name: string;
  source: string;
  text: object | null;
  met: readonly Met[];
}

export interface Printed<F> {
  /** The files without what AWS printed of others than the role that was asked for. */
  files: F[];
  /** Those whose policies AWS printed, beside the roles of the templates. */
  holders: Holder[];
  /** The files that AWS printed of somebody. */
  owned: ReadonlySet<F>;
  /** Those who have what was left out. */
  others: string[];
}

/** The engine has the policies that have no owner, such as those of a template, be those of the one whose answer it reads. */
export function printed<F extends File>(files: readonly F[], role: string | undefined): Printed<F> {
  const met = files.flatMap((file) => file.met);
  const isTelling = met.some((one) => isHolder(one) || (isAttached(one) && one.to !== null && one.to.length > 0));
  if (!isTelling || files.every(({ text }) => text === null)) return { files: [...files], holders: [], owned: new Set(), others: [] };
  const ownerOf = new Map(files.filter(({ text }) => text !== null).map((file) => [file, owner(file, role)]));
  const made = new Set(met.filter(isHolder).map(nameOf));
  const [holders, owned, left, others] = [new Map<string, Holder>(), new Set<F>(), [] as F[], [] as string[]];
  for (const file of files) {
    const name = ownerOf.get(file) ?? null;
    if (name !== null && role !== undefined && name !== role) {
      say(`${file.name}: not looked at: nothing in it is of ${JSON.stringify(role)}.`);
      others.push(name);
      continue;
    }
    left.push(file);
    if (name === null) continue;
    owned.add(file);
    if (!made.has(name)) holders.set(name, { holder: `\0\0${name}`, called: [name, name], boundary: null, isOfAccount: true });
  }
  if (role !== undefined && holders.size > 0) {
    for (const one of met.filter(isHolder)) {
      if (mayBeOfAccount(one)) say(`${plain(one.holder)} may be ${JSON.stringify(role)}, since only the deployment knows what it is called; what it has is not certain.`);
    }
  }
  return { files: left, holders: [...holders.values()], owned, others };
}

/** The name that whoever has policies has in the account; null where the file does not tell. */
const nameOf = ({ called }: Holder): string | null => (called.length > 1 ? called.at(-1)! : null);

/** Whether somebody whom a template makes may be any role of the account, because the template does not say the name. */
export const mayBeOfAccount = (one: Holder): boolean => one.isOfAccount !== true && one.isGroup !== true && nameOf(one) === null;

/** The one whose policies a text has; of several the one that was asked for, or a word for all; null for policies of nobody. */
function owner({ name, source }: File, role: string | undefined): string | null {
  const asked = role === undefined ? null : diagnoseRole({ documents: [source], wants: [], roleName: role }).roleName;
  if (asked !== null) return asked;
  const { roleName, capabilities } = diagnoseRole({ documents: [source], wants: [{ capability: 'node.channel' }] });
  const isOfSeveral = capabilities.some(({ reasons }) => reasons.some(({ dependsOn }) => dependsOn.includes('?role')));
  return roleName ?? (isOfSeveral ? `the roles of ${name}` : null);
}
