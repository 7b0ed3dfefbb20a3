/**
 * Builds the IAM policies that AWS Systems Manager Session Manager needs, and checks any IAM policy.
 *
 * In Node the package is ready on import. In a browser `await init()` once; then every call is synchronous, takes
 * and returns plain objects, and sends nothing anywhere.
 */

/** Makes the package ready. Call it once before the others; further calls do nothing. In Node it does nothing. */
export function init(): Promise<void>;

/**
 * Makes the package ready at once, from the bytes of `postern/wasm`. Browsers allow this in workers only, or for
 * bytes that were compiled before. In Node it does nothing.
 */
export function initSync(bytes: ArrayBuffer | ArrayBufferView | CompiledModule): void;

/** `WebAssembly.Module`, where TypeScript knows one: a project for Node alone may do without that library. */
export type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } }
  ? Module
  : never;

/**
 * Builds the policy that the role of a node needs for sessions.
 *
 * Without options it is, to the byte, the policy of the Systems Manager user guide's page "Add Session Manager
 * permissions to an existing IAM role" for sessions without KMS.
 *
 * @throws {PosternError} when an option is of the wrong type or IAM would not take it.
 */
export function buildNodePolicy(options?: NodeOptions): BuiltPolicy;

/**
 * Builds the policy of a person who starts, sees and ends sessions.
 *
 * @example
 * buildOperatorPolicy({ region: "eu-west-1", accountId: "111122223333", targets: { tags: { Team: "web" } },
 *   scope: "least-privilege" })
 * @throws {PosternError} when an option is of the wrong type or IAM would not take it.
 */
export function buildOperatorPolicy(options: OperatorOptions): BuiltPolicy;

/**
 * Builds what belongs to the policies of nodes and people: key policies, a bucket policy, endpoint policies and the
 * list of endpoints, trust policies, the session preferences and other session documents, a service control policy.
 *
 * @example
 * buildRelated("session-document", { name: "DatabaseTunnel", sessionType: "Port", host: "db.example.internal",
 *   portNumber: 5432, localPortNumber: 5432 })
 * @throws {PosternError} when there is no such kind, or an option is of the wrong type or AWS would not take it.
 */
export function buildRelated(kind: "session-key-policy", options: SessionKeyPolicyOptions): BuiltPolicy;
export function buildRelated(kind: "log-bucket-key-policy", options: LogBucketKeyPolicyOptions): BuiltPolicy;
export function buildRelated(kind: "log-group-key-policy", options: LogGroupKeyPolicyOptions): BuiltPolicy;
export function buildRelated(kind: "bucket-policy", options: BucketPolicyOptions): BuiltPolicy;
export function buildRelated(kind: "endpoint-policy", options: EndpointPolicyOptions): BuiltPolicy;
export function buildRelated(kind: "trust-policy", options: TrustPolicyOptions): BuiltPolicy;
export function buildRelated(kind: "endpoints", options: EndpointsOptions): BuiltDocument;
export function buildRelated(kind: "preferences-document", options: PreferencesDocumentOptions): BuiltDocument;
export function buildRelated(kind: "session-document", options: SessionDocumentOptions): BuiltDocument;
export function buildRelated(kind: "host-management-guard", options: HostManagementGuardOptions): BuiltPolicy;

/** What the nodes use and where they are. Without options: the guide's page for an existing role. */
export interface NodeOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /**
   * The Region of the nodes, such as `"eu-west-1"`. A KMS key of another Region is then refused. A name that
   * is not listed here gets a note. Default: ARNs have `*` there.
   */
  region?: string;
  /**
   * The account of the nodes, twelve digits. Without it ARNs have `*` there, and no note tells keys of other
   * accounts.
   */
  accountId?: string;
  /** Default `"guide"`. */
  scope?: Scope;
  /**
   * Whether statements have names (Sid). Default: with `"least-privilege"` they have, in AWS's texts only
   * those of Fleet Manager.
   */
  sids?: boolean;
  /**
   * Default: those of `instanceIds`, else `"ec2"`. With `"ecs"` alone the texts are those of the ECS guide,
   * and there is no heartbeat.
   */
  kinds?: NodeKind | NodeKind[];
  /**
   * The only nodes that have the role, such as `"i-0123456789abcdef0"` or `"mi-0123456789abcdef0"`; narrows
   * the heartbeat, the control channel and the session key. Default: every node.
   */
  instanceIds?: string | string[];
  /**
   * Lets the agent open channels. Default `true`; `false` builds an addition for a role that has them from
   * another policy, such as AmazonSSMManagedInstanceCore.
   */
  channel?: boolean;
  /** Adds `ssm:UpdateInstanceInformation`, which every role needs from somewhere. Default `false`. */
  heartbeat?: boolean;
  /** Encrypt session data with a KMS key: adds `kms:Decrypt`. Default: not encrypted with KMS. */
  sessionEncryption?: SessionEncryptionOptions;
  /**
   * The guide's second statement, `s3:GetEncryptionConfiguration`. Default `true`; with `"least-privilege"`
   * and for tasks, `true` where `s3Logs` names a bucket.
   */
  bucketEncryptionCheck?: boolean;
  /** Write session logs into a bucket. Default: no logs in S3. */
  s3Logs?: S3LogsOptions;
  /** Write session logs into CloudWatch Logs. Default: none. */
  cloudWatchLogs?: CloudWatchLogsOptions;
  /**
   * Run Command; over the channels of sessions it needs nothing more, which the summary says. Default
   * `false`.
   */
  runCommand?: boolean;
  /**
   * The `ec2messages` actions, for agents before 3.3.40.0 and Windows Server 2012. Refused in Regions of 2024
   * and later. Default `false`.
   */
  legacyChannel?: boolean;
  /** State Manager associations. Default `false`. */
  stateManager?: boolean;
  /**
   * Names of the parameters that documents refer to as `{{ssm:NAME}}`, such as `"/example/user"`: adds
   * `ssm:GetParameters`.
   */
  documentParameters?: string | string[];
  /** Buckets of AWS that the agent reads; needed only where an S3 VPC endpoint is in the way. Needs `region`. */
  agentBuckets?: AgentBuckets;
  /**
   * The name that the policy will get. It changes nothing in the policy; a name that IAM would refuse is
   * refused: 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -`.
   */
  policyName?: string;
}

export interface SessionEncryptionOptions {
  /**
   * The ARN of the key, such as
   * `"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"`, or a list. Wildcards may
   * stand in it (`key/*`). Aliases and bare key IDs are refused. The guide's own placeholder `"key-name"` is
   * kept as it is, with a note.
   */
  kmsKeyArn: string | string[];
  /**
   * Only for requests that name a session and one of these nodes. Default: with `"least-privilege"`; never
   * with tasks.
   */
  encryptionContext?: boolean;
}

export interface S3LogsOptions {
  /** The name of the bucket, such as `"example-session-logs"`: no ARN, no prefix. */
  bucket: string;
  /**
   * What the keys of the logs begin with, such as `"prod"`, without slashes at its ends. Wildcards in it are
   * escaped.
   */
  prefix?: string;
  /** Whether the bucket belongs to another account: adds `s3:PutObjectAcl`. Default `false`. */
  otherAccount?: boolean;
  /** The customer managed key that encrypts the bucket (SSE-KMS), or `"*"` for any, as the guide has it. */
  kmsKeyArn?: string;
  /** Default `true`; `false` narrows the bucket encryption check only. */
  upload?: boolean;
}

