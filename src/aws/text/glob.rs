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
pub fn matches_glob(pattern: &str, text: &str) -> bool {
    matches_glob_chars(pattern.chars().map(GlobChar::of), text)
}

/// The same for a pattern whose escapes are resolved.
pub fn matches_glob_chars(pattern: impl Iterator<Item = GlobChar> + Clone, text: &str) -> bool {
    matches_wildcards(
        pattern,
        text.chars(),
        |step| *step == GlobChar::Run,
        |step, c| *step == GlobChar::One || *step == GlobChar::Literal(*c),
    )
}

/// Whether a whole text matches a pattern, of whatever they are made: a step that is a star takes any number of the
/// text's parts, every other step one part that fits it.
///
/// Takes at most as many steps as the product of the two lengths: when the rest does not fit, only the last star takes
/// one part more, since an earlier one could not do better.
pub fn matches_wildcards<P, T>(
    mut pattern: impl Iterator<Item = P> + Clone,
    mut text: impl Iterator<Item = T> + Clone,
    is_star: impl Fn(&P) -> bool,
    mut fits: impl FnMut(&P, &T) -> bool,
) -> bool {
    let mut last_star = None;
    loop {
        let here = text.clone();
        match (pattern.next(), text.next()) {
            (Some(step), _) if is_star(&step) => {
                last_star = Some((pattern.clone(), here.clone()));
                text = here;
            }
            (None, None) => return true,
            (Some(step), Some(part)) if fits(&step, &part) => {}
            // Nothing is left that a star could take, and what the pattern asks for is not there.
            (_, None) => return false,
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
