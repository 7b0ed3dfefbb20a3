//! Texts that are not JSON: names of managed policies, and formats that are known only to say what to paste instead.

use super::{Item, Kind, Pasted, What};
use crate::aws::Arn;
use crate::diagnose::managed;
use crate::text::Span;

/// Reads a text that begins at this byte of what was pasted.
pub(super) fn read(text: &str, base: usize, pasted: &mut Pasted) {
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'');
    let (mut names, mut at) = (Vec::new(), base);
    for piece in text.split_inclusive(separates) {
        let word = piece.trim_end_matches(separates);
        let span = Span::new(at, at + word.len());
        at += piece.len();
        // With --output text, a line has the ARN and the name.
        let is_same = |(name, _, _): &(&str, &str, Span)| *name == word;
        if word.is_empty() || word == "ATTACHEDPOLICIES" || names.last().is_some_and(is_same) {
            continue;
        }
        match managed_policy(word) {
            Some(name) => names.push((name, word, span)),
            None => {
                pasted.other(other_format(text), Span::new(base, base + text.len()));
                return;
            }
        }
    }
    for (name, word, span) in names {
        pasted.managed(name, word.starts_with("arn:").then_some(word), span);
    }
}

impl Pasted {
    /// Notes that a text is not read, and that it may make policies.
    pub(super) fn other(&mut self, other: Other, span: Span) {
        self.say(other.kind, span, other.message);
        if let Some(what) = other.makes {
            self.unread(what, false, span);
        }
    }

    /// Notes that a policy which a program puts together is not read: a part of it may deny anything.
    pub(super) fn program(&mut self, span: Span) {
        self.say(PROGRAM.kind, span, PROGRAM.message);
        self.unread("code", true, span);
    }

    /// Notes that a managed policy is attached; its document is looked for when all is read.
    pub(super) fn managed(&mut self, name: &str, arn: Option<&str>, span: Span) {
        let what = What::Attached(arn.map(str::to_owned));
        self.attach(Item { what, name: Some(name.to_owned()), owner: None, span });
    }

    /// The same, of somebody.
    pub(super) fn attach(&mut self, item: Item) {
        let name = item.name.as_deref().unwrap_or_default();
        let message = match managed::find(name) {
            Some(known) => {
                format!(
                    "The AWS managed policy {name}, version {} of {}.",
                    known.version, known.date
                )
            }
            None => format!("The managed policy {name}."),
        };
        self.say(Kind::ManagedPolicy, item.span, message);
        self.cover(item.span);
        self.items.push(item);
    }
}

/// The name, if the word is the ARN of a managed policy or the name of one of AWS's that is known here.
pub(super) fn managed_policy(word: &str) -> Option<&str> {
    if let Some(arn) = Arn::parse(word) {
        let name = arn.resource.strip_prefix("policy/")?;
        let name = name.rsplit('/').next()?;
        return (arn.service == "iam" && !name.is_empty()).then_some(name);
    }
    let of_service = Some(word).filter(|word| managed::is_of_service(word, None));
    managed::find(word).map(|known| known.name).or(of_service)
}

/// A text that is not read.
pub(super) struct Other {
    kind: Kind,
    /// What it is, where it may make policies of the role.
    makes: Option<&'static str>,
    message: &'static str,
}

impl Other {
    const fn of_use(makes: &'static str, message: &'static str) -> Self {
        Other { kind: Kind::NotUsed, makes: Some(makes), message }
    }
}

const TERRAFORM: Other = Other::of_use(
    "Terraform code",
    "This is Terraform code, which is not read here, so what it allows is not known. `postern role FILE` finds the \
     policies in such a file. Or give the policy that it makes: from terraform show -json, or what aws iam \
     get-role-policy prints.",
);

const CLOUDFORMATION: Other = Other::of_use(
    "CloudFormation template",
    "This is a CloudFormation template in YAML, or a part of one, which is not read here, so what it allows is not known. `postern role \
     FILE` finds the policies in such a file. Or give the policy that it makes, as aws iam get-role-policy prints it.",
);

const CDK: Other = Other::of_use(
    "CDK or Pulumi code",
    "This is CDK or Pulumi code, which is not read here, so what it allows is not known. Give the policy that it makes: \
     `postern role FILE` reads the template that cdk synth prints, or give what aws iam get-role-policy prints.",
);

