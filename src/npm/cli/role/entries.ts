// Whoever the answers of the AWS CLI are about: by name, and by ARN where an answer has it.

/** Somebody with policies in a JSON text. */
export interface Entry {
  name: string;
  /** Null where the answer has the name alone, as that of get-role-policy. */
  arn: string | null;
  /** Who may assume the role, as it stands there; undefined where the answer does not say. */
  trust: unknown;
}

/** Those in the JSON values of a text, which may follow one another. */
export const entriesIn = (text: string): Entry[] => valuesIn(text).flatMap(({ value }) => listsIn(value).flatMap(({ items }) => items.flatMap((one) => entryOf(one) ?? [])));

export function entryOf(value: unknown): Entry | null {
  const { RoleName, UserName, Arn, AssumeRolePolicyDocument } = value as Record<string, unknown>;
  const name = RoleName ?? UserName;
  return typeof name !== 'string' ? null : { name, arn: typeof Arn === 'string' ? Arn : null, trust: AssumeRolePolicyDocument };
}

/** The objects in an answer that may be somebody, by the list that they stand in; one that stands in none is alone. */
export function listsIn(value: unknown): { key: string | null; items: object[] }[] {
  if (Array.isArray(value)) return [{ key: null, items: objectsIn(value) }];
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    if (ALONE.includes(key)) return [{ key, items: objectsIn([one]) }];
    return LISTS.includes(key) ? [{ key, items: objectsIn(one) }] : [];
  });
  return [{ key: null, items: [value] }, ...inner];
}

const ALONE = ['Role', 'User'];
const LISTS = ['RoleDetailList', 'UserDetailList', 'Roles', 'Users'];

const objectsIn = (list: unknown): object[] => (Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) as object[] : []);

/** The JSON objects and lists that no other one holds, with where they stand. What is no JSON is none. */
export function valuesIn(text: string): { value: unknown; start: number; end: number }[] {
  const all = [];
  let [depth, start, isText] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (isText) {
      if (character === '\\') at += 1;
      else isText = character !== '"';
    } else if (character === '"') isText = true;
    else if (character === '{' || character === '[') {
      if (depth === 0) start = at;
      depth += 1;
    } else if ((character === '}' || character === ']') && depth > 0) {
      depth -= 1;
      const value = depth === 0 ? parsed(text.slice(start, at + 1)) : undefined;
      if (value !== undefined) all.push({ value, start, end: at + 1 });
    }
  }
  return all;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
