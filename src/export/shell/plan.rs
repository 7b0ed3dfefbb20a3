//! The commands that attach a document, and those that undo it.

use super::Shell;
use crate::export::attach::POLICY_NAME;
use crate::export::input::{
    BUCKET_NAME, DOCUMENT_NAME, GROUP_NAME, KEY_ID, ROLE_NAME, USER_NAME, VPC_ENDPOINT_ID,
};
use crate::export::resource::{cased, Case, Input};
use crate::export::{trusts_ec2, AttachTo, Exported, Target};
use crate::session::DEFAULT_DOCUMENT;

/// The variable that holds what a command prints; no name of AWS begins so.
const MADE: &str = "$made";
/// The file with the policy that was replaced.
const BEFORE: &str = "file://policy-before.json";

/// What is run: commands that do it, and commands that undo it.
#[derive(Default)]
pub struct Plan {
    /// What the commands do to what is there.
    pub about: &'static str,
    /// The commands.
    pub steps: Vec<String>,
    /// What else may be run, with a sentence before it.
    pub instead: Vec<(&'static str, String)>,
    /// What undoes them.
    pub undo: Vec<String>,
}

/// Writes commands.
pub struct Line<'t> {
    shell: Shell,
    target: &'t Target<'t>,
    /// The file with the document, as the CLI takes it.
    file: String,
}

impl<'t> Line<'t> {
    /// For a document in this file.
    pub fn new(shell: Shell, target: &'t Target<'t>, file: &str) -> Self {
        Line { shell, target, file: format!("file://{file}") }
    }

    /// A command with its options. A value that begins with a hyphen stands behind an equals sign, since the CLI would take
    /// it for an option of its own.
    fn command(&self, call: &str, options: &[(&str, &str)]) -> String {
        let mut out = format!("aws {call}");
        for (name, value) in options {
            out.push_str(match self.shell {
                Shell::Bash => " \\\n  --",
                Shell::PowerShell => " `\n  --",
            });
            out.push_str(name);
            out.push(if value.starts_with('-') { '=' } else { ' ' });
            match *value {
                MADE => out.push_str("\"$made\""),
                value => out.push_str(&self.shell.quoted(value)),
            }
        }
        out
    }

    /// The same for a service that has Regions.
    fn in_region(&self, call: &str, options: &[(&str, &str)]) -> String {
        let region = self.target.region.map(|region| ("region", region));
        let options: Vec<_> = options.iter().copied().chain(region).collect();
        self.command(call, &options)
    }

    /// A command that keeps a policy that will be replaced.
    fn kept(&self, call: &str, options: &[(&str, &str)]) -> String {
        let command = self.in_region(&format!("{call} --query Policy --output text"), options);
        command
            + match self.shell {
                Shell::Bash => " > policy-before.json",
                Shell::PowerShell => " | Set-Content -Encoding ascii -Path policy-before.json",
            }
    }

    /// The commands for the document.
    pub fn plan(&self, exported: Exported) -> Plan {
        let target = self.target;
        let file = self.file.as_str();
        let name = target.policy_name.unwrap_or(POLICY_NAME);
        match target.attach_to {
            AttachTo::Role => self.inline("role", target.role_name, &ROLE_NAME),
            AttachTo::User => self.inline("user", target.user_name, &USER_NAME),
            AttachTo::Group => self.inline("group", target.group_name, &GROUP_NAME),
            AttachTo::ManagedPolicy => self.managed(name),
            AttachTo::Key => {
                let key = word(target.kms_key_arn, &KEY_ID);
                let of = [("key-id", key.as_str()), ("policy-name", "default")];
                let with = |last| [of.as_slice(), &[last]].concat();
                Plan {
                    about: "Replaces the whole policy of the key. What it was is kept in policy-before.json.",
                    steps: vec![
                        self.kept("kms get-key-policy", &of),
                        self.in_region("kms put-key-policy", &with(("policy", file))),
                    ],
                    undo: vec![self.in_region("kms put-key-policy", &with(("policy", BEFORE)))],
                    ..Plan::default()
                }
            }
            AttachTo::Bucket => {
                let bucket = word(target.bucket_name, &BUCKET_NAME);
                let of = ("bucket", bucket.as_str());
                Plan {
                    about: "Replaces the whole policy of the bucket. What it was, if there was one, is kept in policy-before.json.",
                    steps: vec![
                        self.kept("s3api get-bucket-policy", &[of]),
                        self.in_region("s3api put-bucket-policy", &[of, ("policy", file)]),
                    ],
                    undo: vec![
                        self.in_region("s3api put-bucket-policy", &[of, ("policy", BEFORE)]),
                        self.in_region("s3api delete-bucket-policy", &[of]),
                    ],
                    ..Plan::default()
                }
            }
            AttachTo::Trust => self.trust(trusts_ec2(exported)),
            AttachTo::Endpoint => {
                let endpoint = word(target.vpc_endpoint_id, &VPC_ENDPOINT_ID);
                let of = ("vpc-endpoint-id", endpoint.as_str());
                let call = "ec2 modify-vpc-endpoint";
                Plan {
                    about: "Replaces the whole policy of the endpoint.",
                    steps: vec![self.in_region(call, &[of, ("policy-document", file)])],
                    undo: vec![self.in_region("ec2 modify-vpc-endpoint --reset-policy", &[of])],
                    ..Plan::default()
                }
            }
            AttachTo::Preferences => {
                self.document(target.document_name.unwrap_or(DEFAULT_DOCUMENT))
            }
            AttachTo::SessionDocument => self.document(&word(target.document_name, &DOCUMENT_NAME)),
            AttachTo::ServiceControlPolicy => self.service_control(name),
        }
    }

