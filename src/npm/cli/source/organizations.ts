// What limits the accounts of an organization and is not told by the policies in the files: attachments of policies that stand
// elsewhere, and policies of which only an expression says whether they limit at all. Source of what detaching does:
// API reference of AWS Organizations, DetachPolicy, read 2026-11.
import type { Granting } from './grants.js';
import { type Extent, type Value, get, known } from './value.js';

const ATTACHING = 'aws_organizations_policy_attachment';
/** The policies of AWS that allow everything: whoever attaches one limits nothing. */
const FULL = /^p-(?:RCP)?Full\w*Access$/;
/** The kinds of policies that limit what is allowed. */
const LIMITING: ReadonlySet<string | null> = new Set(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']);

/** `isMade`: whether an attribute names a policy of the files, which is compared itself. */
export function limitsOfOrganizations(type: string, body: Value | undefined, isMade: (value: Value) => boolean, about: Extent & { address: string }): Granting[] {
  const extentsOf = (...values: (Value | undefined)[]): Extent[] => values.flatMap((one) => (one === undefined ? [] : { start: one.start, end: one.end }));
  if (type === ATTACHING) {
    const policy = get(body, 'policy_id');
    if (policy === undefined || isMade(policy)) return [];
    return [{ ...about, is: FULL.test(known(policy) ?? '') ? 'grant' : 'limit', isPart: false, values: extentsOf(policy, get(body, 'target_id')) }];
  }
  if (type !== 'aws_organizations_policy' && type !== 'AWS::Organizations::Policy') return [];
  // Of a template that names another kind the policy is gone itself.
  const kind = get(body, 'type') ?? get(body, 'Type');
  const isTold = kind === undefined || LIMITING.has(known(kind)) || (type.startsWith('AWS::') && known(kind) !== null);
  return [{ ...about, is: 'limit', isPart: true, values: isTold ? [] : extentsOf(kind) }];
}
