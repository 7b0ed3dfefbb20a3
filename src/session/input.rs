//! Checks what people give to the builders, and says what is wrong and what a right one looks like.

use std::fmt;

use crate::aws::{is_account_id, KmsKeyArn, NotAKmsKeyArn, Partition, Region};

use super::{Conflict, Name};

/// A KMS key for session data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KmsKey {
    /// A key, or a pattern for keys.
    Arn(KmsKeyArn),
    /// The guide's `key-name`, alone or in an ARN: kept, so that the text can be shown before the key is known.
    Placeholder(String),
    /// `*`, every key: the guide's own text for the key of a log bucket.
    Any,
}

impl KmsKey {
    /// The text for a policy's `Resource`.
    pub fn as_str(&self) -> &str {
        match self {
            KmsKey::Arn(arn) => arn.as_str(),
            KmsKey::Placeholder(text) => text,
            KmsKey::Any => "*",
        }
    }
}

/// Why a value cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not the ARN of a KMS key.
    KmsKey {
        /// What was given.
        given: String,
        /// What it is instead.
        why: NotAKmsKeyArn,
    },
    /// The key is not in the partition of the nodes.
    KmsKeyPartition {
        /// The partition of the key.
        key: String,
        /// The partition of the nodes.
        nodes: Partition,
    },
    /// The principal is not in the partition of the policy that names it.
    PrincipalPartition {
        /// The principal.
        principal: String,
        /// The partition of the policy.
        policy: Partition,
    },
    /// The key is not in the Region of the nodes.
    KmsKeyRegion {
        /// The Region of the key.
        key: String,
        /// The Region of the nodes.
        nodes: String,
    },
    /// No key in the list.
    NoKmsKey,
    /// A restriction that lists nothing.
    NothingListed,
    /// No partition is called that.
    Partition(String),
    /// No Region is called that.
    Region(String),
    /// The Region is in another partition than the one given beside it.
    RegionPartition {
        /// The Region.
        region: String,
        /// The partition given beside it.
        partition: Partition,
        /// The partition that the Region belongs to.
        belongs_to: Partition,
    },
    /// Not an account ID.
    AccountId(String),
    /// IAM takes no policy name of that length, in characters.
    PolicyNameLength(usize),
    /// A character that IAM takes in no policy name.
    PolicyNameCharacter(char),
    /// Not a name of that kind.
    Malformed {
        /// What it should be the name of.
        name: Name,
        /// What was given.
        given: String,
    },
    /// None of the words that an option takes.
    Word {
        /// What was given.
        given: String,
        /// The words.
        known: &'static [&'static str],
    },
    /// A number that is too small or too large.
    Number {
        /// What it counts.
        of: Counted,
        /// What was given.
        given: i64,
        /// The smallest number.
        least: i64,
        /// The largest number.
        most: i64,
    },
    /// Two options that do not go together, or one that needs another.
    Conflict(Conflict),
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Minutes of a session.
    Minutes,
    /// Seconds of a tunnel.
    Seconds,
    /// A port.
    Port,
    /// Characters of a parameter.
    Characters,
}

impl Counted {
    /// The code of a refusal, and what the number should be.
    fn about(self) -> (&'static str, &'static str) {
        match self {
            Counted::Minutes => {
                ("MINUTES_OUT_OF_RANGE", "a number of minutes that Session Manager takes")
            }
            Counted::Seconds => {
                ("SECONDS_OUT_OF_RANGE", "a number of seconds that AWS lets a tunnel last")
            }
            Counted::Port => ("PORT_OUT_OF_RANGE", "a port"),
            Counted::Characters => ("CHARACTERS_OUT_OF_RANGE", "a number of characters"),
        }
    }
}

