// Policies in what `terraform show -json` prints of a plan or a state, and in a state file.
import { type Bounded, type Meant, type OfRoles, boundaryOf, extent, itemsIn, membersBy, policyNamed, spelled, withRole } from './roles.js';
import { ATTACHING, BOUNDARY, BOUNDARY_OF_SET, CUSTOMER_OF_SET, EXCLUSIVE, HOLDERS, MANAGED, POLICIES, boundaryOfSet, customerManaged, customersOf, isGroup, nameOf, ownName } from './roles-terraform.js';
import { type Seen, policiesOf } from './found.js';
import { bodiesOf, policiesInApi } from './openapi.js';
import { GIVING, OWNERS, PROFILES, placesOf } from './terraform-table.js';
import { BLOCKS } from './terraform.js';
import { type Extent, type Value, entriesOf, get, isNothing, itemsOf, known, valuesAt } from './value.js';

export function policiesInPlan(root: Value): Seen[] {
  return plannedIn(root).flatMap(({ type, address, values }) => [...placesOf(type, values).flatMap(({ path, ...about }) => {
    const block = path.split('[')[0]!;
    const blocks = get(values, block);
    if (blocks?.kind === 'unknown') return policiesOf(blocks, { ...about, name: `${address}.${block}` }, null);
    return valuesAt(values, path, address, BLOCKS).flatMap(([value, name]) => policiesOf(value, { ...about, name }, null));
  }), ...bodiesOf(type, values, address, BLOCKS).flatMap(([body, name]) => policiesInApi(body, name, null))]);
}


/** A managed policy that a plan makes too has no ARN yet: the configuration in the plan says which it is. */
export function rolesInPlan(root: Value): OfRoles[] {
  let configured: Map<string, Value> | undefined;
  return plannedIn(root).flatMap(({ type, address, place, values }): OfRoles[] => {
    const own = address.replace(INDEX, '');
    if (values.kind !== 'map') return [];
    if (type === BOUNDARY_OF_SET) return [boundaryOfSet(values, address)];
    if (type === CUSTOMER_OF_SET) return [{ ...customerManaged(values, address), ...extent(place), to: [] }];
    if (Object.hasOwn(GIVING, type)) {
      const lists = GIVING[type]!.map((attribute) => get(values, attribute)).map((value) => (value?.kind === 'list' ? value.items : [value ?? place]));
      return membersBy(lists.map((list) => list.map((one) => ({ ...extent(one), called: one === place ? null : known(one) }))), { ...extent(place), name: address, isOfGroup: /^aws(?:cc)?_iam_/.test(type) });
    }
    if (Object.hasOwn(PROFILES, type)) {
      const given = get(values, PROFILES[type]!) ?? place;
      return withRole([{ ...extent(given), called: given === place ? null : known(given) }], { ...extent(place), name: address });
    }
    const meant = (attribute: string): Meant[] => {
      const name = `${address}.${attribute}`;
      const given = get(values, attribute);
      if (given !== undefined && isGiven(given)) return itemsIn(given, name).filter(([item]) => known(item) !== '').map(([item, at]) => ({ ...extent(item), name: at, ...policyNamed(spelled(item)) }));
      const configuration = (configured ??= configurationOf(root)).get(own);
      // Of a role the attribute may be left out; what attaches a policy has one. A value that is null is not unknown.
      if (HOLDERS.has(type) && (given?.kind === 'plain' || given === undefined && get(get(configuration, 'expressions'), attribute) === undefined)) return [];
      return [{ ...extent(place), name, policy: null, by: madeBy(configuration, attribute, [own, address].map((one) => one.slice(0, one.lastIndexOf(type)))) }];
    };
    const found: OfRoles[] = [];
    const attribute = Object.hasOwn(ATTACHING, type) ? ATTACHING[type]! : null;
    if (HOLDERS.has(type)) {
      const name = known(get(values, nameOf(type)));
      const label = own.slice(own.lastIndexOf('.') + 1);
      found.push({ holder: address, called: [label, ...name === null ? [] : [name]], boundary: boundaryOf(place, `${address}.${BOUNDARY}`, meant(BOUNDARY)), isGroup: isGroup(type) });
      found.push(...membersBy([itemsOf(get(values, 'groups')).map((one) => ({ ...extent(one), called: known(one) })), [{ ...extent(place), called: address }]], { ...extent(place), name: address, isOfGroup: true }), ...customersOf(values, address));
    }
    const to = HOLDERS.has(type) ? [address] : ownersOf(values, () => (configured ??= configurationOf(root)).get(own), own.slice(0, own.lastIndexOf(type)));
    // A plan has the attributes of a role also where its configuration does not.
    for (const [list, isInline] of Object.hasOwn(EXCLUSIVE, type) && !HOLDERS.has(type) ? EXCLUSIVE[type]! : []) {
      const left = get(values, list);
      const names = left?.kind === 'list' ? left.items.map(known) : [null];
      if (to !== null && !names.includes(null) && (!isInline || names.length === 0)) found.push({ ...extent(place), name: address, takesFrom: to, isInline, leaves: JSON.stringify(names) });
    }
    if (POLICIES.has(type)) {
      found.push({ makes: [own, ...MANAGED.has(type) ? ownName(values, nameOf(type)) : []] });
      if (address !== own) found.push({ makes: [address] });
      // A managed policy may say itself to whom it is attached.
      if (!MANAGED.has(type) || (to !== null && to.length > 0)) found.push({ ...extent(place), name: address, policy: null, by: [own], to });
    }
    return attribute === null ? found : [...found, ...meant(attribute).map((one) => ({ ...one, to }))];
  });
}

