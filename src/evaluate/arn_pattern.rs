//! ARN patterns, as `Resource` and the `Arn` operators take them; the two read colons in different ways.

use super::key_table::{KeyId, KeyTable};
use super::pattern::{Expanded, Pattern};
use super::truth::{Keys, Truth};
use super::view::View;
use crate::aws::{
    matches_crossing, matches_glob, matches_glob_chars, split_fields, Colons, GlobChar,
};

/// An entry of `Resource` or `NotResource`.
#[derive(Debug)]
pub(super) enum ResourcePattern<'p> {
    /// Nothing but `*`: fits everything, also the request that names no resource.
    Everything,
    /// Five fields, in which variables are not special, and the resource.
    Fields([&'p str; 5], Pattern<'p>),
    /// Has too few fields to match.
    Nothing,
}

/// The first five fields of a text and the rest, split at its first five colons.
pub(super) fn fields(text: &str) -> Option<([&str; 5], &str)> {
    let (mut heads, mut at, mut start) = ([""; 5], 0, 0);
    for (end, byte) in text.as_bytes().iter().enumerate() {
        if *byte == b':' {
            *heads.get_mut(at)? = text.get(start..end)?;
            start = end + 1;
            at += 1;
            if at == heads.len() {
                return Some((heads, text.get(start..)?));
            }
        }
    }
    None
}

impl<'p> ResourcePattern<'p> {
    /// `completes` says whether fields that are missing at the end are stars.
    pub fn new(
        text: &'p str,
        completes: bool,
        has_variables: bool,
        keys: &mut KeyTable<'p>,
    ) -> Self {
        if !text.is_empty() && text.bytes().all(|b| b == b'*') {
            return ResourcePattern::Everything;
        }
        if let Some([a, b, c, d, e, rest]) = split_fields(text) {
            return ResourcePattern::Fields(
                [a, b, c, d, e],
                Pattern::new(rest, true, has_variables, keys),
            );
        }
        // A variable stands for nothing before the last field, and its colon is in no field.
        if !completes || text.is_empty() || text.contains("${") {
            return ResourcePattern::Nothing;
        }
        let mut heads = ["*"; 5];
        for (head, field) in heads.iter_mut().zip(text.split(':')) {
            *head = field;
        }
        ResourcePattern::Fields(heads, Pattern::Glob("*".into()))
    }

    /// Whether a variable in it has no value, so that it matches nothing.
    pub fn has_no_value(&self, view: &View) -> bool {
        match self {
            ResourcePattern::Fields(_, tail @ Pattern::Template(_)) => {
                matches!(tail.expand(0, view, &mut Keys::new()), Expanded::NoValue)
            }
            _ => false,
        }
    }

    /// The keys of its variables.
    pub fn variable_keys(&self) -> impl Iterator<Item = KeyId> + '_ {
        let tail = match self {
            ResourcePattern::Fields(_, tail) => Some(tail),
            _ => None,
        };
        tail.into_iter().flat_map(Pattern::variable_keys)
    }

    /// Whether it matches a resource with these fields, `None` for one that is no ARN.
    pub fn matches<'r>(
        &self,
        resource: Option<([&str; 5], &str)>,
        view: &View<'r>,
        keys: &mut Keys,
    ) -> Truth {
        let (heads, tail) = match self {
            ResourcePattern::Everything => return Truth::True,
            ResourcePattern::Nothing => return Truth::False,
            ResourcePattern::Fields(heads, tail) => (heads, tail),
        };
        let Some((fields, rest)) = resource else {
            return Truth::False;
        };
        let mut both = heads.iter().zip(fields);
        let fits = both.all(|(head, field)| *head == field || matches_glob(head, field));
        let in_place = match fits {
            true => tail.matches(rest, view, keys),
            false => Truth::False,
        };
        // A star at the end of a field may run over colons, if the text has one to spare.
        let may_cross = || {
            let ends = |head: &&str| head.as_bytes().last() == Some(&b'*');
            heads.iter().any(ends) && rest.as_bytes().contains(&b':')
        };
        if in_place.is_true() || !may_cross() {
            return in_place;
        }
        let longest = fields.iter().map(|field| field.len()).sum::<usize>() + rest.len();
        let crossing = match tail.expand(longest, view, keys) {
            Expanded::Chars(tail) => Truth::from(crosses(heads, &tail, fields, rest)),
            Expanded::NoValue => Truth::False,
            // Whether the fields alone can fit is not worth another look.
            Expanded::Unknown => Truth::Unknown,
        };
        in_place.or(crossing)
    }
}

/// Whether the pattern matches when stars at the end of fields run over colons.
fn crosses(heads: &[&str; 5], tail: &[GlobChar], fields: [&str; 5], rest: &str) -> bool {
    let heads = heads.iter().flat_map(|head| {
        let in_field = head.char_indices().map(|(at, c)| match c {
            '*' if at + 1 == head.len() => (GlobChar::Run, Colons::Taken),
            c => (GlobChar::of(c), Colons::Left),
        });
        in_field.chain([(GlobChar::Literal(':'), Colons::Left)])
    });
    let tail = tail.iter().map(|c| (*c, Colons::Taken));
    let text = fields.into_iter().flat_map(|field| field.chars().chain([':'])).chain(rest.chars());
    matches_crossing(heads.chain(tail), text)
}

