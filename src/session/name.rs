//! Names of buckets, log groups, nodes, documents and the like: what AWS takes, and what to say about another.
//!
//! Source: the user guides of S3, CloudWatch Logs, Systems Manager and IAM with their API references, read 2026-11.

use super::Refusal;

/// What a name is the name of: what AWS takes for one, and what to say about another.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// The code of a refusal.
    pub code: &'static str,
    /// What is said behind the text that was given: that it is none, and what a right one looks like.
    pub is_not: &'static str,
    takes: fn(&str) -> bool,
}

/// Each has a sentence of its own, codes are shared.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.is_not == other.is_not
    }
}

impl Eq for Name {}

#[expect(missing_docs, reason = "the sentences say what each is")]
impl Name {
    pub const BUCKET: Name = Name::new(
        "BUCKET_NAME_MALFORMED",
        "is not the name of a bucket. A name has 3 to 63 lower-case letters, digits, dots and hyphens, such as \
         example-session-logs; no ARN and no prefix belongs to it.",
        is_bucket,
    );
    pub const BUCKET_PLACEHOLDER: Name = Name::new(
        "BUCKET_PLACEHOLDER",
        "stands in AWS's documentation for a bucket of yours. Give its name, such as example-session-logs.",
        is_bucket,
    );
    pub const PREFIX: Name = Name::new(
        "PREFIX_MALFORMED",
        "is not a prefix for log files. Write it without a slash at either end and in at most 500 \
         characters up to U+00FF, such as prod/sessions.",
        |text| {
            (1..=500).contains(&text.len())
                && !text.starts_with('/')
                && !text.ends_with('/')
                && text.chars().all(is_policy_character)
        },
    );
    pub const LOG_GROUP: Name = Name::new(
        "LOG_GROUP_MALFORMED",
        "is not the name of a log group. A name has up to 512 letters, digits and . - _ / # and does not \
         begin with aws/, such as /example/session-logs.",
        |text| is_made_of(text, 1..=512, b"._/#-") && !text.starts_with("aws/"),
    );
    pub const NODE_ID: Name = Name::new(
        "NODE_ID_MALFORMED",
        "is not the ID of a node. An instance looks like i-0123456789abcdef0, a node of a hybrid activation \
         like mi-0123456789abcdef0.",
        is_node_id,
    );
    pub const TARGET: Name = Name::new(
        "TARGET_ID_MALFORMED",
        "is not the target of a session. A target looks like i-0123456789abcdef0, mi-0123456789abcdef0 or \
         ecs:CLUSTER_TASK_RUNTIME.",
        |text| {
                let is_task = |task: &str| is_made_of(task, 1..=396, b"_-") && task.contains('_');
                is_node_id(text) || text.strip_prefix("ecs:").is_some_and(is_task)
            },
    );
    pub const TAG_KEY: Name = Name::new(
        "TAG_KEY_MALFORMED",
        "is not a tag key. A key has 1 to 128 letters, digits, spaces and _ . : / = + - @, does not begin \
         with aws: and in a policy has no character beyond U+00FF.",
        |text| {
                (1..=128).contains(&text.chars().count())
                    && text.chars().all(is_tag_character)
                    && !text.to_ascii_lowercase().starts_with("aws:")
            },
    );
    /// What no tag is: `option` tells it by the key and the values together.
    pub const TAG_OF_AWS_CLI: Name = Name::new(
        "TAG_KEY_MALFORMED",
        "is how the AWS CLI writes a tag, so Key would be the key of it here. Give the key of the tag with its values, \
         as in {\"Team\": \"web\"}, or Team=web on a command line.",
        |_| false,
    );
    pub const TAG_VALUE: Name = Name::new(
        "TAG_VALUE_MALFORMED",
        "is not a tag value. A value has up to 256 characters, in a policy none beyond U+00FF; * ? and $ stand for \
         others there.",
        |text| text.chars().count() <= 256 && text.chars().all(is_tag_value_character),
    );
    pub const DOCUMENT: Name = Name::new(
        "DOCUMENT_NAME_MALFORMED",
        "is not the name of a document of your account. A name has 3 to 128 letters, digits and _ - . and \
         does not begin with aws, amazon or amzn, such as ExampleSessionDocument; those of AWS follow from the kinds of \
         sessions.",
        |text| {
                let lower = text.to_ascii_lowercase();
                is_made_of(text, 3..=128, b"_-.")
                    && !["aws", "amazon", "amzn"].iter().any(|taken| lower.starts_with(taken))
            },
    );
    pub const PARAMETER: Name = Name::new(
        "PARAMETER_NAME_MALFORMED",
        "is not the name of a parameter. A name has letters, digits and _ . - with slashes between its \
         levels, such as /example/password.",
        |text| {
                let levels = text.strip_prefix('/').unwrap_or(text);
                text.len() <= 1011
                    && levels.split('/').all(|level| is_made_of(level, 1..=1011, b"_.-"))
            },
    );
    pub const CLUSTER: Name = Name::new(
        "CLUSTER_NAME_MALFORMED",
        "is not the name of an ECS cluster. A name has 1 to 255 letters, digits, hyphens and underscores, \
         such as example-cluster.",
        |text| is_made_of(text, 1..=255, b"-_"),
    );
    pub const PRINCIPAL: Name = Name::new(
        "PRINCIPAL_MALFORMED",
        "is not the ARN of a role, a user or an account. One looks like \
         arn:aws:iam::111122223333:role/ExampleNodeRole.",
        is_principal,
    );
    pub const ROLE: Name = Name::new(
        "ROLE_NAME_MALFORMED",
        "is not the name of a role. A name has 1 to 64 letters, digits and _ + = , . @ - and no path, such \
         as ExampleNodeRole.",
        is_user_name,
    );
    pub const USER: Name = Name::new(
        "USER_NAME_MALFORMED",
        "is not the name of a user. A name has 1 to 64 letters, digits and _ + = , . @ - and no path, such as \
         jane@example.com.",
        is_user_name,
    );
    pub const GROUP: Name = Name::new(
        "GROUP_NAME_MALFORMED",
        "is not the name of a group. A name has 1 to 128 letters, digits and _ + = , . @ - and no path, such \
         as ExampleOperators.",
        |text| is_made_of(text, 1..=128, b"_+=,.@-"),
    );
    pub const COMMAND_DOCUMENT: Name = Name::new(
        "DOCUMENT_NAME_MALFORMED",
        "is not the name of a document. A name has 3 to 128 letters, digits and _ - . such as \
         AWS-RunShellScript.",
        |text| is_made_of(text, 3..=128, b"_-."),
    );
    pub const DATE: Name = Name::new(
        "DATE_MALFORMED",
        "is not a point in time. One looks like 2027-01-31T00:00:00Z.",
        |text| text.contains('T') && crate::aws::DateValue::parse(text).is_some(),
    );
    pub const ORGANIZATION: Name = Name::new(
        "ORGANIZATION_ID_MALFORMED",
        "is not the ID of an organization. One looks like o-a1b2c3d4e5.",
        |text| {
            text.strip_prefix("o-").is_some_and(|id| {
                (10..=32).contains(&id.len())
                    && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            })
        },
    );
    pub const ORGANIZATION_TARGET: Name = Name::new(
        "ORGANIZATION_TARGET_MALFORMED",
        "is not the ID of a root, a unit or an account. They look like r-ab12, ou-ab12-cdef3456 and \
         111122223333.",
        |text| {
                let is_unit = ["r-", "ou-"].iter().any(|kind| text.starts_with(kind));
                crate::aws::is_account_id(text) || is_unit && is_made_of(text, 6..=68, b"-")
            },
    );
    pub const USER_ID: Name = Name::new(
        "USER_ID_MALFORMED",
        "is not the unique ID of a user or of a role's session. They look like AIDACKCEVSQ6C2EXAMPLE and \
         AROACKCEVSQ6C2EXAMPLE:jane@example.com.",
        |text| {
                let (id, session) = text.split_once(':').unwrap_or((text, "x"));
                let is_id = id.len() >= 16
                    && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
                is_id && is_made_of(session, 1..=64, b"_+=,.@-")
            },
    );
    pub const IP_RANGE: Name = Name::new(
        "IP_RANGE_MALFORMED",
        "is not a range of IP addresses. One looks like 203.0.113.0/24 or 2001:db8::/32.",
        |text| crate::aws::IpRange::parse(text).is_some(),
    );
    pub const VPC_ENDPOINT: Name = Name::new(
        "VPC_ENDPOINT_MALFORMED",
        "is not the ID of a VPC endpoint. One looks like vpce-0123456789abcdef0.",
        |text| text.strip_prefix("vpce-").is_some_and(is_hex_id),
    );
    pub const OS_USER: Name = Name::new(
        "RUN_AS_USER_MALFORMED",
        "is not a user for Run As. Write the name of a user of the operating system other than root, such \
         as ssm-user.",
        |text| {
                text != "root" && is_made_of(text, 1..=128, b"_.-\\@$") && !text.starts_with('-')
            },
    );
    pub const DOCUMENT_PARAMETER: Name = Name::new(
        "DOCUMENT_PARAMETER_MALFORMED",
        "is not the name of a parameter of a document. A name has up to 128 letters, digits and underscores, \
         such as logpath.",
        |text| is_made_of(text, 1..=128, b"_"),
    );
    pub const HOST: Name = Name::new(
        "HOST_MALFORMED",
        "is not a host. Write its name or address without a scheme, a port or a path, such as \
         db.example.internal or 10.0.0.5, or a parameter of the document, such as {{ host }}.",
        |text| {
            // Of an IPv6 address the colons, of a name the dots.
            let is_address = text.parse::<std::net::IpAddr>().is_ok();
            is_address || is_made_of(text, 1..=253, b".-") && !text.starts_with(['.', '-'])
        },
    );
    pub const CONNECT_ENDPOINT: Name = Name::new(
        "CONNECT_ENDPOINT_MALFORMED",
        "is not the ID of an EC2 Instance Connect Endpoint. One looks like eice-0123456789abcdef0.",
        |text| text.strip_prefix("eice-").is_some_and(is_hex_id),
    );
    pub const GITHUB_SUBJECT: Name = Name::new(
        "GITHUB_SUBJECT_MALFORMED",
        "is not the subject of one repository. Write it whole and without wildcards, which would let in \
         other branches or repositories, such as repo:example-org/example:ref:refs/heads/main or \
         repo:example-org/example:environment:production.",
        is_github_subject,
    );
    pub const EXTERNAL_ID: Name = Name::new(
        "EXTERNAL_ID_MALFORMED",
        "is not an external ID. One has 2 to 1224 letters, digits and _ + = , . @ : / -.",
        |text| is_made_of(text, 2..=1224, b"_+=,.@:/-"),
    );
    pub const SAML_PROVIDER: Name = Name::new(
        "SAML_PROVIDER_MALFORMED",
        "is not the name of a SAML provider. A name has 1 to 128 letters, digits and _ . - such as ExampleIdP.",
        |text| is_made_of(text, 1..=128, b"_.-"),
    );

