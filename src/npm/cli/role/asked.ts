// The role that --role means: by its name, its path and name, or its ARN, and by its file where others are called the same.
import { posix } from 'node:path';
import { Failure } from '../failure.js';
import { alike, didYouMean } from '../near.js';
import { listed } from '../terminal.js';

export interface Asked {
  /** The word as it was given. */
  word: string;
  /** Without path; the word where it is the name of a resource in a template. */
  name: string;
  /** Whether somebody of this name and ARN is meant. */
  isArn(arn: string): boolean;
  /** Whether it may stand in a file. */
  isIn(file: string): boolean;
}

export function askedRole(word: string): Asked {
  // No name has a colon, but what a module tells several of one by may have one within quotes.
  const [, file, inner] = /^(?!arn:)(.+?):((?:[^:"]|"[^"]*")+)$/.exec(word) ?? [];
  if (file === undefined) return { ...byName(word), isIn: () => true };
  const place = pathOf(file);
  return { ...byName(inner!), word, isIn: (one) => pathOf(one) === place || pathOf(one).startsWith(`${place}/`) };
}

const pathOf = (file: string): string => posix.normalize(file.replaceAll('\\', '/')).replace(/\/$/, '');

function byName(word: string): Omit<Asked, 'isIn'> {
  const [, account, kind, path] = /^arn:[^:]*:(?:iam|sts)::(\d*):(assumed-role|role|user|group)\/(.+)$/.exec(word) ?? [];
  // The ARN of a session has the name of the role, without its path, and that of the session.
  if (kind === 'assumed-role') return { word, name: path!.split('/')[0]!, isArn: (arn) => arn.split(':')[4] === account };
  if (path !== undefined) return { word, name: lastOf(path), isArn: (arn) => arn === word };
  if (!/^\/?(?:[\w+=,.@-]+\/)+[\w+=,.@-]+$/.test(word)) return { word, name: word, isArn: () => true };
  return { word, name: lastOf(word), isArn: (arn) => arn.slice(arn.indexOf('/') + 1) === word.replace(/^\//, '') };
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** That there is no such role, with the one that is nearest and some of those that are there. `policies`: those that --role takes too, and what else is near. */
export function noSuchRole(word: string, where: string, names: readonly string[], policies: { near: readonly string[]; all: readonly string[] } = { near: [], all: [] }): Failure {
  const asked = word.includes(':') && !word.startsWith('arn:') ? word : lastOf(word);
  const known = [...names, ...policies.near];
  const same = known.filter((one) => one.toLowerCase() === asked.toLowerCase());
  const near = didYouMean(same.length > 0 ? same.slice(0, NEAR) : alike(asked, known));
  const there = names.length === 0 ? 'There is none at all.' : `There ${names.length === 1 ? 'is' : 'are'} ${some(names)}.`;
  const others = policies.all.length === 0 ? '' : ` --role takes a policy too, which is asked of alone: ${some(policies.all)}.`;
  return new Failure(`There is no role ${JSON.stringify(word)} in ${where}.${near} ${there}${others}`);
}

const NEAR = 3;
const NAMED = 10;
export const some = (names: readonly string[], last?: string, most = NAMED): string => listed(names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : [...names], last);
