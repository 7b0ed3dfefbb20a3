// Inputs that grow: for each call of the package the kinds of thing of which a text or an option can hold many.
//
// Each kind makes the arguments of a call with `n` of them. No kind is a policy that somebody would write: each has
// much of one thing and nothing else, so that work that grows with its square has nowhere to hide.

const many = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const id = (i, digits) => String(i).padStart(digits, '0');
const hex = (i, digits) => i.toString(16).padStart(digits, '0');
const allow = (fields) => ({ Effect: 'Allow', Action: 'ssm:StartSession', Resource: '*', ...fields });
const policy = (...statements) => ({ Version: '2012-10-17', Statement: statements });
// There may be more of them than a call takes arguments.
const ofStatements = (make) => (n) => ({ ...policy(), Statement: many(n, make) });
const ofOne = (make) => (n) => policy(allow(make(n)));
const when = (make) => ofOne((n) => ({ Condition: make(n) }));
const entries = (n, key, value) => Object.fromEntries(many(n, (i) => [key(i), value(i)]));
const account = (i) => id(i % 999_999_999_999, 12);
const key = (i) => `arn:aws:kms:us-east-1:111122223333:key/${hex(i, 8)}-12ab-34cd-56ef-1234567890ab`;
/** As many of something as its name has letters, both about half of what there is. */
const ofLong = (make) => (n) => make('k'.repeat(Math.ceil(n / 2)), Math.ceil(n / 2));
const NODE = 'arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0';
const ROLE = 'arn:aws:iam::111122223333:role/app';

