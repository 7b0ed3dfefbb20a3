// Policies in files of which only what they hold tells that there are any: a list of policies, an object that has some, a list of
// statements. What clearly is a policy is read, whatever stands around it and however its file was reached.
import { policyAround, policyIn } from './cloudformation.js';
import { embedded, isJson } from './embedded.js';
import { type Seen, isTextOfOthers, looksLikePolicy } from './found.js';
import { readJson } from './json.js';
import { type Value, entriesOf, get, itemsOf, known } from './value.js';
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
    else for (const { key, value: inside } of entriesOf(value)) if (!isOfTemplates(known(key))) look(inside, `${name}${name === '' ? '' : '.'}${known(key)}`);
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
  const version = known(get(value, 'Version'));
  if (/^20(?:08-10|12-10)-17$/.test(version ?? '')) return looksLikePolicy(value) || entriesOf(value).some((entry) => listOf(entry.value).some(isStatement));
  // Other clouds have such policies too, of versions such as "1".
  return looksLikePolicy(value) && (version === null || /^20\d\d-/.test(version)) && listOf(get(value, 'Statement')).some(isStatement);
}

/** A string of JSON, percent-encoded or not. */
function isPolicyText(value: Value & { kind: 'text' }): boolean {
  if (!value.pieces.some(({ text }) => text !== null && /^\s*(?:\{|%7b)/i.test(text))) return false;
  const written = embedded(value);
  return written !== null && written.text.includes('"Statement"') && !isTextOfOthers(written.text) && isJson(written.text) && isPolicy(readJson(written.text));
}

const listOf = (value: Value | undefined): Value[] => (value?.kind === 'map' ? [value] : itemsOf(value));

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition'];

/** Schemas have such keys as well, and objects for values. */
function isStatement(value: Value): boolean {
  if (ELEMENTS.filter((name) => get(value, name) !== undefined).length < 2) return false;
  return get(value, 'Effect')?.kind === 'text' || ['Action', 'NotAction'].some((name) => /^(?:text|list)$/.test(get(value, name)?.kind ?? ''));
}

/** Statements that stand without a policy; more is asked of them where nothing around them says what they are. */
function areStatements(value: Value): boolean {
  const all = listOf(value);
  return all.length > 0 && looksLikePolicy(policyAround(value)) && all.every((one) => /^(?:Allow|Deny)$/i.test(known(get(one, 'Effect')) ?? '')
    && ['Action', 'NotAction'].some((name) => get(one, name) !== undefined)
    && ['Resource', 'NotResource', 'Principal', 'NotPrincipal'].some((name) => get(one, name) !== undefined));
}
