//! The requests that the catalog knows: its actions, resources of their types, keys that can come with them.

use std::collections::BTreeSet;

use super::actions::{services, Actions};
use super::cover::covers;
use super::pattern::{written, Names, Step, Steps};
use super::task::{solve as solve_any, Outcome, Task, World};
use super::{question, side, Budget, Limit, PolicyType};
use crate::aws::catalog::{service_prefixes, Action, ActionResource, Service};
use crate::aws::{has_wildcard, split_fields, variables, Arn};
use crate::evaluate::Occurrence;
use crate::policy::{Effect, Statement, Version};
use crate::sort::sort;

/// At most so many groups of actions are looked at, of which one stands for all.
const MOST_GROUPS: usize = 1_000;

/// The same as for all requests, for each group of actions that the statements and the catalog do not tell apart.
pub(super) fn solve(task: &Task, world: World, budget: &Budget) -> Outcome {
    let covers = match covers(task, budget) {
        Ok(Some(covers)) => covers.into_iter().map(|cover| cover.statement).collect(),
        Ok(None) => return Outcome::Empty,
        Err(Limit) => return Outcome::Open(vec![question::LIMIT]),
    };
    let task = &Task { positives: task.positives.clone(), covers };
    let all = || task.positives.iter().chain(&task.covers);
    let tested = all().flat_map(|statement| &statement.tests).map(|test| test.key);
    let of_variables = world.names.variables.iter().map(|(key, _)| *key);
    let mut keys: Vec<usize> = tested.chain(of_variables).collect();
    sort(&mut keys);
    keys.dedup();
    let keys: Vec<&String> = keys.iter().filter_map(|key| world.names.keys.get(*key)).collect();
    let positives: Vec<&Actions> = task.positives.iter().flat_map(|it| &it.actions).collect();
    let lists: Vec<&Actions> = all().flat_map(|statement| &statement.actions).collect();
    let reach = Reach::of(&task.positives);
    let (mut groups, mut told, mut is_cut) = (Vec::new(), BTreeSet::new(), false);
    for service in asked_services(&positives, &lists, &reach) {
        let Some(service) = Service::find(&service).filter(|_| !is_cut) else {
            continue;
        };
        let mut seen = BTreeSet::new();
        for action in service.actions() {
            let name = letters(action.name());
            let takes = |list: &&&Actions| list.takes(service.prefix(), &name, budget);
            if !positives.iter().all(|list| takes(&list)) {
                continue;
            }
            let taking: String =
                lists.iter().map(|list| if takes(&list) { '1' } else { '0' }).collect();
            if !seen.insert(format!("{taking} {}", action.codes())) {
                continue;
            }
            let (resources, needs_none) = resources(action);
            if !reach.takes(&resources, needs_none) {
                continue;
            }
            let occurrence = Occurrence::new(&name_of(action), "");
            let occurs: String =
                keys.iter().map(|key| if occurrence.of(key) { '1' } else { '0' }).collect();
            if told.insert(format!("{taking} {occurs} {needs_none} {}", resources.join(" "))) {
                groups.push((action, resources, needs_none, occurrence));
            }
            if groups.len() > MOST_GROUPS {
                is_cut = true;
                break;
            }
        }
    }
    // Without steps that are left nothing is told apart.
    if budget.spend(0).is_err() {
        return Outcome::Open(vec![question::LIMIT]);
    }
    let mut open = if is_cut { vec![question::LIMIT] } else { Vec::new() };
    let mut is_proved = true;
    for (action, resources, needs_none, occurrence) in groups {
        let name = name_of(action);
        let occurs = |key: &str| occurrence.of(key);
        let asked = Statement::new(Effect::Allow, [name.as_str()], resources);
        let names = &mut Names::default();
        let mut asked =
            side::one(&asked, (0, 0), Version::V2008, PolicyType::ServiceControl, false, names);
        if let Some(resources) = &mut asked.resources {
            resources.has_star = needs_none;
        }
        // First, since what one action shows is seen at once.
        let mut positives = vec![&asked];
        positives.extend(&task.positives);
        let objects = Statement::new(Effect::Deny, [name.as_str()], [OBJECTS]);
        let objects =
            side::one(&objects, (0, 0), Version::V2008, PolicyType::ServiceControl, false, names);
        let mut covers = task.covers.clone();
        if is_for_buckets(action) {
            covers.push(&objects);
        }
        let task = Task { positives, covers };
        match solve_any(&task, World { occurs: &occurs, ..world }, budget) {
            Outcome::Empty => {}
            Outcome::EmptyByValues => is_proved = false,
            Outcome::Open(questions) => open.extend(questions),
            Outcome::Found(mut request) => {
                request.action = name.into();
                return Outcome::Found(request);
            }
        }
    }
    match (open.is_empty(), is_proved) {
        (true, true) => Outcome::Empty,
        (true, false) => Outcome::EmptyByValues,
        (false, _) => Outcome::Open(open),
    }
}

