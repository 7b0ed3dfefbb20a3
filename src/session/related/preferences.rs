//! The session preferences: the document `SSM-SessionManagerRunShell`, one for each account and Region.
//!
//! Source: the Systems Manager user guide, "Session document schema" and "Create Session Manager preferences (command
//! line)", and the source of the agent, read 2026-11. Timeouts are strings of minutes; streaming must be a real
//! boolean, since the agent reads it as one.

use super::super::place::DEFAULT_DOCUMENT;
use super::super::{Conflict, Note, Place, Refused};
use super::{BuiltDocument, Data};

/// The preferences, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreferencesDocument<'a> {
    /// Where the sessions are.
    pub place: Place<'a>,
    /// What the document is for.
    pub description: Option<&'a str>,
    /// The log bucket.
    pub s3_bucket_name: Option<&'a str>,
    /// What the keys of the logs begin with.
    pub s3_key_prefix: Option<&'a str>,
    /// Whether a session is refused when the bucket is not encrypted.
    pub s3_encryption_enabled: Flag,
    /// The log group.
    pub cloud_watch_log_group_name: Option<&'a str>,
    /// Whether a session is refused when the group is not encrypted.
    pub cloud_watch_encryption_enabled: Flag,
    /// Whether logs are written while the session runs; when absent, where there is a log group.
    pub cloud_watch_streaming_enabled: Option<bool>,
    /// The key for session data: its ID, its ARN or `alias/NAME`.
    pub kms_key_id: Option<&'a str>,
    /// Whether sessions run as a user other than ssm-user.
    pub run_as_enabled: bool,
    /// The user for callers without the tag SSMSessionRunAs.
    pub run_as_default_user: Option<&'a str>,
    /// Minutes without input after which a session ends, 1 to 60; 20 when absent.
    pub idle_session_timeout: Option<i64>,
    /// Minutes after which every session ends, 1 to 1440; no limit when absent.
    pub max_session_duration: Option<i64>,
    /// What a shell runs first on Windows.
    pub shell_profile_windows: Option<&'a str>,
    /// What a shell runs first on Linux and macOS.
    pub shell_profile_linux: Option<&'a str>,
    /// Whether the document is there already.
    pub exists: bool,
}

/// A boolean that is true unless it is turned off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag(pub bool);

impl Default for Flag {
    fn default() -> Self {
        Flag(true)
    }
}

/// Builds the document and the command that stores it.
///
/// # Errors
/// A user without Run As; a Region of another partition.
pub fn build_preferences(options: &PreferencesDocument) -> Result<BuiltDocument, Refused> {
    options.place.fields(&[])?;
    let group = options.cloud_watch_log_group_name;
    if options.run_as_default_user.is_some() && !options.run_as_enabled {
        return Err(Refused::conflict("runAsDefaultUser", Conflict::RunAsUserWithoutRunAs));
    }
    let streaming = options.cloud_watch_streaming_enabled.unwrap_or(group.is_some());
    let text = |value: Option<&str>| Data::Text(value.unwrap_or_default().to_owned());
    let minutes = |value: Option<i64>, usual: &str| {
        Data::Text(value.map_or_else(|| usual.to_owned(), |minutes| minutes.to_string()))
    };
    let inputs = vec![
        ("s3BucketName", text(options.s3_bucket_name)),
        ("s3KeyPrefix", text(options.s3_key_prefix)),
        ("s3EncryptionEnabled", Data::Bool(options.s3_encryption_enabled.0)),
        ("cloudWatchLogGroupName", text(group)),
        ("cloudWatchEncryptionEnabled", Data::Bool(options.cloud_watch_encryption_enabled.0)),
        ("cloudWatchStreamingEnabled", Data::Bool(streaming)),
        ("kmsKeyId", text(options.kms_key_id)),
        ("runAsEnabled", Data::Bool(options.run_as_enabled)),
        ("runAsDefaultUser", text(options.run_as_default_user)),
        ("idleSessionTimeout", minutes(options.idle_session_timeout, "20")),
        ("maxSessionDuration", minutes(options.max_session_duration, "")),
        (
            "shellProfile",
            Data::Object(vec![
                ("windows", text(options.shell_profile_windows)),
                ("linux", text(options.shell_profile_linux)),
            ]),
        ),
    ];
    let usual = "Document to hold regional settings for Session Manager";
    let document = Data::Object(vec![
        ("schemaVersion", text(Some("1.0"))),
        ("description", text(options.description.or(Some(usual)))),
        ("sessionType", text(Some("Standard_Stream"))),
        ("inputs", Data::Object(inputs)),
    ]);
    Ok(BuiltDocument {
        json: document.to_json(),
        document,
        notes: notes(options),
        command: command(options),
    })
}

/// A command that reads the text from a file beside it.
fn command(options: &PreferencesDocument) -> String {
    let file = "file://SessionManagerRunShell.json";
    let region = options.place.region.map(|region| format!(" --region {}", region.name));
    let region = region.unwrap_or_default();
    if options.exists {
        // The shell must not read the name of the newest version as a variable of its own.
        format!(
            "aws ssm update-document --name {DEFAULT_DOCUMENT} --content {file} --document-version '$LATEST'{region}"
        )
    } else {
        format!(
            "aws ssm create-document --name {DEFAULT_DOCUMENT} --content {file} --document-type Session \
             --document-format JSON{region}"
        )
    }
}

fn notes(options: &PreferencesDocument) -> Vec<Note> {
    let mut notes = vec![Note::new(
        "SUMMARY",
        "The preferences of one account in one Region. Save the text as SessionManagerRunShell.json and run the \
         command there.",
    )];
    let mut note = |code, message: &str| notes.push(Note::new(code, message));
    if !options.exists {
        note(
            "PREFERENCES_MAY_EXIST",
            "If the document is there already, as after the first visit to the console's preferences, the command \
             fails. Build it with exists true then.",
        );
    }
    if options.s3_bucket_name.is_some() && options.s3_encryption_enabled.0 {
        note(
            "BUCKET_MUST_BE_ENCRYPTED",
            "Sessions are refused unless the bucket has default encryption and the node role may see it: \
             s3:GetEncryptionConfiguration.",
        );
    }
    if options.cloud_watch_log_group_name.is_some() && options.cloud_watch_encryption_enabled.0 {
        note(
            "LOG_GROUP_MUST_BE_ENCRYPTED",
            "Sessions are refused unless the log group is encrypted with a KMS key and the node role may see it: \
             logs:DescribeLogGroups on every resource.",
        );
    }
    if options.cloud_watch_streaming_enabled == Some(true)
        && options.cloud_watch_log_group_name.is_none()
    {
        note("STREAMING_WITHOUT_LOG_GROUP", "Without a log group nothing is streamed.");
    }
    if options.kms_key_id.is_some() {
        note(
            "PREFERENCES_KEY",
            "Every node role then needs kms:Decrypt and every operator kms:GenerateDataKey on the ARN of the key, \
             also where an alias stands here. An alias works in its own account only.",
        );
    }
    if options.run_as_enabled {
        note(
            "RUN_AS_TAG",
            "Callers without the tag SSMSessionRunAs run as the default user; where there is none, or the user is \
             not on the node, their sessions fail.",
        );
    }
    notes.extend(options.s3_bucket_name.map(super::super::node::bucket_name).unwrap_or_default());
    notes.extend(options.place.notes(&[], ""));
    notes
}
