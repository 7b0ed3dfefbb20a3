// What changes from one text to another, as one list of lines.
import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { diffLines, type DiffLine } from './diff-lines.js';
import { format } from './format.js';
import { unread } from './unread.js';

interface Props {
  /** The accessible name of the block. */
  name: string;
  before: string;
  after: string;
}

/** Lines around a change that are shown with it. */
const AROUND = 3;
/** Longer lines hide what changes in them, so both texts are then shown with line breaks. */
const LONGEST = 160;

export function Diff({ name, before, after }: Props) {
  const [blocks, isFormatted] = useMemo(() => {
    const formatted = [before, after].some(hasLongLine) ? [format(before), format(after)] : [];
    const [a, b] = formatted;
    const isFormatted = typeof a === 'string' && typeof b === 'string';
    return [hunks(isFormatted ? diffLines(a, b) : diffLines(before, after)), isFormatted] as const;
  }, [before, after]);
  if (blocks.length === 0) return <p class="help">{before === after ? 'Nothing changes.' : 'Only white space differs.'}</p>;
  return (
    <>
      {isFormatted && <p class="help">Both are shown with line breaks that they do not have.</p>}
      <pre class="diff" tabIndex={0} role="region" aria-label={name} ref={unread}>
        {blocks.map((lines, i) => (
          <Fragment key={i}>
            {(i > 0 || (lines[0]!.before ?? 1) > 1) && <span class="gap" aria-hidden="true">...</span>}
            {lines.map((line) => <Line key={`${line.before}-${line.after}`} line={line} />)}
          </Fragment>
        ))}
      </pre>
    </>
  );
}

function Line({ line: { kind, text, before, after } }: { line: DiffLine }) {
  const number = <span class="number" aria-hidden="true">{after ?? before}</span>;
  if (kind === 'same') return <span class="same">{number}{'  '}{text}{'\n'}</span>;
  const [Element, sign, word] = kind === 'added' ? ['ins', '+ ', 'added: '] as const : ['del', '- ', 'removed: '] as const;
  return (
    <Element>
      {number}<span aria-hidden="true">{sign}</span><span class="unseen">{word}</span>{text}{'\n'}
    </Element>
  );
}

const hasLongLine = (text: string) => text.split('\n').some((line) => line.length > LONGEST);

/** The changes with some lines around them; those that lie near to each other in one. */
function hunks(lines: DiffLine[]): DiffLine[][] {
  const blocks: DiffLine[][] = [];
  let end = 0;
  lines.forEach((line, i) => {
    if (line.kind === 'same') return;
    const start = Math.max(i - AROUND, end);
    if (blocks.length === 0 || start > end) blocks.push([]);
    const next = Math.min(i + AROUND + 1, lines.length);
    blocks.at(-1)!.push(...lines.slice(start, next));
    end = Math.max(end, next);
  });
  return blocks;
}
