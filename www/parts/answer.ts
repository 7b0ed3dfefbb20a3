// The engine's answer to what stands on the page, asked again when that changes.
import { useEffect, useRef, useState } from 'preact/hooks';
import { LARGE, ask, type AnswerTo, type Call } from '../ask.js';
import { PosternFailure } from '../engine.js';

export interface Answer<C extends Call> {
  /** The last answer; null before the first, and where there is no question. */
  value: AnswerTo<C> | null;
  /** The question that it answers. */
  call: C | null;
  /** Whether that is what stands on the page now. */
  isCurrent: boolean;
  /** What the engine refused of the last question, or why it could not finish. */
  failure: PosternFailure | null;
}

const NOTHING = { value: null, call: null, failure: null };

/** Rest between the last key and the question, in milliseconds. */
const REST = 100;
/** The same for a long text, which is read for longer. */
const LONG_REST = 500;

/**
 * Asks `call` whenever it changes: at once when `isWhole`, else when typing rests. An answer that comes after a newer
 * question is dropped. `size` is the length of all texts in it. `call` must be the same object while it is the same.
 */
export function useAnswer<C extends Call>(call: C | null, size: number, isWhole: boolean): Answer<C> {
  const [answer, setAnswer] = useState<Omit<Answer<C>, 'isCurrent'>>(NOTHING);
  const run = useRef(0);
  const before = useRef<C | null>(null);
  useEffect(() => {
    const mine = ++run.current;
    if (call === null) {
      setAnswer(NOTHING);
      return undefined;
    }
    const settle = (next: Omit<Answer<C>, 'isCurrent'>) => {
      if (mine === run.current) setAnswer(next);
    };
    const question = () => {
      ask(call, size).then(
        (value) => settle({ value, call, failure: null }),
        (reason) => {
          if (!(reason instanceof PosternFailure)) throw reason; // A mistake of the page's own, for its alert.
          settle({ value: null, call, failure: reason });
        },
      );
    };
    const isFirst = before.current === null;
    before.current = call;
    if (isWhole || isFirst) {
      question();
      return undefined;
    }
    const timer = setTimeout(question, size > LARGE ? LONG_REST : REST);
    return () => clearTimeout(timer);
  }, [call]);
  return { ...answer, isCurrent: answer.call === call };
}
