//! Roles, users and groups with all that they have, as account details print them, and lists of what is attached.

use super::cli::{count, owner_of_kind, Cli};
use super::fields::{field, list_of, text};
use super::{Kind, Owner, OwnerKind, What};
use crate::json::Node;

/// The lists of those who have policies, and the lists of inline policies in their items.
const LISTS: [(&str, OwnerKind, &str); 3] = [
    ("RoleDetailList", OwnerKind::Role, "RolePolicyList"),
    ("UserDetailList", OwnerKind::User, "UserPolicyList"),
    ("GroupDetailList", OwnerKind::Group, "GroupPolicyList"),
];

/// Lists of what is attached by themselves, the last two those of a permission set of IAM Identity Center.
pub(super) const ATTACHED: [&str; 3] =
    ["AttachedPolicies", "AttachedManagedPolicies", "CustomerManagedPolicyReferences"];

/// Whether an object is one item of such a list, and of which.
pub(super) fn kind_of(node: &Node) -> Option<OwnerKind> {
    let has = |name| field(node, name).is_some();
    let is_one = |kind: &OwnerKind| owner_of_kind(node, *kind).is_some();
    let listed = LISTS.into_iter().find(|(_, _, inline)| has(inline)).map(|(_, kind, _)| kind);
    let attached = || LISTS.into_iter().map(|(_, kind, _)| kind).find(is_one);
    listed.filter(is_one).or_else(|| attached().filter(|_| has("AttachedManagedPolicies")))
}

impl Cli<'_, '_> {
    /// Output of get-account-authorization-details.
    pub(super) fn details(&mut self) {
        let node = self.node();
        let (mut owners, mut documents) = (Vec::new(), 0);
        for (list, kind, _) in LISTS {
            for detail in list_of(node, list) {
                let Some((owner, inline)) = self.detail(detail, kind) else { continue };
                documents += inline;
                owners.push(owner);
            }
        }
        for policy in list_of(node, "Policies") {
            documents += usize::from(self.library(policy));
        }
        if owners.is_empty() && documents == 0 {
            self.say(
                Kind::NotUsed,
                "This list names policies without what is in them, or nobody who has them. Give what aws iam \
                 get-account-authorization-details prints.",
            );
            return;
        }
        let kinds = [OwnerKind::Role, OwnerKind::User, OwnerKind::Group].map(|kind| {
            let number = owners.iter().filter(|owner| owner.kind == kind).count();
            (number > 0).then(|| count(number, kind.name()))
        });
        let who: Vec<String> = kinds.into_iter().flatten().collect();
        let documents =
            if documents == 1 { "1 policy".to_owned() } else { format!("{documents} policies") };
        let message = format!("Account details: {}, {documents}.", who.join(", "));
        self.say(Kind::AccountDetails, message);
    }

    /// One role, user or group of account details by itself.
    pub(super) fn one_detail(&mut self, node: &Node, kind: OwnerKind) {
        if let Some((owner, documents)) = self.detail(node, kind) {
            let (kind, name) = (kind.name(), owner.name);
            let attached = list_of(node, "AttachedManagedPolicies").len();
            let message = format!(
                "The {kind} {name} with its policies: {documents} inline, {attached} attached."
            );
            self.say(Kind::AccountDetails, message);
        }
    }

    /// Whom an item is about, and how many inline policies of it could be read.
    fn detail(&mut self, detail: &Node, kind: OwnerKind) -> Option<(Owner, usize)> {
        let owner = owner_of_kind(detail, kind)?;
        self.identity(detail, &owner, None);
        let mut documents = 0;
        let lists = LISTS.into_iter().filter(|(_, of, _)| *of == kind);
        for policy in lists.flat_map(|(_, _, inline)| list_of(detail, inline)) {
            let name = text(policy, "PolicyName");
            let read = field(policy, "PolicyDocument")
                .and_then(|document| Some((document, self.policy(document, name)?)));
            if let Some((document, read)) = read {
                documents += 1;
                self.push(What::Policy(read), name, Some(&owner), document);
            }
        }
        for attached in list_of(detail, "AttachedManagedPolicies") {
            self.attached(attached, Some(&owner));
        }
        Some((owner, documents))
    }

    /// The default version of a managed policy in account details.
    fn library(&mut self, policy: &Node) -> bool {
        let Some(arn) = text(policy, "Arn") else { return false };
        let name = text(policy, "PolicyName");
        let default = text(policy, "DefaultVersionId");
        let versions = list_of(policy, "PolicyVersionList");
        let version = versions
            .iter()
            .find(|version| text(version, "VersionId") == default)
            .or(versions.first());
        let Some(document) = version.and_then(|version| field(version, "Document")) else {
            return false;
        };
        let Some(read) = self.policy(document, name) else { return false };
        self.push(What::Library(arn.to_owned(), read), name, None, document);
        true
    }

    pub(super) fn attached_output(&mut self, attached: &Node) {
        let policies = attached.as_array().unwrap_or_default();
        for policy in policies {
            self.attached(policy, None);
        }
        let names: Vec<_> = policies
            .iter()
            .filter_map(|policy| text(policy, "PolicyName").or_else(|| text(policy, "Name")))
            .collect();
        let message = match names.as_slice() {
            [] => "No managed policy is attached.".to_owned(),
            names => format!("Attached managed policies: {}.", names.join(", ")),
        };
        self.say(Kind::AttachedPolicies, message);
    }

    fn attached(&mut self, policy: &Node, owner: Option<&Owner>) {
        // IAM Identity Center leaves the word out.
        let arn = text(policy, "PolicyArn").or_else(|| text(policy, "Arn"));
        let name = text(policy, "PolicyName")
            .or_else(|| text(policy, "Name"))
            .or_else(|| arn?.rsplit('/').next());
        if name.is_some() {
            self.push(What::Attached(arn.map(str::to_owned)), name, owner, policy);
        }
    }
}
