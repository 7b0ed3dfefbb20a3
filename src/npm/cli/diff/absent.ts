// What is allowed where a policy is not there. Most policies allow what nothing else does; some bound what is open without them.
import type { Side } from './compared.js';
import type { Chosen } from './named.js';
import { isOnWhatIsThere } from './standing.js';

/** What holds where there is no such policy. */
export interface Absence {
  /** Whether everything is allowed then; otherwise others decide, and nobody can tell here what is. */
  isEverything: boolean;
  /** Why, as it stands in a sentence. */
  why: string;
}

/**
 * By the type of the resource. Sources, read 2026-11: EFS user guide, "Using IAM to control file system data access"; AWS
 * PrivateLink guide, "Control access to VPC endpoints using endpoint policies"; API Gateway guide, "How API Gateway resource
 * policies affect authorization workflow"; KMS guide, "Default key policy".
 */
const DEFAULTS: Record<string, Absence> = {
  'AWS::EC2::VPCEndpoint': { isEverything: true, why: 'without one the endpoint gives full access' },
  'AWS::EFS::FileSystem': { isEverything: true, why: 'without one any client that reaches a mount target has full access' },
  'AWS::ApiGateway::RestApi': { isEverything: false, why: 'without one the methods of the API alone say who may call them' },
  'AWS::KMS::Key': { isEverything: false, why: 'without one the key has the policy that KMS gives it, by which other policies of its account decide' },
};

/** Source: Transfer Family guide, "Dynamic permission management approaches", read 2026-11. */
const OF_SESSION: Absence = { isEverything: true, why: 'without one a session may do all that its role may' };

/** What bounds the sessions of a role, and allows nothing of its own: by its name, for it looks like other policies. */
const isOfSession = ({ found: { kind, name } }: Side): boolean => kind === 'identity' && /\baws_transfer_\w+\.[^.]+\.policy$|\.(?:SessionPolicy|Policy)$/.test(name);

/** What holds where a policy is not there, other than that it allows nothing. */
export const absenceOf = (side: Side): Absence | null => (isOfSession(side) ? OF_SESSION : DEFAULTS[side.found.resourceType ?? ''] ?? null);

/** What holds on the side where a policy is not: nothing else where what it is on is not there either. */
export function absenceBeside(side: Side): Absence | null {
  const absence = absenceOf(side);
  const isThere = isOnWhatIsThere(side);
  return absence === null || isThere === false ? null : { ...absence, isEverything: absence.isEverything && isThere === true };
}

/** What stands for no policy where everything is allowed without one. */
export const open = (everything: object): Chosen & { text: string } => ({ text: JSON.stringify(everything), unknown: [], perhaps: [], choice: () => '' });

/** Whether it alone decides, as a trust policy does, so that what it does not allow no other policy does. */
export const isAlone = (side: Side): boolean => isOfSession(side) || side.found.resourceType === 'AWS::EC2::VPCEndpoint';
