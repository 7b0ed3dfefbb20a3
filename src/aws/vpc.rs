//! Ids of VPCs and of VPC endpoints.

/// Whether the text is an id of the kind, `vpc` or `vpce`: the kind, a hyphen, and 8 or 17 letters or digits.
pub fn is_vpc_id(kind: &str, text: &str) -> bool {
    let number = text.strip_prefix(kind).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| {
        matches!(number.len(), 8 | 17) && number.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::is_vpc_id;

    #[test]
    fn ids_have_one_of_two_lengths() {
        for (kind, text, expected) in [
            ("vpc", "vpc-12345678", true),
            ("vpc", "vpc-0a1b2c3d4e5f60718", true),
            ("vpc", "vpc-1234567", false),
            ("vpc", "vpc-123456789", false),
            ("vpc", "vpce-12345678", false),
            ("vpce", "vpce-12345678", true),
            ("vpce", "vpc-12345678", false),
            ("vpc", "VPC-12345678", false),
            ("vpc", "vpc-1234567-", false),
            ("vpc", "vpc-\u{e9}\u{e9}\u{e9}\u{e9}", false),
            ("vpc", "vpc-", false),
            ("vpc", "", false),
        ] {
            assert_eq!(is_vpc_id(kind, text), expected, "{kind} {text}");
        }
    }
}
