//! Rules about handing roles to services.

pub(super) mod create_slr;
pub(super) mod pass_role;
pub(super) mod reach;
