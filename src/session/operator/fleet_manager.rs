//! Fleet Manager's tools for files, processes, users and the registry, which run documents of AWS on a node.
//!
//! Source: the Systems Manager user guide, "Setting up Fleet Manager", read 2026-11. `CopyFileSystemItem` stands in
//! the guide's policy with its prefix doubled; here it has the name that it has.

use crate::policy::Statement;

use super::super::draft::{allow, allow_all, as_list, one, when};
use super::super::place::{Fields, DEFAULT_DOCUMENT};
use super::conditions::on_tagged;
use super::start::{of_aws, START};
use super::{FleetManager, OperatorOptions};

const LOOK: [&str; 8] = [
    "GetFileContent",
    "GetFileSystemContent",
    "GetGroups",
    "GetPerformanceCounters",
    "GetProcessDetails",
    "GetUsers",
    "GetWindowsEvents",
    "GetWindowsRegistryContent",
];
const CHANGE_BEFORE: [&str; 9] = [
    "AddUsersToGroups",
    "CopyFileSystemItem",
    "CreateDirectory",
    "CreateGroup",
    "CreateUser",
    "CreateUserInteractive",
    "CreateWindowsRegistryKey",
    "DeleteGroup",
    "DeleteUser",
];
const CHANGE_REGISTRY: [&str; 2] = ["DeleteWindowsRegistryKey", "DeleteWindowsRegistryValue"];
const CHANGE_AFTER: [&str; 6] = [
    "MoveFileSystemItem",
    "RemoveUsersFromGroups",
    "RenameFileSystemItem",
    "SetWindowsRegistryValue",
    "StartProcess",
    "TerminateProcess",
];
const GENERAL: [&str; 12] = [
    "ssm:DescribeInstanceAssociationsStatus",
    "ssm:DescribeInstancePatches",
    "ssm:DescribeInstancePatchStates",
    "ssm:DescribeInstanceProperties",
    "ssm:GetCommandInvocation",
    "ssm:GetServiceSetting",
    "ssm:GetInventorySchema",
    "ssm:ListComplianceItems",
    "ssm:ListInventoryEntries",
    "ssm:ListTagsForResource",
    "ssm:ListCommandInvocations",
    "ssm:ListAssociations",
];

pub(super) fn statements(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let Some(extent) = options.fleet_manager else {
        return Vec::new();
    };
    let changes = extent == FleetManager::Administrator;
    let ec2: &[&str] = match changes {
        true => &["ec2:CreateTags", "ec2:DeleteTags", "ec2:DescribeInstances", "ec2:DescribeTags"],
        false => &["ec2:DescribeInstances", "ec2:DescribeTags"],
    };
    let mut general = GENERAL.to_vec();
    if changes {
        general.insert(0, "ssm:AddTagsToResource");
        general.push("ssm:RemoveTagsFromResource");
    }
    let mut statements =
        vec![allow_all("FleetManagerEc2", ec2), allow_all("FleetManagerLists", &general)];
    statements.extend(run(options, fields, changes));
    statements
}

fn run(options: &OperatorOptions, fields: &Fields, changes: bool) -> Vec<Statement> {
    let actions = ["ssm:GetDocument", "ssm:SendCommand", START];
    let mut names: Vec<&str> = Vec::new();
    if changes {
        names.extend(CHANGE_BEFORE);
        names.extend(CHANGE_REGISTRY);
    }
    names.extend(LOOK);
    if changes {
        names.extend(CHANGE_AFTER);
    }
    let mut documents = vec![fields.document(DEFAULT_DOCUMENT)];
    documents.extend(changes.then(|| of_aws(options, fields, "AWS-PasswordReset")));
    let of_fleet_manager =
        |name: &&str| of_aws(options, fields, &format!("AWSFleetManager-{name}"));
    documents.extend(names.iter().map(of_fleet_manager));

    let mut nodes = options.targets.arns(fields);
    let mut statements = Vec::new();
    if options.targets.are_by_tag() {
        // Documents are read, and nodes are not.
        let tagged = allow("FleetManagerOnTaggedNodes", &["ssm:SendCommand", START], nodes);
        statements = on_tagged(tagged, options.scope, &options.targets);
        nodes = Vec::new();
    }
    nodes.extend(documents);
    statements.push(as_list(allow("FleetManagerDocuments", &actions, nodes)));
    if options.has_document_check() {
        for statement in &mut statements {
            when(statement, "BoolIfExists", "ssm:SessionDocumentAccessCheck", one("true"));
        }
    }
    statements
}
