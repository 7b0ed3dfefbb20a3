/**
 * Builds the IAM policies that AWS Systems Manager Session Manager needs, and checks any IAM policy.
 *
 * In Node the package is ready on import. In a browser `await init()` once; then every call is synchronous, takes
 * and returns plain objects, and sends nothing anywhere.
 */

/** Makes the package ready. Call it once before the others; further calls do nothing. In Node it does nothing. */
export function init(): Promise<void>;

/**
 * Makes the package ready at once, from the bytes of `postern/wasm`. Browsers allow this in workers only, or for
 * bytes that were compiled before. In Node it does nothing.
 */
export function initSync(bytes: ArrayBuffer | ArrayBufferView | CompiledModule): void;

/** `WebAssembly.Module`, where TypeScript knows one: a project for Node alone may do without that library. */
export type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } }
  ? Module
  : never;

/**
 * Builds the policy that the role of a node needs for sessions.
 *
 * Without options it is, to the byte, the policy of the Systems Manager user guide's page "Add Session Manager
 * permissions to an existing IAM role" for sessions without KMS.
 *
 * @throws {PosternError} when an option is of the wrong type or IAM would not take it.
 */
export function buildNodePolicy(options?: NodeOptions): BuiltPolicy;

export interface NodeOptions {
  /** Default: the partition of `region`, else of the KMS key, else `"aws"`. */
  partition?: Partition;
  /** The Region of the nodes, such as `"eu-west-1"`. A KMS key of another Region is then refused. */
  region?: string;
  /** The account of the nodes, twelve digits. A KMS key of another account then gets a note. */
  accountId?: string;
  /** Encrypt session data with a KMS key: adds `kms:Decrypt`. Default: not encrypted with KMS. */
  sessionEncryption?: {
    /**
     * The ARN of the key, such as
     * `"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"`, or a list. Wildcards may
     * stand in it (`key/*`). Aliases and bare key IDs are refused. The guide's own placeholder `"key-name"` is kept
     * as it is, with a note.
     */
    kmsKeyArn: string | string[];
  };
  /** Adds `ssm:UpdateInstanceInformation`, which every role needs from somewhere. Default `false`. */
  heartbeat?: boolean;
  /** The guide's second statement, `s3:GetEncryptionConfiguration`. Default `true`. */
  bucketEncryptionCheck?: boolean;
  /**
   * The name that the inline policy will get. It changes nothing in the policy; a name that IAM would refuse is
   * refused: 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -`.
   */
  policyName?: string;
}

export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f";

export interface BuiltPolicy {
  /** The policy document. */
  policy: PolicyDocument;
  /** The same as text to paste: four spaces a level, one array element a line, ended by a line feed. */
  json: string;
  /** How many characters of it IAM counts: all but white space outside strings. */
  characters: number;
  /** How many characters IAM takes: for a role 10,240 in all its inline policies together. */
  quota: number;
  /** What the text alone does not say. The first has the code `"SUMMARY"`. */
  notes: Note[];
}

