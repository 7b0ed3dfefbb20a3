// Asks the engine for what a form describes, and brings its refusals back to the fields. It stands in core.js, as named.ts
// does: without the engine nothing is asked.
import {
  controlAt, controlsOf, deleteAt, isBlank, isChanged, isChoice, isOwn, isShown, optionsOf, setAt, targetOf, type Control, type Entered,
  type Form,
} from './controls.js';
import { core, type BuiltDocument, type BuiltPolicy, type Finding, type ValidateOptions } from './engine.js';
import type { Exporter, ExportTarget } from './formats.js';
import type { Named } from './named.js';

/** The longest text that is put in words and checked with each change, far beyond what IAM takes. */
export const MOST_CHECKED = 200_000;

export type Built = BuiltPolicy | BuiltDocument;

/** A call of the engine, and what belongs to its answers. */
export interface Call {
  form: Form;
  /** The fields of the other forms, of whose policies the engine may speak. */
  others?: readonly Named[];
  build: (options: Record<string, unknown>) => Built;
  /** How the engine checks the answer; null for what is no policy. */
  checkedAs: ValidateOptions | null;
  /** Where exports put it; null for what has none. `names` are options that exports need too. */
  exported: { attachTo: string; names: Readonly<Record<string, string>> } | null;
}

export interface Answer {
  /** Null while a value is missing or cannot be used, and when the call failed. */
  built: Built | null;
  /** Where exports put it; null for what has none. */
  target: ExportTarget | null;
  /** What the policy says, in sentences. */
  words: readonly string[];
  /** What the engine's own checks find in it, or, of those that find nothing, how many kinds ran; null where none did. */
  checked: { findings: readonly Finding[]; kinds: number } | null;
  /** The engine's message for each control whose value it refused, by path. */
  mistakes: Readonly<Record<string, string>>;
  /** The controls without which there is no result yet. */
  missing: readonly Control[];
  /** Those for whose value the result waits, since the engine refused it. */
  waitsFor: readonly Control[];
  /** Those without which the result was made, since they are empty or refused. */
  leftOut: readonly Control[];
  /** The engine's message on options that do not fit together, where it belongs to no one field. */
  problem: string | null;
  /** Whether nothing was chosen or typed yet, so that nothing is a mistake either. */
  isAtFirst: boolean;
  /** The engine's message on a call that it could not finish; null otherwise. It holds nothing of what was typed. */
  failed: string | null;
}

/**
 * Builds what the form describes. An option that the engine refuses is left out and the rest is tried again, so that
 * all refusals are told together. The result is shown only when nothing that matters was left out: without a wrong
 * list of nodes a policy would be for every node.
 */
export function answer(call: Call, entered: Entered): Answer {
  const { form } = call;
  const options = optionsOf(form, entered);
  const target = call.exported === null ? null : { attachTo: call.exported.attachTo };
  const built = refused(call, 'options.', () => call.build(options), (control, isAgain) => {
    // Asked for a second time, a value is one without which the options around it cannot be.
    const path = isAgain ? control.under : control.path;
    if (path === undefined) return false;
    if (isPlaceheld(control)) setAt(options, path, control.placeholder);
    else deleteAt(options, path);
    return true;
  });
  if (target !== null) Object.assign(target, namesFor(call, entered, options));
  const named = built.value === null || target === null ? null : checkedNames(call, built.value.json, target);

  const refusals = new Map([...built.messages, ...named?.messages ?? []]);
  // An empty field is no mistake yet; of ticks and choices, which are never empty by neglect, the message is shown.
  const isBlankNow = (control: Control) => isBlank(control, entered) && !isChoice(control);
  const controls = controlsOf(form).filter((control) => refusals.has(control)
    || (control.needed && isShown(form, control, entered) && isBlankNow(control)));
  const waiting = controls.filter((control) => control.without !== 'leave out' && !isPlaceheld(control));
  const isAtFirst = controlsOf(form).every((control) => !isChanged(control, entered));
  const wrong = controls.filter((control) => !isBlankNow(control));
  const whole = waiting.length === 0 && built.problem === null ? built.value : null;
  const said = whole === null ? null : finished(() => ({ words: inWords(whole), checked: check(whole, call.checkedAs) }));
  return {
    built: whole && core().notesInFields(whole, controlsOf(form), call.others),
    target,
    words: said?.value?.words ?? [],
    checked: said?.value?.checked ?? null,
    mistakes: isAtFirst ? {} : Object.fromEntries(wrong.map((control) => [control.path, refusals.get(control)!])),
    missing: waiting.filter(isBlankNow),
    waitsFor: isAtFirst ? [] : waiting.filter((control) => !isBlankNow(control)),
    isAtFirst,
    // A name for the console or an export changes nothing in the result.
    leftOut: controls.filter((control) => control.without === 'leave out' && !isOwn(control) && control.path !== 'policyName'),
    problem: built.problem ?? (isAtFirst && wrong[0] !== undefined ? refusals.get(wrong[0])! : null),
    failed: built.failed ?? named?.failed ?? said?.failed ?? null,
  };
}

