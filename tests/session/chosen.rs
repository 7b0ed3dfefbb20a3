//! What options ask for: capabilities with the values of their placeholders, and requests that lie beside them.

use serde_json::Value as Json;

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

    fn is_least(&self) -> bool {
        self.options["scope"] == "least-privilege"
    }

    fn is_2023(&self) -> bool {
        self.options["edition"] == "2023"
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
        let options = &self.options;
        let kinds = self.kinds();
        let only_tasks = kinds.iter().all(|kind| kind == "ecs");
        let mut asks = Vec::new();
        let logs = &options["s3Logs"];
        for (kind, mut values) in self.nodes(&kinds) {
            if let Some(prefix) = logs["prefix"].as_str() {
                values = values.replace("${ObjectKey}", &format!("{prefix}/session.log"));
            }
            let mut ask = |id, wanted: bool| {
                if wanted {
                    asks.push((id, values.clone()));
                }
            };
            ask("node.channel", is(&options["channel"], true));
            if is(&options["heartbeat"], false) {
                ask("node.heartbeat", kind == "ec2");
                ask("node.heartbeat-hybrid", kind == "hybrid");
            }
            let usual = has(options, "s3Logs") || (!self.is_least() && !only_tasks);
            ask("node.s3-encryption-check", is(&options["bucketEncryptionCheck"], usual));
            let uploads = has(options, "s3Logs") && is(&logs["upload"], true);
            ask("node.s3-logs", uploads);
            ask("node.s3-logs-cross-account", uploads && is(&logs["otherAccount"], false));
            let cloud_watch = &options["cloudWatchLogs"];
            ask("node.cw-logs", has(options, "cloudWatchLogs"));
            ask("node.cw-logs-streaming", is(&cloud_watch["streaming"], false));
            ask("node.cw-logs-encrypted-check", is(&cloud_watch["encryptionCheck"], false));
            ask("node.run-command-legacy", is(&options["legacyChannel"], false));
            ask("node.state-manager", is(&options["stateManager"], false) && kind != "ecs");
            ask("node.agent-buckets", has(options, "agentBuckets"));
            if let Some(key) = logs["kmsKeyArn"].as_str().filter(|_| uploads) {
                let values = match key {
                    "*" => values.clone(),
                    key => values.clone().replace(LOG_KEY_ARN, key),
                };
                asks.push(("node.s3-logs-sse-kms", values));
            }
            for key in self.keys() {
                asks.push(("node.session-kms", values.clone().replace(KEY_ARN, &key)));
            }
            for name in texts(&options["documentParameters"]) {
                let name = name.trim_start_matches('/');
                asks.push(("node.parameters", values.clone().replace("${ParameterName}", name)));
            }
        }
        asks
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
        let mut asks = Vec::new();
        let kinds = match self.is_administrator() {
            true => vec!["ec2".to_owned(), "hybrid".to_owned()],
            false => self.kinds(),
        };
        for (_, values) in self.nodes(&kinds) {
            let values = trusted(values);
            self.asks_on_node(&values, &mut |id, values| asks.push((id, values)));
        }
        if !self.is_administrator() {
            // What is asked of a caller is the same as for the nodes.
            asks.extend(self.asks_about_ends().map(|(id, values)| (id, trusted(values))));
        }
        asks
    }

    fn asks_on_node(&self, values: &Values, ask: &mut dyn FnMut(&'static str, Values)) {
        let options = &self.options;
        let deny = &options["deny"];
        let denies = |what: &str| is(&deny[what], false);
        let is_administrator = self.is_administrator();
        let mut ask_if = |wanted: bool, id| {
            if wanted {
                ask(id, values.clone());
            }
        };
        let is_guide_administrator = is_administrator && !self.is_least();
        let checks = is(&options["documentAccessCheck"], true);
        let shell_named = self.is_least() || !self.is_2023() || checks;
        for session in if is_administrator { Vec::new() } else { self.sessions() } {
            match session.as_str() {
                "shell" if denies("shell") => {}
                "shell" if shell_named => ask_if(true, "operator.start-shell"),
                "shell" => ask_if(true, "operator.start-shell-nodoc"),
                "ssh" => ask_if(!denies("ssh"), "operator.ssh"),
                "port-forwarding" => ask_if(true, "operator.port-forward"),
                "interactive-command" => ask_if(true, "operator.aws-interactive-command"),
                "non-interactive-command" => ask_if(true, "operator.aws-non-interactive-command"),
                _ => ask_if(true, "operator.remote-host"),
            }
        }
        if is_administrator {
            ask_if(!denies("shell"), "operator.start-all");
            ask_if(!denies("ssh"), "operator.ssh");
            ask_if(true, "operator.port-forward");
            ask_if(true, "operator.terminate-all");
            ask_if(true, "operator.connection-status");
        } else {
            self.asks_about_channels(&mut ask_if);
        }
        ask_if(is(&options["history"], false) || is_administrator, "operator.history");
        let clients = texts(&options["clients"]);
        let uses = |client: &str| clients.iter().any(|it| it == client);
        ask_if(uses("session-manager-console") && !is_guide_administrator, "operator.console-list");
        ask_if(uses("ec2-console") && !is_guide_administrator, "operator.ec2-console");
        ask_if(has(options, "remoteDesktop"), "operator.rdp");
        ask_if(has(options, "fleetManager"), "operator.fleet-manager");
        if !denies("preferences") {
            ask_if(has(options, "preferences"), "operator.preferences");
            let deletes = options["preferences"] == "edit-and-delete";
            ask_if(deletes, "operator.preferences-delete");
        }
        ask_if(has(options, "documentChooser"), "operator.custom-documents-console");
        ask_if(is(&options["justInTime"], false), "operator.just-in-time");
        let manages = is(&options["hostManagement"], false) && !denies("hostManagement");
        ask_if(manages, "admin.dhmc-configure");
        ask_if(has(options, "inlinePolicyOf"), "admin.put-inline-policy");
        for key in self.keys() {
            ask("operator.session-kms", values.clone().replace(KEY_ARN, &key));
        }
        for document in texts(&options["documents"]) {
            ask("operator.custom-document", values.clone().replace("${CustomDocument}", &document));
        }
        if has(options, "instanceConnect") {
            let values = values.clone().with("ec2-instance-connect:privateIpAddress", "10.0.1.7");
            ask("operator.instance-connect", values);
        }
        if let Some(bucket) = options["ansibleBucket"].as_str() {
            let values = values.clone().replace("${BucketName}", bucket);
            ask("operator.ansible-bucket", values);
        }
        if let Some(cluster) = options["ecsExec"]["cluster"].as_str() {
            let values = values.clone().replace("${ClusterName}", cluster);
            ask("operator.ecs-exec", self.tagged(&options["ecsExec"], values));
        }
    }

    /// Data channels.
    fn asks_about_channels(&self, ask_if: &mut dyn FnMut(bool, &'static str)) {
        let options = &self.options;
        let is_least = self.is_least();
        let starts = self.starts_directly() || has(options, "fleetManager");
        let starts_any = starts || has(options, "remoteDesktop");
        let usual = match (is_least, self.is_2023()) {
            (true, _) if starts => "any",
            (false, false) if starts_any => "own",
            _ => "none",
        };
        // Who only uses Remote Desktop opens channels only through it.
        let only_desktop = is_least && !starts && has(options, "remoteDesktop");
        let channel = options["dataChannel"].as_str().unwrap_or(usual);
        let any = (channel == "any" || channel == "everything") && !only_desktop;
        ask_if(any, "operator.open-data-channel");
        ask_if(any, "operator.open-data-channel-role");
        ask_if(any || (channel == "own" && !only_desktop), "operator.open-data-channel-userid");
    }

    /// Sessions that may be ended, on the node that is named for it.
    fn asks_about_ends(&self) -> Option<(&'static str, Values)> {
        let options = &self.options;
        let is_least = self.is_least();
        let starts_any =
            self.starts_directly() || has(options, "fleetManager") || has(options, "remoteDesktop");
        let usual = match () {
            () if !starts_any => "nobody",
            () if !is_least && !self.starts_directly() => "session-tag",
            () if is_least && options["identity"] != "iam-user" => "session-tag",
            () if is_least || self.is_2023() => "user-name",
            () => "user-id",
        };
        let end = &options["endSessions"];
        let target = end["targetId"].as_str();
        let key = "ssm:resourceTag/aws:ssmmessages:target-id";
        let on_target =
            |target| Values::default().replace("${InstanceId}", target).with(key, target);
        let values = target.map(on_target).unwrap_or_default();
        if has(end, "ownerId") {
            // The sessions of somebody else, perhaps.
            return None;
        }
        match end["whose"].as_str().unwrap_or(usual) {
            "user-name" => Some(("operator.own-sessions-username", values)),
            "user-id" => Some(("operator.own-sessions-userid", values)),
            "session-tag" => Some(("operator.own-sessions-tag", values)),
            "anyone" => Some(("operator.terminate-all", values)),
            _ => None,
        }
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
