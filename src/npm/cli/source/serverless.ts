// Policies in serverless.yml. Source: Serverless Framework's documentation of `provider.iam`, read 2026-11.
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
  const resources = get(root, 'resources');
  return [
    ...statements.flatMap(([about, list]) => (list?.kind === 'list' ? policyIn(policyAround(variables(list)), about, null) : [])),
    ...(resources?.kind === 'list' ? itemsOf(resources) : [resources])
      .flatMap((one) => (one === undefined ? [] : policiesInTemplate(variables(one), null, 'resources.'))),
  ];
}

/** The framework's own variables, such as `${self:custom.table}`; it has two that begin as IAM's do. */
function variables(value: Value): Value {
  return withUnknown(value, (variable) => variable.startsWith('$') && !/^\$\{aws:(?!accountId\}|region\})[\w/-]+\}$/.test(variable));
}
