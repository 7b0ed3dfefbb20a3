//! Which of many names a text is, in either case of ASCII letters.

use crate::aws::fingerprint;

/// The numbers of names, each at the place that [`hash`] gives it, or at the next that was free; `FREE` elsewhere.
pub(in crate::aws) struct Index(Vec<u16>);

/// There are never so many names.
const FREE: u16 = u16::MAX;

impl Index {
    /// Of names that differ.
    pub fn of<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Self {
        let count = (names.len() * 2).next_power_of_two();
        let mut slots = vec![FREE; count];
        for (number, name) in names.enumerate() {
            let mut at = hash(name);
            while let Some(slot) = slots.get_mut(at & (count - 1)) {
                if *slot == FREE {
                    *slot = number as u16;
                    break;
                }
                at += 1;
            }
        }
        Index(slots)
    }

    /// The one of the named things, which come in the order of their names, that is called so.
    pub fn find<'n, T>(
        &self,
        named: &'n [T],
        name_of: impl Fn(&T) -> &str,
        name: &str,
    ) -> Option<&'n T> {
        let mut at = hash(name);
        // Their count is a power of two.
        let last = self.0.len().checked_sub(1)?;
        loop {
            let slot = self.0.get(at & last)?;
            // None has the number that stands in free slots.
            let one = named.get(usize::from(*slot))?;
            // Most names are written as AWS does.
            if name_of(one) == name || name_of(one).eq_ignore_ascii_case(name) {
                return Some(one);
            }
            at += 1;
        }
    }
}

/// A number for a name by its length and some of its letters, in either case: all of a short one, about eight of a long
/// one.
fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let step = 1 + bytes.len() / 8;
    let (mut hash, mut at) = (bytes.len() as u32, 0);
    while let Some(byte) = bytes.get(at) {
        hash = fingerprint(hash, u32::from(byte.to_ascii_lowercase()));
        at += step;
    }
    (hash >> 7) as usize
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn names_are_found_in_either_case_and_nothing_else() {
        let names: Vec<String> =
            (0..300).map(|i| format!("{}Name{i}", "a".repeat(i % 30))).collect();
        let index = Index::of(names.iter().map(String::as_str));
        let find = |name: &str| index.find(&names, |one| one, name).map(String::as_str);
        for name in &names {
            for spelling in [name.clone(), name.to_uppercase(), name.to_lowercase()] {
                assert_eq!(find(&spelling), Some(name.as_str()), "{spelling}");
            }
            assert_eq!(find(&format!("{name}x")), None);
        }
        assert_eq!(find(""), None);
        assert_eq!(Index::of([].into_iter()).find(&names, |one| one, "aName1"), None);
    }
}
