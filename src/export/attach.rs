//! What a policy is attached to, as resources of both families.

use super::about::{about, undo};
use super::input::{
    service_name, BUCKET_NAME, DOCUMENT_NAME, GROUP_NAME, KEY_ID, ROLE_NAME, ROUTE_TABLE_IDS,
    SECURITY_GROUP_IDS, SUBNET_IDS, USER_NAME, VPC_ENDPOINT_ID, VPC_ID,
};
use super::resource::{field, text, Attribute, Field, Input, Kind, Resource, Value};
use super::{trusts_ec2, AttachTo, Exported, File, Format, Target};
use crate::json::Plain;
use crate::session::related::EndpointService;
use crate::session::DEFAULT_DOCUMENT;

/// The name of a policy when none is given, and the usual one.
pub const POLICY_NAME: &str = "SessionManagerPermissions";

const fn kind(cloudformation: &'static str, terraform: &'static str, label: &'static str) -> Kind {
    Kind { cloudformation, terraform, label }
}

pub const NODE_ROLE: Kind = kind("AWS::IAM::Role", "aws_iam_role", "NodeRole");
pub const MANAGED_POLICY: Kind =
    kind("AWS::IAM::ManagedPolicy", "aws_iam_policy", "SessionManagerPermissions");

/// The file that makes what the policy is attached to.
pub fn file<'a>(exported: Exported<'a>, target: &Target<'a>) -> File<'a> {
    let mut comments = vec![about(target).to_owned()];
    comments.push(undo(target.format).to_owned());
    File { comments, resources: resources(exported, target), made: &[] }
}

fn resources<'a>(exported: Exported<'a>, target: &Target<'a>) -> Vec<Resource<'a>> {
    let document = exported.value();
    let policy_name = text(target.policy_name.unwrap_or(POLICY_NAME));
    let resource = match target.attach_to {
        AttachTo::Role => role_policy(given(target.role_name, &ROLE_NAME), policy_name, document),
        AttachTo::User => {
            kind("AWS::IAM::UserPolicy", "aws_iam_user_policy", "SessionManagerPermissions").with(
                vec![
                    field("UserName", "user", given(target.user_name, &USER_NAME)),
                    field("PolicyName", "name", policy_name),
                    field("PolicyDocument", "policy", document),
                ],
            )
        }
        AttachTo::Group => {
            kind("AWS::IAM::GroupPolicy", "aws_iam_group_policy", "SessionManagerPermissions").with(
                vec![
                    field("GroupName", "group", given(target.group_name, &GROUP_NAME)),
                    field("PolicyName", "name", policy_name),
                    field("PolicyDocument", "policy", document),
                ],
            )
        }
        AttachTo::ManagedPolicy => return managed_policy(target, policy_name, document),
        // CloudFormation has no policy of a key without the key.
        AttachTo::Key => Resource {
            is_kept: true,
            ..kind("AWS::KMS::Key", "aws_kms_key_policy", "SessionKey").with(vec![
                field("", "key_id", given(target.kms_key_arn, &KEY_ID)),
                field("KeyPolicy", "policy", document),
            ])
        },
        AttachTo::Bucket => bucket_policy(given(target.bucket_name, &BUCKET_NAME), document),
        AttachTo::Trust => {
            let name = given(target.role_name, &ROLE_NAME);
            return node_role(name, document, trusts_ec2(exported));
        }
        AttachTo::Endpoint if target.format.makes_endpoint() => {
            endpoint(target.endpoint_service, target.region, "VpcEndpoint", document)
        }
        AttachTo::Endpoint => kind("", "aws_vpc_endpoint_policy", "VpcEndpoint").with(vec![
            field("", "vpc_endpoint_id", given(target.vpc_endpoint_id, &VPC_ENDPOINT_ID)),
            field("", "policy", document),
        ]),
        AttachTo::Preferences => {
            session_document(text(target.document_name.unwrap_or(DEFAULT_DOCUMENT)), document)
        }
        AttachTo::SessionDocument => {
            session_document(given(target.document_name, &DOCUMENT_NAME), document)
        }
        AttachTo::ServiceControlPolicy => {
            return service_control_policy(target, policy_name, document);
        }
    };
    vec![resource]
}

/// What was given, or what is asked for instead.
fn given<'a>(name: Option<&'a str>, input: &'static Input) -> Value<'a> {
    name.map_or(Value::Input(input), text)
}

/// An inline policy of a role.
pub fn role_policy<'a>(role: Value<'a>, name: Value<'a>, policy: Value<'a>) -> Resource<'a> {
    kind("AWS::IAM::RolePolicy", "aws_iam_role_policy", "SessionManagerPermissions").with(vec![
        field("RoleName", "role", role),
        field("PolicyName", "name", name),
        field("PolicyDocument", "policy", policy),
    ])
}

/// A role with its trust policy, and with an instance profile for EC2.
pub fn node_role<'a>(name: Value<'a>, trust: Value<'a>, is_of_ec2: bool) -> Vec<Resource<'a>> {
    let profile_name = match &name {
        Value::Plain(name) => Value::Plain(name.clone()),
        _ => Value::Input(&ROLE_NAME),
    };
    let role = Resource {
        is_named: is_of_ec2,
        ..NODE_ROLE.with(vec![
            field("RoleName", "name", name),
            field("AssumeRolePolicyDocument", "assume_role_policy", trust),
        ])
    };
    let mut resources = vec![role];
    if is_of_ec2 {
        let role = || Value::Made(NODE_ROLE, Attribute::Id);
        let profile = kind("AWS::IAM::InstanceProfile", "aws_iam_instance_profile", "NodeProfile");
        resources.push(profile.with(vec![
            field("InstanceProfileName", "name", profile_name),
            field("Roles", "", Value::List(vec![role()])),
            field("", "role", role()),
        ]));
    }
    resources
}

