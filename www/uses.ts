// What people want from Session Manager, in their words, and the capability of the engine behind each.

/** Whose policies are looked at. */
export type Side = 'node' | 'operator';

export interface Use {
  id: string;
  /** At the tick. */
  label: string;
  /** In the table. */
  row: string;
  /** By side; absent where that side needs nothing for it. */
  capability: Partial<Record<Side, string>>;
}

export const USES: Use[] = [
  { id: 'shell', label: 'Shell', row: 'Open a shell', capability: { node: 'node.channel', operator: 'operator.start-shell' } },
  // To the node it is a session like any other.
  { id: 'port', label: 'Port forwarding', row: 'Port forwarding', capability: { node: 'node.channel', operator: 'operator.port-forward' } },
  { id: 'kms', label: 'KMS encryption', row: 'KMS encryption', capability: { node: 'node.session-kms', operator: 'operator.session-kms' } },
  { id: 's3', label: 'Logs to Amazon S3', row: 'Logs to S3', capability: { node: 'node.s3-logs' } },
  { id: 'logs', label: 'Logs to CloudWatch Logs', row: 'Logs to CloudWatch', capability: { node: 'node.cw-logs' } },
];

/** What every node needs besides, whatever it is used for. */
export const HEARTBEAT = { row: 'Heartbeat', capability: 'node.heartbeat' };

/** Capabilities that tell whose policies a text holds: which side's work at all. */
export const TELLING: Record<Side, string[]> = {
  node: ['node.channel'],
  operator: ['operator.start-shell-nodoc', 'operator.start-shell-doc', 'operator.history'],
};

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
  roleName: { label: 'Role name', help: 'Of the role whose policies may be written.' },
  userName: { label: 'User name', help: 'Of the IAM user.' },
};

/** Values that are the same for everything that is asked for. */
export const COMMON = ['region', 'accountId', 'instanceId'];
