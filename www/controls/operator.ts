// The form of People: every option of buildOperatorPolicy, the four questions first.
import { valueOf, type Control, type Entered, type Form, type Paths } from '../controls.js';
import type { OperatorOptions } from '../engine.js';
import { DEFAULT_POLICY_NAME } from '../steps.js';
import { ACCOUNT, CONTEXT, PARTITION, REGION, SCOPE, SIDS } from './shared.js';

type Path = Paths<OperatorOptions>;

const SEVERAL = 'For several values of a key add it once more for each.';

const SESSIONS = {
  path: 'sessions', kind: 'radio', label: 'Which sessions',
  choices: [
    ['shell', 'Shell'],
    ['shell,port-forwarding', 'Shell and port forwarding'],
    ['port-forwarding', 'Port forwarding only'],
    ['administrator', 'Administrator', 'Every session on every node, and ending those of others.'],
    ['none', 'None', 'Only what is ticked further down.'],
  ],
} as const satisfies Control;

const BESIDES = {
  path: '?besides', short: 'besides', kind: 'ticks', label: 'Besides these sessions',
  choices: [['ssh', 'SSH'], ['remote-host-port-forwarding', 'Port forwarding to hosts behind a node'],
    ['interactive-command', 'Any command, which may ask for input'], ['non-interactive-command', 'Any command that only prints']],
} as const satisfies Control;

const NODES = {
  path: '?nodes', short: 'nodes', kind: 'radio', label: 'Which nodes',
  choices: [['all', 'All nodes'], ['tag', 'Nodes with a tag'], ['ids', 'These instance IDs']],
} as const satisfies Control;

const SIGN_IN = {
  path: 'identity', kind: 'radio', label: 'How they sign in', start: 'role',
  choices: [['iam-user', 'IAM users'], ['role', 'IAM Identity Center or federation']],
} as const satisfies Control;

const WHOSE = {
  path: 'endSessions.whose', kind: 'choice', label: 'Sessions that they may end',
  choices: [
    ['', 'Their own'],
    ['user-name', 'Their own, told by the user name'],
    ['user-id', 'Their own, told by the user ID'],
    ['session-tag', 'Their own, told by the tag of the session'],
    ['anyone', "Anybody's"],
    ['nobody', 'None'],
  ],
} as const satisfies Control;

const isNodes = (choice: string) => (entered: Entered) => valueOf(NODES, entered) === choice;
const isAttachedTo = (...kinds: string[]) => (entered: Entered) => kinds.includes(String(valueOf(ATTACH, entered)));

const ATTACH = {
  path: 'target.attachTo', kind: 'choice', label: 'Put it on', start: 'managed-policy',
  choices: [
    ['managed-policy', 'A managed policy'], ['group', 'A group (inline)'], ['user', 'A user (inline)'],
    ['role', 'A role (inline)'],
  ],
  help: 'It changes the steps and the exports, not the policy.',
} as const satisfies Control;

