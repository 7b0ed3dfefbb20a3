//! The checks: one file each, or one for a family with a common predicate, in folders by subject.
//!
//! A rule reads a [`Context`] and writes to a [`Report`]. It does not see what other rules found; it is silent about
//! a mistake that is another rule's business, unless AWS is known to report both.

mod action;
mod arn;
mod context;
mod grammar;
mod key;
mod organization;
mod posture;
mod principal;
mod quota;
mod redundancy;
mod role;
mod session;
mod tag;
mod value;
mod variable;

use std::fmt::Display;
use std::sync::OnceLock;

use crate::aws::fingerprint;
use crate::finding::{Finding, FindingType};
use crate::json::Place;
use crate::sort::sort;
use crate::text::Span;

pub use context::{Context, Facts, IdentityPolicy, PolicyKind};
pub use quota::more_findings::more_findings;

/// Whether the findings of this code are left out where an error stands at the same value of a condition.
pub(crate) fn yields_to_errors(code: &str) -> bool {
    code == session::placeholder::RULE.code
}

/// Those that a text gets which is no JSON, since all others look at what it says.
pub static RULES_OF_BROKEN_TEXT: &[&Rule] = &[&grammar::json_syntax_error::RULE];

/// Every rule, sorted by code.
pub static RULES: &[&Rule] = &[
    &tag::unsupported_tag_condition_key::ALLOW_NOT_ACTION,
    &principal::allow_with_not_principal::RULE,
    &tag::unsupported_tag_condition_key::ALLOW,
    &arn::arn_account::NOT_ALLOWED,
    &arn::arn_region::NOT_ALLOWED,
    &principal::audience_claim_type::CONFIRM,
    &role::create_slr::WITH_NOT_ACTION_AND_NOT_RESOURCE,
    &role::create_slr::WITH_NOT_RESOURCE,
    &role::create_slr::WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
    &role::create_slr::WITH_STAR_IN_ACTION_AND_RESOURCE,
    &role::create_slr::WITH_STAR_IN_RESOURCE,
    &role::create_slr::WITH_STAR_IN_RESOURCE_AND_NOT_ACTION,
    &grammar::data_type_mismatch::RULE,
    &tag::unsupported_tag_condition_key::DENY_NOT_ACTION,
    &tag::unsupported_tag_condition_key::DENY,
    &value::aws_arn_key::DEPRECATED,
    &value::duplicate_keys_with_different_case::RULE,
    &action::dynamodb_attributes_without_select::RULE,
    &grammar::empty_array::ACTION,
    &grammar::empty_array_condition::PLAIN,
    &grammar::empty_array_condition::FOR_ALL_VALUES,
    &grammar::empty_array_condition::FOR_ANY_VALUE,
    &grammar::empty_array_condition::IF_EXISTS,
    &grammar::empty_array::PRINCIPAL,
    &grammar::empty_array::RESOURCE,
    &grammar::empty_object::CONDITION,
    &grammar::empty_object::PRINCIPAL,
    &grammar::empty_sid_value::RULE,
    &variable::empty_variable::RULE,
    &redundancy::equivalent_to_null::FALSE,
    &redundancy::equivalent_to_null::TRUE,
    &principal::federated_principal_not_supported::RULE,
    &key::qualifier::FOR_ALL_VALUES,
    &principal::audience_claim_type::FOR_ANY_VALUE,
    &value::ip_range::IMPROVE,
    &action::invalid_action::RULE,
    &arn::arn_account::INVALID,
    &arn::arn_fields::PREFIX,
    &arn::arn_region::INVALID,
    &arn::invalid_arn_resource::RULE,
    &arn::arn_service::CASE,
    &value::invalid_condition_data_type::RULE,
    &key::invalid_condition_key_format::RULE,
    &value::invalid_condition_multiple_boolean::RULE,
    &value::invalid_condition_operator::RULE,
    &value::date_value::SECONDS,
    &grammar::invalid_effect::RULE,
    &principal::invalid_federated_principal_syntax_in_role_trust_policy::RULE,
    &key::invalid_condition_key::GLOBAL,
    &value::invalid_kms_key_value::RULE,
    &arn::arn_fields::PARTITION,
    &grammar::invalid_policy_element::RULE,
    &principal::invalid_principal_format::RULE,
    &principal::invalid_principal_key::RULE,
    &value::invalid_region::RULE,
    &principal::invalid_id_reference::ROLE,
    &arn::arn_service::RULE,
    &key::invalid_condition_key::SERVICE,
    &action::invalid_action::SERVICE,
    &value::invalid_service_principal_format::RULE,
    &principal::invalid_id_reference::USER,
    &variable::invalid_variable_for_operator::RULE,
    &grammar::invalid_version::RULE,
    &value::vpc_format::VPCE,
    &value::vpc_format::VPC,
    &value::irrelevant_condition_key_in_policy::RULE,
    &grammar::json_syntax_error::RULE,
    &principal::mismatched_action_for_principal::RULE,
    &grammar::missing_element::ACTION,
    &principal::missing_action_for_condition_key::RULE,
    &principal::missing_action_for_roles_anywhere_trust_policy::RULE,
    &arn::arn_account::MISSING,
    &arn::arn_fields::MISSING,
    &arn::arn_region::MISSING,
    &variable::missing_brace_in_variable::RULE,
    &principal::missing_condition_key_for_oidc_principal::RULE,
    &grammar::missing_element::EFFECT,
    &principal::github_subject::MISSING,
    &value::missing_paired_condition_keys::RULE,
    &grammar::missing_element::PRINCIPAL,
    &key::qualifier::MISSING,
    &variable::missing_quote_in_variable::RULE,
    &grammar::missing_element::RESOURCE,
    &grammar::missing_statement::RULE,
    &key::invalid_condition_key::TAG,
    &grammar::missing_version::RULE,
    &value::null_operator::IF_EXISTS,
    &value::null_operator::QUALIFIER,
    &role::pass_role::WITH_NOT_ACTION_AND_NOT_RESOURCE,
    &role::pass_role::WITH_NOT_RESOURCE,
    &role::pass_role::WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
    &role::pass_role::WITH_STAR_IN_ACTION_AND_RESOURCE,
    &role::pass_role::WITH_STAR_IN_RESOURCE,
    &role::pass_role::WITH_STAR_IN_RESOURCE_AND_NOT_ACTION,
    &quota::policy_size_exceeds_quota::IDENTITY,
    &quota::policy_size_exceeds_quota::RESOURCE_CONTROL,
    &quota::policy_size_exceeds_quota::RESOURCE,
    &quota::policy_size_exceeds_quota::ROLE_TRUST,
    &quota::policy_size_exceeds_quota::SERVICE_CONTROL,
    &session::arn_for_wildcard_only_action::RULE,
    &session::s3_resource_kind::BUCKET_ACTION,
    &key::no_such_condition_key::SOME,
    &posture::deny_of_nothing::RULE,
    &posture::deny_with_not_principal::RULE,
    &grammar::refused_on_save::EMPTY,
    &session::example_account_id::RULE,
    &posture::for_all_values_without_null::RULE,
    &posture::gains_rights::RULE,
    &principal::invalid_principal::RULE,
    &grammar::leading_white_space::RULE,
    &posture::mfa_with_if_exists::RULE,
    &posture::mfa_without_if_exists::RULE,
    &quota::more_findings::RULE,
    &key::no_such_condition_key::ALLOW,
    &key::no_such_condition_key::DENY,
    &action::no_such_resource::RULE,
    &session::s3_resource_kind::OBJECT_ACTION,
    &grammar::refused_on_save::VERSION,
    &session::placeholder::RULE,
    &quota::policy_size_exceeds_attachment_quota::RULE,
    &grammar::resource_in_repository_policy::RULE,
    &action::retired_name::RULE,
    &principal::role_for_everybody::RULE,
    &session::secret_in_policy::RULE,
    &value::session_as_principal_arn::RULE,
    &session::unknown_variable::RULE,
    &session::variable_in_parentheses::RULE,
    &value::private_ip_address::ALL,
    &value::private_ip_address::SUBSET,
    &value::private_ip_address::ALL_NOT,
    &value::private_ip_address::SUBSET_NOT,
    &organization::rcp_missing_condition_key::PRINCIPAL,
    &organization::rcp_missing_condition_key::SERVICE,
    &organization::rcp_missing_condition_key::NULL_CHECK,
    &grammar::rcp_syntax_error::ACTION,
    &grammar::rcp_syntax_error::ALLOW,
    &grammar::rcp_syntax_error::NOT_ACTION,
    &grammar::rcp_syntax_error::PRINCIPAL,
    &principal::service_principal_access::RECOMMENDED,
    &redundancy::redundant_entries::ACTION,
    &redundancy::redundant_condition_value_num::RULE,
    &redundancy::wildcard_in_condition::KEY,
    &principal::redundant_principal_in_role_trust_policy::RULE,
    &redundancy::redundant_entries::RESOURCE,
    &redundancy::redundant_statement::RULE,
    &redundancy::wildcard_in_condition::STATEMENT,
    &principal::service_principal_access::RESTRICT,
    &principal::role_trust_policy_syntax_error_notprincipal::RULE,
    &principal::role_trust_policy_syntax_error_resource::RULE,
    &principal::role_trust_policy_unsupported_wildcard_in_principal::RULE,
    &value::s3_prefix_in_negative_context::RULE,
    &grammar::scp_syntax_error::ACTION_WILDCARD,
    &grammar::scp_syntax_error::PRINCIPAL,
    &session::channel_without_heartbeat::RULE,
    &session::scoped_describe_log_groups::RULE,
    &session::document_arn_account::RULE,
    &session::document_check_without_if_exists::RULE,
    &session::half_granted::DOCUMENT_NOT_NAMED,
    &session::hybrid_node_arn::RULE,
    &session::kms_alias_as_resource::RULE,
    &session::half_granted::MISSING_CLUSTER_OR_TASK,
    &session::half_granted::MISSING_DOCUMENT,
    &session::half_granted::MISSING_NODE,
    &session::own_sessions::BY_USER_ID,
    &session::own_sessions::BY_USER_NAME,
    &session::tag_condition_on_document::RULE,
    &principal::github_subject::SPECIFIC,
    &key::type_mismatch::STRING_LIKE,
    &key::type_mismatch::RULE,
    &value::type_mismatch_value::BOOLEAN,
    &value::date_value::MISMATCH,
    &value::ip_range::MISMATCH,
    &value::type_mismatch_value::NUMBER,
    &value::type_mismatch_value::STRING,
    &grammar::unique_sids::RECOMMENDED,
    &grammar::unique_sids::REQUIRED,
    &key::unsupported_action_for_condition_key::RULE,
    &action::unsupported_action_in_policy::RULE,
    &principal::unsupported_condition_key_for_service_principal::RULE,
    &grammar::unsupported_element_combination::RULE,
    &value::aws_arn_key::UNSUPPORTED,
    &grammar::unsupported_principal::RULE,
    &action::unsupported_resource_arn_in_policy::RULE,
    &grammar::unsupported_sid::RULE,
    &variable::unsupported_space_in_variable::RULE,
    &principal::unsupported_wildcard_in_principal::RULE,
    &value::untrustworthy_condition_key::RULE,
    &value::use_condition_key_only_with_supported_services::RULE,
    &variable::variable_unsupported_in_element::RULE,
    &variable::variable_unsupported_in_version::RULE,
    &value::too_permissive::VARIABLE,
    &value::wildcard_in_service_name::RULE,
    &value::too_permissive::WILDCARD,
    &value::wildcard_without_like_operator::RULE,
];

