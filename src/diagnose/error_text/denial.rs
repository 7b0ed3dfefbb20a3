//! What a message of denied access means, and what to do, in sentences.

use super::access_denied::AccessDenied;
use super::{Cause, Layer, Permission};

impl AccessDenied {
    /// What the message says, in sentences; `more` is what the text around it tells.
    pub(super) fn meaning(&self, more: Option<&str>) -> String {
        let who = self.principal.as_deref().unwrap_or("The caller");
        let mut meaning = format!("{who} may not call {}", self.action);
        if let Some(resource) = &self.resource {
            meaning.push_str(&format!(" on {resource}"));
        }
        meaning.push_str(&match (self.cause, self.layer) {
            (Cause::ExplicitDeny, Some(layer)) => {
                let article = if layer == Layer::Identity { "an" } else { "a" };
                format!(", since a statement in {article} {} denies it.", layer.words())
            }
            (Cause::ExplicitDeny, None) => ", since a statement denies it.".to_owned(),
            (Cause::ImplicitDeny, Some(layer)) => {
                format!(", since no {} allows it.", layer.words())
            }
            (Cause::ImplicitDeny, None) => ", since nothing allows it.".to_owned(),
            (Cause::Unknown, _) => ", for one of three reasons, and the message does not say for which: there is no \
                                    such resource in this Region, the policy of the resource does not allow it, or \
                                    a statement there denies it."
                .to_owned(),
            _ => ". The message does not say which policy decided.".to_owned(),
        });
        if let Some(more) = more {
            meaning.push(' ');
            meaning.push_str(more);
        }
        meaning
    }

    /// What to do, in sentences; `who` is whose call it is, where the text around tells.
    pub(super) fn help(&self, permission: &Permission, who: Option<&str>) -> String {
        let grant = permission.words();
        let of_principal = self.principal.as_deref().and_then(of_principal);
        let who = of_principal.as_deref().or(who);
        let named =
            self.policy_arn.as_ref().map(|arn| format!(" It is {arn}.")).unwrap_or_default();
        let help = match (self.cause, self.layer) {
            (Cause::ExplicitDeny, layer) => {
                let place = layer.map_or("policy", Layer::words);
                format!(
                    "Find the statement with Effect Deny in the {place} that covers {grant}, and make an exception \
                     there.{named} Another Allow does not help against a Deny."
                )
            }
            (Cause::ImplicitDeny, Some(Layer::Identity)) => {
                format!("Add a statement that allows {grant} to a policy of {}.", of_whom(who))
            }
            (Cause::ImplicitDeny, Some(Layer::Resource)) => format!(
                "Allow {grant} in the policy of the resource: a key policy, a bucket policy. In the same account a \
                 key policy that names the account is enough for identity policies to count."
            ),
            (Cause::ImplicitDeny, Some(layer)) => format!(
                "Allow {grant} in the {} as well: what it does not allow, no other policy can grant.",
                layer.words()
            ),
            (Cause::Unknown, _) => format!(
                "1. Region: the call goes to the Region of the resource, such as the key of KMS. 2. Policy of the \
                 resource, such as the key policy: it has to allow {grant} to {}, or to their account so that identity \
                 policies count. 3. There may be no statement with Effect Deny that covers them. For a resource of \
                 another account a policy of {0} has to allow it as well.",
                of_whom(who)
            ),
            _ => help_unsaid(permission, who),
        };
        // The AWS CLI ends a session that it has just started and cannot use.
        let is = |action: &str| self.action.eq_ignore_ascii_case(action);
        if is("ssm:TerminateSession") {
            return format!(
                "Right after the start of a session the Session Manager plugin is absent or failed, and the AWS CLI \
                 ends the session: install the plugin, or look why it fails. To end sessions as well: {help}"
            );
        }
        if is("sts:AssumeRole") {
            return format!("{help} The trust policy of the role has to name the caller as well.");
        }
        help
    }
}

/// What to do when the message does not say which policy decided.
pub(super) fn help_unsaid(permission: &Permission, who: Option<&str>) -> String {
    // Who brings a token of somebody else's is nobody in AWS, and has no policy.
    let is = |action: &str| permission.action.eq_ignore_ascii_case(action);
    if is("sts:AssumeRoleWithWebIdentity") || is("sts:AssumeRoleWithSAML") {
        return format!(
            "Let the trust policy of the role allow {} to the identity provider, with conditions that the token \
             meets: its audience (aud), and its subject (sub) letter by letter, as of the repository and branch or \
             of the service account. Look too whether the role is the one that is meant. Whoever brings the token \
             has no policy that could allow it.",
            permission.words()
        );
    }
    format!(
        "Allow {} in a policy of {}. If a policy allows it already, look for a Deny, a permissions \
         boundary, a service control policy, a VPC endpoint policy, or the policy of the resource.",
        permission.words(),
        of_whom(who)
    )
}

/// Whose policies count for the session of a role, where its ARN tells: a node calls its session by its own ID, and IAM
/// Identity Center calls the roles that it makes by their permission set, which alone can be changed.
/// Source: "Referencing permission sets in resource policies", IAM Identity Center user guide, read 2026-11.
fn of_principal(arn: &str) -> Option<String> {
    let (role, session) = arn.split_once(":assumed-role/")?.1.split_once('/')?;
    if let Some(named) = role.strip_prefix("AWSReservedSSO_") {
        let set = named.rsplit_once('_').map_or(named, |(set, _)| set);
        return Some(format!("the permission set {set} in IAM Identity Center"));
    }
    let id = session.strip_prefix("mi-").or(session.strip_prefix("i-"))?;
    let is_id = id.len() >= 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| "the role of the node".to_owned())
}

fn of_whom(who: Option<&str>) -> &str {
    who.unwrap_or("the role or user")
}

impl Permission {
    fn words(&self) -> String {
        match &self.resource {
            Some(resource) => format!("{} on {resource}", self.action),
            None => self.action.clone(),
        }
    }
}
