//! What a policy is attached to: the resources that do it, and what stands above them.

use super::given::{Name, Need, Part, ROUTE_TABLE_IDS, SECURITY_GROUP_IDS, SUBNET_IDS, VPC_ID};
use super::resource::{Attribute, Family, Field, Kind, Resource, Value};
use super::{AttachTo, Format};

use Value::{Document, If, Input, List, Made, Text, True};

/// A kind of resource, and its name in a file.
pub const fn kind(
    cloudformation: &'static str,
    terraform: &'static str,
    label: &'static str,
) -> Kind {
    Kind { cloudformation, terraform, label }
}

const MAIN: &str = "SessionManagerPermissions";
/// The role of nodes that is made.
pub const NODE_ROLE: Kind = kind("AWS::IAM::Role", "aws_iam_role", "NodeRole");
/// The inline policy of a role.
pub const ROLE_POLICY: Kind = kind("AWS::IAM::RolePolicy", "aws_iam_role_policy", MAIN);
/// A policy of its own.
pub const MANAGED_POLICY: Kind = kind("AWS::IAM::ManagedPolicy", "aws_iam_policy", MAIN);
/// The policy of a bucket.
pub const BUCKET_POLICY: Kind =
    kind("AWS::S3::BucketPolicy", "aws_s3_bucket_policy", "LogBucketPolicy");
/// A session document.
pub const SESSION_DOCUMENT: Kind =
    kind("AWS::SSM::Document", "aws_ssm_document", "SessionDocument");
const INSTANCE_PROFILE: Kind =
    kind("AWS::IAM::InstanceProfile", "aws_iam_instance_profile", "NodeProfile");
const GUARD: Kind =
    kind("AWS::Organizations::Policy", "aws_organizations_policy", "SessionManagerGuard");
const ENDPOINT: Kind = kind("AWS::EC2::VPCEndpoint", "", "VpcEndpoint");

/// The name under which the policy is stored.
pub const NAMED: Value = Value::Name(Name::Policy);

static ROLE: [Resource; 1] = [ROLE_POLICY.with(&[
    ("RoleName", "role", Value::Name(Name::Role)),
    ("PolicyName", "name", NAMED),
    ("PolicyDocument", "policy", Document(Part::Main)),
])];
static USER: [Resource; 1] = [kind("AWS::IAM::UserPolicy", "aws_iam_user_policy", MAIN).with(&[
    ("UserName", "user", Value::Name(Name::User)),
    ("PolicyName", "name", NAMED),
    ("PolicyDocument", "policy", Document(Part::Main)),
])];
static GROUP: [Resource; 1] =
    [kind("AWS::IAM::GroupPolicy", "aws_iam_group_policy", MAIN).with(&[
        ("GroupName", "group", Value::Name(Name::Group)),
        ("PolicyName", "name", NAMED),
        ("PolicyDocument", "policy", Document(Part::Main)),
    ])];
/// In CloudFormation who gets it stands in it, in Terraform in a resource of its own.
static MANAGED: [Resource; 4] = [
    MANAGED_POLICY.with(&[
        ("ManagedPolicyName", "name", NAMED),
        ("PolicyDocument", "policy", Document(Part::Main)),
        ("Roles", "", If(Name::Role, &List(&[Value::Name(Name::Role)]))),
        ("Users", "", If(Name::User, &List(&[Value::Name(Name::User)]))),
        ("Groups", "", If(Name::Group, &List(&[Value::Name(Name::Group)]))),
    ]),
    kind("", "aws_iam_role_policy_attachment", "RoleAttachment")
        .with(&[
            ("", "role", Value::Name(Name::Role)),
            ("", "policy_arn", Made(MANAGED_POLICY, Attribute::Arn)),
        ])
        .if_given(Need::Name(Name::Role)),
    kind("", "aws_iam_user_policy_attachment", "UserAttachment")
        .with(&[
            ("", "user", Value::Name(Name::User)),
            ("", "policy_arn", Made(MANAGED_POLICY, Attribute::Arn)),
        ])
        .if_given(Need::Name(Name::User)),
    kind("", "aws_iam_group_policy_attachment", "GroupAttachment")
        .with(&[
            ("", "group", Value::Name(Name::Group)),
            ("", "policy_arn", Made(MANAGED_POLICY, Attribute::Arn)),
        ])
        .if_given(Need::Name(Name::Group)),
];
/// CloudFormation has no policy of a key without the key.
static KEY: [Resource; 1] = [kind("AWS::KMS::Key", "aws_kms_key_policy", "SessionKey")
    .with(&[("", "key_id", Value::Name(Name::Key)), ("KeyPolicy", "policy", Document(Part::Main))])
    .kept()];
