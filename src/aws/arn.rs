//! Amazon Resource Names: `arn:partition:service:region:account:resource`.
//!
//! Only the five colons are looked at here; what a field may hold is the business of whoever reads it.

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
        let mut fields = text.splitn(6, ':');
        if fields.next() != Some("arn") {
            return None;
        }
        Some(Arn {
            partition: fields.next()?,
            service: fields.next()?,
            region: fields.next()?,
            account: fields.next()?,
            resource: fields.next()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Arn;

    #[test]
    fn a_resource_keeps_its_own_colons() {
        let arn = Arn::parse("arn:aws:logs:us-east-1:111122223333:log-group:a:*");
        assert_eq!(arn.map(|a| a.resource), Some("log-group:a:*"));
        assert_eq!(arn.map(|a| a.account), Some("111122223333"));
    }

    #[test]
    fn fewer_than_five_colons_are_no_arn() {
        for text in [
            "",
            "arn",
            "arn:aws:s3",
            "arn:aws:s3::",
            "ARN:aws:s3:::b",
            "key-name",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
        assert_eq!(Arn::parse("arn:::::").map(|a| a.resource), Some(""));
    }
}
