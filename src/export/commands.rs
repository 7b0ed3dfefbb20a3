//! The commands of the AWS CLI that attach a document, and those that undo it.

use super::given::{Name, Need};
use super::AttachTo;

/// What is run for one attachment.
pub struct Plan {
    /// What the commands do to what is there.
    pub about: &'static str,
    /// The commands, first those that are run.
    pub steps: &'static [Step],
}

/// A command.
pub struct Step {
    /// When it is run.
    pub when: When,
    /// Without what it is left out.
    pub needs: Need,
    /// What follows `aws`.
    pub call: &'static str,
    /// Its options.
    pub options: &'static [(&'static str, Argument)],
    /// Whether the service has Regions.
    pub is_regional: bool,
    /// What becomes of what it prints.
    pub output: Output,
}

/// When a command is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At once.
    Now,
    /// In the stead of what is run at once, in the case that the sentence tells.
    Instead(&'static str),
    /// To undo what the sentence tells.
    Undo(&'static str),
}

/// What becomes of what a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// It is for whoever runs it.
    Shown,
    /// It is kept in the file with what was there before, unless there is such a file from a run before. There may have
    /// been nothing.
    KeptIfAny,
    /// The same, and there is always something: without it the next command is not run.
    Kept,
    /// It is kept in a variable.
    Made,
}

/// The value of an option.
#[derive(Clone, Copy)]
pub enum Argument {
    /// A text.
    Text(&'static str),
    /// A name, or words in capitals to be replaced.
    Name(Name),
    /// The file with the document.
    File,
    /// The file with what was there before.
    Before,
    /// The variable with what a command before it made.
    Variable,
    /// The ARN of the policy.
    PolicyArn,
}

use Argument::{Before, File, PolicyArn, Text, Variable};

const ROLE: (&str, Argument) = ("role-name", Argument::Name(Name::Role));
const USER: (&str, Argument) = ("user-name", Argument::Name(Name::User));
const GROUP: (&str, Argument) = ("group-name", Argument::Name(Name::Group));
const POLICY: (&str, Argument) = ("policy-name", Argument::Name(Name::Policy));
const DOCUMENT: (&str, Argument) = ("policy-document", File);
const KEY: (&str, Argument) = ("key-id", Argument::Name(Name::Key));
const DEFAULT: (&str, Argument) = ("policy-name", Text("default"));
const BUCKET: (&str, Argument) = ("bucket", Argument::Name(Name::Bucket));
const PROFILE: (&str, Argument) = ("instance-profile-name", Argument::Name(Name::Role));
const ENDPOINT: (&str, Argument) = ("vpc-endpoint-id", Argument::Name(Name::VpcEndpoint));
const NAME: (&str, Argument) = ("name", Argument::Name(Name::Document));
const TARGET: (&str, Argument) = ("target-id", Argument::Name(Name::OrganizationTarget));
const MADE_ARN: (&str, Argument) = ("policy-arn", Variable);
const ARN: (&str, Argument) = ("policy-arn", PolicyArn);
const LATEST: (&str, Argument) = ("document-version", Text("$LATEST"));
const POLICY_ID: (&str, Argument) = ("policy-id", Text("POLICY_ID"));

type Options = &'static [(&'static str, Argument)];

const fn step(when: When, call: &'static str, options: Options) -> Step {
    let output = Output::Shown;
    Step { when, needs: Need::Nothing, call, options, is_regional: false, output }
}

const fn now(call: &'static str, options: Options) -> Step {
    step(When::Now, call, options)
}

const fn undo(call: &'static str, options: Options) -> Step {
    step(When::Undo("To undo it:"), call, options)
}

impl Step {
    const fn regional(self) -> Self {
        Step { is_regional: true, ..self }
    }

    const fn printing(self, output: Output) -> Self {
        Step { output, ..self }
    }

    const fn if_given(self, needs: Need) -> Self {
        Step { needs, ..self }
    }

    const fn for_name(self, name: Name) -> Self {
        self.if_given(Need::Name(name))
    }
}

const OVERWRITES: &str =
    "A policy of this name that is there already is overwritten without a question.";

