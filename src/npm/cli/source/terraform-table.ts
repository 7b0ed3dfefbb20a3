// Where the resources of Terraform's AWS provider carry policies. Source: its documentation, version 6, read 2026-11.
import { inSmall, ofControlled } from './cloud-control.js';
import { TEMPLATE } from './cloudformation.js';
import { type PolicyKind } from './found.js';
import { GIVING as OF_MEMBERS } from './roles-template.js';
import { type Value, get, known } from './value.js';

export interface AttributeOf {
  path: string;
  kind: PolicyKind | null;
  resourceType: string | null;
}

const identity = (path = 'policy'): AttributeOf[] => [{ path, kind: 'identity', resourceType: null }];
const on = (resourceType: string, path = 'policy'): AttributeOf[] => [{ path, kind: 'resource', resourceType }];

export const ATTRIBUTES: Record<string, AttributeOf[]> = {
  ...ofControlled(TEMPLATE, (places) => places.flatMap(([path, kind, resourceType = null, form]) => (form === undefined ? [{ path: inSmall(path), kind, resourceType }] : []))),
  aws_iam_policy: identity(),
  aws_iam_role_policy: identity(),
  aws_iam_user_policy: identity(),
  aws_iam_group_policy: identity(),
  aws_iam_role: [{ path: 'assume_role_policy', kind: 'trust', resourceType: null }, ...identity('inline_policy[].policy')],
  aws_ssoadmin_permission_set_inline_policy: identity('inline_policy'),
  aws_transfer_user: identity(),
  aws_transfer_access: identity(),
  aws_s3_bucket: on('AWS::S3::Bucket'),
  aws_s3_bucket_policy: on('AWS::S3::Bucket'),
  aws_s3_access_point: on('AWS::S3::AccessPoint'),
  aws_s3_directory_bucket_policy: on('AWS::S3Express::DirectoryBucket'),
  aws_s3control_access_point_policy: on('AWS::S3::AccessPoint'),
  aws_s3control_bucket_policy: on('AWS::S3Outposts::Bucket'),
  aws_s3control_multi_region_access_point_policy: on('AWS::S3::MultiRegionAccessPoint', 'details[].policy'),
  aws_s3control_object_lambda_access_point_policy: on('AWS::S3ObjectLambda::AccessPoint'),
  aws_s3control_access_grants_instance_resource_policy: on('AWS::S3::AccessGrantsInstance'),
  aws_s3vectors_vector_bucket_policy: on('AWS::S3Vectors::VectorBucket'),
  aws_s3tables_table_bucket_policy: on('AWS::S3Tables::TableBucket', 'resource_policy'),
  aws_s3tables_table_policy: on('AWS::S3Tables::Table', 'resource_policy'),
  aws_kms_key: on('AWS::KMS::Key'),
  aws_kms_key_policy: on('AWS::KMS::Key'),
  aws_kms_external_key: on('AWS::KMS::Key'),
  aws_kms_replica_key: on('AWS::KMS::Key'),
  aws_kms_replica_external_key: on('AWS::KMS::Key'),
  aws_sqs_queue: on('AWS::SQS::Queue'),
  aws_sqs_queue_policy: on('AWS::SQS::Queue'),
  aws_sns_topic: on('AWS::SNS::Topic'),
  aws_sns_topic_policy: on('AWS::SNS::Topic'),
  aws_secretsmanager_secret: on('AWS::SecretsManager::Secret'),
  aws_secretsmanager_secret_policy: on('AWS::SecretsManager::Secret'),
  aws_ecr_repository_policy: on('AWS::ECR::Repository'),
  aws_ecr_repository_creation_template: on('AWS::ECR::Repository', 'repository_policy'),
  aws_ecr_registry_policy: on('AWS::ECR::RegistryPolicy'),
  aws_ecrpublic_repository_policy: on('AWS::ECR::PublicRepository'),
  aws_vpc_endpoint: on('AWS::EC2::VPCEndpoint'),
  aws_vpc_endpoint_policy: on('AWS::EC2::VPCEndpoint'),
  aws_organizations_resource_policy: on('AWS::Organizations::ResourcePolicy', 'content'),
  aws_cloudwatch_log_resource_policy: on('AWS::Logs::ResourcePolicy', 'policy_document'),
  aws_cloudwatch_event_bus_policy: on('AWS::Events::EventBus'),
  aws_api_gateway_rest_api: on('AWS::ApiGateway::RestApi'),
  aws_api_gateway_domain_name: on('AWS::ApiGateway::DomainName'),
  aws_api_gateway_rest_api_policy: on('AWS::ApiGateway::RestApi'),
  aws_efs_file_system_policy: on('AWS::EFS::FileSystem'),
  aws_backup_vault_policy: on('AWS::Backup::BackupVault'),
  aws_dynamodb_resource_policy: on('AWS::DynamoDB::Table'),
  aws_kinesis_resource_policy: on('AWS::Kinesis::Stream'),
  aws_opensearch_domain: on('AWS::OpenSearchService::Domain', 'access_policies'),
  aws_opensearch_domain_policy: on('AWS::OpenSearchService::Domain', 'access_policies'),
  aws_elasticsearch_domain: on('AWS::Elasticsearch::Domain', 'access_policies'),
  aws_elasticsearch_domain_policy: on('AWS::Elasticsearch::Domain', 'access_policies'),
  aws_codeartifact_domain_permissions_policy: on('AWS::CodeArtifact::Domain', 'policy_document'),
  aws_codeartifact_repository_permissions_policy: on('AWS::CodeArtifact::Repository', 'policy_document'),
  aws_cloudwatch_log_destination_policy: on('AWS::Logs::Destination', 'access_policy'),
  aws_cloudwatch_log_delivery_destination_policy: on('AWS::Logs::DeliveryDestination', 'delivery_destination_policy'),
  aws_xray_resource_policy: on('AWS::XRay::ResourcePolicy', 'policy_document'),
  aws_prometheus_resource_policy: on('AWS::APS::Workspace', 'policy_document'),
  aws_redshift_resource_policy: on('AWS::Redshift::Cluster'),
  aws_redshiftserverless_resource_policy: on('AWS::RedshiftServerless::Snapshot'),
  aws_codebuild_resource_policy: on('AWS::CodeBuild::Project'),
  aws_schemas_registry_policy: on('AWS::EventSchemas::Registry'),
  aws_bedrockagentcore_resource_policy: on('AWS::BedrockAgentCore::Runtime'),
  aws_glacier_vault: on('AWS::Glacier::Vault', 'access_policy'),
  aws_glacier_vault_lock: on('AWS::Glacier::Vault'),
  aws_glue_resource_policy: on('AWS::Glue::Catalog'),
  aws_media_store_container_policy: on('AWS::MediaStore::Container'),
  aws_msk_cluster_policy: on('AWS::MSK::Cluster'),
  aws_vpclattice_auth_policy: on('AWS::VpcLattice::Service'),
  aws_vpclattice_resource_policy: on('AWS::VpcLattice::Service'),
  aws_acmpca_policy: on('AWS::ACMPCA::CertificateAuthority'),
  aws_networkfirewall_resource_policy: on('AWS::NetworkFirewall::FirewallPolicy'),
  aws_ses_identity_policy: on('AWS::SES::EmailIdentity'),
  aws_sesv2_email_identity_policy: on('AWS::SES::EmailIdentity'),
};

