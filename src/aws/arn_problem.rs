//! What can be wrong with an ARN, or a pattern for ARNs, that names a resource.
//!
//! The fields are held against the ARN formats of the catalog. Those formats are no complete list: only where every
//! one that fits the resource says the same about the Region or the account is that taken for a fact.

use super::catalog::{is_arn_service, resource_types_of_arn_service};
use super::{has_wildcard, pieces, split_fields, Arn, Partition, Piece, Region};

/// A mistake in a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnProblem {
    /// Fewer than six fields.
    MissingField,
    /// The first field is not `arn`.
    InvalidPrefix,
    /// AWS has no such partition.
    InvalidPartition,
    /// The service would be known in small letters.
    ServiceCase,
    /// ARNs have no such service.
    InvalidService,
    /// The partition has no such Region.
    InvalidRegion,
    /// The resource has a Region, and the field is empty.
    MissingRegion,
    /// The resource has none.
    RegionNotAllowed,
    /// No twelve digits.
    InvalidAccount,
    /// The resource has an account, and the field is empty.
    MissingAccount,
    /// The resource has none.
    AccountNotAllowed,
    /// The service has no such resource.
    InvalidResource,
}

/// What stands at the place of an account where AWS itself is the owner.
const ACCOUNT_WORDS: &[&str] = &["aws", "cloudfront", "offering"];

/// Services of which AWS itself has resources without an account, which the catalog does not list.
const SERVICES_WITH_AWS_RESOURCES: &[&str] = &["resource-explorer-2", "ssm"];

/// What a resource of IAM begins with, wildcards or not; AWS refuses any other.
const IAM_PATHS: &[&str] = &[
    "access-report/",
    "assumed-role/",
    "contextProvider/",
    "delegation-request/",
    "federated-user/",
    "group/",
    "instance-profile/",
    "mfa/",
    "oidc-provider/",
    "policy/",
    "report/",
    "role-template/",
    "role/",
    "saml-provider/",
    "server-certificate/",
    "sms-mfa/",
    "user/",
];

impl ArnProblem {
    /// Every problem, in the order of the fields.
    pub const ALL: [ArnProblem; 12] = [
        ArnProblem::MissingField,
        ArnProblem::InvalidPrefix,
        ArnProblem::InvalidPartition,
        ArnProblem::ServiceCase,
        ArnProblem::InvalidService,
        ArnProblem::InvalidRegion,
        ArnProblem::MissingRegion,
        ArnProblem::RegionNotAllowed,
        ArnProblem::InvalidAccount,
        ArnProblem::MissingAccount,
        ArnProblem::AccountNotAllowed,
        ArnProblem::InvalidResource,
    ];

    /// Whether the text has the problem. Behind a first field that is not meant as `arn` nothing is looked at.
    pub fn is_in(self, text: &str) -> bool {
        let Some([prefix, partition, service, region, account, resource]) = split_fields(text)
        else {
            return self == ArnProblem::MissingField;
        };
        if prefix != "arn" && !prefix.is_empty() && !prefix.eq_ignore_ascii_case("arn") {
            return self == ArnProblem::InvalidPrefix;
        }
        let small = service.to_ascii_lowercase();
        let arn = Arn { partition, service: &small, region, account, resource };
        match self {
            ArnProblem::MissingField => false,
            ArnProblem::InvalidPrefix => prefix != "arn",
            ArnProblem::InvalidPartition => {
                is_literal(partition) && Partition::from_name(partition).is_none()
            }
            ArnProblem::ServiceCase => service != small && is_arn_service(&small),
            ArnProblem::InvalidService => is_literal(service) && !is_arn_service(&small),
            ArnProblem::InvalidRegion => {
                is_field(region)
                    && !is_region_of(region, partition)
                    && fitting_formats(arn).any(|format| !format.region.is_empty())
            }
            ArnProblem::MissingRegion => {
                region.is_empty() && all_fitting(arn, |format| !format.region.is_empty())
            }
            ArnProblem::RegionNotAllowed => {
                is_field(region) && all_fitting(arn, |format| format.region.is_empty())
            }
            ArnProblem::InvalidAccount => {
                let is_id = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
                is_field(account) && !is_id && !ACCOUNT_WORDS.contains(&account)
            }
            ArnProblem::MissingAccount => {
                account.is_empty()
                    && !SERVICES_WITH_AWS_RESOURCES.contains(&arn.service)
                    && all_fitting(arn, |format| !format.account.is_empty())
            }
            // The catalog has images and snapshots of EC2 without an account; AWS accepts them with one.
            ArnProblem::AccountNotAllowed => {
                is_field(account)
                    && arn.service != "ec2"
                    && all_fitting(arn, |format| format.account.is_empty())
            }
            ArnProblem::InvalidResource => match arn.service {
                "iam" => !is_iam_resource(resource),
                _ => is_literal(text) && !fits_any_format(arn),
            },
        }
    }
}

