// Files that can be read on one side only. What is broken or empty on the other side is not known to hold no policy.
import { Lines } from '../lines.js';
import { Failure } from '../failure.js';
import { type Seen, isDefining, mayDefine } from '../source/index.js';
import { asItStands } from '../source/found.js';
import { mistakeIn } from '../source/readable.js';

/** Whether a text makes something. Of one that only defines something, it is told where that is taken. */
const isMaking = (text: string, path: string): boolean => (mayDefine(path) ? /^[ \t]*"?(?:resource|module)\b/m.test(text) : isDefining(text));

/** One side of a file, with the path that it has there and what was seen in it. */
export interface Side {
  path: string;
  text: string;
  seen: readonly Seen[];
}

/**
 * What is seen in a file that held something on the other side. Of a file that is a policy there, a text that cannot be read
 * stands for the policy that it is; the engine says what is wrong with it.
 *
 * @throws {Failure} of another file that cannot be read.
 */
export async function seenBeside({ path, text, seen }: Side, other: Side): Promise<readonly Seen[]> {
  const isPolicy = other.seen.length > 0 && other.seen.every(({ name }) => name === '');
  const isLooked = seen.length === 0 ? other.seen.length > 0 || isMaking(other.text, other.path) : !isPolicy && other.seen.length > 0 && seen.every(({ name }) => name === '');
  if (!isLooked || text === other.text) return seen;
  const mistake = await mistakeIn(text, path);
  // What could not be read before either says nothing.
  if (mistake === null || (other.seen.length === 0 && await mistakeIn(other.text, other.path) !== null)) return seen;
  if (isPolicy && !mayDefine(path) && !/\.ya?ml$/i.test(path)) return [asItStands(text, 0, { name: '', kind: null, resourceType: null })];
  const { line, column } = new Lines(text).at(mistake.offset);
  throw new Failure(`${line}:${column}: ${mistake.message}`);
}
