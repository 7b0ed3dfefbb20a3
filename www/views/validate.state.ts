// What the view Validate keeps.
import type { IdentityPolicyKind } from '../engine.js';
import { withLineFeeds } from '../parts/policy-text.js';
import { TYPES, type TypeName } from '../policy-types.js';
import type { Slice } from '../slice.js';

export type FindingTab = 'all' | 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION';

export interface ValidateState {
  text: string;
  /** Whether the text came at once and not key by key: then it is checked at once. */
  isWhole: boolean;
  /** Null while the text is asked what it is. */
  type: TypeName | null;
  resourceType: string;
  attachment: IdentityPolicyKind | '';
  tab: FindingTab;
  /** The text before the page changed it, and what the button that brings it back is called. */
  replaced: { undo: string; text: string } | null;
  isComparing: boolean;
  /** The policy to compare with. */
  other: string;
  /** The length of a text that was not taken. */
  refused: number | null;
}

export type ValidateAction =
  /** By the person. */
  | { type: 'typed'; text: string; isWhole: boolean }
  /** By the page, for the person: it can be undone by a button of this name. */
  | { type: 'replaced'; text: string; undo: string }
  | { type: 'undone' }
  | { type: 'refused'; characters: number }
  | { type: 'chosen'; changed: Partial<Pick<ValidateState, 'type' | 'resourceType' | 'attachment' | 'tab' | 'isComparing'>> }
  | { type: 'other'; text: string };

const START: ValidateState = {
  text: '', isWhole: false, type: null, resourceType: '', attachment: '', tab: 'all', replaced: null,
  isComparing: false, other: '', refused: null,
};

export const validate: Slice<ValidateState, ValidateAction> = {
  link: 'Validate',
  title: 'Validate a policy',
  start: START,
  reduce(state, action) {
    switch (action.type) {
      case 'typed':
        return { ...state, text: action.text, isWhole: action.isWhole, replaced: null, refused: null };
      case 'replaced': {
        const text = withLineFeeds(action.text);
        if (text === state.text) return state;
        return { ...state, text, isWhole: true, replaced: { undo: action.undo, text: state.text }, refused: null };
      }
      case 'undone':
        return state.replaced === null ? state : { ...state, text: state.replaced.text, isWhole: true, replaced: null };
      case 'refused': return { ...state, refused: action.characters };
      case 'chosen': return { ...state, ...action.changed, isWhole: true };
      case 'other': return { ...state, other: withLineFeeds(action.text) };
    }
  },
  toAddress: ({ type }) => (type === null ? {} : { type }),
  fromAddress(state, given) {
    const type = given.get('type');
    return { ...state, type: type !== null && Object.hasOwn(TYPES, type) ? (type as TypeName) : null };
  },
  toLink: ({ text }) => ({ text }),
  fromLink(state, texts) {
    const text = (texts as { text?: unknown } | null)?.text;
    return typeof text === 'string' ? { ...state, text: withLineFeeds(text), isWhole: true } : null;
  },
};
