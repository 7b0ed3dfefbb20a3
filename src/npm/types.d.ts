/**
 * Builds the IAM policies that AWS Systems Manager Session Manager needs, and checks any IAM policy.
 *
 * In Node the package is ready on import. In a browser `await init()` once; then every call is synchronous, takes
 * and returns plain objects, and sends nothing anywhere.
 */

/**
 * Makes the package ready. Call it once before the others; further calls do nothing. In Node it does nothing.
 *
 * Where the page has a Content Security Policy, its `script-src` needs `'wasm-unsafe-eval'`: without it the browser
 * compiles no WebAssembly, and this rejects with a `PosternError` of code `"INTERNAL"` that says so.
 *
 * @example
 * await init();
 */
export function init(): Promise<void>;

/**
 * Makes the package ready at once, from the bytes of `postern/wasm`. Browsers allow this in workers only, or for
 * bytes that were compiled before. In Node it does nothing.
 *
 * @example
 * initSync(await WebAssembly.compileStreaming(fetch("postern.wasm")))
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
 * @example
 * buildNodePolicy({ heartbeat: true, sessionEncryption: { kmsKeyArn: "key-name" } }).json
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
export function buildRelated(kind: "session-guard", options: SessionGuardOptions): BuiltPolicy;
export function buildRelated<K extends RelatedKind>(kind: K, options: RelatedOptions[K]): BuiltPolicy | BuiltDocument;

/** What the nodes use and where they are. Without options: the guide's page for an existing role. */
export interface NodeOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition | undefined;
  /**
   * The Region of the nodes, such as `"eu-west-1"`. A KMS key of another Region is then refused. A name that
   * is not listed here gets a note. Default: ARNs have `*` there.
   */
  region?: string | undefined;
  /**
   * The account of the nodes, twelve digits. Without it ARNs have `*` there, and no note tells keys of other
   * accounts.
   */
  accountId?: string | undefined;
  /** Default `"guide"`. */
  scope?: Scope | undefined;
  /**
   * Whether statements have names (Sid). Default: with `"least-privilege"` they have, in AWS's texts only
   * those of Fleet Manager.
   */
  sids?: boolean | undefined;
  /**
   * Default: those of `instanceIds`, else `"ec2"`. With `"ecs"` alone the texts are those of the ECS guide,
   * and there is no heartbeat.
   */
  kinds?: NodeKind | readonly NodeKind[] | undefined;
  /**
   * The only nodes that have the role, such as `"i-0123456789abcdef0"` or `"mi-0123456789abcdef0"`; narrows
   * the heartbeat, the control channel and the session key. Default: every node.
   */
  instanceIds?: string | readonly string[] | undefined;
  /**
   * Whether the heartbeat and the control channel are allowed only to credentials that a node was given, whichever node
   * it is; not for tasks. Default `false`.
   */
  onlyOnNodes?: boolean | undefined;
  /**
   * Lets the agent open channels. Default `true`; `false` builds an addition for a role that has them from
   * another policy, such as AmazonSSMManagedInstanceCore.
   */
  channel?: boolean | undefined;
  /** Adds `ssm:UpdateInstanceInformation`, which every role needs from somewhere. Default `false`. */
  heartbeat?: boolean | undefined;
  /** Encrypt session data with a KMS key: adds `kms:Decrypt`. Default: not encrypted with KMS. */
  sessionEncryption?: SessionEncryptionOptions | undefined;
  /**
   * The guide's second statement, `s3:GetEncryptionConfiguration`. Default `true`; with `"least-privilege"`
   * and for tasks, `true` where `s3Logs` names a bucket.
   */
  bucketEncryptionCheck?: boolean | undefined;
  /** Write session logs into a bucket. Default: no logs in S3. */
  s3Logs?: S3LogsOptions | undefined;
  /** Write session logs into CloudWatch Logs. Default: none. */
  cloudWatchLogs?: CloudWatchLogsOptions | undefined;
  /**
   * Run Command; over the channels of sessions it needs nothing more, which the summary says. Default
   * `false`.
   */
  runCommand?: boolean | undefined;
  /**
   * The `ec2messages` actions, for agents before 3.3.40.0 and Windows Server 2012. Refused in Regions of 2024
   * and later. Default `false`.
   */
  legacyChannel?: boolean | undefined;
  /** State Manager associations; not for tasks, which apply none. Default `false`. */
  stateManager?: boolean | undefined;
  /**
   * Names of the parameters that documents refer to as `{{ssm:NAME}}`, such as `"/example/user"`: adds
   * `ssm:GetParameters`.
   */
  documentParameters?: string | readonly string[] | undefined;
  /** Buckets of AWS that the agent reads; needed only where an S3 VPC endpoint is in the way. Needs `region`. */
  agentBuckets?: AgentBuckets | undefined;
  /**
   * The name that the policy will get. It changes nothing in the policy; a name that IAM would refuse is
   * refused: 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -`.
   */
  policyName?: string | undefined;
}

/** Which keys encrypt session data. */
export interface SessionEncryptionOptions {
  /**
   * The ARN of the key, such as
   * `"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"`, or a list. Wildcards may
   * stand in it (`key/*`). Aliases and bare key IDs are refused. The guide's own placeholder `"key-name"` is
   * kept as it is, with a note.
   */
  kmsKeyArn: string | readonly string[];
  /**
   * Only for requests that name a session and one of these nodes. Default: with `"least-privilege"`; never
   * with tasks.
   */
  encryptionContext?: boolean | undefined;
}

/** Where session logs go in S3. */
export interface S3LogsOptions {
  /** The name of the bucket, such as `"example-session-logs"`: no ARN, no prefix. */
  bucket: string;
  /**
   * What the keys of the logs begin with, such as `"prod"`, without slashes at its ends. Wildcards in it are
   * escaped.
   */
  prefix?: string | undefined;
  /** Whether the bucket belongs to another account: adds `s3:PutObjectAcl`. Default `false`. */
  otherAccount?: boolean | undefined;
  /** The customer managed key that encrypts the bucket (SSE-KMS), or `"*"` for any, as the guide has it. */
  kmsKeyArn?: string | undefined;
  /** Default `true`; `false` narrows the bucket encryption check only. */
  upload?: boolean | undefined;
}

/** Where session logs go in CloudWatch Logs. */
export interface CloudWatchLogsOptions {
  /** The log group by name or ARN, such as `"/example/session-logs"`. Default: every group. */
  logGroup?: string | undefined;
  /** Whether logs are written while the session runs. Default `false`. */
  streaming?: boolean | undefined;
  /** Whether the preferences demand an encrypted group. Default `false`. */
  encryptionCheck?: boolean | undefined;
}

/** What a person may do. What is asked for is built; when nothing is, a shell from the command line. */
export interface OperatorOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the nodes, such as `"eu-west-1"`. Default: ARNs have `*` there. */
  region?: string | undefined;
  /**
   * The account of the nodes, twelve digits. Without it ARNs have `*` there, and no note tells keys of other
   * accounts.
   */
  accountId?: string | undefined;
  /** Default `"guide"`. */
  scope?: Scope | undefined;
  /** Which of AWS's texts, with scope `"guide"`. Default `"2025"`. */
  edition?: Edition | undefined;
  /**
   * Whether statements have names (Sid). Default: with `"least-privilege"` they have, in AWS's texts only
   * those of Fleet Manager.
   */
  sids?: boolean | undefined;
  /** Default `"role"`. Decides how one's own sessions are told with `"least-privilege"`. */
  identity?: Identity | undefined;
  /** The nodes. Default: every EC2 instance. */
  targets?: TargetsOptions | undefined;
  /** Default `"shell"`, or none when anything else is asked for. */
  sessions?: SessionType | readonly SessionType[] | undefined;
  /**
   * Session documents of the account, custom ones and those for interactive commands, such as
   * `"ExampleSessionDocument"`.
   */
  documents?: string | readonly string[] | undefined;
  /** Default `"cli"`, or none when anything else than sessions is asked for. Consoles add their lists. */
  clients?: Client | readonly Client[] | undefined;
  /**
   * The condition `ssm:SessionDocumentAccessCheck`. Default `true`, in the guide of 2025 `false`. In that of 2023
   * `false` also leaves the default document out.
   */
  documentAccessCheck?: boolean | undefined;
  /**
   * `ssmmessages:OpenDataChannel`. Default: `"any"` with `"least-privilege"`, `"own"` in the guide of 2025,
   * `"none"` in that of 2023 and where no session is started.
   */
  dataChannel?: DataChannel | undefined;
  /** Which sessions may be ended and resumed. Default: one's own, where sessions are started. */
  endSessions?: EndSessionsOptions | undefined;
  /** Session data is encrypted with a KMS key: adds `kms:GenerateDataKey`. */
  sessionEncryption?: SessionEncryptionOptions | undefined;
  /** `ssm:SendCommand`, to update an agent that is too old for sessions. Default: where the guide has it. */
  updateAgent?: boolean | undefined;
  /**
   * What the names of the documents begin with that may be chosen in the console, such as
   * `"SessionDocument-"`.
   */
  documentChooser?: string | undefined;
  /** Remote Desktop by Fleet Manager, on `targets`. */
  remoteDesktop?: RemoteDesktopOptions | undefined;
  /** Fleet Manager's other tools, on `targets`. */
  fleetManager?: FleetManager | undefined;
  /** ECS Exec on the tasks of a cluster. */
  ecsExec?: EcsExecOptions | undefined;
  /** Asking for access to `targets` just in time; not together with sessions. Default `false`. */
  justInTime?: boolean | undefined;
  /**
   * Documents that may be run on `targets` with Run Command, such as `"AWS-RunShellScript"` or one of the account; and
   * reading the results.
   */
  runCommand?: string | readonly string[] | undefined;
  /** Starting instances of `targets` that are stopped. Default `false`. */
  startInstances?: boolean | undefined;
  /** Tunnels through EC2 Instance Connect Endpoints, beside Session Manager. */
  instanceConnect?: InstanceConnectOptions | undefined;
  /**
   * The bucket of Ansible's connection `amazon.aws.aws_ssm`, by name: files on it under the IDs of `targets`. The nodes
   * need nothing for it.
   */
  ansibleBucket?: string | undefined;
  /** When everything that the policy allows ends, such as `"2027-01-31T00:00:00Z"`. Default: never. */
  expires?: string | undefined;
  /** The list of sessions. Default `false`. */
  history?: boolean | undefined;
  /** Default: none. */
  preferences?: Preferences | undefined;
  /** Every session on every node, and the preferences. Default `false`. */
  administrator?: boolean | undefined;
  /** Turning Default Host Management on and off. Default `false`. */
  hostManagement?: boolean | undefined;
  /** The role whose inline policies may be written, by name: what the steps for a node policy take. */
  inlinePolicyOf?: string | undefined;
  /** What is refused, whatever else allows it. */
  deny?: DenyOptions | undefined;
  /** Only what `deny` says, and nothing allowed; for a policy beside others. Not together with what asks for permissions. Default `false`. */
  denyOnly?: boolean | undefined;
  /**
   * The name that the policy will get. It changes nothing in the policy; a name that IAM would refuse is
   * refused: 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -`.
   */
  policyName?: string | undefined;
}

