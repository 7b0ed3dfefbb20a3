// Checks one file: finds its policies, asks the engine, puts what it says at its place in the file.
import { validatePolicy } from 'postern';
import { Failure } from '../failure.js';
import { readText } from '../files/read.js';
import { replaceFile } from '../files/write.js';
import type { Target } from '../files/find.js';
import { Lines, type Position } from '../lines.js';
import { type Given, SourceError, editsIn, extentOf, inWordsOf, isFound, isUnread, settled, untold, type Found, type Seen, type Unread } from '../source/index.js';
import { type Elsewhere, attachedIn } from '../access/attached.js';
import { asItStands } from '../source/found.js';
import { isCode, policiesOfText, whyNone } from '../source/pasted.js';
import type { Finding, Fix, PathElement } from '../../types.js';
import { type AccessWants, accessFindings, unreadFindings } from './access.js';
import { fixed } from './fix.js';
import { type Mended, NONE_MENDED, mendedBy } from './mended.js';
import { refusalOf } from './refused.js';
import type { Settings } from './settings.js';
import { suppressionsFor, type Match } from './suppress.js';
import { chooseType, type ChosenType } from './type.js';

export interface FileResult {
  path: string;
  absolute: string;
  policies: CheckedPolicy[];
  /** Policies of which nothing can be read, so that nothing is said of them. */
  notChecked: NotChecked[];
  /** Why the file could not be checked, or not be written. */
  problem: string | null;
  /** Whether it holds no policy and need not. */
  isOther: boolean;
  /** Whether somebody named it. Where it holds no policy, that is a mistake if no file of its kind holds one. */
  isNamed: boolean;
  mended: Mended;
  /** The text after the fixes, where there are any and it goes to standard output or into a difference. */
  before: string | null;
  after: string | null;
}

export interface NotChecked {
  policy: string;
  start: Position;
  end: Position;
  message: string;
}

export interface CheckedPolicy {
  /** Its name in the file; empty for a file that is a policy. */
  name: string;
  type: ChosenType;
  findings: FileFinding[];
  suppressed: (Match & { finding: FileFinding })[];
  /** On what it rests that access which was asked about is not granted. */
  assumptions: string[];
}

export interface FileFinding {
  /** As the engine has it: places are those in the policy's own text. */
  finding: Finding;
  /** The same places in the file. */
  places: Place[];
  fixes: FileFix[];
  /** What a fix would do that cannot be written into the file; null where there is none, or another one can. */
  byHand: string | null;
  excerpt: { text: string; column: number };
}

export interface Place {
  start: Position;
  end: Position;
  path: PathElement[];
  pointer: string;
}

export interface FileFix {
  title: string;
  applicability: 'safe' | 'unsafe';
  edits: { start: Position; end: Position; text: string }[];
}

/** Of a file, or of a text from standard input. */
export async function checkFile(target: Target, settings: Settings, given?: string): Promise<FileResult> {
  const result: FileResult = {
    path: target.path, absolute: target.absolute, policies: [], notChecked: [], problem: null, isOther: false, isNamed: target.isNamed, mended: NONE_MENDED, before: null, after: null,
  };
  try {
    const before = given ?? await readText(target.absolute);
    const seen = await seenOf(before, target, undefined, true);
    const isAttaching = settings.access !== null && seen.length === 0 && (await attachedIn(before, target.absolute)).length > 0;
    if (seen.length > 0 || isAttaching) await check(result, before, seen, target, settings, given !== undefined);
    else if (target.isNamed && !isCode(target.absolute)) result.problem = `it holds no IAM policy. ${whyNone(before)}`.trim();
    else result.isOther = true;
  } catch (reason) {
    // A call of the engine that failed by a mistake of its own says what to report; the other files are still checked.
    const { name, message } = reason as Error;
    if (!(reason instanceof Failure) && name !== 'PosternError') throw reason;
    result.problem = message;
  }
  return result;
}

async function check(result: FileResult, before: string, first: Seen[], target: Target, settings: Settings, isStdin: boolean): Promise<void> {
  const found = first.filter(isFound);
  const types = found.map((one) => chooseType(one, target.absolute, settings));
  let [text, seen, shown] = [before, first, settings];
  if (settings.fix !== 'no') {
    const jobs = found.map((one, i) => ({ found: one, type: types[i]!, suppression: suppressionsFor(settings.config, target.absolute, one.name) }));
    const done = await fixed(before, jobs, settings.fix, (changed) => policiesOf(changed, target));
    let isWritten = !settings.isDiff;
    if (settings.isDiff || isStdin) Object.assign(result, { before, after: done });
    else if (done !== before) isWritten = written(result, target, before, done);
    if (!isWritten && !settings.isDiff) shown = { ...settings, fix: 'no' };
    if (isWritten && done !== before) {
      text = done;
      seen = await seenOf(text, target);
    }
  }
  const lines = new Lines(text);
  result.notChecked = seen.filter(isUnread).map((one) => ({ policy: one.name, start: lines.at(one.start), end: lines.at(one.end), message: untold(one, text) }));
  const checked = (all: Found[], of: Lines, by: Settings): CheckedPolicy[] => all.map((one, i) => policyOf(one, types[i] ?? chooseType(one, target.absolute, settings), of, target, by, isStdin));
  result.policies = checked(seen.filter(isFound), lines, shown);
  if (text !== before && settings.fix !== 'no') result.mended = mendedBy(settings.fix, checked(found, new Lines(before), { ...settings, fix: 'no' }), result.policies);
  const { access } = settings;
  if (access === null) return;
  result.policies.push(...seen.filter(isUnread).flatMap((one) => unreadPolicy(one, text, lines, target, settings, access)));
  const attached = await attachedIn(text, target.absolute);
  result.policies.push(...attached.flatMap((one) => attachedPolicy(one, lines, target, settings, access)));
}

