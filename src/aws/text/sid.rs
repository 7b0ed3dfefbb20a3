//! Statement ids as IAM and Organizations take them: ASCII letters and digits.
//!
//! Source: the IAM JSON policy reference, "Sid", read 2026-11. Other services take more characters.

/// Whether the text has no character that a Sid must not have; an empty text has none.
pub fn is_sid(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The text without the characters that a Sid must not have; a word after one of them begins with a capital letter.
pub fn to_sid(text: &str) -> String {
    let mut out = String::new();
    let mut begins_word = false;
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() {
            begins_word = !out.is_empty();
        } else if std::mem::take(&mut begins_word) {
            out.push(c.to_ascii_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{is_sid, to_sid};

    #[test]
    fn words_are_put_together() {
        for (text, sid) in [
            ("", ""),
            ("VisualEditor0", "VisualEditor0"),
            ("read-only", "readOnly"),
            ("Allow Session Manager", "AllowSessionManager"),
            ("__owner_statement", "ownerStatement"),
            ("1 a", "1A"),
            ("Lücke", "LCke"),
            ("- -", ""),
        ] {
            assert_eq!(to_sid(text), sid, "{text}");
            assert_eq!(is_sid(text), text == sid, "{text}");
            assert!(is_sid(&to_sid(text)), "{text}");
        }
    }
}
