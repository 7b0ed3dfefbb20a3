//! Which capabilities a role has, what is missing, and what no addition can repair.

use std::collections::BTreeSet;

use super::ask::{Answer, Asker, Class};
use super::assumptions::assumptions;
use super::layers::{Policies, Settings};
use super::missing::{addition, Lacking, Missing};
use super::partition;
use super::reason::{self, Reason, ReasonKind};
use super::recognised::Recognised;
use super::role::{account_in, Documents, Field, Role, KEY_POLICY};
use super::want::{Facts, Want};
use crate::evaluate::Gate;
use crate::policy::Policy;
use crate::session::capabilities::{self, Capability, Level, Request, ResourcePolicy, Side};
use crate::session::operator::USER_NAME_ABSENT;
use crate::session::BuiltPolicy;
use crate::sort::sort_by;

/// What a role lets Session Manager do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// What each thing that was pasted is, and whether it counts.
    pub recognised: Vec<Recognised>,
    /// The name of the role or user whose policies count, if the texts tell.
    pub role_name: Option<String>,
    /// Whose policies they are, where nobody said what is wanted and something tells.
    pub side: Option<Side>,
    /// How many policies of it count.
    pub policies: usize,
    /// How many statements they have.
    pub statements: usize,
    /// One for each want, in their order.
    pub capabilities: Vec<CapabilityResult>,
    /// The smallest addition after which nothing that was wanted fails for want of a permission; `None` when nothing
    /// can or need be added.
    pub missing: Option<BuiltPolicy>,
    /// What no addition can repair.
    pub blocked: Vec<Reason>,
    /// What was taken for granted, in sentences.
    pub assumptions: Vec<String>,
}

/// Whether a capability works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapabilityResult {
    /// Its id.
    pub id: String,
    /// A few words for people.
    pub title: &'static str,
    /// The result.
    pub result: Works,
    /// Why: for each request on which it depends, and after these what is recommended and not allowed.
    pub reasons: Vec<Reason>,
}

/// Whether something works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Works {
    /// It does.
    Works,
    /// It depends on what is not known.
    Unknown,
    /// It does not.
    Fails,
}

impl Works {
    /// The word for it on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Works::Works => "works",
            Works::Unknown => "unknown",
            Works::Fails => "fails",
        }
    }

    fn of(answer: &Answer) -> Self {
        match (answer.class, answer.request.expect_allowed) {
            (Class::Depends, _) => Works::Unknown,
            (Class::Allowed, true) | (Class::Denied, false) => Works::Works,
            (Class::Allowed, false) | (Class::Denied, true) => Works::Fails,
        }
    }
}

/// What can be wanted that the table does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCapability {
    /// The index of the want.
    pub want: usize,
}

