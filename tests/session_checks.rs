//! What our own checks say about the policies of AWS's guides, and about those derived from them.
//!
//! The policies are AWS's own or were made to be right, so each warning is listed and explained; there are no errors.
//! Suggestions are advice, and not listed.

use std::{collections::BTreeMap, fs, path::Path};

use postern::finding::FindingType;
use postern::rules::{PolicyKind, Rule, Source, RULES};
use postern::validate::{validate, Options};

/// A code, the policies that it is found in, and how often.
type Approved = (&'static str, &'static [(&'static str, usize)]);

/// Every warning of our own checks about a policy in tests/golden.
const APPROVED: &[Approved] = &[
    // The guide prints these for its readers to fill in: whoever uses the sample as it stands has a policy that IAM
    // refuses, or one that matches nothing. The derived policies have no placeholders, and no warnings.
    (
        "POSTERN_PLACEHOLDER",
        &[
            ("published-admin-dhmc-allow", 2),
            ("published-admin-dhmc-deny", 2),
            ("published-node-add-to-existing-role-kms", 1),
            ("published-node-custom-role-logging", 2),
            ("published-node-custom-role-minimal-kms", 1),
            ("published-node-ecs-exec-logs", 1),
            ("published-node-ecs-exec-s3", 2),
            ("published-node-instance-profile-s3", 10),
            ("published-operator-admin-all", 3),
            ("published-operator-admin-console-cli", 2),
            ("published-operator-admin-ec2", 2),
            ("published-operator-document-access-check", 1),
            ("published-operator-ecs-exec-tag", 1),
            ("published-operator-enduser-all", 3),
            ("published-operator-enduser-all-nokms", 2),
            ("published-operator-enduser-console-cli", 3),
            ("published-operator-enduser-console-cli-nokms", 2),
            ("published-operator-enduser-ec2", 1),
            ("published-operator-example1-console-documents", 1),
            ("published-operator-example2-specific-nodes", 3),
            ("published-operator-example4-both-tags", 1),
            ("published-operator-example4-session-id-user", 1),
            ("published-operator-example4-target-id", 1),
            ("published-operator-fleet-manager-admin", 4),
            ("published-operator-fleet-manager-readonly", 4),
            ("published-operator-interactive-command-one-node", 2),
            ("published-operator-rdp-standard", 2),
            ("published-operator-rdp-tags", 3),
            ("published-operator-ssh-allow", 1),
            ("published2025-node-add-to-existing-role-kms", 1),
            ("published2025-node-custom-role-minimal-kms", 1),
            ("published2025-operator-admin-all", 1),
            ("published2025-operator-admin-ec2", 1),
            ("published2025-operator-default-document", 1),
            ("published2025-operator-enduser-cli", 2),
            ("published2025-operator-enduser-console", 2),
            ("published2025-operator-enduser-ec2", 1),
            ("published2025-operator-ssh-allow", 1),
        ],
    ),
    // The Amazon ECS guide's sample names tasks only, while the service authorization reference requires the cluster
    // as well, and people report being refused on it.
    ("SESSION_MISSING_CLUSTER_OR_TASK", &[("published-operator-ecs-exec-tag", 1)]),
    // The samples of 2025 tell own sessions by session/${aws:userid}-*. The IDs of sessions begin with the name of
    // the user or of the role session, and people report that they cannot end their sessions.
    (
        "SESSION_OWN_BY_USER_ID",
        &[
            ("published2025-operator-admin-all", 1),
            ("published2025-operator-admin-console-cli", 1),
            ("published2025-operator-admin-ec2", 1),
            ("published2025-operator-enduser-cli", 1),
            ("published2025-operator-enduser-console", 1),
        ],
    ),
];

#[test]
fn the_guides_policies_have_the_warnings_that_are_explained() {
    let mut found: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (name, text) in policies() {
        let options = Options {
            kind: PolicyKind::Identity,
            resource_type: None,
            lone_surrogate: None,
            identity_policy: None,
        };
        let findings = validate(&text, options, |_, findings| findings);
        for finding in findings.iter().filter(|finding| is_own(finding.code)) {
            assert_ne!(finding.finding_type, FindingType::Error, "{name}: {}", finding.code);
            if finding.finding_type != FindingType::Suggestion {
                *found.entry((finding.code, name.clone())).or_default() += 1;
            }
        }
    }
    let mut approved = BTreeMap::new();
    for (code, policies) in APPROVED {
        for (name, times) in *policies {
            approved.insert((*code, (*name).to_owned()), *times);
        }
    }
    let unexplained: Vec<_> =
        found.iter().filter(|(key, times)| approved.get(*key) != Some(*times)).collect();
    let gone: Vec<_> = approved.keys().filter(|key| !found.contains_key(*key)).collect();
    assert!(unexplained.is_empty() && gone.is_empty(), "{unexplained:#?}\nno more: {gone:#?}");
}

/// The own checks of what AWS does not accept: IAM has a quota for each kind of policy, looks principals up and refuses
/// lists of nothing and managed policies in the old language; ECR refuses resources.
const REFUSED_BY_IAM: &[&str] = &[
    "POSTERN_EMPTY_ELEMENT",
    "POSTERN_INVALID_PRINCIPAL",
    "POSTERN_OLD_VERSION_IN_MANAGED_POLICY",
    "POSTERN_POLICY_SIZE_EXCEEDS_QUOTA",
    "POSTERN_RESOURCE_IN_REPOSITORY_POLICY",
];

#[test]
fn own_checks_never_call_an_error_what_iam_accepts() {
    let own: Vec<&&Rule> = RULES.iter().filter(|rule| is_own(rule.code)).collect();
    assert!(own.len() > 15, "{} checks", own.len());
    for rule in own {
        let is_refused = REFUSED_BY_IAM.contains(&rule.code);
        assert_eq!(rule.finding_type == FindingType::Error, is_refused, "{}", rule.code);
        let is_aws_page = matches!(rule.source, Source::Page(page) if page.starts_with("https://docs.aws.amazon.com/"));
        assert!(is_aws_page, "{} names no page", rule.code);
    }
}

/// Whether AWS does not have the check.
fn is_own(code: &str) -> bool {
    code.starts_with("SESSION_") || code.starts_with("POSTERN_")
}

/// Name and text of each identity policy.
fn policies() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_identity =
            ["-node-", "-operator-", "-admin-", "-guard-"].iter().any(|kind| name.contains(kind));
        let is_from_guide = name.starts_with("published") || name.starts_with("derived");
        if is_from_guide && is_identity && !name.ends_with("-scp") {
            found.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    found.sort();
    assert!(found.len() >= 100, "{} policies", found.len());
    found
}
