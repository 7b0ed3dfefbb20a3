//! Patterns with `*` (any number of characters) and `?` (exactly one).

/// A character of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobChar {
    /// One that stands for itself, also when it is `*` or `?`.
    Literal(char),
    /// `?`.
    One,
    /// `*`.
    Run,
}

impl GlobChar {
    /// A character as it stands in a pattern without escapes.
    pub fn of(c: char) -> Self {
        match c {
            '*' => GlobChar::Run,
            '?' => GlobChar::One,
            c => GlobChar::Literal(c),
        }
    }
}

/// Whether the whole text matches the pattern, to the letter.
///
/// Takes at most `pattern.len() * text.len()` steps. When the rest does not fit, only the last `*` takes one character
/// more, since an earlier one could not do better.
pub fn matches_glob(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.as_bytes(), text.as_bytes());
    let mut last_star = None;
    loop {
        match (pattern, text) {
            ([], []) | ([b'*'], _) => return true,
            ([b'*', rest @ ..], _) => {
                last_star = Some((rest, text));
                pattern = rest;
                continue;
            }
            ([b'?', rest @ ..], [_, ..]) => {
                (pattern, text) = (rest, behind_char(text));
                continue;
            }
            ([p, pattern_rest @ ..], [t, text_rest @ ..]) if p == t => {
                (pattern, text) = (pattern_rest, text_rest);
                continue;
            }
            // Nothing is left that a star could take, and what the pattern asks for is not there.
            ([_, ..], []) => return false,
            _ => {}
        }
        let Some((after_star, taken)) = last_star else {
            return false;
        };
        text = behind_char(taken);
        pattern = after_star;
        last_star = Some((after_star, text));
    }
}

/// What follows the first character of UTF-8.
fn behind_char(text: &[u8]) -> &[u8] {
    let end =
        text.iter().skip(1).position(|byte| byte & 0xc0 != 0x80).map_or(text.len(), |at| at + 1);
    text.get(end..).unwrap_or_default()
}

/// The same for a pattern whose escapes are resolved.
pub fn matches_glob_chars(mut pattern: impl Iterator<Item = GlobChar> + Clone, text: &str) -> bool {
    let mut text = text.chars();
    let mut last_star = None;
    loop {
        let text_here = text.clone();
        match (pattern.next(), text.next()) {
            (None, None) => return true,
            (Some(GlobChar::Run), _) => {
                last_star = Some((pattern.clone(), text_here.clone()));
                text = text_here;
            }
            (Some(GlobChar::One), Some(_)) => {}
            (Some(GlobChar::Literal(p)), Some(t)) if p == t => {}
            // Nothing is left that a star could take, and what the pattern asks for is not there.
            (Some(_), None) => return false,
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
            ("??", "é", false),
            ("*??", "é", false),
            ("*?", "aé", true),
            ("*é?x", "éééx", true),
            ("*\u{a9}", "é\u{a9}", true),
            ("*?\u{1f600}", "\u{1f601}\u{1f600}", true),
            ("*?\u{1f600}", "\u{1f600}", false),
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
