//! The service catalog: all of it against digests of its source, and facts that the checks depend on.

use postern::aws::catalog::{
    self, AccessLevel, Action, Availability, ConditionKey, GlobalConditionKey, ResourceType,
    Service,
};
use postern::aws::{matches_glob, Arn, Family};

/// A digest for each service, made from the source by tests/catalog.test.mjs.
const DIGESTS: &str = include_str!("catalog/digests.txt");

#[test]
fn everything_is_read_as_the_source_has_it() {
    let expected: Vec<_> = DIGESTS.lines().collect();
    let read: Vec<_> = catalog::services()
        .map(|service| format!("{} {:08x}", service.prefix(), digest(&listing(service))))
        .collect();
    for (expected, read) in expected.iter().zip(&read) {
        assert_eq!(expected, read);
    }
    assert_eq!(expected.len(), read.len());
}

#[test]
fn the_counts_are_those_of_the_tables() {
    assert_eq!(catalog::services().count(), catalog::services().len());
    let actions: usize = catalog::services().map(|s| s.actions().count()).sum();
    assert_eq!(actions, catalog::action_count());
    assert!(catalog::services().len() > 400 && actions > 20_000);
    let date: Vec<_> = catalog::date().split('-').map(str::len).collect();
    assert_eq!(date, [4, 2, 2], "{}", catalog::date());
}

#[test]
fn every_name_is_found_in_either_case() {
    for service in catalog::services() {
        let spellings = |name: &str| [name.to_owned(), name.to_uppercase(), name.to_lowercase()];
        for prefix in spellings(service.prefix()) {
            assert_eq!(Service::find(&prefix), Some(service), "{prefix}");
        }
        for action in service.actions() {
            for name in spellings(action.name()) {
                assert_eq!(service.action(&name), Some(action), "{name}");
            }
            assert_eq!(service.action(&format!("{}x", action.name())), None);
        }
        for resource_type in service.resource_types() {
            for name in spellings(resource_type.name) {
                assert_eq!(service.resource_type(&name), Some(resource_type), "{name}");
            }
        }
        for key in service.condition_keys() {
            for name in spellings(key.name) {
                assert_eq!(service.condition_key(&name), Some(key), "{name}");
                // Another service's list may have another type for it.
                assert_eq!(
                    ConditionKey::find(&name).unwrap().name.to_lowercase(),
                    key.name.to_lowercase()
                );
            }
        }
    }
}

#[test]
fn names_that_do_not_exist_are_not_found() {
    for prefix in ["", "*", "s", "s33", "S3 ", "zzz", "aws", "==", "é"] {
        assert_eq!(Service::find(prefix), None, "{prefix}");
    }
    for name in ["", "Get", "GetObject*", "GetObjects", "GetObject R", "é"] {
        assert_eq!(service("s3").action(name), None, "{name}");
    }
    for key in [
        "",
        "aws",
        "aws:",
        "s3:",
        "s3:nothing",
        "nothing:key",
        "aws:nothing",
        "s3:ExistingObjectTag/",
        "kms:EncryptionContext:",
        "aws:RequestTag",
        "aws:RequestTag/",
        "s3:prefix S",
        "events:Metadata//Matcher",
    ] {
        // The last is Metadata with the odd name "/Matcher".
        let expected = key.starts_with("events:").then_some("events:Metadata/${MetadataKey}");
        assert_eq!(ConditionKey::find(key).map(|k| k.name), expected, "{key}");
    }
}

#[test]
fn patterns_find_what_a_search_through_all_names_finds() {
    let patterns = [
        "*",
        "**",
        "?",
        "",
        "get*",
        "Get*",
        "*Object",
        "Get?bject",
        "G*t*Tagging",
        "List*s",
        "*Session*",
        "Start*",
        "StartSession",
        "startsession",
        "StartSession*Session",
        "GetObject*t",
        "Describe*Instance?",
        "z*",
        "Get*\u{e9}",
        "*\u{e9}*",
        "?*",
    ];
    for service in ["s3", "ssm", "ec2", "ssmmessages", "a2c", "kms"].map(service) {
        for pattern in patterns {
            let lower = pattern.to_ascii_lowercase();
            let expected: Vec<_> = service
                .actions()
                .filter(|action| matches_glob(&lower, &action.name().to_ascii_lowercase()))
                .collect();
            let found: Vec<_> = service.actions_matching(pattern).collect();
            assert_eq!(found, expected, "{service:?} {pattern}");
            assert_eq!(service.has_action_matching(pattern), !expected.is_empty());
        }
    }
    assert!(service("account").has_action_matching("Get*"));
    assert!(!service("account").has_action_matching("Describe*"));
}

