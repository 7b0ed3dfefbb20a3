//! What is recommended and not allowed, and what a capability is without it.

use super::{reasons, Reason, ReasonKind};
use crate::diagnose::ask::{Answer, Class};
use crate::diagnose::role::Role;

/// Why a recommended request is refused or may be, and what that means; where nobody knows whether it is needed, the
/// capability depends on it.
pub(in crate::diagnose) fn recommended(role: &Role, answer: &Answer) -> Vec<Reason> {
    let mut told = reasons(role, answer);
    if let Some(first) = told.first_mut() {
        first.message.push(' ');
        first.message.push_str(answer.request.without());
    }
    if answer.request.unsettled().is_some() && answer.class == Class::Denied {
        for reason in told.iter_mut().filter(|one| one.kind != ReasonKind::Nearest) {
            reason.kind = ReasonKind::Depends;
            reason.depends_on.push("?resource".to_owned());
        }
    }
    told
}
