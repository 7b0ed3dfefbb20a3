// The policies of an open text, with what is found in them.
import { type Finding, validatePolicy } from 'postern';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isExcluded } from '../check/config.js';
import type { Config, Settings } from '../check/settings.js';
import { refusalOf } from '../check/refused.js';
import { suppressionsFor } from '../check/suppress.js';
import { chooseType } from '../check/type.js';
import { type Found, SourceError, isFound, isUnread, inWordsOf, settled, untold } from '../source/index.js';
import { policiesOfText } from '../source/pasted.js';
import { nameOf } from './uri.js';

export interface CheckedPolicy {
  found: Found;
  findings: Finding[];
  /** Puts the expressions of the file into what is said of it. */
  told: ReturnType<typeof inWordsOf>;
}

export interface Checked {
  /** Of the text that was checked. */
  version: number;
  config: Config | null;
  policies: CheckedPolicy[];
  /** Places of policies of which nothing can be read. */
  notChecked: { start: number; end: number; message: string }[];
  /** Why IAM would refuse the text as it stands, at places in it. */
  refused: Finding[];
  /** Why the text could not be read; an offset in it. */
  problem: { message: string; offset: number } | null;
}

/** Never fails: a text that somebody is typing is broken most of the time. */
export async function checked(document: TextDocument, config: Config | null): Promise<Checked> {
  const { uri, version } = document;
  const nothing: Checked = { version, config, problem: null, refused: [], policies: [], notChecked: [] };
  const path = nameOf(uri);
  if (isExcluded(config, path)) return nothing;
  try {
    const text = document.getText();
    const seen = await policiesOfText(text, path, { isStrict: true }, false);
    return {
      ...nothing,
      refused: seen.filter(isFound).flatMap((found) => refusedOf(found, text, path, config)),
      policies: seen.filter(isFound).map((found) => policyOf(found, path, config, inWordsOf(found, text))),
      notChecked: seen.filter(isUnread).map((one) => ({ start: one.start, end: one.end, message: `Not checked: ${untold(one, text)}.` })),
    };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ...nothing, problem: { message: error.message, offset: error.offset } };
  }
}

/** What the command line of a check would say, which an editor has none of. */
const SETTINGS: Omit<Settings, 'config'> = { type: null, resourceType: null, identityPolicy: null, access: null, failOn: 'suggestion', fix: 'no', isDiff: false };

/** Why IAM would refuse a file that is read all the same. */
function refusedOf(found: Found, text: string, path: string, config: Config | null): Finding[] {
  const refusal = refusalOf(found, text, path, chooseType(found, path, { ...SETTINGS, config }).options);
  return refusal === null || suppressionsFor(config, path, found.name)(refusal) !== null ? [] : [refusal];
}

function policyOf(found: Found, path: string, config: Config | null, told: CheckedPolicy['told']): CheckedPolicy {
  const { options } = chooseType(found, path, { ...SETTINGS, config });
  const suppressed = suppressionsFor(config, path, found.name);
  const findings = settled(validatePolicy(found.text, options), found).filter((one) => suppressed(one) === null);
  return { found, told, findings: findings.map((one) => ({ ...one, findingDetails: told(one.findingDetails), help: told(one.help) })) };
}
