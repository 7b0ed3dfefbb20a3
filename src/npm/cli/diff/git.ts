// What files held at a revision, by git itself. Words go to it one by one and through no shell.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readlinkSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { Failure } from '../failure.js';

/** A file of at most as many bytes is read, as from a disk. */
const MOST_BYTES = 64 * 2 ** 20;

export interface OldFile {
  absolute: string;
  /** The name that git has for the content. */
  id: string;
  /** The repository that has it: that of a submodule for its files. */
  repository: string;
}

/** What a revision has, wherever in the repository it is. */
export interface Tree {
  root: string;
  /** The files, those of submodules and those to which links in the tree lead among them. */
  files: OldFile[];
  /** Links that lead out of the tree, as they were. */
  links: { absolute: string; target: string }[];
  /** Submodules of which the files are not known. */
  unread: { absolute: string; message: string }[];
}

/** Every file of a revision. */
export function filesAt(revision: string): Tree {
  // What begins with a dash would be an option of git's.
  if (revision.startsWith('-') || revision === '') throw new Failure('--git is a revision, such as origin/main or HEAD~1.');
  const [, older] = /^(.*?)\.\.\.?/.exec(revision) ?? [];
  if (older !== undefined) throw new Failure(`--git is one revision, which is compared with the files that are here: ${older === '' ? 'HEAD~1' : older}. For two revisions check the newer one out, or give two folders.`);
  const root = resolve(git(['rev-parse', '--show-toplevel']).toString().replace(/\r?\n$/, ''));
  const tree = git(['rev-parse', '--verify', '--quiet', `${revision}^{tree}`], { refusal: () => noRevision(revision) }).toString().trim();
  const all: Tree = { root, files: [], links: [], unread: [] };
  treeAt(all, root, tree, 0);
  return all;
}

/** Whether a word is what git knows as a revision here. */
export const isRevision = (word: string): boolean => (
  word !== '' && !word.startsWith('-') && spawnSync('git', ['rev-parse', '--verify', '--quiet', `${word}^{tree}`], { stdio: 'ignore', env: ENVIRONMENT }).status === 0
);

/** Submodules in submodules are looked at so deep. */
const DEEPEST = 8;
/** So many files are taken to be where links to folders lead to. */
const MOST_LINKED = 100_000;

/** Adds what a tree of a repository has. */
function treeAt(all: Tree, repository: string, tree: string, depth: number): void {
  const entries = git(['ls-tree', '-r', '-z', '--full-tree', tree], { cwd: repository }).toString().split('\0').flatMap((line) => {
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return id === undefined || path === undefined ? [] : [{ mode: mode!, id, path }];
  });
  const files = new Map(entries.filter(({ mode }) => mode.startsWith('100')).map(({ path, id }) => [path, id]));
  const put = (path: string, id: string): void => { all.files.push({ absolute: resolve(repository, path), id, repository }); };
  for (const [path, id] of files) put(path, id);
  const paths = [...files.keys()].sort();
  let linked = 0;
  for (const { path, id } of entries.filter(({ mode }) => mode === '120000')) {
    const here = linkAt(resolve(repository, path));
    const target = here !== null && isContent(here, id) ? here : contentOf({ id, repository }).toString('utf8');
    const at = posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, '');
    const file = files.get(at);
    const inside = file !== undefined ? [at] : paths.slice(lowest(paths, `${at}/`), lowest(paths, `${at}0`));
    linked += inside.length;
    if (inside.length === 0 || linked > MOST_LINKED || posix.isAbsolute(target)) all.links.push({ absolute: resolve(repository, path), target });
    else for (const one of inside) put(`${path}${one.slice(at.length)}`, files.get(one)!);
  }
  for (const { path, id } of entries.filter(({ mode }) => mode === '160000')) submodule(all, { path, absolute: resolve(repository, path), id, repository }, depth);
}

/** Where a link leads that is here; null where there is none. */
export function linkAt(absolute: string): string | null {
  try {
    return readlinkSync(absolute);
  } catch {
    return null;
  }
}

/** The first of sorted paths that is not before another one. A slash is the character before 0. */
function lowest(paths: readonly string[], wanted: string): number {
  let [low, high] = [0, paths.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (paths[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A submodule as it was, by the commit that its repository had for it. */
function submodule(all: Tree, { path, absolute, id, repository }: { path: string; absolute: string; id: string; repository: string }, depth: number): void {
  if (!existsSync(join(absolute, '.git'))) {
    const [, now] = /^160000 ([0-9a-f]+) /.exec(git(['ls-files', '--stage', '--', path], { cwd: repository }).toString()) ?? [];
    if (now !== undefined && now !== id) all.unread.push({ absolute, message: 'it is a submodule that has another commit than at the revision, and is not here: git submodule update --init brings it.' });
    return;
  }
  const isKnown = depth < DEEPEST && spawnSync('git', ['cat-file', '-e', `${id}^{tree}`], { cwd: absolute, stdio: 'ignore', env: ENVIRONMENT }).status === 0;
  if (isKnown) treeAt(all, absolute, id, depth + 1);
  else all.unread.push({ absolute, message: 'it is a submodule, and the commit that it had at the revision is not here: git fetch in it brings it.' });
}

export const contentOf = ({ id, repository }: Pick<OldFile, 'id' | 'repository'>): Buffer => git(['cat-file', 'blob', id], { cwd: repository });

/** Whether a text is the content that has this name, so that it need not be read. */
export const isContent = (text: string | Buffer, id: string): boolean => nameOf(text, id.length) === id;

/** The name that git has for a content, in a repository whose names are so long. */
export function nameOf(text: string | Buffer, length: number): string {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return createHash(length === 40 ? 'sha1' : 'sha256').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A clone that has not the whole history may only lack it. */
function noRevision(revision: string): string {
  const isShallow = git(['rev-parse', '--is-shallow-repository']).toString().trim() === 'true';
  const deepen = 'This clone is shallow, so it may only lack it: run git fetch --unshallow, or take fetch-depth: 0 for actions/checkout of GitHub and GIT_DEPTH: 0 on GitLab';
  return `there is no revision ${JSON.stringify(revision)}${isShallow ? `. ${deepen}` : ''}`;
}

// A clone without all its files would ask for them over the network.
const ENVIRONMENT = { ...process.env, GIT_NO_LAZY_FETCH: '1' };

function git(words: string[], { cwd, refusal }: { cwd?: string; refusal?: () => string } = {}): Buffer {
  const { status, stdout, stderr, error } = spawnSync('git', words, { maxBuffer: MOST_BYTES, stdio: ['ignore', 'pipe', 'pipe'], env: ENVIRONMENT, ...cwd === undefined ? {} : { cwd } });
  if (error !== undefined) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(code === 'ENOENT' ? 'git was not found, and --git needs it.' : `git ${words[0]!}: ${message}.`);
  }
  if (status === 0) return stdout;
  throw new Failure(`git ${words[0]!}: ${refusal?.() ?? (stderr.toString().trim().split('\n')[0] || `it ended with ${status}`)}.`);
}
