//! Partitions and their Regions.
//!
//! Source: the endpoint data of botocore 1.44.5, read 2026-11. A Region that is not in the list may be new: its
//! partition follows from its name, and it is for the caller to say that it is not known here.

/// A group of Regions with accounts and ARNs of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partition {
    /// The commercial Regions.
    Aws,
    /// China.
    AwsCn,
    /// GovCloud (US).
    AwsUsGov,
    /// The European Sovereign Cloud.
    AwsEusc,
    /// Isolated Regions of the US intelligence community.
    AwsIso,
    /// The same, for secret workloads.
    AwsIsoB,
    /// Isolated Regions in Europe.
    AwsIsoE,
    /// Isolated Regions, the fourth group.
    AwsIsoF,
}

impl Partition {
    /// Every partition, commercial first.
    pub const ALL: [Partition; 8] = [
        Partition::Aws,
        Partition::AwsCn,
        Partition::AwsUsGov,
        Partition::AwsEusc,
        Partition::AwsIso,
        Partition::AwsIsoB,
        Partition::AwsIsoE,
        Partition::AwsIsoF,
    ];

    /// The name as it stands in an ARN.
    pub fn name(self) -> &'static str {
        match self {
            Partition::Aws => "aws",
            Partition::AwsCn => "aws-cn",
            Partition::AwsUsGov => "aws-us-gov",
            Partition::AwsEusc => "aws-eusc",
            Partition::AwsIso => "aws-iso",
            Partition::AwsIsoB => "aws-iso-b",
            Partition::AwsIsoE => "aws-iso-e",
            Partition::AwsIsoF => "aws-iso-f",
        }
    }

    /// The partition of that name, compared to the letter as IAM does.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }

    /// What the host names of its services end in, and with them the values of `kms:ViaService`.
    ///
    /// Source: partitions.json of botocore 1.44.5, read 2026-11.
    pub fn dns_suffix(self) -> &'static str {
        match self {
            Partition::Aws | Partition::AwsUsGov => "amazonaws.com",
            Partition::AwsCn => "amazonaws.com.cn",
            Partition::AwsEusc => "amazonaws.eu",
            Partition::AwsIso => "c2s.ic.gov",
            Partition::AwsIsoB => "sc2s.sgov.gov",
            Partition::AwsIsoE => "cloud.adc-e.uk",
            Partition::AwsIsoF => "csp.hci.ic.gov",
        }
    }

    /// What the names of its Regions begin with; the commercial ones are listed by continent.
    fn region_prefixes(self) -> &'static [&'static str] {
        match self {
            Partition::Aws => &["us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-"],
            Partition::AwsCn => &["cn-"],
            Partition::AwsUsGov => &["us-gov-"],
            Partition::AwsEusc => &["eusc-"],
            Partition::AwsIso => &["us-iso-"],
            Partition::AwsIsoB => &["us-isob-"],
            Partition::AwsIsoE => &["eu-isoe-"],
            Partition::AwsIsoF => &["us-isof-"],
        }
    }
}

/// The name of a Region that a partition can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region<'a> {
    /// The name, such as `eu-west-1`.
    pub name: &'a str,
    /// The partition that it belongs to by its name.
    pub partition: Partition,
}

impl<'a> Region<'a> {
    /// Reads `us-east-1` and the like; `None` for what no Region is called, an Availability Zone included.
    pub fn parse(name: &'a str) -> Option<Self> {
        let (place, number) = name.rsplit_once('-')?;
        let is_place =
            place.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !place.ends_with('-');
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) || !is_place {
            return None;
        }
        // The special partitions come later in the list and have the longer prefixes: `us-gov-` is also `us-`.
        let partition = Partition::ALL.into_iter().rev().find(|p| {
            p.region_prefixes()
                .iter()
                .any(|prefix| place.len() > prefix.len() && place.starts_with(prefix))
        })?;
        Some(Region { name, partition })
    }

    /// The names of the Regions that were in AWS's list when ours was made, sorted.
    pub fn listed() -> &'static [&'static str] {
        REGIONS
    }

    /// Whether the Region was in AWS's list when ours was made.
    pub fn is_listed(self) -> bool {
        REGIONS.contains(&self.name)
    }
}

/// Region names, sorted.
const REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-isoe-west-1",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "me-west-1",
    "mx-central-1",
    "sa-east-1",
    "sa-west-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "us-west-1",
    "us-west-2",
];

#[cfg(test)]
mod tests {
    use super::{Partition, Region, REGIONS};

    #[test]
    fn every_listed_region_has_a_partition_and_stands_in_order() {
        for name in REGIONS {
            assert!(Region::parse(name).is_some_and(Region::is_listed), "{name}");
        }
        assert!(REGIONS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn the_partition_follows_from_the_name() {
        let cases = [
            ("us-east-1", Some(Partition::Aws)),
            ("us-gov-west-1", Some(Partition::AwsUsGov)),
            ("us-iso-east-1", Some(Partition::AwsIso)),
            ("us-isob-east-1", Some(Partition::AwsIsoB)),
            ("eu-isoe-west-1", Some(Partition::AwsIsoE)),
            ("us-isof-south-1", Some(Partition::AwsIsoF)),
            ("cn-north-1", Some(Partition::AwsCn)),
            ("eusc-de-east-1", Some(Partition::AwsEusc)),
            ("eu-west-99", Some(Partition::Aws)),
            ("us-east-1a", None),
            ("us-east", None),
            ("us--1", None),
            ("us-1", None),
            ("US-EAST-1", None),
            ("mars-east-1", None),
            ("region", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Region::parse(name).map(|r| r.partition), expected, "{name}");
        }
    }
}
