// Policies in files of which only what they hold tells that there are any: a list of policies, an object that has some, a list of
// statements. What clearly is a policy is read, whatever stands around it and however its file was reached.
import { policyAround, policyIn } from './cloudformation.js';
import { embedded, isJson } from './embedded.js';
import { type Seen, looksLikePolicy } from './found.js';
import { readJson } from './json.js';
import { areOfOtherCloud, isOfIamVersion, isOfOtherCloud, isPolicyByWords, isStatement, isTextOfOtherLanguage, listOf } from './language.js';
import { type Value, entriesOf, get, known, spelt } from './value.js';
import { withUnknown } from './variables.js';

/** Whether a text has the words without which nothing in it is clearly a policy. Most files have not, and are not looked through. */
export const speaksOfPolicies = (text: string): boolean => /Statement|Effect/.test(text) && /Action|Allow|Deny|\b20(?:08-10|12-10)-17\b/.test(text);

/** Whether a policy that was found in prose, in code or in the like is clear: by an effect, or by its version. */
export const isClear = (policy: string): boolean => /\bEffect\\?["']?\s*:\s*\\?["'](?:Allow|Deny)\b/i.test(policy) || /["'](?:2012-10-17|2008-10-17)\\?["']/.test(policy);

/** The policies within a value, by the paths that lead to them. `source` is the text of a file of JSON. */
export function policiesAnywhere(root: Value, source: string | null): Seen[] {
  const own = source === null ? withUnknown(root, isOfTool) : root;
  const found: Seen[] = [];
  // A value of YAML with several aliases is looked at once.
  const looked = new Set<Value>();
  const look = (value: Value, name: string): void => {
    if (looked.has(value)) return;
    looked.add(value);
    const about = { name, kind: null, resourceType: null };
    if (isPolicy(value)) found.push(...policyIn(value, about, source));
    else if ((value.kind === 'list' || value === own) && areStatements(value)) found.push(...policyIn(policyAround(value), about, null));
    // Statements that are none of IAM's stand there.
    else if (listOf(get(value, 'Statement')).length > 0) return;
    else if (value.kind === 'list') value.items.forEach((item, index) => look(item, `${name}[${index}]`));
    else for (const { key, value: inside } of entriesOf(value)) if (!isOfTemplates(known(key))) look(inside, `${name}${name === '' ? '' : '.'}${spelt(key)}`);
  };
  look(own, '');
  return found;
}

/** A variable such as `${bucket.arn}`, which a tool fills in; those of IAM have a colon. */
const isOfTool = (variable: string): boolean => !variable.includes(':');

/** What the CDK writes beside its templates of what is in them. */
const isOfTemplates = (key: string | null): boolean => key?.startsWith('aws:cdk:') ?? false;

function isPolicy(value: Value): boolean {
  if (value.kind === 'text') return isPolicyText(value);
  if (value.kind !== 'map') return false;
  if (isOfIamVersion(value)) return looksLikePolicy(value) || entriesOf(value).some((entry) => listOf(entry.value).some(isStatement));
  return looksLikePolicy(value) && listOf(get(value, 'Statement')).some(isStatement) && !isOfOtherCloud(value);
}

/** A string of JSON, percent-encoded or not. */
function isPolicyText(value: Value & { kind: 'text' }): boolean {
  if (!value.pieces.some(({ text }) => text !== null && /^\s*(?:\{|%7b)/i.test(text))) return false;
  const written = embedded(value);
  // Only a tool knows what it is, or what statements it has.
  if (written === null || written.unknown.includes('/Statement')) return isPolicyByWords(value.pieces.map(({ text }) => text ?? '').join(''));
  return written.text.includes('"Statement"') && !isTextOfOtherLanguage(written.text) && isJson(written.text) && isPolicy(readJson(written.text));
}

/** Statements that stand without a policy; more is asked of them where nothing around them says what they are. */
function areStatements(value: Value): boolean {
  const all = listOf(value);
  return all.length > 0 && looksLikePolicy(policyAround(value)) && !areOfOtherCloud(value) && all.every((one) => /^(?:Allow|Deny)$/i.test(known(get(one, 'Effect')) ?? '')
    && ['Action', 'NotAction'].some((name) => get(one, name) !== undefined)
    && ['Resource', 'NotResource', 'Principal', 'NotPrincipal'].some((name) => get(one, name) !== undefined));
}
