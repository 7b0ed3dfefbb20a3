// What a file of Terraform, OpenTofu or Terragrunt defines, and the names in its expressions.
import { posix } from 'node:path';
import { BOUNDARY, BOUNDARY_OF_SET, HOLDERS, IS_BOUNDARY, exclusiveIn, isOfPolicies, keptIn } from './roles-terraform.js';
import { ATTRIBUTES, OWNERS } from './terraform-table.js';
import { inSmall, ofControlled } from './cloud-control.js';
import { TARGETS as OF_TEMPLATE } from './cloudformation.js';
import { type Granting, grantsIn, moduleIn } from './grants.js';
import { canonical, ofValue } from './meaning.js';
import { limitsOfOrganizations } from './organizations.js';
import { filesReadIn } from './definitions-terragrunt.js';
import { BLOCKS } from './terraform.js';
import { type Block, Presence } from './terraform-presence.js';
import { type Entry, type Extent, type Value, entriesOf, get, known, valuesAt } from './value.js';

export interface Defined {
  /** Where the name counts. */
  scope: string;
  name: string;
  text: string;
  /** Where the names in the text count. */
  from: string;
  /** A text of which only the names count. */
  names?: string;
  /** What it may be besides. */
  choices?: string;
  /** Whether a call of the module gives it, of which there may be several. */
  isCall?: boolean;
  /** Which call that is. */
  by?: string;
  /** Of a call the folder of the module, where that is one of these files. */
  module?: string;
  /** The unit of Terragrunt that has the outputs. */
  unit?: string;
  /** The files that it reads. */
  files?: readonly string[];
  /** Whether it counts only where a variable may be given `null`. */
  isOfNull?: boolean;
  /** Of a resource what it says: which of it matters hangs on the attribute that is asked for. */
  resource?: { type: string; body: Value; source: string };
  /** Of a local what each of its entries says under a name. */
  partOf?: (attribute: string) => string;
}

/** Somebody who has policies, and what bounds them. */
export interface Holding extends Extent {
  address: string;
  /** Whether anything does. */
  isBounded: boolean;
  /** Whether it is a resource of its own that bounds somebody, and no more does where it is gone. */
  isLone?: boolean;
}

export const addressOf = ({ type, labels }: Block): string => [...type === 'resource' ? [] : [type], ...labels].join('.');

