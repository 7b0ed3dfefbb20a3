// What a view keeps that is one form.
import { fromAddress, fromLink, toAddress, toLink, type Entered, type Form } from '../controls.js';
import type { Slice } from '../slice.js';

export interface FormState {
  entered: Entered;
  /** Whether "More options" is open. It stands here so that it survives a change of view. */
  more: boolean;
}

export type FormAction =
  | { type: 'changed'; entered: Entered }
  | { type: 'unfolded'; more: boolean };

export function formSlice(link: string, title: string, form: Form): Slice<FormState, FormAction> {
  return {
    link,
    title,
    start: { entered: {}, more: false },
    reduce(state, action) {
      switch (action.type) {
        case 'changed': return { ...state, entered: { ...state.entered, ...action.entered } };
        case 'unfolded': return { ...state, more: action.more };
      }
    },
    toAddress: ({ entered }) => toAddress(form, entered),
    fromAddress: (state, given) => ({ ...state, entered: fromAddress(form, state.entered, given) }),
    toLink: ({ entered }) => toLink(form, entered),
    fromLink(state, texts) {
      const entered = fromLink(form, state.entered, texts);
      return entered === null ? null : { ...state, entered };
    },
  };
}
