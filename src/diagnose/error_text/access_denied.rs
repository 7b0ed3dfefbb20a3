//! Reads messages of the form "User: ARN is not authorized to perform: ACTION on resource: ARN because …".
//!
//! Grammar, all but the middle optional: `User: PRINCIPAL is not authorized to perform: ACTION on resource: RESOURCE`,
//! then `because no KIND allows the ACTION action`, or `with an explicit deny in a KIND`, then `: POLICY-ARN`.
//! Source: "Troubleshoot access denied error messages", read 2026-11.

use super::folded::{Folded, Gap};
use super::{Cause, Layer};
use crate::aws::split_fields;
use crate::text::Span;

/// One such message, its parts as they are written.
pub(super) struct AccessDenied {
    /// Where it stands in the folded text.
    pub(super) span: Span,
    pub(super) principal: Option<String>,
    pub(super) action: String,
    pub(super) resource: Option<String>,
    pub(super) layer: Option<Layer>,
    pub(super) policy_arn: Option<String>,
    /// `Unknown` where the message itself names several causes.
    pub(super) cause: Cause,
}

/// How messages say that somebody may not call an action, which follows: IAM, the documentation, CloudFormation.
const MIDDLES: [&str; 4] = [
    "not authorized to perform",
    "isn't authorized to perform",
    "doesn't have permission to call",
    "does not have permission to call",
];

/// How KMS says, folded, that it does not tell which of three things is wrong.
const NO_KEY_OR_POLICY: &str = "becausetheresourcedoesnotexistinthisregion";
/// What follows it: these and no more.
const REST_OF_NO_KEY: &str =
    ",noresource-basedpoliciesallowaccess,oraresource-basedpolicyexplicitlydeniesaccess";

const USER: &str = "user:";

/// No ARN is longer than 2,048 characters; more is not looked at on either side.
const LONGEST: usize = 4_096;

/// The kinds of policies as the messages name them, folded.
const LAYERS: [(&str, Layer); 12] = [
    ("identity-basedpolic", Layer::Identity),
    ("resource-basedpolic", Layer::Resource),
    ("roletrustpolicy", Layer::Trust),
    ("servicecontrolpolic", Layer::Scp),
    ("resourcecontrolpolic", Layer::Rcp),
    ("permissionsboundar", Layer::Boundary),
    ("sessionpolic", Layer::Session),
    ("vpcendpointpolic", Layer::Endpoint),
    ("vpcepolic", Layer::Endpoint),
    ("endpointpolic", Layer::Endpoint),
    ("scp", Layer::Scp),
    ("rcp", Layer::Rcp),
];

/// What can stand behind a word of such a message, folded: there a broken line does not go on with the word.
const BEHIND: [&str; 7] =
    ["onresource", "because", "withanexplicit", "statuscode", "(service:", "causedby", "┌"];

/// All messages in the text that name an action, their places in the folded text.
pub(super) fn find(folded: &Folded) -> Vec<AccessDenied> {
    let mut reader =
        Reader { folded, text: folded.text(), at: 0, start: 0, last_end: 0, is_broken: false };
    let mut found = Vec::new();
    for (middle, i) in folded.find_each(&MIDDLES) {
        found.extend(reader.message(middle, MIDDLES.get(i).unwrap_or(&"")));
    }
    // The end of a message says the action again, and may stand alone or behind other words.
    for (start, _) in folded.find_each(&["because no"]) {
        let is_inside = |one: &AccessDenied| (one.span.start..one.span.end).contains(&start.start);
        if found.iter().any(is_inside) {
            continue;
        }
        let Some(end) = reader.end_of_message(start) else { continue };
        let is_same = |one: &&mut AccessDenied| one.action.eq_ignore_ascii_case(&end.action);
        match found.iter_mut().find(is_same) {
            Some(one) if one.cause == Cause::Denied => {
                (one.cause, one.layer) = (end.cause, end.layer);
            }
            Some(_) => {}
            None => found.push(end),
        }
    }
    found
}

/// The kind of policy that folded text begins with, behind `in a`.
pub(super) fn layer_behind(text: &str) -> Option<Layer> {
    let texts =
        ["inan", "ina", "inthe", "in"].into_iter().filter_map(|article| text.strip_prefix(article));
    let mut layers =
        texts.filter_map(|text| LAYERS.iter().find(|(name, _)| text.starts_with(name)));
    layers.next().map(|(_, layer)| *layer)
}

struct Reader<'f, 't> {
    folded: &'f Folded<'t>,
    text: &'f str,
    at: usize,
    /// Where the middle of this message begins.
    start: usize,
    /// Where the message before ended, which this one does not reach into.
    last_end: usize,
    /// Whether a line ends inside a word of this message.
    is_broken: bool,
}