/** Policies with n of one thing, as objects. */
export const POLICIES = {
  'statements that are empty': ofStatements(() => ({})),
  'statements without an action': ofStatements(() => ({ Effect: 'Allow', Resource: '*' })),
  'statements that are equal': ofStatements(() => allow()),
  'statements that differ in their resource': ofStatements((i) => allow({ Resource: `arn:aws:ec2:*:*:instance/i-${hex(i, 17)}` })),
  'statements that differ in their action': ofStatements((i) => allow({ Action: `ssm:Start${i}*` })),
  'statements that deny': ofStatements((i) => allow({ Effect: 'Deny', Sid: `Deny${i}` })),
  'statements that allow everything': ofStatements(() => allow({ Action: '*' })),
  'statements with NotAction and NotResource': ofStatements((i) => ({ Effect: 'Allow', NotAction: 'iam:*', NotResource: `arn:aws:s3:::b${i}` })),
  'statements with a condition': ofStatements((i) => allow({ Condition: { StringEquals: { 'aws:ResourceTag/Team': `t${i}` } } })),
  'statements with a key each': ofStatements((i) => allow({ Condition: { StringEquals: { [`aws:ResourceTag/T${i}`]: 'x' } } })),
  'statements with a principal': ofStatements((i) => allow({ Principal: { AWS: account(i) } })),
  'statements that pass a role': ofStatements(() => allow({ Action: 'iam:PassRole' })),
  'statements that start half a session': ofStatements(() => allow({ Resource: 'arn:aws:ec2:*:*:instance/*' })),
  'statements that are no objects': ofStatements((i) => i),
  'sids that are equal': ofStatements(() => allow({ Sid: 'Same' })),
  'sids that are wrong': ofStatements((i) => allow({ Sid: `a-b ${i % 7}` })),
  'sids that are empty': ofStatements(() => allow({ Sid: '' })),
  'elements that do not exist': (n) => policy({ ...allow(), ...entries(n, (i) => `Element${i}`, () => 1) }),
  'members of the root': (n) => ({ ...policy(allow()), ...entries(n, (i) => `Element${i}`, () => 1) }),
  'actions that are equal': ofOne((n) => ({ Action: many(n, () => 'ssm:StartSession') })),
  'actions that do not exist': ofOne((n) => ({ Action: many(n, (i) => `ssm:StartSession${i}`) })),
  'actions of no service': ofOne((n) => ({ Action: many(n, (i) => `ssn${i}:StartSession`) })),
  'actions with a wildcard': ofOne((n) => ({ Action: many(n, (i) => `ssm:*Get${i}*`) })),
  'actions that cover one another': ofOne((n) => ({ Action: many(n, (i) => `s3:${'G'.repeat(i % 40)}*`) })),
  'actions that are all stars': ofOne((n) => ({ Action: many(n, () => '*') })),
  'actions that are empty': ofOne((n) => ({ Action: many(n, () => '') })),
  'actions that are no strings': ofOne((n) => ({ Action: many(n, () => 1) })),
  'actions that are not meant': (n) => policy({ Effect: 'Allow', NotAction: many(n, (i) => `s3:Get${i}*`), Resource: '*' }),
  'stars in an action': ofOne((n) => ({ Action: `ssm:${'*a'.repeat(n)}` })),
  'stars in a resource': ofOne((n) => ({ Resource: `arn:aws:ec2:*:*:instance/${'*a'.repeat(n)}` })),
  'marks in a resource': ofOne((n) => ({ Resource: `arn:aws:ec2:*:*:instance/*${'?'.repeat(n)}` })),
  'resources that differ': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:ec2:us-east-1:111122223333:instance/i-${hex(i, 17)}`) })),
  'resources of many accounts': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:ec2:us-east-1:${account(i)}:instance/*`) })),
  'resources with a wildcard': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:s3:::*b${i}*`) })),
  'resources that cover one another': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:s3:::${'b'.repeat(i % 60)}*`) })),
  'resources that are no ARN': ofOne((n) => ({ Resource: many(n, (i) => `b${i}`) })),
  'resources of no service': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:ssn${i}:::b`) })),
  'resources that are empty': ofOne((n) => ({ Resource: many(n, () => '') })),
  'resources that are not meant': (n) => policy({ Effect: 'Allow', Action: '*', NotResource: many(n, (i) => `arn:aws:s3:::b${i}`) }),
  'keys of KMS': ofOne((n) => ({ Action: 'kms:Decrypt', Resource: many(n, key) })),
  'buckets': ofOne((n) => ({ Action: ['s3:PutObject', 's3:ListBucket'], Resource: many(n, (i) => `arn:aws:s3:::b${i}/*`) })),
  'colons in a resource': ofOne((n) => ({ Resource: `arn:aws:logs:*:*:${'a:*'.repeat(n)}` })),
  'condition keys': when((n) => ({ StringEquals: entries(n, (i) => `aws:ResourceTag/T${i}`, () => 'x') })),
  'condition keys for all values': when((n) => ({ 'ForAllValues:StringEquals': entries(n, (i) => `aws:RequestTag/T${i}`, () => 'x') })),
  'condition keys that do not exist': when((n) => ({ StringEquals: entries(n, (i) => `ssm:key${i}`, () => 'x') })),
  'condition keys of no service': when((n) => ({ StringEquals: entries(n, (i) => `ssn${i}:key`, () => 'x') })),
  'condition keys in other cases': when((n) => ({ StringEquals: entries(n, (i) => [...'resourcetag/abcdefghijk'].map((c, at) => ((i >> at) & 1 ? c.toUpperCase() : c)).join('').replace(/^/, 'aws:'), () => 'x') })),
  'operators that do not exist': when((n) => entries(n, (i) => `StringEqual${i}`, () => ({ 'aws:username': 'x' }))),
  'operators without keys': when((n) => entries(n, (i) => `StringEquals${i}`, () => ({}))),
  'values of a long key': when((n) => ({ StringEquals: { [`aws:${'k'.repeat(n)}`]: many(n, () => '') } })),
  'values': when((n) => ({ StringLike: { 'ssm:resourceTag/Team': many(n, (i) => `*t${i}*`) } })),
  'values that are equal': when((n) => ({ StringLike: { 'ssm:resourceTag/Team': many(n, () => '*') } })),
  'values that are empty': when((n) => ({ StringEquals: { 'ssm:resourceTag/Team': many(n, () => '') } })),
  'values that are no strings': when((n) => ({ StringEquals: { 'ssm:resourceTag/Team': many(n, () => null) } })),
  'values that are no strings of a long key': ofLong((name, n) => policy(allow({ Condition: { StringEquals: { [name]: many(n, () => null) } } }))),
  'values that are lists of a long key': ofLong((name, n) => policy(allow({ Condition: { StringEquals: { [name]: many(n, () => []) } } }))),
  'values that are stars of a long key': ofLong((name, n) => policy(allow({ Condition: { StringLike: { [`${name}.example.com:sub`]: many(n, () => '*') } } }))),
  'values that are stars of a long tag': ofLong((name, n) => policy(allow({ Condition: { StringEquals: { [`aws:RequestTag/${name}`]: many(n, () => '*') } } }))),
  'condition keys below a long operator': ofLong((name, n) => policy(allow({ Condition: { [`ForAllValues:${name}`]: entries(n, (i) => `k${i}`, () => []) } }))),
  'values that are ARNs': when((n) => ({ ArnLike: { 'aws:PrincipalArn': many(n, (i) => `arn:aws:iam::111122223333:role/r${i}*`) } })),
  'values that are accounts': when((n) => ({ StringEquals: { 'aws:PrincipalAccount': many(n, account) } })),
  'CIDRs': when((n) => ({ IpAddress: { 'aws:SourceIp': many(n, (i) => `203.${(i >> 8) & 255}.${i & 255}.0/24`) } })),
  'CIDRs that are private': when((n) => ({ IpAddress: { 'aws:SourceIp': many(n, (i) => `10.${(i >> 8) & 255}.${i & 255}.0/24`) } })),
  'CIDRs that are denied': (n) => policy(allow(), allow({ Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': many(n, (i) => `203.${(i >> 8) & 255}.${i & 255}.0/24`) } } })),
  'numbers': when((n) => ({ NumericLessThan: { 'aws:MultiFactorAuthAge': many(n, String) } })),
  'dates': when((n) => ({ DateLessThan: { 'aws:CurrentTime': many(n, (i) => `2026-01-01T00:00:${id(i % 60, 2)}Z`) } })),
  'booleans': when((n) => ({ Bool: { 'aws:SecureTransport': many(n, (i) => String(i % 2 === 0)) } })),
  'variables in resources': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:ssm:*:*:session/\${aws:username}-${i}*`) })),
  'variables of many names': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:ssm:*:*:session/\${aws:PrincipalTag/T${i}}-*`) })),
  'variables in one resource': ofOne((n) => ({ Resource: `arn:aws:ssm:*:*:session/${many(n, (i) => `\${aws:PrincipalTag/T${i}}`).join('')}` })),
  'variables that are not closed': ofOne((n) => ({ Resource: `arn:aws:ssm:*:*:session/${'${aws:'.repeat(n)}` })),
  'variables in values': when((n) => ({ StringLike: { 'ssm:resourceTag/Team': many(n, (i) => `\${aws:PrincipalTag/T${i}}`) } })),
  'dollars': ofOne((n) => ({ Resource: '$'.repeat(n) })),
  'principals': ofOne((n) => ({ Action: 'sts:AssumeRole', Principal: { AWS: many(n, (i) => `arn:aws:iam::${account(i)}:role/r`) } })),
  'principals of one account': ofOne((n) => ({ Action: 'sts:AssumeRole', Principal: { AWS: many(n, (i) => `arn:aws:iam::111122223333:role/r${i}`) } })),
  'principals that are wrong': ofOne((n) => ({ Action: 'sts:AssumeRole', Principal: { AWS: many(n, (i) => `role${i}`) } })),
  'principals that are everybody': ofOne((n) => ({ Action: 'sts:AssumeRole', Principal: { AWS: many(n, () => '*') } })),
  'principals that are services': ofOne((n) => ({ Action: 'sts:AssumeRole', Principal: { Service: many(n, (i) => `s${i}.amazonaws.com`) } })),
  'principals that are not meant': (n) => policy({ Effect: 'Deny', NotPrincipal: { AWS: many(n, (i) => `arn:aws:iam::${account(i)}:root`) }, Action: '*', Resource: '*' }),
  'principals of a long type that are no strings': ofLong((name, n) => policy(allow({ Principal: { [name]: many(n, () => 1) } }))),
  'principal types': ofOne((n) => ({ Principal: entries(n, (i) => `Type${i}`, () => '*') })),
  'identity providers': ofOne((n) => ({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: many(n, (i) => `arn:aws:iam::111122223333:oidc-provider/p${i}.example.com`) } })),
  'subjects of GitHub': ofOne((n) => ({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' }, Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': many(n, (i) => `repo:o${i}/*`) } } })),
  'placeholders': ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:ec2:region:account-id:instance/<instance-id-${i}>`) })),
  'secrets': ofOne((n) => ({ Resource: many(n, (i) => `AKIA${id(i, 12)}3QXY`) })),
};

/** Texts of policies that no object says. */
export const TEXTS = {
  'keys that stand twice': (n) => `{"Version": "2012-10-17", "Statement": {${many(n, () => '"Sid": "a"').join(', ')}}}`,
  'operators that stand twice': (n) => `{"Statement": {"Effect": "Allow", "Condition": {${many(n, () => '"StringEquals": {"aws:username": "a"}').join(', ')}}}}`,
  'escapes': (n) => `{"Statement": {"Resource": "${'\\u0024\\u007b'.repeat(n)}"}}`,
  'effects between words': (n) => 'x {"Effect":"Deny"} '.repeat(n),
  'objects of Python without an end': (n) => "{'a': True, ".repeat(n),
  'brackets': (n) => '['.repeat(n),
  'spaces': (n) => ' '.repeat(n),
  'lines': (n) => `{${'\r\n'.repeat(n)}"Statement": []}`,
  'deep lists': (n) => `{"Statement": [${many(n, () => '['.repeat(120) + ']'.repeat(120)).join(',')}]}`,
  'statements with an element that does not exist': (n) => `{"Statement": [${many(n, () => '{"a": 1}').join(',')}]}`,
  'lists in lists': (n) => `{"Statement": [${many(n, () => '[[]]').join(',')}]}`,
  'broken at the end': (n) => `{"Statement": [${many(n, () => '{}').join(',')}`,
  'commas': (n) => `{"Statement": [${','.repeat(n)}]}`,
  'objects in Sid': (n) => `{"Statement": {"Sid": [${many(n, () => '{}').join(',')}], "Effect": [${many(n, () => '{}').join(',')}]}}`,
};