impl Refusal {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::KmsKey { why, .. } => match why {
                NotAKmsKeyArn::NotAnArn => "KMS_KEY_NOT_AN_ARN",
                NotAKmsKeyArn::KeyId => "KMS_KEY_ID_WITHOUT_ARN",
                NotAKmsKeyArn::AliasName => "KMS_ALIAS_NAME",
                NotAKmsKeyArn::AwsManagedAlias => "KMS_AWS_MANAGED_ALIAS",
                NotAKmsKeyArn::AliasArn => "KMS_ALIAS_ARN",
                NotAKmsKeyArn::OtherService(_) => "KMS_KEY_OTHER_SERVICE",
                NotAKmsKeyArn::Placeholder => "KMS_KEY_PLACEHOLDER",
                NotAKmsKeyArn::OtherResource(_)
                | NotAKmsKeyArn::Partition(_)
                | NotAKmsKeyArn::Region(_)
                | NotAKmsKeyArn::RegionOfOtherPartition { .. }
                | NotAKmsKeyArn::Account(_)
                | NotAKmsKeyArn::NoKeyId(_) => "KMS_KEY_ARN_MALFORMED",
            },
            Refusal::KmsKeyPartition { .. } => "KMS_KEY_OTHER_PARTITION",
            Refusal::PrincipalPartition { .. } => "PRINCIPAL_OTHER_PARTITION",
            Refusal::KmsKeyRegion { .. } => "KMS_KEY_OTHER_REGION",
            Refusal::NoKmsKey => "KMS_KEY_MISSING",
            Refusal::NothingListed => "RESTRICTION_EMPTY",
            Refusal::Partition(_) => "PARTITION_UNKNOWN",
            Refusal::Region(_) => "REGION_MALFORMED",
            Refusal::RegionPartition { .. } => "REGION_OTHER_PARTITION",
            Refusal::AccountId(_) => "ACCOUNT_ID_MALFORMED",
            Refusal::PolicyNameLength(_) => "POLICY_NAME_LENGTH",
            Refusal::PolicyNameCharacter(_) => "POLICY_NAME_CHARACTER",
            Refusal::Malformed { name, .. } => name.code,
            Refusal::Word { .. } => "WORD_UNKNOWN",
            Refusal::Number { of, .. } => of.about().0,
            Refusal::Conflict(conflict) => conflict.code,
        }
    }
}

const KEY_EXAMPLE: &str =
    "A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.";
const REGION_EXAMPLE: &str = "A Region looks like us-east-1.";

/// Its sentences; in the alternate form, `{:#}`, its code, since an error of serde carries nothing else across.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            _ if f.alternate() => f.write_str(self.code()),
            Refusal::KmsKey { given, why } => why_not_a_key(f, given, why),
            Refusal::KmsKeyPartition { key, nodes } => write!(
                f,
                "The key is in the partition {key}, the nodes are in {}. A key serves its own partition only.",
                nodes.name()
            ),
            Refusal::PrincipalPartition { principal, policy } => write!(
                f,
                "The principal {principal} is of another partition than the policy, which is for {}. IAM refuses such \
                 a policy: name a principal whose ARN begins with arn:{}:.",
                policy.name(),
                policy.name()
            ),
            Refusal::KmsKeyRegion { key, nodes } => write!(
                f,
                "The key is in the Region {key}, the nodes are in {nodes}. Sessions use a key of the nodes' Region; \
                 for a multi-Region key name its replica there, or write * for the Region."
            ),
            Refusal::NoKmsKey => write!(f, "The list of KMS keys is empty. {KEY_EXAMPLE}"),
            Refusal::NothingListed => f.write_str(
                "Nothing is listed here, which would restrict nothing. List at least one, or leave the option out.",
            ),
            Refusal::Partition(given) => {
                write!(f, "{} is not a partition. The partitions are ", subject(given))?;
                for (i, partition) in Partition::ALL.iter().enumerate() {
                    f.write_str(match i {
                        0 => "",
                        _ if i + 1 == Partition::ALL.len() => " and ",
                        _ => ", ",
                    })?;
                    f.write_str(partition.name())?;
                }
                f.write_str(".")
            }
            Refusal::Region(given) => write!(f, "{} is not a Region. {REGION_EXAMPLE}", subject(given)),
            Refusal::RegionPartition { region, partition, belongs_to } => write!(
                f,
                "The Region {region} is in the partition {}, not in {}.",
                belongs_to.name(),
                partition.name()
            ),
            Refusal::AccountId(given) => write!(
                f,
                "{} is not an account ID. An account ID has twelve digits and no hyphens, such as 111122223333.",
                subject(given)
            ),
            Refusal::Malformed { name, given } => write!(f, "{} {}", subject(given), name.is_not),
            Refusal::Word { given, known } => {
                write!(f, "{} is not known. Known are {}.", subject(given), known.join(", "))
            }
            Refusal::Number { of, given, least, most } => write!(
                f,
                "{given} is not {}. Give a whole number from {least} to {most}.",
                of.about().1
            ),
            Refusal::Conflict(conflict) => f.write_str(conflict.message),
            Refusal::PolicyNameLength(0) => {
                write!(f, "The policy name is empty. A usual one is SessionManagerPermissions.")
            }
            Refusal::PolicyNameLength(length) => {
                write!(f, "The policy name has {length} characters. IAM takes 1 to 128.")
            }
            Refusal::PolicyNameCharacter(character) => write!(
                f,
                "The policy name contains {}. IAM takes letters and digits without accents, and nothing else but _ + = , . @ and -.",
                match character {
                    ' ' => "a space".to_owned(),
                    c if c.is_control() || c.is_whitespace() => format!("the character U+{:04X}", u32::from(*c)),
                    c => format!("the character {c}"),
                }
            ),
        }
    }
}

