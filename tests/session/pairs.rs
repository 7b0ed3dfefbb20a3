//! Every option of the builders with values that it may have, to be taken two at a time.

use serde_json::{json, Value as Json};

const ROLE: &str = "arn:aws:iam::111122223333:role/ExampleNodeRole";
const NODE: &str = "i-0123456789abcdef0";

/// The values of `sessions`.
pub const SESSIONS: [&str; 6] = [
    "shell",
    "ssh",
    "port-forwarding",
    "remote-host-port-forwarding",
    "interactive-command",
    "non-interactive-command",
];

/// Keys of one account, of another, and all of one.
pub const KEYS: [&str; 3] = [
    "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-east-2:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab",
    "arn:aws:kms:*:111122223333:key/*",
];

/// An option, such as `targets.tags`, with one of its values.
#[derive(Clone)]
pub struct Choice {
    pub at: &'static str,
    pub value: Json,
}

/// An option that takes something away from what is allowed.
pub struct Restriction {
    pub choice: Choice,
    /// The option with everything that it allows without the restriction; `None` where it is absent.
    pub without: Option<Json>,
}

/// Options with another one set, objects on the way to it made where they are absent.
pub fn with(options: &Json, choice: &Choice) -> Json {
    let mut all = options.clone();
    let mut place = &mut all;
    for name in choice.at.split('.') {
        place = &mut place[name];
    }
    *place = choice.value.clone();
    all
}

/// Whether one of them would write over the other.
pub fn is_one_place(a: &Choice, b: &Choice) -> bool {
    let holds = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    holds(a.at, b.at) || holds(b.at, a.at)
}

