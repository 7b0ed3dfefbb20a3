//! Addresses and ranges of them, as `IpAddress` and `NotIpAddress` take them: CIDR, RFC 4632.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::sort::sort;

/// An address, or a range that is written as an address, a slash and the number of bits that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpRange {
    /// The address as it was written; bits beyond the prefix may be set.
    address: IpAddr,
    /// How many bits count; all of them for a single address.
    prefix: u32,
}

/// What is private: RFC 1918 and, for IPv6, RFC 4193.
const PRIVATE: [IpRange; 4] = [
    IpRange::v4([10, 0, 0, 0], 8),
    IpRange::v4([172, 16, 0, 0], 12),
    IpRange::v4([192, 168, 0, 0], 16),
    IpRange { address: IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), prefix: 7 },
];

/// What else no request on the internet comes from: RFC 6598, 1122 and 3927, and for IPv6 RFC 4291.
const LOCAL: [IpRange; 5] = [
    IpRange::v4([100, 64, 0, 0], 10),
    IpRange::v4([127, 0, 0, 0], 8),
    IpRange::v4([169, 254, 0, 0], 16),
    IpRange { address: IpAddr::V6(Ipv6Addr::LOCALHOST), prefix: 128 },
    IpRange { address: IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0)), prefix: 10 },
];

impl IpRange {
    const fn v4(address: [u8; 4], prefix: u32) -> Self {
        let [a, b, c, d] = address;
        IpRange { address: IpAddr::V4(Ipv4Addr::new(a, b, c, d)), prefix }
    }

    /// Reads an IPv4 or IPv6 address or range; `None` for anything else, such as `10.0.*` or a host name.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = width(address);
        let prefix = match prefix {
            None => most,
            Some(digits) if digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse().ok().filter(|prefix| *prefix <= most)?
            }
            Some(_) => return None,
        };
        Some(IpRange { address, prefix })
    }

    /// The range with the bits that do not count set to zero; it has the same addresses.
    pub fn network(self) -> Self {
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
        };
        IpRange { address, prefix: self.prefix }
    }

    /// The first address of the range, and the one after its last; `None` for the latter where there is none.
    pub fn ends(self) -> (IpAddr, Option<IpAddr>) {
        let network = self.network().address;
        let after = match network {
            IpAddr::V4(first) => {
                let size = 1u32.checked_shl(32 - self.prefix);
                let after = size.and_then(|size| first.to_bits().checked_add(size));
                after.map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits)))
            }
            IpAddr::V6(first) => {
                let size = 1u128.checked_shl(128 - self.prefix);
                let after = size.and_then(|size| first.to_bits().checked_add(size));
                after.map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits)))
            }
        };
        (network, after)
    }

    /// Whether it is of IPv4.
    pub fn is_v4(self) -> bool {
        self.address.is_ipv4()
    }

    /// How many bits count.
    pub fn prefix(self) -> u32 {
        self.prefix
    }

    /// Whether no address of it is on the public internet: all are in one of the private ranges.
    pub fn is_private(self) -> bool {
        PRIVATE.into_iter().any(|range| range.contains(self))
    }

    /// The same of the addresses that a machine has for itself, its link and its provider too.
    pub fn is_never_public(self) -> bool {
        PRIVATE.into_iter().chain(LOCAL).any(|range| range.contains(self))
    }

    /// Whether all addresses of one family are in these ranges together.
    pub fn hold_everything(ranges: &[IpRange]) -> bool {
        let mut ends: Vec<_> = ranges.iter().map(|range| range.ends()).collect();
        sort(&mut ends);
        let families = [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
        families.into_iter().any(|first| {
            let mut known = first;
            for (from, after) in ends.iter().filter(|(from, _)| from.is_ipv4() == first.is_ipv4()) {
                match after {
                    _ if *from > known => return false,
                    None => return true,
                    Some(after) => known = known.max(*after),
                }
            }
            false
        })
    }

    /// Whether every address of the other range is in this one; none is in a range of the other family.
    pub fn contains(self, other: IpRange) -> bool {
        let as_wide = IpRange { address: other.address, prefix: self.prefix };
        width(self.address) == width(other.address)
            && self.prefix <= other.prefix
            && as_wide.network() == self.network()
    }
}

impl std::fmt::Display for IpRange {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

#[cfg(test)]
mod tests {
    use super::IpRange;

