// What gives access and is no policy of IAM's language: permissions, grants, shares, lists of access, and the role with which
// something runs. What it allows is not compared; whoever compares two versions says that it has changed.
// Sources: documentation of Terraform's AWS provider, version 6, and Template Reference, read 2026-11.
import { inSmall, ofControlled } from './cloud-control.js';
import { callsIn } from './intrinsics.js';
import { type Entry, type Extent, type Value, entriesOf, get, isNothing, itemsOf, known, textFor } from './value.js';

interface Grant {
  /** The attributes that say what is given, as paths; all of the resource where there are none. */
  by?: string[];
  /** Whether it keeps others from access instead, so that more is allowed where it is gone. */
  is?: 'limit';
  /** The only value that gives something. */
  only?: string;
}

const WHOLE: Grant[] = [{}];
const by = (...attributes: string[]): Grant[] => [{ by: attributes }];
const LIMIT: Grant[] = [{ is: 'limit' }];
/** Who lets somebody call something: without it anybody may. */
const guard = (...attributes: string[]): Grant[] => [{ by: attributes, is: 'limit' }];
const AUTH_OF_SAM = guard('Auth.DefaultAuthorizer', 'Auth.Authorizers', 'Auth.ApiKeyRequired', 'Auth.EnableIamAuthorizer', ...['AwsAccountWhitelist', 'AwsAccountBlacklist', 'IntrinsicVpcWhitelist', 'IntrinsicVpcBlacklist',
  'IntrinsicVpceWhitelist', 'IntrinsicVpceBlacklist', 'IpRangeWhitelist', 'IpRangeBlacklist', 'SourceVpcWhitelist', 'SourceVpcBlacklist'].map((one) => `Auth.ResourcePolicy.${one}`));

/** For whom a stack set makes what its template says. */
const INSTANCES = ['stack_set_name', 'account_id', 'accounts', 'deployment_targets', 'region', 'regions', 'stack_set_instance_region', 'parameter_overrides'];

const TERRAFORM: Record<string, Grant[]> = {
  aws_lambda_permission: WHOLE, aws_lambda_layer_version_permission: WHOLE, aws_lambda_function_url: by('authorization_type'),
  aws_kms_grant: WHOLE, aws_acmpca_permission: WHOLE,
  aws_ssm_document: by('permissions'), aws_ssm_activation: by('iam_role'), aws_ssm_service_setting: by('setting_id', 'setting_value'),
  aws_cloudformation_stack_set_instance: by(...INSTANCES), aws_cloudformation_stack_instances: by(...INSTANCES), aws_organizations_account: guard('parent_id'), aws_organizations_organizational_unit: guard('parent_id'), aws_organizations_organization: guard('enabled_policy_types', 'feature_set'),
  aws_s3_bucket: by('acl', 'grant'), aws_s3_bucket_acl: by('acl', 'access_control_policy'), aws_s3_object: by('acl'), aws_s3_bucket_object: by('acl'), aws_s3_object_copy: by('acl', 'grant'),
  aws_s3_bucket_public_access_block: LIMIT, aws_s3_account_public_access_block: LIMIT, aws_s3_bucket_ownership_controls: LIMIT,
  aws_s3control_access_grant: WHOLE, aws_s3control_access_grants_location: WHOLE,
  aws_ram_resource_share: by('permission_arns', 'allow_external_principals'), aws_ram_principal_association: WHOLE, aws_ram_resource_association: WHOLE, aws_ram_sharing_with_organization: WHOLE,
  aws_ami_launch_permission: WHOLE, aws_snapshot_create_volume_permission: WHOLE, aws_ebs_snapshot_block_public_access: LIMIT, aws_ec2_image_block_public_access: LIMIT,
  aws_db_snapshot: by('shared_accounts'), aws_db_snapshot_copy: by('shared_accounts'), aws_db_cluster_snapshot: by('shared_accounts'), aws_redshift_endpoint_authorization: WHOLE, aws_redshift_data_share_authorization: WHOLE, aws_redshift_data_share_consumer_association: WHOLE, aws_opensearch_authorize_vpc_endpoint_access: WHOLE,
  aws_vpc_endpoint_service: by('allowed_principals'), aws_vpc_endpoint_service_allowed_principal: WHOLE,
  aws_eks_access_entry: WHOLE, aws_eks_access_policy_association: WHOLE, aws_eks_pod_identity_association: WHOLE,
  aws_lakeformation_permissions: WHOLE, aws_lakeformation_data_lake_settings: WHOLE,
  aws_cloudwatch_event_permission: WHOLE, aws_iot_policy: by('policy'),
  aws_cognito_identity_pool_roles_attachment: WHOLE, aws_cognito_user_group: by('role_arn'),
  aws_iam_openid_connect_provider: by('url', 'client_id_list', 'thumbprint_list'), aws_iam_saml_provider: by('saml_metadata_document'), aws_iam_access_key: by('user'), aws_iam_service_specific_credential: by('user_name', 'service_name'), aws_iam_user_ssh_key: by('username', 'public_key'), aws_iam_signing_certificate: by('user_name', 'certificate_body'), aws_iam_user_login_profile: by('user'), aws_iam_service_linked_role: WHOLE,
  aws_rolesanywhere_profile: WHOLE, aws_rolesanywhere_trust_anchor: WHOLE, aws_organizations_delegated_administrator: WHOLE, aws_ssoadmin_application_assignment: WHOLE,
  aws_cognito_identity_pool: by('allow_unauthenticated_identities', 'allow_classic_flow'),
  aws_api_gateway_method: guard('authorization', 'authorizer_id', 'authorization_scopes', 'api_key_required'), aws_apigatewayv2_route: guard('authorization_type', 'authorizer_id', 'authorization_scopes', 'api_key_required'),
  aws_api_gateway_authorizer: guard('type', 'provider_arns'), aws_apigatewayv2_authorizer: guard('authorizer_type', 'jwt_configuration'),
  aws_appsync_graphql_api: guard('authentication_type', 'additional_authentication_provider', 'user_pool_config', 'openid_connect_config', 'lambda_authorizer_config', 'visibility'),
  aws_servicecatalog_principal_portfolio_association: WHOLE, aws_servicecatalog_portfolio_share: WHOLE, aws_opensearchserverless_access_policy: by('policy'),
};

