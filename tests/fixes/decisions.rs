//! A safe fix leaves every decision as it is.

use std::borrow::Cow;
use std::collections::BTreeSet;

use postern::aws::catalog::ConditionKey;
use postern::aws::IpRange;
use postern::document::Document;
use postern::edit::{apply, Applicability, Fix};
use postern::evaluate::{ContextValue, Gate, PolicySet, Prepared, Request};
use postern::json;
use postern::policy::{Effect, Policy, Statement, Strings, Who};
use postern::rules::PolicyKind;

use super::corpus::{documents, findings};

#[test]
fn safe_fixes_change_no_decision_alone_in_pairs_and_all_together() {
    let (mut problems, mut trials) = (BTreeSet::new(), 0);
    for (text, options) in documents() {
        // What AWS refuses decides nothing, as a policy with white space in a variable's name does; what Access
        // Analyzer calls an error may be accepted.
        let Some(before) = lower(&text).filter(|policy| !is_refused(policy, options.kind)) else {
            continue;
        };
        let is_safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
        let found = findings(&text, options);
        if found.iter().any(|finding| finding.code == "UNSUPPORTED_SPACE_IN_VARIABLE") {
            continue;
        }
        let safe: Vec<_> =
            found.iter().flat_map(|finding| finding.fixes.iter().filter(is_safe)).collect();
        for fixes in chosen(&safe) {
            let edits: Vec<_> = fixes.iter().map(|fix| fix.edits.as_slice()).collect();
            let fixed = apply(&text, &edits);
            trials += 1;
            let titles: Vec<_> = fixes.iter().map(|fix| fix.title.as_str()).collect();
            let Some(after) = lower(&fixed) else {
                problems.insert(format!("{titles:?} breaks\n{text}\n{fixed}"));
                continue;
            };
            let requests = [requests(&before), requests(&after)].concat();
            let [before, after] = [&before, &after].map(|policy| policies(policy, options.kind));
            let [was, is] = [Prepared::new(&before), Prepared::new(&after)];
            let essence = |policies: &Prepared, request: &Request| {
                let decision = policies.evaluate(request);
                (decision.verdict, decision.possible, decision.depends_on)
            };
            let differs = |request: &&Request| essence(&was, request) != essence(&is, request);
            if let Some(request) = requests.iter().find(differs) {
                let (was, is) = (essence(&was, request), essence(&is, request));
                problems.insert(format!(
                    "{titles:?}: {was:?} is {is:?} for {request:?}\n{text}\n{fixed}"
                ));
            }
        }
    }
    super::report(problems, trials, 100);
}

/// Each alone, each two of them, and all.
fn chosen<'f>(fixes: &[&'f Fix]) -> Vec<Vec<&'f Fix>> {
    let mut chosen: Vec<Vec<&Fix>> = fixes.iter().map(|fix| vec![*fix]).collect();
    for (i, first) in fixes.iter().enumerate() {
        chosen.extend(fixes[i + 1..].iter().map(|second| vec![*first, *second]));
    }
    if fixes.len() > 2 {
        chosen.push(fixes.to_vec());
    }
    chosen
}

/// What IAM would read; `None` where it would refuse.
fn lower(text: &str) -> Option<Policy> {
    let parsed = json::parse(text);
    let root = parsed.root.filter(|_| parsed.problem.is_none())?;
    Policy::lower(&Document::new(&root)).ok()
}

/// Whether IAM or Organizations refuses a policy of this kind: a trust policy has no resource, and a service control
/// policy no principal.
fn is_refused(policy: &Policy, kind: PolicyKind) -> bool {
    policy.statements.iter().any(|statement| match kind {
        PolicyKind::RoleTrust => statement.resource.is_some(),
        PolicyKind::ServiceControl => statement.principal.is_some(),
        _ => false,
    })
}

/// The policy in its layer, beside others that leave the decision to it.
fn policies(policy: &Policy, kind: PolicyKind) -> PolicySet {
    let everything = Policy::new(vec![Statement::new(Effect::Allow, ["*"], ["*"])]);
    let mut policies = PolicySet::default();
    match kind {
        PolicyKind::Identity => policies.identity.push(policy.clone()),
        PolicyKind::Resource | PolicyKind::RoleTrust => policies.resource = Some(policy.clone()),
        PolicyKind::ServiceControl => {
            policies.identity.push(everything);
            policies.scps.push(vec![policy.clone()]);
        }
        PolicyKind::ResourceControl => {
            policies.identity.push(everything);
            policies.rcps.push(vec![policy.clone()]);
        }
    }
    // With it, Allows that name the account alone show as well.
    if matches!(kind, PolicyKind::Resource | PolicyKind::RoleTrust) {
        policies.unknown.insert(Gate::Identity);
    }
    policies
}

