//! Comparing: what is found is so, and nothing is found between a policy and itself.

use postern::api::{self, AccessCheck, AccessComparison, AccessReason};
use serde_json::{json, Value as Json};

use super::Problems;
use crate::access::isolation::{is_allowed, is_denied, plain};

/// The policy types, with the requests that are looked at: the first byte of an input chooses.
const CHOICES: [(&str, &str); 6] = [
    ("IDENTITY_POLICY", "any"),
    ("RESOURCE_POLICY", "any"),
    ("SERVICE_CONTROL_POLICY", "any"),
    ("IDENTITY_POLICY", "known"),
    ("RESOURCE_POLICY", "known"),
    ("SERVICE_CONTROL_POLICY", "known"),
];

/// Longer policies take a call the whole of its steps, which shows nothing new.
const LONGEST: usize = 6_000;
/// Of the policies of the tests so many, evenly.
const SEEDS_OF_TESTS: usize = 150;

/// The cases of comparing, and policies of the tests, each beside one that shares statements with it.
pub fn seeds() -> Vec<Vec<u8>> {
    let cases = include_str!("../../tests/conformance/access.jsonl").lines().filter_map(|line| {
        let case: Json = serde_json::from_str(line).unwrap();
        let policies = [case.get("existing")?, case.get("proposed")?];
        Some((case["policyType"].as_str()?.to_owned(), policies.map(Json::clone)))
    });
    let policies: Vec<Json> = super::policies()
        .iter()
        .filter(|text| text.len() < LONGEST / 4)
        .filter_map(|text| serde_json::from_str(text).ok())
        .filter(|policy| api::minimize_policy(&plain(policy), None).is_ok())
        .collect();
    let step = (policies.len() / SEEDS_OF_TESTS).max(1);
    let pairs = policies.iter().zip(policies.iter().skip(1)).step_by(step);
    let pairs = pairs.map(|(one, other)| {
        let mut both = other.clone();
        both["Statement"] = [statements(other), statements(one)].concat().into();
        let has_principal = both.to_string().contains("Principal\":");
        let policy_type = if has_principal { "RESOURCE_POLICY" } else { "IDENTITY_POLICY" };
        (policy_type.to_owned(), [one.clone(), both])
    });
    let written = |(policy_type, policies): (String, [Json; 2])| {
        let at = CHOICES.iter().position(|(name, _)| *name == policy_type)?;
        Some(format!("{at}{}", json!(policies)).into_bytes())
    };
    cases.chain(pairs).filter_map(written).filter(|seed| seed.len() < LONGEST).collect()
}

/// The statements of a policy, or of several.
fn statements(policy: &Json) -> Vec<Json> {
    if let Json::Array(policies) = policy {
        return policies.iter().flat_map(statements).collect();
    }
    match &policy["Statement"] {
        Json::Array(all) => all.clone(),
        one => vec![one.clone()],
    }
}

/// What is asked.
struct Asked {
    policy_type: &'static str,
    options: Json,
}

impl Asked {
    fn compare(&self, one: &Json, other: &Json) -> Result<AccessComparison, api::Error> {
        api::compare_access(&plain(one), &plain(other), Some(&plain(&self.options)))
    }

    /// What is wrong with an answer about `policies`; `others` do not allow what is found.
    fn check(&self, check: &AccessCheck, policies: &Json, others: Option<&Json>) -> Problems {
        let mut problems = Problems::new();
        let counts = (check.reasons.is_empty(), check.unknown.is_empty());
        if counts != (check.result != "FAIL", check.result != "UNKNOWN") {
            problems.push(format!("no reason, or one too many: {check:?}"));
        }
        // A wildcard in Principal is a pattern to these calls, as to AWS's checks, and none to IAM.
        if [Some(policies), others].into_iter().flatten().any(names_by_pattern) {
            return problems;
        }
        // Nor is a name that is longer than `evaluate` takes one.
        let can_be_asked = |reason: &&AccessReason| reason.witness.action.chars().count() <= 128;
        for reason in check.reasons.iter().filter(can_be_asked) {
            if !is_allowed(policies, self.policy_type, &reason.witness)
                || others.is_some_and(|it| !is_denied(it, self.policy_type, &reason.witness))
            {
                problems.push(format!("the evaluation does not confirm {reason:?}"));
            }
        }
        problems
    }
}

