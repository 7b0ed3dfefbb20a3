//! Objects as they are pasted: a policy document, or what a call of the AWS CLI prints.

use super::decode::Decoded;
use super::deployed;
use super::details;
use super::event;
use super::fields::{field, is_statement, list_of, text};
use super::language::of_another_language;
use super::policy::{self, PolicyText};
use super::{is_trust, Item, Kind, Owner, OwnerKind, Pasted, What};
use crate::json::{self, Node};
use crate::text::Span;

/// A JSON object, read into what was pasted.
pub(super) struct Cli<'a, 't> {
    root: &'a Node<'t>,
    node: &'a Node<'t>,
    decoded: &'a Decoded<'a>,
    pasted: &'a mut Pasted,
}

/// Names of fields that say what an object is, and what is said of it.
const OF_NO_USE: &[(&str, &str)] = &[
    (
        "EvaluationResults",
        "This is the result of a simulation, not a policy. Give the policies of the role.",
    ),
    (
        "terraform_version",
        "This is a plan or state of Terraform, which is not read here, so what it allows is not known. `postern role FILE` \
         finds the policies in it. Or give the policy as JSON, or what aws iam get-role-policy prints.",
    ),
    (
        "schemaVersion",
        "This is a document of Systems Manager, not an IAM policy. Give the policies of the role.",
    ),
    (
        "PolicyRoles",
        "This says who has a policy, not what the policy says. Give what aws iam get-policy-version prints.",
    ),
    (
        "Versions",
        "These are the versions of a managed policy, without what they say. Give what aws iam get-policy-version prints \
         for its default version.",
    ),
    (
        "InstanceInformationList",
        "This is the list of managed nodes, not a policy. Give the policies of their role.",
    ),
    (
        "Reservations",
        "These are instances, not policies. Give the policies of the role of their instance profile.",
    ),
    (
        "UserId",
        "This says who calls, not what they may do. Give the policies of the role or user.",
    ),
    ("IsTruncated", "This output of the AWS CLI holds no policy. Give what aws iam get-role-policy prints."),
];

/// What the policy is called that says who may assume a role.
const TRUST: &str = "Trust policy";

/// What a plan is called.
pub(super) const PLAN: &str = "plan or state of Terraform";

/// The lists of account details.
const DETAILS: [&str; 3] = ["RoleDetailList", "UserDetailList", "GroupDetailList"];

/// Said of a version of a managed policy.
pub(super) const NOT_DEFAULT: &str =
    " It is not the default version, so it is not in force; it counts here as if it were.";

impl<'a, 't> Cli<'a, 't> {
    pub(super) fn new(
        root: &'a Node<'t>,
        node: &'a Node<'t>,
        decoded: &'a Decoded<'a>,
        pasted: &'a mut Pasted,
    ) -> Self {
        Cli { root, node, decoded, pasted }
    }

    pub(super) fn root(&self) -> &'a Node<'t> {
        self.root
    }

    pub(super) fn node(&self) -> &'a Node<'t> {
        self.node
    }

    pub(super) fn decoded(&self) -> &'a Decoded<'a> {
        self.decoded
    }

    pub(super) fn pasted(&mut self) -> &mut Pasted {
        self.pasted
    }

