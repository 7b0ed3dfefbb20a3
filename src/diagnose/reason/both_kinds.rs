//! What fails on either kind of node, for another reason on each.

use super::{reasons, Reason};
use crate::diagnose::ask::Answer;
use crate::diagnose::role::Role;
use crate::evaluate::Verdict;
use crate::session::capabilities::Level;

/// What is open on hybrid nodes and must be kept out, where something that is needed is refused on instances of EC2:
/// whichever is meant, the capability fails.
pub(in crate::diagnose) fn failing(role: &Role, answers: &[Answer]) -> Vec<Reason> {
    let is_required = |it: &&Answer| it.is_hybrid && it.request.level == Level::Required;
    let hybrid = || answers.iter().filter(is_required);
    if !hybrid().any(|it| it.request.expect_allowed) {
        return Vec::new();
    }
    let open = hybrid().filter(|it| !it.request.expect_allowed);
    let open = open.filter(|it| it.decision.verdict == Verdict::Allowed);
    open.flat_map(|it| reasons(role, it)).collect()
}
