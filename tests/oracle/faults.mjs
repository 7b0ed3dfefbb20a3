// Where the other simulator is wrong, each as a look at the case, our answer and its answer.
//
// The source of each is the IAM user guide or the Organizations user guide, read 2026-11.

const ACCOUNT = /:(\d{12}):/;
const list = (value) => (value == null ? [] : [value].flat());
const isCross = ({ request }) => ACCOUNT.exec(request.principal)?.[1] !== request.resource_account;
const kind = ({ request }) => /:(root|user|role|assumed-role|federated-user)(?:\/|$)/.exec(request.principal)?.[1] ?? 'other';
const texts = (document) => list(document?.Statement).map((statement) => [document, statement]);
const all = ({ policies: { identity, boundary, scps, rcps, session, resource } }) => [
  ...identity.map(({ document }) => document), boundary, ...scps.flat(), ...rcps.flat(), session, resource,
].flatMap(texts);
const some = (input, is) => all(input).some(([document, statement]) => is(statement, document));
const patterns = ({ Resource, NotResource }) => [...list(Resource), ...list(NotResource)];
const conditions = ({ Condition = {} }) => Object.entries(Condition).flatMap(([operator, keys]) => (
  Object.entries(keys).map(([key, wants]) => ({ operator, key, wants: list(wants).map(String) }))));
const has = (input, is) => some(input, (statement) => conditions(statement).some(is));
const known = ({ request }, key) => Object.entries(request.context).find(([k]) => k.toLowerCase() === key.toLowerCase())?.[1];

/** The variables in a text that have no value in the request and no default. */
const valueless = (input, text) => [...text.matchAll(/\$\{([\w:/]+)\}/g)].some(([, key]) => known(input, key) === undefined);
const isModern = ({ Version }) => Version === '2012-10-17';
/** A wildcard in what stands before the first slash or colon of the resource, as in `arn:aws:ssm:*:*:*ument/x`. */
const hasWildType = (pattern) => /[*?]/.test(/^[^/:]*(?=[/:])/.exec(pattern.split(':').slice(5).join(':'))?.[0] ?? '');

// The first that fits is counted.
export const FAULTS = {
  // "AWS Organizations: RCPs" lists the services; Systems Manager is not one of them.
  'resource control policies on services that they do not apply to': (input, ours, other) => (
    /^ssm(messages)?:/.test(input.request.action) && input.policies.rcps.length > 0 && other === 'explicit_deny'),
  // "SCPs affect only IAM users and roles that are managed by accounts": no service principal.
  'service control policies on services': (input, ours, other) => (
    kind(input) === 'other' && input.request.principal !== 'anonymous' && input.policies.scps.length > 0 && ours !== other),
  // "Policy evaluation logic": the root user of an account has every permission in it.
  'the root user needs a policy of its own': (input, ours, other) => (
    kind(input) === 'root' && ours === 'allowed' && other === 'implicit_deny'),
  // STS API reference, AssumeRole: not with the credentials of the root user, whose access is denied.
  'the root user assumes no role': (input, ours, other) => (
    kind(input) === 'root' && input.request.action === 'sts:AssumeRole' && ours === 'implicit_deny' && other === 'allowed'),
  // GetFederationToken: "If you do not pass a policy, the resulting session has no permissions" of its own.
  'federated users without a session policy': (input, ours, other) => (
    kind(input) === 'federated-user' && input.policies.session === null && ours === 'implicit_deny' && other === 'allowed'),
  // "Policies and permissions": a grant to the ARN of a session or to * is not limited by the session policy.
  'grants to a session limited by its policy': (input, ours, other) => (
    input.policies.session !== null && !isCross(input) && input.policies.resource !== null && ours === 'allowed' && other === 'implicit_deny'),
  // "NotPrincipal": with [user, account], all principals except that user are denied.
  'NotPrincipal that lists the account excepts all of it': (input, ours, other) => (
    list(input.policies.resource?.Statement).some(({ NotPrincipal }) => NotPrincipal !== undefined) && ours === 'explicit_deny' && other !== ours),
  // "Version": variables are text but in a document of 2012-10-17.
  'variables in an old document': (input) => (
    some(input, (statement, document) => !isModern(document) && JSON.stringify(statement).includes('${'))),
  // "Policy variables": with no value, the value matches nothing, so that a negated operator holds.
  'negated operators on a variable without a value': (input) => (
    some(input, (statement, document) => isModern(document) && conditions(statement).some(({ operator, wants }) => (
      /Not/.test(operator) && wants.some((text) => valueless(input, text)))))),
  'NotResource with a variable without a value': (input) => (
    some(input, ({ NotResource }, document) => isModern(document) && list(NotResource).some((text) => valueless(input, text)))),
  'dates that do not exist': (input) => has(input, ({ operator, wants }) => /Date/.test(operator) && wants.includes('2026-02-30')),
  // "Numeric condition operators": 1e3 is 1000.
  'exponents': (input) => has(input, ({ operator, wants, key }) => (
    /Numeric/.test(operator) && [...wants, known(input, key) ?? ''].some((text) => /e/.test(text)))),
  // "Date condition operators": also in seconds since 1970.
  'dates in seconds': (input) => has(input, ({ operator, key, wants }) => (
    /Date/.test(operator) && [...wants, known(input, key)].includes('1781524800'))),
  // An address of IPv6 lies in no range of IPv4, so that NotIpAddress holds, and every one of IPv4 lies in 0.0.0.0/0.
  'ranges of the other family, and of all addresses': (input) => has(input, ({ operator, key, wants }) => (
    /IpAddress/.test(operator) && wants.some((range) => range === '0.0.0.0/0' || range.includes(':') !== known(input, key)?.includes(':')))),
  // "Policy variables": ${*} is a star wherever variables are read.
  'escapes under an operator that ignores case': (input) => (
    has(input, ({ operator, wants }) => /IgnoreCase/.test(operator) && wants.some((text) => /\$\{[*$?]\}/.test(text)))),
  // AWS's own managed policies have such resources: AmazonAPIGatewayPushToCloudWatchLogs and others.
  'wildcards in the type of a resource': (input) => some(input, (statement) => patterns(statement).some(hasWildType)),
};
