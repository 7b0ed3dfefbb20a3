//! Whether an action can be authorized on any of the resources that a statement names.
//!
//! Source: the types of resources of the service authorization reference, as the catalog has them.

use super::asked::may_be_asked;
use super::format::{is_of_another_service, may_name_form, names_form};
use super::{Arn, SessionResource};
use crate::aws::catalog::{AccessLevel, Action, Service};

/// The resources of a statement, and for which actions there is one of them.
pub struct NamedResources<'n, 't> {
    arns: &'n [Arn<'t>],
    /// Whether it also counts what an ARN may name though it is not to be seen at once.
    is_close: bool,
    /// The answers so far: most actions of a statement work on the same types.
    known: Vec<(Service, &'static str, bool)>,
    left: &'n mut usize,
}

impl<'n, 't> NamedResources<'n, 't> {
    /// `left` is how many comparisons may still be made; where there are none left, the answer is yes.
    pub fn new(arns: &'n [Arn<'t>], left: &'n mut usize) -> Self {
        NamedResources { arns, is_close: false, known: Vec::new(), left }
    }

    /// From here on looks also for what an ARN may name though it is not to be seen at once.
    pub fn look_closely(&mut self) {
        self.is_close = true;
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
        // Some services authorize what creates a thing on its ARN, which AWS's lists leave out.
        if self.has_one_created_by(action) {
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
        // What looks like a resource of the action in another service is not one that AWS's lists lack.
        let is_misplaced = |arn: Arn| {
            let mut types = action.resource_types().map(|resource| resource.resource_type);
            types.any(|of| of.arn_formats().any(|form| is_of_another_service(arn, form)))
        };
        let may_name = |arn: Arn, form| match self.is_close {
            true => may_name_form(arn, form) && !is_misplaced(arn),
            false => names_form(arn, form),
        };
        let mut forms =
            action.resource_types().flat_map(|resource| resource.resource_type.arn_formats());
        forms.any(|form| {
            self.arns.iter().any(|arn| {
                *self.left = self.left.saturating_sub(1);
                *self.left == 0 || may_name(*arn, form)
            })
        })
    }

    /// Whether one of them is of the kind that the action creates, by its name: `dataset/*` for `CreateDataSet`.
    fn has_one_created_by(&mut self, action: Action) -> bool {
        let Some(created) = action.name().strip_prefix("Create") else { return false };
        self.look_at_all();
        self.arns.iter().any(|arn| {
            let kind = arn.resource.split(['/', ':']).next().unwrap_or_default();
            let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
            let small = |byte: u8| byte.to_ascii_lowercase();
            arn.service == action.service().prefix()
                && kind.bytes().filter(is_letter).map(small).eq(created.bytes().map(small))
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
        let service = action.service().prefix();
        if self.arns.iter().any(|arn| may_be_asked(service, *arn)) {
            return true;
        }
        // The token is of the whole registry, says the Amazon ECR user guide, read 2026-11.
        let is_token = action.name() == "GetAuthorizationToken";
        // A type may be missing from AWS's list, but not one of another service.
        action.access_level() != AccessLevel::List && !is_token && self.are_of(action)
    }

    /// Whether one of them is of the service of the action.
    fn are_of(&mut self, action: Action) -> bool {
        self.look_at_all();
        self.arns.iter().any(|arn| arn.service == action.service().prefix())
    }
}
