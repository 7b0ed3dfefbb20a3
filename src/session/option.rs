//! How options are read: every text goes through the parser of what it is, one text stands for a list of one, and what
//! is refused says its code and a sentence.
//!
//! The structs of the options say which of these functions reads a field; all else is derived.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::aws::{Partition, Region};

use super::related::parameter_reference;
use super::tag::is_of_aws_cli;
use super::{
    parse_account_id, parse_key_id, parse_kms_key, parse_log_group, parse_partition,
    parse_policy_name, parse_region, Counted, KmsKey, Name, NodeKind, Refusal,
};

/// A kind of name as a type, so that a field can say what it takes.
pub(super) trait Kind {
    const NAME: Name;
}

/// The kinds of names that options take.
pub(super) mod of {
    use super::{Kind, Name};

    pub struct Bucket;
    pub struct Prefix;
    pub struct NodeId;
    pub struct Target;
    pub struct TagKey;
    pub struct TagValue;
    pub struct Document;
    pub struct CommandDocument;
    pub struct Date;
    pub struct Organization;
    pub struct Parameter;
    pub struct Cluster;
    pub struct Principal;
    pub struct Role;
    pub struct UserId;
    pub struct IpRange;
    pub struct VpcEndpoint;
    pub struct OsUser;
    pub struct DocumentParameter;
    pub struct ConnectEndpoint;
    pub struct GitHubSubject;
    pub struct ExternalId;
    pub struct SamlProvider;

    impl Kind for Bucket {
        const NAME: Name = Name::BUCKET;
    }
    impl Kind for Prefix {
        const NAME: Name = Name::PREFIX;
    }
    impl Kind for NodeId {
        const NAME: Name = Name::NODE_ID;
    }
    impl Kind for Target {
        const NAME: Name = Name::TARGET;
    }
    impl Kind for TagKey {
        const NAME: Name = Name::TAG_KEY;
    }
    impl Kind for TagValue {
        const NAME: Name = Name::TAG_VALUE;
    }
    impl Kind for Document {
        const NAME: Name = Name::DOCUMENT;
    }
    impl Kind for CommandDocument {
        const NAME: Name = Name::COMMAND_DOCUMENT;
    }
    impl Kind for Date {
        const NAME: Name = Name::DATE;
    }
    impl Kind for Organization {
        const NAME: Name = Name::ORGANIZATION;
    }
    impl Kind for Parameter {
        const NAME: Name = Name::PARAMETER;
    }
    impl Kind for Cluster {
        const NAME: Name = Name::CLUSTER;
    }
    impl Kind for Principal {
        const NAME: Name = Name::PRINCIPAL;
    }
    impl Kind for Role {
        const NAME: Name = Name::ROLE;
    }
    impl Kind for UserId {
        const NAME: Name = Name::USER_ID;
    }
    impl Kind for IpRange {
        const NAME: Name = Name::IP_RANGE;
    }
    impl Kind for VpcEndpoint {
        const NAME: Name = Name::VPC_ENDPOINT;
    }
    impl Kind for OsUser {
        const NAME: Name = Name::OS_USER;
    }
    impl Kind for DocumentParameter {
        const NAME: Name = Name::DOCUMENT_PARAMETER;
    }
    impl Kind for ConnectEndpoint {
        const NAME: Name = Name::CONNECT_ENDPOINT;
    }
    impl Kind for GitHubSubject {
        const NAME: Name = Name::GITHUB_SUBJECT;
    }
    impl Kind for ExternalId {
        const NAME: Name = Name::EXTERNAL_ID;
    }
    impl Kind for SamlProvider {
        const NAME: Name = Name::SAML_PROVIDER;
    }
}

/// A text that its parser takes.
fn parsed<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    parse: impl FnOnce(&'de str) -> Result<T, Refusal>,
) -> Result<T, D::Error> {
    parse(<&str>::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// A name that must be there.
pub(super) fn name<'de, K: Kind, D: Deserializer<'de>>(d: D) -> Result<&'de str, D::Error> {
    parsed(d, |text| K::NAME.parse(text))
}

/// A name that may be left out.
pub(super) fn optional<'de, K: Kind, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<&'de str>, D::Error> {
    name::<K, D>(d).map(Some)
}

/// Names without repetitions.
pub(super) fn names<'de, K: Kind, D: Deserializer<'de>>(d: D) -> Result<Vec<&'de str>, D::Error> {
    let all = d.deserialize_any(OneOrMany::<Named<'de, K>>(PhantomData))?.values;
    let mut known = BTreeSet::new();
    Ok(all.into_iter().map(|name| name.0).filter(|name| known.insert(*name)).collect())
}

/// The same where it counts whether there is a list at all.
pub(super) fn optional_names<'de, K: Kind, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<Vec<&'de str>>, D::Error> {
    names::<K, D>(d).map(Some)
}

/// Names that something is restricted to, at least one.
pub(super) fn only_names<'de, K: Kind, D: Deserializer<'de>>(
    d: D,
) -> Result<Vec<&'de str>, D::Error> {
    some(names::<K, D>(d)?)
}

