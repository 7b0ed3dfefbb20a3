// The forms as data: a table of controls for each call of the engine, how what is entered becomes its options, and
// what of it an address and a link may hold. Labels and help are words for people; what fits together is asked of the
// engine.

/** What a form holds of a control. */
export type Value = boolean | string | readonly string[] | readonly Row[];
/** One row of a list, by column. */
export type Row = Readonly<Record<string, string>>;
/** The most rows of a list: more than a document of AWS has room for, and few enough to be drawn. */
export const MOST_ROWS = 200;
/** What is entered, by the path of the control. What is not there stands as it does at the start. */
export type Entered = Readonly<Record<string, Value>>;

export type Choices = readonly (readonly [value: string, label: string, help?: string])[];

/** The paths of an options type, such as `sessionEncryption` and `sessionEncryption.kmsKeyArn`. */
export type Paths<Options> = {
  [Name in keyof Options & string]-?: NonNullable<Options[Name]> extends infer Inner
    ? Inner extends string | number | boolean | readonly unknown[] ? Name
      : string extends keyof Inner ? Name : Name | `${Name}.${Paths<Inner>}`
    : never;
}[keyof Options & string];

interface Common<Path extends string> {
  /** The option that it sets; `target.…` for names in exports; what begins with `?` is a question of the page alone. */
  path: Path | `target.${string}` | `?${string}`;
  label: string;
  help?: string;
  /** The tick under which it stands, and without which it says nothing. */
  under?: Path | `?${string}`;
  /** When it is shown, and says anything. */
  when?: (entered: Entered) => boolean;
  /** Its name in addresses, where that is not the path. */
  short?: string;
  /** Values of one kind can be taken from one form into another. */
  carries?: Carried;
  /** Whether the result waits for it while it is empty; of what the engine demands, the engine tells. */
  needed?: boolean;
  /** What the result does without it when the engine refuses the value: `wait` is the rule. */
  without?: 'wait' | 'leave out';
}

/** What people have one of and need in several forms. */
export type Carried = 'key' | 'bucket' | 'prefix' | 'log group' | 'Region' | 'account' | 'cluster';

type Kind =
  /** True or false. */
  | { kind: 'tick'; start?: boolean }
  /** A tick that makes an option of others, which stand under it. */
  | { kind: 'object'; start?: boolean }
  | { kind: 'text' | 'number' | 'area'; start?: string; placeholder?: string }
  /** One text or several: separated by commas, or one a line. */
  | { kind: 'list' | 'lines'; placeholder?: string }
  /** One of several, the first of which the engine takes when nothing is said, or none. */
  | { kind: 'choice' | 'radio'; choices: Choices; start?: string }
  /** Any of several. */
  | { kind: 'ticks'; choices: Choices; start?: readonly string[] }
  /** Yes, no, or as the engine has it. */
  | { kind: 'yes or no' }
  /** Yes, no, or the parameter of a document. */
  | { kind: 'yes, no or parameter' }
  | { kind: 'tags' }
  | { kind: 'parameters' };

export type Control<Path extends string = string> = Common<Path> & Kind;

export interface Group<Path extends string = string> {
  legend: string;
  /** Whether it stands under "More options". */
  more?: boolean;
  controls: readonly Control<Path>[];
}

export interface Form<Path extends string = string> {
  groups: readonly Group<Path>[];
  /** Turns questions of the page into options. */
  derive?: (entered: Entered, options: Record<string, unknown>) => void;
}

export function controlsOf(form: Form): Control[] {
  return form.groups.flatMap((group) => group.controls);
}

export function startOf(control: Control): Value {
  switch (control.kind) {
    case 'tick': case 'object': return control.start ?? false;
    case 'choice': case 'radio': return control.start ?? control.choices[0]![0];
    case 'ticks': return control.start ?? [];
    case 'tags': case 'parameters': return [];
    case 'text': case 'number': case 'area': return control.start ?? '';
    case 'list': case 'lines': case 'yes or no': case 'yes, no or parameter': return '';
  }
}

export function valueOf(control: Control, entered: Entered): Value {
  return entered[control.path] ?? startOf(control);
}