#[test]
fn actions_have_their_levels_resources_and_keys() {
    let get_object = action("s3", "getobject");
    assert_eq!(get_object.name(), "GetObject");
    assert_eq!(get_object.access_level(), AccessLevel::Read);
    assert_eq!(types(get_object), ["accesspointobject", "object"]);
    assert!(get_object.supports_condition_key("s3:ExistingObjectTag/Team"));
    assert!(get_object.supports_condition_key("aws:ResourceTag/Team"));
    assert!(!get_object.supports_condition_key("s3:max-keys"));

    assert_eq!(types(action("kms", "Decrypt")), ["key!"]);
    let keys: Vec<_> = action("kms", "Decrypt").condition_keys().map(|k| k.name).collect();
    for key in
        ["kms:ViaService", "kms:EncryptionContext:${EncryptionContextKey}", "kms:CallerAccount"]
    {
        assert!(keys.contains(&key), "{keys:?}");
    }
    assert!(
        action("kms", "Decrypt").supports_condition_key("KMS:encryptioncontext:aws:ssm:SessionId")
    );

    let start = action("ssm", "StartSession");
    assert_eq!(start.access_level(), AccessLevel::Write);
    assert_eq!(types(start), ["document", "instance", "managed-instance", "task"]);
    assert!(start.supports_condition_key("ssm:SessionDocumentAccessCheck"));

    // Nothing that a node sends through ssmmessages names a resource or a tag.
    for action in service("ssmmessages").actions() {
        assert!(action.is_wildcard_only(), "{}", action.name());
        assert!(!action.supports_condition_key("aws:ResourceTag/a"));
        assert_eq!(action.resource_types().count(), 0);
    }
    assert_eq!(action("ec2", "CreateTags").access_level(), AccessLevel::Tagging);
    assert_eq!(action("iam", "PassRole").access_level(), AccessLevel::Write);
    assert_eq!(action("iam", "PutRolePolicy").access_level(), AccessLevel::PermissionsManagement);
    // Its list of resource types is the longest, with codes of one and of two characters.
    let run = action("ec2", "RunInstances");
    assert!(run.resource_types().any(|r| r.resource_type.name == "instance" && r.is_required));
    let volume = run.resource_types().find(|r| r.resource_type.name == "volume").unwrap();
    assert!(volume.condition_keys().any(|k| k.name == "ec2:Encrypted"));
}

#[test]
fn arn_formats_have_their_fields() {
    let formats = |prefix, name| {
        let resource_type: ResourceType = service(prefix).resource_type(name).unwrap();
        resource_type.arn_formats().map(text).collect::<Vec<_>>()
    };
    assert_eq!(formats("s3", "object"), ["arn:${Partition}:s3:::${BucketName}/${ObjectName}"]);
    assert_eq!(formats("kms", "key"), ["arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}"]);
    assert_eq!(
        formats("lex", "bot alias"),
        [
            "arn:${Partition}:lex:${Region}:${Account}:bot-alias/${BotId}/${BotAliasId}",
            "arn:${Partition}:lex:${Region}:${Account}:bot:${BotName}:${BotAlias}",
        ]
    );
    for resource_type in catalog::services().flat_map(Service::resource_types) {
        assert!(resource_type.arn_formats().count() > 0, "{}", resource_type.name);
        for format in resource_type.arn_formats() {
            assert_eq!(format.partition, "${Partition}", "{}", resource_type.name);
        }
    }
}

#[test]
fn services_in_arns_are_more_than_prefixes() {
    for name in ["s3", "ssm", "ssmmessages", "catalog", "route53-recovery-control"] {
        assert_eq!(catalog::arn_service(name), Some(name), "{name}");
        assert!(catalog::arn_services().any(|known| known == name), "{name}");
    }
    for name in ["", "S3", "Catalog", "elastic-inference", "${Vendor}", "*", "cat"] {
        assert_eq!(catalog::arn_service(name), None, "{name}");
        assert!(catalog::arn_services().all(|known| known != name), "{name}");
    }
    let types = |name| {
        let found = catalog::resource_types_of_arn_service(name);
        found.map(|t| format!("{}/{}", t.service.prefix(), t.name)).collect::<Vec<_>>()
    };
    assert_eq!(types("catalog"), ["servicecatalog/Portfolio", "servicecatalog/Product"]);
    assert!(types("ec2").contains(&"ec2/instance".to_owned()));
    assert!(types("ec2").contains(&"ssm/instance".to_owned()));
    assert!(!types("ssm").contains(&"ssm/instance".to_owned()));
    assert_eq!(types("nothing").len(), 0);
}

