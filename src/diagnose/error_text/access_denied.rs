//! Reads messages of the form "User: ARN is not authorized to perform: ACTION on resource: ARN because …".
//!
//! Grammar, all but the middle optional: `User: PRINCIPAL is not authorized to perform: ACTION on resource: RESOURCE`,
//! then `because no KIND allows the ACTION action`, or `with an explicit deny in a KIND`, then `: POLICY-ARN`.
//! Source: "Troubleshoot access denied error messages", read 2026-11.

use super::folded::Folded;
use super::{Cause, Layer, Permission};
use crate::text::Span;

/// One such message, its parts as they are written.
pub(super) struct AccessDenied<'t> {
    pub(super) span: Span,
    pub(super) principal: Option<&'t str>,
    pub(super) action: &'t str,
    pub(super) resource: Option<&'t str>,
    pub(super) layer: Option<Layer>,
    pub(super) policy_arn: Option<&'t str>,
    /// `Some(true)` for an explicit deny, `Some(false)` when nothing allows.
    explicit: Option<bool>,
}

const MIDDLE: &str = "is not authorized to perform";

const USER: &str = "user: ";

/// No ARN is longer than 2,048 characters; more is not looked at on either side.
const LONGEST: usize = 4_096;

/// The kinds of policies as the messages name them.
const LAYERS: [(&str, Layer); 10] = [
    ("identity-based polic", Layer::Identity),
    ("resource-based polic", Layer::Resource),
    ("role trust policy", Layer::Trust),
    ("service control polic", Layer::Scp),
    ("resource control polic", Layer::Rcp),
    ("permissions boundary", Layer::Boundary),
    ("permissions boundaries", Layer::Boundary),
    ("session polic", Layer::Session),
    ("vpc endpoint polic", Layer::Endpoint),
    ("vpce polic", Layer::Endpoint),
];

/// All messages in the text that name an action.
pub(super) fn find<'t>(folded: &Folded<'t>) -> Vec<AccessDenied<'t>> {
    let mut reader = Reader { folded, text: folded.text(), at: 0, last_end: 0 };
    let mut found = Vec::new();
    for middle in folded.find(MIDDLE) {
        if let Some(message) = reader.message(middle) {
            found.push(message);
        }
    }
    found
}

struct Reader<'f, 't> {
    folded: &'f Folded<'t>,
    text: &'f str,
    at: usize,
    /// Where the message before ended, which this one does not reach into.
    last_end: usize,
}