/// What is listed, at least one: a list that was filtered to nothing would restrict nothing, without a word.
pub(super) fn some<T, E: Error>(listed: Vec<T>) -> Result<Vec<T>, E> {
    match listed.is_empty() {
        true => Err(E::custom(Refusal::NothingListed)),
        false => Ok(listed),
    }
}

/// One value or a list of them, without repetitions.
pub(super) fn many<'de, T, D>(d: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de> + Ord + Clone,
    D: Deserializer<'de>,
{
    let mut all = d.deserialize_any(OneOrMany(PhantomData))?.values;
    let mut known = BTreeSet::new();
    all.retain(|one: &T| known.insert(one.clone()));
    Ok(all)
}

/// The same where it counts whether there is a list at all.
pub(super) fn optional_many<'de, T, D>(d: D) -> Result<Option<Vec<T>>, D::Error>
where
    T: Deserialize<'de> + Ord + Clone,
    D: Deserializer<'de>,
{
    many(d).map(Some)
}

/// The kinds of nodes that Systems Manager manages: tasks are none.
pub(super) fn managed_kinds<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<NodeKind>, D::Error> {
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Managed {
        Ec2,
        Hybrid,
    }
    let kind = |managed| match managed {
        Managed::Ec2 => NodeKind::Ec2,
        Managed::Hybrid => NodeKind::Hybrid,
    };
    Ok(many(d)?.into_iter().map(kind).collect())
}

/// The name of a policy.
pub(super) fn policy_name<'de, D: Deserializer<'de>>(d: D) -> Result<Option<&'de str>, D::Error> {
    parsed(d, parse_policy_name).map(Some)
}

/// The ID of an account.
pub(super) fn account_id<'de, D: Deserializer<'de>>(d: D) -> Result<Option<&'de str>, D::Error> {
    parsed(d, parse_account_id).map(Some)
}

/// The name of a log group, or its ARN.
pub(super) fn log_group<'de, D: Deserializer<'de>>(d: D) -> Result<Option<&'de str>, D::Error> {
    parsed(d, parse_log_group).map(Some)
}

/// A cluster, or `*` for every one.
pub(super) fn clusters<'de, D: Deserializer<'de>>(d: D) -> Result<Option<&'de str>, D::Error> {
    parsed(d, |text| match text {
        "*" => Ok(text),
        text => Name::CLUSTER.parse(text),
    })
    .map(Some)
}

/// Keys for session data, at least one.
pub(super) fn keys<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<KmsKey>, D::Error> {
    let keys = many(d)?;
    if keys.is_empty() {
        return Err(D::Error::custom(Refusal::NoKmsKey));
    }
    Ok(keys)
}

/// The key of a log bucket; `*` is the guide's word for any.
pub(super) fn bucket_key<'de, D: Deserializer<'de>>(d: D) -> Result<Option<KmsKey>, D::Error> {
    parsed(d, |text| match text.trim() {
        "*" => Ok(KmsKey::Any),
        text => parse_kms_key(text),
    })
    .map(Some)
}

/// Tag keys, each with its values, in the order in which they were written.
pub(super) fn tags<'de, D: Deserializer<'de>>(
    d: D,
) -> Result<Vec<(&'de str, Vec<&'de str>)>, D::Error> {
    let tags = members::<Named<of::TagKey>, TagValues, D>(d)?;
    if let Some((key, values)) = tags.iter().find(|(key, values)| is_of_aws_cli(key.0, &values.0)) {
        let given = format!("{}={}", key.0, values.0.join(","));
        return Err(D::Error::custom(Refusal::Malformed { name: Name::TAG_OF_AWS_CLI, given }));
    }
    Ok(tags.into_iter().map(|(key, values)| (key.0, values.0)).collect())
}

/// Tags that something is restricted to, at least one.
pub(super) fn only_tags<'de, D: Deserializer<'de>>(
    d: D,
) -> Result<Vec<(&'de str, Vec<&'de str>)>, D::Error> {
    some(tags(d)?)
}

