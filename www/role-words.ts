// What the engine says of a role and of an error message, in the words of the page. It stands in core.js, as named.ts does.
import { controlsOf } from './controls.js';
import { RELATED } from './controls/related.js';
import type { Diagnosis, Explanation, RoleReason } from './engine.js';
import { inFields, notesInFields, type Named } from './named.js';
import { VALUES } from './uses.js';

/** The values of what is wanted, and what the preferences say, of which some reasons speak. */
export const ROLE_FIELDS: readonly Named[] = [
  ...Object.entries(VALUES).map(([path, { label }]) => ({ path, label })),
  ...controlsOf(RELATED.find(({ kind }) => kind === 'preferences-document')!.form).filter(({ path }) => !Object.hasOwn(VALUES, path)),
];

const told = <Said extends { message: string }>(said: Said): Said => ({ ...said, message: inFields(said.message, ROLE_FIELDS) });

export function diagnosisInFields(diagnosis: Diagnosis): Diagnosis {
  const { capabilities, blocked, missing } = diagnosis;
  const reasons = (all: RoleReason[]) => all.map(told);
  return {
    ...diagnosis, blocked: reasons(blocked), missing: missing && notesInFields(missing, ROLE_FIELDS),
    capabilities: capabilities.map((one) => ({ ...one, reasons: reasons(one.reasons) })),
  };
}

export const explanationInFields = (explanation: Explanation): Explanation =>
  ({ ...explanation, meaning: inFields(explanation.meaning, ROLE_FIELDS), help: inFields(explanation.help, ROLE_FIELDS) });

/** What was refused, in the same words. */
export function refusedInFields(reason: unknown): never {
  // The page knows its failures by their class, of which this script has another copy: it gets the same object back.
  if (reason instanceof Error && 'code' in reason) reason.message = inFields(reason.message, ROLE_FIELDS);
  throw reason;
}
