//! What a document means: the policy that IAM would read from it, or what keeps IAM from reading one.
//!
//! A single statement is a list of one, a number or boolean in a condition is its text, a document without a version
//! is of 2008. Names that match nothing are kept: they are mistakes, yet they have a meaning. Elements that IAM does
//! not know are refused as IAM does, since a condition with a misspelt name would otherwise silently be none.

use std::fmt;

use super::{Condition, Effect, Element, Policy, Principal, Statement, Strings, Version, Who};
use crate::aws::{ConditionOperator, PrincipalType};
use crate::document::{self, one_or_many, Document, Language};
use crate::json::{Member, Node, Place, Value};

/// Why a document is no policy, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The value or key that is wrong, or that lacks something.
    pub place: Place,
    /// What is wrong.
    pub problem: Problem,
}

/// What keeps a document from being a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The document or a statement is no object.
    NotAnObject,
    /// There is no `Statement`, or none in it.
    NoStatement,
    /// `Version` is none that IAM has.
    Version,
    /// An element that IAM does not know.
    UnknownElement,
    /// An element stands twice in its object.
    Twice,
    /// `Sid` or `Id` is no string.
    NotAString,
    /// `Effect` is absent from a statement.
    NoEffect,
    /// `Effect` is neither `Allow` nor `Deny`.
    Effect,
    /// Neither `Action` nor `NotAction` stands in a statement.
    NoAction,
    /// An element stands beside its form with `Not`.
    Both,
    /// An element that takes a string or a list of strings has something else.
    NotStrings,
    /// `Principal` or `NotPrincipal` is neither `"*"` nor an object of principal types.
    Principal,
    /// `Condition`, or what stands under an operator, is no object.
    Condition,
    /// The value of a condition key is no string, number or boolean, and no list of these.
    ConditionValue,
    /// The name of an operator is longer than any that IAM has.
    Operator,
}

impl Refused {
    fn at(node: &Node, problem: Problem) -> Self {
        Refused { place: Place::of(node), problem }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Problem::NotAnObject => "must be an object",
            Problem::NoStatement => "has no statement, and IAM takes no policy without one (its grammar of policies, read 2026-11); to allow \
                 nothing, deny everything",
            Problem::Version => "must be 2012-10-17 or 2008-10-17",
            Problem::UnknownElement => "is no element of an IAM policy",
            Problem::Twice => "stands twice, and must stand once",
            Problem::NotAString => "must be a string",
            Problem::NoEffect => "has no Effect; it must be Allow or Deny",
            Problem::Effect => "must be Allow or Deny",
            Problem::NoAction => "has no Action and no NotAction, such as ssm:StartSession",
            Problem::Both => "cannot stand beside its form without Not",
            Problem::NotStrings => "must be a string or a list of strings",
            Problem::Principal => {
                "must be \"*\" or an object with AWS, Service, Federated or CanonicalUser"
            }
            Problem::Condition => {
                "must be an object, such as {\"StringEquals\": {\"aws:username\": \"alice\"}}"
            }
            Problem::ConditionValue => "must be a string, a number, a boolean, or a list of these",
            Problem::Operator => "is no operator of a condition, such as StringEquals",
        })
    }
}

impl Policy {
    /// The policy that the document means.
    ///
    /// # Errors
    /// What keeps IAM from reading it, the first in the document.
    pub fn lower(document: &Document) -> Result<Self, Refused> {
        let root = document.root;
        if root.as_object().is_none() {
            return Err(Refused::at(root, Problem::NotAnObject));
        }
        known_once(document.members, &document::DOCUMENT_ELEMENTS)?;
        string_if_any(document.members, "Id")?;
        let version = match (document.language(), document.version) {
            (Language::V2012, _) => Version::V2012,
            (Language::Unknown, Some(element)) => {
                return Err(Refused::at(element.value, Problem::Version))
            }
            _ => Version::V2008,
        };
        let Some(statement) = document.statement else {
            return Err(Refused::at(root, Problem::NoStatement));
        };
        let nodes = one_or_many(statement.value);
        if nodes.is_empty() {
            return Err(Refused::at(root, Problem::NoStatement));
        }
        if let Some(node) = nodes.iter().find(|node| node.as_object().is_none()) {
            return Err(Refused::at(node, Problem::NotAnObject));
        }
        let statements: Result<_, _> = document.all_statements().map(lower_statement).collect();
        let id = document.members.iter().find(|member| member.key.text == "Id");
        let id = id.and_then(|id| id.value.as_text()).map(|id| id.text.clone().into_owned());
        Ok(Policy { version, id, statements: statements? })
    }
}

