// What the expressions of files refer to, by name: the locals, variables, modules and resources of a module of Terraform,
// the parameters, mappings, conditions and resources of a template, and the files that are read into them. Whoever compares
// two versions of a file asks whether the same expression still leads to the same texts.
import { posix } from 'node:path';
import { put } from '../multimap.js';
import type { Granting } from './grants.js';
import { GivenToModules } from './definitions-given.js';
import { Renamed, type Version } from './definitions-renamed.js';
import { type Defined, type DefinedIn, type Holding, BETWEEN, addressOf, definedInHcl, namesInHcl, oneNameOf, providerOf, textOfResource, withoutHolders } from './definitions-terraform.js';
import { definedInTemplate, namesInTemplate, textAtPath } from './definitions-template.js';
import { OUTPUTS, definedInTerragrunt } from './definitions-terragrunt.js';
import { type Called, calledIn } from './called.js';
import { SourceError, refuseLong } from './error.js';
import { type Files, type Moves, STAYING, isOfModule, mayDefine, scopeOf } from './defining.js';
import { Inlined } from './inlined.js';
import { readJson } from './json.js';
import { canonical, functionsIn, ofName, ofScalar, ofTerraform } from './meaning.js';
import { syntaxOf } from './syntax.js';
import { blocksOfJson } from './terraform.js';
import { type Given, NONE_GIVEN, withLocals } from './terraform-locals.js';
import { type Block } from './terraform-presence.js';
import { type Value } from './value.js';

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
    both[0].renames = Renamed.between(both[0].version, both[1].version);
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
    return this.renames?.in(text, scope) ?? text;
  }

  /** Null of the newer version, whose names count. */
  private renames: Renamed | null = null;

  private get version(): Version {
    return { moves: this.moves, blocks: this.blocks, texts: this.files.sources, roots: this.roots, called: this.given.called };
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
    all.given = new GivenToModules(Array.from(all.blocks).filter(([path]) => isOfModule(path)).map(([path, blocks]) => ({ path, blocks, text: files.sources.get(path)! })), (folder) => all.ofTerragrunt.has(folder));
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
      blocks: this.blocks, texts: this.files.sources, roots: this.roots, called: new Set(this.given.called.values()), units: this.ofTerragrunt,
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

  /** What the module of a file is given for the variables of which all stands there, and its locals. */
  givenTo(path: string): Given {
    const scope = this.ownScope(path);
    const known = this.ofModules.get(scope) ?? new Map([...this.givenIn(scope), ...this.given.localsOf(scope)]);
    this.ofModules.set(scope, known);
    return known;
  }

  private readonly ofModules = new Map<string, Given>();

  /** What a local says as it is written, and its key; a text that is null where it is not one thing. */
  local(name: string, path: string): { key: string; text: string | null } {
    return this.localIn(this.ownScope(path), name);
  }

  private localIn(scope: string, name: string): { key: string; text: string | null } {
    const key = this.keyOf(scope, name);
    const [only, more] = this.defined.get(key) ?? [];
    return { key, text: only === undefined || more !== undefined ? null : only.text };
  }

  private readonly inlined = new Inlined((name, scope) => this.localIn(scope, name).text);

  /** Nothing where there is not one call, so that another one may give something else. */
  private givenIn(folder: string): Given {
    return this.given.isOnce(folder) && this.other?.given.isOnce(this.other.moves.was(this.moves.now(folder))) !== false ? this.given.byCall(folder) : NONE_GIVEN;
  }

  private given!: GivenToModules;

  /** The folders of modules that Terragrunt calls, with the units that do. */
  private readonly ofTerragrunt = new Map<string, string[]>();
  /** What is done once all calls of modules are known. */
  private readonly open: (() => void)[] = [];

  /** The folder of a module by the name of its call; null where it is none of these files. */
  folderOf(call: string, { path }: Site): string | null {
    const folder = this.defined.get(this.keyOf(this.ownScope(path), `module.${call}`))?.[0]?.module;
    return folder !== undefined && this.modules.has(folder) ? folder : null;
  }

  /** Of what a resource has instances, as it is written; nothing where there is one. */
  instancesOf(address: string, { path }: Site): string {
    return this.of(this.keyOf(this.ownScope(path), `each:${address}`)).text ?? '';
  }

  /** Whether an expression names what a loop of a template is over. */
  isOfLoop(expression: string, site: Site): boolean {
    return this.references(expression, site).some((key) => this.defined.has(key.replace('\0', '\0loop:')));
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
      const isWhose = name.startsWith('whose:');
      const placed = (own: string): string => (name.startsWith('chosen:') ? own : isWhose ? own.split(BETWEEN).map((by) => this.holderBehind(by, one.from)).join(BETWEEN) : this.inlined.in(own, one.from));
      return { text: this.renamed(canonical(placed(text)), one.from), refers: [...this.namesIn(isWhose ? withoutHolders(placed(one.names ?? text)) : placed(one.names ?? text), one.from, null), ...others] };
    });
    const of = (isCall: boolean) => parts.filter((_, i) => (all[i]!.isCall === true) === isCall);
    const refers = (some: typeof parts): string[] => [...new Set(some.flatMap((one) => one.refers))];
    return { text: of(false).map(({ text }) => text).join('\n'), refers: refers(of(false)), calls: of(true).map(({ text }) => text), callers: all.filter(({ isCall }) => isCall === true).map(({ by }) => by), ofCalls: refers(of(true)) };
  }

  /** Whoever is named by a local that names one and no more; of a list nobody knows here who is meant. */
  private holderBehind(by: string, scope: string): string {
    const named = /^local\.[\w-]+$/.test(by) ? oneNameOf(this.inlined.in(by, scope)) : by;
    return /^(?:"[^"$]*"|\w+\.[\w-]+)$/.test(named) ? named : by;
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

/** So many characters are read behind expressions. */
const MOST_BEHIND = 1 << 24;

const NOTHING: Definition = { text: null, refers: [] };
