// The types of policy that a person can choose, and what each is to the engine.
import { KINDS, type PolicyKind, type TypeName } from '../src/npm/policy-type.js';
import type { IdentityPolicyKind } from './engine.js';

export type { TypeName };

interface TypeChoice extends PolicyKind {
  label: string;
}

export const TYPES: Record<TypeName, TypeChoice> = {
  identity: { label: 'Identity policy', ...KINDS.identity },
  trust: { label: 'Trust policy', ...KINDS.trust },
  resource: { label: 'Resource policy', ...KINDS.resource },
  scp: { label: 'Service control policy', ...KINDS.scp },
  rcp: { label: 'Resource control policy', ...KINDS.rcp },
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
