//! What has to go with a member or an element when it goes: its comma and the white space that was only for it.

use super::{Node, Value};
use crate::sort::sort;
use crate::text::Span;

/// The spans to delete so that the children with these numbers (from 0) are gone and the rest is still JSON.
///
/// Each run of neighbours is one span. The first child that stays keeps its own place when nothing before it stays;
/// otherwise a run takes the comma before it. A container that has none of them left keeps its brackets. Only those
/// that go, and their neighbours, are looked at.
pub fn removal(container: &Node, gone: &[usize]) -> Vec<Span> {
    let child = |i: usize| match &container.value {
        Value::Array(elements) => elements.get(i).map(|element| element.span),
        Value::Object(members) => members.get(i).map(|member| member.span()),
        _ => None,
    };
    let mut gone: Vec<usize> = gone.iter().copied().filter(|i| child(*i).is_some()).collect();
    sort(&mut gone);
    gone.dedup();
    let runs = gone.chunk_by(|a, b| a + 1 == *b);
    runs.filter_map(|run| {
        let (first, last) = (*run.first()?, *run.last()?);
        let before = first.checked_sub(1).and_then(child);
        Some(match (before, child(last + 1)) {
            (Some(kept), _) => Span::new(kept.end, child(last)?.end),
            (None, Some(kept)) => Span::new(child(first)?.start, kept.start),
            (None, None) => {
                Span::new(container.span.start + 1, container.span.end.saturating_sub(1))
            }
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::removal;

    #[test]
    fn commas_go_with_what_goes() {
        let cases: [(&str, &[usize], &str); 11] = [
            ("[1, 2, 3, 4]", &[3, 2, 2, 9], "[1, 2]"),
            ("[1, 2, 3, 4, 5]", &[0, 2, 3], "[2, 5]"),
            ("[1]", &[1], "[1]"),
            ("[1, 2, 3]", &[0], "[2, 3]"),
            ("[1, 2, 3]", &[1], "[1, 3]"),
            ("[1, 2, 3]", &[2], "[1, 2]"),
            ("[1, 2, 3]", &[0, 1], "[3]"),
            ("[1, 2, 3, 4]", &[1, 3], "[1, 3]"),
            ("[\n 1\n]", &[0], "[]"),
            ("{\n  \"a\": 1,\n  \"b\": 2\n}", &[1], "{\n  \"a\": 1\n}"),
            ("{\n  \"a\": 1,\n  \"b\": 2\n}", &[0], "{\n  \"b\": 2\n}"),
        ];
        for (text, gone, expected) in cases {
            let root = parse(text).root.unwrap();
            let mut left = text.to_owned();
            for span in removal(&root, gone).into_iter().rev() {
                left.replace_range(span.start..span.end, "");
            }
            assert_eq!(left, expected, "{text} without {gone:?}");
        }
    }
}
