// Random policies and requests, the same for the same seed.
//
// Most parts of a policy are made from the request, so that statements match often enough to be told apart.

const OWN = '111122223333';
const OTHER = '444455556666';

/** Action, resource, and the service's own form of the same resource in another account. */
const ASKED = [
  ['ssm:StartSession', `arn:aws:ec2:us-east-1:${OWN}:instance/i-0abc1234def567890`],
  ['ssm:StartSession', `arn:aws:ssm:us-east-1:${OWN}:document/SSM-SessionManagerRunShell`],
  ['ssm:TerminateSession', `arn:aws:ssm:eu-west-1:${OWN}:session/alice-0a1b2c`],
  ['ssm:DescribeSessions', '*'],
  ['ssmmessages:OpenDataChannel', '*'],
  ['s3:GetObject', 'arn:aws:s3:::logs-bucket/team/alice/2026.log'],
  ['s3:PutObject', 'arn:aws:s3:::logs-bucket/dev/a+b (1).txt'],
  ['sqs:SendMessage', `arn:aws:sqs:us-east-1:${OWN}:queue-dev`],
  ['logs:PutLogEvents', `arn:aws:logs:us-east-1:${OWN}:log-group:/ssm/sessions:log-stream:alice`],
  ['kms:Decrypt', `arn:aws:kms:us-east-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`],
  ['sts:AssumeRole', `arn:aws:iam::${OWN}:role/Ops`],
];
const PRINCIPALS = [
  (account) => `arn:aws:iam::${account}:user/alice`,
  (account) => `arn:aws:iam::${account}:user/team/bob`,
  (account) => `arn:aws:iam::${account}:role/Node`,
  (account) => `arn:aws:sts::${account}:assumed-role/Node/i-0abc1234def567890`,
  (account) => `arn:aws:sts::${account}:federated-user/alice`,
  (account) => `arn:aws:iam::${account}:root`,
  () => 'ec2.amazonaws.com',
  () => 'anonymous',
];
const WORDS = ['dev', 'Dev', 'test', 'dev/a', 'a*b', 'alice', ''];
const ARNS = [
  `arn:aws:iam::${OWN}:role/Node`, `arn:aws:s3:::logs-bucket`, `arn:aws:sns:us-east-1:${OWN}:topic:sub`,
  `arn:aws:lambda:us-east-1:${OTHER}:function:f`,
];
/** For each family of operators: keys that have such values, the values of requests, and those of policies. */
const FAMILIES = {
  String: {
    keys: ['aws:PrincipalTag/Team', 'aws:UserAgent', 'aws:SourceVpce', 'aws:username'],
    has: WORDS,
    wants: [...WORDS, 'd*', '*', '?ev', 'dev*', 'a${*}b', '${aws:username}', '${aws:PrincipalTag/Team}', "${aws:PrincipalTag/Team, 'dev'}", '${aws:username', 'x${$}y'],
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
  },
  Numeric: {
    keys: ['aws:MultiFactorAuthAge'],
    has: ['0', '60', '3600', '3600.5', '-1', '1e3'],
    wants: ['0', '60', '3600', '3600.0', '-1', '1000', '1e3', '${aws:username}', 'none'],
    operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'],
  },
  Date: {
    keys: ['aws:CurrentTime', 'aws:TokenIssueTime', 'aws:EpochTime'],
    has: ['2026-06-15T12:00:00Z', '2026-06-15T14:00:00+02:00', '2026-01-01T00:00:00Z', '1781524800', '2026-06-15'],
    wants: ['2026-06-15T12:00:00Z', '2026-06-15', '2026-06', '2026', '1781524800', '2027-01-01T00:00:00.000Z', 'none', '2026-02-30'],
    operators: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
  },
  Bool: {
    keys: ['aws:MultiFactorAuthPresent', 'aws:SecureTransport'],
    has: ['true', 'false', 'True'],
    wants: ['true', 'false', 'TRUE', 'yes', true, false],
    operators: ['Bool'],
  },
  Binary: {
    keys: ['aws:PrincipalTag/Bytes'],
    has: ['QmluYXJ5', 'QQ==', 'QUI='],
    wants: ['QmluYXJ5', 'QQ==', 'QUI=', 'QUJD'],
    operators: ['BinaryEquals'],
  },
  Ip: {
    keys: ['aws:SourceIp', 'aws:VpcSourceIp'],
    has: ['203.0.113.9', '10.1.2.3', '2001:db8::1', '2001:DB8:0:0:0:0:0:2', '10.0.0.255'],
    wants: ['203.0.113.0/24', '10.0.0.0/8', '10.1.2.3', '2001:db8::/32', '2001:db8::1/128', '10.0.0.7/24', '0.0.0.0/0', '::/0', 'host', '203.0.113.9/32'],
    operators: ['IpAddress', 'NotIpAddress'],
  },
  Arn: {
    keys: ['aws:SourceArn', 'aws:PrincipalArn'],
    has: ARNS,
    wants: [...ARNS, 'arn:aws:iam::*:role/*', 'arn:*:s3:::logs-*', 'arn:aws:sns:*:*:topic:*', 'arn:aws:lambda:us-east-?:*:function:?', 'arn:aws:*:topic:sub', '*', 'arn:aws:iam::111122223333:role/${aws:PrincipalTag/Team}', 'arn:AWS:s3:::logs-bucket'],
    operators: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  },
};
const MULTIVALUED = ['aws:TagKeys', 'aws:PrincipalOrgPaths', 'aws:CalledVia'];

