//! ARNs of KMS keys, as the `Resource` of a policy takes them.
//!
//! Source: the KMS developer guide, "Key identifiers (KeyId)", read 2026-11. A key id is a UUID in lower case, or
//! `mrk-` and 32 digits for a multi-Region key. IAM authorises the use of a key against its key ARN, never against
//! an alias, even when the caller named the alias.

use super::{Arn, Partition, Region};
use crate::aws::is_account_id;

/// An ARN, or ARN pattern with `*` and `?`, that matches KMS keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KmsKeyArn(String);

/// Why a text is not the ARN of a KMS key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAKmsKeyArn {
    /// Something that is not an ARN at all.
    NotAnArn,
    /// A key id without the ARN around it.
    KeyId,
    /// `alias/NAME` without the ARN around it.
    AliasName,
    /// `alias/aws/NAME` or its ARN: the key belongs to AWS.
    AwsManagedAlias,
    /// The ARN of an alias.
    AliasArn,
    /// An ARN of the service named here.
    OtherService(String),
    /// A KMS ARN of something else than a key; the resource part.
    OtherResource(String),
    /// A text from the documentation that stands for a real one.
    Placeholder,
    /// No partition is called that.
    Partition(String),
    /// No Region is called that.
    Region(String),
    /// The Region is not one of the partition.
    RegionOfOtherPartition {
        /// The Region of the ARN.
        region: String,
        /// The partition of the ARN.
        partition: String,
        /// The partition that the Region belongs to.
        belongs_to: Partition,
    },
    /// Not twelve digits, nor a pattern of them.
    Account(String),
    /// `key/` is followed by something that no key id looks like.
    NoKeyId(String),
}

impl KmsKeyArn {
    /// Reads the ARN of a key, or a pattern for keys.
    ///
    /// # Errors
    /// What the text is instead; see [`NotAKmsKeyArn`].
    pub fn parse(text: &str) -> Result<Self, NotAKmsKeyArn> {
        let Some(arn) = Arn::parse(text) else {
            return Err(match text {
                _ if text.starts_with("alias/aws/") => NotAKmsKeyArn::AwsManagedAlias,
                _ if text.starts_with("alias/") => NotAKmsKeyArn::AliasName,
                _ if is_key_id(text.strip_prefix("key/").unwrap_or(text)) => NotAKmsKeyArn::KeyId,
                _ if is_placeholder(text) => NotAKmsKeyArn::Placeholder,
                _ => NotAKmsKeyArn::NotAnArn,
            });
        };
        if arn.service != "kms" {
            return Err(NotAKmsKeyArn::OtherService(arn.service.to_owned()));
        }
        if arn.resource.starts_with("alias/aws/") {
            return Err(NotAKmsKeyArn::AwsManagedAlias);
        }
        if arn.resource.starts_with("alias/") {
            return Err(NotAKmsKeyArn::AliasArn);
        }
        if is_placeholder(text) {
            return Err(NotAKmsKeyArn::Placeholder);
        }
        let Some(id) = arn.resource.strip_prefix("key/") else {
            return Err(NotAKmsKeyArn::OtherResource(arn.resource.to_owned()));
        };
        check_place(&arn)?;
        if !is_account_id(arn.account) && !is_pattern(arn.account, |b| b.is_ascii_digit()) {
            return Err(NotAKmsKeyArn::Account(arn.account.to_owned()));
        }
        if !is_key_id(id) && !is_key_id_pattern(id) {
            return Err(NotAKmsKeyArn::NoKeyId(id.to_owned()));
        }
        Ok(KmsKeyArn(text.to_owned()))
    }

    /// The ARN as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The partition, or a pattern for it.
    pub fn partition(&self) -> &str {
        Arn::parse(&self.0).map_or("", |arn| arn.partition)
    }

    /// The Region, or a pattern for it.
    pub fn region(&self) -> &str {
        Arn::parse(&self.0).map_or("", |arn| arn.region)
    }

    /// The account, or a pattern for it.
    pub fn account(&self) -> &str {
        Arn::parse(&self.0).map_or("", |arn| arn.account)
    }

    /// Whether it can match more than one key.
    pub fn has_wildcard(&self) -> bool {
        has_wildcard(&self.0)
    }
}

fn check_place(arn: &Arn) -> Result<(), NotAKmsKeyArn> {
    let partition = Partition::from_name(arn.partition);
    if partition.is_none() && !is_pattern(arn.partition, |b| b.is_ascii_lowercase() || b == b'-') {
        return Err(NotAKmsKeyArn::Partition(arn.partition.to_owned()));
    }
    let Some(region) = Region::parse(arn.region) else {
        return if is_pattern(arn.region, |b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'
        }) {
            Ok(())
        } else {
            Err(NotAKmsKeyArn::Region(arn.region.to_owned()))
        };
    };
    match partition {
        Some(partition) if partition != region.partition => {
            Err(NotAKmsKeyArn::RegionOfOtherPartition {
                region: arn.region.to_owned(),
                partition: arn.partition.to_owned(),
                belongs_to: region.partition,
            })
        }
        _ => Ok(()),
    }
}

