// Policies in what the AWS CLI prints of an account: `get-account-authorization-details`, the calls for one policy or for a list, and
// parts of such answers, as `--query` takes them out. Source: the AWS CLI Command Reference, read 2026-11.
import { OF_ORGANIZATIONS } from './cloudformation.js';
import { isEscaped } from './embedded.js';
import { type About, type Seen, type PolicyKind, looksLikePolicy, policiesOf } from './found.js';
import { isOfOtherCloud } from './language.js';
import { type Bounded, type Listed, type Member, extent, membersBy } from './roles.js';
import { type Deciders, type Value, certain, entriesOf, get, isNothing, itemsOf, known, valuesAt } from './value.js';

/** Who or what has policies, and managed policies: in lists of an answer, alone, and taken out of either. */
const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Roles', 'Users', 'Groups', 'Policies', 'RolePolicyList', 'UserPolicyList', 'GroupPolicyList', 'PolicyVersionList'];
const ALONE = ['Role', 'User', 'Group', 'PolicyVersion'];
const NAMES = ['RoleName', 'UserName', 'GroupName', 'PolicyName'];

/** Where an entry has policies. Some are listed by their names. */
const PLACES: [key: string, kind: PolicyKind, document?: string][] = [
  ['AssumeRolePolicyDocument', 'trust'],
  ['UserPolicyList', 'identity', 'PolicyDocument'],
  ['GroupPolicyList', 'identity', 'PolicyDocument'],
  ['RolePolicyList', 'identity', 'PolicyDocument'],
  ['PolicyVersionList', 'identity', 'Document'],
  ['PolicyDocument', 'identity'],
  ['Document', 'identity'],
];

/** Of what has these keys `PolicyDocument` is the policy of somebody, and `Document` a version of one: others have such keys too. */
const OF_SOMEBODY: Readonly<Record<string, string[]>> = { PolicyDocument: ['PolicyName', 'RoleName', 'UserName', 'GroupName'], Document: ['VersionId', 'IsDefaultVersion'] };

/** What tells an answer from an object of others that has such a key too: what stands beside the policy. */
interface Shape {
  /** The other keys that the answer has; null for any. */
  keys: readonly string[] | null;
  /** Those of them that it always has, and others have not. */
  needs?: readonly string[];
  /** Whether its policies are strings of JSON without their quotes. */
  isEscaped?: boolean;
  /** Whether an object there is of others. */
  isText?: boolean;
  resourceType?: string;
}

const REST_API = [
  'apiKeySource', 'apiStatus', 'apiStatusMessage', 'binaryMediaTypes', 'createdDate', 'description', 'disableExecuteApiEndpoint', 'endpointAccessMode',
  'endpointConfiguration', 'id', 'minimumCompressionSize', 'name', 'rootResourceId', 'securityPolicy', 'tags', 'version', 'warnings',
];
const REST_APIS: readonly Shape[] = [{ keys: REST_API, needs: ['id', 'createdDate'] }, { keys: REST_API, needs: ['id'], isEscaped: true }];

/** By paths that objects of others have as well, the answers that hold the policies of resources there. */
const OF_SHAPES: readonly [path: string, shapes: readonly Shape[]][] = [
  ['Policy', [
    { keys: ['PolicyName'], needs: ['PolicyName'], resourceType: 'AWS::KMS::Key' },
    { keys: ['RevisionId', 'CurrentVersion', 'FileSystemId', 'BackupVaultName', 'BackupVaultArn'] },
  ]],
  ['policy', [...REST_APIS, { keys: ['resourceArn', 'revisionId'], needs: ['resourceArn'] }, { keys: ['state', 'createdAt', 'lastUpdatedAt'], needs: ['state', 'createdAt'] }]],
  ['Attributes.Policy', [{ keys: [], isText: true }, { keys: null, needs: ['QueueArn'] }, { keys: null, needs: ['TopicArn'] }]],
  ['policyText', [{ keys: ['registryId', 'repositoryName'], needs: ['registryId'] }]],
  ['Policies[].Policy', [{ keys: ['PolicyId', 'PolicyHash'], needs: ['PolicyId'] }]],
  ['items[].policy', REST_APIS],
  ['policies[]', [{ keys: ['nextToken'], isText: true }]],
  ['policy.document', [{ keys: ['resourceArn', 'revision'], needs: ['revision'] }]],
  ['ResourcePolicy', [{ keys: ['ARN', 'Name'], needs: ['ARN'], resourceType: 'AWS::SecretsManager::Secret' }]],
];

