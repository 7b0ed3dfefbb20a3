// The place in which more.js draws what it is asked for.
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { MoreScript } from '../more/contract.js';
import { loadMore } from '../more/load.js';
import { StatusContext, type Status } from './status.js';

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

interface FoldedProps {
  id?: string;
  summary: string;
  draw: (more: MoreScript, place: HTMLElement, status: Status) => void;
  of: readonly unknown[];
}

/** The same behind a line that opens it. */
export function Folded({ id, summary, draw, of }: FoldedProps) {
  const status = useContext(StatusContext);
  const [isOpen, open] = useState(false);
  return (
    <details class="compare" onToggle={(event) => open(event.currentTarget.open)}>
      <summary id={id}>{summary}</summary>
      {isOpen && <OnDemand of={of} draw={(more, place) => draw(more, place, status)} />}
    </details>
  );
}

/** What a change of a policy, or another policy, lets somebody do, and what it takes away. */
export const Access = ({ before, after, isOther = false }: { before: string; after: string; isOther?: boolean }) =>
  <OnDemand of={[before, after]} draw={(more, place) => more.showAccess(place, before, after, isOther)} />;
