// The policies in a text as people paste it, by the engine's reader: with a fence of Markdown around it, as statements
// without the policy, as an escaped string.
import { findPolicies } from 'postern';
import { isClear, speaksOfPolicies } from './anywhere.js';
import { AS_TEXT, isAsText } from './as-text.js';
import { isFilledIn, mayHaveTags, withoutTags } from './braces.js';
import { decodedPiece, isJson } from './embedded.js';
import { SourceError } from './error.js';
import { isBrokenPolicy, isPolicyByWords } from './language.js';
import { type Found, type Seen, asItStands, isFound } from './found.js';
import { type Beside, seenIn } from './index.js';
import { refuseUnreadable } from './readable.js';
import { offsetIn } from './value.js';

/**
 * The policies of a text, the same however its file was reached: those that stand where its format has them, and without one what
 * clearly is a policy. A broken file that does not speak of policies has none; `isNamed` says that it is a mistake then.
 *
 * @throws {SourceError} when it cannot be read as what it is.
 */
export async function policiesOfText(text: string, fileName: string, beside: Beside, isNamed: boolean): Promise<Seen[]> {
  if (text.trim() === '') return [];
  const clear = (): Found[] => {
    if ((isCode(fileName) && !isYaml(fileName)) || !speaksOfPolicies(text) || isJson(text)) return [];
    if (isYaml(fileName)) return clearInYaml(text);
    return pastedPolicies(text).filter((one) => isClear(one.text) && (isJson(one.text) || (!mayHaveTags(one.text) && !isFilledIn(text, fileName))));
  };
  try {
    const found = await seenIn(text, fileName, beside);
    const pasted = found.some(isFound) ? [] : clear();
    // Of what a tool decides the text was read after all.
    if (pasted.length > 0) return [...found.filter((one) => !isFound(one) && one.why === undefined), ...pasted];
    // Nobody reads such a file for policies that has not the words of one, but whoever named it wants to know.
    if (isNamed && found.length === 0 && isCode(fileName) && !mayHaveTags(text)) await refuseUnreadable(text, fileName);
    return found;
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

/** The same of a file of YAML, such as a script in it: what is JSON and has nothing in it that another tool fills in. */
function clearInYaml(text: string): Found[] {
  const own = withoutTags(text);
  const isWhole = ({ place, text: { length } }: Found): boolean => {
    const [start, end] = [place(0)?.start ?? 0, place(length - 1)?.end ?? 0];
    return own.slice(start, end) === text.slice(start, end);
  };
  return pastedPolicies(own).filter((one) => isClear(one.text) && isJson(one.text) && isPolicyByWords(one.text) && isWhole(one));
}

const isYaml = (fileName: string): boolean => /\.ya?ml$/i.test(fileName);

/** Whether a file may hold other things by its name, so that one without policies is no mistake: `postern check *.tf`. */
export const isCode = (fileName: string): boolean => /\.(ya?ml|template|tf|tofu|hcl|tfvars)$/i.test(fileName);

/** Why a text has no policy of IAM: what the engine says that it is. What it takes for a policy is not IAM's, by what stands in it. */
export function whyNone(text: string): string {
  const { policies, recognised } = findPolicies(text);
  const unused = recognised.find(({ used }) => !used);
  if (unused?.kind === 'not-recognised' && isAsText(text)) return AS_TEXT.replace('it', 'It');
  if (unused !== undefined) return /\berrorMessage\b/.test(unused.message) ? `${unused.message} postern explain --error - says what it means.` : unused.message;
  if (policies.length > 0) return 'What it has is a policy of something else.';
  const told = [...new Set(recognised.map(({ message }) => message))];
  return [...told.slice(0, MOST_TOLD), ...told.length > MOST_TOLD ? [`There are ${told.length - MOST_TOLD} more.`] : [], ...told.length > 0 ? [NEXT] : []].join(' ');
}

const MOST_TOLD = 3;

/** Of what the engine knows and which has no policy in it. */
const NEXT = 'No text of a policy is here to check: aws iam get-policy-version --policy-arn ARN --version-id VERSION prints that of a managed policy, and postern role - takes what this is.';

/** What the engine finds. */
export function pastedPolicies(text: string): Found[] {
  const { policies: all } = findPolicies(text);
  // Organizations have policies of other languages, in the same answers.
  const policies = all.filter((one) => !/"PolicySummary"\s*:/.test(text) || /"Statement"/.test(one.text));
  return policies.map(({ text: own, name, span, verbatim }, index) => {
    const about = { name: name ?? (policies.length > 1 ? `[${index}]` : ''), kind: null, resourceType: null };
    const [start, end] = [span.start.offset, span.end.offset];
    if (verbatim) return asItStands(own, start, about);
    const at = placesIn(text.slice(start, end), own);
    const place = (offset: number) => {
      if (offset < 0 || offset >= own.length) return null;
      return at === null ? { start, end } : { start: start + at(offset), end: start + at(offset + 1) };
    };
    return { ...about, text: own, place, fixable: false, base: start, syntax: null, unknown: [], perhaps: [] };
  });
}

/** Where a character of a policy is written in the text that means it: with other quotation marks, as the inside of a string, or percent-encoded; null where that is not told. */
function placesIn(written: string, policy: string): ((offset: number) => number) | null {
  const isOtherQuotes = written.length === policy.length && written.split('').every((unit, index) => unit === policy[index] || !/\w/.test(policy[index]!));
  if (isOtherQuotes) return (offset) => offset;
  const piece = decodedPiece({ text: written, offsets: null, start: 0, end: written.length });
  return piece.text === policy ? (offset) => offsetIn(piece, offset) : null;
}
