//! The sentences of an answer: what a statement grants, what is open, and what the answer rests on.

use super::{is_of_nobody, question, Answer, Check, Reason, Requests};
use crate::aws::catalog::{date, Service, Unlisted};
use crate::aws::{has_wildcard, literal_start, ActionPattern};
use crate::evaluate::Request;
use crate::policy::{Effect, Element, Policy, Statement, Who};

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether the proposed policies allow what the existing do not.
    Gained,
    /// Whether the existing policies allow what the proposed do not.
    Lost,
    /// Whether access is granted that must not be.
    NotGranted,
    /// Whether strangers are let in.
    Public,
}

impl Question {
    /// The answer in a sentence.
    pub fn answered(self, answer: Answer, open: &[&str]) -> String {
        let (new, old) = if self == Question::Lost { ("old", "new") } else { ("new", "old") };
        match (self, answer) {
            (_, Answer::Unknown) => {
                let whether = match self {
                    Question::NotGranted => "the policy grants the access".to_owned(),
                    Question::Public => "the policy lets strangers in".to_owned(),
                    _ => format!("the {new} policy allows what the {old} one does not"),
                };
                format!("Cannot tell whether {whether}, because {}.", joined(open))
            }
            (Question::NotGranted, Answer::Fail) => {
                "The policy grants access that must not be granted.".to_owned()
            }
            (Question::NotGranted, _) => "The policy grants none of the access.".to_owned(),
            (Question::Public, Answer::Fail) => "The policy lets strangers in.".to_owned(),
            (Question::Public, _) => "The policy lets no strangers in.".to_owned(),
            (_, Answer::Fail) => format!("The {new} policy allows what the {old} one does not."),
            _ => format!("The {new} policy allows nothing that the {old} one does not."),
        }
    }

    /// What a statement grants, in a sentence that counts policies and statements from 1, as people do.
    pub fn grants(self, reason: &Reason, policies: &[Policy]) -> String {
        let is_only =
            statement_of(reason, policies).is_some_and(|own| is_only_request(own, &reason.witness));
        let Request { action, resource, principal, context, .. } = &reason.witness;
        let mut text = format!("Statement {}", reason.statement + 1);
        if policies.len() > 1 {
            text.push_str(&format!(" of policy {}", reason.policy + 1));
        }
        let allows = if self == Question::Lost { "allowed" } else { "allows" };
        let example = if is_only { "" } else { ", for example," };
        text.push_str(&format!(" {allows}{example} {action} on {resource}"));
        if !is_of_nobody(&reason.witness) {
            text.push_str(&format!(" for {principal}"));
        }
        for (i, (key, value)) in context.iter().enumerate() {
            let joint = if i == 0 { "with" } else { "and" };
            text.push_str(&format!(" {joint} {key} = {}", value.values().join(", ")));
        }
        let denies: Vec<String> =
            reason.denied_by.iter().map(|(_, statement)| (statement + 1).to_string()).collect();
        let of_other_side = match self {
            Question::Gained => Some(("before,", "allowed", "denied")),
            Question::Lost => {
                Some(("now", "allows", if denies.len() == 1 { "denies" } else { "deny" }))
            }
            Question::NotGranted | Question::Public => None,
        };
        if let Some((when, allow, deny)) = of_other_side {
            match denies.as_slice() {
                [] => text.push_str(&format!("; {when} no statement {allow} it")),
                [one] => text.push_str(&format!("; {when} statement {one} {deny} it")),
                many => {
                    text.push_str(&format!("; {when} statements {} {deny} it", many.join(", ")))
                }
            }
        }
        text.push('.');
        if !reason.is_known {
            text.push_str(" No request that is known today is concerned.");
        }
        text
    }
}

/// The statement that grants it.
pub fn statement_of<'p>(reason: &Reason, policies: &'p [Policy]) -> Option<&'p Statement> {
    policies.get(reason.policy)?.statements.get(reason.statement)
}

/// Gives an action that the catalog does not know the letters, large or small, that the statement has.
pub fn spell_as_written(reason: &mut Reason, policies: &[Policy]) {
    let statement = statement_of(reason, policies);
    let action = reason.witness.action.to_mut();
    for entry in statement.into_iter().flat_map(|one| one.action.values.as_slice()) {
        let start = literal_start(entry).unwrap_or(entry);
        let is_known = ActionPattern::parse(action).is_some_and(|known| {
            Service::find(known.service).is_some_and(|s| s.action(known.name).is_some())
        });
        let begins = action.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        if begins && !is_known {
            action.replace_range(..start.len(), start);
        }
    }
}

