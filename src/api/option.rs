//! What the options of all builders have in common: the place, words, lists of texts, keys, tags.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::{read, Error};
use crate::session::{self, KmsKey, Name, NodeKind, Place, Refusal};

/// Session encryption of every builder.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionEncryption {
    /// The keys.
    pub kms_key_arn: read::OneOrMany,
    /// Whether the key serves only sessions on these nodes.
    pub encryption_context: Option<bool>,
}

/// Tag keys with their values, in the order in which they were written.
#[derive(Default)]
pub struct Tags(pub Vec<(String, read::OneOrMany)>);

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Tags;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of tag keys with their values")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut object: A) -> Result<Tags, A::Error> {
                let mut tags = Vec::new();
                while let Some(tag) = object.next_entry()? {
                    tags.push(tag);
                }
                Ok(Tags(tags))
            }
        }
        deserializer.deserialize_any(Fields)
    }
}

/// The place that three options give together.
pub fn place<'a>(
    partition: &'a Option<String>,
    region: &'a Option<String>,
    account_id: &'a Option<String>,
) -> Result<Place<'a>, Error> {
    let partition = partition.as_deref().map(session::parse_partition).transpose();
    let region = region.as_deref().map(session::parse_region).transpose();
    let account_id = account_id.as_deref().map(session::parse_account_id).transpose();
    Ok(Place {
        partition: partition.map_err(|why| Error::refused(&why, "options.partition"))?,
        region: region.map_err(|why| Error::refused(&why, "options.region"))?,
        account_id: account_id.map_err(|why| Error::refused(&why, "options.accountId"))?,
    })
}

/// What a word stands for.
pub fn word<T: Copy>(
    given: &str,
    words: &'static [(&'static str, T)],
    path: &str,
) -> Result<T, Error> {
    match words.iter().find(|(word, _)| *word == given) {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let known = words.iter().map(|(word, _)| *word).collect();
            Err(Error::refused(&Refusal::Word { given: given.to_owned(), known }, path))
        }
    }
}

/// The same for an option that may be absent.
pub fn optional_word<T: Copy>(
    given: &Option<String>,
    words: &'static [(&'static str, T)],
    path: &str,
) -> Result<Option<T>, Error> {
    given.as_deref().map(|given| word(given, words, path)).transpose()
}

/// Words without repetitions, or what stands there when the option is absent.
pub fn words<T: Copy + PartialEq>(
    given: &Option<read::OneOrMany>,
    known: &'static [(&'static str, T)],
    path: &str,
    usual: &[T],
) -> Result<Vec<T>, Error> {
    let Some(given) = given else {
        return Ok(usual.to_vec());
    };
    let mut all = Vec::new();
    for (text, at) in places(given, path) {
        let one = word(text, known, &at)?;
        if !all.contains(&one) {
            all.push(one);
        }
    }
    Ok(all)
}

/// The kinds of nodes, at least one: what is said, else those of the named nodes, else `usual`.
pub fn kinds(
    given: &Option<read::OneOrMany>,
    known: &'static [(&'static str, NodeKind)],
    ids: &[&str],
    usual: &[NodeKind],
    path: &str,
) -> Result<Vec<NodeKind>, Error> {
    let said = words(given, known, path, &[])?;
    let is_of_one = |kind: &NodeKind| ids.iter().any(|id| NodeKind::of(id) == *kind);
    let of_ids: Vec<_> = NodeKind::ALL.into_iter().filter(is_of_one).collect();
    Ok([said, of_ids].into_iter().find(|kinds| !kinds.is_empty()).unwrap_or_else(|| usual.to_vec()))
}

/// Names of one sort, each checked, without repetitions.
pub fn names<'a>(
    given: &'a Option<read::OneOrMany>,
    name: Name,
    path: &str,
) -> Result<Vec<&'a str>, Error> {
    let mut all: Vec<&str> = Vec::new();
    for (text, at) in given.iter().flat_map(|given| places(given, path)) {
        let text = name.parse(text).map_err(|why| Error::refused(&why, at))?;
        // A list so long that looking through it takes time is over every quota anyway.
        if all.len() > MANY || !all.contains(&text) {
            all.push(text);
        }
    }
    Ok(all)
}

/// A name that may be absent.
pub fn name<'a>(
    given: &'a Option<String>,
    name: Name,
    path: &str,
) -> Result<Option<&'a str>, Error> {
    let parsed = given.as_deref().map(|given| name.parse(given)).transpose();
    parsed.map_err(|why| Error::refused(&why, path))
}

/// A log group that may be absent, by name or ARN.
pub fn log_group<'a>(given: &'a Option<String>, path: &str) -> Result<Option<&'a str>, Error> {
    let parsed = given.as_deref().map(session::parse_log_group).transpose();
    parsed.map_err(|why| Error::refused(&why, path))
}

/// Tag keys with their values, each checked.
pub fn tags<'a>(
    given: &'a Option<Tags>,
    path: &str,
) -> Result<Vec<(&'a str, Vec<&'a str>)>, Error> {
    let mut all = Vec::new();
    for (key, values) in given.iter().flat_map(|tags| &tags.0) {
        let at = format!("{path}.{key}");
        let key = Name::TagKey.parse(key).map_err(|why| Error::refused(&why, at.clone()))?;
        let mut checked = Vec::new();
        for (value, at) in places(values, &at) {
            checked.push(Name::TagValue.parse(value).map_err(|why| Error::refused(&why, at))?);
        }
        // An empty list of values is no condition that IAM takes.
        if checked.is_empty() {
            let why = Refusal::Malformed { name: Name::TagValue, given: String::new() };
            return Err(Error::refused(&why, at));
        }
        all.push((key, checked));
    }
    Ok(all)
}

/// An inline policy has room for a tenth of them.
const MANY: usize = 1_000;

/// The keys for session data; at least one where the option is given.
pub fn session_keys(given: Option<&read::OneOrMany>, path: &str) -> Result<Vec<KmsKey>, Error> {
    let Some(given) = given else {
        return Ok(Vec::new());
    };
    if given.values.is_empty() {
        return Err(Error::refused(&Refusal::NoKmsKey, path));
    }
    let mut keys = Vec::new();
    for (text, at) in places(given, path) {
        let key = session::parse_kms_key(text).map_err(|why| Error::refused(&why, at))?;
        // A key named twice grants nothing more.
        if keys.len() > MANY || !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// The key of a log bucket; `*` is the guide's word for any.
pub fn bucket_key(given: &Option<String>, path: &str) -> Result<Option<KmsKey>, Error> {
    match given.as_deref().map(str::trim) {
        None => Ok(None),
        Some("*") => Ok(Some(KmsKey::Any)),
        Some(text) => {
            session::parse_kms_key(text).map(Some).map_err(|why| Error::refused(&why, path))
        }
    }
}

/// Checks the name that the policy will get, which changes nothing in it.
pub fn policy_name(given: &Option<String>) -> Result<(), Error> {
    let checked = given.as_deref().map(session::parse_policy_name).transpose();
    checked.map(|_| ()).map_err(|why| Error::refused(&why, "options.policyName"))
}

/// Each text with its place: that of the option, or of the element in its list.
fn places<'g>(
    given: &'g read::OneOrMany,
    path: &str,
) -> impl Iterator<Item = (&'g str, String)> + use<'g> {
    let path = path.to_owned();
    let is_list = given.is_list;
    given.values.iter().enumerate().map(move |(i, text)| {
        let at = if is_list { format!("{path}[{i}]") } else { path.clone() };
        (text.as_str(), at)
    })
}