/// A UUID in lower case, or `mrk-` and 32 hexadecimal digits.
fn is_key_id(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("mrk-") {
        return digits.len() == 32 && digits.bytes().all(is_lower_hex);
    }
    let groups = text.split('-').map(|group| (group.len(), group.bytes().all(is_lower_hex)));
    groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}

fn is_key_id_pattern(text: &str) -> bool {
    is_pattern(text.strip_prefix("mrk-").unwrap_or(text), |b| is_lower_hex(b) || b == b'-')
}

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// AWS's documentation writes EXAMPLE into names that stand for the reader's own.
fn is_placeholder(text: &str) -> bool {
    text.as_bytes().windows(7).any(|word| word == b"EXAMPLE")
}

fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Whether the text has a wildcard and is otherwise made of what the field may hold.
fn is_pattern(text: &str, may_hold: fn(u8) -> bool) -> bool {
    has_wildcard(text) && text.bytes().all(|b| matches!(b, b'*' | b'?') || may_hold(b))
}

#[cfg(test)]
mod tests {
    use super::{KmsKeyArn, NotAKmsKeyArn};

    const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

    #[test]
    fn every_legal_form_is_read() {
        for arn in [
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
            "arn:aws:kms:*:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
            "arn:aws:kms:us-east-1:111122223333:key/*",
            "arn:aws:kms:us-east-1:111122223333:key/mrk-*",
            "arn:aws:kms:us-*-1:1111*:key/1234????-*",
            "arn:*:kms:*:*:key/*",
            "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws-eusc:kms:eusc-de-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws:kms:eu-new-9:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ] {
            assert_eq!(KmsKeyArn::parse(arn).map(|key| key.as_str().to_owned()), Ok(arn.to_owned()));
        }
    }

    #[test]
    fn everything_else_is_told_apart() {
        let owned = str::to_owned;
        let cases = [
            (ID, NotAKmsKeyArn::KeyId),
            ("key/1234abcd-12ab-34cd-56ef-1234567890ab", NotAKmsKeyArn::KeyId),
            ("mrk-1234abcd12ab34cd56ef1234567890ab", NotAKmsKeyArn::KeyId),
            ("alias/my-key", NotAKmsKeyArn::AliasName),
            ("alias/aws/ssm", NotAKmsKeyArn::AwsManagedAlias),
            ("arn:aws:kms:us-east-1:111122223333:alias/aws/ssm", NotAKmsKeyArn::AwsManagedAlias),
            ("arn:aws:kms:us-east-1:111122223333:alias/my-key", NotAKmsKeyArn::AliasArn),
            ("arn:aws:s3:::my-bucket", NotAKmsKeyArn::OtherService(owned("s3"))),
            ("arn:aws:kms:us-east-1:111122223333:*", NotAKmsKeyArn::OtherResource(owned("*"))),
            ("arn:aws:kms:us-east-1:111122223333:key/EXAMPLE-KEY-ID", NotAKmsKeyArn::Placeholder),
            ("1234abcd-12ab-34cd-56ef-EXAMPLE11111", NotAKmsKeyArn::Placeholder),
            (
                "arn:amazon:kms:us-east-1:111122223333:key/*",
                NotAKmsKeyArn::Partition(owned("amazon")),
            ),
            (
                "arn:aws:kms:us-east-1a:111122223333:key/*",
                NotAKmsKeyArn::Region(owned("us-east-1a")),
            ),
            ("arn:aws:kms::111122223333:key/*", NotAKmsKeyArn::Region(owned(""))),
            (
                "arn:aws:kms:us-east-1:1111-2222-3333:key/*",
                NotAKmsKeyArn::Account(owned("1111-2222-3333")),
            ),
            ("arn:aws:kms:us-east-1::key/*", NotAKmsKeyArn::Account(owned(""))),
            ("arn:aws:kms:us-east-1:111122223333:key/", NotAKmsKeyArn::NoKeyId(owned(""))),
            (
                "arn:aws:kms:us-east-1:111122223333:key/my-key",
                NotAKmsKeyArn::NoKeyId(owned("my-key")),
            ),
            ("my key", NotAKmsKeyArn::NotAnArn),
            ("", NotAKmsKeyArn::NotAnArn),
        ];
        for (text, expected) in cases {
            assert_eq!(KmsKeyArn::parse(text), Err(expected), "{text}");
        }
        let upper = format!("arn:aws:kms:us-east-1:111122223333:key/{}", ID.to_uppercase());
        assert!(matches!(KmsKeyArn::parse(&upper), Err(NotAKmsKeyArn::NoKeyId(_))));
    }
}