/// Whether a statement is about no other request, whoever sends it and whatever comes with it.
fn is_only_request(statement: &Statement, witness: &Request) -> bool {
    let is_only = |element: &Element, text: &str| match element.values.as_slice() {
        [only] => !element.negated && !has_wildcard(only) && only.eq_ignore_ascii_case(text),
        _ => false,
    };
    let resource = statement.resource.as_ref();
    is_only(&statement.action, &witness.action)
        && resource.is_none_or(|resource| is_only(resource, &witness.resource))
        && witness.context.is_empty()
        && is_of_nobody(witness)
}

/// What an answer rests on, each in a sentence.
pub fn assumptions(check: &Check, requests: Requests) -> Vec<String> {
    let mut assumptions = Vec::new();
    if requests == Requests::Known {
        assumptions.push(format!(
            "Only requests that the service catalog of {} knows are looked at.",
            date()
        ));
    }
    if !check.unlisted.is_empty() {
        assumptions.push(format!(
            "There may be more than is listed: of other statements it cannot be told, because {}.",
            joined(&check.unlisted)
        ));
    }
    if check.leaves_out_colons {
        let taken = "A star at the end of a field of an ARN is taken to stay in its field; if it runs over colons, \
                     there are such requests.";
        assumptions.push(taken.to_owned());
    }
    if check.takes_empty_for_values {
        let taken = "An empty value of a condition key is taken for a value, as AWS's own checks do; IAM's guide leaves \
                     open whether ForAllValues and Null take it for none, and then there may be such a request.";
        assumptions.push(taken.to_owned());
    }
    assumptions
}

/// Said of an action that nothing is known to grant, as a misspelt one is.
pub fn unlisted_action(action: &str) -> Option<String> {
    let pattern = ActionPattern::parse(action)?;
    let service = Service::find(pattern.service);
    if service.is_some_and(|service| service.has_action_matching(pattern.name))
        || Unlisted::action(pattern).is_some()
    {
        return None;
    }
    Some(format!(
        "{action} is no action that AWS lists, as of {}. If it is misspelt, what was meant is not looked at.",
        date()
    ))
}

/// What a policy without public access rests on where it allows users of an identity provider that the account has.
pub fn providers_of_many(policy: &Policy) -> Option<&'static str> {
    names_provider(policy).then_some(
        "Who may sign in at the identity providers of the account is not looked at: without a condition on the subject \
         of the token, a provider of many, such as GitHub's, lets in all of its users.",
    )
}

/// Whether a statement allows users of an identity provider that the account has.
fn names_provider(policy: &Policy) -> bool {
    let allowing = policy.statements.iter().filter(|own| own.effect == Effect::Allow);
    let listed = allowing.filter_map(|own| match &own.principal.as_ref()?.who {
        Who::Listed(types) => Some(types),
        Who::Everyone => None,
    });
    let mut federated = listed.flatten().filter(|(name, _)| name == "Federated");
    federated.any(|(_, values)| values.as_slice().iter().any(|value| value.starts_with("arn:")))
}

/// Open questions in one phrase that follows "because".
fn joined(questions: &[&str]) -> String {
    let because: Vec<&str> = questions.iter().map(|question| question_in_words(question)).collect();
    because.join(", and ")
}

/// What each open question asks, in words that follow "because".
fn question_in_words(question: &str) -> &'static str {
    match question {
        question::MALFORMED => "IAM would refuse a statement that matters",
        question::OPERATOR => "a statement that matters has an operator that IAM does not know",
        question::VARIABLE => "it depends on what a policy variable stands for",
        question::EMPTY_VALUE => "it depends on whether IAM takes an empty value of a key for none",
        question::MIXED => "operators of different kinds read the same condition key",
        question::NOT_PRINCIPAL => "NotPrincipal leaves open whom it is about",
        question::SESSION_NAME => "it depends on the name of a session",
        question::TRUSTED_WILDCARD => "a value with a wildcard is all that keeps strangers out",
        question::TRUSTED_VARIABLE => {
            "a policy variable for the owner of the resource is all that keeps strangers out"
        }
        question::ADDRESSES => "the ranges of addresses are narrow one by one and wide together",
        question::LIMIT => "the policies are too large to be sure; nothing was found so far",
        _ => {
            "a request was found that the evaluation does not confirm, which is a fault of Postern"
        }
    }
}
