//! VPC endpoints: which are needed, and a policy for each.
//!
//! Source: the Systems Manager user guide, "Improve the security of EC2 instances by using VPC endpoints for Systems
//! Manager", read 2026-11.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::aws::{matches_glob, Partition, Region};
use crate::json::{Layout, Plain};
use crate::policy::{Effect, Policy, Principal, Statement, Strings, Who};

use super::super::capabilities;
use super::super::draft::{allow, allow_all, finish, one, when};
use super::super::node::{agent_buckets, bucket_name, AgentBuckets, CHANNELS, LEGACY_CHANNEL};
use super::super::option::{self, of};
use super::super::place::Fields;
use super::super::{BuiltPolicy, Conflict, KmsKey, Note, Place, Quota, Refused, Scope};
use super::{command, BuiltDocument};

/// An endpoint and what goes through it, checked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct EndpointPolicy<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    #[serde(default)]
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(default, borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(default, deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// The service behind the endpoint.
    pub service: EndpointService,
    /// The log bucket.
    #[serde(default, deserialize_with = "option::optional::<of::Bucket, _>")]
    pub bucket: Option<&'a str>,
    /// The keys for session data.
    #[serde(default, rename = "kmsKeyArn", deserialize_with = "option::keys")]
    pub session_keys: Vec<KmsKey>,
    /// Whether people start sessions from inside the VPC.
    #[serde(default)]
    pub operators: bool,
    /// The agent's buckets that the nodes are allowed; the least is let through in any case.
    #[serde(skip)]
    pub agent_buckets: Option<AgentBuckets>,
    /// What else has to pass: the statements of the policies beside which the endpoint is made.
    #[serde(skip)]
    pub granted: Vec<Statement>,
}

/// A service with an endpoint that Session Manager uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EndpointService {
    /// Systems Manager.
    Ssm,
    /// The channels.
    SsmMessages,
    /// The old channel of Run Command.
    Ec2Messages,
    /// Logs and the agent's own files.
    S3,
    /// Encrypted sessions.
    Kms,
    /// CloudWatch Logs.
    Logs,
}

impl EndpointService {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Ssm, Self::SsmMessages, Self::Ec2Messages, Self::S3, Self::Kms, Self::Logs];

    /// The one that takes the calls of an action.
    pub fn of_action(action: &str) -> Option<Self> {
        let (prefix, _) = action.split_once(':')?;
        Self::ALL.into_iter().find(|service| service.word() == prefix)
    }

    /// Its word in the names of endpoints, which is the prefix of its actions.
    pub fn word(self) -> &'static str {
        match self {
            EndpointService::Ssm => "ssm",
            EndpointService::SsmMessages => "ssmmessages",
            EndpointService::Ec2Messages => "ec2messages",
            EndpointService::S3 => "s3",
            EndpointService::Kms => "kms",
            EndpointService::Logs => "logs",
        }
    }
}

/// What is used in a VPC without a way to the internet, checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct Endpoints<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// Whether agents use the old channel.
    pub legacy_channel: bool,
    /// Whether session data is encrypted with KMS.
    pub session_encryption: bool,
    /// Whether logs go to a bucket.
    pub s3_logs: bool,
    /// Whether logs go to CloudWatch Logs.
    pub cloud_watch_logs: bool,
    /// Whether people start sessions from inside the VPC.
    pub operators: bool,
}

/// Builds the policy of one endpoint.
///
/// # Errors
/// Without an account, or for S3 a Region; a key or Region of another place.
pub fn build_endpoint_policy(options: &EndpointPolicy) -> Result<BuiltPolicy, Refused> {
    let keys: Vec<_> = options.session_keys.iter().map(|key| (key, "kmsKeyArn")).collect();
    let place = Place::new(options.partition, options.region, options.account_id);
    let fields = place.fields(&keys)?;
    if options.account_id.is_none() {
        return Err(Refused::conflict("accountId", Conflict::ACCOUNT_MISSING));
    }
    let mut statements = match options.service {
        EndpointService::Ssm => ssm(options, &fields),
        EndpointService::SsmMessages => {
            vec![of_account(&fields, allow_all("NodeChannels", &CHANNELS))]
        }
        EndpointService::Ec2Messages => {
            vec![of_account(&fields, allow_all("NodeLegacyMessages", &LEGACY_CHANNEL))]
        }
        EndpointService::S3 => s3(options, &fields)?,
        EndpointService::Kms => {
            let keys: Vec<_> =
                options.session_keys.iter().map(|key| key.as_str().to_owned()).collect();
            let keys = if keys.is_empty() { vec![fields.arn("kms", "key/*")] } else { keys };
            let mut actions = vec!["kms:Decrypt"];
            if options.operators {
                actions.extend(of_operators(EndpointService::Kms));
            }
            vec![of_account(&fields, allow("SessionKeys", &actions, keys))]
        }
        EndpointService::Logs => {
            let actions = [
                "logs:CreateLogStream",
                "logs:DescribeLogGroups",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
            ];
            vec![of_account(&fields, allow_all("SessionLogs", &actions))]
        }
    };
    statements.extend(granted(options, &fields, &statements));
    for statement in &mut statements {
        statement.principal = Some(Principal { negated: false, who: Who::Everyone });
    }
    finish(&mut statements, Scope::LeastPrivilege, Some(true));
    let mut notes = vec![
        Note::new(
            "SUMMARY",
            format!(
                "Lets the account use {} through the endpoint for what Session Manager needs, and nothing else.",
                options.service.word()
            ),
        ),
        Note::new(
            "ENDPOINT_POLICY_IS_A_LIMIT",
            "The policy of an endpoint grants nothing by itself, and other uses of the same endpoint stop with it.",
        ),
    ];
    notes.extend(options.bucket.map(bucket_name).unwrap_or_default());
    notes.extend(place.notes(&options.session_keys.iter().collect::<Vec<_>>(), "kms:Decrypt"));
    Ok(BuiltPolicy::new(Policy::new(statements), Quota::Endpoint, notes))
}

