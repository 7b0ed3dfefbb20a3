// Controls that several forms have.
import type { Choices, Control } from '../controls.js';

const PARTITIONS: Choices = [
  ['', 'Automatic'],
  ['aws', 'aws (standard)'],
  ['aws-cn', 'aws-cn (China)'],
  ['aws-us-gov', 'aws-us-gov (GovCloud)'],
  ['aws-eusc', 'aws-eusc (European Sovereign Cloud)'],
  ['aws-iso', 'aws-iso'],
  ['aws-iso-b', 'aws-iso-b'],
  ['aws-iso-e', 'aws-iso-e'],
  ['aws-iso-f', 'aws-iso-f'],
];

export const PARTITION = {
  path: 'partition', kind: 'choice', label: 'Partition', choices: PARTITIONS,
  help: 'Automatic takes it from the Region, else from the key.', without: 'leave out',
} as const satisfies Control;

export const REGION = { path: 'region', kind: 'text', label: 'Region', carries: 'Region' } as const satisfies Control;

export const ACCOUNT = {
  path: 'accountId', kind: 'text', label: 'Account ID', carries: 'account',
} as const satisfies Control;

export const SCOPE = {
  path: 'scope', kind: 'choice', label: 'Kind of text',
  choices: [['guide', "AWS's own text"], ['least-privilege', 'Least privilege']],
  help: 'The text of the guide as AWS prints it, or the least that works: resources named, conditions set.',
} as const satisfies Control;

export const NODE_KINDS: Choices = [
  ['ec2', 'EC2 instances'], ['hybrid', 'Nodes of a hybrid activation'], ['ecs', 'Tasks reached by ECS Exec'],
];

export const SIDS = {
  path: 'sids', kind: 'yes or no', label: 'Names of statements (Sid)',
  help: "Automatic: least privilege has them, AWS's text has none.",
} as const satisfies Control;

export const CONTEXT = {
  path: 'sessionEncryption.encryptionContext', kind: 'yes or no', label: 'Limit the key to sessions on these nodes',
  help: 'Automatic: with least privilege. Requests to KMS must then name a session and one of the nodes.',
} as const satisfies Control;
