// What a template of CloudFormation, SAM or the Serverless Framework defines, and the names in its expressions.
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { BETWEEN, type Defined, type DefinedIn, type Holding, grantOf } from './definitions-terraform.js';
import { type Granting, grantsIn, stackIn } from './grants.js';
import { type Part, partsOfEvents, partsOfGlobals, partsOfServerless } from './grants-apis.js';
import { boundedInAccount } from './account.js';
import { TARGETS, mayHavePolicies, resourcesOf } from './cloudformation.js';
import { callsIn } from './intrinsics.js';
import { printer } from './meaning.js';
import { limitsOfOrganizations } from './organizations.js';
import { boundedInPlan, plannedIn } from './plan.js';
import { type Bounded } from './roles.js';
import { NESTED, OF_HOLDERS, OWN, isBoundable } from './roles-template.js';
import { exclusiveIn } from './roles-terraform.js';
import { templatesIn } from './serverless.js';
import { type Entry, type Extent, type Value, entriesOf, get, itemsOf, known } from './value.js';

export interface FileOfTemplate {
  path: string;
  scope: string;
  text: string;
  root: Value;
  /** The texts of the files among which it is. */
  beside: ReadonlyMap<string, string>;
  /** Whether two versions are compared, which may be in different syntaxes. */
  isCompared: boolean;
}

