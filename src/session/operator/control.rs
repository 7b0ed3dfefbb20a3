//! Seeing and ending sessions, the lists of the consoles, the preferences, the session key.

use crate::policy::{Statement, Strings};

use super::super::capabilities::SESSION_OWNER;
use super::super::draft::{allow, allow_all, as_list, one, when};
use super::super::node::encryption_context;
use super::super::place::{Fields, DEFAULT_DOCUMENT};
use super::start::{starts_by_preferences, START};
use super::{Client, Edition, Identity, OperatorOptions, Preferences, Scope, Whose};
use crate::aws::Partition;

const TARGET_TAG: &str = "ssm:resourceTag/aws:ssmmessages:target-id";

pub(super) fn statements(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let mut statements = Vec::new();
    let end = end_sessions(options, fields);
    if options.scope == Scope::Guide {
        statements.extend(lists_of_guide(options));
        statements.extend(preferences(options, fields));
        statements.extend(end);
    } else {
        statements.extend(end);
        statements.extend(lists(options, fields));
        statements.extend(preferences(options, fields));
    }
    statements.extend(session_key(options));
    statements
}

/// How sessions are told apart when nobody says it.
pub(super) fn whose(options: &OperatorOptions) -> Whose {
    let usual = || match (options.scope, options.edition, options.identity) {
        _ if !options.starts_sessions() => Whose::Nobody,
        (Scope::Guide, ..) if !options.starts_directly() => Whose::SessionTag,
        (Scope::Guide, Edition::Of2023, _) | (Scope::LeastPrivilege, _, Identity::IamUser) => {
            Whose::UserName
        }
        (Scope::Guide, Edition::Of2025, _) => Whose::UserId,
        (Scope::LeastPrivilege, _, Identity::Role) => Whose::SessionTag,
    };
    options.end_sessions.whose.unwrap_or_else(usual)
}

fn end_sessions(options: &OperatorOptions, fields: &Fields) -> Option<Statement> {
    let end = &options.end_sessions;
    let is_guide = options.scope == Scope::Guide;
    let whose = if end.owner_id.is_some() { Whose::SessionTag } else { whose(options) };
    let resumes = end.resume.unwrap_or(options.starts_directly());
    let actions: &[&str] = match resumes {
        true => &["ssm:TerminateSession", "ssm:ResumeSession"],
        false => &["ssm:TerminateSession"],
    };
    let sid = match (whose, end.owner_id, resumes) {
        (Whose::Anyone, ..) => "AnySession",
        (_, Some(_), _) => "SessionsOfOwner",
        (.., true) => "OwnSessions",
        _ => "EndOwnSessions",
    };
    let session = |id: &str| match options.scope {
        Scope::Guide => format!("arn:{}:ssm:*:*:session/{id}", fields.partition.name()),
        Scope::LeastPrivilege => fields.arn("ssm", &format!("session/{id}")),
    };
    // A tag says which sessions, so the guide names no resource there.
    let every = || if is_guide { "*".to_owned() } else { session("*") };
    let resource = match whose {
        Whose::Nobody => return None,
        Whose::UserName => session("${aws:username}-*"),
        Whose::UserId => session("${aws:userid}-*"),
        Whose::SessionTag | Whose::Anyone => every(),
    };
    let mut statement = allow(sid, actions, vec![resource]);
    if is_guide && matches!(whose, Whose::UserName | Whose::UserId) {
        statement = as_list(statement);
    }
    let tag = |statement: &mut Statement, key, value: &str| match options.scope {
        Scope::Guide => when(statement, "StringLike", key, Strings::many([value])),
        Scope::LeastPrivilege => when(statement, "StringEquals", key, one(value)),
    };
    if let Some(target) = end.target_id {
        tag(&mut statement, TARGET_TAG, target);
    }
    if whose == Whose::SessionTag {
        tag(&mut statement, SESSION_OWNER, end.owner_id.unwrap_or("${aws:userid}"));
    }
    Some(statement)
}

const SESSION_MANAGER_LISTS: [&str; 4] = [
    "ssm:DescribeSessions",
    "ssm:GetConnectionStatus",
    "ssm:DescribeInstanceProperties",
    "ec2:DescribeInstances",
];
const EC2_LISTS: [&str; 2] = ["ssm:GetConnectionStatus", "ssm:DescribeInstanceInformation"];
const EC2_LISTS_AND_HISTORY: [&str; 3] =
    ["ssm:DescribeSessions", "ssm:GetConnectionStatus", "ssm:DescribeInstanceInformation"];

