// The engine's sentences speak of options as JavaScript has them; here they speak of the fields of the page. It stands in
// core.js, beside the engine whose sentences it changes, so that the first script stays small.
import { withCode, withNames, type Option } from '../src/npm/option-names.js';
import { PARAMETER } from './controls/columns.js';
import type { Choices } from './controls.js';
import { EXPORTS } from './formats.js';

/** A field by its label, as the tables of controls have it. */
export interface Named {
  path: string;
  label: string;
  kind?: string;
  choices?: Choices;
}

/** What an export asks for. */
const EXPORT: readonly Named[] = [{
  path: 'format', label: 'Form',
  choices: EXPORTS.flatMap(({ formats }) => formats.map(({ format, variant }) => [format ?? '', variant] as const)),
}];

/**
 * A sentence of the engine's: each option is called by the label of its field, each value by that of its choice, and each
 * call by the name of its view. `others` are the fields of other forms, of whose policies it may speak.
 */
export function inFields(sentence: string, fields: readonly Named[] = EXPORT, others: readonly Named[] = []): string {
  const [options, further] = [optionsOf(fields), optionsOf(others)];
  const text = withCode(sentence, (word, value) => fromCode(word, value, options))
    .replace(PATH, (whole, path: string) => fieldAt(whole, options) ?? fieldAt(path, options) ?? whole);
  const told = withNames(text, options, ({ article, word, meant, value, rest }) => {
    if (Object.hasOwn(CALLS, word)) return article + CALLS[word]!;
    const found = meant.length > 0 || !/^ of the (?:node|operator) policy\b/.test(rest) ? meant : further.filter(({ name }) => name === word);
    const labels = found.map((field) => (value === null ? article + quoted(field) : withValue(field, value)));
    return labels.length === 0 ? null : [...new Set(labels)].join(' or ');
  });
  return told.replace(/" of the (node|operator) policy\b/g, (_, side) => (side === 'node' ? '" in Build' : '" in People'));
}

/** What was built, with its notes in such words. */
export function notesInFields<Built extends { notes: { message: string }[] }>(built: Built, fields: readonly Named[], others?: readonly Named[]): Built {
  return { ...built, notes: built.notes.map((note) => ({ ...note, message: inFields(note.message, fields, others) })) };
}

/** The views that stand for calls. */
const CALLS: Readonly<Record<string, string>> = {
  buildNodePolicy: 'Build', buildOperatorPolicy: 'People', buildRelated: 'Related', validatePolicy: 'Validate', compareAccess: 'Validate',
  minimizePolicy: 'Validate', diagnoseRole: 'Check a role', explainError: 'Check a role',
};

/** An option as refusals begin with it, such as `options.s3Logs.bucket`. */
const PATH = /(?<![\w."])(?:options\.|input\.wants\[\d+\]\.|(?=target\.))(\w+(?:\.\w+|\[\d+\])*)/g;

interface Field extends Option {
  /** The path as one text. */
  name: string;
  label: string;
  choices: Choices;
  /** Whether it holds keys with their values. */
  ofTags: boolean;
  isTick: boolean;
}

const SWITCHES = ['tick', 'object', 'yes or no', 'yes, no or parameter'];

function optionsOf(fields: readonly Named[]): Field[] {
  return fields.flatMap(({ path, label, kind = '', choices = [] }): Field[] => [
    {
      name: path, path: path.split('.'), label, choices, words: choices.map(([value]) => value), ofTags: kind === 'tags',
      kind: SWITCHES.includes(kind) ? 'switch' : kind, isTick: kind === 'tick' || kind === 'object',
    },
    ...(kind === 'parameters' ? PARAMETER : []).flatMap((column) => optionsOf([{ path: `${path}.${column.id}`, label: `${label} ${column.label}` }])),
  ]);
}

const quoted = ({ label }: Pick<Field, 'label'>): string => `"${label.replace(' (optional)', '')}"`;

/** What is chosen there. */
function withValue(field: Field, value: string): string {
  if (field.isTick) return value === 'true' ? quoted(field) : `no ${quoted(field)}`;
  const label = field.kind === 'switch' ? (value === 'true' ? 'Yes' : 'No') : field.choices.find(([one]) => one === value)?.[1] ?? value;
  return `"${label}" under ${quoted(field)}`;
}

/** The label of the nearest field to a path, such as `targets.tags.Team[0]`. */
function fieldAt(path: string, fields: readonly Field[]): string | null {
  const around = fields.filter(({ name }) => path === name || (path.startsWith(name) && /[.[]/.test(path[name.length]!)));
  const nearest = around.sort((a, b) => b.name.length - a.name.length)[0];
  return nearest === undefined ? null : quoted(nearest);
}

/** What code of JavaScript says, as it is typed into the fields. */
function fromCode(word: string, value: object, fields: readonly Field[]): string | null {
  if (Array.isArray(value)) return fields.some(({ ofTags }) => ofTags) ? value.map((one) => `${word}=${String(one)}`).join(' and ') : null;
  const own = fields.find(({ path }) => path.at(-1) === word);
  const parts = Object.entries(value).map(([name, one]) => [fields.find((field) => `.${field.name}`.endsWith(`.${word}.${name}`)), one] as const);
  if (parts.length > 0 && parts.every(([field]) => field !== undefined)) return parts.map(([field, one]) => `${String(one)} under ${quoted(field!)}`).join(' and ');
  return own === undefined ? null : `${Object.keys(value).join(' and ')} under ${quoted(own)}`;
}
