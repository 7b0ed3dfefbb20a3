//! The output of programs that look for the cause: `ssm-cli get-diagnostics` of the agent, and the checker of ECS Exec.
//!
//! Each check that failed is explained, with what to do. Sources: the agent, `agent/cli/diagnostics`, 2024-10;
//! amazon-ecs-exec-checker 0.7. Read 2026-11.

use super::folded::Folded;
use super::{capability, unnamed, Cause, Explanation, Permission};
use crate::session::capabilities::capabilities;
use crate::text::Span;

/// One check and its result.
struct Check {
    name: String,
    status: String,
    note: String,
    span: Span,
}

/// A check of the agent by the folded beginning of its name: code, what its failing means, what to do, what does not work.
const OF_AGENT: [(&str, &str, &str, &str, &[&str]); 14] = [
    ("ec2 imds", "CHECK_METADATA", "The agent does not reach the instance metadata service.",
     "Turn the metadata service on for the instance, and let 169.254.169.254 pass proxy and firewall.", &["node.heartbeat"]),
    ("hybrid instance registration", "CHECK_REGISTRATION", "The registration of the machine is not usable.",
     "Register it again with an activation.", &["node.heartbeat-hybrid"]),
    ("connectivity to ssmmessages", "CHECK_SSMMESSAGES", "The node does not reach ssmmessages, so no session can start.",
     "Give it HTTPS, port 443, to {host ssmmessages}, or the VPC endpoint {endpoint ssmmessages}.", &["node.channel"]),
    ("connectivity to ssm ", "CHECK_SSM", "The node does not reach Systems Manager.",
     "Give it HTTPS, port 443, to {host ssm}, or the VPC endpoint {endpoint ssm}.", &["node.heartbeat"]),
    ("connectivity to ec2messages", "CHECK_EC2MESSAGES", "The node does not reach ec2messages. Only agents before 3.3.40.0 need it, for Run Command.",
     "Update the agent, or add the VPC endpoint {endpoint ec2messages}. Sessions do not need it.", &["node.run-command-legacy"]),
    ("connectivity to s3", "CHECK_S3", "The node does not reach S3: logs in a bucket and updates of the agent need it.",
     "Add the VPC endpoint {endpoint s3} where logs go to a bucket. Sessions themselves do not need it.", &["node.s3-logs"]),
    ("connectivity to kms", "CHECK_KMS", "The node does not reach KMS: encrypted sessions need it.",
     "Add the VPC endpoint {endpoint kms} where the preferences name a key.", &["node.session-kms"]),
    ("connectivity to logs", "CHECK_LOGS", "The node does not reach CloudWatch Logs: logs in a log group need it.",
     "Add the VPC endpoint {endpoint logs} where logs go to CloudWatch Logs.", &["node.cw-logs"]),
    ("connectivity to monitoring", "CHECK_MONITORING", "The node does not reach CloudWatch. Session Manager does not need it.",
     "Nothing is missing for sessions.", &[]),
    ("aws credentials", "CHECK_CREDENTIALS", "The agent has no usable credentials.",
     "Attach an instance profile whose role allows ssm:UpdateInstanceInformation and the ssmmessages actions, or turn on Default Host Management; then restart the agent.", &["node.heartbeat", "node.channel"]),
    ("agent service", "CHECK_AGENT", "The agent is not running, or not under the user that it needs.",
     "Start the service amazon-ssm-agent, as root or LocalSystem.", &["node.heartbeat", "node.channel"]),
    ("proxy configuration", "CHECK_PROXY", "The proxy settings of the agent are not usable.",
     "Set the proxy in the service of the agent, and name 169.254.169.254 in no_proxy.", &[]),
    ("windows sysprep", "CHECK_SYSPREP", "Windows is in a state of Sysprep in which the agent does not start.",
     "Finish Sysprep; the image state must be IMAGE_STATE_COMPLETE.", &[]),
    ("ssm agent version", "CHECK_VERSION", "The version of the agent is not known.",
     "Install the agent again.", &[]),
];

