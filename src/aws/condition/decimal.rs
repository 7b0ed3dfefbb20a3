//! Decimal numbers, as the `Numeric` operators take them.

use std::cmp::Ordering;

/// A number with an optional sign and an optional fraction, of any length.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'a> {
    is_negative: bool,
    /// How many digits stand before the point, less than none for `0.05`; meaningless for zero.
    point: i64,
    /// Digits before the point as it is written, those after it: together without zeros at either end.
    digits: (&'a str, &'a str),
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
        let mut whole = whole.trim_start_matches('0');
        let mut fraction = fraction.trim_end_matches('0');
        let mut point = i64::try_from(whole.len()).ok()?;
        if fraction.is_empty() {
            whole = whole.trim_end_matches('0');
        }
        if whole.is_empty() {
            let significant = fraction.trim_start_matches('0');
            point -= i64::try_from(fraction.len() - significant.len()).ok()?;
            fraction = significant;
        }
        let is_zero = whole.is_empty() && fraction.is_empty();
        // Zero has no sign.
        Some(Decimal { is_negative: is_negative && !is_zero, point, digits: (whole, fraction) })
    }

    /// Reads the same, and `1.5e3`, as an evaluation takes it.
    pub fn parse_with_exponent(text: &'a str) -> Option<Self> {
        let Some((number, exponent)) = text.split_once(['e', 'E']) else {
            return Self::parse(text);
        };
        let mut number = Self::parse(number)?;
        let is_short = exponent.trim_start_matches(['+', '-']).len() <= 18;
        let exponent: i64 = exponent.parse().ok().filter(|_| is_short)?;
        number.point = number.point.checked_add(exponent)?;
        Some(number)
    }

    fn magnitude(&self) -> (bool, i64, impl Iterator<Item = u8> + 'a) {
        let (whole, fraction) = self.digits;
        let is_zero = whole.is_empty() && fraction.is_empty();
        let point = if is_zero { 0 } else { self.point };
        (!is_zero, point, whole.bytes().chain(fraction.bytes()))
    }

    fn cmp_magnitude(&self, other: &Self) -> Ordering {
        let (is_some, point, digits) = self.magnitude();
        let (other_is_some, other_point, other_digits) = other.magnitude();
        let size = (is_some, point).cmp(&(other_is_some, other_point));
        size.then_with(|| digits.cmp(other_digits))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_magnitude(other),
            (true, true) => other.cmp_magnitude(self),
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
    fn an_exponent_moves_the_point() {
        for (text, same) in [
            ("1e3", "1000"),
            ("1.5E2", "150"),
            ("-25e-1", "-2.5"),
            ("100e-2", "1"),
            ("0e9", "0"),
            ("5e-2", "0.05"),
            ("7", "7"),
        ] {
            let (with, without) = (Decimal::parse_with_exponent(text), Decimal::parse(same));
            assert_eq!(with.unwrap(), without.unwrap(), "{text}");
        }
        let large = Decimal::parse_with_exponent("1e999999999").unwrap();
        assert!(large > Decimal::parse("99999999").unwrap());
        for text in ["1e", "e3", "1e1.5", "1e--3", "1e9999999999999999999", "1e3e3"] {
            assert!(Decimal::parse_with_exponent(text).is_none(), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", "-", ".", "1e3", "1,5", "1.2.3", " 1", "1h", "0x10", "--1", "\u{663}"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }
}
