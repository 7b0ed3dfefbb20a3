//! The statements of a question, read once: each a test on the principal, the action, the resource and on condition keys.

use super::actions::Actions;
use super::caller::{self, Caller};
use super::cover::Access;
use super::pattern::{arn, resource, steps, whole, Fields, Names, Reading, Step, Steps};
use super::patterns::Patterns;
use super::question;
use super::{Budget, PolicyType};
use crate::aws::{BaseOperator, ConditionOperator, Family, Qualifier};
use crate::evaluate::{are_about, Asking, Comparison, Naming};
use crate::policy::{self, Effect, Policy, Principal, Version};
use crate::sort::sort;

/// A statement.
#[derive(Debug)]
pub(super) struct Statement<'p> {
    /// The index of its policy, and its own.
    pub at: (usize, usize),
    pub effect: Effect,
    /// As it is written, and the version of the language in which.
    written: (&'p policy::Statement, Version),
    /// Why IAM would refuse it, so that nobody knows what it does; an open question.
    pub trouble: Option<&'static str>,
    pub principal: Option<&'p Principal>,
    /// All of them must match.
    pub actions: Vec<Actions>,
    pub resources: Option<Resources>,
    pub tests: Vec<Test<'p>>,
    /// For each caller of the question whether it is about that one; none where nobody is named, and where there are too
    /// many to look at.
    pub about: Vec<Option<bool>>,
}

/// A list of resources.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Resources {
    pub is_negated: bool,
    /// Whether one of them is `*`.
    pub has_everything: bool,
    /// Whether the resource `*` of a request is in it.
    pub has_star: bool,
    pub patterns: Patterns,
}

/// A condition on one key.
#[derive(Debug)]
pub(super) struct Test<'p> {
    pub key: usize,
    pub operator: ConditionOperator,
    pub written: &'p [String],
    /// Of an operator on texts.
    pub texts: Patterns,
    /// Of any other.
    pub comparison: Option<Comparison<'p>>,
    /// Whether a variable can shift the parts of an ARN.
    pub shifts: bool,
}

/// What the values of an operator are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Moment,
    Address,
    Boolean,
    Bytes,
}

/// At most so many callers are held against so many entries of `Principal`.
pub(super) const MOST_COMPARISONS: usize = 5_000_000;

/// The statements of some policies, which have a say together.
pub(super) fn read<'p>(
    policies: &'p [Policy],
    policy_type: PolicyType,
    crosses: bool,
    callers: &[Caller],
    names: &mut Names,
) -> Vec<Statement<'p>> {
    let mut statements = Vec::new();
    for (i, policy) in policies.iter().enumerate() {
        for (j, written) in policy.statements.iter().enumerate() {
            let at = (i, j);
            statements.push(one(written, at, policy.version, policy_type, crosses, names));
        }
    }
    hold(&mut statements, callers, Naming::Account);
    statements
}

/// Holds the callers against whom the statements name; a grant is about those for whom it names at least this. Whether
/// it makes a difference.
pub(super) fn hold(statements: &mut [Statement], callers: &[Caller], least: Naming) -> bool {
    let (mut comparisons, mut differs) = (MOST_COMPARISONS, false);
    let asking: Vec<Asking> = callers.iter().map(|caller| Asking::new(&caller.text)).collect();
    for statement in statements {
        let Some(principal) = statement.principal else { continue };
        let cost = callers.len() * (1 + caller::listed(principal).count());
        comparisons = comparisons.saturating_sub(cost);
        if comparisons > 0 {
            let least = if statement.allows() { least } else { Naming::Account };
            let about = are_about(principal, least, &asking);
            differs |= about != statement.about;
            statement.about = about;
        }
    }
    differs
}

