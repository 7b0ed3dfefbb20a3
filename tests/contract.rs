//! The hand-written types of the package say what the wire carries, no less and no more.
//!
//! Each call's arguments and answers become literals in `target/contract/wire.ts`, which the package's tests give to
//! the TypeScript compiler. The compiler cannot see a name that is declared and never sent; that is compared here.

use std::collections::BTreeSet;
use std::{fs, path::Path};

use builders::{accepted, build, refused, Built};
use checks::{check_options, checked};
use decisions::{decided, inputs, unreadable};
use postern::api;
use postern::aws::Partition;
use postern::edit::Applicability;
use postern::export::{AttachTo, Format, SetupFormat};
use postern::finding::FindingType;
use postern::policy::{Effect, Version};
use postern::rules::{IdentityPolicy, PolicyKind};
use postern::session::node::AgentBuckets;
use postern::session::operator::{
    Client, DataChannel, Edition, FleetManager, Identity, Preferences, SessionType, SignIn, Whose,
};
use postern::session::related::{
    EndpointService, ParameterType, RelatedKind, SessionDocumentType, Trusted,
};
use postern::session::{NodeKind, Scope};
use serde::de::IntoDeserializer;
use serde::Deserialize;
use serde_json::json;

mod access;
pub mod builders;
mod checks;
pub mod decisions;
pub mod diagnoses;
mod exports;

const TYPES: &str = include_str!("../src/npm/types.d.ts");
const WIRE: &str = "target/contract/wire.ts";
/// Each call with the TypeScript interface of its options.
const CALLS: &[(&str, &str)] = &[
    ("node", "NodeOptions"),
    ("operator", "OperatorOptions"),
    ("session-key-policy", "SessionKeyPolicyOptions"),
    ("log-bucket-key-policy", "LogBucketKeyPolicyOptions"),
    ("log-group-key-policy", "LogGroupKeyPolicyOptions"),
    ("bucket-policy", "BucketPolicyOptions"),
    ("endpoint-policy", "EndpointPolicyOptions"),
    ("endpoints", "EndpointsOptions"),
    ("trust-policy", "TrustPolicyOptions"),
    ("preferences-document", "PreferencesDocumentOptions"),
    ("session-document", "SessionDocumentOptions"),
    ("host-management-guard", "HostManagementGuardOptions"),
];

fn built() -> Vec<Built> {
    accepted().iter().map(|(call, options)| build(call, options).unwrap()).collect()
}

fn policies() -> Vec<api::BuiltPolicy> {
    let policy = |built| match built {
        Built::Policy(built) => Some(built),
        Built::Document(_) => None,
    };
    built().into_iter().filter_map(policy).collect()
}

fn documents() -> Vec<api::BuiltDocument> {
    let document = |built| match built {
        Built::Policy(_) => None,
        Built::Document(built) => Some(built),
    };
    built().into_iter().filter_map(document).collect()
}

fn decisions() -> Vec<api::Decision> {
    inputs().iter().map(|input| decided(input).unwrap()).collect()
}

fn all_diagnosed() -> Vec<api::Diagnosis> {
    diagnoses::inputs().iter().map(|input| diagnoses::diagnosed(input).unwrap()).collect()
}

fn set_ups() -> Vec<api::Setup> {
    exports::setups().iter().map(|options| exports::set_up(options).unwrap()).collect()
}

fn actions(pattern: &str) -> Vec<api::ActionName> {
    api::list_actions(Some(&api::Value::string(pattern.to_owned()))).unwrap()
}

fn described() -> [Option<api::ActionDescription>; 3] {
    ["ssm:StartSession", "ec2:RunInstances", "s3:GetObjekt"]
        .map(|name| api::describe_action(Some(&api::Value::string(name.to_owned()))).unwrap())
}

fn condition_keys(action: &str) -> Vec<api::ConditionKeyName> {
    api::list_condition_keys(Some(&api::Value::string(action.to_owned()))).unwrap()
}

fn refusals() -> Vec<api::Error> {
    refused().iter().map(|(call, options)| build(call, options).map(|_| ()).unwrap_err()).collect()
}

