//! What holds of all policies: those of the rule pages, of the conformance cases, the goldens and what is built.

use std::collections::BTreeSet;

use postern::access::{compare, Answer, Check, Compared, PolicyType, Reason, Requests};
use postern::document::Document;
use postern::edit::{apply, Applicability};
use postern::json;
use postern::policy::{Effect, Policy, Principal, Statement, Who};
use postern::rules::PolicyKind;

use crate::contract::builders::{build, Built};
use crate::fixes::corpus::{documents, files, findings};
use crate::session::pairs::calls;
use crate::session_pairs::{pairs, share};

pub fn policy(text: &str) -> Option<Policy> {
    let parsed = json::parse(text);
    let root = parsed.root.filter(|_| parsed.problem.is_none())?;
    Policy::lower(&Document::new(&root)).ok()
}

pub fn compared(existing: &Policy, proposed: &Policy, policy_type: Option<PolicyType>) -> Compared {
    let side = |policy: &Policy| [policy.clone()];
    compare(&side(existing), &side(proposed), policy_type, Requests::Any)
}

pub fn said(check: &Check) -> String {
    let witnesses: Vec<_> = check.reasons.iter().map(|reason| &reason.witness).collect();
    format!("{:?} {:?} {witnesses:?}", check.answer, check.unknown)
}

/// What is gained and lost, where something is.
pub fn difference(compared: &Compared) -> Option<String> {
    let is_equal = [&compared.gained, &compared.lost]
        .iter()
        .all(|it| it.answer == Answer::Pass && !it.takes_empty_for_values);
    (!is_equal).then(|| format!("gained {}, lost {}", said(&compared.gained), said(&compared.lost)))
}

pub fn goldens() -> Vec<Policy> {
    files("tests/golden").iter().filter_map(|text| policy(text)).collect()
}

pub fn report(problems: BTreeSet<String>, seen: usize, at_least: usize) {
    let problems: Vec<_> = problems.into_iter().collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    assert!(seen >= at_least, "only {seen} seen");
}

/// The policy beside one that allows everything, so that what it denies is seen.
fn beside_everything(policy: &Policy, policy_type: PolicyType) -> [Policy; 2] {
    let mut all = Statement::new(Effect::Allow, ["*"], ["*"]);
    if policy_type == PolicyType::Resource {
        all.principal = Some(Principal { negated: false, who: Who::Everyone });
    }
    [policy.clone(), Policy::new(vec![all])]
}

/// Findings whose safe fixes change what is allowed by the letter, and why that is no harm.
const MENDED: &[(&str, &str)] = &[
    ("DEPRECATED_GLOBAL_CONDITION_KEY", "both keys are one fact under two names"),
    ("MISSING_QUOTE_IN_VARIABLE", "IAM refuses it"),
    ("PRIVATE_IP_ADDRESS_SUBSET", "no request comes from such an address"),
    ("PRIVATE_NOT_IP_ADDRESS_SUBSET", "no request comes from such an address"),
    ("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", "IAM refuses it"),
    ("SCP_SYNTAX_ERROR_PRINCIPAL", "IAM refuses it"),
    ("UNSUPPORTED_SPACE_IN_VARIABLE", "IAM refuses it"),
];

#[test]
fn a_safe_fix_neither_gains_nor_loses() {
    let (mut problems, mut seen) = (BTreeSet::new(), 0);
    let mut mended = BTreeSet::new();
    for (text, options) in documents() {
        let policy_type = match options.kind {
            PolicyKind::Identity => PolicyType::Identity,
            // Beside a policy that allows everything, one of an organization denies as that of a resource does.
            PolicyKind::Resource | PolicyKind::RoleTrust | PolicyKind::ResourceControl => {
                PolicyType::Resource
            }
            PolicyKind::ServiceControl => PolicyType::ServiceControl,
        };
        let Some(before) = policy(&text) else {
            continue;
        };
        for finding in findings(&text, options) {
            for fix in finding.fixes.iter().filter(|f| f.applicability == Applicability::Safe) {
                let fixed = apply(&text, &[&fix.edits]);
                let Some(after) = policy(&fixed) else {
                    continue;
                };
                seen += 1;
                let [old, new] = [&before, &after].map(|it| beside_everything(it, policy_type));
                let difference = difference(&compared(&before, &after, Some(policy_type)))
                    .or_else(|| difference(&compare(&old, &new, Some(policy_type), Requests::Any)));
                if MENDED.iter().any(|(code, _)| *code == finding.code) {
                    mended.extend(difference.map(|_| finding.code));
                    continue;
                }
                problems.extend(difference.map(|difference| {
                    format!("{} {:?}: {difference}\n{text}\n{fixed}", finding.code, fix.title)
                }));
            }
        }
    }
    assert_eq!(mended, MENDED.iter().map(|(code, _)| *code).collect());
    report(problems, seen, 150);
}

