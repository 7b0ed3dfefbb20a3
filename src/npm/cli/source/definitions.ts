// What the expressions of files refer to, by name: the locals, variables, modules and resources of a module of Terraform,
// the parameters, mappings, conditions and resources of a template, and the files that are read into them. Whoever compares
// two versions of a file asks whether the same expression still leads to the same texts.
import { posix } from 'node:path';
import type { Granting } from './grants.js';
import { type Defined, type DefinedIn, type Holding, addressOf, definedInHcl, namesInHcl, providerOf, textOfResource } from './definitions-terraform.js';
import { definedInTemplate, namesInTemplate, textAtPath } from './definitions-template.js';
import { OUTPUTS, definedInTerragrunt } from './definitions-terragrunt.js';
import { type Called, calledIn } from './called.js';
import { SourceError, refuseLong } from './error.js';
import { type Address, IN_HCL, IN_TEMPLATE, type Labelled, labelledInHcl, labelledInTemplate, lastOf, readAddress, relabelled } from './relabelled.js';
import { readJson } from './json.js';
import { canonical, functionsIn, ofName, ofScalar, ofTerraform } from './meaning.js';
import { syntaxOf } from './syntax.js';
import { blocksOfJson } from './terraform.js';
import { type Given, NONE_GIVEN, isLiteral, withLocals } from './terraform-locals.js';
import { type Block } from './terraform-presence.js';
import { type Value, entriesOf, get, isNull, known } from './value.js';

/** The files of one version. Paths have slashes. */
export interface Files {
  /** The texts that may define something, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** The text of any file; null where there is none. */
  read(path: string): string | null;
  /** The paths of all files below a folder; null where there are too many. */
  below(folder: string): readonly string[] | null;
  /** Of an older version where its files and folders stand now; nothing where each has the same path. */
  readonly moves?: Moves;
}

/** Paths of the older version as those of the newer one, and the other way round. */
export interface Moves {
  now(path: string): string;
  was(path: string): string;
}

export const STAYING: Moves = { now: (path) => path, was: (path) => path };

export interface Definition {
  /** What it is, without white space and comments; null where nothing defines it. */
  text: string | null;
  /** The keys of what that refers to in turn. */
  refers: readonly string[];
  /** What each call of a module gives for it, which call that is, and what all refer to. */
  calls?: readonly string[];
  callers?: readonly (string | undefined)[];
  ofCalls?: readonly string[];
  /** Whether it may be another text each time that somebody looks. */
  isOpen?: boolean;
}

/** Where an expression stands: in which file, and from which of its characters on. */
export interface Site {
  path: string;
  start: number;
}

/** Whether a file is one of a module, whose files know each other's names. */
export const isOfModule = (path: string): boolean => /\.(?:tf|tofu)(?:\.json)?$/i.test(path);
/** Whether a file may define what another one refers to. */
export const mayDefine = (path: string): boolean => isOfModule(path) || /\.(?:hcl|tfvars|tfvars\.json)$/i.test(path);

/** The same of a template. */
export const isDefining = (text: string): boolean => /\bResources["']?\s*:|^\ufeff?["']?provider["']?\s*:|"provider"\s*:/m.test(text);

/** Whether a text gives other templates their values, so that their policies may be others though they are the same. */
export const isNesting = (text: string): boolean => /\bAWS::(?:CloudFormation::Stack|Serverless::Application)\b|\baws_cloudformation_stack\b/.test(text);

/** Where the names in a file count. */
export const scopeOf = (path: string): string => (isOfModule(path) ? posix.dirname(path) : path);
/** What makes of a scope nobody knows how much unknown. */
const WHOLE = '*';

/** Who asks names files and folders by where they stand now; within, each has its own path. Keys are the same in both versions. */
export class Definitions {
  private readonly defined = new Map<string, Defined[]>();
  private readonly blocks = new Map<string, Block[]>();
  private readonly roots = new Map<string, { root: Value; text: string; functions?: Map<number, string> }>();
  /** Those who have policies, by file. */
  readonly holders = new Map<string, Holding[]>();
  /** What gives access and is no policy, by file. */
  readonly grants = new Map<string, Granting[]>();

  private readonly moves: Moves;

  private constructor(private readonly files: Files) {
    this.moves = files.moves ?? STAYING;
  }

