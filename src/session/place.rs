//! Where the nodes are, and the ARNs of what is there.

use serde::Deserialize;

use crate::aws::{matches_glob, Arn, Partition, Region};

use super::name::escaped;
use super::{KmsKey, Note, Refusal, Refused};

/// What is known about where the nodes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// The partition; when absent, that of the Region or of a key, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region of the nodes; when absent, every Region is meant.
    pub region: Option<Region<'a>>,
    /// The account of the nodes; when absent, every account is meant.
    pub account_id: Option<&'a str>,
}

/// A kind of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// EC2 instances.
    Ec2,
    /// Nodes of a hybrid activation.
    Hybrid,
    /// Tasks that are reached by ECS Exec.
    Ecs,
}

impl NodeKind {
    /// Every kind.
    pub const ALL: [NodeKind; 3] = [NodeKind::Ec2, NodeKind::Hybrid, NodeKind::Ecs];

    /// The kinds that are meant: what is said, else those of the nodes with these IDs, else `usual`.
    pub fn meant(said: &[Self], ids: &[&str], usual: &[Self]) -> Vec<Self> {
        let is_of_one = |kind: &NodeKind| ids.iter().any(|id| NodeKind::of(id) == *kind);
        let of_ids: Vec<_> = NodeKind::ALL.into_iter().filter(is_of_one).collect();
        let named = [said, &of_ids].into_iter().find(|kinds| !kinds.is_empty());
        named.unwrap_or(usual).to_vec()
    }

    /// The kind of the node with this ID.
    pub fn of(id: &str) -> Self {
        if id.starts_with("mi-") {
            NodeKind::Hybrid
        } else {
            NodeKind::Ec2
        }
    }
}

/// The fields of the ARNs in a policy, `*` where nothing is known.
pub(super) struct Fields<'a> {
    pub partition: Partition,
    pub region: &'a str,
    pub account: &'a str,
}

/// The document that a session uses when none is named, and that holds the preferences.
pub const DEFAULT_DOCUMENT: &str = "SSM-SessionManagerRunShell";

/// Whether a document of this name is one of AWS: nobody else may name one so.
pub fn is_document_of_aws(name: &str) -> bool {
    let small = name.to_ascii_lowercase();
    ["aws", "amazon"].iter().any(|taken| small.starts_with(taken))
}

impl<'a> Place<'a> {
    /// What three options say.
    pub(super) fn new(
        partition: Option<Partition>,
        region: Option<Region<'a>>,
        account_id: Option<&'a str>,
    ) -> Self {
        Place { partition, region, account_id }
    }

