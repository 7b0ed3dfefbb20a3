// How roles, users and groups are called, each instance of each call of its module: by what locals, defaults of variables,
// files of values, calls and `for_each` say, or defaults of parameters and mappings, as far as that stands in the files. What
// does not stays as it is written.
import { posix } from 'node:path';
import { type Defined, isLocal } from './definitions-terraform.js';
import { resourcesOf } from './cloudformation.js';
import { canonical, printer } from './meaning.js';
import { OWN } from './roles-template.js';
import { HOLDERS, nameOf } from './roles-terraform.js';
import { templatesIn } from './serverless.js';
import type { Block } from './terraform-presence.js';
import { type Extent, type Value, entriesOf, get, itemsOf, known, textFor } from './value.js';

export interface Called {
  /** Where the resource is, and what it is. */
  scope: string;
  address: string;
  kind: string;
  name: string;
  /** What it takes of the instances where nobody knows which there are. */
  open: string;
}

/** A module of Terraform: its blocks with the texts in which they stand, and the files of values that are for it. */
interface ModuleOf {
  scope: string;
  blocks: { block: Block; text: string }[];
  values: { path: string; body: Value | undefined; text: string }[];
}

/** A value with the text in which it stands, and what is given where that is. */
interface Term {
  value: Value;
  text: string;
  at: Place;
}

interface Place {
  module: ModuleOf;
  given: ReadonlyMap<string, Term>;
  each?: { key: string; value: Term };
  index?: string;
}

const STEPS = String.raw`(?:\.[\w-]+|\[\s*(?:"[^"\]]*"|\d+|(?:local|var|each|count)\.[\w.-]+)\s*\])`;
const REFERENCES = new RegExp(String.raw`(?<![\w.-])(?:local|var|each|count)\.[\w-]+${STEPS}*`, 'g');
const WHOLE = new RegExp(String.raw`^(local|var|each|count)\.([\w-]+)(${STEPS}*)$`);
const STEP = /\.([\w-]+)|\[\s*(?:"([^"\]]*)"|(\d+)|([\w.-]+))\s*\]/g;
const OF_ELEMENT = /\belement\(\s*((?:local|var|each)\.[\w.-]+)\s*,\s*([\w.-]+)\s*\)/g;
/** Arguments that a module is not given but has. */
const NOT_GIVEN: ReadonlySet<string | null> = new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']);
/** Modules and locals are not nested deeper, and no more is looked at. */
const [DEEPEST, MOST] = [20, 100_000];
/** No name is longer. */
const LONGEST = 1000;

class Calling {
  readonly all = new Map<string, Called>();
  private left = MOST;

  constructor(private readonly modules: ReadonlyMap<string, ModuleOf>, private readonly names: Pick<Sources, 'renamed' | 'renamedCall'>) {}

  /** Of a module that nothing calls, with its defaults and each file of values; `given` is what calls it otherwise. */
  enter(module: ModuleOf, by: string, given?: Omit<ModuleOf['values'][number], 'path'>): void {
    const sets = given !== undefined ? [{ path: '', ...given }] : [...module.values, null];
    for (const one of sets) {
      // Names in it are none of the module.
      const at: Place = { module: { scope: module.scope, blocks: [], values: [] }, given: new Map() };
      const own = entriesOf(one?.body).map(({ key, value }): [string, Term] => [known(key) ?? '', { value, text: one!.text, at }]);
      this.walk({ module, given: new Map(own) }, `${by}\0${one?.path ?? ''}`, 0);
    }
  }

  private walk(at: Place, path: string, depth: number): void {
    for (const { block: { type, labels, body }, text } of depth > DEEPEST ? [] : at.module.blocks) {
      const [first = '', label = ''] = labels;
      const name = type === 'resource' && HOLDERS.has(first) ? get(body, nameOf(first)) : undefined;
      const source = type === 'module' ? known(get(body, 'source')) : null;
      const child = source !== null && isLocal(source) ? this.modules.get(posix.join(at.module.scope, source)) : undefined;
      if (name === undefined && child === undefined) continue;
      for (const [key, place] of this.instances(body, text, at)) {
        if ((this.left -= 1) < 0) return;
        if (name !== undefined) {
          const called = this.said({ value: name, text, at: place }, 0);
          const address = this.names.renamed(`${first}.${label}`, at.module.scope);
          this.all.set([path, address, key].join('\0'), { scope: at.module.scope, address, kind: first, name: called, open: (called.match(/\b(?:each|count)\.[\w.-]+/g) ?? []).sort().join(' ') });
        } else {
          const given = entriesOf(body).filter(({ key: own }) => !NOT_GIVEN.has(known(own))).map(({ key: own, value }): [string, Term] => [known(own) ?? '', { value, text, at: place }]);
          this.walk({ module: child!, given: new Map(given) }, `${path}\0${this.names.renamedCall(first, at.module.scope)} ${key}`, depth + 1);
        }
      }
    }
  }

