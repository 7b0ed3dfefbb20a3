// A policy in a file, as the finders give it.
import { embedded, verbatim } from './embedded.js';
import { isOfOtherLanguage, isTextOfOtherLanguage } from './language.js';
import { type Deciders, type EitherValue, type Extent, type MapValue, type Placed, type Value, get } from './value.js';
import { type Written, write } from './write.js';

export type PolicyKind = 'identity' | 'trust' | 'resource' | 'scp' | 'rcp';

/** `hcl-json` is JSON whose strings are templates of HCL. */
export type Syntax = 'json' | 'yaml' | 'hcl' | 'hcl-json';

export interface Found {
  /** The policy as JSON text for the engine. */
  text: string;
  /** Such as `"Resources.Role.Policies[0].PolicyDocument"`; `""` for a file that is a policy. */
  name: string;
  kind: PolicyKind | null;
  /** The type of resource that a resource policy is on, as CloudFormation names it. */
  resourceType: string | null;
  /** Where in the file the character stands that `text` has at an offset; null past its end. For spans see `extentOf`. */
  place(offset: number): Placed | null;
  /** Whether `text` stands in the file as it is, from `base` on, so that edits to it are edits to the file. */
  fixable: boolean;
  base: number;
  /** In what the file is written, for changes where the text does not stand as it is. */
  syntax: Syntax | null;
  /** JSON Pointers into `text`: what is there is known only at deploy time. See `unknown.ts`. */
  unknown: string[];
  /** Pointers to statements of which only the deployment knows whether they are there; `/Statement` for all. */
  perhaps: string[];
  /** What decides, for each of them. */
  terms?: Readonly<Record<string, Deciders>>;
  /** Groups of statements, by their places in the list, of which at most one will be there. */
  alternatives?: number[][];
  /** Whether further statements are those that are there, with other values. */
  isRepeated?: boolean;
  /** The resources whose policy it is, where its name does not begin with theirs, as far as the file tells. */
  of?: readonly string[];
}

/** A place where a policy stands of which the file alone tells nothing. */
export interface Unread extends Extent {
  name: string;
  kind: PolicyKind | null;
  of?: readonly string[];
  /** Why, where it is not its expression that tells nothing. */
  why?: string;
  /** What decides whether it is there. */
  by?: Deciders;
  /** The managed policy that it is in any case. */
  is?: string;
}

export type Seen = Found | Unread;

export const isFound = (one: Seen): one is Found => 'text' in one;
export const isUnread = (one: Seen): one is Unread => !isFound(one);

/** What is known of a policy by where it stands. */
export interface About {
  name: string;
  kind: PolicyKind | null;
  resourceType: string | null;
}

/**
 * The policies that a value is: none where it is no object and no string that holds one, several where a template
 * chooses between them. `source` is the text of a file of JSON, of which an object is a part as it stands.
 */
export function policiesOf(value: Value | undefined, about: About, source: string | null): Seen[] {
  if (value === undefined) return [];
  if (value.kind === 'encoded') return policiesOf(value.value, about, null);
  if (value.kind === 'either') {
    // The other choice may be nothing, written as an empty object.
    return chosen({ ...value, values: value.values.filter((one) => isUnknown(one) || looksLikePolicy(one)) }, (one) => policiesOf(one, about, null));
  }
  if (isUnknown(value)) return [unread(value, about)];
  if (value.kind === 'text') {
    const written = embedded(value);
    if (written === null) return value.pieces.some(({ text }) => text === null) ? [unread(value, about)] : [];
    const piece = verbatim(value);
    return [piece === null ? notFixable(written, about) : asItStands(written.text, piece.start, about)];
  }
  if (value.kind !== 'map') return [];
  if (source !== null) return [asItStands(source.slice(value.start, value.end), value.start, about)];
  return ofMap(value, about);
}

/** A policy for each choice of statements. */
function ofMap(policy: MapValue, about: About): Seen[] {
  const statement = get(policy, 'Statement');
  if (statement?.kind === 'absent') return [];
  if (statement?.kind !== 'either') return statement !== undefined && isUnknown(statement) ? [unread(statement, about)] : [notFixable(write(policy), about)];
  return chosen(statement, (value) => ofMap({
    ...policy,
    entries: policy.entries.map((entry) => (entry.value === statement ? { ...entry, value } : entry)),
  }, about));
}

/** Which of the values there will be is known at deploy time. */
function chosen({ values, by, start, end }: EitherValue, of: (value: Value) => Seen[]): Seen[] {
  return values.flatMap(of).map((one) => perhaps(one, [by ?? { start, end }]));
}

/** A policy of which only the deployment knows whether it is there. */
export const perhaps = <S extends Seen>(one: S, by: Deciders = []): S => (
  isFound(one) ? { ...one, perhaps: ['/Statement'], terms: { '/Statement': [...one.terms?.['/Statement'] ?? [], ...by] } } : { ...one, by: [...one.by ?? [], ...by] }
);

/**
 * Whether nothing is known of a value: of no item where it is a list, and whatever is chosen. No further down: aliases of
 * YAML can make a small file endless.
 */
function isUnknown(value: Value): boolean {
  if (value.kind === 'encoded') return isUnknown(value.value);
  if (value.kind === 'either') return value.values.length > 0 && value.values.every(isUnknown);
  const isOpen = (item: Value): boolean => item.kind === 'unknown' || (item.kind === 'either' && item.values.every(({ kind }) => kind === 'unknown'));
  return value.kind === 'unknown' || (value.kind === 'list' && value.items.length > 0 && value.items.every(isOpen));
}

const unread = ({ start, end }: Value, { name, kind }: About): Unread => ({ name, kind, start, end });

export function asItStands(text: string, base: number, about: About): Found {
  return {
    ...about,
    text,
    place: (offset) => (offset < 0 || offset >= text.length ? null : { start: base + offset, end: base + offset + 1 }),
    fixable: true,
    base,
    syntax: null,
    unknown: [],
    perhaps: [],
  };
}

/** Where in the file a span of the policy's text stands; an empty one at the start of what follows. */
export function extentOf({ place, text }: Found, start: number, end: number): Extent {
  const first = place(Math.min(start, text.length - 1)) ?? { start: 0, end: 0 };
  const last = end > start ? place(Math.min(end, text.length) - 1) : null;
  return { start: first.start, end: Math.max(first.start, last?.end ?? first.start) };
}

function notFixable(written: Written, about: About): Found {
  return { ...about, ...written, fixable: false, base: 0, syntax: null };
}

/** Whether a value looks like a policy wherever it may stand. */
export function looksLikePolicy(value: Value): boolean {
  if (value.kind === 'encoded') return looksLikePolicy(value.value);
  if (value.kind === 'either') return value.values.some(looksLikePolicy);
  if (value.kind === 'map') {
    const statement = get(value, 'Statement');
    return statement !== undefined && statement.kind !== 'text' && statement.kind !== 'plain' && !isOfOtherLanguage(statement);
  }
  return value.kind === 'text'
    && value.pieces.some(({ text }) => text !== null && /"Statement\\?"\s*:/.test(text))
    && !value.pieces.some(({ text }) => text !== null && isTextOfOtherLanguage(text));
}
