// Where a CI service looks for a file: a path from the root of the repository, whatever folder the step works in.
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** What GitHub Actions and GitLab say where the repository is (their documentation of variables, read 2026-11). */
export type Root = 'GITHUB_WORKSPACE' | 'CI_PROJECT_DIR';

/** Gives the path of a file for whoever shows it. One that is not below the first root that is known stays as it is. */
export function fromRoot(...roots: Root[]): (path: string) => string {
  const given = roots.map((name) => process.env[name] ?? '').find((folder) => folder !== '');
  const root = given === undefined ? null : real(given);
  return (path) => {
    if (root === null || root === process.cwd()) return path;
    const inside = relative(root, resolve(path));
    return inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..' ? path : inside.split(sep).join('/');
  };
}

/** Where a folder is that may be a link, as the working directory is told. */
function real(folder: string): string | null {
  try {
    return realpathSync(folder);
  } catch {
    return null;
  }
}
