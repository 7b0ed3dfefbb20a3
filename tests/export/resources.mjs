// What Terraform and Pulumi must make of a case.

/** For each attachment: the resource, the attribute with the document, and other attributes with the fields of the target. */
export const RESOURCES = {
  role: ['aws_iam_role_policy', 'policy', { role: 'roleName', name: 'policyName' }],
  user: ['aws_iam_user_policy', 'policy', { user: 'userName', name: 'policyName' }],
  group: ['aws_iam_group_policy', 'policy', { group: 'groupName', name: 'policyName' }],
  'managed-policy': ['aws_iam_policy', 'policy', { name: 'policyName' }],
  key: ['aws_kms_key_policy', 'policy', { key_id: 'kmsKeyArn' }],
  bucket: ['aws_s3_bucket_policy', 'policy', { bucket: 'bucketName' }],
  trust: ['aws_iam_role', 'assume_role_policy', { name: 'roleName' }],
  endpoint: ['aws_vpc_endpoint_policy', 'policy', { vpc_endpoint_id: 'vpcEndpointId' }],
  preferences: ['aws_ssm_document', 'content', { name: 'documentName' }],
  'session-document': ['aws_ssm_document', 'content', { name: 'documentName' }],
  'service-control-policy': ['aws_organizations_policy', 'content', { name: 'policyName' }],
};
