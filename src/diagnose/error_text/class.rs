//! What the code of an error says by its words. The services of AWS name their errors alike, thousands of them, so that the
//! words of a name tell which kind of trouble it is.

use super::other::words;
use super::Cause;

/// A kind of trouble on each line: words of codes, or their beginnings; what is wrong; what to do. The first that fits
/// counts.
const CLASSES: &str = "\
expired\twhat was given held for a time that is over\tSign in again, or have it made anew.
not found|not exist|no such\twhat is named is not there\tLook at the name, the account and the Region.
too many|too large|too long|exceeded|limit|quota|capacity|throttl\tthere is too much of something, or too often\t\
Wait, ask for less, or for a higher quota.
already|duplicate|conflict|in use|in progress|concurrent|unmodifiable|violation|aborted|unchanged|not active|not ready|\
contains|state|busy|deleted|locked\twhat is named is in another state: there already, in use, or being changed\t\
Look at its state, wait, or take away what uses it.
internal|server exception|server error|service failure|unavailable|communication|timeout|timed out|dependency\t\
AWS, or what it asked, failed or gave no answer\tTry again later.
unsupported|not supported|no longer|not available|not allowed|incompatib|disabled|not enabled|platform|no update\t\
this is not offered here\tLook at the version, the Region and the kind of what is named.
invalid|malformed|incorrect|mismatch|missing|unknown|unrecognized|precondition|validation|too low|too small|not match\t\
a value of the call is not one that is taken\tLook at the values of the call, and at their form in the API reference.";

/// What is wrong and what to do, by the words of a code.
pub(super) fn of(code: &str) -> Option<(&'static str, &'static str)> {
    let words = words(code);
    CLASSES.lines().find_map(|line| {
        let (texts, said) = line.split_once('\t')?;
        let begins =
            |(at, _): (usize, &str)| words.get(..at).is_some_and(|before| before.ends_with(' '));
        let fits = texts.split('|').any(|text| words.match_indices(text).any(begins));
        fits.then(|| said.split_once('\t'))?
    })
}

/// What a code says that is none of a refusal.
pub(super) fn said(code: &str, cause: Cause) -> String {
    let known = of(code).map_or("something else is wrong", |(meaning, _)| meaning);
    match cause {
        Cause::NotIam => format!("which is not the code of a refusal: {known}."),
        _ => "which is not the code of a refusal. What it stands for is not known here; rarely a service says so of a \
              role that may do too little."
            .to_owned(),
    }
}

/// What to do about a code that is none of a refusal; something else, where its words tell nothing.
pub(super) fn help(code: &str, cause: Cause, otherwise: &str) -> String {
    match of(code).filter(|_| cause == Cause::NotIam) {
        Some((_, help)) => format!("{help} Read what stands behind the code."),
        None => otherwise.to_owned(),
    }
}
