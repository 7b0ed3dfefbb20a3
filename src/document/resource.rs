//! `Resource` and `NotResource`: their strings, each split once.

use std::ops::Deref;

use super::{Element, Str};
use crate::aws::Arn;

/// A string of `Resource` or `NotResource`.
#[derive(Clone, Copy, Debug)]
pub struct ResourceEntry<'t> {
    /// The string.
    pub string: Str<'t>,
    /// The string, split; `None` when it is no ARN.
    pub arn: Option<Arn<'t>>,
}

impl<'t> Deref for ResourceEntry<'t> {
    type Target = Str<'t>;

    fn deref(&self) -> &Str<'t> {
        &self.string
    }
}

/// The strings of the first element, then of the second; how many are of the first.
pub(super) fn entries<'t>(
    first: Option<Element<'t>>,
    second: Option<Element<'t>>,
) -> (Vec<ResourceEntry<'t>>, usize) {
    let entry = |string: Str<'t>| ResourceEntry { string, arn: Arn::parse(string.text) };
    super::entries(first, second, entry)
}
