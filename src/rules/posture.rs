//! Our own rules about policies that AWS takes and that do something else than their author meant.

pub(super) mod deny_of_nothing;
pub(super) mod deny_with_not_principal;
pub(super) mod for_all_values_without_null;
pub(super) mod gains_rights;
pub(super) mod mfa_with_if_exists;
pub(super) mod mfa_without_if_exists;
