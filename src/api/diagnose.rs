//! The calls about existing roles: what they let Session Manager do, which capabilities and managed policies there are.

mod input;

use serde::Serialize;

use super::check::{range, Range};
use super::{BuiltPolicy, Error, Value};
use crate::diagnose::{self, Documents, Field};
use crate::session::capabilities::{self, Level, ResourcePolicy};
use crate::text::{repeated, shown, LineIndex};

/// What a role lets Session Manager do, on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnosis {
    /// What each thing that was pasted is, in its order.
    pub recognised: Vec<Recognised>,
    /// The name of the role or user whose policies count, if the texts tell.
    pub role_name: Option<String>,
    /// `node` or `operator`: whose policies they are, where nobody said what is wanted and something tells.
    pub side: Option<&'static str>,
    /// How many policies of it count.
    pub policies: usize,
    /// How many statements they have.
    pub statements: usize,
    /// One for each want, in their order.
    pub capabilities: Vec<CapabilityResult>,
    /// The smallest addition.
    pub missing: Option<BuiltPolicy>,
    /// What no addition can repair.
    pub blocked: Vec<RoleReason>,
    /// What was taken for granted, in sentences.
    pub assumptions: Vec<String>,
}

/// What one thing in a text is, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recognised {
    /// The field that it was pasted in, such as `documents[0]`.
    pub path: String,
    /// A stable name for programs.
    pub kind: &'static str,
    /// Whether it counts.
    pub used: bool,
    /// Sentences for people.
    pub message: String,
    /// Where it stands; `None` in an object.
    pub span: Option<Range>,
}

/// Whether a capability works, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CapabilityResult {
    /// Its id.
    pub id: String,
    /// A few words for people.
    pub title: &'static str,
    /// `works`, `fails` or `unknown`.
    pub result: &'static str,
    /// Why.
    pub reasons: Vec<RoleReason>,
}

/// A reason, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleReason {
    /// `allows`, `denies`, `closed`, `nearest`, `depends`, `tooBroad`, `valueNeeded` or `notCounted`.
    pub kind: &'static str,
    /// Sentences for people.
    pub message: String,
    /// The actions that it is about.
    pub actions: Vec<String>,
    /// The resource that they are asked for.
    pub resource: String,
    /// `required`, `recommended` or `optional`.
    pub level: &'static str,
    /// Condition keys, open questions that begin with `?`, and names of values of the want that were not given.
    pub depends_on: Vec<String>,
    /// The layer that does not allow it, where that is why.
    pub gate: Option<&'static str>,
    /// The name of the policy that it is about.
    pub policy: Option<String>,
    /// The field that this policy was pasted in, such as `documents[0]`.
    pub path: Option<String>,
    /// The index of the statement, from 0.
    pub statement: Option<usize>,
    /// JSON Pointer to the statement, in the JSON value in which it stands.
    pub pointer: Option<String>,
    /// Where the statement stands; `None` in an object.
    pub span: Option<Range>,
}

/// A capability that a role can be asked for, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CapabilityName {
    /// Its id.
    pub id: &'static str,
    /// `node`, `operator`, `guard`, `admin` or `trust`.
    pub side: &'static str,
    /// A few words for people.
    pub title: &'static str,
    /// Whether it is asked for when nobody says what is wanted.
    pub is_usual: bool,
    /// Ids of the capabilities that it needs.
    pub needs: Vec<&'static str>,
    /// The actions that it needs.
    pub actions: Vec<&'static str>,
    /// Names of the values of a want on which its resources depend.
    pub values: Vec<&'static str>,
}

/// A managed policy that is known, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ManagedPolicy {
    /// Its name.
    pub name: &'static str,
    /// Its ARN in the partition `aws`.
    pub arn: String,
    /// The version that is known, such as `v2`.
    pub version: &'static str,
    /// The day of that version, such as `2024-07-16`.
    pub date: &'static str,
    /// What it says, as JSON; `None` where only a part of that is known.
    pub document: Option<&'static str>,
}