/** What stands in a block, without its labels. */
export const withinOf = ({ start, end }: Extent, source: string): string => source.slice(start, end).replace(/^[^{]*/, '');

export interface FileOfHcl {
  path: string;
  scope: string;
  text: string;
  blocks: readonly Block[];
  /** The folders of the modules that are among the files. */
  modules: ReadonlySet<string>;
}

/** What files define, those who have policies, and what else gives access. */
export interface DefinedIn {
  defined: Defined[];
  holders: Holding[];
  grants: Granting[];
}

/** The name under which stands what a resource gives that is no policy. */
export const grantOf = ({ is, address }: Pick<Granting, 'is' | 'address'>): string => `${is}:${address}`;

export function definedInHcl({ path, scope, text, blocks, modules }: FileOfHcl): DefinedIn {
  const defined: Defined[] = [];
  const grants: Granting[] = [];
  const holders: Holding[] = [];
  const isJson = /\.json$/i.test(path);
  const slice = (value: Extent | undefined): string => (value === undefined ? '' : ofValue(text.slice(value.start, value.end), isJson));
  // A block without its labels, which may be others where it is the same.
  const within = (body: Value): string => withinOf(body, text);
  const put = (name: string, own: string, more: Partial<Defined> = {}): void => { defined.push({ scope, name, text: own, from: scope, ...more }); };
  const presence = new Presence([...blocks], text);
  const isValues = /\.tfvars(?:\.json)?$/i.test(path);
  for (const block of blocks) {
    const { type, labels: [first = ''], body } = block;
    if (type === 'locals') for (const { key, value } of entriesOf(body)) {
      put(`local.${known(key)}`, slice(value), { partOf: partOf(value) });
      chosen(value, `local.${known(key)}`, body);
    }
    if (type === 'variable') {
      const own = slice(get(body, 'default'));
      put(`var.${first}`, own, { names: `${own} variable.${first}` });
      const byType = get(body, 'type');
      put(`variable.${first}`, byType === undefined ? '' : defaultsOf(canonical(known(byType) ?? slice(byType))));
      if (slice(get(body, 'nullable')) === 'false') put(`variable.${first}`, 'nullable = false', { isOfNull: true });
    }
    if (type === 'output') put(`output.${first}`, slice(get(body, 'value')));
    if (type === 'output') chosen(body, `output.${first}`, body);
    // Files of values.
    if (type === '' && isValues) for (const { key, value } of entriesOf(body)) put(`var.${known(key)}`, slice(value));
    if (type === 'provider' && OF_AWS.test(first)) put(providerOf([first, known(get(body, 'alias')) ?? ''].join('.')), ACCOUNT.flatMap((name) => (get(body, name) === undefined ? [] : `${name} ${slice(get(body, name))}`)).join('\n'));
    if (type === 'module') called(first, body, block);
    if (type !== 'resource' && type !== 'data' && type !== 'module') continue;
    const address = addressOf(block);
    // A document is compared itself; who takes it over may gain more by it only where it denies.
    if (type === 'data') put(address, first !== 'aws_iam_policy_document' || /"Deny"/.test(within(body)) ? within(body) : '', { names: within(body) });
    if (type === 'resource') put(address, '', { resource: { type: first, body, source: text } });
    if (first === STACK) stacked(body, block);
    // The keys of a block's own: for each of what, and how many of it there are.
    put(`loops:${address}`, ofInstances(loopsIn(text, body), body));
    put(`each:${address}`, [get(body, 'for_each'), get(body, 'count')].map(slice).join(' '));
    put(`there:${address}`, thereOf(block));
    if (first === ATTACHING_OF_ORGANIZATIONS) attached(body, block);
    // Who has policies says nothing here of whose he is himself.
    const owners = [...HOLDERS.has(first) ? [] : [...OWNERS, SET], ...isApart(first) ? [...TARGETS, ...NAMED_TARGETS[first] ?? []] : [], ...Object.hasOwn(CONTROLLED_TARGETS, first) ? [CONTROLLED_TARGETS[first]!] : []].flatMap((attribute) => partsOf(get(body, attribute))).flatMap((one) => eachOf(one, body))
      .map((one) => oneNameOf(ofInstances(slice(one), body))).join(BETWEEN);
    const provider = slice(get(body, 'provider'));
    const kept = type === 'resource' ? keptIn(body, text).flatMap(({ attributes }) => attributes) : [];
    if (kept.length > 0) put(`kept:${address}`, kept.join(' '));
    if (HOLDERS.has(first)) put(`instances:${address}`, String(presence.instances(block)));
    chosen(body, owners === '' ? address : owners, body);
    const isVarying = HAVING_INSTANCES.has(first) && entriesOf(body).some(({ key, value }) => !SAYING_NOTHING.has(known(key)) && /\b(?:each|count)\./.test(slice(value)));
    if (isVarying) put(`varies:${address}`, '');
    put(`whose:${address}`, [...owners === '' ? [] : [owners], ...provider === '' ? [] : [`${PROVIDER}${provider}`]].join(BETWEEN), { names: withoutHolders(owners) });
    const bounds = type === 'module' ? entriesOf(body).filter(({ key }) => IS_BOUNDARY.test(known(key) ?? '')).map(({ value }) => value) : [get(body, BOUNDARY)].flatMap((one) => one ?? []);
    const bound = ofInstances(bounds.map(slice).filter((one) => !/^(?:null|"")$/.test(one)).join(' '), body);
    put(`bounds:${address}`, bound);
    const isLone = first === BOUNDARY_OF_SET;
    const head = { start: body.start, end: body.start + (text.slice(body.start, body.end).split('\n')[0]?.length ?? 0) };
    if (type === 'module' || HOLDERS.has(first) || isLone) holders.push({ address, ...isLone ? { isLone } : {}, isBounded: bound !== '', ...head });
    for (const one of type === 'resource' ? [...grantsIn(first, body, { address, ...head }), ...limitsOfOrganizations(first, body, (value) => OF_ORGANIZATIONS.test(slice(value)), { address, ...head }), ...exclusiveIn(first, { address, ...head })] : type === 'module' ? elsewhere(body, { address, ...head }) : []) {
      const own = one.values.map(slice).sort().join('\n');
      put(grantOf(one), ofInstances(own, body), { names: ofInstances(own, body).replace(one.is === 'role' ? HOLDER : TEMPLATE_IN_FILE, '') });
      grants.push(one);
    }
  }
  return { defined, holders, grants };

  /** What is said of a module that is none of these files. */
  function elsewhere(body: Value, about: Extent & { address: string }): Granting[] {
    const source = known(get(body, 'source')) ?? '';
    if (isLocal(source) && modules.has(posix.join(posix.dirname(path), source))) return [];
    return moduleIn(body, ({ key, value }) => IS_BOUNDARY.test(known(key) ?? '') || isOfPolicies(value), about);
  }

  /** Where something takes an instance of a policy, all that it says of which: only that tells whose it is. */
  function chosen(value: Value, by: string, body: Value): void {
    if (value.kind === 'list') for (const one of value.items) chosen(one, by, body);
    if (value.kind === 'map') for (const { key, value: inner } of value.entries) if (!TAKING_NOTHING.has(known(key))) chosen(inner, by, body);
    if (!OF_DEPLOYMENT.has(value.kind) || known(value) !== null || slice(value).search(OF_INSTANCES) < 0) return;
    const own = canonical(ofInstances(slice(value), body)).replace(/(?<=[[(]) | (?=[\])])/g, '');
    for (const what of new Set(own.match(OF_INSTANCES))) put(`chosen:${what}`, `${by} ${own}`, { names: own.replace(OF_INSTANCES, '').replace(HOLDER, '') });
  }

  /** For whom a policy of an organization is, by what attaches it. */
  function attached(body: Value, block: Block): void {
    const policy = OF_ORGANIZATIONS.exec(slice(get(body, 'policy_id')))?.[0];
    if (policy !== undefined) put(`whose:${policy}`, `${ofInstances(slice(get(body, 'target_id')), body)} ${thereOf(block)}`, { isCall: true });
  }

  /** What a call gives a module, if that is a folder of these files. */
  function called(name: string, body: Value, block: Block): void {
    const source = known(get(body, 'source')) ?? '';
    const folder = isLocal(source) ? posix.join(posix.dirname(path), source) : undefined;
    put(`module.${name}`, ofInstances(within(body), body), folder === undefined ? {} : { module: folder });
    if (folder === undefined) return;
    give(folder, body, body, name);
    // In another account it is for others.
    const providers = entriesOf(get(body, 'providers')).map(({ key, value }) => `${known(key)} ${slice(value)}`).sort().join(', ');
    if (providers !== '') put('whose:', `${PROVIDER}${providers}`, { scope: folder, isCall: true, names: '' });
    // A module that names none has those of whoever calls it.
    if (providers === '') put(providerOf('aws'), '', { scope: folder, isCall: true, by: name, names: providerOf('aws') });
    for (const { key, value } of entriesOf(get(body, 'providers'))) put(providerOf(known(key) ?? ''), '', { scope: folder, isCall: true, by: name, names: providerOf(slice(value)) });
    const times = Math.max(1, presence.instances(block));
    for (let i = 0; i < times; i += 1) put('there:', `${name}${i === 0 ? '' : `[${i}]`} ${thereOf(block)}`, { scope: folder, isCall: true, by: name });
  }

  /** What a stack gives a template that is one of these files. */
  function stacked(body: Value, block: Block): void {
    const [, called, given] = /^(file|templatefile)\(\s*"([^"]*)"/.exec(slice(get(body, 'template_body'))) ?? [];
    const child = called === undefined ? '' : fileOf(called, given!, scope);
    if (!child.startsWith('file:')) return;
    const template = child.slice('file:'.length);
    const by = block.labels[1]!;
    put('there:', `${by} ${thereOf(block)}`, { scope: template, isCall: true, by });
    for (const { key, value } of entriesOf(get(body, 'parameters'))) put(known(key) ?? '', ofInstances(slice(value), body), { scope: template, isCall: true, by });
  }

  function give(folder: string, values: Value, body: Value, by: string): void {
    for (const { key, value } of entriesOf(values)) put(`var.${known(key)}`, ofInstances(slice(value), body), { scope: folder, isCall: true, by });
  }

  /** A text that speaks of the instance with what there are instances of, as far as it asks for that. */
  function ofInstances(own: string, body: Value): string {
    if (!/\b(?:each|count)\./.test(own)) return own;
    const [forEach, parts] = [get(body, 'for_each'), own.match(/\beach\.value\b(?:\.[\w-]+)?/g) ?? []];
    const names = [...new Set(parts.map((one) => one.slice('each.value.'.length)))];
    const all = forEach === undefined || names.length === 0 || names.includes('') ? slice(forEach) : names.map((name) => partOf(forEach)(name)).join(' ');
    return `${own} ${all} ${slice(get(body, 'count'))}`;
  }

  /** What each entry of a map or a list has under a name; all of it where it has no entries that stand there. */
  function partOf(value: Value | undefined): (attribute: string) => string {
    const own = (one: Value, attribute: string): string => (one.kind === 'map' ? slice(get(one, attribute)) : slice(one));
    return (attribute) => {
      if (value?.kind === 'map') return value.entries.map(({ key, value: inner }) => `${known(key) ?? slice(key)} = ${own(inner, attribute)}`).sort().join('\n');
      if (value?.kind === 'list') return value.items.map((one) => own(one, attribute)).join('\n');
      return slice(value).replace(/^local\.[\w-]+$/, (name) => `${name}[*].${attribute}`);
    };
  }

  /** Of whom there is an instance for each, where that is all that tells the instances apart: each of them as he stands there. */
  function eachOf(one: Value, body: Value): Value[] {
    const [, called] = /^each\.(key|value)$/.exec(slice(one)) ?? [];
    const forEach = get(body, 'for_each');
    const all = forEach?.kind === 'list' ? forEach.items : called === 'value' ? entriesOf(forEach).map(({ value }) => value) : [];
    const isOneOfEach = (other: Value): boolean => other.kind !== 'either' && !(other.kind === 'unknown' && other.stands !== undefined);
    const speaks = ({ key, value }: Entry): boolean => !(value.start <= one.start && one.end <= value.end) && !IS_CALLED.test(known(key) ?? '') && /\beach\./.test(slice(value));
    return called === undefined || all.length === 0 || !IS_WRITTEN_OUT.test(slice(forEach)) || !all.every(isOneOfEach) || entriesOf(body).some(speaks) ? [one] : all;
  }

  /** On what it hangs whether a block is there; nothing where it is in any case. */
  function thereOf(block: Block): string {
    const isThere = presence.of(block, null);
    const { body } = block;
    if (isThere !== 'perhaps') return isThere === 'always' ? '' : NEVER;
    return [get(body, 'count'), get(body, 'for_each'), valuesAt(body, 'lifecycle[].enabled', '', BLOCKS)[0]?.[0]].map(slice).join(' ');
  }
}

