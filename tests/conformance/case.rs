//! One case of checks.jsonl, held against findings in the form in which the package gives them.

use serde_json::Value;

/// The options of a case as the call takes them.
pub fn options(case: &Value) -> Value {
    let mut options = serde_json::json!({"policyType": case["policy_type"]});
    if !case["resource_type"].is_null() {
        options["validatePolicyResourceType"] = case["resource_type"].clone();
    }
    options
}

/// What is wrong with the findings for a case.
pub fn problem(case: &Value, findings: &[Value]) -> Option<String> {
    let has_place = |finding: &Value, path: &str| {
        finding["locations"].as_array().is_some_and(|l| l.iter().any(|l| l["pointer"] == path))
    };
    for expected in case["expect"].as_array()? {
        let matches = findings.iter().any(|finding| {
            finding["issueCode"] == expected["code"]
                && finding["findingType"] == expected["type"]
                && expected["path"].as_str().is_none_or(|path| has_place(finding, path))
        });
        if !matches {
            return Some(format!("{expected} is not found; {}", case["why"]));
        }
    }
    let forbidden = case["forbid"].as_array()?;
    let found = findings.iter().find(|finding| forbidden.contains(&finding["issueCode"]));
    found.map(|finding| format!("{finding} is forbidden; {}", case["why"]))
}
