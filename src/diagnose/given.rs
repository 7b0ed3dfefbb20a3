//! What was pasted, field by field.

use crate::session::capabilities::ResourcePolicy;
use crate::session::related::EndpointService;

/// A text that somebody pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// What they call it.
    pub name: Option<String>,
    /// The text.
    pub text: String,
    /// Whether it was an object, so that nobody has seen the text and places in it mean nothing.
    pub is_object: bool,
}

/// A field of the input that a text was pasted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// A policy of the role, with its index.
    Document(usize),
    /// The permissions boundary.
    Boundary,
    /// A service control policy, with its index.
    Scp(usize),
    /// The policy of the key or the bucket, or the trust policy.
    Resource(ResourcePolicy),
    /// The policy of a VPC endpoint.
    Endpoint(EndpointService),
}

/// What was pasted, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// The policies of the role.
    pub documents: Vec<Pasted>,
    /// The name of the role or user, where a text has several.
    pub role_name: Option<String>,
    /// Its permissions boundary.
    pub boundary: Option<Pasted>,
    /// Service control policies of its account.
    pub scps: Vec<Pasted>,
    /// The policy of the KMS key.
    pub key_policy: Option<Pasted>,
    /// The policy of the log bucket.
    pub bucket_policy: Option<Pasted>,
    /// Who may assume the role.
    pub trust_policy: Option<Pasted>,
    /// The policies of the VPC endpoints through which the node calls AWS.
    pub endpoint_policies: Vec<(EndpointService, Pasted)>,
}

impl Documents {
    /// Every text with its field, in the order of the fields.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &Pasted)> {
        let numbered =
            self.documents.iter().enumerate().map(|(i, text)| (Field::Document(i), text));
        let boundary = self.boundary.iter().map(|text| (Field::Boundary, text));
        let scps = self.scps.iter().enumerate().map(|(i, text)| (Field::Scp(i), text));
        let rest = [
            (Field::Resource(ResourcePolicy::Key), &self.key_policy),
            (Field::Resource(ResourcePolicy::Bucket), &self.bucket_policy),
            (Field::Resource(ResourcePolicy::Trust), &self.trust_policy),
        ];
        let rest = rest.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?)));
        let endpoints = self.endpoint_policies.iter();
        let endpoints = endpoints.map(|(service, text)| (Field::Endpoint(*service), text));
        numbered.chain(boundary).chain(scps).chain(rest).chain(endpoints)
    }
}
