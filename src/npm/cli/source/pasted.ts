// The policies in a text as people paste it, by the engine's reader: with a fence of Markdown around it, as statements
// without the policy, as an escaped string.
import { findPolicies } from 'postern';
import { isClear, speaksOfPolicies } from './anywhere.js';
import { mayHaveTags } from './braces.js';
import { isJson } from './embedded.js';
import { SourceError } from './error.js';
import { isBrokenPolicy } from './language.js';
import { type Found, type Seen, asItStands, isFound } from './found.js';
import { type Beside, seenIn } from './index.js';

/**
 * The policies of a text, the same however its file was reached: those that stand where its format has them, and without one what
 * clearly is a policy. A broken file that does not speak of policies has none; `isNamed` says that it is a mistake then.
 *
 * @throws {SourceError} when it cannot be read as what it is.
 */
export async function policiesOfText(text: string, fileName: string, beside: Beside, isNamed: boolean): Promise<Seen[]> {
  if (text.trim() === '') return [];
  const clear = (): Found[] => (isCode(fileName) || !speaksOfPolicies(text) || isJson(text) ? [] : pastedPolicies(text).policies.filter((one) => isClear(one.text) && (isJson(one.text) || !mayHaveTags(one.text))));
  try {
    const found = await seenIn(text, fileName, beside);
    const pasted = found.some(isFound) ? [] : clear();
    return pasted.length > 0 ? pasted : found;
  } catch (reason) {
    if (!(reason instanceof SourceError)) throw reason;
    const pasted = /^[\ufeff\s]*\{\s*"/.test(text) ? [] : clear();
    if (pasted.length > 0) return pasted;
    const isJsonOfOthers = /^[\ufeff\s]*\{/.test(text) && !isBrokenPolicy(text);
    if (!isNamed && (isJsonOfOthers || !/"?Statement\b|aws_iam_|AWS::IAM::/.test(text))) return [];
    // The engine has more to say of a policy that is broken JSON than that it is broken.
    if (/^[\ufeff\s]*\{/.test(text) && !isJsonOfOthers && /"(Statement|Effect)"/.test(text)) return [asItStands(text, 0, { name: '', kind: null, resourceType: null })];
    throw reason;
  }
}

/** Whether a file may hold other things by its name, so that one without policies is no mistake: `postern check *.tf`. */
export const isCode = (fileName: string): boolean => /\.(ya?ml|template|tf|tofu|hcl|tfvars)$/i.test(fileName);

/** What was found, and what the engine says of a text in which there is nothing. */
export function pastedPolicies(text: string): { policies: Found[]; message: string } {
  const { policies: all, recognised } = findPolicies(text);
  // Organizations have policies of other languages, in the same answers.
  const policies = all.filter((one) => !/"PolicySummary"\s*:/.test(text) || /"Statement"/.test(one.text));
  const message = recognised.find(({ used }) => !used)?.message ?? '';
  return {
    message,
    policies: policies.map(({ text: own, name, span, verbatim }, index) => {
      const about = { name: name ?? (policies.length > 1 ? `[${index}]` : ''), kind: null, resourceType: null };
      const [start, end] = [span.start.offset, span.end.offset];
      if (verbatim) return asItStands(own, start, about);
      // Where each character stands is not told: all of it is the place.
      const place = (offset: number) => (offset < 0 || offset >= own.length ? null : { start, end });
      return { ...about, text: own, place, fixable: false, base: start, syntax: null, unknown: [], perhaps: [] };
    }),
  };
}
