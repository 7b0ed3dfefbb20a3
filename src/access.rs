//! What policies allow, compared for all requests: new access, access that must not be granted, public access.
//!
//! Every statement is a product of tests, one a dimension: the principal, the action, the resource, each condition key.
//! A task asks for a request that some statements match and others do not. In each dimension the values are found that
//! the statements can tell apart, and one is chosen in each. What is found is asked of the evaluation before it is
//! told, so that only the answer that nothing is new rests on the search; what is not known there is never that answer.
//! Source: AWS's guides on custom policy checks and their samples, read 2026-11. Work is counted and bounded.

mod actions;
mod budget;
mod caller;
mod choose;
mod cover;
mod dimension;
mod key;
mod known;
mod merge;
mod minimize;
mod narrow;
mod owner;
mod pattern;
mod patterns;
mod shrink;
mod side;
mod stranger;
mod task;
mod values;
mod variable;
mod walk;
mod witness;
mod words;

use std::collections::BTreeMap;

use crate::evaluate::{Request, Verdict};
use crate::policy::{self, Effect, Policy};
use crate::sort::sort;
use budget::{letters, Budget, Limit};
use caller::{callers, expand, Caller};
use pattern::Names;
use side::Statement;
use task::{Outcome, Task, World};
use witness::Isolation;

pub use minimize::{minimize, Minimized};
pub use stranger::{no_public_access, RESOURCE_TYPES};
pub use words::{
    assumptions, providers_of_many, spell_as_written, statement_of, unlisted_action, Question,
};

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyType {
    /// A user, a group or a role.
    Identity,
    /// A resource; a role that trusts is one.
    Resource,
    /// An account of an organization.
    ServiceControl,
}

impl PolicyType {
    /// Each with its word on the wire.
    pub const ALL: [(&'static str, PolicyType); 3] = [
        ("IDENTITY_POLICY", PolicyType::Identity),
        ("RESOURCE_POLICY", PolicyType::Resource),
        ("SERVICE_CONTROL_POLICY", PolicyType::ServiceControl),
    ];
}

/// Which requests are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requests {
    /// All that could ever be, as AWS's checks do.
    Any,
    /// Those whose action, resource and condition keys the catalog knows.
    Known,
}

/// Actions and resources that must not be granted; an empty list stands for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Names and patterns.
    pub actions: Vec<String>,
    /// ARNs and patterns.
    pub resources: Vec<String>,
}

/// The answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is no such request.
    Pass,
    /// There is one.
    Fail,
    /// Nobody knows.
    Unknown,
}

/// The answer, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The answer.
    pub answer: Answer,
    /// Each Allow that grants such a request, in order.
    pub reasons: Vec<Reason>,
    /// Open questions, sorted; they begin with `?`. None where access was found.
    pub unknown: Vec<&'static str>,
    /// Where access was found: why it is not known whether statements that are none of the reasons grant it too, sorted.
    pub unlisted: Vec<&'static str>,
    /// Whether it would be another answer if stars at the end of a field of an ARN ran over colons.
    pub leaves_out_colons: bool,
    /// Whether there may be such a request if IAM takes an empty value of a key for none.
    pub takes_empty_for_values: bool,
}

impl Check {
    /// The answer where policies are too large to be looked at.
    pub fn too_large() -> Self {
        Check {
            answer: Answer::Unknown,
            reasons: Vec::new(),
            unknown: vec![question::LIMIT],
            unlisted: Vec::new(),
            leaves_out_colons: false,
            takes_empty_for_values: false,
        }
    }
}

/// A statement that grants what is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The index of its policy.
    pub policy: usize,
    /// Its own.
    pub statement: usize,
    /// A request that it allows.
    pub witness: Request<'static>,
    /// What the other side says to it; `None` where there is none.
    pub before: Option<Verdict>,
    /// The Denies of the other side that match it.
    pub denied_by: Vec<(usize, usize)>,
    /// The account that the resource is taken to be of.
    pub resource_account: String,
    /// Whether it can be sent today, as far as the catalog knows.
    pub is_known: bool,
}

