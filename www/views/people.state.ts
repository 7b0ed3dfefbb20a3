// What the view People keeps.
import type { Slice } from '../slice.js';

export type PeopleState = Record<never, never>;
export type PeopleAction = never;

export const people: Slice<PeopleState, PeopleAction> = {
  link: 'People',
  title: 'Build policies for the people who start sessions',
  start: {},
  reduce: (state) => state,
  toAddress: () => ({}),
  fromAddress: (state) => state,
  toLink: () => ({}),
  fromLink: (state) => state,
};
