//! Words in policies that stand for a value of somebody's own, such as `<account>` and `${var.bucket}`, and what the
//! policies come to when they are filled in.
//!
//! What people post has such words where their values are, or were. As it stands a word matches nothing; what it stands
//! for is not known.

use std::borrow::Cow;
use std::ops::Range;

mod action;
mod shell;

use crate::aws::{
    placeholder_tag, placeholders, split_fields, template_variables, variables, Arn, BaseOperator,
    ConditionOperator, Qualifier,
};
use crate::evaluate::PolicySet;
use crate::policy::{Condition, Effect, Element, Policy, Principal, Statement, Strings, Who};
use crate::session::capabilities;

/// What all such words are taken to stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    /// For what lets the policies allow most.
    ToGrant,
    /// For what lets them deny most.
    ToRefuse,
}

/// Whether a policy has such a word.
pub(super) fn has_blanks(policy: &Policy) -> bool {
    policy.statements.iter().any(|statement| words(statement).next().is_some())
}

/// The first words in a statement, each once.
pub(super) fn in_statement(statement: &Statement) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(statement) {
        if !found.contains(&word) {
            found.push(word);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// The words in a statement, of which the same may come several times.
fn words(statement: &Statement) -> impl Iterator<Item = String> + '_ {
    let resources = statement.resource.iter().flat_map(|element| element.values.as_slice());
    let principals = listed(statement.principal.as_ref()).flat_map(|(_, names)| names.as_slice());
    let actions = statement.action.values.as_slice().iter();
    let actions = actions.filter(|text| action::is_blank(text)).cloned();
    let texts = resources.chain(principals);
    let in_texts = texts.flat_map(|text| in_text(text)).map(str::to_owned);
    let conditions = statement.condition.entries();
    let in_conditions = conditions.flat_map(|(_, key, values)| in_condition(key, values));
    actions.chain(in_texts).chain(in_conditions)
}

/// More words of one statement are not told.
const MOST: usize = 4;

/// Whether a statement that has such words may be about a resource: what has no slash names a bucket and none of its
/// objects, whatever the name of the bucket is.
pub(super) fn may_reach(statement: &Statement, resource: &str) -> bool {
    let is_object = |text: &str| {
        Arn::parse(text).is_some_and(|arn| arn.service == "s3" && arn.resource.contains('/'))
    };
    let is_bucket =
        |text: &String| text.contains(":s3:") && !is_object(text) && !text.ends_with('*');
    let mut filled =
        super::role::resources(statement).iter().filter(|text| !in_text(text).is_empty());
    !is_object(resource) || filled.clone().next().is_none() || !filled.all(is_bucket)
}

/// The same policies with the words filled in.
pub(super) fn fill(set: &PolicySet, to: Filled) -> PolicySet {
    let fill_all = |policies: &[Policy]| policies.iter().map(|policy| filled(policy, to)).collect();
    let fill_one = |policy: &Option<Policy>| policy.as_ref().map(|policy| filled(policy, to));
    PolicySet {
        identity: fill_all(&set.identity),
        boundary: fill_one(&set.boundary),
        scps: set.scps.iter().map(|level| fill_all(level)).collect(),
        rcps: set.rcps.iter().map(|level| fill_all(level)).collect(),
        session: fill_one(&set.session),
        resource: fill_one(&set.resource),
        endpoint: fill_one(&set.endpoint),
        unknown: set.unknown.clone(),
    }
}

/// The same of one policy.
pub(super) fn filled(policy: &Policy, to: Filled) -> Policy {
    let mut policy = policy.clone();
    for statement in &mut policy.statements {
        match (statement.effect, to) {
            (Effect::Allow, Filled::ToGrant) | (Effect::Deny, Filled::ToRefuse) => widen(statement),
            // It may be that what it asks for is not so.
            (Effect::Deny, Filled::ToGrant) if has_blank_but(statement) => {
                statement.action = Element { negated: false, values: Strings::Many(Vec::new()) };
            }
            (Effect::Allow, Filled::ToRefuse) | (Effect::Deny, Filled::ToGrant) => {
                leave_out(&mut statement.action);
            }
        }
    }
    policy
}

/// Lets a statement that is about all actions but some leave out all that it may leave out.
fn leave_out(action: &mut Element) {
    if action.negated && action.values.as_slice().iter().any(|text| action::is_blank(text)) {
        let filled = action.values.as_slice().iter().map(|text| action::filled(text));
        action.values = Strings::many(filled);
    }
}

/// Lets a statement match all that it may match.
fn widen(statement: &mut Statement) {
    let action = &mut statement.action;
    if action.values.as_slice().iter().any(|text| action::is_blank(text)) {
        let actions = action.values.as_slice().iter();
        action.values = match action.negated {
            true => Strings::many(actions.filter(|text| !action::is_blank(text))),
            false => Strings::many(actions.map(|text| action::filled(text))),
        };
    }
    if let Some(element) = statement.resource.as_mut().filter(|element| !element.negated) {
        let fill = |text: &String| in_resource(text).unwrap_or_else(|| text.clone());
        if element.values.as_slice().iter().any(|text| !in_text(text).is_empty()) {
            element.values = Strings::many(element.values.as_slice().iter().map(fill));
        }
    }
    let mut condition = Condition::default();
    let mut is_whole = true;
    let is_known = |(_, key, values): &(&str, &str, &Strings)| in_condition(key, values).is_empty();
    let (known, blank): (Vec<_>, Vec<_>) = statement.condition.entries().partition(is_known);
    // What is said twice is in no policy that IAM takes.
    for (operator, key, values) in known {
        let _ = condition.add(operator, key, values.clone());
    }
    for (operator, key, _) in blank {
        is_whole = false;
        // Whatever the value is, the request must have one.
        if needs_value(operator) && in_condition(key, &Strings::Many(Vec::new())).is_empty() {
            let _ = condition.add("Null", key, Strings::One("false".to_owned()));
        }
    }
    if !is_whole {
        statement.condition = condition;
    }
    if let Some(Principal { negated: false, who: Who::Listed(types) }) = &mut statement.principal {
        for (kind, names) in types {
            if names.as_slice().iter().all(|name| in_text(name).is_empty()) {
                continue;
            }
            match kind.as_str() {
                "AWS" => *names = Strings::One("*".to_owned()),
                "Service" => *names = Strings::many(services()),
                _ => {}
            }
        }
    }
}

/// The services that ask for something in the table, and the longer name by which EC2 may call in China.
fn services() -> impl Iterator<Item = String> {
    let requests = capabilities::capabilities().iter().flat_map(|known| &known.requests);
    let named = requests.filter_map(|request| request.principal.strip_prefix("service:"));
    named.flat_map(|name| [name.to_owned(), format!("{name}.cn")])
}

/// Whether a condition with this operator does not hold where a request has no value for its key.
fn needs_value(operator: &str) -> bool {
    ConditionOperator::parse(operator).is_some_and(|operator| {
        let is_for_all = operator.qualifier == Some(Qualifier::ForAllValues);
        !(operator.if_exists
            || is_for_all
            || operator.base.is_negated()
            || operator.base == BaseOperator::Null)
    })
}

/// Whether such a word says when or for whom a statement does not hold.
fn has_blank_but(statement: &Statement) -> bool {
    let resource = statement.resource.as_ref().filter(|element| element.negated);
    let resources = resource.into_iter().flat_map(|element| element.values.as_slice());
    let principal = statement.principal.as_ref().filter(|principal| principal.negated);
    let principals = listed(principal).flat_map(|(_, names)| names.as_slice());
    let mut conditions = statement.condition.entries();
    resources.chain(principals).any(|text| !in_text(text).is_empty())
        || conditions.any(|(_, key, values)| !in_condition(key, values).is_empty())
}

fn listed(principal: Option<&Principal>) -> impl Iterator<Item = &(String, Strings)> {
    let types = match principal.map(|principal| &principal.who) {
        Some(Who::Listed(types)) => types.as_slice(),
        _ => &[],
    };
    types.iter()
}

/// The words in a condition.
fn in_condition(key: &str, values: &Strings) -> Vec<String> {
    // A key of IAM begins with the name of a service and a colon.
    let is_word = !key.contains(':') && shell::is_capitals(key);
    let of_key = placeholder_tag(key).into_iter().chain(is_word.then_some(key)).chain(in_text(key));
    of_key
        .chain(values.as_slice().iter().flat_map(|text| in_text(text)))
        .map(str::to_owned)
        .collect()
}

/// The words in a text.
fn in_text(text: &str) -> Vec<&str> {
    let variables = to_be_filled(text).into_iter().filter_map(|range| text.get(range));
    let mut found: Vec<&str> = variables.take(MOST).collect();
    found.extend(escaped(text));
    if found.is_empty() || text.contains(['<', '{']) {
        let without: Vec<_> = placeholders(text, Arn::parse(text));
        // A variable is told as a whole.
        found.extend(without.into_iter().filter(|word| !text.contains(&format!("${{{word}"))));
    }
    let others = split_fields(text).into_iter().flat_map(in_fields).chain(bucket(text));
    let others: Vec<&str> =
        others.filter(|field| !found.iter().any(|word| field.contains(word))).collect();
    found.extend(others);
    found
}

/// The Region and the account of an ARN where they cannot be any: no Region is without a digit, and no account but AWS's own
/// has letters.
fn in_fields([start, _, _, region, account, _]: [&str; 6]) -> impl Iterator<Item = &str> {
    const OF_AWS: [&str; 5] =
        ["aws", "aws-marketplace", "amazon", "aws-managed", "third-party-aws"];
    let is_fixed = |field: &str| !field.is_empty() && !field.contains(['*', '?', '$', '{', '<']);
    let is_digit = |c: char| c.is_ascii_digit();
    let no_region = is_fixed(region) && !region.contains(is_digit) && region != "aws-global";
    let no_account =
        is_fixed(account) && !account.chars().all(is_digit) && !OF_AWS.contains(&account);
    let found = [no_region.then_some(region), no_account.then_some(account)];
    found.into_iter().flatten().filter(move |_| start == "arn")
}

/// The name of a bucket with capital letters, which no bucket has that was made since 2018.
///
/// Source: the Amazon S3 user guide, "General purpose bucket naming rules", read 2026-11.
fn bucket(text: &str) -> Option<&str> {
    let [start, _, service, _, _, resource] = split_fields(text)?;
    let name = resource.split('/').next()?;
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_word = name.contains(|c: char| c.is_ascii_uppercase()) && name.chars().all(is_of_name);
    (start == "arn" && service == "s3" && is_word).then_some(name)
}

/// Where variables stand that are none of IAM: those of templates and shells, and those of CloudFormation and the Serverless
/// Framework, whose names are those of no condition key.
fn to_be_filled(text: &str) -> Vec<Range<usize>> {
    const OTHERS: [&str; 9] =
        ["AWS::", "Fn::", "self:", "opt:", "sls:", "env:", "param:", "file(", "cf:"];
    let is_other = |name: &str| OTHERS.iter().any(|start| name.trim_start().starts_with(start));
    let others = variables(text).filter(move |variable| is_other(variable.name()));
    let variables = template_variables(text).chain(others).map(|variable| variable.range);
    let mut all: Vec<_> = variables.chain(shell::variables(text)).collect();
    crate::sort::sort_by(&mut all, &|one, other| one.start.cmp(&other.start));
    all
}

/// The first policy variable that is written as in a template, so that it is not filled in there.
fn escaped(text: &str) -> Option<&str> {
    let start = ["$${", "${!"].iter().find_map(|opening| text.find(opening))?;
    let end = text.get(start..)?.find('}')?;
    text.get(start..=start + end)
}

/// The resource with stars for the words; `None` where it has none.
fn in_resource(text: &str) -> Option<String> {
    if in_text(text).is_empty() {
        return None;
    }
    let mut filled = String::with_capacity(text.len());
    let mut at = 0;
    for variable in to_be_filled(text) {
        filled.push_str(text.get(at..variable.start)?);
        filled.push('*');
        at = variable.end;
    }
    filled.push_str(text.get(at..)?);
    let filled = filled.replace("$${", "${").replace("${!", "${");
    let Some(fields) = split_fields(&filled) else { return Some("*".to_owned()) };
    let mut words = placeholders(&filled, Arn::parse(&filled));
    words.extend(bucket(&filled));
    let none: Vec<&str> = in_fields(fields).collect();
    let fill = |(i, field): (usize, &str)| -> Cow<str> {
        if words.contains(&field) || (i == 3 || i == 4) && none.contains(&field) {
            return "*".into();
        }
        // `region` and the like are words only where one stands by itself.
        let is_resource = i == 5;
        let within = words.iter().filter(|word| is_resource || !is_plain(word));
        within.fold(field.to_owned(), |field, word| field.replace(word, "*")).into()
    };
    Some(
        fields
            .into_iter()
            .enumerate()
            .map(|(i, field)| fill((i, field)))
            .collect::<Vec<_>>()
            .join(":"),
    )
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{in_resource, in_text};

    #[test]
    fn words_become_stars() {
        for (text, words, filled) in [
            (
                "arn:aws:ec2:*:${account_id}:instance/*",
                "${account_id}",
                "arn:aws:ec2:*:*:instance/*",
            ),
            ("arn:aws:ec2:region:<acct>:instance/*", "region <acct>", "arn:aws:ec2:*:*:instance/*"),
            (
                "arn:aws:ssm:${AWS::Region}:1:document/x",
                "${AWS::Region}",
                "arn:aws:ssm:*:1:document/x",
            ),
            (
                "arn:aws:s3:::${var.b}-logs/${aws:userid}/*",
                "${var.b}",
                "arn:aws:s3:::*-logs/${aws:userid}/*",
            ),
            (
                "arn:aws:ssm:*:*:session/$${aws:username}-*",
                "$${aws:username}",
                "arn:aws:ssm:*:*:session/${aws:username}-*",
            ),
            (
                "arn:aws:ssm:us-east-1:yyyyyyyyyyy:document/x",
                "yyyyyyyyyyy",
                "arn:aws:ssm:us-east-1:*:document/x",
            ),
            (
                "arn:aws:ec2:ZONE:アカウントID:instance/i-1",
                "ZONE アカウントID",
                "arn:aws:ec2:*:*:instance/i-1",
            ),
            ("${key_arn}", "${key_arn}", "*"),
            ("key-name", "key-name", "*"),
            (
                "arn:aws:eks:${REGION}:${ACCOUNT_ID}:cluster/c",
                "${REGION} ${ACCOUNT_ID}",
                "arn:aws:eks:*:*:cluster/c",
            ),
            (
                "arn:aws:kms:us-east-1:XXXXXXXXXXXX:key/xxxx-xxxx",
                "XXXXXXXXXXXX xxxx-xxxx",
                "arn:aws:kms:us-east-1:*:key/*",
            ),
        ] {
            assert_eq!(in_text(text).join(" "), words, "{text}");
            assert_eq!(in_resource(text).as_deref(), Some(filled), "{text}");
        }
        for text in [
            "*",
            "arn:aws:s3:::b/${aws:username}/*",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws:ec2:us-esat-1:11112222333:instance/*",
            "arn:aws:ec2:us-east-1:111122223333:instance/*",
        ] {
            assert_eq!(in_resource(text), None, "{text}");
        }
    }
}
