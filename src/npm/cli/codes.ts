// Words for programs in what is printed, that are no check, note, capability or error message: when each is used.
import type { PosternErrorCode, RoleReason } from '../types.js';
import { listed } from './terminal.js';
import { WORDS } from './words.js';

/** The codes of the errors of the package, of which the command line prints the sentences. */
export const ERRORS: Record<PosternErrorCode, string> = {
  NOT_READY: 'A call was made before init() was done.',
  INTERNAL: 'A call failed by a mistake in Postern, or because memory or the call stack ran out.',
  INVALID_ARGUMENT: 'An argument is of the wrong type, is missing or is not known.',
  INVALID_POLICY: 'A text is no policy that IAM could read, or does not fit where it is exported to.',
  ACCOUNT_ID_MALFORMED: 'An account ID has not twelve digits.',
  ACCOUNT_ID_MISSING: 'What is asked for needs an account ID, and none is given.',
  AGENT_BUCKETS_NEED_REGION: "The agent's buckets are asked for without a Region, which their names contain.",
  ANY_TAGS_TOO_MANY: 'More than 50 tags are given of which one is enough.',
  BUCKET_MISSING: 'What is asked for needs the name of the log bucket, and none is given.',
  BUCKET_NAME_MALFORMED: 'S3 takes no bucket of this name.',
  BUCKET_PLACEHOLDER: "A placeholder of AWS's documentation stands where the name of a bucket belongs.",
  CHARACTERS_OUT_OF_RANGE: 'A number of characters of a parameter is less or more than AWS takes.',
  CLUSTER_NAME_MALFORMED: 'ECS takes no cluster of this name.',
  COMMANDS_MISSING: 'A session document for commands has commands for no system.',
  CONNECT_ENDPOINT_MALFORMED: 'An ID is none of an EC2 Instance Connect Endpoint.',
  DATE_MALFORMED: 'A text is no point in time as policies have it.',
  DEFAULT_NOT_ALLOWED: 'The default of a parameter is none of its allowed values, or not of its length or type.',
  DENY_ONLY_WITH_GRANTS: 'A policy is to deny only, and something is asked for that it would allow.',
  DOCUMENT_NAME_MALFORMED: 'Systems Manager takes no document of this name.',
  DOCUMENT_PARAMETER_MALFORMED: 'A name is none that a parameter of a document may have.',
  DOCUMENT_PARAMETER_MISSING: 'A session document refers to a parameter that it does not declare.',
  EXCEPT_TAGS_TOO_MANY: 'More than 50 tags are given of whoever is not bound.',
  EXTERNAL_ID_MALFORMED: 'A text is no external ID that AWS takes.',
  GITHUB_SUBJECT_MALFORMED: 'A text is no subject of a workflow of GitHub.',
  GROUP_NAME_MALFORMED: 'IAM takes no group of this name.',
  HOST_MALFORMED: 'A host is given with more than its name or address.',
  INSTANCE_IDS_OF_OTHER_KIND: 'IDs of nodes are of another kind than the one that is asked for.',
  INSTANCE_IDS_WITH_TAGS: 'Nodes are chosen by IDs and by tags at once.',
  IP_RANGES_OF_EVERYBODY: 'The addresses that are let in are all there are.',
  IP_RANGE_MALFORMED: 'A text is no address and no range in the notation of CIDR.',
  IP_RANGE_NOT_PUBLIC: 'Addresses are private, which AWS does not see.',
  JUST_IN_TIME_WITHOUT_KEY: 'Just-in-time access is refused by what its requests do not tell.',
  JUST_IN_TIME_WITH_SESSIONS: 'Just-in-time access is asked for beside sessions, which go before it.',
  KMS_ALIAS_ARN: 'The ARN of an alias stands where that of a key belongs.',
  KMS_ALIAS_NAME: 'The name of an alias stands where the ARN of a key belongs.',
  KMS_AWS_MANAGED_ALIAS: 'The alias is of a key of AWS, which policies cannot name.',
  KMS_KEY_ARN_MALFORMED: 'An ARN is none of a key of KMS.',
  KMS_KEY_ID_WITHOUT_ARN: 'A key is given by its ID and not by its ARN.',
  KMS_KEY_MISSING: 'What is asked for needs a KMS key, and none is given.',
  KMS_KEY_NOT_AN_ARN: 'A key is given by something that is no ARN.',
  KMS_KEY_OTHER_PARTITION: 'The key is of another partition of AWS.',
  KMS_KEY_OTHER_REGION: 'The key is of another Region.',
  KMS_KEY_OTHER_SERVICE: 'The ARN is of another service than KMS.',
  KMS_KEY_PLACEHOLDER: "A placeholder of AWS's documentation stands where the ARN of a key belongs.",
  LEGACY_CHANNEL_UNAVAILABLE: 'The old channel is asked for in a Region that does not have it.',
  LOG_GROUP_MALFORMED: 'CloudWatch Logs takes no log group of this name.',
  LOG_GROUP_MISSING: 'What is asked for needs the name of the log group, and none is given.',
  MINUTES_OUT_OF_RANGE: 'A number of minutes is less or more than Session Manager takes.',
  NAME_OF_PREFERENCES: "A session document has the name of the document with everybody's preferences.",
  NODE_ID_MALFORMED: 'A text is no ID of a node.',
  NOTHING_ALLOWED: 'The policy would have no statement.',
  NOTHING_DENIED: 'Only denials are asked for, and none of them.',
  NOTHING_GUARDED: 'A service control policy for sessions is asked for, and nothing that it refuses.',
  NO_LENGTH_ALLOWED: 'A parameter has a minChars above its maxChars, so that no value has a length that is allowed.',
  ONLY_ON_NODES_WITH_TASKS: 'Channels are held to nodes in a policy for tasks of ECS, which name none.',
  ORGANIZATION_ID_MALFORMED: 'A text is no ID of an organization.',
  ORGANIZATION_TARGET_MALFORMED: 'A text is no root, organizational unit or account of an organization.',
  OTHER_SESSION_TYPE: 'An option belongs to session documents of another type.',
  PARAMETERS_TOO_MANY: 'More parameters are declared than a session document can hold.',
  PARAMETER_NAME_MALFORMED: 'A text is no name of a parameter of Parameter Store.',
  PARTITION_UNKNOWN: 'A word is no partition of AWS.',
  POLICY_NAME_CHARACTER: 'The name of a policy has a character that IAM does not take.',
  POLICY_NAME_LENGTH: 'The name of a policy is empty or longer than IAM takes.',
  PORT_NUMBER_MISSING: 'A session document for ports has no port.',
  PORT_OUT_OF_RANGE: 'A number is no port.',
  PREFIX_MALFORMED: 'A prefix of logs is none that S3 and policies take as it is.',
  PRINCIPALS_MISSING: 'Something is asked of principals of a trust policy, and none is named.',
  PRINCIPAL_MALFORMED: 'A text is no ARN of a principal.',
  PRINCIPAL_OTHER_PARTITION: 'A principal is of another partition of AWS.',
  REGION_MALFORMED: 'A text is no name of a Region.',
  REGION_MISSING: 'What is asked for needs a Region, and none is given.',
  REGION_OTHER_PARTITION: 'The Region is of another partition of AWS than the one that is given.',
  RESTRICTION_EMPTY: 'A list that narrows something is empty.',
  ROLE_NAME_MALFORMED: 'IAM takes no role of this name.',
  RUN_AS_OFF: 'A user is given to run as, and Run As is off.',
  RUN_AS_USER_MALFORMED: 'A text is no name of a user of an operating system.',
  SAML_PROVIDER_MALFORMED: 'A text is no ARN of a SAML provider.',
  SECONDS_OUT_OF_RANGE: 'A number of seconds is less or more than AWS takes.',
  SECURE_PARAMETER: 'A session document refers to a secure string, which it cannot read.',
  SESSION_OWNER_TWICE: 'It is said in two ways whose sessions are meant.',
  SESSION_TYPE_FOR_SHELLS: 'A session document is asked for of the type that is for preferences.',
  PREFERENCES_EXIST: 'The document of preferences is there already, and the tool of the set-up cannot take it over.',
  SETUP_ELSEWHERE: 'A part of a set-up is to be of another account or Region than its nodes.',
  SIGN_IN_HOST_UNKNOWN: 'The sign-in of SAML is not known for the partition.',
  TAGS_TOO_MANY: 'More tags must match than a node, a task, a user or a role can have.',
  TAG_KEY_MALFORMED: 'A text is no key of a tag.',
  TAG_KEY_TWICE: 'One key of a tag is given twice, in small and in capital letters.',
  TAG_VALUE_MALFORMED: 'A text is no value of a tag.',
  TARGET_ID_MALFORMED: 'A text is none of what sessions are started on.',
  USER_ID_MALFORMED: 'A text is no unique ID of a user or of the session of a role.',
  USER_NAME_MALFORMED: 'IAM takes no user of this name.',
  VPC_ENDPOINT_MALFORMED: 'A text is no ID of a VPC endpoint.',
  WORD_UNKNOWN: 'A word is none of those that an option takes.',
};

