//! Which capability an action belongs to, and what its statement has to name.

/// Whose action it is, as far as the principal tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Node,
    Person,
    Unknown,
}

/// The capabilities that a refused action takes away, the likeliest first; none for actions that Session Manager
/// does not need.
pub(super) fn of(
    action: &str,
    resource: Option<&str>,
    principal: Option<&str>,
) -> Vec<&'static str> {
    let action = action.to_ascii_lowercase();
    let resource = resource.unwrap_or_default();
    let side = side(principal);
    let (service, name) = action.split_once(':').unwrap_or_default();
    let ids: &[&'static str] = match (service, name) {
        ("ssm", "updateinstanceinformation") if resource.contains(":managed-instance/") => {
            &["node.heartbeat-hybrid"]
        }
        ("ssm", "updateinstanceinformation") => &["node.heartbeat"],
        ("ssm", "startsession") => start_session(resource),
        ("ssm", "terminatesession" | "resumesession") if is_user(principal) => {
            &["operator.own-sessions-username"]
        }
        ("ssm", "terminatesession" | "resumesession") => &["operator.own-sessions-tag"],
        ("ssm", "getconnectionstatus") => &["operator.connection-status", "operator.console-list"],
        ("ssm", "describesessions") => &["operator.history", "operator.console-list"],
        ("ssm", "describeinstanceproperties") => &["operator.console-list"],
        ("ssm", "describeinstanceinformation") => &["operator.ec2-console"],
        ("ssm", "listdocuments") => &["operator.custom-documents-console"],
        ("ssm", "createdocument" | "updatedocument") => &["operator.preferences"],
        ("ssm", "deletedocument") => &["operator.preferences-delete"],
        ("ssm", "startaccessrequest" | "getaccesstoken") => &["operator.just-in-time"],
        ("ssm", "updateservicesetting" | "getservicesetting" | "resetservicesetting") => {
            &["admin.dhmc-configure"]
        }
        ("ssm", "listinstanceassociations" | "updateinstanceassociationstatus") => {
            &["node.state-manager"]
        }
        ("ssm", "getparameters") if side != Side::Person => &["node.parameters"],
        ("ssm", "putinventory") => &["node.inventory"],
        ("ssm", "getdeployablepatchsnapshotforinstance") => &["node.patch"],
        ("ssm", "putconfigurepackageresult") => &["node.distributor"],
        ("ssmmessages", "opendatachannel") if resource.contains(":session/") => {
            if is_user(principal) {
                &["operator.open-data-channel"]
            } else {
                &["operator.open-data-channel-role"]
            }
        }
        ("ssmmessages", "opendatachannel") if side == Side::Person => {
            &["operator.open-data-channel"]
        }
        ("ssmmessages", _) => &["node.channel"],
        ("ec2messages", _) => &["node.run-command-legacy"],
        ("ssm-guiconnect", _) => &["operator.rdp"],
        ("ecs", "executecommand") => &["operator.ecs-exec"],
        ("kms", "decrypt") if side == Side::Node => &["node.session-kms"],
        ("kms", "generatedatakey") if side == Side::Node => &["node.s3-logs-sse-kms"],
        ("kms", "generatedatakey") if side == Side::Person => &["operator.session-kms"],
        ("kms", "decrypt") => &["node.session-kms", "node.s3-logs-sse-kms"],
        ("kms", "generatedatakey") => &["operator.session-kms", "node.s3-logs-sse-kms"],
        ("s3", "putobject") => &["node.s3-logs", "node.s3-logs-cross-account"],
        ("s3", "putobjectacl") => &["node.s3-logs-cross-account"],
        ("s3", "getencryptionconfiguration") => &["node.s3-encryption-check"],
        ("logs", "createlogstream" | "putlogevents" | "describelogstreams") => {
            &["node.cw-logs", "node.cw-logs-streaming"]
        }
        ("logs", "describeloggroups") => {
            &["node.cw-logs-streaming", "node.cw-logs-encrypted-check"]
        }
        ("iam", "putrolepolicy") => &["admin.put-inline-policy"],
        _ => &[],
    };
    ids.to_vec()
}

fn start_session(resource: &str) -> &'static [&'static str] {
    let document = resource.split_once(":document/").map(|(_, name)| name);
    match document {
        Some("AWS-StartSSHSession") => &["operator.ssh"],
        Some("AWS-StartPortForwardingSession") => &["operator.port-forward"],
        Some("AWS-StartPortForwardingSessionToRemoteHost") => &["operator.remote-host"],
        Some("SSM-SessionManagerRunShell") => &["operator.start-shell"],
        Some("AWS-StartInteractiveCommand") => &["operator.interactive-command"],
        Some(name) if name.starts_with("AWSFleetManager-") => &["operator.fleet-manager"],
        Some(_) => &["operator.custom-document"],
        None if resource.contains(":managed-instance/") => &["operator.start-hybrid"],
        None => &["operator.start-shell"],
    }
}

/// The session of a node is named for the node.
fn side(principal: Option<&str>) -> Side {
    let Some(principal) = principal else { return Side::Unknown };
    let Some((_, session)) = principal.rsplit_once('/') else { return Side::Unknown };
    let is_node = session.starts_with("i-") || session.starts_with("mi-");
    let is_role = principal.contains(":assumed-role/");
    if is_node && is_role {
        Side::Node
    } else if is_role || principal.contains(":user/") {
        Side::Person
    } else {
        Side::Unknown
    }
}

fn is_user(principal: Option<&str>) -> bool {
    principal.is_some_and(|principal| principal.contains(":user/"))
}

/// What a statement has to have as `Resource`: mostly what the message names, and `*` for the actions that take
/// nothing else, whatever the message names.
pub(super) fn resource_to_write(action: &str, named: Option<&str>) -> Option<String> {
    let action = action.to_ascii_lowercase();
    let is_session = named.is_some_and(|named| named.contains(":session/"));
    let takes_star_only = matches!(
        action.as_str(),
        "ssm:describesessions"
            | "ssm:describeinstanceproperties"
            | "ssm:describeinstanceinformation"
            | "ssm:listdocuments"
            | "logs:describeloggroups"
    ) || action.starts_with("ec2messages:")
        || (action.starts_with("ssmmessages:") && !is_session);
    match named {
        _ if takes_star_only => Some("*".to_owned()),
        named => named.map(str::to_owned),
    }
}