  /** Each with its key, or its number; one of which nothing is known where it is not known which there are. */
  private instances(body: Value, text: string, at: Place): [key: string, at: Place][] {
    const [forEach, count] = [get(body, 'for_each'), get(body, 'count')];
    if (forEach !== undefined) return this.entries({ value: forEach, text, at })?.map(([key, value]) => [key, { ...at, each: { key, value } }]) ?? [['', at]];
    if (count === undefined) return [['', at]];
    const [, list] = /^length\(\s*(.*?)\s*\)$/s.exec(sliceOf(text, count)) ?? [];
    const all = list === undefined ? null : this.term(list, at, 0);
    const number = all === null ? Number(this.said({ value: count, text, at }, 0)) : itemsOf(all.value).length;
    return Number.isInteger(number) && number >= 0 ? Array.from({ length: Math.min(number, this.left) }, (_, i) => [String(i), { ...at, index: String(i) }]) : [['', at]];
  }

  /** What a map has under each key, and a set of each item. */
  private entries(given: Term): [key: string, value: Term][] | null {
    const own = this.opened(given, 0);
    const [, inner] = own.value.kind === 'unknown' ? /^(?:toset|tomap|tolist)\(\s*(.*?)\s*\)$/s.exec(sliceOf(own.text, own.value)) ?? [] : [];
    const { value, text, at } = (inner === undefined ? null : this.term(inner, own.at, 0)) ?? own;
    if (value.kind === 'map') return value.entries.map(({ key, value: one }) => [known(key) ?? text.slice(key.start, key.end), { value: one, text, at }]);
    return value.kind === 'list' ? value.items.map((one): Term => ({ value: one, text, at })).map((one) => [this.said(one, 0), one]) : null;
  }

  /** What a value is that names another one. */
  private opened(term: Term, depth: number): Term {
    const { value, text, at } = term;
    return value.kind === 'unknown' && depth < DEEPEST ? this.term(expressionIn(sliceOf(text, value)), at, depth + 1) ?? term : term;
  }

  /** What a reference leads to; null where that is not known. */
  private term(reference: string, at: Place, depth: number): Term | null {
    const [, root, name, steps] = WHOLE.exec(reference.trim()) ?? [];
    if (root === undefined || depth > DEEPEST || (this.left -= 1) < 0) return null;
    let found = this.named(root, name!, at);
    for (const [, attribute, key, number, by] of steps!.matchAll(STEP)) {
      if (found === null) return null;
      const { value, text, at: place } = this.opened(found, depth + 1);
      const step = attribute ?? key ?? number ?? this.wordsOf(by!, at, depth + 1);
      const next: Value | undefined = value.kind === 'list' ? value.items[Number(step) % value.items.length] : this.keysOf(value).get(step);
      found = next === undefined ? null : { value: next, text, at: place };
    }
    return found === null ? null : this.opened(found, depth + 1);
  }

  private readonly keys = new Map<Value, Map<string | null, Value>>();

  private keysOf(value: Value): Map<string | null, Value> {
    const before = this.keys.get(value);
    if (before !== undefined) return before;
    const all = new Map(entriesOf(value).map(({ key, value: one }) => [known(key), one]));
    this.keys.set(value, all);
    return all;
  }

  private named(root: string, name: string, at: Place): Term | null {
    if (root === 'each') return name === 'value' ? at.each?.value ?? null : at.each === undefined ? null : { value: textFor(at.each.key, NOWHERE), text: '', at };
    if (root === 'count') return at.index === undefined ? null : { value: textFor(at.index, NOWHERE), text: '', at };
    const given = root === 'var' ? at.given.get(name) : undefined;
    if (given !== undefined) return given;
    const found = this.definedIn(at.module).get(`${root}.${name}`);
    return found === undefined ? null : { ...found, at: { module: at.module, given: at.given } };
  }

  private readonly defined = new Map<ModuleOf, Map<string, Omit<Term, 'at'>>>();

  private definedIn(module: ModuleOf): Map<string, Omit<Term, 'at'>> {
    const before = this.defined.get(module);
    if (before !== undefined) return before;
    const all = new Map(module.blocks.flatMap(({ block: { type, labels, body }, text }): [string, Omit<Term, 'at'>][] => {
      if (type === 'locals') return entriesOf(body).map(({ key, value }) => [`local.${known(key)}`, { value, text }]);
      const value = type === 'variable' ? get(body, 'default') : undefined;
      return value === undefined ? [] : [[`var.${labels[0]}`, { value, text }]];
    }));
    this.defined.set(module, all);
    return all;
  }

  /** A value as a text, with what is known in the place of what is named. */
  private said(term: Term, depth: number): string {
    const { value, text, at } = this.opened(term, depth);
    if (value.kind === 'plain') return String(JSON.parse(value.json));
    if (value.kind !== 'text') return this.wordsOf(sliceOf(text, value), at, depth + 1);
    return value.pieces.map((piece) => piece.text ?? this.wordsOf(sliceOf(text, piece), at, depth + 1)).join('').slice(0, LONGEST);
  }

  private wordsOf(written: string, at: Place, depth: number): string {
    const own = expressionIn(written).replace(OF_ELEMENT, '$1[$2]');
    const of = (reference: string): string | null => {
      const term = depth > DEEPEST ? null : this.term(reference, at, depth + 1);
      return term === null ? null : this.said(term, depth + 1);
    };
    return of(own) ?? canonical(own).replace(REFERENCES, (one) => {
      const found = of(one);
      return found === null ? one : JSON.stringify(found);
    }).slice(0, LONGEST);
  }
}

