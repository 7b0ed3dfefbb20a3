//! Starting sessions: the nodes, the documents, the data channel. StartSession is authorised on two resources, and
//! a condition on the node's tags must not stand over the document, which does not carry them.

use crate::policy::{Statement, Strings};

use super::super::draft::{allow, as_list, one, when, without_list};
use super::super::place::{Fields, DEFAULT_DOCUMENT};
use super::conditions::{on_tagged, only_from_fleet_manager};
use super::{
    Client, DataChannel, Edition, Identity, OperatorOptions, Preferences, Scope, SessionType,
};

pub(super) const START: &str = "ssm:StartSession";

pub(super) fn statements(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let mut statements = Vec::new();
    if options.starts_directly() {
        statements = start(options, fields);
    }
    statements.extend(data_channel(options, fields));
    statements
}

fn start(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let is_guide = options.scope == Scope::Guide;
    let has_shell = options.sessions().contains(&SessionType::Shell);
    let mut actions = vec![START];
    if sends_commands(options) {
        actions.push("ssm:SendCommand");
    }
    let nodes = options.targets.arns(fields);
    let documents = documents(options, fields);
    let mut statements = Vec::new();
    let starts_by_tag = options.targets.are_by_tag();
    let sid = match (starts_by_tag, has_shell, options.documents().is_empty()) {
        (true, ..) => "StartOnTaggedNodes",
        (_, true, _) => "StartShell",
        (_, _, true) => "StartTunnel",
        _ => "StartWithCustomDocument",
    };
    if starts_by_tag {
        let on_nodes = as_list(allow(sid, &actions, nodes));
        statements = on_tagged(on_nodes, options.scope, &options.targets);
        // The guide's administrator has the document in the statement about the preferences.
        if !documents.is_empty() && !starts_by_preferences(options) {
            let sid = if documents.len() == 1 && has_shell {
                "StartWithDefaultDocument"
            } else {
                "StartWithDocuments"
            };
            statements.push(as_list(allow(sid, &[START], documents)));
        }
    } else {
        let mut resources = nodes;
        resources.extend(documents);
        statements.push(as_list(allow(sid, &actions, resources)));
    }
    for statement in &mut statements {
        if options.has_document_check() {
            let key = "ssm:SessionDocumentAccessCheck";
            when(statement, "BoolIfExists", key, one("true"));
        }
        if is_guide && !has_shell {
            without_list(statement);
        }
        if !is_guide {
            unlist(statement);
        }
    }
    if !is_guide && updates_agent(options) {
        let mut resources = options.targets.arns(fields);
        let document = fields.aws_document("AWS-UpdateSSMAgent");
        if starts_by_tag {
            let on_nodes = allow("UpdateAgentOnTaggedNodes", &["ssm:SendCommand"], resources);
            statements.extend(on_tagged(on_nodes, options.scope, &options.targets));
            resources = Vec::new();
        }
        resources.push(document);
        statements.push(allow("UpdateAgent", &["ssm:SendCommand"], resources));
    }
    statements
}

/// A single resource without a list around it.
fn unlist(statement: &mut Statement) {
    if let Some(resource) = &mut statement.resource {
        resource.values = Strings::one_or_many(resource.values.as_slice().to_vec());
    }
}

/// Whether the statement about nodes allows commands too, as the guide has it for shells, or as somebody asks for it.
pub(super) fn sends_commands(options: &OperatorOptions) -> bool {
    let has_shell = options.sessions().contains(&SessionType::Shell);
    options.scope == Scope::Guide
        && options.starts_directly()
        && (has_shell || options.update_agent == Some(true))
        && updates_agent(options)
}

/// Sending a command to an old agent: the guide's tab for the EC2 console has it, since 2025 that for the CLI too.
fn updates_agent(options: &OperatorOptions) -> bool {
    let has = |client| options.clients().contains(&client);
    let usual = options.scope == Scope::Guide
        && (has(Client::Ec2Console) || (options.edition == Edition::Of2025 && has(Client::Cli)));
    options.update_agent.unwrap_or(usual)
}

/// Whether the statement about the preferences also allows to start with them.
pub(super) fn starts_by_preferences(options: &OperatorOptions) -> bool {
    options.scope == Scope::Guide
        && options.targets.are_by_tag()
        && options.preferences == Some(Preferences::Edit)
        && options.sessions() == [SessionType::Shell]
        && options.documents().is_empty()
        && lists_default_document(options)
        && !options.has_document_check()
}

/// In 2023 the default document was asked about only where the condition was set.
pub(super) fn lists_default_document(options: &OperatorOptions) -> bool {
    options.scope.is_least() || options.edition == Edition::Of2025 || options.has_document_check()
}

fn documents(options: &OperatorOptions, fields: &Fields) -> Vec<String> {
    let mut arns = Vec::new();
    for session in options.sessions() {
        match session {
            SessionType::Shell if lists_default_document(options) => {
                arns.push(fields.document(DEFAULT_DOCUMENT));
            }
            SessionType::Shell => {}
            SessionType::Ssh => arns.push(of_aws(options, fields, "AWS-StartSSHSession")),
            SessionType::PortForwarding => {
                arns.push(of_aws(options, fields, "AWS-StartPortForwardingSession"));
            }
            SessionType::RemoteHostPortForwarding => {
                let name = "AWS-StartPortForwardingSessionToRemoteHost";
                arns.push(of_aws(options, fields, name));
            }
            SessionType::InteractiveCommand => {
                arns.push(of_aws(options, fields, "AWS-StartInteractiveCommand"));
            }
            SessionType::NonInteractiveCommand => {
                arns.push(of_aws(options, fields, "AWS-StartNonInteractiveCommand"));
            }
        }
    }
    arns.extend(options.documents().iter().map(|name| fields.document(name)));
    arns
}

/// A document of AWS. The guide writes wildcards for Region and account; the second also matches the empty field.
pub(super) fn of_aws(options: &OperatorOptions, fields: &Fields, name: &str) -> String {
    match options.scope {
        Scope::Guide => format!("arn:{}:ssm:*:*:document/{name}", fields.partition.name()),
        Scope::LeastPrivilege => fields.aws_document(name),
    }
}

fn data_channel(options: &OperatorOptions, fields: &Fields) -> Option<Statement> {
    let is_guide = options.scope == Scope::Guide;
    // The guide writes wildcards for Region and account, the tight form what is known.
    let session = |id: &str| match options.scope {
        Scope::Guide => format!("arn:{}:ssm:*:*:session/{id}", fields.partition.name()),
        Scope::LeastPrivilege => fields.arn("ssm", &format!("session/{id}")),
    };
    let (sid, resources) = match options.data_channel() {
        DataChannel::None => return None,
        DataChannel::Everything => ("OpenDataChannel", vec!["*".to_owned()]),
        DataChannel::Any => ("OpenDataChannel", vec![session("*")]),
        DataChannel::Own if is_guide || options.identity == Identity::Role => {
            ("OpenOwnDataChannel", vec![session("${aws:userid}-*")])
        }
        DataChannel::Own => {
            ("OpenOwnDataChannel", vec![session("${aws:userid}-*"), session("${aws:username}-*")])
        }
    };
    let mut statement = allow(sid, &["ssmmessages:OpenDataChannel"], resources);
    if is_guide && options.sessions().contains(&SessionType::Shell) {
        statement = as_list(statement);
    } else if is_guide {
        without_list(&mut statement);
    } else if options.opens_by_desktop_only() {
        only_from_fleet_manager(&mut statement);
    }
    Some(statement)
}
