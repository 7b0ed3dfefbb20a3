//! Words that stand where a value is still to be filled in: those of AWS's documentation, and those of templates.
//!
//! Source: the samples of the IAM, Amazon S3, AWS KMS, Amazon ECS and Systems Manager user guides, read 2026-11. Policy
//! variables are another matter, also those that are none.

use super::{is_access_key_id, position, variables, Variable};
use crate::aws::Arn;

/// Stand for a Region in an ARN.
const REGIONS: &[&str] =
    &["region", "Region", "REGION", "aws-region", "region-name", "your-region"];

/// Stand for an account in an ARN, and alone.
const ACCOUNTS: &[&str] = &[
    "account-id",
    "aws-account-id",
    "account-ID",
    "ACCOUNT-ID",
    "ACCOUNT_ID",
    "accountId",
    "account_id",
    "your-account-id",
    "ACCOUNT-ID-WITHOUT-HYPHENS",
    "account-ID-without-hyphens",
];

/// Stand for a part of a name, between the slashes and colons of an ARN.
const PARTS: &[&str] = &[
    "account-id",
    "cloudwatch-log-group-name",
    "instance-id",
    "key-id",
    "key-name",
    "s3-bucket-prefix",
];

/// Stand for a bucket.
const BUCKETS: &[&str] = &["bucket-name", "s3-bucket-name", "your-bucket", "your-bucket-name"];

/// Nobody's bucket can be called so, with whatever follows.
const BUCKET_STARTS: &[&str] = &["DOC-EXAMPLE-BUCKET", "amzn-s3-demo-"];

/// Buckets of Systems Manager, of a Region that is still to be written.
const BUCKETS_OF_A_REGION: &[&str] = &[
    "amazon-ssm-packages-region",
    "amazon-ssm-region",
    "aws-patchmanager-macos-region",
    "aws-ssm-distributor-file-region",
    "aws-ssm-document-attachments-region",
    "aws-ssm-region",
    "aws-windows-downloads-region",
    "patch-baseline-snapshot-region",
    "region-birdwatcher-prod",
];

/// Accounts that only documentation uses.
const EXAMPLE_ACCOUNTS: &[&str] = &["111122223333", "123456789012"];

/// The placeholders in a text, which may be an ARN or stand alone, in their order, each once.
pub fn placeholders<'t>(text: &'t str, arn: Option<Arn<'t>>) -> Vec<&'t str> {
    let mut found = Vec::new();
    match arn {
        None if ACCOUNTS.contains(&text) || PARTS.contains(&text) => found.push(text),
        None => {}
        Some(arn) => {
            let is_one = |words: &[&str], field: &str| words.contains(&field) || is_yours(field);
            found.extend(is_one(REGIONS, arn.region).then_some(arn.region));
            found.extend(is_one(ACCOUNTS, arn.account).then_some(arn.account));
            // Each of those words has a hyphen.
            let has_hyphen = arn.resource.as_bytes().contains(&b'-');
            let (mut rest, mut is_first) = (has_hyphen.then_some(arn.resource), true);
            while let Some(here) = rest {
                let end = here.bytes().position(|byte| matches!(byte, b'/' | b':'));
                let part = here.get(..end.unwrap_or(here.len())).unwrap_or_default();
                rest = end.and_then(|end| here.get(end + 1..));
                if is_first && arn.service == "s3" && is_bucket(part) {
                    found.push(part);
                }
                if PARTS.contains(&part) || is_yours(part) {
                    found.push(part);
                }
                is_first = false;
            }
        }
    }
    // Most texts have no character of what is looked for from here on.
    let is_of_one = |byte| matches!(byte, b'X' | b'x' | b'_' | b'Y' | b'<' | b'{' | b'[');
    if position(text, is_of_one).is_some() {
        found.extend(written_out(text, arn.is_some()));
    }
    if found.is_empty() {
        return found;
    }
    let mut seen: Vec<&str> = Vec::new();
    // No text has so many that looking through them again matters.
    found.retain(|word| {
        // What stands in brackets is told with them.
        let has = |known: &&str| {
            known == word || known.starts_with(['<', '{', '[']) && known.contains(word)
        };
        let is_new = seen.len() < MOST && !seen.iter().any(has);
        seen.extend(is_new.then_some(*word));
        is_new
    });
    found
}

/// Those that are to be told by how they are written, wherever they stand.
fn written_out(text: &str, is_in_arn: bool) -> Vec<&str> {
    let mut found = Vec::new();
    // No other text has EXAMPLE in it.
    if text.as_bytes().contains(&b'X') {
        let ids = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        found.extend(ids.filter(|id| id.rsplit('-').next().is_some_and(is_example_id)));
    }
    if text.bytes().any(|byte| matches!(byte, b'<' | b'{' | b'[')) {
        found.extend(in_brackets(text, "<", ">"));
        found.extend(in_brackets(text, "{{", "}}"));
        found.extend(in_single_braces(text).filter(|_| is_in_arn));
        let name = in_brackets(text, "[", "]");
        found.extend(name.filter(|name| is_capitals(name.trim_matches(['[', ']']))));
    }
    if may_be_capitals(text) {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
        found.extend(
            words.filter(|word| {
                is_to_be_filled_in(word, is_in_arn) || *word == text && is_run(word)
            }),
        );
    }
    found
}

