//! Whose role it is: its own ARN, or else the accounts that its policies name.

use std::collections::BTreeSet;

use super::{resources, Role};
use crate::aws::{is_account_id, split_fields, Arn};
use crate::sort::set;

impl Role {
    /// The accounts in the resources of its policies.
    pub(super) fn named_accounts(&self) -> BTreeSet<String> {
        let statements = self.identity.iter().flat_map(|source| &source.policy.statements);
        let accounts = statements.flat_map(resources).filter_map(|text| account_in(text));
        set(accounts.map(str::to_owned))
    }

    /// What the ARN of the role or user tells of it.
    pub(in super::super) fn own(&self) -> Option<Arn<'_>> {
        self.arn.as_deref().and_then(Arn::parse)
    }

    /// The account of the role or user: that of its ARN, or else the only one that its policies name.
    pub(in super::super) fn account(&self) -> Option<&str> {
        let only = self.named.first().filter(|_| self.named.len() == 1);
        self.own().map(|arn| arn.account).or(only.map(String::as_str))
    }
}

/// Whether it is the ARN of a role or a user, whole enough to tell its account.
pub(super) fn is_of_iam(text: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| arn.service == "iam" && is_account_id(arn.account))
}

/// The account in an ARN or a pattern of ARNs.
pub(in super::super) fn account_in(arn: &str) -> Option<&str> {
    split_fields(arn).map(|[_, _, _, _, account, _]| account).filter(|text| is_account_id(text))
}
