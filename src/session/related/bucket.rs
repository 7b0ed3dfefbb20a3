//! The policy of the log bucket: TLS only, and for nodes of another account the right to write.

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::{Policy, Principal, Strings, Who};

use super::super::draft::{allow, deny, finish, one, principals, when};
use super::super::node::bucket_name;
use super::super::option::{self, of};
use super::super::{BuiltPolicy, Conflict, Note, Place, Quota, Refused, Scope};

/// A log bucket and who writes into it, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct BucketPolicy<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// Its name.
    #[serde(deserialize_with = "option::optional::<of::Bucket, _>")]
    pub bucket: Option<&'a str>,
    /// What the keys of the logs begin with.
    #[serde(deserialize_with = "option::optional::<of::Prefix, _>")]
    pub prefix: Option<&'a str>,
    /// The node roles of other accounts.
    #[serde(
        borrow,
        rename = "nodeRoleArns",
        deserialize_with = "option::names::<of::Principal, _>"
    )]
    pub node_roles: Vec<&'a str>,
    /// The organization whose nodes write, whatever their role.
    #[serde(deserialize_with = "option::optional::<of::Organization, _>")]
    pub organization_id: Option<&'a str>,
}

/// Builds the policy.
///
/// # Errors
/// Without a bucket; a Region or a role of another partition.
pub fn build_bucket_policy(options: &BucketPolicy) -> Result<BuiltPolicy, Refused> {
    let place = Place::new(options.partition, options.region, None);
    let fields = place.fields_with(&[(&options.node_roles, "nodeRoleArns")])?;
    let bucket =
        options.bucket.ok_or_else(|| Refused::conflict("bucket", Conflict::BUCKET_MISSING))?;
    let everything = vec![fields.bucket(bucket, ""), fields.bucket(bucket, "/*")];
    let mut tls = deny("TlsOnly", &["s3:*"], everything);
    tls.principal = Some(Principal { negated: false, who: Who::Everyone });
    when(&mut tls, "Bool", "aws:SecureTransport", one("false"));
    let mut statements = vec![tls];
    let roles = principals("AWS", options.node_roles.iter().map(|arn| (*arn).to_owned()).collect());
    let of_roles = (roles, None, ["NodesPutLogs", "NodesReadEncryptionConfiguration"]);
    let everyone = Some(Principal { negated: false, who: Who::Everyone });
    let sids = ["OrganizationPutsLogs", "OrganizationReadsEncryptionConfiguration"];
    let of_organization = (everyone, options.organization_id, sids);
    let writers = [
        (!options.node_roles.is_empty()).then_some(of_roles),
        options.organization_id.is_some().then_some(of_organization),
    ];
    for (who, organization, [put, check]) in writers.into_iter().flatten() {
        let logs = vec![fields.logs_in(bucket, options.prefix)];
        let mut put = allow(put, &["s3:PutObject", "s3:PutObjectAcl"], logs);
        put.principal.clone_from(&who);
        // The agent always sends this, so that the owner of the bucket can read what it uploads.
        let acl = Strings::One("bucket-owner-full-control".to_owned());
        when(&mut put, "StringEquals", "s3:x-amz-acl", acl);
        let read = ["s3:GetEncryptionConfiguration"];
        let mut check = allow(check, &read, vec![fields.bucket(bucket, "")]);
        check.principal = who;
        if let Some(id) = organization {
            when(&mut put, "StringEquals", "aws:PrincipalOrgID", one(id));
            when(&mut check, "StringEquals", "aws:PrincipalOrgID", one(id));
        }
        statements.extend([put, check]);
    }
    finish(&mut statements, Scope::LeastPrivilege, Some(true));
    let mut notes = vec![match (options.node_roles.as_slice(), options.organization_id) {
        ([], Some(_)) => Note::new(
            "SUMMARY",
            "Refuses requests without TLS, and allows every principal of the organization to upload logs and to see \
             if the bucket is encrypted. The policies of the roles must allow the same.",
        ),
        ([], None) => Note::new(
            "SUMMARY",
            "Refuses requests without TLS. Nodes of the bucket's own account need nothing here: the policy of \
             their role is enough.",
        ),
        _ => Note::new(
            "SUMMARY",
            "Refuses requests without TLS, and allows these roles to upload logs and to see if the bucket is \
             encrypted. Their own policies must allow the same.",
        ),
    }];
    notes.extend(bucket_name(bucket));
    notes.extend(place.notes(&[], ""));
    Ok(BuiltPolicy::new(Policy::new(statements), Quota::Bucket, notes))
}