const sliceOf = (text: string, { start, end }: Extent): string => text.slice(start, Math.min(end, start + LONGEST));
const NOWHERE = { start: 0, end: 0 };

/** Without the quotes and braces around it. */
const expressionIn = (text: string): string => /^"?\$\{([^{}]*)\}"?$/.exec(text.trim())?.[1]?.replaceAll('\\"', '"').trim() ?? text.trim();

/** The same of a template, by what it is given for its parameters. */
function calledInTemplate(root: Value, source: string, given: ReadonlyMap<string, string>): Pick<Called, 'address' | 'kind' | 'name'>[] {
  const printed = printer(root, source);
  const parameter = (name: string): string | null => given.get(name) ?? known(get(get(get(root, 'Parameters'), name), 'Default'));
  const said = (value: Value): string => {
    const [only, more] = entriesOf(value);
    const [by, inner] = more === undefined ? [known(only?.key), known(only?.value)] : [null, null];
    const path = by === 'Fn::FindInMap' ? itemsOf(only!.value).map(said) : [];
    if (by === 'Ref' && inner !== null) return parameter(inner) ?? printed(value);
    if (by === 'Fn::Sub' && inner !== null) return inner.replace(/\$\{(\w+)\}/g, (all, name: string) => parameter(name) ?? all);
    return known(value) ?? known(path.reduce<Value | undefined>((at, step) => get(at, step), path.length === 0 ? undefined : get(root, 'Mappings'))) ?? printed(value);
  };
  const { prefix, templates } = templatesIn(root);
  return templates.flatMap((one) => resourcesOf(get(one, 'Resources'))).flatMap(({ key, value }) => {
    const kind = known(get(value, 'Type')) ?? '';
    const name = OWN.has(kind) ? get(get(value, 'Properties'), `${kind.slice('AWS::IAM::'.length)}Name`) : undefined;
    return name === undefined ? [] : [{ address: `${prefix}Resources.${known(key)}`, kind, name: said(name) }];
  });
}

/** The files of one version, by their own paths. */
interface Sources {
  blocks: ReadonlyMap<string, readonly Block[]>;
  texts: ReadonlyMap<string, string>;
  /** Templates, by their paths. */
  roots: ReadonlyMap<string, { root: Value; text: string }>;
  /** The folders of modules that others call, and by those that Terragrunt calls the units that do. */
  called: ReadonlySet<string>;
  units: ReadonlyMap<string, readonly string[]>;
  /** The module of a file, and of one of values that for which it is. */
  moduleOf(path: string): string;
  /** Paths and names as both sides have them. */
  now(path: string): string;
  renamed(name: string, scope: string): string;
  renamedCall(name: string, scope: string): string;
  /** What calls give a module or template under a name. */
  given(scope: string, name: string): readonly Defined[];
}

/** All who are called something, by each instance and what leads to it. */
export function calledIn({ blocks, texts, roots, called, units, moduleOf, now, renamed, renamedCall, given }: Sources): ReadonlyMap<string, Called> {
  const modules = new Map<string, ModuleOf>();
  for (const [path, all] of blocks) {
    const [scope, text] = [moduleOf(path), texts.get(path)!];
    const module = modules.get(scope) ?? { scope, blocks: [], values: [] };
    modules.set(scope, module);
    if (/\.tfvars(?:\.json)?$/i.test(path)) for (const { body } of all) module.values.push({ path: now(path), body, text });
    else if (!path.endsWith('.hcl')) module.blocks.push(...all.map((block) => ({ block, text })));
  }
  const calling = new Calling(modules, { renamed, renamedCall });
  for (const module of modules.values()) {
    const own = units.get(module.scope) ?? [];
    if (own.length === 0 && !called.has(module.scope)) calling.enter(module, now(module.scope));
    for (const unit of own) calling.enter(module, now(unit), { body: get(blocks.get(unit)?.find(({ type }) => type === '')?.body, 'inputs'), text: texts.get(unit) ?? '' });
  }
  const all = new Map(Array.from(calling.all, ([key, one]) => [key, { ...one, scope: now(one.scope) }]));
  for (const [path, { root, text }] of roots) {
    const stacks = [...new Map(given(path, 'there:').map(({ by = '', from }) => [by, renamedCall(by, from)]))];
    const values = entriesOf(get(root, 'Parameters')).flatMap(({ key }) => given(path, known(key) ?? ''));
    for (const [stack, called] of stacks.length === 0 ? [['', '']] : stacks) {
      const own = new Map(values.filter(({ by }) => by === stack).map(({ name, text: value }) => [name, value.replace(/^"([^"\\]*)"$/, '$1')]));
      for (const one of calledInTemplate(root, text, own)) {
        const address = renamed(one.address, path);
        all.set([now(path), called, address].join('\0'), { ...one, address, scope: now(path), open: '' });
      }
    }
  }
  return all;
}
