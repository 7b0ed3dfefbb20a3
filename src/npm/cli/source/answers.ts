// Several answers of the AWS CLI in one text: one after another in YAML, where their keys come again, and several that were put
// into one object, as `jq -s add` does. Each is read as if it stood alone. Source: the AWS CLI Command Reference, read 2026-11.
import { SourceError } from './error.js';
import { type Entry, type MapValue, type Value, entriesOf, get, itemsOf, known } from './value.js';

/** An answer by the keys that only it has, and those that it shares with others. */
interface Answer {
  isHere(root: Value): boolean;
  /** Null for all that no other answer takes. */
  keys: readonly string[] | null;
}

const has = (root: Value, ...keys: string[]): boolean => keys.some((key) => get(root, key) !== undefined);
const isMap = (value: Value | undefined): boolean => value?.kind === 'map';
const OF_DETAIL = ['AssumeRolePolicyDocument', 'RolePolicyList', 'UserPolicyList', 'GroupPolicyList', 'AttachedManagedPolicies'];
const PAGING = ['IsTruncated', 'Marker', 'NextToken'];
const OWNERS = ['RoleName', 'UserName', 'GroupName'];
const alone = (key: string): Answer => ({ keys: [key], isHere: (root) => isMap(get(root, key)) });
const list = (key: string): Answer => ({ keys: [key, ...PAGING], isHere: (root) => get(root, key)?.kind === 'list' });
/** In templates such a list has names only. */
const listOfMaps = (key: string): Answer => ({ keys: [key, ...PAGING], isHere: (root) => itemsOf(get(root, key)).some(isMap) });

const ANSWERS: readonly Answer[] = [
  { keys: ['Statement', 'Version', 'Id'], isHere: (root) => has(root, 'Statement') },
  // A policy of CloudFormation says in such an object for whom it is.
  { keys: ['PolicyDocument', 'PolicyName', 'ManagedPolicyName', ...OWNERS], isHere: (root) => has(root, 'PolicyDocument') },
  { keys: ['Document', 'VersionId', 'IsDefaultVersion'], isHere: (root) => has(root, 'Document') && has(root, 'VersionId') },
  { keys: ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies', ...PAGING], isHere: (root) => has(root, 'UserDetailList', 'GroupDetailList', 'RoleDetailList') },
  ...['Role', 'PolicyVersion', 'Policy'].map(alone),
  { keys: ['User'], isHere: (root) => isMap(get(root, 'User')) },
  { keys: ['Group', 'Users', ...PAGING], isHere: (root) => isMap(get(root, 'Group')) },
  ...['AttachedPolicies', 'PolicyNames', 'Versions', 'PolicyRoles'].map(list),
  listOfMaps('Roles'),
  { ...listOfMaps('Users'), isHere: (root) => listOfMaps('Users').isHere(root) && !isMap(get(root, 'Group')) },
  { keys: null, isHere: (root) => has(root, ...OF_DETAIL) },
];

/** What has one of these is something else, in which such keys have another meaning. */
const OF_OTHERS = ['Resources', 'Records', 'Events', 'detail', 'resource', 'provider'];

/** The answers that a value holds: itself where it is one, or something else. */
export function answersOf(root: Value): Value[] {
  if (root.kind === 'list') {
    const items = root.items.flatMap(answersOf);
    return items.length === root.items.length ? [root] : items;
  }
  if (root.kind !== 'map' || has(root, ...OF_OTHERS)) return [root];
  const parts = anew(root);
  const all = parts.flatMap(apart);
  // A key that stands twice in what is no answer of AWS is a mistake.
  return parts.length > 1 && !parts.every((one) => isAnswer(one) || isPaging(one)) ? [root] : all;
}

/** The keys that one answer alone has, and those that say whose it is. */
const OF_ONE = new Set(ANSWERS.flatMap(({ keys }) => keys ?? []));

const isPaging = (root: Value): boolean => entriesOf(root).every(({ key }) => PAGING.includes(known(key) ?? ''));

/** Whether a value is an answer of AWS, and not only a policy. */
export const isAnswer = (root: Value): boolean => (
  root.kind === 'list' ? root.items.length > 0 && root.items.every(isAnswer)
    : root.kind === 'map' && !has(root, ...OF_OTHERS) && ANSWERS.some((one) => one !== ANSWERS[0] && one.isHere(root))
);

/** Where a key comes again, the next answer begins. */
function anew(root: MapValue): MapValue[] {
  const parts: Entry[][] = [[]];
  let keys = new Set<string | null>();
  for (const entry of root.entries) {
    const key = known(entry.key);
    if (keys.has(key)) {
      const before = parts.at(-1)!;
      // Of what stands in the order of its keys the name of a role is not the first.
      const from = OWNERS.includes(key ?? '') ? before.findLastIndex((one) => OF_ONE.has(known(one.key) ?? '')) + 1 : before.length;
      parts.push(before.splice(from));
      keys = new Set(parts.at(-1)!.map((one) => known(one.key)));
    }
    keys.add(key);
    parts.at(-1)!.push(entry);
  }
  return parts.length === 1 ? [root] : parts.map((entries) => mapOf(entries));
}

/** An object that holds several answers, as each of them. */
function apart(root: MapValue): MapValue[] {
  const here = ANSWERS.filter((one) => one.isHere(root));
  if (here.length < 2) return [root];
  const taken = new Set(here.flatMap(({ keys }) => keys ?? []).filter((key) => !OWNERS.includes(key)));
  const parts = here.map(({ keys }) => root.entries.filter(({ key }) => {
    const name = known(key) ?? '';
    return keys === null ? !taken.has(name) : keys.includes(name);
  }));
  return parts.map((entries) => mapOf(entries));
}

const mapOf = (entries: Entry[]): MapValue => ({ kind: 'map', entries, start: entries[0]?.key.start ?? 0, end: entries.at(-1)?.value.end ?? 0 });

/** Aliases within aliases could make a small file endless. */
const LONGEST_JSON = 64 << 20;

/** A value as JSON, each key as often as it stands there. */
export function jsonOf(root: Value): string {
  let length = 0;
  const pieces: string[] = [];
  const put = (text: string): void => {
    length += text.length;
    if (length > LONGEST_JSON) throw new SourceError('Its aliases make it too long to be read.');
    pieces.push(text);
  };
  const each = <T>(all: readonly T[], around: string, one: (item: T) => void): void => {
    put(around[0]!);
    all.forEach((item, index) => {
      if (index > 0) put(',');
      one(item);
    });
    put(around[1]!);
  };
  const value = (one: Value): void => {
    if (one.kind === 'map') {
      each(one.entries, '{}', (entry) => {
        put(`${JSON.stringify(known(entry.key) ?? '')}:`);
        value(entry.value);
      });
    } else if (one.kind === 'list') each(one.items, '[]', value);
    else if (one.kind === 'plain') put(one.json);
    else put(one.kind === 'text' ? JSON.stringify(known(one) ?? '') : 'null');
  };
  value(root);
  return pieces.join('');
}

const ANY_ACCOUNT = new Set(['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies']);
const HEADS = new Set([...[...OF_ONE].filter((key) => !PAGING.includes(key) && !ANY_ACCOUNT.has(key)), ...OF_DETAIL]);

/** Whether an object with these keys may hold several answers, which is worth being looked at. */
export const mayHoldSeveral = (keys: readonly string[]): boolean => keys.some((key) => HEADS.has(key));
