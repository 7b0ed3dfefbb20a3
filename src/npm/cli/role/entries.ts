// Whoever the answers of the AWS CLI are about: by name, and by ARN where an answer has it.
import { objectsIn, valuesIn } from './details.js';

/** Somebody with policies in a JSON text. */
export interface Entry {
  name: string;
  /** Null where the answer has the name alone, as that of get-role-policy. */
  arn: string | null;
  /** Who may assume the role, as it stands there; undefined where the answer does not say. */
  trust: unknown;
}

/** Those in the JSON values of a text, which may follow one another. */
export const entriesIn = (text: string): Entry[] => jsonIn(text).flatMap(({ value }) => listsIn(value).flatMap(({ items }) => items.flatMap((one) => entryOf(one) ?? [])));

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

/** The JSON objects and lists that no other one holds, with where they stand. What is no JSON is none. */
export const jsonIn = (text: string): { value: unknown; start: number; end: number }[] => [...valuesIn(text)].flatMap(([start, end]) => {
  const value = parsed(text.slice(start, end));
  return value === undefined ? [] : { value, start, end };
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
