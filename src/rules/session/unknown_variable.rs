//! POSTERN_UNKNOWN_VARIABLE.

use super::escaped_variable::check_escaped;
use crate::aws::catalog::{ConditionKey, GlobalConditionKey};
use crate::aws::{nearest, template_variables, variables, Variable};
use crate::document::{Language, Str};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::variable::places_of_variables::legal_strings;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_UNKNOWN_VARIABLE",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Unknown policy variable",
    why: "A variable that no request has a value for matches nothing, so the resource or the value that it stands in does not either.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::homes/${aws:user}/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
    ),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for text in legal_strings(context) {
        check_template(text, report);
    }
    check_escaped(context, report);
    if context.document.language() != Language::V2012 {
        return;
    }
    for text in legal_strings(context) {
        let unknown: Vec<_> = variables(text.text).filter(is_unknown).collect();
        if let Some(first) = unknown.first() {
            tell(report, text, first.name().trim(), &unknown);
        }
    }
}

/// Reports what a template fills in.
fn check_template(text: Str, report: &mut Report) {
    let Some(first) = template_variables(text.text).next() else { return };
    let written = text.text.get(first.range).unwrap_or_default();
    let details = format_args!("{written} is no policy variable, as no condition key is called so: a template was not filled in.");
    report.at(text.place(), details).help(format_args!("Write your own value for {written}."));
}

/// Whether the name is meant as a global key, and is none; a tag key without its tag is left to others.
fn is_unknown(variable: &Variable) -> bool {
    let name = variable.name().trim();
    starts_with(name, "aws:")
        && GlobalConditionKey::find(name).is_none()
        && ConditionKey::missing_tag_key(name).is_none()
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn tell(report: &mut Report, text: Str, name: &str, unknown: &[Variable]) {
    let finding = report.at(
        text.place(),
        format_args!(
            "There is no global condition key {name}, so the variable in {} never has a value.",
            text.text
        ),
    );
    finding.help(match meant(name).as_slice() {
        _ if starts_with(name, "aws::") => format!(
            "{name} is a parameter of CloudFormation, which puts its value in where Fn::Sub stands, and nowhere else."
        ),
        [] => "Write the name of a global condition key.".to_owned(),
        [only] => format!("Perhaps {only} is meant."),
        [first @ .., last] => format!("Perhaps {} or {last} is meant.", first.join(", ")),
    });
    if let Some(new) = corrected(text.text, unknown) {
        let title = match unknown {
            [_] => "Write the key that was probably meant",
            _ => "Write the keys that were probably meant",
        };
        finding.fix(Fix::unsafe_(title, [Edit::replace(text.node.span, quote(&new))]));
    }
}

/// How many mistakes in one text are corrected; each takes a look at every key.
const MOST_CORRECTED: usize = 8;

/// The text with each unknown name replaced; `None` when one of them may have been meant as several keys, or as none.
fn corrected(text: &str, unknown: &[Variable]) -> Option<String> {
    if unknown.len() > MOST_CORRECTED {
        return None;
    }
    let (mut new, mut at) = (String::new(), 0);
    for variable in unknown {
        let name = variable.name().trim();
        let candidates = meant(name);
        let [only] = candidates.as_slice() else { return None };
        new.push_str(text.get(at..variable.range.start)?);
        new.push_str(&text.get(variable.range.clone())?.replacen(name, only, 1));
        at = variable.range.end;
    }
    new.push_str(text.get(at..)?);
    Some(new)
}

/// The keys that the name may have been meant to be: those that begin with it, else the nearest.
fn meant(name: &str) -> Vec<String> {
    let (family, tag) = match name.split_once('/') {
        Some((family, tag)) => (family, Some(tag)),
        None => (name, None),
    };
    let known = || {
        let names = GlobalConditionKey::all().map(|global| global.key.name);
        names.filter_map(|known| match known.split_once('/') {
            Some((known, _)) => tag.map(|_| known),
            None => tag.is_none().then_some(known),
        })
    };
    let mut found: Vec<&str> = match family.len() {
        // The prefix and a letter at most: half of the keys begin so.
        ..=5 => Vec::new(),
        _ => known().filter(|known| starts_with(known, family)).collect(),
    };
    if found.is_empty() {
        found.extend(nearest(family, known()));
    }
    let tag = tag.map(|tag| format!("/{tag}")).unwrap_or_default();
    found.iter().take(4).map(|key| format!("{key}{tag}")).collect()
}
