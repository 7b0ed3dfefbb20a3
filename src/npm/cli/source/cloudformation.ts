// CloudFormation and SAM templates; the templates in cdk.out are such.
import { type About, type PolicyKind, type Seen, perhaps, policiesOf } from './found.js';
import { callsIn, mappedBy, resolved } from './intrinsics.js';
import { bodiesOf, policiesInApi } from './openapi.js';
import { type Deciders, type Entry, type Opened, type Value, certain, entriesOf, get, itemsOf, known, textFor, valuesAt } from './value.js';
import { withUnknown } from './variables.js';

/** `statements` are statements without a policy around them. */
type Place = [path: string, kind: PolicyKind | null, resourceType?: string, form?: 'statements'];

const IDENTITY: Place[] = [['PolicyDocument', 'identity']];
const INLINE: Place[] = [['Policies[].PolicyDocument', 'identity']];
const on = (resourceType: string, path = 'PolicyDocument'): Place[] => [[path, 'resource', resourceType]];

/**
 * Where resources carry policies of IAM's language. AWS IoT's policies are of another one, and Lambda's are not written
 * as documents. Source: Template Reference, read 2026-11; a test looks each property up in the CDK's copy of it.
 */
export const TEMPLATE: Record<string, Place[]> = {
  'AWS::IAM::Role': [['AssumeRolePolicyDocument', 'trust'], ...INLINE],
  'AWS::IAM::User': INLINE,
  'AWS::IAM::Group': INLINE,
  'AWS::IAM::Policy': IDENTITY,
  'AWS::IAM::ManagedPolicy': IDENTITY,
  'AWS::IAM::RolePolicy': IDENTITY,
  'AWS::IAM::UserPolicy': IDENTITY,
  'AWS::IAM::GroupPolicy': IDENTITY,
  'AWS::SSO::PermissionSet': [['InlinePolicy', 'identity']],
  'AWS::RolesAnywhere::Profile': [['SessionPolicy', 'identity']],
  'AWS::Transfer::User': [['Policy', 'identity']],
  'AWS::S3::BucketPolicy': on('AWS::S3::Bucket'),
  'AWS::S3::AccessPoint': on('AWS::S3::AccessPoint', 'Policy'),
  'AWS::S3::MultiRegionAccessPointPolicy': on('AWS::S3::MultiRegionAccessPoint', 'Policy'),
  'AWS::S3Express::BucketPolicy': on('AWS::S3Express::DirectoryBucket'),
  'AWS::S3ObjectLambda::AccessPointPolicy': on('AWS::S3ObjectLambda::AccessPoint'),
  'AWS::S3Outposts::BucketPolicy': on('AWS::S3Outposts::Bucket'),
  'AWS::S3Outposts::AccessPoint': on('AWS::S3Outposts::AccessPoint', 'Policy'),
  'AWS::S3Tables::TableBucketPolicy': on('AWS::S3Tables::TableBucket', 'ResourcePolicy'),
  'AWS::S3Tables::TablePolicy': on('AWS::S3Tables::Table', 'ResourcePolicy'),
  'AWS::KMS::Key': on('AWS::KMS::Key', 'KeyPolicy'),
  'AWS::KMS::ReplicaKey': on('AWS::KMS::Key', 'KeyPolicy'),
  'AWS::SQS::QueuePolicy': on('AWS::SQS::Queue'),
  'AWS::SQS::QueueInlinePolicy': on('AWS::SQS::Queue'),
  'AWS::SNS::TopicPolicy': on('AWS::SNS::Topic'),
  'AWS::SNS::TopicInlinePolicy': on('AWS::SNS::Topic'),
  'AWS::SecretsManager::ResourcePolicy': on('AWS::SecretsManager::Secret', 'ResourcePolicy'),
  'AWS::ECR::Repository': on('AWS::ECR::Repository', 'RepositoryPolicyText'),
  'AWS::ECR::PublicRepository': on('AWS::ECR::PublicRepository', 'RepositoryPolicyText'),
  'AWS::ECR::RegistryPolicy': on('AWS::ECR::RegistryPolicy', 'PolicyText'),
  'AWS::EC2::VPCEndpoint': on('AWS::EC2::VPCEndpoint'),
  'AWS::Organizations::ResourcePolicy': on('AWS::Organizations::ResourcePolicy', 'Content'),
  'AWS::Logs::ResourcePolicy': on('AWS::Logs::ResourcePolicy'),
  'AWS::ApiGateway::RestApi': on('AWS::ApiGateway::RestApi', 'Policy'),
  'AWS::ApiGateway::DomainNameV2': on('AWS::ApiGateway::DomainNameV2', 'Policy'),
  'AWS::EFS::FileSystem': on('AWS::EFS::FileSystem', 'FileSystemPolicy'),
  'AWS::Backup::BackupVault': on('AWS::Backup::BackupVault', 'AccessPolicy'),
  'AWS::DynamoDB::Table': [
    ...on('AWS::DynamoDB::Table', 'ResourcePolicy.PolicyDocument'),
    ...on('AWS::DynamoDB::Stream', 'StreamSpecification.ResourcePolicy.PolicyDocument'),
  ],
  'AWS::DynamoDB::GlobalTable': on('AWS::DynamoDB::Table', 'Replicas[].ResourcePolicy.PolicyDocument'),
  'AWS::Kinesis::ResourcePolicy': on('AWS::Kinesis::Stream', 'ResourcePolicy'),
  'AWS::OpenSearchService::Domain': on('AWS::OpenSearchService::Domain', 'AccessPolicies'),
  'AWS::Elasticsearch::Domain': on('AWS::Elasticsearch::Domain', 'AccessPolicies'),
  'AWS::CodeArtifact::Domain': on('AWS::CodeArtifact::Domain', 'PermissionsPolicyDocument'),
  'AWS::CodeArtifact::Repository': on('AWS::CodeArtifact::Repository', 'PermissionsPolicyDocument'),
  'AWS::Events::EventBus': on('AWS::Events::EventBus', 'Policy'),
  'AWS::Events::EventBusPolicy': [['Statement', 'resource', 'AWS::Events::EventBus', 'statements']],
  'AWS::MSK::ClusterPolicy': on('AWS::MSK::Cluster', 'Policy'),
  'AWS::VpcLattice::AuthPolicy': on('AWS::VpcLattice::Service', 'Policy'),
  'AWS::VpcLattice::ResourcePolicy': on('AWS::VpcLattice::Service', 'Policy'),
  'AWS::SSM::ResourcePolicy': on('AWS::SSM::ResourcePolicy', 'Policy'),
  'AWS::XRay::ResourcePolicy': on('AWS::XRay::ResourcePolicy'),
  'AWS::MediaStore::Container': on('AWS::MediaStore::Container', 'Policy'),
  'AWS::Serverless::Function': [['AssumeRolePolicyDocument', 'trust'], ['Policies', 'identity'], ['Policies[]', 'identity']],
  'AWS::Serverless::Api': [['Auth.ResourcePolicy.CustomStatements', 'resource', 'AWS::ApiGateway::RestApi', 'statements']],
  'AWS::Serverless::StateMachine': [['Policies', 'identity'], ['Policies[]', 'identity']],
};

