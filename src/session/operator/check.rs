//! Options that do not go together.

use crate::sort::set;

use super::super::draft::once;
use super::super::{tag, Conflict, Refused};
use super::{deny, OperatorOptions};

/// A statement for each, with all the other tags in it.
const MOST_ANY_TAGS: usize = 50;

/// Whether the options go together.
///
/// # Errors
/// Two that do not, with the place of one; more tags than there can be.
pub(super) fn check(options: &OperatorOptions) -> Result<(), Refused> {
    let targets = &options.targets;
    if !targets.instance_ids.is_empty() && targets.are_by_tag() {
        return Err(Refused::conflict("targets.instanceIds", Conflict::INSTANCE_IDS_WITH_TAGS));
    }
    if targets.any_tags.len() > MOST_ANY_TAGS {
        return Err(Refused::conflict("targets.anyTags", Conflict::ANY_TAGS_TOO_MANY));
    }
    if options.just_in_time && (options.starts_sessions() || options.administrator) {
        return Err(Refused::conflict("justInTime", Conflict::JUST_IN_TIME_WITH_SESSIONS));
    }
    let asks = options.asks() || options.ansible_bucket.is_some();
    if options.deny_only && (asks || !options.sessions().is_empty()) {
        return Err(Refused::conflict("denyOnly", Conflict::DENY_ONLY_WITH_GRANTS));
    }
    let all_tags = targets.tags.iter().chain(&targets.any_tags);
    once(all_tags.map(|(key, _)| *key), "targets.tags")?;
    let keys = targets.tags.iter().map(|(key, _)| *key);
    let keys = set(keys.chain(targets.principal_tags.iter().copied()));
    let one_more = usize::from(!targets.any_tags.is_empty());
    let place = match targets.tags.is_empty() {
        true => "targets.principalTags",
        false => "targets.tags",
    };
    tag::limit(keys.len() + one_more, place)?;
    once(targets.principal_tags.iter().copied(), "targets.principalTags")?;
    let tags_of_tasks = options.ecs_exec.iter().flat_map(|exec| &exec.tags);
    tag::limit(tags_of_tasks.clone().count(), "ecsExec.tags")?;
    once(tags_of_tasks.map(|(key, _)| *key), "ecsExec.tags")?;
    if options.end_sessions.owner_id.is_some() && options.end_sessions.whose.is_some() {
        return Err(Refused::conflict("endSessions.whose", Conflict::OWNER_TWICE));
    }
    deny::check(options)
}
