//! Eight bytes of a text at once, for what looks at each of them.

const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte, by which bytes are marked.
const MARKS: u64 = 0x8080_8080_8080_8080;

/// Where the first marked byte is from a place on; the length of the text if there is none.
pub fn find(text: &[u8], mut at: usize, marks: impl Fn(u64) -> u64) -> usize {
    let (words, rest) = text.get(at..).unwrap_or_default().as_chunks();
    for word in words {
        match marks(u64::from_le_bytes(*word)) {
            0 => at += 8,
            marks => return at + first(marks),
        }
    }
    // What fills it up is no ASCII character; where such are marked it stands behind the end.
    let mut last = [0xff; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    text.len().min(at + first(marks(u64::from_le_bytes(last))))
}

/// The number of the first marked byte, or 8.
fn first(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// Marks the bytes that are less than an ASCII character: the first of them for certain, and no other before it.
pub fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(limit)) & !word & MARKS
}

/// Marks the bytes that are no ASCII character.
pub fn above_ascii(word: u64) -> u64 {
    word & MARKS
}

/// Marks the bytes that are this ASCII character, in the same way.
pub fn equal(word: u64, character: u8) -> u64 {
    below(word ^ (ONES * u64::from(character)), 1)
}

#[cfg(test)]
mod tests {
    use super::{above_ascii, below, equal, find};

    #[test]
    fn the_first_marked_byte_is_found_wherever_it_stands() {
        type Case = (fn(u64) -> u64, fn(&u8) -> bool);
        let signs: Case = (
            |word| below(word, b' ') | equal(word, b'"') | equal(word, b'\\'),
            |byte| matches!(byte, ..b' ' | b'"' | b'\\'),
        );
        let unseen: Case = (
            |word| below(word, b' ') | equal(word, 0x7f) | above_ascii(word),
            |byte| !matches!(byte, b' '..=b'~'),
        );
        for (marks, is_marked) in [signs, unseen] {
            // Each byte among its neighbours, at each place of a word and behind the last one.
            for byte in 0..=u8::MAX {
                for before in 0..20 {
                    let mut text = vec![b'!'; before];
                    text.extend([byte, byte.wrapping_add(1), byte.wrapping_sub(1), 0xff, b'#']);
                    for from in 0..=text.len() {
                        let rest = text.get(from..).unwrap_or_default();
                        let expected =
                            rest.iter().position(is_marked).map_or(text.len(), |at| from + at);
                        assert_eq!(find(&text, from, marks), expected, "{text:?} from {from}");
                    }
                }
            }
        }
    }
}