/// Whether a value of a request is an ARN, as the `Arn` operators read one.
pub(super) fn is_arn(value: &str) -> bool {
    fields(value).is_some_and(|(heads, _)| heads.first() == Some(&"arn"))
}

/// Whether the value of an `Arn` operator matches an ARN: six parts each, and no star leaves its part. `matches_last` says
/// it of the sixth.
pub(super) fn matches_arn(
    pattern: &[GlobChar],
    value: &str,
    matches_last: impl Fn(&[GlobChar], &str) -> bool,
) -> bool {
    let Some((heads, rest)) = fields(value) else {
        return false;
    };
    let mut parts = pattern.splitn(6, |c| *c == GlobChar::Literal(':'));
    let mut heads = heads.into_iter();
    heads.all(|field| parts.next().is_some_and(|part| matches_glob_chars(part, field)))
        && parts.next().is_some_and(|part| matches_last(part, rest))
}

/// The same for a pattern without escapes.
pub(super) fn matches_plain_arn(pattern: &str, value: &str) -> bool {
    let Some(((heads, rest), (fields, value))) = fields(pattern).zip(fields(value)) else {
        return false;
    };
    let mut both = heads.iter().zip(fields);
    both.all(|(head, field)| *head == field || matches_glob(head, field))
        && matches_glob(rest, value)
}

#[cfg(test)]
mod tests {
    use super::{fields, matches_arn, matches_plain_arn, ResourcePattern};
    use crate::aws::{matches_glob_chars, GlobChar};
    use crate::evaluate::key_table::KeyTable;
    use crate::evaluate::known::Known;
    use crate::evaluate::request::Request;
    use crate::evaluate::truth::Keys;
    use crate::evaluate::view::View;

    fn matches(pattern: &str, completes: bool, text: &str) -> bool {
        let request = Request::default();
        let mut keys = Keys::new();
        let mut table = KeyTable::new();
        let pattern = ResourcePattern::new(pattern, completes, true, &mut table);
        let known = Known::new(&request);
        pattern
            .matches(fields(text), &View::new(&request, known.states(), &table), &mut keys)
            .is_true()
    }

    #[test]
    fn stars_at_the_end_of_a_field_run_over_colons() {
        let stream = "arn:aws:logs:us-east-1:111122223333:log-group:/ssm:log-stream:a";
        for (pattern, text, expected) in [
            ("arn:aws:logs:*:*:log-group:/ssm:*", stream, true),
            ("arn:aws:logs:*:*:*:log-stream:a", stream, true),
            ("arn:aws:logs:us*:log-stream:a", stream, true),
            // The star of the Region takes the account and more, and leaves two fields.
            ("arn:aws:logs:*:/ssm:log-stream:a", stream, true),
            ("arn:aws:logs:*:/ssm:log-stream:b", stream, false),
            ("arn:aws:logs:us-*-1:/ssm:log-stream:a", stream, false),
            ("arn:aws:*:log-stream:*:a", stream, false),
            ("arn:aws:*:log-group:*:log-stream:?", stream, true),
            ("arn:aws:lo*s:*:*:log-group:*", stream, true),
            ("arn:aws:lo?s:*:*:log-group:*", stream, true),
            ("arn:a?s?logs:*:*:*:*", stream, false),
            ("*", stream, true),
            ("***", stream, true),
            ("", stream, false),
            ("*:*", stream, false),
        ] {
            assert_eq!(matches(pattern, false, text), expected, "{pattern}");
        }
        for (pattern, text, expected) in [
            ("arn:aws:s3", "arn:aws:s3:::b", true),
            ("arn:aws:s3", "arn:aws:s3control:::b", false),
            ("arn:aws:s3*", "arn:aws:s3control:::b", true),
            ("arn*", "arn:aws:s3:::b", true),
            ("b", "arn:aws:s3:::b", false),
        ] {
            assert_eq!(matches(pattern, true, text), expected, "{pattern}");
            assert!(!matches(pattern, false, text), "{pattern}");
        }
        assert!(!matches("arn:aws:s3:::*", true, "*"));
        assert!(matches("*", false, "*"));
    }

    #[test]
    fn a_star_of_an_operator_stays_in_its_part() {
        for (pattern, text, expected) in [
            ("arn:aws:s3:::b", "arn:aws:s3:::b", true),
            ("arn:*:s3:::b", "arn:aws:s3:::b", true),
            ("arn:aws:*:b", "arn:aws:s3:::b", false),
            ("arn:aws:logs:*:*:*", "arn:aws:logs:r:1:g:s:t", true),
            ("arn:aws:logs:*:*:g:*", "arn:aws:logs:r:1:g:s:t", true),
            ("*", "arn:aws:s3:::b", false),
            ("arn:aws:s3:::b", "b", false),
        ] {
            let chars: Vec<_> = pattern.chars().map(GlobChar::of).collect();
            let found = matches_arn(&chars, text, matches_glob_chars);
            assert_eq!(found, expected, "{pattern} {text}");
            assert_eq!(matches_plain_arn(pattern, text), expected, "{pattern} {text}");
        }
    }
}
