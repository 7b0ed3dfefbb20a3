// What the view Check a role keeps.
import { withLineFeeds } from '../parts/policy-text.js';
import type { Slice } from '../slice.js';
import { USES, type Side } from '../uses.js';

/** Policies that stand around those of the role; names of the engine's fields. */
export type Around = 'boundary' | 'scps' | 'keyPolicy' | 'bucketPolicy' | 'trustPolicy';

export interface RoleState {
  /** What was pasted; `id` stays when others are removed. At least one. */
  policies: { id: number; text: string }[];
  around: Record<Around, string>;
  /** Null while the texts are asked whose they are. */
  side: Side | null;
  /** Ids of the uses that are ticked. */
  uses: string[];
  /** Ids of other capabilities that are ticked. */
  more: string[];
  /** By the name of the value, for those of one use with the use or capability before it: `kms.kmsKeyArn`. */
  values: Record<string, string>;
  /** The error message. */
  message: string;
  /** Whether the last text came at once and not key by key. */
  isWhole: boolean;
  /** The length of a text that was not taken, or that texts were not taken since there is no room for so many. */
  refused: number | 'too many' | null;
}

/** The most texts. Each has an editor of its own, and one of them may hold several policies. */
export const MOST_POLICIES = 100;

export type RoleAction =
  | { type: 'pasted'; id: number; text: string; isWhole: boolean }
  /** Texts that take the place of empty ones, and then stand behind the others. */
  | { type: 'added'; texts: string[] }
  | { type: 'removed'; id: number }
  /** To a field around the role, where the text belongs. */
  | { type: 'moved'; id: number; to: Around }
  | { type: 'around'; name: Around; text: string; isWhole: boolean }
  | { type: 'side'; side: Side | null }
  | { type: 'ticked'; list: 'uses' | 'more'; id: string; isOn: boolean }
  | { type: 'valued'; name: string; value: string }
  | { type: 'message'; text: string }
  | { type: 'refused'; characters: number };

const START: RoleState = {
  policies: [{ id: 1, text: '' }],
  around: { boundary: '', scps: '', keyPolicy: '', bucketPolicy: '', trustPolicy: '' },
  side: null, uses: ['shell'], more: [], values: {}, message: '', isWhole: false, refused: null,
};

export const role: Slice<RoleState, RoleAction> = {
  link: 'Check a role',
  title: 'Check an existing role',
  start: START,
  reduce(state, action) {
    const next = { ...state, isWhole: true, refused: null };
    switch (action.type) {
      case 'pasted': {
        const { id, text, isWhole } = action;
        return { ...next, isWhole, policies: state.policies.map((one) => (one.id === id ? { id, text: withLineFeeds(text) } : one)) };
      }
      case 'added': return hasRoom(state, action.texts) ? { ...next, policies: add(state.policies, action.texts) } : { ...state, refused: 'too many' };
      case 'removed': return { ...next, policies: without(state.policies, action.id) };
      case 'moved': {
        const text = state.policies.find(({ id }) => id === action.id)?.text ?? '';
        return { ...next, policies: without(state.policies, action.id), around: { ...state.around, [action.to]: text } };
      }
      case 'around':
        return { ...next, isWhole: action.isWhole, around: { ...state.around, [action.name]: withLineFeeds(action.text) } };
      case 'side': return { ...next, side: action.side };
      case 'ticked': {
        const others = state[action.list].filter((id) => id !== action.id);
        return { ...next, [action.list]: action.isOn ? [...others, action.id] : others };
      }
      case 'valued': return { ...next, isWhole: false, values: { ...state.values, [action.name]: action.value } };
      case 'message': return { ...state, message: action.text };
      case 'refused': return { ...state, refused: action.characters };
    }
  },
  toAddress({ side, uses }) {
    const isAtFirst = uses.length === 1 && uses[0] === 'shell';
    return { ...(side === null ? {} : { side }), ...(isAtFirst ? {} : { uses: uses.join(' ') }) };
  },
  fromAddress(state, given) {
    const side = given.get('side');
    const uses = given.get('uses')?.split(' ').filter((id) => USES.some((use) => use.id === id)) ?? START.uses;
    // An address may say one of them over and over.
    return { ...state, side: side === 'node' || side === 'operator' ? side : null, uses: [...new Set(uses)] };
  },
  toLink: ({ policies, around }) => ({ policies: policies.map(({ text }) => text), around }),
  fromLink(state, texts) {
    const { policies, around } = (texts ?? {}) as { policies?: unknown; around?: RoleState['around'] };
    if (!Array.isArray(policies) || policies.length === 0 || policies.length > MOST_POLICIES) return null;
    const all = { ...START.around, ...around };
    if (Object.keys(all).length > Object.keys(START.around).length) return null;
    if (![...policies, ...Object.values(all)].every((text) => typeof text === 'string')) return null;
    return { ...state, isWhole: true, refused: null, policies: add([], policies as string[]), around: all };
  },
};

function without(policies: RoleState['policies'], gone: number): RoleState['policies'] {
  const left = policies.filter(({ id }) => id !== gone);
  return left.length > 0 ? left : add([], ['']);
}

/** Whether there is room for these texts besides those that are there. */
export const hasRoom = ({ policies }: RoleState, texts: string[]): boolean => add(policies, texts).length <= MOST_POLICIES;

function add(policies: RoleState['policies'], texts: string[]): RoleState['policies'] {
  const filled = [...policies];
  let last = policies.at(-1)?.id ?? 0; // Those that came later have larger ones.
  let empty = 0; // No text before this place is empty.
  for (const given of texts) {
    const text = withLineFeeds(given);
    while (given !== '' && filled[empty]?.text.trim()) empty++;
    if (given !== '' && empty < filled.length) filled[empty] = { ...filled[empty]!, text };
    else filled.push({ id: ++last, text });
  }
  return filled;
}
