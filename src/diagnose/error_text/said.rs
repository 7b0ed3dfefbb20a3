//! How a line plainly says what is wrong, by its form rather than by one phrase.

use super::plain::OF_NODES;

/// Words that say of what stands behind them that it is not as it should be.
const QUALITIES: [&str; 7] =
    ["unknown", "unexpected", "bad", "wrong", "illegal", "nonexistent", "unhandled"];

/// What says nothing when it stands behind one of these.
const VAGUE: [&str; 22] = [
    "and",
    "cause",
    "code",
    "error",
    "errors",
    "exception",
    "exit",
    "failure",
    "handshake",
    "http",
    "in",
    "internal",
    "issue",
    "or",
    "problem",
    "reason",
    "request",
    "response",
    "result",
    "state",
    "status",
    "while",
];

/// Programs of an operating system that tell in their own name, before a colon, of files, users, terminals and services
/// of the computer, and know nothing of AWS.
const OF_SYSTEM: [&str; 58] = [
    "-bash",
    "apt-key",
    "awk",
    "bash",
    "cat",
    "cd",
    "chmod",
    "chown",
    "chpasswd",
    "cp",
    "crontab",
    "dash",
    "df",
    "env",
    "find",
    "grep",
    "groupadd",
    "gzip",
    "install",
    "kill",
    "ksh",
    "ln",
    "locale",
    "ls",
    "make",
    "mkdir",
    "mount",
    "mv",
    "nano",
    "nohup",
    "passwd",
    "perl",
    "rm",
    "runuser",
    "screen",
    "sed",
    "service",
    "setlocale",
    "sh",
    "stat",
    "stty",
    "su",
    "sudo",
    "systemctl",
    "tail",
    "tar",
    "tee",
    "tmux",
    "top",
    "touch",
    "tput",
    "umount",
    "unzip",
    "useradd",
    "usermod",
    "vi",
    "vim",
    "zsh",
];

/// Whether a word says that something is not as it should be, and the next one what.
pub(super) fn has_quality(words: &str) -> bool {
    let mut before = "";
    words.split_whitespace().any(|word| {
        let is_told = QUALITIES.contains(&before) && !VAGUE.contains(&word);
        before = word;
        is_told
    })
}

/// Whether something is said not to be found that is no node: `provider not found`, `no sample found`.
pub(super) fn is_nothing_found(words: &str) -> bool {
    const FARTHEST: usize = 4;
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_node = |word: &&str| {
        OF_NODES.iter().any(|text| word.starts_with(text)) || ["id", "host", "i"].contains(word)
    };
    let is_of_node =
        || words.iter().any(|word| ["node", "instance", "agent", "target"].contains(word));
    words.iter().enumerate().filter(|(_, word)| **word == "found").any(|(at, _)| {
        match words.get(at.saturating_sub(FARTHEST)..at).unwrap_or_default() {
            [.., what, "not"] => !is_node(what) && !is_of_node(),
            before => {
                let mut parts = before.rsplit(|word| *word == "no");
                let what = parts.next().unwrap_or_default();
                parts.next().is_some() && !what.is_empty() && !what.iter().any(is_node)
            }
        }
    })
}

/// Whether a program of the operating system says this in its own name.
pub(super) fn is_of_system(line: &str) -> bool {
    let name = line.trim_start().split_once(": ").map(|(name, _)| name.rsplit('/').next());
    name.flatten().is_some_and(|name| OF_SYSTEM.contains(&name))
}