  /** By the own path of a scope. */
  private keyOf(scope: string, name: string): string {
    const [, kind, path] = /^(file|folder):(.*)$/s.exec(name) ?? [];
    return `${this.moves.now(scope)}\0${kind === undefined ? this.renamed(name, scope) : `${kind}:${this.moves.now(path!)}`}`;
  }

  /** Where the names in a file count, by where that stands now. */
  scopeAt(path: string): string {
    return this.moves.now(this.ownScope(path));
  }

  /** Whether the module or template of a file is there. */
  isThere(path: string): boolean {
    const scope = this.ownScope(path);
    return this.modules.has(scope) || this.roots.has(scope);
  }

  private ownScope(path: string): string {
    return scopeOf(this.moves.was(path));
  }

  static async of(files: Files): Promise<Definitions> {
    const all = await Definitions.read(files);
    all.define(null);
    return all;
  }

  /** Those of two versions, which take what a module is given for its variables where it has one call in both. */
  static async ofBoth(older: Files, newer: Files): Promise<[Definitions, Definitions]> {
    const both: [Definitions, Definitions] = [await Definitions.read(older), await Definitions.read(newer)];
    both[0].take(both[1]);
    both[0].follow(both[1]);
    both[0].define(both[1]);
    both[1].define(both[0]);
    return both;
  }

  /** The same by where a module or template stands now. */
  renamedAt(text: string, scope: string): string {
    return this.renamed(text, this.moves.was(scope));
  }

  /** A text of the older version with the names that `moved` blocks of the newer one give to resources. */
  renamedIn(text: string, path: string): string {
    return this.renamed(text, this.ownScope(path));
  }

  private renamed(text: string, scope: string): string {
    const names = this.renames?.get(this.moves.now(scope));
    if (names === undefined) return text;
    return names.has(text) ? lastOf(names, text) : text.replace(this.patternOf(scope), (one) => lastOf(names, one));
  }

  /** The names that may be others, in the texts of a module or a template. */
  private patternOf(scope: string): RegExp {
    return this.roots.has(scope) ? IN_TEMPLATE : IN_HCL;
  }

  /** Takes those for the same too that have another name in the newer version, and say what they said. */
  private follow(newer: Definitions): void {
    const after = newer.labelled();
    for (const [key, all] of this.labelled()) {
      const found = relabelled(all, after.get(key) ?? [], this.patternOf(this.moves.was(key)));
      if (found.size > 0) this.renames!.set(key, new Map([...this.renames!.get(key) ?? [], ...found]));
    }
  }

  /** What each module and template has, by where it stands now and with the names that `moved` blocks give. */
  private labelled(): Map<string, Labelled[]> {
    const all = new Map<string, Labelled[]>();
    const put = (scope: string, own: Labelled[]): void => {
      const key = this.moves.now(scope);
      if (!all.has(key)) all.set(key, []);
      for (const { name, kind, text } of own) all.get(key)!.push({ name: this.renamed(name, scope), kind, text: () => this.renamed(text(), scope) });
    };
    for (const [path, blocks] of this.blocks) if (isOfModule(path)) put(scopeOf(path), labelledInHcl(blocks, this.files.sources.get(path)!, canonical));
    for (const [scope, { root, text }] of this.roots) put(scope, labelledInTemplate(root, text, canonical));
    return all;
  }

  /** By where a module or template stands now. */
  private renames: Map<string, Map<string, string>> | null = null;
  /** What `moved` blocks say, by where they stand. */
  private readonly moved: { scope: string; from: Address; to: Address }[] = [];
  /** The resources of each module, and the folders of those that it calls. */
  private readonly addresses = new Set<string>();
  private readonly called = new Map<string, string>();