/// How two sides compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What the proposed policies allow and the existing do not.
    pub gained: Check,
    /// What the existing policies allow and the proposed do not.
    pub lost: Check,
}

impl Compared {
    /// The answer where policies are too large to be looked at.
    pub fn too_large() -> Self {
        Compared { gained: Check::too_large(), lost: Check::too_large() }
    }
}

/// Why an answer is not known.
mod question {
    pub use crate::evaluate::open::{
        EMPTY_VALUE, MALFORMED, NOT_PRINCIPAL, OPERATOR, SESSION_NAME,
    };

    pub const VARIABLE: &str = "?variable";
    pub const MIXED: &str = "?mixed-operators";
    pub const TRUSTED_WILDCARD: &str = "?wildcard-in-trusted-key";
    pub const TRUSTED_VARIABLE: &str = "?variable-in-trusted-key";
    pub const ADDRESSES: &str = "?address-count";
    pub const LIMIT: &str = "?limit";
    pub const UNCONFIRMED: &str = "?unconfirmed";
}

/// Lists of numbers that were seen, each with a number. The one tree of this room: the standard library's is compiled
/// anew for each type, 5 KB a time, so that what is short here is a list.
type Seen = BTreeMap<Vec<usize>, usize>;

/// What AWS carries out for everybody whatever the policies say, so that nobody gains it.
///
/// Source: the STS API reference, "GetCallerIdentity", read 2026-11.
const NEEDS_NO_PERMISSION: &str = "sts:GetCallerIdentity";

/// Read as in a policy of 2008, which has no variables.
fn as_written(one: &policy::Statement) -> Statement<'_> {
    let version = policy::Version::V2008;
    side::one(one, (0, 0), version, PolicyType::ServiceControl, false, &mut Names::default())
}

/// What the proposed policies allow and the existing do not, and the other way round. Policies of one side have a say
/// together.
pub fn compare(
    existing: &[Policy],
    proposed: &[Policy],
    policy_type: Option<PolicyType>,
    requests: Requests,
) -> Compared {
    let policy_type = policy_type.unwrap_or_else(|| type_of(existing.iter().chain(proposed)));
    let (mut existing, mut proposed) = (existing.to_vec(), proposed.to_vec());
    let callers = everybody(policy_type, &mut [&mut existing, &mut proposed]);
    let mut names = Names::default();
    let mut read = |crosses| {
        let mut side = |policies| side::read(policies, policy_type, crosses, &callers, &mut names);
        [side(&existing), side(&proposed)]
    };
    let [old, new] = read(false);
    let may_cross = new.iter().chain(&old).any(Statement::may_cross);
    let [old_crossing, new_crossing] = if may_cross { read(true) } else { Default::default() };
    let policies = || existing.iter().chain(&proposed);
    let sets = [&existing, &proposed].map(|side| witness::sets(side, policy_type, policies()));
    let [of_old, of_new] = sets.each_ref().map(Isolation::new);
    let free = policy::Statement::new(Effect::Allow, [NEEDS_NO_PERMISSION], ["*"]);
    let free = as_written(&free);
    let free = Some(&free).filter(|_| policy_type != PolicyType::Resource);
    let one_way = |new: &[Statement],
                   old: &[Statement],
                   here: &Isolation,
                   there: &Isolation,
                   budget: &Budget| {
        let denied: Vec<&Statement> = denies(old).collect();
        let task = |allow, number: usize| match number.checked_sub(1) {
            None => Some(Task {
                positives: vec![allow],
                covers: allows(old).chain(denies(new)).chain(free).collect(),
            }),
            Some(at) => denied.get(at).map(|deny| Task {
                positives: vec![allow, deny],
                covers: denies(new).chain(free).collect(),
            }),
        };
        check(new, &task, (here, Some(there), &|_| true), &names, &callers, requests, budget)
    };
    let both = |new: [&[Statement]; 2], old: [&[Statement]; 2], here, there| {
        let [(new, new_crossing), (old, old_crossing)] = [new, old].map(|[a, b]| (a, b));
        let budget = &Budget::of(policies());
        let mut check = one_way(new, old, here, there, budget);
        let is_unconfirmed = check.unknown == [question::UNCONFIRMED];
        if may_cross && (check.answer == Answer::Pass || is_unconfirmed) {
            let crossing = one_way(new_crossing, old_crossing, here, there, budget);
            check.leaves_out_colons = crossing.answer == Answer::Fail;
            if is_unconfirmed && crossing.answer == Answer::Pass {
                // What is found is reached by the other side too, if only by running over colons.
                check = crossing;
            }
        }
        check
    };
    let (old, new) = ([&*old, &*old_crossing], [&*new, &*new_crossing]);
    Compared { gained: both(new, old, &of_new, &of_old), lost: both(old, new, &of_old, &of_new) }
}

