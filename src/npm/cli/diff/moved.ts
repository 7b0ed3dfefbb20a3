// Policies that stand in another file now, and are the same.
import { put } from '../multimap.js';
import { absenceOf } from './absent.js';
import type { Side } from './compared.js';
import { areBoundAlike, isElsewhere, isFollowed, isNamedAlike, thingOf } from './standing.js';

/** The policies of one file on both sides. */
type Two = readonly [older: readonly Side[], newer: readonly Side[]];

/**
 * The policies that stand in another file of the same module now, each with the one that it was; and those of another module
 * or template, as long as nothing of them has changed and all that they name went there with them.
 */
export function movedIn(files: readonly Two[]): Map<Side, Side> {
  const moved = new Map<Side, Side>();
  const lone = (side: 0 | 1): Side[] => files.flatMap((two) => {
    const others = new Map(two[1 - side]!.map((one) => [one.found.name, one]));
    return two[side]!.filter((one) => {
      const other = others.get(one.found.name);
      return other === undefined || !(side === 0 ? isFollowed(one, other) : isFollowed(other, one));
    });
  });
  let [gone, added] = [lone(0), lone(1)];
  match(({ found, standings, file }) => `${standings.scopeAt(file)}\0${found.name}`, () => true);
  // A policy that was written in what it is on and is a resource of its own now, or the other way round.
  match((side) => [side.standings.scopeAt(side.file), side.found.resourceType, thingOf(side)].join('\0'), (before, after) => absenceOf(before) !== null && thingOf(after) !== null);
  [gone, added] = [gone, added].map((all) => all.filter(({ found, standing }) => found.unknown.length + found.perhaps.length === 0 && standing.there === '')) as [Side[], Side[]];
  match(({ found: { name, kind, resourceType, text } }) => [name, kind, resourceType, valueOf(text)].join('\0'), isMovedAlong);
  return moved;

  function match(key: (side: Side) => string, isSame: (before: Side, after: Side) => boolean): void {
    const before = new Map<string, Side[]>();
    for (const one of gone) put(before, key(one), one);
    for (const after of added) {
      const all = before.get(key(after)) ?? [];
      const at = all.slice(0, MOST_ALIKE).findIndex((one) => isSame(one, after));
      if (at >= 0) moved.set(after, ...all.splice(at, 1) as [Side]);
    }
    const old = new Set(moved.values());
    [gone, added] = [gone.filter((one) => !old.has(one)), added.filter((one) => !moved.has(one))];
  }
}

/** Of so many policies of one name and text it is asked which of them it was. */
const MOST_ALIKE = 20;

/** Without what makes no difference between two texts. */
function valueOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Whether all that a policy names is what the other one names, in the same cases and bounded by the same, and stands no more where it stood. */
function isMovedAlong(before: Side, after: Side): boolean {
  return isNamedAlike(before, after) && isElsewhere(before) && isElsewhere(after)
    && areBoundAlike(before, after);
}
