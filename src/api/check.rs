//! The calls about findings: checking a policy, applying fixes, listing the checks.

use serde::{Deserialize, Serialize};

use super::read::{element, read, read_at, wrong};
use super::{Error, Value};
use crate::aws::catalog;
use crate::edit;
use crate::finding;
use crate::json::{self, Node};
use crate::rules::{IdentityPolicy, PolicyKind, RULES};
use crate::text::{self, shown, LineIndex, Span};
use crate::validate;

/// The text of a policy as it came from JavaScript.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyText {
    /// The text; half a surrogate pair, which Rust cannot hold, is U+FFFD here.
    pub text: String,
    /// The first such half, in UTF-16 code units from 0.
    pub lone_surrogate: Option<usize>,
}

impl PolicyText {
    /// The argument with this name.
    ///
    /// # Errors
    /// It is missing, or no string.
    pub fn read(argument: Option<Value>, name: &str) -> Result<Self, Error> {
        match argument {
            Some(Value::String(text)) => {
                Ok(PolicyText { text: text.into_owned(), lone_surrogate: None })
            }
            Some(Value::Object(_)) => {
                let what = format!("must be a string, not an object: give JSON.stringify({name})");
                Err(wrong(name, &what))
            }
            Some(other) => Ok(PolicyText { text: read_at(&other, name)?, lone_surrogate: None }),
            None => Err(wrong(name, "is missing")),
        }
    }
}

/// A finding on the wire: IAM Access Analyzer's fields, and `help` and `fixes` beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// `ERROR`, `SECURITY_WARNING`, `WARNING` or `SUGGESTION`.
    pub finding_type: &'static str,
    /// The check's code.
    pub issue_code: &'static str,
    /// What is wrong.
    pub finding_details: String,
    /// What to do.
    pub help: Option<String>,
    /// A page to read more on.
    pub learn_more_link: String,
    /// Where, the place to go to first.
    pub locations: Vec<Location>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

/// A place on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The steps from the root.
    pub path: Vec<PathElement>,
    /// The characters meant.
    pub span: Range,
    /// The path as a JSON Pointer.
    pub pointer: String,
}

/// A step of a path: an object with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PathElement {
    /// The value of this key.
    Value(String),
    /// The element with this number.
    Index(usize),
    /// This key itself.
    Key(String),
}

/// Where something begins, and where what follows it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The first character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

/// A position: lines from 1; column and offset in UTF-16 code units from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 0.
    pub column: usize,
    /// From 0.
    pub offset: usize,
}

/// A fix on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// `safe` or `unsafe`.
    pub applicability: &'static str,
    /// The changes.
    pub edits: Vec<Edit>,
}

/// An edit on the wire; offsets in UTF-16 code units from 0, `end` exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The first code unit that goes.
    pub start: usize,
    /// The first that stays.
    pub end: usize,
    /// What comes in their place.
    pub text: String,
}

/// A check on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// The code.
    pub issue_code: &'static str,
    /// The type of its findings.
    pub finding_type: &'static str,
    /// A name for people.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// The policy types that it looks at.
    pub policy_types: Vec<&'static str>,
    /// A document that it finds something in.
    pub example: &'static str,
    /// A page to read more on.
    pub learn_more_link: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
struct ValidateOptions<'a> {
    policy_type: Option<&'a str>,
    validate_policy_resource_type: Option<&'a str>,
    identity_policy: Option<&'a str>,
}

/// A fix may come as it is in a finding; only its edits count.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct GivenFix<'a> {
    #[serde(borrow)]
    edits: Vec<GivenEdit<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct GivenEdit<'a> {
    start: i64,
    end: i64,
    text: &'a str,
}

/// `validatePolicy(policyDocument, options?)`.
///
/// # Errors
/// Options of the wrong shape, or a policy type that AWS's API does not have. A broken policy is no error: it has
/// findings.
pub fn validate_policy(
    policy: &PolicyText,
    options: Option<&Value>,
) -> Result<Vec<Finding>, Error> {
    let options: ValidateOptions = read(options, "options")?;
    let resource_type = options.validate_policy_resource_type;
    let policy_type = options.policy_type.unwrap_or(PolicyKind::Identity.policy_type());
    let Some(kind) = PolicyKind::of(policy_type, resource_type) else {
        return Err(wrong("options.policyType", "must be IDENTITY_POLICY, RESOURCE_POLICY, SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY"));
    };
    if let Some(resource_type) = resource_type {
        let at = "options.validatePolicyResourceType";
        if !resource_type.starts_with("AWS::") {
            return Err(wrong(
                at,
                "must be a resource type of CloudFormation, such as AWS::S3::Bucket",
            ));
        }
        if resource_type == "AWS::IAM::Role" {
            return Err(wrong(
                at,
                "must be AWS::IAM::AssumeRolePolicyDocument for the trust policy of a role",
            ));
        }
        if !PolicyKind::RESOURCE_POLICIES.contains(&kind) {
            return Err(wrong(at, "goes with the policy type RESOURCE_POLICY only"));
        }
    }
    let identity_policy = match options.identity_policy {
        None => None,
        Some(name) => Some(read_identity_policy(name, kind)?),
    };
    let index = || LineIndex::new(&policy.text);
    let lone_surrogate = policy.lone_surrogate.and_then(|offset| index().byte(offset));
    let options = validate::Options { kind, resource_type, identity_policy, lone_surrogate };
    Ok(validate::validate(&policy.text, options, |root, findings| {
        if findings.is_empty() {
            return Vec::new();
        }
        let index = index();
        findings.into_iter().map(|finding| on_the_wire(finding, root, &index)).collect()
    }))
}

