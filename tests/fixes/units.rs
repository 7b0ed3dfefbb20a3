//! What stands outside the edits of a fix is the same after it, to the UTF-16 code unit.

use std::collections::BTreeSet;

use postern::api::{self, PolicyText};
use serde_json::{json, Value};

use super::corpus::documents_of_every_kind;

/// Rewrites of a text after which it says the same.
const REWRITES: &[fn(&str) -> String] = &[
    str::to_owned,
    |text| text.replace('\n', "\r\n"),
    |text| text.replace("\"Allow\"", "\"\\u0041llow\""),
    |text| text.replacen('{', "{\"Id\": \"\u{1f6aa} \u{e9}\",", 1),
    |text| format!("\u{feff}{text}"),
];

#[test]
fn edits_change_nothing_around_them() {
    let (mut problems, mut fixes) = (BTreeSet::new(), 0);
    for (text, options) in documents_of_every_kind() {
        for rewrite in REWRITES {
            let policy = PolicyText { text: rewrite(&text), lone_surrogate: None };
            let wanted = serde_json::from_value(json!({"policyType": options.kind.policy_type()}));
            let found = api::validate_policy(&policy, Some(&wanted.unwrap())).unwrap();
            for fix in found.iter().flat_map(|finding| &finding.fixes) {
                fixes += 1;
                let list: api::Value =
                    serde_json::from_value(json!([{"edits": fix.edits}])).unwrap();
                let fixed = api::apply_fixes(&policy, Some(&list)).unwrap();
                if units(&fixed) != spliced(&policy.text, &json!(fix.edits)) {
                    problems.insert(format!("{:?}\n{}\n{fixed}\n", fix.title, policy.text));
                }
                let edits = api::fitting_edits(&policy, Some(&list)).unwrap();
                if spliced(&policy.text, &json!(edits)) != units(&fixed) {
                    problems.insert(format!("{:?} in edits\n{}", fix.title, policy.text));
                }
            }
        }
    }
    super::report(problems, fixes, 1_000);
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// The edits, one after the other from behind, made in the way in which JavaScript would.
fn spliced(text: &str, edits: &Value) -> Vec<u16> {
    let mut units = units(text);
    for edit in edits.as_array().unwrap().iter().rev() {
        let at = |name: &str| usize::try_from(edit[name].as_u64().unwrap()).unwrap();
        units.splice(at("start")..at("end"), edit["text"].as_str().unwrap().encode_utf16());
    }
    units
}
