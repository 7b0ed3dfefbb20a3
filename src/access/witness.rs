//! Requests as witnesses: asked of the evaluation where nothing but the policies decides, and made to look like those
//! that people send.

use super::caller::ANONYMOUS;
use super::known::{self, examples, letters, name_of};
use super::task::{Outcome, Task, World};
use super::{Budget, PolicyType, Requests};
use crate::aws::catalog::{Action, Service};
use crate::aws::{matches_glob, Arn};
use crate::evaluate::{ContextValue, Gate, Occurrence, PolicySet, Prepared, Request, Verdict};
use crate::policy::{Effect, Policy, Principal, Statement, Strings, Who};

/// The account whose role asks where policies name nobody.
const ACCOUNT: &str = "111122223333";

/// Sets in which nothing but the policies of one side decides: all of them in one, or one for each policy of a resource.
/// `everything` are the policies of all sides.
pub(super) fn sets<'p>(
    policies: &[Policy],
    policy_type: PolicyType,
    everything: impl Iterator<Item = &'p Policy>,
) -> (Vec<PolicySet>, String) {
    let all = || Policy::new(vec![Statement::new(Effect::Allow, ["*"], ["*"])]);
    let mut delegating = all();
    for statement in &mut delegating.statements {
        let root = format!("arn:aws:iam::{ACCOUNT}:root");
        let aws = vec![("AWS".to_owned(), Strings::One(root))];
        statement.principal = Some(Principal { negated: false, who: Who::Listed(aws) });
    }
    let delegating = PolicySet { resource: Some(delegating), ..PolicySet::default() };
    let sets = match policy_type {
        PolicyType::Identity => vec![PolicySet { identity: policies.to_vec(), ..delegating }],
        PolicyType::ServiceControl => {
            vec![PolicySet { identity: vec![all()], scps: vec![policies.to_vec()], ..delegating }]
        }
        PolicyType::Resource => {
            let set = |policy: &Policy| PolicySet {
                identity: vec![all()],
                // Without one, a federated user has no permissions of its own.
                session: Some(all()),
                resource: Some(policy.clone()),
                ..PolicySet::default()
            };
            policies.iter().map(set).collect()
        }
    };
    let account = match policy_type {
        PolicyType::Resource => {
            let texts: Vec<String> = everything.map(|policy| format!("{policy:?}")).collect();
            let others = ["999988887777", "888877776666", "777766665555"];
            let is_free = |id: &&str| !texts.iter().any(|text| text.contains(*id));
            others.into_iter().find(is_free).unwrap_or("000000000009")
        }
        _ => ACCOUNT,
    };
    (sets, account.to_owned())
}

/// The policies of one side by themselves.
pub(super) struct Isolation<'s> {
    prepared: Vec<Prepared<'s>>,
    /// How many letters the texts of the policies have that a request is held against.
    letters: usize,
    /// The account of every resource.
    pub account: &'s str,
}

impl<'s> Isolation<'s> {
    pub fn new((sets, account): &'s (Vec<PolicySet>, String)) -> Self {
        let policies = sets.iter().flat_map(|set| set.identity.iter().chain(&set.resource));
        let statements = policies.flat_map(|policy| &policy.statements);
        let letters = statements.map(letters_of).sum();
        Isolation { prepared: sets.iter().map(Prepared::new).collect(), letters, account }
    }

    /// How many pairs of letters are held against each other where texts of a request are long: of short ones most are
    /// of another text at once.
    pub fn letters_held(&self, request: &Request) -> usize {
        let value = |value: &ContextValue| match value {
            ContextValue::One(value) => value.len(),
            ContextValue::Many(values) => values.iter().map(|value| value.len()).sum(),
        };
        let values = request.context.iter().map(|(_, own)| value(own)).sum::<usize>();
        let length = values + request.resource.len() + request.action.len();
        self.letters.saturating_mul(length.saturating_sub(SHORT))
    }

