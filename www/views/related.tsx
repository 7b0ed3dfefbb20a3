// Related: not built yet; the page says so.
import type { ViewProps } from '../frame.js';
import type { RelatedAction } from './related.state.js';

export function Related(_: ViewProps<'related', RelatedAction>) {
  return <p class="lead">This page does not build what belongs around the role yet.</p>;
}
