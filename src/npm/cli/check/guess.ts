// What the text of a policy tells of its type beyond its principals, only where a guess is rarely wrong; what is unknown stays unknown.
import { statementsOf } from '../access/finding.js';

type Statement = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));

/** An operator that leaves out those whom a value names. */
const EXCEPT = /^(?:For(?:Any|All)Values?:)?(?:Arn|String)Not(?:Like|Equals|EqualsIgnoreCase)(?:IfExists)?$/i;

/**
 * Whether a policy without principals is a service control policy. Denials alone are no sign: identity policies and boundaries have
 * them too. One that leaves out principals is: an identity policy leaves them out by not being attached to them. And so is one that
 * keeps an account in its organization, which no principal of the account could be kept from otherwise. Where this is wrong, an action
 * with a wildcard in its middle is an error too many; a boundary allows something, so it is never taken for one.
 */
export function isServiceControl(text: string): boolean {
  if (!/aws:PrincipalArn|organizations:LeaveOrganization/i.test(text)) return false;
  const all = statementsOf(text);
  return all.length > 0 && all.every(({ Effect }) => Effect === 'Deny') && all.some((one) => isLeaving(one) || isExcepting(one));
}

const isLeaving = ({ Action }: Statement): boolean => listOf(Action).some((one) => one.toLowerCase() === 'organizations:leaveorganization');

const isExcepting = ({ Condition }: Statement): boolean => Object.entries(Condition ?? {}).some(([operator, keys]) => (
  EXCEPT.test(operator) && Object.keys((keys ?? {}) as object).some((key) => key.toLowerCase() === 'aws:principalarn')
));

/**
 * The types of resources by the service of all actions, and by the ARN of one resource, of which a policy names itself alone. The
 * policies of VPC endpoints and resource control policies name all resources, or several.
 */
const BY_RESOURCE: readonly [service: string, arn: RegExp, resourceType: string][] = [
  ['s3', /^arn:aws[\w-]*:s3:::([^/*?]+)(?:\/.*)?$/, 'AWS::S3::Bucket'],
  ['s3', /^arn:aws[\w-]*:s3:[^:]+:\d+:accesspoint\/([^/*?]+)(?:\/.*)?$/, 'AWS::S3::AccessPoint'],
  ['dynamodb', /^arn:aws[\w-]*:dynamodb:[^:]+:\d+:table\/([^/*?]+)(?:\/index\/.*)?$/, 'AWS::DynamoDB::Table'],
  ['secretsmanager', /^arn:aws[\w-]*:secretsmanager:[^:]+:\d+:secret:([^*?]+)(?:\?{6})?$/, 'AWS::SecretsManager::Secret'],
  ['sns', /^arn:aws[\w-]*:sns:[^:]+:\d+:([^*?]+)$/, 'AWS::SNS::Topic'],
  ['sqs', /^arn:aws[\w-]*:sqs:[^:]+:\d+:([^*?]+)$/, 'AWS::SQS::Queue'],
];

/** The type of the resource that a policy with principals is for; null where its text does not tell. */
export function resourceTypeIn(text: string): string | null {
  const all = statementsOf(text);
  const services = new Set(all.flatMap(({ Action }) => (Action === undefined ? [''] : listOf(Action))).map((action) => /^([\w-]+):/.exec(action)?.[1]!.toLowerCase() ?? ''));
  const [service] = services;
  if (service === undefined || services.size > 1 || all.some(({ Resource }) => Resource === undefined)) return null;
  const resources = all.flatMap(({ Resource }) => listOf(Resource));
  if (service === 'kms' && resources.every((one) => one === '*') && all.some(isOfAccount)) return 'AWS::KMS::Key';
  const fits = ([of, arn]: (typeof BY_RESOURCE)[number]): boolean => of === service && new Set(resources.map((one) => arn.exec(one)?.[1])).size === 1 && arn.test(resources[0]!);
  return BY_RESOURCE.find(fits)?.[2] ?? null;
}

/** Whether a statement lets in an account as a whole, as nearly every key policy does and other policies for all keys do not. */
const isOfAccount = ({ Effect, Principal }: Statement): boolean => (
  Effect === 'Allow' && typeof Principal === 'object' && Principal !== null && listOf((Principal as Record<string, unknown>)['AWS']).some((one) => /^(?:arn:aws[\w-]*:iam::\d{12}:root|\d{12})$/.test(one))
);
