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
        is_iso(text).then_some(DateValue::Iso)
    }
}

fn is_iso(text: &str) -> bool {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (Some(year), Some(month)) = (year.and_then(digits::<4>), month.and_then(digits::<2>))
    else {
        return false;
    };
    if !(1..=12).contains(&month) {
        return false;
    }
    match (day, time) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some(day), time) => {
            digits::<2>(day).is_some_and(|day| (1..=days_of(year, month)).contains(&day))
                && time.is_none_or(is_time)
        }
    }
}

/// `hh:mm`, perhaps with seconds and a fraction of them, perhaps with a time zone.
fn is_time(text: &str) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, "Z"),
    };
    let is_zone = zone == "Z" || zone.strip_prefix(['+', '-']).is_some_and(is_hours_and_minutes);
    let (clock, seconds) = match clock.match_indices(':').nth(1) {
        Some((at, _)) => clock.split_at(at),
        None => (clock, ":00"),
    };
    let (seconds, fraction) = match seconds.split_once('.') {
        Some((seconds, fraction)) => (seconds, fraction),
        None => (seconds, "0"),
    };
    is_zone
        && is_hours_and_minutes(clock)
        && seconds.get(1..).and_then(digits::<2>).is_some_and(|s| s < 60)
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
}

fn is_hours_and_minutes(text: &str) -> bool {
    let Some((hours, minutes)) = text.split_once(':') else {
        return false;
    };
    digits::<2>(hours).is_some_and(|h| h < 24) && digits::<2>(minutes).is_some_and(|m| m < 60)
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
    use super::{moment_of_seconds, DateValue};

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