/// How many placeholders of one text are told.
const MOST: usize = 8;

/// The variables of a template in a text, such as `${bucket_name}` and `${var.bucket}`: what a template fills in has no
/// colon, as every condition key has.
pub fn template_variables(text: &str) -> impl Iterator<Item = Variable<'_>> {
    variables(text).filter(|variable| {
        variable.inside.is_some_and(|inside| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.-[]\"".contains(c);
            inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && inside.chars().all(is_plain)
        })
    })
}

/// Tags that the samples of the Systems Manager user guide have in condition keys.
const TAGS: [&str; 2] = ["tag-key", "tag key"];

/// The tag of a condition key, where it stands for one of the reader's own.
pub fn placeholder_tag(key: &str) -> Option<&str> {
    key.split_once('/').map(|(_, tag)| tag).filter(|tag| TAGS.contains(tag))
}

/// Whether the account is one that only documentation uses.
pub fn is_example_account(account: &str) -> bool {
    EXAMPLE_ACCOUNTS.contains(&account)
}

/// `your-cluster-name`.
fn is_yours(part: &str) -> bool {
    part.strip_prefix("your-").is_some_and(|rest| {
        rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit())
    })
}

fn is_bucket(bucket: &str) -> bool {
    BUCKETS.contains(&bucket)
        || BUCKETS_OF_A_REGION.contains(&bucket)
        || BUCKET_STARTS.iter().any(|start| bucket.starts_with(start))
}

/// Such as `02573cafcfEXAMPLE` and `EXAMPLE11111`.
fn is_example_id(word: &str) -> bool {
    let before = word.strip_suffix("EXAMPLE").unwrap_or_default();
    let after = word.strip_prefix("EXAMPLE").unwrap_or_default();
    let is_number = !after.is_empty() && after.bytes().all(|b| b.is_ascii_digit());
    (!before.is_empty() || is_number) && !is_access_key_id(word)
}

/// The names in brackets, with them; no ARN has such brackets.
fn in_brackets<'t>(
    text: &'t str,
    opening: &'static str,
    closing: &'static str,
) -> impl Iterator<Item = &'t str> {
    let has_name = move |name: &&str| name.len() > opening.len() + closing.len();
    bracketed(text, opening, closing).map(|(_, name)| name).filter(has_name)
}

/// What stands in brackets, with them and with the byte where it begins.
fn bracketed<'t>(
    text: &'t str,
    opening: &'static str,
    closing: &'static str,
) -> impl Iterator<Item = (usize, &'t str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(opening)?;
        let inside = text.get(start + opening.len()..)?;
        at = start + opening.len() + inside.find(closing)? + closing.len();
        Some((start, text.get(start..at)?))
    })
}

/// The names in single braces, with them, as in `{account}`; variables, and what templates fill in, begin with another
/// sign.
fn in_single_braces(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |(start, name): &(usize, &str)| {
        let before = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        let inside = name.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.- ".contains(c);
        !matches!(before, Some(b'$' | b'#' | b'&' | b'{'))
            && inside.is_some_and(|inside| {
                inside.starts_with(|c: char| c.is_ascii_alphabetic())
                    && inside.chars().all(is_plain)
            })
    };
    bracketed(text, "{", "}").filter(is_name).map(|(_, name)| name)
}

/// Whether the text has an underscore, a capital Y or a run of the letter X, without which no word is one of these.
fn may_be_capitals(text: &str) -> bool {
    let mut run = 0;
    text.bytes().any(|byte| {
        run = if matches!(byte, b'x' | b'X') { run + 1 } else { 0 };
        matches!(byte, b'_' | b'Y') || run == SHORTEST_RUN
    })
}

/// So many letters X stand for a number that is not known yet.
const SHORTEST_RUN: usize = 4;

/// `XXXX`, `i-XXXX`.
fn is_run(word: &str) -> bool {
    let last = word.rsplit('-').next().unwrap_or_default();
    last.len() >= SHORTEST_RUN && [b'X', b'x'].iter().any(|x| last.bytes().all(|byte| byte == *x))
}

