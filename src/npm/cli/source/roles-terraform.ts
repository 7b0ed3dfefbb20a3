// The roles that Terraform makes, and what it attaches to them, in its configuration. Source: documentation of the AWS provider, version 6, read 2026-11.
import { controlled, inSmall, ofControlled } from './cloud-control.js';
import type { Granting } from './grants.js';
import { HOLDERS as OF_TEMPLATE, OF_HOLDERS } from './roles-template.js';
import { type Holder, type Meant, type Named, type OfRoles, boundaryOf, byPath, chosen, extent, itemsIn, membersBy, policyNamed, spelled, withRole } from './roles.js';
import { BLOCKS, WHOLE } from './terraform.js';
import { attachingArgument, inlineIn } from './terraform-registry.js';
import { GIVING, OWNERS, PROFILES, placesOf } from './terraform-table.js';
import { type Block, type IsThere, Presence } from './terraform-presence.js';
import { type Entry, type Extent, type TextValue, type Value, chosenOf, entriesOf, get, isCounted, isNothing, isNull, itemsOf, known, textFor, valuesAt } from './value.js';

/** Those who have policies by the provider awscc. */
const CONTROLLED = ofControlled(OF_TEMPLATE, ({ name, attaches }) => ({ name: inSmall(name), attaches }));
const MANAGED_CONTROLLED = 'awscc_iam_managed_policy';

/** The attribute of a resource that names a managed policy, or several. */
export const ATTACHING: Record<string, string> = {
  aws_iam_role: 'managed_policy_arns',
  aws_iam_role_policy_attachment: 'policy_arn',
  aws_iam_user_policy_attachment: 'policy_arn',
  aws_iam_group_policy_attachment: 'policy_arn',
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachments_exclusive: 'policy_arns',
  aws_iam_user_policy_attachments_exclusive: 'policy_arns',
  aws_iam_group_policy_attachments_exclusive: 'policy_arns',
  aws_ssoadmin_managed_policy_attachment: 'managed_policy_arn',
  ...Object.fromEntries(Object.entries(CONTROLLED).map(([type, { attaches: [first] }]) => [type, inSmall(first![0])])),
};

/** The attribute that names all policies of a kind that somebody may have. An empty one takes all others away. */
export const EXCLUSIVE: Record<string, [attribute: string, isInline: boolean][]> = {
  aws_iam_role: [['inline_policy', true], ['managed_policy_arns', false]],
  ...Object.fromEntries(['role', 'user', 'group'].flatMap((kind) => [
    [`aws_iam_${kind}_policies_exclusive`, [['policy_names', true]]], [`aws_iam_${kind}_policy_attachments_exclusive`, [['policy_arns', false]]],
  ])),
};

/** What takes from somebody all policies that it does not name: without it others stay. Which it names is told by these. */
export const exclusiveIn = (type: string, about: Extent & { address: string }): Granting[] => (
  Object.hasOwn(EXCLUSIVE, type) && !HOLDERS.has(type) ? [{ ...about, is: 'limit', isPart: false, values: [] }] : []
);

/** Those who have policies. */
export const HOLDERS: ReadonlySet<string> = new Set(['aws_iam_role', 'aws_iam_user', 'aws_iam_group', ...Object.keys(CONTROLLED)]);
/** The attribute that says how something is called. */
export const nameOf = (type: string): string => CONTROLLED[type]?.name ?? (type === MANAGED_CONTROLLED ? 'managed_policy_name' : 'name');
export const isGroup = (type: string): boolean => /^aws(?:cc)?_iam_group$/.test(type);
/** The data sources of the same, with the attribute that says which is meant. */
const REFERRED: Readonly<Record<string, string>> = { aws_iam_role: 'name', aws_iam_user: 'user_name', aws_iam_group: 'group_name' };
/** Policies that are resources of their own. */
export const POLICIES: ReadonlySet<string> = new Set(['aws_iam_policy', 'aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy', 'aws_ssoadmin_permission_set_inline_policy', ...Object.keys(OF_HOLDERS).map(controlled)]);
/** Managed policies, which somebody has only where they are attached. */
export const MANAGED: ReadonlySet<string> = new Set(['aws_iam_policy', MANAGED_CONTROLLED]);
export const BOUNDARY = 'permissions_boundary';
export const CUSTOMER_OF_SET = 'aws_ssoadmin_customer_managed_policy_attachment';
export const BOUNDARY_OF_SET = 'aws_ssoadmin_permissions_boundary_attachment';

