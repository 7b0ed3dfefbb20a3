//! Where a message comes from and what it is about: the host that was not reached, and whether the program runs on
//! somebody's own computer.

use super::known::known;
use super::{message, Explanation};

/// Reasons that are of a host.
const OF_HOSTS: &str = "NOT_REACHED HOST_NOT_FOUND TLS_NOT_TRUSTED TLS_NOT_SPOKEN PROXY_REFUSED";

/// What the names of hosts end with: those of AWS, and others.
const ENDINGS_OF_AWS: &str = ".amazonaws.com .amazonaws.com.cn .api.aws .awsapps.com";
const ENDINGS: &str = ".com .cn .aws .net .org .io .dev .internal .local .cloud .corp .lan";

/// Parts of names that AWS gives to what belongs to its customers.
const OF_CUSTOMERS: &str = ".rds. .compute. .compute-1. .elb. .cache. .redshift. .eks.";

/// What stands farther from a message, in bytes, is not of it.
const NEAR: usize = 300;

/// What an instance lacks of which the program would get credentials.
const OF_INSTANCES: &str = "NO_INSTANCE_PROFILE METADATA_NOT_REACHED";

/// Signs in small letters that a program runs on the computer of a person, or looked for credentials everywhere.
const OF_PEOPLE: &str = "/users/|c:\\users\\|homebrew|brew install|wsl|aws sso|--profile|aws_profile|aws-vault|saml2aws|\
                         ~/.aws|darwin|macos|nocredentialproviders|no valid providers in chain|\
                         no valid credential sources|sharedcredsload|unable to locate credentials";

/// Signs that it runs on a node.
const OF_NODES: &str = "ssm-agent|ssm agent|[ssm-|health ping|controlchannel|ec2roleprovider|ec2identity|data channel|\
                        users\\administrator";

/// Says which host a message is about, where it names one.
pub(super) fn name_host(explanation: &mut Explanation, text: &str) {
    if !OF_HOSTS.split(' ').any(|code| code == explanation.code) {
        return;
    }
    let span = explanation.span;
    let start = text.floor_char_boundary(span.start.saturating_sub(NEAR));
    let end = text.floor_char_boundary(span.end.saturating_add(NEAR).min(text.len()));
    let before = text.get(start..span.start).unwrap_or_default();
    // The line of the message, and its next ones, which tell more than what stands above it.
    let line_start = start + before.rfind('\n').map_or(0, |at| at + 1);
    let near = text.get(line_start..end).unwrap_or_default();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '%');
    let mut words = near.split(|c| !is_part(c)).map(|word| word.trim_matches('.'));
    let Some(host) = words.find(|word| is_host(word)) else { return };
    let is_of_aws =
        ends_with(host, ENDINGS_OF_AWS) && !OF_CUSTOMERS.split(' ').any(|part| host.contains(part));
    let more = match is_of_aws {
        true => ".",
        false => ", which is no endpoint of AWS: the way to it counts, behind a tunnel that from the node.",
    };
    explanation.meaning = [&explanation.meaning, " The text names ", host, more].concat();
}

fn ends_with(host: &str, endings: &str) -> bool {
    endings.split(' ').any(|ending| host.len() > ending.len() && host.ends_with(ending))
}

/// Whether a word is the name or the address of a host other than one's own and that of the metadata. Versions of programs
/// look like addresses and begin with less.
fn is_host(word: &str) -> bool {
    const LEAST: u8 = 10;
    let is_number = |part: &str| part.parse::<u8>().is_ok();
    let is_address = word.split('.').count() == 4 && word.split('.').all(is_number);
    let is_other = !word.starts_with("127.") && !word.starts_with("169.254.");
    match word.split_once('.') {
        Some((first, _)) if is_address => {
            is_other && first.parse::<u8>().is_ok_and(|first| first >= LEAST)
        }
        _ => !word.contains('%') && !word.contains("..") && ends_with(word, ENDINGS),
    }
}

/// A program that found no credentials on somebody's own computer lacks no instance profile.
pub(super) fn of_people(found: &mut [Explanation], text: &str) {
    let is_of_instance = |one: &Explanation| OF_INSTANCES.split(' ').any(|code| code == one.code);
    if !found.iter().any(is_of_instance) {
        return;
    }
    let text = text.to_ascii_lowercase();
    let has = |signs: &str| signs.split('|').any(|sign| text.contains(sign));
    let row = known().find(|known| known.code == "NO_CLIENT_CREDENTIALS");
    let Some(row) = row.filter(|_| has(OF_PEOPLE) && !has(OF_NODES)) else { return };
    for one in found.iter_mut().filter(|one| is_of_instance(one)) {
        *one = message::of_known(one.span, &row, None);
    }
}
