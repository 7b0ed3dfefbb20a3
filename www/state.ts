// What the page knows: the slices of its views joined, and what belongs to no view.
import type { Failure } from './engine.js';
import type { ActionOf, Slice, StateOf } from './slice.js';
import { build } from './views/build.state.js';
import { people } from './views/people.state.js';
import { related } from './views/related.state.js';
import { role } from './views/role.state.js';
import { validate } from './views/validate.state.js';

const JOINED = { build, people, related, role, validate };

export type View = keyof typeof JOINED;
export type States = { [V in View]: StateOf<(typeof JOINED)[V]> };
export type Actions = { [V in View]: ActionOf<(typeof JOINED)[V]> };

/** The slices in the order of the navigation. */
export const SLICES: { [V in View]: Slice<States[V], Actions[V]> } = JOINED;
export const VIEWS = Object.keys(JOINED) as View[];

export type Core = 'loading' | 'ready' | Failure;

export interface State {
  view: View;
  views: States;
  core: Core;
  /** Whether scripts run: false in the HTML that is made beforehand. */
  live: boolean;
  /** A link that holds texts: being read, read, or not to be read; or one that leads to no view. */
  link: 'reading' | 'read' | 'unreadable' | 'unknown' | null;
  /** Changes to a new version of the page, once one is there. */
  renew: (() => void) | null;
  /** The engine's message on the last call of the view, when it could not finish it. */
  failed: string | null;
  /** The report on a mistake in the page's own code. */
  crash: string | null;
}

export const START: State = {
  view: 'build',
  views: {
    build: build.start, people: people.start, related: related.start, role: role.start, validate: validate.start,
  },
  core: 'loading', live: false, link: null, renew: null, failed: null, crash: null,
};

/** What is done in a view, told to the view's own reducer. */
type InView = { [V in View]: { type: 'in view'; view: V; action: Actions[V] } }[View];

export type Action =
  | { type: 'started'; view: View; views: States }
  | { type: 'went'; view: View }
  /** To an address that there is not. */
  | { type: 'lost' }
  | { type: 'followed'; address: Address }
  | { type: 'reads'; view: View }
  /** Null for a link that could not be read. */
  | { type: 'read'; views: States | null }
  | InView
  | { type: 'core'; core: Core }
  | { type: 'new version'; renew: () => void }
  | { type: 'answered'; failed: string | null }
  | { type: 'crashed'; report: string };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'started': return { ...state, live: true, view: action.view, views: action.views };
    case 'went':
      return state.view === action.view ? { ...state, link: null } : { ...state, view: action.view, failed: null, link: null };
    case 'lost': return { ...state, view: 'build', failed: null, link: 'unknown' };
    case 'followed':
      return { ...state, view: action.address.view, views: follow(state.views, action.address), link: null };
    case 'reads': return { ...state, view: action.view, link: 'reading' };
    case 'read': return { ...state, views: action.views ?? state.views, link: action.views === null ? 'unreadable' : 'read' };
    case 'in view': return { ...state, views: reduceView(state.views, action.view, action.action) };
    case 'new version': return { ...state, renew: action.renew };
    case 'core': return { ...state, core: action.core };
    case 'answered': return { ...state, failed: action.failed };
    // The first mistake says most; what follows it is often its consequence.
    case 'crashed': return state.crash === null ? { ...state, crash: action.report } : state;
  }
}

function reduceView<V extends View>(states: States, view: V, action: Actions[V]): States {
  return { ...states, [view]: SLICES[view].reduce(states[view], action) };
}

/** The states after an address was followed: its ticks are meant. */
export function follow<V extends View>(states: States, { view, given }: Address<V>): States {
  return { ...states, [view]: SLICES[view].fromAddress(states[view], given) };
}

/** The address of a view. Text never stands in it: addresses end up in histories and chats. */
export function addressOf<V extends View>(view: V, states: States): string {
  const query = new URLSearchParams(SLICES[view].toAddress(states[view])).toString();
  return `#/${view}${query && `?${query}`}`;
}

export interface Address<V extends View = View> {
  view: V;
  given: URLSearchParams;
}

/** What a fragment says; null for one that leads nowhere. People type addresses in capitals, and with a slash at the end. */
export function readAddress(hash: string): Address | null {
  const [, name = '', query] = /^#\/(\w+)\/?(?:\?(.*))?$/.exec(hash) ?? [];
  const view = name.toLowerCase();
  return Object.hasOwn(SLICES, view) ? { view: view as View, given: new URLSearchParams(query) } : null;
}

/** Whether a fragment says nothing, as that of the page's plain address, which is the start. */
export const isStart = (hash: string): boolean => hash === '' || hash === '#/';