/** Whether the fixes could be written; else why not is the file's problem, and its findings stay. */
function written(result: FileResult, target: Target, before: string, after: string): boolean {
  try {
    replaceFile(target, before, after);
    return true;
  } catch (reason) {
    if (!(reason instanceof Failure)) throw reason;
    result.problem = reason.message;
    return false;
  }
}

/** What is attached is AWS's text, or is not here: only what it grants is asked. */
function attachedPolicy({ seen, policy }: Elsewhere, lines: Lines, target: Target, settings: Settings, access: AccessWants): CheckedPolicy[] {
  if (isUnread(seen)) return unreadPolicy(seen, lines.text, lines, target, settings, access);
  const type = chooseType(seen, target.absolute, settings);
  const { findings, assumptions } = accessFindings(access, seen, type.type, lines);
  for (const { finding } of findings) finding.findingDetails = `${policy} is attached. ${finding.findingDetails}`;
  return [judged({ name: seen.name, type, assumptions }, findings, target, settings)];
}

function judged(about: Pick<CheckedPolicy, 'name' | 'type' | 'assumptions'>, findings: FileFinding[], { absolute }: Target, { config }: Settings): CheckedPolicy {
  const checked: CheckedPolicy = { ...about, findings: [], suppressed: [] };
  const suppression = suppressionsFor(config, absolute, about.name);
  for (const one of findings) {
    const match = suppression(one.finding);
    if (match === null) checked.findings.push(one);
    else checked.suppressed.push({ finding: one, ...match });
  }
  return checked;
}

/** With the finding that nobody can tell, where access is asked about. */
function unreadPolicy(one: Unread, text: string, lines: Lines, target: Target, settings: Settings, access: AccessWants): CheckedPolicy[] {
  const found = asItStands(text.slice(one.start, one.end), one.start, { ...one, resourceType: null });
  const type = chooseType(found, target.absolute, settings);
  return unreadFindings(access, untold(one, text), found, type.type, lines).map((finding) => judged({ name: one.name, type, assumptions: [] }, [finding], target, settings));
}

function policyOf(found: Found, type: ChosenType, lines: Lines, target: Target, settings: Settings, isStdin: boolean): CheckedPolicy {
  // Where text is pasted it has to be clear alone.
  const refusal = isStdin ? null : refusalOf(found, lines.text, target.absolute, type.options);
  const mistakes = settled(validatePolicy(found.text, type.options), found).map((finding) => placed(finding, found, lines, settings));
  const { findings, assumptions } = settings.access === null ? { findings: [], assumptions: [] } : accessFindings(settings.access, found, type.type, lines);
  return judged({ name: found.name, type, assumptions }, [...refusal === null ? [] : [inFile(refusal, lines)], ...mistakes, ...findings], target, settings);
}

/** A finding whose places are those of the file. */
function inFile(finding: Finding, lines: Lines): FileFinding {
  const places = finding.locations.map(({ span, path, pointer }): Place => ({ start: lines.at(span.start.offset), end: lines.at(span.end.offset), path, pointer }));
  return { finding, places, fixes: [], byHand: null, excerpt: lines.excerpt(places[0]!.start.offset) };
}

function placed(finding: Finding, found: Found, lines: Lines, { fix: which, isDiff }: Settings): FileFinding {
  const places = finding.locations.map(({ span, path, pointer }): Place => {
    const { start, end } = extentOf(found, span.start.offset, span.end.offset);
    return { start: lines.at(start), end: lines.at(end), path, pointer };
  });
  // What --fix has left of values in other syntaxes could not be written.
  const isTried = ({ applicability }: Fix): boolean => !found.fixable && !isDiff && (which === 'unsafe' || which === applicability);
  const offered = finding.fixes.map((fix) => ({ ...fix, edits: isTried(fix) ? null : editsIn(found, lines.text, fix.edits) }));
  const fixes = offered.flatMap(({ title, applicability, edits }): FileFix[] => (edits === null ? []
    : [{ title, applicability, edits: edits.map(({ start, end, text }) => ({ start: lines.at(start), end: lines.at(end), text })) }]));
  const byHand = fixes.length === 0 ? offered[0]?.title ?? null : null;
  const told = inWordsOf(found, lines.text);
  const inWords = { ...finding, findingDetails: told(finding.findingDetails), help: told(finding.help) };
  return { finding: found.unknown.length === 0 ? finding : inWords, places, fixes, byHand, excerpt: lines.excerpt(places[0]!.start.offset) };
}

async function policiesOf(text: string, target: Target): Promise<Found[]> {
  return (await seenOf(text, target)).filter(isFound);
}

/** The policies of a file, with the places of what cannot be read. With `isStrict` a template is refused in which a key stands twice. */
export async function seenOf(text: string, target: Target, given?: Given, isStrict = false): Promise<Seen[]> {
  try {
    return await policiesOfText(text, target.absolute, { given, isStrict }, target.isNamed);
  } catch (reason) {
    if (!(reason instanceof SourceError)) throw reason;
    const { line, column } = new Lines(text).at(reason.offset);
    throw new Failure(`${line}:${column}: ${reason.message}`);
  }
}
