//! Characters that nobody sees, and texts of somebody else's that are shown all the same.

use super::words;

/// Whether it is a control character, a separator of lines or a mark that is not shown.
///
/// A terminal obeys some of them, some change the order in which what follows is shown, and a text with any of them may
/// look like another. The marks are those of Unicode 17 that are ignored by default, and the space that is none; those
/// that choose the form of an emoji are left, since they are seen.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A sentence with an escape for each character that nobody sees, on one line.
///
/// Sentences quote policies, messages and arguments of others, and a terminal, a log and a page show them as they come.
/// So `api` makes the escapes where a sentence leaves; data cross as they are: paths, values, texts of policies and edits.
pub fn shown(text: String) -> String {
    let marks =
        |word| words::below(word, b' ') | words::equal(word, 0x7f) | words::above_ascii(word);
    let is_plain = words::find(text.as_bytes(), 0, marks) == text.len();
    if is_plain || !text.contains(is_unseen) {
        return text;
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if is_unseen(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn what_nobody_sees_is_an_escape_and_all_else_stays() {
        let cases = [
            ("ssm:Start\u{1b}[2J", "ssm:Start\\u{1b}[2J"),
            ("\u{9b}31m\u{7f}\0", "\\u{9b}31m\\u{7f}\\u{0}"),
            ("a\u{202e}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
            ("a\u{200b}b\u{feff}\u{a0}\u{e0041}", "a\\u{200b}b\\u{feff}\\u{a0}\\u{e0041}"),
            ("a\nb\r\tc", "a\\nb\\r\\tc"),
            (
                "\u{e4} \u{5d0} \u{4e2d} \u{2764}\u{fe0f} \\u{1b}",
                "\u{e4} \u{5d0} \u{4e2d} \u{2764}\u{fe0f} \\u{1b}",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text.to_owned()), expected, "{text:?}");
        }
    }
}
