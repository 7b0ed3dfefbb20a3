// Completion in policies wherever they stand: elements, services and their actions, forms of ARNs, condition operators and keys,
// principals, managed policies, and whole policies in an empty text.
import { buildNodePolicy, buildOperatorPolicy, listCapabilities, listManagedPolicies, listServices } from 'postern';
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { syntaxOf } from '../source/syntax.js';
import { entriesOf, known as textOf } from '../source/value.js';
import { AS_JSON, scanBrackets } from './caret/brackets.js';
import { scanHcl } from './caret/hcl.js';
import { type Caret, Outline } from './caret/outline.js';
import { scanYaml } from './caret/yaml.js';
import { OPERATORS, formsOf, keyNamed, keysOf, known } from './catalog.js';
import type { Wanted } from './place.js';
import { nameOf } from './uri.js';
import { wantedAt } from './where.js';

export function completions(document: TextDocument, position: Position): CompletionItem[] {
  const text = document.getText();
  const name = nameOf(document.uri).toLowerCase();
  const whole = /\.json$/.test(name) && /^\{?\s*\}?$/.test(text.trim()) ? wholePolicies(document) : [];
  const outline = new Outline(text, document.offsetAt(position));
  const syntax = syntaxOf(text, name);
  if (syntax === 'hcl') scanHcl(outline);
  else if (syntax === 'yaml') scanYaml(outline);
  else scanBrackets(outline, 0, text.length, AS_JSON);
  const { carets, root } = outline;
  return [...whole, ...root === null ? [] : carets.flatMap((caret) => {
    const wanted = wantedAt(caret, root, name, syntax);
    return wanted === null ? [] : wordsFor(wanted, caret).map((word) => itemOf(word, caret, document));
  })];
}

interface Word {
  label: string;
  kind: CompletionItemKind;
  detail?: string;
  /** Those of a smaller number come first. */
  group?: number;
  /** Whether more is typed behind it, as behind a service. */
  isBegun?: boolean;
  /** Whether a block of HCL begins with it. */
  isBlock?: boolean;
}

function wordsFor(wanted: Wanted, caret: Caret): Word[] {
  const plain = (labels: readonly string[], kind: CompletionItemKind): Word[] => labels.map((label) => ({ label, kind }));
  switch (wanted.of) {
    case 'words': return plain(wanted.words, CompletionItemKind.EnumMember);
    case 'names': return plain(missing(wanted.words, caret), CompletionItemKind.Property);
    case 'blocks': {
      const isBlock = (label: string) => wanted.blocks.includes(label);
      const all = [...missing(wanted.words.filter((one) => !isBlock(one)), caret), ...wanted.blocks];
      return all.map((label) => ({ label, kind: CompletionItemKind.Property, isBlock: caret.syntax === 'hcl' && isBlock(label) }));
    }
    case 'actions': return actionsFor(caret.token.text);
    case 'resources': return [...formsOf(wanted.actions)].map(([label, detail]) => ({ label, kind: CompletionItemKind.Value, detail }));
    case 'operators': return operators();
    case 'keys': return keysFor(wanted.actions);
    case 'values': return valuesFor(wanted);
    case 'principals': return principalsFor(wanted.kind);
  }
}

/** The names that stand not beside the caret already. */
function missing(names: readonly string[], { steps, token }: Caret): string[] {
  const there = new Set(entriesOf(steps.at(-1)?.within).flatMap(({ key }) => (key.start === token.start ? [] : [textOf(key)])));
  return names.filter((name) => !there.has(name));
}

/** Those of the service that is written; else the services, and what Session Manager needs. */
function actionsFor(typed: string): Word[] {
  const [service, name] = typed.split(':');
  if (name !== undefined) return known(`${service}:*`).map(({ action, description, accessLevel }) => ({ label: action, kind: CompletionItemKind.Function, detail: `${description} (${accessLevel})` }));
  return [
    ...listServices().map((one): Word => ({ label: `${one.service}:`, kind: CompletionItemKind.Module, detail: one.name, isBegun: true })),
    ...Array.from(usesOfActions()).sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, detail]): Word => ({ label, kind: CompletionItemKind.Function, detail })),
  ];
}

/** What Session Manager needs each action for. */
function usesOfActions(): Map<string, string> {
  const uses = new Map<string, string>();
  for (const { actions, title } of listCapabilities()) for (const action of actions) if (!uses.has(action)) uses.set(action, title);
  return uses;
}

