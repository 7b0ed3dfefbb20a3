//! What a grant brings with it that its name does not say, and what a denial leaves open because IAM has no key for it.

use super::super::Note;
use super::notes::forwards_ports;
use super::{Deny, FleetManager, OperatorOptions};

pub(super) fn notes(options: &OperatorOptions) -> Vec<Note> {
    let denied = &options.denied();
    let changes_preferences =
        options.preferences.is_some() || options.administrator && options.scope.is_least();
    let tags_nodes = options.fleet_manager == Some(FleetManager::Administrator);
    let more_than_sessions = changes_preferences
        || tags_nodes
        || options.inline_policy_of.is_some()
        || options.start_instances
        || options.ansible_bucket.is_some()
        || options.host_management;
    let shell_is_refused = denied.shell && options.has_document_check();
    let all = [
        (
            options.fleet_manager.is_some() && !shell_is_refused,
            "FLEET_MANAGER_STARTS_SHELLS",
            "The permissions for Fleet Manager, the read-only ones too, are those for a shell on these nodes: AWS's text \
             has ssm:StartSession on SSM-SessionManagerRunShell. deny.shell beside documentAccessCheck refuses it.",
        ),
        (
            options.inline_policy_of.is_some(),
            "INLINE_POLICY_IS_ANY_RIGHT",
            "Who may write inline policies of a role may give it every right, and then use it from where the role is. \
             Give this to administrators alone, or set a permissions boundary on the role.",
        ),
        (
            changes_preferences && !denied.preferences,
            "PREFERENCES_BIND_EVERYBODY",
            "The preferences hold for the sessions of everybody in the account and Region. Who changes them can turn off \
             logs and encryption, and write a shell profile that runs in every shell.",
        ),
        (
            denied.ssh && (forwards_ports(options) || options.administrator),
            "SSH_OVER_PORTS",
            "The denial refuses the document AWS-StartSSHSession. Who may forward ports can forward port 22 and sign in \
             with SSH over it. Leave port forwarding out, or build session documents with a port of their own.",
        ),
        (
            options.just_in_time && *denied != Deny::default(),
            "JUST_IN_TIME_APART",
            "Sessions just in time are started with credentials of their own, which the denials here do not bind. Those \
             of the time and the network refuse to ask for access and to take the credentials, those of tags to ask for \
             access; those of documents and tasks refuse nothing of it.",
        ),
        (
            denied.is_of_callers() && more_than_sessions,
            "DENIALS_ARE_OF_SESSIONS",
            "Denials of callers without MFA, after a time and from outside refuse sessions, commands, tunnels and requests \
             for access. They leave what else is allowed here: preferences, inline policies, tags, settings, the \
             start of instances, the files of Ansible.",
        ),
        (
            denied.host_management && !options.scope.is_least(),
            "HOST_MANAGEMENT_ROLE_OPEN",
            HOST_MANAGEMENT_ROLE_OPEN,
        ),
    ];
    let given = all.into_iter().filter(|(is, ..)| *is);
    given.map(|(_, code, message)| Note::new(code, message)).collect()
}

/// What AWS's texts leave to whoever may change roles.
pub(in crate::session) const HOST_MANAGEMENT_ROLE_OPEN: &str =
    "AWS's text refuses to pass the role of Default Host Management, to attach policies to it and to delete it. It \
     leaves its inline policies, its trust policy, its permissions boundary and detaching its policy; scope \
     least-privilege refuses these as well.";
