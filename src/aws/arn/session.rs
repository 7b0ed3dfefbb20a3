//! ARNs that Session Manager authorizes against: nodes, documents, sessions, and the tasks and clusters of ECS Exec.
//!
//! Source: the service authorization reference of Systems Manager, Amazon EC2 and Amazon ECS, read 2026-11.

use crate::aws::{literal_start, matches_glob, Arn};

/// A type of resource that matters to Session Manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionResource {
    /// An EC2 instance.
    Instance,
    /// A node outside of EC2.
    ManagedInstance,
    /// A document: what a session or a command does.
    Document,
    /// A session.
    Session,
    /// A task of Amazon ECS.
    Task,
    /// A cluster of Amazon ECS.
    Cluster,
}

impl SessionResource {
    /// Every type.
    pub const ALL: [SessionResource; 6] = [
        SessionResource::Instance,
        SessionResource::ManagedInstance,
        SessionResource::Document,
        SessionResource::Session,
        SessionResource::Task,
        SessionResource::Cluster,
    ];

    /// What a session can be started on.
    pub const NODES: &'static [SessionResource] =
        &[SessionResource::Instance, SessionResource::ManagedInstance, SessionResource::Task];

    /// The service of its ARNs, and what their resource part begins with.
    fn form(self) -> (&'static str, &'static str) {
        match self {
            SessionResource::Instance => ("ec2", "instance/"),
            SessionResource::ManagedInstance => ("ssm", "managed-instance/"),
            SessionResource::Document => ("ssm", "document/"),
            SessionResource::Session => ("ssm", "session/"),
            SessionResource::Task => ("ecs", "task/"),
            SessionResource::Cluster => ("ecs", "cluster/"),
        }
    }

    /// The type that an ARN, or a pattern with its wildcards behind the type, names.
    pub fn named_by(arn: Arn) -> Option<Self> {
        Self::ALL.into_iter().find(|resource| {
            let (service, start) = resource.form();
            arn.service == service && arn.resource.starts_with(start)
        })
    }

    /// Whether an ARN, which may be a pattern, can match one of the type.
    pub fn may_match(self, arn: Arn) -> bool {
        let (service, start) = self.form();
        let may_begin = || {
            let literal = literal_start(arn.resource);
            literal.is_some_and(|literal| start.starts_with(literal))
        };
        (arn.service == service || matches_glob(arn.service, service))
            && (arn.resource.starts_with(start) || may_begin())
    }
}

/// The ARN of a document, or a pattern for some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionDocument<'a> {
    /// Whose it is; empty for those of AWS.
    pub account: &'a str,
    /// Its name, or a pattern for names.
    pub name: &'a str,
}

impl<'a> SessionDocument<'a> {
    /// The document that sessions start with when none is named; it holds the preferences of an account.
    pub const PREFERENCES: &'static str = "SSM-SessionManagerRunShell";

    /// The document that an ARN names.
    pub fn of(arn: Arn<'a>) -> Option<Self> {
        let name = arn.resource.strip_prefix("document/").filter(|_| arn.service == "ssm")?;
        Some(SessionDocument { account: arn.account, name })
    }

    /// Whether the name begins as those of AWS's own documents do, and no other's may.
    pub fn has_name_of_aws(self) -> bool {
        self.name.starts_with("AWS") || self.name.starts_with("Amazon")
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, SessionDocument, SessionResource};

    #[test]
    fn a_pattern_matches_what_it_leaves_open() {
        use SessionResource::*;
        let cases: [(&str, &[SessionResource], Option<SessionResource>); 9] = [
            ("arn:aws:ec2:*:*:instance/*", &[Instance], Some(Instance)),
            ("arn:aws:ec2:*:*:*", &[Instance], None),
            ("arn:aws:ec2:*:*:instance", &[], None),
            ("arn:aws:ssm:*:*:*", &[ManagedInstance, Document, Session], None),
            ("arn:aws:ssm:*:*:d*", &[Document], None),
            ("arn:aws:ssm:*::document/AWS-StartSSHSession", &[Document], Some(Document)),
            ("arn:aws:ssm:*:*:session/${aws:username}-*", &[Session], Some(Session)),
            ("arn:aws:ec?:*:*:cluster/a", &[Cluster], None),
            ("arn:aws:s3:::document/a", &[], None),
        ];
        for (pattern, matching, named) in cases {
            let arn = Arn::parse(pattern).unwrap();
            let found: Vec<_> =
                SessionResource::ALL.into_iter().filter(|r| r.may_match(arn)).collect();
            assert_eq!(found, matching, "{pattern}");
            assert_eq!(SessionResource::named_by(arn), named, "{pattern}");
        }
    }

    #[test]
    fn documents_of_aws_are_told_by_their_names() {
        for (arn, expected) in [
            ("arn:aws:ssm:*::document/AWS-StartSSHSession", Some(("", true))),
            ("arn:aws:ssm:*:1:document/AmazonECS-Run*", Some(("1", true))),
            ("arn:aws:ssm:*:1:document/A*", Some(("1", false))),
            ("arn:aws:ssm:*:1:document/SSM-SessionManagerRunShell", Some(("1", false))),
            ("arn:aws:ssm:*:1:session/AWS-x", None),
            ("arn:aws:s3:::document/AWS-x", None),
        ] {
            let document = Arn::parse(arn).and_then(SessionDocument::of);
            assert_eq!(document.map(|d| (d.account, d.has_name_of_aws())), expected, "{arn}");
        }
    }
}
