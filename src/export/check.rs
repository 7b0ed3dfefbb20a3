//! What is refused: what AWS would not take where it is attached, and what a format would change without a word.

use super::resource::Family;
use super::{yaml, AttachTo, Format, Refusal};
use crate::aws::{has_wildcard, split_fields};
use crate::json::Plain;
use crate::policy::Policy;

/// Whether AWS would take the policy there, as far as its form tells.
pub fn form(policy: &Policy, attach_to: AttachTo) -> Result<(), Refusal> {
    for (i, statement) in policy.statements.iter().enumerate() {
        let at = |element: &str| format!("Statement[{i}]{element}");
        if let Some(repeated) = statement.condition.repeated().first() {
            return Err(Refusal::policy(at(".Condition"), repeated.in_words()));
        }
        match (&statement.principal, attach_to.has_principals()) {
            (Some(_), false) => {
                let what = "has a principal, which only policies of a resource have: take an attachTo of key, bucket, \
                            trust or endpoint";
                return Err(Refusal::policy(at(""), what));
            }
            (None, true) => {
                let what = "has no Principal, and the policy of a resource says who it is for, such as {\"AWS\": \
                            \"111122223333\"}";
                return Err(Refusal::policy(at(""), what));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether the policy of a bucket speaks of that bucket alone, as S3 asks.
pub fn bucket(policy: &Policy, name: &str) -> Result<(), Refusal> {
    for (i, statement) in policy.statements.iter().enumerate() {
        let Some(resource) = &statement.resource else { continue };
        let texts = resource.values.as_slice();
        for (j, text) in texts.iter().enumerate() {
            let Some([_, _, "s3", _, _, path]) = split_fields(text) else { continue };
            let own = path.split('/').next().unwrap_or_default();
            if own != name && !has_wildcard(own) && !own.contains("${") {
                let element = if resource.negated { "NotResource" } else { "Resource" };
                let at = match texts.len() {
                    1 => format!("Statement[{i}].{element}"),
                    _ => format!("Statement[{i}].{element}[{j}]"),
                };
                let what = format!(
                    "is of the bucket {own}, and the policy is for {name}: S3 takes no policy that speaks of another bucket"
                );
                return Err(Refusal::policy(at, what));
            }
        }
    }
    Ok(())
}

/// Whether a tool of the format would change a text or lose a name of it.
pub fn texts(data: &Plain, at: &mut String, format: Format) -> Result<(), Refusal> {
    let length = at.len();
    match data {
        Plain::Null if !format.read_in_texts().is_empty() => {
            let what = "is null, which templates of CloudFormation do not hold; leave it out";
            return Err(Refusal::policy(at.clone(), what));
        }
        Plain::String(text) => {
            let read = format.read_in_texts();
            if let Some(marker) = read.iter().find(|marker| text.contains(**marker)) {
                let what =
                    format!("has {marker}, which is replaced in this format; take another one");
                return Err(Refusal::policy(at.clone(), what));
            }
        }
        Plain::List(values) => {
            for (i, value) in values.iter().enumerate() {
                at.push_str(&format!("[{i}]"));
                texts(value, at, format)?;
                at.truncate(length);
            }
        }
        Plain::Object(members) => {
            for (key, value) in members {
                if format == Format::Cloudformation && !yaml::takes_key(key) {
                    let what = "has a name too long for a key of YAML; take cloudformation-json";
                    return Err(Refusal::policy(at.clone(), what));
                }
                if !at.is_empty() {
                    at.push('.');
                }
                at.push_str(key);
                if key == "__proto__" && format.is_of_javascript() {
                    let what =
                        "is a name that objects of JavaScript do not keep; take another format";
                    return Err(Refusal::policy(at.clone(), what));
                }
                // An object with nothing beside it.
                let is_reference = key == "Ref" && members.len() == 1;
                let is_function = is_reference || key.starts_with("Fn::");
                if is_function && format.family() == Family::CloudFormation {
                    let what = "is the name of a function of CloudFormation, which would run it; take another format";
                    return Err(Refusal::policy(at.clone(), what));
                }
                texts(value, at, format)?;
                at.truncate(length);
            }
        }
        _ => {}
    }
    Ok(())
}

impl AttachTo {
    /// Whether the statements of its policies name principals.
    fn has_principals(self) -> bool {
        matches!(self, AttachTo::Key | AttachTo::Bucket | AttachTo::Trust | AttachTo::Endpoint)
    }
}

impl Format {
    /// Whether the text passes through objects of JavaScript.
    fn is_of_javascript(self) -> bool {
        matches!(self, Format::CdkTypescript | Format::CdkPython | Format::PulumiTypescript)
    }

    /// What begins a reference that a tool replaces in every text, and that cannot be written otherwise: dynamic
    /// references of CloudFormation, and tokens of CDK.
    fn read_in_texts(self) -> &'static [&'static str] {
        match self {
            Format::Cloudformation | Format::CloudformationJson => &["{{resolve:"],
            Format::CdkTypescript | Format::CdkPython => &["{{resolve:", "${Token[", "#{Token["],
            _ => &[],
        }
    }
}
