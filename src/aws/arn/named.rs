//! Whether an action can be authorized on any of the resources that a statement names.
//!
//! Source: the types of resources of the service authorization reference, as the catalog has them.

use super::format::{may_name_form, names_form};
use super::{Arn, SessionResource};
use crate::aws::catalog::{AccessLevel, Action, Service};

/// The resources of a statement, and for which actions there is one of them.
pub struct NamedResources<'n, 't> {
    arns: &'n [Arn<'t>],
    /// Whether an ARN names a resource of a form.
    names: fn(Arn, Arn<'static>) -> bool,
    /// The answers so far: most actions of a statement work on the same types.
    known: Vec<(Service, &'static str, bool)>,
    left: &'n mut usize,
}

impl<'n, 't> NamedResources<'n, 't> {
    /// `left` is how many comparisons may still be made; where there are none left, the answer is yes.
    pub fn new(arns: &'n [Arn<'t>], left: &'n mut usize) -> Self {
        NamedResources { arns, names: names_form, known: Vec::new(), left }
    }

    /// From here on looks also for what an ARN may name though it is not to be seen at once.
    pub fn look_closely(&mut self) {
        self.names = may_name_form;
        self.known.clear();
    }

    /// Whether comparisons are left.
    pub fn is_certain(&self) -> bool {
        *self.left > 0
    }

    /// Whether one of them may be of a type of the action.
    pub fn may_be_of(&mut self, action: Action) -> bool {
        if action.is_wildcard_only() {
            return self.may_be_of_none(action);
        }
        let (service, codes) = (action.service(), action.resource_codes());
        *self.left = self.left.saturating_sub(self.known.len());
        let known = self.known.iter().find(|(of, types, _)| *types == codes && *of == service);
        let known = known.map(|(.., known)| *known);
        if known == Some(true) {
            return true;
        }
        // AWS's lists of what takes tags are often behind.
        let is_about_tags = ["Tag", "Untag"].iter().any(|word| action.name().contains(word));
        if is_about_tags && self.are_of(action) {
            return true;
        }
        if known == Some(false) {
            return false;
        }
        let may_be = self.has_one_of(action);
        self.known.push((service, codes, may_be));
        may_be
    }

    /// Counts a look at each of them.
    pub fn look_at_all(&mut self) {
        *self.left = self.left.saturating_sub(self.arns.len());
    }

    fn has_one_of(&mut self, action: Action) -> bool {
        action.resource_types().any(|resource| {
            self.arns.iter().any(|arn| {
                *self.left = self.left.saturating_sub(1);
                let mut forms = resource.resource_type.arn_formats();
                *self.left == 0 || forms.any(|form| (self.names)(*arn, form))
            })
        })
    }

    /// Whether the action can be authorized on one of them although AWS lists no resource type for it.
    fn may_be_of_none(&mut self, action: Action) -> bool {
        *self.left = self.left.saturating_sub(1);
        // The client's half of a channel is authorized on the session, the agent's on no resource.
        let is_client =
            action.service().prefix() == "ssmmessages" && action.name() == "OpenDataChannel";
        if is_client && self.arns.iter().any(|arn| SessionResource::Session.may_match(*arn)) {
            return true;
        }
        // A type may be missing from AWS's list, but not one of another service.
        action.access_level() != AccessLevel::List && self.are_of(action)
    }

    /// Whether one of them is of the service of the action.
    fn are_of(&mut self, action: Action) -> bool {
        self.look_at_all();
        self.arns.iter().any(|arn| arn.service == action.service().prefix())
    }
}
