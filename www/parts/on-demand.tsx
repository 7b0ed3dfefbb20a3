// The place in which more.js draws what it is asked for.
import { useEffect, useRef } from 'preact/hooks';
import type { MoreScript } from '../more/contract.js';
import { loadMore } from '../more/load.js';

interface Props {
  draw: (more: MoreScript, place: HTMLElement) => void;
  /** What is drawn: `draw` is called again when one of these changes. */
  of: readonly unknown[];
}

export function OnDemand({ draw, of }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void loadMore().then((more) => {
      if (place.current === null) return;
      if (more === null) place.current.textContent = 'The file more.js is missing or blocked, so this cannot be told.';
      else draw(more, place.current);
    });
  }, of);
  return <div class="on-demand" ref={place} />;
}

/** What a change of a policy lets somebody do, and what it takes away. */
export const Access = ({ before, after }: { before: string; after: string }) =>
  <OnDemand of={[before, after]} draw={(more, place) => more.showAccess(place, before, after)} />;
