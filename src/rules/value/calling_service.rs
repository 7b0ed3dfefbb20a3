//! Names of the services that call on somebody's behalf, as condition keys hold them.
//!
//! Source: the IAM user guide's page of global condition keys (`aws:CalledVia`) and the KMS developer guide's page of
//! condition keys (`kms:ViaService`), read 2026-11.

/// Whether the text is a value that `aws:CalledVia` can have: one label and a domain of AWS.
pub(super) fn is_calling_service(text: &str) -> bool {
    let domains = [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"];
    domains.iter().filter_map(|domain| text.strip_suffix(domain)).any(is_service_label)
}

/// Whether the text is a value that `kms:ViaService` can have: a label, a Region and a domain of AWS.
pub(super) fn is_calling_service_in_region(text: &str) -> bool {
    let name = text.strip_suffix(".amazonaws.com").or(text.strip_suffix(".amazonaws.com.cn"));
    let Some((label, region)) = name.and_then(|name| name.split_once('.')) else {
        return false;
    };
    is_service_label(label) && has_the_form_of_a_region(region)
}

/// Whether the text is the first part of such a name: `cloudformation`, `servicecatalog-appregistry`.
pub(super) fn is_service_label(text: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty() && text.bytes().all(is_letter)
}

/// `eu-west-1` and the like; a Region may be newer than any list.
fn has_the_form_of_a_region(text: &str) -> bool {
    let Some((place, number)) = text.rsplit_once('-') else {
        return false;
    };
    let mut words = place.split('-');
    let first = words.next().map_or(0, str::len);
    (2..=4).contains(&first)
        && place.contains('-')
        && place
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
        && matches!(number.as_bytes(), [digit] if digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_calling_service, is_calling_service_in_region};

    #[test]
    fn services_have_one_label() {
        for (text, expected) in [
            ("cloudformation.amazonaws.com", true),
            ("cloudformation.amazonaws.com.cn", true),
            ("alexa-appkit.amazon.com", true),
            ("application-signals.cloudwatch.amazonaws.com", false),
            ("CloudFormation.amazonaws.com", false),
            ("cloudformation", false),
            ("cloudformation.amazonaws.co", false),
            (".amazonaws.com", false),
            ("amazonaws.com", false),
            ("", false),
        ] {
            assert_eq!(is_calling_service(text), expected, "{text}");
        }
    }

    #[test]
    fn services_in_a_region_name_it() {
        for (text, expected) in [
            ("ec2.eu-west-1.amazonaws.com", true),
            ("ec2.us-gov-west-1.amazonaws.com", true),
            ("ec2.eusc-de-east-1.amazonaws.com", true),
            ("ec2.cn-north-1.amazonaws.com.cn", true),
            ("ec2.amazonaws.com", false),
            ("ec2.eu-west-1.amazon.com", false),
            ("ec2.eu-west.amazonaws.com", false),
            ("ec2.eu-1.amazonaws.com", false),
            ("ec2.eu--1.amazonaws.com", false),
            ("ec2.eu-west-1a.amazonaws.com", false),
            ("EC2.eu-west-1.amazonaws.com", false),
            ("a.b.eu-west-1.amazonaws.com", false),
            ("", false),
        ] {
            assert_eq!(is_calling_service_in_region(text), expected, "{text}");
        }
    }
}
