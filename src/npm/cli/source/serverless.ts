// Policies in serverless.yml. Sources: Serverless Framework's documentation of `provider.iam` and of `resources.extensions`, and
// that of the plugin serverless-iam-roles-per-function, which gives functions roles of their own; read 2026-11.
import { type Meant, type OfRoles, extent } from './roles.js';
import { attachedInProvider, boundaryInProvider, rolesInTemplate } from './roles-template.js';
import { policiesInTemplate, policyAround, policyIn } from './cloudformation.js';
import { type About, type Seen } from './found.js';
import { type Entry, type Value, entriesOf, get, itemsOf, known, textFor } from './value.js';
import { withUnknown } from './variables.js';

/** The lists of statements of the provider: those of its role, and those of its API. */
export const STATEMENTS: readonly (readonly [path: string, kind: 'identity' | 'resource'])[] = [
  ['provider.iam.role.statements', 'identity'], ['provider.iamRoleStatements', 'identity'],
  ['provider.apiGateway.resourcePolicy', 'resource'], ['provider.resourcePolicy', 'resource'],
];

export function isServerless(root: Value): boolean {
  return get(root, 'service') !== undefined && get(root, 'provider')?.kind === 'map';
}

export function policiesInServerless(root: Value): Seen[] {
  const statements: [About, Value | undefined][] = [
    ...STATEMENTS.map(([name, kind]): [About, Value | undefined] => [{ name, kind, resourceType: kind === 'resource' ? 'AWS::ApiGateway::RestApi' : null }, valueAt(root, name)]),
    ...functionsOf(root).map(({ key, value }): [About, Value | undefined] => (
      [{ name: `functions.${known(key)}.iamRoleStatements`, kind: 'identity', resourceType: null }, get(value, 'iamRoleStatements')]
    )),
  ];
  const made = rolesOf(root);
  const inheriting = made.own.filter(({ inherits }) => inherits === 'yes').map(({ holder }) => holder);
  const isReplaced = made.extensions.some(({ holder, properties }) => holder === PROVIDER && get(properties, 'Policies') !== undefined);
  const withOwners = (one: Seen): Seen => (
    inheriting.length === 0 && !isReplaced || !OF_ROLE.includes(one.name) ? one : { ...one, of: [isReplaced ? REPLACED : PROVIDER, ...inheriting] }
  );
  return [
    ...statements.flatMap(([about, list]) => statementsIn(list, about)).map(withOwners),
    ...made.own.flatMap(({ inherits }) => (inherits === 'yes' || inherits === 'no' ? [] : [{ name: inherits.name, kind: 'identity' as const, ...extent(inherits.by) }])),
    ...made.extensions.flatMap(({ at, id, type, properties, holder }) => (
      policiesInTemplate(mapOf([[`Resources`, mapOf([[id, mapOf([['Type', textFor(type, properties)], ['Properties', properties]])]])]]), null, 'resources.')
        .map((one) => ({ ...one, name: one.name.replace(`resources.Resources.${id}`, at), ...holder === null ? {} : { of: [holder] } }))
    )),
    ...templatesOf(root).flatMap((one) => policiesInTemplate(one, null, 'resources.')),
  ];
}

/** Of statements that stand in another file nothing is known. */
function statementsIn(list: Value | undefined, about: About): Seen[] {
  if (list?.kind === 'list') return policyIn(policyAround(variables(list)), about, null);
  return list?.kind === 'text' || list?.kind === 'map' ? [{ name: about.name, kind: about.kind, start: list.start, end: list.end }] : [];
}

