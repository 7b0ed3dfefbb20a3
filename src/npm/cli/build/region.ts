// Whether a Region is among those that are known: what the builders say of one that is not.
import { buildNodePolicy } from 'postern';
import type { Note } from '../../types.js';

/** What there is to say of Regions, each once; a text that is none is refused where it is asked about. */
export function notesOfRegions(regions: readonly unknown[]): Note[] {
  return [...new Set(regions)].flatMap((region) => {
    if (typeof region !== 'string') return [];
    try {
      return buildNodePolicy({ region }).notes.filter(({ code }) => code === 'REGION_NOT_LISTED');
    } catch (reason) {
      if ((reason as Error).name !== 'PosternError') throw reason;
      return [];
    }
  });
}
