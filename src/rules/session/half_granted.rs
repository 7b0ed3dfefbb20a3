//! SESSION_DOCUMENT_NOT_NAMED, SESSION_MISSING_CLUSTER_OR_TASK, SESSION_MISSING_DOCUMENT, SESSION_MISSING_NODE: actions
//! that are authorized on two resources, and are granted on one kind of them only.

use super::grants::{allows, is_bool, named, reaches};
use crate::aws::{SessionResource, CLUSTER_OF_ECS_EXEC};
use crate::document::Statement;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static DOCUMENT_NOT_NAMED: Rule = Rule {
    code: "SESSION_DOCUMENT_NOT_NAMED",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity],
    title: "Session document not named",
    why: "The document decides what a session is: a shell, a tunnel, one command. A policy that names them says so; without one not even a shell starts, says AWS's guide since 2025.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:us-east-1:444455556666:instance/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-default-session-document.html",
    ),
    evidence: Evidence::Documented,
    check: check_document_named,
};

pub(in crate::rules) static MISSING_CLUSTER_OR_TASK: Rule = Rule {
    code: "SESSION_MISSING_CLUSTER_OR_TASK",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity],
    title: "ECS Exec without cluster or task",
    why: "ECS Exec is refused on a task that is not allowed. AWS's service authorization reference asks for the cluster as well, and people were refused on it; AWS's guide and its check of ECS Exec name the task alone.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecs:ExecuteCommand", "Resource": "arn:aws:ecs:us-east-1:444455556666:task/web/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html",
    ),
    evidence: Evidence::Documented,
    check: check_cluster_and_task,
};

pub(in crate::rules) static MISSING_DOCUMENT: Rule = Rule {
    code: "SESSION_MISSING_DOCUMENT",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity],
    title: "Nodes without a document",
    why: "A command is authorized on the node and on the document that it runs, and refused unless both are allowed; so is a session where a condition asks for the document to be checked.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:SendCommand", "Resource": "arn:aws:ec2:us-east-1:444455556666:instance/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html",
    ),
    evidence: Evidence::Documented,
    check: check_document,
};

pub(in crate::rules) static MISSING_NODE: Rule = Rule {
    code: "SESSION_MISSING_NODE",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity],
    title: "Document without nodes",
    why: "A session or a command is authorized on the document and on the node that it runs on, and refused unless both are allowed.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ssm:us-east-1:444455556666:document/SSM-SessionManagerRunShell"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html",
    ),
    evidence: Evidence::Documented,
    check: check_node,
};

const START_SESSION: &str = "ssm:StartSession";
const SEND_COMMAND: &str = "ssm:SendCommand";
const EXECUTE_COMMAND: &str = "ecs:ExecuteCommand";

const DOCUMENTS: &[SessionResource] = &[SessionResource::Document];
const TASKS: &[SessionResource] = &[SessionResource::Task];
const CLUSTERS: &[SessionResource] = &[SessionResource::Cluster];

/// What a policy allows for one action.
struct Grants<'d> {
    action: &'static str,
    statements: Vec<&'d Statement<'d>>,
}

impl<'d> Grants<'d> {
    fn new(context: &Context<'d>, action: &'static str) -> Self {
        let document: &'d _ = context.document;
        let allowing = |statement: &&Statement| allows(statement, action);
        Grants { action, statements: document.statements.iter().filter(allowing).collect() }
    }

    fn reach(&self, types: &[SessionResource]) -> bool {
        self.statements.iter().any(|statement| reaches(statement, types))
    }

    /// Whether every statement has the condition that the document be checked.
    fn have_document_check(&self) -> bool {
        let is_checked = |statement: &&Statement| {
            statement.condition.entries.iter().any(|entry| {
                entry.is("ssm:SessionDocumentAccessCheck")
                    && entry.values().iter().any(|value| is_bool(value, true))
            })
        };
        self.statements.iter().all(is_checked)
    }

