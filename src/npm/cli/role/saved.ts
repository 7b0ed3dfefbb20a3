// What people save of the AWS CLI in a folder: by names that tell nothing, and in shapes that say too little of a policy.
import { readFileSync, statSync } from 'node:fs';
import type { Recognised } from '../../types.js';
import { AS_TEXT, isAsText } from '../source/as-text.js';
import { mayBeYamlOfAws } from './answers.js';

/** Whether a file may be saved output by its name: `get-role.txt`, `roles.jsonl`, `answer`. */
export const mayBeSaved = (path: string): boolean => /(?:^|[\\/])[^.\\/]+$|\.(?:txt|out|jsonl|ndjson)$/i.test(path);

/** Longer files of such names are data. */
const MOST_BYTES = 4 * 2 ** 20;

/** The text of such a file; null where it is nothing that AWS prints of policies. */
export function savedIn(path: string): string | null {
  try {
    if (statSync(path).size > MOST_BYTES) return null;
    const text = readFileSync(path, 'utf8');
    const isOfAws = /^\ufeff?\s*[{[]/.test(text) ? isAboutPolicies(text) : isAsText(text) || (mayBeYamlOfAws(text) && /^[ \t]*(?:-[ \t]*)?["']?(?:PolicyDocument|PolicyName|PolicyNames|RoleName)["']?\s*:/m.test(text));
    return isOfAws ? text : null;
  } catch {
    return null; // Nobody named it.
  }
}

/** Keys that answers about policies and their owners have. */
const KEYS = ['PolicyDocument', 'PolicyName', 'PolicyNames', 'PolicyArn', 'PolicyVersion', 'PolicyVersions', 'AttachedPolicies', 'AttachedManagedPolicies', 'RolePolicyList', 'RoleDetailList', 'RoleName', 'Statement'];
const isAboutPolicies = (json: string): boolean => new RegExp(`"(?:${KEYS.join('|')})"\\s*:`).test(json);

/** Whether a text is a list of the names of inline policies, beside which the policies may stand in other files. */
export const areNames = (json: string): boolean => /^\ufeff?\s*\{/.test(json) && keysOf(json).includes('PolicyNames');

/** Why a file of a folder that may hold a policy of a role is not read; null where it has nothing to do with policies. */
export function whyUnread(source: string, recognised: readonly Recognised[]): string | null {
  if (isAsText(source)) return AS_TEXT;
  const said = recognised.find(({ kind }) => kind === 'not-used' || kind === 'broken' || kind === 'not-recognised')?.message ?? 'it holds no policy.';
  if (!/^\ufeff?\s*[{[]/.test(source)) return null;
  const isBroken = recognised.some(({ kind }) => kind === 'broken') && isAboutPolicies(source);
  return isBroken || keysOf(source).some((key) => key === 'Versions' || KEYS.includes(key)) ? said : null;
}

/** The keys of an object, and of the objects of a list. */
function keysOf(json: string): string[] {
  try {
    const value = JSON.parse(json.replace(/^\ufeff/, '')) as unknown;
    return (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'object' && one !== null ? Object.keys(one) : []));
  } catch {
    return [];
  }
}
