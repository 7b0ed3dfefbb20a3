//! Base64, as `BinaryEquals` takes it: RFC 4648 with the alphabet of `+` and `/`, padded.

/// Whether the text is the base64 form of some bytes.
pub fn is_base64(text: &str) -> bool {
    let digits = text.strip_suffix("==").or(text.strip_suffix('=')).unwrap_or(text);
    text.len().is_multiple_of(4)
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

/// The bytes that the text is the base64 form of; `None` for a text that is none.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    if !is_base64(text) {
        return None;
    }
    let digits = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut count) = (0u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode_base64, is_base64};

    #[test]
    fn bytes_come_back() {
        for (text, expected) in [
            ("", Some(&b""[..])),
            ("QUJD", Some(b"ABC")),
            ("QUI=", Some(b"AB")),
            ("QQ==", Some(b"A")),
            ("QR==", Some(b"A")),
            ("+/+/", Some(b"\xfb\xff\xbf")),
            ("Q", None),
        ] {
            assert_eq!(decode_base64(text).as_deref(), expected, "{text}");
        }
    }

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