#[test]
fn what_is_said_in_another_way_allows_the_same() {
    let (mut problems, mut seen) = (BTreeSet::new(), 0);
    for golden in goldens() {
        seen += 1;
        let mut turned = golden.clone();
        turned.statements.reverse();
        for statement in &mut turned.statements {
            statement.sid = None;
        }
        let printed = policy(&golden.to_json()).unwrap();
        for (name, other) in [("turned", turned), ("printed", printed)] {
            let difference = difference(&compared(&golden, &other, None));
            problems.extend(difference.map(|it| format!("{name}: {it}\n{}", golden.to_json())));
        }
    }
    report(problems, seen, 60);
}

#[test]
fn least_privilege_allows_nothing_that_the_guide_does_not() {
    // What the tight texts have beside the guide's: an action on a resource that the guide's does not name.
    let differs = ["kms:Decrypt", "logs:DescribeLogStreams"];
    let (mut problems, mut seen) = (BTreeSet::new(), 0);
    for (call, choices) in calls().into_iter().filter(|(call, _)| *call == "node") {
        for options in pairs(call, &choices).into_iter().step_by(share(9)) {
            let with = |scope: &str| {
                let mut options = options.clone();
                options["scope"] = scope.into();
                match build(call, &options) {
                    Ok(Built::Policy(built)) => policy(&built.json),
                    _ => None,
                }
            };
            let (Some(guide), Some(least)) = (with("guide"), with("least-privilege")) else {
                continue;
            };
            seen += 1;
            let gained = compared(&guide, &least, None).gained;
            let is_known = |reason: &Reason| differs.contains(&reason.witness.action.as_ref());
            let is_told = gained.answer == Answer::Fail && gained.reasons.iter().all(is_known);
            if gained.answer != Answer::Pass && !is_told {
                problems.insert(format!("{options}: {}", said(&gained)));
            }
        }
    }
    report(problems, seen, 50);
}

#[test]
fn both_ways_agree_and_allow_and_deny_pull_apart() {
    let (mut problems, mut seen) = (BTreeSet::new(), 0);
    let all: Vec<Policy> = goldens().into_iter().step_by(4).collect();
    for (existing, proposed) in all.iter().zip(all.iter().skip(1)) {
        seen += 1;
        let (one, other) = (compared(existing, proposed, None), compared(proposed, existing, None));
        if (one.gained.answer, one.lost.answer) != (other.lost.answer, other.gained.answer) {
            problems.insert(format!("{}\n{}", existing.to_json(), proposed.to_json()));
        }
        let mut more = proposed.clone();
        let extra = Statement::new(Effect::Allow, ["sqs:*"], ["*"]);
        more.statements.push(extra);
        let wider = compared(proposed, &more, Some(PolicyType::Identity));
        if wider.lost.answer == Answer::Fail {
            problems.insert(format!("an Allow loses: {}", more.to_json()));
        }
        more.statements.push(Statement::new(Effect::Deny, ["*"], ["*"]));
        let nothing = compared(proposed, &more, Some(PolicyType::Identity));
        if nothing.gained.answer == Answer::Fail {
            problems.insert(format!("a Deny gains: {}", more.to_json()));
        }
    }
    report(problems, seen, 10);
}