/** Whether functions among the properties of a resource may be policies, so that they are told as such. */
export const mayHavePolicies = (type: string): boolean => type === '' || type === OF_ORGANIZATION || Object.hasOwn(TEMPLATE, type);

const OF_ORGANIZATION = 'AWS::Organizations::Policy';

/** The kinds of policies of AWS Organizations that are in IAM's language. */
export const OF_ORGANIZATIONS: Record<string, PolicyKind> = { SERVICE_CONTROL_POLICY: 'scp', RESOURCE_CONTROL_POLICY: 'rcp' };

/** The property of a policy that is a resource of its own which says on what it is. */
export const TARGETS: Record<string, string> = {
  'AWS::Organizations::Policy': 'TargetIds', 'AWS::SQS::QueuePolicy': 'Queues', 'AWS::SQS::QueueInlinePolicy': 'Queue', 'AWS::SNS::TopicPolicy': 'Topics', 'AWS::SNS::TopicInlinePolicy': 'TopicArn',
  'AWS::S3::BucketPolicy': 'Bucket', 'AWS::S3::MultiRegionAccessPointPolicy': 'MrapName', 'AWS::S3Express::BucketPolicy': 'Bucket', 'AWS::S3Outposts::BucketPolicy': 'Bucket',
  'AWS::S3ObjectLambda::AccessPointPolicy': 'ObjectLambdaAccessPoint', 'AWS::S3Tables::TableBucketPolicy': 'TableBucketARN', 'AWS::S3Tables::TablePolicy': 'TableARN',
  'AWS::SecretsManager::ResourcePolicy': 'SecretId', 'AWS::Kinesis::ResourcePolicy': 'ResourceArn', 'AWS::MSK::ClusterPolicy': 'ClusterArn', 'AWS::SSM::ResourcePolicy': 'ResourceArn',
  'AWS::VpcLattice::AuthPolicy': 'ResourceIdentifier', 'AWS::VpcLattice::ResourcePolicy': 'ResourceArn',
};

