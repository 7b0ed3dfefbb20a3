//! Places in a tree: what a finding points at, and the path that leads there.

use super::{Member, Node, Text, Value};
use crate::text::Span;

/// A value or a key of a tree, or a part of one.
///
/// It is kept as a span alone; the path is found from the root when somebody asks, since most places are never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Where it stands.
    pub span: Span,
    /// Whether the key is meant, not its value.
    pub is_key: bool,
}

/// A step of a path, as the API of IAM Access Analyzer has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathElement {
    /// The value of this key.
    Value(String),
    /// The element with this number, from 0.
    Index(usize),
    /// This key itself; only the last step can be one.
    Key(String),
}

impl Place {
    /// A value.
    pub fn of(node: &Node) -> Self {
        Place { span: node.span, is_key: false }
    }

    /// A key.
    pub fn of_key(key: &Text) -> Self {
        Place { span: key.span, is_key: true }
    }

    /// The steps from the root to the value or key at this place; none for the root.
    pub fn path(self, root: &Node) -> Vec<PathElement> {
        let mut path = Vec::new();
        self.walk(root, |step| {
            path.push(match step {
                Step::Index(index) => PathElement::Index(index),
                Step::Value(key) => PathElement::Value(key.to_owned()),
                Step::Key(key) => PathElement::Key(key.to_owned()),
            });
        });
        path
    }

    /// How many bytes the keys in that path have together.
    pub fn path_length(self, root: &Node) -> usize {
        let mut length = 0;
        self.walk(root, |step| match step {
            Step::Index(_) => {}
            Step::Value(key) | Step::Key(key) => length += key.len(),
        });
        length
    }

    fn walk<'n>(self, root: &'n Node, mut step: impl FnMut(Step<'n>)) {
        let mut node = root;
        loop {
            match &node.value {
                Value::Array(elements) => {
                    let Some((i, element)) = child(elements, self.span, |element| element.span)
                    else {
                        return;
                    };
                    step(Step::Index(i));
                    node = element;
                }
                Value::Object(members) => {
                    let Some((_, member)) = child(members, self.span, Member::span) else {
                        return;
                    };
                    let key = member.key.text.as_ref();
                    if self.is_key && member.key.span.contains(self.span) {
                        step(Step::Key(key));
                        return;
                    }
                    if !member.value.span.contains(self.span) {
                        return;
                    }
                    step(Step::Value(key));
                    node = &member.value;
                }
                _ => return,
            }
            // A place that is a value as a whole ends there, even when its only element has the same span.
            if !self.is_key && node.span == self.span {
                return;
            }
        }
    }
}

/// A step of a path whose keys are those of the tree.
enum Step<'n> {
    Index(usize),
    Value(&'n str),
    Key(&'n str),
}

/// The child that the span lies in; children are in order and apart.
fn child<T>(children: &[T], span: Span, span_of: fn(&T) -> Span) -> Option<(usize, &T)> {
    let after = children.partition_point(|child| span_of(child).start <= span.start);
    let i = after.checked_sub(1)?;
    let child = children.get(i)?;
    span_of(child).contains(span).then_some((i, child))
}

impl PathElement {
    /// The path as a JSON Pointer (RFC 6901); a key has the pointer of its value.
    pub fn pointer(path: &[PathElement]) -> String {
        let mut out = String::new();
        for element in path {
            out.push('/');
            match element {
                PathElement::Index(i) => out.push_str(&i.to_string()),
                PathElement::Value(key) | PathElement::Key(key) => {
                    // Hardly any key has such a character.
                    if key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
                        out.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    } else {
                        out.push_str(key);
                    }
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::{PathElement, Place};

    #[test]
    fn paths_lead_to_keys_values_and_parts_of_them() {
        let text = r#"{"a/b": [1, {"c": "xyz"}], "d~": {}}"#;
        let root = parse(text).root.unwrap();
        let at = |needle: &str, is_key| {
            let start = text.find(needle).unwrap();
            let span = crate::text::Span::new(start, start + needle.len());
            PathElement::pointer(&Place { span, is_key }.path(&root))
        };
        assert_eq!(at(text, false), "");
        assert_eq!(at("[1, {\"c\": \"xyz\"}]", false), "/a~1b");
        assert_eq!(at("1", false), "/a~1b/0");
        assert_eq!(at("{\"c\": \"xyz\"}", false), "/a~1b/1");
        assert_eq!(at("\"c\"", true), "/a~1b/1/c");
        assert_eq!(at("\"xyz\"", false), "/a~1b/1/c");
        assert_eq!(at("y", false), "/a~1b/1/c");
        assert_eq!(at("{}", false), "/d~0");
        let key = Place::of_key(&root.as_object().unwrap()[1].key);
        assert_eq!(key.path(&root), [PathElement::Key("d~".to_owned())]);
    }
}