/** The kinds of reasons in `postern role --format json`. */
const REASONS: Record<RoleReason['kind'], string> = {
  allows: 'A statement allows it.',
  denies: 'A statement denies it, whatever else allows it.',
  closed: 'Nothing in a layer allows it: the policies of the role, a boundary, a policy of the organization or of the resource.',
  nearest: 'The statement that comes nearest to allowing it, and what is other in it.',
  depends: 'It depends on what was not given or is known only at a request, so that the result may be unknown.',
  tooBroad: 'It is allowed, and more widely than it should be.',
  valueNeeded: 'A value must be given before the statement can be written that is missing.',
  notCounted: 'Something was given that does not count, such as a policy that is not attached or a text that cannot be read.',
  more: 'There are more reasons than are listed.',
};

/** What a text was taken for, in the same. */
const RECOGNISED: Readonly<Record<string, string>> = {
  policy: 'A policy.',
  'resource-policy': 'The policy of a resource.',
  'trust-policy': 'Who may take a role.',
  'inline-policy': 'What aws iam get-role-policy and the like print.',
  'policy-version': 'What aws iam get-policy-version prints.',
  'account-details': 'What aws iam get-account-authorization-details prints.',
  identity: 'What aws iam get-role, list-roles or get-user print.',
  'attached-policies': 'What aws iam list-attached-role-policies and the like print.',
  'managed-policy': 'What aws iam get-policy prints, or the name or ARN of a managed policy.',
  'organization-policy': 'What aws organizations describe-policy prints.',
  mended: 'A policy with something around or within it that IAM would not take; it counts all the same.',
  'not-used': 'Something that is known and of no use there.',
  'not-recognised': 'Something that is not known, so that what it says is left open.',
  broken: 'A text that is no JSON, or a policy that IAM would not take.',
};