/** Whether a value is a template: at least one of its resources has a type of AWS, or a macro makes some. */
export function isTemplate(root: Value): boolean {
  return resourcesOf(get(root, 'Resources')).some(({ key, value }) => known(key) === TRANSFORM || get(value, TRANSFORM) !== undefined || /^(AWS|Custom)::/.test(known(get(value, 'Type')) ?? ''));
}

export function policiesInTemplate(root: Value, source: string | null, prefix = ''): Seen[] {
  return [...macrosOf(root, prefix), ...policiesInResources(root, source, prefix)];
}

/** The macros of a template may change all of it. Those of AWS leave policies of IAM as they are, but for AWS::Include, which puts another text in. */
function macrosOf(root: Value, prefix: string): Seen[] {
  const transform = get(root, 'Transform');
  const isOpen = (one: Value): boolean => !/^AWS::(?!Include$)/.test(known(one) ?? known(get(one, 'Name')) ?? '');
  return [
    ...(transform === undefined ? [] : transform.kind === 'list' ? transform.items : [transform]).filter(isOpen).map(({ start, end }): Seen => ({ name: `${prefix}Transform`, kind: 'identity', start, end })),
    // What is put beside sections may be sections, and in that of defaults defaults of roles.
    ...addedTo(root, prefix.replace(/\.$/, ''), 'identity'), ...[get(root, 'Globals'), ...entriesOf(get(root, 'Globals')).map(({ value }) => value)].flatMap((one) => addedTo(one, `${prefix}Globals`, 'identity')),
  ];
}

function policiesInResources(root: Value, source: string | null, prefix: string): Seen[] {
  const mapped = mappedBy(get(root, 'Mappings'));
  return resourcesOf(get(root, 'Resources')).flatMap(({ key, value }): Seen[] => {
    const at = `${prefix}Resources.${known(key)}`;
    // What a macro adds may be resources with policies.
    if (known(key)?.startsWith('Fn::') === true) return [addedAt(key, value, at, 'identity')];
    const type = known(get(value, 'Type')) ?? '';
    const properties = get(value, 'Properties');
    const places = placesOf(type, properties);
    const kind = type === '' || places.some(([, one]) => one === 'identity') ? 'identity' : 'resource';
    // What is added to a resource may be its properties, or its type.
    const added = places.length === 0 && type !== '' ? [] : [value, properties].flatMap((one) => addedTo(one, at, kind));
    const placed = properties === undefined ? [] : places.flatMap((place) => policiesAt(properties, place, { at, source, mapped, isSam: type.startsWith('AWS::Serverless::') }));
    const ofBodies = bodiesOf(type, properties, at, CHOICES).flatMap(([body, name, by]) => [...addedTo(body, name, 'resource'), ...policiesInApi(body, name, source, (policy) => resolved(mapped(policy)))].map((one) => (by.length > 0 ? perhaps(one, by) : one)));
    return [...placed, ...ofBodies, ...added];
  });
}