/** Numbers from 0 to 1, by mulberry32. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Source {
  constructor(seed) {
    this.next = numbers(seed);
  }

  below(count) {
    return Math.floor(this.next() * count);
  }

  happens(share) {
    return this.next() < share;
  }

  one(list) {
    return list[this.below(list.length)];
  }

  some(most, make) {
    return Array.from({ length: 1 + this.below(most) }, make);
  }

  oneOrMany(most, make) {
    return this.happens(0.5) ? make() : this.some(most, make);
  }
}

/** The input of `evaluate` for a seed. */
export function random(seed) {
  const from = new Source(seed);
  const [action, resource] = from.one(ASKED);
  const isCross = from.happens(0.25);
  const principal = from.one(from.happens(0.7) ? PRINCIPALS.slice(0, 4) : PRINCIPALS)(isCross ? OTHER : OWN);
  const request = { principal, action, resource, resource_account: OWN, context: context(from, principal) };
  const policy = (names, allows) => document(from, request, { names, allows });
  const some = (share, make) => (from.happens(share) ? make() : null);
  // Services, roots and strangers have no policies of their own, and a role and a key always have one.
  const hasOwn = /:(user|role|assumed-role|federated-user)\//.test(principal);
  const policies = {
    identity: hasOwn ? from.some(2, () => policy(false, 0.8)).map((document, i) => ({ name: `p${i}`, document })) : [],
    boundary: hasOwn ? some(0.15, () => policy(false, 0.9)) : null,
    scps: principal === 'anonymous' ? [] : some(0.2, () => from.some(2, () => from.some(2, () => policy(false, 0.85)))) ?? [],
    rcps: some(0.1, () => from.some(2, () => from.some(2, () => forEverybody(policy(false, 0))))) ?? [],
    session: /:assumed-role|:federated-user/.test(principal) ? some(0.4, () => policy(false, 0.9)) : null,
    resource: some(/^(kms|sts):/.test(action) ? 1 : isCross || !hasOwn ? 0.9 : 0.3, () => policy(true, 0.85)),
  };
  return { policies, request };
}

function context(from, principal) {
  const context = {};
  for (const { keys, has } of Object.values(FAMILIES)) {
    for (const key of keys) if (from.happens(0.6)) context[key] = from.one(has);
  }
  for (const key of MULTIVALUED) if (from.happens(0.5)) context[key] = from.some(3, () => from.one(WORDS));
  // A user has a name, a role has none; whose ARN it is follows from the principal.
  delete context['aws:username'];
  delete context['aws:PrincipalArn'];
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(principal);
  if (user) context['aws:username'] = user[1];
  const session = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)/.exec(principal);
  if (session) context['aws:PrincipalArn'] = `arn:aws:iam::${session[1]}:role/${session[2]}`;
  else if (principal.startsWith('arn:')) context['aws:PrincipalArn'] = principal;
  return context;
}

function document(from, request, { names, allows }) {
  const Statement = from.some(2, () => statement(from, request, from.happens(allows) ? 'Allow' : 'Deny', names));
  const Version = from.happens(0.85) ? '2012-10-17' : from.one(['2008-10-17', undefined]);
  return { ...(Version && { Version }), Statement: from.happens(0.2) ? Statement[0] : Statement };
}

/** As IAM takes it in a resource control policy. */
function forEverybody({ Statement }) {
  const ofAll = ({ NotAction, Action = NotAction, ...rest }) => ({ ...rest, Principal: '*', Action: [Action].flat().map((action) => action.replace(/^\*$/, 's3:*')) });
  return { Version: '2012-10-17', Statement: [Statement].flat().map(ofAll) };
}

function statement(from, request, Effect, names) {
  const isDeny = Effect === 'Deny';
  // A Deny that always matches would leave nothing else to see.
  const near = isDeny ? 0.5 : 0.8;
  const statement = { Effect };
  if (names) {
    const principals = () => principal(from, request.principal, near);
    if (isDeny && from.happens(0.15)) statement.NotPrincipal = { AWS: from.some(3, () => from.one([request.principal, ...owners(request.principal), `arn:aws:iam::${OWN}:user/carol`])) };
    else statement.Principal = principals();
  }
  const isNotAction = from.happens(0.1);
  statement[isNotAction ? 'NotAction' : 'Action'] = from.oneOrMany(3, () => actionOf(from, request.action, isNotAction ? 1 - near : near));
  const isNotResource = from.happens(0.1);
  statement[isNotResource ? 'NotResource' : 'Resource'] = from.oneOrMany(3, () => resourceOf(from, request.resource, isNotResource ? 1 - near : near));
  if (from.happens(0.5)) statement.Condition = conditions(from, request.context);
  return statement;
}