/// Those that look at policies of a kind, put together when the first such policy comes.
pub fn rules_of(kind: PolicyKind) -> &'static [&'static Rule] {
    static RULES_OF: [OnceLock<Vec<&Rule>>; PolicyKind::ALL.len()] =
        [const { OnceLock::new() }; PolicyKind::ALL.len()];
    let look_at_it = || RULES.iter().filter(|rule| rule.policy_kinds.contains(&kind)).copied();
    let rules = RULES_OF.get(kind as usize);
    rules.map_or(&[], |rules| rules.get_or_init(|| look_at_it().collect()))
}

/// A check: what it is called, where it applies, and how it decides.
#[derive(Debug)]
pub struct Rule {
    /// The code, such as `INVALID_ACTION`; AWS's own where the check is AWS's.
    pub code: &'static str,
    /// How grave its findings are.
    pub finding_type: FindingType,
    /// The kinds of policy that it looks at.
    pub policy_kinds: &'static [PolicyKind],
    /// A name for people.
    pub title: &'static str,
    /// Why it matters, in one or two sentences.
    pub why: &'static str,
    /// A small document that it finds something in.
    pub example: &'static str,
    /// Where it is documented.
    pub source: Source,
    /// How sure the trigger is.
    pub evidence: Evidence,
    /// Looks for it.
    pub check: fn(&Context, &mut Report),
}

