//! What options ask for: capabilities with the values of their placeholders, and requests that lie beside them.

use serde_json::Value as Json;

use postern::session::node::NodeOptions;
use postern::session::operator::OperatorOptions;

use super::asking::{Values, KEY_ARN, LOG_KEY_ARN, NODE_ARN};

pub struct Chosen {
    pub options: Json,
    is_node: bool,
}

type Neighbour = (&'static str, String, Vec<(&'static str, &'static str)>);

pub fn has(options: &Json, field: &str) -> bool {
    !options[field].is_null()
}

/// A list of texts, or one.
pub fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => vec![text.clone()],
        Json::Array(all) => all.iter().map(|it| it.as_str().unwrap().to_owned()).collect(),
        _ => Vec::new(),
    }
}

fn is(value: &Json, usual: bool) -> bool {
    value.as_bool().unwrap_or(usual)
}

impl Chosen {
    pub fn new(call: &str, options: &Json) -> Self {
        Chosen { options: options.clone(), is_node: call == "node" }
    }

    /// The kinds of nodes, by their IDs where there are any.
    fn kinds(&self) -> Vec<String> {
        let targets = if self.is_node { &self.options } else { &self.options["targets"] };
        let of = |id: &String| if id.starts_with("mi-") { "hybrid" } else { "ec2" }.to_owned();
        let ids = texts(&targets["instanceIds"]);
        let mut kinds: Vec<String> = ids.iter().map(of).collect();
        if self.is_node && texts(&targets["kinds"]).iter().any(|kind| kind == "ecs") {
            kinds.push("ecs".to_owned());
        }
        if ids.is_empty() {
            kinds = texts(&targets["kinds"]);
        }
        match kinds.is_empty() {
            true => vec!["ec2".to_owned()],
            false => kinds,
        }
    }

    /// The values for each node.
    fn nodes(&self, kinds: &[String]) -> Vec<(String, Values)> {
        let targets = if self.is_node { &self.options } else { &self.options["targets"] };
        let ids = texts(&targets["instanceIds"]);
        let mut all = Vec::new();
        for kind in kinds {
            let of_kind: Vec<_> =
                ids.iter().filter(|id| id.starts_with("mi-") == (kind == "hybrid")).collect();
            let usual = match kind.as_str() {
                "hybrid" => "mi-0123456789abcdef9",
                "ecs" => "ecs:example_0123456789abcdef0123456789abcdef_0123456789",
                _ => "i-0123456789abcdef9",
            };
            let id = of_kind.first().filter(|_| kind != "ecs").map_or(usual, |id| id.as_str());
            let mut values = Values::default();
            if kind == "hybrid" {
                let node = format!(
                    "arn:${{Partition}}:ssm:${{Region}}:${{Account}}:managed-instance/{id}"
                );
                values = values
                    .replace("ec2:SourceInstanceARN", "ssm:SourceInstanceARN")
                    .replace(NODE_ARN, &node);
            } else if kind == "ecs" {
                values = values.replace("ec2:SourceInstanceARN", "none:SourceInstanceARN");
            }
            values = values.replace("${InstanceId}", id).replace("${ManagedInstanceId}", id);
            all.push((kind.clone(), self.tagged(targets, values)));
        }
        all
    }

    fn tagged(&self, targets: &Json, mut values: Values) -> Values {
        let principal_tags = &targets["principalTags"];
        let any = targets["anyTags"].as_object().into_iter().flatten().take(1);
        let given = targets["tags"].as_object().into_iter().flatten().chain(any);
        let given = given.map(|(key, all)| (key.clone(), texts(all)[0].clone()));
        for (key, value) in given {
            for prefix in ["ssm:resourceTag/", "aws:ResourceTag/", "ecs:ResourceTag/"] {
                values = values.with(&format!("{prefix}{key}"), &value);
            }
        }
        for key in texts(principal_tags) {
            for prefix in ["ssm:resourceTag/", "aws:ResourceTag/", "aws:PrincipalTag/"] {
                values = values.with(&format!("{prefix}{key}"), "web");
            }
        }
        values
    }

    fn keys(&self) -> Vec<String> {
        let keys = texts(&self.options["sessionEncryption"]["kmsKeyArn"]);
        keys.iter()
            .map(|key| key.replace(":*:", ":us-east-2:").replace("/*", "/anything"))
            .collect()
    }