export interface CloudWatchLogsOptions {
  /** The log group by name or ARN, such as `"/example/session-logs"`. Default: every group. */
  logGroup?: string;
  /** Whether logs are written while the session runs. Default `false`. */
  streaming?: boolean;
  /** Whether the preferences demand an encrypted group. Default `false`. */
  encryptionCheck?: boolean;
}

/** What a person may do. What is asked for is built; when nothing is, a shell from the command line. */
export interface OperatorOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the nodes, such as `"eu-west-1"`. Default: ARNs have `*` there. */
  region?: string;
  /**
   * The account of the nodes, twelve digits. Without it ARNs have `*` there, and no note tells keys of other
   * accounts.
   */
  accountId?: string;
  /** Default `"guide"`. */
  scope?: Scope;
  /** Which of AWS's texts, with scope `"guide"`. Default `"2025"`. */
  edition?: Edition;
  /**
   * Whether statements have names (Sid). Default: with `"least-privilege"` they have, in AWS's texts only
   * those of Fleet Manager.
   */
  sids?: boolean;
  /** Default `"role"`. Decides how one's own sessions are told with `"least-privilege"`. */
  identity?: Identity;
  /** The nodes. Default: every EC2 instance. */
  targets?: TargetsOptions;
  /** Default `"shell"`, or none when anything else is asked for. */
  sessions?: SessionType | SessionType[];
  /**
   * Session documents of the account, custom ones and those for interactive commands, such as
   * `"ExampleSessionDocument"`.
   */
  documents?: string | string[];
  /** Default `"cli"`, or none when anything else than sessions is asked for. Consoles add their lists. */
  clients?: Client | Client[];
  /**
   * The condition `ssm:SessionDocumentAccessCheck`. Default `true`; `false` with the guide of 2025. In the
   * guide of 2023 `false` also leaves the default document out.
   */
  documentAccessCheck?: boolean;
  /**
   * `ssmmessages:OpenDataChannel`. Default: `"any"` with `"least-privilege"`, `"own"` in the guide of 2025,
   * `"none"` in that of 2023 and where no session is started.
   */
  dataChannel?: DataChannel;
  /** Which sessions may be ended and resumed. Default: one's own, where sessions are started. */
  endSessions?: EndSessionsOptions;
  /** Session data is encrypted with a KMS key: adds `kms:GenerateDataKey`. */
  sessionEncryption?: SessionEncryptionOptions;
  /** `ssm:SendCommand`, to update an agent that is too old for sessions. Default: where the guide has it. */
  updateAgent?: boolean;
  /**
   * What the names of the documents begin with that may be chosen in the console, such as
   * `"SessionDocument-"`.
   */
  documentChooser?: string;
  /** Remote Desktop by Fleet Manager, on `targets`. */
  remoteDesktop?: RemoteDesktopOptions;
  /** Fleet Manager's other tools, on `targets`. */
  fleetManager?: FleetManager;
  /** ECS Exec on the tasks of a cluster. */
  ecsExec?: EcsExecOptions;
  /** Asking for access to `targets` just in time; not together with sessions. Default `false`. */
  justInTime?: boolean;
  /**
   * Documents that may be run on `targets` with Run Command, such as `"AWS-RunShellScript"` or one of the account; and
   * reading the results.
   */
  runCommand?: string | string[];
  /** Starting instances of `targets` that are stopped. Default `false`. */
  startInstances?: boolean;
  /** The list of sessions. Default `false`. */
  history?: boolean;
  /** Default: none. */
  preferences?: Preferences;
  /** Every session on every node, and the preferences. Default `false`. */
  administrator?: boolean;
  /** Turning Default Host Management on and off. Default `false`. */
  hostManagement?: boolean;
  /** The role whose inline policies may be written, by name: what the steps for a node policy take. */
  inlinePolicyOf?: string;
  /** What is refused, whatever else allows it. */
  deny?: DenyOptions;
  /** Only what `deny` says, and nothing allowed; for a policy beside others. Not together with what asks for permissions. Default `false`. */
  denyOnly?: boolean;
  /**
   * The name that the policy will get. It changes nothing in the policy; a name that IAM would refuse is
   * refused: 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -`.
   */
  policyName?: string;
}

/** The nodes: by ID, or by tags, or all of their kinds. */
export interface TargetsOptions {
  /** Such as `"i-0123456789abcdef0"` or `"mi-0123456789abcdef0"`; not together with tags. */
  instanceIds?: string | string[];
  /**
   * Tags that a node must have: each key, with one of its values, such as `{ Team: ["web", "shop"], Stage:
   * "test" }`.
   */
  tags?: Record<string, string | string[]>;
  /**
   * Tag keys whose value must be that of the caller's own tag, such as `"Team"`. Of a key that stands in `tags` too,
   * both are demanded: one of those values, and the caller's.
   */
  principalTags?: string | string[];
  /** The kinds of nodes, when they are not given by ID. Default `"ec2"`. */
  kinds?: ManagedNodeKind | ManagedNodeKind[];
}

export interface EndSessionsOptions {
  /**
   * Default: with `"least-privilege"` `"user-name"` for IAM users, else `"session-tag"`; the guide's form in
   * the guide.
   */
  whose?: Whose;
  /** The user whose sessions they are, by unique ID, such as `"AIDACKCEVSQ6C2EXAMPLE"`; instead of `whose`. */
  ownerId?: string;
  /** The only node or task that they are on. */
  targetId?: string;
  /** Whether they may be resumed too. Default: where sessions are started directly. */
  resume?: boolean;
}

export interface RemoteDesktopOptions {
  /** Default `"key-pair"`. */
  signIn?: SignIn | SignIn[];
}

export interface EcsExecOptions {
  /** The cluster by name. */
  cluster: string;
  /** Tags that a task must have: each key, with one of its values. */
  tags?: Record<string, string | string[]>;
  /** Refuses sessions on tasks past ECS Exec, which nobody logs. Default: with `"least-privilege"`. */
  denyDirectSessions?: boolean;
}

export interface DenyOptions {
  /** The default document. Default `false`, as for all of these. */
  shell?: boolean;
  /** Sessions for SSH. */
  ssh?: boolean;
  /** Reading and changing the preferences. */
  preferences?: boolean;
  /** Sessions on the tasks of this ECS cluster, or of every one with `"*"`. */
  taskSessions?: string;
  /** Turning Default Host Management on or off, and changing its role. */
  hostManagement?: boolean;
  /** Sessions of callers without MFA. Not for Identity Center, whose sessions never say it. */
  withoutMfa?: boolean;
  /** Sessions and commands on nodes that have one of these tags, each with one of its values, such as `{ Stage: "prod" }`. */
  nodeTags?: Record<string, string | string[]>;
  /** Sessions after this point in time, such as `"2027-01-31T00:00:00Z"`. */
  after?: string;
  /** Sessions from outside these ranges, such as `"203.0.113.0/24"`, unless one of the endpoints is used. */
  outsideIpRanges?: string | string[];
  /** Sessions that come neither through these endpoints, such as `"vpce-0123456789abcdef0"`, nor from the ranges. */
  outsideVpcEndpoints?: string | string[];
}

