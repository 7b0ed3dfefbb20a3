// What Postern knows of the place under the pointer: why a finding matters, what an action does, on which resources and with
// which condition keys, what it is for in Session Manager, what a condition key has for values, and on the keys of a statement
// or a policy what it allows and denies, in words.
import { describePolicy, listCapabilities, listChecks } from 'postern';
import { type Node, findNodeAtLocation, getNodePath } from 'jsonc-parser';
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Found, extentOf } from '../source/index.js';
import { treeOf } from '../source/json.js';
import { actionsOf, wordsOfAction, wordsOfKey } from './catalog.js';
import { rangeOf } from './diagnostics.js';
import type { Checked } from './policies.js';

export function hoverAt(document: TextDocument, { policies }: Checked, position: Position): Hover | null {
  const offset = document.offsetAt(position);
  const [hovered] = policies.flatMap(({ found, findings, told }) => {
    const root = treeOf(found.text);
    const node = root && literalAt(root, found, offset);
    if (root === undefined || node === undefined) return [];
    const codes = new Set(findings.flatMap(({ issueCode, locations }) => (
      locations.some(({ span }) => isWithin(found, span.start.offset, span.end.offset, offset)) ? [issueCode] : [])));
    const parts = [...wordsOfChecks(codes), ...wordsOf(root, node).map(told)];
    return parts.length === 0 ? [] : [{ found, node, parts }];
  });
  if (hovered === undefined) return null;
  const { found, node, parts } = hovered;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n') },
    range: rangeOf(document, found, node.offset, node.offset + node.length),
  };
}

function isWithin(found: Found, start: number, end: number, offset: number): boolean {
  const extent = extentOf(found, start, end);
  return extent.start <= offset && offset <= extent.end;
}

/** The key or value at an offset of the file. */
function literalAt(root: Node, found: Found, offset: number): Node | undefined {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.children !== undefined) waiting.push(...node.children);
    else if (isWithin(found, node.offset, node.offset + node.length, offset)) return node;
  }
  return undefined;
}

function wordsOfChecks(codes: Set<string>): string[] {
  return listChecks().filter(({ issueCode }) => codes.has(issueCode))
    .map(({ issueCode, title, why, learnMoreLink }) => `**${title}** (${issueCode})\n\n${why} ${learnMoreLink === '' ? '' : `[More](${learnMoreLink})`}`.trimEnd());
}

/** How many uses of an action are named. */
const MOST_USES = 5;
/** Elements whose statement is described, on their key. */
const DESCRIBED = ['Effect', 'Sid', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

function wordsOf(root: Node, node: Node): string[] {
  const isKey = node.parent?.type === 'property' && node.parent.children?.[0] === node;
  const path = getNodePath(node);
  const [first, second, third] = path;
  const element = typeof second === 'number' ? third : second;
  const isOfStatement = first === 'Statement' && path.length === (typeof second === 'number' ? 3 : 2);
  if (isKey && path.length === 1) return described(root.type === 'object' ? valueOf(root) : null);
  if (isKey && isOfStatement && DESCRIBED.includes(String(element))) {
    const statement = findNodeAtLocation(root, path.slice(0, -1));
    return statement === undefined ? [] : described({ Version: '2012-10-17', Statement: [valueOf(statement)] });
  }
  if (first !== 'Statement' || typeof node.value !== 'string') return [];
  if (isKey && element === 'Condition' && path.length === (typeof second === 'number' ? 5 : 4)) {
    const statement = findNodeAtLocation(root, path.slice(0, typeof second === 'number' ? 2 : 1));
    return wordsOfKey(node.value, actionsOf(statement));
  }
  if (isKey || (element !== 'Action' && element !== 'NotAction')) return [];
  return [...wordsOfAction(node.value), ...usesOf(node.value)];
}

function usesOf(written: string): string[] {
  const action = written.toLowerCase();
  const titles = new Set(listCapabilities()
    .filter(({ side, actions }) => (side === 'node' || side === 'operator') && actions.some((one) => one.toLowerCase() === action))
    .map(({ title }) => `- ${title}`));
  const more = titles.size > MOST_USES ? [`- and ${titles.size - MOST_USES} more`] : [];
  return titles.size === 0 ? [] : [`Session Manager needs ${written} for:\n\n${[...titles].slice(0, MOST_USES).concat(more).join('\n')}`];
}

function described(policy: unknown): string[] {
  if (typeof policy !== 'object' || policy === null) return [];
  try {
    const sentences = describePolicy(policy);
    return sentences.length === 0 ? [] : [sentences.map((sentence) => `- ${sentence}`).join('\n')];
  } catch {
    return []; // A policy that IAM could not read has findings instead.
  }
}

function valueOf({ type, value, children = [] }: Node): unknown {
  if (type === 'array') return children.map(valueOf);
  if (type !== 'object') return value as unknown;
  return Object.fromEntries(children.flatMap(({ children: pair }) => (pair?.[0] && pair[1] ? [[pair[0].value, valueOf(pair[1])]] : [])));
}
