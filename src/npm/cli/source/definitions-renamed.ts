// The names that the things of an older version have in the newer one: by `moved` blocks, and where they say what they said.
import { put } from '../multimap.js';
import { type Moves, isOfModule, scopeOf } from './defining.js';
import { addressOf } from './definitions-terraform.js';
import { canonical } from './meaning.js';
import { type Address, IN_HCL, IN_TEMPLATE, type Labelled, labelledInHcl, labelledInTemplate, lastOf, readAddress, relabelled } from './relabelled.js';
import type { Block } from './terraform-presence.js';
import { type Value, get } from './value.js';

/** The files of one version, by their own paths. */
export interface Version {
  moves: Moves;
  blocks: ReadonlyMap<string, readonly Block[]>;
  texts: ReadonlyMap<string, string>;
  /** Templates, by their paths. */
  roots: ReadonlyMap<string, { root: Value; text: string }>;
  /** The folders of the modules that are called, by the folder of the call and its name. */
  called: ReadonlyMap<string, string>;
}

/** By where a module or template stands now. */
type Names = Map<string, Map<string, string>>;

export class Renamed {
  private constructor(private readonly version: Version, private readonly names: Names) {}

  static between(older: Version, newer: Version): Renamed {
    const names = byMoved(older, newer);
    const own = new Renamed(older, names);
    const after = new Renamed(newer, new Map()).labelled();
    for (const [key, all] of own.labelled()) {
      const found = relabelled(all, after.get(key) ?? [], own.patternOf(older.moves.was(key)));
      if (found.size > 0) names.set(key, new Map([...names.get(key) ?? [], ...found]));
    }
    return own;
  }

  /** A text that stands in a module or template with the names of the newer version. */
  in(text: string, scope: string): string {
    const names = this.names.get(this.version.moves.now(scope));
    if (names === undefined) return text;
    return names.has(text) ? lastOf(names, text) : text.replace(this.patternOf(scope), (one) => lastOf(names, one));
  }

  /** The names that may be others, in the texts of a module or a template. */
  private patternOf(scope: string): RegExp {
    return this.version.roots.has(scope) ? IN_TEMPLATE : IN_HCL;
  }

  /** What each module and template has, by where it stands now and with the names that are known. */
  private labelled(): Map<string, Labelled[]> {
    const { blocks, texts, roots, moves } = this.version;
    const all = new Map<string, Labelled[]>();
    const add = (scope: string, own: Labelled[]): void => {
      for (const { name, kind, text } of own) put(all, moves.now(scope), { name: this.in(name, scope), kind, text: () => this.in(text(), scope) });
    };
    for (const [path, own] of blocks) if (isOfModule(path)) add(scopeOf(path), labelledInHcl(own, texts.get(path)!, canonical));
    for (const [scope, { root, text }] of roots) add(scope, labelledInTemplate(root, text, canonical));
    return all;
  }
}

/**
 * The names that `moved` blocks of the newer version give. What went to another module has the name that it has there, where
 * nothing else has that in its own; what several are there, by several calls, they are not here.
 */
function byMoved(older: Version, newer: Version): Names {
  const { moves } = older;
  const [before, after] = [older, newer].map(addressesIn) as [Set<string>, Set<string>];
  const all = movedIn(newer).flatMap(({ scope, from, to }) => {
    const own = folderAt(older, moves.was(scope), from.modules);
    return own === null ? [] : [{ own, key: moves.now(own), now: folderAt(newer, scope, to.modules), from, to }];
  });
  const times = new Map<string, Set<string>>();
  for (const { key, from, to } of all) times.set(`${key}\0${to.name}`, (times.get(`${key}\0${to.name}`) ?? new Set()).add(from.name));
  const names: Names = new Map();
  for (const { own, key, now, from, to } of all) {
    const isTaken = key !== now && (times.get(`${key}\0${to.name}`)!.size > 1 || before.has(`${own}\0${to.name}`) || after.has(`${key}\0${to.name}`));
    const known = names.get(key) ?? new Map<string, string>();
    names.set(key, known);
    if (!isTaken && from.name !== to.name) known.set(from.name, to.name);
  }
  return names;
}

/** What `moved` blocks say, by where they stand. */
const movedIn = ({ blocks, texts }: Version): { scope: string; from: Address; to: Address }[] => Array.from(blocks).flatMap(([path, all]) => (
  all.filter(({ type }) => type === 'moved').flatMap(({ body }) => {
    const [from, to] = ['from', 'to'].map((name) => get(body, name)).map((one) => (one === undefined ? null : readAddress(texts.get(path)!.slice(one.start, one.end)))) as [Address | null, Address | null];
    return from === null || to === null ? [] : [{ scope: scopeOf(path), from, to }];
  })
));

/** The resources of each module. */
const addressesIn = ({ blocks }: Version): Set<string> => new Set(Array.from(blocks).flatMap(([path, all]) => (
  all.filter(({ type }) => type === 'resource').map((block) => `${scopeOf(path)}\0${addressOf(block)}`)
)));

/** The folder of the module that is called there by these names, one within the other. */
const folderAt = ({ called }: Version, scope: string, modules: readonly string[]): string | null => (
  modules.reduce<string | null>((at, name) => (at === null ? null : called.get(`${at}\0${name}`) ?? null), scope)
);