export function definedInTemplate({ path, scope, text, root, beside, isCompared }: FileOfTemplate): DefinedIn {
  const defined: Defined[] = [];
  const grants: Granting[] = [];
  const holders: Holding[] = [];
  const printed = printer(root, text);
  const slice = (value: Extent | undefined): string => (value === undefined ? '' : isCompared ? printed(value) : text.slice(value.start, value.end));
  const put = (name: string, own: string, names = own): void => { defined.push({ scope, name, text: own, from: scope, names }); };
  // A plan says of what is not known yet where it comes from, but not how it is made.
  if (get(root, 'terraform_version') !== undefined) {
    put('*', text);
    for (const { type, address, place, values } of plannedIn(root)) {
      put(`there:${address}`, '');
      const about = { address, start: place.start, end: place.end };
      for (const one of [...grantsIn(type, values, about), ...limitsOfOrganizations(type, values, ({ kind }) => kind === 'unknown', about), ...exclusiveIn(type, about)]) granted(one, entriesOf(values).some(({ value }) => value.kind === 'unknown'));
    }
    for (const one of boundedInPlan(root)) bounded(one);
  }
  for (const one of boundedInAccount(root)) {
    put(`there:${one.address}`, '');
    bounded(one);
  }
  const { prefix, templates } = templatesIn(root);
  for (const template of templates) {
    for (const { key, value } of entriesOf(get(template, 'Parameters'))) {
      const text = ['Type', 'Default'].map((name) => slice(get(value, name))).join(' ');
      defined.push({ scope, name: known(key) ?? '', text, from: scope, names: '', choices: slice(get(value, 'AllowedValues')) });
    }
    for (const section of ['Mappings', 'Conditions']) for (const { key, value } of entriesOf(get(template, section))) put(known(key) ?? '', slice(value));
    sectionsElsewhere(template);
    loops(entriesOf(get(template, 'Resources')));
    if (get(template, 'Resources') !== undefined) parts(partsOfGlobals(template, prefix));
    const resources = resourcesOf(get(template, 'Resources'));
    const own = new Set(resources.filter(({ value }) => OWN.has(known(get(value, 'Type')) ?? '')).map(({ key }) => known(key)));
    const repeated = new Map<readonly Value[], string[]>();
    for (const { key, value, over } of resources) {
      resource(key, value, own);
      const [text, names] = repeated.get(over) ?? instancesOf(over);
      repeated.set(over, [text!, names!]);
      if (text !== '') put(`instances:${prefix}Resources.${known(key)}`, text!, names);
    }
  }
  const provider = prefix === '' ? undefined : get(root, 'provider');
  if (provider !== undefined) {
    const role = get(get(provider, 'iam'), 'role');
    const bounds = get(role, 'permissionsBoundary') ?? get(role, 'permissionBoundary') ?? get(provider, 'rolePermissionsBoundary');
    parts(partsOfServerless(root));
    put('bounds:provider', slice(bounds));
    holders.push({ address: 'provider', isBounded: bounds !== undefined, start: provider.start, end: provider.start });
  }
  return { defined, holders, grants };

  function bounded({ address, by, isOpen = false, isLone, start, end }: Bounded): void {
    put(`bounds:${address}`, by, isOpen ? by : '');
    holders.push({ address, ...isLone === undefined ? {} : { isLone }, isBounded: by !== '', start, end });
  }

  function parts(all: readonly Part[]): void {
    for (const { address, gives } of all) {
      put(`there:${address}`, '');
      for (const one of gives) granted(one, true);
    }
  }

  function granted(one: Granting, isReferring: boolean): void {
    const own = one.values.map(slice).sort().join('\n');
    put(grantOf(one), own, isReferring ? own : '');
    grants.push(one);
  }

  function resource(key: Value, value: Value, own: ReadonlySet<string | null>): void {
    const [name, type, properties] = [known(key) ?? slice(key), known(get(value, 'Type')) ?? '', get(value, 'Properties')];
    const address = `${prefix}Resources.${known(key)}`;
    const isStack = NESTED.has(type);
    const isWhole = !type.startsWith('AWS::') || isStack;
    if (isStack) nested(name, value);
    const at = { address, start: key.start, end: key.end };
    const calls = mayHavePolicies(type) || isStack ? [] : [value, properties].flatMap(callsIn);
    const isGivenElsewhere = [properties, get(properties, 'Parameters')].some((one) => callsIn(one).length > 0);
    if (isStack && (isGivenElsewhere || !beside.has(templateOf(value, path) ?? ''))) for (const one of stackIn(properties, at)) granted(one, true);
    put(name, isWhole ? slice(value) : entriesOf(properties).filter(({ key }) => NAMING.test(known(key) ?? '')).map(({ key, value: own }) => `${known(key)}: ${slice(own)}`).join('\n'));
    put(`there:${address}`, slice(get(value, 'Condition')));
    // Those of a policy of an organization are its targets.
    const owning = Object.hasOwn(OF_HOLDERS, type) ? OF_HOLDERS[type]! : Object.hasOwn(TARGETS, type) ? [TARGETS[type]!] : [];
    const owners = owning.flatMap((property) => partsOf(get(properties, property))).map(slice).join(BETWEEN);
    // A role that is called otherwise is the same one.
    put(`whose:${address}`, owners, owners.replace(/[A-Za-z0-9]+/g, (word) => (own.has(word) ? '' : word)));
    const bounds = get(properties, 'PermissionsBoundary') ?? (type.startsWith(SAM) ? get(get(get(root, 'Globals'), type.slice(SAM.length)), 'PermissionsBoundary') : undefined);
    const isBounded = bounds !== undefined && known(get(bounds, 'Ref')) !== 'AWS::NoValue';
    put(`bounds:${address}`, isBounded ? slice(bounds) : '');
    for (const one of [...grantsIn(type, properties, at, calls), ...limitsOfOrganizations(type, properties, () => false, at), ...elsewhere(type, value, at)]) granted(one, true);
    parts(partsOfEvents(type, properties, address));
    if (isBoundable(type) || bounds !== undefined || type.startsWith('AWS::Serverless::')) holders.push({ address, isBounded, start: key.start, end: key.end });
  }

  /** The mappings and conditions that a template names and does not have may be what a function in their section puts there. */
  function sectionsElsewhere(template: Value): void {
    const all = [['Mappings', 'Fn::FindInMap'], ['Conditions', 'Fn::If', 'Condition']].map(([section, ...naming]) => ({ calls: callsIn(get(template, section!)), own: get(template, section!), naming })).filter(({ calls }) => calls.length > 0);
    if (all.length === 0) return;
    const looked = new Set<Value>();
    const look = (value: Value): void => {
      if (looked.has(value)) return;
      looked.add(value);
      itemsOf(value).forEach(look);
      for (const { key, value: inner } of entriesOf(value)) {
        const name = known(inner) ?? known(itemsOf(inner)[0]);
        for (const { calls, own, naming } of all) if (name !== null && naming.includes(known(key) ?? '') && get(own, name) === undefined) put(name, calls.map((one) => slice({ start: one.key.start, end: one.value.end })).join('\n'));
        look(inner);
      }
    };
    look(template);
  }

  /** What loops repeat a resource for, each by itself where it is not very much, else all as one, and what of that refers to something. */
  function instancesOf(over: readonly Value[]): string[] {
    const each = over.flatMap((values, i) => partsOf(values).map((one) => ({ text: `${i} ${slice(one)}`, names: known(one) === null ? slice(one) : '' })));
    const all = each.map(({ text }) => text).sort().join(BETWEEN);
    return [each.length > MOST_APART ? createHash('sha256').update(all).digest('base64') : all, each.map(({ names }) => names).join(' ').trim()];
  }

  /** What is said of a module of the registry, which is none of these files. */
  function elsewhere(type: string, value: Value, about: Extent & { address: string }): Granting[] {
    const isElsewhere = type.endsWith('::MODULE');
    const given = entriesOf(get(value, 'Properties')).filter(({ key }) => !GIVING_NOTHING.has(known(key)));
    return isElsewhere ? [{ ...about, is: 'module', isPart: false, values: [...given.map(({ key, value: own }) => ({ start: key.start, end: own.end })), ...[get(value, 'Type')].flatMap((one) => one ?? [])] }] : [];
  }

  /** What a stack gives a template that is one of these files, and has from it. */
  function nested(name: string, value: Value): void {
    const child = templateOf(value, path);
    if (child === null) return;
    const condition = slice(get(value, 'Condition'));
    defined.push({ scope: child, name: 'there:', text: `${name} ${condition}`, from: scope, names: condition, isCall: true, by: name });
    for (const { key, value: own } of entriesOf(get(get(value, 'Properties'), 'Parameters'))) {
      defined.push({ scope: child, name: known(key) ?? '', text: slice(own), from: scope, isCall: true, by: name });
    }
    defined.push({ scope, name, text: '', from: child, names: 'self:Outputs' });
  }

  /** What a loop is over stands for its name. */
  function loops(entries: readonly Entry[]): void {
    for (const { key, value } of entries) {
      if (known(key)?.startsWith('Fn::ForEach::') !== true) continue;
      const [identifier, list, body] = itemsOf(value);
      put(known(identifier) ?? '', slice(list));
      put(`loop:${known(identifier)}`, '');
      loops(entriesOf(body));
    }
  }
}

