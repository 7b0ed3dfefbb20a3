//! What a diagnosis takes for granted.

use std::collections::BTreeSet;

use super::diagnosis::Wanted;
use super::paste::OwnerKind;
use super::question::ELSEWHERE;
use super::role::{Field, Role};
use super::want::Want;
use crate::session::capabilities::{self, ResourcePolicy, Side};
use crate::session::related::EndpointService;
use crate::sort::set;

/// What was taken for granted where nobody gave it, what contradicts itself, and what was not looked at, in sentences.
pub(super) fn assumptions(role: &Role, wants: &[Want], wanted: &[Wanted]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let asked = || wanted.iter().flat_map(|(own, _)| own.asked());
    let asks = |policy| asked().any(|(_, request)| request.resource_policy == Some(policy));
    let is_absent = |field| !role.has(field);
    let lacks = |policy| is_absent(Field::Resource(policy)) && asks(policy);
    if lacks(ResourcePolicy::Key) {
        said.push(
            "No key policy was given: it is taken to let the policies of the role's account decide. KMS's default does so \
             for the key's own account; for any other it must name the role or its account."
                .to_owned(),
        );
    }
    if lacks(ResourcePolicy::Bucket) {
        let is_elsewhere = asked().any(|(own, _)| own.id == ELSEWHERE);
        let taken = match is_elsewhere {
            true => "to let the role write, as that of a bucket of another account must",
            false => "not to be in the way",
        };
        said.push(format!("No bucket policy was given: it is taken {taken}."));
    }
    let is_scp = |field: &Field| matches!(field, Field::Scp(_));
    if role.unseen_fields.iter().any(is_scp) {
        said.push("Of the service control policies not all are known.".to_owned());
    } else if role.scps.is_empty() {
        said.push(
            "No service control policy was given: none is taken to be in the way.".to_owned(),
        );
    } else {
        said.push(
            "Each service control policy that allows anything is taken to stand on any level of the organization; those \
             that only deny stand beside FullAWSAccess."
                .to_owned(),
        );
    }
    if is_absent(Field::Boundary) {
        said.push("No permissions boundary was given: there is taken to be none.".to_owned());
    }
    let has_endpoints =
        EndpointService::ALL.into_iter().any(|service| role.has(Field::Endpoint(service)));
    let is_of_node = asked().any(|(capability, _)| capability.side == Side::Node);
    if !has_endpoints && is_of_node {
        said.push(
            "No policy of a VPC endpoint was given: none is taken to be in the way.".to_owned(),
        );
    }
    let is_allowed = asked().any(|(capability, _)| !capability.is_guard());
    let denying = set(role.denying.iter().map(|(name, _)| name));
    let unseen = role.unseen.iter().filter(|name| !role.read.contains(*name) && is_allowed);
    let (open, passed): (Vec<&String>, Vec<_>) = unseen.partition(|name| denying.contains(name));
    for (names, taken) in [
        (passed, "nothing is taken to be denied by it"),
        (open, "what it may deny is not taken to work"),
    ] {
        let Some((first, others)) = names.split_first() else { continue };
        let more = match others.len() {
            0 => String::new(),
            1 => " and 1 more policy".to_owned(),
            more => format!(" and {more} more policies"),
        };
        let first = match first.strip_prefix("The ") {
            Some(code) => format!("the {code}"),
            None => (*first).clone(),
        };
        said.push(format!("What {first}{more} may deny is not known here: {taken}."));
    }
    let account_given = wants.iter().all(|want| want.values.contains_key("Account"));
    if let (Some(account), None, false) = (role.account(), role.own(), account_given) {
        said.push(format!(
            "The role is taken to be of account {account}, the only one that its policies name."
        ));
    }
    said.extend(contradictions(role, wants));
    let asks_trust = asks(ResourcePolicy::Trust);
    if !asks_trust && role.has(Field::Resource(ResourcePolicy::Trust)) {
        said.push(
            "Who may assume the role was not asked, so its trust policy was not looked at."
                .to_owned(),
        );
    }
    // What people call does not come out of the VPC of the node.
    let endpoints = if is_of_node { "" } else { "VPC endpoint policies, " };
    said.push(format!("Not looked at: {endpoints}session policies, the agent, the network."));
    said
}

/// Where wants say something else of the role than its own ARN.
fn contradictions(role: &Role, wants: &[Want]) -> BTreeSet<String> {
    let Some(own) = role.own() else { return BTreeSet::new() };
    let kind = role.owner.as_ref().map_or(OwnerKind::Role, |owner| owner.kind);
    let of_name = if kind == OwnerKind::User { "UserName" } else { "RoleName" };
    let name = own.resource.rsplit('/').next().unwrap_or_default();
    let told = [
        ("Account", "account", own.account),
        ("Partition", "partition", own.partition),
        (of_name, "name", name),
    ];
    // What an administrator names is the role to which they do something.
    let is_of_other = |want: &Want, placeholder| {
        let capability = capabilities::find(&want.capability);
        placeholder == of_name && capability.is_some_and(|it| it.side == Side::Admin)
    };
    let said = wants.iter().flat_map(|want| {
        let told = told.into_iter().filter(|(placeholder, ..)| !is_of_other(want, *placeholder));
        told.filter_map(|(placeholder, word, told)| {
            let given = want.values.get(placeholder).filter(|given| *given != told)?;
            let who = kind.name();
            Some(format!(
                "By its ARN the {who} is of {word} {told}; a want says {given}, which is taken."
            ))
        })
    });
    set(said)
}
