//! Capabilities with statements of their own: ECS Exec, just-in-time access, choosing documents, administration.

use crate::policy::{Statement, Strings};

use super::super::draft::{allow, allow_all, as_list, deny, one, when};
use super::super::node::target_patterns;
use super::super::place::{Fields, DEFAULT_DOCUMENT};
use super::super::NodeKind;
use super::conditions::on_tagged;
use super::control::PREFERENCES;
use super::instance_connect::{instance_connect, on_instances};
use super::start::START;
use super::{EcsExec, Edition, OperatorOptions, Scope};

pub(super) fn statements(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let mut statements = Vec::new();
    if let Some(exec) = &options.ecs_exec {
        statements.extend(ecs_exec(options, exec, fields));
    }
    if options.just_in_time {
        let nodes = options.targets.arns(fields);
        let request = allow("RequestAccess", &["ssm:StartAccessRequest"], nodes);
        statements.extend(on_tagged(request, options.scope, &options.targets));
        let requests = vec![fields.arn("ssm", "opsitem/*")];
        statements.push(allow("UseAccess", &["ssm:GetAccessToken"], requests));
    }
    statements.extend(run_command(options, fields));
    if options.start_instances {
        let start = on_instances("StartInstances", "ec2:StartInstances", options, fields);
        if !start.is_empty() {
            statements.extend(start);
            statements.push(allow_all("ListInstances", &["ec2:DescribeInstances"]));
        }
    }
    if let Some(connect) = &options.instance_connect {
        statements.extend(instance_connect(options, connect, fields));
    }
    if let Some(bucket) = options.ansible_bucket {
        statements.extend(ansible_bucket(options, bucket, fields));
    }
    if let Some(prefix) = options.document_chooser {
        let documents = vec![fields.document(&format!("{prefix}*"))];
        statements.push(allow("ReadSessionDocuments", &["ssm:GetDocument"], documents));
        // ListDocuments has no resource type: with a document's ARN it grants nothing.
        statements.push(allow_all("ListDocuments", &["ssm:ListDocuments"]));
    }
    if options.host_management {
        statements.extend(host_management(options, fields));
    }
    if let Some(role) = options.inline_policy_of {
        let actions =
            ["iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies", "iam:PutRolePolicy"];
        let role = vec![fields.iam(&format!("role/{role}"))];
        statements.push(allow("EmbedInlinePolicy", &actions, role));
        statements.push(allow_all("ListRoles", &["iam:ListRoles"]));
    }
    statements
}

/// Run Command: like StartSession it is authorised on the node and on the document, which carries other tags.
///
/// Source: the Systems Manager user guide, "Restricting Run Command access based on tags"; the service authorization
/// reference of 2026-09; read 2026-11.
fn run_command(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    if options.run_command.is_empty() {
        return Vec::new();
    }
    let send = ["ssm:SendCommand"];
    let on_nodes = allow("RunCommandOnNodes", &send, options.targets.arns(fields));
    let mut statements = on_tagged(on_nodes, options.scope, &options.targets);
    let documents = options.run_command.iter().map(|name| fields.any_document(name)).collect();
    let results = ["ssm:GetCommandInvocation", "ssm:ListCommandInvocations", "ssm:ListCommands"];
    statements.push(allow("RunCommandDocuments", &send, documents));
    statements.push(allow_all("CommandResults", &results));
    statements
}

/// The bucket over which Ansible's connection amazon.aws.aws_ssm sends files, under the ID of the node. The node itself
/// needs nothing for it: it is given URLs that the caller has signed.
///
/// Source: the documentation of the collection amazon.aws, "aws_ssm connection", read 2026-11.
fn ansible_bucket(options: &OperatorOptions, bucket: &str, fields: &Fields) -> [Statement; 2] {
    let of_bucket = ["s3:GetBucketLocation", "s3:ListBucket"];
    let of_files = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"];
    let ids = match options.reached() {
        ([], kinds) => target_patterns(&kinds),
        (ids, _) => ids.to_vec(),
    };
    let files = ids.iter().map(|id| fields.bucket(bucket, &format!("/{id}/*"))).collect();
    [
        allow("AnsibleBucket", &of_bucket, vec![fields.bucket(bucket, "")]),
        allow("AnsibleFiles", &of_files, files),
    ]
}

/// Whether ECS Exec comes with a denial of the sessions past it on every task.
pub(super) fn is_task_refused(options: &OperatorOptions) -> bool {
    let exec = options.ecs_exec.as_ref();
    exec.is_some_and(|exec| exec.deny_direct_sessions.unwrap_or(options.scope.is_least()))
}