const OF_AWS = /^(?:aws|awscc)$/;
/** What of a provider says with which account and Region it works. */
const ACCOUNT = ['profile', 'region', 'assume_role', 'assume_role_with_web_identity', 'access_key', 'shared_config_files', 'shared_credentials_files', 'allowed_account_ids'];
/** The name of a provider, with its alias, as something that is referred to. */
export const providerOf = (called: string): string => `provider.${called.replace(/["${}]|\.$/g, '').replaceAll('.', '-')}`;

/** Before the provider by which a resource is made: that of another account makes it for others. */
export const PROVIDER = 'by the provider ';
/** Between those whom a resource is for. */
export const BETWEEN = '\u0001';
const partsOf = (value: Value | undefined): Value[] => (value === undefined ? [] : value.kind === 'list' ? value.items : [value]);

const SET = 'permission_set_arn';
/** Whether a policy of another resource is a resource of its own, which says by these attributes on what it is. */
const isApart = (type: string): boolean => /_(?:polic(?:y|ies)|lock)$/.test(type) && Object.hasOwn(ATTRIBUTES, type) && ATTRIBUTES[type]!.every(({ kind }) => kind === 'resource');
const TARGETS = ['bucket', 'queue_url', 'arn', 'key_id', 'repository', 'repository_name', 'secret_arn', 'vpc_endpoint_id', 'rest_api_id', 'file_system_id', 'backup_vault_name', 'resource_arn',
  'domain', 'domain_name', 'event_bus_name', 'cluster_arn', 'resource_identifier', 'identity', 'email_identity', 'container_name', 'table_bucket_arn',
  'access_point_arn', 'destination_name', 'delivery_destination_name', 'vault_name', 'registry_name', 'workspace_id', 'vector_bucket_arn'];
