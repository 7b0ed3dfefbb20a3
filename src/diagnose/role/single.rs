//! The fields that take one policy: a boundary, a service control policy, the policy of a resource or an endpoint.

use super::{built_in, names_principals, Field, Pasted, Role, Source};
use crate::diagnose::managed;
use crate::diagnose::paste::{StatementPlace, What};
use crate::session::capabilities::ResourcePolicy;
use crate::text::Span;

impl Role {
    /// The one policy of a field that takes one.
    pub(super) fn read_single(&mut self, field: Field, pasted: &Pasted) -> Option<Source> {
        // What is recognised from here on stands in this field.
        let first = self.recognised.len();
        let items = self.recognise(field, &pasted.text);
        let name = match field {
            Field::Document(_) => "policy".to_owned(),
            Field::Boundary => "permissions boundary".to_owned(),
            Field::Scp(i) => format!("service control policy {}", i + 1),
            Field::Resource(ResourcePolicy::Key) => "key policy".to_owned(),
            Field::Resource(ResourcePolicy::Bucket) => "bucket policy".to_owned(),
            Field::Resource(ResourcePolicy::Trust) => "trust policy".to_owned(),
            Field::Endpoint(service) => {
                format!("policy of the VPC endpoint for {}", service.word())
            }
        };
        let takes_principals = matches!(field, Field::Resource(_) | Field::Endpoint(_));
        let (mut taken, mut is_open) = (None, false);
        for item in items {
            let span = item.span;
            let read = match item.what {
                What::Trust(read) if field == Field::Resource(ResourcePolicy::Trust) => read,
                What::Policy(read) | What::Version(read) | What::Limit(read)
                    if takes_principals == names_principals(&read.policy) =>
                {
                    read
                }
                What::Library(_, read) if field == Field::Boundary => read,
                What::Attached(arn) if field == Field::Boundary => {
                    let known = match arn {
                        Some(arn) => managed::find_arn(&arn),
                        None => managed::find(&item.name.unwrap_or_default()),
                    };
                    match known.and_then(built_in) {
                        Some(read) => read,
                        None => continue,
                    }
                }
                What::Unread { .. } => {
                    is_open = true;
                    continue;
                }
                What::Perhaps(..) if field == Field::Boundary => {
                    is_open = true;
                    continue;
                }
                _ => continue,
            };
            if taken.is_some() {
                self.leave_out(field, &name, first);
                return None;
            }
            let mut source = self.source(field, &name, read);
            for place in source.places.iter_mut().filter(|place| place.span.end > pasted.text.len())
            {
                *place = StatementPlace { pointer: String::new(), span };
            }
            taken = Some((source, span));
        }
        if is_open && taken.is_some() {
            self.leave_out(field, &name, first);
            return None;
        }
        for seen in self.recognised.iter_mut().skip(first) {
            let holds = |span: &Span| seen.span.start <= span.start && span.end <= seen.span.end;
            seen.is_used &= taken.as_ref().is_some_and(|(_, span)| holds(span));
        }
        if let Some((source, _)) = taken {
            return Some(source);
        }
        let span = Span::new(0, pasted.text.len());
        let message = format!("There is no {name} in this text, so what it says is not known.");
        self.leave(field, span, message);
        self.unseen_fields.insert(field);
        None
    }

    /// Says that there are several policies where one is meant: nobody knows which, so what it says is not known.
    fn leave_out(&mut self, field: Field, name: &str, first: usize) {
        for seen in self.recognised.iter_mut().skip(first).filter(|seen| seen.is_used) {
            seen.is_used = false;
            seen.message =
                format!("There is more than one {name} in this text, so what it says is not known. Give each by itself.");
        }
        self.not_counted.insert(field);
        self.unseen_fields.insert(field);
    }
}
