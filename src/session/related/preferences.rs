//! The session preferences: the document `SSM-SessionManagerRunShell`, one for each account and Region.
//!
//! Source: the Systems Manager user guide, "Session document schema" and "Create Session Manager preferences (command
//! line)", and the source of the agent, read 2026-11. Timeouts are strings of minutes; streaming must be a real
//! boolean, since the agent reads it as one. Under another name the same document is one that people choose when they
//! start a shell.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::json::{Layout, Plain};

use super::super::option::{self, of};
use super::super::place::DEFAULT_DOCUMENT;
use super::super::{Conflict, Counted, Note, Place, Refused};
use super::parameter::{self, parameter_reference, DocumentParameter};
use super::session_document::{command, notes_of_named, too_long};
use super::BuiltDocument;

/// The preferences, checked. A text that is there and empty turns off what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct PreferencesDocument<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The name of a document that people choose; the preferences of everybody when absent.
    #[serde(deserialize_with = "option::optional::<of::Document, _>")]
    pub name: Option<&'a str>,
    /// What the document is for.
    pub description: Option<&'a str>,
    /// What callers give.
    #[serde(borrow, deserialize_with = "parameter::declared")]
    pub parameters: Vec<DocumentParameter<'a>>,
    /// Whether what is not given stands there with the value that turns it off; it does when absent.
    pub every_field: Option<bool>,
    /// The log bucket.
    #[serde(deserialize_with = "option::setting::<of::Bucket, _>")]
    pub s3_bucket_name: Option<&'a str>,
    /// What the keys of the logs begin with.
    #[serde(deserialize_with = "option::setting::<of::Prefix, _>")]
    pub s3_key_prefix: Option<&'a str>,
    /// Whether a session is refused when the bucket is not encrypted; it is when absent.
    #[serde(borrow)]
    pub s3_encryption_enabled: Option<Switch<'a>>,
    /// The log group.
    #[serde(deserialize_with = "option::log_group_setting")]
    pub cloud_watch_log_group_name: Option<&'a str>,
    /// Whether a session is refused when the group is not encrypted; it is when absent.
    #[serde(borrow)]
    pub cloud_watch_encryption_enabled: Option<Switch<'a>>,
    /// Whether logs are written while the session runs; when absent, where there is a log group.
    pub cloud_watch_streaming_enabled: Option<bool>,
    /// The key for session data: its ID, its ARN or `alias/NAME`.
    #[serde(deserialize_with = "option::key_setting")]
    pub kms_key_id: Option<&'a str>,
    /// Whether sessions run as a user other than ssm-user.
    pub run_as_enabled: Option<bool>,
    /// The user for callers without the tag SSMSessionRunAs.
    #[serde(deserialize_with = "option::optional::<of::OsUser, _>")]
    pub run_as_default_user: Option<&'a str>,
    /// Minutes without input after which a session ends, 1 to 60; 20 when absent.
    #[serde(deserialize_with = "idle_minutes")]
    pub idle_session_timeout: Option<i64>,
    /// Minutes after which every session ends, 1 to 1440; no limit when absent.
    #[serde(deserialize_with = "session_minutes")]
    pub max_session_duration: Option<i64>,
    /// What a shell runs first.
    #[serde(borrow)]
    pub shell_profile: ShellProfile<'a>,
    /// Whether the document is there already.
    pub exists: bool,
}

/// What a shell runs first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct ShellProfile<'a> {
    /// On Windows.
    pub windows: Option<&'a str>,
    /// On Linux and macOS.
    pub linux: Option<&'a str>,
}

fn idle_minutes<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    option::number(d, Counted::Minutes, 1, 60).map(Some)
}

fn session_minutes<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    option::number(d, Counted::Minutes, 1, 1_440).map(Some)
}

impl<'a> PreferencesDocument<'a> {
    fn place(&self) -> Place<'a> {
        Place { partition: self.partition, region: self.region, account_id: None }
    }

    fn has_every_field(&self) -> bool {
        self.every_field.unwrap_or(true)
    }
}

/// A boolean, or the parameter that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch<'a> {
    /// Known.
    Is(bool),
    /// A reference to a parameter.
    Parameter(&'a str),
}

impl<'a> Switch<'a> {
    fn plain(self) -> Plain<'a> {
        match self {
            Switch::Is(value) => Plain::Bool(value),
            Switch::Parameter(reference) => Plain::string(reference),
        }
    }

    fn may_be_on(self) -> bool {
        self != Switch::Is(false)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Switch<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Given;
        impl<'de> Visitor<'de> for Given {
            type Value = Switch<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("true or false")
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Switch<'de>, E> {
                Ok(Switch::Is(value))
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Switch<'de>, E> {
                match parameter_reference(text) {
                    Some(_) => Ok(Switch::Parameter(text)),
                    None => Err(E::invalid_type(Unexpected::Str(text), &self)),
                }
            }
        }
        d.deserialize_any(Given)
    }
}

