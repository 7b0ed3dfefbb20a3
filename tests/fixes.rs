//! The laws of fixes, over every document of the rule pages and of the conformance cases.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeMap, fs, path::Path};

use postern::edit::{apply, Fix};
use postern::finding::{Finding, FindingType};
use postern::rules::PolicyKind;
use postern::validate::{validate, Options};

#[test]
fn a_fix_takes_its_finding_away_and_brings_no_error() {
    let (mut problems, mut fixes) = (Vec::new(), 0);
    for (text, options) in documents() {
        let before = findings(&text, options);
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
        let safe = |fix: &&Fix| fix.applicability == postern::edit::Applicability::Safe;
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
