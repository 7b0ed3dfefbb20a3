// What a check is asked to do. It is handed to worker threads, so it is made of plain values.
import type { FindingType, IdentityPolicyKind, PolicyType } from '../../types.js';
import type { TypeName } from '../../policy-type.js';
import type { AccessWants } from './access.js';

export interface Settings {
  /** From the command line; they win over all else. */
  type: TypeName | null;
  resourceType: string | null;
  identityPolicy: IdentityPolicyKind | null;
  /** What is asked of access, beside the mistakes. */
  access: AccessWants | null;
  config: Config | null;
  failOn: FailOn;
  fix: 'no' | 'safe' | 'unsafe';
  /** Whether fixed texts are shown as a difference and not written. */
  isDiff: boolean;
}

/** postern.json. */
export interface Config {
  /** Its own path, and the folder to which its paths are relative. */
  path: string;
  folder: string;
  policies: PolicyRule[];
  exclude: string[];
  failOn: FailOn | null;
  suppressions: Suppression[];
}

export interface PolicyRule {
  files: string;
  type: TypeName | null;
  resourceType: string | null;
  identityPolicy: IdentityPolicyKind | null;
}

export interface Suppression {
  code: string;
  /** A glob. */
  files: string;
  /** The JSON Pointer of the place, or of what is around it. */
  pointer: string | null;
  /** The name of the policy in its file. */
  policy: string | null;
  reason: string;
}

export const FAIL_ON = ['error', 'security', 'warning', 'suggestion'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** In the order of alarm. */
export const LEVELS: readonly FindingType[] = ['ERROR', 'SECURITY_WARNING', 'WARNING', 'SUGGESTION'];

export const fails = (type: FindingType, failOn: FailOn): boolean => LEVELS.indexOf(type) <= FAIL_ON.indexOf(failOn);

export const TYPE_NAMES = ['identity', 'trust', 'resource', 'scp', 'rcp'] as const satisfies readonly TypeName[];

/** The words of ValidatePolicy are taken too. */
export const API_TYPES: Record<PolicyType, TypeName> = {
  IDENTITY_POLICY: 'identity', RESOURCE_POLICY: 'resource', SERVICE_CONTROL_POLICY: 'scp', RESOURCE_CONTROL_POLICY: 'rcp',
};

export const IDENTITY_POLICIES: Record<string, IdentityPolicyKind> = {
  managed: 'MANAGED', 'inline-user': 'INLINE_USER', 'inline-group': 'INLINE_GROUP', 'inline-role': 'INLINE_ROLE',
};
