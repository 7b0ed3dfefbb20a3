//! Which ARN formats of a service the resource of an ARN fits.

use std::borrow::Cow;

use super::catalog::{arn_service, resource_types_of_arn_service};
use super::{has_wildcard, pieces, Arn, Piece};

/// The ARN formats of the services that were asked for, each read once.
#[derive(Debug, Default)]
pub struct ArnFormats {
    services: Vec<FormatsOfService>,
}

/// Those of one service.
#[derive(Debug)]
pub(super) struct FormatsOfService {
    name: &'static str,
    /// `None` until they are needed.
    formats: Option<Vec<Format>>,
}

/// An ARN format, as far as problems depend on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    resource: &'static str,
    /// What follows the last placeholder, if there is one and no wildcard.
    end: Option<&'static str>,
    pub has_region: bool,
    pub has_account: bool,
}

impl ArnFormats {
    /// Those of a service; `None` when ARNs have no such name.
    pub(super) fn of(&mut self, service: &str) -> Option<&mut FormatsOfService> {
        let at = match self.services.iter().position(|known| known.name == service) {
            Some(at) => at,
            None => {
                let name = arn_service(service)?;
                self.services.push(FormatsOfService { name, formats: None });
                self.services.len() - 1
            }
        };
        self.services.get_mut(at)
    }
}

impl FormatsOfService {
    /// In the order of the catalog.
    pub fn formats(&mut self) -> &[Format] {
        let name = self.name;
        self.formats.get_or_insert_with(|| {
            let mut formats = Vec::new();
            for format in arn_formats(name) {
                formats.push(Format::of(format));
            }
            formats
        })
    }
}

impl Format {
    fn of(Arn { region, account, resource, .. }: Arn<'static>) -> Self {
        Format::of_resource(resource, !region.is_empty(), !account.is_empty())
    }

    fn of_resource(resource: &'static str, has_region: bool, has_account: bool) -> Self {
        let end = resource.rsplit_once('}').filter(|_| !resource.contains('*'));
        Format { resource, end: end.map(|(_, end)| end), has_region, has_account }
    }
}

/// The ARN formats of a service, as AWS writes them.
pub fn arn_formats(service: &str) -> impl Iterator<Item = Arn<'static>> + '_ {
    resource_types_of_arn_service(service)
        .flat_map(|resource_type| resource_type.arn_formats())
        .filter(move |format| format.service == service)
}

/// Whether a text has neither wildcards nor variables.
pub(super) fn is_literal(text: &str) -> bool {
    !has_wildcard(text) && !text.contains("${")
}

/// A piece of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    This(char),
    One,
    Any,
}

/// A policy variable may be any text, a placeholder any that is not empty.
fn symbols(text: &str, is_format: bool) -> Vec<Symbol> {
    let mut out = Vec::new();
    for piece in pieces(text, true) {
        match piece {
            Piece::Plain(plain) => out.extend(plain.chars().map(Symbol::This)),
            Piece::Wildcards => out.push(Symbol::Any),
            Piece::Variable if is_format => out.extend([Symbol::One, Symbol::Any]),
            Piece::Variable => out.push(Symbol::Any),
        }
    }
    out
}

/// Whether the resource, which may have wildcards and variables, can have the form.
pub(super) fn may_have_form(resource: &str, form: &'static str) -> bool {
    Resource::of(resource).may_be(&Format::of_resource(form, false, false))
}

/// The resource part of an ARN.
pub(super) enum Resource<'a> {
    /// A text that stands for itself.
    Text(Cow<'a, str>),
    /// A pattern, with at least one [`Symbol::Any`].
    Pattern(Vec<Symbol>),
}

impl<'a> Resource<'a> {
    /// From the last field.
    pub fn of(text: &'a str) -> Self {
        if is_literal(text) {
            return Resource::Text(Cow::Borrowed(text));
        }
        let symbols = symbols(text, false);
        if symbols.contains(&Symbol::Any) {
            return Resource::Pattern(symbols);
        }
        let letter = |symbol: &Symbol| match symbol {
            Symbol::This(c) => Some(*c),
            _ => None,
        };
        Resource::Text(Cow::Owned(symbols.iter().filter_map(letter).collect()))
    }