/// `YOUR_BUCKET`, `MY_ORG_ID`, and, in an ARN, `BUCKET_NAME` and `i-XXXX`.
fn is_to_be_filled_in(word: &str, is_in_arn: bool) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    let is_named = ["YOUR_", "YOUR-"].iter().any(|start| word.starts_with(start))
        || ends(&["_NAME", "_ID", "_ARN"]) && (is_in_arn || word.starts_with("MY_"));
    is_in_arn && is_run(word) || is_named && is_capitals(word)
}

/// Capital letters, at least two, with digits and what stands between words.
fn is_capitals(word: &str) -> bool {
    let is_one =
        |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"_- ".contains(&byte);
    word.bytes().all(is_one) && word.bytes().filter(u8::is_ascii_uppercase).count() > 1
}

#[cfg(test)]
mod tests {
    use super::{placeholders, Arn};

    #[test]
    fn placeholders_are_found_and_real_names_are_not() {
        let cases: [(&str, &[&str]); 45] = [
            ("key-name", &["key-name"]),
            ("arn:aws:kms:us-east-1:111122223333:key/key-name", &["key-name"]),
            (
                "arn:aws:ec2:region:account-id:instance/instance-id",
                &["region", "account-id", "instance-id"],
            ),
            ("arn:aws:ecs:region:aws-account-id:task/a/*", &["region", "aws-account-id"]),
            ("arn:aws:iam::account-id:role/a", &["account-id"]),
            (
                "arn:aws:s3:::DOC-EXAMPLE-BUCKET1/s3-bucket-prefix/*",
                &["DOC-EXAMPLE-BUCKET1", "s3-bucket-prefix"],
            ),
            ("arn:aws:s3:::amzn-s3-demo-bucket", &["amzn-s3-demo-bucket"]),
            ("arn:aws:s3:::s3-bucket-name/*", &["s3-bucket-name"]),
            ("arn:aws:s3:::aws-ssm-region/*", &["aws-ssm-region"]),
            ("arn:aws:s3:::my-region/amzn-s3-demo-bucket", &[]),
            ("arn:aws:ec2:*:1:instance/i-02573cafcfEXAMPLE", &["i-02573cafcfEXAMPLE"]),
            ("AIDIODR4TAW7CSEXAMPLE", &["AIDIODR4TAW7CSEXAMPLE"]),
            ("a1b2c3d4-5678-90ab-cdef-EXAMPLE11111", &["a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"]),
            ("AKIAIOSFODNN7EXAMPLE", &[]),
            ("EXAMPLE", &[]),
            ("example-bucket", &[]),
            ("region", &[]),
            ("arn:aws:s3:::<bucket>/*", &["<bucket>"]),
            ("a > b < c", &[]),
            ("arn:aws:ec2:us-east-1:111122223333:instance/*", &[]),
            ("", &[]),
            ("arn:aws:s3:::{{ bucket }}/*", &["{{ bucket }}"]),
            ("arn:aws:s3:::{{bucket}}-logs", &["{{bucket}}"]),
            ("arn:aws:iam::444455556666:role/[PRIVILEGED_ROLE]", &["[PRIVILEGED_ROLE]"]),
            ("arn:aws:s3:::b/[a-z]", &[]),
            ("arn:aws:s3:::YOUR_BUCKET_NAME/*", &["YOUR_BUCKET_NAME"]),
            ("arn:aws:s3:::YOUR-BUCKET", &["YOUR-BUCKET"]),
            ("arn:aws:s3:::BUCKET_NAME", &["BUCKET_NAME"]),
            ("MY_ORG_ID", &["MY_ORG_ID"]),
            ("COST_CENTER_ID", &[]),
            ("arn:aws:ec2:*:*:instance/i-XXXX", &["i-XXXX"]),
            ("arn:aws:iam::XXXXXXXXXXXX:root", &["XXXXXXXXXXXX"]),
            ("o-xxxxxxxxxx", &["o-xxxxxxxxxx"]),
            ("arn:aws:sqs:*:*:APP_EVENTS", &[]),
            ("my xxxx tag", &[]),
            ("arn:aws:s3:::${bucket}", &[]),
            ("arn:aws:ecs:us-east-1:{MY_ACCOUNT}:task/{c}", &["{MY_ACCOUNT}", "{c}"]),
            ("arn:aws:s3:::{bucket name}-logs/*", &["{bucket name}"]),
            ("arn:aws:ssm:#{region}:1:document/{}", &[]),
            ("arn:aws:s3:::${{bucket}}", &["{{bucket}}"]),
            ("arn:aws:execute-api:*:*:a/*/GET/{proxy+}", &[]),
            ("{account}", &[]),
            ("arn:aws:ec2:*:<ACCOUNT_ID>:instance/*", &["<ACCOUNT_ID>"]),
            ("arn:aws:ecs:your-region:1:task/your-cluster/*", &["your-region", "your-cluster"]),
            ("arn:aws:ssm:*:1:document/your-Doc", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(placeholders(text, Arn::parse(text)), expected, "{text}");
        }
    }
}
