// What files held at a revision, by git itself. Words go to it one by one and through no shell.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { Failure } from '../failure.js';

/** A file of at most as many bytes is read, as from a disk. */
const MOST_BYTES = 64 * 2 ** 20;

export interface OldFile {
  absolute: string;
  /** The name that git has for the content. */
  id: string;
}

/** Every file of a revision, wherever in the repository one is. */
export function filesAt(revision: string): { root: string; files: OldFile[] } {
  // What begins with a dash would be an option of git's.
  if (revision.startsWith('-') || revision === '') throw new Failure('--git is a revision, such as origin/main or HEAD~1.');
  const [, older] = /^(.*?)\.\.\.?/.exec(revision) ?? [];
  if (older !== undefined) throw new Failure(`--git is one revision, which is compared with the files that are here: ${older === '' ? 'HEAD~1' : older}. For two revisions check the newer one out, or give two folders.`);
  const root = git(['rev-parse', '--show-toplevel']).toString().replace(/\r?\n$/, '');
  const tree = git(['rev-parse', '--verify', '--quiet', `${revision}^{tree}`], () => noRevision(revision)).toString().trim();
  const files = git(['ls-tree', '-r', '-z', '--full-tree', tree]).toString().split('\0').flatMap((line): OldFile[] => {
    // Neither links nor other repositories.
    const [, id, path] = /^100\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return id === undefined || path === undefined ? [] : [{ absolute: resolve(root, path), id }];
  });
  return { root: resolve(root), files };
}

export const contentOf = (id: string): Buffer => git(['cat-file', 'blob', id]);

/** Whether a text is the content that has this name, so that it need not be read. */
export const isContent = (text: string | Buffer, id: string): boolean => nameOf(text, id.length) === id;

/** The name that git has for a content, in a repository whose names are so long. */
function nameOf(text: string | Buffer, length: number): string {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return createHash(length === 40 ? 'sha1' : 'sha256').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A clone that has not the whole history may only lack it. */
function noRevision(revision: string): string {
  const isShallow = git(['rev-parse', '--is-shallow-repository']).toString().trim() === 'true';
  const deepen = 'This clone is shallow, so it may only lack it: run git fetch --unshallow, or take fetch-depth: 0 for actions/checkout of GitHub and GIT_DEPTH: 0 on GitLab';
  return `there is no revision ${JSON.stringify(revision)}${isShallow ? `. ${deepen}` : ''}`;
}

function git(words: string[], refusal?: () => string): Buffer {
  const { status, stdout, stderr, error } = spawnSync('git', words, { maxBuffer: MOST_BYTES, stdio: ['ignore', 'pipe', 'pipe'],
    // A clone without all its files would ask for them over the network.
    env: { ...process.env, GIT_NO_LAZY_FETCH: '1' } });
  if (error !== undefined) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(code === 'ENOENT' ? 'git was not found, and --git needs it.' : `git ${words[0]!}: ${message}.`);
  }
  if (status === 0) return stdout;
  throw new Failure(`git ${words[0]!}: ${refusal?.() ?? (stderr.toString().trim().split('\n')[0] || `it ended with ${status}`)}.`);
}