/// Where a check is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the IAM user guide's reference of policy checks, read 2026-11; the anchor follows from type and title.
    PolicyChecks,
    /// On another page of AWS's documentation.
    Page(&'static str),
}

/// How sure we are that a check decides as AWS does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// AWS says so.
    Documented,
    /// AWS was seen to answer so.
    Observed,
    /// It follows from what is documented.
    Derived,
}

impl Rule {
    /// The page to read more on.
    pub fn learn_more(&self) -> String {
        const REFERENCE: &str =
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html";
        match self.source {
            Source::Page(page) => page.to_owned(),
            Source::PolicyChecks => {
                let kind = match self.finding_type {
                    FindingType::Error => "error",
                    FindingType::SecurityWarning => "security-warning",
                    FindingType::Warning => "general-warning",
                    FindingType::Suggestion => "suggestion",
                };
                let title = self.title.to_ascii_lowercase().replace(' ', "-");
                format!("{REFERENCE}#access-analyzer-reference-policy-checks-{kind}-{title}")
            }
        }
    }
}

/// A document has at most so many findings, and one more that says how many are left out.
///
/// Nobody mends more before the next check, and these are about a megabyte on the wire. Without a limit each of the
/// million empty statements that fit into 4 MB has three.
pub const MOST_FINDINGS: usize = 2_000;