/** What is called by its name alone, which elsewhere is that of the policy. */
const NAMED_TARGETS: Record<string, string[]> = { aws_s3control_object_lambda_access_point_policy: ['name'], aws_s3tables_table_policy: ['name', 'namespace'] };
const CONTROLLED_TARGETS = ofControlled(OF_TEMPLATE, inSmall);
/** Whatever names it, it is the same resource. */
const NAME_OF_TARGET = /\b([a-z]\w*_\w+\.[\w-]+(?:\[[^\]]{0,200}\])?)\.(?:id|arn|name|bucket|url|key_id)\b/g;

/** A template that is a file of its own, which is compared itself. */
const TEMPLATE_IN_FILE = /(?<=\btemplate_body\s*=\s*)file\(\s*"[^"]*\.(?:json|ya?ml|template)"\s*\)/g;
const STACK = 'aws_cloudformation_stack';
const OF_ORGANIZATIONS = /\baws_organizations_policy\.[\w-]+/;
const ATTACHING_OF_ORGANIZATIONS = 'aws_organizations_policy_attachment';

/** A policy, or a document, where an expression names instances of it, and not an attribute of the only one. */
const OF_INSTANCES = /(?<![\w.-])(?:data\.aws_iam_policy_document|aws_iam_policy|aws_organizations_policy)\.[\w-]+(?![\w-]|\.[a-z])/g;
const HAVING_INSTANCES: ReadonlySet<string> = new Set(['aws_iam_policy_document', 'aws_iam_policy', 'aws_organizations_policy']);
/** What of a policy is not what it says. */
const SAYING_NOTHING: ReadonlySet<string | null> = new Set(['count', 'for_each', 'name', 'name_prefix', 'path', 'description', 'tags']);
/** The kinds of values in which something is named. */
const OF_DEPLOYMENT: ReadonlySet<Value['kind']> = new Set(['unknown', 'text', 'either']);
/** What names others for no use of them. */
const TAKING_NOTHING: ReadonlySet<string | null> = new Set(['depends_on', 'lifecycle', 'tags', 'description', 'statement']);

