// What is no policy and gives access, bounds it or keeps it out: it is not compared, so that nobody can tell where it changed.
import type { AccessCheck } from '../../types.js';
import { Lines } from '../lines.js';
import { asItStands } from '../source/found.js';
import type { Extent } from '../source/index.js';
import { type Change, type Compared, SAME, type Side, changesOf } from './compared.js';
import type { FilePair, Texts } from './pairs.js';
import type { Standings } from './standings.js';

/** Makes sides of parts of a file: `of` says whose standing one has, `at` in which text it stands. */
export function partsOf({ path: file, older, newer }: FilePair, texts: Texts, standings: readonly [Standings, Standings]): (name: string, extent: Extent, of: 0 | 1, at?: 0 | 1) => Side {
  const lines = texts.map((text) => new Lines(text ?? ''));
  return (name, { start, end }, of, at = of) => {
    const { target } = [older, newer][at]!;
    const found = asItStands(texts[at]!.slice(start, end), start, { name, kind: 'identity', resourceType: null });
    return { ...target, own: target.path, found, lines: lines[at]!, file, standings: standings[of], standing: standings[of].of(found, file) };
  };
}

/** What cannot be told of something that is no policy. */
export function unknownOf(name: string, side: Side, { gained, lost }: Record<Change['direction'], string | null>): Compared {
  const check = (message: string | null): AccessCheck => (message === null ? SAME.gained : { ...SAME.gained, result: 'UNKNOWN', message });
  const compared: Compared = { name, type: null, older: side, newer: side, gained: check(gained), lost: check(lost), relation: 'unknown', changes: [], notes: [] };
  compared.changes = (['gained', 'lost'] as const).flatMap((direction) => changesOf(compared, direction, { ...compared[direction], reasons: [] }, { isGuard: false, isFree: false }));
  return compared;
}