/// What people inside the VPC do: start sessions, end and resume their own, make the key for their data.
const OF_OPERATORS: [&str; 3] =
    ["operator.start-shell", "operator.own-sessions-tag", "operator.session-kms"];

/// The calls of people to a service.
fn of_operators(service: EndpointService) -> Vec<&'static str> {
    let mut actions = capabilities::actions(&|asked| OF_OPERATORS.contains(&asked.id));
    actions.retain(|action| EndpointService::of_action(action) == Some(service));
    actions
}

fn of_account(fields: &Fields, mut statement: Statement) -> Statement {
    when(&mut statement, "StringEquals", "aws:PrincipalAccount", one(fields.account));
    statement
}

/// A statement for each list of resources on which more is allowed beside the endpoint than its own statements let
/// through. Conditions are left to the policies that allow: the endpoint is the outer limit.
fn granted(options: &EndpointPolicy, fields: &Fields, own: &[Statement]) -> Vec<Statement> {
    // Calls that are not signed pass on a condition of their own, which no other call fulfils.
    let of_account = |statement: Statement| of_account(fields, statement);
    let signed = of_account(allow_all("", &[])).condition;
    let passes = |action: &str, resource: &str| {
        let holds = |values: &Strings, text: &str| {
            values.as_slice().iter().any(|pattern| matches_glob(pattern, text))
        };
        own.iter().filter(|one| one.condition.is_empty() || one.condition == signed).any(|one| {
            holds(&one.action.values, action)
                && one.resource.as_ref().is_some_and(|own| holds(&own.values, resource))
        })
    };
    // The services whose own statements name resources.
    let is_of_resources = matches!(options.service, EndpointService::S3 | EndpointService::Kms);
    let everywhere = ["*".to_owned()];
    let mut found: Vec<(&[String], BTreeSet<&str>)> = Vec::new();
    for statement in options.granted.iter().filter(|one| one.effect == Effect::Allow) {
        let named = statement.resource.as_ref().filter(|one| is_of_resources && !one.negated);
        let resources = named.map_or(&everywhere[..], |element| element.values.as_slice());
        for action in statement.action.values.as_slice() {
            if EndpointService::of_action(action) != Some(options.service)
                || resources.iter().all(|resource| passes(action, resource))
            {
                continue;
            }
            match found.iter_mut().find(|(known, _)| *known == resources) {
                Some((_, actions)) => drop(actions.insert(action)),
                None => found.push((resources, BTreeSet::from([action.as_str()]))),
            }
        }
    }
    let statement = |(i, (resources, actions)): (usize, (&[String], BTreeSet<&str>))| {
        let actions: Vec<&str> = actions.into_iter().collect();
        of_account(allow(&format!("Granted{}", i + 1), &actions, resources.to_vec()))
    };
    found.into_iter().enumerate().map(statement).collect()
}

fn ssm(options: &EndpointPolicy, fields: &Fields) -> Vec<Statement> {
    let node = [
        "ssm:UpdateInstanceInformation",
        "ssm:ListInstanceAssociations",
        "ssm:UpdateInstanceAssociationStatus",
        "ssm:GetDocument",
        "ssm:DescribeAssociation",
        "ssm:PutInventory",
        "ssm:PutComplianceItems",
    ];
    let credentials = [
        "ssm:RegisterManagedInstance",
        "ssm:RequestManagedInstanceRoleToken",
        "ssm:UpdateManagedInstancePublicKey",
    ];
    // These calls are not signed with credentials, so they have no principal to compare.
    let mut unsigned = allow_all("NodeCredentials", &credentials);
    when(&mut unsigned, "StringEquals", "ssm:NodeAccountId", one(fields.account));
    let mut statements = vec![of_account(fields, allow_all("NodeHeartbeat", &node)), unsigned];
    if options.operators {
        let actions = of_operators(EndpointService::Ssm);
        statements.push(of_account(fields, allow_all("OperatorSessions", &actions)));
    }
    statements
}

