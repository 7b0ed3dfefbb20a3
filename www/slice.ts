// What a view keeps, as a slice of the page's state: each view has a file X.state.ts that exports one.

export interface Slice<State, Action> {
  /** The text of the link in the navigation. */
  link: string;
  /** The heading of the view. */
  title: string;
  start: State;
  reduce(state: State, action: Action): State;
  /** What of the state stands in the address, such as `{ kms: '1' }`: ticks and choices, never a text. */
  toAddress(state: State): Record<string, string>;
  /** The state after an address was followed: what it does not say stands as at the start, texts stay. */
  fromAddress(state: State, given: URLSearchParams): State;
  /** The texts that a link may hold when the person wants it so, as what JSON can hold. */
  toLink(state: State): unknown;
  /** The state with the texts of a link; null when they are not what `toLink` gives. */
  fromLink(state: State, texts: unknown): State | null;
}

export type StateOf<S> = S extends { start: infer State } ? State : never;
export type ActionOf<S> = S extends { reduce: (state: never, action: infer Action) => unknown } ? Action : never;