    #[test]
    fn ranges_are_read_and_masked() {
        for (text, expected) in [
            ("203.0.113.7", Some("203.0.113.7/32")),
            ("203.0.113.7/24", Some("203.0.113.0/24")),
            ("203.0.113.7/0", Some("0.0.0.0/0")),
            ("203.0.113.7/32", Some("203.0.113.7/32")),
            ("2001:DB8::1/64", Some("2001:db8::/64")),
            ("::/0", Some("::/0")),
            ("::1/128", Some("::1/128")),
            ("203.0.113.0/33", None),
            ("2001:db8::/129", None),
            ("203.0.113.0/", None),
            ("203.0.113.0/+8", None),
            ("203.0.113.0/0024", None),
            ("203.0.113.256", None),
            ("203.0.113", None),
            ("10.1/16", None),
            ("203.0.113.*", None),
            ("203.0.113.0-203.0.113.9", None),
            (" 203.0.113.7", None),
            ("example.com", None),
            ("/8", None),
            ("", None),
        ] {
            let network = IpRange::parse(text).map(|range| range.network().to_string());
            assert_eq!(network.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_range_ends_before_its_neighbour() {
        for (text, first, after) in [
            ("203.0.113.7/24", "203.0.113.0", Some("203.0.114.0")),
            ("203.0.113.7", "203.0.113.7", Some("203.0.113.8")),
            ("0.0.0.0/0", "0.0.0.0", None),
            ("255.255.255.255", "255.255.255.255", None),
            ("2001:db8::/32", "2001:db8::", Some("2001:db9::")),
            ("::/0", "::", None),
        ] {
            let ends = IpRange::parse(text).unwrap().ends();
            let found = (ends.0.to_string(), ends.1.map(|after| after.to_string()));
            assert_eq!(found, (first.to_owned(), after.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn a_range_is_private_as_a_whole_or_not_at_all() {
        for (text, expected) in [
            ("10.0.0.0/8", true),
            ("10.255.255.255", true),
            ("10.0.0.0/7", false),
            ("172.16.0.0/12", true),
            ("172.31.9.9", true),
            ("172.32.0.0/16", false),
            ("172.0.0.0/8", false),
            ("192.168.1.0/24", true),
            ("192.169.0.0/16", false),
            ("127.0.0.1", false),
            ("169.254.0.0/16", false),
            ("100.64.0.0/10", false),
            ("0.0.0.0/0", false),
            ("fd00::/8", true),
            ("fc00::/7", true),
            ("fc00::/6", false),
            ("::/0", false),
            ("2001:db8::/32", false),
            ("::ffff:10.0.0.1", false),
        ] {
            let range = IpRange::parse(text).unwrap();
            assert_eq!(range.is_private(), expected, "{text}");
        }
    }

    #[test]
    fn nobody_is_seen_to_come_from_some_ranges() {
        for (text, expected) in [
            ("10.1.0.0/16", true),
            ("fd00::/8", true),
            ("127.0.0.1", true),
            ("169.254.169.254", true),
            ("100.64.0.0/10", true),
            ("100.0.0.0/8", false),
            ("::1", true),
            ("fe80::1", true),
            ("203.0.113.0/24", false),
            ("2001:db8::/32", false),
            ("0.0.0.0/0", false),
        ] {
            assert_eq!(IpRange::parse(text).unwrap().is_never_public(), expected, "{text}");
        }
    }

    #[test]
    fn ranges_hold_every_address_of_a_family_alone_or_together() {
        for (texts, expected) in [
            (vec![], false),
            (vec!["0.0.0.0/0"], true),
            (vec!["203.0.113.0/24", "::/0"], true),
            (vec!["128.0.0.0/1", "0.0.0.0/1"], true),
            (vec!["0.0.0.0/1", "128.0.0.0/2"], false),
            (vec!["0.0.0.0/2", "128.0.0.0/1", "64.0.0.0/3", "96.0.0.0/3"], true),
            (vec!["0.0.0.0/2", "128.0.0.0/1", "96.0.0.0/3"], false),
            (vec!["0.0.0.0/1", "0.0.0.0/8", "128.0.0.0/1"], true),
            (vec!["0.0.0.0/1", "8000::/1"], false),
            (vec!["8000::/1", "::/1"], true),
            (vec!["203.0.113.0/24", "2001:db8::/32"], false),
        ] {
            let ranges: Vec<_> = texts.iter().map(|text| IpRange::parse(text).unwrap()).collect();
            assert_eq!(IpRange::hold_everything(&ranges), expected, "{texts:?}");
        }
    }
}