    /// The capabilities that were asked for.
    pub fn asks(&self) -> Vec<(&'static str, Values)> {
        if self.is_node {
            self.node_asks()
        } else {
            self.operator_asks()
        }
    }

    fn node_asks(&self) -> Vec<(&'static str, Values)> {
        let text = self.options.to_string();
        let wants = serde_json::from_str::<NodeOptions>(&text).unwrap().wants();
        let logs = &self.options["s3Logs"];
        let mut asks = Vec::new();
        for (kind, mut values) in self.nodes(&self.kinds()) {
            if let Some(prefix) = logs["prefix"].as_str() {
                values = values.replace("${ObjectKey}", &format!("{prefix}/session.log"));
            }
            for &id in &wants {
                // Each kind of node has a heartbeat of its own, tasks have none, and no associations either.
                let is_of_kind = match id {
                    "node.heartbeat" => kind == "ec2",
                    "node.heartbeat-hybrid" => kind == "hybrid",
                    "node.state-manager" => kind != "ecs",
                    _ => true,
                };
                if is_of_kind {
                    asks.extend(self.each(id, &values).into_iter().map(|values| (id, values)));
                }
            }
        }
        asks
    }

    /// The values with each of the things that are named for a capability.
    fn each(&self, id: &str, values: &Values) -> Vec<Values> {
        let options = &self.options;
        let with = |from: &str, all: Vec<String>| -> Vec<Values> {
            all.iter().map(|to| values.clone().replace(from, to)).collect()
        };
        match id {
            "node.session-kms" | "operator.session-kms" => with(KEY_ARN, self.keys()),
            "node.s3-logs-sse-kms" => match options["s3Logs"]["kmsKeyArn"].as_str().unwrap() {
                "*" => vec![values.clone()],
                key => with(LOG_KEY_ARN, vec![key.to_owned()]),
            },
            "node.parameters" => {
                let names = texts(&options["documentParameters"]);
                let names = names.iter().map(|name| name.trim_start_matches('/').to_owned());
                with("${ParameterName}", names.collect())
            }
            "operator.custom-document" if has(options, "documents") => {
                with("${CustomDocument}", texts(&options["documents"]))
            }
            "operator.custom-documents-console" => {
                with("${CustomDocument}", texts(&options["documentChooser"]))
            }
            "operator.run-command" => {
                let with = |name: &String| {
                    let account = if name.starts_with("AWS-") { "" } else { "${Account}" };
                    let values = values.clone().replace("${CommandAccount}", account);
                    values.replace("${CommandDocument}", name)
                };
                texts(&options["runCommand"]).iter().map(with).collect()
            }
            "guard.no-ecs-direct" => match options["deny"]["taskSessions"].as_str() {
                Some("*") | None => vec![values.clone()],
                Some(cluster) => with("${ClusterName}", vec![cluster.to_owned()]),
            },
            "operator.ansible-bucket" => with("${BucketName}", texts(&options["ansibleBucket"])),
            "operator.instance-connect" => {
                vec![values.clone().with("ec2-instance-connect:privateIpAddress", "10.0.1.7")]
            }
            "operator.ecs-exec" => {
                let cluster = options["ecsExec"]["cluster"].as_str().unwrap();
                let values = values.clone().replace("${ClusterName}", cluster);
                vec![self.tagged(&options["ecsExec"], values)]
            }
            _ => vec![values.clone()],
        }
    }

    fn asks_for_another(&self) -> bool {
        let given = ["documents", "remoteDesktop", "fleetManager", "ecsExec", "documentChooser"];
        let given = given.iter().chain(&["preferences", "inlinePolicyOf", "instanceConnect"]);
        let on = ["history", "administrator", "hostManagement", "justInTime", "denyOnly"];
        let on = on.iter().chain(&["startInstances"]);
        given.into_iter().any(|field| has(&self.options, field))
            || on.into_iter().any(|field| is(&self.options[*field], false))
            || !texts(&self.options["runCommand"]).is_empty()
    }

    fn sessions(&self) -> Vec<String> {
        match &self.options["sessions"] {
            Json::Null if self.asks_for_another() => Vec::new(),
            Json::Null => vec!["shell".to_owned()],
            sessions => texts(sessions),
        }
    }

    fn starts_directly(&self) -> bool {
        !self.sessions().is_empty() || !texts(&self.options["documents"]).is_empty()
    }

