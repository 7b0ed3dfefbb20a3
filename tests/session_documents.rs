//! Session documents: whatever the options are, the text is JSON within its limits, and the notes say what it opens.

use postern::api::{self, BuiltDocument, Error, Related, Value};
use proptest::prelude::*;
use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};
use crate::session::options::runner;

fn document(call: &str, options: &Json) -> Result<BuiltDocument, Error> {
    match build(call, options)? {
        Built::Document(built) => Ok(built),
        Built::Policy(_) => panic!("{call} gave a policy"),
    }
}

fn built(call: &str, options: Json) -> (Json, Vec<&'static str>, String) {
    let built = document(call, &options).unwrap_or_else(|error| panic!("{options}: {error:?}"));
    let codes = built.notes.iter().map(|note| note.code).collect();
    (serde_json::from_str(&built.json).unwrap(), codes, built.command)
}

fn commands(rest: Json) -> Json {
    let mut options = json!({"name": "Example", "sessionType": "InteractiveCommands"});
    options.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    options
}

#[test]
fn parameters_keep_the_order_in_which_they_were_written() {
    let options = r#"{"name": "Example", "sessionType": "Port", "portNumber": "{{z}}", "host": "{{ a }}",
        "parameters": {"z": {}, "a": {"type": "String"}, "m": {}}}"#;
    let options: Value = serde_json::from_str(options).unwrap();
    let kind = Value::String("session-document".into());
    let Related::Document(built) = api::build_related(Some(&kind), Some(&options)).unwrap() else {
        panic!("no document");
    };
    let places = ["\"z\"", "\"a\"", "\"m\""].map(|name| built.json.find(name).unwrap());
    assert!(places.is_sorted(), "{}", built.json);
}

#[test]
fn no_more_parameters_are_taken_than_a_document_can_hold() {
    for (kind, rest) in [
        ("session-document", commands(json!({"linux": {"commands": "uptime"}}))),
        ("preferences-document", json!({"shellProfile": {"linux": "uptime"}})),
    ] {
        let with = |count: usize| {
            let all: serde_json::Map<_, _> =
                (0..count).map(|i| (format!("p{i}"), json!({}))).collect();
            let mut options = rest.clone();
            options.as_object_mut().unwrap().insert("parameters".to_owned(), json!(all));
            let options = serde_json::from_value(options).unwrap();
            api::build_related(Some(&Value::String(kind.into())), Some(&options))
        };
        assert!(with(2_978).is_ok(), "{kind}");
        let Err(refused) = with(2_979) else { panic!("{kind}: too many are taken") };
        let at = refused.path.as_deref();
        assert_eq!((&*refused.code, at), ("PARAMETERS_TOO_MANY", Some("options.parameters")));
    }
}

#[test]
fn a_parameter_takes_some_length_and_its_default_has_it() {
    let with = |parameter: Json| {
        let options =
            commands(json!({"linux": {"commands": "tail {{p}}"}, "parameters": {"p": parameter}}));
        let options = serde_json::from_value(options).unwrap();
        let built =
            api::build_related(Some(&Value::String("session-document".into())), Some(&options));
        built.err().map(|refused| refused.code.to_string())
    };
    for (parameter, code) in [
        (json!({"minChars": 3, "maxChars": 2}), Some("NO_LENGTH_ALLOWED")),
        (json!({"minChars": 3, "maxChars": 3}), None),
        (json!({"minChars": 3, "default": "ab"}), Some("DEFAULT_NOT_ALLOWED")),
        (json!({"maxChars": 2, "default": "abc"}), Some("DEFAULT_NOT_ALLOWED")),
        (json!({"minChars": 2, "maxChars": 2, "default": "é·"}), None),
        // What Parameter Store holds is not known here.
        (json!({"maxChars": 2, "default": "{{ssm:/example/path}}"}), None),
        (
            json!({"type": "StringList", "maxChars": 2, "default": ["ab", "abc"]}),
            Some("DEFAULT_NOT_ALLOWED"),
        ),
    ] {
        assert_eq!(with(parameter.clone()).as_deref(), code, "{parameter}");
    }
}

