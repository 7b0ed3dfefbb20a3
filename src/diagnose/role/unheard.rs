//! Names in what allows that are no action of AWS.

use super::{Role, MOST_NAMES};
use crate::aws::catalog::Service;
use crate::aws::has_wildcard;
use crate::evaluate::{Gate, StatementId};
use crate::policy::Effect;

impl Role {
    /// Each with its statement.
    pub(super) fn unheard_actions(&self) -> Vec<(StatementId, String)> {
        let mut found = Vec::new();
        for (index, source) in self.identity.iter().enumerate() {
            for (statement, own) in source.policy.statements.iter().enumerate() {
                if own.effect == Effect::Deny || own.action.negated {
                    continue;
                }
                for action in own.action.values.as_slice() {
                    let is_listed = |(service, name)| {
                        Service::find(service).is_some_and(|service| service.action(name).is_some())
                    };
                    if !has_wildcard(action) && !action.split_once(':').is_some_and(is_listed) {
                        let id = StatementId { gate: Gate::Identity, index, statement };
                        found.push((id, action.clone()));
                        if found.len() == MOST_NAMES {
                            return found;
                        }
                    }
                }
            }
        }
        found
    }
}
