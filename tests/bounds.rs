//! Answers have limits, and say how much they leave out.

use postern::api::{self, PolicyText, Value};
use serde_json::{json, Value as Json};

use crate::contract::builders::build;

fn argument(value: Json) -> Value<'static> {
    serde_json::from_value(value).unwrap()
}

fn findings(text: String) -> Vec<api::Finding> {
    api::validate_policy(&PolicyText { text, lone_surrogate: None }, None).unwrap()
}

#[test]
fn the_findings_of_a_text_are_counted_exactly() {
    // Each empty statement lacks three elements, and the document its version.
    let found = findings(format!(r#"{{"Statement": [{}]}}"#, vec!["{}"; 5_000].join(",")));
    assert_eq!(found.len(), 2_001);
    let last = found.last().unwrap();
    assert_eq!(last.issue_code, "POSTERN_MORE_FINDINGS");
    let listed = |code: &str| found.iter().filter(|finding| finding.issue_code == code).count();
    let numbers: Vec<usize> =
        last.finding_details.split([' ', ',']).filter_map(|word| word.parse().ok()).collect();
    let (total, each) = numbers.split_first().unwrap();
    assert_eq!(*total, each.iter().sum::<usize>());
    for code in ["MISSING_ACTION", "MISSING_EFFECT", "MISSING_RESOURCE"] {
        let words: Vec<&str> = last.finding_details.split([' ', ',', '.']).collect();
        let at = words.iter().position(|word| *word == code).unwrap();
        let left_out: usize = words[at - 1].parse().unwrap();
        assert_eq!(listed(code) + left_out, 5_000, "{code}");
        assert!(listed(code) >= 10, "{code}");
    }
    assert_eq!(listed("MISSING_VERSION"), 1, "a grave mistake hides no small one");
}

#[test]
fn a_few_findings_more_than_the_limit_are_counted_one_by_one() {
    for (statements, more) in [(2_000, 0), (2_001, 1), (2_002, 2)] {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
            vec![r#"{"Effect": "Allow", "Resource": "*"}"#; statements].join(",")
        );
        let found = findings(text);
        let of_code = |code: &str| found.iter().filter(|f| f.issue_code == code).count();
        let missing = of_code("MISSING_ACTION");
        let told = found.last().filter(|f| f.issue_code == "POSTERN_MORE_FINDINGS");
        let all = found.len() - usize::from(told.is_some());
        assert!(all <= 2_000 && missing <= 2_000);
        if let Some(told) = told {
            assert!(told.finding_details.contains("MISSING_ACTION"), "{}", told.finding_details);
        }
        assert!(more == 0 || told.is_some(), "{statements}");
    }
}

#[test]
fn the_places_of_a_finding_beyond_the_limit_are_counted() {
    let cases = [
        (250, "s3:GetObject stands 250 times in this list."),
        (251, "s3:GetObject stands 251 times in this list. 1 more place is not listed here."),
        (
            3_000,
            "s3:GetObject stands 3000 times in this list. 2750 more places are not listed here.",
        ),
    ];
    let mut problems = Vec::new();
    for (count, details) in cases {
        let actions = vec!["s3:GetObject"; count];
        let statement = json!({"Effect": "Allow", "Action": actions, "Resource": "*"});
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        let found = findings(text.clone());
        let repeated: Vec<_> =
            found.iter().filter(|finding| finding.issue_code == "REDUNDANT_ACTION").collect();
        let [repeated] = repeated.as_slice() else { panic!("{found:?}") };
        if repeated.finding_details != details {
            problems.push(format!("{count}: {}", repeated.finding_details));
        }
        if repeated.locations.len() != 250 {
            problems.push(format!("{count}: {} places", repeated.locations.len()));
        }
        // What is not listed is mended all the same.
        let fix = &repeated.fixes[0].edits;
        let edits: Vec<_> = fix
            .iter()
            .map(|edit| json!({"start": edit.start, "end": edit.end, "text": edit.text}))
            .collect();
        let fixes = argument(json!([{ "edits": edits }]));
        let policy = PolicyText { text, lone_surrogate: None };
        let mended = api::apply_fixes(&policy, Some(&fixes)).unwrap();
        if mended.matches("s3:GetObject").count() != 1 {
            problems.push(format!("{count}: mended to {} bytes", mended.len()));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn unknown_policies_are_named_up_to_a_few_and_counted() {
    let names: Vec<String> =
        (0..1_000).map(|i| format!("arn:aws:iam::111122223333:policy/p{i}")).collect();
    let input = json!({"documents": names, "wants": [{"capability": "node.channel"}]});
    let diagnosis = api::diagnose_role(&argument(input)).unwrap();
    let [capability] = diagnosis.capabilities.as_slice() else { panic!("one want") };
    assert_eq!(capability.result, "unknown");
    assert!(capability.reasons.len() <= 201, "{}", capability.reasons.len());
    for reason in &capability.reasons {
        assert!(reason.depends_on.len() <= 25, "{:?}", reason.depends_on);
    }
    let counts =
        |reason: &api::RoleReason| reason.depends_on.iter().any(|on| on == "?980-more-policies");
    assert!(capability.reasons.iter().any(counts), "{:?}", capability.reasons.first());
}

#[test]
fn of_a_long_value_the_beginning_is_told() {
    let value = "*a".repeat(5_000);
    let condition = json!({"StringLike": {"aws:username": value}});
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*", "Condition": condition,
    }});
    let wants = [json!({"capability": "operator.start-shell"})];
    let input = json!({"documents": [policy.to_string()], "wants": wants});
    let diagnosis = api::diagnose_role(&argument(input)).unwrap();
    let messages = diagnosis.capabilities.iter().flat_map(|of| &of.reasons).map(|it| &it.message);
    let told: Vec<_> = messages.filter(|it| it.contains("aws:username is like *a*a")).collect();
    assert!(!told.is_empty());
    for message in told {
        assert!(message.len() < 3_000 && message.contains("characters more)"), "{}", message.len());
    }
}

#[test]
fn what_is_recognised_is_counted() {
    let input = json!({"documents": vec![""; 3_000], "wants": [{"capability": "node.channel"}]});
    let diagnosis = api::diagnose_role(&argument(input)).unwrap();
    assert_eq!(diagnosis.recognised.len(), 2_001);
    let last = diagnosis.recognised.last().unwrap();
    assert!(last.message.contains("1000 more things"), "{}", last.message);
    for capability in &diagnosis.capabilities {
        assert!(capability.reasons.len() <= 201);
    }
    let wants = vec![json!({"capability": "node.channel"}); 201];
    let refused = api::diagnose_role(&argument(json!({"documents": [], "wants": wants})));
    assert_eq!(refused.unwrap_err().path.as_deref(), Some("input.wants"));
}

#[test]
fn as_many_tags_are_excepted_as_a_caller_can_have() {
    let mut problems = Vec::new();
    for kind in ["host-management-guard", "session-guard"] {
        for (count, is_taken) in [(50, true), (51, false)] {
            let tags = (0..count).map(|i| (format!("T{i}"), json!("web")));
            let mut options = json!({"exceptTags": tags.collect::<serde_json::Map<_, _>>()});
            if kind == "session-guard" {
                options["withoutMfa"] = true.into();
            }
            let refused = build(kind, &options).err();
            let says_why = |error: &api::Error| {
                error.path.as_deref() == Some("options.exceptTags")
                    && error.message.contains("at most 50 tags")
            };
            if is_taken != refused.is_none() || !refused.iter().all(says_why) {
                problems.push(format!("{kind} with {count}: {refused:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

fn request() -> Json {
    json!({
        "principal": "arn:aws:iam::111122223333:role/app",
        "action": "ssm:StartSession",
        "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0",
        "context": {},
    })
}

fn statements(effect: &str, count: usize) -> Json {
    let statement = json!({"Effect": effect, "Action": "*", "Resource": "*"});
    let document = json!({"Version": "2012-10-17", "Statement": vec![statement; count]});
    json!({"identity": [{"name": "p", "document": document}]})
}

#[test]
fn statements_that_decide_are_named_up_to_a_limit() {
    let input = json!({"policies": statements("Deny", 300), "request": request()});
    let decision = api::evaluate(&argument(input)).unwrap();
    assert_eq!(decision.decision, "explicit_deny");
    assert_eq!(decision.matched.unwrap().len(), 200);
    let last = decision.reasons.last().unwrap();
    assert_eq!(
        (last.kind, last.message.as_str()),
        ("more", "The same holds for 100 more statements.")
    );
}

#[test]
fn what_the_root_user_is_allowed_has_a_reason() {
    let mut request = request();
    request["principal"] = "arn:aws:iam::111122223333:root".into();
    let decision = api::evaluate(&argument(json!({"policies": {}, "request": request}))).unwrap();
    assert_eq!((decision.decision, decision.reasons.len()), ("allowed", 1));
    assert!(decision.reasons[0].message.contains("root user"), "{}", decision.reasons[0].message);
}

#[test]
fn more_comparisons_than_a_call_makes_are_refused() {
    let input = json!({
        "policies": statements("Deny", 5_000), "request": request(), "requests": vec![json!({}); 4_001],
    });
    let refused = api::evaluate_all(&argument(input)).unwrap_err();
    assert_eq!(refused.path.as_deref(), Some("input.requests"));
    assert!(refused.message.contains("takes 4000"), "{}", refused.message);

    let many: Vec<String> = (0..5_000).map(|i| format!("*t{i}*")).collect();
    let statement = json!({
        "Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"ForAnyValue:StringLike": {"aws:TagKeys": many}},
    });
    let document = json!({"Version": "2012-10-17", "Statement": statement});
    let policies = json!({"identity": [{"name": "p", "document": document}]});
    let mut request = request();
    request["context"] = json!({"aws:TagKeys": many});
    let one = json!({"policies": policies, "request": request});
    let refused = api::evaluate(&argument(one)).unwrap_err();
    assert_eq!(refused.path.as_deref(), Some("input.request.context"));
    let all = json!({"policies": policies, "requests": [request]});
    let refused = api::evaluate_all(&argument(all)).unwrap_err();
    assert_eq!(refused.path.as_deref(), Some("input.requests[0]"));
}

#[test]
fn a_long_value_counts_as_several() {
    let many: Vec<String> = (0..81_000).map(|i| format!("*t{i}*")).collect();
    let statement = json!({
        "Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"StringLike": {"aws:username": many}},
    });
    let document = json!({"Version": "2012-10-17", "Statement": statement});
    let policies = json!({"identity": [{"name": "p", "document": document}]});
    let ask = |length: usize| {
        let mut request = request();
        request["context"] = json!({"aws:username": "a".repeat(length)});
        api::evaluate(&argument(json!({"policies": policies, "request": request})))
    };
    assert_eq!(ask(255).unwrap().decision, "implicit_deny");
    assert_eq!(ask(8_000).unwrap_err().path.as_deref(), Some("input.request.context"));
}

/// What a call refuses, and where.
fn refused(request: Json) -> (String, String) {
    let input = json!({"policies": statements("Allow", 1), "request": request});
    let error = api::evaluate(&argument(input)).unwrap_err();
    (error.path.unwrap_or_default(), error.message)
}

#[test]
fn texts_of_a_request_are_as_long_as_aws_takes_them() {
    let arn = "arn:aws:s3:::b/";
    let of_length = |length: usize| format!("{arn}{}", "k".repeat(length - arn.len()));
    let with = |field: &str, value: Json| {
        let mut request = request();
        request[field] = value;
        request
    };
    let input = json!({
        "policies": statements("Allow", 1), "request": with("resource", of_length(2_048).into()),
    });
    assert_eq!(api::evaluate(&argument(input)).unwrap().decision, "allowed");
    for (field, value, what) in [
        ("resource", of_length(2_049).into(), "has 2049 characters, and AWS takes 2048"),
        ("principal", of_length(2_049).into(), "has 2049 characters, and AWS takes 2048"),
        (
            "action",
            format!("s3:{}", "A".repeat(126)).into(),
            "has 129 characters, and AWS takes 128",
        ),
    ] {
        let (path, message) = refused(with(field, value));
        assert_eq!(path, format!("input.request.{field}"));
        assert!(message.contains(what), "{message}");
    }
    let long = json!({"aws:username": "u".repeat(16_385)});
    let (path, message) = refused(with("context", long));
    assert_eq!(path, "input.request.context.aws:username");
    assert!(message.contains("has a value of 16385 bytes"), "{message}");
}

#[test]
fn a_long_key_does_not_stand_in_every_finding() {
    let key = format!("aws:RequestTag/{}", "k".repeat(100_000));
    let statement = json!({
        "Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"IpAddress": {key: vec!["nowhere"; 500]}},
    });
    let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let found = findings(text);
    let json = serde_json::to_string(&found).unwrap();
    assert!(json.len() < 4_000_000, "{}", json.len());
    let last = found.last().unwrap();
    assert_eq!(last.issue_code, "POSTERN_MORE_FINDINGS");
    let words: Vec<&str> = last.finding_details.split([' ', ',', '.']).collect();
    let at = words.iter().position(|word| word.starts_with("TYPE_MISMATCH")).unwrap();
    let listed = found.iter().filter(|finding| finding.issue_code == words[at]).count();
    assert!((1..100).contains(&listed), "{listed}");
    assert_eq!(words[at - 1].parse::<usize>().unwrap() + listed, 500);
}

/// What is counted stays small, and so does the time: each of the 20,000 findings would else have the long name in it.
#[test]
fn a_long_name_is_written_down_only_in_findings_that_are_listed() {
    let long = "k".repeat(50_000);
    let condition = |key: &str, value: Json| json!({"StringEquals": {key: vec![value; 20_000]}});
    let cases = [
        ("DATA_TYPE_MISMATCH", json!({"Condition": condition(&long, Json::Null)})),
        ("DATA_TYPE_MISMATCH", json!({"Principal": {&long: vec![1; 20_000]}})),
        ("WILDCARD_USAGE_TOO_PERMISSIVE", {
            let key = format!("{long}.example.com:sub");
            json!({"Condition": {"StringLike": {key: vec!["*"; 20_000]}}})
        }),
    ];
    let mut problems = Vec::new();
    for (code, more) in cases {
        let mut statement = json!({"Effect": "Allow", "Action": "sts:AssumeRole"});
        statement.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        let options = json!({
            "policyType": "RESOURCE_POLICY",
            "validatePolicyResourceType": "AWS::IAM::AssumeRolePolicyDocument",
        });
        let policy = PolicyText { text, lone_surrogate: None };
        let found = api::validate_policy(&policy, Some(&argument(options))).unwrap();
        let listed = found.iter().filter(|finding| finding.issue_code == code);
        let (count, bytes) = listed.fold((0, 0), |(count, bytes), finding| {
            (count + 1, bytes + finding.finding_details.len())
        });
        let details = &found.last().unwrap().finding_details;
        let words: Vec<&str> = details.split([' ', ',', '.']).collect();
        let at = words.iter().position(|word| *word == code);
        let left_out = at.and_then(|at| words[at - 1].parse::<usize>().ok()).unwrap_or_default();
        if count == 0 || count + left_out != 20_000 || bytes > 2_100_000 {
            problems.push(format!("{code}: {count} listed, {left_out} counted, {bytes} bytes"));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn a_fix_with_more_edits_than_a_policy_has_room_for_is_not_offered() {
    for (count, is_offered) in [(5_000, true), (12_000, false)] {
        let each = |i: usize| ["s3:GetObject".to_owned(), format!("s3:Put{i}")];
        let actions: Vec<String> = (0..count).flat_map(each).collect();
        let statement = json!({"Effect": "Allow", "Action": actions, "Resource": "*"});
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        let found = findings(text);
        let redundant = found.iter().find(|finding| finding.issue_code == "REDUNDANT_ACTION");
        assert_eq!(!redundant.unwrap().fixes.is_empty(), is_offered, "{count}");
    }
}

#[test]
fn long_texts_of_a_policy_are_told_up_to_a_length() {
    let pattern = format!("arn:aws:s3:::{}", "b".repeat(5_000));
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": pattern});
    let document = json!({"Version": "2012-10-17", "Statement": statement});
    let policies = json!({"identity": [{"name": "p", "document": document}]});
    let input = json!({"policies": policies, "request": request()});
    let decision = api::evaluate(&argument(input)).unwrap();
    let wanted: Vec<&String> =
        decision.reasons.iter().flat_map(|reason| &reason.lacks).flat_map(|l| &l.wanted).collect();
    let [wanted] = wanted.as_slice() else { panic!("{wanted:?}") };
    assert!(wanted.starts_with(&pattern[..2_048]), "{wanted}");
    assert!(wanted.ends_with("... (2965 characters more)"), "{wanted}");
}

#[test]
fn messages_beyond_the_limit_are_counted() {
    let message = |i: usize| {
        format!("User: arn:aws:iam::111122223333:user/a is not authorized to perform: ssm:Start{i} on resource: *")
    };
    let text: Vec<String> = (0..250).map(message).collect();
    let text = PolicyText { text: text.join("\n"), lone_surrogate: None };
    let explained = api::explain_error(&text);
    assert_eq!(explained.len(), 201);
    let last = explained.last().unwrap();
    assert_eq!((last.code, last.times), ("MORE_MESSAGES", 50));
    assert!(last.meaning.contains("50 more different messages"), "{}", last.meaning);
}

#[test]
fn sentences_beyond_the_limit_are_counted() {
    let mut document = statements("Allow", 300)["identity"][0]["document"].clone();
    document["Statement"]
        .as_array_mut()
        .unwrap()
        .push(json!({"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}));
    let sentences = api::describe_policy(&argument(document.to_string().into())).unwrap();
    assert_eq!(sentences.len(), 13);
    assert!(sentences[12].starts_with("289 more statements"), "{}", sentences[12]);
}

#[test]
fn what_blocks_is_counted_beyond_the_limit() {
    // Each want is refused by a statement of its own.
    let node = |i: usize| format!("i-{i:017x}");
    let deny = |i: usize| {
        let resource = format!("arn:aws:ec2:us-east-1:111122223333:instance/{}", node(i));
        json!({"Effect": "Deny", "Action": "ssm:StartSession", "Resource": resource})
    };
    let mut all: Vec<Json> = (0..200).map(deny).collect();
    let many: Vec<Json> = (0..200)
        .map(|i| {
            json!({
                "Effect": "Deny", "Action": "ssm:StartSession", "Sid": format!("Again{i}"),
                "Resource": format!("arn:aws:ec2:us-east-1:111122223333:instance/{}", node(i)),
            })
        })
        .collect();
    all.extend(many);
    let document = json!({"Version": "2012-10-17", "Statement": all});
    let want = |i: usize| {
        json!({
            "capability": "operator.start-shell", "region": "us-east-1", "accountId": "111122223333",
            "instanceId": node(i),
        })
    };
    let input = json!({
        "documents": [document], "wants": (0..200).map(want).collect::<Vec<_>>(),
    });
    let diagnosis = api::diagnose_role(&argument(input)).unwrap();
    assert_eq!(diagnosis.blocked.len(), 201);
    let last = diagnosis.blocked.last().unwrap();
    assert!(last.message.contains("more reasons, not listed here"), "{}", last.message);
}

#[test]
fn policies_of_more_bytes_than_are_compared_are_left_open() {
    let policy = |bytes: usize| {
        let start = r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Resource": "*", "Action": ["s3:Get*", "s3:GetObject"]"#;
        let spaces = " ".repeat(bytes - start.len() - 2);
        argument(json!(format!("{start}{spaces}}}}}")))
    };
    let mut answers = Vec::new();
    for more in [0, 1] {
        let compared =
            api::compare_access(&policy(500_000), &policy(500_000 + more), None).unwrap();
        let access = argument(json!([{"actions": ["s3:Get*"]}]));
        let granted = api::check_access_not_granted(&policy(999_993 + more), &access, None);
        let bucket = argument(json!("AWS::S3::Bucket"));
        let public = api::check_no_public_access(&policy(1_000_000 + more), &bucket);
        let small = api::minimize_policy(&policy(1_000_000 + more), None).unwrap();
        let is_smaller = small.characters < small.characters_before;
        let checks = [compared.gained, compared.lost, granted.unwrap(), public.unwrap()];
        answers.push((compared.relation, checks.map(|it| (it.result, it.unknown)), is_smaller));
    }
    let [none, open] = [vec![], vec!["?limit"]];
    let unknown = ("UNKNOWN", open);
    let [pass, fail] = ["PASS", "FAIL"].map(|result| (result, none.clone()));
    let expected = [
        ("equal", [pass.clone(), pass, fail.clone(), fail], true),
        ("unknown", [unknown.clone(), unknown.clone(), unknown.clone(), unknown], false),
    ];
    assert_eq!(answers, expected);
}

fn one_statement(action: Json, resource: Json, condition: Json) -> Json {
    let statement = json!({
        "Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition,
    });
    json!({"Version": "2012-10-17", "Statement": statement})
}

/// Each entry held against each other would take more steps than there are, and the answer would be unknown.
#[test]
fn long_lists_are_compared() {
    let buckets = |count: usize| {
        json!((0..count).map(|i| format!("arn:aws:s3:::bucket-{i}/*")).collect::<Vec<_>>())
    };
    let actions =
        |count: usize| json!((0..count).map(|i| format!("s3:Get{i}")).collect::<Vec<_>>());
    let values = |count: usize| json!((0..count).map(|i| format!("user-{i}")).collect::<Vec<_>>());
    let only = |names: Json| json!({"StringEquals": {"aws:username": names}});
    let cases = [
        (
            "resources",
            [4_000, 4_001].map(|n| one_statement("s3:GetObject".into(), buckets(n), json!({}))),
        ),
        ("actions", [8_000, 8_001].map(|n| one_statement(actions(n), "*".into(), json!({})))),
        (
            "values",
            [8_000, 8_001]
                .map(|n| one_statement("s3:GetObject".into(), "*".into(), only(values(n)))),
        ),
    ];
    let mut problems = Vec::new();
    for (name, [old, new]) in cases {
        let compared = api::compare_access(&argument(old), &argument(new), None).unwrap();
        if compared.relation != "wider" || compared.gained.reasons.len() != 1 {
            problems.push(format!("{name}: {} {:?}", compared.relation, compared.gained.unknown));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn what_a_long_list_says_twice_is_taken_out() {
    let twice =
        |text: &str| -> Json { (0..20_000).map(|i| format!("{text}{}", i / 10_000)).collect() };
    let only = json!({"StringEquals": {"aws:username": twice("user")}});
    let cases = [
        one_statement(twice("s3:Get"), "*".into(), json!({})),
        one_statement("s3:GetObject".into(), twice("arn:aws:s3:::b"), json!({})),
        one_statement("s3:GetObject".into(), "*".into(), only),
    ];
    let mut problems = Vec::new();
    for policy in cases {
        let text = Value::string(policy.to_string());
        let small = api::minimize_policy(&text, None).unwrap();
        if small.json.len() > 400 {
            problems.push(format!(
                "{} bytes are left of {}",
                small.json.len(),
                &policy.to_string()[..120]
            ));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}
