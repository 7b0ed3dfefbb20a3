//! Buckets and objects of Amazon S3, by their ARNs.
//!
//! Source: the service authorization reference of Amazon S3, read 2026-11. The name of a bucket has no slash, and the
//! first slash of an object's ARN comes after its bucket.

use crate::aws::{matches_glob, without_variables, Arn};

/// What an ARN in the service `s3` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum S3Resource {
    /// A bucket: `arn:aws:s3:::name`.
    Bucket,
    /// Objects in one: `arn:aws:s3:::name/key`.
    Object,
}

impl S3Resource {
    /// Whether an ARN, which may be a pattern, can match one of the kind; access points, which stand for both, can.
    pub fn may_match(self, arn: Arn) -> bool {
        if arn.service != "s3" && !matches_glob(arn.service, "s3") {
            return false;
        }
        // The resources that have a Region or an account are access points, grants, jobs and the like.
        if !arn.region.is_empty() || !arn.account.is_empty() {
            return true;
        }
        match self {
            S3Resource::Bucket => {
                let has_slash = |text: &str| text.as_bytes().contains(&b'/');
                !has_slash(arn.resource)
                    || (arn.resource.contains("${") && !has_slash(&without_variables(arn.resource)))
            }
            S3Resource::Object => {
                arn.resource.bytes().any(|byte| matches!(byte, b'/' | b'*' | b'?' | b'$'))
            }
        }
    }

    /// The ARN of this kind next to one of the other: the bucket of objects, or all objects of a bucket.
    pub fn beside(self, arn: &str) -> String {
        match self {
            S3Resource::Bucket => arn.split('/').next().unwrap_or_default().to_owned(),
            S3Resource::Object => format!("{arn}/*"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arn;
    use super::S3Resource::{Bucket, Object};

    #[test]
    fn a_slash_tells_objects_from_buckets() {
        for (pattern, bucket, object) in [
            ("arn:aws:s3:::b", true, false),
            ("arn:aws:s3:::b/*", false, true),
            ("arn:aws:s3:::b*", true, true),
            ("arn:aws:s3:::*/x", false, true),
            ("arn:aws:s3:::${aws:username}", true, true),
            ("arn:aws:s3:::${aws:PrincipalTag/b}", true, true),
            ("arn:aws:s3:::${aws:PrincipalTag/b}/x", false, true),
            ("arn:aws:s3:*:*:access-grants/default/location/*", true, true),
            ("arn:aws:s3:us-east-1:444455556666:accesspoint/a", true, true),
            ("arn:aws:s3tables:::b", false, false),
            ("arn:aws:*:::b/x", false, true),
        ] {
            let arn = Arn::parse(pattern).unwrap();
            assert_eq!(Bucket.may_match(arn), bucket, "{pattern}");
            assert_eq!(Object.may_match(arn), object, "{pattern}");
        }
        assert_eq!(Bucket.beside("arn:aws:s3:::b/c/*"), "arn:aws:s3:::b");
        assert_eq!(Object.beside("arn:aws:s3:::b"), "arn:aws:s3:::b/*");
    }
}