/// A line of the ECS Exec checker that is red: its folded text, code, what it means, what to do.
const OF_ECS: [(&str, &str, &str, &str); 11] = [
    ("Session Manager Plugin | Missing", "PLUGIN_ABSENT", "The Session Manager plugin is not installed.", "Install the Session Manager plugin."),
    ("Exec Enabled for Task | NO", "ECS_EXEC_NOT_ENABLED", "ECS Exec is not turned on for the task.",
     "Turn it on with --enable-execute-command in the service or the task and start a new task."),
    ("STOPPED (Reason:", "ECS_AGENT_STOPPED", "The ExecuteCommandAgent in the container has stopped.",
     "Mend the other checks that failed, and start a new task."),
    ("(Required: >=", "ECS_VERSION_TOO_OLD", "The platform version, or the ECS agent, is too old for ECS Exec.",
     "Fargate needs platform version 1.4.0, on Windows 1.0.0, and EC2 the ECS agent 1.50.2, or later."),
    ("ReadOnly -", "ECS_ROOT_READ_ONLY", "The container has a read-only root file system, and the agent writes to it.",
     "Set readonlyRootFilesystem to false for the container."),
    ("EC2 or Task Role | Not Configured", "ECS_TASK_ROLE_ABSENT", "The task has no role, so its agent has no credentials.",
     "Give the task definition a task role that allows the four ssmmessages actions."),
    ("Task Status | STOPPED", "ECS_TASK_STOPPED", "The task is not running.", "Start a new task."),
    ("AWS_ACCESS_KEY: defined", "ECS_KEYS_IN_ENVIRONMENT", "The container has access keys in its environment; the agent takes them instead of the task role.",
     "Take the keys out of the container definition."),
    ("AWS_ACCESS_KEY_ID: defined", "ECS_KEYS_IN_ENVIRONMENT", "The container has access keys in its environment; the agent takes them instead of the task role.",
     "Take the keys out of the container definition."),
    ("not found. You must ensure your task has proper outbound", "ECS_ENDPOINT_ABSENT", "The VPC has endpoints, and none for ssmmessages.",
     "Add the VPC endpoint {endpoint ssmmessages}, or give the task a way to the internet."),
    ("Pre-flight check failed:", "ECS_CHECK_NOT_RUN", "The checker itself could not run.", "Do what the line says, and run it again."),
];

/// What is wrong by the checks in the text; what was fine too when the agent checked and found nothing.
pub(super) fn read(text: &str, folded: &Folded) -> Vec<Explanation> {
    let mut found = of_agent(text, folded);
    found.extend(of_ecs(text));
    found
}

fn of_agent(text: &str, folded: &Folded) -> Vec<Explanation> {
    let mut checks = of_json(folded);
    checks.extend(of_table(text));
    let mut found = Vec::new();
    let mut first_known = None;
    for check in &checks {
        let name = check.name.to_ascii_lowercase();
        let known = OF_AGENT.iter().find(|(start, ..)| {
            name.starts_with(start) || name.replace(' ', "").starts_with(&start.replace(' ', ""))
        });
        let Some((_, code, meaning, help, capabilities)) = known else { continue };
        first_known = first_known.or(Some(check.span));
        let is_bad = check.status.eq_ignore_ascii_case("failed")
            || (check.status.eq_ignore_ascii_case("skipped") && *code == "CHECK_CREDENTIALS");
        if is_bad {
            let note = check.note.trim_end_matches('.');
            let noted = if note.is_empty() { String::new() } else { format!(" It says: {note}.") };
            found.push(Explanation {
                code,
                meaning: format!("{meaning}{noted}"),
                help: (*help).to_owned(),
                cause: Cause::NotIam,
                capabilities: capabilities.to_vec(),
                ..unnamed(check.span)
            });
        }
    }
    if let (Some(span), true) = (first_known, found.is_empty()) {
        found.push(Explanation {
            code: "CHECKS_PASSED",
            meaning: "The agent found nothing wrong with its credentials, its network and its service. It does not \
                      look at what its role allows."
                .to_owned(),
            help: "Give the policies of the role to have them looked at.".to_owned(),
            cause: Cause::NotIam,
            ..unnamed(span)
        });
    }
    found
}

