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
        let (what, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let (kind, service) = what.split_once(' ').unwrap_or((what, ""));
        named.push_str(&match kind {
            "host" => endpoint_host(service, region),
            _ => endpoint_name(service, region).unwrap_or_else(|| format!("for {service}")),
        });
        named.push_str(rest);
    }
    *help = named;
}

/// The first Region in the text that AWS lists.
pub(super) fn region(text: &str) -> Option<Region<'_>> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.len() < 20).filter_map(Region::parse).find(|region| region.is_listed())
}