fn s3(options: &EndpointPolicy, fields: &Fields) -> Result<Vec<Statement>, Refused> {
    if fields.region == "*" {
        return Err(Refused::conflict("region", Conflict::REGION_MISSING));
    }
    let mut statements = Vec::new();
    if let Some(bucket) = options.bucket {
        let put = ["s3:PutObject", "s3:PutObjectAcl"];
        let objects = vec![fields.bucket(bucket, "/*")];
        statements.push(of_account(fields, allow("SessionLogs", &put, objects)));
        let check = ["s3:GetEncryptionConfiguration"];
        let bucket = vec![fields.bucket(bucket, "")];
        statements.push(of_account(fields, allow("LogBucketCheck", &check, bucket)));
    }
    // Without a condition: the agent may read them without credentials.
    let all = agent_buckets(fields.region, AgentBuckets::All);
    let mut buckets = agent_buckets(fields.region, AgentBuckets::Minimum);
    match options.agent_buckets {
        Some(AgentBuckets::All) => buckets = all,
        _ => buckets
            .extend(all.into_iter().filter(|name| name.starts_with("patch-baseline-snapshot-"))),
    }
    let objects = buckets.iter().map(|bucket| fields.bucket(bucket, "/*")).collect();
    statements.push(allow("AgentManagedBuckets", &["s3:GetObject"], objects));
    Ok(statements)
}

/// The host that a service has in a Region.
pub fn endpoint_host(service: &str, region: Option<Region>) -> String {
    let (name, suffix) = region.map_or(("REGION", Partition::Aws.dns_suffix()), |region| {
        (region.name, region.partition.dns_suffix())
    });
    format!("{service}.{name}.{suffix}")
}

/// The name of the VPC endpoint of a service; `None` in China, where some of the names begin otherwise.
pub fn endpoint_name(service: &str, region: Option<Region>) -> Option<String> {
    let name = region.map_or("REGION", |region| region.name);
    let is_told = region.is_none_or(|region| region.partition != Partition::AwsCn);
    is_told.then(|| format!("com.amazonaws.{name}.{service}"))
}

/// Lists the endpoints that a VPC without a way to the internet needs.
///
/// # Errors
/// Without a Region; a Region of another partition.
pub fn build_endpoints(options: &Endpoints) -> Result<BuiltDocument, Refused> {
    let place = Place::new(options.partition, options.region, None);
    let fields = place.fields(&[])?;
    let Some(region) = options.region else {
        return Err(Refused::conflict("region", Conflict::REGION_MISSING));
    };
    let kms = options.session_encryption;
    let all = [
        (true, true, "ssm", "The agent reports and receives its configuration."),
        (true, true, "ssmmessages", "Sessions and commands of current agents."),
        (options.legacy_channel, true, "ec2messages", "Commands for agents before 3.3.40.0."),
        (
            true,
            options.s3_logs,
            "s3",
            "Updates of the agent, and session logs where a bucket is set.",
        ),
        (kms, true, "kms", "The key for session data."),
        (options.cloud_watch_logs, true, "logs", "Session logs in CloudWatch Logs."),
    ];
    let endpoint = |(_, required, service, why): &(bool, bool, &'static str, &'static str)| {
        let mut endpoint = vec![("service", Plain::string(*service))];
        if let Some(name) = endpoint_name(service, Some(region)) {
            endpoint.push(("name", Plain::string(name)));
        }
        endpoint.push(("required", Plain::Bool(*required)));
        endpoint.push(("why", Plain::string(*why)));
        Plain::fields(endpoint)
    };
    let document = Plain::List(all.iter().filter(|(is, ..)| *is).map(endpoint).collect());
    let mut notes = vec![
        Note::new(
            "SUMMARY",
            "The endpoints that a VPC without a way to the internet needs, in the Region of the nodes and of the \
             bucket.",
        ),
        Note::new(
            "ENDPOINT_SECURITY_GROUP",
            "The security group of the endpoints must let in port 443 from the nodes. A VPC with a way to the \
             internet needs none of them, only port 443 out.",
        ),
    ];
    if fields.partition == Partition::AwsCn {
        notes.push(Note::new(
            "ENDPOINT_NAMES_CHINA",
            "Some names of endpoints in China begin otherwise than elsewhere. Take them from the output of the \
             command.",
        ));
    }
    if options.operators {
        notes.push(Note::new(
            "ENDPOINTS_OF_OPERATORS",
            "People inside the VPC use the same endpoints ssm and ssmmessages, and kms where sessions are encrypted.",
        ));
    }
    notes.extend(place.notes(&[], ""));
    let command = format!(
        "aws ec2 describe-vpc-endpoint-services{} --query ServiceNames",
        command::option("region", region.name)
    );
    Ok(BuiltDocument { json: document.print(Layout::Guide), document, notes, command })
}
