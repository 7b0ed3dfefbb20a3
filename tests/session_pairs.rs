//! All pairs of options of all builders: what is built is sound, allows what was chosen, and an option that restricts
//! never lets more through than there is without it.

use std::collections::{BTreeMap, BTreeSet};

use postern::evaluate::{ContextValue, Request};
use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};
use crate::session::asking::{allowed, identity, Table, Values, ACCOUNT};
use crate::session::chosen::Chosen;
use crate::session::pairs::{bases, calls, is_one_place, restrictions, with, Choice};
use crate::session_evaluation::refused;
use crate::session_properties::problems;

/// Takes one of so many, or with `ALL_PAIRS=1` every one, which takes minutes.
fn share(usual: usize) -> usize {
    if std::env::var_os("ALL_PAIRS").is_some() {
        1
    } else {
        usual
    }
}

/// Problems with how often each was seen, and the first options that have it.
#[derive(Default)]
struct Seen(BTreeMap<String, (usize, String)>);

impl Seen {
    fn add(&mut self, call: &str, what: &str, options: &Json) {
        let seen = self.0.entry(format!("{call}: {what}")).or_insert((0, options.to_string()));
        seen.0 += 1;
    }

    fn assert_none(&self) {
        let line = |(what, (times, options)): (&String, &(usize, String))| {
            format!("{what}\n    {times} times, first {options}")
        };
        let all: Vec<_> = self.0.iter().map(line).collect();
        assert!(all.is_empty(), "{} problems\n{}", all.len(), all.join("\n"));
    }
}

/// Each base with no choice, with one and with two.
fn pairs(call: &str, choices: &[Choice]) -> Vec<Json> {
    let mut all = Vec::new();
    for base in bases(call) {
        all.push(base.clone());
        for (i, one) in choices.iter().enumerate() {
            let first = with(&base, one);
            for other in choices.iter().take(i).filter(|other| !is_one_place(one, other)) {
                all.push(with(&first, other));
            }
            all.push(first);
        }
    }
    all
}

#[test]
fn every_pair_of_options_is_sound_and_allows_what_was_chosen() {
    let table = Table::new();
    let mut seen = Seen::default();
    let mut built = 0;
    for (call, choices) in calls() {
        for options in
            pairs(call, &choices).into_iter().step_by(if choices.len() > 30 { share(9) } else { 1 })
        {
            for what in problems(call, &options) {
                seen.add(call, &what, &options);
            }
            let Ok(Built::Policy(policy)) = build(call, &options) else { continue };
            built += 1;
            if matches!(call, "node" | "operator") && options["region"] == "us-east-2" {
                if let Some(what) = refused(&table, &Chosen::new(call, &options), &policy.json) {
                    let what = what.split(" Request ").next().unwrap();
                    seen.add(call, what, &options);
                }
            }
        }
    }
    seen.assert_none();
    assert!(built > 50, "only {built} policies");
}

/// What there is to know of a request beside what it asks for. The key comes first that counts.
fn situations() -> Vec<Vec<(&'static str, &'static str)>> {
    let tags = |node: &'static str, caller: &'static str| {
        let mut all = Vec::new();
        for (key, value) in [("Team", node), ("Project", node), ("Cost Center", "1/2")] {
            for prefix in ["ssm:resourceTag/", "aws:ResourceTag/", "ecs:ResourceTag/"] {
                let name: &'static str = Box::leak(format!("{prefix}{key}").into_boxed_str());
                all.push((name, value));
            }
        }
        all.extend([("aws:PrincipalTag/Team", caller), ("aws:PrincipalTag/Project", caller)]);
        all
    };
    let home = [
        ("aws:MultiFactorAuthPresent", "true"),
        ("aws:SourceVpce", "vpce-0123456789abcdef0"),
        ("aws:SourceIp", "203.0.113.10"),
    ];
    let mut all = Vec::new();
    for (node, caller) in [("web", "web"), ("db", "db"), ("web", "db")] {
        all.push([tags(node, caller), home.to_vec()].concat());
    }
    let abroad = [
        ("aws:MultiFactorAuthPresent", "false"),
        ("aws:SourceVpce", "vpce-0fffffffffffffff0"),
        ("aws:SourceIp", "192.0.2.1"),
    ];
    all.push([abroad.to_vec(), tags("web", "web")].concat());
    let other_target = ("ssm:resourceTag/aws:ssmmessages:target-id", "i-0fffffffffffffff0");
    all.push([vec![other_target], tags("web", "web"), home.to_vec()].concat());
    all
}

