// What the view Related keeps: the chosen kind of document, and a form for each kind.
import { fromAddress, fromLink, toAddress, toLink, type Entered, type Form } from '../controls.js';
import { RELATED } from '../controls/related.js';
import type { RelatedKind } from '../engine.js';
import type { Slice } from '../slice.js';

export interface RelatedState {
  kind: RelatedKind;
  /** What is entered, by kind. */
  forms: Readonly<Partial<Record<RelatedKind, Entered>>>;
  more: boolean;
}

export type RelatedAction =
  | { type: 'chose'; kind: RelatedKind }
  | { type: 'changed'; entered: Entered }
  | { type: 'unfolded'; more: boolean };

export const enteredIn = ({ kind, forms }: RelatedState): Entered => forms[kind] ?? {};

export const formOf = (kind: RelatedKind): Form => RELATED.find((one) => one.kind === kind)!.form;

const START = RELATED[0]!.kind;

function withEntered(state: RelatedState, entered: Entered): RelatedState {
  return { ...state, forms: { ...state.forms, [state.kind]: entered } };
}

export const related: Slice<RelatedState, RelatedAction> = {
  link: 'Related',
  title: 'Build what belongs around the role',
  start: { kind: START, forms: {}, more: false },
  reduce(state, action) {
    switch (action.type) {
      case 'chose': return { ...state, kind: action.kind };
      case 'changed': return withEntered(state, { ...enteredIn(state), ...action.entered });
      case 'unfolded': return { ...state, more: action.more };
    }
  },
  toAddress: (state) => ({
    ...(state.kind === START ? {} : { document: state.kind }),
    ...toAddress(formOf(state.kind), enteredIn(state)),
  }),
  fromAddress(state, given) {
    const kind = RELATED.find((one) => one.kind === given.get('document'))?.kind ?? START;
    const chosen = { ...state, kind };
    return withEntered(chosen, fromAddress(formOf(kind), enteredIn(chosen), given));
  },
  toLink: (state) => toLink(formOf(state.kind), enteredIn(state)),
  fromLink(state, texts) {
    const entered = fromLink(formOf(state.kind), enteredIn(state), texts);
    return entered === null ? null : withEntered(state, entered);
  },
};
