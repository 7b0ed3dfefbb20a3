//! Which capability an action belongs to, and what its statement has to name.

use crate::aws::text::matches_glob;
use crate::session::capabilities::{capabilities, Capability, Level, Request, Side};
use crate::sort::sort_by;

/// The capabilities that a refused action takes away, the likeliest first; none for actions that Session Manager
/// does not need.
///
/// They are those of the table that ask for the action, of the side of the principal and on the resource, when these
/// are told and any does.
pub(super) fn of(
    action: &str,
    resource: Option<&str>,
    principal: Option<&str>,
) -> Vec<&'static str> {
    let mut asked = capabilities().iter().flat_map(|capability| &capability.requests);
    if !asked.any(|request| request.action.eq_ignore_ascii_case(action)) {
        return Vec::new();
    }
    let side = side(principal);
    let found = [(resource, side), (resource, None), (None, side), (None, None)]
        .into_iter()
        .map(|(resource, side)| asking(action, resource, side, is_user(principal)))
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    let Some(first) = found.first() else { return Vec::new() };
    // One that is about this action alone says enough.
    let is_alone = |request: &Request| {
        request.level != Level::Required || request.action.eq_ignore_ascii_case(action)
    };
    let most = if first.requests.iter().all(is_alone) { 1 } else { MOST_NAMED };
    let is_told = |id: &&str| found.iter().any(|capability| capability.id == *id);
    let own = found.iter().filter(|capability| !capability.needs.iter().any(&is_told));
    own.map(|capability| capability.id).take(most).collect()
}

/// More are not told for one action.
const MOST_NAMED: usize = 2;

/// The capabilities that ask for an action, the one first whose request says most of the resource.
fn asking(
    action: &str,
    resource: Option<&str>,
    side: Option<Side>,
    is_user: bool,
) -> Vec<&'static Capability> {
    let mut found = Vec::new();
    for capability in capabilities() {
        let is_of_side = match (capability.side, side) {
            _ if !capability.is_whole => false,
            (Side::Guard | Side::Trust, _) => false,
            (of, side) => side.is_none_or(|side| (of == Side::Node) == (side == Side::Node)),
        };
        let asked = capability.requests.iter().filter(|request| {
            // What a service asks for a person is told as that service's.
            let by_service =
                request.context.iter().any(|(key, _)| key.starts_with("aws:CalledVia"));
            request.expect_allowed && !by_service && request.action.eq_ignore_ascii_case(action)
        });
        let fit = asked
            .filter_map(|request| Some((fit(request, resource)?, request)))
            .max_by_key(|(said, request)| (*said, request.level == Level::Required));
        if let (Some((said, request)), true) = (fit, is_of_side) {
            // Sessions are told apart by who started them.
            let is_other =
                request.resource.contains(":session/") && request.is_of_user() != is_user;
            found.push(((usize::MAX - said, request.level as u8, is_other), capability));
        }
    }
    sort_by(&mut found, &|(a, _), (b, _)| a.cmp(b));
    let best = found.first().map(|((said, level, _), _)| (*said, *level));
    let is_best = |of: &(usize, u8, bool)| Some((of.0, of.1)) == best;
    found.retain(|(rank, _)| is_best(rank));
    found.into_iter().map(|(_, capability)| capability).collect()
}

/// How much of the resource a request says, in characters that are no placeholder; `None` when it is about another.
fn fit(request: &Request, resource: Option<&str>) -> Option<usize> {
    let Some(resource) = resource else { return Some(0) };
    let mut pieces = request.resource.split("${");
    let mut pattern = pieces.next()?.to_owned();
    for piece in pieces {
        pattern.push('*');
        pattern.push_str(piece.split_once('}')?.1);
    }
    let said = pattern.len() - pattern.matches('*').count();
    matches_glob(&pattern, resource).then_some(said)
}

/// Whose action it is, as far as the principal tells: the session of a node is named for the node.
fn side(principal: Option<&str>) -> Option<Side> {
    let principal = principal?;
    let (_, session) = principal.rsplit_once('/')?;
    let is_node = session.starts_with("i-") || session.starts_with("mi-");
    let is_role = principal.contains(":assumed-role/");
    match is_node && is_role {
        true => Some(Side::Node),
        false => (is_role || principal.contains(":user/")).then_some(Side::Operator),
    }
}

fn is_user(principal: Option<&str>) -> bool {
    principal.is_some_and(|principal| principal.contains(":user/"))
}

/// What a statement has to have as `Resource`: mostly what the message names, and `*` for the actions that take
/// nothing else, whatever the message names.
pub(super) fn resource_to_write(action: &str, named: Option<&str>) -> Option<String> {
    let of_people = capabilities().iter().filter(|capability| capability.side != Side::Trust);
    let asked = of_people.flat_map(|capability| &capability.requests);
    let asked = asked.filter(|request| request.action.eq_ignore_ascii_case(action));
    let (on_all, on_one): (Vec<_>, Vec<_>) = asked.partition(|request| request.resource == "*");
    let is_one = named.is_some() && on_one.iter().any(|request| fit(request, named).is_some());
    // IAM writes `role NAME` where it has no ARN, and the agent calls the old channel by actions beyond the table.
    let takes_all = !on_all.is_empty() || action.to_ascii_lowercase().starts_with("ec2messages:");
    match named.filter(|named| !named.contains(' ')) {
        _ if takes_all && !is_one => Some("*".to_owned()),
        named => named.map(str::to_owned),
    }
}