    /// What the policies say.
    pub fn verdict(&self, request: &Request) -> Verdict {
        let request = self.placed(request);
        let all = self.prepared.iter().map(|prepared| prepared.verdict(&request));
        all.fold(Verdict::ImplicitDeny, |verdict, other| match (verdict, other) {
            (Verdict::ExplicitDeny, _) | (_, Verdict::ExplicitDeny) => Verdict::ExplicitDeny,
            (Verdict::ImplicitDeny, other) | (other, Verdict::ImplicitDeny) => other,
            (Verdict::Allowed, Verdict::Allowed) => Verdict::Allowed,
            _ => Verdict::Depends,
        })
    }

    /// Which of their Denies match.
    pub fn denies(&self, request: &Request) -> Vec<(usize, usize)> {
        let request = self.placed(request);
        let mut denies = Vec::new();
        for (i, prepared) in self.prepared.iter().enumerate() {
            let decision = prepared.evaluate(&request);
            let matched = decision.matched.filter(|_| decision.verdict == Verdict::ExplicitDeny);
            for id in matched.into_iter().flatten() {
                // Each policy of a resource has a set of its own.
                let index = if id.gate == Gate::Resource { i } else { id.index };
                denies.push((index, id.statement));
            }
        }
        denies
    }

    fn placed<'r>(&'r self, request: &Request<'r>) -> Request<'r> {
        Request { resource_account: Some(self.account.into()), ..request.clone() }
    }
}

/// A request with texts of so many letters together is held against any other in the time of one with none.
const SHORT: usize = 1_024;

/// The letters of the resources and of the values of a statement.
fn letters_of(statement: &Statement) -> usize {
    let lists = statement.resource.iter().map(|element| element.values.as_slice());
    let values = statement.condition.entries().map(|(_, _, values)| values.as_slice());
    lists.chain(values).flatten().map(String::len).sum()
}

/// At most so many requests are tried to find one that people know.
const MOST_TRIES: usize = 200;
/// At most so many actions of a service are looked at for it.
const MOST_ACTIONS: usize = 60;

/// The request that is shown, and whether it can be sent today: known, if there is such a one, and as short as can be.
pub(super) fn shown(
    task: &Task,
    found: Request<'static>,
    world: World,
    requests: Requests,
    budget: &Budget,
) -> (Request<'static>, bool) {
    budget.start(budget.for_looks());
    let found = likelier(simplest(found, world, budget), world, budget);
    if let Some(request) = nicer(task, &found, world, budget) {
        return (request, true);
    }
    if requests == Requests::Any {
        budget.start(budget.for_looks());
        if let Outcome::Found(request) = known::solve(task, world, budget) {
            let request = likelier(simplest(request, world, budget), world, budget);
            let is_known = is_known(&request);
            return (request, is_known);
        }
    }
    let is_known = is_known(&found);
    (found, is_known)
}

