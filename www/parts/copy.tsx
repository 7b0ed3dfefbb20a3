// A button that copies a text and says so.
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { TickIcon } from './icons.js';
import { StatusContext } from './status.js';

const BY_HAND = 'Press Ctrl+C (Cmd+C on a Mac) to copy.';

interface Props {
  /** The button's text and accessible name. It stays the same after a click. */
  name: string;
  text: string;
  /** What is announced when the text was copied. */
  done: string;
  /** What stands beside the button then. */
  beside?: string;
  /** Whether that asks for something still to be done. */
  isUnfinished?: boolean;
  /** The id of the element that shows the text, to select it where the browser refuses the clipboard. */
  shownIn?: string;
  class?: string;
}

export function CopyButton({ name, text, done, beside = 'Copied', isUnfinished = false, shownIn, class: look }: Props) {
  const { say } = useContext(StatusContext);
  const [outcome, setOutcome] = useState<'copied' | 'by hand' | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // "Copied" must not stand beside a text that has changed since.
  useEffect(() => {
    clearTimeout(timer.current);
    setOutcome(null);
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    clearTimeout(timer.current);
    try {
      // Absent on plain http; refused by some policies.
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
      say(done);
      timer.current = setTimeout(() => setOutcome(null), 3000);
    } catch {
      select(shownIn);
      setOutcome('by hand');
      say(BY_HAND);
    }
  };

  return (
    <span class="copy">
      <button type="button" class={look} onClick={() => void copy()}>{name}</button>
      <span class={isUnfinished || outcome === 'by hand' ? 'beside attention' : 'beside'} aria-hidden="true">
        {outcome === 'copied' && <><TickIcon />{beside}</>}
        {outcome === 'by hand' && BY_HAND}
      </span>
    </span>
  );
}

function select(id: string | undefined): void {
  const element = id === undefined ? null : document.getElementById(id);
  if (element !== null) getSelection()?.selectAllChildren(element);
}
