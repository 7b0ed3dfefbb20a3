// What the view Build keeps.
import { NODE } from '../controls/node.js';
import { formSlice, type FormAction, type FormState } from './form.state.js';

export type BuildState = FormState;
export type BuildAction = FormAction;

export const build = formSlice('Build', 'Build an instance role policy', NODE);
