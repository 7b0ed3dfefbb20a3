//! Policies of which a part is made by functions of CloudFormation: what is written out counts, and the rest is left open.

use postern::diagnose::Works;

use super::{diagnose, messages, only, want};

/// Both ways in which such a policy is pasted.
fn texts(statements: &str) -> [String; 2] {
    let document = format!(r#"{{"Version":"2012-10-17","Statement":{statements}}}"#);
    let role = format!(
        r#"{{"Resources":{{"W":{{"Type":"AWS::IAM::Role","Properties":{{"Policies":[{{"PolicyName":"p","PolicyDocument":{document}}}]}}}}}}}}"#
    );
    [document, role]
}

const CHANNEL: &str = r#"{"Effect":"Allow","Action":"ssmmessages:*","Resource":"*"}"#;

#[test]
fn what_is_written_out_beside_a_function_counts() {
    let one = |effect: &str, action: &str, resource: &str| {
        format!(r#"{{"Effect":"{effect}","Action":{action},"Resource":{resource}}}"#)
    };
    let bucket = r#"{"Fn::Sub":"arn:${AWS::Partition}:s3:::${Bucket}/*"}"#;
    let channel = r#""ssmmessages:*""#;
    let case = |one: &str, other: &str| format!(r#"{{"Fn::If":["Prod",{one},{other}]}}"#);
    let none = r#"{"Ref":"AWS::NoValue"}"#;
    let all = r#""*""#;
    let on = |condition: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"ssmmessages:*","Resource":"*","Condition":{condition}}}"#
        )
    };
    let deny_all = one("Deny", all, all);
    let works = Works::Works;
    let cases = [
        // Beside an Allow that is literal another one matters nothing.
        (vec![CHANNEL.to_owned(), one("Allow", r#""s3:PutObject""#, bucket)], works, ""),
        (vec![one("Allow", all, &case(bucket, none)), CHANNEL.to_owned()], works, ""),
        (vec![CHANNEL.to_owned(), case(&one("Allow", all, all), none)], works, ""),
        (vec![one("Allow", r#"{"Ref":"Actions"}"#, all), CHANNEL.to_owned()], works, ""),
        // An Allow that alone does it, or not.
        (vec![one("Allow", channel, r#"{"Ref":"Arn"}"#)], Works::Unknown, "${Arn}"),
        (vec![one("Allow", r#"{"Ref":"Actions"}"#, all)], Works::Unknown, "${Actions}"),
        (vec![one("Allow", r#""s3:GetObject""#, bucket)], Works::Fails, ""),
        (vec![case(CHANNEL, none)], Works::Unknown, "${Prod}"),
        (vec![case(&case(none, CHANNEL), none)], Works::Unknown, "${Prod}"),
        (vec![one("Allow", &case(channel, r#""s3:*""#), all)], Works::Unknown, "${Prod}"),
        (vec![one("Allow", &case(r#"["ec2:*"]"#, r#""s3:*""#), all)], Works::Fails, ""),
        (vec![one("Allow", &case(channel, channel), all)], works, ""),
        (vec![one("Allow", &format!("[{channel},{none}]"), all)], works, ""),
        (vec![one("Allow", channel, &format!(r#"[{bucket},"*"]"#))], works, ""),
        (vec![one("Allow", r#"{"Fn::Join":[":",["ssmmessages","*"]]}"#, all)], works, ""),
        (
            vec![one("Allow", channel, r#"{"Fn::GetAtt":["Key","Arn"]}"#)],
            Works::Unknown,
            "${Key.Arn}",
        ),
        (
            vec![one("Allow", channel, r#"{"Fn::ImportValue":"x"}"#)],
            Works::Unknown,
            "${Fn::ImportValue}",
        ),
        (
            vec![on(r#"{"StringEquals":{"aws:PrincipalAccount":{"Ref":"AWS::AccountId"}}}"#)],
            Works::Unknown,
            "${AWS::AccountId}",
        ),
        (
            vec![on(r#"{"StringEquals":{"Fn::If":["Prod",{"aws:PrincipalAccount":"1"},{}]}}"#)],
            Works::Unknown,
            "${Prod}",
        ),
        (
            vec![on(&case(r#"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#, none))],
            Works::Unknown,
            "${Prod}",
        ),
        (vec![on(none)], works, ""),
        // A denial that may be there, or be about it.
        (vec![CHANNEL.to_owned(), deny_all.clone()], Works::Fails, ""),
        (vec![CHANNEL.to_owned(), case(&deny_all, none)], Works::Unknown, "${Prod}"),
        (vec![CHANNEL.to_owned(), case(none, &deny_all)], Works::Unknown, "${Prod}"),
        (vec![CHANNEL.to_owned(), one("Deny", all, r#"{"Ref":"Arn"}"#)], Works::Unknown, "${Arn}"),
        (vec![CHANNEL.to_owned(), one("Deny", r#""s3:*""#, r#"{"Ref":"Arn"}"#)], works, ""),
        (vec![CHANNEL.to_owned(), one("Deny", &case(r#""s3:*""#, r#""ec2:*""#), all)], works, ""),
        (
            vec![CHANNEL.to_owned(), one("Deny", &case(r#""s3:*""#, all), all)],
            Works::Unknown,
            "${Prod}",
        ),
        (vec![CHANNEL.to_owned(), one("Deny", all, bucket)], works, ""),
        (
            vec![
                CHANNEL.to_owned(),
                r#"{"Effect":{"Ref":"Effect"},"Action":"*","Resource":"*"}"#.to_owned(),
            ],
            Works::Unknown,
            "${Effect}",
        ),
        (
            vec![r#"{"Effect":{"Ref":"Effect"},"Action":"*","Resource":"*"}"#.to_owned()],
            Works::Unknown,
            "${Effect}",
        ),
        (
            vec![
                CHANNEL.to_owned(),
                r#"{"Effect":{"Ref":"Effect"},"Action":"s3:*","Resource":"*"}"#.to_owned(),
            ],
            works,
            "",
        ),
        // What may bring anything.
        (
            vec![CHANNEL.to_owned(), r#"{"Fn::Transform":{"Name":"AWS::Include"}}"#.to_owned()],
            Works::Unknown,
            "",
        ),
        (
            vec![CHANNEL.to_owned(), r#"{"Fn::FindInMap":["a","b","c"]}"#.to_owned()],
            Works::Unknown,
            "",
        ),
    ];
    let mut problems = Vec::new();
    for (statements, expected, word) in cases {
        for text in texts(&format!("[{}]", statements.join(","))) {
            let found = diagnose(&[&text], &[want("node.channel")]);
            let result = only(&found);
            if result.result != expected || !messages(result).contains(word) {
                problems.push(format!(
                    "{:?} for {expected:?} {word}\n{text}\n{:#?}\n{}",
                    result.result,
                    found.recognised.iter().map(|one| &one.message).collect::<Vec<_>>(),
                    messages(result)
                ));
            }
        }
    }
    assert!(problems.is_empty(), "{}\n{}", problems.len(), problems.join("\n\n"));
}
