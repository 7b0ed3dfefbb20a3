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
  const own = input.trustPolicy == null ? [...trusts, ...texts.flatMap((one) => trustsIn(one, input.roleName))] : [textOf(input.trustPolicy)];
  const sides = new Set(own.flatMap((text) => sidesIn(policyOf(text))));
  if (sides.size === 1) return { side: [...sides][0]!, isGuessed: false };
  const { trustPolicy: _, ...others } = input;
  const { side } = diagnoseRole({ ...others, documents: texts.map(({ name, text }) => ({ name, text })) });
  return { side: side ?? 'node', isGuessed: true };
}

/** That the side was guessed, and how to ask about the other one. */
export const guessed = ({ side }: Taken): string => (
  `No trust policy tells whether the role is a node's or people's: it is asked as ${side === 'node' ? "a node's, as --side node does; --side operator asks of people" : "people's, as --side operator does; --side node asks of a node"}.`
);

function textOf(document: RoleDocument): unknown {
  return typeof document === 'object' && 'text' in document ? document.text : document;
}

/** The trust policies in a text that the engine reads itself. Of several roles that of the one who is meant counts. */
function trustsIn({ text, within }: RoleText, role: string | undefined): unknown[] {
  if (within !== null) return [];
  const entries = entriesIn(text).filter(({ trust }) => trust !== undefined);
  if (entries.length > 0) return entries.filter(({ name }) => role === undefined || name === role).map(({ trust }) => trust);
  return findPolicies(text).policies.filter(({ name }) => name === 'Trust policy').map((one) => one.text);
}

/** A policy may stand in its answer, in a text, and in a text as the API has it. */
function policyOf(value: unknown, depth = 0): unknown {
  if (typeof value !== 'string' || depth > 1) return value;
  const [entry] = entriesIn(value);
  if (entry?.trust !== undefined) return policyOf(entry.trust, depth + 1);
  try {
    return JSON.parse(/^\s*%7b/i.test(value) ? decodeURIComponent(value) : value.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

/** The services that take the role for a node: of AWS, of a data center, and a task. */
const OF_NODES = /^(?:ec2|ssm|ecs-tasks)\./;

function sidesIn(policy: unknown): Side[] {
  const { AssumeRolePolicyDocument, Statement = [] } = (policy ?? {}) as Record<string, unknown>;
  if (AssumeRolePolicyDocument !== undefined) return sidesIn(policyOf(AssumeRolePolicyDocument));
  return [Statement].flat().flatMap((one): Side[] => {
    const { Effect, Principal } = (one ?? {}) as Record<string, unknown>;
    if (Effect !== 'Allow' || Principal === undefined || Principal === null) return [];
    if (typeof Principal !== 'object') return ['operator'];
    const { Service, AWS, Federated } = Principal as Record<string, unknown>;
    return [
      ...[Service].flat().some((name) => OF_NODES.test(String(name))) ? ['node' as const] : [],
      ...AWS === undefined && Federated === undefined ? [] : ['operator' as const],
    ];
  });
}