impl Reader<'_, '_> {
    fn message(&mut self, middle: Span, words: &str) -> Option<AccessDenied> {
        let is_break = |at: usize| self.folded.gap(middle.start + at) == Gap::Break;
        let starts: Vec<usize> = words
            .split(' ')
            .scan(0, |at, word| {
                *at += word.len();
                Some(*at)
            })
            .collect();
        self.is_broken =
            (1..middle.end - middle.start).any(|at| !starts.contains(&at) && is_break(at));
        (self.start, self.at) = (middle.start, middle.end);
        self.skip_text("action");
        self.skip_text(":");
        self.skip_text("[");
        let action = self.word()?;
        let written = self.folded.written(action);
        if !is_action(&written) {
            return None;
        }
        let verb = ["is", "are"].into_iter().find(|verb| self.before(middle.start).ends_with(verb));
        let middle_start = middle.start - verb.map_or(0, str::len);
        let principal = self.principal(middle_start);
        let start = principal.map_or(middle_start, |principal| principal.start - USER.len());
        let mut end = action.end;
        let mut resource = None;
        if self.skip_text("onresource:") || self.skip_text("onresource") {
            resource = self.word();
            self.skip_placeholders();
            // IAM writes `role NAME` for what it has no ARN of yet.
            let kind = resource.map(|word| self.slice(word).to_owned()).unwrap_or_default();
            let is_kind = ["role", "user", "group", "policy"].contains(&kind.as_str())
                || (kind == "instance" && self.skip_text("profile"));
            if let (true, Some(first), Some(name)) = (is_kind, resource, self.word_if(is_kind)) {
                resource = Some(Span::new(first.start, name.end));
            }
            // The ARN of all streams of a log group ends in a colon. Behind another word it is a mark of the sentence.
            let goes_on = [":becauseno", ":withanexplicitdeny"];
            if let Some(word) =
                resource.filter(|_| goes_on.iter().any(|text| self.rest().starts_with(text)))
            {
                self.at += 1;
                resource = Some(Span::new(word.start, word.end + 1));
            }
            end = resource.map_or(end, |resource| resource.end);
            resource = resource.filter(|word| !self.is_cut(*word));
        } else {
            self.skip_described();
        }
        // No policy of the caller is the reason where something would be public.
        if self.rest().starts_with("becausepublic") {
            return None;
        }
        let (mut cause, mut layer, mut policy_arn) = (Cause::Denied, None, None);
        if self.skip_text("becauseno") {
            cause = Cause::ImplicitDeny;
        } else if self.skip_text("withanexplicitdeny") {
            cause = Cause::ExplicitDeny;
            end = self.at;
            let _ = ["inan", "ina", "inthe"].into_iter().any(|text| self.skip_text(text));
        } else if self.skip_text(NO_KEY_OR_POLICY) {
            cause = Cause::Unknown;
            self.skip_text(REST_OF_NO_KEY);
            end = self.at;
        }
        if matches!(cause, Cause::ImplicitDeny | Cause::ExplicitDeny) {
            layer = self.layer();
            if layer.is_some() {
                end = self.at;
            }
            if layer.is_some() && self.skip_text(":") {
                policy_arn = self.word().filter(|word| self.slice(*word).starts_with("arn:"));
                end = policy_arn.map_or(end, |arn| arn.end);
            }
        }
        self.last_end = end;
        let written = |span: Span| self.folded.written(span);
        Some(AccessDenied {
            span: Span::new(start, end),
            principal: principal.map(written),
            action: written(action),
            resource: resource.map(|span| self.folded.spaced(span)),
            layer,
            policy_arn: policy_arn.map(written),
            cause,
        })
    }

    /// `because no KIND allows the ACTION action` alone.
    fn end_of_message(&mut self, start: Span) -> Option<AccessDenied> {
        (self.start, self.at, self.is_broken) = (start.start, start.end, false);
        let layer = self.layer()?;
        let _ = ["allowsthe", "allowthe"].into_iter().find(|text| self.skip_text(text))?;
        let action = self.word()?;
        let written = self.folded.written(action);
        is_action(&written).then(|| AccessDenied {
            span: Span::new(start.start, action.end),
            principal: None,
            action: written,
            resource: None,
            layer: Some(layer),
            policy_arn: None,
            cause: Cause::ImplicitDeny,
        })
    }

    /// The text before a place, as far as it is looked at.
    fn before(&self, end: usize) -> &str {
        let mut floor = end.saturating_sub(LONGEST).max(self.last_end.min(end));
        while !self.text.is_char_boundary(floor) {
            floor += 1;
        }
        self.text.get(floor..end).unwrap_or_default()
    }

