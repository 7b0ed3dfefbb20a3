//! Whose the policies of a pasted template are, whether they are there, and what bounds who has them.

use postern::diagnose::{diagnose_role, Pasted, Works};

use super::{diagnose, documents, only, pasted, want};

const CHANNEL: &str =
    r#"{"Statement":[{"Effect":"Allow","Action":"ssmmessages:*","Resource":"*"}]}"#;
const OTHER: &str = r#"{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;

fn resource(id: &str, kind: &str, properties: &str) -> String {
    conditional(id, kind, properties, "")
}

fn conditional(id: &str, kind: &str, properties: &str, more: &str) -> String {
    format!(r#""{id}":{{"Type":"AWS::IAM::{kind}","Properties":{{{properties}}}{more}}}"#)
}

fn role(properties: &str) -> String {
    resource("W", "Role", properties)
}

fn inline(document: &str) -> String {
    format!(r#""Policies":[{{"PolicyName":"i","PolicyDocument":{document}}}]"#)
}

fn policy(of: &str) -> String {
    let of = if of.is_empty() { String::new() } else { format!(",{of}") };
    resource("P", "Policy", &format!(r#""PolicyName":"p","PolicyDocument":{CHANNEL}{of}"#))
}

fn managed(id: &str, document: &str) -> String {
    resource(id, "ManagedPolicy", &format!(r#""PolicyDocument":{document}"#))
}

const CORE: &str = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const OF_S3: &str = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

const ON: &str = r#","Condition":"Prod""#;

/// Name, resources, what stands beside them, the name of the role, and the result of `node.channel`.
type Case = (&'static str, Vec<String>, &'static str, Option<&'static str>, Works);

fn cases() -> Vec<Case> {
    let other = || resource("O", "Role", "");
    let to = |id: &str| format!(r#""Roles":[{{"Ref":"{id}"}}]"#);
    let on_condition = |properties: &str| conditional("P", "Policy", properties, ON);
    let own = format!(r#""PolicyName":"p","PolicyDocument":{CHANNEL},{}"#, to("W"));
    let other_on_condition = on_condition(&own.replace("ssmmessages:", "s3:"));
    let attached = |id: &str| format!(r#""ManagedPolicyArns":[{{"Ref":"{id}"}}]"#);
    let bound = |id: &str| format!(r#""PermissionsBoundary":{{"Ref":"{id}"}}"#);
    let user = resource("U", "User", &inline(CHANNEL));
    let group = resource("G", "Group", &inline(CHANNEL));
    let literal = r#""Roles":["web"]"#;
    let of_bucket = r#""B":{"Type":"AWS::S3::BucketPolicy","Properties":{"PolicyDocument":{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":{"Ref":"X"}}}}}"#;
    let of_things = format!(
        r#""B":{{"Type":"AWS::IoT::Policy","Properties":{{"PolicyName":"t","PolicyDocument":{CHANNEL}}}}}"#
    );
    let arns = |one: &str| format!(r#""ManagedPolicyArns":[{one}]"#);
    let select = |index: &str| format!(r#"{{"Fn::Select":[{index},["{CORE}","{OF_S3}"]]}}"#);
    let either = |other: &str| format!(r#"{{"Fn::If":["C","{CORE}","{other}"]}}"#);
    let plain = || vec![role("")];
    let stack = |value: &str| {
        format!(
            r#""S":{{"Type":"AWS::CloudFormation::Stack","Properties":{{"Parameters":{{"Role":{value}}}}}}}"#
        )
    };
    vec![
        ("own", vec![role(""), policy(&to("W"))], "", None, Works::Works),
        ("another's", vec![role(""), other(), policy(&to("O"))], "", Some("W"), Works::Fails),
        ("named", vec![role(""), other(), policy(&to("O"))], "", Some("O"), Works::Works),
        ("by name", vec![role(r#""RoleName":"web""#), policy(literal)], "", None, Works::Works),
        ("by name of another", vec![role(""), policy(literal)], "", Some("W"), Works::Fails),
        ("a user's", vec![role(""), user], "", Some("W"), Works::Fails),
        ("a group's", vec![role(""), group], "", None, Works::Fails),
        ("a parameter's", vec![role(""), policy(&to("Name"))], "", None, Works::Unknown),
        ("of a role elsewhere", vec![policy(&to("Name"))], "", None, Works::Works),
        ("alone", vec![policy("")], "", None, Works::Works),
        ("nobody's", vec![role(""), managed("M", CHANNEL)], "", None, Works::Unknown),
        ("attached", vec![role(&attached("M")), managed("M", CHANNEL)], "", None, Works::Works),
        (
            "attached in vain",
            vec![role(&attached("M")), managed("M", OTHER)],
            "",
            None,
            Works::Fails,
        ),
        ("attached elsewhere", vec![role(&attached("N"))], "", None, Works::Unknown),
        ("chosen by a number", vec![role(&arns(&select("0")))], "", None, Works::Works),
        ("chosen by a text", vec![role(&arns(&select(r#""1""#)))], "", None, Works::Fails),
        ("chosen behind the end", vec![role(&arns(&select("2")))], "", None, Works::Unknown),
        (
            "chosen by a parameter",
            vec![role(&arns(&select(r#"{"Ref":"I"}"#)))],
            "",
            None,
            Works::Unknown,
        ),
        ("the same in both cases", vec![role(&arns(&either(CORE)))], "", None, Works::Works),
        ("another one in a case", vec![role(&arns(&either(OF_S3)))], "", None, Works::Unknown),
        ("attached to nothing", vec![role(&attached("AWS::NoValue"))], "", None, Works::Fails),
        (
            "a list that is a parameter",
            vec![role(r#""ManagedPolicyArns":{"Ref":"Arns"}"#)],
            "",
            None,
            Works::Unknown,
        ),
        (
            "bounded",
            vec![role(&bound("M")), policy(&to("W")), managed("M", OTHER)],
            "",
            None,
            Works::Fails,
        ),
        (
            "not bounded",
            vec![role(&bound("M")), policy(&to("W")), managed("M", CHANNEL)],
            "",
            None,
            Works::Works,
        ),
        ("only bounded", vec![role(&bound("M")), managed("M", CHANNEL)], "", None, Works::Fails),
        (
            "a boundary that is a parameter",
            vec![role(&bound("Arn")), policy(&to("W"))],
            "",
            None,
            Works::Unknown,
        ),
        (
            "no boundary",
            vec![role(&bound("AWS::NoValue")), policy(&to("W"))],
            "",
            None,
            Works::Works,
        ),
        ("on a condition", vec![role(""), on_condition(&own)], "", None, Works::Unknown),
        (
            "of another action on a condition",
            vec![role(""), other_on_condition],
            "",
            None,
            Works::Fails,
        ),
        (
            "on the same condition",
            vec![conditional("W", "Role", "", ON), on_condition(&own)],
            "",
            None,
            Works::Works,
        ),
        ("given to a stack", vec![role(""), stack(r#"{"Ref":"W"}"#)], "", None, Works::Unknown),
        (
            "given to a stack in a text",
            vec![role(""), stack(r#"{"Fn::Sub":"a-${W}"}"#)],
            "",
            None,
            Works::Unknown,
        ),
        ("beside a stack", vec![role(""), stack(r#"{"Ref":"Other"}"#)], "", None, Works::Fails),
        (
            "with a text that is put in",
            vec![role(r#""Fn::Transform":{"Name":"AWS::Include","Parameters":{}}"#)],
            "",
            None,
            Works::Unknown,
        ),
        (
            "a macro",
            plain(),
            r#","Transform":["AWS::Serverless-2016-10-31","Mine"]"#,
            None,
            Works::Unknown,
        ),
        (
            "included",
            plain(),
            r#","Transform":{"Name":"AWS::Include","Parameters":{}}"#,
            None,
            Works::Unknown,
        ),
        (
            "a macro of AWS",
            plain(),
            r#","Transform":"AWS::LanguageExtensions""#,
            None,
            Works::Fails,
        ),
        (
            "a loop",
            vec![role(""), r#""Fn::ForEach::A":["a",["b"],{}]"#.to_owned()],
            "",
            None,
            Works::Unknown,
        ),
        ("of a bucket", vec![role(""), of_bucket.to_owned()], "", None, Works::Fails),
        ("of things", vec![role(""), of_things], "", None, Works::Fails),
        (
            "all denied",
            vec![
                role(r#""ManagedPolicyArns":["arn:aws:iam::aws:policy/AWSDenyAll"]"#),
                policy(&to("W")),
            ],
            "",
            None,
            Works::Fails,
        ),
    ]
}

#[test]
fn a_policy_of_a_template_counts_for_those_whom_it_names() {
    let mut problems = Vec::new();
    for (name, resources, beside, role, expected) in cases() {
        let text = format!(r#"{{"Resources":{{{}}}{beside}}}"#, resources.join(","));
        let mut input = documents(&[&text]);
        input.role_name = role.map(str::to_owned);
        let found = diagnose_role(&input, &[want("node.channel")]).unwrap();
        let result = only(&found).result;
        if result != expected {
            problems.push(format!("{name}: {result:?} for {expected:?}\n{text}\n{found:#?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn two_documents_of_one_managed_policy_are_none() {
    const ARN: &str = "arn:aws:iam::111122223333:policy/Mine";
    let attached =
        format!(r#"{{"AttachedPolicies":[{{"PolicyName":"Mine","PolicyArn":"{ARN}"}}]}}"#);
    let details = |document| {
        format!(
            r#"{{"Policies":[{{"Arn":"{ARN}","PolicyVersionList":[{{"Document":{document}}}]}}]}}"#
        )
    };
    let (one, other) = (details(CHANNEL), details(OTHER));
    for (texts, expected) in [
        ([&attached, &one, &one], Works::Works),
        ([&attached, &one, &other], Works::Unknown),
        ([&attached, &other, &one], Works::Unknown),
    ] {
        let found = diagnose(&texts.map(String::as_str), &[want("node.channel")]);
        assert_eq!(only(&found).result, expected, "{texts:?}");
    }
}

/// The document of a boundary stands in a text that is called as it is, or in account details.
#[test]
fn the_document_of_a_boundary_is_found_and_is_no_policy_of_the_role() {
    const ARN: &str = "arn:aws:iam::111122223333:policy/Bound";
    let role = format!(
        r#"{{"Role":{{"RoleName":"r","PermissionsBoundary":{{"PermissionsBoundaryArn":"{ARN}"}}}}}}"#
    );
    let inline = format!(r#"{{"RoleName":"r","PolicyName":"Bound","PolicyDocument":{CHANNEL}}}"#);
    let attached =
        format!(r#"{{"AttachedPolicies":[{{"PolicyName":"Bound","PolicyArn":"{ARN}"}}]}}"#);
    let version = |document: &str| Pasted {
        name: Some("Bound".to_owned()),
        text: format!(r#"{{"PolicyVersion":{{"Document":{document}}}}}"#),
        is_object: false,
    };
    let details = format!(
        r#"{{"Policies":[{{"PolicyName":"Bound","Arn":"{ARN}","PolicyVersionList":[{{"Document":{OTHER}}}]}}]}}"#
    );
    let mut problems = Vec::new();
    for (name, texts, given, boundary, expected) in [
        ("only the boundary", vec![&role], Some(CHANNEL), None, Works::Fails),
        ("refuses", vec![&role, &inline], Some(OTHER), None, Works::Fails),
        ("allows", vec![&role, &inline], Some(CHANNEL), None, Works::Works),
        ("is not here", vec![&role, &inline], None, None, Works::Unknown),
        ("is attached too", vec![&role, &attached], Some(CHANNEL), None, Works::Works),
        ("in details", vec![&inline], None, Some(&details), Works::Fails),
    ] {
        let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
        let mut input = documents(&texts);
        input.documents.extend(given.map(version));
        input.boundary = boundary.map(|text| pasted(text));
        let found = diagnose_role(&input, &[want("node.channel")]).unwrap();
        if only(&found).result != expected {
            problems.push(format!("{name}: {found:#?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let core = r#"{"AttachedPolicies":[{"PolicyName":"AmazonSSMManagedInstanceCore","PolicyArn":"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}]}"#;
    let mut input = documents(&[CHANNEL]);
    input.boundary = Some(pasted(core));
    let found = diagnose_role(&input, &[want("node.channel")]).unwrap();
    assert_eq!(only(&found).result, Works::Works);
    assert!(found.recognised.iter().all(|seen| seen.is_used), "{:#?}", found.recognised);
}

/// What denies and is there perhaps, or what nobody can read and may deny, leaves open what another policy allows; what it
/// cannot deny does not.
#[test]
fn a_denial_of_which_only_the_deployment_knows_leaves_open_what_it_denies() {
    let deny = |action: &str| {
        format!(r#"{{"Statement":[{{"Effect":"Deny","Action":"{action}","Resource":"*"}}]}}"#)
    };
    let apart = |document: &str, more: &str| {
        let own =
            format!(r#""PolicyName":"p","PolicyDocument":{document},"Roles":[{{"Ref":"W"}}]"#);
        vec![role(&inline(CHANNEL)), conditional("P", "Policy", &own, more)]
    };
    let attaching =
        |list: &str| vec![role(&format!(r#"{},"ManagedPolicyArns":{list}"#, inline(CHANNEL)))];
    let beside = |document: &str| {
        vec![role(&format!(
            r#""Policies":[{{"PolicyName":"i","PolicyDocument":{CHANNEL}}},{{"PolicyName":"j","PolicyDocument":{document}}}]"#
        ))]
    };
    let denies_all = "arn:aws:iam::aws:policy/AWSDenyAll";
    let core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    let choice = |arn: &str| format!(r#"[{{"Fn::If":["C","{arn}",{{"Ref":"AWS::NoValue"}}]}}]"#);
    let either = |one: &str, other: &str| format!(r#"[{{"Fn::If":["C","{one}","{other}"]}}]"#);
    let inline_in_a_case = |document: &str| {
        vec![role(&format!(
            r#""Policies":[{{"PolicyName":"i","PolicyDocument":{CHANNEL}}},{{"Fn::If":["C",{{"PolicyName":"j","PolicyDocument":{document}}},{{"Ref":"AWS::NoValue"}}]}}]"#
        ))]
    };
    let of_document = |effect: &str| {
        format!(
            r#"{{"Statement":[{{"Effect":"{effect}","Action":{{"Ref":"A"}},"Resource":"*"}}]}}"#
        )
    };
    let cases = [
        ("on a condition", apart(&deny("*"), ON), "", Works::Unknown),
        ("of another action", apart(&deny("s3:*"), ON), "", Works::Works),
        ("in any case", apart(&deny("*"), ""), "", Works::Fails),
        ("attached in a case", attaching(&choice(denies_all)), "", Works::Unknown),
        ("what allows, in a case", attaching(&choice(core)), "", Works::Works),
        ("what allows, or what denies", attaching(&either(core, denies_all)), "", Works::Unknown),
        ("inline in a case", inline_in_a_case(&deny("*")), "", Works::Unknown),
        ("of another action in a case", inline_in_a_case(&deny("s3:*")), "", Works::Works),
        ("of a word in a case", inline_in_a_case(&deny("${Any}")), "", Works::Unknown),
        (
            "a list in a case",
            attaching(&format!(r#"{{"Fn::If":["C",["{denies_all}"],[]]}}"#)),
            "",
            Works::Unknown,
        ),
        (
            "a list in a text",
            attaching(&format!(r#"{{"Fn::Split":[",","{core},{denies_all}"]}}"#)),
            "",
            Works::Unknown,
        ),
        ("an action that is not known", beside(&of_document("Deny")), "", Works::Unknown),
        ("an action that is allowed", beside(&of_document("Allow")), "", Works::Works),
        (
            "a statement in a case",
            beside(
                r#"{"Statement":[{"Fn::If":["C",{"Effect":"Deny","Action":"*","Resource":"*"},{"Ref":"AWS::NoValue"}]}]}"#,
            ),
            "",
            Works::Unknown,
        ),
        ("a macro", vec![role(&inline(CHANNEL))], r#","Transform":"Mine""#, Works::Unknown),
        (
            "a macro of AWS",
            vec![role(&inline(CHANNEL))],
            r#","Transform":"AWS::LanguageExtensions""#,
            Works::Works,
        ),
    ];
    let mut problems = Vec::new();
    for (name, resources, more, expected) in cases {
        let text = format!(r#"{{"Resources":{{{}}}{more}}}"#, resources.join(","));
        let found = diagnose_role(&documents(&[&text]), &[want("node.channel")]).unwrap();
        let result = only(&found);
        if result.result != expected {
            problems
                .push(format!("{name}: {:?} for {expected:?}\n{text}\n{found:#?}", result.result));
        }
        let told = result.reasons.iter().any(|reason| {
            [" may deny ", " it denies "].iter().any(|words| reason.message.contains(words))
        });
        if told != (expected == Works::Unknown) {
            problems.push(format!("{name}: {:#?}", result.reasons));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Who may take a role, as templates write the name of EC2; the result of `trust.ec2` and words of its reason.
#[test]
fn a_service_is_named_with_the_suffix_of_the_partition() {
    let sub = r#"{"Fn::Sub":"ec2.${AWS::URLSuffix}"}"#;
    let cases = [
        (r#""ec2.amazonaws.com""#, Works::Works, "allows sts:AssumeRole"),
        (sub, Works::Works, "allows sts:AssumeRole"),
        (
            r#"["ssm.amazonaws.com",{"Fn::Join":["",["ec2.",{"Ref":"AWS::URLSuffix"}]]}]"#,
            Works::Works,
            "allows sts:AssumeRole",
        ),
        (r#""ec2.${AWS::URLSuffix}""#, Works::Works, "allows sts:AssumeRole"),
        (r#"{"Fn::Sub":"ssm.${AWS::URLSuffix}"}"#, Works::Fails, "comes near"),
        // What nobody knows before the deployment is neither there nor missing.
        (r#"{"Ref":"Service"}"#, Works::Unknown, "${Service}"),
        (r#"{"Fn::Sub":"${Service}.${AWS::URLSuffix}"}"#, Works::Unknown, "${Service}"),
        (r#""${var.service}""#, Works::Unknown, "${var.service}"),
    ];
    let mut problems = Vec::new();
    for (service, expected, words) in cases {
        let trust = format!(
            r#"{{"Statement":[{{"Effect":"Allow","Principal":{{"Service":{service}}},"Action":"sts:AssumeRole"}}]}}"#
        );
        let text = role(&format!(r#""AssumeRolePolicyDocument":{trust}"#));
        let text = format!(r#"{{"Resources":{{{text}}}}}"#);
        let found = diagnose_role(&documents(&[&text]), &[want("trust.ec2")]).unwrap();
        let result = only(&found);
        let is_told = result.reasons.iter().any(|reason| reason.message.contains(words));
        let is_blamed = found.recognised.iter().any(|one| one.message.contains("IAM would not"));
        if result.result != expected || !is_told || is_blamed {
            problems.push(format!("{service}: {found:#?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_function_with_several_arguments_is_told_on_one_line() {
    let attached = r#""ManagedPolicyArns":[{"Fn::GetAtt":["Nested","Outputs.Policy"]}]"#;
    let text = format!(r#"{{"Resources":{{{}}}}}"#, role(attached));
    let found = diagnose_role(&documents(&[&text]), &[want("node.channel")]).unwrap();
    let told: Vec<_> = found.recognised.iter().map(|one| one.message.as_str()).collect();
    assert!(told.iter().any(|one| one.contains("Fn::GetAtt Nested.Outputs.Policy")), "{told:?}");
}
