//! An option that restricts lets nothing through that is not let through without it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use postern::evaluate::{ContextValue, Request};
use serde_json::{json, Value as Json};

use super::asking::{allowed, identity, Table, Values, ACCOUNT};
use super::chosen::Chosen;
use super::pairs::{with, Choice, Restriction};
use crate::contract::builders::{build, Built};

/// Condition keys of a request, and their values.
type Context = Vec<(String, &'static str)>;

/// What there is to know of a request beside what it asks for. The key comes first that counts.
fn situations() -> Vec<Context> {
    let tags = |node: &'static str, caller: &'static str| {
        let mut all = Context::new();
        for (key, value) in [("Team", node), ("Project", node), ("Cost Center", "1/2")] {
            for prefix in ["ssm:resourceTag/", "aws:ResourceTag/", "ecs:ResourceTag/"] {
                all.push((format!("{prefix}{key}"), value));
            }
        }
        for key in ["aws:PrincipalTag/Team", "aws:PrincipalTag/Project"] {
            all.push((key.to_owned(), caller));
        }
        all
    };
    let of = |keys: &[(&str, &'static str)]| -> Context {
        keys.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
    };
    let home = of(&[
        ("aws:MultiFactorAuthPresent", "true"),
        ("aws:CurrentTime", "2026-11-27T00:00:00Z"),
        ("aws:SourceVpce", "vpce-0123456789abcdef0"),
        ("aws:SourceIp", "203.0.113.10"),
    ]);
    let abroad = of(&[
        ("aws:MultiFactorAuthPresent", "false"),
        ("aws:CurrentTime", "2027-11-27T00:00:00Z"),
        ("aws:SourceVpce", "vpce-0fffffffffffffff0"),
        ("aws:SourceIp", "192.0.2.1"),
    ]);
    let unchecked = of(&[("ssm:SessionDocumentAccessCheck", "false")]);
    let other_target = of(&[("ssm:resourceTag/aws:ssmmessages:target-id", "i-0fffffffffffffff0")]);
    let mut all: Vec<Context> = [("web", "web"), ("db", "db"), ("web", "db")]
        .map(|(node, caller)| [tags(node, caller), home.clone()].concat())
        .into();
    all.push([abroad, tags("web", "web")].concat());
    all.push([unchecked, tags("web", "web"), home.clone()].concat());
    all.push([other_target, tags("web", "web"), home].concat());
    all
}

/// What anybody may ask for, in every situation.
pub fn requests(call: &str, table: &Table) -> Arc<[Request<'static>]> {
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
            let own: Vec<_> = own.into_iter().filter(|(key, _)| !named(key)).collect();
            let of_situation = situation
                .iter()
                .map(|(key, value)| (key.clone().into(), ContextValue::One((*value).into())));
            request.context = of_situation.chain(own).collect();
            in_situations.push(request);
        }
    }
    in_situations.into()
}

/// A call, what it is asked, and which of it the policies of options allow that were built before.
pub struct Law {
    call: &'static str,
    requests: Arc<[Request<'static>]>,
    known: BTreeMap<String, Vec<bool>>,
}

/// What came of one restriction.
pub struct Narrowed {
    /// What is let through with it and not without, in words.
    pub problems: Vec<String>,
    /// Whether it takes anything away.
    pub takes_away: bool,
}

impl Law {
    pub fn new(call: &'static str, requests: Arc<[Request<'static>]>) -> Self {
        Law { call, requests, known: BTreeMap::new() }
    }

    /// Holds the options with the restriction against those without; `None` where they do not go together.
    pub fn hold(&mut self, options: &Json, restriction: &Restriction) -> Option<Narrowed> {
        let narrow = with(options, &restriction.choice);
        let Built::Policy(built) = build(self.call, &narrow).ok()? else { return None };
        let at = restriction.choice.at;
        let wide = match restriction.without.clone() {
            Some(value) => with(options, &Choice { at, value }),
            None => options.clone(),
        };
        let (call, requests) = (self.call, &self.requests);
        let wide_allows =
            self.known.entry(wide.to_string()).or_insert_with(|| match build(call, &wide) {
                Ok(Built::Policy(built)) => allowed(&identity(&built.json), requests),
                _ => vec![false; requests.len()],
            });
        let narrow_allows = allowed(&identity(&built.json), requests);
        // In the guide of 2023 the default document is listed with the check only, and nothing starts without one.
        let is_listed_for_it = |request: &Request| {
            at == "documentAccessCheck"
                && (options["edition"] == "2023" && options["scope"] != "least-privilege")
                && request.resource.ends_with(":document/SSM-SessionManagerRunShell")
        };
        // Kinds are those of nodes that are not given by ID.
        let speaks_of_other_nodes =
            at == "targets.instanceIds" && !options["targets"]["kinds"].is_null();
        // In the guide of 2023 Remote Desktop asks for the check where it allows the document, and not where it allows nodes
        // with a tag. A session is authorised on both.
        let is_checked_with_document = |request: &Request| {
            let is_unchecked = |(key, value): &(Cow<str>, ContextValue)| {
                key == "ssm:SessionDocumentAccessCheck" && value.values() == ["false"]
            };
            at.starts_with("targets.")
                && (options["edition"] == "2023" && options["scope"] != "least-privilege")
                && !options["remoteDesktop"].is_null()
                && request.resource.contains("instance/")
                && request.context.iter().any(is_unchecked)
        };
        let mut problems = Vec::new();
        for ((request, narrow), wide) in requests.iter().zip(&narrow_allows).zip(&*wide_allows) {
            let is_excepted = speaks_of_other_nodes
                || is_listed_for_it(request)
                || is_checked_with_document(request);
            if *narrow && !*wide && !is_excepted {
                let (action, resource) = (&request.action, &request.resource);
                let what = &restriction.choice.value;
                problems.push(format!("{at} {what} lets through {action} on {resource}"));
            }
        }
        Some(Narrowed { problems, takes_away: narrow_allows != *wide_allows })
    }
}
