//! Commands of the AWS CLI, for bash and for PowerShell: the document goes into a file, and the commands name the file.
//!
//! The text of the document is JSON in ASCII, and each of its lines begins with a bracket, a quotation mark or spaces:
//! none ends the quoted block in which it stands, and in that block no shell reads anything.

use super::cloudformation::ascii;
use super::commands::{plan, Argument, Output, Step, When};
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
        let mut is_guarded = false;
        for step in plan.steps.iter().filter(|step| self.given.has(step.needs)) {
            let (sentence, is_run) = match step.when {
                When::Now => (plan.about, true),
                When::Instead(sentence) | When::Undo(sentence) => (sentence, false),
            };
            if said != Some(sentence) {
                said = Some(sentence);
                out.push_str("\n# ");
                out.push_str(sentence);
                out.push('\n');
            }
            for line in self.line(step, is_guarded).lines() {
                if !is_run {
                    out.push_str("#   ");
                }
                out.push_str(line);
                out.push('\n');
            }
            is_guarded = step.output == Output::Kept;
        }
        out
    }

    /// A command with what becomes of what it prints; one that is guarded is run only where what it replaces is kept.
    fn line(&self, step: &Step, is_guarded: bool) -> String {
        let command = self.command(step);
        let before = self.quoted(&self.before());
        match (self.shell, step.output) {
            (Shell::Bash, Output::Kept) => {
                // An empty one is of a run that failed.
                ["[ -s ", &before, " ] || ", &command, " > ", &before, " &&"].concat()
            }
            (Shell::Bash, Output::KeptIfAny) => {
                ["[ -e ", &before, " ] || ", &command, " > ", &before].concat()
            }
            (Shell::Bash, Output::Made) => ["made=$(", &command, ")"].concat(),
            (Shell::PowerShell, Output::Kept | Output::KeptIfAny) => {
                let keep = ["Set-Content -Encoding ascii -Path ", &before, " -Value \"$before\""];
                let keep = match step.output {
                    Output::Kept => ["if ($before) { ", &keep.concat(), " }"].concat(),
                    _ => keep.concat(),
                };
                ["if (-not (Test-Path ", &before, ")) { $before = ", &command, "; ", &keep, " }"]
                    .concat()
            }
            (Shell::PowerShell, Output::Made) => "$made = ".to_owned() + &command,
            (Shell::PowerShell, Output::Shown) if is_guarded => {
                ["if (Test-Path ", &before, ") { ", &command, " }"].concat()
            }
            (_, Output::Shown) => command,
        }
    }

    /// The name of the file with what is replaced, by what it is of.
    fn before(&self) -> String {
        let (kind, of) = match self.attach_to {
            AttachTo::Key => ("key-", Name::Key),
            AttachTo::Bucket => ("bucket-", Name::Bucket),
            AttachTo::Trust => ("role-", Name::Role),
            _ => ("document-", Name::Document),
        };
        let name = self.name(of);
        let own = name.rsplit('/').next().unwrap_or_default();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let plain: String = own.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
        [kind, &plain, "-before.json"].concat()
    }

    /// The name of the file with the document: another than that of what is replaced, and none that begins as an option.
    fn file(&self) -> String {
        let name = match self.attach_to.is_of_document() {
            true => self.name(Name::Document),
            false => self.name(Name::Policy),
        };
        let file = name + ".json";
        match file.eq_ignore_ascii_case(&self.before()) {
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
                Argument::Before => "file://".to_owned() + &self.before(),
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
        command
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
