//! The diagnosis of a role: every capability is asked for, answers are bounded, and what is missing mends what fails.

use postern::api::{self, Diagnosis, PolicyText, Value};
use postern::session::capabilities::{capabilities, Capability};
use postern::text::LineIndex;
use serde_json::{json, Value as Json};

use super::Problems;

pub fn seeds() -> Vec<Vec<u8>> {
    let inputs = crate::contract::diagnoses::inputs().into_iter().map(|mut input| {
        input.as_object_mut().unwrap().remove("wants");
        input.to_string()
    });
    let names = api::list_managed_policies();
    let names = names.iter().map(|policy| policy.name).collect::<Vec<_>>().join("\n");
    let golden = crate::fixes::corpus::files("tests/golden").into_iter();
    inputs.chain(golden).chain([names]).map(String::into_bytes).collect()
}

/// One more than are listed counts the others.
const MOST: usize = 201;

/// The argument of the call, of which wants may be left out; any other text is pasted as it is.
pub fn run(input: &[u8]) -> Problems {
    let Some(text) = super::text(input) else { return Problems::new() };
    let asked =
        serde_json::from_str::<Json>(text).ok().filter(|asked| asked["documents"].is_array());
    let mut asked = asked.unwrap_or_else(|| json!({"documents": [text]}));
    if asked["wants"].is_null() {
        asked["wants"] = wants(text.len());
    }
    let mut problems = Problems::new();
    let diagnosis = match diagnose(&asked) {
        Ok(diagnosis) => diagnosis,
        Err(error) => {
            if error.path.is_none() || error.code == "INTERNAL" {
                problems.push(format!("{error:?}"));
            }
            return problems;
        }
    };
    if diagnosis.capabilities.len() != asked["wants"].as_array().map_or(0, Vec::len) {
        problems.push(format!("{} capabilities", diagnosis.capabilities.len()));
    }
    for capability in &diagnosis.capabilities {
        let (id, reasons) = (&capability.id, &capability.reasons);
        if reasons.is_empty() || reasons.len() > MOST {
            problems.push(format!("{id} {} with {} reasons", capability.result, reasons.len()));
        }
    }
    places(&asked, &diagnosis, &mut problems);
    let can_be_had = |result: &api::CapabilityResult| {
        let known = capabilities().iter().find(|capability| capability.id == result.id);
        known.is_some_and(|it| it.requests.iter().all(|request| request.expect_allowed))
    };
    let all_can_be_had = diagnosis.capabilities.iter().all(can_be_had);
    if let Some(missing) = diagnosis.missing.as_ref().filter(|_| all_can_be_had) {
        let policy = PolicyText { text: missing.json.clone(), lone_surrogate: None };
        let findings = api::validate_policy(&policy, None).unwrap();
        if let Some(error) = findings.iter().find(|finding| finding.finding_type == "ERROR") {
            problems
                .push(format!("{}: {}\n{}", error.issue_code, error.finding_details, missing.json));
        }
        let mut mended = asked.clone();
        mended["documents"].as_array_mut().unwrap().push(json!(missing.json));
        match diagnose(&mended) {
            Ok(mended) => worse(&diagnosis, &mended, &mut problems),
            Err(error) => problems.push(format!("with what is missing: {error:?}")),
        }
    }
    problems
}

fn diagnose(asked: &Json) -> Result<Diagnosis, api::Error> {
    let input: Value = serde_json::from_value(asked.clone()).unwrap();
    api::diagnose_role(&input)
}

/// All capabilities take so many inputs: to ask for every one at once takes a hundred times as long as any other call.
const PARTS: usize = 8;

/// Some of the capabilities, which the number chooses, with every value that one can depend on. What one must not be
/// allowed others need, so that every second part has only those that all can be had.
fn wants(number: usize) -> Json {
    let want = |capability: &Capability| {
        json!({
            "capability": capability.id, "region": "us-east-2", "accountId": "111122223333",
            "instanceId": "i-0123456789abcdef0", "bucket": "example-session-logs", "prefix": "prod",
            "kmsKeyArn": "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "logGroup": "/example/session-logs", "tagKey": "Team", "tagValue": "web", "cluster": "example",
            "documentName": "ExampleSessionDocument", "parameterName": "example", "roleName": "ExampleNodeRole",
            "taskId": "0123456789abcdef0123456789abcdef", "userName": "JohnDoe",
        })
    };
    let only_allowed = number / PARTS % 2 == 1;
    let all = capabilities().iter().skip(number % PARTS).step_by(PARTS);
    let is_asked =
        |it: &&Capability| !only_allowed || it.requests.iter().all(|it| it.expect_allowed);
    all.filter(is_asked).map(want).collect()
}

/// The text of a field, such as `documents[0]` or `endpointPolicies.kms`; `None` for an object.
fn pasted<'a>(asked: &'a Json, path: &str) -> Option<&'a str> {
    let field = match path.split_once(['[', '.']) {
        Some((name, key)) => match key.trim_end_matches(']').parse::<usize>() {
            Ok(index) => &asked[name][index],
            Err(_) => &asked[name][key],
        },
        None => &asked[path],
    };
    field.as_str().or_else(|| field["text"].as_str())
}

fn places(asked: &Json, diagnosis: &Diagnosis, problems: &mut Problems) {
    let recognised = diagnosis.recognised.iter().map(|seen| (Some(&seen.path), seen.span));
    let reasons = diagnosis.capabilities.iter().flat_map(|capability| &capability.reasons);
    let reasons =
        reasons.chain(&diagnosis.blocked).map(|reason| (reason.path.as_ref(), reason.span));
    let mut last: Option<(&String, LineIndex)> = None;
    for (path, span) in recognised.chain(reasons) {
        let (Some(path), Some(span)) = (path, span) else { continue };
        if last.as_ref().is_none_or(|(known, _)| *known != path) {
            let Some(text) = pasted(asked, path) else {
                problems.push(format!("a place in {path}, which is no text"));
                continue;
            };
            last = Some((path, LineIndex::new(text)));
        }
        let index = last.as_ref().map(|(_, index)| index);
        let byte = |offset| index.and_then(|index| index.byte(offset));
        match (byte(span.start.offset), byte(span.end.offset)) {
            (Some(start), Some(end)) if start <= end => {}
            _ => problems.push(format!("{span:?} is no place in {path}")),
        }
    }
}

/// What works no longer when what is missing is added, and what it should have mended.
fn worse(before: &Diagnosis, after: &Diagnosis, problems: &mut Problems) {
    for (was, is) in before.capabilities.iter().zip(&after.capabilities) {
        if was.result == "works" && is.result != "works" {
            problems.push(format!("{} works, and {} with what is missing", was.id, is.result));
        }
    }
    let fail = |of: &Diagnosis| of.capabilities.iter().filter(|it| it.result == "fails").count();
    // Beside a policy of somebody else that is in the way, which is told as blocked, what was added may not be enough.
    if fail(after) >= fail(before) && before.blocked.is_empty() {
        problems.push("what is missing mends nothing".to_owned());
    }
    if let Some(missing) = &after.missing {
        problems.push(format!("more is missing after it was added: {}", missing.json));
    }
}
