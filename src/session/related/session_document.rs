//! Session documents of one's own for commands and for ports, and the commands of the AWS CLI that store documents.
//!
//! Source: the Systems Manager user guide, "Session document schema", "Restrict access to commands in a session" and
//! "Start a session"; the source of the agent and of the plugin, which tell what a port's properties are; read 2026-11.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Error};
use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::json::{Layout, Plain};

use super::super::option::{self, of, Values};
use super::super::place::DEFAULT_DOCUMENT;
use super::super::{Conflict, Note, Place, Refusal, Refused};
use super::parameter::{self, DocumentParameter};

use super::command::option as with;
use super::BuiltDocument;

/// A session document, checked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct SessionDocument<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    #[serde(default)]
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(default, borrow)]
    pub region: Option<Region<'a>>,
    /// Its name.
    #[serde(deserialize_with = "option::name::<of::Document, _>")]
    pub name: &'a str,
    /// What it is for.
    pub description: Option<&'a str>,
    /// What sessions with it do.
    #[serde(deserialize_with = "session_type")]
    pub session_type: SessionDocumentType,
    /// What callers give.
    #[serde(default, borrow, deserialize_with = "parameter::declared")]
    pub parameters: Vec<DocumentParameter<'a>>,
    /// What is run on Windows.
    #[serde(borrow)]
    pub windows: Option<Commands<'a>>,
    /// What is run on Linux.
    #[serde(borrow)]
    pub linux: Option<Commands<'a>>,
    /// What is run on macOS.
    #[serde(borrow)]
    pub macos: Option<Commands<'a>>,
    /// The port on the node, or on the host: a number or a reference.
    #[serde(default, deserialize_with = "port_of_node")]
    pub port_number: Option<String>,
    /// The port on the machine of the caller: a number, 0 for any that is free, or a reference.
    #[serde(default, deserialize_with = "port_of_caller")]
    pub local_port_number: Option<String>,
    /// The host behind the node; the node itself when absent.
    #[serde(default, deserialize_with = "option::host")]
    pub host: Option<&'a str>,
    /// Whether the document is there already.
    #[serde(default)]
    pub exists: bool,
}

/// What sessions with a document do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum SessionDocumentType {
    /// Run commands that the caller can type into.
    InteractiveCommands,
    /// Run commands and show what they print.
    NonInteractiveCommands,
    /// Forward a port.
    Port,
}

impl SessionDocumentType {
    fn word(self) -> &'static str {
        match self {
            SessionDocumentType::InteractiveCommands => "InteractiveCommands",
            SessionDocumentType::NonInteractiveCommands => "NonInteractiveCommands",
            SessionDocumentType::Port => "Port",
        }
    }
}

impl<'a> SessionDocument<'a> {
    fn place(&self) -> Place<'a> {
        Place { partition: self.partition, region: self.region, account_id: None }
    }
}

fn session_type<'de, D: Deserializer<'de>>(d: D) -> Result<SessionDocumentType, D::Error> {
    match <&str>::deserialize(d)? {
        "Standard_Stream" => Err(D::Error::custom(Refusal::Conflict(Conflict::SHELL_DOCUMENT))),
        text => SessionDocumentType::deserialize(BorrowedStrDeserializer::new(text)),
    }
}

fn port_of_node<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    option::port(d, 1).map(Some)
}

fn port_of_caller<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    option::port(d, 0).map(Some)
}

/// Commands for one operating system.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct Commands<'a> {
    /// The commands, one after the other.
    #[serde(borrow)]
    pub commands: Values<&'a str>,
    /// Whether they run with the rights of an administrator.
    #[serde(default)]
    pub run_as_elevated: bool,
}

/// Builds the document and the command that stores it.
///
/// # Errors
/// The name of the preferences, nothing to run or no port, what belongs to another type, a parameter whose default is not allowed; a Region of
/// another partition.
pub fn build_session_document(options: &SessionDocument) -> Result<BuiltDocument, Refused> {
    options.place().fields(&[])?;
    if options.name == DEFAULT_DOCUMENT {
        return Err(Refused::conflict("name", Conflict::PREFERENCES_NAME));
    }
    let properties = match options.session_type {
        SessionDocumentType::Port => port(options)?,
        _ => commands(options)?,
    };
    let texts = texts(options);
    parameter::check(&options.parameters, &texts)?;
    let mut fields = vec![("schemaVersion", Plain::string("1.0"))];
    fields.extend(options.description.map(|text| ("description", Plain::string(text))));
    fields.push(("sessionType", Plain::string(options.session_type.word())));
    if !options.parameters.is_empty() {
        fields.push(("parameters", parameter::parameters(&options.parameters)));
    }
    fields.push(("properties", Plain::fields(properties)));
    let document = Plain::fields(fields);
    let json = document.print(Layout::Guide);
    let mut notes = notes(options, &texts);
    notes.extend(too_long(&json));
    let command = command(&options.place(), options.name, options.exists);
    Ok(BuiltDocument { json, document: document.into_owned(), notes, command })
}