/// They have at most about so many bytes on the wire; of each check there is one, whatever its size.
///
/// A finding names the keys that lead to its place, and tells what stands there: a long text would else be in each.
/// This is twice what [`MOST_FINDINGS`] take that have one place and a short text.
pub const MOST_BYTES: usize = 2_000_000;

/// Takes what one rule finds, and gives it the rule's code and type.
pub struct Report<'r> {
    rule: &'static Rule,
    found: &'r mut Vec<Finding>,
    /// How many findings there are of other rules.
    before: usize,
    /// How many bytes the kept findings of this rule take, without the last.
    bytes: usize,
    /// The finding that was made last, once there are enough of the rule: from then on each is only counted.
    counted: Option<Finding>,
    /// The [`identity`] of each finding that is not kept.
    left_out: Vec<u64>,
}

impl<'r> Report<'r> {
    fn new(rule: &'static Rule, found: &'r mut Vec<Finding>) -> Self {
        let before = found.len();
        Report { rule, found, before, bytes: 0, counted: None, left_out: Vec::new() }
    }

    /// Reports something at a place; the details are whole sentences.
    ///
    /// They are written only where the finding is listed: give `format_args!` wherever they name a text of the policy.
    pub fn at(&mut self, place: Place, details: impl Display) -> &mut Finding {
        self.made(place, &details)
    }

