// A file that is read as a policy because what it means is clear, and that IAM would refuse as it stands: with typographic quotation
// marks, as the inside of a string, percent-encoded, or as statements without the policy around them.
import { findPolicies, validatePolicy } from 'postern';
import type { Finding, ValidateOptions } from '../../types.js';
import { isFilledIn } from '../source/braces.js';
import { isJson } from '../source/embedded.js';
import { type Found, extentOf } from '../source/index.js';
import { isCode } from '../source/pasted.js';

/** The mistake for which IAM would refuse the whole of a file, its places in the file's own text; null where it is read as what it is. */
export function refusalOf(found: Found, text: string, fileName: string, options: ValidateOptions): Finding | null {
  if (found.fixable || found.name !== '' || isCode(fileName) || !/^[\ufeff\s]*(?:[{["\u201c-\u201f]|%7b)/i.test(text)) return null;
  const { start, end } = extentOf(found, 0, found.text.length);
  if (/[^\ufeff\s"]/.test(text.slice(0, start) + text.slice(end)) || isFilledIn(text, fileName)) return null;
  const mistake = validatePolicy(text, options).find(({ findingType }) => findingType === 'ERROR');
  return mistake === undefined ? null : { ...mistake, help: mistake.help ?? wayOut(text), fixes: [] };
}

/** What to do about it, for which the engine has words where it read the text as another one. */
function wayOut(text: string): string | null {
  if (/^[\ufeff\s]*%7b/i.test(text)) return 'The text is percent-encoded, as the API of IAM has policies. Write what it says, decoded.';
  if (/^[\ufeff\s]*\{(?:\s|\\n)*\\"/.test(text)) return 'The text is the inside of a string. Write what it says, without the backslashes in it.';
  if (isJson(text.replace(/^\ufeff/, ''))) return 'Statements stand in a policy: {"Version": "2012-10-17", "Statement": [...]}.';
  return findPolicies(text).recognised.find(({ kind }) => kind === 'mended')?.message ?? null;
}
