//! Commands of the AWS CLI, for bash and for PowerShell: the document goes into a file, and the commands name the file.
//!
//! The text of the document is JSON in ASCII, and each of its lines begins with a bracket, a quotation mark or spaces:
//! none ends the quoted block in which it stands, and in that block no shell reads anything.

mod plan;

use super::attach::POLICY_NAME;
use super::cloudformation::ascii;
use super::{AttachTo, Exported, Target};
use crate::json::Layout;
use crate::session::related::argument;
use crate::session::DEFAULT_DOCUMENT;

use plan::Line;

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// bash, and what reads its language.
    Bash,
    /// PowerShell, on Windows and elsewhere.
    PowerShell,
}

/// The text of the commands.
pub fn print(exported: Exported, target: &Target, shell: Shell) -> String {
    let name = match target.attach_to {
        AttachTo::Preferences => Some(target.document_name.unwrap_or(DEFAULT_DOCUMENT)),
        AttachTo::SessionDocument => target.document_name,
        _ => None,
    };
    let file = format!("{}.json", name.or(target.policy_name).unwrap_or(POLICY_NAME));
    let plan = Line::new(shell, target, &file).plan(exported);
    let mut out = String::new();
    let json = ascii(&exported.to_plain().print(Layout::Guide));
    let quoted = shell.quoted(&file);
    match shell {
        Shell::Bash => {
            out.push_str("cat > ");
            out.push_str(&quoted);
            out.push_str(" <<'POLICY'\n");
            out.push_str(&json);
            out.push_str("POLICY\n");
        }
        Shell::PowerShell => {
            out.push_str("@'\n");
            out.push_str(&json);
            out.push_str("'@ | Set-Content -Encoding ascii -Path ");
            out.push_str(&quoted);
            out.push('\n');
        }
    }
    sentence(&mut out, plan.about);
    for step in &plan.steps {
        out.push_str(step);
        out.push('\n');
    }
    for (about, command) in &plan.instead {
        sentence(&mut out, about);
        comment(&mut out, command);
    }
    sentence(&mut out, "To undo it:");
    plan.undo.iter().for_each(|command| comment(&mut out, command));
    out
}

fn sentence(out: &mut String, text: &str) {
    out.push_str("\n# ");
    out.push_str(text);
    out.push('\n');
}

/// A command that is shown and not run.
fn comment(out: &mut String, command: &str) {
    for line in command.lines() {
        out.push_str("#   ");
        out.push_str(line);
        out.push('\n');
    }
}

impl Shell {
    /// A value as one argument.
    fn quoted(self, value: &str) -> String {
        argument(
            value,
            match self {
                Shell::Bash => r"'\''",
                Shell::PowerShell => "''",
            },
        )
    }

    /// A variable that holds what a command prints.
    fn assigned(self, command: &str) -> String {
        match self {
            Shell::Bash => format!("made=$({command})"),
            Shell::PowerShell => format!("$made = {command}"),
        }
    }
}