/// Of somebody with a name, where nobody without one would ask: for credentials, or with what only a name has.
fn likelier(request: Request<'static>, world: World, budget: &Budget) -> Request<'static> {
    let of_names = |key: &str| {
        let begins = |prefix: &str| {
            key.get(..prefix.len()).is_some_and(|own| own.eq_ignore_ascii_case(prefix))
        };
        begins("aws:Principal") || begins("aws:userid") || begins("aws:username")
    };
    let asks_named =
        request.action.starts_with("sts:") || request.context.iter().any(|(key, _)| of_names(key));
    if request.principal != ANONYMOUS || !asks_named {
        return request;
    }
    let named = world.callers.iter().rev().filter(|caller| caller.text.contains(":role/"));
    for caller in named {
        let by_name = Request { principal: caller.text.clone().into(), ..request.clone() };
        if budget.spend(request.context.len()).is_err() {
            break;
        }
        if (world.confirms)(&by_name) {
            return by_name;
        }
    }
    request
}

/// Without the keys that are not needed, as far as steps are left, and in AWS's spelling.
fn simplest(mut request: Request<'static>, world: World, budget: &Budget) -> Request<'static> {
    let keys: Vec<_> = request.context.iter().map(|(key, _)| key.clone()).collect();
    for key in keys {
        if budget.spend(request.context.len()).is_err() {
            break;
        }
        let mut without = request.clone();
        without.context.retain(|(own, _)| *own != key);
        if (world.confirms)(&without) {
            request = without;
        }
    }
    let spelling = action(&request.action).map(name_of);
    if let Some(name) = spelling.filter(|name| *name != request.action) {
        let spelt = Request { action: name.into(), ..request.clone() };
        if (world.confirms)(&spelt) {
            return spelt;
        }
    }
    request
}

/// A request that the catalog knows and that is confirmed, near to the one that was found.
fn nicer(
    task: &Task,
    found: &Request<'static>,
    world: World,
    budget: &Budget,
) -> Option<Request<'static>> {
    let (service, _) = found.action.split_once(':')?;
    let own = action(&found.action);
    let takes = |action: &Action| {
        let name = letters(action.name());
        let mut lists = task.positives.iter().flat_map(|positive| &positive.actions);
        lists.all(|list| list.takes(action.service().prefix(), &name, budget))
    };
    let others = Service::find(service).into_iter().flat_map(Service::actions);
    let others = others.filter(|other| Some(*other) != own).take(MOST_ACTIONS);
    let can_be_sent = |action: &Action| {
        let occurrence = Occurrence::new(&name_of(*action), "");
        found.context.iter().all(|(key, _)| occurrence.of(key))
    };
    let mut tries = 0;
    for action in own.into_iter().chain(others.filter(takes)).filter(can_be_sent) {
        let resources = from_patterns(task, action).into_iter().chain(examples(action));
        for resource in resources.chain([found.resource.to_string()]) {
            let request = Request {
                action: name_of(action).into(),
                resource: resource.into(),
                ..found.clone()
            };
            if !is_known(&request) {
                continue;
            }
            tries += 1;
            if (world.confirms)(&request) {
                return Some(simplest(request, world, budget));
            }
            if tries > MOST_TRIES || budget.spend(0).is_err() {
                return None;
            }
        }
    }
    None
}

/// Resources as the statements have them, with values of documentation for their wildcards.
fn from_patterns(task: &Task, action: Action) -> Vec<String> {
    let mut found = Vec::new();
    for list in task.positives.iter().filter_map(|positive| positive.resources.as_ref()) {
        for pattern in list.patterns.iter().filter(|_| !list.is_negated).take(8) {
            let text = super::pattern::written(pattern);
            let Some(arn) = Arn::parse(&text) else {
                continue;
            };
            let run = |field: &str, value: &str| match field {
                "*" => value.to_owned(),
                field => field.replace('*', "").replace('?', "x"),
            };
            let partition = run(arn.partition, "aws");
            let service = run(arn.service, action.service().prefix());
            let last = arn.resource.replace('*', "example").replace('?', "x");
            for (region, account) in [("us-east-1", ACCOUNT), ("", ""), ("us-east-1", "")] {
                let (region, account) = (run(arn.region, region), run(arn.account, account));
                found.push(format!("arn:{partition}:{service}:{region}:{account}:{last}"));
            }
        }
    }
    found
}

fn action(text: &str) -> Option<Action> {
    let (service, name) = text.split_once(':')?;
    Service::find(service)?.action(name)
}

/// Whether the catalog knows the action, such a resource for it and each key.
fn is_known(request: &Request) -> bool {
    let Some(action) = action(&request.action) else {
        return false;
    };
    let (patterns, needs_none) = known::resources(action);
    let takes = match request.resource.as_ref() {
        "*" => needs_none,
        resource if known::is_for_buckets(action) && resource.contains('/') => false,
        resource => patterns.iter().any(|pattern| has_form(pattern, resource)),
    };
    let occurs = || {
        let occurrence = Occurrence::new(&request.action, &request.resource);
        request.context.iter().all(|(key, _)| occurrence.of(key))
    };
    takes && (request.context.is_empty() || occurs())
}

fn has_form(pattern: &str, resource: &str) -> bool {
    let (Some(pattern), Some(resource)) = (Arn::parse(pattern), Arn::parse(resource)) else {
        return false;
    };
    let both = [
        (pattern.partition, resource.partition),
        (pattern.service, resource.service),
        (pattern.region, resource.region),
        (pattern.account, resource.account),
        (pattern.resource, resource.resource),
    ];
    both.into_iter().all(|(pattern, field)| matches_glob(pattern, field))
}