/// The text with another text in the field with this number, from 0; `None` when it has not six fields.
pub fn with_arn_field(text: &str, number: usize, field: &str) -> Option<String> {
    let mut fields = split_fields(text)?;
    *fields.get_mut(number)? = field;
    Some(fields.join(":"))
}

/// The ARN formats of a service, as AWS writes them.
pub fn arn_formats(service: &str) -> impl Iterator<Item = Arn<'static>> + '_ {
    resource_types_of_arn_service(service)
        .flat_map(|resource_type| resource_type.arn_formats())
        .filter(move |format| format.service == service)
}

fn is_literal(text: &str) -> bool {
    !has_wildcard(text) && !text.contains("${")
}

fn is_field(text: &str) -> bool {
    !text.is_empty() && is_literal(text)
}

/// Of a partition that is none, or a pattern, any may be meant.
fn is_region_of(region: &str, partition: &str) -> bool {
    let partition = Partition::from_name(partition);
    Region::parse(region).is_some_and(|region| {
        region.is_listed() && partition.is_none_or(|partition| partition == region.partition)
    })
}

fn is_iam_resource(resource: &str) -> bool {
    let is_all = !resource.is_empty() && resource.bytes().all(|b| b == b'*');
    is_all || resource == "root" || IAM_PATHS.iter().any(|path| resource.starts_with(path))
}

/// Whether some format fits the resource, and all that do have this. A resource that is `*` may be any.
fn all_fitting(arn: Arn, has: impl Fn(&Arn) -> bool) -> bool {
    let mut fitting = fitting_formats(arn).peekable();
    !is_all_stars(arn.resource) && fitting.peek().is_some() && fitting.all(|format| has(&format))
}

fn is_all_stars(text: &str) -> bool {
    text.bytes().all(|b| b == b'*')
}

fn fitting_formats<'a>(arn: Arn<'a>) -> impl Iterator<Item = Arn<'static>> + 'a {
    let resource = symbols(arn.resource, false);
    arn_formats(arn.service).filter(move |format| may_be_equal(&resource, format.resource))
}

/// Whether the resource fits a format; a service without formats is not known well enough to say no.
fn fits_any_format(arn: Arn) -> bool {
    let mut formats = arn_formats(arn.service).peekable();
    let resource = symbols(arn.resource, false);
    formats.peek().is_none() || formats.any(|format| may_be_equal(&resource, format.resource))
}

/// A piece of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Symbol {
    This(char),
    One,
    Any,
}

/// A policy variable may be any text, a placeholder any that is not empty.
fn symbols(text: &str, is_format: bool) -> Vec<Symbol> {
    let mut out = Vec::new();
    for piece in pieces(text, true) {
        match piece {
            Piece::Plain(plain) => out.extend(plain.chars().map(Symbol::This)),
            Piece::Wildcards => out.push(Symbol::Any),
            Piece::Variable if is_format => out.extend([Symbol::One, Symbol::Any]),
            Piece::Variable => out.push(Symbol::Any),
        }
    }
    out
}

