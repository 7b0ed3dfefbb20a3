// Permissions boundaries: what bounds a role no more lets its policies allow more.
import type { Changed } from './changed.js';
import type { Compared } from './compared.js';
import { partsOf, unknownOf } from './no-policy.js';
import type { Holding } from '../source/index.js';
import type { FilePair, Texts } from './pairs.js';
import type { Standings } from './standings.js';

/** Of the roles of a file that are there on both sides, where their boundary is another one. */
export function boundariesOf(pair: FilePair, texts: Texts, changed: Changed, standings: readonly [Standings, Standings]): Compared[] {
  const { path, older, newer } = pair;
  const [oldText, text] = texts;
  const part = partsOf(pair, texts, standings);
  const gone = older === null || oldText === null ? [] : (changed.older.holders.get(path) ?? []).filter(({ isLone, address }) => (
    isLone === true && changed.newer.of(changed.older.ofResource(path, address, 'bounds')).text === null
  )).map((one) => unknownOf(nameOf(one), part(nameOf(one), one, 0), { gained: GONE, lost: null }));
  return newer === null || text === null ? gone : [...gone, ...(changed.newer.holders.get(path) ?? []).flatMap((one): Compared[] => {
    const key = changed.newer.ofResource(path, one.address, 'bounds');
    const [before, after] = [changed.older.of(key), changed.newer.of(key)];
    if (before.text === null || after.text === null || !changed.isOther([key], path)) return [];
    const [wasBound, isBound] = [before.text !== '', after.text !== ''];
    return [unknownOf(nameOf(one), part(nameOf(one), one, 1), {
      gained: !wasBound ? null : isBound ? 'Cannot tell, because another permissions boundary bounds it.' : GONE,
      lost: !isBound ? null : wasBound ? 'Cannot tell, because another permissions boundary bounds it.' : 'Cannot tell, because a permissions boundary bounds it now.',
    })];
  })];
}

const nameOf = ({ address }: Holding): string => `${address}, its permissions boundary`;
const GONE = 'Cannot tell, because no permissions boundary bounds it any more: what its policies allow beyond it is allowed now.';
