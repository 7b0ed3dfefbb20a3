//! The order of names of which the case of ASCII letters does not count, such as condition keys.

use std::cmp::Ordering;

/// How two such names are ordered, given as bytes.
pub fn ignoring_case(a: &[u8], b: &[u8]) -> Ordering {
    // Most names begin alike and to the letter, which is seen eight bytes at once.
    let (eights, others) = (a.as_chunks::<8>().0, b.as_chunks().0);
    let mut at = 8 * eights.iter().zip(others).take_while(|(one, other)| one == other).count();
    loop {
        let (Some(one), Some(other)) = (a.get(at), b.get(at)) else {
            return a.len().cmp(&b.len());
        };
        if one != other && !one.eq_ignore_ascii_case(other) {
            return one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase());
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::ignoring_case;

    #[test]
    fn names_are_in_the_order_of_their_small_letters() {
        let names = [
            "",
            "a",
            "aws:SourceArn",
            "aws:sourcearn",
            "aws:SourceArN2",
            "aws:SourceIp",
            "aws:Source",
            "AWS:SourceVpc",
        ];
        for (one, other) in names.iter().flat_map(|one| names.map(|other| (*one, other))) {
            let expected = one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase());
            assert_eq!(ignoring_case(one.as_bytes(), other.as_bytes()), expected, "{one}, {other}");
        }
    }
}
