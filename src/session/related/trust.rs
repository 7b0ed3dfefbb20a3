//! Who may assume the role of nodes, and that of people.
//!
//! Source: the Systems Manager user guide, "Create the IAM service role required for Systems Manager in hybrid and
//! multicloud environments" and "Default Host Management Configuration"; the ECS developer guide, "Task IAM role";
//! read 2026-11. `ec2.amazonaws.com` is right in every partition, China included. Of people: the IAM user guide, "Create a
//! role for OpenID Connect federation" and "Create a role for SAML 2.0 federation", with the guides for China and GovCloud
//! for the hosts there, "Configure your SAML 2.0 IdP with relying party trust and adding claims", "Access to AWS accounts
//! owned by third parties" and "AWS global condition context keys"; the AWS CDK, `SamlConsolePrincipal`, for the hosts of
//! aws-iso and aws-iso-b; for GitHub's subjects its OpenID Connect reference, and for the IDs in them pull request 45221 to
//! github/docs of 2026-07, which names GitHub's changelog of 2026-04-23, and Microsoft's page on "immutable subjects"; read
//! 2026-11.

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::{Effect, Policy, Principal, Statement, Strings};

use super::super::draft::{finish, one, principals, when};
use super::super::operator::HOST_MANAGEMENT_LIMITS;
use super::super::option::{self, of};
use super::super::place::Fields;
use super::super::{BuiltPolicy, Conflict, Note, Place, Quota, Refused, Scope};

/// Who assumes the role, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct TrustPolicy<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// AWS's text or the tight form.
    pub scope: Scope,
    /// What has the role; when absent, EC2 unless people have it.
    #[serde(deserialize_with = "option::optional_many")]
    pub trusted: Option<Vec<Trusted>>,
    /// The subjects of GitHub's tokens: workflows of these may assume the role.
    #[serde(borrow, deserialize_with = "option::only_names::<of::GitHubSubject, _>")]
    pub github_subjects: Vec<&'a str>,
    /// The SAML provider whose people may.
    #[serde(deserialize_with = "option::optional::<of::SamlProvider, _>")]
    pub saml_provider: Option<&'a str>,
    /// The accounts, roles and users that may.
    #[serde(
        borrow,
        rename = "principalArns",
        deserialize_with = "option::only_names::<of::Principal, _>"
    )]
    pub principals: Vec<&'a str>,
    /// What the principals must name.
    #[serde(deserialize_with = "option::optional::<of::ExternalId, _>")]
    pub external_id: Option<&'a str>,
    /// The organization that the principals must belong to; without principals every one of it may.
    #[serde(deserialize_with = "option::optional::<of::Organization, _>")]
    pub organization_id: Option<&'a str>,
    /// Whether the principals must have signed in with MFA.
    pub mfa: bool,
    /// Whether people may bring tags of the session.
    pub session_tags: bool,
}

/// Something that has a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trusted {
    /// EC2 instances.
    Ec2,
    /// Nodes of a hybrid activation.
    Hybrid,
    /// Tasks of ECS.
    Ecs,
    /// Default Host Management.
    HostManagement,
}

impl Trusted {
    /// Whether a service takes a role for one of these.
    pub fn is_service(name: &str) -> bool {
        let all = [Trusted::Ec2, Trusted::Hybrid, Trusted::Ecs];
        let first = |service: &'static str| service.split('.').next();
        all.into_iter().any(|kind| first(kind.service()) == name.split('.').next())
    }

    fn service(self) -> &'static str {
        match self {
            Trusted::Ec2 => "ec2.amazonaws.com",
            Trusted::Hybrid | Trusted::HostManagement => "ssm.amazonaws.com",
            Trusted::Ecs => "ecs-tasks.amazonaws.com",
        }
    }
}

impl TrustPolicy<'_> {
    fn has_principals(&self) -> bool {
        !self.principals.is_empty() || self.organization_id.is_some()
    }
}

const TAG_SESSION: &str = "sts:TagSession";
const EXTERNAL_ID: &str = "sts:ExternalId";