    const fn new(code: &'static str, is_not: &'static str, takes: fn(&str) -> bool) -> Self {
        Name { code, is_not, takes }
    }

    /// Takes the text if it is such a name.
    ///
    /// # Errors
    /// [`Refusal::Malformed`].
    pub fn parse(self, text: &str) -> Result<&str, Refusal> {
        if self == Name::BUCKET && (text == "DOC-EXAMPLE-BUCKET" || text == "amzn-s3-demo-bucket") {
            return Err(Refusal::Malformed {
                name: Name::BUCKET_PLACEHOLDER,
                given: text.to_owned(),
            });
        }
        if (self.takes)(text) {
            Ok(text)
        } else {
            Err(Refusal::Malformed { name: self, given: text.to_owned() })
        }
    }
}

/// The name of a log group, also from its ARN, with or without the `:*` at its end.
///
/// # Errors
/// [`Refusal::Malformed`].
pub fn parse_log_group(text: &str) -> Result<&str, Refusal> {
    let cut = match crate::aws::Arn::parse(text) {
        Some(arn) if arn.service == "logs" => {
            arn.resource.strip_prefix("log-group:").unwrap_or(arn.resource)
        }
        _ => text,
    };
    Name::LOG_GROUP.parse(cut.strip_suffix(":*").unwrap_or(cut))
}

