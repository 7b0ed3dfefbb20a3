//! Lists that the AWS CLI prints page by page: what is left open where the last page is not here.

use super::{Field, Item, Role, What};
use crate::diagnose::paste::{DETAILS, INLINE};

const GOES_ON: &str = "This is one page of a list that goes on (IsTruncated, Marker or NextToken), so that something may be \
     missing. Let the AWS CLI print all of it, without --no-paginate and --max-items.";

impl Role {
    /// Leaves open what the rest of a list says. The last page ends what the pages before it began.
    pub(super) fn pages(&mut self, items: &[(Field, Option<&str>, Item)]) {
        let mut open: Vec<(&str, Field, crate::text::Span)> = Vec::new();
        for (field, _, item) in items {
            let What::Page { list, goes_on } = item.what else { continue };
            open.retain(|(known, ..)| *known != list);
            if goes_on {
                open.push((list, *field, item.span));
            }
        }
        for (list, field, span) in open {
            self.leave(field, span, GOES_ON);
            // Who is in account details is there with all policies, or with their names.
            if list == DETAILS {
                continue;
            }
            let name = format!("The rest of the list of {list}");
            if list == INLINE {
                self.may_deny_anything(name.clone());
            }
            self.unseen.push(name);
        }
    }
}