/** The key policy of the key for session data. */
export interface SessionKeyPolicyOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the key. It changes nothing in the policy. */
  region?: string;
  /** The account of the key, twelve digits. */
  accountId: string;
  /** The roles of the nodes, or accounts, such as `"arn:aws:iam::111122223333:role/ExampleNodeRole"`. */
  nodeRoleArns?: string | string[];
  /** The roles and users of people, or accounts. */
  operatorArns?: string | string[];
  /** Default `["ec2", "hybrid"]`. With `"ecs"` the key asks for no target. */
  kinds?: NodeKind | NodeKind[];
}

/** The key policy of the key that encrypts the log bucket. */
export interface LogBucketKeyPolicyOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the key. */
  region: string;
  /** The account of the key, twelve digits. */
  accountId: string;
  /** The log bucket by name. */
  bucket: string;
  /** The roles of the nodes, or accounts, such as `"arn:aws:iam::111122223333:role/ExampleNodeRole"`. */
  nodeRoleArns?: string | string[];
  /** The organization whose nodes write, whatever their role, such as `"o-a1b2c3d4e5"`. */
  organizationId?: string;
}

/** The key policy of the key that encrypts the log group. */
export interface LogGroupKeyPolicyOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the key. */
  region: string;
  /** The account of the key and of the group, twelve digits. */
  accountId: string;
  /** The log group by name or ARN. */
  logGroup: string;
}

/** The policy of the log bucket: TLS only, and for nodes of other accounts the right to write. */
export interface BucketPolicyOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the bucket. It changes nothing in the policy. */
  region?: string;
  /** The bucket by name. */
  bucket: string;
  /** What the keys of the logs begin with, such as `"prod"`. */
  prefix?: string;
  /** The node roles of other accounts; those of the bucket's account need none. */
  nodeRoleArns?: string | string[];
  /** The organization whose nodes write, whatever their role, such as `"o-a1b2c3d4e5"`. */
  organizationId?: string;
}

/** The policy of one VPC endpoint. */
export interface EndpointPolicyOptions {
  /** The service behind the endpoint. */
  service: EndpointService;
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the VPC. Needed for S3. */
  region?: string;
  /** The account that may use the endpoint, twelve digits. */
  accountId: string;
  /** The log bucket by name; for S3. */
  bucket?: string;
  /** The keys for session data; for KMS. Default: every key of the account. */
  kmsKeyArn?: string | string[];
  /** Whether people start sessions from inside the VPC. Default `false`. */
  operators?: boolean;
}

/** What is used in a VPC without a way to the internet. */
export interface EndpointsOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the VPC. */
  region: string;
  /** Agents before 3.3.40.0. Default `false`, as for all of these. */
  legacyChannel?: boolean;
  /** Session data is encrypted with KMS. */
  sessionEncryption?: boolean;
  /** Logs go to a bucket. */
  s3Logs?: boolean;
  /** Logs go to CloudWatch Logs. */
  cloudWatchLogs?: boolean;
  /** People start sessions from inside the VPC. */
  operators?: boolean;
}

/** Who may assume the role. */
export interface TrustPolicyOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the nodes. Needed for `"hybrid"` and `"ecs"`. */
  region?: string;
  /** The account of the nodes, twelve digits. Needed for `"hybrid"` and `"ecs"`. */
  accountId?: string;
  /** Default `"guide"`. */
  scope?: Scope;
  /** Default `"ec2"`. */
  trusted?: Trusted | Trusted[];
}

/**
 * The session preferences of an account in a Region, or with `name` a document that people choose instead of them. The
 * fields have AWS's names. Those of the bucket, the log group and the key may be `"{{ NAME }}"` for a parameter, and
 * empty, which turns off what they are for.
 */
export interface PreferencesDocumentOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region to store them in; stands in the command. */
  region?: string;
  /**
   * The name of a document that people choose when they start a shell, such as `"AuditedShell"`. Default: the
   * preferences of everybody, `SSM-SessionManagerRunShell`.
   */
  name?: string;
  /** Default: what the console writes. */
  description?: string;
  /** What callers give when they start a session, by name. */
  parameters?: Record<string, DocumentParameterOptions>;
  /**
   * Whether the text has every field. Default `true`; `false` leaves out what is not given, which is then off, but
   * still demands encryption beside a bucket or log group.
   */
  everyField?: boolean;
  /** Such as `"example-session-logs"`. Default: no logs in S3. */
  s3BucketName?: string;
  /** Such as `"prod"`. */
  s3KeyPrefix?: string;
  /** Whether sessions are refused while the bucket is not encrypted, or a parameter. Default `true`. */
  s3EncryptionEnabled?: boolean | string;
  /** Such as `"/example/session-logs"`. Default: no logs in CloudWatch Logs. */
  cloudWatchLogGroupName?: string;
  /** Whether sessions are refused while the log group is not encrypted, or a parameter. Default `true`. */
  cloudWatchEncryptionEnabled?: boolean | string;
  /** Whether logs are written while the session runs. Default: where there is a log group. */
  cloudWatchStreamingEnabled?: boolean;
  /** The key for session data: its ID, its ARN, or `alias/NAME` of the same account. */
  kmsKeyId?: string;
  /** Whether shells run as another user than `ssm-user`. Default `false`. */
  runAsEnabled?: boolean;
  /** The user for callers without the tag `SSMSessionRunAs`; not root. */
  runAsDefaultUser?: string;
  /**
   * Minutes without input, 1 to 60, after which a session ends. Default 20. The text has it as a string, as
   * AWS wants it.
   * @asType integer
   * @minimum 1
   * @maximum 60
   */
  idleSessionTimeout?: number;
  /**
   * Minutes, 1 to 1440, after which every session ends. Default: none.
   * @asType integer
   * @minimum 1
   * @maximum 1440
   */
  maxSessionDuration?: number;
  /** What a shell runs first. */
  shellProfile?: ShellProfileOptions;
  /** Whether the document is there already: the command then updates it. Default `false`. */
  exists?: boolean;
}

export interface ShellProfileOptions {
  /** On Windows. */
  windows?: string;
  /** On Linux and macOS. */
  linux?: string;
}

/**
 * A session document of your own for commands or for a port; one for shells is a `preferences-document` with a `name`.
 * In commands, ports and the host `{{ NAME }}` stands for the value of a parameter.
 */
