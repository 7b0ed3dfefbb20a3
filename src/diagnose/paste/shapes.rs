//! Objects with policies in them that are no output of a call that prints policies: items of AWS Config, parts of a template,
//! lists of groups, and objects of somebody's own.
//!
//! Source: the AWS CLI command reference and the AWS Config developer guide, "Components of a configuration item", read
//! 2026-11.

use std::collections::BTreeSet;

use super::cli::{count, owner, Cli};
use super::fields::{are_statements, field, is_statement, list_of, text};
use super::{is_trust, Item, Kind, Owner, OwnerKind, What};
use crate::json::{self, Member, Node, Text, Value};
use crate::sort;

/// Lists that the AWS CLI prints page by page, and what they are lists of.
const PAGES: [(&str, &str); 6] = [
    ("AttachedPolicies", "attached policies"),
    ("PolicyNames", INLINE),
    ("Groups", "groups"),
    ("RoleDetailList", DETAILS),
    ("UserDetailList", DETAILS),
    ("GroupDetailList", DETAILS),
];

/// What is left out of this list may deny.
pub(in crate::diagnose) const INLINE: &str = "inline policies";

/// What is left out of this list is of others: an item of it is whole.
pub(in crate::diagnose) const DETAILS: &str = "account details";

/// Lists of items of AWS Config, and a single one.
const ITEMS: [&str; 3] = ["configurationItems", "baseConfigurationItems", "configurationItem"];

/// Said of policies in an object that nobody here knows.
const WITHIN: &str =
    "An object of an unknown shape. The policies in it are taken to be those of the role.";
const APART: &str =
    "An object of an unknown shape, with policies in several places. Whose they are is not known: give those of the role.";
/// Said of what stands among statements and is none.
const NO_STATEMENT: &str =
    "This stands where statements do and is none, so what it allows or denies is not known. Give the statements that are \
     put in here.";
const ELEMENT: &str = "part of a list of statements";

/// Said of an item of AWS Config behind which there is a later one.
const EARLIER: &str =
    "There are several states of the same resource, as the history of AWS Config has them. The latest counts alone.";
/// Why a state of it may not count.
const SEVERAL: &str =
    "stands beside other states of the same resource, and which is the latest is not told";

/// Why such a policy may not count.
const BESIDE: &str = "stands beside others in an object of an unknown shape";

/// Parts of the names of members, in small letters, whose policies are none that a role has.
const ELSEWHERE: [&str; 7] = [
    "scp",
    "servicecontrol",
    "bucketpolic",
    "keypolic",
    "endpointpolic",
    "resourcepolic",
    "sessionpolic",
];
const BOUNDARY: &str = "boundar";

