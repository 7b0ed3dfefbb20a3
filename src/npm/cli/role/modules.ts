// What the files of modules tell of one another: what a role is called whose name a call gives, and which managed policies
// an expression may lead to.
import { posix } from 'node:path';
import { listManagedPolicies } from 'postern';
import { type Attached, Definitions, type Met, type Site, isAttached, isDefining, isHolder, isOfModule, isReferred, mayDefine, onlyOneIn } from '../source/index.js';
import { inFolder } from './scopes.js';

interface File {
  /** As it was named; the path that the definitions have. */
  name: string;
  source: string;
}

/** The files that were given, by which the expressions of others are told. */
export class Modules {
  private constructor(private readonly definitions: Definitions, private readonly folders: ReadonlySet<string>) {}

  static async of(files: readonly File[]): Promise<Modules> {
    const sources = new Map(files.filter(({ name, source }) => mayDefine(name) || isDefining(source)).map(({ name, source }) => [pathOf(name), source]));
    const definitions = await Definitions.of({ sources, read: (path) => sources.get(path) ?? null, below: () => [] });
    return new Modules(definitions, new Set(Array.from(sources.keys()).filter(isOfModule).map(posix.dirname)));
  }

  /** What a file says of roles, without what the files of a module that it calls say themselves, and with the names of its roles. */
  told({ name, source }: File, met: readonly Met[]): Met[] {
    const path = pathOf(name);
    return met.filter((one) => !((isHolder(one) || isAttached(one)) && one.folder !== undefined && this.folders.has(posix.join(posix.dirname(path), one.folder)))).map((one) => {
      if (isAttached(one) && one.toBy !== undefined) return this.withOwners(one, source, path);
      if (isReferred(one)) return { ...one, is: this.ownerOf(source.slice(one.named.start, one.named.end), { path, start: one.named.start }) };
      if (!isHolder(one)) return one;
      const own = one.named === undefined ? [] : this.textsOf(source.slice(one.named.start, one.named.end), { path, start: one.named.start });
      const calls = isOfModule(path) ? this.definitions.callsOf(path) : [];
      return { ...one, mayBe: [...own, ...calls.map((call) => `module.${call}.${one.holder}`), ...calls] };
    });
  }

  /** Whose a policy is, where other modules tell it of each. */
  private withOwners(one: Attached, source: string, path: string): Attached {
    const to = one.toBy!.map(({ start, end }) => this.ownerOf(source.slice(start, end), { path, start }));
    return to.includes(null) ? one : { ...one, to: to as string[] };
  }

  /** The role that an expression leads to by outputs, variables and locals, or its name; null where they do not tell of one. */
  private ownerOf(expression: string, site: Site, depth = 0): string | null {
    const text = expression.trim().replace(/^"\$\{\s*(.*?)\s*\}"$/s, '$1');
    if (depth > DEEPEST) return null;
    const follow = (name: string, at: Site): string | null => {
      const [only, more] = this.definitions.partsOf(name, at);
      return only === undefined || more !== undefined ? null : this.ownerOf(...only, depth + 1);
    };
    const [, literal] = /^"([\w+=,.@-]+)"$/.exec(text) ?? [];
    if (literal !== undefined) return literal;
    const [, call, output] = /^module\.([\w-]+)\.([\w-]+)(?:\.(?:name|id))?$/.exec(text) ?? [];
    if (call !== undefined) {
      const folder = this.definitions.folderOf(call, site);
      return folder === null || !this.definitions.isOnce(folder) ? null : follow(`output.${output}`, { path: posix.join(folder, '.tf'), start: 0 });
    }
    const folder = posix.dirname(site.path);
    const [, referred] = REFERENCE.exec(text) ?? [];
    if (referred !== undefined) return inFolder(folder, referred);
    if (/^var\.[\w-]+$/.test(text)) return this.definitions.isOnce(folder) ? follow(text, site) : null;
    if (/^local\.[\w-]+$/.test(text)) return follow(text, site);
    const role = onlyOneIn(text);
    return role !== null && IS_ONE.test(this.definitions.instancesOf(role, site).trim()) ? inFolder(folder, role) : null;
  }

  /** The texts that an expression may be where the files tell: of variables, locals and strings with these in them. */
  private textsOf(expression: string, site: Site, depth = 0): string[] {
    if (depth > DEEPEST) return [];
    const text = expression.trim();
    const quoted = /^"((?:[^"\\$]|\$\{[^}]*\})*)"$/.exec(text)?.[1];
    if (quoted === undefined) return /^(?:var|local)\.[\w-]+$/.test(text) ? this.definitions.partsOf(text, site).flatMap(([part, at]) => this.textsOf(part, at, depth + 1)).slice(0, MOST) : [];
    return quoted.split(/(\$\{[^}]*\})/).reduce<string[]>((all, piece) => {
      const own = piece.startsWith('${') ? this.textsOf(piece.slice(2, -1), site, depth + 1) : [piece];
      return all.flatMap((before) => own.map((one) => before + one)).slice(0, MOST);
    }, ['']);
  }

  /** The policies of AWS that deny something and are named where an expression leads. */
  denyingIn(expression: string, { name }: File, start: number): string[] {
    const text = this.definitions.textsBehind(expression, { path: pathOf(name), start })?.join('\n');
    // What is not read through may name any of them.
    return text === undefined ? denying() : denying().filter((policy) => new RegExp(`(?<![\\w-])${policy}(?![\\w-])`).test(text));
  }
}

/** What a data source tells of a role, of which there is one. */
const REFERENCE = /^(data\.aws_iam_(?:role|user|group)\.[\w-]+)(?:\[0\])?(?:\.(?:name|id|user_name|group_name))?$/;
const DEEPEST = 10;
/** There is one of it, or perhaps none. */
const IS_ONE = /^[01]?$|\?\s*(?:1\s*:\s*0|0\s*:\s*1)$/;
const MOST = 20;

/** Without a folder that is no part of it, as `./`. */
const pathOf = (name: string): string => posix.normalize(name.replaceAll('\\', '/'));

let known: string[] | undefined;
const denying = (): string[] => (known ??= listManagedPolicies().flatMap(({ name, document }) => (document !== null && /"Effect":\s*"Deny"/.test(document) ? [name] : [])));
