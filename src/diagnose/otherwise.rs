//! Asks once more where a service may ask for something else: for another resource where AWS names none but `*`, with another
//! value of a context key where it has one of two.

use super::ask::{Answer, Asker, Class};
use super::question::{Instead, Question};
use super::stand_in::words;
use super::template::{fill, ArnTemplate};
use super::want::{Assignment, Facts};
use crate::aws::asked_for_star;
use crate::evaluate::Verdict;
use crate::session::capabilities::{Capability, Request};
use crate::sort::map;

/// What is told of such an ID.
pub(super) const USER_ID: &str = "session/${aws:userid}-*";

/// More ARNs of the policies are not tried.
const MOST: usize = 8;

/// The ID of a session as AWS's guide has it in policies since 2025; IDs were seen to begin with the name of the user or of the
/// role's session.
///
/// Source: the Systems Manager user guide, "Sample IAM policies for Session Manager", read 2026-11.
const BY_USER_ID: &str =
    "arn:${Partition}:ssm:${Region}:${Account}:session/${principal:aws:userid}-0a1b2c3d4e5f60718";

fn templates(request: &Request) -> &'static [&'static str] {
    if request.resource.contains(":session/") && request.resource != BY_USER_ID {
        return &[BY_USER_ID];
    }
    let service = request.action.split(':').next().filter(|_| request.resource == "*");
    service.map_or(&[], asked_for_star)
}

impl<'p> Asker<'p> {
    /// The answer about a user with that about a role beside it, where nobody says which of them asks: another one depends on
    /// the name.
    pub(super) fn asked_as_role(
        &self,
        answer: Answer,
        facts: &Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Answer {
        let question = self.question(facts, capability, request);
        let other = question.of_role().map(|facts| self.ask_of_node(&facts, capability, request));
        let Some(other) = other.filter(|other| other.class != answer.class) else { return answer };
        let is_other = other.class == Class::Depends
            || other.class == Class::Allowed && answer.class != Class::Depends;
        let mut answer = if is_other { other } else { answer };
        if answer.class != Class::Depends {
            answer.ungiven.extend(["roleName", "userName"]);
            answer.class = Class::Depends;
        }
        answer
    }

    /// The answer with what else the service may ask for: where that is allowed and `*` is not, or denied and `*` is
    /// allowed, it depends on which of them it is.
    pub(super) fn asked_otherwise(
        &self,
        answer: Answer,
        facts: &Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Answer {
        let (is_expected, class) = (request.expect_allowed, answer.class);
        let Some(wanted) = Some(class).filter(|class| *class != Class::Depends && is_expected)
        else {
            return answer;
        };
        let asked = self.question(facts, capability, request);
        if let Some((key, template)) = request.or_else {
            let question = Question { instead: Some(Instead::Value(key, template)), ..asked };
            let assignments = facts.assignments(&question, &self.named, &self.compared, MOST);
            for assignment in assignments {
                let is_key_elsewhere = question.is_key_elsewhere(&assignment);
                let layers = self.layers(capability, request, is_key_elsewhere);
                let decision = layers.prepared.evaluate(&question.put(layers, &assignment));
                if Class::of(decision.verdict) != wanted {
                    let otherwise = Some(key.to_owned());
                    return Answer { class: Class::Depends, decision, otherwise, ..answer };
                }
            }
        }
        for template in templates(request) {
            let Some(read) = ArnTemplate::of(template) else { continue };
            let fitted = self.named.arns.iter().filter_map(|arn| read.fit(arn));
            let open = fitted.map(|values| -> Assignment {
                map(values.into_iter().filter(|(name, _)| facts.is_open(name)))
            });
            for assignment in [Assignment::new()].into_iter().chain(open).take(MOST) {
                let question = Question { instead: Some(Instead::Resource(template)), ..asked };
                let layers = self.layers(capability, request, false);
                let decision = layers.prepared.evaluate(&question.put(layers, &assignment));
                let is_other = match wanted {
                    Class::Denied => Class::of(decision.verdict) != Class::Denied,
                    _ => decision.verdict == Verdict::ExplicitDeny,
                };
                if is_other {
                    if *template == BY_USER_ID {
                        let otherwise = Some(USER_ID.to_owned());
                        return Answer { class: Class::Depends, decision, otherwise, ..answer };
                    }
                    let words = |name: &str| match facts.is_open(name) {
                        true if assignment.contains_key(name) => assignment.get(name).cloned(),
                        true => Some(format!("<{}>", words(name))),
                        false => question.value(&assignment, name),
                    };
                    let otherwise = Some(fill(template, words));
                    return Answer { class: Class::Depends, decision, otherwise, ..answer };
                }
            }
        }
        answer
    }
}
