// Each argument of Terraform's AWS provider that takes a policy: `postern diff` compares it as what it is, however it is given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, postern } from './run.mjs';

/** By the type of their policies; `type.attribute` where that is not called `policy`, and `block.attribute` of a block. */
const TYPES = {
  identity: ['aws_iam_policy', 'aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy', 'aws_iam_role.inline_policy.policy', 'aws_ssoadmin_permission_set_inline_policy.inline_policy', 'aws_transfer_user', 'aws_transfer_access'],
  trust: ['aws_iam_role.assume_role_policy'],
  scp: ['aws_organizations_policy.content'],
  resource: [
    'aws_s3_bucket', 'aws_s3_bucket_policy', 'aws_s3_access_point', 'aws_s3_directory_bucket_policy', 'aws_s3control_access_point_policy', 'aws_s3control_bucket_policy', 'aws_s3control_multi_region_access_point_policy.details.policy',
    'aws_s3control_object_lambda_access_point_policy', 'aws_s3control_access_grants_instance_resource_policy', 'aws_s3tables_table_bucket_policy.resource_policy', 'aws_s3tables_table_policy.resource_policy', 'aws_s3vectors_vector_bucket_policy',
    'aws_kms_key', 'aws_kms_key_policy', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key', 'aws_sqs_queue', 'aws_sqs_queue_policy', 'aws_sns_topic', 'aws_sns_topic_policy', 'aws_secretsmanager_secret', 'aws_secretsmanager_secret_policy',
    'aws_ecr_repository_policy', 'aws_ecr_registry_policy', 'aws_ecrpublic_repository_policy', 'aws_ecr_repository_creation_template.repository_policy', 'aws_vpc_endpoint', 'aws_vpc_endpoint_policy', 'aws_organizations_resource_policy.content',
    'aws_cloudwatch_log_resource_policy.policy_document', 'aws_cloudwatch_log_destination_policy.access_policy', 'aws_cloudwatch_log_delivery_destination_policy.delivery_destination_policy', 'aws_cloudwatch_event_bus_policy', 'aws_xray_resource_policy.policy_document',
    'aws_prometheus_resource_policy.policy_document', 'aws_schemas_registry_policy', 'aws_api_gateway_rest_api', 'aws_api_gateway_rest_api_policy', 'aws_api_gateway_domain_name', 'aws_efs_file_system_policy', 'aws_backup_vault_policy', 'aws_dynamodb_resource_policy',
    'aws_kinesis_resource_policy', 'aws_opensearch_domain.access_policies', 'aws_opensearch_domain_policy.access_policies', 'aws_elasticsearch_domain.access_policies', 'aws_elasticsearch_domain_policy.access_policies', 'aws_codeartifact_domain_permissions_policy.policy_document',
    'aws_codeartifact_repository_permissions_policy.policy_document', 'aws_codebuild_resource_policy', 'aws_glacier_vault.access_policy', 'aws_glacier_vault_lock', 'aws_glue_resource_policy', 'aws_media_store_container_policy', 'aws_msk_cluster_policy', 'aws_redshift_resource_policy',
    'aws_redshiftserverless_resource_policy', 'aws_bedrockagentcore_resource_policy', 'aws_vpclattice_auth_policy', 'aws_vpclattice_resource_policy', 'aws_acmpca_policy', 'aws_networkfirewall_resource_policy', 'aws_ses_identity_policy', 'aws_sesv2_email_identity_policy',
  ],
};
const ALL = Object.entries(TYPES).flatMap(([kind, names]) => names.map((name) => ({ kind, path: name.split('.') })));