fn choices(all: Vec<(&'static str, Vec<Json>)>) -> Vec<Choice> {
    let of_one = |(at, values): (&'static str, Vec<Json>)| {
        values.into_iter().map(move |value| Choice { at, value })
    };
    all.into_iter().flat_map(of_one).collect()
}

fn flags() -> Vec<Json> {
    vec![json!(true), json!(false)]
}

fn words(all: &[&str]) -> Vec<Json> {
    all.iter().map(|word| json!(word)).collect()
}

/// Tags of which two are one to IAM.
fn tags() -> Vec<Json> {
    vec![
        json!({"Team": ["web", "shop"]}),
        json!({"Cost Center": "1/2", "Team": "web"}),
        json!({"Team": "web", "team": "shop"}),
    ]
}

/// What the options of a call are taken beside.
pub fn bases(call: &str) -> Vec<Json> {
    let place = json!({"region": "us-east-2", "accountId": "111122223333"});
    let beside = |more: Json| {
        let mut all = place.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    match call {
        "node" => vec![place.clone(), beside(json!({"scope": "least-privilege"}))],
        "operator" => vec![
            // The tight form is one for both editions.
            place.clone(),
            beside(json!({"edition": "2023"})),
            beside(json!({"scope": "least-privilege"})),
        ],
        "log-bucket-key-policy" => {
            vec![beside(json!({"bucket": "example-session-logs"}))]
        }
        "log-group-key-policy" => vec![beside(json!({"logGroup": "/example/session-logs"}))],
        "bucket-policy" => vec![json!({"bucket": "example-session-logs"})],
        "endpoint-policy" => vec![beside(json!({"service": "ssm"}))],
        "endpoints" => vec![json!({"region": "us-east-2"})],
        "trust-policy" => vec![beside(json!({"trusted": "ec2"}))],
        "preferences-document" => vec![json!({})],
        "session-document" => {
            vec![json!({"name": "Example", "sessionType": "Port", "portNumber": 22})]
        }
        _ => vec![place],
    }
}

/// The calls, each with its choices.
pub fn calls() -> Vec<(&'static str, Vec<Choice>)> {
    vec![
        ("node", node()),
        ("operator", operator()),
        (
            "session-key-policy",
            choices(vec![
                ("nodeRoleArns", vec![json!(ROLE)]),
                ("operatorArns", vec![json!("arn:aws:iam::444455556666:root")]),
                ("kinds", vec![json!(["ec2", "hybrid"]), json!("ecs")]),
                ("region", words(&["eusc-de-east-1", "cn-north-1"])),
            ]),
        ),
        (
            "log-bucket-key-policy",
            choices(vec![
                ("nodeRoleArns", vec![json!(ROLE)]),
                ("bucket", words(&["example.session.logs"])),
                ("region", words(&["eusc-de-east-1", "cn-north-1"])),
            ]),
        ),
        (
            "log-group-key-policy",
            choices(vec![
                ("logGroup", words(&["/example/a#b"])),
                ("region", words(&["eusc-de-east-1", "cn-north-1"])),
            ]),
        ),
        (
            "bucket-policy",
            choices(vec![
                ("nodeRoleArns", vec![json!(ROLE)]),
                ("prefix", words(&["prod", "a*b?c$d"])),
                ("bucket", words(&["example.session.logs"])),
            ]),
        ),
        (
            "endpoint-policy",
            choices(vec![
                ("service", words(&["ssm", "ssmmessages", "ec2messages", "s3", "kms", "logs"])),
                ("bucket", words(&["example-session-logs"])),
                ("kmsKeyArn", vec![json!(KEYS)]),
                ("operators", flags()),
            ]),
        ),
        (
            "endpoints",
            choices(vec![
                ("legacyChannel", flags()),
                ("sessionEncryption", flags()),
                ("s3Logs", flags()),
                ("cloudWatchLogs", flags()),
                ("operators", flags()),
                ("region", words(&["cn-north-1", "eu-new-9"])),
            ]),
        ),
        (
            "trust-policy",
            choices(vec![
                ("scope", words(&["guide", "least-privilege"])),
                (
                    "trusted",
                    vec![
                        json!("hybrid"),
                        json!("ecs"),
                        json!("host-management"),
                        json!(["ec2", "hybrid", "ecs", "host-management"]),
                    ],
                ),
                ("region", words(&["cn-north-1"])),
                ("githubSubjects", words(&["repo:example-org/example:ref:refs/heads/main"])),
                ("samlProvider", words(&["ExampleIdP"])),
                ("principalArns", vec![json!(ROLE), json!("arn:aws:iam::444455556666:root")]),
                ("organizationId", words(&["o-a1b2c3d4e5"])),
                ("externalId", words(&["example-12345"])),
                ("mfa", flags()),
                ("sessionTags", flags()),
            ]),
        ),
        (
            "session-guard",
            choices(vec![
                ("withoutMfa", flags()),
                (
                    "onlyDocuments",
                    vec![json!(["SSM-SessionManagerRunShell", "AWS-StartSSHSession"])],
                ),
                ("noSharing", words(&["public", "any"])),
                ("allowList", flags()),
                ("exceptTags", tags()),
                ("region", words(&["cn-north-1"])),
            ]),
        ),
        (
            "host-management-guard",
            choices(vec![
                ("exceptTags", tags()),
                ("region", words(&["cn-north-1"])),
                ("accountId", words(&["444455556666"])),
            ]),
        ),
        (
            "preferences-document",
            choices(vec![
                ("name", words(&["--evil", "AuditedShell", "---", ".."])),
                ("region", words(&["us-east-1"])),
                ("exists", flags()),
            ]),
        ),
        (
            "session-document",
            choices(vec![
                ("name", words(&["--evil", "-h.", "ReadLog"])),
                ("region", words(&["us-east-1"])),
                ("exists", flags()),
            ]),
        ),
    ]
}

pub fn node() -> Vec<Choice> {
    let s3 = |more: Json| {
        let mut all = json!({"bucket": "example-session-logs"});
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    choices(vec![
        ("sids", flags()),
        ("kinds", vec![json!("hybrid"), json!("ecs"), json!(["ec2", "hybrid", "ecs"])]),
        ("instanceIds", vec![json!(NODE), json!([NODE, "mi-0123456789abcdef0"])]),
        ("onlyOnNodes", flags()),
        ("channel", flags()),
        ("heartbeat", flags()),
        ("sessionEncryption.kmsKeyArn", vec![json!(KEYS[0]), json!(KEYS)]),
        ("sessionEncryption", encryption()),
        ("bucketEncryptionCheck", flags()),
        (
            "s3Logs",
            vec![
                s3(json!({})),
                s3(json!({"prefix": "a*b?c$d", "kmsKeyArn": KEYS[0]})),
                s3(json!({"otherAccount": true, "kmsKeyArn": "*"})),
                s3(json!({"upload": false})),
            ],
        ),
        (
            "cloudWatchLogs",
            vec![
                json!({}),
                json!({"logGroup": "/example/session-logs"}),
                json!({"streaming": true, "encryptionCheck": true}),
            ],
        ),
        ("runCommand", flags()),
        ("legacyChannel", flags()),
        ("stateManager", flags()),
        ("documentParameters", vec![json!(["/example/user", "other"])]),
        ("agentBuckets", words(&["minimum", "all"])),
    ])
}

fn encryption() -> Vec<Json> {
    vec![
        json!({"kmsKeyArn": KEYS[0], "encryptionContext": true}),
        json!({"kmsKeyArn": KEYS[0], "encryptionContext": false}),
        json!({"kmsKeyArn": KEYS}),
    ]
}

pub fn operator() -> Vec<Choice> {
    let exec = |more: Json| {
        let mut all = json!({"cluster": "example"});
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let mut of_tasks: Vec<_> = tags().into_iter().map(|tags| exec(json!({"tags": tags}))).collect();
    of_tasks.push(exec(json!({"denyDirectSessions": true})));
    of_tasks.push(exec(json!({"denyDirectSessions": false})));
    choices(vec![
        ("sids", flags()),
        ("identity", words(&["iam-user"])),
        ("targets.instanceIds", vec![json!(NODE), json!([NODE, "mi-0123456789abcdef0"])]),
        ("targets.tags", tags()),
        ("targets.principalTags", words(&["Team", "team", "Project"])),
        ("targets.principalTags", vec![json!(["Team", "team"]), json!(["Team", "Project"])]),
        (
            "targets.anyTags",
            vec![json!({"Owner": "jane", "Stage": ["test", "dev"]}), json!({"team": "web"})],
        ),
        ("targets.kinds", vec![json!("hybrid"), json!(["ec2", "hybrid"])]),
        ("sessions", words(&SESSIONS)),
        ("sessions", vec![json!([]), json!(SESSIONS)]),
        ("documents", words(&["ExampleSessionDocument"])),
        ("clients", words(&["cli", "session-manager-console", "ec2-console"])),
        ("documentAccessCheck", flags()),
        ("dataChannel", words(&["none", "own", "any", "everything"])),
        ("endSessions.whose", words(&["user-name", "user-id", "session-tag", "anyone", "nobody"])),
        ("endSessions.ownerId", words(&["AROACKCEVSQ6C2EXAMPLE:jane@example.com"])),
        ("endSessions.targetId", words(&[NODE])),
        ("endSessions.resume", flags()),
        ("sessionEncryption", encryption()),
        ("updateAgent", flags()),
        ("documentChooser", words(&["SessionDocument-"])),
        (
            "remoteDesktop",
            vec![
                json!({}),
                json!({"signIn": []}),
                json!({"signIn": ["key-pair", "identity-center"]}),
            ],
        ),
        ("fleetManager", words(&["read-only", "administrator"])),
        ("ecsExec", of_tasks),
        ("justInTime", flags()),
        ("runCommand", vec![json!(["AWS-RunShellScript", "Patch"])]),
        ("startInstances", flags()),
        (
            "instanceConnect",
            vec![
                json!({"endpointIds": "eice-0123456789abcdef0", "port": 22, "maxSeconds": 3_600}),
                json!({"ipRanges": "10.0.1.0/24", "osUsers": "ec2-user"}),
            ],
        ),
        ("ansibleBucket", words(&["example-ansible"])),
        ("expires", words(&["2027-01-31T00:00:00Z"])),
        ("history", flags()),
        ("preferences", words(&["edit", "edit-and-delete"])),
        ("administrator", flags()),
        ("hostManagement", flags()),
        ("inlinePolicyOf", words(&["ExampleNodeRole"])),
        ("deny.shell", flags()),
        ("deny.ssh", flags()),
        ("deny.preferences", flags()),
        ("deny.taskSessions", words(&["*", "example"])),
        ("deny.hostManagement", flags()),
        ("deny.withoutMfa", flags()),
        // None of the nodes that are meant has one of these.
        ("deny.nodeTags", vec![json!({"Locked": "yes", "Owner": ["joe", "a.b"]})]),
        ("denyOnly", flags()),
        ("deny.after", words(&["2027-01-31T00:00:00Z"])),
        ("deny.outsideIpRanges", vec![json!(["203.0.113.0/24", "198.51.100.0/24"])]),
        ("deny.outsideVpcEndpoints", words(&["vpce-0123456789abcdef0"])),
    ])
}

/// Options that only take away.
pub fn restrictions(call: &str) -> Vec<Restriction> {
    let mut all = Vec::new();
    let mut add = |at: &'static str, value: Json, without: Option<Json>| {
        all.push(Restriction { choice: Choice { at, value }, without });
    };
    let [context, no_context, _] = encryption().try_into().unwrap();
    add("sessionEncryption", context, Some(no_context));
    if call == "node" {
        add("instanceIds", json!(NODE), None);
        add("onlyOnNodes", json!(true), None);
        let bucket = json!({"bucket": "example-session-logs"});
        add("s3Logs", json!({"bucket": "example-session-logs", "prefix": "prod"}), Some(bucket));
        add("cloudWatchLogs", json!({"logGroup": "/example/session-logs"}), Some(json!({})));
        return all;
    }
    add("targets.instanceIds", json!(NODE), None);
    add("documentAccessCheck", json!(true), Some(json!(false)));
    for tags in tags() {
        add("targets.tags", tags.clone(), None);
        let exec = json!({"cluster": "example", "tags": tags});
        add("ecsExec", exec, Some(json!({"cluster": "example"})));
    }
    add("targets.anyTags", json!({"Team": "web", "Project": "web"}), None);
    add("expires", json!("2027-01-31T00:00:00Z"), None);
    for keys in [json!("Team"), json!("team"), json!("Project"), json!(["Team", "Project"])] {
        add("targets.principalTags", keys, None);
    }
    let exec = |denies: bool| json!({"cluster": "example", "denyDirectSessions": denies});
    add("ecsExec", exec(true), Some(exec(false)));
    add("endSessions.targetId", json!(NODE), None);
    add("endSessions.resume", json!(false), Some(json!(true)));
    for what in
        ["deny.shell", "deny.ssh", "deny.preferences", "deny.hostManagement", "deny.withoutMfa"]
    {
        add(what, json!(true), Some(json!(false)));
    }
    for cluster in ["*", "example"] {
        // An empty object asks for no session either.
        add("deny.taskSessions", json!(cluster), None);
    }
    add("deny.outsideIpRanges", json!("203.0.113.0/24"), None);
    add("deny.outsideVpcEndpoints", json!("vpce-0123456789abcdef0"), None);
    all
}