fn why_not_a_key(f: &mut fmt::Formatter, given: &str, why: &NotAKmsKeyArn) -> fmt::Result {
    match why {
        NotAKmsKeyArn::NotAnArn if given.is_empty() => write!(f, "The KMS key is empty. {KEY_EXAMPLE}"),
        NotAKmsKeyArn::NotAnArn => write!(f, "{} is not an ARN. {KEY_EXAMPLE}", subject(given)),
        NotAKmsKeyArn::KeyId => write!(
            f,
            "This is a key ID alone, and IAM takes only ARNs as a resource. {KEY_EXAMPLE}"
        ),
        NotAKmsKeyArn::AliasName => write!(
            f,
            "This is the name of an alias, and IAM takes only ARNs as a resource. Look up the key behind the alias \
             and give its ARN. {KEY_EXAMPLE}"
        ),
        NotAKmsKeyArn::AwsManagedAlias => write!(
            f,
            "This alias belongs to a key that AWS manages, and sessions cannot use such a key. Create a customer \
             managed key and give its ARN. {KEY_EXAMPLE}"
        ),
        NotAKmsKeyArn::AliasArn => write!(
            f,
            "This is an alias ARN. IAM accepts it as a resource, but it grants nothing: KMS compares \
             the resource with the ARN of the key behind the alias. {KEY_EXAMPLE}"
        ),
        NotAKmsKeyArn::OtherService(service) => write!(
            f,
            "This is an ARN of the service {}, not of kms. {KEY_EXAMPLE}",
            quoted(service)
        ),
        NotAKmsKeyArn::OtherResource(resource) => write!(
            f,
            "This KMS ARN ends in {} and does not name a key. Write key/ and the key ID, or key/* for every key. \
             {KEY_EXAMPLE}",
            quoted(resource)
        ),
        NotAKmsKeyArn::Placeholder => write!(
            f,
            "EXAMPLE stands in AWS's documentation for a real value. Give the ARN of your own key. {KEY_EXAMPLE}"
        ),
        NotAKmsKeyArn::Partition(partition) => write!(
            f,
            "{KEY_ARN_HAS} {} where the partition belongs: aws, aws-cn, aws-us-gov or the like.",
            quoted(partition)
        ),
        NotAKmsKeyArn::Region(region) => {
            write!(f, "{KEY_ARN_HAS} {} where the Region belongs. {REGION_EXAMPLE}", quoted(region))
        }
        NotAKmsKeyArn::RegionOfOtherPartition { region, partition, belongs_to } => write!(
            f,
            "The key's Region {region} is in the partition {}, but its ARN says {partition}.",
            belongs_to.name()
        ),
        NotAKmsKeyArn::Account(account) => write!(
            f,
            "{KEY_ARN_HAS} {} where the account ID belongs. An account ID has twelve digits and no hyphens.",
            quoted(account)
        ),
        NotAKmsKeyArn::NoKeyId(id) => write!(
            f,
            "{KEY_ARN_HAS} {} where the key ID belongs. A key ID looks like 1234abcd-12ab-34cd-56ef-1234567890ab, \
             or mrk- and 32 digits, in lower case.",
            quoted(id)
        ),
    }
}

