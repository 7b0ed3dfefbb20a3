//! Base64, as `BinaryEquals` takes it: RFC 4648 with the alphabet of `+` and `/`, padded.

/// Whether the text is the base64 form of some bytes.
pub fn is_base64(text: &str) -> bool {
    let digits = text.strip_suffix("==").or(text.strip_suffix('=')).unwrap_or(text);
    text.len().is_multiple_of(4)
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::is_base64;

    #[test]
    fn padding_and_alphabet_count() {
        for (text, expected) in [
            ("", true),
            ("QUJD", true),
            ("QUI=", true),
            ("QQ==", true),
            ("+/+/", true),
            ("QQ", false),
            ("QQ=", false),
            ("Q===", false),
            ("====", false),
            ("QU=D", false),
            ("-_-_", false),
            ("QUJ ", false),
            ("\u{e9}\u{e9}", false),
        ] {
            assert_eq!(is_base64(text), expected, "{text}");
        }
    }
}