function owners(principal) {
  const account = /:(\d{12}):/.exec(principal)?.[1] ?? OWN;
  const owners = [`arn:aws:iam::${account}:root`, account];
  const role = /:assumed-role\/([^/]+)\//.exec(principal);
  if (role) owners.push(`arn:aws:iam::${account}:role/${role[1]}`);
  const federated = /:federated-user\/(.+)$/.exec(principal);
  if (federated) owners.push(`arn:aws:iam::${account}:user/${federated[1]}`);
  return owners;
}

function principal(from, own, near) {
  if (from.happens(0.15)) return '*';
  const entry = () => (from.happens(near) ? from.one([own, ...owners(own), '*']) : from.one([`arn:aws:iam::${OTHER}:root`, `arn:aws:iam::${OWN}:user/carol`, `arn:aws:iam::${OWN}:user/*`]));
  const entries = from.some(2, entry).filter((entry) => entry.includes(':') || /^[\d*]/.test(entry));
  const services = own.endsWith('.amazonaws.com') && from.happens(near) ? own : from.one(['lambda.amazonaws.com', 'ssm.amazonaws.com']);
  if (entries.length === 0 || own.endsWith('.com')) return { Service: services };
  return from.happens(0.2) ? { AWS: entries, Service: services } : { AWS: entries };
}

function actionOf(from, action, near) {
  const [service, name] = action.split(':');
  if (!from.happens(near)) return from.one(['ssm:GetParameter', 's3:ListBucket', `${service}:Get*x`, `${service}:Nothing`, 'ec2:*']);
  const at = 1 + from.below(name.length - 1);
  return from.one([action, action, '*', `${service}:*`, `${service}:${name.slice(0, at)}*`, `${service}:*${name.slice(at)}`,
    `${service.toUpperCase()}:${name.toLowerCase()}`, `${service}:${name.slice(0, at - 1)}?${name.slice(at)}`,
    `${service}:${name.slice(0, at)}*${name.slice(at)}`]);
}

function resourceOf(from, resource, near) {
  if (!from.happens(near)) {
    return from.one(['arn:aws:s3:::other', 'arn:aws:s3:::other/*', `arn:aws:ssm:us-east-1:${OTHER}:document/*`, 'arn:aws:ec2:*:*:volume/*',
      'arn:aws:s3:::logs-bucket/${aws:PrincipalTag/Team}/*', 'arn:aws:*:*:*:*:${aws:username}']);
  }
  if (resource === '*' || from.happens(0.3)) return '*';
  const fields = resource.split(':');
  const tail = fields.splice(5).join(':');
  const at = 1 + from.below(tail.length - 1);
  const filled = from.one([tail, `${tail.slice(0, at)}*`, `*${tail.slice(at)}`, `${tail.slice(0, at - 1)}?${tail.slice(at)}`,
    tail.replace('alice', '${aws:username}'), tail.replace(/dev/g, '${aws:PrincipalTag/Team}'), tail.replace('alice', "${aws:username, 'alice'}"), '*',
    tail.toUpperCase(), tail.replace(/a/g, '*')]);
  const field = 1 + from.below(4);
  if (from.happens(0.4)) fields[field] = from.one(['*', `${fields[field].slice(0, 2)}*`, fields[field].replace(/.$/, '?')]);
  return [...fields, filled].join(':');
}

function conditions(from, context) {
  const block = {};
  for (let i = from.below(2); i >= 0; i -= 1) {
    const [name, key, wants] = condition(from, context);
    block[name] = { ...block[name], [key]: wants };
  }
  return block;
}

function condition(from, context) {
  if (from.happens(0.1)) {
    const family = from.one(Object.values(FAMILIES));
    return ['Null', from.one([...family.keys, ...MULTIVALUED]), from.one(['true', 'false', true, false])];
  }
  if (from.happens(0.2)) {
    const operator = from.one(FAMILIES.String.operators);
    const wants = from.some(3, () => from.one(FAMILIES.String.wants));
    return [`${from.one(['ForAllValues:', 'ForAnyValue:'])}${operator}${from.happens(0.15) ? 'IfExists' : ''}`, from.one(MULTIVALUED), wants];
  }
  const { keys, has, wants, operators } = from.one(Object.values(FAMILIES));
  const key = from.one(keys);
  const known = context[key];
  // The very value of the request is often wanted.
  const one = () => (known !== undefined && from.happens(0.3) ? known : from.one([...wants, ...has]));
  const qualifier = from.happens(0.07) ? from.one(['ForAllValues:', 'ForAnyValue:']) : '';
  const spelt = from.happens(0.1) ? key.toLowerCase() : key;
  return [`${qualifier}${from.one(operators)}${from.happens(0.25) ? 'IfExists' : ''}`, spelt, from.oneOrMany(3, one)];
}
