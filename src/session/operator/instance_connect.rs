//! EC2 Instance Connect Endpoints, the way to an instance beside Session Manager.
//!
//! Source: the EC2 user guide, "Grant permissions to use EC2 Instance Connect Endpoint"; the service authorization
//! reference of 2026-09; read 2026-11.

use serde::{Deserialize, Deserializer};

use crate::policy::{Statement, Strings};

use super::super::draft::{allow, allow_all, when};
use super::super::option::{self, of};
use super::super::place::Fields;
use super::super::{Counted, NodeKind};
use super::conditions::on_tagged;
use super::{OperatorOptions, Scope};

/// Tunnels through EC2 Instance Connect Endpoints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct InstanceConnect<'a> {
    /// The only endpoints.
    #[serde(borrow, deserialize_with = "option::only_names::<of::ConnectEndpoint, _>")]
    pub endpoint_ids: Vec<&'a str>,
    /// The port of the instances; when absent, that of SSH.
    #[serde(deserialize_with = "port")]
    pub port: Option<i64>,
    /// The private addresses of the instances.
    #[serde(borrow, deserialize_with = "option::only_names::<of::IpRange, _>")]
    pub ip_ranges: Vec<&'a str>,
    /// The longest duration of a tunnel.
    #[serde(deserialize_with = "seconds")]
    pub max_seconds: Option<i64>,
    /// The users of the operating system that a key may be sent for; none when people have keys of their own.
    #[serde(borrow, deserialize_with = "option::only_names::<of::OsUser, _>")]
    pub os_users: Vec<&'a str>,
}

/// The seconds that AWS lets a tunnel last.
const LONGEST: i64 = 3_600;

fn port<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    option::number(d, Counted::Port, 1, 65_535).map(Some)
}

fn seconds<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    option::number(d, Counted::Seconds, 1, LONGEST).map(Some)
}

/// An action of EC2 on the instances of the targets; none when no target is one.
pub(super) fn on_instances(
    sid: &str,
    action: &str,
    options: &OperatorOptions,
    fields: &Fields,
) -> Vec<Statement> {
    let instances = fields.nodes_or_all(&options.targets.instance_ids, &[NodeKind::Ec2]);
    let instances: Vec<_> =
        instances.into_iter().filter(|arn| arn.contains(":instance/")).collect();
    if instances.is_empty() {
        return Vec::new();
    }
    // EC2 has no key ssm:resourceTag.
    on_tagged(allow(sid, &[action], instances), Scope::LeastPrivilege, &options.targets)
}

/// A tunnel is authorised on the endpoint and by the address, never on the instance; a key for SSH on the instance.
pub(super) fn instance_connect(
    options: &OperatorOptions,
    connect: &InstanceConnect,
    fields: &Fields,
) -> Vec<Statement> {
    let endpoint = |id: &&str| fields.arn("ec2", &format!("instance-connect-endpoint/{id}"));
    let ids = if connect.endpoint_ids.is_empty() { &vec!["*"] } else { &connect.endpoint_ids };
    let open = ["ec2-instance-connect:OpenTunnel"];
    let mut tunnel = allow("OpenTunnel", &open, ids.iter().map(endpoint).collect());
    let mut narrow = |operator, name, values: Vec<String>| {
        let key = format!("ec2-instance-connect:{name}");
        when(&mut tunnel, operator, &key, Strings::one_or_many(values));
    };
    narrow("NumericEquals", "remotePort", vec![connect.port.unwrap_or(22).to_string()]);
    if !connect.ip_ranges.is_empty() {
        let ranges = connect.ip_ranges.iter().map(|range| (*range).to_owned()).collect();
        narrow("IpAddress", "privateIpAddress", ranges);
    }
    let seconds = connect.max_seconds.unwrap_or(LONGEST);
    narrow("NumericLessThanEquals", "maxTunnelDuration", vec![seconds.to_string()]);
    let mut statements = vec![tunnel];
    if !connect.os_users.is_empty() {
        let send = "ec2-instance-connect:SendSSHPublicKey";
        let mut keys = on_instances("SendSshKey", send, options, fields);
        for key in &mut keys {
            let users = connect.os_users.iter().copied();
            when(key, "StringEquals", "ec2:osuser", Strings::one_or_many(users));
        }
        statements.extend(keys);
    }
    let lists = ["ec2:DescribeInstanceConnectEndpoints", "ec2:DescribeInstances"];
    statements.push(allow_all("TunnelLists", &lists));
    statements
}
