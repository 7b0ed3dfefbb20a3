//! What single options of the builders do, what their notes say and how wrong ones are refused.

use postern::api::{BuiltPolicy, Error};
use serde_json::{json, Value as Json};

use crate::contract::builders::{self, build, Built};

fn policy(call: &str, options: Json) -> BuiltPolicy {
    match build(call, &options) {
        Ok(Built::Policy(built)) => built,
        Ok(Built::Document(_)) => panic!("{call} gave no policy"),
        Err(error) => panic!("{call} {options}: {error:?}"),
    }
}

fn refusal(call: &str, options: &Json) -> Error {
    build(call, options).map(|_| ()).unwrap_err()
}

fn codes(built: &BuiltPolicy) -> Vec<&'static str> {
    built.notes.iter().map(|note| note.code).collect()
}

/// The statements that have an action, as parsed JSON.
fn statements_with(built: &BuiltPolicy, action: &str) -> Vec<Json> {
    let document: Json = serde_json::from_str(&built.json).unwrap();
    let all = document["Statement"].as_array().unwrap().clone();
    all.into_iter()
        .filter(|it| it["Action"].to_string().contains(&format!("\"{action}\"")))
        .collect()
}

#[test]
fn principals_are_of_the_partition_of_the_policy_that_names_them() {
    let role = |partition: &str| format!("arn:{partition}:iam::111122223333:role/path/Example");
    let place = json!({"accountId": "111122223333", "bucket": "example-session-logs"});
    let mut problems = Vec::new();
    for (call, option) in [
        ("session-key-policy", "nodeRoleArns"),
        ("session-key-policy", "operatorArns"),
        ("log-bucket-key-policy", "nodeRoleArns"),
        ("bucket-policy", "nodeRoleArns"),
        ("trust-policy", "principalArns"),
    ] {
        let built = |region: Option<&str>, principals: &[String]| {
            let mut options = json!({"region": region, option: principals});
            let fields = options.as_object_mut().unwrap();
            fields.retain(|_, value| !value.is_null());
            fields.extend(place.as_object().unwrap().clone());
            fields.remove(match call {
                "bucket-policy" => "accountId",
                "session-key-policy" | "trust-policy" => "bucket",
                _ => "",
            });
            build(call, &options)
        };
        let (aws, china) = (role("aws"), role("aws-cn"));
        let needs_region = call == "log-bucket-key-policy";
        for (region, principals, refused) in [
            (Some("us-east-2"), vec![aws.clone()], None),
            (Some("cn-north-1"), vec![china.clone()], None),
            (Some("cn-north-1"), vec![china.clone(), aws.clone()], Some(1)),
            (Some("us-east-2"), vec![china.clone(), aws.clone()], Some(0)),
            (None, vec![china.clone()], None),
            (None, vec![china.clone(), aws.clone()], Some(1)),
        ] {
            if region.is_none() && needs_region {
                continue;
            }
            let answer = built(region, &principals);
            let is_right = match (&answer, refused) {
                (Ok(Built::Policy(built)), None) => {
                    let own = if principals.contains(&china) { "arn:aws-cn:" } else { "arn:aws:" };
                    built.json.matches("arn:").count() == built.json.matches(own).count()
                }
                (Err(error), Some(at)) => {
                    error.code == "PRINCIPAL_OTHER_PARTITION"
                        && error.path.as_deref() == Some(&format!("options.{option}"))
                        && error.message.contains(&principals[at])
                }
                _ => false,
            };
            if !is_right {
                let error = answer.err();
                problems.push(format!("{call} {region:?} {principals:?}: {error:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_refusal_names_the_option_and_what_a_right_value_looks_like() {
    let cases = [
        (
            "node",
            json!({"s3Logs": {"bucket": "My_Bucket"}}),
            "options.s3Logs.bucket",
            "example-session-logs",
        ),
        (
            "node",
            json!({"s3Logs": {"bucket": "arn:aws:s3:::logs"}}),
            "options.s3Logs.bucket",
            "no ARN",
        ),
        (
            "node",
            json!({"s3Logs": {"bucket": "logs-of-us", "prefix": "prod/"}}),
            "options.s3Logs.prefix",
            "without a slash",
        ),
        (
            "node",
            json!({"s3Logs": {"bucket": "logs-of-us", "kmsKeyArn": "alias/a"}}),
            "options.s3Logs.kmsKeyArn",
            "alias",
        ),
        (
            "node",
            json!({"instanceIds": ["i-0123456789abcdef0", "i-02573cafcfEXAMPLE"]}),
            "options.instanceIds[1]",
            "i-0123456789abcdef0",
        ),
        ("node", json!({"scope": "least"}), "options.scope", "guide, least-privilege"),
        (
            "node",
            json!({"region": "us-west-2", "s3Logs": {"bucket": "logs-of-us", "kmsKeyArn": builders::KEY}}),
            "options.s3Logs.kmsKeyArn",
            "us-west-2",
        ),
        ("node", json!({"s3Logs": {"prefix": "a"}}), "options.s3Logs.bucket", "missing"),
        ("node", json!({"s3logs": {}}), "options.s3logs", "s3Logs"),
        (
            "operator",
            json!({"targets": {"tags": {"Team": ["web", "a*"]}}}),
            "options.targets.tags.Team[1]",
            "256 characters",
        ),
        (
            "operator",
            json!({"targets": {"tags": {"Team": []}}}),
            "options.targets.tags.Team",
            "tag value",
        ),
        ("node", json!({"instanceIds": []}), "options.instanceIds", "leave the option out"),
        (
            "operator",
            json!({"targets": {"instanceIds": []}}),
            "options.targets.instanceIds",
            "leave the option out",
        ),
        (
            "operator",
            json!({"targets": {"tags": {}}}),
            "options.targets.tags",
            "leave the option out",
        ),
        (
            "operator",
            json!({"targets": {"principalTags": []}}),
            "options.targets.principalTags",
            "leave the option out",
        ),
        (
            "operator",
            json!({"ecsExec": {"cluster": "c", "tags": {}}}),
            "options.ecsExec.tags",
            "leave the option out",
        ),
        (
            "operator",
            json!({"deny": {"outsideIpRanges": []}}),
            "options.deny.outsideIpRanges",
            "leave the option out",
        ),
        (
            "operator",
            json!({"deny": {"outsideVpcEndpoints": []}}),
            "options.deny.outsideVpcEndpoints",
            "leave the option out",
        ),
        (
            "session-document",
            json!({"name": "Example", "sessionType": "InteractiveCommands", "linux": {"commands": "ls {{p}}"},
                "parameters": {"p": {"type": "String", "allowedValues": []}}}),
            "options.parameters.p.allowedValues",
            "leave the option out",
        ),
        ("operator", json!({"sessions": ["telnet"]}), "options.sessions[0]", "shell, ssh"),
        (
            "operator",
            json!({"documents": "AWS-RunShellScript"}),
            "options.documents",
            "your account",
        ),
        ("operator", json!({"sessions": []}), "options.sessions", "no statement"),
        (
            "trust-policy",
            json!({"principalArns": ["arn:aws:iam::111122223333:role/a/"]}),
            "options.principalArns[0]",
            "role/ExampleNodeRole",
        ),
        ("endpoint-policy", json!({"service": "ec2"}), "options.service", "ssmmessages"),
        (
            "preferences-document",
            json!({"idleSessionTimeout": "20"}),
            "options.idleSessionTimeout",
            "whole number",
        ),
        (
            "preferences-document",
            json!({"maxSessionDuration": 0}),
            "options.maxSessionDuration",
            "1 to 1440",
        ),
        ("preferences-document", json!({"kmsKeyId": "key/x"}), "options.kmsKeyId", "ARN"),
        ("no-such-kind", json!({}), "kind", "session-key-policy"),
    ];
    for (call, options, path, words) in cases {
        let error = refusal(call, &options);
        assert_eq!(error.path.as_deref(), Some(path), "{options}: {error:?}");
        assert!(error.message.contains(words), "{options}: {}", error.message);
        assert!(error.message.ends_with('.'), "{}", error.message);
    }
}

#[test]
fn the_kind_of_a_node_follows_from_its_id() {
    let options = json!({"scope": "least-privilege", "heartbeat": true, "instanceIds": "mi-0123456789abcdef0"});
    assert!(policy("node", options).json.contains("managed-instance/mi-0123456789abcdef0"));
}

#[test]
fn an_administrator_can_have_remote_desktop_too() {
    for scope in ["guide", "least-privilege"] {
        let options = json!({"scope": scope, "administrator": true, "remoteDesktop": {}, "preferences": "edit"});
        let built = policy("operator", options);
        assert!(built.json.contains("ssm-guiconnect:StartConnection"), "{scope}");
        assert!(built.json.contains("ssm:UpdateDocument"), "{scope}");
    }
}

#[test]
fn notes_say_what_the_text_lacks_or_leaves_open() {
    let logs = json!({"logGroup": "/example"});
    let tags = json!({"tags": {"Team": "web"}});
    // A call, its options, a note, and whether it belongs to them.
    let cases = [
        (
            "operator",
            json!({"administrator": true, "clients": "ec2-console"}),
            "ADMINISTRATOR_WITHOUT_LISTS",
            true,
        ),
        (
            "operator",
            json!({"administrator": true, "clients": "cli"}),
            "ADMINISTRATOR_WITHOUT_LISTS",
            false,
        ),
        (
            "operator",
            json!({"administrator": true, "clients": "ec2-console", "scope": "least-privilege"}),
            "ADMINISTRATOR_WITHOUT_LISTS",
            false,
        ),
        (
            "operator",
            json!({"administrator": true, "edition": "2023"}),
            "DATA_CHANNEL_MISSING",
            true,
        ),
        ("operator", json!({"administrator": true}), "DATA_CHANNEL_MISSING", false),
        ("operator", json!({"administrator": true, "clients": "cli"}), "PLUGIN_VERSION", true),
        (
            "operator",
            json!({"administrator": true, "sessions": "shell"}),
            "DATA_CHANNEL_OWN_UNVERIFIED",
            false,
        ),
        (
            "operator",
            json!({"administrator": true, "sessions": "shell"}),
            "USER_ID_UNVERIFIED",
            false,
        ),
        ("operator", json!({"sessions": "shell"}), "USER_ID_UNVERIFIED", true),
        ("operator", json!({"sessions": "shell"}), "SEND_COMMAND_OF_GUIDE", true),
        (
            "operator",
            json!({"sessions": "shell", "updateAgent": false}),
            "SEND_COMMAND_OF_GUIDE",
            false,
        ),
        ("operator", json!({"sessions": "port-forwarding"}), "SEND_COMMAND_OF_GUIDE", false),
        ("operator", json!({"scope": "least-privilege"}), "SEND_COMMAND_OF_GUIDE", false),
        ("node", json!({"cloudWatchLogs": {"logGroup": "/a"}}), "LOG_GROUP_NOT_NAMED", true),
        ("node", json!({"cloudWatchLogs": {}}), "LOG_GROUP_NOT_NAMED", false),
        (
            "node",
            json!({"cloudWatchLogs": {"logGroup": "/a"}, "scope": "least-privilege", "kinds": "ec2"}),
            "LOG_GROUP_NOT_NAMED",
            false,
        ),
        (
            "operator",
            json!({"deny": {"withoutMfa": true}, "denyOnly": true, "targets": tags}),
            "TARGETS_UNUSED",
            true,
        ),
        ("operator", json!({"administrator": true, "targets": tags}), "TARGETS_UNUSED", true),
        ("operator", json!({"targets": tags}), "TARGETS_UNUSED", false),
        ("operator", json!({"justInTime": true, "targets": tags}), "TARGETS_UNUSED", false),
        (
            "operator",
            json!({"justInTime": true, "targets": tags}),
            "JUST_IN_TIME_TAGS_UNVERIFIED",
            true,
        ),
        (
            "operator",
            json!({"sessions": "remote-host-port-forwarding"}),
            "PORT_CHOSEN_BY_CALLER",
            true,
        ),
        ("operator", json!({"sessions": "port-forwarding"}), "SSH_NOT_LOGGED", true),
        ("operator", json!({"sessions": "ssh"}), "PORT_CHOSEN_BY_CALLER", false),
        ("operator", json!({"documents": "Example"}), "PLUGIN_VERSION", true),
        ("operator", json!({"clients": "ec2-console"}), "PLUGIN_VERSION", false),
        ("operator", json!({"hostManagement": true}), "HOST_MANAGEMENT_ROLE", true),
        ("node", json!({"kinds": "hybrid"}), "HYBRID_ADVANCED_TIER", true),
        ("node", json!({}), "HYBRID_ADVANCED_TIER", false),
        ("node", json!({"cloudWatchLogs": logs}), "HOST_MANAGEMENT_TAKES_OVER", true),
        (
            "node",
            json!({"cloudWatchLogs": logs, "heartbeat": true}),
            "HOST_MANAGEMENT_TAKES_OVER",
            false,
        ),
        (
            "node",
            json!({"cloudWatchLogs": logs, "kinds": "hybrid"}),
            "HOST_MANAGEMENT_TAKES_OVER",
            false,
        ),
        ("node", json!({}), "HOST_MANAGEMENT_TAKES_OVER", false),
    ];
    for (call, options, code, is_there) in cases {
        let codes = codes(&policy(call, options.clone()));
        assert_eq!(codes.contains(&code), is_there, "{call} {options} {code}: {codes:?}");
    }
}

#[test]
fn dots_in_the_name_of_a_bucket_are_told_wherever_it_is_named() {
    for call in ["bucket-policy", "log-bucket-key-policy"] {
        let options = |bucket: &str| {
            let role = "arn:aws:iam::111122223333:role/ExampleNodeRole";
            let mut options =
                json!({"region": "us-east-2", "bucket": bucket, "nodeRoleArns": [role]});
            if call == "log-bucket-key-policy" {
                options["accountId"] = "111122223333".into();
            }
            options
        };
        let has_note = |bucket| codes(&policy(call, options(bucket))).contains(&"BUCKET_NAME_DOTS");
        assert!(has_note("example.logs"), "{call}");
        assert!(!has_note("example-logs"), "{call}");
    }
}

#[test]
fn tasks_are_no_targets_of_sessions() {
    let error = refusal("operator", &json!({"targets": {"kinds": "ecs"}}));
    assert_eq!(error.path.as_deref(), Some("options.targets.kinds"));
}

#[test]
fn wildcards_in_a_prefix_are_escaped() {
    let built = policy("node", json!({"s3Logs": {"bucket": "logs-of-us", "prefix": "a*b?c$d"}}));
    assert!(built.json.contains("arn:aws:s3:::logs-of-us/a${*}b${?}c${$}d/*"), "{}", built.json);
}

#[test]
fn a_region_that_is_not_listed_is_taken_with_a_note() {
    let built = policy("operator", json!({"region": "eu-north-9", "scope": "least-privilege"}));
    assert!(codes(&built).contains(&"REGION_NOT_LISTED"));
    assert!(built.json.contains(":eu-north-9:"));
}

#[test]
fn documents_of_aws_have_no_account_and_those_of_the_account_have_one() {
    let options = json!({
        "scope": "least-privilege",
        "region": "us-east-2",
        "accountId": "111122223333",
        "sessions": ["shell", "ssh"],
    });
    let built = policy("operator", options);
    assert!(built.json.contains("arn:aws:ssm:us-east-2::document/AWS-StartSSHSession"));
    assert!(built
        .json
        .contains("arn:aws:ssm:us-east-2:111122223333:document/SSM-SessionManagerRunShell"));
}

#[test]
fn a_condition_on_tags_never_stands_over_a_document() {
    for scope in ["guide", "least-privilege"] {
        let options = json!({
            "scope": scope,
            "targets": {"tags": {"Team": "web"}, "principalTags": "Project"},
            "sessions": ["shell", "ssh"],
            "remoteDesktop": {"signIn": ["identity-center"]},
            "fleetManager": "read-only",
        });
        for statement in statements_with(&policy("operator", options), "ssm:StartSession") {
            let has_tags = statement["Condition"].to_string().contains("esourceTag/");
            let has_document = statement["Resource"].to_string().contains(":document/");
            assert!(!(has_tags && has_document), "{scope}: {statement}");
            assert!(has_tags || has_document, "{scope}: {statement}");
        }
    }
}

#[test]
fn tags_of_the_caller_are_compared_with_those_of_the_node() {
    let options = json!({"scope": "least-privilege", "targets": {"principalTags": "Team"}});
    let built = policy("operator", options);
    assert!(built.json.contains("\"aws:ResourceTag/Team\": \"${aws:PrincipalTag/Team}\""));
    assert!(codes(&built).contains(&"PRINCIPAL_TAG_SESSION"));
}

#[test]
fn own_sessions_are_told_by_what_the_identity_has() {
    let own = |identity: &str| {
        let options = json!({"scope": "least-privilege", "identity": identity});
        statements_with(&policy("operator", options), "ssm:TerminateSession")[0].to_string()
    };
    assert!(own("iam-user").contains("session/${aws:username}-*"));
    let role = own("role");
    assert!(
        role.contains("\"ssm:resourceTag/aws:ssmmessages:session-id\":\"${aws:userid}\""),
        "{role}"
    );
    assert!(!role.contains("username"));
}

#[test]
fn tasks_have_no_heartbeat_no_associations_and_their_keys_no_target() {
    let options = json!({
        "scope": "least-privilege",
        "kinds": ["ecs"],
        "heartbeat": true,
        "stateManager": true,
        "sessionEncryption": {"kmsKeyArn": builders::KEY},
    });
    let built = policy("node", options);
    assert!(!built.json.contains("Association"));
    assert!(codes(&built).contains(&"STATE_MANAGER_NOT_FOR_TASKS"));
    assert!(!built.json.contains("UpdateInstanceInformation"));
    assert!(!built.json.contains("TargetId"));
    assert!(codes(&built).contains(&"HEARTBEAT_NOT_FOR_TASKS"));
}

#[test]
fn named_nodes_of_both_kinds_are_told_by_the_key_of_their_kind() {
    let options = json!({
        "kinds": ["ec2", "hybrid"],
        "instanceIds": ["i-0123456789abcdef0", "mi-0123456789abcdef0"],
        "heartbeat": true,
        "scope": "least-privilege",
    });
    let statements = statements_with(&policy("node", options), "ssmmessages:CreateControlChannel");
    let conditions: Vec<_> = statements.iter().map(|it| it["Condition"].to_string()).collect();
    assert_eq!(conditions.len(), 2);
    assert!(
        conditions[0].contains("ec2:SourceInstanceARN")
            && conditions[1].contains("ssm:SourceInstanceARN")
    );
}

#[test]
fn the_document_type_is_compared_only_where_the_key_exists() {
    for (region, exists) in [("us-east-2", true), ("cn-north-1", true), ("eusc-de-east-1", false)] {
        let options = json!({"scope": "least-privilege", "region": region, "preferences": "edit"});
        let built = policy("operator", options);
        assert_eq!(built.json.contains("ssm:DocumentType"), exists, "{region}");
        assert!(!built.json.contains("DeleteDocument"));
    }
}

#[test]
fn buckets_of_some_regions_have_names_of_their_own() {
    let buckets = |region: &str| {
        policy("node", json!({"region": region, "channel": false, "agentBuckets": "all"})).json
    };
    assert!(buckets("me-south-1").contains("patch-baseline-snapshot-me-south-1-uduvl7q8/*"));
    assert!(buckets("eu-south-1").contains("aws-ssm-distributor-file-eu-south-1/*"));
    assert!(!buckets("eu-south-1").contains("birdwatcher"));
}

#[test]
fn the_preferences_have_real_booleans_and_minutes_as_strings() {
    let options = json!({
        "region": "eu-west-1",
        "cloudWatchLogGroupName": "arn:aws:logs:eu-west-1:111122223333:log-group:/a:*",
        "idleSessionTimeout": 15,
        "exists": true,
    });
    let Built::Document(built) = build("preferences-document", &options).unwrap_or_else(|error| {
        panic!("{error:?}");
    }) else {
        panic!("no document");
    };
    let document: Json = serde_json::from_str(&built.json).unwrap();
    assert_eq!(document, serde_json::to_value(&built.document).unwrap());
    assert_eq!(document["inputs"]["cloudWatchLogGroupName"], "/a");
    assert_eq!(document["inputs"]["cloudWatchStreamingEnabled"], true);
    assert_eq!(document["inputs"]["idleSessionTimeout"], "15");
    assert_eq!(document["inputs"]["maxSessionDuration"], "");
    assert_eq!(
        built.command,
        "aws ssm update-document --name SSM-SessionManagerRunShell --content file://SessionManagerRunShell.json \
         --document-version '$LATEST' --region eu-west-1"
    );
}

#[test]
fn the_list_of_endpoints_follows_what_is_used() {
    let services = |options: Json| -> Vec<String> {
        let Ok(Built::Document(built)) = build("endpoints", &options) else {
            panic!("no document");
        };
        let list = serde_json::to_value(&built.document).unwrap();
        list.as_array()
            .unwrap()
            .iter()
            .map(|it| it["service"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(services(json!({"region": "us-east-2"})), ["ssm", "ssmmessages", "s3"]);
    let all = json!({
        "region": "us-east-2",
        "legacyChannel": true,
        "sessionEncryption": true,
        "cloudWatchLogs": true,
    });
    assert_eq!(services(all), ["ssm", "ssmmessages", "ec2messages", "s3", "kms", "logs"]);
}

#[test]
fn a_tag_that_is_given_and_the_callers_too_must_have_both_values() {
    let caller = "${aws:PrincipalTag/Team}";
    for (scope, key) in
        [("guide", "ssm:resourceTag/Team"), ("least-privilege", "aws:ResourceTag/Team")]
    {
        for of_caller in ["Team", "team"] {
            let targets = json!({"tags": {"Team": "web"}, "principalTags": of_caller});
            let built = policy("operator", json!({"scope": scope, "targets": targets}));
            for statement in statements_with(&built, "ssm:StartSession") {
                let condition = &statement["Condition"];
                let Some(given) = condition["StringLike"].get(key) else { continue };
                let given = given.as_array().map_or(given, |values| &values[0]);
                assert_eq!(*given, "web", "{scope} {of_caller}: {condition}");
                let equals = condition["StringEquals"].as_object().unwrap();
                let value = equals.values().map(Json::to_string).collect::<String>();
                assert!(value.contains(&caller.replace("Team", of_caller)), "{condition}");
            }
            assert!(built.json.matches("web").count() == 1, "{}", built.json);
        }
    }
}

/// What the guide's text has only beside shells is there for whoever asks for it.
#[test]
fn an_agent_is_updated_whatever_sessions_there_are() {
    let mut problems = Vec::new();
    for session in
        ["shell", "ssh", "port-forwarding", "interactive-command", "non-interactive-command"]
    {
        for scope in ["guide", "least-privilege"] {
            for (asked, has) in [
                (Some(true), true),
                (Some(false), false),
                (None, scope == "guide" && session == "shell"),
            ] {
                let mut options = json!({"sessions": session, "scope": scope});
                if let Some(asked) = asked {
                    options["updateAgent"] = asked.into();
                }
                if policy("operator", options.clone()).json.contains("ssm:SendCommand") != has {
                    problems.push(options.to_string());
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Commands are refused with sessions wherever the policy allows any, whatever option brought them.
#[test]
fn denials_cover_the_commands_that_are_allowed() {
    let denials = json!({"withoutMfa": true, "after": "2027-01-01T00:00:00Z", "outsideIpRanges": ["203.0.113.0/24"]});
    let place = json!({"region": "eu-west-1", "accountId": "111122223333", "scope": "least-privilege", "deny": denials});
    let mut problems = Vec::new();
    for (option, value, is_denied) in [
        ("fleetManager", json!("administrator"), true),
        ("updateAgent", json!(true), true),
        ("runCommand", json!(["AWS-RunShellScript"]), true),
        ("sessions", json!(["shell"]), false),
    ] {
        let mut options = place.clone();
        options[option] = value;
        let built = policy("operator", options);
        for sid in ["RequireMfa", "NotAfter", "RequireNetwork"] {
            let text: Json = serde_json::from_str(&built.json).unwrap();
            let mut statements = text["Statement"].as_array().unwrap().iter();
            let denial = statements.find(|one| one["Sid"] == *sid);
            let actions = denial.map(|one| one["Action"].to_string());
            let covers = actions.as_deref().map(|actions| actions.contains("ssm:SendCommand"));
            if covers != Some(is_denied) {
                problems.push(format!("{option} {sid}: {actions:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A denial takes nothing away from what is allowed without it.
#[test]
fn denials_stand_beside_what_is_allowed() {
    let mut problems = Vec::new();
    let denials = [
        json!({"withoutMfa": true}),
        json!({"ssh": true}),
        json!({"shell": true}),
        json!({"preferences": true, "hostManagement": true}),
        json!({"taskSessions": "*"}),
        json!({"outsideIpRanges": "203.0.113.0/24"}),
    ];
    for rest in [json!({}), json!({"targets": {"tags": {"Team": "web"}}}), json!({"history": true})]
    {
        for scope in ["guide", "least-privilege"] {
            let allowed = |deny: &Json| {
                let mut options = rest.clone();
                options["scope"] = json!(scope);
                options["deny"] = deny.clone();
                let document: Json =
                    serde_json::from_str(&policy("operator", options).json).unwrap();
                let mut statements = document["Statement"].as_array().unwrap().clone();
                statements.retain(|statement| statement["Effect"] == "Allow");
                statements
            };
            let without = allowed(&json!({}));
            for deny in &denials {
                if allowed(deny) != without || without.is_empty() {
                    problems.push(format!("{rest} {scope} {deny}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
