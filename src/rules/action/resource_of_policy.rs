//! Which ARNs can name the resource that a policy is attached to, by the type of the resource.

use crate::aws::{may_have_form, Arn};

/// The alias of a Multi-Region Access Point ends so, unlike the name of another access point.
const MULTI_REGION_FORMS: [&str; 2] =
    ["accesspoint/${Alias}.mrap", "accesspoint/${Alias}.mrap/object/${Key}"];

/// Whether the resource of a statement can name a resource of the type, as AWS's API calls it; wildcards may stand
/// in the last field, and in the others in place of it all. `None` for a type without a form of its own.
///
/// Source: the ARN formats of Amazon S3, S3 Object Lambda and DynamoDB in the service authorization reference, read
/// 2026-11.
pub(super) fn can_name_resource(resource_type: &str, text: &str) -> Option<bool> {
    let has_form: fn(&Arn) -> bool = match resource_type {
        "AWS::S3::Bucket" => |arn| {
            arn.service == "s3"
                && [arn.region, arn.account].iter().all(|field| matches!(*field, "" | "*"))
                && !arn.resource.is_empty()
        },
        "AWS::S3::AccessPoint" => |arn| {
            arn.service == "s3"
                && !arn.region.is_empty()
                && !arn.account.is_empty()
                && may_begin(arn.resource, "accesspoint/")
        },
        "AWS::S3::MultiRegionAccessPoint" => |arn| {
            arn.service == "s3"
                && matches!(arn.region, "" | "*")
                && !arn.account.is_empty()
                && MULTI_REGION_FORMS.iter().any(|form| may_have_form(arn.resource, form))
        },
        "AWS::S3ObjectLambda::AccessPoint" => |arn| {
            arn.service == "s3-object-lambda"
                && !arn.region.is_empty()
                && !arn.account.is_empty()
                && may_begin(arn.resource, "accesspoint/")
        },
        "AWS::DynamoDB::Table" => |arn| {
            arn.service == "dynamodb"
                && !arn.region.is_empty()
                && !arn.account.is_empty()
                && may_begin(arn.resource, "table/")
        },
        _ => return None,
    };
    let arn = Arn::parse(text);
    // What is no ARN is another mistake; only a star is for this type to refuse.
    Some(text != "*" && arn.is_none_or(|arn| has_form(&arn)))
}

/// Whether the text may begin so: it does, up to its first wildcard or variable.
fn may_begin(text: &str, start: &str) -> bool {
    let wild = text.find(['*', '?', '$']);
    let literal = wild.and_then(|at| text.get(..at)).unwrap_or(text);
    text.starts_with(start) && text.len() > start.len()
        || (wild.is_some() && start.starts_with(literal))
}

#[cfg(test)]
mod tests {
    use super::can_name_resource;

    #[test]
    fn resources_are_of_the_type_or_not() {
        for (resource_type, text, expected) in [
            ("AWS::S3::Bucket", "arn:aws:s3:::b/*", Some(true)),
            ("AWS::S3::Bucket", "*", Some(false)),
            ("AWS::S3::Bucket", "b", Some(true)),
            ("AWS::S3::Bucket", "arn:aws:s3:eu-west-1:111122223333:accesspoint/a", Some(false)),
            ("AWS::S3::Bucket", "arn:aws:sns:::b", Some(false)),
            ("AWS::S3::AccessPoint", "arn:aws:s3:r:1:accesspoint/a/object/*", Some(true)),
            ("AWS::S3::AccessPoint", "arn:aws:s3:r:1:*", Some(true)),
            ("AWS::S3::AccessPoint", "arn:aws:s3:::b", Some(false)),
            ("AWS::S3::MultiRegionAccessPoint", "arn:aws:s3::1:accesspoint/a.mrap", Some(true)),
            ("AWS::S3::MultiRegionAccessPoint", "arn:aws:s3::1:accesspoint/a*", Some(true)),
            ("AWS::S3::MultiRegionAccessPoint", "arn:aws:s3::1:accesspoint/a.mrap/*", Some(true)),
            ("AWS::S3::MultiRegionAccessPoint", "arn:aws:s3::1:accesspoint/a", Some(false)),
            ("AWS::S3::MultiRegionAccessPoint", "arn:aws:s3:r:1:accesspoint/a", Some(false)),
            ("AWS::S3ObjectLambda::AccessPoint", "arn:aws:s3:r:1:accesspoint/a", Some(false)),
            ("AWS::DynamoDB::Table", "arn:aws:dynamodb:r:1:table/t/index/*", Some(true)),
            ("AWS::DynamoDB::Table", "arn:aws:dynamodb:r:1:backup", Some(false)),
            ("AWS::KMS::Key", "*", None),
        ] {
            assert_eq!(can_name_resource(resource_type, text), expected, "{text}");
        }
    }
}
