// Roles, users and groups that are called now as others of their module or template were before.
import type { Definitions } from '../source/index.js';

/** Their names on the newer side. To whoever knows them by what they are called they are others now. */
export function exchangedIn(scope: string, older: Definitions, newer: Definitions): ReadonlySet<string> {
  const called = (side: Definitions): [address: string, called: string][] => Array.from(side.holders).filter(([path]) => side.scopeAt(path) === scope)
    .flatMap(([path, all]) => all.map(({ address, called = '' }): [string, string] => [side.renamedIn(address, path), called]))
    // Of several instances nobody can tell by the expression how each is called.
    .filter(([, name]) => name !== '' && !/\b(?:each|count)\./.test(name));
  const before = new Map(called(older));
  const names = new Set(before.values());
  return new Set(called(newer).filter(([address, name]) => before.has(address) && before.get(address) !== name && names.has(name)).map(([address]) => address));
}
