// The policies of an open text, with what is found in them.
import { type Finding, type ValidateOptions, validatePolicy } from 'postern';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { KINDS } from '../../policy-type.js';
import { guess } from '../check/type.js';
import { type Found, SourceError, isFound, isUnread, inWordsOf, settled, untold } from '../source/index.js';
import { policiesOfText } from '../source/pasted.js';

export interface CheckedPolicy {
  found: Found;
  findings: Finding[];
  /** Puts the expressions of the file into what is said of it. */
  told: ReturnType<typeof inWordsOf>;
}

export interface Checked {
  /** Of the text that was checked. */
  version: number;
  policies: CheckedPolicy[];
  /** Places of policies of which nothing can be read. */
  notChecked: { start: number; end: number; message: string }[];
  /** Why the text could not be read; an offset in it. */
  problem: { message: string; offset: number } | null;
}

/** Never fails: a text that somebody is typing is broken most of the time. */
export async function checked(document: TextDocument): Promise<Checked> {
  const { uri, version } = document;
  try {
    const path = decodeURIComponent(uri.replace(/[?#].*$/, ''));
    const text = document.getText();
    const seen = await policiesOfText(text, path, {}, false);
    return {
      version, problem: null,
      policies: seen.filter(isFound).map((found) => policyOf(found, path, inWordsOf(found, text))),
      notChecked: seen.filter(isUnread).map((one) => ({ start: one.start, end: one.end, message: `Not checked: ${untold(one, text)}.` })),
    };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { version, problem: { message: error.message, offset: error.offset }, policies: [], notChecked: [] };
  }
}

function policyOf(found: Found, path: string, told: CheckedPolicy['told']): CheckedPolicy {
  const findings = settled(validatePolicy(found.text, optionsFor(found, path)), found);
  return { found, told, findings: findings.map((one) => ({ ...one, findingDetails: told(one.findingDetails), help: told(one.help) })) };
}

function optionsFor(found: Found, path: string): ValidateOptions {
  const type = found.kind ?? guess(found.text, path);
  const { options } = KINDS[type];
  return type === 'resource' && found.resourceType !== null ? { ...options, validatePolicyResourceType: found.resourceType } : options;
}