/// What anybody may ask for, in every situation.
fn requests(call: &str, table: &Table) -> Vec<Request<'static>> {
    let node = Values::default().replace("${InstanceId}", "i-0123456789abcdef0");
    let asked = table.capabilities.iter().flat_map(|capability| &capability.requests);
    let of_service = |principal: &str| principal.starts_with("service:");
    let mut all: Vec<_> = asked
        .filter(|asked| !of_service(asked.principal))
        .map(|asked| table.request(asked, &node))
        .collect();
    for (action, resource, context) in Chosen::new(call, &json!({"sessions": []})).neighbours() {
        let pair = |(key, value): (&'static str, &'static str)| {
            (key.into(), ContextValue::One(value.into()))
        };
        all.push(Request {
            principal: "arn:aws:iam::111122223333:user/JohnDoe".into(),
            action: action.into(),
            resource: resource.into(),
            resource_account: Some(ACCOUNT.into()),
            context: context.into_iter().map(pair).collect(),
            ..Request::default()
        });
    }
    let mut known = BTreeSet::new();
    all.retain(|request| known.insert((request.action.to_string(), request.resource.to_string())));
    let mut in_situations = Vec::new();
    for request in all {
        for situation in situations() {
            let mut request = request.clone();
            let own = std::mem::take(&mut request.context);
            let named =
                |key: &str| situation.iter().any(|(known, _)| known.eq_ignore_ascii_case(key));
            request.context = situation
                .iter()
                .map(|(k, v)| ((*k).into(), ContextValue::One((*v).into())))
                .collect();
            request.context.extend(own.into_iter().filter(|(key, _)| !named(key)));
            in_situations.push(request);
        }
    }
    in_situations
}

#[test]
fn no_restriction_lets_more_through_beside_any_other_option() {
    let table = Table::new();
    let mut seen = Seen::default();
    let (mut compared, mut narrowed) = (0, 0);
    for (call, choices) in calls() {
        if !matches!(call, "node" | "operator") {
            continue;
        }
        let requests = requests(call, &table);
        let restrictions = restrictions(call);
        for base in bases(call) {
            let others = choices.iter().map(|choice| with(&base, choice));
            for (options, other) in others.zip(&choices).step_by(share(25)) {
                let mut known: BTreeMap<String, Option<Vec<bool>>> = BTreeMap::new();
                for restriction in &restrictions {
                    if is_one_place(&restriction.choice, other) {
                        continue;
                    }
                    let narrow = with(&options, &restriction.choice);
                    let Ok(Built::Policy(narrow_policy)) = build(call, &narrow) else { continue };
                    let at = restriction.choice.at;
                    let without = restriction.without.clone();
                    let wide = without
                        .map_or(options.clone(), |value| with(&options, &Choice { at, value }));
                    let allowed_wide =
                        known.entry(wide.to_string()).or_insert_with(|| match build(call, &wide) {
                            Ok(Built::Policy(built)) => {
                                Some(allowed(&identity(&built.json), &requests))
                            }
                            _ => None,
                        });
                    let nothing = vec![false; requests.len()];
                    let wide_allows = allowed_wide.as_ref().unwrap_or(&nothing);
                    let narrow_allows = allowed(&identity(&narrow_policy.json), &requests);
                    compared += 1;
                    narrowed += usize::from(&narrow_allows != wide_allows);
                    for (i, request) in requests.iter().enumerate() {
                        if narrow_allows[i] && !wide_allows[i] {
                            let what = format!(
                                "{at} {} lets through {} on {}",
                                restriction.choice.value, request.action, request.resource
                            );
                            seen.add(call, &what, &narrow);
                        }
                    }
                }
            }
        }
    }
    seen.assert_none();
    assert!(compared > 20, "{compared} compared, {narrowed} narrowed");
}
