// What Terraform leaves as it is deployed, by `ignore_changes`: nobody knows then what it is.
import { type Attached, type Extent, type Met, type Seen, isAttached, isFound, isHolder, isKept, isSeen, isUser } from '../source/index.js';
import { plain } from './scopes.js';
import { beginnings } from './whose.js';

/** The same files, without what they say of attributes that are left as they are. */
export function asDeployed<F extends { met: Met[] }>(files: readonly F[]): F[] {
  const kept = new Map(files.flatMap(({ met }) => met.filter(isKept)).map((one) => [one.keeps, { ...one, attributes: new Set(one.attributes) }]));
  if (kept.size === 0) return [...files];
  const users = new Map<string, string[]>();
  for (const { user, uses } of files.flatMap(({ met }) => met.filter(isUser))) users.set(uses, [...users.get(uses) ?? [], user]);
  return files.map((file) => ({ ...file, met: file.met.map((one) => deployed(one, kept, users)) }));
}

type KeptHere = Extent & { attributes: ReadonlySet<string> };
type AllKept = ReadonlyMap<string, KeptHere>;

const isAny = (kept: KeptHere | undefined, names: readonly string[]): boolean => (
  kept !== undefined && (kept.attributes.has('all') || names.some((one) => kept.attributes.has(one)))
);

const OWNING = ['role', 'roles', 'user', 'users', 'group', 'groups'];
const POLICY = ['policy', 'inline_policy', 'assume_role_policy', 'managed_policy_arns'];

function deployed(one: Met, kept: AllKept, users: ReadonlyMap<string, string[]>): Met {
  if (isHolder(one)) {
    const own = kept.get(one.holder);
    if (own === undefined || !isAny(own, ['permissions_boundary'])) return one;
    const { start, end } = own;
    return { ...one, boundary: { name: `${one.holder}.permissions_boundary`, ...one.boundary ?? { start, end }, policy: null, by: [] } };
  }
  if (isAttached(one)) return attached(one, kept);
  if (!isSeen(one) || !isFound(one) || ![one.name, ...one.of ?? []].some((name) => isKeptAt(name, kept, users))) return one;
  const { start, end } = { start: one.place(0)?.start ?? 0, end: (one.place(one.text.length - 1) ?? one.place(0))?.end ?? 0 };
  const unread: Seen = { name: one.name, kind: one.kind, start, end, ...one.of === undefined ? {} : { of: one.of }, why: `${plain(one.name)} stays as it is deployed, by ignore_changes, and may be another policy there` };
  return unread;
}

/** By the name of a policy, which begins with its resource and goes on with the attribute, or by the resources that take it. */
function isKeptAt(name: string, kept: AllKept, users: ReadonlyMap<string, string[]>): boolean {
  const address = beginnings(name).find((one) => kept.has(one));
  if (address !== undefined) {
    const attribute = /^(?:\[[^\]]*\])?\.(\w+)/.exec(name.slice(address.length))?.[1];
    return isAny(kept.get(address), attribute === undefined ? POLICY : [attribute]);
  }
  return beginnings(name).flatMap((one) => users.get(one) ?? []).some((user) => isAny(kept.get(user), POLICY));
}

/** Another policy may be attached, or for another role. */
function attached(one: Attached, kept: AllKept): Attached {
  const address = beginnings(one.name).find((name) => kept.has(name));
  const own = kept.get(address ?? '');
  const isOther = isAny(own, ['policy_arn', 'policy_arns', 'managed_policy_arn', 'managed_policy_arns']) && one.name !== address;
  return { ...one, ...isAny(own, OWNING) ? { to: null } : {}, ...isOther ? { policy: null, by: [] } : {} };
}
