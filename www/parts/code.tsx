// A text to copy, with line numbers that are not part of it.
import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { unread } from './unread.js';

interface Props {
  name: string;
  text: string;
  id?: string;
  /** A text to point out, such as a placeholder. */
  mark?: string | undefined;
}

const DEEPEST = 5;
/** Drawing more lines than IAM would take would only make the page slow; the buttons have the whole text. */
const MOST_LINES = 2000;

export function Code({ name, text, id, mark }: Props) {
  // Each line keeps its line feed, so that what is selected by hand is the text itself.
  const lines = useMemo(() => text.match(/.*\n|.+$/g) ?? [], [text]);
  const drawn = useMemo(() => lines.slice(0, MOST_LINES).map((line, i) => <Line key={i} line={line} mark={mark} />), [lines, mark]);
  // Browsers leave the last line feed out, and some add one after each line.
  const copied = (event: ClipboardEvent) => {
    if (visible(String(getSelection())) !== visible(text)) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  return (
    <>
      <pre class="code" id={id} tabIndex={0} role="region" aria-label={name} ref={unread} onCopy={copied}>{drawn}</pre>
      {lines.length > MOST_LINES && (
        <p class="help">{lines.length - MOST_LINES} more lines are not shown. What is copied or downloaded has them.</p>
      )}
    </>
  );
}

/** A sentence in which what stands between backticks is code. */
export const withCode = (sentence: string) => sentence.split('`').map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>));

function Line({ line, mark }: { line: string; mark: string | undefined }) {
  const rest = line.trimStart() || line;
  const indent = line.slice(0, line.length - rest.length);
  return (
    // The depth is a class, because the page's policy allows no style attributes.
    <span class={`in${Math.min(indent.length >> 2, DEEPEST)}`}>
      <span class="indent">{indent}</span>
      {mark === undefined ? breakable(rest) : marked(rest, mark)}
    </span>
  );
}

const visible = (text: string) => text.replace(/\s/g, '');

/** The line with places after colons where a narrow screen may break it. A flag is not broken after its hyphens. */
function breakable(line: string) {
  return line.split(/(?<=:)(?=\w)|(?<!\S)(--[\w-]+)/).map((part, i) => part && (part.startsWith('--')
    ? <span key={i} class="flag">{part}</span> : <Fragment key={i}>{i > 0 && <wbr />}{part}</Fragment>));
}

function marked(line: string, mark: string) {
  const at = line.indexOf(mark);
  if (at < 0) return breakable(line);
  return <>{line.slice(0, at)}<mark>{mark}</mark>{line.slice(at + mark.length)}</>;
}
