//! The owner of a resource as its policy names it without saying who that is: by a policy variable.

use crate::aws::{variables, ConditionOperator};
use crate::policy::{Condition, Policy, Strings, Version};

/// An organization that no policy names.
const ORGANIZATION: &str = "o-resourceowner";

/// Keys about the owner of the resource, with what is compared with them of the caller.
///
/// Source: "AWS global condition context keys", IAM user guide, read 2026-11.
const OWNERS: [(&str, &str); 3] = [
    ("aws:ResourceOrgID", "aws:PrincipalOrgID"),
    ("aws:ResourceAccount", "aws:PrincipalAccount"),
    ("s3:ResourceAccount", "aws:PrincipalAccount"),
];

/// The policy with the owner's account and organization in the place of the variables that stand for them; `None` for one
/// that has none.
pub(super) fn with_owner(policy: &Policy, account: &str) -> Option<Policy> {
    if policy.version != Version::V2012 {
        return None;
    }
    let mut owned = policy.clone();
    for statement in &mut owned.statements {
        let mut condition = Condition::default();
        for (operator, key, values) in statement.condition.entries() {
            let (key, values) = match turned(operator, key, values, account) {
                Some(turned) => turned,
                None => {
                    let values = values.as_slice().iter().map(|value| filled(value, account));
                    (key, Strings::Many(values.collect()))
                }
            };
            // What would stand twice then stays as it is.
            if condition.add(operator, key, values).is_err() {
                return None;
            }
        }
        statement.condition = condition;
    }
    (owned != *policy).then_some(owned)
}

/// What the owner has for the key.
fn owner<'a>(key: &str, account: &'a str) -> Option<&'a str> {
    let (key, _) = OWNERS.iter().find(|(own, _)| own.eq_ignore_ascii_case(key.trim()))?;
    Some(if key.ends_with("OrgID") { ORGANIZATION } else { account })
}

/// The text with the owner in the place of its variables.
fn filled(text: &str, account: &str) -> String {
    let (mut filled, mut at) = (String::new(), 0);
    for variable in variables(text) {
        let Some(owner) = owner(variable.name(), account) else { continue };
        filled.push_str(text.get(at..variable.range.start).unwrap_or_default());
        filled.push_str(owner);
        at = variable.range.end;
    }
    filled.push_str(text.get(at..).unwrap_or_default());
    filled
}

/// A comparison the other way round, of the owner with a variable for the caller: `aws:ResourceAccount` with
/// `${aws:PrincipalAccount}`. Two that must be equal are, whichever of them is the key.
fn turned(
    operator: &str,
    key: &str,
    values: &Strings,
    account: &str,
) -> Option<(&'static str, Strings)> {
    let (_, of_caller) = OWNERS.iter().find(|(own, _)| own.eq_ignore_ascii_case(key))?;
    let parsed = ConditionOperator::parse(operator)?;
    let [value] = values.as_slice() else { return None };
    let mut variables = variables(value);
    let is_caller = variables.next().is_some_and(|variable| {
        variable.range == (0..value.len())
            && variable.inside.is_some_and(|name| name.trim().eq_ignore_ascii_case(of_caller))
    });
    // With these an absent key decides, and it would be another one.
    let is_plain = parsed.qualifier.is_none() && !parsed.if_exists;
    let owner = owner(key, account).filter(|_| is_caller && is_plain)?;
    Some((of_caller, Strings::One(owner.to_owned())))
}
