//! What can be wrong with an ARN, or a pattern for ARNs, that names a resource.
//!
//! The fields are held against the ARN formats of the catalog. Those formats are no complete list: only where every
//! one that fits the resource says the same about the Region or the account is that taken for a fact.

use std::borrow::Cow;

use super::format::{is_literal, FormatsOfService, Resource};
use super::{split_fields, Arn, Partition, Region};
use crate::aws::catalog::Unlisted;
use crate::aws::is_account_id;

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
const ACCOUNT_WORDS: &[&str] = &["aws", "aws-managed", "aws-marketplace", "cloudfront", "offering"];

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
}

/// The mistakes in a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArnProblems(u16);

impl ArnProblems {
    /// Those that the text has. Behind a first field that is not meant as `arn` nothing is looked at.
    pub fn of(text: &str) -> Self {
        let problems = ArnProblems::default();
        let Some(fields) = split_fields(text) else {
            return problems.with(ArnProblem::MissingField, true);
        };
        let [prefix, partition, service, region, account, resource] = fields;
        let problems = problems.with(ArnProblem::InvalidPrefix, prefix != "arn");
        match prefix.is_empty() || prefix.eq_ignore_ascii_case("arn") {
            true => problems.and_of(Arn { partition, service, region, account, resource }),
            false => problems,
        }
    }

    /// Those that an ARN has.
    pub fn of_arn(arn: Arn) -> Self {
        ArnProblems::default().and_of(arn)
    }

    /// And those of the fields behind the first.
    fn and_of(self, arn: Arn) -> Self {
        let small = match arn.service.bytes().any(|b| b.is_ascii_uppercase()) {
            true => Cow::Owned(arn.service.to_ascii_lowercase()),
            false => Cow::Borrowed(arn.service),
        };
        let of_service = FormatsOfService::find(&small);
        let is_known = of_service.is_some();
        let Arn { partition, service, account, .. } = arn;
        let is_account =
            is_account_id(account) || !is_field(account) || ACCOUNT_WORDS.contains(&account);
        self.with(
            ArnProblem::InvalidPartition,
            Partition::from_name(partition).is_none() && is_literal(partition),
        )
        .with(ArnProblem::ServiceCase, service != small && is_known)
        .with(
            ArnProblem::InvalidService,
            !is_known && is_literal(service) && Unlisted::service(service).is_none(),
        )
        .with(ArnProblem::InvalidAccount, !is_account)
        .with_those_of_formats(Arn { service: &small, ..arn }, of_service)
    }

    /// Whether this one is among them.
    pub fn has(self, problem: ArnProblem) -> bool {
        self.0 & 1 << problem as u16 != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn with(self, problem: ArnProblem, is_there: bool) -> Self {
        ArnProblems(self.0 | u16::from(is_there) << problem as u16)
    }

    /// And those that are told by the formats which fit the resource. They are gone through as far as something is
    /// still open: in most resources nothing is, as stars stand for Region and account.
    fn with_those_of_formats(self, arn: Arn, of_service: Option<&FormatsOfService>) -> Self {
        // A resource that is `*` may be any.
        let is_some = !is_all_stars(arn.resource);
        let has_region = is_field(arn.region);
        let has_account = is_field(arn.account) && arn.service != "ec2" && is_some;
        let lacks_region = arn.region.is_empty() && is_some;
        let lacks_account = arn.account.is_empty()
            && is_some
            && !SERVICES_WITH_AWS_RESOURCES.contains(&arn.service);
        let Arn { partition, service, region, account, resource } = arn;
        let is_literal_resource = is_literal(resource);
        let is_literal = is_literal_resource
            && [partition, service, region, account].into_iter().all(is_literal);
        // What AWS itself owns has forms that the catalog does not list, as transforms of CloudFormation.
        let may_have_no_form = is_literal && service != "iam" && !ACCOUNT_WORDS.contains(&account);
        let mut formats = Formats::default();
        let is_open = |formats: &Formats| {
            (has_region && !formats.with_region)
                || (lacks_region && !formats.without_region)
                || (has_account && !formats.with_account)
                || (lacks_account && !formats.without_account)
                || (may_have_no_form && !formats.fit)
        };
        if let Some(of_service) = of_service.filter(|_| is_open(&formats)) {
            let resource = Resource::of(resource, is_literal_resource);
            for format in of_service.formats() {
                formats.exist = true;
                let region_is_told = match format.has_region {
                    true => formats.with_region,
                    false => formats.without_region,
                };
                let account_is_told = match format.has_account {
                    true => formats.with_account,
                    false => formats.without_account,
                };
                if !(region_is_told && account_is_told) && resource.may_be(format) {
                    formats.fit = true;
                    formats.with_region |= format.has_region;
                    formats.without_region |= !format.has_region;
                    formats.with_account |= format.has_account;
                    formats.without_account |= !format.has_account;
                    if !is_open(&formats) {
                        break;
                    }
                }
            }
        }
        let Formats { exist, fit, .. } = formats;
        self.with(
            ArnProblem::InvalidRegion,
            has_region && formats.with_region && !is_region_of(arn.region, arn.partition),
        )
        .with(ArnProblem::MissingRegion, lacks_region && fit && !formats.without_region)
        .with(ArnProblem::RegionNotAllowed, has_region && is_some && fit && !formats.with_region)
        .with(ArnProblem::MissingAccount, lacks_account && fit && !formats.without_account)
        // The catalog has images and snapshots of EC2 without an account; AWS accepts them with one.
        .with(ArnProblem::AccountNotAllowed, has_account && fit && !formats.with_account)
        // A service without formats is not known well enough to say no.
        .with(
            ArnProblem::InvalidResource,
            (may_have_no_form && exist && !fit)
                || (arn.service == "iam" && !is_iam_resource(arn.resource)),
        )
    }
}

/// What the ARN formats of a service say.
#[derive(Default)]
struct Formats {
    exist: bool,
    /// One fits the resource; what follows is about those that do.
    fit: bool,
    with_region: bool,
    without_region: bool,
    with_account: bool,
    without_account: bool,
}

/// The text with another text in the field with this number, from 0; `None` when it has not six fields.
pub fn with_arn_field(text: &str, number: usize, field: &str) -> Option<String> {
    let mut fields = split_fields(text)?;
    *fields.get_mut(number)? = field;
    Some(fields.join(":"))
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

fn is_all_stars(text: &str) -> bool {
    text.bytes().all(|b| b == b'*')
}

#[cfg(test)]
mod tests {
    use super::{with_arn_field, ArnProblem, ArnProblems};

    #[test]
    fn resources_have_the_problems_that_they_have() {
        use ArnProblem::*;
        let cases: [(&str, &[ArnProblem]); 16] = [
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
            ("arn:aws:cloudformation:us-east-1:aws:transform/Serverless-2016-10-31", &[]),
            ("arn:aws:imagebuilder:us-east-1:aws-marketplace:component/x/1.0.0", &[]),
            ("arn:aws:bedrock:::foundation-model/x", &[]),
        ];
        for (text, expected) in cases {
            let problems = ArnProblems::of(text);
            let found = ArnProblem::ALL.into_iter().filter(|problem| problems.has(*problem));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn a_field_is_replaced() {
        assert_eq!(with_arn_field("a:b:c:d:e:f:g", 4, "*").as_deref(), Some("a:b:c:d:*:f:g"));
        assert_eq!(with_arn_field("a:b", 0, "*"), None);
    }
}
