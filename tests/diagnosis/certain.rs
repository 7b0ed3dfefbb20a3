//! What nobody said is not certain: whose group a policy is, what a policy that is only named says, who asks, and on which
//! level of an organization a policy stands.

use postern::diagnose::{diagnose_role, Diagnosis, Documents, Want, Works};
use postern::rules::PolicyKind;
use postern::session::capabilities::{capabilities, placeholder_values, requesters};
use postern::validate::{validate, Options};

use super::{diagnose, documents, messages, only, pasted, values, want};

fn policy(effect: &str, actions: &str, more: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"{actions}","Resource":"*"{more}}}}}"#
    )
}

fn condition(operator: &str, key: &str, value: &str) -> String {
    format!(r#","Condition":{{"{operator}":{{"{key}":"{value}"}}}}"#)
}

/// What get-user-policy and the like print.
fn inline(kind: &str, owner: &str, name: &str, document: &str) -> String {
    format!(r#"{{"{kind}Name":"{owner}","PolicyName":"{name}","PolicyDocument":{document}}}"#)
}

fn used(found: &Diagnosis) -> Vec<bool> {
    found.recognised.iter().map(|seen| seen.is_used).collect()
}

const START: &str = "operator.start-shell";

#[test]
fn the_policies_of_a_group_count_for_its_members_alone() {
    let allow = policy("Allow", "ssm:*", "");
    let deny = policy("Deny", "ssm:*", "");
    let of = |user: &str, group: &str| {
        vec![inline("User", "a", "u", user), inline("Group", "g", "p", group)]
    };
    let nothing = policy("Allow", "sqs:*", "");
    let details = |groups: &str, user: &str, group: &str| {
        format!(
            r#"{{"UserDetailList":[{{"UserName":"a","GroupList":[{groups}],"UserPolicyList":[{{"PolicyName":"u","PolicyDocument":{user}}}]}}],"GroupDetailList":[{{"GroupName":"g","GroupPolicyList":[{{"PolicyName":"p","PolicyDocument":{group}}}]}}]}}"#
        )
    };
    let template = |user: &str, more: &str, group: &str| {
        format!(
            r#"{{"Resources":{{"U":{{"Type":"AWS::IAM::User","Properties":{{"Policies":[{{"PolicyName":"u","PolicyDocument":{nothing}}}]{user}}}}},"G":{{"Type":"AWS::IAM::Group","Properties":{{"Policies":[{{"PolicyName":"p","PolicyDocument":{group}}}]}}}}{more}}}}}"#
        )
    };
    let addition = |group: &str, users: &str| {
        format!(
            r#","A":{{"Type":"AWS::IAM::UserToGroupAddition","Properties":{{"GroupName":{group},"Users":{users}}}}}"#
        )
    };
    let (group, user) = (r#"{"Ref":"G"}"#, r#"[{"Ref":"U"}]"#);
    let mut problems = Vec::new();
    for (name, texts, expected, policies) in [
        ("may be denied", of(&allow, &deny), Works::Unknown, 1),
        ("may be allowed", of(&nothing, &allow), Works::Unknown, 1),
        ("cannot be denied", of(&allow, &policy("Deny", "sqs:*", "")), Works::Works, 1),
        (
            "of a role",
            vec![inline("Role", "r", "u", &allow), inline("Group", "g", "p", &deny)],
            Works::Works,
            1,
        ),
        ("of nobody else", vec![inline("Group", "g", "p", &allow)], Works::Works, 1),
        ("a member", vec![details(r#""g""#, &nothing, &allow)], Works::Works, 2),
        ("a denied member", vec![details(r#""g""#, &allow, &deny)], Works::Fails, 2),
        ("no member", vec![details("", &allow, &deny)], Works::Works, 1),
        ("of another group", vec![details(r#""h""#, &allow, &deny)], Works::Works, 1),
        (
            "a member by template",
            vec![template(r#","Groups":[{"Ref":"G"}]"#, "", &allow)],
            Works::Works,
            2,
        ),
        ("no member by template", vec![template("", "", &allow)], Works::Fails, 1),
        ("added by template", vec![template("", &addition(group, user), &allow)], Works::Works, 2),
        (
            "another added by template",
            vec![template("", &addition(group, r#"["b"]"#), &allow)],
            Works::Fails,
            1,
        ),
        (
            "a parameter added by template",
            vec![template("", &addition(group, r#"[{"Ref":"Name"}]"#), &allow)],
            Works::Unknown,
            1,
        ),
        (
            "in a group of a parameter",
            vec![template(r#","Groups":[{"Ref":"Name"}]"#, "", &allow)],
            Works::Unknown,
            1,
        ),
    ] {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = diagnose(&texts, &[want(START)]);
        let result = only(&found).result;
        if (result, found.policies) != (expected, policies) {
            problems.push(format!(
                "{name}: {result:?}, {} for {expected:?}\n{found:#?}",
                found.policies
            ));
        }
        if result == Works::Unknown && found.missing.is_some() {
            problems.push(format!("{name}: {:#?}", found.missing));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_does_not_count_is_not_said_to_be_used() {
    let allow = policy("Allow", "ssm:*", "");
    let texts = [inline("User", "a", "u", &allow), inline("Group", "g", "p", &allow)];
    let found = diagnose(&texts.each_ref().map(String::as_str), &[want(START)]);
    assert_eq!(used(&found)[..2], [true, false], "{:#?}", found.recognised);
    let said = found.recognised.iter().map(|seen| seen.message.as_str()).collect::<Vec<_>>();
    assert!(
        said.iter().any(|said| said.contains("Whether the user a is in the group g is not known")),
        "{said:#?}"
    );
    // Of two roles the one that is meant.
    let texts = [inline("Role", "a", "p", &allow), inline("Role", "b", "p", &allow)];
    let texts = texts.each_ref().map(String::as_str);
    let input = Documents { role_name: Some("a".to_owned()), ..documents(&texts) };
    let found = diagnose_role(&input, &[want(START)]).unwrap();
    assert_eq!(used(&found), [true, false], "{:#?}", found.recognised);
    assert_eq!(found.policies, 1);
    // Nobody said which is meant.
    let found = diagnose(&texts, &[want(START)]);
    assert!(used(&found).iter().all(|used| !used), "{:#?}", found.recognised);
}

#[test]
fn a_policy_of_which_only_the_name_is_here_may_say_anything() {
    let all = policy("Allow", "ssm:*", "");
    let names = |names: &str| format!(r#"{{"PolicyNames":[{names}]}}"#);
    let own = |name: &str| inline("Role", "r", name, &all);
    let (a, b) = (names(r#""a""#), names(r#""b""#));
    let mut problems = Vec::new();
    for (texts, expected, depends) in [
        (vec![all.clone(), a.clone()], Works::Unknown, "?a"),
        (vec![a.clone()], Works::Unknown, "?a"),
        (vec![format!("{a}\n{b}"), own("a")], Works::Unknown, "?b"),
        (vec![format!("{a}\n{b}"), own("b")], Works::Unknown, "?a"),
        (vec![format!("{a}\n{b}"), own("a"), own("b")], Works::Works, ""),
        (vec![own("a"), names(r#""a","c""#)], Works::Unknown, "?c"),
        (vec![own("a"), a.clone()], Works::Works, ""),
        (vec![own("a"), names("")], Works::Works, ""),
        (
            vec![r#"{"AttachedPolicies":[],"PolicyNames":["d"]}"#.to_owned(), own("a")],
            Works::Unknown,
            "?d",
        ),
    ] {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = diagnose(&texts, &[want(START)]);
        let told = only(&found).reasons.iter().flat_map(|reason| &reason.depends_on);
        let told: Vec<&String> = told.collect();
        let is_taken =
            found.assumptions.iter().any(|it| it.contains("nothing is taken to be denied"));
        if only(&found).result != expected
            || found.missing.is_some()
            || is_taken
            || !depends.is_empty() && !told.iter().any(|key| *key == depends)
        {
            problems.push(format!("{texts:?}: for {expected:?} {depends}\n{found:#?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_tells_who_asks_is_not_known_where_nobody_said_who_it_is() {
    let alice = inline("User", "alice", "p", &policy("Allow", "ssm:*", ""));
    let allow = |key, value| policy("Allow", "*", &condition("StringLike", key, value));
    let deny = |operator, key, value| {
        let denial = format!(
            r#"{{"Effect":"Deny","Action":"*","Resource":"*"{}}}"#,
            condition(operator, key, value)
        );
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*"}},{denial}]}}"#
        )
    };
    let (name, kind, id) = ("aws:username", "aws:PrincipalType", "aws:userid");
    let role = r#"{"Role":{"RoleName":"r","Arn":"arn:aws:iam::111122223333:role/r"}}"#;
    let node = "node.channel";
    let mut problems = Vec::new();
    for (capability, beside, text, expected) in [
        (START, "", allow(name, "alice"), Works::Unknown),
        (START, "", allow(kind, "AssumedRole"), Works::Unknown),
        (START, "", allow(kind, "User"), Works::Unknown),
        (START, "", allow(id, "AROA*:alice"), Works::Unknown),
        (START, "", deny("StringNotEquals", kind, "AssumedRole"), Works::Unknown),
        (START, "", deny("StringNotLike", "AWS:UserId", "AROAEXAMPLE:*"), Works::Unknown),
        (START, "", deny("StringEquals", name, "bob"), Works::Unknown),
        (START, alice.as_str(), allow(name, "alice"), Works::Works),
        (START, alice.as_str(), allow(kind, "User"), Works::Works),
        (START, alice.as_str(), deny("StringEquals", name, "bob"), Works::Works),
        (START, role, allow(kind, "AssumedRole"), Works::Works),
        (START, role, allow(name, "alice"), Works::Fails),
        (START, role, allow(id, "AROA*:alice"), Works::Unknown),
        (node, "", allow(name, "alice"), Works::Fails),
        (node, "", allow(kind, "AssumedRole"), Works::Works),
        (node, "", deny("StringNotEquals", kind, "AssumedRole"), Works::Works),
        (node, "", allow(id, "*:i-0123456789abcdef0"), Works::Unknown),
        (node, "", allow(id, "AROAOTHER:*"), Works::Unknown),
    ] {
        // The user's own policy allows everything that is asked, so it stands beside denials and names alone.
        let texts = match beside {
            "" => vec![text.clone()],
            _ if beside == alice => vec![inline("User", "alice", "q", &text)],
            _ => vec![beside.to_owned(), text.clone()],
        };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = diagnose(&texts, &[want(capability)]);
        let result = only(&found).result;
        if result != expected {
            problems.push(format!("{capability} {texts:?}: {result:?} for {expected:?}"));
        }
        if expected == Works::Unknown && !(found.missing.is_none() && found.blocked.is_empty()) {
            problems.push(format!("{texts:?}: {:#?} {:#?}", found.missing, found.blocked));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let told = Want { values: values(&[("UserName", "alice")]), ..want(START) };
    assert_eq!(only(&diagnose(&[&allow(name, "alice")], &[told])).result, Works::Works);
    let told = Want { values: values(&[("UserName", "bob")]), ..want(START) };
    assert_eq!(only(&diagnose(&[&allow(name, "alice")], &[told])).result, Works::Fails);
}

/// No policy that is proposed has a name in it which stands for what nobody gave.
#[test]
fn nothing_of_a_stand_in_is_proposed() {
    let role = r#"{"Role":{"RoleName":"r","Arn":"arn:aws:iam::444455556666:role/r"}}"#;
    let user = inline("User", "u", "p", &policy("Allow", "sqs:*", ""));
    // Values of an empty capability: the parts of the table's names that would be somebody's.
    let mut made: Vec<&str> = Vec::new();
    for (name, value) in placeholder_values() {
        // What every request has, and documents of AWS that are meant by their names.
        if !["Partition", "DnsSuffix", "CommandDocument", "AnyKey", "CommandAccount"].contains(name)
        {
            made.push(value.split("/${").next().unwrap_or_default());
        }
    }
    for requester in requesters() {
        made.extend(requester.session_id.rsplit_once('-').map(|(_, number)| number));
        made.extend(requester.arn.split(['/', ':']).skip(6));
        made.extend(
            requester.context.iter().filter(|(key, _)| *key == "aws:userid").map(|(_, id)| *id),
        );
    }
    made.retain(|value| value.len() > 3 && *value != "assumed-role" && *value != "user");
    let mut problems = Vec::new();
    for capability in capabilities() {
        for text in [role, user.as_str(), "{\"Statement\":[]}"] {
            let found = diagnose(&[text], &[want(capability.id)]);
            let Some(missing) = &found.missing else { continue };
            let text = missing.json.clone();
            for value in made.iter().filter(|value| is_in(&text, value)) {
                problems.push(format!("{}: {value} in {text}", capability.id));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let found = diagnose(&[role], &[want("operator.own-sessions-userid")]);
    let text = found.missing.as_ref().unwrap().json.clone();
    assert!(text.contains(":session/${aws:userid}-*\""), "{text}");
}

/// Whether a text has a word by itself.
fn is_in(text: &str, word: &str) -> bool {
    let is_of_word = |c: char| c.is_ascii_alphanumeric();
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_of_word) && !text[at + word.len()..].starts_with(is_of_word)
    })
}

#[test]
fn a_role_is_not_given_what_only_users_can_use() {
    let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ssm:TerminateSession","ssm:ResumeSession"],"Resource":"arn:aws:ssm:*:*:session/${aws:username}-*"}}"#;
    for capability in ["operator.own-sessions-username", "operator.own-terminate-username"] {
        for text in [own.to_owned(), policy("Allow", "sqs:*", "")] {
            let text = inline("Role", "r", "p", &text);
            let found = diagnose(&[&text], &[want(capability)]);
            assert_eq!(only(&found).result, Works::Fails, "{found:#?}");
            assert!(found.missing.is_none(), "{:#?}", found.missing);
            let said = "aws:username is absent for roles";
            assert!(
                found.blocked.iter().any(|it| it.message.contains(said)),
                "{:#?}",
                found.blocked
            );
        }
    }
    let user = inline("User", "u", "p", &policy("Allow", "sqs:*", ""));
    let found = diagnose(&[&user], &[want("operator.own-sessions-username")]);
    assert!(found.missing.unwrap().json.contains("session/${aws:username}-*"));
}

#[test]
fn several_policies_of_an_organization_may_stand_on_levels_of_their_own() {
    let all = policy("Allow", "*", "");
    let some = policy("Allow", "ec2:*", "");
    let ssm = policy("Allow", "ssm:*", "");
    let deny_ssm = policy("Deny", "ssm:*", "");
    let deny_sqs = policy("Deny", "sqs:*", "");
    let mut problems = Vec::new();
    for (scps, expected) in [
        (vec![&all, &some], Works::Unknown),
        (vec![&some, &all], Works::Unknown),
        (vec![&all, &ssm], Works::Works),
        (vec![&some], Works::Fails),
        (vec![&some, &some], Works::Fails),
        (vec![&all, &deny_sqs], Works::Works),
        (vec![&deny_sqs, &all, &ssm], Works::Works),
        (vec![&all, &ssm, &deny_ssm], Works::Fails),
        (vec![&all, &some, &deny_ssm], Works::Fails),
        (vec![&deny_sqs], Works::Works),
    ] {
        let scps: Vec<_> = scps.into_iter().map(|text| pasted(text)).collect();
        let input = Documents { scps, ..documents(&[&all]) };
        let found = diagnose_role(&input, &[want("operator.start-shell-nodoc")]).unwrap();
        let result = only(&found).result;
        let texts: Vec<_> = input.scps.iter().map(|scp| &scp.text).collect();
        if result != expected {
            problems.push(format!("{texts:?}: {result:?} for {expected:?}\n{found:#?}"));
        }
        let said = messages(only(&found));
        if expected == Works::Unknown && !said.contains("each level of the organization must allow")
        {
            problems.push(format!("{texts:?}: {said}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// AWS's texts say two things of the cluster, so that nothing is certain without it; the check of policies has the same
/// words.
#[test]
fn whether_ecs_exec_needs_its_cluster_is_left_open() {
    const WORDS: &str = "Whether the cluster must be allowed too is not settled";
    let policy = |resources: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["ecs:ExecuteCommand","ecs:DescribeTasks"],"Resource":[{resources}]}}]}}"#
        )
    };
    let (task, cluster) = (r#""arn:aws:ecs:*:*:task/*""#, r#""arn:aws:ecs:*:*:cluster/*""#);
    for (resources, expected, is_open) in [
        (task.to_owned(), Works::Unknown, true),
        (format!("{task},{cluster}"), Works::Works, false),
        (r#""*""#.to_owned(), Works::Works, false),
        (cluster.to_owned(), Works::Fails, false),
    ] {
        let text = policy(&resources);
        let found = diagnose(&[&text], &[want("operator.ecs-exec")]);
        let result = only(&found);
        let told = result.reasons.iter().find(|reason| reason.message.contains(WORDS));
        assert_eq!((result.result, told.is_some()), (expected, is_open), "{text}\n{found:#?}");
        assert!(told.is_none_or(|reason| reason.depends_on == ["?resource"]), "{told:#?}");
        // What is added settles it.
        let missing = found.missing.as_ref().map_or("", |built| built.json.as_str());
        assert_eq!(missing.contains(":cluster/"), is_open, "{missing}");
        let notes = found.missing.iter().flat_map(|built| &built.notes);
        assert!(notes.into_iter().all(|note| !note.message.contains("ecs:ExecuteCommand")));
        let options = Options {
            kind: PolicyKind::Identity,
            resource_type: None,
            identity_policy: None,
            lone_surrogate: None,
        };
        let code = "SESSION_MISSING_CLUSTER_OR_TASK";
        let is_told = validate(&text, options, |_, findings| {
            findings.iter().any(|one| one.code == code && one.details.contains(WORDS))
        });
        assert_eq!(is_told, is_open, "{text}");
    }
}
