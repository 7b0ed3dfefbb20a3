// The commands of the AWS CLI that bring what is lacking of a role, with the names and ARNs that were given. What lacks is told
// by the engine, which knows no files, and by lacking.ts.
import type { Diagnosis, Recognised } from '../../types.js';
import { listed } from '../terminal.js';
import { jsonIn } from './entries.js';
import { INLINE_LACK, NOT_GIVEN, OTHERS_LACK, OTHERS_NOT_GIVEN } from './lacking.js';

interface Text {
  /** A file, or the policy as which that counts. */
  name: string;
  text: string;
}

interface Owner {
  kind: 'role' | 'user';
  /** In capitals where nobody said it. */
  name: string;
}

interface About {
  /** Whether the name of the role is that in the account. */
  isNamed: boolean;
  /** The text of the boundary, of a file or of an option. */
  boundary: string | null;
  /** Whether an option gives it, of which it is said what is wrong with it. */
  isBoundaryGiven: boolean;
  isTrustGiven: boolean;
}

/**
 * A diagnosis that says by which command comes what lacks, once for all that depends on it. `texts`: what was given, as the
 * engine took it.
 */
export function withCommands(diagnosis: Diagnosis, texts: readonly Text[], { isNamed, boundary, isBoundaryGiven, isTrustGiven }: About): Diagnosis {
  const { recognised, assumptions, capabilities, roleName } = diagnosis;
  const kind = recognised.some(({ kind, message }) => kind === 'identity' && message.startsWith('The user ')) ? 'user' : 'role';
  const owner: Owner = { kind, name: isNamed && roleName !== null ? roleName : kind.toUpperCase() };
  let read: Given | undefined;
  const given = (): Given => (read ??= new Given(texts));
  const says = (...messages: string[]): boolean => capabilities.some(({ reasons }) => reasons.some(({ message }) => messages.includes(message)));
  const bounding = says(NO_BOUNDARY) && (!isBoundaryGiven || IS_ARN.test(boundary ?? '')) ? [ofBoundary(boundary ?? given().boundaryOf(roleName), given())] : [];
  return {
    ...diagnosis,
    recognised: recognised.flatMap((one) => ofRecognised(one, owner, given, boundary)),
    assumptions: [...says(NOT_GIVEN, OTHERS_NOT_GIVEN) ? [allOf(owner)] : [], ...bounding, ...says(NO_TRUST) && !isTrustGiven ? [TRUST_LACKS] : [], ...assumptions.map((one) => ofAssumption(one, owner))],
  };
}

const NO_TRUST = 'It depends on the trust policy of the role, and none was given that can be read here.';
const TRUST_LACKS = 'The trust policy was not given: --trust-policy takes it from a file.';

export const NO_BOUNDARY = 'It depends on the permissions boundary, which was not given.';

function ofBoundary(arn: string | null, given: Given): string {
  const command = IS_ARN.test(arn ?? '') ? ofPolicy(arn, given) : null;
  return command === null ? 'The permissions boundary was not given: --boundary takes it from a file.' : `The permissions boundary ${nameOf(arn!)} was not given. Give what ${command}, in a file ${nameOf(arn!)}.json or by --boundary.`;
}

const IS_ARN = /^arn:[\w-]+:iam::(?:\d{12}|aws):policy\/[\w+=,.@\/-]+$/;
const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

function ofAssumption(sentence: string, owner: Owner): string {
  if (sentence === INLINE_LACK) return `${sentence} ${list('list', owner)} prints which there are.`;
  return sentence === OTHERS_LACK ? `${sentence} ${list('list', owner)} and ${list('list-attached', owner)} print which there are.` : sentence;
}

const list = (verb: string, { kind, name }: Owner): string => `aws iam ${verb}-${kind}-policies --${kind}-name ${name}`;

/** All policies of somebody. */
function allOf(owner: Owner): string {
  const { kind, name } = owner;
  const ofGroups = kind === 'user' ? ` The groups that aws iam list-groups-for-user --user-name ${name} prints have policies that count, too.` : '';
  return `Give what ${list('list-attached', owner)} prints, and what aws iam get-${kind}-policy --${kind}-name ${name} --policy-name NAME prints for each NAME of ${list('list', owner)}.${ofGroups}`;
}