/** By type of CloudFormation; a test looks each up in the CDK's copy of its specification. */
export const OF_TEMPLATE: Record<string, Grant[]> = {
  'AWS::Lambda::Permission': WHOLE, 'AWS::Lambda::LayerVersionPermission': WHOLE, 'AWS::Lambda::Url': by('AuthType'),
  'AWS::Serverless::Function': by('FunctionUrlConfig.AuthType'), 'AWS::ACMPCA::Permission': WHOLE,
  'AWS::S3::Bucket': [...by('AccessControl'), { by: ['PublicAccessBlockConfiguration', 'OwnershipControls'], is: 'limit' }], 'AWS::S3::AccessGrant': WHOLE, 'AWS::S3::AccessGrantsLocation': WHOLE,
  'AWS::RAM::ResourceShare': by('Principals', 'ResourceArns', 'PermissionArns', 'AllowExternalPrincipals'), 'AWS::RAM::Permission': WHOLE,
  'AWS::EC2::SnapshotBlockPublicAccess': LIMIT, 'AWS::EC2::VPCEndpointServicePermissions': WHOLE, 'AWS::Redshift::EndpointAuthorization': WHOLE,
  'AWS::EKS::AccessEntry': WHOLE, 'AWS::EKS::PodIdentityAssociation': WHOLE,
  'AWS::LakeFormation::Permissions': WHOLE, 'AWS::LakeFormation::PrincipalPermissions': WHOLE, 'AWS::LakeFormation::DataLakeSettings': WHOLE,
  'AWS::Events::EventBusPolicy': by('Action', 'Principal', 'Condition'), 'AWS::Logs::Destination': by('DestinationPolicy'), 'AWS::IoT::Policy': by('PolicyDocument'),
  'AWS::Cognito::IdentityPoolRoleAttachment': WHOLE, 'AWS::Cognito::UserPoolGroup': by('RoleArn'),
  'AWS::Organizations::Account': guard('ParentIds'), 'AWS::Organizations::OrganizationalUnit': guard('ParentId'),
  'AWS::IAM::OIDCProvider': by('Url', 'ClientIdList', 'ThumbprintList'), 'AWS::IAM::SAMLProvider': by('SamlMetadataDocument'), 'AWS::IAM::AccessKey': by('UserName'), 'AWS::IAM::User': by('LoginProfile'), 'AWS::IAM::ServiceLinkedRole': WHOLE,
  'AWS::RolesAnywhere::Profile': by('RoleArns', 'ManagedPolicyArns', 'Enabled'), 'AWS::RolesAnywhere::TrustAnchor': WHOLE, 'AWS::SSO::ApplicationAssignment': WHOLE,
  'AWS::Cognito::IdentityPool': by('AllowUnauthenticatedIdentities', 'AllowClassicFlow'),
  'AWS::ApiGateway::Method': guard('AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'ApiKeyRequired'), 'AWS::ApiGatewayV2::Route': guard('AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'ApiKeyRequired'),
  'AWS::ApiGateway::Authorizer': guard('Type', 'ProviderARNs'), 'AWS::ApiGatewayV2::Authorizer': guard('AuthorizerType', 'JwtConfiguration'),
  'AWS::AppSync::GraphQLApi': guard('AuthenticationType', 'AdditionalAuthenticationProviders', 'UserPoolConfig', 'OpenIDConnectConfig', 'LambdaAuthorizerConfig', 'Visibility'),
  'AWS::ServiceCatalog::PortfolioPrincipalAssociation': WHOLE, 'AWS::ServiceCatalog::PortfolioShare': WHOLE, 'AWS::OpenSearchServerless::AccessPolicy': by('Policy'),
};