fn commands<'o>(options: &'o SessionDocument) -> Result<Vec<(&'static str, Plain<'o>)>, Refused> {
    let of_ports = [
        ("portNumber", options.port_number.is_some()),
        ("localPortNumber", options.local_port_number.is_some()),
        ("host", options.host.is_some()),
    ];
    if let Some((name, _)) = of_ports.iter().find(|(_, is_given)| *is_given) {
        return Err(Refused::conflict(name, Conflict::OTHER_SESSION_TYPE));
    }
    let mut systems = Vec::new();
    for (system, given) in by_system(options) {
        let Some(given) = given else { continue };
        let commands = match given.commands.values.as_slice() {
            [one] if !given.commands.is_list => Plain::string(*one),
            all if all.iter().any(|command| !command.trim().is_empty()) => parameter::list(all),
            _ => return Err(Refused::conflict(system, Conflict::COMMANDS_MISSING)),
        };
        let elevated = Plain::Bool(given.run_as_elevated);
        let fields = vec![("commands", commands), ("runAsElevated", elevated)];
        systems.push((system, Plain::fields(fields)));
    }
    if systems.is_empty() {
        return Err(Refused::conflict("linux", Conflict::COMMANDS_MISSING));
    }
    Ok(systems)
}

fn by_system<'o>(options: &'o SessionDocument) -> [(&'static str, Option<&'o Commands<'o>>); 3] {
    [
        ("windows", options.windows.as_ref()),
        ("linux", options.linux.as_ref()),
        // The agent reads it so; the guide does not say.
        ("macos", options.macos.as_ref()),
    ]
}

fn port<'o>(options: &'o SessionDocument) -> Result<Vec<(&'static str, Plain<'o>)>, Refused> {
    if let Some((system, _)) = by_system(options).iter().find(|(_, given)| given.is_some()) {
        return Err(Refused::conflict(system, Conflict::OTHER_SESSION_TYPE));
    }
    let Some(number) = &options.port_number else {
        return Err(Refused::conflict("portNumber", Conflict::PORT_NUMBER_MISSING));
    };
    let mut fields = Vec::new();
    fields.extend(options.host.map(|host| ("host", Plain::string(host))));
    fields.push(("portNumber", Plain::string(number.as_str())));
    if is_forwarding(options) {
        let local = options.local_port_number.as_deref().unwrap_or("0");
        fields.push(("type", Plain::string("LocalPortForwarding")));
        fields.push(("localPortNumber", Plain::string(local)));
    }
    Ok(fields)
}

/// Whether a port on the machine of the caller is forwarded; the traffic goes over standard input and output else.
fn is_forwarding(options: &SessionDocument) -> bool {
    options.local_port_number.is_some() || options.host.is_some()
}

/// The texts in which parameters may stand.
fn texts<'o>(options: &'o SessionDocument) -> Vec<&'o str> {
    let mut texts: Vec<&'o str> = Vec::new();
    for (_, given) in by_system(options) {
        texts.extend(given.iter().flat_map(|given| &given.commands.values));
    }
    texts.extend(options.host);
    texts.extend(options.port_number.as_deref());
    texts.extend(options.local_port_number.as_deref());
    texts
}

/// The command that stores a document, from a file beside it.
pub(super) fn command(place: &Place, name: &str, exists: bool) -> String {
    let file = if name == DEFAULT_DOCUMENT { "SessionManagerRunShell" } else { name };
    let (name, content) = (with("name", name), with("content", &format!("file://{file}.json")));
    let region = place.region.map(|region| with("region", region.name)).unwrap_or_default();
    if exists {
        let version = with("document-version", "$LATEST");
        format!("aws ssm update-document{name}{content}{version}{region}")
    } else {
        format!(
            "aws ssm create-document{name}{content} --document-type Session --document-format JSON{region}"
        )
    }
}

/// What is to be known of every document of one's own: who starts it and how.
pub(super) fn notes_of_named(name: &str, exists: bool) -> Vec<Note> {
    let document_name = with("document-name", name);
    let mut notes = vec![Note::new(
        "DOCUMENT_MUST_BE_ALLOWED",
        format!(
            "People start it with aws ssm start-session --target NODE{document_name}, and need ssm:StartSession on \
             the node and on this document: documents of the operator policy. Whoever may also start the default \
             document or those of AWS is not bound by it."
        ),
    )];
    if exists {
        notes.push(Note::new(
            "DOCUMENT_DEFAULT_VERSION",
            format!(
                "The command adds a version. Make it the default with aws ssm update-document-default-version{} \
                 --document-version NUMBER, since people cannot choose one when they start a session.",
                with("name", name)
            ),
        ));
    }
    notes
}

