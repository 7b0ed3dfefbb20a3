// Which policies of a role were not given, by the answers of AWS that were.
import type { Recognised } from '../../types.js';

export interface Lacking {
  /** Whether there is the role and no policy of it, nor the list of those that are attached. */
  isAll: boolean;
  /** That there are taken to be no others; null where all are there, or nobody said which answers the policies are from. */
  assumption: string | null;
}

/** What tells of a policy without saying what else the role has, or tells all. */
const OTHERS = ['account-details', 'policy', 'policy-version', 'managed-policy', 'resource-policy'];

export const OTHERS_LACK = 'No other inline policy and no attached policy was given: there are taken to be none.';
export const INLINE_LACK = 'No inline policy was given: there is taken to be none.';

export function lackingIn(recognised: readonly Recognised[]): Lacking {
  const kinds = new Set(recognised.flatMap(({ path, kind, used }) => (used && path.startsWith('documents[') ? [kind] : [])));
  const [hasInline, hasAttached] = [kinds.has('inline-policy'), kinds.has('attached-policies')];
  if (OTHERS.some((kind) => kinds.has(kind)) || (hasInline && hasAttached)) return { isAll: false, assumption: null };
  if (hasInline) return { isAll: false, assumption: OTHERS_LACK };
  if (hasAttached) return { isAll: false, assumption: INLINE_LACK };
  return { isAll: kinds.has('identity'), assumption: null };
}

export const NOT_GIVEN = 'It depends on its policies, which were not given.';
/** Of a role to which files attach some. */
export const OTHERS_NOT_GIVEN = 'The role is made elsewhere: it depends on its other policies, which were not given.';
