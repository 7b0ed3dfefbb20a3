// Calls of modules and stacks that have another label now, and are the same calls.
import type { Definitions } from '../source/index.js';

type Call = ReturnType<Definitions['calling']>[number];

/**
 * The calls of which each side has another one under that name, or none: each call that is gone is the one that says the same,
 * or the next one that is new. One that calls something else now is not gone.
 */
export class Calls {
  /** By what is called, and the name on the newer side, the name before. */
  private readonly was = new Map<string, string>();
  /** By whoever calls, and the name before, the name on the newer side. */
  private readonly now = new Map<string, string>();

  constructor(older: Definitions, newer: Definitions) {
    for (const scope of older.calledScopes) {
      const [gone, added] = [lone(scope, older, newer), lone(scope, newer, older)];
      const left = new Map(added.map((one) => [one.name, one]));
      const pair = (before: Call, after: Call): void => {
        left.delete(after.name);
        this.was.set(`${scope}\0${after.name}`, before.name);
        this.now.set(`${before.from}\0${before.name}`, after.name);
      };
      const others = gone.filter((one) => {
        const [name] = [`module.${one.name}`, one.name].map((called) => older.renamedAt(called, one.from).replace('module.', '')).filter((called) => called !== one.name);
        const same = left.get(name ?? '');
        if (same !== undefined) pair(one, same);
        return same === undefined;
      });
      const rest = [...left.values()];
      others.slice(0, rest.length).forEach((one, i) => pair(one, rest[i]!));
    }
  }

  /** What a call of the newer side was called before. */
  wasOf(scope: string, name: string): string {
    return this.was.get(`${scope}\0${name}`) ?? name;
  }

  /** What a call of the older side is called now. */
  nowOf(from: string, name: string): string {
    return this.now.get(`${from}\0${name}`) ?? name;
  }
}

function lone(scope: string, own: Definitions, other: Definitions): Call[] {
  const names = new Set(other.calling(scope).map(({ name }) => name));
  return own.calling(scope).filter(({ name, from }) => !names.has(name) && !other.isCalling(from, name.replace(/\[\d+\]$/, '')));
}
