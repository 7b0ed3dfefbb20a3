//! JSON_SYNTAX_ERROR.

use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{Place, Problem, DEPTH};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::text::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "JSON_SYNTAX_ERROR",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "JSON syntax error",
    why: "IAM refuses a text that is not JSON, and no other check can run on it.",
    example: r#"{"Version": "2012-10-17","#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let Some(syntax) = context.syntax else { return };
    let text = context.text;
    let found = text.get(syntax.span.start..syntax.span.end).unwrap_or_default();
    let found = match found.chars().next() {
        None => "the end of the text".to_owned(),
        Some(c) if c.is_control() || c.is_whitespace() || c == '\u{feff}' => {
            format!("the character U+{:04X}", u32::from(c))
        }
        Some(_) => found.chars().take(40).collect(),
    };
    let details = match syntax.problem {
        Problem::Empty => "The text is empty. A policy is a JSON object.".to_owned(),
        Problem::ExpectedValue => format!("A value was expected here, not {found}."),
        Problem::ExpectedKey => format!("A key in double quotes was expected here, not {found}."),
        Problem::ExpectedColon => format!("A colon was expected after the key, not {found}."),
        Problem::ExpectedCommaOr(closing) => {
            format!("A comma or {closing} was expected here, not {found}.")
        }
        Problem::TrailingComma => {
            "Nothing follows this comma. JSON allows no comma after the last item.".to_owned()
        }
        Problem::ExpectedEnd => {
            format!("The policy ends before {found}. Only one JSON value may stand in the text.")
        }
        Problem::UnclosedString => {
            "The text ends inside a string. A closing double quote is missing.".to_owned()
        }
        Problem::ControlCharacter => format!(
            "A string contains {found}. JSON writes such characters as an escape, such as \\n."
        ),
        Problem::BadEscape => {
            format!("JSON knows no escape {found}. A backslash itself is written as \\\\.")
        }
        Problem::LoneSurrogate => {
            "This escape is half of a character. Its other half is missing.".to_owned()
        }
        Problem::BadNumber => format!("{found} is not a number as JSON writes it."),
        Problem::DuplicateKey => format!(
            "The key {found} stands twice in this object. IAM would use one of the two only."
        ),
        Problem::ByteOrderMark => {
            "The text begins with a byte order mark, which JSON does not allow.".to_owned()
        }
        Problem::TooDeep => {
            format!("Arrays and objects stand more than {DEPTH} deep in each other.")
        }
    };
    // The whole document is what is broken; the span says where.
    let finding = report.at(Place { span: syntax.span, is_key: false }, details);
    if let Some(comment) = comment(text, syntax.span.start) {
        finding.help("JSON has no comments. A Sid can say what a statement is for.");
        finding.fix(Fix::safe("Remove the comment", [Edit::remove(comment)]));
        return;
    }
    match syntax.problem {
        Problem::TrailingComma => {
            finding.fix(Fix::safe("Remove the comma", [Edit::remove(syntax.span)]))
        }
        Problem::ByteOrderMark => {
            finding.fix(Fix::safe("Remove the byte order mark", [Edit::remove(syntax.span)]))
        }
        _ if is_file_name(text) => {
            finding.help("This looks like the name of a file. Give the text of the policy in it.")
        }
        _ => finding,
    };
}

/// A comment as other languages have it that begins here, with its end.
fn comment(text: &str, start: usize) -> Option<Span> {
    let rest = text.get(start..)?;
    let length = match rest {
        _ if rest.starts_with("/*") => rest.find("*/")? + 2,
        _ if rest.starts_with("//") || rest.starts_with('#') => {
            rest.find(['\r', '\n']).unwrap_or(rest.len())
        }
        _ => return None,
    };
    Some(Span::new(start, start + length))
}

/// Whether the text is the name of a file in place of what is in it, as the AWS CLI takes it.
fn is_file_name(text: &str) -> bool {
    let text = text.trim();
    let is_name = text.starts_with("file://") || text.ends_with(".json");
    is_name && !text.contains(['{', '"', '\n'])
}