export const OPERATOR: Form<Path> = {
  groups: [
    { legend: 'What people may do', controls: [
      SESSIONS,
      NODES,
      { path: 'targets.tags', kind: 'tags', label: 'Tag', when: isNodes('tag'), needed: true,
        help: `A node must have each key, with one of its values. ${SEVERAL}` },
      { path: 'targets.instanceIds', kind: 'lines', label: 'Instance IDs', when: isNodes('ids'),
        needed: true,
        help: 'One a line, such as i-0123456789abcdef0 or mi-0123456789abcdef0.' },
      SIGN_IN,
      { path: 'clients', kind: 'ticks', label: 'Where from', start: ['cli'], choices: [
        ['cli', 'AWS CLI'], ['session-manager-console', 'Systems Manager console'], ['ec2-console', 'EC2 console'],
      ] },
      { path: 'sessionEncryption', kind: 'object', label: 'Session data is encrypted with a KMS key', short: 'kms' },
      { path: 'sessionEncryption.kmsKeyArn', under: 'sessionEncryption', kind: 'list', label: 'KMS key ARN',
        carries: 'key', help: 'Several keys: with commas. Example: {key}' },
    ] },
    { legend: 'Where the nodes are', more: true, controls: [
      PARTITION,
      { ...REGION, help: 'Such as eu-west-1. Empty: every Region.' },
      { ...ACCOUNT, help: 'Twelve digits. Empty: every account.' },
      { path: 'targets.kinds', kind: 'ticks', label: 'Kinds of nodes', start: ['ec2'],
        choices: [['ec2', 'EC2 instances'], ['hybrid', 'Nodes of a hybrid activation']],
        when: (entered) => !isNodes('ids')(entered) },
      { path: 'targets.anyTags', kind: 'tags', label: 'Alternative tag', when: (entered) => !isNodes('ids')(entered),
        help: `Optional. Of these tags a node needs only one. ${SEVERAL}` },
      { path: 'targets.principalTags', kind: 'list', label: "The caller's own tags (optional)",
        when: (entered) => !isNodes('ids')(entered),
        help: 'Keys such as Team, with commas: a node must have the value that the caller has.' },
    ] },
    { legend: 'Sessions', more: true, controls: [
      BESIDES,
      { path: 'documents', kind: 'lines', label: 'Session documents of your own (optional)',
        help: 'One a line, such as ExampleSessionDocument.' },
      { path: 'documentAccessCheck', kind: 'yes or no', label: 'Check the document even when none is named',
        help: "Automatic: yes, except in AWS's own text of the editions 2025 and 2026." },
      { path: 'dataChannel', kind: 'choice', label: 'Data channels that they may open', choices: [
        ['', 'Automatic'], ['none', 'None'], ['own', 'Those of their own sessions'], ['any', 'All of the account'],
        ['everything', 'Every one (*)'],
      ] },
      WHOSE,
      { path: 'endSessions.ownerId', kind: 'text', label: 'Only sessions of this user ID (optional)',
        help: 'The unique ID of a user, such as AIDACKCEVSQ6C2EXAMPLE.' },
      { path: 'endSessions.targetId', kind: 'text', label: 'Only sessions on this target (optional)',
        help: 'The ID of one node or task.' },
      { path: 'endSessions.resume', kind: 'yes or no', label: 'Resume these sessions too',
        help: 'Automatic: yes where sessions or session documents are chosen.' },
      { path: 'history', kind: 'tick', label: 'See the list of sessions' },
      { path: 'updateAgent', kind: 'yes or no', label: 'Update an agent that is too old',
        help: "Automatic: yes where AWS's own text has it." },
      { path: 'justInTime', kind: 'tick', label: 'Ask for access just in time',
        help: 'Instead of sessions: choose None above.' },
    ] },
    { legend: 'Other tools', more: true, controls: [
      { path: 'documentChooser', kind: 'text', label: 'Documents to choose in the console (optional)',
        help: 'What their names begin with, such as SessionDocument-.' },
      { path: 'remoteDesktop', kind: 'object', label: 'Remote Desktop by Fleet Manager' },
      { path: 'remoteDesktop.signIn', under: 'remoteDesktop', kind: 'ticks', label: 'Sign in with', start: ['key-pair'],
        choices: [['key-pair', 'Password of a key pair'], ['identity-center', 'IAM Identity Center']] },
      { path: 'fleetManager', kind: 'choice', label: "Fleet Manager's other tools",
        choices: [['', 'Leave out'], ['read-only', 'To look'], ['administrator', 'To change things too']] },
      { path: 'instanceConnect', kind: 'object', label: 'Tunnels of EC2 Instance Connect' },
      { path: 'instanceConnect.endpointIds', under: 'instanceConnect', kind: 'lines', label: 'Endpoint IDs (optional)' },
      { path: 'instanceConnect.ipRanges', under: 'instanceConnect', kind: 'lines', label: 'Private addresses (optional)' },
      { path: 'instanceConnect.port', under: 'instanceConnect', kind: 'number', label: 'Port (optional)' },
      { path: 'instanceConnect.maxSeconds', under: 'instanceConnect', kind: 'number', label: 'Seconds (optional)' },
      { path: 'instanceConnect.osUsers', under: 'instanceConnect', kind: 'lines', label: 'Send keys for users (optional)' },
      { path: 'ansibleBucket', kind: 'text', label: 'S3 bucket of Ansible (optional)' },
      { path: 'ecsExec', kind: 'object', label: 'ECS Exec on the tasks of a cluster' },
      { path: 'ecsExec.cluster', under: 'ecsExec', kind: 'text', label: 'Cluster name', carries: 'cluster',
        help: 'The ECS cluster by name.' },
      { path: 'ecsExec.tags', under: 'ecsExec', kind: 'tags', label: 'Task tag',
        help: `Optional. A task must have each key, with one of its values. ${SEVERAL}` },
      { path: 'ecsExec.denyDirectSessions', under: 'ecsExec', kind: 'yes or no', label: 'Refuse sessions past ECS Exec',
        help: 'Automatic: with least privilege. Nobody logs such sessions.' },
    ] },
    { legend: 'Administration', more: true, controls: [
      { path: 'runCommand', kind: 'lines', label: 'Documents for Run Command (optional)', help: 'One a line, such as AWS-RunShellScript.' },
      { path: 'startInstances', kind: 'tick', label: 'Start instances that are stopped' },
      { path: 'preferences', kind: 'choice', label: 'Session preferences', choices: [
        ['', 'Leave out'], ['edit', 'Create, read and change'], ['edit-and-delete', 'Delete them too'],
      ] },
      { path: 'hostManagement', kind: 'tick', label: 'Turn Default Host Management on and off' },
      { path: 'inlinePolicyOf', kind: 'text', label: 'Write inline policies of this role (optional)',
        help: 'Its name: what the steps for an instance role policy take.' },
    ] },
    { legend: 'What is refused, whatever else allows it', more: true, controls: [
      { path: 'denyOnly', kind: 'tick', label: 'Only what is refused, and nothing allowed' },
      { path: 'deny.shell', kind: 'tick', label: 'The default shell document' },
      { path: 'deny.ssh', kind: 'tick', label: 'Sessions for SSH' },
      { path: 'deny.preferences', kind: 'tick', label: 'Reading and changing the preferences' },
      { path: 'deny.hostManagement', kind: 'tick', label: 'Changing Default Host Management' },
      { path: 'deny.withoutMfa', kind: 'tick', label: 'Sessions without MFA' },
      { path: 'deny.nodeTags', kind: 'tags', label: 'Tag of nodes without sessions', help: `Optional. Nodes with one of these tags. ${SEVERAL}` },
      { path: 'deny.after', kind: 'text', label: 'Sessions after (optional)', help: 'A point in time, such as 2027-01-31T00:00:00Z.' },
      { path: 'deny.taskSessions', kind: 'text', label: 'Sessions on tasks of the cluster (optional)',
        help: 'An ECS cluster by name, or * for every one.' },
      { path: 'deny.outsideIpRanges', kind: 'lines', label: 'Sessions from outside these IP ranges (optional)',
        help: 'One a line, such as 203.0.113.0/24.' },
      { path: 'deny.outsideVpcEndpoints', kind: 'lines', label: 'Sessions past these VPC endpoints (optional)',
        help: 'One a line, such as vpce-0123456789abcdef0.' },
    ] },
    { legend: 'How the policy is written', more: true, controls: [
      { path: 'expires', kind: 'text', label: 'Ends (optional)', help: 'A point in time, such as 2027-01-31T00:00:00Z.' },
      SCOPE,
      { path: 'edition', kind: 'choice', label: 'Edition of the guide', start: '2025',
        choices: [['2025', '2025 and 2026'], ['2023', 'June 2023']],
        when: (entered) => valueOf(SCOPE, entered) === 'guide' },
      SIDS,
      { ...CONTEXT, under: 'sessionEncryption' },
    ] },
    { legend: 'Names', more: true, controls: [
      ATTACH,
      { path: 'policyName', kind: 'text', label: 'Policy name', start: DEFAULT_POLICY_NAME, without: 'leave out',
        help: 'It changes nothing in the policy.' },
      { path: 'target.roleName', kind: 'text', label: 'Role name', when: isAttachedTo('role', 'managed-policy') },
      { path: 'target.userName', kind: 'text', label: 'Name of the user', when: isAttachedTo('user', 'managed-policy') },
      { path: 'target.groupName', kind: 'text', label: 'Name of the group',
        when: isAttachedTo('group', 'managed-policy') },
    ] },
  ],

  derive(entered, options) {
    const chosen = String(valueOf(SESSIONS, entered));
    const besides = valueOf(BESIDES, entered) as readonly string[];
    const named = chosen === 'none' || chosen === 'administrator' ? [] : chosen.split(',');
    options['sessions'] = [...named, ...besides];
    if (chosen === 'administrator') {
      options['administrator'] = true;
      if (besides.length === 0) delete options['sessions'];
      return;
    }
    // The guide tells the sessions of IAM users by name on a page of its own; the engine's default is its other page.
    const startsSessions = named.length + besides.length > 0;
    const endSessions = options['endSessions'] as { whose?: string; ownerId?: string } | undefined;
    const isOpen = endSessions?.whose === undefined && endSessions?.ownerId === undefined;
    if (startsSessions && isOpen && valueOf(SIGN_IN, entered) === 'iam-user') {
      options['endSessions'] = { ...endSessions, whose: 'user-name' };
    }
  },
};