impl<'t> Cli<'_, 't> {
    /// Notes whether a list goes on in another answer.
    pub(super) fn page(&mut self) {
        let node = self.node();
        let Some((_, list)) = PAGES.into_iter().find(|(name, _)| field(node, name).is_some())
        else {
            return;
        };
        let is_truncated = field(node, "IsTruncated").map(|node| &node.value);
        let is_some = |name| field(node, name).is_some_and(|token| token.as_text().is_some());
        let goes_on = matches!(is_truncated, Some(Value::Bool(true)))
            || is_truncated.is_none() && is_some("Marker")
            || is_some("NextToken");
        self.push(What::Page { list, goes_on }, None, None, node);
    }

    /// Reads an object that is no policy and no output of a call that prints one; whether it is one of these.
    pub(super) fn other_shape(&mut self) -> bool {
        let node = self.node();
        let has = |name| field(node, name).is_some();
        let is_of_iam =
            text(node, "resourceType").is_some_and(|kind| kind.starts_with("AWS::IAM::"));
        if let Some(configuration) = field(node, "configuration").filter(|_| is_of_iam) {
            self.config(configuration);
        } else if let Some(items) = ITEMS.into_iter().find_map(|name| field(node, name)) {
            self.items(items.as_array().unwrap_or(std::slice::from_ref(items)));
        } else if let Some(rows) = rows(node) {
            for row in rows {
                self.in_string(row, |cli| match field(cli.node(), "configuration") {
                    Some(configuration) => cli.config(configuration),
                    None => cli.object(),
                });
            }
        } else if let Some(group) = field(node, "Group").filter(|_| has("Users")) {
            self.members_of(group, list_of(node, "Users"));
        } else if let Some(groups) = field(node, "Groups").and_then(Node::as_array) {
            self.groups(groups);
        } else if let Some(profile) = field(node, "InstanceProfile") {
            self.identities(list_of(profile, "Roles"));
        } else if let Some(profiles) = field(node, "InstanceProfiles").and_then(Node::as_array) {
            let roles = profiles.iter().flat_map(|profile| list_of(profile, "Roles")).cloned();
            self.identities(&roles.collect::<Vec<_>>());
        } else if text(node, "UserName").is_some() && has("UserId") {
            self.identities(std::slice::from_ref(node));
        } else if let Some(properties) = properties_in_string(node) {
            self.in_string(properties, |cli| cli.properties_of_role(cli.node()));
        } else if is_resource(node) {
            let name = text(node, "Type").and_then(|kind| kind.rsplit(':').next());
            self.resource(name.unwrap_or_default(), node.clone());
        } else if let Some(members) = node.as_object().filter(|all| are_resources(all)) {
            self.template(members);
        } else {
            return self.within();
        }
        true
    }

    /// Items of AWS Config: of what stands there several times, as its history has it, only the last counts.
    fn items(&mut self, items: &[Node<'t>]) {
        let told = |(at, item)| (resource(item), captured(item), at);
        let mut all: Vec<_> = items.iter().enumerate().map(told).collect();
        sort::sort(&mut all);
        // Those behind which there is a later one, and those of which that is not known.
        let (mut earlier, mut open) = (BTreeSet::new(), BTreeSet::new());
        for same in all.chunk_by(|(one, ..), (other, ..)| one == other) {
            let [(Some(_), first, _), .., (_, last, _)] = same else { continue };
            let is_known = same.iter().all(|(_, time, _)| {
                time.is_some_and(|time| first.is_some_and(|first| zone(first) == zone(time)))
            });
            let latest = same.iter().filter(|(_, time, _)| time == last).count();
            for (_, time, at) in same {
                if is_known && time != last {
                    earlier.insert(*at);
                } else if !is_known || latest > 1 {
                    open.insert(*at);
                }
            }
        }
        for (at, item) in items.iter().enumerate() {
            if earlier.contains(&at) {
                self.say(Kind::NotUsed, EARLIER);
                continue;
            }
            let before = self.pasted().items.len();
            self.on(item);
            if open.contains(&at) {
                self.pasted().leave_open(before, SEVERAL);
            }
        }
    }

    /// Notes what stands in a list of statements and is none.
    pub(super) fn unread_beside(&mut self, elements: &[Node]) {
        if !elements.iter().any(is_statement) {
            return;
        }
        for other in elements.iter().filter(|other| !is_policy(other)) {
            self.unread_statements(other);
        }
    }

    /// Notes that statements are not read, or what may become some.
    fn unread_statements(&mut self, node: &Node) {
        let span = self.decoded().source(node.span);
        self.pasted().say(Kind::NotUsed, span, NO_STATEMENT);
        self.pasted().unread(ELEMENT, true, span);
    }

    /// Reads another object than this one.
    fn on(&mut self, node: &Node<'t>) {
        let (root, decoded) = (self.root(), self.decoded());
        Cli::new(root, node, decoded, self.pasted()).object();
    }

    /// The properties of a role of a template, without the resource around them.
    pub(super) fn properties_of_role(&mut self, node: &Node<'t>) {
        let member = |name: &str, value: Node<'t>| Member { key: key(node, name), value };
        let kind = Value::String(key(node, "AWS::IAM::Role"));
        let kind = Node { span: node.span, value: kind };
        let members = vec![member("Type", kind), member("Properties", node.clone())];
        self.resource("Role", Node { span: node.span, value: Value::Object(members) });
    }

    fn resource(&mut self, name: &str, value: Node<'t>) {
        self.template(&[Member { key: key(&value, name), value }]);
    }

    /// What an item of AWS Config says of a role, user, group or policy: what account details say, with other names.
    fn config(&mut self, configuration: &Node<'t>) {
        if configuration.as_text().is_some() {
            self.in_string(configuration, |cli| cli.configuration(cli.node()));
        } else {
            self.configuration(configuration);
        }
    }

    fn configuration(&mut self, node: &Node<'t>) {
        let mut node = node.clone();
        capitalise(&mut node);
        let version = list_of(&node, "PolicyVersionList").iter().find(|version| {
            matches!(
                field(version, "IsDefaultVersion").map(|is| &is.value),
                Some(Value::Bool(true))
            )
        });
        let document = version.and_then(|version| field(version, "Document"));
        if let Some(owner) = owner(&node).filter(|_| document.is_none()) {
            self.one_detail(&node, owner.kind);
        } else if let Some(document) = document {
            let name = text(&node, "PolicyName");
            let Some(read) = self.policy(document, name) else { return };
            let statements = count(read.statements.len(), "statement");
            let message = format!("A managed policy, as AWS Config has it, with {statements}.");
            self.say(Kind::PolicyVersion, message);
            self.push(What::Version(read), name, None, document);
        } else {
            self.of_no_use();
        }
    }

    /// Output of get-group.
    fn members_of(&mut self, group: &Node, users: &[Node]) {
        let node = self.node();
        let Some(name) = text(group, "GroupName") else { return self.of_no_use() };
        let mut members = Vec::new();
        for user in users.iter().filter_map(|user| text(user, "UserName")) {
            let owner = Owner { kind: OwnerKind::User, name: user.to_owned() };
            self.push(What::Member(name.to_owned()), None, Some(&owner), node);
            members.push(user.to_owned());
        }
        let is_all = matches!(
            field(node, "IsTruncated").map(|is| &is.value),
            None | Some(Value::Bool(false))
        );
        let number = count(members.len(), "user");
        if is_all && field(node, "Marker").is_none() {
            let group = Owner { kind: OwnerKind::Group, name: name.to_owned() };
            self.push(What::Members(members), None, Some(&group), node);
        }
        self.say(
            Kind::Identity,
            format!("The group {name} with {number}: who is in it, not what they may do."),
        );
    }

    /// Output of list-groups-for-user, or of list-groups.
    fn groups(&mut self, groups: &[Node]) {
        let node = self.node();
        let names: Vec<_> = groups.iter().filter_map(|group| text(group, "GroupName")).collect();
        for name in &names {
            self.push(What::Group((*name).to_owned()), None, None, node);
        }
        let message = match names.as_slice() {
            [] => return self.say(Kind::Identity, "A list without groups."),
            names => format!(
                "A list of groups: {}. It does not say who is in them, as list-groups and list-groups-for-user print the \
                 same. Give what aws iam get-group prints for each, and their policies.",
                names.join(", ")
            ),
        };
        self.say(Kind::NotUsed, message);
    }

    /// Policies within an object that nobody here knows; whether there are any. What stands beside them is not read.
    fn within(&mut self) -> bool {
        let (node, before) = (self.node(), self.pasted().items.len());
        // Where each stands, as numbers of members; the items of a list stand at one place.
        let (mut open, mut places) = (vec![(node, Vec::new())], BTreeSet::new());
        let (mut is_any, mut limits): (_, Vec<&Member>) = (false, Vec::new());
        while let Some((node, place)) = open.pop() {
            let items = self.pasted().items.len();
            if !place.is_empty() && self.read_known(node) {
                is_any = true;
                let span = self.decoded().source(node.span);
                self.pasted().cover(span);
                let mut made = self.pasted().items.iter().skip(items);
                let is_own = |item: &Item| matches!(&item.what, What::Policy(read) if !is_trust(&read.policy));
                if made.any(is_own) {
                    places.insert(place);
                }
                continue;
            }
            match &node.value {
                Value::Array(items) => {
                    self.unread_beside(items);
                    open.extend(items.iter().rev().map(|item| (item, place.clone())));
                }
                Value::Object(members) if place.len() < DEEPEST => {
                    limits.extend(members.iter().filter(|member| is_limit(member)));
                    for Member { value, .. } in members.iter().filter(|member| is_filled(member)) {
                        self.unread_statements(value);
                        is_any = true;
                    }
                    let own = members.iter().enumerate().rev();
                    open.extend(
                        own.filter(|(_, member)| !is_elsewhere(&member.key.text)).map(
                            |(at, member)| (&member.value, [place.as_slice(), &[at]].concat()),
                        ),
                    );
                }
                _ => {}
            }
        }
        if !is_any {
            return false;
        }
        for limit in limits {
            let boundary = limit.value.as_text().map(|arn| arn.text.clone().into_owned());
            self.push(What::Boundary(boundary.unwrap_or_default()), None, None, &limit.value);
        }
        self.pasted().is_read_in_part = true;
        match places.len() {
            0 | 1 => self.say(Kind::Mended, WITHIN),
            _ => {
                self.pasted().leave_open(before, BESIDE);
                self.say(Kind::NotUsed, APART);
            }
        }
        true
    }

    /// Reads a policy, or statements; whether it is that.
    fn read_known(&mut self, node: &Node<'t>) -> bool {
        if let Some(string) = node.as_text() {
            let inner = self
                .decoded()
                .string(string)
                .filter(|inner| inner.text().trim_start().starts_with('{'));
            let is_one = inner.is_some_and(|inner| {
                json::parse(inner.text()).root.as_ref().is_some_and(is_policy)
            });
            if is_one {
                self.in_string(node, |cli| cli.object());
            }
            return is_one;
        }
        let (root, decoded) = (self.root(), self.decoded());
        let mut one = Cli::new(root, node, decoded, self.pasted());
        match node.as_array() {
            Some(items) if are_statements(items) => one.statements(items.len()),
            None if is_policy(node) => one.object(),
            _ => return false,
        }
        true
    }
}