#[test]
fn keys_have_their_types() {
    use Family::*;
    for (text, name, family, is_multivalued) in [
        ("aws:requesttag/Team", "aws:RequestTag/${TagKey}", String, false),
        ("aws:TagKeys", "aws:TagKeys", String, true),
        ("AWS:SourceIP", "aws:SourceIp", IpAddress, false),
        ("aws:CurrentTime", "aws:CurrentTime", Date, false),
        ("aws:PrincipalTag/a/b:c", "aws:PrincipalTag/${TagKey}", String, false),
        ("s3:max-keys", "s3:max-keys", Numeric, false),
        ("s3:ExistingObjectTag/a", "s3:ExistingObjectTag/<key>", String, false),
        ("events:Metadata/a", "events:Metadata/${MetadataKey}", String, true),
        ("events:Metadata/a/Matcher", "events:Metadata/${MetadataKey}/Matcher", String, false),
        ("ec2:SourceInstanceARN", "ec2:SourceInstanceARN", Arn, false),
        ("ssm:SourceInstanceARN", "ssm:SourceInstanceARN", Arn, false),
        ("ssm:resourceTag/Env", "ssm:resourceTag/${TagKey}", String, false),
        ("iam:PassedToService", "iam:PassedToService", String, false),
        ("cognito-identity.amazonaws.com:aud", "cognito-identity.amazonaws.com:aud", String, false),
        ("token.actions.githubusercontent.com:sub", "", String, false),
        (
            "token.actions.githubusercontent.com:ref",
            "token.actions.githubusercontent.com:ref",
            String,
            false,
        ),
        (
            "agent.a.buildkite.dev:cluster_id",
            "agent.${Domain}.buildkite.dev:cluster_id",
            String,
            false,
        ),
        ("saml:cn", "saml:cn", String, true),
        (
            "elasticloadbalancing:ResourceTag/a",
            "elasticloadbalancing:ResourceTag/${TagKey}",
            String,
            false,
        ),
        // Lists q and qbusiness have several values of it, its own service one.
        ("identitystore:UserId", "identitystore:UserId", String, false),
    ] {
        let expected = (!name.is_empty()).then_some(ConditionKey { name, family, is_multivalued });
        assert_eq!(ConditionKey::find(text), expected, "{text}");
    }
    assert!(service("q").condition_key("identitystore:UserId").unwrap().is_multivalued);
}

#[test]
fn a_family_of_tags_without_a_tag_is_recognised() {
    for (text, expected) in [
        ("aws:RequestTag", Some("aws:RequestTag/${TagKey}")),
        ("aws:resourcetag/", Some("aws:ResourceTag/${TagKey}")),
        ("ssm:resourceTag/", Some("ssm:resourceTag/${TagKey}")),
        ("s3:ExistingObjectTag", Some("s3:ExistingObjectTag/<key>")),
        ("aws:RequestTag/a", None),
        ("aws:TagKeys", None),
        ("kms:EncryptionContext:", None),
        ("events:Metadata/", None),
        ("aws:", None),
        ("", None),
    ] {
        assert_eq!(ConditionKey::missing_tag_key(text).map(|k| k.name), expected, "{text}");
    }
}

#[test]
fn overrides_hold() {
    let proposed = ConditionKey::find("codestar-connections:ProviderAction").unwrap();
    assert!(proposed.is_multivalued);
    assert!(ConditionKey::find("cognito-identity.amazonaws.com:amr").unwrap().is_multivalued);
    assert!(ConditionKey::find("saml:eduPersonOrgDN").unwrap().is_multivalued);
}

