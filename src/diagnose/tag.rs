//! Which tags a resource can have.

use crate::aws::split_fields;

/// The key of the tag that a condition key asks of the resource.
pub(super) fn tag_of_resource(key: &str) -> Option<&str> {
    let (prefix, tag) = key.split_once('/')?;
    let prefixes = ["aws:ResourceTag", "ssm:resourceTag", "ecs:ResourceTag"];
    prefixes.iter().any(|known| prefix.eq_ignore_ascii_case(known)).then_some(tag)
}

/// Whether a resource can have a tag: documents of AWS have none of anybody else, sessions have the two that Session
/// Manager gives them, and nothing else has these.
pub(super) fn can_have_tag(resource: &str, tag: &str) -> bool {
    let start = "aws:ssmmessages:";
    let is_of_session = tag.get(..start.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(start));
    let is_of_aws = split_fields(resource)
        .is_some_and(|[.., account, path]| account.is_empty() && path.starts_with("document/"));
    let is_session = resource.contains(":session/");
    !is_of_aws && is_session == is_of_session
}
