//! Subjects of the tokens that GitHub Actions gives: `repo:OWNER/REPO:ref:refs/heads/BRANCH` and others.
//!
//! Source: GitHub's documentation, "OpenID Connect reference", and the reference of policy checks, read 2026-11.

use crate::aws::has_wildcard;

/// The provider's URL.
pub(super) const GITHUB_ACTIONS: &str = "token.actions.githubusercontent.com";

/// What a pattern for subjects says, as far as it is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GithubSubject {
    /// Not even one repository.
    Open,
    /// One repository.
    Repository,
    /// One branch of one repository.
    Branch,
}

impl GithubSubject {
    /// Reads a value of the condition key.
    pub fn parse(text: &str) -> Self {
        let repository = || {
            let (owner, rest) = text.strip_prefix("repo:")?.split_once('/')?;
            let (name, rest) = rest.split_once(':').unwrap_or((rest, ""));
            let is_exact = |part: &str| !part.is_empty() && !has_wildcard(part);
            (is_exact(owner) && !owner.contains(':') && is_exact(name)).then_some(rest)
        };
        match repository() {
            None => GithubSubject::Open,
            Some(rest) => match rest.strip_prefix("ref:refs/heads/") {
                Some(branch) if !branch.is_empty() && !has_wildcard(branch) => {
                    GithubSubject::Branch
                }
                _ => GithubSubject::Repository,
            },
        }
    }
}

/// Whether a value of the `ref` claim names one branch or tag, and no pull request.
pub(super) fn is_exact_github_ref(text: &str) -> bool {
    !text.is_empty() && !has_wildcard(text) && !text.starts_with("refs/pull/")
}

#[cfg(test)]
mod tests {
    use super::{is_exact_github_ref, GithubSubject};

    #[test]
    fn subjects_are_as_exact_as_their_parts() {
        use GithubSubject::*;
        for (text, expected) in [
            ("repo:o/r:ref:refs/heads/main", Branch),
            ("repo:o/r:ref:refs/heads/feature/x", Branch),
            ("repo:o/r:ref:refs/heads/*", Repository),
            ("repo:o/r:ref:refs/heads/", Repository),
            ("repo:o/r:ref:refs/tags/v1", Repository),
            ("repo:o/r:environment:production", Repository),
            ("repo:o/r:pull_request", Repository),
            ("repo:o/r:*", Repository),
            ("repo:o/r", Repository),
            ("repo:o/r*:ref:refs/heads/main", Open),
            ("repo:o/*", Open),
            ("repo:o:x/r:a", Open),
            ("repo:/r:a", Open),
            ("repo:o/:a", Open),
            ("*", Open),
            ("", Open),
        ] {
            assert_eq!(GithubSubject::parse(text), expected, "{text}");
        }
        assert!(is_exact_github_ref("refs/heads/main"));
        assert!(!is_exact_github_ref("refs/heads/*"));
        assert!(!is_exact_github_ref("refs/pull/1/merge"));
    }
}
