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

/** A diagnosis whose sentences about what lacks say by which command it comes. `texts`: what was given, as the engine took it. */
export function withCommands(diagnosis: Diagnosis, texts: readonly Text[], isNamed: boolean): Diagnosis {
  const { recognised, assumptions, capabilities, roleName } = diagnosis;
  const kind = recognised.some(({ kind, message }) => kind === 'identity' && message.startsWith('The user ')) ? 'user' : 'role';
  const owner: Owner = { kind, name: isNamed && roleName !== null ? roleName : kind.toUpperCase() };
  let read: Given | undefined;
  const given = (): Given => (read ??= new Given(texts));
  const boundary = capabilities.some(({ reasons }) => reasons.some(({ message }) => message.startsWith(NO_BOUNDARY))) ? ofPolicy(given().boundary, given()) : null;
  return {
    ...diagnosis,
    recognised: recognised.map((one) => ofRecognised(one, owner, given)),
    assumptions: assumptions.map((one) => ofAssumption(one, owner)),
    capabilities: capabilities.map((one) => ({
      ...one, reasons: one.reasons.map((reason) => ({ ...reason, message: ofReason(reason.message, owner, boundary) })),
    })),
  };
}

function ofReason(message: string, owner: Owner, boundary: string | null): string {
  if (message.startsWith(NO_BOUNDARY) && boundary !== null) return `${message} Give what ${boundary}, by --boundary.`;
  return message === NOT_GIVEN || message === OTHERS_NOT_GIVEN ? `${message} ${allOf(owner)}` : message;
}

const NO_BOUNDARY = 'It depends on the permissions boundary, which was not given.';

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

function ofRecognised(one: Recognised, { kind, name }: Owner, given: () => Given): Recognised {
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
  boundary: string | null = null;

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
    const { Policy, Role, User, Arn, DefaultVersionId, PolicyNames, PolicyName, PolicyDocument, PermissionsBoundary } = value as Record<string, unknown>;
    if (typeof Arn === 'string' && typeof DefaultVersionId === 'string') this.versions.set(Arn, DefaultVersionId);
    if (Array.isArray(PolicyNames)) this.listed.push(...PolicyNames.filter((one): one is string => typeof one === 'string'));
    if (typeof PolicyName === 'string' && PolicyDocument !== undefined) this.inline.add(PolicyName);
    const arn = (PermissionsBoundary as { PermissionsBoundaryArn?: unknown } | undefined)?.PermissionsBoundaryArn;
    if (typeof arn === 'string') this.boundary = arn;
    if (depth === 0) for (const one of [Policy, Role, User]) this.take(one, depth + 1);
  }
}
