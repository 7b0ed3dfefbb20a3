// What the frame hands to every view.
import type { Core, States, View } from './state.js';

export interface Frame {
  view: View;
  core: Core;
  /** Whether scripts run: false in the HTML that is made beforehand. */
  live: boolean;
  /** What all views keep, for offers that one makes to another. */
  views: States;
  /** Tells of a call that the engine could not finish, in its words; null after one that it did. Shown as the alert. */
  answered: (failed: string | null) => void;
}

/** The properties of a view's component. */
export interface ViewProps<V extends View, Action> {
  frame: Frame;
  state: States[V];
  dispatch: (action: Action) => void;
}