export function isShown(form: Form, control: Control, entered: Entered): boolean {
  if (control.when?.(entered) === false) return false;
  const { under } = control;
  if (under === undefined) return true;
  const parent = controlsOf(form).find(({ path }) => path === under);
  return parent === undefined || (isShown(form, parent, entered) && valueOf(parent, entered) === true);
}

/** Whether a control says something else than at the start. */
export function isChanged(control: Control, entered: Entered): boolean {
  return JSON.stringify(valueOf(control, entered)) !== JSON.stringify(startOf(control));
}

/** Whether a control has a value at all. */
export function isBlank(control: Control, entered: Entered): boolean {
  const value = valueOf(control, entered);
  if (typeof value === 'string') return value.trim() === '';
  // What is left of true and false, chosen words and rows.
  return Array.isArray(value) && value.every((row: string | Row) => Object.values(row).join('').trim() === '');
}

/** The options of the engine. What stands as at the start is left out, so that the engine's own default holds. */
export function optionsOf(form: Form, entered: Entered): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const control of controlsOf(form)) {
    if (isOwn(control) || !isShown(form, control, entered)) continue;
    const value = optionOf(control, valueOf(control, entered));
    if (value !== undefined) setAt(options, control.path, value);
  }
  form.derive?.(entered, options);
  return options;
}

/** Names for exports, by the words of the engine's export target. What is empty is left out. */
export function targetOf(form: Form, entered: Entered): Record<string, string> {
  const target: Record<string, string> = {};
  for (const control of controlsOf(form)) {
    const value = valueOf(control, entered);
    if (!control.path.startsWith('target.') || typeof value !== 'string' || value.trim() === '') continue;
    if (isShown(form, control, entered)) target[control.path.slice('target.'.length)] = value.trim();
  }
  return target;
}

/** Whether it is no option of the engine's builder. */
export const isOwn = ({ path }: Control) => path.startsWith('?') || path.startsWith('target.');

function optionOf(control: Control, value: Value): unknown {
  switch (control.kind) {
    case 'tick': return value === startOf(control) ? undefined : value;
    case 'object': return value === true ? {} : undefined;
    case 'text': return blankless(value as string);
    case 'area': return value === '' ? undefined : value;
    case 'number': {
      const text = blankless(value as string);
      return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text;
    }
    case 'list': return oneOrMany((value as string).split(',')) ?? control.placeholder;
    case 'lines': return oneOrMany((value as string).split('\n'));
    case 'choice': case 'radio': return value === '' ? undefined : value;
    case 'ticks': return JSON.stringify(value) === JSON.stringify(startOf(control)) ? undefined : value;
    case 'yes or no': return value === '' ? undefined : value === 'yes';
    case 'yes, no or parameter':
      return value === '' ? undefined : value === 'yes' || value === 'no' ? value === 'yes' : value;
    case 'tags': return tags(value as readonly Row[]);
    case 'parameters': return parameters(value as readonly Row[]);
  }
}

const blankless = (text: string) => text.trim() || undefined;

