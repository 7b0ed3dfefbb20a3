// What the view Related keeps.
import type { Slice } from '../slice.js';

export type RelatedState = Record<never, never>;
export type RelatedAction = never;

export const related: Slice<RelatedState, RelatedAction> = {
  link: 'Related',
  title: 'Build what belongs around the role',
  start: {},
  reduce: (state) => state,
  toAddress: () => ({}),
  fromAddress: (state) => state,
  toLink: () => ({}),
  fromLink: (state) => state,
};
