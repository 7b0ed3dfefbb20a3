//! What has to go with a member or an element when it goes: its comma and the white space that was only for it.

use super::{Node, Value};
use crate::text::Span;

/// The spans to delete so that the children with these numbers (from 0) are gone and the rest is still JSON.
///
/// Each run of neighbours is one span. The first child that stays keeps its own place when nothing before it stays;
/// otherwise a run takes the comma before it. A container that has none of them left keeps its brackets.
pub fn removal(container: &Node, gone: &[usize]) -> Vec<Span> {
    let children: Vec<Span> = match &container.value {
        Value::Array(elements) => elements.iter().map(|element| element.span).collect(),
        Value::Object(members) => members.iter().map(|member| member.span()).collect(),
        _ => Vec::new(),
    };
    let mut spans = Vec::new();
    let mut last_kept: Option<Span> = None;
    let mut run: Option<Span> = None;
    for (i, child) in children.iter().enumerate() {
        if gone.contains(&i) {
            run = Some(run.map_or(*child, |run| Span::new(run.start, child.end)));
            continue;
        }
        if let Some(run) = run.take() {
            spans.push(match last_kept {
                Some(kept) => Span::new(kept.end, run.end),
                None => Span::new(run.start, child.start),
            });
        }
        last_kept = Some(*child);
    }
    if let Some(run) = run {
        spans.push(match last_kept {
            Some(kept) => Span::new(kept.end, run.end),
            None => Span::new(
                container.span.start + 1,
                container.span.end.saturating_sub(1),
            ),
        });
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::removal;

    #[test]
    fn commas_go_with_what_goes() {
        let cases: [(&str, &[usize], &str); 8] = [
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
