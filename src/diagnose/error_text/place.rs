//! Where a message comes from and what it is about: the host that was not reached, and whether the program runs on
//! somebody's own computer.

use super::known::known;
use super::{message, Explanation};

/// Reasons that are of a host.
const OF_HOSTS: [&str; 5] =
    ["NOT_REACHED", "HOST_NOT_FOUND", "TLS_NOT_TRUSTED", "TLS_NOT_SPOKEN", "PROXY_REFUSED"];

/// What the names of hosts end with, those of AWS first.
const ENDINGS: [&str; 14] = [
    "amazonaws.com",
    "amazonaws.com.cn",
    "api.aws",
    "awsapps.com",
    "com",
    "net",
    "org",
    "io",
    "dev",
    "internal",
    "local",
    "cloud",
    "corp",
    "lan",
];
const ENDINGS_OF_AWS: usize = 4;

/// Parts of names that AWS gives to what belongs to its customers.
const OF_CUSTOMERS: [&str; 7] =
    [".rds.", ".compute.", ".compute-1.", ".elb.", ".cache.", ".redshift.", ".eks."];

/// What stands farther from a message, in bytes, is not of it.
const NEAR: usize = 300;

/// What an instance lacks of which the program would get credentials.
const OF_INSTANCES: [&str; 2] = ["NO_INSTANCE_PROFILE", "METADATA_NOT_REACHED"];

/// Signs in small letters that a program runs on the computer of a person, or looked for credentials everywhere.
const OF_PEOPLE: [&str; 18] = [
    "/users/",
    "c:\\users\\",
    "homebrew",
    "brew install",
    "wsl",
    "aws sso",
    "--profile",
    "aws_profile",
    "aws-vault",
    "saml2aws",
    "~/.aws",
    "darwin",
    "macos",
    "nocredentialproviders",
    "no valid providers in chain",
    "no valid credential sources",
    "sharedcredsload",
    "unable to locate credentials",
];

/// Signs that it runs on a node.
const OF_NODES: [&str; 9] = [
    "ssm-agent",
    "ssm agent",
    "[ssm-",
    "health ping",
    "controlchannel",
    "ec2roleprovider",
    "ec2identity",
    "data channel",
    "users\\administrator",
];

/// Says which host a message is about, where it names one.
pub(super) fn name_host(explanation: &mut Explanation, text: &str) {
    if !OF_HOSTS.contains(&explanation.code) {
        return;
    }
    let span = explanation.span;
    let start = text.floor_char_boundary(span.start.saturating_sub(NEAR));
    let end = text.floor_char_boundary(span.end.saturating_add(NEAR).min(text.len()));
    let before = text.get(start..span.start).unwrap_or_default();
    let own = text.get(span.start..end).unwrap_or_default();
    // The line of the message, and its next ones, which tell more than what stands above it.
    let line = before.rsplit('\n').next().unwrap_or_default();
    let Some(host) = [line, own].into_iter().flat_map(words).find(|word| is_host(word)) else {
        return;
    };
    let is_own = !ends_with(host, &ENDINGS[..ENDINGS_OF_AWS])
        || OF_CUSTOMERS.iter().any(|part| host.contains(part));
    let more = match is_own {
        true => {
            format!(" The text names {host}, which is no endpoint of AWS: the way to it counts, behind a tunnel that from the node.")
        }
        false => format!(" The text names {host}."),
    };
    explanation.meaning.push_str(&more);
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words =
        text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '%')));
    words.map(|word| word.trim_matches('.'))
}

fn ends_with(host: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| {
        host.strip_suffix(ending).is_some_and(|before| before.len() > 1 && before.ends_with('.'))
    })
}

/// Whether a word is the name or the address of a host other than one's own and that of the metadata.
fn is_host(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').take(5).collect();
    let is_address = parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok());
    match is_address {
        true => !word.starts_with("127.") && !word.starts_with("169.254.") && word != "0.0.0.0",
        false => !word.contains("..") && !word.contains('%') && ends_with(word, &ENDINGS),
    }
}

/// A program that found no credentials on somebody's own computer lacks no instance profile.
pub(super) fn of_people(found: &mut [Explanation], text: &str) {
    let is_of_instance = |one: &&mut Explanation| OF_INSTANCES.contains(&one.code);
    let mut lacking = found.iter_mut().filter(is_of_instance).peekable();
    if lacking.peek().is_none() {
        return;
    }
    let text = text.to_ascii_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
    let row = known().find(|known| known.code == "NO_CLIENT_CREDENTIALS");
    if let (true, Some(row)) = (has(&OF_PEOPLE) && !has(&OF_NODES), row) {
        lacking.for_each(|one| *one = message::of_known(one.span, &row, None));
    }
}
