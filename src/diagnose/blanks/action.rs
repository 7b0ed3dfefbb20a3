//! Actions that stand for those of somebody's own, such as `<action>`, `${action}` and `SERVICE:*`.

use super::shell::is_capitals;
use crate::aws::catalog::Service;
use crate::aws::has_wildcard;

/// Whether an action, or the service or the name in it, is such a word. IAM fills in no variable here.
pub(super) fn is_blank(action: &str) -> bool {
    let (service, name) = action.split_once(':').unwrap_or(("", action));
    is_blank_service(service, action) || is_blank_name(service, name)
}

/// The action with stars for the words.
pub(super) fn filled(action: &str) -> String {
    let (service, name) = action.split_once(':').unwrap_or(("", action));
    match (is_blank(action), is_blank_service(service, action)) {
        (false, _) => action.to_owned(),
        // Of which service it is says whoever fills it in.
        (true, true) => "*".to_owned(),
        (true, false) if name == action => "*".to_owned(),
        (true, false) => format!("{service}:*"),
    }
}

fn is_blank_service(service: &str, action: &str) -> bool {
    let is_none = || Service::find(&service.to_ascii_lowercase()).is_none();
    has_marks(service)
        || has_marks(action) && !action.contains(':')
        || is_capitals(service) && is_none()
}

/// No action has such a name, in whatever case its letters are.
fn is_blank_name(service: &str, name: &str) -> bool {
    let is_none = || {
        let service = Service::find(&service.to_ascii_lowercase());
        service.is_none_or(|service| service.action(name).is_none())
    };
    has_marks(name) || !has_wildcard(name) && is_capitals(name) && is_none()
}

/// Whether a text has a character that no action has and that templates and their readers have around a name.
fn has_marks(text: &str) -> bool {
    text.contains(['<', '{', '[', '$']) || text.matches('%').count() > 1
}