    /// The word before the middle, when `User:` stands before it.
    fn principal(&self, middle: usize) -> Option<Span> {
        let before = self.before(middle);
        let start = middle - before.len() + before.rfind(USER)? + USER.len();
        // A principal is one word; more means that the user stands in another sentence.
        let is_one_word = (start + 1..middle).all(|at| self.folded.gap(at) != Gap::Space);
        (start < middle && is_one_word).then_some(Span::new(start, middle))
    }

    /// The word here, without what encloses it; a quoted one ends at its quote.
    fn word(&mut self) -> Option<Span> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let start = self.at + quote.map_or(0, char::len_utf8);
        let mut end = start;
        for (at, c) in self.text.get(start..)?.char_indices().take(LONGEST) {
            let at = start + at;
            let ends = match quote {
                Some(quote) => c == quote,
                None => {
                    matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '\\')
                        || (at > start && self.ends_word(at))
                }
            };
            if ends {
                break;
            }
            end = at + c.len_utf8();
        }
        let word = self.text.get(start..end)?;
        let word = if quote.is_some() { word } else { word.trim_end_matches(['.', ',', ';', ':']) };
        self.at = start + word.len() + quote.map_or(0, char::len_utf8);
        (!word.is_empty()).then_some(Span::new(start, start + word.len()))
    }

    /// Whether a word ends before this byte. At the end of a line it goes on when the terminal broke it there: the
    /// line is as long as others, or the message is broken elsewhere, or what must follow a word follows later.
    fn ends_word(&self, at: usize) -> bool {
        match self.folded.gap(at) {
            Gap::None => return false,
            Gap::Space => return true,
            Gap::Break => {}
        }
        let is_behind = |at: usize| {
            let rest = self.text.get(at..).unwrap_or_default();
            BEHIND.iter().any(|text| rest.starts_with(text))
        };
        if is_behind(at) {
            return true;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let next = rest.char_indices().skip(1).take(LONGEST);
        let next = next.map(|(i, _)| at + i).find(|at| self.folded.gap(*at) != Gap::None);
        !(self.is_broken || self.folded.is_full_line(self.start, at) || next.is_some_and(is_behind))
    }

    /// Whether a resource is no whole ARN, since somebody put other words in the place of a part of it.
    fn is_cut(&self, word: Span) -> bool {
        let rest = self.text.get(word.end..).unwrap_or_default();
        let rest = rest.trim_start_matches(['.', ',', ';', ':']);
        let is_redacted =
            rest.starts_with('<') && !["</", "<br"].iter().any(|tag| rest.starts_with(tag));
        let text = self.slice(word);
        text.starts_with("arn:") && (is_redacted || split_fields(text).is_none())
    }

    fn word_if(&mut self, is_wanted: bool) -> Option<Span> {
        if is_wanted {
            self.word()
        } else {
            None
        }
    }

    /// Goes on behind `<names of parts>` that somebody put in their places, and behind what follows each without a space.
    fn skip_placeholders(&mut self) {
        const MOST: usize = 5;
        const LONGEST_PLACEHOLDER: usize = 100;
        for _ in 0..MOST {
            let rest = self.rest();
            let start = rest.len() - rest.trim_start_matches(':').len();
            let is_placeholder = rest.get(start..).is_some_and(|rest| rest.starts_with('<'));
            let end = rest.bytes().take(LONGEST_PLACEHOLDER).position(|b| b == b'>');
            let (true, Some(end)) = (is_placeholder, end) else { return };
            self.at += end + 1;
            if self.folded.gap(self.at) == Gap::None {
                self.word();
            }
        }
    }

    fn layer(&mut self) -> Option<Layer> {
        let (name, layer) = LAYERS.iter().find(|(name, _)| self.rest().starts_with(name))?;
        self.at += name.len();
        let _ = ["ies", "y"].into_iter().any(|ending| self.skip_text(ending));
        Some(*layer)
    }

    /// Goes on behind words for a resource of which there is no ARN, as in `on the resource associated with this
    /// ciphertext`, when the reason stands behind them.
    fn skip_described(&mut self) {
        const LONGEST_WORDS: usize = 100;
        let rest = self.rest();
        if !rest.starts_with("onthe") {
            return;
        }
        let sentence = rest.get(..rest.floor_char_boundary(LONGEST_WORDS)).unwrap_or_default();
        let sentence = sentence.split(['.', ':', ';', '<']).next().unwrap_or_default();
        let starts = ["because", "withanexplicitdeny"].into_iter();
        self.at += starts.filter_map(|text| sentence.find(text)).min().unwrap_or_default();
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
