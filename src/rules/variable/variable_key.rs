//! Where the name of a policy variable ends that lacks its closing brace.

use crate::aws::catalog::ConditionKey;

/// Places after which a name is looked for; longer texts are not looked through.
const MOST_ENDS: usize = 16;

/// The longest condition key that the text begins with, as it is written there.
///
/// A key ends before a character that is no letter or digit; one with a placeholder, such as that for a tag, before
/// the next slash or colon, too.
pub(super) fn variable_key(text: &str) -> Option<&str> {
    let stops = |c: char| "*?$,'\"{}".contains(c) || c.is_whitespace();
    let text = text.split(stops).next()?;
    let ends = text.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
    let keys = ends.chain([text.len()]).take(MOST_ENDS).filter_map(|end| {
        let name = text.get(..end)?;
        let key = ConditionKey::find(name)?;
        let is_whole = key.placeholder().is_none_or(|(before, after)| {
            let free = name.get(before.len()..).unwrap_or_default();
            after.is_empty() && !free.contains(['/', ':'])
        });
        is_whole.then_some(name)
    });
    keys.last()
}

#[cfg(test)]
mod tests {
    use super::variable_key;

    #[test]
    fn the_longest_key_is_taken() {
        for (text, expected) in [
            ("aws:username/*", Some("aws:username")),
            ("AWS:UserName", Some("AWS:UserName")),
            ("aws:SourceVpce-x", Some("aws:SourceVpce")),
            ("aws:PrincipalTag/team/*", Some("aws:PrincipalTag/team")),
            ("aws:PrincipalTag/t\u{e9}-a/*", Some("aws:PrincipalTag/t\u{e9}-a")),
            ("s3:prefix/x", Some("s3:prefix")),
            ("aws:PrincipalTag//*", None),
            ("aws:usernames", None),
            ("aws:", None),
            ("\u{e9}\u{e9}/", None),
            ("", None),
        ] {
            assert_eq!(variable_key(text), expected, "{text}");
        }
    }
}