    fn is_administrator(&self) -> bool {
        is(&self.options["administrator"], false)
    }

    /// Whether sessions may be resumed as well as ended.
    pub fn resumes(&self) -> bool {
        is(&self.options["endSessions"]["resume"], self.starts_directly())
            || self.is_administrator()
    }

    fn operator_asks(&self) -> Vec<(&'static str, Values)> {
        let options = &self.options;
        let deny = &options["deny"];
        let address = match texts(&deny["outsideIpRanges"]).first() {
            Some(range) => range.replace(".0/24", ".10"),
            None => "192.0.2.1".to_owned(),
        };
        let trusted = |values: Values| {
            values
                .with("aws:MultiFactorAuthPresent", "true")
                .with("aws:CurrentTime", "2026-11-27T00:00:00Z")
                .with("aws:SourceVpce", "vpce-0123456789abcdef0")
                .with("aws:SourceIp", &address)
        };
        let text = options.to_string();
        let wants = serde_json::from_str::<OperatorOptions>(&text).unwrap().wants();
        let (ends, wants): (Vec<_>, Vec<_>) = wants.into_iter().partition(|id| {
            id.starts_with("operator.own-sessions") || *id == "operator.terminate-all"
        });
        let mut asks = Vec::new();
        let kinds = match self.is_administrator() {
            true => vec!["ec2".to_owned(), "hybrid".to_owned()],
            false => self.kinds(),
        };
        for (kind, values) in self.nodes(&kinds) {
            let values = trusted(values);
            // Administrators reach every node by sessions alone, and machines that are no instances are not started.
            let is_of_kind = |id: &&&str| match **id {
                "operator.run-command" => self.kinds().contains(&kind),
                "operator.start-instances" => kind == "ec2",
                _ => true,
            };
            for &id in wants.iter().filter(is_of_kind) {
                asks.extend(self.each(id, &values).into_iter().map(|values| (id, values)));
            }
        }
        // Sessions are ended on the node that is named for it.
        let target = options["endSessions"]["targetId"].as_str();
        let target = target.filter(|_| !self.is_administrator());
        let key = "ssm:resourceTag/aws:ssmmessages:target-id";
        let on_target =
            |target| Values::default().replace("${InstanceId}", target).with(key, target);
        let values = trusted(target.map(on_target).unwrap_or_default());
        asks.extend(ends.into_iter().map(|id| (id, values.clone())));
        asks
    }

