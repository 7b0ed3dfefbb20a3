//! Which condition keys a request can have at all: any other is absent, not unknown.

use crate::aws::catalog::{
    comes_with_credentials, Action, ActionResource, ConditionKey, GlobalConditionKey, Service,
};
use crate::aws::{matches_glob, variables};

/// Keys that are global in name, and come only with the services that list them.
const LISTED: [&str; 3] = ["aws:RequestTag/${TagKey}", "aws:ResourceTag/${TagKey}", "aws:TagKeys"];

/// Whether a request for the action on the resource can have the condition key, as far as the catalog knows.
///
/// A key of a service comes with the actions and the types of resources that list it, a global key with every request
/// of its services, and so does a key of a service that comes with the credentials. With an action that the catalog does
/// not know, any key can come.
pub fn can_occur(action: &str, resource: &str, key: &str) -> bool {
    Occurrence::new(action, resource).of(key)
}

/// The condition keys that requests for an action on a resource can have.
#[derive(Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The service, and the keys that the action and the types of the resource list; `None` when the catalog does not
    /// know the action.
    known: Option<(Service, Vec<ConditionKey>)>,
}

impl Occurrence {
    /// Looks up the action and the types of resources that the resource may be of.
    pub fn new(action: &str, resource: &str) -> Self {
        let action =
            action.split_once(':').and_then(|(prefix, name)| Service::find(prefix)?.action(name));
        Occurrence { known: action.map(|action| (action.service(), keys(action, resource))) }
    }

    /// Whether the key can come with them.
    pub fn of(&self, key: &str) -> bool {
        let Some((service, listed)) = &self.known else {
            return true;
        };
        if let Some(global) = GlobalConditionKey::find(key) {
            if !LISTED.contains(&global.key.name) {
                return global
                    .key
                    .only_services()
                    .is_none_or(|services| services.contains(&service.prefix()));
            }
        }
        listed.iter().any(|listed| listed.matches(key))
            || comes_with_credentials(key)
            || is_listed_of_none(*service, key)
    }
}

/// Whether the service has the key, and AWS's list does not say with which of its actions it comes, as with
/// `ec2-instance-connect:privateIpAddress`.
fn is_listed_of_none(service: Service, key: &str) -> bool {
    let is_it = |listed: ConditionKey| listed.matches(key);
    let mut actions = service.actions();
    let mut types = service.resource_types();
    service.condition_key(key).is_some()
        && !types.any(|of| of.condition_keys().any(is_it))
        && !actions.any(|action| {
            let mut of_types = action.resource_types().flat_map(|of| of.condition_keys());
            action.condition_keys().any(is_it) || of_types.any(is_it)
        })
}

fn keys(action: Action, resource: &str) -> Vec<ConditionKey> {
    let is_of_type = |of: &ActionResource| {
        let mut formats = of.resource_type.arn_formats();
        formats.any(|format| {
            let arn = [
                "arn",
                format.partition,
                format.service,
                format.region,
                format.account,
                format.resource,
            ];
            matches_glob(&with_stars(&arn.join(":")), resource)
        })
    };
    let types: Vec<ActionResource> = action.resource_types().collect();
    let mut told: Vec<&ActionResource> = types.iter().filter(|of| is_of_type(of)).collect();
    // A resource that looks like none of them may be of any.
    if told.is_empty() {
        told = types.iter().collect();
    }
    let of_types = told
        .into_iter()
        .flat_map(|of| of.condition_keys().chain(of.resource_type.condition_keys()));
    action.condition_keys().chain(of_types).collect()
}

/// The format with a star in the place of each placeholder.
fn with_stars(format: &str) -> String {
    let (mut pattern, mut at) = (String::new(), 0);
    for placeholder in variables(format) {
        pattern.push_str(format.get(at..placeholder.range.start).unwrap_or_default());
        pattern.push('*');
        at = placeholder.range.end;
    }
    pattern.push_str(format.get(at..).unwrap_or_default());
    pattern
}

#[cfg(test)]
mod tests {
    use super::can_occur;

    #[test]
    fn the_catalog_tells_what_can_come() {
        let instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890";
        let document = "arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell";
        for (action, resource, key, expected) in [
            ("ssm:StartSession", instance, "aws:ResourceTag/Env", true),
            ("ec2-instance-connect:OpenTunnel", "*", "ec2-instance-connect:privateIpAddress", true),
            ("ec2-instance-connect:OpenTunnel", "*", "ec2-instance-connect:elsewhere", false),
            ("ssm:StartSession", instance, "ssm:resourceTag/Env", true),
            ("ssm:StartSession", instance, "ssm:SessionDocumentAccessCheck", true),
            ("ssm:StartSession", instance, "s3:prefix", false),
            ("ssm:StartSession", document, "aws:MultiFactorAuthPresent", true),
            ("ssmmessages:OpenDataChannel", "*", "aws:ResourceTag/Env", false),
            ("ssmmessages:OpenDataChannel", "*", "aws:SourceVpce", true),
            ("ssmmessages:OpenDataChannel", "*", "aws:VpceAccount", false),
            ("s3:PutObject", "arn:aws:s3:::b/k", "aws:VpceAccount", true),
            ("s3:PutObject", "arn:aws:s3:::b/k", "S3:X-Amz-Acl", true),
            ("s3:PutObject", "arn:aws:s3:::b/k", "ec2:SourceInstanceARN", true),
            ("s3:PutObject", "arn:aws:s3:::b/k", "ec2:Vpc", false),
            ("s3:PutObject", "arn:aws:s3:::b/k", "saml:sub", true),
            ("s3:PutObject", "arn:aws:s3:::b/k", "saml:iss", false),
            ("s3:PutObject", "arn:aws:s3:::b/k", "cognito-identity.amazonaws.com:sub", true),
            ("nowhere:Do", "*", "s3:prefix", true),
            ("nothing", "*", "s3:prefix", true),
        ] {
            assert_eq!(can_occur(action, resource, key), expected, "{action} {key}");
        }
    }
}
