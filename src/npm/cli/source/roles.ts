// What files say of roles beside policies: which roles there are, which managed policies they get and by what these are
// meant, an ARN, a name, or the policy that the file makes, and what bounds them.
import type { Seen } from './found.js';
import { type Deciders, type EitherValue, type Extent, type Value, branchOf, itemsOf } from './value.js';

/** A managed policy as a file means it. */
export interface Meant extends Extent {
  /** Where it stands, such as `"Resources.Role.ManagedPolicyArns[0]"`. */
  name: string;
  /** Its ARN, or the name of a policy of AWS; null where only the deployment knows it. */
  policy: string | null;
  /** What makes it where a file does, such as `"aws_iam_policy.read"`; its document is among the policies then. */
  by: string[];
  /** Whether only the deployment knows if it is this one, or if it is any. */
  isPerhaps?: boolean;
  /** On what that hangs, such as a condition. */
  terms?: Extent;
  /** Which cases of choices it is, from the outermost one on. */
  cases?: Deciders;
}

/** A policy that roles get. A policy that a resource gives them inline is one that this resource makes. */
export interface Attached extends Meant {
  /** The roles, by what makes them or by their names; null where only the deployment knows them. */
  to: string[] | null;
  /** The expressions for the roles where they are not known, for who knows what these refer to. */
  toBy?: Extent[];
  /** What it says, where a tool attaches it unasked. */
  document?: string;
  /** Whether it is no policy, but something that is given the roles and may attach what is not read. */
  isGiven?: boolean;
  /** Whether it stands for all policies of a role that is made elsewhere. */
  isRole?: boolean;
  /** Whether what it stands at will not be there. */
  isNever?: boolean;
  /** Whether a module is given it for nobody knows what. */
  isLoose?: boolean;
  /** The folder of the module that is given it. */
  folder?: string;
}

/** A role that a file makes, or somebody else with policies. */
export interface Holder {
  /** What makes it, such as `"Resources.Role"`. */
  holder: string;
  /** What people call it. */
  called: string[];
  boundary: Meant | null;
  /** What a group has its members have too. */
  isGroup?: boolean;
  /** Of a call of a module: whether what is given to it may be for anything, so that nobody knows that a role has it. */
  isLoose?: boolean;
  /** The folder of the module, where it is beside the file; who reads that knows more. */
  folder?: string;
  /** Whether AWS printed it, so that it is there and this is its name. */
  isOfAccount?: boolean;
  /** Whether it is made elsewhere, so that it may have policies of which the files do not tell. */
  isElsewhere?: boolean;
  /** What it may be called too. */
  mayBe?: string[];
  /** What it is called where that is no text, for who knows what the expression refers to. */
  named?: Extent;
}

/** A role that a file refers to and does not make, or somebody else of this kind. */
export interface Referred {
  /** The data source, such as `"data.aws_iam_role.web"`. */
  refers: string;
  /** What says its name. */
  named: Extent;
  /** Its name, or what makes it, where the files tell. */
  is: string | null;
  isGroup: boolean;
}

/** A policy that a file makes, under the names by which it may be attached. */
export interface Made {
  makes: string[];
  /** Of a managed policy, which has somebody's only where it is attached: where it stands, and what whoever attaches it says. */
  managed?: Extent & { reference: string };
}

/** A resource whose policy another file of its module may hold, by the name that it has there. */
export interface User {
  user: string;
  uses: string;
}

/** A resource that is left as it is deployed in some of what its file says of it. */
export interface Kept extends Extent {
  keeps: string;
  attributes: string[];
}

/** What takes all policies of a kind away from roles but those that it names. */
export interface Exclusive extends Extent {
  /** The resource. */
  name: string;
  takesFrom: string[];
  isInline: boolean;
  /** What it leaves, as it is written. */
  leaves: string;
}

/** A managed policy that what the AWS CLI prints names as attached, without what it says. */
export interface Listed extends Extent {
  name: string;
  /** Its ARN. */
  listed: string;
}

/** That somebody has what a group has, or a permission set, as a resource says. */
export interface Member extends Extent {
  /** The resource. */
  name: string;
  /** What is had, who has it, and where: each by what makes it or by its name, or null where an expression says it. */
  has: Named[];
  /** Whether somebody has nothing else, and nothing at all where it is gone. */
  isAll?: boolean;
  /** Whether it is a group of IAM, which may deny to its members what others allow them. */
  isOfGroup?: boolean;
}