    fn inline(&self, kind: &'static str, name: Option<&str>, input: &'static Input) -> Plan {
        let who = word(name, input);
        let option = format!("{kind}-name");
        let policy = self.target.policy_name.unwrap_or(POLICY_NAME);
        let of = [(option.as_str(), who.as_str()), ("policy-name", policy)];
        let document = [of.as_slice(), &[("policy-document", self.file.as_str())]].concat();
        Plan {
            about: "A policy of this name that is there already is overwritten without a question.",
            steps: vec![self.command(&format!("iam put-{kind}-policy"), &document)],
            undo: vec![self.command(&format!("iam delete-{kind}-policy"), &of)],
            ..Plan::default()
        }
    }

    fn managed(&self, name: &str) -> Plan {
        let make = [("policy-name", name), ("policy-document", self.file.as_str())];
        let target = self.target;
        let who =
            [("role", target.role_name), ("user", target.user_name), ("group", target.group_name)];
        let who = who.into_iter().filter_map(|(kind, name)| Some((kind, name?)));
        // The partition and the account are those of whoever runs it, and not known here.
        let arn = format!("arn:PARTITION:iam::ACCOUNT_ID:policy/{name}");
        let with = |verb: &str, arn: &str, (kind, who): (&str, &str)| {
            let option = format!("{kind}-name");
            self.command(
                &format!("iam {verb}-{kind}-policy"),
                &[(&option, who), ("policy-arn", arn)],
            )
        };
        let make = self.command("iam create-policy --query Policy.Arn --output text", &make);
        let mut steps = vec![self.shell.assigned(&make)];
        let mut undo = Vec::new();
        for one in who {
            steps.push(with("attach", MADE, one));
            undo.push(with("detach", &arn, one));
        }
        undo.push(self.command("iam delete-policy", &[("policy-arn", &arn)]));
        Plan { about: "Makes the policy.", steps, undo, ..Plan::default() }
    }

    fn trust(&self, is_of_ec2: bool) -> Plan {
        let role = word(self.target.role_name, &ROLE_NAME);
        let of = ("role-name", role.as_str());
        let profile = ("instance-profile-name", role.as_str());
        let change = [of, ("policy-document", self.file.as_str())];
        let make = [of, ("assume-role-policy-document", self.file.as_str())];
        let mut steps = vec![self.command("iam create-role", &make)];
        let mut undo = vec![self.command("iam delete-role", &[of])];
        if is_of_ec2 {
            steps.push(self.command("iam create-instance-profile", &[profile]));
            steps.push(self.command("iam add-role-to-instance-profile", &[profile, of]));
            undo.insert(0, self.command("iam delete-instance-profile", &[profile]));
            undo.insert(0, self.command("iam remove-role-from-instance-profile", &[profile, of]));
        }
        Plan {
            about: "Makes the role.",
            steps,
            instead: vec![(
                "For a role that exists, this instead; it replaces the trust policy:",
                self.command("iam update-assume-role-policy", &change),
            )],
            undo,
        }
    }

    fn document(&self, name: &str) -> Plan {
        let of = [("name", name), ("content", self.file.as_str())];
        let make = [of[0], of[1], ("document-type", "Session"), ("document-format", "JSON")];
        let update = [of[0], of[1], ("document-version", "$LATEST")];
        Plan {
            about: "Stores the document.",
            steps: vec![self.in_region("ssm create-document", &make)],
            instead: vec![(
                "For a document that exists, this instead; it adds a version:",
                self.in_region("ssm update-document", &update),
            )],
            undo: vec![self.in_region("ssm delete-document", &[of[0]])],
        }
    }

    fn service_control(&self, name: &str) -> Plan {
        let make = [
            ("name", name),
            ("description", "Session Manager"),
            ("type", "SERVICE_CONTROL_POLICY"),
            ("content", self.file.as_str()),
        ];
        let call = "organizations create-policy --query Policy.PolicySummary.Id --output text";
        let mut steps = vec![self.shell.assigned(&self.command(call, &make))];
        let mut undo =
            vec![self.command("organizations delete-policy", &[("policy-id", "POLICY_ID")])];
        if let Some(id) = self.target.organization_target_id {
            let with = |policy| [("policy-id", policy), ("target-id", id)];
            steps.push(self.command("organizations attach-policy", &with(MADE)));
            undo.insert(0, self.command("organizations detach-policy", &with("POLICY_ID")));
        }
        Plan {
            about: "Makes the policy, from the management account of the organization.",
            steps,
            undo,
            ..Plan::default()
        }
    }
}

/// What was given, or words in capitals to be replaced.
fn word(name: Option<&str>, input: &Input) -> String {
    name.map_or_else(|| cased(input.name, Case::Capitals), str::to_owned)
}