    /// The same, compiled once for all types of texts.
    fn made(&mut self, place: Place, details: &dyn Display) -> &mut Finding {
        self.end_last();
        match &mut self.counted {
            Some(counted) => counted.count_at(place),
            None => {
                let Rule { code, finding_type, .. } = *self.rule;
                let details = details.to_string();
                self.found.push_mut(Finding::new(code, finding_type, place, details))
            }
        }
    }

    /// Ends the finding that was made last. Where there are enough of the rule with it, or without it, the next are only
    /// counted.
    fn end_last(&mut self) {
        if let Some(counted) = &self.counted {
            // One that is listed is the first to be written over.
            if !counted.is_listed {
                self.left_out.push(identity(counted));
            }
            return;
        }
        let count = self.found.len() - self.before;
        let Some(last) = self.found.last_mut().filter(|_| count > 0) else { return };
        last.tell_more_places();
        self.bytes += last.size();
        if count > 1 && self.bytes > MOST_BYTES {
            self.left_out.push(identity(last));
            self.counted = self.found.pop();
        } else if count == MOST_FINDINGS {
            self.counted = Some(last.clone());
        }
    }
}

/// Runs one rule; how many different findings of it are left out.
pub fn run(rule: &'static Rule, context: &Context, found: &mut Vec<Finding>) -> usize {
    let mut report = Report::new(rule, found);
    (rule.check)(context, &mut report);
    report.end_last();
    let Report { before, mut left_out, .. } = report;
    if left_out.is_empty() {
        return 0;
    }
    // A rule may say a thing twice, which counts once.
    let mut kept: Vec<u64> = found.iter().skip(before).map(identity).collect();
    sort(&mut kept);
    left_out.retain(|one| kept.binary_search(one).is_err());
    sort(&mut left_out);
    left_out.dedup();
    left_out.len()
}

/// What tells a finding from others of its rule, small enough to remember of a million: where it begins, and a print of
/// its places. Most rules go through a document in its order, and what comes in order is sorted at once.
fn identity(finding: &Finding) -> u64 {
    let start = finding.places.first().map_or(0, |place| place.span.start);
    let of_place = |print, place: &Place| {
        let Span { start, end } = place.span;
        [start as u32, end as u32, u32::from(place.is_key)].into_iter().fold(print, fingerprint)
    };
    let print = finding.places.iter().fold(finding.more_places as u32, of_place);
    (start as u64) << 32 | u64::from(print)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fmt::from_fn;

    use super::{identity, Finding, FindingType, Place, Report, Span, MOST_FINDINGS, RULES};

    #[test]
    fn a_rule_keeps_its_first_findings_and_remembers_the_others() {
        let mut found = Vec::new();
        let rule = *RULES.first().unwrap();
        let mut report = Report::new(rule, &mut found);
        let place = |at| Place { span: Span::new(at, at + 1), is_key: false };
        let written = Cell::new(0);
        let details = from_fn(|_| {
            written.set(written.get() + 1);
            Ok(())
        });
        for at in 0..MOST_FINDINGS + 3 {
            report.at(place(at), &details).and_at(place(0)).help(&details);
        }
        assert_eq!(written.get(), 2 * MOST_FINDINGS, "words of what is only counted");
        report.end_last();
        let like = |at| {
            let mut finding = Finding::new(rule.code, FindingType::Error, place(at), String::new());
            finding.and_at(place(0));
            finding
        };
        let left_out = (0..3).map(|at| identity(&like(MOST_FINDINGS + at)));
        assert_eq!(report.left_out, left_out.collect::<Vec<_>>());
        assert_eq!(found.len(), MOST_FINDINGS);
        assert_eq!(
            found.last().map(|last| last.places.clone()),
            Some(like(MOST_FINDINGS - 1).places)
        );
    }
}