function ofRecognised(one: Recognised, owner: Owner, given: () => Given, boundary: string | null): Recognised[] {
  if (one.path !== 'boundary' || !IS_ARN.test(boundary ?? '')) return [withCommand(one, owner, given)];
  // Its ARN alone is no text of a policy, and which one it is has been said then.
  return one.used ? [] : [{ ...one, message: `${boundary!} is the permissions boundary, but what it says is not known here.` }];
}

function withCommand(one: Recognised, { kind, name }: Owner, given: () => Given): Recognised {
  const [, policy] = /^(\S+) is attached, but what it says is not known here\. Give what /.exec(one.message) ?? [];
  if (policy !== undefined) {
    const command = ofPolicy(given().arns.get(policy), given());
    return command === null ? one : { ...one, message: `${policy} is attached, but what it says is not known here. Give what ${command}, in a file ${policy}.json.` };
  }
  if (!one.message.startsWith('These are the names of inline policies, ')) return one;
  const left = given().listed.filter((policy) => !given().inline.has(policy));
  if (given().listed.length === 0) return one;
  if (left.length === 0) return { ...one, used: true, message: 'The names of inline policies, all of which were given.' };
  return { ...one, message: `These are the names of inline policies, without what is in them. Give what ${listed(left.slice(0, MOST).map((policy) => `aws iam get-${kind}-policy --${kind}-name ${name} --policy-name ${policy}`))} ${left.length === 1 ? 'prints' : 'print'}${left.length > MOST ? `, and so of ${left.length - MOST} more` : ''}.` };
}

const MOST = 5;

/** What prints a managed policy; null where its ARN is not known, or is that of several. */
function ofPolicy(arn: string | null | undefined, { versions }: Given): string | null {
  if (arn === undefined || arn === null) return null;
  const version = versions.get(arn);
  const command = `aws iam get-policy-version --policy-arn ${arn} --version-id`;
  return version === undefined ? `${command} VERSION prints, VERSION being the DefaultVersionId of aws iam get-policy --policy-arn ${arn}` : `${command} ${version} prints`;
}

/** What the answers say that were given. */
class Given {
  /** The ARNs of managed policies by their names; null where several are called so. */
  readonly arns = new Map<string, string | null>();
  /** The versions that are in force, by ARN. */
  readonly versions = new Map<string, string>();
  readonly listed: string[] = [];
  readonly inline = new Set<string>();
  /** The ARNs of the boundaries, and who has them. */
  private readonly boundaries: { name: unknown; arn: string }[] = [];

  constructor(texts: readonly Text[]) {
    for (const { name: file, text } of texts) {
      this.inline.add(file);
      for (const [, arn] of text.matchAll(/(?:^|")(arn:[\w-]+:iam::(?:\d{12}|aws):policy\/[\w+=,.@\/-]+)(?:"|$)/g)) {
        const name = arn!.slice(arn!.lastIndexOf('/') + 1);
        this.arns.set(name, (this.arns.get(name) ?? arn) === arn ? arn! : null);
      }
      for (const { value } of jsonIn(text)) this.take(value, 0);
    }
  }

  private take(value: unknown, depth: number): void {
    if (Array.isArray(value)) for (const one of value as unknown[]) this.take(one, depth);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { Policy, Role, User, Arn, DefaultVersionId, PolicyNames, PolicyName, PolicyDocument, PermissionsBoundary, RoleName, UserName, RoleDetailList, UserDetailList } = value as Record<string, unknown>;
    if (typeof Arn === 'string' && typeof DefaultVersionId === 'string') this.versions.set(Arn, DefaultVersionId);
    if (Array.isArray(PolicyNames)) this.listed.push(...PolicyNames.filter((one): one is string => typeof one === 'string'));
    if (typeof PolicyName === 'string' && PolicyDocument !== undefined) this.inline.add(PolicyName);
    const arn = (PermissionsBoundary as { PermissionsBoundaryArn?: unknown } | undefined)?.PermissionsBoundaryArn;
    if (typeof arn === 'string') this.boundaries.push({ name: RoleName ?? UserName, arn });
    if (depth === 0) for (const one of [Policy, Role, User, RoleDetailList, UserDetailList]) this.take(one, depth + 1);
  }

  /** Null where it is not known, or is that of one of several. */
  boundaryOf(role: string | null): string | null {
    const arns = new Set(this.boundaries.filter(({ name }) => role === null || name === role).map(({ arn }) => arn));
    return arns.size === 1 ? [...arns][0]! : null;
  }
}
