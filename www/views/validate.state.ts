// What the view Validate keeps.
import type { Slice } from '../slice.js';

export type ValidateState = Record<never, never>;
export type ValidateAction = never;

export const validate: Slice<ValidateState, ValidateAction> = {
  link: 'Validate',
  title: 'Validate a policy',
  start: {},
  reduce: (state) => state,
  toAddress: () => ({}),
  fromAddress: (state) => state,
  toLink: () => ({}),
  fromLink: (state) => state,
};