    /// Points at the action wherever it is written out.
    fn tell(&self, report: &mut Report, details: &str, help: &str) {
        let mut places =
            self.statements.iter().filter_map(|s| named(s, self.action)).map(|entry| entry.place());
        let Some(first) = places.next() else { return };
        let finding = report.at(first, details);
        finding.help(help);
        for place in places {
            finding.and_at(place);
        }
    }
}

fn check_document(context: &Context, report: &mut Report) {
    for action in [START_SESSION, SEND_COMMAND] {
        let grants = Grants::new(context, action);
        let is_session = action == START_SESSION;
        if grants.reach(SessionResource::NODES)
            && !grants.reach(DOCUMENTS)
            && (!is_session || grants.have_document_check())
        {
            let (details, help) = if is_session {
                (
                    "ssm:StartSession is allowed on nodes, and its condition asks for a document that is allowed \
                     too; this policy allows none."
                        .to_owned(),
                    "Allow it on the document as well, such as arn:aws:ssm:REGION:ACCOUNT:document/SSM-SessionManagerRunShell, if no other policy does.",
                )
            } else {
                (
                    format!(
                        "{action} is allowed on nodes but on no document, and needs both."
                    ),
                    "Allow it on the documents to run as well, such as arn:aws:ssm:*::document/AWS-RunShellScript, if no other policy does.",
                )
            };
            grants.tell(report, &details, help);
        }
    }
}

fn check_node(context: &Context, report: &mut Report) {
    for action in [START_SESSION, SEND_COMMAND] {
        let grants = Grants::new(context, action);
        if grants.reach(DOCUMENTS) && !grants.reach(SessionResource::NODES) {
            let details =
                format!("{action} is allowed on a document but on no node, and needs both.");
            let help = "Allow it on the nodes as well, such as arn:aws:ec2:*:*:instance/*, if no other policy does.";
            grants.tell(report, &details, help);
        }
    }
}

fn check_cluster_and_task(context: &Context, report: &mut Report) {
    let grants = Grants::new(context, EXECUTE_COMMAND);
    let (details, misses) = match (grants.reach(TASKS), grants.reach(CLUSTERS)) {
        (true, false) => (
            format!("{EXECUTE_COMMAND} is allowed on tasks but on no cluster. {CLUSTER_OF_ECS_EXEC}"),
            "cluster",
        ),
        (false, true) => (
            format!(
                "{EXECUTE_COMMAND} is allowed on clusters but on no task, and needs one: nobody gets into a container."
            ),
            "task",
        ),
        _ => return,
    };
    let help = format!("Allow it on the {misses} as well, if no other policy does.");
    grants.tell(report, &details, &help);
}

fn check_document_named(context: &Context, report: &mut Report) {
    let grants = Grants::new(context, START_SESSION);
    if grants.reach(SessionResource::NODES)
        && !grants.reach(DOCUMENTS)
        && !grants.have_document_check()
    {
        grants.tell(
            report,
            "ssm:StartSession is allowed on nodes but on no document, and needs both; a shell needs the default \
             document.",
            "Allow it on the documents as well, such as arn:aws:ssm:REGION:ACCOUNT:document/SSM-SessionManagerRunShell \
             for a shell, if no other policy does.",
        );
        return;
    }
    let of_anything = |statement: &&Statement| {
        named(statement, START_SESSION).is_some()
            && !statement.condition.entries.iter().any(|entry| entry.key().contains('/'))
    };
    for statement in grants.statements.iter().copied().filter(of_anything) {
        for entry in statement.resources().filter(|entry| entry.is_all_stars()) {
            report
                .at(
                    entry.place(),
                    "ssm:StartSession on every resource lets sessions use every document: shells, tunnels to other \
                     hosts, and all commands.",
                )
                .help(
                    "Name the nodes, and the documents that are wanted, such as \
                     arn:aws:ssm:REGION:ACCOUNT:document/SSM-SessionManagerRunShell for a shell.",
                );
        }
    }
}