export function rolesInServerless(root: Value): OfRoles[] {
  const provider = get(root, 'provider');
  const role = get(get(provider, 'iam'), 'role');
  const own = known(get(role, 'name'));
  const places: [string, Value | undefined][] = [
    ['provider.iam.role.managedPolicies', get(role, 'managedPolicies')],
    ['provider.iamManagedPolicies', get(provider, 'iamManagedPolicies')],
  ];
  const made = rolesOf(root);
  const bounds = boundsOf(root, made);
  const other = roleInPlace(root);
  if (other !== null) {
    const inVain = OF_ROLE.filter((at) => valueAt(root, at) !== undefined);
    return [
      ...inVain.flatMap((at): OfRoles[] => [{ makes: [at] }, { ...extent(other), name: at, policy: null, by: [at], to: [], isNever: true }]),
      // What that role has stands elsewhere.
      ...inVain.length + places.filter(([, value]) => value !== undefined).length === 0 ? [] : [
        { holder: OTHER, called: [PROVIDER], boundary: null }, { ...extent(other), name: OTHER, policy: null, by: [], to: [OTHER], isRole: true },
      ],
      ...ofOthers(root, made),
    ];
  }
  const extended = made.extensions.filter(({ holder }) => holder === PROVIDER);
  const isGiven = (property: string): boolean => extended.some(({ properties }) => get(properties, property) !== undefined);
  return [
    ...role?.kind === 'text' ? [] : [{ holder: PROVIDER, called: [PROVIDER, ...own === null ? [] : [own]], boundary: bounds }],
    // What an extension says stands for what the framework would make.
    ...isGiven('Policies') ? [{ makes: [REPLACED] }, { ...extent(extended[0]!.properties), name: REPLACED, policy: null, by: [REPLACED], to: [], isNever: true }] : [],
    ...places.flatMap(([at, value]) => (value === undefined || isGiven('ManagedPolicyArns') ? [] : attachedInProvider(variables(value), at).map((one) => ({ ...one, to: [PROVIDER] })))),
    ...ofOthers(root, made),
  ];
}

/** What bounds the role of the functions, or that of one with a role of its own. */
function boundsOf(root: Value, { own: all, extensions }: Roles, own?: Entry): Meant | null {
  const provider = get(root, 'provider');
  const role = get(get(provider, 'iam'), 'role');
  const holder = own === undefined ? PROVIDER : `functions.${known(own.key)}`;
  const global = all.length === 0 ? undefined : valueAt(root, `custom.${PLUGIN}.iamGlobalPermissionsBoundary`);
  const [[name, bounds] = ['', undefined]] = ([
    ...extensions.filter((one) => one.holder === holder).map(({ at, properties }) => [`${at}.PermissionsBoundary`, get(properties, 'PermissionsBoundary')]),
    [`${holder}.iamPermissionsBoundary`, get(own?.value, 'iamPermissionsBoundary')], [`custom.${PLUGIN}.iamGlobalPermissionsBoundary`, global],
    ['provider.iam.role.permissionsBoundary', get(role, 'permissionsBoundary')], ['provider.iam.role.permissionBoundary', get(role, 'permissionBoundary')],
    ['provider.rolePermissionsBoundary', get(provider, 'rolePermissionsBoundary')],
  ] as [string, Value | undefined][]).filter(([, value]) => value !== undefined);
  return bounds === undefined ? null : boundaryInProvider(variables(bounds), name);
}

interface Roles {
  own: OwnRole[];
  extensions: Extension[];
}

function rolesOf(root: Value): Roles {
  const own = ownRolesOf(root);
  return { own, extensions: extensionsOf(root, own) };
}

interface OwnRole {
  entry: Entry;
  holder: string;
  /** Whether it has the statements of all as well; what says so where only the deployment knows. */
  inherits: 'yes' | 'no' | { name: string; by: Value };
}

/** The functions that the plugin gives roles of their own, which are those with statements of their own. */
const ownRolesOf = (root: Value): OwnRole[] => functionsOf(root).filter(({ value }) => get(value, 'iamRoleStatements') !== undefined).map((entry) => {
  const holder = `functions.${known(entry.key)}`;
  const [own, all] = [get(entry.value, 'iamRoleStatementsInherit'), valueAt(root, `custom.${PLUGIN}.defaultInherit`)];
  const by = own ?? all;
  const inherits = by === undefined ? 'no' : by.kind === 'plain' ? (by.json === 'true' ? 'yes' : 'no') : { name: `${holder}.iamRoleStatementsInherit`, by };
  return { entry, holder, inherits };
});

const PLUGIN = 'serverless-iam-roles-per-function';
const OF_ROLE = STATEMENTS.filter(([, kind]) => kind === 'identity').map(([path]) => path);

const functionsOf = (root: Value): Entry[] => {
  const functions = get(root, 'functions');
  return (functions?.kind === 'list' ? itemsOf(functions) : [functions]).flatMap(entriesOf);
};

interface Extension {
  /** Its place in the file. */
  at: string;
  id: string;
  type: string;
  properties: Value;
  /** The role that it is; null for what is no role. */
  holder: string | null;
}