#[test]
fn a_port_is_forwarded_where_a_local_port_or_a_host_is_named() {
    let port = |rest: Json| {
        let mut options = json!({"name": "Example", "sessionType": "Port", "portNumber": 5432});
        options.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        let (document, codes, _) = built("session-document", options);
        (document["properties"].clone(), codes)
    };
    let (properties, codes) = port(json!({}));
    assert_eq!(properties, json!({"portNumber": "5432"}));
    assert!(codes.contains(&"PORT_WITHOUT_LOCAL_PORT") && codes.contains(&"PORT_NOT_LOGGED"));
    let (properties, codes) = port(json!({"localPortNumber": 15432}));
    let forwarded =
        json!({"portNumber": "5432", "type": "LocalPortForwarding", "localPortNumber": "15432"});
    assert_eq!(properties, forwarded);
    assert!(!codes.contains(&"PORT_WITHOUT_LOCAL_PORT") && !codes.contains(&"REMOTE_HOST_AGENT"));
    let (properties, codes) = port(json!({"host": "db.example.internal"}));
    assert_eq!(properties["host"], "db.example.internal");
    assert_eq!(
        (&properties["type"], &properties["localPortNumber"]),
        (&json!("LocalPortForwarding"), &json!("0"))
    );
    assert!(codes.contains(&"REMOTE_HOST_AGENT") && !codes.contains(&"PORT_CHOSEN_BY_CALLER"));
    let (_, codes) = port(json!({"host": "{{ host }}", "parameters": {"host": {}}}));
    assert!(codes.contains(&"PORT_CHOSEN_BY_CALLER"));
}

#[test]
fn what_callers_can_put_into_commands_is_told() {
    let is_told = |parameter: Json, command: &str| {
        let options =
            commands(json!({"linux": {"commands": command}, "parameters": {"p": parameter}}));
        built("session-document", options).1.contains(&"PARAMETER_UNRESTRICTED")
    };
    assert!(is_told(json!({}), "tail {{ p }}"));
    assert!(is_told(json!({"allowedPattern": "[a-z]+"}), "tail {{p}}"));
    assert!(is_told(json!({"maxChars": 32}), "tail '{{p}}'"));
    for open in ["^.*$", "^.+$", "^(.*)$", r"^\S+$", "^[^;]*$", "^a|b$", "^[a-z ]+$"] {
        assert!(is_told(json!({"allowedPattern": open}), "tail {{p}}"), "{open}");
    }
    assert!(!is_told(json!({"allowedPattern": "^[A-Za-z0-9_.-]+$"}), "tail {{p}}"));
    assert!(!is_told(json!({}), "uptime"));
    assert!(!is_told(json!({"allowedPattern": "^[a-z]+$"}), "tail {{p}}"));
    assert!(!is_told(json!({"allowedValues": ["a", "b"]}), "tail {{p}}"));
    assert!(!is_told(json!({"type": "Boolean"}), "tail {{p}}"));
}

#[test]
fn refusals_name_the_option() {
    let uptime = json!({"commands": "uptime"});
    let cases = [
        (commands(json!({})), "options.linux"),
        (commands(json!({"linux": {}})), "options.linux.commands"),
        (commands(json!({"windows": {"commands": []}})), "options.windows"),
        (commands(json!({"windows": {"commands": ["", " "]}})), "options.windows"),
        (commands(json!({"linux": uptime, "host": "a"})), "options.host"),
        (
            commands(json!({"sessionType": "Port", "portNumber": 22, "linux": uptime})),
            "options.linux",
        ),
        (commands(json!({"sessionType": "Port", "portNumber": "22"})), "options.portNumber"),
        (commands(json!({"sessionType": "Port", "portNumber": 65_536})), "options.portNumber"),
        (
            commands(json!({"sessionType": "Port", "portNumber": 1, "localPortNumber": -1})),
            "options.localPortNumber",
        ),
        (commands(json!({"sessionType": "Shell"})), "options.sessionType"),
        (commands(json!({"name": "AWS-Mine", "linux": uptime})), "options.name"),
        (
            commands(
                json!({"name": "SSM-SessionManagerRunShell", "sessionType": "Port", "portNumber": 22}),
            ),
            "options.name",
        ),
        (
            commands(json!({"linux": uptime, "parameters": {"p": {"type": "string"}}})),
            "options.parameters.p.type",
        ),
        (
            commands(json!({"linux": uptime, "parameters": {"p": {"default": 1}}})),
            "options.parameters.p.default",
        ),
        (
            commands(json!({"linux": uptime, "parameters": {"p": {"default": ["a"]}}})),
            "options.parameters",
        ),
        (
            commands(
                json!({"linux": uptime, "parameters": {"p": {"type": "Boolean", "default": "yes"}}}),
            ),
            "options.parameters",
        ),
        (
            commands(
                json!({"linux": uptime, "parameters": {"p": {"default": "{{ ssm-secure:x }}"}}}),
            ),
            "options.parameters",
        ),
    ];
    for (options, path) in cases {
        let error = document("session-document", &options).map(|_| ()).unwrap_err();
        assert_eq!(error.path.as_deref(), Some(path), "{options}: {error:?}");
        assert!(error.message.ends_with('.'), "{}", error.message);
    }
    let preferences = [
        (
            json!({"cloudWatchStreamingEnabled": "{{ on }}", "parameters": {"on": {}}}),
            "options.cloudWatchStreamingEnabled",
        ),
        (
            json!({"runAsDefaultUser": "{{ user }}", "runAsEnabled": true}),
            "options.runAsDefaultUser",
        ),
        (json!({"s3EncryptionEnabled": "true"}), "options.s3EncryptionEnabled"),
        (json!({"kmsKeyId": "{{ key }}", "parameters": {"keys": {}}}), "options.kmsKeyId"),
    ];
    for (options, path) in preferences {
        let error = document("preferences-document", &options).map(|_| ()).unwrap_err();
        assert_eq!(error.path.as_deref(), Some(path), "{options}: {error:?}");
    }
}