function isPlaceheld(control: Control): control is Control & { kind: 'list'; placeholder: string } {
  return control.kind === 'list' && control.placeholder !== undefined;
}

interface Refusals<Result> {
  value: Result | null;
  /** The engine's message for each control whose value it refused. */
  messages: ReadonlyMap<Control, string>;
  problem: string | null;
  failed: string | null;
}

/** Calls until nothing is refused any more, or nothing is left to leave out. */
function refused<Result>(
  { form, others }: Call, root: string, ask: () => Result, leaveOut: (control: Control, isAgain: boolean) => boolean,
): Refusals<Result> {
  const { PosternError } = core();
  const messages = new Map<Control, string>();
  const again = new Set<Control>();
  for (;;) {
    try {
      return { value: ask(), messages, problem: null, failed: null };
    } catch (reason) {
      if (!(reason instanceof PosternError)) throw reason;
      if (reason.code === 'INTERNAL') return { value: null, messages, problem: null, failed: reason.message };
      const message = core().inFields(reason.message, controlsOf(form), others);
      const path = reason.path?.startsWith(root) ? reason.path.slice(root.length) : '';
      const control = controlAt(form, root === 'options.' ? path : root + path);
      if (control === null) return { value: null, messages, problem: message, failed: null };
      const isAgain = messages.has(control);
      // Of what is asked for over and over there is no end.
      if (again.has(control) || !leaveOut(control, isAgain)) return { value: null, messages, problem: null, failed: null };
      if (isAgain) again.add(control);
      else messages.set(control, message);
    }
  }
}

/** The names for an export: those of the form, and the options that exports need too. */
function namesFor({ form, exported }: Call, entered: Entered, options: Record<string, unknown>): Record<string, string> {
  const taken = Object.entries(exported!.names).map(([name, option]) => [name, options[option]] as const)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...Object.fromEntries(taken), ...targetOf(form, entered) };
}

/** Has the names checked by the exporter, and takes out those that it refuses. */
function checkedNames(call: Call, json: string, target: ExportTarget): Refusals<string> {
  const ask = core().exportPolicy as Exporter;
  return refused(call, 'target.', () => ask(json, { ...target, format: 'aws-cli' }),
    (control, isAgain) => !isAgain && delete target[control.path.slice('target.'.length)]);
}

function inWords(built: Built): readonly string[] {
  return 'policy' in built && built.json.length <= MOST_CHECKED ? core().describePolicy(built.policy) : [];
}

function check(built: Built, checkedAs: ValidateOptions | null): Answer['checked'] {
  if (checkedAs === null || built.json.length > MOST_CHECKED) return null;
  const { policyType = 'IDENTITY_POLICY' } = checkedAs;
  const findings = core().validatePolicy(built.json, checkedAs);
  // The list is long and always the same, so it is asked for only where its length is told.
  const kinds = findings.length > 0 ? 0 : core().listChecks().filter(({ policyTypes }) => policyTypes.includes(policyType)).length;
  return { findings, kinds };
}

/** A call that refuses nothing but may not finish. */
function finished<Result>(call: () => Result): { value: Result | null; failed: string | null } {
  try {
    return { value: call(), failed: null };
  } catch (reason) {
    if (!(reason instanceof core().PosternError && reason.code === 'INTERNAL')) throw reason;
    return { value: null, failed: reason.message };
  }
}