export function rolesInBlocks(blocks: Block[], source: string): OfRoles[] {
  const locals = new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key), value]));
  const data = new Map(blocks.filter(({ type, labels }) => type === 'data' && labels[0] === 'aws_iam_policy').map(({ labels, body }) => [labels[1], body]));
  const reader = new Reader(source, locals, data);
  const presence = new Presence(blocks, source);
  const named = new Map(blocks.filter(({ type, labels }) => type === 'resource' && HOLDERS.has(labels[0] ?? '')).map(({ labels, body }) => [known(get(body, nameOf(labels[0]!))), labels.join('.')]));
  return blocks.flatMap((block): OfRoles[] => {
    const { type, labels: [resource = '', label = ''], body } = block;
    const name = `${resource}.${label}`;
    // Modules take ARNs under names of their own.
    if (type === 'module' || type === '') {
      const given = type === '' ? [] : rolesGiven(body, { source, locals, named });
      return inModule(body, type === '' ? '' : `module.${resource}`, presence.of(block, []), given);
    }
    // What may hold a policy for another file of the module.
    if (type === 'locals') return entriesOf(body).map(({ key }) => ({ makes: [`locals.${known(key)}`] }));
    if (type === 'data' && resource === 'aws_iam_policy_document') return [{ makes: [`data.${name}`] }];
    if (type === 'data' && Object.hasOwn(REFERRED, resource)) {
      const value = get(body, REFERRED[resource]!);
      return value === undefined ? [] : [{ refers: `data.${name}`, named: extent(value), is: known(value), isGroup: resource === 'aws_iam_group' }];
    }
    if (type !== 'resource') return [];
    if (resource === BOUNDARY_OF_SET) return [boundaryOfSet(body, name)];
    if (Object.hasOwn(GIVING, resource)) return membersBy(GIVING[resource]!.map((attribute) => namedBy(get(body, attribute), get(body, 'for_each'), source)), { ...extent(body), name, isOfGroup: /^aws(?:cc)?_iam_/.test(resource) });
    if (Object.hasOwn(PROFILES, resource)) return withRole(namedBy(get(body, PROFILES[resource]!), get(body, 'for_each'), source), { ...extent(body), name });
    const set = get(body, 'permission_set_arn');
    // No role of the file has it; which set it is tells its expression.
    const ofSet = set === undefined ? [] : [`permission set ${source.slice(set.start, set.end).replaceAll('.', ' ')}`];
    if (resource === CUSTOMER_OF_SET) return presence.of(block, null) === 'never' ? [] : [{ ...customerManaged(body, name), to: ofSet }];
    const owners = OWNERS.flatMap((attribute) => get(body, attribute) ?? []);
    const to = set !== undefined ? ofSet : HOLDERS.has(resource) ? [name] : ownersOf(owners, get(body, 'for_each'), source);
    const isThere = presence.of(block, to);
    // What will not be there has no policies, and its own are nobody's.
    if (isThere === 'never' && !POLICIES.has(resource) && !HOLDERS.has(resource)) return [];
    if (isThere === 'never') return [{ makes: [name] }, { ...extent(body), name, policy: null, by: [name], to: [], isNever: true }];
    // A stack that is given a role may attach policies to it.
    if (STACKS.has(resource)) {
      const to = rolesGiven(body, { source, locals, named });
      return to.length === 0 ? [] : [{ ...extent(body), name, policy: null, by: [], to, isGiven: true }];
    }
    const kept = keptIn(body, source);
    const toBy = to === null ? { toBy: owners.flatMap((value) => (value.kind === 'list' ? value.items : [value])).map(extent) } : {};
    const found: OfRoles[] = kept.map(({ at, attributes }) => ({ ...extent(at), keeps: name, attributes }));
    for (const [attribute, isInline] of Object.hasOwn(EXCLUSIVE, resource) ? EXCLUSIVE[resource]! : []) {
      const value = get(body, attribute);
      if (value !== undefined && to !== null && !isNull(value)) found.push({ ...extent(value), name, takesFrom: to, isInline, leaves: source.slice(value.start, value.end) });
    }
    if (HOLDERS.has(resource)) {
      const given = get(body, nameOf(resource));
      const own = known(given);
      found.push({ holder: name, called: [label, ...own === null ? [] : [own]], ...own === null && given !== undefined ? { named: extent(given) } : {}, boundary: boundedBy(reader, get(body, BOUNDARY), `${name}.${BOUNDARY}`), isGroup: isGroup(resource) });
      found.push(...membersBy([namedBy(get(body, 'groups'), get(body, 'for_each'), source), [{ ...extent(body), called: name }]], { ...extent(body), name, isOfGroup: true }), ...customersOf(body, name));
    }
    if (POLICIES.has(resource)) {
      found.push({ makes: [name, ...MANAGED.has(resource) ? ownName(body, nameOf(resource)) : []], ...MANAGED.has(resource) ? { managed: { ...extent(body), reference: name } } : {} });
      const isPerhaps = isThere !== 'always';
      if (isPerhaps || owners.length > 0) found.push({ ...extent(body), name, policy: null, by: [name], to, ...toBy, isPerhaps, ...termsOf(body) });
    }
    for (const { path, kind } of placesOf(resource, body)) {
      for (const [{ start, end }] of kind === 'identity' ? valuesAt(body, path, '', BLOCKS) : []) {
        const [, document, local] = WHOLE.exec(source.slice(start, end)) ?? [];
        if (document !== undefined || local !== undefined) found.push({ user: name, uses: document ?? local!.replace('local.', 'locals.') });
      }
    }
    const attribute = Object.hasOwn(ATTACHING, resource) ? ATTACHING[resource]! : null;
    const value = attribute === null ? undefined : get(body, attribute);
    if (value === undefined) return found;
    const isPerhaps = isThere === 'perhaps' && !HOLDERS.has(resource);
    // Each instance of a role has what its own key says.
    const isOfInstance = HOLDERS.has(resource) || owners.some(({ start, end }) => /\beach\.|\[/.test(source.slice(start, end)));
    return [...found, ...reader.each(value, `${name}.${attribute}`, { forEach: get(body, 'for_each'), count: get(body, 'count'), isOfInstance }).map((one) => ({ ...one, to, ...toBy, ...isPerhaps ? { isPerhaps, ...termsOf(body) } : {} }))];
  });
}

