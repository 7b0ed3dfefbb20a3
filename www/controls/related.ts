// The forms of Related: every option of buildRelated, a form for each kind of document, and where that document goes.
import type { Control, Form, Paths } from '../controls.js';
import type {
  BucketPolicyOptions, EndpointPolicyOptions, EndpointsOptions, LogBucketKeyPolicyOptions,
  LogGroupKeyPolicyOptions, PreferencesDocumentOptions, RelatedKind, SessionDocumentOptions, SessionGuardOptions, SessionKeyPolicyOptions,
  TrustPolicyOptions, ValidateOptions,
} from '../engine.js';
import type { Place } from '../steps.js';
import { ACCOUNT, NODE_KINDS, PARTITION, REGION, SCOPE } from './shared.js';

export interface RelatedForm {
  kind: RelatedKind;
  /** The name in the list of documents, and in a sentence. */
  label: string;
  noun: string;
  group: string;
  lead: string;
  form: Form;
  /** Where it is put, for the steps. */
  place: Place;
  /** How the engine checks it; null for what is no policy. */
  checkedAs: ValidateOptions | null;
  /** What an export puts it on, and which options name that; null for what has no export. */
  exported: { attachTo: string; names: Readonly<Record<string, string>> } | null;
  /** The name of a downloaded file. */
  fileName: string;
}

const NODE_ROLES = {
  path: 'nodeRoleArns', kind: 'lines', label: 'Roles of the nodes (optional)',
  help: 'One a line: ARNs of roles, such as {role}, or account IDs.',
} as const satisfies Control;

const ORGANIZATION = {
  path: 'organizationId', kind: 'text', label: 'Organization whose nodes write (optional)',
  help: 'Its ID, such as o-a1b2c3d4e5.',
} as const satisfies Control;

const PLACE = 'Where it is';
const region = (help: string) => ({ ...REGION, help });
const account = (help: string) => ({ ...ACCOUNT, help });
const BUCKET = {
  path: 'bucket', kind: 'text', label: 'S3 bucket name', carries: 'bucket', help: 'Such as example-session-logs.',
} as const satisfies Control;

