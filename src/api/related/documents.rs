//! The session preferences and other session documents.

use super::super::read::{element, Fields};
use super::super::{Error, Value};
use crate::session::related::{
    self, parameter_reference, Commands, DocumentParameter, ParameterDefault, ParameterType,
    SessionDocumentType, Switch,
};
use crate::session::{self, Conflict, Counted, Name, Refusal};

const PREFERENCES: &[&str] = &[
    "partition",
    "region",
    "name",
    "description",
    "parameters",
    "everyField",
    "s3BucketName",
    "s3KeyPrefix",
    "s3EncryptionEnabled",
    "cloudWatchLogGroupName",
    "cloudWatchEncryptionEnabled",
    "cloudWatchStreamingEnabled",
    "kmsKeyId",
    "runAsEnabled",
    "runAsDefaultUser",
    "idleSessionTimeout",
    "maxSessionDuration",
    "shellProfile",
    "exists",
];
const SHELL_PROFILE: &[&str] = &["windows", "linux"];
const SESSION_DOCUMENT: &[&str] = &[
    "partition",
    "region",
    "name",
    "description",
    "sessionType",
    "parameters",
    "windows",
    "linux",
    "macos",
    "portNumber",
    "localPortNumber",
    "host",
    "exists",
];
const COMMANDS: &[&str] = &["commands", "runAsElevated"];
const PARAMETER: &[&str] =
    &["type", "description", "default", "allowedPattern", "allowedValues", "minChars", "maxChars"];

pub(super) fn preferences(options: Option<&Value>) -> Result<related::BuiltDocument, Error> {
    let options = Fields::optional(options, "options", PREFERENCES)?;
    let profile = options.object("shellProfile", SHELL_PROFILE)?;
    let profile = |system: &str| profile.as_ref().map_or(Ok(None), |profile| profile.text(system));
    let preferences = related::PreferencesDocument {
        place: options.place()?,
        name: options.name("name", Name::Document)?,
        description: options.text("description")?,
        parameters: parameters(&options)?,
        given_only: !options.flag("everyField")?.unwrap_or(true),
        s3_bucket_name: setting(&options, "s3BucketName", |text| Name::Bucket.parse(text))?,
        s3_key_prefix: setting(&options, "s3KeyPrefix", |text| Name::Prefix.parse(text))?,
        s3_encryption_enabled: switch(&options, "s3EncryptionEnabled")?,
        cloud_watch_log_group_name: setting(
            &options,
            "cloudWatchLogGroupName",
            session::parse_log_group,
        )?,
        cloud_watch_encryption_enabled: switch(&options, "cloudWatchEncryptionEnabled")?,
        cloud_watch_streaming_enabled: options.flag("cloudWatchStreamingEnabled")?,
        // The preferences take an ID and an alias too, which policies do not.
        kms_key_id: setting(&options, "kmsKeyId", session::parse_key_id)?,
        run_as_enabled: options.flag("runAsEnabled")?,
        run_as_default_user: options.name("runAsDefaultUser", Name::OsUser)?,
        idle_session_timeout: number(&options, "idleSessionTimeout", Counted::Minutes, 1, 60)?,
        max_session_duration: number(&options, "maxSessionDuration", Counted::Minutes, 1, 1_440)?,
        shell_profile_windows: profile("windows")?,
        shell_profile_linux: profile("linux")?,
        exists: options.is_on("exists")?,
    };
    related::build_preferences(&preferences).map_err(Error::of_option)
}

pub(super) fn session_document(options: Option<&Value>) -> Result<related::BuiltDocument, Error> {
    let options = Fields::optional(options, "options", SESSION_DOCUMENT)?;
    let document = related::SessionDocument {
        place: options.place()?,
        windows: commands(&options, "windows")?,
        linux: commands(&options, "linux")?,
        macos: commands(&options, "macos")?,
        name: options.required_name("name", Name::Document)?,
        description: options.text("description")?,
        session_type: options.required_parsed("sessionType", session_type)?,
        parameters: parameters(&options)?,
        port_number: port(&options, "portNumber", 1)?,
        local_port_number: port(&options, "localPortNumber", 0)?,
        host: options.parsed("host", |text| match parameter_reference(text) {
            Some(_) => Ok(text),
            None => Name::Host.parse(text),
        })?,
        exists: options.is_on("exists")?,
    };
    related::build_session_document(&document).map_err(Error::of_option)
}

