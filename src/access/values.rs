//! Values that stand for all others, for operators that do not compare texts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::side::{Kind, Test};
use crate::aws::{decode_base64, Decimal, IpRange, Moment};
use crate::sort::sort;

/// One value for each way in which the tests can tell values of the kind apart; `None` where one is not found.
pub(super) fn values<'t>(
    kind: Kind,
    tests: impl Iterator<Item = &'t Test<'t>> + Clone,
) -> Option<Vec<String>> {
    let written = || {
        let of_kind = tests.clone().filter(|test| test.kind() == Some(kind));
        of_kind.flat_map(|test| test.written).map(String::as_str)
    };
    match kind {
        Kind::Text => Some(Vec::new()),
        Kind::Number => numbers(written()),
        Kind::Moment => moments(written()),
        Kind::Address => Some(addresses(written())),
        Kind::Boolean => Some(["true", "false"].map(str::to_owned).to_vec()),
        Kind::Bytes => {
            let mut bytes: Vec<String> = written().map(str::to_owned).collect();
            // Base64, of which no policy has all.
            let free = ["eHg=", "eHl6", "eQ==", "enp6enp6"]
                .into_iter()
                .find(|free| written().all(|own| decode_base64(own) != decode_base64(free)));
            bytes.push(free?.to_owned());
            Some(bytes)
        }
    }
}

/// Whether the text is a value of the kind.
pub(super) fn is_of_kind(text: &str, kind: Kind) -> bool {
    match kind {
        Kind::Text => true,
        Kind::Number => Decimal::parse_with_exponent(text).is_some(),
        Kind::Moment => Moment::parse(text).is_some(),
        Kind::Address => IpRange::parse(text).is_some(),
        Kind::Boolean => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        Kind::Bytes => decode_base64(text).is_some(),
    }
}

/// Each number, and one in every gap before, between and after them.
fn numbers<'t>(written: impl Iterator<Item = &'t str>) -> Option<Vec<String>> {
    let mut bounds: Vec<(Decimal, &str)> =
        written.filter_map(|text| Some((Decimal::parse_with_exponent(text)?, text))).collect();
    sort(&mut bounds);
    bounds.dedup_by(|later, first| later.0 == first.0);
    let ends = |near: &str, far: &str, is_beyond: &dyn Fn(Decimal) -> bool| {
        let fits = |text: &&str| Decimal::parse_with_exponent(text).is_some_and(is_beyond);
        [near, far].into_iter().find(fits).map(str::to_owned)
    };
    let mut values = Vec::new();
    if let Some((first, _)) = bounds.first() {
        let lower = |value: Decimal| value < *first;
        // Most keys count something, and zero is the least.
        values.push(ends("0", "-1e99", &lower).or_else(|| ends("-1e9999", "", &lower))?);
    }
    let mut before: Option<(Decimal, &str)> = None;
    for (bound, text) in &bounds {
        if let Some((low, low_text)) = before {
            values.push(between((low, low_text), (*bound, text))?);
        }
        values.push((*text).to_owned());
        before = Some((*bound, text));
    }
    let higher = |value: Decimal| before.is_none_or(|(last, _)| value > last);
    values.push(ends("1", "1e9", &higher).or_else(|| ends("1e99", "1e9999", &higher))?);
    Some(values)
}

/// A number between two.
fn between((low, low_text): (Decimal, &str), (high, high_text): (Decimal, &str)) -> Option<String> {
    let fits = |text: &String| {
        Decimal::parse_with_exponent(text).is_some_and(|value| low < value && value < high)
    };
    let whole = |text: &str| text.split(['.', 'e', 'E']).next().and_then(|text| text.parse().ok());
    let next = whole(low_text).and_then(|low: i64| low.checked_add(1)).map(|next| next.to_string());
    // More digits make a positive number greater, and a negative one less.
    let longer = [low_text, high_text].into_iter().flat_map(|text| {
        let point = if text.contains('.') { "" } else { "." };
        (0..40).map(move |zeros| format!("{text}{point}{}5", "0".repeat(zeros)))
    });
    let zero = ["0".to_owned()];
    next.into_iter().chain(zero).chain(longer).find(fits)
}

/// Each moment, and one in every gap before, between and after them.
fn moments<'t>(written: impl Iterator<Item = &'t str>) -> Option<Vec<String>> {
    let mut bounds: Vec<(Moment, &str)> =
        written.filter_map(|text| Some((Moment::parse(text)?, text))).collect();
    sort(&mut bounds);
    bounds.dedup_by(|later, first| later.0 == first.0);
    let mut values = vec!["-999999999999999".to_owned()];
    let mut before: Option<(Moment, &str)> = None;
    for (bound, text) in &bounds {
        if let Some((low, low_text)) = before {
            let seconds = low.whole_seconds().map(|seconds| format!("{:012}", seconds + 1));
            // A second may have parts.
            let part = low_text.get(..19).zip(low_text.get(19..));
            let part = part.map(|(second, zone)| format!("{second}.5{zone}"));
            let fits = |text: &String| {
                Moment::parse(text).is_some_and(|value| low < value && value < *bound)
            };
            values.push(seconds.into_iter().chain(part).find(fits)?);
        }
        values.push((*text).to_owned());
        before = Some((*bound, text));
    }
    values.push("999999999999999".to_owned());
    Some(values)
}

/// The first address of each range and the one after its last: in any part that ranges cut out, one of them lies.
fn addresses<'t>(written: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut addresses: Vec<IpAddr> =
        vec![Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()];
    for range in written.filter_map(IpRange::parse) {
        let (first, after) = range.ends();
        addresses.push(first);
        addresses.extend(after);
    }
    sort(&mut addresses);
    addresses.dedup();
    addresses.iter().map(ToString::to_string).collect()
}
