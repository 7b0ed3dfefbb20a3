//! INVALID_KMS_KEY_VALUE.

use super::scalar::{entries_of, scalars};
use crate::aws::{Family, KmsKeyArn};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_KMS_KEY_VALUE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid kms key value",
    why: "These keys hold the ARN of a KMS key, so an alias or the id alone matches no request.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "Condition": {"StringEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "alias/app"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

/// Keys that hold the ARN of a KMS key. AWS names the first; the others are those of the service authorization
/// reference, read 2026-11, that have the type ARN and a KMS key in their name.
const KEYS: [&str; 8] = [
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3express:x-amz-server-side-encryption-aws-kms-key-id",
    "secretsmanager:KmsKeyArn",
    "s3tables:KMSKeyArn",
    "s3vectors:kmsKeyArn",
    "sagemaker:VolumeKmsKey",
    "sagemaker:OutputKmsKey",
    "comprehend:OutputKmsKey",
];

fn check(context: &Context, report: &mut Report) {
    for entry in [Family::String, Family::Arn].into_iter().flat_map(|f| entries_of(context, f)) {
        if !KEYS.iter().any(|key| entry.is(key)) {
            continue;
        }
        for value in scalars(entry).filter(|value| value.is_literal(context)) {
            if KmsKeyArn::parse(value.text).is_err() {
                let details = format_args!(
                    "{} holds the ARN of a KMS key. \"{}\" is none.",
                    entry.key(),
                    value.text
                );
                let help = "Write the ARN of the key itself, as arn:aws:kms:eu-west-1:111122223333:key/ and the key id.";
                report.at(value.place(), details).help(help);
            }
        }
    }
}