/** Somebody who has policies, and by what these are bounded in a plan or in an answer of AWS. */
export interface Bounded extends Extent {
  /** What makes him, or his place in the answer. */
  address: string;
  /** Empty where nothing bounds them. */
  by: string;
  /** Whether only the deployment knows by what. */
  isOpen?: boolean;
  /** Whether it is a resource of its own that bounds somebody. */
  isLone?: boolean;
}

export interface Named extends Extent {
  called: string | null;
}

/** What the readers of templates, plans and modules meet. */
export type OfRoles = Attached | Made | Holder | Referred | User | Member | Kept | Exclusive;
export type Met = Seen | OfRoles | Listed;

export const isAttached = (one: Met): one is Attached => 'to' in one;
export const isKept = (one: Met): one is Kept => 'keeps' in one;
export const isExclusive = (one: Met): one is Exclusive => 'takesFrom' in one;
export const isMember = (one: Met): one is Member => 'has' in one;
export const isUser = (one: Met): one is User => 'uses' in one;
export const isHolder = (one: Met): one is Holder => 'holder' in one;
export const isReferred = (one: Met): one is Referred => 'refers' in one;
export const isListed = (one: Met): one is Listed => 'listed' in one;
export const isMade = (one: Met): one is Made => 'makes' in one;
export const isSeen = (one: Met): one is Seen => 'kind' in one;

/** One of each list with one of each other: who is in which group. Of very many it is told only where they stand. */
export function membersBy(lists: Named[][], about: Omit<Member, 'has'>): Member[] {
  if (lists.some(({ length }) => length === 0)) return [];
  const [number, named] = [lists.reduce((product, { length }) => product * length, 1), lists.reduce((sum, { length }) => sum + length, 0)];
  if (number > MOST_OF_EACH * named) return [{ ...about, has: lists.map((list) => ({ start: list[0]!.start, end: list.at(-1)!.end, called: null })) }];
  const all = lists.reduce<Named[][]>((before, list) => before.flatMap((some) => list.map((one) => [...some, one])), [[]]);
  return all.map((has) => ({ ...about, has }));
}

/** That an instance profile has a role: by it whoever has the profile has what the role has. */
export const withRole = (roles: Named[], about: Pick<Member, 'name' | 'start' | 'end'>): Member[] => (
  membersBy([roles, [{ start: about.start, end: about.end, called: about.name }]], about).map((one) => ({ ...one, isAll: true }))
);

/** So many times what is named is told apart, since two long lists make endlessly many. */
const MOST_OF_EACH = 10;

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
export function policyNamed(text: string | null, isName = false): Pick<Meant, 'policy' | 'by'> {
  const [, own, path] = /^arn:[^:]*:iam::([^:]*):policy\/([^\0:]+)$/.exec(text ?? '') ?? [];
  if (path !== undefined && own === 'aws') return { policy: `arn:aws:iam::aws:policy/${path}`, by: [] };
  if (path !== undefined) return { policy: `arn:aws:iam::${/^\d{12}$/.test(own!) ? own : ''}:policy/${path}`, by: [byPath(path)] };
  return { policy: isName && /^[\w+=,.@-]+$/.test(text ?? '') ? text : null, by: [] };
}

/** By its path and name a policy of the account is attached as well as by what makes it. */
export const byPath = (path: string): string => `policy/${path.replace(/^\//, '')}`;

export const extent = ({ start, end }: Extent): Extent => ({ start, end });

/** Of what is meant in one case only nobody knows whether it is, unless it is the same in every case. */
export function chosen(whole: Extent & Pick<EitherValue, 'by' | 'branches'>, name: string, cases: Meant[][]): Meant[] {
  const [first] = cases.flat();
  const isOne = cases.length > 1 && first !== undefined && cases.every((one) => one.length === 1 && one[0]!.policy !== null && one[0]!.policy === first.policy);
  if (isOne) return [{ ...first, ...extent(whole), name }];
  return cases.flatMap((all, i) => all.map((one) => ({ ...one, isPerhaps: true, terms: one.terms ?? extent(whole), cases: [branchOf(whole, i), ...one.cases ?? []] })));
}

/** What bounds a role by what stands there: of several nobody knows which. */
export function boundaryOf(value: Value, name: string, meant: Meant[]): Meant | null {
  const [one, more] = meant;
  if (one === undefined || (more === undefined && one.isPerhaps !== true)) return one ?? null;
  return { ...extent(value), name, policy: null, by: [] };
}

/** The items of a list, each with its name; a value that is none is the only one. */
export const itemsIn = (value: Value, name: string): [value: Value, name: string][] => (
  value.kind === 'list' ? itemsOf(value).map((item, i) => [item, `${name}[${i}]`]) : [[value, name]]
);
