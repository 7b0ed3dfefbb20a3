//! Tags that are written as another tool writes them: refused where that is sure, and said where it may be meant.

use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};

/// The options with which a tag is given, each as a call and the path of the option.
const OPTIONS: [(&str, &[&str]); 5] = [
    ("operator", &["targets", "tags"]),
    ("operator", &["targets", "anyTags"]),
    ("operator", &["ecsExec", "tags"]),
    ("operator", &["deny", "nodeTags"]),
    ("session-guard", &["exceptTags"]),
];

fn options(path: &[&str], tags: &Json) -> Json {
    let mut all = path.iter().rev().fold(tags.clone(), |inner, name| json!({*name: inner}));
    if path[0] == "exceptTags" {
        all["withoutMfa"] = json!(true);
    }
    if path[0] == "ecsExec" {
        all["ecsExec"]["cluster"] = json!("example");
    }
    all
}

#[test]
fn the_spelling_of_the_aws_cli_is_refused_with_the_right_one() {
    let wrong = [
        json!({"Key": "tag:Team,Values=web"}),
        json!({"Key": ["tag:Team", "Values=web"]}),
        json!({"Key": "tag:Team"}),
        json!({"Key": "Team,Value=web"}),
        json!({"Name": "tag:Team,Values=web,shop"}),
        json!({"Stage": "prod", "Key": "tag:Team,Values=web"}),
    ];
    let mut problems = Vec::new();
    for (call, path) in OPTIONS {
        for tags in &wrong {
            match build(call, &options(path, tags)) {
                Err(error)
                    if error.code == "TAG_KEY_MALFORMED"
                        && error.path.as_deref().is_some_and(|at| at.contains(&path.join(".")))
                        && error.message.contains("Team=web on a command line") => {}
                Err(error) => problems.push(format!("{call} {path:?} {tags}: {error:?}")),
                Ok(_) => problems.push(format!("{call} {path:?} {tags} is taken")),
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_tag_that_may_not_be_meant_so_has_a_note() {
    let cases = [
        (json!({"tag:Team": "web"}), Some("The key tag:Team begins with tag:")),
        (json!({"Team": "web,shop"}), Some("web,shop is one value with a comma")),
        (json!({"Team ": "web"}), Some("\"Team \" begins or ends with a space")),
        (json!({"Team": ["web", " shop"]}), Some("\" shop\" begins or ends with a space")),
        // What tags have: a key of that name, colons and spaces within, several values.
        (json!({"Key": "web"}), None),
        (json!({"Name": "tag:web"}), None),
        (json!({"team:tag:a": "x", "Cost Center": ["1/2", "a b"]}), None),
        (json!({"Team": ""}), None),
    ];
    let mut problems = Vec::new();
    for (call, path) in OPTIONS {
        for (tags, words) in &cases {
            let Ok(Built::Policy(built)) = build(call, &options(path, tags)) else {
                problems.push(format!("{call} {path:?} {tags} is not built"));
                continue;
            };
            let note = built.notes.iter().find(|note| note.code == "TAG_SPELLING");
            let is_right = match (note, words) {
                (Some(note), Some(words)) => note.message.contains(words),
                (None, None) => true,
                _ => false,
            };
            if !is_right {
                problems.push(format!("{call} {path:?} {tags}: {:?}", note.map(|it| &it.message)));
            }
        }
    }
    let callers = json!({"targets": {"principalTags": "tag:Team"}});
    match build("operator", &callers) {
        Ok(Built::Policy(built)) if built.notes.iter().any(|note| note.code == "TAG_SPELLING") => {}
        _ => problems.push("no note of a key of the caller".to_owned()),
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn nothing_has_more_than_fifty_tags() {
    let tags = |count: usize| -> Json {
        (0..count)
            .map(|i| (format!("T{i}"), json!("web")))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let keys = |count: usize| (0..count).map(|i| format!("T{i}")).collect::<Vec<_>>();
    let with = |count: usize| {
        [
            ("targets.tags", json!({"targets": {"tags": tags(count)}})),
            ("targets.principalTags", json!({"targets": {"principalTags": keys(count)}})),
            ("ecsExec.tags", json!({"ecsExec": {"cluster": "example", "tags": tags(count)}})),
        ]
    };
    let others = json!({"targets": {"tags": tags(30), "principalTags": (30..51).map(|i| format!("T{i}")).collect::<Vec<_>>()}});
    let with_any = json!({"targets": {"tags": tags(50), "anyTags": {"Other": "web"}}});
    let same = json!({"targets": {"tags": tags(50), "principalTags": keys(50)}});
    let cases =
        with(51).into_iter().zip(with(50)).map(|((place, many), (_, few))| (place, many, few));
    let cases =
        cases.chain([("targets.tags", others, same.clone()), ("targets.tags", with_any, same)]);
    for (place, many, as_many_as_can_be) in cases {
        assert!(build("operator", &as_many_as_can_be).is_ok(), "{place}");
        let Err(refused) = build("operator", &many) else { panic!("{place} is not refused") };
        let at = refused.path.as_deref().and_then(|path| path.strip_prefix("options."));
        assert_eq!((&*refused.code, at), ("TAGS_TOO_MANY", Some(place)));
    }
}