/// A text as it must stand in an ARN so that no character of it is a wildcard or begins a policy variable.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '*' | '?' | '$' => out.extend(['$', '{', c, '}']),
            c => out.push(c),
        }
    }
    out
}

/// The characters that IAM takes in a policy, without control characters.
fn is_policy_character(c: char) -> bool {
    (' '..='\u{ff}').contains(&c) && !c.is_control()
}

fn is_tag_character(c: char) -> bool {
    is_policy_character(c)
        && (c.is_alphanumeric() || c == ' ' || c == '\u{a0}' || "_.:/=+-@".contains(c))
}

/// EC2 takes any character in the tags of an instance.
///
/// Source: EC2 user guide, "Tag your Amazon EC2 resources", read 2026-11.
fn is_tag_value_character(c: char) -> bool {
    is_policy_character(c) && !c.is_control() && !"*?$".contains(c)
}

fn is_made_of(text: &str, length: std::ops::RangeInclusive<usize>, others: &[u8]) -> bool {
    length.contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || others.contains(&b))
}

fn is_hex_id(text: &str) -> bool {
    (text.len() == 8 || text.len() == 17)
        && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_node_id(text: &str) -> bool {
    text.strip_prefix("i-").is_some_and(is_hex_id)
        || text.strip_prefix("mi-").is_some_and(|id| id.len() == 17 && is_hex_id(id))
}

/// `repo:OWNER/REPOSITORY:` and what started the workflow, by the form that GitHub gives it unless it is told otherwise.
///
/// Source: GitHub's documentation, "OpenID Connect reference", read 2026-11.
fn is_github_subject(text: &str) -> bool {
    let is_name = |name: &str| is_made_of(name, 1..=140, b"_.-@");
    let Some((repository, rest)) = text.strip_prefix("repo:").and_then(|it| it.split_once(':'))
    else {
        return false;
    };
    let is_repository =
        repository.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name));
    is_repository
        && (1..=512).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_graphic() && !b"*?$".contains(&b))
}

