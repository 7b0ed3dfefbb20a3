//! POSTERN_NO_SUCH_RESOURCE.

use crate::aws::catalog::AccessLevel;
use crate::aws::{has_wildcard, Arn, NamedResources};
use crate::document::{ActionEntry, Effect, Statement};
use crate::finding::FindingType;
use crate::rules::session::kms_alias_as_resource::alias;
use crate::rules::session::s3_resource_kind::is_told_of;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_NO_SUCH_RESOURCE",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity, PolicyKind::Resource, PolicyKind::ServiceControl],
    title: "No resource of the action",
    why: "An action is authorized on resources of its own types. Where the statement names none of such a type, it grants nothing for the action.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:s3:::session-logs"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ),
    evidence: Evidence::Derived,
    check,
};

/// How many comparisons are made for one document, so that many patterns on many resources take linear time; no policy
/// that AWS takes needs as many.
const MOST: usize = 50_000;

/// How many forms of ARNs are told.
const MOST_FORMS: usize = 3;

fn check(context: &Context, report: &mut Report) {
    let mut left = MOST;
    for statement in &context.document.statements {
        if left == 0 {
            return;
        }
        if statement.effect() != Some(Effect::Allow) || statement.resources().next().is_none() {
            continue;
        }
        let arns: Vec<Arn> = statement.resources().map_while(|entry| entry.arn).collect();
        // A star and what is no ARN may be anything.
        let may_be_anything = |arn: &Arn| has_wildcard(arn.service) || arn.service.contains('$');
        if arns.len() < statement.resources().len() || arns.iter().any(may_be_anything) {
            continue;
        }
        let mut named = NamedResources::new(&arns, &mut left);
        let mut without: Vec<_> =
            statement.actions().filter(|entry| !may_have(&mut named, entry)).collect();
        if without.is_empty() {
            continue;
        }
        named.look_closely();
        without.retain(|entry| {
            named.look_at_all();
            named.is_certain() && !may_have(&mut named, entry) && !is_told(statement, entry)
        });
        let is_certain = named.is_certain();
        // What is no ARN of AWS, or is misspelt, has a finding of its own.
        let problems = &context.facts.arn_problems;
        let start = statement.node.span.start;
        let first = problems.partition_point(|(faulty, _)| faulty.node.span.start < start);
        let is_faulty =
            problems.get(first).is_some_and(|(f, _)| statement.node.span.contains(f.node.span));
        if !without.is_empty() && is_certain && !is_faulty {
            tell(statement, &without, report);
        }
    }
}

/// Whether another finding tells that the entry has no resource here.
fn is_told(statement: &Statement, entry: &ActionEntry) -> bool {
    let is_of_kms = entry.service.is_some_and(|service| service.prefix() == "kms");
    let names_alias =
        || statement.resources().any(|r| r.arn.is_some_and(|arn| alias(arn).is_some()));
    is_told_of(statement, entry) || is_of_kms && names_alias()
}

/// Whether one of the resources may be of a type of an action that the entry names or matches.
fn may_have(named: &mut NamedResources, entry: &ActionEntry) -> bool {
    match (entry.action, entry.service, entry.pattern) {
        // Named ones that list things have a finding of their own.
        (Some(action), ..) => {
            action.is_wildcard_only() && action.access_level() == AccessLevel::List
                || named.may_be_of(action)
        }
        (None, Some(service), Some(pattern)) if entry.is_known => {
            service.actions_matching(pattern.name).any(|action| named.may_be_of(action))
        }
        _ => true,
    }
}

fn tell(statement: &Statement, without: &[&ActionEntry], report: &mut Report) {
    let [first, others @ ..] = without else { return };
    let names: Vec<_> = without.iter().map(|entry| entry.text).collect();
    let finding = report.at(
        first.place(),
        format_args!(
            "{} {} authorized on no resource that the statement names, so it grants nothing for {}.",
            names.join(", "),
            if others.is_empty() { "is" } else { "are" },
            if others.is_empty() { "it" } else { "them" },
        ),
    );
    for action in others {
        finding.and_at(action.place());
    }
    if let Some(resource) = statement.resources().next() {
        finding.and_at(resource.place());
    }
    finding.help(help(first));
}

/// The ARNs that would do for the entry.
fn help(entry: &ActionEntry) -> String {
    let action = entry.action.or_else(|| {
        entry.service.zip(entry.pattern)?.0.actions_matching(entry.pattern?.name).next()
    });
    let Some(action) = action else { return String::new() };
    let name = format!("{}:{}", action.service().prefix(), action.name());
    if action.is_wildcard_only() {
        return format!("Allow {name} on *, in a statement of its own.");
    }
    let forms = action.resource_types().flat_map(|resource| {
        resource.resource_type.arn_formats().map(|form| {
            format!(
                "arn:{}:{}:{}:{}:{}",
                form.partition, form.service, form.region, form.account, form.resource
            )
        })
    });
    let forms: Vec<_> = forms.take(MOST_FORMS + 1).collect();
    let more = if forms.len() > MOST_FORMS { " and others" } else { "" };
    let forms = forms.get(..forms.len().min(MOST_FORMS)).unwrap_or_default();
    format!("The resources of {name} have ARNs such as {}{more}.", forms.join(", "))
}