/** What is said of the presence of what will not be there. */
export const NEVER = 'never';

/** A list or map of which each item is there, as it may not be in one that is joined of several. */
const IS_WRITTEN_OUT = /^(?:to(?:set|map)\(\s*)?[[{]/;
/** By what a policy is called it does nothing else. */
const IS_CALLED = /^name(?:_prefix)?$/;

/** Whether a module is one of these files by its source. */
export const isLocal = (source: string): boolean => /^\.{1,2}\//.test(source);

/** A role that is called otherwise is the same one. */
export const withoutHolders = (text: string): string => text.replace(HOLDER, '');

/** One that is made here, and not one that a data source looks up, which may be another one. */
const HOLDER = /(?<!\bdata\.)\baws_iam_(?:role|user|group)\.[\w-]+/g;
/** A text in which each role, and whatever else has policies, is named in one way. */
export const oneNameOf = (text: string): string => text.replace(NAME_OF_HOLDER, '$1').replace(NAME_OF_TARGET, '$1');

/** A role by its name or its ID is the same role. */
const NAME_OF_HOLDER = /\b(aws_iam_(?:role|user|group)\.[\w-]+(?:\[[^\]]{0,200}\])?)\.(?:id|name)\b/g;

/** The heads of the loops in a block. */
function loopsIn(source: string, body: Value): string {
  const text = source.slice(body.start, body.end);
  const own = (get(body, 'for_each')?.start ?? -1) - body.start;
  return Array.from(text.matchAll(/\bfor\s[\w\s,-]{1,200}?\sin\s+|\bfor_each"?\s*[=:]\s*/g), ({ 0: head, index }) => {
    const start = index + head.length;
    return start === own ? '' : `${head}${text.slice(start, endOf(text, start, head.startsWith('for_each') ? '\n' : ':'))}`;
  }).filter((one) => one !== '').join('\n');
}

/** Where an expression ends: before a character that stands in no bracket and no string, or before the bracket around it. */
function endOf(text: string, start: number, stop: string): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '"') for (at += 1; at < text.length && text[at] !== '"'; at += 1) at += text[at] === '\\' ? 1 : 0;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth < 0 || (depth === 0 && character === stop)) return at;
  }
  return text.length;
}

