//! Decimal numbers, as the `Numeric` operators take them.

use std::cmp::Ordering;

/// A number with an optional sign and an optional fraction, of any length.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'a> {
    is_negative: bool,
    /// Digits before the point without leading zeros.
    whole: &'a str,
    /// Digits after it without trailing zeros.
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads `-1.5` and the like; `None` for anything else, an exponent included.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
        if !are_digits || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        Some(Decimal {
            // Zero has no sign.
            is_negative: is_negative && !(whole.is_empty() && fraction.is_empty()),
            whole,
            fraction,
        })
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |number: &Self| (number.whole.len(), number.whole, number.fraction);
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_are_in_order_whatever_their_form() {
        let ascending = [
            &["-100"][..],
            &["-20"],
            &["-2.5", "-2.50"],
            &["-2"],
            &["0", "-0", "+0.0", "00", ".0"],
            &["0.05"],
            &["0.5", ".5", "0.50"],
            &["1.2"],
            &["1.25"],
            &["9", "+9", "09", "9."],
            &["10"],
            &["99999999999999999999999998"],
            &["99999999999999999999999999"],
        ];
        for (i, lesser) in ascending.iter().enumerate() {
            for (j, greater) in ascending.iter().enumerate() {
                for a in *lesser {
                    for b in *greater {
                        let (x, y) = (Decimal::parse(a).unwrap(), Decimal::parse(b).unwrap());
                        assert_eq!(x.cmp(&y), i.cmp(&j), "{a} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", "-", ".", "1e3", "1,5", "1.2.3", " 1", "1h", "0x10", "--1", "\u{663}"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }
}