/** The nodes: by ID, or by tags, or all of their kinds. */
export interface TargetsOptions {
  /** Such as `"i-0123456789abcdef0"` or `"mi-0123456789abcdef0"`; not together with tags. */
  instanceIds?: string | readonly string[] | undefined;
  /**
   * Tags that a node must have: each key, with one of its values, such as `{ Team: ["web", "shop"], Stage:
   * "test" }`. At most 50, as many as a node can have.
   */
  tags?: Record<string, string | readonly string[]> | undefined;
  /**
   * Tags of which a node must have one, with one of its values, beside all of `tags`: `{ Team: "web", Stage: "test" }`
   * are the nodes of the team and those of the stage. At most 50.
   */
  anyTags?: Record<string, string | readonly string[]> | undefined;
  /**
   * Tag keys whose value must be that of the caller's own tag, such as `"Team"`. Of a key that stands in `tags` too,
   * both are demanded: one of those values, and the caller's. At most 50, as many as a caller can have.
   */
  principalTags?: string | readonly string[] | undefined;
  /** The kinds of nodes, when they are not given by ID. Default `"ec2"`. */
  kinds?: ManagedNodeKind | readonly ManagedNodeKind[] | undefined;
}

/** Which sessions may be ended, and resumed. */
export interface EndSessionsOptions {
  /**
   * Default: with `"least-privilege"` `"user-name"` for IAM users, else `"session-tag"`; the guide's form in
   * the guide.
   */
  whose?: Whose | undefined;
  /** The user whose sessions they are, by unique ID, such as `"AIDACKCEVSQ6C2EXAMPLE"`; instead of `whose`. */
  ownerId?: string | undefined;
  /** The only node or task that they are on. */
  targetId?: string | undefined;
  /** Whether they may be resumed too. Default: where sessions are started directly. */
  resume?: boolean | undefined;
}

/** How people sign in to Windows by Fleet Manager. */
export interface RemoteDesktopOptions {
  /** Default `"key-pair"`. */
  signIn?: SignIn | readonly SignIn[] | undefined;
}

/** The tasks that are reached by ECS Exec. */
export interface EcsExecOptions {
  /** The cluster by name. */
  cluster: string;
  /** Tags that a task must have: each key, with one of its values; at most 50. */
  tags?: Record<string, string | readonly string[]> | undefined;
  /** Refuses sessions on tasks past ECS Exec, which nobody logs. Default: with `"least-privilege"`. */
  denyDirectSessions?: boolean | undefined;
}

/** Tunnels to instances through EC2 Instance Connect Endpoints. IDs and tags of `targets` do not narrow them. */
export interface InstanceConnectOptions {
  /** The only endpoints, such as `"eice-0123456789abcdef0"`. Default: every one. */
  endpointIds?: string | readonly string[] | undefined;
  /**
   * The port of the instances. Default 22.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  port?: number | undefined;
  /** The private addresses of the instances, such as `"10.0.1.0/24"`. Default: every one. */
  ipRanges?: string | readonly string[] | undefined;
  /**
   * The seconds that a tunnel may last. Default 3600, the most that AWS takes.
   * @asType integer
   * @minimum 1
   * @maximum 3600
   */
  maxSeconds?: number | undefined;
  /**
   * Users of the operating system for whom a key for SSH may be sent to the instances of `targets`, such as
   * `"ec2-user"`. Default: none; people have keys of their own.
   */
  osUsers?: string | readonly string[] | undefined;
}

/** What is refused, whatever else allows it. */
export interface DenyOptions {
  /**
   * The default document. It stops shells where documents are checked, which `documentAccessCheck` does. Default `false`,
   * as for all of these.
   */
  shell?: boolean | undefined;
  /** Sessions for SSH. */
  ssh?: boolean | undefined;
  /** Reading and changing the preferences. */
  preferences?: boolean | undefined;
  /** Sessions past ECS Exec on the tasks of this ECS cluster, or of every one with `"*"`. */
  taskSessions?: string | undefined;
  /**
   * Turning Default Host Management on or off, and changing its role: with `"least-privilege"` all that gives the role
   * other rights, in the guide's text some of it.
   */
  hostManagement?: boolean | undefined;
  /**
   * Sessions of callers without MFA, and where the policy allows any, commands, tunnels and connections, such as those of
   * `ecsExec`, `runCommand`, `fleetManager`, `updateAgent`, `remoteDesktop` and `instanceConnect`. Not for Identity Center,
   * whose sessions never say it, and not beside `justInTime`, whose requests do not either.
   */
  withoutMfa?: boolean | undefined;
  /**
   * Sessions and commands on nodes and tasks that have one of these tags, each with one of its values, such as `{ Stage:
   * "prod" }`.
   */
  nodeTags?: Record<string, string | readonly string[]> | undefined;
  /** The same after this point in time, such as `"2027-01-31T00:00:00Z"`, and requests for access of `justInTime`. */
  after?: string | undefined;
  /**
   * The same from outside these ranges of public addresses, such as `"203.0.113.0/24"`, unless one of the endpoints is
   * used.
   */
  outsideIpRanges?: string | readonly string[] | undefined;
  /**
   * The same where it comes neither through these endpoints, such as `"vpce-0123456789abcdef0"`, nor from the ranges. Not
   * beside `justInTime`, whose requests do not say how they come.
   */
  outsideVpcEndpoints?: string | readonly string[] | undefined;
}

/** The key policy of the key for session data. */
export interface SessionKeyPolicyOptions {
  /** Default: the partition of `region`, else of the first principal, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the key. It changes nothing in the policy. */
  region?: string | undefined;
  /** The account of the key, twelve digits. */
  accountId: string;
  /** The roles of the nodes, or accounts, such as `"arn:aws:iam::111122223333:role/ExampleNodeRole"`. */
  nodeRoleArns?: string | readonly string[] | undefined;
  /** The roles and users of people, or accounts. */
  operatorArns?: string | readonly string[] | undefined;
  /** Default `["ec2", "hybrid"]`. With `"ecs"` the key asks for no target. */
  kinds?: NodeKind | readonly NodeKind[] | undefined;
}

/** The key policy of the key that encrypts the log bucket. */
export interface LogBucketKeyPolicyOptions {
  /** Default: the partition of `region`, else of the first role, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the key. */
  region: string;
  /** The account of the key, twelve digits. */
  accountId: string;
  /** The log bucket by name. */
  bucket: string;
  /** The roles of the nodes, or accounts, such as `"arn:aws:iam::111122223333:role/ExampleNodeRole"`. */
  nodeRoleArns?: string | readonly string[] | undefined;
  /** The organization whose nodes write, whatever their role, such as `"o-a1b2c3d4e5"`. */
  organizationId?: string | undefined;
}

/** The key policy of the key that encrypts the log group. */
export interface LogGroupKeyPolicyOptions {
  /** Default: the partition of `region`, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the key. */
  region: string;
  /** The account of the key and of the group, twelve digits. */
  accountId: string;
  /** The log group by name or ARN. */
  logGroup: string;
}

/** The policy of the log bucket: TLS only, and for nodes of other accounts the right to write. */
export interface BucketPolicyOptions {
  /** Default: the partition of `region`, else of the first role, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the bucket. It changes nothing in the policy. */
  region?: string | undefined;
  /** The bucket by name. */
  bucket: string;
  /** What the keys of the logs begin with, such as `"prod"`. */
  prefix?: string | undefined;
  /** The node roles of other accounts; those of the bucket's account need none. */
  nodeRoleArns?: string | readonly string[] | undefined;
  /** The organization whose nodes write, whatever their role, such as `"o-a1b2c3d4e5"`. */
  organizationId?: string | undefined;
}

/** The policy of one VPC endpoint. */
export interface EndpointPolicyOptions {
  /** The service behind the endpoint. */
  service: EndpointService;
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the VPC. Needed for S3. */
  region?: string | undefined;
  /** The account that may use the endpoint, twelve digits. */
  accountId: string;
  /** The log bucket by name; for S3. */
  bucket?: string | undefined;
  /** The keys for session data; for KMS. Default: every key of the account. */
  kmsKeyArn?: string | readonly string[] | undefined;
  /** Whether people start sessions from inside the VPC. Default `false`. */
  operators?: boolean | undefined;
}

/** What is used in a VPC without a way to the internet. */
export interface EndpointsOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the VPC. */
  region: string;
  /** Agents before 3.3.40.0. Default `false`, as for all of these. */
  legacyChannel?: boolean | undefined;
  /** Session data is encrypted with KMS. */
  sessionEncryption?: boolean | undefined;
  /** Logs go to a bucket. */
  s3Logs?: boolean | undefined;
  /** Logs go to CloudWatch Logs. */
  cloudWatchLogs?: boolean | undefined;
  /** People start sessions from inside the VPC. */
  operators?: boolean | undefined;
}

/** Who may assume the role: nodes, or people and what acts for them. */
export interface TrustPolicyOptions {
  /** Default: the partition of `region`, else of the first principal, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region of the nodes. Needed for `"hybrid"` and `"ecs"`. */
  region?: string | undefined;
  /** The account of the role, twelve digits. Needed for `"hybrid"` and `"ecs"`, GitHub and SAML. */
  accountId?: string | undefined;
  /** Default `"guide"`. */
  scope?: Scope | undefined;
  /** Default `"ec2"`, or none when people have the role. */
  trusted?: Trusted | readonly Trusted[] | undefined;
  /**
   * Workflows of GitHub by the subject of their tokens, whole and without wildcards, such as
   * `"repo:example-org/example:environment:production"`; with the IDs of owner and repository where tokens have them,
   * `"repo:example-org@123456/example@456789:environment:production"`.
   */
  githubSubjects?: string | readonly string[] | undefined;
  /** The name of the SAML provider of the account whose people may, such as `"ExampleIdP"`. */
  samlProvider?: string | undefined;
  /** Accounts, roles and users, such as `"arn:aws:iam::444455556666:root"`. */
  principalArns?: string | readonly string[] | undefined;
  /** What these principals must name, such as `"example-12345"`. */
  externalId?: string | undefined;
  /** The organization that they must belong to; without `principalArns`, every principal of it. Such as `"o-a1b2c3d4e5"`. */
  organizationId?: string | undefined;
  /** Whether they must have signed in with MFA, as only IAM users can. Default `false`. */
  mfa?: boolean | undefined;
  /** Whether people may bring tags of the session, with which policies of people compare those of nodes. Default `false`. */
  sessionTags?: boolean | undefined;
}

