// What the view People keeps.
import { OPERATOR } from '../controls/operator.js';
import { formSlice, type FormAction } from './form.state.js';

export type PeopleAction = FormAction;

export const people = formSlice('People', 'Build policies for the people who start sessions', OPERATOR);
