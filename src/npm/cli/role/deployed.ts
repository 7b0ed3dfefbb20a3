// What the policies of templates let a role do, whatever the values are that only the deployment knows.
import { diagnoseRole } from 'postern';
import type { CapabilityResult, Diagnosis, RoleInput, RoleReason } from '../../types.js';
import { asApi, placeOf } from '../access/finding.js';
import { type Open, isOpen, narrowest, widest } from '../access/worst.js';
import { Names } from '../diff/named.js';
import { Lines } from '../lines.js';
import { type Found, dependsOn, extentOf } from '../source/index.js';

/** A text with policies, or a policy that was found in a file, with the text of the file. */
export interface RoleText {
  name: string;
  text: string;
  within: { found: Found; source: string } | null;
}

type Reading = (open: Open) => string | null;

/**
 * What is so in the narrowest reading of the policies and in the widest is so. Where they differ nobody can tell before the
 * deployment.
 */
export function diagnosed(input: Omit<RoleInput, 'documents'>, documents: readonly RoleText[]): Diagnosis {
  const open = documents.flatMap(({ within }) => (within !== null && isOpen(within.found) ? [within] : []));
  if (open.length === 0) return placed(diagnoseRole({ ...input, documents: documents.map(plain) }), documents);
  const names = new Names();
  const own = documents.map(({ name, text, within }) => ({ name, text: within === null ? text : names.in(within.found, within.source) }));
  const asIs = diagnoseRole({ ...input, documents: own });
  const [most, least] = [widest, narrowest].map((reading) => bound(input, documents, reading));
  const capabilities = asIs.capabilities.map((one, i): CapabilityResult => {
    if (most?.[i]?.result === one.result && least?.[i]?.result === one.result) return one;
    const message = `It depends ${dependsOn(open)}.`;
    // That no statement allows it is said of values that nobody has.
    const reasons = one.reasons.filter(({ kind }) => kind !== 'closed' && kind !== 'valueNeeded');
    return { ...one, result: 'unknown', reasons: [{ ...NOTHING, message }, ...reasons] };
  });
  const failing = input.wants.filter((_, i) => capabilities[i]!.result === 'fails');
  const { missing } = failing.length === 0 ? { missing: null } : diagnoseRole({ ...input, documents: own, wants: failing });
  return placed(told({ ...asIs, capabilities, missing }, names), documents);
}

const NOTHING: Omit<RoleReason, 'message'> = {
  kind: 'depends', actions: [], resource: '', level: 'required', dependsOn: [], gate: null, policy: null, path: null, statement: null, pointer: null, span: null,
};

/** With places in the files, where the engine has those in the policies that were found there. */
function placed<T>(value: T, documents: readonly RoleText[]): T {
  if (Array.isArray(value)) return value.map((one: unknown) => placed(one, documents)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, placed(one as unknown, documents)]));
  const { path, pointer, span } = value as { path?: unknown; pointer?: unknown; span?: unknown };
  const [, index] = /^documents\[(\d+)\]$/.exec(String(path)) ?? [];
  const within = index === undefined || !span ? null : documents[Number(index)]?.within ?? null;
  if (within === null) return inner as T;
  const lines = new Lines(within.source);
  const at = placeOf(typeof pointer === 'string' ? pointer : '', within.found.text);
  const { start, end } = extentOf(within.found, at.start, at.end);
  return { ...inner, span: { start: asApi(lines, start), end: asApi(lines, end) } } as T;
}

const plain = ({ name, text }: RoleText): { name: string; text: string } => ({ name, text });

/** The results in one reading of all policies; null where one of them cannot be read so. */
function bound(input: Omit<RoleInput, 'documents'>, documents: readonly RoleText[], reading: Reading): CapabilityResult[] | null {
  const texts = documents.map(({ name, text, within }) => ({ name, text: within === null ? text : reading(within.found) }));
  if (texts.some(({ text }) => text === null)) return null;
  // A policy of which no statement is left has no say.
  const left = texts.filter(({ text }) => !/"Statement"\s*:\s*\[\s*\]/.test(text!));
  return diagnoseRole({ ...input, documents: left as { name: string; text: string }[] }).capabilities;
}

/** With the expressions of the files in place of what stands for them. */
function told<T>(value: T, names: Names): T {
  if (typeof value === 'string') return names.told(value as string) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => told(one, names)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, told(one as unknown, names)])) as T;
}