    /// Reads the object as what its fields make of it.
    pub(super) fn object(&mut self) {
        let node = self.node;
        let has = |name| field(node, name).is_some();
        let are_named = self.inline_names();
        self.page();
        if self.several_answers() {
            return;
        }
        if let Some(message) = of_another_language(node) {
            self.say(Kind::NotUsed, message);
        } else if has("Statement") {
            self.document();
        } else if has("PolicyDocument") {
            self.inline_output();
        } else if let Some(version) = field(node, "PolicyVersion") {
            self.version(version);
        } else if has("Document") {
            self.version(node);
        } else if DETAILS.into_iter().any(has) {
            self.details();
        } else if let Some(kind) = details::kind_of(node) {
            self.one_detail(node, kind);
        } else if has("AssumeRolePolicyDocument") && (has("Policies") || has("ManagedPolicyArns")) {
            self.properties_of_role(node);
        } else if let Some(role) = field(node, "Role").or_else(|| field(node, "User")) {
            self.identities(std::slice::from_ref(role));
        } else if let Some(roles) = field(node, "Roles").and_then(Node::as_array) {
            self.identities(roles);
        } else if has("AssumeRolePolicyDocument") {
            self.identities(std::slice::from_ref(node));
        } else if let Some(attached) =
            details::ATTACHED.into_iter().find_map(|name| field(node, name))
        {
            self.attached_output(attached);
        } else if let Some(policy) = field(node, "Policy") {
            self.policy_output(policy);
        } else if let Some(resources) = field(node, "Resources").and_then(Node::as_object) {
            self.template(resources);
        } else if has("Policies") {
            self.details();
        } else if let Some(records) = field(node, "Records").and_then(Node::as_array) {
            for record in records {
                Cli::new(self.root, record, self.decoded, self.pasted).object();
            }
        } else if let Some(events) = field(node, "Events").and_then(Node::as_array) {
            for event in events {
                let mut one = Cli::new(self.root, event, self.decoded, self.pasted);
                match field(event, "CloudTrailEvent") {
                    Some(text) => one.event_in_string(text),
                    None => one.of_no_use(),
                }
            }
        } else if event::is_event(node) {
            self.event();
        } else if let Some(detail) = field(node, "detail").filter(|detail| event::is_event(detail))
        {
            Cli::new(self.root, detail, self.decoded, self.pasted).event();
        } else if is_statement(node) {
            self.statements(1);
        } else if !are_named && !self.other_shape() {
            self.of_no_use();
        }
    }

    /// The answers of the AWS CLI that somebody made one object of, each by itself; whether there are several.
    fn several_answers(&mut self) -> bool {
        let node = self.node;
        let object = |name| field(node, name).filter(|found| found.as_object().is_some());
        let list = |name| field(node, name).filter(|found| found.as_array().is_some());
        let has_inline = field(node, "PolicyDocument").is_some();
        let has_details = DETAILS.into_iter().any(|name| list(name).is_some());
        let (version, attached) = (object("PolicyVersion"), list("AttachedPolicies"));
        let of_somebody = ["Role", "User"].map(object);
        let others = [version, attached].into_iter().chain(of_somebody).flatten().count();
        if usize::from(has_inline) + usize::from(has_details) + others < 2 {
            return false;
        }
        if has_inline {
            self.inline_output();
        }
        if has_details {
            self.details();
        }
        if let Some(version) = version {
            self.version(version);
        }
        if let Some(attached) = attached {
            self.attached_output(attached);
        }
        for one in of_somebody.into_iter().flatten() {
            self.identities(std::slice::from_ref(one));
        }
        true
    }

    /// The names of inline policies, without what is in them; whether there is such a list.
    fn inline_names(&mut self) -> bool {
        let node = self.node;
        let Some(names) = field(node, "PolicyNames") else { return false };
        self.say(
            Kind::NotUsed,
            "These are the names of inline policies, without what is in them. Give what aws iam get-role-policy prints \
             for each.",
        );
        for name in names.as_array().unwrap_or_default().iter().filter_map(Node::as_text) {
            self.push(What::Named, Some(&name.text), None, node);
        }
        true
    }

    pub(super) fn span(&self) -> Span {
        self.decoded.source(self.node.span)
    }

    pub(super) fn say(&mut self, kind: Kind, message: impl Into<String>) {
        let span = self.span();
        self.pasted.say(kind, span, message);
    }

    /// Reads a policy document; what is wrong with it is said where it is, with the name of the policy.
    pub(super) fn policy(&mut self, node: &Node, name: Option<&str>) -> Option<PolicyText> {
        policy::keep_text(node, self.decoded, name, self.pasted);
        match policy::read(self.root, node, self.decoded) {
            Ok(policy) => Some(policy),
            Err(broken) => {
                let named = name.map(|name| format!("{name}: ")).unwrap_or_default();
                self.pasted.say(Kind::Broken, broken.span, named + &broken.message);
                // Who may assume a role does not change what it may do.
                if broken.is_damaged && name != Some(TRUST) {
                    let span = self.decoded.source(node.span);
                    self.pasted.unread("broken text", true, span);
                }
                // A template leaves it open for those who have it.
                if broken.is_deployed && field(self.root, "Resources").is_none() {
                    let span = self.decoded.source(node.span);
                    self.pasted.unread(deployed::PART, deployed::may_deny(node), span);
                }
                None
            }
        }
    }

