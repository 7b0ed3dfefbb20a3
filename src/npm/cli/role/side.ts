// Whose the policies of a role are: those of a node, or those of people.
import { diagnoseRole, findPolicies } from 'postern';
import type { RoleDocument, RoleInput } from '../../types.js';
import type { Side } from '../../uses.js';
import type { RoleText } from './deployed.js';
import { entriesIn } from './entries.js';

export interface Taken {
  side: Side;
  /** Whether no trust policy tells it. */
  isGuessed: boolean;
}

/** By who may assume the role, and where that does not tell, by what its policies allow. */
export function sideOf(input: Omit<RoleInput, 'wants' | 'documents'>, texts: readonly RoleText[], trusts: readonly string[]): Taken {
  const own: readonly RoleDocument[] = input.trustPolicy == null ? [...trusts, ...texts.flatMap((one) => trustsIn(one, input.roleName))] : [input.trustPolicy];
  const sides = new Set(own.map((trustPolicy) => diagnoseRole({ documents: [], trustPolicy }).side).filter((side) => side !== null));
  if (sides.size === 1) return { side: [...sides][0]!, isGuessed: false };
  const { trustPolicy: _, ...others } = input;
  const { side } = diagnoseRole({ ...others, documents: texts.map(({ name, text }) => ({ name, text })) });
  return { side: side ?? 'node', isGuessed: true };
}

/** That the side was guessed, and how to ask about the other one. */
export const guessed = ({ side }: Taken): string => (
  `No trust policy tells whether the role is a node's or people's: it is asked as ${side === 'node' ? "a node's, as --side node does; --side operator asks of people" : "people's, as --side operator does; --side node asks of a node"}.`
);

/** The trust policies in a text that the engine reads itself. Of several roles that of the one who is meant counts. */
function trustsIn({ text, within }: RoleText, role: string | undefined): RoleDocument[] {
  if (within !== null) return [];
  const entries = entriesIn(text).filter(({ trust }) => trust !== undefined);
  if (entries.length > 0) return entries.filter(({ name }) => role === undefined || name === role).map(({ trust }) => trust as RoleDocument);
  return findPolicies(text).policies.filter(({ name }) => name === 'Trust policy').map((one) => one.text);
}
