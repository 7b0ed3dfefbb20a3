// Policies in what the AWS CLI prints of an account: `get-account-authorization-details` and the calls for one policy.
import { type Seen, type PolicyKind, looksLikePolicy, policiesOf } from './found.js';
import { type Listed } from './roles.js';
import { type Value, get, itemsOf, known } from './value.js';

/** Lists of people and roles, and where policies stand in an entry. */
const LISTS: Record<string, { name: string; places: [string, PolicyKind][] }> = {
  UserDetailList: { name: 'UserName', places: [['UserPolicyList', 'identity']] },
  GroupDetailList: { name: 'GroupName', places: [['GroupPolicyList', 'identity']] },
  RoleDetailList: { name: 'RoleName', places: [['AssumeRolePolicyDocument', 'trust'], ['RolePolicyList', 'identity']] },
  Roles: { name: 'RoleName', places: [['AssumeRolePolicyDocument', 'trust']] },
};

/** Answers that hold one policy, by the keys that lead to it. */
const ANSWERS: [path: string, kind: PolicyKind | null, resourceType?: string][] = [
  ['PolicyDocument', 'identity'],
  ['PolicyVersion.Document', 'identity'],
  ['Role.AssumeRolePolicyDocument', 'trust'],
  ['Policy', 'resource'],
  ['Policy.Content', null],
  ['Attributes.Policy', 'resource'],
  ['ResourcePolicy', 'resource', 'AWS::SecretsManager::Secret'],
  ['InlinePolicy', 'identity'],
  ['policyText', 'resource'],
];

export function policiesInAccount(root: Value, source: string): Seen[] {
  const found = Object.entries(LISTS).flatMap(([list, { name, places }]) => (
    itemsOf(get(root, list)).flatMap((one, index) => {
      const at = `${list}.${known(get(one, name)) ?? index}`;
      return places.flatMap(([key, kind]) => {
        const value = get(one, key);
        if (value?.kind !== 'list') return policiesOf(value, { name: `${at}.${key}`, kind, resourceType: null }, source);
        return value.items.flatMap((item, number) => (
          policiesOf(get(item, 'PolicyDocument'), { name: `${at}.${known(get(item, 'PolicyName')) ?? number}`, kind, resourceType: null }, source)
        ));
      });
    })
  ));
  // Of a managed policy only the version in force counts.
  const managed = itemsOf(get(root, 'Policies')).flatMap((policy, index) => (
    itemsOf(get(policy, 'PolicyVersionList')).flatMap((version) => {
      const isDefault = get(version, 'IsDefaultVersion');
      if (isDefault?.kind !== 'plain' || isDefault.json !== 'true') return [];
      const name = `Policies.${known(get(policy, 'PolicyName')) ?? index}`;
      return policiesOf(get(version, 'Document'), { name, kind: 'identity', resourceType: null }, source);
    })
  ));
  return [...found, ...managed, ...answers(root, source)];
}

/** The managed policies that are attached, of which the text has no version. */
export function listedInAccount(root: Value): Listed[] {
  const there = new Set(itemsOf(get(root, 'Policies')).filter((one) => itemsOf(get(one, 'PolicyVersionList')).length > 0).map((one) => known(get(one, 'Arn'))));
  const listed = (list: Value | undefined, at: string): Listed[] => itemsOf(list).flatMap((one, index) => {
    const arn = known(get(one, 'PolicyArn'));
    return arn === null || there.has(arn) ? [] : [{ start: one.start, end: one.end, name: `${at}[${index}]`, listed: arn }];
  });
  const ofDetails = Object.entries(LISTS).flatMap(([list, { name }]) => itemsOf(get(root, list)).flatMap((one, index) => (
    listed(get(one, 'AttachedManagedPolicies'), `${list}.${known(get(one, name)) ?? index}.AttachedManagedPolicies`)
  )));
  return [...ofDetails, ...listed(get(root, 'AttachedPolicies'), 'AttachedPolicies')];
}

function answers(root: Value, source: string): Seen[] {
  return ANSWERS.flatMap(([path, kind, resourceType = null]) => {
    const value = path.split('.').reduce<Value | undefined>((one, key) => get(one, key), root);
    if (value === undefined || !(looksLikePolicy(value) || /^%7b/i.test(known(value) ?? ''))) return [];
    return policiesOf(value, { name: path, kind, resourceType }, source);
  });
}
