// What the view Build keeps.
import { NODE } from '../controls/node.js';
import { formSlice, type FormAction } from './form.state.js';

export type BuildAction = FormAction;

export const build = formSlice('Build', 'Build an instance role policy', NODE);
