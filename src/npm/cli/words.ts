// Words that stand in the output as results, as values or as names of fields of JSON, by where they stand: what each means.
import type { Diagnosis } from '../types.js';
import { FAIL_ON, LEVELS as ORDER } from './check/settings.js';
import type { ChosenType } from './check/type.js';
import type { Change } from './diff/compared.js';

type Words = Readonly<Record<string, string>>;

/** Of `access` in postern.json, and of both sides of a comparison. */
const RESULTS: Words = {
  PASS: 'It was proved over all requests that there is no such access: nothing is granted that is asked about, or nothing is gained or lost.',
  FAIL: 'There is such access: a statement grants it, and a request is named that it allows.',
  UNKNOWN: 'Neither could be proved; the message and the list of open questions beside it say why.',
};

const RELATIONS: Words = {
  equal: 'Both sides allow the same requests.',
  wider: 'The new side allows what the old one does not, and nothing is lost.',
  narrower: 'The old side allows what the new one does not, and nothing is gained.',
  different: 'Something is gained and something else is lost: neither side allows all that the other does.',
};

const CHANGES: Record<Change['direction'], string> = {
  gained: 'The new side allows what the old one does not, and a request is named that it allows. With a question mark it cannot be told whether that is so.',
  lost: 'The new side no longer allows what the old one does, and a request is named that was allowed. With a question mark it cannot be told whether that is so.',
};

const GUESSED = 'Nothing but its text and the name of its file tells what type of policy it is. Another one is said by --policy-type, or in postern.json.';

/** Who says what type a policy is of. */
const FROM: Record<ChosenType['from'] | 'guessed', string> = {
  option: 'An option of the command says what type of policy it is.',
  config: 'The configuration says what type of policy it is.',
  file: 'Where the policy stands in its file tells what type it is of.',
  guess: GUESSED, guessed: GUESSED,
};

/** What "postern role --format json" has. */
const DIAGNOSIS: Record<keyof Diagnosis, string> = {
  recognised: 'What each text was taken for, and whether it counts.',
  roleName: 'The name of the role or user whose policies count, where it is known.',
  side: 'Whose policies they are, a node\'s or people\'s, where nobody said what is wanted and something tells.',
  policies: 'How many policies count. In the reports of "postern check" and "postern diff": each of them.',
  statements: 'How many statements the policies have that count.',
  capabilities: 'What works, fails or is unknown, one for each thing that is wanted, with the reasons.',
  missing: 'The smallest policy that has to be added so that all works that is wanted, as far as an addition can do it.',
  blocked: 'What no policy that is added can repair, such as a statement that denies, or a boundary that does not allow: that one has to be changed. It stands below "No policy that is added can help here".',
  assumptions: 'What was taken for granted, since nothing tells it.',
};

const NOT_READ: Words = {
  notChecked: 'The policies of which nothing can be read, so that they were not checked, each with why.',
  notCompared: 'The policies of which nothing can be read, so that they were not compared, each with why.',
};

const OUTCOMES: Words = {
  allowed: 'A statement allows the request, no statement denies it, and no layer is in the way.',
  implicit_deny: 'Nothing allows the request in one of the layers, which refuses it. A statement that allows it has to be added.',
  explicit_deny: 'A statement with the effect Deny matches the request. Nothing that allows it helps beside that.',
  denied: 'The request is refused, and it is not told whether by a statement or for lack of one.',
  depends: 'It depends on what is not known, such as the value of a condition key.',
  not_iam: 'The trouble has another cause than permissions, so that no policy mends it.',
};

const LAYERS: Words = {
  identity: 'The policies that a role, a user or a group has.',
  boundary: 'The permissions boundary of a role or a user, which must allow what they do and gives nothing.',
  session: 'The session policy that was given when a role was taken, which must allow what the session does.',
  resource: 'The policy of what a request is about, such as a key or a bucket.',
  trust: 'The trust policy of a role, which says who may take it.',
  scp: 'A service control policy of the organization, which must allow what the accounts below it do.',
  scps: 'The service control policies of the organization, which must allow on each level what the accounts below it do.',
  rcp: 'A resource control policy of the organization, which must allow what is done with the resources below it.',
  rcps: 'The resource control policies of the organization, which must allow on each level what is done with the resources below it.',
  endpoint: 'The policy of the VPC endpoint through which a request goes, which must allow it.',
};

const LEVELS: Words = {
  required: 'The capability does not work without it.',
  recommended: 'The capability works without it in most settings; the message says in which it does not.',
  optional: 'The capability works without it, and has less to show.',
};

const CAPABILITY_RESULTS: Words = {
  works: 'All that the capability requires is allowed.',
  fails: 'Something that the capability requires is not allowed, or is denied.',
  unknown: 'It depends on what was not given or cannot be known here, so that it may be so or not. The reasons or questions beside it say on what. Of an error message: it does not tell of a refusal, and a missing permission is one of several causes.',
};

