// A message for each code that `postern explain --error` prints, which the engine explains by that code and no other.

/** A check of ssm-cli get-diagnostics that failed. */
const failed = (Check: string, Status = 'Failed'): string => JSON.stringify({ Check, Status });

/** A line of the checker of ECS Exec. */
const ofEcs = (line: string): string => `Exec Enabled for Task | OK\n${line}`;

/** What stands in no line of the engine's table of messages. */
const OTHERS: Readonly<Record<string, string>> = {
  ACCESS_DENIED: 'StartSession: access denied',
  ACCESS_DENIED_WITHOUT_ACTION: 'AccessDenied',
  CALL_FAILED: 'An error occurred (UnusualException) when calling the StartSession operation',
  ONLY_FAILED: 'something else failed',
  OTHER_CAUSE: 'closed',
  OTHER_CODE: 'UnusualException ',
  OTHER_REASON: 'Error in PutLogEvents: UnusualException: unusual',
  CHECKS_PASSED: failed('EC2 IMDS', 'Success'),
  CHECK_AGENT: failed('Agent service'),
  CHECK_CREDENTIALS: failed('AWS Credentials'),
  CHECK_EC2MESSAGES: failed('Connectivity to ec2messages'),
  CHECK_KMS: failed('Connectivity to kms'),
  CHECK_LOGS: failed('Connectivity to logs'),
  CHECK_METADATA: failed('EC2 IMDS'),
  CHECK_MONITORING: failed('Connectivity to monitoring'),
  CHECK_PROXY: failed('Proxy configuration'),
  CHECK_REGISTRATION: failed('Hybrid instance registration'),
  CHECK_S3: failed('Connectivity to s3'),
  CHECK_SSM: failed('Connectivity to ssm endpoint'),
  CHECK_SSMMESSAGES: failed('Connectivity to ssmmessages'),
  CHECK_SYSPREP: failed('Windows sysprep image state'),
  CHECK_VERSION: failed('SSM Agent version'),
  ECS_AGENT_STOPPED: ofEcs('STOPPED (Reason: unknown)'),
  ECS_CHECK_NOT_RUN: 'Pre-flight check failed:',
  ECS_ENDPOINT_ABSENT: ofEcs('not found. You must ensure your task has proper outbound internet connectivity'),
  ECS_KEYS_IN_ENVIRONMENT: ofEcs('AWS_ACCESS_KEY: defined'),
  ECS_ROOT_READ_ONLY: ofEcs('ReadOnly - true'),
  ECS_TASK_STOPPED: ofEcs('Task Status | STOPPED'),
  ECS_VERSION_TOO_OLD: ofEcs('1.3.0 (Required: >= 1.4.0)'),
};

/** The message of a code; null where there is none. */
export function messageOf(code: string): string | null {
  if (Object.hasOwn(OTHERS, code)) return OTHERS[code]!;
  if (!Object.hasOwn(POSTERN_MESSAGES, code)) return null;
  // The table has signs for the ID of a node and for any word.
  return POSTERN_MESSAGES[code]!.replace(/^~ /, 'i-0123456789abcdef0 ').replaceAll(' … ', ' x ');
}

export const messageCodes = (): string[] => [...Object.keys(POSTERN_MESSAGES), ...Object.keys(OTHERS)];