/** The attributes that are left as they are deployed, by `ignore_changes`. Source: Terraform's documentation of `lifecycle`, read 2026-11. */
export const keptIn = (body: Value, source: string): { at: Value; attributes: string[] }[] => valuesAt(body, 'lifecycle[].ignore_changes', '', BLOCKS).map(([at]) => ({
  at, attributes: (at.kind === 'list' ? at.items : [at]).map((one) => known(one) ?? source.slice(one.start, one.end)).map((one) => one.replace(/[.[].*$/s, '').trim()),
}));

/** On what it hangs how many there are of a block. */
function termsOf(body: Value): { terms?: Extent } {
  const value = get(body, 'count') ?? get(body, 'for_each');
  return value === undefined ? {} : { terms: extent(value) };
}

/** Who stands in an attribute. Of several instances of a resource an expression says which. */
function namedBy(value: Value | undefined, forEach: Value | undefined, source: string): Named[] {
  return (value === undefined ? [] : value.kind === 'list' ? value.items : [value]).flatMap((one) => eachOf(one, forEach, source)).map((one) => {
    const text = source.slice(one.start, one.end);
    return { ...extent(one), called: known(one) ?? (text.includes('[') ? null : onlyOneIn(text)) };
  });
}

/** For each of a list there is an instance. */
const eachOf = (one: Value, forEach: Value | undefined, source: string): Value[] => (
  forEach?.kind === 'list' && /^\W*each\.(?:key|value)\W*$/.test(source.slice(one.start, one.end)) ? forEach.items : [one]
);

/** Whose a policy is: a resource of this module, or a name; null where only the deployment knows it of one of them. */
function ownersOf(values: Value[], forEach: Value | undefined, source: string): string[] | null {
  const all = values.flatMap((value) => (value.kind === 'list' ? value.items : [value])).flatMap((one) => eachOf(one, forEach, source)).map((one) => {
    const text = source.slice(one.start, one.end);
    const each = forEach !== undefined && /^\W*each\.\w+(?:\.\w+)?\W*$/.test(text) ? MADE.exec(source.slice(forEach.start, forEach.end))?.[1] : undefined;
    return known(one) ?? each ?? onlyOneIn(text);
  });
  return all.includes(null) ? null : all as string[];
}

/** The one role that an expression names, where it names nothing else: `one(aws_iam_role.web[*].name)`. */
export function onlyOneIn(text: string): string | null {
  const expression = text.replace(/\[[^[\]]*\]/g, '');
  const [first, ...others] = new Set(Array.from(expression.matchAll(/\baws_iam_(?:role|user|group)\.[\w-]+/g), ([name]) => name));
  return first === undefined || others.length > 0 || /\?|\b(?:var|local|module|each|data|self)\./.test(expression) ? null : first;
}

/** All instances of a role. */
const MADE = /^(aws_iam_(?:role|user|group)\.[\w-]+)$/;

function boundedBy(reader: Reader, value: Value | undefined, name: string): Meant | null {
  if (value === undefined || isNothing(value)) return null;
  return boundaryOf(value, name, reader.each(value, name, {})) ?? notKnown(value, name);
}

/** A policy of the account by its name, as permission sets have it. */
export function customerManaged(body: Value, name: string): Meant {
  return customerOf(itemsOf(get(body, 'customer_managed_policy_reference'))[0] ?? get(body, 'customer_managed_policy_reference'), body, name);
}

/** The same of a list, as a permission set of the provider awscc has it itself. */
export function customersOf(body: Value, name: string): OfRoles[] {
  const given = get(body, 'customer_managed_policy_references');
  return given === undefined || isNothing(given) ? [] : itemsIn(given, `${name}.customer_managed_policy_references`).map(([one, at]) => ({ ...customerOf(one, one, at), to: [name] }));
}

function customerOf(block: Value | undefined, body: Value, name: string): Meant {
  const path = get(block, 'path');
  const [own, folder] = [known(get(block, 'name')), path === undefined || path.kind === 'plain' ? '/' : known(path)];
  const about = { ...extent(block ?? body), name };
  return own === null || folder === null ? { ...about, policy: null, by: [] } : { ...about, ...policyNamed(`arn:aws:iam:::${byPath(`${folder}${own}`)}`) };
}

/** What bounds a permission set is a resource of its own. */
export function boundaryOfSet(body: Value, name: string): Holder {
  const block = itemsOf(get(body, BOUNDARY))[0] ?? body;
  const customer = itemsOf(get(block, 'customer_managed_policy_reference'))[0];
  const path = get(customer, 'path');
  const [own, folder] = [known(get(customer, 'name')), path === undefined || path.kind === 'plain' ? '/' : known(path)];
  const text = own === null || folder === null ? spelled(get(block, 'managed_policy_arn') ?? block) : `arn:aws:iam:::${byPath(`${folder}${own}`)}`;
  return { holder: name, called: [], boundary: { ...extent(block), name: `${name}.${BOUNDARY}`, ...policyNamed(text) } };
}

const notKnown = (value: Value, name: string): Meant => ({ ...extent(value), name, policy: null, by: [] });

/** The path and the name of a policy, where both are known. */
export function ownName(body: Value | undefined, attribute = 'name'): string[] {
  const path = get(body, 'path');
  const [name, folder] = [known(get(body, attribute)), path === undefined || path.kind === 'plain' ? '/' : known(path)];
  return name === null || folder === null ? [] : [byPath(`${folder}${name}`)];
}

/**
 * A module is taken for what may have the policies that it is given, and is bounded by what its arguments say so of. That it
 * has them is known of modules whose documentation says so, and told by the files of one that is beside.
 */
function inModule(body: Value, name: string, isThere: IsThere, given: string[]): OfRoles[] {
  const source = known(get(body, 'source')) ?? '';
  const [found, bounds] = [isThere === 'never' ? [] : inArguments(body, name), boundsIn(body, name)];
  const isMore = isThere !== 'never' && inlineIn(source, body).length > 0;
  const local = /^\.{1,2}\//.test(source) ? { folder: source } : {};
  const attaching = attachingArgument(source, body);
  const isLoose = ({ name: at }: Meant): boolean => attaching === null || !new RegExp(`^[^.]*\\.[^.]*\\.${attaching}\\b`).test(at);
  // To a role that it is given it may attach these and others.
  if (given.length > 0 && isThere !== 'never') {
    return [...found.map((one) => ({ ...one, to: given, isPerhaps: true, ...local })), { ...extent(body), name, policy: null, by: [], to: given, isGiven: true, ...local }];
  }
  if (found.length + bounds.length === 0 && !isMore) return [];
  // Terragrunt gives a module its arguments as `inputs`.
  const holder = name === '' ? 'inputs' : name;
  const [bound = null, more] = bounds;
  return [
    { holder, called: [name.slice('module.'.length)], boundary: bound === null || more === undefined ? bound : { ...bound, policy: null, by: [] }, isLoose: true, ...local },
    ...found.map((one) => ({
      ...one, to: [holder], ...local, ...isThere === 'perhaps' ? { isPerhaps: true, ...termsOf(body) } : {}, ...isLoose(one) ? { isPerhaps: true, isLoose: true } : {},
    })),
  ];
}

interface Module {
  source: string;
  locals: ReadonlyMap<string | null, Value>;
  /** The roles of the module by their names. */
  named: ReadonlyMap<string | null, string>;
}

/** The roles that a module is given by their names, or whole; their ARNs are for who takes them. */
function rolesGiven(body: Value, { source, locals, named }: Module): string[] {
  const textOf = ({ start, end }: Value): string => source.slice(start, end);
  const text = entriesOf(body).filter(({ key }) => !NOT_GIVEN.has(known(key) ?? '')).map(({ value }) => textOf(value)).join('\n');
  const ofLocals = Array.from(new Set(Array.from(text.matchAll(/\blocal\.([\w-]+)/g), ([, name]) => name!)), (name) => locals.get(name)).flatMap((one) => (one === undefined ? [] : textOf(one).slice(0, LONGEST_LOCAL)));
  const references = [text, ...ofLocals].flatMap((one) => Array.from(one.matchAll(GIVEN), ([, role]) => role!));
  const byName = OWNERS.flatMap((attribute) => {
    const value = get(body, attribute);
    return (value?.kind === 'list' ? value.items : [value]).flatMap((one) => named.get(known(one) ?? '') ?? []);
  });
  return [...new Set([...references, ...byName])];
}

/** A name is not looked for further in a local, which many modules may be given. */
const LONGEST_LOCAL = 4096;

const GIVEN = /\b(aws_iam_(?:role|user|group)\.[\w-]+)(?:\[[^\]]{0,200}\])?(?!\[)(?:\.(?:name|id)\b|(?![\w.[-]))/g;
/** Templates of CloudFormation, which may attach policies to what they are given. */
const STACKS: ReadonlySet<string> = new Set(['aws_cloudformation_stack', 'aws_cloudformation_stack_set', 'aws_cloudformation_stack_set_instance', 'aws_cloudformation_stack_instances', 'aws_serverlessapplicationrepository_cloudformation_stack']);
/** Arguments that modules are not given but have. */
const NOT_GIVEN = new Set(['source', 'version', 'depends_on', 'count', 'for_each', 'providers']);

export const IS_BOUNDARY = /permissions?_?boundary|boundary_(?:policy|arn)/i;

function boundsIn(value: Value, at: string): Meant[] {
  return entriesOf(value).flatMap(({ key, value: inner }) => {
    const name = `${at === '' ? '' : `${at}.`}${known(key)}`;
    if (!IS_BOUNDARY.test(known(key) ?? '')) return boundsIn(inner, name);
    return inner.kind === 'plain' || isNothing(inner) ? [] : boundaryOf(inner, name, inArguments(inner, name)) ?? notKnown(inner, name);
  });
}

/** Whether a value is managed policies of which all stand there, or none. */
export function isOfPolicies(value: Value): boolean {
  if (value.kind === 'list') return value.items.every(isOfPolicies);
  if (value.kind === 'map') return value.entries.every(({ value: inner }) => isOfPolicies(inner));
  return value.kind === 'text' && policyNamed(spelled(value)).policy !== null;
}

function inArguments(value: Value, name: string): Meant[] {
  if (value.kind === 'list') return value.items.flatMap((item, i) => inArguments(item, `${name}[${i}]`));
  if (value.kind === 'either') return chosen(value, name, value.values.map((one) => inArguments(one, name)));
  if (value.kind === 'map') {
    return value.entries.filter(({ key }) => !IS_BOUNDARY.test(known(key) ?? '')).flatMap(({ key, value: inner }) => inArguments(inner, `${name === '' ? '' : `${name}.`}${known(key)}`));
  }
  const found = policyNamed(spelled(value));
  return found.policy === null ? [] : [{ ...extent(value), name, ...found }];
}

/** So often locals are read and items put into strings; beyond that what is attached is unknown. */
const MOST_FILLED = 10_000;

/** What all instances of a role have, and beside it what some of them have. */
function ofEachOf(cases: readonly Meant[][], terms: Value): Meant[] {
  const keyOf = ({ policy, by, start }: Meant): string => policy ?? (by.length > 0 ? by.join() : `at ${start}`);
  const all = new Map<string, { meant: Meant; times: number }>();
  for (const one of cases) {
    for (const [key, meant] of new Map(one.map((meant) => [keyOf(meant), meant]))) {
      const before = all.get(key) ?? { meant, times: 0 };
      all.set(key, { ...before, times: before.times + (meant.isPerhaps === true ? 0 : 1) });
    }
  }
  return Array.from(all.values(), ({ meant, times }) => (times === cases.length ? meant : { ...meant, isPerhaps: true, terms: meant.terms ?? extent(terms) }));
}

class Reader {
  private filledIn = 0;
  /** Each local is read once for an attribute: what it attaches is attached however often it is named there. */
  private read = new Set<string>();
  /** The `count` of the block, as it is written. */
  private counted = '';

  constructor(private readonly source: string, private readonly locals: ReadonlyMap<string | null, Value>, private readonly data: ReadonlyMap<string | undefined, Value>) {}

  /** For each of what a `for_each` has, where the value speaks of it. What is of one instance others have only where it is of each. */
  each(value: Value, name: string, { forEach, count, isOfInstance = false }: { forEach?: Value | undefined; count?: Value | undefined; isOfInstance?: boolean }): Meant[] {
    this.read = new Set();
    this.counted = count === undefined || isOfInstance ? '' : this.expression(count).replace(/\s+/g, '');
    const speaks = /\beach\.(?:key|value)\b/.test(this.source.slice(value.start, value.end));
    const entries = speaks && forEach !== undefined ? this.entries(forEach) : null;
    this.filledIn += entries?.length ?? 0;
    if (entries === null || this.filledIn > MOST_FILLED) return this.at(value, name, null);
    const cases = entries.map((entry) => this.at(value, name, entry));
    return isOfInstance ? ofEachOf(cases, forEach!) : cases.flat();
  }

  /** The keys and values of a map or a set; null where they are not known, or where it is a choice. */
  private entries(value: Value): Entry[] | null {
    if (value.kind === 'map') return value.entries;
    if (value.kind === 'list') return value.items.map((item) => ({ key: item.kind === 'text' ? item : textFor('', item), value: item }));
    const local = this.locals.get(/^local\.([\w-]+)$/.exec(this.expression(value))?.[1] ?? null);
    return local?.kind === 'map' || local?.kind === 'list' ? this.entries(local) : null;
  }

  private at(value: Value, name: string, entry: Entry | null): Meant[] {
    return itemsIn(value, name).flatMap(([item, at]): Meant[] => {
      if (isNothing(item)) return [];
      if (item.kind === 'either') return chosen(item, at, item.values.map((one) => this.at(one, at, entry)));
      if (item.kind === 'text') return [{ ...extent(item), name: at, ...policyNamed(spelled(entry === null ? item : this.filled(item, entry))) }];
      return item.kind === 'unknown' ? this.named(item, at, entry) : [];
    });
  }

  /** What an expression names. */
  private named(item: Value, name: string, entry: Entry | null): Meant[] {
    const text = this.expression(item);
    const about = { ...extent(item), name };
    if (entry !== null && (text === 'each.key' || text === 'each.value')) return this.at(text === 'each.key' ? entry.key : entry.value, name, null);
    const local = /^local\.([\w-]+)$/.exec(text)?.[1];
    if (local !== undefined && this.locals.has(local)) {
      if (this.read.has(local)) return [];
      this.read.add(local);
      const value = this.locals.get(local)!;
      this.filledIn += 1 + itemsOf(value).length;
      return this.filledIn > MOST_FILLED ? [{ ...about, policy: null, by: [] }] : this.at(value, name, null);
    }
    const one = this.itemOf(text, name, about) ?? this.entryOf(text, name, about, entry);
    if (one !== null) return one;
    const data = this.data.get(/^data\.aws_iam_policy\.([\w-]+)\.(?:arn|id)$/.exec(text)?.[1]);
    const arn = get(data, 'arn') ?? get(data, 'name');
    if (arn !== undefined) return [{ ...about, ...policyNamed(spelled(arn), true) }];
    const made = /^((?:aws_iam_policy|awscc_iam_managed_policy)\.[\w-]+)(?:\[[^\]]*\])?\.(?:arn|policy_arn|id)$/.exec(text)?.[1];
    return [{ ...about, policy: null, by: made === undefined ? [] : [made] }];
  }

  /** Of `local.arns[0]`, `element(local.arns, count.index)`: one of a list; null for other expressions. */
  private itemOf(text: string, name: string, about: Pick<Meant, 'start' | 'end' | 'name'>): Meant[] | null {
    const [, local, index, called, at] = /^local\.([\w-]+)\[\s*([\w.]+)\s*\]$|^element\(\s*local\.([\w-]+)\s*,\s*([\w.]+)\s*\)$/.exec(text) ?? [];
    const list = this.locals.get(local ?? called ?? null);
    if (list?.kind !== 'list') return null;
    const number: Value = /^\d+$/.test(index ?? at!) && isCounted(list) ? { kind: 'plain', json: (index ?? at)!, ...extent(list) } : { kind: 'unknown', ...extent(list) };
    const choice = chosenOf(list, number, called !== undefined);
    this.filledIn += 1 + choice.length;
    if (this.filledIn > MOST_FILLED) return null;
    const cases = choice.map((one) => this.at(one, name, null).map((meant) => ({ ...meant, ...extent(about) })));
    // There is an instance for each.
    const isEach = (index ?? at) === 'count.index' && this.counted === `length(local.${local ?? called})`;
    if (isEach) return cases.flat();
    return cases.length === 1 ? cases[0]! : chosen(extent(about), name, cases);
  }

  /** Of `local.arns["core"]` and `each.value.arn`: what a map has under that key; null for other expressions. */
  private entryOf(text: string, name: string, about: Pick<Meant, 'start' | 'end' | 'name'>, entry: Entry | null): Meant[] | null {
    const [, local, key, quoted] = /^(?:local\.([\w-]+)|each\.value)(?:\.([\w-]+)|\[\s*"([^"$]*)"\s*\])$/.exec(text) ?? [];
    const map = local === undefined ? entry?.value : this.locals.get(local);
    const value = key === undefined && quoted === undefined ? undefined : get(map, key ?? quoted ?? '');
    if (value === undefined) return null;
    this.filledIn += 1 + itemsOf(value).length;
    return this.filledIn > MOST_FILLED ? null : this.at(value, name, null).map((meant) => ({ ...meant, ...extent(about) }));
  }

  /** A string with what it says of an item of `for_each`. */
  private filled(value: TextValue, { key, value: own }: Entry): TextValue {
    const pieces = value.pieces.flatMap((piece) => {
      const text = piece.text === null ? this.expression({ kind: 'unknown', ...piece }) : '';
      const given = text === 'each.key' ? key : text === 'each.value' ? own : null;
      return given?.kind === 'text' ? given.pieces : [piece];
    });
    return { ...value, pieces };
  }

  /** Without the quotes and braces around it. */
  private expression({ start, end }: Value): string {
    const text = this.source.slice(start, end);
    const inner = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
    return (inner.startsWith('${') && inner.endsWith('}') ? inner.slice(2, -1) : inner).trim();
  }
}
