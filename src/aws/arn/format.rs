//! Which ARN formats of a service the resource of an ARN fits.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::aws::catalog::{arn_services, resource_types_of_arn_service, Index};
use crate::aws::{has_wildcard, literal_start, matches_wildcards, pieces, Arn, Piece};
use crate::sort::sort;

/// The names of services in ARNs, with the formats of each once they were asked for.
static SERVICES: OnceLock<(Vec<FormatsOfService>, Index)> = OnceLock::new();

/// The ARN formats of a service.
pub(super) struct FormatsOfService {
    name: &'static str,
    formats: OnceLock<Vec<Format>>,
}

/// An ARN format, as far as problems depend on it.
#[derive(Debug)]
pub(super) struct Format {
    resource: &'static str,
    /// Up to the first placeholder or wildcard: some formats have stars, as `rep:*` of DMS.
    start: &'static str,
    /// What follows the last placeholder, if there is one and no wildcard.
    end: Option<&'static str>,
    symbols: Vec<Symbol>,
    pub has_region: bool,
    pub has_account: bool,
}

impl FormatsOfService {
    /// Those of the service that ARNs have by this name, to the letter.
    pub fn find(name: &str) -> Option<&'static Self> {
        let (services, index) = SERVICES.get_or_init(|| {
            let mut names: Vec<_> = arn_services().collect();
            sort(&mut names);
            names.dedup();
            let unread = |name| FormatsOfService { name, formats: OnceLock::new() };
            let index = Index::of(names.iter().copied());
            (names.into_iter().map(unread).collect(), index)
        });
        index.find(services, |service| service.name, name).filter(|service| service.name == name)
    }

    /// In the order of the catalog.
    pub fn formats(&self) -> &[Format] {
        self.formats.get_or_init(|| arn_formats(self.name).map(Format::of).collect())
    }
}

impl Format {
    fn of(Arn { region, account, resource, .. }: Arn<'static>) -> Self {
        Format::of_resource(resource, !region.is_empty(), !account.is_empty())
    }

    /// Whether it is the other form and more behind a slash, of which no name of the other has one.
    fn is_below(&self, wide: &Format) -> bool {
        let more = self.resource.strip_prefix(wide.resource);
        more.is_some_and(|more| more.starts_with('/')) && !wide.resource.contains("Path")
    }

    /// Whether the two have the same places for names, but not the same words between them: what has the words of the one
    /// is not of the other, as no name has a slash.
    fn is_beside(&self, wide: &Format) -> bool {
        let (own, others) = (self.resource.split('/'), wide.resource.split('/'));
        let is_name = |part: &str| part.starts_with("${") && part.find('}') == Some(part.len() - 1);
        let is_word = |part: &str| !part.contains('$');
        let is_other = |(a, b): (&str, &str)| a != b && is_word(a) && is_word(b);
        let is_like = |pair: (&str, &str)| {
            pair.0 == pair.1 || is_name(pair.0) && is_name(pair.1) || is_other(pair)
        };
        let has_path = |resource: &str| resource.contains("Path") || resource.contains('*');
        own.clone().count() == others.clone().count()
            && own.clone().zip(others.clone()).any(is_other)
            && own.zip(others).all(is_like)
            && ![self.resource, wide.resource].into_iter().any(has_path)
    }

    /// Whether the text as it stands, with its wildcards as letters, has the form.
    fn takes(&self, text: &str) -> bool {
        text.starts_with(self.start) && matches(&self.symbols, text)
    }

    fn of_resource(resource: &'static str, has_region: bool, has_account: bool) -> Self {
        let end = resource.rsplit_once('}').filter(|_| !resource.contains('*'));
        Format {
            resource,
            start: resource.split(['$', '*']).next().unwrap_or_default(),
            end: end.map(|(_, end)| end),
            symbols: symbols(resource, true),
            has_region,
            has_account,
        }
    }
}

/// The ARN formats of a service, as AWS writes them.
pub fn arn_formats(service: &str) -> impl Iterator<Item = Arn<'static>> + '_ {
    resource_types_of_arn_service(service)
        .flat_map(|resource_type| resource_type.arn_formats())
        .filter(move |format| format.service == service)
}

