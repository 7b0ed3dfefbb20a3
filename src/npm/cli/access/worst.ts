// A policy of a template in the widest and in the narrowest reading of what only its deployment knows.
import { applyEdits, modify, findNodeAtLocation, type Node } from 'jsonc-parser';
import { FURTHER_STATEMENTS, type Found } from '../source/index.js';
import { treeOf } from '../source/json.js';
import { statementsOf } from './finding.js';

type Statement = Record<string, unknown>;
export type Open = Pick<Found, 'text' | 'unknown' | 'perhaps' | 'isRepeated'>;

/** Whether anything of a policy is known only at deploy time. */
export const isOpen = ({ unknown, perhaps }: Open): boolean => unknown.length + perhaps.length > 0;

/** Whether a statement is one of which only the deployment knows whether it is there. */
export const isPerhaps = ({ perhaps }: Pick<Open, 'perhaps'>, index: number): boolean => perhaps.includes('/Statement') || perhaps.includes(`/Statement/${index}`);

/**
 * The text of a policy that allows whatever the policy may allow: in a statement that allows, an unknown value is any, and
 * a condition that is not known is none; a Deny that is not known, or that may not be there, denies nothing. Null where
 * even the effect of a statement, or whether there are further ones, is not known.
 */
export function widest(open: Open): string | null {
  return read(open, 'Allow', (statement, elements) => (statement['Effect'] === 'Allow' ? [widened(statement, elements)] : []));
}

/** The text of a policy that allows nothing but what the policy allows whatever its values are; null as for the widest. */
export function narrowest(open: Open): string | null {
  return read(open, 'Deny', (statement, elements) => (statement['Effect'] === 'Allow' ? narrowed(statement, elements) : [widened(statement, elements)]));
}

/**
 * The policy with other statements in place of those of which an element is not known, and of those that may not be there
 * only the ones of this effect.
 */
function read(open: Open, staying: 'Allow' | 'Deny', by: (statement: Statement, elements: ReadonlySet<string>) => Statement[]): string | null {
  const { text } = open;
  if (!isOpen(open)) return text;
  const root = treeOf(text);
  if (root === undefined) return null;
  const touched = elementsOf(open, root);
  if (touched === null) return null;
  const all = statementsOf(text).flatMap((statement, i) => {
    const elements = touched.get(i);
    if (isPerhaps(open, i) && statement['Effect'] !== staying) return [];
    return elements === undefined ? [statement] : by(statement, elements);
  });
  return applyEdits(text, modify(text, ['Statement'], all, {}));
}

/** The elements that are not known, by the places of their statements; null where something else is not known. */
function elementsOf(open: Open, root: Node): Map<number, Set<string>> | null {
  const isList = findNodeAtLocation(root, ['Statement'])?.type === 'array';
  const touched = new Map<number, Set<string>>();
  for (const pointer of open.unknown) {
    // Of a statement that is there as often as a loop says any value is thought of already.
    if (open.isRepeated === true && pointer === FURTHER_STATEMENTS) continue;
    // What a policy is called decides nothing.
    if (pointer === '/Id') continue;
    const [, index, element] = (isList ? /^\/Statement\/(\d+)\/(\w+)/ : /^\/Statement()\/(\w+)/).exec(pointer) ?? [];
    if (element === undefined) return null;
    const at = isList ? Number(index) : 0;
    touched.set(at, (touched.get(at) ?? new Set()).add(element));
  }
  return touched;
}

/** A statement of which something is known only at deploy time. */
export interface OpenStatement {
  index: number;
  /** The statement in its widest reading. */
  reach: Statement;
  /** Whether only the deployment knows if it is there. */
  isPerhaps: boolean;
}

/** The statements of a policy that are open; null where there is more that is not known. */
export function openStatements(open: Open): OpenStatement[] | null {
  const root = treeOf(open.text);
  const touched = root === undefined ? null : elementsOf(open, root);
  if (touched === null) return null;
  return statementsOf(open.text).flatMap((statement, index): OpenStatement[] => {
    const elements = new Set(touched.get(index));
    // What a statement is called decides nothing.
    elements.delete('Sid');
    const is = isPerhaps(open, index);
    return elements.size === 0 && !is ? [] : [{ index, reach: widened(statement, elements), isPerhaps: is }];
  });
}

function widened(statement: Statement, elements: ReadonlySet<string>): Statement {
  return Object.fromEntries(Object.entries(statement).flatMap(([name, value]): [string, unknown][] => {
    if (!elements.has(name)) return [[name, value]];
    if (name === 'Condition') return [];
    if (name === 'Resource') return [[name, (Array.isArray(value) ? value : [value]).map(anyArn)]];
    // All but something that is not known may be all.
    return ['Action', 'NotAction', 'NotResource', 'Principal', 'NotPrincipal'].includes(name) ? [[name.replace('Not', ''), '*']] : [[name, value]];
  }));
}

/** Without the actions and resources that are not known; nothing where none is left, or where a condition decides. */
function narrowed(statement: Statement, elements: ReadonlySet<string>): Statement[] {
  if (['NotAction', 'NotResource', 'Principal', 'NotPrincipal', 'Condition'].some((name) => elements.has(name))) return [];
  const left = { ...statement };
  for (const name of ['Action', 'Resource']) {
    if (!elements.has(name)) continue;
    const values = [statement[name]].flat().filter((value) => typeof value === 'string' && !/unknown\d+/.test(value));
    if (values.length === 0) return [];
    left[name] = values;
  }
  return [left];
}

/** `arn:aws:s3:::unknown1/*` as `arn:aws:s3:::*` + `/*`; what is no ARN then is any. */
function anyArn(value: unknown): string {
  const pattern = typeof value === 'string' ? value.replace(/unknown\d+/g, '*') : '*';
  return /^arn:(?:[^:]*:){4}./s.test(pattern) ? pattern : '*';
}