/// The accepted options of one call.
fn options_of(call: &str) -> Vec<serde_json::Value> {
    let of_call = accepted().into_iter().filter(|(of, _)| *of == call);
    of_call.map(|(_, options)| options).collect()
}

#[test]
fn what_the_calls_take_and_give_is_written_for_the_typescript_compiler() {
    let wire = |value: serde_json::Result<serde_json::Value>| value.unwrap();
    let options = CALLS.iter().map(|(call, interface)| {
        let (first, rest) = interface.split_at(1);
        let name = first.to_lowercase() + rest;
        (name, format!("{interface}[]"), wire(serde_json::to_value(options_of(call))))
    });
    let mut literals: Vec<_> = options.collect();
    let answers = [
        ("policies", "BuiltPolicy[]", wire(serde_json::to_value(policies()))),
        ("documents", "BuiltDocument[]", wire(serde_json::to_value(documents()))),
        ("refusals", "Refusal[]", wire(serde_json::to_value(refusals()))),
        ("checkOptions", "ValidateOptions[]", wire(serde_json::to_value(check_options()))),
        ("findings", "Finding[]", wire(serde_json::to_value(checked(&json!({})).unwrap()))),
        ("checks", "Check[]", wire(serde_json::to_value(&api::list_checks()[..3]))),
        ("decisionInputs", "EvaluationInput[]", wire(serde_json::to_value(inputs()))),
        ("decisionsInput", "EvaluationsInput", decisions::many()),
        ("decisions", "Decision[]", wire(serde_json::to_value(decisions()))),
        ("roleInputs", "RoleInput[]", wire(serde_json::to_value(diagnoses::inputs()))),
        ("diagnoses", "Diagnosis[]", wire(serde_json::to_value(all_diagnosed()))),
        ("explanations", "Explanation[]", wire(serde_json::to_value(diagnoses::explained()))),
        ("found", "FoundPolicies", wire(serde_json::to_value(diagnoses::found()))),
        (
            "capabilities",
            "CapabilityName[]",
            wire(serde_json::to_value(&api::list_capabilities()[..3])),
        ),
        (
            "managed",
            "ManagedPolicy[]",
            wire(serde_json::to_value(&api::list_managed_policies()[..3])),
        ),
        ("exportTargets", "ExportTarget[]", exports::targets().into()),
        ("setupOptions", "SetupOptions[]", exports::setups().into()),
        ("setups", "Setup[]", wire(serde_json::to_value(set_ups()))),
        ("accessOptions", "AccessOptions[]", access::options().into()),
        ("access", "Access[]", access::access().into()),
        ("compared", "AccessComparison[]", wire(serde_json::to_value(access::compared()))),
        ("accessChecked", "AccessCheck[]", wire(serde_json::to_value(access::checked()))),
        ("minimizeOptions", "MinimizeOptions[]", access::minimize_options().into()),
        ("minimized", "MinimizedPolicy[]", wire(serde_json::to_value(access::minimized()))),
        ("services", "ServiceName[]", wire(serde_json::to_value(&api::list_services()[..3]))),
        ("actions", "ActionName[]", wire(serde_json::to_value(actions("ssm:Start*")))),
        ("described", "(ActionDescription | null)[]", wire(serde_json::to_value(described()))),
        (
            "conditionKeys",
            "ConditionKeyName[]",
            wire(serde_json::to_value(condition_keys("ssm:*"))),
        ),
        ("catalog", "CatalogInfo", wire(serde_json::to_value(api::catalog_info()))),
    ];
    literals.extend(answers.map(|(name, kind, value)| (name.to_owned(), kind.to_owned(), value)));
    let mut want = String::from(
        "// What the calls take and give, written by `cargo test contract::`. It must compile.\n\
         // Long texts are cut, since only their type matters here.\n\
         import type {\n  ActionDescription,\n  ActionName,\n  ConditionKeyName,\n  ServiceName,\n  Access,\n  AccessCheck,\n  AccessComparison,\n  AccessOptions,\n  BuiltDocument,\n  BuiltPolicy,\n  CapabilityName,\n  CatalogInfo,\n  Check,\n  Decision,\n  Diagnosis,\n  EvaluationInput,\n  EvaluationsInput,\n  Explanation,\n  ExportTarget,\n  Finding,\n  FoundPolicies,\n  ManagedPolicy,\n  MinimizeOptions,\n  MinimizedPolicy,\n  RoleInput,\n  Setup,\n  SetupOptions,\n  \
         PosternError,\n  ValidateOptions,\n",
    );
    for (_, interface) in CALLS {
        want += &format!("  {interface},\n");
    }
    want += "} from \"postern\";\n\ntype Refusal = Pick<PosternError, \"code\" | \"message\" | \"path\">;\n";
    for (name, declared, mut value) in literals {
        cut(&mut value);
        let literal = serde_json::to_string_pretty(&value).unwrap();
        want += &format!("\nexport const {name}: {declared} = {literal};\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(WIRE);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, want).unwrap();
}

#[test]
fn the_declared_names_are_those_that_are_sent() {
    let (policies, documents) = (policies(), documents());
    let of_policies = policies.iter().flat_map(|built| &built.notes);
    let notes = of_policies.chain(documents.iter().flat_map(|built| &built.notes));
    let mut notes: BTreeSet<_> = notes.map(|note| note.code).collect();
    // Only a document with more notes than a sample should have sends it.
    let parameters: serde_json::Map<_, _> =
        (0..300).map(|i| (format!("p{i}"), json!({}))).collect();
    let many = json!({
        "name": "Example", "sessionType": "InteractiveCommands", "linux": {"commands": "uptime"},
        "parameters": parameters,
    });
    let Ok(Built::Document(many)) = build("session-document", &many) else { panic!("refused") };
    assert_eq!(many.notes.len(), 201);
    notes.extend(many.notes.last().map(|note| note.code));
    let set_up = json!({
        "format": "terraform", "endpoints": true, "bucketExists": true,
        "node": {"region": "us-east-2", "accountId": "111122223333", "s3Logs": {"bucket": "example-session-logs"}},
    });
    let set_up = api::export_setup(Some(&serde_json::from_value(set_up).unwrap())).unwrap();
    notes.extend(set_up.notes.iter().map(|note| note.code));
    let (refusals, unreadable) = (refusals(), decided(&unreadable()).unwrap_err());
    let mut errors: BTreeSet<_> = refusals.iter().map(|error| error.code.as_ref()).collect();
    errors.insert(&unreadable.code);
    let of_exports = exports::refusals();
    errors.extend(of_exports.iter().map(|error| error.code.as_ref()));
    let messages = refusals.iter().chain(&of_exports).map(|error| error.message.as_str());
    let noted = policies.iter().flat_map(|built| &built.notes).map(|note| note.message.as_str());
    let gaps: Vec<_> = messages.chain(noted).filter(|text| text.contains("  ")).collect();
    assert!(gaps.is_empty(), "spaces within a sentence: {gaps:#?}");
    // Thrown by the package itself: before there is a module to call, and when a call of it failed.
    errors.extend(["NOT_READY", "INTERNAL"]);
    assert_eq!(union_after("type Partition ="), Partition::ALL.map(Partition::name).into());
    assert_eq!(union_after("type NoteCode ="), notes);
    assert_eq!(union_after("type PosternErrorCode ="), errors);
    assert_eq!(union_after("Effect:"), [Effect::Allow, Effect::Deny].map(Effect::name).into());
    assert_eq!(union_after("Version:"), [Version::V2008, Version::V2012].map(Version::name).into());
}

#[test]
fn the_declared_names_of_findings_are_those_that_are_sent() {
    let types = [
        FindingType::Error,
        FindingType::SecurityWarning,
        FindingType::Warning,
        FindingType::Suggestion,
    ];
    assert_eq!(union_after("type FindingType ="), types.map(FindingType::name).into());
    assert_eq!(
        union_after("type PolicyType ="),
        PolicyKind::ALL.iter().map(|kind| kind.policy_type()).collect()
    );
    assert_eq!(
        union_after("type IdentityPolicyKind ="),
        IdentityPolicy::ALL.map(IdentityPolicy::name).into()
    );
    assert_eq!(
        union_after("applicability:"),
        [Applicability::Safe, Applicability::Unsafe].map(Applicability::name).into()
    );
    // The sample has them all, so that the compiler sees every form.
    let found = checked(&json!({})).unwrap();
    let wire = serde_json::to_string(&found).unwrap();
    for part in types.map(|kind| format!("\"{}\"", kind.name())) {
        assert!(wire.contains(&part), "the sample has no {part}");
    }
    for part in [
        "\"safe\"",
        "\"unsafe\"",
        "{\"value\":",
        "{\"index\":",
        "{\"key\":",
        "\"help\":null",
        "\"help\":\"",
        "\"fixes\":[]",
    ] {
        assert!(wire.contains(part), "the sample has no {part}: {wire}");
    }
    for options in check_options() {
        assert!(checked(&options).is_ok(), "{options}");
    }
    let known = checked(&json!({"?": 1})).unwrap_err().message;
    let list = known.split("Known are ").nth(1).unwrap().trim_end_matches('.');
    assert_eq!(
        fields(&block_after("interface ValidateOptions")),
        list.split(", ").map(str::to_owned).collect()
    );
}

#[test]
fn the_declared_names_of_decisions_are_those_that_are_sent() {
    use postern::evaluate::{Gate, Verdict};
    assert_eq!(union_after("type Layer ="), Gate::ALL.map(Gate::name).into());
    assert_eq!(union_after("type DecisionName ="), Verdict::ALL.map(Verdict::name).into());
    // The sample has every field in use, so that the compiler sees its type.
    let wire = serde_json::to_string(&decisions()).unwrap();
    for part in [
        "\"allowed\"",
        "\"explicit_deny\"",
        "\"implicit_deny\"",
        "\"depends\"",
        "\"matched\":null",
        "\"matched\":[{",
        "\"gate\":\"",
        "\"lacks\":[{",
        "\"requirements\":[{",
        "\"has\":\"absent\"",
        "\"oneOf\":[\"",
    ] {
        assert!(wire.contains(part), "the sample has no {part}: {wire}");
    }
    assert_eq!(decided(&json!({})).unwrap_err().message, "input.policies is missing.");
}

#[test]
fn the_declared_names_of_comparisons_are_those_that_are_sent() {
    assert_eq!(
        union_after("type AccessPolicyType ="),
        postern::access::PolicyType::ALL.map(|(name, _)| name).into()
    );
    assert_eq!(union_after("type PublicResourceType ="), postern::access::RESOURCE_TYPES.into());
    let [compare, granted, public] = access::refusals().try_into().unwrap();
    assert_eq!(fields(&block_after("interface AccessOptions")), known_in(&compare.message));
    assert_eq!(fields(&block_after("interface Access")), known_in(&granted.message));
    assert_eq!(public.path.as_deref(), Some("resourceType"));
    // The sample has every field in use, so that the compiler sees its type.
    let wire = serde_json::to_string(&(access::compared(), access::checked())).unwrap();
    for part in [
        "\"equal\"",
        "\"wider\"",
        "\"narrower\"",
        "\"different\"",
        "\"unknown\":[\"?",
        "\"assumptions\":[\"",
        "\"statementId\":null",
        "\"statementId\":\"",
        "\"deniedBy\":[{",
        "\"explicit_deny\"",
        "\"implicit_deny\"",
        "\"isKnown\":true",
        "\"pointer\":\"/Statement\"",
        "\"pointer\":\"/Statement/0\"",
    ] {
        assert!(wire.contains(part), "the sample has no {part}: {wire}");
    }
}

#[test]
fn the_declared_names_of_the_catalog_are_those_that_are_sent() {
    let levels = actions("*").iter().map(|action| action.access_level).collect();
    assert_eq!(union_after("type AccessLevel ="), levels);
    let types = condition_keys("*").iter().map(|key| key.family).collect();
    assert_eq!(union_after("type ConditionKeyType ="), types);
}

#[test]
fn the_catalog_tells_of_actions_what_it_knows() {
    let [Some(start), Some(run), None] = described() else { panic!("{:?}", described()) };
    assert_eq!(
        (start.action.as_str(), start.access_level, start.description.as_str(), start.service_name),
        ("ssm:StartSession", "Write", "Starting sessions", "AWS Systems Manager")
    );
    let instance = start.resource_types.iter().find(|one| one.name == "instance").unwrap();
    assert!(
        instance.arn_formats.iter().any(|format| format.starts_with("arn:${Partition}:ec2:")),
        "{instance:?}"
    );
    assert!(start.condition_keys.iter().any(|key| key.key == "ssm:SessionDocumentAccessCheck"));
    assert!(run.resource_types.iter().any(|one| one.is_required));
    // A service, a pattern and any case of the letters name the same.
    assert_eq!(actions("SSM:startSESSION"), actions("ssm:StartSession"));
    assert!(
        actions("ssm") == actions("ssm:*") && actions("*").len() == api::catalog_info().actions
    );
    assert_eq!(actions("ssm:Nothing*"), []);
    let keys = condition_keys("ssm:StartSession");
    for key in [
        "aws:PrincipalTag/${TagKey}",
        "ssm:SessionDocumentAccessCheck",
        "ssm:resourceTag/${TagKey}",
    ] {
        assert!(keys.iter().any(|one| one.key == key), "{key}: {keys:?}");
    }
    let refused =
        |text: &str| api::list_actions(Some(&api::Value::string(text.to_owned()))).is_err();
    for text in ["", "s3x", "*:Get*", "s3:", "s3:Get Object"] {
        assert!(refused(text), "{text}");
    }
    assert_eq!(api::describe_action(None).unwrap_err().path.as_deref(), Some("action"));
}

#[test]
fn the_samples_of_diagnoses_have_every_field_in_use() {
    let wire = serde_json::to_string(&all_diagnosed()).unwrap();
    for part in [
        "\"works\"",
        "\"fails\"",
        "\"unknown\"",
        "\"missing\":null",
        "\"missing\":{",
        "\"blocked\":[{",
        "\"used\":false",
        "\"gate\":\"",
        "\"pointer\":\"",
        "\"span\":null",
        "\"span\":{",
        "\"assumptions\":[\"",
        "\"dependsOn\":[\"",
    ] {
        assert!(wire.contains(part), "the sample has no {part}: {wire:.4000}");
    }
    assert_eq!(diagnoses::explained().len(), 2);
    for (interface, value) in
        [("RoleInput", json!({"?": 1})), ("Want", json!({"documents": [], "wants": [{"?": 1}]}))]
    {
        let message = diagnoses::diagnosed(&value).unwrap_err().message;
        let list = message.split("Known are ").nth(1).unwrap().trim_end_matches('.');
        let known = list.split(", ").map(str::to_owned).collect();
        assert_eq!(fields(&block_after(&format!("interface {interface}"))), known);
    }
}

#[test]
fn the_declared_fields_of_exports_are_those_that_are_read() {
    let of_target = exports::refused(&json!({"?": 1})).message;
    assert_eq!(fields(&block_after("interface ExportTarget")), known_in(&of_target));
    let of_setup = exports::set_up(&json!({"?": 1})).unwrap_err().message;
    assert_eq!(fields(&block_after("interface SetupOptions")), known_in(&of_setup));
    let wire = serde_json::to_string(&exports::targets()).unwrap();
    for field in fields(&block_after("interface ExportTarget")) {
        assert!(wire.contains(&format!("\"{field}\":")), "the sample has no {field}");
    }
}

#[test]
fn no_source_file_sends_a_code_that_is_not_declared() {
    let declared: BTreeSet<_> = union_after("type NoteCode =")
        .union(&union_after("type PosternErrorCode ="))
        .copied()
        .collect();
    let mut seen = BTreeSet::new();
    for (name, text) in senders() {
        for literal in text.split("#[cfg(test)]").next().unwrap().split('"') {
            let is_code = literal.contains('_')
                && !literal.starts_with('_')
                && literal.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
            if is_code {
                assert!(declared.contains(literal), "{name} has {literal}, types.d.ts has not");
                seen.insert(literal.to_owned());
            }
        }
    }
    assert!(seen.len() > 15, "only {seen:?} was found: the search is broken");
}

/// The options that a call says it knows, inside `field` when it is not empty.
fn known(call: &str, field: &str) -> BTreeSet<String> {
    let unknown = json!({"?": 1});
    let options = if field.is_empty() { unknown } else { json!({field: unknown}) };
    known_in(&build(call, &options).map(|_| ()).unwrap_err().message)
}

fn known_in(message: &str) -> BTreeSet<String> {
    let list = message.split("Known are ").nth(1).unwrap_or(message).trim_end_matches('.');
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_declared_options_are_those_that_are_read() {
    for (call, interface) in CALLS {
        let block = block_after(&format!("interface {interface}"));
        assert_eq!(fields(&block), known(call, ""), "{interface}");
        let inside = block.split(';').filter_map(|field| field.split_once(':'));
        for (name, kind) in inside.filter(|(_, kind)| kind.trim().ends_with("Options")) {
            let name = name.trim().trim_end_matches('?');
            let block = block_after(&format!("interface {}", kind.trim()));
            assert_eq!(fields(&block), known(call, name), "{interface}.{name}");
        }
    }
    // A parameter has a name of its own before its fields.
    let unknown = json!({"name": "Example", "sessionType": "Port", "parameters": {"p": {"?": 1}}});
    let error = build("session-document", &unknown).map(|_| ()).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("options.parameters.p.?"));
    let list = error.message.split("Known are ").nth(1).unwrap().trim_end_matches('.');
    assert_eq!(
        fields(&block_after("interface DocumentParameterOptions")),
        list.split(", ").map(str::to_owned).collect()
    );
    // What can be left out is declared so, and only that.
    let missing = build("node", &json!({"sessionEncryption": {}})).map(|_| ()).unwrap_err();
    assert_eq!(missing.message, "options.sessionEncryption.kmsKeyArn is missing.");
}

#[test]
fn what_is_required_cannot_be_left_out() {
    for (call, interface) in CALLS {
        let block = block_after(&format!("interface {interface}"));
        let full = options_of(call).into_iter().find(|it| it != &json!({})).unwrap();
        for field in fields(&block).iter().filter(|field| block.contains(&format!(" {field}:"))) {
            let mut options = full.clone();
            options.as_object_mut().unwrap().remove(field);
            let error = build(call, &options).map(|_| ()).unwrap_err();
            assert_eq!(error.path, Some(format!("options.{field}")), "{call}: {error:?}");
        }
    }
}

#[test]
fn the_declared_words_are_those_that_are_read() {
    /// What is told to somebody who gives another word.
    fn words<T: for<'de> Deserialize<'de>>() -> BTreeSet<String> {
        let given = IntoDeserializer::<serde::de::value::Error>::into_deserializer("?");
        let Err(refused) = T::deserialize(given) else { panic!("? is a word") };
        refused.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }
    let kinds = json!({"targets": {"kinds": "?"}});
    let managed = build("operator", &kinds).map(|_| ()).unwrap_err().message;
    let declared = [
        ("Scope", words::<Scope>()),
        ("NodeKind", words::<NodeKind>()),
        ("ManagedNodeKind", known_in(&managed)),
        ("AgentBuckets", words::<AgentBuckets>()),
        ("Edition", words::<Edition>()),
        ("Identity", words::<Identity>()),
        ("SessionType", words::<SessionType>()),
        ("Client", words::<Client>()),
        ("DataChannel", words::<DataChannel>()),
        ("Whose", words::<Whose>()),
        ("SignIn", words::<SignIn>()),
        ("FleetManager", words::<FleetManager>()),
        ("Preferences", words::<Preferences>()),
        ("RelatedKind", words::<RelatedKind>()),
        ("EndpointService", words::<EndpointService>()),
        ("Trusted", words::<Trusted>()),
        ("SessionDocumentType", words::<SessionDocumentType>()),
        ("ParameterType", words::<ParameterType>()),
        ("ExportFormat", words::<Format>()),
        ("AttachTo", words::<AttachTo>()),
        ("SetupFormat", words::<SetupFormat>()),
    ];
    for (name, words) in declared {
        let declared: BTreeSet<_> =
            union_after(&format!("type {name} =")).into_iter().map(str::to_owned).collect();
        assert_eq!(declared, words, "{name}");
    }
}

#[test]
fn the_objects_of_what_was_built_are_what_their_texts_say() {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let (policies, documents) = (policies(), documents());
    assert!(!policies.is_empty() && !documents.is_empty());
    for built in &policies {
        assert_eq!(serde_json::to_value(built).unwrap()["policy"], read(&built.json));
    }
    for built in &documents {
        assert_eq!(serde_json::to_value(built).unwrap()["document"], read(&built.json));
    }
}

#[test]
fn answers_have_all_their_fields() {
    // The compiler would let Rust leave out a field that is declared with a question mark.
    let types = without_comments();
    let interfaces: Vec<_> = types.split("export interface ").skip(1).collect();
    assert!(interfaces.len() >= 5, "{}", interfaces.len());
    for interface in interfaces {
        let name = interface.split_whitespace().next().unwrap();
        // IAM's own form leaves elements out.
        if !name.ends_with("Options")
            && ![
                "Statement",
                "PolicySet",
                "Access",
                "AccessRequest",
                "EvaluationsInput",
                "RoleInput",
                "Want",
                "ExportTarget",
            ]
            .contains(&name)
        {
            let body = block_after(&format!("interface {name}"));
            assert!(!body.contains("?:"), "{name} has a field that may be absent: {body}");
        }
    }
}

/// Shortens what would make the file long and says nothing about types.
fn cut(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) if text.len() > 1000 => {
            *text = format!("{}...", text.chars().take(60).collect::<String>());
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(cut),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(cut),
        _ => {}
    }
}

/// The source files that make refusals and notes.
fn senders() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    let mut folders = vec![src.join("api"), src.join("session")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { &mut folders } else { &mut paths }.push(path);
        }
    }
    paths.extend(["api.rs", "session.rs", "wasm.rs"].map(|name| src.join(name)));
    paths
        .into_iter()
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn without_comments() -> String {
    let mut rest = TYPES;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        out += before;
        rest = after.split_once("*/").unwrap().1;
    }
    out + rest
}