    /// Whether a text matches both this and the format.
    pub fn may_be(&self, format: &Format) -> bool {
        let start = format.resource.split('$').next().unwrap_or_default();
        match self {
            Resource::Text(text) => {
                text.starts_with(start) && matches(&symbols(format.resource, true), text)
            }
            Resource::Pattern(pattern) => may_be_equal(pattern, start, format),
        }
    }
}

/// Whether a text matches both the pattern and the format, which starts so.
fn may_be_equal(pattern: &[Symbol], start: &str, format: &Format) -> bool {
    for (symbol, letter) in pattern.iter().zip(start.chars()) {
        match symbol {
            Symbol::This(c) if *c != letter => return false,
            Symbol::This(_) | Symbol::One => {}
            Symbol::Any => break,
        }
    }
    // Of most formats only the end is left to be compared, with the end of a pattern that has a star.
    if let Some(end) = format.end {
        for (symbol, letter) in pattern.iter().rev().zip(end.chars().rev()) {
            match symbol {
                Symbol::This(c) if *c != letter => return false,
                Symbol::This(_) | Symbol::One => {}
                Symbol::Any => break,
            }
        }
        return true;
    }
    let symbols = symbols(format.resource, true);
    let open_ends = |symbols: &[Symbol]| {
        let first = symbols.iter().position(|symbol| *symbol == Symbol::Any)?;
        let last = symbols.iter().rposition(|symbol| *symbol == Symbol::Any)?;
        Some((first, symbols.len() - last - 1))
    };
    match (open_ends(pattern), open_ends(&symbols)) {
        // Whatever stands between the stars of the one fits under a star of the other.
        (Some((start, end)), Some((other_start, other_end))) => {
            let same = |(a, b): (&Symbol, &Symbol)| a.may_be(*b);
            let starts = pattern.iter().zip(&symbols).take(start.min(other_start));
            let ends = pattern.iter().rev().zip(symbols.iter().rev()).take(end.min(other_end));
            starts.into_iter().all(same) && ends.into_iter().all(same)
        }
        // A format without a placeholder is a text.
        _ => matches(pattern, format.resource),
    }
}

impl Symbol {
    fn may_be(self, other: Symbol) -> bool {
        match (self, other) {
            (Symbol::This(a), Symbol::This(b)) => a == b,
            _ => true,
        }
    }
}

/// Whether the text matches the pattern, byte by byte: one of the two is ASCII. When the rest does not fit, only the
/// last star takes one byte more: an earlier one could not do better.
fn matches(pattern: &[Symbol], text: &str) -> bool {
    let text = text.as_bytes();
    let (mut p, mut t) = (0, 0);
    let mut last_star = None;
    loop {
        let fits = match (pattern.get(p), text.get(t)) {
            (None, None) => return true,
            (Some(Symbol::Any), _) => {
                p += 1;
                last_star = Some((p, t));
                continue;
            }
            (_, None) => return false,
            (Some(Symbol::One), _) => true,
            (Some(Symbol::This(c)), Some(byte)) => *c == char::from(*byte),
            (None, _) => false,
        };
        (p, t) = match &mut last_star {
            _ if fits => (p + 1, t + 1),
            Some((after_star, taken)) => {
                *taken += 1;
                (*after_star, *taken)
            }
            None => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, Format, Resource};

    #[test]
    fn a_pattern_and_a_format_may_be_equal() {
        let format_of = |resource| {
            Format::of(Arn { partition: "", service: "", region: "", account: "", resource })
        };
        for (pattern, format, expected) in [
            ("key/k", "key/${KeyId}", true),
            ("key/", "key/${KeyId}", false),
            ("key/*", "key/${KeyId}", true),
            ("k*", "key/${KeyId}", true),
            ("*", "key/${KeyId}", true),
            ("*/k", "alias/${Alias}", true),
            ("keys/*", "key/${KeyId}", false),
            ("*:x", "group:${Name}:*", true),
            ("a/b:c", "${X}/${Y}", true),
            ("a", "${X}/${Y}", false),
            ("${v}", "key/${KeyId}", true),
            ("", "${X}", false),
        ] {
            let format = format_of(format);
            assert_eq!(Resource::of(pattern).may_be(&format), expected, "{pattern} {format:?}");
        }
    }
}
