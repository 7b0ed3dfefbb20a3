// Which findings hold whatever the values are that only the deployment knows.

/** As much of the package's Finding as is needed. */
interface Located {
  locations: readonly { pointer: string }[];
}

/**
 * Leaves out what may be said of a word that stands for an unknown value: findings on it, and findings that compare
 * several elements of which one is partly unknown.
 */
export function settled<F extends Located>(findings: readonly F[], unknown: readonly string[]): F[] {
  if (unknown.length === 0) return [...findings];
  const isUnder = (one: string, other: string) => one === other || one.startsWith(`${other}/`);
  const elements = new Set(unknown.map(elementOf));
  return findings.filter(({ locations }) => {
    if (locations.some(({ pointer }) => unknown.some((one) => isUnder(pointer, one)))) return false;
    const touched = new Set(locations.map(({ pointer }) => elementOf(pointer)));
    return touched.size < 2 || ![...touched].some((one) => elements.has(one));
  });
}

/** `/Statement/0/Resource/1` as `/Statement/0/Resource`. */
function elementOf(pointer: string): string {
  return /^\/Statement(?:\/\d+)?\/[^/]+/.exec(pointer)?.[0] ?? pointer;
}