fn lower_statement(statement: &document::Statement) -> Result<Statement, Refused> {
    known_once(statement.members, &document::STATEMENT_ELEMENTS)?;
    string_if_any(statement.members, "Sid")?;
    let effect = match (statement.effect(), statement.effect) {
        (Some(document::Effect::Allow), _) => Effect::Allow,
        (Some(document::Effect::Deny), _) => Effect::Deny,
        (None, Some(element)) => return Err(Refused::at(element.value, Problem::Effect)),
        (None, None) => return Err(Refused::at(statement.node, Problem::NoEffect)),
    };
    let principal = match (&statement.principal, &statement.not_principal) {
        (Some(_), Some(not)) => return Err(both(&not.element)),
        (Some(principal), None) => Some((principal, false)),
        (None, Some(principal)) => Some((principal, true)),
        (None, None) => None,
    };
    let principal = principal.map(|(principal, negated)| {
        lower_principal(principal).map(|who| Principal { negated, who })
    });
    let action = element(statement.action, statement.not_action)?;
    Ok(Statement {
        sid: statement.sid.and_then(|sid| sid.text()).map(str::to_owned),
        effect,
        principal: principal.transpose()?,
        action: action.ok_or_else(|| Refused::at(statement.node, Problem::NoAction))?,
        resource: element(statement.resource, statement.not_resource)?,
        condition: lower_condition(statement)?,
    })
}

fn known_once(members: &[Member], known: &[&str]) -> Result<(), Refused> {
    for (i, member) in members.iter().enumerate() {
        let problem = if !known.contains(&member.key.text.as_ref()) {
            Problem::UnknownElement
        } else if members.iter().take(i).any(|before| before.key.text == member.key.text) {
            Problem::Twice
        } else {
            continue;
        };
        return Err(Refused { place: Place::of_key(&member.key), problem });
    }
    Ok(())
}

fn string_if_any(members: &[Member], name: &str) -> Result<(), Refused> {
    match members.iter().find(|member| member.key.text == name) {
        Some(member) if member.value.as_text().is_none() => {
            Err(Refused::at(&member.value, Problem::NotAString))
        }
        _ => Ok(()),
    }
}

fn both(element: &document::Element) -> Refused {
    Refused { place: Place::of_key(element.key), problem: Problem::Both }
}

fn element(
    plain: Option<document::Element>,
    negated: Option<document::Element>,
) -> Result<Option<Element>, Refused> {
    let (element, negated) = match (plain, negated) {
        (Some(_), Some(not)) => return Err(both(&not)),
        (Some(element), None) => (element, false),
        (None, Some(element)) => (element, true),
        (None, None) => return Ok(None),
    };
    Ok(Some(Element { negated, values: strings(element.value)? }))
}

fn strings(node: &Node) -> Result<Strings, Refused> {
    each(node, |value| match &value.value {
        Value::String(text) => Ok(text.text.clone().into_owned()),
        _ => Err(Refused::at(value, Problem::NotStrings)),
    })
}

fn each(node: &Node, text: impl Fn(&Node) -> Result<String, Refused>) -> Result<Strings, Refused> {
    match node.as_array() {
        Some(nodes) => Ok(Strings::Many(nodes.iter().map(text).collect::<Result<_, _>>()?)),
        None => Ok(Strings::One(text(node)?)),
    }
}

fn lower_principal(principal: &document::Principal) -> Result<Who, Refused> {
    if principal.is_star() {
        return Ok(Who::Everyone);
    }
    if principal.element.value.as_object().is_none() {
        return Err(Refused::at(principal.element.value, Problem::Principal));
    }
    let mut listed = Vec::new();
    for entry in &principal.entries {
        if PrincipalType::from_name(&entry.key.text).is_none() {
            return Err(Refused { place: entry.key_place(), problem: Problem::Principal });
        }
        listed.push((entry.key.text.clone().into_owned(), strings(entry.value)?));
    }
    Ok(Who::Listed(listed))
}

fn lower_condition(statement: &document::Statement) -> Result<Condition, Refused> {
    let mut condition = Condition::default();
    let Some(element) = statement.condition.element else {
        return Ok(condition);
    };
    let not_an_object = |node| Refused::at(node, Problem::Condition);
    let operators = element.value.as_object().ok_or_else(|| not_an_object(element.value))?;
    for operator in operators {
        if operator.key.text.len() > ConditionOperator::MOST_BYTES {
            return Err(Refused {
                place: Place::of_key(&operator.key),
                problem: Problem::Operator,
            });
        }
        let members = operator.value.as_object().ok_or_else(|| not_an_object(&operator.value))?;
        for member in members {
            let values = each(&member.value, condition_value)?;
            condition.add_written(&operator.key.text, &member.key.text, values);
        }
    }
    Ok(condition)
}