static BUCKET: [Resource; 1] = [BUCKET_POLICY.with(&[
    ("Bucket", "bucket", Value::Name(Name::Bucket)),
    ("PolicyDocument", "policy", Document(Part::Main)),
])];
static TRUST: [Resource; 2] = [
    NODE_ROLE.with(&[
        ("RoleName", "name", Value::Name(Name::Role)),
        ("AssumeRolePolicyDocument", "assume_role_policy", Document(Part::Main)),
    ]),
    NODE_PROFILE,
];
/// The instance profile of the role of nodes, which EC2 asks for.
pub const NODE_PROFILE: Resource = INSTANCE_PROFILE
    .with(&[
        ("InstanceProfileName", "name", Value::Name(Name::Role)),
        ("Roles", "", List(&[Made(NODE_ROLE, Attribute::Id)])),
        ("", "role", Made(NODE_ROLE, Attribute::Id)),
    ])
    .if_given(Need::Ec2);

/// The properties of an endpoint that has addresses in the subnets.
pub const fn interface(service: Name, policy: Part) -> [Field; 7] {
    [
        ("VpcId", "vpc_id", Input(&VPC_ID)),
        ("ServiceName", "service_name", Value::Name(service)),
        ("VpcEndpointType", "vpc_endpoint_type", Text("Interface")),
        ("SubnetIds", "subnet_ids", Input(&SUBNET_IDS)),
        ("SecurityGroupIds", "security_group_ids", Input(&SECURITY_GROUP_IDS)),
        ("PrivateDnsEnabled", "private_dns_enabled", True),
        ("PolicyDocument", "policy", Document(policy)),
    ]
}

/// The properties of an endpoint that is a way in the route tables.
pub const fn gateway(service: Name, policy: Part) -> [Field; 5] {
    [
        ("VpcId", "vpc_id", Input(&VPC_ID)),
        ("ServiceName", "service_name", Value::Name(service)),
        ("VpcEndpointType", "vpc_endpoint_type", Text("Gateway")),
        ("RouteTableIds", "route_table_ids", Input(&ROUTE_TABLE_IDS)),
        ("PolicyDocument", "policy", Document(policy)),
    ]
}

static INTERFACE_FIELDS: [Field; 7] = interface(Name::Service, Part::Main);
static GATEWAY_FIELDS: [Field; 5] = gateway(Name::Service, Part::Main);
/// CloudFormation has no policy of an endpoint without the endpoint.
const VPC_ENDPOINT_POLICY: Resource = kind("", "aws_vpc_endpoint_policy", "VpcEndpoint").with(&[
    ("", "vpc_endpoint_id", Value::Name(Name::VpcEndpoint)),
    ("", "policy", Document(Part::Main)),
]);
static INTERFACE: [Resource; 2] = [ENDPOINT.with(&INTERFACE_FIELDS), VPC_ENDPOINT_POLICY];
static GATEWAY: [Resource; 2] = [ENDPOINT.with(&GATEWAY_FIELDS), VPC_ENDPOINT_POLICY];
static DOCUMENT: [Resource; 1] = [document(Part::Main)];
static SERVICE_CONTROL: [Resource; 2] = [
    GUARD.with(&[
        ("Name", "name", NAMED),
        ("Type", "type", Text("SERVICE_CONTROL_POLICY")),
        ("Content", "content", Document(Part::Main)),
        (
            "TargetIds",
            "",
            If(Name::OrganizationTarget, &List(&[Value::Name(Name::OrganizationTarget)])),
        ),
    ]),
    kind("", "aws_organizations_policy_attachment", "GuardAttachment")
        .with(&[
            ("", "policy_id", Made(GUARD, Attribute::Id)),
            ("", "target_id", Value::Name(Name::OrganizationTarget)),
        ])
        .if_given(Need::Name(Name::OrganizationTarget)),
];

