//! Reads messages of the form "User: ARN is not authorized to perform: ACTION on resource: ARN because …".
//!
//! Grammar, all but the middle optional: `User: PRINCIPAL is not authorized to perform: ACTION on resource: RESOURCE`,
//! then `because no KIND allows the ACTION action`, or `with an explicit deny in a KIND`, then `: POLICY-ARN`.
//! Source: "Troubleshoot access denied error messages", read 2026-11.

use super::folded::{Folded, Gap};
use super::{Cause, Layer, Permission};
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

impl AccessDenied {
    /// What the message says, in sentences; `more` is what the text around it tells.
    pub(super) fn meaning(&self, more: Option<&str>) -> String {
        let who = self.principal.as_deref().unwrap_or("The caller");
        let mut meaning = format!("{who} may not call {}", self.action);
        if let Some(resource) = &self.resource {
            meaning.push_str(&format!(" on {resource}"));
        }
        meaning.push_str(&match (self.cause, self.layer) {
            (Cause::ExplicitDeny, Some(layer)) => {
                let article = if layer == Layer::Identity { "an" } else { "a" };
                format!(", since a statement in {article} {} denies it.", layer.words())
            }
            (Cause::ExplicitDeny, None) => ", since a statement denies it.".to_owned(),
            (Cause::ImplicitDeny, Some(layer)) => {
                format!(", since no {} allows it.", layer.words())
            }
            (Cause::ImplicitDeny, None) => ", since nothing allows it.".to_owned(),
            (Cause::Unknown, _) => ", for one of three reasons, and the message does not say for which: there is no \
                                    such resource in this Region, the policy of the resource does not allow it, or \
                                    a statement there denies it."
                .to_owned(),
            _ => ". The message does not say which policy decided.".to_owned(),
        });
        if let Some(more) = more {
            meaning.push(' ');
            meaning.push_str(more);
        }
        meaning
    }

    /// What to do, in sentences; `who` is whose call it is, where the text around tells.
    pub(super) fn help(&self, permission: &Permission, who: Option<&str>) -> String {
        let grant = permission.words();
        let of_principal = self.principal.as_deref().and_then(of_principal);
        let who = of_principal.as_deref().or(who);
        let named =
            self.policy_arn.as_ref().map(|arn| format!(" It is {arn}.")).unwrap_or_default();
        let help = match (self.cause, self.layer) {
            (Cause::ExplicitDeny, layer) => {
                let place = layer.map_or("policy", Layer::words);
                format!(
                    "Find the statement with Effect Deny in the {place} that covers {grant}, and make an exception \
                     there.{named} Another Allow does not help against a Deny."
                )
            }
            (Cause::ImplicitDeny, Some(Layer::Identity)) => {
                format!("Add a statement that allows {grant} to a policy of {}.", of_whom(who))
            }
            (Cause::ImplicitDeny, Some(Layer::Resource)) => format!(
                "Allow {grant} in the policy of the resource: a key policy, a bucket policy. In the same account a \
                 key policy that names the account is enough for identity policies to count."
            ),
            (Cause::ImplicitDeny, Some(layer)) => format!(
                "Allow {grant} in the {} as well: what it does not allow, no other policy can grant.",
                layer.words()
            ),
            (Cause::Unknown, _) => format!(
                "1. Region: the call goes to the Region of the resource, such as the key of KMS. 2. Policy of the \
                 resource, such as the key policy: it has to allow {grant} to {}, or to their account so that identity \
                 policies count. 3. There may be no statement with Effect Deny that covers them. For a resource of \
                 another account a policy of {0} has to allow it as well.",
                of_whom(who)
            ),
            _ => help_unsaid(permission, who),
        };
        // The AWS CLI ends a session that it has just started and cannot use.
        let is = |action: &str| self.action.eq_ignore_ascii_case(action);
        if is("ssm:TerminateSession") {
            return format!(
                "Right after the start of a session the Session Manager plugin is absent or failed, and the AWS CLI \
                 ends the session: install the plugin, or look why it fails. To end sessions as well: {help}"
            );
        }
        if is("sts:AssumeRole") {
            return format!("{help} The trust policy of the role has to name the caller as well.");
        }
        help
    }
}

/// What to do when the message does not say which policy decided.
pub(super) fn help_unsaid(permission: &Permission, who: Option<&str>) -> String {
    // Who brings a token of somebody else's is nobody in AWS, and has no policy.
    let is = |action: &str| permission.action.eq_ignore_ascii_case(action);
    if is("sts:AssumeRoleWithWebIdentity") || is("sts:AssumeRoleWithSAML") {
        return format!(
            "Let the trust policy of the role allow {} to the identity provider, with conditions that the token \
             meets: its audience (aud), and its subject (sub) letter by letter, as of the repository and branch or \
             of the service account. Look too whether the role is the one that is meant. Whoever brings the token \
             has no policy that could allow it.",
            permission.words()
        );
    }
    format!(
        "Allow {} in a policy of {}. If a policy allows it already, look for a Deny, a permissions \
         boundary, a service control policy, a VPC endpoint policy, or the policy of the resource.",
        permission.words(),
        of_whom(who)
    )
}

/// Whose policies count for the session of a role, where its ARN tells: a node calls its session by its own ID, and IAM
/// Identity Center calls the roles that it makes by their permission set, which alone can be changed.
/// Source: "Referencing permission sets in resource policies", IAM Identity Center user guide, read 2026-11.
fn of_principal(arn: &str) -> Option<String> {
    let (role, session) = arn.split_once(":assumed-role/")?.1.split_once('/')?;
    if let Some(named) = role.strip_prefix("AWSReservedSSO_") {
        let set = named.rsplit_once('_').map_or(named, |(set, _)| set);
        return Some(format!("the permission set {set} in IAM Identity Center"));
    }
    let id = session.strip_prefix("mi-").or(session.strip_prefix("i-"))?;
    let is_id = id.len() >= 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| "the role of the node".to_owned())
}

fn of_whom(who: Option<&str>) -> &str {
    who.unwrap_or("the role or user")
}

impl Permission {
    fn words(&self) -> String {
        match &self.resource {
            Some(resource) => format!("{} on {resource}", self.action),
            None => self.action.clone(),
        }
    }
}