/// Builds the document and the command that stores it.
///
/// # Errors
/// A user without Run As; a reference to a parameter that is not declared; a Region of another partition.
pub fn build_preferences(options: &PreferencesDocument) -> Result<BuiltDocument, Refused> {
    options.place().fields(&[])?;
    let is_run_as = options.run_as_enabled == Some(true);
    if options.run_as_default_user.is_some() && !is_run_as {
        return Err(Refused::conflict("runAsDefaultUser", Conflict::RUN_AS_USER_WITHOUT_RUN_AS));
    }
    let texts = texts(options);
    check_references(options)?;
    parameter::check(&options.parameters, &texts)?;
    let usual = "Document to hold regional settings for Session Manager";
    let mut fields = vec![
        ("schemaVersion", Plain::string("1.0")),
        ("description", Plain::string(options.description.unwrap_or(usual))),
        ("sessionType", Plain::string("Standard_Stream")),
    ];
    if !options.parameters.is_empty() {
        fields.push(("parameters", parameter::parameters(&options.parameters)));
    }
    fields.push(("inputs", Plain::fields(inputs(options))));
    let document = Plain::fields(fields);
    let json = document.print(Layout::Guide);
    let mut notes = notes(options, &texts);
    notes.extend(too_long(&json));
    let command =
        command(&options.place(), options.name.unwrap_or(DEFAULT_DOCUMENT), options.exists);
    Ok(BuiltDocument { json, document: document.into_owned(), notes, command })
}

/// The fields in the order of the guide; what is not given is left out or has the value that turns it off.
fn inputs<'o>(options: &'o PreferencesDocument) -> Vec<(&'static str, Plain<'o>)> {
    let every = options.has_every_field();
    let text = |value: Option<&'o str>| match value {
        Some(value) => Some(Plain::string(value)),
        None => every.then(|| Plain::string("")),
    };
    // Nobody who writes no more than a bucket means that it may be open to readers.
    let demand = |value: Option<Switch<'o>>, place: Option<&str>| match value {
        Some(value) => Some(value.plain()),
        None => (every || is_set(place)).then_some(Plain::Bool(true)),
    };
    let minutes = |value: Option<i64>, usual: &'static str| match value {
        Some(minutes) => Some(Plain::string(minutes.to_string())),
        None => every.then(|| Plain::string(usual)),
    };
    let group = options.cloud_watch_log_group_name;
    let streaming = options.cloud_watch_streaming_enabled.or(every.then_some(is_set(group)));
    let run_as = options.run_as_enabled.or(every.then_some(false));
    let profile = [
        ("windows", text(options.shell_profile.windows)),
        ("linux", text(options.shell_profile.linux)),
    ];
    let profile = Plain::fields(present(profile));
    let all = [
        ("s3BucketName", text(options.s3_bucket_name)),
        ("s3KeyPrefix", text(options.s3_key_prefix)),
        ("s3EncryptionEnabled", demand(options.s3_encryption_enabled, options.s3_bucket_name)),
        ("cloudWatchLogGroupName", text(group)),
        ("cloudWatchEncryptionEnabled", demand(options.cloud_watch_encryption_enabled, group)),
        ("cloudWatchStreamingEnabled", streaming.map(Plain::Bool)),
        ("kmsKeyId", text(options.kms_key_id)),
        ("runAsEnabled", run_as.map(Plain::Bool)),
        ("runAsDefaultUser", text(options.run_as_default_user)),
        ("idleSessionTimeout", minutes(options.idle_session_timeout, "20")),
        ("maxSessionDuration", minutes(options.max_session_duration, "")),
        ("shellProfile", (profile != Plain::Object(Vec::new())).then_some(profile)),
    ];
    present(all)
}