/** A policy document, with IAM's own names: an element that a policy does not have is left out. */
export interface PolicyDocument {
  Version: "2008-10-17" | "2012-10-17";
  Statement: Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  /** Only in policies that are attached to a resource. */
  Principal?: "*" | Record<string, string | string[]>;
  NotPrincipal?: "*" | Record<string, string | string[]>;
  /** This or `NotAction`. */
  Action?: string | string[];
  NotAction?: string | string[];
  /** This or `NotResource`; neither in role trust policies. */
  Resource?: string | string[];
  NotResource?: string | string[];
  /** Operators, such as `StringEquals`, and for each its condition keys with their values. */
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Note {
  code: NoteCode;
  /** One or two sentences for people. */
  message: string;
}

export type NoteCode =
  | "SUMMARY"
  | "HEARTBEAT_MISSING"
  | "REGION_NOT_LISTED"
  | "KEY_NAME_PLACEHOLDER"
  | "KMS_KEY_PATTERN"
  | "KMS_KEY_OTHER_ACCOUNT"
  | "OVER_QUOTA";

/**
 * Checks a policy as IAM Access Analyzer's ValidatePolicy does, without an account and offline, and offers fixes.
 *
 * A broken policy is no error: it has findings. Text that is not JSON has exactly one, `JSON_SYNTAX_ERROR`. Findings
 * are sorted by place.
 *
 * @throws {PosternError} when an argument is of the wrong type or the policy type is unknown.
 */
export function validatePolicy(policyDocument: string, options?: ValidateOptions): Finding[];

export interface ValidateOptions {
  /** Default `"IDENTITY_POLICY"`. */
  policyType?: PolicyType;
  /**
   * The type of resource that a `RESOURCE_POLICY` is attached to, such as `"AWS::S3::Bucket"`. A role's trust policy
   * has `"AWS::IAM::AssumeRolePolicyDocument"`. Any type of CloudFormation may be named; those that AWS does not
   * check for itself get the checks of all resource policies.
   */
  validatePolicyResourceType?: string;
  /** What an `IDENTITY_POLICY` will be put on, to hold its length against that quota. Default: not looked at. */
  identityPolicy?: IdentityPolicyKind;
}

export type PolicyType =
  | "IDENTITY_POLICY"
  | "RESOURCE_POLICY"
  | "SERVICE_CONTROL_POLICY"
  | "RESOURCE_CONTROL_POLICY";

export type IdentityPolicyKind = "MANAGED" | "INLINE_USER" | "INLINE_GROUP" | "INLINE_ROLE";

export type FindingType = "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";

/** A finding as the AWS SDK has it, with `help`, `fixes` and pointers beside. */
export interface Finding {
  findingType: FindingType;
  /** AWS's code; that of a check of Postern's own begins with `SESSION_` or `POSTERN_`. `listChecks()` has them all. */
  issueCode: string;
  /** What is wrong: whole sentences. */
  findingDetails: string;
  /** What to do, where there is more to say. */
  help: string | null;
  learnMoreLink: string;
  /** Where, the place to go to first. At least one. */
  locations: Location[];
  fixes: Fix[];
}

export interface Location {
  /** The steps from the root of the document. */
  path: PathElement[];
  span: { start: Position; end: Position };
  /** The same path as a JSON Pointer (RFC 6901), which does not tell a key from its value. */
  pointer: string;
}

/** `value` leads to the value of a key, `index` to an element of a list; `key` is the key itself and comes last. */
export type PathElement = { value: string } | { index: number } | { key: string };

/** As AWS counts: `line` from 1, `column` and `offset` from 0, in UTF-16 code units. Ends are exclusive. */
export interface Position {
  line: number;
  column: number;
  offset: number;
}

export interface Fix {
  /** What it does, such as `"Change to ssmmessages:OpenDataChannel"`. */
  title: string;
  /** `safe`: what is allowed does not change, or IAM refused the policy before. `unsafe`: it may change. */
  applicability: "safe" | "unsafe";
  edits: Edit[];
}

/** Offsets into the policy text, in UTF-16 code units from 0; `end` is exclusive. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * The text with the edits of these fixes applied. A fix is applied whole or, where it overlaps one before it in the
 * list, not at all; check the answer again for what is left.
 *
 * @throws {PosternError} when a fix does not lie in the text.
 */
export function applyFixes(policyDocument: string, fixes: readonly FixEdits[]): string;

/** A `Fix`, or as much of one as is needed. */
export type FixEdits = Pick<Fix, "edits">;

/** Every check, sorted by code. */
export function listChecks(): Check[];

export interface Check {
  issueCode: string;
  findingType: FindingType;
  title: string;
  /** Why it matters. */
  why: string;
  /** The policy types that it looks at. */
  policyTypes: PolicyType[];
  /** A small document that it finds something in; `""` for checks of long documents or of one resource type. */
  example: string;
  learnMoreLink: string;
}

/** What the checks know of AWS's services, and as of when. */
export function catalogInfo(): CatalogInfo;

export interface CatalogInfo {
  /** The day that the data describe, such as `"2026-09-26"`. */
  date: string;
  services: number;
  actions: number;
}

/** Thrown by every call whose arguments it cannot use. */
export class PosternError extends Error {
  readonly name: "PosternError";
  /** A stable name for programs. */
  readonly code: PosternErrorCode;
  /** Where in the arguments, such as `"options.sessionEncryption.kmsKeyArn"`; null when it is no one place. */
  readonly path: string | null;
}

export type PosternErrorCode =
  /** A call before `init()` was done. */
  | "NOT_READY"
  /** A value of the wrong type, a missing or an unknown one. */
  | "INVALID_ARGUMENT"
  | "ACCOUNT_ID_MALFORMED"
  | "KMS_ALIAS_ARN"
  | "KMS_ALIAS_NAME"
  | "KMS_AWS_MANAGED_ALIAS"
  | "KMS_KEY_ARN_MALFORMED"
  | "KMS_KEY_ID_WITHOUT_ARN"
  | "KMS_KEY_MISSING"
  | "KMS_KEY_NOT_AN_ARN"
  | "KMS_KEY_OTHER_PARTITION"
  | "KMS_KEY_OTHER_REGION"
  | "KMS_KEY_OTHER_SERVICE"
  | "KMS_KEY_PLACEHOLDER"
  | "PARTITION_UNKNOWN"
  | "POLICY_NAME_CHARACTER"
  | "POLICY_NAME_LENGTH"
  | "REGION_MALFORMED"
  | "REGION_OTHER_PARTITION";
