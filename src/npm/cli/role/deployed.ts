// What the policies of templates let a role do, whatever the values are that only the deployment knows.
import { diagnoseRole } from 'postern';
import type { CapabilityResult, Diagnosis, Recognised, RoleInput, RoleReason, Want } from '../../types.js';
import { asApi, placeOf } from '../access/finding.js';
import { type Open, isOpen, narrowest, widest } from '../access/worst.js';
import { Names } from '../diff/named.js';
import { Lines } from '../lines.js';
import { listed } from '../terminal.js';
import { type Extent, type Found, extentOf } from '../source/index.js';
import { NO_BOUNDARY, withCommands } from './bringing.js';
import { type OpenPolicy, deciding } from './deciding.js';
import type { Documents } from './documents.js';
import { type Lacking, NOT_GIVEN, OTHERS_NOT_GIVEN, lackingIn } from './lacking.js';

/** A text with policies, a policy that was found in a file, or the ARN or name of one that a file attaches. */
export interface RoleText {
  name: string;
  text: string;
  /** With the text of the file. */
  within: OpenPolicy | null;
  /** With what stands there for an ARN that only the deployment knows, or of which it alone knows whether it is attached. */
  attached: { at: Extent; source: string; expression: string | null; sentence?: string } | null;
}

type Reading = (open: Open) => string | null;

/**
 * What is so in the narrowest reading of the policies and in the widest is so. Where they differ nobody can tell before the
 * deployment.
 */
/** What is asked of a role, beside its policies. */
export type Asked = Omit<RoleInput, 'documents' | 'wants'> & { wants: readonly Want[] };

export function diagnosed(given: Asked, documents: Documents): Diagnosis {
  const diagnosis = whateverBounds(given, documents);
  const isOfBoundary = ({ message }: RoleReason): boolean => message === NO_BOUNDARY;
  if (!diagnosis.capabilities.some(({ reasons }) => reasons.some(isOfBoundary))) return diagnosis;
  // What does not work beside a boundary that allows everything has nearer causes than the one that is not known.
  const free = whateverBounds({ ...given, boundary: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }, documents);
  const capabilities = diagnosis.capabilities.map((one, i): CapabilityResult => {
    const [bounding] = one.reasons.filter(isOfBoundary);
    const { result, reasons } = free.capabilities[i]!;
    if (bounding === undefined) return one;
    const nearer = result === 'works' ? one.reasons.filter((reason) => !isOfBoundary(reason)) : reasons;
    return { ...one, result: result === 'fails' ? result : one.result, reasons: [...nearer, bounding] };
  });
  return { ...diagnosis, capabilities };
}

function whateverBounds(given: Asked, documents: Documents): Diagnosis {
  const { texts, terms } = documents;
  // Who gives a boundary knows it.
  const boundary = given.boundary === undefined ? documents.boundary : null;
  const all = boundary === null ? texts : [...texts, boundary];
  const open = all.flatMap(({ within }) => (within !== null && isOpen(within.found) ? [within] : []));
  const names = new Names();
  const named = ({ name, text, within, attached }: RoleText): { name: string; text: string } => {
    const own = documents.called.get(name) ?? name;
    if (within !== null) return { name: own, text: names.in(within.found, within.source) };
    const expression = attached?.expression ?? null;
    return { name: own, text: expression === null ? text : `arn:aws:iam:::policy/${names.of(expression)}` };
  };
  const input = boundary === null ? given : { ...given, boundary: named(boundary) };
  const own = texts.map(named);
  const asIs = diagnoseRole({ ...input, documents: own });
  const lacking = lackingOf(asIs.recognised, documents);
  const unread = lacking.isAll ? ['its policies', ...documents.unread] : documents.unread;
  const finished = (diagnosis: Diagnosis): Diagnosis => {
    const { roleName, assumptions, ...others } = told(diagnosis, names);
    const all = lacking.assumption === null ? assumptions : [lacking.assumption, ...assumptions];
    const whole = { ...others, assumptions: all, roleName: roleName ?? documents.roleName };
    return placed(withCommands(whole, own, { isNamed: roleName !== null || documents.isNamed, boundary: boundary === null ? textOf(given.boundary) : boundary.attached?.expression != null ? null : boundary.text, isBoundaryGiven: given.boundary != null, isTrustGiven: given.trustPolicy != null }), { texts, boundary });
  };
  if (open.length + unread.length === 0) return finished(asIs);
  // What cannot be read may allow and deny anything.
  const [most, least] = ([[widest, 'Allow'], [narrowest, 'Deny']] as const).map(([reading, effect]) => (
    bound(input, { texts, boundary, called: documents.called }, reading, unread.length === 0 ? [] : [{ Version: '2012-10-17', Statement: [{ Effect: effect, Action: '*', Resource: '*' }] }])
  ));
  let reasonOf: ((want: number) => string) | undefined;
  const capabilities = asIs.capabilities.map((one, i): CapabilityResult => {
    if (most?.[i]?.result === one.result && least?.[i]?.result === one.result) return one;
    reasonOf ??= deciding(open, input, unread, terms);
    const message = lacking.isAll ? (texts.some(isOfFiles) ? OTHERS_NOT_GIVEN : NOT_GIVEN) : documents.roles.length > 0 ? `It depends on which role is meant: ${listed(documents.roles.slice(0, 10), 'or')}.` : `It depends ${reasonOf(i)}.`;
    // That no statement allows it is said of values that nobody has.
    const reasons = one.reasons.filter(({ kind }) => kind !== 'closed' && kind !== 'valueNeeded');
    return { ...one, result: 'unknown', reasons: [{ ...NOTHING, message, dependsOn: !lacking.isAll && documents.roles.length > 0 ? ['?role'] : [] }, ...reasons] };
  });
  const failing = input.wants.filter((_, i) => capabilities[i]!.result === 'fails');
  const { missing } = failing.length === 0 ? { missing: null } : diagnoseRole({ ...input, documents: own, wants: failing });
  return finished({ ...asIs, capabilities, missing });
}