export interface SessionDocumentOptions {
  /** Default: the partition of `region`, else `"aws"`. */
  partition?: Partition;
  /** The Region to store it in; stands in the command. */
  region?: string;
  /** Its name, such as `"ExampleSessionDocument"`: 3 to 128 letters, digits and `_ - .` */
  name: string;
  /** What it is for. Default: none. */
  description?: string;
  /** What sessions with it do. */
  sessionType: SessionDocumentType;
  /** What callers give when they start a session, by name, such as `{ logpath: { allowedPattern: "^[a-z]+$" } }`. */
  parameters?: Record<string, DocumentParameterOptions>;
  /** What is run on Windows. */
  windows?: CommandsOptions;
  /** What is run on Linux. */
  linux?: CommandsOptions;
  /** What is run on macOS. The agent's source reads it, the guide does not mention it. */
  macos?: CommandsOptions;
  /**
   * For `"Port"`: the port on the node or host, 1 to 65535, or `"{{ NAME }}"`.
   * @minimum 1
   * @maximum 65535
   */
  portNumber?: number | string;
  /**
   * For `"Port"`: the port on the caller's machine, 0 for one that is free, or `"{{ NAME }}"`. Default: 0 with `host`;
   * otherwise none, and the traffic goes over standard input and output, as a ProxyCommand of ssh wants it.
   * @minimum 0
   * @maximum 65535
   */
  localPortNumber?: number | string;
  /** For `"Port"`: a host behind the node, such as `"db.example.internal"`. Default: the node itself. */
  host?: string;
  /** Whether the document is there already: the command then updates it. Default `false`. */
  exists?: boolean;
}

export interface CommandsOptions {
  /** One text, or a list of commands that run one after the other, such as `"tail -f {{ logpath }}"`. */
  commands: string | string[];
  /** Whether they run with the rights of an administrator. Default `false`. */
  runAsElevated?: boolean;
}

export interface DocumentParameterOptions {
  /** Default `"String"`. */
  type?: ParameterType;
  /** What it is for. Default: none. */
  description?: string;
  /** The value when none is given; a boolean is written as text, as AWS does. Default: a value must be given. */
  default?: string | boolean | string[];
  /** The regular expression (RE2) that a value must match, such as `"^[a-z0-9-]{1,32}$"`. */
  allowedPattern?: string;
  /** The only values that are taken. */
  allowedValues?: string[];
  /**
   * The fewest characters of a value.
   * @asType integer
   * @minimum 0
   * @maximum 65536
   */
  minChars?: number;
  /**
   * The most characters of a value.
   * @asType integer
   * @minimum 0
   * @maximum 65536
   */
  maxChars?: number;
}

/** The service control policy that keeps Default Host Management and its role as they are. */
export interface HostManagementGuardOptions {
  /** Default: the partition of `region`, else `"aws"`. */
  partition?: Partition;
  /** The only Region in which the setting is kept. Default: every Region. */
  region?: string;
  /** The only account in which it holds, twelve digits. Default: every account that it is attached to. */
  accountId?: string;
  /**
   * Tags of callers that are not bound, each with one of its values in any case, such as `{ "job-function":
   * "administrator" }`. One of the tags is enough. Default: nobody.
   */
  exceptTags?: Record<string, string | string[]>;
}

/** AWS's published text, or the least that works: resources named, conditions set. */
export type Scope = "guide" | "least-privilege";

/** EC2 instances, nodes of a hybrid activation, tasks that are reached by ECS Exec. */
export type NodeKind = "ec2" | "hybrid" | "ecs";

/** EC2 instances, nodes of a hybrid activation. */
export type ManagedNodeKind = "ec2" | "hybrid";

/** The buckets for the agent and its modules, or all that the guide lists. */
export type AgentBuckets = "minimum" | "all";

/** The user guide of June 2023, or that of 2025 and 2026. */
export type Edition = "2023" | "2025";

/** A role (federated people and Identity Center too), or an IAM user. */
export type Identity = "role" | "iam-user";

/** A kind of session that has a document of AWS, or the default one. */
export type SessionType = "shell" | "ssh" | "port-forwarding" | "remote-host-port-forwarding";

/** Where sessions are started. `"session-manager-console"` is Fleet Manager's too. */
export type Client = "cli" | "session-manager-console" | "ec2-console";

/** Whose ends of data channels may be opened: no statement, own sessions, all of the account, `*`. */
export type DataChannel = "none" | "own" | "any" | "everything";

/**
 * How the sessions that may be ended are told: by the user name or user ID that the session ID begins with,
 * by the tag that every session has (the only form that is known to work for roles), all, none.
 */
export type Whose = "user-name" | "user-id" | "session-tag" | "anyone" | "nobody";

/** The password that belongs to a key pair, or a user that Identity Center makes on the node. */
export type SignIn = "key-pair" | "identity-center";

/** Fleet Manager's tools for files, processes, users and the registry: to look, or to change things too. */
export type FleetManager = "read-only" | "administrator";

/** Creating, reading and changing the session preferences, or deleting them too. */
export type Preferences = "edit" | "edit-and-delete";

/** What `buildRelated` can build. */
export type RelatedKind =
  | "session-key-policy"
  | "log-bucket-key-policy"
  | "log-group-key-policy"
  | "bucket-policy"
  | "endpoint-policy"
  | "endpoints"
  | "trust-policy"
  | "preferences-document"
  | "session-document"
  | "host-management-guard";

/** Commands that people can type into, commands that only print, a port. */
export type SessionDocumentType = "InteractiveCommands" | "NonInteractiveCommands" | "Port";

/** What the value of a document's parameter is. */
export type ParameterType = "String" | "StringList" | "Boolean";

/** A service with a VPC endpoint that Session Manager uses. */
export type EndpointService = "ssm" | "ssmmessages" | "ec2messages" | "s3" | "kms" | "logs";

/** What has a role: instances, nodes of an activation, ECS tasks, Default Host Management. */
export type Trusted = "ec2" | "hybrid" | "ecs" | "host-management";

export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f";

export interface BuiltPolicy {
  /** The policy document. */
  policy: PolicyDocument;
  /** The same as text to paste: four spaces a level, one array element a line, ended by a line feed. */
  json: string;
  /**
   * How many characters of it AWS counts: all but white space outside strings, and in an endpoint or service control
   * policy all of `json`.
   */
  characters: number;
  /**
   * How many characters AWS takes: for a role 10,240 in all its inline policies together, for a person 6,144 in a
   * customer managed policy, 2,048 in a trust policy, 32,768 in a key policy, 20,480 in a bucket or endpoint policy,
   * 10,240 in a service control policy.
   */
  quota: number;
  /** What the text alone does not say. The first has the code `"SUMMARY"`. */
  notes: Note[];
}

/** A document that is no policy: the session preferences, another session document, the list of endpoints. */
export interface BuiltDocument {
  /** The document. */
  document: JsonValue;
  /** The same as text to store: four spaces a level, ended by a line feed. */
  json: string;
  /** What the text alone does not say. The first has the code `"SUMMARY"`. */
  notes: Note[];
  /** The command of the AWS CLI that stores it, or that tells what is there. */
  command: string;
}

/** A value of a document. */
export type JsonValue = string | boolean | number | JsonValue[] | { [name: string]: JsonValue };

