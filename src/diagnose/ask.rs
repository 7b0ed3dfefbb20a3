//! Puts the requests of a capability to the evaluator, against the policies that have a say.
//!
//! Assumed, since a role's own policies do not tell: no session policy; for a key of the role's account a key policy that
//! lets policies of the account decide, and a bucket policy that is not in the way, where none is given.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::blanks;
use super::layers::{Beside, Layers, Levels, Policies, Setting, Settings};
use super::question::{Question, VIA};
use super::role::{resources, Field, Role, KEY_POLICY};
use super::stand_in::principals_of;
use super::tag::tag_of_resource;
use super::ungiven::Compared;
use super::want::{Assignment, Facts, Named};
use crate::aws::{is_account_id, split_fields, LONGEST_ARN};
use crate::evaluate::{Decision, Gate, Prepared, Verdict};
use crate::session::capabilities::{Capability, Request, ResourcePolicy, Side};
use crate::session::related::EndpointService;
use crate::sort::set;

/// The answer to one request of a capability.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) capability: &'static Capability,
    pub(super) request: &'static Request,
    /// The resource that was asked for, with words in angle brackets for what was not given.
    pub(super) resource: String,
    /// Who asks, in words.
    pub(super) who: String,
    /// Whether that is an IAM user.
    pub(super) is_user: bool,
    /// Values of the request that nobody gave, and the same with such words.
    pub(super) stand_ins: Vec<(String, String)>,
    pub(super) decision: Decision,
    pub(super) class: Class,
    /// The policies that may deny it, of which only the deployment knows whether they do.
    pub(super) may_deny: Vec<String>,
    /// The policies that may allow it, of which it is not certain that they count.
    pub(super) may_allow: Vec<String>,
    /// Placeholders without a value on which the outcome depends, and values with which it is allowed.
    pub(super) open: Assignment,
    /// Names of values of a want that stand in condition keys on which the outcome depends, and were not given.
    pub(super) ungiven: Vec<&'static str>,
    /// Whether it is the answer for a hybrid node, while nobody said which node is meant and one of EC2 is refused.
    pub(super) is_hybrid: bool,
    /// The accounts of the role with which it may be allowed, where it is with no other.
    pub(super) accounts: Option<BTreeSet<String>>,
    /// Whether the decision is that of the policies with words filled in that stand for a value of somebody's own.
    pub(super) is_filled_in: bool,
    /// Whether it is allowed if all service control policies stand on one level, and the decision is that for levels of their
    /// own.
    pub(super) is_by_level: bool,
    /// The resource of the decision, or the value of a key there, where that is another than the table says first.
    pub(super) otherwise: Option<String>,
}

/// What a decision comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Allowed,
    Depends,
    Denied,
}

impl Class {
    pub(super) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Class::Allowed,
            Verdict::Depends => Class::Depends,
            Verdict::ExplicitDeny | Verdict::ImplicitDeny | Verdict::Denied => Class::Denied,
        }
    }
}

impl Answer {
    /// Whether it depends on tags of its resource and on nothing else.
    pub(super) fn depends_on_tags(&self) -> bool {
        let keys = &self.decision.depends_on;
        self.class == Class::Depends
            && self.open.is_empty()
            && !keys.is_empty()
            && keys.iter().all(|key| tag_of_resource(key).is_some())
    }
}

/// At most so many ways to fill a request are tried: nobody names that many nodes one by one,
const MOST_ASSIGNMENTS: usize = 24;
/// and fewer where they would look at more than so many statements and condition keys in all.
const MOST_LOOKED_AT: usize = 4_800;

