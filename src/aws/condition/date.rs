//! Points in time, as the `Date` operators take them.
//!
//! Source: the IAM JSON policy reference, "Date condition operators", and the W3C note on ISO 8601 that it names,
//! read 2026-11; seconds since 1970 are the other form. Without a time zone a time is taken as well, as IAM does.

/// What a text is to a `Date` operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateValue {
    /// A day or a moment of ISO 8601 that the calendar has.
    Iso,
    /// Digits alone: seconds since 1970, whatever was meant.
    Seconds,
}

impl DateValue {
    /// Reads a date; `None` for a text that is none.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            return Some(DateValue::Seconds);
        }
        iso(text).map(|_| DateValue::Iso)
    }
}

/// A point in time; `Ord` is that of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment<'a> {
    /// Seconds since the start of 1970.
    seconds: i64,
    /// The digits of a fraction of a second, without zeros at the end.
    fraction: &'a str,
}

impl<'a> Moment<'a> {
    /// Reads a date as an evaluation takes it; a day is its first moment in UTC.
    ///
    /// Four digits are a year, more or fewer are seconds since 1970, perhaps with a sign.
    pub fn parse(text: &'a str) -> Option<Self> {
        if let Some(year) = digits::<4>(text) {
            return Some(Moment { seconds: days_before(year, 1, 1) * 86_400, fraction: "" });
        }
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        if !unsigned.is_empty() && unsigned.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Moment { seconds: text.parse().ok()?, fraction: "" });
        }
        iso(text)
    }

    /// Seconds since the start of 1970; `None` between two of them.
    pub fn whole_seconds(self) -> Option<i64> {
        self.fraction.is_empty().then_some(self.seconds)
    }
}

fn iso(text: &str) -> Option<Moment<'_>> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.splitn(3, '-');
    let (year, month) = (digits::<4>(parts.next()?)?, digits::<2>(parts.next()?)?);
    let day = match parts.next() {
        Some(day) => digits::<2>(day)?,
        None if time.is_some() => return None,
        None => 1,
    };
    if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let (seconds, fraction) = time.map_or(Some((0, "")), clock)?;
    Some(Moment { seconds: days_before(year, month, day) * 86_400 + seconds, fraction })
}

/// The seconds since midnight in UTC and the fraction of one: `hh:mm`, perhaps with seconds and a fraction of them,
/// perhaps with a time zone.
fn clock(text: &str) -> Option<(i64, &str)> {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, "Z"),
    };
    let offset = match (zone, zone.strip_prefix('+'), zone.strip_prefix('-')) {
        ("Z", _, _) => 0,
        (_, Some(east), _) => minutes(east)?,
        (_, _, Some(west)) => -minutes(west)?,
        _ => return None,
    };
    let (clock, seconds) = match clock.match_indices(':').nth(1) {
        Some((at, _)) => clock.split_at(at),
        None => (clock, ":00"),
    };
    let (seconds, fraction) = match seconds.split_once('.') {
        Some((seconds, fraction)) => (seconds, fraction),
        None => (seconds, "0"),
    };
    let seconds = seconds.get(1..).and_then(digits::<2>).filter(|s| *s < 60)?;
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let total = (minutes(clock)? - offset) * 60 + i64::from(seconds);
    Some((total, fraction.trim_end_matches('0')))
}

/// `hh:mm` in minutes.
fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let hours = digits::<2>(hours).filter(|h| *h < 24)?;
    let minutes = digits::<2>(minutes).filter(|m| *m < 60)?;
    Some(i64::from(hours * 60 + minutes))
}

/// Days from the start of 1970 to a day; fewer than none before it.
fn days_before(year: u32, month: u32, day: u32) -> i64 {
    let leap_days = |years: i64| years / 4 - years / 100 + years / 400;
    let years = i64::from(year);
    // The year 0 is a leap year, and no year stands before it.
    let days_of_years = if year == 0 { 0 } else { years * 365 + leap_days(years - 1) + 1 };
    let days_of_months: u32 = (1..month).map(|month| days_of(year, month)).sum();
    const TO_1970: i64 = 719_528;
    days_of_years + i64::from(days_of_months + day - 1) - TO_1970
}