fn condition_value(node: &Node) -> Result<String, Refused> {
    match &node.value {
        Value::String(text) => Ok(text.text.clone().into_owned()),
        Value::Number(number) => Ok((*number).to_owned()),
        Value::Bool(value) => Ok(value.to_string()),
        _ => Err(Refused::at(node, Problem::ConditionValue)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Policy, Problem};
    use crate::aws::ConditionOperator;
    use crate::document::Document;
    use crate::json::{parse, PathElement};
    use crate::policy::{Effect, Statement, Strings, Version};

    fn lower(text: &str) -> Result<Policy, (String, Problem)> {
        let root = parse(text).root.unwrap();
        Policy::lower(&Document::new(&root))
            .map_err(|refused| (PathElement::pointer(&refused.place.path(&root)), refused.problem))
    }

    #[test]
    fn what_is_written_in_two_ways_means_the_same() {
        let policy = lower(
            r#"{"Id": "x", "Statement": {"Effect": "Deny", "NotAction": "a:B",
                "Condition": {"Bool": {"k": true}, "NumericEquals": {"k": [1, 2.50]}, "Null": {}}}}"#,
        )
        .unwrap();
        assert_eq!(policy.version, Version::V2008);
        let [statement] = policy.statements.as_slice() else { panic!("{policy:?}") };
        assert!(statement.action.negated && statement.resource.is_none());
        let values: Vec<_> = statement.condition.entries().map(|(_, _, values)| values).collect();
        assert_eq!(values, [&Strings::One("true".to_owned()), &Strings::many(["1", "2.50"])]);
    }

    #[test]
    fn what_is_said_again_holds_as_well() {
        let text = r#"{"Statement": {"Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition":
            {"StringLike": {"aws:userid": "a*", "AWS:UserId": "*b"}, "stringlike": {"k": "v"}}}}"#;
        let policy = lower(text).unwrap();
        let [statement] = policy.statements.as_slice() else { panic!("{policy:?}") };
        let said: Vec<_> = statement
            .condition
            .entries()
            .map(|(o, key, v)| (o, key, v.as_slice().join(",")))
            .collect();
        let expected = [
            ("StringLike", "aws:userid", "a*"),
            ("StringLike", "AWS:UserId", "*b"),
            ("stringlike", "k", "v"),
        ];
        assert_eq!(said, expected.map(|(o, key, value)| (o, key, value.to_owned())));
        // Nothing of it is lost in print.
        assert_eq!(lower(&policy.to_json()), Ok(policy));
    }

    #[test]
    fn a_printed_policy_comes_back() {
        let statement = Statement::new(Effect::Allow, ["ssm:StartSession", "\"\\\u{1}"], ["*"]);
        let policy = Policy::new(vec![statement]);
        assert_eq!(lower(&policy.to_json()), Ok(policy));
    }

    #[test]
    fn what_iam_cannot_read_is_named_at_its_place() {
        let in_statement = |rest: &str| {
            let base = r#""Effect": "Allow", "Action": "a:B", "Resource": "*""#;
            format!(r#"{{"Statement": [{{{base}, {rest}}}]}}"#)
        };
        // As long as one may be, and a letter more.
        let longest = "x".repeat(ConditionOperator::MOST_BYTES);
        let is_taken = in_statement(&format!(r#""Condition": {{"{longest}": {{"k": "v"}}}}"#));
        assert!(lower(&is_taken).is_ok());
        let long = longest + "x";
        for (text, place, problem) in [
            ("[]".to_owned(), "", Problem::NotAnObject),
            ("{}".to_owned(), "", Problem::NoStatement),
            (r#"{"Statement": []}"#.to_owned(), "", Problem::NoStatement),
            (r#"{"Statement": [1]}"#.to_owned(), "/Statement/0", Problem::NotAnObject),
            (r#"{"Version": "2012", "Statement": {}}"#.to_owned(), "/Version", Problem::Version),
            (r#"{"Statment": {}}"#.to_owned(), "/Statment", Problem::UnknownElement),
            (r#"{"Statement": {"Action": "a:B"}}"#.to_owned(), "/Statement", Problem::NoEffect),
            (
                r#"{"Statement": {"Effect": "allow"}}"#.to_owned(),
                "/Statement/Effect",
                Problem::Effect,
            ),
            (r#"{"Statement": {"Effect": "Deny"}}"#.to_owned(), "/Statement", Problem::NoAction),
            (in_statement(r#""Sid": 1"#), "/Statement/0/Sid", Problem::NotAString),
            (in_statement(r#""NotAction": "a:C""#), "/Statement/0/NotAction", Problem::Both),
            (in_statement(r#""Effect": "Deny""#), "/Statement/0/Effect", Problem::Twice),
            (
                in_statement(r#""Conditions": {}"#),
                "/Statement/0/Conditions",
                Problem::UnknownElement,
            ),
            (in_statement(r#""Principal": "x""#), "/Statement/0/Principal", Problem::Principal),
            (
                in_statement(r#""Principal": {"aws": "*"}"#),
                "/Statement/0/Principal/aws",
                Problem::Principal,
            ),
            (
                in_statement(r#""Principal": {"AWS": [1]}"#),
                "/Statement/0/Principal/AWS/0",
                Problem::NotStrings,
            ),
            (in_statement(r#""Condition": []"#), "/Statement/0/Condition", Problem::Condition),
            (
                in_statement(r#""Condition": {"Bool": 1}"#),
                "/Statement/0/Condition/Bool",
                Problem::Condition,
            ),
            (
                in_statement(r#""Condition": {"Bool": {"k": [null]}}"#),
                "/Statement/0/Condition/Bool/k/0",
                Problem::ConditionValue,
            ),
            (
                in_statement(&format!(r#""Condition": {{"{long}": {{"k": "v"}}}}"#)),
                &format!("/Statement/0/Condition/{long}"),
                Problem::Operator,
            ),
        ] {
            assert_eq!(lower(&text), Err((place.to_owned(), problem)), "{text}");
        }
    }
}
