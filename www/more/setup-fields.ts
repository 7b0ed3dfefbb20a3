// What the fields for a whole set-up are called: those of the forms that it is made of, and those of its own.
import { controlsOf, type Form } from '../controls.js';
import type { Named } from '../named.js';

export const THERE = 'The bucket and the log group are there already';
export const PREFERENCES_THERE = 'The session preferences are there already';

/** The fields of the forms, by the paths that their options have in a set-up. */
export function setupFields({ node, operator }: { node: Form; operator: Form }): Named[] {
  const inside = (part: string, form: Form) => controlsOf(form).map((field): Named => ({ ...field, path: `${part}.${field.path}` }));
  return [
    ...inside('node', node), ...inside('operator', operator),
    { path: 'bucketExists', label: THERE, kind: 'tick' }, { path: 'logGroupExists', label: THERE, kind: 'tick' },
    { path: 'preferences.exists', label: PREFERENCES_THERE, kind: 'tick' }, { path: 'roleName', label: 'Role name' },
  ];
}
