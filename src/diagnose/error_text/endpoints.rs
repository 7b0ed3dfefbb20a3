//! What stands in braces in a help: the names of endpoints in the Region that a message names.

use super::known;
use crate::aws::Region;
use crate::session::related::{endpoint_host, endpoint_name};

/// Puts the names in, `{host ssm}` and `{endpoint ssm}`, also into `{steps}`.
pub(super) fn name(help: &mut String, region: Option<Region>) {
    if !help.contains('{') {
        return;
    }
    let whole = help.replace("{steps}", known::steps());
    let mut named = String::new();
    let mut pieces = whole.split('{');
    named.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (what, rest) = piece.split_once('}').unwrap_or_default();
        match what.split_once(' ') {
            Some(("host", service)) => named.push_str(&endpoint_host(service, region)),
            Some(("endpoint", service)) => named.push_str(
                &endpoint_name(service, region).unwrap_or_else(|| format!("for {service}")),
            ),
            // Braces of the message itself, as in an ARN with `{account}` in the place of the account.
            _ => {
                named.push('{');
                named.push_str(piece);
                continue;
            }
        }
        named.push_str(rest);
    }
    *help = named;
}

/// The first Region in the text that AWS lists.
pub(super) fn region(text: &str) -> Option<Region<'_>> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.len() < 20).filter_map(Region::parse).find(|region| region.is_listed())
}