/// `{"DiagnosticsOutput": [{"Check": "EC2 IMDS", "Status": "Success", "Note": "…"}]}`.
fn of_json(folded: &Folded) -> Vec<Check> {
    let text = folded.text();
    let value = |from: usize, name: &str| -> Option<Span> {
        let rest = text.get(from..)?;
        let start = from + rest.strip_prefix(name).map(|_| name.len())?;
        let end = start + text.get(start..)?.find('"')?;
        Some(Span::new(start, end))
    };
    let read = |at: Span| {
        let name = value(at.start, "\"check\":\"")?;
        let status = value(name.end + 1, ",\"status\":\"")?;
        let note = value(status.end + 1, ",\"note\":\"");
        let spaced = |span: Span| {
            let source = folded.source(span);
            folded.whole().get(source.start..source.end).unwrap_or_default().to_owned()
        };
        let end = note.map_or(status.end, |note| note.end);
        Some(Check {
            name: spaced(name),
            status: spaced(status),
            note: note.map(spaced).unwrap_or_default(),
            span: folded.source(Span::new(at.start, end)),
        })
    };
    folded.find("\"check\": \"").into_iter().filter_map(read).collect()
}

/// Rows of three cells; a row without a name goes on with the note of the one above.
fn of_table(text: &str) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    for (start, line) in lines(text) {
        let cells: Vec<&str> = line.split(['│', '|']).map(str::trim).collect();
        let [_, name, status, note, ..] = cells.as_slice() else { continue };
        let end = start + line.trim_end().len();
        let is_status = ["Success", "Failed", "Skipped"].contains(status);
        if !name.is_empty() && is_status {
            let (name, status, note) =
                ((*name).to_owned(), (*status).to_owned(), (*note).to_owned());
            checks.push(Check { name, status, note, span: Span::new(start, end) });
        } else if let (true, true, Some(last)) =
            (name.is_empty(), status.is_empty(), checks.last_mut())
        {
            last.note.push(' ');
            last.note.push_str(note);
            last.span.end = end;
        }
    }
    checks
}

fn of_ecs(text: &str) -> Vec<Explanation> {
    if !["ExecuteCommand?", "Exec Enabled for Task", "Pre-flight check failed"]
        .iter()
        .any(|mark| text.contains(mark))
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let needles: Vec<String> = OF_ECS.iter().map(|(text, ..)| text.to_ascii_lowercase()).collect();
    let needles: Vec<&str> = needles.iter().map(String::as_str).collect();
    let mut who: Option<&str> = None;
    for (start, line) in lines(text) {
        let plain = Folded::new(line);
        let span = Span::new(start, start + line.trim_end().len());
        who = line
            .split_once("| arn:")
            .map(|(before, _)| line.get(before.len() + 2..).unwrap_or_default().trim())
            .or(who);
        for (_, at) in plain.find_each(&needles) {
            let Some((_, code, meaning, help)) = OF_ECS.get(at) else { continue };
            found.push(Explanation {
                code,
                meaning: (*meaning).to_owned(),
                help: (*help).to_owned(),
                cause: Cause::NotIam,
                capabilities: vec!["operator.ecs-exec"],
                ..unnamed(span)
            });
        }
        found.extend(simulated(&plain, who).map(|explanation| Explanation { span, ..explanation }));
    }
    found
}

/// `ssmmessages:CreateDataChannel: implicitDeny`.
fn simulated(line: &Folded, who: Option<&str>) -> Option<Explanation> {
    let (action, cause) = match line.text() {
        text if text.ends_with(":implicitdeny") => {
            (text.strip_suffix(":implicitdeny")?, Cause::ImplicitDeny)
        }
        text => (text.strip_suffix(":explicitdeny")?, Cause::ExplicitDeny),
    };
    let action = line.written(Span::new(0, action.len()));
    action.split_once(':')?;
    let resource = capability::resource_to_write(&action, None);
    let who_words = who.unwrap_or("The caller or the task role");
    let help = match cause {
        Cause::ImplicitDeny => format!("Allow {action} to {who_words}."),
        _ => format!(
            "Find the statement that denies {action} to {who_words}, and make an exception there."
        ),
    };
    let is_known =
        capabilities().iter().flat_map(|known| &known.requests).any(|r| r.action == action);
    let capabilities = if is_known { capability::of(&action, None, who) } else { Vec::new() };
    Some(Explanation {
        code: "ACCESS_DENIED",
        meaning: format!("{who_words} may not call {action}."),
        help,
        cause,
        principal: who.map(str::to_owned),
        permissions: vec![Permission { action, resource }],
        capabilities,
        ..unnamed(Span::new(0, 0))
    })
}

/// Lines with the bytes at which they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}