/// `diagnoseRole(input)`.
///
/// # Errors
/// Input of the wrong shape, a value that IAM or Session Manager would not take, or a capability that does not exist;
/// `path` says which. A text that is no policy is no error: `recognised` says what it is.
pub fn diagnose_role(input: &Value) -> Result<Diagnosis, Error> {
    let input::Given { documents, wants } = input::parse(input)?;
    let diagnosis = match &wants {
        Some(wants) => diagnose::diagnose_role(&documents, wants),
        None => diagnose::diagnose_usual(&documents),
    };
    let diagnosis = diagnosis.map_err(|unknown| {
        let path = format!("input.wants[{}].capability", unknown.want);
        super::read::wrong(&path, "is no capability; listCapabilities has all of them")
    })?;
    let places = Places::new(&documents);
    let recognised = diagnosis.recognised.into_iter().map(|seen| Recognised {
        path: path(seen.field),
        kind: seen.kind,
        used: seen.is_used,
        message: shown(seen.message),
        span: places.range(seen.field, seen.span),
    });
    let reasons = |reasons: Vec<diagnose::Reason>| -> Vec<RoleReason> {
        reasons.into_iter().map(|reason| places.reason(reason)).collect()
    };
    let capability = |capability: diagnose::CapabilityResult| CapabilityResult {
        id: capability.id,
        title: capability.title,
        result: capability.result.name(),
        reasons: reasons(capability.reasons),
    };
    Ok(Diagnosis {
        recognised: recognised.collect(),
        role_name: diagnosis.role_name,
        side: diagnosis.side.map(capabilities::Side::name),
        policies: diagnosis.policies,
        statements: diagnosis.statements,
        capabilities: diagnosis.capabilities.into_iter().map(capability).collect(),
        missing: diagnosis.missing.map(BuiltPolicy::from),
        blocked: reasons(diagnosis.blocked),
        assumptions: diagnosis.assumptions.into_iter().map(shown).collect(),
    })
}

/// `listCapabilities()`: all that people can want, nodes first.
pub fn list_capabilities() -> Vec<CapabilityName> {
    let name = |capability: &capabilities::Capability| {
        let required = capability.requests.iter().filter(|r| r.level == Level::Required);
        let mut actions: Vec<_> = required.map(|request| request.action).collect();
        let repeated = repeated(&actions);
        for at in repeated.into_iter().rev() {
            actions.remove(at);
        }
        CapabilityName {
            id: capability.id,
            side: capability.side.name(),
            title: capability.title,
            is_usual: capability.is_usual,
            actions,
            values: diagnose::values_of(capability),
            needs: capability.needs.clone(),
        }
    };
    capabilities::capabilities().iter().filter(|capability| capability.is_whole).map(name).collect()
}

/// `listManagedPolicies()`: the AWS managed policies that are known, sorted by name.
pub fn list_managed_policies() -> Vec<ManagedPolicy> {
    let policy = |policy: &diagnose::ManagedPolicy| ManagedPolicy {
        name: policy.name,
        arn: policy.arn(),
        version: policy.version,
        date: policy.date,
        document: policy.is_whole.then_some(policy.json),
    };
    diagnose::managed_policies().iter().map(policy).collect()
}

/// The positions in all texts.
struct Places<'t> {
    indexes: Vec<(Field, LineIndex<'t>)>,
}

impl<'t> Places<'t> {
    fn new(documents: &'t Documents) -> Self {
        let fields = documents.fields().filter(|(_, pasted)| !pasted.is_object);
        Places {
            indexes: fields.map(|(field, pasted)| (field, LineIndex::new(&pasted.text))).collect(),
        }
    }

    fn range(&self, field: Field, span: crate::text::Span) -> Option<Range> {
        let at = self.indexes.binary_search_by(|(known, _)| known.cmp(&field)).ok()?;
        self.indexes.get(at).map(|(_, index)| range(index, span))
    }

    fn reason(&self, reason: diagnose::Reason) -> RoleReason {
        let place = reason.place.as_ref().zip(reason.field);
        RoleReason {
            kind: reason.kind.name(),
            message: shown(reason.message),
            actions: reason.actions,
            resource: reason.resource,
            level: reason.level.name(),
            depends_on: reason.depends_on,
            gate: reason.gate.map(crate::evaluate::Gate::name),
            policy: reason.policy,
            path: reason.field.map(path),
            statement: reason.statement,
            span: place.and_then(|(place, field)| self.range(field, place.span)),
            pointer: reason.place.map(|place| place.pointer),
        }
    }
}

/// The field as it is written in the input.
fn path(field: Field) -> String {
    match field {
        Field::Document(i) => format!("documents[{i}]"),
        Field::Boundary => "boundary".to_owned(),
        Field::Scp(i) => format!("scps[{i}]"),
        Field::Resource(ResourcePolicy::Key) => "keyPolicy".to_owned(),
        Field::Resource(ResourcePolicy::Bucket) => "bucketPolicy".to_owned(),
        Field::Resource(ResourcePolicy::Trust) => "trustPolicy".to_owned(),
        Field::Endpoint(service) => format!("endpointPolicies.{}", service.word()),
    }
}