    pub(super) fn push(
        &mut self,
        what: What,
        name: Option<&str>,
        owner: Option<&Owner>,
        node: &Node,
    ) {
        let span = self.decoded.source(node.span);
        let (name, owner) = (name.map(str::to_owned), owner.cloned());
        self.pasted.items.push(Item { what, name, owner, span });
    }

    /// A policy document on its own.
    fn document(&mut self) {
        let Some(read) = self.policy(self.node, None) else { return };
        let statements = count(read.statements.len(), "statement");
        if !read.statements.is_empty() && is_trust(&read.policy) {
            self.say(Kind::TrustPolicy, format!("A trust policy with {statements}."));
        } else if read.policy.statements.iter().any(|statement| statement.principal.is_some()) {
            self.say(
                Kind::ResourcePolicy,
                format!("A policy with {statements} that names principals: that of a resource."),
            );
        } else {
            self.say(Kind::Policy, format!("A policy document with {statements}."));
        }
        self.push(What::Policy(read), None, None, self.node);
    }

    /// A statement, or a list of them, without the policy around it.
    pub(super) fn statements(&mut self, number: usize) {
        let node = self.node;
        let written = self.decoded.part(node.span);
        let whole = written.within("{\"Version\": \"2012-10-17\", \"Statement\": ", "}");
        let parsed = json::parse(whole.text());
        let Some(root) = &parsed.root else { return };
        let read = Cli::new(root, root, &whole, self.pasted).policy(root, None);
        let Some(mut read) = read else { return };
        for statement in &mut read.statements {
            let pointer = statement.pointer.strip_prefix("/Statement").unwrap_or_default();
            statement.pointer = pointer.to_owned();
        }
        let what = match number {
            1 => {
                "A statement without the policy around it, read as a policy of its own.".to_owned()
            }
            many => {
                format!("{many} statements without the policy around them, read as one policy.")
            }
        };
        self.say(Kind::Policy, what);
        self.push(What::Policy(read), None, None, node);
    }

    fn inline_output(&mut self) {
        let node = self.node;
        let name = text(node, "PolicyName");
        let owner = owner(node);
        let Some(document) = field(node, "PolicyDocument") else { return };
        let Some(read) = self.policy(document, name) else { return };
        let of = owner
            .as_ref()
            .map_or(String::new(), |owner| format!(" of the {} {}", owner.kind.name(), owner.name));
        let statements = count(read.statements.len(), "statement");
        let named = name.map(|name| format!(" {name}")).unwrap_or_default();
        self.say(Kind::InlinePolicy, format!("The inline policy{named}{of} with {statements}."));
        self.push(What::Policy(read), name, owner.as_ref(), document);
    }

    fn version(&mut self, version: &Node) {
        let Some(document) = field(version, "Document") else {
            self.say(
                Kind::NotUsed,
                "This version of a policy has no document. Give what aws iam get-policy-version prints.",
            );
            return;
        };
        let Some(read) = self.policy(document, None) else { return };
        let id = text(version, "VersionId").map(|id| format!(" {id}")).unwrap_or_default();
        let statements = count(read.statements.len(), "statement");
        let default = match field(version, "IsDefaultVersion").map(|node| &node.value) {
            Some(crate::json::Value::Bool(false)) => NOT_DEFAULT,
            _ => "",
        };
        self.say(
            Kind::PolicyVersion,
            format!("Version{id} of a managed policy with {statements}.{default}"),
        );
        // What get-policy-version prints does not say of which policy it is; who asks for its default version does.
        let known = self.pasted.default_version.take();
        let known = known.filter(|(_, id)| Some(id.as_str()) == text(version, "VersionId"));
        let name = known.as_ref().map(|(name, _)| name.as_str());
        self.push(What::Version(read), name, None, document);
    }

    /// Roles or users on their own: who may assume them, and their boundary.
    pub(super) fn identities(&mut self, nodes: &[Node]) {
        let mut names = Vec::new();
        for node in nodes {
            let Some(owner) = owner(node) else { continue };
            self.identity(node, &owner, None);
            names.push(format!("{} {}", owner.kind.name(), owner.name));
        }
        match names.as_slice() {
            [] => self.of_no_use(),
            [one] => {
                let message = format!(
                    "The {one}: who may assume it, not what it may do. For that give its policies, as aws iam \
                     get-role-policy and list-attached-role-policies print them."
                );
                self.say(Kind::Identity, message);
            }
            many => {
                let message =
                    format!("{} roles: who may assume them, not what they may do.", many.len());
                self.say(Kind::Identity, message);
            }
        }
    }

