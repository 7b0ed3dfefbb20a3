// The types of policy that people tell apart, what each is to validatePolicy, and which one a text has by the engine's
// word. The page and the command line share it.
import type { Recognised, ValidateOptions } from './types.js';

export type TypeName = 'identity' | 'trust' | 'resource' | 'scp' | 'rcp';

export interface PolicyKind {
  /** As it stands in a sentence, with its article. */
  noun: string;
  options: ValidateOptions;
}

export const KINDS: Record<TypeName, PolicyKind> = {
  identity: { noun: 'an identity policy', options: { policyType: 'IDENTITY_POLICY' } },
  trust: {
    noun: 'a trust policy',
    options: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' },
  },
  resource: { noun: 'a resource policy', options: { policyType: 'RESOURCE_POLICY' } },
  scp: { noun: 'a service control policy', options: { policyType: 'SERVICE_CONTROL_POLICY' } },
  rcp: { noun: 'a resource control policy', options: { policyType: 'RESOURCE_CONTROL_POLICY' } },
};

/** The type of a text that the engine recognised; null when it is no policy. Service control policies look like
 *  identity policies, resource control policies like resource policies: nothing in the text tells. */
export function typeOf(recognised: readonly Recognised[]): TypeName | null {
  const kinds = recognised.map(({ kind }) => kind);
  if (kinds.includes('resource-policy')) return 'resource';
  if (kinds.includes('trust-policy')) return 'trust';
  return kinds.includes('policy') ? 'identity' : null;
}