/** A policy document, with IAM's own names: an element that a policy does not have is left out. */
export interface PolicyDocument {
  Version: "2008-10-17" | "2012-10-17";
  Statement: Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  /** Only in policies that are attached to a resource. */
  Principal?: "*" | Record<string, string | string[]>;
  NotPrincipal?: "*" | Record<string, string | string[]>;
  /** This or `NotAction`. */
  Action?: string | string[];
  NotAction?: string | string[];
  /** This or `NotResource`; neither in role trust policies. */
  Resource?: string | string[];
  NotResource?: string | string[];
  /** Operators, such as `StringEquals`, and for each its condition keys with their values. */
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Note {
  code: NoteCode;
  /** One or two sentences for people. */
  message: string;
}

export type NoteCode =
  | "SUMMARY"
  | "ADMINISTRATOR_WITHOUT_LISTS"
  | "AGENT_VERSION"
  | "AWS_DOCUMENT_WITHOUT_ACCOUNT"
  | "BUCKET_MUST_BE_ENCRYPTED"
  | "BUCKET_NAME_DOTS"
  | "BUCKET_OTHER_ACCOUNT"
  | "CHANNEL_ELSEWHERE"
  | "COMMANDS_FROM_CLI_ONLY"
  | "DATA_CHANNEL_MISSING"
  | "DATA_CHANNEL_OWN_UNVERIFIED"
  | "DOCUMENT_CHOOSER_CONSOLE"
  | "DOCUMENT_DEFAULT_VERSION"
  | "DOCUMENT_MUST_BE_ALLOWED"
  | "DOCUMENT_NOT_GRANTED"
  | "DOCUMENT_OVER_QUOTA"
  | "ECS_EXEC_CLUSTER"
  | "ENCRYPTION_CONTEXT"
  | "ENDPOINTS_OF_OPERATORS"
  | "ENDPOINT_NAMES_CHINA"
  | "ENDPOINT_POLICY_IS_A_LIMIT"
  | "ENDPOINT_SECURITY_GROUP"
  | "EXCEPTION_BY_TAG"
  | "FIELDS_LEFT_OUT"
  | "HEARTBEAT_MISSING"
  | "HEARTBEAT_NOT_FOR_TASKS"
  | "HOST_MANAGEMENT_ROLE"
  | "HOST_MANAGEMENT_TAKES_OVER"
  | "HYBRID_ADVANCED_TIER"
  | "JUST_IN_TIME_LIMITS"
  | "JUST_IN_TIME_TAGS_UNVERIFIED"
  | "KEY_MUST_BE_SYMMETRIC"
  | "KEY_NAME_PLACEHOLDER"
  | "KEY_POLICY_SAME_ACCOUNT"
  | "KMS_KEY_OTHER_ACCOUNT"
  | "KMS_KEY_PATTERN"
  | "LEGACY_CHANNEL"
  | "LOG_GROUP_MUST_BE_ENCRYPTED"
  | "LOG_GROUP_MUST_EXIST"
  | "MACOS_COMMANDS_UNVERIFIED"
  | "MFA_NOT_FOR_ROLES"
  | "MORE_NOTES"
  | "OVER_QUOTA"
  | "PARAMETER_STORE"
  | "PARAMETER_UNDECLARED"
  | "PARAMETER_UNRESTRICTED"
  | "PARAMETER_UNUSED"
  | "PLUGIN_VERSION"
  | "PORT_CHOSEN_BY_CALLER"
  | "PORT_NOT_LOGGED"
  | "PORT_WITHOUT_LOCAL_PORT"
  | "PREFERENCES_CHOSEN_BY_CALLER"
  | "PREFERENCES_KEY"
  | "PREFERENCES_MAY_EXIST"
  | "PRINCIPAL_TAG_SESSION"
  | "REGION_NOT_LISTED"
  | "REMOTE_HOST_AGENT"
  | "RUN_AS_ELEVATED"
  | "RUN_AS_TAG"
  | "SERVICE_CONTROL_POLICY_LIMITS"
  | "SERVICE_PRINCIPAL_UNVERIFIED"
  | "SESSION_KEY_UNUSED"
  | "SHELL_DENIED_WHERE_CHECKED"
  | "SOURCE_IP_ABSENT_IN_VPC"
  | "SSH_NOT_LOGGED"
  | "STREAMING_WITHOUT_LOG_GROUP"
  | "TARGETS_UNUSED"
  | "USER_ID_UNVERIFIED"
  | "USER_INLINE_QUOTA"
  | "USER_NAME_ABSENT"
  | "USER_NAME_PREFIX";

/**
 * Checks a policy as IAM Access Analyzer's ValidatePolicy does, without an account and offline, and offers fixes.
 *
 * A broken policy is no error: it has findings. Text that is not JSON has exactly one, `JSON_SYNTAX_ERROR`. Findings
 * are sorted by place.
 *
 * @throws {PosternError} when an argument is of the wrong type or the policy type is unknown.
 */
export function validatePolicy(policyDocument: string, options?: ValidateOptions): Finding[];

export interface ValidateOptions {
  /** Default `"IDENTITY_POLICY"`. */
  policyType?: PolicyType;
  /**
   * The type of resource that a `RESOURCE_POLICY` is attached to, such as `"AWS::S3::Bucket"`. A role's trust policy
   * has `"AWS::IAM::AssumeRolePolicyDocument"`. Any type of CloudFormation may be named; those that AWS does not
   * check for itself get the checks of all resource policies.
   */
  validatePolicyResourceType?: string;
  /** What an `IDENTITY_POLICY` will be put on, to hold its length against that quota. Default: not looked at. */
  identityPolicy?: IdentityPolicyKind;
}

export type PolicyType =
  | "IDENTITY_POLICY"
  | "RESOURCE_POLICY"
  | "SERVICE_CONTROL_POLICY"
  | "RESOURCE_CONTROL_POLICY";

export type IdentityPolicyKind = "MANAGED" | "INLINE_USER" | "INLINE_GROUP" | "INLINE_ROLE";

export type FindingType = "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";

/** A finding as the AWS SDK has it, with `help`, `fixes` and pointers beside. */
export interface Finding {
  findingType: FindingType;
  /** AWS's code; that of a check of Postern's own begins with `SESSION_` or `POSTERN_`. `listChecks()` has them all. */
  issueCode: string;
  /** What is wrong: whole sentences. */
  findingDetails: string;
  /** What to do, where there is more to say. */
  help: string | null;
  learnMoreLink: string;
  /** Where, the place to go to first. At least one. */
  locations: Location[];
  fixes: Fix[];
}

export interface Location {
  /** The steps from the root of the document. */
  path: PathElement[];
  span: { start: Position; end: Position };
  /** The same path as a JSON Pointer (RFC 6901), which does not tell a key from its value. */
  pointer: string;
}

/** `value` leads to the value of a key, `index` to an element of a list; `key` is the key itself and comes last. */
export type PathElement = { value: string } | { index: number } | { key: string };

/** As AWS counts: `line` from 1, `column` and `offset` from 0, in UTF-16 code units. Ends are exclusive. */
export interface Position {
  line: number;
  column: number;
  offset: number;
}

export interface Fix {
  /** What it does, such as `"Change to ssmmessages:OpenDataChannel"`. */
  title: string;
  /** `safe`: what is allowed does not change, or IAM refused the policy before. `unsafe`: it may change. */
  applicability: "safe" | "unsafe";
  edits: Edit[];
}

/** Offsets into the policy text, in UTF-16 code units from 0; `end` is exclusive. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * The text with the edits of these fixes applied. A fix is applied whole or, where it overlaps one before it in the
 * list, not at all; check the answer again for what is left.
 *
 * @throws {PosternError} when a fix does not lie in the text.
 */
export function applyFixes(policyDocument: string, fixes: readonly FixEdits[]): string;

/** A `Fix`, or as much of one as is needed. */
export type FixEdits = Pick<Fix, "edits">;

/** Every check, sorted by code. */
export function listChecks(): Check[];

export interface Check {
  issueCode: string;
  findingType: FindingType;
  title: string;
  /** Why it matters. */
  why: string;
  /** The policy types that it looks at. */
  policyTypes: PolicyType[];
  /** A small document that it finds something in; `""` for checks of long documents or of one resource type. */
  example: string;
  learnMoreLink: string;
}

/** What the checks know of AWS's services, and as of when. */
export function catalogInfo(): CatalogInfo;

export interface CatalogInfo {
  /** The day that the data describe, such as `"2026-09-26"`. */
  date: string;
  services: number;
  actions: number;
}

/**
 * Decides a request as IAM does, from the policies of every layer. What is not known of the request makes the answer
 * say on what it depends.
 *
 * @throws {PosternError} when the input is of the wrong shape, or a policy is one that IAM could not read; `path`
 *   leads into the policy.
 */
export function evaluate(input: EvaluationInput): Decision;

export interface EvaluationInput {
  policies: PolicySet;
  request: AccessRequest;
}

/**
 * Decides many requests, in their order. The policies are read once, which is most of the work of a single `evaluate`.
 * Answers that are alike may be one object.
 *
 * What all requests have in common can stand in `request`: a field that one of `requests` leaves out is taken from it.
 *
 * @example
 * evaluateAll({
 *   policies,
 *   request: { principal: "arn:aws:iam::111122223333:role/Operator", action: "ssm:StartSession" },
 *   requests: instances.map((resource) => ({ resource })),
 * });
 *
 * @throws {PosternError} as `evaluate`; `path` names the request, as in `"input.requests[3].action"`.
 */
export function evaluateAll(input: EvaluationsInput): Decision[];

export interface EvaluationsInput {
  policies: PolicySet;
  /** What the requests have in common. A request's own field takes the place of the whole field here. */
  request?: Partial<AccessRequest>;
  requests: readonly Partial<AccessRequest>[];
}

/** A policy document as text, or as an object. */
export type PolicyInput = string | object;

/** The policies that decide, by layer. A layer that is absent or null has no policy. */
export interface PolicySet {
  /** The identity's own policies: inline, managed, and those of its groups. */
  identity?: { name: string; document: PolicyInput }[];
  boundary?: PolicyInput | null;
  /** The service control policies, level by level from the root to the account; all levels must allow. */
  scps?: PolicyInput[][];
  rcps?: PolicyInput[][];
  session?: PolicyInput | null;
  /** The policy of the resource: a bucket policy, a key policy, a role's trust policy. */
  resource?: PolicyInput | null;
  /** Layers that may have policies that are not given here. */
  unknown?: Layer[];
}

export type Layer = "identity" | "boundary" | "session" | "resource" | "scps" | "rcps";

export interface AccessRequest {
  /** An ARN such as `"arn:aws:iam::111122223333:role/app"`, a service such as `"ec2.amazonaws.com"`, or `"anonymous"`. */
  principal: string;
  /** The name of one action, such as `"ssm:StartSession"`. */
  action: string;
  /** An ARN, or `"*"` for an action that names no resource. */
  resource: string;
  /** The account of the resource, twelve digits. Default: that of its ARN, else that of the principal. */
  resourceAccount?: string | null;
  /** @deprecated The name that `resourceAccount` had first; it is read as before. */
  resource_account?: string | null;
  /** Condition keys and their values. A key that is neither here nor in `unknown` is absent from the request. */
  context?: Record<string, string | number | boolean | (string | number | boolean)[]> | null;
  /** Condition keys whose values are not known. */
  unknown?: string[];
}

export interface Decision {
  decision: DecisionName;
  /** The outcomes that are possible: one, unless something is not known. */
  possible: ("allowed" | "explicit_deny" | "implicit_deny")[];
  /** Condition keys that decide between them, and open questions, which begin with `?`. */
  dependsOn: string[];
  /** The statements that decide; null where none does. */
  matched: MatchedStatement[] | null;
  reasons: DecisionReason[];
}

/** `denied`: by one statement or for lack of one; `depends`: on what is not known. */
export type DecisionName = "allowed" | "explicit_deny" | "implicit_deny" | "denied" | "depends";

export interface MatchedStatement {
  /** The name of an identity policy, or `"boundary"`, `"session"`, `"resource"`, `"scp.LEVEL.N"`, `"rcp.LEVEL.N"`. */
  policy: string;
  /** Its index in the policy, from 0. */
  statement: number;
}

export interface DecisionReason {
  kind: "allows" | "denies" | "closed" | "nearest" | "allowedIf" | "undecided" | "notSupplied" | "more";
  /** A sentence for people. */
  message: string;
  /** The layer that does not allow, or that was not given. */
  gate: Layer | null;
  /** The statement that it is about. */
  statement: MatchedStatement | null;
  /** What the statement lacks to match, or what is not known of it. */
  lacks: Lack[];
  /** What must all be so for `allowedIf`. */
  requirements: Requirement[];
}

export interface Lack {
  element: "Principal" | "Resource" | "NotResource" | "Condition" | "Statement";
  operator: string | null;
  key: string | null;
  /** What stands in the policy; the first twenty. */
  wanted: string[];
  has: "absent" | "unknown" | "values" | null;
  /** The values of the request; the first twenty. */
  values: string[];
}

export interface Requirement {
  key: string;
  /** Values or ranges in words, of which it must be one; empty when others will do. */
  oneOf: string[];
  /** Values or ranges that it must not be. */
  noneOf: string[];
  /** Whether it must be there; null when either will do. */
  present: boolean | null;
}

/**
 * Says what an existing role lets Session Manager do, and what is missing.
 *
 * It takes what people have: policies, the output of `aws iam get-role-policy`, `get-policy-version`, `get-role`,
 * `list-attached-role-policies` or `get-account-authorization-details`, URL-encoded text, names and ARNs of AWS managed
 * policies. A text that is no policy is no error: `recognised` says so, and the rest counts.
 *
 * @throws {PosternError} when the input is of the wrong shape, a value is one that AWS would not take, or a capability
 *   does not exist.
 */
export function diagnoseRole(input: RoleInput): Diagnosis;

export interface RoleInput {
  /** The policies of the role: whatever was pasted, in any number. */
  documents: RoleDocument[];
  /** Whose policies count when the texts hold several roles. */
  roleName?: string;
  boundary?: RoleDocument | null;
  /** Service control policies that apply to the account. */
  scps?: RoleDocument[];
  /** The key policy of `kmsKeyArn`. Without it an answer may depend on it. */
  keyPolicy?: RoleDocument | null;
  /** The bucket policy of `bucket`. */
  bucketPolicy?: RoleDocument | null;
  /** The trust policy of the role. */
  trustPolicy?: RoleDocument | null;
  wants: Want[];
}

/** A text, a text with a name, or what such a text would hold as an object or a list. */
export type RoleDocument = string | { name?: string; text: string } | object;

/** A capability, and the values that its requests depend on. Ids and values stand in `listCapabilities()`. */
export interface Want {
  /** Such as `"node.session-kms"`. */
  capability: string;
  partition?: Partition;
  region?: string;
  accountId?: string;
  /** A node, such as `"i-0123456789abcdef0"` or `"mi-0123456789abcdef0"`. */
  instanceId?: string;
  kmsKeyArn?: string;
  bucket?: string;
  prefix?: string;
  logGroup?: string;
  tagKey?: string;
  tagValue?: string;
  documentName?: string;
  parameterName?: string;
  cluster?: string;
  taskId?: string;
  roleName?: string;
  userName?: string;
}

export interface Diagnosis {
  /** What each thing that was pasted is, in its order. */
  recognised: Recognised[];
  /** The name of the role or user whose policies count, if the texts tell. */
  roleName: string | null;
  /** How many policies of it count. */
  policies: number;
  /** How many statements they have. */
  statements: number;
  /** One for each want, in their order. */
  capabilities: CapabilityResult[];
  /** The smallest addition after which all that is wanted works, as far as an addition can do it; null for none. */
  missing: BuiltPolicy | null;
  /** What no addition can repair. */
  blocked: RoleReason[];
  /** What was taken for granted, in sentences. */
  assumptions: string[];
}

export interface Recognised {
  /** The field that it was pasted in, such as `"documents[0]"`. */
  path: string;
  /** A stable name for programs. */
  kind: string;
  /** Whether it counts. */
  used: boolean;
  /** Sentences for people. */
  message: string;
  /** Where it stands; null in an object. */
  span: TextRange | null;
}

export interface TextRange {
  start: Position;
  end: Position;
}

export interface CapabilityResult {
  id: string;
  /** A few words for people. */
  title: string;
  result: "works" | "fails" | "unknown";
  reasons: RoleReason[];
}

export interface RoleReason {
  kind: "allows" | "denies" | "closed" | "nearest" | "depends" | "tooBroad" | "valueNeeded" | "notCounted" | "more";
  /** Sentences for people. */
  message: string;
  /** The actions that it is about. */
  actions: string[];
  /** The resource that they are asked for, with words in angle brackets for what was not given. */
  resource: string;
  level: "required" | "recommended" | "optional";
  /** Condition keys, open questions that begin with `?`, and names of values of the want that were not given. */
  dependsOn: string[];
  /** The layer that does not allow it, where that is why. */
  gate: Layer | null;
  /** The name of the policy that it is about. */
  policy: string | null;
  /** The field that this policy was pasted in, such as `"documents[0]"`. */
  path: string | null;
  /** The index of the statement, from 0. */
  statement: number | null;
  /** JSON Pointer to the statement, in the JSON value in which it stands. */
  pointer: string | null;
  /** Where the statement stands; null in an object. */
  span: TextRange | null;
}

/** What a policy allows and denies of Session Manager, in sentences, denials first. */
export function describePolicy(document: PolicyInput): string[];

/** What the error messages of the agent, the plugin, the consoles and the AWS CLI in a text mean. */
export function explainError(text: string): Explanation[];

export interface Explanation {
  /** A stable name for programs. */
  code: string;
  /** Where the message stands first. */
  span: TextRange;
  /** How often it stands in the text. */
  times: number;
  meaning: string;
  help: string;
  /**
   * `denied`: one of the two denials. `not_iam`: something else, so `permissions` is empty. `unknown`: nobody was
   * refused, and a missing permission is one of several causes, as where a node is not connected.
   */
  cause: "implicit_deny" | "explicit_deny" | "denied" | "not_iam" | "unknown";
  /** The kind of policy that decided, when the message says so. */
  layer: "identity" | "resource" | "trust" | "scp" | "rcp" | "boundary" | "session" | "endpoint" | null;
  /** The ARN of that policy, when the message names it. */
  policyArn: string | null;
  /** Who was refused, when the message says so. */
  principal: string | null;
  /** What has to be allowed. */
  permissions: Permission[];
  /** Ids of the capabilities that do not work because of it. */
  capabilities: string[];
}

export interface Permission {
  action: string;
  /** What belongs into `Resource`; null when the message does not say. */
  resource: string | null;
}

/**
 * Writes a policy, or a session document, for the tool with which it will be attached: shell commands, or a file of
 * Terraform, CloudFormation, CDK or Pulumi. The text says how to undo it.
 *
 * What is not named in `target` and has no default is asked for in the way of the format: a `variable` of Terraform, a
 * parameter of CloudFormation or CDK, a configuration value of Pulumi, and in shell commands a word in capitals such as
 * `ROLE_NAME`, to be replaced. Each element of the policy is in the text, in its order; nothing is left out silently.
 *
 * @example
 * exportPolicy(buildNodePolicy().json, { format: "terraform", roleName: "WebServer" })
 * @throws {PosternError} `INVALID_POLICY` for a document that IAM could not read, that does not fit `attachTo`, or of
 *   which the format cannot hold a part; `path` leads into it, as in `"policy.Statement[0].Action"`. Other codes when
 *   the target is of the wrong shape or has a name that AWS would not take.
 */
export function exportPolicy(policy: PolicyInput, target: ExportTarget): string;

/** Where an exported policy goes. Of the names, those that belong to `attachTo` are used, and all are checked. */
export interface ExportTarget {
  format: ExportFormat;
  /** What the policy is attached to. Default `"role"`, an inline policy of a role. */
  attachTo?: AttachTo;
  /** The role, such as `"ExampleNodeRole"`. With `"trust"` the role that is made, with `"managed-policy"` one that gets it. */
  roleName?: string;
  /** The user. With `"managed-policy"` one that gets it. */
  userName?: string;
  /** The group. With `"managed-policy"` one that gets it. */
  groupName?: string;
  /** The name that the policy gets. Default `"SessionManagerPermissions"`. */
  policyName?: string;
  /**
   * The key whose policy is set. CloudFormation and CDK set the policy of a key that they make; there this key only
   * stands in the comment that says so.
   */
  kmsKeyArn?: string;
  /** The bucket, which exists. */
  bucketName?: string;
  /** The service behind the endpoint. CloudFormation and CDK make the endpoint; the others take one that exists. */
  endpointService?: EndpointService;
  /** The endpoint, such as `"vpce-0123456789abcdef0"`. Not used by CloudFormation and CDK. */
  vpcEndpointId?: string;
  /** The session document. Default with `"preferences"`: `"SSM-SessionManagerRunShell"`. */
  documentName?: string;
  /** The root, unit or account that gets the service control policy. Default: it is made and not attached. */
  organizationTargetId?: string;
  /** The Region of the key, bucket, endpoint or document; stands in shell commands and in names of services. */
  region?: string;
}

/**
 * `"terraform"` has the data source `aws_iam_policy_document`, `"terraform-jsonencode"` the policy as an object. Documents
 * that are no policies are the same in both.
 */
export type ExportFormat =
  | "aws-cli"
  | "aws-cli-powershell"
  | "terraform"
  | "terraform-jsonencode"
  | "cloudformation"
  | "cloudformation-json"
  | "cdk-typescript"
  | "cdk-python"
  | "pulumi-typescript";

/**
 * `"trust"` makes a role, with an instance profile where EC2 is trusted. `"preferences"` and `"session-document"` take a
 * document of `buildRelated`, all others a policy.
 */
export type AttachTo =
  | "role"
  | "user"
  | "group"
  | "managed-policy"
  | "key"
  | "bucket"
  | "trust"
  | "endpoint"
  | "preferences"
  | "session-document"
  | "service-control-policy";

/**
 * Writes all that sessions on nodes need, as one set of files: the role of the nodes with its trust policy, policy and
 * instance profile, the session preferences, and what the options name: a key, a log bucket and its policy, an encrypted
 * log group, VPC endpoints with their policies, a policy for people.
 *
 * Each policy is what its builder makes of the same options.
 *
 * @example
 * exportSetup({ format: "terraform", node: { region: "eu-west-1", accountId: "111122223333",
 *   sessionEncryption: { kmsKeyArn: "key-name" } } })
 * @throws {PosternError} as the builders; `path` begins with `options.node`, `options.operator` or `options.preferences`.
 */
export function exportSetup(options: SetupOptions): Setup;

export interface SetupOptions {
  format: SetupFormat;
  /**
   * What the nodes use. `region` and `accountId` are needed; `heartbeat` is on, since the role is new. `"key-name"` for the session key, the guide's placeholder,
   * makes a key; another ARN is that of a key that exists, whose policy is left alone. The bucket is made unless it
   * belongs to another account, the log group is made and encrypted.
   */
  node: NodeOptions;
  /** A policy for people. Its Region, account and session key are those of `node`. Default: none. */
  operator?: OperatorOptions;
  /** The preferences beyond what follows from `node`. */
  preferences?: PreferencesDocumentOptions;
  /** Makes the VPC endpoints that a VPC without a way to the internet needs. Default `false`. */
  endpoints?: boolean;
  /** The role of the nodes, which is made. Default `"SessionManagerNode"`. */
  roleName?: string;
}

export type SetupFormat = "terraform" | "cloudformation" | "cdk-typescript";

export interface Setup {
  /** In the order in which people read them. Names are without folders. */
  files: SetupFile[];
  /** What the files alone do not say, those of the builders among them. */
  notes: Note[];
}

export interface SetupFile {
  name: string;
  text: string;
}

/** All that a role can be asked for, nodes first. */
export function listCapabilities(): CapabilityName[];

export interface CapabilityName {
  id: string;
  side: "node" | "operator" | "guard" | "admin" | "trust";
  /** A few words for people. */
  title: string;
  /** Ids of the capabilities that it needs. */
  needs: string[];
  /** The actions that it needs. */
  actions: string[];
  /** Names of the values of a `Want` on which its resources depend. */
  values: string[];
}

/** The AWS managed policies that `diagnoseRole` knows by name, sorted. */
export function listManagedPolicies(): ManagedPolicy[];

export interface ManagedPolicy {
  name: string;
  /** Its ARN in the partition `aws`. */
  arn: string;
  /** The version that is known, such as `"v2"`. */
  version: string;
  /** The day of that version, such as `"2024-07-16"`. */
  date: string;
}

/** Thrown by every call whose arguments it cannot use, and by one that failed. */
export class PosternError extends Error {
  readonly name: "PosternError";
  /** A stable name for programs. */
  readonly code: PosternErrorCode;
  /** Where in the arguments, such as `"options.sessionEncryption.kmsKeyArn"`; null when it is no one place. */
  readonly path: string | null;
}

export type PosternErrorCode =
  /** A call before `init()` was done. */
  | "NOT_READY"
  /**
   * The call failed: by a mistake in Postern, or because memory or the call stack ran out. The message says what to
   * report and holds nothing of what was given. The next call works again.
   */
  | "INTERNAL"
  /** A value of the wrong type, a missing or an unknown one. */
  | "INVALID_ARGUMENT"
  /** A policy that IAM could not read, or that does not fit where it is exported to. */
  | "INVALID_POLICY"
  | "ACCOUNT_ID_MALFORMED"
  | "ACCOUNT_ID_MISSING"
  | "AGENT_BUCKETS_NEED_REGION"
  | "BUCKET_MISSING"
  | "BUCKET_NAME_MALFORMED"
  | "BUCKET_PLACEHOLDER"
  | "CHARACTERS_OUT_OF_RANGE"
  | "CLUSTER_NAME_MALFORMED"
  | "COMMANDS_MISSING"
  | "DATE_MALFORMED"
  | "DEFAULT_NOT_ALLOWED"
  | "DENY_ONLY_WITH_GRANTS"
  | "DOCUMENT_NAME_MALFORMED"
  | "DOCUMENT_PARAMETER_MALFORMED"
  | "DOCUMENT_PARAMETER_MISSING"
  | "GROUP_NAME_MALFORMED"
  | "HOST_MALFORMED"
  | "INSTANCE_IDS_OF_OTHER_KIND"
  | "INSTANCE_IDS_WITH_TAGS"
  | "IP_RANGE_MALFORMED"
  | "JUST_IN_TIME_WITH_SESSIONS"
  | "KMS_ALIAS_ARN"
  | "KMS_ALIAS_NAME"
  | "KMS_AWS_MANAGED_ALIAS"
  | "KMS_KEY_ARN_MALFORMED"
  | "KMS_KEY_ID_WITHOUT_ARN"
  | "KMS_KEY_MISSING"
  | "KMS_KEY_NOT_AN_ARN"
  | "KMS_KEY_OTHER_PARTITION"
  | "KMS_KEY_OTHER_REGION"
  | "KMS_KEY_OTHER_SERVICE"
  | "KMS_KEY_PLACEHOLDER"
  | "LEGACY_CHANNEL_UNAVAILABLE"
  | "LOG_GROUP_MALFORMED"
  | "LOG_GROUP_MISSING"
  | "MINUTES_OUT_OF_RANGE"
  | "NODE_ID_MALFORMED"
  | "NOTHING_ALLOWED"
  | "ORGANIZATION_ID_MALFORMED"
  | "ORGANIZATION_TARGET_MALFORMED"
  | "OTHER_SESSION_TYPE"
  | "PARAMETER_NAME_MALFORMED"
  | "PARTITION_UNKNOWN"
  | "POLICY_NAME_CHARACTER"
  | "POLICY_NAME_LENGTH"
  | "PORT_NUMBER_MISSING"
  | "PORT_OUT_OF_RANGE"
  | "PREFIX_MALFORMED"
  | "PRINCIPAL_MALFORMED"
  | "REGION_MALFORMED"
  | "REGION_MISSING"
  | "REGION_OTHER_PARTITION"
  | "RESTRICTION_EMPTY"
  | "ROLE_NAME_MALFORMED"
  | "RUN_AS_OFF"
  | "RUN_AS_USER_MALFORMED"
  | "SECURE_PARAMETER"
  | "SESSION_OWNER_TWICE"
  | "SESSION_TYPE_FOR_SHELLS"
  | "TAG_KEY_MALFORMED"
  | "TAG_KEY_TWICE"
  | "TAG_VALUE_MALFORMED"
  | "TARGET_ID_MALFORMED"
  | "USER_ID_MALFORMED"
  | "USER_NAME_MALFORMED"
  | "VPC_ENDPOINT_MALFORMED"
  | "WORD_UNKNOWN";