/// One statement.
pub(super) fn one<'p>(
    statement: &'p policy::Statement,
    at: (usize, usize),
    version: Version,
    policy_type: PolicyType,
    crosses: bool,
    names: &mut Names,
) -> Statement<'p> {
    let has_variables = version == Version::V2012;
    let is_resource_policy = policy_type == PolicyType::Resource;
    let element = &statement.action;
    let mut actions = vec![Actions::read(element.negated, element.values.as_slice())];
    let may_be_trust = element.negated || actions.iter().any(|list| list.of("sts").is_some());
    let mut trouble = None;
    let resources = match &statement.resource {
        Some(list) => {
            let completes = |text: &str| match policy_type {
                PolicyType::Identity => true,
                PolicyType::ServiceControl => text.ends_with('*'),
                PolicyType::Resource => false,
            };
            let reading = Fields { completes: &completes, has_variables, crosses };
            Some(read_resources(list, reading, names))
        }
        None if is_resource_policy && may_be_trust => {
            // The policy of a role: who may assume it.
            actions.push(Actions::read(false, &["sts:*".to_owned()]));
            Some(Resources {
                is_negated: false,
                has_everything: false,
                has_star: false,
                patterns: Patterns::new(vec![whole("arn:*:iam:*:*:role/*")]),
            })
        }
        None => {
            trouble = Some(question::MALFORMED);
            None
        }
    };
    if statement.principal.is_some() != is_resource_policy {
        trouble = Some(question::MALFORMED);
    }
    if statement.effect == Effect::Allow && statement.principal.as_ref().is_some_and(|p| p.negated)
    {
        trouble = Some(question::NOT_PRINCIPAL);
    }
    let mut tests = Vec::new();
    for (operator, key, values) in statement.condition.entries() {
        match read_test(operator, key, values.as_slice(), has_variables, names) {
            Some(test) => tests.push(test),
            None => trouble = trouble.or(Some(question::OPERATOR)),
        }
    }
    let principal = statement.principal.as_ref().filter(|_| is_resource_policy);
    Statement {
        at,
        effect: statement.effect,
        written: (statement, version),
        trouble,
        principal,
        actions,
        resources,
        tests,
        about: Vec::new(),
    }
}

fn read_resources(list: &policy::Element, reading: Fields, names: &mut Names) -> Resources {
    let (mut has_everything, mut patterns) = (false, Vec::new());
    for text in list.values.as_slice() {
        if !text.is_empty() && text.bytes().all(|b| b == b'*') {
            has_everything = true;
        } else {
            patterns.extend(resource(text, reading, names));
        }
    }
    let patterns = Patterns::new(patterns);
    Resources { is_negated: list.negated, has_everything, has_star: has_everything, patterns }
}

fn read_test<'p>(
    operator: &str,
    key: &str,
    written: &'p [String],
    has_variables: bool,
    names: &mut Names,
) -> Option<Test<'p>> {
    let operator = ConditionOperator::parse(operator)
        .filter(|o| o.base != BaseOperator::Null || o.qualifier.is_none())?;
    let key = names.key(key);
    let mut test = Test {
        key,
        operator,
        written,
        texts: Patterns::default(),
        comparison: None,
        shifts: false,
    };
    match operator.base.family() {
        Family::String => {
            let reading = Reading {
                has_wildcards: operator.base.takes_wildcards(),
                has_variables,
                ignores_case: matches!(
                    operator.base,
                    BaseOperator::StringEqualsIgnoreCase | BaseOperator::StringNotEqualsIgnoreCase
                ),
                colons: true,
            };
            let texts = written.iter().map(|text| steps(text, reading, names));
            test.texts = Patterns::new(texts.collect());
        }
        Family::Arn => {
            let mut texts = Vec::new();
            for (steps, shifts) in written.iter().filter_map(|text| arn(text, has_variables, names))
            {
                texts.push(steps);
                test.shifts |= shifts;
            }
            test.texts = Patterns::new(texts);
        }
        Family::Null => {}
        _ => test.comparison = Some(Comparison::new(operator.base, written)),
    }
    Some(test)
}

impl Statement<'_> {
    /// Whether they say the same in the same words.
    pub fn is_same(&self, other: &Statement) -> bool {
        let ((a, of_a), (b, of_b)) = (self.written, other.written);
        of_a == of_b
            && a.action == b.action
            && a.resource == b.resource
            && a.principal == b.principal
            && a.condition == b.condition
    }

    /// Whether a star at the end of a field of its resources could run over colons.
    pub fn may_cross(&self) -> bool {
        let is_end = |pair: &[Step]| matches!(pair, [Step::Run { .. }, Step::Letter(':')]);
        let patterns = self.resources.iter().flat_map(|list| &list.patterns);
        patterns.into_iter().any(|pattern| pattern.windows(2).any(is_end))
    }

    /// Whether it allows all but resources of which one has a variable: without a value for it nobody knows what that
    /// allows.
    pub fn is_open_without_value(&self) -> bool {
        let is_variable =
            |pattern: &Steps| pattern.iter().any(|step| matches!(step, Step::Variable(_)));
        let lists = self.resources.iter().filter(|list| list.is_negated);
        self.allows() && lists.flat_map(|list| &list.patterns).any(is_variable)
    }

    /// What it speaks of.
    pub fn access(&self) -> Access<'_> {
        (&self.actions, self.resources.as_ref())
    }

    /// Whether it allows.
    pub fn allows(&self) -> bool {
        self.effect == Effect::Allow
    }
}

