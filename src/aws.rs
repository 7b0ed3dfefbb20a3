//! The grammar and facts of AWS: what an ARN, an action, a condition, a principal is, and the service catalog.

pub mod action;
pub mod arn;
pub mod catalog;
pub mod condition;
pub mod principal;
pub mod quota;
pub mod text;

pub use action::{
    covers_action, has_wildcard, literal_start, may_match_action, ActionPattern, AssumeRoleAction,
};
pub use arn::{
    arn_formats, asked_for_star, may_have_form, split_fields, with_arn_field, Arn, ArnProblem,
    ArnProblems, KmsKeyArn, NamedResources, NotAKmsKeyArn, Partition, Region, S3Resource,
    SessionDocument, SessionResource, CLUSTER_OF_ECS_EXEC, LONGEST_ARN,
};
pub use condition::{
    decode_base64, is_base64, is_key_format, is_listed_key, key_prefix, moment_of_seconds,
    without_if_exists, BaseOperator, ConditionOperator, DateValue, Decimal, Family, IpRange,
    Moment, Qualifier,
};
pub use principal::{is_account_id, ClaimKey, IdentityProvider, PrincipalType, Role, UniqueId};
pub use text::{
    find_outside_variables, find_secret, fingerprint, ignoring_case, is_access_key_id,
    is_example_account, is_sid, matches_around, matches_crossing, matches_glob, matches_glob_chars,
    matches_wildcards, may_have_secret, nearest, pieces, placeholder_tag, placeholders,
    template_variables, to_sid, variables, without_variables, Colons, GlobChar, Names, Piece,
    Secret, Variable,
};
