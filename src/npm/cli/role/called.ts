// What the policies of files are called that do not say it themselves: by the name of the file, or by what get-policy printed.
import { basename } from 'node:path';

interface File {
  name: string;
  source: string;
}

interface Version {
  name: string;
  id: string | null;
  index: number;
}

/** The names of policies, by the files that hold them. */
export function calledBy(files: readonly File[]): Map<string, string> {
  const values = files.map(({ source }) => objectIn(source));
  const named = new Set(files.flatMap(({ source }) => Array.from(source.matchAll(NAMED), ([, quoted, arn]) => quoted ?? arn!)));
  const called = new Map<string, string>();
  const versions: Version[] = [];
  files.forEach(({ name, source }, index) => {
    const value = values[index]!;
    const version = objectOf(value['PolicyVersion']) ?? (value['Document'] === undefined ? null : value);
    if (version === null && value['Statement'] === undefined && !/^["']?Statement["']?\s*:/m.test(source)) return;
    const stem = basename(name).replace(/\.\w+$/, '');
    if (named.has(stem)) called.set(name, stem);
    else if (version !== null) versions.push({ name, id: typeof version['VersionId'] === 'string' ? version['VersionId'] : null, index });
  });
  // As in one text: the default version of a policy is that which follows it, or the only one that it may be.
  const policies = values.flatMap((value, index) => {
    const { PolicyName: name, DefaultVersionId: id } = objectOf(value['Policy']) ?? {};
    return typeof name === 'string' && typeof id === 'string' && ![...called.values()].includes(name) ? [{ name, id, index }] : [];
  });
  for (const { name, id, index } of versions) {
    const fitting = policies.filter((one) => one.id === id);
    const before = fitting.find((one) => one.index === index - 1);
    const only = fitting.length === 1 && versions.filter((one) => one.id === id).length === 1 ? fitting[0] : undefined;
    const policy = before ?? only;
    if (policy !== undefined) called.set(name, policy.name);
  }
  return called;
}

/** Names of policies, and the ends of their ARNs. */
const NAMED = /"PolicyName"\s*:\s*"([\w+=,.@-]+)"|:policy\/(?:[^\s"':]*\/)?([\w+=,.@-]+)/g;

type Fields = Record<string, unknown>;

const objectOf = (value: unknown): Fields | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : null);

function objectIn(json: string): Fields {
  try {
    return objectOf(JSON.parse(json.replace(/^\ufeff/, ''))) ?? {};
  } catch {
    return {};
  }
}
