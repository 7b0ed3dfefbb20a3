//! The global condition keys, those that begin with `aws:`.
//!
//! Source: the names and types are those of the IAM user guide's page "AWS global condition context keys", 2026-11;
//! which requests have a key is taken from the guide of 2023, and derived for the keys that are newer. Two more are
//! accepted by Access Analyzer: `aws:PrincipalOrgMasterAccountId` (observed 2026-03) and `aws:SourceOwner` (sent by
//! Amazon SNS).

use std::sync::OnceLock;

use super::{ConditionKey, Index};
use crate::aws::{ClaimKey, Family};
use Availability::{Always, Signed, When};

/// A condition key that does not belong to one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlobalConditionKey {
    /// The key.
    pub key: ConditionKey,
    /// Which requests have it.
    pub availability: Availability,
}

/// Which requests have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// All.
    Always,
    /// All that are not anonymous.
    Signed,
    /// Those of which this half sentence is true, such as "an IAM user calls".
    When(&'static str),
}

pub(super) const REQUEST_TAG: ConditionKey = one("aws:RequestTag/${TagKey}", Family::String);
pub(super) const RESOURCE_TAG: ConditionKey = one("aws:ResourceTag/${TagKey}", Family::String);
pub(super) const TAG_KEYS: ConditionKey = many("aws:TagKeys", Family::String);

/// Sorted by name, as lower case.
static GLOBAL_KEYS: &[GlobalConditionKey] = &[
    global(one("aws:AssumedRoot", Family::Bool), When("the credentials come from sts:AssumeRoot")),
    global(
        many("aws:CalledVia", Family::String),
        When("a service calls with the principal's credentials"),
    ),
    global(
        one("aws:CalledViaAWSMCP", Family::String),
        When("an MCP server of AWS forwards the request"),
    ),
    global(
        one("aws:CalledViaFirst", Family::String),
        When("a service calls with the principal's credentials"),
    ),
    global(
        one("aws:CalledViaLast", Family::String),
        When("a service calls with the principal's credentials"),
    ),
    global(one("aws:ChatbotSourceArn", Family::Arn), When("the request comes from a chat channel")),
    global(one("aws:CurrentTime", Family::Date), Always),
    global(
        one("aws:Ec2InstanceSourcePrivateIPv4", Family::IpAddress),
        When("the credentials are those of an EC2 instance"),
    ),
    global(
        one("aws:Ec2InstanceSourceVpc", Family::String),
        When("the credentials are those of an EC2 instance"),
    ),
    global(one("aws:EpochTime", Family::Date), Always),
    global(
        one("aws:FederatedProvider", Family::String),
        When("the credentials come from an OIDC provider"),
    ),
    global(one("aws:IsMcpServiceAction", Family::Bool), When("the action is one of an MCP server")),
    global(
        one("aws:MultiFactorAuthAge", Family::Numeric),
        When("the principal signed in with MFA"),
    ),
    global(one("aws:MultiFactorAuthPresent", Family::Bool), When("the credentials are temporary")),
    global(one("aws:PrincipalAccount", Family::String), Always),
    global(one("aws:PrincipalArn", Family::Arn), Signed),
    global(one("aws:PrincipalIsAWSService", Family::Bool), Signed),
    global(
        one("aws:PrincipalOrgID", Family::String),
        When("the principal's account belongs to an organization"),
    ),
    global(
        one("aws:PrincipalOrgMasterAccountId", Family::String),
        When("the principal's account belongs to an organization"),
    ),
    global(
        many("aws:PrincipalOrgPaths", Family::String),
        When("the principal's account belongs to an organization"),
    ),
    global(
        one("aws:PrincipalServiceName", Family::String),
        When("a service itself calls, as a service principal"),
    ),
    global(
        many("aws:PrincipalServiceNamesList", Family::String),
        When("a service itself calls, as a service principal"),
    ),
    global(
        one("aws:PrincipalTag/${TagKey}", Family::String),
        When("the user, the role or the session has such a tag"),
    ),
    global(one("aws:PrincipalType", Family::String), Always),
    global(one("aws:referer", Family::String), When("a browser follows a link")),
    global(one("aws:RequestedRegion", Family::String), Always),
    global(REQUEST_TAG, When("the request brings such a tag")),
    global(
        one("aws:ResourceAccount", Family::String),
        When("the service says whose the resource is, as nearly all do"),
    ),
    global(
        one("aws:ResourceOrgID", Family::String),
        When("the resource's account belongs to an organization"),
    ),
    global(
        many("aws:ResourceOrgPaths", Family::String),
        When("the resource's account belongs to an organization"),
    ),
    global(RESOURCE_TAG, When("the resource has such a tag, and its service authorizes by tags")),
    global(one("aws:SecureTransport", Family::Bool), Always),
    global(
        one("aws:SignInSessionArn", Family::Arn),
        When("the credentials come from a sign-in session"),
    ),
    global(
        one("aws:SourceAccount", Family::String),
        When("a service calls for a resource, and passes its ARN on"),
    ),
    global(
        one("aws:SourceArn", Family::Arn),
        When("a service calls for a resource, and passes its ARN on"),
    ),
    global(
        one("aws:SourceIdentity", Family::String),
        When("the role session was given a source identity"),
    ),
    global(
        one("aws:SourceIp", Family::IpAddress),
        When("the request goes through no VPC endpoint"),
    ),
    global(
        one("aws:SourceOrgID", Family::String),
        When("a service calls for a resource whose account belongs to an organization"),
    ),
    global(
        many("aws:SourceOrgPaths", Family::String),
        When("a service calls for a resource whose account belongs to an organization"),
    ),
    global(
        one("aws:SourceOwner", Family::String),
        When("a service calls for a resource, and passes its ARN on"),
    ),
    global(one("aws:SourceVpc", Family::String), When("the request goes through a VPC endpoint")),
    global(one("aws:SourceVpcArn", Family::Arn), When("the request goes through a VPC endpoint")),
    global(one("aws:SourceVpce", Family::String), When("the request goes through a VPC endpoint")),
    global(TAG_KEYS, When("the request brings tags")),
    global(one("aws:TokenIssueTime", Family::Date), When("the credentials are temporary")),
    global(one("aws:UserAgent", Family::String), Always),
    global(one("aws:userid", Family::String), Always),
    global(one("aws:username", Family::String), When("an IAM user calls")),
    global(
        one("aws:ViaAWSMCPService", Family::Bool),
        When("an MCP server of AWS forwards the request"),
    ),
    global(one("aws:ViaAWSService", Family::Bool), Always),
    global(one("aws:VpceAccount", Family::String), When("the request goes through a VPC endpoint")),
    global(
        one("aws:VpceOrgID", Family::String),
        When("the request goes through a VPC endpoint of an account in an organization"),
    ),
    global(
        many("aws:VpceOrgPaths", Family::String),
        When("the request goes through a VPC endpoint of an account in an organization"),
    ),
    global(
        one("aws:VpcSourceIp", Family::IpAddress),
        When("the request goes through a VPC endpoint"),
    ),
];