const textOf = (document: RoleInput['boundary']): string | null => (typeof document === 'object' && document !== null && 'text' in document && typeof document.text === 'string' ? document.text.trim() : null);

/** Whether a text is out of a template, and none that AWS printed. */
const isOfFiles = ({ within, attached }: RoleText): boolean => within !== null || attached !== null;

/** A template has all that it says of a role that it makes; of others it does not tell which policies they have beside. */
function lackingOf(recognised: readonly Recognised[], { texts, unread, roles, isElsewhere }: Documents): Lacking {
  if (isElsewhere !== true) return unread.length === 0 && !texts.some(isOfFiles) ? lackingIn(recognised) : { isAll: false, assumption: null };
  const ofFiles = new Set(texts.flatMap((one, i) => (isOfFiles(one) ? [`documents[${i}]`] : [])));
  // Of several roles it is said that they are several.
  return ofFiles.size === texts.length ? { isAll: roles.length === 0, assumption: null } : lackingIn(recognised.filter(({ path }) => !ofFiles.has(path)));
}

interface Texts {
  texts: readonly RoleText[];
  boundary: RoleText | null;
}

const NOTHING: Omit<RoleReason, 'message'> = {
  kind: 'depends', actions: [], resource: '', level: 'required', dependsOn: [], gate: null, policy: null, path: null, statement: null, pointer: null, span: null,
};

/** With places in the files, where the engine has those in the policies that were found there. */
function placed<T>(value: T, documents: Texts, linesOf = new Map<string, Lines>()): T {
  if (Array.isArray(value)) return value.map((one: unknown) => placed(one, documents, linesOf)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const inner: Record<string, unknown> = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, placed(one as unknown, documents, linesOf)]));
  const { path, pointer, span } = value as { path?: unknown; pointer?: unknown; span?: unknown };
  const [, index] = /^documents\[(\d+)\]$/.exec(String(path)) ?? [];
  const text = path === 'boundary' ? documents.boundary : index === undefined ? null : documents.texts[Number(index)];
  const { within, attached } = (span ? text : null) ?? { within: null, attached: null };
  const source = within?.source ?? attached?.source;
  if (source === undefined) return inner as T;
  const lines = linesOf.get(source) ?? new Lines(source);
  linesOf.set(source, lines);
  const { start, end } = within === null ? attached!.at : extentIn(within.found, pointer);
  const place = { start: asApi(lines, start), end: asApi(lines, end) };
  // Nobody can call a file after what only the deployment knows.
  const said = inner['used'] !== false ? null : within !== null ? openFault(within) : attached?.expression == null ? null : attached.sentence ?? untoldOf(attached.expression, path === 'boundary');
  const message = said === null ? {} : { message: said };
  return { ...inner, ...message, span: place } as T;
}

/** Of a policy in which nothing else is wrong than what stands for values that nobody knows; null for other faults. */
function openFault({ found }: { found: Found }): string | null {
  const whole = isOpen(found) ? objectOf(found.text) : null;
  if (whole === null) return null;
  const isTouched = (index: number): boolean => found.unknown.some((pointer) => pointer === '/Statement' || pointer.startsWith(`/Statement/${index}/`) || pointer === `/Statement/${index}` || /^\/Statement\/(?!\d)/.test(pointer));
  const left = [whole.Statement ?? []].flat().filter((_, index) => !isTouched(index));
  const text = JSON.stringify({ ...whole, Statement: left.length > 0 ? left : [{ Effect: 'Deny', Action: '*', Resource: '*' }] });
  return diagnoseRole({ documents: [text], wants: [] }).recognised.every(({ used }) => used) ? 'Only the deployment knows what it says, so it is not read as it stands.' : null;
}

function objectOf(text: string): { Statement?: unknown } | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function untoldOf(expression: string, isBoundary: boolean): string {
  return `${expression} is ${isBoundary ? 'the permissions boundary' : 'attached'}, and only the deployment knows what it says.`;
}

function extentIn(found: Found, pointer: unknown): Extent {
  const { start, end } = placeOf(typeof pointer === 'string' ? pointer : '', found.text);
  return extentOf(found, start, end);
}

/** The results in one reading of all policies, beside others; null where one of them cannot be read so. */
function bound(input: Asked, { texts, boundary, called }: Texts & Pick<Documents, 'called'>, reading: Reading, others: object[]): CapabilityResult[] | null {
  const read = ({ name, text, within }: RoleText): { name: string; text: string | null } => ({ name: called.get(name) ?? name, text: within === null ? text : reading(within.found) });
  const [documents, bounding] = [texts.map(read), boundary === null || boundary.within === null ? null : read(boundary)];
  if ([...documents, ...bounding === null ? [] : [bounding]].some(({ text }) => text === null)) return null;
  // A policy of which no statement is left has no say.
  const left = documents.filter(({ text }) => !/"Statement"\s*:\s*\[\s*\]/.test(text!));
  return diagnoseRole({ ...input, ...bounding === null ? {} : { boundary: bounding as { name: string; text: string } }, documents: [...left as { name: string; text: string }[], ...others] }).capabilities;
}

/** With the expressions of the files in place of what stands for them. */
function told<T>(value: T, names: Names): T {
  if (typeof value === 'string') return names.told(value as string) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => told(one, names)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, told(one as unknown, names)])) as T;
}
