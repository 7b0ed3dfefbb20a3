// What gives access and is no policy: it is not compared, so that nobody can tell where it has changed.
import { type Definitions, type Granting } from '../source/index.js';
import type { Changed } from './changed.js';
import type { Compared, Side } from './compared.js';
import { partsOf, unknownOf } from './no-policy.js';
import type { FilePair, Texts } from './pairs.js';
import { isForOthers, isOfGone } from './standing.js';
import type { Standings } from './standings.js';

/** Of a file what is new, gone or another one of what it gives. */
export function grantsOf(pair: FilePair, texts: Texts, changed: Changed, standings: readonly [Standings, Standings]): Compared[] {
  const gives = [changed.older, changed.newer].map(({ grants }, side) => (grants.get(pair.path) ?? []).map((one) => ({ ...one, address: standings[side]!.renamed(one.address, pair.path) }))) as [Granting[], Granting[]];
  const keyOf = ({ address, is }: Granting): string => changed.newer.ofResource(pair.path, address, is);
  // The first that has a key is the one.
  const byKey = gives.map((all) => new Map([...all].reverse().map((one) => [keyOf(one), one]))) as [Map<string, Granting>, Map<string, Granting>];
  const part = partsOf(pair, texts, standings);
  const isIn = (side: 0 | 1, one: Granting): boolean => (side === 0 ? changed.older : changed.newer).of(keyOf(one)).text !== null;
  return [
    ...gives[1].flatMap((one) => told(one, isIn(0, one) ? sideOf(0, one) : null, sideOf(1, one))),
    ...gives[0].flatMap((one) => (byKey[1].has(keyOf(one)) || isIn(1, one) ? [] : told(one, sideOf(0, one), null))),
  ];

  function told(one: Granting, older: Side | null, newer: Side | null): Compared[] {
    const [was, is] = [older, newer].map((side) => (side?.standing.isNever === true ? null : side)) as [Side | null, Side | null];
    if (was === null && is === null) return [];
    // Whom a limit is for that is a policy of the file, that policy tells.
    if (one.is === 'limit' && one.isPart && byKey.every((side) => (side.get(keyOf(one))?.values.length ?? 0) === 0)) return [];
    // Whoever makes something new that runs with a role says himself what it does.
    const isResourceIn = (of: Definitions): boolean => of.of(of.ofResource(pair.path, one.address, 'there')).text !== null;
    if (one.is === 'role' && was === null && !isResourceIn(changed.older)) return [];
    // Nor does anybody lose by what is gone and had no role of its own.
    if (one.is === 'role' && is === null && one.values.length === 0) return [];
    // Nor does what is gone need to be kept from others.
    if (one.is === 'limit' && one.isPart && ((is === null && !isResourceIn(changed.newer)) || (was === null && !isResourceIn(changed.older)))) return [];
    if (one.is === 'limit' && was !== null && is === null && isOfGone(was)) return [];
    const isOther = was !== null && is !== null && changed.isOther([keyOf(one)], pair.path);
    const more = isOther || isWider(was, is);
    const less = isOther || isWider(is, was);
    if (!more && !less) return [];
    const [gained, lost] = one.is === 'limit' ? [less, more] : [more, less];
    return [unknownOf(`${one.address}, ${WHAT[one.is]}`, (is ?? was)!, { gained: gained ? because(one, was, is, isOther) : null, lost: lost ? because(one, was, is, isOther) : null })];
  }

  /** With a place in the file of the side where it stands there, and in the other one where it does not. */
  function sideOf(side: 0 | 1, one: Granting): Side {
    const own = byKey[side].get(keyOf(one));
    return part(one.address, own ?? one, side, own === undefined ? 1 - side as 0 | 1 : side);
  }
}

/** Whether something is there in more cases, or more often. */
function isWider(was: Side | null, is: Side | null): boolean {
  if (was === null || is === null) return is !== null;
  return (was.standing.there !== '' && was.standing.there !== is.standing.there) || isForOthers(is.standing, was.standing);
}

const WHAT: Record<Granting['is'], string> = { grant: 'what it grants', limit: 'what it keeps out', role: 'the role that it has', module: 'which comes from elsewhere' };

function because({ is: kind }: Granting, was: Side | null, is: Side | null, isOther: boolean): string {
  if (kind === 'role') return `Cannot tell, because it has ${is === null ? 'no role any more' : 'another role now, and with it what that one may do'}.`;
  if (kind === 'module') return `Cannot tell, because what it makes stands elsewhere, and it ${is === null ? 'is there no more' : was === null ? 'was not there before' : isOther ? 'has another source or version, or is given something else' : 'is there in other cases, or not as often as before'}.`;
  const what = kind === 'limit' ? 'what keeps others from access' : 'what gives access';
  const how = is === null ? 'is there no more' : was === null ? 'was not there before' : isOther ? 'is not what it was' : 'is there in other cases, or not as often as before';
  return `Cannot tell, because ${what} ${how}, and is no policy that could be compared.`;
}