function texts(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function oneOrMany(parts: readonly string[]): string | string[] | undefined {
  const all = texts(parts);
  return all.length > 1 ? all : all[0];
}

/** Rows of a key and a value; a key in several rows has several values. */
function tags(rows: readonly Row[]): Record<string, string | string[]> | undefined {
  const found = new Map<string, string[]>();
  for (const { key = '', value = '' } of rows) {
    const [name, text] = [key.trim(), value.trim()];
    if ((name !== '' || text !== '') && !found.get(name)?.push(text)) found.set(name, [text]);
  }
  const entries = [...found].map(([key, values]) => [key, values.length > 1 ? values : values[0]!] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The parameters of a session document. */
function parameters(rows: readonly Row[]): Record<string, unknown> | undefined {
  const entries = rows.filter((row) => Object.values(row).some((text) => text.trim() !== '')).map((row) => {
    const parameter: Record<string, unknown> = {};
    const { name = '', type = '', description = '', default: given = '', allowedPattern = '', allowedValues = '' } = row;
    if (type !== '') parameter['type'] = type;
    if (description.trim() !== '') parameter['description'] = description.trim();
    if (given !== '') parameter['default'] = type === 'StringList' ? texts(given.split('\n')) : given;
    if (type === 'Boolean' && /^(true|false)$/.test(given)) parameter['default'] = given === 'true';
    if (allowedPattern !== '') parameter['allowedPattern'] = allowedPattern;
    if (allowedValues.trim() !== '') parameter['allowedValues'] = texts(allowedValues.split('\n'));
    for (const limit of ['minChars', 'maxChars']) {
      const text = blankless(row[limit] ?? '');
      if (text !== undefined) parameter[limit] = /^\d{1,9}$/.test(text) ? Number(text) : text;
    }
    return [name.trim(), parameter] as const;
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

export function setAt(options: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop()!;
  let inner = options;
  for (const name of names) inner = (inner[name] ??= {}) as Record<string, unknown>;
  inner[last] = value;
}

export function deleteAt(options: Record<string, unknown>, path: string): void {
  const names = path.split('.');
  const last = names.pop()!;
  let inner: Record<string, unknown> | undefined = options;
  for (const name of names) inner = inner?.[name] as Record<string, unknown> | undefined;
  if (inner !== undefined) delete inner[last];
}

/** The control that a path of the engine's, such as `targets.tags.Team[0]`, leads to. */
export function controlAt(form: Form, path: string): Control | null {
  let nearest: Control | null = null;
  for (const control of controlsOf(form)) {
    const isThere = path === control.path || path.startsWith(`${control.path}.`) || path.startsWith(`${control.path}[`);
    if (isThere && control.path.length > (nearest?.path.length ?? 0)) nearest = control;
  }
  return nearest;
}

/** Whether what it holds is a choice among what the page offers: that may stand in an address. A text never does. */
export function isChoice(control: Control): boolean {
  return ['tick', 'object', 'choice', 'radio', 'ticks', 'yes or no'].includes(control.kind);
}

/** The choices that are not as at the start, for an address. */
export function toAddress(form: Form, entered: Entered): Record<string, string> {
  const changed = controlsOf(form).filter((control) => isChoice(control) && isChanged(control, entered));
  return Object.fromEntries(changed.map((control) => {
    const value = valueOf(control, entered);
    return [control.short ?? control.path, typeof value === 'boolean' ? (value ? '1' : '0') : String(value)];
  }));
}

/** The choices of an address, and the texts as they were. A value that is no choice is passed over. */
export function fromAddress(form: Form, entered: Entered, given: URLSearchParams): Entered {
  const next: Record<string, Value> = { ...entered };
  for (const control of controlsOf(form)) {
    if (!isChoice(control)) continue;
    delete next[control.path];
    const text = given.get(control.short ?? control.path);
    if (text === null) continue;
    const value = chosen(control, text);
    if (value !== null) next[control.path] = value;
  }
  return next;
}

function chosen(control: Control, text: string): Value | null {
  switch (control.kind) {
    case 'tick': case 'object': return text === '0' || text === '1' ? text === '1' : null;
    case 'yes or no': return text === 'yes' || text === 'no' ? text : null;
    case 'choice': case 'radio': return control.choices.some(([value]) => value === text) ? text : null;
    case 'ticks': {
      const parts = text === '' ? [] : text.split(',');
      // An address may say one of them over and over.
      return parts.every((part) => control.choices.some(([value]) => value === part)) ? [...new Set(parts)] : null;
    }
    default: return null;
  }
}

/** The texts of a form, for a link that holds them. */
export function toLink(form: Form, entered: Entered): Record<string, Value> {
  const typed = controlsOf(form).filter((control) => !isChoice(control) && isChanged(control, entered));
  return Object.fromEntries(typed.map((control) => [control.path, valueOf(control, entered)]));
}

/** The form with the texts of a link; null when they are not those of such a form. */
export function fromLink(form: Form, entered: Entered, texts: unknown): Entered | null {
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) return null;
  const next: Record<string, Value> = { ...entered };
  for (const [path, value] of Object.entries(texts) as [string, unknown][]) {
    const control = controlsOf(form).find((one) => one.path === path && !isChoice(one));
    if (control === undefined) return null;
    if (Array.isArray(startOf(control)) ? !isRows(value) : typeof value !== 'string') return null;
    next[path] = value as Value;
  }
  return next;
}

function isRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.length <= MOST_ROWS && value.every((row: unknown) => typeof row === 'object' && row !== null
    && Object.values(row).every((text) => typeof text === 'string'));
}
