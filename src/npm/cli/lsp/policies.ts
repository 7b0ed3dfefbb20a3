// The policies of an open text, with what is found in them.
import { type Finding, type ValidateOptions, diagnoseRole, validatePolicy } from 'postern';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Found, SourceError, policiesIn, settled } from '../source/index.js';

export interface CheckedPolicy {
  found: Found;
  findings: Finding[];
}

export interface Checked {
  /** Of the text that was checked. */
  version: number;
  policies: CheckedPolicy[];
  /** Why the text could not be read; an offset in it. */
  problem: { message: string; offset: number } | null;
}

/** Never fails: a text that somebody is typing is broken most of the time. */
export async function checked(document: TextDocument): Promise<Checked> {
  const { uri, version } = document;
  try {
    const policies = await policiesIn(document.getText(), decodeURIComponent(uri.replace(/[?#].*$/, '')));
    return { version, problem: null, policies: policies.map(policyOf) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { version, problem: { message: error.message, offset: error.offset }, policies: [] };
  }
}

function policyOf(found: Found): CheckedPolicy {
  return { found, findings: settled(validatePolicy(found.text, optionsFor(found)), found.unknown) };
}

const OPTIONS: Record<NonNullable<Found['kind']>, ValidateOptions> = {
  identity: { policyType: 'IDENTITY_POLICY' },
  trust: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' },
  resource: { policyType: 'RESOURCE_POLICY' },
  scp: { policyType: 'SERVICE_CONTROL_POLICY' },
  rcp: { policyType: 'RESOURCE_CONTROL_POLICY' },
};

function optionsFor(found: Found): ValidateOptions {
  const kind = found.kind ?? kindOf(found.text);
  const options = OPTIONS[kind];
  return kind === 'resource' && found.resourceType !== null ? { ...options, validatePolicyResourceType: found.resourceType } : options;
}

/** By the engine's word; a policy without principals is one of an identity. */
function kindOf(text: string): 'identity' | 'trust' | 'resource' {
  if (!text.includes('Principal"')) return 'identity';
  const kinds = diagnoseRole({ documents: [text], wants: [] }).recognised.map(({ kind }) => kind);
  if (!kinds.includes('resource-policy')) return kinds.includes('policy') ? 'identity' : 'resource';
  return kinds.includes('not-used') ? 'resource' : 'trust';
}
