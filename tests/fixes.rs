//! The laws of fixes, over every document of the rule pages and of the conformance cases.

use std::borrow::Cow;
use std::{collections::BTreeMap, fs, path::Path};

use postern::aws::catalog::ConditionKey;
use postern::aws::IpRange;
use postern::document::Document;
use postern::edit::{apply, Applicability, Fix};
use postern::evaluate::{ContextValue, Gate, Named, PolicySet, Prepared, Request};
use postern::finding::{Finding, FindingType};
use postern::json;
use postern::policy::{Effect, Policy, Statement, Strings, Who};
use postern::rules::PolicyKind;
use postern::validate::{validate, Options};

#[test]
fn a_fix_takes_its_finding_away_and_brings_no_error() {
    let (mut problems, mut fixes) = (Vec::new(), 0);
    for (text, options) in documents() {
        let before = findings(&text, options);
        // Where findings are left out, what stands in their place after a fix is not new.
        if before.iter().any(|finding| finding.code == "POSTERN_MORE_FINDINGS") {
            continue;
        }
        for finding in &before {
            for fix in &finding.fixes {
                fixes += 1;
                if let Err(problem) = obeys(&text, options, &before, finding, fix) {
                    problems.push(format!("{} {:?}: {problem}\n{text}\n", finding.code, fix.title));
                }
            }
        }
    }
    println!("{fixes} fixes");
    assert!(fixes > 0 && problems.is_empty(), "{}", problems.join("\n"));
}

fn obeys(
    text: &str,
    options: Options,
    before: &[Finding],
    finding: &Finding,
    fix: &Fix,
) -> Result<(), String> {
    let fixed = apply(text, &[&fix.edits]);
    if fixed == text {
        return Err("changes nothing".to_owned());
    }
    if fixed != apply(text, &[&fix.edits, &fix.edits]) {
        return Err("twice is not once".to_owned());
    }
    let after = findings(&fixed, options);
    let count = |found: &[Finding], code: &str| found.iter().filter(|f| f.code == code).count();
    // A text that was not JSON has findings for the first time.
    if finding.code != "JSON_SYNTAX_ERROR" {
        if count(&after, finding.code) >= count(before, finding.code) {
            return Err(format!("the finding is still there in\n{fixed}"));
        }
        for error in after.iter().filter(|f| f.finding_type == FindingType::Error) {
            if count(&after, error.code) > count(before, error.code) {
                return Err(format!("brings {}: {} in\n{fixed}", error.code, error.details));
            }
        }
    }
    Ok(())
}

#[test]
fn all_safe_fixes_together_leave_good_json() {
    for (text, options) in documents() {
        let before = findings(&text, options);
        let safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
        let fixes: Vec<_> = before
            .iter()
            .flat_map(|f| f.fixes.iter().find(safe))
            .map(|fix| fix.edits.as_slice())
            .collect();
        let fixed = apply(&text, &fixes);
        let was_json = !before.iter().any(|f| f.code == "JSON_SYNTAX_ERROR");
        if was_json {
            assert!(serde_json::from_str::<serde_json::Value>(&fixed).is_ok(), "{text}\n{fixed}");
        }
    }
}

#[test]
fn a_safe_fix_changes_no_decision() {
    let (mut problems, mut fixes) = (Vec::new(), 0);
    for (text, options) in documents() {
        // What IAM refuses decides nothing, nor does what Access Analyzer calls an error.
        let Some(before) = lower(&text) else { continue };
        let is_error = |finding: &Finding| finding.finding_type == FindingType::Error;
        let safe = |finding: Finding| {
            let is_safe = |fix: &Fix| fix.applicability == Applicability::Safe;
            let fixes = finding.fixes.into_iter().filter(is_safe);
            fixes.map(|fix| (finding.code, fix)).collect::<Vec<_>>()
        };
        let found = findings(&text, options).into_iter();
        let safe: Vec<_> = found.filter(|finding| !is_error(finding)).flat_map(safe).collect();
        if safe.is_empty() {
            continue;
        }
        for (code, fix) in safe {
            fixes += 1;
            let fixed = apply(&text, &[&fix.edits]);
            let Some(after) = lower(&fixed) else {
                problems.push(format!("{code} {:?} breaks\n{text}\n{fixed}", fix.title));
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
                problems.push(format!(
                    "{code} {:?}: {was:?} is {is:?} for {request:?}\n{text}\n{fixed}",
                    fix.title
                ));
            }
        }
    }
    assert!(fixes > 100, "only {fixes} safe fixes");
    assert!(problems.is_empty(), "{}:\n{}", problems.len(), problems.join("\n"));
}

/// What IAM would read; `None` where it would refuse.
fn lower(text: &str) -> Option<Policy> {
    let parsed = json::parse(text);
    let root = parsed.root.filter(|_| parsed.problem.is_none())?;
    Policy::lower(&Document::new(&root)).ok()
}

/// The policy in its layer, beside others that leave the decision to it.
fn policies(policy: &Policy, kind: PolicyKind) -> PolicySet {
    let everything = Policy::new(vec![Statement::new(Effect::Allow, ["*"], ["*"])]);
    let named = |policy: &Policy| Named { name: "p".to_owned(), policy: policy.clone() };
    let mut policies = PolicySet::default();
    match kind {
        PolicyKind::Identity => policies.identity.push(named(policy)),
        PolicyKind::Resource | PolicyKind::RoleTrust => policies.resource = Some(policy.clone()),
        PolicyKind::ServiceControl => {
            policies.identity.push(named(&everything));
            policies.scps.push(vec![policy.clone()]);
        }
        PolicyKind::ResourceControl => {
            policies.identity.push(named(&everything));
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
        let keys = || statement.condition.iter().flat_map(|block| &block.keys);
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

fn findings(text: &str, options: Options) -> Vec<Finding> {
    validate(text, options, |_, findings| findings)
}

/// Each document once, with the policy types under which it stands.
fn documents() -> Vec<(String, Options<'static>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    for line in fs::read_to_string(root.join("tests/conformance/checks.jsonl")).unwrap().lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| case.get(name)?.as_str().map(str::to_owned);
        found.insert(
            (text("document").unwrap(), text("policy_type").unwrap(), text("resource_type")),
            (),
        );
    }
    for page in fs::read_dir(root.join("tests/rules")).unwrap() {
        let page = fs::read_to_string(page.unwrap().path()).unwrap();
        let mut policy_type = ("IDENTITY_POLICY".to_owned(), None);
        for part in page.split("\n```json\n") {
            if let Some((json, _)) = part.split_once("\n```\n") {
                found.insert((json.to_owned(), policy_type.0.clone(), policy_type.1.clone()), ());
            }
            if let Some(line) =
                part.lines().rev().find_map(|line| line.strip_prefix("Policy type: "))
            {
                policy_type = match line.split_once(", ") {
                    Some((kind, resource)) => (kind.to_owned(), Some(resource.to_owned())),
                    None => (line.to_owned(), None),
                };
            }
        }
    }
    let options = |policy_type: &str, resource_type: Option<String>| {
        let kind = PolicyKind::of(policy_type, resource_type.as_deref()).unwrap();
        let resource_type = resource_type.map(|name| &*name.leak());
        Options { kind, resource_type, lone_surrogate: None, identity_policy: None }
    };
    found
        .into_keys()
        .map(|(text, policy_type, resource)| (text, options(&policy_type, resource)))
        .collect()
}
