// The engine's answer to what stands on the page, asked again when that changes.
import { useEffect, useRef, useState } from 'preact/hooks';
import { LARGE, ask, type Ask, type ReplyTo, type Question } from '../ask.js';
import { PosternFailure } from '../engine.js';

export interface Reply<Q extends Question> {
  /** The last answer; null before the first, and where there is no question. */
  value: ReplyTo<Q> | null;
  /** The question that it answers. */
  question: Q | null;
  /** Whether that is what stands on the page now. */
  isCurrent: boolean;
  /** What the engine refused of the last question, or why it could not finish. */
  failure: PosternFailure | null;
}

const NOTHING = { value: null, question: null, failure: null };

/** Rest between the last key and the question, in milliseconds. */
const REST = 100;
/** The same for a long text, which is read for longer. */
const LONG_REST = 500;

/**
 * Asks `question` whenever it changes: at once when `isWhole`, else when typing rests. An answer that comes after a newer
 * question is dropped. `size` is the length of all texts in it. `question` must be the same object while it is the same.
 * `asking` is how it is asked.
 */
export function useReply<Q extends Question>(question: Q | null, size: number, isWhole: boolean, asking: Ask<Q> = ask): Reply<Q> {
  const [answer, setAnswer] = useState<Omit<Reply<Q>, 'isCurrent'>>(NOTHING);
  const run = useRef(0);
  const before = useRef<Q | null>(null);
  useEffect(() => {
    const mine = ++run.current;
    if (question === null) {
      setAnswer(NOTHING);
      return undefined;
    }
    const settle = (next: Omit<Reply<Q>, 'isCurrent'>) => {
      if (mine === run.current) setAnswer(next);
    };
    const begin = () => {
      asking(question, size).then(
        (value) => settle({ value, question, failure: null }),
        (reason) => {
          if (!(reason instanceof PosternFailure)) throw reason; // A mistake of the page's own, for its alert.
          settle({ value: null, question, failure: reason });
        },
      );
    };
    const isFirst = before.current === null;
    before.current = question;
    if (isWhole || isFirst) {
      begin();
      return undefined;
    }
    const timer = setTimeout(begin, size > LARGE ? LONG_REST : REST);
    return () => clearTimeout(timer);
  }, [question]);
  return { ...answer, isCurrent: answer.question === question };
}
