// What the names of a module of Terraform stand for where one of its files does not say it: what the one call of the module
// gives, the defaults of what that does not name, and the locals of the other files.
import { posix } from 'node:path';
import { put } from '../multimap.js';
import { isLocal } from './definitions-terraform.js';
import { type Given, NONE_GIVEN, givenLocals, withLocals } from './terraform-locals.js';
import type { Block } from './terraform-presence.js';
import { type Value, entriesOf, get, isLiteral, isNull, known } from './value.js';

interface FileOfModule {
  path: string;
  blocks: readonly Block[];
  text: string;
}

export class GivenToModules {
  /** The folders of the modules that are called, by the folder of the call and its name. */
  readonly called = new Map<string, string>();
  private readonly modules = new Map<string, FileOfModule[]>();
  /** What each call gives, by the folder of the module; null for what does not stand there. */
  private readonly calls = new Map<string, Given[]>();
  private readonly locals: ReadonlyMap<string, Given>;
  private readonly known = new Map<string, Given>();

  /** `isOfOthers` says of a folder whether others than modules call it. */
  constructor(files: readonly FileOfModule[], private readonly isOfOthers: (folder: string) => boolean) {
    for (const file of files) put(this.modules, posix.dirname(file.path), file);
    this.locals = new Map(Array.from(this.modules, ([folder, all]) => [folder, givenLocals(all)]));
    for (const file of files) this.give(file);
  }

  private give({ path, blocks, text }: FileOfModule): void {
    const folder = posix.dirname(path);
    for (const { type, labels: [label], body } of withLocals([...blocks], text, this.localsOf(folder))) {
      const source = known(get(body, 'source'));
      if (type !== 'module' || source === null || !isLocal(source)) continue;
      const called = posix.join(folder, source);
      this.called.set(`${folder}\0${label}`, called);
      // In the place of null a default may stand.
      put(this.calls, called, new Map(entriesOf(body).map(({ key, value }) => [`var.${known(key)}`, isLiteral(value) && !isNull(value) ? value : null])));
    }
  }

  /** Whether nothing else may give a module another value. */
  isOnce(folder: string): boolean {
    return !this.modules.has(folder) || (this.calls.get(folder)?.length === 1 && !this.isOfOthers(folder));
  }

  /** By the one call that a module has. */
  byCall(folder: string): Given {
    const before = this.known.get(folder);
    if (before !== undefined) return before;
    const [given] = this.calls.get(folder) ?? [];
    const known = given === undefined ? NONE_GIVEN : new Map([...this.defaultsOf(folder), ...given]);
    this.known.set(folder, known);
    return known;
  }

  private defaultsOf(folder: string): Given {
    const defaults = new Map<string, Value | null>();
    for (const { type, labels: [label], body } of (this.modules.get(folder) ?? []).flatMap(({ blocks }) => blocks)) {
      const [name, value] = [`var.${label}`, get(body, 'default')];
      // A type may add to what is no text, and an override file may say another one.
      if (type === 'variable') defaults.set(name, value === undefined || known(value) === null || defaults.has(name) ? null : value);
    }
    return defaults;
  }

  localsOf(folder: string): Given {
    return this.locals.get(folder) ?? NONE_GIVEN;
  }
}