/** What people paste that is no policy. */
export const PASTED = {
  'names of managed policies that nobody knows': (n) => ({ documents: many(n, (i) => `ExamplePolicy${i}`) }),
  'names of managed policies in one text': (n) => ({ documents: [many(n, (i) => `ExamplePolicy${i}`).join('\n')] }),
  'ARNs of managed policies that nobody knows': (n) => ({ documents: [many(n, (i) => `arn:aws:iam::111122223333:policy/p${i}`).join('\n')] }),
  'names of managed policies that are known': (n) => ({ documents: many(n, () => 'AmazonSSMManagedInstanceCore') }),
  'texts that are nothing': (n) => ({ documents: many(n, (i) => `hello ${i}`) }),
  'texts that are empty': (n) => ({ documents: many(n, () => '') }),
  'policies': (n) => ({ documents: many(n, (i) => JSON.stringify(policy(allow({ Resource: `arn:aws:ec2:*:*:instance/i-${hex(i, 17)}` })))) }),
  'policies of one name': (n) => ({ documents: many(n, () => ({ name: 'same', text: JSON.stringify(policy(allow())) })) }),
  'policies that are broken': (n) => ({ documents: many(n, () => '{"Version": "2012-10-17", "Statement": [{') }),
  'policies in one text': (n) => ({ documents: [many(n, () => JSON.stringify(policy(allow()))).join('\n')] }),
  'policies behind words': (n) => ({ documents: [many(n, () => `{ not json ${JSON.stringify(policy(allow()))}`).join('\n')] }),
  'attached policies': (n) => ({ documents: [{ AttachedPolicies: many(n, (i) => ({ PolicyName: `p${i}`, PolicyArn: `arn:aws:iam::111122223333:policy/p${i}` })) }] }),
  'roles of an account': (n) => ({ documents: [{ RoleDetailList: many(n, (i) => ({ RoleName: `r${i}`, Arn: `arn:aws:iam::111122223333:role/r${i}`, RolePolicyList: [{ PolicyName: 'p', PolicyDocument: policy(allow()) }] })) }] }),
  'groups of a user': (n) => ({ documents: [{ UserDetailList: [{ UserName: 'u', Arn: 'arn:aws:iam::111122223333:user/u', GroupList: many(n, (i) => `g${i}`) }], GroupDetailList: many(n, (i) => ({ GroupName: `g${i}`, GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: policy(allow()) }] })) }] }),
  'encoded policies': (n) => ({ documents: [encodeURIComponent(JSON.stringify(policy(...many(n, () => allow()))))] }),
  'braces': (n) => ({ documents: ['{'.repeat(n)] }),
  'quotes': (n) => ({ documents: ['{"'.repeat(n)] }),
  'percent signs': (n) => ({ documents: ['%7B'.repeat(n)] }),
  'words': (n) => ({ documents: ['word '.repeat(n)] }),
  'service control policies': (n) => ({ documents: [], scps: many(n, () => policy(allow({ Action: '*' }))) }),
  'service control policies that deny': (n) => ({ documents: [], scps: many(n, (i) => policy(allow({ Effect: 'Deny', Action: 'ssm:*', Resource: `arn:aws:ec2:*:*:instance/i-${hex(i, 17)}` }))) }),
};

