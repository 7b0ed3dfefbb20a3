//! What a file asks for when it was not given.

use super::resource::{text, Input, Value};
use crate::aws::{Partition, Region};
use crate::session::related::EndpointService;

const fn input(name: &'static str, about: &'static str) -> Input {
    Input { name, kind: "String", about }
}

pub static ROLE_NAME: Input = input("RoleName", "The name of the role.");
pub static USER_NAME: Input = input("UserName", "The name of the user.");
pub static GROUP_NAME: Input = input("GroupName", "The name of the group.");
pub static KEY_ID: Input = input("KeyId", "The ARN or ID of the key.");
pub static BUCKET_NAME: Input = input("BucketName", "The name of the bucket.");
pub static DOCUMENT_NAME: Input = input("DocumentName", "The name of the session document.");
pub static VPC_ENDPOINT_ID: Input = input("VpcEndpointId", "The ID of the VPC endpoint.");
const ABOUT_SERVICE: &str =
    "The name of the service, as aws ec2 describe-vpc-endpoint-services prints it.";
pub static SERVICE_NAME: Input = input("ServiceName", ABOUT_SERVICE);
pub static SSM_SERVICE_NAME: Input = input("SsmServiceName", ABOUT_SERVICE);
pub static SSM_MESSAGES_SERVICE_NAME: Input = input("SsmMessagesServiceName", ABOUT_SERVICE);
pub static EC2_MESSAGES_SERVICE_NAME: Input = input("Ec2MessagesServiceName", ABOUT_SERVICE);
pub static S3_SERVICE_NAME: Input = input("S3ServiceName", ABOUT_SERVICE);
pub static KMS_SERVICE_NAME: Input = input("KmsServiceName", ABOUT_SERVICE);
pub static LOGS_SERVICE_NAME: Input = input("LogsServiceName", ABOUT_SERVICE);
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

/// The name of a service for its endpoint. In China some of the names begin otherwise, so it is asked for there.
pub fn service_name<'a>(service: Option<EndpointService>, region: Option<&str>) -> Value<'a> {
    let is_known = |region: &&str| {
        Region::parse(region).is_some_and(|region| region.partition != Partition::AwsCn)
    };
    match (service, region.filter(is_known)) {
        (Some(service), Some(region)) => text(format!("com.amazonaws.{region}.{}", service.word())),
        (service, _) => Value::Input(match service {
            None => &SERVICE_NAME,
            Some(EndpointService::Ssm) => &SSM_SERVICE_NAME,
            Some(EndpointService::SsmMessages) => &SSM_MESSAGES_SERVICE_NAME,
            Some(EndpointService::Ec2Messages) => &EC2_MESSAGES_SERVICE_NAME,
            Some(EndpointService::S3) => &S3_SERVICE_NAME,
            Some(EndpointService::Kms) => &KMS_SERVICE_NAME,
            Some(EndpointService::Logs) => &LOGS_SERVICE_NAME,
        }),
    }
}
