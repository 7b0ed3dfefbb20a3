// Finds the policies in a file. Here: the file that is a policy itself.

/** A policy in a file. */
export interface Found {
  /** The policy as JSON text for the engine. */
  text: string;
  /** Where in the file, such as `"Resources.Role.Policies[0]"`; `""` for a file that is a policy. */
  name: string;
  kind: 'identity' | 'trust' | 'resource' | 'scp' | 'rcp' | null;
  resourceType: string | null;
  /** The place in the file of an offset in `text`. Offsets are UTF-16 code units. */
  place(offset: number): { start: number; end: number } | null;
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
  const place = (offset: number) => ({ start: offset, end: offset });
  return [{ text, name: '', kind: null, resourceType: null, place, fixable: true, base: 0, unknown: [] }];
}