/// A capability that is wanted, and what is known of the things that it is about.
pub(super) type Wanted = (&'static Capability, Facts);

/// Looks at the policies of a role for each capability that is wanted.
///
/// # Errors
/// A want names a capability that does not exist.
pub fn diagnose_role(
    documents: &Documents,
    wants: &[Want],
) -> Result<Diagnosis, UnknownCapability> {
    diagnosed(&Role::read(documents), wants)
}

/// The same of a role that was read.
pub(super) fn diagnosed(role: &Role, wants: &[Want]) -> Result<Diagnosis, UnknownCapability> {
    let known = |(want, given): (usize, &Want)| {
        let capability = capabilities::find(&given.capability).ok_or(UnknownCapability { want })?;
        let mut facts = Facts::new(&given.values, role).about(capability);
        facts.elsewhere = partition::reason(role, &given.values, &facts, capability);
        Ok((capability, facts))
    };
    let wanted = wants.iter().enumerate().map(known).collect::<Result<Vec<Wanted>, _>>()?;
    let accounts = accounts(role, &wanted);
    let keys_elsewhere = keys_elsewhere(role, &wanted);
    let policies = Policies::new(role);
    let settings = Settings::new(role, &accounts, keys_elsewhere);
    let asker = Asker::new(role, &policies, &settings);

    let mut missing = Missing::default();
    let (mut capabilities, mut blocked) = (Vec::new(), Vec::new());
    // Actions that are recommended, and neither allowed nor added.
    let mut left_out = BTreeSet::new();
    // Requests that wait for a value, by the number of their want.
    let mut waiting: Vec<(usize, &Request)> = Vec::new();
    for (number, (own, facts)) in wanted.iter().enumerate() {
        if let Some(reason) = &facts.elsewhere {
            let (id, title, reasons) = (own.id.to_owned(), own.title, vec![reason.clone()]);
            blocked.push(reason.clone());
            capabilities.push(CapabilityResult { id, title, result: Works::Fails, reasons });
            continue;
        }
        let (mut result, mut reasons, mut hints) = (Works::Works, Vec::new(), Vec::new());
        let (mut not_made, mut kept_out, mut well_denied) = (0, Vec::new(), Vec::new());
        let mut of_accounts: Vec<Answer> = Vec::new();
        let asked = own.asked().map(|(capability, request)| asker.ask(facts, capability, request));
        let asked: Vec<Answer> = asked.collect();
        missing.awaits(&asked);
        let on_both = reason::both_kinds::failing(role, &asked);
        for answer in asked {
            let (capability, request) = (answer.capability, answer.request);
            let works = Works::of(&answer);
            if request.level != Level::Required {
                let is_recommended = request.level == Level::Recommended;
                let is_own = is_recommended && capability.id == own.id;
                let is_unsettled = is_own && request.unsettled().is_some();
                if is_unsettled && !answer.depends_on_tags() {
                    result = result.max(works.min(Works::Unknown));
                }
                if works == Works::Fails && is_own || works == Works::Unknown && is_unsettled {
                    hints.extend(reason::recommended(role, &answer));
                }
                if works == Works::Fails && is_unsettled {
                    let why = reason::reasons(role, &answer);
                    repair(&mut missing, facts, &answer, &why, &mut reasons, &mut blocked);
                } else if works == Works::Fails && is_own {
                    left_out.insert(request.action);
                }
                continue;
            }
            result = result.max(works);
            let why = reason::reasons(role, &answer);
            if why.is_empty() {
                kept_out.extend(reason::kept_out(role, &answer));
            }
            if works == Works::Fails {
                let is_waiting =
                    repair(&mut missing, facts, &answer, &why, &mut reasons, &mut blocked);
                waiting.extend(is_waiting.then_some((number, request)));
            }
            // That something is kept out is no reason for what does not work.
            let is_kept_out = works == Works::Works && !request.expect_allowed;
            let told = if is_kept_out { &mut well_denied } else { &mut reasons };
            told.extend(why);
            of_accounts.extend(Some(answer).filter(|answer| answer.request.expect_allowed));
        }
        if !on_both.is_empty() {
            result = Works::Fails;
            blocked.extend(on_both);
        }
        if let Some(reason) = reason::accounts::of_two_accounts(&of_accounts) {
            result = Works::Fails;
            reasons.push(reason);
        }
        if result == Works::Works {
            reasons.extend(well_denied);
        }
        if reasons.is_empty() {
            reasons = kept_out;
        }
        if own.requests.is_empty() {
            result = Works::Unknown;
            reasons.push(reason::nothing_asked());
        }
        sort_by(&mut reasons, &|a, b| b.kind.gravity().cmp(&a.kind.gravity()));
        let mut reasons = reason::together(reasons);
        if result != Works::Works {
            reasons.retain(|reason| reason.kind != ReasonKind::Allows);
            let (first, more) = not_counted(role, &reasons);
            reasons.extend(first);
            not_made = more;
        }
        reasons.extend(reason::together(hints));
        let reasons = reason::bounded(reasons, not_made);
        let (id, title) = (own.id.to_owned(), own.title);
        capabilities.push(CapabilityResult { id, title, result, reasons });
    }
    let statements = missing.statements();
    let missing = (!statements.is_empty()).then(|| Policy::new(statements));
    if let Some(addition) = &missing {
        let settings = settings.with(addition);
        blocked.extend(still_failing(&asker.moved_to(&settings), &wanted, &waiting));
    }
    let missing = missing.map(|policy| addition(role, policy, &left_out));
    Ok(Diagnosis {
        role_name: role.owner.as_ref().map(|owner| owner.name.clone()),
        policies: role.identity.len(),
        statements: role.identity.iter().map(|source| source.policy.statements.len()).sum(),
        capabilities,
        missing,
        blocked: reason::bounded(reason::together(blocked), 0),
        assumptions: assumptions(role, wants, &wanted),
        recognised: role.recognised.clone(),
        side: None,
    })
}

/// Finds what repairs a request that fails: an addition, a value that is needed first, or nothing. Whether it waits for
/// a value.
fn repair(
    missing: &mut Missing,
    facts: &Facts,
    answer: &Answer,
    why: &[Reason],
    reasons: &mut Vec<Reason>,
    blocked: &mut Vec<Reason>,
) -> bool {
    let can_add = match answer.request.expect_allowed {
        // Somebody else's policy decides who may assume a role.
        true => {
            answer.capability.side != Side::Trust
                && why.iter().any(|reason| reason.gate == Some(Gate::Identity))
        }
        false => answer.capability.is_guard(),
    };
    if !can_add {
        let is_cause = |reason: &&Reason| reason.kind != ReasonKind::Nearest;
        blocked.extend(why.iter().filter(is_cause).cloned());
        return false;
    }
    let Err(lacking) = missing.repair(facts, answer) else { return false };
    let action = answer.request.action;
    let (message, depends_on) = match lacking {
        Lacking::Values(values) => {
            let given = values.join(" and ");
            let message =
                format!("Give {given} to get the statement that is missing for {action}.");
            (message, values)
        }
        Lacking::User => (USER_NAME_ABSENT.to_owned(), Vec::new()),
        Lacking::Unsayable => {
            let message = format!(
                "Which tags are meant for {action} cannot be said in a want. Build the statement with \
                 buildOperatorPolicy, which takes them."
            );
            (message, Vec::new())
        }
    };
    let is_waiting = !depends_on.is_empty();
    let said = why.first().cloned().map(|reason| Reason {
        kind: ReasonKind::ValueNeeded,
        message,
        depends_on: depends_on.into_iter().map(str::to_owned).collect(),
        gate: None,
        ..reason
    });
    if is_waiting {
        reasons.extend(said);
    } else {
        blocked.extend(said);
    }
    is_waiting
}

/// Why something would still fail after the addition, or because of it: a boundary, an organization, the policy of a
/// resource, or wants that contradict each other.
fn still_failing(asker: &Asker, wanted: &[Wanted], waiting: &[(usize, &Request)]) -> Vec<Reason> {
    let mut failing = Vec::new();
    let reached = wanted.iter().enumerate().filter(|(_, (_, facts))| facts.elsewhere.is_none());
    for (number, (own, facts)) in reached {
        for (capability, request) in own.asked() {
            if request.level != Level::Required || waiting.contains(&(number, request)) {
                continue;
            }
            let answer = asker.ask(facts, capability, request);
            if Works::of(&answer) == Works::Fails {
                let mut why = reason::reasons(asker.role, &answer);
                why.retain(|reason| reason.kind != ReasonKind::Nearest);
                for reason in why.iter_mut().filter(|reason| is_of_addition(reason)) {
                    reason.message = excluding(wanted, own, request, &reason.resource);
                }
                failing.extend(why);
            }
        }
    }
    failing
}

/// Whether it is about what the addition allows or denies and should not.
fn is_of_addition(reason: &Reason) -> bool {
    let is_wrong = matches!(reason.kind, ReasonKind::TooBroad | ReasonKind::Denies);
    is_wrong && reason.statement.is_some() && reason.policy.is_none()
}

/// That one want needs what another is meant to keep out.
fn excluding(wanted: &[Wanted], own: &Capability, asked: &Request, resource: &str) -> String {
    let is_other = |(of, request): &(&Capability, &Request)| {
        let is_opposite = request.expect_allowed != asked.expect_allowed;
        of.id != own.id && is_opposite && request.action == asked.action
    };
    let other = wanted.iter().find_map(|(want, _)| want.asked().find(is_other));
    let other = other.map_or("another want", |(of, _)| of.id);
    let (needs, keeps_out) = if asked.expect_allowed { (own.id, other) } else { (other, own.id) };
    format!(
        "{needs} needs {} on {resource}, which {keeps_out} is meant to keep out. One excludes the other: want one of \
         them alone.",
        asked.action
    )
}

/// Whether a key that is asked for may be of another account than the role, while its policy was not given.
fn keys_elsewhere(role: &Role, wanted: &[Wanted]) -> bool {
    let may_be = |(own, facts): &Wanted| {
        let account = facts.value("Account").map(String::as_str);
        let may_be = match &facts.key_arn {
            Some(arn) => account_in(arn) != account,
            None => account.is_some(),
        };
        let mut asked = own.asked();
        may_be && asked.any(|(_, asked)| asked.resource_policy == Some(ResourcePolicy::Key))
    };
    !role.has(KEY_POLICY) && wanted.iter().any(may_be)
}

/// The accounts that the role may be of.
fn accounts(role: &Role, wanted: &[Wanted]) -> BTreeSet<String> {
    let mut accounts = BTreeSet::new();
    accounts.extend(role.stand_ins.get("Account").cloned());
    accounts.extend(wanted.iter().filter_map(|(_, facts)| facts.value("Account").cloned()));
    let texts = role.sources().flat_map(|source| &source.policy.statements);
    let named = texts.flat_map(super::role::resources).filter_map(|text| account_in(text));
    accounts.extend(named.map(str::to_owned));
    accounts
}

/// More texts that do not count are not told one by one.
const MOST_NOT_COUNTED: usize = 20;

/// That something which was pasted does not count, where more might change the result; and for how many texts beyond.
fn not_counted(role: &Role, reasons: &[Reason]) -> (Vec<Reason>, usize) {
    let Some(like) = reasons.iter().find(|reason| reason.gate == Some(Gate::Identity)) else {
        return (Vec::new(), 0);
    };
    let documents = role.not_counted.iter().filter_map(|field| match field {
        Field::Document(i) => Some(*i),
        _ => None,
    });
    let say = |i: usize| Reason {
        kind: ReasonKind::NotCounted,
        message: format!(
            "Something in policy {} does not count, so what it may allow is missing here.",
            i + 1
        ),
        gate: None,
        field: Some(Field::Document(i)),
        ..like.clone()
    };
    let more = documents.clone().count().saturating_sub(MOST_NOT_COUNTED);
    (documents.take(MOST_NOT_COUNTED).map(say).collect(), more)
}