/// Whether the policies grant any of the access.
pub fn not_granted(
    policies: &[Policy],
    access: &[Access],
    policy_type: Option<PolicyType>,
    requests: Requests,
) -> Check {
    let policy_type = policy_type.unwrap_or_else(|| type_of(policies));
    let mut policies = policies.to_vec();
    let callers = everybody(policy_type, &mut [&mut policies]);
    let mut names = Names::default();
    let mut read = |crosses| side::read(&policies, policy_type, crosses, &callers, &mut names);
    let all = read(false);
    let may_cross = all.iter().any(Statement::may_cross);
    let crossing = if may_cross { read(true) } else { Vec::new() };
    let or_all = |list: &[String]| match list {
        [] => vec!["*".to_owned()],
        list => list.to_vec(),
    };
    let written: Vec<policy::Statement> = access
        .iter()
        .map(|one| {
            policy::Statement::new(Effect::Allow, or_all(&one.actions), or_all(&one.resources))
        })
        .collect();
    let asked: Vec<Statement> = written.iter().map(as_written).collect();
    let sets = witness::sets(&policies, policy_type, policies.iter());
    let mut granting = Policy::new(written.clone());
    granting.version = policy::Version::V2008;
    let asking = witness::sets(&[granting], PolicyType::Identity, std::iter::empty());
    let asking = Isolation::new(&asking);
    // A request that is nicer to read is one that was asked about all the same, whoever sends it.
    let is_asked = |request: &Request| {
        let of_nobody =
            Request { principal: task::CALLER.into(), context: Vec::new(), ..request.clone() };
        asking.verdict(&of_nobody) == Verdict::Allowed
    };
    let budget = &Budget::of(policies.iter());
    let policies = Isolation::new(&sets);
    let check = |all: &[Statement]| {
        let task = |allow, number| {
            let asked = asked.get(number)?;
            Some(Task { positives: vec![allow, asked], covers: denies(all).collect() })
        };
        check(all, &task, (&policies, None, &is_asked), &names, &callers, requests, budget)
    };
    let mut answer = check(&all);
    if answer.answer == Answer::Pass && may_cross {
        answer.leaves_out_colons = check(&crossing).answer == Answer::Fail;
    }
    answer
}

/// Whether the request is of nobody in particular, as where policies name nobody.
pub fn is_of_nobody(request: &Request) -> bool {
    request.principal == task::CALLER
}

/// The type of policies that do not say it: one of a resource names somebody.
pub fn type_of<'p>(policies: impl IntoIterator<Item = &'p Policy>) -> PolicyType {
    let mut statements = policies.into_iter().flat_map(|policy| &policy.statements);
    match statements.any(|statement| statement.principal.is_some()) {
        true => PolicyType::Resource,
        false => PolicyType::Identity,
    }
}

fn allows<'s, 'p>(all: &'s [Statement<'p>]) -> impl Iterator<Item = &'s Statement<'p>> {
    all.iter().filter(|statement| statement.allows())
}

fn denies<'s, 'p>(all: &'s [Statement<'p>]) -> impl Iterator<Item = &'s Statement<'p>> {
    all.iter().filter(|statement| !statement.allows())
}