/// Builds the policy.
///
/// # Errors
/// Without an account or a Region where the conditions name them; a Region or a principal of another partition;
/// conditions for principals without any.
pub fn build_trust_policy(options: &TrustPolicy) -> Result<BuiltPolicy, Refused> {
    let place = Place::new(options.partition, options.region, options.account_id);
    let fields = place.fields_with(&[(&options.principals, "principalArns")])?;
    let mut people = people(options, &fields)?;
    if options.session_tags {
        let is_for_tags = |statement: &Statement| {
            statement.action.values.as_slice().iter().any(|action| action == TAG_SESSION)
        };
        let has_external_id = |statement: &Statement| {
            statement.condition.entries().any(|(_, key, _)| key == EXTERNAL_ID)
        };
        // Requests of sts:TagSession have no external ID, as the service authorization reference lists them (2026-11).
        for statement in people.iter_mut().filter(|statement| !has_external_id(statement)) {
            let mut actions = statement.action.values.as_slice().to_vec();
            actions.extend((!is_for_tags(statement)).then(|| TAG_SESSION.to_owned()));
            statement.action.values = Strings::many(actions);
        }
    }
    let usual: &[Trusted] = if people.is_empty() { &[Trusted::Ec2] } else { &[] };
    let trusted = options.trusted.as_deref().unwrap_or(usual);
    let names_account = |trusted: &Trusted| matches!(trusted, Trusted::Hybrid | Trusted::Ecs);
    let of_account = !options.github_subjects.is_empty() || options.saml_provider.is_some();
    if (of_account || trusted.iter().any(names_account)) && options.account_id.is_none() {
        return Err(Refused::conflict("accountId", Conflict::ACCOUNT_MISSING));
    }
    if trusted.iter().any(names_account) && options.region.is_none() {
        return Err(Refused::conflict("region", Conflict::REGION_MISSING));
    }
    let mut statements: Vec<_> =
        trusted.iter().map(|trusted| statement(*trusted, options.scope, &fields)).collect();
    statements.extend(people);
    if statements.is_empty() {
        return Err(Refused::conflict("trusted", Conflict::NOTHING_ALLOWED));
    }
    finish(&mut statements, Scope::LeastPrivilege, Some(false));
    let said = [
        (!options.github_subjects.is_empty(), "workflows of GitHub"),
        (options.saml_provider.is_some(), "people of the SAML provider"),
        (options.has_principals(), "principals of AWS"),
    ];
    let of_people = said.iter().filter(|(is, _)| *is).map(|(_, who)| *who);
    let who: Vec<_> = trusted.iter().map(|trusted| trusted.service()).chain(of_people).collect();
    let mut notes = vec![Note::new("SUMMARY", format!("May assume the role: {}.", who.join(", ")))];
    if trusted.contains(&Trusted::HostManagement) {
        notes.push(Note::new("HOST_MANAGEMENT_ROLE", HOST_MANAGEMENT_LIMITS));
        if trusted.contains(&Trusted::Hybrid) {
            notes.push(Note::new(
                "SOURCE_ACCOUNT_WITHOUT_EFFECT",
                "Default Host Management and activations are the same service, and the statement of the first asks for \
                 no account: aws:SourceAccount in the other keeps nobody out. Give each a role of its own.",
            ));
        }
    }
    if !options.github_subjects.is_empty() {
        notes.push(Note::new(
            "GITHUB_PROVIDER",
            "The account needs the OIDC provider token.actions.githubusercontent.com with the audience \
             sts.amazonaws.com. Who may push to the branch, or use the environment, may start sessions.",
        ));
        if options.github_subjects.iter().any(|subject| !subject.contains('@')) {
            notes.push(Note::new(
                "GITHUB_SUBJECT_WITHOUT_IDS",
                "Repositories made or renamed since 2026-07-15 have IDs in the subject: \
                 repo:OWNER@ID/NAME@ID:ref:refs/heads/main. A name without them can be taken over by others.",
            ));
        }
    }
    if options.saml_provider.is_some() {
        notes.push(Note::new(
            "SAML_SIGN_IN_OF_REGION",
            "Where the identity provider sends people to the sign-in of a Region, SAML:aud is its address instead.",
        ));
    }
    if options.has_principals() && !options.mfa && options.external_id.is_none() {
        notes.push(Note::new(
            "PRINCIPALS_WITHOUT_CONDITION",
            "Nothing is asked of these principals but who they are. For people demand mfa; for a company that acts \
             for many customers give externalId.",
        ));
    }
    if options.mfa {
        notes.push(Note::new(
            "MFA_OF_USERS",
            "Only IAM users bring aws:MultiFactorAuthPresent to the role. Sessions of Identity Center and of other \
             roles do not, and are refused.",
        ));
    }
    notes.extend(place.notes(&[], ""));
    Ok(BuiltPolicy::new(Policy::new(statements), Quota::Trust, notes))
}

