// Policies that a module reads out of files of their own: `file("${path.module}/policy.json")`, and `templatefile` where the
// template has no more than names in it.
import { posix } from 'node:path';
import { statementsOf } from '../access/finding.js';
import { asItStands, policiesOf } from '../source/found.js';
import { type Files, type Found, type Seen, type Unread, isFound, isUnread, isOfModule, perhaps } from '../source/index.js';
import type { Extent, Piece } from '../source/value.js';

/** A file that reads others into its policies. */
interface Reading {
  text: string;
  path: string;
  files: Files;
  /** Whether another module calls that of the file. */
  isCalled: boolean;
}

/** A policy of a file that another one reads, told where it is read. */
export interface Included extends Found {
  /** The path of the file in which it is written. */
  from?: string;
  /** The policy as it stands there, where it is all of that file. */
  whole?: Found;
}

/** What stands in a file of a module, with the policies of those files that it names. */
export const withIncluded = (seen: readonly Seen[], reading: Reading): (Included | Unread)[] => (
  isOfModule(reading.path) ? seen.flatMap((one): (Included | Unread)[] => (isUnread(one) ? included(one, reading) : [one])) : [...seen]
);

function included(one: Unread, { text, path, files, isCalled }: Reading): (Included | Unread)[] {
  const { name, kind, of, by } = one;
  const { start, end } = readAt(one, text);
  const [call = '', called, inModule, given, values] = FILE.exec(text.slice(start, end)) ?? [];
  // A path without its module's counts from where Terraform is run, which for a module that is called is elsewhere.
  if (given === undefined || (inModule === undefined && isCalled)) return [one];
  const own = posix.join(posix.dirname(path), given);
  const content = files.read(own);
  const untold = (why: string): Unread[] => [{ ...one, why: `${name} is the file ${given}, ${why}` }];
  if (content === null) return untold('which cannot be read');
  const policy = content.replace(/^\ufeff/, '');
  const about = { name, kind, resourceType: null };
  let found: (Included | Unread)[];
  if (called === 'file') {
    const whole = asItStands(policy, 0, about);
    found = [{ ...whole, place: (offset) => (whole.place(offset) === null ? null : { start, end }), fixable: false, whole }];
  } else {
    const pieces = filled(policy, values === undefined ? new Map() : valuesIn(text, start + call.lastIndexOf(values), values), text, { start, end });
    if (pieces === null) return [one];
    found = policiesOf({ kind: 'text', pieces, start, end }, about, null);
  }
  if (found.length === 0 || !found.every((each) => isFound(each) && statementsOf(each.text).length > 0)) return untold('in which no policy can be read');
  return found.map((each) => ({ ...each, from: own, ...of === undefined ? {} : { of } })).map((each) => (by === undefined ? each : perhaps(each, by)));
}

/** Where a policy is read: where it stands, or where the local is that it names, as long as one thing of the file has that name. */
function readAt({ start, end }: Extent, text: string): Extent {
  const local = /^\W*\blocal\.([\w-]+)[^\w-]*$/.exec(text.slice(start, end))?.[1];
  const [only, more] = local === undefined ? [] : Array.from(text.matchAll(new RegExp(`^[ \\t]*${local}[ \\t]*=[ \\t]*(.*)$`, 'gm')));
  if (only === undefined || more !== undefined) return { start, end };
  const own = only.index + only[0].length - only[1]!.length;
  return { start: own, end: own + only[1]!.length };
}

/** The whole of an expression that is a file, or a template with its values. */
const FILE = /^\s*(?:"\$\{\s*)?(file|templatefile)\(\s*"(\$\{\s*path\.module\s*\}\/)?([^"$\\]+)"\s*(?:,\s*(\{[^]*\})\s*)?\)[\s}"]*$/;

/** The values of an object that stands at a place, each with its own. */
function valuesIn(text: string, start: number, object: string): Map<string, Extent> {
  const values = new Map<string, Extent>();
  for (let at = start + 1; at < start + object.length - 1;) {
    const [head = '', name] = /^[\s,]*"?([\w-]+)"?\s*[=:]\s*/.exec(text.slice(at, start + object.length - 1)) ?? [];
    if (name === undefined) break;
    const end = endOf(text, at + head.length, start + object.length - 1);
    values.set(name, { start: at + head.length, end: at + head.length + text.slice(at + head.length, end).trimEnd().length });
    at = end;
  }
  return values;
}

/** Where a value of an object ends: before a comma or a new line that stands in no bracket and no string. */
function endOf(text: string, start: number, last: number): number {
  let depth = 0;
  for (let at = start; at < last; at += 1) {
    const character = text[at]!;
    if (character === '"') for (at += 1; at < last && text[at] !== '"'; at += 1) at += text[at] === '\\' ? 1 : 0;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && (character === ',' || character === '\n')) return at;
  }
  return last;
}

/** The text of a template with what is known of its values; null where it has more than names in it. */
function filled(template: string, values: ReadonlyMap<string, Extent>, source: string, place: Extent): Piece[] | null {
  const pieces: Piece[] = [];
  const put = (text: string): void => {
    // One as long as its place would be taken for what stands there.
    if (text !== '') pieces.push({ ...place, text, offsets: text.length === place.end - place.start ? [...Array<number>(text.length).fill(place.start), place.end] : null });
  };
  let from = 0;
  for (const { 0: all, 1: name, index } of template.matchAll(/[$%]{2}\{|%\{|\$\{~?\s*([\w-]+)\s*~?\}|\$\{/g)) {
    put(template.slice(from, index));
    from = index + all.length;
    if (all.length === 3 && name === undefined) put(all.slice(1));
    else {
      const value = name === undefined ? undefined : values.get(name);
      if (value === undefined) return null;
      const literal = /^(?:"([^"\\$%]*)"|\d+|true|false)$/.exec(source.slice(value.start, value.end));
      if (literal !== null) put(literal[1] ?? literal[0]);
      else pieces.push({ ...value, text: null, offsets: null });
    }
  }
  put(template.slice(from));
  return pieces;
}
