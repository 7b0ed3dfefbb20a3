//! Texts with placeholders `${Name}`: filling them, and reading their values out of the ARNs of a policy.

use std::collections::BTreeMap;

use crate::aws::{has_wildcard, split_fields, variables};

/// A piece of a template.
enum Piece<'t> {
    Literal(&'t str),
    Placeholder(&'t str),
}

fn pieces(template: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    for variable in variables(template) {
        if variable.range.start > at {
            pieces.extend(template.get(at..variable.range.start).map(Piece::Literal));
        }
        pieces.push(Piece::Placeholder(variable.name()));
        at = variable.range.end;
    }
    if at < template.len() {
        pieces.extend(template.get(at..).map(Piece::Literal));
    }
    pieces
}

/// Names of the placeholders in a template.
pub(super) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    pieces(template).into_iter().filter_map(|piece| match piece {
        Piece::Literal(_) => None,
        Piece::Placeholder(name) => Some(name),
    })
}

/// The template with values in the place of its placeholders, and of those in these values; one without a value
/// stays as it is.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let once = |template: &str| put(template, placeholders(template).map(&value).collect());
    // The key of an object holds the id of the session: one level, no more.
    once(&once(template))
}

/// A template with these values in the place of its placeholders, in their order.
fn put(template: &str, values: Vec<Option<String>>) -> String {
    let mut values = values.into_iter();
    let put = |piece| match piece {
        Piece::Literal(text) => text.to_owned(),
        Piece::Placeholder(name) => {
            values.next().flatten().unwrap_or_else(|| format!("${{{name}}}"))
        }
    };
    pieces(template).into_iter().map(put).collect()
}

/// Values of the placeholders for which a text that is no ARN comes to match a pattern, in the same way.
pub(super) fn fit<'t>(template: &'t str, pattern: &str) -> Option<BTreeMap<&'t str, String>> {
    let mut values = BTreeMap::new();
    fit_field(&pieces(template), pattern, &mut values).map(|()| values)
}

/// A template of an ARN, read once for many patterns.
pub(super) struct ArnTemplate<'t> {
    fields: [(&'t str, Vec<Piece<'t>>); 6],
}

impl<'t> ArnTemplate<'t> {
    /// `None` for a text without the fields of an ARN.
    pub(super) fn of(template: &'t str) -> Option<Self> {
        let fields = split_fields(template)?;
        Some(ArnTemplate { fields: fields.map(|field| (field, pieces(field))) })
    }

    /// Values of the placeholders for which it comes to match an ARN pattern, given in fields; `None` when it cannot.
    /// Wildcards in the pattern are filled in, and a placeholder for which the pattern takes everything has none.
    pub(super) fn fit(&self, pattern: &[&str; 6]) -> Option<BTreeMap<&'t str, String>> {
        let mut values = BTreeMap::new();
        // Most ARNs are of another service, which is told without a look at the pieces.
        let differs = |((field, _), pattern): (&(&str, Vec<Piece>), &&str)| {
            field != pattern && !field.as_bytes().contains(&b'$') && !has_wildcard(pattern)
        };
        if self.fields.iter().zip(pattern).any(differs) {
            return None;
        }
        for ((_, pieces), pattern) in self.fields.iter().zip(pattern) {
            fit_field(pieces, pattern, &mut values)?;
        }
        Some(values)
    }
}

fn fit_field<'t>(
    pieces: &[Piece<'t>],
    pattern: &str,
    values: &mut BTreeMap<&'t str, String>,
) -> Option<()> {
    let mut rest = pattern;
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Literal(text) => match rest.strip_prefix(text) {
                Some(after) => rest = after,
                // A wildcard may stand for the rest of the literal and all that follows.
                None => {
                    let fixed = rest.find(['*', '?'])?;
                    let is_start = text.starts_with(rest.get(..fixed)?);
                    return is_start.then_some(());
                }
            },
            Piece::Placeholder(name) => {
                let end = match pieces.peek() {
                    Some(Piece::Literal(next)) => rest.find(next),
                    _ => None,
                };
                // No value but the ID of a role's session has a colon in it; what follows one belongs to a literal that a
                // wildcard stands for.
                let colon = || rest.find(':').filter(|_| !name.starts_with("principal:"));
                let end_of_value = end.or_else(colon).unwrap_or(rest.len());
                let (value, after) = rest.split_at_checked(end_of_value)?;
                let is_open =
                    value.is_empty() || value.contains("${") || value.bytes().all(|b| b == b'*');
                if !is_open {
                    values.insert(name, value.replace('*', "").replace('?', "0"));
                }
                rest = after;
                if end.is_none() {
                    return Some(());
                }
            }
        }
    }
    (rest.is_empty() || rest.bytes().all(|b| b == b'*')).then_some(())
}

#[cfg(test)]
mod tests {
    use super::{fill, split_fields, ArnTemplate};

    #[test]
    fn values_are_read_out_of_patterns() {
        for (template, pattern, expected) in [
            (
                "arn:${Partition}:ec2:${Region}:${Account}:instance/${Id}",
                "arn:aws:ec2:*:111122223333:instance/i-0*",
                Some("Account=111122223333 Id=i-0 Partition=aws"),
            ),
            (
                "arn:${Partition}:ec2:${Region}:${Account}:instance/${Id}",
                "arn:aws:ec2:*:*:*",
                Some("Partition=aws"),
            ),
            (
                "arn:${Partition}:ec2:${Region}:${Account}:instance/${Id}",
                "arn:aws:ec2:*:*:volume/*",
                None,
            ),
            (
                "arn:${Partition}:ec2:${Region}:${Account}:instance/${Id}",
                "arn:aws:ssm:*:*:instance/*",
                None,
            ),
            (
                "arn:${Partition}:logs:${Region}:${Account}:log-group:${Group}:log-stream:${Id}",
                "arn:aws:logs:us-east-1:*:log-group:/a/b:*",
                Some("Group=/a/b:* Partition=aws Region=us-east-1"),
            ),
            (
                "arn:${Partition}:s3:::${Bucket}/${Key}",
                "arn:aws:s3:::logs-?/a/*",
                Some("Bucket=logs-0 Key=a/ Partition=aws"),
            ),
            (
                "arn:${Partition}:s3:::${Bucket}",
                "arn:aws:s3:::${aws:username}",
                Some("Partition=aws"),
            ),
        ] {
            let read = ArnTemplate::of(template).unwrap();
            let fitted = read.fit(&split_fields(pattern).unwrap());
            let found = fitted.map(|values| {
                let pairs: Vec<_> = values.iter().map(|(k, v)| format!("{k}={v}")).collect();
                pairs.join(" ")
            });
            let expected = expected.map(|e| e.replace(":*", ""));
            assert_eq!(found, expected, "{template} {pattern}");
        }
    }

    #[test]
    fn placeholders_are_filled_one_level_deep() {
        let value = |name: &str| match name {
            "Key" => Some("p/${Id}.log".to_owned()),
            "Id" => Some("${Id}x".to_owned()),
            _ => None,
        };
        assert_eq!(fill("a/${Key}/${Other}", value), "a/p/${Id}x.log/${Other}");
    }
}