const GITHUB: &str = "token.actions.githubusercontent.com";

/// The statements for people and for what acts for them.
fn people(options: &TrustPolicy, fields: &Fields) -> Result<Vec<Statement>, Refused> {
    let mut statements = Vec::new();
    if !options.github_subjects.is_empty() {
        let provider = vec![fields.iam(&format!("oidc-provider/{GITHUB}"))];
        let mut statement =
            assume("sts:AssumeRoleWithWebIdentity", principals("Federated", provider));
        // Without the subject every repository of GitHub could assume the role.
        when(&mut statement, "StringEquals", &format!("{GITHUB}:aud"), one("sts.amazonaws.com"));
        let subjects = Strings::one_or_many(options.github_subjects.iter().copied());
        when(&mut statement, "StringEquals", &format!("{GITHUB}:sub"), subjects);
        statements.push(statement);
    }
    if let Some(provider) = options.saml_provider {
        let host = match fields.partition {
            Partition::Aws => "signin.aws.amazon.com",
            Partition::AwsCn => "signin.amazonaws.cn",
            Partition::AwsUsGov => "signin.amazonaws-us-gov.com",
            Partition::AwsIso => "signin.c2shome.ic.gov",
            Partition::AwsIsoB => "signin.sc2shome.sgov.gov",
            _ => return Err(Refused::conflict("samlProvider", Conflict::SIGN_IN_HOST_UNKNOWN)),
        };
        let provider = vec![fields.iam(&format!("saml-provider/{provider}"))];
        let mut statement = assume("sts:AssumeRoleWithSAML", principals("Federated", provider));
        when(&mut statement, "StringEquals", "SAML:aud", one(format!("https://{host}/saml")));
        statements.push(statement);
    }
    if options.has_principals() {
        // With its key everybody has an identity; without, IAM refuses it in a trust policy.
        let who = if options.principals.is_empty() { &vec!["*"] } else { &options.principals };
        let who = principals("AWS", who.iter().map(|arn| (*arn).to_owned()).collect());
        let mut statement = assume("sts:AssumeRole", who);
        if options.mfa {
            when(&mut statement, "Bool", "aws:MultiFactorAuthPresent", one("true"));
        }
        if let Some(organization) = options.organization_id {
            when(&mut statement, "StringEquals", "aws:PrincipalOrgID", one(organization));
        }
        if let Some(id) = options.external_id {
            let mut tags = statement.clone();
            tags.action.values = Strings::One(TAG_SESSION.to_owned());
            when(&mut statement, "StringEquals", EXTERNAL_ID, one(id));
            statements.extend(options.session_tags.then_some(tags));
        }
        statements.push(statement);
    } else if options.mfa || options.external_id.is_some() {
        return Err(Refused::conflict("principalArns", Conflict::PRINCIPALS_MISSING));
    }
    if options.session_tags && statements.is_empty() {
        return Err(Refused::conflict("sessionTags", Conflict::PRINCIPALS_MISSING));
    }
    Ok(statements)
}

fn assume(action: &str, who: Option<Principal>) -> Statement {
    let mut statement = Statement::new(Effect::Allow, [action], ["*"]);
    statement.resource = None;
    statement.principal = who;
    statement
}

fn statement(trusted: Trusted, scope: Scope, fields: &Fields) -> Statement {
    let service = principals("Service", vec![trusted.service().to_owned()]);
    let mut statement = assume("sts:AssumeRole", service);
    let service = match trusted {
        Trusted::Hybrid => "ssm",
        Trusted::Ecs => "ecs",
        Trusted::Ec2 | Trusted::HostManagement => return statement,
    };
    when(&mut statement, "StringEquals", "aws:SourceAccount", one(fields.account));
    // The same to IAM; the guide prints ArnEquals for activations.
    let operator = match (scope, trusted) {
        (Scope::Guide, Trusted::Hybrid) => "ArnEquals",
        _ => "ArnLike",
    };
    when(&mut statement, operator, "aws:SourceArn", one(fields.arn(service, "*")));
    statement
}
