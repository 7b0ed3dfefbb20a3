// What people want from Session Manager, in their words, and the capability of the engine behind each.

import { CAPABILITIES, HEARTBEAT as HEARTBEAT_CAPABILITY, type Side, type UseName } from '../src/npm/uses.js';

export { OF_EVERY, OF_KEYS, type Side } from '../src/npm/uses.js';

export interface Use {
  id: UseName;
  /** At the tick. */
  label: string;
  /** In the table. */
  row: string;
  /** By side; absent where that side needs nothing for it. */
  capability: Partial<Record<Side, string>>;
}

const use = (id: UseName, label: string, row: string): Use => ({ id, label, row, capability: CAPABILITIES[id] });

export const USES: Use[] = [
  use('shell', 'Shell', 'Open a shell'),
  use('port', 'Port forwarding', 'Port forwarding'),
  use('kms', 'KMS encryption', 'KMS encryption'),
  use('s3', 'Logs to Amazon S3', 'Logs to S3'),
  use('logs', 'Logs to CloudWatch Logs', 'Logs to CloudWatch'),
];

/** What every node needs besides, whatever it is used for. */
export const HEARTBEAT = { row: 'Heartbeat', capability: HEARTBEAT_CAPABILITY };

/** What opens sessions on a node, and is in vain without that. */
export const OPENS = CAPABILITIES.shell.node;

export interface Value {
  label: string;
  help: string;
}

/** The values of a want, by their names in the engine. */
export const VALUES: Record<string, Value> = {
  kmsKeyArn: { label: 'KMS key ARN', help: 'The ARN of the key. Without it the answer is for any key.' },
  bucket: { label: 'S3 bucket name', help: 'The name alone, such as example-session-logs.' },
  prefix: { label: 'S3 key prefix (optional)', help: 'What the names of the logs begin with, without slashes at its ends.' },
  logGroup: { label: 'Log group name', help: 'Such as /example/session-logs.' },
  region: { label: 'Region', help: 'Of the nodes, such as us-east-1.' },
  accountId: { label: 'Account ID', help: 'Of the nodes, twelve digits.' },
  instanceId: { label: 'Instance ID', help: 'Of one node, such as i-0123456789abcdef0 or mi-0123456789abcdef0.' },
  tagKey: { label: 'Tag key', help: 'Of the tag that the nodes have.' },
  tagValue: { label: 'Tag value', help: 'Of the tag that the nodes have.' },
  documentName: { label: 'Document name', help: 'Of the document in Systems Manager.' },
  parameterName: { label: 'Parameter name', help: 'Of the parameter in Parameter Store.' },
  cluster: { label: 'Cluster', help: 'The name of the ECS cluster.' },
  taskId: { label: 'Task ID', help: 'Of one ECS task.' },
  roleName: { label: 'Role name', help: 'Of the role that asks, or whose policies may be written.' },
  userName: { label: 'User name', help: 'Of the IAM user who asks.' },
};

/** Values that are the same for everything that is asked for. */
export const COMMON = ['region', 'accountId', 'instanceId', 'roleName', 'userName'];