/** The kinds of policies of AWS Organizations that are in IAM's language; the first is what the provider takes. */
const OF_ORGANIZATIONS: Record<string, PolicyKind> = { SERVICE_CONTROL_POLICY: 'scp', RESOURCE_CONTROL_POLICY: 'rcp' };

/** The attributes of a resource that hold policies. */
export function placesOf(resource: string, body: Value): AttributeOf[] {
  if (!/^aws(?:cc)?_organizations_policy$/.test(resource)) return Object.hasOwn(ATTRIBUTES, resource) ? ATTRIBUTES[resource] ?? [] : [];
  const type = get(body, 'type');
  if (type === undefined) return [{ path: 'content', kind: 'scp', resourceType: null }];
  const kind = OF_ORGANIZATIONS[known(type) ?? ''] ?? null;
  return kind === null && type.kind === 'text' ? [] : [{ path: 'content', kind, resourceType: null }];
}

/** Whether what has a policy is the resource itself, which takes it as an attribute, and not something that it names. */
export const isHavingItself = (resource: string): boolean => Object.hasOwn(ATTRIBUTES, resource) && !/_(?:polic(?:y|ies)|lock)$/.test(resource);

/** Whether what looks like a policy in a resource is one of IAM; those of AWS IoT and for the protection of data are of other languages. */
export const isOfIam = (resource: string): boolean => !/^aws_iot_|_data_protection_policy/.test(resource);

/** The attributes that say whose a policy is. */
export const OWNERS = ['role', 'role_name', 'roles', 'user', 'user_name', 'users', 'group', 'group_name', 'groups'];

/** The resources that give somebody what others have: the attributes that say what, where, and to whom. */
export const GIVING: Record<string, string[]> = {
  ...ofControlled(OF_MEMBERS, (all) => all.map(inSmall)),
  aws_iam_user_group_membership: ['groups', 'user'],
  aws_iam_group_membership: ['group', 'users'],
  aws_identitystore_group_membership: ['group_id', 'member_id'],
  aws_ssoadmin_account_assignment: ['permission_set_arn', 'target_id', 'principal_id'],
};

/** What has a role, and with it whoever has that: by the attribute that names the role. */
export const PROFILES: Record<string, string> = { aws_iam_instance_profile: 'role', awscc_iam_instance_profile: 'roles' };