fn is_bucket(text: &str) -> bool {
    let ends = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let starts_with = ["xn--", "sthree-", "amzn-s3-demo-"];
    let ends_with = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    let is_address = text.split('.').count() == 4
        && text.split('.').all(|part| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()));
    (3..=63).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && ends(text.bytes().next())
        && ends(text.bytes().last())
        && !text.contains("..")
        && !is_address
        && !starts_with.iter().any(|taken| text.starts_with(taken))
        && !ends_with.iter().any(|taken| text.ends_with(taken))
}

/// The name of a role or a user, without a path.
fn is_user_name(text: &str) -> bool {
    is_made_of(text, 1..=64, b"_+=,.@-")
}

fn is_principal(text: &str) -> bool {
    let Some(arn) = crate::aws::Arn::parse(text) else {
        return false;
    };
    let named = ["role/", "user/"].iter().find_map(|kind| arn.resource.strip_prefix(kind));
    arn.service == "iam"
        && arn.region.is_empty()
        && crate::aws::is_account_id(arn.account)
        && crate::aws::Partition::from_name(arn.partition).is_some()
        && (arn.resource == "root"
            || named.is_some_and(|named| match named.rsplit_once('/') {
                Some((path, name)) => is_made_of(path, 1..=510, b"_+=,.@-/") && is_user_name(name),
                None => is_user_name(named),
            }))
}

#[cfg(test)]
mod tests {
    use super::{escaped, parse_log_group, Name};