/** The same by paths that nobody else has, with the resource where no other answer looks so. */
const OF_RESOURCES: [path: string, resourceType?: string][] = [
  ['PolicyInJson'], ['GetResourcePoliciesResponseList[].PolicyInJson'],
  ['Policy.Established.Policy', 'AWS::S3::MultiRegionAccessPoint'],
  ['ResourcePolicy.Content', 'AWS::Organizations::ResourcePolicy'],
  ['resourcePolicies[].policyDocument', 'AWS::Logs::ResourcePolicy'],
  ['ResourcePolicies[].PolicyDocument', 'AWS::XRay::ResourcePolicy'],
  ['VpcEndpoints[].PolicyDocument', 'AWS::EC2::VPCEndpoint'],
  ['DomainStatus.AccessPolicies', 'AWS::OpenSearchService::Domain'],
  ['DomainConfig.AccessPolicies.Options', 'AWS::OpenSearchService::Domain'],
];

/** Those of identities. */
const OF_IDENTITIES = ['PolicyDocument', 'InlinePolicy', 'generatedPolicyResult.generatedPolicies[].policy'];

/** The keys by which such a text is told. */
export const OF_ACCOUNT: readonly string[] = [...new Set([
  ...LISTS, ...ALONE, ...PLACES.map(([key]) => key), 'AttachedPolicies', 'AttachedManagedPolicies', 'Content',
  ...[...OF_RESOURCES.map(([path]) => path), ...OF_SHAPES.map(([path]) => path), ...OF_IDENTITIES].map((path) => /^\w+/.exec(path)![0]),
])];

