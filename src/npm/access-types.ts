// As what each type of policy is compared, and the policy of that type that allows everything.
import type { AccessPolicyType } from './types.js';
import type { TypeName } from './policy-type.js';

/** Resource control policies are compared as the policies of resources, which they look like. */
export const ACCESS_TYPES: Record<TypeName, AccessPolicyType> = {
  identity: 'IDENTITY_POLICY', trust: 'RESOURCE_POLICY', resource: 'RESOURCE_POLICY', scp: 'SERVICE_CONTROL_POLICY', rcp: 'RESOURCE_POLICY',
};

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const everything = { Version: '2012-10-17', Statement: [ALL] };

/** What Denies are compared beside: alone they allow nothing, whatever they deny. */
export const EVERYTHING: Record<AccessPolicyType, object> = {
  IDENTITY_POLICY: everything, SERVICE_CONTROL_POLICY: everything, RESOURCE_POLICY: { ...everything, Statement: [{ ...ALL, Principal: '*' }] },
};
