// Groups, permission sets and the roles of instance profiles: who has what they have. Somebody new in a group may do what it may, and who leaves one whose
// policies deny something may do that.
import { shown } from '../source/index.js';
import type { Compared, Side } from './compared.js';
import { partsOf, unknownOf } from './no-policy.js';
import type { FilePair, Texts } from './pairs.js';
import { isForOthers } from './standing.js';
import type { Membership, Standings } from './standings.js';

/** What of the memberships in a file is on one of the sides only; `isDenying` says of a group of the older side whether its policies deny something. */
export function membersOf(pair: FilePair, texts: Texts, standings: readonly [Standings, Standings], isDenying: (group: string) => boolean): Compared[] {
  const [older, newer] = standings;
  const part = partsOf(pair, texts, standings);
  const sideOf = (one: Membership, side: 0 | 1): Side => part(one.one.name, one.one, side);
  return [
    ...onlyIn(newer, older, pair.path).map((one) => unknownOf(nameOf(one), sideOf(one, 1), {
      gained: `Cannot tell, because by it somebody has what ${plain(one)} has, who did not before, or not as often.`, lost: null,
    })),
    ...onlyIn(older, newer, pair.path).map((one) => unknownOf(nameOf(one), sideOf(one, 0), {
      gained: one.one.isAll !== true && !older.isLeftByAll(one) && isDenying(one.what) ? `Cannot tell, because by it somebody had what ${plain(one)} has, which also denies, and has it no more: other policies may allow what it denied.` : isElsewhere(one) ? `Cannot tell, because by it somebody had what ${plain(one)} has, who has it no more: what policies it has stands elsewhere, and they may deny something.` : null,
      lost: `Cannot tell, because by it somebody had what ${plain(one)} has, who has it no more, or not as often.`,
    })),
  ];

  /** Of a group that is made elsewhere nobody knows whether it denies something. */
  function isElsewhere(one: Membership): boolean {
    return one.one.isOfGroup === true && !older.isMadeHere(one.what, one.path) && !older.isLeftByAll(one);
  }
}

/** Those of a file that its module or template has not on the other side, one for each resource and what it gives. */
function onlyIn(own: Standings, other: Standings, path: string): Membership[] {
  const beside = other.membersBeside(path);
  const all = own.membershipsOf(path).filter((one) => isForOthers(one, beside));
  return [...new Map(all.map((one) => [`${one.one.name}\0${one.what}`, one])).values()];
}

const nameOf = ({ one }: Membership): string => `${one.name}, whom it is for`;
const plain = ({ what }: Membership): string => shown(what.split('\0')[0]!);