/// A policy of its own; Terraform's family attaches it by other resources.
fn managed_policy<'a>(
    target: &Target<'a>,
    name: Value<'a>,
    policy: Value<'a>,
) -> Vec<Resource<'a>> {
    let attachments = [
        ("Roles", "role", "aws_iam_role_policy_attachment", "RoleAttachment", target.role_name),
        ("Users", "user", "aws_iam_user_policy_attachment", "UserAttachment", target.user_name),
        (
            "Groups",
            "group",
            "aws_iam_group_policy_attachment",
            "GroupAttachment",
            target.group_name,
        ),
    ];
    let mut fields =
        vec![field("ManagedPolicyName", "name", name), field("PolicyDocument", "policy", policy)];
    let mut attached = Vec::new();
    for (property, attribute, terraform, label, who) in attachments {
        let Some(who) = who else { continue };
        fields.push(field(property, "", Value::List(vec![text(who)])));
        attached.push(kind("", terraform, label).with(vec![
            field("", attribute, text(who)),
            field("", "policy_arn", Value::Made(MANAGED_POLICY, Attribute::Arn)),
        ]));
    }
    // In CloudFormation nothing refers to it: who gets it stands in it.
    let is_named = !attached.is_empty() && target.format == Format::PulumiTypescript;
    let mut resources = vec![Resource { is_named, ..MANAGED_POLICY.with(fields) }];
    resources.extend(attached);
    resources
}

/// A policy of its own, attached to nothing.
pub fn managed_policy_called<'a>(
    label: &'static str,
    name: Value<'a>,
    policy: Value<'a>,
) -> Resource<'a> {
    Kind { label, ..MANAGED_POLICY }.with(vec![
        field("ManagedPolicyName", "name", name),
        field("PolicyDocument", "policy", policy),
    ])
}

/// The policy of a bucket.
pub fn bucket_policy<'a>(bucket: Value<'a>, policy: Value<'a>) -> Resource<'a> {
    kind("AWS::S3::BucketPolicy", "aws_s3_bucket_policy", "LogBucketPolicy")
        .with(vec![field("Bucket", "bucket", bucket), field("PolicyDocument", "policy", policy)])
}

/// A session document.
pub fn session_document<'a>(name: Value<'a>, document: Value<'a>) -> Resource<'a> {
    kind("AWS::SSM::Document", "aws_ssm_document", "SessionDocument").with(vec![
        field("Name", "name", name),
        field("DocumentType", "document_type", text("Session")),
        field("DocumentFormat", "document_format", text("JSON")),
        // Without it CloudFormation would make another document for each change, of another name.
        field("UpdateMethod", "", text("NewVersion")),
        field("Content", "content", document),
    ])
}

/// A VPC endpoint with its policy.
pub fn endpoint<'a>(
    service: Option<EndpointService>,
    region: Option<&str>,
    label: &'static str,
    policy: Value<'a>,
) -> Resource<'a> {
    let is_gateway = service == Some(EndpointService::S3);
    let mut fields = vec![
        field("VpcId", "vpc_id", Value::Input(&VPC_ID)),
        field("ServiceName", "service_name", service_name(service, region)),
    ];
    let kind_of_endpoint = if is_gateway { "Gateway" } else { "Interface" };
    fields.push(field("VpcEndpointType", "vpc_endpoint_type", text(kind_of_endpoint)));
    if is_gateway {
        fields.push(field("RouteTableIds", "route_table_ids", Value::Input(&ROUTE_TABLE_IDS)));
    } else {
        let groups = Value::Input(&SECURITY_GROUP_IDS);
        fields.push(field("SubnetIds", "subnet_ids", Value::Input(&SUBNET_IDS)));
        fields.push(field("SecurityGroupIds", "security_group_ids", groups));
        let names = Value::Plain(Plain::Bool(true));
        fields.push(field("PrivateDnsEnabled", "private_dns_enabled", names));
    }
    fields.push(field("PolicyDocument", "policy", policy));
    kind("AWS::EC2::VPCEndpoint", "aws_vpc_endpoint", label).with(fields)
}

fn service_control_policy<'a>(
    target: &Target<'a>,
    name: Value<'a>,
    policy: Value<'a>,
) -> Vec<Resource<'a>> {
    let guard =
        kind("AWS::Organizations::Policy", "aws_organizations_policy", "SessionManagerGuard");
    let mut fields = vec![
        field("Name", "name", name),
        field("Type", "type", text("SERVICE_CONTROL_POLICY")),
        field("Content", "content", policy),
    ];
    let mut attached = None;
    if let Some(id) = target.organization_target_id {
        fields.push(field("TargetIds", "", Value::List(vec![text(id)])));
        let attachment = kind("", "aws_organizations_policy_attachment", "GuardAttachment");
        let policy = Value::Made(guard, Attribute::Id);
        let of: Vec<Field> = vec![field("", "policy_id", policy), field("", "target_id", text(id))];
        attached = Some(attachment.with(of));
    }
    let is_named = attached.is_some() && target.format == Format::PulumiTypescript;
    let mut resources = vec![Resource { is_named, ..guard.with(fields) }];
    resources.extend(attached);
    resources
}

impl Format {
    /// Whether it has the policy of an endpoint only together with the endpoint, and that of a key with the key.
    pub fn makes_endpoint(self) -> bool {
        matches!(
            self,
            Format::Cloudformation
                | Format::CloudformationJson
                | Format::CdkTypescript
                | Format::CdkPython
        )
    }
}
