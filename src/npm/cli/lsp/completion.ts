// Completion in policies that are JSON: elements, services and their actions, forms of ARNs, condition operators and keys,
// managed policies, and whole policies in an empty text.
import { buildNodePolicy, buildOperatorPolicy, listCapabilities, listManagedPolicies, listServices } from 'postern';
import { type Location, findNodeAtLocation, getLocation } from 'jsonc-parser';
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { treeOf } from '../source/json.js';
import { OPERATORS, actionsOf, formsOf, keysOf, known } from './catalog.js';
import type { Checked } from './policies.js';

const OF_POLICY = ['Version', 'Id', 'Statement'];
const OF_STATEMENT = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

export function completions(document: TextDocument, { policies }: Checked, position: Position): CompletionItem[] {
  const text = document.getText();
  const offset = document.offsetAt(position);
  if (/\.json$/.test(document.uri) && /^\{?\s*\}?$/.test(text.trim())) return wholePolicies(document);
  const found = policies.map((policy) => policy.found)
    .find(({ fixable, base, text: { length } }) => fixable && base <= offset && offset <= base + length);
  if (found === undefined) return [];
  return inPolicy(found.text, getLocation(found.text, offset - found.base), document, found.base);
}

function inPolicy(text: string, { path, isAtPropertyKey, previousNode }: Location, document: TextDocument, base: number): CompletionItem[] {
  const [first, second, third] = path;
  const isInList = typeof second === 'number';
  const depth = isInList ? 3 : 2;
  const element = isInList ? third : second;
  // The whole string under the caret, quotes included, makes place for the chosen one.
  const range = previousNode === undefined ? undefined : {
    start: document.positionAt(base + previousNode.offset),
    end: document.positionAt(base + previousNode.offset + previousNode.length),
  };
  const items = (labels: readonly string[], kind: CompletionItemKind, detail?: (label: string) => string): CompletionItem[] => labels.map((label) => ({
    label, kind,
    filterText: `"${label}"`,
    ...(detail === undefined ? {} : { detail: detail(label) }),
    ...(range === undefined ? { insertText: `"${label}"` } : { textEdit: { range, newText: `"${label}"` } }),
  }));
  const actions = (): string[] => {
    const root = treeOf(text);
    return actionsOf(root && findNodeAtLocation(root, path.slice(0, depth - 1)));
  };
  if (isAtPropertyKey) {
    if (path.length === 1) return items(OF_POLICY, CompletionItemKind.Property);
    if (first !== 'Statement') return [];
    if (path.length === depth) return items(OF_STATEMENT, CompletionItemKind.Property);
    if (element !== 'Condition') return [];
    if (path.length === depth + 1) return items([...Object.values(OPERATORS).flat(), 'Null'].sort(), CompletionItemKind.Operator);
    if (path.length > depth + 2) return [];
    const keys = new Map(keysOf(actions()).map((key) => [key.key, key]));
    return items([...keys.keys()], CompletionItemKind.Field, (key) => `${keys.get(key)!.type}${keys.get(key)!.isMultivalued ? ', several values' : ''}`);
  }
  const ofSessionManager = (): CompletionItem[] => {
    const uses = usesOfActions();
    return items([...uses.keys()].sort(), CompletionItemKind.Function, (action) => uses.get(action) ?? '');
  };
  if (path.length === 1 && first === 'Version') return items(['2012-10-17'], CompletionItemKind.EnumMember);
  if (first !== 'Statement') return [];
  if (element === 'Effect') return items(['Allow', 'Deny'], CompletionItemKind.EnumMember);
  if (element === 'Action' || element === 'NotAction') {
    const [service, name] = String(previousNode?.value ?? '').split(':');
    const services = new Map(listServices().map((one) => [`${one.service}:`, one.name]));
    if (name === undefined) return [...items([...services.keys()], CompletionItemKind.Module, (label) => services.get(label)!), ...ofSessionManager()];
    const own = new Map(known(`${service}:*`).map((one) => [one.action, one]));
    return items([...own.keys()], CompletionItemKind.Function, (action) => `${own.get(action)!.description} (${own.get(action)!.accessLevel})`);
  }
  if (element === 'Resource' || element === 'NotResource') {
    const forms = formsOf(actions());
    return items([...forms.keys()], CompletionItemKind.Value, (form) => forms.get(form)!);
  }
  if (element === 'Condition') {
    const arns = new Map(listManagedPolicies().map(({ arn, version, date }) => [arn, `${version} of ${date}`]));
    return path.includes('iam:PolicyARN') ? items([...arns.keys()], CompletionItemKind.Value, (arn) => arns.get(arn) ?? '') : [];
  }
  return [];
}

/** What Session Manager needs each action for. */
function usesOfActions(): Map<string, string> {
  const uses = new Map<string, string>();
  for (const { actions, title } of listCapabilities()) for (const action of actions) if (!uses.has(action)) uses.set(action, title);
  return uses;
}

function wholePolicies(document: TextDocument): CompletionItem[] {
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
  return [
    { label: 'Session Manager: the role of a node', newText: `${buildNodePolicy().json}\n` },
    { label: 'Session Manager: a person who starts sessions', newText: `${buildOperatorPolicy({}).json}\n` },
  ].map(({ label, newText }) => ({ label, kind: CompletionItemKind.Snippet, filterText: document.getText() || label, textEdit: { range, newText } }));
}