const SIDES: Words = {
  node: 'The policies of a node decide: what the agent on an instance, a machine of a hybrid activation or a task of ECS may do.',
  operator: 'The policies of people decide: who starts sessions and runs commands.',
  guard: 'It is about what policies refuse to people.',
  admin: 'The policies of administrators decide.',
};

/** What `postern check` finds, and policies by how AWS names their types. */
const FINDINGS: Words = {
  ERROR: 'IAM refuses the policy, or what stands there never does what it says.',
  SECURITY_WARNING: 'The policy allows more than is safe.',
  WARNING: 'What stands there may do something else than is meant.',
  SUGGESTION: 'The policy is right, and can be written in a better way.',
};

/** The same in the words of people, which --fail-on takes. */
const ALARMS: Words = Object.fromEntries(FAIL_ON.map((word, i) => [word, FINDINGS[ORDER[i]!]!]));

const POLICY_TYPES: Words = {
  IDENTITY_POLICY: 'A policy that a role, a user or a group has.',
  RESOURCE_POLICY: 'A policy of a resource, such as a bucket or a key; the trust policy of a role is one.',
  SERVICE_CONTROL_POLICY: 'A policy of an organization for what its accounts may do.',
  RESOURCE_CONTROL_POLICY: 'A policy of an organization for what may be done with its resources.',
};

const FIXES: Words = {
  safe: 'A fix after which the policy allows the same, or which makes a policy out of a text that IAM refused.',
  unsafe: 'A fix after which the policy may allow something else; it is made only where somebody asks for it.',
};

const QUESTIONS: Words = {
  '?malformed-statement': 'IAM would refuse a statement, so that nobody knows what it does.',
  '?unknown-operator': 'A Deny has an operator that IAM does not know.',
  '?invalid-value': 'A negated operator stands before a value that is none of its kind.',
  '?empty-value': 'ForAllValues or Null is asked of an empty value, which AWS has called a value and no value.',
  '?variable-without-value': 'A NotResource has a variable that the request has no value for.',
  '?not-principal': 'A NotPrincipal lists somebody without the account, the role or the session that belongs to them.',
  '?session-name': 'A policy names one session of a role, and nobody said which session asks.',
  '?identity-policy': 'The policies of whoever asks are not known.',
  '?boundary': 'The permissions boundary is not known.',
  '?session-policy': 'The session policy is not known.',
  '?key-policy': 'The policy of the key is not known.',
  '?trust-policy': 'The trust policy of the role is not known.',
  '?resource-policy': 'The policy of the resource is not known.',
  '?scp': 'The service control policies are not known.',
  '?rcp': 'The resource control policies are not known.',
  '?endpoint-policy': 'The policy of the VPC endpoint is not known.',
  '?variable': 'It depends on what a variable in a policy stands for.',
  '?mixed-operators': 'Operators of different kinds read the same condition key, which are not compared with each other.',
  '?wildcard-in-trusted-key': 'A value with a wildcard is all that keeps strangers out, and what it lets in is not known.',
  '?variable-in-trusted-key': 'A variable that stands for the owner of the resource is all that keeps strangers out.',
  '?address-count': 'The ranges of addresses are narrow one by one, and wide together.',
  '?limit': 'The policies are too large to be sure; nothing was found so far. Fewer or simpler statements can be compared.',
  '?unconfirmed': 'A request was found that the evaluation does not confirm, which is a fault of Postern.',
  '?level': 'Some service control policies allow it and others do not, and nobody said which of them stand on one level of the organization.',
  '?resource': 'It is allowed on some resources, and the one that is meant was not given.',
  '?N-more': 'So many condition keys more matter, in place of N; the first are named.',
  '?N-more-policies': 'So many policies more are not known, in place of N; the first are named.',
  '?role': 'There are several roles, and nobody said which of them is meant.',
};

/** Of where each stands, the words; a word of several means all of it. */
export const WORDS: readonly (readonly [where: string, words: Words])[] = [
  ['the result of a check of access, also in "postern diff --format json"', RESULTS],
  ['a relation in "postern diff --format json"', RELATIONS],
  ['a change in "postern diff", and a word of its --fail-on', CHANGES],
  ['how the type of a policy is known, in "postern check" and "postern diff"', FROM],
  ['a field of "postern role --format json"', DIAGNOSIS],
  ['a field of "postern check" and "postern diff" with --format json', NOT_READ],
  ['what is decided of a request, and the cause in "postern explain --error --format json"', OUTCOMES],
  ['a layer of policies that decide together, in "postern role" and "postern explain --error" with --format json', LAYERS],
  ['a level in "postern role --format json"', LEVELS],
  ['the result of a capability in "postern role", or of a comparison', CAPABILITY_RESULTS],
  ['the side of a capability', SIDES],
  ['how much a finding of "postern check" matters', FINDINGS],
  ['how much a finding of "postern check" matters, and a word of its --fail-on', ALARMS],
  ['the type of a policy, as AWS names it', POLICY_TYPES],
  ['how a fix of "postern check" may be made', FIXES],
  ['an open question, on which an answer depends', QUESTIONS],
];
