// Roles, users and groups that are called now as others were before, by which policies elsewhere and people know them.
import type { Calls } from './calls.js';
import type { Definitions } from '../source/index.js';

/** By their modules and templates those who are called as somebody was who is called otherwise now, or is gone. */
export function exchangedBetween(older: Definitions, newer: Definitions, calls: Calls): Map<string, Set<string>> {
  const [before, after] = [older.howCalled((from, call) => calls.nowOf(from, call)), newer.howCalled()];
  // Whoever keeps a name is another one, who is so called somewhere else.
  const left = new Set(Array.from(before).filter(([key, { name }]) => after.get(key)?.name !== name).map(([, { kind, name }]) => `${kind}\0${name}`));
  const exchanged = new Map<string, Set<string>>();
  for (const [key, { scope, address, kind, name, open }] of after) {
    const own = before.get(key);
    if (own === undefined || own.name === name || !(left.has(`${kind}\0${name}`) || own.open !== open)) continue;
    exchanged.set(scope, (exchanged.get(scope) ?? new Set()).add(address));
  }
  return exchanged;
}