const DENIED = `User: ${ROLE} is not authorized to perform: ssm:StartSession on resource: ${NODE} because no identity-based policy allows the ssm:StartSession action`;
const STATEMENT = JSON.stringify(allow());
/** Texts with something around policies. */
export const WRAPPED = {
  'fences': (n) => '```\n{}\n'.repeat(n),
  'fences in one line': (n) => '```'.repeat(n),
  'policies in fences': (n) => many(n, () => `\`\`\`json\n${JSON.stringify(policy(allow()))}\n\`\`\``).join('\n'),
  'statements one after the other': (n) => many(n, () => STATEMENT).join(',\n'),
  'a list of statements': (n) => `[${many(n, () => STATEMENT).join(', ')}]`,
  'escaped statements': (n) => JSON.stringify(JSON.stringify(policy(...many(n, () => allow())))).slice(1, -1),
  'typographic quotation marks': (n) => JSON.stringify(policy(...many(n, () => allow()))).replaceAll('"', '\u201d'),
  'resources of a template': (n) => JSON.stringify({ Resources: entries(n, (i) => `R${i}`, () => ({ Properties: { PolicyDocument: policy(allow()) } })) }),
  'events': (n) => JSON.stringify({ Records: many(n, () => ({ eventName: 'a', eventSource: 'b', requestParameters: { policyDocument: JSON.stringify(policy(allow())) } })) }),
};
/** Texts with errors. */
export const ERRORS = {
  'messages that are equal': (n) => many(n, () => DENIED).join('\n'),
  'messages that differ': (n) => many(n, (i) => DENIED.replace('JohnDoe', `user${i}`).replace('i-0', `i-${hex(i, 5)}`)).join('\n'),
  'messages in one line': (n) => many(n, (i) => DENIED.replace('StartSession', `Start${i}`)).join(' '),
  'beginnings of messages': (n) => 'User: arn:aws:iam::111122223333:user/a is not authorized to perform: '.repeat(n),
  'messages of the agent': (n) => many(n, () => 'EC2RoleRequestError: no EC2 instance role found').join('\n'),
  'words': (n) => 'is not authorized '.repeat(n),
  'spaces': (n) => ' '.repeat(n),
  'lines': (n) => '\n'.repeat(n),
  'capital letters': (n) => 'ARN:AWS:'.repeat(n),
  'letters that change their length in another case': (n) => '\u0130\u00df'.repeat(n),
};

