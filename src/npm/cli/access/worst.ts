// A policy of a template in the widest reading of what only its deployment knows.
import { applyEdits, modify, parseTree, findNodeAtLocation } from 'jsonc-parser';
import { statementsOf } from './finding.js';

/**
 * The text of a policy that allows whatever the policy may allow: in a statement that allows, an unknown value is any, and
 * a condition that is not known is none; a Deny that is not known denies nothing. Null where even the effect of a
 * statement, or whether there are further ones, is not known.
 */
export function widest(text: string, unknown: readonly string[]): string | null {
  const statements = statementsOf(text);
  const root = parseTree(text);
  if (root === undefined) return null;
  const isList = findNodeAtLocation(root, ['Statement'])?.type === 'array';
  const touched = new Map<number, Set<string>>();
  for (const pointer of unknown) {
    const [, index, element] = (isList ? /^\/Statement\/(\d+)\/(\w+)/ : /^\/Statement()\/(\w+)/).exec(pointer) ?? [];
    if (element === undefined) return null;
    const at = isList ? Number(index) : 0;
    touched.set(at, (touched.get(at) ?? new Set()).add(element));
  }
  const all = statements.flatMap((statement, i) => {
    const elements = touched.get(i);
    if (elements === undefined) return [statement];
    return statement['Effect'] === 'Allow' ? [widened(statement, elements)] : [];
  });
  return applyEdits(text, modify(text, ['Statement'], all, {}));
}

function widened(statement: Record<string, unknown>, elements: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(statement).flatMap(([name, value]): [string, unknown][] => {
    if (!elements.has(name)) return [[name, value]];
    if (name === 'Condition') return [];
    if (name === 'Resource') return [[name, (Array.isArray(value) ? value : [value]).map(anyArn)]];
    // All but something that is not known may be all.
    return ['Action', 'NotAction', 'NotResource', 'Principal', 'NotPrincipal'].includes(name) ? [[name.replace('Not', ''), '*']] : [[name, value]];
  }));
}

/** `arn:aws:s3:::unknown1/*` as `arn:aws:s3:::*` + `/*`; what is no ARN then is any. */
function anyArn(value: unknown): string {
  const pattern = typeof value === 'string' ? value.replace(/unknown\d+/g, '*') : '*';
  return /^arn:(?:[^:]*:){4}./s.test(pattern) ? pattern : '*';
}
