// The files of the two sides of a comparison that may define what the policies refer to.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, posix, sep } from 'node:path';
import { type Files, type Moves, STAYING, isDefining, isOfSomebody, mayDefine } from '../source/index.js';
import { type OldFile, contentOf, isContent } from './git.js';

type Own = readonly (readonly [path: string, text: string | null])[];

/** Files that are read anyway, as far as they may define something. */
const sourcesOf = (own: Own): Map<string, string> => new Map(own.flatMap(([path, text]): [string, string][] => (
  text !== null && (mayDefine(path) || isDefining(text) || IS_PLAN.test(text) || isOfSomebody(text)) ? [[path, text]] : []
)));
const IS_PLAN = /"terraform_version"/;

/** The files below a folder of the disk, by their paths in it; beside a file those too that .gitignore names. */
export class FilesOfFolder implements Files {
  readonly sources: Map<string, string>;

  constructor(private readonly root: string, own: Own, others: readonly string[] = [], readonly moves: Moves = STAYING) {
    this.sources = sourcesOf(own);
    const modules = own.filter(([path]) => mayDefine(path)).map(([path]) => path);
    const paths = modules.length === 0 ? [] : [...others, ...modules];
    const folders = new Set(paths.map((path) => posix.dirname(path)));
    for (const folder of folders) for (const path of namesIn(join(root, folder)).map((name) => posix.join(folder, name))) this.put(path);
  }

  private put(path: string): void {
    const text = this.sources.has(path) || !mayDefine(path) ? null : this.read(path);
    if (text !== null) this.sources.set(path, text);
  }

  read(path: string): string | null {
    return textOf(join(this.root, path));
  }

  below(folder: string): readonly string[] | null {
    return filesBelow(this.root, folder);
  }
}

/** Those of a revision, by the names that git has for their contents. */
export class FilesOfRevision implements Files {
  readonly sources: Map<string, string>;

  constructor(private readonly names: ReadonlyMap<string, OldFile>, private readonly newer: FilesOfFolder, own: Own, readonly moves: Moves) {
    this.sources = sourcesOf(own);
    if (!own.some(([path]) => mayDefine(path))) return;
    for (const path of Array.from(names.keys()).filter(mayDefine)) {
      const text = this.sources.has(path) ? null : this.read(path);
      if (text !== null) this.sources.set(path, text);
    }
  }

  read(path: string): string | null {
    const file = this.names.get(path);
    if (file === undefined) return null;
    const at = this.moves.now(path);
    const now = this.newer.sources.get(at) ?? this.newer.read(at);
    return now !== null && isContent(now, file.id) ? now : contentOf(file).toString('utf8');
  }

  below(folder: string): readonly string[] | null {
    const all = Array.from(this.names.keys()).filter((path) => folder === '.' || path.startsWith(`${folder.replace(/\/$/, '')}/`));
    return all.length > MOST_FILES ? null : all.sort();
  }
}

/** Two files that were named. What stands beside only one of them says nothing, since it may be a copy of the other. */
export function filesOfTwo(path: string, places: readonly [string, string], texts: readonly [string | null, string | null]): [Files, Files] {
  const [older, newer] = places.map(dirname) as [string, string];
  const isOwn = (name: string): boolean => places.some((one) => basename(one) === name);
  const others = older === newer || !mayDefine(path) ? [] : namesIn(older).filter((name) => mayDefine(name) && !isOwn(name) && textOf(join(newer, name)) !== null);
  const isThere = (name: string): boolean => [older, newer].every((folder) => textOf(join(folder, name)) !== null);
  return [older, newer].map((folder, side): Files => ({
    sources: sourcesOf([[path, texts[side] ?? null], ...others.map((name) => [name, textOf(join(folder, name))] as const)]),
    read: (name) => (isThere(name) ? textOf(join(folder, name)) : null),
    below: (name) => filesBelow(folder, name),
  })) as [Files, Files];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // What is not there defines nothing.
  }
}

const MOST_BYTES = 16 * 2 ** 20;

/** The text of a file of the disk; null where there is none, or one that is too long to be read into another. */
export function textOf(path: string): string | null {
  try {
    const about = statSync(path);
    return about.isFile() && about.size <= MOST_BYTES ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

/** More files are not looked through. */
const MOST_FILES = 2000;
const SKIPPED = new Set(['.git', '.terraform', 'node_modules']);

function filesBelow(root: string, folder: string): string[] | null {
  const [open, found]: [string[], string[]] = [[folder], []];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    // Above the folder anything may be.
    if (at.startsWith('..') || found.length > MOST_FILES) return null;
    try {
      for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
        const path = posix.join(at.split(sep).join('/'), entry.name);
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(path);
        if (entry.isFile()) found.push(path);
      }
    } catch {
      continue;
    }
  }
  return found.sort();
}
