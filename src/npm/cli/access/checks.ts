// The findings of the command line's own about access, beside those of the package: `listChecks` knows only what
// `validatePolicy` finds.
import { listChecks } from 'postern';
import type { Check, FindingType } from '../../types.js';

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-custom-policy-checks.html';

const own = (issueCode: string, findingType: FindingType, title: string, why: string): Check => ({
  issueCode, findingType, title, why, example: '', learnMoreLink: GUIDE,
  policyTypes: ['IDENTITY_POLICY', 'RESOURCE_POLICY', 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
});

export const ACCESS_CHECKS = {
  POSTERN_ACCESS_GAINED: own('POSTERN_ACCESS_GAINED', 'SECURITY_WARNING', 'Access gained',
    'The new policy allows a request that the old one does not. Of "postern diff".'),
  POSTERN_ACCESS_LOST: own('POSTERN_ACCESS_LOST', 'WARNING', 'Access lost',
    'The old policy allows a request that the new one does not. Of "postern diff".'),
  POSTERN_ACCESS_GRANTED: own('POSTERN_ACCESS_GRANTED', 'ERROR', 'Access granted',
    'The policy grants access that must not be granted. Of "postern check --not-granted".'),
  POSTERN_PUBLIC_ACCESS: own('POSTERN_PUBLIC_ACCESS', 'ERROR', 'Public access',
    'The policy lets in somebody whom it does not name. Of "postern check --no-public-access".'),
  POSTERN_ACCESS_UNKNOWN: own('POSTERN_ACCESS_UNKNOWN', 'SECURITY_WARNING', 'Access unknown',
    'Nobody can tell from the policy alone whether it grants the access that is asked about. Not to know is not to be safe.'),
} satisfies Record<string, Check>;

export type AccessCode = keyof typeof ACCESS_CHECKS;

/** Every check whose findings the command line may report. */
export const allChecks = (): Check[] => [...listChecks(), ...Object.values(ACCESS_CHECKS)];