/// Whether the ARN, which may be a pattern, names resources of the form, as the catalog has it.
///
/// Regions and accounts are not looked at. What is of a narrower form for certain is not of the wider one:
/// `table/t/stream/*` names streams, although `table/${TableName}` has room for it.
pub fn names_form(arn: Arn, form: Arn<'static>) -> bool {
    // A placeholder stands for services that are listed themselves.
    if arn.service != form.service && !form.service.contains('$') {
        return false;
    }
    if !begin_alike(arn.resource, form.resource) {
        return false;
    }
    let Some(of_service) = FormatsOfService::find(form.service) else { return true };
    let formats = of_service.formats();
    let Some(wide) = formats.iter().find(|format| std::ptr::eq(format.resource, form.resource))
    else {
        return true;
    };
    // Most other forms do not take the text, which is seen at once.
    let is_of_other = |narrow: &Format| {
        !std::ptr::eq(narrow, wide)
            && narrow.takes(arn.resource)
            && (narrow.is_below(wide) || narrow.is_beside(wide))
    };
    Resource::of(arn.resource, is_literal(arn.resource)).may_be(wide)
        && (arn.resource.contains('$') || !formats.iter().any(is_of_other))
}

/// Whether a pattern and a format are the same up to what either leaves open; this tells most pairs apart.
fn begin_alike(pattern: &str, format: &str) -> bool {
    let is_open = |byte: u8| matches!(byte, b'*' | b'?' | b'$');
    let mut pairs = pattern.bytes().zip(format.bytes());
    pairs
        .find(|(a, b)| is_open(*a) || is_open(*b) || a != b)
        .is_none_or(|(a, b)| is_open(a) || is_open(b))
}

/// Whether the ARN may name resources of the form in a way that is not to be seen at once.
///
/// A star at the end of a field before the last runs over colons, so that `arn:aws:logs:*:*:/app/*` names log groups; and
/// what has no form that the catalog knows may be of a type that it does not list yet.
pub fn may_name_form(arn: Arn, form: Arn<'static>) -> bool {
    if arn.service != form.service {
        return false;
    }
    let resource = Resource::of(arn.resource, is_literal(arn.resource));
    let is_run_into = || {
        form.resource.match_indices(':').any(|(at, _)| {
            let rest = form.resource.get(at + 1..).unwrap_or_default();
            resource.may_be(&Format::of_resource(rest, false, false))
        })
    };
    let runs_on = [arn.region, arn.account].iter().any(|field| field.ends_with('*'));
    let has_form = |of: &FormatsOfService| of.formats().iter().any(|f| resource.may_be(f));
    // No resource of any type begins with a colon.
    let is_some = !arn.resource.starts_with(':');
    runs_on && is_run_into()
        || is_some && !FormatsOfService::find(form.service).is_some_and(has_form)
}

/// Whether the ARN would be of the form if its service were the form's: `instance/*` in an ARN of ssm.
pub fn is_of_another_service(arn: Arn, form: Arn<'static>) -> bool {
    let start = form.resource.split('$').next().unwrap_or_default();
    arn.service != form.service
        && !form.service.contains('$')
        && start.len() > 1
        && start.ends_with(['/', ':'])
        && arn.resource.starts_with(start)
}

/// Whether a text has neither wildcards nor variables.
pub(super) fn is_literal(text: &str) -> bool {
    literal_start(text).is_none_or(|start| {
        let rest = text.get(start.len()..).unwrap_or_default();
        !has_wildcard(rest) && !rest.contains("${")
    })
}

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
pub fn may_have_form(resource: &str, form: &'static str) -> bool {
    Resource::of(resource, is_literal(resource)).may_be(&Format::of_resource(form, false, false))
}

