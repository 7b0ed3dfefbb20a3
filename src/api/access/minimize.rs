//! `minimizePolicy`.

use serde::{Deserialize, Serialize};

use super::super::evaluate::tree::{self, Written};
use super::super::plain::document;
use super::super::read::read;
use super::super::{Error, Value};
use super::{type_named, MOST_BYTES};
use crate::access::{self, Minimized};
use crate::aws::catalog::date;
use crate::policy::Policy;

/// The smallest policy that allows the same, on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MinimizedPolicy {
    /// The policy document, an object on the wire.
    #[serde(serialize_with = "document")]
    pub policy: Policy,
    /// The text to paste.
    pub json: String,
    /// How many characters of it IAM counts.
    pub characters: usize,
    /// How many IAM counted before.
    pub characters_before: usize,
    /// Sentences: what it rests on that it allows the same.
    pub assumptions: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
struct MinimizeOptions<'a> {
    policy_type: Option<&'a str>,
    wildcards: bool,
}

/// `minimizePolicy(policy, options?)`.
///
/// # Errors
/// Options of the wrong shape, or a policy that IAM could not read; `path` leads into it.
pub fn minimize_policy(policy: &Value, options: Option<&Value>) -> Result<MinimizedPolicy, Error> {
    let Written { policy, bytes, .. } = tree::written(policy, "policy")?;
    for (i, statement) in policy.statements.iter().enumerate() {
        // It cannot be written down again without losing one of both.
        if let Some(repeated) = statement.condition.repeated().first() {
            let path = format!("policy.Statement[{i}].Condition");
            return Err(tree::broken(path, &repeated.in_words()));
        }
    }
    let options: MinimizeOptions = read(options, "options")?;
    let policy_type = options.policy_type.map(type_named).transpose()?;
    let minimized = match bytes > MOST_BYTES {
        true => Minimized::unchanged(policy),
        false => access::minimize(&policy, policy_type, options.wildcards),
    };
    Ok(MinimizedPolicy {
        json: minimized.policy.to_json(),
        policy: minimized.policy,
        characters: minimized.characters,
        characters_before: minimized.characters_before,
        assumptions: minimized.has_new_patterns.then(patterns_of_today).into_iter().collect(),
    })
}

fn patterns_of_today() -> String {
    format!(
        "The new patterns for names of actions match the same of all actions that AWS lists as of {}; of those that AWS adds \
         later they may match more.",
        date()
    )
}