const PROGRAM: Other = Other::of_use(
    "code",
    "This is code of a program, which is not read here, so what it allows is not known. Give the policy that it makes, as \
     aws iam get-role-policy prints it.",
);

const YAML: Other = Other::of_use(
    "YAML or text form",
    "This is the YAML or text form of a policy or of a command's output, which is not read here, so what it allows is not \
     known. Run the command with --output json, give the policy as JSON, or use `postern role FILE`, which reads YAML.",
);

/// How lines of Terraform begin.
const BLOCKS: [&str; 9] = [
    "resource \"",
    "data \"",
    "module \"",
    "variable \"",
    "provider \"",
    "terraform {",
    "locals {",
    "statement {",
    "assume_role_policy =",
];

/// Whether a text makes policies by code, and so is none itself.
pub(super) fn is_code(text: &str) -> bool {
    code(text).is_some()
}

/// What a text is that makes policies by code, and so is none itself.
fn code(text: &str) -> Option<Other> {
    let has = |needle: &str| text.contains(needle);
    let begins = |starts: &[&str]| {
        let mut lines = text.lines().map(str::trim_start);
        lines.any(|line| starts.iter().any(|start| line.starts_with(start)))
    };
    if is_error(text) {
        return None;
    }
    if has("aws_iam_") || has("jsonencode(") || begins(&BLOCKS) {
        return Some(TERRAFORM);
    }
    if has("AWSTemplateFormatVersion")
        || has("AWS::IAM::")
        || has("AWS::Serverless::")
        || begins(&["Resources:", "ManagedPolicyArns:", "iamRoleStatements:"])
    {
        return Some(CLOUDFORMATION);
    }
    (has("PolicyStatement(") || has("new iam.") || has("aws.iam.") || has("aws_cdk")).then_some(CDK)
}

/// No name of a constant is longer.
const LONGEST_CONSTANT: usize = 100;