/** What reports have in place of the code of a check, and `explain --error` in place of that of a message. */
const REPORTED: Readonly<Record<string, string>> = {
  NOT_CHECKED: 'A policy was not checked: nothing of it can be read in its file.',
  SUPPRESSION_WITHOUT_USE: 'An entry of suppressions in postern.json has nothing to suppress any more.',
  MORE_MESSAGES: 'The text has more different error messages than are explained.',
};

/** Where a word stands, and when it is used there; null for a word that is none of these. */
export function wordFor(word: string): { code: string; where: string; when: string } | null {
  const places = [
    ['an error of the package, and of "postern build"', ERRORS],
    ['of the reports of "postern check" and "postern explain --error"', REPORTED],
    ['the kind of a reason in "postern role --format json"', REASONS],
    ['what a text was taken for in "postern role --format json"', RECOGNISED],
    ...WORDS,
  ] as const satisfies readonly (readonly [string, Readonly<Record<string, string>>])[];
  // In small and in capital letters a word may be two; an open question is known without its mark, and whatever it counts.
  const small = word.toLowerCase();
  for (const code of [word, asCode(word), small, `?${small}`, small.replace(/^\??[0-9]+(?=-more)/, '?N')]) {
    const found = places.flatMap(([where, words]) => (Object.hasOwn(words, code) ? [[where, (words as Readonly<Record<string, string>>)[code]!] as const] : []));
    if (found.length > 0) return { code, where: listed(found.map(([where]) => where)), when: found.map(([, when]) => when).join('\n\n') };
  }
  return null;
}

/** A word as codes are written. */
export const asCode = (word: string): string => word.toUpperCase().replaceAll('-', '_');
