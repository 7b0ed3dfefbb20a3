// The one polite announcement of the page, for people who do not see what changed.
import { createContext } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';

export interface Status {
  text: string;
  /** Announces at once: for what answers a click. */
  say(text: string): void;
  /** Announces after a second of quiet: for what follows typing. */
  sayLater(text: string): void;
}

export const StatusContext = createContext<Status>({ text: '', say() {}, sayLater() {} });

export function useStatus(): Status {
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const calls = useMemo(() => ({
    say(next: string) {
      clearTimeout(timer.current);
      setText(next);
    },
    sayLater(next: string) {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setText(next), 1000);
    },
  }), []);
  return useMemo(() => ({ text, ...calls }), [text]);
}
