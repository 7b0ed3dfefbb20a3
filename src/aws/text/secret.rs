//! Credentials in a text: IDs of access keys and the first lines of private keys.
//!
//! Source: the IAM user guide, "Unique identifiers", read 2026-11; RFC 7468 for keys.

/// What somebody could sign requests or prove an identity with, or a half of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret<'a> {
    /// The ID of an access key; `AKIA` for a lasting one, `ASIA` for a temporary one.
    AccessKeyId(&'a str),
    /// A private key in PEM form.
    PrivateKey,
}

/// The first secret in a text.
pub fn find_secret(text: &str) -> Option<Secret<'_>> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let access_key = words.into_iter().find(|word| is_access_key_id(word));
    access_key
        .map(Secret::AccessKeyId)
        .or_else(|| has_private_key(text).then_some(Secret::PrivateKey))
}

/// Whether a secret may stand in the text: only every fourth byte is looked at, and what is around it if it could be in
/// the beginning of one.
pub fn may_have_secret(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let mut middle = 3;
    while let Some(byte) = bytes.get(middle) {
        // Hardly any byte goes past this comparison.
        if !matches!(byte, b'A' | b'I' | b'K' | b'S' | b'-') {
            middle += 4;
            continue;
        }
        let three = [at(middle - 1), at(middle), at(middle + 1)];
        let may_be = matches!(
            three,
            [_, b'A', b'K' | b'S']
                | [b'A', b'K' | b'S', b'I']
                | [b'K' | b'S', b'I', b'A']
                | [b'I', b'A', _]
                | [_, b'-', b'-']
                | [b'-', b'-', _]
        );
        if may_be {
            let around = bytes.get(middle - 3..bytes.len().min(middle + 4)).unwrap_or_default();
            if around.windows(4).any(|four| matches!(four, b"AKIA" | b"ASIA" | b"----")) {
                return true;
            }
        }
        middle += 4;
    }
    false
}

/// Whether a word is the ID of an access key: its kind, then sixteen digits of base 32.
pub fn is_access_key_id(word: &str) -> bool {
    let digits = word.strip_prefix("AKIA").or_else(|| word.strip_prefix("ASIA"));
    digits.is_some_and(|digits| {
        digits.len() == 16 && digits.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'))
    })
}

/// Whether `-----BEGIN`, perhaps a kind, and `PRIVATE KEY-----` stand in the text.
fn has_private_key(text: &str) -> bool {
    text.split("-----BEGIN ").skip(1).any(|rest| {
        let label = rest.split("-----").next().unwrap_or_default();
        label.len() < rest.len() && label.ends_with("PRIVATE KEY")
    })
}

#[cfg(test)]
mod tests {
    use super::{find_secret, may_have_secret, Secret};

    #[test]
    fn secrets_are_found_as_whole_words() {
        let example = Some(Secret::AccessKeyId("AKIAIOSFODNN7EXAMPLE"));
        for (text, expected) in [
            ("AKIAIOSFODNN7EXAMPLE", example),
            ("key=AKIAIOSFODNN7EXAMPLE;", example),
            ("ASIAIOSFODNN7ABCDEFG", Some(Secret::AccessKeyId("ASIAIOSFODNN7ABCDEFG"))),
            ("XAKIAIOSFODNN7EXAMPLE", None),
            ("AKIAIOSFODNN7EXAMPLE2", None),
            ("AKIAIOSFODNN0EXAMPLE", None),
            ("AROAIOSFODNN7EXAMPLE", None),
            ("-----BEGIN PRIVATE KEY-----\nMII", Some(Secret::PrivateKey)),
            ("a -----BEGIN RSA PRIVATE KEY-----", Some(Secret::PrivateKey)),
            ("-----BEGIN CERTIFICATE-----", None),
            ("-----BEGIN RSA PRIVATE KEY", None),
            ("", None),
        ] {
            assert_eq!(find_secret(text), expected, "{text}");
            for before in ["", "-", "--", "---"] {
                let may = may_have_secret(&format!("{before}{text}"));
                assert!(may || expected.is_none(), "{text}");
            }
        }
    }
}