/// Requests made of the document's own actions, resources, principals and conditions, and a few of Session Manager.
fn requests(policy: &Policy) -> Vec<Request<'static>> {
    const MOST: usize = 6;
    let mut actions = vec!["ssm:StartSession".to_owned(), "ssmmessages:OpenDataChannel".to_owned()];
    let instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890";
    let mut resources = vec!["*".to_owned(), instance.to_owned()];
    let mut principals = vec![
        "arn:aws:iam::111122223333:user/alice".to_owned(),
        "arn:aws:sts::444455556666:assumed-role/app/s".to_owned(),
    ];
    let mut contexts = vec![(Vec::new(), Vec::new())];
    for statement in &policy.statements {
        let filled = |pattern: &String| {
            [pattern.replace(['*', '?'], "x"), pattern.replace('*', "").replace('?', "y")]
        };
        actions.extend(statement.action.values.as_slice().iter().flat_map(filled));
        let values = statement.resource.iter().flat_map(|element| element.values.as_slice());
        resources.extend(values.flat_map(filled));
        if let Some(Who::Listed(types)) = statement.principal.as_ref().map(|p| &p.who) {
            principals
                .extend(types.iter().flat_map(|(_, values)| values.as_slice().iter().cloned()));
        }
        let entries = statement.condition.entries();
        let keys: Vec<(String, Strings)> =
            entries.map(|(_, key, values)| (key.to_owned(), values.clone())).collect();
        let keys = || keys.iter();
        for i in 0..3 {
            let value = |(key, values): &(String, Strings)| {
                let one = values.as_slice().get(i)?.replace('*', "x");
                Some((key.clone(), ContextValue::One(one.into())))
            };
            contexts.push((keys().filter_map(value).collect(), Vec::new()));
        }
        let many = |(key, values): &(String, Strings)| {
            (
                key.clone(),
                ContextValue::Many(
                    values.as_slice().iter().map(|value| value.clone().into()).collect(),
                ),
            )
        };
        contexts.push((keys().map(many).collect(), Vec::new()));
        let other = |(key, _): &(String, _)| (key.clone(), ContextValue::One("other".into()));
        contexts.push((keys().map(other).collect(), Vec::new()));
        contexts.push((Vec::new(), keys().map(|(key, _)| key.clone()).collect()));
    }
    for list in [&mut actions, &mut resources, &mut principals] {
        list.retain(|text| !text.is_empty());
        list.sort();
        list.dedup();
        list.truncate(MOST);
    }
    contexts.dedup();
    for (context, unknown) in &mut contexts {
        make_real(context);
        unknown.retain(|key| !ARN_KEYS.contains(&key.to_lowercase().as_str()));
    }
    contexts.truncate(2 * MOST);
    let mut requests = Vec::new();
    for action in &actions {
        for resource in &resources {
            for principal in &principals {
                for (context, unknown) in &contexts {
                    requests.push(Request {
                        principal: principal.clone().into(),
                        action: action.clone().into(),
                        resource: resource.clone().into(),
                        resource_account: None,
                        context: context
                            .iter()
                            .cloned()
                            .map(|(key, value)| (key.into(), value))
                            .collect(),
                        unknown: unknown.iter().cloned().map(Cow::from).collect(),
                    });
                }
            }
        }
    }
    requests
}

/// Leaves out what no request has: several values of a key that takes one, and private addresses where AWS sees
/// public ones. The older name of aws:PrincipalArn has the value of the newer.
fn make_real(context: &mut Vec<(String, ContextValue<'static>)>) {
    context.retain(|(key, value)| match value {
        ContextValue::Many(_) => ConditionKey::find(key).is_some_and(|key| key.is_multivalued),
        ContextValue::One(value) => {
            !key.eq_ignore_ascii_case("aws:SourceIp")
                || IpRange::parse(value).is_some_and(|range| !range.is_private())
        }
    });
    let is_arn =
        |(key, _): &&(String, ContextValue)| ARN_KEYS.contains(&key.to_lowercase().as_str());
    if let Some((_, value)) = context.iter().find(is_arn).cloned() {
        context.retain(|entry| !is_arn(&entry));
        context.extend(ARN_KEYS.map(|name| (name.to_owned(), value.clone())));
    }
}

/// Two names of one key.
const ARN_KEYS: [&str; 2] = ["aws:arn", "aws:principalarn"];
