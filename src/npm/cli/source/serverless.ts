// Policies in serverless.yml. Source: Serverless Framework's documentation of `provider.iam`, read 2026-11.
import { type OfRoles, extent } from './roles.js';
import { attachedInProvider, boundaryInProvider, rolesInTemplate } from './roles-template.js';
import { policiesInTemplate, policyAround, policyIn } from './cloudformation.js';
import { type About, type Seen } from './found.js';
import { type Value, entriesOf, get, itemsOf, known } from './value.js';
import { withUnknown } from './variables.js';

export function isServerless(root: Value): boolean {
  return get(root, 'service') !== undefined && get(root, 'provider')?.kind === 'map';
}

export function policiesInServerless(root: Value): Seen[] {
  const provider = get(root, 'provider');
  const identity = { kind: 'identity', resourceType: null } as const;
  const ofApi = { kind: 'resource', resourceType: 'AWS::ApiGateway::RestApi' } as const;
  const statements: [About, Value | undefined][] = [
    [{ name: 'provider.iam.role.statements', ...identity }, get(get(get(provider, 'iam'), 'role'), 'statements')],
    [{ name: 'provider.iamRoleStatements', ...identity }, get(provider, 'iamRoleStatements')],
    [{ name: 'provider.apiGateway.resourcePolicy', ...ofApi }, get(get(provider, 'apiGateway'), 'resourcePolicy')],
    [{ name: 'provider.resourcePolicy', ...ofApi }, get(provider, 'resourcePolicy')],
    ...entriesOf(get(root, 'functions')).map(({ key, value }): [About, Value | undefined] => (
      [{ name: `functions.${known(key)}.iamRoleStatements`, ...identity }, get(value, 'iamRoleStatements')]
    )),
  ];
  return [
    ...statements.flatMap(([about, list]) => statementsIn(list, about)),
    ...templatesOf(root).flatMap((one) => policiesInTemplate(one, null, 'resources.')),
  ];
}

/** Of statements that stand in another file nothing is known. */
function statementsIn(list: Value | undefined, about: About): Seen[] {
  if (list?.kind === 'list') return policyIn(policyAround(variables(list)), about, null);
  return list?.kind === 'text' ? [{ name: about.name, kind: about.kind, start: list.start, end: list.end }] : [];
}

export function rolesInServerless(root: Value): OfRoles[] {
  const provider = get(root, 'provider');
  const role = get(get(provider, 'iam'), 'role');
  const own = known(get(role, 'name'));
  const places: [string, Value | undefined][] = [
    ['provider.iam.role.managedPolicies', get(role, 'managedPolicies')],
    ['provider.iamManagedPolicies', get(provider, 'iamManagedPolicies')],
  ];
  const [[name, bounds] = ['', undefined]] = ([
    ['provider.iam.role.permissionsBoundary', get(role, 'permissionsBoundary')], ['provider.iam.role.permissionBoundary', get(role, 'permissionBoundary')],
    ['provider.rolePermissionsBoundary', get(provider, 'rolePermissionsBoundary')],
  ] as [string, Value | undefined][]).filter(([, value]) => value !== undefined);
  const other = roleInPlace(root);
  if (other !== null) {
    const inVain = ['provider.iam.role.statements', 'provider.iamRoleStatements'].filter((at) => valueAt(root, at) !== undefined);
    return [
      ...inVain.flatMap((at): OfRoles[] => [{ makes: [at] }, { ...extent(other), name: at, policy: null, by: [at], to: [], isNever: true }]),
      // What that role has stands elsewhere.
      ...inVain.length + places.filter(([, value]) => value !== undefined).length === 0 ? [] : [
        { holder: OTHER, called: [PROVIDER], boundary: null }, { ...extent(other), name: OTHER, policy: null, by: [], to: [OTHER], isRole: true },
      ],
      ...ofOthers(root),
    ];
  }
  return [
    ...role?.kind === 'text' ? [] : [{ holder: PROVIDER, called: [PROVIDER, ...own === null ? [] : [own]], boundary: bounds === undefined ? null : boundaryInProvider(variables(bounds), name) }],
    ...places.flatMap(([at, value]) => (value === undefined ? [] : attachedInProvider(variables(value), at).map((one) => ({ ...one, to: [PROVIDER] })))),
    ...ofOthers(root),
  ];
}

/** Of functions and of CloudFormation's resources. */
function ofOthers(root: Value): OfRoles[] {
  return [
    // A function has a role of its own where it has statements of its own: that of the plugin for them.
    ...entriesOf(get(root, 'functions')).flatMap(({ key, value }): OfRoles[] => (
      get(value, 'iamRoleStatements') === undefined ? [] : [{ holder: `functions.${known(key)}`, called: [known(key) ?? ''], boundary: null }]
    )),
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
/** The one that stands in its place. */
const OTHER = 'provider.role';

/** What stands in it of CloudFormation's. */
function templatesOf(root: Value): Value[] {
  const resources = get(root, 'resources');
  return (resources?.kind === 'list' ? itemsOf(resources) : [resources]).flatMap((one) => (one === undefined ? [] : [variables(one)]));
}

/** The framework's own variables, such as `${self:custom.table}`; it has two that begin as IAM's do. */
function variables(value: Value): Value {
  return withUnknown(value, (variable) => variable.startsWith('$') && !/^\$\{aws:(?!accountId\}|region\})[\w/-]+\}$/.test(variable));
}