/** What SAM says in places of its own, which the specification does not have. */
const OF_SAM: Record<string, Grant[]> = {
  'AWS::Serverless::Api': AUTH_OF_SAM, 'AWS::Serverless::HttpApi': AUTH_OF_SAM, 'AWS::Serverless::GraphQLApi': guard('Auth'),
  'SAM event': [...guard('Properties.Auth'), { by: ['Properties.Auth.Authorizer'], only: 'NONE' }],
};

/** What a resource gives, as its file says it. */
export interface Granting extends Extent {
  address: string;
  is: 'grant' | 'limit' | 'role' | 'module';
  /** Whether that is only a part of what the resource is. */
  isPart: boolean;
  /** The values that say it, with their names. */
  values: Extent[];
}

/** What a resource has that says nothing of what it gives. */
const META: ReadonlySet<string> = new Set(['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'timeouts', 'tags', 'tags_all', 'Tags', 'id']);

/** What somebody writes who gives nothing by it, and who keeps nobody out. */
const NOTHING: Record<'grant' | 'limit', ReadonlySet<string>> = { grant: new Set(['private', 'Private', 'AWS_IAM']), limit: new Set(['unblocked', 'disabled', 'NONE']) };
const TABLES = [TERRAFORM, OF_TEMPLATE, OF_SAM, ofControlled(OF_TEMPLATE, (all): Grant[] => all.map((one) => (one.by === undefined ? one : { ...one, by: one.by.map(inSmall) })))];

export const grantingOf = (is: Granting['is'], about: Extent & { address: string }, values: Extent[], isPart = true): Granting[] => (
  values.length === 0 ? [] : [{ ...about, is, isPart, values: values.map(({ start, end }) => ({ start, end })) }]
);

/** What a resource gives that is no policy; nothing where it could, and does not. Functions beside its properties may be any of them. */
export function grantsIn(type: string, body: Value | undefined, about: Extent & { address: string }, calls: readonly Entry[] = []): Granting[] {
  const all = TABLES.find((table) => Object.hasOwn(table, type))?.[type] ?? [];
  const granting = (is: Granting['is'], isPart: boolean, entries: readonly Entry[]): Granting[] => (
    grantingOf(is, about, entries.filter(({ value }) => !isNone(value, is)).map(({ key, value }) => ({ start: Math.min(key.start, value.start), end: value.end })), isPart)
  );
  const own = all.flatMap(({ by: attributes, is, only }) => (
    granting(is ?? 'grant', attributes !== undefined, [...new Set([...calls, ...attributes === undefined ? entriesOf(body).filter(({ key }) => !META.has(known(key) ?? '')) : attributes.flatMap((path) => entriesAt(body, path)).filter(({ value }) => only === undefined || known(value) === only)])])
  ));
  const told = new Set(all.flatMap(({ by: attributes }) => attributes ?? []));
  const isWhole = all.some(({ by: attributes }) => attributes === undefined);
  // Of what makes somebody one of others nothing else is told here.
  const others = all.length === 0 && OF_MEMBERS.test(type) ? granting('grant', true, calls) : [];
  const roles = isWhole || others.length > 0 || !mayHaveRole(type) ? [] : [...rolesOf(body).filter(({ key }) => !told.has(known(key) ?? '')), ...RUNNING.test(type) ? calls : []];
  const templates = TEMPLATES.flatMap((name) => (STACKS.test(type) ? entryAt(body, name) ?? [] : [])).filter(({ value }) => mayGive(value));
  // One that is read from a file is given them there.
  if (templates.some(({ key, value }) => value.kind !== 'unknown' || /url$/i.test(known(key) ?? ''))) templates.push(...PARAMETERS.flatMap((name) => entryAt(body, name) ?? []).filter(({ value }) => mayBeOfAccess({ key: textFor('', value), value })));
  if (templates.length > 0) templates.push(...DEPLOYED.flatMap((name) => entryAt(body, name) ?? []));
  return [...own, ...others, ...granting('role', true, roles), ...granting('grant', true, templates)];
}

/**
 * The role of something that runs: by a word in the name of its attribute, in any resource of AWS, but for a policy of a role,
 * its path and the name of a session. It matters where the resource is there already: who makes something new says himself
 * what it does. Of those of IAM it is whose a policy is.
 */
const isOfRole = (name: string): boolean => /(?:^|_)(?:role|instance_profile)s?(?:_|$)|(?:Role|InstanceProfile)s?(?![a-z])/.test(name) && !/polic|session|path$/i.test(name);
/** What runs something, for which it takes a role as a rule: functions beside its properties may give it another one. */
const RUNNING = /^AWS::(?:Lambda::Function|EC2::(?:Instance|LaunchTemplate)|AutoScaling::LaunchConfiguration|ECS::(?:TaskDefinition|Service)|Batch::JobDefinition|StepFunctions::StateMachine|Code(?:Build::Project|Pipeline::Pipeline)|Glue::Job|SageMaker::NotebookInstance|Events::Rule|Scheduler::Schedule)$/;
const OF_MEMBERS = /^AWS::(?:IAM|SSO|IdentityStore)::/;
const mayHaveRole = (type: string): boolean => /^(?:aws|awscc)_(?!iam_)|^AWS::(?!IAM::)/.test(type);

/** Values that people or metrics name, as tags and variables, are no attributes. */
const NAMED_FREELY = /(?:tags|labels|dimensions?)$|^(?:parameters|environment|(?:environment_?)?variables|metadata|(?:default_?)?arguments)$/i;

/** The attributes that name a role, those of blocks as well. Aliases of YAML can make a small file endless. */
function rolesOf(body: Value | undefined): Entry[] {
  const found: Entry[] = [];
  let looked = 0;
  const look = (value: Value, depth: number): void => {
    looked += 1;
    if (depth > MOST_DEEP || looked > MOST_LOOKED) return;
    if (value.kind === 'either') for (const one of value.values) look(one, depth + 1);
    for (const one of itemsOf(value)) look(one, depth + 1);
    // Options of Elastic Beanstalk and settings of RDS have their names beside their values.
    const option = known(get(value, 'name') ?? get(value, 'Name') ?? get(value, 'OptionName')) ?? '';
    if ((get(value, 'value') ?? get(value, 'Value')) !== undefined && (isOfRole(option) || isOfRole(option.toLowerCase()))) found.push({ key: textFor('', value), value });
    for (const entry of entriesOf(value)) {
      const name = known(entry.key) ?? '';
      if (isOfRole(name)) found.push(entry);
      else if (!META.has(name) && !NAMED_FREELY.test(name)) look(entry.value, depth + 1);
    }
  };
  if (body !== undefined) look(body, 0);
  return found;
}

/** No attribute is deeper, and no resource has more of them. */
const [MOST_DEEP, MOST_LOOKED] = [8, 2000];

/** Templates that stand in what makes a stack of them, or stand elsewhere. */
const STACKS = /^aws_cloudformation_stack(?:_set)?$|^AWS::CloudFormation::StackSet$/;
const PARAMETERS = ['parameters', 'Parameters'];
/** For whom a stack set makes what its template says, where it says that itself. */
const DEPLOYED = ['StackInstancesGroup', 'AutoDeployment', 'auto_deployment'];
const TEMPLATES = ['template_body', 'template_url', 'TemplateBody', 'TemplateURL'];

/** Whether a template may give somebody access, as far as it stands there. */
const mayGive = (value: Value): boolean => (value.kind === 'encoded' ? isNamingAccess(value.value) : value.kind === 'map' || value.kind === 'text' ? isNamingAccess(value) : true);

function isNamingAccess(value: Value, depth = 0): boolean {
  if (depth > MOST_DEEP) return true;
  if (value.kind === 'text') return value.pieces.every(({ text }) => text === null) || value.pieces.some(({ text }) => text !== null && /^\s*https?:|Polic|Role|Permission|Grant|Principal|AWS::IAM/.test(text));
  return itemsOf(value).some((one) => isNamingAccess(one, depth + 1)) || entriesOf(value).some(({ key, value: inner }) => isNamingAccess(key, depth + 1) || (known(inner) !== null || inner.kind !== 'text') && isNamingAccess(inner, depth + 1));
}

/** What the arguments of a module are given that are told otherwise, or give nothing. */
const ARGUMENTS_APART: ReadonlySet<string> = new Set([...META, 'providers', 'description']);

/** Names of arguments by which a module may be told who gets access to what, and what it makes. */
const OF_ACCESS = /^(?:source|version|effect|resources?)$|(?:^|_)acl|acls?$|auth|(?:^|_)actions?(?:_|$)|scope|privileg|read_?only|(?:^|_)(?:write|(?:read|writ|view|edit)[eo]rs)$|role|polic|arn|principal|trust|iam|permission|access|admin|user|group|account|grant|allow|den[iy]|owner|member|public|assume|oidc|saml|identit|subject|service|statement|attach|bucket|key/i;

/** Whether an argument may have to do with access: by its name or one in it, or by what it is. */
function mayBeOfAccess({ key, value }: Entry, depth = 0): boolean {
  if (depth > MOST_DEEP || OF_ACCESS.test(known(key) ?? '')) return true;
  if (value.kind === 'text') return value.pieces.some(({ text }) => text !== null && /\barn:|\*/.test(text));
  return [...entriesOf(value), ...itemsOf(value).map((one) => ({ key: textFor('', one), value: one }))].some((one) => mayBeOfAccess(one, depth + 1));
}

/**
 * A module from elsewhere, or one that is not among the files, of which nobody here knows what it gives: another source,
 * version or argument may make something else of it.
 */
export function moduleIn(body: Value, isTold: (argument: Entry) => boolean, about: Extent & { address: string }): Granting[] {
  const given = entriesOf(body).filter((one) => !ARGUMENTS_APART.has(known(one.key) ?? '') && !/_tags$/.test(known(one.key) ?? '') && mayBeOfAccess(one) && !isTold(one));
  return [{ ...about, is: 'module', isPart: false, values: given.map(({ key, value }) => ({ start: Math.min(key.start, value.start), end: value.end })) }];
}

/**
 * A stack whose template stands elsewhere, or is not among the files: another place of it or another parameter may make
 * something else of it.
 */
export function stackIn(properties: Value | undefined, about: Extent & { address: string }): Granting[] {
  const of = (name: string): Entry[] => [entryAt(properties, name)].flatMap((one) => one ?? []);
  const [parameters, calls] = [get(properties, 'Parameters'), [properties, get(properties, 'Parameters')].flatMap(callsIn)];
  const given = [...new Set([...of('TemplateURL'), ...of('Location'), ...entriesOf(parameters).filter((one) => mayBeOfAccess(one)), ...calls])];
  return [{ ...about, is: 'module', isPart: false, values: given.map(({ key, value }) => ({ start: Math.min(key.start, value.start), end: value.end })) }];
}

/** Inputs of Terragrunt that may have to do with access; all where they do not stand there one by one. */
export const inputsOfAccess = (inputs: Value): Extent[] => (
  inputs.kind === 'map' ? inputs.entries.filter((one) => mayBeOfAccess(one)).map(({ key, value }) => ({ start: Math.min(key.start, value.start), end: value.end })) : [inputs]
);

function entryAt(body: Value | undefined, path: string): Entry | undefined {
  return entriesAt(body, path).find(({ key }) => known(key) === path.slice(path.lastIndexOf('.') + 1));
}

/** The entry to which a path leads, and the functions on the way that may give another one. */
function entriesAt(body: Value | undefined, path: string): Entry[] {
  const [first, ...steps] = path.split('.');
  const entry = entriesOf(body).findLast(({ key }) => known(key) === first);
  if (entry === undefined || steps.length === 0) return entry === undefined ? [] : [entry];
  return [...callsIn(entry.value), ...entriesAt(entry.value, steps.join('.'))];
}

/** Whether a value is nothing, or made of such; no further down, since aliases of YAML can make a small file endless. */
function isNone(value: Value, is: Granting['is'], depth = 0): boolean {
  if (depth < 2 && value.kind === 'map') return value.entries.every(({ value: inside }) => isNone(inside, is, depth + 1));
  if (depth < 2 && value.kind === 'list') return value.items.every((one) => isNone(one, is, depth + 1));
  return isNothing(value) || (value.kind === 'plain' && value.json === 'false') || NOTHING[is === 'limit' ? is : 'grant'].has(known(value) ?? '');
}