  /** Keeps what a file says of resources and modules that have another name now. */
  private rename(scope: string, text: string, blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.type === 'resource') this.addresses.add(`${scope}\0${addressOf(block)}`);
      if (block.type !== 'moved') continue;
      const [from, to] = ['from', 'to'].map((name) => get(block.body, name)).map((one) => (one === undefined ? null : readAddress(text.slice(one.start, one.end)))) as [Address | null, Address | null];
      if (from !== null && to !== null) this.moved.push({ scope, from, to });
    }
  }

  /** The folder of the module that is called there by these names, one within the other. */
  private folderAt(scope: string, modules: readonly string[]): string | null {
    return modules.reduce<string | null>((at, name) => (at === null ? null : this.called.get(`${at}\0${name}`) ?? null), scope);
  }

  /**
   * Takes the names that `moved` blocks of the newer version give. What went to another module has the name that it has there,
   * where nothing else has that in its own; what several are there, by several calls, they are not here.
   */
  private take(newer: Definitions): void {
    this.renames = new Map();
    const all = newer.moved.flatMap(({ scope, from, to }) => {
      const own = this.folderAt(this.moves.was(scope), from.modules);
      return own === null ? [] : [{ own, key: this.moves.now(own), now: newer.folderAt(scope, to.modules), from, to }];
    });
    const times = new Map<string, Set<string>>();
    for (const { key, from, to } of all) times.set(`${key}\0${to.name}`, (times.get(`${key}\0${to.name}`) ?? new Set()).add(from.name));
    for (const { own, key, now, from, to } of all) {
      const isTaken = key !== now && (times.get(`${key}\0${to.name}`)!.size > 1 || this.addresses.has(`${own}\0${to.name}`) || newer.addresses.has(`${key}\0${to.name}`));
      const names = this.renames.get(key) ?? new Map<string, string>();
      this.renames.set(key, names);
      if (!isTaken && from.name !== to.name) names.set(from.name, to.name);
    }
  }

  private static async read(files: Files): Promise<Definitions> {
    const all = new Definitions(files);
    for (const [path, text] of files.sources) {
      try {
        await all.file(path, text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text);
      } catch (reason) {
        all.unread(path, text, reason);
      }
    }
    const terragrunt = Array.from(all.blocks).filter(([path]) => path.endsWith('.hcl')).map(([path, blocks]) => ({ path, blocks, text: files.sources.get(path)! }));
    // A unit that stands elsewhere now calls its module as before.
    const { defined, grants } = definedInTerragrunt(terragrunt, all.modules);
    for (const [path, one] of grants) put(all.grants, all.moves.now(path), one);
    for (const one of defined) {
      const isCall = one.name === 'there:';
      if (isCall) put(all.ofTerragrunt, one.scope, one.from);
      all.add({ ...one, ...isCall ? { text: `${all.moves.now(one.from)} ` } : {}, ...one.by === undefined ? {} : { by: all.moves.now(one.by) } });
    }
    return all;
  }

  /** What stands in a file that cannot be read may define any name. */
  private unread(path: string, text: string, reason: unknown): void {
    if (!(reason instanceof SourceError || reason instanceof RangeError)) throw reason;
    this.add({ scope: scopeOf(path), name: WHOLE, text, from: scopeOf(path) });
  }

  private define(other: Definitions | null): void {
    this.other = other;
    for (const one of this.open) one();
  }

  /** That of the other version. */
  private other: Definitions | null = null;

  private async file(path: string, text: string): Promise<void> {
    const scope = scopeOf(path);
    if (mayDefine(path)) {
      refuseLong(text, 'hcl');
      const isJson = path.toLowerCase().endsWith('.json');
      const isValues = /\.tfvars(?:\.json)?$/i.test(path);
      const root = isJson ? readJson(text) : undefined;
      const blocks = root === undefined ? await (await import('./hcl.js')).readHcl(text) : isValues ? [{ type: '', labels: [], body: root }] : blocksOfJson(root);
      this.blocks.set(path, blocks);
      if (!isValues) {
        this.give(path, text, blocks);
        this.rename(scope, text, blocks);
      }
      this.open.push(() => {
        const given = isValues ? NONE_GIVEN : this.givenIn(scope);
        this.put(path, definedInHcl({ path, scope: isValues ? this.moduleOf(path) : scope, text, modules: this.modules, blocks: given.size === 0 ? blocks : withLocals(blocks, text, given) }));
      });
      return;
    }
    const isYaml = syntaxOf(text, path) !== 'json';
    refuseLong(text, isYaml ? 'yaml' : 'json');
    for (const root of isYaml ? (await import('./yaml.js')).readYaml(text) : [readJson(text)]) {
      if (!this.roots.has(scope)) this.roots.set(scope, { root, text });
      this.open.push(() => {
        try {
          this.put(path, definedInTemplate({ path, scope, text, root, beside: this.files.sources, isCompared: this.other !== null }));
        } catch (reason) {
          this.unread(path, text, reason);
        }
      });
    }
  }

  private put(path: string, { defined, holders, grants }: DefinedIn): void {
    const at = this.moves.now(path);
    defined.forEach((one) => this.add(one));
    this.holders.set(at, [...this.holders.get(at) ?? [], ...holders]);
    for (const one of grants) put(this.grants, at, one);
  }

  private add(one: Defined): void {
    put(this.defined, this.keyOf(one.scope, one.name), one);
    if (one.name === 'there:' && one.by !== undefined) this.calls.add(`${this.moves.now(one.from)}\0${one.by}`);
  }

  /** The module that a file of values is for: that of its folder, or of the nearest one above. */
  private moduleOf(path: string): string {
    for (let at = posix.dirname(path); ; at = posix.dirname(at)) {
      if (this.modules.has(at)) return at;
      if (at === posix.dirname(at)) return posix.dirname(path);
    }
  }

  /** The keys of what an expression refers to. */
  references(expression: string, { path, start }: Site): string[] {
    return this.namesIn(expression, this.ownScope(path), this.blockAt(path, start));
  }

  /** The keys of what is said of a resource: whether it is there, whose it is, what bounds it. */
  ofResource(path: string, address: string, what: 'there' | 'whose' | 'chosen' | 'varies' | 'bounds' | 'instances' | 'kept' | Granting['is']): string {
    return this.keyOf(this.ownScope(path), `${what}:${address}`);
  }

  /** The key of a provider, with its alias, in the module of a file. */
  ofProvider(path: string, called: string): string {
    return this.keyOf(this.ownScope(path), providerOf(called));
  }

  /** How roles, users and groups are called, by each of their instances and the calls that lead to it, by `named` as on the newer side. */
  howCalled(named: (from: string, call: string) => string = (_, call) => call): ReadonlyMap<string, Called> {
    return calledIn({
      blocks: this.blocks, texts: this.files.sources, roots: this.roots, called: new Set(this.called.values()), units: this.ofTerragrunt,
      moduleOf: (path) => (isOfModule(path) ? scopeOf(path) : this.moduleOf(path)), now: (path) => this.moves.now(path), renamed: (name, scope) => this.renamed(name, scope), renamedCall: (name, scope) => named(this.moves.now(scope), name),
      given: (scope, name) => (this.defined.get(this.keyOf(scope, name)) ?? []).filter(({ isCall }) => isCall === true),
    });
  }

  /** The modules and templates that are called, by where they stand now. */
  get calledScopes(): string[] {
    return Array.from(this.defined.keys()).filter((key) => key.endsWith('\0there:')).map((key) => key.slice(0, -'\0there:'.length));
  }

  /** What calls a module or template, in which other one, and on what each call hangs. */
  calling(scope: string): { name: string; from: string; terms: string }[] {
    const key = `${scope}\0there:`;
    const all = (this.defined.get(key) ?? []).filter(({ isCall }) => isCall === true);
    return (this.of(key).calls ?? []).map((one, i) => ({ name: one.split(' ')[0]!, from: this.moves.now(all[i]!.from), terms: one.split(' ').slice(1).join(' ') }));
  }

  /** What calls the module in which a file is. */
  callsOf(path: string): string[] {
    return this.calling(this.scopeAt(path)).map(({ name }) => name);
  }

  /** Whether a module or template has a call of that name, whatever it calls. */
  isCalling(from: string, name: string): boolean {
    return this.calls.has(`${from}\0${name}`);
  }

  private readonly calls = new Set<string>();

  /** Whether a module is there once, whatever the deployment's values are. */
  isOnce(folder: string): boolean {
    return this.isAlways(folder) && this.of(this.keyOf(folder, 'there:')).calls!.length === 1;
  }

  /** Whether each call of a module is there, whatever the deployment's values are. */
  isAlways(folder: string): boolean {
    const calls = this.of(this.keyOf(folder, 'there:')).calls ?? [];
    return calls.length > 0 && calls.every((one) => !one.trim().includes(' '));
  }

  /** The calls of the module in which a key counts. */
  callersOf(key: string): ReadonlySet<string | undefined> {
    return new Set(this.of(`${key.slice(0, key.indexOf('\0'))}\0there:`).callers);
  }

  /** What the module of a file is given for the variables of which all stands there. */
  givenTo(path: string): Given {
    return this.givenIn(this.ownScope(path));
  }

  /** Nothing where there is not one call, so that another one may give something else. */
  private givenIn(folder: string): Given {
    return this.isGivenOnce(folder) && this.other?.isGivenOnce(this.other.moves.was(this.moves.now(folder))) !== false ? this.given.get(folder)?.[0] ?? NONE_GIVEN : NONE_GIVEN;
  }

  private isGivenOnce(folder: string): boolean {
    return !this.modules.has(folder) || (this.given.get(folder)?.length === 1 && !this.ofTerragrunt.has(folder));
  }

  /** The folders of modules that Terragrunt calls, with the units that do. */
  private readonly ofTerragrunt = new Map<string, string[]>();
  private readonly given = new Map<string, Given[]>();
  /** What is done once all calls of modules are known. */
  private readonly open: (() => void)[] = [];

  /** Keeps what a file gives the modules that it calls. */
  private give(path: string, text: string, blocks: Block[]): void {
    for (const { type, labels: [label], body } of withLocals(blocks, text)) {
      const source = known(get(body, 'source'));
      if (type !== 'module' || source === null || !/^\.{1,2}\//.test(source)) continue;
      const folder = posix.join(posix.dirname(path), source);
      this.called.set(`${posix.dirname(path)}\0${label}`, folder);
      const values = new Map(entriesOf(body).flatMap(({ key, value }): [string, Value][] => (isLiteral(value) && !isNull(value) ? [[known(key) ?? '', value]] : [])));
      this.given.set(folder, [...this.given.get(folder) ?? [], values]);
    }
  }

  /** The folder of a module by the name of its call; null where it is none of these files. */
  folderOf(call: string, { path }: Site): string | null {
    const folder = this.defined.get(this.keyOf(this.ownScope(path), `module.${call}`))?.[0]?.module;
    return folder !== undefined && this.modules.has(folder) ? folder : null;
  }

  /** Of what a resource has instances, as it is written; nothing where there is one. */
  instancesOf(address: string, { path }: Site): string {
    return this.of(this.keyOf(this.ownScope(path), `each:${address}`)).text ?? '';
  }

  /** The texts that define a name, each with where it stands. */
  partsOf(name: string, { path }: Site): [text: string, site: Site][] {
    return (this.defined.get(this.keyOf(this.ownScope(path), name)) ?? []).filter(({ text }) => text !== '').map(({ text, from }) => [text, { path: `${from}/.tf`, start: 0 }]);
  }

  /** An expression, and all that it leads to; null once more was read for all of them than anybody has. */
  textsBehind(expression: string, site: Site): string[] | null {
    const texts = [expression];
    const seen = new Set<string>();
    const open = this.references(expression, site);
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      const { text, refers, calls = [], ofCalls = [] } = this.of(key);
      const own = [text ?? '', ...calls, ...(this.defined.get(key) ?? []).map(({ choices }) => choices ?? '')];
      this.behind += own.reduce((sum, one) => sum + one.length, 100);
      if (this.behind > MOST_BEHIND) return null;
      texts.push(...own);
      open.push(...refers, ...ofCalls);
    }
    return texts;
  }

  /** How many characters were read behind expressions. */
  private behind = 0;

  /** What a key stands for. */
  of(key: string): Definition {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const definition = this.made(key);
    this.known.set(key, definition);
    return definition;
  }

  private readonly known = new Map<string, Definition>();

  private made(key: string): Definition {
    const at = key.indexOf('\0');
    const [scope, name] = [key.slice(0, at), key.slice(at + 1)];
    if (name.startsWith('file:')) return this.fileAt(name.slice(5));
    if (name.startsWith('folder:')) return this.folder(name.slice(7));
    if (name.startsWith('self:')) return this.atPath(scope, name.slice(5));
    const [own = '', attribute] = name.split('#');
    // Of each entry of a local what it has under a name.
    const [whole = '', part] = own.split('[*].');
    const all = this.defined.get(`${scope}\0${whole}`)?.filter(({ isOfNull }) => isOfNull !== true || this.mayBeNull(scope, whole.replace('variable.', 'var.')));
    if (all === undefined) return NOTHING;
    const parts = all.map((one): { text: string; refers: string[] } => {
      if (one.module !== undefined && this.modules.has(one.module) && (attribute !== undefined || own === OUTPUTS)) {
        return { text: this.moves.now(one.module), refers: attribute === undefined ? this.outputsOf(one.module) : [this.keyOf(one.module, `output.${attribute}`)] };
      }
      const text = one.resource !== undefined ? textOfResource(one.resource, attribute) : part === undefined ? one.text : one.partOf?.(part) ?? one.text;
      const others = [...one.unit === undefined ? [] : [this.keyOf(one.unit, attribute === undefined ? OUTPUTS : `${OUTPUTS}#${attribute}`)], ...(one.files ?? []).map((path) => this.keyOf(one.scope, `file:${path}`))];
      return { text: this.renamed(canonical(text), one.from), refers: [...this.namesIn(one.names ?? text, one.from, null), ...others] };
    });
    const of = (isCall: boolean) => parts.filter((_, i) => (all[i]!.isCall === true) === isCall);
    const refers = (some: typeof parts): string[] => [...new Set(some.flatMap((one) => one.refers))];
    return { text: of(false).map(({ text }) => text).join('\n'), refers: refers(of(false)), calls: of(true).map(({ text }) => text), callers: all.filter(({ isCall }) => isCall === true).map(({ by }) => by), ofCalls: refers(of(true)) };
  }

  /** Whether a variable may be given `null`, for which its default may stand. */
  private mayBeNull(scope: string, name: string): boolean {
    return (this.defined.get(`${scope}\0${name}`) ?? []).some(({ isCall, text }) => text === 'null' || (isCall === true && !/^\s*(?:["[{\d]|(?:true|false)\s*$)/.test(text)));
  }

  /** The folders that have files of a module. */
  private get modules(): ReadonlySet<string> {
    return this.folders ??= new Set(Array.from(this.files.sources.keys()).filter(isOfModule).map(scopeOf));
  }

  private folders: ReadonlySet<string> | undefined;

  private outputsOf(module: string): string[] {
    return Array.from(this.defined.keys()).filter((key) => key.startsWith(this.keyOf(module, 'output.')));
  }

  /** A file that is read; of a configuration of Terragrunt what it says. */
  private fileAt(path: string): Definition {
    const own = this.moves.was(path);
    const text = this.files.read(own);
    return text === null || !own.endsWith('.hcl') ? { text, refers: [] } : { text: canonical(text), refers: this.namesIn(text, own, null) };
  }

  private namesIn(expression: string, scope: string, block: string | null): string[] {
    if (expression === '') return [];
    const isHcl = !this.roots.has(scope);
    const names = isHcl ? namesInHcl(expression, scope, block) : namesInTemplate(expression, posix.dirname(scope));
    const whole = this.keyOf(scope, WHOLE);
    return [...names.map((name) => this.keyOf(scope, name)), ...this.defined.has(whole) ? [whole] : []];
  }

  /** The address of the block in which a place of a file is, by where the file stands now. */
  private blockAt(path: string, start: number): string | null {
    const blocks = this.blocks.get(this.moves.was(path)) ?? [];
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[middle]!.type !== '' && blocks[middle]!.body.start <= start) low = middle + 1;
      else high = middle;
    }
    const block = blocks[low - 1];
    return block === undefined ? null : addressOf(block);
  }

  /** An expression that stands there, in the one way in which all that are the same are written. */
  meaningOf(expression: string, { path, start }: Site): string {
    const own = this.ownScope(path);
    const template = this.roots.get(own);
    if (template === undefined) return ofTerraform(expression.trim());
    template.functions ??= functionsIn(template.root, template.text);
    return ofName(expression.trim()) ?? template.functions.get(start) ?? ofScalar(expression.trim());
  }

  private folder(path: string): Definition {
    const own = this.moves.was(path);
    const all = this.files.below(own);
    if (all === null) return { text: '', refers: [], isOpen: true };
    return { text: all.filter((one) => !mayDefine(one)).map((one) => `${posix.relative(own, one)}\0${this.files.read(one)}`).join('\0'), refers: [] };
  }

  private atPath(scope: string, path: string): Definition {
    const own = this.moves.was(scope);
    const { root, text } = this.roots.get(own) ?? {};
    const found = root === undefined ? null : textAtPath(root, path, text!);
    return found === null ? NOTHING : { text: canonical(found), refers: this.namesIn(found, own, null) };
  }
}

function put<T>(map: Map<string, T[]>, key: string, one: T): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, [one]);
  else before.push(one);
}

/** So many characters are read behind expressions. */
const MOST_BEHIND = 1 << 24;

const NOTHING: Definition = { text: null, refers: [] };