/// The resource part of an ARN.
pub(super) enum Resource<'a> {
    /// A text that stands for itself.
    Text(Cow<'a, str>),
    /// A pattern without variables.
    Wildcards(&'a str),
    /// A pattern, with at least one [`Symbol::Any`].
    Pattern(Vec<Symbol>),
}

impl<'a> Resource<'a> {
    /// From the last field, and whether it [`is_literal`].
    pub fn of(text: &'a str, is_literal: bool) -> Self {
        if is_literal {
            return Resource::Text(Cow::Borrowed(text));
        }
        if !text.as_bytes().contains(&b'$') {
            return Resource::Wildcards(text);
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
        match self {
            Resource::Text(text) => format.takes(text),
            // Of most formats only the start and the end are to be compared, and many resources differ there.
            Resource::Wildcards(text) => {
                is_same(text.bytes(), format.start.bytes())
                    && match format.end {
                        Some(end) => is_same(text.bytes().rev(), end.bytes().rev()),
                        None => may_be_equal(&symbols(text, false), format),
                    }
            }
            Resource::Pattern(pattern) => may_be_equal(pattern, format),
        }
    }
}

/// Whether a pattern is the same as a text up to its first wildcard.
fn is_same(pattern: impl Iterator<Item = u8>, text: impl Iterator<Item = u8>) -> bool {
    for (byte, letter) in pattern.zip(text) {
        match byte {
            b'*' | b'?' => return true,
            byte if byte != letter => return false,
            _ => {}
        }
    }
    true
}

/// Whether a text matches both the pattern and the format.
fn may_be_equal(pattern: &[Symbol], format: &Format) -> bool {
    for (symbol, letter) in pattern.iter().zip(format.start.chars()) {
        match symbol {
            Symbol::This(c) if *c != letter => return false,
            Symbol::This(_) | Symbol::One => {}
            Symbol::Any => break,
        }
    }
    let symbols = format.symbols.as_slice();
    let open_ends = |symbols: &[Symbol]| {
        let first = symbols.iter().position(|symbol| *symbol == Symbol::Any)?;
        let last = symbols.iter().rposition(|symbol| *symbol == Symbol::Any)?;
        Some((first, symbols.len() - last - 1))
    };
    match (open_ends(pattern), open_ends(symbols)) {
        // Whatever stands between the stars of the one fits under a star of the other.
        (Some((start, end)), Some((other_start, other_end))) => {
            let same = |(a, b): (&Symbol, &Symbol)| a.may_be(*b);
            let starts = pattern.iter().zip(symbols).take(start.min(other_start));
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

/// Whether the text matches the pattern, byte by byte: one of the two is ASCII.
fn matches(pattern: &[Symbol], text: &str) -> bool {
    matches_wildcards(
        pattern.iter(),
        text.bytes(),
        |symbol| **symbol == Symbol::Any,
        |symbol, byte| symbol.may_be(Symbol::This(char::from(*byte))),
    )
}

#[cfg(test)]
mod tests {
    use super::{is_literal, Arn, Format, Resource};

    #[test]
    fn an_arn_names_the_narrowest_form_that_it_has_for_certain() {
        for (text, service, form, expected) in [
            ("arn:aws:dynamodb:*:*:table/t", "dynamodb", "table/${TableName}", true),
            (
                "arn:aws:dynamodb:*:*:table/*",
                "dynamodb",
                "table/${TableName}/stream/${StreamLabel}",
                true,
            ),
            ("arn:aws:dynamodb:*:*:table/t/stream/*", "dynamodb", "table/${TableName}", false),
            (
                "arn:aws:dynamodb:*:*:table/t*",
                "dynamodb",
                "table/${TableName}/index/${IndexName}",
                true,
            ),
            (
                "arn:aws:dynamodb:*:*:table/t/stream/*",
                "dynamodb",
                "table/${TableName}/index/${IndexName}",
                false,
            ),
            ("arn:aws:kms:*:::*", "kms", "key/${KeyId}", false),
            ("arn:aws:s3:::b", "s3", "${BucketName}/${ObjectName}", false),
            ("arn:aws:s3:::b*", "s3", "${BucketName}/${ObjectName}", true),
            ("arn:aws:s3:::b/*", "s3", "${BucketName}", false),
            ("arn:aws:s3:::*", "s3", "${BucketName}", true),
            ("arn:aws:s3:::b", "dynamodb", "table/${TableName}", false),
            ("arn:aws:s3:::${aws:PrincipalTag/b}", "s3", "${BucketName}", true),
            ("arn:aws:sqs:*:*:q", "sqs", "${QueueName}", true),
            ("arn:aws:secretsmanager:*:*:app!*", "secretsmanager", "secret:${SecretId}", true),
            (
                "arn:aws:cloudformation:*:*:transform/*",
                "cloudformation",
                "stack/${StackName}/${Id}",
                true,
            ),
            (
                "arn:aws:cloudformation:*:*:type/*",
                "cloudformation",
                "stack/${StackName}/${Id}",
                false,
            ),
            (
                "arn:aws:logs:*:*:log-group:a:log-stream:*",
                "logs",
                "log-group:${LogGroupName}",
                true,
            ),
            ("arn:aws:iam::*:role/aws-service-role/x", "iam", "role/${RoleNameWithPath}", true),
        ] {
            let form = super::arn_formats(service).find(|format| format.resource == form).unwrap();
            let arn = Arn::parse(text).unwrap();
            let names = super::names_form(arn, form) || super::may_name_form(arn, form);
            assert_eq!(names, expected, "{text} {form:?}");
        }
    }

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
            let resource = Resource::of(pattern, is_literal(pattern));
            assert_eq!(resource.may_be(&format), expected, "{pattern} {format:?}");
        }
    }
}