/// Whose an item of AWS Config is.
fn resource<'n>(item: &'n Node<'_>) -> Option<&'n str> {
    ["ARN", "arn", "resourceId"].into_iter().find_map(|name| text(item, name))
}

/// When AWS Config took it.
fn captured<'n>(item: &'n Node<'_>) -> Option<&'n str> {
    text(item, "configurationItemCaptureTime").map(|time| time.trim_end_matches('Z'))
}

/// The offset behind a time: only with the same one the later text is the later time.
fn zone(time: &str) -> &str {
    let behind = time.get(LONGEST_SECOND..).unwrap_or_default();
    behind.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit())
}

/// So many characters a time has up to its seconds.
const LONGEST_SECOND: usize = 19;

/// Whether the statements of an object are put in by something that is not read here.
fn is_filled(member: &Member) -> bool {
    let small = letters(&member.key.text);
    (small == "statements" || small.ends_with("rolestatements"))
        && member.value.as_text().is_some_and(|text| text.text.contains("${"))
}

/// More members do not stand within each other around a policy.
const DEEPEST: usize = 12;

/// What a query of AWS Config found: items in strings, without what was not asked for.
fn rows<'n, 't>(node: &'n Node<'t>) -> Option<&'n [Node<'t>]> {
    let rows = field(node, "Results")?.as_array()?;
    let are_rows =
        rows.iter().all(|row| row.as_text().is_some_and(|text| text.text.starts_with('{')));
    (are_rows && !rows.is_empty()).then_some(rows)
}