/** Whoever has policies, with what bounds them, and the resources that bound permission sets. */
export function boundedInPlan(root: Value): Bounded[] {
  return plannedIn(root).flatMap(({ type, address, place, values }) => {
    const isLone = type === BOUNDARY_OF_SET;
    if (!isLone && !HOLDERS.has(type)) return [];
    const bounds = get(values, BOUNDARY);
    const by = isLone ? boundaryOfSet(values, address).boundary?.policy : bounds === undefined || isNothing(bounds) ? '' : known(bounds);
    return [{ ...extent(place), address, by: by ?? BOUNDARY, ...by == null ? { isOpen: true } : {}, ...isLone ? { isLone } : {} }];
  });
}

/** Neither null nor left to the deployment. */
const isGiven = ({ kind }: Value): boolean => kind !== 'plain' && kind !== 'unknown';

const INDEX = /\[(?:"[^"]*"|\d+)\]/g;

/** Whose a policy is, by name, or by what the configuration refers to. */
function ownersOf(values: Value, configuration: () => Value | undefined, module: string): string[] | null {
  const named = OWNERS.flatMap((attribute) => {
    const value = get(values, attribute);
    return value?.kind === 'list' ? value.items : value !== undefined && isGiven(value) ? [value] : [];
  }).map(known);
  if (named.length > 0) return named.includes(null) ? null : named as string[];
  const expressions = get(configuration(), 'expressions');
  const all = OWNERS.flatMap((attribute) => referencesOf(get(expressions, attribute))).map((one) => /^aws_iam_(?:role|user|group)\.[\w-]+/.exec(one)?.[0]);
  return all.length === 0 || all.includes(undefined) ? null : [...new Set(all.map((one) => `${module}${one}`))];
}

const referencesOf = (expression: Value | undefined): string[] => itemsOf(get(expression, 'references')).flatMap((one) => known(one) ?? []);

/** The managed policies of the same module that an attribute refers to, itself or by `for_each`, and of one with instances which; none where it is another thing too. */
function madeBy(configuration: Value | undefined, attribute: string, [module, instance]: readonly string[]): string[] {
  const direct = referencesOf(get(get(configuration, 'expressions'), attribute));
  const all = direct.some((one) => one.startsWith('each.')) ? referencesOf(get(configuration, 'for_each_expression')) : direct;
  const made = all.map((one) => OF_PLAN.exec(one)).flatMap((one) => (one === null ? [] : [{ text: one[0], name: one[1], isInstance: one[2] !== undefined }]));
  if (made.length < all.length) return [];
  const several = new Set(made.filter(({ isInstance }) => isInstance).map(({ name }) => name));
  return [...new Set(made.flatMap(({ text, name, isInstance }) => (isInstance ? [`${instance}${text}`] : several.has(name) ? [] : [`${module}${name}`])))];
}

/** Plans name an instance beside the policy of which it is one. */
const OF_PLAN = /^(aws_iam_policy\.[\w-]+)(\[(?:"[^"]*"|\d+)\])?/;

/** The resources in the configuration of a plan, by their addresses. */
function configurationOf(root: Value): Map<string, Value> {
  const modules: [Value | undefined, string][] = [[get(get(root, 'configuration'), 'root_module'), '']];
  const resources = new Map<string, Value>();
  for (const [module, prefix] of modules) {
    for (const one of itemsOf(get(module, 'resources'))) resources.set(`${prefix}${known(get(one, 'address'))}`, one);
    for (const { key, value } of entriesOf(get(module, 'module_calls'))) modules.push([get(value, 'module'), `${prefix}module.${known(key)}.`]);
  }
  return resources;
}

interface Resource {
  type: string;
  address: string;
  /** What is pointed at where an attribute is not there. */
  place: Value;
  values: Value;
}

/** What a plan or a state has of each resource, once. */
export function plannedIn(root: Value): Resource[] {
  const seen = new Set<string>();
  const all: Resource[] = [];
  const changes = new Map(itemsOf(get(root, 'resource_changes')).map((one) => [known(get(one, 'address')), get(one, 'change')]));
  const look = (resource: Value, values: Value | undefined) => {
    const type = known(get(resource, 'type')) ?? '';
    const address = known(get(resource, 'address')) ?? `${type}.${known(get(resource, 'name'))}`;
    if (values === undefined || known(get(resource, 'mode')) === 'data' || seen.has(address)) return;
    seen.add(address);
    const place = get(resource, 'address') ?? resource;
    all.push({ type, address, place, values: withUnknown(values, get(changes.get(address), 'after_unknown'), extent(place)) });
  };
  for (const module of modulesOf(get(get(root, 'planned_values') ?? get(root, 'values'), 'root_module'))) {
    for (const resource of itemsOf(get(module, 'resources'))) look(resource, get(resource, 'values'));
  }
  // What the planned values leave out; what is destroyed has no value after.
  for (const resource of itemsOf(get(root, 'resource_changes'))) look(resource, get(get(resource, 'change'), 'after'));
  for (const resource of itemsOf(get(root, 'resources'))) {
    const type = known(get(resource, 'type')) ?? '';
    const instances = itemsOf(get(resource, 'instances'));
    const module = known(get(resource, 'module'));
    instances.forEach((instance, index) => {
      const values = get(instance, 'attributes');
      if (values === undefined || known(get(resource, 'mode')) === 'data') return;
      const name = `${type}.${known(get(resource, 'name'))}${instances.length > 1 ? `[${index}]` : ''}`;
      all.push({ type, address: `${module === null ? '' : `${module}.`}${name}`, place: get(resource, 'name') ?? resource, values });
    });
  }
  return all;
}

/** The values with those that only the deployment knows, which a plan lists apart: `true` where there is one. */
function withUnknown(values: Value, unknown: Value | undefined, at: Extent): Value {
  const made = (value: Value): Value => withUnknown({ ...at, kind: 'map', entries: [] }, value, at);
  if (unknown?.kind === 'plain' && unknown.json === 'true') return { ...at, kind: 'unknown' };
  if (unknown === undefined || !hasUnknown(unknown)) return values;
  if (unknown.kind === 'map') {
    const own = values.kind === 'map' ? values.entries : [];
    const names = new Set(own.map(({ key }) => known(key)));
    const others = unknown.entries.filter(({ key, value }) => !names.has(known(key)) && hasUnknown(value));
    const entries = own.map(({ key, value }) => ({ key, value: withUnknown(value, get(unknown, known(key) ?? ''), at) }));
    return { ...extent(values), kind: 'map', entries: [...entries, ...others.map(({ key, value }) => ({ key, value: made(value) }))] };
  }
  const own = itemsOf(values);
  const others = itemsOf(unknown).slice(own.length).filter(hasUnknown);
  return { ...extent(values), kind: 'list', items: [...own.map((item, index) => withUnknown(item, itemsOf(unknown)[index], at)), ...others.map(made)] };
}

const hasUnknown = (value: Value): boolean => (value.kind === 'map' ? value.entries.some((one) => hasUnknown(one.value))
  : value.kind === 'list' ? value.items.some(hasUnknown) : value.kind === 'plain' && value.json === 'true');

/** A module and all below it. */
function modulesOf(root: Value | undefined): Value[] {
  const modules: Value[] = root === undefined ? [] : [root];
  for (let index = 0; index < modules.length; index += 1) modules.push(...itemsOf(get(modules[index], 'child_modules')));
  return modules;
}