    /// The fields for ARNs. Keys must be where the nodes are; when nobody says where that is, the first key does.
    ///
    /// # Errors
    /// A Region of another partition; a key of another partition or Region.
    pub(super) fn fields(&self, keys: &[(&KmsKey, &'static str)]) -> Result<Fields<'a>, Refused> {
        if let (Some(partition), Some(region)) = (self.partition, self.region) {
            if region.partition != partition {
                let refusal = Refusal::RegionPartition {
                    region: region.name.to_owned(),
                    partition,
                    belongs_to: region.partition,
                };
                return Err(Refused { at: "region", refusal });
            }
        }
        let mut nodes = self.partition.or(self.region.map(|region| region.partition));
        for (key, at) in keys {
            let KmsKey::Arn(key) = key else { continue };
            match nodes {
                Some(nodes) if !matches_glob(key.partition(), nodes.name()) => {
                    let key = key.partition().to_owned();
                    return Err(Refused { at, refusal: Refusal::KmsKeyPartition { key, nodes } });
                }
                Some(_) => {}
                None => nodes = Partition::from_name(key.partition()),
            }
            if let Some(region) = self.region {
                if !matches_glob(key.region(), region.name) {
                    let (key, nodes) = (key.region().to_owned(), region.name.to_owned());
                    return Err(Refused { at, refusal: Refusal::KmsKeyRegion { key, nodes } });
                }
            }
        }
        Ok(Fields {
            partition: nodes.unwrap_or(Partition::Aws),
            region: self.region.map_or("*", |region| region.name),
            account: self.account_id.unwrap_or("*"),
        })
    }

    /// The fields for the policy of a resource, which names these principals, each list with its option. When nobody says
    /// where that is, the first principal does.
    ///
    /// Source: the IAM user guide, "Cross account resource access in IAM", read 2026-11: access across accounts stays
    /// within one partition.
    ///
    /// # Errors
    /// A Region or a principal of another partition.
    pub(super) fn fields_with(
        self,
        principals: &[(&[&str], &'static str)],
    ) -> Result<Fields<'a>, Refused> {
        let named = || principals.iter().flat_map(|(arns, at)| arns.iter().map(|arn| (*arn, *at)));
        let of = |arn| Arn::parse(arn).and_then(|arn| Partition::from_name(arn.partition));
        let said = self.partition.or(self.region.map(|region| region.partition));
        let partition = said.or_else(|| named().find_map(|(arn, _)| of(arn)));
        let fields = Place { partition, ..self }.fields(&[])?;
        match named().find(|(arn, _)| of(arn) != Some(fields.partition)) {
            Some((arn, at)) => {
                let (principal, policy) = (arn.to_owned(), fields.partition);
                Err(Refused { at, refusal: Refusal::PrincipalPartition { principal, policy } })
            }
            None => Ok(fields),
        }
    }

    /// What there is to say about the Regions of the nodes and of the keys, and about the keys themselves.
    pub(super) fn notes(&self, keys: &[&KmsKey], action: &str) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut unlisted: Vec<_> = self.region.into_iter().map(|region| region.name).collect();
        for key in keys {
            let KmsKey::Arn(arn) = key else { continue };
            unlisted.extend(Region::parse(arn.region()).map(|region| region.name));
        }
        unlisted.retain(|name| Region::parse(name).is_some_and(|region| !region.is_listed()));
        unlisted.dedup();
        for region in unlisted {
            notes.push(Note::new(
                "REGION_NOT_LISTED",
                format!("The Region {region} is not among the Regions known here. It may be new; check its spelling."),
            ));
        }
        for key in keys {
            notes.extend(key_note(key, self.account_id, action));
        }
        notes
    }
}

fn key_note(key: &KmsKey, account_id: Option<&str>, action: &str) -> Vec<Note> {
    let arn = match key {
        KmsKey::Arn(arn) => arn,
        KmsKey::Placeholder(_) => {
            return vec![Note::new(
                "KEY_NAME_PLACEHOLDER",
                "Replace key-name before you use this: IAM takes only the ARN of your KMS key there.",
            )];
        }
        KmsKey::Any => {
            return vec![Note::new(
                "KMS_KEY_PATTERN",
                format!("{action} is allowed with every key that lets this account in."),
            )];
        }
    };
    let mut notes = Vec::new();
    if arn.has_wildcard() {
        notes.push(Note::new(
            "KMS_KEY_PATTERN",
            format!("{action} is allowed with every key that matches {}.", arn.as_str()),
        ));
    }
    if account_id.is_some_and(|account| !matches_glob(arn.account(), account)) {
        notes.push(Note::new(
            "KMS_KEY_OTHER_ACCOUNT",
            format!(
                "The key belongs to account {}. Its key policy must allow {action} to this role as well.",
                arn.account()
            ),
        ));
    }
    notes
}

impl Fields<'_> {
    /// The ARN of something in the Region and account.
    pub fn arn(&self, service: &str, resource: &str) -> String {
        let Fields { partition, region, account } = self;
        format!("arn:{}:{service}:{region}:{account}:{resource}", partition.name())
    }

    /// The ARN of one node, told by its ID.
    pub fn node(&self, id: &str) -> String {
        match NodeKind::of(id) {
            NodeKind::Hybrid => self.arn("ssm", &format!("managed-instance/{id}")),
            NodeKind::Ec2 | NodeKind::Ecs => self.arn("ec2", &format!("instance/{id}")),
        }
    }

    /// The patterns for every node of these kinds; tasks of ECS are none.
    pub fn nodes(&self, kinds: &[NodeKind]) -> Vec<String> {
        let mut arns = Vec::new();
        if kinds.contains(&NodeKind::Ec2) {
            arns.push(self.arn("ec2", "instance/*"));
        }
        if kinds.contains(&NodeKind::Hybrid) {
            arns.push(self.arn("ssm", "managed-instance/*"));
        }
        arns
    }

    /// The nodes with these IDs, or, when there are none, every node of the kinds.
    pub fn nodes_or_all(&self, ids: &[&str], kinds: &[NodeKind]) -> Vec<String> {
        if ids.is_empty() {
            self.nodes(kinds)
        } else {
            ids.iter().map(|id| self.node(id)).collect()
        }
    }

    /// A document of the account.
    pub fn document(&self, name: &str) -> String {
        self.arn("ssm", &format!("document/{name}"))
    }

    /// A document of AWS: the account field of its ARN is empty, and with an account in it nothing matches.
    pub fn aws_document(&self, name: &str) -> String {
        let Fields { partition, region, .. } = self;
        format!("arn:{}:ssm:{region}::document/{name}", partition.name())
    }

    /// A document of AWS or of the account, whose names begin otherwise.
    pub fn any_document(&self, name: &str) -> String {
        match is_document_of_aws(name) {
            true => self.aws_document(name),
            false => self.document(name),
        }
    }

    /// A bucket, or with a path after it objects; the path is a pattern.
    pub fn bucket(&self, bucket: &str, path: &str) -> String {
        format!("arn:{}:s3:::{bucket}{path}", self.partition.name())
    }

    /// The objects under a prefix of a bucket.
    pub fn logs_in(&self, bucket: &str, prefix: Option<&str>) -> String {
        match prefix {
            Some(prefix) => self.bucket(bucket, &format!("/{}/*", escaped(prefix))),
            None => self.bucket(bucket, "/*"),
        }
    }

    /// Something of IAM, which knows no Regions.
    pub fn iam(&self, resource: &str) -> String {
        format!("arn:{}:iam::{}:{resource}", self.partition.name(), self.account)
    }

    /// The host name of a service in the Region.
    pub fn host(&self, service: &str) -> String {
        format!("{service}.{}.{}", self.region, self.partition.dns_suffix())
    }

    /// Whether the names that services have in conditions and principals were seen in AWS's own texts for this
    /// partition.
    pub fn has_known_service_names(&self) -> bool {
        matches!(self.partition, Partition::Aws | Partition::AwsCn | Partition::AwsUsGov)
    }

    /// The operator and value for `kms:ViaService`.
    pub fn via_service(&self, service: &str) -> (&'static str, String) {
        if !self.has_known_service_names() {
            // Nobody has told whether it ends as host names do there or as elsewhere.
            return ("StringLike", format!("{service}.{}.*", self.region));
        }
        let operator = if self.region == "*" { "StringLike" } else { "StringEquals" };
        (operator, self.host(service))
    }
}
