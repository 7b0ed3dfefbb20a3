//! Amazon Resource Names: `arn:partition:service:region:account:resource`.
//!
//! Only the five colons are looked at here; what a field may hold is the business of whoever reads it.

mod asked;
mod format;
mod kms_key;
mod named;
mod partition;
mod problem;
mod s3;
mod session;

pub use asked::{asked_for_star, CLUSTER_OF_ECS_EXEC};
pub use format::{arn_formats, may_have_form};
pub use kms_key::{KmsKeyArn, NotAKmsKeyArn};
pub use named::NamedResources;
pub use partition::{Partition, Region};
pub use problem::{with_arn_field, ArnProblem, ArnProblems};
pub use s3::S3Resource;
pub use session::{SessionDocument, SessionResource};

/// How many characters an ARN has at most.
///
/// Source: the IAM API reference, "SimulateCustomPolicy", CallerArn and ResourceArns, read 2026-11.
pub const LONGEST_ARN: usize = 2_048;

/// The fields of an ARN, or of an ARN pattern with `*` and `?` in its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// Such as `aws` or `aws-cn`.
    pub partition: &'a str,
    /// Such as `kms`.
    pub service: &'a str,
    /// Such as `eu-west-1`; empty for global resources.
    pub region: &'a str,
    /// Twelve digits; empty for some resources.
    pub account: &'a str,
    /// All that follows the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits a text at its first five colons; `None` when it does not begin with `arn:` or has fewer.
    pub fn parse(text: &'a str) -> Option<Self> {
        // Most values of conditions end here.
        if !text.starts_with("arn:") {
            return None;
        }
        let [_, partition, service, region, account, resource] = split_fields(text)?;
        Some(Arn { partition, service, region, account, resource })
    }
}

/// The text at its first five colons, whatever stands before the first; `None` when there are fewer.
///
/// A policy variable is one piece: the colon in `${aws:username}` separates nothing.
pub fn split_fields(text: &str) -> Option<[&str; 6]> {
    let mut fields = [""; 6];
    let mut left = fields.iter_mut();
    let mut field = left.next()?;
    // Where the field begins, and where the variable ends that is being read.
    let (mut start, mut resume) = (0, 0);
    let mut last_closing = None;
    let mut last = 0;
    for (at, byte) in text.as_bytes().iter().enumerate() {
        if at >= resume {
            match byte {
                b':' => {
                    *field = text.get(start..at)?;
                    start = at + 1;
                    field = left.next()?;
                    if left.len() == 0 {
                        *field = text.get(start..)?;
                        return Some(fields);
                    }
                }
                b'{' if last == b'$' => {
                    // An open brace that is never closed is no variable, and is not looked for again.
                    let last = last_closing.get_or_insert_with(|| text.rfind('}').unwrap_or(0));
                    if at < *last {
                        resume = at + text.get(at..)?.find('}')? + 1;
                    }
                }
                _ => {}
            }
        }
        last = *byte;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{split_fields, Arn};

    #[test]
    fn a_resource_keeps_its_own_colons() {
        let arn = Arn::parse("arn:aws:logs:us-east-1:111122223333:log-group:a:*");
        assert_eq!(arn.map(|a| a.resource), Some("log-group:a:*"));
        assert_eq!(arn.map(|a| a.account), Some("111122223333"));
    }

    #[test]
    fn fewer_than_five_colons_are_no_arn() {
        for text in ["", "arn", "arn:aws:s3", "arn:aws:s3::", "ARN:aws:s3:::b", "key-name"] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
        assert_eq!(Arn::parse("arn:::::").map(|a| a.resource), Some(""));
    }

    #[test]
    fn a_variable_is_one_piece() {
        let arn = Arn::parse("arn:aws:s3:::b/${aws:username}:x");
        assert_eq!(arn.map(|a| a.resource), Some("b/${aws:username}:x"));
        let account = Arn::parse("arn:aws:kms:*:${aws:PrincipalAccount}:key/$:a");
        assert_eq!(
            account.map(|a| (a.account, a.resource)),
            Some(("${aws:PrincipalAccount}", "key/$:a"))
        );
        assert_eq!(split_fields("${a:b:c:d:e:f"), Some(["${a", "b", "c", "d", "e", "f"]));
        assert_eq!(split_fields("${a:b}:c"), None);
    }
}
