// What .gitignore files say of the files of a folder, by the library that knows their grammar.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The name of the files that say what git leaves out. */
export const IGNORED_BY = '.gitignore';

interface Layer {
  folder: string;
  rules: Ignore;
}

/** The .gitignore files above a folder, up to the root of its repository. */
export class Ignores {
  private constructor(readonly layers: readonly Layer[]) {}

  /** For a folder that somebody named: rules that ignore the folder itself do not count in it. */
  static above(folder: string): Ignores {
    const above: string[] = [];
    for (let at = dirname(folder), below = folder; !existsSync(join(below, '.git')) && at !== below; below = at, at = dirname(at)) above.unshift(at);
    // Outside a repository there is no end to what lies above.
    const isRepository = above.length === 0 || existsSync(join(above[0]!, '.git'));
    const layers = isRepository ? above.flatMap(layerOf) : [];
    return new Ignores(layers.filter((layer) => !layer.rules.ignores(pathIn(layer, folder, true))));
  }

  /** With the .gitignore of a folder below. */
  in(folder: string): Ignores {
    const layer = layerOf(folder);
    return layer.length === 0 ? this : new Ignores([...this.layers, ...layer]);
  }

  /** The nearest file that has something to say decides. */
  has(path: string, isFolder: boolean): boolean {
    for (let i = this.layers.length - 1; i >= 0; i -= 1) {
      const layer = this.layers[i]!;
      const { ignored, unignored } = layer.rules.test(pathIn(layer, path, isFolder));
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function layerOf(folder: string): Layer[] {
  const path = join(folder, IGNORED_BY);
  try {
    // Of a pipe there may be no end.
    return statSync(path).isFile() ? [{ folder, rules: ignore().add(readFileSync(path, 'utf8')) }] : [];
  } catch {
    return []; // There is none.
  }
}

function pathIn({ folder }: Layer, path: string, isFolder: boolean): string {
  const inside = relative(folder, path);
  return `${sep === '/' ? inside : inside.split(sep).join('/')}${isFolder ? '/' : ''}`;
}