    /// Requests that nobody asked for.
    pub fn neighbours(&self) -> Vec<Neighbour> {
        let options = &self.options;
        let arn =
            |service: &str, rest: &str| format!("arn:aws:{service}:us-east-2:111122223333:{rest}");
        let aws = |name: &str| format!("arn:aws:ssm:us-east-2::document/{name}");
        let is_administrator = self.is_administrator();
        let everything_on_keys =
            texts(&options["sessionEncryption"]["kmsKeyArn"]).iter().any(|key| key.ends_with('*'));
        let every_bucket_key = options["s3Logs"]["kmsKeyArn"] == "*";
        let mut all: Vec<Neighbour> = Vec::new();
        let mut add = |unless: bool, action, resource: String| {
            if !unless {
                all.push((action, resource, Vec::new()));
            }
        };
        for action in ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"] {
            add(false, action, "arn:aws:s3:::example-session-logs2/prod/a.log".to_owned());
            add(false, action, "arn:aws:s3:::other/prod/a.log".to_owned());
        }
        for key in ["prod2/a.log", "other/a.log", "axbyc/a.log", "aXXbYc$d/a.log"] {
            let unless = !has(&options["s3Logs"], "prefix");
            add(unless, "s3:PutObject", format!("arn:aws:s3:::example-session-logs/{key}"));
        }
        add(false, "s3:GetObject", "arn:aws:s3:::example-session-logs/prod/a.log".to_owned());
        // Without a bucket the check has to be allowed on every one.
        let unless = !has(options, "s3Logs");
        add(unless, "s3:GetEncryptionConfiguration", "arn:aws:s3:::other".to_owned());
        for action in ["kms:Decrypt", "kms:GenerateDataKey"] {
            let unless = everything_on_keys || every_bucket_key;
            add(unless, action, arn("kms", "key/99999999-12ab-34cd-56ef-1234567890ab"));
            let other =
                "arn:aws:kms:us-east-2:777788889999:key/1234abcd-12ab-34cd-56ef-1234567890ab";
            add(every_bucket_key, action, other.to_owned());
            let region =
                "arn:aws:kms:eu-west-1:777788889999:key/1234abcd-12ab-34cd-56ef-1234567890ab";
            add(every_bucket_key, action, region.to_owned());
        }
        let targets = if self.is_node { &Json::Null } else { &options["targets"] };
        let is_given = |field: &str| match &targets[field] {
            Json::Array(all) => !all.is_empty(),
            Json::Object(all) => !all.is_empty(),
            _ => false,
        };
        let by = ["instanceIds", "tags", "anyTags", "principalTags"];
        let narrows = by.into_iter().any(is_given);
        let other_node = arn("ec2", "instance/i-0fffffffffffffff0");
        let starts_any = self.starts_directly()
            || is_administrator
            || has(options, "remoteDesktop")
            || has(options, "fleetManager");
        let asks_first = is(&options["justInTime"], false);
        let every = starts_any && (!narrows || is_administrator);
        add(every, "ssm:StartSession", other_node.clone());
        add(asks_first && !narrows, "ssm:StartAccessRequest", other_node.clone());
        add(asks_first, "ssm:GetAccessToken", arn("ssm", "opsitem/oi-0123456789ab"));
        add(!narrows, "ssm:SendCommand", other_node);
        add(false, "ssm:StartSession", other_region("instance/i-0123456789abcdef0"));
        add(false, "ssm:StartSession", arn("ecs", "task/example/0123456789abcdef0123456789abcdef"));
        add(is_administrator, "ssm:StartSession", arn("ssm", "document/Another"));
        let sessions = self.sessions();
        let starts = |kind: &str| is_administrator || sessions.iter().any(|it| it == kind);
        add(starts("ssh"), "ssm:StartSession", aws("AWS-StartSSHSession"));
        add(starts("port-forwarding"), "ssm:StartSession", aws("AWS-StartPortForwardingSession"));
        let any = is_administrator || options["endSessions"]["whose"] == "anyone";
        for action in ["ssm:TerminateSession", "ssm:ResumeSession"] {
            add(any, action, arn("ssm", "session/SomeoneElse-0a1b2c3d4e5f60718"));
        }
        let sends = is(&options["updateAgent"], false) || has(options, "fleetManager");
        let node = arn("ec2", "instance/i-0123456789abcdef0");
        let signs_in = has(&options["remoteDesktop"], "signIn");
        let runs = !texts(&options["runCommand"]).is_empty();
        add(sends || signs_in || runs, "ssm:SendCommand", node);
        let runs = !texts(&options["runCommand"]).is_empty();
        add(runs, "ssm:SendCommand", aws("AWS-RunShellScript"));
        for action in ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"] {
            add(false, action, arn("ssm", "parameter/secret"));
        }
        let every_group =
            has(options, "cloudWatchLogs") && !has(&options["cloudWatchLogs"], "logGroup");
        for group in ["/example/session-logs2", "/other"] {
            for action in ["logs:PutLogEvents", "logs:CreateLogStream"] {
                let stream = format!("log-group:{group}:log-stream:JohnDoe-0a1b2c3d4e5f60718");
                add(every_group, action, arn("logs", &stream));
            }
        }
        for action in ["iam:PutRolePolicy", "iam:PassRole", "iam:AttachRolePolicy"] {
            add(false, action, "arn:aws:iam::111122223333:role/Another".to_owned());
        }
        add(false, "iam:CreateAccessKey", "arn:aws:iam::111122223333:user/JohnDoe".to_owned());
        add(false, "sts:AssumeRole", "arn:aws:iam::111122223333:role/Another".to_owned());
        if has(&options["endSessions"], "targetId") && !is_administrator {
            let tags = vec![
                ("ssm:resourceTag/aws:ssmmessages:target-id", "i-0fffffffffffffff0"),
                (
                    "ssm:resourceTag/aws:ssmmessages:session-id",
                    "AROACKCEVSQ6C2EXAMPLE:jane@example.com",
                ),
            ];
            let own = arn("ssm", "session/JohnDoe-0a1b2c3d4e5f60718");
            all.push(("ssm:TerminateSession", own, tags));
        }
        all
    }
}

fn other_region(rest: &str) -> String {
    format!("arn:aws:ec2:eu-west-1:111122223333:{rest}")
}