#[test]
fn a_document_for_shells_has_its_own_name_and_only_what_is_given() {
    let options = json!({
        "name": "AuditedShell",
        "everyField": false,
        "s3BucketName": "example-session-logs",
        "maxSessionDuration": 60,
        "exists": true,
    });
    let (document, codes, command) = built("preferences-document", options);
    let inputs = json!({"s3BucketName": "example-session-logs", "s3EncryptionEnabled": true, "maxSessionDuration": "60"});
    assert_eq!(document["inputs"], inputs);
    assert_eq!(
        command,
        "aws ssm update-document --name AuditedShell --content file://AuditedShell.json --document-version '$LATEST'"
    );
    assert!(
        codes.contains(&"DOCUMENT_MUST_BE_ALLOWED") && codes.contains(&"DOCUMENT_DEFAULT_VERSION")
    );
    assert!(!codes.contains(&"PREFERENCES_MAY_EXIST"));
}

/// Options with every field there or not.
fn random() -> BoxedStrategy<Json> {
    let text = proptest::sample::select(vec![
        "",
        "a",
        "\"q\" \\ {{ p }}",
        "{{p}}",
        "{{ssm:/x}}",
        "é\u{1}\n",
        "{{q}}",
    ]);
    let parameter = (
        proptest::option::of(proptest::sample::select(vec!["String", "StringList", "Boolean"])),
        proptest::option::of(proptest::sample::select(vec![
            json!("a"),
            json!(true),
            json!(["a", "b"]),
        ])),
        proptest::option::of(proptest::sample::select(vec![
            json!(["a"]),
            json!([]),
            json!(["b", "c"]),
        ])),
        proptest::option::of(0..70_000_i64),
    );
    let parameter = parameter.prop_map(|(kind, default, values, most)| {
        let mut fields = serde_json::Map::new();
        fields.extend(kind.map(|kind| ("type".to_owned(), json!(kind))));
        fields.extend(default.map(|default| ("default".to_owned(), default)));
        fields.extend(values.map(|values| ("allowedValues".to_owned(), values)));
        fields.extend(most.map(|most| ("maxChars".to_owned(), json!(most))));
        Json::Object(fields)
    });
    let commands = (proptest::collection::vec(text.clone(), 0..3), any::<bool>(), any::<bool>());
    let commands = commands.prop_map(|(commands, one, elevated)| {
        let commands = if one { json!(commands.concat()) } else { json!(commands) };
        json!({"commands": commands, "runAsElevated": elevated})
    });
    let port = proptest::sample::select(vec![
        json!(0),
        json!(22),
        json!(65_535),
        json!(65_536),
        json!("{{ p }}"),
    ]);
    let types = vec!["InteractiveCommands", "NonInteractiveCommands", "Port"];
    let fields = (
        proptest::sample::select(types),
        proptest::option::of(text),
        proptest::option::of(parameter),
        proptest::option::of(commands.clone()),
        proptest::option::of(commands),
        proptest::option::of(port.clone()),
        proptest::option::of(port),
        proptest::option::of(proptest::sample::select(vec!["db.internal", "{{ p }}", "a b"])),
    );
    fields
        .prop_map(|(kind, description, parameter, windows, linux, port, local, host)| {
            let mut options = json!({"name": "Example", "sessionType": kind});
            let all = options.as_object_mut().unwrap();
            all.extend(description.map(|text| ("description".to_owned(), json!(text))));
            all.extend(parameter.map(|it| ("parameters".to_owned(), json!({"p": it}))));
            if kind == "Port" {
                all.extend(port.map(|it| ("portNumber".to_owned(), it)));
                all.extend(local.map(|it| ("localPortNumber".to_owned(), it)));
                all.extend(host.map(|it| ("host".to_owned(), json!(it))));
            } else {
                all.extend(windows.map(|it| ("windows".to_owned(), it)));
                all.extend(linux.map(|it| ("linux".to_owned(), it)));
            }
            options
        })
        .boxed()
}