/// Keys that say whose something is: a wildcard in their values lets strangers in.
///
/// Source: Access Analyzer's checks "Variable usage too permissive" and "Wildcard usage too permissive", read 2026-11.
const SENSITIVE_KEYS: &[&str] = &[
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
];

/// Keys with the name of a service that come with the credentials, so that requests to any service may have them. The
/// first is in AWS's own policies with actions that its list leaves out.
///
/// Source: the IAM user guide's page of global condition keys, where they are called cross-service, and the guides of the
/// services, and its section on cross-service keys of SAML, read 2026-11.
const WITH_CREDENTIALS: [&str; 12] = [
    "aws-marketplace:ProductId",
    "ec2:InstanceId",
    "ec2:RoleDelivery",
    "ec2:SourceInstanceArn",
    "glue:CredentialIssuingService",
    "glue:RoleAssumedBy",
    "identitystore:UserId",
    "lambda:SourceFunctionArn",
    "saml:namequalifier",
    "saml:sub",
    "saml:sub_type",
    "ssm:SourceInstanceArn",
];

/// Whether the key may come with the credentials of some callers, whatever the action: those of [`WITH_CREDENTIALS`], and
/// claims of a token, of which AWS says for some providers only whether a session keeps them.
pub fn comes_with_credentials(key: &str) -> bool {
    WITH_CREDENTIALS.iter().any(|known| known.eq_ignore_ascii_case(key))
        || ClaimKey::parse(key).is_some()
}