fn is_policy(node: &Node) -> bool {
    ["Statement", "PolicyDocument"].iter().any(|name| field(node, name).is_some())
        || is_statement(node)
}

fn is_elsewhere(name: &str) -> bool {
    let small = letters(name);
    small.contains(BOUNDARY) || ELSEWHERE.iter().any(|part| small.contains(part))
}

/// Whether it is a permissions boundary that bounds.
fn is_limit(member: &Member) -> bool {
    let is_empty = match &member.value.value {
        Value::Object(members) => members.is_empty(),
        Value::String(text) => text.text.is_empty(),
        _ => true,
    };
    letters(&member.key.text).contains(BOUNDARY) && !is_empty
}

/// The letters of a name, small ones.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

fn key<'t>(node: &Node, name: &str) -> Text<'t> {
    Text { span: node.span, text: name.to_owned().into() }
}

/// What `aws cloudcontrol get-resource` prints of a role.
fn properties_in_string<'n, 't>(node: &'n Node<'t>) -> Option<&'n Node<'t>> {
    let properties = field(field(node, "ResourceDescription")?, "Properties")?;
    (text(node, "TypeName") == Some("AWS::IAM::Role")).then_some(properties)
}

/// Whether it is a resource of a template that has to do with policies.
fn is_resource(node: &Node) -> bool {
    text(node, "Type").is_some_and(|kind| kind.starts_with("AWS::"))
        && field(node, "Properties").is_some()
}

fn are_resources(members: &[Member]) -> bool {
    members.iter().all(|member| is_resource(&member.value)) && !members.is_empty()
}

/// Lets the names of all members begin with a capital letter, as those of the API do. Policies stand in strings there.
fn capitalise(node: &mut Node) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match &mut node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                for Member { key, value } in members {
                    let mut letters = key.text.chars();
                    if let Some(first) = letters.next() {
                        key.text =
                            format!("{}{}", first.to_ascii_uppercase(), letters.as_str()).into();
                    }
                    open.push(value);
                }
            }
            _ => {}
        }
    }
}