fn lists_of_guide(options: &OperatorOptions) -> Option<Statement> {
    let has = |client| options.clients().contains(&client);
    let actions: &[&str] = match (has(Client::SessionManagerConsole), has(Client::Ec2Console)) {
        (true, true) => &[
            "ssm:DescribeSessions",
            "ssm:GetConnectionStatus",
            "ssm:DescribeInstanceInformation",
            "ssm:DescribeInstanceProperties",
            "ec2:DescribeInstances",
        ],
        (true, false) => &SESSION_MANAGER_LISTS,
        (false, true) if options.history => &EC2_LISTS_AND_HISTORY,
        (false, true) => &EC2_LISTS,
        (false, false) if options.history => {
            return Some(as_list(allow_all("SessionHistory", &["ssm:DescribeSessions"])));
        }
        (false, false) => return None,
    };
    Some(allow_all("ConsoleLists", actions))
}

fn lists(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let has = |client| options.clients().contains(&client);
    let mut statements = Vec::new();
    let mut actions: Vec<&str> = Vec::new();
    if has(Client::SessionManagerConsole) {
        actions.extend(SESSION_MANAGER_LISTS.iter().filter(|name| !name.contains("Connection")));
    }
    if has(Client::Ec2Console) {
        actions.push("ssm:DescribeInstanceInformation");
    }
    let has_console = !actions.is_empty();
    if options.history && !actions.contains(&"ssm:DescribeSessions") {
        actions.push("ssm:DescribeSessions");
    }
    if !actions.is_empty() {
        let sid = if has_console { "ConsoleLists" } else { "SessionHistory" };
        statements.push(allow_all(sid, &actions));
    }
    if has_console {
        // The console asks about every node that it lists, not only about those that sessions may be started on.
        let nodes = fields.nodes(&options.targets.kinds_meant());
        statements.push(allow("ConnectionStatus", &["ssm:GetConnectionStatus"], nodes));
    }
    statements
}

pub(super) fn preferences(options: &OperatorOptions, fields: &Fields) -> Option<Statement> {
    let what = options.preferences?;
    let document = vec![fields.document(DEFAULT_DOCUMENT)];
    let mut statement = if options.scope == Scope::Guide {
        match what {
            Preferences::EditAndDelete => {
                as_list(allow("SessionPreferences", &PREFERENCES, document))
            }
            Preferences::Edit => {
                let mut actions =
                    vec!["ssm:CreateDocument", "ssm:UpdateDocument", "ssm:GetDocument"];
                actions.extend(starts_by_preferences(options).then_some(START));
                allow("SessionPreferences", &actions, document)
            }
        }
    } else {
        let keeps =
            |name: &&&str| what == Preferences::EditAndDelete || **name != "ssm:DeleteDocument";
        let actions: Vec<&str> = PREFERENCES.iter().filter(keeps).copied().collect();
        allow("SessionPreferences", &actions, document)
    };
    if options.scope.is_least() && has_document_type(fields.partition) {
        when(&mut statement, "StringEquals", "ssm:DocumentType", one("Session"));
    }
    Some(statement)
}

/// What can be done to the preferences, in the order of the guide's page about them.
pub(super) const PREFERENCES: [&str; 4] =
    ["ssm:CreateDocument", "ssm:GetDocument", "ssm:UpdateDocument", "ssm:DeleteDocument"];

/// Source: the service authorization reference of 2026-09, which lists the key for these partitions only.
fn has_document_type(partition: Partition) -> bool {
    matches!(partition, Partition::Aws | Partition::AwsCn | Partition::AwsUsGov)
}

pub(super) fn session_key(options: &OperatorOptions) -> Option<Statement> {
    if options.session_encryption.keys.is_empty() {
        return None;
    }
    let keys = options.session_encryption.keys.iter().map(|key| key.as_str().to_owned()).collect();
    let mut statement = allow("SessionKey", &["kms:GenerateDataKey"], keys);
    if options.scope == Scope::Guide && options.fleet_manager.is_some() {
        statement = as_list(statement);
    }
    if options.session_encryption.encryption_context.unwrap_or(options.scope.is_least()) {
        // With tasks the target is no node, so nothing is asked; sessions by tag can be on any node.
        let (_, mut kinds) = options.reached();
        if options.ecs_exec.is_some() {
            kinds.push(super::NodeKind::Ecs);
        }
        encryption_context(&mut statement, &kinds, &[]);
    }
    Some(statement)
}

/// Whether the session key has nothing to do: sessions for ports are not encrypted with it.
pub(super) fn key_is_unused(options: &OperatorOptions) -> bool {
    !options.session_encryption.keys.is_empty()
        && !options.sessions().is_empty()
        && options.sessions().iter().all(|session| session.is_for_ports())
        && options.documents().is_empty()
}
