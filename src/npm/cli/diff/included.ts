// Policies that a module reads out of files of their own: `file("${path.module}/policy.json")`.
import { posix } from 'node:path';
import { statementsOf } from '../access/finding.js';
import { asItStands } from '../source/found.js';
import { type Files, type Found, type Seen, type Unread, isUnread, isOfModule, perhaps } from '../source/index.js';

/** What stands in a file of a module, with the policies of those files that it names; told at their names. */
export const withIncluded = (seen: readonly Seen[], text: string, path: string, files: Files, isCalled: boolean): Seen[] => (
  isOfModule(path) ? seen.map((one) => (isUnread(one) ? included(one, text, path, files, isCalled) : one)) : [...seen]
);

function included(one: Unread, text: string, path: string, files: Files, isCalled: boolean): Seen {
  const { name, kind, start, end, of, by } = one;
  const [, inModule, given] = FILE.exec(text.slice(start, end)) ?? [];
  // A path without its module's counts from where Terraform is run, which for a module that is called is elsewhere.
  if (given === undefined || (inModule === undefined && isCalled)) return one;
  const content = files.read(posix.join(posix.dirname(path), given));
  const untold = (why: string): Unread => ({ ...one, why: `${name} is the file ${given}, ${why}` });
  if (content === null) return untold('which cannot be read');
  const policy = content.replace(/^\ufeff/, '');
  if (statementsOf(policy).length === 0) return untold('in which no policy can be read');
  const place = (offset: number) => (offset < 0 || offset >= policy.length ? null : { start, end });
  const found: Found = { ...asItStands(policy, 0, { name, kind, resourceType: null }), place, fixable: false, ...of === undefined ? {} : { of } };
  return by === undefined ? found : perhaps(found, by);
}

/** The whole of an expression that is a file. */
const FILE = /^\s*(?:"\$\{\s*)?file\(\s*"(\$\{\s*path\.module\s*\}\/)?([^"$\\]+)"\s*\)\s*(?:\}")?\s*$/;
