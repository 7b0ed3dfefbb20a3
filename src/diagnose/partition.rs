//! What is of another partition than the role: nothing of one is reached from another, whatever policies say.

use std::collections::BTreeSet;

use super::paste::OwnerKind;
use super::reason::{nothing_asked, Reason, ReasonKind};
use super::role::{resources, Field, Role};
use super::want::{Facts, Values};
use crate::aws::{Arn, Partition, Region};
use crate::policy::Policy;
use crate::session::capabilities::{Capability, Level, ResourcePolicy};
use crate::sort::set;

/// Something that has a partition, and which.
struct Told<'a> {
    what: String,
    partition: &'a str,
}

/// Of which partition the role is, or else the Region: what a want says, and then what the role's own ARN does.
fn own<'a>(role: &'a Role, values: &'a Values) -> Option<Told<'a>> {
    let of_want = values
        .get("Partition")
        .map(|partition| Told { what: "what is asked for".to_owned(), partition });
    let of_role = || {
        let kind = role.owner.as_ref().map_or(OwnerKind::Role, |owner| owner.kind);
        let partition = role.own()?.partition;
        Some(Told { what: format!("the {}", kind.name()), partition })
    };
    of_want.or_else(of_role).or_else(|| of_region(values))
}

fn of_region(values: &Values) -> Option<Told<'_>> {
    let region = Region::parse(values.get("Region")?)?;
    Some(Told { what: format!("Region {}", region.name), partition: region.partition.name() })
}

/// Whether a key is of another partition than the role or the Region, so that it tells nothing of them.
pub(super) fn is_elsewhere(key: &Arn, role: &Role, values: &Values) -> bool {
    own(role, values).is_some_and(|own| own.partition != key.partition)
}

/// Why nobody reaches what a capability is about, if something of it is of another partition than the role.
pub(super) fn reason(
    role: &Role,
    values: &Values,
    facts: &Facts,
    capability: &'static Capability,
) -> Option<Reason> {
    // What a guard keeps out stays out.
    let own = own(role, values).filter(|_| !capability.is_guard())?;
    let asked = |policy| {
        let all = capability.asked().map(|(_, request)| request);
        let required = all.filter(|request| request.level == Level::Required);
        set(required.filter(|it| it.resource_policy == Some(policy)).map(|it| it.action))
    };
    let (of_key, of_bucket) = (asked(ResourcePolicy::Key), asked(ResourcePolicy::Bucket));
    let key = facts.key_arn.as_deref().filter(|_| !of_key.is_empty()).and_then(Arn::parse);
    let key = key.map(|key| Told { what: "The KMS key".to_owned(), partition: key.partition });
    let bucket = role.policy(Field::Resource(ResourcePolicy::Bucket));
    let bucket = bucket.filter(|_| !of_bucket.is_empty()).and_then(of_policy);
    let all = [(of_region(values), BTreeSet::new()), (key, of_key), (bucket, of_bucket)];
    let mut all = all.into_iter().filter_map(|(told, actions)| Some((told?, actions)));
    let (other, actions) = all.find(|(other, _)| other.partition != own.partition)?;
    let message = format!(
        "{} is of partition {} and {} of partition {}. Nothing of one partition is reached from another, whatever policies \
         say.",
        other.what, other.partition, own.what, own.partition
    );
    let actions = actions.into_iter().map(str::to_owned).collect();
    Some(Reason { kind: ReasonKind::Closed, message, actions, ..nothing_asked() })
}

/// The partition of the bucket that a policy is of, if its resources agree on one.
fn of_policy(policy: &Policy) -> Option<Told<'_>> {
    let named = policy.statements.iter().flat_map(resources);
    let mut partitions = named.filter_map(|text| Arn::parse(text)).map(|arn| arn.partition);
    let partition = partitions.next().filter(|name| Partition::from_name(name).is_some())?;
    let is_one = partitions.all(|other| other == partition);
    is_one.then(|| Told { what: "The bucket of the bucket policy".to_owned(), partition })
}