impl GlobalConditionKey {
    /// Every global key, sorted by name.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        GLOBAL_KEYS.iter().copied()
    }

    /// The key that this text is or, for a tag, stands for: `aws:PrincipalTag/Team` finds `aws:PrincipalTag/${TagKey}`.
    pub fn find(text: &str) -> Option<Self> {
        static FAMILIES: OnceLock<Index> = OnceLock::new();
        // What stands before a tag, with the slash, or the whole.
        let family = |name: &'static str| name.split_inclusive('/').next().unwrap_or_default();
        let families = || Index::of(GLOBAL_KEYS.iter().map(|global| family(global.key.name)));
        let own = text.split_inclusive('/').next()?;
        let families = FAMILIES.get_or_init(families);
        let found = families.find(GLOBAL_KEYS, |global| family(global.key.name), own)?;
        found.key.matches(text).then_some(*found)
    }

    /// Whether the key says whose something is, so that a wildcard in its value lets strangers in.
    pub fn is_sensitive(self) -> bool {
        SENSITIVE_KEYS.contains(&self.key.name)
    }
}

impl ConditionKey {
    /// The only services whose requests may have the key, by prefix and sorted; `None` for a key without such a list.
    ///
    /// Source: the page of global condition keys, read 2026-11.
    pub fn only_services(self) -> Option<&'static [&'static str]> {
        match self.name {
            "aws:VpceAccount" | "aws:VpceOrgPaths" => Some(VPC_ENDPOINT_ACCOUNT),
            "aws:VpceOrgID" => Some(VPC_ENDPOINT_ORGANIZATION),
            _ => None,
        }
    }
}

const fn global(key: ConditionKey, availability: Availability) -> GlobalConditionKey {
    GlobalConditionKey { key, availability }
}

const fn one(name: &'static str, family: Family) -> ConditionKey {
    ConditionKey { name, family, is_multivalued: false }
}

const fn many(name: &'static str, family: Family) -> ConditionKey {
    ConditionKey { name, family, is_multivalued: true }
}

/// Services whose requests have `aws:VpceAccount` and `aws:VpceOrgPaths`.
const VPC_ENDPOINT_ACCOUNT: &[&str] = &[
    "acm-pca",
    "applicationinsights",
    "apprunner",
    "athena",
    "cloudformation",
    "comprehendmedical",
    "compute-optimizer",
    "datasync",
    "discovery",
    "dynamodb",
    "ebs",
    "ecr",
    "ecs",
    "firehose",
    "gamelift",
    "healthlake",
    "iam",
    "iotfleetwise",
    "iotwireless",
    "kinesisanalytics",
    "kms",
    "lambda",
    "medical-imaging",
    "omics",
    "payment-cryptography",
    "polly",
    "rbin",
    "rekognition",
    "route53",
    "s3",
    "scheduler",
    "servicediscovery",
    "servicequotas",
    "shield",
    "ssm-contacts",
    "storagegateway",
    "textract",
    "transcribe",
    "transfer",
];

/// Services whose requests have `aws:VpceOrgID`.
const VPC_ENDPOINT_ORGANIZATION: &[&str] = &[
    "acm-pca",
    "applicationinsights",
    "apprunner",
    "athena",
    "b2bi",
    "cassandra",
    "cloudformation",
    "cognito-identity",
    "comprehendmedical",
    "compute-optimizer",
    "datasync",
    "discovery",
    "dms",
    "ds-data",
    "dynamodb",
    "ebs",
    "ecr",
    "ecs",
    "firehose",
    "gamelift",
    "healthlake",
    "iam",
    "identitystore",
    "iotfleetwise",
    "iottwinmaker",
    "iotwireless",
    "kinesisanalytics",
    "kms",
    "lambda",
    "medical-imaging",
    "network-firewall",
    "omics",
    "payment-cryptography",
    "polly",
    "pricing",
    "rbin",
    "rekognition",
    "route53",
    "s3",
    "scheduler",
    "servicediscovery",
    "servicequotas",
    "ses",
    "shield",
    "sms-voice",
    "sqs",
    "ssm-contacts",
    "storagegateway",
    "textract",
    "transcribe",
    "transfer",
    "workmail",
];