fn digits<const N: usize>(text: &str) -> Option<u32> {
    let is_number = text.len() == N && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The moment that is this many seconds after the start of 1970, as `2026-01-01T00:00:00Z`; `None` for a text other
/// than ten digits: fewer may be a year, and more may be milliseconds.
pub fn moment_of_seconds(text: &str) -> Option<String> {
    let seconds = if text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse::<u64>().ok()?
    } else {
        return None;
    };
    let (mut days, clock) = (seconds / 86_400, seconds % 86_400);
    let (mut year, mut month) = (1970, 1);
    // Ten digits end in the year 2286: a few thousand steps at most.
    loop {
        let length = u64::from(days_of(year, month));
        if days < length {
            break;
        }
        days -= length;
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    let (hours, minutes, seconds) = (clock / 3600, clock / 60 % 60, clock % 60);
    Some(format!("{year:04}-{month:02}-{:02}T{hours:02}:{minutes:02}:{seconds:02}Z", days + 1))
}

#[cfg(test)]
mod tests {
    use super::{moment_of_seconds, DateValue, Moment};

    #[test]
    fn dates_are_read_as_the_calendar_has_them() {
        use DateValue::{Iso, Seconds};
        for (text, expected) in [
            ("2026-01", Some(Iso)),
            ("2026-01-31", Some(Iso)),
            ("2024-02-29", Some(Iso)),
            ("2000-02-29", Some(Iso)),
            ("2026-02-29", None),
            ("1900-02-29", None),
            ("2026-04-31", None),
            ("2026-13", None),
            ("2026-00-01", None),
            ("2026-01-00", None),
            ("2026-1-1", None),
            ("2026-01-31T12:00Z", Some(Iso)),
            ("2026-01-31T12:00:00Z", Some(Iso)),
            ("2026-01-31T12:00:00.5Z", Some(Iso)),
            ("2026-01-31T12:00:00.123456+05:30", Some(Iso)),
            ("2026-01-31T12:00-08:00", Some(Iso)),
            ("2026-01-31T12:00:00", Some(Iso)),
            ("2026-01-31T24:00Z", None),
            ("2026-01-31T12:60Z", None),
            ("2026-01-31T12:00:60Z", None),
            ("2026-01-31T12:00:00.Z", None),
            ("2026-01-31T12:00:00+05", None),
            ("2026-01-31T12:00:00+0530", None),
            ("2026-01-31T12:00ZZ", None),
            ("2026-01-31T12:00Z05:30", None),
            ("2026-01-31T12Z", None),
            ("2026-01-31T", None),
            ("2026-01T12:00Z", None),
            ("2026-01-31 12:00", None),
            ("2026-01-31T1\u{e9}:00Z", None),
            ("2026/01/31", None),
            ("2021", Some(Seconds)),
            ("1609459200", Some(Seconds)),
            ("-1609459200", None),
            ("16.5", None),
            ("tomorrow", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(DateValue::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn moments_are_in_order_whatever_their_form() {
        let ascending = [
            &["0000", "0000-01-01T00:00Z"][..],
            &["1900-03-01"],
            &["-1", "1969-12-31T23:59:59Z"],
            &["0", "1970", "1970-01", "1970-01-01T01:00+01:00", "1969-12-31T23:59-00:01"],
            &["1"],
            &["951782400", "2000-02-29", "2000-02-29T00:00:00.000"],
            &["2000-02-29T00:00:00.05Z"],
            &["2000-02-29T00:00:00.5Z", "2000-02-29T00:00:00.50Z"],
            &["2000-03-01"],
            &["1767225600", "2026", "2026-01-01"],
            &["99999999999"],
        ];
        for (i, earlier) in ascending.iter().enumerate() {
            for (j, later) in ascending.iter().enumerate() {
                for a in *earlier {
                    for b in *later {
                        let (x, y) = (Moment::parse(a).unwrap(), Moment::parse(b).unwrap());
                        assert_eq!(x.cmp(&y), i.cmp(&j), "{a} {b}");
                    }
                }
            }
        }
        for text in ["", "-", "tomorrow", "2026-02-30", "99999999999999999999", "1.5", "2026-1"] {
            assert!(Moment::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn seconds_are_counted_from_1970() {
        for (seconds, expected) in [
            ("0000000000", Some("1970-01-01T00:00:00Z")),
            ("0951782400", Some("2000-02-29T00:00:00Z")),
            ("1767225600", Some("2026-01-01T00:00:00Z")),
            ("1767225599", Some("2025-12-31T23:59:59Z")),
            ("9999999999", Some("2286-11-20T17:46:39Z")),
            ("2021", None),
            ("1767225600000", None),
            ("176722560x", None),
        ] {
            let found = moment_of_seconds(seconds);
            assert_eq!(found.as_deref(), expected, "{seconds}");
        }
    }
}
