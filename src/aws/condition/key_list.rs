//! Lists of condition keys, with prefixes for those that carry a name of the user's, such as a tag's.

/// Whether the list has the condition key, in any case; one that ends in a slash or a colon stands for all keys
/// that begin so.
pub fn is_listed_key(list: &[&str], key: &str) -> bool {
    list.iter().any(|listed| {
        if !listed.ends_with(['/', ':']) {
            return listed.eq_ignore_ascii_case(key);
        }
        let start = key.get(..listed.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(listed))
    })
}

#[cfg(test)]
mod tests {
    use super::is_listed_key;

    #[test]
    fn keys_are_compared_in_any_case_and_by_prefix() {
        let list = ["aws:PrincipalOrgID", "aws:PrincipalTag/"];
        for (key, expected) in [
            ("AWS:principalorgid", true),
            ("aws:PrincipalOrgID2", false),
            ("aws:principaltag/Team", true),
            ("aws:PrincipalTag/", true),
            ("aws:PrincipalTag", false),
            ("aws:PrincipalTa\u{e9}x", false),
            ("", false),
        ] {
            assert_eq!(is_listed_key(&list, key), expected, "{key}");
        }
        assert!(is_listed_key(&["aws:"], "AWS:SourceArn"));
    }
}