const TRANSFORM = 'Fn::Transform';
const addedAt = (key: Value, { end }: Value, name: string, kind: PolicyKind): Seen => ({ name, kind, start: key.start, end });
const addedTo = (value: Value | undefined, at: string, kind: PolicyKind): Seen[] => callsIn(value).map(({ key, value: given }) => addedAt(key, given, [at, known(key)].filter((one) => one !== '').join('.'), kind));

/** What the path to a policy leads over, with functions that may be what is looked for. */
const CHOICES: Opened = { ofValue: (value) => branches(value), ofList: certain, isAnything: (value) => callsIn(value).length > 0 };

function policiesAt(properties: Value, [path, kind, resourceType, form]: Place, { at, source, mapped, isSam }: { at: string; source: string | null; mapped: (value: Value) => Value; isSam: boolean }): Seen[] {
  return valuesAt(properties, path, at, CHOICES).flatMap(([found, name, by]) => {
    // SAM takes a document beside names and its own templates of policies.
    if (kind === 'identity' && isSam && get(found, 'Statement') === undefined) return [];
    const about = { name, kind, resourceType: resourceType ?? null };
    const policies = form === 'statements' ? policyIn(policyAround(found), about, null, mapped) : policyIn(found, about, source, mapped);
    return by.length > 0 ? policies.map((one) => perhaps(one, by)) : policies;
  });
}

function placesOf(type: string, properties: Value | undefined): Place[] {
  if (type !== OF_ORGANIZATION) return Object.hasOwn(TEMPLATE, type) ? TEMPLATE[type] ?? [] : [];
  const given = get(properties, 'Type');
  const name = known(given);
  // An expression may say that it is any of them.
  if (name === null && (given !== undefined || callsIn(properties).length > 0)) return [['Content', null]];
  const kind = OF_ORGANIZATIONS[name ?? ''];
  return kind === undefined ? [] : [['Content', kind]];
}

/** The resources, those of loops too: `Fn::ForEach::Name: [identifier, values, {key: resource}]`, each with what it is repeated for; a loop that cannot be read as it stands. */
export function resourcesOf(resources: Value | undefined, over: readonly Value[] = []): (Entry & { over: readonly Value[] })[] {
  return entriesOf(resources).flatMap((entry) => {
    if (!known(entry.key)?.startsWith('Fn::ForEach::')) return [{ ...entry, over }];
    const [identifier, values, body] = itemsOf(entry.value);
    const name = known(identifier);
    return name === null || values === undefined || body === undefined ? [{ ...entry, over }] : resourcesOf(withUnknown(body, (text) => text.slice(2, -1) === name), [...over, values]);
  });
}

/** The policy at a place where templates have one; a function in its place may be anything, and what is in it is what mappings give. */
export function policyIn(value: Value, about: About, source: string | null, mapped = (own: Value): Value => own): Seen[] {
  const result = resolved(callsIn(value).length > 0 ? value : mapped(value));
  return policiesOf(result, about, result === value ? source : null);
}

/** A policy of statements that stand without one around them. */
export function policyAround(statements: Value): Value {
  const extent = { start: statements.start, end: statements.start };
  return {
    kind: 'map', start: statements.start, end: statements.end,
    entries: [
      { key: textFor('Version', extent), value: textFor('2012-10-17', extent) },
      { key: textFor('Statement', extent), value: statements },
    ],
  };
}

/** What a value may be, each once, with the conditions; itself, unless it is a choice or a call that gives none of its own arguments. */
function branches(value: Value, by: Deciders = [], seen = new Set<Value>()): [Value, Deciders][] {
  if (seen.has(value)) return [];
  seen.add(value);
  const [first, second] = entriesOf(value);
  if (first === undefined || second !== undefined || known(first.key) !== 'Fn::If') return [[value, by]];
  const [condition = value, ...cases] = itemsOf(first.value);
  return cases.flatMap((one, branch) => branches(one, [...by, { start: condition.start, end: condition.end, branch }], seen));
}
