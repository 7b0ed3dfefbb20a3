// What may stand at a place of a policy: from the keys that lead to the caret, in a policy, in statements without one around
// them, or in Terraform's data source of a policy document, to a kind of words.
import { OF_POLICY, OF_STATEMENT } from '../source/language.js';
import { ELEMENTS } from '../source/terraform-document.js';
import { type Value, entriesOf, get, itemsOf, known } from '../source/value.js';
import type { Step } from './caret/outline.js';

/** Words of a closed list, or what the catalog knows of the actions of a statement. */
export type Wanted =
  | { of: 'names' | 'words'; words: readonly string[] }
  | { of: 'blocks'; words: readonly string[]; blocks: readonly string[] }
  | { of: 'actions' | 'operators' }
  | { of: 'resources'; actions: string[] }
  | { of: 'keys'; actions: string[]; operator: string | null }
  | { of: 'values'; actions: string[]; operator: string | null; key: string | null }
  | { of: 'principals'; kind: string | null };

const VERSIONS = ['2012-10-17'];
const EFFECTS = ['Allow', 'Deny'];
const KINDS_OF_PRINCIPALS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
/** Who attaches a policy to an identity says by that whose it is; who assumes a role assumes that one. */
const NEVER: Record<string, readonly string[]> = { identity: ['Principal', 'NotPrincipal'], trust: ['Resource', 'NotResource'] };

/** Whose policy it is, where its place tells. */
type Kind = string | null;

const names = (words: readonly string[]): Wanted => ({ of: 'names', words });
const words = (list: readonly string[]): Wanted => ({ of: 'words', words: list });

/** The steps that are keys; places in lists do not matter within an element. */
const keysOf = (path: readonly Step[]): string[] => path.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));

export function inPolicy(path: readonly Step[], isKey: boolean, kind: Kind): Wanted | null {
  const [first, ...rest] = path;
  if (first?.key === 'Statement') return inStatements(rest, isKey, kind);
  if (rest.length > 0 || first === undefined) return null;
  if (isKey) return names(OF_POLICY);
  return first.key === 'Version' ? words(VERSIONS) : null;
}

/** `path` begins within the list of statements, or within the only one. */
export function inStatements(path: readonly Step[], isKey: boolean, kind: Kind): Wanted | null {
  const own = path.slice(path.findIndex(({ key }) => typeof key === 'string'));
  const [element, first, second, ...rest] = keysOf(own);
  if (element === undefined || rest.length > 0) return null;
  const statement = own[0]!.within;
  const actions = () => textsIn(get(statement, 'Action') ?? get(statement, 'NotAction'));
  if (isKey) {
    if (first === undefined) return names(OF_STATEMENT.filter((name) => !NEVER[kind ?? '']?.includes(name)));
    if (/^(?:Not)?Principal$/.test(element) && second === undefined) return names(KINDS_OF_PRINCIPALS);
    if (element !== 'Condition') return null;
    return second === undefined ? { of: 'operators' } : { of: 'keys', actions: actions(), operator: first };
  }
  if (element === 'Condition') return second === undefined ? null : { of: 'values', actions: actions(), operator: first!, key: second };
  if (/^(?:Not)?Principal$/.test(element) && second === undefined) return first === undefined ? words(['*']) : { of: 'principals', kind: first };
  return first === undefined ? ofElement(element, actions) : null;
}

function ofElement(element: string, actions: () => string[]): Wanted | null {
  if (element === 'Effect') return words(EFFECTS);
  if (element === 'Action' || element === 'NotAction') return { of: 'actions' };
  return element === 'Resource' || element === 'NotResource' ? { of: 'resources', actions: actions() } : null;
}

const BLOCKS_OF_DOCUMENT = ['statement'];
const OF_DOCUMENT = ['version', 'policy_id', ...BLOCKS_OF_DOCUMENT, 'source_policy_documents', 'override_policy_documents'];
const BLOCKS_OF_STATEMENT = ['principals', 'not_principals', 'condition'];
const OF_DOCUMENTS_STATEMENT = [...Object.keys(ELEMENTS), ...BLOCKS_OF_STATEMENT];

/** Of `data "aws_iam_policy_document"`. Source: its documentation, provider version 6, read 2026-11. */
export function inDocument(path: readonly Step[], isKey: boolean): Wanted | null {
  const own = path.filter(({ key }) => typeof key === 'string');
  const [block, element, attribute, ...rest] = keysOf(own);
  if (rest.length > 0 || block === undefined) return null;
  if (element === undefined) return isKey ? { of: 'blocks', words: OF_DOCUMENT, blocks: BLOCKS_OF_DOCUMENT } : block === 'version' ? words(VERSIONS) : null;
  if (block !== 'statement') return null;
  const statement = own[1]!.within;
  const actions = () => textsIn(get(statement, 'actions') ?? get(statement, 'not_actions'));
  if (attribute === undefined) return isKey ? { of: 'blocks', words: OF_DOCUMENTS_STATEMENT, blocks: BLOCKS_OF_STATEMENT } : ofElement(ELEMENTS[element] ?? '', actions);
  const isOfPrincipals = /^(?:not_)?principals$/.test(element);
  if (!isOfPrincipals && element !== 'condition') return null;
  if (isKey) return names(isOfPrincipals ? ['type', 'identifiers'] : ['test', 'variable', 'values']);
  const beside = (name: string) => known(get(own[2]!.within, name));
  if (isOfPrincipals) return attribute === 'type' ? words([...KINDS_OF_PRINCIPALS, '*']) : attribute === 'identifiers' ? { of: 'principals', kind: beside('type') } : null;
  if (attribute === 'test') return { of: 'operators' };
  if (attribute === 'variable') return { of: 'keys', actions: actions(), operator: beside('test') };
  return attribute === 'values' ? { of: 'values', actions: actions(), operator: beside('test'), key: beside('variable') } : null;
}

/** The texts that are written there. */
const textsIn = (value: Value | undefined): string[] => [value, ...itemsOf(value)].flatMap((one) => known(one) ?? []);

/** Whether a map has nothing but elements of a policy, of whose versions the year is enough while it is typed. */
export const hasOnlyElements = (map: Value): boolean => entriesOf(map).every(({ key, value }) => (
  known(key) === 'Version' ? /^(?:20|$)/.test(known(value) ?? '') : ['', ...OF_POLICY].includes(known(key) ?? '')
));

/** Whether a map is a statement by what it says. */
export const isStatement = (value: Value | undefined): boolean => /^(?:Allow|Deny)$/.test(known(get(value, 'Effect')) ?? '')
  || ['Action', 'NotAction'].some((name) => textsIn(get(value, name)).some((one) => /^(?:\*|[a-z0-9-]+:)/i.test(one)));