const KEY_ARN_HAS: &str = "The ARN has";

/// The same at the beginning of a sentence.
fn subject(given: &str) -> String {
    if given.is_empty() {
        "An empty text".to_owned()
    } else {
        quoted(given)
    }
}

/// What somebody typed, short enough for a sentence.
fn quoted(given: &str) -> String {
    const SHOWN: usize = 60;
    match given.char_indices().nth(SHOWN) {
        None if given.is_empty() => "nothing".to_owned(),
        None => format!("\"{given}\""),
        Some((end, _)) => format!("\"{}...\"", given.get(..end).unwrap_or_default()),
    }
}

/// Reads a KMS key for session data; white space around it is dropped.
///
/// # Errors
/// [`Refusal::KmsKey`].
pub fn parse_kms_key(text: &str) -> Result<KmsKey, Refusal> {
    let text = text.trim();
    // The guide of 2023 prints the bare word, that of 2025 the ARN.
    if text == "key-name" || text == "arn:aws:kms:us-east-1:111122223333:key/key-name" {
        return Ok(KmsKey::Placeholder(text.to_owned()));
    }
    KmsKeyArn::parse(text)
        .map(KmsKey::Arn)
        .map_err(|why| Refusal::KmsKey { given: text.to_owned(), why })
}

/// Checks a key for the preferences: its ID, its ARN, or `alias/NAME` of the same account.
///
/// # Errors
/// [`Refusal::KmsKey`].
pub fn parse_key_id(text: &str) -> Result<&str, Refusal> {
    match KmsKeyArn::parse(text) {
        Ok(arn) if !arn.has_wildcard() => Ok(text),
        Err(NotAKmsKeyArn::KeyId) if !text.starts_with("key/") => Ok(text),
        Err(NotAKmsKeyArn::AliasName) if text.len() > "alias/".len() => Ok(text),
        Ok(_) => Err(Refusal::KmsKey { given: text.to_owned(), why: NotAKmsKeyArn::NotAnArn }),
        Err(why) => Err(Refusal::KmsKey { given: text.to_owned(), why }),
    }
}

/// Reads the name of a partition.
///
/// # Errors
/// [`Refusal::Partition`].
pub fn parse_partition(name: &str) -> Result<Partition, Refusal> {
    Partition::from_name(name).ok_or_else(|| Refusal::Partition(name.to_owned()))
}

/// Reads the name of a Region. One that AWS has not listed yet is taken when its name is of the usual form.
///
/// # Errors
/// [`Refusal::Region`].
pub fn parse_region(name: &str) -> Result<Region<'_>, Refusal> {
    Region::parse(name).ok_or_else(|| Refusal::Region(name.to_owned()))
}

/// Checks an account ID.
///
/// # Errors
/// [`Refusal::AccountId`].
pub fn parse_account_id(text: &str) -> Result<&str, Refusal> {
    if is_account_id(text) {
        Ok(text)
    } else {
        Err(Refusal::AccountId(text.to_owned()))
    }
}

/// Checks the name of an inline policy.
///
/// Source: the IAM API reference, `PutRolePolicy`: 1 to 128 characters of `[\w+=,.@-]`, read 2026-11.
///
/// # Errors
/// [`Refusal::PolicyNameLength`] or [`Refusal::PolicyNameCharacter`].
pub fn parse_policy_name(text: &str) -> Result<&str, Refusal> {
    let is_taken =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '=' | ',' | '.' | '@' | '-');
    match text.chars().find(|c| !is_taken(*c)) {
        Some(character) => Err(Refusal::PolicyNameCharacter(character)),
        None if text.is_empty() || text.len() > 128 => Err(Refusal::PolicyNameLength(text.len())),
        None => Ok(text),
    }
}