/**
 * The session preferences of an account in a Region; with `name` a document that people choose instead of them. The
 * fields have AWS's names. Those of the bucket, the log group and the key may be `"{{ NAME }}"` for a parameter, and
 * empty, which turns off what they are for.
 */
export interface PreferencesDocumentOptions {
  /** Default: the partition of `region`, else of the first KMS key, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region to store them in; stands in the command. */
  region?: string | undefined;
  /**
   * The name of a document that people choose when they start a shell, such as `"AuditedShell"`. Default: the
   * preferences of everybody, `SSM-SessionManagerRunShell`.
   */
  name?: string | undefined;
  /** Default: what the console writes. */
  description?: string | undefined;
  /** What callers give when they start a session, by name. */
  parameters?: Record<string, DocumentParameterOptions> | undefined;
  /**
   * Whether the text has every field. Default `true`; `false` leaves out what is not given, which is then off, but
   * still demands encryption beside a bucket or log group.
   */
  everyField?: boolean | undefined;
  /** Such as `"example-session-logs"`. Default: no logs in S3. */
  s3BucketName?: string | undefined;
  /** Such as `"prod"`. */
  s3KeyPrefix?: string | undefined;
  /** Whether sessions are refused while the bucket is not encrypted, or a parameter. Default `true`. */
  s3EncryptionEnabled?: boolean | string | undefined;
  /** Such as `"/example/session-logs"`. Default: no logs in CloudWatch Logs. */
  cloudWatchLogGroupName?: string | undefined;
  /** Whether sessions are refused while the log group is not encrypted, or a parameter. Default `true`. */
  cloudWatchEncryptionEnabled?: boolean | string | undefined;
  /** Whether logs are written while the session runs. Default: where there is a log group. */
  cloudWatchStreamingEnabled?: boolean | undefined;
  /** The key for session data: its ID, its ARN, or `alias/NAME` of the same account. */
  kmsKeyId?: string | undefined;
  /** Whether shells run as another user than `ssm-user`. Default `false`. */
  runAsEnabled?: boolean | undefined;
  /** The user for callers without the tag `SSMSessionRunAs`; not root. */
  runAsDefaultUser?: string | undefined;
  /**
   * Minutes without input, 1 to 60, after which a session ends. Default 20. The text has it as a string, as
   * AWS wants it.
   * @asType integer
   * @minimum 1
   * @maximum 60
   */
  idleSessionTimeout?: number | undefined;
  /**
   * Minutes, 1 to 1440, after which every session ends. Default: none.
   * @asType integer
   * @minimum 1
   * @maximum 1440
   */
  maxSessionDuration?: number | undefined;
  /** What a shell runs first. */
  shellProfile?: ShellProfileOptions | undefined;
  /** Whether the document is there already: the command then updates it. Default `false`. */
  exists?: boolean | undefined;
}

/** Commands that run when a session starts, by operating system. */
export interface ShellProfileOptions {
  /** On Windows. */
  windows?: string | undefined;
  /** On Linux and macOS. */
  linux?: string | undefined;
}

/**
 * A session document of your own for commands or for a port; one for shells is a `preferences-document` with a `name`.
 * In commands, ports and the host `{{ NAME }}` stands for the value of a parameter.
 */
export interface SessionDocumentOptions {
  /** Default: the partition of `region`, else `"aws"`. */
  partition?: Partition | undefined;
  /** The Region to store it in; stands in the command. */
  region?: string | undefined;
  /** Its name, such as `"ExampleSessionDocument"`: 3 to 128 letters, digits and `_ - .` */
  name: string;
  /** What it is for. Default: none. */
  description?: string | undefined;
  /** What sessions with it do. */
  sessionType: SessionDocumentType;
  /** What callers give when they start a session, by name, such as `{ logpath: { allowedPattern: "^[a-z]+$" } }`. */
  parameters?: Record<string, DocumentParameterOptions> | undefined;
  /** What is run on Windows. */
  windows?: CommandsOptions | undefined;
  /** What is run on Linux. */
  linux?: CommandsOptions | undefined;
  /** What is run on macOS. The agent's source reads it, the guide does not mention it. */
  macos?: CommandsOptions | undefined;
  /**
   * For `"Port"`: the port on the node or host, 1 to 65535, or `"{{ NAME }}"`.
   * @minimum 1
   * @maximum 65535
   */
  portNumber?: number | string | undefined;
  /**
   * For `"Port"`: the port on the caller's machine, 0 for one that is free, or `"{{ NAME }}"`. Default: 0 with `host`;
   * otherwise none, and the traffic goes over standard input and output, as a ProxyCommand of ssh wants it.
   * @minimum 0
   * @maximum 65535
   */
  localPortNumber?: number | string | undefined;
  /** For `"Port"`: a host behind the node, such as `"db.example.internal"`. Default: the node itself. */
  host?: string | undefined;
  /** Whether the document is there already: the command then updates it. Default `false`. */
  exists?: boolean | undefined;
}

/** What an interactive session runs. */
export interface CommandsOptions {
  /** One text, or a list of commands that run one after the other, such as `"tail -f {{ logpath }}"`. */
  commands: string | readonly string[];
  /** Whether they run with the rights of an administrator. Default `false`. */
  runAsElevated?: boolean | undefined;
}

/** A parameter of a session document. */
export interface DocumentParameterOptions {
  /** Default `"String"`. */
  type?: ParameterType | undefined;
  /** What it is for. Default: none. */
  description?: string | undefined;
  /** The value when none is given; a boolean is written as text, as AWS does. Default: a value must be given. */
  default?: string | boolean | readonly string[] | undefined;
  /** The regular expression (RE2) that a value must match, such as `"^[a-z0-9-]{1,32}$"`. */
  allowedPattern?: string | undefined;
  /** The only values that are taken. */
  allowedValues?: readonly string[] | undefined;
  /**
   * The fewest characters of a value.
   * @asType integer
   * @minimum 0
   * @maximum 65536
   */
  minChars?: number | undefined;
  /**
   * The most characters of a value.
   * @asType integer
   * @minimum 0
   * @maximum 65536
   */
  maxChars?: number | undefined;
}

/** The service control policy that keeps Default Host Management and its role as they are. */
export interface HostManagementGuardOptions {
  /** Default: the partition of `region`, else `"aws"`. */
  partition?: Partition | undefined;
  /** The only Region in which the setting is kept. Default: every Region. */
  region?: string | undefined;
  /** The only account in which it holds, twelve digits. Default: every account that it is attached to. */
  accountId?: string | undefined;
  /** `"guide"`, the default, leaves some changes of the role; `"least-privilege"` refuses all that give it other rights. */
  scope?: Scope | undefined;
  /**
   * Tags of callers that are not bound, each with one of its values in any case, such as `{ "job-function":
   * "administrator" }`. One of the tags is enough, and at most 50 are taken. Default: nobody.
   */
  exceptTags?: Record<string, string | readonly string[]> | undefined;
}

/** The service control policy that keeps sessions in order. */
export interface SessionGuardOptions {
  /** Default: the partition of `region`, else `"aws"`. */
  partition?: Partition | undefined;
  /** The only Region in which documents and the setting are kept. Default: every Region. */
  region?: string | undefined;
  /** The only account in which they are, twelve digits. Default: every account that it is attached to. */
  accountId?: string | undefined;
  /**
   * Refuses sessions of callers without MFA, also those in containers and of Remote Desktop, and no commands, which
   * pipelines send. Not for Identity Center, whose sessions never say it. Default `false`.
   */
  withoutMfa?: boolean | undefined;
  /**
   * Refuses sessions with other documents than these, of AWS or of the account, such as
   * `"SSM-SessionManagerRunShell"`. Default: every document.
   */
  onlyDocuments?: string | readonly string[] | undefined;
  /** Refuses to share documents, or to let them be shared. Default: nothing of it. */
  noSharing?: Sharing | undefined;
  /** Allows every action that sessions need, for an organization that allows only what it lists. Default `false`. */
  allowList?: boolean | undefined;
  /**
   * Tags of callers that are not bound by what is refused, each with one of its values in any case. One of the tags is
   * enough, and at most 50 are taken. Default: nobody.
   */
  exceptTags?: Record<string, string | readonly string[]> | undefined;
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
export type SessionType =
  | "shell"
  | "ssh"
  | "port-forwarding"
  | "remote-host-port-forwarding"
  | "interactive-command"
  | "non-interactive-command";

/** Sharing documents with everybody, or with any other account. */
export type Sharing = "public" | "any";

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

/** The options of each kind of related document. */
export interface RelatedOptions {
  "session-key-policy": SessionKeyPolicyOptions;
  "log-bucket-key-policy": LogBucketKeyPolicyOptions;
  "log-group-key-policy": LogGroupKeyPolicyOptions;
  "bucket-policy": BucketPolicyOptions;
  "endpoint-policy": EndpointPolicyOptions;
  "trust-policy": TrustPolicyOptions;
  "endpoints": EndpointsOptions;
  "preferences-document": PreferencesDocumentOptions;
  "session-document": SessionDocumentOptions;
  "host-management-guard": HostManagementGuardOptions;
  "session-guard": SessionGuardOptions;
}

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
  | "host-management-guard"
  | "session-guard";

/** Commands that people can type into, commands that only print, a port. */
export type SessionDocumentType = "InteractiveCommands" | "NonInteractiveCommands" | "Port";

/** What the value of a document's parameter is. */
export type ParameterType = "String" | "StringList" | "Boolean";

/** A service with a VPC endpoint that Session Manager uses. */
export type EndpointService = "ssm" | "ssmmessages" | "ec2messages" | "s3" | "kms" | "logs";

/** What has a role: instances, nodes of an activation, ECS tasks, Default Host Management. */
export type Trusted = "ec2" | "hybrid" | "ecs" | "host-management";

/** The parts of AWS that share nothing with each other; the first is where most accounts are. */
export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f";

/** A policy, as an object and as text, with what is to be known about it. */
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
  /** The version of the policy language. `"2012-10-17"` has policy variables. */
  Version: "2008-10-17" | "2012-10-17";
  /** In the order in which they are printed. */
  Statement: Statement[];
}