static ROLE_PLAN: Plan = Plan {
    about: OVERWRITES,
    steps: &[
        now("iam put-role-policy", &[ROLE, POLICY, DOCUMENT]),
        undo("iam delete-role-policy", &[ROLE, POLICY]),
    ],
};
static USER_PLAN: Plan = Plan {
    about: OVERWRITES,
    steps: &[
        now("iam put-user-policy", &[USER, POLICY, DOCUMENT]),
        undo("iam delete-user-policy", &[USER, POLICY]),
    ],
};
static GROUP_PLAN: Plan = Plan {
    about: OVERWRITES,
    steps: &[
        now("iam put-group-policy", &[GROUP, POLICY, DOCUMENT]),
        undo("iam delete-group-policy", &[GROUP, POLICY]),
    ],
};
static MANAGED_PLAN: Plan = Plan {
    about: "Makes the policy.",
    steps: &[
        now("iam create-policy --query Policy.Arn --output text", &[POLICY, DOCUMENT])
            .printing(Output::Made),
        now("iam attach-role-policy", &[ROLE, MADE_ARN]).for_name(Name::Role),
        now("iam attach-user-policy", &[USER, MADE_ARN]).for_name(Name::User),
        now("iam attach-group-policy", &[GROUP, MADE_ARN]).for_name(Name::Group),
        undo("iam detach-role-policy", &[ROLE, ARN]).for_name(Name::Role),
        undo("iam detach-user-policy", &[USER, ARN]).for_name(Name::User),
        undo("iam detach-group-policy", &[GROUP, ARN]).for_name(Name::Group),
        undo("iam delete-policy", &[ARN]),
    ],
};
static KEY_PLAN: Plan = Plan {
    about: "Replaces the whole policy of the key, once what it was before the first run is kept.",
    steps: &[
        now("kms get-key-policy --query Policy --output text", &[KEY, DEFAULT])
            .regional()
            .printing(Output::Kept),
        now("kms put-key-policy", &[KEY, DEFAULT, ("policy", File)]).regional(),
        undo("kms put-key-policy", &[KEY, DEFAULT, ("policy", Before)]).regional(),
    ],
};
static BUCKET_PLAN: Plan = Plan {
    about: "Replaces the whole policy of the bucket. What it was before the first run, if there was one, is kept.",
    steps: &[
        now("s3api get-bucket-policy --query Policy --output text", &[BUCKET])
            .regional()
            .printing(Output::KeptIfAny),
        now("s3api put-bucket-policy", &[BUCKET, ("policy", File)]).regional(),
        undo("s3api put-bucket-policy", &[BUCKET, ("policy", Before)]).regional(),
        step(
            When::Undo("To undo it where the bucket had no policy:"),
            "s3api delete-bucket-policy",
            &[BUCKET],
        )
        .regional(),
    ],
};
static TRUST_PLAN: Plan = Plan {
    about: "Makes the role.",
    steps: &[
        now("iam create-role", &[ROLE, ("assume-role-policy-document", File)]),
        now("iam create-instance-profile", &[PROFILE]).if_given(Need::Ec2),
        now("iam add-role-to-instance-profile", &[PROFILE, ROLE]).if_given(Need::Ec2),
        step(OF_ROLE, "iam get-role --query Role.AssumeRolePolicyDocument", &[ROLE])
            .printing(Output::Kept),
        step(OF_ROLE, "iam update-assume-role-policy", &[ROLE, DOCUMENT]),
        undo("iam remove-role-from-instance-profile", &[PROFILE, ROLE]).if_given(Need::Ec2),
        undo("iam delete-instance-profile", &[PROFILE]).if_given(Need::Ec2),
        undo("iam delete-role", &[ROLE]),
        step(
            When::Undo("To undo it on a role that existed:"),
            "iam update-assume-role-policy",
            &[ROLE, ("policy-document", Before)],
        ),
    ],
};
const OF_ROLE: When =
    When::Instead("For a role that exists, this instead; it replaces the trust policy:");
static ENDPOINT_PLAN: Plan = Plan {
    about: "Replaces the whole policy of the endpoint.",
    steps: &[
        now("ec2 modify-vpc-endpoint", &[ENDPOINT, DOCUMENT]).regional(),
        undo("ec2 modify-vpc-endpoint --reset-policy", &[ENDPOINT]).regional(),
    ],
};
static DOCUMENT_PLAN: Plan = Plan {
    about: "Stores the document.",
    steps: &[
        now(
            "ssm create-document",
            &[
                NAME,
                ("content", File),
                ("document-type", Text("Session")),
                ("document-format", Text("JSON")),
            ],
        )
        .regional(),
        step(OF_DOCUMENT, "ssm get-document --query Content --output text", &[NAME, LATEST])
            .regional()
            .printing(Output::Kept),
        step(OF_DOCUMENT, "ssm update-document", &[NAME, ("content", File), LATEST]).regional(),
        undo("ssm delete-document", &[NAME]).regional(),
        step(
            When::Undo("To undo it on a document that existed; it adds a version:"),
            "ssm update-document",
            &[NAME, ("content", Before), LATEST],
        )
        .regional(),
    ],
};
const OF_DOCUMENT: When =
    When::Instead("For a document that exists, this instead; it adds a version:");
static SERVICE_CONTROL_PLAN: Plan = Plan {
    about: "Makes the policy, from the management account of the organization.",
    steps: &[
        now(
            "organizations create-policy --query Policy.PolicySummary.Id --output text",
            &[
                ("name", Argument::Name(Name::Policy)),
                ("description", Text("Session Manager")),
                ("type", Text("SERVICE_CONTROL_POLICY")),
                ("content", File),
            ],
        )
        .printing(Output::Made),
        now("organizations attach-policy", &[("policy-id", Variable), TARGET])
            .for_name(Name::OrganizationTarget),
        undo("organizations detach-policy", &[POLICY_ID, TARGET])
            .for_name(Name::OrganizationTarget),
        undo("organizations delete-policy", &[POLICY_ID]),
    ],
};

/// What is run to attach a document.
pub fn plan(attach_to: AttachTo) -> &'static Plan {
    match attach_to {
        AttachTo::Role => &ROLE_PLAN,
        AttachTo::User => &USER_PLAN,
        AttachTo::Group => &GROUP_PLAN,
        AttachTo::ManagedPolicy => &MANAGED_PLAN,
        AttachTo::Key => &KEY_PLAN,
        AttachTo::Bucket => &BUCKET_PLAN,
        AttachTo::Trust => &TRUST_PLAN,
        AttachTo::Endpoint => &ENDPOINT_PLAN,
        AttachTo::Preferences | AttachTo::SessionDocument => &DOCUMENT_PLAN,
        AttachTo::ServiceControlPolicy => &SERVICE_CONTROL_PLAN,
    }
}