    /// `bound`: under what a boundary stands that a template makes.
    pub(super) fn identity(&mut self, node: &Node, owner: &Owner, bound: Option<String>) {
        self.push(What::Exists(text(node, "Arn").map(str::to_owned)), None, Some(owner), node);
        if let Some(document) = field(node, "AssumeRolePolicyDocument") {
            if let Some(read) = self.policy(document, Some(TRUST)) {
                self.push(What::Trust(read), Some("trust policy"), Some(owner), document);
            }
        }
        let is_none =
            |one: &Node| deployed::is_no_value(one) || matches!(one.value, json::Value::Null);
        let boundary = field(node, "PermissionsBoundary").filter(|one| !is_none(one));
        if let Some(boundary) = boundary {
            let arn = text(boundary, "PermissionsBoundaryArn").map(str::to_owned);
            // A template has it by itself; one that only the deployment knows is a boundary all the same.
            let arn = bound.or(arn).or_else(|| deployed::text(boundary)).unwrap_or_default();
            self.push(What::Boundary(arn), None, Some(owner), boundary);
        }
        for group in list_of(node, "GroupList").iter().filter_map(Node::as_text) {
            self.push(What::Member(group.text.clone().into_owned()), None, Some(owner), node);
        }
        if field(node, "GroupList").is_some() {
            self.push(What::AllGroups, None, Some(owner), node);
        }
    }

    /// The field `Policy`: a string from KMS or S3, an object from IAM or AWS Organizations.
    fn policy_output(&mut self, policy: &Node) {
        if policy.as_text().is_some() {
            if let Some(read) = self.policy(policy, None) {
                let statements = count(read.statements.len(), "statement");
                self.say(
                    Kind::ResourcePolicy,
                    format!("The policy of a resource with {statements}."),
                );
                self.push(What::Policy(read), None, None, policy);
            }
        } else if let Some(content) = field(policy, "Content") {
            let name = field(policy, "PolicySummary").and_then(|summary| text(summary, "Name"));
            if let Some(read) = self.policy(content, name) {
                let named = name.map(|name| format!(" {name}")).unwrap_or_default();
                let statements = count(read.statements.len(), "statement");
                let message = format!("The policy{named} of the organization with {statements}.");
                self.say(Kind::OrganizationPolicy, message);
                self.push(What::Limit(read), name, None, content);
            }
        } else if let Some(name) = text(policy, "PolicyName") {
            let span = self.span();
            self.pasted.managed(name, text(policy, "Arn"), span);
            let default = text(policy, "DefaultVersionId");
            self.pasted.default_version = default.map(|id| (name.to_owned(), id.to_owned()));
        } else {
            self.of_no_use();
        }
    }

    pub(super) fn of_no_use(&mut self) {
        let node = self.node;
        let known = OF_NO_USE.iter().find(|(name, _)| field(node, name).is_some());
        match known {
            Some((name, message)) => {
                let is_unrelated = matches!(
                    *name,
                    "schemaVersion"
                        | "EvaluationResults"
                        | "InstanceInformationList"
                        | "Reservations"
                        | "UserId"
                );
                self.say(if is_unrelated { Kind::Unrelated } else { Kind::NotUsed }, *message);
                if *name == "terraform_version" {
                    let span = self.span();
                    self.pasted.unread(PLAN, false, span);
                }
            }
            None => self.say(
                Kind::NotRecognised,
                "This is JSON, but neither an IAM policy nor known output of the AWS CLI. Give a policy, or what aws \
                 iam get-role-policy prints.",
            ),
        }
    }
}

/// `3 statements`.
pub(super) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

pub(super) fn owner(node: &Node) -> Option<Owner> {
    [OwnerKind::Role, OwnerKind::User, OwnerKind::Group]
        .into_iter()
        .find_map(|kind| owner_of_kind(node, kind))
}

pub(super) fn owner_of_kind(node: &Node, kind: OwnerKind) -> Option<Owner> {
    let name = match kind {
        OwnerKind::Role => "RoleName",
        OwnerKind::User => "UserName",
        OwnerKind::Group => "GroupName",
    };
    Some(Owner { kind, name: text(node, name)?.to_owned() })
}
