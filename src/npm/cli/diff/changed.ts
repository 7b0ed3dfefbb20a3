// Whether the same expression may have another value on the two sides of a comparison, because what it refers to is
// another text there, itself or by way of others.
import { Definitions, type Files, type Site } from '../source/index.js';

export class Changed {
  /** What was looked at, with whether it differs. */
  private readonly known = new Map<string, boolean>();
  /** What refers to a key. */
  private readonly users = new Map<string, string[]>();

  private constructor(readonly older: Definitions, readonly newer: Definitions) {}

  static async between(older: Files, newer: Files): Promise<Changed> {
    return new Changed(await Definitions.of(older), await Definitions.of(newer));
  }

  /** Of an expression that stands there, on either side. */
  differs(expression: string, site: Site): boolean {
    return this.isOther([...this.older.references(expression, site), ...this.newer.references(expression, site)], site.path);
  }

  /** Whether the same keys may be something else; of a file that went to another module every key, since names count by module. */
  isOther(keys: readonly string[], path: string): boolean {
    return keys.length > 0 && (this.older.scopeAt(path) !== this.newer.scopeAt(path) || this.isAnyOther(keys));
  }

  private isAnyOther(keys: readonly string[]): boolean {
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
      // A call less gives nothing new.
      const calls = new Set(before.calls);
      let isOther = before.text !== after.text || before.isOpen === true || after.calls?.some((one) => !calls.has(one)) === true || (calls.size > 0) !== ((after.calls?.length ?? 0) > 0);
      for (const inner of new Set([...before.refers, ...after.refers, ...after.ofCalls ?? []])) {
        const users = this.users.get(inner);
        if (users === undefined) this.users.set(inner, [key]);
        else users.push(key);
        isOther ||= this.known.get(inner) === true;
        open.push(inner);
      }
      if (isOther) this.spread(key);
    }
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