/// What a text is in which statements are written, though not as JSON: told by how it writes their effect, or that it gives
/// a list of managed policies to something.
pub(super) fn statements(text: &str) -> Option<Other> {
    if text.contains("[]string{") && text.contains("Action") {
        return Some(PROGRAM);
    }
    let gives_policies = |line: &str| {
        let Some((name, list)) = line.split_once('=') else { return false };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        name.trim().chars().all(is_name)
            && list.trim_start().starts_with(['[', '{', '"'])
            && list.contains(":policy/")
    };
    let gives_actions = |line: &str| {
        let rest = line.trim_start().strip_prefix("actions").map(str::trim_start);
        rest.is_some_and(|rest| rest.strip_prefix("= [").is_some())
    };
    if text.lines().any(|line| gives_policies(line) || gives_actions(line)) {
        return Some(TERRAFORM);
    }
    text.match_indices("ffect").find_map(|(at, word)| {
        let before = text.get(..at)?.strip_suffix(['E', 'e'])?;
        let quote = before.chars().next_back();
        if quote.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let rest = text.get(at + word.len()..)?;
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start();
        let is = |value: &str| {
            let value = value.trim_start().trim_start_matches(['"', '\'', '`']);
            let behind = value.strip_prefix("Allow").or_else(|| value.strip_prefix("Deny"));
            behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        if rest.strip_prefix("=>").is_some_and(is) {
            return Some(PROGRAM);
        }
        if let Some(value) = rest.strip_prefix('=').filter(|value| is(value)) {
            // Arguments of Python have no spaces there.
            return Some(if value.starts_with(' ') { TERRAFORM } else { PROGRAM });
        }
        // A constant, such as `iam.EffectAllow` and `Effect.DENY`.
        let constant = |rest: &str| {
            // Where nothing ends it, the whole rest of a text would be looked at.
            let near = rest.trim_start().chars().take(LONGEST_CONSTANT);
            let value: String = near.take_while(|c| !",;\n)".contains(*c)).collect();
            let small = value.trim().to_ascii_lowercase();
            let is_name =
                small.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'));
            let ends = small.ends_with("allow") || small.ends_with("deny");
            (is_name && ends && small.len() > "allow".len()).then_some(PROGRAM)
        };
        if let Some(found) = rest.strip_prefix([':', '=']).and_then(constant) {
            return Some(found);
        }
        let value = rest.strip_prefix(':').filter(|value| quote != Some('"') && is(value))?;
        let is_plain = !value.trim_start().starts_with(['"', '\'', '`']);
        Some(if is_plain || !text.contains('{') { YAML } else { PROGRAM })
    })
}

/// Whether a text has a key of a policy or a statement in it.
pub(super) fn has_statements(text: &str) -> bool {
    ["Statement", "Effect", "NotAction", "Action"].iter().any(|key| text.contains(key))
}

/// Whether a text that is not JSON is not meant to be a policy in JSON either, but has statements written in another way.
pub(super) fn writes_no_json(text: &str) -> bool {
    let inside = text.trim_start_matches(['{', '[', '(']).trim_start();
    let first = inside.trim_start_matches(['"', '\'']);
    let is_policy = ["Version", "Statement", "Id"].iter().any(|key| first.starts_with(key));
    !is_policy && (is_code(text) || statements(text).is_some())
}

/// Whether what stands in place of a value of JSON is an expression of a program, such as `BUCKET_ARN`, `role.arn`,
/// `f"arn:..."` and `+ bucket`, and no word without its quotation marks.
pub(super) fn is_expression(text: &str) -> bool {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let rest = text.trim_start_matches(is_of_word);
    let word = text.strip_suffix(rest).unwrap_or_default();
    let is_name = word.starts_with(|c: char| c.is_ascii_alphabetic());
    // Texts that are put together.
    text.starts_with('+')
        || is_name && (word.contains('_') || rest.starts_with(['.', '(', '"', '\'']))
}

/// Whether a command of the AWS CLI asks for something and changes nothing.
fn prints(command: &str) -> bool {
    let mut words = command.trim_start_matches("$ ").split_whitespace();
    let operation = words.nth(2).unwrap_or_default();
    ["get-", "list-", "describe-", "lookup-"].iter().any(|verb| operation.starts_with(verb))
}

fn is_error(text: &str) -> bool {
    ["is not authorized to perform", "AccessDenied", "An error occurred ("]
        .iter()
        .any(|words| text.contains(words))
}

/// What a text is that is neither JSON nor a name.
fn other_format(text: &str) -> Other {
    let has = |needle: &str| text.contains(needle);
    if let Some(code) = code(text) {
        return code;
    }
    let other = |kind, message| Other { kind, makes: None, message };
    if is_error(text) {
        return other(
            Kind::Unrelated,
            "This is an error message, not a policy. Have it explained, and give the policies of the role.",
        );
    }
    let is_line = !text.contains('\n');
    let is_file = [".json", ".yaml", ".yml", ".tf", ".txt"].iter().any(|end| text.ends_with(end));
    if is_line && (is_file || text.starts_with("file://")) {
        return other(
            Kind::NotRecognised,
            "This is the name of a file, not what is in it. Give its content, or open the file.",
        );
    }
    if text.starts_with("aws ") || text.starts_with("$ aws ") {
        if prints(text) {
            return other(Kind::Command, "This is a command. Run it, and give what it prints.");
        }
        return other(
            Kind::NotUsed,
            "This is a command, and there is no policy in it that can be read. Give the policy that it names, or what \
             aws iam get-role-policy prints.",
        );
    }
    if let Some(written) = statements(text) {
        return written;
    }
    if has("PolicyDocument:") || has("Statement:") || has("RoleName:") || text.starts_with("POLICY")
    {
        return YAML;
    }
    let is_name = text.len() <= 128
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+=,.@_-".contains(&b));
    if is_name && text.bytes().any(|b| b.is_ascii_uppercase()) {
        return other(
            Kind::NotRecognised,
            "This is neither a policy nor the name of an AWS managed policy that is known here. Give the policy \
             document as JSON, as aws iam get-policy-version prints it.",
        );
    }
    other(
        Kind::NotRecognised,
        "This is not a policy. Give policy JSON, what aws iam get-role-policy or get-account-authorization-details \
         prints, or the name or ARN of an AWS managed policy.",
    )
}
