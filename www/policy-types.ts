// The types of policy that a person can choose, and what each is to the engine.
import type { IdentityPolicyKind, ValidateOptions } from './engine.js';

export type TypeName = 'identity' | 'trust' | 'resource' | 'scp' | 'rcp';

interface TypeChoice {
  label: string;
  /** As it stands in a sentence, with its article. */
  noun: string;
  options: ValidateOptions;
}

export const TYPES: Record<TypeName, TypeChoice> = {
  identity: { label: 'Identity policy', noun: 'an identity policy', options: { policyType: 'IDENTITY_POLICY' } },
  trust: {
    label: 'Trust policy', noun: 'a trust policy',
    options: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' },
  },
  resource: { label: 'Resource policy', noun: 'a resource policy', options: { policyType: 'RESOURCE_POLICY' } },
  scp: { label: 'Service control policy', noun: 'a service control policy', options: { policyType: 'SERVICE_CONTROL_POLICY' } },
  rcp: { label: 'Resource control policy', noun: 'a resource control policy', options: { policyType: 'RESOURCE_CONTROL_POLICY' } },
};

/** What an identity policy may be put on, whose quota then counts. */
export const ATTACHMENTS: [IdentityPolicyKind | '', string][] = [
  ['', 'Not said'],
  ['MANAGED', 'Managed policy'],
  ['INLINE_ROLE', 'Inline policy of a role'],
  ['INLINE_USER', 'Inline policy of a user'],
  ['INLINE_GROUP', 'Inline policy of a group'],
];

/** Types of resources that IAM Access Analyzer has checks of their own for (its API reference, read 2026-11). */
export const RESOURCE_TYPES = [
  'AWS::S3::Bucket', 'AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint', 'AWS::S3ObjectLambda::AccessPoint',
  'AWS::DynamoDB::Table', 'AWS::KMS::Key',
];