/// The properties of a session document.
pub const fn document(part: Part) -> Resource {
    // Without an update method CloudFormation would make another document for each change, of another name.
    match part {
        Part::Preferences => SESSION_DOCUMENT
            .with(&[
                ("Name", "name", Value::Name(Name::Document)),
                ("DocumentType", "document_type", Text("Session")),
                ("DocumentFormat", "document_format", Text("JSON")),
                ("UpdateMethod", "", Text("NewVersion")),
                ("Content", "content", Document(Part::Preferences)),
            ])
            .if_given(Need::Part(Part::Preferences)),
        _ => SESSION_DOCUMENT.with(&[
            ("Name", "name", Value::Name(Name::Document)),
            ("DocumentType", "document_type", Text("Session")),
            ("DocumentFormat", "document_format", Text("JSON")),
            ("UpdateMethod", "", Text("NewVersion")),
            ("Content", "content", Document(Part::Main)),
        ]),
    }
}

/// What attaches the policy; of an endpoint it matters whether it is a gateway.
pub fn resources(attach_to: AttachTo, is_gateway: bool) -> &'static [Resource] {
    match attach_to {
        AttachTo::Role => &ROLE,
        AttachTo::User => &USER,
        AttachTo::Group => &GROUP,
        AttachTo::ManagedPolicy => &MANAGED,
        AttachTo::Key => &KEY,
        AttachTo::Bucket => &BUCKET,
        AttachTo::Trust => &TRUST,
        AttachTo::Endpoint if is_gateway => &GATEWAY,
        AttachTo::Endpoint => &INTERFACE,
        AttachTo::Preferences | AttachTo::SessionDocument => &DOCUMENT,
        AttachTo::ServiceControlPolicy => &SERVICE_CONTROL,
    }
}

/// What the file does, and what it does to what is there.
pub fn about(attach_to: AttachTo, format: Format) -> &'static str {
    let is_template = format.family() == Family::CloudFormation;
    match attach_to {
        AttachTo::Role => "An inline policy of a role that exists.",
        AttachTo::User => "An inline policy of a user that exists.",
        AttachTo::Group => "An inline policy of a group that exists.",
        AttachTo::ManagedPolicy => "A customer managed policy.",
        AttachTo::Key if is_template => {
            "Makes a key with this policy. The policy of a key outside of the stack cannot be set here: use the AWS CLI \
             or Terraform for it."
        }
        AttachTo::Key => "Replaces the whole policy of a key that exists.",
        AttachTo::Bucket => "Replaces the whole policy of a bucket that exists.",
        AttachTo::Trust => "A role that is new, and for EC2 its instance profile.",
        AttachTo::Endpoint if is_template => "Makes a VPC endpoint with this policy.",
        AttachTo::Endpoint => "Replaces the whole policy of a VPC endpoint that exists.",
        AttachTo::Preferences => {
            "The session preferences of the account in this Region. A document of this name that exists must be \
             imported first."
        }
        AttachTo::SessionDocument => "A session document.",
        AttachTo::ServiceControlPolicy => "A service control policy, from the management account of the organization.",
    }
}
