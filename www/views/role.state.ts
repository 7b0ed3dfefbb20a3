// What the view Check a role keeps.
import type { Slice } from '../slice.js';

export type RoleState = Record<never, never>;
export type RoleAction = never;

export const role: Slice<RoleState, RoleAction> = {
  link: 'Check a role',
  title: 'Check an existing role',
  start: {},
  reduce: (state) => state,
  toAddress: () => ({}),
  fromAddress: (state) => state,
  toLink: () => ({}),
  fromLink: (state) => state,
};