/** A module that has each of them once, with the value of `valueOf`. */
const module = (valueOf) => ALL.map(({ kind, path: [type, ...path] }, i) => {
  const [attribute = 'policy', inner] = path;
  const value = valueOf(kind, i);
  return `resource "${type}" "x${i}" {\n${inner === undefined ? `  ${attribute} = ${value}\n` : `  ${attribute} {\n    ${inner} = ${value}\n  }\n`}}\n`;
}).join('');
/** A trust policy is for one action more, all others for one as well; each is told by its kind. */
const statement = (kind, isMore) => {
  const [few, many] = kind === 'trust' ? ['sts:AssumeRole', 'sts:TagSession'] : ['s3:GetObject', 's3:PutObject'];
  return { actions: isMore ? [few, many] : [few], hasPrincipal: kind === 'trust' || kind === 'resource', hasResource: kind !== 'trust' };
};
const asJson = (kind, isMore) => {
  const { actions, hasPrincipal, hasResource } = statement(kind, isMore);
  return `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ${JSON.stringify(actions)}${hasPrincipal ? ', Principal = { AWS = "111122223333" }' : ''}${hasResource ? ', Resource = "*"' : ''} }] })`;
};
const asData = (name, kind, isMore) => {
  const { actions, hasPrincipal, hasResource } = statement(kind, isMore);
  return `data "aws_iam_policy_document" "${name}" {\n  statement {\n    actions = ${JSON.stringify(actions)}\n${hasResource ? '    resources = ["*"]\n' : ''}${hasPrincipal ? '    principals {\n      type = "AWS"\n      identifiers = ["111122223333"]\n    }\n' : ''}  }\n}\n`;
};

async function told(older, newer) {
  const { stdout, stderr } = await postern(['diff', 'old', 'new', '--no-config', '--format', 'json'], { cwd: folder({ 'old/main.tf': older, 'new/main.tf': newer }) });
  assert.equal(stderr.replace(/^postern: .*: not compared: .*\n|^postern: No policy was changed\.\n/gm, ''), '');
  return JSON.parse(stdout);
}

test('a policy that stands in the argument, or in a document, is compared by its type', async () => {
  const wrong = [];
  const { policies } = await told(module((kind) => asJson(kind, false)), module((kind) => asJson(kind, true)));
  ALL.forEach(({ kind, path: [type] }, i) => {
    const own = policies.filter(({ policy }) => policy.startsWith(`${type}.x${i}.`));
    if (own.length !== 1 || own[0].type !== kind || own[0].gained.result !== 'FAIL') wrong.push(`${type}: ${own.map((one) => `${one.type} ${one.gained.result}`)}`);
  });
  const documents = (isMore) => ALL.map(({ kind }, i) => asData(`d${i}`, kind, isMore)).join('');
  const takes = module((_, i) => `data.aws_iam_policy_document.d${i}.json`);
  const { policies: ofData } = await told(documents(false) + takes, documents(true) + takes);
  ALL.forEach(({ kind, path: [type] }, i) => {
    const own = ofData.filter(({ policy }) => policy === `data.aws_iam_policy_document.d${i}`);
    if (own.length !== 1 || own[0].type !== kind || own[0].gained.result !== 'FAIL') wrong.push(`document of ${type}: ${own.map((one) => `${one.type} ${one.gained.result}`)}`);
  });
  assert.deepEqual(wrong, []);
});

test('a policy that another value says is told as not compared, and one that is as it was is not', async () => {
  const takes = module((_, i) => `var.v${i}`);
  const variables = (value) => ALL.map((_, i) => `variable "v${i}" {\n  default = "${value}"\n}\n`).join('');
  const { notCompared } = await told(variables('a') + takes, variables('b') + takes);
  assert.deepEqual(ALL.filter(({ path: [type] }, i) => !notCompared.some(({ policy }) => policy.startsWith(`${type}.x${i}.`))), []);
  const { policies, notCompared: none } = await told(variables('a') + takes, `# The same.\n${variables('a')}${takes}`);
  assert.deepEqual([policies, none], [[], []]);
});

test('a policy of AWS IoT, which is of a language of its own, cannot be told', async () => {
  const of = (action) => `resource "aws_iot_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })\n}\n`;
  const { policies } = await told(of('iot:Connect'), of('iot:*'));
  assert.deepEqual(policies.map(({ policy, gained }) => [policy, gained.result]), [['aws_iot_policy.p, what it grants', 'UNKNOWN']]);
});