/// The members of an object, in the order in which they were written.
pub(super) fn members<'de, K, V, D>(d: D) -> Result<Vec<(K, V)>, D::Error>
where
    K: Deserialize<'de>,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    d.deserialize_any(Members(PhantomData))
}

/// What the preferences take for a name: a name, a parameter that gives it, or an empty text, which turns off what it is
/// for.
pub(super) fn setting<'de, K: Kind, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<&'de str>, D::Error> {
    or_parameter(d, true, |text| K::NAME.parse(text))
}

/// The same for a log group.
pub(super) fn log_group_setting<'de, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<&'de str>, D::Error> {
    or_parameter(d, true, parse_log_group)
}

/// The same for a key, of which the preferences take an ID and an alias too, as policies do not.
pub(super) fn key_setting<'de, D: Deserializer<'de>>(d: D) -> Result<Option<&'de str>, D::Error> {
    or_parameter(d, true, parse_key_id)
}

/// A host, or a parameter that gives it.
pub(super) fn host<'de, D: Deserializer<'de>>(d: D) -> Result<Option<&'de str>, D::Error> {
    or_parameter(d, false, |text| Name::HOST.parse(text))
}

fn or_parameter<'de, D: Deserializer<'de>>(
    d: D,
    takes_nothing: bool,
    parse: impl FnOnce(&'de str) -> Result<&'de str, Refusal>,
) -> Result<Option<&'de str>, D::Error> {
    parsed(d, |text| {
        match parameter_reference(text).is_some() || takes_nothing && text.is_empty() {
            true => Ok(text),
            false => parse(text),
        }
    })
    .map(Some)
}

/// A whole number within bounds.
pub(super) fn number<'de, D: Deserializer<'de>>(
    d: D,
    of: Counted,
    least: i64,
    most: i64,
) -> Result<i64, D::Error> {
    within(i64::deserialize(d)?, of, least, most).map_err(D::Error::custom)
}

fn within(given: i64, of: Counted, least: i64, most: i64) -> Result<i64, Refusal> {
    match (least..=most).contains(&given) {
        true => Ok(given),
        false => Err(Refusal::Number { of, given, least, most }),
    }
}

/// A port from `least` on, or the parameter that gives it, as the text that AWS wants there.
pub(super) fn port<'de, D: Deserializer<'de>>(d: D, least: i64) -> Result<String, D::Error> {
    struct Port(i64);
    impl<'de> Visitor<'de> for Port {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
            let port = within(number, Counted::Port, self.0, 65_535);
            port.map(|port| port.to_string()).map_err(E::custom)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
            match parameter_reference(text) {
                Some(_) => Ok(text.to_owned()),
                None => Err(E::invalid_type(Unexpected::Str(text), &self)),
            }
        }
    }
    d.deserialize_any(Port(least))
}

/// A text that is such a name.
pub(super) struct Named<'a, K>(pub &'a str, PhantomData<K>);

impl<'de: 'a, 'a, K: Kind> Deserialize<'de> for Named<'a, K> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Named(name::<K, D>(d)?, PhantomData))
    }
}

impl<'de> Deserialize<'de> for Partition {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        parsed(d, parse_partition)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Region<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        parsed(d, parse_region)
    }
}

impl<'de> Deserialize<'de> for KmsKey {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        parsed(d, parse_kms_key)
    }
}

/// The values of a tag, at least one: an empty list is no condition that IAM takes.
struct TagValues<'a>(Vec<&'a str>);

impl<'de: 'a, 'a> Deserialize<'de> for TagValues<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let values = d.deserialize_any(OneOrMany::<Named<of::TagValue>>(PhantomData))?.values;
        if values.is_empty() {
            let refusal = Refusal::Malformed { name: Name::TAG_VALUE, given: String::new() };
            return Err(D::Error::custom(refusal));
        }
        Ok(TagValues(values.into_iter().map(|value| value.0).collect()))
    }
}

/// Values, and whether they stood in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values<T> {
    /// The values.
    pub values: Vec<T>,
    /// Whether they stood in a list.
    pub is_list: bool,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Values<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(OneOrMany(PhantomData))
    }
}

struct OneOrMany<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
    type Value = Values<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string or a list of strings")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Values<T>, E> {
        let one = T::deserialize(BorrowedStrDeserializer::new(text))?;
        Ok(Values { values: vec![one], is_list: false })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Values<T>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Values { values, is_list: true })
    }
}

struct Members<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Members<K, V> {
    type Value = Vec<(K, V)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}