/** What extends resources that the framework makes. A property there stands for that of the framework, whole. */
function extensionsOf(root: Value, own: readonly OwnRole[]): Extension[] {
  const holders = new Map([[ROLE, PROVIDER], ...own.map(({ entry, holder }): [string, string] => [`${normalized(known(entry.key) ?? '')}${ROLE}`, holder])]);
  return templatesOf(root).flatMap((one) => entriesOf(get(one, 'extensions'))).flatMap(({ key, value }) => {
    const [id, properties] = [known(key) ?? '', get(value, 'Properties')];
    const type = MADE.find(([pattern]) => pattern.test(id))?.[1];
    return properties === undefined || type === undefined ? [] : [{ at: `resources.extensions.${id}`, id, type, properties, holder: holders.get(id) ?? null }];
  });
}

const ROLE = 'IamRoleLambdaExecution';
/** The resources that the framework makes and that have policies, by their logical IDs. */
const MADE: [RegExp, string][] = [
  [/IamRoleLambdaExecution$|^IamRole/, 'AWS::IAM::Role'], [/^ApiGatewayRestApi/, 'AWS::ApiGateway::RestApi'], [/BucketPolicy$/, 'AWS::S3::BucketPolicy'], [/QueuePolicy/, 'AWS::SQS::QueuePolicy'], [/TopicPolicy/, 'AWS::SNS::TopicPolicy'],
];

/** As the framework makes logical IDs of names of functions. */
const normalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', 'Dash').replaceAll('_', 'Underscore')}`;

const mapOf = (entries: [string, Value][]): Value => {
  const [, { start, end }] = entries[0]!;
  return { kind: 'map', start, end, entries: entries.map(([key, value]) => ({ key: textFor(key, { start, end: start }), value })) };
};

/** Of functions and of CloudFormation's resources. */
function ofOthers(root: Value, made: Roles): OfRoles[] {
  return [
    ...made.own.map(({ entry, holder }): OfRoles => {
      const name = known(get(entry.value, 'iamRoleStatementsName'));
      return { holder, called: [known(entry.key) ?? '', ...name === null ? [] : [name]], boundary: boundsOf(root, made, entry) };
    }),
    ...made.extensions.flatMap(({ at, properties, holder }): OfRoles[] => {
      const given = holder === null ? undefined : get(properties, 'ManagedPolicyArns');
      return given === undefined ? [] : attachedInProvider(given, `${at}.ManagedPolicyArns`).map((one) => ({ ...one, to: [holder!] }));
    }),
    ...templatesOf(root).flatMap((one) => rolesInTemplate(one, 'resources.')),
  ];
}

/** The role that functions have in place of one that the framework would make, where there is such a role. */
function roleInPlace(root: Value): Value | null {
  const provider = get(root, 'provider');
  const role = get(get(provider, 'iam'), 'role');
  const isWhole = (role?.kind === 'text' && known(role) !== null && !/\$\{(?:self|file|param|opt|env)\b/.test(known(role)!)) || (role?.kind === 'map' && role.entries.some(({ key }) => /^(?:Ref|Fn::\w+)$/.test(known(key) ?? '')));
  const own = get(provider, 'role') ?? (isWhole ? role : undefined);
  const ofFunctions = entriesOf(get(root, 'functions')).map(({ value }) => get(value, 'role'));
  return own ?? (ofFunctions.length > 0 && ofFunctions.every((one) => one !== undefined) ? ofFunctions[0]! : null);
}

const valueAt = (root: Value, path: string): Value | undefined => path.split('.').reduce<Value | undefined>((one, key) => get(one, key), root);

/** The role of the functions. */
const PROVIDER = 'provider';
/** What an extension takes the place of. */
const REPLACED = 'Resources.replaced by an extension';
/** The one that stands in its place. */
const OTHER = 'provider.role';

/** What stands in it of CloudFormation's. */
const templatesOf = (root: Value): Value[] => templatesIn(root).templates.map(variables);

/** The templates of CloudFormation that stand in a file or that it is, and how the path of what is in them begins. */
export function templatesIn(root: Value): { prefix: string; templates: readonly Value[] } {
  if (!isServerless(root)) return { prefix: '', templates: [root] };
  const resources = get(root, 'resources');
  return { prefix: 'resources.', templates: resources?.kind === 'list' ? resources.items : resources === undefined ? [] : [resources] };
}

/** The framework's own variables, such as `${self:custom.table}`; it has two that begin as IAM's do. */
function variables(value: Value): Value {
  return withUnknown(value, (variable) => variable.startsWith('$') && !/^\$\{aws:(?!accountId\}|region\})[\w/-]+\}$/.test(variable));
}