const keyPolicy = { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::KMS::Key' } as const;

const KEY = { legend: 'Names', more: true, controls: [
  { path: 'target.kmsKeyArn', kind: 'text', label: 'Key that gets the policy (optional)', carries: 'key',
    help: 'Its ARN; stands in the exports.', without: 'leave out' },
] } as const;

const EXISTS = {
  path: 'exists', kind: 'tick', label: 'It is there already', help: 'The command then updates it.',
} as const satisfies Control;

const PARAMETERS = {
  path: 'parameters', kind: 'parameters', label: 'Parameter',
  help: 'What callers give when they start a session. {{ NAME }} stands for the value.',
} as const satisfies Control;

const sessionKey: Form<Paths<SessionKeyPolicyOptions>> = { groups: [
  { legend: 'The key for session data', controls: [
    account('The account of the key, twelve digits.'),
    NODE_ROLES,
    { path: 'operatorArns', kind: 'lines', label: 'Roles and users of people (optional)',
      help: 'One a line: ARNs of roles or users, or account IDs.' },
    { path: 'kinds', kind: 'ticks', label: 'Kinds of nodes', start: ['ec2', 'hybrid'], choices: NODE_KINDS },
  ] },
  { legend: PLACE, more: true, controls: [PARTITION, region('The Region of the key. It changes nothing in the policy.')] },
  KEY,
] };

const logBucketKey: Form<Paths<LogBucketKeyPolicyOptions>> = { groups: [
  { legend: 'The key of the log bucket', controls: [
    region('The Region of the key, such as eu-west-1.'),
    account('The account of the key, twelve digits.'),
    BUCKET,
    NODE_ROLES,
    ORGANIZATION,
  ] },
  { legend: PLACE, more: true, controls: [PARTITION] },
  KEY,
] };

const logGroupKey: Form<Paths<LogGroupKeyPolicyOptions>> = { groups: [
  { legend: 'The key of the log group', controls: [
    region('The Region of the key, such as eu-west-1.'),
    account('The account of the key and of the group, twelve digits.'),
    { path: 'logGroup', kind: 'text', label: 'Log group name', carries: 'log group',
      help: 'Such as /example/session-logs, or its ARN.' },
  ] },
  { legend: PLACE, more: true, controls: [PARTITION] },
  KEY,
] };

const bucket: Form<Paths<BucketPolicyOptions>> = { groups: [
  { legend: 'The log bucket', controls: [
    BUCKET,
    { path: 'prefix', kind: 'text', label: 'S3 key prefix (optional)', carries: 'prefix',
      help: 'What the keys of the logs begin with, such as prod.' },
    { ...NODE_ROLES, label: 'Node roles of other accounts (optional)' },
    ORGANIZATION,
  ] },
  { legend: PLACE, more: true, controls: [
    PARTITION, region('The Region of the bucket. It changes nothing in the policy.'),
  ] },
] };

const endpoint: Form<Paths<EndpointPolicyOptions>> = { groups: [
  { legend: 'The VPC endpoint', controls: [
    { path: 'service', kind: 'choice', label: 'Service', start: 'ssm', choices: [
      ['ssm', 'ssm'], ['ssmmessages', 'ssmmessages'], ['ec2messages', 'ec2messages'], ['s3', 's3'], ['kms', 'kms'],
      ['logs', 'logs'],
    ] },
    account('The account that may use the endpoint, twelve digits.'),
    region('The Region of the VPC. Needed for S3.'),
    { ...BUCKET, help: 'For S3: the log bucket.' },
    { path: 'kmsKeyArn', kind: 'list', label: 'KMS key ARN', carries: 'key',
      help: 'For KMS: the keys for session data, with commas. Empty: every key of the account.' },
    { path: 'operators', kind: 'tick', label: 'People start sessions from inside the VPC' },
  ] },
  { legend: PLACE, more: true, controls: [PARTITION] },
  { legend: 'Names', more: true, controls: [
    { path: 'target.vpcEndpointId', kind: 'text', label: 'Endpoint that gets the policy (optional)',
      help: 'Such as vpce-0123456789abcdef0; stands in the exports.', without: 'leave out' },
  ] },
] };

const endpoints: Form<Paths<EndpointsOptions>> = { groups: [
  { legend: 'What is used in the VPC', controls: [
    region('The Region of the VPC, such as eu-west-1.'),
    { path: 'sessionEncryption', kind: 'tick', label: 'Session data is encrypted with a KMS key' },
    { path: 's3Logs', kind: 'tick', label: 'Session logs go to Amazon S3' },
    { path: 'cloudWatchLogs', kind: 'tick', label: 'Session logs go to CloudWatch Logs' },
    { path: 'operators', kind: 'tick', label: 'People start sessions from inside the VPC' },
    { path: 'legacyChannel', kind: 'tick', label: 'Agents before 3.3.40.0' },
  ] },
  { legend: PLACE, more: true, controls: [PARTITION] },
] };

const trust: Form<Paths<TrustPolicyOptions>> = { groups: [
  { legend: 'Who may assume the role', controls: [
    { path: 'trusted', kind: 'ticks', label: 'What has the role', start: ['ec2'],
      choices: [...NODE_KINDS, ['host-management', 'Default Host Management']] },
    region('The Region of the nodes. Needed for hybrid activations and tasks.'),
    account('The account of the role. Needed for hybrid activations, tasks, GitHub and SAML.'),
    { path: 'githubSubjects', kind: 'lines', label: 'Workflows of GitHub (optional)',
      help: 'One a line, such as repo:example-org/example:environment:production.' },
    { path: 'samlProvider', kind: 'text', label: 'SAML provider (optional)' },
    { path: 'principalArns', kind: 'lines', label: 'Accounts, roles and users (optional)', help: 'ARNs, one a line.' },
    { path: 'externalId', kind: 'text', label: 'External ID (optional)' },
    { ...ORGANIZATION, label: 'Their organization (optional)' },
    { path: 'mfa', kind: 'tick', label: 'Only with MFA' },
    { path: 'sessionTags', kind: 'tick', label: 'With tags of the session' },
  ] },
  { legend: 'How the policy is written', more: true, controls: [PARTITION, SCOPE] },
  { legend: 'Names', more: true, controls: [
    { path: 'target.roleName', kind: 'text', label: 'Role name', without: 'leave out',
      help: 'The role that the exports make.' },
  ] },
] };

const preferences: Form<Paths<PreferencesDocumentOptions>> = { groups: [
  { legend: 'Session preferences', controls: [
    region('Where to store them, such as eu-west-1; stands in the command.'),
    { path: 'kmsKeyId', kind: 'text', label: 'Key for session data (optional)', carries: 'key',
      help: 'Its ID, its ARN, or alias/NAME of the same account.' },
    { path: 's3BucketName', kind: 'text', label: 'S3 bucket name', carries: 'bucket', help: 'Empty: no logs in S3.' },
    { path: 's3KeyPrefix', kind: 'text', label: 'S3 key prefix (optional)', carries: 'prefix', help: 'Such as prod.' },
    { path: 'cloudWatchLogGroupName', kind: 'text', label: 'Log group name', carries: 'log group',
      help: 'Such as /example/session-logs. Empty: no logs in CloudWatch Logs.' },
    { path: 'idleSessionTimeout', kind: 'number', label: 'Minutes without input (optional)',
      help: 'After which a session ends, 1 to 60. Empty: 20.' },
    { path: 'maxSessionDuration', kind: 'number', label: 'Minutes in all (optional)',
      help: 'After which every session ends, 1 to 1440. Empty: none.' },
    EXISTS,
  ] },
  { legend: 'Logs', more: true, controls: [
    { path: 's3EncryptionEnabled', kind: 'yes, no or parameter', label: 'Only an encrypted bucket' },
    { path: 'cloudWatchEncryptionEnabled', kind: 'yes, no or parameter', label: 'Only an encrypted log group' },
    { path: 'cloudWatchStreamingEnabled', kind: 'yes or no', label: 'Write while the session runs',
      help: 'Automatic: where there is a log group.' },
  ] },
  { legend: 'Shells', more: true, controls: [
    { path: 'runAsEnabled', kind: 'tick', label: 'Shells run as another user than ssm-user' },
    { path: 'runAsDefaultUser', under: 'runAsEnabled', kind: 'text', label: 'User on the node (optional)',
      help: 'For callers without the tag SSMSessionRunAs; not root.' },
    { path: 'shellProfile.linux', kind: 'area', label: 'What a shell runs first on Linux (optional)' },
    { path: 'shellProfile.windows', kind: 'area', label: 'What a shell runs first on Windows (optional)' },
  ] },
  { legend: 'A document to choose instead', more: true, controls: [
    { path: 'name', kind: 'text', label: 'Document name (optional)',
      help: 'Such as AuditedShell. Empty: the preferences of everybody.' },
    { path: 'description', kind: 'text', label: 'Description (optional)' },
    PARAMETERS,
    { path: 'everyField', kind: 'tick', start: true, label: 'Write every field',
      help: 'Without it a field that is not given is left out, which turns it off.' },
  ] },
  { legend: PLACE, more: true, controls: [PARTITION] },
] };

/** The commands of one system. */
const commands = (path: 'linux' | 'windows' | 'macos', system: string) => [
  { path, kind: 'object', label: `Run on ${system}`, when: isCommands },
  { path: `${path}.commands`, under: path, kind: 'lines', label: `Commands on ${system}`,
    help: 'One a line, such as tail -f {{ logpath }}.' },
  { path: `${path}.runAsElevated`, under: path, kind: 'tick', label: `As administrator on ${system}` },
] as const satisfies Control[];

const isCommands = (entered: Readonly<Record<string, unknown>>) => entered['sessionType'] !== 'Port';
const isPort = (entered: Readonly<Record<string, unknown>>) => entered['sessionType'] === 'Port';

const session: Form<Paths<SessionDocumentOptions>> = { groups: [
  { legend: 'The session document', controls: [
    { path: 'name', kind: 'text', label: 'Document name', help: '3 to 128 letters, digits, underscores, hyphens and dots.' },
    { path: 'sessionType', kind: 'choice', label: 'What sessions do', start: 'InteractiveCommands', choices: [
      ['InteractiveCommands', 'Commands that people can type into'],
      ['NonInteractiveCommands', 'Commands that only print'],
      ['Port', 'A port'],
    ] },
    ...commands('linux', 'Linux'),
    ...commands('windows', 'Windows'),
    ...commands('macos', 'macOS'),
    { path: 'portNumber', kind: 'number', label: 'Port on the node', when: isPort,
      help: '1 to 65535, or {{ NAME }} of a parameter.' },
    { path: 'localPortNumber', kind: 'number', label: 'Local port (optional)', when: isPort,
      help: 'On the machine of the caller; 0 for one that is free, or {{ NAME }}.' },
    { path: 'host', kind: 'text', label: 'Host behind the node (optional)', when: isPort,
      help: 'Such as db.example.internal. Empty: the node itself.' },
    PARAMETERS,
    region('Where to store it; stands in the command.'),
    EXISTS,
  ] },
  { legend: PLACE, more: true, controls: [
    PARTITION, { path: 'description', kind: 'text', label: 'Description (optional)' },
  ] },
] };

const GUARDED = [
  { path: 'exceptTags', kind: 'tags', label: 'Tag', help: 'Optional. Callers with one of these tags are not bound.' },
  region('Empty: every Region.'),
  account('Empty: every account that it is attached to.'),
] as const satisfies Control[];

const guardOf = (legend: string, controls: readonly Control[]): Form => ({ groups: [
  { legend, controls: [...controls, ...GUARDED] },
  { legend: PLACE, more: true, controls: [PARTITION] },
  { legend: 'Names', more: true, controls: [
    { path: 'target.policyName', kind: 'text', label: 'Policy name', help: 'Stands in the exports.', without: 'leave out' },
    { path: 'target.organizationTargetId', kind: 'text', label: 'Root, unit or account (optional)',
      help: 'What gets the policy; stands in the exports.', without: 'leave out' },
  ] },
] });

const SESSIONS_GUARDED: Control<Paths<SessionGuardOptions>>[] = [
  { path: 'withoutMfa', kind: 'tick', label: 'Refuse sessions without MFA' },
  { path: 'onlyDocuments', kind: 'lines', label: 'Only with these documents (optional)', help: 'One a line.' },
  { path: 'noSharing', kind: 'choice', label: 'Refuse to share documents',
    choices: [['', 'Leave out'], ['public', 'With everybody'], ['any', 'With any account']] },
  { path: 'allowList', kind: 'tick', label: 'Allow what sessions need', help: 'For organizations that allow only what they list.' },
];

const SCP = {
  noun: 'policy', group: 'Roles and accounts', place: 'organization', checkedAs: { policyType: 'SERVICE_CONTROL_POLICY' },
  exported: { attachTo: 'service-control-policy', names: {} }, fileName: 'service-control-policy',
} as const;

export const RELATED: readonly RelatedForm[] = [
  { kind: 'session-key-policy', label: 'Key policy: session data', noun: 'policy', group: 'Keys', form: sessionKey,
    lead: 'The policy of the KMS key that encrypts session data.', place: 'key', checkedAs: keyPolicy,
    exported: { attachTo: 'key', names: { region: 'region' } }, fileName: 'session-key-policy' },
  { kind: 'log-bucket-key-policy', label: 'Key policy: log bucket', noun: 'policy', group: 'Keys', form: logBucketKey,
    lead: 'The policy of the KMS key that encrypts the bucket with session logs.', place: 'key', checkedAs: keyPolicy,
    exported: { attachTo: 'key', names: { region: 'region' } }, fileName: 'log-bucket-key-policy' },
  { kind: 'log-group-key-policy', label: 'Key policy: log group', noun: 'policy', group: 'Keys', form: logGroupKey,
    lead: 'The policy of the KMS key that encrypts the log group.', place: 'key', checkedAs: keyPolicy,
    exported: { attachTo: 'key', names: { region: 'region' } }, fileName: 'log-group-key-policy' },
  { kind: 'bucket-policy', label: 'Bucket policy', noun: 'policy', group: 'Logs', form: bucket,
    lead: 'The policy of the bucket with session logs: TLS only, and nodes of other accounts may write.',
    place: 'bucket', checkedAs: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::S3::Bucket' },
    exported: { attachTo: 'bucket', names: { bucketName: 'bucket', region: 'region' } }, fileName: 'bucket-policy' },
  { kind: 'endpoints', label: 'List of VPC endpoints', noun: 'list', group: 'VPC endpoints', form: endpoints,
    lead: 'The endpoints that a VPC without a way to the internet needs.', place: 'endpoints', checkedAs: null,
    exported: null, fileName: 'endpoints' },
  { kind: 'endpoint-policy', label: 'Endpoint policy', noun: 'policy', group: 'VPC endpoints', form: endpoint,
    lead: 'What may be done through one VPC endpoint.', place: 'endpoint', checkedAs: { policyType: 'RESOURCE_POLICY' },
    exported: { attachTo: 'endpoint', names: { endpointService: 'service', region: 'region' } },
    fileName: 'endpoint-policy' },
  { kind: 'trust-policy', label: 'Trust policy', noun: 'policy', group: 'Roles and accounts', form: trust,
    lead: 'Who may assume the role.', place: 'trust',
    checkedAs: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' },
    exported: { attachTo: 'trust', names: {} }, fileName: 'trust-policy' },
  { ...SCP, kind: 'host-management-guard', label: 'Service control policy: Default Host Management', form: guardOf('Default Host Management', [SCOPE]),
    lead: 'Keeps Default Host Management and its role as they are, in every account of an organization.' },
  { ...SCP, kind: 'session-guard', label: 'Service control policy: sessions', form: guardOf('Sessions', SESSIONS_GUARDED),
    lead: 'Keeps sessions in order, in every account of an organization.' },
  { kind: 'preferences-document', label: 'Session preferences', noun: 'document', group: 'Session documents',
    form: preferences, lead: 'What holds for the sessions of an account in a Region: encryption, logs, shells, time.',
    place: 'preferences', checkedAs: null,
    exported: { attachTo: 'preferences', names: { documentName: 'name', region: 'region' } },
    fileName: 'SessionManagerRunShell' },
  { kind: 'session-document', label: 'Session document', noun: 'document', group: 'Session documents', form: session,
    lead: 'Sessions of one purpose: certain commands, or one port.', place: 'document', checkedAs: null,
    exported: { attachTo: 'session-document', names: { documentName: 'name', region: 'region' } },
    fileName: 'session-document' },
];