impl<'t> Reader<'_, 't> {
    fn message(&mut self, middle: Span) -> Option<AccessDenied<'t>> {
        self.at = middle.end;
        self.skip(&[":", " "]);
        let action = self.word()?;
        let written = self.folded.written(action);
        if !is_action(written) {
            return None;
        }
        let principal = self.principal(middle.start);
        let start = principal.map_or(middle.start, |principal| principal.start - USER.len());
        let mut end = action.end;
        let mut resource = None;
        if self.skip_text(" on resource: ") || self.skip_text(" on resource ") {
            resource = self.word();
            end = resource.map_or(end, |resource| resource.end);
        }
        let (mut explicit, mut layer, mut policy_arn) = (None, None, None);
        if self.skip_text(" because no ") {
            explicit = Some(false);
        } else if self.skip_text(" with an explicit deny") {
            explicit = Some(true);
            end = self.at;
            let _ =
                self.skip_text(" in a ") || self.skip_text(" in an ") || self.skip_text(" in the ");
        }
        if explicit.is_some() {
            layer = self.layer();
            if layer.is_some() {
                end = self.at;
            }
            if layer.is_some() && self.skip_text(": ") {
                policy_arn = self.word().filter(|word| self.slice(*word).starts_with("arn:"));
                end = policy_arn.map_or(end, |arn| arn.end);
            }
        }
        self.last_end = end;
        let written = |span: Span| self.folded.written(span);
        Some(AccessDenied {
            span: self.folded.source(Span::new(start, end)),
            principal: principal.map(written),
            action: written(action),
            resource: resource.map(written),
            layer,
            policy_arn: policy_arn.map(written),
            explicit,
        })
    }

    /// The word before the middle, when `User:` stands before it.
    fn principal(&self, middle: usize) -> Option<Span> {
        let end = middle.checked_sub(1)?;
        let mut floor = middle.saturating_sub(LONGEST).max(self.last_end);
        while !self.text.is_char_boundary(floor) {
            floor += 1;
        }
        let before = self.text.get(floor..end)?;
        let start = floor + before.rfind(USER)? + USER.len();
        let word = self.text.get(start..end)?;
        // A principal is one word; more means that the user stands in another sentence.
        (!word.is_empty() && !word.contains(' ')).then_some(Span::new(start, end))
    }

    /// The word here, without what encloses it; a quoted one ends at its quote.
    fn word(&mut self) -> Option<Span> {
        let rest = self.rest();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let start = self.at + quote.map_or(0, char::len_utf8);
        let mut limit = LONGEST.min(self.text.len() - start.min(self.text.len()));
        while !self.text.is_char_boundary(start + limit) {
            limit -= 1;
        }
        let rest = self.text.get(start..start + limit)?;
        let ends = |c: char| match quote {
            Some(quote) => c == quote,
            None => c == ' ' || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '\\'),
        };
        let end = start + rest.find(ends).unwrap_or(rest.len());
        let word = self.text.get(start..end)?;
        let word = if quote.is_some() { word } else { word.trim_end_matches(['.', ',', ';', ':']) };
        self.at = start + word.len() + quote.map_or(0, char::len_utf8);
        (!word.is_empty()).then_some(Span::new(start, start + word.len()))
    }

    fn layer(&mut self) -> Option<Layer> {
        let (name, layer) = LAYERS.iter().find(|(name, _)| self.rest().starts_with(name))?;
        self.at += name.len();
        for ending in ["y", "ies"] {
            if self.skip_text(ending) {
                break;
            }
        }
        Some(*layer)
    }

    fn skip(&mut self, texts: &[&str]) {
        for text in texts {
            self.skip_text(text);
        }
    }

    fn skip_text(&mut self, text: &str) -> bool {
        let is_here = self.rest().starts_with(text);
        if is_here {
            self.at += text.len();
        }
        is_here
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

/// `service:Name`, both of the characters that AWS uses for them.
fn is_action(text: &str) -> bool {
    text.split_once(':').is_some_and(|(service, name)| {
        let is_service = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        !service.is_empty()
            && !name.is_empty()
            && service.bytes().all(is_service)
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

impl AccessDenied<'_> {
    pub(super) fn cause(&self) -> Cause {
        match self.explicit {
            None => Cause::Denied,
            Some(true) => Cause::ExplicitDeny,
            Some(false) => Cause::ImplicitDeny,
        }
    }

    /// What the message says, in sentences; `more` is what the text around it tells.
    pub(super) fn meaning(&self, more: Option<&str>) -> String {
        let who = self.principal.unwrap_or("The caller");
        let mut meaning = format!("{who} may not call {}", self.action);
        if let Some(resource) = self.resource {
            meaning.push_str(&format!(" on {resource}"));
        }
        meaning.push_str(&match (self.cause(), self.layer) {
            (Cause::ExplicitDeny, Some(layer)) => {
                let article = if layer == Layer::Identity { "an" } else { "a" };
                format!(", since a statement in {article} {} denies it.", layer.words())
            }
            (Cause::ExplicitDeny, None) => ", since a statement denies it.".to_owned(),
            (Cause::ImplicitDeny, Some(layer)) => {
                format!(", since no {} allows it.", layer.words())
            }
            (Cause::ImplicitDeny, None) => ", since nothing allows it.".to_owned(),
            _ => ". The message does not say which policy decided.".to_owned(),
        });
        if let Some(more) = more {
            meaning.push(' ');
            meaning.push_str(more);
        }
        meaning
    }

    /// What to do, in sentences.
    pub(super) fn help(&self, permission: &Permission) -> String {
        let Permission { action, resource } = permission;
        let grant = match resource {
            Some(resource) => format!("{action} on {resource}"),
            None => action.clone(),
        };
        let named = self.policy_arn.map(|arn| format!(" It is {arn}.")).unwrap_or_default();
        match (self.cause(), self.layer) {
            (Cause::ExplicitDeny, layer) => {
                let place = layer.map_or("policy", Layer::words);
                format!(
                    "Find the statement with Effect Deny in the {place} that covers {grant}, and make an exception \
                     there.{named} Another Allow does not help against a Deny."
                )
            }
            (Cause::ImplicitDeny, Some(Layer::Identity)) => {
                format!("Add a statement that allows {grant} to a policy of the role or user.")
            }
            (Cause::ImplicitDeny, Some(Layer::Resource)) => format!(
                "Allow {grant} in the policy of the resource: a key policy, a bucket policy. In the same account a \
                 key policy that names the account is enough for identity policies to count."
            ),
            (Cause::ImplicitDeny, Some(layer)) => format!(
                "Allow {grant} in the {} as well: what it does not allow, no other policy can grant.",
                layer.words()
            ),
            _ => format!(
                "Allow {grant} in a policy of the role or user. If a policy allows it already, look for a Deny, a \
                 permissions boundary, a service control policy, a VPC endpoint policy, or the policy of the resource."
            ),
        }
    }
}