const SAM = 'AWS::Serverless::';
/** So many instances are told apart. */
const MOST_APART = 100;
/** What a module has that says nothing of what it makes. */
const GIVING_NOTHING: ReadonlySet<string | null> = new Set(['NotificationARNs', 'Tags', 'TimeoutInMinutes']);

const partsOf = (value: Value | undefined): Value[] => (value === undefined ? [] : value.kind === 'list' ? value.items : [value]);

/**
 * The file of a nested stack's template: as `aws cloudformation package` and SAM take it, or as the CDK says beside it where
 * the URL is that of an asset. Null where it is none of these. Source: their documentation, read 2026-11.
 */
function templateOf(stack: Value, path: string): string | null {
  const properties = get(stack, 'Properties');
  const asset = known(get(get(stack, 'Metadata'), 'aws:asset:path'));
  const given = asset ?? known(get(properties, 'TemplateURL')) ?? known(get(properties, 'Location'));
  return given === null || /^\w+:\/\//.test(given) ? null : posix.join(posix.dirname(path), given);
}

/** What names a resource: its ARN and what `Ref` gives are made of that. */
const NAMING = /(?:Name|Id|Identifier|Prefix|Path|Arn|FifoQueue|Alias)$/;

/** The names in an expression; those of the functions and of AWS itself are none. */
export function namesInTemplate(expression: string, folder: string): string[] {
  return [...new Set([
    ...Array.from(expression.matchAll(/(?<![\w:])[A-Za-z0-9]+(?!\w|::)/g), ([name]) => name),
    ...Array.from(expression.matchAll(/\bself:([\w.-]*)/g), ([, path]) => `self:${path}`),
    ...Array.from(expression.matchAll(/\bparam:[\w-]+/g), () => 'self:params'),
    ...Array.from(expression.matchAll(/\bfile\(([^()]*)\)/g), ([, path]) => (path!.includes('$') ? `folder:${folder}` : `file:${posix.join(folder, path!.trim())}`)),
  ])];
}

/** The text of the deepest value that a path such as `custom.bucket.name` leads to; null where it leads nowhere. */
export function textAtPath(root: Value, path: string, source: string): string | null {
  let at: Value = root;
  for (const step of path.split('.')) {
    const next: Value | undefined = at.kind === 'list' ? itemsOf(at)[Number(step)] : get(at, step);
    if (next === undefined) break;
    at = next;
  }
  return at === root ? null : source.slice(at.start, at.end);
}