#[test]
fn global_keys_are_sorted_and_complete() {
    let names: Vec<_> = GlobalConditionKey::all().map(|g| g.key.name).collect();
    assert!(names.is_sorted_by_key(|name| name.to_lowercase()));
    assert_eq!(names.len(), 54);
    assert!(names.iter().all(|name| name.starts_with("aws:")));
    for name in names {
        assert_eq!(ConditionKey::find(name).map(|k| k.name), Some(name));
    }
    assert_eq!(GlobalConditionKey::find("aws:ARN"), None);
    let always = GlobalConditionKey::find("aws:CurrentTime").unwrap();
    assert_eq!(always.availability, Availability::Always);
    let user = GlobalConditionKey::find("aws:username").unwrap();
    assert_eq!(user.availability, Availability::When("an IAM user calls"));
    let multivalued = GlobalConditionKey::all().filter(|g| g.key.is_multivalued);
    assert_eq!(
        multivalued.map(|g| g.key.name).collect::<Vec<_>>(),
        [
            "aws:CalledVia",
            "aws:PrincipalOrgPaths",
            "aws:PrincipalServiceNamesList",
            "aws:ResourceOrgPaths",
            "aws:SourceOrgPaths",
            "aws:TagKeys",
            "aws:VpceOrgPaths",
        ]
    );
}

#[test]
fn own_lists_name_what_the_catalog_has() {
    let sensitive = GlobalConditionKey::all().filter(|global| global.is_sensitive());
    assert_eq!(sensitive.count(), 10);
    let limited: Vec<_> = GlobalConditionKey::all().filter_map(|g| g.key.only_services()).collect();
    assert_eq!(limited.len(), 3);
    for list in limited {
        assert!(list.is_sorted() && list.contains(&"s3") && !list.contains(&"sts"));
        for prefix in list {
            assert!(Service::find(prefix).is_some(), "{prefix}");
        }
    }
    let supports = |prefix| service(prefix).supports_resource_control_policies();
    assert!(supports("s3") && supports("kms") && supports("logs"));
    assert!(!supports("ssm") && !supports("ec2") && !supports("iam"));
    let count = catalog::services().filter(|s| s.supports_resource_control_policies()).count();
    assert_eq!(count, 62);
}

fn service(prefix: &str) -> Service {
    Service::find(prefix).expect(prefix)
}

fn action(prefix: &str, name: &str) -> Action {
    service(prefix).action(name).expect(name)
}

/// The names of the resource types, those that are required with `!`.
fn types(action: Action) -> Vec<String> {
    let mark = |required| if required { "!" } else { "" };
    action
        .resource_types()
        .map(|r| format!("{}{}", r.resource_type.name, mark(r.is_required)))
        .collect()
}

fn text(arn: Arn) -> String {
    let Arn { partition, service, region, account, resource } = arn;
    format!("arn:{partition}:{service}:{region}:{account}:{resource}")
}

/// Everything about a service, in the words of the source; tests/catalog.test.mjs writes the same.
fn listing(service: Service) -> String {
    let names = |keys: &mut dyn Iterator<Item = ConditionKey>| {
        let mut names: Vec<_> = keys.map(|key| key.name).collect();
        names.sort_unstable();
        names.join(",")
    };
    let mut lines = Vec::new();
    for key in service.condition_keys() {
        let family = match key.family {
            Family::Arn => "ARN".to_owned(),
            Family::IpAddress => "IPAddress".to_owned(),
            other => format!("{other:?}"),
        };
        let array = if key.is_multivalued { "ArrayOf" } else { "" };
        lines.push(format!("key {} {array}{family}", key.name));
    }
    for t in service.resource_types() {
        let formats: Vec<_> = t.arn_formats().map(text).collect();
        lines.push(format!(
            "type {} {} {}",
            t.name,
            formats.join(", "),
            names(&mut t.condition_keys())
        ));
    }
    for action in service.actions() {
        let mut resources: Vec<_> = action
            .resource_types()
            .map(|r| {
                format!(
                    "{} {} {}",
                    r.resource_type.name,
                    r.is_required,
                    names(&mut r.condition_keys())
                )
            })
            .collect();
        resources.sort_unstable();
        let (level, keys) = (action.access_level(), names(&mut action.condition_keys()));
        lines.push(format!("action {} {level:?} {keys} {}", action.name(), resources.join(";")));
    }
    lines.sort_unstable();
    let supports = service.supports_resource_control_policies();
    format!("{} {} {supports}\n{}\n", service.prefix(), service.name(), lines.join("\n"))
}

/// FNV-1a with 32 bits.
fn digest(text: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, step)
}
