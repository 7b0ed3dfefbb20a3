//! Remote Desktop by Fleet Manager: it starts a port forwarding session in the name of the person.

use crate::policy::Statement;

use super::super::draft::{allow, allow_all, as_list, one, when};
use super::super::place::Fields;
use super::conditions::{on_tagged, only_from_fleet_manager};
use super::start::START;
use super::{fleet_manager, Edition, OperatorOptions, RemoteDesktop, Scope, SignIn};

const TUNNEL: &str = "AWS-StartPortForwardingSession";
const SIGN_IN_DOCUMENT: &str = "AWSSSO-CreateSSOUser";

/// What stands before the statements about sessions.
pub(super) fn before(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let mut statements = fleet_manager::statements(options, fields);
    let Some(RemoteDesktop { sign_in }) = &options.remote_desktop else {
        return statements;
    };
    if options.scope.is_least() {
        statements.push(gui_connect(options));
        statements.extend(tunnel(options, fields));
        return statements;
    }
    if sign_in.contains(&SignIn::IdentityCenter) {
        statements.push(allow_all("SSO", &DIRECTORY));
    }
    let password = sign_in.contains(&SignIn::KeyPair) || sign_in.contains(&SignIn::IdentityCenter);
    let mut actions = vec!["ec2:DescribeInstances"];
    actions.extend(password.then_some("ec2:GetPasswordData"));
    statements.push(allow_all("EC2", &actions));
    statements.push(allow_all("SSM", &LISTS));
    statements
}

/// What stands after them.
pub(super) fn after(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let Some(RemoteDesktop { sign_in }) = &options.remote_desktop else {
        return Vec::new();
    };
    let with_identity_center = sign_in.contains(&SignIn::IdentityCenter);
    let mut statements = Vec::new();
    if !options.scope.is_least() {
        statements.extend(tunnel(options, fields));
        if with_identity_center {
            statements.extend(make_user(options, fields));
        }
        statements.push(gui_connect(options));
        return statements;
    }
    if sign_in.contains(&SignIn::KeyPair) {
        let instances = options.targets.arns(fields);
        let instances: Vec<_> = instances.into_iter().filter(|arn| arn.contains(":ec2:")).collect();
        if !instances.is_empty() {
            let statement = allow("KeyPairSignIn", &["ec2:GetPasswordData"], instances);
            statements.extend(on_tagged(statement, options.scope, &options.targets));
        }
    }
    if with_identity_center {
        statements.push(allow_all("IdentityCenterSignIn", &DIRECTORY));
        statements.extend(make_user(options, fields));
    }
    let mut lists = LISTS.to_vec();
    lists.push("ec2:DescribeInstances");
    statements.push(allow_all("RemoteDesktopLists", &lists));
    statements
}

const LISTS: [&str; 3] =
    ["ssm:DescribeInstanceProperties", "ssm:GetCommandInvocation", "ssm:GetInventorySchema"];
const DIRECTORY: [&str; 2] = ["sso:ListDirectoryAssociations*", "identitystore:DescribeUser"];

fn gui_connect(options: &OperatorOptions) -> Statement {
    let mut actions = vec![
        "ssm-guiconnect:CancelConnection",
        "ssm-guiconnect:GetConnection",
        "ssm-guiconnect:StartConnection",
    ];
    if options.scope.is_least() {
        actions.push("ssm-guiconnect:ListConnections");
    }
    allow_all("GuiConnect", &actions)
}

fn tunnel(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let sids = match options.scope {
        Scope::Guide => ["SSMStartSession", "AccessTaggedInstances"],
        Scope::LeastPrivilege => ["StartRdpTunnel", "StartRdpTunnelOnTaggedNodes"],
    };
    let mut statements = on_nodes_and_document(options, fields, START, TUNNEL, sids);
    let is_2023 = options.scope == Scope::Guide && options.edition == Edition::Of2023;
    for statement in &mut statements {
        let is_tagged = !statement.condition.is_empty();
        if !is_2023 {
            only_from_fleet_manager(statement);
        } else if options.has_document_check() && !is_tagged {
            when(statement, "BoolIfExists", "ssm:SessionDocumentAccessCheck", one("true"));
        }
    }
    statements
}

fn make_user(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let sids = match options.scope {
        Scope::Guide => ["SSMSendCommand", "SSMSendCommandToTaggedInstances"],
        Scope::LeastPrivilege => ["MakeSignInUser", "MakeSignInUserOnTaggedNodes"],
    };
    on_nodes_and_document(options, fields, "ssm:SendCommand", SIGN_IN_DOCUMENT, sids)
}

/// One statement, or, where the nodes are told by their tags, one for the document and one for the nodes.
fn on_nodes_and_document(
    options: &OperatorOptions,
    fields: &Fields,
    action: &str,
    document: &str,
    [sid, sid_of_tagged]: [&str; 2],
) -> Vec<Statement> {
    let is_guide = options.scope == Scope::Guide;
    let listed = |statement: Statement| if is_guide { as_list(statement) } else { statement };
    let mut nodes = options.targets.arns(fields);
    let document = fields.aws_document(document);
    if !options.targets.are_by_tag() {
        nodes.push(document);
        return vec![listed(allow(sid, &[action], nodes))];
    }
    let tagged = listed(allow(sid_of_tagged, &[action], nodes));
    let mut statements = vec![listed(allow(sid, &[action], vec![document]))];
    statements.extend(on_tagged(tagged, options.scope, &options.targets));
    statements
}