/// Whether a text matches both patterns.
fn may_be_equal(pattern: &[Symbol], format: &str) -> bool {
    let mut here = pattern.iter();
    for letter in format.chars().take_while(|letter| *letter != '$') {
        match here.next() {
            Some(Symbol::This(c)) if *c != letter => return false,
            Some(Symbol::This(_) | Symbol::One) => {}
            Some(Symbol::Any) => break,
            None => return false,
        }
    }
    let format = symbols(format, true);
    // Which beginnings of the format go together with the pattern up to here.
    let mut row: Vec<bool> = vec![false; format.len() + 1];
    if let Some(first) = row.first_mut() {
        *first = true;
    }
    pass_stars(&mut row, &format);
    for symbol in pattern {
        let mut next = vec![false; row.len()];
        let pairs = row.iter().zip(&format).zip(1..);
        match symbol {
            Symbol::Any => {
                let first = row.iter().position(|is_reached| *is_reached).unwrap_or(row.len());
                next.iter_mut().skip(first).for_each(|is_reached| *is_reached = true);
            }
            _ => {
                for ((is_reached, other), after) in pairs {
                    let at = if *other == Symbol::Any { after - 1 } else { after };
                    let is_equal =
                        matches!((symbol, other), (Symbol::This(a), Symbol::This(b)) if a != b);
                    if let Some(slot) = next.get_mut(at).filter(|_| *is_reached && !is_equal) {
                        *slot = true;
                    }
                }
            }
        }
        pass_stars(&mut next, &format);
        row = next;
    }
    row.last() == Some(&true)
}

/// A star of the format may stand for nothing.
fn pass_stars(row: &mut [bool], format: &[Symbol]) {
    let mut is_before = false;
    for (i, slot) in row.iter_mut().enumerate() {
        let is_star = i.checked_sub(1).and_then(|i| format.get(i)) == Some(&Symbol::Any);
        *slot |= is_before && is_star;
        is_before = *slot;
    }
}

#[cfg(test)]
mod tests {
    use super::{may_be_equal, symbols, with_arn_field, ArnProblem};

    #[test]
    fn resources_have_the_problems_that_they_have() {
        use ArnProblem::*;
        let cases: [(&str, &[ArnProblem]); 13] = [
            ("arn:aws:s3:::b/${aws:username}", &[]),
            ("b", &[MissingField]),
            ("x:y:z:1:2:3", &[InvalidPrefix]),
            ("ARN:aws:iam:::role/r", &[InvalidPrefix, MissingAccount]),
            ("arn:x:S3:::b", &[InvalidPartition, ServiceCase]),
            ("arn:aws:nothing:r:1:x", &[InvalidService, InvalidAccount]),
            ("arn:aws:kms:r::key/k", &[InvalidRegion, MissingAccount]),
            ("arn:aws:kms::111122223333:key/k", &[MissingRegion]),
            ("arn:aws:s3:r:111122223333:b", &[RegionNotAllowed, AccountNotAllowed]),
            ("arn:aws:kms:us-east-1:111122223333:k", &[InvalidResource]),
            ("arn:aws:kms:*:111122223333:k", &[]),
            ("arn:aws:iam::*:x*", &[InvalidResource]),
            ("arn:aws:kms:::*", &[]),
        ];
        for (text, expected) in cases {
            let found = ArnProblem::ALL.into_iter().filter(|problem| problem.is_in(text));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn a_pattern_and_a_format_may_be_equal() {
        for (pattern, format, expected) in [
            ("key/k", "key/${KeyId}", true),
            ("key/", "key/${KeyId}", false),
            ("key/*", "key/${KeyId}", true),
            ("k*", "key/${KeyId}", true),
            ("*", "key/${KeyId}", true),
            ("*/k", "alias/${Alias}", true),
            ("keys/*", "key/${KeyId}", false),
            ("*:x", "group:${Name}:*", true),
            ("a/b:c", "${X}/${Y}", true),
            ("a", "${X}/${Y}", false),
            ("${v}", "key/${KeyId}", true),
            ("", "${X}", false),
        ] {
            let symbols = symbols(pattern, false);
            assert_eq!(may_be_equal(&symbols, format), expected, "{pattern} {format}");
        }
        assert_eq!(with_arn_field("a:b:c:d:e:f:g", 4, "*").as_deref(), Some("a:b:c:d:*:f:g"));
        assert_eq!(with_arn_field("a:b", 0, "*"), None);
    }
}
