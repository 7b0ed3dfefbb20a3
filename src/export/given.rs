//! What fills in the tables: names and documents, and what is asked for in their stead.

use std::borrow::Cow;

use super::resource::{Attribute, Input, Kind};
use super::setup::SESSION_KEY;
use super::{trusts_ec2, Exported};

/// A name that may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The role.
    Role,
    /// The user.
    User,
    /// The group.
    Group,
    /// The policy.
    Policy,
    /// The key.
    Key,
    /// The bucket.
    Bucket,
    /// The session document.
    Document,
    /// The endpoint.
    VpcEndpoint,
    /// What gets a service control policy.
    OrganizationTarget,
    /// The service behind the endpoint.
    Service,
    /// Systems Manager behind an endpoint of a set-up.
    SsmService,
    /// The channels behind one.
    SsmMessagesService,
    /// The old channel of Run Command behind one.
    Ec2MessagesService,
    /// S3 behind one.
    S3Service,
    /// KMS behind one.
    KmsService,
    /// CloudWatch Logs behind one.
    LogsService,
    /// The policy of people.
    OperatorPolicy,
    /// The log group.
    LogGroup,
    /// The key that the log bucket has of its own.
    BucketKey,
}

const NAMES: usize = 19;

/// A document that may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is exported, or the policy of the nodes.
    Main,
    /// The trust policy of the nodes.
    Trust,
    /// The policy of the session key.
    Key,
    /// The policy of the log bucket.
    Bucket,
    /// The policy of the key of the log group.
    LogGroupKey,
    /// The session preferences.
    Preferences,
    /// The policy of people.
    Operator,
    /// The policy of the endpoint of Systems Manager.
    SsmEndpoint,
    /// The policy of the endpoint of the channels.
    SsmMessagesEndpoint,
    /// The policy of the endpoint of the old channel of Run Command.
    Ec2MessagesEndpoint,
    /// The policy of the endpoint of S3.
    S3Endpoint,
    /// The policy of the endpoint of KMS.
    KmsEndpoint,
    /// The policy of the endpoint of CloudWatch Logs.
    LogsEndpoint,
}

const PARTS: usize = 13;

/// Without what something is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It is always there.
    Nothing,
    /// A name.
    Name(Name),
    /// A document.
    Part(Part),
    /// A role that EC2 may assume.
    Ec2,
}

/// What was given.
#[derive(Default)]
pub struct Given<'a> {
    names: [Option<Cow<'a, str>>; NAMES],
    parts: [Option<Exported<'a>>; PARTS],
    is_of_ec2: bool,
    /// Texts that stand for the ARN of the session key, which is made.
    pub keys: Vec<&'a str>,
}

impl<'a> Given<'a> {
    /// Takes a name.
    pub fn set(&mut self, name: Name, text: Option<impl Into<Cow<'a, str>>>) {
        if let Some(place) = self.names.get_mut(name as usize) {
            *place = text.map(Into::into);
        }
    }

    /// Takes a document.
    pub fn add(&mut self, part: Part, document: Exported<'a>) {
        if matches!(part, Part::Main | Part::Trust) {
            self.is_of_ec2 |= trusts_ec2(document);
        }
        if let Some(place) = self.parts.get_mut(part as usize) {
            *place = Some(document);
        }
    }

    /// The name.
    pub fn name(&self, name: Name) -> Option<&str> {
        self.names.get(name as usize)?.as_deref()
    }

    /// The document.
    pub fn part(&self, part: Part) -> Option<Exported<'a>> {
        *self.parts.get(part as usize)?
    }

    /// Whether it is given.
    pub fn has(&self, need: Need) -> bool {
        match need {
            Need::Nothing => true,
            Need::Name(name) => self.name(name).is_some(),
            Need::Part(part) => self.part(part).is_some(),
            Need::Ec2 => self.is_of_ec2,
        }
    }

    /// What the text stands for.
    pub fn made(&self, text: &str) -> Option<(Kind, Attribute)> {
        self.keys.contains(&text).then_some((SESSION_KEY, Attribute::Arn))
    }
}

const fn input(name: &'static str, about: &'static str) -> Input {
    Input { name, kind: "String", about }
}

const ABOUT_SERVICE: &str =
    "The name of the service, as aws ec2 describe-vpc-endpoint-services prints it.";

/// What is asked for in the stead of each name, in their order.
static INPUTS: [Input; NAMES] = [
    input("RoleName", "The name of the role."),
    input("UserName", "The name of the user."),
    input("GroupName", "The name of the group."),
    input("PolicyName", "The name of the policy."),
    input("KeyId", "The ARN or ID of the key."),
    input("BucketName", "The name of the bucket."),
    input("DocumentName", "The name of the session document."),
    input("VpcEndpointId", "The ID of the VPC endpoint."),
    input("TargetId", "The ID of the root, unit or account."),
    input("ServiceName", ABOUT_SERVICE),
    input("SsmServiceName", ABOUT_SERVICE),
    input("SsmMessagesServiceName", ABOUT_SERVICE),
    input("Ec2MessagesServiceName", ABOUT_SERVICE),
    input("S3ServiceName", ABOUT_SERVICE),
    input("KmsServiceName", ABOUT_SERVICE),
    input("LogsServiceName", ABOUT_SERVICE),
    input("OperatorPolicyName", "The name of the policy of people."),
    input("LogGroupName", "The name of the log group."),
    input("BucketKeyArn", "The ARN of the key of the log bucket."),
];

impl Name {
    /// What is asked for in its stead.
    pub fn input(self) -> &'static Input {
        static NONE: Input = input("Name", "A name.");
        INPUTS.get(self as usize).unwrap_or(&NONE)
    }
}

pub static VPC_ID: Input =
    Input { name: "VpcId", kind: "AWS::EC2::VPC::Id", about: "The VPC of the nodes." };
pub static SUBNET_IDS: Input = Input {
    name: "SubnetIds",
    kind: "List<AWS::EC2::Subnet::Id>",
    about: "The subnets of the nodes, one for each Availability Zone.",
};
pub static SECURITY_GROUP_IDS: Input = Input {
    name: "SecurityGroupIds",
    kind: "List<AWS::EC2::SecurityGroup::Id>",
    about: "The security groups of the endpoints, which let in port 443 from the nodes.",
};
pub static ROUTE_TABLE_IDS: Input = Input {
    name: "RouteTableIds",
    kind: "CommaDelimitedList",
    about: "The route tables of the subnets of the nodes.",
};
