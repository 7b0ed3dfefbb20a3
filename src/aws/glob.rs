//! Patterns with `*` (any number of characters) and `?` (exactly one).

/// Whether the whole text matches the pattern, to the letter.
///
/// Takes at most `pattern.len() * text.len()` steps: when the rest does not fit, only the last `*` takes one
/// character more, since an earlier one could not do better.
pub fn matches_glob(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    let mut last_star = None;
    loop {
        let (pattern_here, text_here) = (pattern.clone(), text.clone());
        match (pattern.next(), text.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                last_star = Some((pattern.clone(), text_here.clone()));
                text = text_here;
            }
            (Some('?'), Some(_)) => {}
            (Some(p), Some(t)) if p == t => {}
            (_, None) => {
                // Nothing is left that a star could take.
                return pattern_here.as_str().chars().all(|c| c == '*');
            }
            (_, Some(_)) => {
                let Some((after_star, taken)) = &mut last_star else {
                    return false;
                };
                taken.next();
                pattern = after_star.clone();
                text = taken.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches_glob;

    #[test]
    fn patterns_match_as_iam_says() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "anything", true),
            ("?", "", false),
            ("?", "é", true),
            ("a*c", "abbc", true),
            ("a*c", "abcb", false),
            ("a*b*c", "a-b-b-c", true),
            ("*a*b", "aab", true),
            ("us-*-1", "us-east-1", true),
            ("us-*-1", "us-east-2", false),
            ("us-*", "eu-west-1", false),
            ("a?", "a", false),
            ("ab", "a", false),
            ("a**", "a", true),
            ("A", "a", false),
        ] {
            assert_eq!(matches_glob(pattern, text), expected, "{pattern} on {text}");
        }
    }
}
