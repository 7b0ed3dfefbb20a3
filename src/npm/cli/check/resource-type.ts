// The types of resources whose policies are known, by CloudFormation's names.
import type { PublicResourceType, ResourceType } from '../../types.js';
import { TEMPLATE } from '../source/cloudformation.js';
import { ATTRIBUTES } from '../source/terraform-table.js';

/** Those that ValidatePolicy has checks for. */
export const VALIDATED: ResourceType[] = [
  'AWS::DynamoDB::Table', 'AWS::IAM::AssumeRolePolicyDocument', 'AWS::KMS::Key', 'AWS::S3::AccessPoint', 'AWS::S3::Bucket',
  'AWS::S3::MultiRegionAccessPoint', 'AWS::S3ObjectLambda::AccessPoint',
];

/** Those that only CheckNoPublicAccess names: no template has their policies. */
const ELSEWHERE: PublicResourceType[] = [
  'AWS::CloudTrail::Dashboard', 'AWS::CloudTrail::EventDataStore', 'AWS::Kinesis::StreamConsumer', 'AWS::Lambda::Function', 'AWS::S3::Glacier',
  'AWS::S3Express::AccessPoint',
];

/** With those that policies in templates and modules belong to. */
export function resourceTypes(): string[] {
  const placed = [
    ...Object.values(TEMPLATE).flatMap((places) => places.map(([, , resourceType]) => resourceType)),
    ...Object.values(ATTRIBUTES).flatMap((places) => places.map(({ resourceType }) => resourceType)),
  ];
  return [...new Set([...VALIDATED, ...ELSEWHERE, ...placed.filter((one) => one != null)])].sort();
}