/// Every text in the options is in the document as it was given, and the rest keeps what AWS asks for.
fn problem(options: &Json, built: &BuiltDocument) -> Option<String> {
    let document: Json = serde_json::from_str(&built.json).ok()?;
    let has = |is: bool, what: &str| (!is).then(|| what.to_owned());
    let properties = &document["properties"];
    let is_port = options["sessionType"] == "Port";
    let systems = ["windows", "linux"].iter().all(|system| {
        properties[system]["commands"] == options[system]["commands"]
            && properties[system]["runAsElevated"] == options[system]["runAsElevated"]
    });
    let port = properties["portNumber"]
        .as_str()
        .is_some_and(|port| port == "{{ p }}" || port.parse::<u16>().is_ok_and(|port| port > 0));
    let fits = built.json.len() <= 64 * 1024;
    let says = built.notes.iter().any(|note| note.code == "DOCUMENT_OVER_QUOTA");
    let stored = built.command.contains("--name Example --content file://Example.json");
    has(serde_json::to_value(&built.document).ok()? == document, "object and text differ")
        .or_else(|| has(document["schemaVersion"] == "1.0", "schema version"))
        .or_else(|| has(document["sessionType"] == options["sessionType"], "session type"))
        .or_else(|| has(document["description"] == options["description"], "description"))
        .or_else(|| has(is_port || systems, "commands"))
        .or_else(|| has(!is_port || port, "port"))
        .or_else(|| has(properties.as_object().is_some_and(|all| !all.is_empty()), "no properties"))
        .or_else(|| has(fits != says, "length"))
        .or_else(|| has(stored, "command"))
}

#[test]
fn every_session_document_is_sound() {
    let mut count = 0;
    let mut runner = runner(1);
    for _ in 0..600 {
        let options = random().new_tree(&mut runner).unwrap().current();
        match document("session-document", &options) {
            Ok(built) => {
                count += 1;
                assert_eq!(problem(&options, &built), None, "{options}\n{}", built.json);
            }
            Err(error) => assert!(
                error.code != "INVALID_ARGUMENT" && error.path.is_some(),
                "{options}: {error:?}"
            ),
        }
    }
    assert!(count > 120, "only {count} of 600");
}

#[test]
fn the_file_that_a_note_names_is_that_of_the_command() {
    for (call, options) in [
        ("preferences-document", json!({})),
        ("preferences-document", json!({"name": "SSM-SessionManagerRunShell"})),
        ("preferences-document", json!({"name": "Audited"})),
        ("session-document", commands(json!({"linux": {"commands": "uptime"}}))),
    ] {
        let built = document(call, &options).unwrap();
        let summary = &built.notes[0].message;
        let (_, rest) = summary.split_once("Save the text as ").unwrap();
        let file = rest.split_whitespace().next().unwrap();
        assert!(built.command.contains(&format!("file://{file} ")), "{summary} {}", built.command);
    }
    let named = document("preferences-document", &json!({"name": "SSM-SessionManagerRunShell"}));
    assert!(named.unwrap().notes[0].message.starts_with("The preferences of one account"));
}
