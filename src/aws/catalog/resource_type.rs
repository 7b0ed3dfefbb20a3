//! Resource types with their ARN formats, and the names of services in ARNs.
//!
//! A line about a type has columns: name, code, codes of condition keys, then ARN formats. A format without `arn:` is
//! the resource part of an ARN with the service's own prefix, a Region and an account.

use super::condition_key::{self, ConditionKey};
use super::lines::{self, Lines};
use super::Service;
use crate::aws::Arn;

/// Resource types that have ARN formats with another service: that one, then their own, then their name.
static ELSEWHERE: Lines = Lines::of(include_str!("../../data/arns-elsewhere.txt"));

/// A type of resource that actions of a service work on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// The service that lists it.
    pub service: Service,
    /// Such as `managed-instance`; unique within the service.
    pub name: &'static str,
    pub(super) key_codes: &'static str,
    formats: &'static str,
}

impl ResourceType {
    /// The formats of its ARNs, one for most types, with placeholders such as `${Region}`.
    pub fn arn_formats(self) -> impl Iterator<Item = Arn<'static>> + Clone {
        let mut rest = Some(self.formats);
        let formats = std::iter::from_fn(move || {
            let (format, after) = match lines::cut(rest?, b'\t') {
                Some((format, after)) => (format, Some(after)),
                None => (rest?, None),
            };
            rest = after;
            Some(format)
        });
        formats.filter_map(move |format| {
            if format.starts_with("arn:") {
                return Arn::parse(format);
            }
            Some(Arn {
                partition: "${Partition}",
                service: self.service.prefix(),
                region: "${Region}",
                account: "${Account}",
                resource: format,
            })
        })
    }

    /// The condition keys that the type has in every action.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey> + Clone {
        condition_key::resolve(self.service, self.key_codes)
    }

    pub(super) fn read(service: Service, line: &'static str) -> Self {
        let mut rest = line;
        let mut column = || {
            let (column, after) = lines::cut(rest, b'\t').unwrap_or((rest, ""));
            rest = after;
            column
        };
        let (name, _, key_codes) = (column(), column(), column());
        ResourceType { service, name, key_codes, formats: rest }
    }

    pub(super) fn by_code(service: Service, code: &str) -> Option<Self> {
        service.0.resource_types.by_code(code).map(|line| Self::read(service, line))
    }
}

/// The names of services in ARNs: every prefix, and a few names that are none, such as `catalog`.
///
/// A name may come more than once.
pub fn arn_services() -> impl Iterator<Item = &'static str> + Clone {
    super::service_prefixes().chain(ELSEWHERE.all().iter().map(|line| lines::name(line)))
}

/// The name of a service that ARNs have and that is this one, to the letter.
pub fn arn_service(name: &str) -> Option<&'static str> {
    let own = Service::find(name).map(Service::prefix).filter(|prefix| *prefix == name);
    own.or_else(|| {
        ELSEWHERE.of_name(name).iter().map(|line| lines::name(line)).find(|known| *known == name)
    })
}

/// The resource types, of any service, that have an ARN format with this name of a service.
pub fn resource_types_of_arn_service(name: &str) -> impl Iterator<Item = ResourceType> + '_ {
    let own = Service::find(name).filter(|service| service.prefix() == name);
    own.into_iter()
        .flat_map(Service::resource_types)
        .filter(move |t| t.arn_formats().any(|format| format.service == name))
        .chain(elsewhere(name))
}

fn elsewhere(name: &str) -> impl Iterator<Item = ResourceType> + '_ {
    ELSEWHERE.of_name(name).iter().filter_map(move |line| {
        let (prefix, type_name) = line.strip_prefix(name)?.strip_prefix(' ')?.split_once(' ')?;
        Service::find(prefix)?.resource_type(type_name)
    })
}
