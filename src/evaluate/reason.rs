//! Reasons of a decision: structure for programs, and a sentence for people.

use std::fmt;

use super::{Gate, Requirement};

/// Which statement of a [`PolicySet`](super::PolicySet). What people call its policy is known to whoever made the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementId {
    /// The layer of its policy.
    pub gate: Gate,
    /// The index of its policy among those of the layer, through all levels of an organization.
    pub index: usize,
    /// Its index in the policy, from 0.
    pub statement: usize,
}

/// Why a decision came out as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The statement allows it.
    Allows(StatementId),
    /// The statement denies it.
    Denies(StatementId),
    /// No statement of the layer allows it.
    Closed {
        /// The layer; the first that does not allow it.
        gate: Gate,
    },
    /// A statement of a closed layer comes near, and lacks this.
    Nearest {
        /// The statement.
        statement: StatementId,
        /// The first of what keeps it from matching.
        lacks: Vec<Lack>,
    },
    /// It is allowed if all of this is so.
    AllowedIf(Vec<Requirement>),
    /// It is not known whether the statement matches.
    Undecided {
        /// The statement.
        statement: StatementId,
        /// Whether it denies.
        is_deny: bool,
        /// The first of what is not known.
        lacks: Vec<Lack>,
    },
    /// A policy that may exist is not here.
    NotSupplied {
        /// Its layer.
        gate: Gate,
    },
    /// Nothing denies it to the root user of the account, who needs no statement that allows it.
    Root,
    /// The root user of the bucket's account may do this whatever the policy of the bucket says.
    OwnBucketPolicy,
    /// AWS refuses the call to the root user.
    RootRefused,
    /// AWS asks no policy about this action.
    NeedsNoPermission,
    /// A statement asks for TLS, and the request is taken to come over it.
    OverTls,
    /// A condition asks for the ARN of the role, and the role is taken to have no path.
    NoPath,
    /// It is not known whether control policies limit the role.
    MayBeServiceLinked,
    /// So many statements are left out: those named before are the first.
    More(usize),
}

/// What keeps a statement from matching, or from being known to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It does not name the principal.
    Principal,
    /// Its resources are others.
    Resource {
        /// The first of its resources.
        wanted: Vec<String>,
        /// Whether they stand in `NotResource`.
        is_negated: bool,
    },
    /// A condition fails.
    Condition {
        /// The operator as it is written.
        operator: String,
        /// The key as it is written.
        key: String,
        /// The first of its values.
        wanted: Vec<String>,
        /// What the request has.
        has: Has,
    },
    /// IAM would refuse the statement where it stands.
    Malformed,
    /// Its layer does not limit the roles that services make, of which this may be one.
    MayBeServiceLinked,
}

/// What a request has for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Has {
    /// No such key.
    Absent,
    /// Nobody knows.
    Unknown,
    /// These values, the first of them.
    Values(Vec<String>),
}

impl Reason {
    /// The sentence for people; `policy` is what they call the policy of a statement.
    pub fn sentence(&self, policy: &dyn Fn(StatementId) -> String) -> String {
        let name = |id: &StatementId| format!("{}, Statement[{}]", policy(*id), id.statement);
        match self {
            Reason::Allows(statement) => format!("It is allowed by {}.", name(statement)),
            Reason::Denies(statement) => format!("It is denied by {}.", name(statement)),
            Reason::Closed { gate } => format!("{}.", closed(*gate)),
            Reason::Nearest { statement, lacks } => {
                format!("It is nearly allowed by {}: {}.", name(statement), joined(lacks))
            }
            Reason::AllowedIf(requirements) if requirements.is_empty() => {
                "It is allowed.".to_owned()
            }
            Reason::AllowedIf(requirements) => {
                let all: Vec<_> = requirements.iter().map(Requirement::to_string).collect();
                format!("It is allowed if {}.", all.join(", and "))
            }
            Reason::Undecided { statement, is_deny, lacks } => {
                let what = if *is_deny { "denied" } else { "allowed" };
                format!("It may be {what} by {}: {}.", name(statement), joined(lacks))
            }
            Reason::NotSupplied { gate } => {
                format!("It depends on {}, and none was given.", layer(*gate))
            }
            Reason::Root => {
                "It is allowed: the root user of an account needs no policy, and nothing denies it."
                    .to_owned()
            }
            Reason::OwnBucketPolicy => {
                "It is allowed: the root user of the bucket's account may always read, replace and \
                                        delete its policy, whatever that says."
                    .to_owned()
            }
            Reason::RootRefused => {
                "The root user of an account cannot make this call, whatever the policies say."
                    .to_owned()
            }
            Reason::NeedsNoPermission => {
                "It is allowed: AWS asks for no permission to call this action.".to_owned()
            }
            Reason::OverTls => {
                "The request is taken to come over TLS, since its context says nothing of \
                                aws:SecureTransport."
                    .to_owned()
            }
            Reason::NoPath => {
                "The role is taken to have no path, which the ARN of its session would not show: \
                               aws:PrincipalArn in the context says it."
                    .to_owned()
            }
            Reason::MayBeServiceLinked => {
                format!("It depends on the path of the role: {}.", Lack::MayBeServiceLinked)
            }
            Reason::More(1) => "The same holds for 1 more statement.".to_owned(),
            Reason::More(count) => format!("The same holds for {count} more statements."),
        }
    }
}

fn closed(gate: Gate) -> &'static str {
    match gate {
        Gate::Identity => "No policy of the principal allows it",
        Gate::Boundary => "The permissions boundary does not allow it",
        Gate::Session => "The session policy does not allow it",
        Gate::Resource => "The policy of the resource does not allow it",
        Gate::Scp => "The service control policies of one level do not allow it",
        Gate::Rcp => "A resource control policy does not allow it",
        Gate::Endpoint => "The policy of the VPC endpoint does not allow it",
    }
}

fn layer(gate: Gate) -> &'static str {
    match gate {
        Gate::Identity => "the policies of the principal",
        Gate::Boundary => "the permissions boundary",
        Gate::Session => "the session policy",
        Gate::Resource => "the policy of the resource",
        Gate::Scp => "the service control policies",
        Gate::Rcp => "the resource control policies",
        Gate::Endpoint => "the policy of the VPC endpoint",
    }
}

fn joined(lacks: &[Lack]) -> String {
    let all: Vec<_> = lacks.iter().map(Lack::to_string).collect();
    all.join("; ")
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Lack::Principal => f.write_str("it does not surely name the principal"),
            Lack::Resource { wanted, is_negated: false } if wanted.iter().all(String::is_empty) => {
                f.write_str("its resource is empty")
            }
            Lack::Resource { wanted, is_negated: false } => {
                write!(f, "its resource is {}", wanted.join(" or "))
            }
            Lack::Resource { wanted, is_negated: true } => {
                write!(f, "its resources are all but {}", wanted.join(" and "))
            }
            Lack::Condition { operator, key, wanted, has } => {
                write!(f, "{operator} wants {key} {}, and the request has ", wanted.join(" or "))?;
                match has {
                    Has::Absent => f.write_str("no such key"),
                    Has::Unknown => f.write_str("an unknown value"),
                    Has::Values(values) => f.write_str(&values.join(", ")),
                }
            }
            Lack::Malformed => f.write_str("IAM would refuse it there"),
            Lack::MayBeServiceLinked => f.write_str(
                "the role may be one that a service made, which organizations do not limit",
            ),
        }
    }
}
