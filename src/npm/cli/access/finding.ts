// A finding about access, at the place in the file where the statement stands.
import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from 'jsonc-parser';
import type { FileFinding } from '../check/one.js';
import { Lines } from '../lines.js';
import { extentOf, type Found } from '../source/index.js';
import type { PathElement, Position } from '../../types.js';
import { treeOf } from '../source/json.js';
import { ACCESS_CHECKS, type AccessCode } from './checks.js';

/** `pointer` leads to the place in the policy's text; what is not there is told of the whole policy. */
export function accessFinding(code: AccessCode, details: string, pointer: string, found: Found, lines: Lines): FileFinding {
  const { steps, start, end } = placeOf(pointer, found.text);
  const extent = extentOf(found, start, end);
  const own = new Lines(found.text);
  const path = (steps ?? []).map((step): PathElement => (typeof step === 'number' ? { index: step } : { value: step }));
  const { findingType, issueCode, learnMoreLink } = ACCESS_CHECKS[code];
  const at = steps === null ? '' : pointer;
  return {
    finding: {
      findingType, issueCode, learnMoreLink, findingDetails: details, help: null, fixes: [],
      locations: [{ path, pointer: at, span: { start: asApi(own, start), end: asApi(own, end) } }],
    },
    places: [{ start: lines.at(extent.start), end: lines.at(extent.end), path, pointer: at }],
    fixes: [],
    byHand: null,
    excerpt: lines.excerpt(extent.start),
  };
}

/** Where a pointer leads in a text; to all of it where nothing is there, and without steps then. */
export function placeOf(pointer: string, text: string): { steps: JSONPath | null; start: number; end: number } {
  const root = treeOf(text);
  const steps = stepsTo(pointer, root);
  // An expression of a template is no object, whatever the parser makes of it.
  const node = steps !== null ? findNodeAtLocation(root!, steps) : root?.type === 'object' ? root : undefined;
  return { steps, start: node?.offset ?? 0, end: node === undefined ? text.length : node.offset + node.length };
}

/** The pointer to a statement by its index: a policy may have one statement without a list. */
export function statementPointer(text: string, index: number): string {
  const root = treeOf(text);
  return root !== undefined && findNodeAtLocation(root, ['Statement'])?.type === 'object' ? '/Statement' : `/Statement/${index}`;
}

/** The statements of a policy, each as a value; none of a text that is no policy. */
export function statementsOf(text: string): Record<string, unknown>[] {
  const root = treeOf(text);
  const statement: unknown = root?.type === 'object' ? (getNodeValue(root) as Record<string, unknown>)['Statement'] : undefined;
  const all = Array.isArray(statement) ? statement : [statement];
  return all.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
}

/** The steps of a pointer, with numbers where there are lists; null where it leads nowhere or nowhere else. */
export function stepsTo(pointer: string, root: Node | undefined): JSONPath | null {
  if (pointer === '' || root === undefined) return null;
  const steps: JSONPath = [];
  for (const word of pointer.slice(1).split('/').map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    const node = steps.length === 0 ? root : findNodeAtLocation(root, steps);
    steps.push(node?.type === 'array' ? Number(word) : word);
  }
  return findNodeAtLocation(root, steps) === undefined ? null : steps;
}

/** As the API counts: columns from 0. */
export function asApi(lines: Lines, offset: number): Position {
  const { line, column } = lines.at(offset);
  return { line, column: column - 1, offset };
}
