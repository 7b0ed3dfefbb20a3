// A policy in a file, as the finders give it.
import { embedded, verbatim } from './embedded.js';
import { type Extent, type MapValue, type Value, get } from './value.js';
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
  place(offset: number): Extent | null;
  /** Whether `text` stands in the file as it is, from `base` on, so that edits to it are edits to the file. */
  fixable: boolean;
  base: number;
  /** In what the file is written, for changes where the text does not stand as it is. */
  syntax: Syntax | null;
  /** JSON Pointers into `text`: what is there is known only at deploy time. See `unknown.ts`. */
  unknown: string[];
}

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
export function policiesOf(value: Value | undefined, about: About, source: string | null): Found[] {
  if (value === undefined) return [];
  if (value.kind === 'encoded') return policiesOf(value.value, about, null);
  // The other choice may be nothing, written as an empty object.
  if (value.kind === 'either') return value.values.filter(looksLikePolicy).flatMap((one) => policiesOf(one, about, null));
  if (value.kind === 'text') {
    const written = embedded(value);
    if (written === null) return [];
    const piece = verbatim(value);
    return [piece === null ? notFixable(written, about) : asItStands(written.text, piece.start, about)];
  }
  if (value.kind !== 'map') return [];
  if (source !== null) return [asItStands(source.slice(value.start, value.end), value.start, about)];
  return shapesOf(value).map((shape) => notFixable(write(shape), about));
}

/** A policy for each choice of statements; none where the statements are unknown altogether. */
function shapesOf(policy: MapValue): MapValue[] {
  const statement = get(policy, 'Statement');
  if (statement?.kind === 'unknown' || statement?.kind === 'absent') return [];
  if (statement?.kind === 'list' && statement.items.length > 0 && statement.items.every(({ kind }) => kind === 'unknown')) return [];
  if (statement?.kind !== 'either') return [policy];
  return statement.values.flatMap((value) => shapesOf({
    ...policy,
    entries: policy.entries.map((entry) => (entry.value === statement ? { ...entry, value } : entry)),
  }));
}

export function asItStands(text: string, base: number, about: About): Found {
  return {
    ...about,
    text,
    place: (offset) => (offset < 0 || offset >= text.length ? null : { start: base + offset, end: base + offset + 1 }),
    fixable: true,
    base,
    syntax: null,
    unknown: [],
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
    return statement !== undefined && statement.kind !== 'text' && statement.kind !== 'plain';
  }
  return value.kind === 'text' && value.pieces.some(({ text }) => text !== null && /"Statement"\s*:/.test(text));
}
