//! WILDCARD_USAGE_TOO_PERMISSIVE, VARIABLE_USAGE_TOO_PERMISSIVE: patterns for keys that must name somebody.

use std::fmt::{from_fn, Display};

use super::operators::{has_operator, operators, with_base};
use super::scalar::{scalars, Scalar};
use crate::aws::catalog::GlobalConditionKey;
use crate::aws::{BaseOperator, ClaimKey, Piece};
use crate::document::{Condition, ConditionEntry};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static WILDCARD: Rule = Rule {
    code: "WILDCARD_USAGE_TOO_PERMISSIVE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Wildcard usage too permissive",
    why: "These keys tell who is let in; a pattern lets others in as well, whom nobody knows.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| check(context, report, Varies::Wildcard),
};

pub(in crate::rules) static VARIABLE: Rule = Rule {
    code: "VARIABLE_USAGE_TOO_PERMISSIVE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Variable usage too permissive",
    why: "These keys tell who is let in; under a Like operator a variable that holds a star lets everybody in.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringLike": {"aws:ResourceAccount": "${aws:PrincipalTag/account}"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, Varies::Variable),
};

/// What makes a value match more than itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Varies {
    Wildcard,
    Variable,
}

/// A pattern for the subject of a token needs so many characters before each wildcard; AWS was seen to count so.
const SUBJECT_CHARACTERS: usize = 6;

fn check(context: &Context, report: &mut Report, varies: Varies) {
    for condition in context.document.statements.iter().map(|s| &s.condition) {
        for below in operators(condition) {
            let base = below.first().and_then(|entry| entry.parsed).map(|operator| operator.base);
            if !matches!(base, Some(BaseOperator::StringLike | BaseOperator::StringNotLike)) {
                continue;
            }
            // The same for every value below the operator.
            let mut fix = None;
            for entry in below {
                let Some(why) = names_somebody(context, entry.key()) else { continue };
                for value in scalars(entry) {
                    if !is_too_permissive(context, why, value, varies) {
                        continue;
                    }
                    let finding =
                        report.at(value.place(), details(entry.key(), value, varies, why));
                    match fix.get_or_insert_with(|| equals(context, condition, below, varies)) {
                        Some(fix) => finding.fix(fix.clone()),
                        None => finding.help("Write out the values that are meant."),
                    };
                }
            }
        }
    }
}

fn details<'d>(key: &'d str, value: Scalar<'d>, varies: Varies, why: Why) -> impl Display + 'd {
    let what = match varies {
        Varies::Wildcard => "wildcard",
        Varies::Variable => "variable",
    };
    let text = value.text;
    from_fn(move |f| {
        match why {
        Why::Id => write!(f, "{key} holds an id, and the {what} in {text} stands for many."),
        Why::UserId => write!(
            f,
            "{key} holds an id, a colon and a name. In {text} a {what} stands for a part of the id."
        ),
        Why::Subject => write!(
            f,
            "{key} tells whose token it is. In {text} fewer than {SUBJECT_CHARACTERS} plain characters stand before a {what}."
        ),
    }
    })
}

/// Which of the three rules a value breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Id,
    UserId,
    Subject,
}

/// Whether the key must name somebody, and which rule its values may break. To be asked once for all values of a key,
/// which may be long.
pub(super) fn names_somebody(context: &Context, key: &str) -> Option<Why> {
    let is_subject = || {
        context.kind == PolicyKind::RoleTrust
            && ClaimKey::parse(key).is_some_and(|key| key.claim.eq_ignore_ascii_case("sub"))
    };
    match key {
        _ if GlobalConditionKey::find(key).is_some_and(GlobalConditionKey::is_sensitive) => {
            Some(Why::Id)
        }
        _ if key.eq_ignore_ascii_case("aws:userid") => Some(Why::UserId),
        _ if is_subject() => Some(Why::Subject),
        _ => None,
    }
}

/// Whether the value, under a Like operator, matches too much for a key whose values may break this rule.
pub(super) fn is_too_permissive(
    context: &Context,
    why: Why,
    value: Scalar,
    varies: Varies,
) -> bool {
    let pieces = value.pieces(context);
    let varying = match varies {
        Varies::Wildcard => Piece::Wildcards,
        Varies::Variable => Piece::Variable,
    };
    match why {
        Why::Id => pieces.contains(&varying),
        Why::UserId => varies_left_of_colon(&pieces, &varying),
        Why::Subject => has_short_run(&pieces, &varying),
    }
}

/// Whether such a piece stands left of the first colon, or where there is none, and is not all that stands there.
fn varies_left_of_colon(pieces: &[Piece], varying: &Piece) -> bool {
    let with_colon = |piece: &Piece| matches!(piece, Piece::Plain(text) if text.contains(':'));
    match pieces.iter().position(with_colon) {
        None => pieces.contains(varying),
        Some(colon) => {
            let left = pieces.get(..colon).unwrap_or_default();
            let is_all = left.len() == 1
                && matches!(pieces.get(colon), Some(Piece::Plain(text)) if text.starts_with(':'));
            left.contains(varying) && !is_all
        }
    }
}

/// Whether too few plain characters stand directly before such a piece.
fn has_short_run(pieces: &[Piece], varying: &Piece) -> bool {
    let mut plain = 0;
    pieces.iter().any(|piece| {
        let before = plain;
        plain = match piece {
            Piece::Plain(text) => text.chars().count(),
            _ => 0,
        };
        piece == varying && before < SUBJECT_CHARACTERS
    })
}

/// Compares with an operator that takes values to the letter, when what varies is variables and nothing else.
fn equals(
    context: &Context,
    condition: &Condition,
    below: &[ConditionEntry],
    varies: Varies,
) -> Option<Fix> {
    let entry = below.first()?;
    let base = match entry.parsed?.base {
        BaseOperator::StringNotLike => BaseOperator::StringNotEquals,
        _ => BaseOperator::StringEquals,
    };
    let name = with_base(entry, base)?;
    let mut pieces = below.iter().flat_map(scalars).flat_map(|value| value.pieces(context));
    if varies == Varies::Wildcard
        || has_operator(condition, &name)
        || pieces.any(|piece| piece == Piece::Wildcards)
    {
        return None;
    }
    let edit = Edit::replace(entry.operator.span, quote(&name));
    Some(Fix::unsafe_(format!("Compare with {name}"), [edit]))
}
