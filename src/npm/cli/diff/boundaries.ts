// Permissions boundaries: what bounds a role no more lets its policies allow more.
import { type ChosenType } from '../check/type.js';
import { KINDS } from '../../policy-type.js';
import { Lines } from '../lines.js';
import { asItStands } from '../source/found.js';
import type { Changed } from './changed.js';
import { type Compared, type Side, unknownOf } from './compare.js';
import type { FilePair } from './pairs.js';
import type { Standings } from './standing.js';

const TYPE: ChosenType = { type: 'identity', from: 'file', options: KINDS.identity.options };

/** Of the roles of a file that are there on both sides, where their boundary is another one. */
export function boundariesOf({ path, newer }: FilePair, text: string, changed: Changed, standings: Standings): Compared[] {
  const lines = new Lines(text);
  return (changed.newer.holders.get(path) ?? []).flatMap(({ address, start, end }): Compared[] => {
    const key = changed.newer.ofResource(path, address, 'bounds');
    const [before, after] = [changed.older.of(key), changed.newer.of(key)];
    if (before.text === null || after.text === null || !changed.isOther([key])) return [];
    const name = `${address}, its permissions boundary`;
    const found = asItStands(text.slice(start, end), start, { name, kind: 'identity', resourceType: null });
    const side: Side = { path: newer!.target.path, found, lines, file: path, standings, standing: standings.of(found, path) };
    const [wasBound, isBound] = [before.text !== '', after.text !== ''];
    return [unknownOf(name, TYPE, side, {
      gained: !wasBound ? null : isBound ? 'Cannot tell, because another permissions boundary bounds it.' : 'Cannot tell, because no permissions boundary bounds it any more: what its policies allow beyond it is allowed now.',
      lost: !isBound ? null : wasBound ? 'Cannot tell, because another permissions boundary bounds it.' : 'Cannot tell, because a permissions boundary bounds it now.',
    })];
  });
}