/** Whether a text may be an answer that tells of somebody. */
export const isOfSomebody = (text: string): boolean => /\b(?:RoleName|UserName|GroupName)["']?\s*:/.test(text);

interface Placed {
  at: string;
  entry: Value;
}

/** Whoever has policies, with the place where the text has them: lists of all kinds, one alone, or the text itself. */
function entriesIn(root: Value): Placed[] {
  const listed = (list: Value | undefined, before: string): Placed[] => itemsOf(list).map((entry, index) => ({ entry, at: `${before}${nameOf(entry) ?? index}` }));
  if (root.kind === 'list') return listed(root, '');
  const lists = LISTS.flatMap((list) => listed(get(root, list), `${list}.`).filter(({ entry }) => !isInline(entry)));
  return [{ entry: root, at: '' }, ...lists, ...ALONE.flatMap((key) => (get(root, key) === undefined ? [] : [{ entry: get(root, key)!, at: key }]))];
}

/** An inline policy, which its entry has. */
const isInline = (entry: Value): boolean => get(entry, 'PolicyDocument') !== undefined || get(entry, 'Document') !== undefined;

/** Of an inline policy its own name, else that of whoever it is. */
function nameOf(entry: Value): string | null {
  for (const name of isInline(entry) ? [...NAMES].reverse() : NAMES) {
    const value = known(get(entry, name));
    if (value !== null) return value;
  }
  return null;
}

const under = (at: string, name: string | number): string => (at === '' ? String(name) : `${at}.${name}`);

export function policiesInAccount(root: Value, source: string | null): Seen[] {
  const ofEntries = entriesIn(root).flatMap(({ entry, at }) => PLACES.flatMap(([key, kind, document]) => {
    const value = get(entry, key);
    if (value === undefined || (Object.hasOwn(OF_SOMEBODY, key) && !OF_SOMEBODY[key]!.some((other) => get(entry, other) !== undefined))) return [];
    if (document === undefined) return policiesOf(value, { name: at !== '' && get(entry, 'PolicyName') !== undefined ? at : under(at, key), kind, resourceType: null }, source);
    return itemsOf(value).filter(isInForce).flatMap((item, number) => {
      const name = key === 'PolicyVersionList' ? at === '' ? key : at : under(at, nameOf(item) ?? number);
      return policiesOf(get(item, document), { name, kind, resourceType: null }, source);
    });
  }));
  return inOrder([...ofEntries, ...answers(root, source)]);
}

/** Of a managed policy only the version in force counts. */
function isInForce(item: Value): boolean {
  const isDefault = get(item, 'IsDefaultVersion');
  return isDefault === undefined || (isDefault.kind === 'plain' && isDefault.json === 'true');
}

/** Each place once. */
function inOrder(all: readonly Seen[]): Seen[] {
  const startOf = (one: Seen): number => ('text' in one ? one.place(0)?.start ?? 0 : one.start);
  const places = new Map<number, Seen>();
  for (const one of all) if (!places.has(startOf(one))) places.set(startOf(one), one);
  return [...places.values()];
}

/** The managed policies that are attached, of which the text has no version. */
export function listedInAccount(root: Value): Listed[] {
  const there = new Set(itemsOf(get(root, 'Policies')).filter((one) => itemsOf(get(one, 'PolicyVersionList')).length > 0).map((one) => known(get(one, 'Arn'))));
  return entriesIn(root).flatMap(({ entry, at }) => ['AttachedManagedPolicies', 'AttachedPolicies'].flatMap((key) => itemsOf(get(entry, key)).flatMap((one, index) => {
    const arn = known(get(one, 'PolicyArn'));
    return arn === null || there.has(arn) ? [] : [{ start: one.start, end: one.end, name: `${under(at, key)}[${index}]`, listed: arn }];
  })));
}

/** Whoever has policies, with what bounds them. */
export function boundedInAccount(root: Value): Bounded[] {
  return somebodyIn(root).map(({ entry, address, name }) => {
    const bounds = get(entry, BOUNDARY);
    const arn = get(bounds, 'PermissionsBoundaryArn') ?? bounds;
    return arn === undefined || isNothing(arn) ? { ...extent(name), address, by: '' } : { ...extent(arn), address, by: known(arn) ?? BOUNDARY };
  });
}

const BOUNDARY = 'PermissionsBoundary';

/** The users who are in groups, the instance profiles that have roles, and whoever has a managed policy of which the text has the document. */
export function membersInAccount(root: Value): Member[] {
  const all = somebodyIn(root);
  // What the text tells of is that.
  const told = new Map([...all, ...entriesIn(root).map(({ entry, at }) => ({ entry, address: at }))].flatMap(({ entry, address }): [string, string][] => (
    ['GroupName', 'Arn'].flatMap((key): [string, string][] => (get(entry, key) === undefined || address === '' ? [] : [[known(get(entry, key)) ?? '', address]]))
  )));
  return all.flatMap(({ entry, address, name }) => {
    const about = { ...extent(name), name: address };
    const named = (list: string, key?: string) => itemsOf(get(entry, list)).map((one) => (key === undefined ? one : get(one, key) ?? one)).map((one) => ({ ...extent(one), called: known(one) }));
    const has = [...named('GroupList'), ...named('AttachedManagedPolicies', 'PolicyArn').filter(({ called }) => called !== null && told.has(called))]
      .map((one) => ({ ...one, called: told.get(one.called ?? '') ?? one.called }));
    return [
      ...membersBy([has, [{ ...extent(name), called: known(name) }]], about),
      ...membersBy([[{ ...extent(name), called: address }], named('InstanceProfileList', 'InstanceProfileName')], about).map((one) => ({ ...one, isAll: true })),
    ];
  });
}

/** Each with the value that is its name; one that is the whole text is called by what it is. */
function somebodyIn(root: Value): { entry: Value; address: string; name: Value }[] {
  return entriesIn(root).flatMap(({ entry, at }) => {
    const kind = ALONE.find((one) => known(get(entry, `${one}Name`)) !== null);
    return kind === undefined || isInline(entry) ? [] : [{ entry, address: at === '' ? kind : at, name: get(entry, `${kind}Name`)! }];
  });
}

const AS_THEY_STAND = { ofValue: (value: Value): [Value, Deciders][] => [[value, []]], ofList: certain };

/** What an answer that has lists says of the next one. */
const PAGING = ['NextToken', 'nextToken', 'position'];

/** Which of these answers a value is the policy of, by what stands beside it; none where something else does, so that its text tells what it is. */
function shapeOf(shapes: readonly Shape[], root: Value, holder: Value, path: string, value: Value): Shape | undefined {
  const keysOf = (one: Value): (string | null)[] => entriesOf(one).map(({ key }) => known(key));
  const [first, last] = [/^\w+/.exec(path)![0], /(\w+)(?:\[\])?$/.exec(path)![1]!];
  if (holder !== root && !keysOf(root).every((key) => key === first || PAGING.includes(key ?? ''))) return undefined;
  const own = keysOf(holder).filter((key) => key !== last);
  return shapes.find(({ keys, needs = [], isEscaped: isInside = false, isText = false, resourceType }) => (
    (keys === null || own.every((key) => keys.includes(key ?? ''))) && needs.every((key) => own.includes(key)) && (!isInside || isEscaped(known(value) ?? '')) && (!isText || value.kind === 'text')
    && (resourceType !== 'AWS::KMS::Key' || known(get(holder, 'PolicyName')) === 'default')
  ));
}

function answers(root: Value, source: string | null): Seen[] {
  /** Each value that a path leads to, with its name and the object that has it. */
  const at = (path: string): (readonly [value: Value, name: string, holder: Value])[] => {
    const dot = path.lastIndexOf('.');
    const holders = dot === -1 ? [[root, ''] as const] : valuesAt(root, path.slice(0, dot), '', AS_THEY_STAND);
    return holders.flatMap(([holder, before]) => valuesAt(holder, path.slice(dot + 1), before, AS_THEY_STAND).map(([value, name]) => [value, name.slice(1), holder] as const));
  };
  const policies = (path: string, aboutOf: (value: Value, holder: Value) => Omit<About, 'name'>): Seen[] => at(path).flatMap(([value, name, holder]) => (
    (looksLikePolicy(value) && !isOfOtherCloud(value)) || /^%7b/i.test(known(value) ?? '') ? policiesOf(value, { name, ...aboutOf(value, holder) }, source) : []));
  return [
    ...OF_SHAPES.flatMap(([path, shapes]) => policies(path, (value, holder) => {
      const shape = shapeOf(shapes, root, holder, path, value);
      return { kind: shape === undefined ? null : 'resource', resourceType: shape?.resourceType ?? null };
    })),
    // AWS prints these as texts. An object there is of others, and its text tells what it is, but where its resource is known.
    ...OF_RESOURCES.flatMap(([path, resourceType = null]) => policies(path, (value) => ({ kind: value.kind === 'map' && resourceType === null ? null : 'resource', resourceType }))),
    ...OF_IDENTITIES.flatMap((path) => policies(path, () => ({ kind: 'identity', resourceType: null }))),
    // Policies of organizations are of several languages.
    ...['', 'Policy.'].flatMap((before) => {
      const kind = OF_ORGANIZATIONS[known(at(`${before}PolicySummary.Type`)[0]?.[0]) ?? ''];
      return kind === undefined ? [] : policies(`${before}Content`, () => ({ kind, resourceType: null }));
    }),
  ];
}