fn session_type(text: &str) -> Result<SessionDocumentType, Refusal> {
    match text {
        "Standard_Stream" => Err(Refusal::Conflict(Conflict::ShellDocument)),
        text => super::option::word(text, SessionDocumentType::WORDS),
    }
}

/// A value that may be a parameter's, or empty, which turns off what it is for.
fn setting<'v>(
    options: &Fields<'v>,
    name: &str,
    parse: fn(&str) -> Result<&str, Refusal>,
) -> Result<Option<&'v str>, Error> {
    options.parsed(name, |text| match text {
        "" => Ok(text),
        _ if parameter_reference(text).is_some() => Ok(text),
        _ => parse(text),
    })
}

fn switch<'v>(options: &Fields<'v>, name: &str) -> Result<Option<Switch<'v>>, Error> {
    match options.get(name) {
        Some(Value::String(text)) if parameter_reference(text).is_some() => {
            Ok(Some(Switch::Parameter(text)))
        }
        _ => Ok(options.flag(name)?.map(Switch::Is)),
    }
}

fn number(
    options: &Fields,
    name: &str,
    of: Counted,
    least: i64,
    most: i64,
) -> Result<Option<i64>, Error> {
    let Some(given) = options.get(name) else {
        return Ok(None);
    };
    match given.whole_number(&options.at(name))? {
        given if (least..=most).contains(&given) => Ok(Some(given)),
        given => Err(options.refused(name, &Refusal::Number { of, given, least, most })),
    }
}

/// A port, as the text that AWS wants there.
fn port(options: &Fields, name: &str, least: i64) -> Result<Option<String>, Error> {
    match options.get(name) {
        Some(Value::String(text)) if parameter_reference(text).is_some() => {
            Ok(Some(text.to_string()))
        }
        _ => Ok(number(options, name, Counted::Port, least, 65_535)?.map(|port| port.to_string())),
    }
}

fn commands<'v>(options: &Fields<'v>, system: &str) -> Result<Option<Commands<'v>>, Error> {
    let Some(given) = options.object(system, COMMANDS)? else {
        return Ok(None);
    };
    let commands = given.required("commands")?.one_or_many(&given.at("commands"))?;
    Ok(Some(Commands {
        commands: commands.values,
        is_list: commands.is_list,
        run_as_elevated: given.is_on("runAsElevated")?,
    }))
}

fn parameters<'v>(options: &Fields<'v>) -> Result<Vec<DocumentParameter<'v>>, Error> {
    let mut all = Vec::new();
    let Some(given) = options.get("parameters") else {
        return Ok(all);
    };
    for (name, value) in given.object(&options.at("parameters"))? {
        let at = format!("{}.{name}", options.at("parameters"));
        let refused = |why: Refusal| Error::refused(&why, at.clone());
        let name = Name::DocumentParameter.parse(name).map_err(refused)?;
        all.push(parameter(name, &Fields::of(value, &at, PARAMETER)?)?);
    }
    Ok(all)
}

fn parameter<'v>(name: &'v str, given: &Fields<'v>) -> Result<DocumentParameter<'v>, Error> {
    let default = match given.get("default") {
        Some(Value::Bool(true)) => Some(ParameterDefault::One("true")),
        Some(Value::Bool(false)) => Some(ParameterDefault::One("false")),
        Some(value) => {
            let texts = value.one_or_many(&given.at("default"))?;
            Some(match texts.values.as_slice() {
                [one] if !texts.is_list => ParameterDefault::One(one),
                _ => ParameterDefault::Many(texts.values),
            })
        }
        None => None,
    };
    let mut allowed_values = Vec::new();
    for (i, value) in given.list("allowedValues")?.iter().enumerate() {
        allowed_values.push(value.text(&element(&given.at("allowedValues"), i))?);
    }
    let characters = |name: &str| -> Result<Option<u32>, Error> {
        let number = number(given, name, Counted::Characters, 0, 65_536)?;
        Ok(number.and_then(|number| u32::try_from(number).ok()))
    };
    Ok(DocumentParameter {
        name,
        kind: given.word("type", ParameterType::WORDS)?.unwrap_or_default(),
        description: given.text("description")?,
        default,
        allowed_pattern: given.text("allowedPattern")?,
        allowed_values,
        min_chars: characters("minChars")?,
        max_chars: characters("maxChars")?,
    })
}
