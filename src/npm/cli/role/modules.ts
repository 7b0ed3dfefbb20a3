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
      if (isReferred(one)) {
        const [only, more] = this.ownersOf(source.slice(one.named.start, one.named.end), { path, start: one.named.start }) ?? [];
        return { ...one, is: more === undefined ? only ?? null : null };
      }
      if (!isHolder(one)) return one;
      const own = one.named === undefined ? [] : this.textsOf(source.slice(one.named.start, one.named.end), { path, start: one.named.start }, one.holder);
      const calls = isOfModule(path) ? this.definitions.callsOf(path) : [];
      return { ...one, mayBe: [...own, ...calls.map((call) => `module.${call}.${one.holder}`), ...calls] };
    });
  }

  /** Whose a policy is, where other modules tell it of each. */
  private withOwners(one: Attached, source: string, path: string): Attached {
    const to = one.toBy!.map(({ start, end }) => this.ownersOf(source.slice(start, end), { path, start }));
    return to.includes(null) ? one : { ...one, to: [...new Set((to as string[][]).flat())] };
  }

  /**
   * The roles that an expression leads to by outputs, variables and locals, or their names: one, or in a module that is called
   * several times that of each call. Null where the files do not tell all of them.
   */
  private ownersOf(expression: string, site: Site, depth = 0): string[] | null {
    const text = (/^"\$\{(.*)\}"$/s.exec(expression.trim())?.[1] ?? expression).trim();
    if (depth > DEEPEST) return null;
    const follow = (parts: readonly [text: string, site: Site][]): string[] | null => {
      const all = parts.map((part) => this.ownersOf(...part, depth + 1));
      return all.length === 0 || all.includes(null) ? null : (all as string[][]).flat();
    };
    const only = (name: string, at: Site): string[] | null => {
      const parts = this.definitions.partsOf(name, at);
      return parts.length === 1 ? follow(parts) : null;
    };
    const [, literal] = /^"([\w+=,.@-]+)"$/.exec(text) ?? [];
    if (literal !== undefined) return [literal];
    const [, items] = /^\[([^[\](){}]*)\]$/.exec(text) ?? [];
    if (items !== undefined) return follow(items.split(',').filter((one) => one.trim() !== '').map((one) => [one, site]));
    const [, call, output] = /^module\.([\w-]+)\.([\w-]+)(?:\.(?:name|id))?$/.exec(text) ?? [];
    if (call !== undefined) {
      const folder = this.definitions.folderOf(call, site);
      return folder === null || !this.definitions.isOnce(folder) ? null : only(`output.${output}`, { path: posix.join(folder, '.tf'), start: 0 });
    }
    const folder = posix.dirname(site.path);
    const [, referred] = REFERENCE.exec(text) ?? [];
    if (referred !== undefined) return [inFolder(folder, referred)];
    if (/^var\.[\w-]+$/.test(text)) return this.definitions.isAlways(folder) ? follow(this.givenFor(text, site)) : null;
    if (/^local\.[\w-]+$/.test(text)) return only(text, site);
    const role = onlyOneIn(text);
    return role !== null && IS_ONE.test(this.definitions.instancesOf(role, site).trim()) ? [inFolder(folder, role)] : null;
  }

  /** What the calls of a module give a variable; with its default where not all of them do, and nothing where that is not known. */
  private givenFor(variable: string, site: Site): [text: string, site: Site][] {
    const folder = posix.dirname(site.path);
    const parts = this.definitions.partsOf(variable, site);
    const given = parts.filter(([, at]) => posix.dirname(at.path) !== folder);
    // A call that is there several times gives to each what it gives once.
    const left = this.definitions.callsOf(site.path).filter((call) => !call.endsWith(']')).length - given.length;
    if (left === 0) return given;
    return left > 0 && parts.length === given.length + 1 ? parts : [];
  }

  /** The texts that an expression may be where the files tell: of variables, locals, keys of instances and strings with these in them. */
  private textsOf(expression: string, site: Site, address: string, depth = 0): string[] {
    if (depth > DEEPEST) return [];
    const text = expression.trim();
    const quoted = /^"((?:[^"\\$]|\$\{[^}]*\})*)"$/.exec(text)?.[1];
    if (/^each\.(?:key|value)$/.test(text)) {
      const instances = this.definitions.instancesOf(address, site).trim();
      return text === 'each.key' || /^(?:toset\(|\[)/.test(instances) ? this.keysOf(instances, site, depth + 1) : [];
    }
    if (quoted === undefined) return /^(?:var|local)\.[\w-]+$/.test(text) ? this.definitions.partsOf(text, site).flatMap(([part, at]) => this.textsOf(part, at, address, depth + 1)).slice(0, MOST) : [];
    return quoted.split(/(\$\{[^${}]*\})/).reduce<string[]>((all, piece) => {
      const own = piece.startsWith('${') ? this.textsOf(piece.slice(2, -1), site, address, depth + 1) : [piece];
      return all.flatMap((before) => own.map((one) => before + one)).slice(0, MOST);
    }, ['']);
  }

  /** The keys of the instances of a resource by its `for_each`, as far as they stand in the files. */
  private keysOf(expression: string, site: Site, depth: number): string[] {
    if (depth > DEEPEST) return [];
    const text = expression.trim();
    const [, inner] = /^(?:toset|keys|tomap)\((.*)\)$/s.exec(text) ?? [];
    const [, , looped] = /^\{\s*for\s+(\w+)\s*,\s*\w+\s+in\s([^:]+):\s*\1\s*=>/.exec(text) ?? [];
    if (inner ?? looped) return this.keysOf(inner ?? looped!, site, depth + 1);
    if (/^(?:var|local)\.[\w-]+$/.test(text)) return this.definitions.partsOf(text, site).flatMap(([part, at]) => this.keysOf(part, at, depth + 1)).slice(0, MOST);
    if (/^\[\s*(?:"[^"$%\\]*"\s*(?:,\s*|(?=\])))*\]$/.test(text)) return Array.from(text.matchAll(/"([^"]*)"/g), ([, one]) => one!).slice(0, MOST);
    return text.startsWith('{') ? keysIn(text).slice(0, MOST) : [];
  }

  /** The policies of AWS that deny something and are named where an expression leads. */
  denyingIn(expression: string, { name }: File, start: number): string[] {
    const text = this.definitions.textsBehind(expression, { path: pathOf(name), start })?.join('\n');
    // What is not read through may name any of them.
    return text === undefined ? denying() : denying().filter((policy) => new RegExp(`(?<![\\w-])${policy}(?![\\w-])`).test(text));
  }
}

/** The keys of a map that stand there as texts or names. */
function keysIn(map: string): string[] {
  const keys: string[] = [];
  let [depth, isKey] = [0, false];
  for (const { 0: piece, 1: quoted, 2: word, index } of map.matchAll(/"((?:[^"\\]|\\.)*)(?:"|$)|([\w-]+)|(?:#|\/\/)[^\n]*|[{}[\](),\n]/g)) {
    if ('{[('.includes(piece)) depth += 1;
    else if ('}])'.includes(piece)) depth -= 1;
    if (depth === 1 && '{,\n'.includes(piece)) isKey = true;
    else if (isKey && depth === 1 && (quoted ?? word) !== undefined) {
      const key = quoted ?? word!;
      if (/^\s*[=:]/.test(map.slice(index + piece.length, index + piece.length + LONGEST_GAP)) && !/[$%]\{/.test(key)) keys.push(key);
      isKey = false;
    }
  }
  return keys;
}

const LONGEST_GAP = 100;

/** What a data source tells of a role, of which there is one. */
const REFERENCE = /^(data\.aws_iam_(?:role|user|group)\.[\w-]+)(?:\[0\])?(?:\.(?:name|id|user_name|group_name))?$/;
const DEEPEST = 10;
/** There is one of it, or perhaps none. */
const IS_ONE = /^[01]?$|\?\s*(?:1\s*:\s*0|0\s*:\s*1)$/;
const MOST = 200;

/** Without a folder that is no part of it, as `./`. */
const pathOf = (name: string): string => posix.normalize(name.replaceAll('\\', '/'));

let known: string[] | undefined;
const denying = (): string[] => (known ??= listManagedPolicies().flatMap(({ name, document }) => (document !== null && /"Effect":\s*"Deny"/.test(document) ? [name] : [])));
