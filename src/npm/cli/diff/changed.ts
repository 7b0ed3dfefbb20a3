// Whether the same expression may have another value on the two sides of a comparison, because what it refers to is
// another text there, itself or by way of others.
import { put } from '../multimap.js';
import { Calls } from './calls.js';
import { exchangedBetween } from './exchanged.js';
import { type Definition, Definitions, type Files, type Site } from '../source/index.js';

/** What says nothing where it is not there: a provider that whoever calls a module has, and the loops of a block without any. */
const IS_NOTHING_ELSE = /\0(?:provider\.[\w-]+|loops:[^\0]*)$/;

export class Changed {
  /** What was looked at, with whether it differs. */
  private readonly known = new Map<string, boolean>();
  /** What refers to a key. */
  private readonly users = new Map<string, string[]>();

  /** The calls that have another name now. */
  readonly calls: Calls;

  private constructor(readonly older: Definitions, readonly newer: Definitions) {
    this.calls = new Calls(older, newer);
  }

  static async between(older: Files, newer: Files): Promise<Changed> {
    return new Changed(...await Definitions.ofBoth(older, newer));
  }

  /** Those who are called now as others were before, by their modules and templates. */
  get exchanged(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.knownExchanged ??= exchangedBetween(this.older, this.newer, this.calls);
  }

  private knownExchanged: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  /** Of an expression that stands there, on either side. */
  differs(expression: string, site: Site): boolean {
    return this.isOther([...this.older.references(expression, site), ...this.newer.references(expression, site)], site.path);
  }

  /** Whether the same keys may be something else; of a file that went to another module every key, since names count by module. */
  isOther(keys: readonly string[], path: string): boolean {
    return keys.length > 0 && (this.older.scopeAt(path) !== this.newer.scopeAt(path) || this.isAnyOther(keys));
  }

  isAnyOther(keys: readonly string[]): boolean {
    for (const key of keys) this.look(key);
    return keys.some((key) => this.known.get(key) === true);
  }

  /** Each key is looked at once, and at most once found to differ. */
  private look(first: string): void {
    const open = [first];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (this.known.has(key)) continue;
      const [before, after] = [this.older.of(key), this.newer.of(key)];
      this.known.set(key, false);
      // A module that is new has the providers of whoever calls it, which are looked at themselves.
      const isNew = IS_NOTHING_ELSE.test(key) && (before.text === null || after.text === null);
      let isOther = isNew ? (before.text ?? '') !== (after.text ?? '') : before.text !== after.text || before.isOpen === true || this.isGivenOther(key, before, after);
      for (const inner of new Set([...before.refers, ...after.refers, ...after.ofCalls ?? []])) {
        put(this.users, inner, key);
        isOther ||= this.known.get(inner) === true;
        open.push(inner);
      }
      if (isOther) this.spread(key);
    }
  }

  /** Whether a call gives something else than before. One that is new gives nothing new where another one gave the same, and a call less gives nothing. */
  private isGivenOther(key: string, { calls = [], callers = [] }: Definition, after: Definition): boolean {
    const { calls: given = [], callers: givers = [] } = after;
    if (calls.length + given.length === 0) return false;
    if (calls.length === 0 || given.length === 0) return true;
    const texts = new Set(calls);
    const before = new Map(calls.map((text, i) => [callers[i], text]));
    const scope = key.slice(0, key.indexOf('\0'));
    const was = (by: string | undefined): string | undefined => (by === undefined ? undefined : this.calls.wasOf(scope, by));
    const [older, newer, giving] = [this.older.callersOf(key), new Set(Array.from(this.newer.callersOf(key), was)), new Set(givers.map(was))];
    const isLacking = (by: string | undefined): boolean => by !== undefined && newer.has(by) && !giving.has(by);
    return given.some((text, i) => {
      const by = was(givers[i]);
      if (by === undefined || !older.has(by) || key.endsWith('\0there:')) return !texts.has(text);
      return before.get(by) !== text;
    }) || callers.some(isLacking);
  }

  private spread(first: string): void {
    const open = [first];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (this.known.get(key) === true) continue;
      this.known.set(key, true);
      open.push(...this.users.get(key) ?? []);
    }
  }
}