const request = (fields) => ({ principal: ROLE, action: 'ssm:StartSession', resource: NODE, context: {}, ...fields });
const inPolicies = (document) => ({ identity: [{ name: 'p', document }] });
/** Inputs of decisions. */
export const DECISIONS = {
  'policies': (n) => ({ policies: { identity: many(n, (i) => ({ name: `p${i}`, document: policy(allow()) })) }, request: request() }),
  'policies that deny': (n) => ({ policies: { identity: many(n, (i) => ({ name: `p${i}`, document: policy(allow({ Effect: 'Deny' })) })) }, request: request() }),
  'service control policies': (n) => ({ policies: { ...inPolicies(policy(allow())), scps: many(n, () => [policy(allow({ Action: '*' }))]) }, request: request() }),
  'service control policies on one level': (n) => ({ policies: { ...inPolicies(policy(allow())), scps: [many(n, () => policy(allow({ Action: '*' })))] }, request: request() }),
  'resource control policies': (n) => ({ policies: { ...inPolicies(policy(allow())), rcps: many(n, () => [policy(allow({ Action: '*', Principal: '*' }))]) }, request: request() }),
  'keys of the request': (n) => ({ policies: inPolicies(policy(allow({ Condition: { StringEquals: { 'aws:username': 'a' } } }))), request: request({ context: entries(n, (i) => `aws:RequestTag/T${i}`, () => 'x') }) }),
  'keys that are unknown': (n) => ({ policies: inPolicies(policy(...many(n, (i) => allow({ Condition: { StringEquals: { [`aws:ResourceTag/T${i}`]: 'x' } } })))), request: request({ unknown: many(n, (i) => `aws:ResourceTag/T${i}`) }) }),
  'keys that are unknown in one statement': (n) => ({ policies: inPolicies(policy(allow({ Condition: { StringEquals: entries(n, (i) => `aws:ResourceTag/T${i}`, () => 'x') } }))), request: request({ unknown: many(n, (i) => `aws:ResourceTag/T${i}`) }) }),
  'values that are unknown': (n) => ({ policies: inPolicies(policy(allow({ Condition: { StringLike: { 'aws:ResourceTag/T': many(n, (i) => `*t${i}*`) } } }))), request: request({ unknown: ['aws:ResourceTag/T'] }) }),
  'CIDRs that are unknown': (n) => ({ policies: inPolicies(policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': many(n, (i) => `203.${(i >> 8) & 255}.${i & 255}.0/24`) } } }))), request: request({ unknown: ['aws:SourceIp'] }) }),
  'numbers that are unknown': (n) => ({ policies: inPolicies(policy(allow({ Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': many(n, String) } } }))), request: request({ unknown: ['aws:MultiFactorAuthAge'] }) }),
  'values on both sides': (n) => ({ policies: inPolicies(policy(allow({ Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': many(n, (i) => `t${i}`) } } }))), request: request({ context: { 'aws:TagKeys': many(n, (i) => `t${i}`) } }) }),
  'patterns on one side, values on the other': (n) => ({ policies: inPolicies(policy(allow({ Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': many(n, (i) => `*t${i}*`) } } }))), request: request({ context: { 'aws:TagKeys': many(n, (i) => `t${i}`) } }) }),
  'variables with a long value': (n) => ({ policies: inPolicies(policy(allow({ Resource: `arn:aws:ec2:*:*:instance/${'${aws:username}'.repeat(n)}` }))), request: request({ context: { 'aws:username': 'a'.repeat(n) } }) }),
  'a long key with many values': (n) => ({ policies: inPolicies(policy(allow({ Condition: { StringLike: { [`aws:ResourceTag/${'a'.repeat(n)}`]: many(n, (i) => `t${i}*`) } } }))), request: request({ unknown: [`aws:ResourceTag/${'a'.repeat(n)}`] }) }),
  'patterns and a long value': (n) => ({ policies: inPolicies(policy(allow({ Condition: { StringLike: { 'aws:username': many(n, () => `*${'a'.repeat(30)}b*`) } } }))), request: request({ context: { 'aws:username': 'a'.repeat(8_000) } }) }),
  'patterns of resources and a long resource': (n) => ({ policies: inPolicies(policy(allow({ Resource: many(n, () => `arn:aws:s3:::b/*${'a'.repeat(30)}b:*`) }))), request: request({ action: 's3:GetObject', resource: `arn:aws:s3:::b/:${'a'.repeat(2_000)}` }) }),
  'a long pattern and a long resource': (n) => ({ policies: inPolicies(policy(allow({ Resource: `arn:aws:s3:::b/${'*a'.repeat(n)}b` }))), request: request({ action: 's3:GetObject', resource: `arn:aws:s3:::b/${'a'.repeat(n)}` }) }),
};

/** Options of builders. */
const S3 = 'example-session-logs';
const roles = (n) => many(n, (i) => `arn:aws:iam::111122223333:role/r${i}`);
const document = (fields) => ['session-document', { name: 'Example', sessionType: 'InteractiveCommands', ...fields }];
export const OPTIONS = {
  'keys of a node': ['buildNodePolicy', (n) => [{ sessionEncryption: { kmsKeyArn: many(n, key) } }]],
  'keys of a node that are equal': ['buildNodePolicy', (n) => [{ scope: 'least-privilege', sessionEncryption: { kmsKeyArn: many(n, () => key(0)) } }]],
  'nodes': ['buildNodePolicy', (n) => [{ scope: 'least-privilege', region: 'us-east-1', accountId: '111122223333', instanceIds: many(n, (i) => `i-${hex(i, 17)}`), sessionEncryption: { kmsKeyArn: key(0) } }]],
  'parameters of documents': ['buildNodePolicy', (n) => [{ documentParameters: many(n, (i) => `/example/p${i}`) }]],
  'kinds of node': ['buildNodePolicy', (n) => [{ kinds: many(n, (i) => ['ec2', 'hybrid'][i % 2]) }]],
  'targets': ['buildOperatorPolicy', (n) => [{ targets: { instanceIds: many(n, (i) => `i-${hex(i, 17)}`) } }]],
  'tags': ['buildOperatorPolicy', (n) => [{ targets: { tags: entries(n, (i) => `T${i}`, (i) => `v${i}`) } }]],
  'tags of the principal': ['buildOperatorPolicy', (n) => [{ targets: { principalTags: many(n, (i) => `T${i}`) } }]],
  'tags of tasks': ['buildOperatorPolicy', (n) => [{ ecsExec: { cluster: 'c', tags: entries(n, (i) => `T${i}`, (i) => `v${i}`) } }]],
  'documents': ['buildOperatorPolicy', (n) => [{ documents: many(n, (i) => `Document${i}`) }]],
  'sessions': ['buildOperatorPolicy', (n) => [{ sessions: many(n, (i) => ['shell', 'ssh'][i % 2]) }]],
  'addresses': ['buildOperatorPolicy', (n) => [{ deny: { outsideIpRanges: many(n, (i) => `203.${(i >> 8) & 255}.${i & 255}.0/24`) } }]],
  'endpoints of a VPC': ['buildOperatorPolicy', (n) => [{ deny: { outsideVpcEndpoints: many(n, (i) => `vpce-${hex(i, 17)}`) } }]],
  'roles of a key': ['buildRelated', (n) => ['session-key-policy', { accountId: '111122223333', nodeRoleArns: roles(n), operatorArns: roles(n) }]],
  'roles of a key for logs': ['buildRelated', (n) => ['log-bucket-key-policy', { region: 'us-east-1', accountId: '111122223333', bucket: S3, nodeRoleArns: roles(n) }]],
  'roles of a bucket': ['buildRelated', (n) => ['bucket-policy', { bucket: S3, nodeRoleArns: roles(n) }]],
  'keys of an endpoint': ['buildRelated', (n) => ['endpoint-policy', { service: 'kms', accountId: '111122223333', kmsKeyArn: many(n, key) }]],
  'who is trusted': ['buildRelated', (n) => ['trust-policy', { trusted: many(n, (i) => ['ec2', 'hybrid'][i % 2]) }]],
  'subjects of GitHub': ['buildRelated', (n) => ['trust-policy', { accountId: '111122223333', githubSubjects: many(n, (i) => `repo:o/r${i}:ref:refs/heads/main`) }]],
  'documents of a guard': ['buildRelated', (n) => ['session-guard', { onlyDocuments: many(n, (i) => `Document${i}`) }]],
  'tags that are excepted': ['buildRelated', (n) => ['host-management-guard', { exceptTags: entries(n, (i) => `T${i}`, (i) => `v${i}`) }]],
  'commands': ['buildRelated', (n) => document({ linux: { commands: many(n, (i) => `echo ${i}`) } })],
  'parameters': ['buildRelated', (n) => document({ parameters: entries(n, (i) => `p${i}`, () => ({})), linux: { commands: 'uptime' } })],
  'parameters and commands': ['buildRelated', (n) => document({ parameters: entries(n, (i) => `p${i}`, () => ({})), linux: { commands: many(n, (i) => `echo {{ p${i} }}`) } })],
  'parameters and one command': ['buildRelated', (n) => document({ parameters: entries(n, (i) => `p${i}`, () => ({})), linux: { commands: many(n, (i) => `{{ p${i} }}`).join(' ') } })],
  'parameters that are not declared': ['buildRelated', (n) => document({ linux: { commands: many(n, (i) => `{{ p${i} }}`) } })],
  'values of a parameter': ['buildRelated', (n) => document({ parameters: { p: { allowedValues: many(n, (i) => `v${i}`), default: 'v0' } }, linux: { commands: '{{ p }}' } })],
  'values of a list': ['buildRelated', (n) => document({ parameters: { p: { type: 'StringList', allowedValues: many(n, (i) => `v${i}`), default: many(n, (i) => `v${i}`) } }, linux: { commands: '{{ p }}' } })],
  'braces in a command': ['buildRelated', (n) => document({ linux: { commands: '{{'.repeat(n) } })],
  'parameters of the preferences': ['buildRelated', (n) => ['preferences-document', { parameters: entries(n, (i) => `p${i}`, () => ({})), shellProfile: { linux: many(n, (i) => `{{ p${i} }}`).join(' ') } }]],
  'options that do not exist': ['buildNodePolicy', (n) => [entries(n, (i) => `option${i}`, () => 1)]],
  'letters of an option': ['buildNodePolicy', (n) => [{ region: 'a'.repeat(n) }]],
};

const both = (make) => [make('old'), make('new')];
const ofBucket = (Effect, Resource) => ({ Effect, Action: 's3:Get*', Resource: `arn:aws:s3:::${Resource}` });
/** Two policies each, of which the first is made smaller, too. */
export const COMPARED = {
  'statements that allow and deny': both((side) => ofStatements((i) => ofBucket(['Allow', 'Deny'][i % 2], `${side}-${i}*`))),
  'statements that deny what ends with a star': both((side) => (n) => policy(ofBucket('Allow', `${side}*`), ...many(n, (i) => ofBucket('Deny', `a${i}*b*`)))),
  'resources that begin and end alike': both((side) => ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:s3:::a-long-beginning-of-a-name-${side}-${i}-and-its-end`) }))),
  'actions that do not exist': both((side) => POLICIES[side === 'old' ? 'actions that do not exist' : 'actions with a wildcard']),
  'values': both(() => POLICIES.values),
  'numbers': both(() => POLICIES.numbers),
  'actions and resources': both((side) => ofOne((n) => ({ Action: many(n, (i) => `s3:Get${side}${i}*`), Resource: many(n, (i) => `arn:aws:s3:::${side}${i}/*`) }))),
  'actions that begin one another': both(() => ofOne((n) => ({ Action: many(n, (i) => `s3:${'G'.repeat(i % 200)}*`) }))),
  'resources that are patterns within one another': both(() => ofOne((n) => ({ Resource: many(n, (i) => `arn:aws:s3:::*${i}`) }))),
  'values in other cases': both(() => when((n) => ({ StringEqualsIgnoreCase: { 'aws:username': many(n, (i) => `${'aA'[i % 2]}${i >> 1}`) } }))),
  'variables in one value': both(() => when((n) => ({ StringEquals: { 'aws:username': '${aws:a}'.repeat(n) } }))),
  'variables of many names': both(() => POLICIES['variables of many names']),
  'statements with a principal': both((side) => ofStatements((i) => ({ ...ofBucket('Allow', '*'), Principal: { AWS: account(2 * i + Number(side === 'new')) } }))),
};
/** The same of what is looked up and held against nothing. */
const LOOKED_UP = {
  'condition keys': both(() => POLICIES['condition keys']),
  'values that are equal': both(() => when((n) => ({ StringEquals: { 'aws:username': many(n, () => 'a') } }))),
  'values that are equal and no strings': both(() => when((n) => ({ StringEquals: { 'aws:username': many(n, () => 1) } }))),
  'resources that are equal': both(() => ofOne((n) => ({ Resource: many(n, () => 'arn:aws:s3:::b') }))),
  'condition keys of which one has two values': both((side) => (n) => {
    const made = POLICIES['condition keys'](n);
    made.Statement[0].Condition.StringEquals['aws:ResourceTag/T0'] = ['x', side];
    return made;
  }),
};

const TYPES = {
  identity: {},
  resource: { policyType: 'RESOURCE_POLICY' },
  trust: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' },
  bucket: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::S3::Bucket' },
  'service control': { policyType: 'SERVICE_CONTROL_POLICY' },
  'resource control': { policyType: 'RESOURCE_CONTROL_POLICY' },
};

/** Every kind: `call` is what is called with the arguments that `make(n)` makes; policies are checked as these types. Of
 *  some kinds the work is the product of two lists. */
export function kinds(wants, types = Object.keys(TYPES)) {
  const all = [];
  const add = (call, of, make, more) => all.push({ name: `${call}: ${of}`, call, make, ...more });
  const texts = Object.fromEntries(Object.entries(POLICIES).map(([name, make]) => [name, (n) => JSON.stringify(make(n))]));
  for (const [name, make] of Object.entries({ ...texts, ...TEXTS })) {
    for (const type of types) {
      add('validatePolicy', `${name} (${type})`, (n) => [make(n), TYPES[type]]);
    }
    add('describePolicy', name, (n) => [make(n)]);
    for (const format of ['aws-cli', 'terraform', 'cloudformation', 'cdk-python']) {
      add('exportPolicy', `${name} as ${format}`, (n) => [make(n), { format }]);
    }
    const diagnosed = (n) => {
      const text = make(n);
      const part = (of) => (name in POLICIES ? of : undefined);
      return { documents: [text], boundary: part(text), scps: part([text]), keyPolicy: part(text), bucketPolicy: part(text), trustPolicy: part(text) };
    };
    add('diagnoseRole', `${name} in its policy`, (n) => [{ documents: [make(n)], wants }]);
    add('diagnoseRole', `${name} in all others`, (n) => [{ ...diagnosed(n), documents: [], wants }]);
  }
  for (const [name, make] of Object.entries(POLICIES)) {
    const unknown = ['aws:SourceIp', 'ssm:resourceTag/Team', 'aws:username'];
    add('evaluate', `${name} in an identity policy`, (n) => [{ policies: inPolicies(make(n)), request: request({ unknown }) }]);
    add('evaluate', `${name} in all other policies`, (n) => {
      const document = make(n);
      const policies = { ...inPolicies(policy(allow())), boundary: document, session: document, resource: document, scps: [[document]], rcps: [[document]] };
      return [{ policies, request: request({ unknown }) }];
    });
  }
  for (const [name, make] of Object.entries(PASTED)) add('diagnoseRole', name, (n) => [{ ...make(n), wants }]);
  add('diagnoseRole', 'wants', (n) => [{ documents: [JSON.stringify(policy(allow()))], wants: many(n, (i) => wants[i % wants.length]) }]);
  add('diagnoseRole', 'wants and policies', (n) => [{ documents: many(n, (i) => `Example${i}`), wants: many(n, (i) => wants[i % wants.length]) }]);
  for (const [name, make] of Object.entries(ERRORS)) add('explainError', name, (n) => [make(n)]);
  for (const [name, make] of Object.entries({ ...texts, ...TEXTS, ...WRAPPED })) add('findPolicies', name, (n) => [make(n)]);
  for (const [name, make] of Object.entries(DECISIONS)) add('evaluate', name, (n) => [make(n)]);
  add('evaluateAll', 'requests', (n) => [{ policies: inPolicies(policy(allow())), requests: many(n, () => request()) }]);
  add('evaluateAll', 'requests that differ', (n) => [{ policies: inPolicies(policy(allow())), request: request(), requests: many(n, (i) => ({ resource: `arn:aws:ec2:us-east-1:111122223333:instance/i-${hex(i, 17)}` })) }]);
  add('evaluateAll', 'requests and statements', (n) => [{ policies: inPolicies(policy(...many(n, (i) => allow({ Resource: `arn:aws:ec2:*:*:instance/i-${hex(i, 17)}*` })))), request: request(), requests: many(n, (i) => ({ resource: `arn:aws:ec2:us-east-1:111122223333:instance/i-${hex(i, 17)}` })) }], { isProduct: true });
  add('evaluateAll', 'requests and statements that deny', (n) => [{ policies: inPolicies(policy(...many(n, () => allow({ Effect: 'Deny' })))), request: request(), requests: many(n, (i) => ({ resource: `arn:aws:ec2:us-east-1:111122223333:instance/i-${hex(i, 17)}` })) }], { isProduct: true });
  const insertion = (i) => ({ edits: [{ start: i, end: i, text: 'x' }] });
  add('applyFixes', 'fixes', (n) => [' '.repeat(n), many(n, insertion)]);
  add('applyFixes', 'fixes from the end', (n) => [' '.repeat(n), many(n, (i) => insertion(n - i))]);
  add('applyFixes', 'fixes that overlap', (n) => [' '.repeat(n), many(n, () => ({ edits: [{ start: 0, end: n, text: 'x' }] }))]);
  add('applyFixes', 'edits of one fix', (n) => [' '.repeat(n), [{ edits: many(n, (i) => insertion(i).edits[0]) }]]);
  add('applyFixes', 'edits that overlap', (n) => [' '.repeat(n), [{ edits: many(n, () => ({ start: 0, end: n, text: 'x' })) }]]);
  add('applyFixes', 'insertions', (n) => [' '.repeat(n), many(n, () => insertion(0))]);
  add('applyFixes', 'letters of two code units', (n) => ['\u{1f600}'.repeat(n), many(n, (i) => insertion(2 * i))]);
  for (const [name, [call, make]] of Object.entries(OPTIONS)) add(call, name, make);
  // Entries are held against entries, until a call has used up its steps.
  for (const [name, [old, proposed]] of Object.entries({ ...COMPARED, ...LOOKED_UP })) {
    const isProduct = name in COMPARED;
    const pair = (n) => [old, proposed].map((make) => JSON.stringify(make(n)));
    const ofEverybody = ({ Statement, ...rest }) => ({ ...rest, Statement: Statement.map((one) => ({ Principal: '*', ...one })) });
    add('compareAccess', name, pair, { isProduct });
    add('compareAccess', `${name}, of known requests`, (n) => [...pair(n), { requests: 'known' }], { isProduct });
    add('minimizePolicy', name, (n) => [pair(n)[0], { wildcards: true }], { isProduct });
    add('checkAccessNotGranted', name, (n) => [pair(n)[1], [{ actions: ['s3:PutObject'] }]], { isProduct });
    add('checkNoPublicAccess', name, (n) => [JSON.stringify(ofEverybody(proposed(n))), 'AWS::S3::Bucket'], { isProduct });
  }
  return all;
}

/** The arguments of a kind that are about `bytes` long as JSON. */
export function ofSize({ make }, bytes) {
  const length = (n) => JSON.stringify(make(n)).length;
  const each = (length(96) - length(32)) / 64;
  return make(Math.max(1, Math.round(bytes / Math.max(each, 1))));
}
