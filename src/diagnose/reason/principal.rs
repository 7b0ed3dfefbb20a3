//! Whom a policy names and whom it would have to name, and what a condition on tags means for a document.

use super::{layer, Writer};
use crate::diagnose::role::account_in;
use crate::diagnose::tag::tag_of_resource;
use crate::evaluate::{Gate, Lack, StatementId};
use crate::policy::{Principal, Who};
use crate::session::capabilities::ResourcePolicy;

/// More are not told of one statement.
const MOST_NAMED: usize = 3;

impl Writer<'_> {
    /// Whom a statement names instead of who asks.
    pub(super) fn principals(&self, id: StatementId) -> Option<String> {
        let statement = self.source(id)?.policy.statements.get(id.statement)?;
        let Some(Principal { negated: false, who: Who::Listed(types) }) = &statement.principal
        else {
            return None;
        };
        let named: Vec<&str> =
            types.iter().flat_map(|(_, names)| names.as_slice()).map(String::as_str).collect();
        let more = if named.len() > MOST_NAMED { " and others" } else { "" };
        let named: Vec<&str> = named.into_iter().take(MOST_NAMED).collect();
        Some(format!("it names {}{more}, and {} is wanted", named.join(", "), self.answer.who))
    }

    /// That the policy of a resource does not let in who asks.
    pub(super) fn not_named(&self, policy: ResourcePolicy) -> String {
        let policy = match policy {
            ResourcePolicy::Key => "key policy",
            ResourcePolicy::Bucket => "bucket policy",
            ResourcePolicy::Trust => "trust policy",
        };
        format!(
            "No statement of the {policy} allows {} to {}. Add it to the {policy}: other policies do not grant it.",
            self.what(),
            self.answer.who
        )
    }

    /// That it depends on a layer which was not given.
    pub(super) fn not_supplied(&self, gate: Gate) -> String {
        let request = self.answer.request;
        let is_key = gate == Gate::Resource && request.resource_policy == Some(ResourcePolicy::Key);
        match account_in(&self.answer.resource).filter(|_| is_key) {
            Some(account) => format!(
                "It depends on the key policy of account {account}, which was not given: it must allow {} to {}, since \
                 the key is not known to be of the role's account.",
                request.action, self.answer.who
            ),
            None if request.resource_policy == Some(ResourcePolicy::Trust) => {
                "It depends on the trust policy of the role, and none was given that can be read here."
                    .to_owned()
            }
            None => format!("It depends on {}, which was not given.", layer(gate)),
        }
    }

    /// What a condition on tags means for a document.
    pub(super) fn of_documents(&self, lacks: &[Lack]) -> &'static str {
        let is_tag = |lack: &Lack| matches!(lack, Lack::Condition { key, .. } if tag_of_resource(key).is_some());
        let is_document = self.answer.resource.contains(":document/");
        match is_document && lacks.iter().any(is_tag) {
            true => {
                " The document has tags of its own and not those of a node: put it into a statement of its own, without \
                 that condition."
            }
            false => "",
        }
    }
}