fn names_by_pattern(policy: &Json) -> bool {
    let is_pattern =
        |text: &Json| text.as_str().is_some_and(|text| text != "*" && text.contains(['*', '?']));
    let of_type = |(name, values): (&String, &Json)| {
        let list = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
        list.iter().any(|text| is_pattern(text) || (name != "AWS" && text == "*"))
    };
    let elements = |statement: &Json| {
        let elements = ["Principal", "NotPrincipal"].map(|name| statement[name].clone());
        elements.iter().filter_map(Json::as_object).any(|types| types.iter().any(of_type))
    };
    statements(policy).iter().any(elements)
}

pub fn run(input: &[u8]) -> Problems {
    let Some((first, text)) = input.split_first().filter(|_| input.len() < LONGEST) else {
        return Problems::new();
    };
    let Ok([one, other]) = serde_json::from_slice::<[Json; 2]>(text) else {
        return Problems::new();
    };
    let (policy_type, requests) = CHOICES[usize::from(first.wrapping_sub(b'0')) % CHOICES.len()];
    let options = json!({"policyType": policy_type, "requests": requests});
    let asked = Asked { policy_type, options };
    let mut problems = Problems::new();
    let compared = match asked.compare(&one, &other) {
        Ok(compared) => compared,
        Err(error) => {
            let is_known = ["INVALID_ARGUMENT", "INVALID_POLICY"].contains(&error.code.as_ref());
            if !is_known || error.path.is_none() {
                problems.push(format!("{error:?}"));
            }
            return problems;
        }
    };
    problems.extend(asked.check(&compared.gained, &other, Some(&one)));
    problems.extend(asked.check(&compared.lost, &one, Some(&other)));
    let back = asked.compare(&other, &one);
    let results = |compared: &AccessComparison| (compared.gained.result, compared.lost.result);
    let turned = back.as_ref().map(|back| (back.lost.result, back.gained.result));
    if turned != Ok(results(&compared)) {
        problems.push(format!("{compared:?}, and the other way round {back:?}"));
    }
    for policy in [&one, &other] {
        match asked.compare(policy, policy) {
            Ok(same) if same.gained.result != "FAIL" && same.lost.result != "FAIL" => {}
            same => problems.push(format!("gained or lost by no change: {same:?}")),
        }
        let access = plain(&json!([{"actions": ["*"]}]));
        let options = plain(&asked.options);
        match api::check_access_not_granted(&plain(policy), &access, Some(&options)) {
            Ok(granted) => problems.extend(asked.check(&granted, policy, None)),
            Err(error) => problems.push(format!("{error:?}")),
        }
    }
    problems.extend(minimized(&asked, &other));
    problems
}

/// A smaller policy allows the same, and is not made smaller again.
fn minimized(asked: &Asked, policy: &Json) -> Problems {
    let mut problems = Problems::new();
    let options = plain(&json!({"policyType": asked.policy_type}));
    let minimize = |policy: &Json| api::minimize_policy(&plain(policy), Some(&options));
    // A policy with a key twice in a condition is none that can be written.
    let Ok(small) = minimize(policy) else { return problems };
    let text: Json = serde_json::from_str(&small.json).unwrap();
    match asked.compare(policy, &text) {
        Ok(same) if same.gained.result != "FAIL" && same.lost.result != "FAIL" => {}
        same => problems.push(format!("{} is not the same: {same:?}", small.json)),
    }
    // In whichever order its keys are: that of these values is the alphabet's.
    let is_same = |json: &str| serde_json::from_str::<Json>(json).is_ok_and(|again| again == text);
    match minimize(&text) {
        Ok(again) if is_same(&again.json) => {}
        again => problems.push(format!("{} is made smaller again: {again:?}", small.json)),
    }
    if small.characters > small.characters_before {
        problems.push(format!("{} is larger", small.json));
    }
    problems
}