fn read_identity_policy(name: &str, kind: PolicyKind) -> Result<IdentityPolicy, Error> {
    let at = "options.identityPolicy";
    if kind != PolicyKind::Identity {
        return Err(wrong(at, "goes with the policy type IDENTITY_POLICY only"));
    }
    let known = IdentityPolicy::ALL.into_iter().find(|kind| kind.name() == name);
    known.ok_or_else(|| wrong(at, "must be MANAGED, INLINE_USER, INLINE_GROUP or INLINE_ROLE"))
}

/// `applyFixes(policyDocument, fixes)`: the text with the edits of every fix that fits with those before it.
///
/// # Errors
/// Fixes of the wrong shape, or edits that do not lie in the text.
pub fn apply_fixes(policy: &PolicyText, fixes: Option<&Value>) -> Result<String, Error> {
    let fixes = read_fixes(&LineIndex::new(&policy.text), fixes)?;
    let fixes: Vec<_> = fixes.iter().map(Vec::as_slice).collect();
    Ok(edit::apply(&policy.text, &fixes))
}

/// The edits that `applyFixes` makes, in order of their place, for who has the text in a form that Rust cannot hold.
///
/// # Errors
/// As those of [`apply_fixes`].
pub fn fitting_edits(policy: &PolicyText, fixes: Option<&Value>) -> Result<Vec<Edit>, Error> {
    let index = LineIndex::new(&policy.text);
    let fixes = read_fixes(&index, fixes)?;
    let fixes: Vec<_> = fixes.iter().map(Vec::as_slice).collect();
    let edits = edit::fitting(&policy.text, &fixes);
    Ok(edits.into_iter().map(|edit| edit_on_the_wire(edit.clone(), &index)).collect())
}

fn read_fixes(index: &LineIndex, fixes: Option<&Value>) -> Result<Vec<Vec<edit::Edit>>, Error> {
    let Some(fixes) = fixes else {
        return Err(wrong("fixes", "is missing; it is a list of fixes of findings"));
    };
    let mut all = Vec::new();
    let byte = |offset: i64| usize::try_from(offset).ok().and_then(|offset| index.byte(offset));
    for (i, fix) in read_at::<Vec<GivenFix>>(fixes, "fixes")?.into_iter().enumerate() {
        let mut edits = Vec::new();
        for (j, edit) in fix.edits.into_iter().enumerate() {
            let (Some(start), Some(end)) = (byte(edit.start), byte(edit.end)) else {
                let path = element(&format!("{}.edits", element("fixes", i)), j);
                let what = "does not lie in the policy document; is it of this text";
                return Err(wrong(&path, what));
            };
            edits.push(edit::Edit::replace(Span::new(start, end), edit.text));
        }
        all.push(edits);
    }
    Ok(all)
}

/// What the service data are, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CatalogInfo {
    /// The day that they describe, such as `2026-09-26`.
    pub date: &'static str,
    /// How many services they have.
    pub services: usize,
    /// How many actions they have.
    pub actions: usize,
}

/// `catalogInfo()`.
pub fn catalog_info() -> CatalogInfo {
    CatalogInfo {
        date: catalog::date(),
        services: catalog::services().len(),
        actions: catalog::action_count(),
    }
}

/// `listChecks()`: every check, sorted by code.
pub fn list_checks() -> Vec<Check> {
    let check = |rule: &&'static crate::rules::Rule| {
        let mut policy_types: Vec<_> =
            rule.policy_kinds.iter().map(|kind| kind.policy_type()).collect();
        policy_types.dedup();
        Check {
            issue_code: rule.code,
            finding_type: rule.finding_type.name(),
            title: rule.title,
            why: rule.why,
            policy_types,
            example: rule.example,
            learn_more_link: rule.learn_more(),
        }
    };
    RULES.iter().map(check).collect()
}

fn on_the_wire(finding: finding::Finding, root: &Node, index: &LineIndex) -> Finding {
    let rule = RULES.binary_search_by_key(&finding.code, |rule| rule.code);
    let rule = rule.ok().and_then(|at| RULES.get(at));
    let location = |place: json::Place| {
        let path = place.path(root);
        Location {
            pointer: json::PathElement::pointer(&path),
            path: path.into_iter().map(PathElement::from).collect(),
            span: range(index, place.span),
        }
    };
    let edit = |edit| edit_on_the_wire(edit, index);
    let fix = |fix: edit::Fix| Fix {
        title: shown(fix.title),
        applicability: fix.applicability.name(),
        edits: fix.edits.into_iter().map(edit).collect(),
    };
    Finding {
        finding_type: finding.finding_type.name(),
        issue_code: finding.code,
        finding_details: shown(finding.details),
        help: finding.help.map(shown),
        learn_more_link: rule.map(|rule| rule.learn_more()).unwrap_or_default(),
        locations: finding.places.into_iter().map(location).collect(),
        fixes: finding.fixes.into_iter().map(fix).collect(),
    }
}

fn edit_on_the_wire(edit: edit::Edit, index: &LineIndex) -> Edit {
    Edit {
        start: index.position(edit.span.start).offset,
        end: index.position(edit.span.end).offset,
        text: edit.text,
    }
}

/// The span in the units of the wire.
pub(super) fn range(index: &LineIndex, span: Span) -> Range {
    Range { start: position(index, span.start), end: position(index, span.end) }
}

fn position(index: &LineIndex, byte: usize) -> Position {
    let text::Position { line, column, offset } = index.position(byte);
    Position { line, column, offset }
}

impl From<json::PathElement> for PathElement {
    fn from(element: json::PathElement) -> Self {
        match element {
            json::PathElement::Value(key) => PathElement::Value(key),
            json::PathElement::Index(i) => PathElement::Index(i),
            json::PathElement::Key(key) => PathElement::Key(key),
        }
    }
}