impl Resources {
    /// Whether it holds wherever the other does, as far as the texts show it.
    pub fn follows_from(&self, other: &Resources, budget: &Budget) -> bool {
        if !self.is_negated && self.has_everything {
            return true;
        }
        let is_in = |inner: &Resources, outer: &Resources| {
            outer.has_everything
                || !inner.has_everything
                    && (outer.has_star || !inner.has_star)
                    && inner.patterns.are_within(&outer.patterns, budget)
        };
        match (self.is_negated, other.is_negated) {
            (false, false) => is_in(other, self),
            (true, true) => is_in(self, other),
            (true, false) => !self.may_meet(other, budget),
            (false, true) => false,
        }
    }

    /// Whether a resource may be in both lists, of which neither is read as negated.
    pub fn may_meet(&self, other: &Resources, budget: &Budget) -> bool {
        let meets = |(has_everything, them): (bool, &Resources)| {
            has_everything && (them.has_star || !them.patterns.is_empty())
        };
        self.has_star && other.has_star
            || meets((self.has_everything, other))
            || meets((other.has_everything, self))
            || self.patterns.may_meet(&other.patterns, budget)
    }
}

impl Test<'_> {
    /// What its values are; `None` for `Null`.
    pub fn kind(&self) -> Option<Kind> {
        Some(match self.operator.base.family() {
            Family::String | Family::Arn => Kind::Text,
            Family::Numeric => Kind::Number,
            Family::Date => Kind::Moment,
            Family::IpAddress => Kind::Address,
            Family::Bool => Kind::Boolean,
            Family::Binary => Kind::Bytes,
            Family::Null => return None,
        })
    }

    /// Whether the case of letters does not count.
    pub fn folds(&self) -> bool {
        use BaseOperator::{StringEqualsIgnoreCase, StringNotEqualsIgnoreCase};
        matches!(self.operator.base, StringEqualsIgnoreCase | StringNotEqualsIgnoreCase)
    }

    pub fn is_negated(&self) -> bool {
        self.operator.base.is_negated()
    }

    pub fn has_qualifier(&self) -> bool {
        self.operator.qualifier.is_some()
    }

    /// Whether every member of a value must be one of the texts.
    pub fn bounds_each(&self) -> bool {
        self.kind() == Some(Kind::Text)
            && !self.is_negated()
            && self.operator.qualifier != Some(Qualifier::ForAnyValue)
    }

    /// Whether it holds wherever the other does, as far as the texts show it.
    pub fn follows_from(&self, other: &Test, budget: &Budget) -> bool {
        if self.key != other.key {
            return false;
        }
        if self.operator != other.operator {
            // A key that has one of some values is there.
            return self.operator.base == BaseOperator::Null
                && self.wants("false")
                && other.implies_presence();
        }
        if self.kind() == Some(Kind::Text) {
            return match self.is_negated() {
                true => are_in(&self.texts, &other.texts, budget),
                false if self.shifts || other.shifts => are_in(&other.texts, &self.texts, budget),
                false => other.texts.are_within(&self.texts, budget),
            };
        }
        let (inner, outer) = match self.is_negated() {
            true => (self.written, other.written),
            false => (other.written, self.written),
        };
        are_in(inner, outer, budget)
    }

    /// Whether it can hold only with the key.
    pub fn implies_presence(&self) -> bool {
        match self.operator.qualifier {
            Some(Qualifier::ForAllValues) => false,
            Some(Qualifier::ForAnyValue) => true,
            None => {
                !self.is_negated()
                    && !self.operator.if_exists
                    && self.operator.base != BaseOperator::Null
            }
        }
    }

    /// Whether `Null` has the word.
    pub fn wants(&self, word: &str) -> bool {
        self.written.iter().any(|value| value.eq_ignore_ascii_case(word))
    }

    /// Whether it may take an empty text for no value.
    pub fn may_pass_over_empty(&self) -> bool {
        match self.operator.base {
            BaseOperator::Null => self.wants("true") && !self.wants("false"),
            _ => self.operator.qualifier == Some(Qualifier::ForAllValues),
        }
    }

    /// Whether it holds without the key.
    pub fn without_key(&self) -> bool {
        match self.operator.qualifier {
            _ if self.operator.base == BaseOperator::Null => self.wants("true"),
            Some(Qualifier::ForAllValues) => true,
            Some(Qualifier::ForAnyValue) => false,
            None => self.operator.if_exists || self.is_negated(),
        }
    }
}

/// Whether each of these is one of those, as far as steps are left.
fn are_in<T: Ord>(inner: &[T], outer: &[T], budget: &Budget) -> bool {
    if !budget.count(1 + inner.len() + outer.len()) {
        return false;
    }
    let mut sorted: Vec<&T> = outer.iter().collect();
    sort(&mut sorted);
    inner.iter().all(|one| sorted.binary_search(&one).is_ok())
}