/// Everything that is asked with, read once.
pub(super) struct Asker<'p> {
    pub(super) role: &'p Role,
    pub(super) named: Named<'p>,
    /// What the policies compare the condition keys of requests with.
    pub(super) compared: Compared<'p>,
    /// At most so many ways to fill a request are tried.
    most_assignments: usize,
    policies: &'p Policies,
    /// The policies of the role.
    own: Rc<Prepared<'p>>,
    plain: Layers<'p>,
    others: Vec<(Setting, Layers<'p>)>,
    /// As in [`Settings`].
    pub(super) opened: Vec<Layers<'p>>,
    pub(super) denying: Rc<Layers<'p>>,
    pub(super) granting: Rc<Layers<'p>>,
    /// The same for policies with words filled in: so that they allow most, and so that they deny most.
    filled: Option<Box<[Asker<'p>; 2]>>,
    /// The same with each service control policy that allows anything on a level of its own.
    apart: Option<Box<Asker<'p>>>,
}

impl<'p> Asker<'p> {
    pub(super) fn new(role: &'p Role, policies: &'p Policies, settings: &'p Settings) -> Self {
        let apart = || Box::new(Asker::on(Levels::Apart, role, policies, settings));
        let apart = policies.has_levels().then(apart);
        Asker { apart, ..Asker::on(Levels::One, role, policies, settings) }
    }

    fn on(levels: Levels, role: &'p Role, policies: &'p Policies, settings: &'p Settings) -> Self {
        let own = Rc::new(Prepared::new(policies.own(levels)));
        let denying = Rc::new(Layers::new(Prepared::new(&policies.denying)));
        let granting = Rc::new(Layers::new(Prepared::new(&policies.granting)));
        let filled = policies.filled.as_deref().zip(settings.filled.as_deref());
        let filled = filled.map(|([granting, refusing], [granting_in, refusing_in])| {
            Box::new([
                Asker::on(levels, role, granting, granting_in),
                Asker::on(levels, role, refusing, refusing_in),
            ])
        });
        Asker { filled, ..Asker::within(settings, role, policies, own, denying, granting) }
    }

    /// The same in other settings, of which alone something is read.
    pub(super) fn moved_to(&self, settings: &'p Settings) -> Self {
        let filled = self.filled.as_deref().zip(settings.filled.as_deref());
        let filled = filled.map(|(askers, settings)| {
            let [granting, refusing] = askers;
            let [granting_in, refusing_in] = settings;
            Box::new([granting.moved_to(granting_in), refusing.moved_to(refusing_in)])
        });
        let apart = self.apart.as_deref().map(|apart| Box::new(apart.moved_to(settings)));
        let (own, denying, granting) =
            (self.own.clone(), self.denying.clone(), self.granting.clone());
        let asker = Asker::within(settings, self.role, self.policies, own, denying, granting);
        Asker { filled, apart, ..asker }
    }

    fn within(
        settings: &'p Settings,
        role: &'p Role,
        policies: &'p Policies,
        own: Rc<Prepared<'p>>,
        denying: Rc<Layers<'p>>,
        granting: Rc<Layers<'p>>,
    ) -> Self {
        let (mut arns, mut compared) = (BTreeSet::new(), Compared::new());
        let resource_policies = [ResourcePolicy::Key, ResourcePolicy::Bucket].map(Field::Resource);
        let resource_policies = resource_policies.into_iter().filter_map(|at| role.policy(at));
        let principals = resource_policies.flat_map(|policy| &policy.statements);
        let principals = set(principals.flat_map(principals_of)).into_iter();
        let principals = principals.filter_map(|name| match is_account_id(name) {
            true => Some(["arn", "*", "iam", "", name, "root"]),
            false => split_fields(name),
        });
        for policy in settings
            .plain
            .identity
            .iter()
            .chain(role.sources().map(|source| &source.policy))
            .chain(&policies.denying.identity)
            .chain(&policies.granting.identity)
        {
            for statement in &policy.statements {
                compared.read(statement);
                let values = statement.condition.entries();
                let values = values.flat_map(|(_, _, strings)| strings.as_slice());
                for text in resources(statement).iter().chain(values) {
                    if text.starts_with("arn:") && text.len() <= LONGEST_ARN {
                        arns.insert(text.as_str());
                    }
                }
            }
        }
        let beside = |set| Layers::new(own.beside(set));
        let plain = beside(&settings.plain);
        let looked_at = plain.prepared.statement_count() + plain.prepared.key_count();
        Asker {
            role,
            named: Named {
                arns: arns.into_iter().filter_map(split_fields).collect(),
                principals: principals.collect(),
            },
            compared,
            most_assignments: (MOST_LOOKED_AT / looked_at).clamp(2, MOST_ASSIGNMENTS),
            plain,
            others: settings.others.iter().map(|(way, set)| (*way, beside(set))).collect(),
            opened: settings.opened.iter().map(beside).collect(),
            policies,
            own,
            denying,
            granting,
            filled: None,
            apart: None,
        }
    }

    /// Asks for one request. What is refused for an instance of EC2 and not for a hybrid node depends on which of them is
    /// meant, where nobody said so, and it is the same of what must be kept out; so does what is refused to a user and not to
    /// a role.
    pub(super) fn ask(
        &self,
        facts: &Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Answer {
        let answer = self.ask_of_node(facts, capability, request);
        let answer = self.asked_as_role(answer, facts, capability, request);
        let is_refused = answer.class == Class::Denied;
        let hybrid = is_refused.then(|| facts.of_hybrid(capability, request)).flatten();
        match hybrid.map(|facts| self.ask_of_node(&facts, capability, request)) {
            Some(hybrid) if hybrid.class != Class::Denied => {
                Answer { class: Class::Depends, is_hybrid: true, ..hybrid }
            }
            _ => answer,
        }
    }

    /// The same for the kind of node that is given. Where the policies have words that stand for a value of somebody's
    /// own, it depends on these if with some values the answer is another one.
    pub(super) fn ask_of_node(
        &self,
        facts: &Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Answer {
        let answer = self.ask_on_levels(facts, capability, request);
        let answer = self.asked_otherwise(answer, facts, capability, request);
        let filled = match (self.filled.as_deref(), answer.class) {
            (Some([granting, _]), Class::Denied) => granting,
            (Some([_, refusing]), Class::Allowed) => refusing,
            _ => return answer,
        };
        filled.asked_otherwise(answer, facts, capability, request)
    }

    /// The same, without what else the service may ask for. What some of the policies of an organization allow and others
    /// do not depends on their levels.
    fn ask_on_levels(
        &self,
        facts: &Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Answer {
        let answer = self.ask_filled(facts, capability, request);
        let Some(apart) = self.apart.as_deref().filter(|_| answer.class == Class::Allowed) else {
            return answer;
        };
        match apart.ask_filled(facts, capability, request) {
            refused if refused.class == Class::Denied => {
                Answer { class: Class::Depends, is_by_level: true, ..refused }
            }
            depends if depends.class == Class::Depends => depends,
            _ => answer,
        }
    }

    /// The same on the levels of this asker.
    fn ask_filled(
        &self,
        facts: &Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Answer {
        let answer = self.ask_as_written(facts, capability, request);
        let Some([granting, refusing]) = self.filled.as_deref() else { return answer };
        let filled = match (answer.class, request.expect_allowed) {
            (Class::Denied, true) => granting.ask_as_written(facts, capability, request),
            (Class::Allowed, _) => refusing.ask_as_written(facts, capability, request),
            _ => return answer,
        };
        match filled.class != answer.class && self.may_be_reached(&filled) {
            true => Answer { class: Class::Depends, is_filled_in: true, ..filled },
            false => answer,
        }
    }

    /// Whether what allows it with words filled in may be about its resource.
    fn may_be_reached(&self, answer: &Answer) -> bool {
        let allowing = answer.decision.matched.iter().flatten();
        let mut own = allowing
            .filter(|id| id.gate == Gate::Identity)
            .filter_map(|id| self.role.identity.get(id.index)?.policy.statements.get(id.statement));
        own.all(|statement| blanks::may_reach(statement, &answer.resource))
    }

    /// A request of the table as it stands there.
    pub(super) fn question<'a>(
        &'a self,
        facts: &'a Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Question<'a> {
        Question { role: self.role, facts, capability, request, instead: None, ungiven: &[] }
    }

    /// Asks for one request, with every value that a policy names for what is not given.
    fn ask_as_written(
        &self,
        facts: &Facts,
        capability: &'static Capability,
        request: &'static Request,
    ) -> Answer {
        let question = self.question(facts, capability, request);
        let untried = question.untried_keys(&self.compared);
        let question = Question { ungiven: &untried, ..question };
        let mut answers: Vec<(Assignment, Decision)> = Vec::new();
        let (mut may_deny, mut may_allow) = (Vec::new(), Vec::new());
        let most = self.most_assignments;
        for assignment in facts.assignments(&question, &self.named, &self.compared, most) {
            let decision = self.decide(&question, &assignment);
            if decision.verdict == Verdict::Allowed && !self.role.denying.is_empty() {
                may_deny.extend(self.may_deny(&question, &assignment));
            }
            if decision.verdict == Verdict::ImplicitDeny && !self.role.granting.is_empty() {
                may_allow.extend(self.may_allow(&question, &assignment));
            }
            answers.push((assignment, decision));
        }
        let classes = answers.iter().map(|(_, decision)| Class::of(decision.verdict));
        let best = classes.clone().min().unwrap_or(Class::Denied);
        let worst = classes.max().unwrap_or(Class::Denied);
        let is_incomplete = !self.role.unseen.is_empty() || !self.role.choices.is_empty();
        let are_all_known = best != Class::Denied && answers.len() < most && !is_incomplete;
        let is_by_account = are_all_known && question.is_of_own_account();
        let accounts = is_by_account.then(|| self.accounts(&answers)).flatten();
        // Where the values decide, the way that leads furthest is shown.
        let at = if best == worst {
            None
        } else {
            answers.iter().position(|a| Class::of(a.1.verdict) == best)
        };
        let unset =
            if best == Class::Denied { self.without_values(&question, &answers) } else { None };
        let is_open = best != worst || unset.is_some();
        // Policies that are attached and not here may allow it.
        let may_help = self.role.has_unread() || !may_allow.is_empty();
        let is_helped = best == Class::Denied && !is_open && may_help;
        let refused_anyway =
            if is_helped { self.refused_anyway(&question, &answers) } else { None };
        let mut class = if is_open { Class::Depends } else { best };
        let (open, mut decision, ungiven) = unset.unwrap_or_else(|| {
            let refused = answers.iter().find(|a| Class::of(a.1.verdict) != best);
            let names = refused.into_iter().flat_map(|(with, _)| with.keys());
            let names: Vec<_> = names.map(|name| question.value_name(name)).collect();
            let (open, decision) = answers.swap_remove(at.unwrap_or(0));
            // What is refused with values that policies name is told by these.
            let ungiven = match is_open && open.is_empty() {
                true => names,
                false => question.ungiven_values(&decision, &open),
            };
            (open, decision, ungiven)
        });
        match refused_anyway {
            Some(refused) => decision = refused,
            None if is_helped => class = Class::Depends,
            None => {}
        }
        // They may also deny what a guard must keep out.
        if class == Class::Allowed && is_incomplete && capability.is_guard() {
            class = Class::Depends;
        }
        if class == Class::Allowed && !may_deny.is_empty() {
            class = Class::Depends;
        }
        crate::sort::sort(&mut may_deny);
        may_deny.dedup();
        crate::sort::sort(&mut may_allow);
        may_allow.dedup();
        let (resource, stand_ins) = question.shown(&open);
        let open = if is_open { question.told(open) } else { Assignment::new() };
        let (who, is_user) = (question.who(), question.is_user());
        Answer {
            capability,
            request,
            resource,
            who,
            is_user,
            stand_ins,
            decision,
            class,
            may_deny,
            may_allow,
            open,
            ungiven,
            is_hybrid: false,
            accounts,
            is_filled_in: false,
            is_by_level: false,
            otherwise: None,
        }
    }

    /// The decision with these values for what is not given.
    fn decide(&self, question: &Question, assignment: &Assignment) -> Decision {
        let is_key_elsewhere = question.is_key_elsewhere(assignment);
        let layers = self.layers(question.capability, question.request, is_key_elsewhere);
        layers.prepared.evaluate(&question.put(layers, assignment))
    }

    /// What is refused with each value that stands for one that was not given, where it is not with all of them: without
    /// the condition keys that have such a value. With it the names of the values on which that depends.
    fn without_values(
        &self,
        question: &Question,
        answers: &[(Assignment, Decision)],
    ) -> Option<(Assignment, Decision, Vec<&'static str>)> {
        let ungiven = question.ungiven_keys(&self.compared);
        if ungiven.is_empty() || !question.request.expect_allowed {
            return None;
        }
        let question = Question { ungiven: &ungiven, ..*question };
        answers.iter().find_map(|(assignment, _)| {
            let decision = self.decide(&question, assignment);
            let names = question.ungiven_values(&decision, assignment);
            (Class::of(decision.verdict) != Class::Denied)
                .then(|| (assignment.clone(), decision, names))
        })
    }

    /// The policies that have a say: of a key, a bucket, a role or a VPC endpoint its own as well.
    pub(super) fn layers(
        &self,
        capability: &Capability,
        request: &Request,
        is_key_elsewhere: bool,
    ) -> &Layers<'p> {
        let setting = self.setting(capability, request, is_key_elsewhere);
        setting.and_then(|i| self.others.get(i)).map_or(&self.plain, |(_, layers)| layers)
    }

    /// In which of the other settings it is asked.
    pub(super) fn setting(
        &self,
        capability: &Capability,
        request: &Request,
        is_key_elsewhere: bool,
    ) -> Option<usize> {
        let beside = match request.resource_policy {
            _ if capability.is_guard() => Beside::EverythingElse,
            _ if is_key_elsewhere && !self.role.has(KEY_POLICY) => Beside::KeyElsewhere,
            Some(policy) => Beside::Resource(policy),
            None => Beside::Nothing,
        };
        // What a service calls for the node does not come out of the VPC.
        let is_via = request.context.iter().any(|(key, _)| VIA.contains(key));
        let is_in_vpc = capability.side == Side::Node && !is_via;
        let service = EndpointService::of_action(request.action).filter(|_| is_in_vpc);
        let find = |setting| self.others.iter().position(|(known, _)| *known == setting);
        find((beside, service)).or_else(|| find((beside, None)))
    }

    /// The accounts of whoever asks with which it may be allowed; `None` where others may do as well.
    fn accounts(&self, answers: &[(Assignment, Decision)]) -> Option<BTreeSet<String>> {
        let is_possible = |decision: &Decision| Class::of(decision.verdict) != Class::Denied;
        // A pattern for accounts may be for more than one.
        let is_pattern = self.named.arns.iter().any(|[.., account, _]| account.contains('?'));
        // What stands in for an account that was not given is that of none whom policies name.
        let (open, tried): (Vec<_>, Vec<_>) =
            answers.iter().partition(|(assignment, _)| !assignment.contains_key("Account"));
        if is_pattern || open.iter().any(|(_, decision)| is_possible(decision)) {
            return None;
        }
        let tried = tried.into_iter();
        let possible = tried.filter(|(_, decision)| is_possible(decision));
        let accounts: Option<Vec<_>> = possible.map(|(with, _)| with.get("Account")).collect();
        let accounts = accounts.filter(|all| all.iter().all(|account| is_account_id(account)))?;
        Some(set(accounts.into_iter().cloned()))
    }
}