fn ecs_exec(options: &OperatorOptions, exec: &EcsExec, fields: &Fields) -> Vec<Statement> {
    let tasks = fields.arn("ecs", &format!("task/{}/*", exec.cluster));
    let cluster = fields.arn("ecs", &format!("cluster/{}", exec.cluster));
    let tagged = |statement: &mut Statement, prefix: &str| {
        for (key, values) in &exec.tags {
            let values = values.iter().map(|value| value.replace('$', "${$}"));
            let key = format!("{prefix}{key}");
            when(statement, "StringEquals", &key, Strings::one_or_many(values));
        }
    };
    let is_guide = options.scope == Scope::Guide;
    let mut statements = Vec::new();
    if is_guide {
        // The page of the ECS guide; the cluster, which the reference demands too, is not in it.
        let actions = ["ecs:ExecuteCommand", "ecs:DescribeTasks"];
        let mut statement = allow("EcsExec", &actions, vec![tasks]);
        tagged(&mut statement, "ecs:ResourceTag/");
        statements.push(statement);
    } else {
        let execute = ["ecs:ExecuteCommand"];
        let mut read = allow("ReadTasks", &["ecs:DescribeTasks"], vec![tasks.clone()]);
        tagged(&mut read, "aws:ResourceTag/");
        if exec.tags.is_empty() {
            statements.push(allow("EcsExec", &execute, vec![cluster, tasks]));
        } else {
            // The cluster does not carry the tags of its tasks.
            let mut on_tasks = allow("EcsExec", &execute, vec![tasks]);
            tagged(&mut on_tasks, "aws:ResourceTag/");
            statements.push(on_tasks);
            statements.push(allow("EcsExecCluster", &execute, vec![cluster]));
        }
        statements.push(read);
    }
    if is_task_refused(options) && options.denied().task_sessions != Some("*") {
        let every_task = vec![fields.arn("ecs", "task/*")];
        statements.push(deny("NoSessionsPastEcsExec", &[START], every_task));
    }
    statements
}

/// Starting and ending any session on any node, and the preferences.
pub(super) fn administrator(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    if options.scope == Scope::Guide {
        let mut actions = vec![
            START,
            "ssm:TerminateSession",
            "ssm:ResumeSession",
            "ssm:DescribeSessions",
            "ssm:GetConnectionStatus",
        ];
        actions
            .extend((options.edition == Edition::Of2025).then_some("ssmmessages:OpenDataChannel"));
        let mut sessions = as_list(allow_all("AnySession", &actions));
        checked(&mut sessions, options);
        let mut statements = vec![sessions];
        statements.extend(super::control::preferences(options, fields));
        statements.extend(super::control::session_key(options));
        return statements;
    }
    let nodes = fields.nodes(&[NodeKind::Ec2, NodeKind::Hybrid]);
    let mut startable = nodes.clone();
    startable.extend([fields.document("*"), fields.aws_document("AWS-Start*")]);
    let session = ["ssm:ResumeSession", "ssm:TerminateSession", "ssmmessages:OpenDataChannel"];
    let lists = [
        "ec2:DescribeInstances",
        "ssm:DescribeInstanceInformation",
        "ssm:DescribeInstanceProperties",
        "ssm:DescribeSessions",
    ];
    let mut start = allow("StartAnySession", &[START], startable);
    checked(&mut start, options);
    let mut statements = vec![
        start,
        allow("AnySession", &session, vec![fields.arn("ssm", "session/*")]),
        allow_all("Lists", &lists),
        allow("ConnectionStatus", &["ssm:GetConnectionStatus"], nodes),
        allow("SessionPreferences", &PREFERENCES, vec![fields.document(DEFAULT_DOCUMENT)]),
    ];
    statements.extend(super::control::session_key(options));
    statements
}

/// An administrator may start everything, so the check is there only where it is asked for, or where the default document
/// is refused in the tight form: without it that refuses no shell.
fn checked(statement: &mut Statement, options: &OperatorOptions) {
    let usual = options.scope.is_least() && options.denied().shell;
    if options.document_access_check.unwrap_or(usual) {
        when(statement, "BoolIfExists", "ssm:SessionDocumentAccessCheck", one("true"));
    }
}

/// The setting that turns Default Host Management on.
pub(in crate::session) const HOST_MANAGEMENT_SETTING: &str =
    "servicesetting/ssm/managed-instance/default-ec2-instance-management-role";
/// The role that it gives to instances.
pub(in crate::session) const HOST_MANAGEMENT_ROLE: &str =
    "role/service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole";

/// What else changes what the role may do and who may have it, beside what AWS's texts refuse.
///
/// Source: the service authorization reference of 2026-09, the actions of IAM on a role.
pub(in crate::session) const OTHER_ROLE_CHANGES: [&str; 6] = [
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
];

/// Source: the Systems Manager user guide, "Default Host Management Configuration", read 2026-11. The guide of 2023
/// prints another name of the setting, which does not exist.
fn host_management(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let (setting, role) = (HOST_MANAGEMENT_SETTING, HOST_MANAGEMENT_ROLE);
    let actions = ["ssm:GetServiceSetting", "ssm:ResetServiceSetting", "ssm:UpdateServiceSetting"];
    let mut pass = allow("PassHostManagementRole", &["iam:PassRole"], vec![fields.iam(role)]);
    let service = "ssm.amazonaws.com";
    let service = match options.scope {
        Scope::Guide => Strings::many([service]),
        Scope::LeastPrivilege => one(service),
    };
    when(&mut pass, "StringEquals", "iam:PassedToService", service);
    vec![allow("HostManagementSetting", &actions, vec![fields.arn("ssm", setting)]), pass]
}