/** A statement, with IAM's own names. */
export interface Statement {
  /** Its name, unique in the policy. */
  Sid?: string;
  /** Whether it allows or denies. */
  Effect: "Allow" | "Deny";
  /** Only in policies that are attached to a resource. */
  Principal?: "*" | Record<string, string | string[]>;
  /** All but these. */
  NotPrincipal?: "*" | Record<string, string | string[]>;
  /** This or `NotAction`. */
  Action?: string | string[];
  /** All actions but these. */
  NotAction?: string | string[];
  /** This or `NotResource`; neither in role trust policies. */
  Resource?: string | string[];
  /** All resources but these. */
  NotResource?: string | string[];
  /** Operators, such as `StringEquals`, and for each its condition keys with their values. */
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Something to know about what was built. */
export interface Note {
  /** A stable name for programs. */
  code: NoteCode;
  /** One or two sentences for people. */
  message: string;
}

/** Stable names of the notes. */
export type NoteCode =
  | "SUMMARY"
  | "ADMINISTRATOR_WITHOUT_LISTS"
  | "AGENT_BUCKETS_LEFT_OUT"
  | "AGENT_VERSION"
  | "ALLOW_LIST"
  | "ANSIBLE_BUCKET"
  | "ANSIBLE_BUCKET_NOT_BY_TAG"
  | "AWS_DOCUMENT_WITHOUT_ACCOUNT"
  | "BLOCK_PUBLIC_SHARING_FIRST"
  | "BUCKET_LEFT_ALONE"
  | "BUCKET_MUST_BE_ENCRYPTED"
  | "BUCKET_NAME_DOTS"
  | "BUCKET_OTHER_ACCOUNT"
  | "CALLERS_TAG_NODES"
  | "CHANNEL_ELSEWHERE"
  | "COMMANDS_FROM_CLI_ONLY"
  | "COMMAND_CHOSEN_BY_CALLER"
  | "DATA_CHANNEL_MISSING"
  | "DATA_CHANNEL_OWN_UNVERIFIED"
  | "DENIALS_ARE_OF_SESSIONS"
  | "DOCUMENTS_OF_OTHER_ACCOUNTS"
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
  | "EXPIRES"
  | "FIELDS_LEFT_OUT"
  | "FLEET_MANAGER_STARTS_SHELLS"
  | "GITHUB_PROVIDER"
  | "GITHUB_SUBJECT_WITHOUT_IDS"
  | "HEARTBEAT_MISSING"
  | "HEARTBEAT_NOT_FOR_TASKS"
  | "HOST_MANAGEMENT_ROLE"
  | "HOST_MANAGEMENT_ROLE_OPEN"
  | "HOST_MANAGEMENT_TAKES_OVER"
  | "HYBRID_ADVANCED_TIER"
  | "INLINE_POLICY_IS_ANY_RIGHT"
  | "JUST_IN_TIME_APART"
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
  | "LOG_GROUP_NOT_NAMED"
  | "MACOS_COMMANDS_UNVERIFIED"
  | "MFA_NOT_FOR_ROLES"
  | "MFA_OF_USERS"
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
  | "PREFERENCES_BIND_EVERYBODY"
  | "PREFERENCES_CHOSEN_BY_CALLER"
  | "PREFERENCES_KEY"
  | "PREFERENCES_MAY_EXIST"
  | "PRINCIPALS_WITHOUT_CONDITION"
  | "PRINCIPAL_TAG_SESSION"
  | "REGION_NOT_LISTED"
  | "REMOTE_HOST_AGENT"
  | "RUN_AS_ELEVATED"
  | "RUN_AS_TAG"
  | "SAML_SIGN_IN_OF_REGION"
  | "SEND_COMMAND_OF_GUIDE"
  | "SERVICE_CONTROL_POLICY_LANGUAGE"
  | "SERVICE_CONTROL_POLICY_LIMITS"
  | "SERVICE_PRINCIPAL_UNVERIFIED"
  | "SESSION_KEY_UNUSED"
  | "SHELL_DENIED_WHERE_CHECKED"
  | "SOURCE_ACCOUNT_WITHOUT_EFFECT"
  | "SOURCE_IN_ENCRYPTION_CONTEXT"
  | "SOURCE_IP_ABSENT_IN_VPC"
  | "SSH_NOT_LOGGED"
  | "SSH_OVER_PORTS"
  | "STATE_MANAGER_NOT_FOR_TASKS"
  | "STREAMING_WITHOUT_LOG_GROUP"
  | "TAG_SPELLING"
  | "TARGETS_UNUSED"
  | "TUNNEL_NOT_OF_SESSION_MANAGER"
  | "TUNNEL_TO_EVERY_ADDRESS"
  | "USER_ID_UNVERIFIED"
  | "USER_INLINE_QUOTA"
  | "USER_NAME_ABSENT"
  | "USER_NAME_PREFIX";

/**
 * Checks a policy as IAM Access Analyzer's ValidatePolicy does, without an account and offline, and offers fixes.
 *
 * It takes the text of a policy, of which findings have places; of an object give `JSON.stringify(object)`. A broken policy is
 * no error: it has findings. Text that is not JSON has exactly one, `JSON_SYNTAX_ERROR`. Findings are sorted by place.
 *
 * @example
 * validatePolicy(text, { policyType: "RESOURCE_POLICY", validatePolicyResourceType: "AWS::S3::Bucket" })
 * @throws {PosternError} when an argument is of the wrong type or the policy type is unknown.
 */
export function validatePolicy(policyDocument: string, options?: ValidateOptions): Finding[];

/** As what a policy is checked. */
export interface ValidateOptions {
  /** Default `"IDENTITY_POLICY"`. */
  policyType?: PolicyType | undefined;
  /**
   * The type of resource that a `RESOURCE_POLICY` is attached to, such as `"AWS::S3::Bucket"`. A role's trust policy
   * has `"AWS::IAM::AssumeRolePolicyDocument"`, and `"AWS::IAM::Role"` is refused. Any type of CloudFormation may be named; those that AWS does not
   * check for itself get the checks of all resource policies.
   */
  validatePolicyResourceType?: ResourceType | undefined;
  /**
   * What an `IDENTITY_POLICY` will be put on, to hold its length against that quota and to say what IAM does not save
   * there. Default: not looked at.
   */
  identityPolicy?: IdentityPolicyKind | undefined;
}

/** The types of resources that have checks of their own. An open union: any type of CloudFormation may be named. */
export type ResourceType =
  | "AWS::DynamoDB::Table"
  | "AWS::IAM::AssumeRolePolicyDocument"
  | "AWS::KMS::Key"
  | "AWS::S3::AccessPoint"
  | "AWS::S3::Bucket"
  | "AWS::S3::MultiRegionAccessPoint"
  | "AWS::S3ObjectLambda::AccessPoint"
  | (string & {});

/** What a policy is attached to, as ValidatePolicy names it; a role's trust policy is a resource policy. */
export type PolicyType =
  | "IDENTITY_POLICY"
  | "RESOURCE_POLICY"
  | "SERVICE_CONTROL_POLICY"
  | "RESOURCE_CONTROL_POLICY";

/** What an identity policy is put on; each has a quota of its own. */
export type IdentityPolicyKind = "MANAGED" | "INLINE_USER" | "INLINE_GROUP" | "INLINE_ROLE";

/** How much a finding matters, as ValidatePolicy names it. */
export type FindingType = "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";

/** A finding as the AWS SDK has it, with `help`, `fixes` and pointers beside. */
export interface Finding {
  /** How much it matters. */
  findingType: FindingType;
  /** AWS's code; that of a check of Postern's own begins with `SESSION_` or `POSTERN_`. `listChecks()` has them all. */
  issueCode: string;
  /**
   * What is wrong: whole sentences. As in every sentence of this package, what nobody sees of a text that is quoted, such
   * as a control character or a mark that turns the direction of writing, is an escape: `\u{202e}`.
   */
  findingDetails: string;
  /** What to do, where there is more to say. */
  help: string | null;
  /** The page of AWS that it is about. */
  learnMoreLink: string;
  /** Where, the place to go to first. At least one and at most 250; `findingDetails` counts the places beyond. */
  locations: Location[];
  /** What would mend it, the best first; empty where nothing can be offered. */
  fixes: Fix[];
}

/** A place in a policy. */
export interface Location {
  /** The steps from the root of the document. */
  path: PathElement[];
  /** From its first character to behind its last. */
  span: { start: Position; end: Position };
  /** The same path as a JSON Pointer (RFC 6901), which does not tell a key from its value. */
  pointer: string;
}

/** `value` leads to the value of a key, `index` to an element of a list; `key` is the key itself and comes last. */
export type PathElement = { value: string } | { index: number } | { key: string };

/** As AWS counts: `line` from 1, `column` and `offset` from 0, in UTF-16 code units. Ends are exclusive. */
export interface Position {
  /** From 1. */
  line: number;
  /** From 0. */
  column: number;
  /** From 0, from the start of the text. */
  offset: number;
}

/** A change that mends a finding. */
export interface Fix {
  /** What it does, such as `"Change to ssmmessages:OpenDataChannel"`. */
  title: string;
  /** `safe`: what is allowed does not change, or IAM refused the policy before. `unsafe`: it may change. */
  applicability: "safe" | "unsafe";
  /** They do not overlap, and belong together. */
  edits: Edit[];
}

/** Offsets into the policy text, in UTF-16 code units from 0; `end` is exclusive. */
export interface Edit {
  /** Where the old text begins. */
  start: number;
  /** Behind its last character. */
  end: number;
  /** What comes in its place. */
  text: string;
}

/**
 * The text with the edits of these fixes applied. A fix is applied whole or, where it overlaps one before it in the
 * list, not at all; check the answer again for what is left.
 *
 * @example
 * applyFixes(text, validatePolicy(text).flatMap(({ fixes }) => fixes.filter(({ applicability }) => applicability === "safe")))
 * @throws {PosternError} when a fix does not lie in the text.
 */
export function applyFixes(policyDocument: string, fixes: readonly FixEdits[]): string;

/** A `Fix`, or as much of one as is needed. */
export type FixEdits = Pick<Fix, "edits">;

/**
 * Every check, sorted by code.
 *
 * @example
 * listChecks().find(({ issueCode }) => issueCode === "INVALID_ACTION")?.why
 */
export function listChecks(): Check[];

/** A check, as `listChecks` tells of it. */
export interface Check {
  /** A stable name, such as `"INVALID_ACTION"`. */
  issueCode: string;
  /** How much its findings matter. */
  findingType: FindingType;
  /** A few words for people. */
  title: string;
  /** Why it matters. */
  why: string;
  /** The policy types that it looks at. */
  policyTypes: PolicyType[];
  /** A small document that it finds something in; `""` for checks of long documents or of one resource type. */
  example: string;
  /** The page of AWS that it is about. */
  learnMoreLink: string;
}

/**
 * What the checks know of AWS's services, and as of when.
 *
 * @example
 * catalogInfo().date
 */
export function catalogInfo(): CatalogInfo;

/** What the checks know of AWS. */
export interface CatalogInfo {
  /** The day that the data describe, such as `"2026-09-26"`. */
  date: string;
  /** How many services are known. */
  services: number;
  /** How many actions are known. */
  actions: number;
}

/**
 * Every service, sorted by what stands before the colon in the names of its actions.
 *
 * @example
 * listServices().map(({ service }) => service)
 */
export function listServices(): ServiceName[];

/** A service of AWS. */
export interface ServiceName {
  /** What stands before the colon, such as `"ssm"`. */
  service: string;
  /** Such as `"AWS Systems Manager"`. */
  name: string;
}

/**
 * The actions of a service, such as `"ssm"`, or those that a pattern matches, such as `"ssm:Start*"`; `"*"` for all. None
 * where AWS lists none. The case of letters does not matter.
 *
 * @example
 * listActions("ssm:Start*").map(({ action, accessLevel }) => `${action}: ${accessLevel}`)
 * @throws {PosternError} when the pattern is neither a service that AWS lists nor an action or a pattern of actions.
 */
export function listActions(pattern: string): ActionName[];

/** An action, as `listActions` tells of it. */
export interface ActionName {
  /** In AWS's spelling, such as `"ssm:StartSession"`. */
  action: string;
  /** AWS's class of what it does. */
  accessLevel: AccessLevel;
  /** What it does in a few words, made from its name where nobody wrote better ones: `"Starting sessions"`. */
  description: string;
}

/** AWS's classes of actions. */
export type AccessLevel = "List" | "Read" | "Write" | "Tagging" | "Permissions management";

/**
 * What the service catalog knows of an action: what it does, on which resources it works, and which condition keys its
 * requests may have beside the global ones. `null` for an action that AWS does not list.
 *
 * @example
 * describeAction("ssm:StartSession")?.resourceTypes.flatMap(({ arnFormats }) => arnFormats)
 * @throws {PosternError} when the text is no action with a service before its colon.
 */
export function describeAction(action: string): ActionDescription | null;

/** What is known of an action. */
export interface ActionDescription extends ActionName {
  /** The name of its service, such as `"AWS Systems Manager"`. */
  serviceName: string;
  /** The types of resources that it works on; none where only `*` fits as its resource. */
  resourceTypes: ActionResourceType[];
  /** The condition keys that its requests may have whatever their resource. */
  conditionKeys: ConditionKeyName[];
}

/** A type of resource that an action works on. */
export interface ActionResourceType {
  /** Such as `"instance"`. */
  name: string;
  /** The formats of its ARNs, such as `"arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}"`. */
  arnFormats: string[];
  /** Whether a request always names such a resource. */
  isRequired: boolean;
  /** The condition keys that come with it. */
  conditionKeys: ConditionKeyName[];
}

/** A condition key. */
export interface ConditionKeyName {
  /** With a placeholder where a part of it is free: `"ssm:resourceTag/${TagKey}"`. */
  key: string;
  /** The kind of its values: `String` goes with `StringEquals`, `StringLike` and the like. */
  type: ConditionKeyType;
  /** Whether a request may have several values for it, which `ForAllValues` and `ForAnyValue` are for. */
  isMultivalued: boolean;
}

/** The kinds of values that condition keys have. */
export type ConditionKeyType = "String" | "Numeric" | "Date" | "Bool" | "IpAddress" | "Arn";

/**
 * The condition keys that a request for an action may have: those of the action, of its resources, and the global ones;
 * for a service or a pattern, those of each action that it means. Of an action that AWS does not list only the global ones.
 *
 * @example
 * listConditionKeys("ssm:StartSession").filter(({ isMultivalued }) => !isMultivalued).map(({ key }) => key)
 * @throws {PosternError} as `listActions`.
 */
export function listConditionKeys(action: string): ConditionKeyName[];

/**
 * Decides a request as IAM does, from the policies of every layer. What is not known of the request makes the answer
 * say on what it depends.
 *
 * @example
 * evaluate({
 *   policies: { identity: [{ name: "operator", document: buildOperatorPolicy({}).policy }] },
 *   request: { principal: "arn:aws:iam::111122223333:role/Operator", action: "ssm:StartSession", resource: "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0" },
 * }).decision
 * @throws {PosternError} when the input is of the wrong shape, or a policy is one that IAM could not read; `path`
 *   leads into the policy.
 */
export function evaluate(input: EvaluationInput): Decision;

/** The policies, and the request that they decide. */
export interface EvaluationInput {
  /** Those that decide, by layer. */
  policies: PolicySet;
  /** What is asked. */
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

/** The policies, and the requests that they decide. */
export interface EvaluationsInput {
  /** Those that decide, by layer. */
  policies: PolicySet;
  /** What the requests have in common. A request's own field takes the place of the whole field here. */
  request?: Partial<AccessRequest> | undefined;
  /** What each asks. */
  requests: readonly Partial<AccessRequest>[];
}

/** A policy document as text, or as an object. */
export type PolicyInput = string | object;

/** The policies that decide, by layer. A layer that is absent or null has no policy. */
export interface PolicySet {
  /** The identity's own policies: inline, managed, and those of its groups. */
  identity?: readonly { name: string; document: PolicyInput }[] | undefined;
  /** The permissions boundary. */
  boundary?: PolicyInput | null | undefined;
  /** The service control policies, level by level from the root to the account; all levels must allow. */
  scps?: readonly (readonly PolicyInput[])[] | undefined;
  /** The resource control policies, level by level. */
  rcps?: readonly (readonly PolicyInput[])[] | undefined;
  /** The policy of the session. */
  session?: PolicyInput | null | undefined;
  /** The policy of the resource: a bucket policy, a key policy, a role's trust policy. */
  resource?: PolicyInput | null | undefined;
  /** The policy of the VPC endpoint through which the request comes. */
  endpoint?: PolicyInput | null | undefined;
  /** Layers that may have policies that are not given here. */
  unknown?: readonly Layer[] | undefined;
}

/** The kinds of policies that decide together. */
export type Layer = "identity" | "boundary" | "session" | "resource" | "scps" | "rcps" | "endpoint";

/** What is asked of AWS, and by whom. */
export interface AccessRequest {
  /** An ARN such as `"arn:aws:iam::111122223333:role/app"`, a service such as `"ec2.amazonaws.com"`, or `"anonymous"`. */
  principal: string;
  /** The name of one action, such as `"ssm:StartSession"`. */
  action: string;
  /** An ARN, or `"*"` for an action that names no resource. */
  resource: string;
  /** The account of the resource, twelve digits. Default: that of its ARN, else that of the principal. */
  resourceAccount?: string | null | undefined;
  /** @deprecated The name that `resourceAccount` had first; it is read as before. */
  resource_account?: string | null | undefined;
  /**
   * Condition keys and their values; null for a key that the request does not have. A key that is neither here nor in
   * `unknown` has the value that follows from the request, as `aws:PrincipalArn`, `aws:PrincipalAccount`,
   * `aws:PrincipalType`, `aws:PrincipalIsAWSService`, `aws:PrincipalServiceName`, `aws:username`, `aws:ResourceAccount`,
   * `aws:RequestedRegion`, `kms:CallerAccount`, `s3:ResourceAccount` and `aws:SecureTransport` (true) do. The value of a
   * key that every request has and that does not follow from it is not known: `aws:CurrentTime`, `aws:EpochTime`,
   * `aws:UserAgent`, `aws:ViaAWSService`, `aws:userid`, and `aws:RequestedRegion` where the resource names no Region. The
   * ARN of a session does not show the path of its role: `aws:PrincipalArn` is taken to have none, but where a policy
   * speaks of one. Any other key is absent.
   */
  context?:
    | Record<string, string | number | boolean | null | readonly (string | number | boolean)[]> | null | undefined;
  /** Condition keys whose values are not known. */
  unknown?: readonly string[] | undefined;
}

/** What the policies say to a request, and why. */
export interface Decision {
  /** The outcome. */
  decision: DecisionName;
  /** The outcomes that are possible: one, unless something is not known. */
  possible: ("allowed" | "explicit_deny" | "implicit_deny")[];
  /** Condition keys that decide between them, and open questions, which begin with `?`; of over 100 the first, and `?N-more`. */
  dependsOn: string[];
  /** The statements that decide; null where none does. */
  matched: MatchedStatement[] | null;
  /** Why, the most telling first. */
  reasons: DecisionReason[];
}

/** `denied`: by one statement or for lack of one; `depends`: on what is not known. */
export type DecisionName = "allowed" | "explicit_deny" | "implicit_deny" | "denied" | "depends";

/** A statement that takes part in a decision. */
export interface MatchedStatement {
  /** The name of an identity policy, or `"boundary"`, `"session"`, `"resource"`, `"endpoint"`, `"scp.LEVEL.N"`, `"rcp.LEVEL.N"`. */
  policy: string;
  /** Its index in the policy, from 0. */
  statement: number;
}

/** One reason of a decision. */
export interface DecisionReason {
  /** A stable name for programs. */
  kind: "allows" | "denies" | "closed" | "nearest" | "allowedIf" | "undecided" | "notSupplied" | "assumed"
    | "more";
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

/** What a statement lacks to match a request. */
export interface Lack {
  /** The element that does not match. */
  element: "Principal" | "Resource" | "NotResource" | "Condition" | "Statement";
  /** The operator of the condition. */
  operator: string | null;
  /** Its condition key. */
  key: string | null;
  /** What stands in the policy; the first twenty. */
  wanted: string[];
  /** What the request has of that key. */
  has: "absent" | "unknown" | "values" | null;
  /** The values of the request; the first twenty. */
  values: string[];
}

/** What a condition key must be for a request to be allowed. */
export interface Requirement {
  /** The condition key. */
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
 * @example
 * diagnoseRole({ documents: [text], wants: [{ capability: "node.channel" }] }).missing?.json
 * @throws {PosternError} when the input is of the wrong shape, a value is one that AWS would not take, or a capability
 *   does not exist.
 */
export function diagnoseRole(input: RoleInput): Diagnosis;

/** The policies of a role, those around it, and what is wanted of it. */
export interface RoleInput {
  /** The policies of the role: whatever was pasted, in any number. */
  documents: readonly RoleDocument[];
  /** Whose policies count when the texts hold several roles, and the name of whoever asks where they hold none. */
  roleName?: string | undefined;
  /** The permissions boundary. */
  boundary?: RoleDocument | null | undefined;
  /**
   * Service control policies that apply to the account. On which level of the organization each stands is not told, so what
   * only some of those that allow anything allow is left open.
   */
  scps?: readonly RoleDocument[] | undefined;
  /** The key policy of `kmsKeyArn`. Without it an answer may depend on it. */
  keyPolicy?: RoleDocument | null | undefined;
  /** The bucket policy of `bucket`. */
  bucketPolicy?: RoleDocument | null | undefined;
  /** The trust policy of the role. */
  trustPolicy?: RoleDocument | null | undefined;
  /**
   * The policies of the VPC endpoints through which the node calls AWS, by the service behind each. They have a say in what
   * the node asks of this service itself, not in what a service asks of another for it, as S3 does of KMS.
   */
  endpointPolicies?: EndpointPolicies | null | undefined;
  /**
   * What Session Manager shall be able to do. Default: what people use it for, each capability with `isUsual`, on the side
   * that the trust policy tells, and otherwise on that whose policies they seem to be; `assumptions` says so. Where the trust
   * policy of a node's role is there, who may assume it is asked too.
   */
  wants?: readonly Want[] | undefined;
}

/** The policies of VPC endpoints. */
export type EndpointPolicies = { readonly [Service in EndpointService]?: RoleDocument | null | undefined };

/** A text, a text with a name, or what such a text would hold as an object or a list. */
export type RoleDocument = string | { name?: string; text: string } | object;

/** What Session Manager can be asked for. An open union: editors offer the names, and a version may know more. */
export type Capability =
  | "node.heartbeat"
  | "node.heartbeat-hybrid"
  | "node.channel"
  | "node.session-kms"
  | "node.s3-encryption-check"
  | "node.s3-logs"
  | "node.s3-logs-cross-account"
  | "node.s3-logs-sse-kms"
  | "node.cw-logs"
  | "node.cw-logs-streaming"
  | "node.cw-logs-encrypted-check"
  | "node.run-command"
  | "node.run-command-legacy"
  | "node.state-manager"
  | "node.inventory"
  | "node.patch"
  | "node.distributor"
  | "node.parameters"
  | "node.agent-buckets"
  | "operator.start-shell"
  | "operator.start-shell-nodoc"
  | "operator.start-shell-nodoc-check"
  | "operator.start-shell-doc"
  | "operator.start-hybrid"
  | "operator.start-by-tag"
  | "operator.start-by-tags"
  | "operator.start-all"
  | "operator.open-data-channel"
  | "operator.open-data-channel-userid"
  | "operator.open-data-channel-role"
  | "operator.session-kms"
  | "operator.own-sessions-username"
  | "operator.own-terminate-username"
  | "operator.own-sessions-userid"
  | "operator.own-sessions-tag"
  | "operator.own-terminate-tag"
  | "operator.terminate-by-target"
  | "operator.terminate-by-session-owner"
  | "operator.terminate-all"
  | "operator.connection-status"
  | "operator.history"
  | "operator.console-list"
  | "operator.ec2-console"
  | "operator.ssh"
  | "operator.port-forward"
  | "operator.remote-host"
  | "operator.interactive-command"
  | "operator.custom-document"
  | "operator.custom-documents-console"
  | "operator.rdp"
  | "operator.just-in-time"
  | "operator.just-in-time-token"
  | "operator.ecs-exec"
  | "operator.preferences"
  | "operator.preferences-delete"
  | "operator.fleet-manager"
  | "operator.mfa-required"
  | "operator.aws-interactive-command"
  | "operator.aws-non-interactive-command"
  | "operator.instance-connect"
  | "operator.ansible-bucket"
  | "operator.run-command"
  | "operator.start-instances"
  | "operator.rdp-identity-center"
  | "operator.fleet-manager-lists"
  | "guard.no-ssh"
  | "guard.preferences"
  | "guard.no-ecs-direct"
  | "admin.dhmc-configure"
  | "admin.dhmc-guard"
  | "admin.put-inline-policy"
  | "trust.ec2"
  | "trust.hybrid"
  | "trust.dhmc"
  | "trust.ecs-tasks"
  | (string & {});

/** A capability, and the values that its requests depend on. Ids and values stand in `listCapabilities()`. */
export interface Want {
  /** Such as `"node.session-kms"`. */
  capability: Capability;
  /** Default: that of the role's own ARN, or `"aws"`. */
  partition?: Partition | undefined;
  /** Such as `"eu-west-1"`. */
  region?: string | undefined;
  /** Twelve digits. Default: that of the role's own ARN, or the only one that its policies name. */
  accountId?: string | undefined;
  /** A node, such as `"i-0123456789abcdef0"` or `"mi-0123456789abcdef0"`. */
  instanceId?: string | undefined;
  /** The ARN of the key for session data. */
  kmsKeyArn?: string | undefined;
  /** The log bucket by name. */
  bucket?: string | undefined;
  /** What the keys of logs begin with. */
  prefix?: string | undefined;
  /** The log group by name. */
  logGroup?: string | undefined;
  /** A tag of the node. */
  tagKey?: string | undefined;
  /** Its value. */
  tagValue?: string | undefined;
  /** A session document, or what is run as a command: one of AWS only with `operator.run-command`. */
  documentName?: string | undefined;
  /** A parameter of Parameter Store. */
  parameterName?: string | undefined;
  /** The ECS cluster by name. */
  cluster?: string | undefined;
  /** The ECS task. */
  taskId?: string | undefined;
  /** The role by name: the one that asks, which the policy of a key or a bucket may name, or the one that is written to. */
  roleName?: string | undefined;
  /** The IAM user who asks, by name. */
  userName?: string | undefined;
}

/** What works with a role, and what is missing. */
export interface Diagnosis {
  /** What each thing that was pasted is, in its order. */
  recognised: Recognised[];
  /** The name of the role or user whose policies count, if the texts tell. */
  roleName: string | null;
  /**
   * Whose policies they are, where `wants` is left out: as the trust policy tells, and otherwise by what the policies allow.
   * Null where nothing tells, so that they were asked as a node's, and where `wants` is given.
   */
  side: 'node' | 'operator' | null;
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

/** What a pasted text was taken for. */
export interface Recognised {
  /** The field that it was pasted in, such as `"documents[0]"`; `"text"` of `findPolicies`. */
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

/** A part of a text. */
export interface TextRange {
  /** Its first character. */
  start: Position;
  /** Behind its last character. */
  end: Position;
}

/** Whether one capability works. */
export interface CapabilityResult {
  /** As it was wanted. */
  id: string;
  /** A few words for people. */
  title: string;
  /** `unknown` where it depends on what was not given. */
  result: "works" | "fails" | "unknown";
  /** Why, the most telling first. */
  reasons: RoleReason[];
}

/** Why a capability works or does not. */
export interface RoleReason {
  /** A stable name for programs. */
  kind: "allows" | "denies" | "closed" | "nearest" | "depends" | "tooBroad" | "valueNeeded" | "notCounted" | "more";
  /** Sentences for people. */
  message: string;
  /** The actions that it is about. */
  actions: string[];
  /** The resource that they are asked for, with words in angle brackets for what was not given. */
  resource: string;
  /** Whether the capability fails without it. */
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

/**
 * Compares what two sides allow, over all requests: what the proposed policies allow and the existing do not, which is
 * what AWS's CheckNoNewAccess answers, and the other way round. Several policies of one side have a say together.
 *
 * Nothing but the policies counts: no boundary, no account. Actions, resources and keys are free of each other, and
 * unknown names count, unless `requests` is `"known"`. FAIL comes with a request that `evaluate` confirms, PASS rests on
 * a proof, and what is not known is UNKNOWN, as are policies of more than 1,000,000 bytes of JSON together. As in AWS's
 * checks, a wildcard in a listed principal is one, and an empty value of a condition key is a value; where an answer rests
 * on the latter, `assumptions` says so.
 *
 * @example
 * const { relation, gained } = compareAccess(before, after);
 * for (const { description } of gained.reasons) console.log(description);
 *
 * @throws {PosternError} when an argument is of the wrong shape, or a policy is one that IAM could not read; `path`
 *   leads into the policy.
 */
export function compareAccess(existing: Policies, proposed: Policies, options?: AccessOptions): AccessComparison;
export function compareAccess(input: CompareInput): AccessComparison;

/** One policy, or several that have a say together. */
export type Policies = PolicyInput | readonly PolicyInput[];

/** The arguments of `compareAccess` in one object. */
export interface CompareInput extends AccessOptions {
  /** The policies as they are. */
  existing: Policies;
  /** The policies as they would be. */
  proposed: Policies;
}

/**
 * Whether policies grant any of some access, as AWS's CheckAccessNotGranted does: FAIL when they do. Entries of `access`
 * are alternatives; one with actions and resources asks for any of the actions on any of the resources.
 *
 * @example
 * checkAccessNotGranted(policy, [{ actions: ["iam:PassRole"] }, { resources: ["arn:aws:s3:::vault/*"] }]).result;
 *
 * @throws {PosternError} as `compareAccess`.
 */
export function checkAccessNotGranted(policy: Policies, access: readonly Access[], options?: AccessOptions): AccessCheck;
export function checkAccessNotGranted(input: NotGrantedInput): AccessCheck;

/** The arguments of `checkAccessNotGranted` in one object. */
export interface NotGrantedInput extends AccessOptions {
  /** The policies. */
  policy: Policies;
  /** What they must not grant. */
  access: readonly Access[];
}

/**
 * Whether the policy of a resource lets strangers do something, as AWS's CheckNoPublicAccess does: FAIL when it does. A
 * stranger is anybody whom the policy does not name, from anywhere that it does not fix.
 *
 * @example
 * checkNoPublicAccess(bucketPolicy, "AWS::S3::Bucket").result;
 *
 * @throws {PosternError} as `compareAccess`.
 */
export function checkNoPublicAccess(policy: PolicyInput, resourceType: PublicResourceType): AccessCheck;
export function checkNoPublicAccess(input: PublicAccessInput): AccessCheck;

/** The arguments of `checkNoPublicAccess` in one object. */
export interface PublicAccessInput {
  /** The policy of the resource. */
  policy: PolicyInput;
  /** What it is the policy of. */
  resourceType: PublicResourceType;
}

/**
 * The smallest policy that was found to allow and to deny exactly the same, beside whatever other policies, proved as
 * `compareAccess` does it: without statements, actions, resources and values of conditions that others make needless,
 * and with statements merged that differ in one element or in the values of one condition. Sids of statements that stay
 * are kept. A policy that cannot be made smaller comes back as it is, and so does one of more than 1,000,000 bytes of
 * JSON.
 *
 * @example
 * const { json, characters, charactersBefore } = minimizePolicy(policy);
 *
 * @throws {PosternError} as `compareAccess`.
 */
export function minimizePolicy(policy: PolicyInput, options?: MinimizeOptions): MinimizedPolicy;

/** How a policy is made smaller. */
export interface MinimizeOptions {
  /** Default: RESOURCE_POLICY if a statement names somebody, else IDENTITY_POLICY. */
  policyType?: AccessPolicyType | undefined;
  /**
   * Whether names of actions become patterns that match the same of all actions that the catalog knows; of actions
   * that AWS adds they may match more. Default false.
   */
  wildcards?: boolean | undefined;
}

/** How policies are compared. */
export interface AccessOptions {
  /** Default: RESOURCE_POLICY if a statement names somebody, else IDENTITY_POLICY. */
  policyType?: AccessPolicyType | undefined;
  /** `"known"`: only actions, resources and condition keys that the catalog knows. Default `"any"`, as AWS has it. */
  requests?: "any" | "known" | undefined;
}

/** The types of policies that are compared. */
export type AccessPolicyType = "IDENTITY_POLICY" | "RESOURCE_POLICY" | "SERVICE_CONTROL_POLICY";

/** At least one of both; at most a hundred of each. */
export interface Access {
  /** Names and patterns, such as `"s3:Put*"`. */
  actions?: readonly string[] | undefined;
  /** ARNs, which may have wildcards. */
  resources?: readonly string[] | undefined;
}

/** What the new side allows and the old does not, and the other way round. */
export interface AccessComparison {
  /** `wider`: only something is gained; `unknown`: one of both is not known, and the other does not settle it. */
  relation: "equal" | "wider" | "narrower" | "different" | "unknown";
  /** What the proposed policies allow and the existing do not. */
  gained: AccessCheck;
  /** Its reasons name statements of the existing policies. */
  lost: AccessCheck;
}

/** The answer of a check. */
export interface AccessCheck {
  /** FAIL: there is such access. */
  result: "PASS" | "FAIL" | "UNKNOWN";
  /** A sentence. */
  message: string;
  /** Every Allow that is found to grant such access, in order, when the result is FAIL. `assumptions` says where others may. */
  reasons: AccessReason[];
  /** Open questions, which begin with `?`, when the result is UNKNOWN. */
  unknown: string[];
  /** Sentences: what the answer rests on. */
  assumptions: string[];
}

/** A statement that grants the access. */
export interface AccessReason {
  /** A sentence with the request, in which policies and statements are counted from 1. */
  description: string;
  /** The index of the policy, 0 for a single one. */
  policyIndex: number;
  /** Its index in the policy, from 0. */
  statementIndex: number;
  /** Its Sid; null without one. */
  statementId: string | null;
  /** JSON Pointer to the statement in its policy. */
  pointer: string;
  /** A request that the statement's side allows and the other does not. */
  witness: AccessWitness;
  /** What the other side says to it. */
  before: "implicit_deny" | "explicit_deny";
  /** The Denies of the other side that match it. */
  deniedBy: { policyIndex: number; statementIndex: number }[];
  /** Whether the catalog knows the action, such a resource for it and each key: a request that can be sent today. */
  isKnown: boolean;
}

/** A request as `evaluate` takes it. */
export interface AccessWitness {
  /** Who asks: an ARN, or `"anonymous"`. */
  principal: string;
  /** Such as `"s3:GetObject"`. */
  action: string;
  /** An ARN, or `"*"`. */
  resource: string;
  /** The account of the resource. */
  resourceAccount: string;
  /** Condition keys; null for one that the request does not have, though it would follow from the rest. */
  context: Record<string, string | string[] | null>;
}

/** Types of resources whose policies are checked for public access, in CloudFormation's names. */
export type PublicResourceType =
  | "AWS::ApiGateway::RestApi"
  | "AWS::Backup::BackupVault"
  | "AWS::CloudTrail::Dashboard"
  | "AWS::CloudTrail::EventDataStore"
  | "AWS::CodeArtifact::Domain"
  | "AWS::DynamoDB::Stream"
  | "AWS::DynamoDB::Table"
  | "AWS::EFS::FileSystem"
  | "AWS::IAM::AssumeRolePolicyDocument"
  | "AWS::KMS::Key"
  | "AWS::Kinesis::Stream"
  | "AWS::Kinesis::StreamConsumer"
  | "AWS::Lambda::Function"
  | "AWS::OpenSearchService::Domain"
  | "AWS::S3::AccessPoint"
  | "AWS::S3::Bucket"
  | "AWS::S3::Glacier"
  | "AWS::S3Express::AccessPoint"
  | "AWS::S3Express::DirectoryBucket"
  | "AWS::S3Outposts::AccessPoint"
  | "AWS::S3Outposts::Bucket"
  | "AWS::S3Tables::Table"
  | "AWS::S3Tables::TableBucket"
  | "AWS::SNS::Topic"
  | "AWS::SQS::Queue"
  | "AWS::SecretsManager::Secret";

/** A policy that was made smaller. */
export interface MinimizedPolicy {
  /** The policy as an object. */
  policy: PolicyDocument;
  /** The text to paste. */
  json: string;
  /** The number of characters that IAM counts. */
  characters: number;
  /** The same of the policy that was given. */
  charactersBefore: number;
  /** Sentences: what it rests on that it allows the same, with `wildcards` the date of the catalog. */
  assumptions: string[];
}

/**
 * What a policy allows and denies, in sentences: those about Session Manager first, and of these the denials. At least one;
 * after twelve the others are counted.
 *
 * @example
 * describePolicy(buildNodePolicy().policy)
 * @throws {PosternError} `INVALID_POLICY` for a document that IAM could not read; `path` leads into it.
 */
export function describePolicy(document: PolicyInput): string[];

/**
 * Finds the policies in a text as people paste it: with a fence of Markdown, sentences or commands around it, as a
 * statement or statements without the policy, as an escaped string, in output of the AWS CLI, a template of CloudFormation or an event of
 * CloudTrail, with typographic quotation marks. A policy that is broken is found too, for `validatePolicy` to say why.
 *
 * @example
 * findPolicies(clipboard).policies.map(({ text }) => validatePolicy(text))
 */
export function findPolicies(text: string): FoundPolicies;

/** What a pasted text holds. */
export interface FoundPolicies {
  /** The policies, in their order. */
  policies: FoundPolicy[];
  /** What each thing in the text is; those that do not count say what to do. */
  recognised: Recognised[];
}

/** A policy inside another text. */
export interface FoundPolicy {
  /** The policy, as JSON text where it can be read as such. */
  text: string;
  /** Its name, when the other text has one. */
  name: string | null;
  /** Where it stands in the other text. */
  span: TextRange;
  /** Whether it stands there as it is, so that an offset in it plus that of its start is one in the other text. */
  verbatim: boolean;
}

/**
 * What the error messages of the agent, the plugin, the consoles and the AWS CLI in a text mean.
 *
 * @example
 * explainError("is not authorized to perform: ssm:StartSession on resource: *")[0]?.help
 */
export function explainError(text: string): Explanation[];

/** What an error message means. */
export interface Explanation {
  /** A stable name for programs. */
  code: string;
  /** Where the message stands first. */
  span: TextRange;
  /** How often it stands in the text. */
  times: number;
  /** What happened. */
  meaning: string;
  /** What to do. */
  help: string;
  /**
   * `denied`: one of the two denials. `not_iam`: something else, so `permissions` is empty. `unknown`: no refusal
   * is told; a missing permission is one of several causes, as where a node is not connected, or the reason is unknown.
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

/** What has to be allowed. */
export interface Permission {
  /** Such as `"ssm:StartSession"`. */
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
  /** The tool. */
  format: ExportFormat;
  /** What the policy is attached to. Default `"role"`, an inline policy of a role. */
  attachTo?: AttachTo | undefined;
  /** The role, such as `"ExampleNodeRole"`. With `"trust"` the role that is made, with `"managed-policy"` one that gets it. */
  roleName?: string | undefined;
  /** The user. With `"managed-policy"` one that gets it. */
  userName?: string | undefined;
  /** The group. With `"managed-policy"` one that gets it. */
  groupName?: string | undefined;
  /** The name that the policy gets. Default `"SessionManagerPermissions"`. */
  policyName?: string | undefined;
  /**
   * The key whose policy is set. CloudFormation and CDK set the policy of a key that they make; there this key only
   * stands in the comment that says so.
   */
  kmsKeyArn?: string | undefined;
  /** The bucket, which exists. */
  bucketName?: string | undefined;
  /** The service behind the endpoint. CloudFormation and CDK make the endpoint; the others take one that exists. */
  endpointService?: EndpointService | undefined;
  /** The endpoint, such as `"vpce-0123456789abcdef0"`. Not used by CloudFormation and CDK. */
  vpcEndpointId?: string | undefined;
  /** The session document. Default with `"preferences"`: `"SSM-SessionManagerRunShell"`. */
  documentName?: string | undefined;
  /** The root, unit or account that gets the service control policy. Default: it is made and not attached. */
  organizationTargetId?: string | undefined;
  /** The Region of the key, bucket, endpoint or document; stands in shell commands and in names of services. */
  region?: string | undefined;
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

/** What a set-up is made of. */
export interface SetupOptions {
  /** The tool. */
  format: SetupFormat;
  /** What the nodes use. The bucket and the log group that it names are made. */
  node: SetupNodeOptions;
  /** A policy for people. Default: none. */
  operator?: SetupOperatorOptions | undefined;
  /** The preferences beyond what follows from `node`. */
  preferences?: SetupPreferencesOptions | undefined;
  /** Makes the VPC endpoints that a VPC without a way to the internet needs. Default `false`. */
  endpoints?: boolean | undefined;
  /** The role of the nodes, which is made. Default `"SessionManagerNode"`. */
  roleName?: string | undefined;
  /** Whether the log bucket is there already: then it is not made, and its policy is left alone. Default `false`. */
  bucketExists?: boolean | undefined;
  /** Whether the log group is there already: then it is not made. Default `false`. */
  logGroupExists?: boolean | undefined;
}

/** What the nodes of a set-up use. Their role is new, so nothing else lets their agents report. */
export interface SetupNodeOptions extends NodeOptions {
  /** The Region of the nodes, such as `"eu-west-1"`. */
  region: string;
  /** The account of the nodes, twelve digits. */
  accountId: string;
  /** `ssm:UpdateInstanceInformation`, without which no agent reports: it is on, whatever is said here. Tasks send none. */
  heartbeat?: boolean | undefined;
  /** Encrypt session data with a KMS key: one that is made, or one that exists. Default: not encrypted with KMS. */
  sessionEncryption?: SetupEncryptionOptions | undefined;
  /** Write session logs into a bucket. It is made, unless it belongs to another account or `bucketExists`. Default: no logs in S3. */
  s3Logs?: S3LogsOptions | undefined;
  /** Write session logs into CloudWatch Logs. The log group is made and encrypted, unless `logGroupExists`. Default: none. */
  cloudWatchLogs?: CloudWatchLogsOptions | undefined;
}

/** Which keys encrypt the session data of a set-up. */
export interface SetupEncryptionOptions extends SessionEncryptionOptions {
  /**
   * `"key-name"`, the guide's placeholder, makes a key. Another ARN, such as
   * `"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"`, or a list, is that of a key that
   * exists, whose policy is left alone. Aliases and bare key IDs are refused.
   */
  kmsKeyArn: string | readonly string[];
}

/** What people may do with the nodes of a set-up. */
export interface SetupOperatorOptions extends OperatorOptions {
  /** Default: that of the nodes. */
  partition?: Partition | undefined;
  /** Default: the Region of the nodes. */
  region?: string | undefined;
  /** Default: the account of the nodes, twelve digits. */
  accountId?: string | undefined;
  /** The keys of session data. Default: those of the nodes. */
  sessionEncryption?: SessionEncryptionOptions | undefined;
}

/** The preferences of a set-up, where they differ from what follows from its nodes. */
export interface SetupPreferencesOptions extends PreferencesDocumentOptions {
  /** Default: that of the nodes. */
  partition?: Partition | undefined;
  /** Default: the Region of the nodes. */
  region?: string | undefined;
  /** Whether the document is there already: Terraform 1.5 and later take it over; other formats refuse it. Default `false`. */
  exists?: boolean | undefined;
  /** Such as `"example-session-logs"`. Default: the bucket of the nodes. */
  s3BucketName?: string | undefined;
  /** Such as `"prod"`. Default: the prefix of the nodes. */
  s3KeyPrefix?: string | undefined;
  /** Such as `"/example/session-logs"`. Default: the log group of the nodes. */
  cloudWatchLogGroupName?: string | undefined;
  /**
   * Whether logs are written while the session runs. Default: as `node.cloudWatchLogs.streaming` says, which is `false`
   * where it is not given; without `node.cloudWatchLogs`, where there is a log group.
   */
  cloudWatchStreamingEnabled?: boolean | undefined;
  /** The key for session data: its ID, its ARN, or `alias/NAME` of the same account. Default: the first key of the nodes. */
  kmsKeyId?: string | undefined;
}

/** The tools for which a set-up can be written. */
export type SetupFormat = "terraform" | "cloudformation" | "cdk-typescript";

/** The files of a set-up, and what to know about them. */
export interface Setup {
  /** In the order in which people read them. Names are without folders. */
  files: SetupFile[];
  /** What the files alone do not say, those of the builders among them. */
  notes: Note[];
}

/** A file of a set-up. */
export interface SetupFile {
  /** Without folders. */
  name: string;
  /** Its content. */
  text: string;
}

/**
 * All that a role can be asked for, nodes first.
 *
 * @example
 * listCapabilities().filter(({ side }) => side === "node").map(({ id }) => id)
 */
export function listCapabilities(): CapabilityName[];

/** A capability, as `listCapabilities` tells of it. */
export interface CapabilityName {
  /** Such as `"node.session-kms"`. */
  id: string;
  /** Whose policy it is about. */
  side: "node" | "operator" | "guard" | "admin" | "trust";
  /** A few words for people. */
  title: string;
  /** Whether `diagnoseRole` asks for it when nobody says what is wanted. */
  isUsual: boolean;
  /** Ids of the capabilities that it needs. */
  needs: string[];
  /** The actions that it needs. */
  actions: string[];
  /** Names of the values of a `Want` on which its resources depend. */
  values: string[];
}

/**
 * The AWS managed policies that `diagnoseRole` knows by name, sorted.
 *
 * @example
 * listManagedPolicies().map(({ arn }) => arn)
 */
export function listManagedPolicies(): ManagedPolicy[];

/** A managed policy of AWS. */
export interface ManagedPolicy {
  /** Such as `"AmazonSSMManagedInstanceCore"`. */
  name: string;
  /** Its ARN in the partition `aws`. */
  arn: string;
  /** The version that is known, such as `"v2"`. */
  version: string;
  /** The day of that version, such as `"2024-07-16"`. */
  date: string;
  /** What it says, as JSON; null where only the part is known that concerns Session Manager, as of ReadOnlyAccess. */
  document: string | null;
}

/** Thrown by every call whose arguments it cannot use, and by one that failed. */
export class PosternError extends Error {
  /** Always this. */
  readonly name: "PosternError";
  /** A stable name for programs. */
  readonly code: PosternErrorCode;
  /** Where in the arguments, such as `"options.sessionEncryption.kmsKeyArn"`; null when it is no one place. */
  readonly path: string | null;
}

/** Stable names of what can be wrong with arguments. */
export type PosternErrorCode =
  /** A call before `init()` was done. */
  | "NOT_READY"
  /**
   * The call failed: by a mistake in Postern, or because memory or the call stack ran out. The message says what to
   * report and holds nothing of what was given. The next call works again. Of `init()`: the browser did not compile the
   * module, mostly by the Content Security Policy of the page.
   */
  | "INTERNAL"
  /** A value of the wrong type, a missing or an unknown one. */
  | "INVALID_ARGUMENT"
  /** A policy that IAM could not read, or that does not fit where it is exported to. */
  | "ACCOUNT_ID_MALFORMED"
  | "ACCOUNT_ID_MISSING"
  | "AGENT_BUCKETS_NEED_REGION"
  | "ANY_TAGS_TOO_MANY"
  | "BUCKET_MISSING"
  | "BUCKET_NAME_MALFORMED"
  | "BUCKET_PLACEHOLDER"
  | "CHARACTERS_OUT_OF_RANGE"
  | "CLUSTER_NAME_MALFORMED"
  | "COMMANDS_MISSING"
  | "CONNECT_ENDPOINT_MALFORMED"
  | "DATE_MALFORMED"
  | "DEFAULT_NOT_ALLOWED"
  | "DENY_ONLY_WITH_GRANTS"
  | "DOCUMENT_NAME_MALFORMED"
  | "DOCUMENT_PARAMETER_MALFORMED"
  | "DOCUMENT_PARAMETER_MISSING"
  | "EXCEPT_TAGS_TOO_MANY"
  | "EXTERNAL_ID_MALFORMED"
  | "GITHUB_SUBJECT_MALFORMED"
  | "GROUP_NAME_MALFORMED"
  | "HOST_MALFORMED"
  | "INSTANCE_IDS_OF_OTHER_KIND"
  | "INSTANCE_IDS_WITH_TAGS"
  | "INVALID_POLICY"
  | "IP_RANGES_OF_EVERYBODY"
  | "IP_RANGE_MALFORMED"
  | "IP_RANGE_NOT_PUBLIC"
  | "JUST_IN_TIME_WITHOUT_KEY"
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
  | "NOTHING_DENIED"
  | "NOTHING_GUARDED"
  | "NO_LENGTH_ALLOWED"
  | "ONLY_ON_NODES_WITH_TASKS"
  | "NAME_OF_PREFERENCES"
  | "ORGANIZATION_ID_MALFORMED"
  | "ORGANIZATION_TARGET_MALFORMED"
  | "OTHER_SESSION_TYPE"
  | "PARAMETERS_TOO_MANY"
  | "PARAMETER_NAME_MALFORMED"
  | "PARTITION_UNKNOWN"
  | "POLICY_NAME_CHARACTER"
  | "POLICY_NAME_LENGTH"
  | "PORT_NUMBER_MISSING"
  | "PORT_OUT_OF_RANGE"
  | "PREFERENCES_EXIST"
  | "PREFIX_MALFORMED"
  | "PRINCIPALS_MISSING"
  | "PRINCIPAL_MALFORMED"
  | "PRINCIPAL_OTHER_PARTITION"
  | "REGION_MALFORMED"
  | "REGION_MISSING"
  | "REGION_OTHER_PARTITION"
  | "RESTRICTION_EMPTY"
  | "ROLE_NAME_MALFORMED"
  | "RUN_AS_OFF"
  | "RUN_AS_USER_MALFORMED"
  | "SAML_PROVIDER_MALFORMED"
  | "SECONDS_OUT_OF_RANGE"
  | "SECURE_PARAMETER"
  | "SESSION_OWNER_TWICE"
  | "SESSION_TYPE_FOR_SHELLS"
  | "SETUP_ELSEWHERE"
  | "SIGN_IN_HOST_UNKNOWN"
  | "TAGS_TOO_MANY"
  | "TAG_KEY_MALFORMED"
  | "TAG_KEY_TWICE"
  | "TAG_VALUE_MALFORMED"
  | "TARGET_ID_MALFORMED"
  | "USER_ID_MALFORMED"
  | "USER_NAME_MALFORMED"
  | "VPC_ENDPOINT_MALFORMED"
  | "WORD_UNKNOWN";
