//! Commands of the AWS CLI, for bash and for PowerShell: the document goes into a file, and the commands name the file.
//!
//! The text of the document is JSON in ASCII, and each of its lines begins with a bracket, a quotation mark or spaces:
//! none ends the quoted block in which it stands, and in that block no shell reads anything.

use super::cloudformation::ascii;
use super::commands::{plan, Argument, Step, When};
use super::given::{Given, Name};
use super::resource::{cased, Case};
use super::{AttachTo, Exported};
use crate::json::Layout;
use crate::session::related::argument;

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// bash, and what reads its language.
    Bash,
    /// PowerShell, on Windows and elsewhere.
    PowerShell,
}

/// What the commands are written for.
pub struct Commands<'g> {
    /// The shell that runs them.
    pub shell: Shell,
    /// What they attach the document to.
    pub attach_to: AttachTo,
    /// The names.
    pub given: &'g Given<'g>,
    /// The Region.
    pub region: Option<&'g str>,
}

/// The file with what a command replaces.
const BEFORE: &str = "policy-before.json";

impl Commands<'_> {
    /// The text that attaches the document.
    pub fn print(&self, exported: Exported) -> String {
        let plan = plan(self.attach_to);
        let json = ascii(&exported.to_plain().print(Layout::Guide));
        let file = self.quoted(&self.file());
        let mut out = match self.shell {
            Shell::Bash => ["cat > ", &file, " <<'POLICY'\n", &json, "POLICY\n"].concat(),
            Shell::PowerShell => {
                ["@'\n", &json, "'@ | Set-Content -Encoding ascii -Path ", &file, "\n"].concat()
            }
        };
        let mut said = None;
        for step in plan.steps.iter().filter(|step| self.given.has(step.needs)) {
            let (sentence, is_run) = match step.when {
                When::Instead(sentence) => (sentence, false),
                When::Undo => ("To undo it:", false),
                _ => (plan.about, true),
            };
            if said != Some(sentence) {
                said = Some(sentence);
                out.push_str("\n# ");
                out.push_str(sentence);
                out.push('\n');
            }
            for line in self.command(step).lines() {
                if !is_run {
                    out.push_str("#   ");
                }
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }

    /// The name of the file with the document: another than that of what is replaced, and none that begins as an option.
    fn file(&self) -> String {
        let name = match self.attach_to.is_of_document() {
            true => self.name(Name::Document),
            false => self.name(Name::Policy),
        };
        let file = name + ".json";
        match file.eq_ignore_ascii_case(BEFORE) {
            true => "new-".to_owned() + &file,
            false if file.starts_with('-') => "./".to_owned() + &file,
            false => file,
        }
    }

    /// What was given, or words in capitals to be replaced.
    fn name(&self, name: Name) -> String {
        match self.given.name(name) {
            Some(given) => given.to_owned(),
            None => cased(name.input().name, Case::Capitals),
        }
    }

    /// A value as one argument.
    fn quoted(&self, value: &str) -> String {
        let quote = match self.shell {
            Shell::Bash => r"'\''",
            Shell::PowerShell => "''",
        };
        argument(value, quote)
    }

    fn command(&self, step: &Step) -> String {
        let mut command = "aws ".to_owned() + step.call;
        for (name, value) in step.options {
            let value = match value {
                Argument::Text(text) => (*text).to_owned(),
                Argument::Name(name) => self.name(*name),
                Argument::File => "file://".to_owned() + &self.file(),
                Argument::Before => "file://".to_owned() + BEFORE,
                // The partition and the account are those of whoever runs it, and not known here.
                Argument::PolicyArn => {
                    "arn:PARTITION:iam::ACCOUNT_ID:policy/".to_owned() + &self.name(Name::Policy)
                }
                Argument::Variable => {
                    self.option(&mut command, name, " \"$made\"");
                    continue;
                }
            };
            self.given_option(&mut command, name, &value);
        }
        if let Some(region) = self.region.filter(|_| step.is_regional) {
            self.given_option(&mut command, "region", region);
        }
        match (step.when, self.shell) {
            (When::Keeping, Shell::Bash) => command + " > " + BEFORE,
            (When::Keeping, Shell::PowerShell) => {
                command + " | Set-Content -Encoding ascii -Path " + BEFORE
            }
            (When::Making, Shell::Bash) => ["made=$(", &command, ")"].concat(),
            (When::Making, Shell::PowerShell) => "$made = ".to_owned() + &command,
            _ => command,
        }
    }

    /// An option with its value. One that begins with a hyphen stands behind an equals sign, since the CLI would take it
    /// for an option of its own.
    fn given_option(&self, command: &mut String, name: &str, value: &str) {
        let between = if value.starts_with('-') { "=" } else { " " };
        self.option(command, name, &(between.to_owned() + &self.quoted(value)));
    }

    fn option(&self, command: &mut String, name: &str, value: &str) {
        command.push_str(match self.shell {
            Shell::Bash => " \\\n  --",
            Shell::PowerShell => " `\n  --",
        });
        command.push_str(name);
        command.push_str(value);
    }
}