/** What a type puts in the place of what is not given: `name = optional(string, "x")`. */
function defaultsOf(type: string): string {
  return Array.from(type.matchAll(/([\w-]+|"[^"]*")\s*[=:]\s*optional\(/g), ({ 0: head, 1: name, index }) => {
    const comma = endOf(type, index + head.length, ',');
    return type[comma] === ',' ? `${name} = ${type.slice(comma + 1, endOf(type, comma + 1, '\0')).trim()}` : '';
  }).filter((one) => one !== '').sort().join('\n');
}

/** What names a resource of AWS: its ARN and its ID are made of that. */
const NAMING = /(?:^|_)(?:name|prefix|bucket|path|id|identifier|region|provider|family|alias|domain|cluster|key|account|fifo_queue|arn)$/;
const IDENTITY = /^(?:arn|id|name)$|_(?:arn|id|name)$/;

/** What an attribute of a resource is made of, as far as its block says. */
export function textOfResource({ type, body, source }: { type: string; body: Value; source: string }, attribute: string | undefined): string {
  const slice = ({ start, end }: Extent): string => source.slice(start, end);
  const own = attribute === undefined ? undefined : get(body, attribute);
  if (own !== undefined) return withInstances(slice(own));
  if (!type.startsWith('aws_') || (attribute !== undefined && !IDENTITY.test(attribute))) return withinOf(body, source);
  return withInstances(entriesOf(body).filter(({ key }) => NAMING.test(known(key) ?? '')).map(({ key, value }) => `${known(key)} = ${slice(value)}`).join('\n'));

  function withInstances(text: string): string {
    return /\b(?:each|count)\./.test(text) ? [text, get(body, 'for_each'), get(body, 'count')].map((one) => (typeof one === 'object' ? slice(one) : one ?? '')).join(' ') : text;
  }
}

const NAMES = /\b(?:local\.[\w-]+(?:\[\*\]\.[\w-]+)?|(?:var|variable|output|include|provider)\.[\w-]+|dependency\.[\w-]+(?:\.outputs\.[\w-]+)?|module\.[\w-]+(?:\[[^\]]{0,200}\])?(?:\.[\w-]+)?|data\.\w+\.[\w-]+|[a-z]\w*_\w+\.[\w-]+(?:\[[^\]]{0,200}\])?(?:\.\w+)?)/g;
const FILES = /\b(file\w*|templatefile)\(\s*"((?:[^"\\$]|\$\{[^"{}]*\})*)"/g;
/** A call whose file is told by another expression. */
const FILES_BY_VALUE = /\b(?:file\w*|templatefile)\(\s*[^"\s)]/;

/** The names in an expression that stands in a block. */
export function namesInHcl(expression: string, scope: string, block: string | null): string[] {
  const names = Array.from(expression.matchAll(NAMES), ([name]) => {
    const [, unit, output] = /^(dependency\.[\w-]+)\.outputs\.([\w-]+)$/.exec(name) ?? [];
    if (unit !== undefined) return `${unit}#${output}`;
    const [, base = name, attribute] = /^((?:module\.[\w-]+|(?!data\.|var\.|variable\.|local\.|output\.|include\.|dependency\.)\w+\.[\w-]+))(?:\[[^\]]*\])?(?:\.([\w-]+))?$/.exec(name) ?? [];
    return attribute === undefined ? base : `${base}#${attribute}`;
  });
  const folder = scope.endsWith('.hcl') ? posix.dirname(scope) : scope;
  const files = [...Array.from(expression.matchAll(FILES), ([, called, given]) => fileOf(called!, given!, folder)), ...filesReadIn(expression, folder).map((path) => `file:${path}`)];
  return [...new Set([
    ...names, ...files, ...FILES_BY_VALUE.test(expression) ? [`folder:${folder}`] : [],
    ...block === null ? [] : [`loops:${block}`, ...block.startsWith('locals') || !/\b(?:each|count|self)\./.test(expression) ? [] : [`each:${block}`]],
  ])];
}

/** The file that is read; of a name that is not all known, and of a list of files, the folder. */
function fileOf(called: string, given: string, scope: string): string {
  const path = given.replace(/\$\{\s*path\.(?:module|root|cwd)\s*\}\/?/g, '');
  if (called !== 'fileset' && !path.includes('${')) return `file:${posix.join(scope, path)}`;
  return `folder:${posix.join(scope, path.slice(0, path.search(/\$\{|$/)).replace(/[^/]*$/, ''))}`;
}
