//! What a service may ask for in the place of what the table says first.

use super::{Reason, ReasonKind, Writer};
use crate::diagnose::otherwise::USER_ID;
use crate::evaluate::Verdict;

/// Why a log is encrypted with one of two values of the encryption context.
///
/// Source: the S3 user guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys", read 2026-11.
const BUCKET_KEY: &str =
    "S3 gives the ARN of the bucket where that has an S3 Bucket Key, else the ARN of the object; which it is was not said. \
     Where both are allowed it does not matter.";

impl Writer<'_> {
    /// That it depends on what the service asks for.
    pub(super) fn asked_otherwise(&self, resource: &str) -> Reason {
        if let Some((key, _)) = self.answer.request.or_else {
            let message = format!("{} is allowed with one of two values of {key} and not with the other. {BUCKET_KEY}", self.what());
            let reason = self.reason(ReasonKind::Depends, message);
            return Reason { depends_on: vec![key.to_owned()], ..reason };
        }
        let id = self.deciding().next();
        let does = match self.answer.decision.verdict {
            Verdict::Allowed => "allows",
            Verdict::ExplicitDeny => "denies",
            _ => "may allow",
        };
        let who = id.map_or_else(|| "Something".to_owned(), |id| self.named(id));
        let action = self.answer.request.action;
        let why = match resource == USER_ID {
            true => {
                ", as AWS's guide prints it. The IDs of sessions were seen to begin with the name of a user or of a role's \
                 session and not with aws:userid"
            }
            false => {
                ". For this action AWS names no resource but *; error messages tell that the service asks for such an ARN"
            }
        };
        let message = format!("{who} {does} {action} on {resource}{why}, so it is not certain.");
        let reason = match id {
            Some(id) => self.about(ReasonKind::Depends, id, message),
            None => self.reason(ReasonKind::Depends, message),
        };
        Reason { depends_on: vec!["?resource".to_owned()], ..reason }
    }
}
