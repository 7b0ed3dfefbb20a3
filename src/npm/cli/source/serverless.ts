// Policies in serverless.yml. Source: Serverless Framework's documentation of `provider.iam`, read 2026-11.
import { policiesInTemplate, policyAround, policyIn } from './cloudformation.js';
import { type Found } from './found.js';
import { type Piece, type Value, entriesOf, get, itemsOf, known, slice } from './value.js';

export function isServerless(root: Value): boolean {
  return get(root, 'service') !== undefined && get(root, 'provider')?.kind === 'map';
}

export function policiesInServerless(root: Value): Found[] {
  const provider = get(root, 'provider');
  const statements: [string, Value | undefined][] = [
    ['provider.iam.role.statements', get(get(get(provider, 'iam'), 'role'), 'statements')],
    ['provider.iamRoleStatements', get(provider, 'iamRoleStatements')],
    ...entriesOf(get(root, 'functions')).map(({ key, value }): [string, Value | undefined] => (
      [`functions.${known(key)}.iamRoleStatements`, get(value, 'iamRoleStatements')]
    )),
  ];
  const resources = get(root, 'resources');
  return [
    ...statements.flatMap(([name, list]) => (
      list?.kind === 'list' ? policyIn(policyAround(variables(list)), { name, kind: 'identity', resourceType: null }, null) : []
    )),
    ...(resources?.kind === 'list' ? itemsOf(resources) : [resources])
      .flatMap((one) => (one === undefined ? [] : policiesInTemplate(variables(one), null, 'resources.'))),
  ];
}

/** Strings with the framework's own variables in them: `${self:custom.table}`. Those of IAM are left as they are. */
function variables(value: Value, seen = new Map<Value, Value>()): Value {
  const before = seen.get(value);
  if (before !== undefined) return before;
  let result = value;
  if (value.kind === 'list') result = { ...value, items: value.items.map((item) => variables(item, seen)) };
  if (value.kind === 'map') {
    const isSubstituted = value.entries.length === 1 && known(value.entries[0]?.key) === 'Fn::Sub';
    if (!isSubstituted) result = { ...value, entries: value.entries.map((entry) => ({ ...entry, value: variables(entry.value, seen) })) };
  }
  if (value.kind === 'text') {
    const pieces = value.pieces.flatMap(split);
    const isUnknown = pieces.length === 1 && pieces[0]?.text === null;
    result = isUnknown ? { kind: 'unknown', start: value.start, end: value.end } : { ...value, pieces };
  }
  seen.set(value, result);
  return result;
}

function split(piece: Piece): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: all, index } of (piece.text ?? '').matchAll(/\$\{(?:[^{}]|\$\{[^{}]*\})*\}/g)) {
    // The framework has `aws:accountId` and `aws:region`; IAM has the other names that begin so.
    if (/^\$\{aws:(?!accountId\}|region\})[\w/-]+\}$/.test(all)) continue;
    pieces.push(slice(piece, from, index), { ...slice(piece, index, index + all.length), text: null, offsets: null });
    from = index + all.length;
  }
  return from === 0 ? [piece] : [...pieces, slice(piece, from, (piece.text ?? '').length)].filter(({ text }) => text !== '');
}
