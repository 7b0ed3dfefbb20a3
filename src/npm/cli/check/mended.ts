// How many findings fixes have mended. A fix may take away findings that have none themselves, and may lead to others, so that what was
// offered is no count of what is gone.
import { type Which, pick } from './fix.js';
import type { CheckedPolicy, FileFinding } from './one.js';

/** The findings that are gone since the fixes were written. */
export interface Mended {
  all: number;
  /** How many of them had no fix of their own: that of another one mended them. */
  along: number;
}

export const NONE_MENDED: Mended = { all: 0, along: 0 };

/** Of each code in each policy, how many findings are fewer now: their words and places change with those of others. */
export function mendedBy(which: Which, before: readonly CheckedPolicy[], after: readonly CheckedPolicy[]): Mended {
  const kinds = new Map<string, { gone: number; own: number }>();
  const each = (policies: readonly CheckedPolicy[], count: (kind: { gone: number; own: number }, one: FileFinding) => void): void => {
    for (const { name, findings } of policies) {
      for (const one of findings) {
        const key = `${name}\n${one.finding.issueCode}`;
        const kind = kinds.get(key) ?? { gone: 0, own: 0 };
        kinds.set(key, kind);
        count(kind, one);
      }
    }
  };
  each(before, (kind, { fixes }) => {
    kind.gone += 1;
    if (pick(fixes, which) !== undefined) kind.own += 1;
  });
  each(after, (kind) => { kind.gone -= 1; });
  const mended = { ...NONE_MENDED };
  for (const { gone, own } of kinds.values()) {
    mended.all += Math.max(0, gone);
    mended.along += Math.max(0, gone - own);
  }
  return mended;
}