/// The string literals between a text and the next semicolon.
fn union_after(start: &str) -> BTreeSet<&'static str> {
    let after = TYPES.split_once(start).unwrap_or_else(|| panic!("types.d.ts has no {start}")).1;
    // A comment may stand between the members; none of them has a quotation mark or a semicolon.
    after.split_once(';').unwrap().0.split('"').skip(1).step_by(2).collect()
}

fn block_after(start: &str) -> String {
    block_in(&without_comments(), start)
}

/// What stands in the braces that follow a text.
fn block_in(types: &str, start: &str) -> String {
    let at = types
        .find(&format!("{start} "))
        .or_else(|| types.find(&format!("{start}?: {{")))
        .or_else(|| types.find(&format!("{start}: {{")))
        .unwrap_or_else(|| panic!("types.d.ts has no {start}"));
    let open = at + types[at..].find('{').unwrap();
    let mut depth = 0;
    for (i, c) in types[open..].char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return types[open + 1..open + i].to_owned();
        }
    }
    panic!("types.d.ts does not close {start}");
}

/// The names of the fields in a block, without those of blocks inside it.
fn fields(block: &str) -> BTreeSet<String> {
    let mut depth = 0;
    let mut outer = String::new();
    for c in block.chars() {
        depth -= i32::from(c == '}');
        if depth == 0 {
            outer.push(c);
        }
        depth += i32::from(c == '{');
    }
    let name = |field: &str| field.split([':', '?']).next().unwrap().trim().to_owned();
    outer.split(';').map(name).filter(|name| !name.is_empty()).collect()
}