    #[test]
    fn names_are_taken_or_refused() {
        let cases = [
            (Name::BUCKET, "example-session-logs", true),
            (Name::BUCKET, "a.b", true),
            (Name::BUCKET, "192.168.5.4", false),
            (Name::BUCKET, "Example", false),
            (Name::BUCKET, "a..b", false),
            (Name::BUCKET, "-ab", false),
            (Name::BUCKET, "ab--x-s3", false),
            (Name::BUCKET, "arn:aws:s3:::logs", false),
            (Name::BUCKET, "DOC-EXAMPLE-BUCKET", false),
            (Name::PREFIX, "prod/a b*", true),
            (Name::PREFIX, "prod/", false),
            (Name::PREFIX, "/prod", false),
            (Name::PREFIX, "日本", false),
            (Name::NODE_ID, "i-0123456789abcdef0", true),
            (Name::NODE_ID, "i-01234567", true),
            (Name::NODE_ID, "mi-01234567", false),
            (Name::NODE_ID, "i-02573cafcfEXAMPLE", false),
            (Name::TARGET, "ecs:c_0123_4567", true),
            (Name::TAG_KEY, "Cost Center", true),
            (Name::TAG_KEY, "aws:cloudformation", false),
            (Name::TAG_KEY, "a*", false),
            (Name::TAG_VALUE, "", true),
            (Name::DOCUMENT, "ExampleSessionDocument", true),
            (Name::DOCUMENT, "AWS-StartSSHSession", false),
            (Name::DOCUMENT, "a*", false),
            (Name::PARAMETER, "/a/b", true),
            (Name::PARAMETER, "a//b", false),
            (Name::PRINCIPAL, "arn:aws:iam::111122223333:role/path/Node", true),
            (Name::PRINCIPAL, "arn:aws:iam::111122223333:role/path/", false),
            (Name::PRINCIPAL, "arn:aws:iam::111122223333:role//Node", false),
            (Name::PRINCIPAL, "arn:aws:iam::111122223333:user/", false),
            (Name::PRINCIPAL, "arn:aws:iam::111122223333:root", true),
            (Name::PRINCIPAL, "arn:aws:sts::111122223333:assumed-role/a/b", false),
            (Name::USER_ID, "AROACKCEVSQ6C2EXAMPLE:jane@example.com", true),
            (Name::USER_ID, "jane", false),
            (Name::IP_RANGE, "203.0.113.0/24", true),
            (Name::IP_RANGE, "office", false),
            (Name::VPC_ENDPOINT, "vpce-01234567", true),
            (Name::OS_USER, "root", false),
            (Name::DOCUMENT_PARAMETER, "logpath", true),
            (Name::DOCUMENT_PARAMETER, "log path", false),
            (Name::HOST, "db.example.internal", true),
            (Name::HOST, "2001:db8::5", true),
            (Name::HOST, "db.example.internal:3306", false),
            (Name::HOST, "https://db", false),
            (Name::CONNECT_ENDPOINT, "eice-0123456789abcdef0", true),
            (Name::CONNECT_ENDPOINT, "vpce-0123456789abcdef0", false),
            (Name::GITHUB_SUBJECT, "repo:o/r:ref:refs/heads/main", true),
            (Name::GITHUB_SUBJECT, "repo:o/r:environment:production", true),
            (Name::GITHUB_SUBJECT, "repo:o@1/r@2:pull_request", true),
            (Name::GITHUB_SUBJECT, "repo:o/r:*", false),
            (Name::GITHUB_SUBJECT, "repo:o/*:ref:refs/heads/main", false),
            (Name::GITHUB_SUBJECT, "repo:o/r", false),
            (Name::GITHUB_SUBJECT, "*", false),
            (Name::EXTERNAL_ID, "a:b/c-1", true),
            (Name::EXTERNAL_ID, "a", false),
            (Name::EXTERNAL_ID, "a*", false),
            (Name::SAML_PROVIDER, "ExampleIdP", true),
            (Name::SAML_PROVIDER, "saml-provider/ExampleIdP", false),
        ];
        for (name, text, taken) in cases {
            assert_eq!(name.parse(text).is_ok(), taken, "{name:?} {text}");
        }
    }

    #[test]
    fn a_log_group_may_be_given_by_its_arn() {
        for text in [
            "/a/b",
            "/a/b:*",
            "arn:aws:logs:us-east-2:111122223333:log-group:/a/b",
            "arn:aws:logs:us-east-2:111122223333:log-group:/a/b:*",
        ] {
            assert_eq!(parse_log_group(text), Ok("/a/b"));
        }
        assert!(parse_log_group("aws/x").is_err());
    }

    #[test]
    fn wildcards_in_names_are_escaped() {
        assert_eq!(escaped("a*b?c$d"), "a${*}b${?}c${$}d");
    }
}
