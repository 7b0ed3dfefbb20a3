//! What the options of all builders have in common: the place, words, lists of texts, keys, tags.

use std::collections::BTreeSet;

use super::read::{element, Fields, OneOrMany};
use super::Error;
use crate::session::{self, KmsKey, Name, NodeKind, Place, Refusal};

/// The fields of `sessionEncryption`.
const ENCRYPTION: &[&str] = &["kmsKeyArn", "encryptionContext"];

impl<'v> Fields<'v> {
    /// What a text means, if it is there.
    pub(super) fn parsed<T>(
        &self,
        name: &str,
        parse: impl Fn(&'v str) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Error> {
        match self.text(name)? {
            Some(text) => parse(text).map(Some).map_err(|why| self.refused(name, &why)),
            None => Ok(None),
        }
    }

    /// What a text means that must be there.
    pub(super) fn required_parsed<T>(
        &self,
        name: &str,
        parse: impl Fn(&'v str) -> Result<T, Refusal>,
    ) -> Result<T, Error> {
        let text = self.required_text(name)?;
        parse(text).map_err(|why| self.refused(name, &why))
    }

    /// Why a field was refused.
    pub(super) fn refused(&self, name: &str, why: &Refusal) -> Error {
        Error::refused(why, self.at(name))
    }

    /// The place that `partition`, `region` and `accountId` give together.
    pub(super) fn place(&self) -> Result<Place<'v>, Error> {
        Ok(Place {
            partition: self.parsed("partition", session::parse_partition)?,
            region: self.parsed("region", session::parse_region)?,
            account_id: self.parsed("accountId", session::parse_account_id)?,
        })
    }

    /// Whether something is asked for by `true`.
    pub(super) fn is_on(&self, name: &str) -> Result<bool, Error> {
        Ok(self.flag(name)?.unwrap_or(false))
    }

    /// What a word stands for.
    pub(super) fn word<T: Copy>(
        &self,
        name: &str,
        words: &'static [(&'static str, T)],
    ) -> Result<Option<T>, Error> {
        self.parsed(name, |text| word(text, words))
    }

    /// Words without repetitions, or what stands there when the option is absent.
    pub(super) fn words<T: Copy + PartialEq>(
        &self,
        name: &str,
        known: &'static [(&'static str, T)],
        usual: &[T],
    ) -> Result<Vec<T>, Error> {
        let Some(given) = self.one_or_many(name)? else {
            return Ok(usual.to_vec());
        };
        let mut all = Vec::new();
        for (i, text) in given.values.iter().enumerate() {
            let one =
                word(text, known).map_err(|why| self.refused_element(name, &given, i, &why))?;
            if !all.contains(&one) {
                all.push(one);
            }
        }
        Ok(all)
    }

    /// The kinds of nodes, at least one: what is said, else those of the named nodes, else `usual`.
    pub(super) fn kinds(
        &self,
        known: &'static [(&'static str, NodeKind)],
        ids: &[&str],
        usual: &[NodeKind],
    ) -> Result<Vec<NodeKind>, Error> {
        let said = self.words("kinds", known, &[])?;
        let is_of_one = |kind: &NodeKind| ids.iter().any(|id| NodeKind::of(id) == *kind);
        let of_ids: Vec<_> = NodeKind::ALL.into_iter().filter(is_of_one).collect();
        let named = [said, of_ids].into_iter().find(|kinds| !kinds.is_empty());
        Ok(named.unwrap_or_else(|| usual.to_vec()))
    }

    /// A name.
    pub(super) fn name(&self, name: &str, kind: Name) -> Result<Option<&'v str>, Error> {
        self.parsed(name, |text| kind.parse(text))
    }

    /// A name that must be there.
    pub(super) fn required_name(&self, name: &str, kind: Name) -> Result<&'v str, Error> {
        self.required_parsed(name, |text| kind.parse(text))
    }

    /// Names of one kind, each checked, without repetitions.
    pub(super) fn names(&self, name: &str, kind: Name) -> Result<Vec<&'v str>, Error> {
        let (mut all, mut known) = (Vec::new(), BTreeSet::new());
        let Some(given) = self.one_or_many(name)? else {
            return Ok(all);
        };
        for (i, text) in given.values.iter().enumerate() {
            let parsed = kind.parse(text);
            let text = parsed.map_err(|why| self.refused_element(name, &given, i, &why))?;
            if known.insert(text) {
                all.push(text);
            }
        }
        Ok(all)
    }

    /// Tag keys with their values, each checked, in the order in which they were written.
    pub(super) fn tags(&self, name: &str) -> Result<Vec<(&'v str, Vec<&'v str>)>, Error> {
        let mut all = Vec::new();
        let Some(given) = self.get(name) else {
            return Ok(all);
        };
        for (key, values) in given.object(&self.at(name))? {
            let at = format!("{}.{key}", self.at(name));
            let refused = |why: &Refusal, at: String| Error::refused(why, at);
            let values = values.one_or_many(&at)?;
            let key = Name::TagKey.parse(key).map_err(|why| refused(&why, at.clone()))?;
            let mut checked = Vec::new();
            for (i, text) in values.values.iter().enumerate() {
                let value = Name::TagValue.parse(text);
                checked.push(value.map_err(|why| refused(&why, place_of(&at, &values, i)))?);
            }
            // An empty list of values is no condition that IAM takes.
            if checked.is_empty() {
                let why = Refusal::Malformed { name: Name::TagValue, given: String::new() };
                return Err(refused(&why, at));
            }
            all.push((key, checked));
        }
        Ok(all)
    }

    /// The keys for session data; at least one where the option is given.
    pub(super) fn session_keys(&self) -> Result<Vec<KmsKey>, Error> {
        let name = "kmsKeyArn";
        let (mut keys, mut known) = (Vec::new(), BTreeSet::new());
        let Some(given) = self.one_or_many(name)? else {
            return Ok(keys);
        };
        if given.values.is_empty() {
            return Err(self.refused(name, &Refusal::NoKmsKey));
        }
        for (i, text) in given.values.iter().enumerate() {
            let key = session::parse_kms_key(text);
            let key = key.map_err(|why| self.refused_element(name, &given, i, &why))?;
            // A key named twice grants nothing more.
            if known.insert(key.clone()) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    /// `sessionEncryption`: its keys, and whether they serve only sessions on these nodes.
    pub(super) fn session_encryption(&self) -> Result<(Vec<KmsKey>, Option<bool>), Error> {
        let Some(given) = self.object("sessionEncryption", ENCRYPTION)? else {
            return Ok((Vec::new(), None));
        };
        given.required("kmsKeyArn")?;
        Ok((given.session_keys()?, given.flag("encryptionContext")?))
    }

    fn refused_element(&self, name: &str, given: &OneOrMany, index: usize, why: &Refusal) -> Error {
        Error::refused(why, place_of(&self.at(name), given, index))
    }
}

/// The place of a text: that of the option, or of the element in its list.
fn place_of(path: &str, given: &OneOrMany, index: usize) -> String {
    if given.is_list {
        element(path, index)
    } else {
        path.to_owned()
    }
}

/// What a word stands for.
pub(super) fn word<T: Copy>(
    given: &str,
    words: &'static [(&'static str, T)],
) -> Result<T, Refusal> {
    match words.iter().find(|(word, _)| *word == given) {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let known = words.iter().map(|(word, _)| *word).collect();
            Err(Refusal::Word { given: given.to_owned(), known })
        }
    }
}
