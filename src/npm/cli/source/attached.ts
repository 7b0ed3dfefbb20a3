// Managed policies that a file attaches to roles, people and groups, without their documents: by an ARN, by a name, or by
// the policy that the file makes.
import type { Seen } from './found.js';
import { type Extent, type Value, itemsOf } from './value.js';

export interface Attached extends Extent {
  /** Where it stands, such as `"Resources.Role.ManagedPolicyArns[0]"`. */
  name: string;
  /** Its ARN, or the name of a policy of AWS; null where only the deployment knows it, or whether it is attached. */
  policy: string | null;
  /** What makes it where a file does, such as `"aws_iam_policy.read"`; its document is among the policies then. */
  by: string[];
}

/** A managed policy that a file makes, under the names by which it may be attached. */
export interface Made {
  makes: string[];
}

/** What the readers of templates, plans and modules meet. */
export type Met = Seen | Attached | Made;

export const isAttached = (one: Met): one is Attached => 'by' in one;
export const isMade = (one: Met): one is Made => 'makes' in one;
export const isSeen = (one: Met): one is Seen => 'kind' in one;

/** What stands for a part that only the deployment knows. */
const OPEN = '\0';

/** The text of a string with a mark for each part that is not known; variables of tools in it are such. */
export function spelled(value: Value): string | null {
  return value.kind === 'text' ? value.pieces.map(({ text }) => text ?? OPEN).join('').replace(/\$\{[^${}]*\}/g, OPEN) : null;
}

/**
 * The managed policy that a string means. A policy of AWS is the same in every partition; one of the account has its name
 * in every account. `isName`: whether the name of a policy of AWS may stand for its ARN.
 */
export function policyNamed(text: string | null, isName = false): Pick<Attached, 'policy' | 'by'> {
  const [, own, path] = /^arn:[^:]*:iam::([^:]*):policy\/([^\0:]+)$/.exec(text ?? '') ?? [];
  if (path !== undefined && own === 'aws') return { policy: `arn:aws:iam::aws:policy/${path}`, by: [] };
  if (path !== undefined) return { policy: `arn:aws:iam::${/^\d{12}$/.test(own!) ? own : ''}:policy/${path}`, by: [byPath(path)] };
  return { policy: isName && /^[\w+=,.@-]+$/.test(text ?? '') ? text : null, by: [] };
}

/** By its path and name a policy of the account is attached as well as by what makes it. */
export const byPath = (path: string): string => `policy/${path.replace(/^\//, '')}`;

export const extent = ({ start, end }: Extent): Extent => ({ start, end });

/** Of what is attached in one case only nobody knows whether it is, unless it is the same in every case. */
export function chosen(whole: Value, name: string, cases: Attached[][]): Attached[] {
  const [first] = cases.flat();
  const isOne = cases.length > 1 && first !== undefined && cases.every((one) => one.length === 1 && one[0]!.policy !== null && one[0]!.policy === first.policy);
  if (isOne) return [{ ...first, ...extent(whole), name }];
  return cases.flat().map((one) => ({ ...one, policy: null }));
}

/** The items of a list, each with its name; a value that is none is the only one. */
export const itemsIn = (value: Value, name: string): [value: Value, name: string][] => (
  value.kind === 'list' ? itemsOf(value).map((item, i) => [item, `${name}[${i}]`]) : [[value, name]]
);
