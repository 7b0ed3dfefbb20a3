// The files of the documentation that was made.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../env.mjs';

export const OUT = join(ROOT, 'www', 'dist', 'docs');

/** Their names in their order, with slashes. */
export function docFiles() {
  return readdirSync(OUT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(OUT.length + 1).replaceAll('\\', '/')).sort();
}
