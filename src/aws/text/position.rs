//! Where something stands in a text.

/// Where the first byte is that is wanted.
///
/// A loop and no iterator, whose parts stay calls where the program is made small.
pub fn position(text: &str, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if is_wanted(*byte) {
            return Some(at);
        }
        at += 1;
    }
    None
}
