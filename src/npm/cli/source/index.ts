// Finds the policies in a file. Here: the file that is a policy itself.

/** Offsets in UTF-16 code units; the end is exclusive. */
export interface Extent {
  start: number;
  end: number;
}

/** A policy in a file. */
export interface Found {
  /** The policy as JSON text for the engine. */
  text: string;
  /** Where in the file, such as `"Resources.Role.Policies[0]"`; `""` for a file that is a policy. */
  name: string;
  kind: 'identity' | 'trust' | 'resource' | 'scp' | 'rcp' | null;
  resourceType: string | null;
  /** Where in the file the character stands that `text` has at an offset; null past its end. For spans see `extentOf`. */
  place(offset: number): Extent | null;
  /** Whether `text` is a part of the file as it stands there, at `base`. */
  fixable: boolean;
  base: number;
  /** JSON Pointers to values that are known only at deploy time: findings there are not told. */
  unknown: string[];
}

/** A file that cannot be read as what it is. */
export class SourceError extends Error {
  constructor(message: string, readonly offset: number) {
    super(message);
  }
}

/** The policies of a file, none where it holds none. */
export function policiesIn(text: string, _fileName: string): Found[] | Promise<Found[]> {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  let value: unknown;
  try {
    value = JSON.parse(start === 0 ? text : text.slice(start));
  } catch {
    throw new SourceError('This is not JSON.', 0);
  }
  if (typeof value !== 'object' || value === null || !('Statement' in value)) return [];
  const place = (offset: number) => (offset < 0 || offset >= text.length ? null : { start: offset, end: offset + 1 });
  return [{ text, name: '', kind: null, resourceType: null, place, fixable: true, base: 0, unknown: [] }];
}

/** Where in the file a span of the policy's text stands; an empty one at the start of what follows. */
export function extentOf({ place, text }: Found, start: number, end: number): Extent {
  const first = place(Math.min(start, text.length - 1)) ?? { start: 0, end: 0 };
  const last = end > start ? place(Math.min(end, text.length) - 1) : null;
  return { start: first.start, end: Math.max(first.start, last?.end ?? first.start) };
}

/** The findings that hold whatever the values are that only the deployment knows. */
export function settled<F extends { locations: readonly { pointer: string }[] }>(findings: readonly F[], unknown: readonly string[]): F[] {
  const isUnder = (one: string, other: string): boolean => one === other || one.startsWith(`${other}/`);
  return findings.filter(({ locations }) => !locations.some(({ pointer }) => unknown.some((one) => isUnder(pointer, one))));
}
