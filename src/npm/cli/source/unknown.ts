// Which findings hold whatever the values are that only the deployment knows.

/** As much of the package's Finding as is needed. */
interface Located {
  issueCode: string;
  locations: readonly { pointer: string }[];
}

/**
 * Leaves out what may be said of a word that stands for an unknown value: findings on it, findings that compare several
 * elements of which one is partly unknown, and where more may be allowed than is known, those of Session Manager, which
 * miss what a policy as a whole does not allow.
 */
export function settled<F extends Located>(findings: readonly F[], unknown: readonly string[]): F[] {
  if (unknown.length === 0) return [...findings];
  const isUnder = (one: string, other: string) => one === other || one.startsWith(`${other}/`);
  const elements = new Set(unknown.map(elementOf));
  const mayAllowMore = unknown.some((one) => /^\/Statement(\/(\d+|-))?(\/(Not)?(Action|Resource)\b.*)?$/.test(one));
  return findings.filter(({ issueCode, locations }) => {
    if (mayAllowMore && issueCode.startsWith('SESSION_')) return false;
    if (locations.some(({ pointer }) => unknown.some((one) => isUnder(pointer, one)))) return false;
    const touched = new Set(locations.map(({ pointer }) => elementOf(pointer)));
    return touched.size < 2 || ![...touched].some((one) => elements.has(one));
  });
}

/** `/Statement/0/Resource/1` as `/Statement/0/Resource`. */
function elementOf(pointer: string): string {
  return /^\/Statement(?:\/\d+)?\/[^/]+/.exec(pointer)?.[0] ?? pointer;
}
