//! How tags are written, where what was given looks like the spelling of another tool.

use super::{Conflict, Note, Refused};

/// As many as a user, a role, an instance or a task can have.
///
/// Source: the IAM user guide, "IAM and AWS STS quotas"; the EC2 user guide, "Tag your Amazon EC2 resources"; the ECS
/// guide, "Tagging Amazon ECS resources", read 2026-11.
pub(super) const MOST_TAGS: usize = 50;

/// Refuses more tags than anything has, where all of them must match.
pub(super) fn limit(count: usize, place: &'static str) -> Result<(), Refused> {
    match count > MOST_TAGS {
        true => Err(Refused::conflict(place, Conflict::TAGS_TOO_MANY)),
        false => Ok(()),
    }
}

/// Whether a tag is what the AWS CLI writes for one, `Key=tag:Team,Values=web` or `Key=Team,Value=web`, taken apart at its
/// first equals sign.
pub(super) fn is_of_aws_cli(key: &str, values: &[&str]) -> bool {
    let is_tag = values.first().is_some_and(|value| value.starts_with("tag:"));
    let has = |word: &str| values.iter().any(|value| value.contains(word));
    match key {
        "Key" => is_tag || has(",Value=") || has(",Values="),
        "Name" => is_tag && has("Values="),
        _ => false,
    }
}

/// Says of tags that are written in a rare way how they are compared.
pub(super) fn spelling<'a>(tags: impl Iterator<Item = (&'a str, &'a [&'a str])>) -> Option<Note> {
    let mut said = Vec::new();
    for (key, values) in tags {
        if key.to_ascii_lowercase().starts_with("tag:") {
            said.push(format!(
                "The key {key} begins with tag:, which filters of the AWS CLI have in front of a key and which is no part \
                 of it there."
            ));
        }
        let has_blank = |text: &&&str| text.trim() != **text;
        said.extend([&key].into_iter().chain(values).find(has_blank).map(|text| {
            format!(
                "\"{text}\" begins or ends with a space: a tag without it is another one to IAM. Whether EC2 keeps such a \
                 space is not known here."
            )
        }));
        said.extend(values.iter().find(|value| value.contains(',')).map(|value| {
            format!("{value} is one value with a comma in it; several values are given as a list.")
        }));
    }
    let more = said.len().saturating_sub(MOST);
    said.truncate(MOST);
    if more > 0 {
        said.push(format!("The same is so of {more} more."));
    }
    let message = format!("Tags are compared as they are written. {}", said.join(" "));
    (!said.is_empty()).then(|| Note::new("TAG_SPELLING", message))
}

/// More tags are only counted.
const MOST: usize = 5;