/** All but Null may be asked only where the key is there, and all of keys with several values. */
function operators(): Word[] {
  const base = [...Object.values(OPERATORS).flat(), 'BinaryEquals'].sort();
  const groups = [[...base, 'Null'], base.map((one) => `${one}IfExists`), ...['ForAnyValue', 'ForAllValues'].flatMap((set) => [base.map((one) => `${set}:${one}`), base.map((one) => `${set}:${one}IfExists`)])];
  return groups.flatMap((labels, group) => labels.map((label) => ({ label, kind: CompletionItemKind.Operator, group })));
}

/** Those of the actions before those of every request. */
function keysFor(actions: readonly string[]): Word[] {
  const global = new Set(keysOf([]).map(({ key }) => key));
  return keysOf(actions).map(({ key, type, isMultivalued }) => ({
    label: key, kind: CompletionItemKind.Field, detail: `${type}${isMultivalued ? ', several values' : ''}`, group: global.has(key) ? 1 : 0,
  }));
}

function valuesFor({ actions, operator, key }: Wanted & { of: 'values' }): Word[] {
  if (/^iam:PolicyARN$/i.test(key ?? '')) {
    return listManagedPolicies().map(({ arn, version, date }) => ({ label: arn, kind: CompletionItemKind.Value, detail: `${version} of ${date}` }));
  }
  const isTruth = operator === 'Null' || /^Bool/.test(operator ?? '') || (key !== null && keyNamed(key, actions)?.type === 'Bool');
  return isTruth ? ['true', 'false'].map((label) => ({ label, kind: CompletionItemKind.EnumMember })) : [];
}

/** Services whose roles Session Manager needs stand first; of the others the catalog has the prefixes and not the principals. */
function principalsFor(kind: string | null): Word[] {
  if (kind === 'AWS') return ['*', 'arn:aws:iam::111122223333:root'].map((label) => ({ label, kind: CompletionItemKind.Value }));
  if (kind !== 'Service') return [];
  return [
    ...KNOWN_SERVICES.map((label): Word => ({ label, kind: CompletionItemKind.Value, group: 0 })),
    ...listServices().map(({ service, name }): Word => ({ label: `${service}.amazonaws.com`, kind: CompletionItemKind.Value, detail: `${name}, if its principal has the usual form`, group: 1 }))
      .filter(({ label }) => !KNOWN_SERVICES.includes(label)),
  ];
}

/** Those that capabilities.txt asks for the role of a node, a task or a hybrid node. */
const KNOWN_SERVICES = ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'ssm.amazonaws.com'];

function itemOf({ label, kind, detail, group, isBegun = false, isBlock = false }: Word, caret: Caret, document: TextDocument): CompletionItem {
  const { isKey, token, syntax } = caret;
  // A name in braces is for whoever types to fill in; as it stands it would mean another thing.
  const word = label.replace(/\$\{(\w+)\}/g, '$1');
  const quote = quoteFor(word, caret, isBegun);
  const isLeftOpen = isBegun && token.quote !== '';
  const end = isLeftOpen && token.isClosed ? token.end - 1 : token.end;
  const behind = document.getText({ start: document.positionAt(token.end), end: { line: document.positionAt(token.end).line + 1, character: 0 } });
  const sign = !isKey || isBlock || /^\s*[:=]/.test(behind) ? '' : syntax === 'hcl' ? ' = ' : ': ';
  return {
    label, kind, filterText: `${token.quote}${label}`,
    ...detail === undefined ? {} : { detail },
    ...group === undefined ? {} : { sortText: `${group}${label}` },
    textEdit: {
      range: { start: document.positionAt(token.start), end: document.positionAt(end) },
      newText: `${quote}${word}${isLeftOpen ? '' : quote}${sign}`,
    },
  };
}

/** The quote that was typed; where none was, one where the syntax needs it. */
function quoteFor(word: string, { isKey, token: { quote }, syntax }: Caret, isBegun: boolean): string {
  if (quote !== '') return quote;
  if (syntax === 'json') return '"';
  if (syntax === 'hcl') return isKey && /^\w+$/.test(word) ? '' : '"';
  const isPlain = /^[A-Za-z](?:[^\s#]|\s(?!#))*$/.test(word) && (isBegun || !/:(?:\s|$)/.test(word)) && !/^(?:true|false|null|yes|no|on|off)$/i.test(word)
    && (syntax !== 'flow' || !/[,[\]{}]/.test(word));
  return isPlain ? '' : '"';
}

function wholePolicies(document: TextDocument): CompletionItem[] {
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
  return [
    { label: 'Session Manager: the role of a node', newText: `${buildNodePolicy().json}\n` },
    { label: 'Session Manager: a person who starts sessions', newText: `${buildOperatorPolicy({}).json}\n` },
  ].map(({ label, newText }) => ({ label, kind: CompletionItemKind.Snippet, filterText: document.getText() || label, textEdit: { range, newText } }));
}