/// The services whose actions are looked at: those that bounded lists name, else all of the catalog, first of all those
/// that the lists or the resources name.
fn asked_services(positives: &[&Actions], lists: &[&Actions], reach: &Reach) -> Vec<String> {
    let named = services(positives, lists.iter().copied());
    if positives.iter().any(|list| !list.is_negated && !list.has_everything()) {
        return named.into_iter().collect();
    }
    let of_resources = reach.services.iter().flatten().cloned();
    let all = service_prefixes().map(str::to_owned);
    let mut told = BTreeSet::new();
    of_resources.chain(named).chain(all).filter(|service| told.insert(service.clone())).collect()
}

/// Of which services the resources are that a request may name, as ARNs have them, where that is bounded.
struct Reach {
    services: Option<BTreeSet<String>>,
    /// Whether it may name none.
    has_star: bool,
}

impl Reach {
    fn of(positives: &[&side::Statement]) -> Self {
        let bounded = positives.iter().find_map(|positive| {
            let resources = positive.resources.as_ref();
            // `*` is in no list of patterns, and leaves every service.
            let resources = resources.filter(|it| !it.is_negated && !it.has_everything)?;
            let services: Option<BTreeSet<String>> =
                resources.patterns.iter().map(|steps| arn_service(&written(steps))).collect();
            Some(Reach { services: Some(services?), has_star: resources.has_star })
        });
        bounded.unwrap_or(Reach { services: None, has_star: true })
    }

    fn takes(&self, patterns: &[String], needs_none: bool) -> bool {
        let Some(services) = &self.services else { return true };
        needs_none && self.has_star
            || patterns.iter().any(|pattern| {
                arn_service(pattern).is_none_or(|service| services.contains(&service))
            })
    }
}

/// The service that the ARNs of a pattern have, if that is one.
fn arn_service(pattern: &str) -> Option<String> {
    let [_, _, service, ..] = split_fields(pattern)?;
    (!has_wildcard(service) && !service.contains('$')).then(|| service.to_owned())
}

/// The name of an action, whose case does not count.
pub(super) fn letters(name: &str) -> Steps {
    name.chars().map(|c| Step::Letter(c.to_ascii_lowercase())).collect()
}

/// The action as a policy has it.
pub(super) fn name_of(action: Action) -> String {
    format!("{}:{}", action.service().prefix(), action.name())
}

/// What no bucket is: its name has no slash, though the pattern for its ARN would take one.
const OBJECTS: &str = "arn:*:s3:::*/*";

/// Whether the action works on buckets and on nothing inside of them.
pub(super) fn is_for_buckets(action: Action) -> bool {
    let mut types = action.resource_types();
    let is_bucket = |of: ActionResource| of.resource_type.name == "bucket";
    action.service().prefix() == "s3" && types.all(is_bucket)
}

/// Patterns for the resources of an action, and whether it can do without one.
pub(super) fn resources(action: Action) -> (Vec<String>, bool) {
    let patterns = formats(action).iter().map(|format| filled(format, &|_| "?*")).collect();
    (patterns, !action.resource_types().any(|of| of.is_required))
}

fn formats(action: Action) -> Vec<String> {
    let formats = action.resource_types().flat_map(|of| of.resource_type.arn_formats());
    formats
        .map(|Arn { partition, service, region, account, resource, .. }| {
            format!("arn:{partition}:{service}:{region}:{account}:{resource}")
        })
        .collect()
}

/// Resources of the action with values as documentation has them.
pub(super) fn examples(action: Action) -> Vec<String> {
    let value = |name: &str| match name {
        "Partition" => "aws",
        "Region" => "us-east-1",
        "Account" => "111122223333",
        _ => "example",
    };
    let mut examples: Vec<String> =
        formats(action).iter().map(|format| filled(format, &value)).collect();
    if !action.resource_types().any(|of| of.is_required) {
        examples.insert(0, "*".to_owned());
    }
    examples
}

/// The format with something in the place of each placeholder.
fn filled(format: &str, value: &dyn Fn(&str) -> &'static str) -> String {
    let (mut text, mut at) = (String::new(), 0);
    for placeholder in variables(format) {
        text.push_str(format.get(at..placeholder.range.start).unwrap_or_default());
        text.push_str(value(placeholder.name()));
        at = placeholder.range.end;
    }
    text.push_str(format.get(at..).unwrap_or_default());
    text
}