/// So many bytes has a document at most.
///
/// Source: the Systems Manager user guide, "Creating SSM document content", read 2026-11: 64 KB.
pub(super) const MOST: usize = 64 * 1024;

pub(super) fn too_long(json: &str) -> Option<Note> {
    (json.len() > MOST).then(|| {
        Note::new(
            "DOCUMENT_OVER_QUOTA",
            format!(
                "The document has {} bytes, and AWS takes {MOST} together with the values of its parameters. Put \
                 long commands into a script on the nodes.",
                json.len()
            ),
        )
    })
}

fn notes(options: &SessionDocument, texts: &[&str]) -> Vec<Note> {
    let is_port = options.session_type == SessionDocumentType::Port;
    let name = options.name;
    let what = match options.session_type {
        SessionDocumentType::InteractiveCommands => "for commands that people can type into",
        SessionDocumentType::NonInteractiveCommands => "for commands that only print",
        SessionDocumentType::Port if options.host.is_some() => {
            "for a port of a host behind the node"
        }
        SessionDocumentType::Port => "for a port of the node",
    };
    let mut notes = vec![Note::new(
        "SUMMARY",
        format!(
            "A session document {what}. Save the text as {name}.json and run the command there, once for each \
             Region."
        ),
    )];
    notes.extend(notes_of_named(name, options.exists));
    let given: Vec<_> = by_system(options).into_iter().filter_map(|(_, given)| given).collect();
    let is_elevated = given.iter().any(|given| given.run_as_elevated);
    if !is_port {
        let used = parameter::used_in(texts);
        for parameter in &options.parameters {
            if used.contains(parameter.name) && !parameter::is_restricted(parameter) {
                let rights = if is_elevated { " with the rights of an administrator" } else { "" };
                let run = match parameter.allowed_pattern {
                    Some(_) => "and its allowedPattern is not known to keep out what means something to a shell, so they may run",
                    None => "so they can run",
                };
                notes.push(Note::new(
                    "PARAMETER_UNRESTRICTED",
                    format!(
                        "The value of {} goes into the commands as people write it, {run} anything{rights}. Give it \
                         allowedValues, or an allowedPattern such as ^[A-Za-z0-9_.-]+$: one that holds from ^ to $ and lists \
                         letters, digits and signs that mean nothing to a shell.",
                        parameter.name
                    ),
                ));
            }
        }
    }
    let mut note = |code, message: &str| notes.push(Note::new(code, message));
    if is_elevated {
        note(
            "RUN_AS_ELEVATED",
            "The commands run with the rights of an administrator. A pager, an editor or whatever else can start a \
             shell hands these rights on to whoever may start the document.",
        );
    }
    if options.macos.is_some() {
        note(
            "MACOS_COMMANDS_UNVERIFIED",
            "The agent's source reads commands for macOS under this name, and the guide does not mention them. Try \
             one session first.",
        );
    }
    if options.session_type == SessionDocumentType::InteractiveCommands {
        note(
            "COMMANDS_FROM_CLI_ONLY",
            "Sessions with interactive commands start from the AWS CLI only, and their logs are not streamed to \
             CloudWatch Logs while they run.",
        );
    }
    if is_port {
        note(
            "PORT_NOT_LOGGED",
            "Session Manager logs none of the contents of sessions for ports and does not use the session key: they \
             are as safe as the protocol inside.",
        );
        if !is_forwarding(options) {
            note(
                "PORT_WITHOUT_LOCAL_PORT",
                "The traffic goes over standard input and output, as a ProxyCommand of ssh wants it. Give \
                 localPortNumber to forward a port of the caller's machine; 0 takes one that is free.",
            );
        }
    }
    if options.host.is_some() {
        note(
            "REMOTE_HOST_AGENT",
            "Ports of other hosts need agent 3.1.1374.0 or later on the node. The host sees the node as the client, \
             so its security group must let the node in.",
        );
    }
    let is_open = |text: Option<&str>| text.is_some_and(|text| text.contains("{{"));
    if is_open(options.host) || is_open(options.port_number.as_deref()) {
        note(
            "PORT_CHOSEN_BY_CALLER",
            "Policies cannot limit the values of parameters. Write the host and the port into the document, or give \
             their parameters allowedValues.",
        );
    }
    notes.extend(parameter::notes(&options.parameters, texts));
    notes.extend(options.place().notes(&[], ""));
    notes
}