/// Everybody whom the policies can tell apart, who then stand there in the place of patterns.
fn everybody(policy_type: PolicyType, sides: &mut [&mut Vec<Policy>]) -> Vec<Caller> {
    if policy_type != PolicyType::Resource {
        return Vec::new();
    }
    let callers = callers(sides.iter().flat_map(|side| side.iter()), false);
    for policy in sides.iter_mut().flat_map(|side| side.iter_mut()) {
        expand(policy, &callers);
    }
    callers
}

/// So many letters of a policy are held against as many of a request in the time of one step.
const LETTERS_A_STEP: usize = 1_024;

/// The policies that are asked about, the other side if there is one, and of which requests the question is.
type Sides<'a> = (&'a Isolation<'a>, Option<&'a Isolation<'a>>, &'a dyn Fn(&Request) -> bool);

/// Asks the tasks of each Allow, which has them by their numbers.
fn check<'s, 'p>(
    statements: &'s [Statement<'p>],
    task: &dyn Fn(&'s Statement<'p>, usize) -> Option<Task<'s, 'p>>,
    (here, there, is_asked): Sides,
    names: &Names,
    callers: &[Caller],
    requests: Requests,
    budget: &Budget,
) -> Check {
    let confirms = |request: &Request| {
        // Two policies are asked, and each of their statements is looked at.
        let looks = 16 * (1 + statements.len()) + 4 * request.context.len();
        let sides = there.iter().map(|there| there.letters_held(request)).sum::<usize>();
        if !budget.count(looks + (sides + here.letters_held(request)) / LETTERS_A_STEP) {
            return false;
        }
        let is_denied = |verdict| {
            matches!(verdict, Verdict::ImplicitDeny | Verdict::ExplicitDeny | Verdict::Denied)
        };
        is_asked(request)
            && here.verdict(request) == Verdict::Allowed
            && there.is_none_or(|there| is_denied(there.verdict(request)))
    };
    let world = World { names, callers, occurs: &|_| true, confirms: &confirms };
    let (mut reasons, mut unknown) = (Vec::new(), Vec::new());
    let mut takes_empty_for_values = false;
    for allow in allows(statements) {
        if budget.is_used_up() {
            unknown.push(question::LIMIT);
            break;
        }
        let (mut found, mut open) = (None, Vec::new());
        for task in (0..).map_while(|number| task(allow, number)) {
            budget.start_task();
            // To name a cover takes less than a step.
            if budget.spend(1 + task.covers.len() / 16).is_err() {
                open.push(question::LIMIT);
                break;
            }
            let outcome = match requests {
                Requests::Any => task::solve(&task, world, budget),
                // What no request does at all no known one does.
                Requests::Known => match task::solve(&task, world, budget) {
                    empty @ (Outcome::Empty | Outcome::EmptyByValues) => empty,
                    _ => known::solve(&task, world, budget),
                },
            };
            match outcome {
                Outcome::Empty => {}
                Outcome::EmptyByValues => takes_empty_for_values = true,
                Outcome::Open(questions) => open.extend(questions),
                Outcome::Found(request) => {
                    found = Some((task, request));
                    break;
                }
            }
        }
        let Some((task, request)) = found else {
            unknown.extend(open);
            continue;
        };
        let (witness, is_known) = witness::shown(&task, request, world, requests, budget);
        let (policy, statement) = allow.at;
        let before = there.map(|there| there.verdict(&witness));
        let denying = there.filter(|_| before == Some(Verdict::ExplicitDeny));
        let denied_by = denying.map(|there| there.denies(&witness)).unwrap_or_default();
        reasons.push(Reason {
            policy,
            statement,
            before,
            denied_by,
            witness,
            resource_account: here.account.to_owned(),
            is_known,
        });
    }
    let answer = match (reasons.is_empty(), unknown.is_empty()) {
        (false, _) => Answer::Fail,
        (true, false) => Answer::Unknown,
        (true, true) => Answer::Pass,
    };
    sort(&mut unknown);
    unknown.dedup();
    let (unknown, unlisted) = match answer {
        Answer::Fail => (Vec::new(), unknown),
        _ => (unknown, Vec::new()),
    };
    takes_empty_for_values &= answer == Answer::Pass;
    Check { answer, reasons, unknown, unlisted, leaves_out_colons: false, takes_empty_for_values }
}
