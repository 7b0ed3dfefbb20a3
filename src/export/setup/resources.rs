//! The resources of a set-up.

use crate::export::attach::{
    document, gateway, interface, kind, BUCKET_POLICY, MANAGED_POLICY, NAMED, NODE_PROFILE,
    NODE_ROLE, ROLE_POLICY,
};
use crate::export::given::{Name, Need, Part};
use crate::export::resource::{Attribute, Field, Kind, Resource, Value};

use Value::{Block, Document, If, List, Made, Text, True};

/// The key for session data, where it is made.
pub const SESSION_KEY: Kind = kind("AWS::KMS::Key", "aws_kms_key", "SessionKey");
const LOG_GROUP_KEY: Kind = Kind { label: "LogGroupKey", ..SESSION_KEY };
const BUCKET: Kind = kind("AWS::S3::Bucket", "aws_s3_bucket", "LogBucket");
const LOG_GROUP: Kind = kind("AWS::Logs::LogGroup", "aws_cloudwatch_log_group", "SessionLogs");
const THE_BUCKET: Field = ("", "bucket", Made(BUCKET, Attribute::Id));

/// What belongs together, with the name of the file that it has in Terraform. What others refer to stands first, since a
/// program can name only what stands before.
pub static PARTS: [(&str, &[Resource]); 6] = [
    ("key.tf", &KEY),
    ("node.tf", &NODE),
    ("logs.tf", &LOGS),
    ("preferences.tf", &PREFERENCES),
    ("endpoints.tf", &ENDPOINTS),
    ("operator.tf", &OPERATOR),
];

static KEY: [Resource; 1] = [SESSION_KEY
    .with(&[
        ("Description", "description", Text("Encrypts session data of Session Manager.")),
        ("EnableKeyRotation", "enable_key_rotation", True),
        ("KeyPolicy", "policy", Document(Part::Key)),
    ])
    .if_given(Need::Part(Part::Key))
    .kept()];
static NODE: [Resource; 3] = [
    NODE_ROLE.with(&[
        ("RoleName", "name", Value::Name(Name::Role)),
        ("AssumeRolePolicyDocument", "assume_role_policy", Document(Part::Trust)),
    ]),
    NODE_PROFILE,
    ROLE_POLICY.with(&[
        ("RoleName", "role", Made(NODE_ROLE, Attribute::Id)),
        ("PolicyName", "name", NAMED),
        ("PolicyDocument", "policy", Document(Part::Main)),
    ]),
];
/// Closed to the public, and encrypted with a key where it has one of its own. What CloudFormation has as properties of
/// the bucket, Terraform has as resources beside it.
static LOGS: [Resource; 6] = [
    BUCKET
        .with(&[
            ("BucketName", "bucket", Value::Name(Name::Bucket)),
            ("PublicAccessBlockConfiguration", "", Block(&CLOSED)),
            (
                "BucketEncryption",
                "",
                If(
                    Name::BucketKey,
                    &Block(&[("ServerSideEncryptionConfiguration", "", List(&[Block(&BY_KEY)]))]),
                ),
            ),
        ])
        .if_given(Need::Part(Part::Bucket))
        .kept(),
    kind("", "aws_s3_bucket_public_access_block", "LogBucket")
        .with(&[THE_BUCKET, CLOSED[0], CLOSED[1], CLOSED[2], CLOSED[3]])
        .if_given(Need::Part(Part::Bucket)),
    kind("", "aws_s3_bucket_server_side_encryption_configuration", "LogBucket")
        .with(&[THE_BUCKET, ("", "rule", Block(&BY_KEY))])
        .if_given(Need::Name(Name::BucketKey)),
    BUCKET_POLICY
        .with(&[
            ("Bucket", "bucket", Made(BUCKET, Attribute::Id)),
            ("PolicyDocument", "policy", Document(Part::Bucket)),
        ])
        .if_given(Need::Part(Part::Bucket)),
    LOG_GROUP_KEY
        .with(&[
            ("Description", "description", Text("Encrypts the logs of sessions.")),
            ("EnableKeyRotation", "enable_key_rotation", True),
            ("KeyPolicy", "policy", Document(Part::LogGroupKey)),
        ])
        .if_given(Need::Part(Part::LogGroupKey))
        .kept(),
    LOG_GROUP
        .with(&[
            ("LogGroupName", "name", Value::Name(Name::LogGroup)),
            ("KmsKeyId", "kms_key_id", Made(LOG_GROUP_KEY, Attribute::Arn)),
        ])
        .if_given(Need::Part(Part::LogGroupKey))
        .kept(),
];
const CLOSED: [Field; 4] = [
    ("BlockPublicAcls", "block_public_acls", True),
    ("BlockPublicPolicy", "block_public_policy", True),
    ("IgnorePublicAcls", "ignore_public_acls", True),
    ("RestrictPublicBuckets", "restrict_public_buckets", True),
];
const BY_KEY: [Field; 1] = [(
    "ServerSideEncryptionByDefault",
    "apply_server_side_encryption_by_default",
    Block(&[
        ("SSEAlgorithm", "sse_algorithm", Text("aws:kms")),
        ("KMSMasterKeyID", "kms_master_key_id", Value::Name(Name::BucketKey)),
    ]),
)];
static PREFERENCES: [Resource; 1] = [document(Part::Preferences)];

const fn endpoint(label: &'static str, part: Part, fields: &'static [Field]) -> Resource {
    kind("AWS::EC2::VPCEndpoint", "aws_vpc_endpoint", label).with(fields).if_given(Need::Part(part))
}

static SSM: [Field; 7] = interface(Name::SsmService, Part::SsmEndpoint);
static SSM_MESSAGES: [Field; 7] = interface(Name::SsmMessagesService, Part::SsmMessagesEndpoint);
static EC2_MESSAGES: [Field; 7] = interface(Name::Ec2MessagesService, Part::Ec2MessagesEndpoint);
static S3: [Field; 5] = gateway(Name::S3Service, Part::S3Endpoint);
static KMS: [Field; 7] = interface(Name::KmsService, Part::KmsEndpoint);
static CLOUD_WATCH_LOGS: [Field; 7] = interface(Name::LogsService, Part::LogsEndpoint);
static ENDPOINTS: [Resource; 6] = [
    endpoint("SsmEndpoint", Part::SsmEndpoint, &SSM),
    endpoint("SsmMessagesEndpoint", Part::SsmMessagesEndpoint, &SSM_MESSAGES),
    endpoint("Ec2MessagesEndpoint", Part::Ec2MessagesEndpoint, &EC2_MESSAGES),
    endpoint("S3Endpoint", Part::S3Endpoint, &S3),
    endpoint("KmsEndpoint", Part::KmsEndpoint, &KMS),
    endpoint("LogsEndpoint", Part::LogsEndpoint, &CLOUD_WATCH_LOGS),
];
static OPERATOR: [Resource; 1] = [Kind { label: "OperatorPermissions", ..MANAGED_POLICY }
    .with(&[
        ("ManagedPolicyName", "name", Value::Name(Name::OperatorPolicy)),
        ("PolicyDocument", "policy", Document(Part::Operator)),
    ])
    .if_given(Need::Part(Part::Operator))];