fn present<'o, const N: usize>(
    fields: [(&'static str, Option<Plain<'o>>); N],
) -> Vec<(&'static str, Plain<'o>)> {
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn is_set(value: Option<&str>) -> bool {
    value.is_some_and(|value| !value.is_empty())
}

/// The fields that may be given by a parameter, as callers of the API know them.
fn given_by_parameters<'o>(
    options: &'o PreferencesDocument,
) -> Vec<(&'static str, Option<&'o str>)> {
    let of_switch = |switch: Option<Switch<'o>>| match switch {
        Some(Switch::Parameter(reference)) => Some(reference),
        _ => None,
    };
    vec![
        ("s3BucketName", options.s3_bucket_name),
        ("s3KeyPrefix", options.s3_key_prefix),
        ("s3EncryptionEnabled", of_switch(options.s3_encryption_enabled)),
        ("cloudWatchLogGroupName", options.cloud_watch_log_group_name),
        ("cloudWatchEncryptionEnabled", of_switch(options.cloud_watch_encryption_enabled)),
        ("kmsKeyId", options.kms_key_id),
    ]
}

fn texts<'o>(options: &'o PreferencesDocument) -> Vec<&'o str> {
    let fields = given_by_parameters(options);
    let mut texts: Vec<&str> = fields.into_iter().filter_map(|(_, text)| text).collect();
    texts.extend(options.shell_profile.windows);
    texts.extend(options.shell_profile.linux);
    texts
}

fn check_references(options: &PreferencesDocument) -> Result<(), Refused> {
    for (at, text) in given_by_parameters(options) {
        let Some(name) = text.and_then(parameter_reference) else { continue };
        if !options.parameters.iter().any(|parameter| parameter.name == name) {
            return Err(Refused::conflict(at, Conflict::PARAMETER_MISSING));
        }
    }
    Ok(())
}

fn notes(options: &PreferencesDocument, texts: &[&str]) -> Vec<Note> {
    let mut notes = Vec::new();
    let name = options.name.filter(|name| *name != DEFAULT_DOCUMENT);
    match name {
        Some(name) => {
            notes.push(Note::new(
                "SUMMARY",
                format!(
                    "A session document for shells. Save the text as {name}.json and run the command there. It takes \
                     the place of the preferences for whoever starts a session with it."
                ),
            ));
            notes.extend(notes_of_named(name, options.exists));
        }
        None => notes.push(Note::new(
            "SUMMARY",
            "The preferences of one account in one Region. Save the text as SessionManagerRunShell.json and run the \
             command there.",
        )),
    }
    let mut note = |code, message: &str| notes.push(Note::new(code, message));
    if !options.exists && name.is_none() {
        note(
            "PREFERENCES_MAY_EXIST",
            "If the document is there already, as after the first visit to the console's preferences, the command \
             fails. Build it with exists true then.",
        );
    }
    if given_by_parameters(options)
        .iter()
        .any(|(_, text)| text.and_then(parameter_reference).is_some())
    {
        note(
            "PREFERENCES_CHOSEN_BY_CALLER",
            "Whoever starts a session gives the values of the parameters, and so may send the log elsewhere or \
             nowhere. Give them allowedValues, or write the values into the document.",
        );
    }
    if !options.has_every_field() {
        note(
            "FIELDS_LEFT_OUT",
            "What is left out is off. The guide calls the booleans required and leaves them out itself.",
        );
    }
    let is_demanded = |switch: Option<Switch>| switch.is_none_or(Switch::may_be_on);
    if is_set(options.s3_bucket_name) && is_demanded(options.s3_encryption_enabled) {
        note(
            "BUCKET_MUST_BE_ENCRYPTED",
            "Sessions are refused unless the bucket has default encryption and the node role may see it: \
             s3:GetEncryptionConfiguration.",
        );
    }
    let group = options.cloud_watch_log_group_name;
    if is_set(group) && is_demanded(options.cloud_watch_encryption_enabled) {
        note(
            "LOG_GROUP_MUST_BE_ENCRYPTED",
            "Sessions are refused unless the log group is encrypted with a KMS key and the node role may see it: \
             logs:DescribeLogGroups on every resource.",
        );
    }
    if options.cloud_watch_streaming_enabled == Some(true) && !is_set(group) {
        note("STREAMING_WITHOUT_LOG_GROUP", "Without a log group nothing is streamed.");
    }
    if is_set(options.kms_key_id) {
        note(
            "PREFERENCES_KEY",
            "Every node role then needs kms:Decrypt and every operator kms:GenerateDataKey on the ARN of the key, \
             also where an alias stands here. An alias works in its own account only.",
        );
    }
    if options.run_as_enabled == Some(true) {
        note(
            "RUN_AS_TAG",
            "Callers without the tag SSMSessionRunAs run as the default user; where there is none, or the user is \
             not on the node, their sessions fail.",
        );
    }
    notes.extend(options.s3_bucket_name.map(super::super::node::bucket_name).unwrap_or_default());
    notes.extend(parameter::notes(&options.parameters, texts));
    notes.extend(options.place().notes(&[], ""));
    notes
}
