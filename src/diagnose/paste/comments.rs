//! Comments of programs, templates and pages, in which nothing counts.

/// Where comments of a text are open, as it is read from its start on.
#[derive(Default)]
pub(super) struct Comments {
    /// What ends the one that is.
    end: Option<&'static str>,
    /// Whether the line is one.
    is_line: bool,
}

/// What opens comments that may have many lines, and what ends them.
const COMMENTS: [(&str, &str); 2] = [("/*", "*/"), ("<!--", "-->")];

impl Comments {
    /// Whether what begins at `to` stands in a comment, where `from` is the place that was asked for before it.
    pub(super) fn holds(&mut self, text: &str, from: usize, to: usize) -> bool {
        let mut rest = text.get(from..to).unwrap_or_default();
        match rest.rsplit_once('\n') {
            Some((_, line)) => self.is_line = is_comment(line),
            None => self.is_line |= from == 0 && is_comment(rest),
        }
        let mut before = None;
        loop {
            if let Some(end) = self.end {
                let Some((_, behind)) = rest.split_once(end) else { break };
                (rest, self.end) = (behind, None);
            }
            let Some(next) = rest.find(['/', '<']) else { break };
            before = rest.get(..next).and_then(|skipped| skipped.chars().next_back()).or(before);
            let here = rest.get(next..).unwrap_or_default();
            let opened = COMMENTS.iter().find(|(open, _)| here.starts_with(open));
            // In `b/*` it is a wildcard.
            self.end =
                opened.filter(|_| before.is_none_or(char::is_whitespace)).map(|(_, end)| *end);
            before = here.chars().next();
            rest = here.get(1..).unwrap_or_default();
        }
        self.end.is_some() || self.is_line
    }
}

/// Whether a line is a comment of a program or a shell.
pub(super) fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//")
}
